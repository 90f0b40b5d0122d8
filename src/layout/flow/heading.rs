//! Headings (見出し): whole lines of the grid, never at the foot of a page.

use super::heading_rule::{RuleRoom, Words, rules, widen};
use super::paragraph::shift;
use super::{Flow, Row, Setting, Stand, plain, text_rows};
use crate::display::{Color, Element, Role};
use crate::font::FontStyle;
use crate::geom::{Length, LogicalPoint};
use crate::layout::{Alignment, Context, Line, ParagraphStyle, Piece, layout_inline};
use crate::model::{Contributor, Inline, walk};
use crate::source::Span;
use crate::style::{Align, HeadingStyle};

/// How many rows after a heading stay on its page.
const KEPT_ROWS: u32 = 2;

/// Sets a heading.
pub(crate) fn heading(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    level: u8,
    content: &[Inline],
) {
    let last = cx.style.headings.len() - 1;
    let style = cx.style.headings[usize::from(level.max(1) - 1).min(last)];
    let title = Some(walk::plain_text(content).replace('\n', " "));
    let role = cx.structure.heading(level);
    let element = Element { title, ..Element::new(role) };
    cx.tagged(element, |cx| set(cx, flow, setting, (level, &style), content));
}

fn set(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    (level, style): (u8, &HeadingStyle),
    content: &[Inline],
) {
    let follows_heading = flow.follows_heading();
    if setting.feed.is_some() {
        return small_heading(cx, flow, setting, style, content);
    }
    let setting = setting.indented(style.indent);
    let mut row = boxed(cx, &setting, style, content);
    row.heading = Some(level);
    if !follows_heading {
        flow.space(style.before);
    }
    flow.push(row);
    flow.mark_heading();
    flow.keep(KEPT_ROWS);
}

/// Sets the authors of a chapter at the end of the line below its title.
pub(crate) fn byline(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    authors: &[Contributor],
) {
    if authors.is_empty() {
        return;
    }
    let names: Vec<&str> = authors.iter().map(|author| author.name.as_str()).collect();
    let style = ParagraphStyle {
        alignment: Alignment::End,
        first_indent: Length::ZERO,
        ..setting.paragraph()
    };
    let content = [plain(names.join("　"), Span::default())];
    cx.tagged(Element::new(Role::Paragraph), |cx| {
        text_rows(cx, flow, setting, &style, &content);
    });
    flow.space(1);
    flow.keep(KEPT_ROWS);
}

/// A heading in text off the grid, as in a note.
fn small_heading(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    style: &HeadingStyle,
    content: &[Inline],
) {
    let setting = Setting { font: style.font, ..setting.flush() };
    text_rows(cx, flow, &setting, &setting.paragraph(), content);
    flow.keep(1);
}

/// A heading in the middle of its box, which takes as many lines of the grid as the style
/// asks for, and more where the words need them.
fn boxed(
    cx: &mut Context<'_>,
    setting: &Setting,
    style: &HeadingStyle,
    content: &[Inline],
) -> Row {
    let beside = RuleRoom::of(&style.rule, style.size);
    let title = Title {
        font: style.font,
        size: style.size,
        color: style.color,
        spacing: style.spacing,
        align: style.align,
        measure: setting.measure - beside.start,
    };
    let lines = title_lines(cx, content, &title);
    let (size, feed) = (cx.style.size, cx.style.feed);
    // The lines of a heading stand closer than those of the text: half an em apart.
    let pitch = style.size + style.size / 2;
    let count = lines.len().max(1) as i64;
    let height = pitch * (count - 1) + style.size;
    let whole = beside.over + height + beside.under;
    let taken = lines_for(whole, size, feed).max(i64::from(style.lines));
    let room = feed * taken - (feed - size);
    let start = (room - whole) / 2 + beside.over;
    let mut axis = start + style.size / 2;
    let words = Words {
        at: LogicalPoint { inline: setting.inset, block: start },
        measure: setting.measure,
        height,
        size: style.size,
    };
    let mut row = Row {
        pieces: rules(&style.rule, words),
        stand: Stand::Lines(u32::try_from(taken).unwrap_or(1)),
        axis,
        ..Row::default()
    };
    for line in lines {
        let inline = setting.inset + beside.start;
        let by = LogicalPoint { inline, block: axis };
        row.pieces.extend(line.pieces.into_iter().map(|mut placed| {
            shift(&mut placed, by);
            placed
        }));
        row.notes.extend(line.notes);
        axis += pitch;
    }
    row
}

/// How the words of a title are set.
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
    /// The room of the lines.
    pub(crate) measure: Length,
}

/// The lines of a title, balanced, set wide and aligned.
pub(crate) fn title_lines(
    cx: &mut Context<'_>,
    content: &[Inline],
    title: &Title,
) -> Vec<Line> {
    let Title { size, spacing, measure, .. } = *title;
    let style = ParagraphStyle {
        font: title.font,
        size,
        color: title.color,
        measure: measure.ratio(size.0, (size + spacing).0.max(1)).max(size * 2),
        first_indent: Length::ZERO,
        indent: Length::ZERO,
        alignment: Alignment::Start,
    };
    let mut lines = balanced(cx, content, &style);
    for line in &mut lines {
        widen(line, spacing);
        let free = (measure - line.width).max(Length::ZERO);
        let by = match title.align {
            Align::Start => Length::ZERO,
            Align::Center => free / 2,
            Align::End => free,
        };
        let by = LogicalPoint { inline: by, block: Length::ZERO };
        line.pieces.iter_mut().for_each(|placed| shift(placed, by));
    }
    lines
}

/// The lines of a title: no more than it needs, of much the same length, and broken where
/// a word ends as far as its characters tell.
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
    let mut least = cost(&best, style.size);
    let mut measure = style.measure - style.size;
    while measure >= style.measure / 2 {
        let narrow = ParagraphStyle { measure, ..style.clone() };
        let lines = layout_inline(cx, content, &narrow);
        if lines.len() > count {
            break;
        }
        let found = cost(&lines, style.size);
        if found < least {
            (best, least) = (lines, found);
        }
        measure -= style.size;
    }
    best
}

/// What speaks against lines: words that they tear, then how much their lengths differ.
fn cost(lines: &[Line], size: Length) -> i64 {
    let words: Vec<String> = lines.iter().map(words).collect();
    let torn = words.windows(2).filter(|pair| tears(&pair[0], &pair[1])).count();
    let widths = || lines.iter().map(|line| line.width);
    let most = widths().max().unwrap_or_default();
    let uneven = most - widths().min().unwrap_or_default();
    torn as i64 * 1000 + uneven.floor_div(size.max(Length(1)))
}

/// The characters of a line.
fn words(line: &Line) -> String {
    let runs = line.pieces.iter().filter_map(|placed| match &placed.piece {
        Piece::Glyphs(run) => Some(run.text.as_str()),
        _ => None,
    });
    runs.collect()
}

/// Whether a line ends inside a word, or before its particle.
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

/// How many lines of the grid something needs: its share of them ends with an em box and
/// starts with one; a little more than that may stand in the line gaps.
fn lines_for(height: Length, size: Length, feed: Length) -> i64 {
    let gap = feed - size;
    (height + gap.ratio(1, 2)).ceil_div(feed).max(1)
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
    fn headings_take_whole_lines() {
        let lines = |height| lines_for(Length(height), Length(13), Length(22));
        assert_eq!(lines(13), 1);
        assert_eq!(lines(17), 1);
        assert_eq!(lines(20), 2);
        assert_eq!(lines(13 + 22), 2);
        assert_eq!(lines(13 + 44), 3);
    }
}
