//! What makes stores refuse a book, found without them and without EPUBCheck. Each limit is
//! a line of a table with the store that has it; docs/stores.md explains them to authors.

mod links;

use super::book::Book;
use super::images::Bound;
use super::{Files, Resource};
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::ImageFormat;
use crate::source::Span;

pub(super) use links::check as links;

/// The shortest covers that stores take: width and height, or the shorter side alone, in
/// pixels.
const COVERS: [(&str, u32, u32); 2] =
    [("Kindle", 625, 1000), ("Apple Books", 1400, 1400)];

/// The longest side of a cover that Kindle takes, in pixels.
const LONGEST_COVER: u32 = 10_000;

/// The shape that covers should have: the height in hundredths of the width, from and to.
/// Kindle's own is 160, a sheet of the A and B formats has 141.
const COVER_SHAPE: std::ops::RangeInclusive<u64> = 125..=180;

/// The most pixels of a picture that Apple Books takes.
const MOST_PIXELS: u64 = 5_600_000;

/// The most bytes of a picture that Kindle and Kobo take.
const MOST_IMAGE_BYTES: usize = 5_000_000;

/// The most bytes of a page that the readers of Japanese stores open well (EBPAJ guide).
pub(super) const MOST_PAGE_BYTES: usize = 256 * 1024;

/// The most bytes of a book that stores take.
const BOOKS: [(&str, u64); 3] = [
    ("Kobo", 100_000_000),
    ("Kindle", 650_000_000),
    ("Apple Books and Google Play", 2_000_000_000),
];

/// Tells of a cover that stores would not take or not show well.
pub(super) fn cover(cover: Bound<'_>, sink: &mut Sink) {
    let Bound { source, span, format, width, height, .. } = cover;
    let mut tell = |code, message: String, hint: &str| {
        sink.push(Diagnostic::new(code, span, message).hint(hint));
    };
    const SIZE: &str = "a cover of 1600 by 2560 pixels serves all stores";
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png) {
        let message = format!("cover `{source}` is neither JPEG nor PNG");
        return tell(Code::StoreCover, message, "stores show covers of these alone");
    }
    let refusing: Vec<&str> = COVERS
        .iter()
        .filter(|&&(_, w, h)| width < w || height < h)
        .map(|&(store, ..)| store)
        .collect();
    if !refusing.is_empty() {
        let stores = refusing.join(" and ");
        let message = format!(
            "cover `{source}` has {width} × {height} pixels, too few for {stores}"
        );
        tell(Code::StoreCover, message, SIZE);
    }
    if width.max(height) > LONGEST_COVER {
        let message = format!(
            "cover `{source}` has {width} × {height} pixels, too many for Kindle"
        );
        tell(Code::StoreCover, message, SIZE);
    }
    if cover.is_transparent() {
        let message =
            format!("cover `{source}` is transparent, which Kobo does not take");
        let hint = "save it again on a ground of white or of its own colour";
        tell(Code::StoreCover, message, hint);
    }
    let shape = u64::from(height) * 100 / u64::from(width.max(1));
    if !COVER_SHAPE.contains(&shape) {
        let message = format!(
            "cover `{source}` is {}.{:02} times as high as wide",
            shape / 100,
            shape % 100
        );
        tell(Code::CoverShape, message, "stores show 1.6 best; others get borders");
    }
}

/// Tells of a picture that is too large for stores.
pub(super) fn image(image: Bound<'_>, sink: &mut Sink) {
    let Bound { source, span, format, width, height, data } = image;
    let bytes = data.len();
    let mut tell = |message: String| {
        let finding = Diagnostic::new(Code::StoreImage, span, message);
        sink.push(finding.hint("`max-image` under `epub` makes pictures smaller"));
    };
    let pixels = u64::from(width) * u64::from(height);
    if format != ImageFormat::Svg && pixels > MOST_PIXELS {
        let most = MOST_PIXELS / 100_000;
        tell(format!(
            "image `{source}` has {width} × {height} pixels, more than the {}.{} million \
             that Apple Books takes",
            most / 10,
            most % 10
        ));
    }
    if bytes > MOST_IMAGE_BYTES {
        tell(format!(
            "image `{source}` has {}, more than the {} that Kindle and Kobo take",
            size(bytes as u64),
            size(MOST_IMAGE_BYTES as u64)
        ));
    }
}

