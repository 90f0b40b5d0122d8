//! Where the EPUB marks the pages of an edition, against the pages themselves: a book with
//! every kind of block and of inline on small pages of many sizes, so that pages start
//! everywhere.
#![cfg(all(feature = "embedded-fonts", feature = "svg", feature = "bibliography"))]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;
mod tools;

use std::collections::{BTreeMap, BTreeSet};

use common::epub::{self, values};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use seihon::book::{Files, Folder, Memory, Output};
use seihon::diag::Sink;
use seihon::display::{
    Child, ContentId, Element, Item, Marks, NumberStyle, Page, PageLabel, Pages, Role,
    Tag,
};
use seihon::numeral::Numerals;
use seihon::pipeline::{self, Volume};
use seihon::{Options, compile, layout};

/// Stands for a formula.
const FORMULA: char = '∑';
/// Stands for an image.
const IMAGE: char = '▣';
/// What is compared of the text that a page starts with.
const COMPARED: usize = 6;
/// How many letters a word has of which no two are the same.
const WORD: usize = 3;

/// A page of the PDF.
#[derive(Debug, Default)]
struct Shown {
    label: String,
    /// The letters that it starts with; `None` where no text starts on it.
    start: Option<String>,
    /// Whether anything stands on it that is read.
    is_read: bool,
}

/// What a leaf of the structure is.
#[derive(Clone, Copy, Debug, Default)]
struct Leaf {
    /// Its place in the order of reading; that of its row in a table.
    order: usize,
    in_table: bool,
    /// Whether it is in the contents, the index or their like.
    in_list: bool,
    /// Whether it is in a list with marks.
    has_marks: bool,
    /// Whether it is a footnote, a reading of ruby or the mark of an item, which are no text.
    is_beside: bool,
    is_formula: bool,
}

/// Something on a page that is read.
#[derive(Debug)]
struct Part<'a> {
    leaf: Leaf,
    id: ContentId,
    /// Its words; `None` for an image.
    text: Option<&'a str>,
}

fn leaves(
    element: &Element,
    around: Leaf,
    count: &mut usize,
    found: &mut BTreeMap<ContentId, Leaf>,
) {
    for child in &element.children {
        *count += 1;
        let order = if around.in_table { around.order } else { *count };
        let inside = Leaf { order, ..around };
        match child {
            Child::Content(id) => drop(found.insert(*id, inside)),
            Child::Element(inner) => {
                let inside = match inner.role {
                    Role::Row => Leaf { order: *count, in_table: true, ..inside },
                    Role::Note | Role::RubyText => Leaf { is_beside: true, ..inside },
                    Role::List(marks) => {
                        Leaf { has_marks: marks != Marks::None, ..inside }
                    }
                    Role::Label if inside.has_marks => Leaf { is_beside: true, ..inside },
                    Role::Reference => Leaf { is_beside: is_note(inner), ..inside },
                    Role::Contents | Role::Index => Leaf { in_list: true, ..inside },
                    Role::Formula => Leaf { is_formula: true, ..inside },
                    _ => inside,
                };
                leaves(inner, inside, count, found);
            }
        }
    }
}

/// Whether a reference is the mark of a note, which has brackets on pages alone: it has no
/// link, or one without letters.
fn is_note(reference: &Element) -> bool {
    !reference.children.iter().any(|child| match child {
        Child::Element(link) => {
            link.alt.iter().flat_map(|alt| alt.chars()).any(char::is_alphabetic)
        }
        Child::Content(_) => false,
    })
}

fn label(PageLabel { style, number }: PageLabel) -> String {
    let numerals = match style {
        NumberStyle::Arabic => Numerals::Arabic,
        NumberStyle::LowerRoman => Numerals::LowerRoman,
        other => panic!("{other:?}"),
    };
    numerals.write(number)
}

/// The letters, numbers and some marks of a text, in their usual width; of a list with the
/// numbers of pages, which readers do not show, the letters alone.
fn letters(text: &str, is_list: bool) -> impl Iterator<Item = char> {
    let narrow = |ch: char| match ch {
        '\u{FF10}'..='\u{FF5A}' => char::from((ch as u32 - 0xFEE0) as u8),
        '²' => '2',
        ch => ch,
    };
    let is_read = move |ch: &char| match is_list {
        true => ch.is_alphabetic(),
        false => ch.is_alphanumeric() || "、。「」".contains(*ch),
    };
    text.chars().map(narrow).filter(is_read)
}

