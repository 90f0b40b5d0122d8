//! The rules of headings and titles, and words that are set wide.

use crate::geom::{Length, LogicalPoint, LogicalSize};
use crate::layout::{Line, Piece, Placed};
use crate::style::{Align, RuleShape, RuleStyle};

/// The room that a rule takes beside the words, along and across the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RuleRoom {
    /// At the start of the line.
    pub(crate) start: Length,
    /// Before the first line.
    pub(crate) over: Length,
    /// After the last line.
    pub(crate) under: Length,
}

/// From the words of a size to a rule beside them.
fn gap(size: Length) -> Length {
    size.ratio(2, 5)
}

impl RuleRoom {
    /// The room that the rule of words of a size takes.
    pub(crate) fn of(rule: &RuleStyle, size: Length) -> Self {
        let beside = gap(size) + rule.width;
        match rule.shape {
            RuleShape::None => Self::default(),
            RuleShape::Under | RuleShape::Short => {
                Self { under: beside, ..Self::default() }
            }
            RuleShape::Over => Self { over: beside, ..Self::default() },
            RuleShape::Both => Self { over: beside, under: beside, ..Self::default() },
            RuleShape::Bar => Self { start: beside, ..Self::default() },
        }
    }
}

/// Where the words of a title stand: the start of its lines, the start of its first em box,
/// and how far they reach.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    /// The place of the first em box, without the room of a bar.
    pub(crate) at: LogicalPoint,
    /// The length of the lines.
    pub(crate) measure: Length,
    /// From the start of the first line to the end of the last.
    pub(crate) height: Length,
    /// The size of the words.
    pub(crate) size: Length,
    /// Where they stand.
    pub(crate) align: Align,
}

/// Draws the rule of a title.
pub(crate) fn rules(rule: &RuleStyle, words: Words) -> Vec<Placed> {
    let Words { at, measure, height, size, align } = words;
    let fill = |inline: Length, block: Length, size: LogicalSize| Placed {
        at: LogicalPoint { inline, block },
        piece: Piece::Fill { size, color: rule.color },
    };
    let along = |block: Length, inline: Length| {
        fill(at.inline, block, LogicalSize { inline, block: rule.width })
    };
    let over = at.block - gap(size) - rule.width;
    let under = at.block + height + gap(size);
    match rule.shape {
        RuleShape::None => Vec::new(),
        RuleShape::Under => vec![along(under, measure)],
        RuleShape::Over => vec![along(over, measure)],
        RuleShape::Both => vec![along(over, measure), along(under, measure)],
        RuleShape::Short => {
            let length = (size * 3).min(measure);
            let inset = match align {
                Align::Start => Length::ZERO,
                Align::Center => (measure - length) / 2,
                Align::End => measure - length,
            };
            let rule = LogicalSize { inline: length, block: rule.width };
            vec![fill(at.inline + inset, under, rule)]
        }
        RuleShape::Bar => {
            let bar = LogicalSize { inline: rule.width, block: height };
            vec![fill(at.inline, at.block, bar)]
        }
    }
}

/// Sets the characters of a line apart (字間). A line with readings, marks or images stays
/// as it is.
pub(crate) fn widen(line: &mut Line, spacing: Length) {
    let is_text = |placed: &Placed| match &placed.piece {
        Piece::Glyphs(run) => !run.text.is_empty(),
        Piece::Start(_) => true,
        Piece::Reading(_)
        | Piece::Fill { .. }
        | Piece::Frame { .. }
        | Piece::Image { .. }
        | Piece::Link { .. }
        | Piece::Box { .. }
        | Piece::Anchor(_)
        | Piece::Path { .. }
        | Piece::ParagraphEnd => false,
    };
    if spacing <= Length::ZERO || !line.pieces.iter().all(is_text) {
        return;
    }
    let mut count = 0;
    for placed in &mut line.pieces {
        if let Piece::Glyphs(run) = &mut placed.piece {
            for glyph in &mut run.glyphs {
                glyph.origin.inline += spacing * count;
                count += 1;
            }
        }
    }
    line.width += spacing * (count - 1).max(0);
}
