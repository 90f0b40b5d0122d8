//! `docs/book-format.md` against the program: it names every key, value and finding.

mod places;

use std::collections::BTreeSet;

use places::{PLACES, known_to_article, known_to_book, known_to_chapter};
use seihon::diag::Code;
use seihon::press::{papers, printers};
use seihon::style::{presets, themes};

/// The page.
const PAGE: &str = include_str!("../docs/book-format.md");

/// The words in the code of the page.
fn code_words() -> BTreeSet<&'static str> {
    let mut words = BTreeSet::new();
    let mut fenced = false;
    for line in PAGE.lines() {
        fenced ^= line.trim_start().starts_with("```");
        let code: Vec<&str> = match fenced {
            true => vec![line],
            false => line.split('`').skip(1).step_by(2).collect(),
        };
        let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        words.extend(code.iter().flat_map(|code| code.split(|c| !is_word(c))));
    }
    words
}

/// Fails where the page lacks one of the words that belong to a place.
fn expect(place: &str, words: &[String]) {
    let page = code_words();
    assert!(!words.is_empty(), "{place}: the program names no words");
    let missing: Vec<&String> =
        words.iter().filter(|word| !page.contains(word.as_str())).collect();
    assert!(missing.is_empty(), "docs/book-format.md lacks {missing:?} of {place}");
}

#[test]
fn every_key_of_a_book_is_described() {
    for place in PLACES {
        expect(place, &known_to_book(place));
    }
}

#[test]
fn every_key_of_front_matter_is_described() {
    expect("an article", &known_to_article("?: 0\n"));
    expect("a chapter", &known_to_chapter("---\n?: 0\n---\n"));
}

#[test]
fn every_container_is_described() {
    expect("containers", &known_to_chapter("::: ?\n文\n:::\n"));
}

#[test]
fn every_preset_and_finding_is_described() {
    let presets: Vec<String> =
        presets().iter().map(|preset| preset.name.clone()).collect();
    expect("page presets", &presets);
    let themes: Vec<String> =
        themes().iter().map(|(name, _)| (*name).to_owned()).collect();
    expect("themes", &themes);
    let printers: Vec<String> =
        printers().iter().map(|printer| printer.name.clone()).collect();
    expect("printers", &printers);
    let papers: Vec<String> = papers().iter().map(|paper| paper.name.clone()).collect();
    expect("papers", &papers);
    let codes: Vec<String> =
        Code::ALL.iter().map(|code| code.name().to_owned()).collect();
    expect("findings", &codes);
}