/// What the pages start with.
fn shown(pages: &Pages) -> Vec<Shown> {
    let mut found = BTreeMap::new();
    let mut count = 0;
    for element in &pages.structure {
        count += 1;
        leaves(element, Leaf::default(), &mut count, &mut found);
    }
    let parts: Vec<Vec<Part<'_>>> =
        pages.pages.iter().map(|page| parts(page, &found)).collect();
    let text = |part: &&Part<'_>| !part.leaf.is_beside;
    let orders: BTreeSet<usize> = parts
        .iter()
        .flatten()
        .filter(text)
        .map(|part| part.leaf.order)
        .collect();
    let mut most = 0;
    let start = |(page, parts): (&Page, &Vec<Part<'_>>)| {
        // What has waited for room belongs to a page before.
        let is_new = |part: &&Part<'_>| text(part) && part.leaf.order >= most;
        let mut new: Vec<&Part<'_>> = parts.iter().filter(is_new).collect();
        new.sort_by_key(|part| part.leaf.order);
        most = new.last().map_or(most, |part| part.leaf.order);
        Shown {
            label: label(page.label),
            start: (!new.is_empty()).then(|| beginning(&new, &orders)),
            is_read: !parts.is_empty(),
        }
    };
    pages.pages.iter().zip(&parts).map(start).collect()
}

/// What stands on a page and is read, in the order of drawing.
fn parts<'a>(page: &'a Page, found: &BTreeMap<ContentId, Leaf>) -> Vec<Part<'a>> {
    let part = |item: &'a Item| {
        let (tag, text) = match item {
            Item::Glyphs(run) => (run.tag, Some(run.text.as_str())),
            Item::Image(image) => (image.tag, None),
            Item::Shape(_) | Item::Link(_) => return None,
        };
        let Tag::Content(id) = tag else { return None };
        let leaf = found[&id];
        Some(Part { leaf, id, text })
    };
    page.items.iter().filter_map(part).collect()
}

