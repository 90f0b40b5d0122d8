//! A whole style from what is said of it, the page, and the size and line feed of its text.

use super::config::{
    CaptionConfig, Config, FolioConfig, FrontFolios, HeadingConfig, ListConfig,
    NoteConfig, OpeningsConfig, PlateConfig, RunningConfig, TextConfig,
};
use super::{
    CaptionStyle, ColophonStyle, ContentsStyle, Dimension, Directions, Face, FolioStyle,
    HeadingStyle, Ink, ListStyle, NoteCount, NoteKind, NoteStyle, NumberPlace,
    NumberStyle, Opening, OpeningsStyle, PageStyle, Palette, PlateStyle, RuleShape,
    RuleStyle, RunningStyle, Style, StyleError, VerseStyle, theme,
};
use crate::color::Color;
use crate::font::FontStyle;
use crate::geom::{Length, WritingMode};
use crate::numeral::{Numerals, Pattern};

/// The smallest and the largest size of any text.
const SIZES: (Length, Length) = (Length(Length::Q.0 * 4), Length(Length::Q.0 * 200));
/// The most lines of the grid that a heading may take, or leave blank before it.
const MOST_LINES: u32 = 30;
/// The largest number of a first page.
const MOST_START: u32 = 9999;
/// The most characters or lines that stay blank beside or between texts.
const MOST_BLANK: u32 = 40;
/// The most lines of a paragraph that are kept together at a page break.
const MOST_KEPT: u32 = 5;

/// A whole style. What is wrong with a value is told, and the nearest that can be set
/// stands in its place.
pub(super) fn style(
    said: &Config,
    page: PageStyle,
    writing: WritingMode,
    (size, feed): (Length, Length),
    faults: &mut Vec<StyleError>,
) -> Style {
    let all = theme::layered(said, writing);
    let mut cx = Design {
        size,
        feed,
        palette: palette(&all),
        all: &all,
        faults,
    };
    let headings = cx.headings();
    let [title_page, half_title, part_page] = [
        ("title-page", &all.title_page),
        ("half-title", &all.half_title),
        ("part-page", &all.part_page),
    ]
    .map(|(key, config)| cx.plate(key, config));
    let [table, code, small] =
        [("tables", &all.tables), ("code", &all.code), ("small", &all.small)]
            .map(|(key, config)| cx.text(key, config));
    let note = cx.note(&all.notes, &page, writing);
    let list = cx.list(&all.lists);
    let [widows, orphans] =
        [("text.widows", all.text.widows), ("text.orphans", all.text.orphans)]
            .map(|(key, given)| cx.kept(key, given));
    let section_size = cx.type_size("contents", all.contents.section_size);
    let caption = cx.caption(&all.captions);
    let (running, folio) = (cx.running(&all.running_heads), cx.folio(&all.folios));
    Style {
        writing,
        page,
        body: face(all.text.font),
        size,
        feed,
        rules: all.line.rules(),
        colors: cx.palette,
        headings,
        title_page,
        title_fields: all.title_page.fields.clone().unwrap_or_default(),
        half_title,
        part_page,
        contents: ContentsStyle {
            font: face(all.contents.font),
            chapter_font: face(all.contents.chapter_font),
            space: all.contents.space.unwrap_or_default().min(4),
            section_size,
            indent: cx.length(all.contents.indent),
            leaders: all.contents.leaders.unwrap_or(true),
        },
        caption,
        table_size: table.0,
        table_feed: table.1,
        note,
        code_size: code.0,
        code_feed: code.1,
        small_size: small.0,
        small_feed: small.1,
        quote_indent: cx.blank("quotes.indent", all.quotes.indent, 0),
        quote_space: cx.blank("quotes.space", all.quotes.space, 0),
        verse: VerseStyle {
            indent: cx.blank("verse.indent", all.verse.indent, 0),
            hanging: cx.blank("verse.hanging", all.verse.hanging, 0),
        },
        list,
        widows,
        orphans,
        thin_rule: cx.length(all.rules.thin),
        thick_rule: cx.length(all.rules.thick),
        index_columns: all.index.columns.unwrap_or(1).clamp(1, 4),
        colophon: ColophonStyle {
            fields: all.colophon.fields.clone().unwrap_or_default(),
            font: face(all.colophon.font),
            label_font: face(all.colophon.label_font),
        },
        directions: Directions {
            references: all.references.writing.map(WritingMode::from),
            index: all.index.writing.map(WritingMode::from),
            colophon: all.colophon.writing.map(WritingMode::from),
        },
        openings: openings(&all.openings),
        running,
        folio,
        said: Box::new(said.clone()),
    }
}

