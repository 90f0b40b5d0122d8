//! The style sheet: made from the style of the book, for readers who choose size, margins
//! and colours themselves. Sizes are relative, and nothing here fixes those of the text.

mod direction;
mod formula;
mod look;

use std::fmt::Write;

use super::book::Book;
use super::faces::Faces;
use super::fonts::{self, Font};
use super::profile::{Conventions, SheetParts};
use super::xhtml::PREFIX;
use crate::font::{Family, FontStyle, Weight};
use crate::geom::Length;
use crate::highlight::TokenClass;
use crate::numeral::Numerals;
use crate::style::{ListStyle, Style, token_look};

/// The files of the style sheet with their paths, the one that pages link to first: all in
/// one, or in the parts that the profile has. `continued` says whether something goes on
/// from one file to the next.
pub(super) fn write(
    book: &Book<'_>,
    fonts: &[Font],
    continued: bool,
) -> Vec<(&'static str, String)> {
    const CHARSET: &str = "@charset \"UTF-8\";\n";
    let Conventions { sheet, parts, .. } = *book.conventions;
    let standard = standard();
    let advance = advance(book.style, continued);
    let own = own(book.style, &book.faces, fonts);
    let Some(SheetParts {
        reset,
        standard: standard_path,
        advance: advance_path,
    }) = parts
    else {
        return vec![(sheet, [CHARSET, RESET, &standard, &advance, &own].concat())];
    };
    let mut imports = String::new();
    for path in [reset, standard_path, advance_path] {
        let name = path.rsplit('/').next().unwrap_or(path);
        let _ = writeln!(imports, "@import \"{name}\";");
    }
    vec![
        (sheet, [CHARSET, &imports, &own].concat()),
        (reset, [CHARSET, RESET].concat()),
        (standard_path, [CHARSET, &standard].concat()),
        (advance_path, [CHARSET, &advance].concat()),
    ]
}

/// The classes that every Japanese book has.
fn standard() -> String {
    let mut css = String::from(STANDARD);
    for ems in 1..=6 {
        let start = format!("padding-inline-start: {ems}em");
        direction::rule(&mut css, &[&format!(".start-{ems}em")], &start);
    }
    kenten(&mut css);
    css.push_str(VERTICAL);
    css
}

/// The rest that does not depend on the book but for its measures.
fn advance(style: &Style, continued: bool) -> String {
    let mut css = String::from(ADVANCE);
    for (selectors, logical) in BLOCKS {
        direction::rule(&mut css, selectors, logical);
    }
    sizes(&mut css, style);
    lists(&mut css, &style.list);
    code(&mut css);
    css.push_str(formula::TABLES);
    css.push_str(formula::ENCLOSURES);
    if continued {
        css.push_str(CONTINUED);
        for (selectors, logical) in CONTINUED_BLOCKS {
            direction::rule(&mut css, selectors, logical);
        }
    }
    css
}

