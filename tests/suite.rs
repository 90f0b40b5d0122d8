//! Literate tests: each Markdown file below `tests/suite` is a specification.
//!
//! A heading names a test. A ```` ```md ```` block under it is the input, beside which a
//! ```` ```yaml ```` block may give the `book.yaml`; the blocks that follow are what is
//! expected, each of a kind that [`EXPECTATIONS`] knows. Text between the blocks is for the
//! reader. `UPDATE=1 cargo test --test suite` rewrites the
//! expectations.

#![expect(clippy::disallowed_methods, reason = "specifications are files")]

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use seihon::book::{BOOK_FILE, Memory};
use seihon::diag::{Diagnostic, Sink};
use seihon::epub::{self, EpubOptions};
use seihon::layout;
use seihon::markdown::{self, Options};
use seihon::model::{Chapter, dump};
use seihon::pipeline::{self, Volume};
use seihon::source::{FileId, Source};
use zip::ZipArchive;

/// What a test says goes in.
struct Input {
    /// The text of a chapter.
    source: Source,
    /// The `book.yaml`; without one, the chapter is an article by itself.
    book: Option<String>,
}

/// Makes the text of one kind of expectation.
type Expectation = fn(&Input) -> String;

/// The words after the fence of what goes in.
const INPUTS: &[&str] = &["md", "yaml"];

/// The kinds of expectations by the word after the fence.
const EXPECTATIONS: &[(&str, Expectation)] = &[
    ("model", model),
    ("diag", diag),
    ("spans", spans),
    ("xhtml", xhtml),
    ("display", display),
];

fn read(input: &Input) -> (Chapter, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let chapter = markdown::parse(&input.source, Options::default(), &mut sink);
    (chapter, sink.finish())
}

/// The model that Markdown gives, as [`dump::chapter`] writes it.
fn model(input: &Input) -> String {
    dump::chapter(&read(input).0)
}

/// The findings: where, how grave, what, and what to do.
fn diag(input: &Input) -> String {
    let mut out = String::new();
    for found in read(input).1 {
        let (line, column) = input.source.line_column(found.span.start as usize);
        let (severity, code) = (found.severity.name(), found.code.name());
        let at = input.source.slice(found.span).lines().next().unwrap_or("");
        out += &format!("{line}:{column} {severity}[{code}] {}\n", found.message);
        out += &format!("  at: {at}\n");
        found
            .hints
            .iter()
            .for_each(|hint| out += &format!("  hint: {hint}\n"));
    }
    out
}

/// Where the inlines stand: the words of the source under each span.
fn spans(input: &Input) -> String {
    dump::spans(&read(input).0, &input.source)
}

/// The book bound as far as both outputs go together.
fn compile(input: &Input) -> Volume {
    let mut files = Memory::default();
    let article = (&input.source.path, &input.source.text);
    let book = input.book.as_ref().map(|book| (BOOK_FILE.to_owned(), book));
    for (path, text) in [(article.0.clone(), article.1)].into_iter().chain(book) {
        files.files.insert(path, text.clone().into_bytes());
    }
    let article = input.book.is_none().then_some(input.source.path.as_str());
    let options = pipeline::Options { article, ..pipeline::Options::default() };
    pipeline::compile(&files, options)
        .volume
        .expect("the book can be read")
}

/// The bodies of the pages of the EPUB, but those that are made from the metadata.
fn xhtml(input: &Input) -> String {
    let Volume { document, style, fonts, .. } = compile(input);
    let options = EpubOptions { embed_fonts: false, ..EpubOptions::default() };
    let bytes = epub::export(&document, &style, &fonts, &options, &mut Sink::default());
    let bytes = bytes.expect("fonts that are not embedded cannot be at fault");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("it is a container");
    let mut out = String::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("the file is in its list");
        let name = file.name().expect("names are UTF-8").into_owned();
        let is_text = name.ends_with(".xhtml") && !name.ends_with("nav.xhtml");
        let mut page = String::new();
        if is_text && file.read_to_string(&mut page).is_ok() {
            let body =
                page.split_once("<body").and_then(|(_, rest)| rest.split_once('>'));
            let body = body.and_then(|(_, rest)| rest.split_once("</body>"));
            let body = body.map_or("", |(body, _)| body).trim();
            let is_made = |kind| body.contains(&format!("epub:type=\"{kind}\""));
            if ["cover", "titlepage", "colophon"].iter().any(is_made) {
                continue;
            }
            out += body;
            out.push('\n');
        }
    }
    out
}

