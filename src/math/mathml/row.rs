//! What stands side by side: the space of TeX between signs, numbers and words in one
//! piece, functions and what they are applied to.

use ratex_layout::spacing::{MathClass, atom_spacing};
use ratex_parser::ParseNode;
use ratex_parser::parse_node::AtomFamily;

use super::element::{COLOR, Content, Element, End, Operator};
use super::letters::Alphabet;
use super::{Scope, Style, boxes, element, letters, tables};

/// The sign between a function and what it is applied to.
const APPLIED: &str = "\u{2061}";
/// The stroke through a sign.
const STROKE: char = '\u{338}';

/// Sets nodes side by side, or on lines where they are broken.
pub(super) fn row(nodes: &[ParseNode], scope: Scope) -> Vec<Element> {
    let is_break = |node: &ParseNode| matches!(node, ParseNode::Cr { .. });
    if nodes.iter().any(is_break) {
        let lines = nodes.split(is_break).map(|line| line_of(line, scope));
        return vec![tables::lines(lines.collect(), scope)];
    }
    line_of(nodes, scope)
}

fn line_of(nodes: &[ParseNode], scope: Scope) -> Vec<Element> {
    let mut pieces = Vec::new();
    collect(nodes, scope, None, &mut pieces);
    if scope.look.is_some() {
        return pieces.into_iter().map(|piece| piece.element).collect();
    }
    cancel(&mut pieces);
    spaced(pieces, scope.style)
}

/// Collects what stands in a row, which a colour does not part.
fn collect(
    nodes: &[ParseNode],
    scope: Scope,
    color: Option<&str>,
    pieces: &mut Vec<Piece>,
) {
    for (index, node) in nodes.iter().enumerate() {
        if let ParseNode::Color { color: own, body, .. } = node {
            let own = boxes::hex(own);
            collect(body, scope, own.as_deref().or(color), pieces);
        } else if let Some(mut element) = element(node, scope) {
            if let Some(color) = color
                && element.color().is_none()
            {
                element = element.with(COLOR, color);
            }
            let piece = Piece::new(node, element, scope);
            add(pieces, piece, nodes.get(index + 1));
        }
    }
}

/// An element in a row.
struct Piece {
    element: Element,
    kind: Kind,
    /// Whether it is a letter of a word.
    is_letter: bool,
}

/// What something is to its neighbours.
#[derive(Clone, Copy)]
struct Kind {
    /// To what stands before it, and to what stands after it; `None` for space.
    classes: Option<(MathClass, MathClass)>,
    /// Whether it is the name of a function.
    is_function: bool,
    /// Whether it is a bracket in the middle, which has no space beside it.
    is_middle: bool,
}

impl Piece {
    fn new(node: &ParseNode, element: Element, scope: Scope) -> Self {
        let is_word = scope.alphabet.is_some_and(Alphabet::has_words);
        let is_symbol =
            matches!(node, ParseNode::MathOrd { .. } | ParseNode::TextOrd { .. });
        let kind = Kind {
            classes: classes(node),
            is_function: is_function(node),
            is_middle: matches!(node, ParseNode::Middle { .. }),
        };
        Self {
            is_letter: is_word && is_symbol && element.name == "mi",
            kind,
            element,
        }
    }
}

/// What a node is to what stands before it, and to what stands after it; `None` for space.
fn classes(node: &ParseNode) -> Option<(MathClass, MathClass)> {
    let class = match node {
        ParseNode::SpacingNode { .. }
        | ParseNode::Kern { .. }
        | ParseNode::Lap { .. }
        | ParseNode::Internal { .. } => return None,
        ParseNode::Atom { family, .. } => match family {
            AtomFamily::Bin => MathClass::Bin,
            AtomFamily::Rel => MathClass::Rel,
            AtomFamily::Open => MathClass::Open,
            AtomFamily::Close => MathClass::Close,
            AtomFamily::Punct => MathClass::Punct,
            AtomFamily::Inner => MathClass::Inner,
        },
        ParseNode::OpToken { .. }
        | ParseNode::Op { .. }
        | ParseNode::OperatorName { .. } => MathClass::Op,
        ParseNode::GenFrac { left_delim: None, right_delim: None, .. }
        | ParseNode::LeftRight { .. } => MathClass::Inner,
        ParseNode::XArrow { .. } | ParseNode::CdArrow { .. } => MathClass::Rel,
        ParseNode::Enclose { label, .. } if label == "\\centernot" => MathClass::Rel,
        ParseNode::MClass { mclass, .. } | ParseNode::DelimSizing { mclass, .. } => {
            class_of(mclass)
        }
        ParseNode::SupSub { base: Some(base), .. } => return classes(base),
        ParseNode::Html { body, .. }
        | ParseNode::HtmlMathMl { html: body, .. }
        | ParseNode::Color { body, .. }
        | ParseNode::Styling { body, .. }
        | ParseNode::Sizing { body, .. } => return end_classes(body),
        _ => MathClass::Ord,
    };
    Some((class, class))
}

