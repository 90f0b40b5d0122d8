//! The fonts of the publication: each face cut down to the characters that it shows.

use std::collections::{BTreeMap, BTreeSet};

use super::EpubError;
use super::container::Resource;
use super::faces::Used;
use crate::diag::{Code, Diagnostic, Sink};
use crate::font::{self, Embedding, Face, Family, FontBook, FontId, FontStyle, Weight};
use crate::source::Span;

/// A face that the publication carries.
#[derive(Debug)]
pub(super) struct Font {
    /// The file.
    pub(super) resource: Resource,
    /// Its media type.
    pub(super) media_type: &'static str,
    /// The name of its family.
    pub(super) family: String,
    /// How heavy it is.
    pub(super) weight: Weight,
    /// The families of text that use it, and its rank among the faces for each.
    uses: BTreeMap<Family, usize>,
}

/// Cuts the faces down to the characters that are shown in them. Faces that must not be
/// embedded are left to the reader, and told of at a place.
pub(super) fn subset(
    used: &Used,
    book: &FontBook,
    folder: &str,
    (place, sink): (Span, &mut Sink),
) -> Result<Vec<Font>, EpubError> {
    let shares = share(used, book);
    // Each face on a thread of its own: they take most of the time of an export.
    let results = std::thread::scope(|scope| {
        let cut = |share: &Share| {
            let face = book.face(share.font);
            let chars = share.chars.clone();
            scope.spawn(move || cut(face, &chars))
        };
        let threads: Vec<_> = shares.iter().map(cut).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().ok())
            .collect::<Vec<_>>()
    });
    let mut fonts: Vec<Font> = Vec::new();
    let mut taken = BTreeSet::new();
    let mut left = BTreeMap::new();
    for (share, result) in shares.into_iter().zip(results) {
        let face = book.face(share.font);
        let data = match result {
            Some(Ok(Some(data))) => data,
            Some(Ok(None)) => {
                sink.push(restricted(face, place));
                for (family, rank) in share.uses {
                    let first = left.entry(family).or_insert(rank);
                    *first = rank.min(*first);
                }
                continue;
            }
            Some(Err(_)) | None => return Err(EpubError::Font(face.origin.clone())),
        };
        let (ending, media_type) =
            if face.is_cff { ("otf", "font/otf") } else { ("ttf", "font/ttf") };
        let path = path(face, folder, ending, &mut taken);
        fonts.push(Font {
            resource: Resource { path, data, packed: true },
            media_type,
            family: css_name(&face.family_name),
            weight: face.weight,
            uses: share.uses,
        });
    }
    // A face that only helps out would set words in two faces without the one it helps.
    for font in &mut fonts {
        font.uses
            .retain(|family, rank| left.get(family).is_none_or(|it| *rank < *it));
    }
    fonts.retain(|font| !font.uses.is_empty());
    Ok(fonts)
}

fn restricted(face: &Face, place: Span) -> Diagnostic {
    let message = match face.embedding {
        Embedding::Restricted => {
            format!("the font `{}` does not allow to be embedded", face.origin)
        }
        _ => format!("the font `{}` may be embedded only as a whole", face.origin),
    };
    Diagnostic::new(Code::RestrictedFont, place, message)
        .hint("readers show its text in a font of their own; ask its maker for a licence")
}

/// The names of the families in the order in which a family of text uses them.
pub(super) fn families(fonts: &[Font], family: Family) -> Vec<&str> {
    let mut ranked: Vec<(usize, &str)> = fonts
        .iter()
        .filter_map(|font| Some((*font.uses.get(&family)?, font.family.as_str())))
        .collect();
    ranked.sort();
    let mut names: Vec<&str> = Vec::new();
    for (_, name) in ranked {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What one face shows.
#[derive(Debug)]
struct Share {
    font: FontId,
    chars: BTreeSet<char>,
    uses: BTreeMap<Family, usize>,
}

/// Gives each character to the face that has it, in the order of the faces.
fn share(used: &Used, book: &FontBook) -> Vec<Share> {
    let mut shares: BTreeMap<FontId, Share> = BTreeMap::new();
    let mut selectors = BTreeSet::new();
    for (style, chars) in used.iter() {
        for ch in chars {
            if is_selector(ch) {
                selectors.insert(ch);
            }
            let Some(font) = book.select(style, ch) else { continue };
            let share = shares.entry(font).or_insert_with(|| Share {
                font,
                chars: BTreeSet::new(),
                uses: BTreeMap::new(),
            });
            share.chars.insert(ch);
            share
                .uses
                .entry(style.family)
                .or_insert_with(|| rank(book, style, font));
        }
    }
    let mut shares: Vec<Share> = shares.into_values().collect();
    shares.iter_mut().for_each(|share| share.chars.extend(&selectors));
    shares
}

fn rank(book: &FontBook, style: FontStyle, font: FontId) -> usize {
    book.order(style)
        .iter()
        .position(|&id| id == font)
        .unwrap_or(usize::MAX)
}

/// Whether a character selects a variant of the one before it.
fn is_selector(ch: char) -> bool {
    matches!(ch, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// The bytes of a face for some characters; `None` where it must not be embedded.
fn cut(face: &Face, chars: &BTreeSet<char>) -> Result<Option<Vec<u8>>, font::FontError> {
    match (face.embedding, face.may_subset) {
        (Embedding::Restricted, _) => Ok(None),
        (_, true) => font::subset(face, chars).map(Some),
        // A whole collection is no font that a reader takes.
        (_, false) if face.data.as_ref().starts_with(b"ttcf") => Ok(None),
        (_, false) => Ok(Some(face.data.as_ref().to_vec())),
    }
}

/// A path from the names of the face.
fn path(face: &Face, folder: &str, ending: &str, taken: &mut BTreeSet<String>) -> String {
    let weight = match face.weight {
        Weight::Regular => "regular",
        Weight::Bold => "bold",
    };
    let stem = format!("{}-{weight}", slug(&face.family_name));
    let mut path = format!("{folder}{stem}.{ending}");
    let mut count = 1;
    while !taken.insert(path.clone()) {
        count += 1;
        path = format!("{folder}{stem}_{count}.{ending}");
    }
    path
}

/// ASCII letters and digits in small letters, with `-` between words.
fn slug(name: &str) -> String {
    let words = name.split(|ch: char| !ch.is_ascii_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    if words.is_empty() { "font".to_owned() } else { words.join("-") }
}

/// The name of a family as the style sheet has it: without what would need escapes.
fn css_name(name: &str) -> String {
    let plain = |ch: &char| ch.is_alphanumeric() || matches!(ch, ' ' | '-' | '_');
    let name: String = name.chars().filter(plain).collect();
    if name.trim().is_empty() { "Book".to_owned() } else { name.trim().to_owned() }
}
