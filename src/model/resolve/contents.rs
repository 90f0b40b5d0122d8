//! The contents: the headings as a tree.

use crate::model::{
    AnchorId, Block, BlockKind, ContentsEntry, Document, Inline, ReferenceKind, Section,
    SectionKind, walk,
};

/// Lists parts, chapters and headings down to a level.
pub(super) fn collect(document: &mut Document, depth: u8) {
    let mut tree: Vec<ContentsEntry> = Vec::new();
    let mut in_part = false;
    for (index, section) in document.sections.iter().enumerate() {
        match section.kind {
            SectionKind::HalfTitle
            | SectionKind::TitlePage
            | SectionKind::Contents
            | SectionKind::Colophon => continue,
            SectionKind::Part => {
                in_part = true;
                tree.push(entry(
                    0,
                    section.number.clone(),
                    &section.title,
                    section.anchor,
                ));
                continue;
            }
            SectionKind::Chapter => {}
            SectionKind::Notes => in_part &= document.are_notes_of_part(index),
            SectionKind::Preface
            | SectionKind::Appendix
            | SectionKind::Afterword
            | SectionKind::References
            | SectionKind::Index
            | SectionKind::Profile => in_part = false,
        }
        let parent = tree.last_mut().filter(|last| in_part && last.level == 0);
        let siblings = match parent {
            Some(part) => &mut part.children,
            None => &mut tree,
        };
        add_section(siblings, section, depth);
    }
    document.contents = tree;
}

fn add_section(siblings: &mut Vec<ContentsEntry>, section: &Section, depth: u8) {
    if section.title.is_empty() {
        return;
    }
    let mut top = entry(1, section.number.clone(), &section.title, section.anchor);
    let mut title_seen = false;
    for block in &section.blocks {
        let Block {
            kind: BlockKind::Heading { level, number, content },
            anchor: Some(anchor),
            ..
        } = block
        else {
            continue;
        };
        if *level == 1 && !title_seen {
            title_seen = true;
        } else if *level <= depth && section.kind != SectionKind::Notes {
            let level = (*level).max(2);
            let entry = entry(level, number.clone(), content, *anchor);
            add_heading(&mut top.children, entry);
        }
    }
    siblings.push(top);
}

/// Fills the lists of figures, tables and listings in.
pub(super) fn collect_lists(document: &mut Document) {
    let mut found: Vec<(ReferenceKind, ContentsEntry)> = Vec::new();
    for section in &mut document.sections {
        walk::blocks_mut(
            &mut section.blocks,
            &mut |block| found.extend(listed(block)),
            &mut |_| {},
        );
    }
    for section in &mut document.sections {
        walk::blocks_mut(
            &mut section.blocks,
            &mut |block| {
                if let BlockKind::ListOf { kind, entries } = &mut block.kind {
                    let of_kind = found.iter().filter(|(of, _)| of == kind);
                    *entries = of_kind.map(|(_, entry)| entry.clone()).collect();
                }
            },
            &mut |_| {},
        );
    }
}

/// A block as a line of its list, where it has a number.
fn listed(block: &Block) -> Option<(ReferenceKind, ContentsEntry)> {
    let (kind, number, caption) = match &block.kind {
        BlockKind::Figure { number, caption, .. } => {
            (ReferenceKind::Figure, number, caption)
        }
        BlockKind::Table(table) => (ReferenceKind::Table, &table.number, &table.caption),
        BlockKind::Code(listing) => {
            (ReferenceKind::Listing, &listing.number, &listing.caption)
        }
        _ => return None,
    };
    let number = number.clone()?;
    Some((kind, entry(1, Some(number), caption, block.anchor?)))
}

/// Puts a heading below the last one of a higher level.
fn add_heading(siblings: &mut Vec<ContentsEntry>, heading: ContentsEntry) {
    match siblings.last_mut() {
        Some(last) if last.level < heading.level => {
            add_heading(&mut last.children, heading);
        }
        _ => siblings.push(heading),
    }
}

fn entry(
    level: u8,
    number: Option<String>,
    title: &[Inline],
    anchor: AnchorId,
) -> ContentsEntry {
    ContentsEntry {
        level,
        number,
        title: words_of(title),
        anchor,
        children: Vec::new(),
    }
}

/// The words of a heading; what its images show where there are no others.
fn words_of(heading: &[Inline]) -> Vec<Inline> {
    let words = without_marks(heading);
    if !walk::plain_text(&words).trim().is_empty() {
        return words;
    }
    let text = walk::plain_text(heading);
    match text.trim() {
        "" => words,
        text => vec![Inline::Text { text: text.to_owned(), span: Default::default() }],
    }
}

/// The words of a heading without what belongs to its place: notes, links, anchors, marks.
fn without_marks(content: &[Inline]) -> Vec<Inline> {
    let mut kept = Vec::new();
    for inline in content {
        match inline {
            Inline::Note(_) | Inline::Anchor { .. } | Inline::Image(_) => {}
            Inline::Html { .. } => {}
            Inline::Link { children, .. }
            | Inline::Jidori { children, .. }
            | Inline::Furiwake { children, .. }
            | Inline::Index { children, .. }
            | Inline::Span { children, .. } => kept.extend(without_marks(children)),
            Inline::Citation(citation) => kept.extend(without_marks(&citation.rendered)),
            Inline::Styled { style, children } => {
                let children = without_marks(children);
                kept.push(Inline::Styled { style: *style, children });
            }
            Inline::Kenten { mark, children } => {
                kept.push(Inline::Kenten {
                    mark: *mark,
                    children: without_marks(children),
                });
            }
            Inline::Oriented { orientation, children } => kept.push(Inline::Oriented {
                orientation: *orientation,
                children: without_marks(children),
            }),
            Inline::Warichu { .. } => {}
            Inline::CrossReference(reference) => kept.push(Inline::Text {
                text: reference.rendered.clone(),
                span: reference.span,
            }),
            Inline::Text { .. }
            | Inline::Code { .. }
            | Inline::Math { .. }
            | Inline::Ruby(_)
            | Inline::TateChuYoko { .. }
            | Inline::WordBreak => kept.push(inline.clone()),
            Inline::LineBreak => {
                kept.push(Inline::Text { text: "　".into(), span: Default::default() });
            }
        }
    }
    kept
}
