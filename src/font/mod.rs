//! Fonts: families with their fallback, the metrics of a face, shaping.

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
/// across the lines.
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
