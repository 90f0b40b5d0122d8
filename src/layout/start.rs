//! Where lines start in the text of the book, and so where its pages do.
//!
//! Every line leaves a [`Piece::Start`] among its pieces, and so does every block at its
//! first row. Their numbers grow in the order of the text, however often a block is set, so
//! that the first character of a page is the one with the least number that is greater than
//! those of the pages before: a figure that has waited for room, or a cell that goes on
//! beside others, is not taken for it.

use super::book::Bound;
use super::{Piece, Placed};
use crate::display::{NumberStyle, PageLabel};
use crate::geom::LogicalPoint;
use crate::model::{PageStart, TextPlace, TextSource};
use crate::numeral::Numerals;
use crate::source::Span;

/// The places where what has been set starts in the text.
#[derive(Debug, Default)]
pub(crate) struct Starts {
    /// By the number of a [`Piece::Start`]: the section and the place in it.
    places: Vec<(usize, TextPlace)>,
    /// The section that is being set.
    section: usize,
    /// The line of a list made by the program that is being set.
    entry: Option<TextSource>,
    /// Whether what is set stands beside the text, as notes do.
    beside: bool,
}

impl Starts {
    /// Places that are not looked for.
    #[cfg(all(test, feature = "embedded-fonts"))]
    pub(super) fn beside() -> Self {
        Self { beside: true, ..Self::default() }
    }

    /// The start of a stretch of the text, or of a line in it; `None` where it is not known
    /// or belongs to no page.
    pub(crate) fn piece(&mut self, place: TextPlace) -> Option<Placed> {
        let known = place.of != TextSource::Span(Span::default());
        if self.beside || !known {
            return None;
        }
        let number = u32::try_from(self.places.len()).ok()?;
        self.places.push((self.section, place));
        let at = LogicalPoint::default();
        Some(Placed { at, piece: Piece::Start(number) })
    }

    /// The line of a list that is being set.
    pub(crate) fn entry(&self) -> Option<TextSource> {
        self.entry
    }

    /// Says which line of a list made by the program is set next; `None` after the last.
    pub(crate) fn set_entry(&mut self, entry: Option<TextSource>) {
        self.entry = entry;
    }

    /// Says which section is set next.
    pub(super) fn open_section(&mut self, section: usize) {
        self.section = section;
    }

    /// Says whether what is set next stands beside the text.
    pub(super) fn set_beside(&mut self, beside: bool) {
        self.beside = beside;
    }

    /// Where each page starts; its label is still empty. Pages on which no text starts, as
    /// blank ones and those that only figures or the rest of a note stand on, are left out.
    pub(super) fn of_pages(&self, bound: &Bound) -> Vec<PageStart> {
        let mut starts = Vec::new();
        let mut last = None;
        for (page, sheet) in bound.sheets.iter().enumerate() {
            let Some((section, leaf)) = sheet.leaf else { continue };
            if leaf == 0 {
                last = None;
            }
            let mut numbers = Vec::new();
            collect(&bound.leaves[section][leaf].pieces, &mut numbers);
            let new = numbers.iter().filter(|&&number| last < Some(number));
            let first = new.min().map(|&number| self.places[number as usize]);
            last = last.max(numbers.into_iter().max());
            let (section, place) = match first {
                Some((section, place)) if leaf > 0 => (section, Some(place)),
                _ if leaf == 0 => (section, None),
                _ => continue,
            };
            starts.push(PageStart { page, label: String::new(), section, place });
        }
        starts
    }
}

/// The number of a page as its readers know it.
pub(super) fn label(label: PageLabel) -> String {
    let numerals = match label.style {
        NumberStyle::Arabic => Numerals::Arabic,
        NumberStyle::LowerRoman => Numerals::LowerRoman,
        NumberStyle::UpperRoman => Numerals::UpperRoman,
        NumberStyle::LowerLetter => Numerals::LowerLetter,
        NumberStyle::UpperLetter => Numerals::UpperLetter,
    };
    numerals.write(label.number)
}

/// The numbers of the starts among pieces.
fn collect(pieces: &[Placed], numbers: &mut Vec<u32>) {
    for placed in pieces {
        match &placed.piece {
            Piece::Start(number) => numbers.push(*number),
            Piece::Box { pieces, .. } => collect(pieces, numbers),
            Piece::Glyphs(_)
            | Piece::Reading(_)
            | Piece::Fill { .. }
            | Piece::Frame { .. }
            | Piece::Path { .. }
            | Piece::Image { .. }
            | Piece::Link { .. }
            | Piece::Anchor(_)
            | Piece::ParagraphEnd => {}
        }
    }
}
