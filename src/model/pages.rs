//! Where the pages of a printed edition start in the text of a book.

use super::ReferenceKind;
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
    /// The first character that belongs to it; where no text starts on it, that of the next
    /// page.
    pub place: TextPlace,
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

impl TextPlace {
    /// The place where a stretch of the text starts.
    pub fn start(of: TextSource) -> Self {
        Self { of, offset: 0 }
    }
}

/// A stretch of the text of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextSource {
    /// The beginning of the section.
    Beginning,
    /// The names of its authors below its title.
    Byline,
    /// The inline, the block, the item or the note with this span.
    Span(Span),
    /// A line of the contents, counted from 0.
    Contents(usize),
    /// A line of a list of figures or their like, counted from 1; 0 for the title that the
    /// program gives it.
    ListOf(ReferenceKind, usize),
    /// An entry of the list of references, counted from 0.
    Reference(usize),
    /// A heading or a word of the index, counted from 0.
    Index(usize),
    /// The end of the section.
    End,
}
