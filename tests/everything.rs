//! The book of every construct of the format, bound in both directions.
#![cfg(all(feature = "embedded-fonts", feature = "svg", feature = "bibliography"))]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;

use common::Project;

fn binds(writing: &str) {
    let project = Project::everything(writing);
    let run = project.run(["build", "--message-format", "short"]);
    run.code(0);
    let told: Vec<&str> = run.stderr.lines().filter(|line| line.contains(": ")).collect();
    assert!(told.is_empty(), "of the book with `writing: {writing}`: {told:#?}");
    let made = project.files().into_iter().filter(|path| path.starts_with("dist/"));
    assert_eq!(made.count(), 2, "an EPUB and a PDF");
}

#[test]
fn across() {
    binds("horizontal");
}

#[test]
fn down() {
    binds("vertical");
}
