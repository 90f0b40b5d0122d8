//! The PDF writer over pages set by hand, read back by other programs.
#![cfg(feature = "embedded-fonts")]
#![expect(clippy::disallowed_methods, reason = "other programs read files")]

mod hand;
mod tools;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use hand::{Hand, at, pt};
use seihon::display::{
    Color, Destination, Direction, Image, ImageFormat, ImageId, Item, Link, LinkTarget,
    NumberStyle, Outline, OutlineEntry, PageLabel, Pages, Paint, PlacedImage, Shape, Tag,
};
use seihon::font::{Family, FontBook, FontStyle, Weight};
use seihon::geom::{Point, Rect, Size};
use seihon::pdf::{self, Exported, PdfOptions};
use serde_json::Value;

static FONTS: LazyLock<FontBook> = LazyLock::new(FontBook::embedded);

fn export(pages: &Pages) -> Exported {
    pdf::export(pages, &FONTS, &PdfOptions::default()).expect("the pages can be written")
}

/// Writes a file for other programs to read.
fn file(name: &str, pages: &Pages) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(name).with_extension("pdf");
    std::fs::write(&path, export(pages).bytes)
        .expect("the folder for tests can be written");
    path
}

/// The text of a file without any white space, as a reader gives it.
fn read_back(reader: &str, path: &Path) -> Option<String> {
    let text = match reader {
        "pdftotext" => tools::run("pdftotext", &["-raw"], path, &["-"]),
        _ => tools::run("mutool", &["draw", "-q", "-F", "text"], path, &[]),
    };
    Some(text?.split_whitespace().collect())
}

/// The objects of a file.
fn json(path: &Path) -> Option<Value> {
    let text = tools::run("qpdf", &["--json=2"], path, &[])?;
    Some(serde_json::from_str(&text).expect("qpdf writes JSON"))
}

/// The objects of a file that have a key of a value.
fn objects<'a>(json: &'a Value, key: &str, value: &str) -> Vec<&'a Value> {
    let objects = json["qpdf"][1].as_object().expect("qpdf lists the objects");
    let dictionaries = objects.values().map(|object| match object.get("stream") {
        Some(stream) => &stream["dict"],
        None => &object["value"],
    });
    dictionaries.filter(|dictionary| dictionary[key] == value).collect()
}

fn area(x: f64, y: f64, width: f64, height: f64) -> Rect {
    Rect {
        origin: at(x, y),
        size: Size { width: pt(width), height: pt(height) },
    }
}

/// What the drawing operators of the pages are.
fn operators(path: &Path) -> Option<String> {
    tools::run("mutool", &["show", "-b"], path, &["pages/1/Contents"])
}

#[test]
fn text_comes_out_as_typed_in_both_directions() {
    let mut hand = Hand::new(&FONTS);
    hand.text("吾輩は猫である。 人⼈「」ー…", at(40.0, 60.0), Direction::Across);
    let end = hand.text("名前は「まだ」無い。人⼈ー…", at(380.0, 60.0), Direction::Down);
    let end = hand.text("Rust 2024 office", end, Direction::Turned);
    hand.text("で書く。", end, Direction::Down);
    let path = file("typed", &hand.pages);
    let typed =
        "吾輩は猫である。人⼈「」ー…名前は「まだ」無い。人⼈ー…Rust2024officeで書く。";
    for reader in ["pdftotext", "mutool"] {
        if let Some(text) = read_back(reader, &path) {
            assert_eq!(text, typed, "{reader}");
        }
    }
}

#[test]
fn spaces_marks_and_emoji_come_out_as_typed() {
    let lines = ["a b\u{A0}c", "ﬁ fi office", "か\u{309A} x\u{301} é", "👩\u{200D}💻 ✓"];
    let mut hand = Hand::new(&FONTS);
    for (number, line) in lines.iter().enumerate() {
        hand.text(line, at(40.0, 60.0 + 20.0 * number as f64), Direction::Across);
    }
    let path = file("marks", &hand.pages);
    if let Some(text) = tools::run("pdftotext", &["-raw"], &path, &["-"]) {
        // Poppler gives every space as a plain one.
        let text: Vec<&str> = text.trim().lines().collect();
        assert_eq!(text, lines.map(|line| line.replace('\u{A0}', " ")));
    }
}

