//! Captions of tables: a paragraph `Table: …` or `表: …` beside a table.

use super::{Reader, attributes, block};
use crate::css::Place;
use crate::model::{Attributes, Block, BlockKind, Inline, Table, walk};

const WORDS: &[&str] = &["Table:", "table:", "Table：", "表:", "表："];

/// Gives the paragraphs that are captions to the tables before or after them.
pub(super) fn attach(reader: &mut Reader<'_>, blocks: &mut Vec<Block>) {
    if !blocks.iter().any(|block| matches!(block.kind, BlockKind::Table(_))) {
        return;
    }
    let mut done: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut rest = std::mem::take(blocks).into_iter().peekable();
    while let Some(mut block) = rest.next() {
        if is_caption(&block)
            && let Some(table) = rest.peek_mut().and_then(open_table)
        {
            give(reader, block, table);
            continue;
        }
        if let BlockKind::Table(table) = &mut block.kind
            && table.caption.is_empty()
        {
            let after = rest.next_if(is_caption);
            let caption = after.or_else(|| caption_row(reader, &mut block));
            if let Some(caption) = caption {
                give(reader, caption, &mut block);
            }
        }
        done.push(block);
    }
    *blocks = done;
}

/// A block that is a table without a caption.
fn open_table(block: &mut Block) -> Option<&mut Block> {
    let is_open =
        matches!(&block.kind, BlockKind::Table(table) if table.caption.is_empty());
    is_open.then_some(block)
}

fn is_caption(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph(content) => starts_caption(content),
        _ => false,
    }
}

fn starts_caption(content: &[Inline]) -> bool {
    match content.first() {
        Some(Inline::Text { text, .. }) => {
            WORDS.iter().any(|word| text.starts_with(word))
        }
        _ => false,
    }
}

/// The caption that stands in the line after a table and so became its last row.
fn caption_row(reader: &Reader<'_>, block: &mut Block) -> Option<Block> {
    let BlockKind::Table(Table { body, .. }) = &mut block.kind else { return None };
    let cells = body.last()?;
    let first = cells.first()?;
    let row = first.span;
    let line = reader.source.text[..row.range().start]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let is_bare = !reader.source.text[line..row.range().start].contains('|');
    let is_alone = cells[1..].iter().all(|cell| cell.blocks.is_empty());
    let is_caption = first.words().is_some_and(starts_caption);
    if !(is_bare && is_alone && is_caption) {
        return None;
    }
    let cell = body.pop()?.into_iter().next()?;
    block.span.end = cell.span.start;
    cell.blocks.into_iter().next()
}

/// Gives a caption to a table, its attributes with it.
fn give(reader: &mut Reader<'_>, caption: Block, table: &mut Block) {
    let BlockKind::Paragraph(mut content) = caption.kind else { return };
    let text = reader.source.slice(caption.span);
    let mut given = Attributes::default();
    if let Some((attributes, from)) = attributes::trailing(text) {
        reader.watch_attributes(&attributes, &caption.span.range(), Place::Block);
        given = attributes;
        block::cut(&mut content, caption.span.range().start + from);
    }
    take_word(&mut content);
    if let BlockKind::Table(table) = &mut table.kind {
        table.caption = content;
    }
    table.attributes = given;
}

/// Takes the word of a caption off.
fn take_word(content: &mut Vec<Inline>) {
    let Some(Inline::Text { text, span }) = content.first_mut() else { return };
    let word = WORDS
        .iter()
        .find(|word| text.starts_with(**word))
        .map_or(0, |w| w.len());
    let spaces = text[word..].len() - text[word..].trim_start().len();
    if span.range().len() == text.len() {
        span.start += (word + spaces) as u32;
    }
    text.drain(..word + spaces);
    if text.is_empty() && walk::plain_text(content).len() + content.len() > 0 {
        content.remove(0);
    }
}
