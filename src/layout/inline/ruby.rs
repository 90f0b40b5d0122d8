//! Ruby (ルビ): the reading beside its base, and how far it overhangs its neighbours.

use std::ops::Range;

use super::collect::{CharStyle, Collected, RubyPart, RubyTags, Segment};
use super::jukugo::Jukugo;
use super::shape::{Face, Pieces, Shaped, Shaping};
use super::solid::Solid;
use super::under::Under;
use crate::geom::{Length, LogicalPoint, WritingMode};
use crate::layout::{Piece, Placed, Run};
use crate::line::{
    self, CharClass, Clearance, Composed, Item, Joint, LineEnding, RubyAlignment,
    RubyOverhang, Rules,
};

/// A base with its reading, before its neighbours are known.
#[derive(Debug)]
pub(super) struct RubyBox {
    /// The number of its box.
    pub(super) cell: usize,
    /// The base.
    pub(super) base: Solid,
    /// The reading.
    pub(super) reading: Solid,
    /// The words of the reading.
    words: String,
    /// The em of the reading.
    pub(super) size: Length,
    /// What base and reading are in the structure of the text.
    tags: RubyTags,
    /// What the box is widened by before the base.
    pub(super) lead: Length,
    /// What the box is widened by after the base.
    pub(super) trail: Length,
    /// What a base of one part is widened by on either side, for a reading under it.
    widened: Length,
    /// What stays free between base and reading.
    gap: Length,
    /// Whether a short reading of one character stands at the head of its base (肩付き).
    pub(super) at_head: bool,
}

/// A word with its readings.
#[derive(Debug)]
pub(super) struct RubyWord {
    /// Its bases, each with a reading: one for mono and group ruby.
    boxes: Vec<RubyBox>,
    /// The reading on its other side.
    under: Option<Under>,
}

impl Shaping<'_, '_, '_> {
    /// Adds words with their reading.
    pub(super) fn ruby(&mut self, parts: &[RubyPart], segment: &Segment<'_>) {
        let class = match parts.len() {
            0 | 1 => CharClass::SimpleRubyComplex,
            _ => CharClass::JukugoRubyComplex,
        };
        let under = parts.first().and_then(|part| part.under.as_ref());
        let style = *self.style(segment.style);
        let under = under.map(|part| self.under(part, &style));
        // A reading of the whole holds the word together.
        let joint = if under.is_some() { Joint::Solid } else { Joint::Splittable };
        let mut boxes = Vec::new();
        let mut start = segment.text.start;
        for part in parts.iter().filter(|part| !part.unit.base.is_empty()) {
            let end = start + part.unit.base.len();
            if !boxes.is_empty() {
                self.meeting.joint = Some(joint);
            }
            boxes.push(self.ruby_box(start..end, part, class, segment.style));
            start = end;
        }
        self.out.rubies.push(RubyWord { boxes, under });
    }

    /// Adds a base that stays together, with its reading.
    fn ruby_box(
        &mut self,
        bytes: Range<usize>,
        part: &RubyPart,
        class: CharClass,
        number: usize,
    ) -> RubyBox {
        let style = *self.style(number);
        let words = part.unit.reading.as_str();
        let base = self.collected.text[bytes.clone()].to_owned();
        let base = self.solid(&base, bytes.start, &style);
        let size = self.rules.ruby_size.of(style.size);
        let gap = self.rules.ruby_gap.of(style.size);
        let at_head = self.rules.ruby_alignment == RubyAlignment::Head
            && self.cx.writing == WritingMode::Vertical
            && base.parts() == 1;
        let source = self.source;
        self.source = source.whole();
        let reading = self.solid(words, 0, &CharStyle { size, ..style });
        self.source = source;
        self.meet('一', '一');
        let item = Item::new(class, style.size, base.advance);
        self.push_cell(item, bytes, number, Face::default());
        let cell = self.out.cells.len() - 1;
        let words = words.to_owned();
        let (lead, trail) = (Length::ZERO, Length::ZERO);
        RubyBox {
            cell,
            base,
            reading,
            words,
            size,
            lead,
            trail,
            widened: Length::ZERO,
            gap,
            at_head,
            tags: part.tags,
        }
    }
}

