//! Pages that are set from the metadata: title page and colophon.

use super::Writer;
use crate::matter::{self, Line};
use crate::model::Contributor;

impl Writer<'_> {
    /// The half title (前扉).
    pub(super) fn half_title(&mut self) {
        let meta = &self.book.document.meta;
        let face = self.book.faces.title;
        self.set_in(face, |writer| writer.line("p", "title", &meta.title));
    }

    /// The title page (本扉).
    pub(super) fn title_page(&mut self) {
        let meta = &self.book.document.meta;
        let faces = self.book.faces;
        self.set_in(faces.title, |writer| writer.line("h1", "title", &meta.title));
        if let Some(subtitle) = &meta.subtitle {
            self.xml
                .open("p")
                .class("subtitle")
                .attr("epub:type", "subtitle")
                .attr("role", "doc-subtitle");
            self.text(subtitle);
            self.xml.close().line();
        }
        if !meta.contributors.is_empty() {
            self.xml.open("div").class("authors").line();
            for (number, contributor) in meta.contributors.iter().enumerate() {
                if number > 0 {
                    self.may_end_before(false);
                }
                self.xml.open("p").class("author");
                self.contributor(contributor);
                self.xml.close().line();
            }
            self.xml.close().line();
        }
        if let Some(publisher) = &meta.publisher {
            self.line("p", "publisher", publisher);
        }
    }

    /// The colophon (奥付).
    pub(super) fn colophon(&mut self) {
        let (document, faces) = (self.book.document, self.book.faces);
        let lines = matter::colophon(&document.meta, &self.book.style.colophon.fields);
        let mut rows = false;
        for (number, line) in lines.iter().enumerate() {
            let label = match line {
                Line::Row(label, _) => Some(label.as_str()),
                _ => None,
            };
            // A row without a label goes on with the one before it.
            let goes_on = rows && label == Some("");
            if rows && !goes_on {
                self.xml.close().line();
            }
            if rows && label.is_none() {
                self.xml.close().line();
            }
            if !goes_on && number > 0 {
                self.may_end_before(false);
            }
            if label.is_some() && !rows {
                self.xml.open("dl").line();
            }
            if label.is_some() && !goes_on {
                self.xml.open("div").line();
            }
            rows = label.is_some();
            match line {
                Line::Title(text) => {
                    self.set_in(faces.title, |writer| writer.line("p", "title", text));
                }
                Line::Subtitle(text) => self.line("p", "subtitle", text),
                Line::Text(text) => self.line("p", "rights", text),
                Line::Row(label, value) => {
                    if !label.is_empty() {
                        let face = faces.strong;
                        self.set_in(face, |writer| writer.line("dt", "", label));
                    }
                    self.line("dd", "", value);
                }
            }
        }
        if rows {
            self.xml.close().line().close().line();
        }
    }

    /// A name with the word for what was done, as a title page has it.
    fn contributor(&mut self, contributor: &Contributor) {
        self.text(&contributor.name);
        if self.book.document.words().are_japanese() {
            self.text("\u{3000}");
            self.xml.open("span").class("role");
            self.text(contributor.role_name());
            self.xml.close();
        }
    }

    fn line(&mut self, element: &'static str, class: &str, text: &str) {
        self.xml.open(element);
        if !class.is_empty() {
            self.xml.class(class);
        }
        for (number, line) in text.lines().enumerate() {
            if number > 0 {
                self.xml.open("br").close();
            }
            self.text(line);
        }
        self.xml.close().line();
    }
}
