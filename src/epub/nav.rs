//! The contents: the navigation document, and the NCX of older readers.

use std::collections::BTreeMap;

use super::book::{Book, Place};
use super::xhtml::{Kind, Level, MAIN, Page, Seen, Writer};
use super::xml::Xml;
use crate::model::{
    Block, BlockKind, ContentsEntry, Inline, ReferenceKind, SectionKind, TextSource, walk,
};

/// Writes the navigation document, which is the page of the contents too.
///
/// `pages` are the links to the pages of another edition that other files hold.
pub(super) fn write(book: &Book<'_>, pages: &BTreeMap<usize, String>) -> (Page, Seen) {
    let mut writer = Writer::at(book, Place::Root, book.document.writing);
    let sections = &book.document.sections;
    let contents = sections.iter().position(|it| it.kind == SectionKind::Contents);
    writer.contents = contents.filter(|_| !book.conventions.contents_page);
    let words = book.document.words();
    writer.begin(words.contents, "p-toc");
    writer.mark_start(TextSource::Beginning);
    writer
        .xml
        .open("nav")
        .attr("epub:type", "toc")
        .attr("role", "doc-toc")
        .attr("aria-labelledby", "toc-title")
        .attr("id", "toc")
        .class("main")
        .line();
    writer.xml.open("h1").attr("id", "toc-title");
    let face = book.faces.headings[0];
    writer.set_in(face, |writer| writer.text(words.contents));
    writer.xml.close().line();
    let contents = entries(book);
    list(&mut writer, &contents, &mut ContentsEntry::sources(None));
    writer.xml.close().line();
    lists(&mut writer);
    writer.mark_start(TextSource::End);
    landmarks(&mut writer);
    page_list(&mut writer, pages);
    writer.end();
    let xhtml = writer.xml.finish();
    (
        Page {
            path: book.conventions.nav.to_owned(),
            xhtml,
            mathml: writer.formulas,
            opens: false,
        },
        writer.seen,
    )
}

/// The lists of figures and their like that follow the contents: what they list, their
/// headings and their lines. Those without lines are left out.
fn lists_of<'a>(
    book: &Book<'a>,
) -> Vec<(ReferenceKind, &'a [Inline], &'a [ContentsEntry])> {
    let sections = book.document.sections.iter();
    let contents = sections.filter(|section| section.kind == SectionKind::Contents);
    let blocks: Vec<&Block> =
        contents.flat_map(|section| section.blocks.iter().skip(1)).collect();
    let list = |pair: &[&'a Block]| match pair {
        [
            Block { kind: BlockKind::Heading { content, .. }, .. },
            Block { kind: BlockKind::ListOf { kind, entries }, .. },
        ] if !entries.is_empty() => Some((*kind, content.as_slice(), entries.as_slice())),
        _ => None,
    };
    blocks.chunks(2).filter_map(list).collect()
}

/// The lists of figures and their like in the navigation document.
fn lists(writer: &mut Writer<'_>) {
    for (kind, content, entries) in lists_of(writer.book) {
        let (name, id) = match kind {
            ReferenceKind::Figure => ("loi", "list-of-figures"),
            ReferenceKind::Table => ("lot", "list-of-tables"),
            _ => ("lol", "list-of-listings"),
        };
        let title = format!("{id}-title");
        let is_known = name != "lol";
        writer.xml.open(if is_known { "nav" } else { "section" });
        writer.xml.attr_some("epub:type", is_known.then_some(name));
        writer
            .xml
            .attr("aria-labelledby", &title)
            .attr("id", id)
            .class("main")
            .line();
        writer.xml.open("h2").attr("id", &title);
        let face = writer.book.faces.headings[1];
        writer.mark_start(TextSource::ListOf(kind, 0));
        writer.set_in(face, |writer| writer.label(content));
        writer.xml.close().line();
        list(writer, entries, &mut ContentsEntry::sources(Some(kind)));
        writer.xml.close().line();
    }
}

/// Writes the contents as pages of their own: a line for each entry, with the indents of
/// the guide.
pub(super) fn page(writer: &mut Writer<'_>) {
    let book = writer.book;
    let words = book.document.words();
    writer.begin(words.contents, "p-toc");
    writer.mark_start(TextSource::Beginning);
    writer.xml.open("div").class("main").line();
    writer.xml.open("h1").class("mokuji-midashi");
    let face = book.faces.headings[0];
    writer.set_in(face, |writer| writer.text(words.contents));
    writer.xml.close().line();
    let sources = &mut ContentsEntry::sources(None);
    lines(writer, &entries(book), (0, sources));
    lists_on_page(writer);
    writer.end_of_text();
}

