//! Chapters become a document: sections, numbers, notes, links, citations, index, contents.

mod anchors;
mod boxes;
mod citations;
mod contents;
mod headings;
mod index;
mod listings;
mod notes;
mod numbers;
mod sections;

pub use headings::Numbering;

use super::{
    Chapter, Document, ImageFile, Metadata, NotePlace, ReferenceKind, SectionKind,
};
use crate::diag::Sink;
use crate::geom::WritingMode;
use crate::source::{Source, Span};

/// Everything that a book is made of, read and not yet joined.
#[derive(Clone, Debug, Default)]
pub struct Manuscript<'a> {
    /// Title, authors and the rest.
    pub meta: Metadata,
    /// The direction of writing.
    pub writing: WritingMode,
    /// Parts and chapters in the order of reading.
    pub entries: Vec<Entry>,
    /// The authors' profiles.
    pub profiles: Vec<Chapter>,
    /// The list of references.
    pub bibliography: Option<&'a Source>,
    /// The style of citations: the text of a CSL file, or the name of a built-in style.
    pub citation_style: CitationStyle,
    /// All images that the chapters name and that could be read, sorted by path.
    pub images: Vec<ImageFile>,
    /// The number of the cover's image in `images`.
    pub cover: Option<usize>,
    /// After what the notes stand.
    pub note_place: NotePlace,
    /// Whether the marks of notes that are written after commas and full stops stand before
    /// them.
    pub notes_before_stops: bool,
    /// Whether notes are counted through the book, not in each chapter anew.
    pub notes_through: bool,
    /// The deepest level of headings that the contents list: 1 for chapters only.
    pub contents_depth: u8,
    /// How parts and headings are numbered.
    pub numbering: Numbering,
    /// The lists that follow the contents: figures, tables, listings.
    pub lists: Vec<ReferenceKind>,
    /// Whether a half title stands before the title page.
    pub half_title: bool,
    /// The directions of sections that say none themselves.
    pub directions: Directions,
    /// Whether it is a single article, without title page and colophon.
    pub article: bool,
}

/// The directions of writing of sections that are not the text; `None` for the usual one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Directions {
    /// The list of references.
    pub references: Option<WritingMode>,
    /// The index.
    pub index: Option<WritingMode>,
    /// The colophon.
    pub colophon: Option<WritingMode>,
}

/// A part or a chapter.
#[derive(Clone, Debug)]
pub enum Entry {
    /// The beginning of a part (部).
    Part {
        /// Its title.
        title: String,
        /// Where the title is written.
        span: Span,
    },
    /// A chapter, or what is set like one.
    Chapter {
        /// What it is to the book.
        kind: SectionKind,
        /// The chapter.
        chapter: Chapter,
    },
}

/// The style of citations and of the list of references, and where the book names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CitationStyle {
    /// The name of a style that the program has.
    Named(String, Span),
    /// The text of a CSL file.
    Csl(String, Span),
}

impl Default for CitationStyle {
    fn default() -> Self {
        Self::Named("sist02".to_string(), Span::default())
    }
}

/// Joins a manuscript into a document. Never fails: what cannot be resolved is told to
/// `sink` and set as readable text.
pub fn resolve(mut manuscript: Manuscript<'_>, sink: &mut Sink) -> Document {
    // What the book consists of, each piece with one heading of level 1.
    let sections = sections::arrange(&mut manuscript);
    let Manuscript { meta, writing, bibliography, citation_style, .. } = manuscript;
    let mut document = Document {
        meta,
        writing,
        images: manuscript.images,
        cover: manuscript.cover,
        sections,
        ..Document::default()
    };

    // Boxes without a heading say what they are.
    boxes::name(&mut document);

    // Notes get their numbers in the order of the references to them.
    if manuscript.notes_before_stops {
        notes::put_before_stops(&mut document);
    }
    notes::number(&mut document, manuscript.notes_through, sink);

    // Parts, chapters and the headings below them are numbered as the book asks for.
    headings::number(&mut document, &manuscript.numbering);

    // Figures, tables, listings and equations get theirs.
    numbers::number(&mut document);

    // Listings are read in their languages.
    listings::read(&mut document);

    // Citations and the list of references are set by the citation style.
    citations::render(&mut document, bibliography, &citation_style, sink);

    // The index needs a section of its own before places are given out.
    index::make_room(&mut document);

    // Notes after a part or the book stand in a section of their own.
    notes::gather(&mut document, manuscript.note_place);

    // Everything that can be linked to becomes a place; links and images find theirs.
    sections::direct(&mut document, &manuscript.directions);
    let places = anchors::assign(&mut document, sink);
    notes::give_places(&mut document, manuscript.note_place);
    anchors::link(&mut document, &places, sink);

    // The index and the contents list places.
    index::collect(&mut document);
    contents::collect(&mut document, manuscript.contents_depth);
    contents::collect_lists(&mut document);
    document
}
