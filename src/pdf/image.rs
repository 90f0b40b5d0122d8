//! Images.

#[cfg(feature = "svg")]
mod filter;
mod png;
#[cfg(feature = "svg")]
mod vector;

use std::collections::BTreeMap;

use krilla::geom::{Size, Transform};
use krilla::graphic::Graphic;
use krilla::image::Image;
use krilla::surface::Surface;
use png::Pixels;

use super::{rect, shape};
use crate::display::{
    self, Color, ImageFormat, ImageId, Orientation, Outline, Paint, PlacedImage, Shape,
};
use crate::font::FontBook;
use crate::geom::Length;

/// The images of a file by their numbers, each read once.
pub(super) struct Images {
    pictures: Vec<Result<Picture, String>>,
    /// Those of which a stand-in is drawn.
    packed: BTreeMap<usize, Pixels>,
}

/// An image that can be drawn.
enum Picture {
    /// Pixels. The same bytes are written once, however often they are drawn.
    Raster(Image, Orientation),
    /// Shapes and text.
    #[cfg(feature = "svg")]
    Vector(Box<usvg::Tree>),
}

/// The vector images that a document has already.
#[derive(Default)]
#[cfg_attr(not(feature = "svg"), expect(dead_code, reason = "there are none"))]
pub(super) struct Drawn(BTreeMap<ImageId, Graphic>);

impl Images {
    /// Reads the images as far as their size. `as_they_are` says whether they may go into
    /// the file packed as they are.
    pub(super) fn read(
        images: &[display::Image],
        fonts: &FontBook,
        as_they_are: bool,
    ) -> Self {
        let mut vectors = Vectors::new(fonts);
        let mut packed = BTreeMap::new();
        let mut picture = |(number, image): (usize, &display::Image)| {
            let pixels = match image.format {
                ImageFormat::Png if as_they_are => Pixels::read(&image.data),
                _ => None,
            };
            let Some(pixels) = pixels else { return read(image, &mut vectors) };
            let stand_in = pixels.stand_in(number)?;
            packed.insert(number, pixels);
            Ok(Picture::Raster(stand_in, image.orientation))
        };
        let pictures = images.iter().enumerate().map(&mut picture).collect();
        Self { pictures, packed }
    }

    /// The image that an object of the file stands in for.
    pub(super) fn behind(&self, object: &[u8]) -> Option<&Pixels> {
        self.packed.get(&png::number(object)?)
    }

    /// Takes note that an image cannot be read. Returns whether that was not known.
    pub(super) fn reject(&mut self, image: &Image, reason: &str) -> bool {
        let is_image = |picture: &Picture| match picture {
            Picture::Raster(raster, _) => raster == image,
            #[cfg(feature = "svg")]
            Picture::Vector(_) => false,
        };
        // Otherwise it is inside a vector image, and nothing tells in which.
        let has_images = |picture: &Picture| match picture {
            Picture::Raster(..) => false,
            #[cfg(feature = "svg")]
            Picture::Vector(tree) => vector::has_pixels(tree.root()),
        };
        self.reject_all(is_image, reason) || self.reject_all(has_images, reason)
    }

    /// Rejects what a test finds; returns whether it finds any.
    fn reject_all(&mut self, is_bad: impl Fn(&Picture) -> bool, reason: &str) -> bool {
        let mut found = false;
        for picture in &mut self.pictures {
            if picture.as_ref().is_ok_and(&is_bad) {
                *picture = Err(reason.to_owned());
                found = true;
            }
        }
        found
    }

    /// The images that cannot be read, with the reasons.
    pub(super) fn unreadable(&self) -> Vec<(ImageId, String)> {
        let all = self.pictures.iter().enumerate();
        let bad = all.filter_map(|(id, picture)| {
            picture.as_ref().err().map(|reason| (ImageId(id), reason.clone()))
        });
        bad.collect()
    }

    /// Draws an image into its box.
    pub(super) fn draw(
        &self,
        placed: &PlacedImage,
        surface: &mut Surface<'_>,
        drawn: &mut Drawn,
    ) {
        let Some(area) = rect(placed.area) else { return };
        let Some(size) = Size::from_wh(area.width(), area.height()) else { return };
        let corner = Transform::from_translate(area.left(), area.top());
        match self.pictures.get(placed.image.0) {
            Some(Ok(Picture::Raster(image, orientation))) => {
                let (turn, size) = upright(*orientation, size);
                surface.push_transform(&corner);
                surface.push_transform(&turn);
                surface.draw_image(image.clone(), size);
                surface.pop();
                surface.pop();
            }
            #[cfg(feature = "svg")]
            Some(Ok(Picture::Vector(tree))) => {
                let graphic = drawn.0.entry(placed.image);
                let graphic = graphic.or_insert_with(|| vector::graphic(tree, surface));
                let (width, height) = (tree.size().width(), tree.size().height());
                let scale =
                    Transform::from_scale(size.width() / width, size.height() / height);
                surface.push_transform(&corner);
                surface.push_transform(&scale);
                surface.draw_graphic(graphic.clone());
                surface.pop();
                surface.pop();
            }
            Some(Err(_)) | None => draw_missing(placed, surface),
        }
        #[cfg(not(feature = "svg"))]
        let _ = drawn;
    }
}

