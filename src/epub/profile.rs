//! Profiles of a publication: how its files are named and divided. Each is a line of a
//! table; those who write the files read them from it.

use crate::model::SectionKind;

/// Whom a publication is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// All stores and readers.
    #[default]
    General,
    /// Stores and printers that ask for the guide of the Electronic Book Publishers
    /// Association of Japan (電書協 EPUB 3 制作ガイド), version 1.1.3.
    Ebpaj,
}

impl Profile {
    /// What holds in the profile.
    pub(super) fn conventions(self) -> &'static Conventions {
        match self {
            Self::General => &GENERAL,
            Self::Ebpaj => &EBPAJ,
        }
    }
}

/// Names of files, and what is written. Folders end in a slash.
#[derive(Debug)]
pub(super) struct Conventions {
    /// The folder of the package document.
    pub(super) root: &'static str,
    /// The package document in it.
    pub(super) package: &'static str,
    /// The navigation document beside it.
    pub(super) nav: &'static str,
    /// The NCX of older readers beside it.
    pub(super) ncx: &'static str,
    /// Whether the NCX is written, and with it the guide of older readers, where nothing is
    /// said.
    pub(super) writes_ncx: bool,
    /// The page of the cover.
    pub(super) cover: &'static str,
    /// The picture of the cover without its ending, where the book's own has a set name.
    pub(super) cover_image: Option<&'static str>,
    /// The folder of the text.
    pub(super) text: &'static str,
    /// The folder of the pictures.
    pub(super) images: &'static str,
    /// The folder of the fonts.
    pub(super) fonts: &'static str,
    /// The style sheet that pages link to.
    pub(super) sheet: &'static str,
    /// The parts of the style sheet that have files of their own, and are imported.
    pub(super) parts: Option<SheetParts>,
    /// Whether the contents are a page beside the navigation document.
    pub(super) contents_page: bool,
    /// The names of pages by what they are; where there are none, pages are named after
    /// their sections.
    pub(super) pages: &'static [PageName],
    /// The element that holds what is on a page.
    pub(super) main: &'static str,
    /// A property of the package that names the profile, with its prefix and address.
    pub(super) declared: Option<Declared>,
}

/// The files of a style sheet in parts, in the order of the cascade.
#[derive(Clone, Copy, Debug)]
pub(super) struct SheetParts {
    /// What elements look like.
    pub(super) reset: &'static str,
    /// The classes of the guide.
    pub(super) standard: &'static str,
    /// Everything else that does not depend on the book.
    pub(super) advance: &'static str,
}

/// How pages of a kind are named.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageName {
    kind: Option<SectionKind>,
    stem: &'static str,
    /// Whether the pages of the name are counted, from 001.
    counted: bool,
}

/// A property of the package.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared {
    /// The declaration of its prefix.
    pub(super) prefix: &'static str,
    /// Its name.
    pub(super) property: &'static str,
    /// What it says.
    pub(super) value: &'static str,
}

impl Conventions {
    /// The stem of the name of pages of a kind, and whether they are counted; `None` where
    /// they are named after their sections.
    pub(super) fn page(&self, kind: SectionKind) -> Option<(&'static str, bool)> {
        let own = |page: &&PageName| page.kind.is_none_or(|of| of == kind);
        self.pages.iter().find(own).map(|page| (page.stem, page.counted))
    }
}

static GENERAL: Conventions = Conventions {
    root: "EPUB/",
    package: "package.opf",
    nav: "nav.xhtml",
    ncx: "toc.ncx",
    writes_ncx: true,
    cover: "cover.xhtml",
    cover_image: None,
    text: "text/",
    images: "images/",
    fonts: "fonts/",
    sheet: "style/book.css",
    parts: None,
    contents_page: false,
    pages: &[],
    main: "section",
    declared: None,
};

const fn page(kind: Option<SectionKind>, stem: &'static str, counted: bool) -> PageName {
    PageName { kind, stem, counted }
}

static EBPAJ: Conventions = Conventions {
    root: "item/",
    package: "standard.opf",
    nav: "navigation-documents.xhtml",
    ncx: "toc.ncx",
    writes_ncx: false,
    cover: "xhtml/p-cover.xhtml",
    cover_image: Some("cover"),
    text: "xhtml/",
    images: "image/",
    fonts: "font/",
    sheet: "style/book-style.css",
    parts: Some(SheetParts {
        reset: "style/style-reset.css",
        standard: "style/style-standard.css",
        advance: "style/style-advance.css",
    }),
    contents_page: true,
    pages: &[
        page(Some(SectionKind::TitlePage), "p-titlepage", false),
        page(Some(SectionKind::Contents), "p-toc", false),
        page(Some(SectionKind::Colophon), "p-colophon", false),
        page(None, "p", true),
    ],
    main: "div",
    declared: Some(Declared {
        prefix: "ebpaj: http://www.ebpaj.jp/",
        property: "ebpaj:guide-version",
        value: "1.1.3",
    }),
};
