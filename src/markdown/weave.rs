//! Pieces of a line into inlines: our notation and the tags of HTML are paired here.
//!
//! Everything goes to one flat list. An opening bracket or tag leaves a mark in it (the
//! bracket as text, the tag as [`Inline::Html`]) and a frame that knows where; when it is
//! closed, what follows the mark becomes its children. What is never closed needs no work:
//! the mark stays as what it is. So every inline is moved only when it is nested.

use std::collections::BTreeMap;
use std::ops::Range;

use super::depth::{self, DEEPEST};
use super::html::Tag;
use super::pieces::{Live, Piece};
use super::tags::{self, Role, RubyPart, RubyReader};
use super::{Reader, attributes, cite, foreign, join, notation};
use crate::css::Place;
use crate::diag::Code;
use crate::model::{
    Attributes, Block, BlockKind, Inline, KentenMark, Note, NoteReference, Ruby,
};

impl<'s> Reader<'s> {
    /// Weaves pieces into inlines; lines are not joined yet.
    pub(super) fn weave(&mut self, pieces: Vec<Piece<'s>>) -> Vec<Inline> {
        if let [Piece::Live(live)] = pieces.as_slice()
            && live.is_exact()
            && !live.text.bytes().any(|byte| is_special(byte, b""))
            && !live.text.contains(['《'])
        {
            let text = live.text.clone().into_owned();
            return vec![Inline::Text { text, span: self.span(&live.at) }];
        }
        let mut weaver = Weaver {
            reader: self,
            out: Vec::with_capacity(pieces.len()),
            frames: Vec::new(),
            open: BTreeMap::new(),
            left_out: Vec::new(),
            passed: 0,
            node_end: None,
        };
        for piece in pieces {
            weaver.piece(piece);
        }
        weaver.finish()
    }
}

/// What is open.
#[derive(Debug)]
enum Opened {
    /// `[`
    Bracket,
    /// `^[`
    Note,
    /// `《《`
    Kenten,
    /// An element of HTML.
    Element {
        name: String,
        role: Role,
        attributes: Attributes,
        ruby: Option<Box<RubyReader>>,
    },
}

#[derive(Debug)]
struct Frame {
    opened: Opened,
    /// The index of its mark.
    mark: usize,
    /// Where it is opened.
    at: Range<usize>,
    /// Whether something in it stands as deep as may be.
    is_full: bool,
}

struct Weaver<'r, 's> {
    reader: &'r mut Reader<'s>,
    out: Vec<Inline>,
    frames: Vec<Frame>,
    /// How many frames of each name are open; brackets under their own sign.
    open: BTreeMap<String, usize>,
    /// The open elements that are left out.
    left_out: Vec<String>,
    /// Up to which byte of the source everything is used already.
    passed: usize,
    /// Where the last finished node ended, for attributes right behind it.
    node_end: Option<usize>,
}

/// What is found at a byte of live text: the length of it, and what to do.
enum Found {
    /// Set as text.
    Plain(usize),
    /// Set as text, other than it is written.
    Word(usize, &'static str),
    /// Something finished.
    Inlines(usize, Vec<Inline>),
    /// Something opens.
    Open(usize, Opened),
    /// A bracket closes, with attributes of some length behind it.
    Close(Option<(Attributes, usize)>),
    /// Emphasis marks end.
    CloseKenten,
}

fn is_special(byte: u8, next: &[u8]) -> bool {
    match byte {
        b'{' | b'[' | b']' | b'^' | b'@' | b'\\' => true,
        0xE3 => next.len() >= 2 && next[0] == 0x80 && matches!(next[1], 0x8A | 0x8B),
        _ => false,
    }
}

impl<'s> Weaver<'_, 's> {
    fn piece(&mut self, piece: Piece<'s>) {
        let at = piece.at().clone();
        if at.start < self.passed {
            match piece {
                Piece::Live(live) if live.is_exact() && at.end > self.passed => {
                    let cut = self.passed - at.start;
                    let text = live.text[cut..].to_owned().into();
                    self.live(Live { text, at: self.passed..at.end });
                }
                _ => {}
            }
            return;
        }
        let ends_node = match piece {
            Piece::Live(live) => {
                self.live(live);
                false
            }
            Piece::Word(text, at) => {
                self.push_text(text, at);
                false
            }
            Piece::Break(at) => {
                let mut span = self.reader.span(&at);
                if !self.reader.source.slice(span).starts_with(['\n', '\r']) {
                    span.end = span.start;
                }
                self.out.push(Inline::Text { text: "\n".into(), span });
                false
            }
            Piece::Node(inline, _) => {
                self.out.push(inline);
                true
            }
            Piece::Tag(tag, at) => {
                self.tag(tag, at);
                false
            }
        };
        self.node_end = ends_node.then_some(at.end);
    }

