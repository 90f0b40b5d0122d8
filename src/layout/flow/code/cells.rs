//! A line of code in cells.

use std::ops::Range;

use super::{NUMBER_GAP, ruled};
use crate::diag::{Code, Diagnostic};
use crate::display::{Color, Tag};
use crate::font::{
    Family, Features, FontId, FontStyle, Orientation, ShapedGlyph, Weight,
};
use crate::geom::{Length, LogicalPoint, LogicalSize, WritingMode};
use crate::highlight::Token;
use crate::layout::flow::Setting;
use crate::layout::{Context, Piece, Placed, Run, RunGlyph, direction};
use crate::model::Listing;
use crate::source::Span;
use crate::style::token_look;

/// How many cells a tab stop is from the next.
const TAB: i64 = 4;
/// How many cells the rest of a long line starts further in than the line.
const HANGING: i64 = 2;
/// The mark of a character that no font has (げた).
const GETA: char = '〓';

/// From the edge of the ground to the characters.
pub(super) fn padding(size: Length) -> Length {
    size.ratio(1, 2)
}

/// How lines of code are set.
pub(super) struct Cells {
    size: Length,
    /// The room of the lines.
    measure: Length,
    /// From the start of the room to the start of the lines, where their numbers stand.
    gutter: Length,
    writing: WritingMode,
    /// From the axis of a line to that of the next.
    feed: Length,
    /// The width of a light rule of box drawing.
    rule: Length,
}

/// Where a line of code is from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    /// The listing.
    pub(super) listing: &'a Listing,
    /// Where it stands in the book.
    pub(super) span: Span,
    /// What its text is in the structure of the book.
    pub(super) tag: Tag,
}

/// Glyphs that stand together in whole cells.
struct Cluster {
    font: FontId,
    color: Color,
    orientation: Orientation,
    start: usize,
    end: usize,
    glyphs: Vec<ShapedGlyph>,
    advance: Length,
}

/// A stretch of a line in one look.
struct Stretch {
    range: Range<usize>,
    color: Color,
    weight: Weight,
}

impl Cells {
    /// The cells of a setting, after so many for the numbers of lines.
    pub(super) fn of(cx: &Context<'_>, setting: &Setting, numbers: i64) -> Self {
        let size = cx.style.code_size.min(setting.size);
        let gutter = size / 2 * numbers;
        let measure = setting.measure - padding(size) * 2 - gutter;
        Self {
            size,
            measure: measure.max(size),
            gutter,
            writing: cx.writing,
            feed: cx.style.code_feed.min(setting.size * 2),
            rule: size.ratio(7, 100),
        }
    }

    /// The width of a cell.
    pub(super) fn cell(&self) -> Length {
        self.size / 2
    }

    /// What stands around the lines: the inside margins of the ground, and the numbers.
    pub(super) fn around(&self) -> Length {
        padding(self.size) * 2 + self.gutter
    }

    /// The cell in which a line ends that is not broken.
    pub(super) fn end(
        &self,
        cx: &mut Context<'_>,
        source: Source<'_>,
        range: Range<usize>,
    ) -> i64 {
        let text = &source.listing.text;
        let clusters = self.shape(cx, source, range);
        clusters.iter().fold(0, |at, cluster| self.next(text, cluster, at))
    }

    /// The number of a line, before it; it is no text of the listing.
    pub(super) fn number(
        &self,
        cx: &mut Context<'_>,
        text: &str,
        cells: i64,
    ) -> Option<Placed> {
        let style = FontStyle { family: Family::Mono, weight: Weight::Regular };
        let font = cx.fonts.select(style, '0')?;
        let orientation = Orientation::Sideways;
        let glyphs = cx.shaper.shape(font, text, self.size, orientation, Features::NONE);
        let mut inline = Length::ZERO;
        let width: Length = glyphs.iter().map(|glyph| glyph.advance).sum();
        let start = self.cell() * (cells - NUMBER_GAP) - width;
        let mut run = Run {
            font,
            size: self.size,
            color: Color::gray(118),
            direction: direction(orientation, self.writing),
            text: String::new(),
            glyphs: Vec::new(),
            tag: Tag::default(),
        };
        for glyph in glyphs {
            let origin =
                LogicalPoint { inline: inline + glyph.inline, block: glyph.block };
            run.glyphs.push(RunGlyph { id: glyph.id, origin, start: 0, end: 0 });
            inline += glyph.advance;
        }
        let at = LogicalPoint { inline: start, block: Length::ZERO };
        Some(Placed { at, piece: Piece::Glyphs(run) })
    }

