//! Formulas on lines of their own (別行立て数式).

use super::{Flow, Row, Setting, Stand, one_line, plain, text_rows};
use crate::diag::{Code, Diagnostic};
use crate::display::{Color, Element, Role};
use crate::geom::{Length, LogicalPoint, WritingMode};
use crate::layout::{
    Alignment, Context, FormulaPart, FormulaStyle, Line, ParagraphStyle, Piece, Placed,
    formula,
};
use crate::math::{self, Sign};
use crate::model::Inline;
use crate::source::Span;

/// The ems before a formula in vertical lines, and before what does not fit on its first
/// line.
const INDENT: i64 = 2;

/// Sets a formula: in the middle of horizontal lines, indented in vertical ones, its number
/// at the end of the line (JLReq 3.7.4).
pub(super) fn math(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    tex: &str,
    number: Option<&str>,
    span: Span,
) {
    let alt = Some(tex.trim().to_owned());
    let element = cx.structure.add(Element { alt, ..Element::new(Role::Formula) });
    let style = FormulaStyle {
        font: setting.font,
        style: math::Style { size: setting.size, display: true },
        color: Color::BLACK,
        tag: cx.inside(element, |cx| cx.structure.tag()),
    };
    let Some(parts) = formula(cx, tex, &style, span) else {
        return source(cx, flow, setting, tex, number, span);
    };
    let number = number.map(|number| {
        let style = ParagraphStyle { alignment: Alignment::Start, ..setting.paragraph() };
        let style = ParagraphStyle { first_indent: Length::ZERO, ..style };
        one_line(cx, &[plain(number, Span { start: span.end, ..span })], &style)
    });
    let lines = broken(parts, setting);
    let widest = lines.iter().map(FormulaLine::end).max().unwrap_or_default();
    if widest > setting.measure {
        let message = "a formula is wider than the line";
        let hint = r"break it with `\\` inside `\begin{aligned} … \end{aligned}`";
        cx.sink
            .push(Diagnostic::new(Code::Overfull, span, message).hint(hint));
    }
    let start = setting.inset + start(cx.writing, setting, widest, number.as_ref());
    let heights: Length = lines.iter().map(|line| line.height() + setting.size).sum();
    let rows = match heights > cx.style.column().block {
        // No page has room for all of it.
        true => lines.into_iter().map(|line| vec![line]).collect(),
        false => vec![lines],
    };
    flow.start_group();
    let last = rows.len() - 1;
    for (index, lines) in rows.into_iter().enumerate() {
        let number = number.as_ref().filter(|_| index == last);
        flow.push(row(cx, setting, lines, start, number));
    }
    flow.start_group();
}

/// Where the lines of a formula start.
fn start(
    writing: WritingMode,
    setting: &Setting,
    width: Length,
    number: Option<&Line>,
) -> Length {
    let taken = number.map_or(Length::ZERO, |line| line.width + setting.size);
    let start = match writing {
        WritingMode::Horizontal => (setting.measure - width) / 2,
        WritingMode::Vertical => setting.size * INDENT,
    };
    // What is long gives way to its number.
    start.min(setting.measure - taken - width).max(Length::ZERO)
}

/// Parts of a formula side by side.
struct FormulaLine {
    /// How much further in than the first line it starts.
    indent: Length,
    parts: Vec<FormulaPart>,
}

impl FormulaLine {
    /// From the start of the formula to the end of the line.
    fn end(&self) -> Length {
        self.indent + width(&self.parts)
    }

    /// How far it reaches above and below its baseline.
    fn reach(&self) -> (Length, Length) {
        let most = |of: fn(&FormulaPart) -> Length| {
            self.parts.iter().map(of).max().unwrap_or_default()
        };
        (most(|part| part.reach.0), most(|part| part.reach.1))
    }

    fn height(&self) -> Length {
        let (ascent, descent) = self.reach();
        ascent + descent
    }
}

/// The lines of a formula as a row, with its number at the end of the last. They take whole
/// lines of the grid, and stand in their middle.
fn row(
    cx: &Context<'_>,
    setting: &Setting,
    lines: Vec<FormulaLine>,
    start: Length,
    number: Option<&Line>,
) -> Row {
    let apart = setting.size / 2;
    let count = lines.len() as i64;
    let heights = lines.iter().map(FormulaLine::height).sum::<Length>()
        + apart * (count - 1).max(0);
    let (room, stand) = room(cx, setting, heights);
    let mut top = (room - heights) / 2;
    let mut row = Row { stand, ..Row::default() };
    for line in lines {
        let (ascent, descent) = line.reach();
        let baseline = top + ascent;
        row.axis = baseline - cx.fonts.baseline(setting.size);
        let mut inline = start + line.indent;
        for part in line.parts {
            let at = LogicalPoint { inline, block: baseline };
            inline += part.width + part.after;
            row.pieces.extend(part.placed(cx.writing, at));
        }
        top = baseline + descent + apart;
    }
    if let Some(line) = number {
        let inline = setting.inset + setting.measure - line.width;
        let by = LogicalPoint { inline, block: row.axis };
        let pieces = line.pieces.iter().cloned();
        row.pieces.extend(pieces.map(|placed| placed.moved(by)));
    }
    let at = LogicalPoint::default();
    row.pieces.push(Placed { at, piece: Piece::ParagraphEnd });
    row
}

