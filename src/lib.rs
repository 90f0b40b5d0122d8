//! Seihon binds a folder of Markdown into a Japanese book: EPUB and PDF.

pub mod diag;
pub mod font;
pub mod geom;
pub mod line;
pub mod source;
