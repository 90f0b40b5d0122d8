//! Headings, title pages and captions as the theme of the book has them, and their colours
//! by day and by night.

use std::fmt::Write;

use super::{Families, direction, ratio};
use crate::color::Color;
use crate::epub::faces::Faces;
use crate::geom::{Length, WritingMode};
use crate::style::{Align, HeadingStyle, PlateStyle, RuleShape, RuleStyle, Style};

/// Writes the rules. Colours that differ from that of the text come with lighter ones for
/// dark grounds.
pub(super) fn write(
    css: &mut String,
    style: &Style,
    faces: &Faces,
    families: &Families<'_>,
) {
    for (level, &face) in (1..).zip(&faces.headings) {
        families.rule(css, &format!("h{level}, .level-{level}"), face);
    }
    families.rule(css, ".title", faces.title);
    families.rule(css, ".p-tobira h1", faces.part);
    let mut night = String::new();
    for writing in [WritingMode::Horizontal, WritingMode::Vertical] {
        let style = style.in_direction(writing);
        let mut look = Look { css, night: &mut night, writing };
        for (level, heading) in (1..).zip(&style.headings) {
            look.heading(&style, level, heading);
        }
        look.plate(&style, ".p-titlepage", ".title", &style.title_page);
        look.plate(&style, ".p-tobira", "h1", &style.part_page);
        for number in ["figcaption .number", "caption .number"] {
            look.color(number, style.caption.number_color);
        }
    }
    if !night.is_empty() {
        let _ = write!(css, "@media (prefers-color-scheme: dark) {{\n{night}}}\n");
    }
}

/// The style sheet, in one direction of writing.
struct Look<'a> {
    css: &'a mut String,
    /// The rules for dark grounds.
    night: &'a mut String,
    writing: WritingMode,
}

/// Words that stand on lines of their own.
struct Title<'a> {
    selectors: &'a [&'a str],
    size: Length,
    align: Align,
    /// Between the characters.
    spacing: Length,
    color: Color,
    rule: RuleStyle,
}

