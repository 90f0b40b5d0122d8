//! PNG images as they are.
//!
//! krilla: it unpacks the pixels of a PNG, makes three colours of each that is a number of a
//! palette, and packs them again without what PNG does before packing: a diagram of a few
//! colours becomes many times as large, and a photograph takes a second. A PDF takes packed
//! pixels as a PNG has them (ISO 32000-1, 7.4.4.4). krilla is given a stand-in of one row, by
//! whose pixels it is known in the finished file; there the image takes its place.

use std::io::Read;

use flate2::read::ZlibDecoder;
use krilla::image::{BitsPerComponent, CustomImage, Image, ImageColorspace};
use memchr::memmem::find;

/// What the pixels of a stand-in begin with.
const MARK: &[u8; 11] = b"seihon:png:";
/// The pixels of a stand-in in a row.
const WIDTH: usize = 16;
/// How the dictionary of a stand-in tells its size.
const SIZE: &[u8] = b"/Width 16/Height 1/";

/// The packed pixels of a PNG.
pub(in crate::pdf) struct Pixels {
    width: u32,
    height: u32,
    /// Bits of a sample.
    depth: u8,
    colors: Colors,
    /// The rows, each with its filter, packed.
    packed: Vec<u8>,
}

/// How the pixels tell their colours.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Colors {
    Gray,
    Rgb,
    /// Numbers of a palette.
    Palette(Vec<u8>),
}

impl Pixels {
    /// Reads a PNG; `None` where its pixels are not as a PDF takes them: transparent,
    /// interlaced, with a profile, or broken.
    pub(super) fn read(data: &[u8]) -> Option<Self> {
        let mut rest = data.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
        let (mut head, mut palette, mut packed) = (None, None, Vec::new());
        loop {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let length = u32::from_be_bytes(*length) as usize;
            let (kind, after) = after.split_first_chunk::<4>()?;
            let (body, after) = after.split_at_checked(length)?;
            match kind {
                b"IHDR" => head = Some(<[u8; 13]>::try_from(body).ok()?),
                b"PLTE" => palette = Some(body.to_vec()),
                b"IDAT" => packed.extend_from_slice(body),
                b"tRNS" | b"iCCP" => return None,
                b"IEND" => break,
                _ => {}
            }
            // After the body stands its checksum.
            rest = after.get(4..)?;
        }
        let [size @ .., depth, color, 0, 0, 0] = head? else { return None };
        let (width, height) = size.split_first_chunk::<4>()?;
        let colors = match color {
            0 => Colors::Gray,
            2 => Colors::Rgb,
            3 => Colors::Palette(palette.filter(|colors| {
                !colors.is_empty() && colors.len() % 3 == 0 && colors.len() <= 3 * 256
            })?),
            _ => return None,
        };
        let pixels = Self {
            width: u32::from_be_bytes(*width),
            height: u32::from_be_bytes(height.try_into().ok()?),
            depth,
            colors,
            packed,
        };
        pixels.is_whole().then_some(pixels)
    }

    /// Samples of a pixel.
    fn samples(&self) -> u8 {
        match self.colors {
            Colors::Gray | Colors::Palette(_) => 1,
            Colors::Rgb => 3,
        }
    }

    /// Whether there are as many rows as there should be.
    fn is_whole(&self) -> bool {
        let bits =
            u64::from(self.width) * u64::from(self.samples()) * u64::from(self.depth);
        let expected = (bits.div_ceil(8) + 1) * u64::from(self.height);
        let known = matches!(self.depth, 1 | 2 | 4 | 8 | 16);
        let mut unpacked = ZlibDecoder::new(self.packed.as_slice()).take(expected + 1);
        let read = std::io::copy(&mut unpacked, &mut std::io::sink());
        known && self.width > 0 && self.height > 0 && read.is_ok_and(|n| n == expected)
    }

    /// What stands in for the image of a number.
    pub(super) fn stand_in(&self, number: usize) -> Result<Image, String> {
        let number = u32::try_from(number).map_err(|_| "there are too many images")?;
        let samples = match self.colors {
            Colors::Gray => 1,
            Colors::Rgb | Colors::Palette(_) => 3,
        };
        let mut pixels = MARK.to_vec();
        pixels.extend(number.to_be_bytes());
        pixels.resize(WIDTH * samples, 0);
        Image::from_custom(StandIn { pixels, samples }, false)
    }

    /// The image as an object in the place of its stand-in, whose colours it has.
    pub(in crate::pdf) fn write(&self, stand_in: &[u8], out: &mut Vec<u8>) -> Option<()> {
        let number = &stand_in[..find(stand_in, b"<<")?];
        let colors = &stand_in[find(stand_in, b"/ColorSpace")? + b"/ColorSpace".len()..];
        let colors = &colors[..find(colors, b"/BitsPerComponent")?];
        let (width, height, depth) = (self.width, self.height, self.depth);
        let (samples, length) = (self.samples(), self.packed.len());
        out.extend_from_slice(number);
        let head = format!(
            "<</Type/XObject/Subtype/Image/Width {width}/Height {height}\
             /BitsPerComponent {depth}/Filter/FlateDecode/DecodeParms<</Predictor 15\
             /Colors {samples}/BitsPerComponent {depth}/Columns {width}>>\
             /Length {length}/ColorSpace"
        );
        out.extend_from_slice(head.as_bytes());
        match &self.colors {
            Colors::Gray | Colors::Rgb => out.extend_from_slice(colors),
            Colors::Palette(palette) => {
                out.extend_from_slice(b"[/Indexed");
                out.extend_from_slice(colors);
                out.extend_from_slice(format!(" {}<", palette.len() / 3 - 1).as_bytes());
                let digits = palette.iter().map(|byte| format!("{byte:02X}"));
                out.extend(digits.flat_map(String::into_bytes));
                out.extend_from_slice(b">]");
            }
        }
        out.extend_from_slice(b">>\nstream\n");
        out.extend_from_slice(&self.packed);
        Some(())
    }

    /// The end of the data, as the end of the stream depends on it.
    pub(in crate::pdf) fn data(&self) -> &[u8] {
        &self.packed
    }
}

/// The number of the image that an object stands in for, if it does.
pub(in crate::pdf) fn number(object: &[u8]) -> Option<usize> {
    let head = &object[..object.len().min(256)];
    find(head, SIZE)?;
    let start = find(head, b"stream\n")? + b"stream\n".len();
    let mut pixels = [0; MARK.len() + 4];
    ZlibDecoder::new(&object[start..]).read_exact(&mut pixels).ok()?;
    let number = pixels.strip_prefix(MARK)?;
    usize::try_from(u32::from_be_bytes(number.try_into().ok()?)).ok()
}

/// A row of pixels.
#[derive(Clone, Hash)]
struct StandIn {
    pixels: Vec<u8>,
    samples: usize,
}

impl CustomImage for StandIn {
    fn color_channel(&self) -> &[u8] {
        &self.pixels
    }

    fn alpha_channel(&self) -> Option<&[u8]> {
        None
    }

    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }

    fn size(&self) -> (u32, u32) {
        (WIDTH as u32, 1)
    }

    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }

    fn color_space(&self) -> ImageColorspace {
        match self.samples {
            1 => ImageColorspace::Luma,
            _ => ImageColorspace::Rgb,
        }
    }
}
