//! The inlines of a paragraph as one text, cut where the style changes, with what is drawn
//! over stretches of it.

use std::ops::Range;

use super::inset::{Bracket, Inset, InsetKind, branch_size};
use super::{Lead, ParagraphStyle};
use crate::display::{Color, Element, Role, Tag};
use crate::font::{Family, FontBook, FontStyle, Weight, cluster_end};
use crate::geom::{Length, WritingMode};
use crate::layout::{NoteLabel, Structure};
use crate::line::{self, CharClass, Em, JukugoRuby, NoteMark, Rules, Setting};
use crate::model::{
    AnchorId, Citation, CrossReference, Image, Inline, InlineStyle, KentenMark,
    NoteReference, Ruby, RubyUnit, Target, TextOrientation, TextPlace, TextSource, walk,
};
use crate::source::Span;

/// A paragraph as one text.
#[derive(Clone, Debug, Default)]
pub(super) struct Collected<'a> {
    /// The text in the order of reading: bases of ruby without readings, [`OBJECT`] for an
    /// image, a line break where a line is forced to end.
    pub(super) text: String,
    /// The text cut where its style or its kind changes, in order, without gaps.
    pub(super) segments: Vec<Segment<'a>>,
    /// What is drawn over stretches of the text, by their starts.
    pub(super) marks: Vec<Mark<'a>>,
    /// The styles of the segments.
    pub(super) styles: Vec<CharStyle>,
    /// The units of ruby, in order.
    pub(super) rubies: Vec<RubyPart>,
    /// What is set by itself, in order; [`OBJECT`] stands for it in the text.
    pub(super) insets: Vec<Inset<'a>>,
    /// The stretches that stand for one inline of the source as a whole, with its span.
    pub(super) wholes: Vec<(Range<usize>, Span)>,
}

impl Collected<'_> {
    /// The place in the book of a byte of the text, or of the next whose place is known.
    pub(super) fn place(&self, byte: usize) -> Option<TextPlace> {
        let of = |range: &Range<usize>, origin: TextPlace| TextPlace {
            offset: origin.offset + byte.saturating_sub(range.start),
            ..origin
        };
        let mut wholes = self.wholes.iter();
        if let Some((range, span)) = wholes.find(|(range, _)| range.contains(&byte)) {
            return Some(of(range, TextPlace::start(TextSource::Span(*span))));
        }
        let first = self.segments.partition_point(|segment| segment.text.end <= byte);
        let mut segments = self.segments.iter().skip(first);
        let segment = segments.find(|segment| segment.span != Span::default())?;
        Some(of(&segment.text, segment.origin))
    }
}

/// A unit of ruby.
#[derive(Clone, Debug)]
pub(super) struct RubyPart {
    /// Its words and their reading.
    pub(super) unit: RubyUnit,
    /// What they are in the structure of the text.
    pub(super) tags: RubyTags,
    /// The reading on the other side of the word that begins here.
    pub(super) under: Option<UnderPart>,
}

/// The reading of a word on its other side.
#[derive(Clone, Debug)]
pub(super) struct UnderPart {
    /// The reading.
    pub(super) words: String,
    /// What it is in the structure of the text.
    pub(super) tag: Tag,
}

/// What a unit of ruby is in the structure of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RubyTags {
    /// The words.
    pub(super) base: Tag,
    /// Their reading.
    pub(super) reading: Tag,
}

impl Collected<'_> {
    /// Leaves out the character that the text begins with.
    fn cut_first(&mut self, ch: char) {
        if let Some(segment) = self.segments.first_mut() {
            segment.cut(ch.len_utf8(), 0);
        }
    }

    /// Leaves out the character that the text ends with.
    fn cut_last(&mut self, ch: char) {
        if let Some(segment) = self.segments.last_mut() {
            segment.cut(0, ch.len_utf8());
        }
    }

    /// The same text in styles that are smaller, so that a length becomes another.
    pub(super) fn resized(&self, to: Length, from: Length) -> Self {
        let smaller = |style: &CharStyle| CharStyle {
            size: style.size.ratio(to.0, from.0),
            axis: style.axis.ratio(to.0, from.0),
            ..*style
        };
        Self {
            styles: self.styles.iter().map(smaller).collect(),
            ..self.clone()
        }
    }
}