    fn push_text(&mut self, text: String, at: Range<usize>) {
        if !text.is_empty() {
            let mut span = self.reader.span(&at);
            let written = self.reader.source.slice(span);
            if text.len() == written.len() && text != written.replace(['\n', '\r'], " ") {
                // Text as long as its span promises to be what stands there.
                span.end = span.start;
            }
            self.out.push(Inline::Text { text, span });
        }
    }

    fn push_part(&mut self, live: &Live<'s>, range: Range<usize>) {
        let text = live.text[range.clone()].to_owned();
        self.push_text(text, live.place(range));
    }

    fn live(&mut self, live: Live<'s>) {
        let text = &live.text;
        let mut plain = self.attributes_of_node(&live);
        let mut at = plain;
        let bytes = text.as_bytes();
        while at < bytes.len() {
            if !is_special(bytes[at], &bytes[at + 1..]) {
                at += 1;
                continue;
            }
            let length = match self.find(&live, at) {
                Found::Plain(length) => {
                    at += length;
                    continue;
                }
                found => {
                    self.push_part(&live, plain..at);
                    self.apply(found, &live, at)
                }
            };
            at += length;
            plain = at;
            let place = live.place(at..at).start;
            if live.is_exact() && self.passed > place {
                let end = (self.passed - live.at.start).min(text.len());
                at = text.ceil_char_boundary(end);
                plain = at;
            }
        }
        self.push_part(&live, plain..text.len());
    }

    /// Gives attributes right behind an image, a link or code to it; gives their length.
    fn attributes_of_node(&mut self, live: &Live<'s>) -> usize {
        if self.node_end != Some(live.at.start) || !live.text.starts_with('{') {
            return 0;
        }
        let Some((attributes, length)) = self.attributes_at(live, 0) else { return 0 };
        self.reader
            .watch_attributes(&attributes, &live.place(0..length), Place::Line);
        match self.out.pop() {
            Some(Inline::Image(mut image)) => {
                image.attributes = attributes;
                image.span.end += length as u32;
                self.out.push(Inline::Image(image));
            }
            Some(
                inline @ (Inline::Link { .. }
                | Inline::Code { .. }
                | Inline::Styled { .. }),
            ) => {
                let span = self.reader.span(&live.at).sub(0..length);
                self.out.extend(notation::span(attributes, vec![inline], span));
            }
            other => {
                self.out.extend(other);
                return 0;
            }
        }
        self.pass(live, length)
    }

    /// Reads attributes at a byte of live text from the source itself, where comrak may
    /// have found emphasis or addresses in them.
    fn attributes_at(&self, live: &Live<'s>, at: usize) -> Option<(Attributes, usize)> {
        if !live.text[at..].starts_with('{') {
            return None;
        }
        if live.is_exact() {
            let source: &str = &self.reader.source.text;
            let rest = source.get(live.at.start + at..)?;
            let line = rest.split('\n').next().unwrap_or(rest);
            return attributes::parse(line);
        }
        attributes::parse(&live.text[at..])
    }

