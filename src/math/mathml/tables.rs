//! Tables: matrices, cases, formulas below one another, diagrams and proofs.

use ratex_parser::ParseNode;
use ratex_parser::parse_node::{
    AlignSpec, AlignType, ArrayTag, Measurement, ProofBranch, ProofLineStyle,
};

use super::accents::stretched;
use super::boxes;
use super::element::{Element, Operator, length};
use super::letters::Alphabet;
use super::row::row;
use super::{Level, Scope, Style, ems};

/// A rule in a table.
const RULE: &str = "0.04em solid";
const DASHED: &str = "0.04em dashed";
const DOUBLE: &str = "0.2em double";
/// How far a line of a table reaches below its baseline, in ems.
const DEPTH: f64 = 0.36;
/// How long an arrow along a diagram is at least, in the ems of its label.
const ARROW: f64 = 3.5;
/// How high an arrow across a diagram is.
const UPRIGHT: &str = "2em";

/// A table, whose columns stand as its class says.
pub(super) fn array(node: &ParseNode, scope: Scope) -> Element {
    let ParseNode::Array { body, cols, row_gaps, tags, .. } = node else {
        return Element::row(Vec::new());
    };
    let display = body
        .iter()
        .flatten()
        .next()
        .is_some_and(|cell| is_display(cell, scope));
    let given = Level { display, ..scope.style.level() };
    let count = body.iter().map(Vec::len).max().unwrap_or(0);
    let rules = Rules::of(node, count);
    let alignments: Vec<Option<&str>> = alignments(cols.as_deref(), count);
    let mut lines = Vec::new();
    for (number, cells) in body.iter().enumerate() {
        let mut line: Vec<Element> = (0..count)
            .map(|column| {
                let mut inside = cells
                    .get(column)
                    .map(|cell| cell_elements(cell, given, scope))
                    .unwrap_or_default();
                if column == 0 {
                    let gap = row_gaps.get(number).and_then(Option::as_ref);
                    inside.splice(0..0, gap.and_then(strut));
                }
                let cell = aligned(Element::group("mtd", inside), alignments[column]);
                rules.around(cell, number, column)
            })
            .collect();
        if let Some(tags) = tags {
            line.push(tag_cell(tags.get(number), scope));
        }
        lines.push(Element::group("mtr", line));
    }
    let mut table = Element::group("mtable", lines);
    if display {
        table = table.with("displaystyle", "true");
    }
    rules.inside(table).with("class", class(node))
}

fn is_display(cell: &ParseNode, scope: Scope) -> bool {
    let style = match cell {
        ParseNode::Styling { style, .. } => Style::of(*style),
        _ => scope.style,
    };
    style == Style::Display
}

/// How a table is set in the style sheet.
fn class(node: &ParseNode) -> &'static str {
    let ParseNode::Array {
        cols,
        col_separation_type,
        hskip_before_and_after,
        arraystretch,
        ..
    } = node
    else {
        return "";
    };
    let gap = cols.iter().flatten().next().and_then(|first| first.postgap);
    match (col_separation_type.as_deref(), hskip_before_and_after) {
        (Some("align"), _) => "aligned",
        (Some("alignat" | "gather"), _) => "alignat",
        (Some("small"), _) => "small",
        (Some("CD"), _) => "diagram",
        (_, Some(true)) => "array",
        (_, Some(false)) if *arraystretch < 1.0 => "close",
        (_, Some(false)) => "matrix",
        (_, None) if gap.is_some() => "cases",
        (_, None) => "alignat",
    }
}

/// The alignment of each column; `None` for the middle.
fn alignments(cols: Option<&[AlignSpec]>, count: usize) -> Vec<Option<&str>> {
    let mut columns = cols
        .unwrap_or_default()
        .iter()
        .filter(|spec| matches!(spec.align_type, AlignType::Align));
    let alignment = |_| match columns.next()?.align.as_deref() {
        Some("l") => Some("left"),
        Some("r") => Some("right"),
        _ => None,
    };
    (0..count).map(alignment).collect()
}

