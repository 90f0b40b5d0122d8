//! Tables (表): columns from their content, rules between rows, the head on every page.

mod widths;

use std::ops::Range;

use super::figure::{Numbered, caption_rows};
use super::{Break, Flow, Row, Setting, Stand, crossed};
use crate::display::{Color, Element, Role};
use crate::font::{Family, FontStyle, Weight};
use crate::geom::{Length, LogicalPoint, LogicalSize, WritingMode};
use crate::layout::{
    Alignment, Context, Line, ParagraphStyle, Piece, Placed, Posture, layout_inline,
};
use crate::model::{self, Cell, Inline, Table, walk};

/// A row of up to so many lines is not broken over pages.
const WHOLE_LINES: usize = 12;
/// The ems that a column keeps for its words when it is shrunk.
const LEAST_EMS: i64 = 5;
/// How many rows stay below the head, and how many together at the end.
const KEPT_ROWS: u32 = 2;
/// From so many ems on the lines of a cell are justified: short ones would be torn apart.
const JUSTIFIED: i64 = 18;

/// Sets a table with its caption above it.
pub(super) fn table(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    table: &Table,
) {
    flow.start_group();
    let numbered = Numbered {
        number: table.number.as_deref(),
        caption: &table.caption,
    };
    let first = flow.rows.len();
    caption_rows(cx, flow, setting, numbered);
    if flow.rows.len() > first {
        flow.lengthen(setting.size / 4);
        flow.keep(1);
    }
    let small = setting.off_grid(cx.style.table_size, cx.style.table_feed);
    let grid = Grid::of(cx, &small, table);
    let mut head = Vec::new();
    cx.tagged(Element::new(Role::TableHead), |cx| {
        for (index, cells) in table.head.iter().enumerate() {
            head.extend(grid.row(cx, cells, Part::Head, index == 0));
        }
    });
    let kept = head.len() as u32;
    let number = (!head.is_empty()).then(|| {
        flow.heads.push(head.clone());
        flow.heads.len() - 1
    });
    let has_head = kept > 0;
    for mut row in head {
        row.before = Break::Forbidden;
        flow.push(row);
    }
    if has_head {
        if first + kept as usize == flow.rows.len() {
            // Without a caption the head is where the table may leave the page.
            flow.rows[first].before = Break::Allowed;
        }
        flow.keep(KEPT_ROWS);
    }
    let body = cx.structure.add(Element::new(Role::TableBody));
    let count = table.body.len();
    for (index, cells) in table.body.iter().enumerate() {
        if index + 1 == count && count > KEPT_ROWS as usize {
            // The last row does not stand alone below a head.
            flow.keep(1);
        }
        let opens = index == 0 && !has_head;
        let rows = cx.inside(body, |cx| grid.row(cx, cells, Part::Body, opens));
        for mut row in rows {
            row.head = number;
            flow.push(row);
        }
    }
    if let Some(last) = flow.rows.last_mut()
        && let Stand::Free { size, .. } = last.stand
    {
        let rule = grid.rule(size - grid.thick, grid.thick);
        last.pieces.push(rule);
    }
    flow.start_group();
}

/// The width of a table that has room, no more than a measure.
pub(super) fn width(cx: &mut Context<'_>, setting: &Setting, table: &Table) -> Length {
    let small = setting.off_grid(cx.style.table_size, cx.style.table_feed);
    Grid::of(cx, &small, table).widths.iter().copied().sum()
}

/// How a table stands: turned by a quarter where its columns would become too narrow for
/// words, and where that gives it more room. An image cannot be turned with it.
pub(super) fn posture(cx: &mut Context<'_>, setting: &Setting, table: &Table) -> Posture {
    let room = crossed::room(cx, setting);
    let turned = match cx.writing {
        WritingMode::Horizontal => cx.style.column().block,
        WritingMode::Vertical => setting.measure,
    };
    if turned <= room || setting.feed.is_some() || setting.inset > Length::ZERO {
        return Posture::Upright;
    }
    let narrowest = cx.within(WritingMode::Horizontal, |cx| {
        let small = setting.off_grid(cx.style.table_size, cx.style.table_feed);
        let natural = natural(cx, &small, table);
        natural
            .iter()
            .map(|width| (*width).min(least(&small)))
            .sum::<Length>()
    });
    match narrowest > room && !has_image(table) {
        true => Posture::Turned,
        false => Posture::Upright,
    }
}

/// Whether a cell holds an image.
fn has_image(table: &Table) -> bool {
    let mut found = false;
    for cell in table.head.iter().chain(&table.body).flatten() {
        walk::inlines(&cell.content, &mut |inline| {
            found |= matches!(inline, Inline::Image(_));
        });
    }
    found
}

/// The width below which a column is not shrunk for the sake of another.
fn least(setting: &Setting) -> Length {
    setting.size * (LEAST_EMS + 1)
}