    /// Passes over bytes of live text and of the pieces behind it.
    fn pass(&mut self, live: &Live<'s>, end: usize) -> usize {
        if live.is_exact() {
            self.passed = self.passed.max(live.at.start + end);
        }
        end.min(live.text.len())
    }

    fn find(&mut self, live: &Live<'s>, at: usize) -> Found {
        let rest = &live.text[at..];
        let place = |range: Range<usize>| {
            self.reader.span(&live.place(at + range.start..at + range.end))
        };
        match rest.as_bytes()[0] {
            b'{' => self.find_braces(live, at),
            b'[' if rest.starts_with("[@") => match cite::bracketed(rest, &place) {
                Some((inline, length)) => Found::Inlines(length, vec![inline]),
                None => Found::Open(1, Opened::Bracket),
            },
            b'[' if rest.starts_with("[^") => self.undefined_note(live, at),
            b'[' => Found::Open(1, Opened::Bracket),
            b']' => Found::Close(self.attributes_at(live, at + 1)),
            b'^' if rest.starts_with("^[") => Found::Open(2, Opened::Note),
            b'@' if self.may_cite(live, at) => match cite::narrative(rest, &place) {
                Some((inline, length)) => Found::Inlines(length, vec![inline]),
                None => Found::Plain(1),
            },
            b'\\' if rest.starts_with("\\|") => Found::Word(2, "|"),
            0xE3 if rest.starts_with("《《") => Found::Open(6, Opened::Kenten),
            0xE3 if rest.starts_with("》》") => Found::CloseKenten,
            0xE3 => Found::Plain(3),
            _ => Found::Plain(1),
        }
    }

    fn find_braces(&mut self, live: &Live<'s>, at: usize) -> Found {
        let rest = &live.text[at..];
        if let Some((length, is_told)) = foreign::template(rest) {
            if is_told {
                let words = "a template of another tool is set as it is written";
                let place = live.place(at..at + length);
                self.reader.warn(Code::UnknownDirective, &place, words, "");
            }
            return Found::Plain(length);
        }
        let Some(braces) = notation::braces(rest) else { return Found::Plain(1) };
        let length = braces.length;
        if rest[..length].contains("\\|") && !self.reader.in_table {
            return Found::Plain(1);
        }
        let place = live.place(at..at + length);
        if braces.readings.iter().all(|reading| reading.is_empty()) {
            let words = "ruby without a reading is set as it is written";
            let hint = "write `\\{` for a brace that begins no ruby";
            self.reader.warn(Code::BadNotation, &place, words, hint);
            return Found::Plain(length);
        }
        let (ruby, fault) = braces.ruby(self.reader.span(&place));
        if let Some(fault) = fault {
            let hint = "give one reading for each character, or one for all";
            self.reader.warn(Code::BadNotation, &place, &fault, hint);
        }
        self.ruby_with_attributes(live, at, length, ruby)
    }

    /// A ruby with the attributes right behind it: the reading on its other side, and what
    /// they say of any span.
    fn ruby_with_attributes(
        &mut self,
        live: &Live<'s>,
        at: usize,
        length: usize,
        mut ruby: Ruby,
    ) -> Found {
        let Some((mut attributes, more)) = self.attributes_at(live, at + length) else {
            return Found::Inlines(length, vec![Inline::Ruby(ruby)]);
        };
        ruby.under = notation::take(&mut attributes, "under").unwrap_or_default();
        let length = self.pass(live, at + length + more) - at;
        let place = live.place(at..at + length);
        self.reader.watch_attributes(&attributes, &place, Place::Line);
        let span = self.reader.span(&live.place(at..at + length));
        Found::Inlines(length, notation::span(attributes, vec![Inline::Ruby(ruby)], span))
    }

