//! Headings (見出し): block headings (別行見出し) take whole lines of the grid and never stand
//! at the foot of a page; run-in headings (同行見出し) open a paragraph, cut-in headings
//! (窓見出し) stand beside its first lines.

use super::heading_rule::{RuleRoom, Words, rules};
use super::paragraph::{self, shift};
use super::title::{Heading, Title, TitleBlock, title_block};
use super::{Flow, Row, Setting, Stand, plain, starting, text_rows};
use crate::display::{Element, Role};
use crate::geom::{Length, LogicalPoint};
use crate::layout::{Alignment, Beside, Context, Lead, ParagraphStyle};
use crate::model::{Block, BlockKind, Contributor, TextSource};
use crate::source::Span;
use crate::style::{Align, HeadingKind, HeadingStyle};

/// How many rows after a heading stay on its page.
const KEPT_ROWS: u32 = 2;

/// How a level of headings looks.
fn style_of(cx: &Context<'_>, level: u8) -> HeadingStyle {
    let last = cx.style.headings.len() - 1;
    cx.style.headings[usize::from(level.max(1) - 1).min(last)]
}

/// What a heading is in the structure of the text.
fn element(cx: &Context<'_>, heading: &Heading<'_>) -> Element {
    let lang = heading.block.and_then(|block| block.attributes.get("lang"));
    Element {
        title: Some(heading.words()),
        language: lang.map(str::to_owned),
        span: heading.block.map(|block| block.span),
        ..Element::new(cx.structure.heading(heading.level))
    }
}

/// Sets a heading on lines of its own.
pub(crate) fn heading(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    heading: &Heading<'_>,
) {
    let style = style_of(cx, heading.level);
    let element = element(cx, heading);
    cx.tagged(element, |cx| set(cx, flow, setting, heading, &style));
}

/// Sets a heading together with the paragraphs that it stands in or beside, where its level
/// asks for that; gives how many blocks after it are set.
pub(super) fn with_text(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    block: &Block,
    rest: &[Block],
) -> Option<usize> {
    let heading = Heading::of(block)?;
    let Some(Block { kind: BlockKind::Paragraph(content), .. }) = rest.first() else {
        return None;
    };
    let style = style_of(cx, heading.level);
    match style.kind {
        HeadingKind::Block => None,
        HeadingKind::RunIn => {
            flow.anchor(block.anchor);
            flow.anchor(rest[0].anchor);
            if !flow.follows_heading() {
                flow.space(style.before);
            }
            let lead = Lead {
                element: element(cx, &heading),
                number: heading.number,
                content: heading.content,
                font: style.font,
                size: style.size,
                color: style.color,
            };
            flow.start_heading(heading.level);
            starting(cx, flow, block.span, |cx, flow| {
                paragraph::run_in(cx, flow, setting, (&lead, style.indent), content);
            });
            Some(1)
        }
        HeadingKind::CutIn if setting.feed.is_none() => {
            flow.anchor(block.anchor);
            if !flow.follows_heading() {
                flow.space(style.before);
            }
            Some(starting(cx, flow, block.span, |cx, flow| {
                cut_in(cx, flow, setting, (&heading, &style), rest)
            }))
        }
        HeadingKind::CutIn => None,
    }
}

