//! Pictures as stores take them: no WebP, upright, in the colours of screens, and no larger
//! than the book wants them.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageResult};

use crate::image::is_cmyk;
use crate::model::{ImageFile, ImageFormat};

/// The most that a picture of a publication may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImageLimit {
    /// Pixels of the longer side.
    pub pixels: Option<u32>,
    /// Bytes of the file.
    pub bytes: Option<u64>,
}

/// A picture that was made of another.
#[derive(Debug)]
pub(super) struct Fitted {
    pub(super) data: Vec<u8>,
    pub(super) format: ImageFormat,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Whether it moved before.
    pub(super) stilled: bool,
    /// Whether it had the four colours of print before.
    pub(super) printed: bool,
}

/// The picture as stores take it within a limit; `None` where it is that already.
///
/// # Errors
/// Fails where the file cannot be read, or made as small as is asked; with the reason.
pub(super) fn fit(file: &ImageFile, limit: ImageLimit) -> Result<Option<Fitted>, String> {
    let foreign = file.format == ImageFormat::Webp;
    let wide = limit.pixels.is_some_and(|most| file.width.max(file.height) > most);
    let heavy = limit.bytes.is_some_and(|most| file.data.len() as u64 > most);
    let turned = file.orientation != Default::default();
    let printed = is_cmyk(file.format, &file.data);
    if !(foreign || wide || heavy || turned || printed) {
        return Ok(None);
    }
    let picture = match file.format {
        ImageFormat::Jpeg => {
            JpegDecoder::new(Cursor::new(&file.data[..])).and_then(Picture::read)
        }
        ImageFormat::Png => {
            PngDecoder::new(Cursor::new(&file.data[..])).and_then(Picture::read)
        }
        ImageFormat::Webp => {
            WebPDecoder::new(Cursor::new(&file.data[..])).and_then(Picture::read)
        }
        // What moves would stand still, and drawings have no pixels.
        ImageFormat::Gif | ImageFormat::Svg => return Ok(None),
    };
    let mut picture = picture.map_err(|error| error.to_string())?;
    if let Some(most) = limit.pixels.filter(|_| wide) {
        picture.shrink(most);
    }
    let format = match file.format {
        ImageFormat::Jpeg => ImageFormat::Jpeg,
        ImageFormat::Webp if !picture.is_exact(&file.data) => ImageFormat::Jpeg,
        _ => ImageFormat::Png,
    };
    let data = picture.within(format, limit.bytes)?;
    let (width, height) = (picture.pixels.width(), picture.pixels.height());
    let stilled = foreign && file.data.windows(4).any(|chunk| chunk == b"ANMF");
    Ok(Some(Fitted { data, format, width, height, stilled, printed }))
}

/// Whether a picture shows what is behind it; a file that cannot be read does not.
pub(super) fn is_transparent(format: ImageFormat, data: &[u8]) -> bool {
    let picture = match format {
        ImageFormat::Png => PngDecoder::new(Cursor::new(data)).and_then(Picture::read),
        ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::Webp | ImageFormat::Svg => {
            return false;
        }
    };
    picture.is_ok_and(|picture| {
        let clear =
            || picture.pixels.to_rgba8().pixels().any(|pixel| pixel.0[3] < u8::MAX);
        picture.pixels.color().has_alpha() && clear()
    })
}

/// Pixels with the profile of their colours.
struct Picture {
    pixels: DynamicImage,
    profile: Option<Vec<u8>>,
}

/// The qualities of JPEG that are tried, from the best.
const QUALITIES: [u8; 5] = [88, 80, 72, 64, 56];

/// The shortest side below which no picture is made smaller.
const SMALLEST: u32 = 64;

impl Picture {
    /// The pixels, turned as the EXIF says.
    fn read(mut decoder: impl ImageDecoder) -> ImageResult<Self> {
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let profile = decoder.icc_profile().ok().flatten();
        let mut pixels = DynamicImage::from_decoder(decoder)?;
        pixels.apply_orientation(orientation);
        // Colours of print become those of screens, and their profile is none for these.
        let space: &[u8] = if pixels.color().has_color() { b"RGB " } else { b"GRAY" };
        let profile = profile.filter(|profile| profile.get(16..20) == Some(space));
        Ok(Self { pixels, profile })
    }

    /// Whether JPEG would lose what WebP had: pixels as they are, or what is transparent.
    fn is_exact(&self, webp: &[u8]) -> bool {
        self.pixels.color().has_alpha() || webp.windows(4).any(|chunk| chunk == b"VP8L")
    }

    fn shrink(&mut self, most: u32) {
        self.pixels = self.pixels.resize(most, most, FilterType::Lanczos3);
    }

    /// The file, first of less quality, then of fewer pixels, until it is small enough.
    fn within(
        &mut self,
        format: ImageFormat,
        most: Option<u64>,
    ) -> Result<Vec<u8>, String> {
        let qualities: &[u8] =
            if format == ImageFormat::Jpeg { &QUALITIES } else { &QUALITIES[..1] };
        loop {
            for &quality in qualities {
                let data =
                    self.write(format, quality).map_err(|error| error.to_string())?;
                if most.is_none_or(|most| data.len() as u64 <= most) {
                    return Ok(data);
                }
            }
            let (width, height) = (self.pixels.width(), self.pixels.height());
            if width.min(height) * 4 / 5 < SMALLEST {
                return Err("it would be too small to be seen".to_owned());
            }
            self.shrink(width.max(height) * 4 / 5);
        }
    }

