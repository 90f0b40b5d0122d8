//! Characters set solid into one box: ruby, its base, note marks, tate-chu-yoko.

use super::collect::CharStyle;
use super::shape::{Face, Report};
use crate::font::{Features, FontBook, Orientation, Shaper, is_lone_wide};
use crate::geom::{Length, LogicalPoint, WritingMode};
use crate::layout::{Context, Piece, Placed, Run, RunGlyph};
use crate::line::{self, CharClass, Setting};
use crate::model::TextOrientation;

/// Characters set one after the other without gaps.
#[derive(Debug, Default)]
pub(super) struct Solid {
    /// The glyphs in the order of the text.
    pub(super) glyphs: Vec<SolidGlyph>,
    /// Their length.
    pub(super) advance: Length,
}

/// A glyph with its face.
#[derive(Clone, Copy, Debug)]
pub(super) struct SolidGlyph {
    /// The face.
    pub(super) face: Face,
    /// The glyph, from the start of the box and from the axis of its characters.
    pub(super) glyph: RunGlyph,
    /// Whether a character on the em square begins here, so that a gap may stand before.
    pub(super) is_wide: bool,
}

/// The mark of a character that no font has (げた).
const GETA: char = '〓';

impl Context<'_> {
    /// Sets a text solid. `start` is its first byte in the text that the glyphs refer to.
    pub(super) fn solid(
        &mut self,
        text: &str,
        start: usize,
        style: &CharStyle,
        report: Report<'_>,
    ) -> Solid {
        let mut solid = Solid::default();
        let fonts = self.fonts;
        for (range, font) in fonts.runs(style.font, text) {
            let (words, at) = (&text[range.clone()], start + range.start);
            let Some(font) = font else {
                for (offset, ch) in words.char_indices() {
                    self.solid_geta(&mut solid, ch, at + offset, style, report);
                }
                continue;
            };
            if words.chars().all(is_lone_wide) {
                for (offset, ch) in words.char_indices() {
                    let orientation = self.stance(ch, style, font);
                    let face = Face { font, size: style.size, orientation };
                    let bytes = at + offset..at + offset + ch.len_utf8();
                    solid.push(&mut self.shaper, face, &text[bytes.start - start..bytes.end - start], bytes.start, Features::NONE);
                }
            } else {
                let orientation = match style.orientation {
                    Some(TextOrientation::Upright) => Orientation::Upright,
                    Some(TextOrientation::Sideways) | None => Orientation::Sideways,
                };
                let face = Face { font, size: style.size, orientation };
                solid.push(&mut self.shaper, face, words, at, Features::LATIN);
            }
        }
        solid
    }
}
