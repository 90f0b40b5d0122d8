//! How images are encoded, and how their pixels lie.

/// The encoding of an image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ImageFormat {
    /// Portable Network Graphics.
    #[default]
    Png,
    /// JPEG.
    Jpeg,
    /// Graphics Interchange Format.
    Gif,
    /// WebP.
    Webp,
    /// Scalable Vector Graphics.
    Svg,
}

/// How the pixels of an image are to be laid so that it stands upright (Exif, orientation):
/// mirrored from left to right, and then turned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Orientation {
    /// Whether they are mirrored.
    pub mirrored: bool,
    /// By how many quarters they are turned clockwise.
    pub quarters: u8,
}

impl Orientation {
    /// The orientation of a number of Exif, from 1 to 8.
    pub fn from_exif(number: u8) -> Self {
        let (mirrored, quarters) = match number {
            2 => (true, 0),
            3 => (false, 2),
            4 => (true, 2),
            5 => (true, 3),
            6 => (false, 1),
            7 => (true, 1),
            8 => (false, 3),
            _ => (false, 0),
        };
        Self { mirrored, quarters }
    }

    /// Whether width and height change places.
    pub fn is_sideways(self) -> bool {
        self.quarters % 2 == 1
    }
}

/// Whether the colours of an image are the four of print: a JPEG of four components.
pub fn is_cmyk(format: ImageFormat, data: &[u8]) -> bool {
    format == ImageFormat::Jpeg && components(data) == Some(4)
}

/// How many components the colours of a JPEG have (ITU-T T.81, B.2.2).
fn components(jpeg: &[u8]) -> Option<u8> {
    let mut rest = jpeg.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        let [0xFF, marker, high, low, body @ ..] = rest else { return None };
        match marker {
            // The head of a frame: precision, lines, samples a line, components.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                return body.get(5).copied();
            }
            // A byte of filling before a marker.
            0xFF => rest = &rest[1..],
            _ => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                rest = body.get(length.checked_sub(2)?..)?;
            }
        }
    }
}
