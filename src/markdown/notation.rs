//! Notation in a line: ruby, and what the classes of a span mean.

use std::collections::BTreeSet;

use crate::model::{
    Attributes, Inline, InlineStyle, KentenMark, Ruby, RubyUnit, TextOrientation, walk,
};
use crate::source::Span;

/// What stands in braces with a bar: the base and its readings.
pub(super) struct Braces<'a> {
    /// The base characters (親文字).
    pub base: &'a str,
    /// One reading for the whole base, or one for each of its characters.
    pub readings: Vec<&'a str>,
    /// The length of it all.
    pub length: usize,
}

/// Finds ruby at the start of a text: `{base|reading}` or `{base|…|…}`. In the cells of
/// tables the bar may be written `\|`.
pub(super) fn braces(text: &str) -> Option<Braces<'_>> {
    let inside = text.strip_prefix('{')?;
    let end = inside.find(['{', '}', '\n'])?;
    if !inside[end..].starts_with('}') {
        return None;
    }
    let inside = &inside[..end];
    let is_ascii_code = inside.is_ascii();
    let mut parts = inside.split('|').map(|part| part.strip_suffix('\\').unwrap_or(part));
    let base = parts.next().filter(|base| !base.is_empty())?;
    let readings: Vec<&str> = parts.collect();
    (!readings.is_empty() && !is_ascii_code).then_some(Braces {
        base,
        readings,
        length: end + 2,
    })
}

impl Braces<'_> {
    /// The ruby, and what is wrong with it, if anything.
    pub(super) fn ruby(&self, span: Span) -> (Ruby, Option<String>) {
        let count = self.base.chars().count();
        let unit = |base: &str, reading: &str| RubyUnit {
            base: base.to_owned(),
            reading: reading.to_owned(),
        };
        if self.readings.len() == count && count > 1 {
            let characters = self.base.char_indices().map(|(at, c)| (at, c.len_utf8()));
            let units = characters
                .zip(&self.readings)
                .map(|((at, length), reading)| unit(&self.base[at..at + length], reading))
                .collect();
            return (Ruby { units, under: String::new(), span }, None);
        }
        let units = vec![unit(self.base, &self.readings.concat())];
        let fault = (self.readings.len() > 1).then(|| {
            let given = self.readings.len();
            format!("{given} readings for the {count} characters of {}", self.base)
        });
        (Ruby { units, under: String::new(), span }, fault)
    }
}

/// What a class means to the line.
#[derive(Clone, Copy)]
enum Meaning {
    Kenten(KentenMark),
    /// The mark of kenten, where another class asks for kenten.
    Mark(KentenMark),
    TateChuYoko,
    Warichu,
    Jidori,
    Furiwake,
    Oriented(TextOrientation),
    Styled(InlineStyle),
    Index,
}

const MEANINGS: &[(&str, Meaning)] = &[
    ("kenten", Meaning::Kenten(KentenMark::Auto)),
    ("bouten", Meaning::Kenten(KentenMark::Auto)),
    ("em-sesame", Meaning::Kenten(KentenMark::Sesame)),
    ("em-sesame-open", Meaning::Kenten(KentenMark::OpenSesame)),
    ("em-dot", Meaning::Kenten(KentenMark::Dot)),
    ("em-dot-open", Meaning::Kenten(KentenMark::OpenDot)),
    ("em-circle", Meaning::Kenten(KentenMark::Circle)),
    ("em-circle-open", Meaning::Kenten(KentenMark::OpenCircle)),
    ("em-double-circle", Meaning::Kenten(KentenMark::DoubleCircle)),
    ("em-double-circle-open", Meaning::Kenten(KentenMark::OpenDoubleCircle)),
    ("em-triangle", Meaning::Kenten(KentenMark::Triangle)),
    ("em-triangle-open", Meaning::Kenten(KentenMark::OpenTriangle)),
    ("sesame", Meaning::Mark(KentenMark::Sesame)),
    ("open-sesame", Meaning::Mark(KentenMark::OpenSesame)),
    ("dot", Meaning::Mark(KentenMark::Dot)),
    ("open-dot", Meaning::Mark(KentenMark::OpenDot)),
    ("circle", Meaning::Mark(KentenMark::Circle)),
    ("open-circle", Meaning::Mark(KentenMark::OpenCircle)),
    ("double-circle", Meaning::Mark(KentenMark::DoubleCircle)),
    ("open-double-circle", Meaning::Mark(KentenMark::OpenDoubleCircle)),
    ("triangle", Meaning::Mark(KentenMark::Triangle)),
    ("open-triangle", Meaning::Mark(KentenMark::OpenTriangle)),
    ("tcy", Meaning::TateChuYoko),
    ("warichu", Meaning::Warichu),
    ("jidori", Meaning::Jidori),
    ("furiwake", Meaning::Furiwake),
    ("upright", Meaning::Oriented(TextOrientation::Upright)),
    ("sideways", Meaning::Oriented(TextOrientation::Sideways)),
    ("full-width", Meaning::Oriented(TextOrientation::FullWidth)),
    ("em-line", Meaning::Styled(InlineStyle::Underline)),
    ("underline", Meaning::Styled(InlineStyle::Underline)),
    ("mark", Meaning::Styled(InlineStyle::Highlight)),
    ("small", Meaning::Styled(InlineStyle::Small)),
    ("sup", Meaning::Styled(InlineStyle::Superscript)),
    ("sub", Meaning::Styled(InlineStyle::Subscript)),
    ("index", Meaning::Index),
];

