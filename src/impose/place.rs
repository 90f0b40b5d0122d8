//! Where the pages stand on their sheets, and the marks for the knife and the fold.

use super::order::{booklet, n_up};
use super::{Imposition, Scheme, Up};
use crate::geom::{Length, Point, Rect, Size};

/// The finished size of a page, with what it has around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeafSize {
    /// The finished size.
    pub size: Size,
    /// How much of the drawing goes on beyond each edge (塗り足し).
    pub bleed: Length,
}

/// A line from one point to another.
pub(super) type Mark = (Point, Point);

/// All sides of all sheets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The sides, front and back of each sheet in turn.
    pub sides: Vec<Side>,
}

/// A side of a sheet; all places are from its top left corner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// The size of the sheet, the way round it lies.
    pub size: Size,
    /// The pages on it.
    pub slots: Vec<Slot>,
    /// Lines along which it is cut: thin strokes outside of the pages.
    pub cuts: Vec<Mark>,
    /// Lines along which it is folded: dashed strokes outside of the pages.
    pub folds: Vec<Mark>,
}

/// A page at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The number of the page, from 0.
    pub page: usize,
    /// Where its finished size comes to stand, larger or smaller as may be.
    pub area: Rect,
    /// What of it shows.
    pub clip: Rect,
}

/// The room that n-up leaves around the pages for marks.
const MARK_ROOM: Length = Length(Length::MM.0 * 10);
/// From a page to the marks.
const MARK_GAP: Length = Length(Length::MM.0 * 3);
/// The length of marks.
const MARK_LENGTH: Length = Length(Length::MM.0 * 5);
/// The most that shows beyond an edge that is cut.
const BLEED: Length = Length(Length::MM.0 * 3);

/// Gives every page its place.
pub fn plan(pages: &[LeafSize], imposition: &Imposition) -> Plan {
    match imposition.scheme {
        Scheme::Up(up) => up_plan(pages, up, imposition),
        Scheme::Booklet { signature, creep } => {
            booklet_plan(pages, signature, creep, imposition)
        }
    }
}

fn largest(pages: &[LeafSize]) -> Size {
    let width = pages.iter().map(|page| page.size.width).max();
    let height = pages.iter().map(|page| page.size.height).max();
    Size {
        width: width.unwrap_or_default(),
        height: height.unwrap_or_default(),
    }
}

/// How columns and rows of pages lie on a sheet.
#[derive(Clone, Copy)]
struct Grid {
    sheet: Size,
    columns: usize,
    rows: usize,
    cell: Size,
}

impl Grid {
    /// The width that a page of some size has in a cell.
    fn width_of(&self, page: Size) -> Length {
        fit(page, self.cell).width
    }
}

/// The largest size in the proportion of a page that fits a room.
fn fit(page: Size, room: Size) -> Size {
    let (width, height) = (page.width.0.max(1), page.height.0.max(1));
    let by_width = Size {
        width: room.width,
        height: room.width.ratio(height, width),
    };
    if by_width.height <= room.height {
        return by_width;
    }
    Size {
        width: room.height.ratio(width, height),
        height: room.height,
    }
}

/// The size of a sheet, upright and lying.
fn ways(sheet: Size) -> [Size; 2] {
    let (short, long) = (sheet.width.min(sheet.height), sheet.width.max(sheet.height));
    [Size { width: short, height: long }, Size { width: long, height: short }]
}

/// The grid in which the largest page comes out largest.
fn grid(page: Size, up: Up, imposition: &Imposition) -> Grid {
    let margin = if imposition.marks { MARK_ROOM } else { Length::ZERO };
    let count = up.pages();
    let mut best: Option<Grid> = None;
    for sheet in ways(imposition.sheet) {
        for columns in (1..=count).filter(|columns| count.is_multiple_of(*columns)) {
            let rows = count / columns;
            let cell = Size {
                width: (sheet.width - margin * 2) / columns as i64,
                height: (sheet.height - margin * 2) / rows as i64,
            };
            let one = Grid { sheet, columns, rows, cell };
            if best.is_none_or(|best| one.width_of(page) > best.width_of(page)) {
                best = Some(one);
            }
        }
    }
    best.unwrap_or(Grid {
        sheet: imposition.sheet,
        columns: 1,
        rows: 1,
        cell: imposition.sheet,
    })
}

