//! What a formula draws, in lengths.

use ratex_types::color::Color as RatexColor;
use ratex_types::display_item::{DisplayItem, DisplayList};
use ratex_types::path_command::PathCommand;

use crate::color::Color;
use crate::geom::{Length, LogicalPoint, LogicalSize, Step};

/// Something that a formula draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ink {
    /// A glyph.
    Glyph {
        /// The name of its face among those of formulas; `None` for a face of text.
        face: Option<String>,
        /// Its character.
        ch: char,
        /// Its em.
        size: Length,
        /// Its origin.
        at: LogicalPoint,
        /// Its colour, where the formula gives one.
        color: Option<Color>,
    },
    /// A filled box: a rule, or a ground.
    Rule {
        /// Its corner at the start, above.
        at: LogicalPoint,
        /// Its size.
        size: LogicalSize,
        /// Its colour, where the formula gives one.
        color: Option<Color>,
    },
    /// An outline of lines and curves: a bracket of any height, an arrow.
    Path {
        /// Its steps.
        steps: Vec<Step<LogicalPoint>>,
        /// The width of its line; `None` for one that is filled.
        stroke: Option<Length>,
        /// Its colour, where the formula gives one.
        color: Option<Color>,
    },
}

/// The width of lines that are not filled, in ems: what KaTeX gives its rules.
const STROKE: f64 = 0.04;
/// The length of dashes and of the gaps between them, in ems.
const DASH: f64 = 0.1;
/// No rule becomes thinner than this, so that it is seen in print: 0.1 mm.
const THINNEST: Length = Length(18_432);

/// What a display list draws, from the start of its baseline.
pub(super) fn of(list: &DisplayList, size: Length) -> Vec<Ink> {
    let scale = Scale { size, baseline: list.height };
    list.items.iter().flat_map(|item| scale.ink(item)).collect()
}

/// From ems below the top of the formula to lengths below its baseline.
#[derive(Clone, Copy)]
struct Scale {
    size: Length,
    baseline: f64,
}

impl Scale {
    fn ink(self, item: &DisplayItem) -> Vec<Ink> {
        match item {
            DisplayItem::GlyphPath { x, y, scale, font, char_code, color } => {
                let Some(ch) = char::from_u32(*char_code) else { return Vec::new() };
                let is_text = font.starts_with("CJK-") || font.starts_with("Emoji-");
                vec![Ink::Glyph {
                    face: (!is_text).then(|| font.clone()),
                    ch,
                    size: self.length(*scale),
                    at: self.point(*x, *y),
                    color: given(*color),
                }]
            }
            DisplayItem::Line { x, y, width, thickness, color, dashed } => {
                let area = [*x, *y, *width, *thickness];
                self.line(area, *dashed, given(*color))
            }
            DisplayItem::Rect { x, y, width, height, color } => vec![Ink::Rule {
                at: self.point(*x, *y),
                size: LogicalSize {
                    inline: self.length(*width),
                    block: self.length(*height),
                },
                color: given(*color),
            }],
            DisplayItem::Path { x, y, commands, fill, color } => vec![Ink::Path {
                steps: self.steps((*x, *y), commands),
                stroke: (!fill).then(|| self.length(STROKE)),
                color: given(*color),
            }],
        }
    }

    /// A rule, whose `y` is its middle; where it is dashed, its dashes.
    fn line(
        self,
        [x, y, width, thickness]: [f64; 4],
        dashed: bool,
        color: Option<Color>,
    ) -> Vec<Ink> {
        let thickness = self.length(thickness).max(THINNEST);
        let at = self.point(x, y);
        let at = LogicalPoint { block: at.block - thickness / 2, ..at };
        let whole = self.length(width);
        let dash = if dashed { self.length(DASH).max(THINNEST) } else { whole };
        let mut rules = Vec::new();
        let mut start = Length::ZERO;
        while start < whole {
            let inline = dash.min(whole - start);
            rules.push(Ink::Rule {
                at: LogicalPoint { inline: at.inline + start, ..at },
                size: LogicalSize { inline, block: thickness },
                color,
            });
            start += dash * 2;
        }
        rules
    }

    fn steps(
        self,
        (x, y): (f64, f64),
        commands: &[PathCommand],
    ) -> Vec<Step<LogicalPoint>> {
        let point = |dx: f64, dy: f64| self.point(x + dx, y + dy);
        let mut pen = (0.0, 0.0);
        let step = |command: &PathCommand| match *command {
            PathCommand::MoveTo { x, y } => {
                pen = (x, y);
                Step::Move(point(x, y))
            }
            PathCommand::LineTo { x, y } => {
                pen = (x, y);
                Step::Line(point(x, y))
            }
            PathCommand::CubicTo { x1, y1, x2, y2, x, y } => {
                pen = (x, y);
                Step::Curve(point(x1, y1), point(x2, y2), point(x, y))
            }
            PathCommand::QuadTo { x1, y1, x, y } => {
                // The same curve with two handles: each two thirds of the way to the one.
                let toward = |from: f64, to: f64| from + (to - from) * 2.0 / 3.0;
                let first = point(toward(pen.0, x1), toward(pen.1, y1));
                let second = point(toward(x, x1), toward(y, y1));
                pen = (x, y);
                Step::Curve(first, second, point(x, y))
            }
            PathCommand::Close => Step::Close,
        };
        commands.iter().map(step).collect()
    }

    fn point(self, x: f64, y: f64) -> LogicalPoint {
        LogicalPoint {
            inline: self.length(x),
            block: self.length(y - self.baseline),
        }
    }

    fn length(self, ems: f64) -> Length {
        Length::scaled(self.size, ems)
    }
}

/// A colour that is not the black of the text.
fn given(color: RatexColor) -> Option<Color> {
    let level = |share: f32| (share.clamp(0.0, 1.0) * 255.0).round() as u8;
    (color != RatexColor::BLACK).then(|| Color {
        red: level(color.r),
        green: level(color.g),
        blue: level(color.b),
    })
}
