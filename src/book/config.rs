//! `book.yaml` as typed values.

use std::num::NonZeroU32;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::catalogue::{
    AccessibilityConfig, AlternateScript, SeriesConfig, SubjectConfig,
};
use super::edition::HandoutConfig;
use crate::model::resolve::Numbering;
use crate::model::{ReferenceKind, SectionKind};
use crate::numeral::Pattern;
use crate::press;
use crate::standard::Standard;
use crate::style::{self, Writing};
use crate::yaml::{self, Spanned};

/// What `book.yaml` says.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(rename = "Book")]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The title (書名).
    pub title: String,
    /// How the title is read, in katakana.
    pub title_reading: Option<String>,
    /// The title in other scripts or languages.
    pub title_alternate_script: Option<Spanned<AlternateScript>>,
    /// A shorter title.
    pub short_title: Option<String>,
    /// The subtitle (副題).
    pub subtitle: Option<String>,
    /// How the subtitle is read, in katakana.
    pub subtitle_reading: Option<String>,
    /// The series that it belongs to (叢書).
    pub series: Option<SeriesConfig>,
    /// Who made the book, in the order of the title page.
    #[serde(default)]
    pub authors: Vec<Author>,
    /// The language as a BCP 47 tag; `ja` where nothing is said.
    pub language: Option<Spanned<String>>,
    /// An ISBN, a DOI, any URN or web address; a UUID of title and first author where
    /// nothing is said.
    pub identifier: Option<Spanned<String>>,
    /// What else it is known by.
    #[serde(default)]
    pub other_identifiers: Vec<Spanned<String>>,
    /// The publisher (発行所).
    pub publisher: Option<String>,
    /// How the publisher is read, in katakana.
    pub publisher_reading: Option<String>,
    /// The publisher in other scripts or languages.
    pub publisher_alternate_script: Option<Spanned<AlternateScript>>,
    /// The day of publication, `YYYY-MM-DD`.
    pub published: Option<Spanned<String>>,
    /// The edition (版).
    pub edition: Option<String>,
    /// Editions and printings with their dates, for the colophon.
    #[serde(default)]
    pub history: Vec<String>,
    /// The printer (印刷所).
    pub printer: Option<String>,
    /// The binder (製本所).
    pub binder: Option<String>,
    /// The price (定価).
    pub price: Option<String>,
    /// The C code (分類コード).
    pub c_code: Option<String>,
    /// Who holds which rights.
    pub rights: Option<String>,
    /// Notices of the colophon.
    pub notice: Option<String>,
    /// Where to write to.
    pub contact: Option<String>,
    /// What the book is about.
    pub description: Option<String>,
    /// What it is made from, like the printed book.
    pub source: Option<String>,
    /// Words to find it by.
    #[serde(default)]
    pub subjects: Vec<SubjectConfig>,
    /// What its makers claim of its accessibility.
    #[serde(default)]
    pub accessibility: AccessibilityConfig,
    /// The image of the cover; a typographic cover where nothing is said.
    pub cover: Option<Spanned<String>>,
    /// The direction of writing.
    #[serde(default)]
    pub writing: Writing,
    /// Parts and chapters in the order of reading.
    pub chapters: Vec<Spanned<EntryConfig>>,
    /// The file of the list of references: YAML, BibTeX (`.bib`) or CSL-JSON (`.json`).
    pub references: Option<Spanned<String>>,
    /// The name of a citation style, or a CSL file.
    pub citation_style: Option<Spanned<String>>,
    /// The deepest level of headings in the contents; 2 where nothing is said.
    #[schemars(range(min = 1, max = 6))]
    pub contents_depth: Option<Spanned<u8>>,
    /// The lists that follow the contents.
    #[serde(default)]
    pub lists: Vec<ListConfig>,
    /// Whether a half title stands before the title page.
    #[serde(default)]
    pub half_title: bool,
    /// How parts and headings are numbered; not at all where nothing is said.
    #[serde(default)]
    pub numbering: NumberingConfig,
    /// How the book looks.
    pub style: Option<Spanned<style::Config>>,
    /// The book's own fonts.
    #[serde(default)]
    pub fonts: FontsConfig,
    /// What is made; EPUB and PDF where nothing is said.
    pub outputs: Option<OutputsConfig>,
}

