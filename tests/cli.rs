//! The program as its users run it.

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;

use common::{Project, Run};

const BOOK: &str = "title: 題名\nauthors: [著者]\nchapters: [a.md]\n";

/// A book without a fault.
fn sound() -> Project {
    Project::new()
        .write("book.yaml", BOOK)
        .write("a.md", "# 章\n\n本文です。\n")
}

#[test]
fn a_new_book_is_built_at_once_without_findings() {
    let project = Project::new();
    project.run(["new", "私の本"]).code(0).tells("seihon build 私の本");
    let run = project.run(["build", "私の本", "--deny-warnings"]);
    run.code(0);
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert!(matches!(lines.as_slice(), [_, _]), "{}", run.stderr);
    assert!(lines[0].starts_with("私の本/dist/私の本.epub  "), "{}", run.stderr);
    assert!(lines[1].starts_with("私の本/dist/私の本.pdf  "), "{}", run.stderr);
    assert!(lines[1].ends_with(" pages"), "{}", run.stderr);
    assert_eq!(run.stdout, "");
    assert!(project.read("私の本/dist/私の本.epub").starts_with(b"PK"));
    assert!(project.read("私の本/dist/私の本.pdf").starts_with(b"%PDF-"));
}

#[test]
fn a_new_book_takes_no_room_of_others() {
    let project = Project::new().write("full/a.txt", "").write("file", "");
    project.run(["new", "full"]).code(2).stderr(
        "error: `full` is not empty\n |\n = help: give the name of a new folder\n",
    );
    project.run(["new", "file"]).code(2).tells("`file` is a file");
    assert_eq!(project.files(), ["file", "full/a.txt"]);
}

#[test]
fn titles_are_quoted_in_a_new_book() {
    let project = Project::new();
    project.run(["new", "a: \"b\" #c"]).code(0);
    project.run(["check", "a: \"b\" #c"]).code(0).stderr("");
}

#[test]
fn every_fault_of_a_book_is_told_at_its_place() {
    let project = Project::new()
        .write(
            "b/book.yaml",
            "title: 題名\n\
             authers: [著者]\n\
             published: \"2026-13-40\"\n\
             chapters:\n  - a.md\n  - 第二章.md\n  - a.md\n\
             contents-depth: deep\n",
        )
        .write("b/a.md", "# 章\n")
        .write("b/第2章.md", "# 章\n");
    let expected = "\
error[unknown-key]: unknown key `authers`
 --> b/book.yaml:2:1
  |
2 | authers: [著者]
  | ^^^^^^^
  |
  = help: did you mean `authors`?

error[bad-value]: `2026-13-40` is not a day of the calendar
 --> b/book.yaml:3:12
  |
3 | published: \"2026-13-40\"
  |            ^^^^^^^^^^^^
  |
  = help: write it as `2026-11-22`

error[missing-file]: cannot find the file `第二章.md`
 --> b/book.yaml:6:5
  |
6 |   - 第二章.md
  |     ^^^^^^^^^
  |
  = help: there is `第2章.md`

error[duplicate-chapter]: chapter `a.md` is listed twice
 --> b/book.yaml:7:5
  |
5 |   - a.md
  |     ---- it is listed here first
6 |   - 第二章.md
7 |   - a.md
  |     ^^^^
  |
  = help: take one of the two lines away

error[wrong-type]: expected a whole number from 0
 --> b/book.yaml:8:17
  |
8 | contents-depth: deep
  |                 ^^^^

5 errors; nothing is written
";
    project.run(["build", "b"]).code(1).stderr(expected);
    project.run(["check", "b"]).code(1).stderr(expected);
    project
        .run(["check", "b", "--message-format", "short"])
        .code(1)
        .stderr(
            "\
b/book.yaml:2:1: error[unknown-key]: unknown key `authers`
b/book.yaml:3:12: error[bad-value]: `2026-13-40` is not a day of the calendar
b/book.yaml:6:5: error[missing-file]: cannot find the file `第二章.md`
b/book.yaml:7:5: error[duplicate-chapter]: chapter `a.md` is listed twice
b/book.yaml:8:17: error[wrong-type]: expected a whole number from 0
",
        );
    assert_eq!(project.files(), ["b/a.md", "b/book.yaml", "b/第2章.md"]);
}

