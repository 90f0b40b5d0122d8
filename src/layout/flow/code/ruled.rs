//! Box drawing (罫線素片): rules from edge to edge of their cells, so that they join.

use crate::display::Color;
use crate::geom::{Length, LogicalPoint, LogicalSize};
use crate::layout::{Piece, Placed};

/// The arms of U+2500 to U+257F: left, right, up, down; 0 none, 1 light, 2 heavy, 3 double.
/// Rounded corners are square; diagonals have no arms and stay glyphs.
#[rustfmt::skip]
const ARMS: [[u8; 4]; 128] = {
    const TEXT: &[u8; 512] = b"\
        11002200001100221100220000110022\
        11002200001100220101020101020202\
        10012001100220020110021001200220\
        10102010102020200111021101210112\
        01220221021202221011201110211012\
        10222021201220221101210112012201\
        11022102120222021110211012102210\
        11202120122022201111211112112211\
        11211112112221211221211212122221\
        22122122122222221100220000110022\
        33000033030101030303300110033003\
        03100130033030101030303003110133\
        03333011103330333301110333033310\
        11303330331111333333010110011010\
        01100000000000001000001001000001\
        20000020020000021200001221000021";
    let mut arms = [[0; 4]; 128];
    let mut index = 0;
    while index < 512 {
        arms[index / 4][index % 4] = TEXT[index] - b'0';
        index += 1;
    }
    arms
};

/// Into how many dashes a rule is cut.
fn dashes(ch: char) -> i64 {
    match ch {
        '\u{254C}'..='\u{254F}' => 2,
        '\u{2504}'..='\u{2507}' => 3,
        '\u{2508}'..='\u{250B}' => 4,
        _ => 1,
    }
}

/// The arms of a character; `None` where it is drawn as a glyph.
pub(super) fn arms(ch: char) -> Option<[u8; 4]> {
    let index = u32::from(ch).checked_sub(0x2500)?;
    let arms = ARMS.get(index as usize)?;
    (*arms != [0; 4]).then_some(*arms)
}

/// A cell of the grid.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    /// Where it starts along the line.
    pub(super) start: Length,
    /// Its size along the line.
    pub(super) width: Length,
    /// From its axis to the next line's cell.
    pub(super) reach: Length,
    /// The width of a light rule.
    pub(super) rule: Length,
    /// The colour of its rules.
    pub(super) color: Color,
}

/// The rules of a character in its cell; from the axis of the line.
pub(super) fn rules(ch: char, cell: Cell) -> Vec<Placed> {
    let Some([left, right, up, down]) = arms(ch) else { return Vec::new() };
    let mut rules = Rules { cell, parts: dashes(ch), out: Vec::new() };
    let half = cell.width / 2;
    let (before, after) =
        (rules.half_width(up.max(down)), rules.half_width(left.max(right)));
    rules.along(left, -half, before);
    rules.along(right, -before, half);
    rules.across(up, -cell.reach, after);
    rules.across(down, -after, cell.reach);
    rules.out
}

struct Rules {
    cell: Cell,
    parts: i64,
    out: Vec<Placed>,
}

impl Rules {
    /// How thick a rule of a weight is; of a double rule, each of the two.
    fn width(&self, weight: u8) -> Length {
        if weight == 2 { self.cell.rule * 2 } else { self.cell.rule }
    }

    /// From the middle to the outer edge of a rule of a weight.
    fn half_width(&self, weight: u8) -> Length {
        match weight {
            0 => Length::ZERO,
            3 => self.cell.rule.ratio(3, 2),
            _ => self.width(weight) / 2,
        }
    }

    /// Where the rules of a weight stand beside the middle.
    fn sides(&self, weight: u8) -> &'static [i64] {
        match weight {
            0 => &[],
            3 => &[-1, 1],
            _ => &[0],
        }
    }

    /// A rule along the line between two places beside the middle of the cell.
    fn along(&mut self, weight: u8, from: Length, to: Length) {
        let width = self.width(weight);
        for side in self.sides(weight) {
            for (from, to) in self.dashes(from, to) {
                let at = LogicalPoint {
                    inline: self.cell.start + self.cell.width / 2 + from,
                    block: self.cell.rule * *side - width / 2,
                };
                self.fill(at, LogicalSize { inline: to - from, block: width });
            }
        }
    }

    /// A rule across the lines between two places beside the axis.
    fn across(&mut self, weight: u8, from: Length, to: Length) {
        let width = self.width(weight);
        for side in self.sides(weight) {
            for (from, to) in self.dashes(from, to) {
                let middle = self.cell.start + self.cell.width / 2;
                let at = LogicalPoint {
                    inline: middle + self.cell.rule * *side - width / 2,
                    block: from,
                };
                self.fill(at, LogicalSize { inline: width, block: to - from });
            }
        }
    }

    /// A stretch in dashes, each with its gap, of which two thirds are ink.
    fn dashes(&self, from: Length, to: Length) -> Vec<(Length, Length)> {
        if self.parts == 1 {
            return vec![(from, to)];
        }
        // Each arm has half of them; both start at the outer edge of the cell.
        let parts = (self.parts + 1) / 2;
        let step = (to - from) / parts;
        (0..parts)
            .map(|part| (from + step * part, from + step * part + step.ratio(2, 3)))
            .collect()
    }

    fn fill(&mut self, at: LogicalPoint, size: LogicalSize) {
        let piece = Piece::Fill { size, color: self.cell.color };
        self.out.push(Placed { at, piece });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arms_are_those_of_the_characters() {
        assert_eq!(arms('─'), Some([1, 1, 0, 0]));
        assert_eq!(arms('├'), Some([0, 1, 1, 1]));
        assert_eq!(arms('┛'), Some([2, 0, 2, 0]));
        assert_eq!(arms('╬'), Some([3, 3, 3, 3]));
        assert_eq!(arms('╰'), Some([0, 1, 1, 0]));
        assert_eq!(arms('╿'), Some([0, 0, 2, 1]));
        for glyph in ['╱', '▀', 'a', '一'] {
            assert_eq!(arms(glyph), None);
        }
    }

    #[test]
    fn rules_reach_the_edges_of_their_cell() {
        let cell = Cell {
            start: Length(1000),
            width: Length(500),
            reach: Length(800),
            rule: Length(40),
            color: Color::BLACK,
        };
        let mut edges = [Length::ZERO; 4];
        for placed in rules('┼', cell) {
            let Piece::Fill { size, .. } = placed.piece else { continue };
            let at = placed.at;
            edges[0] = edges[0].min(at.inline - Length(1250));
            edges[1] = edges[1].max(at.inline + size.inline - Length(1250));
            edges[2] = edges[2].min(at.block);
            edges[3] = edges[3].max(at.block + size.block);
        }
        assert_eq!(edges.map(|edge| edge.0), [-250, 250, -800, 800]);
        assert_eq!(rules('║', cell).len(), 4);
    }
}
