//! The pages: one XHTML file for each section, or several for a long one.

mod block;
mod code;
mod end;
mod html;
mod inline;
mod math;
mod matter;
mod notes;
mod table;

pub(super) use code::PREFIX;
pub(super) use end::{End, Level, MAIN, Marks, Point};

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use table::Grid;

use super::book::{Book, Place};
use super::faces::Used;
use super::xml::Xml;
use crate::diag::Diagnostic;
use crate::font::FontStyle;
use crate::geom::WritingMode;
use crate::line;
use crate::model::{
    AnchorId, Block, BlockKind, ContentsEntry, Inline, ReferenceKind, Section,
    SectionKind, TextSource, numbered, walk,
};
use crate::style::Opening;

/// A finished page.
#[derive(Debug)]
pub(super) struct Page {
    /// Its path below the package document's folder.
    pub(super) path: String,
    /// What it holds.
    pub(super) xhtml: String,
    /// Whether it holds formulas as MathML.
    pub(super) mathml: bool,
    /// Whether it starts on the page that books open with.
    pub(super) opens: bool,
}

/// What the pages hold, for the metadata.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The characters in each face.
    pub(super) used: Used,
    /// The pictures that are shown, by their numbers.
    pub(super) pictures: BTreeSet<usize>,
    /// Whether a picture has no words for those who do not see it.
    pub(super) undescribed: bool,
    /// Whether a word has its reading beside it.
    pub(super) ruby: bool,
    /// Whether a kanji of the text has no reading beside it.
    pub(super) unread: bool,
    /// Whether there is a heading.
    pub(super) headings: bool,
    /// Whether a formula is set as MathML.
    pub(super) mathml: bool,
    /// Whether an index is there.
    pub(super) index: bool,
    /// What could not be shown as it should be.
    pub(super) findings: Vec<Diagnostic>,
    /// Whether something goes on from one file to the next.
    pub(super) continued: bool,
    /// The pages of another edition that are marked, with the links to their marks from
    /// beside the package document.
    pub(super) pages: BTreeMap<usize, String>,
}

impl Seen {
    /// Takes in what another has seen.
    pub(super) fn merge(&mut self, other: Self) {
        self.used.merge(&other.used);
        self.pictures.extend(other.pictures);
        self.undescribed |= other.undescribed;
        self.ruby |= other.ruby;
        self.unread |= other.unread;
        self.headings |= other.headings;
        self.mathml |= other.mathml;
        self.index |= other.index;
        self.findings.extend(other.findings);
        self.continued |= other.continued;
        for (page, href) in other.pages {
            self.pages.entry(page).or_insert(href);
        }
    }
}

/// Writes the pages of one section, after those of the sections whose marks are given.
pub(super) fn section(
    book: &Book<'_>,
    index: usize,
    earlier: &[Marks],
) -> (Vec<Page>, Marks, Seen) {
    let mut writer = Writer::new(book, index);
    writer.earlier = earlier;
    match book.document.sections[index].kind {
        SectionKind::Contents => super::nav::page(&mut writer),
        _ => writer.section(),
    }
    writer.finish();
    (writer.pages, writer.marks, writer.seen)
}

/// Whether a section starts on the page that books open with (改丁).
fn opens(book: &Book<'_>, section: usize) -> bool {
    match book.document.sections[section].kind {
        SectionKind::HalfTitle | SectionKind::TitlePage => true,
        SectionKind::Part => book.style.openings.parts == Opening::Recto,
        SectionKind::Contents
        | SectionKind::Preface
        | SectionKind::Chapter
        | SectionKind::Appendix
        | SectionKind::Afterword
        | SectionKind::Notes
        | SectionKind::References
        | SectionKind::Index
        | SectionKind::Profile
        | SectionKind::Colophon => false,
    }
}

