//! A folder becomes a book: `book.yaml`, the texts, the images and the fonts that it names.
//!
//! This is the only place where the files of a book are read.

mod catalogue;
mod config;
mod edition;
mod files;
mod fonts;
mod images;
mod metadata;
mod outputs;

pub use crate::style::Writing;
pub use catalogue::{AccessibilityConfig, AlternateScript, SeriesConfig, SubjectConfig};
pub use config::{
    ArticleConfig, Author, Config, EmbedFonts, EntryConfig, EpubConfig, EpubProfile,
    FontsConfig, LevelsConfig, ListConfig, MaxImage, NumberingConfig, OutputsConfig,
    PageListOf, PdfConfig, Role, StandardNames, WeightsConfig,
};
pub use edition::{
    BindingConfig, ChaptersConfig, CoverParts, HandoutConfig, HandoutOutput, Isbn,
    PressOutput, Selector,
};
pub use files::{Files, Folder, Memory};
pub use fonts::load_fonts;
pub use images::load_images;
pub use outputs::{Output, PdfOutput};

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::{Code, Diagnostic, Sink};
use crate::geom::WritingMode;
use crate::model::resolve::{CitationStyle, Numbering};
use crate::model::{Metadata, ReferenceKind, SectionKind};
use crate::source::{FileId, Sources, Span, join_path, resolve_path};
use crate::style::{self, Style};
use crate::yaml::{self, OtherKeys, Spanned};

/// Page preset and theme of an article that asks for none: a handout.
const HANDOUT: (&str, &str) = ("a4", "kiji");

/// The name of the file that describes a book.
pub const BOOK_FILE: &str = "book.yaml";

/// A book as its folder has it; the chapters are read and not parsed yet.
#[derive(Clone, Debug)]
pub struct Book {
    /// Title, authors and the rest.
    pub meta: Metadata,
    /// The direction of writing.
    pub writing: WritingMode,
    /// How the book looks.
    pub style: Style,
    /// Parts and chapters in the order of reading.
    pub entries: Vec<BookEntry>,
    /// The files of the authors' profiles.
    pub profiles: Vec<FileId>,
    /// The file of the list of references.
    pub references: Option<FileId>,
    /// The style of citations.
    pub citation_style: CitationStyle,
    /// The path of the cover's image below the book's folder, and where it is named.
    pub cover: Option<(String, Span)>,
    /// The deepest level of headings in the contents.
    pub contents_depth: u8,
    /// The lists that follow the contents.
    pub lists: Vec<ReferenceKind>,
    /// Whether a half title stands before the title page.
    pub half_title: bool,
    /// How parts and headings are numbered.
    pub numbering: Numbering,
    /// The book's own font files.
    pub fonts: FontsConfig,
    /// The file that says all this, `book.yaml` or the article, and the byte at which it
    /// begins to.
    pub config: (FileId, usize),
    /// What is made, by name.
    pub outputs: BTreeMap<&'static str, Output>,
    /// Whether it is a single article.
    pub article: bool,
}

/// A part or a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BookEntry {
    /// The beginning of a part.
    Part {
        /// Its title.
        title: String,
        /// Where the part is listed.
        span: Span,
    },
    /// A chapter.
    Chapter {
        /// What it is to the book.
        kind: SectionKind,
        /// Its text.
        file: FileId,
    },
}

/// Reads a book from the files below a folder: from `book.yaml`, or, where `article` names
/// a Markdown file, that file alone. `source_date` is the time that outputs name as that
/// of their making, in seconds since 1970.
///
/// `None` where there is so much wrong that there is no book; `sink` says what.
pub fn load(
    files: &dyn Files,
    article: Option<&str>,
    source_date: Option<i64>,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Option<Book> {
    let mut loader = Loader { files, sources, sink, listed: BTreeMap::new() };
    let (file, start, config) = match article {
        Some(path) => loader.read_article(path)?,
        None => loader.read_config()?,
    };
    loader.load(file, start, config, article.is_some(), source_date)
}

/// What reading a book needs at every step.
struct Loader<'a> {
    files: &'a dyn Files,
    sources: &'a mut Sources,
    sink: &'a mut Sink,
    /// The chapters that are listed, by path, with the place of their listing.
    listed: BTreeMap<String, Span>,
}

