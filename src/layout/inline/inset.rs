//! Words that are set by themselves and stand in the line as one box: spread over a length
//! (字取り, JLReq 3.7.3), one above the other (振分け, 3.7.2), or with raised and lowered
//! characters across a vertical line (3.7.1).

use super::collect::{Collected, Segment};
use super::shape::{Face, Pieces, Shaping, shape};
use super::solid::Solid;
use super::{Alignment, Line, ParagraphStyle, finish, warichu};
use crate::display::Tag;
use crate::geom::{Length, LogicalPoint, LogicalSize, WritingMode};
use crate::layout::{Context, Piece, Placed, Posture};
use crate::line::{self, CharClass, Item, Measure, Rules};

/// Words that are set by themselves.
#[derive(Clone, Debug)]
pub(super) struct Inset<'a> {
    /// How.
    pub(super) kind: InsetKind,
    /// The words: one text, or one for each branch.
    pub(super) rows: Vec<Collected<'a>>,
}

/// How words are set by themselves.
#[derive(Clone, Copy, Debug)]
pub(super) enum InsetKind {
    /// As a small note in two lines.
    Warichu,
    /// Spread over so many characters of the text.
    Jidori(u32),
    /// One above the other, between brackets as high as all of them.
    Furiwake([Option<Bracket>; 2]),
    /// Across a vertical line.
    TateChuYoko,
}

/// A bracket beside branches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bracket {
    /// The bracket.
    pub(super) ch: char,
    /// What it is in the structure of the text.
    pub(super) tag: Tag,
}

impl<'a> Shaping<'a, '_, '_> {
    /// Adds words that are set by themselves.
    pub(super) fn inset(&mut self, number: usize, segment: &Segment<'a>) {
        let Inset { kind, rows } = &self.collected.insets[number];
        match *kind {
            InsetKind::Warichu => self.warichu(number, segment),
            InsetKind::Jidori(characters) => self.jidori(rows, characters, segment),
            InsetKind::Furiwake(brackets) => self.furiwake(rows, brackets, segment),
            InsetKind::TateChuYoko => self.across_with_scripts(rows, segment),
        }
    }

