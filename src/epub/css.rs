//! The style sheet: made from the style of the book, for readers who choose size, margins
//! and colours themselves. Sizes are relative, and nothing here fixes those of the text.

use std::fmt::Write;

use super::faces::Faces;
use super::fonts::{self, Font};
use super::xhtml::PREFIX;
use crate::font::{Family, FontStyle, Weight};
use crate::geom::Length;
use crate::highlight::TokenClass;
use crate::numeral::Numerals;
use crate::style::{ListStyle, Style, token_look};

/// The path of the style sheet.
pub(super) const PATH: &str = "style/book.css";

/// Writes the style sheet.
pub(super) fn write(style: &Style, faces: &Faces, fonts: &[Font]) -> String {
    let mut css = String::from("@charset \"UTF-8\";\n");
    for font in fonts {
        font_face(&mut css, font);
    }
    css.push_str(BASE);
    let families = Families { fonts };
    if !fonts.is_empty() {
        families.rule(&mut css, "body", faces.body);
    }
    headings(&mut css, style, &families);
    for (selector, face) in [
        ("em", faces.emphasis),
        ("strong, b, th, dt, .container-title, .index-heading", faces.strong),
        ("figcaption, caption, table", faces.caption),
        ("pre, code, kbd, samp", faces.code),
        (".title", faces.title),
    ] {
        families.rule(&mut css, selector, face);
    }
    // Emphasis marks stand beside the face of the text.
    css.push_str("em.kenten { font-family: inherit; font-weight: inherit; }\n");
    for (selectors, horizontal, vertical) in BLOCKS {
        directed(&mut css, selectors, horizontal, vertical);
    }
    sizes(&mut css, style);
    lists(&mut css, &style.list);
    code(&mut css);
    kenten(&mut css);
    css.push_str(VERTICAL);
    css
}

fn font_face(css: &mut String, font: &Font) {
    let path = &font.resource.path;
    let weight = weight(font.weight);
    let _ = writeln!(
        css,
        "@font-face {{\n  font-family: \"{}\";\n  font-weight: {weight};\n  \
         font-style: normal;\n  src: url(\"../{path}\");\n}}",
        font.family
    );
}

fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Regular => "normal",
        Weight::Bold => "bold",
    }
}

/// The families of the style sheet.
struct Families<'a> {
    fonts: &'a [Font],
}

impl Families<'_> {
    /// A rule that sets elements in a face.
    fn rule(&self, css: &mut String, selector: &str, face: FontStyle) {
        let _ = writeln!(
            css,
            "{selector} {{ font-family: {}; font-weight: {}; }}",
            self.list(face.family),
            weight(face.weight)
        );
    }

    fn list(&self, family: Family) -> String {
        let generic = match family {
            Family::Mincho => "serif",
            Family::Gothic => "sans-serif",
            Family::Mono => "monospace",
        };
        let mut list = String::new();
        for name in fonts::families(self.fonts, family) {
            let _ = write!(list, "\"{name}\", ");
        }
        list + generic
    }
}

/// Headings: sizes to the text, and the lines that they take as margins.
fn headings(css: &mut String, style: &Style, families: &Families<'_>) {
    for (index, heading) in style.headings.iter().enumerate() {
        let level = index + 1;
        let (element, class) = (format!("h{level}"), format!(".level-{level}"));
        families.rule(css, &format!("{element}, {class}"), heading.font);
        let size = ratio(heading.size, style.size);
        // The lines of the grid that the words do not fill are shared out before and after.
        let blank = style.feed * i64::from(heading.lines) - heading.size;
        let before =
            ratio(blank / 2 + style.feed * i64::from(heading.before), heading.size);
        let after = ratio(blank / 2, heading.size);
        let indent = ratio(heading.indent, heading.size);
        let _ = writeln!(css, "{element}, {class} {{ font-size: {size}em; }}");
        directed(
            css,
            &[&element, &class],
            &format!("margin: {before}em 0 {after}em {indent}em"),
            &format!("margin: {indent}em {before}em 0 {after}em"),
        );
    }
}