impl Loader<'_> {
    fn read_config(&mut self) -> Option<(FileId, usize, Config)> {
        let file = self.add(BOOK_FILE, Span::default())?;
        let source = self.sources.get(file);
        let config =
            yaml::read(source, 0..source.text.len(), OtherKeys::Refuse, self.sink)?;
        Some((file, 0, config))
    }

    fn read_article(&mut self, path: &str) -> Option<(FileId, usize, Config)> {
        let file = self.add(path, Span::default())?;
        let source = self.sources.get(file);
        let front = yaml::front_matter(&source.text).unwrap_or(0..0);
        let start = front.start;
        let article: ArticleConfig = if source.text[front.clone()].trim().is_empty() {
            ArticleConfig::default()
        } else {
            yaml::read(source, front, OtherKeys::Refuse, self.sink)?
        };
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let heading = first_heading(&source.text);
        let config = article.into_config(heading.as_deref().unwrap_or(stem));
        Some((file, start, config))
    }

    fn load(
        mut self,
        file: FileId,
        start: usize,
        config: Config,
        article: bool,
        source_date: Option<i64>,
    ) -> Option<Book> {
        let writing = config.writing.into();
        let mut entries = Vec::new();
        if article {
            entries.push(BookEntry::Chapter { kind: SectionKind::Chapter, file });
        }
        self.load_entries(file, start, &config.chapters, &mut entries);
        if entries.is_empty() && self.listed.is_empty() {
            let text = &self.sources.get(file).text;
            let key = place_of_key(text, "chapters").unwrap_or(0..0);
            let span = self.sources.get(file).span(key);
            let finding =
                Diagnostic::new(Code::EmptyChapter, span, "there is no chapter");
            self.sink.push(finding.hint("write `- file.md` below `chapters:`"));
        }
        let profiles = config.authors.iter().filter_map(|author| author.profile.as_ref());
        let profiles: Vec<Spanned<String>> = profiles.cloned().collect();
        let profiles = profiles
            .iter()
            .filter_map(|path| self.add_named(file, start, path))
            .collect();
        let references = config.references.as_ref();
        let references = references.and_then(|path| self.add_named(file, start, path));
        let citation_style =
            self.citation_style(file, start, config.citation_style.as_ref());
        let cover = config.cover.as_ref().and_then(|path| {
            let span = self.span(file, start, path);
            self.resolve(&path.value, span).map(|full| (full, span))
        });
        let contents_depth = config.contents_depth.as_ref().map_or(2, |depth| {
            if !(1..=6).contains(&depth.value) {
                let span = self.span(file, start, depth);
                let message = format!("`contents-depth` cannot be {}", depth.value);
                let hint = "give the deepest level of headings in the contents, 1 to 6";
                self.sink
                    .push(Diagnostic::new(Code::BadValue, span, message).hint(hint));
            }
            depth.value.clamp(1, 6)
        });
        let handout = article && writing == WritingMode::Horizontal;
        let default = style::Config {
            preset: handout.then(|| HANDOUT.0.to_owned()),
            theme: handout.then(|| HANDOUT.1.to_owned()),
            ..style::Config::default()
        };
        let said = said_style(config.style.as_ref(), &default);
        let style = self.style(file, start, config.style.as_ref(), &said, writing);
        let style = style.or_else(|| Style::from_config(&default, writing).ok())?;
        self.check_epub(file, start, &config);
        let outputs =
            self.outputs((file, start), config.outputs.as_ref(), &said, writing);
        let source = self.sources.get(file);
        let meta = metadata::complete(&config, source, start, source_date, self.sink);
        Some(Book {
            meta,
            writing,
            style,
            entries,
            profiles,
            references,
            citation_style,
            cover,
            contents_depth,
            lists: config.lists.iter().map(|list| (*list).into()).collect(),
            half_title: config.half_title,
            numbering: config.numbering.into(),
            outputs,
            fonts: config.fonts,
            config: (file, start),
            article,
        })
    }

    /// Tells of an e-book that is to have the page breaks of what is not made or does not hold
    /// the whole text, and of one without what Kindle asks for.
    fn check_epub(&mut self, file: FileId, start: usize, config: &Config) {
        let Some(outputs) = &config.outputs else { return };
        let Some(epub) = &outputs.epub else { return };
        let source = self.sources.get(file);
        let rest = source.text.get(start..).unwrap_or("");
        let mut tell = |code, key: &str, message: &str, hint: &str| {
            let key = format!("outputs.epub.{key}");
            let place = place_of_key(rest, &key).unwrap_or(0..0);
            let span = source.span(start + place.start..start + place.end);
            self.sink.push(Diagnostic::new(code, span, message).hint(hint));
        };
        let handout = outputs.handout.as_ref();
        let is_made = |asked| match asked {
            PageListOf::Pdf => outputs.pdf.is_some(),
            PageListOf::Press => outputs.press.is_some(),
            PageListOf::Handout => handout.is_some(),
        };
        if let Some(asked) = epub.page_list {
            let has_chosen = asked == PageListOf::Handout
                && handout.is_some_and(|handout| handout.value.chapters.is_some());
            let name = asked.name();
            if !is_made(asked) {
                let message = format!("`page-list` names `{name}`, which is not made");
                let hint = format!("name it below `outputs` too: `{name}: {{}}`");
                tell(Code::BadValue, "page-list", &message, &hint);
            } else if has_chosen {
                let message =
                    "`page-list` names a handout that holds some chapters alone";
                let hint = "name `pdf` or `press`, which hold the whole book";
                tell(Code::BadValue, "page-list", message, hint);
            }
        }
        if epub.ncx == Some(false) && epub.profile == EpubProfile::General {
            let message =
                "an EPUB without an NCX lacks the contents that Kindle asks for";
            let hint = "leave `ncx` out where the book goes to Kindle or to old readers";
            tell(Code::NoNcx, "ncx", message, hint);
        }
    }

    fn load_entries(
        &mut self,
        file: FileId,
        start: usize,
        entries: &[Spanned<EntryConfig>],
        loaded: &mut Vec<BookEntry>,
    ) {
        for entry in entries {
            let span = self.span(file, start, entry);
            let EntryConfig { file: chapter, role, part, chapters } = &entry.value;
            match (chapter, part) {
                (Some(path), None) if chapters.is_empty() => {
                    let kind = role.unwrap_or(Role::Chapter).into();
                    if let Some(file) = self.add_chapter(path, span) {
                        loaded.push(BookEntry::Chapter { kind, file });
                    }
                }
                (None, Some(title)) => {
                    loaded.push(BookEntry::Part { title: title.clone(), span });
                    self.load_entries(file, start, chapters, loaded);
                }
                _ => {
                    let message = "a chapter has either `file` or `part` with `chapters`";
                    self.sink.push(
                        Diagnostic::new(Code::BadValue, span, message).hint(
                            "write `- file.md`, or `- part: title` and `chapters:`",
                        ),
                    );
                }
            }
        }
    }

    fn add_chapter(&mut self, path: &str, span: Span) -> Option<FileId> {
        let full = self.resolve(path, span)?;
        if let Some(first) = self.listed.get(&full) {
            let message = format!("chapter `{path}` is listed twice");
            self.sink.push(
                Diagnostic::new(Code::DuplicateChapter, span, message)
                    .related(*first, "it is listed here first")
                    .hint("take one of the two lines away"),
            );
            return None;
        }
        self.listed.insert(full.clone(), span);
        self.add(&full, span)
    }

    fn add_named(
        &mut self,
        file: FileId,
        start: usize,
        path: &Spanned<String>,
    ) -> Option<FileId> {
        let span = self.span(file, start, path);
        let full = self.resolve(&path.value, span)?;
        self.add(&full, span)
    }

    /// The path below the book's folder that a path in `book.yaml` means.
    fn resolve(&mut self, path: &str, span: Span) -> Option<String> {
        let base = self.sources.get(span.file).path.clone();
        let written = join_path(&base, path);
        let full = written
            .filter(|full| path.contains('%') && self.files.exists(full))
            .or_else(|| resolve_path(&base, path));
        if full.is_none() {
            let message = format!("`{path}` leads out of the book's folder");
            let hint = "put the file into the folder of the book";
            self.sink
                .push(Diagnostic::new(Code::MissingFile, span, message).hint(hint));
        }
        full
    }

    /// Reads a text; `span` is where it is named.
    fn add(&mut self, path: &str, span: Span) -> Option<FileId> {
        let bytes = match self.files.read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.sink.push(missing(self.files, path, span, &error));
                return None;
            }
        };
        match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
                let text = text.replace("\r\n", "\n").replace('\r', "\n");
                Some(self.sources.add(path, text))
            }
            Err(error) => {
                let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
                let message = format!("line {line} of `{path}` is not text in UTF-8");
                let hint = "save the file as UTF-8 in your editor";
                self.sink.push(
                    Diagnostic::new(Code::UnreadableFile, span, message).hint(hint),
                );
                None
            }
        }
    }

    fn citation_style(
        &mut self,
        file: FileId,
        start: usize,
        named: Option<&Spanned<String>>,
    ) -> CitationStyle {
        let Some(named) = named else { return CitationStyle::default() };
        let span = self.span(file, start, named);
        if named.value.ends_with(".csl") {
            let text = self.add_named(file, start, named);
            return text.map_or_else(CitationStyle::default, |file| {
                CitationStyle::Csl(self.sources.get(file).text.clone(), span)
            });
        }
        CitationStyle::Named(named.value.clone(), span)
    }

    /// The style that the book asks for, where it can be.
    fn style(
        &mut self,
        file: FileId,
        start: usize,
        config: Option<&Spanned<style::Config>>,
        said: &style::Config,
        writing: WritingMode,
    ) -> Option<Style> {
        let whole = match config {
            Some(config) => self.span(file, start, config),
            None => self.sources.get(file).span(start..start),
        };
        self.checked_style(said, whole, writing)
    }

    /// The style that follows from what is said of it at a place, where it can be.
    fn checked_style(
        &mut self,
        said: &style::Config,
        place: Span,
        writing: WritingMode,
    ) -> Option<Style> {
        match Style::from_config(said, writing) {
            Ok(style) => Some(style),
            Err(fault) => {
                let span = self.place_in(place, &fault.key);
                self.sink.push(
                    Diagnostic::new(Code::BadValue, span, fault.message).hint(fault.hint),
                );
                None
            }
        }
    }

    /// The place of a key after the beginning of another, else that of the other.
    fn place_in(&self, whole: Span, key: &str) -> Span {
        let source = self.sources.get(whole.file);
        let first = whole.range().start;
        let rest = source.text.get(first..).unwrap_or("");
        place_of_key(rest, key)
            .map_or(whole, |place| source.span(first + place.start..first + place.end))
    }

    fn span<T>(&self, file: FileId, start: usize, value: &Spanned<T>) -> Span {
        yaml::span_of(self.sources.get(file), start, value.referenced)
    }
}

