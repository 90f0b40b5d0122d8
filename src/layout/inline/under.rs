//! The reading of a word on its other side (両側ルビ, JLReq 3.3.4).

use super::collect::CharStyle;
use super::collect::{Collected, UnderPart};
use super::ruby::{Before, Room, RubyBox, Side, head_room, room};
use super::shape::{Shaped, Shaping};
use super::solid::Solid;
use crate::geom::{Length, LogicalPoint};
use crate::layout::Piece;
use crate::line::{Clearance, Rules};

/// A reading of a whole word, on the side of the line after.
#[derive(Debug)]
pub(super) struct Under {
    reading: Solid,
    part: UnderPart,
    /// Its em.
    size: Length,
}

/// How far a reading may overhang what stands before and after its word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    head: Room,
    tail: Room,
}

impl Shaping<'_, '_, '_> {
    /// Sets the reading of a whole word.
    pub(super) fn under(&mut self, part: &UnderPart, style: &CharStyle) -> Under {
        let size = self.rules.ruby_size.of(style.size);
        let source = self.source;
        self.source = source.whole();
        let reading = self.solid(&part.words, 0, &CharStyle { size, ..*style });
        self.source = source;
        Under { reading, part: part.clone(), size }
    }
}

impl Under {
    /// Widens the bases of its word where it is longer than these and all that it may
    /// overhang.
    pub(super) fn widen(
        &self,
        word: &mut [RubyBox],
        before: Before,
        shaped: &mut Shaped,
        rules: &Rules,
    ) -> Option<Reach> {
        let (first, last) = (word.first()?.cell, word.last()?.cell);
        let reach = Reach {
            head: head_room(first, self.size, before, shaped, rules),
            tail: room(last, Side::After, self.size, shaped, rules),
        };
        let bases: Length = word.iter().map(|ruby| ruby.base.advance).sum();
        let excess = (self.reading.advance - bases).max(Length::ZERO);
        let half = excess / 2;
        let over = half.min(reach.head.all) + (excess - half).min(reach.tail.all);
        let mut free = excess - over;
        for (at, ruby) in word.iter_mut().enumerate() {
            let share = free / (last - first + 1 - at) as i64;
            free -= share;
            ruby.widen(share);
            shaped.items[ruby.cell].advance = ruby.base.advance;
        }
        Some(reach)
    }

    /// Adds the reading along a word whose length is settled: spread, or over what stands
    /// beside it.
    pub(super) fn draw(
        mut self,
        cells: std::ops::RangeInclusive<usize>,
        reach: Reach,
        shaped: &mut Shaped,
        collected: &Collected<'_>,
        rules: &Rules,
    ) -> Before {
        let (first, last) = (*cells.start(), *cells.end());
        let length = shaped.items[cells].iter().map(|item| item.advance).sum();
        let excess = self.reading.advance - length;
        let mut taken = Length::ZERO;
        if excess <= Length::ZERO {
            self.reading.spread(length, rules.ruby_ends.of(self.size));
        } else {
            let least = (excess - reach.tail.all).max(Length::ZERO);
            let over = (excess / 2).max(least).min(reach.head.all);
            taken = (excess - over).max(Length::ZERO);
            self.reading.shift(-over);
            let clear = |own: &mut Clearance, other: Clearance| {
                own.inner = own.inner.max(other.inner);
                own.edge = own.edge.max(other.edge);
            };
            clear(&mut shaped.items[first].before, reach.head.clearance(over));
            clear(&mut shaped.items[last].after, reach.tail.clearance(taken));
        }
        let cell = &mut shaped.cells[first];
        let style = &collected.styles[cell.style];
        let gap = rules.ruby_gap.of(style.size);
        let block = style.axis + (style.size + self.size) / 2 + gap;
        let at = LogicalPoint { inline: Length::ZERO, block };
        let runs = self.reading.runs(&self.part.words, 0, style.color, self.part.tag);
        cell.pieces.get_or_insert_default().place(runs, at, Piece::Reading);
        Before { cell: last, taken }
    }
}
