//! Western text: words, word spaces, and the few characters that stand upright in
//! vertical lines.

use std::ops::Range;

use super::collect::CharStyle;
use super::shape::{Cell, Shaping, is_ignorable};
use crate::font::{Features, Orientation};
use crate::geom::{Length, WritingMode};
use crate::layout::RunGlyph;
use crate::line::{self, CharClass, Item, Joint, Setting, UprightWay};
use crate::model::TextOrientation;

impl Shaping<'_, '_, '_> {
    /// Adds the Western characters at the head of a text, and gives the byte after them.
    pub(super) fn western(&mut self, range: Range<usize>, style: usize) -> usize {
        let end = self.western_end(range.clone(), style);
        let run = range.start..end;
        match (self.cx.writing, self.style(style).orientation) {
            (_, Some(TextOrientation::FullWidth)) => self.one_by_one(run, style),
            (WritingMode::Horizontal, _) | (_, Some(TextOrientation::Sideways)) => {
                self.words(run, style);
            }
            (WritingMode::Vertical, Some(TextOrientation::Upright)) => {
                self.one_by_one(run, style);
            }
            (WritingMode::Vertical, None) => self.vertical_words(run, style),
        }
        end
    }

    /// The end of the Western characters at the head of a text.
    fn western_end(&self, range: Range<usize>, style: usize) -> usize {
        let text = &self.collected.text;
        let mut before = text[..range.start].chars().next_back();
        let mut chars = text[range.start..].char_indices().peekable();
        while let Some((at, ch)) = chars.next() {
            let at = range.start + at;
            let after = chars.peek().map(|&(_, after)| after);
            let western =
                ch.is_ascii() || line::setting_at(before, ch, after) == Setting::Western;
            let stops = ch == '\u{200B}' && at > range.start
                || matches!(ch, '°' | '%') && self.sign_after_number(at, style).is_some();
            if at >= range.end || stops || !western {
                return at;
            }
            before = Some(ch);
        }
        range.end
    }

    /// Adds Western characters in a vertical line: some stand upright of themselves.
    fn vertical_words(&mut self, range: Range<usize>, style: usize) {
        let text = &self.collected.text[range.clone()];
        let options = self.rules.vertical();
        let word_ends = text.match_indices(is_space).map(|(at, _)| at);
        let mut start = 0;
        let mut upright = Vec::new();
        for end in word_ends.chain([text.len()]) {
            let word = &text[start..end];
            let runs = line::upright_runs(word, options);
            let length: usize = runs.iter().map(|run| run.range.len()).sum();
            if length < word.trim_start_matches(is_space).len() {
                // A word on its side lays down what stands beside it.
                self.words(range, style);
                return;
            }
            upright.extend(runs.into_iter().map(|run| {
                let offset = range.start + start;
                (run.range.start + offset..run.range.end + offset, run.way)
            }));
            start = end;
        }
        let mut at = range.start;
        for (run, way) in upright {
            self.words(at..run.start, style);
            at = run.end;
            match way {
                UprightWay::TateChuYoko => self.tate_chu_yoko(run, style),
                UprightWay::OneByOne => self.one_by_one(run, style),
            }
        }
        self.words(at..range.end, style);
    }

    /// Adds characters one below the other, in full-width forms where there are such. A
    /// number stays on one line.
    fn one_by_one(&mut self, range: Range<usize>, style: usize) {
        let text = &self.collected.text;
        let CharStyle { font, size, .. } = *self.style(style);
        let orientation = self.upright();
        let mut before: Option<char> = None;
        for (offset, ch) in text[range.clone()].char_indices() {
            let bytes = range.start + offset..range.start + offset + ch.len_utf8();
            let wide = line::full_width(ch);
            let chosen = self.cx.fonts.select(font, wide);
            let glyph = chosen
                .and_then(|font| self.cx.shaper.glyph(font, wide, size, orientation));
            if before.is_some_and(|before| before.is_ascii_digit()) && ch.is_ascii_digit()
            {
                self.meeting.joint = Some(Joint::Keep);
            }
            before = Some(ch);
            match (chosen, glyph) {
                (Some(font), Some(glyph)) => {
                    let face = self.face(font, size, orientation);
                    self.japanese(wide, bytes, style, face, glyph);
                }
                _ => self.words(bytes, style),
            }
        }
    }

    /// Adds words and the spaces between them.
    fn words(&mut self, range: Range<usize>, style: usize) {
        let text: &str = &self.collected.text;
        let mut at = range.start;
        while at < range.end {
            let rest = &text[at..range.end];
            let end = at + rest.find(is_space).unwrap_or(rest.len());
            if end > at {
                self.word(at..end, style);
            }
            at = end;
            if let Some(space) = text[at..range.end].chars().next() {
                self.space(space, at, style, None);
                at += space.len_utf8();
            }
        }
    }

    /// Adds a word, which may break where UAX #14 lets it and, with a hyphen, between
    /// syllables.
    fn word(&mut self, range: Range<usize>, style: usize) {
        let word = &self.collected.text[range.clone()];
        let breaks = if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            Vec::new()
        } else if is_address(word) {
            line::address_breaks(word)
        } else {
            line::latin_breaks(word)
        };
        let mut cuts = self.cuts(range.clone(), breaks, style);
        if !is_address(word) && !word.contains('\u{AD}') {
            self.hyphens(range.clone(), style, &mut cuts);
        }
        self.parts(range, &cuts, style, Features::LATIN);
    }

    /// The breaks of a word, the one after a soft hyphen with a hyphen.
    fn cuts(
        &mut self,
        range: Range<usize>,
        breaks: Vec<usize>,
        style: usize,
    ) -> Vec<Cut> {
        let text: &str = &self.collected.text;
        let cut = |offset: usize| {
            let at = range.start + offset;
            let soft = text[..at].ends_with('\u{AD}');
            let hyphen = if soft { self.hyphen(style) } else { Length::ZERO };
            Cut { at, joint: Joint::Break { hyphen } }
        };
        breaks.into_iter().map(cut).collect()
    }

    /// Adds the breaks between the syllables of a word.
    fn hyphens(&mut self, range: Range<usize>, style: usize, cuts: &mut Vec<Cut>) {
        let language = self.style(style).language;
        let breaks = line::hyphen_breaks(&self.collected.text[range.clone()], language);
        if breaks.is_empty() {
            return;
        }
        let joint = Joint::Break { hyphen: self.hyphen(style) };
        cuts.extend(breaks.into_iter().map(|at| Cut { at: range.start + at, joint }));
        cuts.sort_by_key(|cut| cut.at);
    }

    /// Adds a word in parts between which a line may break: a run for each font.
    fn parts(
        &mut self,
        range: Range<usize>,
        cuts: &[Cut],
        style: usize,
        features: Features,
    ) {
        let fonts = self.cx.fonts;
        let CharStyle { font: look, size, .. } = *self.style(style);
        let word: &str = &self.collected.text[range.clone()];
        for (run, font) in fonts.runs(look, word) {
            let bytes = range.start + run.start..range.start + run.end;
            let words = &word[run];
            let (Some(first), Some(last)) =
                (words.chars().next(), words.chars().next_back())
            else {
                continue;
            };
            let cuts = &cuts[cuts.partition_point(|cut| cut.at < bytes.start)..];
            let cuts = &cuts[..cuts.partition_point(|cut| cut.at < bytes.end)];
            if let Some(cut) = cuts.first().filter(|cut| cut.at == bytes.start) {
                self.meeting.joint = Some(cut.joint);
            }
            let Some(font) = font else {
                let seen = words.char_indices().filter(|&(_, ch)| !is_ignorable(ch));
                for (at, ch) in seen.map(|(offset, ch)| (bytes.start + offset, ch)) {
                    self.missing(ch, at..at + ch.len_utf8(), style);
                }
                continue;
            };
            self.meet(first, last);
            let text: &str = &self.collected.text;
            let vertical = self.cx.writing == WritingMode::Vertical;
            if vertical && line::joins_number(text, bytes.start) {
                self.meeting.joint = Some(Joint::Solid);
            }
            let face = self.face(font, size, Orientation::Sideways);
            self.shaped(CharClass::Western, bytes, style, face, features);
            self.divide(cuts);
        }
    }

    /// Divides the last box at the cuts, and what is then too long for the line at each
    /// character, where the line breaks in need only.
    fn divide(&mut self, cuts: &[Cut]) {
        let longest = self.measure / 2;
        let out = &mut self.out;
        let is_short = out.items.last().is_none_or(|item| item.advance <= longest);
        if is_short && cuts.is_empty() {
            return;
        }
        let (Some(item), Some(cell)) = (out.items.pop(), out.cells.pop()) else { return };
        let glyphs = &mut out.glyphs[cell.glyphs.clone()];
        let divisions = divisions(glyphs, item.advance, item.joint, cuts, longest);
        for (index, &(start, joint)) in divisions.iter().enumerate() {
            let next = divisions.get(index + 1).map(|&(next, _)| next);
            let from =
                if index == 0 { Length::ZERO } else { glyphs[start].origin.inline };
            let to = next.map_or(item.advance, |next| glyphs[next].origin.inline);
            let byte = |at: usize| glyphs[at].start as usize;
            let first = if index == 0 { cell.text.start } else { byte(start) };
            let text = first..next.map_or(cell.text.end, byte);
            let end = next.unwrap_or(glyphs.len());
            for glyph in &mut glyphs[start..end] {
                glyph.origin.inline -= from;
            }
            let glyphs = cell.glyphs.start + start..cell.glyphs.start + end;
            out.items.push(Item { advance: to - from, joint, ..item.clone() });
            out.cells.push(Cell { text, glyphs, pieces: None, ..cell });
        }
    }

    /// Adds a word space, as wide as the rules say or of a given width.
    fn space(&mut self, space: char, at: usize, style: usize, width: Option<Length>) {
        let CharStyle { font, size, .. } = *self.style(style);
        self.meet(space, space);
        let bytes = at..at + space.len_utf8();
        let font = self.cx.fonts.select(font, ' ').unwrap_or_default();
        let face = self.face(font, size, Orientation::Sideways);
        let advance = width.unwrap_or_else(|| self.rules.word_space.of(size));
        let item = Item::new(CharClass::WesternSpace, size, advance);
        self.push_cell(item, bytes.clone(), style, face);
        if let Some(glyph) = self.cx.shaper.glyph(font, ' ', size, Orientation::Sideways)
        {
            let origin =
                crate::geom::LogicalPoint { inline: glyph.inline, block: glyph.block };
            let (start, end) = (bytes.start as u32, bytes.end as u32);
            self.push_glyph(RunGlyph { id: glyph.id, origin, start, end });
        }
    }

    /// The length of a hyphen at the end of a line.
    fn hyphen(&mut self, style: usize) -> Length {
        let CharStyle { font, size, .. } = *self.style(style);
        let font = self.cx.fonts.select(font, '-').unwrap_or_default();
        let glyph = self.cx.shaper.glyph(font, '-', size, Orientation::Sideways);
        glyph.map_or(Length::ZERO, |glyph| glyph.advance)
    }

    /// Adds code: Western characters as they are, without ligatures, and breaks where
    /// names and paths part.
    pub(super) fn code(&mut self, range: Range<usize>, style: usize) {
        let text: &str = &self.collected.text;
        let mut at = range.start;
        while let Some(ch) = text[at..range.end].chars().next() {
            let end = at + ch.len_utf8();
            if is_space(ch) {
                let width = self.code_space(style);
                self.space(ch, at, style, width);
                at = end;
            } else if line::setting(ch) == Setting::Japanese {
                let rest = &text[at..range.end];
                let end = at + crate::font::cluster_end(rest);
                self.text(at..end, style);
                at = end;
            } else {
                let rest = &text[at..range.end];
                let word = rest
                    .find(|ch| is_space(ch) || line::setting(ch) == Setting::Japanese)
                    .unwrap_or(rest.len());
                let breaks = code_breaks(&rest[..word]);
                let cuts = self.cuts(at..at + word, breaks, style);
                self.parts(at..at + word, &cuts, style, Features::NONE);
                at += word;
            }
        }
    }

    /// The width of a space in code.
    fn code_space(&mut self, style: usize) -> Option<Length> {
        let CharStyle { font, size, .. } = *self.style(style);
        let font = self.cx.fonts.select(font, ' ')?;
        let glyph = self.cx.shaper.glyph(font, ' ', size, Orientation::Sideways);
        glyph.map(|glyph| glyph.advance)
    }
}

