//! Blocks that need little: changes of scene, the list of references.

use super::{Flow, Setting, block, plain, text_rows};
use crate::display::{Element, Role};
use crate::geom::Length;
use crate::layout::{Alignment, Context, ParagraphStyle};
use crate::model::{Block, TextSource};
use crate::source::Span;

/// Sets a change of scene: three asterisks between two blank lines.
pub(super) fn thematic_break(cx: &mut Context<'_>, flow: &mut Flow, setting: &Setting) {
    let style = ParagraphStyle {
        alignment: Alignment::Center,
        first_indent: Length::ZERO,
        ..setting.paragraph()
    };
    let content = [plain("＊　＊　＊", Span::default())];
    flow.space(1);
    text_rows(cx, flow, setting, &style, &content);
    flow.space(1);
}

/// Sets the entries of a list of references: small, each hanging by two ems.
pub(super) fn references(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    entries: &[Block],
) {
    let small = setting.off_grid(cx.style.small_size, cx.style.small_feed);
    let setting = Setting {
        hanging: small.size * 2,
        alignment: Alignment::Start,
        ..small
    };
    flow.start_group();
    for (number, entry) in entries.iter().enumerate() {
        cx.starts.set_entry(Some(TextSource::Reference(number)));
        let item = cx.structure.add(Element::new(Role::Item));
        cx.inside(item, |cx| {
            let body = Element::new(Role::Body);
            cx.tagged(body, |cx| block(cx, flow, &setting, entry));
        });
        flow.lengthen(setting.size / 4);
    }
    cx.starts.set_entry(None);
    flow.start_group();
}
