//! Blocks become rows: one file for each kind of block.

mod code;
mod columns;
mod container;
mod contents;
mod crossed;
mod figure;
mod figures;
mod heading;
mod heading_rule;
mod index;
mod leader;
mod list;
mod math;
mod note;
mod paragraph;
mod row;
mod small;
mod table;
mod title;
mod verse;

pub(crate) use contents::contents;
pub(crate) use figure::drawn_size;
pub(crate) use heading::{byline, heading};
pub(crate) use heading_rule::{RuleRoom, Words, rules, widen};
pub(crate) use list::page_number;
pub(crate) use note::{endnotes, note};
pub(crate) use paragraph::{lines, one_line, plain, text_rows};
pub(crate) use row::{
    Break, Decoration, Drawn, FigurePlace, Float, Flow, Parity, Row, Stand,
};
pub(crate) use title::{Heading, Title, TitleBlock, balanced, title_block};

use super::{Alignment, Beside, Context, ParagraphStyle, Posture, western_language};
use crate::display::{Color, Element, Marks, Role};
use crate::font::FontStyle;
use crate::geom::{Length, WritingMode};
use crate::line::Continuation;
use crate::model::{Block, BlockKind, Container, TextPlace, TextSource};
use crate::numeral::Pattern;
use crate::source::Span;
use crate::style::FolioStyle;
use crossed::Crossed;

/// Lines are not made shorter than so many ems for the sake of an indent.
const FEWEST_EMS: i64 = 3;

/// The room that blocks are given, and the text that they are set in.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// From the start of the column to the start of the lines.
    pub(crate) inset: Length,
    /// The length of the lines.
    pub(crate) measure: Length,
    /// The face.
    pub(crate) font: FontStyle,
    /// The size of the text.
    pub(crate) size: Length,
    /// From line to line, where the lines are off the grid; `None` on the grid.
    pub(crate) feed: Option<Length>,
    /// The indent of a paragraph's first line.
    pub(crate) first_indent: Length,
    /// The indent of its other lines.
    pub(crate) hanging: Length,
    /// Where lines stand.
    pub(crate) alignment: Alignment,
    /// How many lists stand around.
    pub(crate) depth: u32,
    /// The numbers that the places of an index have; empty before they are known.
    pub(crate) labels: Labels,
}

/// The number of the page of each place, by [`crate::model::AnchorId`]; `None` for a place
/// that stands on no page.
pub(crate) type Labels = std::rc::Rc<Vec<Option<Folio>>>;

/// The number of a page as it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Folio {
    /// The number.
    pub(crate) number: u32,
    /// Whether it is one of those before the text, which are counted alone.
    pub(crate) front: bool,
}

impl Folio {
    /// How it is written at the foot of its page.
    pub(crate) fn form(self, style: &FolioStyle) -> &Pattern {
        match &style.front {
            Some(front) if self.front => front,
            Some(_) | None => &style.form,
        }
    }
}

impl Setting {
    /// The main text of a column.
    pub(crate) fn body(cx: &Context<'_>, labels: &Labels) -> Self {
        let style = cx.style;
        Self {
            inset: Length::ZERO,
            measure: style.column().inline,
            font: style.body,
            size: style.size,
            feed: None,
            first_indent: style.size,
            hanging: Length::ZERO,
            alignment: Alignment::Justify,
            depth: 0,
            labels: labels.clone(),
        }
    }

    /// The same in another size, off the grid.
    pub(crate) fn off_grid(&self, size: Length, feed: Length) -> Self {
        Self { size, feed: Some(feed), ..self.flush() }
    }

    /// The same without the indent of paragraphs.
    pub(crate) fn flush(&self) -> Self {
        let (first_indent, hanging) = (Length::ZERO, Length::ZERO);
        Self { first_indent, hanging, ..self.clone() }
    }

    /// The same with lines that start further in. Lines that would become too short to
    /// hold a few characters stay where they are.
    pub(crate) fn indented(&self, by: Length) -> Self {
        self.narrowed(by, Length::ZERO)
    }

    /// The same with lines that start and end further in.
    pub(crate) fn narrowed(&self, start: Length, end: Length) -> Self {
        let measure = self.measure - start - end;
        if measure < self.size * FEWEST_EMS {
            return self.clone();
        }
        Self { inset: self.inset + start, measure, ..self.clone() }
    }

    /// How a paragraph is set here.
    pub(crate) fn paragraph(&self) -> ParagraphStyle {
        ParagraphStyle {
            font: self.font,
            size: self.size,
            color: Color::BLACK,
            measure: self.measure,
            first_indent: self.first_indent,
            indent: self.hanging,
            beside: Beside::default(),
            alignment: self.alignment,
        }
    }
}

/// Sets blocks one after the other.
pub(crate) fn blocks(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    blocks: &[Block],
) {
    let rules = &cx.style.rules;
    let mut done = 0;
    for (at, one) in blocks.iter().enumerate() {
        if at < done {
            continue;
        }
        if let Some(set) = heading::with_text(cx, flow, setting, one, &blocks[at + 1..]) {
            done = at + 1 + set;
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| blocks.get(at));
        let goes_on = match &one.kind {
            BlockKind::Paragraph(_) if flow.follows_heading() => {
                Some(rules.after_heading)
            }
            _ => before.and_then(|before| paragraph::goes_on(before, one, rules)),
        };
        if goes_on == Some(Continuation::Flush) {
            let setting = Setting { first_indent: Length::ZERO, ..setting.clone() };
            block(cx, flow, &setting, one);
        } else {
            block(cx, flow, setting, one);
        }
    }
}

