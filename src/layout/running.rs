//! Running heads (柱) and folios (ノンブル): what they say, on which pages.

use std::collections::BTreeMap;

use super::book::Bound;
use super::{Alignment, Beside, Context, Line, ParagraphStyle, layout_inline};
use crate::display::Color;
use crate::font::FontStyle;
use crate::geom::{Length, WritingMode};
use crate::model::{
    AnchorId, BlockKind, Document, Inline, Section, SectionKind, numbered, walk,
};
use crate::source::Span;
use crate::style::{Edge, FolioMode, HeadPages, HeadWords, Side, Style};

/// What the running head and the folio of a page depend on.
pub(super) struct Running<'a> {
    /// The section.
    pub(super) section: &'a Section,
    /// The part that it stands in.
    pub(super) part: Option<&'a Section>,
    /// The heading of level 2 that the page stands below.
    pub(super) heading: Option<&'a str>,
    /// The number of the page in the file, from 1: odd pages are recto.
    pub(super) page: u32,
    /// The folio, as it is written.
    pub(super) folio: String,
    /// Whether the page opens its section.
    pub(super) opens: bool,
}

/// A line in a margin.
pub(super) struct Marginal {
    /// What it says.
    pub(super) line: Line,
    /// The edge of the type area that it stands at.
    pub(super) edge: Edge,
    /// To which side; at the fore-edge, the outer one is the foot.
    pub(super) side: Side,
    /// From there, or from where the lines before end.
    pub(super) inset: Length,
    /// From the type area to it.
    pub(super) gap: Length,
    /// Its size.
    pub(super) size: Length,
}

/// Lines in margins by their words and their look.
#[derive(Default)]
pub(super) struct Marginals {
    known: BTreeMap<(String, bool), Line>,
}

/// How a line in a margin is set.
#[derive(Clone, Copy)]
struct Look {
    font: FontStyle,
    size: Length,
    color: Color,
    edge: Edge,
    is_folio: bool,
}

impl Marginals {
    /// The folio and the running head of a page, in this order.
    pub(super) fn of(
        &mut self,
        cx: &mut Context<'_>,
        style: &Style,
        running: &Running<'_>,
    ) -> (Option<Marginal>, Option<Marginal>) {
        let folio = shows_folio(style, running).then(|| self.folio(cx, style, running));
        let head = head_words(cx.document, style, running);
        let head = head.map(|words| self.head(cx, style, &words, folio.as_ref()));
        (folio, head)
    }

    fn folio(
        &mut self,
        cx: &mut Context<'_>,
        style: &Style,
        running: &Running<'_>,
    ) -> Marginal {
        let look = &style.folio;
        let set = Look {
            font: look.font,
            size: look.size,
            color: look.color,
            edge: look.at,
            is_folio: true,
        };
        Marginal {
            line: self.line(cx, style, &running.folio, set),
            edge: look.at,
            side: match look.at {
                Edge::ForeEdge => Side::Outer,
                Edge::Head | Edge::Foot => look.align,
            },
            inset: match look.at {
                // It ends five characters above the foot (JLReq 2.6.3).
                Edge::ForeEdge => style.size * 5,
                Edge::Head | Edge::Foot => Length::ZERO,
            },
            gap: look.gap,
            size: look.size,
        }
    }

    fn head(
        &mut self,
        cx: &mut Context<'_>,
        style: &Style,
        words: &str,
        folio: Option<&Marginal>,
    ) -> Marginal {
        let look = &style.running;
        let set = Look {
            font: look.font,
            size: look.size,
            color: look.color,
            edge: look.at,
            is_folio: false,
        };
        let beside =
            folio.filter(|folio| folio.edge == look.at && look.at != Edge::ForeEdge);
        let taken = beside.map_or(Length::ZERO, |folio| folio.line.width + look.size * 2);
        let inset = match look.at {
            // It starts four characters below the head (JLReq 2.6.3).
            Edge::ForeEdge => style.size * 4,
            Edge::Head | Edge::Foot => match beside {
                Some(folio) if folio.side == look.align => taken,
                Some(_) | None => Length::ZERO,
            },
        };
        let area = style.writing.size(style.type_area());
        let room = match look.at {
            Edge::ForeEdge => area.height - style.size * 12,
            Edge::Head | Edge::Foot => area.width - taken,
        };
        Marginal {
            line: self.fitting(cx, style, words, room, set),
            edge: look.at,
            side: match look.at {
                Edge::ForeEdge => Side::Inner,
                Edge::Head | Edge::Foot => look.align,
            },
            inset,
            gap: look.gap,
            size: look.size,
        }
    }

    /// Words in a line, shortened where they are longer than their room.
    fn fitting(
        &mut self,
        cx: &mut Context<'_>,
        style: &Style,
        words: &str,
        room: Length,
        look: Look,
    ) -> Line {
        let whole = self.line(cx, style, words, look);
        if whole.width <= room {
            return whole;
        }
        let chars: Vec<char> = words.chars().collect();
        let fits = room.floor_div(look.size).max(2) as usize - 1;
        let short: String = chars.iter().take(fits).chain(['…'].iter()).collect();
        self.line(cx, style, &short, look)
    }

