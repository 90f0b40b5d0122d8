//! The display list: pages of placed glyphs, shapes, images and links, in physical axes.
//!
//! All lengths are from the top left corner of the page, `y` downward. What is here says
//! where everything stands and nothing of why; the PDF writer reads nothing else.

mod dump;
mod structure;

pub use dump::dump;
pub use structure::{Artifact, Child, ContentId, Element, Marks, Role, Tag};

use std::ops::Range;
use std::sync::Arc;

pub use crate::color::{Color, Inks};
pub use crate::image::{ImageFormat, Orientation};

use crate::font::FontId;
use crate::geom::{Edges, Length, Point, Rect, Size, Step};

/// All pages of a book with what leads to them.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// The pages in the order of reading.
    pub pages: Vec<Page>,
    /// The images, by [`ImageId`].
    pub images: Vec<Image>,
    /// The outline (しおり) as a tree.
    pub outline: Vec<OutlineEntry>,
    /// Places that have a name, sorted by name.
    pub destinations: Vec<(String, Destination)>,
    /// The structure of the text; empty for pages without one.
    pub structure: Vec<Element>,
    /// What the file says about the book.
    pub info: Info,
}

/// What the file says about the book.
#[derive(Clone, Debug, Default)]
pub struct Info {
    /// The title.
    pub title: String,
    /// The authors' names.
    pub authors: Vec<String>,
    /// What the book is about.
    pub subject: Option<String>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The language as a BCP 47 tag.
    pub language: String,
    /// The identifier of the book; the same book has the same.
    pub identifier: String,
    /// The time of making, `YYYY-MM-DDThh:mm:ssZ`.
    pub modified: String,
    /// Whether the book is bound on the right and read from right to left.
    pub right_to_left: bool,
}

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its size.
    pub size: Size,
    /// The number that the reader knows it by.
    pub label: PageLabel,
    /// What stands on it, in the order of drawing and of reading.
    pub items: Vec<Item>,
    /// The sheet that it is printed on; `None` for a page as large as its sheet.
    pub sheet: Option<Sheet>,
}

/// A sheet larger than the page that is cut out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// How far what is drawn goes on beyond each edge of the page (塗り足し).
    pub bleed: Edges,
    /// How far the sheet goes on beyond the bleed.
    pub room: Length,
    /// Strokes for the knife, outside of the page (トンボ), in the inks of all plates.
    pub marks: Vec<Vec<Point>>,
}

/// The number of a page (ノンブル) as the reader knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageLabel {
    /// How the number is written.
    pub style: NumberStyle,
    /// The number.
    pub number: u32,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberStyle {
    /// 1, 2, 3.
    #[default]
    Arabic,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// a, b, c.
    LowerLetter,
    /// A, B, C.
    UpperLetter,
}

/// Something on a page.
#[derive(Clone, Debug)]
pub enum Item {
    /// Glyphs of one face, size and colour.
    Glyphs(GlyphRun),
    /// A shape.
    Shape(Shape),
    /// An image.
    Image(PlacedImage),
    /// A place that leads elsewhere.
    Link(Link),
}

/// Glyphs of one face, size and colour.
#[derive(Clone, Debug)]
pub struct GlyphRun {
    /// The face.
    pub font: FontId,
    /// The em.
    pub size: Length,
    /// The colour.
    pub color: Color,
    /// How the glyphs stand and follow each other.
    pub direction: Direction,
    /// The text that the glyphs stand for, as it is copied out; empty for glyphs that are
    /// not text.
    pub text: String,
    /// The glyphs in the order of the text.
    pub glyphs: Vec<Glyph>,
    /// What they are in the structure of the text.
    pub tag: Tag,
}

/// How the glyphs of a run stand and follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Upright, from left to right: horizontal text, and what stands so in a vertical line
    /// (縦中横).
    #[default]
    Across,
    /// Upright, downward: vertical text.
    Down,
    /// Each turned clockwise by a quarter about its origin, downward: Latin text in a
    /// vertical line.
    Turned,
    /// Each turned counterclockwise by a quarter about its origin, upward: a wide table of
    /// a horizontal book, whose top is on the left.
    TurnedBack,
}

/// A placed glyph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// Where its origin lies: on the baseline for horizontal metrics.
    pub origin: Point,
    /// The first byte of the run's text that it stands for.
    pub start: u32,
    /// One past the last byte of the run's text that it stands for.
    pub end: u32,
}

impl Glyph {
    /// The bytes of the run's text that the glyph stands for.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Its outline.
    pub outline: Outline,
    /// How it is painted.
    pub paint: Paint,
}

/// The outline of a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Outline {
    /// A box.
    Rect(Rect),
    /// A straight line.
    Line(Point, Point),
    /// A disc.
    Circle {
        /// Its middle.
        center: Point,
        /// Its radius.
        radius: Length,
    },
    /// Straight lines from point to point, closed.
    Polygon(Vec<Point>),
    /// Lines and curves.
    Path(Vec<Step<Point>>),
}

/// How a shape is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Its inside.
    Fill(Color),
    /// Its outline.
    Stroke {
        /// The colour.
        color: Color,
        /// The width of the line.
        width: Length,
        /// The length of dashes and of the gaps between them; `None` for a solid line.
        dash: Option<Length>,
    },
}

/// The number of an image in [`Pages::images`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageId(pub usize);

/// The bytes of an image.
#[derive(Clone, Default)]
pub struct Image {
    /// The file's bytes.
    pub data: Arc<Vec<u8>>,
    /// How they are encoded.
    pub format: ImageFormat,
    /// How its pixels are to be laid.
    pub orientation: Orientation,
}

impl std::fmt::Debug for Image {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Image({:?}, {} bytes)", self.format, self.data.len())
    }
}

/// An image on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedImage {
    /// The image.
    pub image: ImageId,
    /// The box that it fills.
    pub area: Rect,
    /// What it shows, in words.
    pub alt: String,
    /// What it is in the structure of the text.
    pub tag: Tag,
}

/// A place on a page that leads elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The box that can be clicked.
    pub area: Rect,
    /// Where it leads.
    pub target: LinkTarget,
    /// The link in the structure of the text that it is the place of.
    pub tag: Tag,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// Out of the book.
    Url(String),
    /// To a page of the book.
    Page(Destination),
}

/// A place of the book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Destination {
    /// The number of the page, from 0.
    pub page: usize,
    /// The place on the page.
    pub point: Point,
}

/// A line of the outline.
#[derive(Clone, Debug, Default)]
pub struct OutlineEntry {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub destination: Destination,
    /// The lines below it.
    pub children: Vec<OutlineEntry>,
}
