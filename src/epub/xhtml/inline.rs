//! What stands in a line, as XHTML.

use std::borrow::Cow;

use super::html;
use super::{Level, Writer};
use crate::css;
use crate::epub::book::Place;
use crate::geom::WritingMode;
use crate::line::{self, UprightWay};
use crate::model::{
    Attributes, Citation, CrossReference, Image, Inline, InlineStyle, KentenMark,
    NoteReference, Ruby, Target, TextOrientation, TextSource, is_language_tag, outside,
    walk,
};
use crate::source::Span;

impl<'a> Writer<'a> {
    /// Writes a list of inlines.
    pub(super) fn inlines(&mut self, content: &[Inline]) {
        let mut before = None;
        for inline in content {
            if let Some(before) = before.replace(inline) {
                self.may_end_in_line(before, inline);
            }
            self.inline(inline);
        }
    }

    /// Writes one inline, with the pages that start in it.
    fn inline(&mut self, inline: &Inline) {
        let before = self.awaited.len();
        if let Some(span) = span(inline) {
            self.mark_pages(TextSource::Span(span));
        }
        self.inline_alone(inline);
        self.mark_rest(before);
    }

    fn inline_alone(&mut self, inline: &Inline) {
        match inline {
            Inline::Text { text, .. } => self.words(text),
            Inline::Code { text, .. } => {
                self.xml.open("code");
                self.set_in(self.book.faces.code, |writer| writer.text(text));
                self.xml.close();
            }
            Inline::Math { tex, display, span } => self.formula(tex, *display, *span),
            Inline::Styled { style, children } => self.styled(*style, children),
            Inline::Span { attributes, anchor, children } => {
                self.xml.open("span").attr_some("title", attributes.get("title"));
                self.id(*anchor, None);
                self.attributes(attributes, "");
                self.inlines(children);
                self.xml.close();
            }
            Inline::Ruby(ruby) => self.ruby(ruby),
            Inline::Kenten { mark, children } => self.kenten(*mark, children),
            Inline::TateChuYoko { children, .. } => {
                let words = walk::plain_text(children);
                self.spanned("tcy", &raised(children).unwrap_or(words));
            }
            Inline::Oriented { orientation: TextOrientation::FullWidth, children } => {
                let around = std::mem::replace(&mut self.full_width, true);
                self.inlines(children);
                self.full_width = around;
            }
            Inline::Oriented { orientation, children } => {
                self.xml.open("span").class(match orientation {
                    TextOrientation::Upright | TextOrientation::FullWidth => "upright",
                    TextOrientation::Sideways => "sideways",
                });
                self.inlines(children);
                self.xml.close();
            }
            Inline::Warichu { children, .. } => self.warichu(children),
            Inline::Jidori { characters, children, .. } => {
                self.jidori(*characters, children);
            }
            Inline::Furiwake { children, .. } => {
                self.xml.open("span").class("furiwake");
                self.inlines(children);
                self.xml.close();
            }
            Inline::Link { target, title, children, .. } => {
                self.link(target, title.as_deref(), children);
            }
            Inline::Image(image) => self.image(image, "gaiji"),
            Inline::Note(reference) => self.note_reference(reference),
            Inline::Citation(citation) => self.citation(citation),
            Inline::CrossReference(reference) => self.cross_reference(reference),
            Inline::Index { anchor, children, .. } => {
                self.place_mark(*anchor, children);
            }
            Inline::Anchor { anchor, .. } => self.place_mark(*anchor, &[]),
            Inline::LineBreak => {
                self.xml.open("br").close();
            }
            Inline::WordBreak => {
                self.xml.open("wbr").close();
            }
            Inline::Html { .. } => {}
        }
    }

    /// Words of running text. In vertical lines digits and marks stand upright as the
    /// rules of the line have it, side by side (縦中横) or one by one.
    fn words(&mut self, text: &str) {
        self.in_stretches(text, Self::words_in_line);
    }

    fn words_in_line(&mut self, text: &str) {
        let is_plain = self.full_width || !text.bytes().any(|byte| byte.is_ascii());
        if self.writing == WritingMode::Horizontal || is_plain {
            return self.text(text);
        }
        let mut start = 0;
        for run in line::upright_runs(text, self.book.style.rules.vertical()) {
            self.text(&text[start..run.range.start]);
            start = run.range.end;
            let class = match run.way {
                UprightWay::TateChuYoko => "tcy",
                UprightWay::OneByOne => "upright",
            };
            self.spanned(class, &text[run.range]);
        }
        self.text(&text[start..]);
    }

    fn spanned(&mut self, class: &str, text: &str) {
        self.mark_awaited();
        self.xml.open("span").class(class);
        self.text(text);
        self.xml.close();
    }

