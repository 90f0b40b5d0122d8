//! The one style model: page presets, type area, sizes; read by EPUB for its CSS and by
//! layout for its pages.

mod code;
mod config;
mod line;
mod preset;

pub use code::{TokenLook, token_look};
pub use config::{Config, Dimension, MarginConfig, StyleError, TrimConfig};
pub use line::LineConfig;
pub use preset::{PRESETS, Preset};

use crate::font::FontStyle;
use crate::geom::{Length, LogicalSize, Size, WritingMode};
use crate::line::Rules;

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
    /// The choices of line composition.
    pub rules: Rules,
    /// How each level of headings looks, from level 1.
    pub headings: [HeadingStyle; 6],
    /// The size of the title on the title page; titles of parts are set one step smaller.
    pub title_size: Length,
    /// The size of footnotes.
    pub note_size: Length,
    /// From line to line of footnotes.
    pub note_feed: Length,
    /// The size of code.
    pub code_size: Length,
    /// From line to line of code.
    pub code_feed: Length,
    /// The size of captions and of tables.
    pub small_size: Length,
    /// From line to line of captions and tables.
    pub small_feed: Length,
    /// The indent of a quotation at its start, in ems of the text.
    pub quote_indent: u32,
    /// How many lines of the grid stay blank before and after a quotation.
    pub quote_space: u32,
    /// The indent of a list's items below its marks, in ems of the text.
    pub list_indent: u32,
    /// The width of thin rules (表ケイ).
    pub thin_rule: Length,
    /// The width of thick rules (裏ケイ).
    pub thick_rule: Length,
    /// The gray of the ground behind code and boxes, from black (0) to white (255).
    pub ground: u8,
    /// Running heads and folios.
    pub running: RunningStyle,
}

/// The page and its type area (版面).
#[derive(Clone, Debug, PartialEq)]
pub struct PageStyle {
    /// The finished size of the page (判型).
    pub trim: Size,
    /// Characters in a line (字詰め), of one column.
    pub characters: u32,
    /// Lines on a page (行数), of one column.
    pub lines: u32,
    /// Columns (段), at least 1.
    pub columns: u32,
    /// Between two columns (段間).
    pub column_gap: Length,
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
    /// How many lines of the grid stay blank before it, where it does not start a page.
    pub before: u32,
    /// From the start of the line, in ems of the text (字下げ).
    pub indent: u32,
}

/// Running heads (柱) and folios (ノンブル); both stand at the outer side of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunningStyle {
    /// Their size.
    pub size: Length,
    /// From the type area to them.
    pub gap: Length,
    /// Where running heads stand.
    pub head: Edge,
    /// Where folios stand; at the same edge as the running head they stand outside of it.
    pub folio: Edge,
}

/// An edge of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Above the type area (天).
    Head,
    /// Below the type area (地).
    Foot,
}

/// The four margins of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margins {
    /// Above the type area (天).
    pub head: Length,
    /// Below it (地).
    pub foot: Length,
    /// On the side of the binding (のど).
    pub gutter: Length,
    /// On the outer side (小口).
    pub fore_edge: Length,
}

impl Style {
    /// The style of a preset: a name of [`PRESETS`] that is made for the direction;
    /// `None` where there is no such preset.
    pub fn preset(name: &str, writing: WritingMode) -> Option<Self> {
        preset::find(name, writing).map(Preset::style)
    }

    /// The size of one column: whole characters along the line, whole lines across.
    pub fn column(&self) -> LogicalSize {
        let lines = i64::from(self.page.lines.max(1));
        LogicalSize {
            inline: self.size * i64::from(self.page.characters.max(1)),
            block: self.size * lines + (self.feed - self.size) * (lines - 1),
        }
    }

    /// The size of the type area: its columns and the gaps between them.
    pub fn type_area(&self) -> LogicalSize {
        let columns = i64::from(self.page.columns.max(1));
        let LogicalSize { inline, block } = self.column();
        let inline = inline * columns + self.page.column_gap * (columns - 1);
        LogicalSize { inline, block }
    }

    /// The same page for a section of another direction: as many whole characters and
    /// lines as the type area holds, at the same place.
    pub fn in_direction(&self, writing: WritingMode) -> Self {
        if writing == self.writing {
            return self.clone();
        }
        let room = writing.logical_size(self.writing.size(self.type_area()));
        let count = |number: i64| u32::try_from(number.max(1)).unwrap_or(1);
        let mut page = self.page.clone();
        page.columns = 1;
        page.characters = count(room.inline.floor_div(self.size));
        page.lines = count((room.block + self.feed - self.size).floor_div(self.feed));
        let other = preset::with_text(page, writing, self.size, self.feed);
        Self {
            writing,
            page: other.page,
            headings: other.headings,
            quote_space: other.quote_space,
            ..self.clone()
        }
    }

    /// The same style for a screen, where pages follow each other one by one: the type
    /// area in the middle, so that it does not jump from page to page.
    #[must_use]
    pub fn for_screen(&self) -> Self {
        let Margins { gutter, fore_edge, .. } = self.margins();
        let page = PageStyle {
            gutter: (gutter + fore_edge) / 2,
            ..self.page.clone()
        };
        Self { page, ..self.clone() }
    }

    /// The margins around the type area.
    pub fn margins(&self) -> Margins {
        let PageStyle { trim, head, gutter, .. } = self.page;
        let area = self.writing.size(self.type_area());
        Margins {
            head,
            foot: trim.height - head - area.height,
            gutter,
            fore_edge: trim.width - gutter - area.width,
        }
    }
}

impl Default for Style {
    /// The style of a book that asks for none: A5, horizontal.
    fn default() -> Self {
        preset::of_writing(WritingMode::Horizontal).style()
    }
}
