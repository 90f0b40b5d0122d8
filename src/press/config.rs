//! What a book may say of its press edition, and what follows from it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::printer::{Printer, Resolution, papers, printers};
use crate::color::Inks;
use crate::geom::{Edges, Length, Size};
use crate::standard::PressStandard;
use crate::style::{self, Dimension};
use crate::yaml::{self, Spanned};

/// The settings of a press edition; what is not given comes from the printer.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "Press")]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The ISBN of the printed book, where it has one of its own.
    pub isbn: Option<Spanned<String>>,
    /// The printer; `general` where nothing is said.
    #[schemars(schema_with = "printer_names")]
    pub printer: Option<String>,
    /// The standard that the file keeps.
    pub standard: Option<PressStandard>,
    /// The inks of text and images.
    pub color: Option<Inks>,
    /// The ICC profile of the printing condition.
    pub profile: Option<Spanned<String>>,
    /// How far what is drawn goes on beyond the edges (塗り足し).
    pub bleed: Option<Dimension>,
    /// Whether there are marks for the knife (トンボ).
    pub marks: Option<bool>,
    /// The pages with a number for the printer (隠しノンブル).
    pub hidden_folios: Option<HiddenFolios>,
    /// The number of the first page.
    pub folio_start: Option<u32>,
    /// What the number of pages is a multiple of.
    #[schemars(extend("enum" = [1, 2, 4, 8, 16, 32, null]))]
    pub page_multiple: Option<u32>,
    /// The paper, which the width of the spine follows from.
    pub paper: Option<Paper>,
    /// The cover in one sheet.
    pub cover_sheet: Option<CoverConfig>,
    /// The page preset, where it is not the book's.
    #[schemars(schema_with = "style::preset_names")]
    pub preset: Option<String>,
    /// What looks other than in the rest of the book.
    pub style: Option<style::Config>,
}

/// The cover in one sheet: back, spine and front.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct CoverConfig {
    /// The image of the front (表1); set from the title where nothing is said.
    pub front: Option<Spanned<String>>,
    /// The image of the back (表4); plain where nothing is said.
    pub back: Option<Spanned<String>>,
    /// The words of the spine (背文字); title and author where nothing is said.
    pub spine: Option<String>,
    /// Its inks; those of the book where nothing is said.
    pub color: Option<Inks>,
}

/// Which pages have a number for the printer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HiddenFolios {
    /// Every page.
    #[default]
    All,
    /// Those that show no other.
    Rest,
    /// None.
    None,
}

/// A paper: a name, or how thick a leaf is.
#[derive(Clone, Debug, PartialEq)]
pub enum Paper {
    /// A name of [`papers`].
    Named(String),
    /// The thickness of a leaf.
    Thickness(Dimension),
}

/// A paper by how thick a leaf of it is.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PaperMap {
    #[serde(skip)]
    name: Option<String>,
    /// The thickness of a leaf.
    #[schemars(required)]
    thickness: Option<Dimension>,
}

impl From<String> for PaperMap {
    fn from(name: String) -> Self {
        Self { name: Some(name), thickness: None }
    }
}

impl<'de> Deserialize<'de> for Paper {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        match yaml::text_or_map(deserializer)? {
            PaperMap { name: Some(name), .. } => Ok(Self::Named(name)),
            PaperMap { thickness: Some(thickness), .. } => Ok(Self::Thickness(thickness)),
            PaperMap { .. } => Err(serde::de::Error::missing_field("thickness")),
        }
    }
}

impl JsonSchema for Paper {
    fn schema_name() -> Cow<'static, str> {
        "Paper".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = papers().iter().map(|paper| paper.name.as_str()).collect();
        let map = generator.subschema_for::<PaperMap>();
        json_schema!({
            "description": "A paper: a name, or how thick a leaf is.",
            "anyOf": [{ "enum": names }, map],
        })
    }
}

fn printer_names(_: &mut SchemaGenerator) -> Schema {
    let names = printers().iter().map(|it| Some(it.name.as_str())).chain([None]);
    json_schema!({ "enum": names.collect::<Vec<_>>() })
}

/// A press edition with everything decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// The standard that the file keeps.
    pub standard: PressStandard,
    /// The inks of text and images.
    pub inks: Inks,
    /// How far what is drawn goes on beyond the edges.
    pub bleed: Length,
    /// Whether it does so at the binding.
    pub bleed_at_gutter: bool,
    /// Whether there are marks.
    pub marks: bool,
    /// The pages with a number for the printer.
    pub hidden_folios: HiddenFolios,
    /// The size of that number.
    pub folio_size: Length,
    /// How far it stands inside of the edge at the binding.
    pub folio_from_edge: Length,
    /// The number of the first page.
    pub folio_start: u32,
    /// What the number of pages is a multiple of.
    pub page_multiple: usize,
    /// The thickness of a leaf; `None` where no paper is named.
    pub thickness: Option<Length>,
    /// What the printer refuses.
    pub limits: Limits,
}

