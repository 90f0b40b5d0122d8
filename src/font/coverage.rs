//! Which characters a face has, counted by named sets.

use std::collections::BTreeSet;

use super::{Face, FontBook, FontStyle};

/// How much of a named set of characters a face has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The name of the set.
    pub name: &'static str,
    /// How many of its characters the face has.
    pub covered: usize,
    /// How many characters it has.
    pub total: usize,
}

impl Coverage {
    /// Whether nothing of the set is missing.
    pub fn is_full(&self) -> bool {
        self.covered == self.total
    }
}

/// Sets given by ranges, ends included.
const RANGES: [(&str, &[(char, char)]); 14] = [
    ("ASCII", &[(' ', '~')]),
    ("Latin-1", &[('\u{A0}', 'ÿ')]),
    ("Latin Extended-A", &[('Ā', 'ſ')]),
    ("Greek", &[('Α', 'Ρ'), ('Σ', 'Ω'), ('α', 'ω')]),
    ("Cyrillic", &[('Ё', 'Ё'), ('А', 'я'), ('ё', 'ё')]),
    ("punctuation", &[('‐', '‧'), ('‰', '⁞')]),
    ("arrows", &[('←', '⇿')]),
    ("mathematics", &[('∀', '⋿')]),
    ("enclosed letters", &[('①', '⓿'), ('㈠', '㉃'), ('㊀', '㊰')]),
    ("box drawing", &[('─', '╿')]),
    ("geometric shapes", &[('■', '◿')]),
    ("hiragana", &[('ぁ', 'ゖ'), ('\u{3099}', 'ゟ')]),
    ("katakana", &[('゠', 'ヿ'), ('ㇰ', 'ㇿ')]),
    ("full and half widths", &[('！', '\u{FF60}'), ('｡', '\u{FF9F}'), ('￠', '￦')]),
];

/// The characters of JIS X 0208:1997, one line for each row (区): its number and its
/// characters in their order.
const JIS_X_0208: &str = include_str!("jis_x_0208.txt");

/// Sets given by rows of JIS X 0208, ends included.
const ROWS: [(&str, u32, u32); 3] = [
    ("JIS X 0208 signs", 1, 8),
    ("JIS X 0208 kanji, level 1", 16, 47),
    ("JIS X 0208 kanji, level 2", 48, 84),
];

/// The sets and what a face has of each.
pub fn coverage(face: &Face) -> Vec<Coverage> {
    let count = |name, chars: &mut dyn Iterator<Item = char>| {
        let (mut covered, mut total) = (0, 0);
        for ch in chars {
            total += 1;
            covered += usize::from(face.covers(ch));
        }
        Coverage { name, covered, total }
    };
    let ranges = RANGES.iter().map(|&(name, ranges)| {
        count(name, &mut ranges.iter().flat_map(|&(first, last)| first..=last))
    });
    let rows = ROWS
        .iter()
        .map(|&(name, first, last)| count(name, &mut rows(first, last)));
    ranges.chain(rows).collect()
}

/// The characters of some rows of JIS X 0208.
fn rows(first: u32, last: u32) -> impl Iterator<Item = char> {
    let lines = JIS_X_0208.lines().filter_map(|line| line.split_once(' '));
    lines
        .filter(move |(row, _)| {
            row.parse().is_ok_and(|row| (first..=last).contains(&row))
        })
        .flat_map(|(_, chars)| chars.chars())
}

impl FontBook {
    /// The characters of a text that no face has, but for controls.
    pub fn missing(&self, text: &str) -> BTreeSet<char> {
        let style = FontStyle::default();
        let mut missing = BTreeSet::new();
        for (range, font) in self.runs(style, text) {
            if font.is_none() {
                let chars = text[range].chars().filter(|ch| !ch.is_control());
                missing.extend(chars.filter(|&ch| self.select(style, ch).is_none()));
            }
        }
        missing
    }
}

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests {
    use super::*;
    use crate::font::FontId;

    #[test]
    fn the_sets_have_the_size_that_the_standard_states() {
        assert_eq!(rows(1, 8).count(), 524);
        assert_eq!(rows(16, 47).count(), 2965);
        assert_eq!(rows(48, 84).count(), 3390);
        assert_eq!(rows(1, 84).collect::<BTreeSet<_>>().len(), 6879);
    }

    #[test]
    fn the_text_faces_have_the_whole_of_jis_x_0208() {
        let book = FontBook::embedded();
        for (_, face) in book.faces().take(4) {
            let list = coverage(face);
            let jis = list.iter().filter(|set| set.name.starts_with("JIS"));
            assert_eq!(jis.clone().count(), 3);
            for set in jis {
                assert!(set.is_full(), "{}: {set:?}", face.origin);
            }
        }
        let emoji = coverage(book.face(FontId(6)));
        assert!(emoji.iter().any(|set| set.name == "hiragana" && set.covered == 0));
    }

    #[test]
    fn missing_characters_are_found_once() {
        let book = FontBook::embedded();
        let text =
            "漢字とkana、葛\u{E0100}と👨\u{200D}👩、\n\u{E000}と\u{E000}\u{10FFFF}";
        assert_eq!(book.missing(text), BTreeSet::from(['\u{E000}', '\u{10FFFF}']));
        assert_eq!(FontBook::empty().missing("あa"), BTreeSet::from(['a', 'あ']));
    }
}
