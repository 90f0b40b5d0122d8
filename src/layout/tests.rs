use super::layout;
use crate::diag::Sink;
use crate::display::{Direction, Item, LinkTarget, OutlineEntry, Page, Pages};
use crate::font::FontBook;
use crate::geom::WritingMode;
use crate::model::resolve::{Entry, Manuscript, resolve};
use crate::model::{
    Block, BlockKind, Chapter, Document, Inline, Listing, Metadata, Note, NoteReference,
    SectionKind,
};
use crate::source::Span;
use crate::style::{Config, Style};

fn text(words: &str) -> Inline {
    Inline::Text { text: words.to_owned(), span: Span::default() }
}

fn block(kind: BlockKind) -> Block {
    Block { kind, ..Block::default() }
}

fn heading(level: u8, words: &str) -> Block {
    block(BlockKind::Heading { level, number: None, content: vec![text(words)] })
}

fn paragraph(words: &str) -> Block {
    block(BlockKind::Paragraph(vec![text(words)]))
}

/// A chapter with headings of level 2, each with so many paragraphs of three lines or so.
fn chapter(name: &str, headings: usize, paragraphs: usize) -> Entry {
    let mut blocks = vec![heading(1, name)];
    for number in 0..headings {
        blocks.push(heading(2, &format!("{name}の{number}")));
        blocks.extend((0..paragraphs).map(|_| {
            paragraph(&"いろはにほへと散りぬるを我が世誰そ常ならむ。".repeat(5))
        }));
    }
    let chapter = Chapter {
        path: format!("{name}.md"),
        blocks,
        ..Chapter::default()
    };
    Entry::Chapter { kind: SectionKind::Chapter, chapter }
}

fn book(writing: WritingMode, entries: Vec<Entry>) -> Document {
    let meta = Metadata { title: "本".to_owned(), ..Metadata::default() };
    let manuscript = Manuscript {
        meta,
        writing,
        entries,
        contents_depth: 2,
        ..Manuscript::default()
    };
    resolve(manuscript, &mut Sink::default())
}

fn pages(document: &Document) -> Pages {
    let style = Style::from_config(&Config::default(), document.writing)
        .expect("the default style is good");
    let mut sink = Sink::default();
    let pages = layout(document, &style, &FontBook::embedded(), &mut sink);
    assert_eq!(sink.finish(), []);
    pages
}

fn words(page: &Page) -> String {
    let texts = page.items.iter().filter_map(|item| match item {
        Item::Glyphs(run) => Some(run.text.as_str()),
        Item::Shape(_) | Item::Image(_) | Item::Link(_) => None,
    });
    texts.collect()
}

fn flat<'a>(entries: &'a [OutlineEntry], list: &mut Vec<&'a OutlineEntry>) {
    for entry in entries {
        list.push(entry);
        flat(&entry.children, list);
    }
}

#[test]
fn contents_show_the_pages_that_they_lead_to() {
    for writing in [WritingMode::Horizontal, WritingMode::Vertical] {
        let entries =
            vec![chapter("甲", 9, 4), chapter("乙", 12, 3), chapter("丙", 30, 1)];
        let pages = pages(&book(writing, entries));
        let mut outline = Vec::new();
        flat(&pages.outline, &mut outline);
        assert_eq!(outline.len(), 3 + 9 + 12 + 30);
        let links =
            pages.pages.iter().flat_map(|page| &page.items).filter_map(
                |item| match item {
                    Item::Link(link) => Some(&link.target),
                    Item::Glyphs(_) | Item::Shape(_) | Item::Image(_) => None,
                },
            );
        let mut shown = String::new();
        pages.pages.iter().take(12).for_each(|page| shown += &words(page));
        for (entry, link) in outline.iter().zip(links) {
            let LinkTarget::Page(place) = link else { panic!("{link:?}") };
            assert_eq!(*place, entry.destination, "{}", entry.title);
            let page = &pages.pages[place.page];
            assert!(words(page).contains(&entry.title), "{}", entry.title);
            let line = format!("{}{}", entry.title, page.label.number);
            assert!(shown.contains(&line), "{line} {writing:?}");
        }
    }
}

