//! Footnotes (脚注): small, their numbers in the indent.

use super::list::{put_mark, upright};
use super::{Flow, Setting, blocks, one_line};
use crate::display::{Element, Role};
use crate::geom::Length;
use crate::layout::{Alignment, Context, ParagraphStyle};
use crate::model::Note;

/// Sets a note.
pub(crate) fn note(cx: &mut Context<'_>, setting: &Setting, note: &Note) -> Flow {
    let mut flow = Flow::default();
    let small = setting.off_grid(cx.style.note.size, cx.style.note.feed);
    let style = ParagraphStyle { alignment: Alignment::Start, ..small.paragraph() };
    let number = u32::try_from(note.number).unwrap_or(u32::MAX);
    let words = cx.style.note.form.write(&[number]);
    let content = upright(cx.writing, &words, note.span);
    let label = Element::new(Role::Label);
    let mark = cx.tagged(label, |cx| one_line(cx, &content, &style));
    let gap = small.size / 2;
    let ems = (mark.width + gap).ceil_div(small.size).max(2);
    let inner = small.indented(small.size * ems);
    blocks(cx, &mut flow, &inner, &note.blocks);
    flow.finish();
    let room = inner.inset - small.inset - gap - mark.width;
    let inline = small.inset + room.max(Length::ZERO);
    put_mark(cx, &mut flow, &inner, 0, mark, inline);
    flow
}
