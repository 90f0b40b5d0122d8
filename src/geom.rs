//! Lengths, points and boxes, and the two directions of writing.
//!
//! A [`Length`] is an integer, so that the arithmetic of the line grid is exact and the
//! same on every machine. One unit is 1/184,320 mm, which makes a millimetre, a DTP
//! point, a Q and their halves, thirds and eighths all whole numbers of units.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length in units of 1/184,320 mm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length(pub i64);

impl Length {
    /// No length.
    pub const ZERO: Self = Self(0);
    /// One millimetre.
    pub const MM: Self = Self(184_320);
    /// One Q or H, a quarter of a millimetre (級・歯).
    pub const Q: Self = Self(46_080);
    /// One DTP point, 1/72 inch.
    pub const PT: Self = Self(65_024);
    /// Longer than any page or book.
    pub const MAX: Self = Self(i64::MAX / 4);

    /// The nearest length to a number of millimetres.
    pub fn mm(value: f64) -> Self {
        Self::scaled(Self::MM, value)
    }

    /// The nearest length to a number of Q or H.
    pub fn q(value: f64) -> Self {
        Self::scaled(Self::Q, value)
    }

    /// The nearest length to a number of DTP points.
    pub fn pt(value: f64) -> Self {
        Self::scaled(Self::PT, value)
    }

    /// The nearest length to a number of times a unit.
    pub fn scaled(unit: Self, value: f64) -> Self {
        Self((unit.0 as f64 * value).round() as i64)
    }

    /// This length as DTP points.
    pub fn to_pt(self) -> f64 {
        self.0 as f64 / Self::PT.0 as f64
    }

    /// This length as millimetres.
    pub fn to_mm(self) -> f64 {
        self.0 as f64 / Self::MM.0 as f64
    }

    /// `numerator/denominator` of this length, rounded to the nearest unit, halves away
    /// from zero.
    pub fn ratio(self, numerator: i64, denominator: i64) -> Self {
        let product = i128::from(self.0) * i128::from(numerator);
        let denominator = i128::from(denominator);
        let half = denominator.abs() / 2;
        let rounded = if (product < 0) == (denominator < 0) {
            (product + half * denominator.signum()) / denominator
        } else {
            (product - half * denominator.signum()) / denominator
        };
        Self(rounded as i64)
    }

    /// How many times `unit` goes into this length, rounded down; 0 where `unit` is 0.
    pub fn floor_div(self, unit: Self) -> i64 {
        if unit.0 == 0 { 0 } else { self.0.div_euclid(unit.0) }
    }

    /// How many times `unit` goes into this length, rounded up; 0 where `unit` is 0.
    pub fn ceil_div(self, unit: Self) -> i64 {
        if unit.0 == 0 { 0 } else { -(-self.0).div_euclid(unit.0) }
    }

    /// The length without its sign.
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<i64> for Length {
    type Output = Self;
    fn mul(self, factor: i64) -> Self {
        Self(self.0 * factor)
    }
}

impl Div<i64> for Length {
    type Output = Self;
    fn div(self, divisor: i64) -> Self {
        Self(self.0 / divisor)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        Self(lengths.map(|length| length.0).sum())
    }
}

/// A place on a physical page: `x` from the left edge, `y` from the top edge downward.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Point {
    /// Distance from the left.
    pub x: Length,
    /// Distance from the top.
    pub y: Length,
}

/// A physical width and height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Size {
    /// From left to right.
    pub width: Length,
    /// From top to bottom.
    pub height: Length,
}

/// A physical box: its top left corner and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rect {
    /// Top left corner.
    pub origin: Point,
    /// Width and height.
    pub size: Size,
}

/// Lengths at the four edges of a physical box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Edges {
    /// At the top.
    pub top: Length,
    /// On the right.
    pub right: Length,
    /// At the foot.
    pub bottom: Length,
    /// On the left.
    pub left: Length,
}

impl Edges {
    /// The same length at all edges.
    pub const fn all(length: Length) -> Self {
        Self {
            top: length,
            right: length,
            bottom: length,
            left: length,
        }
    }

    /// Each length with another added.
    #[must_use]
    pub fn plus(self, length: Length) -> Self {
        let Self { top, right, bottom, left } = self;
        Self {
            top: top + length,
            right: right + length,
            bottom: bottom + length,
            left: left + length,
        }
    }
}

impl Rect {
    /// A box larger by lengths at its edges.
    #[must_use]
    pub fn grown(self, by: Edges) -> Self {
        let Self { origin, size } = self;
        Self {
            origin: Point { x: origin.x - by.left, y: origin.y - by.top },
            size: Size {
                width: size.width + by.left + by.right,
                height: size.height + by.top + by.bottom,
            },
        }
    }

