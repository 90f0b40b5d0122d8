//! The pipeline from end to end.

mod editions;
mod paper;
mod preflight;

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::thread;

use crate::book::{
    self, Book, BookEntry, EmbedFonts, EpubConfig, EpubProfile, Files, Output, PdfOutput,
};
use crate::diag::{Code, Diagnostic, Sink};
use crate::display::{ImageId, Pages};
use crate::font::FontBook;
use crate::markdown;
use crate::model::resolve::{self, Directions, Entry, Manuscript};
use crate::model::{Chapter, Document, NotePlace};
use crate::source::{FileId, Source, Sources, Span};
use crate::style::{NoteCount, NoteKind, NoteStyle, NotesAt, Style};
use crate::{epub, layout, pdf};
use editions::{Editions, LaidOut};

/// What [`compile`] has to know beside the files.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The path of a Markdown file that is the whole book; `None` for a book with
    /// `book.yaml`.
    pub article: Option<&'a str>,
    /// The time that outputs name as that of their making, in seconds since 1970.
    pub source_date: Option<i64>,
}

/// What reading a book gives.
pub struct Compiled {
    /// The texts that were read, for the places of findings.
    pub sources: Sources,
    /// What there is to say about the book.
    pub sink: Sink,
    /// The book; `None` where too much is wrong with it.
    pub volume: Option<Volume>,
}

/// Everything that the outputs are made of.
pub struct Volume {
    /// What the book says.
    pub document: Document,
    /// How it looks.
    pub style: Style,
    /// Its faces.
    pub fonts: FontBook,
    /// What the book asks to be made, by name.
    pub outputs: BTreeMap<&'static str, Output>,
    /// The texts that it is made of, by their paths below the book's folder.
    pub source: Vec<(String, Arc<Vec<u8>>)>,
    /// The beginning of what describes the book, for findings about all of it.
    pub config: Span,
}

/// A finished output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// The name of the output.
    pub name: String,
    /// The ending that its file should have, without the dot.
    pub ending: &'static str,
    /// What the file holds.
    pub bytes: Vec<u8>,
    /// How many pages it has; `None` where pages are made by the reader's device.
    pub pages: Option<usize>,
}

/// Reads a book and joins it into a document. Never fails: what is wrong with the book is
/// told to the sink of the result.
pub fn compile(files: &dyn Files, options: Options<'_>) -> Compiled {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let Options { article, source_date } = options;
    let book = book::load(files, article, source_date, &mut sources, &mut sink);
    let volume = book.map(|book| assemble(files, &book, &sources, &mut sink));
    Compiled { sources, sink, volume }
}

/// Parses the chapters, reads what they name, and joins all of it.
fn assemble(
    files: &dyn Files,
    book: &Book,
    sources: &Sources,
    sink: &mut Sink,
) -> Volume {
    let chapters = book.entries.iter().filter_map(|entry| match entry {
        BookEntry::Chapter { file, .. } => Some(*file),
        BookEntry::Part { .. } => None,
    });
    let mut parse = |file: FileId| {
        let skip_front_matter = book.article && file == book.config.0;
        let options = markdown::Options { skip_front_matter };
        markdown::parse(sources.get(file), options, sink)
    };
    let mut texts: Vec<Chapter> = chapters
        .chain(book.profiles.iter().copied())
        .map(&mut parse)
        .collect();
    let images = book::load_images(files, &mut texts, book.cover.as_ref(), sink);
    let fonts = book::load_fonts(files, book, sources, sink);

    let mut texts = texts.into_iter();
    let entries = book.entries.iter().filter_map(|entry| match entry {
        BookEntry::Part { title, span } => {
            Some(Entry::Part { title: title.clone(), span: *span })
        }
        BookEntry::Chapter { kind, .. } => {
            texts.next().map(|chapter| Entry::Chapter { kind: *kind, chapter })
        }
    });
    let entries = entries.collect();
    let cover = book.cover.as_ref();
    let manuscript = Manuscript {
        meta: book.meta.clone(),
        writing: book.writing,
        entries,
        profiles: texts.collect(),
        bibliography: book.references.map(|file| sources.get(file)),
        citation_style: book.citation_style.clone(),
        cover: cover
            .and_then(|(path, _)| images.iter().position(|file| file.path == *path)),
        images,
        note_place: note_place(&book.style.note),
        notes_before_stops: book.style.note.before_stops,
        notes_through: book.style.note.number == NoteCount::Book,
        contents_depth: book.contents_depth,
        numbering: book.numbering.clone(),
        lists: book.lists.clone(),
        half_title: book.half_title,
        directions: directions(&book.style),
        article: book.article,
    };
    let (file, start) = book.config;
    let source = |source: &Source| {
        (source.path.clone(), Arc::new(source.text.clone().into_bytes()))
    };
    Volume {
        source: match book.outputs.values().any(takes_source) {
            true => sources.iter().map(source).collect(),
            false => Vec::new(),
        },
        document: resolve::resolve(manuscript, sink),
        style: book.style.clone(),
        fonts,
        outputs: book.outputs.clone(),
        config: sources.get(file).span(start..start),
    }
}