/// Entries of `book.yaml` that no catalogue would take: the entry, the words of it that the
/// finding is at, what is said of them, and what to do.
#[rustfmt::skip]
const REFUSED: [(&str, &str, &str, &str); 8] = [
    ("identifier: doi:10.12/name", "doi:10.12/name",
     "`doi:10.12/name` is not a DOI", "write `doi:10.1234/name`"),
    ("other-identifiers: [\"https://doi.org/11.1234/a\"]", "\"https://doi.org/11.1234/a\"",
     "`https://doi.org/11.1234/a` is not a DOI", "write `doi:10.1234/name`"),
    ("identifier: urn:uuid:123e4567-e89b-12d3-a456", "urn:uuid:123e4567-e89b-12d3-a456",
     "`123e4567-e89b-12d3-a456` is not a UUID", "copy all of its 36 characters"),
    ("title-alternate-script: { english: Title }", "{",
     "`english` is not a language tag", "write `en`, `ja-Latn` or `ja-Hrkt`"),
    ("series: { name: 叢書, position: 0 }", "0",
     "`position` cannot be 0", "the first book of a series is 1"),
    ("subjects: [{ name: 水, code: { authority: NDK, term: \"1\" } }]", "NDK",
     "unknown authority `NDK`", "did you mean `NDC`?"),
    ("accessibility: { conforms-to: wcag-2.1-aa }", "wcag-2.1-aa",
     "a claim of conformance needs somebody who makes it",
     "name those who have reviewed the book in `certified-by`"),
    ("accessibility: { conforms-to: wcag-2.2-b, certified-by: 社 }", "wcag-2.2-b",
     "there is no level `wcag-2.2-b`", "did you mean `wcag-2.2-a`?"),
];

#[test]
fn what_no_catalogue_would_take_is_told_at_its_place() {
    for (entry, words, message, hint) in REFUSED {
        let project = sound().write("book.yaml", format!("{BOOK}{entry}\n"));
        let at = entry.find(words).expect("the words are in the entry");
        let column = entry[..at].chars().count() + 1;
        let width = |ch: char| if ch.is_ascii() { 1 } else { 2 };
        let blank = " ".repeat(entry[..at].chars().map(width).sum());
        let carets = "^".repeat(words.len());
        project.run(["check"]).code(1).stderr(&format!(
            "\
error[bad-value]: {message}
 --> book.yaml:4:{column}
  |
4 | {entry}
  | {blank}{carets}
  |
  = help: {hint}

1 error; nothing is written
"
        ));
    }
}

#[test]
fn carets_stand_right_under_full_width_text() {
    let project = Project::new()
        .write("book.yaml", BOOK)
        .write("a.md", "# 章\n\n全角の文のなかの[道](どこにもない.md)です。\n");
    project.run(["check"]).code(0).stderr(
        "\
warning[broken-link]: the link leads to `どこにもない.md`, which is not in the book
 --> a.md:3:9
  |
3 | 全角の文のなかの[道](どこにもない.md)です。
  |                 ^^^^^^^^^^^^^^^^^^^^^
  |
  = help: add the file to `chapters`, or link to its address on the web

1 warning
",
    );
}

#[test]
fn a_formula_that_cannot_be_read_is_told_once_by_every_output() {
    let text = "# 章\n\n式は$\\nosuch$と$x$。\n\n$$ \\sqrt{1 $$\n";
    let project = Project::new().write("book.yaml", BOOK).write("a.md", text);
    for output in [&["--output", "epub"][..], &["--output", "pdf"], &[]] {
        let arguments = [&["build", "--message-format", "short", "--quiet"], output];
        project.run(arguments.concat()).code(0).stderr(
            "\
a.md:3:3: warning[unsupported-math]: a formula cannot be set: Undefined control sequence: \\nosuch
a.md:5:1: warning[unsupported-math]: a formula cannot be set: Expected '}', got 'EOF'
",
        );
    }
}

