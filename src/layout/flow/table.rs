//! Tables (表): columns from their content, rules between rows, the head on every page.

mod cell;
mod grid;
mod numbers;
mod widths;

use super::figure::{Numbered, caption_rows};
use super::{Break, Flow, Setting, Stand, crossed};
use crate::diag::{Code, Diagnostic};
use crate::display::{Element, Role};
use crate::geom::{Length, WritingMode};
use crate::layout::{Context, Posture};
use crate::model::{Attributes, Inline, Table, walk};
use crate::source::Span;
use grid::{Grid, Natural, Part, natural};

/// How many rows stay below the head, and how many together at the end.
const KEPT_ROWS: u32 = 2;
/// What the text of a table is made smaller to where its columns would become too narrow,
/// in hundredths of the size that the style gives it.
const SIZES: [i64; 3] = [100, 87, 75];

/// A table with what its author says of it.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) table: &'a Table,
    pub(super) attributes: &'a Attributes,
    /// Where it stands.
    pub(super) span: Span,
}

impl Given<'_> {
    /// Whether its lines are vertical in a vertical book.
    pub(super) fn is_vertical(self) -> bool {
        self.attributes.get("writing") == Some("vertical")
    }

    /// Whether the words of its head are spread evenly (均等割り).
    fn spreads_head(self) -> bool {
        self.attributes.get("head") == Some("even")
    }
}

/// Sets a table with its caption above it.
pub(super) fn table(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    given: Given<'_>,
) {
    let table = given.table;
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
    let Fitted { setting: small, natural, is_shrunk } = fitted(cx, setting, table);
    if is_shrunk {
        let message = "a table is wider than its room, and its text is set smaller";
        let hint = "leave a column out, or part the table";
        let found = Diagnostic::new(Code::Overfull, given.span, message);
        cx.sink.push(found.hint(hint));
    }
    let grid = Grid::of(cx, &small, table, natural, given.spreads_head());
    let number = head(cx, flow, &grid, table, first);
    body(cx, flow, &grid, table, number);
    if let Some(last) = flow.rows.last_mut()
        && let Stand::Free { size, .. } = last.stand
    {
        last.pieces.push(grid.foot(size));
    }
    flow.start_group();
}

/// Sets the head, which is repeated where the table goes on; returns its number.
fn head(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    grid: &Grid,
    table: &Table,
    first: usize,
) -> Option<usize> {
    let head = cx.tagged(Element::new(Role::TableHead), |cx| {
        grid.rows(cx, &table.head, Part::Head, true)
    });
    let head: Vec<_> = head.into_iter().flatten().collect();
    if head.is_empty() {
        return None;
    }
    flow.heads.push(head.clone());
    let kept = head.len();
    for mut row in head {
        row.before = Break::Forbidden;
        flow.push(row);
    }
    if first + kept == flow.rows.len() {
        // Without a caption the head is where the table may leave the page.
        flow.rows[first].before = Break::Allowed;
    }
    flow.keep(KEPT_ROWS);
    Some(flow.heads.len() - 1)
}

fn body(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    grid: &Grid,
    table: &Table,
    number: Option<usize>,
) {
    let rows = cx.tagged(Element::new(Role::TableBody), |cx| {
        grid.rows(cx, &table.body, Part::Body, number.is_none())
    });
    let count = rows.len();
    for (index, rows) in rows.into_iter().enumerate() {
        if index + 1 == count && count > KEPT_ROWS as usize {
            // The last row does not stand alone below a head.
            flow.keep(1);
        }
        for mut row in rows {
            row.head = number;
            flow.push(row);
        }
    }
}

/// How the text of a table is set so that it finds room.
struct Fitted {
    setting: Setting,
    /// What the columns ask for.
    natural: Natural,
    /// Whether the text is smaller than the style has it.
    is_shrunk: bool,
}

fn fitted(cx: &mut Context<'_>, setting: &Setting, table: &Table) -> Fitted {
    let mut fitted = in_size(cx, setting, table, SIZES[0]);
    for share in &SIZES[1..] {
        if fitted.natural.narrowest(&fitted.setting) <= setting.measure {
            break;
        }
        fitted = in_size(cx, setting, table, *share);
    }
    fitted
}

/// The setting of a table in a share of its size.
fn in_size(cx: &mut Context<'_>, setting: &Setting, table: &Table, share: i64) -> Fitted {
    let [size, feed] = [cx.style.table_size, cx.style.table_feed];
    let small = setting.off_grid(size.ratio(share, 100), feed.ratio(share, 100));
    let natural = natural(cx, &small, table);
    Fitted {
        setting: small,
        natural,
        is_shrunk: share < SIZES[0],
    }
}

/// The width of a table that has room, no more than a measure.
pub(super) fn width(cx: &mut Context<'_>, setting: &Setting, table: &Table) -> Length {
    let Fitted { setting, natural, .. } = fitted(cx, setting, table);
    Grid::of(cx, &setting, table, natural, false).width()
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
        let Fitted { setting, natural, .. } = in_size(cx, setting, table, SIZES[0]);
        natural.narrowest(&setting)
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
        walk::texts(&cell.blocks, &mut |content| {
            walk::inlines(content, &mut |inline| {
                found |= matches!(inline, Inline::Image(_));
            });
        });
    }
    found
}