/// Whether the texts of a book go into an output.
fn takes_source(output: &Output) -> bool {
    match output {
        Output::Epub(_) => false,
        Output::Pdf(config) => config.attach_source,
        Output::Press(_) | Output::Handout(_) => false,
    }
}

/// After what the notes stand, as far as that is for the document to know.
fn note_place(style: &NoteStyle) -> NotePlace {
    match (style.kind, style.at) {
        (NoteKind::Footnote | NoteKind::Sidenote, _) => NotePlace::Page,
        (NoteKind::Endnote, NotesAt::Chapter) => NotePlace::Chapter,
        (NoteKind::Endnote, NotesAt::Part) => NotePlace::Part,
        (NoteKind::Endnote, NotesAt::Book) => NotePlace::Book,
    }
}

/// The directions of what the program adds, where the style gives them.
fn directions(style: &Style) -> Directions {
    Directions {
        references: style.directions.references,
        index: style.directions.index,
        colophon: style.directions.colophon,
    }
}

/// Makes outputs of a book, each on a thread of its own, in the order of their names.
pub fn export(
    volume: &Volume,
    outputs: &BTreeMap<&str, Output>,
    sink: &mut Sink,
) -> Vec<Artifact> {
    let editions = &Editions::of(volume);
    let made: Vec<(Vec<Artifact>, Sink)> = thread::scope(|scope| {
        let start = |(&name, output)| scope.spawn(move || make(editions, name, output));
        let threads: Vec<_> = outputs.iter().map(start).collect();
        let join = |thread: thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().map(join).collect()
    });
    let mut artifacts = Vec::new();
    for (of_output, found) in made {
        sink.append(found);
        artifacts.extend(of_output);
    }
    artifacts
}

fn make(editions: &Editions<'_>, name: &str, output: &Output) -> (Vec<Artifact>, Sink) {
    let mut sink = Sink::default();
    let artifact = match output {
        Output::Epub(config) => make_epub(editions, name, config, &mut sink),
        Output::Pdf(config) => make_pdf(editions, name, config, &mut sink),
        Output::Handout(output) => paper::make_handout(editions, name, output, &mut sink),
        Output::Press(output) => {
            return (paper::make_press(editions, name, output, &mut sink), sink);
        }
    };
    (artifact.into_iter().collect(), sink)
}

fn make_epub(
    editions: &Editions<'_>,
    name: &str,
    config: &EpubConfig,
    sink: &mut Sink,
) -> Option<Artifact> {
    let Volume { document, style, fonts, config: place, .. } = editions.volume;
    let (profile, fonts_of_profile) = match config.profile {
        EpubProfile::General => (epub::Profile::General, EmbedFonts::Embed),
        EpubProfile::Ebpaj => (epub::Profile::Ebpaj, EmbedFonts::None),
    };
    let embed_fonts = config.fonts.unwrap_or(fonts_of_profile) == EmbedFonts::Embed;
    let page_list = config.page_list.and_then(|of| editions.page_list(of, sink));
    let limit = config.max_image;
    let options = epub::EpubOptions {
        embed_fonts,
        page_list,
        profile,
        ncx: config.ncx,
        max_image: epub::ImageLimit {
            pixels: limit.pixels.map(NonZeroU32::get),
            bytes: limit.bytes.map(|bytes| bytes.get().into()),
        },
        place: *place,
    };
    match epub::export(document, style, fonts, &options, sink) {
        Ok(bytes) => Some(Artifact {
            name: name.to_owned(),
            ending: "epub",
            bytes,
            pages: None,
        }),
        Err(error) => {
            let code = match error {
                epub::EpubError::Font(_) => Code::BadFont,
                epub::EpubError::Container(_) => Code::NotWritable,
            };
            sink.push(Diagnostic::new(code, *place, error.to_string()));
            None
        }
    }
}

