//! Formulas (数式): TeX becomes glyphs, rules and outlines at their places.
//!
//! The library that reads and sets TeX counts in fractions of an em. Here they become
//! [`Length`]s, and nothing beyond this module sees anything else.
//!
//! ```
//! use std::collections::BTreeMap;
//! use seihon::geom::Length;
//! use seihon::math::{self, Style};
//!
//! let style = Style { size: Length::PT * 10, display: false };
//! let parts = math::set("a = b", style, &BTreeMap::new()).expect("it is TeX");
//! // The sign of equality is a part of its own, with a space on either side.
//! assert_eq!(parts.len(), 3);
//! assert_eq!(parts[1].sign, math::Sign::Relation);
//! assert!(parts[0].after > Length::ZERO);
//! assert!(math::set(r"\nosuchthing", style, &BTreeMap::new()).is_err());
//! ```

mod ink;
mod mathml;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use ratex_layout::layout_box::BoxContent;
use ratex_layout::{
    FallbackGlyphMetrics, LayoutBox, LayoutOptions, hbox, layout_with_fallback_metrics,
    validate_layout,
};
use ratex_parser::ParseNode;
use ratex_parser::parse_node::{AtomFamily, Measurement, Mode};
use ratex_types::math_style::MathStyle;

pub use ink::Ink;
pub use mathml::{Content, Element, mathml};

use crate::diag::{Code, Diagnostic};
use crate::geom::Length;
use crate::source::Span;

/// How a formula is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The em.
    pub size: Length,
    /// Whether it stands on lines of its own: with large signs, and limits above and below
    /// them.
    pub display: bool,
}

/// A part of a formula: a sign of relation or operation that joins what stands around it,
/// or what stands between two of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub sign: Sign,
    /// How far it reaches along the line.
    pub width: Length,
    /// How far it reaches above the baseline.
    pub ascent: Length,
    /// How far it reaches below the baseline.
    pub descent: Length,
    /// The space before the next part, which vanishes where a line ends there.
    pub after: Length,
    /// What is drawn, from the start of the part on the baseline.
    pub ink: Vec<Ink>,
}

/// What a part of a formula is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sign {
    /// A letter, a number, anything else.
    #[default]
    Operand,
    /// A sign of a relation, as = (等号類).
    Relation,
    /// A sign of an operation, as + (演算記号).
    Operation,
}

/// How far a character of the text's faces reaches, in thousandths of the em.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Its advance.
    pub width: i32,
    /// Above the baseline.
    pub ascent: i32,
    /// Below the baseline.
    pub descent: i32,
}

/// Sets a formula. `extents` are those of the characters that come from the faces of text,
/// Japanese words in `\text{…}` for example.
///
/// # Errors
/// Fails, with the reason, where the TeX is not understood.
pub fn set(
    tex: &str,
    style: Style,
    extents: &BTreeMap<char, Extent>,
) -> Result<Vec<Part>, String> {
    let nodes = parse(tex)?;
    let metrics = extents.iter().map(|(&ch, &extent)| (ch, metrics(extent)));
    let options = LayoutOptions {
        style: if style.display { MathStyle::Display } else { MathStyle::Text },
        ..LayoutOptions::default()
    };
    let metrics: HashMap<char, FallbackGlyphMetrics> = metrics.collect();
    let whole = layout_with_fallback_metrics(&nodes, &options, Arc::new(metrics));
    validate_layout(&whole)?;
    Ok(parts(&nodes, whole)
        .into_iter()
        .map(|part| part.measured(style.size))
        .collect())
}

/// Tells of a formula that cannot be set, with the reason.
pub fn unsupported(reason: &str, span: Span) -> Diagnostic {
    let message = format!("a formula cannot be set: {reason}");
    Diagnostic::new(Code::UnsupportedMath, span, message)
        .hint("its source is set in its place")
}

/// Reads TeX.
fn parse(tex: &str) -> Result<Vec<ParseNode>, String> {
    let mut nodes = ratex_parser::parse(tex).map_err(|error| error.message)?;
    // The library sets the number of a formula against it.
    if let Some(at) = nodes.iter().position(|node| matches!(node, ParseNode::Tag { .. }))
    {
        let dimension = Measurement { number: 2.0, unit: "em".to_owned() };
        nodes.insert(at, ParseNode::Kern { mode: Mode::Math, dimension, loc: None });
    }
    Ok(nodes)
}

fn metrics(extent: Extent) -> FallbackGlyphMetrics {
    let em = |thousandths: i32| f64::from(thousandths) / 1000.0;
    FallbackGlyphMetrics {
        width: em(extent.width),
        height: em(extent.ascent),
        depth: em(extent.descent),
    }
}

