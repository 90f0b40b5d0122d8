//! The display list as text, for tests and for eyes.

use std::fmt::Write;

use super::{
    Color, Direction, GlyphRun, Item, LinkTarget, Outline, Page, Pages, Paint, Shape,
};
use crate::geom::{Length, Point, Rect, Step};

/// Writes the pages as text: one line an item, lengths in points.
pub fn dump(pages: &Pages) -> String {
    let mut text = String::new();
    for (index, page) in pages.pages.iter().enumerate() {
        let size = page.size;
        let (width, height) = (points(size.width), points(size.height));
        line(&mut text, format_args!("page {} {width}x{height}", index + 1));
        dump_page(page, &mut text);
    }
    text
}

fn dump_page(page: &Page, text: &mut String) {
    for item in &page.items {
        match item {
            Item::Glyphs(run) => dump_run(run, text),
            Item::Shape(shape) => dump_shape(shape, text),
            Item::Image(image) => {
                let area = area_text(image.area);
                let (number, alt) = (image.image.0, &image.alt);
                line(text, format_args!("  image {number} {area} {alt:?}"));
            }
            Item::Link(link) => {
                let target = match &link.target {
                    LinkTarget::Url(url) => url.clone(),
                    LinkTarget::Page(place) => format!("page {}", place.page + 1),
                };
                line(text, format_args!("  link {} -> {target}", area_text(link.area)));
            }
        }
    }
}

/// A line for the run, and one for the steps from glyph to glyph.
fn dump_run(run: &GlyphRun, text: &mut String) {
    let at = run.glyphs.first().map(|glyph| glyph.origin).unwrap_or_default();
    let direction = match run.direction {
        Direction::Across => "",
        Direction::Down => " down",
        Direction::Turned => " turned",
        Direction::TurnedBack => " turned back",
    };
    let (font, size, words) = (run.font.0, points(run.size), &run.text);
    let at = point_text(at);
    let Color { red, green, blue } = run.color;
    let color = match run.color == Color::BLACK {
        true => String::new(),
        false => format!(" {red},{green},{blue}"),
    };
    line(text, format_args!("  text {at} f{font} {size}{direction}{color} {words:?}"));
    let steps = run.glyphs.windows(2).map(|pair| {
        let (a, b) = (pair[0].origin, pair[1].origin);
        points(if a.y == b.y { b.x - a.x } else { b.y - a.y })
    });
    let steps: Vec<String> = steps.collect();
    line(text, format_args!("    {}", steps.join(" ")));
}

fn dump_shape(shape: &Shape, text: &mut String) {
    let outline = match &shape.outline {
        Outline::Rect(area) => format!("rect {}", area_text(*area)),
        Outline::Line(from, to) => {
            format!("line {} {}", point_text(*from), point_text(*to))
        }
        Outline::Circle { center, radius } => {
            format!("circle {} {}", point_text(*center), points(*radius))
        }
        Outline::Polygon(corners) => format!("polygon of {} corners", corners.len()),
        Outline::Path(steps) => {
            let start = steps.iter().find_map(|step| match step {
                Step::Move(to) => Some(point_text(*to)),
                Step::Line(_) | Step::Curve(..) | Step::Close => None,
            });
            let start = start.unwrap_or_default();
            format!("path {start} of {} steps", steps.len())
        }
    };
    let paint = match shape.paint {
        Paint::Fill(Color { red, green, blue }) => format!("fill {red},{green},{blue}"),
        Paint::Stroke { width, .. } => format!("stroke {}", points(width)),
    };
    line(text, format_args!("  {outline} {paint}"));
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    writeln!(text, "{arguments}").expect("writing to a string does not fail");
}

fn area_text(area: Rect) -> String {
    let Rect { origin, size } = area;
    let corner = point_text(origin);
    format!("{corner} {}x{}", points(size.width), points(size.height))
}

fn point_text(point: Point) -> String {
    format!("{},{}", points(point.x), points(point.y))
}

/// A length in points with at most two digits after the dot.
fn points(length: Length) -> String {
    let text = format!("{:.2}", length.to_pt());
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_string() } else { text.to_string() }
}
