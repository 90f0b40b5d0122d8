//! Pages that are designed as a whole: title page, titles of parts, colophon; and the
//! contents.

use super::flow::{
    Flow, Heading, Labels, Row, RuleRoom, Setting, Stand, Title, TitleBlock, heading,
    leader_lines, page_number, plain, rules, title_block,
};
use super::{
    Alignment, Beside, Context, ParagraphStyle, Piece, Placed, flow, layout_inline,
};
use crate::display::{Color, Element, Marks, Role};
use crate::font::{Family, FontStyle, Weight};
use crate::geom::{Length, LogicalPoint, LogicalSize, WritingMode};
use crate::model::{
    ContentsEntry, Contributor, Inline, Metadata, Section, Target, TextSource,
};
use crate::source::Span;
use crate::style::{Align, PlateStyle};

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
            measure: (self.size.inline - start - end).max(words.size * 2),
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

    /// Sets the title of a page and its rule; gives the end of both.
    fn title(
        &mut self,
        cx: &mut Context<'_>,
        plate: &PlateStyle,
        role: Role,
        heading: &Heading<'_>,
    ) -> Length {
        let PlateStyle { size, indent, .. } = *plate;
        let start = self.size.block.ratio(i64::from(plate.at), 100);
        let beside = RuleRoom::of(&plate.rule, size);
        let measure = (self.size.inline - indent).max(size * 2);
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
        let words = flow::Words { at, measure, height, size };
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

const MINCHO: FontStyle = FontStyle { family: Family::Mincho, weight: Weight::Regular };
const MINCHO_BOLD: FontStyle = FontStyle { family: Family::Mincho, weight: Weight::Bold };
const GOTHIC: FontStyle = FontStyle { family: Family::Gothic, weight: Weight::Regular };

/// How the names below a title are set: in the middle below a title in the middle, else at
/// the end of the line; near the foot of a vertical page.
fn name_words(cx: &Context<'_>, plate: &PlateStyle, size: Length) -> Words {
    let em = cx.style.size;
    let (indents, alignment) = match (cx.writing, plate.align) {
        (WritingMode::Horizontal, Align::Center) => {
            ((Length::ZERO, Length::ZERO), Alignment::Center)
        }
        (WritingMode::Horizontal, Align::Start | Align::End) => {
            ((Length::ZERO, Length::ZERO), Alignment::End)
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
        alignment: match plate.align {
            Align::Start => Alignment::Start,
            Align::Center => Alignment::Center,
            Align::End => Alignment::End,
        },
        ..name_words(cx, plate, size)
    }
}

/// The title page (本扉).
pub(super) fn title_page(cx: &mut Context<'_>, flow: &mut Flow, section: &Section) {
    anchors(flow, section);
    let meta = &cx.document.meta;
    let plate = cx.style.title_page;
    let mut canvas = Canvas::new(cx);
    let (em, block) = (cx.style.size, canvas.size.block);
    let title = [plain(&*meta.title, Span::default())];
    let mut end = canvas.title(cx, &plate, Role::Title, &Heading::bare(&title));
    if let Some(subtitle) = &meta.subtitle {
        let words = subtitle_words(cx, &plate);
        end = canvas.put_text(cx, end + em, words, subtitle);
    }
    let name = name_words(cx, &plate, em.ratio(125, 100));
    let mut at = (end + em * 3).max(match cx.writing {
        WritingMode::Horizontal => block.ratio(50, 100),
        WritingMode::Vertical => block.ratio(55, 100),
    });
    for contributor in &meta.contributors {
        let text = format!("{}　{}", contributor.name, contributor.role_name());
        at = canvas.put_text(cx, at, name, &text) + em;
    }
    if let Some(publisher) = &meta.publisher {
        let words = name_words(cx, &plate, em);
        let at = (block - em).max(at);
        canvas.put_text(cx, at, words, publisher);
    }
    canvas.finish(flow);
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
    canvas.title(cx, &plate, Role::Heading(1), &words);
    canvas.finish(flow);
}

/// Puts all places of a section, whose headings are not set, at its start.
fn anchors(flow: &mut Flow, section: &Section) {
    for block in &section.blocks {
        flow.anchor(block.anchor);
    }
}

/// The contents (目次): every entry with its page, each a link.
pub(super) fn contents(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    section: &Section,
    labels: &Labels,
) {
    for block in &section.blocks {
        if let Some(words) = Heading::of(block) {
            flow.anchor(block.anchor);
            heading(cx, flow, setting, &words);
        }
    }
    flow.release();
    let setting = Setting { alignment: Alignment::Start, ..setting.flush() };
    let tree = &cx.document.contents;
    let top = tree.iter().map(|entry| entry.level).min().unwrap_or(0);
    cx.tagged(Element::new(Role::Contents), |cx| {
        entries(cx, flow, &setting, tree, (top, labels), &mut 0);
    });
    cx.starts.set_entry(None);
}

fn entries(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    list: &[ContentsEntry],
    (top, labels): (u8, &Labels),
    count: &mut usize,
) {
    let is_nested = list.iter().any(|entry| !entry.children.is_empty());
    for entry in list {
        cx.starts.set_entry(Some(TextSource::Contents(*count)));
        *count += 1;
        let depth = i64::from(entry.level.saturating_sub(top));
        let indented = setting.indented(cx.style.contents.indent * depth);
        let setting_here = match entry.level {
            0 => {
                flow.space(1);
                Setting { font: cx.style.contents.font, ..indented }
            }
            level if level == top && is_nested => {
                Setting { font: cx.style.contents.font, ..indented }
            }
            _ => indented,
        };
        let label = labels.get(entry.anchor.0 as usize).copied().flatten();
        let numbers = label.map_or_else(Vec::new, |label| page_number(cx, label));
        let target = Some(Target::Anchor(entry.anchor));
        let alt = Some(entry.words());
        let link = Element { alt, ..Element::new(Role::Link) };
        let item = cx.structure.add(Element::new(Role::ContentsItem));
        cx.inside(item, |cx| {
            cx.tagged(Element::new(Role::Reference), |cx| {
                let number = entry.number.as_ref().map(|number| format!("{number}　"));
                let number = number.map(|number| plain(number, Span::default()));
                let words: Vec<Inline> =
                    number.into_iter().chain(entry.title.iter().cloned()).collect();
                cx.tagged(link, |cx| {
                    leader_lines(cx, flow, &setting_here, &words, &numbers, target);
                });
            });
            if !entry.children.is_empty() {
                flow.keep(1);
            }
            cx.tagged(Element::new(Role::Contents), |cx| {
                entries(cx, flow, setting, &entry.children, (top, labels), count);
            });
        });
    }
}

/// The colophon (奥付): a block between rules at the end of the page.
pub(super) fn colophon(cx: &mut Context<'_>, flow: &mut Flow, section: &Section) {
    anchors(flow, section);
    let meta = &cx.document.meta;
    let mut canvas = Canvas::new(cx);
    let rows = colophon_rows(meta);
    let (size, feed) = (cx.style.small_size, cx.style.small_feed.ratio(110, 100));
    let labels = Words {
        font: GOTHIC,
        size,
        feed,
        indents: (size, Length::ZERO),
        alignment: Alignment::Start,
        role: Role::Label,
    };
    let values = Words {
        font: MINCHO,
        indents: (size * 7, size),
        role: Role::Body,
        ..labels
    };
    let title = Words {
        font: MINCHO_BOLD,
        role: Role::Paragraph,
        size: cx.style.size.ratio(130, 100),
        feed: cx.style.size.ratio(200, 100),
        ..labels
    };
    let subtitle = Words { font: MINCHO, size: cx.style.size, ..title };
    let thick = cx.style.thick_rule;
    let mut at = size;
    at = canvas.put_text(cx, at, title, &meta.title) + size;
    if let Some(text) = &meta.subtitle {
        at = canvas.put_text(cx, at - size / 2, subtitle, text) + size;
    }
    if !rows.is_empty() {
        canvas.rule(at, cx.style.thin_rule);
        at += size;
    }
    let list = cx.structure.add(Element::new(Role::List(Marks::None)));
    for (label, value) in &rows {
        let item = cx.inside(list, |cx| cx.structure.add(Element::new(Role::Item)));
        at = cx.inside(item, |cx| {
            canvas.put_text(cx, at, labels, label);
            canvas.put_text(cx, at, values, value).max(at + size) + (feed - size)
        });
    }
    let rights = rights(meta);
    if !rights.is_empty() {
        at += size / 2;
        canvas.rule(at, cx.style.thin_rule);
        at += size;
        for line in rights {
            let words = Words { role: Role::Paragraph, ..labels };
            at = canvas.put_text(cx, at, words, &line) + (feed - size);
        }
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

/// The rows of the colophon with their labels.
fn colophon_rows(meta: &Metadata) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = Vec::new();
    let edition = meta.edition.as_deref().unwrap_or("");
    if meta.history.is_empty() {
        if let Some(day) = &meta.published {
            let text = format!("{}　{edition}発行", japanese_date(day));
            rows.push(("発行日".to_owned(), text.trim().to_owned()));
        } else if !edition.is_empty() {
            rows.push(("版".to_owned(), edition.to_owned()));
        }
    }
    for (index, line) in meta.history.iter().enumerate() {
        let label = if index == 0 { "発行履歴" } else { "" };
        rows.push((label.to_owned(), line.clone()));
    }
    for contributor in &meta.contributors {
        rows.push((role_label(contributor), name_with_reading(contributor)));
    }
    let others = [
        ("発行所", &meta.publisher),
        ("印刷所", &meta.printer),
        ("連絡先", &meta.contact),
    ];
    for (label, value) in others {
        if let Some(value) = value {
            rows.push((label.to_owned(), value.clone()));
        }
    }
    if let Some(isbn) = meta.identifier.strip_prefix("urn:isbn:") {
        rows.push(("ISBN".to_owned(), isbn.to_owned()));
    }
    rows
}

fn name_with_reading(contributor: &Contributor) -> String {
    match &contributor.reading {
        Some(reading) => format!("{}（{reading}）", contributor.name),
        None => contributor.name.clone(),
    }
}

/// The word for a role that stands before a name.
fn role_label(contributor: &Contributor) -> String {
    match contributor.role_name() {
        name @ ("著" | "編" | "訳" | "編著") => format!("{name}者"),
        name => name.to_owned(),
    }
}

/// Who holds which rights; where the book says nothing, the year and the authors.
fn rights(meta: &Metadata) -> Vec<String> {
    if let Some(rights) = &meta.rights {
        return rights.lines().map(str::to_owned).collect();
    }
    let year = meta.published.as_deref().and_then(|day| day.get(..4));
    let authors = meta.contributors.iter().filter(|one| one.role == "aut");
    let names: Vec<&str> = authors.map(|one| one.name.as_str()).collect();
    match year {
        Some(year) if !names.is_empty() => {
            vec![format!("© {year} {}", names.join(", "))]
        }
        _ => Vec::new(),
    }
}

/// A day as `YYYY-MM-DD` in Japanese; what is no such day stays as it is.
fn japanese_date(day: &str) -> String {
    let mut parts = day.split('-').map(str::parse::<u32>);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(Ok(year)), Some(Ok(month)), Some(Ok(day)), None) => {
            format!("{year}年{month}月{day}日")
        }
        (Some(Ok(year)), Some(Ok(month)), None, _) => format!("{year}年{month}月"),
        _ => day.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_in_japanese() {
        assert_eq!(japanese_date("2026-11-02"), "2026年11月2日");
        assert_eq!(japanese_date("2026-11"), "2026年11月");
        assert_eq!(japanese_date("soon"), "soon");
    }

    #[test]
    fn a_colophon_says_who_and_when() {
        let author = Contributor {
            name: "編集部".to_owned(),
            reading: Some("ヘンシュウブ".to_owned()),
            role: "aut".to_owned(),
            ..Contributor::default()
        };
        let meta = Metadata {
            contributors: vec![author],
            published: Some("2026-11-22".to_owned()),
            edition: Some("初版".to_owned()),
            ..Metadata::default()
        };
        let rows = colophon_rows(&meta);
        assert_eq!(rows[0].1, "2026年11月22日　初版発行");
        assert_eq!(rows[1], ("著者".to_owned(), "編集部（ヘンシュウブ）".to_owned()));
        assert_eq!(rights(&meta), ["© 2026 編集部"]);
    }
}