#[test]
fn glyphs_stand_where_they_were_put() {
    let mut hand = Hand::new(&FONTS);
    hand.size = pt(11.3);
    let room = pt(0.377);
    hand.spaced("どこで生れたかRustとAV。", at(40.0, 60.0), Direction::Across, room);
    hand.spaced("頓と見当が、つかぬ。", at(380.0, 60.0), Direction::Down, room);
    hand.spaced("Latin AVoid", at(340.0, 60.0), Direction::Turned, room);
    let path = file("places", &hand.pages);
    let read = tools::run("mutool", &["draw", "-q", "-F", "stext"], &path, &[]);
    let Some(read) = read else { return };
    let number = |text: &str, name: &str| -> f64 {
        let (_, rest) = text.split_once(name).expect("characters have a place");
        rest.split('"').next().and_then(|n| n.parse().ok()).expect("a number")
    };
    let read = read.lines().filter(|line| line.contains("<char "));
    let read = read.map(|line| (number(line, " x=\""), number(line, " y=\"")));
    let put = hand.pages.pages[0].items.iter().flat_map(|item| match item {
        Item::Glyphs(run) => run.glyphs.as_slice(),
        _ => &[],
    });
    let put: Vec<Point> = put.map(|glyph| glyph.origin).collect();
    let read: Vec<(f64, f64)> = read.collect();
    assert_eq!(read.len(), put.len());
    for (read, put) in read.iter().zip(put) {
        let (x, y) = (put.x.to_pt(), put.y.to_pt());
        assert!((read.0 - x).abs() < 0.007, "{read:?} is not {x},{y}");
        assert!((read.1 - y).abs() < 0.007, "{read:?} is not {x},{y}");
    }
}

#[test]
fn glyphs_without_text_are_drawn_and_not_read() {
    let mut hand = Hand::new(&FONTS);
    hand.text("本文", at(40.0, 60.0), Direction::Across);
    hand.text("﹅", at(40.0, 50.0), Direction::Across);
    if let Some(Item::Glyphs(run)) = hand.pages.pages[0].items.last_mut() {
        run.text.clear();
        run.glyphs.iter_mut().for_each(|glyph| glyph.end = glyph.start);
    }
    let path = file("textless", &hand.pages);
    if let Some(text) = read_back("pdftotext", &path) {
        assert_eq!(text, "本文");
    }
    if let Some(operators) = operators(&path) {
        assert!(operators.contains(" c\n"), "there is no curve");
    }
}

#[test]
fn fonts_are_embedded_subsets_with_their_text() {
    let mut hand = Hand::new(&FONTS);
    for family in [Family::Mincho, Family::Gothic, Family::Mono] {
        for weight in [Weight::Regular, Weight::Bold] {
            hand.style = FontStyle { family, weight };
            hand.text("縦と横 Aあ😀", at(40.0, 60.0), Direction::Across);
            hand.text("縦と横あ", at(90.0, 90.0), Direction::Down);
        }
    }
    let path = file("fonts", &hand.pages);
    tools::run("qpdf", &["--check"], &path, &[]);
    let Some(fonts) = tools::run("pdffonts", &[], &path, &[]) else { return };
    let fonts: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(fonts.len(), 11, "six across, four down, one for emoji: {fonts:#?}");
    for font in fonts {
        assert!(font.contains("yes yes yes") && font.contains("CID"), "{font}");
        assert_eq!(&font[6..7], "+", "{font}");
    }
}

#[test]
fn grays_use_black_ink_alone() {
    let mut hand = Hand::new(&FONTS);
    hand.text("黒", at(40.0, 60.0), Direction::Across);
    let (gray, red) = (Color::gray(128), Color { red: 200, green: 0, blue: 0 });
    let line = Outline::Line(at(40.0, 70.0), at(90.0, 70.0));
    let stroke = |color, dash| Paint::Stroke { color, width: pt(0.5), dash };
    let disc = Outline::Circle { center: at(60.0, 90.0), radius: pt(5.0) };
    let corners = vec![at(0.0, 0.0), at(9.0, 0.0), at(9.0, 9.0)];
    for (outline, paint) in [
        (line.clone(), stroke(gray, None)),
        (line, stroke(gray, Some(pt(2.0)))),
        (disc, Paint::Fill(gray)),
        (Outline::Polygon(corners), Paint::Fill(gray)),
        (Outline::Rect(area(40.0, 80.0, 30.0, 1.0)), Paint::Fill(red)),
        (Outline::Rect(area(40.0, 80.0, 0.0, 1.0)), Paint::Fill(red)),
    ] {
        hand.item(Item::Shape(Shape { outline, paint }));
    }
    let path = file("grays", &hand.pages);
    let Some(operators) = operators(&path) else { return };
    let count = |operator: &str| {
        operators.split_whitespace().filter(|word| *word == operator).count()
    };
    assert_eq!((count("rg"), count("RG")), (1, 0), "{operators}");
    assert_eq!((count("f"), count("S"), count("G")), (3, 2, 2), "{operators}");
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let write = || {
        let mut hand = Hand::new(&FONTS);
        hand.text("同じ頁 same", at(40.0, 60.0), Direction::Across);
        hand.text("同じ頁。", at(90.0, 60.0), Direction::Down);
        hand.pages.images.push(svg("<rect width='9' height='9' fill='red'/>"));
        hand.item(picture(0, 40.0));
        export(&hand.pages).bytes
    };
    assert_eq!(write(), write());
}