/// A place at which a word may be divided.
#[derive(Clone, Copy, Debug)]
struct Cut {
    /// The byte of the paragraph's text.
    at: usize,
    joint: Joint,
}

/// Where a run of glyphs is divided, by the glyphs that begin the parts. A ligature is not
/// divided; what is longer than `longest` is divided everywhere.
fn divisions(
    glyphs: &[RunGlyph],
    advance: Length,
    joint: Joint,
    cuts: &[Cut],
    longest: Length,
) -> Vec<(usize, Joint)> {
    let place = |at: usize| glyphs.get(at).map_or(advance, |glyph| glyph.origin.inline);
    let mut parts = vec![(0, joint)];
    for cut in cuts {
        let index = glyphs.partition_point(|glyph| (glyph.start as usize) < cut.at);
        let glyph = glyphs.get(index).filter(|_| index > 0);
        if glyph.is_some_and(|glyph| glyph.start as usize == cut.at) {
            parts.push((index, cut.joint));
        }
    }
    let mut divisions = Vec::with_capacity(parts.len());
    for (number, &part) in parts.iter().enumerate() {
        let end = parts.get(number + 1).map_or(glyphs.len(), |&(next, _)| next);
        divisions.push(part);
        if place(end) - place(part.0) > longest {
            let begins = |&at: &usize| glyphs[at].start != glyphs[at - 1].start;
            let inner = (part.0 + 1..end).filter(begins);
            divisions.extend(inner.map(|at| (at, Joint::Keep)));
        }
    }
    divisions
}

/// Where a line may break inside a word of code: short ones stay whole, and so do the
/// first and the last characters of long ones.
fn code_breaks(word: &str) -> Vec<usize> {
    let mut breaks = line::address_breaks(word);
    let inner = CODE_EDGE..word.len().saturating_sub(CODE_EDGE - 1);
    breaks.retain(|at| word.len() > LONGEST_CODE && inner.contains(at));
    breaks
}

/// Words of code up to this, in bytes, stay whole.
const LONGEST_CODE: usize = 12;
/// The fewest bytes of a word of code at an end of a line.
const CODE_EDGE: usize = 3;
/// Words with separators that are longer than this, in bytes, are taken for addresses.
const LONGEST_WORD: usize = 24;

fn is_space(ch: char) -> bool {
    matches!(ch, ' ' | '\t' | '\n' | '\u{A0}' | '\u{202F}' | '\u{2000}'..='\u{200A}')
}

/// Whether a word is an address or a path, in which a line may break at separators.
fn is_address(word: &str) -> bool {
    word.contains("://")
        || word.starts_with("www.")
        || word.len() > LONGEST_WORD && word.contains(['/', '_', '.', '\\'])
}
