//! Who said what is quoted: the last paragraph of a quotation, where it begins with a dash.

use crate::model::{Attributes, Block, BlockKind, Container, Inline};

/// The class of the paragraph that names a source.
const CLASS: &str = "attribution";

/// The dashes that lead to the name of a source.
const DASHES: [char; 4] = ['\u{2014}', '\u{2015}', '\u{2500}', '\u{2013}'];

/// Sets the last paragraph of a quotation to the end of the line where it names the source:
/// something stands before it, it begins with a dash, and it is no sentence.
pub(super) fn mark(mut blocks: Vec<Block>) -> Vec<Block> {
    let names = |block: &Block| match &block.kind {
        BlockKind::Paragraph(content) => names_source(content),
        _ => false,
    };
    if blocks.len() < 2 || !blocks.last().is_some_and(names) {
        return blocks;
    }
    let Some(last) = blocks.pop() else { return blocks };
    let (span, classes) = (last.span, vec![CLASS.to_owned()]);
    let kind = BlockKind::Container {
        container: Container::Right,
        title: Vec::new(),
        blocks: vec![last],
    };
    let attributes = Attributes { classes, ..Attributes::default() };
    blocks.push(Block { kind, attributes, anchor: None, span });
    blocks
}

fn names_source(content: &[Inline]) -> bool {
    let Some(Inline::Text { text, .. }) = content.first() else { return false };
    let begins = text.starts_with(DASHES) || text.starts_with("--");
    let ends = match content.last() {
        Some(Inline::Text { text, .. }) => {
            text.trim_end().ends_with(['。', '！', '？', '」', '.', '!', '?'])
        }
        _ => false,
    };
    begins && !ends
}
