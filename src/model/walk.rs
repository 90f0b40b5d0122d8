//! Going through the blocks and inlines of a text.

use super::{Block, BlockKind, Inline};

/// Calls `visit` with each list of inlines that the blocks hold, outermost lists only, in
/// the order of reading: paragraphs, headings, captions, titles, terms and cells.
pub fn texts<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a [Inline])) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => {
                visit(content);
            }
            BlockKind::List { items, .. } => {
                items.iter().for_each(|item| texts(&item.blocks, visit));
            }
            BlockKind::Definitions(items) => {
                for item in items {
                    visit(&item.term);
                    item.details.iter().for_each(|blocks| texts(blocks, visit));
                }
            }
            BlockKind::Quote(blocks) | BlockKind::References(blocks) => {
                texts(blocks, visit);
            }
            BlockKind::Code(listing) => visit(&listing.caption),
            BlockKind::Figure { caption, .. } => visit(caption),
            BlockKind::Table(table) => {
                visit(&table.caption);
                let cells = table.head.iter().chain(&table.body).flatten();
                cells.for_each(|cell| texts(&cell.blocks, visit));
            }
            BlockKind::Container { title, blocks, .. } => {
                visit(title);
                texts(blocks, visit);
            }
            BlockKind::Math { .. }
            | BlockKind::ThematicBreak
            | BlockKind::PageBreak
            | BlockKind::Notes(_)
            | BlockKind::Index(_)
            | BlockKind::ListOf { .. } => {}
        }
    }
}

/// Calls `visit` with each block, an outer block before those that it holds, and then
/// `inlines` with each list of inlines of that block, to be changed in place.
pub fn blocks_mut(
    blocks: &mut [Block],
    visit: &mut dyn FnMut(&mut Block),
    inlines: &mut dyn FnMut(&mut Vec<Inline>),
) {
    for block in blocks {
        visit(block);
        match &mut block.kind {
            BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => {
                inlines(content);
            }
            BlockKind::List { items, .. } => {
                for item in items {
                    blocks_mut(&mut item.blocks, visit, inlines);
                }
            }
            BlockKind::Definitions(items) => {
                for item in items {
                    inlines(&mut item.term);
                    for detail in &mut item.details {
                        blocks_mut(detail, visit, inlines);
                    }
                }
            }
            BlockKind::Quote(blocks) | BlockKind::References(blocks) => {
                blocks_mut(blocks, visit, inlines);
            }
            BlockKind::Code(listing) => inlines(&mut listing.caption),
            BlockKind::Figure { caption, .. } => inlines(caption),
            BlockKind::Table(table) => {
                inlines(&mut table.caption);
                for cell in table.head.iter_mut().chain(&mut table.body).flatten() {
                    blocks_mut(&mut cell.blocks, visit, inlines);
                }
            }
            BlockKind::Container { title, blocks, .. } => {
                inlines(title);
                blocks_mut(blocks, visit, inlines);
            }
            BlockKind::Math { .. }
            | BlockKind::ThematicBreak
            | BlockKind::PageBreak
            | BlockKind::Notes(_)
            | BlockKind::Index(_)
            | BlockKind::ListOf { .. } => {}
        }
    }
}

/// Calls `visit` with each inline, an outer one before those that it holds.
pub fn inlines<'a>(content: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in content {
        visit(inline);
        if let Some(children) = children(inline) {
            inlines(children, visit);
        }
    }
}

/// Calls `visit` with each inline, an outer one before those that it holds, to be changed
/// in place.
pub fn inlines_mut(content: &mut [Inline], visit: &mut dyn FnMut(&mut Inline)) {
    for inline in content {
        visit(inline);
        if let Some(children) = children_mut(inline) {
            inlines_mut(children, visit);
        }
    }
}

/// The inlines that one holds.
pub fn children(inline: &Inline) -> Option<&[Inline]> {
    match inline {
        Inline::Styled { children, .. }
        | Inline::Span { children, .. }
        | Inline::Kenten { children, .. }
        | Inline::Oriented { children, .. }
        | Inline::TateChuYoko { children, .. }
        | Inline::Warichu { children, .. }
        | Inline::Jidori { children, .. }
        | Inline::Furiwake { children, .. }
        | Inline::Link { children, .. }
        | Inline::Index { children, .. } => Some(children),
        Inline::Citation(citation) => Some(&citation.rendered),
        Inline::Text { .. }
        | Inline::Code { .. }
        | Inline::Math { .. }
        | Inline::Ruby(_)
        | Inline::Image(_)
        | Inline::Note(_)
        | Inline::CrossReference(_)
        | Inline::Anchor { .. }
        | Inline::LineBreak
        | Inline::WordBreak
        | Inline::Html { .. } => None,
    }
}

/// The inlines that one holds, to be changed in place.
pub fn children_mut(inline: &mut Inline) -> Option<&mut Vec<Inline>> {
    match inline {
        Inline::Styled { children, .. }
        | Inline::Span { children, .. }
        | Inline::Kenten { children, .. }
        | Inline::Oriented { children, .. }
        | Inline::TateChuYoko { children, .. }
        | Inline::Warichu { children, .. }
        | Inline::Jidori { children, .. }
        | Inline::Furiwake { children, .. }
        | Inline::Link { children, .. }
        | Inline::Index { children, .. } => Some(children),
        Inline::Citation(citation) => Some(&mut citation.rendered),
        Inline::Text { .. }
        | Inline::Code { .. }
        | Inline::Math { .. }
        | Inline::Ruby(_)
        | Inline::Image(_)
        | Inline::Note(_)
        | Inline::CrossReference(_)
        | Inline::Anchor { .. }
        | Inline::LineBreak
        | Inline::WordBreak
        | Inline::Html { .. } => None,
    }
}

/// The words of inlines without any style: bases of ruby without readings, alternatives
/// of images, no notes and no tags.
pub fn plain_text(content: &[Inline]) -> String {
    let mut text = String::new();
    inlines(content, &mut |inline| match inline {
        Inline::Text { text: words, .. } | Inline::Code { text: words, .. } => {
            text.push_str(words);
        }
        Inline::Math { tex, .. } => text.push_str(tex),
        Inline::Ruby(ruby) => {
            ruby.units.iter().for_each(|unit| text.push_str(&unit.base));
        }
        Inline::Image(image) => text.push_str(&image.alt),
        Inline::CrossReference(reference) => text.push_str(&reference.rendered),
        Inline::LineBreak => text.push('\n'),
        Inline::Styled { .. }
        | Inline::Span { .. }
        | Inline::Kenten { .. }
        | Inline::Oriented { .. }
        | Inline::TateChuYoko { .. }
        | Inline::Warichu { .. }
        | Inline::Jidori { .. }
        | Inline::Furiwake { .. }
        | Inline::Link { .. }
        | Inline::Note(_)
        | Inline::Citation(_)
        | Inline::Index { .. }
        | Inline::Anchor { .. }
        | Inline::WordBreak
        | Inline::Html { .. } => {}
    });
    text
}