    /// The right edge.
    pub fn right(self) -> Length {
        self.origin.x + self.size.width
    }

    /// The lower edge.
    pub fn bottom(self) -> Length {
        self.origin.y + self.size.height
    }
}

/// A place in logical axes: along the line, and from line to line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LogicalPoint {
    /// Along the line, in the direction of reading.
    pub inline: Length,
    /// Across the lines, from the first to the last.
    pub block: Length,
}

/// A size in logical axes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LogicalSize {
    /// Along the line.
    pub inline: Length,
    /// Across the lines.
    pub block: Length,
}

/// A step along an outline of lines and curves, over points of some kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<P> {
    /// The outline goes on from another point.
    Move(P),
    /// A straight line to a point.
    Line(P),
    /// A cubic curve: its two handles and its end.
    Curve(P, P, P),
    /// A straight line back to where the outline last moved to.
    Close,
}

impl<P> Step<P> {
    /// The same step over other points.
    pub fn map<Q>(self, mut point: impl FnMut(P) -> Q) -> Step<Q> {
        match self {
            Self::Move(to) => Step::Move(point(to)),
            Self::Line(to) => Step::Line(point(to)),
            Self::Curve(a, b, to) => Step::Curve(point(a), point(b), point(to)),
            Self::Close => Step::Close,
        }
    }
}

/// The side on which the leaves of a book are bound (綴じ).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Binding {
    /// On the left, as horizontal books are (左綴じ).
    #[default]
    Left,
    /// On the right, as vertical books are (右綴じ).
    Right,
}

/// The direction of writing (組方向).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum WritingMode {
    /// Lines run from left to right and follow each other downward (横組).
    #[default]
    Horizontal,
    /// Lines run downward and follow each other from right to left (縦組).
    Vertical,
}

impl WritingMode {
    /// The side on which books of this direction are bound.
    pub fn binding(self) -> Binding {
        match self {
            Self::Horizontal => Binding::Left,
            Self::Vertical => Binding::Right,
        }
    }

    /// The physical size of a logical one.
    pub fn size(self, size: LogicalSize) -> Size {
        match self {
            Self::Horizontal => Size { width: size.inline, height: size.block },
            Self::Vertical => Size { width: size.block, height: size.inline },
        }
    }

    /// The logical size of a physical one.
    pub fn logical_size(self, size: Size) -> LogicalSize {
        match self {
            Self::Horizontal => LogicalSize { inline: size.width, block: size.height },
            Self::Vertical => LogicalSize { inline: size.height, block: size.width },
        }
    }

    /// The physical place of a logical one inside a region of the page.
    pub fn place(self, region: Rect, point: LogicalPoint) -> Point {
        let Rect { origin, size } = region;
        match self {
            Self::Horizontal => Point {
                x: origin.x + point.inline,
                y: origin.y + point.block,
            },
            Self::Vertical => Point {
                x: origin.x + size.width - point.block,
                y: origin.y + point.inline,
            },
        }
    }

    /// The physical box of a logical one inside a region of the page.
    pub fn place_box(self, region: Rect, at: LogicalPoint, size: LogicalSize) -> Rect {
        let corner = self.place(region, at);
        let physical = self.size(size);
        let origin = match self {
            Self::Horizontal => corner,
            Self::Vertical => Point { x: corner.x - physical.width, y: corner.y },
        };
        Rect { origin, size: physical }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_exact() {
        assert_eq!(Length::MM * 254, Length::PT * 720);
        assert_eq!(Length::Q * 4, Length::MM);
        for size in [Length::Q * 13, Length::PT * 9] {
            assert_eq!(size.ratio(1, 8) * 8, size);
        }
        assert_eq!(Length::mm(105.0), Length::MM * 105);
    }

    #[test]
    fn ratio_rounds_to_nearest() {
        assert_eq!(Length(10).ratio(1, 4), Length(3));
        assert_eq!(Length(-10).ratio(1, 4), Length(-3));
        assert_eq!(Length(9).ratio(1, 4), Length(2));
    }

    #[test]
    fn vertical_lines_run_from_right_to_left() {
        let region = Rect {
            origin: Point { x: Length(10), y: Length(20) },
            size: Size { width: Length(100), height: Length(200) },
        };
        let at = LogicalPoint { inline: Length(5), block: Length(7) };
        let size = LogicalSize { inline: Length(30), block: Length(40) };
        let placed = WritingMode::Vertical.place_box(region, at, size);
        assert_eq!(placed.origin, Point { x: Length(63), y: Length(25) });
        assert_eq!(placed.size, Size { width: Length(40), height: Length(30) });
    }
}
