//! The fonts of the file.
//!
//! A font of a PDF gives each glyph one text and runs in one direction. A face therefore
//! becomes several fonts: one for lines across and one for lines down, and further ones
//! for glyphs that stand for a second text, as where 人 and ⼈ share their shape.
//!
//! krilla: it would write the second text beside the glyph (`ActualText`), which half of
//! the readers pass over.

use std::collections::BTreeMap;
use std::sync::Arc;

use krilla::Data;
use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph, Tag};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use super::text::{Cluster, clusters};
use crate::display::{Direction, GlyphRun, Item, Pages};
use crate::font::{Face, FontBook, FontId, with_one_width};

/// The fonts of a file.
pub(super) struct Fonts<'a> {
    book: &'a FontBook,
    /// By the number of the face; only the faces in use.
    faces: BTreeMap<FontId, FaceFonts<'a>>,
}

/// The fonts of a face.
pub(super) struct FaceFonts<'a> {
    /// The face as such, for outlines.
    plain: Option<Font>,
    metrics: GlyphMetrics<'a>,
    /// The widths of glyphs that are not those of the metrics.
    widths: BTreeMap<u16, u16>,
    units_per_em: f64,
    across: Layers,
    down: Layers,
}

/// The fonts of a face in one direction, one for each text that a glyph stands for.
#[derive(Default)]
struct Layers {
    /// For each glyph the text that it stands for in the first font.
    first: Vec<Option<Box<str>>>,
    /// For each glyph with more texts those in the fonts after the first.
    more: BTreeMap<u16, Vec<Box<str>>>,
    /// For each font a glyph of it.
    samples: Vec<u16>,
    fonts: Vec<Font>,
}

impl<'a> Fonts<'a> {
    /// The fonts that the pages need.
    pub(super) fn collect(pages: &Pages, book: &'a FontBook) -> Self {
        let mut fonts = Self { book, faces: BTreeMap::new() };
        for item in pages.pages.iter().flat_map(|page| &page.items) {
            if let Item::Glyphs(run) = item {
                fonts.collect_run(run);
            }
        }
        for (id, fonts) in &mut fonts.faces {
            fonts.make(book.face(*id));
        }
        fonts
    }

    fn collect_run(&mut self, run: &GlyphRun) {
        let book = self.book;
        let face = self
            .faces
            .entry(run.font)
            .or_insert_with(|| FaceFonts::new(book, run.font));
        let layers = face.layers_mut(run.direction);
        for cluster in clusters(run).into_iter().filter(|c| !c.text.is_empty()) {
            layers.add(run.glyphs[cluster.glyphs.start].id, &run.text[cluster.text]);
        }
    }

    /// The number of fonts for lines down.
    pub(super) fn vertical(&self) -> usize {
        self.faces.values().map(|face| face.down.fonts.len()).sum()
    }

    /// Makes the fonts for lines down the first of the file, so that they can be told.
    pub(super) fn register_vertical(&self, surface: &mut Surface<'_>) {
        let mut unused = surface.stream_builder();
        let mut nowhere = unused.surface();
        for layers in self.faces.values().map(|face| &face.down) {
            for (layer, font) in layers.fonts.iter().enumerate() {
                let id = layers.samples[layer];
                let text = layers.text(id, layer);
                let glyph = GlyphId::new(id.into());
                let glyph =
                    KrillaGlyph::new(glyph, 0.0, 0.0, 0.0, 0.0, 0..text.len(), None);
                let origin = Point::from_xy(0.0, 0.0);
                nowhere.draw_glyphs(origin, &[glyph], font.clone(), text, 1.0, false);
            }
        }
    }

    /// The fonts of a face.
    pub(super) fn face(&self, font: FontId) -> Option<&FaceFonts<'a>> {
        self.faces.get(&font)
    }

    /// Where the face of a font is from.
    pub(super) fn origin(&self, font: &Font) -> String {
        let has = |face: &FaceFonts<'_>| {
            face.across.fonts.contains(font) || face.down.fonts.contains(font)
        };
        let found = self.faces.iter().find(|(_, face)| has(face));
        found.map_or_else(
            || "in an image".to_owned(),
            |(id, _)| self.book.face(*id).origin.clone(),
        )
    }
}

impl<'a> FaceFonts<'a> {
    fn new(book: &'a FontBook, id: FontId) -> Self {
        let face = book.face(id);
        let font = FontRef::from_index(face.data.as_ref(), face.index)
            .expect("a face of a font book has been read before");
        Self {
            plain: None,
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            widths: BTreeMap::new(),
            units_per_em: f64::from(face.units_per_em),
            across: Layers::default(),
            down: Layers::default(),
        }
    }

