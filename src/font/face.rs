//! One face of a font file: its names, its measures and its bytes.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use harfrust::font::Blob;
use harfrust::font::name::NameId;
use harfrust::{Font, GlyphId};
use skrifa::FontRef;
use skrifa::raw::TableProvider;
use skrifa::raw::types::F48Dot16;

use super::{Family, Weight};
use crate::geom::{Length, Point, Rect, Size};

/// The bytes of a font file: part of the binary, or read and shared.
#[derive(Clone)]
pub enum FontData {
    /// Carried in the binary.
    Static(&'static [u8]),
    /// Read at run time.
    Shared(Arc<Vec<u8>>),
}

impl AsRef<[u8]> for FontData {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

impl From<Vec<u8>> for FontData {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Shared(Arc::new(bytes))
    }
}

impl From<&FontData> for Blob {
    fn from(data: &FontData) -> Self {
        match data {
            FontData::Static(bytes) => Self::Static(bytes),
            FontData::Shared(bytes) => Self::Shared(bytes.clone()),
        }
    }
}

impl fmt::Debug for FontData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FontData({} bytes)", self.as_ref().len())
    }
}

/// Why a file cannot serve as a font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FontError {
    /// It is a WOFF or WOFF2 file, which holds a font in packed form.
    Packed,
    /// It is no TrueType or OpenType font.
    NotAFont,
    /// It is a collection without a face of this number.
    NoFace(u32),
    /// It has no table from characters to glyphs.
    NoCharacters,
    /// It has no outlines; only pictures of the glyphs, perhaps.
    NoOutlines,
    /// A table of it is missing, or leads beyond its end.
    Broken,
    /// A subset of it could not be made.
    Subset,
    /// The book has as many faces as it can hold.
    TooMany,
}

impl fmt::Display for FontError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Packed => {
                f.write_str("WOFF fonts cannot be read, only TTF, OTF and TTC")
            }
            Self::NotAFont => f.write_str("not a TrueType or OpenType font"),
            Self::NoFace(index) => write!(f, "no face {index} in the font file"),
            Self::NoCharacters => f.write_str("the font has no Unicode character map"),
            Self::NoOutlines => f.write_str("the font has no outlines"),
            Self::Broken => f.write_str("the font is not whole"),
            Self::Subset => f.write_str("the font cannot be cut down to its used glyphs"),
            Self::TooMany => f.write_str("too many fonts"),
        }
    }
}

impl Error for FontError {}

/// What a font allows to be done with it inside a document (OS/2 `fsType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Embedding {
    /// It may be embedded.
    Installable,
    /// It may be embedded in documents that can be edited.
    Editable,
    /// It may be embedded in documents to view and print.
    PreviewPrint,
    /// It must not be embedded without a permit of its maker.
    Restricted,
}

/// A face of a font file.
pub struct Face {
    /// Where it is from: a path, or its name in the binary.
    pub origin: String,
    /// Its bytes.
    pub data: FontData,
    /// Its number in a collection, 0 otherwise.
    pub index: u32,
    /// What it is for; none where it serves every role last.
    pub role: Option<Family>,
    /// The weight that it stands for.
    pub weight: Weight,
    /// The name of its family, in English where it has that.
    pub family_name: String,
    /// The name of its style.
    pub style_name: String,
    /// Its version as it states it.
    pub version: String,
    /// Units to the em, in which its tables count.
    pub units_per_em: u16,
    /// How many glyphs it has.
    pub glyph_count: u32,
    /// Whether its outlines are cubic, in a `CFF ` table.
    pub is_cff: bool,
    /// Whether its shapes vary along axes; the default ones are used.
    pub is_variable: bool,
    /// What it allows.
    pub embedding: Embedding,
    /// Whether it allows that only the used glyphs are embedded.
    pub may_subset: bool,
    pub(super) embedded: bool,
    pub(super) font: Font,
    pub(super) measures: Measures,
}

/// Measures of a face in its units.
pub(super) struct Measures {
    ascent: i32,
    descent: i32,
    cap_height: i32,
    x_height: i32,
    /// The middle of the ideographic em box (仮想ボディ), above the baseline; of symbols, the
    /// middle of their lines.
    pub(super) middle: i32,
    /// Whether it says how far its glyphs advance in vertical lines.
    pub(super) has_vertical: bool,
}

