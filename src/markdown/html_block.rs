//! Blocks of HTML into blocks of the model.
//!
//! CommonMark cuts HTML at blank lines, and Markdown may stand between an opening tag and
//! its closing one. So all the blocks beside each other are laid out as items (blocks,
//! tags, text) and put together again here.

use std::borrow::Cow;
use std::ops::Range;

use super::html::{self, Tag, Token};
use super::pieces::{Live, Piece};
use super::{Reader, container, join, tags};
use crate::diag::Code;
use crate::model::{
    Attributes, Block, BlockKind, Cell, Container, DefinitionItem, Inline, ListItem,
    Table, walk,
};

/// One of the things that blocks are put together from.
pub(super) enum Item<'s> {
    /// A block of Markdown.
    Block(Block),
    /// A tag.
    Tag(Tag, Range<usize>),
    /// Text between tags.
    Text(Cow<'s, str>, Range<usize>),
    /// Something else of HTML, as it is written.
    Other(String, Range<usize>),
    /// The end of one block of HTML.
    End,
}

/// Lays out HTML that stands at a place of the source; byte for byte if the lengths agree.
pub(super) fn items<'s>(html: Cow<'s, str>, at: Range<usize>, items: &mut Vec<Item<'s>>) {
    let is_exact = html.len() == at.len();
    let place = |range: Range<usize>| match is_exact {
        true => at.start + range.start..at.start + range.end,
        false => at.clone(),
    };
    for (token, range) in html::tokens(&html) {
        let written = &html[range.clone()];
        let at = place(range.clone());
        match token {
            Token::Tag(tag) => items.push(Item::Tag(tag, at)),
            Token::Text => {
                let text = match &html {
                    Cow::Borrowed(html) => Cow::Borrowed(&html[range]),
                    Cow::Owned(_) => Cow::Owned(written.to_owned()),
                };
                items.push(Item::Text(text, at));
            }
            Token::Comment => {}
            Token::Other => items.push(Item::Other(written.to_owned(), at)),
        }
    }
    items.push(Item::End);
}

/// What an element means among blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Its blocks, set apart only if its attributes say so.
    Wrapper,
    Center,
    Paragraph,
    Heading(u8),
    Quote,
    List {
        ordered: bool,
    },
    Item,
    Definitions,
    Term,
    Detail,
    Figure,
    /// `figcaption`, `caption`, `summary`.
    Caption,
    Details,
    Code,
    Table,
    /// `thead`, `tbody`, `tfoot`, `colgroup`.
    Rows,
    Row,
    Cell,
    /// Content that is not text.
    Opaque,
    /// Set as the blocks it holds, where the HTML itself cannot be set.
    Unknown,
}

const ROLES: &[(&str, Role)] = &[
    ("div", Role::Wrapper),
    ("section", Role::Wrapper),
    ("article", Role::Wrapper),
    ("main", Role::Wrapper),
    ("header", Role::Wrapper),
    ("footer", Role::Wrapper),
    ("aside", Role::Wrapper),
    ("nav", Role::Wrapper),
    ("address", Role::Wrapper),
    ("picture", Role::Wrapper),
    ("body", Role::Wrapper),
    ("html", Role::Wrapper),
    ("center", Role::Center),
    ("p", Role::Paragraph),
    ("h1", Role::Heading(1)),
    ("h2", Role::Heading(2)),
    ("h3", Role::Heading(3)),
    ("h4", Role::Heading(4)),
    ("h5", Role::Heading(5)),
    ("h6", Role::Heading(6)),
    ("blockquote", Role::Quote),
    ("ul", Role::List { ordered: false }),
    ("menu", Role::List { ordered: false }),
    ("ol", Role::List { ordered: true }),
    ("li", Role::Item),
    ("dl", Role::Definitions),
    ("dt", Role::Term),
    ("dd", Role::Detail),
    ("figure", Role::Figure),
    ("figcaption", Role::Caption),
    ("caption", Role::Caption),
    ("summary", Role::Caption),
    ("details", Role::Details),
    ("pre", Role::Code),
    ("table", Role::Table),
    ("thead", Role::Rows),
    ("tbody", Role::Rows),
    ("tfoot", Role::Rows),
    ("colgroup", Role::Rows),
    ("tr", Role::Row),
    ("th", Role::Cell),
    ("td", Role::Cell),
    ("script", Role::Opaque),
    ("style", Role::Opaque),
    ("title", Role::Opaque),
];

fn role_of(name: &str) -> Option<Role> {
    ROLES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
}

