//! The text of a paragraph as boxes: what the line composer sets, and the glyphs in them.

use std::ops::Range;

use super::ParagraphStyle;
use super::collect::{CharStyle, Collected, Segment, SegmentKind};
use super::jukugo::Jukugo;
use super::ruby::{self, RubyWord};
use super::warichu::Warichu;
use crate::diag::{Code, Diagnostic};
use crate::display::{Direction, Tag};
use crate::font::{Features, FontId, Orientation, ShapedGlyph};
use crate::geom::{Length, LogicalPoint, WritingMode};
use crate::layout::{Context, Piece, Placed, RunGlyph, direction};
use crate::line::{self, CharClass, Item, Joint, Rules, ScriptPairs, Setting};
use crate::model::TextPlace;
use crate::source::Span;

/// The boxes of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Shaped {
    /// What the composer knows of each box.
    pub(super) items: Vec<Item>,
    /// What is drawn for each box.
    pub(super) cells: Vec<Cell>,
    /// The glyphs of all boxes. Their origins are from the start of their box and from the
    /// axis of its style; their bytes are those of the paragraph's text.
    pub(super) glyphs: Vec<RunGlyph>,
    /// The words with ruby, in order, until they are settled.
    pub(super) rubies: Vec<RubyWord>,
    /// The words with jukugo ruby, in order.
    pub(super) words: Vec<Jukugo>,
    /// The notes in two lines, in order.
    pub(super) small_notes: Vec<Warichu>,
}

/// What is drawn for a box.
#[derive(Debug)]
pub(super) struct Cell {
    /// The bytes of the paragraph's text that it stands for.
    pub(super) text: Range<usize>,
    /// The number of its style.
    pub(super) style: usize,
    /// The face of its glyphs.
    pub(super) face: Face,
    /// What its glyphs are in the structure of the text.
    pub(super) tag: Tag,
    /// Its glyphs, in [`Shaped::glyphs`].
    pub(super) glyphs: Range<usize>,
    /// What else is drawn, from the start of the box and from the axis of the line.
    pub(super) pieces: Option<Box<Pieces>>,
}

/// What a box draws besides its glyphs.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    /// The pieces.
    pub(super) placed: Vec<Placed>,
    /// How far they reach before the axis of the line, where that makes the line larger.
    pub(super) before: Length,
    /// How far they reach after the axis of the line, where that makes the line larger.
    pub(super) after: Length,
    /// What is blank in the box before the base of ruby.
    pub(super) lead: Length,
    /// What is blank in the box after the base of ruby.
    pub(super) trail: Length,
    /// The footnotes that they refer to.
    pub(super) notes: Vec<usize>,
    /// Where a line that begins with them starts in the text of the book, where that is not
    /// where their box does.
    pub(super) start: Option<TextPlace>,
}

/// The face in which glyphs are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Face {
    /// The font.
    pub(super) font: FontId,
    /// The em.
    pub(super) size: Length,
    /// How the glyphs stand and follow each other.
    pub(super) direction: Direction,
}

impl Cell {
    /// Whether it has a reading.
    pub(super) fn has_reading(&self) -> bool {
        let placed = self.pieces.iter().flat_map(|pieces| &pieces.placed);
        placed
            .into_iter()
            .any(|placed| matches!(placed.piece, Piece::Reading(_)))
    }
}

impl Face {
    /// How the glyphs stand to the line; for those side by side in a vertical line, how
    /// they stand to each other.
    pub(super) fn orientation(self) -> Orientation {
        match self.direction {
            Direction::Down => Orientation::Upright,
            Direction::Across | Direction::Turned | Direction::TurnedBack => {
                Orientation::Sideways
            }
        }
    }
}

