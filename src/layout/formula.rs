//! Formulas as pieces.

use std::collections::BTreeMap;

use super::{Context, Piece, Placed, Posture, Run, RunGlyph};
use crate::display::{Color, Direction, Tag};
use crate::font::{FontId, FontStyle, Orientation};
use crate::geom::{Length, LogicalPoint, LogicalSize, WritingMode};
use crate::math::{self, Extent, Ink, Part, Sign};
use crate::source::Span;

/// How a formula is set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormulaStyle {
    /// The face of words in it.
    pub(crate) font: FontStyle,
    /// The em, and whether it stands on lines of its own.
    pub(crate) style: math::Style,
    /// Its colour, where it gives none.
    pub(crate) color: Color,
    /// What it is in the structure of the text.
    pub(crate) tag: Tag,
}

/// A part of a formula, as pieces.
#[derive(Clone, Debug)]
pub(crate) struct FormulaPart {
    /// What it is.
    pub(crate) sign: Sign,
    /// How far it reaches along the line.
    pub(crate) width: Length,
    /// How far it reaches above and below the baseline.
    pub(crate) reach: (Length, Length),
    /// The space before the next part, which vanishes where a line ends there.
    pub(crate) after: Length,
    /// Its pieces as in a horizontal line, from its start and its top.
    pub(crate) pieces: Vec<Placed>,
}

impl FormulaPart {
    /// Its pieces among lines of a direction, from its start on the baseline: turned with
    /// the Latin text around it in vertical ones.
    pub(crate) fn placed(self, writing: WritingMode, at: LogicalPoint) -> Vec<Placed> {
        let (ascent, descent) = self.reach;
        let at = LogicalPoint { block: at.block - ascent, ..at };
        match writing {
            WritingMode::Horizontal => {
                self.pieces.into_iter().map(|placed| placed.moved(at)).collect()
            }
            WritingMode::Vertical => {
                let size = LogicalSize { inline: self.width, block: ascent + descent };
                let posture = Posture::Turned;
                let piece = Piece::Box { size, posture, pieces: self.pieces };
                vec![Placed { at, piece }]
            }
        }
    }
}

/// Sets a formula; tells of one that cannot be set.
pub(crate) fn formula(
    cx: &mut Context<'_>,
    tex: &str,
    style: &FormulaStyle,
    span: Span,
) -> Option<Vec<FormulaPart>> {
    let extents = extents(cx, tex, style.font);
    let set = math::set(tex.trim(), style.style, &extents);
    let parts = set.and_then(|parts| {
        parts.into_iter().map(|part| pieces(cx, part, style)).collect()
    });
    parts
        .map_err(|reason| {
            cx.sink.push(math::unsupported(&reason, span));
        })
        .ok()
}

/// How far the characters of a formula reach that are in no face of formulas.
fn extents(cx: &mut Context<'_>, tex: &str, style: FontStyle) -> BTreeMap<char, Extent> {
    const EM: Length = Length(1000);
    let extent = |ch| {
        let font = cx.fonts.select(style, ch)?;
        let glyph = cx.shaper.glyph(font, ch, EM, Orientation::Sideways)?;
        let width = glyph.advance.0 as i32;
        Some((ch, Extent { width, ascent: 880, descent: 120 }))
    };
    tex.chars().filter(|ch| !ch.is_ascii()).filter_map(extent).collect()
}

/// A part as pieces.
fn pieces(
    cx: &mut Context<'_>,
    part: Part,
    style: &FormulaStyle,
) -> Result<FormulaPart, String> {
    let Part { sign, width, ascent, descent, after, ink } = part;
    let mut line = Pieces { style, top: ascent, placed: Vec::new() };
    for ink in ink {
        line.add(cx, ink)?;
    }
    let (reach, pieces) = ((ascent, descent), line.placed);
    Ok(FormulaPart { sign, width, reach, after, pieces })
}

