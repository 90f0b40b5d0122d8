//! The OpenType features that a run of text may ask for.

use std::ops::BitOr;

use harfrust::{Feature, Tag};

use super::Orientation;

/// A set of OpenType features. Those that a script cannot do without (`ccmp`, `locl`,
/// `mark`), and `vert` in upright runs, are always on and not named here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Features(u32);

impl Features {
    /// None, as Japanese text is set: every em box on its own (ベタ組).
    pub const NONE: Self = Self(0);
    /// Kerning.
    pub const KERN: Self = Self(1);
    /// Ligatures and contextual forms.
    pub const LIGA: Self = Self(1 << 1);
    /// Widths after the shapes of the characters (プロポーショナル詰め).
    pub const PALT: Self = Self(1 << 2);
    /// Punctuation of half an em (約物半角).
    pub const HALT: Self = Self(1 << 3);
    /// Forms of half an em, for two characters side by side in one em.
    pub const HWID: Self = Self(1 << 4);
    /// Forms of a third of an em, for three.
    pub const TWID: Self = Self(1 << 5);
    /// Forms of a quarter of an em, for four.
    pub const QWID: Self = Self(1 << 6);
    /// Forms of a full em.
    pub const FWID: Self = Self(1 << 7);
    /// Proportional forms.
    pub const PWID: Self = Self(1 << 8);
    /// Kana drawn for the size of ruby.
    pub const RUBY: Self = Self(1 << 9);
    /// Kana drawn for the direction of writing.
    pub const KANA: Self = Self(1 << 10);
    /// Kanji as JIS C 6226-1978 shows them.
    pub const JP78: Self = Self(1 << 11);
    /// Kanji as JIS X 0208-1983 shows them.
    pub const JP83: Self = Self(1 << 12);
    /// Kanji as JIS X 0208-1990 shows them.
    pub const JP90: Self = Self(1 << 13);
    /// Kanji as JIS X 0213:2004 shows them.
    pub const JP04: Self = Self(1 << 14);
    /// Traditional kanji (旧字体).
    pub const TRAD: Self = Self(1 << 15);
    /// Superior figures and letters.
    pub const SUPS: Self = Self(1 << 16);
    /// Figures of one width.
    pub const TNUM: Self = Self(1 << 17);
    /// What Latin text is set with.
    pub const LATIN: Self = Self(Self::KERN.0 | Self::LIGA.0);

    /// Whether all features of `other` are in this set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The features as the shaper takes them: those of the set on, and those that it would
    /// apply of itself off where they are not in the set.
    pub(super) fn list(self, orientation: Orientation) -> Vec<Feature> {
        let mut list = Vec::new();
        for row in TABLE {
            let (tag, default) = match orientation {
                Orientation::Sideways => (row.horizontal, row.default),
                Orientation::Upright => (row.vertical, false),
            };
            let on = self.contains(row.feature);
            if on != default {
                list.push(Feature::new(Tag::new(tag), u32::from(on), ..));
            }
        }
        list
    }
}

impl BitOr for Features {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A feature with its tags.
struct Row {
    feature: Features,
    horizontal: &'static [u8; 4],
    vertical: &'static [u8; 4],
    /// Whether the shaper applies it in horizontal runs without being asked.
    default: bool,
}

const fn row(
    feature: Features,
    horizontal: &'static [u8; 4],
    vertical: &'static [u8; 4],
) -> Row {
    Row { feature, horizontal, vertical, default: false }
}

const TABLE: [Row; 20] = [
    Row {
        default: true,
        ..row(Features::KERN, b"kern", b"vkrn")
    },
    Row {
        default: true,
        ..row(Features::LIGA, b"liga", b"liga")
    },
    Row {
        default: true,
        ..row(Features::LIGA, b"clig", b"clig")
    },
    Row {
        default: true,
        ..row(Features::LIGA, b"calt", b"calt")
    },
    row(Features::PALT, b"palt", b"vpal"),
    row(Features::HALT, b"halt", b"vhal"),
    row(Features::HWID, b"hwid", b"hwid"),
    row(Features::TWID, b"twid", b"twid"),
    row(Features::QWID, b"qwid", b"qwid"),
    row(Features::FWID, b"fwid", b"fwid"),
    row(Features::PWID, b"pwid", b"pwid"),
    row(Features::RUBY, b"ruby", b"ruby"),
    row(Features::KANA, b"hkna", b"vkna"),
    row(Features::JP78, b"jp78", b"jp78"),
    row(Features::JP83, b"jp83", b"jp83"),
    row(Features::JP90, b"jp90", b"jp90"),
    row(Features::JP04, b"jp04", b"jp04"),
    row(Features::TRAD, b"trad", b"trad"),
    row(Features::SUPS, b"sups", b"sups"),
    row(Features::TNUM, b"tnum", b"tnum"),
];