    /// Sets one line of code into one or more lines of the page, each with its first byte.
    pub(super) fn set(
        &self,
        cx: &mut Context<'_>,
        source: Source<'_>,
        range: Range<usize>,
        lines: &mut Vec<(usize, Vec<Placed>)>,
    ) {
        let text = &source.listing.text;
        let hanging = hanging(&text[range.clone()]);
        let mut first = range.start;
        let clusters = self.shape(cx, source, range);
        // The mark of a line that goes on takes the last two cells.
        let whole = self.measure.floor_div(self.cell()).max(HANGING + 4);
        let hanging = hanging.min(whole / 2);
        let broken = whole - 2;
        let mut at = 0;
        let mut out = Output { tag: source.tag, ..Output::default() };
        let ends = self.ends(text, &clusters);
        for (index, cluster) in clusters.iter().enumerate() {
            let next = self.next(text, cluster, at);
            let rest = ends[clusters.len() - 1] - ends[index];
            if next > broken && (next > whole || next + rest > whole) && at > hanging {
                self.mark(cx, &mut out, broken);
                lines.push((first, out.finish()));
                first = cluster.start;
                at = hanging;
            }
            let width = self.next(text, cluster, at) - at;
            self.put(cx, &mut out, text, cluster, at, width);
            at += width;
        }
        lines.push((first, out.finish()));
    }

    /// The cells up to the end of each cluster, tabs as one.
    fn ends(&self, text: &str, clusters: &[Cluster]) -> Vec<i64> {
        let mut end = 0;
        clusters
            .iter()
            .map(|cluster| {
                end += match &text[cluster.start..cluster.end] {
                    "\t" => TAB,
                    _ => self.cells(text, cluster),
                };
                end
            })
            .collect()
    }

    /// The cell after a cluster that starts at a cell.
    fn next(&self, text: &str, cluster: &Cluster, at: i64) -> i64 {
        match &text[cluster.start..cluster.end] {
            "\t" => (at / TAB + 1) * TAB,
            _ => at + self.cells(text, cluster),
        }
    }

    /// How many cells a cluster takes: as many as its glyphs are wide, and one for box
    /// drawing, whatever the face.
    fn cells(&self, text: &str, cluster: &Cluster) -> i64 {
        if drawn_as_rules(text, cluster).is_some() {
            return 1;
        }
        (cluster.advance + self.cell() / 2)
            .floor_div(self.cell())
            .clamp(1, 16)
    }

    /// Adds a cluster in the middle of its cells.
    fn put(
        &self,
        cx: &mut Context<'_>,
        out: &mut Output,
        text: &str,
        cluster: &Cluster,
        at: i64,
        width: i64,
    ) {
        let words = &text[cluster.start..cluster.end];
        if let Some(ch) = drawn_as_rules(text, cluster)
            && let Some(blank) = self.space(cx, cluster.start)
        {
            // The rules are shapes; a space stands for them where text is copied out.
            let start = self.gutter + self.cell() * at;
            let cell = ruled::Cell {
                start,
                width: self.cell(),
                reach: self.feed / 2,
                rule: self.rule,
                color: cluster.color,
            };
            out.marks.extend(ruled::rules(ch, cell));
            out.run(&blank, self).put(words, &blank.glyphs, start);
            return;
        }
        let free = self.cell() * width - cluster.advance;
        let shift = if words == "\t" { Length::ZERO } else { free / 2 };
        let start = self.gutter + self.cell() * at + shift;
        out.run(cluster, self).put(words, &cluster.glyphs, start);
    }