/// Sizes of small text and indents, to the text; rules and grounds.
fn sizes(css: &mut String, style: &Style) {
    let rows = [
        (".title", style.title_page.size),
        (".footnote", style.note.size),
        ("pre, code, kbd, samp", style.code_size),
        ("figcaption, caption", style.caption.size),
        ("table", style.table_size),
    ];
    for (selector, size) in rows {
        let _ =
            writeln!(css, "{selector} {{ font-size: {}em; }}", ratio(size, style.size));
    }
    css.push_str("pre code, table caption { font-size: 1em; }\n");
    let rows: [(&[&str], u32); 2] =
        [(&["ul", "ol", "dd"], style.list.indent), (&["blockquote"], style.quote_indent)];
    for (selectors, ems) in rows {
        let horizontal = format!("margin-left: {ems}em");
        directed(css, selectors, &horizontal, &format!("margin-top: {ems}em"));
    }
    let (indent, hanging) = (style.verse.indent, style.verse.hanging);
    let all = indent + hanging;
    directed(
        css,
        &[".verse p"],
        &format!("padding-left: {all}em; text-indent: -{hanging}em"),
        &format!("padding-top: {all}em; text-indent: -{hanging}em"),
    );
    // A gray that darkens a white page as the style asks, and lightens a black one.
    let share = f64::from(255 - style.colors.ground.to_gray().red) / 127.0;
    let _ = writeln!(
        css,
        "pre, .box {{ background-color: rgba(128, 128, 128, {:.3}); }}",
        share.min(1.0)
    );
    let _ = writeln!(css, "body {{ line-height: {}; }}", ratio(style.feed, style.size));
}

/// The marks of lists by their depth. A reader that knows no styles of counters sets
/// numbers by itself.
fn lists(css: &mut String, list: &ListStyle) {
    let quoted = |text: &str| format!("\"{}\"", text.replace(['"', '\\'], ""));
    for (depth, bullet) in list.bullets.iter().enumerate() {
        let within = "li ".repeat(depth);
        let mark = quoted(&format!("{bullet}\u{2002}"));
        let _ = writeln!(css, "{within}ul {{ list-style-type: {mark}; }}");
    }
    for (depth, pattern) in list.numbers.iter().enumerate() {
        let (within, name) = ("li ".repeat(depth), format!("numbers-{}", depth + 1));
        let system = match pattern.numerals() {
            Numerals::Arabic => "decimal",
            Numerals::Kanji => "japanese-informal",
            Numerals::KanjiDigits => "cjk-decimal",
            Numerals::LowerRoman => "lower-roman",
            Numerals::UpperRoman => "upper-roman",
            Numerals::LowerLetter => "lower-alpha",
            Numerals::UpperLetter => "upper-alpha",
            Numerals::Signs => "symbols",
        };
        let (before, after) = pattern.around();
        let (before, after) = (quoted(&before), quoted(&format!("{after}\u{2002}")));
        let system = match system {
            "symbols" => "system: symbolic; symbols: \"*\" \"†\" \"‡\"".to_owned(),
            known => format!("system: extends {known}"),
        };
        let _ = writeln!(
            css,
            "@counter-style {name} {{ {system}; prefix: {before}; suffix: {after}; }}\n\
             {within}ol {{ list-style-type: {name}; }}"
        );
    }
}

/// The words of code, on a light ground and on a dark one.
fn code(css: &mut String) {
    let color = |[red, green, blue]: [u8; 3]| format!("#{red:02x}{green:02x}{blue:02x}");
    let mut dark = String::new();
    for class in TokenClass::ALL {
        let (look, name) = (token_look(class), class.name());
        let weight = if look.bold { " font-weight: bold;" } else { "" };
        let light = color(look.light);
        let _ = writeln!(css, ".{PREFIX}{name} {{ color: {light};{weight} }}");
        let _ = writeln!(dark, "  .{PREFIX}{name} {{ color: {}; }}", color(look.dark));
    }
    let _ = write!(css, "@media (prefers-color-scheme: dark) {{\n{dark}}}\n");
    css.push_str(CODE_LINES);
}

/// Numbers of lines, which are not part of the text, and lines that stand out.
const CODE_LINES: &str = r#"mark.line { color: inherit; background-color: rgba(128, 128, 128, 0.14); }
.numbered { counter-reset: line; }
.numbered .line { counter-increment: line; }
.numbered .line::before {
  content: counter(line);
  display: inline-block;
  min-width: 2em;
  padding-right: 1em;
  text-align: right;
  opacity: 0.6;
}
"#;

/// A rule for each direction of writing, with physical properties, which old readers know.
fn directed(css: &mut String, selectors: &[&str], horizontal: &str, vertical: &str) {
    for (class, properties) in [("hltr", horizontal), ("vrtl", vertical)] {
        let selectors: Vec<String> = selectors
            .iter()
            .map(|selector| format!(".{class} {selector}"))
            .collect();
        let _ = writeln!(css, "{} {{ {properties}; }}", selectors.join(", "));
    }
}

/// A length as a multiple of another, in hundredths.
fn ratio(length: Length, unit: Length) -> f64 {
    if unit == Length::ZERO {
        return 1.0;
    }
    (length.0 as f64 / unit.0 as f64 * 100.0).round() / 100.0
}

