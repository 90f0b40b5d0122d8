//! The children of a node of comrak, laid out flat.

use std::borrow::Cow;
use std::ops::Range;

use comrak::nodes::{Node, NodeLink, NodeMath, NodeValue};
use comrak::{Arena, parse_document};

use super::depth::DEEPEST;
use super::html::Tag;
use super::view::{self, View};
use super::{Reader, foreign, tags};
use crate::diag::Code;
use crate::model::{Image, Inline, InlineStyle, NoteReference, walk};

/// How often in one source a line is read again after a mistaken address or formula.
const MOST_REPAIRS: usize = 1000;
/// How deep such readings may nest.
const DEEPEST_REPAIR: usize = 32;
/// What stands before a line that is read again, so that it stays a paragraph.
const PREFIX: &str = "。";

/// Text in which our notation is looked for.
#[derive(Clone, Debug)]
pub(super) struct Live<'s> {
    /// The characters.
    pub text: Cow<'s, str>,
    /// Where they stand; byte for byte if the lengths agree.
    pub at: Range<usize>,
}

impl Live<'_> {
    /// A text that stands somewhere in a range, not byte for byte.
    fn within(text: String, at: Range<usize>) -> Self {
        let at = if text.len() == at.len() { at.start..at.start } else { at };
        Self { text: Cow::Owned(text), at }
    }

    /// Where a range of the text stands.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        match self.is_exact() {
            true => self.at.start + range.start..self.at.start + range.end,
            false => self.at.clone(),
        }
    }

    /// Whether the text is byte for byte what stands in the source.
    pub(super) fn is_exact(&self) -> bool {
        self.text.len() == self.at.len()
    }
}

/// One of the things that a line is woven from.
#[derive(Debug)]
pub(super) enum Piece<'s> {
    /// Text in which notation is looked for.
    Live(Live<'s>),
    /// Text that is what it is: escaped characters and entities.
    Word(String, Range<usize>),
    /// Something finished.
    Node(Inline, Range<usize>),
    /// A tag of HTML.
    Tag(Tag, Range<usize>),
    /// The end of a line of the source.
    Break(Range<usize>),
}

impl Piece<'_> {
    /// Where it stands.
    pub(super) fn at(&self) -> &Range<usize> {
        match self {
            Self::Live(live) => &live.at,
            Self::Word(_, at)
            | Self::Node(_, at)
            | Self::Tag(_, at)
            | Self::Break(at) => at,
        }
    }
}

