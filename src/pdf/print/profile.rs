//! ICC profiles of printing conditions.

use std::error::Error;
use std::fmt;

use crate::pdf::icc;

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
        let tags: [icc::Tag; 4] = [
            (b"desc", icc::description(&name)),
            (b"cprt", icc::text("No rights reserved")),
            (b"wtpt", icc::color(icc::LIGHT)),
            (b"kTRC", curve()),
        ];
        Self {
            name,
            inks: 1,
            data: icc::profile(b"prtrGRAYXYZ ", tags),
        }
    }
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
        // Half of the dots print as 70 %: as 716 of 1,024, the gain being rounded down.
        assert_eq!([0, 16, 32].map(value), [0, 19_711, 65_535]);
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
