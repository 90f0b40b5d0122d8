//! The images that the chapters name.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Files, missing};
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{
    BlockKind, Chapter, Image, ImageFile, ImageFormat, Inline, Orientation, walk,
};
use crate::source::{Span, resolve_path};

/// Reads the images that chapters and the cover name, sorted by path. What cannot be read
/// is told to `sink` and left out.
pub fn load_images(
    files: &dyn Files,
    chapters: &mut [Chapter],
    cover: Option<&(String, Span)>,
    sink: &mut Sink,
) -> Vec<ImageFile> {
    let mut wanted: BTreeMap<String, Span> = BTreeMap::new();
    if let Some((path, span)) = cover {
        wanted.insert(path.clone(), *span);
    }
    for chapter in chapters {
        let path = chapter.path.clone();
        let mut want = |image: &mut Image| {
            let out_of_book =
                image.path.contains("://") || image.path.starts_with("data:");
            match resolve_path(&path, &image.path) {
                Some(full) if !out_of_book => {
                    wanted.entry(full).or_insert(image.span);
                }
                _ => sink.push(not_in_book(image)),
            }
        };
        let notes = chapter.notes.iter_mut().map(|note| &mut note.blocks);
        for blocks in std::iter::once(&mut chapter.blocks).chain(notes) {
            walk::blocks_mut(
                blocks,
                &mut |block| {
                    if let BlockKind::Figure { image, .. } = &mut block.kind {
                        want(image);
                    }
                },
                &mut |_| {},
            );
            walk::blocks_mut(blocks, &mut |_| {}, &mut |content| {
                walk::inlines_mut(content, &mut |inline| {
                    if let Inline::Image(image) = inline {
                        want(image);
                    }
                });
            });
        }
    }
    wanted
        .iter()
        .filter_map(|(path, span)| load_image(files, path, *span, sink))
        .collect()
}

fn not_in_book(image: &Image) -> Diagnostic {
    let message = format!("image `{}` is not in the book's folder", image.path);
    Diagnostic::new(Code::UnsupportedImage, image.span, message)
        .hint("put a copy of it into the folder of the book; nothing is fetched")
}

/// Reads an image that is named at a place.
pub(super) fn load_image(
    files: &dyn Files,
    path: &str,
    span: Span,
    sink: &mut Sink,
) -> Option<ImageFile> {
    let data = match files.read(path) {
        Ok(data) => data,
        Err(error) => {
            let mut finding = missing(files, path, span, &error);
            finding.code = Code::MissingImage;
            finding.severity = Code::MissingImage.severity();
            finding.message = format!("cannot find the image `{path}`");
            sink.push(finding);
            return None;
        }
    };
    match measure(&data) {
        Some((format, ..)) if !format.is_whole(&data) => {
            let message = format!("the end of image `{path}` is missing");
            let hint = "copy it into the folder of the book again";
            sink.push(Diagnostic::new(Code::UnsupportedImage, span, message).hint(hint));
            None
        }
        Some((format, width, height)) => {
            let orientation = orientation(&data, format);
            let (width, height) = match orientation.is_sideways() {
                true => (height, width),
                false => (width, height),
            };
            Some(ImageFile {
                path: path.to_string(),
                data: Arc::new(data),
                format,
                orientation,
                width,
                height,
                span,
            })
        }
        None => {
            let message = format!("`{path}` is not an image that can be bound");
            sink.push(
                Diagnostic::new(Code::UnsupportedImage, span, message)
                    .hint("PNG, JPEG, GIF, WebP and SVG can"),
            );
            None
        }
    }
}

/// The format of an image with its width and height.
fn measure(data: &[u8]) -> Option<(ImageFormat, u32, u32)> {
    use imagesize::ImageType;
    let format = match imagesize::image_type(data) {
        Ok(ImageType::Png) => ImageFormat::Png,
        Ok(ImageType::Jpeg) => ImageFormat::Jpeg,
        Ok(ImageType::Gif) => ImageFormat::Gif,
        Ok(ImageType::Webp) => ImageFormat::Webp,
        _ => {
            let (width, height) = svg_size(std::str::from_utf8(data).ok()?)?;
            return Some((ImageFormat::Svg, width, height));
        }
    };
    let size = imagesize::blob_size(data).ok()?;
    let (width, height) =
        (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    (width > 0 && height > 0).then_some((format, width, height))
}

/// How the pixels of a photograph lie, as its camera has noted.
fn orientation(data: &[u8], format: ImageFormat) -> Orientation {
    use ::image::ImageDecoder;
    use ::image::codecs::jpeg::JpegDecoder;
    // Few photographs say so; the others need not be read.
    let has_exif = data
        .windows(6)
        .take(MOST_BEFORE_EXIF)
        .any(|bytes| bytes == b"Exif\0\0");
    if format != ImageFormat::Jpeg || !has_exif {
        return Orientation::default();
    }
    let decoder = JpegDecoder::new(std::io::Cursor::new(data));
    let found = decoder.and_then(|mut decoder| decoder.orientation());
    found.map_or_else(
        |_| Orientation::default(),
        |found| Orientation::from_exif(found.to_exif()),
    )
}

/// The most bytes of a photograph before what its camera says of it.
const MOST_BEFORE_EXIF: usize = 1 << 17;

/// The width and height of an SVG: those of its root, else those of its view box, else
/// what browsers take.
fn svg_size(text: &str) -> Option<(u32, u32)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(text);
    let root = loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => break tag,
            Event::Eof => return None,
            _ => {}
        }
    };
    if root.local_name().as_ref() != "svg" {
        return None;
    }
    let attribute = |name: &str| {
        let found = root.try_get_attribute(name).ok()??;
        Some(found.value.into_owned())
    };
    let length = |name: &str| attribute(name).as_deref().and_then(pixels);
    let view_box = attribute("viewBox").map(|text| {
        let numbers = text.split([' ', ',']).filter(|part| !part.is_empty());
        numbers
            .filter_map(|part| part.parse::<f64>().ok())
            .collect::<Vec<f64>>()
    });
    let size = match (length("width"), length("height"), view_box.as_deref()) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some([_, _, w, h])) => (width, width * h / w),
        (None, Some(height), Some([_, _, w, h])) => (height * w / h, height),
        (None, None, Some([_, _, w, h])) => (*w, *h),
        _ => (300.0, 150.0),
    };
    let whole = |value: f64| value.round().clamp(1.0, 100_000.0) as u32;
    Some((whole(size.0), whole(size.1)))
}

/// A length of SVG in pixels; `None` where it depends on what is around.
fn pixels(text: &str) -> Option<f64> {
    let text = text.trim();
    let number_end = text.find(|c: char| c.is_ascii_alphabetic() || c == '%');
    let (number, unit) = text.split_at(number_end.unwrap_or(text.len()));
    let factor = match unit {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        _ => return None,
    };
    number.trim().parse::<f64>().ok().map(|number| number * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_svg() {
        let size = |attributes: &str| {
            svg_size(&format!("<?xml version='1.0'?><svg {attributes}/>"))
        };
        assert_eq!(size("width='96' height='1in'"), Some((96, 96)));
        assert_eq!(size("viewBox='0 0 40 30'"), Some((40, 30)));
        assert_eq!(size("width='80' viewBox='0 0 40 30'"), Some((80, 60)));
        assert_eq!(svg_size("<html/>"), None);
    }
}
