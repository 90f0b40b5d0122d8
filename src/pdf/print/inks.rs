//! All colours of a file in the inks of the press.
//!
//! krilla and krilla-svg write RGB. A gray is as light as the colour (ITU-R BT.601, as
//! [`crate::display::Color::to_gray`]); CMYK follows ISO 32000-1, 10.3.4 with all black taken
//! out of the other inks, so that blacks and grays are black ink alone.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::content::recolored;
use super::{Print, image};
use crate::display::Inks;
use crate::standard::PressStandard;

/// Levels of red, green and blue, 0 to 1.
#[derive(Clone, Copy)]
pub(super) struct Rgb(pub(super) [f64; 3]);

impl Rgb {
    /// The colour that inks give (ISO 32000-1, 10.3.5).
    pub(super) fn of_cmyk([c, m, y, k]: [f64; 4]) -> Self {
        Self([c, m, y].map(|ink| 1.0 - (ink + k).min(1.0)))
    }
}

/// The numbers of a colour in the space of some inks.
pub(super) fn ink_numbers(Rgb([r, g, b]): Rgb, inks: Inks) -> Vec<f64> {
    match inks {
        Inks::Gray => vec![(299.0 * r + 587.0 * g + 114.0 * b) / 1000.0],
        Inks::Cmyk => {
            let most = r.max(g).max(b);
            vec![most - r, most - g, most - b, 1.0 - most]
        }
    }
}

/// Numbers with at most four digits after the dot.
pub(super) fn write_numbers(numbers: &[f64]) -> String {
    let number = |value: &f64| {
        let text = format!("{value:.4}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        if text == "-0" { "0".to_owned() } else { text.to_owned() }
    };
    numbers.iter().map(number).collect::<Vec<_>>().join(" ")
}

/// The name of the colour space of some inks.
pub(super) fn space(inks: Inks) -> &'static str {
    match inks {
        Inks::Gray => "DeviceGray",
        Inks::Cmyk => "DeviceCMYK",
    }
}

/// Changes all colours of a file.
///
/// # Errors
/// Fails where an image or a stream cannot be read.
pub(super) fn convert(document: &mut Document, print: &Print) -> Result<(), String> {
    let inks = print.inks;
    for id in content_streams(document) {
        let stream = document.get_object_mut(id).and_then(Object::as_stream_mut);
        let stream = stream.map_err(|error| error.to_string())?;
        let content = stream.get_plain_content().map_err(|error| error.to_string())?;
        if let Some(content) = recolored(&content, inks) {
            stream.set_plain_content(content);
            // Content that cannot be packed stays as it is.
            let _ = stream.compress();
        }
    }
    let flatten = print.standard == PressStandard::X1a;
    image::convert(document, inks, flatten)?;
    convert_shadings(document, inks);
    for object in document.objects.values_mut() {
        if let Some(dict) = dict_mut(object)
            && let Ok(Object::Dictionary(group)) = dict.get_mut(b"Group")
            && is_rgb(group.get(b"CS").ok())
        {
            group.set("CS", space(inks));
        }
    }
    Ok(())
}

fn dict_of(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

fn dict_mut(object: &mut Object) -> Option<&mut Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&mut stream.dict),
        _ => None,
    }
}

fn is_name(object: Option<&Object>, name: &[u8]) -> bool {
    object.and_then(|object| object.as_name().ok()) == Some(name)
}

fn is_rgb(object: Option<&Object>) -> bool {
    is_name(object, b"DeviceRGB")
}

/// The streams that draw: pages, forms, patterns, and glyphs that are drawings.
fn content_streams(document: &Document) -> BTreeSet<ObjectId> {
    let mut found = BTreeSet::new();
    for page in document.page_iter() {
        found.extend(document.get_page_contents(page));
    }
    for (id, object) in &document.objects {
        let Some(dict) = dict_of(object) else { continue };
        let is_form = is_name(dict.get(b"Subtype").ok(), b"Form");
        let is_pattern = dict.has(b"PatternType") && matches!(object, Object::Stream(_));
        if is_form || is_pattern {
            found.insert(*id);
        }
        if let Ok(Object::Dictionary(glyphs)) = dict.get(b"CharProcs") {
            let glyphs = glyphs.iter().filter_map(|(_, glyph)| glyph.as_reference().ok());
            found.extend(glyphs);
        }
    }
    found
}

/// Changes colours that flow into each other.
fn convert_shadings(document: &mut Document, inks: Inks) {
    let mut functions = BTreeSet::new();
    for object in document.objects.values_mut() {
        let Some(dict) = dict_mut(object) else { continue };
        if dict.has(b"ShadingType") && is_rgb(dict.get(b"ColorSpace").ok()) {
            dict.set("ColorSpace", space(inks));
            functions.extend(dict.get(b"Function").and_then(Object::as_reference));
        }
    }
    let mut waiting: Vec<ObjectId> = functions.iter().copied().collect();
    while let Some(id) = waiting.pop() {
        let Ok(object) = document.get_object_mut(id) else { continue };
        match object {
            Object::Dictionary(dict) => {
                convert_ends(dict, inks);
                if dict.has(b"Range") {
                    dict.set("Range", range(inks));
                }
                if let Ok(Object::Array(parts)) = dict.get(b"Functions") {
                    let parts = parts.iter().filter_map(|part| part.as_reference().ok());
                    waiting.extend(parts.filter(|part| functions.insert(*part)));
                }
            }
            Object::Stream(stream) => convert_program(stream, inks),
            _ => {}
        }
    }
}

/// Changes the colours at both ends of a function (ISO 32000-1, 7.10.3). Between them it
/// is linear, as the change is for grays.
fn convert_ends(function: &mut Dictionary, inks: Inks) {
    for key in [&b"C0"[..], b"C1"] {
        let Ok(Object::Array(numbers)) = function.get_mut(key) else { continue };
        let levels: Vec<f64> = numbers
            .iter()
            .filter_map(|number| number.as_float().ok())
            .map(f64::from)
            .collect();
        if let [r, g, b] = levels[..] {
            let numbers_of_inks = ink_numbers(Rgb([r, g, b]), inks);
            *numbers = numbers_of_inks
                .iter()
                .map(|number| Object::Real(*number as f32))
                .collect();
        }
    }
}

/// Goes on with a function that is a program (ISO 32000-1, 7.10.5) to the numbers of the
/// inks.
fn convert_program(stream: &mut lopdf::Stream, inks: Inks) {
    let more = match inks {
        Inks::Gray => "0.114 mul exch 0.587 mul add exch 0.299 mul add",
        Inks::Cmyk => {
            "3 copy 2 copy lt {exch} if pop 2 copy lt {exch} if pop \
             4 -1 roll 1 index exch sub 4 -1 roll 2 index exch sub \
             4 -1 roll 3 index exch sub 4 -1 roll 1 exch sub"
        }
    };
    let Ok(program) = stream.get_plain_content() else { return };
    let Some(end) = program.iter().rposition(|byte| *byte == b'}') else { return };
    let program = [&program[..end], b" ", more.as_bytes(), b" }"].concat();
    stream.set_plain_content(program);
    stream.dict.set("Range", range(inks));
}

/// What numbers of inks are between.
fn range(inks: Inks) -> Vec<Object> {
    let numbers = ink_numbers(Rgb([0.0; 3]), inks);
    let between = [Object::Integer(0), Object::Integer(1)];
    numbers.iter().flat_map(|_| between.clone()).collect()
}
