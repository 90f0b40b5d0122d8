//! The index: the marked words by their readings.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};

use super::sections;
use crate::model::walk;
use crate::model::{
    AnchorId, Block, BlockKind, Document, IndexEntry, IndexGroup, Inline, SectionKind,
};
use crate::words::Words;

/// Adds a section for the index where words are marked and no chapter holds an index.
pub(super) fn make_room(document: &mut Document) {
    let mut has_marks = false;
    let mut has_place = false;
    for section in &document.sections {
        has_place |= holds(&section.blocks);
        walk::texts(&section.blocks, &mut |content| {
            walk::inlines(content, &mut |inline| {
                has_marks |= matches!(inline, Inline::Index { .. });
            });
        });
    }
    if has_place || !has_marks {
        return;
    }
    let mut section =
        sections::empty(SectionKind::Index, document.words(), document.writing);
    section.blocks.push(Block {
        kind: BlockKind::Index(Vec::new()),
        ..Block::default()
    });
    let end = document.sections.iter().rposition(|section| {
        !matches!(section.kind, SectionKind::Profile | SectionKind::Colophon)
    });
    document.sections.insert(end.map_or(0, |last| last + 1), section);
}

fn holds(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match &block.kind {
        BlockKind::Index(_) => true,
        BlockKind::Quote(blocks) | BlockKind::Container { blocks, .. } => holds(blocks),
        _ => false,
    })
}

/// Fills the index in.
pub(super) fn collect(document: &mut Document) {
    let mut marks: Vec<(Vec<String>, Option<String>, AnchorId)> = Vec::new();
    for section in &document.sections {
        let notes = section.notes.iter().map(|note| &note.blocks);
        for blocks in std::iter::once(&section.blocks).chain(notes) {
            walk::texts(blocks, &mut |content| {
                walk::inlines(content, &mut |inline| {
                    if let Inline::Index { term, reading, anchor: Some(anchor), .. } =
                        inline
                    {
                        let words = term.splitn(LEVELS, '!');
                        let path = words.map(|word| word.trim().to_string());
                        marks.push((path.collect(), reading.clone(), *anchor));
                    }
                });
            });
        }
    }
    if marks.is_empty() {
        return;
    }
    let mut entries: Vec<IndexEntry> = Vec::new();
    let mut known = BTreeMap::new();
    for (path, reading, anchor) in marks {
        add(&mut entries, &mut known, &path, 0, reading.as_deref(), anchor);
    }
    let collator = japanese();
    sort(&mut entries, collator.as_ref());
    let groups = group(entries, document.words());
    for section in &mut document.sections {
        walk::blocks_mut(
            &mut section.blocks,
            &mut |block| {
                if let BlockKind::Index(place) = &mut block.kind {
                    place.clone_from(&groups);
                }
            },
            &mut |_| {},
        );
    }
}

/// How many words may stand one below the other.
const LEVELS: usize = 4;

/// Adds a mark to the entries of a level. `known` has the place of each path among the
/// entries of its level.
fn add(
    entries: &mut Vec<IndexEntry>,
    known: &mut BTreeMap<Vec<String>, usize>,
    path: &[String],
    level: usize,
    reading: Option<&str>,
    anchor: AnchorId,
) {
    let Some(term) = path.get(level) else { return };
    let index = *known.entry(path[..=level].to_vec()).or_insert(entries.len());
    if index == entries.len() {
        entries.push(IndexEntry { term: term.clone(), ..IndexEntry::default() });
    }
    let entry = &mut entries[index];
    if level + 1 == path.len() {
        entry.places.push(anchor);
        if let Some(reading) = reading {
            entry.reading = reading.to_string();
        }
    } else {
        add(&mut entry.children, known, path, level + 1, reading, anchor);
    }
}

/// The order of Japanese dictionaries (JIS X 4061): readings first, hiragana before
/// katakana last.
fn japanese() -> Option<CollatorBorrowed<'static>> {
    let mut options = CollatorOptions::default();
    options.strength = Some(Strength::Quaternary);
    Collator::try_new(icu_collator::CollatorPreferences::from(&locale()?), options).ok()
}

