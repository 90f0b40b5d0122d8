//! HTML as tokens: tags with their attributes, text, comments.

use std::borrow::Cow;
use std::ops::Range;

use crate::model::Attributes;

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// The name in small letters.
    pub name: String,
    /// Whether it is a closing tag.
    pub closes: bool,
    /// Its attributes; names in small letters, values without entities.
    pub attributes: Attributes,
    /// As it is written.
    pub source: String,
}

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A tag.
    Tag(Tag),
    /// Text, entities and all.
    Text,
    /// A comment.
    Comment,
    /// A declaration, a processing instruction or a CDATA section.
    Other,
    /// The sign that begins one of these or a comment, which nothing closes; and the sign
    /// that would.
    Unclosed(&'static str),
}

/// Elements whose content is not HTML.
const RAW: &[&str] = &["script", "style", "textarea", "title"];

/// Elements that hold nothing and are not closed.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
];

/// Other elements of HTML, MathML and SVG that may stand in a text.
const OTHERS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blink",
    "blockquote",
    "body",
    "button",
    "canvas",
    "caption",
    "center",
    "circle",
    "cite",
    "code",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "g",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "html",
    "i",
    "iframe",
    "ins",
    "kbd",
    "label",
    "legend",
    "li",
    "main",
    "map",
    "mark",
    "marquee",
    "math",
    "menu",
    "meter",
    "nav",
    "nobr",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "path",
    "picture",
    "pre",
    "progress",
    "q",
    "rb",
    "rect",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "slot",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "text",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "use",
    "var",
    "video",
];

impl Tag {
    /// Whether the element holds nothing and is not closed.
    pub(super) fn is_void(&self) -> bool {
        VOID.contains(&self.name.as_str())
            || (self.source.ends_with("/>") && !self.closes)
    }

    /// Whether HTML has an element of this name, or may have one.
    pub(super) fn is_html(&self) -> bool {
        let name = self.name.as_str();
        OTHERS.contains(&name) || VOID.contains(&name) || name.contains(['-', ':'])
    }

    /// Reads a tag as it is written.
    pub(super) fn read(source: &str) -> Option<Self> {
        let (token, length) = token(source, &mut Vec::new())?;
        match token {
            Token::Tag(tag) if length == source.len() => Some(tag),
            _ => None,
        }
    }
}

/// The tokens of a text with their places in it, all of it covered.
pub(super) fn tokens(text: &str) -> Vec<(Token, Range<usize>)> {
    let mut tokens: Vec<(Token, Range<usize>)> = Vec::new();
    let mut at = 0;
    let mut plain = 0;
    let mut missing = Vec::new();
    while let Some(found) = text[at..].find('<') {
        at += found;
        let Some((token, length)) = token(&text[at..], &mut missing) else {
            at += 1;
            continue;
        };
        if plain < at {
            tokens.push((Token::Text, plain..at));
        }
        let raw = match &token {
            Token::Tag(tag) if !tag.closes && RAW.contains(&tag.name.as_str()) => {
                Some(tag.name.clone())
            }
            _ => None,
        };
        tokens.push((token, at..at + length));
        at += length;
        plain = at;
        if let Some(name) = raw {
            at += end_of_raw(&text[at..], &name);
        }
    }
    if plain < text.len() {
        tokens.push((Token::Text, plain..text.len()));
    }
    tokens
}

/// Where the closing tag of a raw element begins.
fn end_of_raw(text: &str, name: &str) -> usize {
    let closes = |at: usize| {
        let after = text.as_bytes().get(at + 2..at + 2 + name.len());
        after.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    };
    let mut starts = text.match_indices("</").map(|(at, _)| at);
    starts.find(|&at| closes(at)).unwrap_or(text.len())
}

/// The signs that begin and end what is neither a tag nor text, the longest first.
const DELIMITED: &[(&str, &str)] =
    &[("<!--", "-->"), ("<![", "]]>"), ("<!", ">"), ("<?", "?>")];

/// Comments that hold nothing.
const EMPTY: &[&str] = &["<!-->", "<!--->"];

/// Reads the token, other than text, that starts with `<` at the start of a text.
/// `missing` has the signs that are known not to come any more.
fn token(text: &str, missing: &mut Vec<&'static str>) -> Option<(Token, usize)> {
    let after = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic);
    if after(1) || (text.starts_with("</") && after(2)) {
        return tag(text, if after(1) { 1 } else { 2 });
    }
    if let Some(empty) = EMPTY.iter().find(|empty| text.starts_with(**empty)) {
        return Some((Token::Comment, empty.len()));
    }
    let (open, close) = DELIMITED.iter().find(|(open, _)| text.starts_with(open))?;
    if *open == "<!" && !after(2) {
        return None;
    }
    let is_missing = missing.contains(close);
    let end = (!is_missing).then(|| text[open.len()..].find(close)).flatten();
    let Some(end) = end else {
        missing.extend((!is_missing).then_some(close));
        return Some((Token::Unclosed(close), open.len()));
    };
    let token = if *open == "<!--" { Token::Comment } else { Token::Other };
    Some((token, open.len() + end + close.len()))
}

