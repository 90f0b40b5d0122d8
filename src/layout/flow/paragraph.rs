//! Paragraphs, and lines as rows.

use super::{Break, Flow, Row, Setting, Stand};
use crate::geom::{Length, LogicalPoint};
use crate::layout::{
    Beside, Context, Lead, Line, ParagraphStyle, Piece, Placed, layout_inline, layout_led,
};
use crate::line::{Continuation, Rules};
use crate::model::{Block, BlockKind, Inline, walk};
use crate::source::Span;

/// Sets a paragraph (段落).
pub(super) fn paragraph(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    content: &[Inline],
) {
    let mut style = setting.paragraph();
    if starts_with_space(content) {
        // The author has typed the indent.
        style.first_indent = Length::ZERO;
    }
    let set = layout_inline(cx, content, &style);
    lines(cx, flow, setting, set);
}

/// Sets a paragraph that opens with a heading, which starts further in by an indent.
pub(super) fn run_in(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    (lead, first_indent): (&Lead<'_>, Length),
    content: &[Inline],
) {
    let style = ParagraphStyle { first_indent, ..setting.paragraph() };
    let set = layout_led(cx, Some(lead), content, &style);
    lines(cx, flow, setting, set);
}

/// Sets a paragraph beside something that takes the start of its first lines.
pub(super) fn beside(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    beside: Beside,
    content: &[Inline],
) {
    let style = ParagraphStyle { beside, ..setting.paragraph() };
    let set = layout_inline(cx, content, &style);
    lines(cx, flow, setting, set);
}

/// Sets words as rows of lines, in a style of their own.
pub(crate) fn text_rows(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    style: &ParagraphStyle,
    content: &[Inline],
) {
    let set = layout_inline(cx, content, style);
    lines(cx, flow, setting, set);
}

/// Words without anything, as inlines.
pub(crate) fn plain(text: impl Into<String>, span: Span) -> Inline {
    Inline::Text { text: text.into(), span }
}

/// The first line of words that are set solid in one line.
pub(crate) fn one_line(
    cx: &mut Context<'_>,
    content: &[Inline],
    style: &ParagraphStyle,
) -> Line {
    layout_inline(cx, content, style)
        .into_iter()
        .next()
        .unwrap_or_default()
}

/// Makes rows of lines: on the grid, or one below the other at the feed of the setting.
pub(crate) fn lines(
    cx: &Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    lines: Vec<Line>,
) {
    let count = lines.len();
    for (index, line) in lines.into_iter().enumerate() {
        // A page never starts with the last character of a paragraph.
        let alone = index > 0
            && index + 1 == count
            && line.width < setting.size * 2
            && line.pieces.iter().all(|placed| placed.at.inline < setting.size * 2);
        let mut row = match setting.feed {
            None => on_grid(line, cx.style.size, cx.style.feed),
            Some(feed) => off_grid(line, setting.size, feed),
        };
        for placed in &mut row.pieces {
            placed.at.inline += setting.inset;
        }
        // As the style asks, no few lines stay behind or go on alone.
        let stays = index > 0 && index < cx.style.orphans as usize;
        let goes = index > 0 && count - index < cx.style.widows as usize;
        if alone || stays || goes {
            row.before = Break::Forbidden;
        }
        if index + 1 == count {
            let at = LogicalPoint::default();
            row.pieces.push(Placed { at, piece: Piece::ParagraphEnd });
        }
        flow.push(row);
    }
}

/// A line on the grid: with what reaches beyond its share of the line gaps it takes more
/// lines.
fn on_grid(line: Line, size: Length, feed: Length) -> Row {
    let share = size / 2 + (feed - size) / 2;
    let extra = |reach: Length| (reach - share).max(Length::ZERO).ceil_div(feed);
    let (above, below) = (extra(line.before), extra(line.after));
    let axis = feed * above + size / 2;
    let lines = u32::try_from(1 + above + below).unwrap_or(1);
    row(line, axis, Stand::Lines(lines))
}

/// A line off the grid: in the middle of its feed, and further from its neighbours where
/// it reaches beyond.
fn off_grid(line: Line, size: Length, feed: Length) -> Row {
    let gap = (feed - size).max(Length::ZERO) / 2;
    let reach = |length: Length| length.max(size / 2) + gap;
    let (before, after) = (reach(line.before), reach(line.after));
    row(line, before, Stand::Free { size: before + after, starts: false })
}

fn row(line: Line, axis: Length, stand: Stand) -> Row {
    let Line { mut pieces, notes, .. } = line;
    let by = LogicalPoint { inline: Length::ZERO, block: axis };
    for placed in &mut pieces {
        shift(placed, by);
    }
    Row { pieces, stand, axis, notes, ..Row::default() }
}

/// Moves a piece by a distance.
pub(super) fn shift(placed: &mut Placed, by: LogicalPoint) {
    placed.at.inline += by.inline;
    placed.at.block += by.block;
}

/// How a paragraph is indented that goes on with what stands before it: と言った。 after a
/// paragraph that ends with 」, or what follows a formula (JLReq 3.1.5). `None` for any other.
pub(super) fn goes_on(
    before: &Block,
    block: &Block,
    rules: &Rules,
) -> Option<Continuation> {
    let BlockKind::Paragraph(content) = &block.kind else { return None };
    match &before.kind {
        BlockKind::Math { .. } => Some(rules.after_formula),
        BlockKind::Paragraph(before) => {
            let goes_on = walk::plain_text(before).trim_end().ends_with(['」', '』'])
                && walk::plain_text(content).starts_with('と');
            goes_on.then_some(rules.after_speech)
        }
        _ => None,
    }
}

fn starts_with_space(content: &[Inline]) -> bool {
    match content.first() {
        Some(Inline::Text { text, .. }) => text.starts_with('\u{3000}'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: Length = Length(1300);
    const FEED: Length = Length(2200);

    fn line(before: i64, after: i64) -> Line {
        Line {
            before: Length(before),
            after: Length(after),
            ..Line::default()
        }
    }

    #[test]
    fn a_plain_line_takes_one_line_of_the_grid() {
        assert_eq!(on_grid(line(650, 650), SIZE, FEED).stand, Stand::Lines(1));
        assert_eq!(on_grid(line(1100, 1100), SIZE, FEED).stand, Stand::Lines(1));
    }

    #[test]
    fn what_reaches_further_takes_whole_lines() {
        assert_eq!(on_grid(line(1101, 650), SIZE, FEED).stand, Stand::Lines(2));
        assert_eq!(on_grid(line(650, 3301), SIZE, FEED).stand, Stand::Lines(3));
    }

    #[test]
    fn lines_off_the_grid_stand_in_the_middle_of_their_feed() {
        let stand = |line| off_grid(line, SIZE, FEED).stand;
        assert_eq!(stand(line(0, 0)), Stand::Free { size: FEED, starts: false });
        let wide = Stand::Free { size: FEED + Length(100), starts: false };
        assert_eq!(stand(line(750, 650)), wide);
    }
}