/// Whether an image has the four colours of print.
pub(super) fn is_cmyk(image: &display::Image) -> bool {
    crate::image::is_cmyk(image.format, &image.data)
}

/// The width of the thinnest line of a vector image, in parts of the image's width; `None`
/// where there are no lines, and for pixels.
pub(super) fn thinnest_line(image: &display::Image, fonts: &FontBook) -> Option<f64> {
    match read(image, &mut Vectors::new(fonts)) {
        #[cfg(feature = "svg")]
        Ok(Picture::Vector(tree)) => vector::thinnest_line(&tree),
        Ok(Picture::Raster(..)) | Err(_) => None,
    }
}

fn read(image: &display::Image, vectors: &mut Vectors<'_>) -> Result<Picture, String> {
    let data = image.data.clone();
    let picture = match image.format {
        ImageFormat::Png => Image::from_png(data.into(), false),
        ImageFormat::Jpeg => Image::from_jpeg(data.into(), false),
        ImageFormat::Gif => Image::from_gif(data.into(), false),
        ImageFormat::Webp => Image::from_webp(data.into(), false),
        ImageFormat::Svg => return vectors.read(&data),
    };
    picture.map(|pixels| Picture::Raster(pixels, image.orientation))
}

/// What brings pixels upright into a box of a size, and the size that they have before.
fn upright(orientation: Orientation, size: Size) -> (Transform, Size) {
    let (width, height) = (size.width(), size.height());
    // The corner and the axes of the pixels in the box: clockwise, `y` downward.
    let [a, b, c, d, x, y] = match orientation.quarters % 4 {
        0 => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        1 => [0.0, 1.0, -1.0, 0.0, width, 0.0],
        2 => [-1.0, 0.0, 0.0, -1.0, width, height],
        _ => [0.0, -1.0, 1.0, 0.0, 0.0, height],
    };
    let lying = match orientation.is_sideways() {
        true => Size::from_wh(height, width).unwrap_or(size),
        false => size,
    };
    // Mirrored, the pixels start at the other end of their first axis.
    let turn = match orientation.mirrored {
        false => Transform::from_row(a, b, c, d, x, y),
        true => {
            let (x, y) = (x + a * lying.width(), y + b * lying.width());
            Transform::from_row(-a, -b, c, d, x, y)
        }
    };
    (turn, lying)
}

/// Reads vector images; the fonts for them are looked at when the first is read.
#[cfg(feature = "svg")]
struct Vectors<'a> {
    fonts: &'a FontBook,
    options: Option<usvg::Options<'static>>,
}

#[cfg(feature = "svg")]
impl<'a> Vectors<'a> {
    fn new(fonts: &'a FontBook) -> Self {
        Self { fonts, options: None }
    }

    fn read(&mut self, data: &[u8]) -> Result<Picture, String> {
        let options = self.options.get_or_insert_with(|| vector::options(self.fonts));
        let tree = usvg::Tree::from_data(data, options).map_err(|e| e.to_string())?;
        if !filter::are_modest(&tree) {
            return Err("its filters ask for too much".to_owned());
        }
        Ok(Picture::Vector(Box::new(tree)))
    }
}

/// Refuses vector images.
#[cfg(not(feature = "svg"))]
struct Vectors<'a>(std::marker::PhantomData<&'a FontBook>);

#[cfg(not(feature = "svg"))]
impl<'a> Vectors<'a> {
    fn new(_: &'a FontBook) -> Self {
        Self(std::marker::PhantomData)
    }

    fn read(&mut self, _: &[u8]) -> Result<Picture, String> {
        Err("this program was built without SVG images".to_owned())
    }
}

/// Draws a gray box with an edge, where an image would stand.
fn draw_missing(placed: &PlacedImage, surface: &mut Surface<'_>) {
    let outline = Outline::Rect(placed.area);
    let edge = Paint::Stroke {
        color: Color::gray(128),
        width: Length::PT.ratio(1, 2),
        dash: None,
    };
    for paint in [Paint::Fill(Color::gray(230)), edge] {
        shape::draw(&Shape { outline: outline.clone(), paint }, surface);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_are_brought_upright() {
        let size = Size::from_wh(2.0, 3.0).expect("a size");
        for number in 1..=8 {
            let orientation = Orientation::from_exif(number);
            let (turn, lying) = upright(orientation, size);
            let place = |x: f32, y: f32| {
                (
                    turn.sx() * x + turn.kx() * y + turn.tx(),
                    turn.ky() * x + turn.sy() * y + turn.ty(),
                )
            };
            // Where the first row and the first column of the pixels come to lie (Exif).
            let corner = place(0.0, 0.0);
            let expected = match number {
                1 | 5 => (0.0, 0.0),
                2 | 6 => (2.0, 0.0),
                3 | 7 => (2.0, 3.0),
                _ => (0.0, 3.0),
            };
            assert_eq!(corner, expected, "{number}");
            let opposite = place(lying.width(), lying.height());
            assert_eq!(opposite, (2.0 - expected.0, 3.0 - expected.1), "{number}");
        }
    }
}
