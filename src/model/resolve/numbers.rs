//! Numbers of figures, tables, listings and equations.

use crate::model::walk;
use crate::model::{Block, BlockKind, Document};
use crate::words::{self, Words};

/// How many of each kind there were.
#[derive(Default)]
struct Counts {
    figures: usize,
    tables: usize,
    listings: usize,
    equations: usize,
}

/// Gives 図1, 図2 …, 表1 …, リスト1 … to what has a caption, and (1) … to equations that
/// have an id, through the whole book.
pub(super) fn number(document: &mut Document) {
    let words = document.words();
    let mut counts = Counts::default();
    for section in &mut document.sections {
        walk::blocks_mut(
            &mut section.blocks,
            &mut |block| number_block(block, &mut counts, words),
            &mut |_| {},
        );
    }
}

fn number_block(block: &mut Block, counts: &mut Counts, words: &Words) {
    let counted = |count: &mut usize, word: &str| {
        *count += 1;
        Some(words::fill(word, *count))
    };
    let has_id = block.attributes.id.is_some();
    match &mut block.kind {
        BlockKind::Figure { caption, number, .. } if has_id || !caption.is_empty() => {
            *number = counted(&mut counts.figures, words.figure);
        }
        BlockKind::Table(table) if has_id || !table.caption.is_empty() => {
            table.number = counted(&mut counts.tables, words.table);
        }
        BlockKind::Code(listing) if has_id || !listing.caption.is_empty() => {
            listing.number = counted(&mut counts.listings, words.listing);
        }
        BlockKind::Math { number, .. } if has_id => {
            counts.equations += 1;
            *number = Some(format!("({})", counts.equations));
        }
        _ => {}
    }
}