/// The room for a formula of a height: so many lines that it stands as far from its
/// neighbours as two lines of text, and a little more.
fn room(cx: &Context<'_>, setting: &Setting, height: Length) -> (Length, Stand) {
    let apart = setting.size.ratio(4, 5);
    match setting.feed {
        None => {
            let (size, feed) = (cx.style.size, cx.style.feed);
            let gap = feed - size;
            let lines = (height + apart * 2 - gap).ceil_div(feed).max(1);
            (feed * lines - gap, Stand::Lines(u32::try_from(lines).unwrap_or(1)))
        }
        Some(_) => {
            let size = height + apart;
            (size, Stand::Free { size, starts: false })
        }
    }
}

/// How long parts side by side are; the space after the last counts for nothing.
fn width(parts: &[FormulaPart]) -> Length {
    let all: Length = parts.iter().map(|part| part.width + part.after).sum();
    all - parts.last().map_or(Length::ZERO, |part| part.after)
}

/// Breaks a formula that is longer than the line: before a sign of relation, or else before
/// one of operation.
fn broken(mut parts: Vec<FormulaPart>, setting: &Setting) -> Vec<FormulaLine> {
    let mut lines = Vec::new();
    let mut indent = Length::ZERO;
    loop {
        let room = setting.measure - indent;
        let end = if width(&parts) <= room { None } else { break_before(&parts, room) };
        let rest = end.map(|end| parts.split_off(end));
        parts.shrink_to_fit();
        lines.push(FormulaLine { indent, parts });
        indent = setting.size * INDENT;
        let Some(rest) = rest else { return lines };
        parts = rest;
    }
}

/// The part that a line does not hold any more: the last sign of relation that leaves it at
/// least half full, the last one of operation, or the first sign of all.
fn break_before(parts: &[FormulaPart], room: Length) -> Option<usize> {
    let mut end = Length::ZERO;
    let widths = parts.iter().map(|part| {
        let width = end + part.width;
        end = width + part.after;
        width
    });
    let widths: Vec<Length> = widths.take_while(|&width| width <= room).collect();
    let signs = |sign: Sign| {
        let places = 1..parts.len().min(widths.len() + 1);
        places.filter(move |&at| parts[at].sign == sign)
    };
    let fills = |&at: &usize| widths[at - 1] * 2 >= room;
    signs(Sign::Relation)
        .rfind(fills)
        .or_else(|| signs(Sign::Operation).next_back())
        .or_else(|| (1..parts.len()).find(|&at| parts[at].sign != Sign::Operand))
}

/// Sets the source of a formula that cannot be set.
fn source(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    tex: &str,
    number: Option<&str>,
    span: Span,
) {
    let style = ParagraphStyle {
        alignment: Alignment::Center,
        first_indent: Length::ZERO,
        ..setting.paragraph()
    };
    let mut content = vec![Inline::Code { text: tex.trim().to_owned(), span }];
    if let Some(number) = number {
        content.push(plain(format!("　{number}"), Span { start: span.end, ..span }));
    }
    flow.space(1);
    text_rows(cx, flow, setting, &style, &content);
    flow.space(1);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn long_formulas_break_before_a_sign_of_relation() {
        let style = math::Style { size: Length::PT * 10, display: true };
        let broken_at = |tex: &str, ems: i64| {
            let parts = math::set(tex, style, &BTreeMap::new()).expect("it is TeX");
            let parts: Vec<FormulaPart> = parts.into_iter().map(bare).collect();
            break_before(&parts, style.size * ems).map(|at| parts[at].sign)
        };
        assert_eq!(broken_at("a + b + c = d + e", 7), Some(Sign::Relation));
        // A first line of one letter would look like a mistake.
        assert_eq!(broken_at("a = b + c + d + e", 7), Some(Sign::Operation));
        assert_eq!(broken_at(r"\text{abcdefghijkl}", 2), None);
    }

    fn bare(part: math::Part) -> FormulaPart {
        FormulaPart {
            sign: part.sign,
            width: part.width,
            reach: (part.ascent, part.descent),
            after: part.after,
            pieces: Vec::new(),
        }
    }
}
