//! Pages of small books as pixels, compared with those that were looked at and found good.
//!
//! `UPDATE=1 cargo test --test reference` takes the pages as they are now; look at them
//! before they are committed. Where a page differs, `target/tmp` has it and a picture of
//! the difference: what is gone in red, what is new in blue.
#![cfg(all(feature = "embedded-fonts", feature = "svg", feature = "bibliography"))]
#![expect(
    clippy::disallowed_methods,
    reason = "it reads the small books and writes pages that differ"
)]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;
mod hand;

use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use common::Project;
use hand::{Hand, at, pt};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use seihon::book::Folder;
use seihon::display::{
    Color, Direction, Image, ImageFormat, ImageId, Item, Outline, Pages, Paint,
    PlacedImage, Shape, Tag,
};
use seihon::font::{Family, FontBook, FontStyle, Weight};
use seihon::geom::{Rect, Size};
use seihon::pdf::{self, PdfOptions};
use seihon::pipeline::{self, Options};

/// Pixels to the point.
const SCALE: f32 = 1.25;
/// Pixels to the point of the book of every construct, whose pages are many: enough to see
/// where everything stands.
const SMALL_SCALE: f32 = 0.5;
/// Levels of gray in a reference, in bits.
const BITS: u8 = 4;
/// The mean of the differences that is borne, of 255. Processors differ in the last digits
/// of the edges of glyphs.
const MEAN: f64 = 0.5;
/// The mean of the differences that is borne in a block of eight by eight pixels.
const BLOCK_MEAN: f64 = 24.0;
const BLOCK: usize = 8;

static FONTS: LazyLock<FontBook> = LazyLock::new(FontBook::embedded);

/// A page in gray.
#[derive(Clone, PartialEq, Eq)]
struct Picture {
    width: usize,
    height: usize,
    /// Row by row from the top, 0 is black.
    pixels: Vec<u8>,
}

#[test]
fn a_book_across() {
    check_book("across");
}

#[test]
fn a_book_down() {
    check_book("down");
}

#[test]
fn every_construct_across() {
    check_every("across", "horizontal");
}

#[test]
fn every_construct_down() {
    check_every("down", "vertical");
}

/// What stands beside the characters of a line, and within one.
#[test]
fn lines_across() {
    check_article("line-across");
}

#[test]
fn lines_down() {
    check_article("line-down");
}

/// What the PDF writer can draw, without layout.
#[test]
fn a_page_by_hand() {
    let mut hand = Hand::new(&FONTS);
    hand.pages.pages[0].size = Size { width: pt(240.0), height: pt(240.0) };
    let rust = "Rust 2024";
    hand.text("横「に」組む。", at(16.0, 24.0), Direction::Across);
    let end = hand.text("縦「に」組む、", at(224.0, 16.0), Direction::Down);
    let end = hand.text(rust, end, Direction::Turned);
    hand.text("――。", end, Direction::Down);
    hand.style = FontStyle { family: Family::Gothic, weight: Weight::Bold };
    hand.size = pt(18.0);
    hand.spaced("太い見出し", at(16.0, 56.0), Direction::Across, pt(2.0));
    hand.spaced("縦、", at(190.0, 16.0), Direction::Down, pt(2.0));
    hand.style.family = Family::Mono;
    hand.size = pt(9.0);
    hand.text("fn main() {} // 符号", at(16.0, 84.0), Direction::Across);

    let stroke = |dash| Paint::Stroke { color: Color::gray(80), width: pt(1.0), dash };
    let area = |x, y, width, height| Rect {
        origin: at(x, y),
        size: Size { width: pt(width), height: pt(height) },
    };
    let disc = Outline::Circle { center: at(40.0, 130.0), radius: pt(14.0) };
    let corners = vec![at(70.0, 144.0), at(84.0, 116.0), at(98.0, 144.0)];
    for (outline, paint) in [
        (disc.clone(), Paint::Fill(Color { red: 255, green: 200, blue: 0 })),
        (disc, stroke(None)),
        (Outline::Polygon(corners), Paint::Fill(Color::gray(128))),
        (Outline::Rect(area(112.0, 116.0, 28.0, 28.0)), stroke(Some(pt(3.0)))),
        (Outline::Line(at(16.0, 156.0), at(160.0, 156.0)), stroke(Some(pt(1.5)))),
    ] {
        hand.item(Item::Shape(Shape { outline, paint }));
    }
    let svg = fs::read(folder("across").join("circles.svg")).expect("the image is there");
    hand.pages.images = vec![
        Image {
            data: Arc::new(svg),
            format: ImageFormat::Svg,
            ..Image::default()
        },
        Image::default(),
    ];
    for (image, x) in [(0, 16.0), (1, 150.0)] {
        let area = area(x, 168.0, if image == 0 { 120.0 } else { 60.0 }, 45.0);
        let alt = String::new();
        let (image, tag) = (ImageId(image), Tag::default());
        hand.item(Item::Image(PlacedImage { image, area, alt, tag }));
    }
    check("hand", &export(&hand.pages), SCALE);
}

