//! Reading a PDF and writing its pages on sheets. lopdf reads and writes; every page becomes
//! a form that keeps its content as it was packed.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream, dictionary};
use uuid::Uuid;

use super::place::{LeafSize, Plan, Side, Slot};
use super::{ImposeError, Imposed};
use crate::geom::{Length, Point, Rect, Size};

/// The deepest that page trees and references go.
const DEPTH: usize = 64;
/// The width of marks, 0.1 mm.
const MARK_WIDTH: Length = Length(Length::MM.0 / 10);
/// The dashes of fold marks.
const DASH: Length = Length::MM;

/// A PDF that has been read.
pub(super) struct Source {
    document: Document,
    pages: Vec<SourcePage>,
}

/// A page of it.
struct SourcePage {
    id: ObjectId,
    /// The finished page in the page's own units: left, bottom, right, top.
    finished: [f64; 4],
    /// All of it that can be drawn on.
    media: [f64; 4],
    /// How it is turned to be seen, clockwise, in quarters.
    turns: u8,
    /// How much goes on beyond each edge, in points.
    bleed: f64,
}

impl Source {
    /// Reads a file and the sizes of its pages.
    pub(super) fn read(pdf: &[u8]) -> Result<Self, ImposeError> {
        let broken = |error: lopdf::Error| match error {
            lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => {
                ImposeError::Encrypted
            }
            error => ImposeError::Broken(error.to_string()),
        };
        let document = Document::load_mem_with_options(pdf, LoadOptions::default())
            .map_err(broken)?;
        if document.is_encrypted() || document.was_encrypted() {
            return Err(ImposeError::Encrypted);
        }
        let pages: Vec<SourcePage> = document
            .page_iter()
            .map(|id| SourcePage::read(&document, id))
            .collect();
        if pages.is_empty() {
            return Err(ImposeError::NoPages);
        }
        Ok(Self { document, pages })
    }

    /// The sizes of the pages as they are seen.
    pub(super) fn sizes(&self) -> Vec<LeafSize> {
        self.pages.iter().map(SourcePage::leaf).collect()
    }

    /// Writes the sheets of a plan; `pdf` are the bytes that were read.
    pub(super) fn write(self, plan: &Plan, pdf: &[u8]) -> Result<Imposed, ImposeError> {
        let Self { mut document, pages } = self;
        let broken = |error: lopdf::Error| ImposeError::Broken(error.to_string());
        let mut forms = Vec::with_capacity(pages.len());
        for page in &pages {
            let form = form(&document, page).map_err(broken)?;
            forms.push(document.try_add_object(form).map_err(broken)?);
        }
        let tree = document.new_object_id();
        let mut kids: Vec<Object> = Vec::with_capacity(plan.sides.len());
        for side in &plan.sides {
            kids.push(write_side(&mut document, tree, side, &pages, &forms).into());
        }
        let count = plan.sides.len();
        let pages = dictionary! {
            "Type" => "Pages",
            "Count" => count as i64,
            "Kids" => kids,
        };
        document.set_object(tree, pages);
        replace_catalog(&mut document, tree);
        let id = Uuid::new_v5(
            &Uuid::NAMESPACE_OID,
            &[pdf, format!("{plan:?}").as_bytes()].concat(),
        );
        let id = Object::String(id.as_bytes().to_vec(), lopdf::StringFormat::Hexadecimal);
        document.trailer.set("ID", vec![id.clone(), id]);
        document.prune_objects();
        document.renumber_objects();
        let mut bytes = Vec::new();
        document
            .save_modern(&mut bytes)
            .map_err(|error| ImposeError::Broken(error.to_string()))?;
        Ok(Imposed { bytes, sides: count })
    }
}

impl SourcePage {
    fn read(document: &Document, id: ObjectId) -> Self {
        let a4 = [0.0, 0.0, 595.276, 841.89];
        let media = inherited(document, id, b"MediaBox")
            .and_then(|object| rect(document, object))
            .unwrap_or(a4);
        let named = |key: &[u8]| {
            let object = inherited(document, id, key)?;
            rect(document, object).map(|inner| inside(inner, media))
        };
        let crop = named(b"CropBox").unwrap_or(media);
        let finished = named(b"TrimBox").unwrap_or(crop);
        let bleed = named(b"BleedBox").unwrap_or(finished);
        let around = [
            finished[0] - bleed[0],
            finished[1] - bleed[1],
            bleed[2] - finished[2],
            bleed[3] - finished[3],
        ];
        let turns = inherited(document, id, b"Rotate")
            .and_then(|object| object.as_i64().ok())
            .map_or(0, |angle| (angle.rem_euclid(360) / 90) as u8);
        let bleed = around.into_iter().fold(f64::MAX, f64::min).max(0.0);
        Self { id, finished, media, turns, bleed }
    }