    /// `[^label]` that comrak left as text has no definition.
    fn undefined_note(&mut self, live: &Live<'s>, at: usize) -> Found {
        let rest = &live.text[at + 2..];
        let end = rest.find(|c: char| c.is_whitespace() || c == '[' || c == ']');
        let Some(end) = end.filter(|&end| end > 0 && rest[end..].starts_with(']')) else {
            return Found::Open(1, Opened::Bracket);
        };
        let words = format!("the footnote `{}` is not written", &rest[..end]);
        let hint = format!("write it as `[^{}]: …` in this chapter", &rest[..end]);
        let place = live.place(at..at + end + 3);
        self.reader.warn(Code::UndefinedFootnote, &place, &words, &hint);
        Found::Plain(end + 3)
    }

    /// Whether `@` may begin a citation: not inside words, addresses and links.
    fn may_cite(&self, live: &Live<'s>, at: usize) -> bool {
        let before = match live.text[..at].chars().next_back() {
            None if live.is_exact() => {
                let before = self.reader.source.text.get(..live.at.start);
                before.and_then(|before| before.chars().next_back())
            }
            before => before,
        };
        let in_word = |c: char| c.is_ascii_alphanumeric() || "_.+-/@#`\\".contains(c);
        !self.reader.in_link && !before.is_some_and(in_word) && !self.is_open("a")
    }

    /// Does what was found; gives the length of live text that it takes.
    fn apply(&mut self, found: Found, live: &Live<'s>, at: usize) -> usize {
        match found {
            Found::Plain(length) => length,
            Found::Word(length, word) => {
                self.push_text(word.to_owned(), live.place(at..at + length));
                length
            }
            Found::Inlines(length, inlines) => {
                self.out.extend(inlines);
                length
            }
            Found::Open(length, opened) => {
                let place = live.place(at..at + length);
                let mark = self.out.len();
                self.push_part(live, at..at + length);
                self.push_frame(Frame { opened, mark, at: place, is_full: false });
                length
            }
            Found::Close(attributes) => self.close_bracket(live, at, attributes),
            Found::CloseKenten => {
                match self.take_frame("《《").filter(|frame| self.may_hold(frame)) {
                    Some(Frame { mark, .. }) => {
                        let children = self.take_children(mark);
                        self.out
                            .push(Inline::Kenten { mark: KentenMark::Auto, children });
                    }
                    None => self.push_part(live, at..at + 6),
                }
                6
            }
        }
    }

    fn close_bracket(
        &mut self,
        live: &Live<'s>,
        at: usize,
        attributes: Option<(Attributes, usize)>,
    ) -> usize {
        let end = live.place(at..at + 1).end;
        if let Some((attributes, length)) = attributes
            && self.is_open("[")
            && let Some(frame) = self.take_frame("[")
            && self.may_hold(&frame)
        {
            let Frame { mark, at: start, .. } = frame;
            let children = self.take_children(mark);
            let whole = start.start..end + length;
            let span = self.reader.span(&whole);
            self.reader
                .watch_attributes(&attributes, &(end..end + length), Place::Line);
            if let Some((words, hint)) = notation::fault(&attributes) {
                self.reader.warn(Code::BadNotation, &whole, &words, hint);
            }
            self.out.extend(notation::span(attributes, children, span));
            return self.pass(live, at + 1 + length) - at;
        }
        let innermost = self.frames.last().map(|frame| &frame.opened);
        match innermost {
            Some(Opened::Note) => {
                if let Some(Frame { mark, at: start, .. }) = self.take_frame("^[") {
                    self.close_note(mark, start.start..end);
                    return 1;
                }
            }
            Some(Opened::Bracket) => drop(self.take_frame("[")),
            Some(Opened::Kenten | Opened::Element { .. }) | None => {}
        }
        self.push_part(live, at..at + 1);
        1
    }