/// A list that follows the contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(rename = "ListOf")]
#[serde(rename_all = "kebab-case")]
pub enum ListConfig {
    /// 図目次
    Figures,
    /// 表目次
    Tables,
    /// Code listings.
    Listings,
}

impl From<ListConfig> for ReferenceKind {
    fn from(list: ListConfig) -> Self {
        match list {
            ListConfig::Figures => Self::Figure,
            ListConfig::Tables => Self::Table,
            ListConfig::Listings => Self::Listing,
        }
    }
}

/// How parts and headings are numbered: `第{一}章`, `{1}.{1}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct NumberingConfig {
    /// Parts.
    pub parts: Option<Pattern>,
    /// Titles of chapters.
    pub h1: Option<Pattern>,
    /// The second level.
    pub h2: Option<Pattern>,
    /// The third level.
    pub h3: Option<Pattern>,
    /// The fourth level.
    pub h4: Option<Pattern>,
    /// The fifth level.
    pub h5: Option<Pattern>,
    /// The sixth level.
    pub h6: Option<Pattern>,
    /// The headings of appendices.
    pub appendices: LevelsConfig,
    /// Whether chapters are counted anew in each part.
    pub restart: bool,
}

/// A pattern for each level of headings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct LevelsConfig {
    /// Titles.
    pub h1: Option<Pattern>,
    /// The second level.
    pub h2: Option<Pattern>,
    /// The third level.
    pub h3: Option<Pattern>,
    /// The fourth level.
    pub h4: Option<Pattern>,
    /// The fifth level.
    pub h5: Option<Pattern>,
    /// The sixth level.
    pub h6: Option<Pattern>,
}

impl From<NumberingConfig> for Numbering {
    fn from(config: NumberingConfig) -> Self {
        let NumberingConfig { parts, h1, h2, h3, h4, h5, h6, appendices, restart } =
            config;
        let LevelsConfig { h1: a1, h2: a2, h3: a3, h4: a4, h5: a5, h6: a6 } = appendices;
        Self {
            parts,
            chapters: [h1, h2, h3, h4, h5, h6],
            appendices: [a1, a2, a3, a4, a5, a6],
            restart,
        }
    }
}

/// Somebody who made the book: a name, or a mapping.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case", transform = yaml::or_text)]
pub struct Author {
    /// The name.
    pub name: String,
    /// How the name is read, in katakana.
    pub reading: Option<String>,
    /// The name in other scripts or languages.
    pub alternate_script: Option<Spanned<AlternateScript>>,
    /// The role as a MARC relator code; `aut` where nothing is said.
    #[schemars(default, schema_with = "roles")]
    pub role: Option<Spanned<String>>,
    /// The file of a profile.
    pub profile: Option<Spanned<String>>,
}

/// The mapping form of [`Author`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AuthorMap {
    name: String,
    reading: Option<String>,
    alternate_script: Option<Spanned<AlternateScript>>,
    role: Option<Spanned<String>>,
    profile: Option<Spanned<String>>,
}

impl From<String> for AuthorMap {
    fn from(name: String) -> Self {
        Self {
            name,
            reading: None,
            alternate_script: None,
            role: None,
            profile: None,
        }
    }
}

impl<'de> Deserialize<'de> for Author {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let AuthorMap { name, reading, alternate_script, role, profile } =
            yaml::text_or_map(deserializer)?;
        Ok(Self { name, reading, alternate_script, role, profile })
    }
}

/// A line of `chapters`: a file, a file with a role, or a part with chapters.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(
    deny_unknown_fields,
    rename = "Entry",
    rename_all = "kebab-case",
    transform = yaml::or_text
)]
pub struct EntryConfig {
    /// The file of a chapter.
    pub file: Option<String>,
    /// What the chapter is to the book.
    pub role: Option<Role>,
    /// The title of a part.
    pub part: Option<String>,
    /// The chapters of a part.
    #[schemars(default)]
    pub chapters: Vec<Spanned<EntryConfig>>,
}

/// The mapping form of [`EntryConfig`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct EntryMap {
    file: Option<String>,
    role: Option<Role>,
    part: Option<String>,
    #[serde(default)]
    chapters: Vec<Spanned<EntryConfig>>,
}

