//! The lines of contents (目次) and of lists of figures and their like: words with the page
//! that they lead to, each a link.

use super::leader::leader_lines;
use super::{Flow, Setting, page_number, plain};
use crate::display::{Element, Role};
use crate::layout::{Alignment, Context};
use crate::model::{ContentsEntry, Inline, ReferenceKind, Target, TextSource};
use crate::source::Span;

/// Sets the contents or the list of a kind: entries and those below them.
pub(crate) fn contents(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    list: &[ContentsEntry],
    kind: Option<ReferenceKind>,
) {
    let setting = Setting { alignment: Alignment::Start, ..setting.flush() };
    let top = list.iter().map(|entry| entry.level).min().unwrap_or(0);
    let folios = setting.labels.iter().flatten();
    let last = folios.map(|folio| folio.number).max().unwrap_or(0);
    cx.digits = last.checked_ilog10().map_or(0, |log| log as usize + 1).min(3);
    entries(cx, flow, &setting, list, (top, &mut ContentsEntry::sources(kind)));
    cx.digits = 0;
    cx.starts.set_entry(None);
}

fn entries(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    list: &[ContentsEntry],
    (top, sources): (u8, &mut dyn Iterator<Item = TextSource>),
) {
    let is_nested = list.iter().any(|entry| !entry.children.is_empty());
    for entry in list {
        cx.starts.set_entry(sources.next());
        let depth = i64::from(entry.level.saturating_sub(top));
        let indented = setting.indented(cx.style.contents.indent * depth);
        let setting_here = match entry.level {
            0 => {
                flow.space(1);
                Setting { font: cx.style.contents.font, ..indented }
            }
            1 if is_nested => {
                flow.space(cx.style.contents.space);
                Setting { font: cx.style.contents.chapter_font, ..indented }
            }
            1 => indented,
            _ => Setting { size: cx.style.contents.section_size, ..indented },
        };
        let item = cx.structure.add(Element::new(Role::ContentsItem));
        cx.inside(item, |cx| {
            line(cx, flow, &setting_here, entry);
            if !entry.children.is_empty() {
                flow.keep(1);
            }
            cx.tagged(Element::new(Role::Contents), |cx| {
                entries(cx, flow, setting, &entry.children, (top, sources));
            });
        });
    }
}

fn line(cx: &mut Context<'_>, flow: &mut Flow, setting: &Setting, entry: &ContentsEntry) {
    let folio = setting.labels.get(entry.anchor.0 as usize).copied().flatten();
    let numbers = folio.map_or_else(Vec::new, |folio| page_number(cx, folio));
    let target = Some(Target::Anchor(entry.anchor));
    let link = Element {
        alt: Some(entry.words()),
        ..Element::new(Role::Link)
    };
    let number = entry.number.as_ref().map(|number| format!("{number}\u{3000}"));
    let number = number.map(|number| plain(number, Span::default()));
    let words: Vec<Inline> =
        number.into_iter().chain(entry.title.iter().cloned()).collect();
    cx.tagged(Element::new(Role::Reference), |cx| {
        cx.tagged(link, |cx| leader_lines(cx, flow, setting, &words, &numbers, target));
    });
}
