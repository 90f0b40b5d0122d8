//! Standards that a PDF can be held to. Whoever makes a file says which it keeps; whoever
//! reads it relies on that, so that none may be named that is not kept.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;

/// A standard for files that are printed (ISO 15930).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
pub enum PressStandard {
    /// PDF/X-4 (ISO 15930-7): PDF 1.6, with a profile of the press in the file.
    #[default]
    #[serde(rename = "x-4")]
    X4,
    /// PDF/X-1a:2001 (ISO 15930-1): PDF 1.3, where nothing shines through.
    #[serde(rename = "x-1a")]
    X1a,
}

/// A standard for PDF files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standard {
    /// PDF/UA-1 (ISO 14289-1): the pages can be read out.
    Ua1,
    /// PDF/A-2b (ISO 19005-2): the pages look the same for ever.
    A2b,
    /// PDF/A-2u: and their text can be copied.
    A2u,
    /// PDF/A-2a: and it has its structure.
    A2a,
    /// PDF/A-3b (ISO 19005-3): as PDF/A-2b, and files of any kind may be attached.
    A3b,
    /// PDF/A-3u: as PDF/A-2u, with attached files.
    A3u,
    /// PDF/A-3a: as PDF/A-2a, with attached files.
    A3a,
    /// PDF/A-4 (ISO 19005-4): PDF 2.0 for the archive.
    A4,
    /// PDF/A-4f: the same with attached files.
    A4f,
}

impl Standard {
    /// All of them with the names that books know them by.
    pub const NAMES: [(&'static str, Self); 9] = [
        ("ua-1", Self::Ua1),
        ("a-2b", Self::A2b),
        ("a-2u", Self::A2u),
        ("a-2a", Self::A2a),
        ("a-3b", Self::A3b),
        ("a-3u", Self::A3u),
        ("a-3a", Self::A3a),
        ("a-4", Self::A4),
        ("a-4f", Self::A4f),
    ];

    /// The standards of a PDF to read on a screen where the book names none.
    pub const SCREEN: [Self; 2] = [Self::Ua1, Self::A2a];

    /// The standard that a book knows by a name.
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, standard)| *standard)
    }

    /// Whether it is a part of PDF/A, of which a file can keep one alone.
    pub fn is_archival(self) -> bool {
        match self {
            Self::Ua1 => false,
            Self::A2b
            | Self::A2u
            | Self::A2a
            | Self::A3b
            | Self::A3u
            | Self::A3a
            | Self::A4
            | Self::A4f => true,
        }
    }

    /// Whether it is about PDF 2.0, which those about PDF 1.7 do not go together with.
    pub fn is_pdf_2(self) -> bool {
        matches!(self, Self::A4 | Self::A4f)
    }

    /// Whether a file that keeps it may have files attached to it.
    pub fn takes_attachments(self) -> bool {
        match self {
            Self::Ua1 | Self::A3b | Self::A3u | Self::A3a | Self::A4f => true,
            Self::A2b | Self::A2u | Self::A2a | Self::A4 => false,
        }
    }
}

impl fmt::Display for Standard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ua1 => "PDF/UA-1",
            Self::A2b => "PDF/A-2b",
            Self::A2u => "PDF/A-2u",
            Self::A2a => "PDF/A-2a",
            Self::A3b => "PDF/A-3b",
            Self::A3u => "PDF/A-3u",
            Self::A3a => "PDF/A-3a",
            Self::A4 => "PDF/A-4",
            Self::A4f => "PDF/A-4f",
        })
    }
}
