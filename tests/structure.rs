//! The structure of the PDF as other programs read it: what a reader is told who does not
//! see the pages.
#![cfg(all(feature = "embedded-fonts", feature = "svg", feature = "bibliography"))]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;
mod tools;

use std::collections::BTreeSet;

use common::Project;
use lopdf::{Dictionary, Document, Object};

/// The chapters of the book of every construct whose lines are looked for.
const CHAPTERS: [&str; 7] = [
    "preface.md",
    "01-inline.md",
    "02-ruby.md",
    "03-blocks.md",
    "05-notes.md",
    "06-pages.md",
    "afterword.md",
];

/// The book of every construct as a PDF, in a folder with its sources.
fn bound(writing: &str) -> Project {
    let project = Project::everything(writing);
    project.run(["build", "-o", "book.pdf"]).code(0);
    project
}

/// Whether a character is neither white space nor the hyphen of a line's end.
fn is_seen(ch: &char) -> bool {
    !ch.is_whitespace() && *ch != '\u{AD}'
}

/// The lines of a chapter that stand in the book as they are, without marks of lists.
fn plain_lines(chapter: &str) -> Vec<&str> {
    let is_plain = |ch: char| !"{}[]<>*_`|$\\#:~=《》!&".contains(ch);
    let lines = chapter.lines().map(|line| {
        let line = line.trim().trim_start_matches(['-', ' ']);
        line.split_once(". ").map_or(line, |(number, rest)| {
            if number.chars().all(|ch| ch.is_ascii_digit()) { rest } else { line }
        })
    });
    lines
        .filter(|line| line.chars().count() > 8 && line.chars().all(is_plain))
        .collect()
}

#[test]
fn the_text_is_told_in_the_order_of_reading() {
    for writing in ["horizontal", "vertical"] {
        let project = bound(writing);
        let file = project.path("book.pdf");
        let Some(told) = tools::run("pdfinfo", &["-struct-text"], &file, &[]) else {
            return;
        };
        let text = told
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix('"')?.strip_suffix('"'));
        let text: String = text.flat_map(str::chars).filter(is_seen).collect();
        let (mut at, mut found) = (0, 0);
        for path in CHAPTERS {
            let chapter = String::from_utf8(project.read(path)).expect("it is UTF-8");
            for line in plain_lines(&chapter) {
                let line: String = line.chars().filter(is_seen).collect();
                let place = text[at..].find(&line);
                let place = place.unwrap_or_else(|| {
                    let anywhere = text.contains(&line);
                    panic!(
                        "{writing}, {path}: {line} is not next; is it there: {anywhere}"
                    )
                });
                at += place + line.len();
                found += 1;
            }
        }
        assert!(found > 25, "only {found} lines were looked for");
    }
}

/// The elements of a file's structure.
fn elements(pdf: &Document) -> Vec<&Dictionary> {
    let objects = pdf.objects.values().filter_map(|object| object.as_dict().ok());
    objects.filter(|element| element.has_type(b"StructElem")).collect()
}

fn name<'a>(element: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    element.get(key).ok()?.as_name().ok()
}

/// A text of an element.
fn text(element: &Dictionary, key: &[u8]) -> Option<String> {
    let text = element.get(key).ok()?;
    Some(lopdf::decode_text_string(text).expect("it is text"))
}

/// The attributes of an element.
fn attributes(element: &Dictionary) -> Vec<&Dictionary> {
    let list = element.get(b"A").and_then(Object::as_array);
    let list = list.map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|one| one.as_dict().ok()).collect()
}

#[test]
fn every_construct_has_its_element() {
    const TYPES: [&str; 39] = [
        "Document",
        "Part",
        "Sect",
        "Div",
        "H1",
        "H2",
        "H3",
        "H4",
        "P",
        "BlockQuote",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "THead",
        "TBody",
        "TR",
        "TH",
        "TD",
        "Figure",
        "Caption",
        "Note",
        "Reference",
        "Link",
        "TOC",
        "TOCI",
        "Index",
        "Code",
        "Formula",
        "Span",
        "Em",
        "Strong",
        "Ruby",
        "RB",
        "RT",
        "Warichu",
        "WT",
        "Title",
    ];
    for writing in ["horizontal", "vertical"] {
        let project = bound(writing);
        let pdf = Document::load_mem(&project.read("book.pdf")).expect("it can be read");
        let elements = elements(&pdf);
        let types: BTreeSet<&[u8]> =
            elements.iter().filter_map(|element| name(element, b"S")).collect();
        let types: BTreeSet<&str> = types
            .iter()
            .filter_map(|name| std::str::from_utf8(name).ok())
            .collect();
        assert_eq!(types, BTreeSet::from(TYPES), "{writing}");
        for element in &elements {
            check(element);
        }
        let ids: Vec<&[u8]> = elements
            .iter()
            .filter_map(|one| one.get(b"ID").ok()?.as_str().ok())
            .collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{writing}");
        let languages: BTreeSet<String> =
            elements.iter().filter_map(|element| text(element, b"Lang")).collect();
        assert!(languages.contains("de"), "{writing}: {languages:?}");
        let down = elements.iter().flat_map(|element| attributes(element));
        let down = down.filter(|one| name(one, b"WritingMode") == Some(b"TbRl")).count();
        assert_eq!(down > 0, writing == "vertical", "{writing}: {down} elements");
    }
}

