//! What the colophon, the title page and the catalogues say about a book.

/// The metadata of a book, complete: every default is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title (書名).
    pub title: String,
    /// How the title is read, in katakana.
    pub title_reading: Option<String>,
    /// The title in other scripts or languages.
    pub title_alternates: Vec<Alternate>,
    /// A shorter title.
    pub short_title: Option<String>,
    /// The subtitle (副題).
    pub subtitle: Option<String>,
    /// How the subtitle is read, in katakana.
    pub subtitle_reading: Option<String>,
    /// The series that it belongs to (叢書).
    pub series: Option<Series>,
    /// Authors, editors, translators … in the order of the title page.
    pub contributors: Vec<Contributor>,
    /// The language as a BCP 47 tag.
    pub language: String,
    /// `urn:isbn:…` or `urn:uuid:…`, the same in every build of the same book.
    pub identifier: String,
    /// What else it is known by: `urn:isbn:…`, `doi:…`, a web address.
    pub other_identifiers: Vec<String>,
    /// The publisher (発行所).
    pub publisher: Option<String>,
    /// How the publisher is read, in katakana.
    pub publisher_reading: Option<String>,
    /// The publisher in other scripts or languages.
    pub publisher_alternates: Vec<Alternate>,
    /// The day of publication as `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The time that the outputs name as that of their making, `YYYY-MM-DDThh:mm:ssZ`:
    /// from `SOURCE_DATE_EPOCH`, else from `published`, else the beginning of 1980.
    pub modified: String,
    /// The edition (版), like 初版.
    pub edition: Option<String>,
    /// Editions and printings with their dates, as the colophon lists them.
    pub history: Vec<String>,
    /// The printer (印刷所).
    pub printer: Option<String>,
    /// The binder (製本所).
    pub binder: Option<String>,
    /// The price (定価).
    pub price: Option<String>,
    /// The C code (分類コード) of the ISBN.
    pub c_code: Option<String>,
    /// The ISBN with the hyphens of the author, where `identifier` is one.
    pub isbn: Option<String>,
    /// Notices of the colophon: what must not be copied, what is exchanged.
    pub notice: Option<String>,
    /// Who holds which rights.
    pub rights: Option<String>,
    /// Where to write to.
    pub contact: Option<String>,
    /// What the book is about, in a few sentences.
    pub description: Option<String>,
    /// What it is made from, like the printed book.
    pub source: Option<String>,
    /// Words to find it by.
    pub subjects: Vec<Subject>,
    /// The claim that it keeps a level of WCAG.
    pub conformance: Option<Conformance>,
    /// What its makers say about its accessibility.
    pub accessibility_summary: Option<String>,
}

/// A name in another script or language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternate {
    /// The script or the language as a BCP 47 tag.
    pub language: String,
    /// The name.
    pub text: String,
}

/// A series of books.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// How the name is read, in katakana.
    pub reading: Option<String>,
    /// Which of its books this is, from 1.
    pub position: Option<u32>,
}

/// A word to find a book by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The word.
    pub name: String,
    /// A system of subjects, and the code of the word in it.
    pub code: Option<(String, String)>,
}

/// A claim that a book keeps a standard of accessibility.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conformance {
    /// The name of the standard as EPUB Accessibility 1.1 has it, to the letter.
    pub standard: String,
    /// Who has found it.
    pub certified_by: String,
    /// What entitles them to.
    pub credential: Option<String>,
    /// Where they tell of it.
    pub report: Option<String>,
}

/// Somebody who made the book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contributor {
    /// The name as the title page prints it.
    pub name: String,
    /// How the name is read, in katakana.
    pub reading: Option<String>,
    /// The name in other scripts or languages.
    pub alternates: Vec<Alternate>,
    /// The role as a MARC relator code: `aut`, `edt`, `trl`, `ill` ….
    pub role: String,
}

impl Contributor {
    /// The word for the role that follows a name on a Japanese title page: 著, 編, 訳 ….
    pub fn role_name(&self) -> &'static str {
        match self.role.as_str() {
            "edt" => "編",
            "trl" => "訳",
            "ill" => "絵",
            "art" => "画",
            "pht" => "写真",
            "ctb" => "協力",
            "com" => "編著",
            "dsr" | "bkd" => "装幀",
            _ => "著",
        }
    }
}