/// The letters that text in the order of reading begins with, as far as the lines of cells
/// side by side, or a figure that stands on another page, do not part it.
fn beginning(parts: &[&Part<'_>], orders: &BTreeSet<usize>) -> String {
    let mut text = String::new();
    let mut before: Option<&Part<'_>> = None;
    for part in parts {
        if let Some(before) = before {
            let is_beside = part.leaf.in_table && before.id != part.id;
            let next = orders.range(before.leaf.order + 1..).next();
            let follows =
                part.leaf.order == before.leaf.order || next == Some(&part.leaf.order);
            if is_beside || !follows || text.chars().count() >= COMPARED {
                break;
            }
        }
        let is_new = before.is_none_or(|before| before.id != part.id);
        before = Some(part);
        match part.text {
            None => text.push(IMAGE),
            Some(_) if part.leaf.is_formula && is_new => text.push(FORMULA),
            Some(_) if part.leaf.is_formula => {}
            Some(words) => text.extend(letters(words, part.leaf.in_list)),
        }
    }
    text.chars().take(COMPARED).collect()
}

/// The text of the EPUB in the order of reading, and its marks.
#[derive(Debug, Default)]
struct Marked {
    /// Its letters.
    text: Vec<char>,
    /// The labels of the marks with how many letters come before them.
    marks: Vec<(String, usize)>,
    /// The ids of the marks with their files.
    ids: Vec<String>,
    /// The labels and the links of the page list.
    listed: Vec<(String, String)>,
}

impl Marked {
    fn read(files: &BTreeMap<String, String>) -> Self {
        let mut marked = Self::default();
        let package =
            files.keys().find(|path| path.ends_with(".opf")).expect("a package");
        let (folder, _) = package.split_once('/').expect("it is in a folder");
        let package = &files[package];
        for item in values(package, "<itemref idref=\"") {
            let at = package.find(&format!("<item id=\"{item}\"")).expect("an item");
            let path = values(&package[at..], "href=\"")[0];
            marked.file(path, &files[&format!("{folder}/{path}")]);
        }
        let is_nav = |xhtml: &&String| xhtml.contains("role=\"doc-pagelist\"");
        let nav = files.values().find(is_nav).map_or("", String::as_str);
        let list = nav.split("role=\"doc-pagelist\"").nth(1).unwrap_or_default();
        let list = list.split("</nav>").next().unwrap_or_default();
        let entries = list.split("<a href=\"").skip(1).map(|entry| {
            let (href, rest) = entry.split_once("\">").expect("a link");
            (rest.split('<').next().unwrap_or_default().to_owned(), href.to_owned())
        });
        marked.listed = entries.collect();
        marked
    }

    fn file(&mut self, path: &str, xhtml: &str) {
        let body = &xhtml[xhtml.find("<body").expect("a body")..];
        let mut reader = Reader::from_str(body);
        // Of each open element its classes, and whether its words are no text of the pages.
        let mut open: Vec<(String, bool)> = Vec::new();
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(tag) => {
                    let inside = self.start(path, &tag, &open);
                    open.push(inside);
                }
                Event::Empty(tag) => drop(self.start(path, &tag, &open)),
                Event::End(_) => drop(open.pop()),
                Event::Text(text) if open.last().is_some_and(|(_, aside)| !aside) => {
                    let lists = ["p-toc", "list-of", "index"];
                    let is_list = open.iter().any(|(class, _)| lists.contains(&&**class));
                    self.text.extend(letters(&text, is_list));
                }
                Event::Eof => break,
                _ => {}
            }
            if open.is_empty() {
                break;
            }
        }
    }

    /// The classes of an element, and whether what is inside is no text of the pages.
    fn start(
        &mut self,
        path: &str,
        tag: &BytesStart<'_>,
        open: &[(String, bool)],
    ) -> (String, bool) {
        let is_aside = open.last().is_some_and(|(_, aside)| *aside);
        let is_in = |class: &str| open.iter().any(|(open, _)| open == class);
        let attribute = |name: &str| {
            let found = tag.attributes().flatten().find(|at| {
                let key: &str = at.key.as_ref();
                key == name
            });
            found.map(|at| at.value.to_string()).unwrap_or_default()
        };
        if attribute("role") == "doc-pagebreak" {
            self.marks.push((attribute("aria-label"), self.text.len()));
            self.ids.push(format!("{path}#{}", attribute("id")));
        }
        let name = tag.name();
        let name: &str = name.as_ref();
        let class = attribute("class");
        match (name, class.as_str()) {
            ("math", _) if !is_aside => self.text.push(FORMULA),
            ("img", _) if !is_aside => self.text.push(IMAGE),
            _ => {}
        }
        let is_aside = is_aside
            || matches!(name, "rt" | "math")
            || matches!(class.as_str(), "noteref" | "backlink")
            // Footnotes and the places of the index stand elsewhere on the pages.
            || class == "notes" && name == "div"
            || name == "a" && is_in("index")
            || name == "nav" && !attribute("hidden").is_empty()
            || name == "h1" && is_in("p-colophon");
        (class, is_aside)
    }
}

/// A book as its files.
type Book = BTreeMap<String, Vec<u8>>;

/// Builds the EPUB of a book, which marks the pages of an edition rightly.
fn check(name: &str, book: &Book, pages: impl Fn(&Volume) -> Pages) -> Vec<u8> {
    let (epub, faults) = faults(name, book, pages);
    assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
    epub
}

/// Builds the EPUB of a book; says what is wrong with its marks of the pages of an edition.
fn faults(
    name: &str,
    book: &Book,
    pages: impl Fn(&Volume) -> Pages,
) -> (Vec<u8>, Vec<String>) {
    let files = Memory { files: book.clone() };
    let compiled = compile(&files, Options::default());
    let found = compiled.sink.finish();
    let volume = compiled.volume.unwrap_or_else(|| panic!("{name}: {found:?}"));
    let epub = volume.outputs.get_key_value("epub").expect("it is asked for");
    let epub = BTreeMap::from([(*epub.0, epub.1.clone())]);
    let made = pipeline::export(&volume, &epub, &mut Sink::default());
    let made = made.into_iter().next().expect("an EPUB").bytes;
    let marked = Marked::read(&epub::texts(&made));
    let mut shown = shown(&pages(&volume));
    shown.retain(|page| page.is_read);
    let mut faults = unlisted(&shown, &marked);
    faults.extend(misplaced(&shown, &marked));
    (made, faults)
}

