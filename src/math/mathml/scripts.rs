//! Scripts, limits, and the signs and names that have them.

use ratex_parser::ParseNode;

use super::element::{Content, Element};
use super::letters::{self, Alphabet};
use super::row::row;
use super::{Scope, Style, element};

/// Primes in one sign, as often as they stand.
const PRIMES: [&str; 4] = ["′", "″", "‴", "⁗"];

/// Something with scripts beside it, or above and below it.
pub(super) fn scripts(
    base: Option<&ParseNode>,
    sup: Option<&ParseNode>,
    sub: Option<&ParseNode>,
    scope: Scope,
) -> Element {
    let has_limits = base.is_some_and(|base| has_limits(base, scope));
    let element = base.and_then(|base| element(base, scope));
    let mut element = element.unwrap_or_else(|| Element::row(Vec::new()));
    if has_limits
        && scope.style != Style::Display
        && let Some(operator) = element.core()
    {
        operator.fixed_limits = true;
    }
    let sub = sub.map(|sub| scope.script(sub));
    let sup = sup.map(|sup| superscript(sup, scope));
    let name = match (has_limits, sub.is_some(), sup.is_some()) {
        (_, false, false) => return element,
        (false, true, false) => "msub",
        (false, false, true) => "msup",
        (false, true, true) => "msubsup",
        (true, true, false) => "munder",
        (true, false, true) => "mover",
        (true, true, true) => "munderover",
    };
    Element::group(name, [Some(element), sub, sup].into_iter().flatten().collect())
}

/// Whether scripts stand above and below their base.
fn has_limits(base: &ParseNode, scope: Scope) -> bool {
    let is_display = scope.style == Style::Display;
    match base {
        ParseNode::Op { limits, always_handle_sup_sub, .. } => {
            *limits && (is_display || always_handle_sup_sub.unwrap_or(false))
        }
        ParseNode::OperatorName { limits, always_handle_sup_sub, .. } => {
            *always_handle_sup_sub && (is_display || *limits)
        }
        ParseNode::HorizBrace { .. } => true,
        _ => false,
    }
}

/// A superscript, in which primes are one sign.
fn superscript(node: &ParseNode, scope: Scope) -> Element {
    let is_prime = |node: &&ParseNode| matches!(node, ParseNode::TextOrd { text, .. } if text == "\\prime");
    let ParseNode::OrdGroup { body, .. } = node else { return scope.script(node) };
    let count = body.iter().take_while(is_prime).count();
    if count == 0 {
        return scope.script(node);
    }
    let text = match PRIMES.get(count - 1) {
        Some(primes) => (*primes).to_owned(),
        None => PRIMES[0].repeat(count),
    };
    let mut elements = vec![Element::operator(text)];
    if count < body.len() {
        elements.push(scope.scripts(&body[count..]));
    }
    Element::row(elements)
}

/// A large sign, a name of a function, or what a command makes one of.
pub(super) fn large(node: &ParseNode, scope: Scope) -> Element {
    let ParseNode::Op { mode, name, symbol, body, .. } = node else {
        return Element::row(Vec::new());
    };
    match (name.as_deref(), body) {
        (Some(name), _) if *symbol => {
            let is_small = name == "\\smallint";
            let text = letters::character(name, *mode);
            letters::large_operator(&text, scope.alphabet, is_small)
        }
        (Some(name), _) => Element::token("mi", name.trim_start_matches('\\')),
        (None, Some(body)) => one_sign(row(body, scope)),
        (None, None) => Element::row(Vec::new()),
    }
}

/// Signs side by side as one, as `:` and `=`; other elements as a row.
fn one_sign(elements: Vec<Element>) -> Element {
    let is_sign = |element: &Element| {
        let mut chars = element.text().unwrap_or_default().chars();
        let is_bare = element.is_plain() && element.attributes.is_empty();
        is_bare && chars.next().is_some_and(|ch| !ch.is_alphanumeric())
    };
    if !elements.is_empty() && elements.iter().all(is_sign) {
        let text: String = elements.iter().map(Element::characters).collect();
        return Element::operator(text);
    }
    Element::row(elements)
}

/// The name of a function that a book gives.
pub(super) fn name(body: &[ParseNode], scope: Scope) -> Element {
    let scope = Scope { alphabet: Some(Alphabet::Upright), ..scope };
    let letter = |node: &ParseNode| match node {
        ParseNode::MathOrd { text, mode, .. }
        | ParseNode::TextOrd { text, mode, .. }
        | ParseNode::Atom { text, mode, .. } => Some(letters::character(text, *mode)),
        _ => None,
    };
    let Some(text) = body.iter().map(letter).collect::<Option<String>>() else {
        return scope.inside(body);
    };
    // A hyphen and a star in a name are no signs of operation.
    let text = text.replace('−', "-").replace('∗', "*");
    let element = Element::token("mi", text);
    match &element.content {
        Content::Text(text) if text.chars().count() == 1 => {
            element.with("mathvariant", "normal")
        }
        Content::Text(_) | Content::Elements(_) => element,
    }
}
