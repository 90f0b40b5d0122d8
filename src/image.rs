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
