//! Vertical text as a file has it: fonts whose glyphs follow each other downward.
//!
//! krilla: it knows only fonts for horizontal text, and would place each glyph of a
//! vertical line alone, at six times the size and in the eyes of readers a paragraph of its
//! own. A font becomes one for vertical text by the last letter of its encoding. That is
//! changed here, in the finished file, where it takes the same room; the places and steps of
//! the glyphs were chosen for it.

use memchr::memmem::find;

/// From the top of the em box to the horizontal baseline, in thousandths of an em: what
/// readers take where a font says nothing else (ISO 32000-1, 9.7.4.3).
pub(super) const TOP: f64 = 880.0;

/// From glyph to glyph, in thousandths of an em, where a font says nothing else.
pub(super) const STEP: f64 = 1000.0;

/// What the dictionary of a font with glyph numbers begins with, in krilla's hand.
const FONT: &[u8] = b" 0 obj\n<</Type/Font/Subtype/Type0/BaseFont/";
/// How its text is encoded: glyph numbers, horizontally.
const ENCODING: &[u8] = b"/Encoding/Identity-H/";
/// What is appended to the name of the font by that.
const SUFFIX: &[u8] = b"-Identity-H";

/// Makes the first fonts of a file fonts for vertical text. Returns whether there are that
/// many.
#[must_use]
pub(super) fn mark_fonts(file: &mut [u8], count: usize) -> bool {
    let mut rest = file;
    for _ in 0..count {
        let Some(start) = find(rest, FONT) else { return false };
        rest = &mut rest[start + FONT.len()..];
        let Some(end) = find(rest, ENCODING) else { return false };
        let letter = end + ENCODING.len() - 2;
        rest[letter] = b'V';
        if rest[..end].ends_with(SUFFIX) {
            rest[end - 1] = b'V';
        }
        rest = &mut rest[letter..];
    }
    true
}
