//! Shapes and colours.

use krilla::color::{luma, rgb};
use krilla::geom::{Path, PathBuilder};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Stroke, StrokeDash};
use krilla::surface::Surface;

use super::{point, points, rect};
use crate::display::{Color, Outline, Paint, Shape};
use crate::geom::{Length, Point, Step};

/// Draws a shape; one without any room is not drawn.
pub(super) fn draw(shape: &Shape, surface: &mut Surface<'_>) {
    let Some(path) = path(&shape.outline) else { return };
    match shape.paint {
        Paint::Fill(color) => {
            surface.set_fill(Some(fill(color)));
            surface.set_stroke(None);
        }
        Paint::Stroke { color, width, dash } => {
            surface.set_fill(None);
            surface.set_stroke(Some(stroke(color, width, dash)));
        }
    }
    surface.draw_path(&path);
}

/// The inside painted in a colour.
pub(super) fn fill(color: Color) -> Fill {
    Fill {
        paint: paint(color),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn stroke(color: Color, width: Length, dash: Option<Length>) -> Stroke {
    let dash = dash.map(|length| {
        let length = points(length);
        StrokeDash { array: vec![length, length], offset: 0.0 }
    });
    Stroke {
        paint: paint(color),
        width: points(width),
        dash,
        ..Stroke::default()
    }
}

/// A colour; grays with black ink alone.
fn paint(color: Color) -> krilla::paint::Paint {
    let Color { red, green, blue } = color;
    if red == green && green == blue {
        luma::Color::new(red).into()
    } else {
        rgb::Color::new(red, green, blue).into()
    }
}

fn path(outline: &Outline) -> Option<Path> {
    let mut path = PathBuilder::new();
    match outline {
        Outline::Rect(area) => path.push_rect(rect(*area)?),
        Outline::Line(from, to) => {
            let (from, to) = (point(*from), point(*to));
            path.move_to(from.x, from.y);
            path.line_to(to.x, to.y);
        }
        Outline::Circle { center, radius } => circle(&mut path, *center, *radius),
        Outline::Polygon(corners) => {
            let (first, rest) = corners.split_first()?;
            let first = point(*first);
            path.move_to(first.x, first.y);
            for corner in rest {
                let corner = point(*corner);
                path.line_to(corner.x, corner.y);
            }
            path.close();
        }
        Outline::Path(steps) => {
            for step in steps {
                match step.map(point) {
                    Step::Move(to) => path.move_to(to.x, to.y),
                    Step::Line(to) => path.line_to(to.x, to.y),
                    Step::Curve(a, b, to) => {
                        path.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y);
                    }
                    Step::Close => path.close(),
                }
            }
        }
    }
    path.finish()
}

/// A circle of four cubic curves, as PDF has no arcs.
fn circle(path: &mut PathBuilder, center: Point, radius: Length) {
    /// The length of the handles for a quarter of the unit circle: off by 0.03 % at most.
    const HANDLE: f32 = 0.552_284_8;
    let (center, r) = (point(center), points(radius));
    let (x, y, h) = (center.x, center.y, r * HANDLE);
    path.move_to(x + r, y);
    path.cubic_to(x + r, y + h, x + h, y + r, x, y + r);
    path.cubic_to(x - h, y + r, x - r, y + h, x - r, y);
    path.cubic_to(x - r, y - h, x - h, y - r, x, y - r);
    path.cubic_to(x + h, y - r, x + r, y - h, x + r, y);
    path.close();
}
