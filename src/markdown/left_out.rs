//! HTML that no book takes: its elements, its attributes, its CSS, images without words. What
//! is told of it, and where.

use std::ops::Range;

use super::Reader;
use super::html::Tag;
use crate::css;
use crate::diag::{Code, Diagnostic};
use crate::model::{Attributes, Image, is_language_tag};

/// What to do in place of an element.
const ADVICE: &[(&[&str], &str)] = &[
    (
        &["audio", "embed", "frame", "iframe", "object", "video"],
        "link to it: `[words](https://…)`",
    ),
    (&["svg"], "save the drawing as a file, and name it as an image"),
    (&["math"], "write it as TeX between dollars"),
    (
        &[
            "button", "datalist", "fieldset", "form", "input", "label", "option",
            "output", "select", "textarea",
        ],
        "an e-book takes nothing in; write what is to be read as text",
    ),
];

/// Elements that say nothing without the one that they stand in.
const PARTS: &[&str] = &["col", "param", "source", "track"];

/// Attributes whose wishes are left out, each with the elements that have them; all where
/// there are none.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("align", &[]),
    ("background", &[]),
    ("bgcolor", &[]),
    ("border", &[]),
    ("cellpadding", &[]),
    ("cellspacing", &[]),
    ("clear", &[]),
    ("color", &[]),
    ("dir", &[]),
    ("face", &[]),
    ("frame", &[]),
    ("height", &["col", "td", "th", "tr"]),
    ("hidden", &[]),
    ("hspace", &[]),
    ("nowrap", &[]),
    ("reversed", &["ol"]),
    ("rules", &[]),
    ("size", &["font", "hr"]),
    ("type", &["li", "ol", "ul"]),
    ("valign", &[]),
    ("value", &["li"]),
    ("vspace", &[]),
    ("width", &["col", "td", "th", "tr"]),
];

/// Values that ask for what holds without them.
const USUAL: &[(&str, &str)] = &[
    ("align", "left"),
    ("align", "start"),
    ("align", "justify"),
    ("border", "0"),
    ("dir", "auto"),
    ("dir", "ltr"),
];

/// Elements that `align` sets to a side.
const ALIGNED: &[&str] = &[
    "address", "article", "aside", "body", "div", "footer", "header", "html", "main",
    "nav", "p", "picture", "section",
];

/// Elements whose `style` the model has no place for.
const UNSTYLED: &[&str] = &[
    "br",
    "caption",
    "col",
    "colgroup",
    "dd",
    "dt",
    "figcaption",
    "figure",
    "li",
    "rp",
    "rt",
    "summary",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "wbr",
];

impl Reader<'_> {
    /// Tells of an element that is left out, and of its words, which are kept.
    pub(super) fn tell_left_out_element(
        &mut self,
        name: &str,
        at: &Range<usize>,
        words: bool,
    ) {
        if PARTS.contains(&name) {
            return;
        }
        let kept = if words { ", its words are kept" } else { "" };
        let message = format!("`<{name}>` is left out{kept}");
        let advice = ADVICE.iter().find(|(names, _)| names.contains(&name));
        let hint = advice.map_or("", |(_, hint)| hint);
        self.warn(Code::UnsupportedHtml, at, &message, hint);
    }

    /// Tells of what the attributes of a tag ask for and no book takes.
    pub(super) fn watch_tag(&mut self, tag: &Tag, at: &Range<usize>, place: css::Place) {
        let name = tag.name.as_str();
        let pairs = tag.attributes.pairs.iter();
        let dropped: Vec<String> = pairs
            .filter(|(key, value)| is_left_out(name, key, value.trim()))
            .map(|(key, _)| format!("`{key}`"))
            .collect();
        if let Some((last, rest)) = dropped.split_last() {
            let (names, are) = match rest {
                [] => (last.clone(), "is"),
                rest => (format!("{} and {last}", rest.join(", ")), "are"),
            };
            let words = format!("{names} of `<{name}>` {are} left out");
            let hint = "`style` in `book.yaml` says how a book looks";
            self.warn(Code::UnsupportedHtml, at, &words, hint);
        }
        if !UNSTYLED.contains(&name) {
            return self.watch_attributes(&tag.attributes, at, place);
        }
        if tag.attributes.get("style").is_some() {
            let words = format!("the CSS of `<{name}>` is left out");
            let hint = "give it to the whole table or list, or to words in it";
            self.warn(Code::UnsupportedCss, at, &words, hint);
        }
    }

    /// Tells of an image without words; a title can stand for them.
    pub(super) fn watch_alt(&mut self, image: &mut Image, at: &Range<usize>) {
        if image.decorative || !image.alt.trim().is_empty() {
            return;
        }
        image.alt = image.title.clone().unwrap_or_default();
        if image.alt.trim().is_empty() {
            let hint = "say in a few words what it shows; ornament is `<img alt=\"\">`";
            self.warn(Code::MissingAlt, at, "an image without a word for it", hint);
        }
    }

    /// Tells of CSS in attributes that no EPUB may hold, and of languages that are none.
    pub(super) fn watch_attributes(
        &mut self,
        attributes: &Attributes,
        at: &Range<usize>,
        place: css::Place,
    ) {
        if let Some(tag) = attributes.get("lang").filter(|tag| !is_language_tag(tag)) {
            let words = format!("`{tag}` is not a language tag");
            let hint = "write `lang=ja`, `en` or `zh-Hant`";
            self.warn(Code::BadNotation, at, &words, hint);
        }
        let Some(style) = attributes.get("style") else { return };
        for refused in css::declarations(style, place).refused {
            let written = &style[refused.at];
            let place = self.place_of(written, at);
            let css::Fault { why, hint } = refused.fault;
            let message = format!("`{}` is left out: {why}", refused.css);
            let finding =
                Diagnostic::new(Code::UnsupportedCss, self.span(&place), message);
            self.sink.push(finding.hint(*hint));
        }
    }

    /// Where CSS stands behind `style` in a stretch of the source, else the stretch.
    fn place_of(&self, css: &str, at: &Range<usize>) -> Range<usize> {
        let source = self.source.text.get(at.clone()).unwrap_or("");
        let style = source.find("style").unwrap_or(0);
        match source[style..].find(css) {
            Some(found) => {
                let start = at.start + style + found;
                start..start + css.len()
            }
            None => at.clone(),
        }
    }
}

/// Whether an attribute asks for something that is left out.
fn is_left_out(element: &str, key: &str, value: &str) -> bool {
    // Text goes around an image that is at a side.
    let floats = (element, key) == ("img", "align");
    let usual = |&(of, usual): &(&str, &str)| {
        of == key && usual.eq_ignore_ascii_case(value) && !floats
    };
    let sided = key == "align"
        && ALIGNED.contains(&element)
        && ["center", "right"].contains(&value.to_ascii_lowercase().as_str());
    let listed = ATTRIBUTES
        .iter()
        .any(|(known, of)| *known == key && (of.is_empty() || of.contains(&element)));
    let runs = key.len() > 2 && key.starts_with("on");
    (listed || runs) && !sided && !USUAL.iter().any(usual)
}