/// The pieces of a part so far.
struct Pieces<'a> {
    style: &'a FormulaStyle,
    /// From the top of the part to its baseline.
    top: Length,
    placed: Vec<Placed>,
}

impl Pieces<'_> {
    fn add(&mut self, cx: &mut Context<'_>, ink: Ink) -> Result<(), String> {
        let below = |at: LogicalPoint| LogicalPoint { block: at.block + self.top, ..at };
        let color = |color: Option<Color>| color.unwrap_or(self.style.color);
        match ink {
            // Signs that say how a formula is read, and are not seen.
            Ink::Glyph {
                ch: '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}',
                ..
            } => {}
            Ink::Glyph { face, ch, size, at, color: given } => {
                let glyph = self.glyph(cx, face.as_deref(), ch, size)?;
                let (font, id, by) = glyph;
                let at = LogicalPoint { inline: at.inline + by, ..below(at) };
                self.push_glyph(ch, (font, id), size, at, color(given));
            }
            Ink::Rule { at, size, color: given } => {
                let piece = Piece::Fill { size, color: color(given) };
                self.placed.push(Placed { at: below(at), piece });
            }
            Ink::Path { steps, stroke, color: given } => {
                let piece = Piece::Path { steps, color: color(given), stroke };
                let at = LogicalPoint { inline: Length::ZERO, block: self.top };
                self.placed.push(Placed { at, piece });
            }
        }
        Ok(())
    }

    /// The glyph of a character: of its face of formulas, or else of the faces of text; and
    /// how far its origin lies behind its start.
    fn glyph(
        &self,
        cx: &mut Context<'_>,
        face: Option<&str>,
        ch: char,
        size: Length,
    ) -> Result<(FontId, u16, Length), String> {
        let drawn = face.and_then(|face| cx.fonts.formula_glyph(face, ch));
        if let Some((font, id)) = drawn {
            return Ok((font, id, Length::ZERO));
        }
        let font = cx.fonts.select(self.style.font, ch);
        let sideways = Orientation::Sideways;
        let glyph = font
            .and_then(|font| Some((font, cx.shaper.glyph(font, ch, size, sideways)?)));
        let code = u32::from(ch);
        let (font, glyph) =
            glyph.ok_or_else(|| format!("no font has `{ch}` (U+{code:04X})"))?;
        Ok((font, glyph.id, glyph.inline))
    }

    /// Adds a glyph to the run before it, or starts a new one. A sign that has a place of
    /// its own in the face, and none in Unicode, stands for no text.
    fn push_glyph(
        &mut self,
        ch: char,
        (font, id): (FontId, u16),
        size: Length,
        at: LogicalPoint,
        color: Color,
    ) {
        let is_private = ('\u{E000}'..='\u{F8FF}').contains(&ch);
        let mut own = [0; 4];
        let text = if is_private { "" } else { &*ch.encode_utf8(&mut own) };
        if let Some(Placed { at: start, piece: Piece::Glyphs(run) }) =
            self.placed.last_mut()
            && (run.font, run.size, run.color, start.block)
                == (font, size, color, at.block)
            && run.text.is_empty() == text.is_empty()
        {
            let inline = at.inline - start.inline;
            let origin = LogicalPoint { inline, block: Length::ZERO };
            run.glyphs.push(glyph(id, origin, run.text.len(), text));
            run.text.push_str(text);
            return;
        }
        let run = Run {
            font,
            size,
            color,
            direction: Direction::Across,
            text: text.to_owned(),
            glyphs: vec![glyph(id, LogicalPoint::default(), 0, text)],
            tag: self.style.tag,
        };
        self.placed.push(Placed { at, piece: Piece::Glyphs(run) });
    }
}

fn glyph(id: u16, origin: LogicalPoint, start: usize, text: &str) -> RunGlyph {
    let (start, end) = (start as u32, (start + text.len()) as u32);
    RunGlyph { id, origin, start, end }
}
