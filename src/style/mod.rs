//! The one style model: page presets, themes, type area, sizes, colours; read by EPUB for its
//! CSS and by layout for its pages.
//!
//! A [`Config`] is what can be said, each value left out or given: a theme is one, what a
//! book says under `style` is one. They stand over each other, and a [`Style`] is what
//! follows, complete, with every length known. Themes and presets are data:
//! `themes/*.yaml` and `presets.yaml`.

mod layer;
mod value;

mod code;
mod config;
mod line;

mod preset;
mod theme;

mod area;
mod design;

pub use code::{TokenLook, token_look};
pub use config::{
    CaptionConfig, ColophonConfig, ColorsConfig, Config, ContentsConfig, Fields,
    FolioConfig, FrontFolios, HeadingConfig, HeadingsConfig, IndexConfig, ListConfig,
    MarginConfig, NoteConfig, OpeningsConfig, ParagraphConfig, PlateConfig, QuoteConfig,
    ReferencesConfig, RulesConfig, RunningConfig, TextConfig, TrimConfig, VerseConfig,
};
pub use line::LineConfig;
pub use preset::{Preset, preset_names, presets};
pub use theme::{Theme, themes};
pub use value::{Dimension, Face, Field, Ink, Writing};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::color::Color;
use crate::font::FontStyle;
use crate::geom::{Length, LogicalSize, Size, WritingMode};
use crate::line::{Hanging, Rules};
use crate::numeral::Pattern;

/// How the book looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// The direction of writing.
    pub writing: WritingMode,
    /// The page.
    pub page: PageStyle,
    /// The text of paragraphs.
    pub body: FontStyle,
    /// The size of the text (文字サイズ).
    pub size: Length,
    /// From line to line (行送り).
    pub feed: Length,
    /// The choices of line composition.
    pub rules: Rules,
    /// The colours.
    pub colors: Palette,
    /// How each level of headings looks, from level 1.
    pub headings: [HeadingStyle; 6],
    /// The title page.
    pub title_page: PlateStyle,
    /// What the title page says, in order.
    pub title_fields: Vec<Field>,
    /// The half title (前扉).
    pub half_title: PlateStyle,
    /// The title pages of parts (中扉).
    pub part_page: PlateStyle,
    /// The contents.
    pub contents: ContentsStyle,
    /// Captions.
    pub caption: CaptionStyle,
    /// The size of the text in tables.
    pub table_size: Length,
    /// From line to line in tables.
    pub table_feed: Length,
    /// Notes.
    pub note: NoteStyle,
    /// The size of code.
    pub code_size: Length,
    /// From line to line of code.
    pub code_feed: Length,
    /// The size of index, references and colophon.
    pub small_size: Length,
    /// From line to line of index, references and colophon.
    pub small_feed: Length,
    /// The indent of a quotation at its start, in ems of the text.
    pub quote_indent: u32,
    /// How many lines of the grid stay blank before and after a quotation.
    pub quote_space: u32,
    /// Verse.
    pub verse: VerseStyle,
    /// Lists.
    pub list: ListStyle,
    /// The fewest lines of a paragraph at the head of a page.
    pub widows: u32,
    /// The fewest lines of a paragraph at the foot of a page.
    pub orphans: u32,
    /// The width of thin rules (表ケイ).
    pub thin_rule: Length,
    /// The width of thick rules (裏ケイ).
    pub thick_rule: Length,
    /// How many columns a page of the index has, at least.
    pub index_columns: u32,
    /// The colophon.
    pub colophon: ColophonStyle,
    /// The directions of what the program adds, where they are given.
    pub directions: Directions,
    /// Where sections start.
    pub openings: OpeningsStyle,
    /// Running heads.
    pub running: RunningStyle,
    /// Folios.
    pub folio: FolioStyle,
    /// What the book and its theme say, for the other direction of writing.
    said: Box<Config>,
}