fn palette(all: &Config) -> Palette {
    let colors = &all.colors;
    let text = Color::BLACK;
    Palette {
        muted: colors.muted.unwrap_or(text),
        accent: colors.accent.unwrap_or(text),
        ground: colors.ground.unwrap_or(Color::gray(255)),
        rule: colors.rule.unwrap_or(text),
    }
}

fn openings(config: &OpeningsConfig) -> OpeningsStyle {
    let page = |opening: Option<Opening>| opening.unwrap_or_default();
    OpeningsStyle {
        parts: page(config.parts),
        after_parts: page(config.after_parts),
        text: page(config.text),
        chapters: page(config.chapters),
        prefaces: page(config.prefaces),
        contents: page(config.contents),
        appendices: page(config.appendices),
        afterwords: page(config.afterwords),
        notes: page(config.notes),
        references: page(config.references),
        index: page(config.index),
        profiles: page(config.profiles),
        colophon: page(config.colophon),
    }
}

fn face(face: Option<Face>) -> FontStyle {
    face.map_or_else(FontStyle::default, FontStyle::from)
}

/// What is said of the number of a heading.
struct NumberConfig {
    place: Option<NumberPlace>,
    font: Option<Face>,
    size: Option<Dimension>,
    color: Color,
}

/// What the parts of a style are made from.
struct Design<'a> {
    all: &'a Config,
    size: Length,
    feed: Length,
    palette: Palette,
    faults: &'a mut Vec<StyleError>,
}

