//! Citations set one by one, and the list of references filled in.

use hayagriva::{ElemChild, ElemChildren, Rendered};

use super::csl_json::marked;
use super::works::Works;
use super::{REFERENCES, style};
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::resolve::{CitationStyle, sections};
use crate::model::walk;
use crate::model::{
    Attributes, Block, BlockKind, Citation, Document, Inline, InlineStyle, SectionKind,
    Target,
};
use crate::source::{Source, Span};

/// Sets each citation and fills the list of references in.
pub(in crate::model::resolve) fn render(
    document: &mut Document,
    bibliography: Option<&Source>,
    style: &CitationStyle,
    sink: &mut Sink,
) {
    let works = bibliography.and_then(|source| {
        let cited = citations(document).into_iter().flat_map(|citation| &citation.items);
        let cited = cited.map(|item| item.key.clone()).collect();
        Works::read(source, &cited, sink)
    });
    let works = works.unwrap_or_else(Works::none);
    check(document, &works, bibliography.is_some(), sink);
    let cited = citations(document).iter().any(|citation| knows(&works, citation));
    if !cited {
        return;
    }
    let Some(style) = style::find(style, sink) else { return };
    let rendered = works.set(&citations(document), &style);
    place(document, &works, rendered);
}

/// All citations in the order of reading.
fn citations(document: &Document) -> Vec<&Citation> {
    let mut found = Vec::new();
    for section in &document.sections {
        let notes = section.notes.iter().map(|note| &note.blocks);
        for blocks in std::iter::once(&section.blocks).chain(notes) {
            walk::texts(blocks, &mut |content| {
                walk::inlines(content, &mut |inline| {
                    if let Inline::Citation(citation) = inline {
                        found.push(citation);
                    }
                });
            });
        }
    }
    found
}

fn knows(works: &Works, citation: &Citation) -> bool {
    citation.items.iter().any(|item| works.has(&item.key))
}

/// Tells of keys that are not in the list. `@word` in a sentence is left as it is.
fn check(document: &Document, works: &Works, has_list: bool, sink: &mut Sink) {
    for citation in citations(document) {
        for item in &citation.items {
            let known = works.has(&item.key);
            if known || citation.narrative && !has_list {
                continue;
            }
            let key = &item.key;
            let message = format!("`{key}` is not in the list of references");
            let near = works
                .keys()
                .into_iter()
                .map(|known| (strsim::levenshtein(known, key), known))
                .filter(|(distance, _)| *distance <= 3)
                .min();
            let mut finding = Diagnostic::new(Code::UnknownCitation, item.span, message);
            finding = match near {
                Some((_, near)) => finding.hint(format!("there is `{near}`")),
                None if has_list => finding.hint("add it to the file of `references`"),
                None => finding.hint("name a file of references in `book.yaml`"),
            };
            sink.push(finding);
        }
    }
}

/// Puts what the style has made into the document.
fn place(document: &mut Document, works: &Works, rendered: Rendered) {
    let mut results = rendered.citations.into_iter();
    for section in &mut document.sections {
        let notes = section.notes.iter_mut().map(|note| &mut note.blocks);
        for blocks in std::iter::once(&mut section.blocks).chain(notes) {
            walk::blocks_mut(blocks, &mut |_| {}, &mut |content| {
                walk::inlines_mut(content, &mut |inline| {
                    if let Inline::Citation(citation) = inline {
                        place_one(citation, works, &mut results);
                    }
                });
            });
        }
    }
    let items = rendered.bibliography.map(|list| list.items).unwrap_or_default();
    let entries: Vec<Block> = items
        .into_iter()
        .map(|item| {
            let mut content = Vec::new();
            if let Some(first) = item.first_field {
                convert(&ElemChildren(vec![first]), works, &mut content);
                content.push(text(" "));
            }
            convert(&item.content, works, &mut content);
            if works.title(&item.key).is_some_and(|title| style::is_japanese(&title)) {
                style::in_japanese(&mut content);
            }
            let id = Some(entry_id(&item.key));
            let attributes = Attributes { id, ..Attributes::default() };
            let kind = BlockKind::Paragraph(tidy(content));
            Block { kind, attributes, ..Block::default() }
        })
        .collect();
    fill(document, entries);
}

