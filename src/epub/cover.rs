//! The cover: the picture that the book names, else a cover set from its title as a cloth
//! binding with a title slip (題簽).

mod canvas;
mod title;

use canvas::{Area, Canvas, HEIGHT, WIDTH};
use title::Typesetter;

use super::book::{Book, COVER, Place};
use super::container::Resource;
use super::xhtml::{Page, Writer};
use crate::font::{Family, FontBook, FontStyle, Weight};
use crate::geom::WritingMode;
use crate::model::Metadata;

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

/// The path of the picture that is made; no picture of a book has an underscore alone.
const IMAGE: &str = "images/_cover.png";

/// Writes the page of the cover, and makes a picture where the book has none.
pub(super) fn write(book: &Book<'_>, fonts: &FontBook) -> Cover {
    let given = book.document.cover;
    let own = given.and_then(|number| Some((number, book.pictures.path(number)?)));
    let (picture, src) = match own {
        Some((number, path)) => (Some(number), path),
        None => (None, IMAGE),
    };
    let image = picture.is_none().then(|| Resource {
        path: IMAGE.to_owned(),
        data: draw(book, fonts),
        packed: false,
    });
    Cover { page: page(book, src), image, picture }
}

fn page(book: &Book<'_>, src: &str) -> Page {
    let title = &book.document.meta.title;
    let mut writer = Writer::at(book, Place::Root, WritingMode::Horizontal);
    writer.begin(book.labels.cover, "p-cover");
    writer.xml.open("div").class("main").attr("epub:type", "cover").line();
    writer
        .xml
        .open("img")
        .attr("src", src)
        .attr("alt", title)
        .class("fit")
        .attr("role", "doc-cover")
        .close();
    writer.xml.line();
    writer.end();
    Page {
        path: COVER.to_owned(),
        xhtml: writer.xml.finish(),
        mathml: false,
    }
}

/// Colours of cloth: indigo, pine, madder, iron blue, walnut, wisteria, soot, teal.
const CLOTH: [[u8; 3]; 8] = [
    [0x1F, 0x3A, 0x5F],
    [0x24, 0x48, 0x3E],
    [0x6D, 0x24, 0x33],
    [0x22, 0x2F, 0x3F],
    [0x5A, 0x3D, 0x2B],
    [0x4A, 0x47, 0x64],
    [0x4B, 0x42, 0x37],
    [0x20, 0x52, 0x5C],
];

/// Draws the cover as PNG. The colour of the cloth follows from the title.
fn draw(book: &Book<'_>, fonts: &FontBook) -> Vec<u8> {
    let meta = &book.document.meta;
    let mut setter = Typesetter::new(fonts, &book.style.rules);
    let mut canvas = Canvas::new();
    let slip = match book.document.writing {
        WritingMode::Horizontal => horizontal(meta, &mut setter, &mut canvas),
        WritingMode::Vertical => vertical(meta, &mut setter, &mut canvas),
    };
    canvas.frame(slip, FRAME, 4.0);
    let sum = meta.title.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    canvas.png(slip, CLOTH[(sum >> 32) as usize % CLOTH.len()])
}

/// From the edge of the slip to its frame.
const FRAME: f32 = 22.0;

const TITLE: FontStyle = FontStyle { family: Family::Mincho, weight: Weight::Bold };
const NAMES: FontStyle = FontStyle { family: Family::Mincho, weight: Weight::Regular };

/// The names that stand on the cover: at most three, with the roles that are not the
/// author's.
fn names(meta: &Metadata) -> Vec<String> {
    let japanese = meta.language.starts_with("ja");
    let name = |who: &crate::model::Contributor| match who.role_name() {
        role if japanese => format!("{}\u{3000}{role}", who.name),
        _ => who.name.clone(),
    };
    let mut names: Vec<String> = meta.contributors.iter().take(3).map(name).collect();
    if japanese && meta.contributors.len() > 3 {
        names.push("ほか".to_owned());
    }
    names
}

