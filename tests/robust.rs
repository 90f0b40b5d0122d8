//! Input that no author means: the program tells of it, loses nothing, and ends soon.
#![cfg(feature = "embedded-fonts")]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;

use std::io::{Cursor, Read};

use common::{Project, Run};

/// An article, built.
fn build(text: &str) -> (Project, Run) {
    let project = Project::new().write("a.md", text);
    let run = project.run(["build", "a.md"]);
    (project, run)
}

/// The pages of the EPUB of an article.
fn pages(project: &Project) -> String {
    let bytes = project.read("dist/a.epub");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("the EPUB is a ZIP");
    let mut pages = String::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("each file can be opened");
        if file.name().is_ok_and(|name| name.ends_with(".xhtml")) {
            file.read_to_string(&mut pages).expect("pages are text");
        }
    }
    pages
}

#[test]
fn long_words_of_any_letters_are_hyphenated() {
    let word = "ηλεκτρο".repeat(9);
    let (_, run) = build(&format!("[{word}]{{lang=el}}{word}、[x]{{lang=el}}\n"));
    run.code(0);
}

#[test]
fn notes_to_notes_lead_back() {
    let text = "本文^[注一^[注二]]と[リンク^[注三]](https://example.org)。\n";
    let style = "style: { notes: { kind: endnote, at: book } }\n";
    let project = Project::new()
        .write("book.yaml", format!("title: 題\nchapters: [a.md, b.md]\n{style}"))
        .write("a.md", text)
        .write("b.md", text);
    project.run(["build", "--deny-warnings"]).code(0);
}

#[test]
fn formulas_with_controls_are_well_formed() {
    let (project, run) = build("あ $a\u{1}b$\n\n$$\n\\text{\u{1}}\n$$\n");
    run.code(0);
    assert!(!pages(&project).contains('\u{1}'));
}

#[test]
fn a_book_without_text_is_told() {
    let project = Project::new()
        .write("book.yaml", "title: 題\nchapters: [a.md, b.md]\n")
        .write("a.md", "---\ndate: 2026-11-22\n---\n<!-- 後で -->\n")
        .write("b.md", "# 題\n");
    let run = project.run(["build", "--message-format", "short"]);
    run.code(0)
        .tells("a.md:4:1: warning[empty-chapter]: the chapter has no text");
    assert!(!run.stderr.contains("b.md"), "{}", run.stderr);
    let (_, run) = build("");
    run.code(0).tells("PDF/A-2a: the book has no text");
}
