//! Fractions, roots and brackets, and boxes that are framed, coloured, moved or not seen.

use ratex_parser::ParseNode;
use ratex_parser::parse_node::Measurement;
use ratex_types::color::Color as RatexColor;

use super::element::{COLOR, Element, Operator, length};
use super::letters::{self, Alphabet};
use super::row::{row, strike};
use super::{Level, Scope, Style, ems};
use ratex_parser::parse_node::Mode;

/// The sizes that commands ask for, in hundredths.
const SIZES: [u16; 11] = [50, 60, 70, 80, 90, 100, 120, 144, 173, 207, 249];

/// The heights of brackets from `\big` on.
const BRACKETS: [&str; 4] = ["1.2em", "1.8em", "2.4em", "3em"];

/// What is drawn around something, by its command, as notations of `menclose`.
const NOTATIONS: &[(&str, &str)] = &[
    ("\\fbox", "box"),
    ("\\fcolorbox", "box"),
    ("\\cancel", "updiagonalstrike"),
    ("\\slashed", "updiagonalstrike"),
    ("\\bcancel", "downdiagonalstrike"),
    ("\\xcancel", "updiagonalstrike downdiagonalstrike"),
    ("\\sout", "horizontalstrike"),
    ("\\phase", "phasorangle"),
    ("\\angl", "actuarial"),
];

/// What a link may lead to: a page or a mailbox. A path would lead out of the book.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// A fraction, or what is stacked and bracketed like one.
pub(super) fn fraction(node: &ParseNode, scope: Scope) -> Element {
    let ParseNode::GenFrac {
        numer,
        denom,
        has_bar_line,
        bar_size,
        left_delim,
        right_delim,
        ..
    } = node
    else {
        return Element::row(Vec::new());
    };
    let Level { display, script } = scope.style.level();
    let given = Level {
        display: false,
        script: script + u8::from(!display),
    };
    let inside = scope.style(scope.style.fraction());
    let parts = [numer, denom].map(|part| inside.set_one(part, given));
    let mut fraction = Element::group("mfrac", parts.into());
    if !has_bar_line {
        fraction = fraction.with("linethickness", "0");
    } else if let Some(size) = bar_size {
        fraction = fraction.with("linethickness", length(ems(size)));
    }
    let delim = |delim: &Option<String>| bracket(delim.as_deref().unwrap_or("."));
    let (left, right) = (delim(left_delim), delim(right_delim));
    Element::row([left, Some(fraction), right].into_iter().flatten().collect())
}

/// A root.
pub(super) fn root(body: &ParseNode, index: Option<&ParseNode>, scope: Scope) -> Element {
    let nodes = std::slice::from_ref(body);
    let Some(index) = index else {
        let inside = match scope.inside(nodes) {
            Element {
                name: "mrow",
                content: super::Content::Elements(inside),
                ..
            } => inside,
            inside => vec![inside],
        };
        return Element::group("msqrt", inside);
    };
    let Level { script, .. } = scope.style.level();
    let given = Level { display: false, script: script + 2 };
    let index = scope.style(Style::ScriptScript).set_one(index, given);
    Element::group("mroot", vec![scope.inside(nodes), index])
}

/// A bracket that grows; `None` for one that is not seen.
pub(super) fn bracket(delim: &str) -> Option<Element> {
    let operator = Operator { stretchy: true, fence: true, ..Operator::default() };
    Some(Element::set_operator(bracket_sign(delim)?, operator))
}

/// A bracket of a size from 1.
pub(super) fn sized_bracket(size: u8, delim: &str) -> Option<Element> {
    let size = BRACKETS.get(usize::from(size).checked_sub(1)?).copied();
    let operator = Operator {
        stretchy: true,
        fence: true,
        size,
        ..Operator::default()
    };
    Some(Element::set_operator(bracket_sign(delim)?, operator))
}

fn bracket_sign(delim: &str) -> Option<String> {
    Some(match delim {
        "" | "." => return None,
        "<" | "\\lt" => "⟨".to_owned(),
        ">" | "\\gt" => "⟩".to_owned(),
        _ => letters::character(delim, Mode::Math),
    })
}