/// What a printer refuses.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// The fewest and the most pages.
    pub pages: (usize, usize),
    /// The narrowest gutters from numbers of pages on, in their order.
    pub gutters: Vec<(usize, Length)>,
    /// The least from text and pictures to the edges that are cut.
    pub fore_edge: Length,
    /// The smallest text.
    pub text: Length,
    /// The thinnest rule.
    pub rule: Length,
    /// The lowest resolution of images.
    pub resolution: Resolution,
    /// The fewest pages of a book with words on its spine.
    pub spine_pages: usize,
    /// What stays free on both sides of the words of a spine.
    pub spine_clear: Length,
    /// The smallest and the largest page.
    pub trim: Option<[Size; 2]>,
}

/// What is wrong with a [`Config`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key at fault, below the keys that it stands under, with dots between them.
    pub key: &'static str,
    /// What is wrong: one sentence, lower case, without a final dot.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

/// The widest bleed.
const MOST_BLEED: Length = Length(Length::MM.0 * 20);
/// The thickest leaf.
const MOST_THICKNESS: Length = Length(Length::MM.0 * 2);
/// What numbers of pages may be a multiple of.
const MULTIPLES: [u32; 6] = [1, 2, 4, 8, 16, 32];

impl Job {
    /// The edition that a book asks for.
    ///
    /// # Errors
    /// Fails where there is no such printer or paper, and where a number cannot be.
    pub fn from_config(config: &Config) -> Result<Self, Fault> {
        let printer = match &config.printer {
            None => &printers()[0],
            Some(name) => find_printer(name)?,
        };
        let bleed = config.bleed.or(printer.bleed);
        let bleed = length(bleed.or(printers()[0].bleed));
        if bleed > MOST_BLEED {
            return fault(
                "bleed",
                "a bleed of more than 20mm is no bleed",
                "3mm is usual",
            );
        }
        let folio_start =
            config.folio_start.or(printer.folio_start).or(of_all().folio_start);
        let folio_start = folio_start.unwrap_or(1);
        if folio_start.is_multiple_of(2) || folio_start > 9999 {
            let hint = "give 1, or 3 where the printer counts the cover";
            let message = "the first page has an odd number of at most four digits";
            return fault("folio-start", message, hint);
        }
        let multiple = config.page_multiple.or(printer.page_multiple);
        let page_multiple = multiple.or(of_all().page_multiple).unwrap_or(2);
        if !MULTIPLES.contains(&page_multiple) {
            let message = format!("pages are not bound in {page_multiple}s");
            return fault("page-multiple", message, "give 2, 4, 8, 16 or 32");
        }
        let either =
            |own: Option<bool>, usual: Option<bool>| own.or(usual).unwrap_or(false);
        let all = of_all();
        Ok(Self {
            standard: config.standard.or(printer.standard).unwrap_or_default(),
            inks: config.color.unwrap_or_default(),
            bleed,
            bleed_at_gutter: either(printer.bleed_at_gutter, all.bleed_at_gutter),
            marks: either(config.marks.or(printer.marks), all.marks),
            hidden_folios: config
                .hidden_folios
                .or(printer.hidden_folios)
                .unwrap_or_default(),
            folio_size: length(printer.folio_size.or(all.folio_size)),
            folio_from_edge: length(printer.folio_from_edge.or(all.folio_from_edge)),
            folio_start,
            page_multiple: page_multiple as usize,
            thickness: config.paper.as_ref().map(thickness).transpose()?,
            limits: limits(printer),
        })
    }

    /// How far what is drawn goes on beyond the edges of a page that is bound on the left or
    /// on the right.
    pub fn edges(&self, bound_left: bool) -> Edges {
        let edges = Edges::all(self.bleed);
        match (self.bleed_at_gutter, bound_left) {
            (true, _) => edges,
            (false, true) => Edges { left: Length::ZERO, ..edges },
            (false, false) => Edges { right: Length::ZERO, ..edges },
        }
    }

    /// The narrowest gutter of a book of some pages.
    pub fn least_gutter(&self, pages: usize) -> Length {
        let fitting = self.limits.gutters.iter().rev().find(|(least, _)| pages >= *least);
        fitting.map_or(Length::ZERO, |(_, width)| *width)
    }

    /// The number of pages with the blank ones that fill the last bundle.
    pub fn page_count(&self, pages: usize) -> usize {
        pages.next_multiple_of(self.page_multiple.max(1))
    }

    /// The width of the spine of a book of some pages: a leaf is two pages.
    pub fn spine(&self, pages: usize) -> Option<Length> {
        Some(self.thickness? * pages as i64 / 2)
    }
}

/// What is asked for by all printers that say nothing else.
fn of_all() -> &'static Printer {
    &printers()[0]
}

