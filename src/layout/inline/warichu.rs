//! Warichu (割注): a small note in two lines within a line, which may go on in the next
//! (JLReq 3.4).

use std::ops::Range;

use super::collect::{Collected, Segment};
use super::shape::{Face, Pieces, Shaped, Shaping, shape};
use super::{Alignment, ParagraphStyle, finish};
use crate::geom::{Length, LogicalPoint};
use crate::layout::Context;
use crate::line::{self, CharClass, Composed, Item, Joint, Measure, Rules};
use crate::model::TextPlace;

/// A note in two lines. It is composed as columns of two characters, between which a line
/// may break; its own lines are composed for the columns of each line when these are known.
#[derive(Debug)]
pub(super) struct Warichu {
    /// The number of its text in [`Collected::insets`].
    inset: usize,
    /// The boxes of its columns.
    columns: Range<usize>,
    /// Its own boxes.
    note: Shaped,
    style: ParagraphStyle,
}

/// The columns of a note that stand on one line, and its own lines in them.
struct Part {
    columns: Range<usize>,
    lines: Range<usize>,
}

impl<'a> Shaping<'a, '_, '_> {
    /// Adds a small note in two lines.
    pub(super) fn warichu(&mut self, inset: usize, segment: &Segment<'a>) {
        let number = segment.style;
        let size = self.style(number).size;
        let style = ParagraphStyle {
            font: self.style(number).font,
            size: size / 2,
            color: self.style(number).color,
            measure: self.measure,
            first_indent: Length::ZERO,
            indent: Length::ZERO,
            beside: line::Beside::default(),
            alignment: Alignment::Justify,
        };
        let words = &self.collected.insets[inset].rows[0];
        let note = shape(self.cx, words, &style, self.rules);
        let mut left = balanced(&note.items, self.rules).1;
        let column = size / 2;
        let start = self.out.items.len();
        self.meeting.before = None;
        while left > Length::ZERO {
            if self.out.items.len() > start {
                self.meeting.joint = Some(Joint::Splittable);
            }
            let item = Item::new(CharClass::Ideographic, size, left.min(column));
            self.push_cell(item, segment.text.clone(), number, Face::default());
            left -= column;
        }
        let columns = start..self.out.items.len();
        if !columns.is_empty() {
            self.out.small_notes.push(Warichu { inset, columns, note, style });
        }
    }

    /// Adds a bracket of the text's size, which is solid outside of the note too.
    pub(super) fn warichu_bracket(&mut self, range: Range<usize>, number: usize) {
        self.text(range, number);
        if let Some(item) = self.out.items.last_mut() {
            item.class = match item.class {
                CharClass::OpeningBracket => CharClass::WarichuOpening,
                CharClass::ClosingBracket => CharClass::WarichuClosing,
                other => other,
            };
        }
        self.meeting.before = None;
    }
}

/// The shortest two lines that hold some boxes as they are, the first not shorter, and their
/// length.
fn balanced(items: &[Item], rules: &Rules) -> (Composed, Length) {
    let set = |length| {
        let alignment = line::Alignment::Start;
        line::compose(items, &Measure { alignment, ..Measure::new(length) }, rules)
    };
    let fits = |composed: &Composed, length: Length| {
        composed.lines.len() <= 2
            && composed.lines.iter().all(|line| line.width <= length)
    };
    let em = items.iter().map(|item| item.em).max().unwrap_or(Length(1));
    let whole: Length = items.iter().map(|item| item.advance + item.em).sum();
    let (mut least, mut enough) = (Length::ZERO, whole);
    while enough - least > em / 64 {
        let middle = (least + enough) / 2;
        if fits(&set(middle), middle) {
            enough = middle;
        } else {
            least = middle;
        }
    }
    let composed = set(enough);
    let length = composed.lines.iter().map(|line| line.width).max();
    (composed, length.unwrap_or_default())
}

