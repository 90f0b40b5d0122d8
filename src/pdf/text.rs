//! Runs of glyphs.
//!
//! A stretch of glyphs on one line is written at once: a place, then the glyphs with the
//! numbers by which their steps differ from those of the font. The numbers are whole
//! thousandths of an em, and what is rounded off is carried on, so that no glyph stands
//! further than half of one from its place.

use std::ops::Range;

use krilla::geom::{Point, Transform};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::conform::location;
use super::font::Fonts;
use super::shape::fill;
use super::vertical::{STEP, TOP};
use super::{point, points};
use crate::display::{Direction, Glyph, GlyphRun};
use crate::geom::Length;

/// Glyphs that stand for a piece of text together; mostly one for a character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cluster {
    /// The glyphs of the run.
    pub(super) glyphs: Range<usize>,
    /// The bytes of the run's text; none where the glyphs stand for no text.
    pub(super) text: Range<usize>,
}

/// The clusters of a run.
pub(super) fn clusters(run: &GlyphRun) -> Vec<Cluster> {
    let mut clusters = Vec::with_capacity(run.glyphs.len());
    let mut start = 0;
    for glyphs in run.glyphs.chunk_by(|a, b| a.range() == b.range()) {
        let range = glyphs[0].range();
        let text = run.text.get(range.clone()).unwrap_or_default();
        let end = start + glyphs.len();
        if text.is_empty() {
            clusters.push(Cluster { glyphs: start..end, text: 0..0 });
        } else if glyphs.len() > 1 && text.chars().count() == glyphs.len() {
            // As many characters as glyphs: each has its own, and every reader can tell.
            clusters.extend(text.char_indices().enumerate().map(|(place, (at, ch))| {
                let (glyph, at) = (start + place, range.start + at);
                Cluster {
                    glyphs: glyph..glyph + 1,
                    text: at..at + ch.len_utf8(),
                }
            }));
        } else {
            clusters.push(Cluster { glyphs: start..end, text: range });
        }
        start = end;
    }
    clusters
}

/// Draws a run.
pub(super) fn draw(run: &GlyphRun, surface: &mut Surface<'_>, fonts: &Fonts<'_>) {
    if run.size <= Length::ZERO {
        return;
    }
    surface.set_fill(Some(fill(run.color)));
    surface.set_stroke(None);
    let clusters = clusters(run);
    let mut rest = clusters.as_slice();
    while let [first, others @ ..] = rest {
        let Some((layer, font)) = fonts.font(run, first) else { return };
        let joins = |next: &&Cluster| {
            is_single(first)
                && is_single(next)
                && fonts.font(run, next).is_some_and(|(other, _)| other == layer)
                && are_aligned(run, first.glyphs.start, next.glyphs.start, fonts)
        };
        let count = 1 + others.iter().take_while(joins).count();
        let (stretch, tail) = rest.split_at(count);
        rest = tail;
        if first.text.is_empty() {
            draw_outlines(run, &run.glyphs[first.glyphs.clone()], font, surface);
        } else {
            draw_stretch(run, stretch, font, surface, fonts);
        }
    }
}

/// Whether it is one glyph for some text, which can be written along with others.
fn is_single(cluster: &Cluster) -> bool {
    cluster.glyphs.len() == 1 && !cluster.text.is_empty()
}

/// Whether two glyphs of a run stand on the same line.
fn are_aligned(run: &GlyphRun, a: usize, b: usize, fonts: &Fonts<'_>) -> bool {
    let across = |index: usize| {
        let glyph = run.glyphs[index];
        match run.direction {
            Direction::Across => glyph.origin.y,
            Direction::Turned | Direction::TurnedBack => glyph.origin.x,
            Direction::Down => glyph.origin.x + half_width(run, glyph, fonts),
        }
    };
    (across(a) - across(b)).abs() * 2000 <= run.size
}

/// Half of a glyph's width: from its origin for lines across to that for lines down.
fn half_width(run: &GlyphRun, glyph: Glyph, fonts: &Fonts<'_>) -> Length {
    Length::scaled(run.size, fonts.advance(run.font, glyph.id) / 2000.0)
}

