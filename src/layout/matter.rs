//! Pages that are designed as a whole: title page, titles of parts, colophon; and the
//! contents.

use super::flow::{
    Flow, Heading, Row, RuleRoom, Setting, Stand, Title, TitleBlock, blocks, contents,
    plain, rules, title_block,
};
use super::structure::ElementId;
use super::{
    Alignment, Beside, Context, ParagraphStyle, Piece, Placed, flow, layout_inline,
};
use crate::display::{Color, Element, Marks, Role};
use crate::font::{FontStyle, Weight};
use crate::geom::{Length, LogicalPoint, LogicalSize, WritingMode};
use crate::matter::{self, Line};
use crate::model::{BlockKind, Inline, Section, TextSource};
use crate::source::Span;
use crate::style::{Align, Field, PlateStyle};

/// A page that is one row: everything on it has its place.
struct Canvas {
    pieces: Vec<Placed>,
    size: LogicalSize,
    lines: u32,
}

/// How words stand on a canvas.
#[derive(Clone, Copy)]
struct Words {
    font: FontStyle,
    size: Length,
    /// From line to line.
    feed: Length,
    /// From the start and from the end of the lines.
    indents: (Length, Length),
    alignment: Alignment,
    /// What they are in the structure of the text.
    role: Role,
}

impl Canvas {
    fn new(cx: &Context<'_>) -> Self {
        let size = cx.style.type_area();
        Self {
            pieces: Vec::new(),
            size,
            lines: cx.style.page.lines.max(1),
        }
    }

    /// Sets words with their first em box at a place across the lines; gives the end of
    /// the last.
    fn put(
        &mut self,
        cx: &mut Context<'_>,
        block: Length,
        words: Words,
        content: &[Inline],
    ) -> Length {
        let (start, end) = words.indents;
        let style = ParagraphStyle {
            font: words.font,
            size: words.size,
            color: Color::BLACK,
            measure: (self.size.inline - start - end).max(Length(1)),
            first_indent: Length::ZERO,
            indent: Length::ZERO,
            beside: Beside::default(),
            alignment: words.alignment,
        };
        let mut axis = block + words.size / 2;
        let mut after = block;
        let element = Element::new(words.role);
        let lines = cx.tagged(element, |cx| layout_inline(cx, content, &style));
        for line in lines {
            let by = LogicalPoint { inline: start, block: axis };
            self.pieces
                .extend(line.pieces.into_iter().map(|placed| placed.moved(by)));
            after = axis + words.size / 2;
            axis += words.feed;
        }
        after
    }

    fn put_text(
        &mut self,
        cx: &mut Context<'_>,
        block: Length,
        words: Words,
        text: &str,
    ) -> Length {
        self.put(cx, block, words, &[plain(text, Span::default())])
    }

    /// Where the title of a page starts.
    fn start(&self, plate: &PlateStyle) -> Length {
        self.size.block.ratio(i64::from(plate.at), 100)
    }

    /// Sets the title of a page and its rule, further down by a shift; gives the end of both.
    fn title(
        &mut self,
        cx: &mut Context<'_>,
        (plate, shift): (&PlateStyle, Length),
        role: Role,
        heading: &Heading<'_>,
    ) -> Length {
        let PlateStyle { size, indent, .. } = *plate;
        let start = self.start(plate) + shift;
        let beside = RuleRoom::of(&plate.rule, size);
        let measure = (self.size.inline - indent).max(Length(1));
        let title = Title {
            font: plate.font,
            size,
            color: plate.color,
            spacing: plate.spacing,
            align: plate.align,
            hanging: Length::ZERO,
            number: plate.number,
            measure: measure - beside.start,
            pitch: size.ratio(3, 2),
        };
        let element = Element { title: Some(heading.words()), ..Element::new(role) };
        let TitleBlock { pieces, height, .. } =
            cx.tagged(element, |cx| title_block(cx, heading, &title));
        let by = LogicalPoint { inline: indent + beside.start, block: start };
        self.pieces.extend(pieces.into_iter().map(|placed| placed.moved(by)));
        let at = LogicalPoint { inline: indent, block: start };
        let words = flow::Words { at, measure, height, size, align: plate.align };
        self.pieces.extend(rules(&plate.rule, words));
        start + height + beside.under
    }

    /// Draws a rule along the lines.
    fn rule(&mut self, block: Length, width: Length) {
        let at = LogicalPoint { inline: Length::ZERO, block };
        let size = LogicalSize { inline: self.size.inline, block: width };
        self.pieces.push(Placed {
            at,
            piece: Piece::Fill { size, color: Color::BLACK },
        });
    }

    /// The canvas as the row of a page.
    fn finish(self, flow: &mut Flow) {
        flow.push(Row {
            pieces: self.pieces,
            stand: Stand::Lines(self.lines),
            ..Row::default()
        });
    }
}

fn alignment(align: Align) -> Alignment {
    match align {
        Align::Start => Alignment::Start,
        Align::Center => Alignment::Center,
        Align::End => Alignment::End,
    }
}