impl<'s> Reader<'s> {
    /// The children of a node as inlines, lines not joined yet.
    pub(super) fn inlines<'a>(&mut self, node: Node<'a>) -> Vec<Inline> {
        let view = self.view;
        self.left_out = lines_left_out(node);
        let pieces = self.pieces(node, view, 0);
        self.left_out = 0;
        self.weave(pieces)
    }

    /// A text that stands somewhere in a range of the source as inlines: with notation,
    /// emphasis and all if it is found there on one line, else with notation only.
    pub(super) fn inlines_of(&mut self, text: &str, within: Range<usize>) -> Vec<Inline> {
        if text.is_empty() {
            return Vec::new();
        }
        let line = self.source.text.get(within.clone()).unwrap_or("");
        let found = line.find(text).filter(|_| !text.contains('\n'));
        let pieces = match found {
            Some(at) => {
                let start = within.start + at;
                self.line_again(start..start + text.len(), 0)
            }
            None => {
                vec![Piece::Live(Live::within(text.to_owned(), within))]
            }
        };
        let mut inlines = self.weave(pieces);
        super::join::lines(&mut inlines);
        inlines
    }

    fn pieces<'a>(
        &mut self,
        node: Node<'a>,
        view: &View<'_>,
        depth: usize,
    ) -> Vec<Piece<'s>> {
        let mut pieces = Vec::new();
        let mut passed = 0;
        self.depth_in_line += 1;
        for child in node.children() {
            let at = self.place(child, view);
            if at.start < passed {
                continue;
            }
            let repair = self.fault_of(child, &at, depth);
            if let Some(from) = repair
                && let Some(end) = self.end_of_line(child, view, from)
            {
                let kept = at.start..from;
                self.keep(child, kept, &mut pieces);
                pieces.extend(self.line_again(from..end, depth + 1));
                passed = end;
                continue;
            }
            self.piece(child, at, view, depth, &mut pieces);
        }
        self.depth_in_line -= 1;
        pieces
    }

    /// Where a node stands in the source.
    pub(super) fn place<'a>(&self, node: Node<'a>, view: &View<'_>) -> Range<usize> {
        let mut position = node.data().sourcepos;
        position.start.line += self.left_out;
        position.end.line += self.left_out;
        self.span(&view.range(position)).range()
    }

    /// Where the part of a node begins that comrak should not have taken in: an address
    /// ends where Japanese begins, and a formula has no Japanese in it.
    fn fault_of<'a>(
        &mut self,
        node: Node<'a>,
        at: &Range<usize>,
        depth: usize,
    ) -> Option<usize> {
        let source = self.source.text.get(at.clone())?;
        let from = match &node.data().value {
            NodeValue::Link(_) if !source.starts_with(['[', '<', '!']) => {
                at.start + source.find(|c: char| !c.is_ascii())?
            }
            NodeValue::Math(math) if !math.display_math && is_prose(&math.literal) => {
                let words = "Japanese text between two `$` is not read as a formula";
                let hint = "write `\\$` for a dollar, or `\\text{…}` inside a formula";
                self.warn(Code::BadNotation, at, words, hint);
                at.start + 1
            }
            _ => return None,
        };
        let goes_on = depth < DEEPEST_REPAIR && self.repairs < MOST_REPAIRS;
        self.repairs += 1;
        goes_on.then_some(from)
    }

    /// The end of the line that a node stands in, if no node crosses it.
    fn end_of_line<'a>(
        &self,
        node: Node<'a>,
        view: &View<'_>,
        from: usize,
    ) -> Option<usize> {
        let is_break = |node: Node<'_>| {
            matches!(node.data().value, NodeValue::SoftBreak | NodeValue::LineBreak)
        };
        let mut end = self.place(node, view).end;
        for sibling in node.following_siblings() {
            if is_break(sibling) {
                break;
            }
            end = end.max(self.place(sibling, view).end);
        }
        let line = self.source.text.get(from..end)?;
        (!line.contains('\n')).then_some(end)
    }

    /// Keeps the part of a mistaken node that is right.
    fn keep<'a>(
        &mut self,
        node: Node<'a>,
        at: Range<usize>,
        pieces: &mut Vec<Piece<'s>>,
    ) {
        let text = self.source.text.get(at.clone()).unwrap_or("").to_owned();
        let span = self.span(&at);
        let words = Inline::Text { text: text.clone(), span };
        if let NodeValue::Link(_) = node.data().value {
            let scheme = if text.starts_with("www.") { "http://" } else { "" };
            let target = tags::target(&format!("{scheme}{text}"));
            let children = vec![words];
            let link = Inline::Link { target, title: None, children, span };
            pieces.push(Piece::Node(link, at));
        } else {
            pieces.push(Piece::Word(text, at));
        }
    }

    /// Reads a part of one line of the source by itself.
    fn line_again(&mut self, range: Range<usize>, depth: usize) -> Vec<Piece<'s>> {
        let source: &'s str = &self.source.text;
        let line = source.get(range.clone()).unwrap_or("");
        let view = View::of_line(PREFIX, line, range.start, self.in_table);
        let arena = Arena::new();
        let root = parse_document(&arena, &view.text, &super::comrak_options());
        let is_paragraph =
            |node: &Node<'_>| matches!(node.data().value, NodeValue::Paragraph);
        let paragraph = root
            .first_child()
            .filter(|node| is_paragraph(node) && node.next_sibling().is_none());
        let Some(paragraph) = paragraph else {
            return vec![Piece::Live(Live { text: Cow::Borrowed(line), at: range })];
        };
        let left_out = std::mem::take(&mut self.left_out);
        let mut pieces = self.pieces(paragraph, &view, depth);
        self.left_out = left_out;
        drop_prefix(&mut pieces);
        pieces
    }

    fn piece<'a>(
        &mut self,
        node: Node<'a>,
        at: Range<usize>,
        view: &View<'_>,
        depth: usize,
        pieces: &mut Vec<Piece<'s>>,
    ) {
        if self.depth_in_line > DEEPEST && node.first_child().is_some() {
            self.tell_depth(&at);
            let text = self.source.text.get(at.clone()).unwrap_or("");
            return pieces.push(Piece::Word(text.replace(['\n', '\r'], " "), at));
        }
        let styled = |style, children| Inline::Styled { style, children };
        let inline = match &node.data().value {
            NodeValue::Text(text) => return self.text(text, at, pieces),
            NodeValue::SoftBreak => return pieces.push(Piece::Break(at)),
            NodeValue::LineBreak => Inline::LineBreak,
            NodeValue::Escaped => {
                let mut text = String::new();
                for child in node.children() {
                    text.push_str(child.data().value.text().unwrap_or(""));
                }
                return pieces.push(Piece::Word(text, at));
            }
            NodeValue::HtmlInline(html) => return self.html(html, at, pieces),
            NodeValue::Code(code) => {
                let text = view::unshield(&code.literal, self.in_table);
                Inline::Code { text, span: self.span(&at) }
            }
            NodeValue::Emph => {
                styled(InlineStyle::Emphasis, self.woven(node, view, depth))
            }
            NodeValue::Strong => {
                styled(InlineStyle::Strong, self.woven(node, view, depth))
            }
            NodeValue::Strikethrough if !self.has_two_tildes(&at) => {
                let sign = || "~".to_owned();
                pieces.push(Piece::Word(sign(), at.start..at.start + 1));
                pieces.extend(self.pieces(node, view, depth));
                return pieces.push(Piece::Word(sign(), at.end - 1..at.end));
            }
            NodeValue::Strikethrough => {
                styled(InlineStyle::Strikethrough, self.woven(node, view, depth))
            }
            NodeValue::Link(link) => {
                return self.link(node, link, at, view, depth, pieces);
            }
            NodeValue::Image(link) => {
                let words = self.woven(node, view, depth);
                let mut image = self.image(link, &words, &at);
                self.watch_alt(&mut image, &at);
                Inline::Image(image)
            }
            NodeValue::FootnoteReference(reference) => Inline::Note(NoteReference {
                label: reference.name.clone(),
                note: None,
                repeated: false,
                span: self.span(&at),
            }),
            NodeValue::Math(NodeMath { display_math, literal, .. }) => Inline::Math {
                tex: view::unshield(literal, self.in_table).trim().to_owned(),
                display: *display_math,
                span: self.span(&at),
            },
            _ => {
                pieces.extend(self.pieces(node, view, depth));
                return;
            }
        };
        pieces.push(Piece::Node(inline, at));
    }

    /// Whether a strike is written with two tildes; one stands for a range in Japanese.
    fn has_two_tildes(&self, at: &Range<usize>) -> bool {
        self.source
            .text
            .get(at.clone())
            .is_some_and(|text| text.starts_with("~~"))
    }

    fn woven<'a>(
        &mut self,
        node: Node<'a>,
        view: &View<'_>,
        depth: usize,
    ) -> Vec<Inline> {
        let pieces = self.pieces(node, view, depth);
        self.weave(pieces)
    }

    fn image(&self, link: &NodeLink, words: &[Inline], at: &Range<usize>) -> Image {
        let title = Some(link.title.clone()).filter(|title| !title.is_empty());
        Image {
            path: view::unshield(&link.url, true),
            file: None,
            alt: walk::plain_text(words).replace('\n', " "),
            decorative: false,
            title,
            attributes: Default::default(),
            span: self.span(at),
        }
    }

    fn link<'a>(
        &mut self,
        node: Node<'a>,
        link: &NodeLink,
        at: Range<usize>,
        view: &View<'_>,
        depth: usize,
        pieces: &mut Vec<Piece<'s>>,
    ) {
        let first = node.first_child();
        let is_import = first.is_some_and(|first| {
            let data = first.data();
            data.value.text().is_some_and(foreign::is_import)
        });
        if is_import {
            let words = "an include of honkit is set as it is written";
            let hint = "copy the file's text into a fence of code";
            self.warn(Code::UnknownDirective, &at, words, hint);
            let text = self.source.text.get(at.clone()).unwrap_or("").to_owned();
            return pieces.push(Piece::Word(text, at));
        }
        let outside = std::mem::replace(&mut self.in_link, true);
        let children = self.woven(node, view, depth);
        self.in_link = outside;
        let target = tags::target(&view::unshield(&link.url, true));
        let title = Some(link.title.clone()).filter(|title| !title.is_empty());
        let span = self.span(&at);
        pieces.push(Piece::Node(Inline::Link { target, title, children, span }, at));
    }

    fn html(&mut self, html: &str, at: Range<usize>, pieces: &mut Vec<Piece<'s>>) {
        if html.starts_with("<!--") {
            return;
        }
        if let Some(tag) = Tag::read(html) {
            return pieces.push(Piece::Tag(tag, at));
        }
        let source = view::unshield(html, self.in_table);
        pieces.extend(self.words_of_other(&source, &at));
    }

    /// The words of a CDATA section; declarations and processing instructions have none.
    pub(super) fn words_of_other(
        &mut self,
        source: &str,
        at: &Range<usize>,
    ) -> Option<Piece<'s>> {
        let Some(text) = source.strip_prefix("<![CDATA[") else {
            let words = "declarations and instructions are left out";
            self.warn(Code::UnsupportedHtml, at, words, "");
            return None;
        };
        self.warn(Code::UnsupportedHtml, at, "CDATA is set as the text in it", "");
        let text = text.strip_suffix("]]>").unwrap_or(text).replace(['\n', '\r'], " ");
        Some(Piece::Word(text, at.clone()))
    }

    /// Lays out text; what stands in the source as it is becomes live, entities do not.
    fn text(&self, text: &str, at: Range<usize>, pieces: &mut Vec<Piece<'s>>) {
        let source: &'s str = &self.source.text;
        let written = source.get(at.clone()).unwrap_or("");
        if view::is_same(text, written) {
            return pieces.push(Piece::Live(Live { text: Cow::Borrowed(written), at }));
        }
        let mut rest = text;
        let mut place = at.start;
        while !rest.is_empty() {
            let written = source.get(place..at.end).unwrap_or("");
            let length = same_length(rest, written);
            if length > 0 {
                let range = place..place + length;
                let live = Live { text: Cow::Borrowed(&written[..length]), at: range };
                pieces.push(Piece::Live(live));
            }
            rest = &rest[length..];
            place += length;
            let written = &written[length..];
            let Some((word, entity)) = entity(rest, written).filter(|_| !rest.is_empty())
            else {
                break;
            };
            let range = place..place + entity;
            pieces.push(Piece::Word(rest[..word].to_owned(), range));
            rest = &rest[word..];
            place += entity;
        }
        if !rest.is_empty() {
            let text = view::unshield(rest, self.in_table);
            pieces.push(Piece::Live(Live::within(text, place..at.end.max(place))));
        }
    }
}

