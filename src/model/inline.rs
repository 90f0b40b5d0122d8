//! What stands in a line.

use crate::source::Span;

/// A place of the book that can be linked to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnchorId(pub u32);

/// Where an [`AnchorId`] is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The number of its section.
    pub section: usize,
    /// Its id inside the section: an XML name that no other anchor of the section has;
    /// empty for the section itself.
    pub name: String,
}

/// Attributes as `{#id .class key=value}` gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// The id.
    pub id: Option<String>,
    /// The classes, without dots.
    pub classes: Vec<String>,
    /// The other keys with their values.
    pub pairs: Vec<(String, String)>,
}

impl Attributes {
    /// Whether a class is given.
    pub fn has_class(&self, class: &str) -> bool {
        self.classes.iter().any(|given| given == class)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// A length in characters that a key gives: `7`, `7em`, `7字`, from 1 to 99. `None` where
    /// it gives none.
    pub fn characters(&self, key: &str) -> Option<u32> {
        let number = self.get(key)?.trim_end_matches("em").trim_end_matches('字');
        number.parse().ok().filter(|number| (1..100).contains(number))
    }

    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        self.id.is_none() && self.classes.is_empty() && self.pairs.is_empty()
    }
}

/// One thing in a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Characters. Where the text is as long as its span, byte `n` of it stands at byte
    /// `n` of the span.
    Text {
        /// The characters; line breaks of the source are joined already.
        text: String,
        /// Where they stand.
        span: Span,
    },
    /// Code in a line.
    Code {
        /// The characters.
        text: String,
        /// Where they stand.
        span: Span,
    },
    /// A formula.
    Math {
        /// Its TeX.
        tex: String,
        /// Whether it stands alone on its lines.
        display: bool,
        /// Where it stands.
        span: Span,
    },
    /// Words in another style.
    Styled {
        /// The style.
        style: InlineStyle,
        /// The words.
        children: Vec<Inline>,
    },
    /// Words with attributes that the program does not read further (class, language).
    Span {
        /// The attributes.
        attributes: Attributes,
        /// The place of its id.
        anchor: Option<AnchorId>,
        /// The words.
        children: Vec<Inline>,
    },
    /// Words with their reading beside them.
    Ruby(Ruby),
    /// Words with emphasis marks beside them (圏点).
    Kenten {
        /// The mark.
        mark: KentenMark,
        /// The words.
        children: Vec<Inline>,
    },
    /// A few characters side by side in a vertical line (縦中横).
    TateChuYoko {
        /// The characters.
        children: Vec<Inline>,
        /// Where they stand.
        span: Span,
    },
    /// Words whose orientation in a vertical line is given.
    Oriented {
        /// The orientation.
        orientation: TextOrientation,
        /// The words.
        children: Vec<Inline>,
    },
    /// A note in two small lines within the line (割注).
    Warichu {
        /// The note.
        children: Vec<Inline>,
        /// Where it stands.
        span: Span,
    },
    /// Words spread over a length (字取り).
    Jidori {
        /// The length, in characters of the text around.
        characters: u32,
        /// The words.
        children: Vec<Inline>,
        /// Where they stand.
        span: Span,
    },
    /// Words one above the other in the middle of a line (振分け).
    Furiwake {
        /// The branches, with a line break between each.
        children: Vec<Inline>,
        /// Where they stand.
        span: Span,
    },
    /// A link.
    Link {
        /// Where it leads.
        target: Target,
        /// The title that a reader may show.
        title: Option<String>,
        /// The words.
        children: Vec<Inline>,
        /// Where it stands.
        span: Span,
    },
    /// An image in a line.
    Image(Image),
    /// The mark that refers to a footnote (合印).
    Note(NoteReference),
    /// A citation.
    Citation(Citation),
    /// A reference to a numbered thing.
    CrossReference(CrossReference),
    /// Words that the index lists.
    Index {
        /// How the index writes the word; a heading and a word below it are parted by `!`.
        term: String,
        /// How it is read, in kana; sorts the index.
        reading: Option<String>,
        /// The place.
        anchor: Option<AnchorId>,
        /// The words; empty for a mark between words.
        children: Vec<Inline>,
        /// Where it stands.
        span: Span,
    },
    /// A place to link to.
    Anchor {
        /// The id.
        id: String,
        /// The place.
        anchor: Option<AnchorId>,
        /// Where it stands.
        span: Span,
    },
    /// A line ends here, the paragraph goes on.
    LineBreak,
    /// A line may end here.
    WordBreak,
    /// A tag of HTML that opens something and is never closed; it is not shown.
    Html {
        /// As it is written.
        source: String,
        /// Where it stands.
        span: Span,
    },
}

