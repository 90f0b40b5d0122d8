//! Warichu (割注): a small note in two lines within a line, which may go on in the next
//! (JLReq 3.4).

use std::ops::Range;

use super::collect::{CharStyle, Collected, Segment};
use super::shape::{Face, Pieces, Shaped, Shaping};
use super::solid::Solid;
use crate::geom::{Length, LogicalPoint};
use crate::layout::Piece;
use crate::line::{self, CharClass, Composed, Item, Joint, Measure, Rules, Setting};

/// A note in two lines. It is composed as columns of two characters, between which a line
/// may break; its characters go to the columns of each line when these are known.
#[derive(Debug)]
pub(super) struct Warichu {
    /// The boxes of its columns.
    columns: Range<usize>,
    /// What stays together of its text, in order.
    chunks: Vec<Chunk>,
}

/// Characters between which no line ends.
#[derive(Debug)]
struct Chunk {
    /// Their bytes of the paragraph's text.
    text: Range<usize>,
    solid: Solid,
}

/// The columns of a note that stand on one line, and what stands in them.
struct Part {
    columns: Range<usize>,
    first: Range<usize>,
    second: Range<usize>,
}

impl Shaping<'_, '_, '_> {
    /// Adds a small note in two lines.
    pub(super) fn warichu(&mut self, segment: &Segment<'_>) {
        let number = segment.style;
        let range = self.inside_brackets(segment.text.clone());
        self.warichu_bracket(segment.text.start..range.start, number);
        let chunks = self.chunks(range.clone(), number);
        let cut = balance(&chunks, 0);
        let mut left = length(&chunks[..cut]).max(length(&chunks[cut..]));
        let style = *self.style(number);
        let column = style.size / 2;
        let start = self.out.items.len();
        self.meeting.before = None;
        while left > Length::ZERO {
            if self.out.items.len() > start {
                self.meeting.joint = Some(Joint::Splittable);
            }
            let item = Item::new(CharClass::Ideographic, style.size, left.min(column));
            self.push_cell(item, range.clone(), number, Face::default());
            left -= column;
        }
        let columns = start..self.out.items.len();
        self.out.small_notes.push(Warichu { columns, chunks });
        self.warichu_bracket(range.end..segment.text.end, number);
    }

    /// Adds a bracket of the text's size, which is solid outside of the note too.
    fn warichu_bracket(&mut self, range: Range<usize>, number: usize) {
        if range.is_empty() {
            return;
        }
        self.text(range, number);
        if let Some(item) = self.out.items.last_mut() {
            item.class = match item.class {
                CharClass::OpeningBracket => CharClass::WarichuOpening,
                CharClass::ClosingBracket => CharClass::WarichuClosing,
                other => other,
            };
        }
    }

    /// The bytes of a note without the brackets around it.
    fn inside_brackets(&self, range: Range<usize>) -> Range<usize> {
        let mut chars = self.collected.text[range.clone()].chars();
        let (Some(first), Some(last)) = (chars.next(), chars.next_back()) else {
            return range;
        };
        let class = |ch: char| line::class_of(ch, Setting::Japanese);
        let bracketed = class(first) == CharClass::OpeningBracket
            && class(last) == CharClass::ClosingBracket
            && !chars.as_str().is_empty();
        if bracketed {
            range.start + first.len_utf8()..range.end - last.len_utf8()
        } else {
            range
        }
    }

    /// The text of a note in half its size, cut where lines may break.
    fn chunks(&mut self, range: Range<usize>, number: usize) -> Vec<Chunk> {
        let style = *self.style(number);
        let half = CharStyle { size: style.size / 2, ..style };
        let text: &str = &self.collected.text;
        let class = |ch: char| self.rules.class_of(ch, line::setting(ch));
        let mut ends = Vec::new();
        let mut before: Option<char> = None;
        for (at, ch) in text[range.clone()].char_indices() {
            if before.is_some_and(|before| may_break(before, ch, class, self.rules)) {
                ends.push(range.start + at);
            }
            before = Some(ch);
        }
        ends.push(range.end);
        let mut start = range.start;
        let mut chunks = Vec::with_capacity(ends.len());
        for end in ends {
            let solid = self.solid(&text[start..end], start, &half);
            chunks.push(Chunk { text: start..end, solid });
            start = end;
        }
        chunks
    }
}

fn may_break(
    before: char,
    after: char,
    class: impl Fn(char) -> CharClass,
    rules: &Rules,
) -> bool {
    let solid = matches!(line::joint(before, after, rules), Joint::Solid | Joint::Keep);
    !solid && line::break_between(class(before), class(after), rules)
}

