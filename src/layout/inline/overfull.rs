//! Tells of words that are wider than the line.

use super::collect::{Collected, OBJECT, Segment};
use super::shape::{Shaped, Source};
use crate::diag::{Code, Diagnostic, Sink};
use crate::line::{CharClass, Composed, Joint, LineEnding, Measure};

/// Tells of each word that runs over the measure or had to be broken between letters.
pub(super) fn report(
    sink: &mut Sink,
    collected: &Collected<'_>,
    shaped: &Shaped,
    composed: &Composed,
    measure: &Measure,
) {
    let mut word = 0..0;
    for line in &composed.lines {
        if line.ending != LineEnding::Emergency {
            continue;
        }
        let runs_over = line.overfull(measure) > measure.length / 1000;
        let (index, what) = if runs_over {
            let wide = |&index: &usize| shaped.items[index].advance;
            let Some(widest) = line.items.clone().max_by_key(wide) else { continue };
            (widest, "runs over it")
        } else if breaks_letters(shaped, line.items.end) {
            (line.items.end, "is broken between letters")
        } else {
            continue;
        };
        if !word.contains(&index) {
            word = word_at(shaped, index);
        }
        let bytes =
            shaped.cells[word.start].text.start..shaped.cells[word.end - 1].text.end;
        let Some(segment) = segment(collected, bytes.start) else { continue };
        let text = collected.text[bytes.clone()].trim();
        let shown: String = text.chars().take(SHOWN).collect();
        let more = if shown.len() < text.len() { "…" } else { "" };
        let shown = match shown.contains(OBJECT) {
            true => "what stands here".to_owned(),
            false => format!("`{shown}{more}`"),
        };
        let message = format!("{shown} is wider than the line and {what}");
        let hint = "write `&shy;` or `<wbr>` where it may break, or shorten it";
        let span = Source::of(segment).place(bytes);
        sink.push(Diagnostic::new(Code::Overfull, span, message).hint(hint));
    }
}

/// Whether a line breaks between letters before a box.
fn breaks_letters(shaped: &Shaped, index: usize) -> bool {
    shaped
        .items
        .get(index)
        .is_some_and(|item| item.class == CharClass::Western && item.joint == Joint::Keep)
}

/// The boxes of the word around a box.
fn word_at(shaped: &Shaped, index: usize) -> std::ops::Range<usize> {
    let goes_on = |at: usize| {
        let item = &shaped.items[at];
        let joined = matches!(item.joint, Joint::Keep | Joint::Break { .. });
        item.class == CharClass::Western && joined
    };
    let start = (1..=index).rev().find(|&at| !goes_on(at)).unwrap_or(0);
    let count = shaped.items.len();
    let end = (index + 1..count).find(|&at| !goes_on(at)).unwrap_or(count);
    start..end
}

/// The stretch of the text that has a byte.
fn segment<'a, 'b>(collected: &'b Collected<'a>, at: usize) -> Option<&'b Segment<'a>> {
    let segments = &collected.segments;
    segments.get(segments.partition_point(|segment| segment.text.end <= at))
}

/// The most characters of a word that are shown.
const SHOWN: usize = 24;
