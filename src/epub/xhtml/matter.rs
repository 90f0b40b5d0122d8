//! Pages that are set from the metadata: title page and colophon.

use super::Writer;
use crate::model::Contributor;

impl Writer<'_> {
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
            for contributor in &meta.contributors {
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
        let meta = &self.book.document.meta;
        let labels = self.book.labels;
        let face = self.book.faces.strong;
        self.set_in(face, |writer| writer.line("p", "title", &meta.title));
        if let Some(subtitle) = &meta.subtitle {
            self.line("p", "subtitle", subtitle);
        }
        for line in &meta.history {
            self.line("p", "history", line);
        }
        let isbn = meta.identifier.strip_prefix("urn:isbn:");
        let mut rows: Vec<(&str, &str)> = Vec::new();
        if meta.history.is_empty() {
            rows.extend(meta.published.as_deref().map(|day| (labels.published, day)));
        }
        rows.extend(
            meta.contributors
                .iter()
                .map(|who| (self.role(who), who.name.as_str())),
        );
        rows.extend(meta.publisher.as_deref().map(|name| (labels.publisher, name)));
        rows.extend(meta.printer.as_deref().map(|name| (labels.printer, name)));
        rows.extend(meta.contact.as_deref().map(|place| (labels.contact, place)));
        rows.extend(isbn.map(|number| ("ISBN", number)));
        if !rows.is_empty() {
            self.xml.open("dl").line();
            for (name, value) in rows {
                self.set_in(face, |writer| writer.line("dt", "", name));
                self.line("dd", "", value);
            }
            self.xml.close().line();
        }
        if let Some(rights) = &meta.rights {
            self.line("p", "rights", rights);
        }
    }

    /// A name with the word for what was done, as a title page has it.
    fn contributor(&mut self, contributor: &Contributor) {
        self.text(&contributor.name);
        if self.is_japanese() {
            self.text("\u{3000}");
            self.xml.open("span").class("role");
            self.text(contributor.role_name());
            self.xml.close();
        }
    }

    fn role(&self, contributor: &Contributor) -> &'static str {
        match (self.is_japanese(), contributor.role.as_str()) {
            (true, "edt") => "編者",
            (true, "trl") => "訳者",
            (true, "aut" | "") => "著者",
            (true, _) => contributor.role_name(),
            (false, "edt") => "Editor",
            (false, "trl") => "Translator",
            (false, "ill" | "art") => "Illustrator",
            (false, "aut" | "") => "Author",
            (false, _) => "Contributor",
        }
    }

    fn is_japanese(&self) -> bool {
        self.book.document.meta.language.starts_with("ja")
    }

    fn line(&mut self, element: &'static str, class: &str, text: &str) {
        self.xml.open(element).class(class);
        for (number, line) in text.lines().enumerate() {
            if number > 0 {
                self.xml.open("br").close();
            }
            self.text(line);
        }
        self.xml.close().line();
    }
}
