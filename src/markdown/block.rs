//! Blocks of comrak into blocks of the model.

use std::ops::Range;

use comrak::nodes::{
    AlertType, ListType, Node, NodeAlert, NodeBlockDirective, NodeCodeBlock,
    NodeFootnoteDefinition, NodeValue, TableAlignment,
};

use super::html_block::{self, Item};
use super::pieces::lines_left_out;
use super::{
    Reader, attributes, attribution, captions, code, container, depth, foreign, join,
    view,
};
use crate::css::Place;
use crate::diag::{Code, Diagnostic};
use crate::model::{
    Alignment, Attributes, Block, BlockKind, Cell, Container, DefinitionItem, Inline,
    ListItem, Listing, Note, Table,
};
use crate::yaml;

impl<'s> Reader<'s> {
    /// The blocks that a node holds.
    pub(super) fn blocks<'a>(&mut self, parent: Node<'a>) -> Vec<Block> {
        let mut items = Vec::new();
        self.depth += 1;
        for node in parent.children() {
            self.items(node, &mut items);
        }
        self.depth -= 1;
        let mut blocks = html_block::assemble(self, items);
        captions::attach(self, &mut blocks);
        blocks
    }

    /// Tells about lines that Markdown takes for the address of a link, and so leaves out,
    /// where they look like prose: `[注]: 本文`.
    pub(super) fn tell_left_out<'a>(&mut self, root: Node<'a>, start: usize) {
        let source: &'s str = &self.source.text;
        let mut passed = start;
        let end = Some(source.len()..source.len());
        let place = |node: Node<'a>| {
            let place = self.place(node, self.view);
            let lines = self
                .source
                .text
                .get(place.clone())
                .unwrap_or("")
                .split_inclusive('\n');
            let left_out: usize = lines.take(lines_left_out(node)).map(str::len).sum();
            place.start + left_out..place.end
        };
        let places: Vec<_> = root.children().map(place).collect();
        for place in places.into_iter().chain(end) {
            let gap = source.get(passed..place.start).unwrap_or("");
            let mut at = passed;
            for line in gap.split_inclusive('\n') {
                if is_prose_definition(line) {
                    let place = at..at + line.trim_end().len();
                    let words = "this line is the address of a link and is not set";
                    let hint = "write `\\[` to set it as text";
                    self.warn(Code::BadNotation, &place, words, hint);
                }
                at += line.len();
            }
            passed = passed.max(place.end);
        }
    }

    fn items<'a>(&mut self, node: Node<'a>, items: &mut Vec<Item<'s>>) {
        let at = self.place(node, self.view);
        if self.depth > depth::DEEPEST && !is_leaf(node) {
            self.tell_depth(&at);
            let leaves = node.descendants().filter(|node| is_leaf(node));
            return leaves.for_each(|leaf| self.items(leaf, items));
        }
        let mut attributes = Attributes::default();
        let kind = match &node.data().value {
            NodeValue::Paragraph => self.paragraph(node, &at, &mut attributes),
            NodeValue::Heading(heading) => {
                let content = self.heading(node, &at, &mut attributes);
                BlockKind::Heading { level: heading.level, number: None, content }
            }
            NodeValue::List(list) => BlockKind::List {
                start: (list.list_type == ListType::Ordered).then_some(list.start as u64),
                tight: list.tight,
                items: node.children().map(|item| self.list_item(item)).collect(),
            },
            NodeValue::DescriptionList => {
                let items = node.children().map(|item| self.definition(item)).collect();
                BlockKind::Definitions(items)
            }
            NodeValue::BlockQuote | NodeValue::MultilineBlockQuote(_) => {
                BlockKind::Quote(attribution::mark(self.blocks(node)))
            }
            NodeValue::Alert(alert) => self.alert(node, alert, &at),
            NodeValue::CodeBlock(block) => self.code(block, &at, &mut attributes),
            NodeValue::HtmlBlock(html) => {
                return html_block::items(&html.literal, at, &self.source.text, items);
            }
            NodeValue::ThematicBreak => BlockKind::ThematicBreak,
            NodeValue::Table(table) => {
                let columns = table.alignments.iter().map(alignment).collect();
                BlockKind::Table(self.table(node, columns))
            }
            NodeValue::BlockDirective(directive) => {
                return self.directive(node, directive, at, items);
            }
            NodeValue::FootnoteDefinition(note) => return self.note(node, note, &at),
            _ => {
                for child in node.children() {
                    self.items(child, items);
                }
                return;
            }
        };
        self.watch_attributes(&attributes, &at, Place::Block);
        let span = self.span(&at);
        items.push(Item::Block(Block { kind, attributes, anchor: None, span }));
    }

    fn paragraph<'a>(
        &mut self,
        node: Node<'a>,
        at: &Range<usize>,
        attributes: &mut Attributes,
    ) -> BlockKind {
        let text = self.source.text.get(at.clone()).unwrap_or("").trim();
        if text.len() >= 3 && text.bytes().all(|byte| byte == b'=') {
            return BlockKind::PageBreak;
        }
        let mut content = self.inlines(node);
        if self.in_verse {
            join::verse(&mut content);
        } else {
            join::lines(&mut content);
        }
        match content.as_mut_slice() {
            [Inline::Image(_)] => self.figure(node, content, attributes),
            [Inline::Math { tex, display: true, .. }] => {
                BlockKind::Math { tex: std::mem::take(tex), number: None }
            }
            [Inline::Math { tex, display: true, .. }, Inline::Text { text, .. }] => {
                match attributes::parse(text.trim()) {
                    Some((given, length)) if length == text.trim().len() => {
                        *attributes = given;
                        BlockKind::Math { tex: std::mem::take(tex), number: None }
                    }
                    _ => BlockKind::Paragraph(content),
                }
            }
            _ => BlockKind::Paragraph(content),
        }
    }

    /// An image alone in a paragraph: a figure. Its title or else its alternative text,
    /// notation and all, is the caption.
    fn figure<'a>(
        &mut self,
        node: Node<'a>,
        mut content: Vec<Inline>,
        attributes: &mut Attributes,
    ) -> BlockKind {
        let Some(Inline::Image(mut image)) = content.pop() else {
            return BlockKind::Paragraph(content);
        };
        let place = image.span.range();
        let of_image = node
            .children()
            .find(|child| matches!(child.data().value, NodeValue::Image(_)));
        let caption = match (&image.title, of_image) {
            (Some(title), _) => {
                let title = title.clone();
                self.inlines_of(&title, place.clone())
            }
            (None, Some(node)) => {
                let mut caption = self.inlines(node);
                join::lines(&mut caption);
                caption
            }
            (None, None) => {
                let alt = image.alt.clone();
                self.inlines_of(&alt, place.clone())
            }
        };
        attributes.id = image.attributes.id.take();
        attributes.classes = std::mem::take(&mut image.attributes.classes);
        BlockKind::Figure { image, caption, number: None }
    }

    fn heading<'a>(
        &mut self,
        node: Node<'a>,
        at: &Range<usize>,
        attributes: &mut Attributes,
    ) -> Vec<Inline> {
        let source: &'s str = &self.source.text;
        let text = source.get(at.clone()).unwrap_or("");
        let line = text.lines().next().unwrap_or("").trim_end().trim_end_matches('#');
        let mut content = self.inlines(node);
        if let Some((given, from)) = attributes::trailing(line) {
            *attributes = given;
            cut(&mut content, at.start + from);
        }
        join::lines(&mut content);
        content
    }

    fn list_item<'a>(&mut self, node: Node<'a>) -> ListItem {
        let checked = match &node.data().value {
            NodeValue::TaskItem(task) => Some(task.symbol.is_some()),
            _ => None,
        };
        let at = self.place(node, self.view);
        let blocks = self.blocks(node);
        ListItem { checked, blocks, span: self.span(&at) }
    }

    fn definition<'a>(&mut self, node: Node<'a>) -> DefinitionItem {
        let mut item = DefinitionItem::default();
        for part in node.children() {
            match &part.data().value {
                NodeValue::DescriptionTerm => {
                    for paragraph in part.children() {
                        item.term.extend(self.inlines(paragraph));
                    }
                }
                _ => item.details.push(self.blocks(part)),
            }
        }
        join::lines(&mut item.term);
        item
    }

    fn alert<'a>(
        &mut self,
        node: Node<'a>,
        alert: &NodeAlert,
        at: &Range<usize>,
    ) -> BlockKind {
        let container = match alert.alert_type {
            AlertType::Note => Container::Note,
            AlertType::Tip => Container::Tip,
            AlertType::Important => Container::Important,
            AlertType::Warning => Container::Warning,
            AlertType::Caution => Container::Caution,
        };
        let title = alert.title.as_deref().unwrap_or("").trim();
        let title = self.inlines_of(title, self.first_line(at));
        BlockKind::Container { container, title, blocks: self.blocks(node) }
    }

    /// The first line of a range.
    fn first_line(&self, at: &Range<usize>) -> Range<usize> {
        let text = self.source.text.get(at.start..).unwrap_or("");
        at.start..at.start + text.find('\n').unwrap_or(text.len())
    }

    fn code(
        &mut self,
        block: &NodeCodeBlock,
        at: &Range<usize>,
        attributes: &mut Attributes,
    ) -> BlockKind {
        let text = view::unshield(&block.literal, false);
        let info = code::info(&view::unshield(&block.info, false));
        self.tell_includes(at);
        if info.language.as_deref() == Some("math") {
            *attributes = info.attributes;
            return BlockKind::Math { tex: text.trim().to_owned(), number: None };
        }
        let caption = info.caption.as_deref().unwrap_or("");
        let caption = self.inlines_of(caption, self.first_line(at));
        *attributes = info.attributes;
        let lines = self.lines_of_code(attributes, at);
        BlockKind::Code(Listing {
            language: info.language,
            text,
            caption,
            first_line: lines.first,
            marked: lines.marked,
            ..Listing::default()
        })
    }

    /// Which lines of a listing are numbered and which stand out; takes that from its
    /// attributes.
    fn lines_of_code(
        &mut self,
        attributes: &mut Attributes,
        at: &Range<usize>,
    ) -> code::Lines {
        let (lines, wrong) = code::lines(attributes);
        for value in wrong {
            let words = format!("`{value}` is no number of a line");
            let hint = "write numbers and ranges: `lines=\"2,4-6\"`";
            self.warn(Code::BadNotation, &self.first_line(at), &words, hint);
        }
        lines
    }

    fn tell_includes(&mut self, at: &Range<usize>) {
        let text = self.source.text.get(at.clone()).unwrap_or("");
        for include in foreign::includes(text) {
            let place = at.start + include.start..at.start + include.end;
            let words = "an include of mdBook is set as it is written";
            let hint = "copy the file's text into the fence";
            self.warn(Code::UnknownDirective, &place, words, hint);
        }
    }

    fn table<'a>(&mut self, node: Node<'a>, columns: Vec<Alignment>) -> Table {
        let mut table = Table { columns, ..Table::default() };
        self.in_table = true;
        for row in node.children() {
            let mut cells = Vec::new();
            for cell in row.children() {
                let at = self.place(cell, self.view);
                let mut content = self.inlines(cell);
                join::lines(&mut content);
                cells.push(Cell::of(content, self.span(&at)));
            }
            match row.data().value {
                NodeValue::TableRow(true) => table.head.push(cells),
                _ => table.body.push(cells),
            }
        }
        self.in_table = false;
        table
    }

    fn note<'a>(
        &mut self,
        node: Node<'a>,
        note: &NodeFootnoteDefinition,
        at: &Range<usize>,
    ) {
        let label = note.name.clone();
        let blocks = self.blocks(node);
        let span = self.span(at);
        if let Some(first) = self.notes.iter().find(|first| first.label == label) {
            let words = format!("the footnote `{label}` is written twice");
            let finding = Diagnostic::new(Code::DuplicateId, span, words)
                .related(first.span, "the first one")
                .hint("give one of them another label");
            self.sink.push(finding);
        }
        self.notes.push(Note { label, number: 0, blocks, anchor: None, span });
    }

    fn directive<'a>(
        &mut self,
        node: Node<'a>,
        directive: &NodeBlockDirective,
        at: Range<usize>,
        items: &mut Vec<Item<'s>>,
    ) {
        let is_foreign = self.view.is_foreign(at.start);
        let first = self.first_line(&at);
        let line = self.source.text.get(first.clone()).unwrap_or("");
        let line = match is_foreign {
            true => directive.info.clone(),
            false => line.trim_start_matches(':').to_owned(),
        };
        if line.trim().is_empty() {
            let hint = "the fence of an outer container is longer than those inside";
            self.warn(Code::BadNotation, &first, "`:::` closes nothing", hint);
            for child in node.children() {
                self.items(child, items);
            }
            return;
        }
        if !is_foreign && !self.is_closed(&at, directive.fence_length) {
            let hint = "end it with `:::`; the fence of an outer container is longer";
            self.warn(
                Code::UnclosedContainer,
                &first,
                "the container is not closed",
                hint,
            );
        }
        let info = container::info(&line);
        let list = container::list(info.name);
        let title = self.inlines_of(info.title, first.clone());
        if list.is_some() && !(title.is_empty() && node.first_child().is_none()) {
            let words = format!("`{}` holds no words; they stand around it", info.name);
            let hint = "write `:::` in the line below it";
            self.warn(Code::BadNotation, &first, &words, hint);
            let kind = BlockKind::Paragraph(title.clone());
            let span = self.span(&first);
            let paragraph = Block { kind, span, ..Block::default() };
            items.extend((!title.is_empty()).then_some(Item::Block(paragraph)));
        }
        let words_follow = list.is_some();
        let kind = list.unwrap_or_else(|| {
            let container = self.container(info.name, &first, is_foreign);
            let around = self.in_verse;
            self.in_verse |= container == Container::Verse;
            let mut blocks = self.blocks(node);
            self.in_verse = around;
            if matches!(container, Container::Epigraph | Container::Verse) {
                blocks = attribution::mark(blocks);
            }
            BlockKind::Container { container, title, blocks }
        });
        let span = self.span(&at);
        let attributes = info.attributes;
        for key in ["indent", "end-indent"] {
            let wrong =
                attributes.get(key).filter(|_| attributes.characters(key).is_none());
            if let Some(value) = wrong {
                let words =
                    format!("`{value}` is not a number of characters from 1 to 99");
                let hint = format!("write `{{{key}=2}}` for two characters");
                self.warn(Code::BadNotation, &first, &words, &hint);
            }
        }
        self.watch_attributes(&attributes, &first, Place::Block);
        items.push(Item::Block(Block { kind, attributes, anchor: None, span }));
        if words_follow {
            node.children().for_each(|child| self.items(child, items));
        }
    }

    fn container(&mut self, name: &str, at: &Range<usize>, is_told: bool) -> Container {
        if let Some(container) = container::find(name) {
            return container;
        }
        if !is_told {
            let words = format!("unknown container `{name}`");
            let hint = yaml::hint_for(name, container::TOLD);
            self.warn(Code::UnknownDirective, at, &words, &hint);
        }
        Container::Other(name.to_owned())
    }

    /// Whether the last line of a container is a fence that closes it.
    fn is_closed(&self, at: &Range<usize>, fence: usize) -> bool {
        let text = self.source.text.get(at.clone()).unwrap_or("").trim_end();
        let Some((_, last)) = text.rsplit_once('\n') else { return false };
        let last = last.trim_start_matches([' ', '\t', '>']);
        last.len() >= fence && last.bytes().all(|byte| byte == b':')
    }
}

