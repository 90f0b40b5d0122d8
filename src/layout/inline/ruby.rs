//! Ruby (ルビ): the reading beside its base, and how far it overhangs its neighbours.

use super::collect::{CharStyle, Collected, Segment};
use super::shape::{Face, Pieces, Shaped, Shaping};
use super::solid::Solid;
use crate::geom::{Length, LogicalPoint};
use crate::layout::{Piece, Placed, Run};
use crate::line::{self, CharClass, Clearance, Item, Joint, Rules};
use crate::model::{Ruby, RubyUnit};

/// A box with ruby, before its neighbours are known.
#[derive(Debug)]
pub(super) struct RubyBox {
    /// The number of its box.
    cell: usize,
    /// The base.
    base: Solid,
    /// The reading.
    reading: Solid,
    /// The words of the reading.
    words: String,
    /// The em of the reading.
    size: Length,
}

/// The longest reading of a character in jukugo ruby that stands over it alone, in
/// characters (JLReq 3.3.7).
const LONGEST_MONO: usize = 2;

impl Shaping<'_, '_, '_> {
    /// Adds words with their reading.
    pub(super) fn ruby(&mut self, ruby: &Ruby, segment: &Segment<'_>) {
        let is_mono = |unit: &RubyUnit| {
            unit.base.chars().count() == 1 && unit.reading.chars().count() <= LONGEST_MONO
        };
        if ruby.units.len() < 2 || !ruby.units.iter().all(is_mono) {
            let readings = ruby.units.iter().map(|unit| unit.reading.as_str());
            let words: String = readings.collect();
            let class = CharClass::SimpleRubyComplex;
            self.ruby_box(
                segment.text.start,
                segment.text.end,
                words,
                class,
                segment.style,
            );
            return;
        }
        let mut start = segment.text.start;
        for (index, unit) in ruby.units.iter().enumerate() {
            let end = start + unit.base.len();
            if index > 0 {
                self.meeting.joint = Some(Joint::Splittable);
            }
            let class = CharClass::JukugoRubyComplex;
            self.ruby_box(start, end, unit.reading.clone(), class, segment.style);
            start = end;
        }
    }

    /// Adds a base that stays together, with its reading.
    fn ruby_box(
        &mut self,
        start: usize,
        end: usize,
        words: String,
        class: CharClass,
        number: usize,
    ) {
        if words.is_empty() {
            self.text(start..end, number);
            return;
        }
        let style = *self.style(number);
        let base = self.collected.text[start..end].to_owned();
        let base = self.solid(&base, start, &style);
        let size = style.size / 2;
        let source = self.source;
        self.source = source.whole();
        let reading = self.solid(&words, 0, &CharStyle { size, ..style });
        self.source = source;
        self.meet('一', '一');
        let item = Item::new(class, style.size, base.advance);
        self.push_cell(item, start..end, number, Face::default());
        let cell = self.out.cells.len() - 1;
        self.out.rubies.push(RubyBox { cell, base, reading, words, size });
    }
}

/// Places all readings, now that the neighbours of their bases are known. A reading at
/// the head of the paragraph may overhang its indent.
pub(super) fn settle(
    shaped: &mut Shaped,
    collected: &Collected<'_>,
    indent: Length,
    rules: &Rules,
) {
    let mut before: Option<(usize, Length)> = None;
    for mut ruby in std::mem::take(&mut shaped.rubies) {
        let after = overhang(&mut ruby, before, shaped, rules);
        before = Some((ruby.cell, after));
        draw(ruby, shaped, collected);
    }
    if let Some(first) = shaped.items.first_mut() {
        first.before.edge = (first.before.edge - indent).max(Length::ZERO);
    }
}

