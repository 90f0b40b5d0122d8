//! Footnotes: numbers in the order of the first references.

use crate::diag::{Code, Diagnostic, Sink};
use crate::model::walk;
use crate::model::{Block, Document, Inline, Note, NoteReference, Section};

/// Numbers the notes of each section and connects the references to them.
pub(super) fn number(document: &mut Document, sink: &mut Sink) {
    for section in &mut document.sections {
        number_section(section, sink);
    }
}

fn number_section(section: &mut Section, sink: &mut Sink) {
    let mut written = std::mem::take(&mut section.notes);
    let mut ordered: Vec<Note> = Vec::new();
    connect(&mut section.blocks, &mut written, &mut ordered, sink);
    // Notes can refer to notes.
    let mut next = 0;
    while next < ordered.len() {
        let mut blocks = std::mem::take(&mut ordered[next].blocks);
        connect(&mut blocks, &mut written, &mut ordered, sink);
        ordered[next].blocks = blocks;
        next += 1;
    }
    for note in &written {
        let message = format!("nothing refers to footnote `{}`", note.label);
        let hint = format!("put `[^{}]` where the note belongs", note.label);
        sink.push(Diagnostic::new(Code::UnusedFootnote, note.span, message).hint(hint));
    }
    section.notes = ordered;
}

/// Connects the references in some blocks; notes that they call for the first time move
/// from `written` to `ordered`.
fn connect(
    blocks: &mut [Block],
    written: &mut Vec<Note>,
    ordered: &mut Vec<Note>,
    sink: &mut Sink,
) {
    walk::blocks_mut(blocks, &mut |_| {}, &mut |content| {
        walk::inlines_mut(content, &mut |inline| {
            if let Inline::Note(reference) = inline {
                connect_one(reference, written, ordered, sink);
            }
        });
    });
}

fn connect_one(
    reference: &mut NoteReference,
    written: &mut Vec<Note>,
    ordered: &mut Vec<Note>,
    sink: &mut Sink,
) {
    if let Some(known) = ordered.iter().position(|note| note.label == reference.label) {
        reference.note = Some(known);
        reference.repeated = true;
        return;
    }
    match written.iter().position(|note| note.label == reference.label) {
        Some(index) => {
            let mut note = written.remove(index);
            note.number = ordered.len() + 1;
            reference.note = Some(ordered.len());
            ordered.push(note);
        }
        None => {
            let label = &reference.label;
            let message = format!("footnote `{label}` is not written in this chapter");
            let hint = format!("add a line `[^{label}]: …`");
            sink.push(
                Diagnostic::new(Code::UndefinedFootnote, reference.span, message)
                    .hint(hint),
            );
        }
    }
}
