//! The cover in one sheet (表紙の台紙): back, spine and front side by side, as they are seen
//! from outside when the book lies open on its face.

use super::Job;
use super::marks::{ROOM, trim_marks};
use crate::color::Color;
use crate::cover::{
    self, Area, Drawing, Drawn, DrawnGlyph, INK, NAMES, PAPER, TITLE, Typesetter,
};
use crate::display::{
    Direction, Glyph, GlyphRun, Image, ImageId, Info, Item, Outline, Page, Pages, Paint,
    PlacedImage, Shape, Sheet, Tag,
};
use crate::geom::{Edges, Length, Point, Rect, Size};

/// What a cover is made of.
#[derive(Clone, Debug)]
pub struct Cover {
    /// The front (表1).
    pub front: Front,
    /// The picture of the back (表4); plain where there is none.
    pub back: Option<Picture>,
    /// What the spine says at its head.
    pub title: String,
    /// What it says at its foot.
    pub names: String,
    /// What the file says about the book.
    pub info: Info,
}

/// The front of a cover.
#[derive(Clone, Debug)]
pub enum Front {
    /// Set from the title; spine and back are of the same cloth.
    Drawn(Drawing),
    /// A picture.
    Picture(Picture),
}

/// A picture that fills a side.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Its bytes.
    pub image: Image,
    /// Its size in pixels, for its proportion.
    pub pixels: (u32, u32),
}

/// A cover that has been set.
#[derive(Clone, Debug)]
pub struct CoverSheet {
    /// The sheet as a page.
    pub pages: Pages,
    /// The size of the words on the spine; `None` where it is too narrow for any.
    pub spine_text: Option<Length>,
    /// The pictures with the boxes that they fill, by their numbers.
    pub pictures: Vec<(Rect, (u32, u32))>,
}

/// The largest words of a spine.
const MOST_SPINE_TEXT: Length = Length(Length::PT.0 * 16);

/// Sets the cover of a book of some pages.
pub fn cover_sheet(
    cover: &Cover,
    page: Size,
    pages: usize,
    job: &Job,
    setter: &mut Typesetter<'_>,
) -> CoverSheet {
    let spine = job.spine(pages).unwrap_or_default();
    let parts = Parts::new(page, spine, cover.info.right_to_left);
    let bleed = Edges::all(job.bleed);
    let mut drawing = Sides {
        items: Vec::new(),
        images: Vec::new(),
        pictures: Vec::new(),
    };
    let words = match &cover.front {
        Front::Drawn(front) => {
            drawing.fill(parts.whole.grown(bleed), front.cloth);
            drawing.front(front, parts.front);
            PAPER
        }
        Front::Picture(picture) => {
            drawing.picture(picture, parts.front, parts.outside(parts.front, bleed));
            [0; 3]
        }
    };
    if let Some(picture) = &cover.back {
        drawing.picture(picture, parts.back, parts.outside(parts.back, bleed));
    }
    let spine_text = spine_size(cover, &parts, pages, job, setter);
    if let Some(size) = spine_text {
        drawing.spine(cover, parts.spine, size, words, setter);
    }
    let mut marks = trim_marks(parts.whole, bleed);
    marks.extend(parts.fold_marks(bleed));
    let sheet = Sheet {
        bleed,
        room: if job.marks { ROOM } else { Length::ZERO },
        marks: if job.marks { marks } else { Vec::new() },
    };
    let page = Page {
        size: parts.whole.size,
        items: drawing.items,
        sheet: Some(sheet),
        ..Page::default()
    };
    let pages = Pages {
        pages: vec![page],
        images: drawing.images,
        info: cover.info.clone(),
        ..Pages::default()
    };
    CoverSheet { pages, spine_text, pictures: drawing.pictures }
}

/// The parts of the sheet.
struct Parts {
    whole: Rect,
    back: Rect,
    spine: Rect,
    front: Rect,
}

impl Parts {
    fn new(page: Size, spine: Length, right_to_left: bool) -> Self {
        let height = page.height;
        let part = |x: Length, width: Length| Rect {
            origin: Point { x, y: Length::ZERO },
            size: Size { width, height },
        };
        let left = part(Length::ZERO, page.width);
        let right = part(page.width + spine, page.width);
        // A book that is bound on the right has its front on the left of the spine.
        let (back, front) = if right_to_left { (right, left) } else { (left, right) };
        Self {
            whole: part(Length::ZERO, page.width * 2 + spine),
            back,
            spine: part(page.width, spine),
            front,
        }
    }

    /// The bleed of a side: none at the spine.
    fn outside(&self, side: Rect, bleed: Edges) -> Edges {
        match side.origin.x < self.spine.origin.x {
            true => Edges { right: Length::ZERO, ..bleed },
            false => Edges { left: Length::ZERO, ..bleed },
        }
    }

    /// Strokes above and below both edges of the spine.
    fn fold_marks(&self, bleed: Edges) -> Vec<Vec<Point>> {
        let (top, foot) = (-bleed.top, self.whole.bottom() + bleed.bottom);
        let away = Length::MM * 10;
        let edges = [self.spine.origin.x, self.spine.right()];
        let stroke = |x, from, to| vec![Point { x, y: from }, Point { x, y: to }];
        let strokes =
            edges.map(|x| [stroke(x, top, top - away), stroke(x, foot, foot + away)]);
        strokes.into_iter().flatten().collect()
    }
}

/// What of the sides has been drawn.
struct Sides {
    items: Vec<Item>,
    images: Vec<Image>,
    pictures: Vec<(Rect, (u32, u32))>,
}

