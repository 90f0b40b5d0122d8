//! Editions of a book for paper: what `outputs` says of them, checked.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{self, SeqAccess, Visitor};

use super::Loader;
use super::images::load_image;
use super::metadata;
use crate::diag::{Code, Diagnostic};
use crate::geom::{Binding, Length, Size, WritingMode};
use crate::impose::{self, Imposition, Scheme, Up};
use crate::model::ImageFile;
use crate::press::{self, HiddenFolios, Job};
use crate::source::{FileId, Span};
use crate::style::{self, Dimension, FolioMode, Style, TrimConfig, presets};
use crate::yaml::Spanned;

/// A press edition (入稿データ).
#[derive(Clone, Debug, PartialEq)]
pub struct PressOutput {
    /// How it is printed.
    pub job: Job,
    /// How it looks.
    pub style: Style,
    /// Whether the book says how wide the gutter is.
    pub gutter_is_given: bool,
    /// The profile of the printing condition: its name, its bytes, where it is named.
    pub profile: Option<(String, Vec<u8>, Span)>,
    /// What the cover in one sheet is made of.
    pub cover: Option<CoverParts>,
    /// Its ISBN, where that is not the book's.
    pub isbn: Option<Isbn>,
    /// Where it is asked for.
    pub span: Span,
}

/// The ISBN of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Isbn {
    /// `urn:isbn:` and its 13 digits.
    pub urn: String,
    /// As its author writes it.
    pub shown: String,
}

/// What a cover in one sheet is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CoverParts {
    /// The image of the front; it is set from the title where there is none.
    pub front: Option<ImageFile>,
    /// The image of the back; it is plain where there is none.
    pub back: Option<ImageFile>,
    /// The words of the spine; title and author where nothing is said.
    pub spine: Option<String>,
    /// Its inks, where they are not those of the book.
    pub inks: Option<crate::color::Inks>,
}

/// A handout: an article, or chapters of a book, on paper for an office.
#[derive(Clone, Debug, PartialEq)]
pub struct HandoutOutput {
    /// How it looks.
    pub style: Style,
    /// What it holds; all of the book where it names nothing.
    pub chapters: Vec<Selector>,
    /// How its pages are put on sheets; one by one where nothing is said.
    pub imposition: Option<Imposition>,
    /// Where its chapters are named, else where it is asked for.
    pub span: Span,
}

/// Chapters of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// From a number to a number of the text's chapters, counted from 1.
    Numbers(usize, usize),
    /// The file of a chapter.
    File(String),
}

/// The settings of a handout.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct HandoutConfig {
    /// The paper; `a4` where nothing is said.
    #[schemars(schema_with = "papers")]
    pub page: Option<Spanned<String>>,
    /// The chapters that it holds.
    pub chapters: Option<Spanned<ChaptersConfig>>,
    /// How many pages stand on a side of a sheet.
    #[schemars(extend("enum" = [1, 2, 4, 6, 8, null]))]
    pub up: Option<Spanned<usize>>,
    /// Whether its sheets fold into a booklet (中綴じ).
    pub booklet: bool,
    /// The side on which it is bound, where that is not the book's.
    pub binding: Option<BindingConfig>,
    /// How many sheets of a booklet lie inside each other.
    #[schemars(range(min = 1))]
    pub signature: Option<Spanned<usize>>,
    /// How thick a sheet of a booklet is at its fold.
    pub creep: Option<Dimension>,
    /// Whether there are marks for cuts and folds.
    pub marks: bool,
    /// The page preset.
    #[schemars(schema_with = "style::preset_names")]
    pub preset: Option<String>,
    /// What looks other than in the rest of the book.
    pub style: Option<style::Config>,
}

/// The side on which pages are bound, as `book.yaml` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BindingConfig {
    /// 左綴じ
    Left,
    /// 右綴じ
    Right,
}

impl From<BindingConfig> for Binding {
    fn from(binding: BindingConfig) -> Self {
        match binding {
            BindingConfig::Left => Self::Left,
            BindingConfig::Right => Self::Right,
        }
    }
}

/// Chapters as an author names them: `2`, `2-4`, `02.md`, or a list of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChaptersConfig(pub Vec<String>);

impl<'de> Deserialize<'de> for ChaptersConfig {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        struct Chapters;

