//! Where lines start in the text of the book, and so where its pages do.
//!
//! Every line leaves a [`Piece::Start`] among its pieces, and so does every block at its
//! first row. Their numbers grow in the order of the text, however often a block is set, so
//! that the first character of a page is the one with the least number that is greater than
//! those of the pages before: a figure that has waited for room is not taken for it.

use super::book::Bound;
use super::{Context, Piece, Placed};
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
    /// How many bytes of it come before what is being set.
    before: usize,
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

    /// A byte of the line of a list that is being set.
    pub(crate) fn in_entry(&self, byte: usize) -> Option<TextPlace> {
        let of = self.entry?;
        Some(TextPlace { of, offset: self.before + byte })
    }

    /// Says which line of a list made by the program is set next; `None` after the last.
    pub(crate) fn set_entry(&mut self, entry: Option<TextSource>) {
        (self.entry, self.before) = (entry, 0);
    }

    /// Says how many bytes of that line come before what is set next.
    pub(crate) fn go_on(&mut self, before: usize) {
        self.before = before;
    }

    /// Gives what starts among pieces new numbers, in their order: what stands side by side
    /// has been set one after the other.
    pub(crate) fn renumber(&mut self, pieces: &mut [Placed]) {
        for placed in pieces {
            match &mut placed.piece {
                Piece::Start(number) => {
                    let place = self.places[*number as usize];
                    *number = u32::try_from(self.places.len()).unwrap_or(*number);
                    self.places.push(place);
                }
                Piece::Box { pieces, .. } => self.renumber(pieces),
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

    /// Says which section is set next.
    pub(super) fn open_section(&mut self, section: usize) {
        self.section = section;
    }

    /// Where each page starts; its label is still empty. Blank pages are left out.
    pub(super) fn of_pages(&self, bound: &Bound) -> Vec<PageStart> {
        let leaves = bound.sheets.iter().enumerate();
        let leaves = leaves.filter_map(|(page, sheet)| Some((page, sheet.leaf?)));
        let leaves: Vec<_> = leaves.collect();
        let groups = leaves.chunk_by(|(_, (one, _)), (_, (other, _))| one == other);
        groups.flat_map(|group| self.of_group(bound, group)).collect()
    }

    /// Where the pages of sections that run on start. One on which no text does, since it
    /// holds figures that have waited or the rest of a note, starts where the next one does.
    fn of_group(
        &self,
        bound: &Bound,
        pages: &[(usize, (usize, usize))],
    ) -> Vec<PageStart> {
        let mut starts = Vec::new();
        let mut last = None;
        for &(page, (section, leaf)) in pages {
            let mut numbers = Vec::new();
            collect(&bound.leaves[section][leaf].pieces, &mut numbers);
            let new = numbers.iter().filter(|&&number| last < Some(number));
            let first = new.min().map(|&number| self.places[number as usize]);
            last = last.max(numbers.into_iter().max());
            let beginning = (section, TextPlace::start(TextSource::Beginning));
            starts.push((page, if leaf == 0 { Some(beginning) } else { first }));
        }
        let first = pages.first().map_or(0, |&(_, (section, _))| section);
        let section = last.map_or(first, |number| self.places[number as usize].0);
        let mut next = (section, TextPlace::start(TextSource::End));
        let mut found = Vec::new();
        for (page, start) in starts.into_iter().rev() {
            next = start.unwrap_or(next);
            let (section, place) = next;
            found.push(PageStart { page, label: String::new(), section, place });
        }
        found.reverse();
        found
    }
}

impl Context<'_> {
    /// Sets something that stands beside the text, so that no page starts with it.
    pub(crate) fn beside<T>(&mut self, set: impl FnOnce(&mut Self) -> T) -> T {
        let around = std::mem::replace(&mut self.starts.beside, true);
        let done = set(self);
        self.starts.beside = around;
        done
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
