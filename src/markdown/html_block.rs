//! Blocks of HTML into blocks of the model.
//!
//! CommonMark cuts HTML at blank lines, and Markdown may stand between an opening tag and
//! its closing one. So all the blocks beside each other are laid out as items (blocks,
//! tags, text) and put together again here.

mod close;

use std::borrow::Cow;
use std::ops::Range;

use super::depth::{self, DEEPEST};
use super::html::{self, Tag, Token};
use super::pieces::{Live, Piece};
use super::{Reader, join, tags, view};
use crate::css::Place;
use crate::diag::Code;
use crate::model::{
    Attributes, Block, BlockKind, Cell, DefinitionItem, Inline, ListItem,
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
    /// The sign that begins such a thing or a comment, and the one that does not come.
    Unclosed(String, &'static str, Range<usize>),
    /// A blank line, or the end of one block of HTML.
    End,
}

/// Lays out HTML that stands at a place of a source, behind the marks of lists and quotes.
pub(super) fn items<'s>(
    html: &str,
    at: Range<usize>,
    source: &'s str,
    items: &mut Vec<Item<'s>>,
) {
    let places = Places::new(html, at, source);
    for (token, range) in html::tokens(html) {
        let written = &html[range.clone()];
        match token {
            Token::Tag(tag) => items.push(Item::Tag(tag, places.of(range))),
            Token::Text => {
                let mut from = range.start;
                for line in written.split_inclusive('\n') {
                    let at = places.of(from..from + line.len());
                    let (text, at) = match source.get(at.clone()) {
                        Some(found) if found == line => (Cow::Borrowed(found), at),
                        _ => {
                            (Cow::Owned(view::unshield(line, false)), at.start..at.start)
                        }
                    };
                    let is_blank = html[..from].ends_with('\n') && line.trim().is_empty();
                    items.push(Item::Text(text, at));
                    items.extend(is_blank.then_some(Item::End));
                    from += line.len();
                }
            }
            Token::Comment => {}
            Token::Other => {
                items.push(Item::Other(written.to_owned(), places.of(range)));
            }
            Token::Unclosed(close) => {
                items.push(Item::Unclosed(written.to_owned(), close, places.of(range)));
            }
        }
    }
    items.push(Item::End);
}

/// Where the lines of a block of HTML stand in the source.
struct Places {
    /// The starts of lines in the block and in the source.
    lines: Vec<(usize, usize)>,
    /// Where the block stands.
    at: Range<usize>,
}

impl Places {
    fn new(html: &str, at: Range<usize>, source: &str) -> Self {
        let mut lines = Vec::new();
        let written = source.get(at.clone()).unwrap_or("");
        let (mut there, mut here) = (at.start, 0);
        for (line, found) in html.split_inclusive('\n').zip(written.split_inclusive('\n'))
        {
            let content = line.trim_end_matches(['\r', '\n']);
            let end = there + found.trim_end_matches(['\r', '\n']).len();
            lines.push((here, end.saturating_sub(content.len()).max(there)));
            here += line.len();
            there += found.len();
        }
        Self { lines, at }
    }

