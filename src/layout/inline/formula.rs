//! Formulas in a line (JLReq 3.7.4).

use super::collect::Segment;
use super::shape::{Face, Pieces, Shaping};
use crate::geom::{Length, LogicalPoint};
use crate::layout::{FormulaPart, FormulaStyle, formula};
use crate::line::{CharClass, Clearance, Item, Joint};
use crate::math::{self, Sign};
use crate::model::{TextPlace, TextSource};

impl Shaping<'_, '_, '_> {
    /// Adds a formula as boxes: one for each part, of which those that follow a sign may
    /// stand on the next line. Its source is set where it cannot be read.
    pub(super) fn formula(&mut self, display: bool, segment: &Segment<'_>) {
        let look = *self.style(segment.style);
        let style = FormulaStyle {
            font: look.font,
            style: math::Style { size: look.size, display },
            color: look.color,
            tag: look.tag,
        };
        let tex = &self.collected.text[segment.text.clone()];
        let Some(parts) = formula(self.cx, tex, &style, segment.span) else {
            return self.code(segment.text.clone(), segment.style);
        };
        self.meeting.before = None;
        let mut before = None;
        for part in parts {
            let joint = match before {
                None => self.meeting.joint.take().unwrap_or_default(),
                Some(Sign::Operand) => Joint::Solid,
                Some(Sign::Relation | Sign::Operation) => Joint::Splittable,
            };
            let text = match before {
                None => segment.text.clone(),
                Some(_) => segment.text.end..segment.text.end,
            };
            before = Some(part.sign);
            let item = Item {
                after: Clearance { inner: part.after, edge: Length::ZERO },
                ..Item::new(class(part.sign), look.size, part.width)
            };
            self.meeting.joint = Some(joint);
            self.push_cell(item, text, segment.style, Face::default());
            let baseline = look.axis + self.cx.fonts.baseline(look.size);
            let start = TextPlace::start(TextSource::Span(segment.span));
            let pieces = self.pieces(part, baseline);
            self.attach(Pieces { start: Some(start), ..pieces });
        }
    }

    fn pieces(&self, part: FormulaPart, baseline: Length) -> Pieces {
        let (ascent, descent) = part.reach;
        let at = LogicalPoint { inline: Length::ZERO, block: baseline };
        Pieces {
            placed: part.placed(self.cx.writing, at),
            before: ascent - baseline,
            after: descent + baseline,
            ..Pieces::default()
        }
    }
}

/// The class of a part: signs of mathematics are solid in Japanese text, and letters and
/// numbers stand a quarter of an em from it.
fn class(sign: Sign) -> CharClass {
    match sign {
        Sign::Operand => CharClass::Western,
        Sign::Relation => CharClass::MathSymbol,
        Sign::Operation => CharClass::MathOperator,
    }
}