/// The classes of the first and the last of some nodes that are seen through what is around
/// them.
fn end_classes(body: &[ParseNode]) -> Option<(MathClass, MathClass)> {
    let (first, _) = body.iter().find_map(classes)?;
    let (_, last) = body.iter().rev().find_map(classes)?;
    // At an end of several, a sign of operation joins nothing.
    let joins = |class| if class == MathClass::Bin { MathClass::Ord } else { class };
    match body {
        [_] => Some((first, last)),
        _ => Some((joins(first), joins(last))),
    }
}

fn class_of(name: &str) -> MathClass {
    match name {
        "mop" => MathClass::Op,
        "mbin" => MathClass::Bin,
        "mrel" => MathClass::Rel,
        "mopen" => MathClass::Open,
        "mclose" => MathClass::Close,
        "mpunct" => MathClass::Punct,
        "minner" => MathClass::Inner,
        _ => MathClass::Ord,
    }
}

/// Whether a node is the name of a function, as sin.
fn is_function(node: &ParseNode) -> bool {
    match node {
        ParseNode::Op { symbol: false, name: Some(_), .. }
        | ParseNode::OperatorName { .. } => true,
        ParseNode::Op { symbol: false, body: Some(body), .. }
        | ParseNode::MClass { body, .. } => match &body[..] {
            [ParseNode::Font { .. } | ParseNode::Text { .. }] => {
                matches!(node, ParseNode::Op { .. })
            }
            [one] => is_function(one),
            _ => false,
        },
        ParseNode::SupSub { base: Some(base), .. } => is_function(base),
        _ => false,
    }
}

/// Adds a piece to those before it. What is one number, one word or one sign with a stroke
/// through it becomes one element.
fn add(pieces: &mut Vec<Piece>, mut piece: Piece, next: Option<&ParseNode>) {
    let is_point = piece.element.text() == Some(".") && next.is_some_and(is_digit);
    if is_point {
        piece.element = Element::token("mn", ".");
    }
    let Some(last) = pieces.last_mut() else { return pieces.push(piece) };
    let (before, after) = (&mut last.element, &mut piece.element);
    if before.text().is_some_and(|text| text.chars().eq([STROKE])) {
        strike(after);
        pieces.pop();
        return pieces.push(piece);
    }
    let is_comma = before.name == "mn"
        && after.text() == Some(",")
        && piece.kind.classes == Some((MathClass::Ord, MathClass::Ord))
        && next.is_some_and(is_digit);
    let are_letters = last.is_letter && piece.is_letter;
    let are_words = (before.name, after.name) == ("mtext", "mtext")
        && before.attributes == after.attributes;
    let are_digits = after.name == "mn" && same_digits(before, after);
    let are_one = is_comma || are_letters || are_digits || are_words;
    if are_one && before.color() == after.color() {
        if are_letters {
            // Several are upright without it.
            before.attributes.retain(|(name, _)| *name == COLOR);
        }
        before.append(after);
        last.kind.classes = last.kind.classes.or(piece.kind.classes);
        return;
    }
    // The last digit of a number has the script of the whole.
    let same_color = before.color() == after.color();
    if let Some(first) = after.children_mut().first_mut()
        && first.name == "mn"
        && same_digits(before, first)
        && same_color
    {
        let mut number = before.clone();
        number.append(first);
        *first = number;
        pieces.pop();
    }
    pieces.push(piece);
}

fn is_digit(node: &ParseNode) -> bool {
    match node {
        ParseNode::TextOrd { text, .. } => text.bytes().all(|byte| byte.is_ascii_digit()),
        ParseNode::SupSub { base: Some(base), .. } => is_digit(base),
        _ => false,
    }
}

/// Whether both are numbers in the same digits.
fn same_digits(before: &Element, after: &Element) -> bool {
    let is_ascii = |element: &Element| element.text().is_some_and(str::is_ascii);
    before.name == "mn" && is_ascii(before) == is_ascii(after)
}

