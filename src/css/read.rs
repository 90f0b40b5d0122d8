//! CSS read: declarations and rules with their places. Strings, brackets, comments and
//! escapes are those of CSS Syntax 3; what is not whole is told as such.

use std::borrow::Cow;
use std::ops::Range;

/// A declaration: its name in small letters, its value without comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declaration {
    pub(super) name: String,
    pub(super) value: String,
}

/// A rule of a style sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rule<'a> {
    /// A selector with declarations.
    Style { selector: String, block: Range<usize> },
    /// A rule that holds others, like `@media`.
    Group { prelude: String, block: Range<usize> },
    /// A face.
    FontFace { block: Range<usize> },
    /// A rule without a block, like `@import`; its name in small letters.
    Statement { name: &'a str },
    /// A rule with a block that readers do not know.
    Unknown,
    /// What is no rule.
    Unreadable,
}

/// The declarations in a range of CSS, each with its place; `None` for what is none.
pub(super) fn declarations(
    css: &str,
    range: Range<usize>,
) -> Vec<(Range<usize>, Option<Declaration>)> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let end = end_of(css, at..range.end, b";");
        let piece = trimmed(css, at..end.place);
        let words = without_comments(&css[piece.clone()]);
        match words {
            Some(words) if words.trim().is_empty() => {}
            Some(words) if end.whole => found.push((piece, declaration(&words))),
            _ => found.push((piece, None)),
        }
        at = end.place + 1;
    }
    found
}

fn declaration(text: &str) -> Option<Declaration> {
    let (name, value) = text.split_once(':')?;
    let (name, value) = (name.trim(), value.trim());
    let sound = is_name(name) && !value.is_empty() && is_value(value);
    sound.then(|| Declaration {
        name: match name.starts_with("--") {
            true => name.to_owned(),
            false => name.to_ascii_lowercase(),
        },
        value: value.to_owned(),
    })
}

/// Whether a text is the name of a property.
fn is_name(name: &str) -> bool {
    let plain = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '-' | '_');
    let first = name.trim_start_matches('-').chars().next();
    name.chars().all(plain)
        && first.is_some_and(|ch| ch.is_ascii_alphabetic() || ch == '_')
}

/// Whether a text is a value: no signs of rules, no escapes but in strings, all brackets
/// closed.
fn is_value(value: &str) -> bool {
    let bytes = value.as_bytes();
    let mut open = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'(' => open.push(b')'),
            b'[' => open.push(b']'),
            byte @ (b')' | b']') if open.pop() != Some(byte) => return false,
            b'{' | b'}' | b'<' | b'>' | b'=' | b'@' | b':' | b'\\' | b';' => {
                return false;
            }
            _ => {}
        }
        at = token_end(value, at, bytes.len()).place;
    }
    open.is_empty()
}

/// The rules in a range of a style sheet, each with its place.
pub(super) fn rules(css: &str, range: Range<usize>) -> Vec<(Range<usize>, Rule<'_>)> {
    let mut found = Vec::new();
    let mut at = range.start;
    loop {
        at = skip_blank(css, at..range.end);
        if at >= range.end {
            return found;
        }
        let (end, rule) = rule(css, at..range.end);
        found.push((trimmed(css, at..end), rule));
        at = end;
    }
}

/// The rule at the start of a range, and where it ends.
fn rule(css: &str, range: Range<usize>) -> (usize, Rule<'_>) {
    let head = end_of(css, range.clone(), b";{");
    let prelude = without_comments(&css[range.start..head.place]);
    let prelude = match prelude {
        Some(prelude) if head.whole => prelude.trim().to_owned(),
        _ => return (range.end, Rule::Unreadable),
    };
    let name = at_name(css, range.start, head.place);
    let stop = css.as_bytes().get(head.place).filter(|_| head.place < range.end);
    match (name, stop) {
        (Some(name), Some(b';')) => (head.place + 1, Rule::Statement { name }),
        (Some("import" | "charset" | "namespace"), None) => {
            let name = name.unwrap_or_default();
            (range.end, Rule::Statement { name })
        }
        (_, Some(b'{')) => {
            let inside = head.place + 1..range.end;
            let end = end_of(css, inside.clone(), b"}");
            if !end.whole || end.place >= range.end {
                return (range.end, Rule::Unreadable);
            }
            let block = inside.start..end.place;
            let rule = match name {
                None if is_prelude(&prelude) => Rule::Style { selector: prelude, block },
                Some("media" | "supports" | "keyframes" | "-webkit-keyframes")
                    if is_prelude(&prelude[1..]) =>
                {
                    Rule::Group { prelude, block }
                }
                Some("font-face") => Rule::FontFace { block },
                Some(_) => Rule::Unknown,
                None => Rule::Unreadable,
            };
            (end.place + 1, rule)
        }
        _ => (range.end, Rule::Unreadable),
    }
}

