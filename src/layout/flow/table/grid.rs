//! The columns and rows of a table.

use std::ops::Range;

use super::cell::{self, unbroken, widest};
use super::numbers::{self, Numbers};
use super::widths;
use crate::display::{Color, Element, Role};
use crate::geom::{Length, LogicalPoint, LogicalSize};
use crate::layout::flow::{Break, Row, Setting, Stand, plain, widen};
use crate::layout::{
    Alignment, Context, Line, ParagraphStyle, Piece, Placed, layout_inline,
};
use crate::model::{self, Cell, Inline, Table, cell_columns, walk};
use crate::source::Span;

/// A row of up to so many lines is not broken over pages.
const WHOLE_LINES: usize = 12;
/// The ems that a column keeps for its words when it is shrunk.
const LEAST_EMS: i64 = 5;
/// From so many ems on the lines of a cell are justified: short ones would be torn apart.
const JUSTIFIED: i64 = 18;
/// The most ems between the characters of a head that is spread.
const WIDEST_SPREAD: i64 = 2;

/// The part of a table that a cell belongs to, or is set like.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Head,
    Body,
}

impl Part {
    /// How a cell is set: one that heads its row as those of the head.
    fn of(self, cell: &Cell) -> Self {
        if cell.heads_row { Self::Head } else { self }
    }
}

/// The width below which a column is not shrunk for the sake of another.
fn least(setting: &Setting) -> Length {
    setting.size * (LEAST_EMS + 1)
}

/// What the columns of a table ask for.
pub(super) struct Natural {
    /// Their widths with the padding, in whole ems, where nothing is broken.
    pub(super) widths: Vec<Length>,
    /// The columns of numbers.
    numbers: Vec<Option<Numbers>>,
}

impl Natural {
    /// The width of the table where its columns are as narrow as they become.
    pub(super) fn narrowest(&self, setting: &Setting) -> Length {
        self.widths.iter().map(|width| (*width).min(least(setting))).sum()
    }
}

/// Looks what the columns of a table ask for.
pub(super) fn natural(cx: &mut Context<'_>, setting: &Setting, table: &Table) -> Natural {
    let parts = [(Part::Head, &table.head), (Part::Body, &table.body)];
    let mut widths = vec![setting.size; table.columns.len()];
    let mut merged = Vec::new();
    for (part, rows) in parts {
        for (cells, starts) in rows.iter().zip(cell_columns(rows)) {
            for (cell, start) in cells.iter().zip(starts) {
                let end = start + cell.columns as usize;
                widths.resize(widths.len().max(end), setting.size);
                let width = widest(cx, setting, part.of(cell), cell);
                match cell.columns {
                    1 => widths[start] = widths[start].max(width),
                    _ => merged.push((start..end, width)),
                }
            }
        }
    }
    let numbers = numbers(cx, setting, table, widths.len());
    let whole = |width: Length| setting.size * (width.ceil_div(setting.size) + 1);
    for (width, numbers) in widths.iter_mut().zip(&numbers) {
        let numbers = numbers.map(Numbers::width).unwrap_or_default();
        *width = whole((*width).max(numbers));
    }
    for (range, width) in merged {
        let count = range.len() as i64;
        let missing = whole(width) - widths[range.clone()].iter().copied().sum();
        let share = setting.size * (missing / count.max(1)).ceil_div(setting.size);
        widths[range]
            .iter_mut()
            .for_each(|width| *width += share.max(Length::ZERO));
    }
    Natural { widths, numbers }
}

/// The columns in which all cells of the body are numbers, with how far these reach.
fn numbers(
    cx: &mut Context<'_>,
    setting: &Setting,
    table: &Table,
    columns: usize,
) -> Vec<Option<Numbers>> {
    let mut texts: Vec<Vec<(String, &[Inline])>> = vec![Vec::new(); columns];
    let mut others = vec![false; columns];
    for (cells, starts) in table.body.iter().zip(cell_columns(&table.body)) {
        for (cell, start) in cells.iter().zip(starts) {
            match cell.words().filter(|_| cell.columns == 1) {
                Some(words) => texts[start].push((walk::plain_text(words), words)),
                None => others[start] = true,
            }
        }
    }
    let mut numbers = Vec::new();
    for (column, (texts, other)) in texts.iter().zip(others).enumerate() {
        let alignment = table.columns.get(column).copied().unwrap_or_default();
        let is_number = |text: &str| numbers::point(text).is_some();
        let all = |(text, _): &(String, _)| is_number(text) || numbers::is_blank(text);
        let are_numbers = !other
            && texts.iter().all(all)
            && texts.iter().filter(|(text, _)| is_number(text)).count() > 1;
        let has_points = texts.iter().any(|(text, _)| text.contains(['.', '．']));
        let align = match alignment {
            model::Alignment::None => true,
            model::Alignment::End | model::Alignment::Center => has_points,
            model::Alignment::Start => false,
        };
        numbers.push((are_numbers && align).then(|| {
            let mut numbers = Numbers::default();
            for (text, words) in texts {
                if let Some((whole, rest)) = halves(cx, setting, text, words) {
                    numbers.add(whole, rest);
                }
            }
            numbers
        }));
    }
    numbers
}

