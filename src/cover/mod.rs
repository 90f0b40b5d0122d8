//! The front of a cover that is set from the title and the names, as a cloth binding with a
//! title slip (題簽): the cover of an e-book, and the front of a printed one.

mod title;

pub use title::Typesetter;

use crate::font::{Family, FontBook, FontId, FontStyle, Weight};
use crate::geom::WritingMode;
use crate::line::Rules;
use crate::model::{Document, Metadata};
use crate::words;

/// The width of a front, in units of its drawing; the height is what it may be.
pub const WIDTH: f32 = 1600.0;

/// The colour of the slip, and of what stands on the cloth.
pub const PAPER: [u8; 3] = [0xF6, 0xF2, 0xE7];
/// The colour of what stands on the slip.
pub const INK: [u8; 3] = [0x1C, 0x1B, 0x19];

/// A front, from its upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Its height.
    pub height: f32,
    /// The slip of paper on the cloth.
    pub slip: Area,
    /// What is written: in [`INK`] on the slip, in [`PAPER`] on the cloth.
    pub glyphs: Drawn,
    /// The colour of the cloth.
    pub cloth: [u8; 3],
}

/// Glyphs that are drawn.
pub type Drawn = Vec<DrawnGlyph>;

/// A glyph that is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnGlyph {
    /// Its face.
    pub font: FontId,
    /// Its number.
    pub id: u16,
    /// The em.
    pub size: f32,
    /// Its origin.
    pub at: (f32, f32),
    /// Whether it lies on its side.
    pub turned: bool,
}

/// A box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// The left edge.
    pub left: f32,
    /// The upper edge.
    pub top: f32,
    /// The right edge.
    pub right: f32,
    /// The lower edge.
    pub bottom: f32,
}

impl Drawing {
    /// The lines of the frame on the slip.
    pub fn frame(&self) -> [Area; 4] {
        let (left, top) = (self.slip.left + FRAME, self.slip.top + FRAME);
        let (right, bottom) = (self.slip.right - FRAME, self.slip.bottom - FRAME);
        let area = |left, top, right, bottom| Area { left, top, right, bottom };
        [
            area(left, top, right, top + FRAME_LINE),
            area(left, bottom - FRAME_LINE, right, bottom),
            area(left, top, left + FRAME_LINE, bottom),
            area(right - FRAME_LINE, top, right, bottom),
        ]
    }
}

/// Colours of cloth: indigo, pine, madder, iron blue, walnut, wisteria, soot, teal.
const CLOTH: [[u8; 3]; 8] = [
    [0x1F, 0x3A, 0x5F],
    [0x24, 0x48, 0x3E],
    [0x6D, 0x24, 0x33],
    [0x22, 0x2F, 0x3F],
    [0x5A, 0x3D, 0x2B],
    [0x4A, 0x47, 0x64],
    [0x4B, 0x42, 0x37],
    [0x20, 0x52, 0x5C],
];

/// Draws the front. The colour of the cloth follows from the title.
pub fn front(
    document: &Document,
    rules: &Rules,
    fonts: &FontBook,
    height: f32,
) -> Drawing {
    let meta = &document.meta;
    let mut setter = Typesetter::new(fonts, rules);
    let mut glyphs = Vec::new();
    let slip = match document.writing {
        WritingMode::Horizontal => horizontal(meta, &mut setter, height, &mut glyphs),
        WritingMode::Vertical => vertical(meta, &mut setter, height, &mut glyphs),
    };
    let sum = meta.title.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    Drawing {
        height,
        slip,
        glyphs,
        cloth: CLOTH[(sum >> 32) as usize % CLOTH.len()],
    }
}

/// From the edge of the slip to its frame.
const FRAME: f32 = 22.0;
/// The width of its lines.
const FRAME_LINE: f32 = 4.0;

/// The face of titles.
pub const TITLE: FontStyle = FontStyle { family: Family::Mincho, weight: Weight::Bold };
/// The face of names.
pub const NAMES: FontStyle =
    FontStyle { family: Family::Mincho, weight: Weight::Regular };

/// The names that stand on the cover: at most three, with the roles that are not the
/// author's.
pub fn names(meta: &Metadata) -> Vec<String> {
    let words = words::of(&meta.language);
    let name = |who: &crate::model::Contributor| match who.role_name() {
        role if words.are_japanese() => format!("{}\u{3000}{role}", who.name),
        _ => who.name.clone(),
    };
    let mut names: Vec<String> = meta.contributors.iter().take(3).map(name).collect();
    if meta.contributors.len() > 3 {
        names.push(words.and_others.to_owned());
    }
    names
}

