//! The marks of notes (合印): which number a note has, how it is written, where it leads.

use super::Context;
use super::section::Leaf;
use crate::geom::WritingMode;
use crate::model::{AnchorId, Section};
use crate::style::NoteKind;

/// How a note is referred to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NoteLabel {
    /// The mark, and what stands before the note.
    pub(crate) text: String,
    /// Where the note stands, if it is away from the page.
    pub(crate) anchor: Option<AnchorId>,
}

/// The marks of the notes of a section, which have numbers of their own where they are
/// counted by page.
pub(crate) fn note_labels(
    cx: &Context<'_>,
    section: &Section,
    numbers: &[u32],
) -> Vec<NoteLabel> {
    let mark = |(index, note): (usize, &crate::model::Note)| {
        let own = u32::try_from(note.number).unwrap_or(u32::MAX);
        let number = numbers.get(index).copied().unwrap_or(own);
        let text = cx.style.note.form.write(&[number]);
        // Brackets of a raised mark are narrow in horizontal lines.
        let text = match cx.writing {
            WritingMode::Horizontal => text.replace('（', "(").replace('）', ")"),
            WritingMode::Vertical => text,
        };
        NoteLabel { text, anchor: note.anchor }
    };
    section.notes.iter().enumerate().map(mark).collect()
}

/// The numbers of notes that are counted on each page anew, or on each spread for notes at
/// the side of a spread. The first leaf is an odd page or an even one.
pub(super) fn numbers_by_page(
    leaves: &[Leaf],
    kind: NoteKind,
    count: usize,
    is_odd: bool,
) -> Vec<u32> {
    let mut numbers = vec![0; count];
    let mut next = 1;
    for (index, leaf) in leaves.iter().enumerate() {
        let ends_spread = (index % 2 == 0) == is_odd;
        if kind != NoteKind::Sidenote || !ends_spread {
            next = 1;
        }
        for &call in &leaf.calls {
            if let Some(number) = numbers.get_mut(call).filter(|number| **number == 0) {
                *number = next;
                next += 1;
            }
        }
    }
    numbers.iter().map(|&number| number.max(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_counted_by_page_or_by_spread() {
        let leaf = |calls: &[usize]| Leaf { calls: calls.to_vec(), ..Leaf::default() };
        let leaves = [leaf(&[0, 1]), leaf(&[2, 0]), leaf(&[3])];
        let numbers =
            |kind, is_odd| numbers_by_page(&leaves, kind, leaves.len() + 2, is_odd);
        assert_eq!(numbers(NoteKind::Footnote, true), [1, 2, 1, 1, 1]);
        // An even page and the odd one after it are a spread.
        assert_eq!(numbers(NoteKind::Sidenote, false), [1, 2, 3, 1, 1]);
        assert_eq!(numbers(NoteKind::Sidenote, true), [1, 2, 1, 2, 1]);
    }
}