#[test]
fn the_file_says_what_the_book_is() {
    let mut hand = Hand::new(&FONTS);
    let info = &mut hand.pages.info;
    info.title = "縦の本".to_owned();
    info.authors = vec!["甲野".to_owned(), "乙山".to_owned()];
    info.subject = Some("見本".to_owned());
    info.keywords = vec!["縦".to_owned(), "横".to_owned()];
    info.language = "ja".to_owned();
    info.identifier = "urn:uuid:1".to_owned();
    info.modified = "2026-11-22T01:02:03Z".to_owned();
    info.right_to_left = true;
    let path = file("info", &hand.pages);
    if let Some(read) = tools::run("pdfinfo", &["-isodates"], &path, &[]) {
        for (key, value) in [
            ("Title:", "縦の本"),
            ("Author:", "甲野, 乙山"),
            ("Subject:", "見本"),
            ("Keywords:", "縦, 横"),
            ("Creator:", concat!("Seihon ", env!("CARGO_PKG_VERSION"))),
            ("CreationDate:", "2026-11-22T01:02:03Z"),
            ("Page size:", "420 x 595 pts (A5)"),
            ("PDF version:", "1.7"),
        ] {
            let line = read.lines().find(|line| line.starts_with(key));
            let line = line.unwrap_or_else(|| panic!("no {key}: {read}"));
            assert_eq!(line[key.len()..].trim(), value);
        }
    }
    let Some(json) = json(&path) else { return };
    let catalog = objects(&json, "/Type", "/Catalog")[0];
    assert_eq!(catalog["/Lang"], "u:ja");
    assert_eq!(catalog["/ViewerPreferences"]["/Direction"], "/R2L");
}

#[test]
fn pages_have_their_labels() {
    let labels = |numbers: &[(NumberStyle, u32)]| {
        let mut pages = Pages::default();
        let mut hand = Hand::new(&FONTS);
        for &(style, number) in numbers {
            hand.page(100.0, 100.0);
            let page = hand.pages.pages.pop().expect("a page has been added");
            let label = PageLabel { style, number };
            pages.pages.push(seihon::display::Page { label, ..page });
        }
        let json = json(&file(&format!("labels-{}", numbers.len()), &pages))?;
        let ranges = json["pagelabels"].as_array().expect("there are labels").iter();
        let start = |range: &Value| range["label"]["/St"].as_u64().unwrap_or(1);
        let index = |range: &Value| range["index"].as_u64().unwrap_or_default();
        Some(ranges.map(|range| (index(range), start(range))).collect::<Vec<_>>())
    };
    let (i, n) = (NumberStyle::LowerRoman, NumberStyle::Arabic);
    for (numbers, ranges) in [
        (vec![(i, 1), (i, 2), (n, 1), (n, 2), (n, 3)], vec![(0, 1), (2, 1)]),
        (vec![(n, 5), (n, 6), (n, 7), (n, 4)], vec![(0, 5), (3, 4)]),
        (vec![(n, 1), (n, 1), (n, 2)], vec![(0, 1), (1, 1)]),
        (
            vec![(n, 3), (n, 4), (i, 3), (i, 4), (i, 5), (n, 9)],
            vec![(0, 3), (2, 3), (5, 9)],
        ),
    ] {
        if let Some(read) = labels(&numbers) {
            assert_eq!(read, ranges, "{numbers:?}");
        }
    }
}

