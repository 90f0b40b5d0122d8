//! The faces of formulas, those of KaTeX. They stand beside the faces of text: no character
//! of text is looked for in them, and each is read when the first formula asks for it.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::face::{Face, FontData};
use super::{FontId, Weight};

/// The faces, named as the library that sets formulas names them.
const NAMES: [&str; 20] = [
    "AMS-Regular",
    "Caligraphic-Bold",
    "Caligraphic-Regular",
    "Fraktur-Bold",
    "Fraktur-Regular",
    "Main-Bold",
    "Main-BoldItalic",
    "Main-Italic",
    "Main-Regular",
    "Math-BoldItalic",
    "Math-Italic",
    "SansSerif-Bold",
    "SansSerif-Italic",
    "SansSerif-Regular",
    "Script-Regular",
    "Size1-Regular",
    "Size2-Regular",
    "Size3-Regular",
    "Size4-Regular",
    "Typewriter-Regular",
];

/// The number of the first of them in a [`super::FontBook`].
pub(super) const FIRST: u16 = 0xFF00;

/// The faces that have been asked for.
#[derive(Default)]
pub(super) struct MathFaces([OnceLock<Option<Face>>; NAMES.len()]);

impl MathFaces {
    /// The number of the face of a name.
    pub(super) fn find(&self, name: &str) -> Option<FontId> {
        let index = NAMES.iter().position(|known| *known == name)?;
        self.read(index)?;
        Some(FontId(FIRST + index as u16))
    }

    /// The face of a number that [`MathFaces::find`] gave.
    pub(super) fn face(&self, id: FontId) -> Option<&Face> {
        self.read(usize::from(id.0.checked_sub(FIRST)?))
    }

    fn read(&self, index: usize) -> Option<&Face> {
        let name = NAMES.get(index)?;
        let read = || {
            let file = format!("KaTeX_{name}.ttf");
            let data = match ratex_katex_fonts::ttf_bytes(&file)? {
                Cow::Borrowed(bytes) => FontData::Static(bytes),
                Cow::Owned(bytes) => FontData::from(bytes),
            };
            let face = Face::new(None, Weight::Regular, data, 0, file).ok()?;
            Some(Face { embedded: true, ..face })
        };
        self.0.get(index)?.get_or_init(read).as_ref()
    }
}

/// The plain letter or digit of one of a mathematical alphabet: A for 𝐀.
pub(super) fn plain_letter(ch: char) -> Option<char> {
    let plain = match u32::from(ch) {
        code @ 0x1D400..=0x1D6A3 => match (code - 0x1D400) % 52 {
            letter @ 0..26 => u32::from(b'A') + letter,
            letter => u32::from(b'a') + letter - 26,
        },
        code @ 0x1D7CE..=0x1D7FF => u32::from(b'0') + (code - 0x1D7CE) % 10,
        _ => return None,
    };
    char::from_u32(plain)
}
