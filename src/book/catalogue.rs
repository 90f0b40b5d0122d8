//! What catalogues are told of a book beside title and authors: series, subjects, other
//! identifiers, names in other scripts, and what its makers claim of its accessibility.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::metadata::Checker;
use crate::model::{Alternate, Conformance, Series, Subject, is_language_tag};
use crate::yaml::{self, Spanned};

/// A name in other scripts or languages, by their tags (BCP 47).
pub type AlternateScript = BTreeMap<String, String>;

/// The series that a book belongs to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SeriesConfig {
    /// The name.
    pub name: String,
    /// How the name is read, in katakana.
    pub reading: Option<String>,
    /// Which book of the series this is, from 1.
    #[schemars(range(min = 1))]
    pub position: Option<Spanned<u32>>,
}

/// A word to find a book by: the word alone, or a mapping.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case", transform = yaml::or_text)]
pub struct SubjectConfig {
    /// The word.
    pub name: String,
    /// The system of subjects that `term` is from, and its code in that.
    #[schemars(with = "Option<SubjectCode>")]
    pub code: Option<(Spanned<String>, String)>,
}

/// The mapping form of [`SubjectConfig`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SubjectMap {
    name: String,
    code: Option<SubjectCode>,
}

/// A code of a system of subjects.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SubjectCode {
    /// The system: a name, or a web address.
    #[schemars(schema_with = "authorities")]
    authority: Spanned<String>,
    /// The code in it.
    term: String,
}

impl From<String> for SubjectMap {
    fn from(name: String) -> Self {
        Self { name, code: None }
    }
}

impl<'de> Deserialize<'de> for SubjectConfig {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let SubjectMap { name, code } = yaml::text_or_map(deserializer)?;
        let code = code.map(|SubjectCode { authority, term }| (authority, term));
        Ok(Self { name, code })
    }
}

impl From<String> for SubjectConfig {
    fn from(name: String) -> Self {
        Self { name, code: None }
    }
}

/// What the makers of a book claim of its accessibility. The rest is computed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct AccessibilityConfig {
    /// The level of WCAG that somebody has found the book to keep.
    #[schemars(schema_with = "levels")]
    pub conforms_to: Option<Spanned<String>>,
    /// Who has found it.
    pub certified_by: Option<String>,
    /// What entitles them to.
    pub certifier_credential: Option<String>,
    /// The web address of what they have found.
    pub certifier_report: Option<String>,
    /// What there is to say about the accessibility of the book, in place of what is
    /// computed.
    pub summary: Option<String>,
}

/// The versions and the levels of WCAG, with their names in a claim.
#[rustfmt::skip]
const WCAG: [(&str, &str); 9] = [
    ("wcag-2.0-a", "WCAG 2.0 Level A"),
    ("wcag-2.0-aa", "WCAG 2.0 Level AA"),
    ("wcag-2.0-aaa", "WCAG 2.0 Level AAA"),
    ("wcag-2.1-a", "WCAG 2.1 Level A"),
    ("wcag-2.1-aa", "WCAG 2.1 Level AA"),
    ("wcag-2.1-aaa", "WCAG 2.1 Level AAA"),
    ("wcag-2.2-a", "WCAG 2.2 Level A"),
    ("wcag-2.2-aa", "WCAG 2.2 Level AA"),
    ("wcag-2.2-aaa", "WCAG 2.2 Level AAA"),
];

/// Systems of subjects that EPUB 3.3 has names for; others are named by a web address.
const AUTHORITIES: [&str; 13] = [
    "AAT", "BIC", "BISAC", "CLC", "DDC", "CLIL", "EuroVoc", "MEDTOP", "LCSH", "NDC",
    "Thema", "UDC", "WGS",
];

fn levels(_: &mut SchemaGenerator) -> Schema {
    let names = WCAG.iter().map(|(name, _)| Some(*name)).chain([None]);
    json_schema!({ "enum": names.collect::<Vec<_>>() })
}

fn authorities(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "anyOf": [
        { "enum": AUTHORITIES },
        { "type": "string", "pattern": "^http" },
    ] })
}

impl Checker<'_> {
    /// The series with its position.
    pub(super) fn series(&mut self, series: &SeriesConfig) -> Series {
        let position = series.position.as_ref().filter(|position| {
            let counted = position.value > 0;
            if !counted {
                let message = "`position` cannot be 0".to_string();
                let hint = "the first book of a series is 1".to_string();
                self.bad(position, message, hint);
            }
            counted
        });
        Series {
            name: series.name.clone(),
            reading: series.reading.clone(),
            position: position.map(|position| position.value),
        }
    }

    /// A subject, with its code where that has an authority.
    pub(super) fn subject(&mut self, subject: &SubjectConfig) -> Subject {
        let code = subject.code.as_ref().filter(|(authority, _)| {
            let name = authority.value.as_str();
            let known = AUTHORITIES.contains(&name) || name.starts_with("http");
            if !known {
                let message = format!("unknown authority `{name}`");
                self.bad(authority, message, yaml::hint_for(name, &AUTHORITIES));
            }
            known
        });
        Subject {
            name: subject.name.clone(),
            code: code.map(|(authority, term)| (authority.value.clone(), term.clone())),
        }
    }

    /// A name in other scripts, by their tags.
    pub(super) fn alternates(
        &mut self,
        names: Option<&Spanned<AlternateScript>>,
    ) -> Vec<Alternate> {
        let Some(names) = names else { return Vec::new() };
        let mut alternates = Vec::new();
        let given = names.value.iter().filter(|(_, text)| !text.trim().is_empty());
        for (language, text) in given {
            if is_language_tag(language) {
                let (language, text) = (language.clone(), text.clone());
                alternates.push(Alternate { language, text });
            } else {
                let message = format!("`{language}` is not a language tag");
                self.bad(
                    names,
                    message,
                    "write `en`, `ja-Latn` or `ja-Hrkt`".to_string(),
                );
            }
        }
        alternates
    }

    /// The claim that a level of WCAG is kept, which must have somebody who makes it.
    pub(super) fn conformance(
        &mut self,
        config: &AccessibilityConfig,
    ) -> Option<Conformance> {
        let claim = config.conforms_to.as_ref()?;
        let known = WCAG.iter().find(|(key, _)| *key == claim.value);
        let Some((_, name)) = known else {
            let names: Vec<&str> = WCAG.iter().map(|(key, _)| *key).collect();
            let message = format!("there is no level `{}`", claim.value);
            self.bad(claim, message, yaml::hint_for(&claim.value, &names));
            return None;
        };
        let Some(certified_by) = config.certified_by.clone() else {
            let message =
                "a claim of conformance needs somebody who makes it".to_string();
            let hint = "name those who have reviewed the book in `certified-by`";
            self.bad(claim, message, hint.to_string());
            return None;
        };
        Some(Conformance {
            standard: format!("EPUB Accessibility 1.1 - {name}"),
            certified_by,
            credential: config.certifier_credential.clone(),
            report: config.certifier_report.clone(),
        })
    }
}
