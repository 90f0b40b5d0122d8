//! Literate tests: each Markdown file below `tests/suite` is a specification.
//!
//! A heading names a test. A ```` ```md ```` block under it is the input; the blocks that
//! follow are what is expected, each of a kind that [`EXPECTATIONS`] knows. Text between
//! the blocks is for the reader. `UPDATE=1 cargo test --test suite` rewrites the
//! expectations.

#![expect(clippy::disallowed_methods, reason = "specifications are files")]

use std::fs;
use std::path::{Path, PathBuf};

use seihon::diag::{Diagnostic, Sink};
use seihon::markdown::{self, Options};
use seihon::model::{Chapter, dump};
use seihon::source::{FileId, Source};

/// What a test says goes in: the text of a chapter.
struct Input {
    source: Source,
}

/// Makes the text of one kind of expectation.
type Expectation = fn(&Input) -> String;

/// The kinds of expectations by the word after the fence.
const EXPECTATIONS: &[(&str, Expectation)] =
    &[("model", model), ("diag", diag), ("spans", spans)];

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
        let input = Input { source };
        for fence in test.fences.iter().rev().filter(|fence| fence.kind != "md") {
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
