//! What a file claims to conform to, and what keeps it from it.
//!
//! krilla holds a file to what it claims while it writes it, and tells everything that is
//! against it. Then the file is written again without the claim: a standard is kept, or it
//! is not named.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU64;

use krilla::configure::{
    Accessibility, Archival, Configuration, ConfigurationBuilder, ValidationError,
    Validators,
};
use krilla::surface::Location;

use super::font::Fonts;
use super::image;
use crate::display::{Child, ContentId, Element, Item, Pages, Role, Tag};
use crate::source::Span;
use crate::standard::Standard;

/// Something in a book for which a standard cannot be claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// What it is.
    pub fault: Fault,
    /// Where the book has it; `None` where it is nowhere in the text.
    pub span: Option<Span>,
    /// The standards that it is against.
    pub standards: Vec<Standard>,
}

/// What is against a standard.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// An image or a formula without words for those who do not see it.
    NoAlternative,
    /// A heading that says nothing.
    EmptyHeading,
    /// A link that does not say where it leads.
    EmptyLink,
    /// The book has no title.
    NoTitle,
    /// The book has no language.
    NoLanguage,
    /// A character that means what its font makes it mean.
    PrivateUse(char),
    /// A character that stands for none.
    NoCharacter(char),
    /// Text in an image for which its font has no glyph.
    NoGlyph,
    /// A face whose licence does not let it be embedded; where it is from.
    Licence(String),
    /// An image in the four colours of print without a profile.
    Cmyk,
    /// A gradient in an image that is told by a program.
    Gradient,
    /// Shapes in an image that are cut too often.
    Nesting,
    /// More than the standard has room for.
    Limit(String),
}

impl Fault {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoAlternative => "say in its alternative text what it shows",
            Self::EmptyHeading => {
                "write its words, or the alternative text of the image in it"
            }
            Self::EmptyLink => "write some words between the brackets of the link",
            Self::NoTitle => "give the book a `title`",
            Self::NoLanguage => "give the book a `language`",
            Self::PrivateUse(_) => {
                "write the character that it stands for, or put an image in its place"
            }
            Self::NoCharacter(_) => "take it out of the text",
            Self::NoGlyph => "write other characters in the image, or make paths of them",
            Self::Licence(_) => "take another font, or ask its maker",
            Self::Cmyk => "save the image in RGB or in gray",
            Self::Gradient | Self::Nesting => "save the image as PNG",
            Self::Limit(_) => "take the standard out of `standard`",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = |ch: char| format!("U+{:04X}", u32::from(ch));
        match self {
            Self::NoAlternative => {
                f.write_str("this has no words for those who do not see it")
            }
            Self::EmptyHeading => f.write_str("this heading has no words"),
            Self::EmptyLink => f.write_str("this link has no words"),
            Self::NoTitle => f.write_str("the book has no title"),
            Self::NoLanguage => f.write_str("the book has no language"),
            Self::PrivateUse(ch) => {
                write!(f, "{} means only to its font what it means", code(*ch))
            }
            Self::NoCharacter(ch) => write!(f, "{} is no character", code(*ch)),
            Self::NoGlyph => f.write_str("no font has a character of this image"),
            Self::Licence(origin) => {
                write!(f, "the licence of the font {origin} does not let it be embedded")
            }
            Self::Cmyk => {
                f.write_str("this image is in CMYK and the PDF has no profile for it")
            }
            Self::Gradient => {
                f.write_str("a gradient of this image repeats or goes round")
            }
            Self::Nesting => f.write_str("shapes of this image are cut too often"),
            Self::Limit(limit) => write!(f, "{limit}"),
        }
    }
}

/// How krilla holds a file to standards: to none where they do not go together.
pub(super) fn configuration(standards: &[Standard]) -> Configuration {
    let start = ConfigurationBuilder::new();
    let all = standards
        .iter()
        .fold(start, |all, standard| match archival(*standard) {
            Some(part) => all.with_archival_validator(part),
            None => all.with_accessibility_validator(Accessibility::UA1),
        });
    all.finish().unwrap_or_default()
}

/// The part of PDF/A; `None` for PDF/UA.
fn archival(standard: Standard) -> Option<Archival> {
    match standard {
        Standard::Ua1 => None,
        Standard::A2b => Some(Archival::A2_B),
        Standard::A2u => Some(Archival::A2_U),
        Standard::A2a => Some(Archival::A2_A),
        Standard::A3b => Some(Archival::A3_B),
        Standard::A3u => Some(Archival::A3_U),
        Standard::A3a => Some(Archival::A3_A),
        Standard::A4 => Some(Archival::A4),
        Standard::A4f => Some(Archival::A4F),
    }
}

/// What krilla has found, in the words of the book.
pub(super) fn violations(
    errors: &[(ValidationError, Validators)],
    pages: &Pages,
    fonts: &Fonts<'_>,
    standards: &[Standard],
) -> Vec<Violation> {
    let places = Places::of(pages);
    let mut found: Vec<Violation> = Vec::new();
    for (error, validators) in errors {
        let (fault, spans) = explain(error, &places, pages, fonts);
        let standards =
            standards
                .iter()
                .copied()
                .filter(|&standard| match archival(standard) {
                    Some(_) => validators.archival().is_some(),
                    None => validators.accessibility().is_some(),
                });
        let standards: Vec<Standard> = standards.collect();
        // What is nowhere to be found is told of the book as a whole.
        let spans = if spans.is_empty() { vec![None] } else { spans };
        for span in spans {
            let violation = Violation {
                fault: fault.clone(),
                span,
                standards: standards.clone(),
            };
            if !found.contains(&violation) {
                found.push(violation);
            }
        }
    }
    found
}

