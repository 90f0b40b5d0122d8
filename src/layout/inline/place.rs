//! The boxes of each line as pieces at their places.

use std::ops::Range;

use super::collect::{CharStyle, Collected};
use super::shape::{Cell, Face, Shaped};
use super::{Line, ParagraphStyle, marks};
use crate::display::{Color, Tag};
use crate::font::Orientation;
use crate::geom::{Length, LogicalPoint};
use crate::layout::{Context, Piece, Placed, Run, RunGlyph, direction};
use crate::line::{self, Composed};

/// What a hyphen at a line end stands for.
const SOFT_HYPHEN: &str = "\u{ad}";

/// A line on the way to its pieces.
pub(super) struct Setting<'a> {
    /// The text of the paragraph.
    pub(super) collected: &'a Collected<'a>,
    /// The boxes of the paragraph.
    pub(super) shaped: &'a Shaped,
    /// Where each box stands.
    pub(super) positions: &'a [Length],
    /// The boxes of the line.
    pub(super) items: Range<usize>,
    /// The boxes between this line and the next.
    pub(super) between: Range<usize>,
    /// The bytes of the text from this line to the next.
    pub(super) text: Range<usize>,
    /// Whether the first box is 々 that is drawn as the kanji before it.
    pub(super) repeats: bool,
}

/// Turns composed lines into lines of pieces.
pub(super) fn place(
    cx: &mut Context<'_>,
    collected: &Collected<'_>,
    shaped: &Shaped,
    composed: &Composed,
    style: &ParagraphStyle,
) -> Vec<Line> {
    let mut lines = Vec::with_capacity(composed.lines.len());
    let mut start = 0;
    for (index, line) in composed.lines.iter().enumerate() {
        let next = composed.lines.get(index + 1);
        let end = next.map_or(collected.text.len() + 1, |next| {
            shaped.cells[next.items.start].text.start
        });
        let setting = Setting {
            collected,
            shaped,
            positions: &composed.positions,
            items: line.items.clone(),
            between: line.items.end..next.map_or(line.items.end, |next| next.items.start),
            text: start..end,
            repeats: line.repeats,
        };
        lines.push(setting.line(cx, line, style));
        start = end;
    }
    if lines.is_empty() && !collected.marks.is_empty() {
        lines.push(only_marks(cx, collected, shaped));
    }
    lines
}

/// A line without characters, for the places that links lead to.
fn only_marks(cx: &mut Context<'_>, collected: &Collected<'_>, shaped: &Shaped) -> Line {
    let text = 0..collected.text.len() + 1;
    let setting = Setting {
        collected,
        shaped,
        positions: &[],
        items: 0..0,
        between: 0..0,
        text,
        repeats: false,
    };
    let mut line = Line::default();
    line.notes = marks::over(cx, &setting, &mut line.pieces);
    line
}

