//! Notes (注): small, their marks in the indent.

use super::list::{put_mark, upright};
use super::{Flow, Setting, blocks, one_line, text_rows};
use crate::display::{Element, Marks, Role};
use crate::font::{Family, FontStyle, Weight};
use crate::geom::Length;
use crate::layout::{Alignment, Context, ParagraphStyle, note_labels};
use crate::model::{Inline, Note};
use crate::source::Span;

/// Sets a note, by its number in the section.
pub(crate) fn note(
    cx: &mut Context<'_>,
    setting: &Setting,
    number: usize,
    note: &Note,
) -> Flow {
    let mut flow = Flow::default();
    let small = setting.off_grid(cx.style.note.size, cx.style.note.feed);
    let style = ParagraphStyle { alignment: Alignment::Start, ..small.paragraph() };
    let words = cx.notes.get(number).map(|mark| mark.text.clone()).unwrap_or_default();
    let content = upright(cx.writing, &words, note.span);
    let label = Element::new(Role::Label);
    let mark = cx.tagged(label, |cx| one_line(cx, &content, &style));
    // The blank half of a bracket is a gap by itself.
    let gap = if words.ends_with('）') { Length::ZERO } else { small.size / 2 };
    let ems = (mark.width + gap).ceil_div(small.size).max(2);
    let inner = small.indented(small.size * ems);
    blocks(cx, &mut flow, &inner, &note.blocks);
    flow.finish();
    let room = inner.inset - small.inset - gap - mark.width;
    let inline = small.inset + room.max(Length::ZERO);
    put_mark(cx, &mut flow, &inner, 0, mark, inline);
    flow
}

/// Sets the notes of a section after its text (後注, JLReq 4.2.4), below a title.
pub(crate) fn endnotes(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    (title, notes): (&str, &[Note]),
) {
    if notes.is_empty() {
        return;
    }
    let setting = &narrowed(cx, setting);
    flow.space(1);
    if !title.is_empty() {
        let font = FontStyle { family: Family::Gothic, weight: Weight::Bold };
        let style = ParagraphStyle { font, ..setting.paragraph() };
        let content = [Inline::Text { text: title.to_owned(), span: Span::default() }];
        let element = Element::new(Role::Paragraph);
        cx.tagged(element, |cx| text_rows(cx, flow, setting, &style, &content));
        flow.keep(2);
    }
    let list = Element::new(Role::List(Marks::Numbers));
    cx.tagged(list, |cx| {
        for (number, one) in notes.iter().enumerate() {
            if number == 0 {
                flow.start_group();
            }
            flow.anchor(one.anchor);
            let element = Element::new(Role::Item);
            let set = cx.tagged(element, |cx| note(cx, setting, number, one));
            set.rows.into_iter().for_each(|row| flow.push(row));
        }
    });
    flow.start_group();
}

/// Sets the notes of another section.
pub(super) fn notes_of(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    number: usize,
) {
    let Some(section) = cx.document.sections.get(number) else { return };
    let marks = note_labels(cx, section, &[]);
    let around = std::mem::replace(&mut cx.notes, marks.into());
    endnotes(cx, flow, setting, ("", &section.notes));
    cx.notes = around;
}

/// The room of endnotes: two ems further in or a little more, so that the lines are whole
/// numbers of their own ems and end with those of the text.
fn narrowed(cx: &Context<'_>, setting: &Setting) -> Setting {
    let (size, measure) = (cx.style.note.size, setting.measure);
    let ems = (measure - setting.size * 2).floor_div(size);
    setting.flush().indented(measure - size * ems)
}
