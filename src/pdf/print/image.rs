//! The pixels of images in the inks of the press.

use std::collections::BTreeSet;

use ::image::codecs::jpeg::JpegEncoder;
use ::image::{
    ExtendedColorType, ImageEncoder, ImageFormat, load_from_memory_with_format,
};
use lopdf::{Document, Object, ObjectId, Stream, dictionary};

use super::inks::space;
use crate::display::Inks;

/// How good photographs stay that are packed again, in percent.
const QUALITY: u8 = 95;

/// What has to be known of an image.
struct Facts {
    /// The number of the colours of a pixel.
    components: usize,
    /// Whether they are told by a profile.
    by_profile: bool,
    /// Whether a level has 16 bits.
    is_deep: bool,
    /// The image that says how much of it is seen.
    mask: Option<ObjectId>,
}

/// Changes all images of a file. Where they are flattened, what would shine through them is
/// white paper, and their levels have 8 bits.
///
/// # Errors
/// Fails where the pixels of an image cannot be read.
pub(super) fn convert(
    document: &mut Document,
    inks: Inks,
    flatten: bool,
) -> Result<(), String> {
    let images: Vec<(ObjectId, Facts)> = document
        .objects
        .iter()
        .filter_map(|(id, object)| Some((*id, facts(document, object)?)))
        .collect();
    let masks: BTreeSet<ObjectId> =
        images.iter().filter_map(|(_, facts)| facts.mask).collect();
    for (id, facts) in images {
        if masks.contains(&id) {
            continue;
        }
        let mask = match facts.mask.filter(|_| flatten) {
            Some(mask) => Some(levels(stream(document, mask)?)?),
            None => None,
        };
        let stream = document.get_object_mut(id).and_then(Object::as_stream_mut);
        let stream = stream.map_err(|error| error.to_string())?;
        convert_image(stream, &facts, inks, (flatten, mask.as_deref()))?;
    }
    Ok(())
}

fn stream(document: &Document, id: ObjectId) -> Result<&Stream, String> {
    let stream = document.get_object(id).and_then(Object::as_stream);
    stream.map_err(|error| error.to_string())
}

fn facts(document: &Document, object: &Object) -> Option<Facts> {
    let Object::Stream(stream) = object else { return None };
    if stream.dict.get(b"Subtype").and_then(Object::as_name).ok()? != b"Image" {
        return None;
    }
    let (components, by_profile) =
        match stream.dict.get_deref(b"ColorSpace", document).ok()? {
            Object::Name(name) => match name.as_slice() {
                b"DeviceGray" => (1, false),
                b"DeviceRGB" => (3, false),
                b"DeviceCMYK" => (4, false),
                _ => return None,
            },
            Object::Array(space) => {
                let profile = space.get(1)?.as_reference().ok()?;
                let profile = document.get_object(profile).and_then(Object::as_stream);
                let count = profile.ok()?.dict.get(b"N").and_then(Object::as_i64).ok()?;
                (usize::try_from(count).ok()?, true)
            }
            _ => return None,
        };
    let mask = stream.dict.get(b"SMask").and_then(Object::as_reference).ok();
    Some(Facts {
        components,
        by_profile,
        is_deep: is_deep(stream),
        mask,
    })
}

fn is_deep(stream: &Stream) -> bool {
    let bits = stream.dict.get(b"BitsPerComponent").and_then(Object::as_i64);
    bits.is_ok_and(|bits| bits == 16)
}

/// Changes an image; with a mask its pixels are seen on white as much as it says.
fn convert_image(
    stream: &mut Stream,
    facts: &Facts,
    inks: Inks,
    (flatten, mask): (bool, Option<&[u8]>),
) -> Result<(), String> {
    // What is gray stays gray with any inks.
    let inks = if facts.components == 1 { Inks::Gray } else { inks };
    let wanted = match inks {
        Inks::Gray => 1,
        Inks::Cmyk => 4,
    };
    if facts.components == wanted && mask.is_none() && !(flatten && facts.is_deep) {
        if facts.by_profile {
            stream.dict.set("ColorSpace", space(inks));
        }
        return Ok(());
    }
    let is_jpeg = stream
        .filters()
        .is_ok_and(|filters| filters.contains(&&b"DCTDecode"[..]));
    let mut pixels =
        if is_jpeg { jpeg(stream)? } else { plain(stream, facts.components)? };
    if let Some(mask) = mask {
        for (pixel, seen) in pixels.chunks_exact_mut(3).zip(mask) {
            pixel.iter_mut().for_each(|level| *level = on_white(*level, *seen));
        }
        stream.dict.remove(b"SMask");
    }
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
    pack(stream, inked, width, wanted)
}

/// Packs pixels as what they differ by from the ones before them.
fn pack(
    stream: &mut Stream,
    pixels: Vec<u8>,
    width: u32,
    components: usize,
) -> Result<(), String> {
    let row = width as usize * components;
    stream.set_plain_content(differences(&pixels, row, components));
    stream.compress().map_err(|error| error.to_string())?;
    if !stream.is_compressed() {
        // So small that it does not pay.
        stream.set_plain_content(pixels);
        return Ok(());
    }
    let parameters = dictionary! {
        "Predictor" => 11,
        "Colors" => components as i64,
        "Columns" => i64::from(width),
    };
    stream.dict.set("DecodeParms", parameters);
    Ok(())
}

/// A level that is seen as much as another says, on white.
fn on_white(level: u8, seen: u8) -> u8 {
    let (level, seen) = (u32::from(level), u32::from(seen));
    ((level * seen + 255 * (255 - seen) + 127) / 255) as u8
}

/// The pixels of a photograph, as RGB.
fn jpeg(stream: &Stream) -> Result<Vec<u8>, String> {
    let image = load_from_memory_with_format(&stream.content, ImageFormat::Jpeg);
    let image = image.map_err(|error| format!("a JPEG in it cannot be read: {error}"))?;
    Ok(image.into_rgb8().into_raw())
}

/// The levels of an image that is no photograph, in eight bits.
fn levels(stream: &Stream) -> Result<Vec<u8>, String> {
    let data = stream.get_plain_content().map_err(|error| error.to_string())?;
    let step = if is_deep(stream) { 2 } else { 1 };
    Ok(data.into_iter().step_by(step).collect())
}

/// Its pixels, as RGB.
fn plain(stream: &Stream, components: usize) -> Result<Vec<u8>, String> {
    let levels = levels(stream)?;
    Ok(match components {
        1 => levels.into_iter().flat_map(|level| [level; 3]).collect(),
        4 => levels
            .chunks_exact(4)
            .flat_map(|inks| {
                let [c, m, y, k] = [inks[0], inks[1], inks[2], inks[3]];
                [c, m, y].map(|ink| 255 - ink.saturating_add(k))
            })
            .collect(),
        _ => levels,
    })
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
