//! Blocks that are horizontal in every book: listings and tables among vertical lines.

use super::{Flow, Row, Setting, Stand};
use crate::geom::{Length, LogicalPoint, LogicalSize, WritingMode};
use crate::layout::fill::{Area, Column, Spread, fill};
use crate::layout::{Context, Piece, Placed};

/// A block is never set narrower than so many ems, so that its caption has room.
const LEAST_EMS: i64 = 12;

/// Sets a block horizontally: as it is among horizontal lines; among vertical ones in
/// boxes as wide as the block asks for by `width`, and no wider than the page. Where it is
/// longer than the lines around, it goes on in the next box.
pub(super) fn crossed(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    width: impl FnOnce(&mut Context<'_>, &Setting) -> Length,
    set: impl FnOnce(&mut Context<'_>, &mut Flow, &Setting),
) {
    if cx.writing == WritingMode::Horizontal {
        return set(cx, flow, setting);
    }
    let room = LogicalSize {
        inline: cx.style.column().block,
        block: setting.measure,
    };
    let (measure, columns) = cx.within(WritingMode::Horizontal, |cx| {
        let body = Setting::body(cx, &setting.labels).flush();
        let whole = Setting { measure: room.inline, ..body };
        let least = whole.size * LEAST_EMS;
        let measure = width(cx, &whole).max(least).min(room.inline);
        let mut inside = Flow::default();
        set(cx, &mut inside, &Setting { measure, ..whole });
        inside.finish();
        let area = Area { measure, block: room.block, ..Area::of(cx.style) };
        let spread = Spread { count: 1, titled: false, balanced: false };
        (measure, fill(inside, Vec::new(), area, spread))
    });
    let is_one = columns.len() == 1;
    flow.release_figure();
    for column in columns {
        flow.push(Row { floats: is_one, ..row(setting, measure, column) });
    }
    flow.start_group();
}

/// A box as a row.
fn row(setting: &Setting, width: Length, column: Column) -> Row {
    let size = LogicalSize { inline: column.end, block: width };
    let piece = Piece::Box {
        size,
        writing: WritingMode::Horizontal,
        pieces: column.pieces,
    };
    let at = LogicalPoint { inline: setting.inset, block: Length::ZERO };
    Row {
        pieces: vec![Placed { at, piece }],
        stand: Stand::Free { size: width, starts: true },
        axis: width / 2,
        notes: column.calls,
        ..Row::default()
    }
}
