//! What a printer would refuse (プリフライト), as facts about the pages.

use std::collections::{BTreeMap, BTreeSet};

use super::Job;
use super::sheet::touched;
use crate::color::Inks;
use crate::display::{
    Child, ContentId, Direction, Element, GlyphRun, ImageId, Item, Outline, Page, Pages,
    Paint, Role, Shape, Tag,
};
use crate::geom::{Edges, Length, Point, Rect, Size, Step};

/// Something that a printer would refuse; pages are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Refusal {
    /// The book has too few or too many pages.
    PageCount(usize),
    /// The finished page is not of a size that there is.
    PageSize(Size),
    /// The gutter is narrower than so many pages need.
    NarrowGutter {
        /// What it is.
        gutter: Length,
        /// What it would have to be.
        least: Length,
    },
    /// Text that is too small.
    SmallText(Length, OnPages),
    /// A rule that is too thin.
    ThinRule(Length, OnPages),
    /// Text or a picture too near to the edge.
    NearTrim(Length, OnPages),
    /// Something that ends at the edge with no bleed beyond it.
    NoBleed(OnPages),
    /// An image with too few pixels for its size.
    LowResolution {
        /// The image.
        image: ImageId,
        /// Its pixels in an inch, where it is largest.
        resolution: u32,
        /// The page where that is.
        page: usize,
    },
}

/// The pages that have something to refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnPages {
    /// The first page, from 0.
    pub first: usize,
    /// How many pages they are.
    pub count: usize,
}

/// What is known of an image beside its bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ImageFacts {
    /// Its size in pixels; `None` where it is made of shapes.
    pub pixels: Option<(u32, u32)>,
    /// The thinnest line of an image of shapes, in parts of its width.
    pub thinnest: Option<f64>,
}

/// The worst of what pages have, with the pages.
#[derive(Default)]
struct Worst {
    value: Option<Length>,
    pages: BTreeSet<usize>,
}

impl Worst {
    fn note(&mut self, value: Length, page: usize) {
        self.value = Some(self.value.map_or(value, |worst| worst.min(value)));
        self.pages.insert(page);
    }

    fn told(&self) -> Option<(Length, OnPages)> {
        let first = *self.pages.first()?;
        Some((self.value?, OnPages { first, count: self.pages.len() }))
    }
}

/// How much less than asked for is still enough: what rounding takes away.
const SLACK: Length = Length(Length::MM.0 / 200);

/// Looks through the pages of a book before they are put on sheets. `images` are the facts
/// about [`Pages::images`], `gutter` is what the pages have.
pub fn check(
    pages: &Pages,
    images: &[ImageFacts],
    gutter: Length,
    job: &Job,
) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let count = job.page_count(pages.pages.len());
    let (least, most) = job.limits.pages;
    if !(least..=most).contains(&count) {
        refusals.push(Refusal::PageCount(count));
    }
    if let (Some([least, most]), Some(page)) = (job.limits.trim, pages.pages.first()) {
        let Size { width, height } = page.size;
        let fits = (least.width..=most.width).contains(&width)
            && (least.height..=most.height).contains(&height);
        if !fits {
            refusals.push(Refusal::PageSize(page.size));
        }
    }
    let least = job.least_gutter(count);
    if gutter + SLACK < least {
        refusals.push(Refusal::NarrowGutter { gutter, least });
    }
    let mut look = Look {
        job,
        images,
        small: small_roles(&pages.structure),
        text: Worst::default(),
        rule: Worst::default(),
        near: Worst::default(),
        bleed: Worst::default(),
        resolution: BTreeMap::new(),
    };
    for (index, page) in pages.pages.iter().enumerate() {
        look.page(page, index, pages.info.right_to_left);
    }
    let told = [
        look.text.told().map(|(value, at)| Refusal::SmallText(value, at)),
        look.rule.told().map(|(value, at)| Refusal::ThinRule(value, at)),
        look.near.told().map(|(value, at)| Refusal::NearTrim(value, at)),
        look.bleed.told().map(|(_, at)| Refusal::NoBleed(at)),
    ];
    refusals.extend(told.into_iter().flatten());
    refusals.extend(look.resolution.iter().map(|(&image, &(resolution, page))| {
        Refusal::LowResolution { image, resolution, page }
    }));
    refusals
}

