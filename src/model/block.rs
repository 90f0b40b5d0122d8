//! What stands between paragraphs, and paragraphs themselves.

use super::ContentsEntry;
use super::inline::{AnchorId, Attributes, Image, Inline, ReferenceKind};
use crate::highlight::Token;
use crate::source::Span;

/// One block of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its attributes.
    pub attributes: Attributes,
    /// Its place, where it can be linked to; set by resolving.
    pub anchor: Option<AnchorId>,
    /// Where it stands.
    pub span: Span,
}

impl Block {
    /// The subtitle (副題) of a heading: `# 題 {subtitle=副題}`.
    pub fn subtitle(&self) -> Option<&str> {
        self.attributes
            .get("subtitle")
            .filter(|words| !words.trim().is_empty())
    }
}

/// The kinds of blocks.
#[derive(Clone, Debug, PartialEq)]
pub enum BlockKind {
    /// A paragraph (段落).
    Paragraph(Vec<Inline>),
    /// A heading (見出し).
    Heading {
        /// From 1 for the title of a chapter to 6.
        level: u8,
        /// Its number as it is written, like 第一章 or 1.2; set by resolving.
        number: Option<String>,
        /// What it says.
        content: Vec<Inline>,
    },
    /// A list (箇条書き).
    List {
        /// The number of the first item; `None` for a list with bullets.
        start: Option<u64>,
        /// Whether no blank line stands between the items.
        tight: bool,
        /// The items.
        items: Vec<ListItem>,
    },
    /// A list of terms and what they mean.
    Definitions(Vec<DefinitionItem>),
    /// A quotation.
    Quote(Vec<Block>),
    /// Code.
    Code(Listing),
    /// An image with its caption (図).
    Figure {
        /// The image.
        image: Image,
        /// The caption; empty for none.
        caption: Vec<Inline>,
        /// Its number, like 図3; `None` before resolving and without a caption.
        number: Option<String>,
    },
    /// A table (表).
    Table(Table),
    /// Blocks set apart.
    Container {
        /// What kind of container.
        container: Container,
        /// The title; empty for none.
        title: Vec<Inline>,
        /// What it holds.
        blocks: Vec<Block>,
    },
    /// A formula on lines of its own.
    Math {
        /// Its TeX.
        tex: String,
        /// Its number, where it has an id.
        number: Option<String>,
    },
    /// A change of scene, `---`.
    ThematicBreak,
    /// What follows starts a new page (改ページ).
    PageBreak,
    /// The list of references; entries are filled in by resolving.
    References(Vec<Block>),
    /// The index; entries are filled in by resolving.
    Index(Vec<IndexGroup>),
    /// The notes of a section, by its number in the document; put in by resolving.
    Notes(usize),
    /// The list of all figures, tables or listings (図目次); entries are filled in by
    /// resolving.
    ListOf {
        /// What it lists.
        kind: ReferenceKind,
        /// The captions with their numbers.
        entries: Vec<ContentsEntry>,
    },
}

impl Block {
    /// How many characters a container is set further in at the start and at the end of its
    /// lines (字下げ, 字上げ): its `indent` and `end-indent`; two at the start for an indented
    /// block that gives neither.
    pub fn indents(&self) -> (u32, u32) {
        let BlockKind::Container { container, .. } = &self.kind else { return (0, 0) };
        let given = |key| self.attributes.characters(key);
        let (start, end) = (given("indent"), given("end-indent"));
        let own = if *container == Container::Indent && end.is_none() { 2 } else { 0 };
        (start.unwrap_or(own), end.unwrap_or(0))
    }
}

impl Default for BlockKind {
    fn default() -> Self {
        Self::Paragraph(Vec::new())
    }
}

/// The words of the index under one heading, like あ行.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndexGroup {
    /// The heading.
    pub heading: String,
    /// The words in order.
    pub entries: Vec<IndexEntry>,
}

/// A word of the index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndexEntry {
    /// The word.
    pub term: String,
    /// How it is read.
    pub reading: String,
    /// Where it stands in the book, in the order of reading.
    pub places: Vec<AnchorId>,
    /// The words below it.
    pub children: Vec<IndexEntry>,
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListItem {
    /// Whether its box is ticked; `None` where it has no box.
    pub checked: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it stands.
    pub span: Span,
}

/// A term and what it means.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DefinitionItem {
    /// The term.
    pub term: Vec<Inline>,
    /// What it means, one or more explanations.
    pub details: Vec<Vec<Block>>,
}

