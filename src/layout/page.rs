//! Pages: left and right, margins, running heads, folios. The only place where logical
//! axes become physical ones.

use super::book::Bound;
use super::fill::after_paragraphs;
use super::running::{self, Marginal, Marginals, Running};
use super::section::Leaf;
use super::{Context, Piece, Placed, Posture, Run, Styles};
use crate::display::{
    self, Artifact, Destination, Direction, Glyph, GlyphRun, Item, LinkTarget,
    NumberStyle, Outline, OutlineEntry, Page, PageLabel, Pages, Paint, PlacedImage,
    Shape, Tag,
};
use crate::geom::{LogicalPoint, LogicalSize, Point, Rect, Size, WritingMode};
use crate::model::{self, ContentsEntry, Document, Section, SectionKind, Target};
use crate::numeral::Numerals;
use crate::style::{self, Edge, Style};

/// Places everything on its page.
pub(super) fn place(cx: &mut Context<'_>, bound: Bound) -> Pages {
    let (document, styles) = (cx.document, cx.styles);
    let destinations = destinations(document, styles, &bound);
    let headings = running::headings(document);
    let above = running::above(document, &headings, &bound);
    let mut marginals = Marginals::default();
    let mut pages = Vec::with_capacity(bound.sheets.len());
    let Bound { mut leaves, sheets, folios } = bound;
    let mut part = None;
    for (index, sheet) in sheets.iter().enumerate() {
        let number = index as u32 + 1;
        let folio = folios[index];
        let form = folio.form(&styles.book().folio);
        let mut page = Page {
            size: styles.book().page.trim,
            label: PageLabel {
                style: number_style(form.numerals()),
                number: folio.number,
            },
            ..Page::default()
        };
        if let Some((at, leaf)) = sheet.leaf {
            let section = &document.sections[at];
            part = part_of(section, part);
            let side = Side::of(document.writing, number);
            let region = region(styles.of(section.writing), side);
            let placer = Placer {
                frame: Frame::of(section.writing),
                region,
                destinations: &destinations,
            };
            let mut text = std::mem::take(&mut leaves[at][leaf].pieces);
            let mut going_on = after_paragraphs(&mut text);
            text.extend(going_on.extract_if(.., |placed| is_reading(placed)));
            placer.place_all(text, &mut page.items);
            let running = Running {
                section: &document.sections[above[index].section],
                part,
                heading: above[index].heading,
                page: number,
                folio: form.write(&[folio.number]),
                opens: leaf == 0,
            };
            let book = styles.book();
            let set = marginals.of(cx, book, &running);
            let area = self::region(book, side);
            place_marginals(book, area, side, set, &mut page.items);
            placer.place_all(going_on, &mut page.items);
        }
        pages.push(page);
    }
    let structure = structure(cx, &pages);
    Pages {
        pages,
        structure,
        images: document.images.iter().map(image).collect(),
        outline: outline(&document.contents, &destinations),
        destinations: named(document, &destinations),
        info: info(document),
    }
}

/// How a reader of the file shows numbers; kanji and signs are not known there.
fn number_style(numerals: Numerals) -> NumberStyle {
    match numerals {
        Numerals::Arabic | Numerals::Kanji | Numerals::KanjiDigits | Numerals::Signs => {
            NumberStyle::Arabic
        }
        Numerals::LowerRoman => NumberStyle::LowerRoman,
        Numerals::UpperRoman => NumberStyle::UpperRoman,
        Numerals::LowerLetter => NumberStyle::LowerLetter,
        Numerals::UpperLetter => NumberStyle::UpperLetter,
    }
}

/// The structure of all that came onto the pages.
fn structure(cx: &mut Context<'_>, pages: &[Page]) -> Vec<display::Element> {
    let structure = std::mem::take(&mut cx.structure);
    let mut used = vec![false; structure.len()];
    for item in pages.iter().flat_map(|page| &page.items) {
        let tag = match item {
            Item::Glyphs(run) => run.tag,
            Item::Image(image) => image.tag,
            Item::Link(link) => link.tag,
            Item::Shape(_) => Tag::default(),
        };
        if let Tag::Content(id) = tag {
            used[id.0 as usize] = true;
        }
    }
    structure.finish(&used)
}

/// The part that a section stands in.
fn part_of<'a>(section: &'a Section, part: Option<&'a Section>) -> Option<&'a Section> {
    match section.kind {
        SectionKind::Part => Some(section),
        SectionKind::Chapter => part,
        SectionKind::HalfTitle
        | SectionKind::TitlePage
        | SectionKind::Contents
        | SectionKind::Preface
        | SectionKind::Appendix
        | SectionKind::Afterword
        | SectionKind::Notes
        | SectionKind::References
        | SectionKind::Index
        | SectionKind::Profile
        | SectionKind::Colophon => None,
    }
}

