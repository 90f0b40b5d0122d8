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
    if !is_authority(host) {
        return None;
    }
    let path = escape_percent(path);
    Some(format!("{scheme}://{host}{}", utf8_percent_encode(&path, OUTSIDE)).into())
}

/// Whether a text is a host as the URL Standard has it, with a name of the user before it
/// and a port after it.
fn is_authority(text: &str) -> bool {
    let (user, host) = text.rsplit_once('@').unwrap_or(("", text));
    let (host, port) = host.split_once(':').unwrap_or((host, "0"));
    let is_of = |text: &str, signs: &str| {
        text.chars().all(|ch| ch.is_alphanumeric() || signs.contains(ch))
    };
    let labels = host.strip_suffix('.').unwrap_or(host).split('.');
    let is_label = |label: &str| !label.is_empty() && is_of(label, "-_・");
    let is_numeric = labels.clone().next_back().is_some_and(is_digits);
    let is_ip = |mut labels: std::str::Split<'_, char>| {
        labels.clone().count() == 4 && labels.all(|label| label.parse::<u8>().is_ok())
    };
    is_of(user, ".-_:")
        && port.parse::<u16>().is_ok_and(|_| is_digits(port))
        && labels.clone().all(is_label)
        && (!is_numeric || is_ip(labels))
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
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
            ("https://a@b.jp:80/", Some("https://a@b.jp:80/")),
            ("http://127.0.0.1", Some("http://127.0.0.1")),
            ("https://日本語・ー.jp/", Some("https://日本語・ー.jp/")),
            ("https://example.。com/", None),
            ("https://example..com/", None),
            ("https://a:b:c/", None),
            ("http://1.2.3/", None),
            ("https:// x", None),
            ("file.pdf", None),
        ];
        for (url, expected) in cases {
            assert_eq!(outside(url).as_deref(), expected, "{url}");
        }
    }
}
