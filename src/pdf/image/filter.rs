//! What the filters of an SVG image ask for: they are drawn as pixels.

use usvg::filter::{CompositeOperator, Kind, LightSource};
use usvg::{Group, Node, Tree};

/// The pixels that krilla-svg draws for a unit of an image.
const SCALE: f64 = 4.0;
/// The most pixels that it draws along a side.
const MOST: f64 = 5000.0;
/// How many times a pixel may be looked at, all pixels together.
const MOST_WORK: f64 = 4e9;
/// What counts for a pixel at least: all that is drawn on the way is kept in the memory.
const KEPT: f64 = 16.0;
/// A blur may be so many times wider than what it is of.
const WIDEST_BLUR: f64 = 10.0;
/// More octaves of noise are not seen.
const MOST_OCTAVES: u32 = 24;
/// Numbers beyond these become infinite on the way.
const LARGEST: f32 = 1e6;
const SMALLEST: f32 = 1e-6;

/// Whether the filters of an image can be drawn in reasonable time.
pub(super) fn are_modest(tree: &Tree) -> bool {
    let mut work = 0.0;
    add(tree.root(), &mut work);
    work <= MOST_WORK
}

fn add(group: &Group, work: &mut f64) {
    for node in group.children() {
        if let Node::Group(group) = node {
            *work += work_of(group);
            add(group, work);
        }
        // Images within it, patterns, masks.
        node.subroots(|group| add(group, work));
    }
}

/// How often the filters of a group look at a pixel.
fn work_of(group: &Group) -> f64 {
    let area = group.layer_bounding_box();
    let (width, height) = (f64::from(area.width()), f64::from(area.height()));
    let scale = SCALE.min(MOST / width).min(MOST / height);
    let pixels = (width * scale).max(1.0) * (height * scale).max(1.0);
    let primitives = group.filters().iter().flat_map(|filter| filter.primitives());
    let looks = |kind: &Kind| looks(kind, scale, width.max(height));
    primitives.map(|primitive| pixels * looks(primitive.kind())).sum()
}

/// How often a primitive looks at each pixel, of something of a size.
fn looks(kind: &Kind, scale: f64, size: f64) -> f64 {
    let blur = |deviations: [f32; 2]| {
        let is_wide = |deviation: f32| f64::from(deviation) > size * WIDEST_BLUR;
        if deviations.into_iter().any(is_wide) { f64::INFINITY } else { KEPT }
    };
    let is_large = |number: f32| number.abs() > LARGEST;
    match kind {
        _ if numbers(kind).into_iter().any(is_large) => f64::INFINITY,
        Kind::GaussianBlur(blurred) => {
            blur([blurred.std_dev_x().get(), blurred.std_dev_y().get()])
        }
        Kind::DropShadow(shadow) => {
            blur([shadow.std_dev_x().get(), shadow.std_dev_y().get()])
        }
        Kind::ConvolveMatrix(convolved) => {
            let matrix = convolved.matrix();
            KEPT.max(f64::from(matrix.columns()) * f64::from(matrix.rows()))
        }
        Kind::Morphology(morphed) => {
            let across = |radius: f32| f64::from(radius) * scale * 2.0 + 1.0;
            KEPT.max(across(morphed.radius_x().get()) * across(morphed.radius_y().get()))
        }
        Kind::Turbulence(noise) if noise.num_octaves() > MOST_OCTAVES => f64::INFINITY,
        Kind::Turbulence(noise) => 20.0 * f64::from(noise.num_octaves()),
        Kind::Blend(_)
        | Kind::ColorMatrix(_)
        | Kind::ComponentTransfer(_)
        | Kind::Composite(_)
        | Kind::DiffuseLighting(_)
        | Kind::DisplacementMap(_)
        | Kind::Flood(_)
        | Kind::Image(_)
        | Kind::Merge(_)
        | Kind::Offset(_)
        | Kind::SpecularLighting(_)
        | Kind::Tile(_) => KEPT,
    }
}

/// The numbers of a primitive that are reckoned with.
fn numbers(kind: &Kind) -> Vec<f32> {
    match kind {
        Kind::ConvolveMatrix(convolved) => {
            let mut numbers = convolved.matrix().data().to_vec();
            let divisor = convolved.divisor().get();
            numbers.extend([convolved.bias(), divisor]);
            numbers.extend((divisor.abs() < SMALLEST).then_some(f32::INFINITY));
            numbers
        }
        Kind::DropShadow(shadow) => vec![shadow.dx(), shadow.dy()],
        Kind::Offset(offset) => vec![offset.dx(), offset.dy()],
        Kind::DisplacementMap(displaced) => vec![displaced.scale()],
        Kind::DiffuseLighting(lit) => {
            let own = [lit.surface_scale(), lit.diffuse_constant()];
            own.into_iter().chain(light(lit.light_source())).collect()
        }
        Kind::SpecularLighting(lit) => {
            let own = [lit.surface_scale(), lit.specular_constant()];
            own.into_iter().chain(light(lit.light_source())).collect()
        }
        Kind::Turbulence(noise) => {
            vec![noise.base_frequency_x().get(), noise.base_frequency_y().get()]
        }
        Kind::Composite(composite) => match composite.operator() {
            CompositeOperator::Arithmetic { k1, k2, k3, k4 } => vec![k1, k2, k3, k4],
            _ => Vec::new(),
        },
        Kind::GaussianBlur(_)
        | Kind::Morphology(_)
        | Kind::Blend(_)
        | Kind::ColorMatrix(_)
        | Kind::ComponentTransfer(_)
        | Kind::Flood(_)
        | Kind::Image(_)
        | Kind::Merge(_)
        | Kind::Tile(_) => Vec::new(),
    }
}

fn light(source: LightSource) -> Vec<f32> {
    match source {
        LightSource::DistantLight(light) => vec![light.azimuth, light.elevation],
        LightSource::PointLight(light) => vec![light.x, light.y, light.z],
        LightSource::SpotLight(light) => {
            let to = [light.points_at_x, light.points_at_y, light.points_at_z];
            [light.x, light.y, light.z].into_iter().chain(to).collect()
        }
    }
}