        impl<'de> Visitor<'de> for Chapters {
            type Value = ChaptersConfig;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a chapter, a range like 2-4, or a list of them")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<ChaptersConfig, E> {
                Ok(ChaptersConfig(vec![text.to_owned()]))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<ChaptersConfig, E> {
                Ok(ChaptersConfig(vec![number.to_string()]))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<ChaptersConfig, E> {
                Ok(ChaptersConfig(vec![number.to_string()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(
                self,
                mut list: A,
            ) -> Result<ChaptersConfig, A::Error> {
                let mut all = Vec::new();
                while let Some(ChaptersConfig(some)) = list.next_element()? {
                    all.extend(some);
                }
                Ok(ChaptersConfig(all))
            }
        }

        deserializer.deserialize_any(Chapters)
    }
}

impl JsonSchema for ChaptersConfig {
    fn schema_name() -> Cow<'static, str> {
        "Chapters".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Chapters: a number, a range like `2-4`, a file, or a list.",
            "anyOf": [
                { "type": ["string", "integer"] },
                { "type": "array", "items": generator.subschema_for::<Self>() },
            ],
        })
    }
}

fn papers(_: &mut SchemaGenerator) -> Schema {
    let names = impose::SHEETS.iter().map(|(name, ..)| Some(*name)).chain([None]);
    json_schema!({ "enum": names.collect::<Vec<_>>() })
}

/// The paper of a handout that names none.
const PAPER: &str = "a4";

impl Loader<'_> {
    /// The press edition that a book asks for.
    pub(super) fn press(
        &mut self,
        (file, start): (FileId, usize),
        config: &Spanned<press::Config>,
        book: &style::Config,
        writing: WritingMode,
    ) -> Option<PressOutput> {
        let span = self.span(file, start, config);
        let config = &config.value;
        let own = own_style(config.style.as_ref(), config.preset.as_deref());
        let mut said = own.over(book.clone());
        let mut job = match Job::from_config(config) {
            Ok(job) => job,
            Err(fault) => {
                let at = self.place_in(span, fault.key);
                let finding = Diagnostic::new(Code::BadValue, at, fault.message);
                self.sink.push(finding.hint(fault.hint));
                return None;
            }
        };
        said.folios.start = said.folios.start.or(Some(job.folio_start));
        let style = self.checked_style(&said, span, writing)?;
        let all =
            config.hidden_folios.is_none() && job.hidden_folios == HiddenFolios::All;
        if all && style.folio.mode == FolioMode::Both {
            job.hidden_folios = HiddenFolios::Rest;
        }
        let profile = config.profile.as_ref().and_then(|path| {
            let at = self.span(file, start, path);
            Some((path.value.clone(), self.read_bytes(&path.value, at)?, at))
        });
        let cover = config.cover_sheet.as_ref().map(|cover| {
            let mut image = |path: &Option<Spanned<String>>| {
                let path = path.as_ref()?;
                let at = self.span(file, start, path);
                let full = self.resolve(&path.value, at)?;
                load_image(self.files, &full, at, self.sink)
            };
            CoverParts {
                front: image(&cover.front),
                back: image(&cover.back),
                spine: cover.spine.clone(),
                inks: cover.color,
            }
        });
        if cover.is_some() && job.thickness.is_none() {
            let at = self.place_in(span, "cover-sheet");
            let message = "the width of the spine is not known without a paper";
            let hint = "name the paper: `paper: shoseki-72`, or `{ thickness: 0.11mm }`";
            self.sink
                .push(Diagnostic::new(Code::MissingKey, at, message).hint(hint));
            return None;
        }
        let gutter_is_given =
            said.margins.gutter.is_some() || said.margins.fore_edge.is_some();
        let source = self.sources.get(file);
        let isbn = config.isbn.as_ref();
        let isbn = isbn.and_then(|isbn| metadata::isbn(isbn, source, start, self.sink));
        Some(PressOutput {
            job,
            style,
            gutter_is_given,
            profile,
            cover,
            isbn,
            span,
        })
    }

    /// The handout that a book asks for.
    pub(super) fn handout(
        &mut self,
        (file, start): (FileId, usize),
        config: &Spanned<HandoutConfig>,
        book: &style::Config,
        writing: WritingMode,
    ) -> Option<HandoutOutput> {
        let span = self.span(file, start, config);
        let config = &config.value;
        let paper = config.page.as_ref().map_or(PAPER, |page| page.value.as_str());
        let Some(sheet) = impose::sheet(paper) else {
            let at =
                config.page.as_ref().map_or(span, |page| self.span(file, start, page));
            let names: Vec<&str> =
                impose::SHEETS.iter().map(|(name, ..)| *name).collect();
            let message = format!("there is no paper `{paper}`");
            let hint = format!("there are {}", names.join(", "));
            self.sink
                .push(Diagnostic::new(Code::BadValue, at, message).hint(hint));
            return None;
        };
        let imposition = match self.scheme((file, start), config) {
            Ok(scheme) => scheme.map(|scheme| Imposition {
                scheme,
                binding: config.binding.map_or(writing.binding(), Binding::from),
                sheet,
                marks: config.marks,
            }),
            Err(finding) => {
                self.sink.push(*finding);
                return None;
            }
        };
        let mut own = own_style(config.style.as_ref(), config.preset.as_deref());
        if imposition.is_none() {
            own = own.over(page_style(paper, sheet, writing));
        }
        let style = self.checked_style(&own.over(book.clone()), span, writing)?;
        let named = config.chapters.as_ref();
        let at = named.map_or(span, |chapters| self.span(file, start, chapters));
        let mut chapters = Vec::new();
        for text in named.into_iter().flat_map(|chapters| &chapters.value.0) {
            match self.selector(text, at) {
                Ok(selector) => chapters.push(selector),
                Err(finding) => self.sink.push(*finding),
            }
        }
        Some(HandoutOutput { style, chapters, imposition, span: at })
    }

