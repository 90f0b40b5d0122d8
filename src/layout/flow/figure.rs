//! Figures (図) and captions.

use super::{Break, FigurePlace, Float, Flow, Row, Setting, Stand, plain, text_rows};
use crate::diag::{Code, Diagnostic};
use crate::display::{Color, Element, Role};
use crate::geom::{Length, LogicalPoint, LogicalSize, Size, WritingMode};
use crate::layout::{
    Alignment, Context, Line, ParagraphStyle, Piece, Placed, layout_inline,
};
use crate::model::{Image, Inline, InlineStyle};
use crate::source::Span;

/// The share of a page that a figure takes across the lines where its author does not say
/// how large it is, in hundredths.
const LARGEST: i64 = 60;

/// How much smaller an image can be made that would leave a column blank, in hundredths.
const MOST_GIVEN: i64 = 40;

/// A caption with the number of what it says something about.
#[derive(Clone, Copy)]
pub(super) struct Numbered<'a> {
    pub(super) number: Option<&'a str>,
    pub(super) caption: &'a [Inline],
}

/// Sets an image in the middle of the lines, its caption below it.
pub(super) fn figure(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    image: &Image,
    caption: &[Inline],
    number: Option<&str>,
) {
    flow.start_group();
    let (alt, span) = (Some(image.alt.clone()), Some(image.span));
    let element = Element { alt, span, ..Element::new(Role::Figure) };
    // What decorates is no part of what the book says.
    let says = !image.decorative || !caption.is_empty();
    let figure = if says { cx.structure.add(element) } else { None };
    let numbered = Numbered { number, caption };
    let mut below = Flow::default();
    caption_rows(cx, &mut below, setting, numbered);
    let taken: Length = below.rows.iter().map(size_of).sum();
    let gap = if below.rows.is_empty() { Length::ZERO } else { setting.size / 2 };
    let room = LogicalSize {
        inline: setting.measure,
        block: (cx.style.column().block - taken - gap).max(setting.size),
    };
    match drawn_size(cx, image, room) {
        Some(size) => {
            let inline = setting.inset + (setting.measure - size.inline) / 2;
            let at = LogicalPoint { inline, block: Length::ZERO };
            let file = image.file.unwrap_or_default();
            let alt = image.alt.clone();
            let tag = cx.inside(figure, |cx| cx.structure.tag());
            let float = Float { place: place(cx, image), level: 0 };
            let is_given = ["width", "height"].iter().any(|key| asks(image, key));
            let give =
                if is_given { Length::ZERO } else { size.block.ratio(MOST_GIVEN, 100) };
            flow.release_figure();
            flow.push(Row {
                pieces: vec![Placed {
                    at,
                    piece: Piece::Image { image: file, size, alt, tag },
                }],
                stand: Stand::Free { size: size.block + gap, starts: false },
                axis: size.block / 2,
                float: Some(float),
                give,
                ..Row::default()
            });
        }
        None => missing_image(cx, flow, setting, image),
    }
    for mut row in below.rows {
        row.before = Break::Forbidden;
        flow.push(row);
    }
    flow.start_group();
}

/// Whether an image has an attribute.
fn asks(image: &Image, key: &str) -> bool {
    image.attributes.get(key).is_some()
}

/// Where a figure is to stand, as its author says.
fn place(cx: &mut Context<'_>, image: &Image) -> FigurePlace {
    const PLACES: [(&str, FigurePlace); 5] = [
        ("auto", FigurePlace::Auto),
        ("here", FigurePlace::Here),
        ("head", FigurePlace::Head),
        ("foot", FigurePlace::Foot),
        ("page", FigurePlace::Page),
    ];
    let Some(given) = image.attributes.get("place") else { return FigurePlace::Auto };
    let found = PLACES.iter().find(|(name, _)| *name == given);
    found.map_or_else(
        || {
            let message = format!("a figure has no place `{given}`");
            let names = PLACES.map(|(name, _)| name).join(", ");
            let found = Diagnostic::new(Code::BadNotation, image.span, message);
            cx.sink.push(found.hint(format!("there are {names}")));
            FigurePlace::Auto
        },
        |(_, place)| *place,
    )
}

/// In place of an image that is not there: what it would show, in words.
fn missing_image(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    image: &Image,
) {
    let style = ParagraphStyle {
        alignment: Alignment::Center,
        ..setting.off_grid(cx.style.small_size, cx.style.small_feed).paragraph()
    };
    let small = setting.off_grid(cx.style.small_size, cx.style.small_feed);
    let words = if image.alt.is_empty() { &image.path } else { &image.alt };
    let content = [plain(format!("［{words}］"), image.span)];
    cx.tagged(Element::new(Role::Paragraph), |cx| {
        text_rows(cx, flow, &small, &style, &content);
    });
}

/// The room that an image takes: as large as it asks for, or at 96 pixels an inch, and
/// never larger than the room that there is.
pub(crate) fn drawn_size(
    cx: &Context<'_>,
    image: &Image,
    room: LogicalSize,
) -> Option<LogicalSize> {
    let file = cx.document.images.get(image.file?)?;
    if file.width == 0 || file.height == 0 {
        return None;
    }
    let natural = Size {
        width: pixels(file.width),
        height: pixels(file.height),
    };
    let (width, height) = (i64::from(file.width), i64::from(file.height));
    let room_size = cx.writing.size(room);
    let asked = |key: &str, whole: Length| {
        image
            .attributes
            .get(key)
            .and_then(|value| length(value, whole, cx.style.size))
    };
    let size = match (asked("width", room_size.width), asked("height", room_size.height))
    {
        (Some(w), Some(h)) => Size { width: w, height: h },
        (Some(w), None) => Size { width: w, height: w.ratio(height, width) },
        (None, Some(h)) => Size { width: h.ratio(width, height), height: h },
        (None, None) => {
            let most = cx.style.column().block.ratio(LARGEST, 100);
            let room = LogicalSize { block: room.block.min(most), ..room };
            return Some(fit(cx.writing, natural, room));
        }
    };
    Some(fit(cx.writing, size, room))
}

