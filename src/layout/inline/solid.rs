//! Characters set solid in one box: ruby and its base, tate-chu-yoko, note marks, warichu.

use std::ops::Range;

use super::collect::CharStyle;
use super::shape::{Face, Shaping, cluster_bytes, is_ignorable};
use crate::display::{Color, Tag};
use crate::font::{Features, Orientation, ShapedGlyph, is_lone_wide};
use crate::geom::{Length, LogicalPoint};
use crate::layout::{Run, RunGlyph};
use crate::model::TextOrientation;

/// Characters set one after the other without gaps.
#[derive(Debug, Default)]
pub(super) struct Solid {
    /// The glyphs in the order of the text, from the start of the box and from the axis.
    pub(super) glyphs: Vec<SolidGlyph>,
    /// Their length.
    pub(super) advance: Length,
    /// How many parts may stand apart.
    parts: i64,
}

/// A glyph with its face.
#[derive(Clone, Copy, Debug)]
pub(super) struct SolidGlyph {
    /// The face.
    pub(super) face: Face,
    /// The glyph.
    pub(super) glyph: RunGlyph,
    /// The number of its part: a character on the em square, or a Western run.
    part: i64,
}

impl Shaping<'_, '_, '_> {
    /// Sets a text solid in a style. The glyphs count bytes from `start`.
    pub(super) fn solid(&mut self, text: &str, start: usize, style: &CharStyle) -> Solid {
        let mut solid = Solid::default();
        let (fonts, size) = (self.cx.fonts, style.size);
        for (range, font) in fonts.runs(style.font, text) {
            let words = &text[range.clone()];
            let at = start + range.start;
            if let (Some(font), false) = (font, words.chars().all(is_lone_wide)) {
                let orientation = match style.orientation {
                    Some(TextOrientation::Upright | TextOrientation::FullWidth) => {
                        self.upright()
                    }
                    Some(TextOrientation::Sideways) | None => Orientation::Sideways,
                };
                let face = self.face(font, size, orientation);
                let glyphs =
                    self.cx.shaper.shape(font, words, size, orientation, Features::LATIN);
                solid.push(face, glyphs, at..at + words.len());
                continue;
            }
            for (offset, ch) in words.char_indices() {
                let bytes = at + offset..at + offset + ch.len_utf8();
                let (font, shown) = match font {
                    Some(font) => (font, ch),
                    None if is_ignorable(ch) => continue,
                    None => {
                        self.report(ch, bytes.clone());
                        (fonts.select(style.font, '〓').unwrap_or_default(), '〓')
                    }
                };
                let orientation = self.stance(shown, style.orientation, font);
                let face = self.face(font, size, orientation);
                let glyph = self.cx.shaper.glyph(font, shown, size, orientation);
                solid.push(face, glyph.as_slice(), bytes);
            }
        }
        solid
    }
}

impl Solid {
    /// Adds a part at the end.
    fn push(&mut self, face: Face, glyphs: &[ShapedGlyph], bytes: Range<usize>) {
        let part = self.parts;
        for (shaped, (start, end)) in
            glyphs.iter().zip(cluster_bytes(glyphs, bytes.len()))
        {
            let inline = self.advance + shaped.inline;
            let glyph = RunGlyph {
                id: shaped.id,
                origin: LogicalPoint { inline, block: shaped.block },
                start: (bytes.start + start) as u32,
                end: (bytes.start + end) as u32,
            };
            self.glyphs.push(SolidGlyph { face, glyph, part });
            self.advance += shaped.advance;
        }
        self.parts += i64::from(!glyphs.is_empty());
    }

    /// Adds a glyph that has its place.
    pub(super) fn put(&mut self, face: Face, glyph: RunGlyph) {
        self.glyphs.push(SolidGlyph { face, glyph, part: 0 });
    }

    /// How many parts may stand apart.
    pub(super) fn parts(&self) -> i64 {
        self.parts
    }

    /// Spreads the parts over a length: a share before the first and after the last, two
    /// between each (JLReq 3.3.6). `ends` is the most that stands before and after.
    pub(super) fn spread(&mut self, length: Length, ends: Length) {
        let free = length - self.advance;
        if self.parts == 0 || free <= Length::ZERO {
            return;
        }
        let share = free / (2 * self.parts);
        let lead = if self.parts == 1 { share } else { share.min(ends) };
        let inner = free - lead * 2;
        for glyph in &mut self.glyphs {
            let joints = (self.parts - 1).max(1);
            glyph.glyph.origin.inline += lead + inner.ratio(glyph.part, joints);
        }
        self.advance = length;
    }

    /// Moves all glyphs along the line.
    pub(super) fn shift(&mut self, by: Length) {
        for glyph in &mut self.glyphs {
            glyph.glyph.origin.inline += by;
        }
    }

    /// The face of all glyphs, where it is one.
    pub(super) fn face(&self) -> Option<Face> {
        let face = self.glyphs.first()?.face;
        self.glyphs.iter().all(|glyph| glyph.face == face).then_some(face)
    }

    /// The glyphs as runs of one face each. `text` is what they stand for, from the byte
    /// `start`.
    pub(super) fn runs(
        &self,
        text: &str,
        start: usize,
        color: Color,
        tag: Tag,
    ) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for glyphs in self.glyphs.chunk_by(|a, b| a.face == b.face) {
            let (Some(first), Some(last)) = (glyphs.first(), glyphs.last()) else {
                continue;
            };
            let Face { font, size, direction } = first.face;
            let (from, to) = (first.glyph.start, last.glyph.end);
            let bytes = from as usize - start..to as usize - start;
            let moved = |glyph: &SolidGlyph| RunGlyph {
                start: glyph.glyph.start - from,
                end: glyph.glyph.end - from,
                ..glyph.glyph
            };
            let glyphs = glyphs.iter().map(moved).collect();
            let text = text[bytes].to_owned();
            runs.push(Run { font, size, color, direction, text, glyphs, tag });
        }
        runs
    }
}
