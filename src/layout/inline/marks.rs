//! What is drawn over stretches of a line: grounds, lines at the side, kenten, links.

use super::collect::{CharStyle, Mark, MarkKind};
use super::place::Setting;
use crate::display::{Color, Tag};
use crate::font::Orientation;
use crate::geom::{Length, LogicalPoint, LogicalSize, WritingMode};
use crate::layout::{Context, Piece, Placed, Run, RunGlyph, direction};
use crate::line::CharClass;
use crate::model::{KentenMark, Target};

/// The ground of highlighted words.
const HIGHLIGHT: Color = Color::gray(222);

/// What stands behind the glyphs of a line.
pub(super) fn grounds(cx: &Context<'_>, line: &Setting<'_>) -> Vec<Placed> {
    let mut pieces = Vec::new();
    for mark in marks(line) {
        let color = match mark.kind {
            MarkKind::Highlight => HIGHLIGHT,
            MarkKind::Link(_) | MarkKind::Reference(_) | MarkKind::Anchor(_) => continue,
            MarkKind::Underline | MarkKind::Strikethrough | MarkKind::Keyboard => {
                continue;
            }
            MarkKind::Kenten(_) | MarkKind::Note(_) => continue,
        };
        if let Some(area) = area(cx, line, mark) {
            pieces.push(area.placed(|size| Piece::Fill { size, color }));
        }
    }
    pieces
}

/// Adds what stands over the glyphs of a line, and gives the footnotes that it refers to.
pub(super) fn over(
    cx: &mut Context<'_>,
    line: &Setting<'_>,
    pieces: &mut Vec<Placed>,
) -> Vec<usize> {
    let mut notes = Vec::new();
    for mark in marks(line) {
        match mark.kind {
            MarkKind::Note(note) => notes.push(note),
            MarkKind::Anchor(anchor) => {
                if line.text.contains(&mark.text.start) {
                    let at = place_of(line, mark);
                    pieces.push(Placed { at, piece: Piece::Anchor(anchor) });
                }
            }
            MarkKind::Kenten(kind) => kenten(cx, line, mark, kind, pieces),
            MarkKind::Highlight => {}
            MarkKind::Link(_)
            | MarkKind::Reference(_)
            | MarkKind::Underline
            | MarkKind::Strikethrough
            | MarkKind::Keyboard => {
                if let Some(area) = area(cx, line, mark) {
                    pieces.extend(drawn(cx, mark, &area));
                }
            }
        }
    }
    notes
}

/// The marks that touch a line.
fn marks<'a>(line: &'a Setting<'_>) -> impl Iterator<Item = &'a Mark<'a>> {
    let text = &line.text;
    line.collected.marks.iter().filter(|mark| {
        let begins = text.contains(&mark.text.start);
        begins || mark.text.start < text.start && text.start < mark.text.end
    })
}

/// The stretch of a line under a mark.
struct Area {
    start: Length,
    end: Length,
    /// The axis of its characters.
    axis: Length,
    /// The em of its characters.
    size: Length,
    color: Color,
}

impl Area {
    /// A piece that fills the em boxes of the stretch.
    fn placed(&self, piece: impl FnOnce(LogicalSize) -> Piece) -> Placed {
        let block = self.axis - self.size / 2;
        let at = LogicalPoint { inline: self.start, block };
        let size = LogicalSize { inline: self.end - self.start, block: self.size };
        Placed { at, piece: piece(size) }
    }
}

/// The stretch of a line under a mark, if any.
fn area(_cx: &Context<'_>, line: &Setting<'_>, mark: &Mark<'_>) -> Option<Area> {
    let mut boxes = boxes(line, mark);
    let first = boxes.next()?;
    let last = boxes.last().unwrap_or(first);
    let CharStyle { size, color, axis, .. } = line.collected.styles[mark.style];
    Some(Area {
        start: line.positions[first],
        end: line.end(last),
        axis,
        size,
        color,
    })
}

/// The boxes of a line under a mark.
fn boxes(line: &Setting<'_>, mark: &Mark<'_>) -> impl Iterator<Item = usize> {
    let cells = &line.shaped.cells;
    let (start, end) = (mark.text.start, mark.text.end);
    let items = line.items.clone();
    let first =
        items.start + cells[items.clone()].partition_point(|cell| cell.text.end <= start);
    (first..items.end).take_while(move |&index| cells[index].text.start < end)
}

/// The place of a mark that stands between characters.
fn place_of(line: &Setting<'_>, mark: &Mark<'_>) -> LogicalPoint {
    let cells = &line.shaped.cells[line.items.clone()];
    let offset = cells.partition_point(|cell| cell.text.end <= mark.text.start);
    let index = line.items.start + offset;
    let inline = if index < line.items.end {
        line.positions[index]
    } else {
        line.items
            .clone()
            .next_back()
            .map_or(Length::ZERO, |last| line.end(last))
    };
    let CharStyle { size, axis, .. } = line.collected.styles[mark.style];
    LogicalPoint { inline, block: axis - size / 2 }
}

