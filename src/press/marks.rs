//! Marks for the knife (トンボ), as jlreq-trimmarks draws them: double corners, of which the
//! outer one shows the bleed and the inner one the page, and marks at the middles.

use crate::geom::{Edges, Length, Point, Rect};

/// The length of marks beyond the bleed.
const LENGTH: Length = Length(Length::MM.0 * 10);

/// How far a sheet with marks goes on beyond the bleed.
pub(super) const ROOM: Length = Length(Length::MM.0 * 12);

/// The strokes around a page with a bleed, none of them inside of the page.
pub(super) fn trim_marks(page: Rect, bleed: Edges) -> Vec<Vec<Point>> {
    let around = page.grown(bleed);
    let mut marks = Vec::with_capacity(16);
    let sides = [
        (page.origin.x, around.origin.x, -LENGTH),
        (page.right(), around.right(), LENGTH),
    ];
    let heights = [
        (page.origin.y, around.origin.y, -LENGTH),
        (page.bottom(), around.bottom(), LENGTH),
    ];
    for (x, outer_x, across) in sides {
        for (y, outer_y, down) in heights {
            // The outer corner: on the edge of the bleed to the edge of the page, then away.
            marks.push(corner(
                (outer_x + across, outer_y),
                (x, outer_y),
                (x, outer_y + down),
            ));
            // The inner one: on the edge of the page to the edge of the bleed, then away.
            marks.push(corner(
                (outer_x + across, y),
                (outer_x, y),
                (outer_x, outer_y + down),
            ));
        }
    }
    let middle = page.origin.x + page.size.width / 2;
    for (_, y, down) in heights {
        marks.push(stroke((middle - LENGTH, y), (middle + LENGTH, y)));
        marks.push(stroke((middle, y), (middle, y + down)));
    }
    let middle = page.origin.y + page.size.height / 2;
    for (_, x, across) in sides {
        marks.push(stroke((x, middle - LENGTH), (x, middle + LENGTH)));
        marks.push(stroke((x, middle), (x + across, middle)));
    }
    marks
}

type Place = (Length, Length);

fn corner(a: Place, b: Place, c: Place) -> Vec<Point> {
    [a, b, c].map(|(x, y)| Point { x, y }).into()
}

fn stroke(a: Place, b: Place) -> Vec<Point> {
    [a, b].map(|(x, y)| Point { x, y }).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Size;

    fn marks() -> (Rect, Vec<Vec<[f64; 2]>>) {
        let size = Size { width: Length::MM * 105, height: Length::MM * 148 };
        let page = Rect { origin: Point::default(), size };
        let marks = trim_marks(page, Edges::all(Length::MM * 3));
        let mm = |point: &Point| [point.x.to_mm(), point.y.to_mm()];
        (page, marks.iter().map(|mark| mark.iter().map(mm).collect()).collect())
    }

    #[test]
    fn corners_are_double_and_middles_have_a_cross() {
        let (_, marks) = marks();
        assert_eq!(marks.len(), 16);
        for expected in [
            vec![[-13.0, -3.0], [0.0, -3.0], [0.0, -13.0]],
            vec![[-13.0, 0.0], [-3.0, 0.0], [-3.0, -13.0]],
            vec![[118.0, 151.0], [105.0, 151.0], [105.0, 161.0]],
            vec![[118.0, 148.0], [108.0, 148.0], [108.0, 161.0]],
            vec![[42.5, -3.0], [62.5, -3.0]],
            vec![[52.5, -3.0], [52.5, -13.0]],
            vec![[108.0, 64.0], [108.0, 84.0]],
            vec![[108.0, 74.0], [118.0, 74.0]],
        ] {
            assert!(marks.contains(&expected), "{expected:?}");
        }
    }

    #[test]
    fn nothing_stands_inside_of_the_page() {
        let (_, marks) = marks();
        for mark in marks {
            for pair in mark.windows(2) {
                let inside = |at: f64, end: f64| at > 0.0 && at < end;
                let middle = [0, 1].map(|axis| (pair[0][axis] + pair[1][axis]) / 2.0);
                assert!(
                    !(inside(middle[0], 105.0) && inside(middle[1], 148.0)),
                    "{pair:?}"
                );
            }
        }
    }
}
