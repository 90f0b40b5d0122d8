//! CSS that an author brings into a book, in `style` attributes and in SVG: parted into
//! what an EPUB may hold and what stores and readers refuse.

mod faults;
mod read;

use std::borrow::Cow;
use std::ops::Range;

pub use faults::{Fault, Place};
use read::{Declaration, Rule};

/// CSS without what is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sifted {
    /// What a book may hold; empty where nothing is left.
    pub kept: String,
    /// What it may not, in the order of the source.
    pub refused: Vec<Refused>,
}

/// Something of CSS that a book may not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Where it stands in the CSS, in bytes.
    pub at: Range<usize>,
    /// What it is, in one line and cut short where it is long.
    pub css: String,
    /// Why, and what to do.
    pub fault: &'static Fault,
}

/// Sifts declarations, as a `style` attribute has them.
pub fn declarations(css: &str, place: Place) -> Sifted {
    sift_declarations(css, 0..css.len(), place)
}

/// Sifts a style sheet, as a `<style>` element of SVG has it.
pub fn sheet(css: &str) -> Sifted {
    let mut sifted = Sifted::default();
    sift_rules(css, 0..css.len(), &mut sifted);
    sifted
}

/// Whether a value of CSS, or an attribute that is one, names something outside of its
/// file.
pub fn fetches(value: &str) -> bool {
    faults::fetches(value)
}

/// Whether a value of CSS, or an attribute that is one, runs a script.
pub fn runs(value: &str) -> bool {
    faults::runs(&value.to_ascii_lowercase())
}

fn sift_declarations(css: &str, range: Range<usize>, place: Place) -> Sifted {
    let mut sifted = Sifted::default();
    for (at, declaration) in read::declarations(css, range) {
        let fault = match &declaration {
            None => Some(&faults::UNREADABLE),
            Some(found) if faults::is_initial(found) => continue,
            Some(found) => faults::of_declaration(found, place),
        };
        match (declaration, fault) {
            (_, Some(fault)) => sifted.refuse(css, at, fault),
            (Some(Declaration { name, value }), None) => {
                if !sifted.kept.is_empty() {
                    sifted.kept.push_str("; ");
                }
                sifted.kept.push_str(&format!("{name}: {value}"));
            }
            (None, None) => {}
        }
    }
    sifted
}

fn sift_rules(css: &str, range: Range<usize>, sifted: &mut Sifted) {
    for (at, rule) in read::rules(css, range) {
        match rule {
            Rule::Unreadable => sifted.refuse(css, at, &faults::UNREADABLE),
            Rule::Statement { name } => {
                if let Some(fault) = faults::of_statement(name) {
                    sifted.refuse(css, at, fault);
                }
            }
            Rule::Group { prelude, block } => {
                let mut inner = Sifted::default();
                sift_rules(css, block, &mut inner);
                sifted.keep(&prelude, &inner.kept);
                sifted.refused.extend(inner.refused);
            }
            Rule::FontFace { block } => {
                let inner = sift_declarations(css, block, Place::Drawing);
                // A face without its source is none.
                match inner.refused.first() {
                    Some(Refused { fault, .. }) => sifted.refuse(css, at, fault),
                    None => sifted.keep("@font-face", &inner.kept),
                }
            }
            Rule::Unknown => sifted.refuse(css, at, &faults::UNKNOWN_RULE),
            Rule::Style { selector, block } => {
                let inner = sift_declarations(css, block, Place::Drawing);
                sifted.keep(&selector, &inner.kept);
                sifted.refused.extend(inner.refused);
            }
        }
    }
}

impl Sifted {
    fn keep(&mut self, prelude: &str, block: &str) {
        if !block.is_empty() {
            self.kept.push_str(&format!("{prelude} {{ {} }}\n", block.trim_end()));
        }
    }