/// Writes one page.
pub(super) struct Writer<'a> {
    pub(super) book: &'a Book<'a>,
    pub(super) xml: Xml,
    pub(super) seen: Seen,
    marks: Marks,
    /// The marks of the sections before.
    earlier: &'a [Marks],
    place: Place,
    writing: WritingMode,
    /// The section of the contents where this is its page.
    pub(super) contents: Option<usize>,
    /// The section whose text is being written; none for pages that the program sets.
    section: Option<&'a Section>,
    /// The pages of the section that are finished.
    pages: Vec<Page>,
    /// The title of the page, and the class of its body.
    head: (String, &'static str),
    /// The last place where the file could have ended.
    at: Point,
    /// The place of the text that the notes being written belong to.
    noted: u32,
    /// How many parts of the text, each with its notes, are finished.
    part: usize,
    /// Whether no file may end in what is being written.
    is_whole: bool,
    /// Whether what is being written stands in another file too.
    pub(super) is_again: bool,
    /// The tables that are open.
    grids: Vec<Grid>,
    /// Whether the page holds formulas as MathML.
    pub(super) formulas: bool,
    /// The face of the words that are being written.
    face: FontStyle,
    /// The ids that the section has.
    ids: BTreeSet<String>,
    /// The references to each footnote of the section, with their files.
    references: BTreeMap<usize, Vec<(usize, String)>>,
    /// The levels of the headings that stand over what is being written.
    outline: Vec<u8>,
    /// How many links the words being written stand in.
    in_link: usize,
    /// Whether the words being written have their reading beside them.
    in_ruby: bool,
    /// Whether the words being written cite a work.
    in_citation: bool,
    /// Whether Western letters and numbers have their full-width forms (全角).
    full_width: bool,
    /// Whether the words being written stand beside the text, where no page starts.
    pub(super) is_beside: bool,
    /// Whether only the words count: no links, notes and ids, as in labels.
    pub(super) plain: bool,
    /// How many bytes are still to be written until a page of another edition starts, and
    /// the page.
    pub(super) awaited: Vec<(usize, usize)>,
}

impl<'a> Writer<'a> {
    /// The pages of a section.
    fn new(book: &'a Book<'a>, index: usize) -> Self {
        let section = &book.document.sections[index];
        let place = Place::Page { section: index, file: 0 };
        let mut writer = Self::at(book, place, section.writing);
        writer.section = Some(section);
        writer
    }

    /// A page at a place, in a direction of writing.
    pub(super) fn at(book: &'a Book<'a>, place: Place, writing: WritingMode) -> Self {
        Self {
            book,
            xml: Xml::document(),
            seen: Seen::default(),
            marks: Marks::default(),
            earlier: &[],
            place,
            writing,
            contents: None,
            section: None,
            pages: Vec::new(),
            head: (String::new(), ""),
            at: Point::default(),
            noted: 0,
            part: 0,
            is_whole: false,
            is_again: false,
            grids: Vec::new(),
            formulas: false,
            face: book.faces.body,
            ids: BTreeSet::new(),
            references: BTreeMap::new(),
            outline: Vec::new(),
            in_link: 0,
            in_ruby: false,
            in_citation: false,
            full_width: false,
            is_beside: false,
            plain: false,
            awaited: Vec::new(),
        }
    }

    /// The number of the section; none for pages that the program sets.
    pub(super) fn section_number(&self) -> Option<usize> {
        match self.place {
            Place::Page { section, .. } => Some(section),
            Place::Root => self.contents,
            Place::Cover => None,
        }
    }

    /// The path of the page below the package document's folder.
    pub(super) fn path(&self) -> String {
        match self.place {
            Place::Page { section, file } => self.book.path(section, file),
            Place::Root => self.book.conventions.nav.to_owned(),
            Place::Cover => self.book.conventions.cover.to_owned(),
        }
    }

    /// Where the page is.
    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// The lines of a list of figures or their like.
    fn list_of(&mut self, kind: ReferenceKind, entries: &[ContentsEntry]) {
        if !entries.is_empty() {
            self.xml.line();
            super::nav::list(self, entries, &mut ContentsEntry::sources(Some(kind)));
        }
    }

