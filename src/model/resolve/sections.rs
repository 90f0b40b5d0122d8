//! The order of the sections, and each with one title.

use std::mem;

use super::{Directions, Entry, Manuscript};
use crate::geom::WritingMode;
use crate::model::walk;
use crate::model::{
    Block, BlockKind, Chapter, Document, Inline, ReferenceKind, Section, SectionKind,
};
use crate::source::Span;
use crate::words::{self, Words};

/// Puts the sections of a book in order: title page, prefaces, contents, the text, and
/// what follows it. The chapters are taken out of the manuscript.
pub(super) fn arrange(manuscript: &mut Manuscript<'_>) -> Vec<Section> {
    let writing = manuscript.writing;
    let words = words::of(&manuscript.meta.language);
    let mut text: Vec<Section> = mem::take(&mut manuscript.entries)
        .into_iter()
        .map(|entry| match entry {
            Entry::Part { title, span } => part(&title, span, writing),
            Entry::Chapter { kind, chapter } => section(kind, chapter, writing),
        })
        .collect();
    if manuscript.article {
        if let Some(article) = text.first_mut() {
            article.authors.clone_from(&manuscript.meta.contributors);
        }
        number_names(&mut text);
        return text;
    }
    let prefaces = text.iter().take_while(|s| s.kind == SectionKind::Preface).count();
    let after = text.split_off(prefaces);
    let mut sections = Vec::new();
    if manuscript.half_title {
        sections.push(empty(SectionKind::HalfTitle, words, writing));
    }
    sections.push(empty(SectionKind::TitlePage, words, writing));
    sections.append(&mut text);
    sections.push(contents(manuscript, words));
    sections.extend(after);
    let profile = |chapter| section(SectionKind::Profile, chapter, writing);
    sections.extend(mem::take(&mut manuscript.profiles).into_iter().map(profile));
    sections.push(empty(SectionKind::Colophon, words, writing));
    number_names(&mut sections);
    sections
}

/// The direction of a section that says none: what is mostly numbers and Latin is
/// horizontal in vertical books too (JLReq 2.2.2).
fn usual_writing(kind: SectionKind, book: WritingMode) -> WritingMode {
    match kind {
        SectionKind::References | SectionKind::Index | SectionKind::Colophon => {
            WritingMode::Horizontal
        }
        SectionKind::HalfTitle
        | SectionKind::TitlePage
        | SectionKind::Contents
        | SectionKind::Preface
        | SectionKind::Part
        | SectionKind::Chapter
        | SectionKind::Appendix
        | SectionKind::Afterword
        | SectionKind::Notes
        | SectionKind::Profile => book,
    }
}

/// Whether an appendix is the list of references or the index.
fn is_list(kind: SectionKind, blocks: &[Block]) -> bool {
    let lists = |block: &Block| {
        matches!(block.kind, BlockKind::References(_) | BlockKind::Index(_))
    };
    kind == SectionKind::Appendix && blocks.iter().any(lists)
}

/// The contents, with the lists of figures and their like below them.
fn contents(manuscript: &Manuscript<'_>, words: &Words) -> Section {
    let mut section = empty(SectionKind::Contents, words, manuscript.writing);
    for kind in &manuscript.lists {
        let text = match kind {
            ReferenceKind::Figure => words.figures,
            ReferenceKind::Table => words.tables,
            ReferenceKind::Listing => words.listings,
            ReferenceKind::Section | ReferenceKind::Equation => continue,
        };
        let content = vec![Inline::Text { text: text.to_owned(), span: Span::default() }];
        let heading = BlockKind::Heading { level: 2, number: None, content };
        let list = BlockKind::ListOf { kind: *kind, entries: Vec::new() };
        let blocks = [heading, list].map(|kind| Block { kind, ..Block::default() });
        section.blocks.extend(blocks);
    }
    section
}

/// Gives the sections that the program adds the directions that the book asks for.
pub(super) fn direct(document: &mut Document, directions: &Directions) {
    for section in document.sections.iter_mut().filter(|one| one.path.is_empty()) {
        let said = match section.kind {
            SectionKind::References => directions.references,
            SectionKind::Index => directions.index,
            SectionKind::Colophon => directions.colophon,
            _ => None,
        };
        section.writing = said.unwrap_or(section.writing);
    }
}

/// A section without a source.
pub(super) fn empty(kind: SectionKind, words: &Words, writing: WritingMode) -> Section {
    let writing = usual_writing(kind, writing);
    let mut section = Section { kind, writing, ..Section::default() };
    let title = match kind {
        SectionKind::Contents => words.contents,
        SectionKind::Notes => words.notes,
        SectionKind::References => words.references,
        SectionKind::Index => words.index,
        SectionKind::Colophon => words.colophon,
        SectionKind::Profile => words.profile,
        SectionKind::HalfTitle
        | SectionKind::TitlePage
        | SectionKind::Preface
        | SectionKind::Part
        | SectionKind::Chapter
        | SectionKind::Appendix
        | SectionKind::Afterword => "",
    };
    if !title.is_empty() {
        give_title(&mut section, title, Span::default());
    }
    section.name = base_name(kind).to_string();
    section
}