/// The colours of a book, for a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// What stands behind the text: running heads, folios, numbers of lines.
    pub muted: Color,
    /// What catches the eye: rules of headings, numbers of figures.
    pub accent: Color,
    /// The ground behind code and boxes.
    pub ground: Color,
    /// Rules and frames.
    pub rule: Color,
}

/// The page and its type area (版面).
#[derive(Clone, Debug, PartialEq)]
pub struct PageStyle {
    /// The finished size of the page (判型).
    pub trim: Size,
    /// Characters in a line (字詰め), of one column.
    pub characters: u32,
    /// Lines on a page (行数), of one column.
    pub lines: u32,
    /// Columns (段), at least 1.
    pub columns: u32,
    /// Between two columns (段間).
    pub column_gap: Length,
    /// From the head of the page to the type area (天).
    pub head: Length,
    /// From the gutter to the type area (のど).
    pub gutter: Length,
}

/// How a heading looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeadingStyle {
    /// On lines of its own, in a paragraph, or beside one.
    pub kind: HeadingKind,
    /// Where it starts.
    pub starts: Opening,
    /// Whether it stands over all columns (段抜き).
    pub spans: bool,
    /// The face.
    pub font: FontStyle,
    /// The size.
    pub size: Length,
    /// How many lines of the grid it takes (行取り).
    pub lines: u32,
    /// How many lines of the grid stay blank before it.
    pub before: u32,
    /// What becomes of them at the head of a page.
    pub at_top: AtTop,
    /// How much further in its second line and those after it start.
    pub hanging: Length,
    /// How its number looks.
    pub number: NumberStyle,
    /// From the start of the line (字下げ).
    pub indent: Length,
    /// Where its lines stand.
    pub align: Align,
    /// Between its characters (字間).
    pub spacing: Length,
    /// The colour of its words.
    pub color: Color,
    /// The rule that belongs to it.
    pub rule: RuleStyle,
}

/// How the number of a heading looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberStyle {
    /// Where it stands.
    pub place: NumberPlace,
    /// The face.
    pub font: FontStyle,
    /// The size.
    pub size: Length,
    /// The colour.
    pub color: Color,
}

/// Where sections start, by what they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpeningsStyle {
    /// Title pages of parts (中扉).
    pub parts: Opening,
    /// What follows the title page of a part.
    pub after_parts: Opening,
    /// The first chapter of the text.
    pub text: Opening,
    /// Other chapters.
    pub chapters: Opening,
    /// Prefaces.
    pub prefaces: Opening,
    /// The contents.
    pub contents: Opening,
    /// Appendices.
    pub appendices: Opening,
    /// Afterwords.
    pub afterwords: Opening,
    /// The notes of a part or of the book.
    pub notes: Opening,
    /// The list of references.
    pub references: Opening,
    /// The index.
    pub index: Opening,
    /// The authors' profiles.
    pub profiles: Opening,
    /// The colophon.
    pub colophon: Opening,
}

/// A rule that belongs to a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleStyle {
    /// Where it stands.
    pub shape: RuleShape,
    /// Its width.
    pub width: Length,
    /// Its colour.
    pub color: Color,
}

/// A page that is designed as a whole: a title page, the title page of a part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlateStyle {
    /// The face of the title.
    pub font: FontStyle,
    /// The size of the title.
    pub size: Length,
    /// Where the title starts across the lines, in percent of the type area.
    pub at: u32,
    /// From the start of the line.
    pub indent: Length,
    /// Where its lines stand.
    pub align: Align,
    /// Between the characters of the title.
    pub spacing: Length,
    /// How the number looks.
    pub number: NumberStyle,
    /// The colour of the title.
    pub color: Color,
    /// The rule that belongs to the title.
    pub rule: RuleStyle,
}

