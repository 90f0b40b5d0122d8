//! Where a file may end, and how the next one goes on: anywhere between two blocks, two
//! lines or two sentences, whatever they stand in. What is open there ends with the file
//! and is opened again in the next one.

use std::collections::BTreeMap;

use super::{Page, Writer};
use crate::epub::book::Place;
use crate::epub::xml::Xml;
use crate::font::cluster_end;
use crate::line::{Joint, Rules, break_between, class_of, joint, setting};
use crate::model::{AnchorId, Block, BlockKind, Inline};

/// A place of a section where a file may end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::epub) struct Point {
    /// The note that it stands in; `None` for the text.
    pub(in crate::epub) note: Option<usize>,
    /// How many such places come before it there.
    pub(in crate::epub) count: u32,
}

/// How little a reader expects the text to break at a place; the least is best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::epub) struct Level(u8);

impl Level {
    /// Where the source breaks the page.
    pub(in crate::epub) const BREAK: Self = Self(0);
    /// Between two sentences.
    pub(super) const SENTENCE: Self = Self(200);
    /// Between two words.
    pub(super) const WORD: Self = Self(210);
    /// Where words are torn.
    const ANYWHERE: Self = Self(220);

    /// Between two blocks with so many elements around them, best before a heading.
    pub(in crate::epub) fn block(depth: usize, is_heading: bool) -> Self {
        let depth = u8::try_from(depth).unwrap_or(u8::MAX).min(40);
        Self(depth * 2 - u8::from(is_heading && depth > 0))
    }

    /// The same where something goes on from one block to the next.
    pub(super) fn across(self) -> Self {
        Self(self.0.saturating_add(100).min(199))
    }
}

/// What there is to know of a section for dividing it into files.
#[derive(Debug, Default)]
pub(in crate::epub) struct Marks {
    /// The places where a file may end, as they are written: those of the text, then those
    /// of each note. The first place of a note is its beginning.
    pub(in crate::epub) ends: Vec<End>,
    /// The anchors with their places.
    pub(in crate::epub) anchors: Vec<(AnchorId, Point)>,
    /// By note, the place that refers to it first, and the place of the text that has
    /// brought it about.
    pub(in crate::epub) notes: BTreeMap<usize, (Point, u32)>,
    /// How many bytes come before the text.
    pub(in crate::epub) start: usize,
    /// How many bytes come before the notes.
    pub(in crate::epub) text: usize,
    /// How many bytes there are.
    pub(in crate::epub) length: usize,
}

/// A place where a file may end.
#[derive(Clone, Copy, Debug)]
pub(in crate::epub) struct End {
    pub(in crate::epub) point: Point,
    pub(in crate::epub) level: Level,
    /// How many bytes come before it.
    pub(in crate::epub) length: usize,
}

/// How near to each other places inside a paragraph are taken note of, in bytes.
const NEAR: usize = 1024;

/// Longer words are written in stretches between which a file may end, in bytes.
const LONG: usize = 4096;

/// How many elements stand around the element of the page.
const BODY: usize = 2;

/// How many elements stand around the text.
pub(in crate::epub) const MAIN: usize = 3;