    /// The font that has a cluster of a run, and its number among those of the face and
    /// the direction; 0 for a cluster without text.
    pub(super) fn font(
        &self,
        run: &GlyphRun,
        cluster: &Cluster,
    ) -> Option<(usize, &Font)> {
        if cluster.text.is_empty() {
            return Some((0, self.plain.as_ref()?));
        }
        let layers = self.layers(run.direction);
        let id = run.glyphs[cluster.glyphs.start].id;
        let layer = layers.find(id, &run.text[cluster.text.clone()])?;
        Some((layer, layers.fonts.get(layer)?))
    }

    /// The width of a glyph in thousandths of an em.
    pub(super) fn advance(&self, glyph: u16) -> f64 {
        let id = skrifa::GlyphId::new(glyph.into());
        let units = match self.widths.get(&glyph) {
            Some(&width) => f64::from(width),
            None => self.metrics.advance_width(id).unwrap_or(0.0).into(),
        };
        units * 1000.0 / self.units_per_em
    }

    /// Makes the fonts, now that their number is known.
    fn make(&mut self, face: &Face) {
        let used = [&self.across, &self.down].map(Layers::glyphs).into_iter().flatten();
        // krilla: it writes the widths of `hmtx` beside the outlines, whatever those say.
        let mended = with_one_width(face, used);
        self.widths = mended.widths;
        let (data, index) = match mended.data {
            Some((data, index)) => (Data::from(data), index),
            None => {
                let data: Arc<dyn AsRef<[u8]> + Send + Sync> =
                    Arc::new(face.data.clone());
                (Data::from(data), face.index)
            }
        };
        // krilla: fonts of the same bytes are the same but for their variation. One along
        // an axis that no face has makes them others and changes nothing in them.
        let font = |number: usize| {
            let variation = [(Tag::new(b"\0txt"), number as f32)];
            let variation = if number == 0 { &[] } else { &variation[..] };
            Font::new_variable(data.clone(), index, variation)
        };
        self.plain = font(0);
        let across = 0..self.across.samples.len();
        let down = 0..self.down.samples.len();
        self.across.fonts = across.filter_map(|layer| font(2 * layer)).collect();
        self.down.fonts = down.filter_map(|layer| font(2 * layer + 1)).collect();
    }

    fn layers(&self, direction: Direction) -> &Layers {
        match direction {
            Direction::Across | Direction::Turned | Direction::TurnedBack => &self.across,
            Direction::Down => &self.down,
        }
    }

    fn layers_mut(&mut self, direction: Direction) -> &mut Layers {
        match direction {
            Direction::Across | Direction::Turned | Direction::TurnedBack => {
                &mut self.across
            }
            Direction::Down => &mut self.down,
        }
    }
}

impl Layers {
    /// Finds a font for a glyph that stands for a text, or takes a new one.
    fn add(&mut self, glyph: u16, text: &str) {
        if self.find(glyph, text).is_some() {
            return;
        }
        let index = usize::from(glyph);
        if self.first.len() <= index {
            self.first.resize(index + 1, None);
        }
        let layer = if self.first[index].is_none() {
            self.first[index] = Some(text.into());
            0
        } else {
            let more = self.more.entry(glyph).or_default();
            more.push(text.into());
            more.len()
        };
        if layer == self.samples.len() {
            self.samples.push(glyph);
        }
    }

    /// The glyphs that stand for some text.
    fn glyphs(&self) -> impl Iterator<Item = u16> {
        let all = self.first.iter().enumerate();
        all.filter_map(|(glyph, text)| text.as_ref().and(u16::try_from(glyph).ok()))
    }

    /// The number of the font in which a glyph stands for a text.
    fn find(&self, glyph: u16, text: &str) -> Option<usize> {
        if self.first.get(usize::from(glyph))?.as_deref() == Some(text) {
            return Some(0);
        }
        let more = self.more.get(&glyph)?;
        more.iter().position(|other| **other == *text).map(|place| place + 1)
    }

    /// The text that a glyph stands for in a font.
    fn text(&self, glyph: u16, layer: usize) -> &str {
        let text = match layer.checked_sub(1) {
            None => self.first.get(usize::from(glyph)).and_then(Option::as_deref),
            Some(place) => {
                self.more.get(&glyph).and_then(|more| more.get(place)).map(|t| &**t)
            }
        };
        text.unwrap_or_default()
    }
}
