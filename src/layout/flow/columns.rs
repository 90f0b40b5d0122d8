//! Text in columns (段組) inside the text.

use super::{Flow, Row, Setting, Stand, blocks};
use crate::geom::{Length, LogicalPoint};
use crate::layout::Context;
use crate::layout::fill::{Area, Column, Spread, fill};
use crate::model::Block;

/// How many columns there are.
const COUNT: usize = 2;
/// Between two columns, in ems of the text.
const GAP: i64 = 2;
/// Columns whose lines would hold fewer ems are not set side by side.
const LEAST_EMS: i64 = 10;

/// Sets blocks in columns of the same length, which stand together on a page as far as
/// they have room on one.
pub(super) fn columns(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    content: &[Block],
) {
    let size = setting.size;
    let ems = ((setting.measure - size * GAP) / COUNT as i64).floor_div(size);
    if ems < LEAST_EMS || setting.feed.is_some() {
        return blocks(cx, flow, setting, content);
    }
    let measure = size * ems;
    let inside = Setting { inset: Length::ZERO, measure, ..setting.clone() };
    let mut rows = Flow::default();
    blocks(cx, &mut rows, &inside, content);
    rows.finish();
    let area = Area { measure, ..Area::of(cx.style) };
    let spread = Spread {
        count: COUNT,
        titled: false,
        balanced: true,
        sides: None,
    };
    let filled = fill(rows, Vec::new(), area, spread);
    let pitch = setting.measure - measure;
    flow.space(1);
    for page in filled.chunk_by(|_, next| !next.starts_page) {
        flow.push(row(cx, setting.inset, pitch, page));
    }
    flow.space(1);
}

/// Columns side by side as a row of whole lines.
fn row(cx: &Context<'_>, inset: Length, pitch: Length, page: &[Column]) -> Row {
    let mut row = Row { axis: cx.style.size / 2, ..Row::default() };
    let mut end = Length::ZERO;
    for (index, column) in page.iter().enumerate() {
        let inline = inset + pitch * index as i64;
        let by = LogicalPoint { inline, block: Length::ZERO };
        let pieces = column.pieces.iter().cloned();
        row.pieces.extend(pieces.map(|placed| placed.moved(by)));
        row.notes.extend(&column.calls);
        end = end.max(column.end);
    }
    let lines = (end + cx.style.feed - cx.style.size).ceil_div(cx.style.feed);
    row.stand = Stand::Lines(u32::try_from(lines).unwrap_or(1));
    row
}