    /// Opens the page as far as its body.
    pub(super) fn begin(&mut self, title: &str, body: &'static str) {
        let title = clipped(title);
        self.head = (title.to_owned(), body);
        let meta = &self.book.document.meta;
        let direction = match self.writing {
            WritingMode::Horizontal => "hltr",
            WritingMode::Vertical => "vrtl",
        };
        self.xml.fragment("<!DOCTYPE html>\n");
        self.xml
            .open("html")
            .attr("xmlns", "http://www.w3.org/1999/xhtml")
            .attr("xmlns:epub", "http://www.idpf.org/2007/ops")
            .attr("lang", &meta.language)
            .attr("xml:lang", &meta.language)
            .class(direction);
        self.xml.line().open("head");
        self.xml.line().open("meta").attr("charset", "utf-8").close();
        self.xml.line().open("title").text(title).close();
        let style = self.book.relative(self.place, self.book.conventions.sheet);
        self.xml.line().open("link");
        self.xml
            .attr("rel", "stylesheet")
            .attr("type", "text/css")
            .attr("href", &style)
            .close();
        self.xml.line().close();
        self.xml.line().open("body").class(body).line();
    }

    /// Closes the page.
    pub(super) fn end(&mut self) {
        while self.xml.depth() > 0 {
            self.xml.close().line();
        }
    }

    /// Writes the pages of a section.
    fn section(&mut self) {
        let Some(section) = self.section else { return };
        let book = self.book;
        let title = match walk::plain_text(&section.title).trim() {
            "" => book.document.meta.title.clone(),
            title => numbered(section.number.as_deref(), title),
        };
        let kind = Kind::of(section.kind);
        self.begin(&title, kind.body);
        self.xml.open(self.book.conventions.main).class("main");
        if let Some(id) = book.id(section.anchor) {
            self.id(Some(section.anchor), Some(id));
        }
        self.xml
            .attr_some("epub:type", kind.epub_type)
            .attr_some("role", kind.role);
        self.xml.line();
        self.mark_start(TextSource::Beginning);
        self.marks.start = self.xml.len();
        if section.kind == SectionKind::HalfTitle {
            self.half_title();
        }
        if section.kind == SectionKind::TitlePage {
            self.title_page();
        }
        self.text_of(section);
        if section.kind == SectionKind::Colophon {
            self.colophon();
        }
        self.end_of_text();
    }

    /// Ends the text of a section with its notes.
    pub(super) fn end_of_text(&mut self) {
        // Footnotes follow the text of their file, wherever the edition has them.
        if !self.has_endnotes() {
            self.mark_start(TextSource::End);
        }
        self.marks.text = self.xml.len();
        self.notes();
        self.mark_start(TextSource::End);
        self.marks.length = self.xml.len();
    }

    /// Writes the blocks of a section: where the source breaks the page, a file ends.
    fn text_of(&mut self, section: &Section) {
        let titled = is_titled(section);
        if !titled {
            self.byline(section);
        }
        let mut before: Option<&Block> = None;
        let mut breaks = false;
        for (index, block) in section.blocks.iter().enumerate() {
            if matches!(block.kind, BlockKind::PageBreak) {
                breaks = before.is_some();
                continue;
            }
            if breaks {
                self.may_end(Level::BREAK);
            } else {
                self.may_end_between(before, block);
            }
            (before, breaks) = (Some(block), false);
            self.block(block);
            if index == 0 && titled {
                self.byline(section);
            }
        }
    }

    /// Writes the authors of a section below its title, or where that would be.
    fn byline(&mut self, section: &Section) {
        if section.authors.is_empty() {
            return;
        }
        let names: Vec<&str> =
            section.authors.iter().map(|who| who.name.as_str()).collect();
        self.xml.open("p").class("byline align-end");
        self.mark_start(TextSource::Byline);
        self.text(&names.join("\u{3000}"));
        self.xml.close().line();
    }

