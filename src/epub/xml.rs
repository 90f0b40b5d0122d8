//! A writer of XML that closes what it opens, so that its output is always well-formed.

mod continued;

/// Elements that are written without an end tag where they are empty.
const VOID: &[&str] = &[
    "br",
    "hr",
    "img",
    "wbr",
    "meta",
    "link",
    "item",
    "itemref",
    "content",
    "rootfile",
    "reference",
    "mspace",
];

/// XML as it grows.
#[derive(Debug, Default)]
pub(super) struct Xml {
    out: String,
    open: Vec<Open>,
    /// Whether the start tag of the innermost element still takes attributes.
    in_tag: bool,
}

/// An element that is open.
#[derive(Debug)]
struct Open {
    name: &'static str,
    /// Where its start tag begins.
    start: usize,
    /// Whether the element around it counts it.
    is_item: bool,
    /// How many items it has so far.
    items: u32,
    /// What stands at its beginning where it goes on in another file.
    lead: String,
    /// What stands at its end where it goes on.
    trail: &'static str,
}

impl Xml {
    /// XML that begins with its declaration.
    pub(super) fn document() -> Self {
        let out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        Self { out, ..Self::default() }
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str) -> &mut Self {
        self.end_tag();
        self.open.push(Open {
            name,
            start: self.out.len(),
            is_item: false,
            items: 0,
            lead: String::new(),
            trail: "",
        });
        self.out.push('<');
        self.out.push_str(name);
        self.in_tag = true;
        self
    }

    /// Opens an element that the one around it counts: an item of a list, a line of code.
    pub(super) fn item(&mut self, name: &'static str) -> &mut Self {
        if let Some(list) = self.open.last_mut() {
            list.items += 1;
        }
        self.open(name);
        if let Some(item) = self.open.last_mut() {
            item.is_item = true;
        }
        self
    }

    /// Gives the element that was just opened an attribute.
    pub(super) fn attr(&mut self, name: &str, value: &str) -> &mut Self {
        debug_assert!(self.in_tag, "attributes follow the name of the element");
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, true, &mut self.out);
        self.out.push('"');
        self
    }

    /// Gives the element an attribute where there is a value.
    pub(super) fn attr_some(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        if let Some(value) = value {
            self.attr(name, value);
        }
        self
    }

    /// Gives the element its classes where there are any.
    pub(super) fn class(&mut self, classes: &str) -> &mut Self {
        self.attr_some("class", (!classes.is_empty()).then_some(classes))
    }

    /// Writes characters.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.end_tag();
        escape(text, false, &mut self.out);
        self
    }

    /// Writes XML that is well-formed in itself, but for characters that XML does not allow.
    pub(super) fn fragment(&mut self, xml: &str) -> &mut Self {
        self.end_tag();
        self.out.extend(xml.chars().filter(|&ch| !is_forbidden(ch)));
        self
    }

    /// Closes the innermost element.
    pub(super) fn close(&mut self) -> &mut Self {
        let Some(Open { name, .. }) = self.open.pop() else { return self };
        if self.in_tag && VOID.contains(&name) {
            self.in_tag = false;
            self.out.push_str("/>");
        } else {
            self.end_tag();
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        self
    }

    /// Breaks the line between elements.
    pub(super) fn line(&mut self) -> &mut Self {
        self.end_tag();
        self.out.push('\n');
        self
    }

    /// Breaks the line and indents it by the number of open elements.
    pub(super) fn indent(&mut self) -> &mut Self {
        self.line();
        for _ in 0..self.open.len() {
            self.out.push_str("  ");
        }
        self
    }

    /// Closes the innermost element on a line of its own.
    pub(super) fn indent_close(&mut self) -> &mut Self {
        self.end_tag();
        self.out.push('\n');
        for _ in 1..self.open.len() {
            self.out.push_str("  ");
        }
        self.close()
    }

    /// An element with attributes and text on a line of its own.
    pub(super) fn leaf(
        &mut self,
        name: &'static str,
        attributes: &[(&str, &str)],
        text: &str,
    ) -> &mut Self {
        self.indent().open(name);
        for (name, value) in attributes {
            self.attr(name, value);
        }
        if !text.is_empty() {
            self.text(text);
        }
        self.close()
    }

    /// How many bytes are written.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// All of it, with what is still open closed.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn end_tag(&mut self) {
        if self.in_tag {
            self.out.push('>');
            self.in_tag = false;
        }
    }
}

/// Appends text with the characters escaped that XML takes for markup, and without those
/// that it does not allow. In attributes a line break becomes a space.
pub(super) fn escape(text: &str, attribute: bool, out: &mut String) {
    let mut start = 0;
    for (at, ch) in text.char_indices() {
        let written = match ch {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' if attribute => "&quot;",
            '\n' | '\t' if attribute => " ",
            '\n' | '\t' => continue,
            _ if is_forbidden(ch) => "",
            _ => continue,
        };
        out.push_str(&text[start..at]);
        out.push_str(written);
        start = at + ch.len_utf8();
    }
    out.push_str(&text[start..]);
}

/// Whether a character must not stand in a document: controls and non-characters.
pub(super) fn is_forbidden(ch: char) -> bool {
    ch < ' ' && !matches!(ch, '\n' | '\t')
        || matches!(ch, '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_closes() {
        let mut xml = Xml::default();
        xml.open("p")
            .attr("title", "a\"b\nc")
            .text("1 < 2 & 3\u{1}\u{FFFF}。");
        xml.open("br").close().fragment("<i>\u{1}</i>").open("span").close();
        let expected =
            "<p title=\"a&quot;b c\">1 &lt; 2 &amp; 3。<br/><i></i><span></span></p>";
        assert_eq!(xml.finish(), expected);
    }
}
