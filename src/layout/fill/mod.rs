//! Rows fill columns: lines on the grid, notes at the foot, breaks where they may be.

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::flow::{Break, Decoration, Drawn, Flow, Row, Stand};
use super::{Piece, Placed};
use crate::display::Color;
use crate::geom::{Length, LogicalPoint, LogicalSize};
use crate::style::Style;

/// The room that rows fill, column by column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Area {
    /// The size of the text, which the em boxes on the grid have.
    pub(crate) size: Length,
    /// From line to line of the grid.
    pub(crate) feed: Length,
    /// The length of a line.
    pub(crate) measure: Length,
    /// From the first line to the end of the last.
    pub(crate) block: Length,
    /// The width of the rule above notes.
    pub(crate) rule: Length,
}

/// A column of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Column {
    /// Its pieces, from its first line.
    pub(crate) pieces: Vec<Placed>,
    /// Whether it starts a page.
    pub(crate) starts_page: bool,
    /// The end of its last row.
    pub(crate) end: Length,
    /// The footnotes that its rows refer to, by their numbers in the section.
    pub(crate) calls: Vec<usize>,
}

/// How columns share a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread {
    /// How many columns a page has.
    pub(crate) count: usize,
    /// Whether the first row stands over all columns of the first page.
    pub(crate) titled: bool,
    /// Whether the columns of the last page end at the same line (段の長さをそろえる).
    pub(crate) balanced: bool,
}

impl Area {
    /// One column of a style.
    pub(crate) fn of(style: &Style) -> Self {
        let LogicalSize { inline, block } = style.column();
        Self {
            size: style.size,
            feed: style.feed,
            measure: inline,
            block,
            rule: style.thin_rule,
        }
    }

    /// The gap between two lines.
    fn gap(self) -> Length {
        self.feed - self.size
    }

    /// The end of so many lines of the grid.
    fn lines(self, count: i64) -> Length {
        self.feed * count - self.gap()
    }

    /// The first line of the grid after an end.
    fn next_line(self, end: Option<Length>) -> Length {
        let lines = |end: Length| (end + self.gap()).ceil_div(self.feed);
        end.map_or(Length::ZERO, |end| self.feed * lines(end))
    }

    /// The room that a group off the grid has around it, besides the line gaps.
    fn air(self) -> Length {
        self.size / 2
    }

    /// The gap between the text, the rule and the notes.
    fn note_gaps(self) -> (Length, Length) {
        (self.gap(), self.gap().ratio(2, 3))
    }
}

/// Fills columns with the rows of a flow, and with the notes that they call.
///
/// Every column takes at least one row or one line of a note, so that this ends whatever
/// the rows and the area are.
pub(crate) fn fill(
    flow: Flow,
    notes: Vec<Flow>,
    area: Area,
    spread: Spread,
) -> Vec<Column> {
    let left = Left {
        called: vec![false; notes.len()],
        ..Left::default()
    };
    let notes = notes.into_iter().map(|note| note.rows).collect();
    let mut filler = Filler { area, flow, notes, left };
    let mut columns: Vec<Column> = Vec::new();
    let mut title = filler.title(spread);
    while !filler.is_done() || title.is_some() {
        let before = filler.left.clone();
        let mut page = filler.page(spread.count, title);
        if spread.balanced && spread.count > 1 && filler.is_done() {
            page = filler.balance(before, spread.count, title, page);
        }
        if title.take().is_some()
            && let Some(first) = page.first_mut()
        {
            let at = At { row: 0, start: Length::ZERO, notes_before: 0 };
            first.placed.insert(0, at);
        }
        for (index, filling) in page.into_iter().enumerate() {
            columns.push(Column { starts_page: index == 0, ..filler.draw(filling) });
        }
    }
    columns
}

/// Fills columns.
struct Filler {
    area: Area,
    flow: Flow,
    /// The rows of each note.
    notes: Vec<Vec<Row>>,
    left: Left,
}

