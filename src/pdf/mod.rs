//! Writing the pages of the display list as a PDF file.
//!
//! krilla does the writing and appears nowhere else. What it lacks or gets wrong is mended
//! here, each thing with a comment that begins with its name.

mod attach;
mod cmyk;
mod conform;
mod deflate;
mod font;
mod icc;
mod image;
mod info;
mod link;
mod pack;
mod print;
mod roles;
mod shape;
mod sheet;
mod tags;
mod text;
mod vertical;

pub use print::{Print, Profile, ProfileError};

use std::error::Error;
use std::fmt;

use krilla::SerializeSettings;
use krilla::document::Document;
use krilla::error::{KrillaError, KrillaResult};
use krilla::surface::Surface;

use crate::display::{self, ImageId, Item, Pages};
use crate::font::FontBook;
use crate::geom::{Length, Point, Rect};
use crate::standard::Standard;

pub use attach::Attachment;
pub use conform::{Fault, Violation};
use font::Fonts;
use image::Images;
use tags::Tags;

/// How a PDF is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfOptions {
    /// The program that the file names as its maker.
    pub program: String,
    /// The standards that the file is to keep, which go together: one part of PDF/A at
    /// most, and none of PDF 2.0 beside PDF/UA-1.
    pub standards: Vec<Standard>,
    /// The files that go into the file.
    pub attachments: Vec<Attachment>,
    /// For a press: PDF/X-4 in its inks, without links, outline and tags; `None` for a
    /// screen.
    pub print: Option<Print>,
}

impl Default for PdfOptions {
    fn default() -> Self {
        Self {
            program: concat!("Seihon ", env!("CARGO_PKG_VERSION")).to_owned(),
            standards: Vec::new(),
            attachments: Vec::new(),
            print: None,
        }
    }
}

/// A finished PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// The images that could not be read, in the order of their numbers, each with the
    /// reason. A gray box stands in their place.
    pub unreadable: Vec<(ImageId, String)>,
    /// What the pages have against standards. The file does not say that it keeps those.
    pub violations: Vec<Violation>,
    /// Whether something shines through, so that a file for a press does not say that it is
    /// PDF/X-1a.
    pub is_transparent: bool,
}

/// Why no PDF could be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PdfError {
    /// A face cannot be embedded.
    Font {
        /// Where the face is from.
        origin: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The pages break a limit of the format.
    Limit(String),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Font { origin, reason } => {
                write!(f, "cannot embed the font {origin}: {reason}")
            }
            Self::Limit(reason) => write!(f, "cannot write the PDF: {reason}"),
        }
    }
}

impl Error for PdfError {}

/// Writes the pages as a PDF. The same pages give the same bytes.
///
/// # Errors
/// Fails where a font cannot be embedded or the pages break a limit of the format. An image
/// that cannot be read and a standard that cannot be kept are no errors, but told about in
/// the result.
pub fn export(
    pages: &Pages,
    fonts: &FontBook,
    options: &PdfOptions,
) -> Result<Exported, PdfError> {
    let mut images = Images::read(&pages.images, fonts, options.print.is_none());
    let mut standards = options.standards.clone();
    let mut violations = Vec::new();
    loop {
        // krilla: the pixels of an image are read last of all, and faults against standards
        // are told then, so that either shows when everything else is done. Then all is
        // done again without the image or the claim.
        let faces = Fonts::collect(pages, fonts);
        match write(pages, &faces, &images, (options, &standards)) {
            Ok(file) => {
                let finished = finish(file, faces.vertical(), &images, (pages, options))?;
                let print::Finished { bytes, is_transparent } = finished;
                let unreadable = images.unreadable();
                return Ok(Exported { bytes, unreadable, violations, is_transparent });
            }
            Err(KrillaError::Image(image, _, reason))
                if images.reject(&image, &reason) => {}
            Err(KrillaError::Validation(errors)) if !standards.is_empty() => {
                let found = conform::violations(&errors, pages, &faces, &standards);
                standards.retain(|kept| {
                    found.iter().all(|fault| !fault.standards.contains(kept))
                });
                violations.extend(found);
            }
            Err(KrillaError::Font(font, reason)) => {
                let origin = faces.origin(&font);
                return Err(PdfError::Font { origin, reason });
            }
            Err(error) => return Err(PdfError::Limit(error.to_string())),
        }
    }
}