/// What is drawn over a stretch.
fn drawn(cx: &Context<'_>, mark: &Mark<'_>, area: &Area) -> Option<Placed> {
    let thickness = area.size.ratio(1, 20);
    let rule = |block: Length| {
        let at = LogicalPoint { inline: area.start, block: area.axis + block };
        let size = LogicalSize { inline: area.end - area.start, block: thickness };
        Placed { at, piece: Piece::Fill { size, color: area.color } }
    };
    let half = area.size / 2;
    match mark.kind {
        MarkKind::Link(target) => {
            let tag = mark.tag;
            let piece = |target| area.placed(|size| Piece::Link { size, target, tag });
            link(target).map(piece)
        }
        MarkKind::Reference(anchor) => {
            let target = Target::Anchor(anchor);
            let tag = mark.tag;
            Some(area.placed(|size| Piece::Link { size, target, tag }))
        }
        // In vertical lines the sideline stands on the right (JLReq 3.3.9).
        MarkKind::Underline => Some(match cx.writing {
            WritingMode::Horizontal => rule(half),
            WritingMode::Vertical => rule(-half - thickness),
        }),
        MarkKind::Strikethrough => Some(rule(-(thickness / 2))),
        MarkKind::Keyboard => {
            let (color, width) = (area.color, area.size.ratio(1, 40));
            let padding = area.size.ratio(1, 12);
            let (start, end) = (area.start - padding, area.end + padding);
            let area = Area { start, end, ..*area };
            Some(area.placed(|size| Piece::Frame { size, color, width }))
        }
        MarkKind::Highlight
        | MarkKind::Anchor(_)
        | MarkKind::Kenten(_)
        | MarkKind::Note(_) => None,
    }
}

/// A target that leads somewhere.
fn link(target: &Target) -> Option<Target> {
    match target {
        Target::Url(_) | Target::Anchor(_) => Some(target.clone()),
        Target::File { .. } | Target::Nowhere => None,
    }
}

/// Adds emphasis marks (圏点) over the characters of a stretch but punctuation, half their
/// size, on the side of the line before (JLReq 3.3.9).
fn kenten(
    cx: &mut Context<'_>,
    line: &Setting<'_>,
    mark: &Mark<'_>,
    kind: KentenMark,
    pieces: &mut Vec<Placed>,
) {
    let ch = character(kind, cx.writing);
    let base = line.collected.styles[mark.style];
    let size = base.size / 2;
    let orientation = match cx.writing {
        WritingMode::Horizontal => Orientation::Sideways,
        WritingMode::Vertical => Orientation::Upright,
    };
    let Some(font) = cx.fonts.select(base.font, ch) else { return };
    let Some(glyph) = cx.shaper.glyph(font, ch, size, orientation) else { return };
    let mut glyphs = Vec::new();
    for index in boxes(line, mark) {
        let cell = &line.shaped.cells[index];
        let item = &line.shaped.items[index];
        let has_room = !cell.glyphs.is_empty() && !cell.has_reading();
        if !has_room || !takes_kenten(item.class) {
            continue;
        }
        let count = line.collected.text[cell.text.clone()].chars().count() as i64;
        for number in 0..count {
            let centre = item.advance.ratio(2 * number + 1, 2 * count);
            let start = line.positions[index] + centre - glyph.advance / 2;
            let origin =
                LogicalPoint { inline: start + glyph.inline, block: glyph.block };
            glyphs.push(RunGlyph { id: glyph.id, origin, start: 0, end: 0 });
        }
    }
    if glyphs.is_empty() {
        return;
    }
    let block = base.axis - (base.size + size) / 2;
    let at = LogicalPoint { inline: Length::ZERO, block };
    let (color, text, tag) = (base.color, String::new(), Tag::default());
    let direction = direction(orientation, cx.writing);
    let run = Run { font, size, color, direction, text, glyphs, tag };
    pieces.push(Placed { at, piece: Piece::Glyphs(run) });
}

/// Whether characters of a class take emphasis marks.
fn takes_kenten(class: CharClass) -> bool {
    !matches!(
        class,
        CharClass::OpeningBracket
            | CharClass::ClosingBracket
            | CharClass::FullStop
            | CharClass::Comma
            | CharClass::DividingPunctuation
            | CharClass::IdeographicSpace
            | CharClass::WesternSpace
            | CharClass::ReferenceMark
    )
}

/// The character of an emphasis mark.
fn character(mark: KentenMark, writing: WritingMode) -> char {
    match (mark, writing) {
        (KentenMark::Auto, WritingMode::Vertical) | (KentenMark::Sesame, _) => '﹅',
        (KentenMark::Auto, WritingMode::Horizontal) | (KentenMark::Dot, _) => '•',
        (KentenMark::OpenSesame, _) => '﹆',
        (KentenMark::OpenDot, _) => '◦',
        (KentenMark::Circle, _) => '●',
        (KentenMark::OpenCircle, _) => '○',
        (KentenMark::DoubleCircle, _) => '◉',
        (KentenMark::OpenDoubleCircle, _) => '◎',
        (KentenMark::Triangle, _) => '▲',
        (KentenMark::OpenTriangle, _) => '△',
    }
}
