//! Pages full of ruby, in both directions: where every character stands.

use std::collections::BTreeMap;

use seihon::book::Memory;
use seihon::diag::Sink;
use seihon::display::{Direction, GlyphRun, Item, Page};
use seihon::geom::Length;
use seihon::layout;
use seihon::line::{CharClass, Setting, class_of, trim};
use seihon::pipeline::{self, Options};
use seihon::style::Style;

/// A row of random numbers, the same every time (xorshift64*).
struct Random(u64);

impl Random {
    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % end
    }

    fn pick(&mut self, from: &str) -> char {
        let count = from.chars().count() as u64;
        let at = self.below(count) as usize;
        from.chars().nth(at).expect("below the count")
    }
}

const KANJI: &str = "漢字組版行頭文末日本語書体縦横紙面活版印刷読者";
const KANA: &str = "のはがをにでとしたいるこそれもまあかきくさっょゃアイウカキーヨッ";

/// Paragraphs with a reading for every third word or so, none of which begins with a
/// bracket.
fn dense_text(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..60 {
        text.push(random.pick(KANJI));
        let mut open = false;
        for _ in 0..20 + random.below(120) {
            match random.below(24) {
                0..=5 => ruby(random, &mut text),
                6..=9 => text.push(random.pick(KANJI)),
                10 | 11 => text.push(random.pick("、。、。！？・")),
                12 if !open => (text.push('「'), open = true).0,
                13 if open => (text.push('」'), open = false).0,
                14 => text.push_str("……"),
                _ => text.push(random.pick(KANA)),
            }
        }
        text.push_str(if open { "」\n\n" } else { "。\n\n" });
    }
    text
}

/// Adds a word with one reading, or with one for each character.
fn ruby(random: &mut Random, text: &mut String) {
    let count = random.below(4) + 1;
    text.push('{');
    (0..count).for_each(|_| text.push(random.pick(KANJI)));
    let readings = if random.below(2) == 0 { 1 } else { count };
    for _ in 0..readings {
        text.push('|');
        let length = 1 + random.below(if readings == 1 { count * 4 } else { 5 });
        (0..length).for_each(|_| text.push(random.pick("きょうしかんじゃっあのり")));
    }
    text.push('}');
}

/// What stands in a line: a character or a reading, from the start of the measure.
#[derive(Debug)]
struct Mark {
    start: Length,
    end: Length,
    text: String,
}

/// What the rounding of a face's metrics makes.
const ROUNDING: Length = Length(4);

/// A line of a page.
#[derive(Debug, Default)]
struct Row {
    characters: Vec<Mark>,
    readings: Vec<Mark>,
}

impl Row {
    fn text(&self) -> String {
        self.characters.iter().map(|mark| mark.text.as_str()).collect()
    }
}

/// The lines of a page by their axes, measured along and across the lines from the corner
/// of the type area. Readings are half the size of the text.
fn rows(page: &Page, number: usize, style: &Style, baseline: Length) -> Vec<Row> {
    let mut rows: BTreeMap<Length, Row> = BTreeMap::new();
    for item in &page.items {
        let Item::Glyphs(run) = item else { continue };
        let body = run.size == style.size;
        if !body && run.size * 2 != style.size {
            continue;
        }
        for (mark, axis) in marks(run, number, style, baseline) {
            let axis = if body { axis } else { axis + style.size.ratio(3, 4) };
            let row = rows.entry(axis).or_default();
            if body { row.characters.push(mark) } else { row.readings.push(mark) }
        }
    }
    let (first, feed) = (style.size / 2, style.feed);
    for (axis, row) in &rows {
        assert_eq!((*axis - first).0 % feed.0, 0, "off the grid: {}", row.text());
    }
    rows.into_values().collect()
}

/// The characters of a run with the axis that they stand on.
fn marks(
    run: &GlyphRun,
    number: usize,
    style: &Style,
    baseline: Length,
) -> Vec<(Mark, Length)> {
    let margins = style.margins();
    let turned = run.direction != Direction::Across;
    let right = number.is_multiple_of(2) == turned;
    let (gutter, edge) = (margins.gutter, margins.fore_edge);
    // The gutter of a page on the right is at its left.
    let (left, far) = if right { (gutter, edge) } else { (edge, gutter) };
    let baseline = baseline.ratio(run.size.0, style.size.0);
    let half = run.size / 2;
    let place = |glyph: &seihon::display::Glyph| {
        let text = run.text[glyph.range()].to_owned();
        let ch = text.chars().next().expect("a glyph of text");
        let class = class_of(ch, Setting::Japanese);
        let at = glyph.origin;
        let (start, axis) = if turned {
            let right = style.page.trim.width - far;
            (at.y - margins.head - half - baseline, right - at.x - half)
        } else {
            (at.x - left, at.y - margins.head - baseline)
        };
        let start = start + trim(class).lead().of(run.size);
        let end = start + class.solid_advance().of(run.size);
        (Mark { start, end, text }, axis)
    };
    run.glyphs.iter().map(place).collect()
}

