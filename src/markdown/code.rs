//! The line after a fence of code: language, attributes, caption.

use super::attributes;
use crate::model::Attributes;

/// What the line after a fence says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Info {
    /// The language.
    pub language: Option<String>,
    /// The caption, as it is written.
    pub caption: Option<String>,
    /// The rest.
    pub attributes: Attributes,
}

/// Reads the line after a fence, as this program and others write it: `rust,ignore`,
/// `js {#id caption="…"}`, `{.js caption="…"}`, `js title:"…"`, `python title="…"`.
pub(super) fn info(line: &str) -> Info {
    let mut info = Info::default();
    let mut rest = line.trim();
    while !rest.is_empty() {
        rest = part(rest, &mut info).trim_start_matches([' ', '\t', ',']);
    }
    for key in ["caption", "title"] {
        let given = super::notation::take(&mut info.attributes, key);
        info.caption = info.caption.or(given);
    }
    info
}

/// Which lines of a listing are numbered, and which stand out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Lines {
    /// The number of the first line, where lines are numbered.
    pub first: Option<u32>,
    /// The lines that stand out, counted from 1: first and last.
    pub marked: Vec<(u32, u32)>,
}

/// The words that ask for numbers, as a class or as a key.
const NUMBERED: [&str; 4] = ["numbers", "linenums", "linenos", "line-numbers"];
/// The keys for the number of the first line.
const FIRST: [&str; 3] = ["start", "startFrom", "firstnumber"];
/// The keys for lines that stand out.
const MARKED: [&str; 3] = ["lines", "hl_lines", "highlight"];

/// Takes what is said of lines out of attributes; gives with it what is no number.
pub(super) fn lines(attributes: &mut Attributes) -> (Lines, Vec<String>) {
    let (mut lines, mut wrong) = (Lines::default(), Vec::new());
    let before = attributes.classes.len();
    attributes.classes.retain(|class| !NUMBERED.contains(&class.as_str()));
    if attributes.classes.len() < before {
        lines.first = Some(1);
    }
    for key in NUMBERED.iter().chain(&FIRST) {
        let Some(value) = super::notation::take(attributes, key) else { continue };
        match (value.trim(), value.trim().parse()) {
            ("true" | "yes" | "", _) => lines.first = lines.first.or(Some(1)),
            ("false" | "no", _) => {}
            (_, Ok(number)) => lines.first = Some(number),
            (_, Err(_)) => wrong.push(value),
        }
    }
    for key in MARKED {
        let Some(value) = super::notation::take(attributes, key) else { continue };
        let parts = value.split([',', ' ']).filter(|part| !part.is_empty());
        for part in parts {
            match range(part) {
                Some(range) => lines.marked.push(range),
                None => wrong.push(part.to_owned()),
            }
        }
    }
    (lines, wrong)
}

/// A number of a line, or the first and the last: `4-6`.
fn range(part: &str) -> Option<(u32, u32)> {
    let (first, last) = part.split_once('-').unwrap_or((part, part));
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (0 < first && first <= last).then_some((first, last))
}

/// Reads one part of the line; gives what follows it.
fn part<'a>(text: &'a str, info: &mut Info) -> &'a str {
    if let Some((given, length)) = attributes::parse(text) {
        take_in(given, info);
        return &text[length..];
    }
    let length = text.find([' ', '\t', ',', '{', '"']).unwrap_or(text.len()).max(1);
    let length = text.ceil_char_boundary(length);
    let (word, rest) = text.split_at(length);
    if let Some(rest) = rest.strip_prefix('"')
        && let Some(key) = word.strip_suffix([':', '='])
        && let Some(end) = rest.find('"')
    {
        info.attributes.pairs.push((key.to_owned(), rest[..end].to_owned()));
        return &rest[end + 1..];
    }
    match word.split_once(['=', ':']) {
        Some((key, value)) if !key.is_empty() && info.language.is_some() => {
            info.attributes.pairs.push((key.to_owned(), value.to_owned()));
        }
        _ if info.language.is_none() => info.language = Some(word.to_owned()),
        _ => info.attributes.classes.push(word.to_owned()),
    }
    rest
}

/// Takes attributes in braces in; the first class is the language where none is named.
fn take_in(given: Attributes, info: &mut Info) {
    let Attributes { id, mut classes, pairs } = given;
    if info.language.is_none() && !classes.is_empty() {
        info.language = Some(classes.remove(0));
    }
    info.attributes.id = id.or(info.attributes.id.take());
    info.attributes.classes.extend(classes);
    info.attributes.pairs.extend(pairs);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        let Info {
            language,
            caption,
            attributes: Attributes { id, classes, pairs },
        } = info(line);
        let text = |text: Option<String>| text.unwrap_or("-".into());
        format!("{} {} {} {classes:?} {pairs:?}", text(language), text(caption), text(id))
    }

    #[test]
    fn lines_are_numbered_and_stand_out() {
        let read = |line: &str| lines(&mut info(line).attributes);
        let given = |first, marked: &[(u32, u32)]| {
            (Lines { first, marked: marked.to_vec() }, Vec::new())
        };
        assert_eq!(read("rust"), given(None, &[]));
        assert_eq!(read("rust numbers"), given(Some(1), &[]));
        assert_eq!(read("py linenums=\"1\""), given(Some(1), &[]));
        assert_eq!(read("rust {.numbers start=10}"), given(Some(10), &[]));
        assert_eq!(read("py hl_lines=\"2 4-6\""), given(None, &[(2, 2), (4, 6)]));
        assert_eq!(read("js {lines=\"3,x,5-4\"}").1, ["x", "5-4"]);
        let mut attributes = info("js {.a .numbers start=2 lines=1}").attributes;
        lines(&mut attributes);
        assert_eq!((attributes.classes.len(), attributes.pairs.len()), (1, 0));
    }

    #[test]
    fn lines_of_all_tools_are_read() {
        for (line, expected) in [
            ("", "- - - [] []"),
            ("rust,ignore", "rust - - [\"ignore\"] []"),
            ("js title:\"a b.js\"", "js a b.js - [] []"),
            ("py title=\"x\" linenums=\"1\"", "py x - [] [(\"linenums\", \"1\")]"),
            ("rust {#lst:a .x caption=\"題 \\\"\"}", "rust 題 \" lst:a [\"x\"] []"),
            ("{.rust .x caption=題}", "rust 題 - [\"x\"] []"),
            ("console $ {", "console - - [\"$\", \"{\"] []"),
            ("日本語", "日本語 - - [] []"),
            ("\"x\"", "\" - - [\"x\", \"\\\"\"] []"),
        ] {
            assert_eq!(shown(line), expected, "{line}");
        }
    }
}