impl Segment<'_> {
    /// Leaves out some bytes at its start and its end.
    fn cut(&mut self, first: usize, last: usize) {
        let exact = self.text.len() == self.span.range().len();
        self.text = self.text.start + first..self.text.end - last;
        self.origin.offset += first;
        if exact {
            let length = self.span.range().len();
            self.span = self.span.sub(first..length - last);
        }
    }
}

/// The brackets that stand around words, where both are plain text.
fn brackets(content: &[Inline]) -> Option<(char, char)> {
    let (Some(Inline::Text { text: first, .. }), Some(Inline::Text { text: last, .. })) =
        (content.first(), content.last())
    else {
        return None;
    };
    let (open, close) = (first.chars().next()?, last.chars().next_back()?);
    let class = |ch: char| line::class_of(ch, Setting::Japanese);
    let bracketed = class(open) == CharClass::OpeningBracket
        && class(close) == CharClass::ClosingBracket
        && walk::plain_text(content).chars().nth(2).is_some();
    bracketed.then_some((open, close))
}

/// Stands in the text for what is not text.
pub(super) const OBJECT: char = '\u{FFFC}';

/// A stretch of the text in one style.
#[derive(Clone, Debug)]
pub(super) struct Segment<'a> {
    /// Its bytes of the text.
    pub(super) text: Range<usize>,
    /// The number of its style.
    pub(super) style: usize,
    /// Where it stands in the source; byte for byte where both are of one length.
    pub(super) span: Span,
    /// Where it starts in the text of the book.
    pub(super) origin: TextPlace,
    /// What it is.
    pub(super) kind: SegmentKind<'a>,
}

/// What a stretch of the text is.
#[derive(Clone, Copy, Debug)]
pub(super) enum SegmentKind<'a> {
    /// Characters that are set one after the other.
    Text,
    /// Characters that stand for themselves, and lines may break among them.
    Code,
    /// Words with their reading: the first of their units in [`Collected::rubies`], and the
    /// one after the last.
    Ruby(usize, usize),
    /// Characters side by side in a vertical line.
    TateChuYoko,
    /// A bracket around a small note in two lines.
    WarichuBracket,
    /// What is set by itself: its number in [`Collected::insets`].
    Inset(usize),
    /// The mark of a footnote.
    Note,
    /// An image.
    Image(&'a Image),
    /// The TeX of a formula.
    Formula {
        /// Whether it is set as on lines of its own.
        display: bool,
    },
    /// The line ends.
    LineBreak,
}

/// Something drawn over a stretch of the text.
#[derive(Clone, Debug)]
pub(super) struct Mark<'a> {
    /// The bytes of the text; empty for a place between characters.
    pub(super) text: Range<usize>,
    /// The number of the style in which the stretch begins.
    pub(super) style: usize,
    /// What is drawn.
    pub(super) kind: MarkKind<'a>,
    /// What the place of a link is in the structure of the text.
    pub(super) tag: Tag,
}

/// What is drawn over a stretch of the text.
#[derive(Clone, Copy, Debug)]
pub(super) enum MarkKind<'a> {
    /// A link.
    Link(&'a Target),
    /// A link to a place of the book.
    Reference(AnchorId),
    /// A place that can be linked to.
    Anchor(AnchorId),
    /// A line at the side of the text.
    Underline,
    /// A line through the text.
    Strikethrough,
    /// A ground under the text.
    Highlight,
    /// A frame around the text.
    Keyboard,
    /// Emphasis marks, one for each character.
    Kenten(KentenMark),
    /// Nothing: the footnote of this number is referred to here.
    Note(usize),
}