fn aligned(cell: Element, alignment: Option<&str>) -> Element {
    match alignment {
        Some(alignment) => cell.with("columnalign", alignment),
        None => cell,
    }
}

/// What stands in a cell.
fn cell_elements(cell: &ParseNode, given: Level, scope: Scope) -> Vec<Element> {
    let (cell, style) = match cell {
        ParseNode::Styling { style, body, .. } if body.len() == 1 => {
            (&body[0], Style::of(*style))
        }
        _ => (cell, scope.style),
    };
    let nodes = match cell {
        ParseNode::OrdGroup { body, .. } => body,
        _ => std::slice::from_ref(cell),
    };
    let scope = scope.style(style);
    let elements = row(nodes, scope);
    if style.level() == given || elements.is_empty() {
        return elements;
    }
    vec![scope.level(elements, given)]
}

/// What pushes the next line of a table down.
fn strut(gap: &Measurement) -> Option<Element> {
    let gap = ems(gap);
    let depth = length(gap + DEPTH);
    (gap > 0.0).then(|| Element::group("mspace", Vec::new()).with("depth", depth))
}

/// The cell of the number of a line.
fn tag_cell(tag: Option<&ArrayTag>, scope: Scope) -> Element {
    let inside = match tag {
        Some(ArrayTag::Explicit(nodes)) if !nodes.is_empty() => {
            vec![boxes::tag(nodes, scope)]
        }
        Some(ArrayTag::Explicit(_) | ArrayTag::Auto(_)) | None => Vec::new(),
    };
    Element::group("mtd", inside).with("class", "tag")
}

/// The rules of a table.
struct Rules {
    /// Before each line, and after the last.
    lines: Vec<Option<&'static str>>,
    /// Before each column, and after the last.
    columns: Vec<Option<&'static str>>,
}

impl Rules {
    fn of(node: &ParseNode, count: usize) -> Self {
        let ParseNode::Array { body, hlines_before_row, cols, .. } = node else {
            return Self { lines: Vec::new(), columns: Vec::new() };
        };
        let line = |number: usize| match hlines_before_row.get(number)?.as_slice() {
            [] => None,
            [true] => Some(DASHED),
            [false] => Some(RULE),
            _ => Some(DOUBLE),
        };
        let mut columns = vec![None; count + 1];
        let mut before = 0;
        for spec in cols.iter().flatten() {
            match (&spec.align_type, spec.align.as_deref(), columns.get_mut(before)) {
                (AlignType::Align, ..) => before += 1,
                (AlignType::Separator, Some(":"), Some(rule)) => *rule = Some(DASHED),
                (AlignType::Separator, _, Some(rule)) => {
                    *rule = Some(if rule.is_some() { DOUBLE } else { RULE });
                }
                (AlignType::Separator, _, None) => {}
            }
        }
        Self {
            lines: (0..=body.len()).map(line).collect(),
            columns,
        }
    }

    /// A cell with the rules before it, and after it where it is the last.
    fn around(&self, cell: Element, line: usize, column: usize) -> Element {
        let mut style = Vec::new();
        let mut add = |side: &str, rule: Option<&Option<&str>>| {
            if let Some(Some(rule)) = rule {
                style.push(format!("border-{side}: {rule}"));
            }
        };
        add("block-start", self.lines.get(line));
        if line + 2 == self.lines.len() {
            add("block-end", self.lines.get(line + 1));
        }
        add("inline-start", self.columns.get(column));
        if column + 2 == self.columns.len() {
            add("inline-end", self.columns.get(column + 1));
        }
        if style.is_empty() { cell } else { cell.with("style", style.join("; ")) }
    }

    /// A table that names the rules inside it.
    fn inside(&self, mut table: Element) -> Element {
        for (name, rules) in [("rowlines", &self.lines), ("columnlines", &self.columns)] {
            let inside = rules.get(1..rules.len().saturating_sub(1)).unwrap_or_default();
            if inside.iter().any(Option::is_some) {
                let word = |rule: &Option<&str>| match *rule {
                    None => "none",
                    Some(DASHED) => "dashed",
                    Some(_) => "solid",
                };
                let words: Vec<&str> = inside.iter().map(word).collect();
                table = table.with(name, words.join(" "));
            }
        }
        table
    }
}

