//! HTML of the source: kept where it is well-formed and does no harm, else its words.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::Writer;
use super::inline::outside;
use crate::model::{Block, Inline};

/// What an element may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Model {
    /// Nothing.
    Void,
    /// Words and what stands in a line.
    Phrasing,
    /// Everything that stands on a page.
    Flow,
    /// Only the elements named, and white space.
    Only(&'static [&'static str]),
}

/// An element that a book may hold.
#[derive(Debug)]
struct Element {
    name: &'static str,
    model: Model,
    /// Whether it stands in a line.
    phrasing: bool,
    /// The elements that it must stand in; empty for any.
    parents: &'static [&'static str],
}

const fn inline(name: &'static str) -> Element {
    Element {
        name,
        model: Model::Phrasing,
        phrasing: true,
        parents: &[],
    }
}

const fn block(name: &'static str, model: Model) -> Element {
    Element { name, model, phrasing: false, parents: &[] }
}

const fn part(
    name: &'static str,
    model: Model,
    parents: &'static [&'static str],
) -> Element {
    Element { name, model, phrasing: false, parents }
}

/// The elements of HTML that are kept.
#[rustfmt::skip]
const ELEMENTS: &[Element] = &[
    inline("a"), inline("abbr"), inline("b"), inline("bdi"), inline("cite"), inline("code"),
    inline("del"), inline("dfn"), inline("em"), inline("i"), inline("ins"), inline("kbd"),
    inline("mark"), inline("q"), inline("ruby"), inline("s"), inline("samp"), inline("small"),
    inline("span"), inline("strong"), inline("sub"), inline("sup"), inline("u"), inline("var"),
    Element { name: "br", model: Model::Void, phrasing: true, parents: &[] },
    Element { name: "wbr", model: Model::Void, phrasing: true, parents: &[] },
    Element { name: "rp", model: Model::Phrasing, phrasing: true, parents: &["ruby"] },
    Element { name: "rt", model: Model::Phrasing, phrasing: true, parents: &["ruby"] },
    block("p", Model::Phrasing), block("pre", Model::Phrasing), block("hr", Model::Void),
    block("address", Model::Flow), block("article", Model::Flow), block("aside", Model::Flow),
    block("blockquote", Model::Flow), block("div", Model::Flow), block("figure", Model::Flow),
    block("section", Model::Flow),
    block("ul", Model::Only(&["li"])), block("ol", Model::Only(&["li"])),
    block("dl", Model::Only(&["dt", "dd"])),
    block("table", Model::Only(&["caption", "thead", "tbody", "tfoot", "tr"])),
    part("li", Model::Flow, &["ul", "ol"]),
    part("dt", Model::Phrasing, &["dl"]), part("dd", Model::Flow, &["dl"]),
    part("figcaption", Model::Flow, &["figure"]),
    part("caption", Model::Phrasing, &["table"]),
    part("thead", Model::Only(&["tr"]), &["table"]),
    part("tbody", Model::Only(&["tr"]), &["table"]),
    part("tfoot", Model::Only(&["tr"]), &["table"]),
    part("tr", Model::Only(&["td", "th"]), &["table", "thead", "tbody", "tfoot"]),
    part("td", Model::Flow, &["tr"]), part("th", Model::Phrasing, &["tr"]),
];

/// Elements of HTML that are not kept, but known not to be words of the author: their tags
/// vanish and what they hold stays.
const KNOWN: &[&str] = &[
    "acronym", "applet", "area", "audio", "base", "big", "body", "button", "canvas",
    "center", "col", "colgroup", "data", "datalist", "details", "dialog", "embed",
    "fieldset", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4",
    "h5", "h6", "head", "header", "html", "iframe", "img", "input", "label", "legend",
    "link", "main", "map", "meta", "meter", "nav", "noscript", "object", "optgroup",
    "option", "output", "param", "picture", "progress", "rb", "rtc", "script", "select",
    "source", "strike", "style", "summary", "svg", "template", "textarea", "time",
    "title", "track", "tt", "video",
];

/// HTML as a tree.
#[derive(Debug)]
enum Node {
    Text(String),
    Element {
        element: &'static Element,
        attributes: Vec<(String, String)>,
        children: Vec<Node>,
    },
}