    fn leaf(&self) -> LeafSize {
        let [left, bottom, right, top] = self.finished;
        let (width, height) = (Length::pt(right - left), Length::pt(top - bottom));
        let size = match self.turns % 2 {
            0 => Size { width, height },
            _ => Size { width: height, height: width },
        };
        LeafSize { size, bleed: Length::pt(self.bleed) }
    }

    /// The matrix that brings the finished page to a box whose lower left corner is at
    /// `(x, y)`, made larger by `scale`.
    fn matrix(&self, x: f64, y: f64, scale: f64) -> [f64; 6] {
        let [left, bottom, right, top] = self.finished;
        let s = scale;
        match self.turns {
            1 => [0.0, -s, s, 0.0, x - s * bottom, y + s * right],
            2 => [-s, 0.0, 0.0, -s, x + s * right, y + s * top],
            3 => [0.0, s, -s, 0.0, x + s * top, y - s * left],
            _ => [s, 0.0, 0.0, s, x - s * left, y - s * bottom],
        }
    }
}

/// A key of a page, or of the branches above it in the tree (ISO 32000-1, 7.7.3.4).
fn inherited<'a>(
    document: &'a Document,
    page: ObjectId,
    key: &[u8],
) -> Option<&'a Object> {
    let mut id = page;
    for _ in 0..DEPTH {
        let node = document.get_dictionary(id).ok()?;
        if let Ok(object) = node.get_deref(key, document) {
            return Some(object);
        }
        id = node.get(b"Parent").and_then(Object::as_reference).ok()?;
    }
    None
}

/// A box with some room in it, its corners in order.
fn rect(document: &Document, object: &Object) -> Option<[f64; 4]> {
    let array = object.as_array().ok()?;
    let number = |object: &Object| {
        let (_, object) = document.dereference(object).ok()?;
        let number = match object {
            Object::Integer(number) => *number as f64,
            Object::Real(number) => f64::from(*number),
            _ => return None,
        };
        number.is_finite().then_some(number)
    };
    let numbers: Vec<f64> = array.iter().map(number).collect::<Option<_>>()?;
    let [a, b, c, d] = numbers[..] else { return None };
    let rect = [a.min(c), b.min(d), a.max(c), b.max(d)];
    // Wider than a point, and no wider than what a page may be (200 inches).
    let sides = [rect[2] - rect[0], rect[3] - rect[1]];
    sides
        .iter()
        .all(|side| (1.0..=14_400.0).contains(side))
        .then_some(rect)
}

/// What of a box lies inside another; the other where nothing does.
fn inside(inner: [f64; 4], outer: [f64; 4]) -> [f64; 4] {
    let rect = [
        inner[0].max(outer[0]),
        inner[1].max(outer[1]),
        inner[2].min(outer[2]),
        inner[3].min(outer[3]),
    ];
    if rect[0] < rect[2] && rect[1] < rect[3] { rect } else { outer }
}

/// A page as a form. Content that is in one piece stays packed as it is.
fn form(document: &Document, page: &SourcePage) -> lopdf::Result<Stream> {
    let mut dict = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => page.media.map(|number| Object::Real(number as f32)).to_vec(),
    };
    let resources = inherited(document, page.id, b"Resources");
    dict.set("Resources", resources.cloned().unwrap_or_else(|| Dictionary::new().into()));
    if let Ok(group) = document.get_dictionary(page.id)?.get(b"Group") {
        dict.set("Group", group.clone());
    }
    let parts = document.get_page_contents(page.id);
    if let [only] = parts.as_slice()
        && let Ok(stream) = document.get_object(*only).and_then(Object::as_stream)
    {
        for key in [&b"Filter"[..], b"DecodeParms"] {
            if let Ok(value) = stream.dict.get(key) {
                dict.set(key, value.clone());
            }
        }
        return Ok(Stream::new(dict, stream.content.clone()));
    }
    let mut content = Vec::new();
    for part in parts {
        let Ok(stream) = document.get_object(part).and_then(Object::as_stream) else {
            continue;
        };
        content.extend(stream.get_plain_content_with_limit(MOST_CONTENT)?);
        content.push(b'\n');
    }
    let mut form = Stream::new(dict, content);
    form.compress()?;
    Ok(form)
}

