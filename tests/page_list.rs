//! The page breaks of the PDF in the EPUB that is built with it.
#![cfg(all(feature = "embedded-fonts", feature = "svg", feature = "bibliography"))]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;
mod tools;

use std::collections::BTreeMap;

use common::Project;
use common::epub::{self, values};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Builds a book; its EPUB keeps the page breaks of its PDF.
fn bind(project: Project) -> Project {
    project.run(["build", "--quiet"]).code(0);
    project
}

fn made(project: &Project, ending: &str) -> String {
    let made = |path: &String| path.starts_with("dist/") && path.ends_with(ending);
    project.files().into_iter().find(made).expect("it is built")
}

/// A page as the EPUB has it.
#[derive(Debug, Default)]
struct Marked {
    label: String,
    /// Its text without white space and readings, with the marks that the PDF sets.
    text: String,
    /// Whether the PDF has it in other words: a page set from metadata, contents, index.
    other: bool,
}

/// What the PDF calls boxes that have no title of their own.
const TITLES: [(&str, &str); 5] = [
    ("note", "メモ"),
    ("tip", "ヒント"),
    ("important", "重要"),
    ("warning", "警告"),
    ("caution", "注意"),
];

/// The text of the EPUB between the marks of its pages.
struct Between<'a> {
    files: &'a BTreeMap<String, String>,
    pages: Vec<Marked>,
    /// The names of the open elements.
    open: Vec<String>,
    /// The numbers of the items of the open lists; `None` for bullets.
    lists: Vec<Option<usize>>,
    /// The title of the box that was just opened, where it is not its own.
    title: Option<&'static str>,
    /// The mark of the item of a list that was just opened.
    item: String,
    vertical: bool,
    other: bool,
}

impl<'a> Between<'a> {
    fn read(files: &'a BTreeMap<String, String>, vertical: bool) -> Vec<Marked> {
        let package = &files["EPUB/package.opf"];
        let mut between = Self {
            files,
            pages: Vec::new(),
            open: Vec::new(),
            lists: Vec::new(),
            title: None,
            item: String::new(),
            vertical,
            other: false,
        };
        for item in values(package, "<itemref idref=\"") {
            let at = package.find(&format!("<item id=\"{item}\"")).expect("an item");
            let path = values(&package[at..], "href=\"")[0];
            between.page(&files[&format!("EPUB/{path}")]);
        }
        between.pages
    }

    fn page(&mut self, xhtml: &str) {
        self.item.clear();
        let others =
            ["p-cover", "p-titlepage", "p-toc", "p-tobira", "p-index", "p-colophon"];
        self.other = others
            .iter()
            .any(|class| xhtml.contains(&format!("<body class=\"{class}\"")));
        let body = &xhtml[xhtml.find("<body").expect("a body")..];
        let mut reader = Reader::from_str(body);
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Start(tag) => self.start(&tag),
                Event::Empty(tag) => {
                    self.start(&tag);
                    self.end();
                }
                Event::End(_) => self.end(),
                Event::Text(text) => self.text(&text),
                Event::GeneralRef(name) => self.text(match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    other => panic!("{other}"),
                }),
                Event::Eof => break,
                _ => {}
            }
            if self.open.is_empty() {
                break;
            }
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let attribute = |name: &str| {
            let found = tag.attributes().flatten().find(|at| {
                let key: &str = at.key.as_ref();
                key == name
            });
            found.map(|at| at.value.to_string())
        };
        let class = attribute("class").unwrap_or_default();
        let mut name = tag.name().as_ref().to_owned();
        if attribute("role").as_deref() == Some("doc-pagebreak") {
            let label = attribute("aria-label").expect("a page has a number");
            self.pages
                .push(Marked { label, other: self.other, ..Marked::default() });
        }
        if let Some(title) = self.title.take().filter(|_| class != "container-title") {
            self.text(title);
        }
        let titled = TITLES.iter().find(|(kind, _)| class.split(' ').eq(["box", kind]));
        self.title = titled.map(|(_, title)| *title);
        match (name.as_str(), class.as_str()) {
            ("ul", "index") => {}
            ("ul", _) => self.lists.push(None),
            ("ol", _) => {
                let first = attribute("start").and_then(|start| start.parse().ok());
                self.lists.push(Some(first.unwrap_or(1)));
            }
            ("li", _) => {
                let depth = self.lists.len().saturating_sub(1).min(2);
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        let dot = if self.vertical { "" } else { "." };
                        format!("{}{dot}", *number - 1)
                    }
                    Some(None) => ["•", "◦", "–"][depth].to_owned(),
                    None => String::new(),
                };
                // The item has its mark where it begins.
                self.item = if class == "continued" { String::new() } else { mark };
            }
            ("hr", _) => self.text("＊＊＊"),
            ("a", "noteref") => name = "noteref".to_owned(),
            ("figure", _) => self.mark(FIGURE),
            ("img", _) => {
                let path = attribute("src").expect("an image has a file");
                let name = path.rsplit('/').next().unwrap_or_default();
                let svg = self.files.iter().find(|(path, _)| path.ends_with(name));
                let words = svg.map_or(String::new(), |(_, svg)| words_of(svg));
                self.text(&words);
            }
            ("div", "notes") => name = "notes".to_owned(),
            _ => {}
        }
        if name == "noteref" {
            self.text(if self.vertical { "（" } else { "" });
        }
        self.open.push(name);
    }

    fn end(&mut self) {
        match self.open.pop().as_deref() {
            Some("ul" | "ol") => drop(self.lists.pop()),
            Some("figure") => self.mark(FIGURE_END),
            Some("noteref") => self.text(if self.vertical { "）" } else { ")" }),
            _ => {}
        }
    }

    fn mark(&mut self, mark: char) {
        if let Some(page) = self.pages.last_mut() {
            page.text.push(mark);
        }
    }

    fn text(&mut self, text: &str) {
        let aside = ["rt", "notes", "nav", "title"];
        if self.open.iter().any(|name| aside.contains(&name.as_str())) {
            return;
        }
        let item = match text.trim() {
            "" => String::new(),
            _ => std::mem::take(&mut self.item),
        };
        if let Some(page) = self.pages.last_mut() {
            page.text.push_str(&item);
            page.text.extend(text.chars().filter(|ch| !is_blank(*ch)));
        }
    }
}