impl Look<'_> {
    /// A heading: its size to the text, and the lines that it takes as margins.
    fn heading(&mut self, style: &Style, level: usize, heading: &HeadingStyle) {
        let &HeadingStyle { size, align, spacing, color, rule, .. } = heading;
        // The lines of the grid that the words do not fill are shared out before and after.
        let blank = style.feed * i64::from(heading.lines) - size;
        let before = blank / 2 + style.feed * i64::from(heading.before);
        let place = format!(
            "font-size: {}em; margin-block-start: {}em; margin-block-end: {}em; \
             margin-inline-start: {}em",
            ratio(size, style.size),
            ratio(before, size),
            ratio(blank / 2, size),
            ratio(heading.indent, size),
        );
        let (element, class) = (format!("h{level}"), format!(".level-{level}"));
        let selectors = &[element.as_str(), class.as_str()];
        self.title(&place, &Title { selectors, size, align, spacing, color, rule });
    }

    /// A page that is designed as a whole, with its title.
    fn plate(&mut self, style: &Style, page: &str, title: &str, plate: &PlateStyle) {
        let &PlateStyle { size, align, spacing, color, rule, .. } = plate;
        let place = format!(
            "padding-block-start: {}%; padding-inline-start: {}em; text-align: {}",
            plate.at,
            ratio(plate.indent, style.size),
            text_align(align),
        );
        let main = format!("{page} .main");
        direction::rule_in(self.css, self.writing, &[&main], &place);
        let place = format!(
            "font-size: {}em; margin-block-start: 0; margin-block-end: 0.5em; \
             margin-inline-start: 0; border: 0; padding: 0",
            ratio(size, style.size)
        );
        let title = format!("{page} {title}");
        let selectors = &[title.as_str()];
        self.title(&place, &Title { selectors, size, align, spacing, color, rule });
    }

    fn title(&mut self, place: &str, title: &Title<'_>) {
        let &Title { selectors, size, align, spacing, color, rule } = title;
        let width = ratio(rule.width, size).max(0.04);
        let mut css = format!("{place}; text-align: {}", text_align(align));
        if spacing > Length::ZERO {
            let _ = write!(css, "; letter-spacing: {}em", ratio(spacing, size));
        }
        let sides: &[&str] = match rule.shape {
            RuleShape::None | RuleShape::Short => &[],
            RuleShape::Under => &["block-end"],
            RuleShape::Over => &["block-start"],
            RuleShape::Both => &["block-start", "block-end"],
            RuleShape::Bar => &["inline-start"],
        };
        for side in sides {
            let _ = write!(
                css,
                "; border-{side}: {width}em solid; padding-{side}: {PADDING}em"
            );
        }
        direction::rule_in(self.css, self.writing, selectors, &css);
        for selector in selectors {
            self.color(selector, color);
            match rule.shape {
                RuleShape::None => {}
                RuleShape::Short => {
                    let after = format!("{selector}::after");
                    self.short_rule(&after, width, align);
                    self.paint(&after, "border-color", rule.color);
                }
                RuleShape::Under | RuleShape::Over | RuleShape::Both | RuleShape::Bar => {
                    self.paint(selector, "border-color", rule.color);
                }
            }
        }
    }

    /// A short rule after the words, at their place in the line.
    fn short_rule(&mut self, selector: &str, width: f64, align: Align) {
        let margin = |fixed: bool| if fixed { "0" } else { "auto" };
        let css = format!(
            "content: \"\"; display: block; inline-size: 3em; margin-block-start: 0.5em; \
             margin-inline-start: {}; margin-inline-end: {}; \
             border-block-end: {width}em solid",
            margin(align == Align::Start),
            margin(align == Align::End),
        );
        direction::rule_in(self.css, self.writing, &[selector], &css);
    }

    /// The colour of words.
    fn color(&mut self, selector: &str, color: Color) {
        self.paint(selector, "color", color);
    }

    /// A colour, where it is not that of the text, which readers choose.
    fn paint(&mut self, selector: &str, property: &str, color: Color) {
        if color == Color::BLACK {
            return;
        }
        let class = direction::class(self.writing);
        let (day, night) = (hex(color), hex(at_night(color)));
        let _ = writeln!(self.css, ".{class} {selector} {{ {property}: {day}; }}");
        let _ = writeln!(self.night, "  .{class} {selector} {{ {property}: {night}; }}");
    }
}

/// From words to the rule beside them, in their ems.
const PADDING: f64 = 0.3;

/// Where lines stand; left is the start of vertical lines too.
fn text_align(align: Align) -> &'static str {
    match align {
        Align::Start => "left",
        Align::Center => "center",
        Align::End => "right",
    }
}

fn hex(Color { red, green, blue }: Color) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A colour as a dark ground shows it: mixed with as much white as it needs to be read.
fn at_night(color: Color) -> Color {
    let mix = |level: u8, white: u32| {
        let level = u32::from(level);
        u8::try_from(level + (255 - level) * white / 16).unwrap_or(u8::MAX)
    };
    let Color { red, green, blue } = color;
    let mut mixtures = (0..=16).map(|white| Color {
        red: mix(red, white),
        green: mix(green, white),
        blue: mix(blue, white),
    });
    mixtures.find(|&color| luminance(color) >= 300).unwrap_or(color)
}

/// The relative luminance of a colour in thousandths, by a square in place of the curve of
/// sRGB, which is near enough: 300 is 6 : 1 against a ground of 1 : 15.
fn luminance(Color { red, green, blue }: Color) -> u32 {
    let linear = |level: u8| u32::from(level).pow(2) * 1000 / 65_025;
    (linear(red) * 213 + linear(green) * 715 + linear(blue) * 72) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_readable_at_night() {
        let ground = luminance(Color::gray(0x1e));
        for level in [0, 32, 64, 128, 255] {
            for color in [
                Color { red: level, green: 0, blue: 0 },
                Color { red: 0, green: level, blue: 32 },
                Color { red: 16, green: 64, blue: level },
            ] {
                let light = luminance(at_night(color));
                assert!((light + 50) * 10 >= (ground + 50) * 45, "{color:?}: {light}");
            }
        }
        let light = Color { red: 240, green: 220, blue: 180 };
        assert_eq!(at_night(light), light);
    }
}
