//! The words of headings and titles: balanced lines that end with phrases, with their
//! number before or above them and their subtitle below.

use super::heading_rule::widen;
use super::paragraph::{one_line, shift};
use super::plain;
use crate::display::Color;
use crate::font::{FontStyle, Weight};
use crate::geom::{Length, LogicalPoint, WritingMode};
use crate::layout::{
    Alignment, Beside, Context, Line, ParagraphStyle, Piece, Placed, layout_inline,
};
use crate::model::{Block, BlockKind, Inline, numbered, walk};
use crate::source::Span;
use crate::style::{Align, NumberPlace, NumberStyle};

/// What a heading says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heading<'a> {
    /// From 1 for the title of a chapter to 6.
    pub(crate) level: u8,
    /// Its number as it is written.
    pub(crate) number: Option<&'a str>,
    /// Its words.
    pub(crate) content: &'a [Inline],
    /// Its subtitle.
    pub(crate) subtitle: Option<&'a str>,
    /// The block that it is, where it is one of the text.
    pub(crate) block: Option<&'a Block>,
}

impl<'a> Heading<'a> {
    /// The heading that a block is.
    pub(crate) fn of(block: &'a Block) -> Option<Self> {
        let BlockKind::Heading { level, number, content } = &block.kind else {
            return None;
        };
        let number = number.as_deref();
        Some(Self {
            level: *level,
            number,
            content,
            subtitle: block.subtitle(),
            block: Some(block),
        })
    }

    /// Words that have nothing but themselves.
    pub(crate) fn bare(content: &'a [Inline]) -> Self {
        Self {
            level: 1,
            number: None,
            content,
            subtitle: None,
            block: None,
        }
    }

    /// The number and the words in one line.
    pub(crate) fn words(&self) -> String {
        numbered(self.number, &walk::plain_text(self.content))
    }
}

/// How the words of a title are set.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Title {
    /// The face.
    pub(crate) font: FontStyle,
    /// The size.
    pub(crate) size: Length,
    /// The colour.
    pub(crate) color: Color,
    /// Between the characters.
    pub(crate) spacing: Length,
    /// Where the lines stand.
    pub(crate) align: Align,
    /// How much further in all lines but the first stand, where they stand at the start.
    pub(crate) hanging: Length,
    /// How the number is set.
    pub(crate) number: NumberStyle,
    /// The room of the lines.
    pub(crate) measure: Length,
    /// From line to line.
    pub(crate) pitch: Length,
}

/// A title with its lines at their places.
#[derive(Debug, Default)]
pub(crate) struct TitleBlock {
    /// The pieces, from the start of the first em box.
    pub(crate) pieces: Vec<Placed>,
    /// The footnotes that it refers to.
    pub(crate) notes: Vec<usize>,
    /// From the start of the first em box to the end of the last.
    pub(crate) height: Length,
}

impl TitleBlock {
    /// Adds a line whose em box of a size starts after a gap.
    fn add(&mut self, line: Line, size: Length, gap: Length) {
        let start = self.height + gap;
        self.put(line, start + size / 2);
        self.height = start + size;
    }

    fn put(&mut self, line: Line, axis: Length) {
        let by = LogicalPoint { inline: Length::ZERO, block: axis };
        self.pieces
            .extend(line.pieces.into_iter().map(|placed| placed.moved(by)));
        self.notes.extend(line.notes);
    }
}

/// Sets a title with its number and its subtitle.
pub(crate) fn title_block(
    cx: &mut Context<'_>,
    heading: &Heading<'_>,
    title: &Title,
) -> TitleBlock {
    let mut block = TitleBlock::default();
    let number = heading.number.map(|number| number_line(cx, number, title));
    let (above, mut beside) = match title.number.place {
        NumberPlace::Above => (number, None),
        NumberPlace::Before => (None, number),
    };
    let mut gap = Length::ZERO;
    if let Some(mut line) = above {
        let size = title.number.size;
        align(&mut line, title.align, title.measure, Length::ZERO);
        block.add(line, size, gap);
        gap = size.ratio(3, 5);
    }
    let start = beside.as_ref().map_or(Length::ZERO, |line| line.width + title.size);
    let room = title.measure - start;
    let hanging = if beside.is_some() { Length::ZERO } else { title.hanging };
    for mut line in title_lines(cx, heading.content, title, (room, hanging)) {
        let by = align(&mut line, title.align, room, start);
        let axis = block.height + gap + title.size / 2;
        if let Some(mut number) = beside.take() {
            move_along(&mut number, by - start);
            block.put(number, axis + level(cx, title));
        }
        block.add(line, title.size, gap);
        gap = title.pitch - title.size;
    }
    if let Some(subtitle) = heading.subtitle {
        add_subtitle(cx, &mut block, subtitle, (title, start));
    }
    block.height = block.height.max(title.size);
    block
}

