//! Widths that two tables of a face tell differently.
//!
//! An OpenType face with `CFF ` outlines says the width of a glyph twice, in `hmtx`, by
//! which text is set, and in the outline. A few faces differ from themselves there, as
//! Harano Aji does for some hundred glyphs of half width and for the small kana of vertical
//! lines. A PDF has both and has to be at one with itself (ISO 32000-1, 9.7.4.3;
//! ISO 14289-1, 7.21.5).

use std::collections::BTreeMap;

use skrifa::raw::TableProvider;
use skrifa::raw::ps::cff::{CffFontRef, Subfont};
use skrifa::raw::types::Tag;
use skrifa::{FontRef, GlyphId};
use write_fonts::FontBuilder;

use super::face::Face;

/// A face that tells the width of each glyph in use once.
#[derive(Debug, Default)]
pub(crate) struct Mended {
    /// The bytes of the face and its number in them; `None` where it is right as it is.
    pub(crate) data: Option<(Vec<u8>, u32)>,
    /// The widths that `hmtx` has of the outlines, in units of the face. Text is set by
    /// others.
    pub(crate) widths: BTreeMap<u16, u16>,
}

/// A face with one width for each of some glyphs: that of `hmtx`, where the outline has room
/// for it, else that of the outline.
pub(crate) fn with_one_width(
    face: &Face,
    glyphs: impl IntoIterator<Item = u16>,
) -> Mended {
    let data = face.data.as_ref();
    let differing = differing((data, face.index), glyphs).unwrap_or_default();
    if differing.is_empty() {
        return Mended::default();
    }
    let outlines = in_outlines((data, face.index), &differing);
    let glyphs = differing.iter().map(|glyph| glyph.id);
    let left = self::differing((&outlines, face.index), glyphs).unwrap_or(differing);
    if left.is_empty() {
        return Mended {
            data: Some((outlines, face.index)),
            ..Mended::default()
        };
    }
    let widths = left.iter().map(|glyph| (glyph.id, glyph.outline)).collect();
    let data = in_metrics((&outlines, face.index), &widths);
    Mended { data: data.map(|data| (data, 0)), widths }
}

/// A glyph with two widths.
struct Differing {
    id: u16,
    /// Where its outline begins in the file.
    start: usize,
    /// The width in `hmtx`.
    metric: u16,
    /// The width in the outline.
    outline: u16,
    /// What is told in the outline is what the width differs by from this.
    nominal: i32,
}

fn differing(
    (data, index): (&[u8], u32),
    glyphs: impl IntoIterator<Item = u16>,
) -> Option<Vec<Differing>> {
    let font = FontRef::from_index(data, index).ok()?;
    let table = font.table_data(Tag::new(b"CFF "))?;
    let (outlines, metrics) =
        (CffFontRef::new_cff(table.as_bytes(), 0, None).ok()?, font.hmtx().ok()?);
    let mut parts: BTreeMap<u16, Subfont> = BTreeMap::new();
    let mut found = Vec::new();
    for id in glyphs {
        let glyph = GlyphId::new(id.into());
        let index = outlines.subfont_index(glyph)?;
        let part = match parts.get(&index) {
            Some(known) => *known,
            None => *parts.entry(index).or_insert(outlines.subfont(index, &[]).ok()?),
        };
        let Ok(Some(width)) = outlines.advance(&part, glyph, &[], None) else { continue };
        let (outline, metric) = (width.round() as u16, metrics.advance(glyph)?);
        if metric != outline {
            let text = outlines.charstrings().get(id.into())?;
            let start = text.as_ptr() as usize - data.as_ptr() as usize;
            let nominal = part.nominal_width().to_i32();
            found.push(Differing { id, start, metric, outline, nominal });
        }
    }
    Some(found)
}