    /// Adds words that are spread over some characters; those that are longer stay solid.
    fn jidori(&mut self, rows: &[Collected<'a>], characters: u32, segment: &Segment<'a>) {
        let size = self.style(segment.style).size;
        let room = size * i64::from(characters);
        for row in rows {
            let (line, length) = self.spread(row, size, room);
            self.push_line(line, length, segment);
        }
    }

    /// Words on one line, spread over a length where they are shorter.
    fn spread(
        &mut self,
        words: &Collected<'a>,
        size: Length,
        room: Length,
    ) -> (Line, Length) {
        let style = self.apart(size);
        let set = |alignment, length| Measure { alignment, ..Measure::new(length) };
        let shaped = shape(self.cx, words, &style, self.rules);
        let natural = set(line::Alignment::Start, style.measure);
        let composed = line::compose(&shaped.items, &natural, self.rules);
        let length = composed.lines.first().map_or(Length::ZERO, |line| line.width);
        let spread = set(line::Alignment::Even, room.max(length));
        (one_line(self.cx, words, &style, &spread, self.rules), room.max(length))
    }

    /// Adds branches, somewhat smaller than the text, about the axis of the line.
    fn furiwake(
        &mut self,
        rows: &[Collected<'a>],
        brackets: [Option<Bracket>; 2],
        segment: &Segment<'a>,
    ) {
        let text = self.style(segment.style).size;
        let size = branch_size(text);
        let (gap, count) = (size / 6, rows.len() as i64);
        let block = size * count + gap * (count - 1).max(0);
        let style = self.apart(size);
        let natural = Measure {
            alignment: line::Alignment::Start,
            ..Measure::new(style.measure)
        };
        let mut pieces = Pieces {
            before: block / 2,
            after: block / 2,
            ..Pieces::default()
        };
        let mut at = LogicalPoint { inline: Length::ZERO, block: (size - block) / 2 };
        let [open, close] = brackets;
        if let Some(open) = open {
            pieces
                .placed
                .extend(self.tall(open, at.inline - block / 2, block, segment));
            at.inline += block / 2;
        }
        let mut length = Length::ZERO;
        for row in rows {
            let line = one_line(self.cx, row, &style, &natural, self.rules);
            length = length.max(line.width);
            pieces.take(line, at);
            at.block += size + gap;
        }
        at.inline += length;
        if let Some(close) = close {
            pieces.placed.extend(self.tall(close, at.inline, block, segment));
            at.inline += block / 2;
        }
        self.push_pieces(pieces, at.inline, segment);
    }

    /// A bracket as high as a block, whose em begins at a place along the line.
    fn tall(
        &mut self,
        bracket: Bracket,
        start: Length,
        size: Length,
        segment: &Segment<'a>,
    ) -> Vec<Placed> {
        let style = *self.style(segment.style);
        let font = self.cx.fonts.select(style.font, bracket.ch).unwrap_or_default();
        let face = self.face(font, size, self.upright());
        let mut solid = Solid::default();
        let glyph = self.upright_glyph(0, bracket.ch, face, start);
        glyph.into_iter().for_each(|glyph| solid.put(face, glyph));
        let at = LogicalPoint { inline: Length::ZERO, block: style.axis };
        let mut pieces = Pieces::default();
        let text = bracket.ch.to_string();
        pieces.place(solid.runs(&text, 0, style.color, bracket.tag), at, Piece::Glyphs);
        pieces.placed
    }

    /// Adds words across a vertical line that hold more than characters.
    fn across_with_scripts(&mut self, rows: &[Collected<'a>], segment: &Segment<'a>) {
        let size = self.style(segment.style).size;
        let style = self.apart(size);
        let measure = Measure {
            alignment: line::Alignment::Start,
            ..Measure::new(style.measure)
        };
        let rules = self.rules;
        let set = |cx: &mut Context<'_>, words: &Collected<'a>| {
            cx.within(WritingMode::Horizontal, |cx| {
                one_line(cx, words, &style, &measure, rules)
            })
        };
        for row in rows {
            let mut line = set(self.cx, row);
            let widest = super::boxes::widest_across(size);
            if line.width > widest {
                line = set(self.cx, &row.resized(widest, line.width));
            }
            let mut inner = Pieces::default();
            let (width, notes) = (line.width, std::mem::take(&mut line.notes));
            inner.take(line, LogicalPoint { inline: Length::ZERO, block: size / 2 });
            let at = LogicalPoint { inline: Length::ZERO, block: -width / 2 };
            let piece = Piece::Box {
                size: LogicalSize { inline: size, block: width },
                posture: Posture::Upright,
                pieces: inner.placed,
            };
            let placed = vec![Placed { at, piece }];
            let pieces = Pieces { placed, notes, ..Pieces::default() };
            self.meet('一', '一');
            self.push_item(
                Item::new(CharClass::TateChuYoko, size, size),
                pieces,
                segment,
            );
        }
    }

    /// The style of words that are set by themselves, with room for all of them.
    fn apart(&self, size: Length) -> ParagraphStyle {
        let zero = Length::ZERO;
        let base = self.style(0);
        ParagraphStyle {
            font: base.font,
            size,
            color: base.color,
            measure: ENDLESS,
            first_indent: zero,
            indent: zero,
            beside: line::Beside::default(),
            alignment: Alignment::Start,
        }
    }

    fn push_line(&mut self, line: Line, length: Length, segment: &Segment<'a>) {
        let axis = self.style(segment.style).axis;
        let (before, after) = (line.before - axis, line.after + axis);
        let mut pieces = Pieces { before, after, ..Pieces::default() };
        pieces.take(line, LogicalPoint::default());
        self.push_pieces(pieces, length, segment);
    }

    fn push_pieces(&mut self, pieces: Pieces, length: Length, segment: &Segment<'a>) {
        let size = self.style(segment.style).size;
        self.meet('一', '一');
        self.push_item(Item::new(CharClass::Ideographic, size, length), pieces, segment);
    }

    fn push_item(&mut self, item: Item, pieces: Pieces, segment: &Segment<'a>) {
        self.push_cell(item, segment.text.clone(), segment.style, Face::default());
        self.attach(pieces);
    }
}

impl Pieces {
    /// Takes the pieces of a line in, whose axis stands at a place.
    pub(super) fn take(&mut self, line: Line, at: LogicalPoint) {
        // A page starts with the line around.
        let starts = |placed: &Placed| matches!(placed.piece, Piece::Start(_));
        let inner = line.pieces.into_iter().filter(|placed| !starts(placed));
        self.placed.extend(inner.map(|placed| placed.moved(at)));
        self.notes.extend(line.notes);
    }
}

/// The size of branches in a text of a size.
pub(super) fn branch_size(text: Length) -> Length {
    text.ratio(BRANCH_SIZE, 100)
}

/// Words on one line of a measure.
fn one_line<'a>(
    cx: &mut Context<'_>,
    words: &Collected<'a>,
    style: &ParagraphStyle,
    measure: &Measure,
    rules: &Rules,
) -> Line {
    let mut shaped = shape(cx, words, style, rules);
    let composed = warichu::compose(&mut shaped, measure, rules);
    finish(cx, words, shaped, &composed, style)
        .into_iter()
        .next()
        .unwrap_or_default()
}

/// A line with room for all of any words: some ninety kilometres.
const ENDLESS: Length = Length(1 << 44);

/// The size of branches, in hundredths of the text's: two of them find room on a line of the
/// grid.
const BRANCH_SIZE: i64 = 75;