impl Writer<'_> {
    /// Takes note that the file may end here, or ends it; whether it has.
    pub(in crate::epub) fn may_end(&mut self, level: Level) -> bool {
        let Place::Page { section, file } = self.place else { return false };
        if self.is_whole {
            return false;
        }
        self.at.count += 1;
        let starts = &self.book.splits[section].starts;
        if starts.get(file) == Some(&self.at) {
            self.next_file();
            return true;
        }
        if starts.is_empty() {
            self.take_note(level);
        }
        false
    }

    /// Whether the section is in several files.
    pub(super) fn is_divided(&self) -> bool {
        let Place::Page { section, .. } = self.place else { return false };
        !self.book.splits[section].starts.is_empty()
    }

    fn take_note(&mut self, level: Level) {
        let length = self.xml.len();
        let is_near = |last: &End| {
            level >= Level::SENTENCE
                && last.level <= level
                && last.point.note == self.at.note
                && length - last.length < NEAR
        };
        if !self.marks.ends.last().is_some_and(is_near) {
            self.marks.ends.push(End { point: self.at, level, length });
        }
    }

    /// The same between two blocks; a heading goes with what follows it.
    pub(super) fn may_end_between(&mut self, before: Option<&Block>, block: &Block) {
        let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading { .. });
        if before.is_some_and(|before| !is_heading(before)) {
            self.may_end_before(is_heading(block));
        }
    }

    /// The same before the next of several things, which may be a heading.
    pub(in crate::epub) fn may_end_before(&mut self, is_heading: bool) -> bool {
        self.may_end(Level::block(self.xml.depth(), is_heading))
    }

    /// The same between two things in a line.
    pub(super) fn may_end_in_line(&mut self, before: &Inline, after: &Inline) {
        let (Inline::Note(_) | Inline::LineBreak | Inline::WordBreak) = after else {
            let last = match before {
                Inline::Text { text, .. } => text.as_str(),
                _ => "",
            };
            let next = match after {
                Inline::Text { text, .. } => text.chars().next(),
                _ => None,
            };
            let level = match (last.chars().next_back(), next) {
                _ if ends_sentence(last) => Level::SENTENCE,
                (Some(a), Some(b)) if !may_break(a, b, &self.book.style.rules) => {
                    Level::ANYWHERE
                }
                _ => Level::WORD,
            };
            self.may_end(level);
            return;
        };
    }

    /// Writes words, in stretches between which a file may end where they are long.
    pub(super) fn in_stretches(&mut self, words: &str, write: impl Fn(&mut Self, &str)) {
        if words.len() <= LONG {
            return write(self, words);
        }
        let mut rest = words;
        while rest.len() > LONG {
            let (end, level) = stretch(rest, &self.book.style.rules);
            write(self, &rest[..end]);
            rest = &rest[end..];
            self.may_end(level);
        }
        write(self, rest);
    }

    /// Ends the file, after the notes of its text, and goes on in the next one.
    fn next_file(&mut self) {
        let path = self.path();
        let name = path.rsplit('/').next().unwrap_or(&path);
        let replaced = self.end_spans();
        let continued = self.xml.part(BODY, name, replaced);
        self.seen.continued |= continued.len() > 1;
        self.xml.close_to(MAIN);
        if self.at.note.is_none() {
            self.notes();
            self.part += 1;
        }
        self.finish();
        if let Place::Page { file, .. } = &mut self.place {
            *file += 1;
        }
        let (title, body) = self.head.clone();
        self.begin(&title, body);
        self.xml.resume(continued);
        // No heading stands over what follows in its file.
        self.outline.clear();
    }

    /// Ends the page.
    pub(super) fn finish(&mut self) {
        self.end();
        let xml = std::mem::replace(&mut self.xml, Xml::document());
        let opens = match self.place {
            Place::Page { section, file: 0 } => super::opens(self.book, section),
            Place::Page { .. } | Place::Root | Place::Cover => false,
        };
        let mathml = std::mem::take(&mut self.formulas);
        self.seen.mathml |= mathml;
        self.pages.push(Page {
            path: self.path(),
            xhtml: xml.finish(),
            mathml,
            opens,
        });
    }

    /// Writes something that does not belong to the words being written.
    pub(super) fn apart(&mut self, write: impl FnOnce(&mut Self)) {
        let (at, section, face) = (self.at, self.section, self.face);
        let (in_link, in_citation, plain) = (self.in_link, self.in_citation, self.plain);
        let awaited = std::mem::take(&mut self.awaited);
        (self.in_link, self.in_citation, self.plain) = (0, false, false);
        self.face = self.book.faces.body;
        write(self);
        (self.at, self.section, self.face) = (at, section, face);
        (self.in_link, self.in_citation, self.plain) = (in_link, in_citation, plain);
        self.awaited = awaited;
    }

    /// Writes something that no file ends in.
    pub(super) fn whole(&mut self, write: impl FnOnce(&mut Self)) {
        let around = std::mem::replace(&mut self.is_whole, true);
        write(self);
        self.is_whole = around;
    }
}

/// The first stretch of a long text, and the level of its end: a sentence, else what may
/// end a line.
fn stretch(text: &str, rules: &Rules) -> (usize, Level) {
    let reach = text.floor_char_boundary(LONG / 2);
    let from = text.floor_char_boundary(LONG / 4);
    let mut ends = text[from..reach].char_indices().map(|(at, _)| from + at);
    let sentence = ends
        .clone()
        .rfind(|&at| ends_sentence(&text[..at]) && fits(text, at, rules));
    if let Some(end) = sentence {
        return (end, Level::SENTENCE);
    }
    match ends.rfind(|&at| fits(text, at, rules)) {
        Some(end) => (end, Level::WORD),
        None => (from + cluster_end(&text[from..]), Level::ANYWHERE),
    }
}

/// Whether a sentence ends with a text.
fn ends_sentence(text: &str) -> bool {
    const CLOSING: &[char] = &['」', '』', '）', '”', '’', '〕', '】', '\u{3000}'];
    let western = text.trim_end_matches(' ');
    if western.len() < text.len() && western.ends_with(['.', '!', '?']) {
        return true;
    }
    let text = text.trim_end_matches(CLOSING);
    text.ends_with(['。', '！', '？', '．'])
}

/// Whether a line may end at a byte of a text.
fn fits(text: &str, at: usize, rules: &Rules) -> bool {
    let (before, after) = text.split_at(at);
    match (before.chars().next_back(), after.chars().next()) {
        (Some(a), Some(b)) => may_break(a, b, rules),
        _ => false,
    }
}

/// Whether a line may break between two characters, which are no parts of one.
fn may_break(a: char, b: char, rules: &Rules) -> bool {
    let class = |ch| class_of(ch, setting(ch));
    let pair = String::from_iter([a, b]);
    let breaks = match joint(a, b, rules) {
        Joint::Class => break_between(class(a), class(b), rules),
        Joint::Break { .. } | Joint::Forced | Joint::Splittable => true,
        Joint::Keep | Joint::Solid => false,
    };
    breaks && b != ' ' && cluster_end(&pair) < pair.len()
}
