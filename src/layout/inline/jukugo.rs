//! Jukugo ruby (熟語ルビ): characters of a word with a reading each, where a reading may
//! overhang the other characters of the word (JLReq 3.3.7 and Appendix F).

use super::collect::Collected;
use super::ruby::{Before, RubyBox, Side, head_room, room};
use super::shape::Shaped;
use crate::geom::Length;
use crate::line::{Composed, Rules};

/// A word with jukugo ruby whose length is settled. Its readings take their places when it
/// is known whether a line breaks inside the word.
#[derive(Debug)]
pub(super) struct Jukugo {
    bases: Vec<Base>,
    /// How far the readings overhang what stands after the whole word.
    over: Length,
    /// How far they may do so where a line breaks inside the word.
    reserve: Length,
}

/// A character of the word.
#[derive(Debug)]
struct Base {
    ruby: RubyBox,
    /// Where its box starts in the word.
    start: Length,
    /// What the box is widened by before the character.
    lead: Length,
    /// The length of the character.
    length: Length,
    /// How far the readings of the line overhang its end where the line breaks after it.
    edge: Length,
}

/// How far readings may overhang what stands beside their bases.
#[derive(Clone, Copy, Debug, Default)]
struct Reach {
    /// What stands before the first base.
    head: Length,
    /// The base before, for all but the first.
    back: Length,
    /// What stands after the last base.
    tail: Length,
}

impl Jukugo {
    /// Settles the length of a word and what it keeps free.
    pub(super) fn settle(
        word: Vec<RubyBox>,
        before: Before,
        shaped: &mut Shaped,
        rules: &Rules,
    ) -> Self {
        let mut word = Self::solid(word, rules);
        let (Some(first), Some(last)) = (word.bases.first(), word.bases.last()) else {
            return word;
        };
        if word.bases.iter().all(|base| base.excess() == Length::ZERO) {
            return word;
        }
        let (first, last, size) = (first.ruby.cell, last.ruby.cell, first.ruby.size);
        let head = head_room(first, size, before, shaped, rules);
        let tail = room(last, Side::After, size, shaped, rules);
        let widest = Reach { head: head.all, back: size, tail: tail.all };
        let fitting = stages(widest).into_iter().find(|&reach| fits(&word.bases, reach));
        let reach = fitting.unwrap_or_else(|| {
            word.widen(widest);
            widest
        });
        let (over_head, over_tail) = word.overhang(reach.tail);
        word.over = over_tail;
        for base in &word.bases {
            shaped.items[base.ruby.cell].advance = base.ruby.base.advance;
        }
        shaped.items[first].before = head.clearance(over_head);
        shaped.items[last].after = tail.clearance(over_tail);
        // What lies over a neighbour's own box costs nothing.
        word.reserve = over_tail.max(tail.body);
        let head = over_head.max(head.body);
        word.edges(Reach { head, back: size, tail: word.reserve }, shaped);
        word
    }

    /// A word whose bases stand solid.
    fn solid(word: Vec<RubyBox>, rules: &Rules) -> Self {
        let mut start = Length::ZERO;
        let base = |mut ruby: RubyBox| {
            let length = ruby.base.advance;
            if ruby.base.parts() > 1 {
                ruby.reading.spread(length, rules.ruby_ends.of(ruby.size));
            }
            let (lead, edge) = (Length::ZERO, Length::ZERO);
            let base = Base { ruby, start, lead, length, edge };
            start += length;
            base
        };
        let bases = word.into_iter().map(base).collect();
        Self { bases, over: Length::ZERO, reserve: Length::ZERO }
    }

    /// Moves the bases apart, no farther than their readings need: on both sides of those
    /// whose reading is longer, in proportion to the readings.
    fn widen(&mut self, reach: Reach) {
        let (mut least, mut enough) = (Length::ZERO, Length::ZERO);
        loop {
            self.widen_by(enough);
            if fits(&self.bases, reach) {
                break;
            }
            least = enough;
            enough = enough * 2 + self.bases[0].ruby.size;
        }
        while enough - least > Length(1) {
            let middle = (least + enough) / 2;
            self.widen_by(middle);
            if fits(&self.bases, reach) {
                enough = middle;
            } else {
                least = middle;
            }
        }
        self.widen_by(enough);
        for base in &mut self.bases {
            base.ruby.base.shift(base.lead);
            base.ruby.lead = base.lead;
            base.ruby.trail = base.ruby.base.advance - base.length - base.lead;
        }
    }

    /// Sets the bases as far apart as a widening of the whole word makes it.
    fn widen_by(&mut self, widening: Length) {
        let long = |base: &&Base| base.excess() > Length::ZERO;
        let sum: Length = self.bases.iter().filter(long).map(Base::reading).sum();
        let mut at = Length::ZERO;
        for base in &mut self.bases {
            let weight = if long(&&*base) { base.reading() } else { Length::ZERO };
            let share = widening.ratio(weight.0, sum.0.max(1));
            base.start = at;
            base.lead = share / 2;
            base.ruby.base.advance = base.length + share;
            at = base.end();
        }
    }