/// The number of a title as a line.
fn number_line(cx: &mut Context<'_>, number: &str, title: &Title) -> Line {
    let NumberStyle { font, size, color, .. } = title.number;
    let style = ParagraphStyle { font, size, color, ..loose(title.measure) };
    let mut line = one_line(cx, &[plain(number, Span::default())], &style);
    widen(&mut line, title.spacing.ratio(size.0, title.size.0.max(1)));
    line
}

/// A subtitle of two thirds of its title, with half its own size before it (JLReq 4.1.3).
fn add_subtitle(
    cx: &mut Context<'_>,
    block: &mut TitleBlock,
    subtitle: &str,
    (title, start): (&Title, Length),
) {
    let size = title.size.ratio(2, 3);
    let font = FontStyle { weight: Weight::Regular, ..title.font };
    let inner = Title { font, size, spacing: Length::ZERO, ..*title };
    let room = title.measure - start;
    let content = [plain(subtitle, Span::default())];
    for mut line in title_lines(cx, &content, &inner, (room, Length::ZERO)) {
        align(&mut line, title.align, room, start);
        block.add(line, size, size / 2);
    }
}

/// From the axis of a title to that of its number before it: they share a baseline in
/// horizontal lines.
fn level(cx: &Context<'_>, title: &Title) -> Length {
    match cx.writing {
        WritingMode::Horizontal => {
            cx.fonts.baseline(title.size) - cx.fonts.baseline(title.number.size)
        }
        WritingMode::Vertical => Length::ZERO,
    }
}

/// Puts a line where it belongs in a room that starts further in; gives how far it moves.
fn align(line: &mut Line, align: Align, room: Length, start: Length) -> Length {
    let free = (room - line.width).max(Length::ZERO);
    let by = start
        + match align {
            Align::Start => Length::ZERO,
            Align::Center => free / 2,
            Align::End => free,
        };
    move_along(line, by);
    by
}

fn move_along(line: &mut Line, by: Length) {
    let by = LogicalPoint { inline: by, block: Length::ZERO };
    line.pieces.iter_mut().for_each(|placed| shift(placed, by));
}

/// Lines of a length from the start, without indents.
fn loose(measure: Length) -> ParagraphStyle {
    ParagraphStyle {
        font: FontStyle::default(),
        size: Length::ZERO,
        color: Color::BLACK,
        measure,
        first_indent: Length::ZERO,
        indent: Length::ZERO,
        beside: Beside::default(),
        alignment: Alignment::Start,
    }
}

/// The lines of a title from the start of their room, balanced and set wide; all but the
/// first further in.
fn title_lines(
    cx: &mut Context<'_>,
    content: &[Inline],
    title: &Title,
    (room, hanging): (Length, Length),
) -> Vec<Line> {
    let Title { font, size, color, spacing, .. } = *title;
    let indent = match title.align {
        Align::Start => hanging,
        Align::Center | Align::End => Length::ZERO,
    };
    let measure = room.ratio(size.0, (size + spacing).0.max(1)).max(Length(1));
    let style = ParagraphStyle { font, size, color, indent, ..loose(measure) };
    let mut lines = balanced(cx, content, &style);
    lines.iter_mut().for_each(|line| widen(line, spacing));
    lines
}

/// The lines of a title: no more than it needs, each ending with a phrase where that can
/// be, and of much the same length.
pub(crate) fn balanced(
    cx: &mut Context<'_>,
    content: &[Inline],
    style: &ParagraphStyle,
) -> Vec<Line> {
    let mut best = layout_inline(cx, content, style);
    let count = best.len();
    if count < 2 {
        return best;
    }
    let phrases = Phrases::of(&best.iter().map(words).collect::<String>());
    let mut least = phrases.cost(&best, style.size);
    let mut measure = style.measure - style.size;
    while measure >= style.measure / 2 {
        let narrow = ParagraphStyle { measure, ..style.clone() };
        let lines = layout_inline(cx, content, &narrow);
        if lines.len() > count {
            break;
        }
        let found = phrases.cost(&lines, style.size);
        if found < least {
            (best, least) = (lines, found);
        }
        measure -= style.size;
    }
    best
}