/// Scales a size down to a room, keeping its proportion.
fn fit(writing: WritingMode, size: Size, room: LogicalSize) -> LogicalSize {
    let mut size = writing.logical_size(size);
    if size.inline > room.inline {
        size.block = size.block.ratio(room.inline.0, size.inline.0);
        size.inline = room.inline;
    }
    if size.block > room.block {
        size.inline = size.inline.ratio(room.block.0, size.block.0);
        size.block = room.block;
    }
    let least = Length(1);
    LogicalSize {
        inline: size.inline.max(least),
        block: size.block.max(least),
    }
}

/// A length at 96 pixels an inch.
fn pixels(count: u32) -> Length {
    (Length::PT * 3).ratio(i64::from(count), 4)
}

/// A length as an attribute gives it: a share of the room in percent, pixels, or a number
/// with a unit.
fn length(value: &str, whole: Length, em: Length) -> Option<Length> {
    let value = value.trim();
    let parse = |text: &str| {
        let number: f64 = text.trim().parse().ok()?;
        (number > 0.0 && number < 100_000.0).then_some(number)
    };
    if let Some(percent) = value.strip_suffix('%') {
        return Some(Length::scaled(whole, parse(percent)?.min(100.0) / 100.0));
    }
    let pixel = Length::PT.ratio(3, 4);
    let units = [
        ("px", pixel),
        ("mm", Length::MM),
        ("cm", Length::MM * 10),
        ("in", Length::PT * 72),
        ("pt", Length::PT),
        ("em", em),
        ("Q", Length::Q),
        ("H", Length::Q),
    ];
    for (name, unit) in units {
        if let Some(number) = value.strip_suffix(name) {
            return Some(Length::scaled(unit, parse(number)?));
        }
    }
    Some(Length::scaled(pixel, parse(value)?))
}

/// Sets a caption: the number in gothic, an em, the words; one line in the middle, more
/// lines from edge to edge.
pub(super) fn caption_rows(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    numbered: Numbered<'_>,
) {
    let Numbered { number, caption } = numbered;
    if caption.is_empty() && number.is_none() {
        return;
    }
    let small = setting
        .narrowed(setting.size, setting.size)
        .off_grid(cx.style.caption.size, cx.style.caption.feed);
    let mut content = Vec::new();
    if let Some(number) = number {
        content.push(Inline::Styled {
            style: InlineStyle::Strong,
            children: vec![plain(number, Span::default())],
        });
        content.push(plain("　", Span::default()));
    }
    content.extend_from_slice(caption);
    let style = ParagraphStyle {
        font: cx.style.caption.font,
        alignment: Alignment::Center,
        ..small.paragraph()
    };
    let mut set = cx.tagged(Element::new(Role::Caption), |cx| {
        let set = layout_inline(cx, &content, &style);
        if set.len() < 2 {
            return set;
        }
        let style = ParagraphStyle { alignment: Alignment::Justify, ..style };
        layout_inline(cx, &content, &style)
    });
    if let Some(line) = set.first_mut() {
        tint(line, number.unwrap_or_default(), cx.style.caption.number_color);
    }
    let first = flow.rows.len();
    super::lines(cx, flow, &small, set);
    for row in flow.rows.iter_mut().skip(first + 1) {
        row.before = Break::Forbidden;
    }
}

/// Sets the words that a line begins with in a colour.
fn tint(line: &mut Line, words: &str, color: Color) {
    let mut rest = words.len();
    for placed in &mut line.pieces {
        if let Piece::Glyphs(run) = &mut placed.piece
            && run.text.len() <= rest
        {
            rest -= run.text.len();
            run.color = color;
        } else {
            return;
        }
    }
}

/// The size of a row off the grid.
fn size_of(row: &Row) -> Length {
    match row.stand {
        Stand::Free { size, .. } => size,
        Stand::Lines(_) => Length::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_keep_their_proportion() {
        let room = LogicalSize { inline: Length(1000), block: Length(500) };
        let size = |width, height| Size { width: Length(width), height: Length(height) };
        let horizontal = fit(WritingMode::Horizontal, size(2000, 400), room);
        assert_eq!((horizontal.inline.0, horizontal.block.0), (1000, 200));
        let tall = fit(WritingMode::Horizontal, size(2000, 4000), room);
        assert_eq!((tall.inline.0, tall.block.0), (250, 500));
        let vertical = fit(WritingMode::Vertical, size(1000, 1000), room);
        assert_eq!((vertical.inline.0, vertical.block.0), (500, 500));
    }

    #[test]
    fn attributes_give_lengths() {
        let em = Length::Q * 13;
        let given = |value| length(value, Length::MM * 100, em);
        assert_eq!(given("50%"), Some(Length::MM * 50));
        assert_eq!(given("96px"), Some(Length::PT * 72));
        assert_eq!(given("96"), Some(Length::PT * 72));
        assert_eq!(given("30mm"), Some(Length::MM * 30));
        assert_eq!(given("2em"), Some(em * 2));
        assert_eq!(given("auto"), None);
        assert_eq!(given("-1mm"), None);
    }
}
