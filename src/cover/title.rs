//! Lines of a title: where they break, how large they are, and their glyphs.

use super::{Drawn, DrawnGlyph};
use crate::font::{Features, FontBook, FontStyle, Orientation, Shaper};
use crate::geom::Length;
use crate::line::{self, Joint, Rules, Setting, UprightWay, VerticalOptions};

/// Text broken into lines of one size.
#[derive(Debug)]
pub(crate) struct Lines {
    pub(crate) lines: Vec<String>,
    /// In units of the drawing.
    pub(crate) size: f32,
}

/// Sets the text of a cover. A unit is a point of the fonts' lengths.
pub struct Typesetter<'a> {
    fonts: &'a FontBook,
    shaper: Shaper<'a>,
    rules: &'a Rules,
}

/// A glyph of a line: its face, its number, its origin along and across the line, and
/// whether it lies on its side in a vertical line.
type Placed = (crate::font::FontId, u16, f32, f32, bool);

impl<'a> Typesetter<'a> {
    /// A typesetter with the fonts and the rules of a book.
    pub fn new(fonts: &'a FontBook, rules: &'a Rules) -> Self {
        Self { fonts, shaper: Shaper::new(fonts), rules }
    }

    /// The fewest lines in which a text fits a measure without being set much smaller.
    pub(super) fn fit(
        &mut self,
        style: FontStyle,
        text: &str,
        measure: f32,
        largest: f32,
    ) -> Lines {
        const SHARES: [f32; 4] = [1.0, 0.9, 0.8, 0.7];
        let text = text.replace('\n', " ");
        let mut best = Lines { lines: vec![text.clone()], size: 0.0 };
        for (more, share) in SHARES.iter().enumerate() {
            let lines = self.divide(&text, more + 1);
            let longest = lines
                .iter()
                .map(|line| self.length(style, line, 1000.0))
                .fold(1.0, f32::max);
            let size = (measure * 1000.0 / longest).min(largest * share);
            if size > best.size {
                best = Lines { lines, size };
            }
            if best.size >= largest * share * 0.8 {
                break;
            }
        }
        best
    }

