//! SVG files as a book may hold them: no scripts, no handlers, nothing from outside, ids
//! that are names and stand once, CSS that no store refuses.

mod ids;
mod losses;
mod tree;

use crate::css;
use crate::epub::xml::escape;
use crate::model::outside;
use ids::Ids;
pub(super) use losses::Loss;
use losses::{Losses, Reason};
use tree::{Attribute, Element, Node};

/// The namespaces whose elements and attributes are kept; editors' own data is left out.
const NAMESPACES: [(&str, &str); 2] = [
    ("xmlns", "http://www.w3.org/2000/svg"),
    ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
];

/// A file as a book may hold it, with what had to be left out.
#[derive(Debug)]
pub(super) struct Clean {
    pub(super) data: Vec<u8>,
    pub(super) losses: Vec<Loss>,
}

/// A file without what could do harm; `None` where it is no SVG that can be read.
pub(super) fn clean(data: &[u8]) -> Option<Clean> {
    let text = std::str::from_utf8(data).ok()?;
    let tree::File { root, style_sheets } = tree::read(text)?;
    let mut losses = Losses::default();
    for line in style_sheets {
        losses.tell("the style sheet beside it".to_owned(), line, &losses::BESIDE);
    }
    let mut root = Node::Element(root);
    drop_parts(&mut root, &mut losses);
    let ids = Ids::of(&root);
    let out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let mut writer = Writer { out, ids, losses };
    if let Node::Element(root) = &root {
        writer.element(root, true);
    }
    writer.out.push('\n');
    let Writer { out, losses, .. } = writer;
    Some(Clean { data: out.into_bytes(), losses: losses.finish() })
}

/// Takes the elements out that no book may hold, and elements out of titles.
fn drop_parts(node: &mut Node, losses: &mut Losses) {
    let Node::Element(element) = node else { return };
    if element.name == "title" {
        let text = element.words();
        let line = element.line;
        element.children = vec![Node::Text { text, line }];
    }
    element.children.retain(|child| match child {
        Node::Text { .. } => true,
        Node::Element(child) if !child.of_svg => false,
        Node::Element(child) if child.name == "metadata" => false,
        Node::Element(child) => match losses::of_element(&child.name) {
            Some(reason) => {
                let words = child.words();
                let words = match words.split_whitespace().collect::<Vec<_>>().join(" ") {
                    words if words.is_empty() || child.name == "script" => String::new(),
                    words => format!(" and its words 「{words}」"),
                };
                losses.tell(format!("`<{}>`{words}", child.name), child.line, reason);
                false
            }
            None => true,
        },
    });
    for child in &mut element.children {
        drop_parts(child, losses);
    }
}

/// Writes a drawing.
struct Writer {
    out: String,
    ids: Ids,
    losses: Losses,
}

impl Writer {
    fn element(&mut self, element: &Element, root: bool) {
        let name = &element.name;
        self.out.push_str(&format!("<{name}"));
        for (name, address) in NAMESPACES.iter().filter(|_| root) {
            self.write(name, address);
        }
        for attribute in &element.attributes {
            match self.attribute(name, attribute, element.line) {
                Ok(Some(value)) => self.write(&attribute.name(), &value),
                Ok(None) => {}
                Err(reason) => {
                    let (name, value) = (attribute.name(), &attribute.value);
                    let what = losses::shown(&format!("{name}=\"{value}\""));
                    self.losses.tell(format!("`{what}`"), element.line, reason);
                }
            }
        }
        self.out.push('>');
        for child in &element.children {
            match child {
                Node::Element(child) => self.element(child, false),
                Node::Text { text, line } if name == "style" => {
                    let sifted = css::sheet(text);
                    self.losses.css(&sifted.refused, text, *line);
                    escape(&self.ids.refer(&sifted.kept), false, &mut self.out);
                }
                Node::Text { text, .. } => escape(text, false, &mut self.out),
            }
        }
        self.out.push_str(&format!("</{name}>"));
    }

