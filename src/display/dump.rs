//! The display list as text, for tests and for eyes.

use std::fmt::Write;

use super::{Direction, Item, LinkTarget, Outline, Page, Pages, Paint};
use crate::geom::{Length, Rect};

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
            Item::Glyphs(run) => {
                let at = run.glyphs.first().map(|glyph| glyph.origin).unwrap_or_default();
                let direction = match run.direction {
                    Direction::Across => "",
                    Direction::Down => " down",
                    Direction::Turned => " turned",
                };
                let (font, size) = (run.font.0, points(run.size));
                let (x, y) = (points(at.x), points(at.y));
                let words = &run.text;
                line(
                    text,
                    format_args!("  text {x},{y} f{font} {size}{direction} {words:?}"),
                );
                let steps = run.glyphs.windows(2).map(|pair| {
                    let (a, b) = (pair[0].origin, pair[1].origin);
                    points(if a.y == b.y { b.x - a.x } else { b.y - a.y })
                });
                let steps: Vec<String> = steps.collect();
                line(text, format_args!("    {}", steps.join(" ")));
            }
            Item::Shape(shape) => {
                let outline = match &shape.outline {
                    Outline::Rect(area) => format!("rect {}", area_text(*area)),
                    Outline::Line(from, to) => format!(
                        "line {},{} {},{}",
                        points(from.x),
                        points(from.y),
                        points(to.x),
                        points(to.y)
                    ),
                    Outline::Circle { center, radius } => format!(
                        "circle {},{} {}",
                        points(center.x),
                        points(center.y),
                        points(*radius)
                    ),
                    Outline::Polygon(corners) => {
                        format!("polygon of {} corners", corners.len())
                    }
                };
                let paint = match shape.paint {
                    Paint::Fill(color) => {
                        format!("fill {},{},{}", color.red, color.green, color.blue)
                    }
                    Paint::Stroke { width, .. } => format!("stroke {}", points(width)),
                };
                line(text, format_args!("  {outline} {paint}"));
            }
            Item::Image(image) => {
                let area = area_text(image.area);
                line(
                    text,
                    format_args!("  image {} {area} {:?}", image.image.0, image.alt),
                );
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

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    writeln!(text, "{arguments}").expect("writing to a string does not fail");
}

fn area_text(area: Rect) -> String {
    let Rect { origin, size } = area;
    let corner = format!("{},{}", points(origin.x), points(origin.y));
    format!("{corner} {}x{}", points(size.width), points(size.height))
}

/// A length in points with at most two digits after the dot.
fn points(length: Length) -> String {
    let text = format!("{:.2}", length.to_pt());
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_string() } else { text.to_string() }
}
