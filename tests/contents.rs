//! The contents of the project's own book: each entry leads to the page that it names, and
//! the outline is the same tree.
#![cfg(feature = "embedded-fonts")]

use std::path::Path;

use seihon::book::Folder;
use seihon::diag::Sink;
use seihon::display::{Item, Link, LinkTarget, OutlineEntry, Page, Pages};
use seihon::geom::Rect;
use seihon::model::ContentsEntry;
use seihon::{Options, Volume, compile, pipeline};

fn book() -> (Volume, Pages) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("book");
    let compiled = compile(&Folder::new(folder), Options::default());
    let volume = compiled.volume.expect("the book can be read");
    let pages = pipeline::pages(&volume, &mut Sink::default());
    (volume, pages)
}

/// The text inside a box of a page, in the order of drawing.
fn text_in(page: &Page, area: Rect) -> String {
    let holds = |start, size, at| start <= at && at <= start + size;
    let mut text = String::new();
    for item in &page.items {
        if let Item::Glyphs(run) = item {
            for glyph in &run.glyphs {
                let inside = holds(area.origin.x, area.size.width, glyph.origin.x)
                    && holds(area.origin.y, area.size.height, glyph.origin.y);
                if inside {
                    text.push_str(&run.text[glyph.range()]);
                }
            }
        }
    }
    text
}

fn links(page: &Page) -> impl Iterator<Item = &Link> {
    page.items.iter().filter_map(|item| match item {
        Item::Link(link) => Some(link),
        Item::Glyphs(_) | Item::Shape(_) | Item::Image(_) => None,
    })
}

fn entries(tree: &[ContentsEntry]) -> usize {
    tree.iter().map(|entry| 1 + entries(&entry.children)).sum()
}

fn same_tree(contents: &[ContentsEntry], outline: &[OutlineEntry]) -> bool {
    contents.len() == outline.len()
        && contents.iter().zip(outline).all(|(entry, line)| {
            entry.words() == line.title && same_tree(&entry.children, &line.children)
        })
}

#[test]
fn each_entry_leads_to_the_page_that_it_names() {
    let (volume, pages) = book();
    let has_title = |page: &&Page| {
        page.items
            .iter()
            .any(|item| matches!(item, Item::Glyphs(run) if run.text == "目次"))
    };
    let first = pages.pages.iter().position(|page| has_title(&page));
    let first = first.expect("there is a page with the contents");
    let wanted = entries(&volume.document.contents);
    let mut found = 0;
    for page in &pages.pages[first..] {
        for link in links(page) {
            if found == wanted {
                return;
            }
            let LinkTarget::Page(destination) = link.target else {
                panic!("an entry leads out of the book");
            };
            let text = text_in(page, link.area);
            let number = text.rsplit(|c: char| !c.is_ascii_digit()).next();
            let label = pages.pages[destination.page].label.number.to_string();
            assert_eq!(number, Some(label.as_str()), "{text:?}");
            found += 1;
        }
    }
    assert_eq!(found, wanted, "entries that are links");
}

#[test]
fn the_outline_is_the_tree_of_the_contents() {
    let (volume, pages) = book();
    assert!(same_tree(&volume.document.contents, &pages.outline));
}
