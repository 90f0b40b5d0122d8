//! What stands between paragraphs, as XHTML.

use super::{Kind, Level, Writer, inline};
use crate::css;
use crate::geom::WritingMode;
use crate::model::{
    Block, BlockKind, Container, DefinitionItem, IndexEntry, IndexGroup, Inline,
    ListItem, Section, SectionKind, TextSource, walk,
};

impl<'a> Writer<'a> {
    /// Writes blocks.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let mut before = None;
        for block in blocks {
            self.may_end_between(before.replace(block), block);
            self.block(block);
        }
    }

    /// Writes one block on lines of its own.
    pub(super) fn block(&mut self, block: &Block) {
        self.mark_start(TextSource::Span(block.span));
        match &block.kind {
            BlockKind::Paragraph(content) => self.paragraph(block, content),
            BlockKind::Heading { level, number, content } => {
                self.heading(block, *level, number.as_deref(), content);
            }
            BlockKind::List { start, tight, items } => {
                self.list(block, *start, *tight, items);
            }
            BlockKind::Definitions(items) => self.definitions(block, items),
            BlockKind::Quote(blocks) => {
                self.element("blockquote", block, "");
                self.inside(blocks);
            }
            BlockKind::Code(listing) => self.listing(block, listing),
            BlockKind::Figure { image, caption, number } => {
                self.element("figure", block, "figure");
                self.image(image, "fit");
                self.xml.line();
                self.caption("figcaption", caption, number.as_deref());
                self.xml.close();
            }
            BlockKind::Table(table) => self.table(block, table),
            BlockKind::Container { container, title, blocks } => {
                self.container(block, container, title, blocks);
            }
            BlockKind::Math { tex, number } => {
                self.element("div", block, "equation");
                self.scrolls();
                self.formula(tex, true, block.span);
                if let Some(number) = number {
                    self.xml.open("span").class("number");
                    self.text(number);
                    self.xml.close();
                }
                self.xml.close();
            }
            BlockKind::ThematicBreak => {
                self.element("hr", block, "");
                self.xml.close();
            }
            BlockKind::PageBreak => {
                self.element("div", block, "page-break");
                self.xml.close();
            }
            BlockKind::References(entries) => {
                self.element("div", block, "references");
                self.landmark(SectionKind::References);
                self.xml.line();
                for (number, entry) in entries.iter().enumerate() {
                    if number > 0 {
                        self.may_end_before(false);
                    }
                    self.entry(TextSource::Reference(number), |writer| {
                        writer.block(entry);
                    });
                }
                self.xml.close();
            }
            BlockKind::Index(groups) => self.index(block, groups),
            BlockKind::Notes(section) => self.notes_of(*section),
            BlockKind::ListOf { kind, entries } => {
                self.element("div", block, "list-of");
                self.list_of(*kind, entries);
                self.xml.close();
            }
        }
        self.xml.line();
    }

    /// Gives a list that the program makes its semantics, where its section has others.
    fn landmark(&mut self, kind: SectionKind) {
        if self.section.is_some_and(|section| section.kind == kind) {
            return;
        }
        let Kind { epub_type, role, .. } = Kind::of(kind);
        self.xml.attr_some("epub:type", epub_type).attr_some("role", role);
    }

    /// Writes a line of a list that the program makes, with the pages that start in it.
    fn entry(&mut self, of: TextSource, write: impl FnOnce(&mut Self)) {
        let before = self.awaited.len();
        self.mark_pages(of);
        write(self);
        self.mark_rest(before);
    }

    /// Opens the element of a block with its id, its classes and its language.
    pub(super) fn element(&mut self, name: &'static str, block: &Block, class: &str) {
        self.xml.open(name);
        self.id(block.anchor, None);
        let (start, end) = block.indents();
        let (head, foot) = match self.writing {
            WritingMode::Horizontal => ("margin-left", "margin-right"),
            WritingMode::Vertical => ("margin-top", "margin-bottom"),
        };
        let mut styles = Vec::new();
        if start + end > 0 {
            styles.push(format!("{head}: {start}em; {foot}: {end}em"));
        }
        self.styled_attributes((&block.attributes, css::Place::Block), class, styles);
    }

    /// Lets those who read with the keyboard scroll the element that is open, where the
    /// style sheet makes it scroll (WCAG 2.1.1).
    pub(super) fn scrolls(&mut self) {
        self.xml.attr("tabindex", "0");
    }

    /// Writes blocks inside the element that is open, and closes it.
    fn inside(&mut self, blocks: &[Block]) {
        self.xml.line();
        self.blocks(blocks);
        self.xml.close();
    }

    fn paragraph(&mut self, block: &Block, content: &[Inline]) {
        self.element("p", block, indent_class(content));
        self.inlines(content);
        self.xml.close();
    }

    /// A heading. Its element follows the one above it without a gap, even where the
    /// source skips a level; the class keeps the level of the source.
    fn heading(
        &mut self,
        block: &Block,
        level: u8,
        number: Option<&str>,
        content: &[Inline],
    ) {
        const ELEMENTS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
        self.seen.headings = true;
        let level = level.clamp(1, 6);
        while self.outline.last().is_some_and(|&above| above >= level) {
            self.outline.pop();
        }
        let depth = self.outline.len().min(5);
        self.outline.push(level);
        let index = usize::from(level) - 1;
        let class = if depth == index { String::new() } else { format!("level-{level}") };
        self.element(ELEMENTS[depth], block, &class);
        let is_part = |section: &Section| section.kind == SectionKind::Part;
        let face = match level {
            1 if self.section.is_some_and(is_part) => self.book.faces.part,
            _ => self.book.faces.headings[index],
        };
        self.set_in(face, |writer| {
            writer.heading_number(number);
            writer.inlines(content);
            if let Some(subtitle) = block.subtitle() {
                writer.xml.open("br").close();
                writer.xml.open("span").class("heading-subtitle");
                writer.text(subtitle);
                writer.xml.close();
            }
        });
        self.xml.close();
    }

    /// The number of a heading and the gap after it.
    pub(in crate::epub) fn heading_number(&mut self, number: Option<&str>) {
        let Some(number) = number else { return };
        self.xml.open("span").class("heading-number");
        self.text(number);
        self.xml.close();
        self.text("\u{3000}");
    }

    fn list(
        &mut self,
        block: &Block,
        start: Option<u64>,
        tight: bool,
        items: &[ListItem],
    ) {
        let tasks = !items.is_empty() && items.iter().all(|item| item.checked.is_some());
        let class = if tasks { "tasks" } else { "" };
        self.element(if start.is_some() { "ol" } else { "ul" }, block, class);
        if let Some(first) = start.filter(|&first| first != 1) {
            self.xml.attr("start", &first.to_string());
        }
        self.seen
            .used
            .add(self.face, if start.is_some() { "0123456789." } else { "•◦▪" });
        self.list_marks(start, items.len());
        self.xml.line();
        for (number, item) in items.iter().enumerate() {
            if number > 0 {
                self.may_end_before(false);
            }
            self.xml.item("li");
            self.mark_start(TextSource::Span(item.span));
            if let Some(checked) = item.checked {
                self.task_box(checked);
            }
            match (tight, item.blocks.split_first()) {
                (
                    true,
                    Some((Block { kind: BlockKind::Paragraph(words), span, .. }, rest)),
                ) => {
                    self.mark_start(TextSource::Span(*span));
                    self.inlines(words);
                    self.xml.line();
                    for block in rest {
                        self.may_end_before(false);
                        self.block(block);
                    }
                }
                _ => {
                    self.xml.line();
                    self.blocks(&item.blocks);
                }
            }
            self.xml.close().line();
        }
        self.xml.close();
    }

    /// Counts the characters in which the marks of a list may be set.
    fn list_marks(&mut self, start: Option<u64>, count: usize) {
        let list = &self.book.style.list;
        let first = u32::try_from(start.unwrap_or_default()).unwrap_or(u32::MAX);
        let last = first.saturating_add(u32::try_from(count).unwrap_or_default());
        let mut marks = String::new();
        match start {
            None => list.bullets.iter().for_each(|bullet| marks.push_str(bullet)),
            Some(_) => {
                for depth in 0..list.numbers.len() {
                    let numbers = (first..last).take(100);
                    marks.extend(numbers.map(|number| list.number(depth, number)));
                }
            }
        }
        self.seen.used.add(self.face, &marks);
    }

    fn task_box(&mut self, checked: bool) {
        let labels = self.book.labels;
        let (mark, label) =
            if checked { ("☑", labels.checked) } else { ("◻", labels.unchecked) };
        self.xml
            .open("span")
            .class("checkbox")
            .attr("role", "img")
            .attr("aria-label", label);
        self.text(mark);
        self.xml.close();
        self.text(" ");
    }

    fn definitions(&mut self, block: &Block, items: &[DefinitionItem]) {
        self.element("dl", block, "");
        self.xml.line();
        for (number, item) in items.iter().enumerate() {
            if number > 0 {
                self.may_end_before(false);
            }
            // A list ends with a meaning and begins with a term, in each file.
            self.xml.bounds("", "<dd></dd>");
            self.xml.open("dt");
            self.set_in(self.book.faces.strong, |writer| writer.inlines(&item.term));
            self.xml.close().line();
            for (number, detail) in item.details.iter().enumerate() {
                self.xml.bounds("<dt></dt>", "");
                if number > 0 {
                    self.may_end_before(false);
                }
                self.xml.open("dd");
                match detail.as_slice() {
                    [Block { kind: BlockKind::Paragraph(words), span, .. }] => {
                        self.mark_start(TextSource::Span(*span));
                        self.inlines(words);
                    }
                    blocks => {
                        self.xml.line();
                        self.blocks(blocks);
                    }
                }
                self.xml.close().line();
            }
            if !item.details.is_empty() {
                self.xml.bounds("", "");
            }
        }
        // Terms without any meaning: HTML asks for one at the end of the list.
        if items.last().is_some_and(|last| last.details.is_empty()) {
            self.xml.open("dd").close().line();
        }
        self.xml.close();
    }

    /// A caption with its number, where there is either.
    pub(super) fn caption(
        &mut self,
        element: &'static str,
        words: &[Inline],
        number: Option<&str>,
    ) {
        if words.is_empty() && number.is_none() {
            return;
        }
        self.xml.open(element);
        // A page that starts with the words starts with their number.
        let first = words.iter().find_map(inline::span);
        first
            .into_iter()
            .for_each(|span| self.mark_start(TextSource::Span(span)));
        self.set_in(self.book.faces.caption, |writer| {
            if let Some(number) = number {
                writer.xml.open("span").class("number");
                writer.text(number);
                writer.xml.close();
                if !words.is_empty() {
                    writer.text("\u{3000}");
                }
            }
            writer.inlines(words);
        });
        self.xml.close().line();
    }

    fn container(
        &mut self,
        block: &Block,
        container: &Container,
        title: &[Inline],
        blocks: &[Block],
    ) {
        let (class, role) = container_mark(container);
        let class = match container {
            Container::Other(name) if super::html::is_name(name) => {
                format!("{class} {name}")
            }
            _ => class.to_owned(),
        };
        self.element("div", block, &class);
        if let Some((epub_type, role)) = role {
            self.xml.attr_some("epub:type", epub_type).attr("role", role);
        }
        self.xml.line();
        match container {
            Container::Verse => {
                self.container_title(title);
                self.verse(blocks);
            }
            // That of figures side by side is the caption of all.
            Container::Figures => {
                self.blocks(blocks);
                self.container_title(title);
            }
            _ => {
                self.container_title(title);
                self.blocks(blocks);
            }
        }
        self.xml.close();
    }

    fn container_title(&mut self, title: &[Inline]) {
        if !title.is_empty() {
            self.xml.open("p").class("container-title");
            self.set_in(self.book.faces.strong, |writer| writer.inlines(title));
            self.xml.close().line();
        }
    }

    /// Verse: each line on its own, so that those that are too long go on further in.
    fn verse(&mut self, blocks: &[Block]) {
        let mut before = None;
        for block in blocks {
            self.may_end_between(before.replace(block), block);
            let BlockKind::Paragraph(words) = &block.kind else {
                self.block(block);
                continue;
            };
            self.element("div", block, "stanza");
            self.xml.line();
            let lines = words.split(|inline| matches!(inline, Inline::LineBreak));
            for (number, line) in lines.enumerate() {
                if number > 0 {
                    self.may_end_before(false);
                }
                self.xml.open("p");
                self.inlines(line);
                self.xml.close().line();
            }
            self.xml.close().line();
        }
    }

    fn index(&mut self, block: &Block, groups: &[IndexGroup]) {
        self.seen.index |= !groups.is_empty();
        self.element("div", block, "index");
        self.landmark(SectionKind::Index);
        self.xml.line();
        let mut count = 0;
        for (number, group) in groups.iter().enumerate() {
            if number > 0 {
                self.may_end_before(true);
            }
            self.xml.open("p").class("index-heading");
            self.index_line(&mut count, |writer| {
                let face = writer.book.faces.strong;
                writer.set_in(face, |writer| writer.text(&group.heading));
            });
            self.xml.close().line();
            self.index_entries(&group.entries, &mut count);
        }
        self.xml.close();
    }

    /// Writes the next line of the index, with the pages that start in it.
    fn index_line(&mut self, count: &mut usize, write: impl FnOnce(&mut Self)) {
        let of = TextSource::Index(*count);
        *count += 1;
        self.entry(of, write);
    }

    fn index_entries(&mut self, entries: &[IndexEntry], count: &mut usize) {
        if entries.is_empty() {
            return;
        }
        self.xml.open("ul").class("index").line();
        for (number, entry) in entries.iter().enumerate() {
            if number > 0 {
                self.may_end_before(false);
            }
            self.xml.open("li");
            self.index_line(count, |writer| writer.text(&entry.term));
            for (number, &place) in entry.places.iter().enumerate() {
                self.text(if number == 0 { "\u{3000}" } else { "、" });
                self.may_end(Level::WORD);
                self.index_place(entry, number, place);
            }
            if !entry.children.is_empty() {
                self.xml.line();
                self.index_entries(&entry.children, count);
            }
            self.xml.close().line();
        }
        self.xml.close().line();
    }

    /// A link to a place of the index, named by the section where the word stands.
    fn index_place(
        &mut self,
        entry: &IndexEntry,
        number: usize,
        place: crate::model::AnchorId,
    ) {
        let Some(href) = self.book.href(self.place, place) else { return };
        let document = self.book.document;
        let section = document.anchors.get(place.0 as usize).map(|anchor| anchor.section);
        let title = section
            .and_then(|index| document.sections.get(index))
            .map_or("", |section| section.running_title.as_str());
        self.xml.open("a").attr("href", &href);
        if title.is_empty() {
            let number = (number + 1).to_string();
            self.xml.attr("aria-label", &format!("{} {number}", entry.term));
            self.text(&number);
        } else {
            self.text(title);
        }
        self.xml.close();
    }
}