/// What a book says of its style, over what it has where it says nothing.
fn said_style(
    config: Option<&Spanned<style::Config>>,
    default: &style::Config,
) -> style::Config {
    let mut said = config.map_or_else(|| default.clone(), |config| config.value.clone());
    said.preset = said.preset.or_else(|| default.preset.clone());
    said.theme = said.theme.or_else(|| default.theme.clone());
    said
}

/// The finding for a file that is not there, with a name that is near.
fn missing(
    files: &dyn Files,
    path: &str,
    span: Span,
    error: &std::io::Error,
) -> Diagnostic {
    if error.kind() != std::io::ErrorKind::NotFound {
        let message = format!("cannot read `{path}`");
        return Diagnostic::new(Code::UnreadableFile, span, message)
            .hint(error.to_string());
    }
    let finding = Diagnostic::new(
        Code::MissingFile,
        span,
        format!("cannot find the file `{path}`"),
    );
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let neighbours = files.neighbours(path);
    let names: Vec<&str> = neighbours.iter().map(String::as_str).collect();
    match yaml::nearest(name, &names) {
        Some(near) if folder.is_empty() => finding.hint(format!("there is `{near}`")),
        Some(near) => finding.hint(format!("there is `{folder}/{near}`")),
        None => {
            finding.hint("paths are taken from the folder of the file that names them")
        }
    }
}