/// A part on the way: its boxes, and the space after them in ems.
#[derive(Default)]
struct Cut {
    sign: Sign,
    boxes: Vec<LayoutBox>,
    after: f64,
}

impl Cut {
    fn measured(self, size: Length) -> Part {
        let list = ratex_layout::to_display_list(&hbox::make_hbox(self.boxes));
        let em = |value: f64| Length::scaled(size, value);
        Part {
            sign: self.sign,
            width: em(list.width).max(Length::ZERO),
            ascent: em(list.height),
            descent: em(list.depth),
            after: em(self.after).max(Length::ZERO),
            ink: ink::of(&list, size),
        }
    }
}

/// Cuts a formula around the signs of relation and operation that stand in the open, where
/// the library has put a space beside them: there they join two operands.
fn parts(nodes: &[ParseNode], whole: LayoutBox) -> Vec<Cut> {
    let boxes = match whole.content {
        BoxContent::HBox(boxes) if !has_row_break(nodes) => boxes,
        _ => return vec![Cut { boxes: vec![whole], ..Cut::default() }],
    };
    let mut cuts: Vec<Cut> = Vec::new();
    let mut cut = Cut::default();
    let mut boxes = boxes.into_iter().peekable();
    for node in nodes {
        let sign = sign(node);
        // A space that the library has put before this box.
        if is_kern(boxes.peek()) && !is_space(node) {
            let space = boxes.next().unwrap_or_else(LayoutBox::new_empty);
            if cut.sign == Sign::Operand && sign == Sign::Operand {
                cut.boxes.push(space);
            } else {
                cut.after = space.width;
                cuts.push(std::mem::take(&mut cut));
            }
        }
        cut.sign = if cut.boxes.is_empty() { sign } else { Sign::Operand };
        cut.boxes.extend(boxes.next());
    }
    cut.boxes.extend(boxes);
    cuts.push(cut);
    cuts
}

fn has_row_break(nodes: &[ParseNode]) -> bool {
    nodes.iter().any(|node| matches!(node, ParseNode::Cr { .. }))
}

fn is_kern(part: Option<&LayoutBox>) -> bool {
    part.is_some_and(|part| matches!(part.content, BoxContent::Kern))
}

fn is_space(node: &ParseNode) -> bool {
    matches!(node, ParseNode::SpacingNode { .. } | ParseNode::Kern { .. })
}

/// What a node is where it stands in the open.
fn sign(node: &ParseNode) -> Sign {
    match node {
        ParseNode::Atom { family: AtomFamily::Rel, .. } | ParseNode::XArrow { .. } => {
            Sign::Relation
        }
        ParseNode::Atom { family: AtomFamily::Bin, .. } => Sign::Operation,
        ParseNode::MClass { mclass, .. } => match mclass.as_str() {
            "mrel" => Sign::Relation,
            "mbin" => Sign::Operation,
            _ => Sign::Operand,
        },
        ParseNode::SupSub { base: Some(base), .. } => sign(base),
        _ => Sign::Operand,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(tex: &str) -> Vec<Sign> {
        let style = Style { size: Length::PT * 10, display: true };
        let parts = set(tex, style, &BTreeMap::new()).expect("it is TeX");
        parts.iter().map(|part| part.sign).collect()
    }

    #[test]
    fn formulas_part_around_their_signs() {
        use Sign::{Operand, Operation, Relation};
        let sum = [Operand, Operation, Operand, Relation, Operand];
        assert_eq!(signs("a + b = c"), sum);
        assert_eq!(signs("-a"), [Operand], "it joins nothing");
        assert_eq!(signs("="), [Relation]);
        assert_eq!(signs(r"a \to -b"), [Operand, Relation, Operand]);
        assert_eq!(signs(r"\frac{a + b}{c = d}"), [Operand], "they are inside");
        assert_eq!(signs(r"x \xrightarrow{f} y"), [Operand, Relation, Operand]);
    }

    #[test]
    fn words_have_the_width_of_their_face() {
        let style = Style { size: Length::PT * 10, display: false };
        let extent = Extent { width: 1000, ascent: 880, descent: 120 };
        let extents = BTreeMap::from([('和', extent)]);
        let parts = set(r"\text{和}", style, &extents).expect("it is TeX");
        assert_eq!(parts[0].width, Length::PT * 10);
        assert!(matches!(&parts[0].ink[..], [Ink::Glyph { face: None, ch: '和', .. }]));
    }
}
