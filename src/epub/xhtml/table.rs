//! Tables as XHTML. Where a file ends between two rows or in a cell, the table goes on in
//! the next one: with its head, and with a cell for each of those above that reach into its
//! rows. A table with very many columns is set as several, one below the other.

use std::ops::Range;

use super::{Level, Writer};
use crate::epub::book::Place;
use crate::model::{Alignment, Block, Cell, Table, cell_columns, walk};

/// How many bytes a head may have that is repeated in each file.
const LONGEST_HEAD: usize = 32 * 1024;

/// How many bytes the words of a cell may have that are repeated in each file.
const LONGEST_WORDS: usize = 256;

/// The longest row of a table that is not set as several, in bytes as far as the source
/// tells.
const LONGEST_ROW: usize = 32 * 1024;

/// Tables of fewer columns are never set as several.
const MANY_COLUMNS: usize = 64;

/// The rows of a table that is open.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// How many have been opened.
    rows: usize,
    /// The cells over several rows: the number of the first row, how many there are, and
    /// where it is written.
    spans: Vec<(usize, usize, Range<usize>)>,
}

/// A cell of a row, or one of a row above that reaches into it.
#[derive(Clone)]
struct Placed<'t> {
    cell: &'t Cell,
    /// The columns of the table that it takes.
    columns: Range<usize>,
    /// The first row below it.
    end: usize,
    /// Whether it is from a row above.
    from_above: bool,
    /// Whether it has to be set again, as what is above is in another file.
    again: bool,
}

/// What a cell is written with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// All that it holds.
    All,
    /// What it holds once more, where that is not much.
    Again,
    /// Nothing.
    None,
}

impl<'a> Writer<'a> {
    pub(super) fn table(&mut self, block: &Block, table: &Table) {
        self.element("figure", block, "table");
        self.scrolls();
        self.xml.line();
        self.caption("figcaption", &table.caption, table.number.as_deref());
        for (number, columns) in groups(table).iter().enumerate() {
            if number > 0 {
                self.may_end_before(false);
            }
            self.columns(table, columns);
        }
        self.xml.close();
    }

    /// Writes some of the columns as a table of their own.
    fn columns(&mut self, table: &Table, columns: &Columns) {
        self.xml.open("table").line();
        self.grids.push(Grid::default());
        let face = self.book.faces.caption;
        self.set_in(face, |writer| {
            writer.rows("thead", &table.head, table, columns);
            writer.repeat_head(table, columns);
            writer.rows("tbody", &table.body, table, columns);
        });
        self.grids.pop();
        self.xml.close().line();
    }

    /// Has the head repeated in the files in which the table that is open goes on.
    fn repeat_head(&mut self, table: &Table, columns: &Columns) {
        if !self.is_divided() || self.is_again {
            return;
        }
        let page = std::mem::take(&mut self.xml);
        // Links say which file they lead to, from whatever file.
        let place = self.place;
        if let Place::Page { file, .. } = &mut self.place {
            *file = usize::MAX;
        }
        self.once_more(|writer| writer.rows("thead", &table.head, table, columns));
        self.place = place;
        let head = std::mem::replace(&mut self.xml, page).finish();
        if head.len() <= LONGEST_HEAD {
            self.xml.bounds(&head, "");
        }
    }

    fn rows(
        &mut self,
        element: &'static str,
        rows: &[Vec<Cell>],
        table: &Table,
        columns: &Columns,
    ) {
        if rows.is_empty() {
            return;
        }
        self.xml.open(element);
        self.xml.class(if self.is_again { "repeated" } else { "" }).line();
        let mut above: Vec<Placed<'_>> = Vec::new();
        for (number, (row, starts)) in rows.iter().zip(cell_columns(rows)).enumerate() {
            if number > 0 {
                let level = Level::block(self.xml.depth(), false);
                let level = if above.is_empty() { level } else { level.across() };
                if self.may_end(level) {
                    above.iter_mut().for_each(|placed| placed.again = true);
                }
            }
            above.extend(row.iter().zip(starts).map(|(cell, start)| Placed {
                cell,
                columns: start..start + cell.columns as usize,
                end: number + cell.rows as usize,
                from_above: false,
                again: false,
            }));
            above.sort_by_key(|placed| placed.columns.start);
            self.row(element == "thead", number, &mut above, (table, columns));
            above.retain(|placed| placed.end > number + 1);
            above.iter_mut().for_each(|placed| placed.from_above = true);
        }
        self.xml.close().line();
    }

