//! The pages through printpdf.

use printpdf::{
    Codepoint, Op, ParsedFont, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions,
    Point, Pt, TextItem,
};

use super::{PAGE, Text};

/// Writes characters, or, where `by_glyph`, glyphs with the characters that they stand for.
pub fn write(font: &[u8], text: &Text, by_glyph: bool) -> Vec<u8> {
    let mut document = PdfDocument::new("probe");
    let font =
        ParsedFont::from_bytes(font, 0, &mut Vec::new()).expect("printpdf takes it");
    let font = PdfFontHandle::External(document.add_font(&font));
    let sheet = |page: &Vec<Vec<(char, u16)>>| {
        let lines = page.iter().enumerate();
        let ops = lines.flat_map(|(index, line)| {
            let y = Pt(PAGE.height - PAGE.head - PAGE.feed * index as f32);
            [
                Op::StartTextSection,
                Op::SetFont { font: font.clone(), size: Pt(PAGE.size) },
                Op::SetTextCursor { pos: Point { x: Pt(PAGE.left), y } },
                Op::ShowText { items: vec![item(line, by_glyph)] },
                Op::EndTextSection,
            ]
        });
        PdfPage::new(Pt(PAGE.width).into(), Pt(PAGE.height).into(), ops.collect())
    };
    let pages = text.iter().map(sheet).collect();
    // There is no way to say what stands below what.
    for (name, page) in [("第一部", 1), ("第一章", 1), ("第一節", 2)] {
        document.add_bookmark(name, page);
    }
    document
        .with_pages(pages)
        .save(&PdfSaveOptions::default(), &mut Vec::new())
}

fn item(line: &[(char, u16)], by_glyph: bool) -> TextItem {
    let glyph = |&(c, gid): &(char, u16)| {
        let cid = Some(c.to_string());
        Codepoint { gid, offset: 0.0, cid }
    };
    if by_glyph {
        TextItem::GlyphIds(line.iter().map(glyph).collect())
    } else {
        TextItem::Text(line.iter().map(|&(c, _)| c).collect())
    }
}
