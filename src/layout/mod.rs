//! Layout: a document becomes pages.
//!
//! Everything here thinks along the line (`inline`) and across the lines (`block`);
//! only [`page`] knows left and right.

mod fragment;
mod inline;

pub(crate) use fragment::{Fragment, Piece, Placed, Run, RunGlyph};
