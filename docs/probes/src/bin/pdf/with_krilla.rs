//! The pages through krilla.

use krilla::Document;
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::{PAGE, Text};

pub fn write(font: &[u8], text: &Text) -> Vec<u8> {
    let font = Font::new(font.to_vec().into(), 0).expect("krilla takes the font");
    let settings = PageSettings::from_wh(PAGE.width, PAGE.height).expect("A5 is a page");
    let mut document = Document::new();
    for page in text {
        let mut sheet = document.start_page_with(settings.clone());
        let mut surface = sheet.surface();
        for (index, line) in page.iter().enumerate() {
            let string: String = line.iter().map(|&(c, _)| c).collect();
            let ranges = string.char_indices().map(|(at, c)| at..at + c.len_utf8());
            let glyph = |(&(_, id), range): (&(char, u16), _)| {
                KrillaGlyph::new(GlyphId::new(id.into()), 1.0, 0.0, 0.0, 0.0, range, None)
            };
            let glyphs: Vec<KrillaGlyph> = line.iter().zip(ranges).map(glyph).collect();
            let start = Point::from_xy(PAGE.left, PAGE.head + PAGE.feed * index as f32);
            surface.draw_glyphs(start, &glyphs, font.clone(), &string, PAGE.size, false);
        }
        surface.finish();
        sheet.finish();
    }
    document.set_outline(outline());
    document.finish().expect("krilla writes it")
}

/// A part, in it a chapter, in it a section.
fn outline() -> Outline {
    let node = |name: &str, page| {
        let place = XyzDestination::new(page, Point::from_xy(0.0, 0.0));
        OutlineNode::new(name.to_owned(), place)
    };
    let (mut part, mut chapter) = (node("第一部", 0), node("第一章", 0));
    chapter.push_child(node("第一節", 1));
    part.push_child(chapter);
    let mut outline = Outline::new();
    outline.push_child(part);
    outline
}