    /// Where a range of the block stands.
    fn of(&self, range: Range<usize>) -> Range<usize> {
        let place = |offset: usize, index: usize| {
            let line = self.lines.get(index.saturating_sub(1));
            line.map_or(self.at.start, |&(here, there)| there + offset - here)
                .clamp(self.at.start, self.at.end)
        };
        let first = self.lines.partition_point(|&(here, _)| here <= range.start);
        let last = self.lines.partition_point(|&(here, _)| here < range.end);
        let start = place(range.start, first);
        start..place(range.end, last.max(first)).max(start)
    }
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
    /// Set as the blocks that it holds.
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
        }
    }

    fn root() -> Self {
        Self::new(String::new(), Role::Wrapper, Attributes::default(), 0..0)
    }

    /// Whether what it holds stands as deep as may be.
    fn is_full(&self) -> bool {
        let is_deep = |blocks: &[Block]| depth::of_blocks(blocks, DEEPEST - 1);
        let mut details = self.definitions.iter().flat_map(|item| &item.details);
        let rows = self.rows.iter().map(|(_, cells)| cells).chain([&self.cells]);
        is_deep(&self.blocks)
            || self.items.iter().any(|item| is_deep(&item.blocks))
            || details.any(|blocks| is_deep(blocks))
            || rows.flatten().any(|cell| is_deep(&cell.blocks))
    }

    /// Makes blocks of the parts of lists and tables that the element has no place for.
    fn settle(&mut self) {
        let role = self.role;
        if matches!(role, Role::Table | Role::Rows) && !self.cells.is_empty() {
            let cells = std::mem::take(&mut self.cells);
            self.rows.push((false, cells));
        }
        let mut put = |kind| self.blocks.push(Block { kind, ..Block::default() });
        if !matches!(role, Role::List { .. }) && !self.items.is_empty() {
            let items = std::mem::take(&mut self.items);
            put(BlockKind::List { start: None, tight: true, items });
        }
        if role != Role::Definitions && !self.definitions.is_empty() {
            put(BlockKind::Definitions(std::mem::take(&mut self.definitions)));
        }
        let has_title =
            matches!(role, Role::Figure | Role::Table | Role::Details | Role::Code);
        if !has_title && !self.caption.is_empty() {
            put(BlockKind::Paragraph(std::mem::take(&mut self.caption)));
        }
        let mut cells = Vec::new();
        if !matches!(role, Role::Table | Role::Rows) {
            cells
                .extend(std::mem::take(&mut self.rows).into_iter().flat_map(|row| row.1));
        }
        if role != Role::Row {
            cells.append(&mut self.cells);
        }
        self.blocks.extend(cells.into_iter().flat_map(|cell| cell.blocks));
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
                self.top().blocks.push(block);
            }
            Item::Tag(tag, at) => self.tag(tag, at),
            Item::Text(text, at) => self.text(text, at),
            Item::Other(source, at) => {
                let words = self.reader.words_of_other(&source, &at);
                self.top().pieces.extend(words);
            }
            Item::Unclosed(open, close, at) => {
                let words = format!("`{open}` is not closed and is set as text");
                let hint =
                    format!("close it with `{close}`, or write `\\<` for the sign");
                self.reader.warn(Code::UnsupportedHtml, &at, &words, &hint);
                self.text(Cow::Owned(open), at);
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
            self.reader.watch_tag(&tag, &at, Place::Block);
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
            if role == Role::Unknown && !self.is_in_unknown() {
                self.reader.tell_left_out_element(&tag.name, &at, false);
            }
            return;
        }
        if !matches!(role, Role::Unknown | Role::Opaque) {
            self.reader.watch_tag(&tag, &at, Place::Block);
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
                (Role::Caption, Role::Rows | Role::Row | Role::Cell) => true,
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
            self.leave_open();
            self.close_top(at.clone());
        }
        self.close_top(at);
    }

    /// Tells that the innermost element ends without a tag, where it may not. The words of
    /// one whose content is not text are kept, since they may be those of the book.
    fn leave_open(&mut self) {
        let Frame { name, role, at, .. } = self.top();
        let (role, at) = (*role, at.clone());
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
        if may_be_open {
            return;
        }
        let kept = if role == Role::Opaque { ", its words are kept" } else { "" };
        let words = format!("`<{name}>` is not closed{kept}");
        self.reader.warn(Code::UnsupportedHtml, &at, &words, "");
        if role == Role::Opaque {
            let frame = self.top();
            frame.role = Role::Wrapper;
            let blocks = std::mem::take(&mut frame.blocks);
            for line in std::mem::take(&mut frame.raw).lines() {
                if line.trim().is_empty() {
                    self.end_line();
                } else {
                    let word = Piece::Word(line.trim().to_owned(), at.clone());
                    self.top().pieces.extend([word, Piece::Break(at.clone())]);
                }
            }
            self.end_line();
            self.top().blocks.extend(blocks);
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

    fn finish(mut self) -> Vec<Block> {
        self.end_line();
        while self.frames.len() > 1 {
            self.leave_open();
            let end = self.top().at.end;
            self.close_top(end..end);
        }
        let mut root = self.frames.remove(0);
        root.settle();
        root.blocks
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
