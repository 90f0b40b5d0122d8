//! The cover: the picture that the book names, else a cover set from its title as a cloth
//! binding with a title slip (題簽).

mod canvas;

use canvas::{Canvas, HEIGHT};

use super::book::{Book, Place};
use super::container::Resource;
use super::xhtml::{Page, Writer, clipped};
use crate::cover;
use crate::font::FontBook;
use crate::geom::WritingMode;

/// The cover of a publication.
#[derive(Debug)]
pub(super) struct Cover {
    /// Its page.
    pub(super) page: Page,
    /// The picture that was made for it; `None` where the book has one.
    pub(super) image: Option<Resource>,
    /// The number of the book's own picture.
    pub(super) picture: Option<usize>,
}

/// The name of the picture that is made; no picture of a book begins with an underscore.
const IMAGE: &str = "_cover";

/// Writes the page of the cover, and makes a picture where the book has none.
pub(super) fn write(book: &Book<'_>, fonts: &FontBook) -> Cover {
    let given = book.document.cover;
    let own = given.and_then(|number| Some((number, book.pictures.path(number)?)));
    let name = book.conventions.cover_image.unwrap_or(IMAGE);
    let made = format!("{}{name}.png", book.conventions.images);
    let (picture, src) = match own {
        Some((number, path)) => (Some(number), path),
        None => (None, made.as_str()),
    };
    let image = picture.is_none().then(|| Resource {
        path: made.clone(),
        data: draw(book, fonts),
        packed: false,
    });
    Cover { page: page(book, src), image, picture }
}

fn page(book: &Book<'_>, src: &str) -> Page {
    let title = clipped(&book.document.meta.title);
    let mut writer = Writer::at(book, Place::Cover, WritingMode::Horizontal);
    writer.begin(book.labels.cover, "p-cover");
    writer.xml.open("div").class("main").attr("epub:type", "cover").line();
    writer
        .xml
        .open("img")
        .attr("src", &book.relative(Place::Cover, src))
        .attr("alt", title)
        .class("fit")
        .attr("role", "doc-cover")
        .close();
    writer.xml.line();
    writer.end();
    Page {
        path: book.conventions.cover.to_owned(),
        xhtml: writer.xml.finish(),
        mathml: false,
        opens: true,
    }
}

/// Draws the cover as PNG.
fn draw(book: &Book<'_>, fonts: &FontBook) -> Vec<u8> {
    let Book { document, style, .. } = book;
    let drawing = cover::front(document, &style.rules, fonts, HEIGHT as f32);
    let mut canvas = Canvas::new();
    for glyph in &drawing.glyphs {
        canvas.glyph(fonts.face(glyph.font), glyph);
    }
    for line in drawing.frame() {
        canvas.fill(line);
    }
    canvas.png(drawing.slip, drawing.cloth)
}