/// How far a number reaches before its point and from it on.
fn halves(
    cx: &mut Context<'_>,
    setting: &Setting,
    text: &str,
    words: &[Inline],
) -> Option<(Length, Length)> {
    let point = numbers::point(text)?;
    let mut width = |words: &[Inline]| {
        let lines = unbroken(cx, setting, Part::Body, words);
        lines.first().map(|line| line.width).unwrap_or_default()
    };
    let whole = width(&[plain(&text[..point], Span::default())]);
    Some((whole, (width(words) - whole).max(Length::ZERO)))
}

/// The columns of a table, and its rules.
pub(super) struct Grid {
    setting: Setting,
    feed: Length,
    /// Half of it stands on either side of a cell's words, and of a row's lines.
    padding: Length,
    thin: Length,
    thick: Length,
    alignments: Vec<model::Alignment>,
    numbers: Vec<Option<Numbers>>,
    /// Whether the words of the head are spread evenly.
    spreads_head: bool,
    /// The widths of the columns with their padding.
    widths: Vec<Length>,
    /// Where the table starts.
    inset: Length,
}

/// A cell that is set.
struct SetCell {
    columns: Range<usize>,
    rows: usize,
    lines: Vec<Line>,
}

impl Grid {
    pub(super) fn of(
        cx: &Context<'_>,
        setting: &Setting,
        table: &Table,
        natural: Natural,
        spreads_head: bool,
    ) -> Self {
        let Natural { widths: natural, numbers } = natural;
        let mut alignments = table.columns.clone();
        alignments.resize(natural.len(), model::Alignment::None);
        let widths = widths::widths(&natural, least(setting), setting.measure);
        let width: Length = widths.iter().copied().sum();
        Self {
            setting: setting.clone(),
            feed: setting.feed.unwrap_or(setting.size),
            padding: setting.size,
            thin: cx.style.thin_rule,
            thick: cx.style.thick_rule,
            alignments,
            numbers,
            spreads_head,
            widths,
            inset: setting.inset + (setting.measure - width).max(Length::ZERO) / 2,
        }
    }

    /// The width of the table.
    pub(super) fn width(&self) -> Length {
        self.widths.iter().copied().sum()
    }

    /// The rows of the flow that each row of a part becomes: one, in which each cell is read
    /// to its end before the next; or one for each line, so that a long row can go on in the
    /// next column. Rows that a cell joins stay together.
    pub(super) fn rows(
        &self,
        cx: &mut Context<'_>,
        rows: &[Vec<Cell>],
        part: Part,
        opens: bool,
    ) -> Vec<Vec<Row>> {
        let cells: Vec<Vec<SetCell>> = rows
            .iter()
            .zip(cell_columns(rows))
            .enumerate()
            .map(|(index, (cells, starts))| {
                let below = rows.len() - index;
                cx.tagged(Element::new(Role::Row), |cx| {
                    let cells = cells.iter().zip(starts);
                    cells.map(|(cell, at)| self.set(cx, cell, at, part, below)).collect()
                })
            })
            .collect();
        let mut set = Vec::with_capacity(rows.len());
        // The cells that reach down into a row, with the row after their last.
        let mut above: Vec<(usize, &SetCell)> = Vec::new();
        for (index, row) in cells.iter().enumerate() {
            above.retain(|(end, _)| *end > index);
            let joined: Vec<&SetCell> = above.iter().map(|(_, cell)| *cell).collect();
            above.extend(row.iter().map(|cell| (index + cell.rows, cell)));
            let whole = !joined.is_empty() || row.iter().any(|cell| cell.rows > 1);
            let mut rows = self.row(row, whole);
            self.pad(&mut rows, opens && index == 0, &joined);
            if !joined.is_empty() {
                rows[0].before = Break::Forbidden;
            }
            set.push(rows);
        }
        self.join(&cells, &mut set);
        // Lines that stand side by side start together.
        let rows = set.iter_mut().flatten();
        rows.for_each(|row| cx.starts.renumber(&mut row.pieces));
        set
    }