fn limits(printer: &Printer) -> Limits {
    let all = of_all();
    let gutters = printer.gutters.as_ref().or(all.gutters.as_ref());
    let gutters = gutters.into_iter().flatten();
    let resolution = printer.resolution.or(all.resolution);
    let spine = printer.spine_text.or(all.spine_text);
    Limits {
        pages: (
            printer.least_pages.or(all.least_pages).unwrap_or(1),
            printer.most_pages.or(all.most_pages).unwrap_or(usize::MAX),
        ),
        gutters: gutters.map(|one| (one.pages, length(Some(one.width)))).collect(),
        fore_edge: length(printer.fore_edge.or(all.fore_edge)),
        text: length(printer.least_text.or(all.least_text)),
        rule: length(printer.least_rule.or(all.least_rule)),
        resolution: resolution.unwrap_or(Resolution { color: 0, gray: 0 }),
        spine_pages: spine.map_or(0, |spine| spine.least_pages),
        spine_clear: length(spine.map(|spine| spine.clear)),
        trim: printer.trim.map(super::printer::TrimRange::sizes),
    }
}

fn length(dimension: Option<Dimension>) -> Length {
    dimension.map_or(Length::ZERO, |dimension| dimension.length(Length::ZERO))
}

fn find_printer(name: &str) -> Result<&'static Printer, Fault> {
    let found = printers().iter().find(|printer| printer.name == name);
    found.map_or_else(
        || {
            let names: Vec<&str> =
                printers().iter().map(|printer| printer.name.as_str()).collect();
            let message = format!("there is no printer `{name}`");
            fault("printer", message, format!("there are {}", names.join(", ")))
        },
        Ok,
    )
}

fn thickness(paper: &Paper) -> Result<Length, Fault> {
    let given = match paper {
        Paper::Thickness(given) => length(Some(*given)),
        Paper::Named(name) => match papers().iter().find(|paper| paper.name == *name) {
            Some(paper) => length(Some(paper.thickness)),
            None => {
                let names: Vec<&str> =
                    papers().iter().map(|paper| paper.name.as_str()).collect();
                let message = format!("there is no paper `{name}`");
                let names = names.join(", ");
                let hint = format!("there are {names}; or `{{ thickness: 0.11mm }}`");
                return fault("paper", message, hint);
            }
        },
    };
    if given <= Length::ZERO || given > MOST_THICKNESS {
        let message = "a leaf is thicker than nothing and thinner than 2mm";
        return fault("paper", message, "the printer's table has it: about 0.1mm");
    }
    Ok(given)
}

fn fault<T>(
    key: &'static str,
    message: impl Into<String>,
    hint: impl Into<String>,
) -> Result<T, Fault> {
    Err(Fault { key, message: message.into(), hint: hint.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(yaml: &str) -> Config {
        serde_saphyr::from_str(yaml).expect("the test's settings can be read")
    }

    fn job(yaml: &str) -> Job {
        Job::from_config(&read(yaml)).expect("it is right")
    }

    #[test]
    fn what_a_book_says_stands_over_what_its_printer_asks_for() {
        let plain = job("{}");
        assert_eq!((plain.bleed, plain.folio_start), (Length::MM * 3, 1));
        assert_eq!(plain.hidden_folios, HiddenFolios::All);
        assert_eq!(job("printer: marusho").bleed, Length::MM * 5);
        let own = job("{ printer: marusho, bleed: 3mm, marks: true, folio-start: 3 }");
        assert_eq!((own.bleed, own.marks, own.folio_start), (Length::MM * 3, true, 3));
    }

    #[test]
    fn every_printer_can_be_named() {
        for printer in printers() {
            let job = job(&format!("printer: {}", printer.name));
            assert!(job.limits.text > Length::ZERO, "{}", printer.name);
            assert!(job.limits.gutters.is_sorted(), "{}", printer.name);
        }
    }

    #[test]
    fn gutters_grow_with_the_pages() {
        let kdp = job("printer: kdp");
        let mm = |pages| kdp.least_gutter(pages).to_mm();
        assert_eq!([24, 150, 151, 500, 828].map(mm), [9.6, 9.6, 12.7, 15.9, 22.3]);
        assert_eq!(job("{}").least_gutter(500), Length::ZERO);
        assert_eq!(kdp.edges(true).left, Length::ZERO);
        assert_eq!(kdp.edges(false).left.to_mm(), 3.2);
    }

    #[test]
    fn a_spine_is_as_thick_as_its_leaves() {
        let book = job("{ paper: { thickness: 0.086mm }, page-multiple: 8 }");
        assert_eq!(book.page_count(17), 24);
        let spine = book.spine(24).expect("there is a paper");
        assert!((spine.to_mm() - 1.032).abs() < 0.0001);
        assert_eq!(job("{}").spine(24), None);
    }

    #[test]
    fn what_cannot_be_is_told_with_its_key() {
        let key =
            |yaml: &str| Job::from_config(&read(yaml)).expect_err("it is wrong").key;
        assert_eq!(key("printer: none"), "printer");
        assert_eq!(key("paper: vellum"), "paper");
        assert_eq!(key("paper: { thickness: 9mm }"), "paper");
        assert_eq!(key("bleed: 30mm"), "bleed");
        assert_eq!(key("folio-start: 2"), "folio-start");
        assert_eq!(key("page-multiple: 6"), "page-multiple");
    }
}
