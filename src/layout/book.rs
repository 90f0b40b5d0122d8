//! The leaves of all sections become the pages of a book: order, sides, numbers.

use std::ops::Range;
use std::rc::Rc;

use super::Context;
use super::flow::{Folio, Labels, Parity};
use super::note::numbers_by_page;
use super::section::{Known, Leaf, opening, runs_on, sections, shows_numbers};
use crate::diag::{Code, Diagnostic};
use crate::model::{Section, SectionKind};
use crate::style::{FolioStyle, NoteCount, NoteKind, Style};

/// How often sections are set again until what they know of the pages holds.
const PASSES: usize = 5;

/// A page of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    /// The section and the number of the leaf in it; `None` for a blank page.
    pub(super) leaf: Option<(usize, usize)>,
}

/// The leaves of the sections, and the pages that they make.
#[derive(Debug, Default)]
pub(super) struct Bound {
    /// The leaves of each section; of sections that run on, with those of the first.
    pub(super) leaves: Vec<Vec<Leaf>>,
    /// The pages in order.
    pub(super) sheets: Vec<Sheet>,
    /// Their numbers.
    pub(super) folios: Vec<Folio>,
}

/// Lays all sections out. What sections have to know of the pages of the book is found when
/// all are set; those of which it was not right are set again, until it holds.
pub(super) fn bind(cx: &mut Context<'_>) -> Bound {
    let sections = &cx.document.sections;
    let groups = groups(sections, cx.styles.book());
    let waits = |group: &Range<usize>| sections[group.clone()].iter().any(shows_numbers);
    let mut bound = Bound {
        leaves: vec![Vec::new(); sections.len()],
        ..Bound::default()
    };
    let mut known = vec![Known::default(); groups.len()];
    for group in &groups {
        bound.leaves[group.start] = match waits(group) {
            true => vec![Leaf::default()],
            false => set(cx, group, &Known::default()),
        };
    }
    for pass in 0..=PASSES {
        bound.order(cx);
        let found = bound.found(cx, &groups);
        let is_wrong =
            |&at: &usize| found[at] != known[at] || pass == 0 && waits(&groups[at]);
        let wrong: Vec<usize> = (0..groups.len()).filter(is_wrong).collect();
        let Some(&first) = wrong.first() else { break };
        if pass == PASSES {
            unsettled(cx, groups[first].start, found[first].notes != known[first].notes);
            break;
        }
        for at in wrong {
            bound.leaves[groups[at].start] = set(cx, &groups[at], &found[at]);
            known[at] = found[at].clone();
        }
    }
    bound
}

/// Tells that a section does not agree with the pages that it is on.
fn unsettled(cx: &mut Context<'_>, section: usize, has_notes: bool) {
    let (what, hint) = match has_notes {
        false => (
            "the numbers of pages",
            "some numbers in the contents or the index may be wrong by one",
        ),
        true => (
            "the numbers of notes, which are counted by page,",
            "some of them may be wrong; a word more or less near the end of a page helps, \
             or `notes: { number: chapter }`",
        ),
    };
    let message = format!("{what} do not settle within {PASSES} passes");
    let span = cx.document.sections[section].span;
    cx.sink
        .push(Diagnostic::new(Code::Unsettled, span, message).hint(hint));
}

/// The sections that are laid out together, since each runs on where the one before ends.
fn groups(sections: &[Section], style: &Style) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for index in 0..sections.len() {
        match groups.last_mut() {
            Some(last) if runs_on(sections, index, style) => last.end = index + 1,
            _ => groups.push(index..index + 1),
        }
    }
    groups
}

/// Lays sections out in their direction of writing.
fn set(cx: &mut Context<'_>, group: &Range<usize>, known: &Known) -> Vec<Leaf> {
    let writing = cx.document.sections[group.start].writing;
    cx.within(writing, |cx| sections(cx, group.clone(), known))
}

