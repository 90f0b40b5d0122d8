//! Accessibility metadata (EPUB Accessibility 1.1), computed from what the book holds. Only
//! conformance is claimed, where its makers do.

use super::book::Book;
use super::xhtml::Seen;
use super::xml::Xml;
use crate::model::Conformance;

/// Writes how the book can be perceived, what helps and what could harm.
pub(super) fn write(xml: &mut Xml, book: &Book<'_>, seen: &Seen) {
    let pictures = !seen.pictures.is_empty();
    let described = pictures && !seen.undescribed;
    let mut property = |name: &str, value: &str| {
        xml.leaf("meta", &[("property", name)], value);
    };
    property("schema:accessMode", "textual");
    if pictures {
        property("schema:accessMode", "visual");
        property("schema:accessModeSufficient", "textual,visual");
    }
    if !seen.undescribed {
        property("schema:accessModeSufficient", "textual");
    }
    for (feature, _) in features(seen).iter().filter(|(_, has)| *has) {
        property("schema:accessibilityFeature", feature);
    }
    let moves = seen.pictures.iter().any(|&picture| book.pictures.may_move(picture));
    property("schema:accessibilityHazard", if moves { "unknown" } else { "none" });
    let meta = &book.document.meta;
    match &meta.accessibility_summary {
        Some(summary) => property("schema:accessibilitySummary", summary.trim()),
        None => {
            let mut attributes = vec![("property", "schema:accessibilitySummary")];
            let language = book.document.words().language;
            if !meta.language.starts_with(language) {
                attributes.push(("xml:lang", language));
            }
            xml.leaf("meta", &attributes, &summary(book, seen, described));
        }
    }
    if let Some(conformance) = &meta.conformance {
        conforms(xml, conformance);
    }
}

/// What helps, by the names of the schema.org vocabulary, and whether the book has it.
fn features(seen: &Seen) -> [(&'static str, bool); 12] {
    let described = !seen.pictures.is_empty() && !seen.undescribed;
    let all_read = seen.ruby && !seen.unread;
    [
        ("ARIA", true),
        ("displayTransformability", true),
        ("readingOrder", true),
        ("structuralNavigation", seen.headings),
        ("tableOfContents", true),
        ("alternativeText", described),
        ("index", seen.index),
        ("MathML", seen.mathml),
        ("pageNavigation", !seen.pages.is_empty()),
        ("pageBreakMarkers", !seen.pages.is_empty()),
        ("rubyAnnotations", seen.ruby && !all_read),
        ("fullRubyAnnotations", all_read),
    ]
}

/// The same in sentences.
fn summary(book: &Book<'_>, seen: &Seen, described: bool) -> String {
    let summary = &book.labels.summary;
    let edition = book.edition.map(|list| book.labels.of_edition(list.edition));
    let pages = summary.pages.replace("{edition}", edition.unwrap_or_default());
    let pictures = !seen.pictures.is_empty();
    let sentences = [
        (summary.text, true),
        (summary.described, described),
        (summary.undescribed, pictures && !described),
        (summary.math, seen.mathml),
        (summary.index, seen.index),
        (&*pages, !seen.pages.is_empty()),
        (summary.ruby, seen.ruby && seen.unread),
        (summary.all_ruby, seen.ruby && !seen.unread),
    ];
    let true_ones = sentences.iter().filter(|(_, holds)| *holds);
    let words: Vec<&str> = true_ones.map(|(sentence, _)| *sentence).collect();
    words.join(summary.space)
}

/// The claim of conformance, with who makes it.
fn conforms(xml: &mut Xml, conformance: &Conformance) {
    let claim = [("property", "dcterms:conformsTo"), ("id", "conformance")];
    xml.leaf("meta", &claim, &conformance.standard);
    let by = [
        ("property", "a11y:certifiedBy"),
        ("refines", "#conformance"),
        ("id", "certifier"),
    ];
    xml.leaf("meta", &by, &conformance.certified_by);
    if let Some(credential) = &conformance.credential {
        let attributes =
            [("property", "a11y:certifierCredential"), ("refines", "#certifier")];
        xml.leaf("meta", &attributes, credential);
    }
    if let Some(report) = &conformance.report {
        let attributes = [
            ("rel", "a11y:certifierReport"),
            ("refines", "#certifier"),
            ("href", report),
        ];
        xml.leaf("link", &attributes, "");
    }
}
