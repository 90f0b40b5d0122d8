//! Numbers one below the other at their points (JLReq 4.4.3).

use crate::geom::Length;

/// How far the numbers of a column reach on either side of their points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    /// Before the point.
    pub(super) whole: Length,
    /// From the point on, a unit with it.
    pub(super) rest: Length,
}

impl Numbers {
    /// Takes a number in.
    pub(super) fn add(&mut self, whole: Length, rest: Length) {
        self.whole = self.whole.max(whole);
        self.rest = self.rest.max(rest);
    }

    /// From side to side.
    pub(super) fn width(self) -> Length {
        self.whole + self.rest
    }
}

/// The most characters of a unit after a number.
const LONGEST_UNIT: usize = 4;

/// The byte at which the whole part of a number ends: at its point, or before its unit.
/// `None` for what is no number.
pub(super) fn point(text: &str) -> Option<usize> {
    let is_sign = |ch| matches!(ch, '+' | '-' | '−' | '±' | '△' | '▲' | '¥' | '￥' | '$');
    let digits = text.trim_start_matches(is_sign);
    let start = text.len() - digits.len();
    let is_digit = |ch: char| ch.is_ascii_digit() || ('０'..='９').contains(&ch);
    let grouped = |ch: char| is_digit(ch) || matches!(ch, ',' | '，');
    if !digits.starts_with(is_digit) {
        return None;
    }
    let rest = digits.trim_start_matches(grouped);
    let end = start + digits.len() - rest.len();
    let fraction = rest.strip_prefix(['.', '．']).unwrap_or(rest);
    let unit = fraction.trim_start_matches(is_digit).trim_start();
    let is_unit = unit.chars().count() <= LONGEST_UNIT && !unit.contains(is_digit);
    is_unit.then_some(end)
}

/// Whether a cell of a column of numbers says that there is none.
pub(super) fn is_blank(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "–" | "—" | "―" | "－" | "…" | "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_point() {
        assert_eq!(point("1,234.5"), Some(5));
        assert_eq!(point("100%"), Some(3));
        assert_eq!(point("-0.25"), Some(2));
        assert_eq!(point("105 mm"), Some(3));
        for other in ["", "甲", "1-2", "3章の終わり", "2026-11-22", "v1.2"] {
            assert_eq!(point(other), None, "{other}");
        }
    }
}