#[test]
fn links_and_outline_lead_to_their_places() {
    let mut hand = Hand::new(&FONTS);
    hand.page(420.0, 595.0);
    let place = |page| Destination { page, point: at(40.0, 95.0) };
    for target in [
        LinkTarget::Url("https://example.org/書 名?a=%20b".to_owned()),
        LinkTarget::Page(place(0)),
        LinkTarget::Page(place(7)),
    ] {
        let (area, tag) = (area(40.0, 60.0, 50.0, 10.0), Tag::default());
        hand.item(Item::Link(Link { area, target, tag }));
    }
    let entry = |title: &str, page, children| OutlineEntry {
        title: title.to_owned(),
        destination: place(page),
        children,
    };
    let second = vec![entry("節一", 1, Vec::new()), entry("節二", 7, Vec::new())];
    hand.pages.outline = vec![
        entry("章一", 0, second),
        entry("無い頁", 7, vec![entry("節三", 1, Vec::new())]),
    ];
    let name = |name: &str, page| (name.to_owned(), place(page));
    hand.pages.destinations =
        vec![name("a", 1), name("a", 0), name("b", 7), name("章", 0)];
    let Some(json) = json(&file("links", &hand.pages)) else { return };

    let links = objects(&json, "/Subtype", "/Link");
    assert_eq!(links.len(), 2, "a link to a page that is not there is left out");
    let url = links.iter().find_map(|link| link["/A"]["/URI"].as_str());
    assert_eq!(url, Some("u:https://example.org/%E6%9B%B8%20%E5%90%8D?a=%20b"));

    let outline = json["outlines"].as_array().expect("there is an outline");
    let titles = |entries: &[Value]| -> Vec<String> {
        let title =
            |entry: &Value| entry["title"].as_str().unwrap_or_default().to_owned();
        entries.iter().map(title).collect()
    };
    assert_eq!(titles(outline), ["章一", "節三"]);
    let kids = outline[0]["kids"].as_array().expect("a chapter has sections");
    assert_eq!(titles(kids), ["節一"]);
    assert_eq!(kids[0]["destpageposfrom1"], 2);
    let catalog = objects(&json, "/Type", "/Catalog")[0];
    let names = catalog["/Names"]["/Dests"]["/Names"].as_array().expect("places");
    assert_eq!((names.len(), &names[0]), (4, &Value::from("u:a")));
}

#[test]
fn a_book_without_pages_is_a_file_all_the_same() {
    let entry = OutlineEntry { title: "無".to_owned(), ..OutlineEntry::default() };
    let pages = Pages { outline: vec![entry], ..Pages::default() };
    tools::run("qpdf", &["--check"], &file("empty", &pages), &[]);
}

#[test]
fn every_kind_of_image_is_written_once() {
    let mut hand = Hand::new(&FONTS);
    hand.pages.images = vec![
        raster(ImageFormat::Png, png_bytes()),
        raster(ImageFormat::Jpeg, bytes(JPEG)),
        raster(ImageFormat::Gif, bytes(GIF)),
        raster(ImageFormat::Webp, bytes(WEBP)),
        svg("<text x='1' y='50' font-size='20' font-family='serif'>図の字</text>"),
    ];
    for image in 0..5 {
        hand.item(picture(image, 40.0));
        hand.item(picture(image, 200.0));
    }
    let exported = export(&hand.pages);
    assert_eq!(exported.unreadable, []);
    let path = file("images", &hand.pages);
    tools::run("qpdf", &["--check"], &path, &[]);
    if let Some(text) = read_back("pdftotext", &path) {
        assert_eq!(text, "図の字図の字");
    }
    let Some(json) = json(&path) else { return };
    assert_eq!(objects(&json, "/Subtype", "/Image").len(), 4);
    assert_eq!(objects(&json, "/Subtype", "/Form").len(), 1);
    assert_eq!(objects(&json, "/Filter", "/DCTDecode").len(), 1, "JPEG is left as it is");
}

#[test]
fn pixels_of_png_stay_packed_as_they_are() {
    let palette = [255, 0, 0, 0, 128, 0, 0, 0, 255, 255, 255, 255];
    let mut hand = Hand::new(&FONTS);
    for (color, depth, samples) in [
        (png::ColorType::Indexed, png::BitDepth::Two, 1_u8),
        (png::ColorType::Grayscale, png::BitDepth::Eight, 1),
        (png::ColorType::Rgb, png::BitDepth::Sixteen, 3),
        (png::ColorType::Grayscale, png::BitDepth::One, 1),
    ] {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, 40, 30);
        encoder.set_color(color);
        encoder.set_depth(depth);
        if color == png::ColorType::Indexed {
            encoder.set_palette(&palette[..]);
        }
        let row = (40 * usize::from(samples) * depth as usize).div_ceil(8);
        let pixels: Vec<u8> = (0..row * 30).map(|n| (n * n * 31 / 7) as u8).collect();
        let mut writer = encoder.write_header().expect("the header is right");
        writer.write_image_data(&pixels).expect("there are as many pixels");
        drop(writer);
        hand.pages.images.push(raster(ImageFormat::Png, bytes));
    }
    for image in 0..4 {
        hand.item(picture(image, 40.0 + 40.0 * image as f64));
        hand.item(picture(image, 240.0 + 40.0 * image as f64));
    }
    let path = file("packed", &hand.pages);
    tools::run("qpdf", &["--check"], &path, &[]);
    let drawn = tools::run("mutool", &["draw", "-q", "-F", "trace"], &path, &[]);
    assert!(drawn.is_none_or(|drawn| drawn.matches("<fill_image").count() == 8));
    let Some(json) = json(&path) else { return };
    let images = objects(&json, "/Subtype", "/Image");
    let said = |key: &str| -> Vec<u64> {
        images.iter().filter_map(|image| image[key].as_u64()).collect()
    };
    assert_eq!(said("/Width"), [40; 4]);
    let mut depths = said("/BitsPerComponent");
    depths.sort_unstable();
    assert_eq!(depths, [1, 2, 8, 16], "none has more bits than it had");
    let indexed = images.iter().find(|image| image["/ColorSpace"][0] == "/Indexed");
    let indexed = indexed.expect("one has a palette");
    assert_eq!(indexed["/ColorSpace"][2], 3);
}

