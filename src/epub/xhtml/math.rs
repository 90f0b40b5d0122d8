//! Formulas as MathML.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, ParserError, Storage, push_mathml};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::Writer;
use crate::epub::xml::escape;

impl Writer<'_> {
    /// A formula as MathML with its TeX as alternative; where it cannot be read, its TeX.
    pub(super) fn formula(&mut self, tex: &str, display: bool) {
        match mathml(tex, display) {
            Some(_) if self.plain => self.text(tex),
            Some(mathml) => {
                self.seen.mathml = true;
                self.seen.used.add(self.face, &characters(&mathml));
                self.xml.fragment(&mathml);
            }
            None => {
                self.xml.open("code").class("tex");
                self.set_in(self.book.faces.code, |writer| writer.text(tex));
                self.xml.close();
            }
        }
    }
}

/// The MathML of a formula; `None` where its TeX is not understood.
pub(super) fn mathml(tex: &str, display: bool) -> Option<String> {
    let storage = Storage::new();
    let events: Vec<_> = Parser::new(tex, &storage).collect::<Result<_, _>>().ok()?;
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, xml: true, ..RenderConfig::default() };
    let mut mathml = String::new();
    let events = events.into_iter().map(Ok::<_, ParserError>);
    push_mathml(&mut mathml, events, config).ok()?;
    let (head, body) = mathml.split_once("<math")?;
    let mut out = format!("{head}<math alttext=\"");
    escape(tex.trim(), true, &mut out);
    out.push('"');
    out.push_str(&styled_fractions(body)?);
    is_sound(&out).then_some(out)
}

/// The same MathML with the style of a fraction on an element around it, since MathML 3
/// allows it there alone. `None` where the fractions are not balanced.
fn styled_fractions(mathml: &str) -> Option<String> {
    let mut out = String::with_capacity(mathml.len());
    let mut open = Vec::new();
    let mut rest = mathml;
    while let Some(at) = rest.find("mfrac") {
        let closing = rest[..at].ends_with("</");
        if closing {
            let end = at + "mfrac>".len();
            out.push_str(rest.get(..end)?);
            if open.pop()? {
                out.push_str("</mstyle>");
            }
            rest = rest.get(end..)?;
            continue;
        }
        let end = at + rest[at..].find('>')?;
        let before = rest[..at].strip_suffix('<')?;
        out.push_str(before);
        let attributes = &rest[at + "mfrac".len()..end];
        let (style, own): (Vec<&str>, Vec<&str>) = attributes
            .split_whitespace()
            .partition(|part| {
                part.starts_with("displaystyle=") || part.starts_with("scriptlevel=")
            });
        if !style.is_empty() {
            out.push_str(&format!("<mstyle {}>", style.join(" ")));
        }
        out.push_str("<mfrac");
        own.iter().for_each(|part| out.push_str(&format!(" {part}")));
        out.push('>');
        open.push(!style.is_empty());
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    open.is_empty().then_some(out)
}

/// Whether XML is well-formed.
fn is_sound(xml: &str) -> bool {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_i32;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// The characters between the tags.
fn characters(xml: &str) -> String {
    xml.split('<').filter_map(|part| Some(part.split_once('>')?.1)).collect()
}

#[cfg(test)]
mod tests {
    use super::mathml;

    #[test]
    fn formulas_are_mathml_or_nothing() {
        let formula = mathml(r"\dfrac{1}{\tfrac{x}{2}} < \sqrt{y}", true).expect("TeX");
        assert!(formula.contains("alttext=\"\\dfrac{1}{\\tfrac{x}{2}} &lt; \\sqrt{y}\""));
        assert!(formula.contains("display=\"block\""), "{formula}");
        assert!(!formula.contains("mfrac display"), "{formula}");
        assert_eq!(formula.matches("<mstyle").count(), formula.matches("</mstyle>").count());
        assert_eq!(mathml(r"\unknowncmd{x}", false), None);
        assert_eq!(mathml("{a", false), None);
    }
}