    /// An inline footnote: its words become a note of the chapter.
    fn close_note(&mut self, mark: usize, at: Range<usize>) {
        let mut content = self.take_children(mark);
        join::lines(&mut content);
        let span = self.reader.span(&at);
        if content.is_empty() {
            let words = "a footnote without words is set as it is written";
            self.reader.warn(Code::BadNotation, &at, words, "");
            return self.push_text("^[]".to_owned(), at);
        }
        let label = format!("^{}", span.start);
        let kind = BlockKind::Paragraph(content);
        let block = Block { kind, span, ..Block::default() };
        let note = Note {
            label: label.clone(),
            number: 0,
            blocks: vec![block],
            anchor: None,
            span,
        };
        self.reader.notes.push(note);
        let reference = NoteReference { label, note: None, repeated: false, span };
        self.out.push(Inline::Note(reference));
    }

    fn tag(&mut self, tag: Tag, at: Range<usize>) {
        let Some(role) = tags::role_of(&tag.name) else { return self.other_tag(tag, at) };
        let span = self.reader.span(&at);
        match role {
            Role::LineBreak => {
                self.reader.watch_tag(&tag, &at, Place::Line);
                self.out.push(Inline::LineBreak);
            }
            Role::WordBreak => self.out.push(Inline::WordBreak),
            Role::Image => match tags::image(tag.attributes.clone(), span) {
                Some(mut image) => {
                    self.reader.watch_tag(&tag, &at, Place::Line);
                    self.reader.watch_alt(&mut image, &at);
                    self.out.push(Inline::Image(image));
                }
                None => self.other_tag(tag, at),
            },
            Role::RubyPart(part) => self.ruby_part(part, tag, at),
            _ if tag.closes => self.close_element(tag, at),
            _ => {
                self.reader.watch_tag(&tag, &at, Place::Line);
                let mark = self.out.len();
                self.out.push(Inline::Html { source: tag.source, span });
                let ruby =
                    (role == Role::Ruby).then(|| Box::new(RubyReader::new(mark + 1)));
                let (name, attributes) = (tag.name, tag.attributes);
                let opened = Opened::Element { name, role, attributes, ruby };
                self.push_frame(Frame { opened, mark, at, is_full: false });
            }
        }
    }

    /// A tag that means nothing in a line: left out if it is HTML, else text.
    fn other_tag(&mut self, tag: Tag, at: Range<usize>) {
        if !tag.is_html() {
            let words =
                format!("`<{}>` is not an element of HTML and is set as text", tag.name);
            let hint = "write `\\<` for the sign, or put code between backquotes";
            self.reader.warn(Code::UnsupportedHtml, &at, &words, hint);
            return self.push_text(tag.source.replace(['\n', '\r'], " "), at);
        }
        if !tag.closes {
            let words = !tag.is_void();
            if words {
                self.left_out.push(tag.name.clone());
            }
            return self.reader.tell_left_out_element(&tag.name, &at, words);
        }
        match self.left_out.iter().rposition(|open| *open == tag.name) {
            Some(index) => self.left_out.truncate(index),
            None => {
                let words = format!("`</{}>` closes nothing", tag.name);
                self.reader.warn(Code::UnsupportedHtml, &at, &words, "");
            }
        }
    }

    fn close_element(&mut self, tag: Tag, at: Range<usize>) {
        let Some(mut frame) = self.take_frame(&tag.name) else {
            let words = format!("`</{}>` closes nothing", tag.name);
            return self.reader.warn(Code::UnsupportedHtml, &at, &words, "");
        };
        let mark = frame.mark;
        let span = self.reader.span(&tags::cover(&frame.at, &at));
        let Opened::Element { role, attributes, ruby, .. } = &mut frame.opened else {
            return;
        };
        let (role, attributes) = (*role, std::mem::take(attributes));
        let children = match ruby.take() {
            Some(ruby) => {
                let words = ruby.finish(&mut self.out, span);
                self.out.truncate(mark);
                words
            }
            None if self.may_hold(&frame) => self.take_children(mark),
            None => return,
        };
        self.out.extend(tags::element(role, attributes, children, span));
    }

