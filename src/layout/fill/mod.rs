//! Rows fill columns: lines on the grid, notes at the foot, breaks where they may be.

mod draw;
mod float;
mod span;
mod tall;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub(crate) use draw::after_paragraphs;

use super::Placed;
use super::flow::{Break, Flow, Parity, Row, Stand};
use crate::geom::{Length, LogicalSize};
use crate::style::{AtTop, Style};

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
    /// Which column of its page it is, from 0; those below a heading that stands over all
    /// columns are counted anew.
    pub(crate) number: usize,
    /// The end of its last row.
    pub(crate) end: Length,
    /// The footnotes that its rows refer to, by their numbers in the section.
    pub(crate) calls: Vec<usize>,
    /// Which pages it may stand on.
    pub(crate) parity: Parity,
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
    /// Where notes stand on odd pages alone, which end a spread (傍注); `None` where they
    /// stand in the column that refers to them.
    pub(crate) sides: Option<Sides>,
}

/// On which side of a spread the pages are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sides {
    /// Whether the first page is an odd one.
    pub(crate) is_odd: bool,
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
/// Every column takes at least one row or one line of a note, but for those below a title
/// that leaves no room, so that this ends whatever the rows and the area are.
pub(crate) fn fill(
    mut flow: Flow,
    notes: Vec<Flow>,
    area: Area,
    spread: Spread,
) -> Vec<Column> {
    tall::part(&mut flow, area);
    let left = Left {
        called: vec![false; notes.len()],
        ..Left::default()
    };
    let notes = notes.into_iter().map(|note| note.rows).collect();
    let columns = spread.count;
    let mut filler = Filler { area, flow, notes, left, waits: false, columns };
    let mut columns: Vec<Column> = Vec::new();
    let mut title = filler.title(spread);
    let mut is_odd = spread.sides.is_none_or(|sides| sides.is_odd);
    while !filler.is_done() || title.is_some() {
        // A row that opens a page may leave a blank one before it.
        is_odd = spread.sides.is_none() || filler.side(is_odd);
        let pages = match is_odd {
            true => vec![filler.bands(spread, title.take())],
            false => filler.both_sides(title.take()),
        };
        // After an odd page, and after a spread, an even page follows.
        is_odd = spread.sides.is_none();
        for page in pages {
            for (index, (number, filling)) in page.into_iter().enumerate() {
                let first = filling.placed.first().map(|at| &filler.flow.rows[at.row]);
                let parity = first.map_or(Parity::Any, |row| row.parity);
                let starts_page = index == 0;
                let drawn = filler.draw(filling);
                columns.push(Column { starts_page, number, parity, ..drawn });
            }
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
    /// Whether the notes of the page wait for the next one, which ends the spread.
    waits: bool,
    /// How many columns a page has.
    columns: usize,
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
    /// The rows of the figures that wait for a column with room, in order.
    waiting: Vec<Range<usize>>,
    /// Whether the text of the column before goes to its end.
    was_full: bool,
}

/// A row of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct NoteRow {
    note: usize,
    row: usize,
}

/// A column that is being filled.
#[derive(Default)]
struct Filling {
    /// The head that is set again, and where its rows start.
    head: Option<(usize, Length)>,
    /// The rows of figures that have waited for this column.
    floats: Vec<At>,
    /// The rows of figures at its foot.
    foot: Vec<At>,
    /// The room below the text that they take.
    foot_size: Length,
    /// The row of the next figure whose image is made smaller, and by how much.
    given: Option<(usize, Length)>,
    /// Whether nothing else comes in.
    is_closed: bool,
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
    /// Rows of notes that wait for the page that ends the spread.
    waiting: Vec<NoteRow>,
    /// Whether the notes follow the text, where nothing more comes.
    notes_follow: bool,
}

impl Filling {
    /// Whether no row stands in it; notes may.
    fn is_empty(&self) -> bool {
        self.placed.is_empty() && self.floats.is_empty() && self.foot.is_empty()
    }

    /// Whether no row of the text stands in it.
    fn is_new(&self) -> bool {
        self.placed.is_empty() && self.head.is_none()
    }

    /// The next row at its place.
    fn at(&self, row: usize, start: Length) -> At {
        let given = self.given.filter(|(smaller, _)| *smaller == row);
        let given = given.map_or(Length::ZERO, |(_, given)| given);
        let notes_before = self.notes.len() + self.waiting.len();
        At { row, start, notes_before, given }
    }
}

/// A row at its place.
#[derive(Clone, Copy, Debug, Default)]
struct At {
    row: usize,
    start: Length,
    /// The notes of the column before the row came.
    notes_before: usize,
    /// How much smaller its image is than it could be.
    given: Length,
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
        *next >= self.flow.rows.len() && carried.is_empty() && waiting.is_empty()
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

    /// Whether the next page is an odd one, where it would be that or not by itself.
    fn side(&self, is_odd: bool) -> bool {
        let row = self.flow.rows.get(self.left.next);
        let opens = row.filter(|row| row.before == Break::Page);
        let number = if is_odd { 1 } else { 2 };
        is_odd == opens.is_none_or(|row| row.parity.has(number))
    }

    /// Fills the two pages of a spread: the notes of both stand on the second one, and
    /// where it has no room for all of them on both (JLReq 4.2.6). Where the text ends on
    /// the first page, its notes follow it.
    fn spread(&mut self) -> Vec<Vec<Filling>> {
        let before = self.left.clone();
        for waits in [true, false] {
            self.left.clone_from(&before);
            self.waits = waits;
            let mut pages = vec![self.page(1, None)];
            self.waits = false;
            if !self.is_done() {
                pages.push(self.page(1, None));
            }
            let overflows = pages.len() > 1 && !self.left.carried.is_empty();
            if !waits || !overflows {
                if self.is_done() {
                    let last = pages.iter_mut().rev().flatten().take(1);
                    last.for_each(|filling| filling.notes_follow = true);
                }
                return pages;
            }
        }
        Vec::new()
    }

    /// Fills the columns of a page, below a title of a size.
    fn page(&mut self, count: usize, title: Option<Length>) -> Vec<Filling> {
        let mut columns = Vec::new();
        while columns.len() < count && (columns.is_empty() || !self.is_done()) {
            let Left { next, carried, waiting, .. } = &self.left;
            let row = self.flow.rows.get(*next);
            let is_page = row.is_some_and(|row| row.before == Break::Page);
            let spans = row.is_some_and(|row| self.spans(row));
            let is_over = (is_page || spans) && carried.is_empty() && waiting.is_empty();
            if is_over && (spans || !columns.is_empty()) {
                break;
            }
            columns.push(self.column(title));
        }
        columns
    }

    /// Fills the columns of the last page, or those above a heading that stands over all of
    /// them, again, no longer than they must be. With notes they stay as they are: notes
    /// stand at the foot.
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
        let (least, goal) = (title.unwrap_or_default(), left.next);
        for lines in 1..(area.block + area.gap()).floor_div(area.feed) {
            self.area.block = area.lines(lines);
            self.left = before.clone();
            if self.area.block <= least {
                continue;
            }
            let shorter = self.page(count, title);
            let fits = |filling: &Filling| filling.end <= Some(self.area.block);
            let Left { next, carried, waiting, .. } = &self.left;
            let is_whole = *next >= goal && carried.is_empty() && waiting.is_empty();
            if is_whole && shorter.iter().all(fits) {
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
        while self.takes_more(&filling) {
            let row = &self.flow.rows[self.left.next];
            let is_first = filling.is_empty();
            let ends = matches!(row.before, Break::Page | Break::Column);
            let ends = !is_first && (ends || self.is_barrier(row));
            if ends || self.spans(row) {
                break;
            }
            if self.move_figure(&mut filling) {
                continue;
            }
            let start = self.place(&filling, self.left.next);
            match self.fit(&filling, self.left.next, start) {
                Fit::Whole(notes) => self.take(&mut filling, start, notes, Vec::new()),
                Fit::Split(mut notes, count) => {
                    let rest = notes.split_off(count);
                    self.take(&mut filling, start, notes, rest);
                }
                Fit::No if is_first && filling.notes.is_empty() && title.is_none() => {
                    self.force(&mut filling, start);
                }
                Fit::No if is_first => break,
                Fit::No => {
                    self.back_to_break(&mut filling, first);
                    break;
                }
            }
        }
        self.settle_waiting(&mut filling);
        self.left.carried = std::mem::take(&mut filling.rest);
        self.left.carried.append(&mut filling.waiting);
        self.settle(&mut filling);
        let limit = self.limit(filling.notes_size, filling.foot_size);
        self.left.was_full = filling.end.is_some_and(|end| end + self.area.feed > limit);
        filling
    }

    /// Takes the notes in that wait, where the text ends on this page.
    fn settle_waiting(&self, filling: &mut Filling) {
        let ends = self.left.next >= self.flow.rows.len() && self.left.waiting.is_empty();
        if !ends || filling.waiting.is_empty() {
            return;
        }
        let end = filling.end.unwrap_or_default() + filling.foot_size;
        let all: Vec<NoteRow> =
            filling.notes.iter().chain(&filling.waiting).copied().collect();
        let count = self.count_fitting(&all, self.area.block - end);
        let count = count.saturating_sub(filling.notes.len());
        filling.notes.extend(filling.waiting.drain(..count));
        filling.notes_size = self.notes_size(&filling.notes);
    }

    /// Whether there is a next row, and nothing that keeps it from this column.
    fn takes_more(&self, filling: &Filling) -> bool {
        let is_open = !filling.is_closed && filling.rest.is_empty();
        is_open && self.left.next < self.flow.rows.len()
    }

    /// Starts a column below a title: with what the notes before have left over, with the
    /// figure that has waited, and with the head of a table that goes on.
    fn start(&mut self, title: Option<Length>) -> Filling {
        let mut filling = Filling { end: title, ..Filling::default() };
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
        let limit = self.limit(filling.notes_size, filling.foot_size);
        let start = self.area.next_line(filling.end);
        if filling.rest.is_empty() && start + size + free_size(row) <= limit {
            filling.head = Some((head, start));
            filling.end = Some(start + size);
        }
    }

    /// Where a row starts.
    fn place(&self, filling: &Filling, index: usize) -> Length {
        let next_line = self.line(filling, index);
        match (self.flow.rows[index].stand, filling.end) {
            (Stand::Lines(_), _) | (_, None) => next_line,
            (Stand::Free { .. }, _) if filling.is_new() => next_line,
            (Stand::Free { starts: false, .. }, Some(end)) => end,
            (Stand::Free { starts: true, .. }, _) => {
                next_line + self.group_offset(filling, index, next_line)
            }
        }
    }

    /// The line of the grid at which a row may start.
    fn line(&self, filling: &Filling, index: usize) -> Length {
        // Below a title, columns start at the same line.
        let row = &self.flow.rows[index];
        let is_kept = match row.at_top {
            _ if !filling.is_new() => true,
            AtTop::Drop => false,
            AtTop::Keep => index > 0,
            AtTop::IfFull => self.left.was_full,
        };
        let leading = if is_kept { i64::from(row.leading) } else { 0 };
        self.area.next_line(filling.end) + self.area.feed * leading
    }

    /// Half of what a group leaves of the whole lines that it takes. A group that is cut
    /// by the end of the column starts soon, so that more of it fits.
    fn group_offset(&self, filling: &Filling, index: usize, start: Length) -> Length {
        let area = self.area;
        let rows = &self.flow.rows[index..];
        let inside = |row: &&Row| matches!(row.stand, Stand::Free { starts: false, .. });
        let size = free_size(&rows[0])
            + rows[1..].iter().take_while(inside).map(free_size).sum()
            - filling.given.map_or(Length::ZERO, |(_, given)| given);
        let lines = (size + area.air() + area.gap()).ceil_div(area.feed);
        let offset = (area.lines(lines) - size) / 2;
        let limit = self.limit(filling.notes_size, filling.foot_size);
        let room = limit - start - size;
        if room < Length::ZERO { area.air() / 2 } else { offset.min(room) }
    }

    /// Where text has to end above figures and notes of a size.
    fn limit(&self, notes: Length, foot: Length) -> Length {
        self.area.block - self.notes_room(notes) - foot
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
        let at = filling.at(index, start);
        let end = start + self.taken(&at);
        let notes = self.called_by(row);
        if self.waits {
            let fits = end <= self.limit(filling.notes_size, filling.foot_size);
            return if fits { Fit::Whole(notes) } else { Fit::No };
        }
        let whole = filling.notes_size + self.notes_size(&notes);
        if end <= self.limit(whole, filling.foot_size) {
            return Fit::Whole(notes);
        }
        let room = self.area.block - filling.foot_size - end;
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

    /// The room that a row takes at its place.
    fn taken(&self, at: &At) -> Length {
        self.size(&self.flow.rows[at.row]) - at.given
    }

    /// The room that a row asks for.
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
        let at = filling.at(self.left.next, start);
        filling.placed.push(at);
        filling.given.take_if(|(row, _)| *row == at.row);
        filling.end = Some(start + self.taken(&at));
        for at in notes.iter().chain(&rest) {
            self.left.called[at.note] = true;
        }
        if self.waits {
            filling.waiting.extend(notes);
            filling.waiting.extend(rest);
        } else {
            filling.notes_size += self.notes_size(&notes);
            filling.notes.extend(notes);
            filling.rest.extend(rest);
        }
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
        // A column that has taken a figure may have no text at all.
        let least = if filling.floats.is_empty() { first + 1 } else { first };
        let Some(last) = (least..=self.left.next).rev().find(may_end) else { return };
        while let Some(at) = filling.placed.pop_if(|at| at.row >= last) {
            let given_back = match self.waits {
                true => filling.waiting.split_off(at.notes_before - filling.notes.len()),
                false => filling.notes.split_off(at.notes_before),
            };
            for note in given_back {
                self.left.called[note.note] = false;
            }
        }
        self.left.next = last;
        self.left.waiting.retain(|rows| rows.start < last);
        filling.foot.retain(|at| at.row < last);
        if filling.foot.is_empty() {
            filling.foot_size = Length::ZERO;
        }
    }
}

/// The fewest rows of a note on either side of a page break.
const LEAST_NOTE_ROWS: usize = 2;

/// The size of a row off the grid; notes and heads have no others.
fn free_size(row: &Row) -> Length {
    match row.stand {
        Stand::Free { size, .. } => size,
        Stand::Lines(_) => Length::ZERO,
    }
}
