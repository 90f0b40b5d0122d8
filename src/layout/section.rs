//! A section becomes the leaves of a book: each knows what stands on it, and not where in
//! the book it comes.

use std::ops::Range;

use super::fill::{Area, Column, Sides, Spread, fill};
use super::flow::{Flow, Labels, Parity, Setting, blocks, byline, endnotes, note};
use super::{Context, Piece, Placed, matter, note_labels};
use crate::geom::{Length, LogicalPoint, WritingMode};
use crate::model::{AnchorId, BlockKind, Section, SectionKind};
use crate::style::{NoteKind, Opening, Style};

/// What stands in the type area of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaf {
    /// Its pieces, from the start of the type area.
    pub(super) pieces: Vec<Placed>,
    /// Which pages it may be.
    pub(super) parity: Parity,
    /// The notes that it refers to, by their numbers in the sections set together.
    pub(super) calls: Vec<usize>,
}

/// What sections that are set together have to know of the pages of the book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// The numbers that contents and index show; empty where there are none.
    pub(super) labels: Labels,
    /// The numbers of the notes, where those are counted by page.
    pub(super) notes: Vec<u32>,
    /// Whether the first page is an odd one, where notes stand on odd pages.
    pub(super) is_odd: bool,
}

impl Leaf {
    /// Visits the places that can be linked to; those inside a box of another direction of
    /// writing are where the box starts.
    pub(super) fn visit_anchors(&self, visit: &mut impl FnMut(AnchorId, LogicalPoint)) {
        for placed in &self.pieces {
            anchors(placed, placed.at, visit);
        }
    }
}

/// Visits the places of a piece.
fn anchors(
    placed: &Placed,
    at: LogicalPoint,
    visit: &mut impl FnMut(AnchorId, LogicalPoint),
) {
    match &placed.piece {
        Piece::Anchor(anchor) => visit(*anchor, at),
        Piece::Box { pieces, .. } => {
            pieces.iter().for_each(|placed| anchors(placed, at, visit));
        }
        Piece::Glyphs(_)
        | Piece::Reading(_)
        | Piece::Fill { .. }
        | Piece::Frame { .. }
        | Piece::Path { .. }
        | Piece::Image { .. }
        | Piece::Link { .. }
        | Piece::Start(_)
        | Piece::ParagraphEnd => {}
    }
}

/// Whether a section shows the numbers of pages.
pub(super) fn shows_numbers(section: &Section) -> bool {
    let lists = |block: &crate::model::Block| {
        matches!(block.kind, BlockKind::Index(_) | BlockKind::ListOf { .. })
    };
    section.kind == SectionKind::Contents || section.blocks.iter().any(lists)
}

/// Lays sections out of which each runs on where the one before ends.
pub(super) fn sections(
    cx: &mut Context<'_>,
    group: Range<usize>,
    known: &Known,
) -> Vec<Leaf> {
    let labels = &known.labels;
    let kind = cx.style.note.kind;
    let mut numbers = known.notes.as_slice();
    let first = &cx.document.sections[group.start];
    let columns = columns(cx.style, first.kind);
    let area = Area { measure: columns.measure, ..Area::of(cx.style) };
    let body = Setting::body(cx, labels);
    let setting = Setting { measure: columns.measure, ..body };
    let (mut flow, mut notes) = (Flow::default(), Vec::new());
    for index in group.clone() {
        cx.structure.open_section(index);
        cx.starts.open_section(index);
        let one = &cx.document.sections[index];
        if index > group.start {
            flow.open(opening(&cx.document.sections, index, cx.style));
        }
        cx.notes = note_labels(cx, one, numbers).into();
        numbers = numbers.get(one.notes.len()..).unwrap_or_default();
        let rows = flow.rows.len();
        set(cx, &mut flow, &setting, one);
        flow.count_notes(rows, notes.len());
        let others = notes.len();
        if kind != NoteKind::Endnote {
            notes.extend(one.notes.iter().enumerate().map(|(number, one)| {
                let element = cx.structure.note(number);
                let setting = setting.flush();
                let mut set = cx.beside(|cx| {
                    cx.inside(element, |cx| note(cx, &setting, number, one))
                });
                set.count_notes(0, others);
                set
            }));
        }
        cx.structure.close(None);
    }
    let spread = Spread {
        count: columns.count,
        titled: opens_with_title(first),
        // Columns of vertical pages stay as they fall (JLReq 2.3.2).
        balanced: first.writing == WritingMode::Horizontal,
        sides: match kind {
            NoteKind::Sidenote => Some(Sides { is_odd: known.is_odd }),
            NoteKind::Footnote | NoteKind::Endnote => None,
        },
    };
    leaves(fill(flow, notes, area, spread), columns)
}

