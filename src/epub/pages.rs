//! All pages in the order of reading, long sections divided into several files.

use std::ops::Range;

use super::book::{Book, Split};
use super::check::MOST_PAGE_BYTES;
use super::xhtml::{self, End, Level, Marks, Page, Point, Seen};
use crate::model::SectionKind;
use crate::style::NoteKind;

/// How many bytes of text and notes a file may hold: with its head, with what is repeated
/// in each file and with longer links it stays below the 256 kB that readers of Japanese
/// books are made for.
const LIMIT: usize = 200 * 1024;

/// How often sections are divided anew whose files are too long all the same.
const ROUNDS: usize = 8;

/// Writes the pages of all sections, but of the contents where the navigation document
/// is their page.
pub(super) fn write(book: &mut Book<'_>) -> (Vec<Page>, Seen) {
    let mut written = write_once(book);
    let marks = std::mem::take(&mut written.marks);
    for (index, marks) in marks.iter().enumerate() {
        book.splits[index] = divide(book, index, marks, LIMIT);
    }
    if book.splits.iter().all(|split| split.files() == 1) {
        return (written.pages, written.seen);
    }
    // Links know only now which file they lead to, which makes some of them longer.
    written = write_once(book);
    let mut long: Vec<usize> = (0..marks.len()).collect();
    let mut limit = LIMIT;
    for _ in 0..ROUNDS {
        long.retain(|&index| written.excess[index] > 0);
        if long.is_empty() {
            break;
        }
        limit = limit * 3 / 4;
        let before = book.splits.clone();
        for &index in &long {
            book.splits[index] = divide(book, index, &marks[index], limit);
        }
        let again = write_once(book);
        let is_better = |&index: &usize| again.excess[index] < written.excess[index];
        let (better, others) = long.into_iter().partition(is_better);
        long = better;
        written = again;
        // What cannot be parted is not made shorter by more files around it.
        if !others.is_empty() {
            for index in others {
                book.splits[index].clone_from(&before[index]);
            }
            written = write_once(book);
        }
    }
    (written.pages, written.seen)
}

/// All pages, and what there is to know of each section.
#[derive(Default)]
struct Written {
    pages: Vec<Page>,
    seen: Seen,
    marks: Vec<Marks>,
    /// How many bytes its pages have beyond what a page may have.
    excess: Vec<usize>,
}

fn write_once(book: &Book<'_>) -> Written {
    let mut all = Written::default();
    for (index, section) in book.document.sections.iter().enumerate() {
        let is_nav = section.kind == SectionKind::Contents;
        let (pages, marks, seen) = match is_nav && !book.conventions.contents_page {
            true => Default::default(),
            false => xhtml::section(book, index, &all.marks),
        };
        let over = |page: &Page| page.xhtml.len().saturating_sub(MOST_PAGE_BYTES);
        all.excess.push(pages.iter().map(over).sum());
        all.pages.extend(pages);
        all.marks.push(marks);
        all.seen.merge(seen);
    }
    all
}

/// How a section is divided, into files of no more than so many bytes where that can be.
fn divide(book: &Book<'_>, index: usize, marks: &Marks, limit: usize) -> Split {
    let count = book.document.sections[index].notes.len();
    let notes = Notes::of(marks, count, book.style.note.kind);
    let files = Files::of(marks, &notes, limit);
    if files.starts.is_empty() {
        return Split::default();
    }
    let anchors = marks.anchors.iter().map(|&(anchor, at)| (anchor, files.file_of(at)));
    let begins = |note| files.file_of(Point { note: Some(note), count: 1 });
    let refers = |note| marks.notes.get(&note).map_or(0, |&(at, _)| files.file_of(at));
    Split {
        anchors: anchors.filter(|&(_, file)| file > 0).collect(),
        notes: (0..count).map(begins).collect(),
        refers: (0..count).map(refers).collect(),
        parts: files.parts,
        starts: files.starts,
    }
}

/// The files of a section.
struct Files {
    /// Where each but the first begins.
    starts: Vec<Point>,
    /// The places of the text where its parts begin, but for the first.
    cuts: Vec<u32>,
    /// By part, its first file.
    firsts: Vec<usize>,
    /// By note, the part of the text that it follows.
    parts: Vec<usize>,
}

