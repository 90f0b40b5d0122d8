//! What a printer would refuse, as findings at their places in the book.

use super::Volume;
use crate::book::{CoverParts, PressOutput};
use crate::diag::{Code, Diagnostic, Sink};
use crate::display::{Inks, Pages};
use crate::geom::{Length, Size};
use crate::model::{Document, ImageFile, ImageFormat};
use crate::pdf;
use crate::press::{self, ImageFacts, OnPages, Refusal};
use crate::source::Span;
use crate::standard::PressStandard;

/// Tells what a printer would refuse of the pages.
pub(super) fn pages(
    volume: &Volume,
    pages: &Pages,
    gutter: Length,
    output: &PressOutput,
    sink: &mut Sink,
) {
    let Volume { document, fonts, .. } = volume;
    let facts: Vec<ImageFacts> = document
        .images
        .iter()
        .zip(&pages.images)
        .map(|(file, image)| match file.format {
            ImageFormat::Svg => ImageFacts {
                pixels: None,
                thinnest: pdf::thinnest_line(image, fonts),
            },
            ImageFormat::Png
            | ImageFormat::Jpeg
            | ImageFormat::Gif
            | ImageFormat::Webp => ImageFacts {
                pixels: Some((file.width, file.height)),
                thinnest: None,
            },
        })
        .collect();
    for refusal in press::check(pages, &facts, gutter, &output.job) {
        sink.push(finding(refusal, document, output));
    }
    let is_x4 = output.job.standard == PressStandard::X4;
    if is_x4 && output.job.inks == Inks::Cmyk && output.profile.is_none() {
        let message = "the file is in four colours and has no profile of its printing \
                       condition, so it is not PDF/X-4";
        let hint = "name the ICC profile that the printer asks for: `profile: FILE.icc`; \
                    or take `standard: x-1a`, which needs none";
        sink.push(Diagnostic::new(Code::NoProfile, output.span, message).hint(hint));
    }
}

/// A refusal as a finding: images where they are named, all else where the edition is
/// asked for.
fn finding(refusal: Refusal, document: &Document, output: &PressOutput) -> Diagnostic {
    let limits = &output.job.limits;
    let at = output.span;
    match refusal {
        Refusal::PageCount(count) => {
            let (least, most) = limits.pages;
            let message = format!("the book has {count} pages with the blank ones");
            let hint = format!("the printer binds from {least} to {most} pages");
            Diagnostic::new(Code::PageCount, at, message).hint(hint)
        }
        Refusal::PageSize(size) => {
            let message = format!("the printer has no page of {}", size_words(size));
            let finding = Diagnostic::new(Code::PageSize, at, message);
            match limits.trim {
                Some([least, most]) => {
                    let (least, most) = (size_words(least), size_words(most));
                    finding.hint(format!("it has pages from {least} to {most}"))
                }
                None => finding,
            }
        }
        Refusal::NarrowGutter { gutter, least } => {
            let (gutter, least) = (mm(gutter), mm(least));
            let message = format!("a gutter of {gutter} is too narrow for so many pages");
            let hint = format!("give at least `margins: {{ gutter: {least} }}`, or none");
            Diagnostic::new(Code::NarrowGutter, at, message).hint(hint)
        }
        Refusal::SmallText(size, pages) => {
            let message = format!("text of {} stands on {}", pt(size), on_pages(pages));
            let hint = format!("the printer takes text of {} and more", pt(limits.text));
            Diagnostic::new(Code::SmallText, at, message).hint(hint)
        }
        Refusal::ThinRule(width, pages) => {
            let message =
                format!("a line of {} stands on {}", mm(width), on_pages(pages));
            let hint = format!("lines of {} and more come out", mm(limits.rule));
            Diagnostic::new(Code::ThinRule, at, message).hint(hint)
        }
        Refusal::NearTrim(distance, pages) => {
            let distance = mm(distance.max(Length::ZERO));
            let place = on_pages(pages);
            let message = format!(
                "something stands {distance} from an edge that is cut, on {place}"
            );
            let hint = format!("keep {} free, or go over the edge", mm(limits.fore_edge));
            Diagnostic::new(Code::NearTrim, at, message).hint(hint)
        }
        Refusal::NoBleed(pages) => {
            let place = on_pages(pages);
            let message = format!("something ends at an edge that is cut, on {place}");
            let hint = "let it go on beyond the edge: `bleed: 3mm`";
            Diagnostic::new(Code::NoBleed, at, message).hint(hint)
        }
        Refusal::LowResolution { image, resolution, page } => {
            let file = document.images.get(image.0);
            low_resolution(file, resolution, Some(page), output.job.inks, output)
        }
    }
}

