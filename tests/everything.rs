//! The book of every construct of the format, bound in both directions: what its pages hold
//! is compared with lines that were looked at. `UPDATE=1 cargo test --test everything` takes
//! them as they are now; the pages themselves are pictures of `tests/reference.rs`.
#![cfg(all(feature = "embedded-fonts", feature = "svg", feature = "bibliography"))]
#![expect(clippy::disallowed_methods, reason = "what is expected is in files")]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use common::Project;
use seihon::book::Folder;
use seihon::diag::Sink;
use seihon::display::{self, Item, Page, Pages};
use seihon::layout;
use seihon::pipeline::{self, Options};

fn binds(writing: &str) {
    let project = Project::everything(writing);
    let run = project.run(["build", "--message-format", "short"]);
    run.code(0);
    let told: Vec<&str> = run.stderr.lines().filter(|line| line.contains(": ")).collect();
    let print = "04-figures.md:11:1: warning[store-image]: image `images/cmyk.jpg` has the \
        colours of print (CMYK), which Apple Books does not take";
    assert_eq!(told, [print], "of the book with `writing: {writing}`");
    let made = project.files().into_iter().filter(|path| path.starts_with("dist/"));
    assert_eq!(made.count(), 2, "an EPUB and a PDF");
    holds(writing, &pages(&project));
}

#[test]
fn across() {
    binds("horizontal");
}

#[test]
fn down() {
    binds("vertical");
}

/// The pages of the book as they are laid out.
fn pages(project: &Project) -> Pages {
    let files = Folder::new(project.path(""));
    let compiled = pipeline::compile(&files, Options::default());
    let volume = compiled.volume.expect("the book is whole");
    let mut sink = Sink::default();
    layout::layout(&volume.document, &volume.style, &volume.fonts, &mut sink)
}

/// Compares what the pages hold with what is expected, and tells the first page that
/// differs; the whole of it is then in `target/tmp`.
fn holds(writing: &str, pages: &Pages) {
    let found: Vec<String> =
        (1..).zip(&pages.pages).map(|(at, page)| line(at, page)).collect();
    let found = found.join("\n") + "\n";
    let name = format!("tests/ref/everything-{writing}.txt");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, found).expect("the folder can be written");
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if found == expected {
        return;
    }
    let whole = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let whole = whole.join(format!("everything-{writing}.dump"));
    fs::write(&whole, display::dump(pages)).expect("the folder can be written");
    let both = found.lines().zip(expected.lines());
    let differs = both.clone().find(|(found, expected)| found != expected);
    let (found, expected) = differs.unwrap_or(("another number of pages", ""));
    panic!(
        "{found}\nwas\n{expected}\nall items are in {}; UPDATE=1 takes the pages as they are",
        whole.display()
    );
}

/// What a page holds, in a line: how many items of each kind, its text, and a number that
/// changes with any of it.
fn line(number: usize, page: &Page) -> String {
    let (mut text, mut counts) = (String::new(), [0; 4]);
    for item in &page.items {
        let kind = match item {
            Item::Glyphs(run) => {
                text.push_str(&run.text);
                text.push(' ');
                0
            }
            Item::Shape(_) => 1,
            Item::Image(_) => 2,
            Item::Link(_) => 3,
        };
        counts[kind] += 1;
    }
    let [runs, shapes, images, links] = counts;
    let one = Pages { pages: vec![page.clone()], ..Pages::default() };
    let sum = fingerprint(&display::dump(&one));
    let mut line = format!("{number:02} {sum:08x} {runs}t {shapes}s {images}i {links}l ");
    let words: String = text.chars().filter(|ch| !ch.is_whitespace()).collect();
    let count = words.chars().count();
    line.extend(words.chars().take(SHOWN));
    if count > SHOWN {
        let end: String = words.chars().skip(count.saturating_sub(SHOWN / 4)).collect();
        write!(line, "…{end}").expect("a string takes all text");
    }
    line
}

/// The most characters of a page's text that are shown from its start.
const SHOWN: usize = 48;

/// A number made of all bytes of a text (FNV-1a).
fn fingerprint(text: &str) -> u32 {
    text.bytes()
        .fold(0x811C_9DC5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