/// What is left to fill columns with.
#[derive(Clone, Default)]
struct Left {
    /// The notes that a column has taken, or begun to take.
    called: Vec<bool>,
    /// The next row.
    next: usize,
    /// The rows of notes for which the column before had no room.
    carried: Vec<NoteRow>,
    /// The rows of a figure that waits for the next column.
    waiting: Option<Range<usize>>,
}

/// A row of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct NoteRow {
    note: usize,
    row: usize,
}

/// A column that is being filled.
struct Filling {
    /// The head that is set again, and where its rows start.
    head: Option<(usize, Length)>,
    /// The rows of a figure that has waited for this column.
    floats: Vec<At>,
    /// The rows with their starts.
    placed: Vec<At>,
    /// The end of the last row; `None` in an empty column.
    end: Option<Length>,
    /// Notes of this column.
    notes: Vec<NoteRow>,
    /// Their size.
    notes_size: Length,
    /// Rows of notes that the next column takes.
    rest: Vec<NoteRow>,
}

/// A row at its place.
#[derive(Clone, Copy, Debug)]
struct At {
    row: usize,
    start: Length,
    /// The notes of the column before the row came.
    notes_before: usize,
}

/// What becomes of a row.
enum Fit {
    /// It stands here with its notes.
    Whole(Vec<NoteRow>),
    /// It stands here with the first so many rows of its notes; the others go on in the
    /// next column.
    Split(Vec<NoteRow>, usize),
    /// It has no room.
    No,
}

impl Filler {
    /// Whether nothing is left.
    fn is_done(&self) -> bool {
        let Left { next, carried, waiting, .. } = &self.left;
        *next >= self.flow.rows.len() && carried.is_empty() && waiting.is_none()
    }

    /// Takes the title off that stands over all columns; gives its size.
    fn title(&mut self, spread: Spread) -> Option<Length> {
        let row = self.flow.rows.first().filter(|_| spread.titled && spread.count > 1)?;
        let (size, notes) = (self.size(row), self.called_by(row));
        for at in &notes {
            self.left.called[at.note] = true;
        }
        self.left.carried = notes;
        self.left.next = 1;
        Some(size)
    }

    /// Fills the columns of a page, below a title of a size.
    fn page(&mut self, count: usize, title: Option<Length>) -> Vec<Filling> {
        let mut columns = Vec::new();
        while columns.len() < count && (columns.is_empty() || !self.is_done()) {
            let Left { next, carried, waiting, .. } = &self.left;
            let row = self.flow.rows.get(*next);
            let is_page = row.is_some_and(|row| row.before == Break::Page);
            let is_over = is_page && carried.is_empty() && waiting.is_none();
            if is_over && !columns.is_empty() {
                break;
            }
            columns.push(self.column(title));
        }
        columns
    }

    /// Fills the columns of the last page again, no longer than they must be. A page with
    /// notes stays as it is: they stand at its foot.
    fn balance(
        &mut self,
        before: Left,
        count: usize,
        title: Option<Length>,
        page: Vec<Filling>,
    ) -> Vec<Filling> {
        let (area, left) = (self.area, self.left.clone());
        let has_notes = page.iter().any(|filling| !filling.notes.is_empty());
        if has_notes {
            return page;
        }
        let least = title.unwrap_or_default();
        for lines in 1..(area.block + area.gap()).floor_div(area.feed) {
            self.area.block = area.lines(lines);
            self.left = before.clone();
            if self.area.block <= least {
                continue;
            }
            let shorter = self.page(count, title);
            let fits = |filling: &Filling| filling.end <= Some(self.area.block);
            if self.is_done() && shorter.iter().all(fits) {
                self.area = area;
                return shorter;
            }
        }
        (self.area, self.left) = (area, left);
        page
    }