impl Design<'_> {
    /// A length, whose em is that of the text; nothing where none is given.
    fn length(&self, given: Option<Dimension>) -> Length {
        given.map_or(Length::ZERO, |given| given.length(self.size))
    }

    fn ink(&self, ink: Option<Ink>) -> Color {
        ink.unwrap_or(Ink::Text).color(&self.palette)
    }

    /// A size of type, whose em is that of the text.
    fn type_size(&mut self, key: &str, given: Option<Dimension>) -> Length {
        let size = given.map_or(self.size, |given| given.type_size(self.size));
        let (least, most) = SIZES;
        if size < least || size > most {
            self.faults.push(StyleError {
                key: format!("{key}.size"),
                message: "type of that size cannot be set".to_owned(),
                hint: "give a size between 4Q and 200Q".to_owned(),
            });
        }
        size.max(least).min(most)
    }

    fn lines(&mut self, key: &str, given: Option<u32>, least: u32) -> u32 {
        let lines = given.unwrap_or(least);
        if !(least..=MOST_LINES).contains(&lines) {
            self.faults.push(StyleError {
                key: key.to_owned(),
                message: format!("a heading cannot have {lines} lines there"),
                hint: format!("give a number between {least} and {MOST_LINES}"),
            });
        }
        lines.clamp(least, MOST_LINES)
    }

    fn headings(&mut self) -> [HeadingStyle; 6] {
        let all = &self.all.headings;
        [
            ("h1", &all.h1),
            ("h2", &all.h2),
            ("h3", &all.h3),
            ("h4", &all.h4),
            ("h5", &all.h5),
            ("h6", &all.h6),
        ]
        .map(|(level, config)| self.heading(&format!("headings.{level}"), config))
    }

    fn heading(&mut self, key: &str, config: &HeadingConfig) -> HeadingStyle {
        let size = self.type_size(key, config.size);
        let rule = (config.rule, config.rule_width, config.rule_color);
        let (color, own) = (self.ink(config.color), config.number_color);
        let number = NumberConfig {
            place: config.number,
            font: config.number_font.or(config.font),
            size: config.number_size,
            color: own.map_or(color, |own| self.ink(Some(own))),
        };
        HeadingStyle {
            kind: config.kind.unwrap_or_default(),
            starts: config.starts.unwrap_or(Opening::RunOn),
            spans: config.spans.unwrap_or_default(),
            font: face(config.font),
            size,
            at_top: config.at_top.unwrap_or_default(),
            hanging: config.hanging.map_or(Length::ZERO, |gap| gap.length(size)),
            number: self.number(key, number, size),
            lines: self.lines(&format!("{key}.lines"), config.lines, 1),
            before: self.lines(&format!("{key}.before"), config.before, 0),
            indent: self.length(config.indent),
            align: config.align.unwrap_or_default(),
            spacing: config.spacing.map_or(Length::ZERO, |gap| gap.length(size)),
            color,
            rule: self.rule(rule),
        }
    }

    /// The number of a heading of a size.
    fn number(&mut self, key: &str, config: NumberConfig, own: Length) -> NumberStyle {
        NumberStyle {
            place: config.place.unwrap_or_default(),
            font: face(config.font),
            size: match config.size {
                Some(size) => self.type_size(&format!("{key}.number"), Some(size)),
                None => own,
            },
            color: config.color,
        }
    }

    fn plate(&mut self, key: &str, config: &PlateConfig) -> PlateStyle {
        let size = self.type_size(key, config.size);
        let at = config.at.unwrap_or_default();
        if at > 90 {
            self.faults.push(StyleError {
                key: format!("{key}.at"),
                message: format!("a title cannot start at {at} percent of the page"),
                hint: "give a number between 0 and 90".to_owned(),
            });
        }
        let rule = (config.rule, config.rule_width, config.rule_color);
        let (color, own) = (self.ink(config.color), config.number_color);
        let number = NumberConfig {
            place: config.number,
            font: config.number_font.or(config.font),
            size: config.number_size,
            color: own.map_or(color, |own| self.ink(Some(own))),
        };
        PlateStyle {
            font: face(config.font),
            size,
            number: self.number(key, number, size),
            at: at.min(90),
            indent: self.length(config.indent),
            align: config.align.unwrap_or_default(),
            spacing: config.spacing.map_or(Length::ZERO, |gap| gap.length(size)),
            color,
            rule: self.rule(rule),
        }
    }

    fn rule(
        &self,
        (shape, width, color): (Option<RuleShape>, Option<Dimension>, Option<Ink>),
    ) -> RuleStyle {
        RuleStyle {
            shape: shape.unwrap_or_default(),
            width: self.length(width.or(self.all.rules.thin)),
            color: color.unwrap_or(Ink::Rule).color(&self.palette),
        }
    }

    /// The size and the line feed of small text: the feed in its own em, and no wider than
    /// that of the text.
    fn text(&mut self, key: &str, config: &TextConfig) -> (Length, Length) {
        let size = self.type_size(key, config.size);
        (size, self.small_feed(size, config.line_feed))
    }

    /// The fewest lines of a paragraph on a side of a page break.
    fn kept(&mut self, key: &str, given: Option<u32>) -> u32 {
        let lines = given.unwrap_or(1);
        if !(1..=MOST_KEPT).contains(&lines) {
            self.faults.push(StyleError {
                key: key.to_owned(),
                message: format!("{lines} lines of a paragraph cannot be kept together"),
                hint: format!("give a number between 1 and {MOST_KEPT}"),
            });
        }
        lines.clamp(1, MOST_KEPT)
    }

    /// Characters or lines that stay blank, which have to leave room for the text.
    fn blank(&mut self, key: &str, given: Option<u32>, usual: u32) -> u32 {
        let blank = given.unwrap_or(usual);
        if blank > MOST_BLANK {
            self.faults.push(StyleError {
                key: key.to_owned(),
                message: format!("{blank} is too much to leave blank"),
                hint: format!("give a number between 0 and {MOST_BLANK}"),
            });
        }
        blank.min(MOST_BLANK)
    }

    fn note(
        &mut self,
        config: &NoteConfig,
        page: &PageStyle,
        writing: WritingMode,
    ) -> NoteStyle {
        let text = TextConfig { size: config.size, line_feed: config.line_feed };
        let (size, feed) = self.text("notes", &text);
        let mut kind = config.kind.unwrap_or_default();
        if kind == NoteKind::Sidenote {
            let (message, hint) = match (writing, page.columns) {
                (WritingMode::Vertical, 1) => ("", ""),
                (WritingMode::Vertical, _) => (
                    "sidenotes do not stand beside several columns",
                    "give `columns: 1`, or `footnote` or `endnote` here",
                ),
                (WritingMode::Horizontal, _) => {
                    ("sidenotes are for vertical pages", "give `footnote` or `endnote`")
                }
            };
            if !message.is_empty() {
                kind = NoteKind::Footnote;
                self.faults.push(StyleError {
                    key: "notes.kind".to_owned(),
                    message: message.to_owned(),
                    hint: hint.to_owned(),
                });
            }
        }
        let mut number = config.number.unwrap_or_default();
        if number == NoteCount::Page && kind == NoteKind::Endnote {
            number = NoteCount::Chapter;
            self.faults.push(StyleError {
                key: "notes.number".to_owned(),
                message: "endnotes cannot be counted by page".to_owned(),
                hint: "give `chapter` or `book`".to_owned(),
            });
        }
        NoteStyle {
            kind,
            at: config.at.unwrap_or_default(),
            number,
            form: config
                .form
                .clone()
                .unwrap_or_else(|| Pattern::plain(Numerals::Arabic)),
            before_stops: config.before_stops.unwrap_or_default(),
            size,
            feed,
        }
    }

    fn list(&mut self, config: &ListConfig) -> ListStyle {
        let bullets = config.bullets.clone().unwrap_or_default();
        let numbers = config.numbers.clone().unwrap_or_default();
        let is_bullet = |text: &String| {
            (1..=3).contains(&text.chars().count()) && text.trim() == text
        };
        let wrong = [
            ("lists.bullets", !bullets.iter().all(is_bullet), "one to three characters"),
            ("lists.bullets", bullets.is_empty(), "a mark for each depth: `[•, ◦]`"),
            ("lists.numbers", numbers.is_empty(), "a form for each depth: `[\"{1}.\"]`"),
        ];
        for (key, _, hint) in wrong.into_iter().filter(|(_, wrong, _)| *wrong) {
            self.faults.push(StyleError {
                key: key.to_owned(),
                message: "a list cannot be marked so".to_owned(),
                hint: format!("give {hint}"),
            });
        }
        ListStyle {
            indent: self.blank("lists.indent", config.indent, 1),
            bullets,
            numbers,
            space: self.blank("lists.space", config.space, 0),
            keep: config.keep.unwrap_or_default(),
        }
    }

    fn small_feed(&self, size: Length, given: Option<Dimension>) -> Length {
        let feed = given.map_or(size.ratio(3, 2), |feed| feed.length(size));
        feed.min(self.feed).max(size)
    }

    fn caption(&mut self, config: &CaptionConfig) -> CaptionStyle {
        let size = self.type_size("captions", config.size);
        CaptionStyle {
            font: face(config.font),
            number_color: self.ink(config.number_color),
            size,
            feed: self.small_feed(size, config.line_feed),
        }
    }

    fn running(&mut self, config: &RunningConfig) -> RunningStyle {
        RunningStyle {
            pages: config.pages.unwrap_or_default(),
            at: config.at.unwrap_or_default(),
            align: config.align.unwrap_or_default(),
            even: config.even.unwrap_or_default(),
            odd: config.odd.unwrap_or_default(),
            openings: config.openings.unwrap_or_default(),
            font: face(config.font),
            size: self.type_size("running-heads", config.size),
            gap: self.length(config.gap),
            color: self.ink(config.color),
            rule: config.rule.unwrap_or_default().then(|| self.rule((None, None, None))),
        }
    }

    fn folio(&mut self, config: &FolioConfig) -> FolioStyle {
        let start = config.start.unwrap_or(1);
        if start.is_multiple_of(2) || start > MOST_START {
            self.faults.push(StyleError {
                key: "folios.start".to_owned(),
                message: format!("the first page cannot have the number {start}"),
                hint: "odd pages are those that open a book: give 1 or 3".to_owned(),
            });
        }
        FolioStyle {
            mode: config.mode.unwrap_or_default(),
            at: config.at.unwrap_or_default(),
            align: config.align.unwrap_or_default(),
            form: config
                .form
                .clone()
                .unwrap_or_else(|| Pattern::plain(Numerals::Arabic)),
            front: match &config.front {
                Some(FrontFolios::Own(pattern)) => Some(pattern.clone()),
                Some(FrontFolios::Continuous) | None => None,
            },
            start: start.min(MOST_START) | 1,
            openings: config.openings.unwrap_or(true),
            font: face(config.font),
            size: self.type_size("folios", config.size),
            gap: self.length(config.gap),
            color: self.ink(config.color),
        }
    }
}
