//! Pieces of a page in logical axes: what a line or a block becomes before a page takes it.

use crate::display::{Color, Direction, Tag};
use crate::font::{FontId, Orientation};
use crate::geom::{Length, LogicalPoint, LogicalSize, Step, WritingMode};
use crate::model::{AnchorId, Target};

/// A piece at its place.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    /// Where it starts. For glyphs, `block` is the central axis of the line.
    pub(crate) at: LogicalPoint,
    /// The piece.
    pub(crate) piece: Piece,
}

/// Something to place.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// Glyphs.
    Glyphs(Run),
    /// Glyphs of a reading (ルビ文字). They are read after all other text of the page, so
    /// that a sentence is copied out and found as it is written.
    Reading(Run),
    /// A filled box, from its start: a rule or a ground.
    Fill {
        /// Its size.
        size: LogicalSize,
        /// Its colour.
        color: Color,
    },
    /// The outline of a box, from its start.
    Frame {
        /// Its size.
        size: LogicalSize,
        /// The colour of the line.
        color: Color,
        /// The width of the line, half on each side of the box's edge.
        width: Length,
    },
    /// An outline of lines and curves.
    Path {
        /// Its steps, from its place.
        steps: Vec<Step<LogicalPoint>>,
        /// Its colour.
        color: Color,
        /// The width of its line; `None` for one that is filled.
        stroke: Option<Length>,
    },
    /// An image, from its start; it stands upright whatever the direction of writing.
    Image {
        /// Its number in the document.
        image: usize,
        /// The room that it fills.
        size: LogicalSize,
        /// What it shows, in words.
        alt: String,
        /// What it is in the structure of the text.
        tag: Tag,
    },
    /// A box that leads elsewhere, from its start.
    Link {
        /// Its size.
        size: LogicalSize,
        /// Where it leads.
        target: Target,
        /// What it is in the structure of the text.
        tag: Tag,
    },
    /// A box that is horizontal inside whatever the lines around are, from its start.
    Box {
        /// The room that it fills, along and across the lines around it.
        size: LogicalSize,
        /// How it stands.
        posture: Posture,
        /// Its pieces, from its own start.
        pieces: Vec<Placed>,
    },
    /// A place that can be linked to.
    Anchor(AnchorId),
    /// The start of a line or a block in the text of the book; its number in
    /// [`super::start::Starts`].
    Start(u32),
    /// The end of a paragraph. Notes, readings and running heads are read at the last one
    /// of a page, so that a paragraph is whole where it goes on over two pages.
    ParagraphEnd,
}

/// How a box stands among the lines around it; inside, it is horizontal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Posture {
    /// Upright.
    Upright,
    /// Turned by a quarter: its top is on the left in a horizontal book and on the right in
    /// a vertical one (JLReq 2.3.2). It holds no images.
    Turned,
}

/// Glyphs of one face, size, colour and direction.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// The face.
    pub(crate) font: FontId,
    /// The em.
    pub(crate) size: Length,
    /// The colour.
    pub(crate) color: Color,
    /// How the glyphs stand and follow each other.
    pub(crate) direction: Direction,
    /// The text that they stand for; empty for glyphs that are not text.
    pub(crate) text: String,
    /// The glyphs in the order of the text.
    pub(crate) glyphs: Vec<RunGlyph>,
    /// What they are in the structure of the text.
    pub(crate) tag: Tag,
}

/// How glyphs of an orientation follow each other along a line.
pub(crate) fn direction(orientation: Orientation, writing: WritingMode) -> Direction {
    match (orientation, writing) {
        (_, WritingMode::Horizontal) => Direction::Across,
        (Orientation::Upright, WritingMode::Vertical) => Direction::Down,
        (Orientation::Sideways, WritingMode::Vertical) => Direction::Turned,
    }
}

/// A glyph of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RunGlyph {
    /// Its number in the face.
    pub(crate) id: u16,
    /// Its origin, from the place of the run. With it, the face's shift of the origin
    /// (see `ShapedGlyph`) is counted in.
    pub(crate) origin: LogicalPoint,
    /// The first byte of the run's text that it stands for.
    pub(crate) start: u32,
    /// One past the last byte of the run's text that it stands for.
    pub(crate) end: u32,
}

impl Placed {
    /// Makes an artifact of it, as of what is said a second time.
    pub(crate) fn untag(&mut self) {
        match &mut self.piece {
            Piece::Glyphs(Run { tag, .. })
            | Piece::Reading(Run { tag, .. })
            | Piece::Image { tag, .. }
            | Piece::Link { tag, .. } => *tag = Tag::default(),
            Piece::Box { pieces, .. } => pieces.iter_mut().for_each(Self::untag),
            Piece::Fill { .. }
            | Piece::Frame { .. }
            | Piece::Path { .. }
            | Piece::Anchor(_)
            | Piece::Start(_)
            | Piece::ParagraphEnd => {}
        }
    }

    /// The same piece, moved by a distance.
    pub(crate) fn moved(mut self, by: LogicalPoint) -> Self {
        self.at.inline += by.inline;
        self.at.block += by.block;
        self
    }
}
