//! The press edition: pages as a printer wants them, and what a printer would refuse.

mod config;
mod printer;

mod marks;
mod sheet;

mod cover;

mod check;

pub use check::{ImageFacts, OnPages, Refusal, check, resolution};
pub use config::{Config, CoverConfig, Fault, HiddenFolios, Job, Limits, Paper};
pub use cover::{Cover, CoverSheet, Front, Picture, cover_sheet};
pub use printer::{PaperStock, Printer, Resolution, papers, printers};

use crate::display::{Item, Pages};
use crate::font::{FontBook, Shaper};

/// Makes the pages of a book those of a press edition: without links, outline and structure,
/// with a bleed, with blank pages up to a whole number of bundles, with numbers for the
/// printer, and with marks where they are asked for.
pub fn press(pages: &mut Pages, job: &Job, fonts: &FontBook) {
    let right_to_left = pages.info.right_to_left;
    let mut shaper = Shaper::new(fonts);
    pages.structure.clear();
    pages.outline.clear();
    pages.destinations.clear();
    sheet::fill_up(pages, job);
    for (index, page) in pages.pages.iter_mut().enumerate() {
        // The first page of a book that is bound on the left is a right-hand one.
        let bound_left = index.is_multiple_of(2) != right_to_left;
        let bleed = job.edges(bound_left);
        page.items.retain(|item| !matches!(item, Item::Link(_)));
        sheet::reach_bleed(page, bleed);
        sheet::number(page, index, bound_left, job, &mut shaper);
        sheet::place(page, bleed, job);
    }
}