/// The class for the indent of a paragraph (段落の字下げ): none where the source has its
/// own space or where no words begin it, half where an opening bracket brings half an em.
fn indent_class(content: &[Inline]) -> &'static str {
    const OPENING: &str = "「『（〈《【〔［｛“‘〝";
    let first = match content.first() {
        Some(Inline::Image(_)) if content.len() == 1 => return "noindent",
        Some(Inline::Math { display: true, .. }) => return "noindent",
        Some(inline) => walk::plain_text(std::slice::from_ref(inline)).chars().next(),
        None => None,
    };
    match first {
        Some('\u{3000}') => "noindent",
        Some(ch) if OPENING.contains(ch) => "opening",
        _ => "",
    }
}

/// The class of a container, and its structural semantics with the role that goes with
/// them.
#[rustfmt::skip]
fn container_mark(
    container: &Container,
) -> (&'static str, Option<(Option<&'static str>, &'static str)>) {
    match container {
        Container::Note => ("box note", Some((None, "note"))),
        Container::Tip => ("box tip", Some((Some("tip"), "doc-tip"))),
        Container::Important => ("box important", Some((Some("notice"), "doc-notice"))),
        Container::Warning => ("box warning", Some((Some("notice"), "doc-notice"))),
        Container::Caution => ("box caution", Some((Some("notice"), "doc-notice"))),
        Container::Column => ("box column", Some((None, "note"))),
        Container::Epigraph => ("epigraph", Some((Some("epigraph"), "doc-epigraph"))),
        Container::Verse => ("verse", None),
        Container::Right => ("align-end", None),
        Container::Center => ("align-center", None),
        Container::Indent => ("indent", None),
        Container::Columns => ("columns", None),
        Container::Figures => ("figures", None),
        Container::Other(_) => ("container", None),
    }
}