    fn styled(&mut self, style: InlineStyle, children: &[Inline]) {
        let faces = self.book.faces;
        let (element, face) = match style {
            InlineStyle::Emphasis => ("em", faces.emphasis),
            InlineStyle::Strong => ("strong", faces.strong),
            InlineStyle::Strikethrough => ("s", self.face),
            InlineStyle::Underline => ("u", self.face),
            InlineStyle::Highlight => ("mark", self.face),
            InlineStyle::Small => ("small", self.face),
            InlineStyle::Superscript => ("sup", self.face),
            InlineStyle::Subscript => ("sub", self.face),
            InlineStyle::Keyboard => ("kbd", faces.code),
        };
        self.xml.open(element);
        self.set_in(face, |writer| writer.inlines(children));
        self.xml.close();
    }

    fn ruby(&mut self, ruby: &Ruby) {
        if ruby.units.iter().all(|unit| unit.reading.is_empty()) {
            ruby.units.iter().for_each(|unit| self.text(&unit.base));
            return;
        }
        self.seen.ruby = true;
        let is_double = !ruby.under.is_empty();
        if is_double {
            self.xml.open("ruby").class("under");
            self.whole(|writer| writer.ruby_units(ruby));
            self.xml.open("rt");
            self.whole(|writer| writer.text(&ruby.under));
            self.xml.close().close();
        } else {
            self.ruby_units(ruby);
        }
    }

    /// Words with their readings, between which a file may end.
    fn ruby_units(&mut self, ruby: &Ruby) {
        self.xml.open("ruby");
        for (number, unit) in ruby.units.iter().enumerate() {
            if number > 0 && self.page_starts() {
                // The mark stands between two words, not in the reading of one.
                self.xml.close();
                self.mark_awaited();
                self.xml.open("ruby");
            } else if number > 0 {
                self.may_end(Level::WORD);
            }
            self.in_ruby = !unit.reading.is_empty();
            self.whole(|writer| writer.text(&unit.base));
            self.in_ruby = false;
            self.xml.open("rt");
            self.written(&unit.reading);
            self.xml.close();
        }
        self.xml.close();
    }

    fn kenten(&mut self, mark: KentenMark, children: &[Inline]) {
        let (class, ch) = kenten_mark(mark, self.writing);
        self.xml.open("em").class(&format!("kenten {class}"));
        self.seen.used.add(self.face, ch);
        self.inlines(children);
        self.xml.close();
    }

    /// Words spread over a length, where they are shorter.
    fn jidori(&mut self, characters: u32, children: &[Inline]) {
        if walk::plain_text(children).chars().count() >= characters as usize {
            return self.inlines(children);
        }
        let length = match self.writing {
            WritingMode::Horizontal => "width",
            WritingMode::Vertical => "height",
        };
        let style = format!("{length}: {characters}em");
        self.xml.open("span").class("jidori").attr("style", &style);
        self.inlines(children);
        self.xml.close();
    }

    /// A note within the line: in brackets, small, since readers cannot set two lines.
    fn warichu(&mut self, children: &[Inline]) {
        let bracketed =
            walk::plain_text(children).starts_with(['（', '(', '〔', '［', '[']);
        self.xml.open("small").class("warichu");
        if !bracketed {
            self.written("（");
        }
        self.inlines(children);
        if !bracketed {
            self.written("）");
        }
        self.xml.close();
    }

    fn link(&mut self, target: &Target, title: Option<&str>, children: &[Inline]) {
        let href = match target {
            _ if self.plain || self.in_link > 0 => None,
            Target::Url(url) => outside(url).map(Cow::into_owned),
            Target::Anchor(anchor) => self.book.href(self.place, *anchor),
            Target::File { .. } | Target::Nowhere => None,
        };
        let Some(href) = href else { return self.inlines(children) };
        self.xml.open("a").attr("href", &href).attr_some("title", title);
        if self.in_citation && matches!(target, Target::Anchor(_)) {
            self.xml.attr("epub:type", "biblioref").attr("role", "doc-biblioref");
        }
        self.in_link += 1;
        self.inlines(children);
        self.in_link -= 1;
        self.xml.close();
    }

    /// An image, or the words for it where there is no file that can be shown.
    pub(super) fn image(&mut self, image: &Image, class: &str) {
        let path = image.file.and_then(|file| self.book.pictures.path(file));
        let (Some(file), Some(path)) = (image.file, path) else {
            let words = if image.alt.is_empty() { &image.path } else { &image.alt };
            return self.spanned("missing", &format!("［{words}］"));
        };
        if self.plain {
            return self.text(&image.alt);
        }
        self.seen.pictures.insert(file);
        self.seen.undescribed |= !image.decorative && image.alt.trim().is_empty();
        let src = self.book.relative(self.place, path);
        self.xml.open("img").attr("src", &src).attr("alt", &image.alt);
        let title = image.title.as_deref();
        let title = title.filter(|title| title.len() <= LONGEST_TITLE);
        self.xml.attr_some("title", title);
        self.attributes(&image.attributes, class);
        self.xml.close();
    }