    /// Shapes a line into clusters.
    fn shape(
        &self,
        cx: &mut Context<'_>,
        source: Source<'_>,
        line: Range<usize>,
    ) -> Vec<Cluster> {
        let Source { listing, span, .. } = source;
        let fonts = cx.fonts;
        let mut clusters = Vec::new();
        for stretch in stretches(&listing.tokens, line) {
            let style = FontStyle { family: Family::Mono, weight: stretch.weight };
            let words = &listing.text[stretch.range.clone()];
            let base = stretch.range.start;
            let first = clusters.len();
            for (range, font) in fonts.runs(style, words) {
                let range = base + range.start..base + range.end;
                match font {
                    Some(font) => {
                        self.shape_run(cx, &listing.text, range, font, &mut clusters);
                    }
                    None => {
                        self.missing(cx, &listing.text, range, span, &mut clusters);
                    }
                }
            }
            clusters[first..].iter_mut().for_each(|c| c.color = stretch.color);
        }
        clusters
    }

    /// Shapes a run of one face.
    fn shape_run(
        &self,
        cx: &mut Context<'_>,
        text: &str,
        range: Range<usize>,
        font: FontId,
        clusters: &mut Vec<Cluster>,
    ) {
        let words = &text[range.clone()];
        let orientation = self.orientation(words);
        let size = self.size;
        let glyphs = cx.shaper.shape(font, words, size, orientation, Features::NONE);
        let first = clusters.len();
        for glyph in glyphs {
            let start = range.start + glyph.cluster as usize;
            let clusters_len = clusters.len();
            match clusters.last_mut() {
                Some(Cluster { start: last, glyphs, advance, .. })
                    if clusters_len > first && *last == start =>
                {
                    glyphs.push(*glyph);
                    *advance += glyph.advance;
                }
                _ => clusters.push(Cluster {
                    font,
                    color: Color::BLACK,
                    orientation,
                    start,
                    end: range.end,
                    glyphs: vec![*glyph],
                    advance: glyph.advance,
                }),
            }
        }
        for index in first + 1..clusters.len() {
            clusters[index - 1].end = clusters[index].start;
        }
    }

    /// Full-width characters stand upright in vertical lines, all others are turned.
    fn orientation(&self, words: &str) -> Orientation {
        let wide = words.chars().next().is_some_and(|ch| ch >= '\u{2E80}');
        match self.writing {
            WritingMode::Vertical if wide => Orientation::Upright,
            WritingMode::Vertical | WritingMode::Horizontal => Orientation::Sideways,
        }
    }

    /// Sets a mark for each character that no font has, and tells of it.
    fn missing(
        &self,
        cx: &mut Context<'_>,
        text: &str,
        range: Range<usize>,
        span: Span,
        clusters: &mut Vec<Cluster>,
    ) {
        let style = FontStyle { family: Family::Mono, weight: Weight::Regular };
        let font = cx.fonts.select(style, GETA).unwrap_or_default();
        for (offset, ch) in text[range.clone()].char_indices() {
            let start = range.start + offset;
            if ch.is_control() || ruled::arms(ch).is_some() {
                // A tab, which is drawn as a space of its width, or what needs no glyph.
                let end = start + ch.len_utf8();
                clusters
                    .extend(self.space(cx, start).map(|space| Cluster { end, ..space }));
                continue;
            }
            if cx.missing.insert((span.file, ch)) {
                let code = u32::from(ch);
                let message = format!(
                    "no font of the book has the character `{ch}` (U+{code:04X})"
                );
                let hint =
                    "name a font that has it in book.yaml, or write another character";
                let found = Diagnostic::new(Code::MissingGlyph, span, message);
                cx.sink.push(found.hint(hint));
            }
            let orientation = Orientation::Sideways;
            let glyph = cx.shaper.glyph(font, GETA, self.size, orientation);
            clusters.push(Cluster {
                font,
                color: Color::BLACK,
                orientation,
                start,
                end: start + ch.len_utf8(),
                glyphs: glyph.into_iter().collect(),
                advance: self.size,
            });
        }
    }

    /// A control character at a byte of the text, as a space.
    fn space(&self, cx: &mut Context<'_>, start: usize) -> Option<Cluster> {
        let style = FontStyle { family: Family::Mono, weight: Weight::Regular };
        let (font, orientation) = (cx.fonts.select(style, ' ')?, Orientation::Sideways);
        let glyphs = cx.shaper.shape(font, " ", self.size, orientation, Features::NONE);
        let (glyphs, advance) = (glyphs.to_vec(), self.cell());
        Some(Cluster {
            font,
            color: Color::BLACK,
            orientation,
            start,
            end: start + 1,
            glyphs,
            advance,
        })
    }