/// How many lines at the head of a paragraph are addresses of links. comrak takes them
/// out and counts the lines of what is left from the first of them.
pub(super) fn lines_left_out(paragraph: Node<'_>) -> usize {
    let data = paragraph.data();
    match (&data.value, paragraph.last_child()) {
        (NodeValue::Paragraph, Some(last)) => {
            let last = last.data().sourcepos.end.line;
            data.sourcepos.end.line.saturating_sub(last)
        }
        _ => 0,
    }
}

/// Takes the prefix of a line that was read again off.
fn drop_prefix(pieces: &mut Vec<Piece<'_>>) {
    if let Some(Piece::Live(live)) = pieces.first_mut()
        && let Some(text) = live.text.strip_prefix(PREFIX)
    {
        live.text = Cow::Owned(text.to_owned());
        if live.text.is_empty() {
            pieces.remove(0);
        }
    }
}

/// Up to where a text is what stands in the source, entities left out.
fn same_length(text: &str, written: &str) -> usize {
    let mut length = 0;
    for (given, there) in text.chars().zip(written.chars()) {
        let is_bar = (given == view::BAR && there == '|')
            || (given == view::BACKSLASH && there == '\\');
        if !(given == there || is_bar) {
            break;
        }
        if there == '&' && is_entity(&written[length..]) {
            break;
        }
        length += there.len_utf8();
    }
    length
}

