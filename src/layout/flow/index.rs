//! The index (索引): words with the pages that they stand on.

use super::leader::leader_lines;
use super::{Flow, Folio, Setting, page_number, plain, text_rows};
use crate::display::{Element, Marks, Role};
use crate::font::{Family, FontStyle, Weight};
use crate::geom::WritingMode;
use crate::layout::{Alignment, Context, ParagraphStyle};
use crate::model::{AnchorId, IndexEntry, IndexGroup, Inline, Target, TextSource};
use crate::source::Span;

/// Sets the groups of an index, each below its heading.
pub(super) fn index(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    groups: &[IndexGroup],
) {
    let setting = Setting {
        alignment: Alignment::Start,
        ..setting.off_grid(cx.style.small_size, cx.style.small_feed)
    };
    let mut count = 0;
    for group in groups {
        next(cx, &mut count);
        let style = ParagraphStyle {
            font: FontStyle { family: Family::Gothic, weight: Weight::Bold },
            ..setting.paragraph()
        };
        flow.start_group();
        let heading = [plain(&*group.heading, Span::default())];
        cx.tagged(Element::new(Role::Paragraph), |cx| {
            text_rows(cx, flow, &setting, &style, &heading);
        });
        flow.keep(1);
        entries(cx, flow, &setting, &group.entries, &mut count);
    }
    cx.starts.set_entry(None);
}

/// Says that the next line of the index is set.
fn next(cx: &mut Context<'_>, count: &mut usize) {
    cx.starts.set_entry(Some(TextSource::Index(*count)));
    *count += 1;
}

fn entries(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    list: &[IndexEntry],
    count: &mut usize,
) {
    let element = Element::new(Role::List(Marks::None));
    cx.tagged(element, |cx| {
        for one in list {
            let item = cx.structure.add(Element::new(Role::Item));
            cx.inside(item, |cx| {
                let body = Element::new(Role::Body);
                cx.tagged(body, |cx| entry(cx, flow, setting, one, count));
            });
        }
    });
}

fn entry(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    entry: &IndexEntry,
    count: &mut usize,
) {
    next(cx, count);
    let words = [plain(&*entry.term, Span::default())];
    let numbers = numbers(cx, setting, &entry.places);
    if numbers.is_empty() {
        text_rows(cx, flow, setting, &setting.paragraph(), &words);
    } else {
        leader_lines(cx, flow, setting, &words, &numbers, None);
    }
    entries(cx, flow, &setting.indented(setting.size), &entry.children, count);
}

/// The numbers of the pages, each once and each a link.
fn numbers(cx: &Context<'_>, setting: &Setting, places: &[AnchorId]) -> Vec<Inline> {
    let mut seen: Vec<Folio> = Vec::new();
    let mut content = Vec::new();
    for place in places {
        let label = setting.labels.get(place.0 as usize).copied().flatten();
        let Some(label) = label.filter(|label| !seen.contains(label)) else { continue };
        if !seen.is_empty() {
            let comma = match cx.writing {
                WritingMode::Horizontal => ", ",
                WritingMode::Vertical => "、",
            };
            content.push(plain(comma, Span::default()));
        }
        seen.push(label);
        content.push(Inline::Link {
            target: Target::Anchor(*place),
            title: None,
            children: page_number(cx, label),
            span: Span::default(),
        });
    }
    content
}