    /// The value that an attribute is written with; none where it goes without a word.
    fn attribute(
        &mut self,
        element: &str,
        attribute: &Attribute,
        line: usize,
    ) -> Result<Option<String>, &'static Reason> {
        let Attribute { prefix, key, value } = attribute;
        let value = value.trim();
        match (prefix.as_str(), key.as_str()) {
            ("" | "xlink", "href") | ("", "src") => self.target(element, value),
            ("xml" | "xlink", "base" | "actuate" | "show") | ("", "xmlns") => Ok(None),
            ("", "id") => Ok(self.ids.place(value)),
            ("", "style") => {
                let sifted = css::declarations(value, css::Place::Drawing);
                self.losses.css(&sifted.refused, "", line);
                let kept = self.ids.refer(&sifted.kept);
                Ok(Some(kept).filter(|kept| !kept.is_empty()))
            }
            ("", key) if key.starts_with("on") => Err(&losses::RUNS),
            ("", "aria-labelledby" | "aria-describedby") => {
                let ids = value.split_whitespace().filter_map(|id| self.ids.name(id));
                Ok(Some(ids.collect::<Vec<&str>>().join(" ")))
            }
            ("" | "xlink" | "xml", _) if css::runs(value) => Err(&losses::RUNS),
            ("" | "xlink" | "xml", _) if css::fetches(value) => Err(&losses::FETCHES),
            ("" | "xlink" | "xml", _) => Ok(Some(self.ids.refer(&attribute.value))),
            _ => Ok(None),
        }
    }

    /// What a reference leads to: a place in the drawing, an image in it, or out of the book
    /// where it is a link. References to nothing go without a word.
    fn target(
        &self,
        element: &str,
        value: &str,
    ) -> Result<Option<String>, &'static Reason> {
        if let Some(id) = value.strip_prefix('#') {
            return Ok(self.ids.name(id).map(|name| format!("#{name}")));
        }
        if element == "a" {
            let url = outside(value).ok_or(&losses::NO_LINK)?;
            return Ok(Some(url.into_owned()));
        }
        match value.get(..11).map(str::to_ascii_lowercase).as_deref() {
            Some("data:image/") => Ok(Some(value.to_owned())),
            _ => Err(&losses::FETCHES),
        }
    }

    fn write(&mut self, name: &str, value: &str) {
        self.out.push_str(&format!(" {name}=\""));
        escape(value, true, &mut self.out);
        self.out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A drawing as it is bound, and what is told of it.
    fn cleaned(source: &str) -> (String, Vec<String>) {
        let Clean { data, losses } = clean(source.as_bytes()).expect(source);
        let told = losses.iter().map(Loss::words).collect();
        (String::from_utf8(data).expect("UTF-8"), told)
    }

    #[test]
    fn scripts_and_foreign_references_go() {
        let (svg, told) = cleaned(
            r##"<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg"
            onload="x()" xmlns:ink="urn:i" ink:a="1"><script>x()</script>
            <image href="http://example.com/a.png"/><image xlink:href="a.png"/><use href="#a"/>
            <a href="javascript:x()"><path id="a" fill="url(http://b.c/d#e)"/></a>
            <set attributeName="href" to="javascript:x()"/><use href="#nothing"/>
            <text font-family="Mincho">水 &amp; 火</text><ink:b><c/></ink:b></svg>"##,
        );
        for gone in
            ["script", "onload", "example.com", "ink:", "<c", "DOCTYPE", "nothing"]
        {
            assert!(!svg.contains(gone), "{gone} in {svg}");
        }
        for kept in ["<image></image>", "href=\"#a\"", "水 &amp; 火", "Mincho"] {
            assert!(svg.contains(kept), "no {kept} in {svg}");
        }
        let fetches = "an EPUB fetches nothing from outside its file (RSC-006)";
        let runs = "no EPUB may run scripts";
        assert_eq!(
            told,
            [
                format!("`<script>` (line 2): {runs}"),
                format!("`onload=\"x()\"` (line 1): {runs}"),
                format!("`href=\"http://example.com/a.png\"` (line 3): {fetches}"),
                format!("`xlink:href=\"a.png\"` (line 3): {fetches}"),
                "`href=\"javascript:x()\"` (line 4): no reader follows such a link"
                    .into(),
                format!("`fill=\"url(http://b.c/d#e)\"` (line 4): {fetches}"),
                format!("`to=\"javascript:x()\"` (line 5): {runs}"),
            ]
        );
    }

    #[test]
    fn css_is_sifted() {
        let (svg, told) = cleaned(
            "<svg><style><![CDATA[\n.a > .b { fill: url(#g); direction: rtl }\n\
             @import 'x.css';]]></style>\n\
             <text style='direction:ltr;fill:red'>a</text>\
             <text style='position:fixed'>b</text><text style='position:fixed'>c</text>\
             </svg>",
        );
        assert!(svg.contains("<style>.a &gt; .b { fill: url(#g) }\n</style>"), "{svg}");
        assert!(
            svg.contains("<text style=\"fill: red\">a</text><text>b</text>"),
            "{svg}"
        );
        let flow = "Kindle refuses what leaves the flow of the text";
        assert_eq!(
            told,
            [
                "`direction: rtl` (line 2): no EPUB may have it in CSS (CSS-001)".to_owned(),
                "`@import 'x.css';` (line 3): an EPUB fetches nothing from outside its file \
                 (RSC-006)"
                    .into(),
                format!("`position:fixed` (line 4, 2 times): {flow}"),
            ]
        );
    }

    #[test]
    fn words_of_html_in_a_drawing_are_told() {
        let (svg, told) = cleaned(
            "<svg><switch><foreignObject><div xmlns='http://www.w3.org/1999/xhtml'>水と\n\
             <b>火</b></div></foreignObject><text>水</text></switch>\
             <title>題<tspan>名</tspan></title></svg>",
        );
        assert!(svg.contains("<switch><text>水</text></switch><title>題名</title>"));
        assert_eq!(
            told,
            [
                "`<foreignObject>` and its words 「水と 火」 (line 1): few readers show HTML in a \
              drawing"
            ]
        );
    }

    #[test]
    fn ids_are_names_and_stand_once() {
        let (svg, told) = cleaned(
            "<svg><g id='a'/><g id='a'/><g id='1 x'/><g id=''/><g id='水'/>\
             <use href='#1 x'/><path fill='url(#1 x)' style='stroke:url(\"#1 x\")'/>\
             <g id='id-1-x'/><text aria-labelledby='水 1'/></svg>",
        );
        for part in [
            "<g id=\"a\"></g><g></g><g id=\"id-1-x_\"></g><g></g><g id=\"水\"></g>",
            "<use href=\"#id-1-x_\"></use>",
            "<path fill=\"url(#id-1-x_)\" style=\"stroke: url(#id-1-x_)\"></path>",
            "<g id=\"id-1-x\"></g><text aria-labelledby=\"水\">",
        ] {
            assert!(svg.contains(part), "no {part} in {svg}");
        }
        assert_eq!(told, [""; 0]);
    }

    #[test]
    fn entities_of_the_file_are_read() {
        let (svg, told) = cleaned(
            "<?xml version='1.0'?><?xml-stylesheet href='a.css'?>\n\
             <!DOCTYPE svg PUBLIC \"-//W3C\" \"http://w3.org/svg.dtd\" [\n\
             <!ENTITY ns_svg \"http://www.w3.org/2000/svg\"> <!ENTITY word '水'>\n\
             <!ENTITY deep \"&word;\"> <!ENTITY out SYSTEM \"file:///etc/passwd\"> ]>\n\
             <svg xmlns=\"&ns_svg;\"><text a='&word;'>&word;</text></svg>",
        );
        assert!(svg.contains("<text a=\"水\">水</text>"), "{svg}");
        assert_eq!(
            told,
            ["the style sheet beside it (line 1): a drawing is bound alone"]
        );
    }

    #[test]
    fn what_is_no_svg_is_refused() {
        let deep = "<g>".repeat(9999);
        for source in [
            "<svg><g></svg>",
            "<html/>",
            "",
            "text",
            "<svg>&foo;</svg>",
            "<svg/><svg/>",
            "<svg a='1' a='2'/>",
            "<!DOCTYPE svg [<!ENTITY a SYSTEM 'b'>]><svg>&a;</svg>",
            &format!("<svg>{deep}"),
        ] {
            assert!(clean(source.as_bytes()).is_none(), "{source}");
        }
    }
}
