//! Boxes that are more than a character: tate-chu-yoko, note marks, images.

use std::ops::Range;

use super::collect::{CharStyle, Segment};
use super::shape::{Face, Pieces, Shaping, cluster_bytes};
use super::solid::Solid;
use crate::display::{Direction, Tag};
use crate::font::{Features, FontId, Orientation, ShapedGlyph};
use crate::geom::{Length, LogicalPoint, LogicalSize, WritingMode};
use crate::layout::flow::drawn_size;
use crate::layout::{Piece, Placed, RunGlyph};
use crate::line::{CharClass, Item, NoteMark};
use crate::model::Image;

impl Shaping<'_, '_, '_> {
    /// Adds characters side by side in a vertical line (縦中横, JLReq 3.2.5), centred on
    /// its axis.
    pub(super) fn tate_chu_yoko(&mut self, range: Range<usize>, style: usize) {
        let text = &self.collected.text[range.clone()];
        let CharStyle { font, size, .. } = *self.style(style);
        let fonts = self.cx.fonts;
        let Some((_, Some(font))) = fonts.runs(font, text).next() else {
            self.text(range, style);
            return;
        };
        let dividing = text.chars().all(|ch| matches!(ch, '!' | '?' | '！' | '？'));
        let class = match dividing {
            true => CharClass::DividingPunctuation,
            false => CharClass::TateChuYoko,
        };
        let (first, last) = if dividing { ('！', '！') } else { ('一', '一') };
        self.meet(first, last);
        let (face, glyphs) = self.across(range.clone(), font, size, Length::ZERO);
        self.push_cell(Item::new(class, size, size), range, style, face);
        glyphs.into_iter().for_each(|glyph| self.push_glyph(glyph));
    }

    /// The glyphs of characters side by side, in the middle of an em that begins at `start`
    /// along the line; smaller where they would be much wider than the line.
    fn across(
        &mut self,
        range: Range<usize>,
        font: FontId,
        size: Length,
        start: Length,
    ) -> (Face, Vec<RunGlyph>) {
        let text = &self.collected.text[range.clone()];
        let features = across_features(text);
        let shaper = &mut self.cx.shaper;
        let sideways = Orientation::Sideways;
        let mut glyphs = shaper.shape(font, text, size, sideways, features).to_vec();
        let width = |glyphs: &[ShapedGlyph]| -> Length {
            glyphs.iter().map(|glyph| glyph.advance).sum()
        };
        // Numbers of as many digits have one size, whatever the digits are.
        let room = match text.bytes().all(|byte| byte.is_ascii_digit()) {
            true => {
                let zeros = "0".repeat(text.len().max(self.cx.digits));
                let features = across_features(&zeros);
                width(shaper.shape(font, &zeros, size, sideways, features))
            }
            false => width(&glyphs),
        };
        let mut em = size;
        if room > widest_across(size) {
            em = size.ratio(size.ratio(FITTED_ACROSS, 100).0, room.0);
            glyphs = shaper.shape(font, text, em, sideways, features).to_vec();
        }
        let mut block = width(&glyphs) / 2;
        let mut placed = Vec::with_capacity(glyphs.len());
        for (glyph, (from, to)) in glyphs.iter().zip(cluster_bytes(&glyphs, text.len())) {
            let inline = start + size / 2 + glyph.block;
            let origin = LogicalPoint { inline, block: block - glyph.inline };
            let (from, to) = (range.start + from, range.start + to);
            placed.push(RunGlyph {
                id: glyph.id,
                origin,
                start: from as u32,
                end: to as u32,
            });
            block -= glyph.advance;
        }
        (Face { font, size: em, direction: Direction::Across }, placed)
    }

    /// Adds the mark of a footnote (合印), which stays with what it follows.
    pub(super) fn note(&mut self, segment: &Segment<'_>) {
        let (range, number) = (segment.text.clone(), segment.style);
        let CharStyle { font, size, .. } = *self.style(number);
        let font = self.cx.fonts.select(font, '1').unwrap_or_default();
        let class = CharClass::ReferenceMark;
        match self.cx.writing {
            WritingMode::Horizontal => {
                let face = self.face(font, size, Orientation::Sideways);
                self.shaped(class, range, number, face, Features::LATIN);
            }
            WritingMode::Vertical => {
                let (pieces, advance) = self.note_down(range.clone(), font, number);
                let item = Item::new(class, size, advance);
                self.push_cell(item, range, number, Face::default());
                self.attach(pieces);
            }
        }
        self.meeting.before = None;
        if self.rules.note_mark == NoteMark::Beside {
            self.beside();
        }
    }

    /// Takes the room of the last box away, so that it ends where the one before does.
    fn beside(&mut self) {
        let out = &mut self.out;
        let (Some(item), Some(cell)) = (out.items.last_mut(), out.cells.last_mut())
        else {
            return;
        };
        let length = std::mem::take(&mut item.advance);
        for glyph in &mut out.glyphs[cell.glyphs.clone()] {
            glyph.origin.inline -= length;
        }
        let pieces = cell.pieces.iter_mut().flat_map(|pieces| &mut pieces.placed);
        pieces.for_each(|placed| placed.at.inline -= length);
    }

    /// A mark in a vertical line, and its length: numbers across the line, brackets of half
    /// an em, all else upright.
    fn note_down(
        &mut self,
        range: Range<usize>,
        font: FontId,
        number: usize,
    ) -> (Pieces, Length) {
        let CharStyle { size, axis, color, tag, .. } = *self.style(number);
        let upright = self.face(font, size, Orientation::Upright);
        let words = self.collected.text[range.clone()].to_owned();
        let (mut solid, mut start) = (Solid::default(), Length::ZERO);
        let mut at = 0;
        while let Some(ch) = words[at..].chars().next() {
            let digits = words[at..].bytes().take_while(u8::is_ascii_digit).count();
            let from = range.start + at;
            if (1..=3).contains(&digits) {
                let (face, glyphs) = self.across(from..from + digits, font, size, start);
                glyphs.into_iter().for_each(|glyph| solid.put(face, glyph));
                (at, start) = (at + digits, start + size);
                continue;
            }
            // The blank half of a bracket stands outside of the box.
            let (shift, advance) = match ch {
                '（' => (-size / 2, size / 2),
                '）' => (Length::ZERO, size / 2),
                _ => (Length::ZERO, size),
            };
            let glyph = self.upright_glyph(from, ch, upright, start + shift);
            glyph.into_iter().for_each(|glyph| solid.put(upright, glyph));
            (at, start) = (at + ch.len_utf8(), start + advance);
        }
        let at = LogicalPoint { inline: Length::ZERO, block: axis };
        let mut pieces = Pieces::default();
        let runs = solid.runs(&words, range.start, color, tag);
        pieces.place(runs, at, Piece::Glyphs);
        (pieces, start)
    }

    /// The upright glyph of a character whose em begins at `start` along the line.
    pub(super) fn upright_glyph(
        &mut self,
        at: usize,
        ch: char,
        face: Face,
        start: Length,
    ) -> Option<RunGlyph> {
        let orientation = face.orientation();
        let glyph = self.cx.shaper.glyph(face.font, ch, face.size, orientation)?;
        let origin = LogicalPoint { inline: start + glyph.inline, block: glyph.block };
        let (start, end) = (at as u32, (at + ch.len_utf8()) as u32);
        Some(RunGlyph { id: glyph.id, origin, start, end })
    }

    /// Adds an image, upright, as large as it asks for but no wider than the measure.
    pub(super) fn image(&mut self, image: &Image, segment: &Segment<'_>) {
        let Some(number) = image.file else { return };
        let room = LogicalSize {
            inline: self.measure,
            block: self.cx.style.type_area().block / 2,
        };
        let Some(size) = drawn_size(self.cx, image, room) else { return };
        let writing = self.cx.writing;
        let style = *self.style(segment.style);
        self.meeting.before = None;
        self.push_blank(segment, size.inline);
        // A small image stands in the middle of the line, a tall one on its foot.
        let is_tall = size.block > style.size * TALL;
        let block = match writing {
            WritingMode::Horizontal if is_tall => {
                style.axis + style.size / 2 - size.block
            }
            WritingMode::Horizontal | WritingMode::Vertical => {
                style.axis - size.block / 2
            }
        };
        let at = LogicalPoint { inline: Length::ZERO, block };
        let tag = if image.decorative { Tag::default() } else { style.tag };
        let alt = image.alt.clone();
        let piece = Piece::Image { image: number, size, alt, tag };
        self.attach(Pieces {
            placed: vec![Placed { at, piece }],
            before: -block,
            after: block + size.block,
            ..Pieces::default()
        });
    }

    /// Gives the last box pieces to draw.
    pub(super) fn attach(&mut self, pieces: Pieces) {
        if let Some(cell) = self.out.cells.last_mut() {
            cell.pieces = Some(Box::new(pieces));
        }
    }
}

/// An image of more ems across the line than this is tall.
const TALL: i64 = 3;
/// The widest that characters side by side may be in their own size.
pub(super) fn widest_across(size: Length) -> Length {
    size.ratio(WIDEST_ACROSS, 100)
}

/// The same in hundredths of the line's em.
const WIDEST_ACROSS: i64 = 140;
/// How wide they become where they would be wider.
const FITTED_ACROSS: i64 = 125;

/// The narrow forms that some characters side by side ask for.
fn across_features(text: &str) -> Features {
    match text.chars().count() {
        2 => Features::HWID,
        3 => Features::TWID,
        4 => Features::QWID,
        _ => Features::NONE,
    }
}
