//! What a book may say of its style, and the style that follows.

use serde::Deserialize;

use super::line::LineConfig;
use super::{PRESETS, Style, preset};
use crate::geom::{Length, LogicalSize, Size, WritingMode};

/// The settings under `style` in `book.yaml`; what is not given comes from the preset.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The name of a page preset.
    pub preset: Option<String>,
    /// The finished size of the page (判型), where no preset has it.
    pub trim: Option<TrimConfig>,
    /// The size of the text (文字サイズ).
    pub font_size: Option<Dimension>,
    /// From line to line (行送り).
    pub line_feed: Option<Dimension>,
    /// Characters in a line (字詰め).
    pub characters: Option<u32>,
    /// Lines on a page (行数).
    pub lines: Option<u32>,
    /// Columns on a page (段数).
    pub columns: Option<u32>,
    /// Where the type area stands.
    pub margins: MarginConfig,
    /// The rules of line composition.
    pub line: LineConfig,
}

/// A size of page.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TrimConfig {
    /// Its width.
    pub width: Dimension,
    /// Its height.
    pub height: Dimension,
}

/// Margins; a margin that is not given shares what the type area leaves as in the preset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MarginConfig {
    /// Above the type area (天).
    pub head: Option<Dimension>,
    /// On the side of the binding (のど).
    pub gutter: Option<Dimension>,
}

/// A length as an author writes it: `13Q`, `22H`, `9pt`, `3.5mm`, `1em`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct Dimension {
    value: f64,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Absolute(Length),
    Em,
}

/// The units by their names.
const UNITS: [(&str, Unit); 6] = [
    ("Q", Unit::Absolute(Length::Q)),
    ("H", Unit::Absolute(Length::Q)),
    ("pt", Unit::Absolute(Length::PT)),
    ("mm", Unit::Absolute(Length::MM)),
    ("em", Unit::Em),
    ("字", Unit::Em),
];

/// The longest length that a setting may have.
const LONGEST: f64 = 10_000.0;

impl TryFrom<String> for Dimension {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let trimmed = text.trim();
        let parsed = UNITS.iter().find_map(|(name, unit)| {
            let value: f64 = trimmed.strip_suffix(name)?.trim().parse().ok()?;
            (0.0..LONGEST).contains(&value).then_some(Self { value, unit: *unit })
        });
        parsed.ok_or_else(|| {
            format!("`{text}` is not a length like `13Q`, `22H`, `9pt`, `3.5mm` or `1em`")
        })
    }
}

impl Dimension {
    /// The length, where an em has a size.
    pub fn length(self, em: Length) -> Length {
        match self.unit {
            Unit::Absolute(unit) => Length::scaled(unit, self.value),
            Unit::Em => Length::scaled(em, self.value),
        }
    }
}

/// What is wrong with a [`Config`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleError {
    /// The key at fault.
    pub key: &'static str,
    /// What is wrong: one sentence, lower case, without a final dot.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

fn error(
    key: &'static str,
    message: String,
    hint: impl Into<String>,
) -> Result<Style, StyleError> {
    Err(StyleError { key, message, hint: hint.into() })
}

/// The smallest and the largest size of text, and the smallest margin.
const SIZES: (Length, Length) = (Length(Length::Q.0 * 5), Length(Length::Q.0 * 100));
const LEAST_MARGIN: Length = Length(Length::MM.0 * 3);

impl Style {
    /// The style that a book asks for.
    ///
    /// # Errors
    /// Fails where there is no such preset and where the type area does not fit the page.
    pub fn from_config(
        config: &Config,
        writing: WritingMode,
    ) -> Result<Self, StyleError> {
        let preset = match &config.preset {
            None => preset::of_writing(writing),
            Some(name) => match preset::find(name, writing) {
                Some(preset) => preset,
                None => return unknown_preset(name, writing),
            },
        };
        let base = preset.style();
        let size = config.font_size.map_or(base.size, |size| size.length(base.size));
        if size < SIZES.0 || size > SIZES.1 {
            let given = number(size, Length::Q);
            return error(
                "font-size",
                format!("text of {given}Q cannot be set"),
                "give a size between 5Q and 100Q",
            );
        }
        let feed = match config.line_feed {
            Some(feed) => feed.length(size),
            None => base.feed.ratio(size.0, base.size.0),
        };
        if feed < size || feed > size * 5 {
            let (least, most) = (number(size, Length::Q), number(size * 5, Length::Q));
            return error(
                "line-feed",
                format!("lines of {least}Q cannot be {}H apart", number(feed, Length::Q)),
                format!(
                    "give a feed between {least}H and {most}H; {}H is usual",
                    number(size.ratio(17, 10), Length::Q)
                ),
            );
        }
        let mut page = base.page.clone();
        if let Some(trim) = config.trim {
            page.trim = Size {
                width: trim.width.length(size),
                height: trim.height.length(size),
            };
        }
        page.columns = config.columns.unwrap_or(page.columns);
        let mut style = preset::with_text(page, writing, size, feed);
        style.rules = config.line.rules();
        fill(&mut style, config, &base)?;
        Ok(style)
    }
}

