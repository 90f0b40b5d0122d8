//! What elements of HTML become when they are closed.

use std::ops::Range;

use super::{Assembler, Frame, Role};
use crate::css;
use crate::diag::Code;
use crate::markdown::{container, notation, tags};
use crate::model::{
    Attributes, Block, BlockKind, Cell, Container, DefinitionItem, Inline, ListItem,
    Listing, Table, cell_columns, walk,
};
use crate::source::Span;

impl<'s> Assembler<'_, 's> {
    /// Closes the innermost element: what it holds goes to the one around it.
    pub(super) fn close_top(&mut self, end: Range<usize>) {
        self.end_line();
        let Some(mut frame) =
            (self.frames.len() > 1).then(|| self.frames.pop()).flatten()
        else {
            return;
        };
        let is_deep = frame.is_full();
        if is_deep {
            self.reader.tell_depth(&frame.at);
            frame.role = Role::Wrapper;
            frame.attributes = Attributes::default();
        }
        frame.settle();
        let at = tags::cover(&frame.at, &end);
        let attributes = std::mem::take(&mut frame.attributes);
        match frame.role {
            Role::Wrapper => self.close_wrapper(frame, attributes, &at),
            Role::Center => {
                let container = Container::Center;
                let (title, blocks) = (Vec::new(), frame.blocks);
                let kind = BlockKind::Container { container, title, blocks };
                self.push(kind, attributes, &at);
            }
            Role::Paragraph => self.close_paragraph(frame, attributes, &at),
            Role::Heading(level) => {
                let content = flatten(frame.blocks);
                let kind = BlockKind::Heading { level, number: None, content };
                self.push(kind, attributes, &at);
            }
            Role::Quote => self.push(BlockKind::Quote(frame.blocks), attributes, &at),
            Role::List { ordered } => self.close_list(frame, attributes, ordered, &at),
            Role::Item => {
                let span = self.reader.span(&at);
                let item = ListItem { checked: None, blocks: frame.blocks, span };
                self.top().items.push(item);
            }
            Role::Definitions => {
                let kind = BlockKind::Definitions(frame.definitions);
                self.push(kind, attributes, &at);
                self.top().blocks.extend(frame.blocks);
            }
            Role::Term => {
                let term = flatten(frame.blocks);
                self.top()
                    .definitions
                    .push(DefinitionItem { term, details: Vec::new() });
            }
            Role::Detail => {
                let definitions = &mut self.top().definitions;
                if definitions.is_empty() {
                    definitions.push(DefinitionItem::default());
                }
                let last = definitions.len() - 1;
                definitions[last].details.push(frame.blocks);
            }
            Role::Figure => self.close_figure(frame, attributes, &at),
            Role::Caption => {
                let words = flatten(frame.blocks);
                self.top().caption.extend(words);
            }
            Role::Details => {
                let (title, blocks) = (frame.caption, frame.blocks);
                let container = Container::Note;
                let kind = BlockKind::Container { container, title, blocks };
                self.push(kind, attributes, &at);
            }
            Role::Code => {
                let language = Some(walk::plain_text(&frame.caption));
                let language = language.filter(|language| !language.is_empty());
                let text = frame.raw.strip_prefix('\n').unwrap_or(&frame.raw);
                let text = format!("{}\n", text.trim_end_matches('\n'));
                let listing = Listing { language, text, ..Listing::default() };
                self.push(BlockKind::Code(listing), attributes, &at);
                self.top().blocks.extend(frame.blocks);
            }
            Role::Table => self.close_table(frame, attributes, &at),
            Role::Rows => {
                let is_head = frame.name == "thead";
                let rows = frame.rows.into_iter();
                let outer = self.top();
                outer.has_head |= is_head;
                outer.rows.extend(rows.map(|(head, cells)| (head || is_head, cells)));
                outer.blocks.extend(frame.blocks);
            }
            Role::Row => {
                let outer = self.top();
                outer
                    .rows
                    .push((frame.has_head && !frame.cells.is_empty(), frame.cells));
                outer.blocks.extend(frame.blocks);
            }
            Role::Cell => self.close_cell(frame, &attributes, &at),
            Role::Opaque | Role::Unknown if self.is_in_unknown() => {
                self.top().blocks.extend(frame.blocks);
            }
            Role::Opaque if frame.name == "style" => {
                let words = "the CSS of `<style>` is left out";
                let hint = "`style` in `book.yaml` says how a book looks";
                self.reader.warn(Code::UnsupportedCss, &at, words, hint);
            }
            Role::Opaque => self.reader.tell_left_out_element(&frame.name, &at, false),
            Role::Unknown => {
                let words = !frame.blocks.is_empty();
                self.reader.tell_left_out_element(&frame.name, &frame.at, words);
                self.top().blocks.extend(frame.blocks);
            }
        }
    }

    /// Whether an element around is left out, which is told of it alone.
    pub(super) fn is_in_unknown(&self) -> bool {
        self.frames.iter().any(|frame| frame.role == Role::Unknown)
    }

    fn close_wrapper(
        &mut self,
        frame: Frame<'s>,
        mut given: Attributes,
        at: &Range<usize>,
    ) {
        let side = tags::side_of(&mut given);
        let known = given.classes.iter().position(|class| container::is_known(class));
        let container = match (side, known) {
            (Some(side), _) => side,
            (None, Some(index)) => {
                let class = given.classes.remove(index);
                container::find(&class).unwrap_or_default()
            }
            (None, None)
                if given.id.is_none() && given.classes.is_empty() && !has_css(&given) =>
            {
                return self.top().blocks.extend(frame.blocks);
            }
            (None, None) => Container::Other(frame.name),
        };
        let (title, blocks) = (frame.caption, frame.blocks);
        self.push(BlockKind::Container { container, title, blocks }, given, at);
    }

    fn close_paragraph(
        &mut self,
        frame: Frame<'s>,
        mut given: Attributes,
        at: &Range<usize>,
    ) {
        let mut blocks = frame.blocks;
        if let Some(container) = tags::side_of(&mut given) {
            let title = Vec::new();
            let kind = BlockKind::Container { container, title, blocks };
            return self.push(kind, given, at);
        }
        if let [block] = blocks.as_mut_slice()
            && block.attributes.is_empty()
        {
            block.attributes = given;
        }
        self.top().blocks.extend(blocks);
    }

    fn close_list(
        &mut self,
        frame: Frame<'s>,
        mut given: Attributes,
        ordered: bool,
        at: &Range<usize>,
    ) {
        let start = notation::take(&mut given, "start");
        let start = start.and_then(|start| start.parse().ok()).unwrap_or(1);
        let start = ordered.then_some(start);
        let kind = BlockKind::List { start, tight: true, items: frame.items };
        self.push(kind, given, at);
        self.top().blocks.extend(frame.blocks);
    }

    fn close_figure(
        &mut self,
        mut frame: Frame<'s>,
        given: Attributes,
        at: &Range<usize>,
    ) {
        let words = std::mem::take(&mut frame.caption);
        let mut rest = Some(words).filter(|words| !words.is_empty());
        if let [block] = frame.blocks.as_mut_slice() {
            let caption = match &mut block.kind {
                BlockKind::Figure { caption, .. } => Some(caption),
                BlockKind::Code(listing) => Some(&mut listing.caption),
                BlockKind::Table(table) => Some(&mut table.caption),
                _ => None,
            };
            if let Some(caption) = caption
                && let Some(words) = rest.take()
            {
                *caption = words;
            }
            block.attributes.id = given.id.or(block.attributes.id.take());
            block.attributes.classes.extend(given.classes);
        }
        self.top().blocks.extend(frame.blocks);
        if let Some(words) = rest {
            self.push(BlockKind::Paragraph(words), Attributes::default(), at);
        }
    }

    fn close_cell(&mut self, frame: Frame<'s>, given: &Attributes, at: &Range<usize>) {
        let span = self.reader.span(at);
        let count = |key: &str| {
            let count = given.get(key).and_then(|count| count.parse().ok());
            count.unwrap_or(1).clamp(1, MOST_SPANNED)
        };
        let (columns, rows) = (count("colspan"), count("rowspan"));
        let is_head = frame.name == "th";
        let outer = self.top();
        outer.has_head = is_head && (outer.has_head || outer.cells.is_empty());
        let blocks = cell_blocks(frame.blocks);
        let cell = Cell { blocks, columns, rows, heads_row: is_head, span };
        outer.cells.push(cell);
    }

    fn close_table(&mut self, frame: Frame<'s>, given: Attributes, at: &Range<usize>) {
        let mut table = Table { caption: frame.caption, ..Table::default() };
        for (is_head, cells) in frame.rows {
            match is_head && table.body.is_empty() {
                true => table.head.push(cells),
                false => table.body.push(cells),
            }
        }
        for cell in table.head.iter_mut().flatten() {
            cell.heads_row = false;
        }
        let ends = |rows: &[Vec<Cell>]| {
            let starts = cell_columns(rows);
            let cells = rows.iter().flatten().zip(starts.into_iter().flatten());
            cells.map(|(cell, start)| start + cell.columns as usize).max()
        };
        let width = ends(&table.head).max(ends(&table.body)).unwrap_or(0);
        table.columns = vec![Default::default(); width];
        self.top().blocks.extend(frame.blocks);
        if width > 0 {
            self.push(BlockKind::Table(table), given, at);
        } else if !table.caption.is_empty() {
            self.push(BlockKind::Paragraph(table.caption), given, at);
        }
    }
}

