//! What stands in a cell, as lines.

use super::grid::Part;
use crate::display::Color;
use crate::font::{Family, FontStyle, Weight};
use crate::geom::{Length, LogicalPoint};
use crate::layout::flow::{Flow, Row, Setting, Stand, blocks};
use crate::layout::{Alignment, Context, Line, ParagraphStyle, layout_inline};
use crate::model::{Block, Cell, Inline, walk};

/// The ems that the lines of lists and quotations have at least.
const LEAST_EMS: i64 = 4;
/// The ems that lists and quotations take of a line before their words.
const INDENT: i64 = 2;

/// How the words of a cell are set.
pub(super) fn style(setting: &Setting, part: Part) -> ParagraphStyle {
    let font = match part {
        Part::Head => FontStyle { family: Family::Gothic, weight: Weight::Regular },
        Part::Body => setting.font,
    };
    ParagraphStyle {
        font,
        color: Color::BLACK,
        alignment: Alignment::Start,
        ..setting.paragraph()
    }
}

/// The lines of words where nothing breaks them but the author.
pub(super) fn unbroken(
    cx: &mut Context<'_>,
    setting: &Setting,
    part: Part,
    content: &[Inline],
) -> Vec<Line> {
    let measure = setting.measure * 64;
    layout_inline(cx, content, &ParagraphStyle { measure, ..style(setting, part) })
}

/// How wide a cell is where nothing breaks its words.
pub(super) fn widest(
    cx: &mut Context<'_>,
    setting: &Setting,
    part: Part,
    cell: &Cell,
) -> Length {
    let mut widest = Length::ZERO;
    let mut texts = Vec::new();
    walk::texts(&cell.blocks, &mut |content| texts.push(content.to_vec()));
    for content in texts {
        let lines = unbroken(cx, setting, part, &content);
        let width = lines.iter().map(|line| line.width).max();
        widest = widest.max(width.unwrap_or_default());
    }
    match cell.words() {
        Some(_) => widest,
        None => widest.max(setting.size * LEAST_EMS) + setting.size * INDENT,
    }
}

/// The lines of blocks, in a measure of their own.
pub(super) fn lines(
    cx: &mut Context<'_>,
    setting: &Setting,
    measure: Length,
    content: &[Block],
) -> Vec<Line> {
    let inset = Length::ZERO;
    let setting = Setting {
        inset,
        measure,
        alignment: Alignment::Start,
        ..setting.flush()
    };
    let mut flow = Flow::default();
    blocks(cx, &mut flow, &setting, content);
    flow.finish();
    flow.rows
        .into_iter()
        .enumerate()
        .map(|(at, row)| line(row, &setting, at > 0))
        .collect()
}

/// A row of blocks as a line: its pieces from its axis, its reach without the share of the
/// line gap that it has.
fn line(row: Row, setting: &Setting, follows: bool) -> Line {
    let feed = setting.feed.unwrap_or(setting.size);
    let gap = (feed - setting.size).max(Length::ZERO) / 2;
    let size = match row.stand {
        Stand::Free { size, .. } => size,
        Stand::Lines(lines) => feed * i64::from(lines),
    };
    // A blank line would be too much in a cell.
    let space = if follows && row.leading > 0 { feed / 2 } else { Length::ZERO };
    let by = LogicalPoint { inline: Length::ZERO, block: -row.axis };
    Line {
        pieces: row.pieces.into_iter().map(|placed| placed.moved(by)).collect(),
        width: setting.measure,
        before: row.axis - gap + space,
        after: size - row.axis - gap,
        notes: row.notes,
    }
}
