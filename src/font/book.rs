//! The faces of a book and the choice of one for a character.

use std::ops::Range;
use std::sync::OnceLock;

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

use super::face::{Face, FontData, FontError, scale};
use super::math::{self, MathFaces};
use super::{Family, FontId, FontStyle, Weight, is_lone_wide};
use crate::geom::Length;

/// The faces that a book may use.
///
/// For a style and a character the first face serves that has the character, in this order:
/// 1. faces of the same family before those of others: mincho falls back to gothic and
///    mono, gothic to mincho and mono, mono to gothic and mincho;
/// 2. among these, faces of the same weight before the other;
/// 3. among these, the book's own faces before those of the binary, each in the order in
///    which they were added;
/// 4. last the face of emoji.
///
/// One exception: kana, kanji and full-width forms in code come from the gothic before the
/// mono face of the binary, which lacks a fifth of the kanji, so that a comment is not set
/// from two faces.
pub struct FontBook {
    faces: Vec<Face>,
    /// For each style the faces in the order above.
    orders: [Vec<FontId>; FontStyle::ALL.len()],
    /// For each style the choices made so far, 256 characters to a page.
    choices: [Pages; FontStyle::ALL.len()],
    /// From the central axis of a line to its alphabetic baseline: units, and units to the em.
    baseline: (i64, i64),
    /// The faces of formulas.
    formulas: MathFaces,
}

/// Choices by the upper bits of the character.
type Pages = Box<[OnceLock<Box<[FontId; PAGE]>>]>;

/// How many characters are looked up at a time.
const PAGE: usize = 256;
/// The characters below this are kept; the planes above hold no script.
const KEPT: usize = 0x32400;
/// No face has the character.
const NONE: FontId = FontId(u16::MAX);

impl FontBook {
    /// A book without faces.
    pub fn empty() -> Self {
        Self::of(Vec::new())
    }

    /// A book with the faces of the binary; it may be built without any.
    pub fn embedded() -> Self {
        let read = |font: &super::embedded::Embedded| {
            let (data, name) = (FontData::Static(font.data), font.name.to_owned());
            let face = Face::new(font.family, font.weight, data, 0, name)
                .expect("the fonts of the binary are whole, as its tests show");
            Face { embedded: true, ..face }
        };
        Self::of(super::embedded::EMBEDDED.iter().map(read).collect())
    }

    fn of(faces: Vec<Face>) -> Self {
        let mut book = Self {
            faces,
            orders: Default::default(),
            choices: Default::default(),
            baseline: (38, 100),
            formulas: MathFaces::default(),
        };
        book.arrange();
        book
    }

    /// Adds a face of a book's own for a family and a weight.
    ///
    /// # Errors
    /// Fails where the bytes are no font that can be set with.
    pub fn add(
        &mut self,
        family: Family,
        weight: Weight,
        data: FontData,
        index: u32,
        origin: &str,
    ) -> Result<FontId, FontError> {
        let id = u16::try_from(self.faces.len()).map_err(|_| FontError::TooMany)?;
        if id >= math::FIRST {
            return Err(FontError::TooMany);
        }
        let face = Face::new(Some(family), weight, data, index, origin.to_owned())?;
        if !face.is_whole() {
            return Err(FontError::Broken);
        }
        self.faces.push(face);
        self.arrange();
        Ok(FontId(id))
    }

    /// The faces of text with their numbers.
    pub fn faces(&self) -> impl Iterator<Item = (FontId, &Face)> {
        self.faces
            .iter()
            .enumerate()
            .map(|(index, face)| (FontId(index as u16), face))
    }

    /// The face of a number that this book gave.
    pub fn face(&self, id: FontId) -> &Face {
        match self.formulas.face(id) {
            Some(face) => face,
            None => &self.faces[usize::from(id.0)],
        }
    }

    /// The face of formulas of a name, `Main-Regular` for example, and its glyph for a
    /// character. Letters of mathematical alphabets (U+1D400 and on) stand in it at the
    /// places of the plain letters.
    pub fn formula_glyph(&self, name: &str, ch: char) -> Option<(FontId, u16)> {
        let id = self.formulas.find(name)?;
        let map = self.face(id).font.charmap();
        let glyph = map
            .map_unicode(ch)
            .or_else(|| map.map_unicode(math::plain_letter(ch)?))?;
        Some((id, u16::try_from(glyph.to_u32()).ok()?))
    }

