//! Places that can be linked to, and the links to them.

use std::collections::BTreeMap;

use super::citations::REFERENCES;
use super::headings;
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::walk;
use crate::model::{
    Anchor, AnchorId, Block, BlockKind, CrossReference, Document, Image, ImageFile,
    Inline, ReferenceKind, Section, SectionKind, Target, outside,
};
use crate::source::{Span, resolve_path};
use crate::words::{self, Words};

/// All places by what sources call them.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The number of the section of each file.
    sections: BTreeMap<String, usize>,
    /// The number of the section that holds the list of references.
    references: Option<usize>,
    /// The ids of each section.
    ids: Vec<BTreeMap<String, AnchorId>>,
    /// What cross-references can name, in the order of reading.
    numbered: Vec<Numbered>,
}

/// Something that a cross-reference can name.
#[derive(Debug)]
struct Numbered {
    kind: ReferenceKind,
    id: String,
    anchor: AnchorId,
    rendered: String,
}

/// Makes a place of each section, heading and numbered thing and of everything that has
/// an id.
pub(super) fn assign(document: &mut Document, sink: &mut Sink) -> Places {
    let mut places = Places::default();
    let mut anchors = Vec::new();
    let words = document.words();
    for (index, section) in document.sections.iter_mut().enumerate() {
        places.sections.entry(section.path.clone()).or_insert(index);
        let mut names = Names {
            section: index,
            kind: section.kind,
            words,
            anchors: &mut anchors,
            ids: BTreeMap::new(),
            used: BTreeMap::new(),
            slugs: BTreeMap::new(),
            sink,
        };
        section.anchor = names.add(String::new());
        assign_section(section, &mut names, &mut places.numbered);
        places.ids.push(names.ids);
    }
    let holds_references = |section: &Section| holds_references(&section.blocks);
    places.references = document.sections.iter().position(holds_references);
    document.anchors = anchors;
    places
}

fn holds_references(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        BlockKind::References(entries) => !entries.is_empty(),
        BlockKind::Quote(blocks) | BlockKind::Container { blocks, .. } => {
            holds_references(blocks)
        }
        _ => false,
    })
}

/// Gives out the names of one section.
struct Names<'a> {
    section: usize,
    kind: SectionKind,
    words: &'static Words,
    anchors: &'a mut Vec<Anchor>,
    ids: BTreeMap<String, AnchorId>,
    used: BTreeMap<String, usize>,
    /// How often the words of headings stood before.
    slugs: BTreeMap<String, usize>,
    sink: &'a mut Sink,
}

/// How much of its words the name of a heading holds, in bytes.
const LONGEST_NAME: usize = 600;

impl Names<'_> {
    fn add(&mut self, name: String) -> AnchorId {
        let id = AnchorId(self.anchors.len() as u32);
        self.anchors.push(Anchor { section: self.section, name });
        id
    }

    /// The place of an id that the author gave.
    fn given(&mut self, id: &str, span: Span) -> AnchorId {
        if self.ids.contains_key(id) {
            let message = format!("the id `{id}` stands twice in this chapter");
            let hint = "links lead to the first; give the other one an id of its own";
            self.sink
                .push(Diagnostic::new(Code::DuplicateId, span, message).hint(hint));
        }
        let name = self.unique(&xml_name(id));
        let anchor = self.add(name);
        self.ids.entry(id.to_string()).or_insert(anchor);
        anchor
    }

    /// The place of a heading without an id; links find it as other tools name it.
    fn slugged(&mut self, words: &str) -> AnchorId {
        let slug = slug(words);
        let start = &slug[..slug.floor_char_boundary(LONGEST_NAME)];
        let name = self.unique(&xml_name(start));
        let anchor = self.add(name);
        let count = self.slugs.entry(slug.clone()).or_insert(0);
        let mut id = slug.clone();
        while self.ids.contains_key(&id) {
            *count += 1;
            id = format!("{slug}-{count}");
        }
        self.ids.insert(id, anchor);
        anchor
    }

    /// The place of something that only the program links to.
    fn numbered(&mut self, base: &str) -> AnchorId {
        let name = self.unique(base);
        self.add(name)
    }

    fn unique(&mut self, base: &str) -> String {
        let count = self.used.entry(base.to_string()).or_insert(0);
        *count += 1;
        if *count == 1 {
            return base.to_string();
        }
        let name = format!("{base}-{count}");
        self.unique(&name)
    }
}

fn assign_section(
    section: &mut Section,
    names: &mut Names<'_>,
    numbered: &mut Vec<Numbered>,
) {
    let mut assign_blocks = |blocks: &mut Vec<Block>| {
        walk::blocks_mut(
            blocks,
            &mut |block| assign_block(block, names, numbered),
            &mut |_| {},
        );
        walk::blocks_mut(blocks, &mut |_| {}, &mut |content| {
            walk::inlines_mut(content, &mut |inline| assign_inline(inline, names));
        });
    };
    assign_blocks(&mut section.blocks);
    section
        .notes
        .iter_mut()
        .for_each(|note| assign_blocks(&mut note.blocks));
}

