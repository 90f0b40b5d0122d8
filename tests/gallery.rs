//! The pictures of `docs/gallery`: pages of the books of the project, as readers see them.
//!
//! `UPDATE=1 cargo test --test gallery` makes them; without it the test holds that the
//! pictures are there, are small, and that the README shows each of them.
#![cfg(all(feature = "embedded-fonts", feature = "svg", feature = "bibliography"))]
#![expect(clippy::disallowed_methods, reason = "it reads books and writes pictures")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use seihon::book::{BOOK_FILE, Memory};
use seihon::diag::Sink;
use seihon::display::Pages;
use seihon::pdf::{self, PdfOptions};
use seihon::pipeline::{self, Options};

/// How wide a picture is, in pixels.
const WIDTH: f32 = 420.0;
/// The most bytes of a picture.
const MOST: u64 = 60 * 1024;

/// A book of the project in a look of its own.
struct Look {
    /// Its folder.
    folder: &'static str,
    /// Its direction of writing.
    writing: &'static str,
    /// What stands under `style`, in one line.
    style: &'static str,
}

static NOVEL: Look = Look {
    folder: "book",
    writing: "vertical",
    style: "{ theme: bungei, preset: bunko, colophon: { writing: vertical } }",
};
static TECHNICAL: Look = Look {
    folder: "book",
    writing: "horizontal",
    style: "{ theme: gijutsu, preset: a5 }",
};
static EVERYTHING: Look = Look {
    folder: "tests/books/everything",
    writing: "horizontal",
    style: "{ theme: gijutsu, preset: a5 }",
};
static ARTICLE: Look = Look {
    folder: "book",
    writing: "horizontal",
    style: "{ theme: kiji, preset: a5 }",
};

/// The pictures: a name, a book, a place in it, and how many pages after that place.
static PICTURES: [(&str, &Look, &str, usize); 10] = [
    ("title-page", &NOVEL, "titlepage", 0),
    ("contents-vertical", &NOVEL, "contents", 0),
    ("chapter-vertical", &NOVEL, "chapter-01", 0),
    ("colophon", &NOVEL, "colophon", 0),
    ("part-page", &TECHNICAL, "part-01", 0),
    ("chapter", &TECHNICAL, "chapter-02", 0),
    ("contents", &TECHNICAL, "contents", 0),
    ("technical", &EVERYTHING, "chapter-03#lst-lines", 0),
    ("article", &ARTICLE, "chapter-02", 1),
    ("index", &ARTICLE, "index", 0),
];