impl Face {
    /// Whether the tables that every font has are there, none leads beyond the end of the
    /// file, and all characters have a glyph that there is.
    pub(super) fn is_whole(&self) -> bool {
        let data = self.data.as_ref();
        let Ok(tables) = FontRef::from_index(data, self.index) else { return false };
        let records = tables.table_directory().table_records();
        let has_glyphs = tables.maxp().is_ok()
            && tables.hhea().is_ok()
            && tables.hmtx().is_ok()
            && (self.is_cff || tables.loca(None).is_ok());
        let count = self.glyph_count;
        let mut ends = records
            .iter()
            .map(|table| u64::from(table.offset()) + u64::from(table.length()));
        let own = self.font.charmap();
        let mut glyphs = own.unicodes().map(|(_, glyph)| glyph.to_u32());
        has_glyphs
            && ends.all(|end| end <= data.len() as u64)
            && glyphs.all(|glyph| glyph < count)
    }

    /// Reads the face of a number in the bytes of a file.
    pub(super) fn new(
        role: Option<Family>,
        weight: Weight,
        data: FontData,
        index: u32,
        origin: String,
    ) -> Result<Self, FontError> {
        if matches!(data.as_ref().get(..4), Some(b"wOFF" | b"wOF2")) {
            return Err(FontError::Packed);
        }
        let tables = FontRef::from_index(data.as_ref(), index).map_err(|_| {
            let first = FontRef::from_index(data.as_ref(), 0);
            if first.is_ok() { FontError::NoFace(index) } else { FontError::NotAFont }
        })?;
        let font = Font::new(Blob::from(&data), index).ok_or(FontError::NotAFont)?;
        if !font.charmap().has_unicode() {
            return Err(FontError::NoCharacters);
        }
        let has = |tag: &[u8; 4]| tables.table_data(harfrust::Tag::new(tag)).is_some();
        let is_cff = has(b"CFF ") || has(b"CFF2");
        if !is_cff && !has(b"glyf") {
            return Err(FontError::NoOutlines);
        }
        let fs_type = tables.os2().map_or(0, |os2| os2.fs_type());
        Ok(Self {
            origin,
            index,
            role,
            weight,
            family_name: name(
                &font,
                &[NameId::TYPOGRAPHIC_FAMILY_NAME, NameId::FAMILY_NAME],
            ),
            style_name: name(
                &font,
                &[NameId::TYPOGRAPHIC_SUBFAMILY_NAME, NameId::SUBFAMILY_NAME],
            ),
            version: name(&font, &[NameId::VERSION_STRING]),
            units_per_em: font.units_per_em(),
            glyph_count: font.num_glyphs(),
            is_cff,
            is_variable: has(b"fvar"),
            embedding: embedding(fs_type),
            may_subset: fs_type & 0x0100 == 0,
            embedded: false,
            measures: measures(role, &font, &tables),
            font,
            data,
        })
    }

    /// From the baseline up to the top of its lines, at a size.
    pub fn ascent(&self, size: Length) -> Length {
        self.scale(self.measures.ascent, size)
    }

    /// From the baseline down to the foot of its lines, at a size.
    pub fn descent(&self, size: Length) -> Length {
        self.scale(-self.measures.descent, size)
    }

    /// The height of a capital letter at a size.
    pub fn cap_height(&self, size: Length) -> Length {
        self.scale(self.measures.cap_height, size)
    }

    /// The height of a small x at a size.
    pub fn x_height(&self, size: Length) -> Length {
        self.scale(self.measures.x_height, size)
    }

    /// The size at which its symbols are an em box of `size` wide; `size` itself for faces
    /// of text. Emoji are drawn wider than their em, and would break the grid.
    pub fn fitting_size(&self, size: Length) -> Length {
        let map = self.font.charmap();
        match (self.role, map.map_unicode('😀')) {
            (None, Some(glyph)) => {
                let advance = self.font.glyph_metrics().h_advance_exact(glyph).to_i32();
                size.ratio(i64::from(self.units_per_em), i64::from(advance.max(1)))
            }
            _ => size,
        }
    }