    fn write(&self, format: ImageFormat, quality: u8) -> ImageResult<Vec<u8>> {
        let mut data = Vec::new();
        match format {
            ImageFormat::Jpeg => {
                let mut encoder = JpegEncoder::new_with_quality(&mut data, quality);
                self.keep_profile(&mut encoder);
                match self.pixels.color().has_color() {
                    true => self.pixels.to_rgb8().write_with_encoder(encoder)?,
                    false => self.pixels.to_luma8().write_with_encoder(encoder)?,
                }
            }
            _ => {
                let mut encoder = PngEncoder::new(&mut data);
                self.keep_profile(&mut encoder);
                self.pixels.write_with_encoder(encoder)?;
            }
        }
        Ok(data)
    }

    fn keep_profile(&self, encoder: &mut impl ImageEncoder) {
        if let Some(profile) = &self.profile {
            // An encoder that knows none writes the picture without it.
            let _ = encoder.set_icc_profile(profile.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use image::{ImageBuffer, Rgb, Rgba};

    use super::*;
    use crate::source::Span;

    fn file(format: ImageFormat, data: Vec<u8>, width: u32, height: u32) -> ImageFile {
        let (path, span) = ("a".to_owned(), Span::default());
        let orientation = Default::default();
        let data = Arc::new(data);
        ImageFile {
            path,
            data,
            format,
            orientation,
            width,
            height,
            span,
        }
    }

    /// A picture with a colour for each place, so that it does not pack well.
    fn photo(width: u32, height: u32) -> DynamicImage {
        let noise = |x: u32, y: u32| {
            let n = x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503);
            Rgb([(n >> 3) as u8, (n >> 11) as u8, (x + y) as u8])
        };
        DynamicImage::ImageRgb8(ImageBuffer::from_fn(width, height, noise))
    }

    fn encode(picture: DynamicImage, format: ImageFormat) -> ImageFile {
        let (width, height) = (picture.width(), picture.height());
        let whole = Picture { pixels: picture, profile: None };
        let data = whole.write(format, 95).expect("it can be written");
        file(format, data, width, height)
    }

    #[test]
    fn pictures_within_the_limit_stay_as_they_are() {
        let limit = ImageLimit { pixels: Some(64), bytes: Some(100_000) };
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let file = encode(photo(64, 48), format);
            assert!(matches!(fit(&file, limit), Ok(None)), "{format:?}");
        }
    }

    #[test]
    fn pictures_beyond_the_limit_are_made_smaller() {
        let file = encode(photo(400, 200), ImageFormat::Png);
        let limit = ImageLimit { pixels: Some(100), bytes: None };
        let small = fit(&file, limit).expect("a picture").expect("it is smaller");
        assert_eq!((small.width, small.height), (100, 50));
        assert_eq!(small.format, ImageFormat::Png);

        let file = encode(photo(400, 200), ImageFormat::Jpeg);
        let limit = ImageLimit { pixels: None, bytes: Some(20_000) };
        let small = fit(&file, limit).expect("a picture").expect("it is smaller");
        assert!(small.data.len() <= 20_000, "{}", small.data.len());
        assert_eq!(small.format, ImageFormat::Jpeg);

        let limit = ImageLimit { pixels: Some(100), bytes: Some(10) };
        assert!(fit(&file, limit).is_err());
        let broken = self::file(ImageFormat::Png, b"\x89PNG".to_vec(), 900, 900);
        assert!(fit(&broken, limit).is_err());
    }

    #[test]
    fn what_lies_on_its_side_is_turned() {
        let upright = encode(photo(40, 20), ImageFormat::Jpeg);
        // An EXIF segment that says 6: turned by a quarter to the right.
        let exif = b"\xFF\xE1\x00\x22Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let mut data = upright.data[..2].to_vec();
        data.extend_from_slice(exif);
        data.extend_from_slice(&upright.data[2..]);
        let mut turned = file(ImageFormat::Jpeg, data, 20, 40);
        turned.orientation = crate::image::Orientation::from_exif(6);
        let fitted = fit(&turned, ImageLimit::default()).expect("a picture");
        let fitted = fitted.expect("it is turned");
        assert_eq!((fitted.width, fitted.height), (20, 40));
        let upright = JpegDecoder::new(Cursor::new(&fitted.data[..]))
            .and_then(|mut decoder| decoder.orientation());
        assert_eq!(upright.ok(), Some(Orientation::NoTransforms));
    }

    #[test]
    fn webp_becomes_what_stores_take() {
        let clear = ImageBuffer::from_pixel(8, 8, Rgba([10u8, 20, 30, 128]));
        let mut data = Vec::new();
        let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut data);
        clear.write_with_encoder(encoder).expect("it can be written");
        let webp = file(ImageFormat::Webp, data, 8, 8);
        let fitted = fit(&webp, ImageLimit::default()).expect("a picture");
        let fitted = fitted.expect("it is another format");
        assert_eq!(fitted.format, ImageFormat::Png);
        let png = PngDecoder::new(Cursor::new(&fitted.data[..])).and_then(Picture::read);
        let pixels = png.expect("a PNG").pixels.to_rgba8();
        assert_eq!(pixels.get_pixel(3, 3), &Rgba([10, 20, 30, 128]));
    }
}