/// Lines of a formula that is broken.
pub(super) fn lines(lines: Vec<Vec<Element>>, scope: Scope) -> Element {
    let line = |elements| {
        let cell = Element::group("mtd", elements).with("columnalign", "left");
        Element::group("mtr", vec![cell])
    };
    let table = Element::group("mtable", lines.into_iter().map(line).collect());
    let table = match scope.style {
        Style::Display => table.with("displaystyle", "true"),
        Style::Text | Style::Script | Style::ScriptScript => table,
    };
    table.with("class", "alignat")
}

/// An arrow of a diagram with what stands on both sides of it.
pub(super) fn diagram_arrow(
    direction: &str,
    (first, second): (Option<&ParseNode>, Option<&ParseNode>),
    scope: Scope,
) -> Element {
    let label = |node: Option<&ParseNode>| {
        node.map(|node| scope.script(node))
            .filter(|label| !label.characters().is_empty())
    };
    let (first, second) = (label(first), label(second));
    let sign = match direction {
        "right" => "→",
        "left" => "←",
        "horiz_eq" => "=",
        "down" => "↓",
        "up" => "↑",
        "vert_eq" => "‖",
        _ => return Element::row(Vec::new()),
    };
    if matches!(direction, "right" | "left" | "horiz_eq") {
        let room = || Some(Element::space(ARROW / 2.0));
        let below = [room(), second, room()].into_iter().flatten().collect();
        let above = first.unwrap_or_else(|| Element::row(Vec::new()));
        let parts = vec![stretched(sign), Element::group("mrow", below), above];
        return Element::group("munderover", parts);
    }
    let operator = Operator {
        stretchy: true,
        size: Some(UPRIGHT),
        ..Operator::default()
    };
    let sign = Element::set_operator(sign, operator);
    let small = |label: Option<Element>| {
        label.map(|label| Element::group("mstyle", vec![label]).with("scriptlevel", "+1"))
    };
    let parts = [small(first), Some(sign), small(second)];
    Element::group("mrow", parts.into_iter().flatten().collect())
}

/// A proof: what is given over what follows from it.
pub(super) fn proof(tree: &ProofBranch, scope: Scope) -> Element {
    let style = match scope.style {
        Style::Display => Style::Text,
        Style::Text | Style::Script | Style::ScriptScript => scope.style,
    };
    let scope = Scope { style, alphabet: Some(Alphabet::Upright), ..scope };
    let conclusion = scope.inside(&tree.conclusion);
    if tree.premises.is_empty() {
        return conclusion;
    }
    let cell = |element| Element::group("mtd", vec![element]);
    let premises = tree.premises.iter().map(|premise| cell(proof(premise, scope)));
    let premises = Element::group("mtr", premises.collect());
    let premises = Element::group("mtable", vec![premises]).with("class", "premises");
    let mut parts = [premises, conclusion];
    if tree.root_at_top {
        parts.reverse();
    }
    let rule = match tree.line_style {
        ProofLineStyle::Solid => Some(RULE),
        ProofLineStyle::Dashed => Some(DASHED),
        ProofLineStyle::None => None,
    };
    let [above, below] = parts.map(cell);
    let below = match rule {
        Some(rule) => below.with("style", format!("border-block-start: {rule}")),
        None => below,
    };
    let lines = [above, below].map(|cell| Element::group("mtr", vec![cell]));
    let table = Element::group("mtable", lines.into()).with("class", "proof");
    let label =
        |nodes: &Option<Vec<ParseNode>>| nodes.as_ref().map(|nodes| scope.inside(nodes));
    let parts = [label(&tree.left_label), Some(table), label(&tree.right_label)];
    Element::row(parts.into_iter().flatten().collect())
}