impl Writer<'_> {
    /// Writes HTML that stands between paragraphs, or what stands for it.
    pub(super) fn html_block(&mut self, block: &Block, source: &str, fallback: &[Block]) {
        let Some(nodes) = parse(source).filter(|nodes| fits(nodes, Model::Flow, ""))
        else {
            return self.blocks(fallback);
        };
        let words =
            |node: &Node| matches!(node, Node::Text(text) if !text.trim().is_empty());
        if nodes.iter().any(words) {
            self.element("div", block, "");
            self.nodes(&nodes);
            self.xml.close();
        } else {
            self.nodes(&nodes);
        }
    }

    /// Writes a tag that stands in a line, with what follows as far as its end tag, and
    /// gives what follows after that.
    pub(super) fn tag<'i>(&mut self, source: &str, after: &'i [Inline]) -> &'i [Inline] {
        let Some(tag) = Tag::read(source) else {
            if !source.starts_with("<!") && !source.starts_with("<?") {
                self.text(source);
            }
            return after;
        };
        let element = ELEMENTS.iter().find(|element| element.name == tag.name);
        let Some(element) = element.filter(|element| element.phrasing) else {
            if element.is_none() && !KNOWN.contains(&tag.name.as_str()) {
                self.text(source);
            }
            return after;
        };
        if element.model == Model::Void {
            self.xml.open(element.name).close();
            return after;
        }
        let end = if tag.closing { None } else { closing(&tag.name, after) };
        let nested = element.name == "a" && self.in_link > 0;
        let (Some(end), false) = (end, self.plain || nested) else { return after };
        self.open(element, &tag.attributes);
        self.in_link += usize::from(element.name == "a");
        self.inlines(&after[..end]);
        self.in_link -= usize::from(element.name == "a");
        self.xml.close();
        &after[end + 1..]
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.text(text),
                Node::Element { element, attributes, children } => {
                    self.open(element, attributes);
                    self.in_link += usize::from(element.name == "a");
                    self.nodes(children);
                    self.in_link -= usize::from(element.name == "a");
                    self.xml.close();
                }
            }
        }
    }

    /// Opens an element with the attributes that do no harm.
    fn open(&mut self, element: &'static Element, attributes: &[(String, String)]) {
        self.xml.open(element.name);
        let mut classes = Vec::new();
        for (name, value) in attributes {
            let value = value.trim();
            match (element.name, name.as_str()) {
                (_, "class") => {
                    classes.extend(value.split_whitespace().filter(|name| is_name(name)));
                }
                (_, "align") if matches!(value, "right" | "end") => {
                    classes.push("align-end");
                }
                (_, "align") if value == "center" => classes.push("align-center"),
                (_, "id") if is_name(value) => self.id(None, Some(value)),
                (_, "lang") if is_language(value) => {
                    self.xml.attr("lang", value).attr("xml:lang", value);
                }
                (_, "title") => {
                    self.xml.attr("title", value);
                }
                ("a", "href") => {
                    self.xml.attr_some("href", outside(value).as_deref());
                }
                ("td" | "th", "colspan" | "rowspan")
                | ("ol", "start")
                | ("li", "value")
                    if value.len() < 4 && value.parse::<u16>().is_ok_and(|n| n > 0) =>
                {
                    self.xml.attr(name, value);
                }
                ("th", "scope") if matches!(value, "row" | "col") => {
                    self.xml.attr(name, value);
                }
                _ => {}
            }
        }
        self.xml.class(&classes.join(" "));
    }
}

/// Whether a word can be an id and a class: an ASCII name.
pub(super) fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    let plain = |ch: char| ch.is_ascii_alphanumeric() || ch == '-' || ch == '_';
    chars.next().is_some_and(|ch| ch.is_ascii_alphabetic()) && chars.all(plain)
}

/// Whether a word looks like a language tag of BCP 47.
pub(super) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or("");
    let letters = primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    let part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    (2..=8).contains(&primary.len()) && letters && parts.all(part)
}

/// The place of the end tag that closes an element, among what follows its start tag.
fn closing(name: &str, after: &[Inline]) -> Option<usize> {
    let mut depth = 0;
    after.iter().position(|inline| {
        let Inline::Html { source, .. } = inline else { return false };
        match Tag::read(source) {
            Some(tag) if tag.name == name && tag.closing => {
                depth -= 1;
                depth < 0
            }
            Some(tag) if tag.name == name => {
                depth += 1;
                false
            }
            _ => false,
        }
    })
}

/// One tag.
#[derive(Debug)]
struct Tag {
    name: String,
    closing: bool,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn read(source: &str) -> Option<Self> {
        let mut reader = Reader::from_str(source);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        let name = |name: &str| name.to_ascii_lowercase();
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => Some(Self {
                name: name(tag.name().as_ref()),
                closing: false,
                attributes: attributes(&tag)?,
            }),
            Event::End(tag) => Some(Self {
                name: name(tag.name().as_ref()),
                closing: true,
                attributes: Vec::new(),
            }),
            _ => None,
        }
    }
}

/// The attributes of a tag, each once; `None` where they cannot be read.
fn attributes(tag: &BytesStart<'_>) -> Option<Vec<(String, String)>> {
    let mut attributes: Vec<(String, String)> = Vec::new();
    for attribute in tag.html_attributes().with_checks(false) {
        let attribute = attribute.ok()?;
        let key = attribute.key.as_ref().to_ascii_lowercase();
        let value = attribute
            .normalized_value_with(XmlVersion::Implicit1_0, 1, entity)
            .ok()?
            .into_owned();
        if !attributes.iter().any(|(name, _)| *name == key) {
            attributes.push((key, value));
        }
    }
    Some(attributes)
}

