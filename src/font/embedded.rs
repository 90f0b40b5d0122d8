//! The fonts that the binary carries, so that a book comes out the same everywhere.

use super::{Family, Weight};

/// One of the files in `fonts/`.
pub(super) struct Embedded {
    /// Its role; none for the face of symbols that serves every role last.
    pub(super) family: Option<Family>,
    /// Its weight.
    pub(super) weight: Weight,
    /// The name of its file.
    pub(super) name: &'static str,
    /// What the file holds.
    pub(super) data: &'static [u8],
}

#[cfg(feature = "embedded-fonts")]
macro_rules! embedded {
    ($family:expr, $weight:ident, $path:literal) => {
        Embedded {
            family: $family,
            weight: Weight::$weight,
            name: $path,
            data: include_bytes!(concat!("../../fonts/", $path)),
        }
    };
}

/// All of them, in the order in which they serve.
#[cfg(not(feature = "embedded-fonts"))]
pub(super) static EMBEDDED: [Embedded; 0] = [];
/// All of them, in the order in which they serve.
#[cfg(feature = "embedded-fonts")]
pub(super) static EMBEDDED: [Embedded; 7] = [
    embedded!(Some(Family::Mincho), Regular, "harano-aji/HaranoAjiMincho-Regular.otf"),
    embedded!(Some(Family::Mincho), Bold, "harano-aji/HaranoAjiMincho-Bold.otf"),
    embedded!(Some(Family::Gothic), Regular, "harano-aji/HaranoAjiGothic-Regular.otf"),
    embedded!(Some(Family::Gothic), Bold, "harano-aji/HaranoAjiGothic-Bold.otf"),
    embedded!(Some(Family::Mono), Regular, "m-plus-1-code/Mplus1Code-Regular.otf"),
    embedded!(Some(Family::Mono), Bold, "m-plus-1-code/Mplus1Code-Bold.otf"),
    embedded!(None, Regular, "noto-emoji/NotoEmoji_400Regular.ttf"),
];
