//! SVG images as shapes and text.

use std::sync::Arc;

use krilla::geom::Size;
use krilla::graphic::Graphic;
use krilla::surface::Surface;
use krilla_svg::{SurfaceExt, SvgSettings};
use usvg::fontdb::{Database, Source};
use usvg::{ImageHrefResolver, ImageKind, Node, Options};

use crate::font::{Family, FontBook, FontStyle, Weight};

/// How SVG images are read: with the fonts of the book alone and without any other file,
/// so that they come out the same everywhere.
pub(super) fn options(fonts: &FontBook) -> Options<'static> {
    let mut database = Database::new();
    for (_, face) in fonts.faces() {
        database.load_font_source(Source::Binary(Arc::new(face.data.clone())));
    }
    let name = |family| {
        let style = FontStyle { family, weight: Weight::Regular };
        let first = fonts.order(style).first();
        first.map_or_else(String::new, |&id| fonts.face(id).family_name.clone())
    };
    database.set_serif_family(name(Family::Mincho));
    database.set_sans_serif_family(name(Family::Gothic));
    database.set_monospace_family(name(Family::Mono));
    database.set_cursive_family(name(Family::Mincho));
    database.set_fantasy_family(name(Family::Gothic));
    Options {
        font_family: name(Family::Gothic),
        fontdb: Arc::new(database),
        image_href_resolver: ImageHrefResolver {
            resolve_string: Box::new(|_, _| None),
            ..ImageHrefResolver::default()
        },
        ..Options::default()
    }
}

/// Puts an image into the file, to be drawn as often as is liked.
pub(super) fn graphic(tree: &usvg::Tree, surface: &mut Surface<'_>) -> Graphic {
    let mut stream = surface.stream_builder();
    let mut canvas = stream.surface();
    if let Some(size) = Size::from_wh(tree.size().width(), tree.size().height()) {
        canvas.draw_svg(tree, size, SvgSettings::default());
    }
    canvas.finish();
    Graphic::new(stream.finish(), false)
}

/// Whether there are images of pixels in it.
pub(super) fn has_pixels(group: &usvg::Group) -> bool {
    group.children().iter().any(|node| {
        let mut found = match node {
            Node::Group(group) => has_pixels(group),
            Node::Image(image) => !matches!(image.kind(), ImageKind::SVG(_)),
            Node::Path(_) | Node::Text(_) => false,
        };
        // Images within it, patterns, masks.
        node.subroots(|group| found |= has_pixels(group));
        found
    })
}

/// The width of the thinnest line of an image, in parts of the image's width; `None` where
/// there are no lines.
pub(super) fn thinnest_line(tree: &usvg::Tree) -> Option<f64> {
    fn thinnest(group: &usvg::Group, least: &mut Option<f32>) {
        for node in group.children() {
            match node {
                Node::Group(group) => thinnest(group, least),
                Node::Path(path) => {
                    let Some(stroke) = path.stroke() else { continue };
                    let usvg::Transform { sx, kx, ky, sy, .. } = path.abs_transform();
                    let scale = (sx * sy - kx * ky).abs().sqrt();
                    let width = stroke.width().get() * scale;
                    *least = Some(least.map_or(width, |least| least.min(width)));
                }
                Node::Image(_) | Node::Text(_) => {}
            }
        }
    }
    let mut least = None;
    thinnest(tree.root(), &mut least);
    least.map(|width| f64::from(width / tree.size().width()))
}
