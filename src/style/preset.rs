//! Page presets as data.

use super::{Edge, HeadingStyle, PageStyle, RunningStyle, Style};
use crate::font::{Family, FontStyle, Weight};
use crate::geom::{Length, Size, WritingMode};
use crate::line;

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
    /// Characters in a line, lines in a column, columns.
    area: (u32, u32, u32),
    /// Margins at the head and at the gutter.
    margins: (i64, i64),
}

use WritingMode::{Horizontal, Vertical};

/// All presets.
#[rustfmt::skip]
pub const PRESETS: &[Preset] = &[
    Preset { name: "bunko", writing: Vertical, trim: (10500, 14800), text: (12, 21), area: (41, 16, 1), margins: (1300, 1250) },
    Preset { name: "shinsho", writing: Vertical, trim: (10500, 17300), text: (13, 22), area: (42, 15, 1), margins: (1900, 1350) },
    Preset { name: "b6", writing: Vertical, trim: (12800, 18200), text: (13, 23), area: (43, 17, 1), margins: (2200, 1800) },
    Preset { name: "shiroku", writing: Vertical, trim: (12800, 18800), text: (13, 23), area: (44, 17, 1), margins: (2300, 1800) },
    Preset { name: "a5", writing: Vertical, trim: (14800, 21000), text: (14, 25), area: (44, 17, 1), margins: (3000, 2400) },
    Preset { name: "a5", writing: Horizontal, trim: (14800, 21000), text: (13, 22), area: (34, 31, 1), margins: (2100, 2000) },
    Preset { name: "b5", writing: Horizontal, trim: (18200, 25700), text: (13, 22), area: (40, 38, 1), margins: (2500, 2800) },
    Preset { name: "b5-columns", writing: Horizontal, trim: (18200, 25700), text: (12, 20), area: (23, 42, 2), margins: (2500, 2000) },
    Preset { name: "a4", writing: Horizontal, trim: (21000, 29700), text: (14, 25), area: (40, 40, 1), margins: (2500, 3700) },
];

/// The preset of a book that names none.
pub(super) fn of_writing(writing: WritingMode) -> &'static Preset {
    let name = match writing {
        Horizontal => "a5",
        Vertical => "bunko",
    };
    find(name, writing).unwrap_or(&PRESETS[0])
}

/// The preset of a name that is made for a direction of writing.
pub(super) fn find(name: &str, writing: WritingMode) -> Option<&'static Preset> {
    PRESETS
        .iter()
        .find(|preset| preset.name == name && preset.writing == writing)
}

/// The gap between columns (段間).
const COLUMN_GAP: Length = Length(Length::MM.0 * 8);
/// The width of thin rules (表ケイ), 0.12 mm.
const THIN_RULE: Length = Length(Length::MM.0 * 12 / 100);
/// The width of thick rules (裏ケイ), 0.4 mm.
const THICK_RULE: Length = Length(Length::MM.0 * 40 / 100);

impl Preset {
    /// The style of this preset.
    pub fn style(&self) -> Style {
        let hundredth = |value: i64| (Length::MM * value) / 100;
        let page = PageStyle {
            trim: Size {
                width: hundredth(self.trim.0),
                height: hundredth(self.trim.1),
            },
            characters: self.area.0,
            lines: self.area.1,
            columns: self.area.2,
            column_gap: COLUMN_GAP,
            head: hundredth(self.margins.0),
            gutter: hundredth(self.margins.1),
        };
        let (size, feed) = (Length::Q * self.text.0, Length::Q * self.text.1);
        with_text(page, self.writing, size, feed)
    }
}

/// A whole style from the page and the size and line feed of its text.
pub(super) fn with_text(
    page: PageStyle,
    writing: WritingMode,
    size: Length,
    feed: Length,
) -> Style {
    let small_size = (size - Length::Q * 2).max(size.ratio(3, 4));
    let small_feed = small_size.ratio(160, 100).min(feed);
    Style {
        writing,
        page,
        body: FontStyle::default(),
        size,
        feed,
        rules: line::Preset::default().rules(),
        headings: headings(writing, size),
        title_size: whole_q(size, 230),
        note_size: small_size,
        note_feed: small_feed,
        code_size: small_size,
        code_feed: small_size.ratio(155, 100).min(feed),
        small_size,
        small_feed,
        quote_indent: 2,
        quote_space: match writing {
            Horizontal => 1,
            Vertical => 0,
        },
        list_indent: 2,
        thin_rule: THIN_RULE,
        thick_rule: THICK_RULE,
        ground: 243,
        running: RunningStyle {
            size: (size - Length::Q * 3).max(size.ratio(2, 3)),
            gap: match writing {
                Horizontal => size.ratio(3, 2),
                Vertical => size,
            },
            head: Edge::Head,
            folio: match writing {
                Horizontal => Edge::Foot,
                Vertical => Edge::Head,
            },
        },
    }
}