/// The width of the thinnest line of a vector image, in parts of the image's width; `None`
/// where there are no lines, and for pixels.
pub fn thinnest_line(image: &display::Image, fonts: &FontBook) -> Option<f64> {
    image::thinnest_line(image, fonts)
}

/// What krilla has written, as it is meant, in fewer bytes.
fn finish(
    mut file: Vec<u8>,
    vertical: usize,
    images: &Images,
    (pages, options): (&Pages, &PdfOptions),
) -> Result<print::Finished, PdfError> {
    if !vertical::mark_fonts(&mut file, vertical) {
        let reason = "the fonts for vertical text are not in their place";
        return Err(PdfError::Limit(reason.to_owned()));
    }
    if let Some(print) = &options.print {
        return print::finish(&file, print, &pages.info).map_err(PdfError::Limit);
    }
    let reason = || PdfError::Limit("the file is not as it is expected".to_owned());
    let bytes = pack::pack(&file, images).ok_or_else(reason)?;
    Ok(print::Finished { bytes, is_transparent: false })
}

/// Writes the pages, with what is known of the images so far.
fn write(
    pages: &Pages,
    fonts: &Fonts<'_>,
    images: &Images,
    (options, standards): (&PdfOptions, &[Standard]),
) -> KrillaResult<Vec<u8>> {
    let mut tags = Tags::of(pages);
    let enable_tagging = tags.is_tagged();
    let configuration = match options.print {
        Some(_) => print::configuration(),
        None => conform::configuration(standards),
    };
    let settings = SerializeSettings {
        enable_tagging,
        configuration,
        cmyk_profile: cmyk::profile(),
        // What is for a screen is packed when it is finished.
        compress_content_streams: options.print.is_some(),
        ..Default::default()
    };
    let inks = options.print.as_ref().map(|print| print.inks).unwrap_or_default();
    let mut document = Document::new_with(settings);
    let mut drawn = image::Drawn::default();
    let labels = info::page_labels(&pages.pages);
    for (index, (page, label)) in pages.pages.iter().zip(labels).enumerate() {
        let mut leaf = document.start_page_with(sheet::settings(page, label));
        let mut surface = leaf.surface();
        if index == 0 {
            fonts.register_vertical(&mut surface);
        }
        sheet::begin(page, &mut surface);
        for item in &page.items {
            tags.begin(item, index, &mut surface);
            draw(item, &mut surface, fonts, images, &mut drawn);
        }
        tags.end(&mut surface);
        sheet::end(page, inks, &mut surface);
        surface.finish();
        link::add(page, pages, &mut leaf, &mut tags);
    }
    if enable_tagging {
        document.set_tag_tree(tags.tree());
    }
    document.set_outline(link::outline(pages));
    for destination in link::destinations(pages) {
        // A name given twice keeps its first place.
        let _ = document.register_named_destination(destination);
    }
    for attachment in &options.attachments {
        // Of two with one path the first is kept.
        let _ = document.embed_file(attachment.file(&pages.info));
    }
    document.set_metadata(info::metadata(&pages.info, options));
    document.finish()
}

/// Draws what stands on a page.
fn draw(
    item: &Item,
    surface: &mut Surface<'_>,
    fonts: &Fonts<'_>,
    images: &Images,
    drawn: &mut image::Drawn,
) {
    match item {
        Item::Glyphs(run) => text::draw(run, surface, fonts),
        Item::Shape(shape) => shape::draw(shape, surface),
        Item::Image(placed) => {
            if let Some(location) = conform::location(placed.tag) {
                surface.set_location(location);
            }
            images.draw(placed, surface, drawn);
            surface.reset_location();
        }
        Item::Link(_) => {}
    }
}

/// A length in points, to a thousandth: a third of a micrometre, which no eye sees, and
/// which keeps the numbers in the file short.
fn points(length: Length) -> f32 {
    ((length.to_pt() * 1000.0).round() / 1000.0) as f32
}

fn point(point: Point) -> krilla::geom::Point {
    krilla::geom::Point::from_xy(points(point.x), points(point.y))
}

/// A box with some room in it; `None` for one without.
fn rect(area: Rect) -> Option<krilla::geom::Rect> {
    let Rect { origin, size } = area;
    let corner = point(origin);
    let (width, height) = (points(size.width), points(size.height));
    if width <= 0.0 || height <= 0.0 {
        return None;
    }
    krilla::geom::Rect::from_xywh(corner.x, corner.y, width, height)
}
