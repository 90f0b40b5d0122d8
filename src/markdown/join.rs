//! Lines of the source into lines of text: what becomes of a line break in a paragraph.

use crate::model::{Inline, walk};
use crate::source::Span;

/// Turns the line breaks of the source, each a text of its own, into nothing or a space,
/// and joins texts that follow each other in the source.
///
/// A break beside a Japanese character vanishes (CSS Text 3, segment break
/// transformation); the gap between Japanese and Latin is left to the line. Between Latin
/// words it is a space.
pub(super) fn lines(content: &mut Vec<Inline>) {
    let mut scan = Scan { last: None, open: 0, spaces: Vec::new() };
    scan.all(content);
    scan.decide(None);
    let mut spaces = scan.spaces.into_iter();
    apply(content, &mut spaces);
}

/// Ends a line where each line of the source ends, as in verse.
pub(super) fn verse(content: &mut Vec<Inline>) {
    break_lines(content);
    lines(content);
}

fn break_lines(content: &mut [Inline]) {
    for inline in content {
        if matches!(inline, Inline::Text { text, .. } if is_break(text)) {
            *inline = Inline::LineBreak;
        } else if let Some(children) = walk::children_mut(inline) {
            break_lines(children);
        }
    }
}

/// Whether a text stands for a line break of the source.
pub(super) fn is_break(text: &str) -> bool {
    text == "\n"
}

struct Scan {
    /// The last character before.
    last: Option<char>,
    /// How many breaks wait for the next character.
    open: usize,
    /// For each break, whether it becomes a space.
    spaces: Vec<bool>,
}

impl Scan {
    fn all(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text { text, .. } if is_break(text) => self.open += 1,
                Inline::Text { text, .. } | Inline::Code { text, .. } => self.words(text),
                Inline::Ruby(ruby) => {
                    ruby.units.iter().for_each(|unit| self.words(&unit.base));
                }
                Inline::Math { .. } | Inline::Image(_) => self.words("x"),
                Inline::CrossReference(_) => self.words("図"),
                Inline::LineBreak => {
                    self.decide(None);
                    self.last = None;
                }
                Inline::Styled { .. }
                | Inline::Span { .. }
                | Inline::Kenten { .. }
                | Inline::Oriented { .. }
                | Inline::TateChuYoko { .. }
                | Inline::Warichu { .. }
                | Inline::Jidori { .. }
                | Inline::Furiwake { .. }
                | Inline::Link { .. }
                | Inline::Citation(_)
                | Inline::Index { .. } => {
                    self.all(walk::children(inline).unwrap_or_default());
                }
                Inline::Note(_)
                | Inline::Anchor { .. }
                | Inline::WordBreak
                | Inline::Html { .. } => {}
            }
        }
    }

    fn words(&mut self, text: &str) {
        let Some(first) = text.chars().next() else { return };
        self.decide(Some(first));
        self.last = text.chars().next_back();
    }

    fn decide(&mut self, next: Option<char>) {
        let latin = |c: Option<char>| c.is_some_and(|c| !is_japanese(c) && c != ' ');
        let space = latin(self.last) && latin(next);
        for index in 0..self.open {
            self.spaces.push(space && index == 0);
        }
        self.open = 0;
    }
}

fn apply(content: &mut Vec<Inline>, spaces: &mut dyn Iterator<Item = bool>) {
    let mut joined: Vec<Inline> = Vec::with_capacity(content.len());
    for mut inline in content.drain(..) {
        if let Inline::Text { text, .. } = &mut inline
            && is_break(text)
        {
            match spaces.next() {
                Some(true) => *text = " ".into(),
                _ => continue,
            }
        }
        if let Some(children) = walk::children_mut(&mut inline) {
            apply(children, spaces);
        }
        match (joined.last_mut(), &inline) {
            (
                Some(Inline::Text { text, span }),
                Inline::Text { text: next, span: place },
            ) if is_exact(text, *span)
                && is_exact(next, *place)
                && span.end == place.start =>
            {
                text.push_str(next);
                span.end = place.end;
            }
            _ => joined.push(inline),
        }
    }
    *content = joined;
}

fn is_exact(text: &str, span: Span) -> bool {
    text.len() == span.range().len()
}

/// Whether no space is set beside a character where a line of the source ends: Han, kana,
/// full-width forms, and the dashes and dots that Japanese uses; not Hangul.
fn is_japanese(character: char) -> bool {
    matches!(character,
        '\u{2014}' | '\u{2015}' | '\u{2025}' | '\u{2026}'
        | '\u{2E80}'..='\u{312F}' | '\u{3190}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FF9F}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
