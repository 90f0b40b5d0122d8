//! One paragraph becomes lines: collect → shape → compose → place.

mod boxes;
mod collect;
mod formula;
mod inset;
mod japanese;
mod jukugo;
mod marks;
mod overfull;
mod place;
mod ruby;
mod shape;
mod solid;
mod under;
mod warichu;
mod western;

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests;

pub(crate) use collect::western_language;

use crate::display::{Color, Element};
use crate::font::FontStyle;
use crate::geom::Length;
use crate::layout::{Context, Placed};
use crate::line::{self, Beside, Composed, Measure, RubyEdge};
use crate::model::Inline;
use collect::Collected;
use shape::Shaped;

/// Sets a paragraph into lines.
pub(crate) fn layout_inline(
    cx: &mut Context<'_>,
    content: &[Inline],
    style: &ParagraphStyle,
) -> Vec<Line> {
    layout_led(cx, None, content, style)
}

/// Sets a paragraph that may open with a heading into lines.
pub(crate) fn layout_led(
    cx: &mut Context<'_>,
    lead: Option<&Lead<'_>>,
    content: &[Inline],
    style: &ParagraphStyle,
) -> Vec<Line> {
    let rules = &cx.style.rules;

    let language = cx.language;

    // The inlines as one text, in stretches of one style.
    let collected = collect::collect(
        (lead, content),
        style,
        (cx.writing, cx.fonts, rules),
        language,
        &cx.notes,
        &mut cx.structure,
    );

    // The text as boxes with their glyphs.
    let mut shaped = shape::shape(cx, &collected, style, rules);

    // The boxes in lines.
    let measure = measure(style);
    let composed = warichu::compose(&mut shaped, &measure, rules);
    overfull::report(cx.sink, &collected, &shaped, &composed, &measure);

    // The lines as pieces at their places.
    finish(cx, &collected, shaped, &composed, style)
}

/// Gives what waited for the lines its place in them, and turns them into pieces.
fn finish(
    cx: &mut Context<'_>,
    collected: &Collected<'_>,
    mut shaped: Shaped,
    composed: &Composed,
    style: &ParagraphStyle,
) -> Vec<Line> {
    warichu::place_notes(cx, &mut shaped, collected, composed);
    jukugo::place_readings(&mut shaped, collected, composed);
    if cx.style.rules.ruby_edge == RubyEdge::Base {
        ruby::align_bases(&mut shaped, composed);
    }
    place::place(cx, collected, &shaped, composed, style)
}

/// The room of a paragraph as the composer takes it.
fn measure(style: &ParagraphStyle) -> Measure {
    Measure {
        length: style.measure,
        first_indent: style.first_indent,
        indent: style.indent,
        beside: style.beside,
        alignment: match style.alignment {
            Alignment::Justify => line::Alignment::Justify,
            Alignment::Start => line::Alignment::Start,
            Alignment::Center => line::Alignment::Center,
            Alignment::End => line::Alignment::End,
        },
    }
}

/// How a paragraph is set.
#[derive(Clone, Debug)]
pub(crate) struct ParagraphStyle {
    /// The face of its text.
    pub(crate) font: FontStyle,
    /// The size of its text.
    pub(crate) size: Length,
    /// The colour of its text.
    pub(crate) color: Color,
    /// The length of its lines (行長).
    pub(crate) measure: Length,
    /// The indent of its first line (字下げ).
    pub(crate) first_indent: Length,
    /// The indent of the others.
    pub(crate) indent: Length,
    /// What the first lines leave free besides.
    pub(crate) beside: Beside,
    /// Where its lines stand in the measure.
    pub(crate) alignment: Alignment,
}

/// A heading that opens a paragraph (同行見出し): an em of the text parts them.
#[derive(Debug)]
pub(crate) struct Lead<'a> {
    /// What it is in the structure of the text; the paragraph follows it there.
    pub(crate) element: Element,
    /// Its number as it is written.
    pub(crate) number: Option<&'a str>,
    /// Its words.
    pub(crate) content: &'a [Inline],
    /// The face.
    pub(crate) font: FontStyle,
    /// The size.
    pub(crate) size: Length,
    /// The colour.
    pub(crate) color: Color,
}

/// Where lines stand in the measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Alignment {
    /// From edge to edge, the last line at the start.
    #[default]
    Justify,
    /// At the start.
    Start,
    /// In the middle.
    Center,
    /// At the end.
    End,
}

/// A line of a paragraph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// What stands in it, from the start of the measure and from the central axis of the
    /// line's em box.
    pub(crate) pieces: Vec<Placed>,
    /// From the start of the measure to the end of the last character.
    pub(crate) width: Length,
    /// How far it reaches from its axis toward the line before: half an em of the text for
    /// a plain line, more with an image or a large character; ruby and kenten, which
    /// stand in the line gap, are not counted.
    pub(crate) before: Length,
    /// How far it reaches from its axis toward the line after.
    pub(crate) after: Length,
    /// The footnotes that it refers to, by their numbers in the section, from 0.
    pub(crate) notes: Vec<usize>,
}
