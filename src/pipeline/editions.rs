//! The pages of the editions of a book, laid out once each, by the first output that asks for
//! them.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::{Volume, preflight};
use crate::book::{HandoutOutput, Output, PageListOf, PressOutput, Selector};
use crate::diag::{Diagnostic, Sink};
use crate::display::Pages;
use crate::model::{Document, PageStart, SectionKind};
use crate::style::Style;
use crate::{epub, layout, press};

/// A book and its pages.
pub(super) struct Editions<'a> {
    pub(super) volume: &'a Volume,
    screen: OnceLock<LaidOut>,
    press: OnceLock<LaidOut>,
    handout: OnceLock<LaidOut>,
}

/// The pages of an edition.
pub(super) struct LaidOut {
    pub(super) pages: Pages,
    /// Where they start in the text.
    starts: Vec<PageStart>,
    /// What there is to say about them.
    findings: Vec<Diagnostic>,
    /// What a printer would refuse of them.
    pub(super) refusals: Vec<Diagnostic>,
}

impl<'a> Editions<'a> {
    pub(super) fn of(volume: &'a Volume) -> Self {
        let (screen, press, handout) = Default::default();
        Self { volume, screen, press, handout }
    }

    /// The pages to read on a screen, and what there is to say about them.
    pub(super) fn screen(&self, sink: &mut Sink) -> &LaidOut {
        let Volume { document, style, .. } = self.volume;
        let set = || LaidOut::of(self.volume, document, &style.for_screen());
        told(self.screen.get_or_init(set), sink)
    }

    /// The pages of the press edition, and what there is to say about them.
    pub(super) fn press(&self, output: &PressOutput, sink: &mut Sink) -> &LaidOut {
        told(self.press.get_or_init(|| press_pages(self.volume, output)), sink)
    }

    /// The pages of the handout, and what there is to say about them.
    pub(super) fn handout(&self, output: &HandoutOutput, sink: &mut Sink) -> &LaidOut {
        let set = || {
            let document = chosen(&self.volume.document, &output.chapters);
            LaidOut::of(self.volume, &document, &output.style)
        };
        told(self.handout.get_or_init(set), sink)
    }

    /// The pages that an e-book marks; `None` where the book does not have that edition,
    /// which is told when it is read.
    pub(super) fn page_list(
        &self,
        of: PageListOf,
        sink: &mut Sink,
    ) -> Option<epub::PageList> {
        let (edition, identifier, laid_out) =
            match (of, self.volume.outputs.get(of.name())?) {
                (PageListOf::Pdf, _) => (epub::Edition::Pdf, None, self.screen(sink)),
                (PageListOf::Press, Output::Press(output)) => {
                    let isbn = output.isbn.as_ref().map(|isbn| isbn.urn.clone());
                    (epub::Edition::Press, isbn, self.press(output, sink))
                }
                (PageListOf::Handout, Output::Handout(output)) => {
                    (epub::Edition::Handout, None, self.handout(output, sink))
                }
                _ => return None,
            };
        Some(epub::PageList {
            edition,
            identifier,
            pages: laid_out.pages.pages.len(),
            starts: laid_out.starts.clone(),
        })
    }
}

/// Pages, what there is to say about which is told.
fn told<'a>(laid_out: &'a LaidOut, sink: &mut Sink) -> &'a LaidOut {
    laid_out.findings.iter().cloned().for_each(|found| sink.push(found));
    laid_out
}

impl LaidOut {
    fn of(volume: &Volume, document: &Document, style: &Style) -> Self {
        let mut sink = Sink::default();
        let (pages, starts) = layout::paginate(document, style, &volume.fonts, &mut sink);
        Self {
            pages,
            starts,
            findings: sink.finish(),
            refusals: Vec::new(),
        }
    }
}

/// The document of the press edition, which may have an ISBN of its own.
pub(super) fn printed<'a>(volume: &'a Volume, output: &PressOutput) -> Cow<'a, Document> {
    let mut document = Cow::Borrowed(&volume.document);
    if let Some(isbn) = &output.isbn {
        let meta = &mut document.to_mut().meta;
        meta.identifier.clone_from(&isbn.urn);
        meta.isbn = Some(isbn.shown.clone());
    }
    document
}

/// The pages of a press edition as they are printed, with a gutter as wide as so many pages
/// need.
fn press_pages(volume: &Volume, output: &PressOutput) -> LaidOut {
    let document = printed(volume, output);
    let job = &output.job;
    let mut style = output.style.clone();
    let mut laid_out = LaidOut::of(volume, &document, &style);
    let least = job.least_gutter(job.page_count(laid_out.pages.pages.len()));
    if !output.gutter_is_given && style.page.gutter < least {
        // The type area moves as it is, so that the pages stay the same and nothing new is to
        // be told.
        style.page.gutter = least;
        let sink = &mut Sink::default();
        laid_out.pages = layout::layout(&document, &style, &volume.fonts, sink);
    }
    let mut refusals = Sink::default();
    preflight::pages(volume, &laid_out.pages, style.page.gutter, output, &mut refusals);
    laid_out.refusals = refusals.finish();
    press::press(&mut laid_out.pages, job, &volume.fonts);
    laid_out
}

/// The chapters of a document that are chosen; all of it where none is.
fn chosen<'a>(document: &'a Document, selectors: &[Selector]) -> Cow<'a, Document> {
    match selectors {
        [] => Cow::Borrowed(document),
        selectors => Cow::Owned(select(document, selectors)),
    }
}

/// The chapters of the text by their places among the sections.
pub(super) fn numbered(document: &Document) -> impl Iterator<Item = usize> {
    let all = document.sections.iter().enumerate();
    all.filter(|(_, section)| section.kind == SectionKind::Chapter)
        .map(|(place, _)| place)
}

/// A document of chapters alone, with the numbers that they have in the book.
fn select(document: &Document, selectors: &[Selector]) -> Document {
    let mut wanted = vec![false; document.sections.len()];
    for selector in selectors {
        match selector {
            Selector::Numbers(first, last) => {
                let from = first.saturating_sub(1);
                let count = last.saturating_sub(from);
                numbered(document)
                    .skip(from)
                    .take(count)
                    .for_each(|at| wanted[at] = true);
            }
            Selector::File(path) => {
                let all = document.sections.iter().enumerate();
                let named = all.filter(|(_, section)| section.path == *path);
                named.for_each(|(at, _)| wanted[at] = true);
            }
        }
    }
    // Places count sections; those of sections that are left out are nowhere.
    let mut chosen = document.clone();
    let mut count = 0;
    let place = |wanted: &bool| {
        let place = count;
        count += usize::from(*wanted);
        place
    };
    let places: Vec<usize> = wanted.iter().map(place).collect();
    for anchor in &mut chosen.anchors {
        anchor.section = places[anchor.section];
    }
    let mut wanted = wanted.into_iter();
    chosen.sections.retain(|_| wanted.next() == Some(true));
    chosen
}
