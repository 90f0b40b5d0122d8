//! ICC profiles of printing conditions.

use std::error::Error;
use std::fmt;

/// The profile of a printing condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What it is called.
    pub name: String,
    /// The number of inks: 1 for black alone, 4 for CMYK.
    pub inks: u8,
    /// Its bytes.
    pub data: Vec<u8>,
}

/// Why some bytes are no profile of a printing condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileError {
    /// They are no ICC profile.
    Unknown,
    /// It is that of a screen, a camera or a scanner.
    NoPrinter,
    /// Its inks are neither black alone nor CMYK.
    OtherInks,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "it is no ICC profile",
            Self::NoPrinter => "it is no profile of a printer",
            Self::OtherInks => "it is for other inks than gray or CMYK",
        })
    }
}

impl Error for ProfileError {}

/// How many values the curve of the gray profile has.
const STEPS: u32 = 33;
/// How much darker a half tone prints, in percent: what is usual on uncoated paper.
const GAIN: u32 = 20;

impl Profile {
    /// Reads as much of a profile as has to be known.
    ///
    /// # Errors
    /// Fails where it is not that of a printer in black or CMYK.
    pub fn read(name: &str, data: &[u8]) -> Result<Self, ProfileError> {
        let field = |at: usize| data.get(at..at + 4).unwrap_or_default();
        if data.len() < 132 || field(36) != b"acsp" {
            return Err(ProfileError::Unknown);
        }
        if field(12) != b"prtr" {
            return Err(ProfileError::NoPrinter);
        }
        let inks = match field(16) {
            b"GRAY" => 1,
            b"CMYK" => 4,
            _ => return Err(ProfileError::OtherInks),
        };
        Ok(Self { name: name.to_owned(), inks, data: data.to_vec() })
    }

    /// A press that prints in black alone, half tones darker by the usual gain of dots.
    ///
    /// It is made here, so that it can go into any file: an output profile of one channel as
    /// ICC.1:2001-04, 6.3.3.1 describes it.
    pub(super) fn gray() -> Self {
        let name = format!("Black ink, dot gain {GAIN}%");
        let tags: [(&[u8; 4], Vec<u8>); 4] = [
            (b"desc", description(&name)),
            (b"cprt", [b"text\0\0\0\0", &b"No rights reserved\0"[..]].concat()),
            (b"wtpt", [&b"XYZ \0\0\0\0"[..], &D50].concat()),
            (b"kTRC", curve()),
        ];
        let mut table = (tags.len() as u32).to_be_bytes().to_vec();
        let mut body = Vec::new();
        let first = HEADER + 4 + 12 * tags.len();
        for (tag, data) in tags {
            table.extend_from_slice(tag);
            table.extend(((first + body.len()) as u32).to_be_bytes());
            table.extend((data.len() as u32).to_be_bytes());
            body.extend(data);
            body.resize(body.len().next_multiple_of(4), 0);
        }
        let mut profile = header((first + body.len()) as u32);
        profile.extend(table);
        profile.extend(body);
        Self { name, inks: 1, data: profile }
    }
}

/// How long the header of a profile is.
const HEADER: usize = 128;

/// The white of the illuminant D50, as XYZ.
const D50: [u8; 12] = [0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D];

fn header(size: u32) -> Vec<u8> {
    let mut header = vec![0; HEADER];
    let mut put =
        |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &size.to_be_bytes());
    put(8, &[2, 0x40, 0, 0]);
    put(12, b"prtrGRAYXYZ ");
    // The day that it is of: the first of 2026.
    put(24, &[0x07, 0xEA, 0, 1, 0, 1]);
    put(36, b"acsp");
    put(68, &D50);
    header
}

/// A `textDescriptionType`, without the forms in Unicode and in Macintosh's letters.
fn description(text: &str) -> Vec<u8> {
    let mut data = b"desc\0\0\0\0".to_vec();
    data.extend((text.len() as u32 + 1).to_be_bytes());
    data.extend(text.as_bytes());
    data.extend([0; 1 + 4 + 4 + 2 + 1 + 67]);
    data
}

/// How light each level of gray prints, from full ink to none.
fn curve() -> Vec<u8> {
    let last = STEPS - 1;
    let mut data = b"curv\0\0\0\0".to_vec();
    data.extend(STEPS.to_be_bytes());
    for level in 0..STEPS {
        let dots = last - level;
        // The gain is greatest for half tones and none at the ends. All in parts of the
        // square of the steps and of 100.
        let gain = 4 * GAIN * dots * level / 100;
        let printed = dots * last + gain;
        let light = last * last - printed;
        let value = light * 65_535 / (last * last);
        data.extend((value as u16).to_be_bytes());
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gray_profile_is_one_of_a_printer() {
        let gray = Profile::gray();
        assert_eq!(Profile::read(&gray.name, &gray.data), Ok(gray.clone()));
        let size = u32::from_be_bytes([0, 1, 2, 3].map(|at| gray.data[at]));
        assert_eq!(size as usize, gray.data.len());
        assert_eq!(size % 4, 0);
    }

    #[test]
    fn half_tones_print_darker() {
        let data = curve();
        let value = |level: usize| {
            let at = 12 + level * 2;
            u16::from_be_bytes([data[at], data[at + 1]])
        };
        assert_eq!((value(0), value(32)), (0, 65_535));
        // Half of the dots print as 70 %.
        assert!(value(16).abs_diff(19_661) < 66, "{}", value(16));
        assert!((0..32).all(|level| value(level) < value(level + 1)));
    }

    #[test]
    fn other_profiles_are_refused() {
        let mut data = Profile::gray().data;
        data[12..16].copy_from_slice(b"mntr");
        assert_eq!(Profile::read("", &data), Err(ProfileError::NoPrinter));
        data[12..20].copy_from_slice(b"prtrRGB ");
        assert_eq!(Profile::read("", &data), Err(ProfileError::OtherInks));
        assert_eq!(Profile::read("", b"no profile"), Err(ProfileError::Unknown));
    }
}
