//! Figures side by side.

use super::figure::{Numbered, caption_rows};
use super::{Break, Float, Flow, Row, Setting, Stand, blocks, drawn_size};
use crate::display::{Element, Role};
use crate::geom::{Length, LogicalPoint, LogicalSize};
use crate::layout::{Context, Piece, Placed};
use crate::model::{Block, BlockKind, Image, Inline};

/// The share of a column's room across the lines that figures side by side take at most,
/// in hundredths.
const LARGEST: i64 = 60;

/// Sets figures in one row, an em apart, each with its caption below it; the title of all
/// below the row. Other blocks are set after them.
pub(super) fn figures(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    title: &[Inline],
    content: &[Block],
) {
    let (figures, rest): (Vec<&Block>, Vec<&Block>) = content
        .iter()
        .partition(|block| matches!(block.kind, BlockKind::Figure { .. }));
    let count = figures.len() as i64;
    if count > 0 {
        flow.start_group();
        let share = (setting.measure - setting.size * (count - 1)) / count;
        let set = figures.iter().enumerate().map(|(index, block)| {
            let inset = setting.inset + (share + setting.size) * index as i64;
            let own = Setting { inset, measure: share, ..setting.flush() };
            flow.anchor(block.anchor);
            one(cx, &own, block)
        });
        let set: Vec<Figure> = set.collect();
        flow.release_figure();
        flow.push(side_by_side(&set, setting.size / 2));
        flow.lengthen(setting.size / 4);
        let numbered = Numbered { number: None, caption: title };
        let first = flow.rows.len();
        caption_rows(cx, flow, setting, numbered);
        if let Some(row) = flow.rows.get_mut(first) {
            row.before = Break::Forbidden;
        }
        flow.start_group();
    }
    for block in rest {
        blocks(cx, flow, setting, std::slice::from_ref(block));
    }
}

/// A figure: its image, if there is one, and the rows of its caption.
struct Figure {
    image: Option<(Placed, LogicalSize)>,
    caption: Vec<Row>,
}

fn one(cx: &mut Context<'_>, setting: &Setting, block: &Block) -> Figure {
    let BlockKind::Figure { image, caption, number } = &block.kind else {
        return Figure { image: None, caption: Vec::new() };
    };
    let alt = Some(image.alt.clone());
    cx.tagged(Element::new(Role::Division), |cx| {
        let figure = Element { alt, ..Element::new(Role::Figure) };
        let drawn = match image.decorative && caption.is_empty() {
            true => cx.inside(None, |cx| drawn(cx, setting, image)),
            false => cx.tagged(figure, |cx| drawn(cx, setting, image)),
        };
        let mut below = Flow::default();
        let numbered = Numbered { number: number.as_deref(), caption };
        caption_rows(cx, &mut below, setting, numbered);
        below.finish();
        Figure { image: drawn, caption: below.rows }
    })
}

/// The image of a figure in the middle of its share.
fn drawn(
    cx: &mut Context<'_>,
    setting: &Setting,
    image: &Image,
) -> Option<(Placed, LogicalSize)> {
    let block = cx.style.column().block.ratio(LARGEST, 100);
    let room = LogicalSize { inline: setting.measure, block };
    let size = drawn_size(cx, image, room)?;
    let inline = setting.inset + (setting.measure - size.inline) / 2;
    let at = LogicalPoint { inline, block: Length::ZERO };
    let (alt, tag) = (image.alt.clone(), cx.structure.tag());
    let image = image.file.unwrap_or_default();
    Some((Placed { at, piece: Piece::Image { image, size, alt, tag } }, size))
}

/// The figures as a row: their images on one foot, their captions from one head.
fn side_by_side(figures: &[Figure], gap: Length) -> Row {
    let heights = figures.iter().filter_map(|figure| figure.image.as_ref());
    let foot = heights.map(|(_, size)| size.block).max().unwrap_or_default();
    let mut row = Row::default();
    let mut end = foot + gap;
    for figure in figures {
        if let Some((placed, size)) = &figure.image {
            let block = foot - size.block;
            row.pieces
                .push(placed.clone().moved(LogicalPoint { inline: Length::ZERO, block }));
        }
        let mut top = foot + gap;
        for caption in &figure.caption {
            let by = LogicalPoint { inline: Length::ZERO, block: top };
            let pieces = caption.pieces.iter().cloned();
            row.pieces.extend(pieces.map(|placed| placed.moved(by)));
            row.notes.extend(&caption.notes);
            if let Stand::Free { size, .. } = caption.stand {
                top += size;
            }
        }
        end = end.max(top);
    }
    Row {
        stand: Stand::Free { size: end, starts: false },
        axis: foot / 2,
        float: Some(Float::default()),
        ..row
    }
}
