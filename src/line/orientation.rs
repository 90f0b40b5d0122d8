//! How characters stand in vertical lines: UAX #50, and tate-chu-yoko by itself.

use std::ops::Range;

use icu_properties::props::VerticalOrientation;
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};

use super::class::{Setting, setting};

/// How a character stands in a vertical line (UAX #50).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Orientation {
    /// Upright, as in horizontal lines (U).
    Upright,
    /// On its side, turned by 90 degrees to the right (R).
    Sideways,
    /// Upright with the font's vertical glyph (Tu).
    VerticalForm,
    /// Upright with the font's vertical glyph where it has one, else on its side (Tr).
    VerticalFormOrSideways,
}

const ORIENTATION: CodePointMapDataBorrowed<'static, VerticalOrientation> =
    CodePointMapData::<VerticalOrientation>::new();

/// Characters that UAX #50 turns but for which Japanese fonts have vertical glyphs: dashes
/// and leaders.
const OVERRIDES: &[(char, Orientation)] = &[
    ('—', Orientation::VerticalFormOrSideways),
    ('―', Orientation::VerticalFormOrSideways),
    ('‥', Orientation::VerticalFormOrSideways),
    ('…', Orientation::VerticalFormOrSideways),
];

/// How a character stands in a vertical line where nothing else is said.
pub fn orientation(ch: char) -> Orientation {
    if let Some(&(_, orientation)) = OVERRIDES.iter().find(|&&(listed, _)| listed == ch) {
        return orientation;
    }
    let property = ORIENTATION.get(ch);
    if property == VerticalOrientation::Upright {
        Orientation::Upright
    } else if property == VerticalOrientation::TransformedUpright {
        Orientation::VerticalForm
    } else if property == VerticalOrientation::TransformedRotated {
        Orientation::VerticalFormOrSideways
    } else {
        Orientation::Sideways
    }
}

/// What is done of itself with Western runs in vertical lines (JLReq 2.3.2, 3.2.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerticalOptions {
    /// The longest run of digits set as tate-chu-yoko; longer ones stand one by one.
    pub digits: usize,
    /// The longest run of capitals that stand upright one by one; longer ones lie on their
    /// side.
    pub capitals: usize,
}

impl Default for VerticalOptions {
    fn default() -> Self {
        Self { digits: 2, capitals: 1 }
    }
}

/// How a Western run stands upright in a vertical line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UprightWay {
    /// Side by side across the line (縦中横).
    TateChuYoko,
    /// One below the other, with full-width forms.
    OneByOne,
}

/// A run that stands upright, as a range of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UprightRun {
    /// The bytes of the run in the text.
    pub range: Range<usize>,
    /// How it stands.
    pub way: UprightWay,
}

/// The runs of Western characters in a vertical text that stand upright of themselves
/// (JLReq 3.2.5): digits, two marks such as `!?`, single letters and short rows of capitals.
/// All others lie on their side.
pub fn upright_runs(text: &str, options: VerticalOptions) -> Vec<UprightRun> {
    let mut runs = Vec::new();
    let mut start = None;
    let ends = text.char_indices().map(|(at, ch)| (at, Some(ch)));
    for (at, ch) in ends.chain([(text.len(), None)]) {
        let western = ch.is_some_and(|ch| setting(ch) == Setting::Western);
        match (start, western) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let run = text[from..at].trim_end_matches(' ');
                let from = from + run.len() - run.trim_start_matches(' ').len();
                let run = run.trim_start_matches(' ');
                if let Some(way) = way(run, options) {
                    runs.push(UprightRun { range: from..from + run.len(), way });
                }
                start = None;
            }
            _ => {}
        }
    }
    runs
}

/// How a whole Western run stands upright, if it does.
fn way(run: &str, options: VerticalOptions) -> Option<UprightWay> {
    let count = run.chars().count();
    if count == 0 {
        return None;
    }
    let all = |test: fn(char) -> bool| run.chars().all(test);
    if all(|ch| ch.is_ascii_digit()) {
        let together = count > 1 && count <= options.digits;
        return Some(if together {
            UprightWay::TateChuYoko
        } else {
            UprightWay::OneByOne
        });
    }
    if count == 2 && all(|ch| matches!(ch, '!' | '?')) {
        return Some(UprightWay::TateChuYoko);
    }
    let letters = count <= options.capitals && all(|ch| ch.is_ascii_uppercase());
    let single =
        count == 1 && all(|ch| ch.is_alphabetic() || matches!(ch, '!' | '?' | '%'));
    (letters || single).then_some(UprightWay::OneByOne)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orientations_are_those_of_uax_50_and_the_dashes() {
        use Orientation::*;
        for (expected, text) in [
            (Upright, "漢あア々ゝ〳・％‰℃￥№①㈱♪★×÷±∞§†※〓‼⁇＋Ａ１😀©®"),
            (VerticalForm, "。、，．！？ぁっャヶㇰ㍉㍻㋿"),
            (
                VerticalFormOrSideways,
                "「」『』（）〔〕［］〈〉《》【】ー〜～゠：；｜＿“”‘’〝〟",
            ),
            (VerticalFormOrSideways, "…‥—―"),
            (Sideways, "–‐−＝＜＞«»→′″√¶ Aa0αЖ"),
        ] {
            for ch in text.chars() {
                assert_eq!(orientation(ch), expected, "{ch}");
            }
        }
    }

    #[test]
    fn short_western_runs_stand_upright() {
        let runs = |text: &str, options| -> Vec<(String, UprightWay)> {
            let runs = upright_runs(text, options).into_iter();
            runs.map(|run| (text[run.range].to_owned(), run.way)).collect()
        };
        use UprightWay::*;
        let default = VerticalOptions::default();
        for (text, expected) in [
            ("第12回", vec![("12", TateChuYoko)]),
            ("第 12 回", vec![("12", TateChuYoko)]),
            ("5月31日", vec![("5", OneByOne), ("31", TateChuYoko)]),
            ("365日と1990年", vec![("365", OneByOne), ("1990", OneByOne)]),
            ("え!?と!", vec![("!?", TateChuYoko), ("!", OneByOne)]),
            ("A君とGNP", vec![("A", OneByOne)]),
            ("Windows 95は3.14", vec![]),
            ("漢", vec![]),
        ] {
            let expected: Vec<_> =
                expected.into_iter().map(|(run, way)| (run.to_owned(), way)).collect();
            assert_eq!(runs(text, default), expected, "{text}");
        }
        let wide = VerticalOptions { digits: 3, capitals: 3 };
        assert_eq!(runs("365日", wide), [("365".to_owned(), TateChuYoko)]);
        assert_eq!(runs("GNPの", wide), [("GNP".to_owned(), OneByOne)]);
    }
}