    /// How the pages of a handout are put on sheets.
    fn scheme(
        &self,
        (file, start): (FileId, usize),
        config: &HandoutConfig,
    ) -> Result<Option<Scheme>, Box<Diagnostic>> {
        let wrong = |span: Span, message: String, hint: &str| {
            Err(Box::new(Diagnostic::new(Code::BadValue, span, message).hint(hint)))
        };
        if let Some(up) = &config.up {
            let at = self.span(file, start, up);
            if config.booklet {
                let message = "a booklet has two pages on a side".to_owned();
                return wrong(at, message, "take `up` or `booklet` away");
            }
            return match Up::of(up.value) {
                Some(Up::One) => Ok(None),
                Some(up) => Ok(Some(Scheme::Up(up))),
                None => {
                    let message = format!("{} pages do not stand on a side", up.value);
                    wrong(at, message, "give 1, 2, 4, 6 or 8")
                }
            };
        }
        if !config.booklet {
            return Ok(None);
        }
        if let Some(signature) = &config.signature
            && signature.value == 0
        {
            let at = self.span(file, start, signature);
            let message = "a signature has at least one sheet".to_owned();
            return wrong(
                at,
                message,
                "give the number of sheets that lie in each other",
            );
        }
        let creep = config.creep.map_or(Length::ZERO, |creep| creep.length(Length::ZERO));
        Ok(Some(Scheme::Booklet {
            signature: config.signature.as_ref().map(|signature| signature.value),
            creep: creep.min(Length::MM * 2),
        }))
    }

    /// Chapters as they are named.
    fn selector(&mut self, text: &str, span: Span) -> Result<Selector, Box<Diagnostic>> {
        let number = |text: &str| text.trim().parse::<usize>().ok();
        if let Some(one) = number(text) {
            return Ok(Selector::Numbers(one, one));
        }
        if let Some((first, last)) = text.split_once('-')
            && let (Some(first), Some(last)) = (number(first), number(last))
        {
            return Ok(Selector::Numbers(first, last));
        }
        match self.resolve(text, span) {
            Some(path) if self.listed.contains_key(&path) => Ok(Selector::File(path)),
            _ => {
                let message = format!("the book has no chapter `{text}`");
                let hint = "give a number, a range like `2-4`, or a file of `chapters`";
                Err(Box::new(Diagnostic::new(Code::BadValue, span, message).hint(hint)))
            }
        }
    }

    /// The bytes of a file that is no text.
    fn read_bytes(&mut self, path: &str, span: Span) -> Option<Vec<u8>> {
        let full = self.resolve(path, span)?;
        match self.files.read(&full) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                self.sink.push(super::missing(self.files, &full, span, &error));
                None
            }
        }
    }
}

/// What an edition says of its look.
fn own_style(style: Option<&style::Config>, preset: Option<&str>) -> style::Config {
    let mut own = style.cloned().unwrap_or_default();
    own.preset = preset.map(str::to_owned).or(own.preset);
    own
}

/// The page of a handout: the preset of the paper where there is one, else two columns on
/// it, since lines down a large page would be too long.
fn page_style(paper: &str, sheet: Size, writing: WritingMode) -> style::Config {
    let is_it =
        |preset: &&style::Preset| preset.name == paper && preset.writing == writing;
    if presets().iter().any(|preset| is_it(&preset)) {
        let preset = Some(paper.to_owned());
        return style::Config { preset, ..style::Config::default() };
    }
    let mm = |length: Length| Dimension::try_from(format!("{}mm", length.to_mm())).ok();
    let trim = mm(sheet.width).zip(mm(sheet.height));
    style::Config {
        trim: trim.map(|(width, height)| TrimConfig { width, height }),
        columns: (writing == WritingMode::Vertical).then_some(2),
        ..style::Config::default()
    }
}