/// Pages that are not in the list, in order, once, or have no mark.
fn unlisted(shown: &[Shown], marked: &Marked) -> Vec<String> {
    let mut faults = Vec::new();
    let read: Vec<&str> = shown.iter().map(|page| page.label.as_str()).collect();
    let listed: Vec<&str> = marked.listed.iter().map(|(label, _)| &**label).collect();
    let marks: Vec<&str> = marked.marks.iter().map(|(label, _)| &**label).collect();
    if listed != read {
        faults.push(format!("pages {read:?}\nlist  {listed:?}"));
    }
    if marks != read {
        let lost: Vec<_> = read.iter().filter(|label| !marks.contains(label)).collect();
        faults.push(format!("without a mark: {lost:?}; marks {marks:?}"));
    }
    let leads = |(_, href): &&(String, String)| marked.ids.contains(href);
    let lost = marked.listed.iter().filter(|entry| !leads(entry));
    faults.extend(lost.map(|(label, href)| format!("{label} leads to {href}")));
    faults
}

/// Pages that do not start with the letters that follow their mark.
fn misplaced(shown: &[Shown], marked: &Marked) -> Vec<String> {
    let places: BTreeMap<&str, usize> =
        marked.marks.iter().map(|(label, at)| (&**label, *at)).collect();
    let mut faults = Vec::new();
    let mut next = None;
    for page in shown.iter().rev() {
        let Some(&at) = places.get(&*page.label) else { continue };
        let Some(start) = &page.start else {
            // It is nowhere, or where the next page starts.
            if next.is_some_and(|next| next != at) {
                faults.push(format!("{} starts no text", page.label));
            }
            continue;
        };
        next = Some(at);
        let letters: Vec<char> = start.chars().collect();
        let text = &marked.text[at..];
        let same = text.iter().zip(&letters).take_while(|(a, b)| a == b).count();
        // A figure or a table may stand on another page than what is around it.
        let is_parted = same >= WORD
            && text.get(same).is_some_and(|next| ['図', '表', IMAGE].contains(next));
        if same < letters.len() && !is_parted {
            let near: String = marked.text[at.saturating_sub(8)..at].iter().collect();
            let after: String = marked.text[at..].iter().take(12).collect();
            faults.push(format!("page {}: {start}; EPUB: {near}|{after}", page.label));
        }
    }
    faults
}

/// The book of every construct as its files.
fn everything() -> Book {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/books/everything");
    let folder = Folder::new(root);
    let mut book = Book::new();
    let mut folders = vec![String::new(), "images/".to_owned()];
    while let Some(below) = folders.pop() {
        for name in folder.neighbours(&format!("{below}book.yaml")) {
            let path = format!("{below}{name}");
            book.extend(folder.read(&path).ok().map(|bytes| (path, bytes)));
        }
    }
    book
}

fn edit(book: &mut Book, path: &str, words: &str, by: &str) {
    let text = String::from_utf8(book[path].clone()).expect("it is UTF-8");
    assert!(text.contains(words), "{path} has {words}");
    book.insert(path.to_owned(), text.replacen(words, by, 1).into_bytes());
}

fn screen(volume: &Volume) -> Pages {
    pipeline::pages(volume, &mut Sink::default())
}

#[test]
fn everything_on_small_pages() {
    for writing in ["horizontal", "vertical"] {
        for (characters, lines) in
            [(13, 11), (14, 8), (15, 9), (16, 12), (17, 7), (18, 10), (19, 8)]
        {
            let mut book = everything();
            let style = format!(
                "\nwriting: {writing}\nstyle: {{ trim: {{ width: 100mm, height: 100mm }}, \
                 characters: {characters}, lines: {lines} }}\n"
            );
            edit(&mut book, "book.yaml", "\nwriting: horizontal\n", &style);
            edit(&mut book, "book.yaml", "page-list: pdf", "page-list: pdf, fonts: none");
            check(&format!("{writing} {characters} {lines}"), &book, screen);
        }
    }
}

/// Words of which no two are the same, so that letters tell where they stand.
#[derive(Default)]
struct Words(usize);

impl Words {
    fn word(&mut self) -> String {
        const KANA: &str = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん";
        let kana: Vec<char> = KANA.chars().collect();
        let number = self.0 * 7919 % kana.len().pow(3);
        self.0 += 1;
        let digit = |place: u32| kana[number / kana.len().pow(place) % kana.len()];
        [2, 1, 0].map(digit).iter().collect()
    }

    /// So many words, as sentences.
    fn text(&mut self, count: usize) -> String {
        let mut text = String::new();
        for number in 1..=count {
            text.push_str(&self.word());
            match number % 12 {
                0 => text.push('。'),
                4 | 8 => text.push('、'),
                _ => {}
            }
        }
        text
    }

