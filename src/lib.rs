//! Seihon binds a folder of Markdown into a Japanese book: EPUB and PDF.
//!
//! The program is one pipeline with two waists, the [`model::Document`] and the
//! [`display::Pages`]:
//!
//! ```text
//! folder ─book→ Book ─markdown→ [Chapter] ─model→ Document ─┬─epub→ bytes
//!                                                           └─layout→ Pages ─pdf→ bytes
//! ```
//!
//! [`compile`] goes up to the document, [`export`] from there to the bytes. Neither fails:
//! what is wrong with a book is told to a [`diag::Sink`], with its place in the
//! [`source::Sources`]. A book comes from anything that is [`book::Files`]: from a
//! [`book::Folder`] on the disk, or from the memory.
//!
//! ```
//! use seihon::book::Memory;
//! use seihon::{Options, compile, export};
//!
//! let mut files = Memory::default();
//! files.files.insert("book.yaml".into(), "title: 短い本\nchapters: [a.md]\n".into());
//! files.files.insert("a.md".into(), "# 章\n\n{漢字|かんじ}にルビが付く。\n".into());
//!
//! let mut compiled = compile(&files, Options::default());
//! let volume = compiled.volume.expect("the title and the chapters are there");
//! assert_eq!(volume.document.meta.title, "短い本");
//!
//! let artifacts = export(&volume, &volume.outputs, &mut compiled.sink);
//! assert_eq!(artifacts.len(), 2);
//! assert!(artifacts[0].bytes.starts_with(b"PK"));
//! assert!(artifacts[1].bytes.starts_with(b"%PDF-"));
//! assert!(!compiled.sink.has_errors());
//! ```

// The leaves: pure, and without knowledge of the pipeline.
pub mod color;
pub mod css;
pub mod diag;
pub mod font;
pub mod geom;
pub mod highlight;
pub mod image;
pub mod line;
pub mod math;
pub mod numeral;
pub mod source;
pub mod standard;
pub mod style;
pub mod words;
pub mod yaml;

// The pipeline in its order.
pub mod book;
pub mod markdown;
pub mod model;

pub mod cover;
pub mod matter;

pub mod epub;

pub mod layout;

pub mod display;
pub mod pdf;
pub mod press;

pub mod impose;

// The whole of it, and the edge to the world.
pub mod cli;
pub mod pipeline;

pub use pipeline::{Artifact, Compiled, Options, Volume, compile, export};
