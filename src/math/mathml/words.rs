//! Symbols, and words with what stands between them.

use ratex_parser::ParseNode;
use ratex_parser::parse_node::{AtomFamily, Mode};

use super::element::Element;
use super::row::row;
use super::{Scope, letters, operators};

/// A space that is kept at the start and the end of words.
const SPACE: &str = "\u{A0}";

/// Spaces by their commands, in eighteenths of the em.
const SPACES: &[(&str, f64)] = &[
    ("\\,", 3.0),
    ("\\thinspace", 3.0),
    ("\\:", 4.0),
    ("\\medspace", 4.0),
    ("\\;", 5.0),
    ("\\thickspace", 5.0),
    ("\\!", -3.0),
    ("\\negthinspace", -3.0),
    ("\\negmedspace", -4.0),
    ("\\negthickspace", -5.0),
    ("\\enspace", 9.0),
    ("\\quad", 18.0),
    ("\\qquad", 36.0),
];

/// How words look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    is_bold: bool,
    is_italic: bool,
    /// The family, where it is not that of formulas.
    family: Option<&'static str>,
}

impl Look {
    /// The look after a command, with or without its backslash.
    pub(super) fn with(self, command: &str) -> Self {
        match command.trim_start_matches('\\') {
            "textnormal" => Self::default(),
            "textbf" | "mathbf" => Self { is_bold: true, ..self },
            "textmd" => Self { is_bold: false, ..self },
            "textit" | "textsl" | "emph" | "mathit" => Self { is_italic: true, ..self },
            "textup" => Self { is_italic: false, ..self },
            "textrm" | "mathrm" => Self { family: None, ..self },
            "textsf" | "mathsf" => Self { family: Some("sans-serif"), ..self },
            "texttt" | "mathtt" => Self { family: Some("monospace"), ..self },
            _ => self,
        }
    }

    /// Characters that look so.
    fn text(self, text: String) -> Element {
        let mut style = Vec::new();
        if self.is_bold {
            style.push("font-weight: bold".to_owned());
        }
        if self.is_italic {
            style.push("font-style: italic".to_owned());
        }
        style.extend(self.family.map(|family| format!("font-family: {family}")));
        let element = Element::token("mtext", text);
        if style.is_empty() { element } else { element.with("style", style.join("; ")) }
    }
}

/// A symbol; `None` for a space that has no width.
pub(super) fn symbol(node: &ParseNode, scope: Scope) -> Option<Element> {
    let text = node.symbol_text()?;
    if let ParseNode::SpacingNode { .. } = node {
        return space(text, scope);
    }
    let chars = letters::character(text, node.mode());
    let is_sign = |ch: char| !ch.is_alphanumeric() && operators::is_known(ch);
    let is_word = node.mode() == Mode::Text && !chars.chars().all(is_sign);
    if let (Some(_), _) | (None, true) = (scope.look, is_word) {
        return Some(scope.look.unwrap_or_default().text(chars));
    }
    Some(match node {
        // An ellipsis stands for what it leaves out.
        ParseNode::Atom { family: AtomFamily::Inner, .. } => Element::token("mi", chars),
        ParseNode::Atom { .. } => letters::operator(chars, scope.alphabet),
        ParseNode::OpToken { .. } => {
            letters::large_operator(&chars, scope.alphabet, false)
        }
        _ => letters::ordinary(&chars, scope.alphabet),
    })
}

fn space(text: &str, scope: Scope) -> Option<Element> {
    if matches!(text, " " | "~" | "\\ " | "\\space" | "\\nobreakspace") {
        return Some(scope.look.unwrap_or_default().text(SPACE.to_owned()));
    }
    let (_, mu) = SPACES.iter().find(|(name, _)| *name == text)?;
    Some(Element::space(mu / 18.0))
}

/// Words.
pub(super) fn words(body: &[ParseNode], font: Option<&str>, scope: Scope) -> Element {
    let look = scope.look.unwrap_or_default().with(font.unwrap_or_default());
    let scope = Scope { look: Some(look), alphabet: None, ..scope };
    let elements = row(body, scope);
    if elements.is_empty() {
        return Element::token("mtext", "");
    }
    Element::row(elements)
}

/// The scope of what stands between words: a formula has left them.
pub(super) fn leave(scope: Scope, body: &[ParseNode]) -> Scope {
    let is_formula = body.iter().any(|node| node.mode() == Mode::Math);
    Scope { look: scope.look.filter(|_| !is_formula), ..scope }
}

/// Characters as they are typed.
pub(super) fn verbatim(body: &str, has_visible_spaces: bool) -> Element {
    let space = if has_visible_spaces { "␣" } else { SPACE };
    Look { family: Some("monospace"), ..Look::default() }.text(body.replace(' ', space))
}

/// A word with a mark, as é.
pub(super) fn marked(base: &ParseNode, mark: char, scope: Scope) -> Element {
    let text = scope.inside_one(base).characters();
    scope.look.unwrap_or_default().text(letters::marked(&text, mark))
}