impl Sides {
    fn fill(&mut self, area: Rect, [red, green, blue]: [u8; 3]) {
        let paint = Paint::Fill(Color { red, green, blue });
        self.items
            .push(Item::Shape(Shape { outline: Outline::Rect(area), paint }));
    }

    /// A picture over a whole side and its bleed. It touches the spine and does not go over
    /// it; what it has too much is cut off on the outer side.
    fn picture(&mut self, picture: &Picture, side: Rect, bleed: Edges) {
        let wanted = side.grown(bleed);
        let (width, height) = picture.pixels;
        let (width, height) = (i64::from(width.max(1)), i64::from(height.max(1)));
        let by_width = wanted.size.width.ratio(height, width);
        let size = match by_width >= wanted.size.height {
            true => Size { width: wanted.size.width, height: by_width },
            false => Size {
                width: wanted.size.height.ratio(width, height),
                height: wanted.size.height,
            },
        };
        let x = match bleed.left > Length::ZERO {
            true => wanted.right() - size.width,
            false => wanted.origin.x,
        };
        let y = wanted.origin.y - (size.height - wanted.size.height) / 2;
        let area = Rect { origin: Point { x, y }, size };
        let image = ImageId(self.images.len());
        self.images.push(picture.image.clone());
        self.pictures.push((area, picture.pixels));
        self.items.push(Item::Image(PlacedImage {
            image,
            area,
            alt: String::new(),
            tag: Tag::default(),
        }));
    }

    /// The front that is set from the title.
    fn front(&mut self, front: &Drawing, side: Rect) {
        let unit = side.size.width.0 as f64 / f64::from(cover::WIDTH);
        let length = |value: f32| Length((f64::from(value) * unit).round() as i64);
        let place = |x: f32, y: f32| Point {
            x: side.origin.x + length(x),
            y: side.origin.y + length(y),
        };
        let area = |area: Area| {
            let origin = place(area.left, area.top);
            let end = place(area.right, area.bottom);
            Rect {
                origin,
                size: Size { width: end.x - origin.x, height: end.y - origin.y },
            }
        };
        self.fill(area(front.slip), PAPER);
        for line in front.frame() {
            self.fill(area(line), INK);
        }
        let slip = front.slip;
        for glyph in &front.glyphs {
            let (x, y) = glyph.at;
            let is_on_slip =
                x >= slip.left && x < slip.right && y >= slip.top && y < slip.bottom;
            let color = if is_on_slip { INK } else { PAPER };
            self.glyph(glyph, place(x, y), length(glyph.size), color);
        }
    }

    /// A glyph as a shape: the words of a cover are drawn, not read.
    fn glyph(
        &mut self,
        glyph: &DrawnGlyph,
        origin: Point,
        size: Length,
        [red, green, blue]: [u8; 3],
    ) {
        self.items.push(Item::Glyphs(GlyphRun {
            font: glyph.font,
            size,
            color: Color { red, green, blue },
            direction: if glyph.turned { Direction::Turned } else { Direction::Across },
            text: String::new(),
            glyphs: vec![Glyph { id: glyph.id, origin, start: 0, end: 0 }],
            tag: Tag::default(),
        }));
    }

    /// The words of the spine: the title from its head, the names to its foot.
    fn spine(
        &mut self,
        cover: &Cover,
        spine: Rect,
        size: Length,
        color: [u8; 3],
        setter: &mut Typesetter<'_>,
    ) {
        let axis = (spine.origin.x + spine.size.width / 2).to_pt() as f32;
        let margin = spine_margin(spine).to_pt() as f32;
        let em = size.to_pt() as f32;
        let small = em * NAMES_SHARE;
        let mut drawn = Drawn::new();
        setter.vertical(TITLE, &cover.title, em, (axis, margin), &mut drawn);
        let length = setter.length_vertical(NAMES, &cover.names, small);
        let start = spine.size.height.to_pt() as f32 - margin - length;
        setter.vertical(NAMES, &cover.names, small, (axis, start), &mut drawn);
        for glyph in &drawn {
            let point = |value: f32| Length::pt(f64::from(value));
            let origin = Point { x: point(glyph.at.0), y: point(glyph.at.1) };
            self.glyph(glyph, origin, point(glyph.size), color);
        }
    }
}

/// The names in parts of the title.
const NAMES_SHARE: f32 = 0.85;

/// From the edges of the page to the words of the spine.
fn spine_margin(spine: Rect) -> Length {
    spine.size.height / 12
}

/// The size of the words on a spine: as large as its width and their length let them be;
/// `None` where that is smaller than the printer takes, or the book is too thin for any.
fn spine_size(
    cover: &Cover,
    parts: &Parts,
    pages: usize,
    job: &Job,
    setter: &mut Typesetter<'_>,
) -> Option<Length> {
    if pages < job.limits.spine_pages {
        return None;
    }
    let width = parts.spine.size.width - job.limits.spine_clear * 2;
    let room = parts.spine.size.height - spine_margin(parts.spine) * 2;
    // For an em of a hundred points, with an em between title and names.
    let em = 100.0;
    let title = setter.length_vertical(TITLE, &cover.title, em);
    let names = setter.length_vertical(NAMES, &cover.names, em * NAMES_SHARE);
    let by_length = Length::scaled(room, f64::from(em / (title + names + em).max(1.0)));
    let size = width.min(by_length).min(MOST_SPINE_TEXT);
    (Length::scaled(size, f64::from(NAMES_SHARE)) >= job.limits.text).then_some(size)
}
