//! The EPUBs of whole books before the checkers that stores use: EPUBCheck and ACE.
#![cfg(all(feature = "embedded-fonts", feature = "svg", feature = "bibliography"))]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;
mod tools;

use common::Project;

/// The EPUB of a book of this repository.
fn bind(book: &str, writing: &str) -> Vec<u8> {
    let project = Project::of(book, writing);
    let run = project.run(["build", "--output", "epub", "--quiet"]);
    run.code(0);
    let made = project.files().into_iter().find(|path| path.ends_with(".epub"));
    project.read(&made.expect("it is built"))
}

#[test]
fn the_book_passes() {
    let epub = bind("book", "horizontal");
    tools::epubcheck("book", &epub);
    tools::ace("book", &epub);
}

#[test]
fn formulas_pass() {
    let suite = include_str!("suite/output/mathml.md");
    let formulas: Vec<&str> =
        suite.lines().filter(|line| line.starts_with("$$")).collect();
    assert!(formulas.len() > 50);
    let config = "title: 数式\nauthors: [著者]\nlanguage: ja\nchapters: [a.md]\n";
    let project = Project::new()
        .write("book.yaml", config)
        .write("a.md", format!("# 数式\n\n{}\n", formulas.join("\n\n")));
    project.run(["build", "-o", "book.epub", "--quiet"]).code(0);
    let epub = project.read("book.epub");
    tools::epubcheck("formulas", &epub);
    tools::ace("formulas", &epub);
}

#[test]
fn everything_passes_across() {
    let epub = bind("tests/books/everything", "horizontal");
    tools::epubcheck("everything-across", &epub);
    tools::ace("everything-across", &epub);
}

#[test]
fn everything_passes_down() {
    let epub = bind("tests/books/everything", "vertical");
    tools::epubcheck("everything-down", &epub);
    tools::ace("everything-down", &epub);
}
