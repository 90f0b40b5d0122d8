//! Blocks set apart: quotations, boxes, epigraphs.

use super::list::empty_line;
use super::{
    Break, Decoration, Drawn, Flow, Row, Setting, blocks, columns, figures, text_rows,
    verse,
};
use crate::display::{Color, Element, Role};
use crate::font::{Family, FontStyle, Weight};
use crate::layout::{Alignment, Context, ParagraphStyle};
use crate::model::{Block, Container, Inline};

/// Sets a quotation (引用): further in.
pub(super) fn quote(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    content: &[Block],
) {
    let by = setting.size * i64::from(cx.style.quote_indent);
    flow.space(cx.style.quote_space);
    blocks(cx, flow, &setting.indented(by), content);
    flow.space(cx.style.quote_space);
}

/// Sets a container by its kind.
pub(super) fn container(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    container: &Container,
    title: &[Inline],
    content: &[Block],
) {
    let black = Color::BLACK;
    let frame = Drawn::Frame {
        width: cx.style.thin_rule,
        color: cx.style.colors.rule,
    };
    let heavy = Drawn::Frame { width: cx.style.thick_rule, color: black };
    let ground = Drawn::Ground(cx.style.colors.ground);
    let aligned = |alignment| Setting { alignment, ..setting.flush() };
    match container {
        Container::Note | Container::Tip => {
            boxed(cx, flow, setting, frame, title, content);
        }
        Container::Important | Container::Warning | Container::Caution => {
            boxed(cx, flow, setting, heavy, title, content);
        }
        Container::Column => boxed(cx, flow, setting, ground, title, content),
        Container::Epigraph => {
            flow.space(1);
            let ems = (setting.measure / 3).floor_div(setting.size);
            let inner = setting.indented(setting.size * ems).flush();
            let first = flow.rows.len();
            titled(cx, flow, &inner, title, content);
            flow.join(first);
            flow.space(1);
        }
        Container::Verse => {
            flow.space(1);
            title_row(cx, flow, setting, title);
            verse::verse(cx, flow, setting, content);
        }
        Container::Right => {
            flow.keep(1);
            titled(cx, flow, &aligned(Alignment::End), title, content);
        }
        Container::Center => {
            titled(cx, flow, &aligned(Alignment::Center), title, content);
        }
        Container::Other(_) if !title.is_empty() => {
            flow.space(1);
            titled(cx, flow, setting, title, content);
            flow.space(1);
        }
        Container::Indent => titled(cx, flow, setting, title, content),
        Container::Columns => {
            title_row(cx, flow, setting, title);
            columns::columns(cx, flow, setting, content);
        }
        Container::Figures => figures::figures(cx, flow, setting, title, content),
        Container::Other(_) => titled(cx, flow, setting, title, content),
    }
}

/// Sets a title, where there is one, and the blocks below it.
fn titled(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    title: &[Inline],
    content: &[Block],
) {
    title_row(cx, flow, setting, title);
    blocks(cx, flow, setting, content);
}

fn title_row(cx: &mut Context<'_>, flow: &mut Flow, setting: &Setting, title: &[Inline]) {
    if title.is_empty() {
        return;
    }
    let font = FontStyle { family: Family::Gothic, weight: Weight::Bold };
    let alignment = match setting.alignment {
        Alignment::Justify => Alignment::Start,
        other => other,
    };
    let style = ParagraphStyle { font, alignment, ..setting.flush().paragraph() };
    let first = flow.rows.len();
    cx.tagged(Element::new(Role::Paragraph), |cx| {
        text_rows(cx, flow, setting, &style, title);
    });
    flow.mark_title(first);
    flow.keep(1);
}

/// Sets a box that breaks over pages: an em inside its frame, which stands in the middle of
/// the blank lines before and after.
fn boxed(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    drawn: Drawn,
    title: &[Inline],
    content: &[Block],
) {
    let inner = setting.narrowed(setting.size, setting.size);
    if setting.feed.is_some() {
        // In a note there is no grid to stand on and no room for a frame.
        return titled(cx, flow, &inner, title, content);
    }
    let first = flow.rows.len();
    let decoration = flow.decorations.len();
    flow.push(empty_line(cx, setting));
    flow.keep(1);
    flow.decorations.push(Decoration {
        rows: first..first,
        inset: setting.inset,
        measure: setting.measure,
        inside: cx.style.size / 2,
        outside: (cx.style.feed - cx.style.size) / 2,
        drawn,
    });
    titled(cx, flow, &inner, title, content);
    flow.no_space();
    flow.push(Row {
        before: Break::Forbidden,
        ..empty_line(cx, setting)
    });
    flow.decorations[decoration].rows.end = flow.rows.len();
    keep_edges(flow, first);
}

/// A box of so few lines stays on one page.
const SHORT: usize = 5;
/// So many lines at either end of a box stay together.
const EDGE: usize = 2;

/// Keeps a page from cutting a line or two off a box whose rows begin at a number: with the
/// first lines stand its edge and its title, with the last ones its edge.
fn keep_edges(flow: &mut Flow, first: usize) {
    let rows = flow.rows.get_mut(first + 1..).unwrap_or_default();
    let count = rows.len().saturating_sub(1);
    let kept = |index: usize| {
        // The row of the title is kept with the first line already.
        count <= SHORT + 1 || index <= EDGE || index + EDGE > count
    };
    for (index, row) in rows.iter_mut().enumerate() {
        if kept(index) && row.before == Break::Allowed {
            row.before = Break::Forbidden;
        }
    }
}