/// The characters of a line.
fn words(line: &Line) -> String {
    let runs = line.pieces.iter().filter_map(|placed| match &placed.piece {
        Piece::Glyphs(run) => Some(run.text.as_str()),
        _ => None,
    });
    runs.collect()
}

/// Where the phrases (文節) of a title end, as numbers of characters without spaces: lines
/// lose those at their ends.
#[derive(Debug)]
struct Phrases {
    ends: Vec<usize>,
}

/// What may follow a phrase and what may begin one whatever stands beside it.
const AFTER: &str = "、。・：；！？）」』】〉》―…";
const BEFORE: &str = "（「『【〈《";

/// What a line costs that ends within a phrase, in ems of unevenness.
const TORN_PHRASE: i64 = 100;
/// What it costs where it tears a word.
const TORN_WORD: i64 = 1000;

impl Phrases {
    fn of(text: &str) -> Self {
        let model = budoux::models::default_japanese_model();
        // The library does not know the last plane, which is for private use.
        let text = text.replace(|ch: char| ch >= '\u{100000}', "\u{F0000}");
        let (mut ends, mut count) = (Vec::new(), 0);
        for part in text.split_whitespace() {
            for phrase in budoux::parse(model, part) {
                let chars: Vec<char> = phrase.chars().collect();
                for (at, pair) in chars.windows(2).enumerate() {
                    let may_end = AFTER.contains(pair[0]) && !AFTER.contains(pair[1]);
                    if may_end || BEFORE.contains(pair[1]) {
                        ends.push(count + at + 1);
                    }
                }
                count += chars.len();
                ends.push(count);
            }
        }
        Self { ends }
    }

    /// What speaks against lines: words and phrases that they tear, then how much their
    /// lengths differ.
    fn cost(&self, lines: &[Line], size: Length) -> i64 {
        let words: Vec<String> = lines.iter().map(words).collect();
        let mut count = 0;
        let mut torn = 0;
        for pair in words.windows(2) {
            count += pair[0].chars().filter(|ch| !ch.is_whitespace()).count();
            if self.ends.binary_search(&count).is_err() {
                let is_word = tears(&pair[0], &pair[1]);
                torn += if is_word { TORN_WORD } else { TORN_PHRASE };
            }
        }
        let widths = || lines.iter().map(|line| line.width);
        let most = widths().max().unwrap_or_default();
        let uneven = most - widths().min().unwrap_or_default();
        torn + uneven.floor_div(size.max(Length(1)))
    }
}

/// Whether a line ends inside a word, as far as its characters tell, or before its
/// particle.
fn tears(before: &str, after: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().last(), after.chars().next()) else {
        return false;
    };
    let is_katakana = |ch| matches!(ch, '\u{30A1}'..='\u{30FA}' | 'ー');
    let is_kanji = |ch| matches!(ch, '\u{3400}'..='\u{9FFF}' | '々');
    match first {
        '\u{3041}'..='\u{3096}' => last.is_alphanumeric(),
        first if is_katakana(first) => is_katakana(last),
        first if is_kanji(first) => is_kanji(last),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_titles_end_with_words() {
        assert!(tears("デザイン", "パターン"));
        assert!(tears("日本", "語版"));
        assert!(tears("手紙", "を読む"));
        assert!(tears("デー", "タ"));
        assert!(!tears("手紙を", "読む"));
        assert!(!tears("細胞、", "そして"));
        assert!(!tears("Rust ", "入門"));
    }

    #[test]
    fn phrases_end_where_a_reader_pauses() {
        let after = |text: &str, words: &str| {
            let count = words.chars().filter(|ch| !ch.is_whitespace()).count();
            Phrases::of(text).ends.contains(&count)
        };
        let title = "細胞が送る手紙を読み解く技術";
        assert!(after(title, "細胞が送る手紙を"));
        assert!(!after(title, "細胞"));
        assert!(!after(title, "細胞が送る手"));
        assert!(after("「重要」：その理由", "「重要」："));
        assert!(after("はじめての Rust 入門", "はじめての Rust"));
    }
}
