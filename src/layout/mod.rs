//! Layout: a document becomes pages.
//!
//! Everything here thinks along the line (`inline`) and across the lines (`block`);
//! only [`page`] knows left and right.

mod formula;
mod fragment;
mod inline;

mod flow;

mod fill;

mod matter;
mod note;
mod section;

mod book;

mod running;

mod page;

mod structure;

mod start;

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests;

pub(crate) use crate::line::Beside;
pub(crate) use formula::{FormulaPart, FormulaStyle, formula};
pub(crate) use fragment::{Piece, Placed, Posture, Run, RunGlyph, direction};
pub(crate) use inline::{
    Alignment, Lead, Line, ParagraphStyle, layout_inline, layout_led, western_language,
};
pub(crate) use note::{NoteLabel, note_labels};
pub(crate) use start::Starts;
pub(crate) use structure::Structure;

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::diag::Sink;
use crate::display::{Info, Pages};
use crate::font::{FontBook, Shaper};
use crate::geom::WritingMode;
use crate::model::{Document, PageStart};
use crate::source::FileId;
use crate::style::Style;

/// What a file says about a book.
pub fn info(document: &Document) -> Info {
    page::info(document)
}

/// Lays a document out. Never fails: what cannot be set is told to `sink`.
pub fn layout(
    document: &Document,
    style: &Style,
    fonts: &FontBook,
    sink: &mut Sink,
) -> Pages {
    paginate(document, style, fonts, sink).0
}

/// Lays a document out as [`layout`] does, and tells beside the pages where each of them
/// starts in the text.
pub fn paginate(
    document: &Document,
    style: &Style,
    fonts: &FontBook,
    sink: &mut Sink,
) -> (Pages, Vec<PageStart>) {
    let styles = Styles::new(style);
    let mut cx = Context {
        document,
        style: styles.book(),
        styles: &styles,
        fonts,
        shaper: Shaper::new(fonts),
        sink,
        writing: document.writing,
        notes: Rc::default(),
        digits: 0,
        missing: BTreeSet::new(),
        language: western_language(&document.meta.language),
        structure: Structure::of(document),
        starts: Starts::default(),
    };

    // Sections become leaves, and leaves the pages of a book, until the numbers that
    // contents and index show are those of the pages.
    let bound = book::bind(&mut cx);

    // Which characters begin a page, in the terms of the document.
    let mut starts = cx.starts.of_pages(&bound);

    // Everything gets its place on its page.
    let pages = page::place(&mut cx, bound);
    for start in &mut starts {
        start.label = start::label(pages.pages[start.page].label);
    }
    (pages, starts)
}

/// The style of the book in both directions of writing.
pub(crate) struct Styles {
    book: Style,
    other: Style,
}

impl Styles {
    fn new(style: &Style) -> Self {
        let turned = match style.writing {
            WritingMode::Horizontal => WritingMode::Vertical,
            WritingMode::Vertical => WritingMode::Horizontal,
        };
        Self {
            book: style.clone().within_page(),
            other: style.in_direction(turned).within_page(),
        }
    }

    /// The style of the book's own direction.
    fn book(&self) -> &Style {
        &self.book
    }

    /// The style of a direction.
    fn of(&self, writing: WritingMode) -> &Style {
        if writing == self.book.writing { &self.book } else { &self.other }
    }
}

impl Context<'_> {
    /// Sets something in a direction of writing, whatever the direction around it is.
    fn within<T>(&mut self, writing: WritingMode, set: impl FnOnce(&mut Self) -> T) -> T {
        let around = (self.writing, self.style);
        (self.writing, self.style) = (writing, self.styles.of(writing));
        let done = set(self);
        (self.writing, self.style) = around;
        done
    }
}

/// What every step of layout needs.
pub(crate) struct Context<'a> {
    /// The book.
    pub(crate) document: &'a Document,
    /// How the book looks, in the direction of writing.
    pub(crate) style: &'a Style,
    /// How it looks in both directions.
    pub(crate) styles: &'a Styles,
    /// The faces.
    pub(crate) fonts: &'a FontBook,
    /// Turns characters into glyphs.
    pub(crate) shaper: Shaper<'a>,
    /// Takes findings in.
    pub(crate) sink: &'a mut Sink,
    /// The direction of writing of the section.
    pub(crate) writing: WritingMode,
    /// How the notes of the section are referred to, by their numbers in it.
    pub(crate) notes: Rc<[NoteLabel]>,
    /// The language of Western words (ISO 639-1), where no span names another.
    pub(crate) language: [u8; 2],
    /// How many digits the numbers have that stand side by side in vertical lines and are to be
    /// of one size; 0 where each has its own.
    pub(crate) digits: usize,
    /// The characters without a glyph that have been told of, by file.
    pub(crate) missing: BTreeSet<(FileId, char)>,
    /// The structure of what has been set.
    pub(crate) structure: Structure,
    /// Where what has been set starts in the text.
    pub(crate) starts: Starts,
}
