//! Formulas as MathML, from the tree that is set for the PDF.
//!
//! It is the presentation markup of MathML 3, which EPUB takes, as far as MathML Core goes,
//! which is what browsers draw. Where Core has less, elements and attributes of MathML 3
//! stay (`menclose`, `columnalign`), and the style sheet of the book has renderers draw
//! them. The space between signs is that of TeX, and is written where a renderer would not
//! give it of itself.

mod accents;
mod boxes;
mod element;
mod letters;
mod operators;
mod row;
mod scripts;
mod tables;
mod words;

use ratex_parser::ParseNode;
use ratex_parser::parse_node::{Measurement, StyleStr};

pub use element::{Content, Element};
use letters::Alphabet;
use row::row;
use words::Look;

/// Makes MathML of a formula: the element `math`, with the TeX as alternative text.
///
/// # Errors
/// Fails, with the reason, where the TeX is not understood.
///
/// ```
/// let math = seihon::math::mathml(r"\alpha = 1", false).expect("it is TeX");
/// assert_eq!((math.name, &*math.characters()), ("math", "α=1"));
/// assert!(seihon::math::mathml(r"\nosuchthing", false).is_err());
/// ```
pub fn mathml(tex: &str, display: bool) -> Result<Element, String> {
    let tex = tex.trim();
    let nodes = super::parse(tex)?;
    let style = if display { Style::Display } else { Style::Text };
    let elements = row(&nodes, Scope { style, ..Scope::default() });
    let mut math = Element::group("math", elements)
        .with("xmlns", "http://www.w3.org/1998/Math/MathML")
        .with("alttext", tex);
    if display {
        math = math.with("display", "block");
    }
    math.settle();
    Ok(math)
}

/// What a part of a formula is set in.
#[derive(Clone, Copy, Debug)]
struct Scope {
    /// The style of TeX.
    style: Style,
    /// The size that a command asks for, in hundredths of that of the formula.
    size: u16,
    /// The alphabet of its letters.
    alphabet: Option<Alphabet>,
    /// How its words look; `None` outside of words.
    look: Option<Look>,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            style: Style::Display,
            size: 100,
            alphabet: None,
            look: None,
        }
    }
}

/// A style of TeX.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Display,
    Text,
    Script,
    ScriptScript,
}

impl Style {
    fn of(style: StyleStr) -> Self {
        match style {
            StyleStr::Display => Self::Display,
            StyleStr::Text => Self::Text,
            StyleStr::Script => Self::Script,
            StyleStr::Scriptscript => Self::ScriptScript,
        }
    }

    /// What MathML has for it.
    fn level(self) -> Level {
        let script = match self {
            Self::Display | Self::Text => 0,
            Self::Script => 1,
            Self::ScriptScript => 2,
        };
        Level { display: self == Self::Display, script }
    }

    /// The style of scripts.
    fn script(self) -> Self {
        match self {
            Self::Display | Self::Text => Self::Script,
            Self::Script | Self::ScriptScript => Self::ScriptScript,
        }
    }

    /// The style above and below the line of a fraction.
    fn fraction(self) -> Self {
        match self {
            Self::Display => Self::Text,
            Self::Text => Self::Script,
            Self::Script | Self::ScriptScript => Self::ScriptScript,
        }
    }
}

/// What MathML has for a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Level {
    /// Whether signs are large and have their limits above and below them.
    display: bool,
    /// How often the size has been reduced.
    script: u8,
}

impl Scope {
    fn style(self, style: Style) -> Self {
        Self { style, ..self }
    }

    /// Nodes in the style of this scope where a renderer would set them in another.
    fn set(self, nodes: &[ParseNode], given: Level) -> Element {
        self.level(row(nodes, self), given)
    }

    /// A node in the style of this scope where a renderer would set it in another.
    fn set_one(self, node: &ParseNode, given: Level) -> Element {
        self.set(std::slice::from_ref(node), given)
    }

