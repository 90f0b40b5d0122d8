//! Fonts: families with their fallback, the metrics of a face, shaping and subsets.

mod book;
mod coverage;
mod embedded;
mod face;
mod features;
mod math;
mod shape;
mod subset;
mod widths;

pub(crate) use book::cluster_end;
pub use book::{FontBook, Runs};
pub use coverage::{Coverage, coverage};
pub use face::{Embedding, Face, FontData, FontError};
pub use features::Features;
pub use shape::Shaper;
pub use subset::subset;
pub(crate) use widths::with_one_width;

use crate::geom::Length;

/// The number of a face in a [`FontBook`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(pub u16);

/// What a face is for; a book may give each role fonts of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Text faces with serifs (明朝体).
    #[default]
    Mincho,
    /// Faces without serifs (ゴシック体).
    Gothic,
    /// Faces of one width, for code.
    Mono,
}

/// How heavy a face is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// For running text.
    #[default]
    Regular,
    /// For emphasis and headings.
    Bold,
}

/// A family and a weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontStyle {
    /// The family.
    pub family: Family,
    /// The weight.
    pub weight: Weight,
}

impl FontStyle {
    /// Every style, in the order of [`FontStyle::index`].
    pub(crate) const ALL: [Self; 6] = {
        use Family::{Gothic, Mincho, Mono};
        use Weight::{Bold, Regular};
        [
            Self { family: Mincho, weight: Regular },
            Self { family: Mincho, weight: Bold },
            Self { family: Gothic, weight: Regular },
            Self { family: Gothic, weight: Bold },
            Self { family: Mono, weight: Regular },
            Self { family: Mono, weight: Bold },
        ]
    };

    /// The place of this style in [`FontStyle::ALL`].
    pub(crate) fn index(self) -> usize {
        self.family as usize * 2 + self.weight as usize
    }
}

/// How the glyphs of a run stand to the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Orientation {
    /// Along the line: horizontal text, or turned clockwise in a vertical line.
    #[default]
    Sideways,
    /// Upright in a vertical line, with vertical forms and metrics.
    Upright,
}

/// A glyph that shaping has chosen, in logical axes: `inline` along the line, `block`
/// across the lines, away from the first.
///
/// A line has a central axis, on which the middles of the em boxes stand. In horizontal
/// writing the origin of the glyph is at `y = axis + block`; in vertical writing, where
/// lines follow each other leftward, at `x = axis - block`. The origin is the one of the
/// outline, on its alphabetic baseline, in both orientations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShapedGlyph {
    /// The glyph's number in its face.
    pub id: u16,
    /// The first byte of the text that it stands for.
    pub cluster: u32,
    /// From its start to the start of the next glyph, along the line.
    pub advance: Length,
    /// From its start to its origin, along the line.
    pub inline: Length,
    /// From the central axis of the line to its origin, across the lines.
    pub block: Length,
}

/// Whether a character is Japanese text that is set one glyph for each character: kanji,
/// kana, and the punctuation and forms of full width, but no mark that joins another.
pub(crate) fn is_lone_wide(ch: char) -> bool {
    const RANGES: [(u32, u32); 9] = [
        (0x3000, 0x3029),   // CJK symbols and punctuation, less the tone marks
        (0x3030, 0x303F),   // their rest
        (0x3041, 0x3096),   // hiragana, less the voicing marks that join
        (0x309B, 0x30FF),   // katakana
        (0x31F0, 0x4DBF), // small katakana, enclosed letters, squared words, extension A
        (0x4E00, 0x9FFF), // kanji
        (0xF900, 0xFAFF), // compatibility kanji
        (0xFF01, 0xFF60), // forms of full width
        (0x20000, 0x323AF), // kanji of the supplementary planes
    ];
    let code = u32::from(ch);
    code >= 0x3000 && RANGES.iter().any(|&(first, last)| (first..=last).contains(&code))
}

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests;