/// Settles how much room all readings need, now that the neighbours of their bases are
/// known. A reading at the head of the paragraph may overhang its indent.
pub(super) fn settle(
    shaped: &mut Shaped,
    collected: &Collected<'_>,
    indent: Length,
    rules: &Rules,
) {
    let (mut before, mut before_under) = (Before::default(), Before::default());
    for RubyWord { mut boxes, under } in std::mem::take(&mut shaped.rubies) {
        let (Some(first), Some(last)) = (boxes.first(), boxes.last()) else { continue };
        let cells = first.cell..=last.cell;
        let reach = under
            .as_ref()
            .and_then(|under| under.widen(&mut boxes, before_under, shaped, rules));
        if let [ruby] = &mut boxes[..] {
            before = overhang(ruby, before, shaped, rules);
            ruby.draw(shaped, collected);
            ruby.draw_reading(shaped, collected);
        } else {
            let word = Jukugo::settle(boxes, before, shaped, rules);
            before = Before { cell: *cells.end(), taken: word.taken() };
            word.draw(shaped, collected);
            shaped.words.push(word);
        }
        if let (Some(under), Some(reach)) = (under, reach) {
            before_under = under.draw(cells, reach, shaped, collected, rules);
        }
    }
    if let Some(first) = shaped.items.first_mut() {
        first.before.edge = (first.before.edge - indent).max(Length::ZERO);
    }
}

/// The ruby before another.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    /// The number of its last box.
    pub(super) cell: usize,
    /// How far its reading overhangs at its end.
    pub(super) taken: Length,
}

/// Settles the length of a box with mono or group ruby and what it keeps free.
fn overhang(
    ruby: &mut RubyBox,
    before: Before,
    shaped: &mut Shaped,
    rules: &Rules,
) -> Before {
    let excess = ruby.reading.advance - ruby.base.advance;
    let cell = ruby.cell;
    if excess <= Length::ZERO {
        if !ruby.at_head {
            let length = ruby.base.advance - ruby.widened * 2;
            ruby.reading.spread(length, rules.ruby_ends.of(ruby.size));
            ruby.reading.shift(ruby.widened + (length - ruby.reading.advance) / 2);
        }
        return Before { cell, taken: Length::ZERO };
    }
    let head = head_room(cell, ruby.size, before, shaped, rules);
    let tail = room(cell, Side::After, ruby.size, shaped, rules);
    let half = excess / 2;
    let (over_head, over_tail) = if ruby.at_head {
        let over_tail = excess.min(tail.all);
        ((excess - over_tail).min(head.all), over_tail)
    } else {
        (half.min(head.all), (excess - half).min(tail.all))
    };
    let length = ruby.reading.advance - over_head - over_tail;
    let free = length - ruby.base.advance;
    ruby.lead = match ruby.base.parts() {
        2.. => free / (2 * ruby.base.parts()),
        _ if ruby.at_head => free / 2,
        _ => half - over_head,
    };
    ruby.trail = free - ruby.lead;
    if ruby.base.parts() > 1 {
        ruby.trail = ruby.lead;
        ruby.base.spread(length, Length::MAX);
    } else {
        ruby.base.shift(ruby.lead);
        ruby.base.advance = length;
    }
    ruby.reading.shift(-over_head);
    let item = &mut shaped.items[cell];
    item.advance = length;
    item.before = head.clearance(over_head);
    item.after = tail.clearance(over_tail);
    Before { cell, taken: over_tail }
}

/// The room beside a box that a reading may overhang.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Over the neighbour's own box.
    pub(super) body: Length,
    /// In all, with the gap between the two.
    pub(super) all: Length,
}

impl Room {
    /// What stays free beside a box whose reading overhangs so far.
    pub(super) fn clearance(self, over: Length) -> Clearance {
        let inner = (over - self.body).max(Length::ZERO);
        Clearance { inner, edge: over }
    }
}