    /// A text in which a number in brackets stands for so many words, and `ruby` for one
    /// with readings.
    fn filled(&mut self, text: &str) -> String {
        let mut parts = text.split('«');
        let mut filled = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (count, rest) = part.split_once('»').expect("a closing bracket");
            filled += &match count.parse() {
                Ok(count) => self.text(count),
                Err(_) => {
                    let word = self.word();
                    let kana: Vec<String> = word.chars().map(String::from).collect();
                    format!("{{{word}|{}}}", kana.join("|"))
                }
            };
            filled += rest;
        }
        filled
    }

    /// A chapter with long examples of everything. A line that begins with `20×` is there so
    /// often, one with `20¶` each time on a line of its own.
    fn chapter(&mut self) -> String {
        const TEXT: &str = include_str!("books/long/chapter.md");
        let mut chapter = String::new();
        for line in TEXT.lines() {
            let (count, end, line) = match line.split_once(['×', '¶']) {
                Some((count, rest)) if line.contains('×') => {
                    (count, "", rest.trim_start())
                }
                Some((count, rest)) => (count, "\n", rest.trim_start()),
                None => ("1", "", line),
            };
            for _ in 0..count.parse().expect("a number") {
                chapter += &self.filled(line);
                chapter += end;
            }
            if end.is_empty() {
                chapter.push('\n');
            }
        }
        chapter
    }
}

/// A book of long examples of everything, in a direction and a style.
fn long(writing: &str, style: &str, outputs: &str) -> Book {
    let mut book = everything();
    book.retain(|path, _| path.starts_with("images/") || path == "references.yaml");
    let mut words = Words::default();
    for path in ["1.md", "2.md"] {
        let front = format!("---\nauthors: [{}]\n---\n", words.word());
        let text = front + &words.chapter();
        // Each figure has a name of its own.
        let text = text.replace("fig:figure", &format!("fig:f{}", &path[..1]));
        book.insert(path.to_owned(), text.into_bytes());
    }
    let lists = "# 一覧の章\n\n::: list-of-figures\n:::\n\n::: references\n:::\n";
    book.insert("3.md".to_owned(), lists.as_bytes().to_vec());
    let config = format!(
        "title: 題名の語\nauthors: [綴屋 あや]\npublisher: 試し刷り社\nhalf-title: true\n\
         lists: [figures, tables, listings]\nreferences: references.yaml\n\
         numbering: {{ h1: '第{{1}}章', h2: '{{1}}.{{1}}' }}\n\
         writing: {writing}\nstyle: {{ trim: {{ width: 100mm, height: 100mm }}, {style} }}\n\
         outputs: {{ {outputs} }}\nchapters:\n  - part: 部{}\n    chapters: [1.md]\n  \
         - part: 部{}\n    chapters: [2.md, 3.md]\n",
        words.text(2),
        words.text(2),
    );
    book.insert("book.yaml".to_owned(), config.into_bytes());
    book
}

const PDF: &str = "epub: { fonts: none, page-list: pdf }, pdf: {}";

#[test]
fn long_examples_on_small_pages() {
    for writing in ["horizontal", "vertical"] {
        for (characters, lines) in [(13, 11), (14, 8), (15, 9)] {
            let style = format!("characters: {characters}, lines: {lines}");
            let book = long(writing, &style, PDF);
            check(&format!("{writing} {style}"), &book, screen);
        }
    }
}

#[test]
fn styles_that_put_things_elsewhere() {
    let styles = [
        ("horizontal", "notes: { kind: endnote, at: chapter }"),
        ("vertical", "notes: { kind: endnote, at: chapter }"),
        ("horizontal", "notes: { kind: endnote, at: part }"),
        ("vertical", "notes: { kind: endnote, at: book }"),
        ("vertical", "notes: { kind: sidenote }"),
        ("horizontal", "folios: { front: '{i}', start: 3 }"),
        ("vertical", "openings: { chapters: run-on, references: run-on }"),
        ("horizontal", "headings: { h2: { kind: run-in }, h3: { kind: cut-in } }"),
        ("horizontal", "columns: 2"),
        ("vertical", "columns: 2"),
    ];
    for (writing, style) in styles {
        let size = if style.starts_with("columns") {
            "font-size: 8Q, line-feed: 12H, characters: 16, lines: 11"
        } else {
            "characters: 14, lines: 10"
        };
        let book = long(writing, &format!("{size}, {style}"), PDF);
        let epub = check(&format!("{writing} {style}"), &book, screen);
        if style.contains("at: chapter") {
            let name = format!("page-starts-{writing}");
            tools::epubcheck(&name, &epub);
            if writing == "horizontal" {
                tools::ace(&name, &epub);
            }
        }
    }
}