/// How the names below a title are set: as the title stands; near the foot of a vertical
/// page.
fn name_words(cx: &Context<'_>, plate: &PlateStyle, size: Length) -> Words {
    let em = cx.style.size;
    let (indents, alignment) = match (cx.writing, plate.align) {
        (WritingMode::Horizontal, align) => {
            ((plate.indent, Length::ZERO), alignment(align))
        }
        (WritingMode::Vertical, _) => ((em * 6, em * 3), Alignment::End),
    };
    let font = FontStyle { weight: Weight::Regular, ..plate.font };
    Words {
        font,
        size,
        feed: size.ratio(3, 2),
        indents,
        alignment,
        role: Role::Paragraph,
    }
}

/// How a subtitle is set: as its title stands.
fn subtitle_words(cx: &Context<'_>, plate: &PlateStyle) -> Words {
    let size = cx.style.size.ratio(125, 100);
    Words {
        indents: (plate.indent, Length::ZERO),
        alignment: alignment(plate.align),
        ..name_words(cx, plate, size)
    }
}

/// The half title (前扉): the title alone.
pub(super) fn half_title(cx: &mut Context<'_>, flow: &mut Flow, section: &Section) {
    anchors(flow, section);
    let plate = cx.style.half_title;
    let mut canvas = Canvas::new(cx);
    let title = [plain(&*cx.document.meta.title, Span::default())];
    canvas.title(cx, (&plate, Length::ZERO), Role::Paragraph, &Heading::bare(&title));
    canvas.finish(flow);
}

/// The title page (本扉): what stands before the title in the list of its fields stands
/// before it on the page.
pub(super) fn title_page(cx: &mut Context<'_>, flow: &mut Flow, section: &Section) {
    anchors(flow, section);
    let plate = cx.style.title_page;
    let fields = &cx.style.title_fields;
    let mut canvas = Canvas::new(cx);
    let em = cx.style.size;
    let at = fields.iter().position(|field| *field == Field::Title);
    let (before, after) = fields.split_at(at.unwrap_or(0));
    let start = canvas.start(&plate);
    let mut end = start;
    for field in before {
        end = title_field(cx, &mut canvas, *field, (end, start)) + em;
    }
    let shift = if end > start { end - start + em } else { Length::ZERO };
    let title = [plain(&*cx.document.meta.title, Span::default())];
    let title = Heading::bare(&title);
    let mut end = canvas.title(cx, (&plate, shift), Role::Title, &title);
    // Names stand below the middle, whatever the title takes.
    let share = match cx.writing {
        WritingMode::Horizontal => 50,
        WritingMode::Vertical => 55,
    };
    let mut least = canvas.size.block.ratio(share, 100);
    for field in after.iter().filter(|field| **field != Field::Title) {
        let gap = match field {
            Field::Subtitle => em,
            _ => em * 3,
        };
        let floor = if *field == Field::Subtitle { end } else { least };
        end = title_field(cx, &mut canvas, *field, (end + gap, floor));
        if *field != Field::Subtitle {
            least = end;
        }
    }
    canvas.finish(flow);
}

/// Sets a field of the title page after a place, and not before another; gives its end.
fn title_field(
    cx: &mut Context<'_>,
    canvas: &mut Canvas,
    field: Field,
    (at, least): (Length, Length),
) -> Length {
    let (meta, plate) = (&cx.document.meta, cx.style.title_page);
    let (em, block) = (cx.style.size, canvas.size.block);
    let name = name_words(cx, &plate, em.ratio(125, 100));
    match field {
        Field::Subtitle => match &meta.subtitle {
            Some(subtitle) => {
                let words = subtitle_words(cx, &plate);
                canvas.put_text(cx, at, words, subtitle)
            }
            None => at - em,
        },
        Field::Authors => {
            let mut at = at.max(least);
            for contributor in &meta.contributors {
                let text = format!("{}　{}", contributor.name, contributor.role_name());
                at = canvas.put_text(cx, at, name, &text) + em;
            }
            at - em
        }
        Field::Publisher => match &meta.publisher {
            Some(publisher) => {
                let words = name_words(cx, &plate, em);
                canvas.put_text(cx, (block - em).max(at), words, publisher)
            }
            None => at,
        },
        _ => {
            let mut at = at.max(least);
            for line in matter::colophon(meta, &[field]) {
                let text = match line {
                    Line::Title(text) | Line::Subtitle(text) | Line::Text(text) => text,
                    Line::Row(_, value) => value,
                };
                at = canvas.put_text(cx, at, name_words(cx, &plate, em), &text) + em / 2;
            }
            at
        }
    }
}

/// The title page of a part (中扉).
pub(super) fn part(cx: &mut Context<'_>, flow: &mut Flow, section: &Section) {
    anchors(flow, section);
    let plate = cx.style.part_page;
    let mut canvas = Canvas::new(cx);
    let words = Heading {
        number: section.number.as_deref(),
        ..Heading::bare(&section.title)
    };
    canvas.title(cx, (&plate, Length::ZERO), Role::Heading(1), &words);
    canvas.finish(flow);
}

/// Puts all places of a section, whose headings are not set, at its start.
fn anchors(flow: &mut Flow, section: &Section) {
    for block in &section.blocks {
        flow.anchor(block.anchor);
    }
}