/// The side of the spread that a page is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

impl Side {
    /// Odd pages are right-hand pages of horizontal books, which are bound on the left, and
    /// left-hand pages of vertical ones.
    fn of(writing: WritingMode, number: u32) -> Self {
        match (writing, number % 2 == 1) {
            (WritingMode::Horizontal, true) | (WritingMode::Vertical, false) => {
                Self::Right
            }
            (WritingMode::Horizontal, false) | (WritingMode::Vertical, true) => {
                Self::Left
            }
        }
    }
}

/// The type area on a page.
fn region(style: &Style, side: Side) -> Rect {
    let margins = style.margins();
    let x = match side {
        Side::Left => margins.fore_edge,
        Side::Right => margins.gutter,
    };
    Rect {
        origin: Point { x, y: margins.head },
        size: style.writing.size(style.type_area()),
    }
}

/// Where each place is, by its number.
type Destinations = Vec<Option<Destination>>;

fn destinations(document: &Document, styles: &Styles, bound: &Bound) -> Destinations {
    let mut found = vec![None; document.anchors.len()];
    for (page, sheet) in bound.sheets.iter().enumerate() {
        let Some((at, leaf)) = sheet.leaf else { continue };
        let writing = document.sections[at].writing;
        let side = Side::of(document.writing, page as u32 + 1);
        let region = region(styles.of(writing), side);
        let leaf: &Leaf = &bound.leaves[at][leaf];
        leaf.visit_anchors(&mut |anchor, at| {
            if let Some(place) = found.get_mut(anchor.0 as usize) {
                let point = writing.place(region, at);
                place.get_or_insert(Destination { page, point });
            }
        });
    }
    found
}

fn is_reading(placed: &Placed) -> bool {
    matches!(placed.piece, Piece::Reading(_))
}

/// How logical axes lie on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    /// Horizontal lines.
    Across,
    /// Vertical lines.
    Down,
    /// Horizontal lines turned clockwise: their tops are on the right.
    Turned,
    /// Horizontal lines turned counterclockwise: their tops are on the left.
    TurnedBack,
}

impl Frame {
    fn of(writing: WritingMode) -> Self {
        match writing {
            WritingMode::Horizontal => Self::Across,
            WritingMode::Vertical => Self::Down,
        }
    }

    /// The frame of a box among lines of this one.
    fn inside(self, posture: Posture) -> Self {
        match (posture, self) {
            (Posture::Upright, _) => Self::Across,
            (Posture::Turned, Self::Across | Self::TurnedBack) => Self::TurnedBack,
            (Posture::Turned, Self::Down | Self::Turned) => Self::Turned,
        }
    }

    fn place(self, region: Rect, at: LogicalPoint) -> Point {
        match self {
            Self::Across => WritingMode::Horizontal.place(region, at),
            Self::Down | Self::Turned => WritingMode::Vertical.place(region, at),
            Self::TurnedBack => Point {
                x: region.origin.x + at.block,
                y: region.origin.y + region.size.height - at.inline,
            },
        }
    }

    fn place_box(self, region: Rect, at: LogicalPoint, size: LogicalSize) -> Rect {
        match self {
            Self::Across => WritingMode::Horizontal.place_box(region, at, size),
            Self::Down | Self::Turned => {
                WritingMode::Vertical.place_box(region, at, size)
            }
            Self::TurnedBack => {
                let end = LogicalPoint { inline: at.inline + size.inline, ..at };
                Rect {
                    origin: self.place(region, end),
                    size: WritingMode::Vertical.size(size),
                }
            }
        }
    }

    /// The direction of glyphs that were set for lines that are not turned.
    fn direction(self, set: Direction) -> Direction {
        match (self, set) {
            (Self::Turned, Direction::Across) => Direction::Turned,
            (Self::TurnedBack, Direction::Across) => Direction::TurnedBack,
            (_, set) => set,
        }
    }
}

/// Turns logical pieces into physical items.
struct Placer<'a> {
    frame: Frame,
    region: Rect,
    destinations: &'a Destinations,
}

