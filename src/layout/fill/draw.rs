//! The pieces of a column: its rows at their places, and what stands behind and below them.

use super::{Column, Filler, Filling, free_size};
use crate::display::Color;
use crate::geom::{Length, LogicalPoint, LogicalSize};
use crate::layout::flow::Drawn;
use crate::layout::{Piece, Placed};

impl Filler {
    /// The pieces of a column: what is drawn behind the rows, the rows, the notes.
    pub(super) fn draw(&mut self, filling: Filling) -> Column {
        let (mut pieces, mut calls) = (Vec::new(), Vec::new());
        let all = || filling.floats.iter().chain(&filling.placed).chain(&filling.foot);
        let ends = all().map(|at| at.start + self.taken(at));
        let end = ends.max().unwrap_or_default();
        self.draw_decorations(&filling, &mut pieces);
        if let Some((head, mut start)) = filling.head {
            for row in &self.flow.heads[head] {
                let is_place =
                    |piece: &Piece| matches!(piece, Piece::Anchor(_) | Piece::Start(_));
                let clones = row.pieces.iter().filter(|placed| !is_place(&placed.piece));
                let mut clones: Vec<Placed> = clones.cloned().collect();
                clones.iter_mut().for_each(Placed::untag);
                append(&mut pieces, clones, start);
                start += free_size(row);
            }
        }
        for at in all() {
            let row = &mut self.flow.rows[at.row];
            calls.extend(&row.notes);
            let mut row = std::mem::take(&mut row.pieces);
            row.iter_mut().for_each(|placed| make_smaller(placed, at.given));
            append(&mut pieces, row, at.start);
        }
        let going_on = after_paragraphs(&mut pieces);
        self.draw_notes(&filling, &mut pieces, &mut calls);
        pieces.extend(going_on);
        Column { pieces, end, calls, ..Column::default() }
    }

    /// Notes stand at the end of the column, below a rule of a third of the measure.
    fn draw_notes(
        &mut self,
        filling: &Filling,
        pieces: &mut Vec<Placed>,
        calls: &mut Vec<usize>,
    ) {
        if filling.notes.is_empty() {
            return;
        }
        let size = self.notes_size(&filling.notes);
        let (_, below) = self.area.note_gaps();
        let mut start = self.notes_start(filling, size);
        pieces.push(Placed {
            at: LogicalPoint {
                inline: Length::ZERO,
                block: start - below - self.area.rule,
            },
            piece: Piece::Fill {
                size: LogicalSize {
                    inline: self.area.measure / 3,
                    block: self.area.rule,
                },
                color: Color::BLACK,
            },
        });
        for at in &filling.notes {
            let row = &mut self.notes[at.note][at.row];
            calls.extend(&row.notes);
            let size = free_size(row);
            append(pieces, std::mem::take(&mut row.pieces), start);
            start += size;
        }
    }

    /// Where notes of a size start: at the end of the column, or right after its text.
    fn notes_start(&self, filling: &Filling, size: Length) -> Length {
        let foot = (self.area.block - size).max(Length::ZERO);
        if !filling.notes_follow || !filling.foot.is_empty() {
            return foot;
        }
        let end = filling.end.unwrap_or_default();
        foot.min(end + self.notes_room(size) - size)
    }

    fn draw_decorations(&self, filling: &Filling, pieces: &mut Vec<Placed>) {
        let placed = &filling.placed;
        let (Some(first), Some(last)) = (placed.first(), placed.last()) else { return };
        for one in &self.flow.decorations {
            if one.rows.start > last.row || one.rows.end <= first.row {
                continue;
            }
            let from = placed.partition_point(|at| at.row < one.rows.start);
            let to = placed.partition_point(|at| at.row < one.rows.end);
            let (from, to) = (placed[from], placed[to - 1]);
            let start = match from.row == one.rows.start {
                true => from.start + one.inside,
                false => from.start - one.outside,
            };
            let end = to.start + self.taken(&to);
            let ends = to.row + 1 == one.rows.end;
            let end = if ends { end - one.inside } else { end + one.outside };
            let at = LogicalPoint { inline: one.inset, block: start };
            let size = LogicalSize { inline: one.measure, block: end - start };
            let cut = Cut { start: from.row != one.rows.start, end: !ends };
            draw(one.drawn, at, size, cut, pieces);
        }
    }
}

/// At which edges a page cuts a decoration.
#[derive(Clone, Copy)]
struct Cut {
    start: bool,
    end: bool,
}

fn draw(
    drawn: Drawn,
    at: LogicalPoint,
    size: LogicalSize,
    cut: Cut,
    pieces: &mut Vec<Placed>,
) {
    let mut fill = |inline: Length, block: Length, size: LogicalSize, color| {
        let at = LogicalPoint {
            inline: at.inline + inline,
            block: at.block + block,
        };
        pieces.push(Placed { at, piece: Piece::Fill { size, color } });
    };
    let LogicalSize { inline, block } = size;
    match drawn {
        Drawn::Ground(color) => fill(Length::ZERO, Length::ZERO, size, color),
        Drawn::Frame { width, color } => {
            let along = LogicalSize { inline, block: width };
            let across = LogicalSize { inline: width, block };
            if !cut.start {
                fill(Length::ZERO, Length::ZERO, along, color);
            }
            if !cut.end {
                fill(Length::ZERO, block - width, along, color);
            }
            fill(Length::ZERO, Length::ZERO, across, color);
            fill(inline - width, Length::ZERO, across, color);
        }
    }
}

/// Takes off what stands after the last end of a paragraph.
pub(crate) fn after_paragraphs(pieces: &mut Vec<Placed>) -> Vec<Placed> {
    let is_end = |placed: &Placed| matches!(placed.piece, Piece::ParagraphEnd);
    let end = pieces.iter().rposition(is_end);
    pieces.split_off(end.map_or(pieces.len(), |end| end + 1))
}

/// Makes an image smaller across the lines, and in proportion along them, in the middle of
/// the room that it had.
fn make_smaller(placed: &mut Placed, by: Length) {
    let Piece::Image { size, .. } = &mut placed.piece else { return };
    if by <= Length::ZERO || size.block <= by {
        return;
    }
    let inline = size.inline.ratio((size.block - by).0, size.block.0);
    placed.at.inline += (size.inline - inline) / 2;
    *size = LogicalSize { inline, block: size.block - by };
}

fn append(pieces: &mut Vec<Placed>, row: Vec<Placed>, start: Length) {
    pieces.extend(row.into_iter().map(|mut placed| {
        placed.at.block += start;
        placed
    }));
}
