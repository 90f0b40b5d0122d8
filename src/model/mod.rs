//! The semantic document: what a book says, before any output decides how it looks.
//!
//! [`Chapter`] is one source as it was read; [`resolve`] joins the chapters into a
//! [`Document`] in which every number, note, reference and link is known. Both outputs
//! start from there.

mod address;
mod block;
pub mod dump;
mod inline;
mod language;
mod meta;
mod pages;
pub mod resolve;
pub mod walk;

pub use address::outside;
pub use block::{
    Alignment, Block, BlockKind, Cell, Container, DefinitionItem, IndexEntry, IndexGroup,
    ListItem, Listing, Table, cell_columns,
};
pub use inline::{
    Anchor, AnchorId, Attributes, Citation, CitationItem, CrossReference, Image, Inline,
    InlineStyle, KentenMark, NoteReference, ReferenceKind, Ruby, RubyUnit, Target,
    TextOrientation,
};
pub use language::is_language_tag;
pub use meta::{Alternate, Conformance, Contributor, Metadata, Series, Subject};
pub use pages::{PageStart, TextPlace, TextSource};

pub use crate::image::{ImageFormat, Orientation};

use crate::geom::WritingMode;
use crate::source::{FileId, Span};
use crate::words::{self, Words};

/// One source of the book as Markdown reads it: nothing in it is numbered or linked yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chapter {
    /// The file.
    pub file: FileId,
    /// The path of the file below the book's folder.
    pub path: String,
    /// What the front matter says, else nothing.
    pub front: FrontMatter,
    /// The text.
    pub blocks: Vec<Block>,
    /// The footnotes written in this chapter, in the order of their definitions.
    pub notes: Vec<Note>,
}

/// The front matter of a chapter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// The title, where it is not the first heading.
    pub title: Option<String>,
    /// A shorter title for running heads.
    pub short_title: Option<String>,
    /// The authors of this chapter.
    pub authors: Vec<Contributor>,
    /// When it was written, as `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What it says, in short.
    pub summary: Option<String>,
    /// Its direction of writing where that is not the book's.
    pub writing: Option<WritingMode>,
}

/// A footnote (注).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    /// The label that the source refers to it by.
    pub label: String,
    /// The number that the reader sees, from 1 in each chapter in the order of the first
    /// references; 0 before [`resolve`].
    pub number: usize,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Its place, where it stands away from the page that refers to it; set by resolving.
    pub anchor: Option<AnchorId>,
    /// Where it is written.
    pub span: Span,
}

/// After what the notes of a book stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotePlace {
    /// On the pages that refer to them.
    #[default]
    Page,
    /// After their chapters.
    Chapter,
    /// After each part, in a section of their own.
    Part,
    /// After the text, in a section of their own.
    Book,
}

/// A book with everything known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Title, authors and what else the colophon and the catalogue need.
    pub meta: Metadata,
    /// The direction of writing of the book.
    pub writing: WritingMode,
    /// What the book is made of, in the order of reading.
    pub sections: Vec<Section>,
    /// The contents (目次) as a tree.
    pub contents: Vec<ContentsEntry>,
    /// All places that can be linked to, by [`AnchorId`].
    pub anchors: Vec<Anchor>,
    /// All images, by the number in [`Image::file`].
    pub images: Vec<ImageFile>,
    /// The number of the cover's image in `images`; `None` for a typographic cover.
    pub cover: Option<usize>,
}

impl Document {
    /// The words that the program puts into the book.
    pub fn words(&self) -> &'static Words {
        words::of(&self.meta.language)
    }

    /// Whether a section of notes belongs to the part before it: no chapter before that part
    /// has its notes there.
    pub fn are_notes_of_part(&self, index: usize) -> bool {
        let before = &self.sections[..index];
        let part = before.iter().rposition(|one| one.kind == SectionKind::Part);
        let is_here = |one: &Section| one.notes_in == Some(index);
        part.is_some_and(|part| !before[..part].iter().any(is_here))
    }
}

