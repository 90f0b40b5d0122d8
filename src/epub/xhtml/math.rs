//! Formulas as MathML.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, ParserError, Storage, push_mathml};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Writer;
use super::html::entity;
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
    // The library writes these two as they are.
    let mathml = mathml.replace("><</", ">&lt;</").replace(">&</", ">&amp;</");
    let mathml = styled(&mathml)?;
    let (head, body) = mathml.split_once("<math")?;
    let mut out = format!("{head}<math alttext=\"");
    escape(tex.trim(), true, &mut out);
    out.push('"');
    out.push_str(body);
    Some(out)
}

/// The same MathML with `displaystyle` and `scriptlevel` on `mstyle` alone, as MathML 3 has
/// it: rows become that, other elements get it around them. `None` where it is not
/// well-formed.
fn styled(mathml: &str) -> Option<String> {
    let mut out = String::with_capacity(mathml.len());
    let mut reader = Reader::from_str(mathml);
    // Of each open element its name and what closes it.
    let mut open = Vec::new();
    loop {
        match reader.read_event().ok()? {
            event @ (Event::Start(_) | Event::Empty(_)) => {
                let (Event::Start(tag) | Event::Empty(tag)) = &event else { continue };
                let closing = start(tag, &mut out)?;
                if matches!(event, Event::Empty(_)) {
                    out.push_str(&closing);
                } else {
                    open.push(closing);
                }
            }
            Event::End(_) => out.push_str(&open.pop()?),
            Event::Text(text) => out.push_str(&text),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(ch)) => escape(ch.encode_utf8(&mut [0; 4]), false, &mut out),
                _ => escape(entity(&reference)?, false, &mut out),
            },
            Event::Eof => return open.is_empty().then_some(out),
            Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => return None,
        }
    }
}

/// Writes a start tag and gives the end tags that close it.
fn start(tag: &BytesStart<'_>, out: &mut String) -> Option<String> {
    let name = tag.name();
    let name: &str = name.as_ref();
    let mut style = String::new();
    let mut own = String::new();
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let key: &str = attribute.key.as_ref();
        let moved = matches!(key, "displaystyle" | "scriptlevel") && name != "mstyle";
        let place = if moved { &mut style } else { &mut own };
        let value: &str = &attribute.value;
        place.push_str(&format!(" {key}=\"{value}\""));
    }
    let (before, name, after) = match name {
        _ if style.is_empty() => (String::new(), name, ""),
        "mrow" => {
            own.push_str(&style);
            (String::new(), "mstyle", "")
        }
        _ => (format!("<mstyle{style}>"), name, "</mstyle>"),
    };
    out.push_str(&format!("{before}<{name}{own}>"));
    Some(format!("</{name}>{after}"))
}

/// The characters between the tags.
fn characters(xml: &str) -> String {
    xml.split('<')
        .filter_map(|part| Some(part.split_once('>')?.1))
        .collect()
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
        assert!(!formula.contains("mrow display"), "{formula}");
        assert_eq!(
            formula.matches("<mstyle").count(),
            formula.matches("</mstyle>").count()
        );
        assert_eq!(mathml(r"\unknowncmd{x}", false), None);
        assert_eq!(mathml("{a", false), None);
    }
}