/// The name behind `@` at a place, where it is in small letters.
fn at_name(css: &str, at: usize, end: usize) -> Option<&str> {
    let name = css[at..end].strip_prefix('@')?;
    let plain = |ch: char| ch.is_ascii_alphanumeric() || ch == '-';
    Some(&name[..name.find(|ch| !plain(ch)).unwrap_or(name.len())])
}

/// Whether a text can stand before a block.
fn is_prelude(text: &str) -> bool {
    !text.is_empty() && !text.contains(['}', '@', '<', ';', '\\', '{'])
}

/// Where something ends, and whether everything in it is closed.
struct End {
    place: usize,
    whole: bool,
}

/// Where the first of some signs stands outside of strings, brackets and comments, else the
/// end of the range.
fn end_of(css: &str, range: Range<usize>, stops: &[u8]) -> End {
    let bytes = css.as_bytes();
    let mut open = Vec::new();
    let mut whole = true;
    let mut at = range.start;
    while at < range.end {
        let byte = bytes[at];
        if open.is_empty() && stops.contains(&byte) {
            return End { place: at, whole };
        }
        match byte {
            b'(' => open.push(b')'),
            b'[' => open.push(b']'),
            b'{' => open.push(b'}'),
            b')' | b']' | b'}' => whole &= open.pop() == Some(byte),
            _ => {}
        }
        let end = token_end(css, at, range.end);
        whole &= end.whole;
        at = end.place;
    }
    End { place: range.end, whole: whole && open.is_empty() }
}

/// Where the token at a place ends: a comment, a string, an address without quotes, an
/// escape or a character. The bracket that opens an address is left to be counted.
fn token_end(css: &str, at: usize, end: usize) -> End {
    let rest = &css[at..end];
    let until = |length: Option<usize>| match length {
        Some(length) => End { place: at + length, whole: true },
        None => End { place: end, whole: false },
    };
    match rest.as_bytes() {
        [b'/', b'*', ..] => until(rest[2..].find("*/").map(|found| found + 4)),
        [quote @ (b'"' | b'\''), ..] => until(string_length(rest, *quote)),
        [b'(', ..] if is_url(css, at) => until(rest.find(')')),
        [b'\\', ..] => {
            let next = rest[1..].chars().next().map_or(0, char::len_utf8);
            End { place: at + 1 + next, whole: next > 0 }
        }
        _ => until(Some(rest.chars().next().map_or(1, char::len_utf8))),
    }
}

/// Whether the bracket at a place opens an address without quotes.
fn is_url(css: &str, at: usize) -> bool {
    let before = at.checked_sub(3).and_then(|start| css.get(start..at));
    let inside = css[at + 1..].trim_start_matches([' ', '\t', '\r', '\n']);
    before.is_some_and(|word| word.eq_ignore_ascii_case("url"))
        && !inside.starts_with(['"', '\''])
}

/// The length of the string at the start of a text; `None` where it is not closed in its
/// line.
fn string_length(text: &str, quote: u8) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'\n' => return None,
            _ if byte == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// A text without its comments; `None` where one is not closed.
pub(super) fn without_comments(css: &str) -> Option<Cow<'_, str>> {
    if !css.contains("/*") {
        return Some(Cow::Borrowed(css));
    }
    let mut out = String::with_capacity(css.len());
    let mut at = 0;
    while at < css.len() {
        let End { place, whole } = token_end(css, at, css.len());
        match css[at..].starts_with("/*") {
            true if !whole => return None,
            true => out.push(' '),
            false => out.push_str(&css[at..place]),
        }
        at = place;
    }
    Some(Cow::Owned(out))
}

/// The end of the blanks, comments and HTML's marks of comments at the start of a range.
fn skip_blank(css: &str, range: Range<usize>) -> usize {
    let mut at = range.start;
    while at < range.end {
        let rest = &css[at..range.end];
        let blank = rest.len() - rest.trim_start().len();
        at += match () {
            () if blank > 0 => blank,
            () if rest.starts_with("<!--") => 4,
            () if rest.starts_with("-->") => 3,
            () if rest.starts_with("/*") => match rest[2..].find("*/") {
                Some(found) => found + 4,
                None => return at,
            },
            () => return at,
        };
    }
    at
}

/// A range without the blanks at its ends.
fn trimmed(css: &str, range: Range<usize>) -> Range<usize> {
    let text = &css[range.clone()];
    let start = range.start + text.len() - text.trim_start().len();
    start..start + text.trim().len()
}
