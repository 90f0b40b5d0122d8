//! SVG files as a book may hold them: no scripts, no handlers, nothing from outside.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::epub::xml::escape;

/// The namespaces whose elements and attributes are kept; editors' own data is left out.
const NAMESPACES: &[(&str, &str)] =
    &[("http://www.w3.org/2000/svg", "svg"), ("http://www.w3.org/1999/xlink", "xlink")];

/// Elements that are left out with all that they hold.
const DROPPED: &[&str] = &[
    "script",
    "foreignObject",
    "handler",
    "listener",
    "iframe",
    "metadata",
    "audio",
    "video",
];

/// A file without what could do harm; `None` where it is no SVG that can be read.
pub(super) fn clean(data: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(data).ok()?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Open elements: whether each is kept, and whether it is a style sheet.
    let mut open: Vec<(bool, bool)> = Vec::new();
    let mut rooted = false;
    loop {
        let kept = open.last().is_none_or(|&(kept, _)| kept);
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = local(start.name().as_ref());
                let first = open.is_empty();
                if first && (rooted || name.0 != "svg") {
                    return None;
                }
                rooted = true;
                let keep = kept && is_kept(&name);
                if keep {
                    element(&start, &name.0, first, &mut out)?;
                }
                open.push((keep, name.0 == "style"));
            }
            Event::End(end) => {
                open.pop()?;
                if kept {
                    let name = local(end.name().as_ref());
                    out.push_str("</");
                    out.push_str(&name.0);
                    out.push('>');
                }
            }
            Event::Text(text) => {
                let style = open.last().is_some_and(|&(_, style)| style);
                if kept && !open.is_empty() && !(style && is_foreign_css(&text)) {
                    escape(&text, false, &mut out);
                }
            }
            Event::CData(data) => {
                if kept && !is_foreign_css(&data) {
                    escape(&data, false, &mut out);
                }
            }
            Event::GeneralRef(reference) => {
                let text = resolve(&reference)?;
                if kept {
                    escape(&text, false, &mut out);
                }
            }
            Event::Eof if rooted && open.is_empty() => break,
            Event::Eof => return None,
            Event::Empty(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
    out.push('\n');
    Some(out.into_bytes())
}

/// A name without its prefix, and the prefix.
fn local(name: &str) -> (String, String) {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    (local.to_owned(), prefix.to_owned())
}

fn is_kept((name, prefix): &(String, String)) -> bool {
    matches!(prefix.as_str(), "" | "svg") && !DROPPED.contains(&name.as_str())
}

/// Writes a start tag with the attributes that do no harm.
fn element(
    start: &BytesStart<'_>,
    name: &str,
    root: bool,
    out: &mut String,
) -> Option<()> {
    out.push('<');
    out.push_str(name);
    if root {
        for (uri, prefix) in NAMESPACES {
            let colon = if *prefix == "svg" { "" } else { ":xlink" };
            out.push_str(&format!(" xmlns{colon}=\"{uri}\""));
        }
    }
    let mut seen = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let (key, prefix) = local(attribute.key.as_ref());
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        if !is_kept_attribute(name, &key, &prefix, &value) {
            continue;
        }
        let key = if prefix.is_empty() { key } else { format!("{prefix}:{key}") };
        if seen.contains(&key) {
            return None;
        }
        out.push(' ');
        out.push_str(&key);
        out.push_str("=\"");
        escape(&value, true, out);
        out.push('"');
        seen.push(key);
    }
    out.push('>');
    Some(())
}

fn is_kept_attribute(element: &str, key: &str, prefix: &str, value: &str) -> bool {
    if !matches!(prefix, "" | "xlink" | "xml") || key == "xmlns" || key.starts_with("on")
    {
        return false;
    }
    let value = value.trim();
    match key {
        "href" if element == "a" => value.starts_with('#') || value.starts_with("http"),
        "href" | "src" => value.starts_with('#') || value.starts_with("data:image/"),
        "base" | "actuate" | "show" => false,
        "class" if element == "style" => false,
        _ => !is_foreign_css(value),
    }
}

/// Whether CSS fetches something from outside the file.
fn is_foreign_css(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    css.contains("@import")
        || css.contains("javascript:")
        || css
            .split("url(")
            .skip(1)
            .any(|rest| !rest.trim_start_matches([' ', '"', '\'']).starts_with('#'))
}

/// The character that a reference stands for.
fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> Option<String> {
    if let Ok(Some(ch)) = reference.resolve_char_ref() {
        return Some(ch.to_string());
    }
    quick_xml::escape::resolve_predefined_entity(reference).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn scripts_and_foreign_references_go() {
        let source = r##"<!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg"
            onload="x()" xmlns:ink="urn:i" ink:a="1"><script>x()</script>
            <image href="http://example.com/a.png"/><use href="#a"/>
            <text font-family="Mincho">水 &amp; 火</text><ink:b><c/></ink:b></svg>"##;
        let svg = clean(source.as_bytes()).expect("it is well-formed");
        let svg = String::from_utf8(svg).expect("UTF-8");
        for gone in ["script", "onload", "example.com", "ink:", "<c", "DOCTYPE"] {
            assert!(!svg.contains(gone), "{gone} in {svg}");
        }
        for kept in ["<image></image>", "href=\"#a\"", "水 &amp; 火", "Mincho"] {
            assert!(svg.contains(kept), "no {kept} in {svg}");
        }
    }

    #[test]
    fn what_is_no_svg_is_refused() {
        for source in ["<svg><g></svg>", "<html/>", "", "text", "<svg>&foo;</svg>"] {
            assert_eq!(clean(source.as_bytes()), None, "{source}");
        }
    }
}