/// The words of an SVG.
fn words_of(svg: &str) -> String {
    let mut reader = Reader::from_str(svg);
    let (mut words, mut inside) = (String::new(), 0);
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) if inside > 0 || tag.name().as_ref() == "text" => {
                inside += 1;
            }
            Event::End(_) if inside > 0 => inside -= 1,
            Event::Text(text) if inside > 0 => words.push_str(&text),
            Event::Eof => return words,
            _ => {}
        }
    }
}

fn is_blank(ch: char) -> bool {
    ch.is_whitespace() || matches!(ch, '\u{ad}' | '\u{200b}' | '\u{c}')
}

/// The texts of the pages of a PDF in the order of reading, without white space.
fn page_texts(project: &Project) -> Option<Vec<String>> {
    let pdf = project.path(&made(project, ".pdf"));
    let text = tools::run("pdftotext", &["-raw"], &pdf, &["-"])?;
    let page = |text: &str| text.chars().filter(|ch| !is_blank(*ch)).collect();
    Some(text.split('\u{c}').map(page).collect())
}

/// Expects that the pages of the EPUB have the text of those of the PDF: all of it, in two
/// stretches where a paragraph goes on over the page. Between them stand notes, readings,
/// running head and folio. Figures and tables that stand whole on a page are compared by
/// themselves, as they may wait for room while the text goes on.
fn same_text(project: &Project, pages: &[Marked], heads: &[String]) {
    let Some(mut texts) = page_texts(project) else { return };
    let mut figures = Vec::new();
    for part in pages.iter().flat_map(|page| page.text.split(FIGURE).skip(1)) {
        let figure = part.split(FIGURE_END).next().unwrap_or_default();
        let home = texts.iter_mut().find(|text| text.contains(figure));
        if let Some(home) = home.filter(|_| !figure.is_empty()) {
            *home = home.replacen(figure, "", 1);
            figures.push(format!("{FIGURE}{figure}{FIGURE_END}"));
        }
    }
    let mut compared = 0;
    // On some pages stands nothing but what has waited for room.
    let has_text = |marked: &&Marked| !marked.other && !marked.text.is_empty();
    for marked in pages.iter().filter(has_text) {
        let page: usize = marked.label.parse().expect("an arabic number");
        let text = &texts[page - 1];
        let here = figures.iter().fold(marked.text.clone(), |text, figure| {
            text.replacen(figure.as_str(), "", 1)
        });
        let here: Vec<char> =
            here.chars().filter(|ch| ![FIGURE, FIGURE_END].contains(ch)).collect();
        // The head of a table that goes on stands on its pages again.
        let begins = |head: &&String| text.starts_with(head.as_str());
        let head = heads.iter().find(begins).filter(|head| {
            !here.iter().copied().take(head.chars().count()).eq(head.chars())
        });
        let again = head.map_or(0, |head| head.chars().count());
        let there: Vec<char> = text.chars().skip(again).collect();
        let same = |(a, b): &(&char, &char)| a == b;
        let first = here.iter().zip(&there).take_while(same).count();
        let last = here.iter().rev().zip(there.iter().rev()).take_while(same).count();
        assert!(
            first + last >= here.len(),
            "page {page} parts at {} and {}:\nEPUB {}\nPDF  {text}",
            here[first..].iter().take(20).collect::<String>(),
            there[first..].iter().take(20).collect::<String>(),
            marked.text,
        );
        compared += 1;
    }
    assert!(compared > 10, "{compared} pages");
}

