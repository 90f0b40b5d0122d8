//! The one style model: page presets, type area, sizes; read by EPUB for its CSS and by
//! layout for its pages.

mod preset;

pub use preset::PRESETS;

use crate::font::{Family, FontStyle, Weight};
use crate::geom::{Length, LogicalSize, Size, WritingMode};

/// How the book looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// The direction of writing.
    pub writing: WritingMode,
    /// The page.
    pub page: PageStyle,
    /// The text of paragraphs.
    pub body: FontStyle,
    /// The size of the text (文字サイズ).
    pub size: Length,
    /// From line to line (行送り).
    pub feed: Length,
    /// How each level of headings looks, from level 1.
    pub headings: [HeadingStyle; 6],
    /// The size of footnotes.
    pub note_size: Length,
    /// From line to line of footnotes.
    pub note_feed: Length,
    /// The size of code.
    pub code_size: Length,
    /// The size of captions and of tables.
    pub small_size: Length,
    /// From line to line of captions and tables.
    pub small_feed: Length,
    /// The size of running heads and folios.
    pub head_size: Length,
}

/// The page and its type area (版面).
#[derive(Clone, Debug, PartialEq)]
pub struct PageStyle {
    /// The finished size of the page (判型).
    pub trim: Size,
    /// Characters in a line (字詰め).
    pub characters: u32,
    /// Lines on a page (行数).
    pub lines: u32,
    /// From the head of the page to the type area (天).
    pub head: Length,
    /// From the gutter to the type area (のど).
    pub gutter: Length,
}

/// How a heading looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeadingStyle {
    /// The face.
    pub font: FontStyle,
    /// The size.
    pub size: Length,
    /// How many lines of the grid it takes (行取り).
    pub lines: u32,
    /// From the start of the line, in ems of the text (字下げ).
    pub indent: u32,
}

impl Style {
    /// The style of a preset: a name of [`PRESETS`], or of its direction where the name
    /// has none; `None` where there is no such preset.
    pub fn preset(name: &str, writing: WritingMode) -> Option<Self> {
        preset::find(name, writing).map(preset::Preset::style)
    }

    /// The size of the type area: whole characters along the line, whole lines across.
    pub fn type_area(&self) -> LogicalSize {
        let lines = i64::from(self.page.lines);
        LogicalSize {
            inline: self.size * i64::from(self.page.characters),
            block: self.size * lines + (self.feed - self.size) * (lines - 1),
        }
    }
}

/// The face of headings.
const HEADING: FontStyle = FontStyle { family: Family::Gothic, weight: Weight::Bold };