/// Tells of pages that are too long for readers: only what cannot be parted makes them, or
/// the contents in the navigation document, of which a book has one.
pub(super) fn pages(book: &Book<'_>, files: &Files, sink: &mut Sink) {
    let is_read = |path: &str| {
        let mut items = files.items.iter().filter(|item| item.spine);
        items.any(|item| item.path == path)
    };
    let long =
        |page: &&Resource| page.data.len() > MOST_PAGE_BYTES && is_read(&page.path);
    for page in files.resources.iter().filter(long) {
        let (what, hint) = match page.path == book.conventions.nav {
            true => ("navigation document", "a lower `contents-depth` makes it shorter"),
            false => ("page", "it holds one formula or one word that cannot be parted"),
        };
        let message = format!(
            "the {what} `{}` has {}, more than the {} kB that readers open well",
            page.path,
            size(page.data.len() as u64),
            MOST_PAGE_BYTES / 1024
        );
        let finding = Diagnostic::new(Code::StoreFile, book.span_of(&page.path), message);
        sink.push(finding.hint(hint));
    }
}

/// Tells of a book that is too large for stores.
pub(super) fn book(bytes: usize, span: Span, sink: &mut Sink) {
    let bytes = bytes as u64;
    let refusing = BOOKS.iter().filter(|&&(_, most)| bytes > most);
    for (store, most) in refusing {
        let (bytes, most) = (size(bytes), size(*most));
        let message = format!("the EPUB has {bytes}, more than the {most} of {store}");
        let finding = Diagnostic::new(Code::StoreFile, span, message);
        sink.push(finding.hint("`max-image` under `epub` makes pictures smaller"));
    }
}

/// A number of bytes in words.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(check: impl FnOnce(&mut Sink)) -> Vec<String> {
        let mut sink = Sink::default();
        check(&mut sink);
        let told = sink.finish().into_iter();
        told.map(|it| format!("{}: {}", it.code.name(), it.message)).collect()
    }

    fn picture(format: ImageFormat, width: u32, height: u32, data: &[u8]) -> Bound<'_> {
        let (source, span) = ("a.jpg", Span::default());
        Bound { source, span, format, width, height, data }
    }

    #[test]
    fn covers_have_the_sizes_that_stores_take() {
        let told = |width, height| {
            found(|sink| cover(picture(ImageFormat::Jpeg, width, height, b""), sink))
        };
        assert!(told(1600, 2560).is_empty());
        assert!(told(1400, 1980).is_empty());
        assert_eq!(
            told(1000, 1600),
            [
                "store-cover: cover `a.jpg` has 1000 × 1600 pixels, too few for Apple Books"
            ]
        );
        assert_eq!(
            told(600, 900),
            [
                "store-cover: cover `a.jpg` has 600 × 900 pixels, too few for Kindle and Apple Books"
            ]
        );
        assert_eq!(told(2000, 2000).len(), 1);
        assert_eq!(told(7000, 11_000).len(), 1);
        let svg = found(|sink| cover(picture(ImageFormat::Svg, 1600, 2560, b""), sink));
        assert_eq!(svg, ["store-cover: cover `a.jpg` is neither JPEG nor PNG"]);
    }

    #[test]
    fn large_pictures_and_books_are_told_of() {
        let told = |width, height, bytes| {
            let data = vec![0; bytes];
            found(|sink| image(picture(ImageFormat::Jpeg, width, height, &data), sink))
        };
        assert!(told(2000, 2800, 4_000_000).is_empty());
        assert_eq!(told(3000, 2000, 6_000_000).len(), 2);
        let told = |bytes| found(|sink| book(bytes, Span::default(), sink));
        assert!(told(99_000_000).is_empty());
        assert_eq!(
            told(120_500_000),
            ["store-file: the EPUB has 120.5 MB, more than the 100.0 MB of Kobo"]
        );
        assert_eq!(told(700_000_000).len(), 2);
    }
}