fn meaning_of(class: &str) -> Option<Meaning> {
    MEANINGS
        .iter()
        .find(|(name, _)| *name == class)
        .map(|(_, meaning)| *meaning)
}

/// Whether attributes ask for kenten, which then stands for the emphasis of `<em>`.
pub(super) fn asks_for_kenten(attributes: &Attributes) -> bool {
    let meanings = attributes.classes.iter().filter_map(|class| meaning_of(class));
    meanings
        .into_iter()
        .any(|meaning| matches!(meaning, Meaning::Kenten(_)))
}

/// Words under the attributes of a span: known classes become what they mean, the rest
/// stays on a [`Inline::Span`].
pub(super) fn span(
    mut attributes: Attributes,
    children: Vec<Inline>,
    at: Span,
) -> Vec<Inline> {
    let kenten = asks_for_kenten(&attributes);
    let mut classes = std::mem::take(&mut attributes.classes);
    let mut given = BTreeSet::new();
    classes.retain(|class| given.insert(class.clone()));
    let mut mark = KentenMark::Auto;
    let mut meanings = Vec::new();
    for class in classes {
        match meaning_of(&class) {
            Some(Meaning::Kenten(given) | Meaning::Mark(given)) if kenten => {
                mark = if given == KentenMark::Auto { mark } else { given };
            }
            None | Some(Meaning::Mark(_)) => attributes.classes.push(class),
            Some(meaning) => meanings.push(meaning),
        }
    }
    let mut words = children;
    if kenten {
        words = vec![Inline::Kenten { mark, children: words }];
    }
    for meaning in meanings {
        words = vec![apply(meaning, words, &mut attributes, at)];
    }
    if !attributes.is_empty() {
        words = vec![Inline::Span { attributes, anchor: None, children: words }];
    }
    words
}

fn apply(
    meaning: Meaning,
    children: Vec<Inline>,
    attributes: &mut Attributes,
    span: Span,
) -> Inline {
    match meaning {
        Meaning::Kenten(mark) | Meaning::Mark(mark) => Inline::Kenten { mark, children },
        Meaning::TateChuYoko => Inline::TateChuYoko { children, span },
        Meaning::Warichu => Inline::Warichu { children, span },
        Meaning::Jidori => {
            let width = attributes.characters("width");
            take(attributes, "width");
            let count = walk::plain_text(&children).chars().count();
            let characters = width.unwrap_or(u32::try_from(count).unwrap_or(1));
            Inline::Jidori { characters, children, span }
        }
        Meaning::Furiwake => Inline::Furiwake { children: branches(children), span },
        Meaning::Oriented(orientation) => Inline::Oriented { orientation, children },
        Meaning::Styled(style) => Inline::Styled { style, children },
        Meaning::Index => {
            let reading = take(attributes, "reading");
            let term = take(attributes, "term");
            let term = term.unwrap_or_else(|| walk::plain_text(&children));
            Inline::Index { term, reading, anchor: None, children, span }
        }
    }
}

/// What is wrong with the attributes of a span, and what to do.
pub(super) fn fault(attributes: &Attributes) -> Option<(String, &'static str)> {
    if !attributes.has_class("jidori") {
        return None;
    }
    let hint = "write `{.jidori width=7}` for seven characters";
    match attributes.get("width") {
        None => Some(("`.jidori` without a width sets its words solid".to_owned(), hint)),
        Some(width) => attributes.characters("width").is_none().then(|| {
            (format!("`{width}` is not a number of characters from 1 to 99"), hint)
        }),
    }
}

/// The branches of furiwake with a line break between each: where none is written, ／ parts
/// them.
fn branches(children: Vec<Inline>) -> Vec<Inline> {
    if children.contains(&Inline::LineBreak) {
        return children;
    }
    let mut parted = Vec::with_capacity(children.len());
    for inline in children {
        let Inline::Text { text, span } = inline else {
            parted.push(inline);
            continue;
        };
        let is_exact = text.len() == span.range().len();
        let mut start = 0;
        for (number, words) in text.split('／').enumerate() {
            if number > 0 {
                parted.push(Inline::LineBreak);
            }
            if !words.is_empty() {
                let range = if is_exact { start..start + words.len() } else { 0..0 };
                parted
                    .push(Inline::Text { text: words.to_owned(), span: span.sub(range) });
            }
            start += words.len() + '／'.len_utf8();
        }
    }
    parted
}

/// Takes the value of a key out of attributes.
pub(super) fn take(attributes: &mut Attributes, key: &str) -> Option<String> {
    let index = attributes.pairs.iter().position(|(name, _)| name == key)?;
    Some(attributes.pairs.remove(index).1)
}