/// A part of the book that starts a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// A name of ASCII letters, digits and `-` that no other section has, for file names.
    pub name: String,
    /// The path of its source; empty where it has none.
    pub path: String,
    /// The number of its title as it is written, like 第一章; `None` where it has none.
    pub number: Option<String>,
    /// Its title, as its first heading or its front matter has it; empty for a title page.
    pub title: Vec<Inline>,
    /// Its title for running heads.
    pub running_title: String,
    /// The place of its beginning.
    pub anchor: AnchorId,
    /// The direction of writing.
    pub writing: WritingMode,
    /// The text, with its title as the first heading where it has one.
    pub blocks: Vec<Block>,
    /// The notes, numbered, in the order of their numbers.
    pub notes: Vec<Note>,
    /// The number of the section that holds the notes, where that is another one.
    pub notes_in: Option<usize>,
    /// The contributors named by its front matter.
    pub authors: Vec<Contributor>,
    /// The summary of its front matter.
    pub summary: Option<String>,
    /// Where it begins in the source.
    pub span: Span,
}

/// What a section is to the book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionKind {
    /// The half title (前扉): the title alone, before the title page.
    HalfTitle,
    /// The title page (本扉); set from the metadata.
    TitlePage,
    /// The contents (目次); set from [`Document::contents`].
    Contents,
    /// A preface (まえがき), set like a chapter.
    Preface,
    /// The title page of a part (中扉); its title is the only heading.
    Part,
    /// A chapter of the text.
    #[default]
    Chapter,
    /// An appendix (付録), set like a chapter.
    Appendix,
    /// An afterword (あとがき), set like a chapter.
    Afterword,
    /// The notes (注) of the chapters before it.
    Notes,
    /// The list of references (参考文献), where no chapter holds it.
    References,
    /// The index (索引), where no chapter holds it.
    Index,
    /// The authors' profiles (著者紹介).
    Profile,
    /// The colophon (奥付); set from the metadata.
    Colophon,
}

/// A line of the contents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContentsEntry {
    /// Its level in the tree: 0 for parts, 1 for chapters, 2 and more for headings below.
    pub level: u8,
    /// The number of the heading as it is written, where it has one.
    pub number: Option<String>,
    /// What it says, without notes, index marks and links.
    pub title: Vec<Inline>,
    /// Where it leads.
    pub anchor: AnchorId,
    /// The lines below it.
    pub children: Vec<ContentsEntry>,
}

impl ContentsEntry {
    /// The lines of the contents, or of the list of a kind, as stretches of the text.
    pub fn sources(kind: Option<ReferenceKind>) -> impl Iterator<Item = TextSource> {
        (0..).map(move |number| match kind {
            None => TextSource::Contents(number),
            Some(kind) => TextSource::ListOf(kind, number + 1),
        })
    }

    /// The number and the words, in one line.
    pub fn words(&self) -> String {
        numbered(self.number.as_deref(), &walk::plain_text(&self.title))
    }
}

/// The words of a heading in one line, after its number where it has one.
pub fn numbered(number: Option<&str>, title: &str) -> String {
    let title = title.replace('\n', " ");
    match number {
        Some(number) if title.is_empty() => number.to_owned(),
        Some(number) => format!("{number}\u{3000}{title}"),
        None => title,
    }
}

/// The bytes of an image.
#[derive(Clone, Default, PartialEq)]
pub struct ImageFile {
    /// Its path below the book's folder.
    pub path: String,
    /// What it holds.
    pub data: std::sync::Arc<Vec<u8>>,
    /// How it is encoded.
    pub format: ImageFormat,
    /// How its pixels are to be laid.
    pub orientation: Orientation,
    /// Its width in pixels or in the units of an SVG, as it stands upright.
    pub width: u32,
    /// Its height in pixels or in the units of an SVG, as it stands upright.
    pub height: u32,
    /// Where it is named first.
    pub span: Span,
}

impl std::fmt::Debug for ImageFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { path, format, width, height, .. } = self;
        write!(f, "ImageFile({path}, {format:?}, {width}x{height})")
    }
}