fn export(pages: &Pages) -> Vec<u8> {
    let exported = pdf::export(pages, &FONTS, &PdfOptions::default());
    exported.expect("the page can be written").bytes
}

/// The folder of a small book.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ref").join(name)
}

/// Builds a small book and compares its pages.
fn check_book(name: &str) {
    check_pages(name, &Folder::new(folder(name)), Options::default(), SCALE);
}

/// Builds the book of every construct and compares its pages.
fn check_every(name: &str, writing: &str) {
    let book = Project::everything(writing);
    let (name, files) = (format!("everything-{name}"), Folder::new(book.path("")));
    check_pages(&name, &files, Options::default(), SMALL_SCALE);
}

/// Builds an article and compares its pages.
fn check_article(name: &str) {
    let article = format!("{name}.md");
    let options = Options { article: Some(&article), ..Options::default() };
    check_pages(name, &Folder::new(folder("")), options, SCALE);
}

fn check_pages(name: &str, files: &Folder, options: Options<'_>, scale: f32) {
    let compiled = pipeline::compile(files, options);
    let mut sink = compiled.sink;
    let volume = compiled.volume.expect("the book is whole");
    let made = pipeline::export(&volume, &volume.outputs, &mut sink);
    let found: Vec<String> =
        sink.finish().into_iter().map(|found| found.message).collect();
    // The book of every construct has a picture in the colours of print.
    let told = |message: &String| !message.contains("(CMYK)");
    assert!(!found.iter().any(told), "{found:#?}");
    let pdf = made
        .iter()
        .find(|made| made.ending == "pdf")
        .expect("it asks for a PDF");
    check(name, &pdf.bytes, scale);
}

/// Compares the pages of a file with the references of a name, or makes them.
fn check(name: &str, pdf: &[u8], scale: f32) {
    let pages = render(pdf, scale);
    if std::env::var_os("UPDATE").is_some() {
        update(name, &pages);
        return;
    }
    let mut faults = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let reference = read(&reference(name, index));
        let fault = match &reference {
            Some(reference) => difference(reference, page),
            None => Some("there is no reference for it".to_owned()),
        };
        if let Some(fault) = fault {
            let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
            let shown = folder.join(format!("{name}-{:02}.png", index + 1));
            write(&shown, page);
            if let Some(reference) = &reference {
                write_difference(&shown.with_extension("diff.png"), reference, page);
            }
            faults.push(format!("page {}: {fault}; see {}", index + 1, shown.display()));
        }
    }
    if reference(name, pages.len()).is_file() {
        faults.push(format!("there are only {} pages", pages.len()));
    }
    assert!(faults.is_empty(), "{faults:#?}\nUPDATE=1 takes the pages as they are now");
}

/// The file of a reference; pages count from 0.
fn reference(name: &str, page: usize) -> PathBuf {
    folder(&format!("{name}-{:02}.png", page + 1))
}

fn update(name: &str, pages: &[Picture]) {
    for (index, page) in pages.iter().enumerate() {
        let path = reference(name, index);
        // What is within the tolerance stays, so that no commit is about noise.
        if read(&path).is_none_or(|old| difference(&old, page).is_some()) {
            write(&path, page);
        }
    }
    for index in pages.len().. {
        if fs::remove_file(reference(name, index)).is_err() {
            break;
        }
    }
}