/// What does not depend on the style.
const BASE: &str = r#"html {
  -webkit-text-size-adjust: 100%;
  -epub-line-break: strict;
  -webkit-line-break: strict;
  line-break: strict;
  overflow-wrap: break-word;
}
body { margin: 0; padding: 0; }
p { margin: 0; text-indent: 1em; text-align: justify; }
p.noindent, .noindent, p.byline { text-indent: 0; }
p.opening { text-indent: 0.5em; }
h1, h2, h3, h4, h5, h6 {
  line-height: 1.4;
  text-align: left;
  text-indent: 0;
  -webkit-column-break-after: avoid;
  page-break-after: avoid;
  break-after: avoid;
}
a { color: inherit; }
em, cite, dfn, address, var { font-style: normal; }
rt { font-size: 0.5em; line-height: 1; text-align: center; }
img { max-width: 100%; max-height: 100%; }
img.gaiji { height: 1em; vertical-align: middle; }
blockquote, ul, ol, dl, figure, pre { padding: 0; }
figure, .equation { page-break-inside: avoid; break-inside: avoid; }
figure { text-align: center; }
figcaption, caption { text-align: center; text-indent: 0; line-height: 1.5; }
figcaption p, li > p:first-child, dd > p:first-child, td p { text-indent: 0; }
pre {
  padding: 0.75em;
  text-align: left;
  text-indent: 0;
  line-height: 1.5;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
code, kbd, samp { white-space: pre-wrap; overflow-wrap: anywhere; }
kbd { border: thin solid; border-radius: 0.2em; padding: 0 0.2em; }
table { border-collapse: collapse; margin: 0 auto; text-indent: 0; line-height: 1.5; }
.table figcaption { padding: 0.5em 0; }
.table { overflow: auto; }
caption { padding: 0.5em 0; }
th, td { border: thin solid; padding: 0.3em 0.6em; text-align: left; vertical-align: top; }
ul.tasks, ul.index { list-style: none; }
.footnote { line-height: 1.5; }
.footnote p { text-indent: 0; }
.noteref, .backlink { text-decoration: none; }
.noteref { font-size: 0.7em; vertical-align: super; line-height: 1; }
.box { padding: 0.75em 1em; border: thin solid; }
.container-title, .index-heading { text-indent: 0; }
.verse p { text-indent: 0; text-align: left; }
.epigraph p, .align-end p, .align-center p { text-indent: 0; }
.align-start { text-align: left; }
.align-center, .align-center p, .center { text-align: center; text-indent: 0; }
p.align-end, .align-end, .align-end p, p.right { text-align: right; text-indent: 0; }
.columns { -webkit-column-width: 14em; column-width: 14em; }
.figures { display: flex; flex-wrap: wrap; justify-content: center; gap: 1em; }
.figures figure { flex: 1 1 8em; margin: 0; }
.equation { display: flex; align-items: center; justify-content: center; text-indent: 0; }
.equation .number { padding: 0 1em; }
.heading-subtitle { font-size: 0.67em; }
.warichu { font-size: 0.6em; }
.jidori { display: inline-block; text-indent: 0; text-align: justify; text-align-last: justify; text-justify: inter-character; }
.furiwake { display: inline-block; font-size: 0.75em; line-height: 1.1; text-align: left; text-indent: 0; vertical-align: middle; }
ruby.under { -webkit-ruby-position: after; ruby-position: under; }
ruby.under > ruby { -webkit-ruby-position: before; ruby-position: over; }
.missing { border: thin dashed; }
.page-break { page-break-after: always; break-after: page; }
.references p { text-indent: 0; }
.p-titlepage .main, .p-part .main { text-align: left; }
.list-of ol { list-style: none; padding: 0; }
.list-of a { text-decoration: none; }
.title { line-height: 1.3; }
.title, .subtitle, .author, .publisher, .history, .rights { text-indent: 0; }
.p-colophon .title { font-size: 1.25em; }
.role { font-size: 0.8em; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav a { text-decoration: none; }
.p-cover { text-align: center; }
.p-cover img { max-width: 100%; max-height: 100%; }
"#;

/// Margins between blocks, and rules, in both directions.
const BLOCKS: &[(&[&str], &str, &str)] = &[
    (
        &[
            "blockquote",
            "figure",
            "pre",
            ".box",
            ".equation",
            "dl",
            ".epigraph",
            ".verse",
        ],
        "margin-top: 1em; margin-bottom: 1em; margin-right: 0",
        "margin-right: 1em; margin-left: 1em; margin-bottom: 0",
    ),
    (
        &["ul", "ol"],
        "margin-top: 0.5em; margin-bottom: 0.5em",
        "margin-right: 0.5em; margin-left: 0.5em",
    ),
    (&["figure", "pre"], "margin-left: 0", "margin-top: 0"),
    (
        &["li > ul", "li > ol", "nav li"],
        "margin-top: 0; margin-bottom: 0",
        "margin-right: 0; margin-left: 0",
    ),
    (
        &["hr"],
        "border: 0; border-top: thin solid; width: 30%; margin: 2em auto",
        "border: 0; border-right: thin solid; height: 30%; margin: auto 2em",
    ),
    (
        &[".notes"],
        "margin-top: 2em; border-top: thin solid; padding-top: 0.5em",
        "margin-right: 2em; border-right: thin solid; padding-right: 0.5em",
    ),
    (&[".footnote"], "margin-top: 0.5em", "margin-right: 0.5em"),
    (
        &[".references p"],
        "padding-left: 2em; text-indent: -2em",
        "padding-top: 2em; text-indent: -2em",
    ),
    (&[".epigraph"], "margin-left: 4em", "margin-top: 4em"),
    (&[".stanza"], "margin-bottom: 1em", "margin-left: 1em"),
    (&["nav ol"], "margin-left: 0", "margin-top: 0"),
    (&["nav ol ol"], "margin-left: 1.5em", "margin-top: 1.5em"),
    (&["nav li"], "padding-top: 0.25em", "padding-right: 0.25em"),
    (&["ul.index"], "margin-left: 0", "margin-top: 0"),
    (&["ul.index ul.index"], "margin-left: 1em", "margin-top: 1em"),
    (&[".index-heading"], "margin-top: 1em", "margin-right: 1em"),
    (
        &[".p-titlepage .main", ".p-part .main", ".p-halftitle .main"],
        "padding-top: 20%",
        "padding-right: 20%; padding-top: 10%",
    ),
    (&[".p-titlepage .title"], "margin: 0 0 0.5em", "margin: 0 0 0 0.5em"),
    (&[".authors"], "margin-top: 3em", "margin-right: 3em; padding-top: 4em"),
    (&[".publisher"], "margin-top: 3em", "margin-right: 3em; padding-top: 4em"),
    (&[".p-colophon .main"], "padding-top: 20%", "padding-right: 20%"),
    (
        &[".p-colophon dd"],
        "margin-left: 6em; margin-top: -1.7em",
        "margin-top: 6em; margin-right: -1.7em",
    ),
    (&[".p-colophon dd.more"], "margin-top: 0", "margin-right: 0"),
    (&[".list-of ol"], "margin-left: 0", "margin-top: 0"),
    (&[".history", ".rights"], "margin-top: 0.5em", "margin-right: 0.5em"),
];

/// The classes of kenten (圏点) with the mark of each.
const KENTEN: &[(&str, &str)] = &[
    ("em-sesame", "filled sesame"),
    ("em-sesame-open", "open sesame"),
    ("em-dot", "filled dot"),
    ("em-dot-open", "open dot"),
    ("em-circle", "filled circle"),
    ("em-circle-open", "open circle"),
    ("em-double-circle", "filled double-circle"),
    ("em-double-circle-open", "open double-circle"),
    ("em-triangle", "filled triangle"),
    ("em-triangle-open", "open triangle"),
];

/// A property under the names that older readers know, and last under its own.
const OWN: [&str; 3] = ["-epub-", "-webkit-", ""];

fn kenten(css: &mut String) {
    for (class, mark) in KENTEN {
        let _ = write!(css, ".{class} {{");
        for prefix in OWN {
            let _ = write!(css, " {prefix}text-emphasis-style: {mark};");
        }
        css.push_str(" }\n");
    }
}

/// Vertical lines (縦組), and what stands otherwise in them.
const VERTICAL: &str = r#".vrtl {
  -epub-writing-mode: vertical-rl;
  -webkit-writing-mode: vertical-rl;
  writing-mode: vertical-rl;
}
.hltr {
  -epub-writing-mode: horizontal-tb;
  -webkit-writing-mode: horizontal-tb;
  writing-mode: horizontal-tb;
}
.vrtl .tcy {
  -webkit-text-combine: horizontal;
  -epub-text-combine: horizontal;
  -epub-text-combine-horizontal: all;
  -ms-text-combine-horizontal: all;
  text-combine-upright: all;
}
.vrtl .upright {
  -epub-text-orientation: upright;
  -webkit-text-orientation: upright;
  text-orientation: upright;
}
.vrtl .sideways {
  -epub-text-orientation: sideways;
  -webkit-text-orientation: sideways;
  text-orientation: sideways;
}
.vrtl img.gaiji { width: 1em; height: auto; }
.vrtl u {
  -epub-text-underline-position: right;
  -webkit-text-underline-position: right;
  text-underline-position: right;
}
"#;