impl Setting<'_> {
    fn line(
        &self,
        cx: &mut Context<'_>,
        line: &line::Line,
        style: &ParagraphStyle,
    ) -> Line {
        let mut pieces = marks::grounds(cx, self);
        self.glyphs(&mut pieces);
        if line.hyphen > Length::ZERO {
            pieces.extend(self.hyphen(cx));
        }
        let mut notes = marks::over(cx, self, &mut pieces);
        let cells = &self.shaped.cells[self.items.clone()];
        let inner = cells.iter().filter_map(|cell| cell.pieces.as_ref());
        notes.extend(inner.flat_map(|pieces| &pieces.notes));
        pieces.extend(self.start(cx));
        let mut line = Line {
            pieces,
            width: line.width,
            notes,
            ..Line::default()
        };
        (line.before, line.after) = self.reach(style);
        line
    }

    /// The start of the line in the text of the book.
    fn start(&self, cx: &mut Context<'_>) -> Option<Placed> {
        let cell = self.shaped.cells.get(self.items.start)?;
        let byte = cell.text.start;
        let inner = cell.pieces.as_ref().and_then(|pieces| pieces.start);
        let place = cx.starts.in_entry(byte).or(inner);
        cx.starts.piece(place.or_else(|| self.collected.place(byte))?)
    }

    /// Adds the glyphs of the boxes, and what else the boxes draw.
    fn glyphs(&self, pieces: &mut Vec<Placed>) {
        let mut run = OpenRun::default();
        let mut readings = Vec::new();
        for index in self.items.clone() {
            let cell = &self.shaped.cells[index];
            let at = self.positions[index];
            if self.repeats
                && index == self.items.start
                && let Some(kanji) = self.repeated(index)
            {
                run.add(self, kanji, at, pieces);
                run.read_as(&self.collected.text[cell.text.clone()]);
                continue;
            }
            run.add(self, cell, at, pieces);
            let Some(extra) = &cell.pieces else { continue };
            let by = LogicalPoint { inline: at, block: Length::ZERO };
            for placed in extra.placed.iter().map(|placed| placed.clone().moved(by)) {
                if matches!(placed.piece, Piece::Reading(_)) {
                    readings.push(placed);
                } else {
                    run.close(pieces);
                    pieces.push(placed);
                }
            }
        }
        self.space(&mut run, pieces);
        run.close(pieces);
        pieces.append(&mut readings);
    }

    /// Adds the space in which the line ends between two words, so that they stay two for
    /// those who are told the text (ISO 32000-1, 14.8.2.5).
    fn space(&self, run: &mut OpenRun, pieces: &mut Vec<Placed>) {
        let Some(last) = self.items.clone().next_back() else { return };
        let is_space = |cell: &&Cell| &self.collected.text[cell.text.clone()] == " ";
        let between = &self.shaped.cells[self.between.clone()];
        if let Some(cell) = between.iter().find(is_space) {
            run.add(self, cell, self.end(last), pieces);
        }
    }

    /// The box of the kanji that 々 in a box repeats, if it can be drawn again (JLReq C.2,
    /// note 14).
    fn repeated(&self, index: usize) -> Option<&Cell> {
        let mut before = (0..index).rev();
        let kanji = before.find(|&at| !self.shaped.items[at].iterates)?;
        let cell = &self.shaped.cells[kanji];
        (cell.glyphs.len() == 1 && cell.pieces.is_none()).then_some(cell)
    }

    /// The hyphen at the end of the line. It is copied out as a soft hyphen, so that the
    /// word is found whole (ISO 32000-1, 14.8.2.2.3).
    fn hyphen(&self, cx: &mut Context<'_>) -> Option<Placed> {
        let last = self.items.clone().next_back()?;
        let style = self.style(last);
        let font = cx.fonts.select(style.font, '-')?;
        let orientation = Orientation::Sideways;
        let glyph = cx.shaper.glyph(font, '-', style.size, orientation)?;
        let inline = self.end(last) + glyph.inline;
        let at = LogicalPoint { inline, block: style.axis };
        let origin = LogicalPoint { inline: Length::ZERO, block: glyph.block };
        // One that is typed is in the text of the word already.
        let word = &self.collected.text[self.shaped.cells[last].text.clone()];
        let text = if word.ends_with(SOFT_HYPHEN) { "" } else { SOFT_HYPHEN };
        let glyph = RunGlyph {
            id: glyph.id,
            origin,
            start: 0,
            end: text.len() as u32,
        };
        let run = Run {
            font,
            size: style.size,
            color: style.color,
            direction: direction(orientation, cx.writing),
            text: text.to_owned(),
            glyphs: vec![glyph],
            tag: self.shaped.cells[last].tag,
        };
        Some(Placed { at, piece: Piece::Glyphs(run) })
    }

    /// How far the line reaches before and after its axis.
    fn reach(&self, style: &ParagraphStyle) -> (Length, Length) {
        let half = style.size / 2;
        let (mut before, mut after) = (half, half);
        for index in self.items.clone() {
            let cell = &self.shaped.cells[index];
            let look = &self.collected.styles[cell.style];
            if look.size > style.size {
                before = before.max(look.size / 2 - look.axis);
                after = after.max(look.size / 2 + look.axis);
            }
            if let Some(pieces) = &cell.pieces {
                before = before.max(pieces.before);
                after = after.max(pieces.after);
            }
        }
        (before, after)
    }

    /// The style of a box.
    pub(super) fn style(&self, index: usize) -> &CharStyle {
        &self.collected.styles[self.shaped.cells[index].style]
    }

    /// Where a box ends.
    pub(super) fn end(&self, index: usize) -> Length {
        self.positions[index] + self.shaped.items[index].advance
    }
}

/// Glyphs that are gathered while face and colour stay the same.
#[derive(Default)]
struct OpenRun {
    face: Face,
    color: Color,
    tag: Tag,
    at: Length,
    text: String,
    glyphs: Vec<RunGlyph>,
}

impl OpenRun {
    /// Adds the glyphs of a box at a place.
    fn add(
        &mut self,
        line: &Setting<'_>,
        cell: &Cell,
        at: Length,
        pieces: &mut Vec<Placed>,
    ) {
        if cell.glyphs.is_empty() {
            return;
        }
        let style = &line.collected.styles[cell.style];
        let is_same = self.face == cell.face && self.color == style.color;
        if !is_same || self.tag != cell.tag {
            self.close(pieces);
        }
        if self.glyphs.is_empty() {
            (self.face, self.color, self.at) = (cell.face, style.color, at);
            self.tag = cell.tag;
        }
        let by = LogicalPoint { inline: at - self.at, block: style.axis };
        let (text, from) = (self.text.len() as u32, cell.text.start as u32);
        self.text.push_str(&line.collected.text[cell.text.clone()]);
        let glyphs = &line.shaped.glyphs[cell.glyphs.clone()];
        self.glyphs.extend(glyphs.iter().map(|glyph| RunGlyph {
            id: glyph.id,
            origin: LogicalPoint {
                inline: glyph.origin.inline + by.inline,
                block: glyph.origin.block + by.block,
            },
            start: glyph.start - from + text,
            end: glyph.end - from + text,
        }));
    }

    /// Lets the last glyph stand for another text.
    fn read_as(&mut self, text: &str) {
        let Some(glyph) = self.glyphs.last_mut() else { return };
        self.text.truncate(glyph.start as usize);
        self.text.push_str(text);
        glyph.end = self.text.len() as u32;
    }

    /// Ends the run and adds it to the pieces.
    fn close(&mut self, pieces: &mut Vec<Placed>) {
        if self.glyphs.is_empty() {
            return;
        }
        let Face { font, size, direction } = self.face;
        let run = Run {
            font,
            size,
            color: self.color,
            direction,
            text: self.text.as_str().to_owned(),
            glyphs: self.glyphs.as_slice().to_owned(),
            tag: self.tag,
        };
        self.text.clear();
        self.glyphs.clear();
        let at = LogicalPoint { inline: self.at, block: Length::ZERO };
        pieces.push(Placed { at, piece: Piece::Glyphs(run) });
    }
}