/// Sets characters, lines and margins: those that are given, else as many and as large as
/// the preset's share of the page has room for.
fn fill(style: &mut Style, config: &Config, base: &Style) -> Result<(), StyleError> {
    let same = style.page.trim == base.page.trim
        && style.size == base.size
        && style.feed == base.feed
        && style.page.columns == base.page.columns;
    if !same {
        let share = base.writing.logical_size(base.page.trim);
        let trim = base.writing.logical_size(style.page.trim);
        let area = base.type_area();
        let room = LogicalSize {
            inline: trim.inline.ratio(area.inline.0, share.inline.0.max(1)),
            block: trim.block.ratio(area.block.0, share.block.0.max(1)),
        };
        (style.page.characters, style.page.lines) = fitting(style, room);
    }
    style.page.characters = config.characters.unwrap_or(style.page.characters);
    style.page.lines = config.lines.unwrap_or(style.page.lines);
    check_counts(style)?;
    place(style, config, base);
    check_margins(style)
}

/// The characters and lines of a column that fit a room for the type area.
fn fitting(style: &Style, room: LogicalSize) -> (u32, u32) {
    let columns = i64::from(style.page.columns.max(1));
    let line = (room.inline - style.page.column_gap * (columns - 1)) / columns;
    let gap = style.feed - style.size;
    let count = |number: i64| u32::try_from(number.max(1)).unwrap_or(1);
    (count(line.floor_div(style.size)), count((room.block + gap).floor_div(style.feed)))
}

/// Finds whether the type area fits the page with the least of margins.
fn check_counts(style: &Style) -> Result<(), StyleError> {
    let trim = style.writing.logical_size(style.page.trim);
    let room = LogicalSize {
        inline: trim.inline - LEAST_MARGIN * 2,
        block: trim.block - LEAST_MARGIN * 2,
    };
    let (characters, lines) = fitting(style, room);
    let page = &style.page;
    let checks = [
        ("columns", page.columns, 4),
        ("characters", page.characters, characters),
        ("lines", page.lines, lines),
    ];
    for (key, given, most) in checks {
        if given == 0 || given > most {
            let message = format!("{given} {key} do not fit the page");
            let hint = match most {
                1 => "give 1".to_owned(),
                most => format!("give a number between 1 and {most}"),
            };
            return Err(StyleError { key, message, hint });
        }
    }
    let area = style.type_area();
    if area.inline > room.inline || area.block > room.block {
        let message = "the text does not fit the page".to_owned();
        let hint = "choose a larger page, smaller text or fewer columns".to_owned();
        return Err(StyleError { key: "trim", message, hint });
    }
    Ok(())
}

/// Places the type area: margins that are given, else in the preset's proportion.
fn place(style: &mut Style, config: &Config, base: &Style) {
    let area = style.writing.size(style.type_area());
    let was = base.margins();
    let free = style.page.trim.height - area.height;
    let head = free.ratio(was.head.0, (was.head + was.foot).0.max(1));
    let free = style.page.trim.width - area.width;
    let gutter = free.ratio(was.gutter.0, (was.gutter + was.fore_edge).0.max(1));
    let given =
        |margin: Option<Dimension>, other| margin.map_or(other, |m| m.length(style.size));
    let (head, gutter) =
        (given(config.margins.head, head), given(config.margins.gutter, gutter));
    style.page.head = head;
    style.page.gutter = gutter;
}

/// Finds whether margins that are given leave room for those across the type area.
fn check_margins(style: &Style) -> Result<(), StyleError> {
    let margins = style.margins();
    let pairs = [
        ("head", margins.head, margins.foot),
        ("gutter", margins.gutter, margins.fore_edge),
    ];
    for (key, near, far) in pairs {
        if far < Length::ZERO || near < Length::ZERO {
            let most = number(near + far, Length::MM);
            let message = format!(
                "a margin of {}mm pushes the text off the page",
                number(near, Length::MM)
            );
            let hint = format!("{most}mm are left for both margins together");
            return Err(StyleError { key, message, hint });
        }
    }
    Ok(())
}

