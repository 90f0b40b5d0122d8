//! The book of every construct of the format, bound in both directions.
#![cfg(all(feature = "embedded-fonts", feature = "svg", feature = "bibliography"))]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;

use common::Project;

/// What is told of: cells over several columns or rows.
const FINDINGS: [&str; 2] = [
    "04-figures.md:50:36: warning[unsupported-html]: a cell over several columns or rows is set in the first one",
    "04-figures.md:52:5: warning[unsupported-html]: a cell over several columns or rows is set in the first one",
];

fn binds(writing: &str) {
    let project = Project::everything(writing);
    let run = project.run(["build", "--message-format", "short"]);
    run.code(0);
    let told: Vec<&str> = run.stderr.lines().filter(|line| line.contains(": ")).collect();
    assert_eq!(told, FINDINGS, "of the book with `writing: {writing}`");
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
