//! What every page of the publication needs to know: names of files, and what is where.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::EpubOptions;
use super::faces::Faces;
use super::images::Pictures;
use super::labels::{self, Labels};
use super::page_list::{PageList, PageMarks};
use super::profile::Conventions;
use super::xhtml::Point;
use crate::diag::Sink;
use crate::model::{AnchorId, Document, SectionKind};
use crate::source::Span;
use crate::style::Style;

/// A document with the names of its files.
#[derive(Debug)]
pub(super) struct Book<'a> {
    pub(super) document: &'a Document,
    pub(super) style: &'a Style,
    pub(super) faces: Faces,
    pub(super) labels: &'static Labels,
    /// How the files are named.
    pub(super) conventions: &'static Conventions,
    /// The NCX; `None` where it is not written.
    pub(super) ncx: Option<&'static str>,
    pub(super) pictures: Pictures<'a>,
    /// Where the pages of another edition start.
    pub(super) page_marks: PageMarks,
    /// That edition; `None` where there is none.
    pub(super) edition: Option<&'a PageList>,
    /// The place of findings about the book as a whole.
    place: Span,
    /// By section, its file name without ending.
    stems: Vec<String>,
    /// By section, how it is divided into files.
    pub(super) splits: Vec<Split>,
}

/// How a section is divided into files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Split {
    /// Where each file but the first begins.
    pub(super) starts: Vec<Point>,
    /// The file of an anchor where that is not the first.
    pub(super) anchors: BTreeMap<AnchorId, usize>,
    /// By note, the part of the text that it follows: all up to where the text, and not its
    /// notes, goes on in another file.
    pub(super) parts: Vec<usize>,
    /// By note, the file that it begins in.
    pub(super) notes: Vec<usize>,
    /// By note, the file that refers to it first.
    pub(super) refers: Vec<usize>,
}

impl Split {
    /// How many files there are.
    pub(super) fn files(&self) -> usize {
        self.starts.len() + 1
    }
}

/// A file of the publication that shows text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The navigation document, beside the package document.
    Root,
    /// The page of the cover.
    Cover,
    /// One file of a section.
    Page {
        /// The section.
        section: usize,
        /// The file in its [`Split`].
        file: usize,
    },
}

impl<'a> Book<'a> {
    /// A book in which every section is one file.
    pub(super) fn new(
        document: &'a Document,
        style: &'a Style,
        options: &'a EpubOptions,
        sink: &mut Sink,
    ) -> Self {
        let conventions = options.profile.conventions();
        Self {
            document,
            style,
            faces: Faces::of(style),
            labels: labels::of(document.words()),
            conventions,
            ncx: options
                .ncx
                .unwrap_or(conventions.writes_ncx)
                .then_some(conventions.ncx),
            place: options.place,
            pictures: Pictures::new(document, conventions, options.max_image, sink),
            page_marks: PageMarks::new(options.page_list.as_ref()),
            edition: options.page_list.as_ref(),
            stems: stems(document),
            splits: vec![Split::default(); document.sections.len()],
        }
    }

    /// The path of a file of a section below the package document's folder.
    pub(super) fn path(&self, section: usize, file: usize) -> String {
        let Conventions { nav, text, contents_page, .. } = *self.conventions;
        let kind = self.document.sections[section].kind;
        if kind == SectionKind::Contents && !contents_page {
            return nav.to_owned();
        }
        let stem = &self.stems[section];
        match (self.conventions.page(kind), file) {
            (Some((stem, false)), _) if self.splits[section].files() == 1 => {
                format!("{text}{stem}.xhtml")
            }
            (Some((stem, false)), _) => format!("{text}{stem}-{:03}.xhtml", file + 1),
            (Some((stem, true)), _) => {
                let number = self.counted_before(section) + file + 1;
                format!("{text}{stem}-{number:03}.xhtml")
            }
            (None, 0) => format!("{text}{stem}.xhtml"),
            (None, _) => format!("{text}{stem}_{}.xhtml", file + 1),
        }
    }