    /// Fills a column, below a title of a size where one stands over it.
    fn column(&mut self, title: Option<Length>) -> Filling {
        let first = self.left.next;
        let mut filling = self.start(title);
        while self.left.next < self.flow.rows.len() && filling.rest.is_empty() {
            let row = &self.flow.rows[self.left.next];
            let is_first = filling.placed.is_empty() && filling.floats.is_empty();
            if row.before == Break::Page && !is_first {
                break;
            }
            let start = self.place(&filling, self.left.next);
            if row.floats && self.left.waiting.is_some() {
                // Figures stay in their order.
                self.back_to_break(&mut filling, first);
                break;
            }
            if !is_first && let Some(rows) = self.floating(&filling, start) {
                self.left.next = rows.end;
                self.left.waiting = Some(rows);
                continue;
            }
            match self.fit(&filling, self.left.next, start) {
                Fit::Whole(notes) => self.take(&mut filling, start, notes, Vec::new()),
                Fit::Split(mut notes, count) => {
                    let rest = notes.split_off(count);
                    self.take(&mut filling, start, notes, rest);
                }
                Fit::No if is_first && filling.notes.is_empty() => {
                    self.force(&mut filling, start);
                }
                Fit::No if is_first => break,
                Fit::No => {
                    self.back_to_break(&mut filling, first);
                    break;
                }
            }
        }
        self.left.carried = std::mem::take(&mut filling.rest);
        filling
    }

    /// The rows of a figure that come next, where they may wait and do not fit.
    fn floating(&self, filling: &Filling, start: Length) -> Option<Range<usize>> {
        let first = self.left.next;
        let row = &self.flow.rows[first];
        let is_kept = |row: &&Row| row.before == Break::Forbidden;
        let kept = self.flow.rows[first + 1..].iter().take_while(is_kept).count();
        let rows = first..first + 1 + kept;
        let is_inside = |one: &Decoration| one.rows.contains(&first);
        let group = &self.flow.rows[rows.clone()];
        let may_wait = row.floats
            && row.before == Break::Allowed
            && group.iter().all(|row| row.notes.is_empty())
            && !self.flow.decorations.iter().any(is_inside);
        let size: Length = group.iter().map(|row| self.size(row)).sum();
        (may_wait && start + size > self.limit(filling.notes_size)).then_some(rows)
    }

    /// Sets the figure that waits at the head of a column.
    fn set_waiting(&mut self, filling: &mut Filling) {
        let Some(rows) = self.left.waiting.clone() else { return };
        let mut start = self.area.next_line(filling.end);
        let size: Length = rows.clone().map(|row| self.size(&self.flow.rows[row])).sum();
        let fits = start + size <= self.limit(filling.notes_size);
        if !fits && !filling.notes.is_empty() {
            return;
        }
        for row in rows {
            filling.floats.push(At { row, start, notes_before: 0 });
            start += self.size(&self.flow.rows[row]);
        }
        filling.end = Some(start + self.area.air());
        self.left.waiting = None;
    }

    /// Starts a column below a title: with what the notes before have left over, with the
    /// figure that has waited, and with the head of a table that goes on.
    fn start(&mut self, title: Option<Length>) -> Filling {
        let mut filling = Filling {
            head: None,
            floats: Vec::new(),
            placed: Vec::new(),
            end: title,
            notes: Vec::new(),
            notes_size: Length::ZERO,
            rest: Vec::new(),
        };
        let carried = std::mem::take(&mut self.left.carried);
        if !carried.is_empty() {
            let goes_on = self.left.next < self.flow.rows.len();
            let kept = if goes_on { self.area.size } else { Length::ZERO };
            let room = self.area.block - kept - self.notes_room(Length::ZERO);
            let mut count = self.count_fitting(&carried, room);
            if !goes_on {
                count = count.max(1);
            }
            filling.notes = carried[..count].to_vec();
            filling.notes_size = self.notes_size(&filling.notes);
            filling.rest = carried[count..].to_vec();
            if count == 0 {
                // Not one line of a note fits below a line of text: the notes go alone.
                filling.notes = carried[..1].to_vec();
                filling.notes_size = self.notes_size(&filling.notes);
                filling.rest = carried[1..].to_vec();
            }
        }
        self.set_waiting(&mut filling);
        self.repeat_head(&mut filling);
        filling
    }

