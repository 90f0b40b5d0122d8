//! Japanese characters: one box each, on the em square or half of it.

use std::ops::Range;

use super::collect::CharStyle;
use super::shape::{Face, Shaping, is_ignorable, is_plain};
use crate::display::Direction;
use crate::font::{
    Features, FontId, Orientation, ShapedGlyph, cluster_end, is_lone_wide,
};
use crate::geom::{Length, LogicalPoint, WritingMode};
use crate::layout::RunGlyph;
use crate::line::{self, CharClass, Em, Item, Joint, Setting, VerticalSigns};
use crate::model::TextOrientation;

impl Shaping<'_, '_, '_> {
    /// Adds characters, each as it is set by itself.
    pub(super) fn text(&mut self, range: Range<usize>, style: usize) {
        let text: &str = &self.collected.text;
        let mut at = range.start;
        while let Some(ch) = text[at..range.end].chars().next() {
            let end = at + ch.len_utf8();
            let rest = &text[end..range.end];
            if is_lone_wide(ch) && !is_joined(rest) {
                self.wide(ch, at..end, style);
                at = end;
                continue;
            }
            if let Some((sign, length)) = self.sign_after_number(at, style) {
                self.meeting.joint = Some(Joint::Keep);
                self.wide(sign, at..at + length, style);
                at += length;
                continue;
            }
            if ch == '\u{200B}' || is_ignorable(ch) {
                at = self.cluster(at..range.end, ch, style);
                continue;
            }
            let before = text[..at].chars().next_back();
            match line::setting_at(before, ch, text[end..].chars().next()) {
                Setting::Western => at = self.western(at..range.end, style),
                Setting::Japanese => {
                    at = self.cluster(at..range.end, ch, style);
                }
            }
        }
    }

    /// The full-width sign after a number that stands upright in a vertical line, with the
    /// length in bytes of the letters that it stands for.
    pub(super) fn sign_after_number(
        &self,
        at: usize,
        style: usize,
    ) -> Option<(char, usize)> {
        let (before, rest) = self.collected.text.split_at(at);
        let without = before.trim_end_matches(|ch: char| ch.is_ascii_digit());
        let western = |ch: char| ch != ' ' && line::setting(ch) == Setting::Western;
        let number = without.len() < before.len() && !without.ends_with(western);
        let upright = self.cx.writing == WritingMode::Vertical
            && self.style(style).orientation.is_none();
        let &(letters, sign) =
            SIGNS.iter().find(|(letters, _)| rest.starts_with(letters))?;
        let ends =
            !rest[letters.len()..].starts_with(|ch: char| ch.is_ascii_alphanumeric());
        (number && upright && ends).then_some((sign, letters.len()))
    }

    /// Adds a Japanese character that nothing joins.
    pub(super) fn wide(&mut self, ch: char, bytes: Range<usize>, style: usize) {
        let CharStyle { font, size, .. } = *self.style(style);
        let Some(font) = self.cx.fonts.select(font, ch) else {
            self.missing(ch, bytes, style);
            return;
        };
        let orientation = self.stance(ch, self.style(style).orientation, font);
        let Some(glyph) = self.cx.shaper.glyph(font, ch, size, orientation) else {
            self.cluster(bytes, ch, style);
            return;
        };
        let face = self.face(font, size, orientation);
        self.japanese(ch, bytes, style, face, glyph);
    }

    /// Adds a Japanese character with its glyph.
    pub(super) fn japanese(
        &mut self,
        ch: char,
        bytes: Range<usize>,
        style: usize,
        face: Face,
        glyph: ShapedGlyph,
    ) {
        let class = self.rules.class_of(ch, Setting::Japanese);
        let (advance, lead) = solid_box(class, face.size, glyph.advance);
        let iterates = ch == '々';
        let item = Item { iterates, ..Item::new(class, face.size, advance) };
        self.meet(ch, ch);
        let (start, end) = (bytes.start, bytes.end);
        let text: &str = &self.collected.text;
        if self.cx.writing == WritingMode::Vertical && line::joins_number(text, start) {
            self.meeting.joint = Some(Joint::Solid);
        }
        self.push_cell(item, start..end, style, face);
        let origin = LogicalPoint { inline: glyph.inline - lead, block: glyph.block };
        let (start, end) = (start as u32, end as u32);
        self.push_glyph(RunGlyph { id: glyph.id, origin, start, end });
        let joint = self.out.items.last().map(|item| item.joint);
        if is_dash(ch) && joint == Some(Joint::Solid) {
            self.close_dashes(face, bytes.end);
        }
    }

    /// Moves the glyphs of a row of dashes (――), of which the last box is not the first,
    /// together: fonts leave a gap between them.
    fn close_dashes(&mut self, face: Face, end: usize) {
        let dashes = self.collected.text[..end].chars().rev().take(LONGEST_DASHES);
        let before = dashes.take_while(|&ch| is_dash(ch)).count().saturating_sub(1);
        let Some(&RunGlyph { id, .. }) = self.out.glyphs.last() else { return };
        let Some(ink) = self.cx.fonts.face(face.font).ink(id, face.size) else { return };
        let length = match face.direction {
            Direction::Across | Direction::Turned | Direction::TurnedBack => {
                ink.size.width
            }
            Direction::Down => ink.size.height,
        };
        // A hundredth of an em of overlap leaves no hairline.
        let gap = face.size.ratio(101, 100) - length;
        let mut row = self.out.glyphs.iter_mut().rev().take(before + 1);
        if let Some(last) = row.next() {
            last.origin.inline -= gap.ratio(before as i64, 2);
        }
        row.for_each(|glyph| glyph.origin.inline += gap / 2);
    }

    /// Adds the Japanese character at the head of a text with what joins it, and gives the
    /// byte after them.
    fn cluster(&mut self, range: Range<usize>, ch: char, style: usize) -> usize {
        let text = &self.collected.text[range.clone()];
        let end = range.start + cluster_end(text);
        let bytes = range.start..end;
        if ch == '\u{200B}' {
            self.meeting.joint = Some(Joint::Break { hyphen: Length::ZERO });
            return end;
        }
        if is_ignorable(ch) {
            return end;
        }
        let cluster = &self.collected.text[bytes.clone()];
        let CharStyle { font, size, .. } = *self.style(style);
        let Some(font) = self.cx.fonts.select_cluster(font, cluster) else {
            self.missing(ch, bytes, style);
            return end;
        };
        let orientation = self.stance(ch, self.style(style).orientation, font);
        let face = self.face(font, size, orientation);
        let glyphs =
            self.cx.shaper.shape(font, cluster, size, orientation, Features::NONE);
        if let &[glyph] = glyphs {
            self.japanese(ch, bytes, style, face, glyph);
            return end;
        }
        let class = self.rules.class_of(ch, Setting::Japanese);
        self.meet(ch, ch);
        self.shaped(class, bytes, style, face, Features::NONE);
        end
    }

    /// How upright characters stand to the line.
    pub(super) fn upright(&self) -> Orientation {
        match self.cx.writing {
            WritingMode::Horizontal => Orientation::Sideways,
            WritingMode::Vertical => Orientation::Upright,
        }
    }

    /// How a Japanese character stands to the line (UAX #50).
    pub(super) fn stance(
        &mut self,
        ch: char,
        given: Option<TextOrientation>,
        font: FontId,
    ) -> Orientation {
        if self.cx.writing == WritingMode::Horizontal {
            return Orientation::Sideways;
        }
        match given {
            Some(TextOrientation::Upright | TextOrientation::FullWidth) => {
                return Orientation::Upright;
            }
            Some(TextOrientation::Sideways) => return Orientation::Sideways,
            None if is_plain(ch) => return Orientation::Upright,
            None => {}
        }
        if self.rules.vertical_signs == VerticalSigns::Upright && is_sign(ch) {
            return Orientation::Upright;
        }
        match line::orientation(ch) {
            line::Orientation::Upright | line::Orientation::VerticalForm => {
                Orientation::Upright
            }
            line::Orientation::VerticalFormOrSideways
                if self.cx.shaper.has_vertical_form(font, ch) =>
            {
                Orientation::Upright
            }
            line::Orientation::VerticalFormOrSideways | line::Orientation::Sideways => {
                Orientation::Sideways
            }
        }
    }
}

/// The solid box of a full-width character: its advance, and how far before it the glyph
/// begins. Characters that a font draws on their own width keep it.
fn solid_box(class: CharClass, size: Length, advance: Length) -> (Length, Length) {
    let solid = class.solid_advance();
    if solid == Em::ONE || advance < size.ratio(9, 10) {
        return (advance, Length::ZERO);
    }
    (solid.of(size), line::trim(class).lead().of(size))
}

/// Letters after a number, and the sign that stands for them in vertical lines.
const SIGNS: &[(&str, char)] = &[("°C", '℃'), ("°F", '℉'), ("%", '％')];

/// Signs that books set upright in vertical lines as often as on their side.
fn is_sign(ch: char) -> bool {
    matches!(ch, '°' | '′' | '″' | '←'..='↓')
}

fn is_dash(ch: char) -> bool {
    matches!(ch, '—' | '―')
}

/// How many dashes in a row are moved together.
const LONGEST_DASHES: usize = 64;

/// Whether a text begins with something that may join the character before it.
fn is_joined(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_some_and(|ch| ch >= '\u{300}' && !is_lone_wide(ch))
}
