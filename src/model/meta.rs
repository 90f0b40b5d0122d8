//! What the colophon, the title page and the catalogues say about a book.

/// The metadata of a book, complete: every default is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title (書名).
    pub title: String,
    /// How the title is read, in katakana.
    pub title_reading: Option<String>,
    /// The subtitle (副題).
    pub subtitle: Option<String>,
    /// Authors, editors, translators … in the order of the title page.
    pub contributors: Vec<Contributor>,
    /// The language as a BCP 47 tag.
    pub language: String,
    /// `urn:isbn:…` or `urn:uuid:…`, the same in every build of the same book.
    pub identifier: String,
    /// The publisher (発行所).
    pub publisher: Option<String>,
    /// How the publisher is read, in katakana.
    pub publisher_reading: Option<String>,
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
    /// Who holds which rights.
    pub rights: Option<String>,
    /// Where to write to.
    pub contact: Option<String>,
    /// What the book is about, in a few sentences.
    pub description: Option<String>,
    /// Words to find it by.
    pub subjects: Vec<String>,
}

/// Somebody who made the book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contributor {
    /// The name as the title page prints it.
    pub name: String,
    /// How the name is read, in katakana.
    pub reading: Option<String>,
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
