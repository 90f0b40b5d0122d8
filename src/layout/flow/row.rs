//! Rows: what blocks become, and what the page builder places one below the other.

use std::ops::Range;

use crate::display::Color;
use crate::geom::{Length, LogicalPoint};
use crate::layout::{Piece, Placed};
use crate::model::AnchorId;
use crate::style::{AtTop, Opening};

/// Something that stands on one page: a line, a heading, a slice of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Its pieces, from the start of the column and from the start of the row.
    pub(crate) pieces: Vec<Placed>,
    /// The room that it takes across the lines.
    pub(crate) stand: Stand,
    /// From its start to the central axis of its first line.
    pub(crate) axis: Length,
    /// How many lines of the grid stay blank before it.
    pub(crate) leading: u32,
    /// What may happen before it.
    pub(crate) before: Break,
    /// The footnotes that it refers to, by their numbers in the section.
    pub(crate) notes: Vec<usize>,
    /// The rows that are set again before it where it starts a column, by their number in
    /// [`Flow::heads`].
    pub(crate) head: Option<usize>,
    /// How the figure that it starts may leave its place, together with the rows that are
    /// kept with it, so that the text that follows fills the column.
    pub(crate) float: Option<Float>,
    /// How much less room it can do with: that of an image whose size is not given.
    pub(crate) give: Length,
    /// The level of the heading that it is.
    pub(crate) heading: Option<u8>,
    /// What becomes of the blank lines before it at the start of a column.
    pub(crate) at_top: AtTop,
    /// Whether it stands over all columns (段抜き).
    pub(crate) spans: bool,
    /// Which page it starts, where it starts one.
    pub(crate) parity: Parity,
}

/// How a figure may leave its place among the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Float {
    /// Where it is to stand.
    pub(crate) place: FigurePlace,
    /// The level of the heading above it, which no heading of the same or a higher level
    /// may part it from; 0 where there is none.
    pub(crate) level: u8,
}

/// Where a figure is to stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FigurePlace {
    /// Where it is named if there is room, else at the head of the next column.
    #[default]
    Auto,
    /// Where it is named, whatever stays blank before it.
    Here,
    /// At the head of a column.
    Head,
    /// At the foot of a column.
    Foot,
    /// On a page of its own.
    Page,
}

/// How a row stands to the grid of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// It takes whole lines of the grid; the first em box of them starts at its start.
    Lines(u32),
    /// It follows the row before without a gap, whatever the grid.
    Free {
        /// Its size.
        size: Length,
        /// Whether it starts a group: the rows up to the next group or line of the grid,
        /// which together take whole lines.
        starts: bool,
    },
}

impl Default for Stand {
    fn default() -> Self {
        Self::Lines(1)
    }
}

/// What may happen before a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Break {
    /// A column or a page may end.
    #[default]
    Allowed,
    /// Nothing ends, unless there is no other place.
    Forbidden,
    /// The column ends (改段).
    Column,
    /// The page ends (改ページ).
    Page,
}

/// A side of a leaf of the book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Parity {
    /// Either.
    #[default]
    Any,
    /// That of odd pages (改丁).
    Odd,
    /// That of even pages.
    Even,
}

impl Parity {
    /// The pages that something starts on.
    pub(crate) fn of(opening: Opening) -> Self {
        match opening {
            Opening::RunOn | Opening::Column | Opening::Page => Self::Any,
            Opening::Recto => Self::Odd,
            Opening::Verso => Self::Even,
        }
    }

    /// Whether a page with a number, from 1, is one of these.
    pub(crate) fn has(self, number: usize) -> bool {
        match self {
            Self::Any => true,
            Self::Odd => number % 2 == 1,
            Self::Even => number.is_multiple_of(2),
        }
    }
}

/// Something drawn behind or beside rows, on every page that they reach.
#[derive(Clone, Debug)]
pub(crate) struct Decoration {
    /// The rows.
    pub(crate) rows: Range<usize>,
    /// Where it starts along the line.
    pub(crate) inset: Length,
    /// Its size along the line.
    pub(crate) measure: Length,
    /// How far inside the first and the last row its edges lie.
    pub(crate) inside: Length,
    /// How far outside of the rows its edge lies where a page cuts it.
    pub(crate) outside: Length,
    /// What is drawn.
    pub(crate) drawn: Drawn,
}