/// The face with the widths of `hmtx` in those outlines where they are one byte and stay
/// one.
fn in_outlines((data, index): (&[u8], u32), glyphs: &[Differing]) -> Vec<u8> {
    // A number of one byte is told by what it is more than -139 (Adobe Technical Note 5177,
    // 3.2).
    let byte = |number: i32| u8::try_from(number + 139).ok().filter(is_number);
    let mut mended = data.to_vec();
    for glyph in glyphs {
        let told = byte(i32::from(glyph.outline) - glyph.nominal);
        let meant = byte(i32::from(glyph.metric) - glyph.nominal);
        if let (Some(told), Some(meant)) = (told, meant)
            && mended[glyph.start] == told
        {
            mended[glyph.start] = meant;
        }
    }
    // A number that was something else is put back.
    let ids = glyphs.iter().map(|glyph| glyph.id);
    for glyph in differing((&mended, index), ids).unwrap_or_default() {
        mended[glyph.start] = data[glyph.start];
    }
    mended
}

/// Whether a byte of an outline is a number by itself.
fn is_number(byte: &u8) -> bool {
    (32..=246).contains(byte)
}

/// The face with other widths of some glyphs in `hmtx`; `None` where its tables are broken.
fn in_metrics(
    (data, index): (&[u8], u32),
    widths: &BTreeMap<u16, u16>,
) -> Option<Vec<u8>> {
    let font = FontRef::from_index(data, index).ok()?;
    let metrics = font.hmtx().ok()?;
    let mut hmtx = Vec::new();
    let count = font.maxp().ok()?.num_glyphs();
    for glyph in 0..count {
        let id = GlyphId::new(glyph.into());
        let width = widths.get(&glyph).copied().or_else(|| metrics.advance(id))?;
        let bearing = metrics.side_bearing(id)?;
        hmtx.extend_from_slice(&width.to_be_bytes());
        hmtx.extend_from_slice(&bearing.to_be_bytes());
    }
    // Each glyph has a width of its own now; how many have is the last word of `hhea`.
    let mut hhea = font.table_data(Tag::new(b"hhea"))?.as_bytes().to_vec();
    let last = hhea.len().checked_sub(2)?;
    hhea[last..].copy_from_slice(&count.to_be_bytes());
    let mut builder = FontBuilder::new();
    builder.add_raw(Tag::new(b"hmtx"), hmtx);
    builder.add_raw(Tag::new(b"hhea"), hhea);
    builder.copy_missing_tables(font);
    Some(builder.build())
}

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests {
    use super::*;
    use crate::font::{FontBook, FontId, Orientation, Shaper};
    use crate::geom::Length;

    /// The glyphs of a text in the mincho of the binary.
    fn glyphs(book: &FontBook, text: &str, orientation: Orientation) -> Vec<u16> {
        let mut shaper = Shaper::new(book);
        let glyph = |ch| shaper.glyph(FontId(0), ch, Length(1000), orientation);
        text.chars().filter_map(glyph).map(|glyph| glyph.id).collect()
    }

    #[test]
    fn small_kana_of_vertical_lines_get_their_width_in_the_outline() {
        let book = FontBook::embedded();
        let face = book.face(FontId(0));
        let kana = glyphs(&book, "っャ。あ", Orientation::Upright);
        let found = |data| differing((data, 0), kana.iter().copied()).expect("a font");
        assert_eq!(found(face.data.as_ref()).len(), 2);
        let mended = with_one_width(face, kana.iter().copied());
        assert_eq!(mended.widths, BTreeMap::new());
        let (data, index) = mended.data.expect("two glyphs were changed");
        assert_eq!((data.len(), index), (face.data.as_ref().len(), 0));
        assert!(found(&data).is_empty());
    }

    #[test]
    fn other_glyphs_get_the_width_of_their_outline() {
        let book = FontBook::embedded();
        let face = book.face(FontId(0));
        let all = 0..u16::try_from(face.glyph_count).expect("a font has few glyphs");
        let mended = with_one_width(face, all.clone());
        assert!(mended.widths.len() > 100);
        let (data, index) = mended.data.expect("glyphs were changed");
        assert!(differing((&data, index), all).is_some_and(|left| left.is_empty()));
    }
}
