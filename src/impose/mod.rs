//! Imposition (面付け): the pages of a finished PDF side by side on sheets.

mod order;
mod place;
mod write;

pub use order::{booklet, n_up};
pub use place::{LeafSize, Plan, Side, Slot, plan};

use std::error::Error;
use std::fmt;

use crate::geom::{Binding, Length, Size};

/// How pages are put on sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imposition {
    /// How many pages a side takes, and in what order.
    pub scheme: Scheme,
    /// The side on which the pages are bound; those of n-up follow each other from it.
    pub binding: Binding,
    /// The paper, in whichever way round it serves better.
    pub sheet: Size,
    /// Whether cut marks and fold marks are drawn where the paper has room for them.
    pub marks: bool,
}

/// How many pages a side of a sheet takes, and in what order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// So many pages in the order of reading, as large as fits (割付).
    Up(Up),
    /// Two pages, so that folded sheets inside each other make a booklet (中綴じ); never
    /// enlarged.
    Booklet {
        /// How many sheets lie inside each other (折丁); `None` for all.
        signature: Option<usize>,
        /// How thick a sheet is where it is folded: by so much the pages of each sheet are
        /// moved nearer to the fold than those of the sheet around it (クリープ).
        creep: Length,
    },
}

/// How many pages of n-up a side takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Up {
    /// One.
    One,
    /// Two side by side.
    Two,
    /// Two by two.
    Four,
    /// Three by two.
    Six,
    /// Four by two.
    Eight,
}

impl Up {
    /// The numbers that there are.
    pub const ALL: [Self; 5] = [Self::One, Self::Two, Self::Four, Self::Six, Self::Eight];

    /// How many pages it is.
    pub const fn pages(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Four => 4,
            Self::Six => 6,
            Self::Eight => 8,
        }
    }

    /// The one of so many pages, if there is one.
    pub fn of(pages: usize) -> Option<Self> {
        Self::ALL.into_iter().find(|up| up.pages() == pages)
    }
}

/// Sizes of paper by name, in millimetres, upright; those of B are of JIS.
pub const SHEETS: &[(&str, i64, i64)] = &[
    ("a3", 297, 420),
    ("a4", 210, 297),
    ("a5", 148, 210),
    ("a6", 105, 148),
    ("b4", 257, 364),
    ("b5", 182, 257),
    ("b6", 128, 182),
    ("letter", 216, 279),
];

/// The paper of a name.
pub fn sheet(name: &str) -> Option<Size> {
    let (_, width, height) =
        SHEETS.iter().find(|(known, ..)| name.eq_ignore_ascii_case(known))?;
    Some(Size {
        width: Length::MM * *width,
        height: Length::MM * *height,
    })
}

/// Why pages could not be put on sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImposeError {
    /// The file is protected by a password.
    Encrypted,
    /// The file is no PDF, or a broken one.
    Broken(String),
    /// The file has no pages.
    NoPages,
}

impl fmt::Display for ImposeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encrypted => f.write_str("the PDF is protected by a password"),
            Self::Broken(reason) => write!(f, "the PDF cannot be read: {reason}"),
            Self::NoPages => f.write_str("the PDF has no pages"),
        }
    }
}

impl Error for ImposeError {}

/// A finished imposition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imposed {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// How many sides of sheets it has.
    pub sides: usize,
}

/// Puts the pages of a PDF on sheets. Links, the outline and tags are left behind; texts,
/// images and fonts stay as they are packed. The same file gives the same bytes.
///
/// # Errors
/// Fails where the file is protected, broken or without pages.
pub fn impose(pdf: &[u8], imposition: &Imposition) -> Result<Imposed, ImposeError> {
    let source = write::Source::read(pdf)?;

    // Where each page goes is arithmetic over their sizes.
    let plan = plan(&source.sizes(), imposition);

    source.write(&plan, pdf)
}