    fn line(
        &mut self,
        cx: &mut Context<'_>,
        style: &Style,
        words: &str,
        look: Look,
    ) -> Line {
        let key = (words.to_owned(), look.is_folio);
        if let Some(line) = self.known.get(&key) {
            return line.clone();
        }
        let paragraph = ParagraphStyle {
            font: look.font,
            size: look.size,
            color: look.color,
            measure: style.page.trim.width.max(style.page.trim.height) * 64,
            first_indent: Length::ZERO,
            indent: Length::ZERO,
            beside: Beside::default(),
            alignment: Alignment::Start,
        };
        let content = [Inline::Text { text: words.to_owned(), span: Span::default() }];
        let set = |cx: &mut Context<'_>| layout_inline(cx, &content, &paragraph);
        let writing = match look.edge {
            Edge::ForeEdge => WritingMode::Vertical,
            Edge::Head | Edge::Foot => WritingMode::Horizontal,
        };
        let lines = cx.within(writing, set);
        let line = lines.into_iter().next().unwrap_or_default();
        self.known.insert(key, line.clone());
        line
    }
}

/// Whether a page shows its number.
fn shows_folio(style: &Style, running: &Running<'_>) -> bool {
    let seen = match style.folio.mode {
        FolioMode::Visible | FolioMode::Both => true,
        FolioMode::Hidden => false,
    };
    seen && bears_number(running.section.kind) && (style.folio.openings || !running.opens)
}

/// Whether the pages of a section bear their numbers.
fn bears_number(kind: SectionKind) -> bool {
    match kind {
        SectionKind::HalfTitle
        | SectionKind::TitlePage
        | SectionKind::Part
        | SectionKind::Colophon => false,
        SectionKind::Contents
        | SectionKind::Preface
        | SectionKind::Chapter
        | SectionKind::Appendix
        | SectionKind::Afterword
        | SectionKind::Notes
        | SectionKind::References
        | SectionKind::Index
        | SectionKind::Profile => true,
    }
}

/// The words of a running head, where the page has one.
fn head_words(
    document: &Document,
    style: &Style,
    running: &Running<'_>,
) -> Option<String> {
    let is_odd = running.page % 2 == 1;
    let has_one = match style.running.pages {
        HeadPages::Both => true,
        HeadPages::Odd => is_odd,
        HeadPages::None => false,
    };
    let is_hidden = running.opens && !style.running.openings;
    if !has_one || is_hidden || !bears_number(running.section.kind) {
        return None;
    }
    let section = running.section;
    let title = numbered(section.number.as_deref(), &section.running_title);
    let part = running
        .part
        .map(|part| numbered(part.number.as_deref(), &part.running_title));
    let words = match if is_odd { style.running.odd } else { style.running.even } {
        HeadWords::Book => &document.meta.title,
        HeadWords::Part => part.as_ref().unwrap_or(&document.meta.title),
        HeadWords::Chapter => &title,
        HeadWords::Section => running.heading.unwrap_or(&title),
    };
    let words = if words.is_empty() { &title } else { words };
    (!words.is_empty()).then(|| words.to_owned())
}

/// What a page stands below.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Above<'a> {
    /// The number of the section.
    pub(super) section: usize,
    /// The heading of level 2, with its number.
    pub(super) heading: Option<&'a str>,
}

/// The headings of level 2 by their places.
pub(super) type Headings = BTreeMap<AnchorId, String>;

/// All headings of level 2.
pub(super) fn headings(document: &Document) -> Headings {
    let blocks = document.sections.iter().flat_map(|section| &section.blocks);
    blocks
        .filter_map(|block| match &block.kind {
            BlockKind::Heading { level: 2, number, content } => {
                let words = numbered(number.as_deref(), &walk::plain_text(content));
                block.anchor.map(|anchor| (anchor, words))
            }
            _ => None,
        })
        .collect()
}

/// What pages stand below, by the number of the page in the file from 0: the first section
/// and the first heading that start on the page, else those that go on over it.
pub(super) fn above<'a>(
    document: &Document,
    headings: &'a Headings,
    bound: &Bound,
) -> Vec<Above<'a>> {
    let mut found = vec![Above::default(); bound.sheets.len()];
    let mut current = Above::default();
    let mut group = None;
    for (page, sheet) in bound.sheets.iter().enumerate() {
        let Some((at, leaf)) = sheet.leaf else { continue };
        if group.replace(at) != Some(at) {
            current = Above { section: at, heading: None };
        }
        let mut shown: (Option<usize>, Option<&str>) = (None, None);
        bound.leaves[at][leaf].visit_anchors(&mut |anchor, _| {
            let section = document.anchors[anchor.0 as usize].section;
            if document.sections[section].anchor == anchor {
                shown.0.get_or_insert(section);
                current = Above { section, heading: None };
            }
            if let Some(words) = headings.get(&anchor) {
                shown.1.get_or_insert(words);
                current.heading = Some(words);
            }
        });
        found[page] = Above {
            section: shown.0.unwrap_or(current.section),
            heading: shown.1.or(current.heading),
        };
    }
    found
}
