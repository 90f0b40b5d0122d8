//! How deep blocks and inlines may stand in each other.

use std::ops::Range;

use super::Reader;
use crate::diag::Code;
use crate::model::{Block, BlockKind, Inline, walk};

/// In how many others a block, and in a line an inline, may stand. Each pass goes down into
/// what a book holds, so that there has to be an end.
pub(super) const DEEPEST: usize = 64;

/// Whether inlines stand in each other on more than a number of levels.
pub(super) fn of_inlines(content: &[Inline], levels: usize) -> bool {
    let goes_on = |children| match levels {
        0 => true,
        _ => of_inlines(children, levels - 1),
    };
    content.iter().filter_map(walk::children).any(goes_on)
}

/// Whether blocks stand in each other on more than a number of levels.
pub(super) fn of_blocks(blocks: &[Block], levels: usize) -> bool {
    let goes_on = |blocks: &[Block]| match levels {
        0 => true,
        _ => of_blocks(blocks, levels - 1),
    };
    blocks.iter().any(|block| match &block.kind {
        BlockKind::List { items, .. } => items.iter().any(|item| goes_on(&item.blocks)),
        BlockKind::Definitions(items) => items
            .iter()
            .flat_map(|item| &item.details)
            .any(|blocks| goes_on(blocks)),
        BlockKind::Quote(blocks)
        | BlockKind::References(blocks)
        | BlockKind::Container { blocks, .. } => goes_on(blocks),
        BlockKind::Table(table) => {
            let rows = table.head.iter().chain(&table.body);
            rows.flatten().any(|cell| goes_on(&cell.blocks))
        }
        BlockKind::Paragraph(_)
        | BlockKind::Heading { .. }
        | BlockKind::Code(_)
        | BlockKind::Figure { .. }
        | BlockKind::Math { .. }
        | BlockKind::ThematicBreak
        | BlockKind::PageBreak
        | BlockKind::Notes(_)
        | BlockKind::Index(_)
        | BlockKind::ListOf { .. } => false,
    })
}

impl Reader<'_> {
    /// Tells, once for each text, that something stands too deep.
    pub(super) fn tell_depth(&mut self, at: &Range<usize>) {
        if !std::mem::replace(&mut self.told_depth, true) {
            let words = format!("this stands in more than {DEEPEST} others");
            let hint = "its words are set in the last of them";
            self.warn(Code::BadNotation, at, &words, hint);
        }
    }
}
