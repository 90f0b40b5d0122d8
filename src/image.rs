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

impl ImageFormat {
    /// Whether an image has its end, which it has not where it was copied in part.
    pub fn is_whole(self, data: &[u8]) -> bool {
        match self {
            Self::Png => png_end(data).is_some(),
            Self::Jpeg => jpeg_end(data).is_some(),
            Self::Gif => gif_end(data).is_some(),
            Self::Webp => data.get(4..8).is_some_and(|size| {
                let size = u32::from_le_bytes([size[0], size[1], size[2], size[3]]);
                data.len() >= size as usize + 8
            }),
            Self::Svg => true,
        }
    }
}

/// What follows the last chunk of a PNG (PNG 3, 5.3).
fn png_end(data: &[u8]) -> Option<&[u8]> {
    let mut rest = data.get(8..)?;
    loop {
        let length = rest
            .get(..4)?
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        let kind = rest.get(4..8)?;
        let after = rest.get(12..)?.get(length..)?;
        if kind == b"IEND" {
            return Some(after);
        }
        rest = after;
    }
}

/// What follows the end of a JPEG (ITU-T T.81, B.1.1).
fn jpeg_end(data: &[u8]) -> Option<&[u8]> {
    let mut rest = data.strip_prefix(&[0xFF, 0xD8])?;
    loop {
        // Between the segments stand the codes of a scan, where a marker is no byte of it.
        let at = rest.windows(2).position(|two| {
            two[0] == 0xFF && !matches!(two[1], 0x00 | 0x01 | 0xD0..=0xD7 | 0xFF)
        })?;
        let after = &rest[at + 2..];
        if rest[at + 1] == 0xD9 {
            return Some(after);
        }
        let length = after.get(..2)?;
        rest = after.get(usize::from(u16::from_be_bytes([length[0], length[1]]))..)?;
    }
}

/// What follows the trailer of a GIF (GIF 89a, 27), or its last block where it has none.
fn gif_end(data: &[u8]) -> Option<&[u8]> {
    let colors = |flags: u8| match flags >> 7 {
        1 => 3 << (1 + (flags & 7)),
        _ => 0,
    };
    let mut rest = data.get(13 + colors(*data.get(10)?)..)?;
    let mut has_image = false;
    loop {
        let Some((kind, after)) = rest.split_first() else {
            return has_image.then_some(rest);
        };
        has_image |= *kind == b',';
        rest = match kind {
            b';' => return Some(after),
            b',' => after.get(10 + colors(*after.get(8)?)..)?,
            _ => after.get(1..)?,
        };
        while let (length @ 1.., after) = rest.split_first()? {
            rest = after.get(usize::from(*length)..)?;
        }
        rest = &rest[1..];
    }
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