    /// Sets the head of a table again, where the table goes on and head and row fit.
    fn repeat_head(&self, filling: &mut Filling) {
        let Some(row) = self.flow.rows.get(self.left.next) else { return };
        let Some(head) = row.head else { return };
        let size: Length = self.flow.heads[head].iter().map(free_size).sum();
        let limit = self.limit(filling.notes_size);
        let start = self.area.next_line(filling.end);
        if filling.rest.is_empty() && start + size + free_size(row) <= limit {
            filling.head = Some((head, start));
            filling.end = Some(start + size);
        }
    }

    /// Where a row starts.
    fn place(&self, filling: &Filling, index: usize) -> Length {
        let area = self.area;
        let row = &self.flow.rows[index];
        let Some(end) = filling.end else { return Length::ZERO };
        // Below a title, columns start at the same line.
        let is_new = filling.placed.is_empty() && filling.head.is_none();
        let leading = if is_new { 0 } else { i64::from(row.leading) };
        let next_line = area.next_line(Some(end)) + area.feed * leading;
        match row.stand {
            Stand::Lines(_) => next_line,
            Stand::Free { .. } if is_new => next_line,
            Stand::Free { starts: false, .. } => end,
            Stand::Free { starts: true, .. } => {
                next_line + self.group_offset(index, next_line, filling.notes_size)
            }
        }
    }

    /// Half of what a group leaves of the whole lines that it takes. A group that is cut
    /// by the end of the column starts soon, so that more of it fits.
    fn group_offset(&self, index: usize, start: Length, notes: Length) -> Length {
        let area = self.area;
        let rows = &self.flow.rows[index..];
        let inside = |row: &&Row| matches!(row.stand, Stand::Free { starts: false, .. });
        let size = free_size(&rows[0])
            + rows[1..].iter().take_while(inside).map(free_size).sum();
        let lines = (size + area.air() + area.gap()).ceil_div(area.feed);
        let offset = (area.lines(lines) - size) / 2;
        let room = self.limit(notes) - start - size;
        if room < Length::ZERO { area.air() / 2 } else { offset.min(room) }
    }

    /// Where text has to end above notes of a size.
    fn limit(&self, notes: Length) -> Length {
        self.area.block - self.notes_room(notes)
    }

    /// The room of notes with their rule.
    fn notes_room(&self, notes: Length) -> Length {
        let (above, below) = self.area.note_gaps();
        if notes == Length::ZERO { notes } else { above + self.area.rule + below + notes }
    }

    fn notes_size(&self, rows: &[NoteRow]) -> Length {
        rows.iter().map(|at| free_size(&self.notes[at.note][at.row])).sum()
    }

    /// How many rows of notes have together no more than a size.
    fn count_fitting(&self, rows: &[NoteRow], room: Length) -> usize {
        let mut size = Length::ZERO;
        rows.iter()
            .take_while(|at| {
                size += free_size(&self.notes[at.note][at.row]);
                self.notes_room(size) <= room
            })
            .count()
    }

    /// Whether a row fits at a place, with the notes that it calls.
    fn fit(&self, filling: &Filling, index: usize, start: Length) -> Fit {
        let row = &self.flow.rows[index];
        let end = start + self.size(row);
        let notes = self.called_by(row);
        let whole = filling.notes_size + self.notes_size(&notes);
        if end <= self.limit(whole) {
            return Fit::Whole(notes);
        }
        let room = self.area.block - end;
        let Some(last) = notes.last() else { return Fit::No };
        let can_end = self
            .flow
            .rows
            .get(index + 1)
            .is_none_or(|next| next.before != Break::Forbidden);
        let length = self.notes[last.note].len();
        if !can_end || length < 2 * LEAST_NOTE_ROWS {
            return Fit::No;
        }
        let least = notes.len() - length + LEAST_NOTE_ROWS;
        let all: Vec<NoteRow> = filling.notes.iter().chain(&notes).copied().collect();
        let count = self.count_fitting(&all, room).saturating_sub(filling.notes.len());
        if count < least {
            return Fit::No;
        }
        let most = notes.len() - LEAST_NOTE_ROWS;
        Fit::Split(notes, count.min(most))
    }