#[test]
fn images_that_cannot_be_read_are_told_and_boxed() {
    let mut hand = Hand::new(&FONTS);
    let mut cut = png_bytes();
    cut.truncate(cut.len() - 30);
    let data = data_url(&cut);
    hand.pages.images = vec![
        raster(ImageFormat::Png, png_bytes()),
        raster(ImageFormat::Png, cut),
        raster(ImageFormat::Jpeg, png_bytes()),
        svg("<rect"),
        svg(&format!("<image width='9' height='9' href='{data}'/>")),
        svg("<image width='9' height='9' href='/etc/passwd'/>"),
    ];
    for image in 0..7 {
        hand.item(picture(image, 40.0 * image as f64));
    }
    let exported = export(&hand.pages);
    let unreadable: Vec<usize> = exported.unreadable.iter().map(|(id, _)| id.0).collect();
    assert_eq!(unreadable, [1, 2, 3, 4], "{:?}", exported.unreadable);
    assert!(exported.unreadable.iter().all(|(_, reason)| !reason.is_empty()));
    tools::run("qpdf", &["--check"], &file("unreadable", &hand.pages), &[]);
}

fn raster(format: ImageFormat, data: Vec<u8>) -> Image {
    Image { data: Arc::new(data), format, ..Image::default() }
}

fn svg(content: &str) -> Image {
    let open = "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'>";
    raster(ImageFormat::Svg, format!("{open}{content}</svg>").into_bytes())
}

fn picture(image: usize, y: f64) -> Item {
    let area = area(40.0, y, 30.0, 30.0);
    Item::Image(PlacedImage {
        image: ImageId(image),
        area,
        alt: "見本".to_owned(),
        tag: Tag::default(),
    })
}

/// An image in which each pixel is another, so that its bytes cannot be few.
fn png_bytes() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 16, 16);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("the header is right");
    let pixels: Vec<u8> = (0..16 * 16 * 3_u32).map(|n| (n * n * 31 / 7) as u8).collect();
    writer.write_image_data(&pixels).expect("there are as many pixels");
    drop(writer);
    bytes
}

/// Bytes as a URL, in the plainest encoding.
fn data_url(data: &[u8]) -> String {
    let hex: String = data.iter().map(|byte| format!("%{byte:02X}")).collect();
    format!("data:image/png,{hex}")
}

/// Bytes written in hexadecimal digits.
fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> = hex.chars().filter_map(|ch| ch.to_digit(16)).collect();
    digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
}

/// One gray pixel.
const JPEG: &str = "
    ffd8ffe000104a46494600010101006000600000ffdb0083100028001c001e0023001e00190028002300
    210023002d002b00280030003c00640041003c00370037003c007b0058005d0049006400910080009900
    96008f0080008c008a00a000b400e600c300a000aa00da00ad008a008c00c8011100cb00da00ee00f501
    0201040102009b00c1011b012f011800fa012c00e600fd010200f8ffc2000b080001000101011100ffc4
    0014000100000000000000000000000000000002ffda00080101000000011fffc4001410010000000000
    0000000000000000000000ffda00080101000105027fffc4001410010000000000000000000000000000
    0000ffda0008010100063f027fffc40014100100000000000000000000000000000000ffda0008010100
    013f217fffda00080101000000107fffc40014100100000000000000000000000000000000ffda000801
    0100013f107fffd9";

/// One white pixel.
const GIF: &str = "
    4749463839610100010080 0000 ffffff 000000 2c00000000010001000002 02 4401 003b";

/// One pixel.
const WEBP: &str = "
    52494646220000005745425056503820160000003001009d012a010001000ec0fe25a400037000000000";