/// The most that the content of a page may take in memory, in bytes.
const MOST_CONTENT: usize = 256 << 20;

/// Writes a side of a sheet as a page, and gives its number.
fn write_side(
    document: &mut Document,
    tree: ObjectId,
    side: &Side,
    pages: &[SourcePage],
    forms: &[ObjectId],
) -> ObjectId {
    let mut content = String::new();
    let mut names = Dictionary::new();
    for slot in &side.slots {
        let Some((page, form)) = pages.get(slot.page).zip(forms.get(slot.page)) else {
            continue;
        };
        let name = format!("P{}", slot.page);
        draw(&mut content, side, slot, page, &name);
        names.set(name, *form);
    }
    strokes(&mut content, side);
    let mut content = Stream::new(Dictionary::new(), content.into_bytes());
    // A content that cannot be packed stays as it is.
    let _ = content.compress();
    let content = document.add_object(content);
    let size = [side.size.width, side.size.height];
    let [width, height] = size.map(|length| Object::Real(length.to_pt() as f32));
    document.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => tree,
        "MediaBox" => vec![0.into(), 0.into(), width, height],
        "Resources" => dictionary! { "XObject" => names },
        "Contents" => content,
    })
}

/// Draws a page into its place.
fn draw(content: &mut String, side: &Side, slot: &Slot, page: &SourcePage, name: &str) {
    let whole = page.leaf().size.width.0.max(1);
    let scale = slot.area.size.width.0 as f64 / whole as f64;
    let [x, y, ..] = from_below(side, slot.area);
    let clip = from_below(side, slot.clip).map(number).join(" ");
    let matrix = page.matrix(x, y, scale).map(number).join(" ");
    let _ = writeln!(content, "q {clip} re W n {matrix} cm /{name} Do Q");
}

/// A box as PDF has it: left, bottom, width, height, in points.
fn from_below(side: &Side, area: Rect) -> [f64; 4] {
    let bottom = side.size.height - area.origin.y - area.size.height;
    let lengths = [area.origin.x, bottom, area.size.width, area.size.height];
    lengths.map(Length::to_pt)
}

/// Draws the marks: cuts solid, folds dashed.
fn strokes(content: &mut String, side: &Side) {
    if side.cuts.is_empty() && side.folds.is_empty() {
        return;
    }
    let _ = writeln!(content, "q 0 G {} w", number(MARK_WIDTH.to_pt()));
    let stroke = |content: &mut String, (from, to): &(Point, Point)| {
        let place = |point: &Point| {
            let y = side.size.height - point.y;
            format!("{} {}", number(point.x.to_pt()), number(y.to_pt()))
        };
        let _ = writeln!(content, "{} m {} l S", place(from), place(to));
    };
    side.cuts.iter().for_each(|line| stroke(content, line));
    let _ = writeln!(content, "[{0} {0}] 0 d", number(DASH.to_pt()));
    side.folds.iter().for_each(|line| stroke(content, line));
    content.push_str("Q\n");
}

/// A number with at most five digits after the dot.
fn number(value: f64) -> String {
    let text = format!("{value:.5}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A catalog of the sheets alone; what describes the colours and the layers stays.
fn replace_catalog(document: &mut Document, tree: ObjectId) {
    let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => tree };
    if let Ok(old) = document.catalog() {
        for key in [&b"OutputIntents"[..], b"OCProperties", b"Lang"] {
            if let Ok(value) = old.get(key) {
                catalog.set(key, value.clone());
            }
        }
    }
    let catalog = document.add_object(catalog);
    let info = document.trailer.get(b"Info").ok().cloned();
    let mut trailer = dictionary! { "Root" => catalog };
    if let Some(info) = info {
        trailer.set("Info", info);
    }
    document.trailer = trailer;
}
