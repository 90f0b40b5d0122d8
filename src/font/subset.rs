//! Fonts cut down to the characters of a book, to be read in an EPUB.

use std::collections::BTreeSet;

use skera::{DEFAULT_DROP_TABLES, Plan, SubsetFlags, subset_font};
use skrifa::raw::TableProvider;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{NameId, Tag};
use skrifa::{FontRef, MetadataProvider};
use subsetter::GlyphRemapper;
use write_fonts::FontBuilder;

use super::face::{Face, FontError};

/// The features that stay: those of Japanese text, and those that Latin text needs.
const FEATURES: [&[u8; 4]; 18] = [
    b"vert", b"vrt2", b"palt", b"vpal", b"halt", b"vhal", b"chws", b"vchw", b"kern",
    b"vkrn", b"ruby", b"hwid", b"fwid", b"twid", b"liga", b"ccmp", b"mark", b"mkmk",
];

/// The names that stay: copyright and names (0 to 6), licence and its address (13, 14).
const NAMES: [u16; 9] = [0, 1, 2, 3, 4, 5, 6, 13, 14];

/// A font file with the glyphs of some characters alone, their vertical and other forms
/// with them: TrueType where the face is that, OpenType with `CFF ` where it is that. The
/// same face and characters give the same bytes. Characters that the face lacks are passed
/// over; a variation sequence stays where `chars` holds both its parts.
///
/// # Errors
/// Fails where the tables of the face are broken or its outlines are in a `CFF2` table.
pub fn subset(face: &Face, chars: &BTreeSet<char>) -> Result<Vec<u8>, FontError> {
    let data = face.data.as_ref();
    let font = FontRef::from_index(data, face.index).map_err(|_| FontError::NotAFont)?;
    let plan = plan(&font, chars);
    let tables = subset_font(&font, &plan).map_err(|_| FontError::Subset)?;
    let bytes = if font.cff().is_ok() {
        graft(&tables, &cff_outlines(data, face.index, &plan)?)?
    } else {
        tables
    };
    check(face, chars, &bytes)?;
    Ok(bytes)
}

fn plan(font: &FontRef<'_>, chars: &BTreeSet<char>) -> Plan {
    let unicodes: IntSet<u32> = chars.iter().map(|&ch| u32::from(ch)).collect();
    let features = FEATURES.iter().map(|tag| Tag::new(tag)).collect();
    let names = NAMES.iter().map(|&id| NameId::new(id)).collect();
    let dropped = DEFAULT_DROP_TABLES.iter().copied().collect();
    let flags = SubsetFlags::SUBSET_FLAGS_NO_HINTING
        | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE
        | SubsetFlags::SUBSET_FLAGS_NO_BIDI_CLOSURE;
    let english = [0x409].into_iter().collect();
    let (no_glyphs, all_scripts) = (IntSet::empty(), IntSet::all());
    Plan::new(
        &no_glyphs,
        &unicodes,
        font,
        flags,
        &dropped,
        &all_scripts,
        &features,
        &names,
        &english,
    )
}

/// The `CFF ` table for the glyphs of a plan, which skera leaves out.
fn cff_outlines(data: &[u8], index: u32, plan: &Plan) -> Result<Vec<u8>, FontError> {
    let mut glyphs: Vec<(u32, u32)> = plan
        .old_to_new_glyph_mapping()
        .map(|(old, new)| (new.to_u32(), old.to_u32()))
        .collect();
    glyphs.sort_unstable();
    let mut remapper = GlyphRemapper::new();
    for (new, old) in glyphs {
        let old = u16::try_from(old).map_err(|_| FontError::Subset)?;
        if u32::from(remapper.remap(old)) != new {
            return Err(FontError::Subset);
        }
    }
    let font =
        subsetter::subset(data, index, &remapper).map_err(|_| FontError::Subset)?;
    let font = FontRef::new(&font).map_err(|_| FontError::Subset)?;
    let table = font.table_data(Tag::new(b"CFF ")).ok_or(FontError::Subset)?;
    Ok(table.as_bytes().to_vec())
}

/// A font with a `CFF ` table added.
fn graft(font: &[u8], outlines: &[u8]) -> Result<Vec<u8>, FontError> {
    let font = FontRef::new(font).map_err(|_| FontError::Subset)?;
    let mut builder = FontBuilder::new();
    builder.add_raw(Tag::new(b"CFF "), outlines);
    Ok(builder.copy_missing_tables(font).build())
}

