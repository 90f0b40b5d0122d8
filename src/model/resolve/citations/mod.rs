//! Citations and the list of references, set by a CSL style.

#[cfg(feature = "bibliography")]
mod csl_json;
#[cfg(feature = "bibliography")]
mod set;
#[cfg(feature = "bibliography")]
mod style;
#[cfg(feature = "bibliography")]
mod works;

#[cfg(not(feature = "bibliography"))]
use super::CitationStyle;
#[cfg(not(feature = "bibliography"))]
use crate::diag::Sink;
#[cfg(not(feature = "bibliography"))]
use crate::model::Document;
#[cfg(not(feature = "bibliography"))]
use crate::source::Source;

#[cfg(feature = "bibliography")]
pub(super) use set::render;

/// A path that no file has: the section that holds the list of references.
pub(super) const REFERENCES: &str = "\u{0}references";

/// Leaves citations as they are written.
#[cfg(not(feature = "bibliography"))]
pub(super) fn render(
    _document: &mut Document,
    _bibliography: Option<&Source>,
    _style: &CitationStyle,
    _sink: &mut Sink,
) {
}