/// Turns the text of a paragraph into boxes.
pub(super) fn shape(
    cx: &mut Context<'_>,
    collected: &Collected<'_>,
    style: &ParagraphStyle,
    rules: &Rules,
) -> Shaped {
    let mut out = Shaped::default();
    let characters = collected.text.len() / 3 + 8;
    out.items.reserve(characters);
    out.cells.reserve(characters);
    out.glyphs.reserve(characters);
    let mut shaping = Shaping {
        cx,
        collected,
        measure: style.measure - style.indent.max(style.first_indent),
        rules,
        out,
        meeting: Meeting::default(),
        source: Source::default(),
    };
    let mut before = None;
    for segment in &collected.segments {
        let start = shaping.out.items.len();
        shaping.add(segment);
        let cells = start..shaping.out.items.len();
        if let Some(before) = before.replace((segment, cells.clone())) {
            shaping.stack(before, (segment, cells));
        }
    }
    let mut out = shaping.out;
    ruby::settle(&mut out, collected, style.first_indent, rules);
    out
}

/// A paragraph on the way from text to boxes.
pub(super) struct Shaping<'a, 'b, 'c> {
    pub(super) cx: &'b mut Context<'c>,
    pub(super) collected: &'b Collected<'a>,
    /// The room of the narrowest line.
    pub(super) measure: Length,
    pub(super) rules: &'b Rules,
    pub(super) out: Shaped,
    /// What the next box meets.
    pub(super) meeting: Meeting,
    /// Where it stands in the book.
    pub(super) source: Source,
}

/// What the next box meets at its start.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Meeting {
    /// The last character so far.
    pub(super) before: Option<char>,
    /// How the next box meets the one before, where that is settled.
    pub(super) joint: Option<Joint>,
}

/// Where a text stands in the book.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Source {
    span: Span,
    /// The byte of the text at which the span starts, where both go byte for byte.
    start: Option<usize>,
}

impl Source {
    /// The same place for a text that does not stand there byte for byte.
    pub(super) fn whole(self) -> Self {
        Self { start: None, ..self }
    }

    /// Where a stretch of the text stands.
    pub(super) fn of(segment: &Segment<'_>) -> Self {
        let span = segment.span;
        let exact = segment.text.len() == span.range().len();
        Self { span, start: exact.then_some(segment.text.start) }
    }

    /// The place of some bytes of the text.
    pub(super) fn place(self, bytes: Range<usize>) -> Span {
        let Some(start) = self.start else { return self.span };
        self.span
            .sub(bytes.start.saturating_sub(start)..bytes.end.saturating_sub(start))
    }
}

impl<'a> Shaping<'a, '_, '_> {
    fn add(&mut self, segment: &Segment<'a>) {
        self.source = Source::of(segment);
        let style = segment.style;
        let follows = self.meeting.before.is_some_and(|before| !before.is_whitespace());
        if self.style(style).script && follows {
            self.meeting.joint.get_or_insert(Joint::Solid);
        }
        match segment.kind {
            SegmentKind::Text => self.text(segment.text.clone(), style),
            SegmentKind::Code => self.code(segment.text.clone(), style),
            SegmentKind::Ruby(first, end) => {
                self.ruby(&self.collected.rubies[first..end], segment);
            }
            SegmentKind::TateChuYoko => match self.cx.writing {
                WritingMode::Horizontal => self.text(segment.text.clone(), style),
                WritingMode::Vertical => self.tate_chu_yoko(segment.text.clone(), style),
            },
            SegmentKind::WarichuBracket => {
                self.warichu_bracket(segment.text.clone(), style);
            }
            SegmentKind::Inset(number) => self.inset(number, segment),
            SegmentKind::Note => self.note(segment),
            SegmentKind::Image(image) => self.image(image, segment),
            SegmentKind::Formula { display } => self.formula(display, segment),
            SegmentKind::LineBreak => self.line_break(segment),
        }
    }

