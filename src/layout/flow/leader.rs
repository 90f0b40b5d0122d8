//! Words with numbers at the end of the line, and dots (リーダー) between them.

use super::{Flow, Setting, balanced, lines, one_line, plain};
use crate::display::Tag;
use crate::geom::{Length, LogicalPoint};
use crate::layout::{
    Alignment, Context, Line, ParagraphStyle, Piece, Placed, Run, RunGlyph, layout_inline,
};
use crate::model::{Inline, Target, walk};
use crate::source::Span;

/// Sets words and, at the end of their last line, numbers.
pub(crate) fn leader_lines(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    words: &[Inline],
    numbers: &[Inline],
    target: Option<Target>,
) {
    let loose = ParagraphStyle {
        alignment: Alignment::Start,
        first_indent: Length::ZERO,
        indent: Length::ZERO,
        ..setting.paragraph()
    };
    let long = ParagraphStyle { measure: setting.measure * 64, ..loose.clone() };
    let end = cx.beside(|cx| one_line(cx, numbers, &long));
    let too_long = end.width * 2 > setting.measure;
    let room = setting.measure - end.width - setting.size;
    let style = ParagraphStyle {
        measure: if too_long { setting.measure } else { room },
        indent: setting.size,
        ..loose.clone()
    };
    let mut set = balanced(cx, words, &style);
    if too_long {
        // More numbers than half a line holds: they follow on lines of their own.
        lines(cx, flow, setting, set);
        let hanging = ParagraphStyle {
            first_indent: setting.size,
            indent: setting.size,
            ..loose
        };
        cx.starts.go_on(walk::plain_text(words).len());
        let set = layout_inline(cx, numbers, &hanging);
        return lines(cx, flow, setting, set);
    }
    if set.is_empty() {
        set.push(Line::default());
    }
    if let Some(last) = set.last_mut() {
        let start = setting.measure - end.width;
        let from = last.width + setting.size / 2;
        last.pieces
            .extend(dots(cx, &loose, from, start - setting.size / 2, start));
        let by = LogicalPoint { inline: start, block: Length::ZERO };
        last.pieces
            .extend(end.pieces.into_iter().map(|placed| placed.moved(by)));
        last.notes.extend(end.notes);
        last.width = setting.measure;
    }
    if let Some(target) = target {
        let tag = cx.structure.new_tag();
        for line in &mut set {
            let piece = link(setting, line.width, target.clone(), tag);
            line.pieces.push(piece);
        }
    }
    lines(cx, flow, setting, set);
}

/// A link over a whole line.
fn link(setting: &Setting, width: Length, target: Target, tag: Tag) -> Placed {
    let at = LogicalPoint { inline: Length::ZERO, block: -setting.size / 2 };
    let size = crate::geom::LogicalSize { inline: width, block: setting.size };
    Placed { at, piece: Piece::Link { size, target, tag } }
}

/// Dots between two places, one under the other in all lines: counted from `grid`.
fn dots(
    cx: &mut Context<'_>,
    style: &ParagraphStyle,
    from: Length,
    to: Length,
    grid: Length,
) -> Option<Placed> {
    let (first, last) =
        ((grid - to).ceil_div(style.size), (grid - from).floor_div(style.size));
    let line = one_line(cx, &[plain("…", Span::default())], style);
    let pieces = line.pieces.into_iter();
    let run = pieces.filter_map(|placed| match placed.piece {
        Piece::Glyphs(run) => Some((placed.at, run)),
        _ => None,
    });
    let (at, run) = run.into_iter().next()?;
    let dot = *run.glyphs.first()?;
    let glyph = |count: i64| {
        let inline = grid - style.size * count + at.inline + dot.origin.inline;
        let origin = LogicalPoint { inline, block: dot.origin.block };
        RunGlyph { origin, start: 0, end: 0, ..dot }
    };
    let glyphs: Vec<RunGlyph> = (first + 1..=last).rev().map(glyph).collect();
    let at = LogicalPoint { inline: Length::ZERO, block: at.block };
    let (text, tag) = (String::new(), Tag::default());
    let run = Run { text, glyphs, tag, ..run };
    (!run.glyphs.is_empty()).then_some(Placed { at, piece: Piece::Glyphs(run) })
}
