//! Rules for both directions of writing. They are written here in logical properties and
//! stand in the style sheet in physical ones, once for `.hltr` and once for `.vrtl`: so
//! Kindle, Kobo and the readers of the EBPAJ guide take them, which know no logical ones.

use std::fmt::Write;

use crate::geom::WritingMode;

/// The class of pages in a direction of writing.
pub(super) fn class(writing: WritingMode) -> &'static str {
    match writing {
        WritingMode::Horizontal => "hltr",
        WritingMode::Vertical => "vrtl",
    }
}

/// A rule in both directions of writing.
pub(super) fn rule(css: &mut String, selectors: &[&str], logical: &str) {
    for writing in [WritingMode::Horizontal, WritingMode::Vertical] {
        rule_in(css, writing, selectors, logical);
    }
}

/// A rule in one direction of writing.
pub(super) fn rule_in(
    css: &mut String,
    writing: WritingMode,
    selectors: &[&str],
    logical: &str,
) {
    let class = class(writing);
    let selectors: Vec<String> = selectors
        .iter()
        .map(|selector| format!(".{class} {selector}"))
        .collect();
    let _ =
        writeln!(css, "{} {{ {}; }}", selectors.join(", "), physical(logical, writing));
}

/// The parts of names of properties: logical, horizontal, vertical.
const PARTS: [(&str, &str, &str); 6] = [
    ("-block-start", "-top", "-right"),
    ("-block-end", "-bottom", "-left"),
    ("-inline-start", "-left", "-top"),
    ("-inline-end", "-right", "-bottom"),
    ("inline-size", "width", "height"),
    ("block-size", "height", "width"),
];

/// Declarations with the sides that they have on the page.
fn physical(logical: &str, writing: WritingMode) -> String {
    let mut css = logical.to_owned();
    for (part, horizontal, vertical) in PARTS {
        let side = match writing {
            WritingMode::Horizontal => horizontal,
            WritingMode::Vertical => vertical,
        };
        css = css.replace(part, side);
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_turn_with_the_lines() {
        let mut css = String::new();
        let logical = "margin-block-start: 1em; padding-inline-start: 2em";
        rule(&mut css, &["a", "b"], logical);
        assert_eq!(
            css,
            ".hltr a, .hltr b { margin-top: 1em; padding-left: 2em; }\n\
             .vrtl a, .vrtl b { margin-right: 1em; padding-top: 2em; }\n"
        );
    }
}
