//! The same 349,920 characters on 324 pages, 30 lines of 36, through krilla or printpdf.
//!
//! `pdf krilla|printpdf|printpdf-glyphs FONT OUTPUT`

mod with_krilla;
mod with_printpdf;

use skrifa::{FontRef, MetadataProvider};

const PAGES: usize = 324;
const LINES: usize = 30;
const CHARACTERS: usize = 36;

/// Lengths in points, from the left and the top.
struct Page {
    width: f32,
    height: f32,
    size: f32,
    feed: f32,
    left: f32,
    head: f32,
}

const PAGE: Page = Page {
    width: 419.5,
    height: 595.3,
    size: 9.0,
    feed: 16.0,
    left: 48.0,
    head: 60.0,
};

/// Characters with their glyphs, line by line, page by page.
type Text = Vec<Vec<Vec<(char, u16)>>>;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, engine, font, output] = arguments.as_slice() else {
        panic!("pdf krilla|printpdf|printpdf-glyphs FONT OUTPUT")
    };
    let data = std::fs::read(font).expect("the font is there");
    let text = set(&data);
    let bytes = match engine.as_str() {
        "krilla" => with_krilla::write(&data, &text),
        "printpdf" => with_printpdf::write(&data, &text, false),
        "printpdf-glyphs" => with_printpdf::write(&data, &text, true),
        _ => panic!("no such engine"),
    };
    println!("{engine}: {} bytes", bytes.len());
    std::fs::write(output, bytes).expect("the output can be written");
}

fn set(data: &[u8]) -> Text {
    let face = FontRef::new(data).expect("it is a font");
    let charmap = face.charmap();
    let glyph = |c: char| charmap.map(c).map_or(0, |id| id.to_u32() as u16);
    let text = probes::text(PAGES * LINES * CHARACTERS, |c| glyph(c) != 0);
    let glyphs: Vec<(char, u16)> = text.chars().map(|c| (c, glyph(c))).collect();
    let lines =
        |page: &[(char, u16)]| page.chunks(CHARACTERS).map(<[_]>::to_vec).collect();
    glyphs.chunks(LINES * CHARACTERS).map(lines).collect()
}
