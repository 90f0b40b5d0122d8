//! `docs/book-format.md` against the program: it names every key, value and finding.

use std::collections::{BTreeMap, BTreeSet};

use seihon::book::{self, Memory};
use seihon::diag::{Code, Diagnostic, Sink};
use seihon::markdown;
use seihon::press::{papers, printers};
use seihon::source::{Source, Sources};
use seihon::style::{presets, themes};

/// The page.
const PAGE: &str = include_str!("../docs/book-format.md");

/// A word that no key and no value is near to.
const UNKNOWN: &str = "zzzzzzzzzzzz";

/// The words in the code of the page.
fn code_words() -> BTreeSet<&'static str> {
    let mut words = BTreeSet::new();
    let mut fenced = false;
    for line in PAGE.lines() {
        fenced ^= line.trim_start().starts_with("```");
        let code: Vec<&str> = match fenced {
            true => vec![line],
            false => line.split('`').skip(1).step_by(2).collect(),
        };
        let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        words.extend(code.iter().flat_map(|code| code.split(|c| !is_word(c))));
    }
    words
}

/// What a hint says of the words that would have been right.
fn known(diagnostics: &[Diagnostic]) -> Vec<String> {
    let hints = diagnostics.iter().flat_map(|found| &found.hints);
    let lists = hints.filter_map(|hint| hint.strip_prefix("known are: "));
    lists.flat_map(|list| list.split(", ")).map(str::to_owned).collect()
}

/// The words that could stand in the place of the unknown one in a file of a book.
fn known_to_book(file: &str, article: Option<&str>, text: &str) -> Vec<String> {
    let text = text.replace('?', UNKNOWN).into_bytes();
    let files = Memory { files: BTreeMap::from([(file.to_owned(), text)]) };
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    book::load(&files, article, None, &mut sources, &mut sink);
    known(&sink.finish())
}

fn known_to_chapter(text: &str) -> Vec<String> {
    let source = Source::new(Default::default(), "a.md", text.replace('?', UNKNOWN));
    let mut sink = Sink::default();
    markdown::parse(&source, markdown::Options::default(), &mut sink);
    known(&sink.finish())
}

/// Fails where the page lacks one of the words that belong to a place.
fn expect(place: &str, words: &[String]) {
    let page = code_words();
    assert!(!words.is_empty(), "{place}: the program names no words");
    let missing: Vec<&String> =
        words.iter().filter(|word| !page.contains(word.as_str())).collect();
    assert!(missing.is_empty(), "docs/book-format.md lacks {missing:?} of {place}");
}

#[test]
fn every_key_of_a_book_is_described() {
    let book = "title: 本\nchapters: []\n";
    for place in [
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
    ] {
        let base = match place.starts_with("chapters") {
            true => "title: 本\n",
            false => book,
        };
        let text = format!("{base}{place}\n");
        expect(place, &known_to_book("book.yaml", None, &text));
    }
}

#[test]
fn every_key_of_front_matter_is_described() {
    expect("an article", &known_to_book("a.md", Some("a.md"), "---\n?: 0\n---\n"));
    expect("a chapter", &known_to_chapter("---\n?: 0\n---\n"));
}

#[test]
fn every_container_is_described() {
    expect("containers", &known_to_chapter("::: ?\n文\n:::\n"));
}

#[test]
fn every_preset_and_finding_is_described() {
    let presets: Vec<String> =
        presets().iter().map(|preset| preset.name.clone()).collect();
    expect("page presets", &presets);
    let themes: Vec<String> =
        themes().iter().map(|(name, _)| (*name).to_owned()).collect();
    expect("themes", &themes);
    let printers: Vec<String> =
        printers().iter().map(|printer| printer.name.clone()).collect();
    expect("printers", &printers);
    let papers: Vec<String> = papers().iter().map(|paper| paper.name.clone()).collect();
    expect("papers", &papers);
    let codes: Vec<String> =
        Code::ALL.iter().map(|code| code.name().to_owned()).collect();
    expect("findings", &codes);
}
