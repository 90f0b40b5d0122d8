//! Pages set by hand, without layout: what a test puts where.

use seihon::display::{Color, Direction, Glyph, GlyphRun, Item, Page, Pages, Tag};
use seihon::font::{Features, FontBook, FontStyle, Orientation, Shaper};
use seihon::geom::{Length, Point, Size};

/// Puts text on the last of some pages.
pub(crate) struct Hand<'a> {
    pub(crate) pages: Pages,
    pub(crate) style: FontStyle,
    pub(crate) size: Length,
    shaper: Shaper<'a>,
}

impl<'a> Hand<'a> {
    pub(crate) fn new(fonts: &'a FontBook) -> Self {
        let mut hand = Self {
            pages: Pages::default(),
            style: FontStyle::default(),
            size: pt(9.0),
            shaper: Shaper::new(fonts),
        };
        hand.page(420.0, 595.0);
        hand
    }

    /// Begins a page.
    pub(crate) fn page(&mut self, width: f64, height: f64) {
        let size = Size { width: pt(width), height: pt(height) };
        self.pages.pages.push(Page { size, ..Page::default() });
    }

    pub(crate) fn item(&mut self, item: Item) {
        let page = self.pages.pages.last_mut().expect("there is a page");
        page.items.push(item);
    }

    /// Sets text from a place on, in the direction; returns where it ends.
    pub(crate) fn text(&mut self, text: &str, at: Point, direction: Direction) -> Point {
        self.spaced(text, at, direction, Length::ZERO)
    }

    /// Sets text with some room after every glyph.
    pub(crate) fn spaced(
        &mut self,
        text: &str,
        mut at: Point,
        direction: Direction,
        room: Length,
    ) -> Point {
        let fonts = self.shaper.book();
        for (range, font) in fonts.runs(self.style, text) {
            let font = font.unwrap_or_default();
            let text = &text[range];
            let (orientation, features) = match direction {
                Direction::Down => (Orientation::Upright, Features::NONE),
                Direction::Across | Direction::Turned | Direction::TurnedBack => {
                    (Orientation::Sideways, Features::NONE)
                }
            };
            let shaped = self.shaper.shape(font, text, self.size, orientation, features);
            let mut glyphs = Vec::new();
            for (index, glyph) in shaped.iter().enumerate() {
                let next = shaped[index..].iter().find(|g| g.cluster > glyph.cluster);
                let origin = match direction {
                    Direction::Across => {
                        Point { x: at.x + glyph.inline, y: at.y + glyph.block }
                    }
                    Direction::Down | Direction::Turned => {
                        Point { x: at.x - glyph.block, y: at.y + glyph.inline }
                    }
                    Direction::TurnedBack => {
                        Point { x: at.x + glyph.block, y: at.y - glyph.inline }
                    }
                };
                glyphs.push(Glyph {
                    id: glyph.id,
                    origin,
                    start: glyph.cluster,
                    end: next.map_or(text.len() as u32, |g| g.cluster),
                });
                match direction {
                    Direction::Across => at.x += glyph.advance + room,
                    Direction::Down | Direction::Turned => at.y += glyph.advance + room,
                    Direction::TurnedBack => at.y -= glyph.advance + room,
                }
            }
            self.item(Item::Glyphs(GlyphRun {
                font,
                size: self.size,
                color: Color::BLACK,
                direction,
                text: text.to_owned(),
                glyphs,
                tag: Tag::default(),
            }));
        }
        at
    }
}

pub(crate) fn pt(value: f64) -> Length {
    Length::pt(value)
}

/// A place in points.
pub(crate) fn at(x: f64, y: f64) -> Point {
    Point { x: pt(x), y: pt(y) }
}
