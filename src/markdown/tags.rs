//! What the elements of HTML mean in a line.

use std::ops::Range;

use super::notation;
use crate::model::{
    Attributes, Image, Inline, InlineStyle, Ruby, RubyUnit, Target, walk,
};
use crate::source::Span;

/// What an element means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A style of the words.
    Style(InlineStyle),
    /// Code.
    Code,
    /// Words with attributes.
    Span,
    /// Words between quotation marks.
    Quotation,
    /// A link or a place to link to.
    Anchor,
    /// Ruby.
    Ruby,
    /// A part of ruby.
    RubyPart(RubyPart),
    /// A line break.
    LineBreak,
    /// A place where a line may end.
    WordBreak,
    /// An image.
    Image,
}

/// The parts of ruby.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RubyPart {
    /// `rb`: the base.
    Base,
    /// `rt`: the reading.
    Reading,
    /// `rp`: parentheses for those who cannot show ruby.
    Parenthesis,
    /// `rtc`: a group of readings.
    Group,
}

const ROLES: &[(&str, Role)] = &[
    ("em", Role::Style(InlineStyle::Emphasis)),
    ("i", Role::Style(InlineStyle::Emphasis)),
    ("var", Role::Style(InlineStyle::Emphasis)),
    ("strong", Role::Style(InlineStyle::Strong)),
    ("b", Role::Style(InlineStyle::Strong)),
    ("del", Role::Style(InlineStyle::Strikethrough)),
    ("s", Role::Style(InlineStyle::Strikethrough)),
    ("strike", Role::Style(InlineStyle::Strikethrough)),
    ("u", Role::Style(InlineStyle::Underline)),
    ("ins", Role::Style(InlineStyle::Underline)),
    ("mark", Role::Style(InlineStyle::Highlight)),
    ("small", Role::Style(InlineStyle::Small)),
    ("sup", Role::Style(InlineStyle::Superscript)),
    ("sub", Role::Style(InlineStyle::Subscript)),
    ("kbd", Role::Style(InlineStyle::Keyboard)),
    ("code", Role::Code),
    ("samp", Role::Code),
    ("tt", Role::Code),
    ("span", Role::Span),
    ("q", Role::Quotation),
    ("abbr", Role::Span),
    ("acronym", Role::Span),
    ("bdi", Role::Span),
    ("bdo", Role::Span),
    ("big", Role::Span),
    ("cite", Role::Span),
    ("data", Role::Span),
    ("dfn", Role::Span),
    ("font", Role::Span),
    ("label", Role::Span),
    ("nobr", Role::Span),
    ("picture", Role::Span),
    ("time", Role::Span),
    ("a", Role::Anchor),
    ("ruby", Role::Ruby),
    ("rb", Role::RubyPart(RubyPart::Base)),
    ("rt", Role::RubyPart(RubyPart::Reading)),
    ("rp", Role::RubyPart(RubyPart::Parenthesis)),
    ("rtc", Role::RubyPart(RubyPart::Group)),
    ("br", Role::LineBreak),
    ("wbr", Role::WordBreak),
    ("img", Role::Image),
];

/// What an element means in a line; `None` for those that the program does not set there.
pub(super) fn role_of(name: &str) -> Option<Role> {
    ROLES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
}

/// The inlines that an element and what it holds become.
pub(super) fn element(
    role: Role,
    mut attributes: Attributes,
    children: Vec<Inline>,
    span: Span,
) -> Vec<Inline> {
    let words = match role {
        Role::Style(InlineStyle::Emphasis) if notation::asks_for_kenten(&attributes) => {
            children
        }
        Role::Style(style) => vec![Inline::Styled { style, children }],
        Role::Quotation => quoted(children, span.sub(0..0)),
        Role::Code => vec![Inline::Code { text: walk::plain_text(&children), span }],
        Role::Anchor => anchor(&mut attributes, children, span),
        Role::Span
        | Role::Ruby
        | Role::RubyPart(_)
        | Role::LineBreak
        | Role::WordBreak
        | Role::Image => children,
    };
    notation::span(attributes, words, span)
}

/// Words with the quotation marks that readers of HTML would set around them.
fn quoted(mut words: Vec<Inline>, span: Span) -> Vec<Inline> {
    let is_japanese = |ch: char| matches!(ch, '\u{3040}'..='\u{9FFF}');
    let (before, after) = match walk::plain_text(&words).contains(is_japanese) {
        true => ("「", "」"),
        false => ("“", "”"),
    };
    let mark = |text: &str| Inline::Text { text: text.into(), span };
    words.insert(0, mark(before));
    words.push(mark(after));
    words
}

fn anchor(attributes: &mut Attributes, children: Vec<Inline>, span: Span) -> Vec<Inline> {
    if let Some(href) = notation::take(attributes, "href") {
        let title = notation::take(attributes, "title");
        return vec![Inline::Link { target: target(&href), title, children, span }];
    }
    let name = notation::take(attributes, "name");
    let Some(id) = attributes.id.take().or(name) else { return children };
    let mut words = vec![Inline::Anchor { id, anchor: None, span }];
    words.extend(children);
    words
}

/// The image of an `<img>`; `None` without a source.
pub(super) fn image(mut attributes: Attributes, span: Span) -> Option<Image> {
    let path = notation::take(&mut attributes, "src").filter(|path| !path.is_empty())?;
    let alt = notation::take(&mut attributes, "alt");
    let decorative = alt.as_ref().is_some_and(|alt| alt.trim().is_empty());
    let alt = alt.filter(|_| !decorative).unwrap_or_default();
    let title = notation::take(&mut attributes, "title");
    Some(Image {
        path,
        file: None,
        alt,
        decorative,
        title,
        attributes,
        span,
    })
}

