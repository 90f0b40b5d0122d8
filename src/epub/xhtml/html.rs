//! Words that attributes of HTML take.

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