/// The leaves of readings and of marks of notes, which are small by nature.
fn small_roles(structure: &[Element]) -> BTreeSet<ContentId> {
    fn collect(element: &Element, inside: bool, found: &mut BTreeSet<ContentId>) {
        let inside = inside || matches!(element.role, Role::RubyText | Role::Reference);
        for child in &element.children {
            match child {
                Child::Element(element) => collect(element, inside, found),
                Child::Content(id) => {
                    if inside {
                        found.insert(*id);
                    }
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    structure
        .iter()
        .for_each(|element| collect(element, false, &mut found));
    found
}

struct Look<'a> {
    job: &'a Job,
    images: &'a [ImageFacts],
    small: BTreeSet<ContentId>,
    text: Worst,
    rule: Worst,
    near: Worst,
    bleed: Worst,
    resolution: BTreeMap<ImageId, (u32, usize)>,
}

impl Look<'_> {
    fn page(&mut self, page: &Page, index: usize, right_to_left: bool) {
        let bound_left = index.is_multiple_of(2) != right_to_left;
        let whole = Rect { origin: Point::default(), size: page.size };
        let bleed = self.job.edges(bound_left);
        for item in &page.items {
            match item {
                Item::Glyphs(run) => self.run(run, whole, bound_left, index),
                Item::Shape(shape) => self.shape(shape, whole, bleed, index),
                Item::Image(image) => {
                    self.image(image.image, image.area, index);
                    let ends = touched(image.area, whole, Edges::all(Length::MM));
                    self.reach(ends, bleed, index);
                    if ends == Edges::default() {
                        self.keep_off(image.area, whole, bound_left, index);
                    }
                }
                Item::Link(_) => {}
            }
        }
    }

    fn run(&mut self, run: &GlyphRun, whole: Rect, bound_left: bool, index: usize) {
        if run.text.trim().is_empty() {
            return;
        }
        let is_small_by_nature = match run.tag {
            Tag::Content(id) => self.small.contains(&id),
            Tag::Artifact(_) => false,
        };
        if !is_small_by_nature && run.size + SLACK < self.job.limits.text {
            self.text.note(run.size, index);
        }
        for glyph in run.glyphs.first().into_iter().chain(run.glyphs.last()) {
            self.keep_off(em_box(run, glyph.origin), whole, bound_left, index);
        }
    }

    fn shape(&mut self, shape: &Shape, whole: Rect, bleed: Edges, index: usize) {
        let width = match (shape.paint, &shape.outline) {
            (Paint::Stroke { width, .. }, _) => Some(width),
            (Paint::Fill(_), Outline::Rect(area)) => {
                Some(area.size.width.min(area.size.height))
            }
            (Paint::Fill(_), _) => None,
        };
        let width = width.filter(|width| *width > Length::ZERO);
        if let Some(width) = width.filter(|width| *width + SLACK < self.job.limits.rule) {
            self.rule.note(width, index);
        }
        let area = bounds(&shape.outline);
        let ends = touched(area, whole, Edges::all(Length::MM));
        let goes_on = matches!(shape.outline, Outline::Rect(_));
        let bleed = if goes_on { bleed } else { Edges::default() };
        self.reach(ends, bleed, index);
    }

    /// Notes what ends at an edge that is cut, where no bleed goes on.
    fn reach(&mut self, ends: Edges, bleed: Edges, index: usize) {
        let lacks =
            |end: Length, bleed: Length| end > Length::ZERO && bleed <= Length::ZERO;
        let gutter = !self.job.bleed_at_gutter;
        let sides = [
            (ends.top, bleed.top, false),
            (ends.bottom, bleed.bottom, false),
            (ends.left, bleed.left, gutter),
            (ends.right, bleed.right, gutter),
        ];
        if sides.iter().any(|&(end, bleed, bound)| lacks(end, bleed) && !bound) {
            self.bleed.note(Length::ZERO, index);
        }
    }

    /// Notes what stands nearer to an edge that is cut than it may.
    fn keep_off(&mut self, area: Rect, whole: Rect, bound_left: bool, index: usize) {
        let outer = match bound_left {
            true => whole.right() - area.right(),
            false => area.origin.x,
        };
        let distance = outer.min(area.origin.y).min(whole.bottom() - area.bottom());
        if distance + SLACK < self.job.limits.fore_edge {
            self.near.note(distance, index);
        }
    }

    fn image(&mut self, image: ImageId, area: Rect, index: usize) {
        let Some(facts) = self.images.get(image.0) else { return };
        if let Some(thinnest) = facts.thinnest {
            let width = Length::scaled(area.size.width, thinnest);
            if width + SLACK < self.job.limits.rule {
                self.rule.note(width, index);
            }
        }
        let Some((width, height)) = facts.pixels else { return };
        let resolution = resolution(area, (width, height));
        let least = match self.job.inks {
            Inks::Gray => self.job.limits.resolution.gray,
            Inks::Cmyk => self.job.limits.resolution.color,
        };
        if resolution < least {
            let worst = self.resolution.entry(image).or_insert((resolution, index));
            if resolution < worst.0 {
                *worst = (resolution, index);
            }
        }
    }
}

/// The pixels in an inch of an image that fills a box.
pub fn resolution(area: Rect, (width, height): (u32, u32)) -> u32 {
    let inch = Length::MM.0 * 254 / 10;
    let along = |pixels: u32, side: Length| i64::from(pixels) * inch / side.0.max(1);
    let lower = along(width, area.size.width).min(along(height, area.size.height));
    u32::try_from(lower).unwrap_or(u32::MAX)
}

/// About the em box of a glyph.
fn em_box(run: &GlyphRun, origin: Point) -> Rect {
    let em = run.size;
    let size = Size { width: em, height: em };
    // The baseline is 0.88 of an em below the top of its box.
    let above = em.ratio(88, 100);
    let origin = match run.direction {
        Direction::Across | Direction::Down => Point { x: origin.x, y: origin.y - above },
        Direction::Turned => Point { x: origin.x - (em - above), y: origin.y },
        Direction::TurnedBack => Point { x: origin.x - above, y: origin.y - em },
    };
    Rect { origin, size }
}

/// The box around an outline.
fn bounds(outline: &Outline) -> Rect {
    let around = |points: &[Point]| {
        let xs = || points.iter().map(|point| point.x);
        let ys = || points.iter().map(|point| point.y);
        let origin = Point {
            x: xs().min().unwrap_or_default(),
            y: ys().min().unwrap_or_default(),
        };
        let size = Size {
            width: xs().max().unwrap_or_default() - origin.x,
            height: ys().max().unwrap_or_default() - origin.y,
        };
        Rect { origin, size }
    };
    match outline {
        Outline::Rect(area) => *area,
        Outline::Line(from, to) => around(&[*from, *to]),
        Outline::Circle { center, radius } => Rect {
            origin: Point { x: center.x - *radius, y: center.y - *radius },
            size: Size { width: *radius * 2, height: *radius * 2 },
        },
        Outline::Polygon(corners) => around(corners),
        Outline::Path(steps) => {
            let points = |step: &Step<Point>| match *step {
                Step::Move(to) | Step::Line(to) => vec![to],
                Step::Curve(first, second, to) => vec![first, second, to],
                Step::Close => Vec::new(),
            };
            around(&steps.iter().flat_map(points).collect::<Vec<_>>())
        }
    }
}