/// Sets a block, as an element of the structure.
fn block(cx: &mut Context<'_>, flow: &mut Flow, setting: &Setting, block: &Block) {
    let around = cx.language;
    if let Some(language) = block.attributes.get("lang") {
        cx.language = western_language(language);
    }
    tagged_block(cx, flow, setting, block);
    cx.language = around;
}

fn tagged_block(cx: &mut Context<'_>, flow: &mut Flow, setting: &Setting, block: &Block) {
    flow.anchor(block.anchor);
    starting(cx, flow, block.span, |cx, flow| match role(&block.kind) {
        Some(role) => {
            let language = block.attributes.get("lang").map(str::to_owned);
            let span = Some(block.span);
            let element = Element { language, span, ..Element::new(role) };
            cx.tagged(element, |cx| set(cx, flow, setting, block));
        }
        None => set(cx, flow, setting, block),
    });
}

/// Sets something whose first row is where a stretch of the text starts.
fn starting<T>(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    span: Span,
    set: impl FnOnce(&mut Context<'_>, &mut Flow) -> T,
) -> T {
    let place = TextPlace::start(TextSource::Span(span));
    let (start, first) = (cx.starts.piece(place), flow.rows.len());
    let done = set(cx, flow);
    if let Some(row) = flow.rows.get_mut(first) {
        row.pieces.extend(start);
    }
    done
}

/// What a block is in the structure of the text; `None` where its parts are elements of
/// their own, or where there is nothing to read.
fn role(kind: &BlockKind) -> Option<Role> {
    match kind {
        BlockKind::Paragraph(_) | BlockKind::Math { .. } | BlockKind::ThematicBreak => {
            Some(Role::Paragraph)
        }
        BlockKind::List { start: None, .. } => Some(Role::List(Marks::Bullets)),
        BlockKind::List { start: Some(_), .. } => Some(Role::List(Marks::Numbers)),
        BlockKind::Definitions(_) | BlockKind::References(_) => {
            Some(Role::List(Marks::None))
        }
        BlockKind::Quote(_) => Some(Role::BlockQuote),
        BlockKind::Code { .. } | BlockKind::Figure { .. } => Some(Role::Division),
        BlockKind::Table(_) => Some(Role::Table),
        BlockKind::Container { container, .. } => container_role(container),
        BlockKind::Index(_) => Some(Role::Index),
        BlockKind::Notes(_) => None,
        BlockKind::ListOf { .. } => Some(Role::Contents),
        BlockKind::Heading { .. } | BlockKind::PageBreak => None,
    }
}

fn container_role(container: &Container) -> Option<Role> {
    match container {
        Container::Note
        | Container::Tip
        | Container::Important
        | Container::Warning
        | Container::Caution
        | Container::Column
        | Container::Other(_) => Some(Role::Division),
        Container::Epigraph | Container::Verse => Some(Role::BlockQuote),
        Container::Right
        | Container::Center
        | Container::Indent
        | Container::Columns
        | Container::Figures => None,
    }
}

/// Sets a block by its kind.
fn set(cx: &mut Context<'_>, flow: &mut Flow, setting: &Setting, block: &Block) {
    let (start, end) = block.indents();
    let (start, end) = (setting.size * i64::from(start), setting.size * i64::from(end));
    let setting = &setting.narrowed(start, end);
    match &block.kind {
        BlockKind::Paragraph(content) => {
            paragraph::paragraph(cx, flow, setting, content);
        }
        BlockKind::Heading { .. } => {
            if let Some(words) = Heading::of(block) {
                heading(cx, flow, setting, &words);
            }
        }
        BlockKind::List { start, tight, items } => {
            list::list(cx, flow, setting, *start, *tight, items);
        }
        BlockKind::Definitions(items) => list::definitions(cx, flow, setting, items),
        BlockKind::Quote(blocks) => container::quote(cx, flow, setting, blocks),
        BlockKind::Code(listing) => {
            let set = |cx: &mut Context<'_>, flow: &mut Flow, setting: &Setting| {
                code::code(cx, flow, setting, listing, block.span);
            };
            if code::is_short(&listing.text) {
                return set(cx, flow, setting);
            }
            let width = |cx: &mut Context<'_>, setting: &Setting| {
                code::width(cx, setting, listing, block.span)
            };
            Crossed { posture: Posture::Upright, width, set }.rows(cx, flow, setting);
        }
        BlockKind::Figure { image, caption, number } => {
            figure::figure(cx, flow, setting, image, caption, number.as_deref());
        }
        BlockKind::Table(table) => {
            let given = table::Given {
                table,
                attributes: &block.attributes,
                span: block.span,
            };
            if given.is_vertical() && cx.writing == WritingMode::Vertical {
                return table::table(cx, flow, setting, given);
            }
            let posture = table::posture(cx, setting, table);
            let width = |cx: &mut Context<'_>, setting: &Setting| {
                table::width(cx, setting, table)
            };
            let set = |cx: &mut Context<'_>, flow: &mut Flow, setting: &Setting| {
                table::table(cx, flow, setting, given);
            };
            Crossed { posture, width, set }.rows(cx, flow, setting);
        }
        BlockKind::Container { container, title, blocks } => {
            container::container(cx, flow, setting, container, title, blocks);
        }
        BlockKind::Math { tex, number } => {
            math::math(cx, flow, setting, tex, number.as_deref(), block.span);
        }
        BlockKind::ThematicBreak => small::thematic_break(cx, flow, setting),
        BlockKind::PageBreak => flow.start_page(),
        BlockKind::References(entries) => {
            small::references(cx, flow, setting, entries);
        }
        BlockKind::Index(groups) => index::index(cx, flow, setting, groups),
        BlockKind::Notes(section) => note::notes_of(cx, flow, setting, *section),
        BlockKind::ListOf { kind, entries } => {
            contents(cx, flow, setting, entries, Some(*kind));
        }
    }
}
