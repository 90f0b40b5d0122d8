//! A long novel as a file: tagged, and not larger than it has to be.
#![cfg(feature = "embedded-fonts")]

#[expect(dead_code, reason = "the benchmark has another book")]
#[path = "../benches/pipeline/books.rs"]
mod books;

use seihon::{Options, compile, export};

/// What the file may have of bytes.
const MOST: usize = 3_000_000;

#[test]
fn a_tagged_novel_with_9200_rubies_is_below_three_megabytes() {
    let mut compiled = compile(&books::novel(), Options::default());
    let volume = compiled.volume.expect("the book can be read");
    let outputs = volume.outputs.iter().filter(|(name, _)| **name == "pdf");
    let outputs = outputs.map(|(name, output)| (*name, output.clone())).collect();
    let made = export(&volume, &outputs, &mut compiled.sink);
    assert_eq!(compiled.sink.finish(), []);
    let pdf = lopdf::Document::load_mem(&made[0].bytes).expect("the file can be read");
    let elements = pdf.objects.values().filter_map(|object| object.as_dict().ok());
    let is_ruby = |one: &&lopdf::Dictionary| {
        one.get(b"S").and_then(lopdf::Object::as_name).ok() == Some(b"Ruby")
    };
    assert!(elements.filter(is_ruby).count() >= 9_200);
    let length = made[0].bytes.len();
    assert!(length < MOST, "the file has {length} bytes");
}
