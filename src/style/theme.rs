//! Themes, which are data: what a book does not say of its look.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Config, StyleError};
use crate::geom::WritingMode;

/// What all themes stand on: every value is given.
const BASE: &str = include_str!("themes/base.yaml");

/// The themes by their names.
const THEMES: [(&str, &str); 3] = [
    ("bungei", include_str!("themes/bungei.yaml")),
    ("gijutsu", include_str!("themes/gijutsu.yaml")),
    ("kiji", include_str!("themes/kiji.yaml")),
];

/// A theme: what it says in both directions of writing, and in each.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Theme {
    /// In both.
    pub common: Config,
    /// In horizontal lines (横組).
    pub horizontal: Config,
    /// In vertical lines (縦組).
    pub vertical: Config,
}

impl Theme {
    fn read(text: &str) -> Self {
        serde_saphyr::from_str(text).expect("a test reads the themes")
    }

    /// What it says in a direction of writing.
    fn of(&self, writing: WritingMode) -> Config {
        let own = match writing {
            WritingMode::Horizontal => &self.horizontal,
            WritingMode::Vertical => &self.vertical,
        };
        own.clone().over(self.common.clone())
    }
}

/// All themes with their names.
pub fn themes() -> &'static [(&'static str, Theme)] {
    static READ: LazyLock<Vec<(&str, Theme)>> =
        LazyLock::new(|| THEMES.map(|(name, text)| (name, Theme::read(text))).into());
    &READ
}

fn base() -> &'static Theme {
    static READ: LazyLock<Theme> = LazyLock::new(|| Theme::read(BASE));
    &READ
}

/// The theme of a book that names none.
fn usual_name(writing: WritingMode) -> &'static str {
    match writing {
        WritingMode::Horizontal => "gijutsu",
        WritingMode::Vertical => "bungei",
    }
}

/// What a book says, with the name of its theme.
pub(super) fn complete(
    config: &Config,
    writing: WritingMode,
) -> Result<Config, StyleError> {
    let mut said = config.clone();
    let name = said.theme.get_or_insert_with(|| usual_name(writing).to_owned());
    if themes().iter().any(|(known, _)| known == name) {
        return Ok(said);
    }
    let names: Vec<&str> = themes().iter().map(|(name, _)| *name).collect();
    Err(StyleError {
        key: "theme".to_owned(),
        message: format!("there is no theme `{name}`"),
        hint: format!("there are {}", names.join(", ")),
    })
}

/// What a book that says nothing says.
pub(super) fn usual(writing: WritingMode) -> Config {
    let theme = Some(usual_name(writing).to_owned());
    Config { theme, ..Config::default() }
}

/// What a book says, over what its theme says, over what all themes stand on.
pub(super) fn layered(said: &Config, writing: WritingMode) -> Config {
    let name = said.theme.as_deref();
    let theme = themes().iter().find(|(known, _)| Some(*known) == name);
    let below = theme.map_or_else(Config::default, |(_, theme)| theme.of(writing));
    said.clone().over(below).over(base().of(writing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_book_says_stands_over_its_theme() {
        let said: Config = serde_json::from_str(
            r#"{"theme": "bungei", "headings": {"h1": {"lines": 3}}}"#,
        )
        .expect("it is right");
        for writing in [WritingMode::Horizontal, WritingMode::Vertical] {
            let theme =
                layered(&Config { theme: said.theme.clone(), ..usual(writing) }, writing);
            let all = layered(&said, writing);
            assert_eq!(all.headings.h1.lines, Some(3));
            assert_eq!(all.headings.h1.font, theme.headings.h1.font);
            assert_eq!(all.headings.h2, theme.headings.h2);
        }
    }

    #[test]
    fn themes_leave_the_page_to_presets() {
        for (name, theme) in themes() {
            for writing in [WritingMode::Horizontal, WritingMode::Vertical] {
                let Config { trim, font_size, line_feed, characters, lines, .. } =
                    theme.of(writing);
                assert!(
                    trim.is_none() && characters.is_none() && lines.is_none(),
                    "{name}"
                );
                assert!(font_size.is_none() && line_feed.is_none(), "{name}");
            }
        }
    }
}