    /// Nodes as scripts are set.
    fn scripts(self, nodes: &[ParseNode]) -> Element {
        let given = Level {
            display: false,
            script: self.style.level().script + 1,
        };
        self.style(self.style.script()).set(nodes, given)
    }

    /// A node as scripts are set.
    fn script(self, node: &ParseNode) -> Element {
        self.scripts(std::slice::from_ref(node))
    }

    /// Nodes in the style that they stand in.
    fn inside(self, nodes: &[ParseNode]) -> Element {
        self.set(nodes, self.style.level())
    }

    /// A node in the style that it stands in.
    fn inside_one(self, node: &ParseNode) -> Element {
        self.set_one(node, self.style.level())
    }

    /// Elements of the style of this scope where a renderer would set them in another.
    fn level(self, elements: Vec<Element>, given: Level) -> Element {
        let wanted = self.style.level();
        if wanted == given {
            return Element::row(elements);
        }
        let mut group = Element::group("mstyle", elements);
        if wanted.display != given.display {
            group = group.with("displaystyle", wanted.display.to_string());
        }
        if wanted.script != given.script {
            group = group.with("scriptlevel", wanted.script.to_string());
        }
        group
    }
}

/// The element of a node; `None` for one that shows nothing.
fn element(node: &ParseNode, scope: Scope) -> Option<Element> {
    Some(match node {
        ParseNode::Atom { .. }
        | ParseNode::MathOrd { .. }
        | ParseNode::TextOrd { .. }
        | ParseNode::OpToken { .. }
        | ParseNode::AccentToken { .. }
        | ParseNode::SpacingNode { .. } => words::symbol(node, scope)?,
        ParseNode::OrdGroup { body, .. } => scope.inside(body),
        ParseNode::SupSub { base, sup, sub, .. } => {
            scripts::scripts(base.as_deref(), sup.as_deref(), sub.as_deref(), scope)
        }
        ParseNode::GenFrac { .. } => boxes::fraction(node, scope),
        ParseNode::Sqrt { body, index, .. } => boxes::root(body, index.as_deref(), scope),
        ParseNode::Accent { label, base, .. } => accents::over(label, base, scope),
        ParseNode::AccentUnder { label, base, .. } => accents::under(label, base, scope),
        ParseNode::HorizBrace { label, base, .. } => accents::brace(label, base, scope),
        ParseNode::XArrow { label, body, below, .. } => {
            accents::arrow(label, body, below.as_deref(), scope)
        }
        ParseNode::Op { .. } => scripts::large(node, scope),
        ParseNode::OperatorName { body, .. } => scripts::name(body, scope),
        ParseNode::Font { font, body, .. } => {
            let alphabet = Alphabet::of(font);
            let look = scope.look.map(|look| look.with(font));
            Scope { alphabet, look, ..scope }.inside_one(body)
        }
        ParseNode::Text { body, font, .. } => words::words(body, font.as_deref(), scope),
        ParseNode::HBox { body, .. } => words::words(body, None, scope),
        ParseNode::Verb { body, star, .. } => words::verbatim(body, *star),
        ParseNode::Color { color, body, .. } => boxes::colored(color, body, scope),
        ParseNode::Styling { style, body, .. } => {
            let given = scope.style.level();
            words::leave(scope, body).style(Style::of(*style)).set(body, given)
        }
        ParseNode::Sizing { size, body, .. } => boxes::sized(*size, body, scope),
        ParseNode::DelimSizing { size, delim, .. } => boxes::sized_bracket(*size, delim)?,
        ParseNode::LeftRight { body, left, right, .. } => {
            boxes::brackets(left, body, right, scope)
        }
        ParseNode::Middle { delim, .. } => boxes::bracket(delim)?,
        ParseNode::Overline { body, .. } => boxes::enclosed("top", body, scope),
        ParseNode::Underline { body, .. } => boxes::enclosed("bottom", body, scope),
        ParseNode::Enclose { .. } => boxes::enclosure(node, scope),
        ParseNode::Rule { width, height, shift, .. } => {
            boxes::rule(width, height, shift.as_ref())
        }
        ParseNode::Kern { dimension, .. } => Element::space(ems(dimension)),
        ParseNode::Phantom { body, .. } => Element::group("mphantom", row(body, scope)),
        ParseNode::VPhantom { body, .. } => {
            let hidden = Element::group("mphantom", vec![scope.inside_one(body)]);
            Element::group("mpadded", vec![hidden]).with("width", "0")
        }
        ParseNode::Smash { body, smash_height, smash_depth, .. } => {
            boxes::smashed(body, (*smash_height, *smash_depth), scope)
        }
        ParseNode::Lap { alignment, body, .. } => boxes::lapped(alignment, body, scope),
        ParseNode::RaiseBox { dy, body, .. } => boxes::raised(dy, body, scope),
        ParseNode::VCenter { body, .. } => boxes::centered(body, scope),
        ParseNode::MClass { mclass, body, .. } => boxes::classed(mclass, body, scope),
        ParseNode::Pmb { body, .. } => {
            let alphabet = Some(Alphabet::BoldItalic);
            Scope { alphabet, ..scope }.inside(body)
        }
        ParseNode::MathChoice { display, text, script, scriptscript, .. } => scope
            .inside(match scope.style {
                Style::Display => display,
                Style::Text => text,
                Style::Script => script,
                Style::ScriptScript => scriptscript,
            }),
        ParseNode::Href { href, body, .. } => boxes::link(href, body, scope),
        ParseNode::Html { attributes, body, .. } => {
            boxes::html(attributes.get("style").map(String::as_str), body, scope)
        }
        ParseNode::HtmlMathMl { mathml, .. } => scope.inside(mathml),
        ParseNode::Tag { tag, .. } => boxes::tag(tag, scope),
        ParseNode::Array { .. } => tables::array(node, scope),
        ParseNode::CdArrow { direction, label_above, label_below, .. } => {
            let labels = (label_above.as_deref(), label_below.as_deref());
            tables::diagram_arrow(direction, labels, scope)
        }
        ParseNode::ProofTree { tree, .. } => tables::proof(tree, scope),
        ParseNode::IncludeGraphics { alt, .. } => Element::token("mtext", alt.clone()),
        ParseNode::CdLabel { label: body, .. }
        | ParseNode::CdLabelParent { fragment: body, .. } => scope.inside_one(body),
        // Breaks are seen by the row; the others end within the parser.
        ParseNode::Cr { .. }
        | ParseNode::NoNumber { .. }
        | ParseNode::Internal { .. }
        | ParseNode::Environment { .. }
        | ParseNode::Infix { .. }
        | ParseNode::LeftRightRight { .. }
        | ParseNode::ColorToken { .. }
        | ParseNode::Size { .. }
        | ParseNode::Url { .. }
        | ParseNode::Raw { .. } => return None,
    })
}

/// A measure in ems of formulas, which are of 10 points.
fn ems(measure: &Measurement) -> f64 {
    /// In points of TeX.
    const UNITS: &[(&str, f64)] = &[
        ("em", 10.0),
        ("ex", 4.31),
        ("mu", 10.0 / 18.0),
        ("pt", 1.0),
        ("mm", 7227.0 / 2540.0),
        ("cm", 7227.0 / 254.0),
        ("in", 72.27),
        ("bp", 803.0 / 800.0),
        ("pc", 12.0),
        ("dd", 1238.0 / 1157.0),
        ("cc", 14856.0 / 1157.0),
        ("nd", 685.0 / 642.0),
        ("nc", 1370.0 / 107.0),
        ("sp", 1.0 / 65536.0),
        ("px", 803.0 / 800.0),
    ];
    let unit = UNITS.iter().find(|(name, _)| *name == measure.unit);
    measure.number * unit.map_or(1.0, |(_, points)| points / 10.0)
}
