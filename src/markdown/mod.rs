//! Markdown: one source in, one [`Chapter`] out; comrak lives and dies here.
//!
//! ```text
//! Source ─view→ what comrak reads ─comrak→ nodes ─block→ blocks
//!                                             └─pieces→ pieces ─weave→ inlines ─join→ lines
//! ```
//!
//! comrak has no place to hook in notation of our own, so the children of one node are
//! first laid out flat as [`pieces::Piece`]s (live text, escaped characters, finished
//! nodes, HTML tags), and [`weave`] pairs our own brackets and the tags among them.

mod attributes;
mod attribution;
mod block;
mod captions;
mod cite;
mod code;
mod container;
mod depth;
mod foreign;
mod front;
mod html;
mod html_block;
mod join;
mod left_out;
mod notation;
mod pieces;
mod tags;
mod view;
mod weave;

pub use front::{FrontMatterKeys, front_matter};

use comrak::{Arena, parse_document};

use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{Chapter, FrontMatter, Note};
use crate::source::{Source, Span};
use view::View;

/// What [`parse`] has to know beside the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether the front matter belongs to the book and is passed over here.
    pub skip_front_matter: bool,
}

/// Reads a source as a chapter. What is wrong with it goes to `sink`; nothing is dropped.
pub fn parse(source: &Source, options: Options, sink: &mut Sink) -> Chapter {
    let front = match options.skip_front_matter {
        true => FrontMatter::default(),
        false => front_matter(source, sink),
    };
    let body = front::body_start(&source.text);
    let view = view::build(source, body, sink);
    let arena = Arena::new();
    let root = parse_document(&arena, &view.text, &comrak_options());
    let mut reader = Reader::new(source, &view, sink);
    let blocks = reader.blocks(root);
    reader.tell_left_out(root, body);
    let mut notes = reader.notes;
    notes.sort_by_key(|note| note.span);
    if blocks.is_empty() && front.title.is_none() && !options.skip_front_matter {
        let place = source.span(body..body);
        let finding =
            Diagnostic::new(Code::EmptyChapter, place, "the chapter has no text");
        sink.push(finding.hint("write some, or take it out of `chapters`"));
    }
    Chapter {
        file: source.id,
        path: source.path.clone(),
        front,
        blocks,
        notes,
    }
}

fn comrak_options() -> comrak::Options<'static> {
    let mut options = comrak::Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.description_lists = true;
    options.extension.alerts = true;
    options.extension.math_dollars = true;
    options.extension.cjk_friendly_emphasis = true;
    options.extension.block_directive = true;
    options.parse.leave_footnote_definitions = true;
    options.parse.escaped_char_spans = true;
    options
}

/// What reading one source carries along.
struct Reader<'s> {
    source: &'s Source,
    view: &'s View<'s>,
    sink: &'s mut Sink,
    notes: Vec<Note>,
    in_table: bool,
    /// Whether lines of the source are lines of verse.
    in_verse: bool,
    in_link: bool,
    repairs: usize,
    /// In how many blocks the one stands that is being read.
    depth: usize,
    /// In how many nodes of a line the one stands that is being read.
    depth_in_line: usize,
    told_depth: bool,
    /// How many lines comrak left out at the head of the paragraph that is being read.
    left_out: usize,
}

impl<'s> Reader<'s> {
    fn new(source: &'s Source, view: &'s View<'s>, sink: &'s mut Sink) -> Self {
        let notes = Vec::new();
        Self {
            source,
            view,
            sink,
            notes,
            in_table: false,
            in_verse: false,
            in_link: false,
            repairs: 0,
            depth: 0,
            depth_in_line: 0,
            told_depth: false,
            left_out: 0,
        }
    }

    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        self.source.span(range.clone())
    }

    fn warn(&mut self, code: Code, at: &std::ops::Range<usize>, words: &str, hint: &str) {
        let finding = Diagnostic::new(code, self.span(at), words);
        self.sink
            .push(if hint.is_empty() { finding } else { finding.hint(hint) });
    }
}

#[cfg(test)]
mod tests;
