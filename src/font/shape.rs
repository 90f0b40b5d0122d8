//! Characters to placed glyphs.

use std::collections::BTreeMap;

use harfrust::{
    Buffer, BufferFlags, Direction, Feature, FontFuncs, GlyphId, Language, Script,
    ShapeOptions, ShapePlan, ShaperFont,
};

use super::face::Face;
use super::{Features, FontBook, FontId, Orientation, ShapedGlyph, is_lone_wide};
use crate::geom::Length;

/// Shapes text with the faces of a book, and remembers what it found.
///
/// Kanji, kana and full-width punctuation without features go through a table of one entry
/// for each face, character and orientation; the rest goes through OpenType layout.
pub struct Shaper<'a> {
    book: &'a FontBook,
    fonts: Vec<PreparedFont<'a>>,
    plans: BTreeMap<PlanKey, Plan>,
    /// Emptied and filled by every call of the layout engine.
    buffer: Option<Buffer>,
    units: Vec<UnitGlyph>,
    shaped: Vec<ShapedGlyph>,
    language: Language,
}

/// A face with its table of lone characters for each orientation.
struct PreparedFont<'a> {
    face: &'a Face,
    lone: [Vec<Option<Box<[Lone; PAGE]>>>; 2],
}

/// How many characters a part of the table of lone characters has.
const PAGE: usize = 256;

/// What is known of a lone character.
#[derive(Clone, Copy)]
enum Lone {
    /// Not yet asked for.
    Unknown,
    /// The face has no glyph for it, or needs several.
    None,
    /// Its glyph.
    Glyph(UnitGlyph),
}

/// A glyph in the units of its face; `block` from the alphabetic baseline in sideways runs.
#[derive(Clone, Copy)]
struct UnitGlyph {
    id: u16,
    cluster: u32,
    advance: i32,
    inline: i32,
    block: i32,
}

type PlanKey = (FontId, Orientation, Option<Script>, Features);

struct Plan {
    plan: ShapePlan,
    features: Vec<Feature>,
}

impl<'a> Shaper<'a> {
    /// A shaper that knows nothing yet.
    pub fn new(book: &'a FontBook) -> Self {
        let prepare = |(_, face)| PreparedFont { face, lone: [Vec::new(), Vec::new()] };
        Self {
            book,
            fonts: book.faces().map(prepare).collect(),
            plans: BTreeMap::new(),
            buffer: Some(Buffer::new()),
            units: Vec::new(),
            shaped: Vec::new(),
            language: Language::new("ja").expect("the tag is not empty"),
        }
    }