impl Placer<'_> {
    /// Places pieces, readings after all others.
    fn place_all(&self, pieces: Vec<Placed>, items: &mut Vec<Item>) {
        let (readings, text): (Vec<Placed>, Vec<Placed>) =
            pieces.into_iter().partition(is_reading);
        for placed in text.into_iter().chain(readings) {
            self.place(placed, items);
        }
    }

    fn place(&self, placed: Placed, items: &mut Vec<Item>) {
        let Placed { at, piece } = placed;
        let area = |size| self.frame.place_box(self.region, at, size);
        let item = match piece {
            Piece::Glyphs(run) | Piece::Reading(run) => {
                Item::Glyphs(self.glyphs(at, run))
            }
            Piece::Fill { size, color } => {
                shape(Outline::Rect(area(size)), Paint::Fill(color))
            }
            Piece::Frame { size, color, width } => {
                let paint = Paint::Stroke { color, width, dash: None };
                shape(Outline::Rect(area(size)), paint)
            }
            Piece::Path { steps, color, stroke } => {
                let point = |to: LogicalPoint| {
                    let inline = at.inline + to.inline;
                    let to = LogicalPoint { inline, block: at.block + to.block };
                    self.frame.place(self.region, to)
                };
                let steps = steps.into_iter().map(|step| step.map(point)).collect();
                let paint = match stroke {
                    Some(width) => Paint::Stroke { color, width, dash: None },
                    None => Paint::Fill(color),
                };
                shape(Outline::Path(steps), paint)
            }
            Piece::Image { image, size, alt, tag } => {
                let image = display::ImageId(image);
                Item::Image(PlacedImage { image, area: area(size), alt, tag })
            }
            Piece::Link { size, target, tag } => {
                let Some(target) = self.target(target) else { return };
                Item::Link(display::Link { area: area(size), target, tag })
            }
            Piece::Box { size, posture, pieces } => {
                let frame = self.frame.inside(posture);
                let inside = Placer { frame, region: area(size), ..*self };
                return inside.place_all(pieces, items);
            }
            Piece::Anchor(_) | Piece::Start(_) | Piece::ParagraphEnd => return,
        };
        items.push(item);
    }

    fn glyphs(&self, at: LogicalPoint, run: Run) -> GlyphRun {
        let glyph = |glyph: &super::RunGlyph| {
            let point = LogicalPoint {
                inline: at.inline + glyph.origin.inline,
                block: at.block + glyph.origin.block,
            };
            Glyph {
                id: glyph.id,
                origin: self.frame.place(self.region, point),
                start: glyph.start,
                end: glyph.end,
            }
        };
        GlyphRun {
            font: run.font,
            size: run.size,
            color: run.color,
            direction: self.frame.direction(run.direction),
            glyphs: run.glyphs.iter().map(glyph).collect(),
            text: run.text,
            tag: run.tag,
        }
    }

    fn target(&self, target: Target) -> Option<LinkTarget> {
        match target {
            Target::Url(url) => Some(LinkTarget::Url(url)),
            Target::Anchor(anchor) => {
                let place = self.destinations.get(anchor.0 as usize).copied().flatten();
                place.map(LinkTarget::Page)
            }
            Target::File { .. } | Target::Nowhere => None,
        }
    }
}

fn shape(outline: Outline, paint: Paint) -> Item {
    Item::Shape(Shape { outline, paint })
}

/// Places the running head and the folio of a page.
fn place_marginals(
    style: &Style,
    region: Rect,
    side: Side,
    (folio, head): (Option<Marginal>, Option<Marginal>),
    items: &mut Vec<Item>,
) {
    if let Some(folio) = &folio {
        put(region, side, folio, items);
    }
    let Some(head) = &head else { return };
    if let Some(rule) = &style.running.rule {
        // Halfway between the words and the text, nearer to the words.
        let half = head.gap * 3 / 5;
        let block = match head.edge {
            Edge::Head => Some(-half),
            Edge::Foot => Some(region.size.height + half),
            Edge::ForeEdge => None,
        };
        if let Some(y) = block {
            let origin = Point { x: region.origin.x, y: region.origin.y + y };
            let size = Size { width: region.size.width, height: rule.width };
            let area = Outline::Rect(Rect { origin, size });
            items.push(shape(area, Paint::Fill(rule.color)));
        }
    }
    put(region, side, head, items);
}