/// What elements of some types have to say.
fn check(element: &Dictionary) {
    let says = |key| text(element, key).is_some_and(|words| !words.is_empty());
    let has = |key| attributes(element).iter().any(|one| one.has(key));
    match name(element, b"S").unwrap_or_default() {
        b"Figure" => assert!(says(b"Alt") && has(b"BBox"), "{element:?}"),
        b"Formula" => assert!(says(b"Alt"), "{element:?}"),
        b"Note" => assert!(element.has(b"ID"), "{element:?}"),
        b"TH" => assert!(has(b"Scope"), "{element:?}"),
        b"L" => assert!(has(b"ListNumbering"), "{element:?}"),
        b"H1" | b"H2" | b"H3" => assert!(says(b"T"), "{element:?}"),
        _ => {}
    }
}

#[test]
fn links_say_where_they_lead_and_heads_are_not_told() {
    let mut kinds = BTreeSet::new();
    for writing in ["horizontal", "vertical"] {
        let project = bound(writing);
        let pdf = Document::load_mem(&project.read("book.pdf")).expect("it can be read");
        let links = pdf.objects.values().filter_map(|object| object.as_dict().ok());
        let links = links.filter(|link| name(link, b"Subtype") == Some(b"Link"));
        let said: Vec<String> = links
            .map(|link| text(link, b"Contents").unwrap_or_default())
            .collect();
        assert!(said.len() > 40, "only {} links", said.len());
        assert!(said.iter().all(|words| !words.is_empty()), "{writing}: {said:?}");
        for page in pdf.get_pages().values() {
            let content = pdf.get_page_content(*page);
            let content = String::from_utf8_lossy(&content).into_owned();
            let artifacts = content.split("/Artifact<<").skip(1);
            let kind = |artifact: &str| Some(artifact.split_once(">>BDC")?.0.to_owned());
            kinds.extend(artifacts.filter_map(kind));
            let page = pdf.get_dictionary(*page).expect("it is a page");
            if page.has(b"Annots") {
                assert_eq!(name(page, b"Tabs"), Some(&b"S"[..]), "where Tab leads");
            }
        }
    }
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    let expected = [
        "/Attached[/Bottom]/Subtype/Footer/Type/Pagination",
        "/Attached[/Top]/Subtype/Header/Type/Pagination",
        "/Type/Layout",
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn every_reader_opens_it_and_gives_the_text_as_it_was_typed() {
    for writing in ["horizontal", "vertical"] {
        let project = bound(writing);
        let file = project.path("book.pdf");
        tools::run("qpdf", &["--check"], &file, &[]);
        let read = [
            tools::run("pdftotext", &["-raw"], &file, &["-"]),
            tools::run("mutool", &["draw", "-q", "-F", "text"], &file, &[]),
        ];
        for text in read.into_iter().flatten() {
            let form = |ch: &char| ('\u{FE10}'..='\u{FE4F}').contains(ch);
            let radical = |ch: &char| ('\u{2E80}'..='\u{2FDF}').contains(ch);
            let other: Vec<char> =
                text.chars().filter(|ch| form(ch) || radical(ch)).collect();
            assert_eq!(other, [], "{writing}");
            let text: String = text.chars().filter(is_seen).collect();
            let words = "どの頁も、組版の目で見てほしい。";
            assert!(text.contains(words), "{writing}: no {words}");
        }
    }
}

#[test]
fn an_image_of_a_character_is_that_character() {
    let gray = include_bytes!("books/everything/images/gray.png");
    let project = Project::new()
        .write("book.yaml", "title: 本\nchapters: [a.md]\n")
        .write("a.md", "# 章\n\n古い字![龍](a.png)と、絵![矢印](a.png)。\n")
        .write("a.png", gray);
    project.run(["build", "-o", "book.pdf"]).code(0);
    let pdf = Document::load_mem(&project.read("book.pdf")).expect("it can be read");
    let elements = elements(&pdf);
    let figures = elements.iter().filter(|one| name(one, b"S") == Some(b"Figure"));
    let said = figures.map(|one| (text(one, b"Alt"), text(one, b"ActualText")));
    let said: BTreeSet<_> = said.collect();
    let some = |words: &str| Some(words.to_owned());
    let expected = [(some("矢印"), None), (some("龍"), some("龍"))];
    assert_eq!(said, BTreeSet::from(expected));
}