    /// Moves a superscript above the subscript that it follows, or below it, where the rules
    /// set both one above the other ([`ScriptPairs::Stacked`]).
    fn stack(
        &mut self,
        (below, first): (&Segment<'a>, Range<usize>),
        (above, second): (&Segment<'a>, Range<usize>),
    ) {
        let (a, b) = (self.style(below.style), self.style(above.style));
        let base = self.style(0).axis;
        let apart = (a.axis - base).0.signum() * (b.axis - base).0.signum() < 0;
        let is_pair = a.script && b.script && apart && first.end == second.start;
        let stacked = self.rules.script_pairs == ScriptPairs::Stacked;
        if !(stacked && is_pair) {
            return;
        }
        let out = &mut self.out;
        let room: Length = out.items[first].iter().map(|item| item.advance).sum();
        let mut left = room;
        for at in second {
            for glyph in &mut out.glyphs[out.cells[at].glyphs.clone()] {
                glyph.origin.inline -= left;
            }
            let own = &mut out.items[at].advance;
            let taken = left.min(*own);
            (*own, left) = (*own - taken, left - taken);
        }
    }

    /// Ends the line; a second break leaves an empty line.
    fn line_break(&mut self, segment: &Segment<'_>) {
        if self.meeting.joint == Some(Joint::Forced) || self.out.items.is_empty() {
            self.push_blank(segment, Length::ZERO);
        }
        self.meeting = Meeting { before: None, joint: Some(Joint::Forced) };
    }

    /// Adds a box without glyphs.
    pub(super) fn push_blank(&mut self, segment: &Segment<'_>, advance: Length) {
        let size = self.style(segment.style).size;
        self.push_cell(
            Item::new(CharClass::Ideographic, size, advance),
            segment.text.clone(),
            segment.style,
            Face::default(),
        );
    }

    /// Adds a box of one run of text in one face.
    pub(super) fn shaped(
        &mut self,
        class: CharClass,
        bytes: Range<usize>,
        style: usize,
        face: Face,
        features: Features,
    ) {
        self.push_cell(
            Item::new(class, face.size, Length::ZERO),
            bytes.clone(),
            style,
            face,
        );
        let text = &self.collected.text[bytes.clone()];
        let (Face { font, size, .. }, orientation) = (face, face.orientation());
        let shaped = self.cx.shaper.shape(font, text, size, orientation, features);
        let out = &mut self.out;
        let mut advance = Length::ZERO;
        for (glyph, (start, end)) in shaped.iter().zip(cluster_bytes(shaped, text.len()))
        {
            out.glyphs.push(RunGlyph {
                id: glyph.id,
                origin: LogicalPoint {
                    inline: advance + glyph.inline,
                    block: glyph.block,
                },
                start: (bytes.start + start) as u32,
                end: (bytes.start + end) as u32,
            });
            advance += match &text[start..end] {
                // Fonts draw these signs at the start of an em.
                "°" | "′" | "″" if class == CharClass::Western => {
                    glyph.advance.min(size / 2)
                }
                _ => glyph.advance,
            };
        }
        if let (Some(cell), Some(item)) = (out.cells.last_mut(), out.items.last_mut()) {
            cell.glyphs.end = out.glyphs.len();
            item.advance = advance;
        }
    }

    /// Adds the mark of a character that no font has (げた), and tells of it.
    pub(super) fn missing(&mut self, ch: char, bytes: Range<usize>, style: usize) {
        self.report(ch, bytes.clone());
        let CharStyle { font, size, .. } = *self.style(style);
        self.meet('〓', '〓');
        let font = self.cx.fonts.select(font, '〓').unwrap_or_default();
        let orientation = self.upright();
        let face = self.face(font, size, orientation);
        let item = Item::new(CharClass::Ideographic, size, size);
        self.push_cell(item, bytes.clone(), style, face);
        if let Some(glyph) = self.cx.shaper.glyph(font, '〓', size, orientation) {
            let origin = LogicalPoint { inline: glyph.inline, block: glyph.block };
            let (start, end) = (bytes.start as u32, bytes.end as u32);
            self.push_glyph(RunGlyph { id: glyph.id, origin, start, end });
        }
    }

    /// Tells of a character that no font has, once in each file.
    pub(super) fn report(&mut self, ch: char, bytes: Range<usize>) {
        let span = self.source.place(bytes);
        if !self.cx.missing.insert((span.file, ch)) {
            return;
        }
        let code = u32::from(ch);
        let message =
            format!("no font of the book has the character `{ch}` (U+{code:04X})");
        let hint = "name a font that has it in book.yaml, or write another character";
        self.cx
            .sink
            .push(Diagnostic::new(Code::MissingGlyph, span, message).hint(hint));
    }

    /// Adds a box that has no glyphs yet.
    pub(super) fn push_cell(
        &mut self,
        mut item: Item,
        text: Range<usize>,
        style: usize,
        face: Face,
    ) {
        item.joint = self.meeting.joint.take().unwrap_or_default();
        let glyphs = self.out.glyphs.len()..self.out.glyphs.len();
        self.out.items.push(item);
        let tag = self.style(style).tag;
        self.out
            .cells
            .push(Cell { text, style, face, tag, glyphs, pieces: None });
    }

    /// Adds a glyph to the last box.
    pub(super) fn push_glyph(&mut self, glyph: RunGlyph) {
        self.out.glyphs.push(glyph);
        if let Some(cell) = self.out.cells.last_mut() {
            cell.glyphs.end = self.out.glyphs.len();
        }
    }

    /// Settles how the next box, from `first` to `last`, meets the one before.
    pub(super) fn meet(&mut self, first: char, last: char) {
        let before = self.meeting.before.replace(last);
        if let (None, Some(before)) = (self.meeting.joint, before) {
            let plain = is_plain(before) && is_plain(first);
            if !plain {
                self.meeting.joint = Some(joint(before, first, self.rules));
            }
        }
    }

    /// A face whose glyphs stand so to the line.
    pub(super) fn face(
        &self,
        font: FontId,
        size: Length,
        orientation: Orientation,
    ) -> Face {
        Face {
            font,
            size,
            direction: direction(orientation, self.cx.writing),
        }
    }

    /// A style of the paragraph.
    pub(super) fn style(&self, number: usize) -> &'_ CharStyle {
        &self.collected.styles[number]
    }
}

/// How two characters meet.
///
/// Western brackets and marks are solid against the Japanese text that they enclose or
/// follow: the quarter em between the scripts stands outside of them. A straight quotation
/// mark beside a space opens or closes.
fn joint(before: char, after: char, rules: &Rules) -> Joint {
    let straight = |ch| matches!(ch, '"' | '\'');
    if before.is_whitespace() && straight(after)
        || straight(before) && after.is_whitespace()
    {
        return Joint::Class;
    }
    let joint = line::joint(before, after, rules);
    if joint != Joint::Keep {
        return joint;
    }
    let western = |ch| line::setting(ch) == Setting::Western;
    let opens = before.is_ascii_punctuation() && !western(after);
    let closes = after.is_ascii_punctuation() && !western(before);
    if opens || closes { Joint::Solid } else { joint }
}

/// Kana and kanji: upright in vertical lines, and of no mind about their neighbours but
/// for their class.
pub(super) fn is_plain(ch: char) -> bool {
    matches!(ch, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// Characters that are not seen and take no room.
pub(super) fn is_ignorable(ch: char) -> bool {
    matches!(ch, '\u{AD}' | '\u{200C}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E0FFF}')
        || ch.is_control()
}

/// The bytes of the text that each glyph stands for, of a text in the order of its glyphs.
pub(super) fn cluster_bytes(
    glyphs: &[ShapedGlyph],
    length: usize,
) -> impl Iterator<Item = (usize, usize)> {
    let mut ends = Vec::with_capacity(glyphs.len());
    let (mut end, mut after) = (length, length);
    for glyph in glyphs.iter().rev() {
        let start = glyph.cluster as usize;
        if start < after {
            end = after;
        }
        ends.push((start, end.max(start)));
        after = start;
    }
    ends.into_iter().rev()
}
