//! SVG read as a tree.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// How deep elements may stand in one another.
const DEPTH: usize = 256;

/// A file.
#[derive(Debug)]
pub(super) struct File {
    pub(super) root: Element,
    /// The lines of the instructions that name a style sheet beside it.
    pub(super) style_sheets: Vec<usize>,
}

/// An element or text.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    /// Text, and the line where it starts, from 1.
    Text {
        text: String,
        line: usize,
    },
}

#[derive(Debug)]
pub(super) struct Element {
    /// Its name without a prefix.
    pub(super) name: String,
    /// Whether it is in the namespace of SVG.
    pub(super) of_svg: bool,
    pub(super) attributes: Vec<Attribute>,
    pub(super) children: Vec<Node>,
    /// Its line in the file, from 1.
    pub(super) line: usize,
}

#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) prefix: String,
    pub(super) key: String,
    pub(super) value: String,
}

impl Attribute {
    /// Its name with its prefix.
    pub(super) fn name(&self) -> String {
        match self.prefix.as_str() {
            "" => self.key.clone(),
            prefix => format!("{prefix}:{}", self.key),
        }
    }
}

impl Element {
    /// All its text.
    pub(super) fn words(&self) -> String {
        let of = |node: &Node| match node {
            Node::Element(element) => element.words(),
            Node::Text { text, .. } => text.clone(),
        };
        self.children.iter().map(of).collect()
    }
}

/// Reads a file; `None` where it is not well-formed or its root is none of SVG.
pub(super) fn read(text: &str) -> Option<File> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut entities = Entities::default();
    let mut style_sheets = Vec::new();
    let mut open: Vec<Element> = Vec::new();
    let mut root: Option<Element> = None;
    let (mut line, mut counted) = (1, 0);
    loop {
        let at = usize::try_from(reader.buffer_position()).ok()?;
        line += text.get(counted..at)?.matches('\n').count();
        counted = at;
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let element = element(&start, line, &entities)?;
                let is_root = open.is_empty();
                if open.len() == DEPTH
                    || is_root && (root.is_some() || element.name != "svg")
                {
                    return None;
                }
                open.push(element);
            }
            Event::End(_) => {
                let element = open.pop()?;
                match open.last_mut() {
                    Some(around) => around.children.push(Node::Element(element)),
                    None => root = Some(element),
                }
            }
            Event::Text(found) => text_in(&mut open, &found, line),
            Event::CData(found) => text_in(&mut open, &found, line),
            Event::GeneralRef(reference) => {
                let found = match reference.resolve_char_ref() {
                    Ok(Some(ch)) => ch.to_string(),
                    _ => entities.find(&reference)?.to_owned(),
                };
                text_in(&mut open, &found, line);
            }
            Event::PI(found) if found.starts_with("xml-stylesheet") => {
                style_sheets.push(line);
            }
            Event::DocType(found) => entities.declare(&found),
            Event::Eof if open.is_empty() => {
                return Some(File { root: root?, style_sheets });
            }
            Event::Eof => return None,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// Adds text to the innermost element; text that goes on stays one.
fn text_in(open: &mut [Element], found: &str, line: usize) {
    let Some(element) = open.last_mut() else { return };
    match element.children.last_mut() {
        Some(Node::Text { text, .. }) => text.push_str(found),
        _ => element.children.push(Node::Text { text: found.to_owned(), line }),
    }
}

fn element(start: &BytesStart<'_>, line: usize, entities: &Entities) -> Option<Element> {
    let (prefix, name) = parted(start.name().as_ref());
    let mut of_svg = matches!(prefix.as_str(), "" | "svg");
    let mut attributes: Vec<Attribute> = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let (prefix, key) = parted(attribute.key.as_ref());
        let resolve = |name: &str| entities.find(name);
        let value = attribute
            .normalized_value_with(XmlVersion::Implicit1_0, 1, resolve)
            .ok()?;
        if prefix.is_empty() && key == "xmlns" {
            of_svg &= value.contains("svg");
        }
        if attributes.iter().any(|it| it.prefix == prefix && it.key == key) {
            return None;
        }
        attributes.push(Attribute { prefix, key, value: value.into_owned() });
    }
    let children = Vec::new();
    Some(Element { name, of_svg, attributes, children, line })
}

/// The prefix of a name, and the name without it.
fn parted(name: &str) -> (String, String) {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    (prefix.to_owned(), local.to_owned())
}

/// The entities that a file declares: texts alone, without entities in them.
#[derive(Debug, Default)]
struct Entities(Vec<(String, String)>);

impl Entities {
    fn declare(&mut self, doctype: &str) {
        for part in doctype.split("<!ENTITY").skip(1) {
            let part = part.trim_start();
            let Some((name, rest)) = part.split_once(char::is_whitespace) else {
                continue;
            };
            let rest = rest.trim_start();
            let Some(quote) = rest.chars().next().filter(|ch| matches!(ch, '"' | '\''))
            else {
                continue;
            };
            let Some((value, _)) = rest[1..].split_once(quote) else { continue };
            if !value.contains(['<', '&']) {
                self.0.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    fn find(&self, name: &str) -> Option<&str> {
        let known = quick_xml::escape::resolve_predefined_entity(name);
        let own = || self.0.iter().find(|(known, _)| known == name);
        known.or_else(|| own().map(|(_, value)| value.as_str()))
    }
}