    /// A tag inside `<ruby>`: the part before it ends here.
    fn ruby_part(&mut self, part: RubyPart, tag: Tag, at: Range<usize>) {
        if !self.is_open("ruby") {
            return self.other_tag(tag, at);
        }
        while self
            .frames
            .last()
            .is_some_and(|frame| name_of(&frame.opened) != "ruby")
        {
            let Some(frame) = self.pop_frame() else { break };
            self.leave_unclosed(frame);
        }
        let Some(Frame {
            opened: Opened::Element { ruby: Some(ruby), .. }, ..
        }) = self.frames.last_mut()
        else {
            return;
        };
        match tag.closes {
            false => ruby.turn(&mut self.out, part),
            true => ruby.close(&mut self.out, part),
        }
    }

    fn push_frame(&mut self, frame: Frame) {
        *self.open.entry(name_of(&frame.opened).to_owned()).or_default() += 1;
        self.frames.push(frame);
    }

    fn pop_frame(&mut self) -> Option<Frame> {
        let frame = self.frames.pop()?;
        if let Some(count) = self.open.get_mut(name_of(&frame.opened)) {
            *count -= 1;
        }
        if let Some(around) = self.frames.last_mut() {
            around.is_full |= frame.is_full;
        }
        Some(frame)
    }

    fn is_open(&self, name: &str) -> bool {
        self.open.get(name).is_some_and(|&count| count > 0)
    }

    /// Takes the innermost frame of a name off, and those in it, which stay unclosed.
    fn take_frame(&mut self, name: &str) -> Option<Frame> {
        if !self.is_open(name) {
            return None;
        }
        while let Some(frame) = self.pop_frame() {
            if name_of(&frame.opened) == name {
                return Some(frame);
            }
            self.leave_unclosed(frame);
        }
        None
    }

    /// Whether what follows a mark may stand in one more; else it is told.
    fn may_hold(&mut self, frame: &Frame) -> bool {
        let content = &self.out[frame.mark + 1..];
        let is_full = frame.is_full || depth::of_inlines(content, DEEPEST - 1);
        if is_full {
            self.reader.tell_depth(&frame.at);
            if let Some(around) = self.frames.last_mut() {
                around.is_full = true;
            }
        }
        !is_full
    }

    fn take_children(&mut self, mark: usize) -> Vec<Inline> {
        let children = self.out.split_off(mark + 1);
        self.out.truncate(mark);
        children
    }

    /// Leaves what is not closed as it is written, and tells about it.
    fn leave_unclosed(&mut self, frame: Frame) {
        match frame.opened {
            Opened::Element { name, ruby, .. } => {
                let words = format!("`<{name}>` is not closed here");
                self.reader.warn(Code::UnsupportedHtml, &frame.at, &words, "");
                if let Some(ruby) = ruby {
                    let span = self.reader.span(&frame.at);
                    let words = ruby.finish(&mut self.out, span);
                    self.out.extend(words);
                }
            }
            Opened::Kenten => {
                let hint = "emphasis marks end with `》》` in the same paragraph";
                let words = "`《《` is not closed";
                self.reader.warn(Code::BadNotation, &frame.at, words, hint);
            }
            Opened::Note => {
                let hint = "a footnote in the line ends with `]`";
                self.reader.warn(
                    Code::BadNotation,
                    &frame.at,
                    "`^[` is not closed",
                    hint,
                );
            }
            Opened::Bracket => {}
        }
    }

    fn finish(mut self) -> Vec<Inline> {
        while let Some(frame) = self.pop_frame() {
            self.leave_unclosed(frame);
        }
        self.out
    }
}

fn name_of(opened: &Opened) -> &str {
    match opened {
        Opened::Bracket => "[",
        Opened::Note => "^[",
        Opened::Kenten => "《《",
        Opened::Element { name, .. } => name,
    }
}