/// What holds for all lines of a page; gives the number of full lines.
fn check(rows: &[Row], style: &Style) -> usize {
    let measure = style.column().inline;
    let mut full = 0;
    for (at, row) in rows.iter().enumerate() {
        let text = row.text();
        let (Some(first), Some(last)) = (row.characters.first(), row.characters.last())
        else {
            panic!("a reading without its line: {:?}", row.readings);
        };
        for pair in row.characters.windows(2) {
            assert!(pair[0].end <= pair[1].start + ROUNDING, "{pair:?} in {text}");
        }
        for reading in &row.readings {
            let inside = -ROUNDING <= reading.start && reading.end <= measure + ROUNDING;
            assert!(inside, "{reading:?} leaves the measure in {text}");
        }
        let mut readings: Vec<&Mark> = row.readings.iter().collect();
        readings.sort_by_key(|reading| reading.start);
        for pair in readings.windows(2) {
            assert!(pair[0].end <= pair[1].start + ROUNDING, "{pair:?} touch in {text}");
        }
        assert!(-ROUNDING <= first.start, "{text} starts at {:?}", first.start);
        // A line that another one continues is full.
        let continues = rows.get(at + 1).is_some_and(|next| {
            let first = next.characters.first();
            first.is_some_and(|first| first.start < style.size / 2)
        });
        if continues {
            full += 1;
            full_line(&text, last, &readings, measure, style.size);
        }
    }
    full
}

/// A full line ends at the measure to the unit, with its last character, the blank half of
/// a mark, or the end of a reading; or one mark hangs outside.
fn full_line(text: &str, last: &Mark, readings: &[&Mark], measure: Length, em: Length) {
    let read = readings.last().map_or(Length::ZERO, |reading| reading.end);
    let class = last.text.chars().next().map(|ch| class_of(ch, Setting::Japanese));
    let blank = match class {
        Some(CharClass::ClosingBracket | CharClass::FullStop | CharClass::Comma) => {
            em / 2
        }
        Some(CharClass::MiddleDot) => em / 4,
        _ => Length::ZERO,
    };
    let hangs = matches!(class, Some(CharClass::FullStop | CharClass::Comma));
    let ends = [last.end, last.end + blank, read];
    let at = |end: Length| (end - measure).abs() <= ROUNDING;
    let ends = ends.into_iter().any(at) || hangs && at(last.start);
    assert!(ends, "{text} ends at {:?}, its readings at {read:?}", last.end);
}

/// Sets random text and checks all of its pages; gives the number of full lines.
fn measured(writing: &str, preset: &str, rules: &str, seed: u64) -> usize {
    let text = dense_text(&mut Random(seed));
    let style = format!("preset: {preset}, line: {{ {rules} }}");
    let text =
        format!("---\ntitle: 題\nwriting: {writing}\nstyle: {{ {style} }}\n---\n{text}");
    let files = Memory {
        files: BTreeMap::from([("a.md".to_owned(), text.into_bytes())]),
    };
    let options = Options { article: Some("a.md"), ..Options::default() };
    let compiled = pipeline::compile(&files, options);
    assert_eq!(compiled.sink.finish(), []);
    let volume = compiled.volume.expect("the article can be read");
    let (style, fonts) = (volume.style.for_screen(), &volume.fonts);
    let pages = layout::layout(&volume.document, &style, fonts, &mut Sink::default());
    let baseline = fonts.baseline(style.size);
    let pages = pages.pages.iter().enumerate().skip(1);
    let full =
        pages.map(|(at, page)| check(&rows(page, at + 1, &style, baseline), &style));
    full.sum()
}

#[test]
fn dense_pages_keep_to_the_grid_and_the_measure() {
    let rules = [
        "",
        "preset: novel",
        "preset: jis",
        "preset: jlreq",
        "preset: magazine",
        "ruby-edge: base, ruby-alignment: head",
        "ruby-overhang: marks, jukugo-ruby: group",
    ];
    let breaking = ["first-fit", "optimum"];
    let mut full = 0;
    for (seed, rule) in rules.iter().enumerate() {
        let breaking = breaking[seed % 2];
        let rules = match *rule {
            "" => format!("breaking: {breaking}"),
            preset => format!("{preset}, breaking: {breaking}"),
        };
        let seed = seed as u64 + 1;
        full += measured("vertical", "bunko", &rules, seed);
        full += measured("horizontal", "a5", &rules, seed + 100);
    }
    assert!(full > 800, "only {full} full lines");
}