/// The room before a box, where it also keeps apart from the reading before it: two
/// readings over one character do not touch (JLReq 3.3.8).
pub(super) fn head_room(
    cell: usize,
    size: Length,
    before: Before,
    shaped: &Shaped,
    rules: &Rules,
) -> Room {
    let mut room = room(cell, Side::Before, size, shaped, rules);
    if before.taken > Length::ZERO && before.cell + 2 == cell {
        let items = &shaped.items[before.cell..=cell];
        let gaps = gap(&items[0], &items[1], rules) + gap(&items[1], &items[2], rules);
        let left = gaps + items[1].advance - before.taken - size;
        room.all = room.all.min(left.max(Length::ZERO));
        room.body = room.body.min(room.all);
    }
    room
}

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// How far a reading of an em may overhang its neighbour on a side.
pub(super) fn room(
    cell: usize,
    side: Side,
    size: Length,
    shaped: &Shaped,
    rules: &Rules,
) -> Room {
    let items = &shaped.items;
    let item = &items[cell];
    let neighbour = match side {
        Side::Before => cell.checked_sub(1).and_then(|at| items.get(at)),
        Side::After => items.get(cell + 1),
    };
    // At the end of a paragraph only the edge of the line counts.
    let Some(neighbour) = neighbour else { return Room { body: size, all: size } };
    let (halves, takes_gap) = allowance(neighbour.class, side, rules.ruby_overhang);
    let body = size.ratio(halves, 2);
    let gap = match side {
        _ if !takes_gap => Length::ZERO,
        Side::Before => gap(neighbour, item, rules),
        Side::After => gap(item, neighbour, rules),
    };
    Room { body, all: size.min(body + gap) }
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
fn allowance(neighbour: CharClass, side: Side, over: RubyOverhang) -> (i64, bool) {
    use CharClass::*;
    match (neighbour, side) {
        (Katakana, _) if over != RubyOverhang::Kana => (0, false),
        (Hiragana | Katakana | ProlongedSoundMark | SmallKana, _)
            if over == RubyOverhang::Marks =>
        {
            (0, false)
        }
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

impl RubyBox {
    /// Widens the base: apart in the middle where it has parts, on both sides where it has
    /// none.
    pub(super) fn widen(&mut self, by: Length) {
        let length = self.base.advance + by;
        if self.base.parts() > 1 {
            self.base.spread(length, Length::MAX);
        } else {
            self.widened = by / 2;
            self.base.shift(self.widened);
            self.base.advance = length;
        }
    }

    /// Gives the box the glyphs of its base.
    pub(super) fn draw(&self, shaped: &mut Shaped, collected: &Collected<'_>) {
        let Shaped { cells, glyphs, .. } = shaped;
        let cell = &mut cells[self.cell];
        let style = &collected.styles[cell.style];
        let pieces = cell.pieces.get_or_insert_default();
        cell.tag = self.tags.base;
        (pieces.lead, pieces.trail) = (self.lead, self.trail);
        if let Some(face) = self.base.face() {
            cell.face = face;
            let start = glyphs.len();
            glyphs.extend(self.base.glyphs.iter().map(|glyph| glyph.glyph));
            cell.glyphs = start..glyphs.len();
        } else {
            let at = LogicalPoint { inline: Length::ZERO, block: style.axis };
            let base = &collected.text[cell.text.clone()];
            let runs = self.base.runs(base, cell.text.start, style.color, cell.tag);
            pieces.place(runs, at, Piece::Glyphs);
        }
    }

    /// Adds the reading, on the side of the line before, so that the em boxes touch (JLReq
    /// 3.3.4).
    pub(super) fn draw_reading(&self, shaped: &mut Shaped, collected: &Collected<'_>) {
        let cell = &mut shaped.cells[self.cell];
        let style = &collected.styles[cell.style];
        let block = style.axis - (style.size + self.size) / 2 - self.gap;
        let at = LogicalPoint { inline: Length::ZERO, block };
        let runs = self.reading.runs(&self.words, 0, style.color, self.tags.reading);
        cell.pieces.get_or_insert_default().place(runs, at, Piece::Reading);
    }
}

/// Moves bases to the edges of their lines, where readings longer than they are reach
/// beyond them ([`RubyEdge::Base`](crate::line::RubyEdge::Base)).
pub(super) fn align_bases(shaped: &mut Shaped, composed: &Composed) {
    for line in &composed.lines {
        let (Some(first), Some(last)) =
            (line.items.clone().next(), line.items.clone().next_back())
        else {
            continue;
        };
        let ruby = |item: &Item| {
            matches!(
                item.class,
                CharClass::SimpleRubyComplex | CharClass::JukugoRubyComplex
            )
        };
        if ruby(&shaped.items[first]) {
            let edge = shaped.items[first].before.edge;
            let lead = shaped.cells[first].pieces.as_ref().map(|pieces| pieces.lead);
            move_base(shaped, first, -(edge + lead.unwrap_or_default()));
        }
        if first != last
            && ruby(&shaped.items[last])
            && line.ending == LineEnding::Wrapped
        {
            let edge = shaped.items[last].after.edge;
            let trail = shaped.cells[last].pieces.as_ref().map(|pieces| pieces.trail);
            move_base(shaped, last, edge + trail.unwrap_or_default());
        }
    }
}

/// Moves the base in a box along the line, and not its reading.
fn move_base(shaped: &mut Shaped, cell: usize, by: Length) {
    let Shaped { cells, glyphs, .. } = shaped;
    let cell = &mut cells[cell];
    for glyph in &mut glyphs[cell.glyphs.clone()] {
        glyph.origin.inline += by;
    }
    let placed = cell.pieces.iter_mut().flat_map(|pieces| &mut pieces.placed);
    for placed in placed.filter(|placed| matches!(placed.piece, Piece::Glyphs(_))) {
        placed.at.inline += by;
    }
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