/// The bytes of the last of keys with dots between them, each below the one before it.
fn place_of_key(text: &str, path: &str) -> Option<Range<usize>> {
    let mut place = 0..0;
    for key in path.split('.') {
        let named = format!("{key}:");
        let rest = &text[place.end..];
        let is_word = |ch: char| ch.is_alphanumeric() || ch == '-';
        let (at, _) = rest
            .match_indices(&named)
            .find(|(at, _)| !rest[..*at].ends_with(is_word))?;
        let start = place.end + at;
        place = start..start + key.len();
    }
    Some(place)
}

/// The words of the first heading of level 1, without attributes and readings.
fn first_heading(text: &str) -> Option<String> {
    let heading = text.lines().find_map(|line| line.strip_prefix("# "))?;
    let mut words = String::new();
    let mut rest = heading;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((inside, after)) = after.split_once('}') else { break };
        words.push_str(before);
        words.push_str(inside.split_once('|').map_or("", |(base, _)| base));
        rest = after;
    }
    words.push_str(rest);
    Some(words.trim().to_string()).filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_below_others() {
        let text = "font-size: 13Q\nheadings:\n  h1: { lines: 3 }\n  h2: { size: 1Q }\n";
        let found = |path| place_of_key(text, path).map(|place| text[place].to_owned());
        assert_eq!(found("headings.h2.size").as_deref(), Some("size"));
        assert_eq!(place_of_key(text, "headings.h2.size").map(|at| at.start), Some(52));
        assert_eq!(found("size"), Some("size".to_owned()));
        assert_eq!(found("notes.size"), None);
    }

    #[test]
    fn the_title_of_an_article_is_its_first_heading() {
        let title = |text: &str| first_heading(text);
        let text = "序\n\n# {製本|せいほん}の本 {#top .x}\n";
        assert_eq!(title(text).as_deref(), Some("製本の本"));
        assert_eq!(title("## 節\n"), None);
    }
}