/// Draws glyphs as shapes, from which no text is read.
fn draw_outlines(
    run: &GlyphRun,
    glyphs: &[Glyph],
    font: &Font,
    surface: &mut Surface<'_>,
) {
    for glyph in glyphs {
        let id = GlyphId::new(glyph.id.into());
        let shape = KrillaGlyph::new(id, 0.0, 0.0, 0.0, 0.0, 0..0, None);
        let (size, origin) = (points(run.size), point(glyph.origin));
        place(run, origin, surface, |surface, origin| {
            surface.draw_glyphs(origin, &[shape], font.clone(), "", size, true);
        });
    }
}

/// Draws clusters on one line with one font.
fn draw_stretch(
    run: &GlyphRun,
    clusters: &[Cluster],
    font: &Font,
    surface: &mut Surface<'_>,
    fonts: &Fonts<'_>,
) {
    let (Some(first), Some(last)) = (clusters.first(), clusters.last()) else { return };
    let glyphs = &run.glyphs[first.glyphs.start..last.glyphs.end];
    let advances = advances(run, glyphs, fonts);
    let text = clusters.iter().flat_map(|c| c.glyphs.clone().map(|_| c.text.clone()));
    let drawn: Vec<KrillaGlyph> = glyphs
        .iter()
        .zip(advances)
        .zip(text)
        .map(|((glyph, advance), text)| {
            let id = GlyphId::new(glyph.id.into());
            KrillaGlyph::new(id, advance, 0.0, 0.0, 0.0, text, location(run.tag))
        })
        .collect();
    let mut origin = glyphs[0].origin;
    if run.direction == Direction::Down {
        origin.x += half_width(run, glyphs[0], fonts);
        origin.y -= Length::scaled(run.size, TOP / 1000.0);
    }
    place(run, point(origin), surface, |surface, origin| {
        let size = run.size.to_pt() as f32;
        surface.draw_glyphs(origin, &drawn, font.clone(), &run.text, size, false);
    });
}

/// Draws at a place, turned as the run is.
fn place(
    run: &GlyphRun,
    origin: Point,
    surface: &mut Surface<'_>,
    draw: impl FnOnce(&mut Surface<'_>, Point),
) {
    match run.direction {
        Direction::Across | Direction::Down => draw(surface, origin),
        Direction::Turned | Direction::TurnedBack => {
            let sine = if run.direction == Direction::Turned { 1.0 } else { -1.0 };
            let turn = Transform::from_row(0.0, sine, -sine, 0.0, origin.x, origin.y);
            surface.push_transform(&turn);
            draw(surface, Point::from_xy(0.0, 0.0));
            surface.pop();
        }
    }
}

/// The advances of glyphs in ems, as krilla takes them: it writes by how many thousandths
/// of an em one is less than the font's width of the glyph, for lines across.
fn advances(run: &GlyphRun, glyphs: &[Glyph], fonts: &Fonts<'_>) -> Vec<f32> {
    let size = run.size.0 as f64;
    let along = |glyph: &Glyph| match run.direction {
        Direction::Across => glyph.origin.x.0,
        Direction::Down | Direction::Turned => glyph.origin.y.0,
        Direction::TurnedBack => -glyph.origin.y.0,
    };
    let start = along(&glyphs[0]);
    let mut pen = 0.0;
    let advance = |(index, glyph): (usize, &Glyph)| {
        let width = fonts.advance(run.font, glyph.id);
        let Some(next) = glyphs.get(index + 1) else { return (width / 1000.0) as f32 };
        let step = match run.direction {
            Direction::Across | Direction::Turned | Direction::TurnedBack => width,
            Direction::Down => STEP,
        };
        let target = (along(next) - start) as f64 * 1000.0 / size;
        let adjustment = (target - pen - step).round();
        pen += step + adjustment;
        let adjusted = match run.direction {
            Direction::Across | Direction::Turned | Direction::TurnedBack => {
                width + adjustment
            }
            // The same number that shortens a step to the right lengthens one down.
            Direction::Down => width - adjustment,
        };
        (adjusted / 1000.0) as f32
    };
    glyphs.iter().enumerate().map(advance).collect()
}