/// Where an address leads: out of the book where it has a scheme, else into it.
pub(super) fn target(address: &str) -> Target {
    let scheme = address.split(':').next().unwrap_or_default();
    let is_scheme = scheme.len() > 1
        && scheme.len() < address.len()
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if is_scheme || address.starts_with("//") {
        return Target::Url(address.to_owned());
    }
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment.to_owned())),
        None => (address, None),
    };
    Target::File { path: path.to_owned(), fragment }
}

/// A `<ruby>` that is being read.
#[derive(Debug)]
pub(super) struct RubyReader {
    part: RubyPart,
    /// Where the words of the part begin among the inlines.
    pub mark: usize,
    /// Whether `rtc` is open.
    in_group: bool,
    bases: Vec<String>,
    units: Vec<RubyUnit>,
    under: String,
    kept: Vec<Inline>,
}

impl RubyReader {
    /// A ruby whose base begins at a place among the inlines.
    pub(super) fn new(mark: usize) -> Self {
        Self {
            part: RubyPart::Base,
            mark,
            in_group: false,
            bases: Vec::new(),
            units: Vec::new(),
            under: String::new(),
            kept: Vec::new(),
        }
    }

    /// Takes the words of the part that ends, and begins another part.
    pub(super) fn turn(&mut self, out: &mut Vec<Inline>, next: RubyPart) {
        let words: Vec<Inline> = out.drain(self.mark..).collect();
        let text: String = walk::plain_text(&words).replace('\n', "");
        let text = text.trim();
        let holds_ruby = self.part == RubyPart::Base && self.takes_inner(&words);
        match self.part {
            RubyPart::Base if holds_ruby => {}
            RubyPart::Base if !text.is_empty() => self.bases.push(text.to_owned()),
            RubyPart::Reading | RubyPart::Group if !text.is_empty() => self.read(text),
            RubyPart::Base
            | RubyPart::Reading
            | RubyPart::Group
            | RubyPart::Parenthesis => {}
        }
        let is_kept =
            |inline: &Inline| matches!(inline, Inline::Note(_) | Inline::Anchor { .. });
        self.kept.extend(words.into_iter().filter(is_kept));
        self.in_group |= next == RubyPart::Group;
        self.part = next;
    }

    /// Ends a part, and goes back to what is around it.
    pub(super) fn close(&mut self, out: &mut Vec<Inline>, part: RubyPart) {
        if part == RubyPart::Group && self.in_group {
            self.turn(out, RubyPart::Base);
            self.in_group = false;
        } else if self.part == part {
            let around = if self.in_group { RubyPart::Group } else { RubyPart::Base };
            self.turn(out, around);
        }
    }

    /// Takes a ruby in the place of the base in: the reading that follows is that of its
    /// other side.
    fn takes_inner(&mut self, words: &[Inline]) -> bool {
        let blank = |inline: &&Inline| {
            walk::plain_text(std::slice::from_ref(*inline)).trim().is_empty()
        };
        let mut words = words.iter().filter(|inline| !blank(inline));
        let (Some(Inline::Ruby(inner)), None) = (words.next(), words.next()) else {
            return false;
        };
        self.units.extend(inner.units.iter().cloned());
        self.in_group = true;
        true
    }

    /// Takes a reading in: that of the base that waits for one, or of the other side of all
    /// of them in a group that comes after the readings.
    fn read(&mut self, reading: &str) {
        if self.bases.is_empty() {
            if self.in_group && !self.units.is_empty() {
                return self.under.push_str(reading);
            }
            match self.units.last_mut() {
                Some(unit) => unit.reading.push_str(reading),
                None => self.kept.push(Inline::Text {
                    text: reading.to_owned(),
                    span: Span::default(),
                }),
            }
            return;
        }
        let base = self.bases.remove(0);
        self.units.push(RubyUnit { base, reading: reading.to_owned() });
    }

    /// The ruby as inlines.
    pub(super) fn finish(mut self, out: &mut Vec<Inline>, span: Span) -> Vec<Inline> {
        self.turn(out, RubyPart::Base);
        let plain = |base| RubyUnit { base, reading: String::new() };
        self.units.extend(self.bases.into_iter().map(plain));
        let mut words = Vec::new();
        if self.units.iter().any(|unit| !unit.reading.is_empty()) {
            words.push(Inline::Ruby(Ruby { units: self.units, under: self.under, span }));
        } else {
            let text: String = self.units.into_iter().map(|unit| unit.base).collect();
            words.push(Inline::Text { text, span: span.sub(0..0) });
        }
        words.extend(self.kept);
        words
    }
}

/// The attributes of a tag that set its words to a side: `align` or a class.
pub(super) fn side_of(attributes: &mut Attributes) -> Option<crate::model::Container> {
    use crate::model::Container;
    let align = notation::take(attributes, "align");
    let sides = [("right", Container::Right), ("center", Container::Center)];
    for (name, side) in sides {
        let position = attributes
            .classes
            .iter()
            .position(|class| class == name || class.strip_prefix("text-") == Some(name));
        if let Some(position) = position {
            attributes.classes.remove(position);
            return Some(side);
        }
        if align.as_deref() == Some(name) {
            return Some(side);
        }
    }
    None
}

/// A range of bytes that covers two.
pub(super) fn cover(first: &Range<usize>, last: &Range<usize>) -> Range<usize> {
    first.start..last.end.max(first.start)
}