impl From<String> for EntryMap {
    fn from(file: String) -> Self {
        Self {
            file: Some(file),
            role: None,
            part: None,
            chapters: Vec::new(),
        }
    }
}

impl<'de> Deserialize<'de> for EntryConfig {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let EntryMap { file, role, part, chapters } = yaml::text_or_map(deserializer)?;
        Ok(Self { file, role, part, chapters })
    }
}

/// What a chapter is to the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// まえがき
    Preface,
    /// A chapter of the text.
    Chapter,
    /// 付録
    Appendix,
    /// あとがき
    Afterword,
}

impl From<Role> for SectionKind {
    fn from(role: Role) -> Self {
        match role {
            Role::Preface => Self::Preface,
            Role::Chapter => Self::Chapter,
            Role::Appendix => Self::Appendix,
            Role::Afterword => Self::Afterword,
        }
    }
}

/// The book's own fonts by their roles; they stand before the fonts of the program.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct FontsConfig {
    /// Text faces (明朝体).
    pub mincho: WeightsConfig,
    /// Faces without serifs (ゴシック体).
    pub gothic: WeightsConfig,
    /// Faces for code.
    pub mono: WeightsConfig,
}

/// Font files of a family.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct WeightsConfig {
    /// The files for running text, in the order of fallback.
    pub regular: Vec<Spanned<String>>,
    /// The files for bold text, in the order of fallback.
    pub bold: Vec<Spanned<String>>,
}

/// What is made, by name.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct OutputsConfig {
    /// The e-book.
    #[serde(deserialize_with = "yaml::or_default")]
    pub epub: Option<EpubConfig>,
    /// The PDF to read on a screen.
    #[serde(deserialize_with = "yaml::or_default")]
    pub pdf: Option<PdfConfig>,
    /// The PDF for a printer.
    #[serde(deserialize_with = "yaml::spanned_or_default")]
    pub press: Option<Spanned<press::Config>>,
    /// The PDF to hand out on paper.
    #[serde(deserialize_with = "yaml::spanned_or_default")]
    pub handout: Option<Spanned<HandoutConfig>>,
}

/// Options of the e-book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct EpubConfig {
    /// Whether the fonts go into the book; as the profile has it where nothing is said.
    pub fonts: Option<EmbedFonts>,
    /// Whom it is made for.
    pub profile: EpubProfile,
    /// Whether it has an NCX for Kindle and for older readers; as the profile has it where
    /// nothing is said.
    pub ncx: Option<bool>,
    /// The edition whose page breaks are marked; none where nothing is said.
    pub page_list: Option<PageListOf>,
    /// The most that a picture may be; larger ones are made smaller.
    pub max_image: MaxImage,
}

/// An edition whose page breaks an e-book can mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PageListOf {
    /// The PDF to read on a screen.
    Pdf,
    /// The printed book.
    Press,
    /// The PDF to hand out on paper.
    Handout,
}

impl PageListOf {
    /// The name of the output that the edition is.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Press => "press",
            Self::Handout => "handout",
        }
    }
}

/// The most that a picture of the e-book may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MaxImage {
    /// Pixels of the longer side.
    pub pixels: Option<NonZeroU32>,
    /// Bytes of the file.
    pub bytes: Option<NonZeroU32>,
}

/// Whom the e-book is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EpubProfile {
    /// All stores and readers.
    #[default]
    General,
    /// Those who ask for the guide of EBPAJ (電書協ガイド).
    Ebpaj,
}

/// Whether the fonts go into the e-book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EmbedFonts {
    /// The characters that are used.
    Embed,
    /// The reader's fonts are used.
    None,
}

/// Options of the PDF to read on a screen.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct PdfConfig {
    /// The standards that the file keeps: one, a list, or `none`.
    pub standard: Option<Spanned<StandardNames>>,
    /// Whether the texts that the book is made of go into the file.
    pub attach_source: Option<Spanned<bool>>,
}

/// One name of a standard or a list of them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct StandardNames(
    /// The names.
    #[serde(deserialize_with = "yaml::text_or_list")]
    #[schemars(schema_with = "standards")]
    pub Vec<String>,
);

