//! The leaves of all sections become the pages of a book: order, sides, numbers.

use std::rc::Rc;

use super::Context;
use super::flow::Labels;
use super::section::{Leaf, section, shows_numbers};
use crate::diag::{Code, Diagnostic};
use crate::model::{Section, SectionKind};

/// How often contents and index are set again until their numbers hold.
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
    /// The leaves of each section.
    pub(super) leaves: Vec<Vec<Leaf>>,
    /// The pages in order.
    pub(super) sheets: Vec<Sheet>,
}

/// Lays all sections out. Those that show the numbers of pages wait for the others, and
/// are set again until the numbers that they show are those of the pages.
pub(super) fn bind(cx: &mut Context<'_>) -> Bound {
    let sections = &cx.document.sections;
    let mut bound = Bound::default();
    let empty: Labels = Rc::default();
    for (index, one) in sections.iter().enumerate() {
        bound.leaves.push(match shows_numbers(one) {
            true => vec![Leaf::default()],
            false => set(cx, index, &empty),
        });
    }
    bound.sheets = order(sections, &bound.leaves);
    let waiting: Vec<usize> = (0..sections.len())
        .filter(|&index| shows_numbers(&sections[index]))
        .collect();
    let Some(&first) = waiting.first() else { return bound };
    let mut labels = labels(cx, &bound);
    for _ in 0..PASSES {
        for &index in &waiting {
            bound.leaves[index] = set(cx, index, &labels);
        }
        bound.sheets = order(sections, &bound.leaves);
        let found = self::labels(cx, &bound);
        if found == labels {
            return bound;
        }
        labels = found;
    }
    let message = format!("the numbers of pages do not settle within {PASSES} passes");
    let hint = "some numbers in the contents or the index may be wrong by one";
    let span = sections[first].span;
    cx.sink
        .push(Diagnostic::new(Code::Unsettled, span, message).hint(hint));
    bound
}

/// Lays a section out in its direction of writing.
fn set(cx: &mut Context<'_>, index: usize, labels: &Labels) -> Vec<Leaf> {
    let one = &cx.document.sections[index];
    cx.structure.open_section(index);
    let leaves = cx.within(one.writing, |cx| section(cx, one, labels));
    cx.structure.close(None);
    leaves
}

/// Puts the leaves in order, with blank pages where a section starts on the other side.
fn order(sections: &[Section], leaves: &[Vec<Leaf>]) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for (index, leaves) in leaves.iter().enumerate() {
        let next_is_verso = sheets.len() % 2 == 1;
        if next_is_verso && starts_recto(sections, index) && !leaves.is_empty() {
            sheets.push(Sheet { leaf: None });
        }
        let numbers = 0..leaves.len();
        sheets.extend(numbers.map(|leaf| Sheet { leaf: Some((index, leaf)) }));
    }
    sheets
}

/// Whether a section starts on a right-hand page of a horizontal book and on a left-hand
/// page of a vertical one (改丁): parts, what follows the title page of a part, and the
/// first chapter after other matter.
fn starts_recto(sections: &[Section], index: usize) -> bool {
    let kind = sections[index].kind;
    let before = index.checked_sub(1).map(|before| sections[before].kind);
    match (kind, before) {
        (_, None) => false,
        (SectionKind::Part, _)
        | (_, Some(SectionKind::Part | SectionKind::TitlePage)) => true,
        (SectionKind::Chapter, _) => {
            let text = |section: &Section| {
                matches!(section.kind, SectionKind::Chapter | SectionKind::Part)
            };
            !sections[..index].iter().any(text)
        }
        (
            SectionKind::TitlePage
            | SectionKind::Contents
            | SectionKind::Preface
            | SectionKind::Appendix
            | SectionKind::Afterword
            | SectionKind::References
            | SectionKind::Index
            | SectionKind::Profile
            | SectionKind::Colophon,
            _,
        ) => false,
    }
}

/// The number of the page of each place.
fn labels(cx: &Context<'_>, bound: &Bound) -> Labels {
    let mut labels = vec![None; cx.document.anchors.len()];
    for (page, sheet) in bound.sheets.iter().enumerate() {
        let Some((section, leaf)) = sheet.leaf else { continue };
        bound.leaves[section][leaf].visit_anchors(&mut |anchor, _| {
            if let Some(label) = labels.get_mut(anchor.0 as usize) {
                label.get_or_insert(page as u32 + 1);
            }
        });
    }
    Rc::new(labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(kinds: &[SectionKind], pages: &[usize]) -> Vec<Option<(usize, usize)>> {
        let section = |kind: &SectionKind| Section { kind: *kind, ..Section::default() };
        let sections: Vec<Section> = kinds.iter().map(section).collect();
        let leaves: Vec<Vec<Leaf>> =
            pages.iter().map(|&count| vec![Leaf::default(); count]).collect();
        order(&sections, &leaves).iter().map(|sheet| sheet.leaf).collect()
    }

    #[test]
    fn parts_and_the_first_chapter_start_on_the_right_side() {
        use SectionKind::{Chapter, Contents, Part, TitlePage};
        let order = sheets(&[TitlePage, Contents, Chapter, Chapter], &[1, 1, 2, 1]);
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
        let order = sheets(&[Chapter, Part, Chapter], &[1, 1, 1]);
        assert_eq!(order, [Some((0, 0)), None, Some((1, 0)), None, Some((2, 0))]);
    }

    #[test]
    fn an_article_has_no_blank_pages() {
        assert_eq!(sheets(&[SectionKind::Chapter], &[2]), [Some((0, 0)), Some((0, 1))]);
    }
}
