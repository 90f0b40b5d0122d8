//! What a book may not hold of CSS, as tables: what it is, who refuses it, what to do.

use super::read::Declaration;

/// Where declarations stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a block of the text.
    Block,
    /// On words in a line, or on a picture.
    Line,
    /// In a drawing (SVG).
    Drawing,
}

/// Why something is refused.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// Who refuses it or what it would do, as the end of a sentence.
    pub why: &'static str,
    /// What to do.
    pub hint: &'static str,
}

/// What is not CSS by its grammar (CSS-008 of EPUBCheck).
pub(super) static UNREADABLE: Fault = Fault {
    why: "it is no CSS that can be read (CSS-008)",
    hint: "write `name: value`, with a semicolon between declarations",
};

/// A rule that readers do not know.
pub(super) static UNKNOWN_RULE: Fault = Fault {
    why: "readers do not know this rule",
    hint: "drawings take rules with selectors, `@media`, `@font-face` and `@keyframes`",
};

static FETCHES: Fault = Fault {
    why: "an EPUB fetches nothing from outside its file (RSC-006)",
    hint: "name images in the text, or write them into the CSS as `data:`",
};

static RUNS: Fault = Fault {
    why: "it runs a script, which no store takes",
    hint: "take it away",
};

static SIZE: Fault = Fault {
    why: "readers choose the size of the text",
    hint: "give it in `em` or `%`",
};

static OURS: Fault = Fault {
    why: "readers choose face, line height and colours of running text",
    hint: "`style` in `book.yaml` has them for the whole book; words may have a `color`",
};

/// Declarations that are refused: their names without the prefix of a maker, the values
/// that are meant, where, and why.
struct Row {
    names: &'static [&'static str],
    values: fn(&str) -> bool,
    places: &'static [Place],
    fault: Fault,
}

const ANYWHERE: &[Place] = &[Place::Block, Place::Line, Place::Drawing];
const TEXT: &[Place] = &[Place::Block, Place::Line];

static ROWS: &[Row] = &[
    Row {
        names: &["direction", "unicode-bidi"],
        values: |_| true,
        places: ANYWHERE,
        fault: Fault {
            why: "no EPUB may have it in CSS (CSS-001)",
            hint: "scripts from right to left find their direction by themselves",
        },
    },
    Row {
        names: &["position"],
        values: |value| ["fixed", "absolute", "sticky"].contains(&value),
        places: ANYWHERE,
        fault: Fault {
            why: "Kindle refuses what leaves the flow of the text",
            hint: "take it away, or draw the page as an SVG",
        },
    },
    Row {
        names: &[
            "margin",
            "margin-top",
            "margin-right",
            "margin-bottom",
            "margin-left",
            "margin-block",
            "margin-block-start",
            "margin-block-end",
            "margin-inline",
            "margin-inline-start",
            "margin-inline-end",
            "padding",
            "padding-top",
            "padding-right",
            "padding-bottom",
            "padding-left",
        ],
        values: is_below_zero,
        places: TEXT,
        fault: Fault {
            why: "Kindle refuses values below zero, which cut text off at the edge",
            hint: "set the text around further in instead",
        },
    },
    Row {
        names: &["display"],
        values: |value| value == "none",
        places: TEXT,
        fault: HIDES,
    },
    Row {
        names: &["visibility"],
        values: |value| matches!(value, "hidden" | "collapse"),
        places: TEXT,
        fault: HIDES,
    },
    Row {
        names: &["writing-mode"],
        values: |_| true,
        places: TEXT,
        fault: Fault {
            why: "Apple Books asks for one direction of writing on a page",
            hint: "`writing` in the front matter is that of a chapter",
        },
    },
];

const HIDES: Fault = Fault {
    why: "it would hide words that the PDF shows",
    hint: "take the words away, or put them into a comment: `<!-- … -->`",
};

