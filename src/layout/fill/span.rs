//! Headings over all columns (段抜き): the columns above them end at the same line, and those
//! below start anew (JLReq 4.1.10).

use super::{At, Filler, Filling, Spread};
use crate::geom::Length;
use crate::layout::flow::Row;

/// How many lines of the grid have to fit below such a heading.
const LINES_BELOW: i64 = 2;

impl Filler {
    /// Whether a row stands over all columns.
    pub(super) fn spans(&self, row: &Row) -> bool {
        self.columns > 1 && row.spans
    }

    /// Fills the two pages of a spread, below a title where one stands over the first.
    pub(super) fn both_sides(
        &mut self,
        title: Option<Length>,
    ) -> Vec<Vec<(usize, Filling)>> {
        let mut pages = self.spread();
        let first = pages.first_mut().and_then(|page| page.first_mut());
        if let (Some(_), Some(first)) = (title, first) {
            first.placed.insert(0, At::default());
        }
        pages
            .into_iter()
            .map(|page| page.into_iter().enumerate().collect())
            .collect()
    }

    /// Fills a page whose notes do not wait: its columns, and where headings stand over all of them, the columns
    /// between those. Each has its number among the columns of the page.
    pub(super) fn bands(
        &mut self,
        spread: Spread,
        title: Option<Length>,
    ) -> Vec<(usize, Filling)> {
        let mut filled: Vec<(usize, Filling)> = Vec::new();
        let mut over = title.map(|_| At::default());
        let mut above = title;
        loop {
            let before = self.left.clone();
            let mut band = self.page(spread.count, above);
            let spans = self.is_at_spanning();
            let is_last = spread.balanced && self.is_done();
            if spread.count > 1 && (spans || is_last) {
                band = self.balance(before, spread.count, above, band);
            }
            if band.is_empty() && over.is_some() {
                band.push(Filling::default());
            }
            if let Some(at) = over.take() {
                band[0].placed.insert(0, at);
            }
            if spread.sides.is_some() && self.is_done() {
                band.iter_mut().for_each(|filling| filling.notes_follow = true);
            }
            let has_notes = band.iter().any(|filling| !filling.notes.is_empty());
            let end = band.iter().filter_map(|filling| filling.end).max().or(above);
            filled.extend(band.into_iter().enumerate());
            if !spans || has_notes {
                return filled;
            }
            let Some((at, end)) = self.place_spanning(end) else { return filled };
            self.left.next += 1;
            (over, above) = (Some(at), Some(end));
        }
    }

    /// Whether a heading comes next that stands over all columns, and nothing before it
    /// waits.
    fn is_at_spanning(&self) -> bool {
        let row = self.flow.rows.get(self.left.next);
        let waits = !self.left.carried.is_empty() || !self.left.waiting.is_empty();
        !waits && row.is_some_and(|row| self.spans(row))
    }

    /// The place of the next row over all columns, and its end; `None` where too little
    /// room is left below what stands above it.
    fn place_spanning(&self, above: Option<Length>) -> Option<(At, Length)> {
        let area = self.area;
        let row = &self.flow.rows[self.left.next];
        let leading = above.map_or(0, |_| i64::from(row.leading));
        let start = area.next_line(above) + area.feed * leading;
        let end = start + self.size(row);
        let fits = end + area.feed * LINES_BELOW <= area.block;
        let at = At { row: self.left.next, start, ..At::default() };
        (fits || above.is_none()).then_some((at, end))
    }
}
