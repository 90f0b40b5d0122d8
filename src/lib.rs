//! Seihon binds a folder of Markdown into a Japanese book: EPUB and PDF.
//!
//! The program is one pipeline with two waists, the [`model::Document`] and the
//! [`display::Pages`]:
//!
//! ```text
//! folder ─book→ Book ─markdown→ [Chapter] ─model→ Document ─┬─epub→ bytes
//!                                                           └─layout→ Pages ─pdf→ bytes
//! ```

pub mod diag;
pub mod font;
pub mod geom;
pub mod line;
pub mod source;

pub mod style;
pub mod yaml;

pub mod book;

pub mod markdown;
pub mod model;

pub mod epub;

pub mod layout;

pub mod display;

pub mod pdf;

pub mod pipeline;

pub mod cli;