/// How the contents look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ContentsStyle {
    /// The face of parts.
    pub font: FontStyle,
    /// The face of chapters where headings stand below them.
    pub chapter_font: FontStyle,
    /// How many lines of the grid stay blank before chapters with headings below them.
    pub space: u32,
    /// The size of what stands below chapters.
    pub section_size: Length,
    /// How far each level stands below the one before it.
    pub indent: Length,
    /// Whether dots lead to the numbers (リーダー).
    pub leaders: bool,
}

/// How the colophon looks.
#[derive(Clone, Debug, PartialEq)]
pub struct ColophonStyle {
    /// What it says, in order.
    pub fields: Vec<Field>,
    /// The face of the title.
    pub font: FontStyle,
    /// The face of the names of rows.
    pub label_font: FontStyle,
}

/// Directions of writing; `None` for the usual one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Directions {
    /// Of the list of references.
    pub references: Option<WritingMode>,
    /// Of the index.
    pub index: Option<WritingMode>,
    /// Of the colophon.
    pub colophon: Option<WritingMode>,
}

/// How captions look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaptionStyle {
    /// The face.
    pub font: FontStyle,
    /// The colour of 図1 and its like.
    pub number_color: Color,
    /// The size.
    pub size: Length,
    /// From line to line.
    pub feed: Length,
}

/// Running heads (柱).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunningStyle {
    /// The pages that bear them.
    pub pages: HeadPages,
    /// Where they stand; at the same place as the folio they stand inside of it.
    pub at: Edge,
    /// To which side.
    pub align: Side,
    /// What those of even pages say.
    pub even: HeadWords,
    /// What those of odd pages say.
    pub odd: HeadWords,
    /// Whether the first page of a chapter has one.
    pub openings: bool,
    /// The face.
    pub font: FontStyle,
    /// The size.
    pub size: Length,
    /// From the type area.
    pub gap: Length,
    /// The colour.
    pub color: Color,
    /// The rule between them and the text, where there is one.
    pub rule: Option<RuleStyle>,
}

/// Folios (ノンブル).
#[derive(Clone, Debug, PartialEq)]
pub struct FolioStyle {
    /// Whether they are seen.
    pub mode: FolioMode,
    /// Where they stand.
    pub at: Edge,
    /// To which side.
    pub align: Side,
    /// How they are written.
    pub form: Pattern,
    /// How those of the front matter are written, where it is counted alone.
    pub front: Option<Pattern>,
    /// The number of the first page, or of the first page of the text where the front
    /// matter is counted alone; odd.
    pub start: u32,
    /// Whether the first page of a chapter has one.
    pub openings: bool,
    /// The face.
    pub font: FontStyle,
    /// The size.
    pub size: Length,
    /// From the type area.
    pub gap: Length,
    /// The colour.
    pub color: Color,
}

/// Notes (注).
#[derive(Clone, Debug, PartialEq)]
pub struct NoteStyle {
    /// Where they stand.
    pub kind: NoteKind,
    /// After what endnotes stand.
    pub at: NotesAt,
    /// How they are counted.
    pub number: NoteCount,
    /// How their numbers are written, where they are referred to and before them.
    pub form: Pattern,
    /// Whether marks that are written after commas and full stops stand before them (JLReq
    /// 4.2.3).
    pub before_stops: bool,
    /// The size of their text.
    pub size: Length,
    /// From line to line.
    pub feed: Length,
}

/// Where notes stand (JLReq 4.2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// At the end of the page or of the column that refers to them (脚注).
    #[default]
    Footnote,
    /// After the text (後注).
    Endnote,
    /// At the end of the left page of a vertical spread (傍注).
    Sidenote,
}

/// After what endnotes stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NotesAt {
    /// After each chapter.
    #[default]
    Chapter,
    /// After each part.
    Part,
    /// After the text of the book.
    Book,
}

/// Where the numbers of notes begin anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NoteCount {
    /// In each chapter.
    #[default]
    Chapter,
    /// On each page; on each spread for sidenotes.
    Page,
    /// Nowhere.
    Book,
}