    /// The faces that serve a style, the first choice first.
    pub fn order(&self, style: FontStyle) -> &[FontId] {
        &self.orders[style.index()]
    }

    /// From the central axis of a line to its alphabetic baseline, at a size. It is the same
    /// for all faces of text, so that they share the baseline, and follows the em box of the
    /// first face for running text. Symbols stand with their middle on the axis.
    pub fn baseline(&self, size: Length) -> Length {
        scale(self.baseline.0, self.baseline.1, size)
    }

    /// The face for a character, if any has it.
    pub fn select(&self, style: FontStyle, ch: char) -> Option<FontId> {
        let code = ch as usize;
        let Some(page) = self.choices[style.index()].get(code / PAGE) else {
            return self.search(style, ch);
        };
        let page = page.get_or_init(|| self.fill(style, code / PAGE));
        let id = page[code % PAGE];
        (id != NONE).then_some(id)
    }

    /// The face for a character with all that joins it: variation selectors, combining
    /// marks, the parts of an emoji. Where none has all of it, the face of the character.
    pub fn select_cluster(&self, style: FontStyle, cluster: &str) -> Option<FontId> {
        let mut chars = cluster.chars();
        let base = chars.next()?;
        if chars.as_str().is_empty() {
            return self.select(style, base);
        }
        let whole = |id: &FontId| covers_cluster(self.face(*id), cluster);
        let order = self.order(style);
        // An emoji selector asks for the face of emoji, which comes last.
        let found = if cluster.contains('\u{FE0F}') {
            order
                .iter()
                .rev()
                .find(|&id| self.face(*id).role.is_none() && whole(id))
        } else {
            None
        };
        found
            .or_else(|| order.iter().find(|&id| whole(id)))
            .copied()
            .or_else(|| self.select(style, base))
    }

    /// The text in runs of one face each; characters stay with what joins them.
    pub fn runs<'a>(&'a self, style: FontStyle, text: &'a str) -> Runs<'a> {
        Runs { book: self, style, text, start: 0, next: None }
    }

    /// Sets the order of the faces for every style, and forgets the choices made.
    fn arrange(&mut self) {
        for style in FontStyle::ALL {
            let mut order: Vec<FontId> = self.faces().map(|(id, _)| id).collect();
            order.sort_by_key(|&id| rank(self.face(id), style));
            self.orders[style.index()] = order;
            let pages = KEPT.div_ceil(PAGE);
            self.choices[style.index()] = (0..pages).map(|_| OnceLock::new()).collect();
        }
        let first = self.order(FontStyle::default()).first();
        self.baseline = first.map_or((38, 100), |&id| {
            let face = self.face(id);
            let em = i64::from(face.units_per_em);
            (i64::from(face.measures.middle), em)
        });
    }

    fn fill(&self, style: FontStyle, page: usize) -> Box<[FontId; PAGE]> {
        let mut ids = Box::new([NONE; PAGE]);
        for (low, id) in ids.iter_mut().enumerate() {
            let ch = char::from_u32((page * PAGE + low) as u32);
            *id = ch.and_then(|ch| self.search(style, ch)).unwrap_or(NONE);
        }
        ids
    }

    fn search(&self, style: FontStyle, ch: char) -> Option<FontId> {
        let order = self.order(style);
        let late = |face: &Face| {
            style.family == Family::Mono
                && face.role == Some(Family::Mono)
                && face.embedded
        };
        let wide = is_lone_wide(ch);
        let early = order.iter().filter(|&&id| !(wide && late(self.face(id))));
        let rest = order.iter().filter(|&&id| wide && late(self.face(id)));
        early.chain(rest).copied().find(|&id| self.face(id).covers(ch))
    }
}

