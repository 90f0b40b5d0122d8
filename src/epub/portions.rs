//! Blocks that are too large for one file, in portions that can be parted: a paragraph at the
//! end of a sentence, a listing at a line, a table at a row, a list at an item.

use std::collections::BTreeMap;
use std::mem;
use std::ops::Range;

use crate::model::{Block, BlockKind, Document, Inline, ListItem, Listing, Table, walk};
use crate::source::Span;

/// How many bytes of the source a block may have. Its XHTML is longer: with the tags of
/// coloured code up to six times.
const MOST: usize = 32 * 1024;

/// The stretches of the text that are in portions: by their spans the first byte of each
/// portion and the span that stands for it.
pub(super) type Moved = BTreeMap<Span, Vec<(usize, Span)>>;

/// The document with its large blocks in portions; `None` where none is large.
pub(super) fn portions(document: &Document) -> Option<(Document, Moved)> {
    let mut blocks = document.sections.iter().flat_map(|section| &section.blocks);
    if !blocks.any(is_large) {
        return None;
    }
    let (mut document, mut moved) = (document.clone(), Moved::new());
    for section in &mut document.sections {
        section.blocks = all(mem::take(&mut section.blocks), &mut moved);
    }
    Some((document, moved))
}

fn is_large(block: &Block) -> bool {
    block.span.range().len() > MOST
}

fn all(blocks: Vec<Block>, moved: &mut Moved) -> Vec<Block> {
    let divide = |block: Block| match is_large(&block) {
        true => divide(block, moved),
        false => vec![block],
    };
    blocks.into_iter().flat_map(divide).collect()
}

/// The portions of a block. What names it stays with the first.
fn divide(mut block: Block, moved: &mut Moved) -> Vec<Block> {
    let span = block.span;
    let (kinds, spans): (Vec<BlockKind>, Option<Vec<Span>>) =
        match mem::take(&mut block.kind) {
            BlockKind::Paragraph(content) => {
                let kinds = paragraph(content, moved).into_iter();
                (kinds.map(BlockKind::Paragraph).collect(), None)
            }
            BlockKind::Code(listing) => {
                let (listings, ranges) = code(listing);
                let spans = ranges.into_iter().map(|range| moved_to(span, range, moved));
                let spans = spans.collect();
                (listings.into_iter().map(BlockKind::Code).collect(), Some(spans))
            }
            BlockKind::Table(table) => {
                (self::table(table).into_iter().map(BlockKind::Table).collect(), None)
            }
            BlockKind::List { start, tight, items } => (list(start, tight, items), None),
            BlockKind::Quote(blocks) => {
                let groups = groups(all(blocks, moved), |block| block.span.range().len());
                (groups.into_iter().map(BlockKind::Quote).collect(), None)
            }
            other => (vec![other], None),
        };
    let mut attributes = block.attributes.clone();
    let is_paragraph = matches!(kinds.first(), Some(BlockKind::Paragraph(_)));
    if is_paragraph && !attributes.has_class("noindent") {
        attributes.classes.push("noindent".to_owned());
    }
    let spans = spans.unwrap_or_else(|| vec![span]);
    let portions = kinds.into_iter().enumerate().map(|(number, kind)| {
        let span = spans.get(number).copied().unwrap_or_default();
        match number {
            0 => Block { kind, span, ..block.clone() },
            _ => Block {
                kind,
                span,
                anchor: None,
                attributes: attributes.clone(),
            },
        }
    });
    portions.collect()
}

/// The span that stands for a part of a stretch of the text from now on.
fn moved_to(span: Span, part: Range<usize>, moved: &mut Moved) -> Span {
    let start = span
        .start
        .saturating_add(u32::try_from(part.start).unwrap_or(u32::MAX));
    let end = span.start.saturating_add(u32::try_from(part.end).unwrap_or(u32::MAX));
    let to = Span { start, end, ..span };
    moved.entry(span).or_default().push((part.start, to));
    to
}

