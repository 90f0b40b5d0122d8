//! Layout: a document becomes pages.
//!
//! Everything here thinks along the line (`inline`) and across the lines (`block`);
//! only [`page`] knows left and right.

mod fragment;
mod inline;

pub(crate) use fragment::{Fragment, Piece, Placed, Run, RunGlyph, direction};
pub(crate) use inline::{Alignment, Line, ParagraphStyle, layout_inline};

use std::collections::BTreeSet;

use crate::diag::Sink;
use crate::font::{FontBook, Shaper};
use crate::geom::WritingMode;
use crate::model::Document;
use crate::source::FileId;
use crate::style::Style;

/// What every step of layout needs.
pub(crate) struct Context<'a> {
    /// The book.
    pub(crate) document: &'a Document,
    /// How the book looks.
    pub(crate) style: &'a Style,
    /// The faces.
    pub(crate) fonts: &'a FontBook,
    /// Turns characters into glyphs.
    pub(crate) shaper: Shaper<'a>,
    /// Takes findings in.
    pub(crate) sink: &'a mut Sink,
    /// The direction of writing of the section.
    pub(crate) writing: WritingMode,
    /// The characters without a glyph that have been told of, by file.
    pub(crate) missing: BTreeSet<(FileId, char)>,
}
