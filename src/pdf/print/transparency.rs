//! What shines through: soft masks, opacity, blending, groups (ISO 32000-1, 11).

use lopdf::{Dictionary, Document, Object};

/// Whether anything in a file lets what is below it be seen.
pub(super) fn shines_through(document: &Document) -> bool {
    document.objects.values().any(is_transparent)
}

fn is_transparent(object: &Object) -> bool {
    match object {
        Object::Dictionary(dict) => dict_is_transparent(dict),
        Object::Stream(stream) => dict_is_transparent(&stream.dict),
        Object::Array(parts) => parts.iter().any(is_transparent),
        _ => false,
    }
}

fn dict_is_transparent(dict: &Dictionary) -> bool {
    dict.iter().any(|(key, value)| {
        let name = value.as_name().ok();
        match key.as_slice() {
            b"SMask" => name != Some(b"None"),
            b"ca" | b"CA" => value.as_float().is_ok_and(|opacity| opacity < 1.0),
            b"BM" => !matches!(name, Some(b"Normal" | b"Compatible")),
            b"S" => name == Some(b"Transparency"),
            _ => is_transparent(value),
        }
    })
}