/// Verse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerseStyle {
    /// The indent of its lines, in ems of the text.
    pub indent: u32,
    /// How much further in a line goes on that is too long, in ems of the text.
    pub hanging: u32,
}

/// Lists (箇条書き).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListStyle {
    /// The indent of the items below their marks, in ems of the text.
    pub indent: u32,
    /// The marks of items without numbers, by depth.
    pub bullets: Vec<String>,
    /// How items are numbered, by depth.
    pub numbers: Vec<Pattern>,
    /// How many lines of the grid stay blank between the items of a loose list.
    pub space: u32,
    /// Whether a list stays on the page of the line before it.
    pub keep: bool,
}

impl ListStyle {
    /// The mark of an item without a number, below so many lists.
    pub fn bullet(&self, depth: usize) -> &str {
        let bullet = self.bullets.get(depth).or(self.bullets.last());
        bullet.map_or("•", String::as_str)
    }

    /// A number of an item, below so many lists.
    pub fn number(&self, depth: usize, number: u32) -> String {
        let pattern = self.numbers.get(depth).or(self.numbers.last());
        pattern.map_or_else(|| number.to_string(), |pattern| pattern.write(&[number]))
    }
}

/// Where the lines of something stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the start of the line.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the end.
    End,
}

/// How a heading stands to the text (JLReq 4.1.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HeadingKind {
    /// On lines of its own (別行見出し).
    #[default]
    Block,
    /// At the start of the paragraph that follows (同行見出し).
    RunIn,
    /// Beside the first lines of what follows (窓見出し).
    CutIn,
}

/// Where a section or a heading starts (JLReq 4.1.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// Below what comes before (追い込み).
    RunOn,
    /// In a new column (改段).
    Column,
    /// On a new page (改ページ).
    #[default]
    Page,
    /// On a new odd page (改丁).
    Recto,
    /// On a new even page, so that it opens a spread.
    Verso,
}

/// What becomes of the blank lines before a heading at the head of a page (JLReq 4.1.8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AtTop {
    /// They are dropped.
    #[default]
    Drop,
    /// They stay blank.
    Keep,
    /// They stay blank where the page before is full.
    IfFull,
}

/// Where the number of a heading stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NumberPlace {
    /// Before the words, in their line.
    #[default]
    Before,
    /// On a line of its own above them.
    Above,
}

/// Where the rule of a heading stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RuleShape {
    /// Nowhere.
    #[default]
    None,
    /// After the words, along the whole line.
    Under,
    /// Before them, along the whole line.
    Over,
    /// Before and after them.
    Both,
    /// At the start of the line, as thick as its width says (行頭の縦棒).
    Bar,
    /// A short one after the words.
    Short,
}

/// The pages that bear running heads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HeadPages {
    /// All (両柱).
    #[default]
    Both,
    /// The odd ones (片柱).
    Odd,
    /// None.
    None,
}

/// What a running head says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HeadWords {
    /// The title of the book.
    Book,
    /// The title of the part, else of the book.
    Part,
    /// The title of the chapter.
    #[default]
    Chapter,
    /// The heading of level 2 that the page stands below, else the title of the chapter.
    Section,
}

/// An edge of the type area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Edge {
    /// Above it (天).
    #[default]
    Head,
    /// Below it (地).
    Foot,
    /// Beside it, on the outer side (小口), in a vertical line.
    ForeEdge,
}

/// A side of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Away from the binding.
    #[default]
    Outer,
    /// In the middle.
    Center,
    /// At the binding.
    Inner,
}

/// Whether folios are seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FolioMode {
    /// Where the page shows one.
    #[default]
    Visible,
    /// Nowhere but, tiny and at the gutter, for the printer (隠しノンブル).
    Hidden,
    /// Where the page shows one; for the printer on those that show none.
    Both,
}

/// The four margins of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margins {
    /// Above the type area (天).
    pub head: Length,
    /// Below it (地).
    pub foot: Length,
    /// On the side of the binding (のど).
    pub gutter: Length,
    /// On the outer side (小口).
    pub fore_edge: Length,
}

