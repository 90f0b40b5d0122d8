//! Values as an author writes them: lengths, faces, colours.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::Palette;
use crate::color::Color;
use crate::font::{Family, FontStyle, Weight};
use crate::geom::{Length, WritingMode};

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

impl JsonSchema for Dimension {
    fn schema_name() -> Cow<'static, str> {
        "Length".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let units = UNITS.map(|(name, _)| name).join("|");
        json_schema!({
            "description": "A length with its unit: `13Q`, `22H`, `9pt`, `3.5mm`, `1em`.",
            "type": "string",
            "pattern": format!(r"^\s*([0-9]+\.?|[0-9]*\.[0-9]+)\s*({units})\s*$"),
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

    /// The length as a size of type: parts of an em in whole Q, as type is made; one em
    /// stays what it is.
    pub fn type_size(self, em: Length) -> Length {
        let length = self.length(em);
        match self.unit {
            Unit::Em if length != em => {
                Length::Q * (length + Length::Q / 2).floor_div(Length::Q).max(1)
            }
            Unit::Em | Unit::Absolute(_) => length,
        }
    }
}

/// A direction of writing as an author names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Writing {
    /// 横組
    #[default]
    Horizontal,
    /// 縦組
    Vertical,
}

impl From<Writing> for WritingMode {
    fn from(writing: Writing) -> Self {
        match writing {
            Writing::Horizontal => Self::Horizontal,
            Writing::Vertical => Self::Vertical,
        }
    }
}

/// Something that title page or colophon says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The title (書名).
    Title,
    /// The subtitle (副題).
    Subtitle,
    /// Editions and printings with their days.
    History,
    /// Who made the book, with what they did and how they are read.
    Authors,
    /// The publisher (発行所).
    Publisher,
    /// The printer (印刷所).
    Printer,
    /// The binder (製本所).
    Binder,
    /// Where to write to (連絡先).
    Contact,
    /// The price (定価).
    Price,
    /// The ISBN with its C code.
    Isbn,
    /// Who holds which rights.
    Rights,
    /// Notices: what must not be copied, what is exchanged.
    Notice,
}

/// A family and a weight as an author names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// 明朝体
    Mincho,
    /// 明朝体, bold.
    MinchoBold,
    /// ゴシック体
    Gothic,
    /// ゴシック体, bold.
    GothicBold,
    /// The faces for code.
    Mono,
    /// The faces for code, bold.
    MonoBold,
}

impl From<Face> for FontStyle {
    fn from(face: Face) -> Self {
        let (family, weight) = match face {
            Face::Mincho => (Family::Mincho, Weight::Regular),
            Face::MinchoBold => (Family::Mincho, Weight::Bold),
            Face::Gothic => (Family::Gothic, Weight::Regular),
            Face::GothicBold => (Family::Gothic, Weight::Bold),
            Face::Mono => (Family::Mono, Weight::Regular),
            Face::MonoBold => (Family::Mono, Weight::Bold),
        };
        Self { family, weight }
    }
}

/// A colour of the palette by its name, or one of its own, `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Ink {
    /// Black, the colour of text.
    Text,
    /// [`Palette::muted`].
    Muted,
    /// [`Palette::accent`].
    Accent,
    /// [`Palette::ground`].
    Ground,
    /// [`Palette::rule`].
    Rule,
    /// A colour of its own.
    Own(Color),
}

/// The colours of the palette by their names.
const INKS: [(&str, Ink); 5] = [
    ("text", Ink::Text),
    ("muted", Ink::Muted),
    ("accent", Ink::Accent),
    ("ground", Ink::Ground),
    ("rule", Ink::Rule),
];

impl TryFrom<String> for Ink {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if let Some((_, ink)) = INKS.iter().find(|(name, _)| *name == text) {
            return Ok(*ink);
        }
        let own = Color::try_from(text).map_err(|fault| {
            let names: Vec<&str> = INKS.iter().map(|(name, _)| *name).collect();
            format!("{fault}, nor one of {}", names.join(", "))
        })?;
        Ok(Self::Own(own))
    }
}

impl JsonSchema for Ink {
    fn schema_name() -> Cow<'static, str> {
        "Ink".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let names = INKS.map(|(name, _)| name);
        let own = generator.subschema_for::<Color>();
        json_schema!({
            "description": "A colour of the palette by its name, or one of its own.",
            "anyOf": [{ "enum": names }, own],
        })
    }
}

impl Ink {
    /// The colour, where a palette is given.
    pub fn color(self, palette: &Palette) -> Color {
        match self {
            Self::Text => Color::BLACK,
            Self::Muted => palette.muted,
            Self::Accent => palette.accent,
            Self::Ground => palette.ground,
            Self::Rule => palette.rule,
            Self::Own(color) => color,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn sizes_in_em_are_whole_q() {
        let size = |text: &str, em| {
            let read = Dimension::try_from(text.to_owned());
            read.expect("it is right").type_size(em)
        };
        assert_eq!(size("1.35em", Length::Q * 13), Length::Q * 18);
        assert_eq!(size("0.85em", Length::Q * 12), Length::Q * 10);
        assert_eq!(size("1em", Length::PT * 9), Length::PT * 9);
        assert_eq!(size("8.5pt", Length::Q * 13), Length::PT * 17 / 2);
    }

    #[test]
    fn inks_are_names_or_colours() {
        let palette = Palette { accent: Color::gray(9), ..Palette::default() };
        let color =
            |text: &str| Ink::try_from(text.to_owned()).map(|ink| ink.color(&palette));
        assert_eq!(color("accent"), Ok(Color::gray(9)));
        assert_eq!(color("#070707"), Ok(Color::gray(7)));
        let fault = color("blue").expect_err("no such colour");
        assert!(fault.ends_with("nor one of text, muted, accent, ground, rule"));
    }
}
