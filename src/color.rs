//! Colours; the style names them and the display list draws with them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

/// A colour for the screen: a level of red, green and blue; equal levels are a gray.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Color {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

/// The inks that a press prints with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Inks {
    /// Black alone (モノクロ): colours become grays.
    #[default]
    Gray,
    /// Cyan, magenta, yellow and black (4色).
    Cmyk,
}

impl Color {
    /// The colour of text.
    pub const BLACK: Self = Self::gray(0);

    /// A gray from black (0) to white (255).
    pub const fn gray(level: u8) -> Self {
        Self { red: level, green: level, blue: level }
    }

    /// The same colour with each level lower by a number.
    #[must_use]
    pub fn darker(self, by: u8) -> Self {
        let Self { red, green, blue } = self;
        let [red, green, blue] = [red, green, blue].map(|level| level.saturating_sub(by));
        Self { red, green, blue }
    }

    /// The gray that is as light as this colour (ITU-R BT.601), for what is printed in
    /// black alone.
    #[must_use]
    pub fn to_gray(self) -> Self {
        let Self { red, green, blue } = self;
        let [red, green, blue] = [red, green, blue].map(u32::from);
        let level = (299 * red + 587 * green + 114 * blue + 500) / 1000;
        Self::gray(u8::try_from(level).unwrap_or(u8::MAX))
    }
}

impl TryFrom<String> for Color {
    type Error = String;

    /// Reads `#rrggbb`.
    fn try_from(text: String) -> Result<Self, String> {
        let digits = text.trim().strip_prefix('#').filter(|digits| {
            digits.len() == 6 && digits.chars().all(|ch| ch.is_ascii_hexdigit())
        });
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let Some(number) = number else {
            return Err(format!("`{text}` is not a colour like `#1b5e8c`"));
        };
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self { red, green, blue })
    }
}

impl JsonSchema for Color {
    fn schema_name() -> Cow<'static, str> {
        "Color".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A colour: `#1b5e8c`.",
            "type": "string",
            "pattern": r"^\s*#[0-9a-fA-F]{6}\s*$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_six_digits() {
        let read = |text: &str| Color::try_from(text.to_owned());
        assert_eq!(read("#1b5e8C"), Ok(Color { red: 0x1b, green: 0x5e, blue: 0x8c }));
        for wrong in ["1b5e8c", "#fff", "#1b5e8g", "", "#+12345", "#é1234"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn grays_stay_as_they_are() {
        for level in [0, 1, 127, 243, 255] {
            assert_eq!(Color::gray(level).to_gray(), Color::gray(level));
        }
        let blue = Color { red: 0x1b, green: 0x5e, blue: 0x8c };
        assert_eq!(blue.to_gray(), Color::gray(79));
    }
}