/// Brackets as high as what is between them.
pub(super) fn brackets(
    left: &str,
    body: &[ParseNode],
    right: &str,
    scope: Scope,
) -> Element {
    let inside = row(body, scope);
    let bracket = match inside.iter().all(Element::is_plain) {
        // Some renderers leave room for the largest where a bracket may grow.
        true => |delim| bracket_sign(delim).map(Element::operator),
        false => bracket,
    };
    let parts = bracket(left).into_iter().chain(inside).chain(bracket(right));
    Element::group("mrow", parts.collect())
}

/// Something in another colour.
pub(super) fn colored(color: &str, body: &[ParseNode], scope: Scope) -> Element {
    let group = Element::group("mstyle", row(body, scope));
    match hex(color) {
        Some(color) => group.with(COLOR, color),
        None => group,
    }
}

/// A colour as MathML takes it; `None` where it is none.
pub(super) fn hex(color: &str) -> Option<String> {
    let color = RatexColor::parse(color).filter(|color| color.a > 0.0)?;
    let [red, green, blue] = [color.r, color.g, color.b]
        .map(|share| (share.clamp(0.0, 1.0) * 255.0).round() as u8);
    Some(format!("#{red:02x}{green:02x}{blue:02x}"))
}

/// Something in a size from 1.
pub(super) fn sized(size: u8, body: &[ParseNode], scope: Scope) -> Element {
    let size = SIZES.get(usize::from(size).saturating_sub(1)).copied().unwrap_or(100);
    let style = match scope.style {
        Style::Display => Style::Display,
        Style::Text | Style::Script | Style::ScriptScript => Style::Text,
    };
    let inside = Scope { size, style, ..scope };
    let mut elements = row(body, inside);
    if size != scope.size {
        let percent = u32::from(size) * 100 / u32::from(scope.size);
        let group = Element::group("mstyle", elements);
        elements = vec![group.with("mathsize", format!("{percent}%"))];
    }
    inside.level(elements, scope.style.level())
}

/// Something with a notation of `menclose`.
pub(super) fn enclosed(notation: &str, body: &ParseNode, scope: Scope) -> Element {
    let inside = row(std::slice::from_ref(body), scope);
    Element::group("menclose", inside).with("notation", notation)
}

/// Crosses an element out.
pub(super) fn cross_out(element: &mut Element) {
    let crossed = std::mem::replace(element, Element::row(Vec::new()));
    *element =
        Element::group("menclose", vec![crossed]).with("notation", "updiagonalstrike");
}

/// Something in a frame, on a ground, or crossed out.
pub(super) fn enclosure(node: &ParseNode, scope: Scope) -> Element {
    let ParseNode::Enclose { label, background_color, border_color, body, .. } = node
    else {
        return Element::row(Vec::new());
    };
    if label == "\\centernot" {
        let mut element = scope.inside_one(body);
        strike(&mut element);
        return element;
    }
    let ground = background_color.as_deref().and_then(hex);
    let notation = NOTATIONS.iter().find(|(name, _)| name == label);
    let mut element = match notation {
        Some((_, notation)) => enclosed(notation, body, scope),
        None => {
            Element::group("mrow", vec![scope.inside_one(body)]).with("class", "ground")
        }
    };
    if let Some(border) = border_color.as_deref().and_then(hex) {
        // The frame has the colour of the element, and what is in it that of the text.
        for child in element.children_mut() {
            let inside = std::mem::replace(child, Element::row(Vec::new()));
            *child = Element::group("mstyle", vec![inside]).with(COLOR, "#000000");
        }
        element = element.with(COLOR, border);
    }
    match ground {
        Some(ground) => element.with("mathbackground", ground),
        None => element,
    }
}

/// A filled box; one that has no area keeps its room.
pub(super) fn rule(
    width: &Measurement,
    height: &Measurement,
    shift: Option<&Measurement>,
) -> Element {
    let (width, height) = (ems(width), ems(height));
    let shift = shift.map_or(0.0, ems);
    let mut rule = Element::group("mspace", Vec::new())
        .with("width", length(width))
        .with("height", length(height));
    if width > 0.0 && height > 0.0 {
        rule = rule.with("style", "background: currentColor");
    }
    if shift == 0.0 {
        return rule;
    }
    Element::group("mpadded", vec![rule])
        .with("height", length((height + shift).max(0.0)))
        .with("depth", length((-shift).max(0.0)))
        .with("voffset", length(shift))
}