fn assign_block(block: &mut Block, names: &mut Names<'_>, numbered: &mut Vec<Numbered>) {
    let given = block.attributes.id.clone();
    let label = match &block.kind {
        BlockKind::Heading { level, number, content } => {
            let words = walk::plain_text(content);
            if given.is_none() {
                block.anchor = Some(names.slugged(&words));
            }
            let rendered = match number {
                Some(number) => {
                    headings::reference(number, *level, names.kind, names.words)
                }
                None => words::fill(names.words.quoted, words),
            };
            Some((ReferenceKind::Section, rendered))
        }
        BlockKind::Figure { number: Some(number), .. } => {
            Some((ReferenceKind::Figure, number.clone()))
        }
        BlockKind::Table(table) => {
            table.number.clone().map(|number| (ReferenceKind::Table, number))
        }
        BlockKind::Code(listing) => {
            listing.number.clone().map(|number| (ReferenceKind::Listing, number))
        }
        BlockKind::Math { number: Some(number), .. } => {
            Some((ReferenceKind::Equation, words::fill(names.words.equation, number)))
        }
        _ => None,
    };
    if let Some(id) = &given {
        block.anchor = Some(names.given(id, block.span));
    }
    if let Some((kind, rendered)) = label {
        let anchor = *block.anchor.get_or_insert_with(|| names.numbered("item"));
        let id = given.unwrap_or_default();
        numbered.push(Numbered { kind, id, anchor, rendered });
    }
}

fn assign_inline(inline: &mut Inline, names: &mut Names<'_>) {
    match inline {
        Inline::Span { attributes, anchor, children } => {
            if let Some(id) = &attributes.id {
                let span = children.first().map(text_span).unwrap_or_default();
                *anchor = Some(names.given(id, span));
            }
        }
        Inline::Anchor { id, anchor, span } => *anchor = Some(names.given(id, *span)),
        Inline::Index { anchor, .. } => *anchor = Some(names.numbered("index")),
        _ => {}
    }
}

fn text_span(inline: &Inline) -> Span {
    match inline {
        Inline::Text { span, .. } | Inline::Code { span, .. } => *span,
        _ => Span::default(),
    }
}

/// Connects links, cross-references and images.
pub(super) fn link(document: &mut Document, places: &Places, sink: &mut Sink) {
    let anchors: Vec<AnchorId> = document.sections.iter().map(|s| s.anchor).collect();
    let images = &document.images;
    for (index, section) in document.sections.iter_mut().enumerate() {
        let path = section.path.clone();
        let mut linker = Linker {
            index,
            path: &path,
            places,
            anchors: &anchors,
            images,
            sink,
        };
        let notes = section.notes.iter_mut().map(|note| &mut note.blocks);
        for blocks in std::iter::once(&mut section.blocks).chain(notes) {
            walk::blocks_mut(
                blocks,
                &mut |block| {
                    if let BlockKind::Figure { image, .. } = &mut block.kind {
                        find_image(image, &path, images);
                    }
                },
                &mut |_| {},
            );
            walk::blocks_mut(blocks, &mut |_| {}, &mut |content| {
                walk::inlines_mut(content, &mut |inline| linker.connect(inline));
            });
        }
    }
}

/// What is known while the links of one section are connected.
struct Linker<'a> {
    index: usize,
    path: &'a str,
    places: &'a Places,
    anchors: &'a [AnchorId],
    images: &'a [ImageFile],
    sink: &'a mut Sink,
}