/// How words differ from those around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InlineStyle {
    /// `*…*`: emphasis; gothic in Japanese, italic in Latin.
    Emphasis,
    /// `**…**`: strong emphasis; bold gothic.
    Strong,
    /// `~~…~~`: struck through.
    Strikethrough,
    /// `<u>`: a sideline (傍線) or an underline.
    Underline,
    /// `<mark>`: highlighted.
    Highlight,
    /// `<small>`: smaller.
    Small,
    /// `<sup>`: superscript.
    Superscript,
    /// `<sub>`: subscript.
    Subscript,
    /// `<kbd>`: a key of a keyboard.
    Keyboard,
}

/// Words with their reading (ルビ).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruby {
    /// One unit for group ruby; one unit per character for mono and jukugo ruby.
    pub units: Vec<RubyUnit>,
    /// The reading of the whole on the other side (両側ルビ): under a horizontal line, on the
    /// left of a vertical one; empty for none.
    pub under: String,
    /// Where it stands.
    pub span: Span,
}

/// Base characters with the reading over them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RubyUnit {
    /// The base characters (親文字).
    pub base: String,
    /// The reading (ルビ文字).
    pub reading: String,
}

/// The mark of kenten.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KentenMark {
    /// The default of the direction: sesame in vertical, a dot in horizontal lines.
    #[default]
    Auto,
    /// ﹅
    Sesame,
    /// ﹆
    OpenSesame,
    /// •
    Dot,
    /// ◦
    OpenDot,
    /// ●
    Circle,
    /// ○
    OpenCircle,
    /// ◉
    DoubleCircle,
    /// ◎
    OpenDoubleCircle,
    /// ▲
    Triangle,
    /// △
    OpenTriangle,
}

/// How characters stand in a vertical line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOrientation {
    /// Upright, one below the other.
    Upright,
    /// Turned clockwise.
    Sideways,
    /// Upright, and on the em square in horizontal lines too, in full-width forms.
    FullWidth,
}

/// Where a link leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// Out of the book.
    Url(String),
    /// To a file of the book and an id in it, as the source has them; before resolving.
    File {
        /// The path as it is written; empty for the same file.
        path: String,
        /// The id after `#`.
        fragment: Option<String>,
    },
    /// To a place of the book.
    Anchor(AnchorId),
    /// To nothing; a finding has said so.
    #[default]
    Nowhere,
}

/// An image.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Image {
    /// The path as it is written.
    pub path: String,
    /// The number in [`super::Document::images`]; `None` before resolving and where the
    /// image is missing.
    pub file: Option<usize>,
    /// What it shows, in words.
    pub alt: String,
    /// Whether it shows nothing that words could tell: `alt=""` of HTML.
    pub decorative: bool,
    /// Its title.
    pub title: Option<String>,
    /// Attributes, `width` and `height` among them.
    pub attributes: Attributes,
    /// Where it stands.
    pub span: Span,
}

/// A reference to a footnote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteReference {
    /// The label.
    pub label: String,
    /// The number of the note in its section's list (from 0); `None` before resolving and
    /// where the note is missing.
    pub note: Option<usize>,
    /// Whether an earlier reference to the same note stands in the section.
    pub repeated: bool,
    /// Where it stands.
    pub span: Span,
}

/// A citation of one or more works.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Citation {
    /// The works.
    pub items: Vec<CitationItem>,
    /// Whether the author is part of the sentence (`@key` without brackets).
    pub narrative: bool,
    /// What is set in its place, from the citation style.
    pub rendered: Vec<Inline>,
    /// Where it stands.
    pub span: Span,
}

/// One work of a citation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CitationItem {
    /// Its key in the list of references.
    pub key: String,
    /// The place in the work, like `p. 3`.
    pub locator: Option<String>,
    /// Where the key stands.
    pub span: Span,
}

/// A reference to a figure, a table, a section, a listing or an equation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrossReference {
    /// What it refers to.
    pub kind: ReferenceKind,
    /// The id after the colon.
    pub id: String,
    /// The place; `None` before resolving and where there is none.
    pub target: Option<AnchorId>,
    /// What is set in its place, like 図3.
    pub rendered: String,
    /// Where it stands.
    pub span: Span,
}

/// What a cross-reference refers to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReferenceKind {
    /// `fig`: a figure (図).
    #[default]
    Figure,
    /// `tbl`: a table (表).
    Table,
    /// `sec`: a heading (節).
    Section,
    /// `lst`: a code listing (リスト).
    Listing,
    /// `eq`: an equation (式).
    Equation,
}