/// Puts a stroke through a sign, or through the first of what it has as scripts.
pub(super) fn strike(element: &mut Element) {
    match element.name {
        "mi" | "mo" | "mn" | "mtext" => {
            if let Content::Text(text) = &mut element.content {
                *text = letters::marked(text, STROKE);
            }
        }
        "msub" | "msup" | "msubsup" | "munder" | "mover" | "munderover" => {
            if let Some(base) = element.children_mut().first_mut() {
                strike(base);
            }
        }
        _ => boxes::cross_out(element),
    }
}

/// Makes signs of operation that join nothing ordinary ones (The `TeXbook`, appendix G, rules 5
/// and 6).
fn cancel(pieces: &mut [Piece]) {
    const BIN: (MathClass, MathClass) = (MathClass::Bin, MathClass::Bin);
    let mut seen: Vec<&mut (MathClass, MathClass)> = pieces
        .iter_mut()
        .filter_map(|piece| piece.kind.classes.as_mut())
        .collect();
    let given: Vec<_> = seen.iter().map(|classes| **classes).collect();
    for (index, classes) in seen.iter_mut().enumerate() {
        use MathClass::{Bin, Close, Op, Open, Punct, Rel};
        let before = index.checked_sub(1).map(|index| given[index].1);
        let after = given.get(index + 1).map(|classes| classes.0);
        let joins = !matches!(before, None | Some(Bin | Open | Rel | Op | Punct))
            && !matches!(after, None | Some(Rel | Close | Punct));
        if **classes == BIN && !joins {
            **classes = (MathClass::Ord, MathClass::Ord);
        }
    }
}

/// Gives the operators their space, or puts it between elements that are none, and joins
/// functions to what they are applied to.
fn spaced(pieces: Vec<Piece>, style: Style) -> Vec<Element> {
    let is_tight = matches!(style, Style::Script | Style::ScriptScript);
    let mut elements: Vec<Element> = Vec::new();
    // What was the last that is more than space, and how many stood there with it.
    let mut last: Option<(Kind, usize)> = None;
    for Piece { element, kind, .. } in pieces {
        // An empty group has its space, and is nothing else.
        let is_nothing = element == Element::row(Vec::new());
        elements.extend((!is_nothing).then_some(element));
        let Some((class, _)) = kind.classes else { continue };
        if let Some((before, count)) = last
            && let Some((_, before_class)) = before.classes
        {
            let gap = match before.is_middle || kind.is_middle {
                true => 0,
                false => atom_spacing(before_class, class, is_tight) as u8,
            };
            if before.is_function && is_argument(class) {
                let operator = Operator { space: (0, gap), ..Operator::default() };
                elements.insert(count, Element::set_operator(APPLIED, operator));
            } else if gap > 0 {
                let sides = (before_class, class);
                put_apart(&mut elements, (count, is_nothing), sides, gap);
            }
        }
        last = Some((kind, elements.len()));
    }
    elements
}

/// Whether a function is applied to something of a class that follows it.
fn is_argument(class: MathClass) -> bool {
    use MathClass::{Bin, Close, Inner, Op, Open, Ord, Punct, Rel};
    match class {
        Ord | Op | Open | Inner => true,
        Bin | Rel | Close | Punct => false,
    }
}

/// Puts space between the first elements, of a number, and the last one, or after them
/// where nothing follows: that whose class asks for it takes it, where it is an operator.
fn put_apart(
    elements: &mut Vec<Element>,
    (count, is_end): (usize, bool),
    (before, after): (MathClass, MathClass),
    gap: u8,
) {
    let rank = |class| match class {
        MathClass::Rel => 3,
        MathClass::Bin => 2,
        MathClass::Op | MathClass::Punct => 1,
        MathClass::Ord | MathClass::Open | MathClass::Close | MathClass::Inner => 0,
    };
    let last = elements.len() - usize::from(!is_end);
    let follows = (!is_end).then_some(last);
    let mut sides = [(count.checked_sub(1), End::End), (follows, End::Start)];
    if rank(after) > rank(before) {
        sides.reverse();
    }
    for (index, end) in sides {
        let element = index.map(|index| &mut elements[index]);
        if let Some(operator) = element.and_then(|element| element.core_at(end)) {
            match end {
                End::Start => operator.space.0 = gap,
                End::End => operator.space.1 = gap,
            }
            return;
        }
    }
    elements.insert(last, Element::space(f64::from(gap) / 18.0));
}