/// Something that takes no room above the baseline, below it, or both.
pub(super) fn smashed(
    body: &ParseNode,
    (height, depth): (bool, bool),
    scope: Scope,
) -> Element {
    let mut group = Element::group("mpadded", vec![scope.inside_one(body)]);
    if height {
        group = group.with("height", "0");
    }
    if depth {
        group = group.with("depth", "0");
    }
    group
}

/// Something that takes no room along the line, and stands to the left or the right of
/// its place, or across it.
pub(super) fn lapped(alignment: &str, body: &ParseNode, scope: Scope) -> Element {
    let inside = Element::group("mrow", vec![scope.inside_one(body)]);
    let group = Element::group("mpadded", vec![inside]).with("width", "0");
    match alignment {
        "llap" => group.with("class", "llap"),
        "clap" => group.with("class", "clap"),
        _ => group,
    }
}

/// Something above or below its place.
pub(super) fn raised(by: &Measurement, body: &ParseNode, scope: Scope) -> Element {
    Element::group("mpadded", vec![scope.inside_one(body)])
        .with("voffset", length(ems(by)))
}

/// Something with its middle on the axis, where tables have it.
pub(super) fn centered(body: &ParseNode, scope: Scope) -> Element {
    let Level { script, .. } = scope.style.level();
    let given = Level { display: false, script };
    let cell = Element::group("mtd", vec![scope.set_one(body, given)]);
    let line = Element::group("mtr", vec![cell]);
    Element::group("mtable", vec![line]).with("class", "close")
}

/// Something that counts as a sign of a class.
pub(super) fn classed(class: &str, body: &[ParseNode], scope: Scope) -> Element {
    let element = scope.inside(body);
    let is_sign = matches!(class, "mbin" | "mrel" | "mopen" | "mclose" | "mpunct");
    let is_token = matches!(element.name, "mi" | "mn" | "mtext");
    match element.text() {
        // Words as signs, as mod; a letter stays what it is.
        Some(text) if is_sign && is_token && !is_letter(text) => Element::operator(text),
        _ => element,
    }
}

fn is_letter(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphanumeric) && chars.next().is_none()
}

/// Something that leads to a page.
pub(super) fn link(href: &str, body: &[ParseNode], scope: Scope) -> Element {
    let group = Element::group("mrow", row(body, scope));
    if SCHEMES.iter().any(|scheme| href.starts_with(scheme)) {
        return group.with("href", href);
    }
    group
}

/// Something in a style of CSS: its colours, its size, its weight and its slant.
pub(super) fn html(style: Option<&str>, body: &[ParseNode], scope: Scope) -> Element {
    let mut attributes = Vec::new();
    let (mut bold, mut italic) = (false, false);
    for declaration in style.unwrap_or_default().split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let value = value.trim();
        match property.trim() {
            "color" => attributes.extend(hex(value).map(|it| (COLOR, it))),
            "background" | "background-color" => {
                attributes.extend(hex(value).map(|it| ("mathbackground", it)));
            }
            "font-size" if is_size(value) => {
                attributes.push(("mathsize", value.to_owned()));
            }
            "font-weight" => bold = value.starts_with("bold") || value >= "600",
            "font-style" => italic = matches!(value, "italic" | "oblique"),
            _ => {}
        }
    }
    let alphabet = match (bold, italic) {
        (true, true) => Some(Alphabet::BoldItalic),
        (true, false) => Some(Alphabet::Bold),
        (false, true) => Some(Alphabet::Italic),
        (false, false) => scope.alphabet,
    };
    let mut group = Element::group("mstyle", row(body, Scope { alphabet, ..scope }));
    group.attributes = attributes;
    group
}

/// Whether a value is a size that MathML takes too.
fn is_size(value: &str) -> bool {
    let units = ["em", "px", "pt", "%"];
    let number = units.iter().find_map(|unit| value.strip_suffix(unit));
    number.is_some_and(|number| number.parse::<f64>().is_ok_and(|it| it > 0.0))
}

/// The number of a formula.
pub(super) fn tag(tag: &[ParseNode], scope: Scope) -> Element {
    let elements = row(tag, scope.style(Style::Text));
    if elements.iter().all(|element| element.text().is_some()) {
        let words: String = elements.iter().map(Element::characters).collect();
        return Element::token("mtext", words);
    }
    Element::row(elements)
}