fn up_plan(pages: &[LeafSize], up: Up, imposition: &Imposition) -> Plan {
    let grid = grid(largest(pages), up, imposition);
    let sides = n_up(pages.len(), grid.columns, grid.rows, imposition.binding);
    // Cells are as large as the largest page in them, so that cuts need no second stroke.
    let cell = fit(largest(pages), grid.cell);
    let origin = Point {
        x: (grid.sheet.width - cell.width * grid.columns as i64) / 2,
        y: (grid.sheet.height - cell.height * grid.rows as i64) / 2,
    };
    let place = |index: usize, page: usize| {
        let size = fit(pages[page].size, cell);
        let corner = Point {
            x: origin.x + cell.width * (index % grid.columns) as i64,
            y: origin.y + cell.height * (index / grid.columns) as i64,
        };
        let area = Rect {
            origin: Point {
                x: corner.x + (cell.width - size.width) / 2,
                y: corner.y + (cell.height - size.height) / 2,
            },
            size,
        };
        Slot { page, area, clip: area }
    };
    let side = |slots: Vec<Option<usize>>| {
        let slots = slots.into_iter().enumerate();
        let slots = slots.filter_map(|(index, page)| Some(place(index, page?)));
        Side {
            size: grid.sheet,
            slots: slots.collect(),
            cuts: if imposition.marks { cuts(&grid, origin, cell) } else { Vec::new() },
            folds: Vec::new(),
        }
    };
    Plan { sides: sides.into_iter().map(side).collect() }
}

/// Cut marks at all edges of the cells, in the margin.
fn cuts(grid: &Grid, origin: Point, cell: Size) -> Vec<Mark> {
    let (width, height) =
        (cell.width * grid.columns as i64, cell.height * grid.rows as i64);
    let area = Rect { origin, size: Size { width, height } };
    let xs = (0..=grid.columns).map(|at| origin.x + cell.width * at as i64);
    let ys = (0..=grid.rows).map(|at| origin.y + cell.height * at as i64);
    let mut marks: Vec<Mark> = xs.flat_map(|x| above_and_below(area, x)).collect();
    marks.extend(ys.flat_map(|y| left_and_right(area, y)));
    marks
}

/// Strokes at a place across, above and below a box.
fn above_and_below(area: Rect, x: Length) -> [Mark; 2] {
    let top = area.origin.y - MARK_GAP;
    let foot = area.origin.y + area.size.height + MARK_GAP;
    [(top - MARK_LENGTH, top), (foot, foot + MARK_LENGTH)]
        .map(|(from, to)| (Point { x, y: from }, Point { x, y: to }))
}

/// Strokes at a height, left and right of a box.
fn left_and_right(area: Rect, y: Length) -> [Mark; 2] {
    let left = area.origin.x - MARK_GAP;
    let right = area.origin.x + area.size.width + MARK_GAP;
    [(left - MARK_LENGTH, left), (right, right + MARK_LENGTH)]
        .map(|(from, to)| (Point { x: from, y }, Point { x: to, y }))
}

fn booklet_plan(
    pages: &[LeafSize],
    signature: Option<usize>,
    creep: Length,
    imposition: &Imposition,
) -> Plan {
    let page = largest(pages);
    let halves = ways(imposition.sheet).map(|sheet| {
        let half = Size { width: sheet.width / 2, ..sheet };
        (sheet, shrink(page, half))
    });
    let [upright, lying] = halves;
    let (sheet, size) = if upright.1.width > lying.1.width { upright } else { lying };
    let middle = sheet.width / 2;
    let spread = Rect {
        origin: Point {
            x: middle - size.width,
            y: (sheet.height - size.height) / 2,
        },
        size: Size { width: size.width * 2, ..size },
    };
    let half = Half { sheet, size, spread, marks: imposition.marks };
    let folds = booklet(pages.len(), signature, imposition.binding);
    let side = |fold: super::order::Fold| {
        let by = creep * fold.depth as i64;
        let [left, right] = fold.pages;
        let left = left.map(|page| half.slot(page, &pages[page], true, by));
        let right = right.map(|page| half.slot(page, &pages[page], false, by));
        let (cuts, folds) = half.marks();
        Side {
            size: sheet,
            slots: left.into_iter().chain(right).collect(),
            cuts,
            folds,
        }
    };
    Plan { sides: folds.into_iter().map(side).collect() }
}

/// A size that fits a room: the page's own where it does.
fn shrink(page: Size, room: Size) -> Size {
    let fits = page.width <= room.width && page.height <= room.height;
    if fits { page } else { fit(page, room) }
}

/// Two pages left and right of a fold.
struct Half {
    sheet: Size,
    /// The size of a page.
    size: Size,
    /// Both pages.
    spread: Rect,
    marks: bool,
}

impl Half {
    /// A page at its side of the fold, `by` nearer to it than the outermost.
    fn slot(&self, page: usize, leaf: &LeafSize, is_left: bool, by: Length) -> Slot {
        let Self { size, spread, .. } = self;
        let own = shrink(leaf.size, *size);
        let middle = spread.origin.x + size.width;
        let x = if is_left { middle - own.width + by } else { middle - by };
        let y = spread.origin.y + (size.height - own.height) / 2;
        let area = Rect { origin: Point { x, y }, size: own };
        let bleed = if self.marks { leaf.bleed.min(BLEED) } else { Length::ZERO };
        // Nothing shows beyond the fold; beyond the other edges what is cut away.
        let (start, end) = match is_left {
            true => (middle - own.width - bleed, middle),
            false => (middle, middle + own.width + bleed),
        };
        let clip = Rect {
            origin: Point { x: start, y: y - bleed },
            size: Size { width: end - start, height: own.height + bleed * 2 },
        };
        Slot { page, area, clip }
    }