/// What an error is in a book, and where.
fn explain(
    error: &ValidationError,
    places: &Places,
    pages: &Pages,
    fonts: &Fonts<'_>,
) -> (Fault, Vec<Option<Span>>) {
    use ValidationError as E;
    let at = |location: &Option<Location>| vec![location.and_then(|at| places.at(at))];
    let nowhere = || vec![None];
    match error {
        E::MissingAltText(place) => (Fault::NoAlternative, at(place)),
        E::MissingAnnotationAltText(place) => (Fault::EmptyLink, at(place)),
        E::MissingHeadingTitle => (Fault::EmptyHeading, empty_headings(pages)),
        E::NoDocumentTitle => (Fault::NoTitle, nowhere()),
        E::NoDocumentLanguage => (Fault::NoLanguage, nowhere()),
        E::UnicodePrivateArea(_, _, ch, place) => (Fault::PrivateUse(*ch), at(place)),
        E::InvalidCodepointMapping(_, _, ch, place) => {
            (Fault::NoCharacter(*ch), at(place))
        }
        E::ContainsNotDefGlyph(_, place, _) | E::NoCodepointMapping(_, _, place) => {
            (Fault::NoGlyph, at(place))
        }
        E::RestrictedLicense(font) => (Fault::Licence(fonts.origin(font)), nowhere()),
        E::MissingCMYKProfile | E::InconsistentSeparationFallback(_) => {
            (Fault::Cmyk, cmyk(pages, places))
        }
        E::ContainsPostScript(place) => (Fault::Gradient, at(place)),
        E::TooHighQNestingLevel => (Fault::Nesting, nowhere()),
        E::MissingTagging => limit("the book has no text"),
        E::TooLongString => limit("a text of the file is longer than 32,767 bytes"),
        E::TooLongName => limit("a name in the file is longer than 127 bytes"),
        E::TooManyIndirectObjects => limit("the file has more than 8,388,607 objects"),
        // None of these can come of pages: they are about PDF 1.4, about what is always
        // there, or about what is never put in.
        E::TooLongArray
        | E::TooLongDictionary
        | E::TooLargeFloat
        | E::MissingDocumentOutline
        | E::MissingDocumentDate
        | E::Transparency(_)
        | E::ImageInterpolation(_)
        | E::EmbeddedFile(..)
        | E::EmbeddedPDF(_)
        | E::RequiresNewerPdfVersion(..) => limit(&format!("{error:?}")),
    }
}

fn limit(what: &str) -> (Fault, Vec<Option<Span>>) {
    (Fault::Limit(what.to_owned()), vec![None])
}

/// Where headings say nothing.
fn empty_headings(pages: &Pages) -> Vec<Option<Span>> {
    fn collect(element: &Element, found: &mut Vec<Option<Span>>) {
        let says = element.title.as_deref().is_some_and(|title| !title.is_empty());
        if matches!(element.role, Role::Heading(_)) && !says {
            found.push(element.span);
        }
        for child in &element.children {
            if let Child::Element(element) = child {
                collect(element, found);
            }
        }
    }
    let mut found = Vec::new();
    pages
        .structure
        .iter()
        .for_each(|element| collect(element, &mut found));
    found
}

/// Where images stand that are in CMYK.
fn cmyk(pages: &Pages, places: &Places) -> Vec<Option<Span>> {
    let items = pages.pages.iter().flat_map(|page| &page.items);
    let placed = items.filter_map(|item| match item {
        Item::Image(placed) => {
            let image = pages.images.get(placed.image.0)?;
            image::is_cmyk(image).then_some(placed.tag)
        }
        Item::Glyphs(_) | Item::Shape(_) | Item::Link(_) => None,
    });
    placed.map(|tag| location(tag).and_then(|at| places.at(at))).collect()
}

/// How krilla is told where something is from: by the number of its leaf, from 1.
pub(super) fn location(tag: Tag) -> Option<Location> {
    match tag {
        Tag::Content(id) => NonZeroU64::new(u64::from(id.0) + 1),
        Tag::Artifact(_) => None,
    }
}

/// The places in the book that leaves of the structure are from.
struct Places(BTreeMap<ContentId, Span>);

impl Places {
    fn of(pages: &Pages) -> Self {
        let mut places = Self(BTreeMap::new());
        pages
            .structure
            .iter()
            .for_each(|element| places.collect(element, None));
        places
    }

    /// Notes the place of an element's leaves, or of the elements around it.
    fn collect(&mut self, element: &Element, around: Option<Span>) {
        let span = element.span.filter(|span| *span != Span::default()).or(around);
        for child in &element.children {
            match child {
                Child::Element(element) => self.collect(element, span),
                Child::Content(id) => {
                    self.0.extend(span.map(|span| (*id, span)));
                }
            }
        }
    }

    fn at(&self, location: Location) -> Option<Span> {
        let number = u32::try_from(location.get() - 1).ok()?;
        self.0.get(&ContentId(number)).copied()
    }
}
