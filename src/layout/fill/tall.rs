//! Rows that no page has room for: their lines are parted.

use std::ops::Range;

use super::Area;
use crate::geom::{Length, LogicalPoint};
use crate::layout::flow::{Flow, Row, Stand};
use crate::layout::{Piece, Placed};

/// Parts the rows that are taller than a column. What is seen of them without being a line,
/// such as a rule beside them, stays with the line before it.
pub(super) fn part(flow: &mut Flow, area: Area) {
    let is_tall = |row: &Row| height(row, area) > area.block;
    if !flow.rows.iter().any(is_tall) {
        return;
    }
    let mut rows = Vec::new();
    let mut places = Vec::new();
    for row in std::mem::take(&mut flow.rows) {
        places.push(rows.len());
        match is_tall(&row) {
            true => rows.extend(parts(row, area)),
            false => rows.push(row),
        }
    }
    places.push(rows.len());
    flow.rows = rows;
    for decoration in &mut flow.decorations {
        let Range { start, end } = decoration.rows;
        decoration.rows = places[start]..places[end];
    }
}

fn height(row: &Row, area: Area) -> Length {
    match row.stand {
        Stand::Lines(count) => area.lines(i64::from(count.max(1))),
        Stand::Free { size, .. } => size,
    }
}

/// A row as several, none taller than a column unless one of its lines is.
fn parts(mut row: Row, area: Area) -> Vec<Row> {
    let mut lines: Vec<Range<Length>> = row.pieces.iter().filter_map(line).collect();
    lines.sort_by_key(|line| (line.start, line.end));
    let mut starts = vec![Length::ZERO];
    for line in lines {
        let start = starts[starts.len() - 1];
        if line.end - start > area.block && line.start > start {
            starts.push(line.start);
        }
    }
    let end = height(&row, area);
    let pieces = std::mem::take(&mut row.pieces);
    let mut parts = vec![Row { float: None, ..row }];
    let (stand, spans) = (row.stand, row.spans);
    let axis = area.size / 2;
    parts.resize(starts.len(), Row { stand, spans, axis, ..Row::default() });
    for (part, start) in parts.iter_mut().zip(&starts) {
        let after = starts.iter().find(|next| *next > start).copied().unwrap_or(end);
        let size = (after - *start).min(area.block);
        part.stand = match stand {
            Stand::Lines(_) => {
                let lines = (size + area.gap()).ceil_div(area.feed).max(1);
                Stand::Lines(u32::try_from(lines).unwrap_or(1))
            }
            Stand::Free { .. } => Stand::Free { size, starts: false },
        };
    }
    for piece in pieces {
        let index = match &piece.piece {
            Piece::ParagraphEnd => parts.len() - 1,
            _ => starts.partition_point(|start| *start <= place(&piece)).max(1) - 1,
        };
        let by = LogicalPoint { inline: Length::ZERO, block: -starts[index] };
        parts[index].pieces.push(piece.moved(by));
    }
    parts
}

/// Where a piece of a line, or what stands as one, begins and ends.
fn line(placed: &Placed) -> Option<Range<Length>> {
    let at = placed.at.block;
    match &placed.piece {
        Piece::Glyphs(run) => Some(at - run.size / 2..at + run.size / 2),
        Piece::Image { size, .. } | Piece::Box { size, .. } => Some(at..at + size.block),
        Piece::Reading(_)
        | Piece::Fill { .. }
        | Piece::Frame { .. }
        | Piece::Path { .. }
        | Piece::Link { .. }
        | Piece::Anchor(_)
        | Piece::Start(_)
        | Piece::ParagraphEnd => None,
    }
}

/// What says in which part a piece stands: a reading stands with the line after it.
fn place(placed: &Placed) -> Length {
    match (&placed.piece, line(placed)) {
        (Piece::Reading(run), _) => placed.at.block + run.size,
        (_, Some(line)) => line.start,
        (_, None) => placed.at.block,
    }
}