    /// The box of a glyph's ink at a size, from its origin.
    pub fn ink(&self, glyph: u16, size: Length) -> Option<Rect> {
        let extents = self.font.glyph_metrics().extents(GlyphId::new(glyph.into()))?;
        let scale = |units: f32| self.scale(units.round() as i32, size);
        Some(Rect {
            origin: Point {
                x: scale(extents.x_bearing),
                y: -scale(extents.y_bearing),
            },
            size: Size {
                width: scale(extents.width),
                height: scale(extents.height.abs()),
            },
        })
    }

    /// Whether it has a glyph for a character.
    pub fn covers(&self, ch: char) -> bool {
        self.font.charmap().map_unicode(ch).is_some()
    }

    /// Every character that it has a glyph for, in order of the code points.
    pub fn characters(&self) -> impl Iterator<Item = char> {
        self.font
            .charmap()
            .unicodes()
            .filter_map(|(code, _)| char::from_u32(code))
    }

    /// A number of its units at a size.
    pub(super) fn scale(&self, units: i32, size: Length) -> Length {
        scale(i64::from(units), i64::from(self.units_per_em), size)
    }
}

/// `units` of `em` at a size, as [`Length::ratio`] has it but at half its time, since
/// this is done for every glyph.
pub(super) fn scale(units: i64, em: i64, size: Length) -> Length {
    if units == em {
        return size;
    }
    match size.0.checked_mul(units) {
        Some(product) if product < 0 => Length((product - em / 2) / em),
        Some(product) => Length((product + em / 2) / em),
        None => size.ratio(units, em),
    }
}

/// The first of some names that the font has.
fn name(font: &Font, ids: &[NameId]) -> String {
    let names = font.names();
    let found = ids.iter().find_map(|&id| names.get(id)?.english_or_first());
    found.map_or_else(String::new, |name| name.name().chars().collect())
}

/// What the usage bits of `fsType` say; where several are set, the most liberal holds.
fn embedding(fs_type: u16) -> Embedding {
    match fs_type & 0xF {
        bits if bits & 0x8 != 0 => Embedding::Editable,
        bits if bits & 0x4 != 0 => Embedding::PreviewPrint,
        bits if bits & 0x2 != 0 => Embedding::Restricted,
        _ => Embedding::Installable,
    }
}

fn measures(role: Option<Family>, font: &Font, tables: &FontRef<'_>) -> Measures {
    let metrics = font.metrics();
    let em = i32::from(font.units_per_em());
    let line = metrics.typo_line.or(metrics.hhea_line).unwrap_or_default();
    let height = |value: Option<F48Dot16>, share: i32| {
        value
            .map(F48Dot16::to_i32)
            .filter(|&v| v > 0)
            .unwrap_or(em * share / 100)
    };
    Measures {
        ascent: line.ascender.to_i32(),
        descent: line.descender.to_i32(),
        cap_height: height(metrics.cap_height, 70),
        x_height: height(metrics.x_height, 50),
        middle: if role.is_some() {
            em_box_foot(font, tables).unwrap_or(-em * 12 / 100) + em / 2
        } else {
            (line.ascender.to_i32() + line.descender.to_i32()) / 2
        },
        has_vertical: tables.vmtx().is_ok(),
    }
}

/// The foot of the ideographic em box, below the baseline negative.
fn em_box_foot(font: &Font, tables: &FontRef<'_>) -> Option<i32> {
    ideographic_baseline(tables).or_else(|| {
        // Many Japanese fonts without BASE give their em box here.
        let typo = font.metrics().typo_line?;
        let (top, foot) = (typo.ascender.to_i32(), typo.descender.to_i32());
        (top - foot == i32::from(font.units_per_em())).then_some(foot)
    })
}

/// The foot of the ideographic em box that the `BASE` table states.
fn ideographic_baseline(tables: &FontRef<'_>) -> Option<i32> {
    let axis = tables.base().ok()?.horiz_axis()?.ok()?;
    let tags = axis.base_tag_list()?.ok()?;
    let place = tags.baseline_tags().iter().position(|tag| tag.get() == *b"ideo")?;
    let scripts = axis.base_script_list().ok()?;
    let records = scripts.base_script_records();
    let record = records
        .iter()
        .find(|record| record.base_script_tag() == *b"hani")
        .or_else(|| records.first())?;
    let script = record.base_script(scripts.offset_data()).ok()?;
    let coord = script.base_values()?.ok()?.base_coords().get(place).ok()?;
    Some(i32::from(coord.coordinate()))
}
