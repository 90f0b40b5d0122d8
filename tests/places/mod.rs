//! Places in a book where a word is unknown, and the words that the program knows there.

use std::collections::BTreeMap;

use seihon::book::{self, Memory};
use seihon::diag::{Diagnostic, Sink};
use seihon::markdown;
use seihon::source::{Source, Sources};

/// A word that no key and no value is near to.
pub(crate) const UNKNOWN: &str = "zzzzzzzzzzzz";

/// Entries of `book.yaml` with `?` for the unknown word.
pub(crate) const PLACES: [&str; 90] = [
    "?: 0",
    "authors: [{ name: 甲, ?: 0 }]",
    "authors: [{ name: 甲, role: ? }]",
    "series: { name: 甲, ?: 0 }",
    "subjects: [{ name: 甲, ?: 0 }]",
    "subjects: [{ name: 甲, code: { ?: 0 } }]",
    "subjects: [{ name: 甲, code: { authority: ?, term: '1' } }]",
    "accessibility: { ?: 0 }",
    "writing: ?",
    "chapters: [{ ?: 0 }]",
    "chapters: [{ file: a.md, role: ? }]",
    "style: { ?: 0 }",
    "style: { trim: { ?: 0 } }",
    "style: { margins: { ?: 0 } }",
    "style: { text: { ?: 0 } }",
    "style: { colors: { ?: 0 } }",
    "style: { rules: { ?: 0 } }",
    "style: { headings: { ?: 0 } }",
    "style: { headings: { h1: { ?: 0 } } }",
    "style: { headings: { h1: { font: ? } } }",
    "style: { headings: { h1: { align: ? } } }",
    "style: { headings: { h1: { rule: ? } } }",
    "style: { headings: { h1: { kind: ? } } }",
    "style: { headings: { h1: { starts: ? } } }",
    "style: { headings: { h1: { at-top: ? } } }",
    "style: { headings: { h1: { number: ? } } }",
    "style: { openings: { ?: 0 } }",
    "style: { openings: { parts: ? } }",
    "style: { index: { ?: 0 } }",
    "style: { references: { ?: 0 } }",
    "style: { colophon: { ?: 0 } }",
    "style: { colophon: { fields: [?] } }",
    "lists: [?]",
    "numbering: { ?: 0 }",
    "numbering: { appendices: { ?: 0 } }",
    "style: { title-page: { ?: 0 } }",
    "style: { contents: { ?: 0 } }",
    "style: { captions: { ?: 0 } }",
    "style: { notes: { ?: 0 } }",
    "style: { quotes: { ?: 0 } }",
    "style: { verse: { ?: 0 } }",
    "style: { notes: { kind: ? } }",
    "style: { notes: { at: ? } }",
    "style: { notes: { number: ? } }",
    "style: { lists: { ?: 0 } }",
    "style: { running-heads: { ?: 0 } }",
    "style: { running-heads: { pages: ? } }",
    "style: { running-heads: { at: ? } }",
    "style: { running-heads: { align: ? } }",
    "style: { running-heads: { odd: ? } }",
    "style: { folios: { ?: 0 } }",
    "style: { folios: { mode: ? } }",
    "style: { line: { ?: 0 } }",
    "style: { line: { preset: ? } }",
    "style: { line: { breaking: ? } }",
    "style: { line: { kinsoku: ? } }",
    "style: { line: { iteration-mark: ? } }",
    "style: { line: { reduction: ? } }",
    "style: { line: { line-end: ? } }",
    "style: { line: { bracket-at-head: ? } }",
    "style: { line: { parentheses: ? } }",
    "style: { line: { ruby-overhang: ? } }",
    "style: { line: { ruby-alignment: ? } }",
    "style: { line: { ruby-edge: ? } }",
    "style: { line: { jukugo-ruby: ? } }",
    "style: { line: { note-mark: ? } }",
    "style: { line: { after-speech: ? } }",
    "style: { line: { after-formula: ? } }",
    "style: { line: { after-heading: ? } }",
    "style: { line: { script-pairs: ? } }",
    "style: { line: { unlisted: ? } }",
    "style: { line: { vertical-signs: ? } }",
    "fonts: { ?: {} }",
    "fonts: { mincho: { ?: [] } }",
    "outputs: { ?: {} }",
    "outputs: { epub: { ?: 0 } }",
    "outputs: { epub: { fonts: ? } }",
    "outputs: { pdf: { ?: 0 } }",
    "outputs: { pdf: { standard: ? } }",
    "outputs: { epub: { page-list: ? } }",
    "outputs: { epub: { profile: ? } }",
    "outputs: { epub: { max-image: { ?: 0 } } }",
    "outputs: { press: { ?: 0 } }",
    "outputs: { press: { color: ? } }",
    "outputs: { press: { standard: ? } }",
    "outputs: { press: { hidden-folios: ? } }",
    "outputs: { press: { paper: { ?: 0 } } }",
    "outputs: { press: { cover-sheet: { ?: 0 } } }",
    "outputs: { handout: { ?: 0 } }",
    "outputs: { handout: { binding: ? } }",
];

/// `book.yaml` with an entry; the word of a place is unknown.
pub(crate) fn book(entry: &str) -> String {
    let chapters = match entry.starts_with("chapters") {
        true => "",
        false => "chapters: []\n",
    };
    format!("title: 本\n{chapters}{entry}\n").replace('?', UNKNOWN)
}

/// The words that could stand at a place of `book.yaml`.
pub(crate) fn known_to_book(place: &str) -> Vec<String> {
    known_to_file("book.yaml", None, &book(place))
}

/// The words that could stand at a place of the front matter of an article.
pub(crate) fn known_to_article(place: &str) -> Vec<String> {
    let text = format!("---\n{place}---\n").replace('?', UNKNOWN);
    known_to_file("a.md", Some("a.md"), &text)
}

fn known_to_file(file: &str, article: Option<&str>, text: &str) -> Vec<String> {
    let files = Memory {
        files: BTreeMap::from([(file.to_owned(), text.into())]),
    };
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    book::load(&files, article, None, &mut sources, &mut sink);
    known(&sink.finish())
}

/// The words that could stand at a place of a chapter.
pub(crate) fn known_to_chapter(text: &str) -> Vec<String> {
    let source = Source::new(Default::default(), "a.md", text.replace('?', UNKNOWN));
    let mut sink = Sink::default();
    markdown::parse(&source, markdown::Options::default(), &mut sink);
    known(&sink.finish())
}

/// What a hint says of the words that would have been right.
fn known(diagnostics: &[Diagnostic]) -> Vec<String> {
    let hints = diagnostics.iter().flat_map(|found| &found.hints);
    let lists = hints.filter_map(|hint| hint.strip_prefix("known are: "));
    lists.flat_map(|list| list.split(", ")).map(str::to_owned).collect()
}