/// The length of some of a note on one line.
fn length(chunks: &[Chunk]) -> Length {
    chunks.iter().map(|chunk| chunk.solid.advance).sum()
}

/// Where the rest of a note is cut into two lines of about one length, the first not
/// shorter.
fn balance(chunks: &[Chunk], from: usize) -> usize {
    let whole = length(&chunks[from..]);
    let mut first = Length::ZERO;
    for (at, chunk) in chunks.iter().enumerate().skip(from) {
        if first * 2 >= whole {
            return at;
        }
        first += chunk.solid.advance;
    }
    chunks.len()
}

/// How many chunks from a place on fill a length, at least one.
fn fill(chunks: &[Chunk], from: usize, length: Length) -> usize {
    let mut at = from;
    let mut filled = Length::ZERO;
    while let Some(chunk) = chunks.get(at) {
        filled += chunk.solid.advance;
        if filled > length && at > from {
            break;
        }
        at += 1;
    }
    at
}

impl Warichu {
    /// The parts of the note, by the lines that its columns stand on.
    fn parts(&self, shaped: &Shaped, composed: &Composed) -> Vec<Part> {
        let ends = composed.lines.iter().map(|line| line.items.end);
        let Range { start, end } = self.columns;
        let inner = ends.filter(|&at| at > start && at < end);
        let (mut column, mut chunk) = (start, 0);
        let mut parts = Vec::new();
        for at in inner.chain([end]) {
            let columns = column..at;
            let (cut, next) = if at == end {
                (balance(&self.chunks, chunk), self.chunks.len())
            } else {
                let width = width(shaped, columns.clone());
                let cut = fill(&self.chunks, chunk, width);
                (cut, fill(&self.chunks, cut, width))
            };
            parts.push(Part { columns, first: chunk..cut, second: cut..next });
            (column, chunk) = (at, next);
        }
        parts
    }

    /// Widens the last column where the last part does not find room. Says whether it did.
    fn widen(&self, shaped: &mut Shaped, composed: &Composed) -> bool {
        let parts = self.parts(shaped, composed);
        let (Some(part), 2..) = (parts.last(), parts.len()) else { return false };
        let length = |range: &Range<usize>| length(&self.chunks[range.clone()]);
        let need = length(&part.first).max(length(&part.second));
        let missing = need - width(shaped, part.columns.clone());
        let last = self.columns.end - 1;
        shaped.items[last].advance += missing.max(Length::ZERO);
        missing > Length::ZERO
    }

    /// Puts the characters of a part into its columns.
    fn place(&self, part: &Part, is_last: bool, shaped: &mut Shaped, text: &Collected) {
        let width = width(shaped, part.columns.clone());
        let byte = |at: usize| match self.chunks.get(at) {
            Some(chunk) => chunk.text.start,
            None => self.chunks.last().map_or(0, |chunk| chunk.text.end),
        };
        let cells = &mut shaped.cells[part.columns.clone()];
        let Some(style) = cells.first().map(|cell| text.styles[cell.style]) else {
            return;
        };
        let mut pieces = Pieces::default();
        for (chunks, shift) in [(&part.first, -1), (&part.second, 1)] {
            let mut row = Solid::default();
            self.chunks[chunks.clone()]
                .iter()
                .for_each(|chunk| row.append(&chunk.solid));
            if !is_last {
                row.spread(width, Length::ZERO);
            }
            let block = style.axis + style.size.ratio(shift, 4);
            let at = LogicalPoint { inline: Length::ZERO, block };
            let start = byte(chunks.start);
            let words = &text.text[start..byte(chunks.end)];
            pieces.place(
                row.runs(words, start, style.color, style.tag),
                at,
                Piece::Glyphs,
            );
        }
        let (start, end) = (byte(part.first.start), byte(part.second.end));
        for cell in &mut *cells {
            cell.text = end..end;
        }
        cells[0].text = start..end;
        cells[0].pieces = Some(Box::new(pieces));
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
            changed |= note.widen(shaped, &composed);
        }
        if !changed {
            break;
        }
        composed = line::compose(&shaped.items, measure, rules);
    }
    shaped.small_notes = notes;
    composed
}

/// Gives the notes in two lines their characters, now that the lines are known.
pub(super) fn place_notes(
    shaped: &mut Shaped,
    collected: &Collected<'_>,
    composed: &Composed,
) {
    for note in std::mem::take(&mut shaped.small_notes) {
        let parts = note.parts(shaped, composed);
        for (index, part) in parts.iter().enumerate() {
            note.place(part, index + 1 == parts.len(), shaped, collected);
        }
    }
}

/// How often the last column of a note is widened before it may run over.
const TRIES: usize = 4;