/// The pages, as [`display::dump`](seihon::display::dump) writes them.
fn display(input: &Input) -> String {
    let Volume { document, style, fonts, .. } = compile(input);
    let pages = layout::layout(&document, &style, &fonts, &mut Sink::default());
    seihon::display::dump(&pages)
}

/// A fenced block of a specification.
struct Fence {
    kind: String,
    text: String,
    /// The lines of the text, from 0, without the fences.
    lines: std::ops::Range<usize>,
}

/// A heading and the blocks under it.
struct Test {
    name: String,
    fences: Vec<Fence>,
}

/// Reads a specification. A fence of more than three backquotes may hold shorter ones.
fn tests(text: &str) -> Vec<Test> {
    let mut tests = Vec::new();
    let mut open: Option<(String, Fence)> = None;
    for (number, line) in text.lines().enumerate() {
        if let Some((marks, mut fence)) = open.take() {
            if line == marks {
                fence.lines.end = number;
                let test: Option<&mut Test> = tests.last_mut();
                test.expect("a heading stands before each block").fences.push(fence);
            } else {
                fence.text += line;
                fence.text.push('\n');
                open = Some((marks, fence));
            }
        } else if line.starts_with("```") {
            let marks: String = line.chars().take_while(|&c| c == '`').collect();
            let kind = line[marks.len()..].to_owned();
            let fence = Fence {
                kind,
                text: String::new(),
                lines: number + 1..number,
            };
            open = Some((marks, fence));
        } else if line.starts_with('#') {
            let name = line.trim_start_matches('#').trim().to_owned();
            tests.push(Test { name, fences: Vec::new() });
        }
    }
    assert!(open.is_none(), "the last block is not closed");
    tests.into_iter().filter(|test| !test.fences.is_empty()).collect()
}

/// Checks a specification; gives what is wrong and the text as it should be.
fn check(path: &Path, text: &str) -> (Vec<String>, String) {
    let mut faults = Vec::new();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for test in tests(text).iter().rev() {
        let input = test.fences.iter().find(|fence| fence.kind == "md");
        let Some(input) = input else {
            faults.push(format!("{}: no input", test.name));
            continue;
        };
        let source = Source::new(FileId(0), "test.md", input.text.replace('␣', " "));
        let book = test.fences.iter().find(|fence| fence.kind == "yaml");
        let input = Input { source, book: book.map(|fence| fence.text.clone()) };
        let expected = test
            .fences
            .iter()
            .filter(|fence| !INPUTS.contains(&fence.kind.as_str()));
        for fence in expected.rev() {
            let find = EXPECTATIONS.iter().find(|(kind, _)| *kind == fence.kind);
            let Some((_, make)) = find else {
                faults.push(format!("{}: unknown block `{}`", test.name, fence.kind));
                continue;
            };
            let given = make(&input);
            if given != fence.text {
                let (path, name) = (path.display(), &test.name);
                faults.push(format!(
                    "{path}: {name}: {}\nexpected:\n{}given:\n{given}",
                    fence.kind, fence.text
                ));
            }
            lines.splice(fence.lines.clone(), given.lines().map(str::to_owned));
        }
    }
    faults.reverse();
    (faults, lines.join("\n") + "\n")
}

fn specifications(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the suite lies beside this file");
    let mut paths = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            paths.extend(specifications(&path));
        } else if path.extension().is_some_and(|ending| ending == "md") {
            paths.push(path);
        }
    }
    paths.sort();
    paths
}

#[test]
fn suite() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let update = std::env::var_os("UPDATE").is_some();
    let mut faults = Vec::new();
    for path in specifications(&folder) {
        let text = fs::read_to_string(&path).expect("the file was just listed");
        let (found, updated) = check(&path, &text);
        if update && updated != text {
            fs::write(&path, updated).expect("the suite can be written");
        }
        faults.extend(found);
    }
    assert!(update || faults.is_empty(), "{}", faults.join("\n"));
}