/// Places a line in a margin.
fn put(area: Rect, side: Side, marginal: &Marginal, items: &mut Vec<Item>) {
    let Marginal { line, edge, inset, gap, size, .. } = marginal;
    let half = *size / 2;
    let (frame, by) = match edge {
        Edge::Head | Edge::Foot => {
            let free = area.size.width - line.width;
            let inline =
                match (marginal.side, side) {
                    (style::Side::Center, _) => free / 2,
                    (style::Side::Outer, Side::Left)
                    | (style::Side::Inner, Side::Right) => *inset,
                    (style::Side::Outer, Side::Right)
                    | (style::Side::Inner, Side::Left) => free - *inset,
                };
            let block = match edge {
                Edge::Foot => area.size.height + *gap + half,
                Edge::Head | Edge::ForeEdge => -*gap - half,
            };
            (Frame::Across, LogicalPoint { inline, block })
        }
        Edge::ForeEdge => {
            let inline = match marginal.side {
                style::Side::Outer => area.size.height - line.width - *inset,
                style::Side::Center => (area.size.height - line.width) / 2,
                style::Side::Inner => *inset,
            };
            // Vertical lines are counted from the right edge of the type area.
            let block = match side {
                Side::Right => -*gap - half,
                Side::Left => area.size.width + *gap + half,
            };
            (Frame::Down, LogicalPoint { inline, block })
        }
    };
    let placer = Placer { frame, region: area, destinations: &Vec::new() };
    let tag = Tag::Artifact(match edge {
        Edge::Head | Edge::ForeEdge => Artifact::Header,
        Edge::Foot => Artifact::Footer,
    });
    for placed in &line.pieces {
        let mut placed = placed.clone().moved(by);
        if let Piece::Glyphs(run) = &mut placed.piece {
            run.tag = tag;
        }
        placer.place(placed, items);
    }
}

fn outline(entries: &[ContentsEntry], places: &Destinations) -> Vec<OutlineEntry> {
    entries
        .iter()
        .map(|entry| OutlineEntry {
            title: entry.words(),
            destination: places
                .get(entry.anchor.0 as usize)
                .copied()
                .flatten()
                .unwrap_or_default(),
            children: outline(&entry.children, places),
        })
        .collect()
}

/// The places by their names: the section's, and the place's own after `#`.
fn named(document: &Document, places: &Destinations) -> Vec<(String, Destination)> {
    let mut named: Vec<(String, Destination)> = document
        .anchors
        .iter()
        .zip(places)
        .filter_map(|(anchor, place)| {
            let section = &document.sections.get(anchor.section)?.name;
            let name = match anchor.name.as_str() {
                "" => section.clone(),
                name => format!("{section}#{name}"),
            };
            Some((name, (*place)?))
        })
        .collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    named
}

/// What a file says about a book.
pub(super) fn info(document: &Document) -> display::Info {
    let meta = &document.meta;
    display::Info {
        title: meta.title.clone(),
        authors: meta.contributors.iter().map(|one| one.name.clone()).collect(),
        subject: meta.description.clone(),
        keywords: meta.subjects.iter().map(|one| one.name.clone()).collect(),
        language: meta.language.clone(),
        identifier: meta.identifier.clone(),
        modified: meta.modified.clone(),
        right_to_left: document.writing == WritingMode::Vertical,
    }
}

fn image(file: &model::ImageFile) -> display::Image {
    let model::ImageFile { format, orientation, .. } = *file;
    display::Image { data: file.data.clone(), format, orientation }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Length;

    #[test]
    fn margins_are_mirrored() {
        let style = Style::default();
        let (left, right) = (region(&style, Side::Left), region(&style, Side::Right));
        assert_eq!(left.origin.x, style.margins().fore_edge);
        assert_eq!(right.origin.x, style.page.gutter);
        assert_eq!(
            style.page.trim.width - right.origin.x - right.size.width,
            left.origin.x
        );
    }

    #[test]
    fn turned_boxes_have_their_tops_at_a_side() {
        let region = Rect {
            origin: Point { x: Length(10), y: Length(20) },
            size: Size { width: Length(100), height: Length(200) },
        };
        let at = LogicalPoint { inline: Length(5), block: Length(7) };
        let size = LogicalSize { inline: Length(30), block: Length(40) };
        let left = Frame::Across.inside(Posture::Turned).place_box(region, at, size);
        assert_eq!(left.origin, Point { x: Length(17), y: Length(185) });
        let right = Frame::Down.inside(Posture::Turned).place_box(region, at, size);
        assert_eq!(right.origin, Point { x: Length(63), y: Length(25) });
        let turned = Size { width: Length(40), height: Length(30) };
        assert_eq!((left.size, right.size), (turned, turned));
    }

    #[test]
    fn books_open_on_their_own_side() {
        assert_eq!(Side::of(WritingMode::Horizontal, 1), Side::Right);
        assert_eq!(Side::of(WritingMode::Vertical, 1), Side::Left);
        assert_eq!(Side::of(WritingMode::Vertical, 2), Side::Right);
    }
}
