//! Notes of all kinds, from books to pages: where they stand and how they are counted.
#![cfg(feature = "embedded-fonts")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use seihon::book::Memory;
use seihon::diag::{Code, Diagnostic, Sink};
use seihon::display::{Item, LinkTarget, Page, Pages};
use seihon::{Options, compile, pipeline};

/// A book of chapters, as pages and what is told of them.
struct Set {
    pages: Pages,
    found: Vec<Diagnostic>,
    /// The sizes of the text and of the notes.
    sizes: [seihon::geom::Length; 2],
}

fn set(writing: &str, style: &str, chapters: &[&str]) -> Set {
    let mut config =
        format!("title: 題\nwriting: {writing}\nstyle: {{ {style} }}\nchapters:\n");
    let mut files = BTreeMap::new();
    for (index, chapter) in chapters.iter().enumerate() {
        let name = format!("{index}.md");
        let _ = match chapter.strip_prefix("部 ") {
            Some(_) => writeln!(config, "  - part: 部{index}\n    chapters: [{name}]"),
            None => writeln!(config, "  - {name}"),
        };
        let text = chapter.strip_prefix("部 ").unwrap_or(chapter);
        files.insert(name, text.as_bytes().to_vec());
    }
    files.insert("book.yaml".to_owned(), config.into_bytes());
    let compiled = compile(&Memory { files }, Options::default());
    let mut found = compiled.sink.finish();
    let volume = compiled.volume.unwrap_or_else(|| panic!("{found:?}"));
    let mut sink = Sink::default();
    let pages = pipeline::pages(&volume, &mut sink);
    found.extend(sink.finish());
    let sizes = [volume.style.size, volume.style.note.size];
    Set { pages, found, sizes }
}

impl Set {
    /// The words of a size on a page.
    fn words(&self, page: &Page, size: usize) -> String {
        let runs = page.items.iter().filter_map(|item| match item {
            Item::Glyphs(run) if run.size == self.sizes[size] => Some(run.text.as_str()),
            _ => None,
        });
        runs.collect()
    }

    /// The numbers of the pages that show some words as text or as a note.
    fn with(&self, size: usize, words: &str) -> Vec<usize> {
        let shows = |(_, page): &(usize, &Page)| self.words(page, size).contains(words);
        let pages = self.pages.pages.iter().enumerate().filter(shows);
        pages.map(|(index, _)| index + 1).collect()
    }

    /// Expects that notes stand on the pages where they are referred to: the word
    /// of a note is the sign that the note begins with.
    #[track_caller]
    fn notes_are_with_their_words(&self, count: usize) {
        for number in 1..=count {
            let word = sign(number).to_string();
            let (text, note) = (self.with(0, &word), self.with(1, &word));
            assert_eq!(text, note, "of the {number}th note");
            assert_eq!(text.len(), 1, "of the {number}th note");
        }
    }
}

/// A sign of a number, which no line breaks.
fn sign(number: usize) -> char {
    let number = u32::try_from(number).expect("it is small");
    let sign = match number {
        1..=20 => 0x2460 + number - 1,
        21..=35 => 0x3251 + number - 21,
        _ => 0x32B1 + number - 36,
    };
    char::from_u32(sign).expect("it is a character")
}

/// Sentences with a note after each so many.
fn noted(sentences: usize, each: usize, note: &str) -> String {
    let mut text = String::from("# 章\n\n");
    let mut number = 0;
    for sentence in 1..=sentences {
        text += "ここに文があり、行が続いて、頁の終わりまで進む。";
        if sentence % each == 0 {
            number += 1;
            let sign = sign(number);
            let _ = write!(text, "{sign}^[{sign}{note}]。");
        }
        if sentence % 6 == 0 {
            text += "\n\n";
        }
    }
    text
}

const SMALL: &str = "trim: { width: 90mm, height: 90mm }";

#[test]
fn notes_stand_on_the_page_that_refers_to_them() {
    for writing in ["horizontal", "vertical"] {
        let set = set(writing, SMALL, &[&noted(120, 4, "の文。")]);
        set.notes_are_with_their_words(30);
        assert_eq!(set.found, []);
    }
}

#[test]
fn notes_of_tables_headings_captions_and_columns_stand_on_their_page() {
    let text = "# 章\n\n## ①[^a]の節\n\n文。\n\n表: 表題は②[^b]\n\n| 甲 | 乙 |\n\
                |---|---|\n| ③[^c] | 値 |\n\n::: columns\n④[^d]という文が段に分かれて並び、\
                二つの段を満たすまで続く。\n:::\n\n::: note\n囲みの⑤[^e]。\n:::\n\n- 一覧の⑥[^f]\n\n\
                [^a]: ①\n\n[^b]: ②\n\n[^c]: ③\n\n[^d]: ④\n\n[^e]: ⑤\n\n[^f]: ⑥\n";
    let set = set("horizontal", "preset: a5", &[text]);
    for number in 1..=6 {
        let notes = set.with(1, &sign(number).to_string());
        assert_eq!(notes.len(), 1, "of the {number}th note");
    }
    set.notes_are_with_their_words_at(&[4, 5, 6]);
    assert_eq!(set.found, []);
}