/// What a decoration draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// A ground.
    Ground(Color),
    /// A frame, open where a page cuts it.
    Frame {
        /// The width of its rules.
        width: Length,
        /// Their colour.
        color: Color,
    },
}

/// The rows of a section or a note in the order of reading.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    /// The rows.
    pub(crate) rows: Vec<Row>,
    /// What is drawn behind them, an outer one before those inside it.
    pub(crate) decorations: Vec<Decoration>,
    /// Rows that are set again at the start of a column: the heads of tables.
    pub(crate) heads: Vec<Vec<Row>>,
    /// What the next row is given.
    next: Next,
}

/// How many rows can be kept together.
const FEW: usize = 8;

/// What the next row is given.
#[derive(Clone, Debug)]
struct Next {
    anchors: Vec<AnchorId>,
    leading: u32,
    starts_group: bool,
    opening: Opening,
    heading: Option<u8>,
    kept: u32,
    after_heading: bool,
    /// The first row of the title above, where nothing but the title has come since.
    title: Option<usize>,
    /// The level of the last heading.
    level: u8,
    /// Whether the last row belongs to a figure that stands elsewhere.
    elsewhere: bool,
}

impl Default for Next {
    fn default() -> Self {
        Self {
            anchors: Vec::new(),
            leading: 0,
            starts_group: false,
            opening: Opening::RunOn,
            heading: None,
            kept: 0,
            after_heading: false,
            title: None,
            level: 0,
            elsewhere: false,
        }
    }
}

impl Flow {
    /// Adds a row.
    pub(crate) fn push(&mut self, mut row: Row) {
        let next = &mut self.next;
        let after_heading = std::mem::take(&mut next.after_heading);
        let title = next.title.take();
        row.heading = row.heading.or(next.heading.take());
        if let Some(level) = row.heading {
            next.level = level;
        }
        let anchors = next.anchors.drain(..).map(anchor_piece);
        row.pieces.splice(0..0, anchors);
        row.leading = row.leading.max(std::mem::take(&mut next.leading));
        if let Stand::Free { starts, .. } = &mut row.stand {
            *starts |= std::mem::take(&mut next.starts_group);
        } else {
            next.starts_group = false;
        }
        // A figure that stands elsewhere, with its caption, comes between no others.
        let leaves =
            |float: Float| !matches!(float.place, FigurePlace::Auto | FigurePlace::Here);
        let starts = row.float.is_some_and(leaves);
        next.elsewhere = starts || (next.elsewhere && row.before == Break::Forbidden);
        if row.heading.is_some() && !after_heading {
            // What a heading keeps with it is not another one.
            next.kept = 0;
        }
        if next.elsewhere {
            next.after_heading = after_heading;
        } else if next.opening != Opening::RunOn {
            let opening = std::mem::replace(&mut next.opening, Opening::RunOn);
            row.before = match opening {
                Opening::Column => Break::Column,
                _ => Break::Page,
            };
            row.parity = Parity::of(opening);
            next.kept = 0;
        } else if next.kept > 0 {
            next.kept -= 1;
            row.before = Break::Forbidden;
        }
        if let Some(float) = &mut row.float {
            float.level = next.level;
            // A figure takes the title along that stands right above it.
            let title = title.and_then(|first| self.rows.get_mut(first));
            if let Some(title) = title.filter(|_| row.before == Break::Forbidden) {
                title.float = row.float.take();
            }
        }
        self.rows.push(row);
    }

    /// Leaves lines of the grid blank before the next row, no fewer than asked for already.
    pub(crate) fn space(&mut self, lines: u32) {
        self.next.leading = self.next.leading.max(lines);
    }

    /// Takes the blank lines before the next row back.
    pub(crate) fn no_space(&mut self) {
        self.next.leading = 0;
    }

    /// Makes the next row start a group where it is off the grid.
    pub(crate) fn start_group(&mut self) {
        self.next.starts_group = true;
    }