/// What is wrong with a [`Config`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleError {
    /// The key at fault, below the keys that it stands under, with dots between them:
    /// `headings.h2.size`.
    pub key: String,
    /// What is wrong: one sentence, lower case, without a final dot.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Style {
    /// The style that a book asks for.
    ///
    /// # Errors
    /// Fails where there is no such theme or preset, where the type area does not fit the
    /// page, and where a size cannot be set.
    pub fn from_config(
        config: &Config,
        writing: WritingMode,
    ) -> Result<Self, StyleError> {
        area::style(config, writing)
    }

    /// The style of a preset: a name of [`presets`] that is made for the direction; `None`
    /// where there is no such preset.
    pub fn preset(name: &str, writing: WritingMode) -> Option<Self> {
        let preset = Some(name.to_owned());
        Self::from_config(&Config { preset, ..Config::default() }, writing).ok()
    }

    /// The size of one column: whole characters along the line, whole lines across.
    pub fn column(&self) -> LogicalSize {
        let lines = i64::from(self.page.lines.max(1));
        LogicalSize {
            inline: self.size * i64::from(self.page.characters.max(1)),
            block: self.size * lines + (self.feed - self.size) * (lines - 1),
        }
    }

    /// The size of the type area: its columns and the gaps between them.
    pub fn type_area(&self) -> LogicalSize {
        let columns = i64::from(self.page.columns.max(1));
        let LogicalSize { inline, block } = self.column();
        let inline = inline * columns + self.page.column_gap * (columns - 1);
        LogicalSize { inline, block }
    }

    /// The same page for a section of another direction: as many whole characters and
    /// lines as the type area holds, at the same place.
    #[must_use]
    pub fn in_direction(&self, writing: WritingMode) -> Self {
        if writing == self.writing {
            return self.clone();
        }
        let room = writing.logical_size(self.writing.size(self.type_area()));
        let count = |number: i64| u32::try_from(number.max(1)).unwrap_or(1);
        let mut page = self.page.clone();
        page.columns = 1;
        page.characters = count(room.inline.floor_div(self.size));
        page.lines = count((room.block + self.feed - self.size).floor_div(self.feed));
        let mut faults = Vec::new();
        let text = (self.size, self.feed);
        let turned = design::style(&self.said, page, writing, text, &mut faults);
        Self {
            running: self.running,
            folio: self.folio.clone(),
            ..turned
        }
    }

    /// The same style for a screen, where pages follow each other one by one: the type
    /// area in the middle, so that it does not jump from page to page.
    #[must_use]
    pub fn for_screen(&self) -> Self {
        let Margins { gutter, fore_edge, .. } = self.margins();
        let page = PageStyle {
            gutter: (gutter + fore_edge) / 2,
            ..self.page.clone()
        };
        Self { page, ..self.clone() }
    }

    /// The style without hanging punctuation (ぶら下げ) where the margin at the end of the lines
    /// has no room for it.
    pub fn within_page(mut self) -> Self {
        let Margins { foot, gutter, fore_edge, .. } = self.margins();
        let room = match self.writing {
            WritingMode::Horizontal => gutter.min(fore_edge),
            WritingMode::Vertical => foot,
        };
        if room < self.size / 2 {
            self.rules.hanging = Hanging::Never;
        }
        self
    }

    /// The margins around the type area.
    pub fn margins(&self) -> Margins {
        let PageStyle { trim, head, gutter, .. } = self.page;
        let area = self.writing.size(self.type_area());
        Margins {
            head,
            foot: trim.height - head - area.height,
            gutter,
            fore_edge: trim.width - gutter - area.width,
        }
    }
}

impl Default for Style {
    /// The style of a book that asks for none: A5, horizontal.
    fn default() -> Self {
        area::plain(WritingMode::Horizontal)
    }
}