impl Bound {
    /// Puts the leaves in order, with blank pages where one belongs on the other side, and
    /// counts the pages.
    fn order(&mut self, cx: &Context<'_>) {
        let (sections, style) = (&cx.document.sections, cx.styles.book());
        let openings: Vec<Parity> = (0..sections.len())
            .map(|index| Parity::of(opening(sections, index, style)))
            .collect();
        self.sheets = order(&openings, &self.leaves);
        self.folios = folios(sections, &style.folio, &self.sheets);
    }

    /// What each group of sections has to know of the pages as they are.
    fn found(&self, cx: &Context<'_>, groups: &[Range<usize>]) -> Vec<Known> {
        let sections = &cx.document.sections;
        let labels = self.labels(cx);
        let mut starts = vec![0_usize; sections.len()];
        for (page, sheet) in self.sheets.iter().enumerate() {
            if let Some((section, 0)) = sheet.leaf {
                starts[section] = page;
            }
        }
        let know = |group: &Range<usize>| {
            let members = &sections[group.clone()];
            let mut known = Known::default();
            if members.iter().any(shows_numbers) {
                known.labels = labels.clone();
            }
            let style = &cx.styles.of(members[0].writing).note;
            let count: usize = members.iter().map(|section| section.notes.len()).sum();
            if count == 0 {
                return known;
            }
            let is_odd = starts[group.start].is_multiple_of(2);
            known.is_odd = is_odd && style.kind == NoteKind::Sidenote;
            if style.number == NoteCount::Page {
                let leaves = &self.leaves[group.start];
                known.notes = numbers_by_page(leaves, style.kind, count, is_odd);
            }
            known
        };
        groups.iter().map(know).collect()
    }

    /// The number of the page of each place.
    fn labels(&self, cx: &Context<'_>) -> Labels {
        let mut labels = vec![None; cx.document.anchors.len()];
        for (sheet, folio) in self.sheets.iter().zip(&self.folios) {
            let Some((section, leaf)) = sheet.leaf else { continue };
            self.leaves[section][leaf].visit_anchors(&mut |anchor, _| {
                if let Some(label) = labels.get_mut(anchor.0 as usize) {
                    label.get_or_insert(*folio);
                }
            });
        }
        Rc::new(labels)
    }
}

/// Puts the leaves of sections in order, each section on a page that it may open.
fn order(openings: &[Parity], leaves: &[Vec<Leaf>]) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for (index, leaves) in leaves.iter().enumerate() {
        for (number, leaf) in leaves.iter().enumerate() {
            let parity = if number == 0 { openings[index] } else { leaf.parity };
            if !parity.has(sheets.len() + 1) {
                sheets.push(Sheet { leaf: None });
            }
            sheets.push(Sheet { leaf: Some((index, number)) });
        }
    }
    sheets
}

/// The numbers of pages: those before the text are counted alone where the style says so.
fn folios(sections: &[Section], style: &FolioStyle, sheets: &[Sheet]) -> Vec<Folio> {
    let is_text = |sheet: &Sheet| {
        let kind = sheet.leaf.map(|(section, _)| sections[section].kind);
        kind.is_some_and(|kind| !is_front(kind))
    };
    let front = match &style.front {
        Some(_) => sheets.iter().position(is_text).unwrap_or(sheets.len()),
        None => 0,
    };
    let folio = |index: usize| match index.checked_sub(front) {
        Some(index) => Folio { number: style.start + index as u32, front: false },
        None => Folio { number: index as u32 + 1, front: true },
    };
    (0..sheets.len()).map(folio).collect()
}

