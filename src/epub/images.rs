//! The pictures of the publication: names, types, and SVG without what could do harm.

mod svg;

use std::collections::BTreeSet;

use super::container::Resource;
use crate::model::{Document, ImageFormat};

/// The pictures by their number in the document.
#[derive(Debug)]
pub(super) struct Pictures<'a> {
    document: &'a Document,
    pictures: Vec<Picture>,
}

/// One picture.
#[derive(Debug)]
struct Picture {
    path: String,
    /// An SVG without scripts and references; `None` for other formats, and empty where
    /// the file is no SVG that can be read.
    svg: Option<Vec<u8>>,
}

impl<'a> Pictures<'a> {
    /// The pictures of a document.
    pub(super) fn new(document: &'a Document) -> Self {
        let mut taken = BTreeSet::new();
        let picture = |(number, image): (usize, &crate::model::ImageFile)| Picture {
            path: path(&image.path, number, image.format, &mut taken),
            svg: (image.format == ImageFormat::Svg)
                .then(|| svg::clean(&image.data).unwrap_or_default()),
        };
        let pictures = document.images.iter().enumerate().map(picture).collect();
        Self { document, pictures }
    }

    /// The path of a picture; `None` where there is none that a reader could show.
    pub(super) fn path(&self, number: usize) -> Option<&str> {
        let picture = self.pictures.get(number)?;
        let readable = picture.svg.as_ref().is_none_or(|svg| !svg.is_empty());
        readable.then_some(picture.path.as_str())
    }

    /// The media type of a picture.
    pub(super) fn media_type(&self, number: usize) -> &'static str {
        media_type(self.document.images[number].format)
    }

    /// Whether something in a picture may move or flash.
    pub(super) fn may_move(&self, number: usize) -> bool {
        let image = &self.document.images[number];
        let holds = |word: &[u8]| image.data.windows(word.len()).any(|part| part == word);
        match image.format {
            ImageFormat::Png => holds(b"acTL"),
            ImageFormat::Gif => holds(b"NETSCAPE2.0"),
            ImageFormat::Webp => holds(b"ANMF"),
            ImageFormat::Svg => holds(b"<animate") || holds(b"<set"),
            ImageFormat::Jpeg => false,
        }
    }

    /// The file of a picture.
    pub(super) fn resource(&self, number: usize) -> Resource {
        let picture = &self.pictures[number];
        let data = match &picture.svg {
            Some(svg) => svg.clone(),
            None => self.document.images[number].data.to_vec(),
        };
        Resource {
            path: picture.path.clone(),
            data,
            packed: picture.svg.is_some(),
        }
    }
}

fn media_type(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Png => "image/png",
        ImageFormat::Jpeg => "image/jpeg",
        ImageFormat::Gif => "image/gif",
        ImageFormat::Webp => "image/webp",
        ImageFormat::Svg => "image/svg+xml",
    }
}

fn ending(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Png => "png",
        ImageFormat::Jpeg => "jpg",
        ImageFormat::Gif => "gif",
        ImageFormat::Webp => "webp",
        ImageFormat::Svg => "svg",
    }
}

/// A path of ASCII characters that no other picture has, close to that of the source.
fn path(
    source: &str,
    number: usize,
    format: ImageFormat,
    taken: &mut BTreeSet<String>,
) -> String {
    let name = source.rsplit(['/', '\\']).next().unwrap_or("");
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let plain = |ch: char| {
        if ch.is_ascii_alphanumeric() || ch == '_' { ch } else { '-' }
    };
    let ascii = !stem.is_empty() && stem.is_ascii();
    let stem: String = if ascii {
        stem.chars().map(plain).collect()
    } else {
        format!("image-{:03}", number + 1)
    };
    let ending = ending(format);
    let first = format!("images/{stem}.{ending}");
    if taken.insert(first.to_lowercase()) {
        return first;
    }
    let path = format!("images/{stem}_{}.{ending}", number + 1);
    taken.insert(path.to_lowercase());
    path
}
