//! The styles of citations, and what they need to know of Japanese.

use std::collections::BTreeMap;

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{IndependentStyle, Style};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::diag::{Code, Diagnostic, Sink};
use crate::model::resolve::CitationStyle;
use crate::model::{Inline, walk};

/// The style that is taken where a book names none, or one that is not there.
const DEFAULT: &str = include_str!("sist02.csl");

/// Finds the style that a book asks for.
pub(super) fn find(style: &CitationStyle, sink: &mut Sink) -> Option<IndependentStyle> {
    let (found, code, span, message) = match style {
        CitationStyle::Named(name, span) => {
            let message = format!("there is no citation style `{name}`");
            (named(name), Code::BadValue, span, message)
        }
        CitationStyle::Csl(text, span) => {
            let message = "the file is not a citation style in CSL".to_string();
            let style = is_sound(text).then(|| IndependentStyle::from_xml(text).ok());
            (style.flatten(), Code::UnreadableFile, span, message)
        }
    };
    if found.is_none() {
        let hint = "name `sist02`, a style of the CSL collection, or a `.csl` file";
        sink.push(Diagnostic::new(code, *span, message).hint(hint));
    }
    found.or_else(|| IndependentStyle::from_xml(DEFAULT).ok())
}

fn named(name: &str) -> Option<IndependentStyle> {
    if name == "sist02" {
        return IndependentStyle::from_xml(DEFAULT).ok();
    }
    match ArchivedStyle::by_name(name)?.get() {
        Style::Independent(style) => Some(style),
        Style::Dependent(_) => None,
    }
}

/// How deep elements and macros of a style may stand in each other.
const DEEPEST: usize = 64;
/// How many macros a citation may go through.
const MOST_MACROS: u64 = 100_000;

/// Whether a style in CSL is one that comes to an end: its macros do not call themselves.
fn is_sound(text: &str) -> bool {
    let Some(macros) = macros(text) else { return false };
    let mut known = BTreeMap::new();
    macros
        .keys()
        .all(|name| calls(name, &macros, &mut known, 0).is_some())
}

/// The macros of a style, each with those that it calls; `None` where its elements stand
/// too deep.
fn macros(text: &str) -> Option<BTreeMap<String, Vec<String>>> {
    let mut macros: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut reader = Reader::from_str(text);
    let (mut current, mut depth) = (String::new(), 0_usize);
    loop {
        let (tag, opens) = match reader.read_event() {
            Ok(Event::Start(tag)) => (tag, true),
            Ok(Event::Empty(tag)) => (tag, false),
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                continue;
            }
            // What is no XML is found by those who read the style.
            Ok(Event::Eof) | Err(_) => return Some(macros),
            Ok(_) => continue,
        };
        depth += usize::from(opens);
        let of = |key: &str| {
            let attribute = tag.try_get_attribute(key).ok().flatten()?;
            Some(attribute.value.to_string())
        };
        if let Some(name) = of("name").filter(|_| tag.name().as_ref() == "macro") {
            current = name;
        }
        macros.entry(current.clone()).or_default().extend(of("macro"));
        if depth > DEEPEST {
            return None;
        }
    }
}

/// How many macros a macro calls, with those that they call; `None` where there is no end.
fn calls<'a>(
    name: &'a str,
    macros: &'a BTreeMap<String, Vec<String>>,
    known: &mut BTreeMap<&'a str, u64>,
    depth: usize,
) -> Option<u64> {
    if let Some(count) = known.get(name) {
        return Some(*count);
    }
    if depth > DEEPEST {
        return None;
    }
    let mut count: u64 = 1;
    for called in macros.get(name).into_iter().flatten() {
        count = count.saturating_add(calls(called, macros, known, depth + 1)?);
    }
    known.insert(name, count);
    Some(count).filter(|count| *count <= MOST_MACROS)
}

/// The words that begin a locator, with what they mean.
const LOCATORS: &[(&str, Locator)] = &[
    ("pages", Locator::Page),
    ("page", Locator::Page),
    ("pp.", Locator::Page),
    ("p.", Locator::Page),
    ("chapter", Locator::Chapter),
    ("chap.", Locator::Chapter),
    ("section", Locator::Section),
    ("sec.", Locator::Section),
    ("§", Locator::Section),
    ("volume", Locator::Volume),
    ("vol.", Locator::Volume),
    ("figure", Locator::Figure),
    ("fig.", Locator::Figure),
    ("line", Locator::Line),
];

/// What kind of place a locator names, and the place; digits alone are a page, and other
/// words stand as they are.
pub(super) fn locator(words: &str) -> (Locator, &str) {
    let words = words.trim();
    let known = LOCATORS.iter().find_map(|(label, kind)| {
        let rest = words.get(label.len()..)?;
        words[..label.len()]
            .eq_ignore_ascii_case(label)
            .then_some((*kind, rest.trim()))
    });
    match known {
        Some(found) => found,
        None if words.starts_with(|c: char| c.is_ascii_digit()) => (Locator::Page, words),
        None => (Locator::Custom, words),
    }
}

/// Whether a title is Japanese.
pub(super) fn is_japanese(title: &str) -> bool {
    title
        .chars()
        .any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'))
}

/// Puts Japanese words in place of the Latin ones that a style writes.
pub(super) fn in_japanese(content: &mut [Inline]) {
    walk::inlines_mut(content, &mut |inline| {
        if let Inline::Text { text, .. } = inline {
            *text = text.replace(" et al.", "ほか").replace("et al.", "ほか");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locators_say_what_they_name() {
        assert_eq!(locator("p. 3-5"), (Locator::Page, "3-5"));
        assert_eq!(locator("12"), (Locator::Page, "12"));
        assert_eq!(locator("chap. 2"), (Locator::Chapter, "2"));
        assert_eq!(locator("第3章"), (Locator::Custom, "第3章"));
    }

    #[test]
    fn the_style_of_the_program_is_one() {
        assert!(IndependentStyle::from_xml(DEFAULT).is_ok());
    }
}
