//! Figures that leave their place: at the head or the foot of a column, or on a page of
//! their own. They keep their order, and wait until there is room.

use std::ops::Range;

use super::{At, Filler, Filling};
use crate::geom::Length;
use crate::layout::flow::{Break, Decoration, FigurePlace, Row, Stand};

/// The share of what an image can give where the text that follows fills the column.
const FILLED: (i64, i64) = (1, 2);
/// How many lines of text have room below a heading whose figure stands elsewhere: those of
/// a paragraph that is not cut.
const LINES_BELOW: i64 = 4;

impl Filler {
    /// Whether a heading would part a figure that waits from its section.
    pub(super) fn is_barrier(&self, row: &Row) -> bool {
        let Some(level) = row.heading else { return false };
        let float = |rows: &Range<usize>| self.flow.rows[rows.start].float;
        let floats = self.left.waiting.iter().filter_map(float);
        floats.into_iter().any(|float| level <= float.level)
    }

    /// Moves the figure that starts with the next row away from its place, where it is to
    /// stand elsewhere or has no room; makes it smaller where that is enough. Gives whether
    /// it has moved.
    pub(super) fn move_figure(&mut self, filling: &mut Filling) -> bool {
        let first = self.left.next;
        let Some(float) = self.flow.rows[first].float else { return false };
        let rows = self.group(first);
        if !self.may_move(&rows) {
            return false;
        }
        let is_held = self.flow.rows[first].before != Break::Allowed;
        if is_held && !self.leaves_heading(filling, &rows) {
            return false;
        }
        let (is_first, waits) = (filling.is_empty(), !self.left.waiting.is_empty());
        let start = self.line(filling, first);
        let extent = self.extent(&rows, start);
        let lack = extent - (self.limit(filling.notes_size, filling.foot_size) - start);
        let stays = match float.place {
            FigurePlace::Here => true,
            FigurePlace::Auto if waits => false,
            FigurePlace::Auto => match self.given(&rows, lack, self.most(&rows, start)) {
                Some(given) => {
                    filling.given = given;
                    true
                }
                None => is_first,
            },
            FigurePlace::Head => is_first && !waits,
            FigurePlace::Foot | FigurePlace::Page => false,
        };
        if stays {
            return false;
        }
        self.left.next = rows.end;
        if float.place == FigurePlace::Foot && lack <= Length::ZERO && !waits {
            self.set_at_foot(filling, rows, extent);
        } else {
            self.left.waiting.push(rows);
        }
        true
    }

    /// The rows that stay together from a number on.
    fn group(&self, first: usize) -> Range<usize> {
        let is_kept = |row: &&Row| row.before == Break::Forbidden;
        let kept = self.flow.rows[first + 1..].iter().take_while(is_kept).count();
        first..first + 1 + kept
    }

    /// Whether a figure goes on without the heading that it is kept with: where both
    /// together leave more than a third of the column blank, and text follows that stands
    /// below the heading instead and fills the column.
    fn leaves_heading(&self, filling: &Filling, rows: &Range<usize>) -> bool {
        let kept = self.flow.rows[rows.start].before == Break::Forbidden;
        let before = filling.placed.iter().rev();
        let headings = before.take_while(|at| self.flow.rows[at.row].heading.is_some());
        let Some(heading) = headings.last().filter(|_| kept) else { return false };
        let is_text =
            |row: &Row| row.heading.is_none() && matches!(row.stand, Stand::Lines(_));
        let limit = self.limit(filling.notes_size, filling.foot_size);
        let start = self.line(filling, rows.start);
        (limit - heading.start) * 3 > limit
            && start + self.area.feed * LINES_BELOW <= limit
            && self.flow.rows.get(rows.end).is_some_and(is_text)
            && self.most(rows, start) == FILLED
    }

    /// Whether rows can leave their place: nothing but a heading holds them.
    fn may_move(&self, rows: &Range<usize>) -> bool {
        let group = &self.flow.rows[rows.clone()];
        let is_inside = |one: &Decoration| one.rows.contains(&rows.start);
        matches!(group[0].before, Break::Allowed | Break::Forbidden)
            && group.iter().all(|row| row.notes.is_empty())
            && !self.flow.decorations.iter().any(is_inside)
    }

    /// The room that rows take from a place on.
    fn extent(&self, rows: &Range<usize>, start: Length) -> Length {
        let mut end = start;
        for index in rows.clone() {
            let row = &self.flow.rows[index];
            let follows = matches!(row.stand, Stand::Free { starts: false, .. });
            if !follows && index > rows.start {
                end = self.area.next_line(Some(end));
            }
            end += self.size(row);
        }
        end - start
    }

    /// The row whose image becomes smaller and by how much, where that makes up for what
    /// is lacking; nothing where nothing is lacking.
    fn given(
        &self,
        rows: &Range<usize>,
        lack: Length,
        share: (i64, i64),
    ) -> Option<Option<(usize, Length)>> {
        if lack <= Length::ZERO {
            return Some(None);
        }
        let gives =
            |&row: &usize| lack <= self.flow.rows[row].give.ratio(share.0, share.1);
        let row = rows.clone().find(gives)?;
        Some(Some((row, lack)))
    }

