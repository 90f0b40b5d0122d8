//! Choices that JLReq leaves open for what stands beside the characters of a line: ruby,
//! marks of notes, signs in vertical lines.

use schemars::JsonSchema;
use serde::Deserialize;

/// Where the reading of one character stands that is shorter than the character (JLReq
/// 3.3.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RubyAlignment {
    /// In the middle of it (中付き).
    #[default]
    Center,
    /// At its head in vertical lines (肩付き); in horizontal ones in the middle. A longer
    /// reading overhangs what follows before what stands before.
    Head,
}

/// What stands at the edge of a line where ruby is longer than its base (JLReq 3.3.8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RubyEdge {
    /// The edge of the reading.
    #[default]
    Ruby,
    /// The edge of the base, and the reading reaches further into the line.
    Base,
}

/// The setting of a word whose characters have a reading each, one of which is longer than
/// its character (JLReq 3.3.7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum JukugoRuby {
    /// Readings overhang the other characters of the word (JLReq Appendix F), and the word
    /// may part.
    #[default]
    Overhang,
    /// As group ruby over the whole word (JIS X 4051), which stays together.
    Group,
}

/// Where the mark of a note stands (合印, JLReq 4.2.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoteMark {
    /// In the line after the words, raised.
    #[default]
    Inline,
    /// Between the lines beside the end of the words, where ruby stands; it takes no room
    /// in the line.
    Beside,
}

/// How a paragraph is indented that goes on with what stands before it: と言った。 after a
/// paragraph that ends with 」, or what follows a formula (JLReq 3.1.5, note 58).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Continuation {
    /// As every paragraph.
    #[default]
    Indent,
    /// Not at all (天付き).
    Flush,
}

/// The class of a character that no list of JLReq's Appendix A names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unlisted {
    /// That of its kind by its Unicode category: brackets, spaces, ideographs.
    #[default]
    Category,
    /// Ideographs (cl-19).
    Ideographic,
}

/// How a subscript and a superscript stand that follow each other (JLReq 3.7.1, note 150).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScriptPairs {
    /// One after the other, as they are written.
    #[default]
    InOrder,
    /// One above the other, as in formulas of chemistry.
    Stacked,
}

/// How ° ′ ″ and arrows stand in a vertical line where nothing is said of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VerticalSigns {
    /// On their side, as UAX #50 has them.
    #[default]
    Sideways,
    /// Upright.
    Upright,
}