    fn refuse(&mut self, css: &str, at: Range<usize>, fault: &'static Fault) {
        const SHOWN: usize = 48;
        let words = read::without_comments(&css[at.clone()]).unwrap_or(Cow::Borrowed(""));
        let words = match words.trim() {
            "" => &css[at.clone()],
            _ => words.as_ref(),
        };
        let line = words.split_whitespace().collect::<Vec<&str>>().join(" ");
        let shown: String = line.chars().take(SHOWN).collect();
        let more = if shown.len() < line.len() { "…" } else { "" };
        self.refused.push(Refused { at, css: shown + more, fault });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is kept of declarations, and what is refused.
    fn sifted(css: &str, place: Place) -> (String, Vec<String>) {
        let Sifted { kept, refused } = declarations(css, place);
        for one in &refused {
            assert!(css.get(one.at.clone()).is_some_and(|part| !part.trim().is_empty()));
        }
        (kept, refused.into_iter().map(|one| one.css).collect())
    }

    #[test]
    fn sound_declarations_stay() {
        for css in [
            "color: red",
            "text-align: right; text-indent: 0",
            "margin: 0 1em 0 .5em",
            "font-family: \"MS 明朝\", 游明朝, serif",
            "width: calc(100% - 1em)",
            "background: url(data:image/png;base64,AA/*==) no-repeat",
            "fill: url(#a)",
            "content: \"a;b}\\\"\"",
            "color: red !important",
            "--x: 1; color: var(--x)",
        ] {
            assert_eq!(sifted(css, Place::Drawing), (css.to_owned(), vec![]));
        }
        let (kept, refused) = sifted(" COLOR :red;;/*;*/ top:0 ;", Place::Line);
        assert_eq!(kept, "color: red; top: 0");
        assert!(refused.is_empty());
    }

    #[test]
    fn what_stores_refuse_goes_and_the_rest_stays() {
        for css in [
            "direction: rtl",
            "unicode-bidi: bidi-override",
            "position: fixed",
            "position: ABSOLUTE",
            "margin-left: -3em",
            "margin: 0 0 0 -.5em",
            "padding: -1px",
            "behavior: url(x.htc)",
            "-moz-binding: url(a.xml#b)",
            "background: url(http://a.b/c.png)",
            "background: url( 'bg.png' )",
            "background: URL(\"//a.b/c\")",
            "background: url(java\tscript:x)",
            "background: image-set(\"a.png\" 1x)",
            "width: expression(alert(1))",
            "font-size: 12px",
            "font: 9pt/1.2 serif",
        ] {
            for place in [Place::Block, Place::Line] {
                let all = format!("float: left; {css}; text-indent: 1em");
                let (kept, refused) = sifted(&all, place);
                assert_eq!(kept, "float: left; text-indent: 1em", "{css}");
                assert_eq!(refused, [css.replace('\t', " ")], "{place:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_read_goes() {
        for css in [
            "flush",
            "color red",
            "color:",
            ": red",
            "*zoom: 1",
            "1x: 1",
            "-: 1",
            "filter: progid:DX.x(a=1)",
            "color: red}",
            "{color: red}",
            "font-family: \"MS",
            "width: calc(1px",
            "width: 1px)",
            "/* red",
            "@import url(a.css)",
            "co\\6cor: red",
            "width: expr\\65ssion(1)",
            "color: <b>",
        ] {
            assert_eq!(sifted(css, Place::Line), (String::new(), vec![css.to_owned()]));
        }
        assert_eq!(sifted("", Place::Line), (String::new(), vec![]));
    }

    #[test]
    fn running_text_is_left_to_its_readers() {
        let css = "font-family: serif; color: #000; line-height: 150%; text-indent: 1em";
        let (kept, refused) = sifted(css, Place::Block);
        assert_eq!(kept, "text-indent: 1em");
        assert_eq!(refused.len(), 3);
        assert_eq!(sifted(css, Place::Drawing), (css.to_owned(), vec![]));
        assert_eq!(sifted("color: red; font-size: 80%", Place::Line).1, [""; 0]);
    }

    #[test]
    fn initial_values_go_without_a_word() {
        let css = "direction:ltr;unicode-bidi: normal ;fill:red";
        assert_eq!(sifted(css, Place::Drawing), ("fill: red".to_owned(), vec![]));
    }

    #[test]
    fn sheets_are_sifted_rule_by_rule() {
        let css = "<!-- /* a } b */ .a, #b > c { fill: red; direction: rtl }\n\
            @charset \"utf-8\"; @import url(http://a.b/c.css);\n\
            @media print { .c { stroke: blue } .d { position: fixed } }\n\
            @font-face { font-family: x; src: url(data:font/woff;base64,AA) }\n\
            @font-face { font-family: y; src: url(https://a.b/c.woff) }\n\
            @keyframes k { from { fill: red } 50% { fill: blue } }\n\
            @page { margin: 0 } .e { } .f { fill: } -->";
        let Sifted { kept, refused } = sheet(css);
        assert_eq!(
            kept,
            ".a, #b > c { fill: red }\n\
             @media print { .c { stroke: blue } }\n\
             @font-face { font-family: x; src: url(data:font/woff;base64,AA) }\n\
             @keyframes k { from { fill: red }\n50% { fill: blue } }\n"
        );
        let refused: Vec<&str> = refused.iter().map(|one| one.css.as_str()).collect();
        assert_eq!(
            refused,
            [
                "direction: rtl",
                "@import url(http://a.b/c.css);",
                "position: fixed",
                "@font-face { font-family: y; src: url(https://a.…",
                "@page { margin: 0 }",
                "fill:",
            ]
        );
        assert_eq!(sheet(&kept), Sifted { kept, refused: vec![] });
    }

    #[test]
    fn broken_sheets_lose_no_more_than_they_must() {
        for (css, kept) in [
            (".a { fill: red", ""),
            (".a { fill: red } .b { fill: blue", ".a { fill: red }\n"),
            (".a { fill: red } } .b { fill: blue }", ".a { fill: red }\n"),
            ("} .b { fill: blue }", ""),
            (".a", ""),
            (".a; .b { fill: blue }", ""),
            (".a { .b { fill: red } }", ""),
            ("@media print", ""),
            (".a { content: \"} .b { fill: red }", ""),
        ] {
            let sifted = sheet(css);
            assert_eq!(sifted.kept, kept, "{css}");
            assert_eq!(sifted.refused.len(), 1, "{css}: {:?}", sifted.refused);
        }
    }

    #[test]
    fn nothing_is_too_strange() {
        let parts = ["{", "}", "\"", "'", "/*", "*/", "url(", ")", "(", ";", ":", "\\"];
        let parts =
            parts.into_iter().chain(["@media", "a", "水", " ", "<!--", "-1", "#"]);
        let parts: Vec<&str> = parts.collect();
        let mut state = 1u32;
        for _ in 0..20_000 {
            let mut css = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                css.push_str(parts[(state >> 16) as usize % parts.len()]);
            }
            let once = sheet(&css);
            assert_eq!(sheet(&once.kept).kept, once.kept, "{css}");
            let once = declarations(&css, Place::Block);
            assert_eq!(declarations(&once.kept, Place::Block).kept, once.kept, "{css}");
        }
    }
}