/// What is the book's own: its fonts, and what follows from its theme.
fn own(style: &Style, faces: &Faces, fonts: &[Font]) -> String {
    let mut css = String::new();
    for font in fonts {
        font_face(&mut css, font);
    }
    let families = Families { fonts };
    // On the root, so that what readers choose for the body stands over it.
    if !fonts.is_empty() {
        families.rule(&mut css, "html", faces.body);
        // Words in formulas are in the face of the text where that of formulas lacks them.
        let family = families.list(faces.body.family);
        let _ = writeln!(css, "mtext {{ font-family: math, {family}; }}");
    }
    for (selector, face) in [
        ("em", faces.emphasis),
        ("strong, b, th, dt, .container-title, .index-heading", faces.strong),
        ("figcaption, caption, table", faces.caption),
        ("pre, code, kbd, samp", faces.code),
    ] {
        families.rule(&mut css, selector, face);
    }
    // Emphasis marks stand beside the face of the text.
    css.push_str("em.kenten { font-family: inherit; font-weight: inherit; }\n");
    look::write(&mut css, style, faces, &families);
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

/// Sizes of small text and indents, to the text; rules and grounds.
fn sizes(css: &mut String, style: &Style) {
    let rows = [
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
        direction::rule(css, selectors, &format!("margin-inline-start: {ems}em"));
    }
    let (indent, hanging) = (style.verse.indent, style.verse.hanging);
    let all = indent + hanging;
    let verse = format!("padding-inline-start: {all}em; text-indent: -{hanging}em");
    direction::rule(css, &[".verse p"], &verse);
    // A gray that darkens a white page as the style asks, and lightens a black one.
    let share = f64::from(255 - style.colors.ground.to_gray().red) / 127.0;
    let _ = writeln!(
        css,
        "pre, .box {{ background-color: rgba(128, 128, 128, {:.3}); }}",
        share.min(1.0)
    );
    let _ = writeln!(css, "html {{ line-height: {}; }}", ratio(style.feed, style.size));
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

/// A length as a multiple of another, in hundredths.
fn ratio(length: Length, unit: Length) -> f64 {
    if unit == Length::ZERO {
        return 1.0;
    }
    (length.0 as f64 / unit.0 as f64 * 100.0).round() / 100.0
}

/// What elements look like.
const RESET: &str = r#"html {
  -webkit-text-size-adjust: 100%;
  -epub-line-break: strict;
  -webkit-line-break: strict;
  line-break: strict;
  overflow-wrap: break-word;
}
body { margin: 0; padding: 0; }
p { margin: 0; text-indent: 1em; text-align: justify; }
h1, h2, h3, h4, h5, h6 {
  line-height: 1.4;
  text-indent: 0;
  -webkit-column-break-after: avoid;
  page-break-after: avoid;
  break-after: avoid;
  text-wrap: balance;
  word-break: auto-phrase;
}
a { color: inherit; }
em, cite, dfn, address, var { font-style: normal; }
rt {
  font-size: 0.5em;
  line-height: 1;
  text-align: center;
  -epub-text-emphasis-style: none;
  -webkit-text-emphasis-style: none;
  text-emphasis-style: none;
  font-variant-east-asian: ruby;
}
img { max-width: 100%; max-height: 100%; }
blockquote, ul, ol, dl, figure, pre { padding: 0; }
figure { text-align: center; }
figcaption, caption { text-align: center; text-indent: 0; line-height: 1.5; text-wrap: balance; }
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
table { border-collapse: collapse; max-width: 100%; text-indent: 0; line-height: 1.5; }
caption { padding: 0.5em 0; }
th, td { border: thin solid; padding: 0.3em 0.6em; text-align: left; vertical-align: top; }
.p-toc a { text-decoration: none; }
@media (prefers-color-scheme: dark) {
  img { background-color: #fff; }
  img.gaiji[src$=".svg"] { background-color: transparent; filter: invert(1) hue-rotate(180deg); }
}
"#;

/// Classes of the EBPAJ guide, and those beside them.
const STANDARD: &str = r#".hltr { text-autospace: normal; }
p.noindent, .noindent, p.byline { text-indent: 0; }
p.opening { text-indent: 0.5em; }
img.gaiji { height: 1em; vertical-align: middle; }
.epigraph p, .align-end p, .align-center p { text-indent: 0; }
.align-start { text-align: left; }
.align-center, .align-center p, .center { text-align: center; text-indent: 0; }
p.align-end, .align-end, .align-end p, p.right { text-align: right; text-indent: 0; }
"#;

/// What the books of this program have beside that.
const ADVANCE: &str = r#"figure, .equation { page-break-inside: avoid; break-inside: avoid; }
.table figcaption { padding: 0.5em 0; }
.table { overflow: auto; }
ul.tasks, ul.index { list-style: none; }
.footnote { line-height: 1.5; }
.footnote p { text-indent: 0; }
.noteref, .backlink { text-decoration: none; }
.noteref { font-size: 0.7em; vertical-align: super; line-height: 1; }
.noteref::before { content: "\2060"; }
.box { padding: 0.75em 1em; border: thin solid; }
.container-title, .index-heading { text-indent: 0; }
.verse p { text-indent: 0; text-align: left; }
.columns { -webkit-column-width: 14em; column-width: 14em; }
.figures { display: flex; flex-wrap: wrap; justify-content: center; gap: 1em; }
.figures figure { flex: 1 1 8em; margin: 0; }
.figures .container-title { flex: 0 0 100%; text-align: center; }
.equation { display: flex; align-items: center; overflow: auto; text-indent: 0; }
.equation math, .equation .tex { margin: auto; }
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
.list-of ol { list-style: none; padding: 0; }
.list-of a { text-decoration: none; }
.title { line-height: 1.3; }
.title, .subtitle, .author, .publisher, .history, .rights { text-indent: 0; }
.p-colophon .title { font-size: 1.25em; }
.p-colophon dl { display: table; }
.p-colophon dl div { display: table-row; }
.p-colophon dt { display: table-cell; vertical-align: top; }
.p-colophon dd { display: block; }
.p-colophon dt { white-space: nowrap; }
.role { font-size: 0.8em; }
.p-toc ol { list-style: none; margin: 0; padding: 0; }
.p-cover { text-align: center; }
.p-cover img { max-width: 100%; max-height: 100%; }
"#;

/// Margins between blocks, and rules, in both directions.
const BLOCKS: &[(&[&str], &str)] = &[
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
        "margin-block-start: 1em; margin-block-end: 1em; margin-inline-end: 0",
    ),
    (&["ul", "ol"], "margin-block-start: 0.5em; margin-block-end: 0.5em"),
    (&["figure", "pre"], "margin-inline-start: 0"),
    (&["li > ul", "li > ol", ".p-toc li"], "margin-block-start: 0; margin-block-end: 0"),
    (
        &["hr"],
        "border: 0; border-block-start: thin solid; inline-size: 30%; \
         margin-block-start: 2em; margin-block-end: 2em; \
         margin-inline-start: auto; margin-inline-end: auto",
    ),
    (&["table"], "margin-inline-start: auto; margin-inline-end: auto"),
    (&["th", "td"], "min-inline-size: 2em"),
    (
        &[".notes"],
        "margin-block-start: 2em; border-block-start: thin solid; \
         padding-block-start: 0.5em",
    ),
    (&[".footnote"], "margin-block-start: 0.5em"),
    (&[".references p"], "padding-inline-start: 2em; text-indent: -2em"),
    (&[".epigraph"], "margin-inline-start: 4em"),
    (&[".stanza"], "margin-block-end: 1em"),
    (&[".p-toc ol"], "margin-inline-start: 0"),
    (&[".p-toc ol ol"], "margin-inline-start: 1.5em"),
    (&[".p-toc li"], "padding-block-start: 0.25em"),
    (&["ul.index"], "margin-inline-start: 0"),
    (&["ul.index ul.index"], "margin-inline-start: 1em"),
    (&[".index-heading"], "margin-block-start: 1em"),
    (&[".authors", ".publisher"], "margin-block-start: 3em"),
    (&[".p-colophon .main"], "padding-block-start: 20%"),
    (&[".p-colophon dt"], "padding-inline-end: 1.5em"),
    (&[".p-colophon dd"], "margin-inline-start: 0"),
    (&[".p-halftitle .main"], "padding-block-start: 20%"),
    (&[".p-halftitle .title"], "font-size: 1.4em"),
    (&[".list-of ol"], "margin-inline-start: 0"),
    (&[".history", ".rights"], "margin-block-start: 0.5em"),
];

/// What goes on from another file, as if it had not ended there.
const CONTINUED: &str = r#"li.continued { list-style: none; }
.numbered .line.continued::before { visibility: hidden; }
"#;

/// The same in both directions.
const CONTINUED_BLOCKS: &[(&[&str], &str)] = &[
    (&["p.continued"], "text-indent: 0"),
    (&[".box.continued"], "border-block-start: 0; padding-block-start: 0"),
    (&[".box.continues"], "border-block-end: 0; padding-block-end: 0"),
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
.hltr img.fit { max-height: 85vh; }
.vrtl img.fit { max-width: 85vw; }
.vrtl img.gaiji { width: 1em; height: auto; }
.vrtl u {
  -epub-text-underline-position: right;
  -webkit-text-underline-position: right;
  text-underline-position: right;
}
"#;
