//! A page on its sheet: the bleed, the number for the printer, the marks.

use super::marks::{ROOM, trim_marks};
use super::{HiddenFolios, Job};
use crate::display::{
    Artifact, Color, Direction, Glyph, GlyphRun, Item, NumberStyle, Outline, Page,
    PageLabel, Pages, Sheet, Tag,
};
use crate::font::{Family, Features, FontStyle, Orientation, Shaper, Weight};
use crate::geom::{Edges, Length, Point, Rect, Size};

/// Adds the blank pages that fill the last bundle.
pub(super) fn fill_up(pages: &mut Pages, job: &Job) {
    let Some(last) = pages.pages.last() else { return };
    let (size, label) = (last.size, last.label);
    let count = pages.pages.len();
    for more in 0..job.page_count(count) - count {
        let number = label.number + more as u32 + 1;
        let label = PageLabel { number, ..label };
        pages.pages.push(Page { size, label, ..Page::default() });
    }
}

/// How near to an edge is at it: what a reader of the file would not see.
const NEAR: Length = Length(Length::MM.0 / 50);

/// Lets what touches the edge of the page go on to the end of the bleed.
pub(super) fn reach_bleed(page: &mut Page, bleed: Edges) {
    let whole = Rect { origin: Point::default(), size: page.size };
    for item in &mut page.items {
        match item {
            Item::Shape(shape) => {
                if let Outline::Rect(area) = &mut shape.outline {
                    *area = area.grown(touched(*area, whole, bleed));
                }
            }
            Item::Image(image) => {
                let by = touched(image.area, whole, bleed);
                image.area = enlarged(image.area, by);
            }
            Item::Glyphs(_) | Item::Link(_) => {}
        }
    }
}

/// The bleed at the edges that a box touches.
pub(super) fn touched(area: Rect, page: Rect, bleed: Edges) -> Edges {
    let at = |touches: bool, bleed: Length| if touches { bleed } else { Length::ZERO };
    Edges {
        top: at(area.origin.y <= page.origin.y + NEAR, bleed.top),
        right: at(area.right() >= page.right() - NEAR, bleed.right),
        bottom: at(area.bottom() >= page.bottom() - NEAR, bleed.bottom),
        left: at(area.origin.x <= page.origin.x + NEAR, bleed.left),
    }
}

/// A picture made larger in its proportion, until it reaches as far beyond its edges as it
/// has to; what is too much goes beyond the same edges.
pub(super) fn enlarged(area: Rect, by: Edges) -> Rect {
    if by == Edges::default() {
        return area;
    }
    let wanted = area.grown(by);
    let Size { width, height } = area.size;
    let (w, h) = (width.0.max(1), height.0.max(1));
    let by_width = Size {
        width: wanted.size.width,
        height: wanted.size.width.ratio(h, w),
    };
    let size = match by_width.height >= wanted.size.height {
        true => by_width,
        false => Size {
            width: wanted.size.height.ratio(w, h),
            height: wanted.size.height,
        },
    };
    // The middle stays where both edges or none give way; else the edge that does not.
    let start = |start: Length, more: Length, near: Length, far: Length| match (
        near > Length::ZERO,
        far > Length::ZERO,
    ) {
        (true, false) => start - more,
        (false, true) => start,
        (true, true) | (false, false) => start - more / 2,
    };
    let (more_x, more_y) = (size.width - width, size.height - height);
    let origin = Point {
        x: start(area.origin.x, more_x, by.left, by.right),
        y: start(area.origin.y, more_y, by.top, by.bottom),
    };
    Rect { origin, size }
}

/// Sets the number for the printer (隠しノンブル) at the binding, halfway down the page.
pub(super) fn number(
    page: &mut Page,
    index: usize,
    bound_left: bool,
    job: &Job,
    shaper: &mut Shaper<'_>,
) {
    let wanted = match job.hidden_folios {
        HiddenFolios::All => true,
        HiddenFolios::Rest => !shows_number(page),
        HiddenFolios::None => false,
    };
    if !wanted {
        return;
    }
    let text = (job.folio_start as usize + index).to_string();
    let style = FontStyle { family: Family::Gothic, weight: Weight::Regular };
    let Some(font) = shaper.book().select(style, '0') else { return };
    let shaped =
        shaper.shape(font, &text, job.folio_size, Orientation::Sideways, Features::NONE);
    let width: Length = shaped.iter().map(|glyph| glyph.advance).sum();
    let mut x = match bound_left {
        true => job.folio_from_edge,
        false => page.size.width - job.folio_from_edge - width,
    };
    let y = page.size.height / 2;
    let mut glyphs = Vec::with_capacity(shaped.len());
    for glyph in shaped {
        let origin = Point { x: x + glyph.inline, y: y + glyph.block };
        let (start, end) = (glyph.cluster, glyph.cluster + 1);
        glyphs.push(Glyph { id: glyph.id, origin, start, end });
        x += glyph.advance;
    }
    page.items.push(Item::Glyphs(GlyphRun {
        font,
        size: job.folio_size,
        color: Color::BLACK,
        direction: Direction::Across,
        text,
        glyphs,
        tag: Tag::Artifact(Artifact::Footer),
    }));
}

/// Whether a page shows its number in digits: a line in a margin that says it.
fn shows_number(page: &Page) -> bool {
    let said = page.label.number.to_string();
    page.label.style == NumberStyle::Arabic
        && page.items.iter().any(|item| match item {
            Item::Glyphs(run) => match run.tag {
                Tag::Artifact(Artifact::Header | Artifact::Footer) => {
                    run.text.contains(&said)
                }
                Tag::Artifact(Artifact::Layout) | Tag::Content(_) => false,
            },
            Item::Shape(_) | Item::Image(_) | Item::Link(_) => false,
        })
}

/// Puts a page on its sheet.
pub(super) fn place(page: &mut Page, bleed: Edges, job: &Job) {
    let whole = Rect { origin: Point::default(), size: page.size };
    page.sheet = Some(Sheet {
        bleed,
        room: if job.marks { ROOM } else { Length::ZERO },
        marks: if job.marks { trim_marks(whole, bleed) } else { Vec::new() },
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mm(x: i64, y: i64, width: i64, height: i64) -> Rect {
        let [x, y, width, height] = [x, y, width, height].map(|side| Length::MM * side);
        Rect {
            origin: Point { x, y },
            size: Size { width, height },
        }
    }

    #[test]
    fn pictures_at_the_edge_grow_over_it_in_their_proportion() {
        let page = mm(0, 0, 100, 200);
        let bleed = Edges::all(Length::MM * 5);
        let grow = |area: Rect| enlarged(area, touched(area, page, bleed));
        assert_eq!(grow(page), mm(-5, -10, 110, 220));
        assert_eq!(grow(mm(10, 10, 50, 50)), mm(10, 10, 50, 50));
        // At the head, over the whole width: the foot stays.
        assert_eq!(grow(mm(0, 0, 100, 50)), mm(-5, -5, 110, 55));
        // At the right edge alone: the left edge stays, and it grows on both other sides.
        assert_eq!(grow(mm(80, 50, 20, 20)), mm(80, 50, 25, 25).moved_up(5));
    }

    impl Rect {
        fn moved_up(mut self, halves: i64) -> Self {
            self.origin.y -= Length::MM * halves / 2;
            self
        }
    }
}