    fn note_reference(&mut self, reference: &NoteReference) {
        if self.plain || self.is_again {
            return;
        }
        let Some(section) = self.section else { return };
        let note = reference
            .note
            .and_then(|index| Some((index, section.notes.get(index)?)));
        let Some((index, note)) = note else {
            return self.text(&format!("［^{}］", reference.label));
        };
        let label = self.note_label(note);
        if self.in_link > 0 {
            return self.mark(&label);
        }
        let noted = self.at.note.map_or(self.at.count, |_| self.noted);
        self.marks.notes.entry(index).or_insert((self.at, noted));
        let Place::Page { section: own, file } = self.place else { return };
        let earlier = self.references.entry(index).or_default();
        // Notes that stand together have references of more than one section.
        let mut names = (earlier.len()..).map(|count| match count {
            0 => format!("noteref.{}", index + 1),
            count => format!("noteref.{}.{}", index + 1, count + 1),
        });
        let id = names.find(|id| !self.ids.contains(id)).unwrap_or_default();
        earlier.push((file, id.clone()));
        let target = match note.anchor.filter(|_| section.notes_in.is_some()) {
            Some(anchor) => self.book.href(self.place, anchor).unwrap_or_default(),
            None => {
                let holds = self.book.splits[own].notes.get(index).copied();
                self.in_file(own, holds.unwrap_or(0)) + &format!("#note.{}", index + 1)
            }
        };
        self.xml
            .open("a")
            .class("noteref")
            .attr("href", &target)
            .attr("epub:type", "noteref")
            .attr("role", "doc-noteref")
            .attr("aria-label", &format!("{} {label}", self.book.labels.note));
        self.id(None, Some(&id));
        self.in_link += 1;
        self.mark(&label);
        self.in_link -= 1;
        self.xml.close();
    }

    /// The number of a note, upright in vertical lines.
    fn mark(&mut self, label: &str) {
        match self.writing {
            WritingMode::Horizontal => self.text(label),
            WritingMode::Vertical => self.spanned("tcy", label),
        }
    }

    fn citation(&mut self, citation: &Citation) {
        if !citation.rendered.is_empty() {
            self.in_citation = true;
            self.inlines(&citation.rendered);
            self.in_citation = false;
            return;
        }
        let keys: Vec<String> =
            citation.items.iter().map(|item| format!("@{}", item.key)).collect();
        self.text(&format!("[{}]", keys.join("; ")));
    }

    fn cross_reference(&mut self, reference: &CrossReference) {
        let words = match reference.rendered.as_str() {
            "" => Cow::Owned(format!("［{}］", reference.id)),
            words => Cow::Borrowed(words),
        };
        let target = reference.target.filter(|_| !self.plain && self.in_link == 0);
        let Some(href) = target.and_then(|anchor| self.book.href(self.place, anchor))
        else {
            return self.words(&words);
        };
        self.xml.open("a").class("xref").attr("href", &href);
        self.words(&words);
        self.xml.close();
    }

    fn place_mark(
        &mut self,
        anchor: Option<crate::model::AnchorId>,
        children: &[Inline],
    ) {
        let marked = anchor.is_some_and(|anchor| self.book.id(anchor).is_some());
        if self.plain || !marked {
            return self.inlines(children);
        }
        self.xml.open("span");
        self.id(anchor, None);
        self.inlines(children);
        self.xml.close();
    }

    /// Gives the element that was just opened the classes, the language and the size that
    /// attributes ask for.
    pub(super) fn attributes(&mut self, attributes: &Attributes, class: &str) {
        self.styled_attributes((attributes, css::Place::Line), class, Vec::new());
    }

    /// The same with declarations of CSS before those that attributes ask for, as far as
    /// they may stand in their place.
    pub(super) fn styled_attributes(
        &mut self,
        (attributes, place): (&Attributes, css::Place),
        class: &str,
        mut styles: Vec<String>,
    ) {
        let given = attributes.classes.iter().filter(|name| html::is_name(name));
        let classes: Vec<&str> = std::iter::once(class)
            .filter(|class| !class.is_empty())
            .chain(given.map(String::as_str))
            .collect();
        self.xml.class(&classes.join(" "));
        if let Some(language) = attributes.get("lang").filter(|tag| is_language_tag(tag))
        {
            self.xml.attr("lang", language).attr("xml:lang", language);
        }
        let size = |key| {
            let value = attributes.get(key).and_then(css_size)?;
            Some(format!("{key}: {value}"))
        };
        styles.extend(["width", "height"].iter().filter_map(|key| size(key)));
        let own = css::declarations(attributes.get("style").unwrap_or(""), place).kept;
        styles.extend(Some(own).filter(|own| !own.is_empty()));
        if !styles.is_empty() {
            self.xml.attr("style", &styles.join("; "));
        }
    }
}