/// The contents (目次) and the lists that follow them.
pub(super) fn contents_page(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    section: &Section,
) {
    let title = usize::from(!section.title.is_empty());
    let (title, lists) = section.blocks.split_at(title.min(section.blocks.len()));
    blocks(cx, flow, setting, title);
    flow.release();
    let tree = &cx.document.contents;
    cx.tagged(Element::new(Role::Contents), |cx| {
        contents(cx, flow, setting, tree, None);
    });
    for titled in lists.chunks(2) {
        if let Some(BlockKind::ListOf { kind, .. }) = titled.last().map(|it| &it.kind) {
            cx.starts.set_entry(Some(TextSource::ListOf(*kind, 0)));
        }
        blocks(cx, flow, setting, titled);
    }
}

/// The colophon (奥付): a block between rules at the end of the page.
pub(super) fn colophon(cx: &mut Context<'_>, flow: &mut Flow, section: &Section) {
    anchors(flow, section);
    let mut canvas = Canvas::new(cx);
    let lines = matter::colophon(&cx.document.meta, &cx.style.colophon.fields);
    let widest = lines.iter().filter_map(|line| match line {
        Line::Row(label, _) => Some(label.chars().count()),
        _ => None,
    });
    let look = ColophonLook::of(cx, widest.max().unwrap_or_default());
    let (size, thick) = (look.size, cx.style.thick_rule);
    let mut at = size * 3 / 2;
    let mut before: Option<Kind> = None;
    let mut list = None;
    for line in &lines {
        let kind = Kind::of(line);
        if before.is_some_and(|before| before != kind) {
            at += look.gap;
            canvas.rule(at, cx.style.thin_rule);
            at += look.gap + size / 2;
        }
        if kind == Kind::Row && before != Some(Kind::Row) {
            list = cx.structure.add(Element::new(Role::List(Marks::None)));
        }
        before = Some(kind);
        at = look.line(cx, &mut canvas, at, line, list);
    }
    at += size / 2;
    // All of it goes down to the end of the page.
    canvas.rule(at, thick);
    canvas.rule(Length::ZERO, thick);
    let by = (canvas.size.block - at - thick).max(Length::ZERO);
    for placed in &mut canvas.pieces {
        placed.at.block += by;
    }
    canvas.finish(flow);
}

/// The kinds of lines of a colophon that rules part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Title,
    Row,
    Text,
}

impl Kind {
    fn of(line: &Line) -> Self {
        match line {
            Line::Title(_) | Line::Subtitle(_) => Self::Title,
            Line::Row(..) => Self::Row,
            Line::Text(_) => Self::Text,
        }
    }
}

/// How the lines of a colophon are set.
struct ColophonLook {
    size: Length,
    /// From line to line.
    feed: Length,
    /// Before and after a rule.
    gap: Length,
    label: Words,
    value: Words,
    title: Words,
    subtitle: Words,
}

impl ColophonLook {
    /// How it looks with labels of so many characters.
    fn of(cx: &Context<'_>, widest: usize) -> Self {
        let style = cx.style;
        let (size, feed) = (style.small_size, style.small_feed.ratio(110, 100));
        let value = Words {
            font: style.body,
            size,
            feed,
            indents: (size * (widest as i64 + 3), size),
            alignment: Alignment::Start,
            role: Role::Body,
        };
        let label = Words {
            font: style.colophon.label_font,
            indents: (size, Length::ZERO),
            role: Role::Label,
            ..value
        };
        let title = Words {
            font: style.colophon.font,
            role: Role::Paragraph,
            size: style.size.ratio(135, 100),
            feed: style.size.ratio(200, 100),
            indents: (size, size),
            ..value
        };
        let subtitle = Words {
            font: style.body,
            size: style.size,
            feed: style.size.ratio(3, 2),
            ..title
        };
        Self {
            size,
            feed,
            gap: size,
            label,
            value,
            title,
            subtitle,
        }
    }

    /// Sets a line; gives the place of the next.
    fn line(
        &self,
        cx: &mut Context<'_>,
        canvas: &mut Canvas,
        at: Length,
        line: &Line,
        list: Option<ElementId>,
    ) -> Length {
        let below = self.feed - self.size;
        match line {
            Line::Title(text) => canvas.put_text(cx, at, self.title, text) + below,
            Line::Subtitle(text) => canvas.put_text(cx, at, self.subtitle, text) + below,
            Line::Row(label, value) => {
                let item =
                    cx.inside(list, |cx| cx.structure.add(Element::new(Role::Item)));
                cx.inside(item, |cx| {
                    if !label.is_empty() {
                        canvas.put_text(cx, at, self.label, label);
                    }
                    let end = canvas.put_text(cx, at, self.value, value);
                    end.max(at + self.size) + below
                })
            }
            Line::Text(text) => {
                let words = Words {
                    font: self.value.font,
                    indents: (self.size, self.size),
                    role: Role::Paragraph,
                    ..self.label
                };
                canvas.put_text(cx, at, words, text) + below
            }
        }
    }
}