    /// The rows of the notes that a row calls and that no row before has called, and of
    /// those that the notes call themselves.
    fn called_by(&self, row: &Row) -> Vec<NoteRow> {
        let mut found: Vec<usize> = Vec::new();
        let mut queue: Vec<usize> = row.notes.iter().rev().copied().collect();
        while let Some(note) = queue.pop() {
            let known = self.left.called.get(note).is_none_or(|called| *called);
            if known || found.contains(&note) {
                continue;
            }
            found.push(note);
            let inner = self.notes[note].iter().flat_map(|row| &row.notes);
            queue.extend(inner.rev().copied());
        }
        let rows = |note: usize| {
            (0..self.notes[note].len()).map(move |row| NoteRow { note, row })
        };
        found.into_iter().flat_map(rows).collect()
    }

    fn size(&self, row: &Row) -> Length {
        match row.stand {
            Stand::Lines(count) => self.area.lines(i64::from(count.max(1))),
            Stand::Free { size, .. } => size,
        }
    }

    /// Takes the next row in.
    fn take(
        &mut self,
        filling: &mut Filling,
        start: Length,
        notes: Vec<NoteRow>,
        rest: Vec<NoteRow>,
    ) {
        let size = self.size(&self.flow.rows[self.left.next]);
        let notes_before = filling.notes.len();
        filling.placed.push(At { row: self.left.next, start, notes_before });
        filling.end = Some(start + size);
        for at in notes.iter().chain(&rest) {
            self.left.called[at.note] = true;
        }
        filling.notes_size += self.notes_size(&notes);
        filling.notes.extend(notes);
        filling.rest.extend(rest);
        self.left.next += 1;
    }

    /// Takes the next row in although it has no room: the column is empty. Of its notes
    /// as much comes along as fits.
    fn force(&mut self, filling: &mut Filling, start: Length) {
        let row = &self.flow.rows[self.left.next];
        let mut notes = self.called_by(row);
        let room = self.area.block - start - self.size(row);
        let all: Vec<NoteRow> = filling.notes.iter().chain(&notes).copied().collect();
        let count = self.count_fitting(&all, room).saturating_sub(filling.notes.len());
        let rest = notes.split_off(count);
        self.take(filling, start, notes, rest);
    }

    /// Gives rows back up to the last place where the column may end; where there is
    /// none, the column ends here.
    fn back_to_break(&mut self, filling: &mut Filling, first: usize) {
        let may_end = |index: &usize| self.flow.rows[*index].before != Break::Forbidden;
        let Some(last) = (first + 1..=self.left.next).rev().find(may_end) else { return };
        while let Some(at) = filling.placed.pop_if(|at| at.row >= last) {
            for note in filling.notes.drain(at.notes_before..) {
                self.left.called[note.note] = false;
            }
        }
        self.left.next = last;
        self.left.waiting.take_if(|rows| rows.start >= last);
    }

    /// The pieces of a column: what is drawn behind the rows, the rows, the notes.
    fn draw(&mut self, filling: Filling) -> Column {
        let (mut pieces, mut calls) = (Vec::new(), Vec::new());
        let ends = filling.placed.iter().chain(&filling.floats);
        let ends = ends.map(|at| at.start + self.size(&self.flow.rows[at.row]));
        let end = ends.max().unwrap_or_default();
        self.draw_decorations(&filling, &mut pieces);
        if let Some((head, mut start)) = filling.head {
            for row in &self.flow.heads[head] {
                let clones = row
                    .pieces
                    .iter()
                    .filter(|placed| !matches!(placed.piece, Piece::Anchor(_)));
                append(&mut pieces, clones.cloned().collect(), start);
                start += free_size(row);
            }
        }
        for at in filling.floats.iter().chain(&filling.placed) {
            let row = &mut self.flow.rows[at.row];
            calls.extend(&row.notes);
            append(&mut pieces, std::mem::take(&mut row.pieces), at.start);
        }
        let going_on = after_paragraphs(&mut pieces);
        self.draw_notes(&filling, &mut pieces);
        pieces.extend(going_on);
        Column { pieces, end, calls, ..Column::default() }
    }