    /// Sets a cell that starts in a column.
    fn set(
        &self,
        cx: &mut Context<'_>,
        cell: &Cell,
        start: usize,
        part: Part,
        below: usize,
    ) -> SetCell {
        let role = match (part, cell.heads_row) {
            (Part::Head, _) => Role::HeadCell,
            (Part::Body, true) => Role::RowHeadCell,
            (Part::Body, false) => Role::Cell,
        };
        let rows = (cell.rows as usize).min(below);
        let is_one = cell.columns == 1 && rows == 1;
        let reach = (!is_one).then_some((cell.columns, rows as u32));
        let element = Element { reach, ..Element::new(role) };
        let columns = start..(start + cell.columns as usize).min(self.widths.len());
        let lines = cx.tagged(element, |cx| self.lines(cx, &columns, part, cell));
        SetCell { columns, rows, lines }
    }

    /// The rows of the flow for the cells of one row that end in it.
    fn row(&self, cells: &[SetCell], whole: bool) -> Vec<Row> {
        let own = || cells.iter().filter(|cell| cell.rows == 1);
        let count = own().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1);
        let taken = if whole || count <= WHOLE_LINES { count } else { 1 };
        let starts = (0..count).step_by(taken);
        let lines: Vec<&[Line]> = own().map(|cell| cell.lines.as_slice()).collect();
        starts.map(|start| self.slice(&lines, start..start + taken)).collect()
    }

    /// Puts the cells that take several rows into the first of these, in the middle of all,
    /// and lengthens the last where they need more room.
    fn join(&self, cells: &[Vec<SetCell>], set: &mut [Vec<Row>]) {
        for (index, row) in cells.iter().enumerate() {
            for cell in row.iter().filter(|cell| cell.rows > 1) {
                let mut own = self.slice(&[&cell.lines], 0..cell.lines.len());
                let padding = self.padding / 4 * 2;
                let needed = size(&own) + padding;
                let joined = &mut set[index..index + cell.rows];
                let room: Length = joined.iter().flatten().map(size).sum();
                let free = room - needed;
                if free < Length::ZERO
                    && let Some(last) = joined.iter_mut().flatten().next_back()
                    && let Stand::Free { size, .. } = &mut last.stand
                {
                    *size += -free;
                }
                let top = free.max(Length::ZERO) / 2 + padding / 2;
                let by = LogicalPoint { inline: Length::ZERO, block: top };
                if let Some(first) = joined.iter_mut().flatten().next() {
                    let pieces = own.pieces.drain(..).map(|placed| placed.moved(by));
                    // What stands before all other cells is read before them.
                    let leads = cell.columns.start == 0;
                    let at = if leads { 0 } else { first.pieces.len() };
                    first.pieces.splice(at..at, pieces);
                    first.notes.append(&mut own.notes);
                }
            }
        }
    }

    /// The lines of a cell, from the start of the table.
    fn lines(
        &self,
        cx: &mut Context<'_>,
        columns: &Range<usize>,
        part: Part,
        cell: &Cell,
    ) -> Vec<Line> {
        let room: Length = self.widths[columns.clone()].iter().copied().sum();
        let measure = (room - self.padding).max(self.setting.size);
        let part = part.of(cell);
        let Some(words) = cell.words() else {
            let mut lines = cell::lines(cx, &self.setting, measure, &cell.blocks);
            self.shift(&mut lines, columns.start, |_| Length::ZERO);
            return lines;
        };
        let mut lines = unbroken(cx, &self.setting, part, words);
        let alignment = self.alignment(columns, part, cell);
        if lines.iter().any(|line| line.width > measure) {
            let justified = match alignment {
                Alignment::Start if measure >= self.setting.size * JUSTIFIED => {
                    Alignment::Justify
                }
                other => other,
            };
            let style = ParagraphStyle {
                measure,
                alignment: justified,
                ..cell::style(&self.setting, part)
            };
            lines = layout_inline(cx, words, &style);
            self.shift(&mut lines, columns.start, |_| Length::ZERO);
            return lines;
        }
        if part == Part::Head && self.spreads_head && !cell.heads_row {
            self.spread(&mut lines, measure, &walk::plain_text(words));
        }
        let number = self.number(cx, columns, part, measure, words);
        self.shift(&mut lines, columns.start, |width| match (number, alignment) {
            (Some(start), _) => start,
            (None, Alignment::Justify | Alignment::Start) => Length::ZERO,
            (None, Alignment::Center) => (measure - width) / 2,
            (None, Alignment::End) => measure - width,
        });
        lines
    }

    /// Where the words of a cell stand.
    fn alignment(&self, columns: &Range<usize>, part: Part, cell: &Cell) -> Alignment {
        let is_number = self.numbers.get(columns.start).is_some_and(Option::is_some);
        match (self.alignments[columns.start], part) {
            (model::Alignment::Center, _) => Alignment::Center,
            (model::Alignment::None, Part::Head) if !cell.heads_row => Alignment::Center,
            (model::Alignment::None, Part::Body) if is_number => Alignment::Center,
            (model::Alignment::None | model::Alignment::Start, _) => Alignment::Start,
            (model::Alignment::End, _) => Alignment::End,
        }
    }

    /// Where a number of a column of numbers starts, so that all have their points one below
    /// the other: the block of them in the middle, or at the end where the author has it.
    fn number(
        &self,
        cx: &mut Context<'_>,
        columns: &Range<usize>,
        part: Part,
        measure: Length,
        words: &[Inline],
    ) -> Option<Length> {
        let numbers = (*self.numbers.get(columns.start)?)?;
        if part == Part::Head || columns.len() > 1 {
            return None;
        }
        let (whole, _) = halves(cx, &self.setting, &walk::plain_text(words), words)?;
        let free = measure - numbers.width();
        let start = match self.alignments[columns.start] {
            model::Alignment::End => free,
            model::Alignment::None
            | model::Alignment::Start
            | model::Alignment::Center => free / 2,
        };
        Some(start + numbers.whole - whole)
    }

    /// Spreads the words of a head over its column.
    fn spread(&self, lines: &mut [Line], measure: Length, words: &str) {
        let joints = words.chars().count() as i64 - 1;
        if let [line] = lines
            && joints > 0
        {
            let most = self.setting.size * WIDEST_SPREAD;
            widen(line, ((measure - line.width) / joints).min(most));
        }
    }

    /// Moves the lines of a cell to their column.
    fn shift(&self, lines: &mut [Line], column: usize, by: impl Fn(Length) -> Length) {
        let before: Length = self.widths[..column].iter().copied().sum();
        let start = self.inset + before + self.padding / 2;
        for line in lines {
            let by = start + by(line.width);
            for placed in &mut line.pieces {
                placed.at.inline += by;
            }
        }
    }

    /// Some lines of each cell side by side: first lines beside first lines.
    fn slice(&self, cells: &[&[Line]], range: Range<usize>) -> Row {
        let half = self.setting.size / 2;
        let gap = (self.feed - self.setting.size).max(Length::ZERO) / 2;
        let mut axes: Vec<Length> = Vec::new();
        let mut size = Length::ZERO;
        for index in range.clone() {
            let reach = |of: fn(&Line) -> Length| {
                let lines = cells.iter().filter_map(|lines| lines.get(index));
                lines.map(of).max().unwrap_or_default().max(half) + gap
            };
            axes.push(size + reach(|line| line.before));
            size += reach(|line| line.before) + reach(|line| line.after);
        }
        let mut row = Row {
            stand: Stand::Free { size, starts: false },
            axis: axes.first().copied().unwrap_or_default(),
            ..Row::default()
        };
        for lines in cells {
            for (line, &block) in lines.iter().skip(range.start).zip(&axes) {
                let by = LogicalPoint { inline: Length::ZERO, block };
                let pieces = line.pieces.iter().cloned();
                row.pieces.extend(pieces.map(|placed| placed.moved(by)));
                row.notes.extend(&line.notes);
            }
        }
        row
    }

    /// Adds the room above the first and below the last line of a row, and the rule above
    /// it, which cells that reach down from above interrupt.
    fn pad(&self, rows: &mut [Row], opens: bool, joined: &[&SetCell]) {
        let padding = self.padding / 4;
        let last = rows.len() - 1;
        for (index, row) in rows.iter_mut().enumerate() {
            let above = if index == 0 { padding } else { Length::ZERO };
            let below = if index == last { padding } else { Length::ZERO };
            for placed in &mut row.pieces {
                placed.at.block += above;
            }
            row.axis += above;
            if let Stand::Free { size, .. } = &mut row.stand {
                *size += above + below;
            }
        }
        let width = if opens { self.thick } else { self.thin };
        let mut start = 0;
        let mut rules = Vec::new();
        let is_joined = |at| joined.iter().any(|cell| cell.columns.contains(&at));
        for column in 0..=self.widths.len() {
            if column == self.widths.len() || is_joined(column) {
                if start < column {
                    rules.push(self.rule(start..column, Length::ZERO, width));
                }
                start = column + 1;
            }
        }
        rows[0].pieces.splice(0..0, rules);
    }

    /// The rule at the foot of the table, whose last row has a size.
    pub(super) fn foot(&self, size: Length) -> Placed {
        self.rule(0..self.widths.len(), size - self.thick, self.thick)
    }

    /// A rule along some columns.
    fn rule(&self, columns: Range<usize>, block: Length, width: Length) -> Placed {
        let before: Length = self.widths[..columns.start].iter().copied().sum();
        let inline: Length = self.widths[columns].iter().copied().sum();
        Placed {
            at: LogicalPoint { inline: self.inset + before, block },
            piece: Piece::Fill {
                size: LogicalSize { inline, block: width },
                color: Color::BLACK,
            },
        }
    }
}

/// The size of a row off the grid.
fn size(row: &Row) -> Length {
    match row.stand {
        Stand::Free { size, .. } => size,
        Stand::Lines(_) => Length::ZERO,
    }
}