    /// Makes the next row start a page.
    pub(crate) fn start_page(&mut self) {
        self.open(Opening::Page);
    }

    /// Makes the next row start where something opens.
    pub(crate) fn open(&mut self, opening: Opening) {
        if opening != Opening::RunOn {
            self.next.opening = opening;
        }
    }

    /// Makes the next row a heading.
    pub(crate) fn start_heading(&mut self, level: u8) {
        self.next.heading = Some(level);
    }

    /// Keeps the rows between two numbers together.
    pub(crate) fn join_rows(&mut self, first: usize, end: usize) {
        let end = end.min(self.rows.len());
        let rows = self.rows.get_mut(first + 1..end).unwrap_or_default();
        rows.iter_mut().for_each(|row| row.before = Break::Forbidden);
    }

    /// Counts the footnotes of the rows from a number on after others.
    pub(crate) fn count_notes(&mut self, first: usize, others: usize) {
        for row in self.rows.iter_mut().skip(first) {
            row.notes.iter_mut().for_each(|note| *note += others);
        }
    }

    /// Keeps the next rows on the page of the row before them.
    pub(crate) fn keep(&mut self, rows: u32) {
        self.next.kept = self.next.kept.max(rows);
    }

    /// Ends the keeping of rows together for a figure that does not follow its heading: a
    /// line of text between them is enough.
    pub(crate) fn release_figure(&mut self) {
        if !self.next.after_heading {
            self.next.kept = 0;
        }
    }

    /// Ends the keeping of rows together.
    pub(crate) fn release(&mut self) {
        self.next.kept = 0;
    }

    /// Remembers that the last row is a heading.
    pub(crate) fn mark_heading(&mut self) {
        self.next.after_heading = true;
    }

    /// Remembers that the rows from a number on are the title of what follows.
    pub(crate) fn mark_title(&mut self, first: usize) {
        self.next.after_heading = true;
        self.next.title = Some(first);
        let rows = self.rows.get_mut(first + 1..).unwrap_or_default();
        rows.iter_mut().for_each(|row| row.before = Break::Forbidden);
    }

    /// Whether the last row is a heading.
    pub(crate) fn follows_heading(&self) -> bool {
        self.next.after_heading
    }

    /// The room that the headings right above the next row take at the start of a page, up
    /// to the line of the grid after them.
    pub(crate) fn headings_above(&self, feed: Length) -> Length {
        if !self.next.after_heading {
            return Length::ZERO;
        }
        let headings = self.rows.iter().rev().take_while(|row| row.heading.is_some());
        let lines = headings.map(|row| match row.stand {
            Stand::Lines(count) => count + row.leading,
            Stand::Free { .. } => row.leading,
        });
        feed * i64::from(lines.sum::<u32>() + self.next.leading)
    }

    /// Adds room after the last row where it is off the grid.
    pub(crate) fn lengthen(&mut self, by: Length) {
        if let Some(Row { stand: Stand::Free { size, .. }, .. }) = self.rows.last_mut() {
            *size += by;
        }
    }

    /// Keeps the rows from a number on together, as long as they are few.
    pub(crate) fn join(&mut self, first: usize) {
        let rows = self.rows.get_mut(first + 1..).unwrap_or_default();
        if rows.len() < FEW {
            rows.iter_mut().for_each(|row| row.before = Break::Forbidden);
        }
    }

    /// Puts a place that can be linked to at the start of the next row.
    pub(crate) fn anchor(&mut self, anchor: Option<AnchorId>) {
        self.next.anchors.extend(anchor);
    }

    /// Gives places that no row has followed to the last row.
    pub(crate) fn finish(&mut self) {
        if self.next.anchors.is_empty() {
            return;
        }
        if self.rows.is_empty() {
            self.push(Row::default());
        } else if let Some(last) = self.rows.last_mut() {
            last.pieces.extend(self.next.anchors.drain(..).map(anchor_piece));
        }
    }
}

fn anchor_piece(anchor: AnchorId) -> Placed {
    Placed {
        at: LogicalPoint::default(),
        piece: Piece::Anchor(anchor),
    }
}