fn locale() -> Option<icu_locale_core::Locale> {
    icu_locale_core::Locale::try_from_str("ja").ok()
}

fn sort(entries: &mut [IndexEntry], collator: Option<&CollatorBorrowed<'_>>) {
    for entry in entries.iter_mut() {
        if entry.reading.is_empty() {
            entry.reading.clone_from(&entry.term);
        }
        sort(&mut entry.children, collator);
    }
    entries.sort_by(|a, b| {
        let order = |a: &str, b: &str| match collator {
            Some(collator) => collator.compare(a, b),
            None => a.cmp(b),
        };
        rank(&a.reading)
            .cmp(&rank(&b.reading))
            .then_with(|| order(&a.reading, &b.reading))
            .then_with(|| order(&a.term, &b.term))
            .then(Ordering::Equal)
    });
}

/// Symbols and digits, then Latin letters, then kana, then what has no reading in kana.
fn rank(reading: &str) -> u8 {
    match reading.chars().next() {
        Some(first) if row(first).is_some() => 2,
        Some(first) if first.is_ascii_alphabetic() => 1,
        Some(first) if first.is_alphabetic() => 3,
        _ => 0,
    }
}

/// The rows of the syllabary (五十音) with the first kana of the next row.
const ROWS: &[(&str, char)] = &[
    ("あ行", 'か'),
    ("か行", 'さ'),
    ("さ行", 'た'),
    ("た行", 'な'),
    ("な行", 'は'),
    ("は行", 'ま'),
    ("ま行", 'ゃ'),
    ("や行", 'ら'),
    ("ら行", 'ゎ'),
    ("わ行", '\u{3097}'),
];

/// The row of a kana.
fn row(kana: char) -> Option<&'static str> {
    let hiragana = match kana {
        'ァ'..='ヶ' => char::from_u32(kana as u32 - 0x60)?,
        other => other,
    };
    match hiragana {
        // The small forms of か and け and ゔ stand after わ行 in Unicode.
        'ゔ' => Some("あ行"),
        'ゕ' | 'ゖ' => Some("か行"),
        'ぁ'..='ゖ' => {
            ROWS.iter().find(|(_, next)| hiragana < *next).map(|(name, _)| *name)
        }
        _ => None,
    }
}

fn group(entries: Vec<IndexEntry>, words: &Words) -> Vec<IndexGroup> {
    let mut groups: Vec<IndexGroup> = Vec::new();
    for entry in entries {
        let first = entry.reading.chars().next().unwrap_or(' ');
        let heading = match (row(first), first) {
            (Some(row), _) => row.to_string(),
            (None, letter) if letter.is_ascii_alphabetic() => {
                letter.to_ascii_uppercase().to_string()
            }
            (None, letter) if letter.is_alphabetic() => words.others.to_string(),
            _ => words.signs.to_string(),
        };
        match groups.last_mut() {
            Some(last) if last.heading == heading => last.entries.push(entry),
            _ => groups.push(IndexGroup { heading, entries: vec![entry] }),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_dictionaries() {
        let words = ["がき", "カキ", "はば", "ハート", "かき", "はは", "はあと", "かぎ"];
        let entries =
            words.map(|word| IndexEntry { term: word.into(), ..Default::default() });
        let mut entries = entries.to_vec();
        sort(&mut entries, japanese().as_ref());
        let sorted: Vec<&str> = entries.iter().map(|entry| entry.term.as_str()).collect();
        let expected =
            ["かき", "カキ", "かぎ", "がき", "ハート", "はあと", "はは", "はば"];
        assert_eq!(sorted, expected);
    }

    #[test]
    fn rows_of_the_syllabary() {
        let rows = [
            ('ん', "わ行"),
            ('ゃ', "や行"),
            ('ヴ', "あ行"),
            ('ヶ', "か行"),
            ('ホ', "は行"),
        ];
        for (kana, name) in rows {
            assert_eq!(row(kana), Some(name), "{kana}");
        }
        assert_eq!(row('漢'), None);
    }
}