impl Set {
    #[track_caller]
    fn notes_are_with_their_words_at(&self, numbers: &[usize]) {
        for &number in numbers {
            let text = self.with(0, &sign(number).to_string());
            assert_eq!(text, self.with(1, &sign(number).to_string()), "of note {number}");
        }
    }
}

#[test]
fn notes_stand_in_the_column_that_refers_to_them() {
    let style = "preset: b5-columns, notes: { size: 9Q }";
    let set = set("horizontal", style, &[&noted(160, 4, "の文。")]);
    set.notes_are_with_their_words(40);
    assert_eq!(set.found, []);
}

#[test]
fn a_note_longer_than_a_page_goes_on_over_pages() {
    let long = "の長い文が、頁をこえて続いていく。".repeat(60);
    let text = format!(
        "# 章\n\n語[^a]。\n\n{}\n\n[^a]: 始め{long}終わり。\n",
        "文。".repeat(80)
    );
    let set = set("vertical", SMALL, &[&text]);
    let (first, last) = (set.with(1, "始め"), set.with(1, "終わり"));
    assert!(first.len() == 1 && last.len() == 1 && last[0] >= first[0] + 2);
    assert_eq!(set.with(0, "語"), first);
    assert_eq!(set.found, []);
}

#[test]
fn notes_can_be_counted_by_page() {
    let style = format!("{SMALL}, notes: {{ number: page }}");
    let set = set("horizontal", &style, &[&noted(120, 4, "の文。")]);
    set.notes_are_with_their_words(30);
    let mut pages = 0;
    for page in &set.pages.pages {
        let notes = set.words(page, 1);
        let count = notes.matches("の文。").count();
        pages += usize::from(count > 0);
        for number in 1..=count {
            assert!(notes.contains(&format!("{number})")), "{number} of {notes}");
        }
        assert!(!notes.contains(&format!("{})", count + 1)));
    }
    assert!(pages > 5, "{pages} pages with notes");
    assert_eq!(set.found, []);
}

/// How many characters stand before the last note.
const PADS: std::ops::Range<usize> = 55..62;

/// The tenth note of a page has a wider mark; where its word then goes to the next page, it
/// is the first one there, its mark is narrow, and it fits on the page before.
#[test]
fn notes_that_do_not_settle_are_told() {
    let mut told = 0;
    for pad in PADS {
        let mut text = String::from("# 章\n\n");
        for number in 1..=9 {
            let _ = write!(text, "語^[{number}]");
        }
        text += &"文".repeat(pad);
        // Small characters, so that lines are not whole numbers of ems.
        text += "[文文文文文]{.small}語^[注]終わりの文がまだ続く。\n";
        let style = "trim: { width: 100mm, height: 80mm }, characters: 20, lines: 12, \
                     notes: { number: page, size: 11Q, line-feed: 11Q }, headings: { h1: { lines: 1 } }";
        let set = set("horizontal", style, &[&text]);
        let is_told = |one: &Diagnostic| {
            one.code == Code::Unsettled && one.message.contains("numbers of notes")
        };
        told += usize::from(set.found.iter().any(is_told));
        assert!(set.found.iter().all(is_told), "{:?}", set.found);
    }
    assert!(told > 0, "no text of them all is unsettled");
    assert!(told < PADS.len(), "all of them are unsettled");
}

#[test]
fn sidenotes_stand_on_odd_pages() {
    let style = format!("{SMALL}, notes: {{ kind: sidenote, number: page }}");
    for sentences in [100, 104, 108, 112] {
        let set = set("vertical", &style, &[&noted(sentences, 4, "の文。")]);
        let with_notes: Vec<usize> = set.with(1, "の文。");
        let text = set.with(0, "ここに文があり");
        let last = *text.last().expect("there is text");
        // Where the text ends on an even page, its notes follow it.
        let ends_early = last.is_multiple_of(2);
        let is_right = |page: &usize| page % 2 == 1 || ends_early && *page == last;
        assert!(with_notes.len() > 3 && with_notes.iter().all(is_right));
        for number in 1..=sentences / 4 {
            let text = set.with(0, &sign(number).to_string())[0];
            let note = set.with(1, &sign(number).to_string())[0];
            assert!(note == text || note == text + 1 && text.is_multiple_of(2));
        }
        assert_eq!(set.found, []);
    }
}