    /// The share of what an image can give: half of it where the text that follows fills
    /// the column, all of it where too much would stay blank.
    fn most(&self, rows: &Range<usize>, start: Length) -> (i64, i64) {
        let level = self.flow.rows[rows.start].float.map_or(0, |float| float.level);
        let enough = self.area.block.ratio(3, 4);
        let (mut end, mut next) = (start, rows.end);
        while end < enough {
            let Some(row) = self.flow.rows.get(next) else { return (1, 1) };
            let parts = row.heading.is_some_and(|heading| heading <= level);
            if parts || matches!(row.before, Break::Page | Break::Column) {
                return (1, 1);
            }
            if row.float.is_some() && row.before == Break::Allowed {
                next = self.group(next).end;
                continue;
            }
            end += match row.stand {
                Stand::Lines(count) => self.area.feed * i64::from(count + row.leading),
                Stand::Free { size, .. } => size,
            };
            next += 1;
        }
        FILLED
    }

    /// Sets the figures that wait: at the head of a column as many as there is room for,
    /// at its foot, or one in the middle of a page of its own.
    pub(super) fn set_waiting(&mut self, filling: &mut Filling) {
        while let Some(rows) = self.left.waiting.first().cloned() {
            let place = self.flow.rows[rows.start].float.unwrap_or_default().place;
            let is_first = filling.is_empty() && filling.notes.is_empty();
            let start = self.area.next_line(filling.end);
            let extent = self.extent(&rows, start);
            let room = self.limit(filling.notes_size, filling.foot_size) - start;
            let given = self.given(&rows, extent - room, (1, 2));
            let has_room = given.is_some() || is_first;
            if !has_room || (place == FigurePlace::Page && !is_first) {
                return;
            }
            self.left.waiting.remove(0);
            match place {
                FigurePlace::Foot if extent <= room => {
                    self.set_at_foot(filling, rows, extent);
                }
                FigurePlace::Page => {
                    let start = ((room - extent) / 2).max(Length::ZERO);
                    self.set_group(filling, rows, start, given.flatten());
                    filling.is_closed = true;
                    return;
                }
                FigurePlace::Auto
                | FigurePlace::Here
                | FigurePlace::Head
                | FigurePlace::Foot => {
                    self.set_group(filling, rows, start, given.flatten());
                }
            }
        }
    }

    /// Sets the rows of a figure from a place on, above the text.
    fn set_group(
        &self,
        filling: &mut Filling,
        rows: Range<usize>,
        start: Length,
        given: Option<(usize, Length)>,
    ) {
        let floats = self.rows_from(rows, start, given);
        let end = floats.last().map_or(start, |at| at.start + self.taken(at));
        filling.floats.extend(floats);
        filling.end = Some(end + self.area.air());
    }

    /// Sets the rows of a figure below the text, and below the figures that stand there.
    fn set_at_foot(&self, filling: &mut Filling, rows: Range<usize>, extent: Length) {
        if filling.foot.is_empty() {
            filling.foot_size += self.area.gap().max(self.area.air());
        }
        // Places are counted from the end of the text, until the column is full.
        let start = filling.foot_size;
        filling.foot.extend(self.rows_from(rows, start, None));
        filling.foot_size += extent;
    }

    fn rows_from(
        &self,
        rows: Range<usize>,
        start: Length,
        given: Option<(usize, Length)>,
    ) -> Vec<At> {
        let (first, mut end) = (rows.start, start);
        let place = |index: usize| {
            let follows =
                matches!(self.flow.rows[index].stand, Stand::Free { starts: false, .. });
            if !follows && index > first {
                end = self.area.next_line(Some(end));
            }
            let given = given.filter(|(row, _)| *row == index);
            let given = given.map_or(Length::ZERO, |(_, given)| given);
            let at = At { row: index, start: end, notes_before: 0, given };
            end += self.taken(&at);
            at
        };
        rows.map(place).collect()
    }

    /// Puts the figures of the foot there when the column is full; a figure that ends the
    /// text goes down to its end, so that what is left over stands before it (JLReq 4.5.3).
    pub(super) fn settle(&self, filling: &mut Filling) {
        let limit = self.limit(filling.notes_size, Length::ZERO);
        for at in &mut filling.foot {
            at.start += limit - filling.foot_size;
        }
        let Some(end) = filling.end.filter(|_| !self.is_done()) else { return };
        let rest = limit - filling.foot_size - end;
        let is_kept = |at: &&At| self.flow.rows[at.row].before == Break::Forbidden;
        let kept = filling.placed.iter().rev().take_while(is_kept).count();
        let Some(first) = filling.placed.len().checked_sub(kept + 1) else { return };
        let is_figure = self.flow.rows[filling.placed[first].row].float.is_some();
        if is_figure && first > 0 && Length::ZERO < rest && rest < self.area.feed {
            filling.placed[first..].iter_mut().for_each(|at| at.start += rest);
            filling.end = Some(end + rest);
        }
    }
}