    /// Writes a row with its cells, and those from above that have to be set again.
    fn row(
        &mut self,
        is_head: bool,
        number: usize,
        cells: &mut [Placed<'_>],
        (table, columns): (&Table, &Columns),
    ) {
        self.xml.open("tr").line();
        if let Some(grid) = self.grids.last_mut() {
            grid.rows += 1;
        }
        // Whether a file has ended in the row: what is from above is not above any more.
        let mut ended = false;
        for index in 0..cells.len() {
            let placed = cells[index].clone();
            let width = columns.width(&placed.columns);
            if width == 0 {
                continue;
            }
            if index > 0 && self.may_end_before(false) {
                ended = true;
                cells[..index].iter_mut().for_each(|placed| placed.again = true);
            }
            cells[index].again = ended && placed.from_above;
            if !placed.from_above || placed.again || ended {
                let file = self.file();
                let (words, rows) = match (placed.from_above, ended) {
                    (true, true) => (Words::None, 1),
                    (true, false) => (Words::Again, placed.end - number),
                    _ if columns.are_before(&placed.columns) => {
                        (Words::Again, placed.end - number)
                    }
                    _ => (Words::All, placed.end - number),
                };
                let alignment = table.columns.get(placed.columns.start).copied();
                let alignment = alignment.unwrap_or_default();
                self.cell(is_head, placed.cell, (words, width, rows), alignment);
                if self.file() != file {
                    ended = true;
                    cells[..=index].iter_mut().for_each(|placed| placed.again = true);
                }
            }
            self.hold_place(width);
        }
        self.xml.close().line();
    }

    /// Has a cell stand for the one that was written, where the row goes on in another file.
    fn hold_place(&mut self, columns: usize) {
        if !self.is_divided() {
            return;
        }
        let span = match columns {
            1 => String::new(),
            _ => format!(" colspan=\"{columns}\""),
        };
        self.xml.lead_on(&format!("<td{span}></td>"));
    }

    fn cell(
        &mut self,
        is_head: bool,
        cell: &Cell,
        (words, columns, rows): (Words, usize, usize),
        alignment: Alignment,
    ) {
        let is_empty = match words {
            Words::All => cell.blocks.is_empty(),
            Words::Again => cell.blocks.is_empty() || !are_few(cell),
            Words::None => true,
        };
        // A head without words heads nothing.
        let heads = (is_head || cell.heads_row) && !is_empty;
        self.xml.open(if heads { "th" } else { "td" });
        if heads {
            let scope = match (is_head, columns > 1, rows > 1) {
                (true, false, _) => "col",
                (true, true, _) => "colgroup",
                (false, _, false) => "row",
                (false, _, true) => "rowgroup",
            };
            self.xml.attr("scope", scope);
        }
        if columns > 1 {
            self.xml.attr("colspan", &columns.to_string());
        }
        if rows > 1 {
            self.row_span(rows);
        }
        let repeated = if words == Words::All { "" } else { "repeated" };
        self.xml
            .class(format!("{} {repeated}", align_class(alignment)).trim());
        let face = if heads { self.book.faces.strong } else { self.face };
        self.set_in(face, |writer| match words {
            _ if is_empty => {}
            Words::Again => writer.once_more(|writer| writer.words_of(cell)),
            Words::All | Words::None => writer.words_of(cell),
        });
        self.xml.close().line();
    }

    fn words_of(&mut self, cell: &Cell) {
        match cell.words() {
            Some(words) => self.inlines(words),
            None => self.blocks(&cell.blocks),
        }
    }

    /// Says over how many rows the cell goes that has just been opened.
    fn row_span(&mut self, rows: usize) {
        self.xml.attr("rowspan", &rows.to_string());
        let end = self.xml.len() - 1;
        let is_again = self.is_again;
        if let Some(grid) = self.grids.last_mut().filter(|_| !is_again) {
            let open = grid.rows;
            grid.spans.retain(|(first, rows, _)| first + rows > open);
            grid.spans.push((open, rows, end - rows.to_string().len()..end));
        }
    }

    /// Ends the cells that reach into rows of the next file: where that is written, and over
    /// how many rows they go in this one.
    pub(super) fn end_spans(&mut self) -> Vec<(Range<usize>, String)> {
        let mut ended = Vec::new();
        for grid in &mut self.grids {
            for (first, rows, written) in std::mem::take(&mut grid.spans) {
                let here = grid.rows + 1 - first;
                if here < rows {
                    ended.push((written, here.to_string()));
                }
            }
        }
        ended
    }

    /// Writes something that stands in another file too: without ids and notes.
    fn once_more(&mut self, write: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.is_again, true);
        self.whole(write);
        self.is_again = around;
    }

    /// The number of the file in its section.
    fn file(&self) -> usize {
        match self.place() {
            Place::Page { file, .. } => file,
            Place::Root | Place::Cover => 0,
        }
    }
}

/// Whether a cell has few words.
fn are_few(cell: &Cell) -> bool {
    let mut length = 0;
    walk::texts(&cell.blocks, &mut |words| length += walk::plain_text(words).len());
    length <= LONGEST_WORDS
}