fn part(title: &str, span: Span, writing: WritingMode) -> Section {
    let mut section = Section {
        kind: SectionKind::Part,
        writing,
        span,
        ..Section::default()
    };
    give_title(&mut section, title, span);
    section
}

/// A chapter as a section: its first heading, else the title of its front matter, becomes
/// the heading of level 1; the levels below move with it.
fn section(kind: SectionKind, chapter: Chapter, writing: WritingMode) -> Section {
    let front = chapter.front;
    let mut section = Section {
        kind,
        path: chapter.path,
        writing: front.writing.unwrap_or(match is_list(kind, &chapter.blocks) {
            true => WritingMode::Horizontal,
            false => usual_writing(kind, writing),
        }),
        span: chapter
            .blocks
            .first()
            .map_or(Span { file: chapter.file, ..Span::default() }, |block| block.span),
        blocks: chapter.blocks,
        notes: chapter.notes,
        authors: front.authors,
        summary: front.summary,
        ..Section::default()
    };
    let opening = section.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Heading { level, content, .. } => Some((*level, content.clone())),
        _ => None,
    });
    let starts_with_heading = matches!(
        section.blocks.first().map(|block| &block.kind),
        Some(BlockKind::Heading { .. })
    );
    let shortest = front.title.as_deref().filter(|title| !title.trim().is_empty());
    match (opening, shortest) {
        (Some((level, content)), title)
            if title.is_none_or(|title| {
                starts_with_heading
                    && (level == 1 || same_words(title, &walk::plain_text(&content)))
            }) =>
        {
            move_levels(&mut section.blocks, i16::from(level) - 1);
            section.running_title = walk::plain_text(&content).replace('\n', " ");
            section.title = content;
        }
        (opening, Some(title)) => {
            // The headings go below the title of the front matter.
            let level = opening.map_or(2, |(level, _)| level);
            move_levels(&mut section.blocks, i16::from(level) - 2);
            give_title(
                &mut section,
                title,
                Span { file: chapter.file, ..Span::default() },
            );
        }
        (_, None) => {}
    }
    if let Some(short) = front.short_title {
        section.running_title = short;
    }
    section
}

fn same_words(a: &str, b: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    letters(a) == letters(b)
}

/// Moves the levels of headings up by a number of levels, none above 1 or below 6.
fn move_levels(blocks: &mut [Block], up: i16) {
    if up == 0 {
        return;
    }
    walk::blocks_mut(
        blocks,
        &mut |block| {
            if let BlockKind::Heading { level, .. } = &mut block.kind {
                *level = (i16::from(*level) - up).clamp(1, 6) as u8;
            }
        },
        &mut |_| {},
    );
}

/// Puts a heading of level 1 before everything.
fn give_title(section: &mut Section, title: &str, span: Span) {
    let content = vec![Inline::Text { text: title.to_string(), span }];
    let kind = BlockKind::Heading { level: 1, number: None, content: content.clone() };
    section.blocks.insert(0, Block { kind, span, ..Block::default() });
    section.running_title = title.to_string();
    section.title = content;
}

fn base_name(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::HalfTitle => "halftitle",
        SectionKind::TitlePage => "titlepage",
        SectionKind::Contents => "contents",
        SectionKind::Preface => "preface",
        SectionKind::Part => "part",
        SectionKind::Chapter => "chapter",
        SectionKind::Appendix => "appendix",
        SectionKind::Afterword => "afterword",
        SectionKind::Notes => "notes",
        SectionKind::References => "references",
        SectionKind::Index => "index",
        SectionKind::Profile => "profile",
        SectionKind::Colophon => "colophon",
    }
}

/// Names the sections by their kind: `chapter-01`, `chapter-02` … where a kind can stand
/// more than once.
pub(super) fn number_names(sections: &mut [Section]) {
    let kinds = |kind: SectionKind| sections.iter().filter(|s| s.kind == kind).count();
    let widest = kinds(SectionKind::Chapter).to_string().len().max(2);
    let mut counts = std::collections::BTreeMap::new();
    for section in sections {
        let count = counts.entry(section.kind).or_insert(0_usize);
        *count += 1;
        let base = base_name(section.kind);
        section.name = match section.kind {
            SectionKind::Part | SectionKind::Chapter | SectionKind::Appendix => {
                format!("{base}-{count:0widest$}")
            }
            _ if *count > 1 => format!("{base}-{count}"),
            _ => base.to_string(),
        };
    }
}