    /// Settles what must stay free where a line breaks inside the word, whose parts are
    /// then laid out anew.
    fn edges(&mut self, reach: Reach, shaped: &mut Shaped) {
        let mut end = Length(i64::MIN / 2);
        for at in 0..self.bases.len() - 1 {
            let base = &self.bases[at];
            end = end.max(earliest(&self.bases, at, reach)) + base.reading();
            let edge = (end - base.end()).max(Length::ZERO);
            shaped.items[base.ruby.cell].after.edge = edge;
            self.bases[at].edge = edge;
        }
        let mut start = Length(i64::MAX / 2);
        for (at, base) in self.bases.iter().enumerate().skip(1).rev() {
            start = start.min(latest(&self.bases, at, reach)) - base.reading();
            let edge = (base.start - start).max(Length::ZERO);
            shaped.items[base.ruby.cell].before.edge = edge;
        }
    }

    /// How far the readings overhang what stands before and after the whole word, of which
    /// the latter leaves room for `tail`.
    fn overhang(&self, tail: Length) -> (Length, Length) {
        let starts = starts(&self.bases, tail);
        let first = starts.first().copied().unwrap_or_default();
        let over = match (starts.last(), self.bases.last()) {
            (Some(&start), Some(base)) => start + base.reading() - base.end(),
            _ => Length::ZERO,
        };
        ((-first).max(Length::ZERO), over.max(Length::ZERO))
    }

    /// How far the readings may overhang what stands after it.
    pub(super) fn taken(&self) -> Length {
        self.reserve
    }

    /// Gives the boxes the glyphs of the bases.
    pub(super) fn draw(&self, shaped: &mut Shaped, collected: &Collected<'_>) {
        for base in &self.bases {
            base.ruby.draw(shaped, collected);
        }
    }

    /// Moves the readings of some bases, which stand on one line, to their places.
    fn place(&mut self, from: usize, to: usize) {
        let tail = match (from, to == self.bases.len()) {
            (0, true) => self.over,
            (_, true) => self.reserve,
            (_, false) => self.bases[to - 1].edge,
        };
        let bases = &mut self.bases[from..to];
        let starts = starts(bases, tail);
        for (base, start) in bases.iter_mut().zip(starts) {
            base.ruby.reading.shift(start - base.start);
        }
    }
}

impl Base {
    /// Where its box ends in the word.
    fn end(&self) -> Length {
        self.start + self.ruby.base.advance
    }

    fn reading(&self) -> Length {
        self.ruby.reading.advance
    }

    /// How much longer the reading is.
    fn excess(&self) -> Length {
        (self.reading() - self.length).max(Length::ZERO)
    }

    /// Where the reading starts where nothing hinders it: in the middle of the base or at its
    /// head, and a long one so that it overhangs what follows.
    fn wanted(&self) -> Length {
        let free = (self.length - self.reading()).max(Length::ZERO);
        let lead = if self.ruby.at_head { Length::ZERO } else { free / 2 };
        self.start + self.lead + lead
    }
}

/// What readings may overhang, in the order in which it is tried: the character that
/// follows in the word, the one before, what follows the word, what stands before it, both.
fn stages(widest: Reach) -> [Reach; 5] {
    let Reach { head, back, tail } = widest;
    let inside = Reach { back, ..Reach::default() };
    [Reach::default(), inside, Reach { tail, ..inside }, Reach { head, ..inside }, widest]
}

/// Whether the readings find room one after the other.
fn fits(bases: &[Base], reach: Reach) -> bool {
    let mut end = Length(i64::MIN / 2);
    bases.iter().enumerate().all(|(at, base)| {
        end = end.max(earliest(bases, at, reach)) + base.reading();
        end <= latest(bases, at, reach)
    })
}

/// Where the readings of bases start, the last of which may overhang its end by `tail`.
fn starts(bases: &[Base], tail: Length) -> Vec<Length> {
    let mut end = Length(i64::MIN / 2);
    let mut starts: Vec<Length> = Vec::with_capacity(bases.len());
    for base in bases {
        let start = end.max(base.wanted());
        end = start + base.reading();
        starts.push(start);
    }
    let reach = Reach { tail, ..Reach::default() };
    let mut next = Length(i64::MAX / 2);
    for (at, start) in starts.iter_mut().enumerate().rev() {
        let end = next.min(latest(bases, at, reach));
        *start = (*start).min(end - bases[at].reading());
        next = *start;
    }
    starts
}

/// Where the reading of a base may start.
fn earliest(bases: &[Base], at: usize, reach: Reach) -> Length {
    match at.checked_sub(1).map(|before| &bases[before]) {
        Some(before) => before.start + before.lead + before.length - reach.back,
        None => bases[at].start - reach.head,
    }
}

/// Where the reading of a base must end: at most one of its characters over the base that
/// follows.
fn latest(bases: &[Base], at: usize, reach: Reach) -> Length {
    match bases.get(at + 1) {
        Some(after) => after.start + after.lead + after.ruby.size,
        None => bases[at].end() + reach.tail,
    }
}

/// Places the readings of words with jukugo ruby, now that the lines are known.
pub(super) fn place_readings(
    shaped: &mut Shaped,
    collected: &Collected<'_>,
    composed: &Composed,
) {
    let mut lines = composed.lines.iter().map(|line| line.items.end).peekable();
    for mut word in std::mem::take(&mut shaped.words) {
        let mut from = 0;
        while from < word.bases.len() {
            let cell = word.bases[from].ruby.cell;
            while lines.next_if(|&end| end <= cell).is_some() {}
            let end = lines.peek().copied().unwrap_or(usize::MAX);
            let to = word.bases.partition_point(|base| base.ruby.cell < end);
            let to = to.max(from + 1);
            word.place(from, to);
            from = to;
        }
        for base in &word.bases {
            base.ruby.draw_reading(shaped, collected);
        }
    }
}
