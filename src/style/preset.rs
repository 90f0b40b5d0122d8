//! Page presets as data.

use super::{HEADING, HeadingStyle, PageStyle, Style};
use crate::font::{Family, FontStyle, Weight};
use crate::geom::{Length, Size, WritingMode};

/// A page preset: sizes in Q and H, lengths in hundredths of a millimetre.
#[derive(Debug)]
pub struct Preset {
    /// The name in `book.yaml`.
    pub name: &'static str,
    /// The direction of writing that it is made for.
    pub writing: WritingMode,
    /// Width and height of the page.
    trim: (i64, i64),
    /// Size of the text and line feed.
    text: (i64, i64),
    /// Characters in a line and lines on a page.
    area: (u32, u32),
    /// Margins at the head and at the gutter.
    margins: (i64, i64),
}

use WritingMode::{Horizontal, Vertical};

/// All presets.
#[rustfmt::skip]
pub const PRESETS: &[Preset] = &[
    Preset { name: "bunko", writing: Vertical, trim: (10500, 14800), text: (12, 21), area: (41, 16), margins: (1300, 1250) },
    Preset { name: "shinsho", writing: Vertical, trim: (10500, 17300), text: (13, 22), area: (42, 15), margins: (1900, 1350) },
    Preset { name: "b6", writing: Vertical, trim: (12800, 18200), text: (13, 23), area: (43, 17), margins: (2200, 1800) },
    Preset { name: "shiroku", writing: Vertical, trim: (12800, 18800), text: (13, 23), area: (44, 17), margins: (2300, 1800) },
    Preset { name: "a5", writing: Vertical, trim: (14800, 21000), text: (14, 25), area: (44, 17), margins: (3000, 2400) },
    Preset { name: "a5", writing: Horizontal, trim: (14800, 21000), text: (13, 22), area: (34, 31), margins: (2100, 2000) },
    Preset { name: "b5", writing: Horizontal, trim: (18200, 25700), text: (13, 22), area: (40, 38), margins: (2500, 2800) },
    Preset { name: "a4", writing: Horizontal, trim: (21000, 29700), text: (14, 25), area: (40, 40), margins: (2500, 3700) },
];

/// The preset of a name that is made for a direction of writing.
pub fn find(name: &str, writing: WritingMode) -> Option<&'static Preset> {
    PRESETS
        .iter()
        .find(|preset| preset.name == name && preset.writing == writing)
}

impl Preset {
    /// The style of this preset.
    pub fn style(&self) -> Style {
        let size = Length::Q * self.text.0;
        let feed = Length::Q * self.text.1;
        let hundredth = |value: i64| (Length::MM * value) / 100;
        let (small_size, small_feed) = (size - Length::Q * 2, feed - Length::Q * 4);
        Style {
            writing: self.writing,
            page: PageStyle {
                trim: Size {
                    width: hundredth(self.trim.0),
                    height: hundredth(self.trim.1),
                },
                characters: self.area.0,
                lines: self.area.1,
                head: hundredth(self.margins.0),
                gutter: hundredth(self.margins.1),
            },
            body: FontStyle::default(),
            size,
            feed,
            headings: headings(size),
            note_size: small_size,
            note_feed: small_feed,
            code_size: small_size,
            small_size,
            small_feed,
            head_size: size - Length::Q * 3,
        }
    }
}

/// Headings over a text size: size in percent of it, lines of the grid, indent.
fn headings(size: Length) -> [HeadingStyle; 6] {
    let gothic = FontStyle { family: Family::Gothic, weight: Weight::Regular };
    [(170, 5), (135, 3), (115, 2), (100, 2), (100, 1), (100, 1)].map(
        |(percent, lines)| {
            let font = if percent > 100 { HEADING } else { gothic };
            HeadingStyle {
                font,
                size: size.ratio(percent, 100),
                lines,
                indent: 0,
            }
        },
    )
}