fn lines(
    writer: &mut Writer<'_>,
    entries: &[ContentsEntry],
    (depth, sources): (usize, &mut dyn Iterator<Item = TextSource>),
) {
    for (number, entry) in entries.iter().enumerate() {
        if depth + number > 0 {
            let level = Level::block(MAIN + depth, false);
            writer.may_end(level);
        }
        let class = if depth == 0 { String::new() } else { format!("start-{depth}em") };
        writer.xml.open("p").class(format!("noindent {class}").trim_end());
        let href = writer.book.href(writer.place(), entry.anchor);
        link(writer, href.as_deref(), entry, sources.next());
        writer.xml.close().line();
        lines(writer, &entry.children, (depth + 1, sources));
    }
}

/// The lists of figures and their like on the page of the contents, each below a heading.
fn lists_on_page(writer: &mut Writer<'_>) {
    for (kind, content, entries) in lists_of(writer.book) {
        writer.may_end_before(true);
        writer.xml.open("h2").class("mokuji-midashi");
        writer.mark_start(TextSource::ListOf(kind, 0));
        let face = writer.book.faces.headings[1];
        writer.set_in(face, |writer| writer.label(content));
        writer.xml.close().line();
        lines(writer, entries, (0, &mut ContentsEntry::sources(Some(kind))));
    }
}

/// The number and the words of an entry; a mark where it has no words.
fn words_of(writer: &mut Writer<'_>, entry: &ContentsEntry) {
    if walk::plain_text(&entry.title).trim().is_empty() {
        return writer.text("＊");
    }
    writer.heading_number(entry.number.as_deref());
    writer.label(&entry.title);
}

/// A nested list of entries. Those that lead nowhere are left out, as is what is empty.
pub(super) fn list(
    writer: &mut Writer<'_>,
    entries: &[ContentsEntry],
    sources: &mut dyn Iterator<Item = TextSource>,
) {
    writer.xml.open("ol").line();
    for (number, entry) in entries.iter().enumerate() {
        if number > 0 {
            writer.may_end_before(false);
        }
        let href = writer.book.href(writer.place(), entry.anchor);
        writer.xml.item("li");
        link(writer, href.as_deref(), entry, sources.next());
        if !entry.children.is_empty() {
            writer.xml.line();
            list(writer, &entry.children, sources);
        }
        writer.xml.close().line();
    }
    writer.xml.close().line();
}

/// The words of an entry as a link, with the pages that start in them.
fn link(
    writer: &mut Writer<'_>,
    href: Option<&str>,
    entry: &ContentsEntry,
    source: Option<TextSource>,
) {
    match href {
        Some(href) => writer.xml.open("a").attr("href", href),
        None => writer.xml.open("span"),
    };
    let before = writer.awaited.len();
    source.into_iter().for_each(|source| writer.mark_pages(source));
    words_of(writer, entry);
    writer.mark_rest(before);
    writer.xml.close();
}

/// The contents of the document; where it has none, its sections with a title; where there
/// are none either, its first page.
fn entries(book: &Book<'_>) -> Vec<ContentsEntry> {
    if !book.document.contents.is_empty() {
        return book.document.contents.clone();
    }
    let sections = book.document.sections.iter();
    let titled: Vec<ContentsEntry> = sections
        .filter(|section| !section.title.is_empty())
        .map(|section| ContentsEntry {
            number: section.number.clone(),
            title: section.title.clone(),
            anchor: section.anchor,
            ..ContentsEntry::default()
        })
        .collect();
    if !titled.is_empty() {
        return titled;
    }
    let title = Inline::Text {
        text: book.document.meta.title.clone(),
        span: crate::source::Span::default(),
    };
    let first = book
        .document
        .sections
        .iter()
        .find(|it| it.kind != SectionKind::Contents);
    let anchor = first.map_or_else(Default::default, |section| section.anchor);
    vec![ContentsEntry {
        title: vec![title],
        anchor,
        ..ContentsEntry::default()
    }]
}

/// The places that readers offer to go to (landmarks).
fn landmarks(writer: &mut Writer<'_>) {
    let (book, labels) = (writer.book, writer.book.labels);
    let words = book.document.words();
    let mut marks: Vec<(&str, String, &str)> = Vec::new();
    marks.push(("cover", book.conventions.cover.to_owned(), labels.cover));
    let find = |kinds: &[SectionKind]| {
        let found = |section: &crate::model::Section| kinds.contains(&section.kind);
        let at = book.document.sections.iter().position(found)?;
        Some((book.document.sections[at].kind, book.path(at, 0)))
    };
    if let Some((_, path)) = find(&[SectionKind::TitlePage]) {
        marks.push(("titlepage", path, labels.title_page));
    }
    // Links lead to what is read in order alone.
    if let Some((_, path)) = find(&[SectionKind::Contents]) {
        let id = if book.conventions.contents_page { "" } else { "#toc" };
        marks.push(("toc", format!("{path}{id}"), words.contents));
    }
    if let Some(path) = book.text() {
        marks.push(("bodymatter", path, labels.body));
    }
    for (kind, label) in [
        (SectionKind::References, words.references),
        (SectionKind::Index, words.index),
        (SectionKind::Colophon, words.colophon),
    ] {
        if let (Some((_, path)), Some(epub_type)) =
            (find(&[kind]), Kind::of(kind).epub_type)
        {
            marks.push((epub_type, path, label));
        }
    }
    writer
        .xml
        .open("nav")
        .attr("epub:type", "landmarks")
        .attr("id", "landmarks")
        .attr("aria-label", labels.landmarks)
        .attr("hidden", "hidden")
        .line();
    writer.xml.open("ol").line();
    for (epub_type, href, label) in marks {
        writer
            .xml
            .open("li")
            .open("a")
            .attr("epub:type", epub_type)
            .attr("href", &href);
        writer.text(label);
        writer.xml.close().close().line();
    }
    writer.xml.close().line().close().line();
}