/// A level of headings over the text: size in percent of it, family and weight, lines of
/// the grid that it takes, blank lines before it, indent.
type Level = (i64, Family, Weight, u32, u32, u32);

use Family::{Gothic, Mincho};
use Weight::{Bold, Regular};

/// Headings of horizontal books.
const HORIZONTAL: [Level; 6] = [
    (170, Gothic, Bold, 5, 0, 0),
    (135, Gothic, Bold, 2, 1, 0),
    (115, Gothic, Bold, 1, 1, 0),
    (100, Gothic, Bold, 1, 1, 0),
    (100, Gothic, Regular, 1, 0, 0),
    (100, Gothic, Regular, 1, 0, 0),
];

/// Headings of vertical books: the lower the level, the deeper the indent (JLReq 4.1.2).
const VERTICAL: [Level; 6] = [
    (150, Mincho, Bold, 5, 0, 2),
    (115, Gothic, Bold, 2, 1, 3),
    (100, Gothic, Bold, 1, 1, 4),
    (100, Gothic, Regular, 1, 1, 5),
    (100, Gothic, Regular, 1, 0, 6),
    (100, Gothic, Regular, 1, 0, 6),
];

fn headings(writing: WritingMode, size: Length) -> [HeadingStyle; 6] {
    let levels = match writing {
        Horizontal => HORIZONTAL,
        Vertical => VERTICAL,
    };
    levels.map(|(percent, family, weight, lines, before, indent)| HeadingStyle {
        font: FontStyle { family, weight },
        size: whole_q(size, percent),
        lines,
        before,
        indent,
    })
}

/// A percentage of a size in whole Q, as type sizes are; the size itself stays as it is.
fn whole_q(size: Length, percent: i64) -> Length {
    match percent {
        100 => size,
        _ => Length::Q * (size.ratio(percent, 100) + Length::Q / 2).floor_div(Length::Q),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Block and margins (head, foot, gutter, fore-edge) in hundredths of a millimetre.
    #[test]
    fn type_areas_fill_their_pages() {
        let expected: &[(&str, WritingMode, [i64; 6])] = &[
            ("bunko", Vertical, [12300, 8175, 1300, 1200, 1250, 1075]),
            ("shinsho", Vertical, [13650, 8025, 1900, 1750, 1350, 1125]),
            ("b6", Vertical, [13975, 9525, 2200, 2025, 1800, 1475]),
            ("shiroku", Vertical, [14300, 9525, 2300, 2200, 1800, 1475]),
            ("a5", Vertical, [15400, 10350, 3000, 2600, 2400, 2050]),
            ("a5", Horizontal, [11050, 16825, 2100, 2075, 2000, 1750]),
            ("b5", Horizontal, [13000, 20675, 2500, 2525, 2800, 2400]),
            ("b5-columns", Horizontal, [14600, 20800, 2500, 2400, 2000, 1600]),
            ("a4", Horizontal, [14000, 24725, 2500, 2475, 3700, 3300]),
        ];
        assert_eq!(expected.len(), PRESETS.len());
        for (name, writing, numbers) in expected {
            let style = Style::preset(name, *writing).expect("the preset is there");
            let (area, margins) = (style.type_area(), style.margins());
            let all = [
                area.inline,
                area.block,
                margins.head,
                margins.foot,
                margins.gutter,
                margins.fore_edge,
            ];
            let all = all.map(|length| (length.to_mm() * 100.0).round() as i64);
            assert_eq!(all, *numbers, "{name} {writing:?}");
        }
    }

    #[test]
    fn small_text_is_at_least_three_quarters() {
        for preset in PRESETS {
            let style = preset.style();
            assert!(style.note_size * 4 >= style.size * 3, "{}", preset.name);
            assert!(style.note_feed > style.note_size && style.note_feed <= style.feed);
        }
    }
}