/// Whether a section stands before the text (前付).
fn is_front(kind: SectionKind) -> bool {
    match kind {
        SectionKind::HalfTitle
        | SectionKind::TitlePage
        | SectionKind::Contents
        | SectionKind::Preface => true,
        SectionKind::Part
        | SectionKind::Chapter
        | SectionKind::Appendix
        | SectionKind::Afterword
        | SectionKind::Notes
        | SectionKind::References
        | SectionKind::Index
        | SectionKind::Profile
        | SectionKind::Colophon => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::WritingMode;
    use crate::numeral::{Numerals, Pattern};
    use crate::style::Opening;

    fn of_kinds(kinds: &[SectionKind]) -> Vec<Section> {
        let section = |kind: &SectionKind| Section { kind: *kind, ..Section::default() };
        kinds.iter().map(section).collect()
    }

    fn leaves(pages: &[usize]) -> Vec<Vec<Leaf>> {
        pages.iter().map(|&count| vec![Leaf::default(); count]).collect()
    }

    fn sheets(
        kinds: &[SectionKind],
        pages: &[usize],
        style: &Style,
    ) -> Vec<Option<(usize, usize)>> {
        let sections = of_kinds(kinds);
        let openings: Vec<Parity> = (0..sections.len())
            .map(|index| Parity::of(opening(&sections, index, style)))
            .collect();
        order(&openings, &leaves(pages))
            .iter()
            .map(|sheet| sheet.leaf)
            .collect()
    }

    #[test]
    fn parts_and_the_first_chapter_start_on_the_right_side() {
        use SectionKind::{Chapter, Contents, Part, TitlePage};
        let style = Style::default();
        let order =
            sheets(&[TitlePage, Contents, Chapter, Chapter], &[1, 1, 2, 1], &style);
        let expected = [
            Some((0, 0)),
            None,
            Some((1, 0)),
            None,
            Some((2, 0)),
            Some((2, 1)),
            Some((3, 0)),
        ];
        assert_eq!(order, expected);
        let order = sheets(&[Chapter, Part, Chapter], &[1, 1, 1], &style);
        assert_eq!(order, [Some((0, 0)), None, Some((1, 0)), None, Some((2, 0))]);
    }

    #[test]
    fn sections_start_where_the_style_says() {
        use SectionKind::{Chapter, Part};
        let mut style = Style::default();
        style.openings.chapters = Opening::Recto;
        style.openings.after_parts = Opening::Verso;
        let order = sheets(&[Part, Chapter, Chapter], &[1, 2, 1], &style);
        let expected = [Some((0, 0)), Some((1, 0)), Some((1, 1)), None, Some((2, 0))];
        assert_eq!(order, expected);
        let sections = of_kinds(&[Chapter, Chapter, Part, Chapter, Chapter]);
        style.openings.chapters = Opening::RunOn;
        assert_eq!(groups(&sections, &style), [0..2, 2..3, 3..5]);
    }

    #[test]
    fn an_article_has_no_blank_pages() {
        let order = sheets(&[SectionKind::Chapter], &[2], &Style::default());
        assert_eq!(order, [Some((0, 0)), Some((0, 1))]);
    }

    #[test]
    fn pages_before_the_text_are_counted_alone_where_the_style_says_so() {
        use SectionKind::{Chapter, Contents, TitlePage};
        let sections = of_kinds(&[TitlePage, Contents, Chapter]);
        let mut style =
            Style::preset("a5", WritingMode::Horizontal).expect("it is there");
        style.folio.start = 3;
        let all = leaves(&[1, 1, 2]);
        let openings = [Parity::Any, Parity::Odd, Parity::Odd];
        let sheets = order(&openings, &all);
        let numbers = |style: &Style| -> Vec<(u32, bool)> {
            let folios = folios(&sections, &style.folio, &sheets);
            folios.iter().map(|folio| (folio.number, folio.front)).collect()
        };
        let straight: Vec<u32> = numbers(&style).iter().map(|one| one.0).collect();
        assert_eq!(straight, [3, 4, 5, 6, 7, 8]);
        style.folio.front = Some(Pattern::plain(Numerals::LowerRoman));
        let expected =
            [(1, true), (2, true), (3, true), (4, true), (3, false), (4, false)];
        assert_eq!(numbers(&style), expected);
    }
}
