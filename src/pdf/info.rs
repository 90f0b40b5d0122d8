//! What the file says about the book, and the numbers of its pages.

use std::num::NonZeroU32;

use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::page::{NumberingStyle, PageLabel};

use super::PdfOptions;
use crate::display::{Info, NumberStyle, Page};

/// Title, authors, language, dates and direction.
pub(super) fn metadata(info: &Info, options: &PdfOptions) -> Metadata {
    let direction = match info.right_to_left {
        true => TextDirection::RightToLeft,
        false => TextDirection::LeftToRight,
    };
    let mut metadata = Metadata::new()
        .title(info.title.clone())
        .authors(info.authors.clone())
        .description(info.subject.clone().unwrap_or_default())
        .keywords(info.keywords.clone())
        .creator(options.program.clone())
        .producer(options.program.clone())
        .document_id(info.identifier.clone())
        .text_direction(direction);
    if !info.language.is_empty() {
        metadata = metadata.language(info.language.clone());
    }
    match date(&info.modified) {
        Some(date) => metadata.creation_date(date),
        None => metadata,
    }
}

/// Reads `YYYY-MM-DDThh:mm:ssZ`; `None` for anything else.
pub(super) fn date(text: &str) -> Option<DateTime> {
    let numbers: Vec<u16> = text
        .strip_suffix('Z')?
        .split(['-', 'T', ':'])
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let [year, rest @ ..] = numbers.as_slice() else { return None };
    let rest: Vec<u8> = rest
        .iter()
        .map(|&number| number.try_into().ok())
        .collect::<Option<_>>()?;
    let [month, day, hour, minute, second] = rest[..] else { return None };
    let date = DateTime::new(*year).month(month).day(day);
    Some(date.hour(hour).minute(minute).second(second).utc_offset_hour(0))
}

/// The labels of all pages; a page of the number 0 has an empty one.
///
/// krilla: a label goes into the file unless its number is one less than that of the label
/// before in the file, where one more than that of the page before is meant. So a label
/// that counts on is given the number that krilla leaves out, and each range of numbers a
/// prefix other than its neighbour's, absent or empty, that begins it in any case.
pub(super) fn page_labels(pages: &[Page]) -> Vec<PageLabel> {
    let mut labels = Vec::with_capacity(pages.len());
    let mut range = PageLabelRange::default();
    for page in pages {
        let label = page.label;
        if label.style != range.style || label.number != range.next {
            range = PageLabelRange {
                style: label.style,
                first: label.number,
                next: label.number,
                prefixed: !range.prefixed,
            };
        }
        labels.push(range.label());
        range.next += 1;
    }
    labels
}

/// Page numbers that count on.
#[derive(Default)]
struct PageLabelRange {
    style: NumberStyle,
    first: u32,
    /// The number of the next page, if it belongs to the range.
    next: u32,
    prefixed: bool,
}

impl PageLabelRange {
    /// The label of the page numbered `next`.
    fn label(&self) -> PageLabel {
        if self.next == 0 {
            return PageLabel::default();
        }
        let style = match self.style {
            NumberStyle::Arabic => NumberingStyle::Arabic,
            NumberStyle::LowerRoman => NumberingStyle::LowerRoman,
            NumberStyle::UpperRoman => NumberingStyle::UpperRoman,
            NumberStyle::LowerLetter => NumberingStyle::LowerAlpha,
            NumberStyle::UpperLetter => NumberingStyle::UpperAlpha,
        };
        let number = match self.first {
            // Without a number a range begins with 1, and krilla leaves out what follows.
            1 => 0,
            first if first == self.next => first,
            first => first - 1,
        };
        let prefix = self.prefixed.then(String::new);
        PageLabel::new(Some(style), prefix, NonZeroU32::new(number))
    }
}
