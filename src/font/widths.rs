//! Widths that two tables of a face tell differently.
//!
//! An OpenType face with `CFF ` outlines says the width of a glyph twice, in `hmtx`, by
//! which text is set, and in the outline. A few faces differ from themselves there, as
//! Harano Aji does for some hundred glyphs of half width. A PDF has both and has to be at
//! one with itself (ISO 32000-1, 9.7.4.3; ISO 14289-1, 7.21.5).

use std::collections::BTreeMap;

use skrifa::raw::TableProvider;
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::types::Tag;
use skrifa::{FontRef, GlyphId};
use write_fonts::FontBuilder;

use super::face::Face;

/// Those of some glyphs whose widths in `hmtx` are others than in their outlines, with the
/// widths of the outlines, in units of the face.
pub(crate) fn outline_widths(
    face: &Face,
    glyphs: impl IntoIterator<Item = u16>,
) -> BTreeMap<u16, u16> {
    differing(face, glyphs).unwrap_or_default()
}

fn differing(
    face: &Face,
    glyphs: impl IntoIterator<Item = u16>,
) -> Option<BTreeMap<u16, u16>> {
    let font = FontRef::from_index(face.data.as_ref(), face.index).ok()?;
    let table = font.table_data(Tag::new(b"CFF "))?;
    let (outlines, metrics) =
        (CffFontRef::new_cff(table.as_bytes(), 0, None).ok()?, font.hmtx().ok()?);
    let mut parts = BTreeMap::new();
    let mut widths = BTreeMap::new();
    for glyph in glyphs {
        let id = GlyphId::new(glyph.into());
        let index = outlines.subfont_index(id)?;
        let part = match parts.entry(index) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => {
                new.insert(outlines.subfont(index, &[]).ok()?)
            }
        };
        let Ok(Some(width)) = outlines.advance(part, id, &[], None) else { continue };
        let width = width.round() as u16;
        if metrics.advance(id) != Some(width) {
            widths.insert(glyph, width);
        }
    }
    Some(widths)
}

/// A face with other widths of some glyphs in `hmtx`; `None` where its tables are broken.
pub(crate) fn with_widths(face: &Face, widths: &BTreeMap<u16, u16>) -> Option<Vec<u8>> {
    let font = FontRef::from_index(face.data.as_ref(), face.index).ok()?;
    let metrics = font.hmtx().ok()?;
    let mut hmtx = Vec::new();
    let count = u16::try_from(face.glyph_count).ok()?;
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
