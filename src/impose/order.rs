//! Which page stands where: the arithmetic of sheets, without sizes.

use crate::geom::Binding;

/// The pages of each side in the order of reading, `rows` of `columns`, from left to right
/// and from the top down; `None` for a blank. Those of a book that is bound on the right
/// follow each other from the right.
pub fn n_up(
    pages: usize,
    columns: usize,
    rows: usize,
    binding: Binding,
) -> Vec<Vec<Option<usize>>> {
    let room = (columns * rows).max(1);
    let side = |side: usize| {
        let slot = |row: usize, column: usize| {
            let column = match binding {
                Binding::Left => column,
                Binding::Right => columns - 1 - column,
            };
            let page = side * room + row * columns + column;
            (page < pages).then_some(page)
        };
        (0..rows)
            .flat_map(|row| (0..columns).map(move |column| slot(row, column)))
            .collect()
    };
    (0..pages.div_ceil(room)).map(side).collect()
}

/// A side of a folded sheet: the pages left and right of the fold, and how many sheets lie
/// around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// The page on the left and the page on the right; `None` for a blank.
    pub pages: [Option<usize>; 2],
    /// How many sheets of the signature lie around this one.
    pub depth: usize,
}

/// Sheets that are folded and laid inside each other, front and back of each in turn, from
/// the outermost. `signature` is how many sheets lie inside each other, all where it is
/// `None`; the last signature has no more sheets than it needs.
pub fn booklet(pages: usize, signature: Option<usize>, binding: Binding) -> Vec<Fold> {
    let sheets = pages.div_ceil(4);
    let most = signature.unwrap_or(sheets).max(1);
    let mut folds = Vec::with_capacity(sheets * 2);
    let mut first_sheet = 0;
    while first_sheet < sheets {
        let count = most.min(sheets - first_sheet);
        let (first, after) = (first_sheet * 4, (first_sheet + count) * 4);
        let page = |number: usize| (number < pages).then_some(number);
        for depth in 0..count {
            // Left and right of a book that is bound on the left.
            let front = [after - 1 - 2 * depth, first + 2 * depth];
            let back = [first + 2 * depth + 1, after - 2 - 2 * depth];
            for [left, right] in [front, back] {
                let pages = match binding {
                    Binding::Left => [page(left), page(right)],
                    Binding::Right => [page(right), page(left)],
                };
                folds.push(Fold { pages, depth });
            }
        }
        first_sheet += count;
    }
    folds
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pages by their numbers from 1, blanks as 0.
    fn numbers(folds: &[Fold]) -> Vec<[usize; 2]> {
        let number = |page: Option<usize>| page.map_or(0, |page| page + 1);
        folds.iter().map(|fold| fold.pages.map(number)).collect()
    }

    #[test]
    fn sixteen_pages_bound_on_the_right_are_four_sheets_in_each_other() {
        let folds = booklet(16, None, Binding::Right);
        let expected =
            [[1, 16], [15, 2], [3, 14], [13, 4], [5, 12], [11, 6], [7, 10], [9, 8]];
        assert_eq!(numbers(&folds), expected);
        let depths: Vec<usize> = folds.iter().map(|fold| fold.depth).collect();
        assert_eq!(depths, [0, 0, 1, 1, 2, 2, 3, 3]);
    }

    #[test]
    fn bound_on_the_left_the_sides_are_mirrored() {
        let folds = booklet(8, None, Binding::Left);
        assert_eq!(numbers(&folds), [[8, 1], [2, 7], [6, 3], [4, 5]]);
    }

    #[test]
    fn pages_that_lack_are_blank_at_the_end() {
        let folds = booklet(5, None, Binding::Left);
        assert_eq!(numbers(&folds), [[0, 1], [2, 0], [0, 3], [4, 5]]);
        assert!(booklet(0, None, Binding::Left).is_empty());
    }

    #[test]
    fn signatures_follow_each_other() {
        let folds = booklet(20, Some(2), Binding::Left);
        let expected = [
            [8, 1],
            [2, 7],
            [6, 3],
            [4, 5],
            [16, 9],
            [10, 15],
            [14, 11],
            [12, 13],
            [20, 17],
            [18, 19],
        ];
        assert_eq!(numbers(&folds), expected);
        assert_eq!(folds[4].depth, 0);
    }

    /// Folds the sheets in thought and reads the book: whatever the numbers, every page
    /// comes once and in order.
    #[test]
    fn folded_sheets_read_from_the_first_page_to_the_last() {
        for binding in [Binding::Left, Binding::Right] {
            for pages in 1..=70 {
                for signature in [None, Some(1), Some(2), Some(4), Some(7)] {
                    let folds = booklet(pages, signature, binding);
                    assert_eq!(read(&folds, binding), (0..pages).collect::<Vec<_>>());
                }
            }
        }
    }

    /// The pages in the order in which a reader of the folded sheets meets them.
    fn read(folds: &[Fold], binding: Binding) -> Vec<usize> {
        let mut book = Vec::new();
        let starts: Vec<usize> = (0..folds.len())
            .step_by(2)
            .filter(|&at| folds[at].depth == 0)
            .chain([folds.len()])
            .collect();
        for ends in starts.windows(2) {
            let (mut first, mut last) = (Vec::new(), Vec::new());
            for sides in folds[ends[0]..ends[1]].chunks(2) {
                // The half of the front that comes first in the signature, and its back.
                let (near, far) = match binding {
                    Binding::Left => (1, 0),
                    Binding::Right => (0, 1),
                };
                first.extend([sides[0].pages[near], sides[1].pages[far]]);
                last.extend([sides[0].pages[far], sides[1].pages[near]]);
            }
            last.reverse();
            book.extend(first.into_iter().chain(last).flatten());
        }
        book
    }

    #[test]
    fn pages_of_a_right_bound_book_come_from_the_right() {
        let pages = |binding| n_up(5, 2, 2, binding);
        let blank = None;
        let left = [
            vec![Some(0), Some(1), Some(2), Some(3)],
            vec![Some(4), blank, blank, blank],
        ];
        assert_eq!(pages(Binding::Left), left);
        let right = [
            vec![Some(1), Some(0), Some(3), Some(2)],
            vec![blank, Some(4), blank, blank],
        ];
        assert_eq!(pages(Binding::Right), right);
    }
}
