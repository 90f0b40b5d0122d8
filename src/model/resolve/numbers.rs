//! Numbers of figures, tables, listings and equations.

use crate::model::walk;
use crate::model::{Block, BlockKind, Document};

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
    let japanese = document.meta.language.starts_with("ja");
    let mut counts = Counts::default();
    for section in &mut document.sections {
        walk::blocks_mut(
            &mut section.blocks,
            &mut |block| number_block(block, &mut counts, japanese),
            &mut |_| {},
        );
    }
}

fn number_block(block: &mut Block, counts: &mut Counts, japanese: bool) {
    let labelled = |count: &mut usize, ja: &str, en: &str| {
        *count += 1;
        Some(if japanese { format!("{ja}{count}") } else { format!("{en} {count}") })
    };
    let has_id = block.attributes.id.is_some();
    match &mut block.kind {
        BlockKind::Figure { caption, number, .. } if has_id || !caption.is_empty() => {
            *number = labelled(&mut counts.figures, "図", "Figure");
        }
        BlockKind::Table(table) if has_id || !table.caption.is_empty() => {
            table.number = labelled(&mut counts.tables, "表", "Table");
        }
        BlockKind::Code(listing) if has_id || !listing.caption.is_empty() => {
            listing.number = labelled(&mut counts.listings, "リスト", "Listing");
        }
        BlockKind::Math { number, .. } if has_id => {
            counts.equations += 1;
            *number = Some(format!("({})", counts.equations));
        }
        _ => {}
    }
}
