//! Page presets, which are data.

use std::sync::LazyLock;

use schemars::{Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::{Dimension, MarginConfig, PageStyle, TrimConfig};
use crate::geom::{Length, Size, WritingMode};

/// The text of the presets.
const PRESETS: &str = include_str!("presets.yaml");

/// A page preset: every length is known without a size of text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Preset {
    /// The name in `book.yaml`.
    pub name: String,
    /// The direction of writing that it is made for.
    #[serde(deserialize_with = "writing")]
    pub writing: WritingMode,
    trim: TrimConfig,
    font_size: Dimension,
    line_feed: Dimension,
    characters: u32,
    lines: u32,
    #[serde(default = "one")]
    columns: u32,
    margins: MarginConfig,
}

fn one() -> u32 {
    1
}

fn writing<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<WritingMode, D::Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Writing {
        Horizontal,
        Vertical,
    }
    Ok(match Writing::deserialize(deserializer)? {
        Writing::Horizontal => WritingMode::Horizontal,
        Writing::Vertical => WritingMode::Vertical,
    })
}

/// All presets.
pub fn presets() -> &'static [Preset] {
    static READ: LazyLock<Vec<Preset>> = LazyLock::new(|| {
        serde_saphyr::from_str(PRESETS).expect("a test reads the presets")
    });
    &READ
}

/// What a schema says of the name of a preset.
pub fn preset_names(_: &mut SchemaGenerator) -> Schema {
    let mut names: Vec<_> = presets().iter().map(|it| Some(it.name.as_str())).collect();
    names.dedup();
    names.push(None);
    json_schema!({ "enum": names })
}

/// The preset of a book that names none.
pub(super) fn of_writing(writing: WritingMode) -> &'static Preset {
    let name = match writing {
        WritingMode::Horizontal => "a5",
        WritingMode::Vertical => "bunko",
    };
    find(name, writing).unwrap_or(&presets()[0])
}

/// The preset of a name that is made for a direction of writing.
pub(super) fn find(name: &str, writing: WritingMode) -> Option<&'static Preset> {
    presets()
        .iter()
        .find(|preset| preset.name == name && preset.writing == writing)
}

/// The gap between columns (段間).
const COLUMN_GAP: Length = Length(Length::MM.0 * 8);

impl Preset {
    /// The size of the text and its line feed.
    pub(super) fn text(&self) -> (Length, Length) {
        let size = self.font_size.length(Length::ZERO);
        (size, self.line_feed.length(size))
    }

    /// The page.
    pub(super) fn page(&self) -> PageStyle {
        let (size, _) = self.text();
        let margin = |given: Option<Dimension>| {
            given.map_or(Length::ZERO, |margin| margin.length(size))
        };
        PageStyle {
            trim: Size {
                width: self.trim.width.length(size),
                height: self.trim.height.length(size),
            },
            characters: self.characters,
            lines: self.lines,
            columns: self.columns,
            column_gap: COLUMN_GAP,
            head: margin(self.margins.head),
            gutter: margin(self.margins.gutter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Style;
    use WritingMode::{Horizontal, Vertical};

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
        assert_eq!(expected.len(), presets().len());
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
        for preset in presets() {
            let style = Style::preset(&preset.name, preset.writing).expect("it is there");
            for size in [style.note.size, style.small_size, style.caption.size] {
                assert!(size * 4 >= style.size * 3, "{}", preset.name);
            }
        }
    }
}
