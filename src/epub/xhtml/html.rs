//! Words that attributes of HTML take.

/// Whether a word can be an id and a class: an ASCII name.
pub(super) fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    let plain = |ch: char| ch.is_ascii_alphanumeric() || ch == '-' || ch == '_';
    chars.next().is_some_and(|ch| ch.is_ascii_alphabetic()) && chars.all(plain)
}
