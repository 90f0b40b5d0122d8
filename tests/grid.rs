//! The grid of whole books: where every line of the text stands, in both directions.
#![cfg(all(feature = "embedded-fonts", feature = "svg", feature = "bibliography"))]
#![expect(clippy::disallowed_methods, reason = "books are folders")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use seihon::book::{Files, Folder, Memory};
use seihon::diag::Sink;
use seihon::display::{
    Child, ContentId, Direction, Element, GlyphRun, Item, Page, Role, Tag,
};
use seihon::geom::Length;
use seihon::style::Style;
use seihon::{Options, compile, pipeline};

/// The files of a folder, with `book.yaml` changed.
fn folder(path: &Path, change: impl Fn(String) -> String) -> Memory {
    fn add(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() && !path.ends_with("dist") {
                add(root, &path, files);
            } else if let (Ok(name), Ok(bytes)) =
                (path.strip_prefix(root), std::fs::read(&path))
            {
                files.insert(name.to_string_lossy().replace('\\', "/"), bytes);
            }
        }
    }
    let mut files = BTreeMap::new();
    add(path, path, &mut files);
    let config = files.get_mut("book.yaml").expect("it is a book");
    let text = String::from_utf8(std::mem::take(config)).expect("it is UTF-8");
    *config = change(text).into_bytes();
    Memory { files }
}

/// Where the lines of the text stand on a page: axes of kanji and kana of the size of the
/// text, from the first line of the type area, with what they say. Words of
/// formulas and headings stand in the middle of the lines that those take.
fn lines(
    page: &Page,
    style: &Style,
    baseline: Length,
    apart: &BTreeSet<ContentId>,
) -> BTreeMap<Length, String> {
    let margins = style.margins();
    let mut lines: BTreeMap<Length, String> = BTreeMap::new();
    for item in &page.items {
        let Item::Glyphs(run) = item else { continue };
        let is_apart = matches!(run.tag, Tag::Content(id) if apart.contains(&id));
        if run.size != style.size || !is_line(run, style) || is_apart {
            continue;
        }
        for glyph in &run.glyphs {
            let text = &run.text[glyph.range()];
            let is_full = |ch: char| ('\u{3041}'..='\u{9FFF}').contains(&ch);
            if !text.chars().all(is_full) {
                continue;
            }
            let axis = match run.direction {
                Direction::Across => glyph.origin.y - margins.head - baseline,
                _ => {
                    let right = style.page.trim.width - margins.fore_edge;
                    right - glyph.origin.x - style.size / 2
                }
            };
            let inside = -style.size <= axis && axis <= style.type_area().block;
            if inside {
                lines.entry(axis).or_default().push_str(text);
            }
        }
    }
    lines
}

/// Whether a run stands in the direction of the book's lines.
fn is_line(run: &GlyphRun, style: &Style) -> bool {
    use seihon::geom::WritingMode::{Horizontal, Vertical};
    match style.writing {
        Horizontal => run.direction == Direction::Across,
        Vertical => run.direction == Direction::Down,
    }
}

/// The leaves of all formulas and headings.
fn apart(elements: &[Element]) -> BTreeSet<ContentId> {
    fn add(element: &Element, inside: bool, found: &mut BTreeSet<ContentId>) {
        let inside = inside || matches!(element.role, Role::Formula | Role::Heading(_));
        for child in &element.children {
            match child {
                Child::Element(child) => add(child, inside, found),
                Child::Content(id) if inside => {
                    found.insert(*id);
                }
                Child::Content(_) => {}
            }
        }
    }
    let mut found = BTreeSet::new();
    elements.iter().for_each(|element| add(element, false, &mut found));
    found
}

/// How many lines of a book stand on the grid, and those that do not.
fn measure(files: &dyn Files) -> (usize, Vec<String>) {
    let compiled = compile(files, Options::default());
    let volume = compiled.volume.expect("the book can be read");
    let style = volume.style.for_screen();
    let pages = pipeline::pages(&volume, &mut Sink::default());
    let baseline = volume.fonts.baseline(style.size);
    let apart = apart(&pages.structure);
    let (mut on, mut off) = (0, Vec::new());
    // The colophon, the last page, is designed as a whole.
    let text = pages.pages.iter().take(pages.pages.len() - 1);
    for (index, page) in text.enumerate() {
        for (axis, text) in lines(page, &style, baseline, &apart) {
            match (axis - style.size / 2).0 % style.feed.0 {
                0 => on += 1,
                _ => off.push(format!("page {}: {text}", index + 1)),
            }
        }
    }
    (on, off)
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn lines_of_the_projects_book_stand_on_the_grid() {
    let (on, off) = measure(&Folder::new(root("book")));
    assert_eq!(off, Vec::<String>::new());
    assert!(on > 500, "only {on} lines");
}

#[test]
fn lines_of_every_construct_stand_on_the_grid() {
    for writing in ["horizontal", "vertical"] {
        for notes in ["footnote", "endnote"] {
            let change = |text: String| {
                let line = "\nwriting: horizontal\n";
                assert!(text.contains(line));
                let text = text.replace(line, &format!("\nwriting: {writing}\n"));
                format!("{text}style: {{ notes: {{ kind: {notes} }} }}\n")
            };
            let (on, off) = measure(&folder(&root("tests/books/everything"), change));
            assert_eq!(off, Vec::<String>::new(), "{writing} {notes}");
            assert!(on > 100, "only {on} lines");
        }
    }
}

/// How many lines stand in each of the two columns of a chapter's page.
fn columns(writing: &str) -> [usize; 2] {
    let paragraphs = "　段落は一行だけで終わる。\n\n".repeat(11);
    let text = format!(
        "---\ntitle: 題\nwriting: {writing}\nstyle: {{ preset: a5, columns: 2 }}\n---\n{paragraphs}"
    );
    let files = BTreeMap::from([("a.md".to_owned(), text.into_bytes())]);
    let options = Options { article: Some("a.md"), ..Options::default() };
    let volume = compile(&Memory { files }, options).volume.expect("it can be read");
    let style = volume.style.for_screen();
    let pages = pipeline::pages(&volume, &mut Sink::default());
    let area = style.writing.size(style.type_area());
    let margins = style.margins();
    let mut counts = [0; 2];
    for item in &pages.pages[0].items {
        let Item::Glyphs(run) = item else { continue };
        if run.size != style.size || !run.text.contains("段落は") {
            continue;
        }
        let at = run.glyphs[0].origin;
        let second = match run.direction {
            Direction::Across => at.x - margins.fore_edge > area.width / 2,
            _ => at.y - margins.head > area.height / 2,
        };
        counts[usize::from(second)] += 1;
    }
    counts
}

#[test]
fn horizontal_columns_end_together_and_vertical_ones_as_they_fall() {
    assert_eq!(columns("horizontal"), [6, 5]);
    assert_eq!(columns("vertical"), [11, 0]);
}
