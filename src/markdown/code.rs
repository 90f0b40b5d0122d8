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