/// A slip across the upper part, lines centred.
fn horizontal(meta: &Metadata, setter: &mut Typesetter<'_>, canvas: &mut Canvas) -> Area {
    const LEFT: f32 = 160.0;
    const TOP: f32 = 400.0;
    const PADDING: f32 = 130.0;
    let (width, height) = (WIDTH as f32, HEIGHT as f32);
    let measure = width - 2.0 * (LEFT + PADDING);
    let middle = width / 2.0;
    let title = setter.fit(TITLE, &meta.title, measure, 158.0);
    let subtitle = meta
        .subtitle
        .as_deref()
        .map(|text| setter.fit(NAMES, text, measure, 70.0));
    let mut y = TOP + PADDING + title.size / 2.0;
    for line in &title.lines {
        let start = middle - setter.length(TITLE, line, title.size) / 2.0;
        setter.horizontal(TITLE, line, title.size, (start, y), canvas);
        y += title.size * 1.42;
    }
    y -= title.size * 0.92;
    if let Some(subtitle) = subtitle {
        y += 70.0 + subtitle.size / 2.0;
        for line in &subtitle.lines {
            let start = middle - setter.length(NAMES, line, subtitle.size) / 2.0;
            setter.horizontal(NAMES, line, subtitle.size, (start, y), canvas);
            y += subtitle.size * 1.5;
        }
        y -= subtitle.size;
    }
    let slip = Area {
        left: LEFT,
        top: TOP,
        right: width - LEFT,
        bottom: y + PADDING,
    };
    let names = names(meta);
    let mut y = (height * 0.76 - 66.0 * names.len() as f32).max(slip.bottom + 160.0);
    for name in &names {
        let size = setter.fit(NAMES, name, measure, 84.0).size;
        let start = middle - setter.length(NAMES, name, size) / 2.0;
        setter.horizontal(NAMES, name, size, (start, y), canvas);
        y += 132.0;
    }
    if let Some(publisher) = &meta.publisher {
        let size = setter.fit(NAMES, publisher, measure, 60.0).size;
        let start = middle - setter.length(NAMES, publisher, size) / 2.0;
        setter.horizontal(NAMES, publisher, size, (start, height - 230.0), canvas);
    }
    slip
}

/// A slip at the upper left, as Japanese bindings have it, names at the lower right.
fn vertical(meta: &Metadata, setter: &mut Typesetter<'_>, canvas: &mut Canvas) -> Area {
    const LEFT: f32 = 190.0;
    const TOP: f32 = 200.0;
    const PADDING: f32 = 90.0;
    const MEASURE: f32 = 1340.0;
    let (width, height) = (WIDTH as f32, HEIGHT as f32);
    let title = setter.fit(TITLE, &meta.title, MEASURE, 196.0);
    let subtitle = meta
        .subtitle
        .as_deref()
        .map(|text| setter.fit(NAMES, text, MEASURE, 72.0));
    let column = title.size * 1.4;
    let small = subtitle
        .as_ref()
        .map_or(0.0, |it| it.size * 1.6 * it.lines.len() as f32);
    let inner = column * title.lines.len() as f32 + small;
    let slip = Area {
        left: LEFT,
        top: TOP,
        right: LEFT + inner + 2.0 * PADDING - title.size * 0.2,
        bottom: TOP + MEASURE + 2.0 * PADDING,
    };
    let mut axis = slip.right - PADDING + title.size * 0.1 - column / 2.0;
    for line in &title.lines {
        setter.vertical(TITLE, line, title.size, (axis, TOP + PADDING), canvas);
        axis -= column;
    }
    if let Some(subtitle) = subtitle {
        axis += column / 2.0 - subtitle.size * 0.8;
        for line in &subtitle.lines {
            let length = setter.length_vertical(NAMES, line, subtitle.size);
            let start = slip.bottom - PADDING - length;
            setter.vertical(NAMES, line, subtitle.size, (axis, start), canvas);
            axis -= subtitle.size * 1.6;
        }
    }
    let foot = height - 260.0;
    let mut axis = width - 270.0;
    for name in names(meta) {
        let size = setter.fit(NAMES, &name, 1100.0, 92.0).size;
        let length = setter.length_vertical(NAMES, &name, size);
        setter.vertical(NAMES, &name, size, (axis, foot - length), canvas);
        axis -= 160.0;
    }
    if let Some(publisher) = &meta.publisher {
        let size = setter.fit(NAMES, publisher, 460.0, 60.0).size;
        let length = setter.length_vertical(NAMES, publisher, size);
        let axis = LEFT + 40.0;
        setter.vertical(NAMES, publisher, size, (axis, foot - length), canvas);
    }
    slip
}