/// The rank of a face for a style, the lowest first.
fn rank(face: &Face, style: FontStyle) -> (usize, bool, bool) {
    use Family::{Gothic, Mincho, Mono};
    let families = match style.family {
        Mincho => [Mincho, Gothic, Mono],
        Gothic => [Gothic, Mincho, Mono],
        Mono => [Mono, Gothic, Mincho],
    };
    let distance = face.role.and_then(|role| families.iter().position(|&f| f == role));
    (distance.unwrap_or(families.len()), face.weight != style.weight, face.embedded)
}

/// Whether a face has every part of a cluster.
fn covers_cluster(face: &Face, cluster: &str) -> bool {
    let map = face.font.charmap();
    let mut base = None;
    cluster.chars().all(|ch| match joint(ch) {
        Joint::Selector => {
            let plain = matches!(ch, '\u{FE0E}' | '\u{FE0F}');
            plain || base.is_some_and(|base| map.map_unicode_variant(base, ch).is_some())
        }
        Joint::Joiner | Joint::Tag => true,
        Joint::None | Joint::Mark | Joint::Modifier | Joint::Regional => {
            base = Some(ch);
            map.map_unicode(ch).is_some()
        }
    })
}

/// How a character joins those before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// It stands alone.
    None,
    /// It selects a variant of the character before (異体字セレクタ).
    Selector,
    /// It joins the characters on both sides (ZWJ).
    Joiner,
    /// It combines with the character before.
    Mark,
    /// It gives the emoji before a colour of skin.
    Modifier,
    /// It is half of a flag.
    Regional,
    /// It is part of the name of a region's flag.
    Tag,
}

fn joint(ch: char) -> Joint {
    match ch {
        ..='\u{2FF}' => Joint::None,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => Joint::Selector,
        '\u{200D}' => Joint::Joiner,
        '\u{1F3FB}'..='\u{1F3FF}' => Joint::Modifier,
        '\u{1F1E6}'..='\u{1F1FF}' => Joint::Regional,
        '\u{E0020}'..='\u{E007F}' => Joint::Tag,
        _ if is_lone_wide(ch) => Joint::None,
        _ => match CodePointMapData::<GeneralCategory>::new().get(ch) {
            GeneralCategory::NonspacingMark
            | GeneralCategory::SpacingMark
            | GeneralCategory::EnclosingMark => Joint::Mark,
            _ => Joint::None,
        },
    }
}

/// The end of the cluster at the head of a text that is not empty.
pub(crate) fn cluster_end(text: &str) -> usize {
    let mut end = 0;
    let mut last = None;
    let mut regional = 0;
    for (at, ch) in text.char_indices() {
        let joint = joint(ch);
        let joins = match joint {
            Joint::Selector
            | Joint::Joiner
            | Joint::Mark
            | Joint::Modifier
            | Joint::Tag => true,
            Joint::Regional => regional == 1 && last == Some(Joint::Regional),
            Joint::None => last == Some(Joint::Joiner),
        };
        if at > 0 && !joins {
            return at;
        }
        regional += usize::from(joint == Joint::Regional);
        last = Some(joint);
        end = at + ch.len_utf8();
    }
    end
}

/// The runs of one face in a text: byte ranges, and the face where there is one.
pub struct Runs<'a> {
    book: &'a FontBook,
    style: FontStyle,
    text: &'a str,
    start: usize,
    /// The end and the face of a cluster that was read and belongs to the next run.
    next: Option<(usize, Option<FontId>)>,
}

impl Runs<'_> {
    fn cluster(&self, start: usize) -> (usize, Option<FontId>) {
        let rest = &self.text[start..];
        let end = cluster_end(rest);
        (start + end, self.book.select_cluster(self.style, &rest[..end]))
    }
}

impl Iterator for Runs<'_> {
    type Item = (Range<usize>, Option<FontId>);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.start;
        if start == self.text.len() {
            return None;
        }
        let (mut end, font) = self.next.take().unwrap_or_else(|| self.cluster(start));
        while end < self.text.len() {
            let (after, other) = self.cluster(end);
            if other != font {
                self.next = Some((after, other));
                break;
            }
            end = after;
        }
        self.start = end;
        Some((start..end, font))
    }
}