fn is_entity(written: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '#';
    written.starts_with('&')
        && written[1..].find(|c| !inside(c)).is_some_and(|end| {
            (1..34).contains(&end) && written[1 + end..].starts_with(';')
        })
}

/// The lengths of what an entity became and of the entity, at the start of both texts.
fn entity(text: &str, written: &str) -> Option<(usize, usize)> {
    if !is_entity(written) {
        return None;
    }
    let length = written.find(';')? + 1;
    let mut ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let (one, two) = (ends.next()?, ends.next());
    let fits = |end: usize| {
        let next = text[end..].chars().next();
        next.is_none() || next == written[length..].chars().next() || next == Some('&')
    };
    let word = if fits(one) { one } else { two.filter(|&end| fits(end)).unwrap_or(one) };
    Some((word, length))
}

/// Whether what stands between two dollars is Japanese prose and not a formula: kana or
/// Japanese punctuation outside of `\text{…}` and its like.
fn is_prose(tex: &str) -> bool {
    let is_japanese = |c: char| matches!(c, '\u{3040}'..='\u{30FF}' | '。' | '、');
    if !tex.contains(is_japanese) {
        return false;
    }
    let mut depth = 0_usize;
    let mut in_text = None;
    let mut command = String::new();
    for character in tex.chars() {
        match character {
            '{' => {
                depth += 1;
                let takes_text = command.starts_with("\\text")
                    || ["\\mathrm", "\\mbox", "\\operatorname", "\\tag"]
                        .contains(&command.as_str());
                if in_text.is_none() && takes_text {
                    in_text = Some(depth);
                }
            }
            '}' => {
                if in_text == Some(depth) {
                    in_text = None;
                }
                depth = depth.saturating_sub(1);
            }
            c if is_japanese(c) && in_text.is_none() => return true,
            _ => {}
        }
        match character {
            '\\' => command = "\\".into(),
            c if c.is_ascii_alphabetic() && !command.is_empty() => command.push(c),
            _ => command.clear(),
        }
    }
    false
}