/// Longer titles of images are not for reading in passing, in bytes; captions have them too.
const LONGEST_TITLE: usize = 1000;

/// The stretch of the source that an inline is, where it is more than what is around
/// others.
pub(super) fn span(inline: &Inline) -> Option<Span> {
    match inline {
        Inline::Text { span, .. }
        | Inline::Code { span, .. }
        | Inline::Math { span, .. }
        | Inline::TateChuYoko { span, .. }
        | Inline::Warichu { span, .. }
        | Inline::Jidori { span, .. }
        | Inline::Furiwake { span, .. } => Some(*span),
        Inline::Ruby(ruby) => Some(ruby.span),
        Inline::Image(image) => Some(image.span),
        Inline::Note(note) => Some(note.span),
        Inline::Citation(citation) => Some(citation.span),
        Inline::CrossReference(reference) => Some(reference.span),
        Inline::Styled { .. }
        | Inline::Span { .. }
        | Inline::Kenten { .. }
        | Inline::Oriented { .. }
        | Inline::Link { .. }
        | Inline::Index { .. }
        | Inline::Anchor { .. }
        | Inline::LineBreak
        | Inline::WordBreak
        | Inline::Html { .. } => None,
    }
}

/// Characters with raised and lowered ones in the forms that Unicode has for these: elements
/// inside would part what readers set side by side. `None` where one of them has no such form.
fn raised(children: &[Inline]) -> Option<String> {
    let mut text = String::new();
    for inline in children {
        let (words, forms) = match inline {
            Inline::Text { text: words, .. } => {
                text.push_str(words);
                continue;
            }
            Inline::Styled { style: InlineStyle::Superscript, children } => {
                (walk::plain_text(children), "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
            }
            Inline::Styled { style: InlineStyle::Subscript, children } => {
                (walk::plain_text(children), "₀₁₂₃₄₅₆₇₈₉₊₋")
            }
            _ => return None,
        };
        for ch in words.chars() {
            let at = "0123456789+-".find(if ch == '−' { '-' } else { ch })?;
            text.extend(forms.chars().nth(at));
        }
    }
    Some(text)
}

/// The class of a kenten mark, and the character that a reader draws.
fn kenten_mark(mark: KentenMark, writing: WritingMode) -> (&'static str, &'static str) {
    match (mark, writing) {
        (KentenMark::Auto, WritingMode::Vertical) | (KentenMark::Sesame, _) => {
            ("em-sesame", "﹅")
        }
        (KentenMark::Auto, WritingMode::Horizontal) | (KentenMark::Dot, _) => {
            ("em-dot", "•")
        }
        (KentenMark::OpenSesame, _) => ("em-sesame-open", "﹆"),
        (KentenMark::OpenDot, _) => ("em-dot-open", "◦"),
        (KentenMark::Circle, _) => ("em-circle", "●"),
        (KentenMark::OpenCircle, _) => ("em-circle-open", "○"),
        (KentenMark::DoubleCircle, _) => ("em-double-circle", "◉"),
        (KentenMark::OpenDoubleCircle, _) => ("em-double-circle-open", "◎"),
        (KentenMark::Triangle, _) => ("em-triangle", "▲"),
        (KentenMark::OpenTriangle, _) => ("em-triangle-open", "△"),
    }
}

/// A size as CSS of relative units: percent and ems stay, print units become ems of
/// 12 points, pixels become ems of 16 pixels.
fn css_size(value: &str) -> Option<String> {
    let value = value.trim();
    let digits = value
        .find(|ch: char| !ch.is_ascii_digit() && ch != '.')
        .unwrap_or(value.len());
    let (number, unit) = value.split_at(digits);
    let number: f64 = number.parse().ok().filter(|&n| n > 0.0)?;
    let ems = match unit {
        "%" => return Some(format!("{number}%")),
        "em" | "rem" => number,
        "" | "px" => number / 16.0,
        "pt" => number / 12.0,
        "mm" => number * 72.0 / 25.4 / 12.0,
        "cm" => number * 720.0 / 25.4 / 12.0,
        "in" => number * 6.0,
        _ => return None,
    };
    Some(format!("{}em", (ems * 100.0).round() / 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_relative() {
        let cases = [("50%", "50%"), ("320", "20em"), ("80px", "5em"), ("12.7mm", "3em")];
        for (given, css) in cases {
            assert_eq!(css_size(given).as_deref(), Some(css), "{given}");
        }
        assert_eq!(css_size("calc(1px)"), None);
    }
}
