//! The pictures of the publication: names, types, SVG without what could do harm, and the
//! rest as stores take it.

mod fit;
mod svg;

use std::collections::BTreeSet;

use super::container::Resource;
use super::profile::Conventions;
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{Document, ImageFile, ImageFormat};
use crate::source::Span;

pub use fit::ImageLimit;

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
    format: ImageFormat,
    /// In pixels, or in the units of an SVG.
    size: (u32, u32),
    /// What is bound in place of the file: an SVG without scripts and references, empty
    /// where it cannot be read, or a picture as stores take it; `None` for the file itself.
    data: Option<Vec<u8>>,
}

impl Picture {
    fn new(
        number: usize,
        file: &ImageFile,
        (folder, name): (&str, Option<&str>),
        limit: ImageLimit,
        taken: &mut BTreeSet<String>,
        sink: &mut Sink,
    ) -> Self {
        let fitted = fit::fit(file, limit).unwrap_or_else(|reason| {
            sink.push(unfit(file, &reason));
            None
        });
        if fitted.as_ref().is_some_and(|it| it.stilled) {
            let message = format!("image `{}` moves as WebP alone", file.path);
            let finding = Diagnostic::new(Code::UnsupportedImage, file.span, message);
            sink.push(finding.hint("its first picture is bound; GIF moves in readers"));
        }
        if fitted.as_ref().is_some_and(|it| it.printed) {
            let path = &file.path;
            let message = format!(
                "image `{path}` has the colours of print (CMYK), which Apple Books \
                 does not take"
            );
            let finding = Diagnostic::new(Code::StoreImage, file.span, message);
            sink.push(finding.hint("it is bound in RGB; save it so to see its colours"));
        }
        let (format, size, data) = match fitted {
            Some(it) => (it.format, (it.width, it.height), Some(it.data)),
            None if file.format == ImageFormat::Svg => {
                let clean = svg::clean(&file.data);
                tell_of_drawing(file, clean.as_ref(), sink);
                let data = clean.map_or_else(Vec::new, |clean| clean.data);
                (file.format, (file.width, file.height), Some(data))
            }
            None => (file.format, (file.width, file.height), None),
        };
        Self {
            path: path((folder, name.unwrap_or(&file.path)), number, format, taken),
            format,
            size,
            data,
        }
    }
}

/// Tells of what a drawing loses, or that it cannot be read.
fn tell_of_drawing(file: &ImageFile, clean: Option<&svg::Clean>, sink: &mut Sink) {
    let path = &file.path;
    let Some(clean) = clean else {
        let message = format!("image `{path}` is no SVG that a reader can read");
        let finding = Diagnostic::new(Code::UnsupportedImage, file.span, message);
        return sink.push(finding.hint("its words stand in its place; save it again"));
    };
    for loss in &clean.losses {
        let message = format!("image `{path}` is bound without {}", loss.words());
        let finding = Diagnostic::new(loss.code, file.span, message);
        sink.push(finding.hint(loss.hint()));
    }
}

fn unfit(file: &ImageFile, reason: &str) -> Diagnostic {
    let path = &file.path;
    let message = format!("image `{path}` cannot be made as stores take it: {reason}");
    Diagnostic::new(Code::UnsupportedImage, file.span, message)
        .hint("it is bound as it is; save it again as PNG or JPEG")
}

/// A picture as it is bound, for those who look at its size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bound<'a> {
    /// The path of its source.
    pub(super) source: &'a str,
    /// Where it is named first.
    pub(super) span: Span,
    pub(super) format: ImageFormat,
    /// Its width in pixels.
    pub(super) width: u32,
    /// Its height in pixels.
    pub(super) height: u32,
    /// The bytes of its file.
    pub(super) data: &'a [u8],
}

impl Bound<'_> {
    /// Whether it shows what is behind it.
    pub(super) fn is_transparent(&self) -> bool {
        fit::is_transparent(self.format, self.data)
    }
}

impl<'a> Pictures<'a> {
    /// The pictures of a document, within a limit.
    pub(super) fn new(
        document: &'a Document,
        conventions: &Conventions,
        limit: ImageLimit,
        sink: &mut Sink,
    ) -> Self {
        let mut taken = BTreeSet::new();
        let files = document.images.iter().enumerate();
        let pictures = files
            .map(|(number, file)| {
                let is_cover = document.cover == Some(number);
                let name = conventions.cover_image.filter(|_| is_cover);
                let place = (conventions.images, name);
                // Stores want the cover large.
                let limit = if is_cover { ImageLimit::default() } else { limit };
                Picture::new(number, file, place, limit, &mut taken, sink)
            })
            .collect();
        Self { document, pictures }
    }

    /// A picture as it is bound.
    pub(super) fn bound(&self, number: usize) -> Bound<'_> {
        let (file, picture) = (&self.document.images[number], &self.pictures[number]);
        Bound {
            source: &file.path,
            span: file.span,
            format: picture.format,
            width: picture.size.0,
            height: picture.size.1,
            data: picture.data.as_ref().unwrap_or(&file.data),
        }
    }

    /// The path of a picture; `None` where there is none that a reader could show.
    pub(super) fn path(&self, number: usize) -> Option<&str> {
        let picture = self.pictures.get(number)?;
        let readable = picture.data.as_ref().is_none_or(|data| !data.is_empty());
        readable.then_some(picture.path.as_str())
    }

    /// The media type of a picture.
    pub(super) fn media_type(&self, number: usize) -> &'static str {
        media_type(self.pictures[number].format)
    }

    /// Whether something in a picture may move or flash.
    pub(super) fn may_move(&self, number: usize) -> bool {
        let (image, picture) = (&self.document.images[number], &self.pictures[number]);
        let data = picture.data.as_deref().unwrap_or(&image.data);
        let holds = |word: &[u8]| data.windows(word.len()).any(|part| part == word);
        match picture.format {
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
        let file = &self.document.images[number].data;
        Resource {
            path: picture.path.clone(),
            data: picture.data.as_ref().unwrap_or(file).clone(),
            packed: picture.format == ImageFormat::Svg,
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
    (folder, source): (&str, &str),
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
    let first = format!("{folder}{stem}.{ending}");
    if taken.insert(first.to_lowercase()) {
        return first;
    }
    let path = format!("{folder}{stem}_{}.{ending}", number + 1);
    taken.insert(path.to_lowercase());
    path
}