    /// Draws the mark of a line that goes on: a hook in the last two cells.
    fn mark(&self, cx: &Context<'_>, out: &mut Output, at: i64) {
        let rule = cx.style.thin_rule * 2;
        let color = Color::gray(120);
        let reach = self.cell();
        let start = self.gutter + self.cell() * at + self.cell() / 2;
        let mut fill = |inline, block, size| {
            let at = LogicalPoint { inline, block };
            out.marks.push(Placed { at, piece: Piece::Fill { size, color } });
        };
        let down = LogicalSize { inline: rule, block: reach / 2 };
        fill(start + reach - rule, -reach / 2, down);
        let along = LogicalSize { inline: reach, block: rule };
        fill(start, Length::ZERO, along);
    }
}

/// Where the rest of a long line starts: further in than the line itself.
fn hanging(line: &str) -> i64 {
    let mut at = 0;
    for ch in line.chars() {
        match ch {
            ' ' => at += 1,
            '\t' => at = (at / TAB + 1) * TAB,
            _ => break,
        }
    }
    at + HANGING
}

/// The character of box drawing that a cluster is.
fn drawn_as_rules(text: &str, cluster: &Cluster) -> Option<char> {
    let mut chars = text[cluster.start..cluster.end].chars();
    let ch = chars.next().filter(|&ch| ruled::arms(ch).is_some())?;
    chars.as_str().is_empty().then_some(ch)
}

/// A line in stretches of one look.
fn stretches(tokens: &[Token], line: Range<usize>) -> Vec<Stretch> {
    let plain = |range: Range<usize>| Stretch {
        range,
        color: Color::BLACK,
        weight: Weight::Regular,
    };
    let mut stretches = Vec::new();
    let mut at = line.start;
    let first = tokens.partition_point(|token| token.range.end <= line.start);
    for token in tokens[first..].iter().take_while(|t| t.range.start < line.end) {
        let start = token.range.start.max(line.start);
        let end = token.range.end.min(line.end);
        if start > at {
            stretches.push(plain(at..start));
        }
        let look = token_look(token.class);
        let [red, green, blue] = look.light;
        stretches.push(Stretch {
            range: start..end,
            color: Color { red, green, blue },
            weight: if look.bold { Weight::Bold } else { Weight::Regular },
        });
        at = end;
    }
    if line.end > at {
        stretches.push(plain(at..line.end));
    }
    stretches
}

/// The runs of one line of the page.
#[derive(Default)]
struct Output {
    runs: Vec<Run>,
    marks: Vec<Placed>,
    /// What they are in the structure of the text.
    tag: Tag,
}

impl Output {
    /// The run that takes a cluster.
    fn run(&mut self, cluster: &Cluster, cells: &Cells) -> &mut Run {
        let direction = direction(cluster.orientation, cells.writing);
        let same = self.runs.last().is_some_and(|run| {
            run.font == cluster.font
                && run.direction == direction
                && run.color == cluster.color
        });
        if !same {
            self.runs.push(Run {
                font: cluster.font,
                size: cells.size,
                color: cluster.color,
                direction,
                text: String::new(),
                glyphs: Vec::new(),
                tag: self.tag,
            });
        }
        let last = self.runs.len() - 1;
        &mut self.runs[last]
    }

    /// The pieces of the line, and a new line.
    fn finish(&mut self) -> Vec<Placed> {
        let at = LogicalPoint::default();
        let runs = self.runs.drain(..);
        let glyphs = runs.map(|run| Placed { at, piece: Piece::Glyphs(run) });
        glyphs.chain(self.marks.drain(..)).collect()
    }
}

impl Run {
    /// Adds glyphs that stand for some words together, from a place along the line.
    fn put(&mut self, words: &str, glyphs: &[ShapedGlyph], mut inline: Length) {
        let start = self.text.len() as u32;
        self.text.push_str(words);
        let end = self.text.len() as u32;
        for glyph in glyphs {
            let origin =
                LogicalPoint { inline: inline + glyph.inline, block: glyph.block };
            self.glyphs.push(RunGlyph { id: glyph.id, origin, start, end });
            inline += glyph.advance;
        }
    }
}
