//! Code: every character in whole cells of half an em, on a light ground.

mod cells;
mod ruled;

use std::ops::Range;

use super::figure::{Numbered, caption_rows};
use super::{Break, Decoration, Drawn, Flow, Row, Setting, Stand};
use crate::display::{Element, Role, Tag};
use crate::geom::{Length, LogicalPoint, LogicalSize};
use crate::layout::{Context, Piece, Placed};
use crate::model::{Listing, TextPlace, TextSource};
use crate::source::Span;
use cells::{Cells, Source};

/// Below so many lines a listing stays on one page.
const KEPT_LINES: usize = 4;
/// Between the numbers of lines and the lines, in cells.
const NUMBER_GAP: i64 = 2;
/// How much darker than the ground lines are that stand out.
const MARKED: u8 = 16;

/// Sets a listing with its caption above it.
pub(super) fn code(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    listing: &Listing,
    span: Span,
) {
    flow.start_group();
    let before = flow.rows.len();
    let number = listing.number.as_deref();
    caption_rows(cx, flow, setting, Numbered { number, caption: &listing.caption });
    if flow.rows.len() > before {
        flow.lengthen(setting.size / 4);
        flow.keep(1);
    }
    let lines = lines(cx, setting, listing, span);
    let first = flow.rows.len();
    rows(cx, flow, setting, lines);
    flow.decorations.push(Decoration {
        rows: first..flow.rows.len(),
        inset: setting.inset,
        measure: setting.measure,
        inside: Length::ZERO,
        outside: Length::ZERO,
        drawn: Drawn::Ground(cx.style.colors.ground),
    });
    flow.start_group();
}

/// A line of the page.
struct CodeLine {
    /// From the edge of the ground and from the axis of the line.
    pieces: Vec<Placed>,
    /// Whether it stands out.
    marked: bool,
}

/// The lines of the page that a listing becomes.
fn lines(
    cx: &mut Context<'_>,
    setting: &Setting,
    listing: &Listing,
    span: Span,
) -> Vec<CodeLine> {
    let numbers = Numbers::of(listing);
    let cells = Cells::of(cx, setting, numbers.cells());
    let mut lines: Vec<CodeLine> = Vec::new();
    let mut broken: Vec<(usize, Vec<Placed>)> = Vec::new();
    let code = cx.structure.add(Element::new(Role::Paragraph));
    let tag = cx
        .inside(code, |cx| cx.tagged(Element::new(Role::Code), |cx| cx.structure.tag()));
    for (index, range) in source_lines(&listing.text).enumerate() {
        cells.set(cx, Source { listing, span, tag }, range, &mut broken);
        let ordinal = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let number = numbers.of_line(index);
        let number = number.map(|text| cells.number(cx, &text, numbers.cells()));
        let mut number = number.into_iter().flatten();
        for (offset, mut pieces) in broken.drain(..) {
            let of = TextSource::Span(span);
            pieces.extend(cx.starts.piece(TextPlace { of, offset }));
            pieces.extend(number.next());
            let marked = listing.marked.iter();
            let marked = marked.clone().any(|(a, b)| (*a..=*b).contains(&ordinal));
            lines.push(CodeLine { pieces, marked });
        }
    }
    lines
}

/// Puts lines into the flow.
fn rows(cx: &mut Context<'_>, flow: &mut Flow, setting: &Setting, lines: Vec<CodeLine>) {
    let padding = cells::padding(cx.style.code_size.min(setting.size));
    let feed = cx.style.code_feed.min(setting.size * 2);
    let count = lines.len();
    for (index, line) in lines.into_iter().enumerate() {
        // The first and the last line bring the inside margin of the ground.
        let above = if index == 0 { padding } else { Length::ZERO };
        let below = if index + 1 == count { padding } else { Length::ZERO };
        let axis = above + feed / 2;
        let by = LogicalPoint { inline: setting.inset + padding, block: axis };
        let kept = count < KEPT_LINES || index == 1 || index + 1 == count;
        let ground = line.marked.then(|| mark(cx, setting, above, feed));
        let pieces = line.pieces.into_iter().map(|placed| placed.moved(by));
        flow.push(Row {
            pieces: ground.into_iter().flatten().chain(pieces).collect(),
            stand: Stand::Free { size: above + feed + below, starts: false },
            axis,
            before: match kept && index > 0 {
                true => Break::Forbidden,
                false => Break::Allowed,
            },
            ..Row::default()
        });
    }
}

/// The ground of a line that stands out, with a bar at its start.
fn mark(cx: &Context<'_>, setting: &Setting, block: Length, feed: Length) -> [Placed; 2] {
    let at = LogicalPoint { inline: setting.inset, block };
    let fill = |inline, color| Placed {
        at,
        piece: Piece::Fill { size: LogicalSize { inline, block: feed }, color },
    };
    let ground = cx.style.colors.ground.darker(MARKED);
    [fill(setting.measure, ground), fill(cx.style.thick_rule * 2, cx.style.colors.accent)]
}

/// Whether a listing is so short that among vertical lines it is turned as they are: set
/// horizontally it would leave most of its part of the page blank.
pub(super) fn is_short(text: &str) -> bool {
    source_lines(text).count() < KEPT_LINES
}

/// The width of a listing whose lines are not broken, with its ground.
pub(super) fn width(
    cx: &mut Context<'_>,
    setting: &Setting,
    listing: &Listing,
    span: Span,
) -> Length {
    let cells = Cells::of(cx, setting, Numbers::of(listing).cells());
    let mut most = 0;
    for range in source_lines(&listing.text) {
        let source = Source { listing, span, tag: Tag::default() };
        most = most.max(cells.end(cx, source, range));
    }
    cells.around() + cells.cell() * most
}

/// The bytes of each line, without its end.
fn source_lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let lines = text.strip_suffix('\n').unwrap_or(text).split('\n');
    lines.map(move |line| {
        let range = start..start + line.trim_end_matches('\r').len();
        start += line.len() + 1;
        range
    })
}

/// The numbers of lines.
struct Numbers {
    first: Option<u32>,
    digits: usize,
}

impl Numbers {
    fn of(listing: &Listing) -> Self {
        let count = source_lines(&listing.text).count();
        let last = |first: u32| first.saturating_add(u32::try_from(count).unwrap_or(0));
        let digits = listing
            .first_line
            .map_or(0, |first| (last(first).saturating_sub(1)).to_string().len());
        Self { first: listing.first_line, digits }
    }

    /// The cells that they take with the gap after them.
    fn cells(&self) -> i64 {
        match self.first {
            Some(_) => i64::try_from(self.digits).unwrap_or(0) + NUMBER_GAP,
            None => 0,
        }
    }

    fn of_line(&self, index: usize) -> Option<String> {
        let number = self.first?.saturating_add(u32::try_from(index).ok()?);
        Some(format!("{number:>width$}", width = self.digits))
    }
}
