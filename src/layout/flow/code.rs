//! Code: every character in whole cells of half an em, on a light ground.

use super::figure::{Numbered, caption_rows};
use super::{Break, Decoration, Drawn, Flow, Row, Setting, Stand};
use crate::diag::{Code, Diagnostic};
use crate::display::{Color, Element, Role, Tag};
use crate::font::{
    Family, Features, FontId, FontStyle, Orientation, ShapedGlyph, Weight,
};
use crate::geom::{Length, LogicalPoint, LogicalSize, WritingMode};
use crate::layout::{Context, Piece, Placed, Run, RunGlyph, direction};
use crate::model::Inline;
use crate::source::Span;

/// How many cells a tab stop is from the next.
const TAB: i64 = 4;
/// How many cells the rest of a long line starts further in.
const HANGING: i64 = 2;
/// Below so many lines a listing stays on one page.
const KEPT_LINES: usize = 4;

/// Sets a listing with its caption above it.
pub(super) fn code(
    cx: &mut Context<'_>,
    flow: &mut Flow,
    setting: &Setting,
    text: &str,
    caption: &[Inline],
    number: Option<&str>,
    span: Span,
) {
    flow.start_group();
    let before = flow.rows.len();
    caption_rows(cx, flow, setting, Numbered { number, caption });
    if flow.rows.len() > before {
        flow.lengthen(setting.size / 4);
        flow.keep(1);
    }
    let cells = Cells::of(cx, setting);
    let (size, padding) = (cells.size, cells.padding());
    let feed = cx.style.code_feed.min(size * 2);
    let mut lines: Vec<Vec<Placed>> = Vec::new();
    let code = cx.structure.add(Element::new(Role::Paragraph));
    let tag = cx
        .inside(code, |cx| cx.tagged(Element::new(Role::Code), |cx| cx.structure.tag()));
    for line in source_lines(text) {
        cells.set(cx, line, span, tag, &mut lines);
    }
    let first = flow.rows.len();
    let count = lines.len();
    let inline = setting.inset + padding;
    for (index, pieces) in lines.into_iter().enumerate() {
        // The first and the last line bring the inside margin of the ground.
        let above = if index == 0 { padding } else { Length::ZERO };
        let below = if index + 1 == count { padding } else { Length::ZERO };
        let axis = above + feed / 2;
        let by = LogicalPoint { inline, block: axis };
        let kept = count < KEPT_LINES || index == 1 || index + 1 == count;
        flow.push(Row {
            pieces: pieces.into_iter().map(|placed| placed.moved(by)).collect(),
            stand: Stand::Free { size: above + feed + below, starts: false },
            axis,
            before: match kept && index > 0 {
                true => Break::Forbidden,
                false => Break::Allowed,
            },
            ..Row::default()
        });
    }
    flow.decorations.push(Decoration {
        rows: first..flow.rows.len(),
        inset: setting.inset,
        measure: setting.measure,
        inside: Length::ZERO,
        outside: Length::ZERO,
        drawn: Drawn::Ground(Color::gray(cx.style.ground)),
    });
    flow.start_group();
}

/// Whether a listing is so short that among vertical lines it is turned as they are: set
/// horizontally it would leave most of its part of the page blank.
pub(super) fn is_short(text: &str) -> bool {
    source_lines(text).count() < KEPT_LINES
}

/// The width of a listing whose lines are not broken, with its ground.
pub(super) fn width(
    cx: &mut Context<'_>,
    setting: &Setting,
    text: &str,
    span: Span,
) -> Length {
    let cells = Cells::of(cx, setting);
    let mut most = 0;
    for line in source_lines(text) {
        let clusters = cells.shape(cx, line, span);
        most = most.max(cells.end(line, &clusters));
    }
    cells.cell() * most + cells.padding() * 2
}

fn source_lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.strip_suffix('\n').unwrap_or(text).split('\n');
    lines.map(|line| line.trim_end_matches('\r'))
}

/// How lines of code are set.
struct Cells {
    font: FontStyle,
    size: Length,
    measure: Length,
    writing: WritingMode,
}

/// Glyphs that stand together in whole cells.
struct Cluster {
    font: FontId,
    orientation: Orientation,
    start: usize,
    end: usize,
    glyphs: Vec<ShapedGlyph>,
    advance: Length,
}

impl Cells {
    fn of(cx: &Context<'_>, setting: &Setting) -> Self {
        let size = cx.style.code_size.min(setting.size);
        let mut cells = Self {
            font: FontStyle { family: Family::Mono, weight: Weight::Regular },
            size,
            measure: setting.measure,
            writing: cx.writing,
        };
        cells.measure = (setting.measure - cells.padding() * 2).max(size);
        cells
    }

    /// From the edge of the ground to the characters.
    fn padding(&self) -> Length {
        self.size.ratio(1, 2)
    }

    /// The cell in which a line ends that is not broken.
    fn end(&self, line: &str, clusters: &[Cluster]) -> i64 {
        clusters.iter().fold(0, |at, cluster| self.next(line, cluster, at))
    }