fn low_resolution(
    file: Option<&ImageFile>,
    resolution: u32,
    page: Option<usize>,
    inks: Inks,
    output: &PressOutput,
) -> Diagnostic {
    let (path, span) = file.map_or(("", output.span), |file| (&file.path, file.span));
    let least = match inks {
        Inks::Gray => output.job.limits.resolution.gray,
        Inks::Cmyk => output.job.limits.resolution.color,
    };
    let place = page.map_or_else(
        || "on the cover".to_owned(),
        |page| format!("on page {}", page + 1),
    );
    let message = format!("image `{path}` has {resolution} dpi at its size {place}");
    let hint =
        format!("{least} dpi are asked for: take a larger image, or print it smaller");
    Diagnostic::new(Code::LowResolution, span, message).hint(hint)
}

/// Tells what a printer would refuse of the cover; `given` are the image of its front, and
/// the pages of the book.
pub(super) fn cover(
    sheet: &press::CoverSheet,
    output: &PressOutput,
    parts: &CoverParts,
    (front, pages): (Option<&ImageFile>, usize),
    sink: &mut Sink,
) {
    let inks = parts.inks.unwrap_or(output.job.inks);
    let least = match inks {
        Inks::Gray => output.job.limits.resolution.gray,
        Inks::Cmyk => output.job.limits.resolution.color,
    };
    let files = front.into_iter().chain(&parts.back);
    for (file, (area, pixels)) in files.zip(&sheet.pictures) {
        let resolution = press::resolution(*area, *pixels);
        if file.format != ImageFormat::Svg && resolution < least {
            sink.push(low_resolution(Some(file), resolution, None, inks, output));
        }
    }
    if sheet.spine_text.is_none() {
        let spine = output.job.spine(pages).unwrap_or_default();
        let message = format!("a spine of {} has no room for words", mm(spine));
        let hint = match output.job.limits.spine_pages {
            0 => "thicker paper or more pages make it wider".to_owned(),
            least => format!("the printer sets words on the spine from {least} pages on"),
        };
        let span: Span = output.span;
        sink.push(Diagnostic::new(Code::NarrowSpine, span, message).hint(hint));
    }
}

/// That something in a file for a press shines through, asked for at a place.
pub(super) fn transparent(place: Span) -> Diagnostic {
    let message = "a drawing shines through, so the file is not PDF/X-1a";
    Diagnostic::new(Code::NotConforming, place, message)
        .hint("draw it without opacity and masks, or take `standard: x-4`")
}

fn on_pages(OnPages { first, count }: OnPages) -> String {
    match count {
        1 => format!("page {}", first + 1),
        count => format!("{count} pages, first on page {}", first + 1),
    }
}

/// A length in a unit, with at most two digits after the dot.
fn in_unit(length: Length, unit: Length) -> f64 {
    length.ratio(100, unit.0).0 as f64 / 100.0
}

fn mm(length: Length) -> String {
    format!("{}mm", in_unit(length, Length::MM))
}

fn pt(length: Length) -> String {
    format!("{}pt", in_unit(length, Length::PT))
}

fn size_words(size: Size) -> String {
    format!("{} × {}", mm(size.width), mm(size.height))
}
