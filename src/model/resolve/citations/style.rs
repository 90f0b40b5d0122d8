//! The styles of citations, and what they need to know of Japanese.

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{IndependentStyle, Style};

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
            (IndependentStyle::from_xml(text).ok(), Code::UnreadableFile, span, message)
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