/// Fails where the subset has no outlines, or lacks a character that its face has.
fn check(face: &Face, chars: &BTreeSet<char>, bytes: &[u8]) -> Result<(), FontError> {
    let font = FontRef::new(bytes).map_err(|_| FontError::Subset)?;
    let map = font.charmap();
    let outlines = font.cff().is_ok() || font.glyf().is_ok();
    let whole = chars.iter().all(|&ch| !face.covers(ch) || map.map(ch).is_some());
    if outlines && whole { Ok(()) } else { Err(FontError::Subset) }
}

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests {
    use harfrust::GlyphId;

    use super::*;
    use crate::font::{
        Family, Features, FontBook, FontData, FontId, Orientation, Shaper, Weight,
    };
    use crate::geom::Length;

    /// The first kanji of the face, with kana and punctuation.
    fn characters(face: &Face, count: usize) -> BTreeSet<char> {
        let text = "、。，．「」『』（）〔〕—…‥ー〜“”ABCabc012!?";
        let kana = ('ぁ'..='ん').chain('ァ'..='ヶ');
        let mut chars: BTreeSet<char> = text.chars().chain(kana).collect();
        let kanji = face.characters().filter(|ch| ('一'..='龠').contains(ch));
        let step = 4;
        chars.extend(kanji.step_by(step).take(count - chars.len()));
        assert_eq!(chars.len(), count);
        chars
    }

    #[test]
    fn a_subset_is_small_whole_and_the_same_twice() {
        let book = FontBook::embedded();
        for (_, face) in book.faces().take(4) {
            let chars = characters(face, 1500);
            let bytes = subset(face, &chars).expect("the face can be cut");
            assert!(bytes.len() < 600_000, "{} bytes", bytes.len());
            assert_eq!(Ok(&bytes), subset(face, &chars).as_ref());
            let font = FontRef::new(&bytes).expect("the subset is a font");
            let (map, names) =
                (font.charmap(), font.localized_strings(NameId::COPYRIGHT_NOTICE));
            assert!(chars.iter().all(|&ch| map.map(ch).is_some()));
            assert_eq!(map.mappings().count(), chars.len());
            assert!(
                names.english_or_first().is_some_and(|name| name.chars().count() > 50)
            );
        }
    }

    #[test]
    fn a_subset_sets_text_as_its_face_does() {
        let mut book = FontBook::embedded();
        for id in 0..4 {
            let face = book.face(FontId(id));
            let chars = characters(face, 400);
            let bytes = subset(face, &chars).expect("the face can be cut");
            let data = FontData::from(bytes);
            let own = book.add(Family::Mincho, Weight::Regular, data, 0, "subset");
            let own = own.expect("the subset is a font");
            let mut shaper = Shaper::new(&book);
            let cases = [
                (Orientation::Sideways, Features::NONE),
                (Orientation::Upright, Features::NONE),
                (Orientation::Sideways, Features::HALT | Features::FWID),
                (Orientation::Upright, Features::HALT | Features::FWID),
                (Orientation::Sideways, Features::PALT | Features::LATIN),
            ];
            for (&ch, (orientation, features)) in
                chars.iter().flat_map(|ch| cases.map(|c| (ch, c)))
            {
                let text = ch.to_string();
                let mut places = |font| -> Vec<_> {
                    let glyphs =
                        shaper.shape(font, &text, Length(1000), orientation, features);
                    let extents = |id| {
                        book.face(font).font.glyph_metrics().extents(GlyphId::new(id))
                    };
                    glyphs
                        .iter()
                        .map(|g| (g.advance, g.inline, g.block, extents(u32::from(g.id))))
                        .collect()
                };
                assert_eq!(
                    places(own),
                    places(FontId(id)),
                    "{ch} {orientation:?} {features:?}"
                );
                assert_eq!(
                    shaper.has_vertical_form(own, ch),
                    shaper.has_vertical_form(FontId(id), ch),
                    "{ch}"
                );
            }
        }
    }

    #[test]
    fn true_type_and_variation_sequences_are_cut_too() {
        let book = FontBook::embedded();
        let emoji = book.face(FontId(6));
        let bytes =
            subset(emoji, &BTreeSet::from(['😀', '☀'])).expect("the face can be cut");
        assert!(bytes.len() < 20_000, "{} bytes", bytes.len());
        assert!(FontRef::new(&bytes).is_ok_and(|font| font.glyf().is_ok()));

        let mincho = book.face(FontId(0));
        let chars = BTreeSet::from(['葛', '\u{E0100}', '無']);
        let bytes = subset(mincho, &chars).expect("the face can be cut");
        let font = FontRef::new(&bytes).expect("the subset is a font");
        assert!(font.charmap().map_variant('葛', '\u{E0100}').is_some());
    }

    #[test]
    fn characters_that_the_face_lacks_are_passed_over() {
        let book = FontBook::embedded();
        let chars = BTreeSet::from(['あ', '\u{10FFFF}']);
        let bytes = subset(book.face(FontId(0)), &chars).expect("the face can be cut");
        let font = FontRef::new(&bytes).expect("the subset is a font");
        assert!(font.charmap().map('あ').is_some());
        assert!(font.charmap().map('\u{10FFFF}').is_none());
    }
}
