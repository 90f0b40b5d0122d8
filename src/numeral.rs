//! Numbers as books write them: 3, iii, 三, C; and patterns like `第{一}章`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numerals {
    /// 1, 2, 3.
    #[default]
    Arabic,
    /// 一、十二、百三: as it is read.
    Kanji,
    /// 一、一二、一〇三: digit by digit, as folios and years are set.
    KanjiDigits,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// a, b, c.
    LowerLetter,
    /// A, B, C.
    UpperLetter,
    /// *, †, ‡, as marks of notes (JLReq 4.2.2).
    Signs,
}

/// The numerals by the sample that stands for them in a pattern.
const SAMPLES: [(&str, Numerals); 8] = [
    ("1", Numerals::Arabic),
    ("一", Numerals::Kanji),
    ("〇", Numerals::KanjiDigits),
    ("i", Numerals::LowerRoman),
    ("I", Numerals::UpperRoman),
    ("a", Numerals::LowerLetter),
    ("A", Numerals::UpperLetter),
    ("*", Numerals::Signs),
];

/// The signs in their order; after the last one they come doubled.
const SIGNS: [&str; 7] = ["*", "†", "‡", "¶", "§", "‖", "#"];

const KANJI: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

const ROMAN: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

impl Numerals {
    /// A number in these numerals; in arabic ones where these do not reach so far.
    pub fn write(self, number: u32) -> String {
        let written = match self {
            Self::Arabic => None,
            Self::Kanji => kanji(number),
            Self::KanjiDigits => Some(kanji_digits(number)),
            Self::LowerRoman => roman(number),
            Self::UpperRoman => roman(number).map(|text| text.to_uppercase()),
            Self::LowerLetter => letters(number),
            Self::UpperLetter => letters(number).map(|text| text.to_uppercase()),
            Self::Signs => signs(number),
        };
        written.unwrap_or_else(|| number.to_string())
    }
}

fn kanji_digits(number: u32) -> String {
    let digits = number.to_string();
    digits.bytes().map(|digit| KANJI[usize::from(digit - b'0')]).collect()
}

/// A number below ten thousand as it is read.
fn kanji(number: u32) -> Option<String> {
    if number == 0 || number > 9999 {
        return None;
    }
    let mut text = String::new();
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / unit % 10;
        if digit > 1 || (digit == 1 && unit == 1) {
            text.push(KANJI[digit as usize]);
        }
        if digit > 0 {
            text.push_str(name);
        }
    }
    Some(text)
}

fn roman(number: u32) -> Option<String> {
    if number == 0 || number > 3999 {
        return None;
    }
    let (mut text, mut rest) = (String::new(), number);
    for (value, name) in ROMAN {
        while rest >= value {
            text.push_str(name);
            rest -= value;
        }
    }
    Some(text)
}

/// a to z, then aa, ab ….
fn letters(number: u32) -> Option<String> {
    let mut rest = number;
    let mut reversed = Vec::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        reversed.push(char::from(b'a' + digit));
        rest = (rest - 1) / 26;
    }
    (!reversed.is_empty()).then(|| reversed.iter().rev().collect())
}

fn signs(number: u32) -> Option<String> {
    let index = number.checked_sub(1)? as usize;
    let sign = SIGNS[index % SIGNS.len()];
    let times = 1 + index / SIGNS.len();
    (times <= 9).then(|| sign.repeat(times))
}

/// Words around numbers, each shown by a sample of its numerals in braces: `第{一}章`,
/// `{1}.{1}`, `— {1} —`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Pattern {
    pieces: Vec<PatternPiece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum PatternPiece {
    Text(String),
    Number(Numerals),
}

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let fault = || {
            let samples = SAMPLES.map(|(sample, _)| format!("{{{sample}}}"));
            format!("`{text}` has no number among {} or has another", samples.join(" "))
        };
        let mut pieces = Vec::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (sample, after) = after.split_once('}').ok_or_else(fault)?;
            let known = SAMPLES.iter().find(|(name, _)| *name == sample);
            let (_, numerals) = known.ok_or_else(fault)?;
            pieces.push(PatternPiece::Text(before.to_owned()));
            pieces.push(PatternPiece::Number(*numerals));
            rest = after;
        }
        pieces.push(PatternPiece::Text(rest.to_owned()));
        let read = Self { pieces };
        if read.count() == 0 { Err(fault()) } else { Ok(read) }
    }
}