fn standards(_: &mut SchemaGenerator) -> Schema {
    let names = Standard::NAMES.map(|(name, _)| name);
    let alone = [&names[..], &["none"]].concat();
    json_schema!({ "anyOf": [
        { "enum": alone },
        { "type": "array", "items": { "enum": names } },
    ] })
}

/// The front matter of an article that is a book of its own: the keys of a chapter's front
/// matter and of `book.yaml` together, without `chapters`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "Article")]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ArticleConfig {
    /// The title; the first heading, else the name of the file, where nothing is said.
    pub title: Option<String>,
    /// As in [`Config`].
    pub title_reading: Option<String>,
    /// As in [`Config`].
    pub subtitle: Option<String>,
    /// The title in running heads.
    pub short_title: Option<String>,
    /// As in [`Config`].
    #[serde(default)]
    pub authors: Vec<Author>,
    /// One author, in place of `authors`.
    pub author: Option<Author>,
    /// The day it was written, `YYYY-MM-DD`.
    pub date: Option<Spanned<String>>,
    /// Words to find it by.
    #[serde(default)]
    pub tags: Vec<String>,
    /// What it says, in short.
    pub summary: Option<String>,
    /// As in [`Config`].
    pub language: Option<Spanned<String>>,
    /// As in [`Config`].
    pub identifier: Option<Spanned<String>>,
    /// As in [`Config`].
    pub publisher: Option<String>,
    /// As in [`Config`].
    pub published: Option<Spanned<String>>,
    /// As in [`Config`].
    pub rights: Option<String>,
    /// As in [`Config`].
    pub contact: Option<String>,
    /// As in [`Config`].
    pub description: Option<String>,
    /// As in [`Config`].
    pub source: Option<String>,
    /// As in [`Config`].
    #[serde(default)]
    pub accessibility: AccessibilityConfig,
    /// As in [`Config`].
    pub cover: Option<Spanned<String>>,
    /// As in [`Config`].
    #[serde(default)]
    pub writing: Writing,
    /// As in [`Config`].
    pub references: Option<Spanned<String>>,
    /// As in [`Config`].
    pub citation_style: Option<Spanned<String>>,
    /// As in [`Config`].
    #[serde(default)]
    pub numbering: NumberingConfig,
    /// As in [`Config`].
    pub style: Option<Spanned<style::Config>>,
    /// As in [`Config`].
    #[serde(default)]
    pub fonts: FontsConfig,
    /// As in [`Config`].
    pub outputs: Option<OutputsConfig>,
}

impl ArticleConfig {
    /// The configuration of a book that holds only this article.
    pub fn into_config(self, fallback_title: &str) -> Config {
        let title = self.title.unwrap_or_else(|| fallback_title.to_string());
        Config {
            title,
            title_reading: self.title_reading,
            title_alternate_script: None,
            short_title: self.short_title,
            subtitle: self.subtitle,
            subtitle_reading: None,
            series: None,
            authors: self.author.into_iter().chain(self.authors).collect(),
            language: self.language,
            identifier: self.identifier,
            other_identifiers: Vec::new(),
            publisher: self.publisher,
            publisher_reading: None,
            publisher_alternate_script: None,
            published: self.published.or(self.date),
            edition: None,
            history: Vec::new(),
            printer: None,
            binder: None,
            price: None,
            c_code: None,
            notice: None,
            lists: Vec::new(),
            half_title: false,
            rights: self.rights,
            contact: self.contact,
            description: self.description.or(self.summary),
            source: self.source,
            subjects: self.tags.into_iter().map(SubjectConfig::from).collect(),
            accessibility: self.accessibility,
            cover: self.cover,
            writing: self.writing,
            chapters: Vec::new(),
            references: self.references,
            citation_style: self.citation_style,
            contents_depth: None,
            numbering: self.numbering,
            style: self.style,
            fonts: self.fonts,
            outputs: self.outputs,
        }
    }
}

/// Roles that `authors` may name, with their MARC relator codes.
pub(super) const ROLES: &[&str] =
    &["aut", "edt", "trl", "ill", "art", "pht", "ctb", "com", "dsr", "bkd", "aui", "aft"];

fn roles(_: &mut SchemaGenerator) -> Schema {
    let roles = ROLES.iter().map(|role| Some(*role)).chain([None]);
    json_schema!({ "enum": roles.collect::<Vec<_>>() })
}