/// Whether a line has the form of a link's definition and the look of prose: its address
/// is Japanese and has no sign of a path.
fn is_prose_definition(line: &str) -> bool {
    let line = line.trim();
    let definition = line.strip_prefix('[').filter(|rest| !rest.starts_with('^'));
    let Some((_, address)) = definition.and_then(|rest| rest.split_once("]:")) else {
        return false;
    };
    !address.contains(['/', '.', '#', '<']) && address.contains(|c: char| c >= '\u{3000}')
}

/// Cuts inlines off at a byte of the source, and the space before it.
pub(super) fn cut(content: &mut Vec<Inline>, from: usize) {
    while let Some(Inline::Text { text, span }) = content.last_mut() {
        let (start, end) = (span.start as usize, span.end as usize);
        if start < from && text.len() != end - start {
            return;
        }
        if start < from {
            let left = text.floor_char_boundary(end.min(from) - start);
            let kept = text[..left].trim_end_matches([' ', '\t']).len();
            text.truncate(kept);
            span.end = (start + kept) as u32;
            if kept > 0 {
                return;
            }
        }
        content.pop();
    }
}

/// Whether a node is a block that holds no others.
fn is_leaf(node: Node<'_>) -> bool {
    matches!(
        node.data().value,
        NodeValue::Paragraph
            | NodeValue::Heading(_)
            | NodeValue::CodeBlock(_)
            | NodeValue::HtmlBlock(_)
            | NodeValue::ThematicBreak
            | NodeValue::Table(_)
    )
}

fn alignment(alignment: &TableAlignment) -> Alignment {
    match alignment {
        TableAlignment::None => Alignment::None,
        TableAlignment::Left => Alignment::Start,
        TableAlignment::Center => Alignment::Center,
        TableAlignment::Right => Alignment::End,
    }
}