/// Code on lines of its own (リスト).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// The language after the fence.
    pub language: Option<String>,
    /// The lines, each with its line break.
    pub text: String,
    /// The caption; empty for none.
    pub caption: Vec<Inline>,
    /// Its number, like リスト1; `None` before resolving and without a caption.
    pub number: Option<String>,
    /// The number of the first line, where the lines are numbered.
    pub first_line: Option<u32>,
    /// The lines that stand out, counted from 1 whatever their numbers: first and last.
    pub marked: Vec<(u32, u32)>,
    /// What its words are, in the order of the text; set by resolving.
    pub tokens: Vec<Token>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The alignment of each column.
    pub columns: Vec<Alignment>,
    /// The rows of the head.
    pub head: Vec<Vec<Cell>>,
    /// The rows of the body.
    pub body: Vec<Vec<Cell>>,
    /// The caption; empty for none.
    pub caption: Vec<Inline>,
    /// Its number, like 表2; `None` before resolving and without a caption.
    pub number: Option<String>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What it says.
    pub blocks: Vec<Block>,
    /// How many columns it takes, from its own on.
    pub columns: u32,
    /// How many rows it takes, from its own on.
    pub rows: u32,
    /// Whether it says what stands beside it, in the body of a table.
    pub heads_row: bool,
    /// Where it stands.
    pub span: Span,
}

impl Default for Cell {
    fn default() -> Self {
        Self {
            blocks: Vec::new(),
            columns: 1,
            rows: 1,
            heads_row: false,
            span: Span::default(),
        }
    }
}

impl Cell {
    /// A cell of words in one column and one row.
    pub fn of(content: Vec<Inline>, span: Span) -> Self {
        let kind = BlockKind::Paragraph(content);
        let is_empty =
            matches!(&kind, BlockKind::Paragraph(content) if content.is_empty());
        let block = Block { kind, span, ..Block::default() };
        let blocks = if is_empty { Vec::new() } else { vec![block] };
        Self { blocks, span, ..Self::default() }
    }

    /// The words of a cell that is one paragraph, or nothing at all.
    pub fn words(&self) -> Option<&[Inline]> {
        match self.blocks.as_slice() {
            [] => Some(&[]),
            [Block { kind: BlockKind::Paragraph(content), .. }] => Some(content),
            _ => None,
        }
    }
}

/// The column in which each cell of some rows starts. Cells follow each other in the columns
/// that no cell of a row above takes; what those above ask for beyond the last row is cut.
pub fn cell_columns(rows: &[Vec<Cell>]) -> Vec<Vec<usize>> {
    // For each column, how many rows from here on are taken.
    let mut taken: Vec<u32> = Vec::new();
    let mut columns = Vec::with_capacity(rows.len());
    for row in rows {
        let mut starts = Vec::with_capacity(row.len());
        let mut next = 0;
        let mut own = Vec::new();
        for cell in row {
            while taken.get(next).is_some_and(|rows| *rows > 0) {
                next += 1;
            }
            let end = next + cell.columns as usize;
            starts.push(next);
            own.push((next..end, cell.rows));
            next = end;
        }
        taken.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        for (range, rows) in own {
            taken.resize(taken.len().max(range.end), 0);
            taken[range].fill(rows.saturating_sub(1));
        }
        columns.push(starts);
    }
    columns
}

/// The alignment of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// As the text runs.
    #[default]
    None,
    /// At the start of the line.
    Start,
    /// In the middle.
    Center,
    /// At the end of the line.
    End,
}

/// The kinds of containers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Container {
    /// A remark.
    #[default]
    Note,
    /// Advice.
    Tip,
    /// Something that must not be missed.
    Important,
    /// Something that can go wrong.
    Warning,
    /// Something that will do harm.
    Caution,
    /// A text beside the main text (コラム).
    Column,
    /// A quotation before the text (題辞).
    Epigraph,
    /// Verse (詩), whose lines end where those of the source do.
    Verse,
    /// Set to the end of the line.
    Right,
    /// Set in the middle.
    Center,
    /// Set further in (字下げ).
    Indent,
    /// Set in columns (段組).
    Columns,
    /// Figures side by side.
    Figures,
    /// One that the program does not know; its name.
    Other(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_follow_in_the_columns_that_are_free() {
        let cell = |columns, rows| Cell { columns, rows, ..Cell::default() };
        let rows = [
            vec![cell(1, 2), cell(2, 1), cell(1, 1)],
            vec![cell(1, 1), cell(1, 2)],
            vec![cell(2, 1), cell(1, 1)],
        ];
        let columns = cell_columns(&rows);
        assert_eq!(columns, [vec![0, 1, 3], vec![1, 2], vec![0, 3]]);
    }
}
