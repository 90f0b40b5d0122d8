//! Addresses of links that lead out of the book.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The schemes of links that lead out of the book.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "ftp"];

/// What cannot stand in a URL, but for `%`, which is escaped already.
const OUTSIDE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A link out of the book as a valid URL; `None` where it is none that a reader follows.
pub fn outside(url: &str) -> Option<Cow<'_, str>> {
    let url = url.trim();
    let absolute = match url.strip_prefix("//") {
        Some(rest) => Cow::Owned(format!("https://{rest}")),
        None => Cow::Borrowed(url),
    };
    let (scheme, rest) = absolute.split_once(':')?;
    if !SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let Some(rest) = rest.strip_prefix("//") else {
        let written = utf8_percent_encode(rest, OUTSIDE);
        let opaque = matches!(scheme.to_ascii_lowercase().as_str(), "mailto" | "tel");
        return (opaque && !rest.is_empty())
            .then(|| format!("{scheme}:{written}").into());
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let valid =
        |ch: char| !ch.is_ascii() || ch.is_ascii_alphanumeric() || ".-:@_".contains(ch);
    if host.is_empty() || !host.chars().all(valid) || host.ends_with(':') {
        return None;
    }
    let path = escape_percent(path);
    Some(format!("{scheme}://{host}{}", utf8_percent_encode(&path, OUTSIDE)).into())
}

/// A path in which each `%` begins an escape, and `#` stands once.
fn escape_percent(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut fragment = false;
    for (at, ch) in path.char_indices() {
        let digits = path.as_bytes().get(at + 1..at + 3);
        let escape = digits.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        match ch {
            '%' if !escape => out.push_str("%25"),
            '#' if fragment => out.push_str("%23"),
            _ => out.push(ch),
        }
        fragment |= ch == '#';
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_valid_or_none() {
        let cases = [
            (
                "https://example.com/a b?q=「x」#y",
                Some("https://example.com/a%20b?q=%E3%80%8Cx%E3%80%8D#y"),
            ),
            ("https://example.com/100%/%41", Some("https://example.com/100%25/%41")),
            ("//example.com", Some("https://example.com")),
            ("mailto:a@example.com", Some("mailto:a@example.com")),
            ("javascript:alert(1)", None),
            ("data:text/html,x", None),
            ("https://", None),
            ("https:// x", None),
            ("file.pdf", None),
        ];
        for (url, expected) in cases {
            assert_eq!(outside(url).as_deref(), expected, "{url}");
        }
    }
}