    /// Notes stand at the end of the column, below a rule of a third of the measure.
    fn draw_notes(&mut self, filling: &Filling, pieces: &mut Vec<Placed>) {
        if filling.notes.is_empty() {
            return;
        }
        let size = self.notes_size(&filling.notes);
        let (_, below) = self.area.note_gaps();
        let mut start = (self.area.block - size).max(Length::ZERO);
        pieces.push(Placed {
            at: LogicalPoint {
                inline: Length::ZERO,
                block: start - below - self.area.rule,
            },
            piece: Piece::Fill {
                size: LogicalSize {
                    inline: self.area.measure / 3,
                    block: self.area.rule,
                },
                color: Color::BLACK,
            },
        });
        for at in &filling.notes {
            let row = &mut self.notes[at.note][at.row];
            let size = free_size(row);
            append(pieces, std::mem::take(&mut row.pieces), start);
            start += size;
        }
    }

    fn draw_decorations(&self, filling: &Filling, pieces: &mut Vec<Placed>) {
        let placed = &filling.placed;
        let (Some(first), Some(last)) = (placed.first(), placed.last()) else { return };
        for one in &self.flow.decorations {
            if one.rows.start > last.row || one.rows.end <= first.row {
                continue;
            }
            let from = placed.partition_point(|at| at.row < one.rows.start);
            let to = placed.partition_point(|at| at.row < one.rows.end);
            let (from, to) = (placed[from], placed[to - 1]);
            let start = match from.row == one.rows.start {
                true => from.start + one.inside,
                false => from.start - one.outside,
            };
            let end = to.start + self.size(&self.flow.rows[to.row]);
            let ends = to.row + 1 == one.rows.end;
            let end = if ends { end - one.inside } else { end + one.outside };
            let at = LogicalPoint { inline: one.inset, block: start };
            let size = LogicalSize { inline: one.measure, block: end - start };
            let cut = Cut { start: from.row != one.rows.start, end: !ends };
            draw(one.drawn, at, size, cut, pieces);
        }
    }
}

/// The fewest rows of a note on either side of a page break.
const LEAST_NOTE_ROWS: usize = 2;

/// At which edges a page cuts a decoration.
#[derive(Clone, Copy)]
struct Cut {
    start: bool,
    end: bool,
}

fn draw(
    drawn: Drawn,
    at: LogicalPoint,
    size: LogicalSize,
    cut: Cut,
    pieces: &mut Vec<Placed>,
) {
    let mut fill = |inline: Length, block: Length, size: LogicalSize, color| {
        let at = LogicalPoint {
            inline: at.inline + inline,
            block: at.block + block,
        };
        pieces.push(Placed { at, piece: Piece::Fill { size, color } });
    };
    let LogicalSize { inline, block } = size;
    match drawn {
        Drawn::Ground(color) => fill(Length::ZERO, Length::ZERO, size, color),
        Drawn::Frame { width, color } => {
            let along = LogicalSize { inline, block: width };
            let across = LogicalSize { inline: width, block };
            if !cut.start {
                fill(Length::ZERO, Length::ZERO, along, color);
            }
            if !cut.end {
                fill(Length::ZERO, block - width, along, color);
            }
            fill(Length::ZERO, Length::ZERO, across, color);
            fill(inline - width, Length::ZERO, across, color);
        }
    }
}

/// The size of a row off the grid; notes and heads have no others.
fn free_size(row: &Row) -> Length {
    match row.stand {
        Stand::Free { size, .. } => size,
        Stand::Lines(_) => Length::ZERO,
    }
}

/// Takes off what stands after the last end of a paragraph.
pub(crate) fn after_paragraphs(pieces: &mut Vec<Placed>) -> Vec<Placed> {
    let is_end = |placed: &Placed| matches!(placed.piece, Piece::ParagraphEnd);
    let end = pieces.iter().rposition(is_end);
    pieces.split_off(end.map_or(pieces.len(), |end| end + 1))
}

fn append(pieces: &mut Vec<Placed>, row: Vec<Placed>, start: Length) {
    pieces.extend(row.into_iter().map(|mut placed| {
        placed.at.block += start;
        placed
    }));
}