/// The pages of a file as pixels.
fn render(pdf: &[u8], scale: f32) -> Vec<Picture> {
    let pdf = Pdf::new(pdf.to_vec()).expect("the file can be read");
    let cache = RenderCache::new();
    let interpreter = InterpreterSettings::default();
    let settings = RenderSettings { hinting: false, ..RenderSettings::default() };
    let pixels = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let pages = pdf.pages();
    let pages = pages.iter().map(|page| {
        let pixmap = hayro::render(page, &cache, &interpreter, &settings, &pixels);
        let gray = |pixel: &[u8]| {
            let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(u32::from);
            level((299 * red + 587 * green + 114 * blue) / 1000)
        };
        Picture {
            width: pixmap.width().into(),
            height: pixmap.height().into(),
            pixels: pixmap.data_as_u8_slice().chunks_exact(4).map(gray).collect(),
        }
    });
    pages.collect()
}

/// The nearest level that a reference can hold.
fn level(value: u32) -> u8 {
    let levels = (1_u32 << BITS) - 1;
    let step = 255 / levels;
    ((value + step / 2) / step * step) as u8
}

/// How two pages differ, where they do so by more than is borne.
fn difference(old: &Picture, new: &Picture) -> Option<String> {
    if (old.width, old.height) != (new.width, new.height) {
        let size = |page: &Picture| format!("{}x{}", page.width, page.height);
        return Some(format!("its size is {} and was {}", size(new), size(old)));
    }
    let apart = |x: usize, y: usize| {
        let at = y * old.width + x;
        u64::from(old.pixels[at].abs_diff(new.pixels[at]))
    };
    let mean = |xs: std::ops::Range<usize>, ys: std::ops::Range<usize>| {
        let count = xs.len() * ys.len();
        let sum: u64 = ys
            .flat_map(|y| xs.clone().map(move |x| (x, y)))
            .map(|(x, y)| apart(x, y))
            .sum();
        sum as f64 / count.max(1) as f64
    };
    let whole = mean(0..old.width, 0..old.height);
    if whole > MEAN {
        return Some(format!("it differs by {whole:.2} on the whole"));
    }
    for y in (0..old.height).step_by(BLOCK) {
        for x in (0..old.width).step_by(BLOCK) {
            let block =
                mean(x..(x + BLOCK).min(old.width), y..(y + BLOCK).min(old.height));
            if block > BLOCK_MEAN {
                return Some(format!("it differs by {block:.0} around {x},{y}"));
            }
        }
    }
    None
}

fn read(path: &Path) -> Option<Picture> {
    let file = BufReader::new(File::open(path).ok()?);
    let mut decoder = png::Decoder::new(file);
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("a reference is a PNG file");
    let mut pixels =
        vec![0; reader.output_buffer_size().expect("a page is not that large")];
    let frame = reader.next_frame(&mut pixels).expect("a reference is whole");
    pixels.truncate(frame.buffer_size());
    Some(Picture {
        width: frame.width as usize,
        height: frame.height as usize,
        pixels,
    })
}

fn write(path: &Path, page: &Picture) {
    let row = |row: &[u8]| -> Vec<u8> {
        let levels = |pair: &[u8]| {
            let low = pair.get(1).copied().unwrap_or_default();
            (pair[0] & 0xF0) | (low >> BITS)
        };
        row.chunks(2).map(levels).collect()
    };
    let bytes: Vec<u8> = page.pixels.chunks(page.width).flat_map(row).collect();
    encode(path, page, png::ColorType::Grayscale, png::BitDepth::Four, &bytes);
}

/// Writes two pages over each other: what is gone in red, what is new in blue.
fn write_difference(path: &Path, old: &Picture, new: &Picture) {
    if (old.width, old.height) == (new.width, new.height) {
        let both = old.pixels.iter().zip(&new.pixels);
        let bytes: Vec<u8> =
            both.flat_map(|(&old, &new)| [new, old.max(new), old]).collect();
        encode(path, new, png::ColorType::Rgb, png::BitDepth::Eight, &bytes);
    }
}

fn encode(
    path: &Path,
    page: &Picture,
    color: png::ColorType,
    depth: png::BitDepth,
    bytes: &[u8],
) {
    let file = File::create(path).expect("the folder can be written");
    let (width, height) = (page.width as u32, page.height as u32);
    let mut encoder = png::Encoder::new(BufWriter::new(file), width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().expect("the header is right");
    writer.write_image_data(bytes).expect("the file can be written");
}

#[test]
fn differences_are_seen() {
    let page = Picture { width: 64, height: 64, pixels: vec![255; 64 * 64] };
    assert_eq!(difference(&page, &page), None);
    let mut moved = page.clone();
    moved.pixels[..8].fill(0);
    assert!(difference(&page, &moved).is_some(), "a stroke of eight pixels is seen");
}