#[test]
fn denied_warnings_are_errors() {
    let project = Project::new()
        .write("book.yaml", BOOK)
        .write("a.md", "# 章\n\n[道](nowhere.md)\n");
    project
        .run(["build", "--deny-warnings"])
        .code(1)
        .tells("error[broken-link]");
    assert_eq!(project.files(), ["a.md", "book.yaml"]);
    let run = project.run(["build"]);
    run.code(0).tells("warning[broken-link]").tells("\n1 warning\n");
    assert_eq!(project.files().len(), 4);
}

#[test]
fn a_failed_build_leaves_what_was_there() {
    let project = sound();
    project.run(["build", "-o", "out.pdf"]).code(0);
    let before = project.read("out.pdf");
    let project = project.write("book.yaml", "title: 題\nchapters: [b.md]\n");
    project.run(["build", "-o", "out.pdf"]).code(1);
    assert_eq!(project.read("out.pdf"), before);

    // A folder stands where the file is to be.
    let project = project.write("book.yaml", BOOK).write("dir.pdf/a", "");
    let run = project.run(["build", "-o", "dir.pdf"]);
    run.code(2).tells("error: cannot write `dir.pdf`: ");
    assert_eq!(project.files(), ["a.md", "book.yaml", "dir.pdf/a", "out.pdf"]);
}

#[test]
fn outputs_are_chosen_and_placed() {
    let project = sound();
    project.run(["build", "-o", "book.epub"]).code(0);
    project
        .run(["build", "--output", "pdf", "--output-dir", "出力/先"])
        .code(0);
    let name = project
        .path("")
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let pdf = format!("出力/先/{name}.pdf");
    assert_eq!(project.files(), ["a.md", "book.epub", "book.yaml", &pdf]);

    let run = project.run(["build", "-o", "book.docx"]);
    run.code(2).tells("`book.docx` has an unknown ending");
    let run = project.run(["build", "--output", "press"]);
    run.code(2)
        .tells("the book has no output `press`")
        .tells("it has: epub, pdf");
    project.run(["build", "-o", "a.pdf", "--output", "pdf"]).code(2);
}

#[test]
fn an_output_that_says_nothing_has_its_defaults() {
    let book = format!("{BOOK}outputs:\n  epub:\n  press:\n  handout:\n");
    let project = sound().write("book.yaml", book);
    let run = project.run(["build", "--output-dir", "out"]);
    let made = run.code(0).stderr.lines().filter_map(|line| line.split_once("  "));
    let endings: Vec<&str> = made
        .filter_map(|(path, _)| path.split_once('.'))
        .map(|it| it.1)
        .collect();
    assert_eq!(endings, ["epub", "pdf", "pdf"], "{}", run.stderr);
}

#[test]
fn checking_writes_nothing() {
    let project = sound();
    project.run(["check"]).code(0).stderr("");
    assert_eq!(project.files(), ["a.md", "book.yaml"]);
}

#[test]
fn quiet_is_quiet() {
    let project = sound();
    project.run(["build", "--quiet"]).code(0).stderr("");
    assert_eq!(project.files().len(), 4);
    assert!(project.run(["build"]).code(0).stderr.starts_with("dist/"));
}

#[test]
fn an_article_is_a_book_of_its_own() {
    let project = Project::new().write(
        "記事/読み物.md",
        "---\ntitle: 読み物\nauthor: 著者\n---\n\n# 読み物\n\n本文です。\n",
    );
    let run = project.run(["build", "記事/読み物.md"]);
    run.code(0)
        .tells("記事/dist/読み物.epub")
        .tells("記事/dist/読み物.pdf");
    let project = project.write("記事/誤り.md", "---\ntitel: 読み物\n---\n\n# 誤り\n");
    let run = project.run(["check", "記事/誤り.md", "--message-format", "short"]);
    run.code(1)
        .stderr("記事/誤り.md:2:1: error[unknown-key]: unknown key `titel`\n");
}