/// Reads a tag whose name starts at a byte of a text.
fn tag(text: &str, start: usize) -> Option<(Token, usize)> {
    let rest = &text[start..];
    let is_name =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_' | '.');
    let length = rest.find(|c| !is_name(c))?;
    let name = rest[..length].to_ascii_lowercase();
    let mut attributes = Attributes::default();
    let mut rest = rest[length..].trim_start();
    loop {
        if rest.starts_with('>') || rest.starts_with("/>") {
            let end = text.len() - rest.len() + if rest.starts_with('/') { 2 } else { 1 };
            let source = text[..end].to_owned();
            let tag = Tag { name, closes: start == 2, attributes, source };
            return Some((Token::Tag(tag), end));
        }
        let (key, value, after) = attribute(rest)?;
        put(&mut attributes, key, value);
        rest = after.trim_start();
    }
}

/// Reads one attribute of a tag; gives its name in small letters, its value and the rest.
fn attribute(text: &str) -> Option<(String, String, &str)> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<' | '"');
    let length = text.find(ends).filter(|&length| length > 0)?;
    let key = text[..length].to_ascii_lowercase();
    let rest = text[length..].trim_start();
    let Some(rest) = rest.strip_prefix('=') else {
        return Some((key, String::new(), &text[length..]));
    };
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (value, rest) = match quote {
        Some(quote) => rest[1..].split_once(quote)?,
        None => rest.split_at(rest.find(|c: char| c.is_whitespace() || c == '>')?),
    };
    Some((key, unescape(value).into_owned(), rest))
}

fn put(attributes: &mut Attributes, key: String, value: String) {
    match key.as_str() {
        "id" => attributes.id = Some(value).filter(|id| !id.is_empty()),
        "class" => {
            attributes.classes.extend(value.split_whitespace().map(str::to_owned));
        }
        _ => attributes.pairs.push((key, value)),
    }
}

const ENTITIES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{A0}"),
    ("ensp", "\u{2002}"),
    ("emsp", "\u{2003}"),
    ("thinsp", "\u{2009}"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("hellip", "…"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("middot", "·"),
    ("bull", "•"),
    ("times", "×"),
    ("divide", "÷"),
    ("plusmn", "±"),
    ("deg", "°"),
    ("larr", "←"),
    ("uarr", "↑"),
    ("rarr", "→"),
    ("darr", "↓"),
    ("yen", "¥"),
    ("sect", "§"),
    ("para", "¶"),
    ("shy", "\u{AD}"),
];

/// Puts characters in place of entities.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity(rest) {
            Some((characters, length)) => {
                out.push_str(&characters);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    Cow::Owned(out + rest)
}

/// Reads an entity at the start of a text.
fn entity(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let bytes = text.as_bytes();
    let end = bytes.iter().take(12).position(|&byte| byte == b';')?;
    let name = text.get(1..end)?;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        let character = char::from_u32(code).filter(|&c| c != '\0').unwrap_or('\u{FFFD}');
        return Some((Cow::Owned(character.to_string()), end + 1));
    }
    let (_, characters) = ENTITIES.iter().find(|(known, _)| *known == name)?;
    Some((Cow::Borrowed(characters), end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let show = |(token, range): (Token, Range<usize>)| match token {
            Token::Tag(tag) => format!(
                "{}{} {:?}{:?}{:?}",
                if tag.closes { "/" } else { "" },
                tag.name,
                tag.attributes.id,
                tag.attributes.classes,
                tag.attributes.pairs
            ),
            Token::Text => text[range].to_owned(),
            Token::Comment => "comment".into(),
            Token::Other => "other".into(),
            Token::Unclosed(close) => format!("no {close}"),
        };
        tokens(text).into_iter().map(show).collect()
    }

    #[test]
    fn tags_text_and_comments_are_told_apart() {
        assert_eq!(
            shown(
                "あ<IMG Src='a&amp;b' alt=x/><!-- <b> -->1 < 2<p class=\"a b\" id=i>い</P>"
            ),
            [
                "あ",
                "img None[][(\"src\", \"a&b\"), (\"alt\", \"x/\")]",
                "comment",
                "1 < 2",
                "p Some(\"i\")[\"a\", \"b\"][]",
                "い",
                "/p None[][]",
            ]
        );
        assert_eq!(
            shown("<script>a<b></script><br/><?x?><!"),
            ["script None[][]", "a<b>", "/script None[][]", "br None[][]", "other", "<!"]
        );
        assert_eq!(shown("<a b=\"c"), ["<a b=\"c"]);
        assert_eq!(
            shown("<!-->a<!--->b<!--c--<!--<?d>"),
            ["comment", "a", "comment", "b", "no -->", "c--", "no -->", "no ?>", "d>"]
        );
    }

    #[test]
    fn entities_become_characters() {
        assert_eq!(unescape("&lt;&#x3042;&#12356;&amp;amp; &x; &"), "<あい&amp; &x; &");
    }
}
