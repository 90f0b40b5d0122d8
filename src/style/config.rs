//! What a book, and a theme, may say of a style: every key under `style` in `book.yaml`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::layer::{Layer, settings};
use super::value::{Dimension, Face, Field, Ink, Writing};
use super::{
    Align, AtTop, Edge, FolioMode, HeadPages, HeadWords, HeadingKind, LineConfig,
    NoteCount, NoteKind, NotesAt, NumberPlace, Opening, RuleShape, Side,
};
use crate::color::Color;
use crate::numeral::Pattern;

settings! {
    /// The settings under `style`; what is not given comes from theme and preset.
    #[schemars(rename = "Style")]
    pub struct Config {
        /// The name of a theme.
        #[schemars(schema_with = "theme_names")]
        pub theme: Option<String>,
        /// The name of a page preset.
        #[schemars(schema_with = "super::preset_names")]
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
        /// Between two columns (段間).
        pub column_gap: Option<Dimension>,
        /// Where the type area stands.
        pub margins: MarginConfig,
        /// The rules of line composition.
        pub line: LineConfig,
        /// The text of paragraphs.
        pub text: ParagraphConfig,
        /// The colours.
        pub colors: ColorsConfig,
        /// The widths of rules.
        pub rules: RulesConfig,
        /// Headings by their levels.
        pub headings: HeadingsConfig,
        /// The title page.
        pub title_page: PlateConfig,
        /// The half title (前扉).
        pub half_title: PlateConfig,
        /// The title pages of parts (中扉).
        pub part_page: PlateConfig,
        /// The contents.
        pub contents: ContentsConfig,
        /// Captions.
        pub captions: CaptionConfig,
        /// The text in tables.
        pub tables: TextConfig,
        /// Code.
        pub code: TextConfig,
        /// Notes.
        pub notes: NoteConfig,
        /// Index, references, colophon.
        pub small: TextConfig,
        /// Quotations.
        pub quotes: QuoteConfig,
        /// Verse.
        pub verse: VerseConfig,
        /// Lists.
        pub lists: ListConfig,
        /// The list of references.
        pub references: ReferencesConfig,
        /// The index.
        pub index: IndexConfig,
        /// The colophon.
        pub colophon: ColophonConfig,
        /// Where sections start.
        pub openings: OpeningsConfig,
        /// Running heads (柱).
        pub running_heads: RunningConfig,
        /// Folios (ノンブル).
        pub folios: FolioConfig,
    }

    /// Margins; those that are not given share what the type area leaves as in the preset.
    pub struct MarginConfig {
        /// Above the type area (天).
        pub head: Option<Dimension>,
        /// Below it (地).
        pub foot: Option<Dimension>,
        /// On the side of the binding (のど).
        pub gutter: Option<Dimension>,
        /// On the outer side (小口).
        pub fore_edge: Option<Dimension>,
    }

    /// The text of paragraphs.
    pub struct ParagraphConfig {
        /// The face.
        pub font: Option<Face>,
        /// The fewest lines of a paragraph at the head of a page.
        pub widows: Option<u32>,
        /// The fewest lines of a paragraph at the foot of a page.
        pub orphans: Option<u32>,
    }

    /// The palette.
    pub struct ColorsConfig {
        /// What stands behind the text: running heads, folios, numbers of lines.
        pub muted: Option<Color>,
        /// What catches the eye: rules of headings, numbers of figures.
        pub accent: Option<Color>,
        /// The ground behind code and boxes.
        pub ground: Option<Color>,
        /// Rules and frames.
        pub rule: Option<Color>,
    }

    /// The widths of rules.
    pub struct RulesConfig {
        /// Thin rules (表ケイ).
        pub thin: Option<Dimension>,
        /// Thick rules (裏ケイ).
        pub thick: Option<Dimension>,
    }

    /// Headings by their levels.
    pub struct HeadingsConfig {
        /// Titles of chapters (大見出し).
        pub h1: HeadingConfig,
        /// 中見出し
        pub h2: HeadingConfig,
        /// 小見出し
        pub h3: HeadingConfig,
        /// The fourth level.
        pub h4: HeadingConfig,
        /// The fifth level.
        pub h5: HeadingConfig,
        /// The sixth level.
        pub h6: HeadingConfig,
    }

    /// A level of headings; lengths in `em` are of the text, but for `spacing`.
    pub struct HeadingConfig {
        /// On lines of its own, in a paragraph, or beside one.
        pub kind: Option<HeadingKind>,
        /// Where it starts.
        pub starts: Option<Opening>,
        /// Whether it stands over all columns (段抜き).
        pub spans: Option<bool>,
        /// The face.
        pub font: Option<Face>,
        /// The size.
        pub size: Option<Dimension>,
        /// How many lines of the grid it takes (行取り).
        pub lines: Option<u32>,
        /// How many lines of the grid stay blank before it.
        pub before: Option<u32>,
        /// From the start of the line (字下げ).
        pub indent: Option<Dimension>,
        /// Where its lines stand.
        pub align: Option<Align>,
        /// Between its characters (字間), where it is set wide.
        pub spacing: Option<Dimension>,
        /// How much further in its second line and those after it start.
        pub hanging: Option<Dimension>,
        /// What becomes of `before` at the head of a page.
        pub at_top: Option<AtTop>,
        /// Where its number stands.
        pub number: Option<NumberPlace>,
        /// The face of its number; its own where nothing is said.
        pub number_font: Option<Face>,
        /// The size of its number; its own where nothing is said.
        pub number_size: Option<Dimension>,
        /// The colour of its number; its own where nothing is said.
        pub number_color: Option<Ink>,
        /// The colour of its words.
        pub color: Option<Ink>,
        /// The rule that belongs to it.
        pub rule: Option<RuleShape>,
        /// The width of the rule.
        pub rule_width: Option<Dimension>,
        /// The colour of the rule.
        pub rule_color: Option<Ink>,
    }

    /// A page that is designed as a whole; lengths in `em` are of the text, but for
    /// `spacing`.
    pub struct PlateConfig {
        /// What a title page says, in order.
        pub fields: Option<Fields>,
        /// The face of the title.
        pub font: Option<Face>,
        /// The size of the title.
        pub size: Option<Dimension>,
        /// Where the title starts across the lines, in percent of the type area.
        pub at: Option<u32>,
        /// From the start of the line.
        pub indent: Option<Dimension>,
        /// Where its lines stand.
        pub align: Option<Align>,
        /// Between the characters of the title.
        pub spacing: Option<Dimension>,
        /// Where the number stands.
        pub number: Option<NumberPlace>,
        /// The face of the number; that of the title where nothing is said.
        pub number_font: Option<Face>,
        /// The size of the number; that of the title where nothing is said.
        pub number_size: Option<Dimension>,
        /// The colour of the number; that of the title where nothing is said.
        pub number_color: Option<Ink>,
        /// The colour of the title.
        pub color: Option<Ink>,
        /// The rule that belongs to the title.
        pub rule: Option<RuleShape>,
        /// The width of the rule.
        pub rule_width: Option<Dimension>,
        /// The colour of the rule.
        pub rule_color: Option<Ink>,
    }

    /// The contents (目次).
    pub struct ContentsConfig {
        /// The face of parts.
        pub font: Option<Face>,
        /// The face of chapters where headings stand below them.
        pub chapter_font: Option<Face>,
        /// The size of what stands below chapters.
        pub section_size: Option<Dimension>,
        /// How many lines of the grid stay blank before chapters with headings below them.
        pub space: Option<u32>,
        /// How far each level stands below the one before it.
        pub indent: Option<Dimension>,
        /// Whether dots lead to the numbers (リーダー).
        pub leaders: Option<bool>,
    }

    /// Captions; `em` in `size` is that of the text, in `line-feed` that of the caption.
    pub struct CaptionConfig {
        /// The face.
        pub font: Option<Face>,
        /// The colour of 図1 and its like.
        pub number_color: Option<Ink>,
        /// The size.
        pub size: Option<Dimension>,
        /// From line to line.
        pub line_feed: Option<Dimension>,
    }

    /// Small text; `em` in `size` is that of the text, in `line-feed` its own.
    pub struct TextConfig {
        /// The size.
        pub size: Option<Dimension>,
        /// From line to line.
        pub line_feed: Option<Dimension>,
    }

    /// Notes; `em` in `size` is that of the text, in `line-feed` their own.
    pub struct NoteConfig {
        /// Where they stand.
        pub kind: Option<NoteKind>,
        /// After what endnotes stand.
        pub at: Option<NotesAt>,
        /// How they are counted.
        pub number: Option<NoteCount>,
        /// How their numbers are written.
        pub form: Option<Pattern>,
        /// Whether marks that are written after 、 and 。 stand before them.
        pub before_stops: Option<bool>,
        /// The size.
        pub size: Option<Dimension>,
        /// From line to line.
        pub line_feed: Option<Dimension>,
    }

    /// Quotations.
    pub struct QuoteConfig {
        /// How much further in they stand.
        pub indent: Option<u32>,
        /// How many lines of the grid stay blank before and after.
        pub space: Option<u32>,
    }

    /// Verse.
    pub struct VerseConfig {
        /// How much further in its lines stand, in ems.
        pub indent: Option<u32>,
        /// How much further in a line goes on that is too long, in ems.
        pub hanging: Option<u32>,
    }

    /// Lists.
    #[schemars(rename = "Lists")]
    pub struct ListConfig {
        /// From the mark to the text, in ems.
        pub indent: Option<u32>,
        /// The marks of items without numbers, by depth; the last one for all deeper lists.
        pub bullets: Option<Vec<String>>,
        /// How items are numbered, by depth; the last one for all deeper lists.
        pub numbers: Option<Vec<Pattern>>,
        /// How many lines of the grid stay blank between items that the source parts with
        /// blank lines.
        pub space: Option<u32>,
        /// Whether a list stays on the page of the line before it.
        pub keep: Option<bool>,
    }

    /// The list of references (参考文献).
    pub struct ReferencesConfig {
        /// Its direction of writing.
        pub writing: Option<Writing>,
    }

    /// The index (索引).
    pub struct IndexConfig {
        /// Its direction of writing.
        pub writing: Option<Writing>,
        /// How many columns a page of it has, at least.
        pub columns: Option<u32>,
    }

    /// The colophon (奥付).
    pub struct ColophonConfig {
        /// Its direction of writing.
        pub writing: Option<Writing>,
        /// What it says, in order.
        pub fields: Option<Fields>,
        /// The face of the title.
        pub font: Option<Face>,
        /// The face of the names of rows.
        pub label_font: Option<Face>,
    }

    /// Where sections start, by what they are.
    pub struct OpeningsConfig {
        /// Title pages of parts (中扉).
        pub parts: Option<Opening>,
        /// What follows the title page of a part.
        pub after_parts: Option<Opening>,
        /// The first chapter of the text.
        pub text: Option<Opening>,
        /// Other chapters.
        pub chapters: Option<Opening>,
        /// Prefaces.
        pub prefaces: Option<Opening>,
        /// The contents.
        pub contents: Option<Opening>,
        /// Appendices.
        pub appendices: Option<Opening>,
        /// Afterwords.
        pub afterwords: Option<Opening>,
        /// The notes of a part or of the book.
        pub notes: Option<Opening>,
        /// The list of references.
        pub references: Option<Opening>,
        /// The index.
        pub index: Option<Opening>,
        /// The authors' profiles.
        pub profiles: Option<Opening>,
        /// The colophon.
        pub colophon: Option<Opening>,
    }

    /// Running heads (柱).
    pub struct RunningConfig {
        /// The pages that bear them.
        pub pages: Option<HeadPages>,
        /// Where they stand.
        pub at: Option<Edge>,
        /// To which side.
        pub align: Option<Side>,
        /// What those of even pages say.
        pub even: Option<HeadWords>,
        /// What those of odd pages say.
        pub odd: Option<HeadWords>,
        /// Whether the first page of a chapter has one.
        pub openings: Option<bool>,
        /// The face.
        pub font: Option<Face>,
        /// The size.
        pub size: Option<Dimension>,
        /// From the type area.
        pub gap: Option<Dimension>,
        /// The colour.
        pub color: Option<Ink>,
        /// Whether a thin rule stands between them and the text.
        pub rule: Option<bool>,
    }

    /// Folios (ノンブル).
    pub struct FolioConfig {
        /// Whether they are seen.
        pub mode: Option<FolioMode>,
        /// Where they stand.
        pub at: Option<Edge>,
        /// To which side.
        pub align: Option<Side>,
        /// How they are written.
        pub form: Option<Pattern>,
        /// How those of the front matter are written, which are then counted alone;
        /// `continuous` for one count.
        pub front: Option<FrontFolios>,
        /// The number of the first page, or of the first page of the text where the front
        /// matter is counted alone.
        pub start: Option<u32>,
        /// Whether the first page of a chapter has one.
        pub openings: Option<bool>,
        /// The face.
        pub font: Option<Face>,
        /// The size.
        pub size: Option<Dimension>,
        /// From the type area.
        pub gap: Option<Dimension>,
        /// The colour.
        pub color: Option<Ink>,
    }
}