impl Warichu {
    /// The lines of the note, and their parts by the lines that its columns stand on.
    fn parts(
        &self,
        shaped: &Shaped,
        composed: &Composed,
        rules: &Rules,
    ) -> (Composed, Vec<Part>) {
        let ends = composed.lines.iter().map(|line| line.items.end);
        let Range { start, end } = self.columns;
        let inner = ends.filter(|&at| at > start && at < end);
        let items = &self.note.items;
        let positions = vec![Length::ZERO; items.len()];
        let mut set = Composed { lines: Vec::new(), positions };
        let (mut column, mut from) = (start, 0);
        let mut parts = Vec::new();
        for at in inner.chain([end]) {
            let columns = column..at;
            let rest = if at == end {
                balanced(&items[from..], rules).0
            } else {
                let width = width(shaped, columns.clone());
                line::compose(&items[from..], &Measure::new(width), rules)
            };
            let first = set.lines.len();
            let next =
                rest.lines.get(2).map_or(items.len() - from, |line| line.items.start);
            let placed = &rest.positions[..next];
            set.positions[from..from + next].copy_from_slice(placed);
            for mut line in rest.lines.into_iter().take(2) {
                line.items = line.items.start + from..line.items.end + from;
                set.lines.push(line);
            }
            parts.push(Part { columns, lines: first..set.lines.len() });
            (column, from) = (at, from + next);
        }
        (set, parts)
    }

    /// Where a part that is not the first starts in the text of the book.
    fn start(
        &self,
        part: &Part,
        set: &Composed,
        words: &Collected<'_>,
    ) -> Option<TextPlace> {
        let line = set.lines.get(part.lines.start).filter(|_| part.lines.start > 0)?;
        words.place(self.note.cells.get(line.items.start)?.text.start)
    }

    /// Widens the last column where the last part does not find room. Says whether it did.
    fn widen(&self, shaped: &mut Shaped, composed: &Composed, rules: &Rules) -> bool {
        let (set, parts) = self.parts(shaped, composed, rules);
        let (Some(part), 2..) = (parts.last(), parts.len()) else { return false };
        let need = set.lines[part.lines.clone()].iter().map(|line| line.width).max();
        let missing = need.unwrap_or_default() - width(shaped, part.columns.clone());
        let last = self.columns.end - 1;
        shaped.items[last].advance += missing.max(Length::ZERO);
        missing > Length::ZERO
    }
}

fn width(shaped: &Shaped, columns: Range<usize>) -> Length {
    shaped.items[columns].iter().map(|item| item.advance).sum()
}

/// Composes a paragraph so that the notes in two lines find room.
pub(super) fn compose(shaped: &mut Shaped, measure: &Measure, rules: &Rules) -> Composed {
    let mut composed = line::compose(&shaped.items, measure, rules);
    let notes = std::mem::take(&mut shaped.small_notes);
    for _ in 0..TRIES {
        let mut changed = false;
        for note in &notes {
            changed |= note.widen(shaped, &composed, rules);
        }
        if !changed {
            break;
        }
        composed = line::compose(&shaped.items, measure, rules);
    }
    shaped.small_notes = notes;
    composed
}

/// Gives the notes in two lines their own lines, now that those around are known.
pub(super) fn place_notes<'a>(
    cx: &mut Context<'_>,
    shaped: &mut Shaped,
    collected: &Collected<'a>,
    composed: &Composed,
) {
    let rules = &cx.style.rules;
    for note in std::mem::take(&mut shaped.small_notes) {
        let (set, parts) = note.parts(shaped, composed, rules);
        let words = &collected.insets[note.inset].rows[0];
        let starts: Vec<_> =
            parts.iter().map(|part| note.start(part, &set, words)).collect();
        let mut lines = finish(cx, words, note.note, &set, &note.style).into_iter();
        for (part, start) in parts.into_iter().zip(starts) {
            let cell = &mut shaped.cells[part.columns.start];
            let style = &collected.styles[cell.style];
            let mut pieces = Pieces { start, ..Pieces::default() };
            for (line, shift) in lines.by_ref().take(part.lines.len()).zip([-1, 1]) {
                let block = style.axis + style.size.ratio(shift, 4);
                pieces.take(line, LogicalPoint { inline: Length::ZERO, block });
            }
            cell.pieces = Some(Box::new(pieces));
        }
    }
}

/// How often the last column of a note is widened before it may run over.
const TRIES: usize = 4;
