//! The headings of boxes that have none of their own.

use crate::model::walk;
use crate::model::{Block, BlockKind, Container, Document, Inline};
use crate::source::Span;
use crate::words::Words;

/// Gives notes, tips, warnings and their like the word for what they are.
pub(super) fn name(document: &mut Document) {
    let words = document.words();
    let mut name = |block: &mut Block| name_block(block, words);
    for section in &mut document.sections {
        walk::blocks_mut(&mut section.blocks, &mut name, &mut |_| {});
        for note in &mut section.notes {
            walk::blocks_mut(&mut note.blocks, &mut name, &mut |_| {});
        }
    }
}

fn name_block(block: &mut Block, words: &Words) {
    let BlockKind::Container { container, title, .. } = &mut block.kind else { return };
    let word = match container {
        Container::Note => words.note,
        Container::Tip => words.tip,
        Container::Important => words.important,
        Container::Warning => words.warning,
        Container::Caution => words.caution,
        Container::Column
        | Container::Epigraph
        | Container::Verse
        | Container::Right
        | Container::Center
        | Container::Indent
        | Container::Columns
        | Container::Figures
        | Container::Other(_) => return,
    };
    if title.is_empty() {
        title.push(Inline::Text { text: word.to_owned(), span: Span::default() });
    }
}