/// Declarations that say what holds without them.
const INITIAL: &[(&str, &str)] =
    &[("direction", "ltr"), ("unicode-bidi", "normal"), ("position", "static")];

/// Whether a declaration says what holds without it.
pub(super) fn is_initial(declaration: &Declaration) -> bool {
    let Declaration { name, value } = declaration;
    INITIAL
        .iter()
        .any(|(known, initial)| known == name && value.eq_ignore_ascii_case(initial))
}

/// Why a book may not hold a declaration; `None` where it may.
pub(super) fn of_declaration(
    declaration: &Declaration,
    place: Place,
) -> Option<&'static Fault> {
    let name = bare(&declaration.name);
    let value = declaration.value.to_ascii_lowercase();
    if matches!(name, "behavior" | "binding") || runs(&value) {
        return Some(&RUNS);
    }
    if fetches(&value) {
        return Some(&FETCHES);
    }
    let refuses = |row: &&Row| {
        row.names.contains(&name) && row.places.contains(&place) && (row.values)(&value)
    };
    if let Some(row) = ROWS.iter().find(refuses) {
        return Some(&row.fault);
    }
    match (name, place) {
        (_, Place::Drawing) => None,
        ("font-size" | "font", _) if is_absolute(&value) => Some(&SIZE),
        ("font" | "font-family" | "line-height" | "color", Place::Block) => Some(&OURS),
        ("background" | "background-color", Place::Block) => Some(&OURS),
        _ => None,
    }
}

/// Why a book may not hold a rule without a block; `None` where it goes without a word.
pub(super) fn of_statement(name: &str) -> Option<&'static Fault> {
    match name {
        "charset" | "namespace" | "layer" => None,
        "import" => Some(&FETCHES),
        _ => Some(&UNKNOWN_RULE),
    }
}

/// The name of a property without the prefix of a maker.
fn bare(name: &str) -> &str {
    ["-epub-", "-webkit-", "-moz-", "-ms-", "-o-"]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name)
}

/// Whether a value, in small letters, runs a script.
pub(super) fn runs(value: &str) -> bool {
    let solid: String = value.chars().filter(|ch| !ch.is_whitespace()).collect();
    ["expression(", "javascript:", "vbscript:"]
        .iter()
        .any(|word| solid.contains(word))
}

/// What a file may have in itself: images and faces.
const DATA: &[&str] = &[
    "data:image/",
    "data:font/",
    "data:application/font",
    "data:application/x-font",
    "data:application/vnd.ms-opentype",
];

/// Whether a value names something outside of its file.
pub(super) fn fetches(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let of_set = ["image-set(", "image(", "cross-fade(", "src("];
    if of_set.iter().any(|function| value.contains(function)) {
        return true;
    }
    value.split("url(").skip(1).any(|rest| {
        let target = rest.trim_start_matches([' ', '\t', '\n', '\r', '"', '\'']);
        !target.starts_with('#') && !DATA.iter().any(|start| target.starts_with(start))
    })
}

/// Whether one of the numbers of a value is below zero.
fn is_below_zero(value: &str) -> bool {
    let mut before = ' ';
    let mut chars = value.chars().peekable();
    while let Some(ch) = chars.next() {
        let starts = matches!(before, ' ' | '\t' | '\n' | '(' | ',');
        let number = |next: &char| next.is_ascii_digit() || *next == '.';
        if ch == '-' && starts && chars.peek().is_some_and(number) {
            return true;
        }
        before = ch;
    }
    false
}

/// Whether a value has a length that does not follow the size that a reader chooses.
fn is_absolute(value: &str) -> bool {
    let is_part = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '.' | '%' | '-');
    value.split(|ch| !is_part(ch)).any(|word| {
        let unit = word.trim_start_matches(|ch: char| !ch.is_ascii_alphabetic());
        unit.len() < word.len()
            && ["px", "pt", "pc", "mm", "cm", "in", "q"].contains(&unit)
    })
}