impl JsonSchema for Pattern {
    fn schema_name() -> Cow<'static, str> {
        "Pattern".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let samples = SAMPLES.map(|(sample, _)| sample.replace('*', r"\*")).join("|");
        json_schema!({
            "description": "Words around numbers, each shown by a sample: `第{一}章`.",
            "type": "string",
            "pattern": format!(r"^[^{{]*(\{{({samples})\}}[^{{]*)+$"),
        })
    }
}

impl Pattern {
    /// One number alone.
    pub fn plain(numerals: Numerals) -> Self {
        Self { pieces: vec![PatternPiece::Number(numerals)] }
    }

    /// How many numbers it has.
    pub fn count(&self) -> usize {
        self.numerals_of_all().count()
    }

    /// The numerals of its last number.
    pub fn numerals(&self) -> Numerals {
        self.numerals_of_all().last().unwrap_or_default()
    }

    /// The words before its first number and those after its last.
    pub fn around(&self) -> (String, String) {
        let text = |piece: Option<&PatternPiece>| match piece {
            Some(PatternPiece::Text(text)) => text.clone(),
            Some(PatternPiece::Number(_)) | None => String::new(),
        };
        (text(self.pieces.first()), text(self.pieces.last()))
    }

    fn numerals_of_all(&self) -> impl Iterator<Item = Numerals> {
        self.pieces.iter().filter_map(|piece| match piece {
            PatternPiece::Number(numerals) => Some(*numerals),
            PatternPiece::Text(_) => None,
        })
    }

    /// The words with the last numbers of a list, the last one in the last place.
    pub fn write(&self, numbers: &[u32]) -> String {
        let surplus = numbers.len().saturating_sub(self.count());
        let mut numbers = numbers[surplus..].iter();
        let words = self.pieces.iter().map(|piece| match piece {
            PatternPiece::Text(text) => text.clone(),
            PatternPiece::Number(numerals) => numbers
                .next()
                .map_or_else(String::new, |number| numerals.write(*number)),
        });
        words.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Result<Pattern, String> {
        Pattern::try_from(text.to_owned())
    }

    #[test]
    fn numbers_are_written_in_all_numerals() {
        let all = |number| SAMPLES.map(|(_, numerals)| numerals.write(number));
        assert_eq!(all(1), ["1", "一", "一", "i", "I", "a", "A", "*"]);
        assert_eq!(all(14), ["14", "十四", "一四", "xiv", "XIV", "n", "N", "##"]);
        assert_eq!(all(110)[1..4], ["百十", "一一〇", "cx"]);
        assert_eq!(all(2026)[1..4], ["二千二十六", "二〇二六", "mmxxvi"]);
        assert_eq!(all(28)[5..7], ["ab", "AB"]);
        assert_eq!(
            [2, 7, 8].map(|number| Numerals::Signs.write(number)),
            ["†", "#", "**"]
        );
        assert_eq!(all(0), ["0", "0", "〇", "0", "0", "0", "0", "0"]);
        assert_eq!(Numerals::LowerRoman.write(4000), "4000");
    }

    #[test]
    fn patterns_take_the_last_numbers() {
        let chapter = pattern("第{一}章").expect("it is right");
        assert_eq!(chapter.write(&[2, 12]), "第十二章");
        let section = pattern("{1}.{1}").expect("it is right");
        assert_eq!(section.write(&[3, 12]), "3.12");
        assert_eq!(section.write(&[1, 3, 12]), "3.12");
        for wrong in ["第章", "第{一章", "{x}", "", "{}"] {
            assert!(pattern(wrong).is_err(), "{wrong}");
        }
    }
}