#[test]
fn the_gallery_shows_the_pages_of_books() {
    let folder = root().join("docs/gallery");
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(&folder).expect("the folder can be made");
        let mut made: BTreeMap<*const Look, Made> = BTreeMap::new();
        for (name, look, place, after) in PICTURES {
            let made = made.entry(std::ptr::from_ref(look)).or_insert_with(|| bind(look));
            let page = made.page_of(place) + after;
            write(&folder.join(format!("{name}.png")), &made.pdf, page);
        }
    }
    let readme = fs::read_to_string(root().join("README.md")).expect("it is there");
    for (name, ..) in PICTURES {
        let path = folder.join(format!("{name}.png"));
        let size = fs::metadata(&path).map(|file| file.len());
        let size =
            size.unwrap_or_else(|_| panic!("{name} is missing: UPDATE=1 makes it"));
        assert!(size <= MOST, "{name} has {size} bytes, more than {MOST}");
        assert!(
            readme.contains(&format!("docs/gallery/{name}.png")),
            "no {name} in README"
        );
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A book as pages and as a file.
struct Made {
    pages: Pages,
    pdf: Vec<u8>,
}

impl Made {
    /// The page of a place, from 0.
    fn page_of(&self, place: &str) -> usize {
        let found = self.pages.destinations.iter().find(|(name, _)| name == place);
        found.unwrap_or_else(|| panic!("the book has no {place}")).1.page
    }
}

/// Binds a book in a look.
fn bind(look: &Look) -> Made {
    let folder = root().join(look.folder);
    let mut files = BTreeMap::new();
    gather(&folder, &folder, &mut files);
    let config = files.get(BOOK_FILE).expect("a book has it").clone();
    let config = String::from_utf8(config).expect("it is UTF-8");
    files.insert(BOOK_FILE.to_owned(), dress(&config, look).into_bytes());
    let compiled = pipeline::compile(&Memory { files }, Options::default());
    let volume = compiled.volume.expect("the book is whole");
    let pages = pipeline::pages(&volume, &mut Sink::default());
    let exported = pdf::export(&pages, &volume.fonts, &PdfOptions::default());
    Made {
        pdf: exported.expect("the pages can be written").bytes,
        pages,
    }
}

/// `book.yaml` with another direction of writing and another style.
fn dress(config: &str, look: &Look) -> String {
    let mut dressed = String::new();
    let mut skips = false;
    for line in config.lines() {
        let is_inner = line.starts_with([' ', '-']);
        skips &= is_inner || line.is_empty();
        let is_dropped = line.starts_with("style:") || line.starts_with("writing:");
        skips |= is_dropped;
        if !skips {
            dressed.push_str(line);
            dressed.push('\n');
        }
    }
    dressed + &format!("writing: {}\nstyle: {}\n", look.writing, look.style)
}

fn gather(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "dist") {
                gather(root, &path, files);
            }
            continue;
        }
        let name = path.strip_prefix(root).expect("it lies below").to_string_lossy();
        let bytes = fs::read(&path).expect("a file can be read");
        files.insert(name.replace('\\', "/"), bytes);
    }
}

/// Writes a page as a picture of few colours.
fn write(path: &Path, pdf: &[u8], page: usize) {
    let pdf = Pdf::new(pdf.to_vec()).expect("the file can be read");
    let page = &pdf.pages()[page];
    let (width, _) = page.render_dimensions();
    let scale = WIDTH / width;
    let settings = RenderSettings { hinting: false, ..RenderSettings::default() };
    let pixels = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let interpreter = InterpreterSettings::default();
    let pixmap =
        hayro::render(page, &RenderCache::new(), &interpreter, &settings, &pixels);
    let color = |pixel: &[u8]| [pixel[0], pixel[1], pixel[2]].map(coarse);
    let pixels: Vec<[u8; 3]> =
        pixmap.data_as_u8_slice().chunks_exact(4).map(color).collect();
    let (palette, indices) = index(&pixels);
    let file = BufWriter::new(File::create(path).expect("the folder can be written"));
    let size = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    let mut encoder = png::Encoder::new(file, size.0, size.1);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().expect("the header is right");
    writer.write_image_data(&indices).expect("the file can be written");
}

/// One of sixteen levels.
fn coarse(value: u8) -> u8 {
    let step = 255.0 / 15.0;
    ((f32::from(value) / step).round() * step).round() as u8
}

/// Pixels as numbers of colours: the most frequent ones, and for the others the nearest.
fn index(pixels: &[[u8; 3]]) -> (Vec<[u8; 3]>, Vec<u8>) {
    let mut counts: BTreeMap<[u8; 3], usize> = BTreeMap::new();
    for pixel in pixels {
        *counts.entry(*pixel).or_default() += 1;
    }
    let mut palette: Vec<([u8; 3], usize)> = counts.into_iter().collect();
    palette.sort_by_key(|(color, count)| (std::cmp::Reverse(*count), *color));
    let palette: Vec<[u8; 3]> =
        palette.into_iter().map(|(color, _)| color).take(128).collect();
    let mut known: BTreeMap<[u8; 3], u8> = BTreeMap::new();
    let apart = |a: &[u8; 3], b: &[u8; 3]| -> u32 {
        a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum()
    };
    let indices = pixels.iter().map(|pixel| {
        *known.entry(*pixel).or_insert_with(|| {
            let nearest =
                palette.iter().enumerate().min_by_key(|(_, one)| apart(pixel, one));
            nearest.map_or(0, |(at, _)| at as u8)
        })
    });
    let indices = indices.collect();
    (palette, indices)
}
