//! Formulas as MathML.

use super::Writer;
use crate::math::{self, Content, Element};
use crate::source::Span;

impl Writer<'_> {
    /// A formula as MathML with its TeX as alternative; where it cannot be read, its TeX,
    /// which is told.
    pub(super) fn formula(&mut self, tex: &str, display: bool, span: Span) {
        match math::mathml(tex, display) {
            Ok(_) if self.plain => self.text(tex),
            Ok(formula) => {
                self.formulas = true;
                let seen = formula.characters().replace(is_invisible, "");
                self.seen.used.add(self.face, &seen);
                self.mathml(&formula);
            }
            Err(reason) => {
                self.seen.findings.push(math::unsupported(&reason, span));
                self.xml.open("code").class("tex");
                self.set_in(self.book.faces.code, |writer| writer.text(tex));
                self.xml.close();
            }
        }
    }

    fn mathml(&mut self, element: &Element) {
        self.xml.open(element.name);
        for (name, value) in &element.attributes {
            self.xml.attr(name, value);
        }
        match &element.content {
            Content::Text(text) => {
                self.xml.text(text);
            }
            Content::Elements(elements) => {
                elements.iter().for_each(|element| self.mathml(element));
            }
        }
        self.xml.close();
    }
}

/// Whether a character says how a formula is read, and is not seen.
fn is_invisible(ch: char) -> bool {
    matches!(ch, '\u{2061}'..='\u{2064}')
}
