//! A profile for images in the four colours of print that bring none with them.
//!
//! PDF/A asks what colours look like, and a JPEG in CMYK does not say. Its colours are taken
//! for those of offset print on coated paper: the sixteen overprints of the inks, mixed by
//! the areas that they cover (Neugebauer), with dots that grow in print by 15 % of the area
//! at most. That is near enough for a screen; what is printed is not touched by it. Profiles
//! of the printing industry are a thousand times as large.

use krilla::icc::ICCProfile;

use super::icc;

/// The colours of the overprints as XYZ in 32,768ths, relative to the paper: cyan counts
/// eight, magenta four, yellow two, black one.
const OVERPRINTS: [[u16; 3]; 16] = [
    [31595, 32768, 27030],
    [757, 785, 628],
    [27390, 29352, 2862],
    [628, 672, 91],
    [12354, 6281, 5443],
    [304, 175, 145],
    [11294, 5991, 833],
    [281, 168, 49],
    [5617, 8575, 19157],
    [159, 224, 432],
    [2927, 6888, 2617],
    [101, 188, 86],
    [2055, 1533, 5680],
    [82, 72, 150],
    [1370, 1421, 1136],
    [67, 70, 55],
];
/// The paper, as XYZ in 65,536ths.
const PAPER: [u32; 3] = [55366, 57422, 48868];
/// The number of steps of the curve by which dots grow.
const STEPS: u32 = 16;
/// How much of the area dots grow by where they cover half of it, in hundredths.
const GROWTH: u32 = 15;

/// The profile.
pub(super) fn profile() -> Option<ICCProfile<4>> {
    ICCProfile::new(&bytes())
}

/// The profile as ICC.1:2001-04 has it: an input profile with one table.
fn bytes() -> Vec<u8> {
    icc::profile(
        b"scnrCMYKXYZ ",
        [
            (b"desc", icc::description("Offset print on coated paper")),
            (b"cprt", icc::text("Free for any use")),
            (b"wtpt", icc::color(PAPER)),
            (b"A2B0", table()),
        ],
    )
}

/// The table from inks to colours (lut16Type).
fn table() -> Vec<u8> {
    let mut table = b"mft2\0\0\0\0\x04\x03\x02\0".to_vec();
    let identity = [1, 0, 0, 0, 1, 0, 0, 0, 1].map(|one: u32| one << 16);
    table.extend(icc::words(&identity));
    let mut push = |value: u32| table.extend((value as u16).to_be_bytes());
    push(STEPS + 1);
    push(2);
    for _ink in 0..4 {
        (0..=STEPS).map(covered).for_each(&mut push);
    }
    let colors = OVERPRINTS.iter().flatten();
    colors.for_each(|&value| push(value.into()));
    for _axis in 0..3 {
        push(0);
        push(0xFFFF);
    }
    table
}

/// The area that dots cover in print which cover so many steps of it in the image, in
/// 65,535ths.
fn covered(step: u32) -> u32 {
    let growth = 4 * GROWTH * step * (STEPS - step) / STEPS;
    65_535 * (100 * step + growth) / (100 * STEPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_can_be_read() {
        assert!(profile().is_some());
        let bytes = bytes();
        assert_eq!(bytes[..4], (bytes.len() as u32).to_be_bytes());
    }

    #[test]
    fn dots_grow_in_the_middle() {
        let covered: Vec<u32> = [0, 8, 16].map(covered).to_vec();
        assert_eq!(covered, [0, 65_535 * 65 / 100, 65_535]);
    }
}
