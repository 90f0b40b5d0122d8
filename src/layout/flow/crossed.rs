//! Blocks that are horizontal in every book: listings and tables among vertical lines, and
//! wide tables turned by a quarter.

use super::{Float, Flow, Row, Setting, Stand};
use crate::geom::{Length, LogicalPoint, LogicalSize, WritingMode};
use crate::layout::fill::{Area, Column, Spread, fill};
use crate::layout::{Context, Piece, Placed, Posture};

/// A block is never set narrower than so many ems, so that its caption has room.
const LEAST_EMS: i64 = 12;

/// A block that can be set in a box of its own.
pub(super) struct Crossed<W, S> {
    /// How it stands.
    pub(super) posture: Posture,
    /// The width that it asks for, in the setting that has all the room.
    pub(super) width: W,
    /// Sets it.
    pub(super) set: S,
}

impl<W, S> Crossed<W, S>
where
    W: FnOnce(&mut Context<'_>, &Setting) -> Length,
    S: FnOnce(&mut Context<'_>, &mut Flow, &Setting),
{
    /// Sets a block horizontally: as it is among horizontal lines; among vertical ones, or
    /// where it is turned, in boxes as wide as it asks for and the page allows. Where it is
    /// longer than a box it goes on in the next.
    pub(super) fn rows(self, cx: &mut Context<'_>, flow: &mut Flow, setting: &Setting) {
        if cx.writing == WritingMode::Horizontal && self.posture == Posture::Upright {
            return (self.set)(cx, flow, setting);
        }
        cx.structure.set_horizontal();
        let posture = self.posture;
        let above = flow.headings_above(cx.style.feed);
        let (measure, columns) = self.columns(cx, setting, above);
        let is_one = columns.len() == 1;
        flow.release_figure();
        for column in columns {
            let size = match runs_along(cx.writing, posture) {
                true => LogicalSize { inline: measure, block: column.end },
                false => LogicalSize { inline: column.end, block: measure },
            };
            flow.push(Row {
                float: is_one.then(Float::default),
                ..row(setting, size, posture, column)
            });
            // A heading is followed by a box: that is enough.
            flow.release();
        }
        flow.start_group();
    }

    /// Sets the block in columns that leave room on the page for headings of a size above
    /// them, and says how wide they are.
    fn columns(
        self,
        cx: &mut Context<'_>,
        setting: &Setting,
        above: Length,
    ) -> (Length, Vec<Column>) {
        let page = cx.style.column().block;
        let left = (page - above).max(page / 2);
        let (asked, most, block) = match runs_along(cx.writing, self.posture) {
            true => (setting.measure, setting.measure, left),
            false => (page, left, setting.measure),
        };
        cx.within(WritingMode::Horizontal, |cx| {
            let body = Setting::body(cx, &setting.labels).flush();
            let whole = Setting { measure: asked, ..body };
            let least = whole.size * LEAST_EMS;
            let measure = (self.width)(cx, &whole).max(least).min(most);
            let mut inside = Flow::default();
            (self.set)(cx, &mut inside, &Setting { measure, ..whole });
            inside.finish();
            let area = Area { measure, block, ..Area::of(cx.style) };
            let spread = Spread {
                count: 1,
                titled: false,
                balanced: false,
                sides: None,
            };
            (measure, fill(inside, Vec::new(), area, spread))
        })
    }
}

/// Whether the lines of a box run along those around it.
fn runs_along(writing: WritingMode, posture: Posture) -> bool {
    (writing == WritingMode::Horizontal) == (posture == Posture::Upright)
}

/// The room across horizontal lines that stand in a setting.
pub(super) fn room(cx: &Context<'_>, setting: &Setting) -> Length {
    match cx.writing {
        WritingMode::Horizontal => setting.measure,
        WritingMode::Vertical => cx.style.column().block,
    }
}

/// A box as a row.
fn row(setting: &Setting, size: LogicalSize, posture: Posture, column: Column) -> Row {
    let piece = Piece::Box { size, posture, pieces: column.pieces };
    let start = match posture {
        Posture::Upright => Length::ZERO,
        Posture::Turned => (setting.measure - size.inline).max(Length::ZERO) / 2,
    };
    let at = LogicalPoint { inline: setting.inset + start, block: Length::ZERO };
    Row {
        pieces: vec![Placed { at, piece }],
        stand: Stand::Free { size: size.block, starts: true },
        axis: size.block / 2,
        notes: column.calls,
        ..Row::default()
    }
}
