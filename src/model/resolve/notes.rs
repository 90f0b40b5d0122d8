//! Notes: numbers in the order of the first references, and a section for those that stand
//! after a part or the book.

use std::ops::Range;

use super::sections;
use crate::diag::{Code, Diagnostic, Sink};
use crate::geom::WritingMode;
use crate::model::walk;
use crate::model::{
    Anchor, AnchorId, Block, BlockKind, Document, Inline, Note, NotePlace, NoteReference,
    Section, SectionKind, numbered,
};
use crate::words::Words;

/// Numbers the notes of each section, or `through` the book, and connects the references
/// to them.
pub(super) fn number(document: &mut Document, through: bool, sink: &mut Sink) {
    let mut before = 0;
    for section in &mut document.sections {
        number_section(section, sink);
        for note in &mut section.notes {
            note.number += before;
        }
        if through {
            before += section.notes.len();
        }
    }
}

/// Puts the marks of notes before the commas and full stops that they are written after
/// (JLReq 4.2.3).
pub(super) fn put_before_stops(document: &mut Document) {
    for section in &mut document.sections {
        let notes = section.notes.iter_mut().map(|note| &mut note.blocks);
        for blocks in std::iter::once(&mut section.blocks).chain(notes) {
            walk::blocks_mut(blocks, &mut |_| {}, &mut before_stops);
        }
    }
}

fn before_stops(content: &mut Vec<Inline>) {
    let mut at = 1;
    while at < content.len() {
        let notes = content[at..]
            .iter()
            .take_while(|one| matches!(one, Inline::Note(_)))
            .count();
        if notes > 0
            && let Some(stop) = cut_stop(&mut content[at - 1])
        {
            content.insert(at + notes, stop);
        }
        at += notes + 1;
    }
}

/// Cuts the comma or full stop off that a text ends with.
fn cut_stop(inline: &mut Inline) -> Option<Inline> {
    let Inline::Text { text, span } = inline else { return None };
    let stop = text.chars().next_back()?;
    if !matches!(stop, '、' | '。' | '，' | '．') {
        return None;
    }
    let length = stop.len_utf8();
    let mut place = *span;
    if text.len() == span.range().len() {
        place.start = span.end - length as u32;
        span.end = place.start;
    }
    text.truncate(text.len() - length);
    Some(Inline::Text { text: stop.to_string(), span: place })
}

/// Makes a section for the notes after each part or after the text.
pub(super) fn gather(document: &mut Document, place: NotePlace) {
    let groups = groups(&document.sections, place);
    let (words, writing) = (document.words(), document.writing);
    let mut sections: Vec<Section> = Vec::new();
    let mut groups = groups.into_iter().peekable();
    // Where the sections of the group stand now.
    let mut members: Vec<usize> = Vec::new();
    for (index, section) in std::mem::take(&mut document.sections).into_iter().enumerate()
    {
        let group = groups.peek().filter(|group| group.contains(&index)).cloned();
        if group.is_some() && !section.notes.is_empty() {
            members.push(sections.len());
        }
        sections.push(section);
        if group.is_some_and(|group| group.end == index + 1) {
            groups.next();
            let members = std::mem::take(&mut members);
            if !members.is_empty() {
                let holder = sections.len();
                let own = holder_of(&sections, &members, words, writing);
                members.iter().for_each(|&at| sections[at].notes_in = Some(holder));
                sections.push(own);
            }
        }
    }
    sections::number_names(&mut sections);
    document.sections = sections;
}

/// The sections whose notes stand together after the last of them.
fn groups(sections: &[Section], place: NotePlace) -> Vec<Range<usize>> {
    match place {
        NotePlace::Page | NotePlace::Chapter => Vec::new(),
        NotePlace::Part => {
            let is_part = |&at: &usize| sections[at].kind == SectionKind::Part;
            let group = |at: usize| {
                let is_chapter = |one: &&Section| one.kind == SectionKind::Chapter;
                let chapters = sections[at + 1..].iter().take_while(is_chapter);
                at..at + 1 + chapters.count()
            };
            (0..sections.len()).filter(is_part).map(group).collect()
        }
        NotePlace::Book => {
            let is_text = |one: &Section| {
                matches!(
                    one.kind,
                    SectionKind::Preface
                        | SectionKind::Part
                        | SectionKind::Chapter
                        | SectionKind::Appendix
                        | SectionKind::Afterword
                )
            };
            let last = sections.iter().rposition(is_text);
            // An article is one section and keeps its notes.
            let last = last.filter(|_| sections.len() > 1);
            last.map(|last| 0..last + 1).into_iter().collect()
        }
    }
}

/// The section of the notes of others.
fn holder_of(
    sections: &[Section],
    members: &[usize],
    words: &Words,
    writing: WritingMode,
) -> Section {
    let mut own = sections::empty(SectionKind::Notes, words, writing);
    for &at in members {
        let section = &sections[at];
        if members.len() > 1 && !section.running_title.is_empty() {
            let text = numbered(section.number.as_deref(), &section.running_title);
            let content = vec![Inline::Text { text, span: section.span }];
            let kind = BlockKind::Heading { level: 2, content, number: None };
            own.blocks.push(Block { kind, ..Block::default() });
        }
        own.blocks
            .push(Block { kind: BlockKind::Notes(at), ..Block::default() });
    }
    own
}

/// Makes a place of each note that stands away from the page that refers to it.
pub(super) fn give_places(document: &mut Document, place: NotePlace) {
    if place == NotePlace::Page {
        return;
    }
    for (index, section) in document.sections.iter_mut().enumerate() {
        let holder = section.notes_in;
        for (number, note) in section.notes.iter_mut().enumerate() {
            note.anchor = Some(AnchorId(document.anchors.len() as u32));
            let name = match holder {
                Some(_) => format!("note.{}.{}", index + 1, number + 1),
                None => format!("note.{}", number + 1),
            };
            document
                .anchors
                .push(Anchor { section: holder.unwrap_or(index), name });
        }
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
