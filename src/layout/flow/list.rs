//! Lists (箇条書き) and definitions: marks in the indent of the lines.

use super::{
    Flow, Folio, Row, Setting, Stand, block, one_line, plain, starting, text_rows,
};
use crate::display::{Element, Role};
use crate::font::{Family, FontStyle, Weight};
use crate::geom::{Length, LogicalPoint, WritingMode};
use crate::layout::{Alignment, Context, Line, ParagraphStyle};
use crate::model::{Block, DefinitionItem, Inline, ListItem};
use crate::numeral::Numerals;
use crate::source::Span;

/// The boxes of tasks that are done and that are open.
const BOXES: [&str; 2] = ["■", "□"];

/// Sets a list.
pub(super) fn list(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    start: Option<u64>,
    tight: bool,
    items: &[ListItem],
) {
    let style = &cx.style.list;
    let blank = if tight { 0 } else { style.space };
    if style.keep && flow.rows.last().is_some_and(is_text) {
        flow.keep(1);
    }
    let elements: Vec<_> = items
        .iter()
        .map(|_| cx.structure.add(Element::new(Role::Item)))
        .collect();
    let marks: Vec<Line> = items
        .iter()
        .zip(&elements)
        .enumerate()
        .map(|(index, (item, &element))| {
            let number = start.map(|start| start.saturating_add(index as u64));
            cx.inside(element, |cx| {
                cx.tagged(Element::new(Role::Label), |cx| mark(cx, setting, number, item))
            })
        })
        .collect();
    // Marks end half an em before the lines; a long number moves the lines further in.
    let gap = setting.size / 2;
    let widest = marks.iter().map(|mark| mark.width).max().unwrap_or_default();
    let usual = setting.size * i64::from(cx.style.list.indent);
    let indent = usual.max(setting.size * (widest + gap).ceil_div(setting.size));
    let inner = Setting {
        depth: setting.depth + 1,
        alignment: setting.alignment,
        ..setting.indented(indent)
    };
    for (index, ((item, mark), element)) in
        items.iter().zip(marks).zip(elements).enumerate()
    {
        if index > 0 {
            flow.space(blank);
        }
        let first = flow.rows.len();
        starting(cx, flow, item.span, |cx, flow| {
            cx.inside(element, |cx| {
                cx.tagged(Element::new(Role::Body), |cx| {
                    item_blocks(cx, flow, &inner, &item.blocks);
                });
            });
            let room = inner.inset - setting.inset;
            let inline = setting.inset + (room - gap - mark.width).max(Length::ZERO);
            put_mark(cx, flow, &inner, first, mark, inline);
        });
    }
}

/// Whether a row is a plain line of the text.
fn is_text(row: &Row) -> bool {
    matches!(row.stand, Stand::Lines(1)) && row.heading.is_none()
}

/// Sets the blocks of an item: the first paragraph flush, those after it indented.
fn item_blocks(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    blocks: &[Block],
) {
    let flush = setting.flush();
    let indented = Setting { first_indent: setting.size, ..flush.clone() };
    for (index, one) in blocks.iter().enumerate() {
        block(cx, flow, if index == 0 { &flush } else { &indented }, one);
    }
}

/// Puts a mark at the first line of an item, or on a line of its own where the item has
/// none.
pub(super) fn put_mark(
    cx: &Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    first: usize,
    mark: Line,
    inline: Length,
) {
    if flow.rows.len() == first {
        flow.push(empty_line(cx, setting));
    }
    let row = &mut flow.rows[first];
    let by = LogicalPoint { inline, block: row.axis };
    let pieces = mark.pieces.into_iter().map(|placed| placed.moved(by));
    row.pieces.splice(0..0, pieces);
}

/// A line without anything.
pub(super) fn empty_line(cx: &Context<'_>, setting: &Setting) -> Row {
    match setting.feed {
        None => Row { axis: cx.style.size / 2, ..Row::default() },
        Some(feed) => Row {
            stand: Stand::Free { size: feed, starts: false },
            axis: feed / 2,
            ..Row::default()
        },
    }
}

/// The mark of an item as a line.
fn mark(
    cx: &mut Context<'_>,
    setting: &Setting,
    number: Option<u64>,
    item: &ListItem,
) -> Line {
    let (list, depth) = (&cx.style.list, setting.depth as usize);
    let span = Span { end: item.span.start, ..item.span };
    let content = match (item.checked, number) {
        (Some(done), _) => vec![plain(BOXES[usize::from(!done)], span)],
        (None, None) => vec![plain(list.bullet(depth), span)],
        (None, Some(number)) => {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            upright(cx.writing, &list.number(depth, number), span)
        }
    };
    cx.beside(|cx| one_line(cx, &content, &mark_style(setting)))
}

/// Words with numbers in them: up to three digits stand side by side in a vertical line.
pub(crate) fn upright(writing: WritingMode, words: &str, span: Span) -> Vec<Inline> {
    if writing == WritingMode::Horizontal {
        return vec![plain(words, span)];
    }
    let chars: Vec<char> = words.chars().collect();
    let is_same = |a: &char, b: &char| a.is_ascii_digit() == b.is_ascii_digit();
    let part = |part: &[char]| {
        let text: String = part.iter().collect();
        match part[0].is_ascii_digit() && part.len() <= 3 {
            true => Inline::TateChuYoko { children: vec![plain(text, span)], span },
            false => plain(text, span),
        }
    };
    chars.chunk_by(is_same).map(part).collect()
}

/// The number of a page as contents and index show it: in the numerals of the folios.
pub(crate) fn page_number(cx: &Context<'_>, folio: Folio) -> Vec<Inline> {
    let numerals = folio.form(&cx.style.folio).numerals();
    let text = numerals.write(folio.number);
    let span = Span::default();
    match (numerals, cx.writing) {
        (Numerals::Kanji | Numerals::KanjiDigits, _) => vec![plain(text, span)],
        (Numerals::Arabic, writing) => upright(writing, &text, span),
        (_, WritingMode::Vertical) if text.len() <= 3 => {
            vec![Inline::TateChuYoko { children: vec![plain(text, span)], span }]
        }
        (_, _) => vec![plain(text, span)],
    }
}

fn mark_style(setting: &Setting) -> ParagraphStyle {
    ParagraphStyle {
        first_indent: Length::ZERO,
        alignment: Alignment::Start,
        measure: setting.size * 20,
        ..setting.paragraph()
    }
}

/// Sets terms and what they mean: each term on a line of its own, its explanations below
/// it and further in.
pub(super) fn definitions(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    items: &[DefinitionItem],
) {
    let term = Setting {
        font: FontStyle { family: Family::Gothic, weight: Weight::Bold },
        ..setting.flush()
    };
    let inner = setting.indented(setting.size * i64::from(cx.style.list.indent));
    for item in items {
        let style = ParagraphStyle { alignment: Alignment::Start, ..term.paragraph() };
        let element = cx.structure.add(Element::new(Role::Item));
        cx.inside(element, |cx| {
            cx.tagged(Element::new(Role::Label), |cx| {
                text_rows(cx, flow, &term, &style, &item.term);
            });
            flow.keep(1);
            cx.tagged(Element::new(Role::Body), |cx| {
                for detail in &item.details {
                    item_blocks(cx, flow, &inner, detail);
                }
            });
        });
    }
    flow.release();
}