impl Linker<'_> {
    fn connect(&mut self, inline: &mut Inline) {
        match inline {
            Inline::Link { target, span, .. } => match target {
                Target::File { path, fragment } => {
                    *target = self.find(path, fragment.as_deref(), *span);
                }
                Target::Url(url) if outside(url).is_none() => {
                    let message = format!("no reader follows a link to `{url}`");
                    let hint = "link to an address on the web, or to a file of the book";
                    let finding = Diagnostic::new(Code::BrokenLink, *span, message);
                    self.sink.push(finding.hint(hint));
                    *target = Target::Nowhere;
                }
                Target::Url(_) | Target::Anchor(_) | Target::Nowhere => {}
            },
            Inline::CrossReference(reference) => self.refer(reference),
            Inline::Image(image) => find_image(image, self.path, self.images),
            _ => {}
        }
    }

    fn find(&mut self, path: &str, fragment: Option<&str>, span: Span) -> Target {
        let Some(section) = self.find_section(path) else {
            let message = format!("the link leads to `{path}`, which is not in the book");
            let hint = "add the file to `chapters`, or link to its address on the web";
            self.sink
                .push(Diagnostic::new(Code::BrokenLink, span, message).hint(hint));
            return Target::Nowhere;
        };
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else {
            return Target::Anchor(self.anchors[section]);
        };
        let decoded = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
        let ids = &self.places.ids[section];
        let found = ids.get(decoded.as_ref()).or_else(|| ids.get(&slug(&decoded)));
        if let Some(anchor) = found {
            return Target::Anchor(*anchor);
        }
        let message =
            format!("the link leads to `#{decoded}`, which that chapter has not");
        let mut finding = Diagnostic::new(Code::BrokenLink, span, message)
            .hint("the link leads to the beginning of the chapter instead");
        let near = ids.keys().min_by_key(|id| strsim::levenshtein(id, &decoded));
        if let Some(near) = near.filter(|id| strsim::levenshtein(id, &decoded) <= 3) {
            finding = finding.hint(format!("there is `#{near}`"));
        }
        self.sink.push(finding);
        Target::Anchor(self.anchors[section])
    }

    /// The section of a file as links name it: the file itself, the page that another
    /// tool makes of it, or the folder that it opens.
    fn find_section(&self, path: &str) -> Option<usize> {
        match path {
            "" => return Some(self.index),
            REFERENCES => return self.places.references,
            _ => {}
        }
        let path = resolve_path(self.path, path)?;
        let stem = path.strip_suffix(".html").or_else(|| path.strip_suffix(".xhtml"));
        let folder = stem.and_then(|stem| stem.strip_suffix("index")).unwrap_or(&path);
        let folder = folder.trim_end_matches('/');
        let join = |name: &str| match folder {
            "" => name.to_string(),
            folder => format!("{folder}/{name}"),
        };
        let candidates = [
            path.clone(),
            format!("{}.md", stem.unwrap_or(&path)),
            join("README.md"),
            join("index.md"),
        ];
        candidates
            .iter()
            .find_map(|name| self.places.sections.get(name).copied())
    }

    fn refer(&mut self, reference: &mut CrossReference) {
        let full = format!("{}:{}", prefix(reference.kind), reference.id);
        let same_kind = |known: &&Numbered| known.kind == reference.kind;
        let mut known = self.places.numbered.iter().filter(same_kind);
        if let Some(found) = known.find(|n| n.id == full || n.id == reference.id) {
            reference.target = Some(found.anchor);
            reference.rendered.clone_from(&found.rendered);
            return;
        }
        reference.rendered = format!("@{full}");
        let message = format!("nothing in the book has the id `{full}`");
        let mut finding =
            Diagnostic::new(Code::UnknownReference, reference.span, message)
                .hint(format!("write `{{#{full}}}` after what it refers to"));
        let ids = self.places.numbered.iter().filter(same_kind).map(|known| &known.id);
        let near = ids.filter(|id| strsim::levenshtein(id, &full) <= 3).min();
        if let Some(near) = near {
            finding = finding.hint(format!("there is `{near}`"));
        }
        self.sink.push(finding);
    }
}

fn prefix(kind: ReferenceKind) -> &'static str {
    match kind {
        ReferenceKind::Figure => "fig",
        ReferenceKind::Table => "tbl",
        ReferenceKind::Section => "sec",
        ReferenceKind::Listing => "lst",
        ReferenceKind::Equation => "eq",
    }
}

fn find_image(image: &mut Image, path: &str, images: &[ImageFile]) {
    let wanted = resolve_path(path, &image.path);
    image.file = wanted
        .and_then(|wanted| images.binary_search_by(|file| file.path.cmp(&wanted)).ok());
}

/// The id that other tools give a heading: lower case, blanks as `-`, no punctuation.
fn slug(words: &str) -> String {
    let lower = words.trim().to_lowercase();
    lower
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '　' | '-' | '_' | '\n'))
        .map(|c| if c.is_whitespace() { '-' } else { c })
        .collect()
}

/// A name that XML takes as an id, as near to a text as can be.
fn xml_name(text: &str) -> String {
    let name: String = text
        .chars()
        .map(
            |c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' },
        )
        .map(|c| if is_name_char(c) { c } else { '-' })
        .collect();
    match name.chars().next() {
        Some(first) if first.is_alphabetic() || first == '_' => name,
        Some(_) => format!("h-{name}"),
        None => "h".to_string(),
    }
}

/// Whether XML takes a character inside a name without a doubt: ASCII, kana, the common
/// ideographs and other letters of the basic plane.
fn is_name_char(c: char) -> bool {
    c.is_ascii()
        || matches!(c, '\u{c0}'..='\u{2ff}' | '\u{370}'..='\u{1fff}' | '\u{3001}'..='\u{d7ff}')
            && !matches!(c, '×' | '÷' | '\u{37e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_names_of_xml() {
        assert_eq!(xml_name("fig:細胞"), "fig-細胞");
        assert_eq!(xml_name("2章"), "h-2章");
        assert_eq!(xml_name(""), "h");
        assert_eq!(slug("Hello, World!　です"), "hello-world-です");
    }
}