fn place_one(
    citation: &mut Citation,
    works: &Works,
    results: &mut dyn Iterator<Item = hayagriva::RenderedCitation>,
) {
    if !knows(works, citation) {
        return;
    }
    let Some(result) = results.next() else { return };
    let mut words = Vec::new();
    convert(&result.citation, works, &mut words);
    let first = citation.items.iter().find(|item| works.has(&item.key));
    let fragment = first.and_then(|item| works.id(&item.key)).map(entry_id);
    let link = Inline::Link {
        target: Target::File { path: REFERENCES.to_string(), fragment },
        title: None,
        children: words,
        span: citation.span,
    };
    citation.rendered = if citation.narrative {
        let names = first.and_then(|item| names(&works.authors(&item.key)));
        names.into_iter().map(|name| text(&name)).chain([link]).collect()
    } else {
        vec![link]
    };
}

/// The authors as a sentence names them.
fn names(authors: &[String]) -> Option<String> {
    let first = authors.first()?;
    let more = if authors.len() > 1 { "ら" } else { "" };
    Some(format!("{first}{more}"))
}

fn entry_id(key: &str) -> String {
    format!("ref-{key}")
}

/// Puts the entries where a chapter wants them, else into a section of their own.
fn fill(document: &mut Document, entries: Vec<Block>) {
    for section in &mut document.sections {
        let mut found = false;
        walk::blocks_mut(
            &mut section.blocks,
            &mut |block| {
                if let BlockKind::References(place) = &mut block.kind
                    && !found
                {
                    place.clone_from(&entries);
                    found = true;
                }
            },
            &mut |_| {},
        );
        if found {
            return;
        }
    }
    let block = Block {
        kind: BlockKind::References(entries),
        ..Block::default()
    };
    let mut section =
        sections::empty(SectionKind::References, document.words(), document.writing);
    section.blocks.push(block);
    let end = document.sections.iter().rposition(|section| {
        !matches!(
            section.kind,
            SectionKind::Index | SectionKind::Profile | SectionKind::Colophon
        )
    });
    document.sections.insert(end.map_or(0, |last| last + 1), section);
}

fn text(words: &str) -> Inline {
    Inline::Text { text: words.to_string(), span: Span::default() }
}

fn convert(children: &ElemChildren, works: &Works, out: &mut Vec<Inline>) {
    for child in &children.0 {
        match child {
            ElemChild::Text(piece) if works.has_marks() => {
                let pieces = marked(&piece.text).into_iter();
                out.extend(pieces.map(|inline| styled(inline, piece.formatting)));
            }
            ElemChild::Text(piece) => {
                out.push(styled(text(&piece.text), piece.formatting));
            }
            ElemChild::Elem(element) => convert(&element.children, works, out),
            ElemChild::Markup(words) => out.push(text(words)),
            ElemChild::Link { text: piece, url } => out.push(Inline::Link {
                target: Target::Url(url.clone()),
                title: None,
                children: vec![text(&piece.text)],
                span: Span::default(),
            }),
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn styled(inline: Inline, formatting: hayagriva::Formatting) -> Inline {
    use hayagriva::citationberg::{FontStyle, VerticalAlign};
    let wrap = |style, inline| Inline::Styled { style, children: vec![inline] };
    let inline = match formatting.font_style {
        FontStyle::Italic => wrap(InlineStyle::Emphasis, inline),
        FontStyle::Normal => inline,
    };
    match formatting.vertical_align {
        VerticalAlign::Sup => wrap(InlineStyle::Superscript, inline),
        VerticalAlign::Sub => wrap(InlineStyle::Subscript, inline),
        VerticalAlign::None | VerticalAlign::Baseline => inline,
    }
}

/// Joins neighbouring texts.
fn tidy(content: Vec<Inline>) -> Vec<Inline> {
    let mut tidied: Vec<Inline> = Vec::new();
    for inline in content {
        match (tidied.last_mut(), inline) {
            (Some(Inline::Text { text: before, .. }), Inline::Text { text, .. }) => {
                before.push_str(&text);
            }
            (_, inline) => tidied.push(inline),
        }
    }
    tidied
}
