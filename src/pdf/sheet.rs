//! Sheets: the boxes of pages (ISO 32000-1, 14.11.2), and the marks of those for a press.

use krilla::color::{cmyk, luma};
use krilla::geom::{PathBuilder, Transform};
use krilla::page::{PageLabel, PageSettings};
use krilla::paint::{FillRule, Paint, Stroke};
use krilla::surface::Surface;

use super::{point, points, rect};
use crate::display::{Inks, Page, Sheet};
use crate::geom::{Length, Point, Rect, Size};

/// The width of marks, 0.1 mm.
const MARK_WIDTH: Length = Length(Length::MM.0 / 10);

/// A page on its sheet: all boxes from the top left corner of the sheet.
struct Boxes {
    media: Rect,
    bleed: Rect,
    trim: Rect,
}

fn boxes(page: &Page, sheet: &Sheet) -> Boxes {
    let media = sheet.bleed.plus(sheet.room);
    let trim = Rect {
        origin: Point { x: media.left, y: media.top },
        size: page.size,
    };
    Boxes {
        media: trim.grown(media),
        bleed: trim.grown(sheet.bleed),
        trim,
    }
}

/// The size of the sheet, and where the page is on it.
pub(super) fn settings(page: &Page, label: PageLabel) -> PageSettings {
    let of_size = |size: Size| {
        PageSettings::from_wh(points(size.width), points(size.height)).unwrap_or_default()
    };
    let Some(sheet) = &page.sheet else {
        return of_size(page.size).with_page_label(label);
    };
    let Boxes { media, bleed, trim } = boxes(page, sheet);
    of_size(media.size)
        .with_crop_box(rect(media))
        .with_bleed_box(rect(bleed))
        .with_trim_box(rect(trim))
        .with_page_label(label)
}

/// Begins to draw on the page of a sheet, and beyond its edges as far as the bleed.
pub(super) fn begin(page: &Page, surface: &mut Surface<'_>) {
    let Some(sheet) = &page.sheet else { return };
    let Boxes { trim, bleed, .. } = boxes(page, sheet);
    let mut path = PathBuilder::new();
    if sheet.room > Length::ZERO
        && let Some(bleed) = rect(bleed)
    {
        path.push_rect(bleed);
    }
    // A box always makes a path; a sheet without room is cut by its own edge.
    let clip = path.finish();
    if let Some(clip) = &clip {
        surface.push_clip_path(clip, &FillRule::NonZero);
    }
    let corner = point(trim.origin);
    surface.push_transform(&Transform::from_translate(corner.x, corner.y));
}

/// Ends to draw on the page, and draws the marks around it.
pub(super) fn end(page: &Page, inks: Inks, surface: &mut Surface<'_>) {
    let Some(sheet) = &page.sheet else { return };
    surface.pop();
    if sheet.room > Length::ZERO {
        surface.pop();
    }
    let Boxes { trim, .. } = boxes(page, sheet);
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: registration(inks),
        width: points(MARK_WIDTH),
        ..Stroke::default()
    }));
    for mark in &sheet.marks {
        let mut path = PathBuilder::new();
        for (index, place) in mark.iter().enumerate() {
            let place = Point {
                x: place.x + trim.origin.x,
                y: place.y + trim.origin.y,
            };
            let place = point(place);
            match index {
                0 => path.move_to(place.x, place.y),
                _ => path.line_to(place.x, place.y),
            }
        }
        if let Some(path) = path.finish() {
            surface.draw_path(&path);
        }
    }
}

/// The ink of marks: full on each plate that there is.
fn registration(inks: Inks) -> Paint {
    match inks {
        Inks::Gray => luma::Color::black().into(),
        Inks::Cmyk => cmyk::Color::new(255, 255, 255, 255).into(),
    }
}
