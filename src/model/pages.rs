//! Where the pages of a printed edition start in the text of a book.

use crate::source::Span;

/// The start of a page (改ページの位置), as another edition of the book can mark it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageStart {
    /// The place of the page in its edition, from 0.
    pub page: usize,
    /// The number of the page (ノンブル) as its readers know it.
    pub label: String,
    /// The section that stands on it.
    pub section: usize,
    /// The first character that belongs to it; `None` for the beginning of the section.
    pub place: Option<TextPlace>,
}

/// A character in the text of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextPlace {
    /// The stretch of the text that it stands in.
    pub of: TextSource,
    /// How many bytes of the stretch come before it: for ruby of the words without their
    /// readings; 0 for what is no text.
    pub offset: usize,
}

/// A stretch of the text of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextSource {
    /// The inline or the block with this span.
    Span(Span),
    /// A line of the contents, counted from 0.
    Contents(usize),
    /// An entry of the list of references, counted from 0.
    Reference(usize),
    /// A heading or a word of the index, counted from 0.
    Index(usize),
}