#[test]
fn nothing_leaves_the_type_area() {
    let mut entries = vec![chapter("甲", 3, 8)];
    let Entry::Chapter { chapter, .. } = &mut entries[0] else { return };
    let reference = NoteReference {
        label: "注".to_owned(), ..NoteReference::default()
    };
    chapter.blocks.push(block(BlockKind::Paragraph(vec![
        text("注を呼ぶ"),
        Inline::Note(reference),
        text("。"),
    ])));
    chapter.notes.push(Note {
        label: "注".to_owned(),
        blocks: vec![paragraph(&"長い注です。".repeat(200))],
        ..Note::default()
    });
    let code = "let answer = 42;\n".repeat(90);
    let listing = Listing { text: code, ..Listing::default() };
    chapter.blocks.push(block(BlockKind::Code(listing)));
    let document = book(WritingMode::Horizontal, entries);
    let style = Style::default();
    let (margins, area) = (style.margins(), style.type_area());
    let (mut notes, mut code) = (String::new(), String::new());
    for page in &pages(&document).pages {
        for item in &page.items {
            let Item::Glyphs(run) = item else { continue };
            assert_eq!(run.direction, Direction::Across);
            let folio = run.size == style.running.size;
            match run.text.contains("let") {
                true => code += &run.text,
                false if run.size == style.note.size => notes += &run.text,
                false => {}
            }
            for glyph in run.glyphs.iter().filter(|_| !folio) {
                let y = glyph.origin.y;
                assert!(y > margins.head && y <= margins.head + area.block, "{y:?}");
            }
        }
    }
    assert_eq!(notes.matches("長い注です。").count(), 200);
    assert_eq!(code.matches("let answer = 42;").count(), 90);
}

/// The words of each page of a vertical chapter: a line, a heading, a listing as wide as
/// the page is, and paragraphs.
fn around_a_wide_listing(lines: usize, paragraphs: usize) -> Vec<String> {
    let code = format!("{}\n", "let answer = 42; ".repeat(12)).repeat(lines);
    let listing = Listing { text: code, ..Listing::default() };
    let mut entries = vec![chapter("甲", 0, 0)];
    let Entry::Chapter { chapter, .. } = &mut entries[0] else { return Vec::new() };
    chapter.blocks.push(paragraph("短い文。"));
    chapter.blocks.push(heading(2, "見出し"));
    chapter.blocks.push(block(BlockKind::Code(listing)));
    let text = "いろはにほへと散りぬるを我が世誰そ常ならむ。".repeat(5);
    chapter.blocks.extend((0..paragraphs).map(|_| paragraph(&text)));
    let document = book(WritingMode::Vertical, entries);
    let text = pages(&document).pages;
    text.iter()
        .map(words)
        .skip_while(|words| !words.contains("短い文。"))
        .collect()
}

#[test]
fn a_heading_before_a_listing_as_wide_as_the_page_is_not_alone() {
    // Nothing else can stand below it, or the listing goes on over pages.
    for lines in [5, 60] {
        let words = around_a_wide_listing(lines, 0);
        let page = words.iter().find(|words| words.contains("見出し"));
        assert!(page.is_some_and(|words| words.contains("let answer")), "{words:?}");
    }
    // Text fills the page of the heading, and the listing comes on the next one.
    let words = around_a_wide_listing(5, 12);
    assert!(words[0].contains("見出し") && words[0].contains("いろは"), "{words:?}");
    assert!(words[1].starts_with("let answer"), "{words:?}");
}

#[test]
fn a_page_cuts_no_listing_after_one_line() {
    let mut cuts = 0;
    for lines in 2..=9 {
        let mut entries = vec![chapter("甲", 0, 0)];
        let Entry::Chapter { chapter, .. } = &mut entries[0] else { return };
        for number in 0..40 {
            let rest = "の文。".repeat(40 * (number % 5));
            chapter.blocks.push(paragraph(&format!("一つめ{rest}")));
            let text = format!("list{number:02};\n").repeat(lines);
            let listing = Listing { text, ..Listing::default() };
            chapter.blocks.push(block(BlockKind::Code(listing)));
        }
        let document = book(WritingMode::Horizontal, entries);
        let pages: Vec<String> = pages(&document).pages.iter().map(words).collect();
        for number in 0..40 {
            let name = format!("list{number:02};");
            let parts = pages.iter().map(|page| page.matches(&name).count());
            let parts: Vec<usize> = parts.filter(|count| *count > 0).collect();
            assert_eq!(parts.iter().sum::<usize>(), lines);
            assert!(parts.iter().all(|count| *count > 1), "{lines}: {parts:?}");
            assert!(lines > 3 || parts.len() == 1, "{lines}: {parts:?}");
            cuts += parts.len() - 1;
        }
    }
    assert!(cuts > 10, "{cuts}");
}

#[test]
fn an_empty_book_has_no_pages() {
    let document = Document::default();
    assert!(pages(&document).pages.is_empty());
}