impl Config {
    /// These settings, and below them others: what these do not say is left to those.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Layer::over(self, below)
    }
}

/// What a page says that is set from the metadata, in order.
pub type Fields = Vec<Field>;

/// A size of page.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TrimConfig {
    /// Its width.
    pub width: Dimension,
    /// Its height.
    pub height: Dimension,
}

/// How the pages before the text are counted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum FrontFolios {
    /// With those of the text.
    Continuous,
    /// Alone, from 1, in numerals of their own.
    Own(Pattern),
}

impl JsonSchema for FrontFolios {
    fn schema_name() -> Cow<'static, str> {
        "FrontFolios".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let own = generator.subschema_for::<Pattern>();
        json_schema!({ "description": "How the pages before the text are counted.", "anyOf": [{ "enum": ["continuous"] }, own] })
    }
}

fn theme_names(_: &mut SchemaGenerator) -> Schema {
    let names = super::themes().iter().map(|(name, _)| Some(*name)).chain([None]);
    json_schema!({ "enum": names.collect::<Vec<_>>() })
}

impl TryFrom<String> for FrontFolios {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "continuous" => Ok(Self::Continuous),
            _ => Pattern::try_from(text)
                .map(Self::Own)
                .map_err(|fault| format!("{fault}; or write `continuous`")),
        }
    }
}