/// Puts blocks together from items.
pub(super) fn assemble<'s>(reader: &mut Reader<'s>, items: Vec<Item<'s>>) -> Vec<Block> {
    let is_plain = |item: &Item<'_>| matches!(item, Item::Block(_));
    if items.iter().all(is_plain) {
        let block = |item| match item {
            Item::Block(block) => Some(block),
            _ => None,
        };
        return items.into_iter().filter_map(block).collect();
    }
    let mut assembler = Assembler { reader, frames: vec![Frame::root()] };
    for item in items {
        assembler.item(item);
    }
    assembler.finish()
}

/// An element that is open, with what it holds so far.
struct Frame<'s> {
    name: String,
    role: Role,
    attributes: Attributes,
    at: Range<usize>,
    blocks: Vec<Block>,
    /// The line that is being read.
    pieces: Vec<Piece<'s>>,
    /// The text of code.
    raw: String,
    caption: Vec<Inline>,
    items: Vec<ListItem>,
    definitions: Vec<DefinitionItem>,
    rows: Vec<(bool, Vec<Cell>)>,
    cells: Vec<Cell>,
    has_head: bool,
    has_markdown: bool,
}

impl Frame<'_> {
    fn new(name: String, role: Role, attributes: Attributes, at: Range<usize>) -> Self {
        Self {
            name,
            role,
            attributes,
            at,
            blocks: Vec::new(),
            pieces: Vec::new(),
            raw: String::new(),
            caption: Vec::new(),
            items: Vec::new(),
            definitions: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
            has_head: false,
            has_markdown: false,
        }
    }

    fn root() -> Self {
        Self::new(String::new(), Role::Wrapper, Attributes::default(), 0..0)
    }
}

struct Assembler<'r, 's> {
    reader: &'r mut Reader<'s>,
    /// The root and the open elements; never empty.
    frames: Vec<Frame<'s>>,
}

