//! The structure of the book over its pages: what a reader who does not see them is told.
//!
//! A tree of elements in the order of reading (ISO 32000-1, 14.8), whatever the order in
//! which pages are drawn. What stands on a page says by its [`Tag`] which leaf it belongs
//! to; a leaf may be in many places, as a paragraph that goes on over pages.

use crate::geom::WritingMode;
use crate::source::Span;

/// What something on a page is to those who are read to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// Nothing: it is not read out.
    Artifact(Artifact),
    /// A part of the text.
    Content(ContentId),
}

impl Default for Tag {
    fn default() -> Self {
        Self::Artifact(Artifact::Layout)
    }
}

/// What is not read out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Artifact {
    /// Rules, grounds, leaders, what is said a second time.
    #[default]
    Layout,
    /// A running head (柱) or a folio (ノンブル) at the head of a page.
    Header,
    /// One at its foot.
    Footer,
}

/// The number of a leaf of the structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId(pub u32);

/// An element of the structure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// What it is.
    pub role: Role,
    /// Its language as a BCP 47 tag, where it is not that around it.
    pub language: Option<String>,
    /// Words in its place, for what cannot be read out as it stands: figures, formulas,
    /// and what a link leads to.
    pub alt: Option<String>,
    /// The text that it is, for an image that stands for a character (外字).
    pub actual: Option<String>,
    /// Its title: the words of a heading.
    pub title: Option<String>,
    /// Its direction of writing, where it is not that around it.
    pub writing: Option<WritingMode>,
    /// Where the book says it, for what cannot be written as it should be; `None` for what
    /// is part of the element around, or nowhere in the text.
    pub span: Option<Span>,
    /// How many columns and how many rows a cell takes; `None` for one of each.
    pub reach: Option<(u32, u32)>,
    /// What it consists of, in the order of reading.
    pub children: Vec<Child>,
}

/// A part of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Child {
    /// An element.
    Element(Element),
    /// What on the pages has this number.
    Content(ContentId),
}

/// What an element is (ISO 32000-1, 14.8.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A part of the book.
    Part,
    /// A section: a chapter, the preface, the colophon.
    Section,
    /// Blocks that belong together.
    #[default]
    Division,
    /// The title of the book.
    Title,
    /// A heading, from 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A quotation of paragraphs.
    BlockQuote,
    /// A list.
    List(Marks),
    /// An item of a list.
    Item,
    /// The mark of an item or the number of a note.
    Label,
    /// What an item says.
    Body,
    /// A table.
    Table,
    /// The head of a table.
    TableHead,
    /// The body of a table.
    TableBody,
    /// A row of a table.
    Row,
    /// A cell that says what stands below it.
    HeadCell,
    /// A cell that says what stands beside it.
    RowHeadCell,
    /// A cell.
    Cell,
    /// An image.
    Figure,
    /// What is said about a figure, a table or a listing.
    Caption,
    /// A footnote.
    Note,
    /// A reference to another place of the book.
    Reference,
    /// Words that lead elsewhere.
    Link,
    /// The contents, or a part of them below an entry.
    Contents,
    /// An entry of the contents.
    ContentsItem,
    /// The index.
    Index,
    /// An entry of the list of references.
    BibEntry,
    /// Code.
    Code,
    /// A formula.
    Formula,
    /// Words in another language or of another kind.
    Span,
    /// Words with emphasis.
    Emphasis,
    /// Words with strong emphasis.
    Strong,
    /// Words with their reading (ルビ).
    Ruby,
    /// The words of a ruby (親文字).
    RubyBase,
    /// The reading of a ruby (ルビ文字).
    RubyText,
    /// A note in two small lines (割注).
    Warichu,
    /// The words of such a note.
    WarichuText,
}

/// How the items of a list are marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Marks {
    /// Not at all, or with the words that the items explain.
    #[default]
    None,
    /// With bullets.
    Bullets,
    /// With numbers.
    Numbers,
}

impl Element {
    /// An element without anything in it.
    pub fn new(role: Role) -> Self {
        Self { role, ..Self::default() }
    }
}