/// The pages of another edition, in their order. Reading systems show them, the page of
/// the contents does not.
fn page_list(writer: &mut Writer<'_>, pages: &BTreeMap<usize, String>) {
    let mut marked = pages.clone();
    marked.extend(writer.seen.pages.clone());
    if marked.is_empty() {
        return;
    }
    writer
        .xml
        .open("nav")
        .attr("epub:type", "page-list")
        .attr("role", "doc-pagelist")
        .attr("id", "page-list")
        .attr("aria-label", writer.book.labels.pages)
        .attr("hidden", "hidden")
        .line();
    writer.xml.open("ol").line();
    for (label, href) in writer.book.page_marks.listed(&marked) {
        writer.xml.open("li").open("a").attr("href", href);
        writer.text(label);
        writer.xml.close().close().line();
    }
    writer.xml.close().line().close().line();
}

/// Writes the NCX; `pages` as in [`write()`], with those of the contents.
pub(super) fn ncx(book: &Book<'_>, pages: &BTreeMap<usize, String>) -> String {
    let meta = &book.document.meta;
    let contents = entries(book);
    let mut xml = Xml::document();
    xml.open("ncx")
        .attr("xmlns", "http://www.daisy.org/z3986/2005/ncx/")
        .attr("version", "2005-1")
        .attr("xml:lang", &meta.language);
    xml.indent().open("head");
    let depth = depth(&contents).to_string();
    let listed: Vec<_> = book.page_marks.listed(pages).collect();
    let numbers = listed.iter().filter_map(|(label, _)| label.parse().ok());
    let most: u32 = numbers.max().unwrap_or(0);
    let head = [
        ("dtb:uid", meta.identifier.as_str()),
        ("dtb:depth", &depth),
        ("dtb:totalPageCount", &listed.len().to_string()),
        ("dtb:maxPageNumber", &most.to_string()),
    ];
    for (name, content) in head {
        xml.leaf("meta", &[("name", name), ("content", content)], "");
    }
    xml.indent_close();
    xml.indent().open("docTitle");
    xml.leaf("text", &[], &meta.title).indent_close();
    if let Some(author) = meta.contributors.first() {
        xml.indent().open("docAuthor");
        xml.leaf("text", &[], &author.name).indent_close();
    }
    xml.indent().open("navMap");
    let mut order = 0;
    points(book, &contents, &mut order, &mut xml);
    xml.indent_close();
    page_targets(&listed, order, &mut xml);
    xml.indent_close().line();
    xml.finish()
}

fn page_targets(pages: &[(&str, &str)], order: usize, xml: &mut Xml) {
    if pages.is_empty() {
        return;
    }
    xml.indent().open("pageList");
    let (mut order, mut before) = (order, None);
    for (number, (label, href)) in pages.iter().enumerate() {
        // What leads to one place is played at one time.
        order += usize::from(before.replace(href) != Some(href));
        let value = label.parse::<u32>().ok().map(|value| value.to_string());
        let kind = if value.is_some() { "normal" } else { "front" };
        let id = format!("page-{}", number + 1);
        let order = order.to_string();
        xml.indent()
            .open("pageTarget")
            .attr("id", &id)
            .attr("type", kind)
            .attr_some("value", value.as_deref())
            .attr("playOrder", &order);
        xml.indent().open("navLabel").leaf("text", &[], label).indent_close();
        xml.leaf("content", &[("src", href)], "");
        xml.indent_close();
    }
    xml.indent_close();
}

fn points(book: &Book<'_>, entries: &[ContentsEntry], order: &mut usize, xml: &mut Xml) {
    for entry in entries {
        let Some(href) = book.href(Place::Root, entry.anchor) else {
            points(book, &entry.children, order, xml);
            continue;
        };
        *order += 1;
        let number = order.to_string();
        let title = entry.words();
        let title = if title.trim().is_empty() { "＊" } else { title.trim() };
        xml.indent()
            .open("navPoint")
            .attr("id", &format!("point-{number}"))
            .attr("playOrder", &number);
        xml.indent().open("navLabel").leaf("text", &[], title).indent_close();
        xml.leaf("content", &[("src", &href)], "");
        points(book, &entry.children, order, xml);
        xml.indent_close();
    }
}

fn depth(entries: &[ContentsEntry]) -> usize {
    entries
        .iter()
        .map(|entry| 1 + depth(&entry.children))
        .max()
        .unwrap_or(0)
}