/// How deep elements of the source may stand in one another.
const DEPTH: usize = 64;

/// An element whose end is still to come: its attributes and what it holds so far.
type OpenElement = (&'static Element, Vec<(String, String)>, Vec<Node>);

/// HTML as a tree of elements that a book may hold; `None` where it is not well-formed or
/// holds others.
fn parse(source: &str) -> Option<Vec<Node>> {
    let mut reader = Reader::from_str(source);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut stack: Vec<OpenElement> = Vec::new();
    let mut nodes = Vec::new();
    loop {
        match reader.read_event().ok()? {
            event @ (Event::Start(_) | Event::Empty(_)) => {
                let (Event::Start(tag) | Event::Empty(tag)) = &event else { continue };
                let element = find(tag.name().as_ref())?;
                let attributes = attributes(tag)?;
                if matches!(event, Event::Empty(_)) || element.model == Model::Void {
                    nodes.push(Node::Element {
                        element,
                        attributes,
                        children: Vec::new(),
                    });
                } else if stack.len() < DEPTH {
                    stack.push((element, attributes, std::mem::take(&mut nodes)));
                } else {
                    return None;
                }
            }
            Event::End(tag) => {
                let (element, attributes, before) = stack.pop()?;
                let name = find(tag.name().as_ref())?.name;
                if element.name != name {
                    return None;
                }
                let children = std::mem::replace(&mut nodes, before);
                nodes.push(Node::Element { element, attributes, children });
            }
            Event::Text(text) => push(&mut nodes, &text),
            Event::GeneralRef(reference) => {
                let text = match reference.resolve_char_ref() {
                    Ok(Some(ch)) => ch.to_string(),
                    _ => entity(&reference)?.to_owned(),
                };
                push(&mut nodes, &text);
            }
            Event::Comment(_) => {}
            Event::Eof => return stack.is_empty().then_some(nodes),
            Event::CData(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {
                return None;
            }
        }
    }
}

fn find(name: &str) -> Option<&'static Element> {
    ELEMENTS
        .iter()
        .find(|element| element.name.eq_ignore_ascii_case(name))
}

fn push(nodes: &mut Vec<Node>, text: &str) {
    match nodes.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => nodes.push(Node::Text(text.to_owned())),
    }
}

/// Whether nodes may stand in an element.
fn fits(nodes: &[Node], model: Model, parent: &str) -> bool {
    nodes.iter().all(|node| match node {
        Node::Text(text) => {
            matches!(model, Model::Phrasing | Model::Flow) || text.trim().is_empty()
        }
        Node::Element { element, children, .. } => {
            let here = match model {
                Model::Void => false,
                Model::Phrasing => element.phrasing,
                Model::Flow => true,
                Model::Only(names) => names.contains(&element.name),
            };
            let at_home = element.parents.is_empty() || element.parents.contains(&parent);
            let nested = element.name == "a" && holds_link(children);
            here && at_home && !nested && fits(children, element.model, element.name)
        }
    })
}

fn holds_link(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(_) => false,
        Node::Element { element, children, .. } => {
            element.name == "a" || holds_link(children)
        }
    })
}

/// The character of a named reference, as far as books use them.
pub(super) fn entity(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{A0}",
        "copy" => "©",
        "reg" => "®",
        "trade" => "™",
        "hellip" => "…",
        "mdash" => "—",
        "ndash" => "–",
        "ldquo" => "“",
        "rdquo" => "”",
        "lsquo" => "‘",
        "rsquo" => "’",
        "times" => "×",
        "yen" => "¥",
        "ensp" => "\u{2002}",
        "emsp" => "\u{2003}",
        "shy" => "\u{AD}",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_kept(source: &str) -> bool {
        parse(source).is_some_and(|nodes| fits(&nodes, Model::Flow, ""))
    }

    #[test]
    fn only_sound_html_is_kept() {
        for source in [
            "<div class=\"a\"><p>水<br>火 &amp; 風&nbsp;</p></div>",
            "<table><tr><td colspan=2>a</td></tr></table>",
            "<!-- x -->",
        ] {
            assert!(is_kept(source), "{source}");
        }
        for source in [
            "<div>",
            "</div>",
            "<p><div></div></p>",
            "<ul>a<li></li></ul>",
            "<li>a</li>",
            "<script>x()</script>",
            "<iframe src=\"https://example.com\"></iframe>",
            "<p>&foo;</p>",
            "<a href=\"x\"><a href=\"y\"></a></a>",
            "<b><i></b></i>",
        ] {
            assert!(!is_kept(source), "{source}");
        }
    }
}