#[test]
fn sidenotes_without_room_stand_on_both_pages() {
    let style = format!("{SMALL}, notes: {{ kind: sidenote }}");
    let long = "の長い文が、行をいくつもこえて続いていく。".repeat(4);
    let set = set("vertical", &style, &[&noted(60, 3, &long)]);
    let with_notes = set.with(1, "の長い文");
    assert!(with_notes.iter().any(|page| page % 2 == 0));
    for number in 1..=20 {
        assert_eq!(set.with(1, &sign(number).to_string()).len(), 1);
    }
    assert_eq!(set.found, []);
}

#[test]
fn endnotes_stand_after_the_chapter_the_part_or_the_book() {
    let chapter = |number: usize| {
        let sign = sign(number);
        format!("# 章\n\n{sign}^[{sign}]。\n")
    };
    let chapters = [1, 2, 3].map(chapter);
    let first = format!("部 {}", chapters[0]);
    let second = format!("部 {}", chapters[1]);
    let chapters = [first.as_str(), second.as_str(), chapters[2].as_str()];
    let place = |at: &str| {
        let style =
            format!("{SMALL}, notes: {{ kind: endnote, at: {at}, number: book }}");
        let set = set("vertical", &style, &chapters);
        assert_eq!(set.found, []);
        let on = |size, number| set.with(size, &sign(number).to_string())[0];
        let words = [1, 2, 3].map(|number| on(0, number));
        let notes = [1, 2, 3].map(|number| on(1, number));
        // Marks lead to their notes.
        for (word, note) in words.into_iter().zip(notes) {
            let items = &set.pages.pages[word - 1].items;
            let leads = items.iter().any(|item| match item {
                Item::Link(link) => matches!(
                    link.target,
                    LinkTarget::Page(at) if at.page == note - 1
                ),
                _ => false,
            });
            assert!(leads, "from {word} to {note}");
        }
        (words, notes)
    };
    let (words, notes) = place("chapter");
    assert_eq!(words, notes);
    let (words, notes) = place("part");
    assert!(words[0] < notes[0] && notes[0] < words[1] && words[1] < notes[1]);
    assert!(words[2] < notes[2], "the third chapter is one of the second part");
    let (words, notes) = place("book");
    assert!(notes.iter().all(|&note| note > words[2]));
}

#[test]
fn marks_have_the_form_that_is_asked_for() {
    for (writing, form, expected) in [
        ("horizontal", "*{1}", "*1"),
        ("horizontal", "（{1}）", "(1)"),
        ("horizontal", "{*}", "*"),
        ("vertical", "{一}", "一"),
        ("vertical", "［{1}］", "［1］"),
    ] {
        let style = format!("{SMALL}, notes: {{ form: \"{form}\" }}");
        let set = set(writing, &style, &["# 章\n\n語^[注]。\n"]);
        let shown: String = set.pages.pages[4]
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Glyphs(run) => Some(run.text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(shown.matches(expected).count(), 2, "{form} in {shown}");
    }
}

#[test]
fn marks_stand_before_stops() {
    let text = "# 章\n\n文、^[一]また文。^[二]^[三]「文。」^[四]終わり。\n";
    for (style, expected) in [
        ("notes: { before-stops: true }", "文1)、また文2)3)。「文。」4)終わり。"),
        ("notes: { before-stops: false }", "文、1)また文。2)3)「文。」4)終わり。"),
    ] {
        let set = set("horizontal", &format!("{SMALL}, {style}"), &[text]);
        let items = &set.pages.pages[4].items;
        let shown: String = items
            .iter()
            .filter_map(|item| match item {
                Item::Glyphs(run) => Some(run.text.as_str()),
                _ => None,
            })
            .collect();
        assert!(shown.contains(expected), "{shown}");
    }
}

#[test]
fn what_cannot_be_is_told() {
    for (writing, style, key) in [
        ("horizontal", "notes: { kind: sidenote }", "sidenotes are for vertical pages"),
        ("vertical", "notes: { kind: sidenote }, columns: 2", "several columns"),
        ("vertical", "notes: { kind: endnote, number: page }", "counted by page"),
    ] {
        let config = format!(
            "title: 題\nwriting: {writing}\nstyle: {{ {style} }}\nchapters: [a.md]\n"
        );
        let files = BTreeMap::from([
            ("book.yaml".to_owned(), config.into_bytes()),
            ("a.md".to_owned(), b"# a\n\nb\n".to_vec()),
        ]);
        let found = compile(&Memory { files }, Options::default()).sink.finish();
        assert!(found.iter().any(|one| one.message.contains(key)), "{found:?}");
    }
}
