//! Verse (詩): lines that end where the author ends them.

use super::{Break, Flow, Setting, block, text_rows};
use crate::display::{Element, Role};
use crate::layout::{Alignment, Context, ParagraphStyle};
use crate::model::{Block, BlockKind, Inline};

/// The most lines of a stanza that are kept on one page.
const SHORT: usize = 6;

/// Sets verse further in, a blank line between its stanzas. A line that is too long goes on
/// further in; a short stanza stays on one page.
pub(super) fn verse(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    content: &[Block],
) {
    let indent = setting.size * i64::from(cx.style.verse.indent);
    let inner = setting.indented(indent).flush();
    flow.space(1);
    for one in content {
        match &one.kind {
            BlockKind::Paragraph(words) => {
                flow.anchor(one.anchor);
                let element = Element::new(Role::Paragraph);
                cx.tagged(element, |cx| stanza(cx, flow, &inner, words));
                flow.space(1);
            }
            _ => {
                // The name of the poet follows the last line.
                flow.no_space();
                block(cx, flow, &inner, one);
                flow.space(1);
            }
        }
    }
}

fn stanza(cx: &mut Context<'_>, flow: &mut Flow, setting: &Setting, words: &[Inline]) {
    let first = flow.rows.len();
    let hanging = setting.size * i64::from(cx.style.verse.hanging);
    let lines = words.split(|inline| matches!(inline, Inline::LineBreak));
    for line in lines {
        let blank = leading_blank(line);
        let style = ParagraphStyle {
            alignment: Alignment::Start,
            indent: hanging + setting.size * blank,
            ..setting.paragraph()
        };
        let start = flow.rows.len();
        text_rows(cx, flow, setting, &style, line);
        let rest = flow.rows.iter_mut().skip(start + 1);
        rest.for_each(|row| row.before = Break::Forbidden);
    }
    if flow.rows.len() - first <= SHORT {
        flow.join(first);
    }
}

/// How many blank ems a line begins with.
fn leading_blank(line: &[Inline]) -> i64 {
    match line.first() {
        Some(Inline::Text { text, .. }) => {
            text.chars().take_while(|&ch| ch == '\u{3000}').count() as i64
        }
        _ => 0,
    }
}