/// The pages of the PDF to read on a screen.
pub fn pages(volume: &Volume, sink: &mut Sink) -> Pages {
    let Volume { document, style, fonts, .. } = volume;
    layout::layout(document, &style.for_screen(), fonts, sink)
}

fn make_pdf(
    editions: &Editions<'_>,
    name: &str,
    config: &PdfOutput,
    sink: &mut Sink,
) -> Option<Artifact> {
    let volume = editions.volume;
    let LaidOut { pages, .. } = editions.screen(sink);
    let options = pdf::PdfOptions {
        standards: config.standards.clone(),
        attachments: if config.attach_source { source(volume) } else { Vec::new() },
        ..pdf::PdfOptions::default()
    };
    let named = config.named.unwrap_or(volume.config);
    report_pdf(volume, name, pages, (&options, named), sink)
}

/// Writes pages as a PDF, and tells what stands in the way of it; `named` is where its
/// standards are named.
fn report_pdf(
    volume: &Volume,
    name: &str,
    pages: &Pages,
    (options, named): (&pdf::PdfOptions, Span),
    sink: &mut Sink,
) -> Option<Artifact> {
    match pdf::export(pages, &volume.fonts, options) {
        Ok(pdf::Exported { bytes, unreadable, violations, is_transparent }) => {
            for (image, reason) in unreadable {
                sink.push(unreadable_image(volume, pages, image, &reason));
            }
            let found = violations.iter().map(|found| not_conforming(found, named));
            found.for_each(|found| sink.push(found));
            if is_transparent {
                sink.push(preflight::transparent(named));
            }
            let pages = Some(pages.pages.len());
            Some(Artifact { name: name.to_owned(), ending: "pdf", bytes, pages })
        }
        Err(error) => {
            let code = match error {
                pdf::PdfError::Font { .. } => Code::BadFont,
                pdf::PdfError::Limit(_) => Code::NotWritable,
            };
            sink.push(Diagnostic::new(code, volume.config, error.to_string()));
            None
        }
    }
}

/// The texts that the book is made of.
fn source(volume: &Volume) -> Vec<pdf::Attachment> {
    let attachment = |(path, text): &(String, Arc<Vec<u8>>)| pdf::Attachment {
        path: path.clone(),
        media_type: match path.rsplit('.').next() {
            Some("md") => "text/markdown",
            Some("yaml") => "application/yaml",
            _ => "text/plain",
        },
        description: format!("原稿 {path}"),
        bytes: text.clone(),
    };
    volume.source.iter().map(attachment).collect()
}

/// What keeps a PDF from a standard; `named` is where the book asks for standards.
fn not_conforming(found: &pdf::Violation, named: Span) -> Diagnostic {
    let standards: Vec<String> =
        found.standards.iter().map(|standard| standard.to_string()).collect();
    let standards = standards.join(" and ");
    let message = format!("the PDF does not claim {standards}: {}", found.fault);
    Diagnostic::new(Code::NotConforming, found.span.unwrap_or(named), message)
        .hint(found.fault.hint())
}

fn unreadable_image(
    volume: &Volume,
    pages: &Pages,
    image: ImageId,
    reason: &str,
) -> Diagnostic {
    let data = pages.images.get(image.0).map(|image| &image.data);
    let file = volume
        .document
        .images
        .iter()
        .find(|file| data.is_some_and(|data| Arc::ptr_eq(data, &file.data)));
    let (path, span) = file.map_or(("", volume.config), |file| (&file.path, file.span));
    let message = format!("image `{path}` cannot be read: {reason}");
    Diagnostic::new(Code::UnsupportedImage, span, message)
        .hint("save it again as PNG or JPEG; a gray box stands in its place")
}