    /// The path of the first file of the text; `None` where there is none.
    pub(super) fn text(&self) -> Option<String> {
        let is_text = |kind: SectionKind| {
            matches!(
                kind,
                SectionKind::Preface
                    | SectionKind::Part
                    | SectionKind::Chapter
                    | SectionKind::Appendix
                    | SectionKind::Afterword
                    | SectionKind::Profile
            )
        };
        let mut sections = self.document.sections.iter();
        let first = sections.position(|section| is_text(section.kind))?;
        Some(self.path(first, 0))
    }

    /// How many counted pages the sections before a section have.
    fn counted_before(&self, section: usize) -> usize {
        let counted = |&index: &usize| {
            let page = self.conventions.page(self.document.sections[index].kind);
            page.is_some_and(|(_, counted)| counted)
        };
        let before = (0..section).filter(counted);
        before.map(|index| self.splits[index].files()).sum()
    }

    /// The beginning of the section that a file belongs to, else of the book.
    pub(super) fn span_of(&self, path: &str) -> Span {
        let sections = self.document.sections.iter().enumerate();
        let mut own = sections.filter(|&(index, _)| {
            (0..self.splits[index].files()).any(|file| self.path(index, file) == path)
        });
        own.next().map_or(self.place, |(_, section)| section.span)
    }

    /// How many files the sections before a section have, but for the contents.
    pub(super) fn files_before(&self, section: usize) -> usize {
        let is_text =
            |index: &usize| self.document.sections[*index].kind != SectionKind::Contents;
        let files = (0..section).filter(is_text).map(|index| self.splits[index].files());
        files.sum()
    }

    /// The link from a place to an anchor; `None` where there is no such anchor.
    pub(super) fn href(&self, from: Place, to: AnchorId) -> Option<String> {
        let anchor = self.document.anchors.get(to.0 as usize)?;
        let split = self.splits.get(anchor.section)?;
        let file = split.anchors.get(&to).copied().unwrap_or(0);
        let target = Place::Page { section: anchor.section, file };
        let fragment = match anchor.name.as_str() {
            "" => String::new(),
            name => format!("#{}", utf8_percent_encode(name, FRAGMENT)),
        };
        if from == target && !fragment.is_empty() {
            return Some(fragment);
        }
        Some(self.relative(from, &self.path(anchor.section, file)) + &fragment)
    }

    /// A path below the package document's folder as a file at a place links to it.
    pub(super) fn relative(&self, from: Place, path: &str) -> String {
        let here = match from {
            Place::Root => return path.to_owned(),
            Place::Cover => self.conventions.cover.to_owned(),
            Place::Page { section, .. } => self.path(section, 0),
        };
        let Some((folder, _)) = here.rsplit_once('/') else { return path.to_owned() };
        let sibling = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
        sibling.map_or_else(|| format!("../{path}"), str::to_owned)
    }

    /// The id of an anchor; `None` where it is a section as a whole.
    pub(super) fn id(&self, anchor: AnchorId) -> Option<&'a str> {
        let anchor = self.document.anchors.get(anchor.0 as usize)?;
        Some(anchor.name.as_str()).filter(|name| !name.is_empty())
    }
}

/// What cannot stand in the fragment of a URL.
const FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'`')
    .add(b'%')
    .add(b'#');

/// File names of the sections without endings. Names that differ in case alone are parted,
/// since a container must not hold both.
fn stems(document: &Document) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut stem = |name: &str| {
        let base: String = name.chars().filter(|&ch| is_plain(ch)).collect();
        let base = if base.is_empty() { "section".to_owned() } else { base };
        let numbered = (b'b'..=b'z').map(|n| format!("{base}_{}", char::from(n)));
        let mut names = std::iter::once(base.clone()).chain(numbered);
        names
            .find(|name| taken.insert(name.to_lowercase()))
            .unwrap_or_else(|| format!("{base}_{}", taken.len()))
    };
    document.sections.iter().map(|section| stem(&section.name)).collect()
}

fn is_plain(ch: char) -> bool {
    ch.is_ascii_alphanumeric() || ch == '-'
}