/// Things in groups of no more than [`MOST`] bytes, or of one.
fn groups<T>(things: Vec<T>, size: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = Vec::new();
    let mut room = 0;
    for thing in things {
        let size = size(&thing);
        match groups.last_mut() {
            Some(group) if size <= room => group.push(thing),
            _ => {
                groups.push(vec![thing]);
                room = MOST;
            }
        }
        room = room.saturating_sub(size);
    }
    groups
}

/// Bytes of a text in parts of no more than a number, each up to the last of some ends.
fn parts(text: &str, most: usize, ends: &[char]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    while text.len() - start > most {
        let reach = text.floor_char_boundary(start + most);
        let last = text[start..reach].rfind(ends).map(|at| start + at);
        let after = |at: usize| at + text[at..].chars().next().map_or(1, char::len_utf8);
        let end = last.map_or(reach, after);
        parts.push(start..end);
        start = end;
    }
    parts.push(start..text.len());
    parts
}

fn paragraph(content: Vec<Inline>, moved: &mut Moved) -> Vec<Vec<Inline>> {
    let mut pieces = Vec::new();
    for inline in content {
        match inline {
            Inline::Text { text, span } if text.len() > MOST / 2 => {
                for part in parts(&text, MOST / 2, &['。', '」', '.', ' ']) {
                    let span = moved_to(span, part.clone(), moved);
                    pieces.push(Inline::Text { text: text[part].to_owned(), span });
                }
            }
            other => pieces.push(other),
        }
    }
    let size =
        |inline: &Inline| walk::plain_text(std::slice::from_ref(inline)).len() + 16;
    groups(pieces, size)
}

fn code(listing: Listing) -> (Vec<Listing>, Vec<Range<usize>>) {
    let ranges = parts(&listing.text, MOST, &['\n']);
    let portion = |range: &Range<usize>| {
        let lines_in =
            |text: &str| u32::try_from(text.matches('\n').count()).unwrap_or(0);
        let before = lines_in(&listing.text[..range.start]);
        let text = listing.text[range.clone()].to_owned();
        let count = lines_in(&text).max(1);
        let tokens = listing.tokens.iter().filter_map(|token| {
            let start = token.range.start.max(range.start);
            let end = token.range.end.min(range.end);
            let mut token = token.clone();
            token.range =
                start.checked_sub(range.start)?..end.checked_sub(range.start)?;
            (start < end).then_some(token)
        });
        let marked = listing.marked.iter().filter_map(|&(first, last)| {
            let (first, last) = (first.max(before + 1), last.min(before + count));
            (first <= last).then(|| (first - before, last - before))
        });
        Listing {
            language: listing.language.clone(),
            first_line: listing.first_line.map(|first| first + before),
            marked: marked.collect(),
            tokens: tokens.collect(),
            text,
            ..Listing::default()
        }
    };
    let mut portions: Vec<Listing> = ranges.iter().map(portion).collect();
    if let Some(first) = portions.first_mut() {
        first.caption = listing.caption;
        first.number = listing.number;
    }
    (portions, ranges)
}

/// The rows of a table in tables with the same head.
fn table(mut table: Table) -> Vec<Table> {
    let rows = mem::take(&mut table.body);
    // A cell over several rows keeps them together.
    if rows.iter().flatten().any(|cell| cell.rows > 1) {
        table.body = rows;
        return vec![table];
    }
    let size = |row: &Vec<_>| {
        let cells = row.iter().map(|cell: &crate::model::Cell| cell.span.range().len());
        cells.sum::<usize>() + row.len() * 8
    };
    let bodies = groups(rows, size);
    let with = |(number, body)| match number {
        0 => Table { body, ..table.clone() },
        _ => Table {
            body,
            caption: Vec::new(),
            number: None,
            ..table.clone()
        },
    };
    bodies.into_iter().enumerate().map(with).collect()
}

fn list(start: Option<u64>, tight: bool, items: Vec<ListItem>) -> Vec<BlockKind> {
    let mut next = start;
    let groups = groups(items, |item| item.span.range().len());
    let list = |items: Vec<ListItem>| {
        let start = next;
        next = next.map(|number| number + items.len() as u64);
        BlockKind::List { start, tight, items }
    };
    groups.into_iter().map(list).collect()
}