/// A slip across the upper part, lines centred.
fn horizontal(
    meta: &Metadata,
    setter: &mut Typesetter<'_>,
    height: f32,
    drawn: &mut Drawn,
) -> Area {
    const LEFT: f32 = 160.0;
    const PADDING: f32 = 130.0;
    let width = WIDTH;
    let top = height * 5.0 / 32.0;
    let measure = width - 2.0 * (LEFT + PADDING);
    let middle = width / 2.0;
    let title = setter.fit(TITLE, &meta.title, measure, 158.0);
    let subtitle = meta
        .subtitle
        .as_deref()
        .map(|text| setter.fit(NAMES, text, measure, 70.0));
    let mut y = top + PADDING + title.size / 2.0;
    for line in &title.lines {
        let start = middle - setter.length(TITLE, line, title.size) / 2.0;
        setter.horizontal(TITLE, line, title.size, (start, y), drawn);
        y += title.size * 1.42;
    }
    y -= title.size * 0.92;
    if let Some(subtitle) = subtitle {
        y += 70.0 + subtitle.size / 2.0;
        for line in &subtitle.lines {
            let start = middle - setter.length(NAMES, line, subtitle.size) / 2.0;
            setter.horizontal(NAMES, line, subtitle.size, (start, y), drawn);
            y += subtitle.size * 1.5;
        }
        y -= subtitle.size;
    }
    let slip = Area {
        left: LEFT,
        top,
        right: width - LEFT,
        bottom: y + PADDING,
    };
    let names = names(meta);
    let mut y = (height * 0.76 - 66.0 * names.len() as f32).max(slip.bottom + 160.0);
    for name in &names {
        let size = setter.fit(NAMES, name, measure, 84.0).size;
        let start = middle - setter.length(NAMES, name, size) / 2.0;
        setter.horizontal(NAMES, name, size, (start, y), drawn);
        y += 132.0;
    }
    if let Some(publisher) = &meta.publisher {
        let size = setter.fit(NAMES, publisher, measure, 60.0).size;
        let start = middle - setter.length(NAMES, publisher, size) / 2.0;
        setter.horizontal(NAMES, publisher, size, (start, height - 230.0), drawn);
    }
    slip
}

/// A slip at the upper left, as Japanese bindings have it, names at the lower right.
fn vertical(
    meta: &Metadata,
    setter: &mut Typesetter<'_>,
    height: f32,
    drawn: &mut Drawn,
) -> Area {
    const LEFT: f32 = 190.0;
    const TOP: f32 = 200.0;
    const PADDING: f32 = 90.0;
    let width = WIDTH;
    let measure = height * 67.0 / 128.0;
    let title = setter.fit(TITLE, &meta.title, measure, 196.0);
    let subtitle = meta
        .subtitle
        .as_deref()
        .map(|text| setter.fit(NAMES, text, measure, 72.0));
    let column = title.size * 1.4;
    let small = subtitle
        .as_ref()
        .map_or(0.0, |it| it.size * 1.6 * it.lines.len() as f32);
    let inner = column * title.lines.len() as f32 + small;
    let slip = Area {
        left: LEFT,
        top: TOP,
        right: LEFT + inner + 2.0 * PADDING - title.size * 0.2,
        bottom: TOP + measure + 2.0 * PADDING,
    };
    let mut axis = slip.right - PADDING + title.size * 0.1 - column / 2.0;
    for line in &title.lines {
        setter.vertical(TITLE, line, title.size, (axis, TOP + PADDING), drawn);
        axis -= column;
    }
    if let Some(subtitle) = subtitle {
        axis += column / 2.0 - subtitle.size * 0.8;
        for line in &subtitle.lines {
            let length = setter.length_vertical(NAMES, line, subtitle.size);
            let start = slip.bottom - PADDING - length;
            setter.vertical(NAMES, line, subtitle.size, (axis, start), drawn);
            axis -= subtitle.size * 1.6;
        }
    }
    let foot = height - 260.0;
    let mut axis = width - 270.0;
    for name in names(meta) {
        let size = setter.fit(NAMES, &name, height * 55.0 / 128.0, 92.0).size;
        let length = setter.length_vertical(NAMES, &name, size);
        setter.vertical(NAMES, &name, size, (axis, foot - length), drawn);
        axis -= 160.0;
    }
    if let Some(publisher) = &meta.publisher {
        let size = setter.fit(NAMES, publisher, 460.0, 60.0).size;
        let length = setter.length_vertical(NAMES, publisher, size);
        let axis = LEFT + 40.0;
        setter.vertical(NAMES, publisher, size, (axis, foot - length), drawn);
    }
    slip
}
