//! Boxes that are more than a character: tate-chu-yoko, note marks, warichu, images.

use std::ops::Range;

use super::collect::{CharStyle, Segment};
use super::shape::{Face, Pieces, Shaping, cluster_bytes};
use crate::font::{Features, FontId, Orientation};
use crate::geom::{Length, LogicalPoint, LogicalSize, Size, WritingMode};
use crate::layout::{Piece, Placed, RunGlyph};
use crate::line::{self, CharClass, Item, Setting};
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
        let em = self.across(font, text, size).1;
        let face = Face { font, size: em, orientation: Orientation::Upright };
        self.push_cell(Item::new(class, size, size), range.clone(), style, face);
        self.push_across(range, font, size, Length::ZERO);
    }

    /// The width of characters side by side, and the em at which they are not much wider
    /// than the line.
    fn across(&mut self, font: FontId, text: &str, size: Length) -> (Length, Length) {
        let features = across_features(text);
        let sideways = Orientation::Sideways;
        let mut width = |em| -> Length {
            let glyphs = self.cx.shaper.shape(font, text, em, sideways, features);
            glyphs.iter().map(|glyph| glyph.advance).sum()
        };
        let natural = width(size);
        if natural <= size.ratio(WIDEST_ACROSS, 100) {
            return (natural, size);
        }
        let em = size.ratio(size.0, natural.0);
        (width(em), em)
    }

    /// Adds the glyphs of characters side by side to the last box: they fill an em from
    /// `start` along the line.
    fn push_across(
        &mut self,
        range: Range<usize>,
        font: FontId,
        size: Length,
        start: Length,
    ) {
        let text = &self.collected.text[range.clone()];
        let (width, em) = self.across(font, text, size);
        let features = across_features(text);
        let sideways = Orientation::Sideways;
        let glyphs = self.cx.shaper.shape(font, text, em, sideways, features).to_vec();
        let mut at = Length::ZERO;
        for (index, glyph) in glyphs.iter().enumerate() {
            let (from, to) = cluster_bytes(&glyphs, index, text.len());
            let origin = LogicalPoint {
                inline: start + size / 2 + glyph.block,
                block: width / 2 - at - glyph.inline,
            };
            self.push_glyph(RunGlyph {
                id: glyph.id,
                origin,
                start: (range.start + from) as u32,
                end: (range.start + to) as u32,
            });
            at += glyph.advance;
        }
    }

    /// Adds the mark of a footnote (合印), which stays with what it follows.
    pub(super) fn note(&mut self, segment: &Segment<'_>) {
        let (range, number) = (segment.text.clone(), segment.style);
        let CharStyle { font, size, .. } = *self.style(number);
        let font = self.cx.fonts.select(font, '1').unwrap_or_default();
        let orientation = self.upright();
        let face = Face { font, size, orientation };
        let class = CharClass::ReferenceMark;
        match self.cx.writing {
            WritingMode::Horizontal => {
                self.shaped(class, range, number, face, Features::LATIN);
            }
            WritingMode::Vertical => {
                let item = Item::new(class, size, size * 2);
                self.push_cell(item, range.clone(), number, face);
                let bracket = '（'.len_utf8();
                let digits = range.start + bracket..range.end - bracket;
                // The blank half of the opening bracket stands before the box.
                self.push_upright(range.start, '（', face, -size / 2);
                self.push_across(digits.clone(), font, size, size / 2);
                self.push_upright(digits.end, '）', face, size.ratio(3, 2));
            }
        }
        self.meeting.before = None;
    }

    /// Adds the upright glyph of a character to the last box.
    fn push_upright(&mut self, at: usize, ch: char, face: Face, start: Length) {
        let Face { font, size, orientation } = face;
        if let Some(glyph) = self.cx.shaper.glyph(font, ch, size, orientation) {
            let origin =
                LogicalPoint { inline: start + glyph.inline, block: glyph.block };
            let (start, end) = (at as u32, (at + ch.len_utf8()) as u32);
            self.push_glyph(RunGlyph { id: glyph.id, origin, start, end });
        }
    }

    /// Adds a small note in two lines (割注, JLReq 3.4) that stays together.
    pub(super) fn warichu(&mut self, segment: &Segment<'_>) {
        let number = segment.style;
        let style = *self.style(number);
        let (range, open, close) = self.inside_brackets(segment.text.clone());
        self.text(segment.text.start..open, number);
        let half = CharStyle { size: style.size / 2, ..style };
        let cut = range.start + self.warichu_cut(range.clone());
        let mut pieces = Pieces::default();
        let mut advance = Length::ZERO;
        for (bytes, shift) in [(range.start..cut, -1), (cut..range.end, 1)] {
            let words = self.collected.text[bytes.clone()].to_owned();
            let solid = self.solid(&words, bytes.start, &half);
            advance = advance.max(solid.advance);
            let block = style.axis + style.size.ratio(shift, 4);
            let at = LogicalPoint { inline: Length::ZERO, block };
            pieces.place(solid.runs(&words, bytes.start, style.color), at);
        }
        self.meeting.before = None;
        let item = Item::new(CharClass::Ideographic, style.size, advance);
        self.push_cell(item, range, number, Face::default());
        self.attach(pieces);
        self.text(close..segment.text.end, number);
    }

    /// The bytes of a note without the brackets around it, the end of the opening bracket
    /// and the start of the closing one.
    fn inside_brackets(&self, range: Range<usize>) -> (Range<usize>, usize, usize) {
        let text = &self.collected.text[range.clone()];
        let mut chars = text.chars();
        let (first, last) = (chars.next(), chars.next_back());
        let class = |ch: char| line::class_of(ch, Setting::Japanese);
        let (Some(first), Some(last)) = (first, last) else {
            return (range.clone(), range.start, range.end);
        };
        if class(first) != CharClass::OpeningBracket
            || class(last) != CharClass::ClosingBracket
            || chars.as_str().is_empty()
        {
            return (range.clone(), range.start, range.end);
        }
        let (open, close) = (range.start + first.len_utf8(), range.end - last.len_utf8());
        (open..close, open, close)
    }

    /// Where a note is cut into two lines of about one length, the first not shorter, in
    /// bytes from its start.
    fn warichu_cut(&self, range: Range<usize>) -> usize {
        let text = &self.collected.text[range];
        let class = |ch: char| self.rules.class_of(ch, line::setting(ch));
        let middle = text.chars().count().div_ceil(2);
        let mut before: Option<char> = None;
        for (count, (at, ch)) in text.char_indices().enumerate() {
            let breaks = before.is_some_and(|before| {
                line::break_between(class(before), class(ch), self.rules)
            });
            if count >= middle && breaks {
                return at;
            }
            before = Some(ch);
        }
        text.len()
    }

    /// Adds an image, upright, as large as it is but no wider than the measure.
    pub(super) fn image(&mut self, image: &Image, segment: &Segment<'_>) {
        let Some(number) = image.file else { return };
        let Some(file) = self.cx.document.images.get(number) else { return };
        let natural = Size {
            width: PIXEL * i64::from(file.width),
            height: PIXEL * i64::from(file.height),
        };
        let writing = self.cx.writing;
        let natural = writing.logical_size(natural);
        let size = self.image_size(natural);
        let style = *self.style(segment.style);
        self.meeting.before = None;
        self.push_blank(segment, size.inline);
        // A small image stands in the middle of the line, a tall one on its foot.
        let is_tall = size.block > style.size.ratio(3, 2);
        let block = match writing {
            WritingMode::Horizontal if is_tall => {
                style.axis + style.size / 2 - size.block
            }
            WritingMode::Horizontal | WritingMode::Vertical => {
                style.axis - size.block / 2
            }
        };
        let at = LogicalPoint { inline: Length::ZERO, block };
        let piece = Piece::Image { image: number, size, alt: image.alt.clone() };
        self.attach(Pieces {
            placed: vec![Placed { at, piece }],
            is_reading: false,
            before: -block,
            after: block + size.block,
        });
    }

    /// The size of an image that fits into a line of the measure and into the page.
    fn image_size(&self, natural: LogicalSize) -> LogicalSize {
        let room = LogicalSize {
            inline: self.measure,
            block: self.cx.style.type_area().block / 2,
        };
        let LogicalSize { mut inline, mut block } = natural;
        if inline > room.inline {
            (inline, block) = (room.inline, block.ratio(room.inline.0, inline.0));
        }
        if block > room.block {
            (inline, block) = (inline.ratio(room.block.0, block.0), room.block);
        }
        LogicalSize { inline, block }
    }

    /// Gives the last box pieces to draw.
    fn attach(&mut self, pieces: Pieces) {
        if let Some(cell) = self.out.cells.last_mut() {
            cell.pieces = Some(Box::new(pieces));
        }
    }
}

/// A pixel of an image without a size: 1/96 inch.
const PIXEL: Length = Length(Length::PT.0 * 3 / 4);
/// The widest that characters side by side may be, in hundredths of the line's em.
const WIDEST_ACROSS: i64 = 120;

/// The narrow forms that some characters side by side ask for.
fn across_features(text: &str) -> Features {
    match text.chars().count() {
        2 => Features::HWID,
        3 => Features::TWID,
        4 => Features::QWID,
        _ => Features::NONE,
    }
}