#[test]
fn files_of_an_epub_that_are_divided() {
    let mut book = long("horizontal", SMALL, PDF);
    let text = "# 大きな章\n\n«6000»\n\n| «1» | «1» |\n|---|---|\n".to_owned()
        + &"| «4» | «4» |\n".repeat(900)
        + "\n```rust\n"
        + &"let «4» = «4»;\n".repeat(900)
        + "```\n\n"
        + &"- «2»\n".repeat(3000);
    let text = Words(50_000).filled(&text);
    book.insert("1.md".to_owned(), text.into_bytes());
    tools::epubcheck("page-starts-divided", &check("divided", &book, screen));
}

#[test]
fn an_epub_by_the_guide_of_ebpaj() {
    let outputs = "epub: { profile: ebpaj, page-list: pdf }, pdf: {}";
    let book = long("vertical", SMALL, outputs);
    tools::epubcheck("page-starts-ebpaj", &check("ebpaj", &book, screen));
}

/// The pages of the edition for paper of a book.
fn paper(volume: &Volume) -> Pages {
    let Volume { document, fonts, outputs, .. } = volume;
    let style = outputs.values().find_map(|output| match output {
        Output::Press(press) => Some(&press.style),
        Output::Handout(handout) => Some(&handout.style),
        Output::Epub(_) | Output::Pdf(_) => None,
    });
    let style = style.expect("an edition for paper");
    layout::layout(document, style, fonts, &mut Sink::default())
}

const SMALL: &str = "characters: 14, lines: 10";

#[test]
fn a_printed_book() {
    let outputs = "epub: { fonts: none, page-list: press }, \
        press: { isbn: 978-4-87311-903-8, page-multiple: 16, style: { characters: 12 } }";
    let epub = check("press", &long("vertical", SMALL, outputs), paper);
    tools::epubcheck("page-starts-press", &epub);
    let package = &epub::texts(&epub)["EPUB/package.opf"];
    for part in [
        "<dc:source id=\"page-source\">urn:isbn:9784873119038</dc:source>",
        "<meta property=\"pageBreakSource\">urn:isbn:9784873119038</meta>",
        "<meta property=\"schema:accessibilityFeature\">pageNavigation</meta>",
        "<meta property=\"schema:accessibilityFeature\">pageBreakMarkers</meta>",
        "印刷版のページの位置とページ一覧があります。",
    ] {
        assert!(package.contains(part), "no {part} in {package}");
    }
    assert!(!package.contains("<dc:identifier id=\"identifier\">urn:isbn:"), "{package}");
}

#[test]
fn a_handout() {
    let outputs = "epub: { fonts: none, page-list: handout }, \
        handout: { style: { lines: 9 } }";
    let epub = check("handout", &long("horizontal", SMALL, outputs), paper);
    let package = &epub::texts(&epub)["EPUB/package.opf"];
    let name = "<meta property=\"pageBreakSource\">題名の語（配布版、全";
    assert!(package.contains(name), "{package}");
}

#[test]
fn footnotes_that_the_printed_book_has_at_the_end() {
    let outputs = "epub: { fonts: none, page-list: press }, \
        press: { style: { notes: { kind: endnote } } }";
    let (epub, faults) = faults("notes", &long("horizontal", SMALL, outputs), paper);
    // Their pages are in the list, and lead to the next that has a mark.
    assert!(
        matches!(&faults[..], [one] if one.starts_with("without a mark")),
        "{faults:?}"
    );
    tools::epubcheck("page-starts-notes", &epub);
    let outputs = outputs.replace("endnote", "footnote");
    let style = format!("{SMALL}, notes: {{ kind: endnote }}");
    check("endnotes", &long("horizontal", &style, &outputs), paper);
}

#[test]
fn a_chapter_without_words() {
    let mut book = long("horizontal", SMALL, PDF);
    book.insert("2.md".to_owned(), b"![](images/circles.svg)\n".to_vec());
    check("without words", &book, screen);
}
