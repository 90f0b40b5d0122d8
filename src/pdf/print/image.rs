//! The pixels of images in the inks of the press.

use ::image::codecs::jpeg::JpegEncoder;
use ::image::{
    ExtendedColorType, ImageEncoder, ImageFormat, load_from_memory_with_format,
};
use lopdf::{Document, Object, ObjectId, Stream, dictionary};

use super::inks::space;
use crate::display::Inks;

/// How good photographs stay that are packed again, in percent.
const QUALITY: u8 = 95;

/// Changes all images of a file.
///
/// # Errors
/// Fails where the pixels of an image cannot be read.
pub(super) fn convert(document: &mut Document, inks: Inks) -> Result<(), String> {
    let images: Vec<(ObjectId, usize)> = document
        .objects
        .iter()
        .filter_map(|(id, object)| Some((*id, components(document, object)?)))
        .collect();
    for (id, components) in images {
        let stream = document.get_object_mut(id).and_then(Object::as_stream_mut);
        let stream = stream.map_err(|error| error.to_string())?;
        convert_image(stream, components, inks)?;
    }
    Ok(())
}

/// The number of the colours of an image's pixels, where something has to be done to it.
fn components(document: &Document, object: &Object) -> Option<usize> {
    let Object::Stream(stream) = object else { return None };
    if stream.dict.get(b"Subtype").and_then(Object::as_name).ok()? != b"Image" {
        return None;
    }
    match stream.dict.get_deref(b"ColorSpace", document).ok()? {
        Object::Name(name) => match name.as_slice() {
            b"DeviceRGB" => Some(3),
            b"DeviceCMYK" => Some(4),
            _ => None,
        },
        Object::Array(space) => {
            let profile = space.get(1)?.as_reference().ok()?;
            let profile =
                document.get_object(profile).and_then(Object::as_stream).ok()?;
            let count = profile.dict.get(b"N").and_then(Object::as_i64).ok()?;
            usize::try_from(count).ok()
        }
        _ => None,
    }
}

fn convert_image(
    stream: &mut Stream,
    components: usize,
    inks: Inks,
) -> Result<(), String> {
    let wanted = match inks {
        Inks::Gray => 1,
        Inks::Cmyk => 4,
    };
    if components == wanted || components == 1 {
        let name = if components == 1 { space(Inks::Gray) } else { space(inks) };
        stream.dict.set("ColorSpace", name);
        return Ok(());
    }
    let is_jpeg = stream
        .filters()
        .is_ok_and(|filters| filters.contains(&&b"DCTDecode"[..]));
    let pixels = if is_jpeg { jpeg(stream)? } else { plain(stream, components)? };
    let side = |key: &[u8]| stream.dict.get(key).and_then(Object::as_i64).unwrap_or(0);
    let (width, height) = (side(b"Width") as u32, side(b"Height") as u32);
    for key in [&b"Filter"[..], b"DecodeParms", b"Decode"] {
        stream.dict.remove(key);
    }
    stream.dict.set("ColorSpace", space(inks));
    stream.dict.set("BitsPerComponent", 8);
    let inked = inked(&pixels, inks);
    if is_jpeg && inks == Inks::Gray {
        let mut packed = Vec::new();
        JpegEncoder::new_with_quality(&mut packed, QUALITY)
            .write_image(&inked, width, height, ExtendedColorType::L8)
            .map_err(|error| error.to_string())?;
        stream.dict.set("Filter", "DCTDecode");
        stream.set_content(packed);
        return Ok(());
    }
    let row = width as usize * wanted;
    stream.set_plain_content(differences(&inked, row, wanted));
    stream.compress().map_err(|error| error.to_string())?;
    if !stream.is_compressed() {
        // So small that it does not pay.
        stream.set_plain_content(inked);
        return Ok(());
    }
    let parameters = dictionary! {
        "Predictor" => 11,
        "Colors" => wanted as i64,
        "Columns" => i64::from(width),
    };
    stream.dict.set("DecodeParms", parameters);
    Ok(())
}

/// The pixels of a photograph, as RGB.
fn jpeg(stream: &Stream) -> Result<Vec<u8>, String> {
    let image = load_from_memory_with_format(&stream.content, ImageFormat::Jpeg);
    let image = image.map_err(|error| format!("a JPEG in it cannot be read: {error}"))?;
    Ok(image.into_rgb8().into_raw())
}

/// The pixels of another image, as RGB of eight bits.
fn plain(stream: &Stream, components: usize) -> Result<Vec<u8>, String> {
    let data = stream.get_plain_content().map_err(|error| error.to_string())?;
    let bits = stream.dict.get(b"BitsPerComponent").and_then(Object::as_i64);
    let step = if bits.is_ok_and(|bits| bits == 16) { 2 } else { 1 };
    let levels: Vec<u8> = data.iter().copied().step_by(step).collect();
    if components == 3 {
        return Ok(levels);
    }
    let rgb = levels.chunks_exact(4).flat_map(|inks| {
        let [c, m, y, k] = [inks[0], inks[1], inks[2], inks[3]];
        [c, m, y].map(|ink| 255 - ink.saturating_add(k))
    });
    Ok(rgb.collect())
}

/// Pixels in inks.
fn inked(rgb: &[u8], inks: Inks) -> Vec<u8> {
    let pixels = rgb.chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]);
    match inks {
        Inks::Gray => pixels
            .map(|[red, green, blue]| {
                crate::display::Color { red, green, blue }.to_gray().red
            })
            .collect(),
        Inks::Cmyk => pixels
            .flat_map(|[r, g, b]| {
                let most = r.max(g).max(b);
                [most - r, most - g, most - b, 255 - most]
            })
            .collect(),
    }
}

/// Rows as what each pixel differs by from the one before it (the predictor Sub of PNG).
fn differences(pixels: &[u8], row: usize, components: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(pixels.len() + pixels.len() / row.max(1));
    for line in pixels.chunks(row.max(1)) {
        out.push(1);
        for (at, level) in line.iter().enumerate() {
            let before = at.checked_sub(components).map_or(0, |before| line[before]);
            out.push(level.wrapping_sub(before));
        }
    }
    out
}