    /// The cell after a cluster that starts at a cell.
    fn next(&self, line: &str, cluster: &Cluster, at: i64) -> i64 {
        match &line[cluster.start..cluster.end] {
            "\t" => (at / TAB + 1) * TAB,
            _ => at + self.cells(cluster),
        }
    }

    /// The width of a cell.
    fn cell(&self) -> Length {
        self.size / 2
    }

    /// Sets one line of code into one or more lines of the page.
    fn set(
        &self,
        cx: &mut Context<'_>,
        line: &str,
        span: Span,
        tag: Tag,
        lines: &mut Vec<Vec<Placed>>,
    ) {
        let clusters = self.shape(cx, line, span);
        // The mark of a line that goes on takes the last two cells.
        let whole = self.measure.floor_div(self.cell()).max(HANGING + 4);
        let broken = whole - 2;
        let mut at = 0;
        let mut out = Output { tag, ..Output::default() };
        let ends = self.ends(line, &clusters);
        for (index, cluster) in clusters.iter().enumerate() {
            let next = self.next(line, cluster, at);
            let rest = ends[clusters.len() - 1] - ends[index];
            if next > broken && (next > whole || next + rest > whole) && at > HANGING {
                self.mark(cx, &mut out, broken);
                lines.push(out.finish());
                at = HANGING;
            }
            let width = self.next(line, cluster, at) - at;
            self.put(&mut out, line, cluster, at, width);
            at += width;
        }
        lines.push(out.finish());
    }

    /// The cells up to the end of each cluster, tabs as one.
    fn ends(&self, line: &str, clusters: &[Cluster]) -> Vec<i64> {
        let mut end = 0;
        clusters
            .iter()
            .map(|cluster| {
                end += match &line[cluster.start..cluster.end] {
                    "\t" => TAB,
                    _ => self.cells(cluster),
                };
                end
            })
            .collect()
    }

    /// How many cells a cluster takes: as many as its glyphs are wide.
    fn cells(&self, cluster: &Cluster) -> i64 {
        (cluster.advance + self.cell() / 2)
            .floor_div(self.cell())
            .clamp(1, 16)
    }

    /// Adds a cluster in the middle of its cells.
    fn put(&self, out: &mut Output, line: &str, cluster: &Cluster, at: i64, width: i64) {
        let run = out.run(cluster, self.size, self.writing);
        let start = run.text.len() as u32;
        run.text.push_str(&line[cluster.start..cluster.end]);
        let end = run.text.len() as u32;
        let free = self.cell() * width - cluster.advance;
        let is_tab = &line[cluster.start..cluster.end] == "\t";
        let mut x = self.cell() * at + if is_tab { Length::ZERO } else { free / 2 };
        for glyph in &cluster.glyphs {
            let origin = LogicalPoint { inline: x + glyph.inline, block: glyph.block };
            run.glyphs.push(RunGlyph { id: glyph.id, origin, start, end });
            x += glyph.advance;
        }
    }

    /// Shapes a line into clusters.
    fn shape(&self, cx: &mut Context<'_>, line: &str, span: Span) -> Vec<Cluster> {
        let fonts = cx.fonts;
        let mut clusters = Vec::new();
        for (range, font) in fonts.runs(self.font, line) {
            let Some(font) = font else {
                self.missing(cx, line, range, span, &mut clusters);
                continue;
            };
            let orientation = self.orientation(&line[range.clone()]);
            let words = &line[range.clone()];
            let glyphs =
                cx.shaper.shape(font, words, self.size, orientation, Features::NONE);
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
        clusters
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
        line: &str,
        range: std::ops::Range<usize>,
        span: Span,
        clusters: &mut Vec<Cluster>,
    ) {
        let font = cx.fonts.select(self.font, GETA).unwrap_or_default();
        for (offset, ch) in line[range.clone()].char_indices() {
            let start = range.start + offset;
            if ch.is_control() {
                // A tab, which is drawn as a space of its width.
                clusters.extend(self.space(cx, start));
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
                orientation,
                start,
                end: start + ch.len_utf8(),
                glyphs: glyph.into_iter().collect(),
                advance: self.size,
            });
        }
    }

    /// A control character at a byte of the line, as a space.
    fn space(&self, cx: &mut Context<'_>, start: usize) -> Option<Cluster> {
        let (font, orientation) =
            (cx.fonts.select(self.font, ' ')?, Orientation::Sideways);
        let glyphs = cx.shaper.shape(font, " ", self.size, orientation, Features::NONE);
        let (glyphs, advance) = (glyphs.to_vec(), self.cell());
        Some(Cluster {
            font,
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
        let (start, reach) = (self.cell() * at + self.cell() / 2, self.cell());
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

/// The mark of a character that no font has (げた).
const GETA: char = '〓';

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
    fn run(&mut self, cluster: &Cluster, size: Length, writing: WritingMode) -> &mut Run {
        let direction = direction(cluster.orientation, writing);
        let same = self
            .runs
            .last()
            .is_some_and(|run| run.font == cluster.font && run.direction == direction);
        if !same {
            self.runs.push(Run {
                font: cluster.font,
                size,
                color: Color::BLACK,
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
