//! The pages of a printed edition: where they start in the text, and the list of them.

use std::collections::{BTreeMap, BTreeSet};

use super::xhtml::Writer;
use crate::model::{PageStart, TextSource};

/// The pages of the edition that the publication keeps the page breaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageList {
    /// What the edition is.
    pub edition: Edition,
    /// What it is known by, as a URN; `None` where it has nothing of its own.
    pub identifier: Option<String>,
    /// How many pages it has.
    pub pages: usize,
    /// Where its pages start, in their order; blank ones are left out.
    pub starts: Vec<PageStart>,
}

/// What an edition with pages is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// A PDF to read on a screen.
    Pdf,
    /// A printed book.
    Press,
    /// A PDF to hand out on paper.
    Handout,
}

/// The pages by the places where they start.
#[derive(Debug, Default)]
pub(super) struct PageMarks {
    /// By section and stretch of the text: how many bytes of it come before a page, and
    /// the number of the page in the list.
    places: BTreeMap<(usize, TextSource), Vec<(usize, usize)>>,
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
            let places = marks.places.entry((start.section, start.place.of));
            places.or_default().push((start.place.offset, number));
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

    /// All pages, each by what readers know it by, with the links to their marks. One that
    /// starts in what the publication does not hold has the link of the next.
    pub(super) fn listed<'a>(
        &'a self,
        marked: &'a BTreeMap<usize, String>,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let links = (0..self.labels.len()).map(|page| {
            let next = marked.range(page..).next();
            next.or(marked.last_key_value()).map(|(_, href)| href.as_str())
        });
        let labels = self.labels.iter().map(String::as_str);
        labels.zip(links).filter_map(|(label, link)| Some((label, link?)))
    }
}

impl Writer<'_> {
    /// Marks the pages that a stretch of the text begins, and remembers those that start
    /// further inside it for when so many bytes have been written.
    pub(super) fn mark_pages(&mut self, of: TextSource) {
        let marks = &self.book.page_marks.places;
        if marks.is_empty() || self.plain || self.is_again || self.is_beside {
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
