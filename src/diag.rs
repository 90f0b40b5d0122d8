//! What the program has to say about a book: plain data, printed at the edge.

use crate::source::Span;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The book is not as its author meant it; nothing is written.
    Error,
    /// The book can be bound, but a reader would notice.
    Warning,
    /// Worth knowing, nothing to mend.
    Note,
}

impl Severity {
    /// The word that messages print.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Declares [`Code`] with the name, the severity and the description of each kind of finding.
macro_rules! codes {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal, $severity:ident;)*) => {
        /// The kind of a finding, stable between versions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])* $variant,)* }

        impl Code {
            /// All kinds of findings.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name that messages print.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How grave findings of this kind are.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// What findings of this kind are about: the words of its documentation.
            pub fn description(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc),*).trim_ascii(),)* }
            }
        }
    };
}

codes! {
    /// The text is not YAML.
    YamlSyntax = "yaml-syntax", Error;
    /// A key that the program does not know.
    UnknownKey = "unknown-key", Error;
    /// A key of front matter that is for other programs.
    ForeignKey = "foreign-key", Warning;
    /// A key that has to be there and is not.
    MissingKey = "missing-key", Error;
    /// A key that stands twice.
    DuplicateKey = "duplicate-key", Error;
    /// A value of the wrong type.
    WrongType = "wrong-type", Error;
    /// A value outside what the key can take.
    BadValue = "bad-value", Error;
    /// A file that is named and not there.
    MissingFile = "missing-file", Error;
    /// A file that cannot be read as what it should be.
    UnreadableFile = "unreadable-file", Error;
    /// A chapter that is listed twice.
    DuplicateChapter = "duplicate-chapter", Error;
    /// A chapter without any text.
    EmptyChapter = "empty-chapter", Warning;
    /// A font file that is not a font that can be used.
    BadFont = "bad-font", Error;
    /// A character that no font of the book has.
    MissingGlyph = "missing-glyph", Warning;
    /// An image that is named and not there.
    MissingImage = "missing-image", Warning;
    /// An image that the program cannot read or does not take.
    UnsupportedImage = "unsupported-image", Warning;
    /// An image without a word for those who do not see it.
    MissingAlt = "missing-alt", Warning;
    /// A link that leads nowhere in the book.
    BrokenLink = "broken-link", Warning;
    /// An id that stands twice in a chapter.
    DuplicateId = "duplicate-id", Warning;
    /// A cross-reference to nothing.
    UnknownReference = "unknown-reference", Warning;
    /// A citation of a work that is not in the list of references.
    UnknownCitation = "unknown-citation", Warning;
    /// Something of a work in the list of references that cannot be set.
    UnsupportedWork = "unsupported-work", Warning;
    /// A footnote that is referred to and not written.
    UndefinedFootnote = "undefined-footnote", Warning;
    /// A footnote that is written and never referred to.
    UnusedFootnote = "unused-footnote", Warning;
    /// HTML that cannot be set.
    UnsupportedHtml = "unsupported-html", Warning;
    /// CSS that no EPUB may hold, or that readers are better without.
    UnsupportedCss = "unsupported-css", Warning;
    /// Something in an SVG image that no EPUB may hold.
    UnsupportedSvg = "unsupported-svg", Warning;
    /// A container, directive or template that the program does not know.
    UnknownDirective = "unknown-directive", Warning;
    /// A container that is not closed.
    UnclosedContainer = "unclosed-container", Warning;
    /// Notation of this program that is not complete.
    BadNotation = "bad-notation", Warning;
    /// A mathematical formula that cannot be set.
    UnsupportedMath = "unsupported-math", Warning;
    /// A word or a cell that is wider than the measure.
    Overfull = "overfull", Warning;
    /// Page numbers that did not settle.
    Unsettled = "unsettled", Warning;
    /// A PDF that a standard cannot be claimed for.
    NotConforming = "not-conforming", Warning;
    /// An image with too few pixels for the size at which it is printed.
    LowResolution = "low-resolution", Warning;
    /// A rule that is too thin for a press.
    ThinRule = "thin-rule", Warning;
    /// Text that is too small for a press.
    SmallText = "small-text", Warning;
    /// Text or a picture that is too near to an edge that is cut.
    NearTrim = "near-trim", Warning;
    /// Something that ends at an edge that is cut and does not go on beyond it.
    NoBleed = "no-bleed", Warning;
    /// A book with more or fewer pages than the printer binds.
    PageCount = "page-count", Warning;
    /// A page of a size that the printer does not have.
    PageSize = "page-size", Warning;
    /// A gutter that is too narrow for so many pages.
    NarrowGutter = "narrow-gutter", Warning;
    /// A spine that is too narrow for words.
    NarrowSpine = "narrow-spine", Warning;
    /// A file in four colours without the profile of its printing condition.
    NoProfile = "no-profile", Note;
    /// An EPUB for all stores without the contents of older readers.
    NoNcx = "no-ncx", Note;
    /// A cover that stores do not take.
    StoreCover = "store-cover", Warning;
    /// A cover that is much wider or higher than stores show it.
    CoverShape = "cover-shape", Note;
    /// An image that is too large for stores.
    StoreImage = "store-image", Warning;
    /// A page or an EPUB that is too large for readers or stores.
    StoreFile = "store-file", Warning;
    /// A font that does not allow to be embedded.
    RestrictedFont = "restricted-font", Warning;
    /// An EPUB whose files do not fit together.
    BrokenPublication = "broken-publication", Warning;
    /// An output that its format has no room for.
    NotWritable = "not-writable", Error;
}

/// One finding about a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// The place in the book.
    pub span: Span,
    /// What is wrong: one sentence for an author, lower case, without a final dot.
    pub message: String,
    /// What to do about it.
    pub hints: Vec<String>,
    /// Other places that explain the finding, each with a few words.
    pub related: Vec<(Span, String)>,
}

impl Diagnostic {
    /// A finding of a kind, at a place, with its sentence.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            span,
            message: message.into(),
            hints: Vec::new(),
            related: Vec::new(),
        }
    }

    /// The same finding with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same finding with another place that explains it.
    #[must_use]
    pub fn related(mut self, span: Span, words: impl Into<String>) -> Self {
        self.related.push((span, words.into()));
        self
    }
}

/// Collects findings while the stages go on.
#[derive(Clone, Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
}

impl Sink {
    /// Takes a finding in.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Takes the findings of another sink in.
    pub fn append(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|found| found.severity == Severity::Error)
    }

    /// The findings by place, each said once.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.span, d.severity, d.code);
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        self.diagnostics.dedup();
        self.diagnostics
    }
}
