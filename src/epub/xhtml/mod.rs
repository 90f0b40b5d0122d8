//! The pages: one XHTML file for each section, or several for a long one.

mod block;
mod code;
mod html;
mod inline;
mod math;
mod matter;

pub(super) use code::PREFIX;

use std::collections::{BTreeMap, BTreeSet};

use super::book::{Book, Place};
use super::faces::Used;
use super::xml::Xml;
use crate::diag::Diagnostic;
use crate::font::FontStyle;
use crate::geom::WritingMode;
use crate::model::{
    AnchorId, Block, BlockKind, ContentsEntry, Inline, Note, Section, SectionKind,
    numbered, walk,
};
use crate::style::{NoteKind, Opening};

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
        for (page, href) in other.pages {
            self.pages.entry(page).or_insert(href);
        }
    }
}

/// Where the blocks of a section came to stand, for dividing it.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// By block, how many bytes were written before it.
    pub(super) starts: Vec<usize>,
    /// The anchors, each with the block that holds it.
    pub(super) anchors: Vec<(AnchorId, usize)>,
    /// The footnotes, each with the block that refers to it first.
    pub(super) notes: BTreeMap<usize, usize>,
    /// How many bytes the whole has.
    pub(super) length: usize,
}

/// Writes the pages of one section, after those of the sections whose marks are given.
pub(super) fn section(
    book: &Book<'_>,
    index: usize,
    earlier: &[Marks],
) -> (Vec<Page>, Marks, Seen) {
    let mut marks = Marks::default();
    let mut seen = Seen::default();
    let pages = (0..book.splits[index].files.len())
        .map(|file| {
            let mut writer = Writer::new(book, index, file);
            writer.earlier = earlier;
            writer.section();
            let path = book.path(index, file);
            let mathml = writer.seen.mathml;
            seen.merge(writer.seen);
            let notes = std::mem::take(&mut marks.notes);
            marks = writer.marks;
            marks.notes.extend(notes);
            let opens = file == 0 && opens(book, index);
            Page { path, xhtml: writer.xml.finish(), mathml, opens }
        })
        .collect();
    (pages, marks, seen)
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
    /// The section and the file in its split; none for pages that the program sets.
    section: Option<(&'a Section, usize)>,
    /// The block of the section that is being written.
    block: usize,
    /// The face of the words that are being written.
    face: FontStyle,
    /// The ids that the page has.
    ids: BTreeSet<String>,
    /// The references to each footnote on this page.
    references: BTreeMap<usize, Vec<String>>,
    /// The levels of the headings that stand over what is being written.
    outline: Vec<u8>,
    /// How many links the words being written stand in.
    in_link: usize,
    /// Whether the words being written have their reading beside them.
    in_ruby: bool,
    /// Whether the words being written cite a work.
    in_citation: bool,
    /// Whether only the words count: no links, notes and ids, as in labels.
    pub(super) plain: bool,
    /// How many bytes are still to be written until a page of another edition starts, and
    /// the page.
    pub(super) awaited: Vec<(usize, usize)>,
}

impl<'a> Writer<'a> {
    /// A page of a section.
    fn new(book: &'a Book<'a>, index: usize, file: usize) -> Self {
        let section = &book.document.sections[index];
        let place = Place::Page { section: index, file };
        let mut writer = Self::at(book, place, section.writing);
        writer.section = Some((section, file));
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
            block: 0,
            face: book.faces.body,
            ids: BTreeSet::new(),
            references: BTreeMap::new(),
            outline: Vec::new(),
            in_link: 0,
            in_ruby: false,
            in_citation: false,
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
    fn list_of(&mut self, entries: &[ContentsEntry]) {
        if !entries.is_empty() {
            self.xml.line();
            super::nav::list(self, entries, &mut None);
        }
    }

    /// Opens the page as far as its body.
    pub(super) fn begin(&mut self, title: &str, body: &str) {
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

    /// Writes the page of a section.
    fn section(&mut self) {
        let Some((section, file)) = self.section else { return };
        let index = match self.place {
            Place::Page { section, .. } => section,
            Place::Root | Place::Cover => 0,
        };
        let book = self.book;
        let split = &book.splits[index];
        let title = match walk::plain_text(&section.title).trim() {
            "" => book.document.meta.title.clone(),
            title => numbered(section.number.as_deref(), title),
        };
        let kind = Kind::of(section.kind);
        self.begin(&title, kind.body);
        self.xml.open(self.book.conventions.main).class("main");
        if let Some(id) = book.id(section.anchor).filter(|_| file == 0) {
            self.id(Some(section.anchor), Some(id));
        }
        self.xml
            .attr_some("epub:type", kind.epub_type)
            .attr_some("role", kind.role);
        self.xml.line();
        if file == 0 {
            self.mark_section(index);
        }
        if section.kind == SectionKind::HalfTitle {
            self.half_title();
        }
        if section.kind == SectionKind::TitlePage {
            self.title_page();
        }
        for index in split.files[file].clone() {
            self.block = index;
            self.marks.starts.push(self.xml.len());
            self.block(&section.blocks[index]);
            if index == 0 {
                self.byline(section);
            }
        }
        if section.kind == SectionKind::Colophon {
            self.colophon();
        }
        self.marks.length = self.xml.len();
        self.notes(section, split, file);
        self.end();
    }

    /// Writes the authors of a section below its title.
    fn byline(&mut self, section: &Section) {
        let titled = section.blocks.first().is_some_and(|block| {
            matches!(block.kind, BlockKind::Heading { level: 1, .. })
        });
        if !titled || section.authors.is_empty() {
            return;
        }
        let names: Vec<&str> =
            section.authors.iter().map(|who| who.name.as_str()).collect();
        self.xml.open("p").class("byline align-end");
        self.text(&names.join("\u{3000}"));
        self.xml.close().line();
    }

    /// Writes the footnotes that the page holds.
    fn notes(&mut self, section: &'a Section, split: &super::book::Split, file: usize) {
        if section.notes_in.is_some() {
            return;
        }
        let here = |&(note, _): &(usize, _)| split.notes.get(note) == Some(&file);
        let notes: Vec<_> = section.notes.iter().enumerate().filter(here).collect();
        if notes.is_empty() {
            return;
        }
        if self.has_endnotes() {
            self.xml
                .open("section")
                .class("notes")
                .attr("epub:type", "endnotes")
                .attr("role", "doc-endnotes")
                .line();
        } else {
            self.xml.open("div").class("notes").line();
        }
        for (number, note) in notes {
            // A note goes with the block that refers to it, and so do its anchors.
            let last = section.blocks.len().saturating_sub(1);
            self.block = self.marks.notes.get(&number).copied().unwrap_or(last);
            let back = self.references.get(&number).cloned().unwrap_or_default();
            let back = back.iter().map(|id| format!("#{id}")).collect();
            self.note(format!("note.{}", number + 1), note, back);
        }
        self.xml.close().line();
    }

    /// Writes the notes of another section.
    fn notes_of(&mut self, index: usize) {
        let book = self.book;
        let Some(section) = book.document.sections.get(index) else { return };
        let around = self.section.replace((section, 0));
        self.references.clear();
        self.xml.open("div").line();
        for (number, note) in section.notes.iter().enumerate() {
            let file = book.splits[index].notes.get(number).copied().unwrap_or(0);
            let path = book.relative(self.place, &book.path(index, file));
            let in_text = self.earlier.get(index).map(|marks| &marks.notes);
            let back = match self.references.get(&number) {
                // It is a note to a note.
                Some(here) => here.iter().map(|id| format!("#{id}")).collect(),
                None if in_text.is_some_and(|notes| notes.contains_key(&number)) => {
                    vec![format!("{path}#noteref.{}", number + 1)]
                }
                None => Vec::new(),
            };
            if let Some(anchor) = note.anchor {
                self.marks.anchors.push((anchor, self.block));
            }
            let id = note.anchor.and_then(|anchor| book.id(anchor)).unwrap_or_default();
            self.note(id.to_owned(), note, back);
        }
        self.xml.close().line();
        self.section = around;
    }

    /// Whether notes stand after the text.
    fn has_endnotes(&self) -> bool {
        self.book.style.note.kind == NoteKind::Endnote
    }

    /// The number of a note in the numerals of the book.
    fn note_label(&self, note: &Note) -> String {
        let number = u32::try_from(note.number).unwrap_or(u32::MAX);
        self.book.style.note.form.numerals().write(number)
    }

    /// Writes a note with links back to where it is referred to.
    fn note(&mut self, id: String, note: &'a Note, back: Vec<String>) {
        let (element, kind, role) = match self.has_endnotes() {
            true => ("div", "endnote", None),
            false => ("aside", "footnote", Some("doc-footnote")),
        };
        self.xml.open(element);
        self.id(None, Some(&id));
        self.xml
            .attr("epub:type", kind)
            .attr_some("role", role)
            .class("footnote")
            .line();
        let label = self.note_label(note);
        // The number stands in the first paragraph, or before what is no paragraph.
        let (first, rest) = match note.blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph(first), .. }, rest)) => {
                (first, rest)
            }
            _ => (&EMPTY, note.blocks.as_slice()),
        };
        self.xml.open("p");
        match back.first() {
            Some(reference) => {
                self.xml
                    .open("a")
                    .class("backlink")
                    .attr("href", reference)
                    .attr("role", "doc-backlink")
                    .attr("aria-label", &format!("{} {label}", self.book.labels.back));
                self.text(&label);
                self.xml.close();
            }
            None => self.text(&label),
        }
        self.text("\u{3000}");
        self.inlines(first);
        for reference in back.iter().skip(1) {
            self.xml
                .text(" ")
                .open("a")
                .class("backlink")
                .attr("href", reference)
                .attr("role", "doc-backlink")
                .attr("aria-label", self.book.labels.back);
            self.text("↑");
            self.xml.close();
        }
        self.xml.close().line();
        self.blocks(rest);
        self.xml.close().line();
    }

    /// Gives the element that was just opened an id, unless the page has it already.
    fn id(&mut self, anchor: Option<AnchorId>, name: Option<&str>) {
        let name = name.or_else(|| anchor.and_then(|anchor| self.book.id(anchor)));
        if self.plain {
            return;
        }
        if let Some(anchor) = anchor {
            self.marks.anchors.push((anchor, self.block));
        }
        if let Some(name) = name
            && self.ids.insert(name.to_owned())
        {
            self.xml.attr("id", name);
        }
    }

    /// Writes words in the face that stands.
    pub(super) fn text(&mut self, text: &str) {
        self.seen.unread |= self.is_unread(text);
        if self.awaited.is_empty() {
            self.written(text);
        } else {
            self.words_over_pages(text);
        }
    }

    /// Whether words hold kanji and have no reading, in what the author has written.
    fn is_unread(&self, text: &str) -> bool {
        let is_written = |(section, _): (&Section, usize)| {
            !matches!(section.kind, SectionKind::TitlePage | SectionKind::Colophon)
        };
        let counts = !self.seen.unread && !self.in_ruby;
        counts && self.section.is_some_and(is_written) && text.chars().any(is_kanji)
    }

    /// Writes words that are no part of the text that pages are counted in.
    pub(super) fn written(&mut self, text: &str) {
        self.seen.used.add(self.face, text);
        self.xml.text(text);
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

/// Whether a character is a kanji, which has a reading.
fn is_kanji(ch: char) -> bool {
    matches!(ch, '々' | '〆' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// No words.
const EMPTY: Vec<Inline> = Vec::new();

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
