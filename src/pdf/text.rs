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
use super::font::{FaceFonts, Fonts};
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
    let Some(face) = fonts.face(run.font) else { return };
    surface.set_fill(Some(fill(run.color)));
    surface.set_stroke(None);
    let clusters = clusters(run);
    let mut open: Option<Stretch<'_>> = None;
    for (number, cluster) in clusters.iter().enumerate() {
        let Some((layer, font)) = face.font(run, cluster) else { break };
        let across = across(run, cluster, face);
        if let Some(stretch) = &mut open
            && is_single(cluster)
            && stretch.takes(layer, across, run.size)
        {
            stretch.end += 1;
            continue;
        }
        let next = Stretch {
            start: number,
            end: number + 1,
            font,
            layer,
            across: is_single(cluster).then_some(across),
        };
        if let Some(stretch) = open.replace(next) {
            stretch.draw(run, &clusters, face, surface);
        }
    }
    if let Some(stretch) = open {
        stretch.draw(run, &clusters, face, surface);
    }
}

/// Clusters of a run on one line with one font.
struct Stretch<'a> {
    start: usize,
    end: usize,
    font: &'a Font,
    /// The number of the font among those of the face.
    layer: usize,
    /// Where the line is, across it; `None` for a cluster that is written alone.
    across: Option<Length>,
}

impl Stretch<'_> {
    /// Whether a cluster of one glyph goes on where this ends.
    fn takes(&self, layer: usize, across: Length, size: Length) -> bool {
        let is_aligned = |line: Length| (line - across).abs() * 2000 <= size;
        self.layer == layer && self.across.is_some_and(is_aligned)
    }

    fn draw(
        &self,
        run: &GlyphRun,
        clusters: &[Cluster],
        face: &FaceFonts<'_>,
        surface: &mut Surface<'_>,
    ) {
        let clusters = &clusters[self.start..self.end];
        if clusters[0].text.is_empty() {
            let glyphs = &run.glyphs[clusters[0].glyphs.clone()];
            draw_outlines(run, glyphs, self.font, surface);
        } else {
            draw_stretch(run, clusters, (self.font, face), surface);
        }
    }
}

/// Whether it is one glyph for some text, which can be written along with others.
fn is_single(cluster: &Cluster) -> bool {
    cluster.glyphs.len() == 1 && !cluster.text.is_empty()
}

/// Where a cluster stands across the line.
fn across(run: &GlyphRun, cluster: &Cluster, face: &FaceFonts<'_>) -> Length {
    let glyph = run.glyphs[cluster.glyphs.start];
    match run.direction {
        Direction::Across => glyph.origin.y,
        Direction::Turned | Direction::TurnedBack => glyph.origin.x,
        Direction::Down => glyph.origin.x + half_width(run, glyph, face),
    }
}

/// Half of a glyph's width: from its origin for lines across to that for lines down.
fn half_width(run: &GlyphRun, glyph: Glyph, face: &FaceFonts<'_>) -> Length {
    Length::scaled(run.size, face.advance(glyph.id) / 2000.0)
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
    (font, face): (&Font, &FaceFonts<'_>),
    surface: &mut Surface<'_>,
) {
    let (Some(first), Some(last)) = (clusters.first(), clusters.last()) else { return };
    let glyphs = &run.glyphs[first.glyphs.start..last.glyphs.end];
    let advances = advances(run, glyphs, face);
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
        origin.x += half_width(run, glyphs[0], face);
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
fn advances(run: &GlyphRun, glyphs: &[Glyph], face: &FaceFonts<'_>) -> Vec<f32> {
    let size = run.size.0 as f64;
    let along = |glyph: &Glyph| match run.direction {
        Direction::Across => glyph.origin.x.0,
        Direction::Down | Direction::Turned => glyph.origin.y.0,
        Direction::TurnedBack => -glyph.origin.y.0,
    };
    let start = along(&glyphs[0]);
    let mut pen = 0.0;
    let advance = |(index, glyph): (usize, &Glyph)| {
        let width = face.advance(glyph.id);
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