/// How characters look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CharStyle {
    /// The face.
    pub(super) font: FontStyle,
    /// The em.
    pub(super) size: Length,
    /// The colour.
    pub(super) color: Color,
    /// From the axis of the line to that of these characters, across the lines.
    pub(super) axis: Length,
    /// How they stand in a vertical line, where that is given.
    pub(super) orientation: Option<TextOrientation>,
    /// The language of Western words (ISO 639-1).
    pub(super) language: [u8; 2],
    /// Whether they are super- or subscripts, which are solid with what they follow (JLReq
    /// 3.7.1).
    pub(super) script: bool,
    /// What they are in the structure of the text.
    pub(super) tag: Tag,
}

/// Collects the inlines of a paragraph.
pub(super) fn collect<'a>(
    (lead, content): (Option<&Lead<'a>>, &'a [Inline]),
    style: &ParagraphStyle,
    (writing, fonts, rules): (WritingMode, &FontBook, &Rules),
    language: [u8; 2],
    notes: &[NoteLabel],
    structure: &mut Structure,
) -> Collected<'a> {
    let ParagraphStyle { font, size, color, .. } = *style;
    let text = CharStyle {
        font,
        size,
        color,
        axis: Length::ZERO,
        orientation: None,
        language,
        script: false,
        tag: Tag::default(),
    };
    let mut collector = Collector {
        out: Collected::default(),
        writing,
        fonts,
        rules,
        base: text,
        in_note: false,
        notes,
        structure,
    };
    match lead {
        None => collector.inlines(content, text),
        Some(lead) => {
            collector.lead(lead, text);
            collector.tagged(Element::new(Role::Paragraph), |this| {
                this.push("\u{3000}", text, Span::default(), SegmentKind::Text);
                this.inlines(content, text);
            });
        }
    }
    collector.out
}

struct Collector<'a, 'b> {
    out: Collected<'a>,
    writing: WritingMode,
    fonts: &'b FontBook,
    rules: &'b Rules,
    /// The style of the paragraph.
    base: CharStyle,
    /// Whether it is inside a small note, which has no room for ruby.
    in_note: bool,
    /// How the notes of the section are referred to.
    notes: &'b [NoteLabel],
    structure: &'b mut Structure,
}

