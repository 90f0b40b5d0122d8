//! What the words of listings are.

use crate::highlight::{Source, highlight};
use crate::model::{Block, BlockKind, Document, Listing, walk};

/// Reads the listings of all sections and notes in their languages.
pub(super) fn read(document: &mut Document) {
    let mut sources = Vec::new();
    each(document, &mut |listing| {
        // Text without a language is plain, and needs no grammar.
        let language = listing.language.clone().unwrap_or_default();
        sources.push((language, listing.text.clone()));
    });
    let sources: Vec<Source<'_>> = sources
        .iter()
        .map(|(language, text)| Source { language, text })
        .collect();
    let mut found = highlight(&sources).into_iter();
    each(document, &mut |listing| listing.tokens = found.next().unwrap_or_default());
}

/// Visits every listing in a fixed order.
fn each(document: &mut Document, visit: &mut dyn FnMut(&mut Listing)) {
    let mut block = |block: &mut Block| {
        if let BlockKind::Code(listing) = &mut block.kind {
            visit(listing);
        }
    };
    for section in &mut document.sections {
        walk::blocks_mut(&mut section.blocks, &mut block, &mut |_| {});
        for note in &mut section.notes {
            walk::blocks_mut(&mut note.blocks, &mut block, &mut |_| {});
        }
    }
}
