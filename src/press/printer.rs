//! Printers and papers, which are data.

use std::sync::LazyLock;

use serde::Deserialize;

use super::HiddenFolios;
use crate::geom::{Length, Size};
use crate::standard::PressStandard;
use crate::style::Dimension;

/// The text of the printers.
const PRINTERS: &str = include_str!("printers.yaml");
/// The text of the papers.
const PAPERS: &str = include_str!("papers.yaml");

/// What a printer asks for. The first of [`printers`] says everything, the others only
/// where they differ from it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Printer {
    /// The name in `book.yaml`.
    pub name: String,
    /// The standard that the file keeps.
    pub(super) standard: Option<PressStandard>,
    /// How far what is drawn goes on beyond the edges (塗り足し).
    pub(super) bleed: Option<Dimension>,
    /// Whether it does so at the binding.
    pub(super) bleed_at_gutter: Option<bool>,
    /// Whether marks are wanted (トンボ).
    pub(super) marks: Option<bool>,
    /// The pages with a number for the printer (隠しノンブル).
    pub(super) hidden_folios: Option<HiddenFolios>,
    /// Their size.
    pub(super) folio_size: Option<Dimension>,
    /// How far they stand inside of the edge at the binding.
    pub(super) folio_from_edge: Option<Dimension>,
    /// The number of the first page.
    pub(super) folio_start: Option<u32>,
    /// What the number of pages is a multiple of.
    pub(super) page_multiple: Option<u32>,
    /// The fewest pages that are bound.
    pub(super) least_pages: Option<usize>,
    /// The most pages that are bound.
    pub(super) most_pages: Option<usize>,
    /// The narrowest gutters by the number of pages.
    pub(super) gutters: Option<Vec<Gutter>>,
    /// The least from text to the edges that are cut.
    pub(super) fore_edge: Option<Dimension>,
    /// The smallest text.
    pub(super) least_text: Option<Dimension>,
    /// The thinnest rule.
    pub(super) least_rule: Option<Dimension>,
    /// The lowest resolution of images.
    pub(super) resolution: Option<Resolution>,
    /// What words on the spine need.
    pub(super) spine_text: Option<SpineText>,
    /// The finished sizes that there are; all where nothing is said.
    pub(super) trim: Option<TrimRange>,
}

/// The narrowest gutter from a number of pages on.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Gutter {
    pub(super) pages: usize,
    pub(super) width: Dimension,
}

/// The lowest resolution of images at their size, in pixels an inch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Resolution {
    /// Of those printed in colour.
    pub color: u32,
    /// Of those printed in gray.
    pub gray: u32,
}

/// What words on the spine need.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SpineText {
    /// The fewest pages of a book with words on its spine.
    pub(super) least_pages: usize,
    /// What stays free on both sides of them.
    pub(super) clear: Dimension,
}

/// The finished sizes that there are.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct TrimRange {
    least_width: Dimension,
    least_height: Dimension,
    most_width: Dimension,
    most_height: Dimension,
}

impl TrimRange {
    /// The least and the most.
    pub(super) fn sizes(self) -> [Size; 2] {
        let size = |width: Dimension, height: Dimension| Size {
            width: width.length(Length::ZERO),
            height: height.length(Length::ZERO),
        };
        [
            size(self.least_width, self.least_height),
            size(self.most_width, self.most_height),
        ]
    }
}

/// A paper.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PaperStock {
    /// The name in `book.yaml`.
    pub name: String,
    /// The thickness of a leaf, which is two pages.
    pub(super) thickness: Dimension,
}

/// All printers; the first is that of a book that names none.
pub fn printers() -> &'static [Printer] {
    static READ: LazyLock<Vec<Printer>> = LazyLock::new(|| {
        serde_saphyr::from_str(PRINTERS).expect("a test reads the printers")
    });
    &READ
}

/// All papers.
pub fn papers() -> &'static [PaperStock] {
    static READ: LazyLock<Vec<PaperStock>> = LazyLock::new(|| {
        serde_saphyr::from_str(PAPERS).expect("a test reads the papers")
    });
    &READ
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_have_the_thickness_that_shops_say_of_a_page() {
        let thickness = |name: &str| {
            let paper = papers().iter().find(|paper| paper.name == name);
            paper.expect("it is a paper").thickness.length(Length::ZERO).to_mm()
        };
        for (name, inches) in
            [("kdp-white", 0.002_252), ("kdp-cream", 0.0025), ("kdp-color", 0.002_347)]
        {
            assert!((thickness(name) - inches * 2.0 * 25.4).abs() < 0.0001, "{name}");
        }
    }
}