    /// Gives the element that was just opened an id, unless the page has it already.
    fn id(&mut self, anchor: Option<AnchorId>, name: Option<&str>) {
        let name = name.or_else(|| anchor.and_then(|anchor| self.book.id(anchor)));
        if self.plain || self.is_again {
            return;
        }
        if let Some(anchor) = anchor {
            self.marks.anchors.push((anchor, self.at));
        }
        if let Some(name) = name
            && self.ids.insert(name.to_owned())
        {
            self.xml.attr("id", name);
        }
    }

    /// Writes words in the face that stands.
    pub(super) fn text(&mut self, text: &str) {
        self.in_stretches(text, Self::stretch);
    }

    fn stretch(&mut self, text: &str) {
        self.seen.unread |= self.is_unread(text);
        if self.awaited.is_empty() {
            self.written(text);
        } else {
            self.words_over_pages(text);
        }
    }

    /// Whether words hold kanji and have no reading, in what the author has written.
    fn is_unread(&self, text: &str) -> bool {
        let is_written = |section: &Section| {
            !matches!(section.kind, SectionKind::TitlePage | SectionKind::Colophon)
        };
        let counts = !self.seen.unread && !self.in_ruby;
        counts && self.section.is_some_and(is_written) && text.chars().any(is_kanji)
    }

    /// Writes words that are no part of the text that pages are counted in.
    pub(super) fn written(&mut self, text: &str) {
        let text = match self.full_width {
            true => Cow::Owned(text.chars().map(line::full_width).collect()),
            false => Cow::Borrowed(text),
        };
        self.seen.used.add(self.face, &text);
        self.xml.text(&text);
    }

    /// Writes something in another face.
    pub(super) fn set_in(&mut self, face: FontStyle, write: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.face, face);
        write(self);
        self.face = before;
    }

    /// Writes words as a label: without links, notes and ids.
    pub(super) fn label(&mut self, content: &[Inline]) {
        let before = std::mem::replace(&mut self.plain, true);
        self.inlines(content);
        self.plain = before;
    }
}

/// As much of a title as stands where it cannot be parted: in the heads of files.
pub(super) fn clipped(title: &str) -> &str {
    &title[..title.floor_char_boundary(1000)]
}

/// Whether a section begins with its title.
fn is_titled(section: &Section) -> bool {
    let first = section.blocks.first().map(|block| &block.kind);
    matches!(first, Some(BlockKind::Heading { level: 1, .. }))
}

/// Whether a character is a kanji, which has a reading.
fn is_kanji(ch: char) -> bool {
    matches!(ch, '々' | '〆' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// How a kind of section is marked.
pub(super) struct Kind {
    /// The class of its body.
    body: &'static str,
    /// Its structural semantics.
    pub(super) epub_type: Option<&'static str>,
    /// Its role for assistive technology.
    role: Option<&'static str>,
}

impl Kind {
    /// The marks of a kind.
    #[rustfmt::skip]
    pub(super) fn of(kind: SectionKind) -> Self {
        let (body, epub_type, role) = match kind {
            SectionKind::HalfTitle => ("p-halftitle", Some("halftitlepage"), None),
            SectionKind::TitlePage => ("p-titlepage", Some("titlepage"), None),
            SectionKind::Contents => ("p-toc", Some("toc"), Some("doc-toc")),
            SectionKind::Preface => ("p-text", Some("preface"), Some("doc-preface")),
            SectionKind::Part => ("p-tobira", Some("part"), Some("doc-part")),
            SectionKind::Chapter => ("p-text", Some("chapter"), Some("doc-chapter")),
            SectionKind::Appendix => ("p-text", Some("appendix"), Some("doc-appendix")),
            SectionKind::Afterword => ("p-text", Some("afterword"), Some("doc-afterword")),
            SectionKind::Notes => ("p-text", Some("endnotes"), Some("doc-endnotes")),
            SectionKind::References => ("p-text", Some("bibliography"), Some("doc-bibliography")),
            SectionKind::Index => ("p-index", Some("index"), Some("doc-index")),
            SectionKind::Profile => ("p-text", None, None),
            SectionKind::Colophon => ("p-colophon", Some("colophon"), Some("doc-colophon")),
        };
        Self { body, epub_type, role }
    }
}