impl<'s> Assembler<'_, 's> {
    fn top(&mut self) -> &mut Frame<'s> {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn item(&mut self, item: Item<'s>) {
        match item {
            Item::Block(block) => {
                self.end_line();
                self.frames.iter_mut().for_each(|frame| frame.has_markdown = true);
                self.top().blocks.push(block);
            }
            Item::Tag(tag, at) => self.tag(tag, at),
            Item::Text(text, at) => self.text(text, at),
            Item::Other(source, at) => {
                self.end_line();
                let words = "this HTML is kept for EPUB only";
                self.reader.warn(Code::UnsupportedHtml, &at, words, "");
                self.push_html(source, Vec::new(), at);
            }
            Item::End => {
                let inner = self.frames.last().map(|frame| frame.role);
                if !matches!(inner, Some(Role::Code)) {
                    self.end_line();
                }
            }
        }
    }

    fn push(&mut self, kind: BlockKind, attributes: Attributes, at: &Range<usize>) {
        let span = self.reader.span(at);
        self.top().blocks.push(Block { kind, attributes, anchor: None, span });
    }

    fn push_html(&mut self, source: String, fallback: Vec<Block>, at: Range<usize>) {
        self.push(BlockKind::Html { source, fallback }, Attributes::default(), &at);
    }

    /// Takes text in: live words, entities, ends of lines.
    fn text(&mut self, text: Cow<'s, str>, at: Range<usize>) {
        if matches!(self.top().role, Role::Code | Role::Opaque) {
            let text = html::unescape(&text).into_owned();
            return self.top().raw.push_str(&text);
        }
        let whole = Live { text, at };
        let mut from = 0;
        let length = whole.text.len();
        while from < length {
            let rest = &whole.text[from..];
            let end = from + rest.find(['\n', '&']).unwrap_or(rest.len());
            self.words(&whole, from..end);
            if end == length {
                break;
            }
            let rest = &whole.text[end..];
            if rest.starts_with('\n') {
                let place = whole.place(end..end + 1);
                self.top().pieces.push(Piece::Break(place));
                from = end + 1;
                continue;
            }
            let semicolon = rest.bytes().take(34).position(|byte| byte == b';');
            let until = semicolon.map_or(end + 1, |at| end + at + 1);
            let until = whole.text.ceil_char_boundary(until);
            let word = html::unescape(&whole.text[end..until]).into_owned();
            let place = whole.place(end..until);
            self.top().pieces.push(Piece::Word(word, place));
            from = until;
        }
    }

    fn words(&mut self, whole: &Live<'s>, range: Range<usize>) {
        let text = &whole.text[range.clone()];
        let starts_line =
            matches!(self.top().pieces.last(), None | Some(Piece::Break(_)));
        let blank = |c: char| c == ' ' || c == '\t' || c == '\r';
        let kept = if starts_line { text.trim_start_matches(blank) } else { text };
        let start = range.end - kept.len();
        let ends_line = whole.text[range.end..].starts_with('\n');
        let kept = if ends_line { kept.trim_end_matches(blank) } else { kept };
        if kept.is_empty() {
            return;
        }
        let at = whole.place(start..start + kept.len());
        let text = match &whole.text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[start..start + kept.len()]),
            Cow::Owned(_) => Cow::Owned(kept.to_owned()),
        };
        self.top().pieces.push(Piece::Live(Live { text, at }));
    }

    fn tag(&mut self, tag: Tag, at: Range<usize>) {
        if self.top().role == Role::Code && tag.name != "pre" {
            let language =
                |class: &String| class.strip_prefix("language-").map(str::to_owned);
            let named = tag.attributes.classes.iter().find_map(language);
            let frame = self.top();
            frame.caption.extend(named.map(|text| {
                let span = Default::default();
                Inline::Text { text, span }
            }));
            return;
        }
        if tag.name == "hr" {
            self.end_line();
            return self.push(BlockKind::ThematicBreak, tag.attributes, &at);
        }
        let role = match role_of(&tag.name) {
            Some(role) => role,
            None if tags::role_of(&tag.name).is_some() || !tag.is_html() => {
                return self.top().pieces.push(Piece::Tag(tag, at));
            }
            None => Role::Unknown,
        };
        if tag.closes {
            return self.close(&tag.name, at);
        }
        self.end_line();
        self.imply_ends(role);
        if tag.is_void() {
            if role == Role::Unknown {
                let words = format!("`<{}>` is kept for EPUB only", tag.name);
                self.reader.warn(Code::UnsupportedHtml, &at, &words, "");
                self.push_html(tag.source, Vec::new(), at);
            }
            return;
        }
        self.frames.push(Frame::new(tag.name, role, tag.attributes, at));
    }

    /// Ends the elements that HTML lets end without a tag.
    fn imply_ends(&mut self, next: Role) {
        while self.frames.len() > 1 {
            let ends = match (self.top().role, next) {
                (
                    Role::Paragraph,
                    Role::Item | Role::Cell | Role::Row | Role::Term | Role::Detail,
                ) => true,
                (Role::Paragraph, next) => !matches!(next, Role::Opaque | Role::Unknown),
                (Role::Item, Role::Item) => true,
                (Role::Term | Role::Detail, Role::Term | Role::Detail) => true,
                (Role::Cell, Role::Cell | Role::Row | Role::Rows) => true,
                (Role::Row, Role::Row | Role::Rows) => true,
                (Role::Rows, Role::Rows) => true,
                _ => false,
            };
            if !ends {
                return;
            }
            let end = self.top().at.end;
            self.close_top(end..end);
        }
    }

    fn close(&mut self, name: &str, at: Range<usize>) {
        self.end_line();
        let Some(index) =
            self.frames.iter().skip(1).rposition(|frame| frame.name == name)
        else {
            let words = format!("`</{name}>` closes nothing");
            return self.reader.warn(Code::UnsupportedHtml, &at, &words, "");
        };
        while self.frames.len() > index + 2 {
            self.tell_unclosed();
            self.close_top(at.clone());
        }
        self.close_top(at);
    }

    fn tell_unclosed(&mut self) {
        let Frame { name, role, at, .. } = self.top();
        let may_be_open = matches!(
            role,
            Role::Paragraph
                | Role::Item
                | Role::Term
                | Role::Detail
                | Role::Rows
                | Role::Row
                | Role::Cell
        );
        if !may_be_open {
            let words = format!("`<{name}>` is not closed");
            let at = at.clone();
            self.reader.warn(Code::UnsupportedHtml, &at, &words, "");
        }
    }

    /// Ends a line: its pieces become a paragraph or a figure.
    fn end_line(&mut self) {
        let Frame { pieces, .. } = self.top();
        let pieces = std::mem::take(pieces);
        let Some(first) = pieces.first().map(|piece| piece.at().clone()) else { return };
        let last = pieces.last().map_or(first.clone(), |piece| piece.at().clone());
        let at = tags::cover(&first, &last);
        let mut content = self.reader.weave(pieces);
        trim(&mut content);
        join::lines(&mut content);
        if content.is_empty() {
            return;
        }
        if let [Inline::Image(_)] = content.as_slice()
            && self.top().role != Role::Caption
            && let Some(Inline::Image(mut image)) = content.pop()
        {
            self.reader.watch_alt(&mut image, &at);
            let attributes = Attributes {
                id: image.attributes.id.take(),
                ..Attributes::default()
            };
            let caption = match self.top().role {
                Role::Figure => Vec::new(),
                _ => {
                    let words = image.title.clone().unwrap_or_else(|| image.alt.clone());
                    self.reader.inlines_of(&words, at.clone())
                }
            };
            return self.push(
                BlockKind::Figure { image, caption, number: None },
                attributes,
                &at,
            );
        }
        self.push(BlockKind::Paragraph(content), Attributes::default(), &at);
    }

    /// Closes the innermost element: what it holds goes to the one around it.
    fn close_top(&mut self, end: Range<usize>) {
        self.end_line();
        let Some(mut frame) =
            (self.frames.len() > 1).then(|| self.frames.pop()).flatten()
        else {
            return;
        };
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
                self.push(BlockKind::Heading { level, content }, attributes, &at);
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
                let (caption, number) = (Vec::new(), None);
                let kind = BlockKind::Code { language, text, caption, number };
                self.push(kind, attributes, &at);
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
            Role::Opaque => {
                let words = format!("`<{}>` is not set", frame.name);
                self.reader.warn(Code::UnsupportedHtml, &at, &words, "");
                let source = self.written(&at, &frame.raw);
                self.push_html(source, Vec::new(), at);
            }
            Role::Unknown => {
                let words = format!("`<{}>` is kept for EPUB only", frame.name);
                let hint = "its words are set without it in PDF";
                self.reader.warn(Code::UnsupportedHtml, &at, &words, hint);
                if frame.has_markdown {
                    return self.top().blocks.extend(frame.blocks);
                }
                let source = self.written(&at, "");
                self.push_html(source, frame.blocks, at);
            }
        }
    }

    fn written(&self, at: &Range<usize>, other: &str) -> String {
        self.reader.source.text.get(at.clone()).unwrap_or(other).to_owned()
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
            (None, None) if given.id.is_none() && given.classes.is_empty() => {
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
        let start = super::notation::take(&mut given, "start");
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
                BlockKind::Figure { caption, .. } | BlockKind::Code { caption, .. } => {
                    Some(caption)
                }
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
        let content = flatten(frame.blocks);
        let is_head = frame.name == "th";
        let columns = given.get("colspan").and_then(|count| count.parse().ok());
        let rows = given.get("rowspan").filter(|count| *count != "1");
        if columns.is_some_and(|count: usize| count > 1) || rows.is_some() {
            let words = "a cell over several columns or rows is set in the first one";
            self.reader.warn(Code::UnsupportedHtml, at, words, "");
        }
        let outer = self.top();
        outer.has_head = is_head && (outer.has_head || outer.cells.is_empty());
        outer.cells.push(Cell { content, span });
        for _ in 1..columns.unwrap_or(1).min(64) {
            outer.cells.push(Cell { content: Vec::new(), span });
        }
    }

    fn close_table(&mut self, frame: Frame<'s>, given: Attributes, at: &Range<usize>) {
        let mut table = Table { caption: frame.caption, ..Table::default() };
        let width = frame.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        table.columns = vec![Default::default(); width];
        for (is_head, mut cells) in frame.rows {
            cells.resize_with(width, Cell::default);
            match is_head && table.body.is_empty() {
                true => table.head.push(cells),
                false => table.body.push(cells),
            }
        }
        self.top().blocks.extend(frame.blocks);
        if width > 0 {
            self.push(BlockKind::Table(table), given, at);
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.end_line();
        while self.frames.len() > 1 {
            self.tell_unclosed();
            let end = self.top().at.end;
            self.close_top(end..end);
        }
        let mut root = self.frames.remove(0);
        let mut blocks = root.blocks;
        let mut at = |kind| {
            let span = Default::default();
            blocks.push(Block { kind, span, ..Block::default() });
        };
        if !root.items.is_empty() {
            let items = std::mem::take(&mut root.items);
            at(BlockKind::List { start: None, tight: true, items });
        }
        if !root.definitions.is_empty() {
            at(BlockKind::Definitions(std::mem::take(&mut root.definitions)));
        }
        if !root.caption.is_empty() {
            at(BlockKind::Paragraph(std::mem::take(&mut root.caption)));
        }
        for (_, cells) in root.rows.into_iter().chain([(false, root.cells)]) {
            cells
                .into_iter()
                .for_each(|cell| at(BlockKind::Paragraph(cell.content)));
        }
        blocks
    }
}

/// Takes line ends and blank text off both ends of a line.
fn trim(content: &mut Vec<Inline>) {
    let is_blank = |inline: &Inline| matches!(inline, Inline::Text { text, .. } if text.trim_matches([' ', '\t', '\r', '\n']).is_empty());
    while content.last().is_some_and(is_blank) {
        content.pop();
    }
    let lead = content.iter().take_while(|inline| is_blank(inline)).count();
    content.drain(..lead);
}

/// The words of blocks in one line, with line breaks between the blocks.
fn flatten(blocks: Vec<Block>) -> Vec<Inline> {
    let mut words: Vec<Inline> = Vec::new();
    for block in blocks {
        let mut part = Vec::new();
        match block.kind {
            BlockKind::Paragraph(content) => part = content,
            BlockKind::Figure { image, .. } => part.push(Inline::Image(image)),
            BlockKind::Code { text, .. } => {
                part.push(Inline::Code { text, span: block.span });
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