    /// A text in a number of lines that are about as long as one another.
    fn divide(&self, text: &str, count: usize) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let width = |ch: &char| if ch.is_ascii() { 0.5 } else { 1.0 };
        let mut lines = Vec::new();
        let mut start = 0;
        for left in (1..=count).rev() {
            let rest: f32 = chars[start..].iter().map(width).sum();
            let aim = rest / left as f32;
            let mut at = 0.0;
            let mut best = (f32::MAX, chars.len());
            for end in start + 1..=chars.len() {
                at += width(&chars[end - 1]);
                let cost = match end == chars.len() {
                    true if left == 1 => 0.0,
                    true => continue,
                    false if left == 1 => continue,
                    false => (at - aim).abs() + self.cost(chars[end - 1], chars[end]),
                };
                if cost < best.0 {
                    best = (cost, end);
                }
            }
            let line: String = chars[start..best.1].iter().collect();
            if !line.trim().is_empty() {
                lines.push(line.trim().to_owned());
            }
            start = best.1;
        }
        lines
    }

    /// What a break between two characters costs, in characters of an uneven line: least
    /// after spaces and punctuation, then where a new word begins; where the rules of
    /// lines forbid it, as good as never.
    fn cost(&self, a: char, b: char) -> f32 {
        let class = |ch| line::class_of(ch, line::setting(ch));
        let joint = line::joint(a, b, self.rules);
        if a == ' ' || a == '\u{3000}' {
            return 0.0;
        }
        let western = |ch| line::setting(ch) == Setting::Western;
        if joint == Joint::Keep
            || joint == Joint::Solid
            || western(a) && western(b)
            || !line::break_between(class(a), class(b), self.rules)
        {
            return 1000.0;
        }
        let kana = |ch| matches!(ch, '\u{3041}'..='\u{309F}');
        let katakana = |ch| matches!(ch, '\u{30A1}'..='\u{30FA}' | 'ー');
        match (a, b) {
            _ if katakana(a) && katakana(b) => 20.0,
            ('、' | '。' | '：' | '—' | '―', _) | (_, '—' | '―') => 0.5,
            _ if kana(a) && !kana(b) => 1.0,
            _ => 3.0,
        }
    }

    /// The length of a horizontal line.
    pub(super) fn length(&mut self, style: FontStyle, text: &str, size: f32) -> f32 {
        self.shape(style, text, size, Orientation::Sideways).1
    }

    /// The length of a vertical line.
    pub fn length_vertical(&mut self, style: FontStyle, text: &str, size: f32) -> f32 {
        self.column(style, text, size).1
    }

    /// Draws a horizontal line from its start, on its axis.
    pub(super) fn horizontal(
        &mut self,
        style: FontStyle,
        text: &str,
        size: f32,
        (x, y): (f32, f32),
        drawn: &mut Drawn,
    ) {
        let (glyphs, _) = self.shape(style, text, size, Orientation::Sideways);
        for (font, id, along, across, _) in glyphs {
            let at = (x + along, y + across);
            drawn.push(DrawnGlyph { font, id, size, at, turned: false });
        }
    }

    /// Draws a vertical line from its start, on its axis.
    pub fn vertical(
        &mut self,
        style: FontStyle,
        text: &str,
        size: f32,
        (x, y): (f32, f32),
        drawn: &mut Drawn,
    ) {
        let (glyphs, _) = self.column(style, text, size);
        for (font, id, along, across, turned) in glyphs {
            let at = (x - across, y + along);
            drawn.push(DrawnGlyph { font, id, size, at, turned });
        }
    }

    /// The glyphs of a vertical line, and its length.
    fn column(&mut self, style: FontStyle, text: &str, size: f32) -> (Vec<Placed>, f32) {
        let runs = line::upright_runs(text, VerticalOptions::default());
        let mut placed = Vec::new();
        let mut y = 0.0;
        let mut at = 0;
        while let Some(ch) = text[at..].chars().next() {
            if let Some(run) = runs.iter().find(|run| run.range.start == at) {
                let words = &text[run.range.clone()];
                at = run.range.end;
                let parts: Vec<String> = match run.way {
                    UprightWay::TateChuYoko => vec![words.to_owned()],
                    UprightWay::OneByOne => words.chars().map(String::from).collect(),
                };
                for part in parts {
                    self.side_by_side(style, &part, size, y, &mut placed);
                    y += size;
                }
                continue;
            }
            let until = runs.iter().map(|run| run.range.start).find(|&start| start > at);
            let until = until.unwrap_or(text.len());
            let turned = |ch| line::orientation(ch) == line::Orientation::Sideways;
            let end = text[at..until]
                .char_indices()
                .find(|&(_, next)| turned(next) != turned(ch))
                .map_or(until, |(offset, _)| at + offset);
            let orientation =
                if turned(ch) { Orientation::Sideways } else { Orientation::Upright };
            let (glyphs, length) = self.shape(style, &text[at..end], size, orientation);
            let lie =
                |(font, id, along, across, _)| (font, id, along + y, across, turned(ch));
            placed.extend(glyphs.into_iter().map(lie));
            y += length;
            at = end;
        }
        (placed, y)
    }

    /// Characters side by side in the em box at a place of a vertical line (縦中横).
    fn side_by_side(
        &mut self,
        style: FontStyle,
        text: &str,
        size: f32,
        y: f32,
        placed: &mut Vec<Placed>,
    ) {
        let (glyphs, length) = self.shape(style, text, size, Orientation::Sideways);
        for (font, id, along, across, _) in glyphs {
            // Along the piece is against the direction of the lines.
            let along = along - length / 2.0;
            placed.push((font, id, y + size / 2.0 + across, -along, false));
        }
    }

    /// The glyphs of a piece of one orientation, and its length.
    fn shape(
        &mut self,
        style: FontStyle,
        text: &str,
        size: f32,
        orientation: Orientation,
    ) -> (Vec<Placed>, f32) {
        let em = Length::pt(f64::from(size));
        let mut placed = Vec::new();
        let mut at = Length::ZERO;
        let fonts = self.fonts;
        for (range, font) in fonts.runs(style, text) {
            let Some(font) = font else { continue };
            let features = Features::NONE;
            for glyph in self.shaper.shape(font, &text[range], em, orientation, features)
            {
                let along = (at + glyph.inline).to_pt() as f32;
                placed.push((font, glyph.id, along, glyph.block.to_pt() as f32, false));
                at += glyph.advance;
            }
        }
        (placed, at.to_pt() as f32)
    }
}
