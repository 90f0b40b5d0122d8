//! Accessibility metadata (EPUB Accessibility 1.1), computed from what the book holds.

use super::book::Book;
use super::xhtml::Seen;
use super::xml::Xml;

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
    let features = [
        ("displayTransformability", true),
        ("readingOrder", true),
        ("structuralNavigation", true),
        ("tableOfContents", true),
        ("alternativeText", described),
        ("index", seen.index),
        ("MathML", seen.mathml),
        ("pageNavigation", !seen.pages.is_empty()),
        ("pageBreakMarkers", !seen.pages.is_empty()),
        ("rubyAnnotations", seen.ruby),
    ];
    for (feature, _) in features.iter().filter(|(_, has)| *has) {
        property("schema:accessibilityFeature", feature);
    }
    let moves = seen.pictures.iter().any(|&picture| book.pictures.may_move(picture));
    property("schema:accessibilityHazard", if moves { "unknown" } else { "none" });
    let summary = &book.labels.summary;
    let mut sentences = vec![summary.text];
    match (pictures, described) {
        (true, true) => sentences.push(summary.described),
        (true, false) => sentences.push(summary.undescribed),
        (false, _) => {}
    }
    if seen.mathml {
        sentences.push(summary.math);
    }
    if seen.ruby {
        sentences.push(summary.ruby);
    }
    property("schema:accessibilitySummary", &sentences.join(summary.space));
}