impl<'a> Collector<'a, '_> {
    fn inlines(&mut self, content: &'a [Inline], style: CharStyle) {
        for inline in content {
            self.inline(inline, style);
        }
    }

    fn inline(&mut self, inline: &'a Inline, style: CharStyle) {
        match inline {
            Inline::Text { text, span } => {
                self.push(text, style, *span, SegmentKind::Text);
            }
            Inline::Code { text, span } => {
                let style = self.code(style);
                self.tagged(Element::new(Role::Code), |this| {
                    this.push(text, style, *span, SegmentKind::Code);
                });
            }
            Inline::Math { tex, display, span } => {
                let formula = Element {
                    alt: Some(tex.clone()),
                    span: Some(*span),
                    ..Element::new(Role::Formula)
                };
                let kind = SegmentKind::Formula { display: *display };
                self.tagged(formula, |this| this.push(tex, style, *span, kind));
            }
            Inline::Styled { style: name, children } => {
                self.styled(*name, children, style);
            }
            Inline::Span { anchor, children, attributes } => {
                self.anchor(*anchor, style);
                let given = attributes.get("lang").map(western_language);
                let language = given.unwrap_or(style.language);
                let style = CharStyle { language, ..style };
                match attributes.get("lang") {
                    Some(language) => {
                        let language = Some(language.to_owned());
                        let span = Element { language, ..Element::new(Role::Span) };
                        self.tagged(span, |this| this.inlines(children, style));
                    }
                    None => self.inlines(children, style),
                }
            }
            Inline::Ruby(ruby) => self.ruby(ruby, style),
            Inline::Kenten { mark, children } => {
                self.tagged(Element::new(Role::Emphasis), |this| {
                    this.marked(MarkKind::Kenten(*mark), children, style);
                });
            }
            Inline::TateChuYoko { children, span } => {
                self.tate_chu_yoko(children, style, *span);
            }
            Inline::Oriented { orientation, children } => {
                let style = CharStyle { orientation: Some(*orientation), ..style };
                self.inlines(children, style);
            }
            Inline::Warichu { children, span } => {
                self.tagged(Element::new(Role::Warichu), |this| {
                    this.tagged(Element::new(Role::WarichuText), |this| {
                        this.warichu(children, style, *span);
                    });
                });
            }
            Inline::Jidori { characters, children, span } => {
                let kind = InsetKind::Jidori(*characters);
                let base = CharStyle { axis: style.axis, ..style };
                let rows = self.rows(children, base);
                self.inset(Inset { kind, rows }, style, *span);
            }
            Inline::Furiwake { children, span } => self.furiwake(children, style, *span),
            Inline::Link { target, title, children, .. } => {
                self.link(target, title.as_deref(), children, style);
            }
            Inline::Image(image) => self.image(image, style),
            Inline::Note(note) => self.note(note, style),
            Inline::Citation(citation) => self.citation(citation, style),
            Inline::CrossReference(reference) => self.reference(reference, style),
            Inline::Index { anchor, children, .. } => {
                self.anchor(*anchor, style);
                self.inlines(children, style);
            }
            Inline::Anchor { anchor, .. } => self.anchor(*anchor, style),
            Inline::LineBreak => {
                self.push("\n", style, Span::default(), SegmentKind::LineBreak);
            }
            Inline::WordBreak => {
                self.push("\u{200B}", style, Span::default(), SegmentKind::Text);
            }
            Inline::Html { .. } => {}
        }
    }

    /// Adds the heading that opens the paragraph.
    fn lead(&mut self, lead: &Lead<'a>, text: CharStyle) {
        let Lead { font, size, color, .. } = *lead;
        let style = self.resized(CharStyle { font, color, ..text }, size, Length::ZERO);
        self.tagged(lead.element.clone(), |this| {
            if let Some(number) = lead.number {
                let number = format!("{number}\u{3000}");
                this.push(&number, style, Span::default(), SegmentKind::Text);
            }
            this.inlines(lead.content, style);
        });
    }

    /// Adds a stretch of text.
    fn push(&mut self, text: &str, style: CharStyle, span: Span, kind: SegmentKind<'a>) {
        if text.is_empty() {
            return;
        }
        let start = self.out.text.len();
        self.out.text.push_str(text);
        let style = CharStyle { tag: self.structure.tag(), ..style };
        let (style, text) = (self.style(style), start..self.out.text.len());
        self.segment(text, style, span, kind);
    }

    /// Adds a segment for a stretch of the text that has been added.
    fn segment(
        &mut self,
        text: Range<usize>,
        style: usize,
        span: Span,
        kind: SegmentKind<'a>,
    ) {
        let origin = TextPlace::start(TextSource::Span(span));
        self.out.segments.push(Segment { text, style, span, origin, kind });
    }

    /// Collects something as an element of the structure.
    fn tagged(&mut self, element: Element, collect: impl FnOnce(&mut Self)) {
        let around = self.structure.open(element);
        collect(self);
        self.structure.close(around);
    }

    /// The number of a style, which is that of before where it was in use shortly before.
    fn style(&mut self, style: CharStyle) -> usize {
        const SHORTLY: usize = 32;
        let styles = &mut self.out.styles;
        let earlier = styles.len().saturating_sub(SHORTLY);
        let recent = styles[earlier..].iter().rposition(|&known| known == style);
        let known = recent.map(|at| earlier + at);
        known.unwrap_or_else(|| {
            styles.push(style);
            styles.len() - 1
        })
    }

    /// Adds words with something drawn over them.
    fn marked(&mut self, kind: MarkKind<'a>, children: &'a [Inline], style: CharStyle) {
        let (at, start) = (self.out.marks.len(), self.out.text.len());
        let number = self.style(style);
        let (text, tag) = (start..start, Tag::default());
        self.out.marks.push(Mark { text, style: number, kind, tag });
        self.inlines(children, style);
        self.out.marks[at].text.end = self.out.text.len();
    }

    /// Adds words that lead elsewhere.
    fn link(
        &mut self,
        target: &'a Target,
        title: Option<&str>,
        children: &'a [Inline],
        style: CharStyle,
    ) {
        let kind = MarkKind::Link(target);
        match target {
            Target::Url(_) | Target::Anchor(_) => {
                let words =
                    title.map_or_else(|| walk::plain_text(children), str::to_owned);
                let alt = match target {
                    Target::Url(url) if words.trim().is_empty() => Some(url.clone()),
                    _ => Some(words),
                };
                let at = self.out.marks.len();
                let link = Element { alt, ..Element::new(Role::Link) };
                self.tagged(link, |this| {
                    this.marked(kind, children, style);
                    this.out.marks[at].tag = this.structure.new_tag();
                });
            }
            Target::File { .. } | Target::Nowhere => self.marked(kind, children, style),
        }
    }

    fn anchor(&mut self, anchor: Option<AnchorId>, style: CharStyle) {
        if let Some(anchor) = anchor {
            self.marked(MarkKind::Anchor(anchor), &[], style);
        }
    }

    fn styled(&mut self, name: InlineStyle, children: &'a [Inline], style: CharStyle) {
        let gothic = |weight| FontStyle { family: Family::Gothic, weight };
        match name {
            InlineStyle::Emphasis => {
                let font = gothic(style.font.weight);
                self.tagged(Element::new(Role::Emphasis), |this| {
                    this.inlines(children, CharStyle { font, ..style });
                });
            }
            InlineStyle::Strong => {
                let font = gothic(Weight::Bold);
                self.tagged(Element::new(Role::Strong), |this| {
                    this.inlines(children, CharStyle { font, ..style });
                });
            }
            InlineStyle::Small => {
                let size = style.size.ratio(85, 100);
                self.inlines(children, self.resized(style, size, Length::ZERO));
            }
            InlineStyle::Superscript => {
                self.inlines(children, self.script(style, -SUPERSCRIPT_RISE));
            }
            InlineStyle::Subscript => {
                self.inlines(children, self.script(style, SUBSCRIPT_FALL));
            }
            InlineStyle::Strikethrough => {
                self.marked(MarkKind::Strikethrough, children, style);
            }
            InlineStyle::Underline => {
                self.marked(MarkKind::Underline, children, style);
            }
            InlineStyle::Highlight => {
                self.marked(MarkKind::Highlight, children, style);
            }
            InlineStyle::Keyboard => {
                self.marked(MarkKind::Keyboard, children, self.code(style));
            }
        }
    }

    /// The style in another size, on the same baseline in horizontal lines and on the same
    /// axis in vertical lines, moved across the lines by `shift`.
    fn resized(&self, style: CharStyle, size: Length, shift: Length) -> CharStyle {
        let level = match self.writing {
            WritingMode::Horizontal => {
                self.fonts.baseline(style.size) - self.fonts.baseline(size)
            }
            WritingMode::Vertical => Length::ZERO,
        };
        CharStyle { size, axis: style.axis + level + shift, ..style }
    }

    /// The style of super- and subscripts: moved by hundredths of the em in horizontal
    /// lines, at the side of the line before or after in vertical ones.
    fn script(&self, style: CharStyle, hundredths: i64) -> CharStyle {
        let size = style.size.ratio(SCRIPT_SIZE, 100);
        let shift = match self.writing {
            WritingMode::Horizontal => style.size.ratio(hundredths, 100),
            WritingMode::Vertical => (style.size - size).ratio(hundredths.signum(), 2),
        };
        CharStyle { script: true, ..self.resized(style, size, shift) }
    }

    fn code(&self, style: CharStyle) -> CharStyle {
        let font = FontStyle { family: Family::Mono, ..style.font };
        let size = style.size.ratio(CODE_SIZE, 100);
        CharStyle { font, ..self.resized(style, size, Length::ZERO) }
    }

    /// Collects words that are set by themselves.
    fn apart(&mut self, content: &'a [Inline], style: CharStyle) -> Collected<'a> {
        let around = std::mem::take(&mut self.out);
        self.style(style);
        self.inlines(content, style);
        std::mem::replace(&mut self.out, around)
    }

    /// Collects words that are set by themselves, line by line.
    fn rows(&mut self, content: &'a [Inline], style: CharStyle) -> Vec<Collected<'a>> {
        let lines = content.split(|inline| matches!(inline, Inline::LineBreak));
        lines.map(|line| self.apart(line, style)).collect()
    }

    /// Adds what is set by itself.
    fn inset(&mut self, inset: Inset<'a>, style: CharStyle, span: Span) {
        let start = self.out.text.len();
        self.out.text.push(OBJECT);
        let (style, text) = (self.style(style), start..self.out.text.len());
        let kind = SegmentKind::Inset(self.out.insets.len());
        self.out.insets.push(inset);
        self.segment(text, style, span, kind);
    }

    /// Adds a small note in two lines; brackets around it keep the size of the text.
    fn warichu(&mut self, children: &'a [Inline], style: CharStyle, span: Span) {
        let brackets = brackets(children);
        let bracket = |this: &mut Self, ch: char| {
            let mut text = [0; 4];
            let text: &str = ch.encode_utf8(&mut text);
            this.push(text, style, span, SegmentKind::WarichuBracket);
        };
        if let Some((open, _)) = brackets {
            bracket(self, open);
        }
        let (size, axis) = (style.size / 2, Length::ZERO);
        let in_note = std::mem::replace(&mut self.in_note, true);
        let mut words = self.apart(children, CharStyle { size, axis, ..style });
        self.in_note = in_note;
        if let Some((open, close)) = brackets {
            words.cut_first(open);
            words.cut_last(close);
        }
        let (kind, rows) = (InsetKind::Warichu, vec![words]);
        self.inset(Inset { kind, rows }, style, span);
        if let Some((_, close)) = brackets {
            bracket(self, close);
        }
    }

    /// Adds branches; brackets around them are as high as all of them.
    fn furiwake(&mut self, children: &'a [Inline], style: CharStyle, span: Span) {
        let brackets = brackets(children);
        let bracket = |this: &mut Self, ch: Option<char>| {
            ch.map(|ch| Bracket { ch, tag: this.structure.tag() })
        };
        let open = bracket(self, brackets.map(|(open, _)| open));
        let size = branch_size(style.size);
        let branch = CharStyle { axis: Length::ZERO, ..style };
        let mut rows = self.rows(children, CharStyle { size, ..branch });
        if let Some((open, close)) = brackets {
            rows.first_mut().into_iter().for_each(|row| row.cut_first(open));
            rows.last_mut().into_iter().for_each(|row| row.cut_last(close));
        }
        let close = bracket(self, brackets.map(|(_, close)| close));
        let kind = InsetKind::Furiwake([open, close]);
        self.inset(Inset { kind, rows }, style, span);
    }

    /// Adds characters side by side in a vertical line.
    fn tate_chu_yoko(&mut self, children: &'a [Inline], style: CharStyle, span: Span) {
        let is_text = |inline: &Inline| matches!(inline, Inline::Text { .. });
        if children.iter().all(is_text) {
            let text = walk::plain_text(children);
            return self.push(&text, style, span, SegmentKind::TateChuYoko);
        }
        if self.writing == WritingMode::Horizontal {
            return self.inlines(children, style);
        }
        self.writing = WritingMode::Horizontal;
        let axis = Length::ZERO;
        let rows = self.rows(children, CharStyle { axis, ..style });
        self.writing = WritingMode::Vertical;
        let kind = InsetKind::TateChuYoko;
        self.inset(Inset { kind, rows }, style, span);
    }

    /// Adds a ruby where there is no room beside the characters: the reading in brackets
    /// behind them.
    fn ruby_in_brackets(&mut self, ruby: &Ruby, style: CharStyle) {
        let base: String = ruby.units.iter().map(|unit| unit.base.as_str()).collect();
        let over: String = ruby.units.iter().map(|unit| unit.reading.as_str()).collect();
        self.push(&base, style, ruby.span, SegmentKind::Text);
        let readings = [over.as_str(), &ruby.under];
        for reading in readings.into_iter().filter(|reading| !reading.is_empty()) {
            let text = format!("（{reading}）");
            self.push(&text, style, ruby.span, SegmentKind::Text);
            if let Some(segment) = self.out.segments.last_mut() {
                // No page starts inside of a reading.
                segment.origin.offset = base.len();
            }
        }
    }

    fn ruby(&mut self, ruby: &'a Ruby, style: CharStyle) {
        if self.in_note {
            return self.ruby_in_brackets(ruby, style);
        }
        let base: String = ruby.units.iter().map(|unit| unit.base.as_str()).collect();
        let first = self.out.rubies.len();
        if ruby.under.is_empty() {
            self.ruby_parts(ruby);
        } else {
            self.tagged(Element::new(Role::Ruby), |this| {
                this.tagged(Element::new(Role::RubyBase), |this| this.ruby_parts(ruby));
                this.tagged(Element::new(Role::RubyText), |this| {
                    let (words, tag) = (ruby.under.clone(), this.structure.tag());
                    if let Some(part) = this.out.rubies.get_mut(first) {
                        part.under = Some(UnderPart { words, tag });
                    }
                });
            });
        }
        if base.is_empty() {
            return;
        }
        let start = self.out.text.len();
        self.out.text.push_str(&base);
        let tag = self.out.rubies[first].tags.base;
        let style = self.style(CharStyle { tag, ..style });
        let (text, span) = (start..self.out.text.len(), ruby.span);
        let kind = SegmentKind::Ruby(first, self.out.rubies.len());
        self.segment(text, style, span, kind);
    }

    /// Adds the units of ruby.
    fn ruby_parts(&mut self, ruby: &Ruby) {
        for unit in units(ruby, self.rules) {
            let tags = self.ruby_tags(&unit);
            self.out.rubies.push(RubyPart { unit, tags, under: None });
        }
    }

    /// Adds a unit of ruby to the structure: its words, then their reading.
    fn ruby_tags(&mut self, unit: &RubyUnit) -> RubyTags {
        if unit.reading.is_empty() {
            let (base, reading) = (self.structure.tag(), Tag::default());
            return RubyTags { base, reading };
        }
        let mut tags = RubyTags::default();
        self.tagged(Element::new(Role::Ruby), |this| {
            this.tagged(Element::new(Role::RubyBase), |this| {
                tags.base = this.structure.tag();
            });
            this.tagged(Element::new(Role::RubyText), |this| {
                tags.reading = this.structure.tag();
            });
        });
        tags
    }

    fn image(&mut self, image: &'a Image, style: CharStyle) {
        let mut object = [0; 4];
        let object = OBJECT.encode_utf8(&mut object);
        if image.file.is_some() && image.decorative {
            self.push(object, style, image.span, SegmentKind::Image(image));
        } else if image.file.is_some() {
            // What one character says in place of an image, the image stands for (外字).
            let alt = image.alt.clone();
            let is_one = !alt.is_empty() && cluster_end(&alt) == alt.len();
            let figure = Element {
                actual: is_one.then(|| alt.clone()),
                alt: Some(alt),
                span: Some(image.span),
                ..Element::new(Role::Figure)
            };
            self.tagged(figure, |this| {
                this.push(object, style, image.span, SegmentKind::Image(image));
            });
        } else {
            let words = if image.alt.is_empty() { &image.path } else { &image.alt };
            let text = format!("［{words}］");
            self.push(&text, style, image.span, SegmentKind::Text);
        }
    }

    /// Adds the mark of a footnote (合印): `1)` raised in horizontal lines, `（1）` small and
    /// at the side of the line before in vertical ones (JLReq 4.2.3).
    fn note(&mut self, note: &'a NoteReference, style: CharStyle) {
        let Some(index) = note.note else {
            let label = format!("[^{}]", note.label);
            self.push(&label, style, note.span, SegmentKind::Text);
            return;
        };
        let font = self.base.font;
        let (text, anchor) = match self.notes.get(index) {
            Some(mark) => (mark.text.clone(), mark.anchor),
            None => ((index + 1).to_string(), None),
        };
        let style = match self.rules.note_mark {
            NoteMark::Inline => self.script(style, -SUPERSCRIPT_RISE),
            NoteMark::Beside => {
                let size = style.size / 2;
                let axis = style.axis - (style.size + size) / 2;
                CharStyle { size, axis, script: true, ..style }
            }
        };
        let style = CharStyle { font, ..style };
        let at = self.out.text.len();
        self.tagged(Element::new(Role::Reference), |this| {
            let Some(anchor) = anchor else {
                return this.push(&text, style, note.span, SegmentKind::Note);
            };
            let alt = Some(text.clone());
            this.tagged(Element { alt, ..Element::new(Role::Link) }, |this| {
                this.push(&text, style, note.span, SegmentKind::Note);
                let (style, text) = (this.style(style), at..this.out.text.len());
                let (kind, tag) = (MarkKind::Reference(anchor), this.structure.new_tag());
                this.out.marks.push(Mark { text, style, kind, tag });
            });
        });
        if !note.repeated {
            self.structure.refer_to_note(index);
        }
        let (style, text) = (self.style(style), at..self.out.text.len());
        let (kind, tag) = (MarkKind::Note(index), Tag::default());
        self.out.marks.push(Mark { text, style, kind, tag });
    }

    fn citation(&mut self, citation: &'a Citation, style: CharStyle) {
        if !citation.rendered.is_empty() {
            let start = self.out.text.len();
            self.inlines(&citation.rendered, style);
            self.out.wholes.push((start..self.out.text.len(), citation.span));
            return;
        }
        let keys: Vec<&str> =
            citation.items.iter().map(|item| item.key.as_str()).collect();
        let text = format!("[{}]", keys.join("; "));
        self.push(&text, style, citation.span, SegmentKind::Text);
    }

    fn reference(&mut self, reference: &'a CrossReference, style: CharStyle) {
        let CrossReference { id, target, rendered, span, .. } = reference;
        let words = if rendered.is_empty() { id } else { rendered };
        let start = self.out.text.len();
        let Some(target) = *target else {
            return self.push(words, style, *span, SegmentKind::Text);
        };
        let alt = Some(words.clone());
        self.tagged(Element::new(Role::Reference), |this| {
            this.tagged(Element { alt, ..Element::new(Role::Link) }, |this| {
                this.push(words, style, *span, SegmentKind::Text);
                let (style, text) = (this.style(style), start..this.out.text.len());
                let (kind, tag) = (MarkKind::Reference(target), this.structure.new_tag());
                this.out.marks.push(Mark { text, style, kind, tag });
            });
        });
    }
}

/// The units of ruby as they are set: one, where a word with a long reading is set as a
/// group.
fn units(ruby: &Ruby, rules: &Rules) -> Vec<RubyUnit> {
    let is_long = |unit: &RubyUnit| {
        let count = |text: &str| text.chars().count();
        let length = count(&unit.reading) * usize::from(rules.ruby_size.0);
        length > count(&unit.base) * usize::from(Em::ONE.0)
    };
    if rules.jukugo_ruby == JukugoRuby::Overhang || !ruby.units.iter().any(is_long) {
        return ruby.units.clone();
    }
    let base = ruby.units.iter().map(|unit| unit.base.as_str()).collect();
    let reading = ruby.units.iter().map(|unit| unit.reading.as_str()).collect();
    vec![RubyUnit { base, reading }]
}

/// The language of Western words in a text of a language (BCP 47): English in Japanese.
pub(crate) fn western_language(tag: &str) -> [u8; 2] {
    match tag.split('-').next().unwrap_or_default().as_bytes() {
        b"" | b"ja" => *b"en",
        &[first, second] => [first, second].map(|byte| byte.to_ascii_lowercase()),
        _ => NO_LANGUAGE,
    }
}

/// A language that has no code of two letters.
const NO_LANGUAGE: [u8; 2] = *b"--";
/// The size of super- and subscripts and of note marks, in hundredths of the text's.
const SCRIPT_SIZE: i64 = 62;
/// How far superscripts rise above the baseline, in hundredths of the em.
const SUPERSCRIPT_RISE: i64 = 36;
/// How far subscripts fall below the baseline, in hundredths of the em.
const SUBSCRIPT_FALL: i64 = 14;
/// The size of code in a line, in hundredths of the text's.
const CODE_SIZE: i64 = 100;