/// The words of the heads of all tables.
fn heads(files: &BTreeMap<String, String>) -> Vec<String> {
    let parts = files.values().flat_map(|xhtml| xhtml.split("<thead>").skip(1));
    let heads = parts.filter_map(|part| part.split("</thead>").next()).map(|head| {
        let words = head.split('<').filter_map(|part| part.split('>').nth(1));
        words.flat_map(str::chars).filter(|ch| !is_blank(*ch)).collect()
    });
    heads.filter(|head: &String| !head.is_empty()).collect()
}

/// Around the words of a figure or a table.
const FIGURE: char = '\u{E000}';
const FIGURE_END: char = '\u{E001}';

fn book(writing: &str) {
    let project = bind(Project::of("book", writing));
    let files = epub::texts(&project.read(&made(&project, ".epub")));
    let pages = Between::read(&files, writing == "vertical");
    same_text(&project, &pages, &heads(&files));

    // The list, the NCX and the package say the same.
    let labels: Vec<&str> = pages.iter().map(|page| page.label.as_str()).collect();
    let nav = &files["EPUB/nav.xhtml"];
    let list = &nav[nav.find("role=\"doc-pagelist\"").expect("a page list")..];
    let listed: Vec<&str> = list
        .split("<li>")
        .skip(1)
        .filter_map(|line| line.split('>').nth(1)?.split('<').next())
        .collect();
    assert_eq!(listed, labels);
    assert_eq!(files["EPUB/toc.ncx"].matches("<pageTarget ").count(), labels.len());
    let package = &files["EPUB/package.opf"];
    for part in [
        "property=\"source-of\">pagination<",
        "<meta property=\"pageBreakSource\">",
        "schema:accessibilityFeature\">pageNavigation<",
        "schema:accessibilityFeature\">pageBreakMarkers<",
    ] {
        assert!(package.contains(part), "no {part} in {package}");
    }
}

#[test]
fn a_page_list_needs_its_edition() {
    let config = "title: 本\nchapters: [a.md]\noutputs:\n  epub: { page-list: pdf }\n";
    let project = Project::new().write("a.md", "# 一\n").write("book.yaml", config);
    let run = project.run(["build", "--message-format", "short"]);
    run.code(1)
        .tells("book.yaml:4:11: error[bad-value]: `page-list` names `pdf`, which");
    let press = "outputs:\n  epub: { page-list: press }";
    let project =
        project.edit("book.yaml", "outputs:\n  epub: { page-list: pdf }", press);
    let run = project.run(["build", "--message-format", "short"]);
    run.code(1).tells("`page-list` names `press`, which is not made");
    let some = "outputs:\n  handout: { chapters: 1 }\n  epub: { page-list: handout }";
    let project = project.edit("book.yaml", press, some);
    let run = project.run(["build", "--message-format", "short"]);
    run.code(1)
        .tells("`page-list` names a handout that holds some chapters alone");
}

#[test]
fn blank_pages_have_no_mark() {
    let project = bind(Project::everything("vertical"));
    let files = epub::texts(&project.read(&made(&project, ".epub")));
    let pages = Between::read(&files, true);
    let Some(texts) = page_texts(&project) else { return };
    let marked: Vec<usize> =
        pages.iter().map(|page| page.label.parse().expect("arabic")).collect();
    assert!(marked.is_sorted_by(|a, b| a < b), "{marked:?}");
    assert!(texts.iter().any(String::is_empty), "the book has blank pages");
    for (page, text) in texts.iter().enumerate().filter(|(_, text)| text.is_empty()) {
        assert!(!marked.contains(&(page + 1)), "page {}: {text}", page + 1);
    }
}

#[test]
fn pages_start_at_the_very_character() {
    book("horizontal");
}

#[test]
fn pages_of_a_vertical_book_start_at_the_very_character() {
    book("vertical");
}

#[test]
fn pages_start_at_the_very_character_of_what_is_in_several_files() {
    let sentence = |n| format!("その{n}つめの文は、ほかとはちがう「長い文」である。");
    let paragraph: String = (0..4000).map(sentence).collect();
    let mut text = format!("# 一\n\n{paragraph}\n\n1. 二\n\n");
    for n in 0..4000 {
        text += &format!("   {}\n\n", sentence(n));
    }
    text += "```\n";
    (0..9000).for_each(|n| text += &format!("let x{n} = \"water\";\n"));
    text += "```\n";
    let config = "title: 本\nauthors: [著者]\nchapters: [a.md]\n\
                  outputs:\n  epub: { page-list: pdf, fonts: none }\n  pdf: {}\n";
    let project = Project::new().write("a.md", text).write("book.yaml", config);
    let project = bind(project);
    let files = epub::texts(&project.read(&made(&project, ".epub")));
    let long = |(path, _): &(&String, _)| path.contains("chapter-01");
    assert!(files.iter().filter(long).count() > 3, "{:?}", files.keys());
    same_text(&project, &Between::read(&files, false), &[]);
}
