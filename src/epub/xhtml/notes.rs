//! Footnotes and endnotes as XHTML, with links there and back.

use super::end::{MAIN, Point};
use super::{Level, Writer};
use crate::epub::book::Place;
use crate::model::{Block, BlockKind, Inline, Note, TextSource};
use crate::style::NoteKind;

/// A reference to a note: its section, its file and its id.
type Reference = (usize, usize, String);

impl<'a> Writer<'a> {
    /// Writes the notes of the part of the text that ends here.
    pub(super) fn notes(&mut self) {
        let Place::Page { section: index, .. } = self.place else { return };
        let (book, part) = (self.book, self.part);
        let section = &book.document.sections[index];
        if section.notes_in.is_some() {
            return;
        }
        let parts = &book.splits[index].parts;
        let here = |&(note, _): &(usize, _)| {
            parts.get(note).copied().unwrap_or_default() == part
        };
        let notes: Vec<_> = section.notes.iter().enumerate().filter(here).collect();
        self.apart(|writer| {
            writer.section = Some(section);
            writer.is_beside = !writer.has_endnotes();
            for (number, note) in notes {
                let referred = writer.marks.notes.get(&number);
                writer.noted = referred.map_or(u32::MAX, |&(_, noted)| noted);
                writer.at = Point { note: Some(number), count: 0 };
                writer.may_end(Level::block(MAIN, false));
                if writer.xml.depth() == MAIN {
                    writer.open_notes();
                }
                let back = writer.references.get(&number).into_iter().flatten();
                let back = back.map(|(file, id)| (index, *file, id.clone())).collect();
                writer.note(format!("note.{}", number + 1), note, back);
            }
            writer.is_beside = false;
            while writer.xml.depth() > MAIN {
                writer.xml.close().line();
            }
        });
    }

    fn open_notes(&mut self) {
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
    }

    /// Writes the notes of another section.
    pub(super) fn notes_of(&mut self, index: usize) {
        let book = self.book;
        let Some(section) = book.document.sections.get(index) else { return };
        let Place::Page { section: own, .. } = self.place else { return };
        let around = self.section.replace(section);
        self.references.clear();
        self.xml.open("div").line();
        for (number, note) in section.notes.iter().enumerate() {
            if number > 0 {
                self.may_end_before(false);
            }
            let in_text = self.earlier.get(index).map(|marks| &marks.notes);
            let back = match self.references.get(&number) {
                // It is a note to a note.
                Some(here) => {
                    here.iter().map(|(file, id)| (own, *file, id.clone())).collect()
                }
                None if in_text.is_some_and(|notes| notes.contains_key(&number)) => {
                    let file = book.splits[index].refers.get(number).copied();
                    let id = format!("noteref.{}", number + 1);
                    vec![(index, file.unwrap_or(0), id)]
                }
                None => Vec::new(),
            };
            if let Some(anchor) = note.anchor {
                self.marks.anchors.push((anchor, self.at));
            }
            let id = note.anchor.and_then(|anchor| book.id(anchor)).unwrap_or_default();
            self.note(id.to_owned(), note, back);
        }
        self.xml.close().line();
        self.section = around;
    }

    /// Whether notes stand after the text.
    pub(super) fn has_endnotes(&self) -> bool {
        self.book.style.note.kind == NoteKind::Endnote
    }

    /// The number of a note in the numerals of the book.
    pub(super) fn note_label(&self, note: &Note) -> String {
        let number = u32::try_from(note.number).unwrap_or(u32::MAX);
        self.book.style.note.form.numerals().write(number)
    }

    /// Writes a note with links back to where it is referred to.
    fn note(&mut self, id: String, note: &'a Note, back: Vec<Reference>) {
        let (element, kind, role) = match self.has_endnotes() {
            // The section around says what they are; `endnote` is deprecated.
            true => ("div", None, None),
            false => ("aside", Some("footnote"), Some("doc-footnote")),
        };
        self.xml.open(element);
        self.id(None, Some(&id));
        self.xml
            .attr_some("epub:type", kind)
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
        let labels = self.book.labels;
        self.xml.open("p");
        self.mark_start(TextSource::Span(note.span));
        match back.first() {
            Some(reference) => {
                self.backlink(reference, &format!("{} {label}", labels.back), &label);
            }
            None => self.text(&label),
        }
        self.text("\u{3000}");
        self.inlines(first);
        for reference in back.iter().skip(1) {
            self.xml.text(" ");
            self.backlink(reference, labels.back, "↑");
        }
        self.xml.close().line();
        for block in rest {
            self.may_end_before(false);
            self.block(block);
        }
        self.xml.close().line();
    }

    fn backlink(&mut self, (section, file, id): &Reference, label: &str, words: &str) {
        let (section, file) = (*section, *file);
        let href = self.in_file(section, file) + "#" + id;
        self.xml
            .open("a")
            .class("backlink")
            .attr("href", &href)
            .attr("role", "doc-backlink")
            .attr("aria-label", label);
        self.text(words);
        self.xml.close();
    }

    /// A link to a file of a section, which is empty for the file being written.
    pub(super) fn in_file(&self, section: usize, file: usize) -> String {
        if self.place() == (Place::Page { section, file }) {
            return String::new();
        }
        self.book.relative(self.place(), &self.book.path(section, file))
    }
}

/// No words.
const EMPTY: Vec<Inline> = Vec::new();