/// The widths of the columns with their padding, in whole ems, where nothing is broken.
fn natural(cx: &mut Context<'_>, setting: &Setting, table: &Table) -> Vec<Length> {
    let rows = table.head.iter().chain(&table.body);
    let columns = rows.map(Vec::len).max().unwrap_or(0).max(table.columns.len());
    let mut natural = vec![setting.size; columns];
    for (part, rows) in [(Part::Head, &table.head), (Part::Body, &table.body)] {
        for (column, cell) in rows.iter().flat_map(|row| row.iter().enumerate()) {
            let lines = unbroken(cx, setting, part, &cell.content);
            let widest = lines.iter().map(|line| line.width).max();
            natural[column] = natural[column].max(widest.unwrap_or_default());
        }
    }
    let whole = |width: &Length| setting.size * (width.ceil_div(setting.size) + 1);
    natural.iter().map(whole).collect()
}

/// The part of a table that a row belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Body,
}

/// The columns of a table, and its rules.
struct Grid {
    setting: Setting,
    feed: Length,
    /// Half of it stands on either side of a cell's words, and of a row's lines.
    padding: Length,
    thin: Length,
    thick: Length,
    alignments: Vec<model::Alignment>,
    /// The widths of the columns with their padding.
    widths: Vec<Length>,
    /// Where the table starts.
    inset: Length,
}

impl Grid {
    fn of(cx: &mut Context<'_>, setting: &Setting, table: &Table) -> Self {
        let natural = natural(cx, setting, table);
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
            widths,
            inset: setting.inset + (setting.measure - width).max(Length::ZERO) / 2,
        }
    }

    /// The rows of the flow that a row of the table becomes: one, in which each cell is
    /// read to its end before the next; or one for each line, so that a long row can go on
    /// in the next column.
    fn row(
        &self,
        cx: &mut Context<'_>,
        cells: &[Cell],
        part: Part,
        opens: bool,
    ) -> Vec<Row> {
        let role = match part {
            Part::Head => Role::HeadCell,
            Part::Body => Role::Cell,
        };
        let cells: Vec<Vec<Line>> = cx.tagged(Element::new(Role::Row), |cx| {
            let columns = 0..self.widths.len();
            let content =
                |column| cells.get(column).map_or(&[][..], |cell: &Cell| &cell.content);
            let set = |column| {
                let element = Element::new(role);
                cx.tagged(element, |cx| self.cell(cx, column, part, content(column)))
            };
            columns.map(set).collect()
        });
        let count = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let taken = if count <= WHOLE_LINES { count } else { 1 };
        let starts = (0..count).step_by(taken);
        let mut rows: Vec<Row> =
            starts.map(|start| self.slice(&cells, start..start + taken)).collect();
        self.pad(&mut rows, opens);
        rows
    }

    /// The lines of a cell, from the start of the table.
    fn cell(
        &self,
        cx: &mut Context<'_>,
        column: usize,
        part: Part,
        content: &[Inline],
    ) -> Vec<Line> {
        let measure = (self.widths[column] - self.padding).max(self.setting.size);
        let mut lines = unbroken(cx, &self.setting, part, content);
        let alignment = match (self.alignments[column], part) {
            (model::Alignment::None, Part::Head) | (model::Alignment::Center, _) => {
                Alignment::Center
            }
            (model::Alignment::None, Part::Body) | (model::Alignment::Start, _) => {
                Alignment::Start
            }
            (model::Alignment::End, _) => Alignment::End,
        };
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
                ..cell_style(&self.setting, part)
            };
            lines = layout_inline(cx, content, &style);
            self.shift(&mut lines, column, |_| Length::ZERO);
        } else {
            self.shift(&mut lines, column, |width| match alignment {
                Alignment::Justify | Alignment::Start => Length::ZERO,
                Alignment::Center => (measure - width) / 2,
                Alignment::End => measure - width,
            });
        }
        lines
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
    fn slice(&self, cells: &[Vec<Line>], range: Range<usize>) -> Row {
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
    /// it.
    fn pad(&self, rows: &mut [Row], opens: bool) {
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
        rows[0].pieces.insert(0, self.rule(Length::ZERO, width));
    }

    /// A rule along the table.
    fn rule(&self, block: Length, width: Length) -> Placed {
        let inline: Length = self.widths.iter().copied().sum();
        Placed {
            at: LogicalPoint { inline: self.inset, block },
            piece: Piece::Fill {
                size: LogicalSize { inline, block: width },
                color: Color::BLACK,
            },
        }
    }
}

fn cell_style(setting: &Setting, part: Part) -> ParagraphStyle {
    let font = match part {
        Part::Head => FontStyle { family: Family::Gothic, weight: Weight::Regular },
        Part::Body => setting.font,
    };
    ParagraphStyle {
        font,
        alignment: Alignment::Start,
        ..setting.paragraph()
    }
}

/// The lines of a cell where nothing breaks them but the author.
fn unbroken(
    cx: &mut Context<'_>,
    setting: &Setting,
    part: Part,
    content: &[Inline],
) -> Vec<Line> {
    let measure = setting.measure * 64;
    layout_inline(cx, content, &ParagraphStyle { measure, ..cell_style(setting, part) })
}