/// Where a section starts.
pub(super) fn opening(sections: &[Section], index: usize, style: &Style) -> Opening {
    let openings = &style.openings;
    let before = index.checked_sub(1).map(|before| sections[before].kind);
    let is_text = |section: &Section| {
        matches!(section.kind, SectionKind::Chapter | SectionKind::Part)
    };
    match (sections[index].kind, before) {
        (_, None) => Opening::Page,
        (SectionKind::Part, _) => on_page(openings.parts),
        // The back of the title page is blank.
        (_, Some(SectionKind::TitlePage)) => Opening::Recto,
        (_, Some(SectionKind::Part)) => on_page(openings.after_parts),
        (SectionKind::Chapter, _) if !sections[..index].iter().any(is_text) => {
            on_page(openings.text)
        }
        (SectionKind::HalfTitle | SectionKind::TitlePage, _) => Opening::Recto,
        (SectionKind::Contents, _) => on_page(openings.contents),
        (SectionKind::Preface, _) => openings.prefaces,
        (SectionKind::Chapter, _) => openings.chapters,
        (SectionKind::Appendix, _) => openings.appendices,
        (SectionKind::Afterword, _) => openings.afterwords,
        (SectionKind::Notes, _) => openings.notes,
        (SectionKind::References, _) => openings.references,
        (SectionKind::Index, _) => on_page(openings.index),
        (SectionKind::Profile, _) => on_page(openings.profiles),
        (SectionKind::Colophon, _) => on_page(openings.colophon),
    }
}

/// An opening of something that never runs on: it has a page of its own, or its own
/// columns.
fn on_page(opening: Opening) -> Opening {
    match opening {
        Opening::RunOn | Opening::Column => Opening::Page,
        Opening::Page | Opening::Recto | Opening::Verso => opening,
    }
}

/// Whether a section goes on where the one before it ends.
pub(super) fn runs_on(sections: &[Section], index: usize, style: &Style) -> bool {
    let Some(before) = index.checked_sub(1).map(|before| &sections[before]) else {
        return false;
    };
    let opening = opening(sections, index, style);
    matches!(opening, Opening::RunOn | Opening::Column)
        && before.writing == sections[index].writing
        && !is_whole(before.kind)
        && before.kind != SectionKind::Index
}

/// Sets a section.
fn set(cx: &mut Context<'_>, flow: &mut Flow, setting: &Setting, section: &Section) {
    flow.anchor(Some(section.anchor));
    match section.kind {
        SectionKind::HalfTitle => matter::half_title(cx, flow, section),
        SectionKind::TitlePage => matter::title_page(cx, flow, section),
        SectionKind::Contents => matter::contents_page(cx, flow, setting, section),
        SectionKind::Part => matter::part(cx, flow, section),
        SectionKind::Colophon => matter::colophon(cx, flow, section),
        SectionKind::Preface
        | SectionKind::Chapter
        | SectionKind::Appendix
        | SectionKind::Afterword
        | SectionKind::Notes
        | SectionKind::References
        | SectionKind::Index
        | SectionKind::Profile => chapter(cx, flow, setting, section),
    }
    if cx.style.note.kind == NoteKind::Endnote && section.notes_in.is_none() {
        endnotes(cx, flow, setting, (cx.document.words().notes, &section.notes));
    }
    flow.finish();
}

/// Sets the blocks of a chapter; its authors stand below its title.
fn chapter(cx: &mut Context<'_>, flow: &mut Flow, setting: &Setting, section: &Section) {
    let title = usize::from(opens_with_title(section));
    let measure = cx.style.type_area().inline;
    let whole = Setting { measure, ..setting.clone() };
    blocks(cx, flow, &whole, &section.blocks[..title]);
    byline(cx, flow, setting, &section.authors);
    blocks(cx, flow, setting, &section.blocks[title..]);
}

/// Whether a section starts with its title.
fn opens_with_title(section: &Section) -> bool {
    let first = section.blocks.first().map(|block| &block.kind);
    matches!(first, Some(BlockKind::Heading { level: 1, .. }))
}

/// The columns of a page.
#[derive(Clone, Copy)]
struct Columns {
    count: usize,
    measure: Length,
    /// From the start of one to the start of the next.
    pitch: Length,
}

/// The columns of the style; an index has at least two, and what is designed as a whole
/// one.
fn columns(style: &Style, kind: SectionKind) -> Columns {
    let (column, whole) = (style.column().inline, style.type_area().inline);
    if is_whole(kind) {
        return Columns { count: 1, measure: whole, pitch: whole };
    }
    let count = i64::from(style.index_columns);
    if kind == SectionKind::Index && style.page.columns < style.index_columns {
        let free = whole - style.size * 2 * (count - 1);
        let measure = style.size * (free / count).floor_div(style.size);
        if measure >= style.size * 8 {
            let pitch = (whole - measure) / (count - 1);
            return Columns { count: count as usize, measure, pitch };
        }
    }
    Columns {
        count: style.page.columns.max(1) as usize,
        measure: column,
        pitch: column + style.page.column_gap,
    }
}

/// Whether the pages of a section have one column whatever the style says.
fn is_whole(kind: SectionKind) -> bool {
    match kind {
        SectionKind::HalfTitle
        | SectionKind::TitlePage
        | SectionKind::Contents
        | SectionKind::Part
        | SectionKind::Profile
        | SectionKind::Colophon => true,
        SectionKind::Preface
        | SectionKind::Chapter
        | SectionKind::Appendix
        | SectionKind::Afterword
        | SectionKind::Notes
        | SectionKind::References
        | SectionKind::Index => false,
    }
}

/// Puts columns side by side on leaves.
fn leaves(filled: Vec<Column>, columns: Columns) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    for column in filled {
        if column.starts_page {
            leaves.push(Leaf { parity: column.parity, ..Leaf::default() });
        }
        let by = columns.pitch * column.number as i64;
        let Some(leaf) = leaves.last_mut() else { continue };
        leaf.calls.extend(&column.calls);
        leaf.pieces.extend(column.pieces.into_iter().map(|mut placed| {
            placed.at.inline += by;
            placed
        }));
    }
    leaves
}