    /// The book whose faces this shapes with.
    pub fn book(&self) -> &'a FontBook {
        self.book
    }

    /// The glyphs of a text in one face and orientation, in the order of the line. `cluster`
    /// counts bytes from the start of `text`.
    pub fn shape(
        &mut self,
        font: FontId,
        text: &str,
        size: Length,
        orientation: Orientation,
        features: Features,
    ) -> &[ShapedGlyph] {
        self.shaped.clear();
        let upright = orientation == Orientation::Upright;
        let lone = |ch| is_lone_wide(ch) || upright && is_shared(ch);
        if features == Features::NONE && text.chars().all(lone) {
            for (at, ch) in text.char_indices() {
                let glyph = self.lone(font, ch, orientation);
                // Only characters that the face lacks have none; its glyph 0 marks them.
                let unit = glyph.unwrap_or_else(|| self.missing(font, orientation));
                let glyph = self.place(font, orientation, unit, size);
                self.shaped.push(ShapedGlyph { cluster: at as u32, ..glyph });
            }
            return &self.shaped;
        }
        self.layout(font, text, orientation, features);
        for index in 0..self.units.len() {
            let glyph = self.place(font, orientation, self.units[index], size);
            self.shaped.push(glyph);
        }
        &self.shaped
    }

    /// The glyph of a lone character as Japanese text has it, where the face sets it as one:
    /// dashes and quotation marks, which Latin text shares, in their full width.
    pub fn glyph(
        &mut self,
        font: FontId,
        ch: char,
        size: Length,
        orientation: Orientation,
    ) -> Option<ShapedGlyph> {
        let unit = self.lone(font, ch, orientation)?;
        Some(self.place(font, orientation, unit, size))
    }

    /// Whether the face draws a character otherwise in vertical lines. Where it does not,
    /// characters of the orientation Tr (UAX #50), leaders and dashes are turned.
    pub fn has_vertical_form(&mut self, font: FontId, ch: char) -> bool {
        let upright = self.lone(font, ch, Orientation::Upright);
        let sideways = self.lone(font, ch, Orientation::Sideways);
        upright.map(|glyph| glyph.id) != sideways.map(|glyph| glyph.id)
    }

    /// The glyph of a lone character, from the table.
    fn lone(
        &mut self,
        font: FontId,
        ch: char,
        orientation: Orientation,
    ) -> Option<UnitGlyph> {
        let (page, low) = (ch as usize / PAGE, ch as usize % PAGE);
        let table = &self.fonts[usize::from(font.0)].lone[orientation as usize];
        match table
            .get(page)
            .and_then(Option::as_ref)
            .map_or(Lone::Unknown, |p| p[low])
        {
            Lone::Glyph(glyph) => Some(glyph),
            Lone::None => None,
            Lone::Unknown => {
                let found = self.find_lone(font, ch, orientation);
                let table =
                    &mut self.fonts[usize::from(font.0)].lone[orientation as usize];
                if table.len() <= page {
                    table.resize_with(page + 1, || None);
                }
                let page =
                    table[page].get_or_insert_with(|| Box::new([Lone::Unknown; PAGE]));
                page[low] = found.map_or(Lone::None, Lone::Glyph);
                found
            }
        }
    }

    fn find_lone(
        &mut self,
        font: FontId,
        ch: char,
        orientation: Orientation,
    ) -> Option<UnitGlyph> {
        if !self.fonts[usize::from(font.0)].face.covers(ch) {
            return None;
        }
        let features = if is_shared(ch) { Features::FWID } else { Features::NONE };
        self.layout(font, ch.encode_utf8(&mut [0; 4]), orientation, features);
        if let [glyph] = self.units[..] { Some(glyph) } else { None }
    }

    /// The glyph that stands for a character that the face lacks.
    fn missing(&self, font: FontId, orientation: Orientation) -> UnitGlyph {
        let face = self.fonts[usize::from(font.0)].face;
        let em = i32::from(face.units_per_em);
        let top = face.measures.middle + em / 2;
        match orientation {
            Orientation::Sideways => UnitGlyph {
                id: 0,
                cluster: 0,
                advance: em,
                inline: 0,
                block: 0,
            },
            Orientation::Upright => UnitGlyph {
                id: 0,
                cluster: 0,
                advance: em,
                inline: top,
                block: em / 2,
            },
        }
    }

    /// Puts the glyphs of a text into `units`, through OpenType layout.
    fn layout(
        &mut self,
        font: FontId,
        text: &str,
        orientation: Orientation,
        features: Features,
    ) {
        let face = self.fonts[usize::from(font.0)].face;
        let shaper = ShaperFont::new(&face.font);
        let em_box = EmBox(face);
        let shaper = match face.measures.has_vertical && face.role.is_some() {
            true => shaper,
            false => shaper.with_font_funcs(Some(&em_box)),
        };
        let mut buffer = self.buffer.take().unwrap_or_default();
        buffer.clear();
        buffer.set_flags(
            BufferFlags::REMOVE_DEFAULT_IGNORABLES
                | BufferFlags::DO_NOT_INSERT_DOTTED_CIRCLE,
        );
        buffer.push_str(text);
        buffer.set_language(Some(self.language.clone()));
        buffer.set_direction(direction(orientation));
        buffer.guess_segment_properties();
        let script = buffer.script();
        let plan = self
            .plans
            .entry((font, orientation, script, features))
            .or_insert_with(|| {
                let features = features.list(orientation);
                let language = Some(&self.language);
                let direction = direction(orientation);
                let plan =
                    ShapePlan::new(&face.font, direction, script, language, &features);
                Plan { plan, features }
            });
        let options = ShapeOptions::new().plan(Some(&plan.plan)).features(&plan.features);
        harfrust::shape(&shaper, &mut buffer, options)
            .expect("the plan was made for the direction and script of the buffer");
        let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        let glyphs = glyphs.map(|(info, at)| match orientation {
            Orientation::Sideways => UnitGlyph {
                id: info.glyph_id as u16,
                cluster: info.cluster,
                advance: at.x_advance,
                inline: at.x_offset,
                block: -at.y_offset,
            },
            Orientation::Upright => UnitGlyph {
                id: info.glyph_id as u16,
                cluster: info.cluster,
                advance: -at.y_advance,
                inline: -at.y_offset,
                block: -at.x_offset,
            },
        });
        self.units.clear();
        self.units.extend(glyphs);
        self.buffer = Some(buffer);
    }

    /// A glyph in units at a size.
    fn place(
        &self,
        font: FontId,
        orientation: Orientation,
        glyph: UnitGlyph,
        size: Length,
    ) -> ShapedGlyph {
        let face = self.fonts[usize::from(font.0)].face;
        let baseline = match (orientation, face.role) {
            (Orientation::Upright, _) => Length::ZERO,
            (Orientation::Sideways, Some(_)) => self.book.baseline(size),
            (Orientation::Sideways, None) => face.scale(face.measures.middle, size),
        };
        ShapedGlyph {
            id: glyph.id,
            cluster: glyph.cluster,
            advance: face.scale(glyph.advance, size),
            inline: face.scale(glyph.inline, size),
            block: baseline + face.scale(glyph.block, size),
        }
    }
}

/// Whether Latin text shares a character with Japanese text. Many faces hold these as Latin
/// text needs them, and as Japanese needs them behind the feature `fwid`.
fn is_shared(ch: char) -> bool {
    matches!(ch, '—' | '‘' | '’' | '“' | '”')
}

fn direction(orientation: Orientation) -> Direction {
    match orientation {
        Orientation::Sideways => Direction::LeftToRight,
        Orientation::Upright => Direction::TopToBottom,
    }
}

/// The vertical measures of a face that has none: an em for each glyph, from the top of the
/// em box to its foot. Symbols are set in squares as high as they are wide.
struct EmBox<'a>(&'a Face);

impl FontFuncs for EmBox<'_> {
    fn glyph_v_advance(&self, font: &ShaperFont, glyph: GlyphId) -> i32 {
        if self.0.role.is_none() {
            return -font.default_glyph_h_advance(glyph);
        }
        -i32::from(self.0.units_per_em)
    }

    fn glyph_v_origin(&self, font: &ShaperFont, glyph: GlyphId) -> (i32, i32) {
        let advance = font.default_glyph_h_advance(glyph);
        let middle = self.0.measures.middle;
        let height = match self.0.role {
            None => advance,
            Some(_) => i32::from(self.0.units_per_em),
        };
        (advance / 2, middle + height / 2)
    }
}
