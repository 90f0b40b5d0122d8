//! EPUBs as their files.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The texts in an EPUB by their paths.
pub(crate) fn texts(epub: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(epub)).expect("a ZIP file");
    let mut files = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("a file");
        let name = file.name().expect("UTF-8").into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        files.extend(String::from_utf8(bytes).ok().map(|text| (name, text)));
    }
    files
}

/// The values of an attribute in the order of a file.
pub(crate) fn values<'a>(xml: &'a str, before: &str) -> Vec<&'a str> {
    let parts = xml.split(before).skip(1);
    parts.filter_map(|part| part.split('"').next()).collect()
}
