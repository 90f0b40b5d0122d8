//! What is left out of a drawing, and why.

use std::collections::BTreeMap;

use crate::css;
use crate::diag::Code;

/// Why something is left out, and what to do.
pub(super) type Reason = css::Fault;

/// What is left out of a drawing for one reason.
#[derive(Debug)]
pub(in crate::epub::images) struct Loss {
    /// What kind of finding it is.
    pub(in crate::epub::images) code: Code,
    what: String,
    /// The line of the file where it stands first, from 1.
    line: usize,
    /// How often it stands there.
    count: usize,
    reason: &'static Reason,
}

impl Loss {
    /// What is left out, where, and why.
    pub(in crate::epub::images) fn words(&self) -> String {
        let Self { what, line, count, reason, .. } = self;
        let times = match count {
            1 => String::new(),
            count => format!(", {count} times"),
        };
        format!("{what} (line {line}{times}): {}", reason.why)
    }

    /// What to do.
    pub(in crate::epub::images) fn hint(&self) -> &'static str {
        self.reason.hint
    }
}

/// The losses of a drawing, in the order in which they are found.
#[derive(Debug, Default)]
pub(super) struct Losses {
    found: Vec<Loss>,
    /// The numbers of those found, by what is left out and why.
    numbers: BTreeMap<(String, &'static str), usize>,
}

impl Losses {
    /// Tells of something that is left out.
    pub(super) fn tell(&mut self, what: String, line: usize, reason: &'static Reason) {
        self.add(Code::UnsupportedSvg, what, line, reason);
    }

    /// Tells of CSS that is left out of a text that starts in a line.
    pub(super) fn css(&mut self, refused: &[css::Refused], text: &str, line: usize) {
        for css::Refused { at, css, fault } in refused {
            let before = text.get(..at.start).unwrap_or("");
            let line = line + before.matches('\n').count();
            self.add(Code::UnsupportedCss, format!("`{css}`"), line, fault);
        }
    }

    fn add(&mut self, code: Code, what: String, line: usize, reason: &'static Reason) {
        let next = self.found.len();
        let number = *self.numbers.entry((what.clone(), reason.why)).or_insert(next);
        match self.found.get_mut(number) {
            Some(loss) => loss.count += 1,
            None => self.found.push(Loss { code, what, line, count: 1, reason }),
        }
    }

    pub(super) fn finish(self) -> Vec<Loss> {
        self.found
    }
}

/// A text in one line, cut short where it is long.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

pub(super) static RUNS: Reason = Reason {
    why: "no EPUB may run scripts",
    hint: "save the drawing as one that stands still, or moves by `<animate>`",
};

pub(super) static FETCHES: Reason = Reason {
    why: "an EPUB fetches nothing from outside its file (RSC-006)",
    hint: "save the drawing with its images and faces in it",
};

pub(super) static NO_LINK: Reason = Reason {
    why: "no reader follows such a link",
    hint: "link to an address on the web, or from the text beside the drawing",
};

pub(super) static BESIDE: Reason = Reason {
    why: "a drawing is bound alone",
    hint: "put its CSS into a `<style>` of the drawing",
};

static HTML: Reason = Reason {
    why: "few readers show HTML in a drawing",
    hint: "save its words as text of SVG (draw.io: no formatted text; Mermaid: `htmlLabels: false`)",
};

static PLAYS: Reason = Reason {
    why: "a drawing of an EPUB plays nothing",
    hint: "link to it from the text beside the drawing",
};

/// Elements that are left out with all that they hold, and why.
static ELEMENTS: [(&str, &Reason); 7] = [
    ("script", &RUNS),
    ("handler", &RUNS),
    ("listener", &RUNS),
    ("foreignObject", &HTML),
    ("iframe", &HTML),
    ("audio", &PLAYS),
    ("video", &PLAYS),
];

/// Why an element is left out; `None` where it is kept.
pub(super) fn of_element(name: &str) -> Option<&'static Reason> {
    ELEMENTS.iter().find(|(known, _)| *known == name).map(|(_, why)| *why)
}
