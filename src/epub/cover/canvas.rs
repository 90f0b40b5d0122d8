//! A canvas of one ink on two grounds, and its pixels as PNG.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use tiny_skia::{FillRule, Mask, PathBuilder, Rect, Transform};

use crate::cover::{Area, DrawnGlyph, INK, PAPER};
use crate::font::Face;

/// The size of covers that stores ask for, in pixels.
pub(super) const WIDTH: u32 = 1600;
/// The height that goes with [`WIDTH`].
pub(super) const HEIGHT: u32 = 2560;

/// How much ink is where.
#[derive(Debug)]
pub(super) struct Canvas {
    ink: Option<Mask>,
}

impl Canvas {
    /// A canvas without ink.
    pub(super) fn new() -> Self {
        Self { ink: Mask::new(WIDTH, HEIGHT) }
    }

    /// Draws a glyph with its origin at a point, turned to the right where it lies on its
    /// side.
    pub(super) fn glyph(&mut self, face: &Face, glyph: &DrawnGlyph) {
        let DrawnGlyph { id, size, at: (x, y), turned, .. } = *glyph;
        let Ok(font) = FontRef::from_index(face.data.as_ref(), face.index) else {
            return;
        };
        let Some(outline) = font.outline_glyphs().get(GlyphId::from(id)) else { return };
        let mut pen = Pen { path: PathBuilder::new() };
        let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
        if outline.draw(settings, &mut pen).is_err() {
            return;
        }
        // Outlines count upward, pixels downward.
        let transform = if turned {
            Transform::from_row(0.0, 1.0, 1.0, 0.0, x, y)
        } else {
            Transform::from_row(1.0, 0.0, 0.0, -1.0, x, y)
        };
        if let (Some(path), Some(ink)) = (pen.path.finish(), &mut self.ink) {
            ink.fill_path(&path, FillRule::Winding, true, transform);
        }
    }

    /// Fills a box with ink.
    pub(super) fn fill(&mut self, area: Area) {
        let Area { left, top, right, bottom } = area;
        let path = Rect::from_ltrb(left, top, right, bottom).map(PathBuilder::from_rect);
        if let (Some(path), Some(ink)) = (path, &mut self.ink) {
            ink.fill_path(&path, FillRule::Winding, true, Transform::identity());
        }
    }

    /// The pixels as PNG: dark ink on the paper of the slip, paper-coloured ink on the
    /// cloth around it. A palette of two ramps keeps the file small.
    pub(super) fn png(&self, slip: Area, cloth: [u8; 3]) -> Vec<u8> {
        let coverage = self.ink.as_ref().map_or(&[][..], Mask::data);
        let pixels = |from: f32, to: f32| from.round() as usize..to.round() as usize;
        let across = pixels(slip.left, slip.right.min(WIDTH as f32));
        let down = pixels(slip.top, slip.bottom);
        let mut rows = Vec::with_capacity((WIDTH as usize + 1) * HEIGHT as usize);
        for (y, row) in coverage.chunks(WIDTH as usize).enumerate() {
            rows.push(0);
            let start = rows.len();
            rows.extend(row.iter().map(|ink| ink / 2));
            if down.contains(&y)
                && let Some(on_slip) = rows[start..].get_mut(across.clone())
            {
                on_slip.iter_mut().for_each(|pixel| *pixel += 128);
            }
        }
        let mut palette = ramp(cloth, PAPER);
        palette.extend(ramp(PAPER, INK));
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut header = Vec::new();
        header.extend(WIDTH.to_be_bytes());
        header.extend(HEIGHT.to_be_bytes());
        // 8 bits a pixel, with a palette; the other methods are the only ones.
        header.extend([8, 3, 0, 0, 0]);
        chunk(b"IHDR", &header, &mut png);
        chunk(b"PLTE", &palette, &mut png);
        chunk(b"IDAT", &deflate(&rows), &mut png);
        chunk(b"IEND", &[], &mut png);
        png
    }
}

/// 128 colours from one to another.
fn ramp(from: [u8; 3], to: [u8; 3]) -> Vec<u8> {
    let mix = |step: u32, from: u8, to: u8| {
        ((u32::from(from) * (127 - step) + u32::from(to) * step + 63) / 127) as u8
    };
    let colour = |step| [0, 1, 2].map(|part: usize| mix(step, from[part], to[part]));
    (0..128).flat_map(colour).collect()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    // A vector takes all that is written to it.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

fn chunk(kind: &[u8; 4], data: &[u8], png: &mut Vec<u8>) {
    png.extend((data.len() as u32).to_be_bytes());
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(data);
    png.extend(kind);
    png.extend(data);
    png.extend(sum.sum().to_be_bytes());
}

/// Takes an outline over into a path.
struct Pen {
    path: PathBuilder,
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