/// Whether attributes have CSS that an EPUB can hold.
fn has_css(attributes: &Attributes) -> bool {
    let style = attributes.get("style").unwrap_or("");
    !css::declarations(style, css::Place::Block).kept.is_empty()
}

/// The most columns or rows that a cell can take.
const MOST_SPANNED: u32 = 64;

/// The blocks of a cell: paragraphs become one, with line breaks between them, unless there
/// are others among them. An image alone stands as one in a line.
fn cell_blocks(mut blocks: Vec<Block>) -> Vec<Block> {
    for block in &mut blocks {
        if let BlockKind::Figure { image, .. } = &mut block.kind {
            let image = std::mem::take(image);
            block.kind = BlockKind::Paragraph(vec![Inline::Image(image)]);
        }
    }
    let is_words = |block: &Block| {
        matches!(block.kind, BlockKind::Paragraph(_)) && block.attributes.is_empty()
    };
    if blocks.len() < 2 || !blocks.iter().all(is_words) {
        return blocks;
    }
    let (first, last) = (blocks[0].span, blocks[blocks.len() - 1].span);
    let span = Span { end: last.end, ..first };
    let kind = BlockKind::Paragraph(flatten(blocks));
    vec![Block { kind, span, ..Block::default() }]
}

/// The words of blocks in one line, with line breaks between the blocks.
fn flatten(blocks: Vec<Block>) -> Vec<Inline> {
    let mut words: Vec<Inline> = Vec::new();
    for block in blocks {
        let mut part = Vec::new();
        match block.kind {
            BlockKind::Paragraph(content) => part = content,
            BlockKind::Figure { image, .. } => part.push(Inline::Image(image)),
            BlockKind::Code(listing) => {
                part.push(Inline::Code { text: listing.text, span: block.span });
            }
            _ => {
                let block = [block];
                walk::texts(&block, &mut |content| {
                    if !part.is_empty() {
                        part.push(Inline::LineBreak);
                    }
                    part.extend(content.to_vec());
                });
            }
        }
        if !words.is_empty() && !part.is_empty() {
            words.push(Inline::LineBreak);
        }
        words.extend(part);
    }
    words
}
