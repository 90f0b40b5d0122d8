//! The pages of a printed edition: where they start in the text, and the list of them.

use std::collections::{BTreeMap, BTreeSet};

use super::xhtml::Writer;
use crate::model::{PageStart, TextSource};

/// The pages of the edition that the publication keeps the page breaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageList {
    /// How many pages the edition has.
    pub pages: usize,
    /// Where its pages start, in their order.
    pub starts: Vec<PageStart>,
}

/// The pages by the places where they start.
#[derive(Debug, Default)]
pub(super) struct PageMarks {
    /// By section and stretch of the text: how many bytes of it come before a page, and
    /// the number of the page in the list.
    places: BTreeMap<(usize, TextSource), Vec<(usize, usize)>>,
    /// By section, the page that it begins.
    sections: BTreeMap<usize, usize>,
    /// What readers know each page by.
    labels: Vec<String>,
    /// The id of each page.
    ids: Vec<String>,
}

impl PageMarks {
    /// The marks of a list.
    pub(super) fn new(list: Option<&PageList>) -> Self {
        let mut marks = Self::default();
        let mut taken = BTreeSet::new();
        for (number, start) in list.iter().flat_map(|list| &list.starts).enumerate() {
            match start.place {
                Some(place) => {
                    let places = marks.places.entry((start.section, place.of));
                    places.or_default().push((place.offset, number));
                }
                None => {
                    marks.sections.entry(start.section).or_insert(number);
                }
            }
            let plain = start.label.bytes().all(|byte| byte.is_ascii_alphanumeric());
            let id = match plain && taken.insert(start.label.clone()) {
                true => format!("page.{}", start.label),
                // No label has a dot, so that no other page has this id.
                false => format!("page.{}.{}", start.label.len(), start.page + 1),
            };
            marks.ids.push(id);
            marks.labels.push(start.label.clone());
        }
        marks
    }

    /// What readers know a page by.
    pub(super) fn label(&self, page: usize) -> &str {
        &self.labels[page]
    }
}

impl Writer<'_> {
    /// Marks the page that the section begins.
    pub(super) fn mark_section(&mut self, section: usize) {
        if let Some(&page) = self.book.page_marks.sections.get(&section) {
            self.mark_page(page);
        }
    }

    /// Marks the pages that a stretch of the text begins, and remembers those that start
    /// further inside it for when so many bytes have been written.
    pub(super) fn mark_pages(&mut self, of: TextSource) {
        let marks = &self.book.page_marks.places;
        if marks.is_empty() || self.plain || self.is_again {
            return;
        }
        let Some(section) = self.section_number() else { return };
        for &(offset, page) in marks.get(&(section, of)).into_iter().flatten() {
            match offset {
                0 => self.mark_page(page),
                _ => self.awaited.push((offset, page)),
            }
        }
    }

    /// Marks the pages that start where a stretch of the text begins, and no others.
    pub(super) fn mark_start(&mut self, of: TextSource) {
        let before = self.awaited.len();
        self.mark_pages(of);
        self.awaited.truncate(before);
    }

    /// Marks what is still awaited of the stretches of the text that have been opened
    /// since so many were.
    pub(super) fn mark_rest(&mut self, before: usize) {
        while self.awaited.len() > before {
            let (_, page) = self.awaited.remove(before);
            self.mark_page(page);
        }
    }

    /// Whether a page starts with the next character.
    pub(super) fn page_starts(&self) -> bool {
        self.awaited.iter().any(|&(rest, _)| rest == 0)
    }

    /// Marks the pages that start with the next character.
    pub(super) fn mark_awaited(&mut self) {
        while let Some(at) = self.awaited.iter().position(|&(rest, _)| rest == 0) {
            let (_, page) = self.awaited.remove(at);
            self.mark_page(page);
        }
    }

    /// Writes words among which pages start.
    pub(super) fn words_over_pages(&mut self, text: &str) {
        let mut rest = text;
        while !rest.is_empty() {
            self.mark_awaited();
            let next = self.awaited.iter().map(|&(bytes, _)| bytes).min();
            let end =
                rest.floor_char_boundary(next.unwrap_or(rest.len()).min(rest.len()));
            let end = if end == 0 { rest.len() } else { end };
            self.written(&rest[..end]);
            for (bytes, _) in &mut self.awaited {
                *bytes = bytes.saturating_sub(end);
            }
            rest = &rest[end..];
        }
    }

    /// Marks the start of a page: an empty element that says its number to those who
    /// listen.
    fn mark_page(&mut self, page: usize) {
        if self.seen.pages.contains_key(&page) {
            return;
        }
        let marks = &self.book.page_marks;
        let (id, label) = (&marks.ids[page], &marks.labels[page]);
        let href = format!("{}#{id}", self.path());
        self.seen.pages.insert(page, href);
        self.xml
            .open("span")
            .attr("epub:type", "pagebreak")
            .attr("role", "doc-pagebreak")
            .attr("id", id)
            .attr("aria-label", label)
            .close();
    }
}
