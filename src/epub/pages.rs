//! All pages in the order of reading, long sections divided into several files.

use super::book::{Book, Split};
use super::nav;
use super::xhtml::{self, Marks, Page, Seen};
use crate::model::{BlockKind, Section, SectionKind};

/// How many bytes of blocks a file may hold: with its head and its notes it stays below
/// the 256 kB that readers of Japanese books are made for.
const LIMIT: usize = 200 * 1024;

/// Writes the pages of all sections, but of the contents where the navigation document
/// is their page.
pub(super) fn write(book: &mut Book<'_>) -> (Vec<Page>, Seen) {
    let (pages, seen, marks) = write_once(book);
    let sections = book.document.sections.iter().zip(&marks);
    let divided: Vec<Option<Split>> =
        sections.map(|(section, marks)| divide(section, marks)).collect();
    if divided.iter().all(Option::is_none) {
        return (pages, seen);
    }
    for (split, divided) in book.splits.iter_mut().zip(divided) {
        if let Some(divided) = divided {
            *split = divided;
        }
    }
    // Links know only now which file they lead to.
    let (pages, seen, _) = write_once(book);
    (pages, seen)
}

fn write_once(book: &Book<'_>) -> (Vec<Page>, Seen, Vec<Marks>) {
    let mut pages = Vec::new();
    let mut all = Seen::default();
    let mut marks = Vec::new();
    for (index, section) in book.document.sections.iter().enumerate() {
        if section.kind == SectionKind::Contents {
            if book.conventions.contents_page {
                let (page, seen) = nav::page(book, index);
                pages.push(page);
                all.merge(seen);
            }
            marks.push(Marks::default());
            continue;
        }
        let (written, mark, seen) = xhtml::section(book, index, &marks);
        pages.extend(written);
        marks.push(mark);
        all.merge(seen);
    }
    (pages, all, marks)
}

/// How a section is divided: at page breaks, and where it is too long for one file;
/// `None` where it stays whole.
fn divide(section: &Section, marks: &Marks) -> Option<Split> {
    let count = marks.starts.len();
    let start = |block: usize| marks.starts.get(block).copied().unwrap_or(marks.length);
    let is_break =
        |block: usize| matches!(section.blocks[block].kind, BlockKind::PageBreak);
    let is_heading =
        |block: usize| matches!(section.blocks[block].kind, BlockKind::Heading { .. });
    let mut files = Vec::new();
    let mut first = 0;
    let mut block = 0;
    while block < count {
        if is_break(block) {
            if first < block {
                files.push(first..block);
            }
            first = block + 1;
        } else if start(block + 1) - start(first) > LIMIT && first < block {
            // Best before a heading of the second half of the file.
            let half = start(first) + LIMIT / 2;
            let headings = (first + 1..=block).rev();
            let cut = headings
                .take_while(|&at| start(at) >= half)
                .find(|&at| is_heading(at))
                .unwrap_or(block);
            files.push(first..cut);
            first = cut;
            block = cut;
        }
        block += 1;
    }
    if first < count || files.is_empty() {
        files.push(first.min(count)..count);
    }
    let file_of = |block: usize| {
        let at = files.iter().rposition(|range| range.start <= block);
        at.unwrap_or(0)
    };
    if files.len() == 1 {
        return (files[0].len() < count).then(|| Split {
            files,
            notes: vec![0; section.notes.len()],
            ..Split::default()
        });
    }
    let anchors = marks.anchors.iter().map(|&(anchor, block)| (anchor, file_of(block)));
    let note = |index: usize| {
        let block = marks.notes.get(&index).copied();
        block.map_or(files.len() - 1, file_of)
    };
    Some(Split {
        anchors: anchors.filter(|&(_, file)| file > 0).collect(),
        notes: (0..section.notes.len()).map(note).collect(),
        files,
    })
}