#[test]
fn a_command_that_cannot_run_says_what_to_do() {
    let project = Project::new().write("one/a.md", "# a\n").write("a.txt", "");
    let tells = |arguments: [&str; 2], message: &str, hint: &str| {
        let run = project.run(arguments);
        run.code(2)
            .tells(&format!("error: {message}"))
            .tells(&format!("= help: {hint}"));
    };
    tells(
        ["build", "."],
        "there is no book.yaml in `.`",
        "start a book with `seihon new DIR`",
    );
    tells(
        ["build", "one"],
        "there is no book.yaml in `one`",
        "to bind this article alone: `seihon build one/a.md`",
    );
    tells(
        ["check", "no"],
        "cannot find `no`",
        "give the folder of a book or a Markdown file",
    );
    tells(
        ["check", "a.txt"],
        "`a.txt` is not a Markdown file",
        "give a file that ends in .md",
    );
    project.run(["bind"]).code(2);
    project.run([]).code(2).tells("Usage: seihon <COMMAND>");
}

#[test]
fn the_same_book_gives_the_same_bytes_everywhere() {
    let (here, there) = (Project::new(), Project::new());
    here.run(["new", "book"]).code(0);
    there.run(["new", "book"]).code(0);
    here.run(["build", "book"]).code(0);
    let path = there.path("book");
    let path = path.to_str().expect("the temporary folder has a name in UTF-8");
    let mut command = there.command(["build", path, "--output-dir", "out"]);
    command
        .env("TZ", "Asia/Tokyo")
        .env("LANG", "ja_JP.UTF-8")
        .env("LC_ALL", "C");
    Run::of(&mut command).code(0);
    let endings = ["epub", "pdf"];
    let first = endings.map(|ending| here.read(&format!("book/dist/book.{ending}")));
    let second = endings.map(|ending| there.read(&format!("out/book.{ending}")));
    assert!(first == second, "two builds of the same book differ");

    let mut command = here.command(["build", "book"]);
    Run::of(command.env("SOURCE_DATE_EPOCH", "1700000000")).code(0);
    let dated = endings.map(|ending| here.read(&format!("book/dist/book.{ending}")));
    let follow = first.iter().zip(&dated).all(|(first, dated)| first != dated);
    assert!(follow, "an output does not say the time that it is given");
}

#[test]
fn a_clock_that_is_none_is_refused() {
    let project = sound();
    let mut command = project.command(["build"]);
    let run = Run::of(command.env("SOURCE_DATE_EPOCH", "yesterday"));
    run.code(2).tells("SOURCE_DATE_EPOCH is not a number of seconds");
}

#[test]
fn fonts_are_listed_with_what_a_book_lacks() {
    let project = sound().write("a.md", "# 章\n\n本文\u{10FFFD}です。\n");
    let run = project.run(["fonts", "--book", "."]);
    run.code(0)
        .prints("Harano Aji Mincho Regular")
        .prints("JIS X 0208 kanji, level 1");
    run.prints("U+10FFFD \u{10FFFD}  a.md:3:3");
    let font =
        concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/noto-emoji/NotoEmoji_400Regular.ttf");
    let run = project.run(["fonts", font]);
    run.code(0).prints("Noto Emoji");
    assert!(!run.stdout.contains("Harano"), "{}", run.stdout);
    project
        .run(["fonts", "a.md"])
        .code(2)
        .tells("not a TrueType or OpenType font");
}

#[test]
fn completions_and_the_manual_are_printed() {
    let project = Project::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        project.run(["completions", shell]).code(0).prints("seihon");
    }
    let run = project.run(["man"]);
    run.code(0)
        .prints(".TH seihon 1")
        .prints("SEIHON BUILD")
        .prints("deny");
}

#[test]
fn a_reader_that_goes_is_no_fault() {
    let project = Project::new();
    let mut command = project.command(["fonts"]);
    command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
