//! The EPUB: a document and a style become the bytes of an EPUB 3.3 publication.
//!
//! Pages are written first; what they hold decides everything else: the subsets of the
//! fonts, the accessibility metadata, the properties of the files.

mod access;
mod book;
mod check;
mod container;
mod cover;
mod css;
mod faces;
mod fonts;
mod images;
mod labels;
mod nav;
mod package;
mod page_list;
mod pages;
mod profile;
mod xhtml;
mod xml;

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;

use book::Book;
use container::Resource;
use package::Item;
pub use page_list::{Edition, PageList};

use crate::diag::Sink;
use crate::font::FontBook;
use crate::model::{Document, SectionKind};
use crate::source::Span;
use crate::style::Style;

pub use images::ImageLimit;
pub use profile::Profile;

/// What a publication is made with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpubOptions {
    /// Whether the fonts are embedded, cut down to the characters that the book shows.
    pub embed_fonts: bool,
    /// The page breaks of another edition; `None` where there is none to keep.
    pub page_list: Option<PageList>,
    /// The most that a picture may be.
    pub max_image: ImageLimit,
    /// How its files are named and divided.
    pub profile: Profile,
    /// Whether it has the NCX and the guide of Kindle and of older readers; `None` as the
    /// profile has it.
    pub ncx: Option<bool>,
    /// The place of findings about the book as a whole.
    pub place: Span,
}

impl Default for EpubOptions {
    fn default() -> Self {
        Self {
            embed_fonts: true,
            page_list: None,
            max_image: ImageLimit::default(),
            profile: Profile::General,
            ncx: None,
            place: Span::default(),
        }
    }
}

/// Why no publication could be made.
#[derive(Debug)]
pub enum EpubError {
    /// A face could not be cut down to the characters of the book; where it is from.
    Font(String),
    /// The container could not be written.
    Container(zip::result::ZipError),
}

impl fmt::Display for EpubError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Font(origin) => write!(f, "cannot cut down the font {origin}"),
            Self::Container(error) => write!(f, "cannot bind the EPUB: {error}"),
        }
    }
}

impl Error for EpubError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Font(_) => None,
            Self::Container(error) => Some(error),
        }
    }
}

impl From<zip::result::ZipError> for EpubError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Container(error)
    }
}

impl From<std::io::Error> for EpubError {
    fn from(error: std::io::Error) -> Self {
        Self::Container(error.into())
    }
}

/// Makes the publication. The same document, style and fonts give the same bytes. What
/// stores would not take is told to `sink`.
///
/// # Errors
/// Fails where a font cannot be cut down, or where the book is larger than a container
/// can hold.
pub fn export(
    document: &Document,
    style: &Style,
    fonts: &FontBook,
    options: &EpubOptions,
    sink: &mut Sink,
) -> Result<Vec<u8>, EpubError> {
    // Write the pages; long sections are divided into several files.
    let mut book = Book::new(document, style, options, sink);
    let conventions = book.conventions;
    let (pages, mut seen) = pages::write(&mut book);

    // The cover and the contents, which show characters too.
    let cover = cover::write(&book, fonts);
    let (nav, in_nav) = nav::write(&book, &seen.pages);
    seen.merge(in_nav);
    seen.findings.drain(..).for_each(|found| sink.push(found));

    // Cut the fonts down to the characters shown, and name them in the style sheet.
    let fonts = if options.embed_fonts {
        fonts::subset(&seen.used, fonts, conventions.fonts, (options.place, sink))?
    } else {
        Vec::new()
    };
    let sheets = css::write(&book, &fonts, seen.continued);

    // List all files: the spine in the order of reading, then what it shows.
    let mut files = Files::default();
    if let Some(path) = book.ncx {
        files.text(path, "application/x-dtbncx+xml", nav::ncx(&book, &seen.pages));
    }
    for (path, css) in sheets {
        files.text(path, "text/css", css);
    }
    let cover::Cover { page, image, picture } = cover;
    files.spine_page(page, &[]);
    files.text_pages(&book, pages, nav);
    if let Some(image) = image {
        files.add(image, "image/png", &["cover-image"]);
    }
    files.pictures(&book, &seen.pictures, picture, sink);
    let has_fonts = !fonts.is_empty();
    for font in fonts {
        files.add(font.resource, font.media_type, &[]);
    }

    check::pages(&book, &files, sink);
    check::links(&files, options.place, sink);

    // Describe them in the package, and bind.
    let package = package::write(&book, &files.items, &seen, has_fonts);
    files
        .resources
        .insert(0, Resource::text(conventions.package, package));
    let bytes = container::write(&files.resources, conventions)?;
    check::book(bytes.len(), options.place, sink);
    Ok(bytes)
}

/// The files of the publication with their entries in the manifest.
#[derive(Debug, Default)]
struct Files {
    resources: Vec<Resource>,
    items: Vec<Item>,
}

impl Files {
    fn add(
        &mut self,
        resource: Resource,
        media_type: &'static str,
        properties: &[&'static str],
    ) {
        self.items.push(Item {
            path: resource.path.clone(),
            media_type,
            properties: properties.to_vec(),
            spine: false,
            opens: false,
        });
        self.resources.push(resource);
    }

    fn text(&mut self, path: &str, media_type: &'static str, text: String) {
        self.add(Resource::text(path, text), media_type, &[]);
    }

    fn spine_page(&mut self, page: xhtml::Page, properties: &[&'static str]) {
        let mut properties = properties.to_vec();
        if page.mathml {
            properties.push("mathml");
        }
        if page.xhtml.contains("<svg") {
            properties.push("svg");
        }
        self.add(
            Resource::text(&page.path, page.xhtml),
            "application/xhtml+xml",
            &properties,
        );
        if let Some(item) = self.items.last_mut() {
            item.spine = true;
            item.opens = page.opens;
        }
    }

    /// The pages of the text in the order of reading, and the navigation document in the
    /// place of the contents, where it is their page.
    fn text_pages(&mut self, book: &Book<'_>, pages: Vec<xhtml::Page>, nav: xhtml::Page) {
        let mut sections = book.document.sections.iter();
        let contents = sections
            .position(|it| it.kind == SectionKind::Contents)
            .filter(|_| !book.conventions.contents_page);
        let before = contents.map_or(0, |at| book.files_before(at));
        let mut nav = Some(nav);
        if contents.is_none() {
            self.nav(nav.take(), false);
        }
        for (number, page) in pages.into_iter().enumerate() {
            if number == before {
                self.nav(nav.take(), true);
            }
            self.spine_page(page, &[]);
        }
        self.nav(nav, true);
    }

    /// The pictures that are shown, and that of the cover where the book has one; what
    /// stores say of them is told.
    fn pictures(
        &mut self,
        book: &Book<'_>,
        shown: &BTreeSet<usize>,
        cover: Option<usize>,
        sink: &mut Sink,
    ) {
        let mut shown = shown.clone();
        shown.extend(cover);
        for number in shown {
            let picture = book.pictures.bound(number);
            let mut properties: &[_] = &[];
            if cover == Some(number) {
                check::cover(picture, sink);
                properties = &["cover-image"];
            } else {
                check::image(picture, sink);
            }
            let media_type = book.pictures.media_type(number);
            self.add(book.pictures.resource(number), media_type, properties);
        }
    }

    /// The navigation document, in the order of reading or beside it.
    fn nav(&mut self, nav: Option<xhtml::Page>, spine: bool) {
        if let Some(page) = nav {
            self.spine_page(page, &["nav"]);
            if let Some(item) = self.items.last_mut() {
                item.spine = spine;
            }
        }
    }
}