fn align_class(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "",
        Alignment::Start => "align-start",
        Alignment::Center => "align-center",
        Alignment::End => "align-end",
    }
}

/// Columns that are set beside each other: those at the beginning that head the rows, and a
/// range of the others.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Columns {
    heads: usize,
    range: Range<usize>,
}

impl Columns {
    /// How many of them a cell takes.
    fn width(&self, cell: &Range<usize>) -> usize {
        let heads = cell.end.min(self.heads).saturating_sub(cell.start);
        let start = cell.start.max(self.range.start);
        heads + cell.end.min(self.range.end).saturating_sub(start)
    }

    /// Whether what a cell says stands in columns before these.
    fn are_before(&self, cell: &Range<usize>) -> bool {
        cell.start < self.range.start
    }
}

/// The columns of a table in groups of which each gives rows that are not too long.
fn groups(table: &Table) -> Vec<Columns> {
    let mut rows = table.head.iter().chain(&table.body);
    let is_long = |row: &Vec<Cell>| {
        row.len() >= MANY_COLUMNS && row.iter().map(size).sum::<usize>() > LONGEST_ROW
    };
    if !rows.any(is_long) {
        return vec![Columns { heads: 0, range: 0..usize::MAX }];
    }
    let Widths { sizes, reach, heads } = Widths::of(table);
    let mut groups = Vec::new();
    let mut start = 0;
    while start < sizes.len() {
        let mut room = LONGEST_ROW / 2;
        let fit = sizes[start..].iter().take_while(|&&size| {
            let fits = size <= room;
            room = room.saturating_sub(size);
            fits
        });
        let mut end = start + fit.count().max(1);
        if end < sizes.len() {
            // Where the fewest cells are cut, in the second half of the columns that fit.
            let half = start + (end - start).div_ceil(2);
            end = (half..=end).rev().min_by_key(|&at| reach[at]).unwrap_or(end);
        }
        let heads = if start == 0 { 0 } else { heads };
        groups.push(Columns { heads, range: start..end });
        start = end;
    }
    groups
}

/// How many bytes a cell has, as far as the source tells: tags are longer than the bars of
/// the source, and words become longer too.
fn size(cell: &Cell) -> usize {
    cell.span.range().len() * 2 + 40
}

/// What the columns of a table hold.
#[derive(Default)]
struct Widths {
    /// By column, the bytes of its longest cell.
    sizes: Vec<usize>,
    /// By column, how many cells reach into it.
    reach: Vec<usize>,
    /// How many columns head the rows.
    heads: usize,
}

impl Widths {
    fn of(table: &Table) -> Self {
        let mut widths = Self::default();
        for rows in [&table.head, &table.body] {
            for (row, starts) in rows.iter().zip(cell_columns(rows)) {
                for (cell, start) in row.iter().zip(starts) {
                    widths.add(cell, start..start + cell.columns as usize);
                }
            }
        }
        // What heads rows of which it is the most part is not repeated.
        if widths.heads * 2 > MANY_COLUMNS {
            widths.heads = 0;
        }
        widths
    }

    fn add(&mut self, cell: &Cell, columns: Range<usize>) {
        if self.sizes.len() < columns.end {
            self.sizes.resize(columns.end, 0);
            self.reach.resize(columns.end, 0);
        }
        if cell.heads_row && columns.start <= self.heads {
            self.heads = self.heads.max(columns.end);
        }
        let longest = &mut self.sizes[columns.start];
        *longest = (*longest).max(size(cell));
        self.reach[columns].iter_mut().skip(1).for_each(|cells| *cells += 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn cell(length: u32, columns: u32) -> Cell {
        let span = Span { start: 0, end: length, ..Span::default() };
        Cell { span, columns, ..Cell::default() }
    }

    #[test]
    fn very_many_columns_are_set_in_groups() {
        let few = vec![vec![cell(20_000, 1), cell(20_000, 1)]];
        let few = Table { body: few, ..Table::default() };
        assert_eq!(groups(&few), [Columns { heads: 0, range: 0..usize::MAX }]);
        let mut row = vec![cell(30, 1); 1000];
        row[0].heads_row = true;
        // One cell over the two columns between which the first group would end.
        let mut second = row.clone();
        second.splice(162..164, [cell(30, 2)]);
        let many = Table { body: vec![row, second], ..Table::default() };
        let groups = groups(&many);
        assert_eq!(groups[0], Columns { heads: 0, range: 0..162 });
        assert_eq!(groups[1], Columns { heads: 1, range: 162..325 });
        assert_eq!(groups[1].width(&(0..1)), 1);
        assert_eq!(groups[1].width(&(100..400)), 163);
        assert_eq!(groups.last().map(|group| group.range.end), Some(1000));
    }
}
