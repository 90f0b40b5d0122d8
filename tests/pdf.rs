//! The PDF writer over pages set by hand, read back by other programs.
#![cfg(feature = "embedded-fonts")]

mod hand;
mod tools;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use hand::{Hand, at};
use seihon::display::{Direction, Pages};
use seihon::font::FontBook;
use seihon::pdf::{self, PdfOptions};

static FONTS: LazyLock<FontBook> = LazyLock::new(FontBook::embedded);

fn export(pages: &Pages) -> Vec<u8> {
    let exported = pdf::export(pages, &FONTS, &PdfOptions::default());
    exported.expect("the pages can be written").bytes
}

/// Writes a file for other programs to read.
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(name).with_extension("pdf");
    std::fs::write(&path, bytes).expect("the folder for tests can be written");
    path
}

/// The text of a file without any white space, as a reader gives it.
fn read_back(reader: &str, path: &Path) -> Option<String> {
    let text = match reader {
        "pdftotext" => tools::run("pdftotext", &["-raw"], path, &["-"]),
        _ => tools::run("mutool", &["draw", "-q", "-F", "text"], path, &[]),
    };
    Some(text?.split_whitespace().collect())
}

#[test]
fn text_comes_out_as_typed_in_both_directions() {
    let mut hand = Hand::new(&FONTS);
    hand.text("吾輩は猫である。 人⼈「」ー…", at(40.0, 60.0), Direction::Across);
    let end = hand.text("名前は「まだ」無い。人⼈ー…", at(380.0, 60.0), Direction::Down);
    let end = hand.text("Rust 2024 office", end, Direction::Turned);
    hand.text("で書く。", end, Direction::Down);
    let path = file("typed", &export(&hand.pages));
    let typed =
        "吾輩は猫である。人⼈「」ー…名前は「まだ」無い。人⼈ー…Rust2024officeで書く。";
    for reader in ["pdftotext", "mutool"] {
        if let Some(text) = read_back(reader, &path) {
            assert_eq!(text, typed, "{reader}");
        }
    }
}