fn set(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    heading: &Heading<'_>,
    style: &HeadingStyle,
) {
    let follows_heading = flow.follows_heading();
    if setting.feed.is_some() {
        return small_heading(cx, flow, setting, style, heading);
    }
    let spans = style.spans && cx.style.page.columns > 1;
    let measure = if spans { cx.style.type_area().inline } else { setting.measure };
    let setting = Setting { measure, ..setting.clone() }.indented(style.indent);
    let mut row = boxed(cx, &setting, style, heading);
    row.heading = Some(heading.level);
    row.at_top = style.at_top;
    row.spans = spans;
    if !follows_heading {
        flow.space(style.before);
        flow.open(style.starts);
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
    cx.starts.set_entry(Some(TextSource::Byline));
    cx.tagged(Element::new(Role::Paragraph), |cx| {
        text_rows(cx, flow, setting, &style, &content);
    });
    cx.starts.set_entry(None);
    flow.space(1);
    flow.keep(KEPT_ROWS);
}

/// A heading in text off the grid, as in a note.
fn small_heading(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    style: &HeadingStyle,
    heading: &Heading<'_>,
) {
    let setting = Setting { font: style.font, ..setting.flush() };
    text_rows(cx, flow, &setting, &setting.paragraph(), heading.content);
    flow.keep(1);
}

/// A heading in the middle of its box, which takes as many lines of the grid as the style
/// asks for, and more where the words need them.
fn boxed(
    cx: &mut Context<'_>,
    setting: &Setting,
    style: &HeadingStyle,
    heading: &Heading<'_>,
) -> Row {
    let beside = RuleRoom::of(&style.rule, style.size);
    let title = title(style, setting.measure - beside.start);
    let TitleBlock { pieces, notes, height } = title_block(cx, heading, &title);
    let (size, feed) = (cx.style.size, cx.style.feed);
    let whole = beside.over + height + beside.under;
    // What the title has more than one line of words adds lines, so that the blank before
    // and after it stays.
    let more = height - style.size;
    let asked = i64::from(style.lines) + more.max(Length::ZERO).ceil_div(feed);
    let taken = lines_for(whole, size, feed).max(asked);
    let room = feed * taken - (feed - size);
    let start = (room - whole) / 2 + beside.over;
    let words = Words {
        at: LogicalPoint { inline: setting.inset, block: start },
        measure: setting.measure,
        height,
        size: style.size,
        align: style.align,
    };
    let mut row = Row {
        pieces: rules(&style.rule, words),
        stand: Stand::Lines(u32::try_from(taken).unwrap_or(1)),
        axis: start + style.size / 2,
        notes,
        ..Row::default()
    };
    let by = LogicalPoint { inline: setting.inset + beside.start, block: start };
    row.pieces.extend(pieces.into_iter().map(|placed| placed.moved(by)));
    row
}

/// How the words of a heading are set. Its lines stand closer than those of the text: half
/// an em apart.
fn title(style: &HeadingStyle, measure: Length) -> Title {
    Title {
        font: style.font,
        size: style.size,
        color: style.color,
        spacing: style.spacing,
        align: style.align,
        hanging: style.hanging,
        number: style.number,
        measure,
        pitch: style.size.ratio(3, 2),
    }
}

/// The most characters on a line of a cut-in heading, and on one line alone.
const CUT_IN: (usize, usize) = (10, 6);

/// Sets a heading beside the first lines of the paragraphs that follow (JLReq 4.1.9): one
/// line of it in two of theirs, two or three in three. Gives how many paragraphs are set.
fn cut_in(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    (heading, style): (&Heading<'_>, &HeadingStyle),
    rest: &[Block],
) -> usize {
    let em = cx.style.size;
    let chars = heading.words().chars().count();
    let lines = if chars <= CUT_IN.1 { 1 } else { chars.div_ceil(CUT_IN.0).clamp(2, 3) };
    let measure = style.size * chars.div_ceil(lines).max(2) as i64;
    let inner = Title {
        pitch: style.size.ratio(5, 4),
        hanging: Length::ZERO,
        align: Align::Start,
        ..title(style, measure)
    };
    let element = element(cx, heading);
    let TitleBlock { mut pieces, notes, height } =
        cx.tagged(element, |cx| title_block(cx, heading, &inner));
    // Half an em before it, at least one after it, and the text on whole ems.
    let indent = em * (em / 2 + measure + em).ceil_div(em);
    let taken = if lines == 1 { 2 } else { lines_for(height, em, cx.style.feed).max(3) };
    let room = cx.style.feed * taken - (cx.style.feed - em);
    let by = LogicalPoint {
        inline: setting.inset + em / 2,
        block: (room - height) / 2,
    };
    pieces.iter_mut().for_each(|placed| shift(placed, by));
    let first = flow.rows.len();
    let taken = taken as usize;
    flow.start_heading(heading.level);
    let mut set = 0;
    for block in rest {
        let BlockKind::Paragraph(content) = &block.kind else { break };
        let left = taken.saturating_sub(flow.rows.len() - first);
        if left == 0 {
            break;
        }
        flow.anchor(block.anchor);
        let beside = Beside { lines: left, indent };
        cx.tagged(Element::new(Role::Paragraph), |cx| {
            paragraph::beside(cx, flow, setting, beside, content);
        });
        set += 1;
    }
    while flow.rows.len() - first < taken {
        flow.push(Row::default());
    }
    flow.join_rows(first, first + taken);
    if let Some(row) = flow.rows.get_mut(first) {
        row.pieces.splice(0..0, pieces);
        row.notes.splice(0..0, notes);
    }
    set
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
    fn headings_take_whole_lines() {
        let lines = |height| lines_for(Length(height), Length(13), Length(22));
        assert_eq!(lines(13), 1);
        assert_eq!(lines(17), 1);
        assert_eq!(lines(20), 2);
        assert_eq!(lines(13 + 22), 2);
        assert_eq!(lines(13 + 44), 3);
    }
}