impl Files {
    fn of(marks: &Marks, notes: &Notes<'_>, limit: usize) -> Self {
        // The text, each part with the notes that it refers to.
        let of_text = marks.ends.iter().filter(|end| end.point.note.is_none());
        let text: Vec<Place> = of_text.map(|end| notes.place(end)).collect();
        let end = marks.text + notes.before(u32::MAX);
        let cut: Vec<&Place> = cuts(&text, marks.start..end, limit)
            .into_iter()
            .map(|at| &text[at])
            .collect();
        let cuts: Vec<u32> = cut.iter().map(|place| place.point.count).collect();
        let parts: Vec<usize> =
            notes.noted.iter().map(|&noted| part_of(&cuts, noted)).collect();

        // The notes of each part, where they are too long for its file.
        let mut files = Self { starts: Vec::new(), cuts, firsts: vec![0], parts };
        let mut from = marks.start;
        for part in 0..=cut.len() {
            let next = cut.get(part);
            let to = next.map_or(marks.text, |place| place.text);
            files.starts.extend(notes.cuts(&files.parts, part, to - from, limit));
            from = to;
            if let Some(next) = next {
                files.starts.push(next.point);
                files.firsts.push(files.starts.len());
            }
        }
        files
    }

    fn file_of(&self, point: Point) -> usize {
        let part = match point.note {
            None => part_of(&self.cuts, point.count),
            Some(note) => self.parts.get(note).copied().unwrap_or(0),
        };
        let first = self.firsts[part];
        let after = self.starts[first..].iter();
        let begun = after.take_while(|start| start.note.is_some() && **start <= point);
        first + begun.count()
    }
}

/// The part of the text that a place is in.
fn part_of(cuts: &[u32], count: u32) -> usize {
    cuts.partition_point(|&cut| cut <= count)
}

/// The notes of a section, as far as dividing it goes.
struct Notes<'a> {
    ends: &'a [End],
    /// By note, the place of the text that it goes with.
    noted: Vec<u32>,
    /// By note, where it begins and ends, in bytes.
    ranges: Vec<Range<usize>>,
    /// The places of the text that refer to notes which go with them, each with the bytes
    /// of all notes so far.
    sums: Vec<(u32, usize)>,
}

/// A place where a file may end.
struct Place {
    point: Point,
    level: Level,
    /// How many bytes of the text come before it.
    text: usize,
    /// The same with the notes that go with them.
    all: usize,
}

impl<'a> Notes<'a> {
    fn of(marks: &'a Marks, count: usize, kind: NoteKind) -> Self {
        let noted = |note| match (kind, marks.notes.get(&note)) {
            (NoteKind::Footnote | NoteKind::Sidenote, Some(&(_, noted))) => noted,
            // After the text.
            (NoteKind::Endnote, _) | (_, None) => u32::MAX,
        };
        let noted: Vec<u32> = (0..count).map(noted).collect();
        let first = marks.ends.partition_point(|end| end.point.note.is_none());
        let ends = &marks.ends[first..];
        let is_first = |end: &&End| end.point.count == 1;
        let mut begins: Vec<usize> =
            ends.iter().filter(is_first).map(|end| end.length).collect();
        begins.push(marks.length);
        let ranges: Vec<_> = begins.windows(2).map(|pair| pair[0]..pair[1]).collect();
        let mut sums: Vec<(u32, usize)> = noted
            .iter()
            .zip(&ranges)
            .map(|(&at, range)| (at, range.len()))
            .collect();
        sums.retain(|&(at, _)| at < u32::MAX);
        sums.sort_unstable();
        let mut sum = 0;
        for (_, bytes) in &mut sums {
            sum += *bytes;
            *bytes = sum;
        }
        Self { ends, noted, ranges, sums }
    }

    /// How many bytes the notes have that go with what comes before a place of the text.
    fn before(&self, count: u32) -> usize {
        let after = self.sums.partition_point(|&(noted, _)| noted < count);
        after.checked_sub(1).map_or(0, |last| self.sums[last].1)
    }

