//! What stands over and under something and grows with it: accents, arrows and braces.

use ratex_parser::ParseNode;

use super::element::{Element, Operator};
use super::{Scope, words};

/// Accents of words, as marks that join the letter before them.
const MARKS: &[(&str, char)] = &[
    ("\\`", '\u{300}'),
    ("\\'", '\u{301}'),
    ("\\^", '\u{302}'),
    ("\\~", '\u{303}'),
    ("\\=", '\u{304}'),
    ("\\u", '\u{306}'),
    ("\\.", '\u{307}'),
    ("\\\"", '\u{308}'),
    ("\\r", '\u{30A}'),
    ("\\H", '\u{30B}'),
    ("\\v", '\u{30C}'),
    ("\\c", '\u{327}'),
    ("\\textcircled", '\u{20DD}'),
];

/// Accents that keep their size.
const ACCENTS: &[(&str, &str)] = &[
    ("\\acute", "´"),
    ("\\grave", "`"),
    ("\\ddot", "¨"),
    ("\\dddot", "\u{20DB}"),
    ("\\ddddot", "\u{20DC}"),
    ("\\tilde", "~"),
    ("\\bar", "¯"),
    ("\\breve", "˘"),
    ("\\check", "ˇ"),
    ("\\hat", "^"),
    ("\\vec", "→"),
    ("\\dot", "˙"),
    ("\\mathring", "˚"),
];

/// Signs that grow, by their commands: over something, under it, and as arrows with
/// something over and under them.
const STRETCHED: &[(&str, &str)] = &[
    ("\\widecheck", "ˇ"),
    ("\\widehat", "^"),
    ("\\widetilde", "~"),
    ("\\utilde", "~"),
    ("\\overrightarrow", "→"),
    ("\\underrightarrow", "→"),
    ("\\overleftarrow", "←"),
    ("\\underleftarrow", "←"),
    ("\\Overrightarrow", "⇒"),
    ("\\overleftrightarrow", "↔"),
    ("\\underleftrightarrow", "↔"),
    ("\\overgroup", "⏠"),
    ("\\undergroup", "⏡"),
    ("\\overleftharpoon", "↼"),
    ("\\overrightharpoon", "⇀"),
    ("\\overbrace", "⏞"),
    ("\\underbrace", "⏟"),
    ("\\overbracket", "⎴"),
    ("\\underbracket", "⎵"),
    ("\\xleftarrow", "←"),
    ("\\xrightarrow", "→"),
    ("\\xLeftarrow", "⇐"),
    ("\\xRightarrow", "⇒"),
    ("\\xleftrightarrow", "↔"),
    ("\\xLeftrightarrow", "⇔"),
    ("\\xhookleftarrow", "↩"),
    ("\\xhookrightarrow", "↪"),
    ("\\xmapsto", "↦"),
    ("\\xrightharpoondown", "⇁"),
    ("\\xrightharpoonup", "⇀"),
    ("\\xleftharpoondown", "↽"),
    ("\\xleftharpoonup", "↼"),
    ("\\xrightleftharpoons", "⇌"),
    ("\\xleftrightharpoons", "⇋"),
    ("\\xrightequilibrium", "⇌"),
    ("\\xleftequilibrium", "⇋"),
    ("\\xrightleftarrows", "⇄"),
    ("\\xtofrom", "⇄"),
    ("\\xtwoheadrightarrow", "↠"),
    ("\\xtwoheadleftarrow", "↞"),
    ("\\xlongequal", "="),
];

/// How far an arrow goes beyond what is over it, and how long it is with nothing, in the
/// ems of that.
const BEYOND: f64 = 0.6;
const BARE: f64 = 2.0;

fn find<T: Copy>(table: &[(&str, T)], label: &str) -> Option<T> {
    table.iter().find(|(name, _)| *name == label).map(|&(_, sign)| sign)
}

/// A sign that grows along the line.
pub(super) fn stretched(sign: &str) -> Element {
    Element::set_operator(sign, Operator { stretchy: true, ..Operator::default() })
}

/// Something with an accent over it.
pub(super) fn over(label: &str, base: &ParseNode, scope: Scope) -> Element {
    if let Some(mark) = find(MARKS, label) {
        return circled(label, base, scope)
            .unwrap_or_else(|| words::marked(base, mark, scope));
    }
    if label == "\\overlinesegment" {
        return super::boxes::enclosed("top", base, scope);
    }
    let sign = match find(ACCENTS, label) {
        // The arrow of a vector is shorter than that of a relation.
        Some("→") => Element::operator("→").with("mathsize", "70%"),
        Some(sign) => Element::operator(sign),
        None => stretched(find(STRETCHED, label).unwrap_or(label)),
    };
    let base = scope.inside_one(base);
    Element::group("mover", vec![base, sign]).with("accent", "true")
}

/// Signs with a circle that are characters of their own.
fn circled(label: &str, base: &ParseNode, scope: Scope) -> Option<Element> {
    if label != "\\textcircled" {
        return None;
    }
    let sign = match &*scope.inside_one(base).characters() {
        "c" => "©",
        "R" => "®",
        _ => return None,
    };
    Some(Element::token("mtext", sign))
}

/// Something with an accent under it.
pub(super) fn under(label: &str, base: &ParseNode, scope: Scope) -> Element {
    if label == "\\underlinesegment" {
        return super::boxes::enclosed("bottom", base, scope);
    }
    let sign = stretched(find(STRETCHED, label).unwrap_or(label));
    let base = scope.inside_one(base);
    Element::group("munder", vec![base, sign]).with("accentunder", "true")
}

/// Something with a brace over or under it.
pub(super) fn brace(label: &str, base: &ParseNode, scope: Scope) -> Element {
    if label.starts_with("\\under") {
        return under(label, base, scope);
    }
    over(label, base, scope)
}

/// An arrow with something over it, and under it.
pub(super) fn arrow(
    label: &str,
    above: &ParseNode,
    below: Option<&ParseNode>,
    scope: Scope,
) -> Element {
    let arrow = stretched(find(STRETCHED, label).unwrap_or(label));
    let above = padded(scope.script(above));
    let below = below.map(|below| padded(scope.script(below)));
    match below {
        None => Element::group("mover", vec![arrow, above]),
        Some(below) => Element::group("munderover", vec![arrow, below, above]),
    }
}

/// What stands at an arrow, with room for what of it is longer.
fn padded(label: Element) -> Element {
    if label.characters().is_empty() {
        return Element::space(BARE);
    }
    let room = || Element::space(BEYOND);
    Element::group("mrow", vec![room(), label, room()])
}