/// Settles the length of a ruby box and what it keeps free. `before` is the ruby box before
/// with how far it overhangs at its end; gives the same of this one.
fn overhang(
    ruby: &mut RubyBox,
    before: Option<(usize, Length)>,
    shaped: &mut Shaped,
    rules: &Rules,
) -> Length {
    let excess = ruby.reading.advance - ruby.base.advance;
    if excess <= Length::ZERO {
        ruby.reading.spread(ruby.base.advance, ruby.size);
        return Length::ZERO;
    }
    let (cell, half) = (ruby.cell, excess / 2);
    let (head, mut room) = room(cell, Side::Before, ruby.size, shaped, rules);
    if let Some((other, taken)) = before
        && other + 2 == cell
        && taken > Length::ZERO
    {
        // Two readings over one character do not touch (JLReq 3.3.8).
        let between = &shaped.items[cell - 1];
        let gaps = gap(&shaped.items[other], between, rules)
            + gap(between, &shaped.items[cell], rules);
        let left = gaps + between.advance - taken - ruby.size;
        room = room.min(left.max(Length::ZERO));
    }
    let (tail, room_after) = self::room(cell, Side::After, ruby.size, shaped, rules);
    let over_head = half.min(room);
    let over_tail = (excess - half).min(room_after);
    let length = ruby.reading.advance - over_head - over_tail;
    if ruby.base.parts() > 1 {
        ruby.base.spread(length, Length::MAX);
    } else {
        ruby.base.shift(half - over_head);
        ruby.base.advance = length;
    }
    ruby.reading.shift(-over_head);
    let clear = |over: Length, body: Length| Clearance {
        inner: (over - body).max(Length::ZERO),
        edge: over,
    };
    let item = &mut shaped.items[cell];
    item.advance = length;
    item.before = clear(over_head, head);
    item.after = clear(over_tail, tail);
    over_tail
}

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// How far a reading of an em may overhang its neighbour on a side: over the neighbour's
/// own box, and in all, with the gap between the two.
fn room(
    cell: usize,
    side: Side,
    size: Length,
    shaped: &Shaped,
    rules: &Rules,
) -> (Length, Length) {
    let items = &shaped.items;
    let item = &items[cell];
    let neighbour = match side {
        Side::Before => cell.checked_sub(1).and_then(|at| items.get(at)),
        Side::After => items.get(cell + 1),
    };
    // At the end of a paragraph only the edge of the line counts.
    let Some(neighbour) = neighbour else { return (size, size) };
    let (halves, takes_gap) = allowance(neighbour.class, side);
    let body = size.ratio(halves, 2);
    let gap = match side {
        _ if !takes_gap => Length::ZERO,
        Side::Before => gap(neighbour, item, rules),
        Side::After => gap(item, neighbour, rules),
    };
    (body, size.min(body + gap))
}

/// The natural gap between two boxes.
fn gap(a: &Item, b: &Item, rules: &Rules) -> Length {
    if matches!(b.joint, Joint::Solid | Joint::Splittable) {
        return Length::ZERO;
    }
    let gap = line::gap(a.class, b.class, rules);
    gap.first.of(a.em) + gap.second.of(b.em)
}

/// How far a reading may overhang the box of a neighbour, in halves of its em, and whether
/// it may also overhang the gap between the two (JLReq 3.3.8).
fn allowance(neighbour: CharClass, side: Side) -> (i64, bool) {
    use CharClass::*;
    match (neighbour, side) {
        (Hiragana | Katakana | ProlongedSoundMark | SmallKana, _)
        | (Inseparable | IdeographicSpace, _) => (2, false),
        (OpeningBracket, Side::Before)
        | (ClosingBracket | FullStop | Comma, Side::After) => (2, false),
        (OpeningBracket, Side::After)
        | (ClosingBracket | FullStop | Comma, Side::Before) => (0, true),
        (MiddleDot, _) => (1, true),
        (
            Hyphen
            | DividingPunctuation
            | IterationMark
            | PrefixedAbbreviation
            | PostfixedAbbreviation
            | MathSymbol
            | MathOperator
            | Ideographic
            | ReferenceMark
            | OrnamentedComplex
            | SimpleRubyComplex
            | JukugoRubyComplex
            | GroupedNumeral
            | UnitSymbol
            | WesternSpace
            | Western
            | WarichuOpening
            | WarichuClosing
            | TateChuYoko,
            _,
        ) => (0, false),
    }
}

/// Gives a ruby box its glyphs: the base, and the reading on the side of the line before,
/// so that the em boxes touch (JLReq 3.3.4).
fn draw(ruby: RubyBox, shaped: &mut Shaped, collected: &Collected<'_>) {
    let Shaped { cells, glyphs, .. } = shaped;
    let cell = &mut cells[ruby.cell];
    let style = &collected.styles[cell.style];
    let mut pieces = Pieces::default();
    if let Some(face) = ruby.base.face() {
        cell.face = face;
        let start = glyphs.len();
        glyphs.extend(ruby.base.glyphs.iter().map(|glyph| glyph.glyph));
        cell.glyphs = start..glyphs.len();
    } else {
        let at = LogicalPoint { inline: Length::ZERO, block: style.axis };
        let base = &collected.text[cell.text.clone()];
        let runs = ruby.base.runs(base, cell.text.start, style.color);
        pieces.place(runs, at, Piece::Glyphs);
    }
    let block = style.axis - (style.size + ruby.size) / 2;
    let at = LogicalPoint { inline: Length::ZERO, block };
    pieces.place(ruby.reading.runs(&ruby.words, 0, style.color), at, Piece::Reading);
    cell.pieces = Some(Box::new(pieces));
}

impl Pieces {
    /// Adds runs at a place.
    pub(super) fn place(
        &mut self,
        runs: Vec<Run>,
        at: LogicalPoint,
        piece: fn(Run) -> Piece,
    ) {
        let placed = |run| Placed { at, piece: piece(run) };
        self.placed.extend(runs.into_iter().map(placed));
    }
}