    fn place(&self, end: &End) -> Place {
        let End { point, level, length } = *end;
        Place {
            point,
            level,
            text: length,
            all: length + self.before(point.count),
        }
    }

    /// Where files begin among the notes of a part of the text, which has so many bytes.
    fn cuts(
        &self,
        parts: &[usize],
        part: usize,
        text: usize,
        limit: usize,
    ) -> impl Iterator<Item = Point> {
        let mut bytes = text;
        let mut places = Vec::new();
        for (note, range) in self.ranges.iter().enumerate() {
            if parts.get(note) != Some(&part) {
                continue;
            }
            let own = self.ends.iter().filter(|end| end.point.note == Some(note));
            places.extend(own.map(|&End { point, level, length }| Place {
                point,
                level,
                text: 0,
                all: bytes + (length - range.start),
            }));
            bytes += range.len();
        }
        let cuts = cuts(&places, 0..bytes, limit);
        cuts.into_iter().map(move |cut| places[cut].point)
    }
}

/// Which of some places are best to end files at, so that none is longer than `limit`
/// where that can be: in the second half of a file that least breaks the text, the last of
/// several. `range` is where the first file begins and the last one ends.
fn cuts(places: &[Place], range: Range<usize>, limit: usize) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut from = range.start;
    let mut next = 0;
    loop {
        let rest = &places[next..];
        let breaks = rest.iter().position(|place| place.level == Level::BREAK);
        let end = breaks.map_or(range.end, |at| rest[at].all);
        let cut = if end - from > limit {
            let rest = &rest[..breaks.unwrap_or(rest.len())];
            let fit = rest.partition_point(|place| place.all - from <= limit);
            let half = rest.partition_point(|place| place.all - from < limit / 2);
            let best = (half..fit).rev().min_by_key(|&at| rest[at].level);
            let inside = |at: &usize| {
                rest.get(*at)
                    .is_some_and(|place| (from + 1..end).contains(&place.all))
            };
            best.or(fit.checked_sub(1))
                .filter(inside)
                .or_else(|| (fit..rest.len()).find(inside))
                .or(breaks)
        } else {
            breaks
        };
        let Some(cut) = cut else { return cuts };
        from = places[next + cut].all;
        cuts.push(next + cut);
        next += cut + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(level: Level, all: usize) -> Place {
        Place { point: Point::default(), level, text: all, all }
    }

    #[test]
    fn files_end_where_a_reader_expects_it() {
        let (heading, block) = (Level::block(3, true), Level::block(3, false));
        let cut = |places: &[Place], end| {
            let cuts = cuts(places, 0..end, 100);
            cuts.into_iter().map(|at| places[at].all).collect::<Vec<_>>()
        };
        let at = |level, all: &[usize]| -> Vec<Place> {
            all.iter().map(|&all| place(level, all)).collect()
        };
        assert!(cut(&at(block, &[30, 60, 90]), 100).is_empty());
        assert_eq!(cut(&at(block, &[30, 60, 90, 110]), 130), [90]);
        // Before a heading of the second half of the file, else at the last block.
        let mut places = at(block, &[30, 60, 90, 130, 180, 220]);
        places[1].level = heading;
        assert_eq!(cut(&places, 250), [60, 130, 220]);
        places[0].level = heading;
        places[1].level = block;
        assert_eq!(cut(&places, 250), [90, 180]);
        // Outside of all that stands around something, if that is not too far back.
        let mut places = at(Level::block(5, false), &[60, 70, 95, 150]);
        places[0].level = block;
        assert_eq!(cut(&places, 140), [60]);
        places[0].all = 40;
        assert_eq!(cut(&places, 140), [95]);
        // What cannot be parted is a file of its own.
        assert_eq!(cut(&at(block, &[20, 300]), 350), [20, 300]);
        assert!(cut(&[], 350).is_empty());
    }

    #[test]
    fn files_end_where_the_source_breaks_the_page() {
        let places = [
            place(Level::BREAK, 20),
            place(Level::block(3, false), 90),
            place(Level::BREAK, 150),
        ];
        assert_eq!(cuts(&places, 0..160, 100), [0, 1, 2]);
        assert_eq!(cuts(&places, 0..160, 1000), [0, 2]);
    }
}
