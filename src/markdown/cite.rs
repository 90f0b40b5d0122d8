//! Citations and cross-references: `[@key, p. 3; @other]`, `[@fig:id]`, `@key`.

use crate::model::{Citation, CitationItem, CrossReference, Inline, ReferenceKind};
use crate::source::Span;

const KINDS: &[(&str, ReferenceKind)] = &[
    ("fig", ReferenceKind::Figure),
    ("tbl", ReferenceKind::Table),
    ("sec", ReferenceKind::Section),
    ("lst", ReferenceKind::Listing),
    ("eq", ReferenceKind::Equation),
];

/// Reads what stands in brackets at the start of a text; gives it and its length. `place`
/// gives the span of a range of the text.
pub(super) fn bracketed(
    text: &str,
    place: &dyn Fn(std::ops::Range<usize>) -> Span,
) -> Option<(Inline, usize)> {
    let inside = text.strip_prefix("[@")?;
    let end = inside.find(['[', ']', '\n'])?;
    if !inside[end..].starts_with(']') {
        return None;
    }
    let length = end + 3;
    let mut items = Vec::new();
    let mut at = 1;
    for part in text[1..length - 1].split(';') {
        items.push(item(part, at, place)?);
        at += part.len() + 1;
    }
    let span = place(0..length);
    if let [CitationItem { key, locator: None, .. }] = items.as_slice()
        && let Some(reference) = reference(key, span)
    {
        return Some((reference, length));
    }
    let citation = Citation {
        items,
        narrative: false,
        rendered: Vec::new(),
        span,
    };
    Some((Inline::Citation(citation), length))
}

/// Reads `@key` at the start of a text; gives it and its length. The citation keeps its
/// own text, so that it can become text again where no work has that key.
pub(super) fn narrative(
    text: &str,
    place: &dyn Fn(std::ops::Range<usize>) -> Span,
) -> Option<(Inline, usize)> {
    let key = key_of(text.strip_prefix('@')?)?;
    let length = 1 + key.len();
    let span = place(0..length);
    if let Some(reference) = reference(key, span) {
        return Some((reference, length));
    }
    let item = CitationItem {
        key: key.to_owned(),
        locator: None,
        span: place(1..length),
    };
    let rendered = vec![Inline::Text { text: text[..length].to_owned(), span }];
    let citation = Citation { items: vec![item], narrative: true, rendered, span };
    Some((Inline::Citation(citation), length))
}

fn item(
    part: &str,
    at: usize,
    place: &dyn Fn(std::ops::Range<usize>) -> Span,
) -> Option<CitationItem> {
    let lead = part.len() - part.trim_start().len();
    let key = key_of(part[lead..].strip_prefix('@')?)?;
    let start = lead + 1;
    let rest = part[start + key.len()..].trim();
    let locator = match rest.strip_prefix([',', '、']) {
        Some(locator) => Some(locator.trim().to_owned()),
        None if rest.is_empty() => None,
        None => return None,
    };
    let span = place(at + start..at + start + key.len());
    Some(CitationItem { key: key.to_owned(), locator, span })
}

/// The key at the start of a text: a letter, then letters, digits and marks of which the
/// last is not one that ends a sentence.
fn key_of(text: &str) -> Option<&str> {
    let inside = |c: char| c.is_ascii_alphanumeric() || "_:.#$%&+?<>~/-".contains(c);
    let length = text.find(|c| !inside(c)).unwrap_or(text.len());
    let key = text[..length].trim_end_matches([':', '.', '?', '<', '>', '/', '-', '&']);
    key.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(key)
}

fn reference(key: &str, span: Span) -> Option<Inline> {
    let (kind, id) = key.split_once(':')?;
    let &(_, kind) = KINDS.iter().find(|(name, _)| *name == kind)?;
    let id = id.to_owned();
    let rendered = String::new();
    let reference = CrossReference { kind, id, target: None, rendered, span };
    Some(Inline::CrossReference(reference))
}