fn unknown_preset(name: &str, writing: WritingMode) -> Result<Style, StyleError> {
    let names: Vec<&str> = PRESETS
        .iter()
        .filter(|preset| preset.writing == writing)
        .map(|preset| preset.name)
        .collect();
    let direction = match writing {
        WritingMode::Horizontal => "horizontal",
        WritingMode::Vertical => "vertical",
    };
    error(
        "preset",
        format!("there is no page preset `{name}` for {direction} writing"),
        format!("there are {}", names.join(", ")),
    )
}

/// A length in a unit with at most two digits after the dot.
fn number(length: Length, unit: Length) -> String {
    let hundredths = length.ratio(100, unit.0).0;
    format!("{}", hundredths as f64 / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::{Breaking, Preset, Rules};
    use WritingMode::{Horizontal, Vertical};

    fn read(json: &str) -> Config {
        serde_json::from_str(json).expect("the test's settings can be read")
    }

    fn style(json: &str, writing: WritingMode) -> Result<Style, StyleError> {
        Style::from_config(&read(json), writing)
    }

    #[test]
    fn nothing_said_gives_the_preset_of_the_direction() {
        for (writing, name) in [(Horizontal, "a5"), (Vertical, "bunko")] {
            let preset = Style::preset(name, writing).expect("the preset is there");
            assert_eq!(style("{}", writing), Ok(preset));
        }
    }

    #[test]
    fn lengths_have_units() {
        let length = |text: &str| {
            Dimension::try_from(text.to_owned())
                .map(|dimension| dimension.length(Length::Q * 12))
        };
        assert_eq!(length("13Q"), Ok(Length::Q * 13));
        assert_eq!(length("22 H"), Ok(Length::Q * 22));
        assert_eq!(length("9pt"), Ok(Length::PT * 9));
        assert_eq!(length("3.5mm"), Ok(Length::MM * 7 / 2));
        assert_eq!(length("1.5em"), Ok(Length::Q * 18));
        assert_eq!(length("2字"), Ok(Length::Q * 24));
        for wrong in ["13", "Q", "-1mm", "NaNmm", "infmm", "3 cm", "1e9pt", ""] {
            assert!(length(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn larger_text_fills_the_same_share_of_the_page() {
        let style = style(r#"{"font-size": "16Q"}"#, Horizontal).expect("it fits");
        assert_eq!((style.page.characters, style.page.lines), (27, 25));
        let (area, margins) = (style.type_area(), style.margins());
        let width = margins.gutter + area.inline + margins.fore_edge;
        assert_eq!(width, style.page.trim.width);
        assert!(margins.gutter > margins.fore_edge);
    }

    #[test]
    fn what_does_not_fit_is_told_with_what_would() {
        let wrong = style(r#"{"characters": 60}"#, Horizontal).expect_err("too many");
        assert_eq!(wrong.key, "characters");
        assert_eq!(wrong.hint, "give a number between 1 and 43");
        let wrong = style(r#"{"margins": {"head": "190mm"}}"#, Horizontal);
        assert_eq!(
            wrong.expect_err("too far").hint,
            "41.75mm are left for both margins together"
        );
        let wrong = style(r#"{"preset": "bunko"}"#, Horizontal).expect_err("vertical");
        assert_eq!(wrong.hint, "there are a5, b5, b5-columns, a4");
        let wrong = style(r#"{"line-feed": "5H"}"#, Horizontal).expect_err("too tight");
        assert_eq!(wrong.key, "line-feed");
        assert!(style(r#"{"columns": 0}"#, Horizontal).is_err());
        assert!(style(r#"{"lines": 0}"#, Horizontal).is_err());
        assert!(style(r#"{"font-size": "0mm"}"#, Horizontal).is_err());
    }

    #[test]
    fn rules_of_the_line_begin_with_a_preset() {
        let rules = |json| style(json, Horizontal).expect("it fits").rules;
        assert_eq!(rules("{}"), Preset::Books.rules());
        let novel = rules(r#"{"line": {"preset": "novel", "breaking": "optimum"}}"#);
        let expected = Rules {
            breaking: Breaking::Optimum,
            ..Preset::Novel.rules()
        };
        assert_eq!(novel, expected);
    }

    #[test]
    fn margins_and_trim_can_be_given() {
        let style = style(
            r#"{"trim": {"width": "107mm", "height": "175mm"}, "preset": "shinsho",
                "margins": {"head": "18mm", "gutter": "14mm"}}"#,
            Vertical,
        );
        let style = style.expect("it fits");
        assert_eq!(style.page.trim.width, Length::MM * 107);
        assert_eq!(style.margins().head, Length::MM * 18);
    }
}