    /// Cut marks at the corners and fold marks, as far as the paper has room for them.
    fn marks(&self) -> (Vec<Mark>, Vec<Mark>) {
        if !self.marks {
            return (Vec::new(), Vec::new());
        }
        let Rect { origin, size } = self.spread;
        let inside = |(from, to): &Mark| {
            let at = |point: &Point| {
                (Length::ZERO..=self.sheet.width).contains(&point.x)
                    && (Length::ZERO..=self.sheet.height).contains(&point.y)
            };
            at(from) && at(to)
        };
        let xs = [origin.x, origin.x + size.width];
        let ys = [origin.y, origin.y + size.height];
        let mut cuts: Vec<_> =
            xs.into_iter().flat_map(|x| above_and_below(self.spread, x)).collect();
        cuts.extend(ys.into_iter().flat_map(|y| left_and_right(self.spread, y)));
        cuts.retain(inside);
        let mut folds =
            Vec::from(above_and_below(self.spread, origin.x + self.size.width));
        folds.retain(inside);
        (cuts, folds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Binding;
    use crate::impose::sheet;

    fn mm(width: i64, height: i64) -> Size {
        Size {
            width: Length::MM * width,
            height: Length::MM * height,
        }
    }

    fn on_a4(scheme: Scheme, marks: bool) -> Imposition {
        Imposition {
            scheme,
            binding: Binding::Left,
            sheet: sheet("A4").expect("it is a sheet"),
            marks,
        }
    }

    fn pages(size: Size, count: usize) -> Vec<LeafSize> {
        vec![LeafSize { size, bleed: Length::ZERO }; count]
    }

    #[test]
    fn two_pages_lie_side_by_side_and_four_are_two_by_two() {
        let two = plan(&pages(mm(148, 210), 2), &on_a4(Scheme::Up(Up::Two), false));
        assert_eq!(two.sides[0].size, mm(297, 210));
        let lefts: Vec<f64> = two.sides[0]
            .slots
            .iter()
            .map(|slot| slot.area.origin.x.to_mm())
            .collect();
        assert_eq!(lefts, [0.5, 148.5]);
        let four = plan(&pages(mm(105, 148), 4), &on_a4(Scheme::Up(Up::Four), false));
        assert_eq!(four.sides[0].size, mm(210, 297));
        assert_eq!(four.sides[0].slots[3].area.origin.x, Length::MM * 105);
        let eight = plan(&pages(mm(210, 297), 9), &on_a4(Scheme::Up(Up::Eight), true));
        assert_eq!(eight.sides.len(), 2);
        assert_eq!(eight.sides[0].size, mm(297, 210));
        assert_eq!(eight.sides[0].cuts.len(), 2 * (5 + 3));
        assert_eq!(eight.sides[1].slots.len(), 1);
    }

    #[test]
    fn booklets_are_never_enlarged_and_meet_at_the_fold() {
        let scheme = Scheme::Booklet { signature: None, creep: Length::ZERO };
        let small = plan(&pages(mm(105, 148), 4), &on_a4(scheme, true));
        let side = &small.sides[0];
        assert_eq!(side.size, mm(297, 210));
        let (left, right) = (side.slots[0].area, side.slots[1].area);
        assert_eq!(left.size, mm(105, 148));
        assert_eq!(left.origin.x + left.size.width, right.origin.x);
        assert_eq!(right.origin.x, side.size.width / 2);
        assert_eq!((side.cuts.len(), side.folds.len()), (8, 2));
        let large = plan(&pages(mm(210, 297), 4), &on_a4(scheme, true));
        let area = large.sides[0].slots[0].area;
        assert_eq!(area.size.height, Length::MM * 210);
        assert!(large.sides[0].folds.is_empty(), "there is no room for marks");
    }

    #[test]
    fn pages_of_inner_sheets_creep_to_the_fold_and_not_over_it() {
        let scheme = Scheme::Booklet { signature: None, creep: Length::MM / 10 };
        let made = plan(&pages(mm(105, 148), 16), &on_a4(scheme, false));
        let outer = made.sides[0].slots[0];
        let inner = made.sides[6].slots[0];
        assert_eq!(inner.area.origin.x - outer.area.origin.x, Length::MM * 3 / 10);
        assert_eq!(inner.clip, outer.clip);
        let right = made.sides[6].slots[1];
        assert_eq!(right.clip.origin.x - right.area.origin.x, Length::MM * 3 / 10);
    }

    #[test]
    fn what_goes_on_beyond_the_edge_shows_where_there_are_marks() {
        let leaf = LeafSize { size: mm(105, 148), bleed: Length::MM * 5 };
        let scheme = Scheme::Booklet { signature: None, creep: Length::ZERO };
        let slot = plan(&[leaf; 4], &on_a4(scheme, true)).sides[0].slots[0];
        assert_eq!(slot.clip.size, mm(108, 154));
        assert_eq!(slot.clip.origin.x + slot.clip.size.width, Length::MM * 297 / 2);
    }
}
