//! The gap between two characters and how far it gives way (JLReq Tables 1 and 3 to 6).

use super::class::{CharClass, ClassSet};
use super::rules::{Em, LineEnd, ReductionTable, Rules};

/// The gap between two characters, in parts of the em of either (JLReq Table 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// The part that belongs to the first, in its em.
    pub first: Em,
    /// The part that belongs to the second, in its em.
    pub second: Em,
}

/// A stage of reduction (追い込み処理), in the order of use (JLReq 3.8.3, Appendix D).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum ReductionStage {
    /// Word spaces.
    WordSpace = 0,
    /// What follows a bracket, a full stop or a comma at the end of the line: all or
    /// nothing.
    LineEnd = 1,
    /// What stands around a middle dot at the end of the line: all or nothing.
    LineEndMiddleDot = 2,
    /// What stands around middle dots.
    MiddleDot = 3,
    /// What stands before opening and after closing brackets and after commas.
    Bracket = 4,
    /// The gap between Japanese and Western characters.
    Western = 5,
}

impl ReductionStage {
    /// The number of the stage in a table of JLReq Appendix D, or `None` where the table
    /// has no such stage.
    pub fn number(self, table: ReductionTable) -> Option<u8> {
        let numbers = match table {
            ReductionTable::Jlreq => [1, 2, 3, 4, 5, 6],
            ReductionTable::Jis => [1, 0, 0, 2, 3, 4],
            ReductionTable::Books => [1, 2, 0, 0, 3, 0],
        };
        Some(numbers[self as usize]).filter(|&number| number > 0)
    }
}

/// How far one part of a gap is reduced, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shrink {
    /// The stage at which it is.
    pub stage: ReductionStage,
    /// What always remains.
    pub floor: Em,
}

/// How the two parts of a gap are reduced; `None` for a part that is fixed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reduction {
    /// The part in the em of the first.
    pub first: Option<Shrink>,
    /// The part in the em of the second.
    pub second: Option<Shrink>,
}

/// A stage of expansion (追い出し処理), in the order of use (JLReq 3.8.4, Appendix E).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum ExpansionStage {
    /// Word spaces.
    WordSpace = 0,
    /// The gap between Japanese and Western characters.
    Western = 1,
    /// Between characters that are solid by nature, up to a quarter of an em.
    Solid = 2,
    /// All of these and the gaps around punctuation alike, without limit.
    All = 3,
}

/// When a gap is widened, and how far before the last stage widens all gaps alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expansion {
    /// The first stage that widens it.
    pub stage: ExpansionStage,
    /// The widest gap at that stage; at [`ExpansionStage::All`] there is no limit.
    pub ceiling: Em,
}

/// The gap after the last character of a line (JLReq 3.1.9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EndGap {
    /// The natural gap.
    pub natural: Em,
    /// The stage that takes it away, whole; `None` where it is fixed.
    pub drop: Option<ReductionStage>,
}

/// What a part of a gap is there for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Nothing,
    MiddleDot,
    FullStop,
    Bracket,
    Western,
    Unit,
}

/// Brackets that close, full stops and commas.
const CLOSING: ClassSet = ClassSet::of(&[2, 6, 7]);
/// What follows them without a gap.
const SOLID_AFTER_CLOSING: ClassSet = ClassSet::of(&[2, 6, 7, 20]);
/// What an opening bracket follows without a gap.
const SOLID_BEFORE_OPENING: ClassSet = ClassSet::of(&[1, 14, 28]);
/// Japanese characters with a gap before Western ones.
const JAPANESE_BEFORE: ClassSet =
    ClassSet::of(&[4, 9, 10, 11, 15, 16, 19, 22, 23, 29, 30]);
/// Japanese characters with a gap after Western ones; not cl-04.
const JAPANESE_AFTER: ClassSet = ClassSet::of(&[9, 10, 11, 15, 16, 19, 22, 23, 28, 30]);
/// Western characters with a gap beside Japanese ones.
const WESTERN: ClassSet = ClassSet::of(&[21, 24, 25, 27]);

/// The gap between two characters of these classes (JLReq Table 1).
pub fn gap(a: CharClass, b: CharClass, rules: &Rules) -> Gap {
    let (first, second) = kinds(a, b, rules);
    Gap {
        first: amount(first, rules),
        second: amount(second, rules),
    }
}

/// How that gap is reduced (JLReq Tables 3, 4 and 5).
pub fn reduction(a: CharClass, b: CharClass, rules: &Rules) -> Reduction {
    let (first, second) = kinds(a, b, rules);
    Reduction {
        first: shrink(first, rules),
        second: shrink(second, rules),
    }
}

/// What the two parts of the gap are there for; the first rule that fits says it.
fn kinds(a: CharClass, b: CharClass, rules: &Rules) -> (Kind, Kind) {
    use CharClass::{
        ClosingBracket, Comma, FullStop, GroupedNumeral, IdeographicSpace, MiddleDot,
        OpeningBracket, UnitSymbol, WarichuClosing, WarichuOpening, Western,
    };
    let a = solid_math(
        if a == Comma && rules.comma_is_closing { ClosingBracket } else { a },
        b,
    );
    let b = solid_math(b, a);
    let closing = if a == FullStop { Kind::FullStop } else { Kind::Bracket };
    match (a, b) {
        (MiddleDot, MiddleDot) => (Kind::MiddleDot, Kind::MiddleDot),
        (MiddleDot, _) => (Kind::MiddleDot, Kind::Nothing),
        (FullStop | Comma, MiddleDot) => (closing, Kind::MiddleDot),
        (_, MiddleDot) => (Kind::Nothing, Kind::MiddleDot),
        (ClosingBracket, IdeographicSpace | WarichuClosing) => {
            (Kind::Nothing, Kind::Nothing)
        }
        _ if CLOSING.has(a) && SOLID_AFTER_CLOSING.has(b) => {
            (Kind::Nothing, Kind::Nothing)
        }
        _ if CLOSING.has(a) => (closing, Kind::Nothing),
        (_, OpeningBracket) if SOLID_BEFORE_OPENING.has(a) => {
            (Kind::Nothing, Kind::Nothing)
        }
        (_, OpeningBracket) => (Kind::Nothing, Kind::Bracket),
        (WarichuClosing, _) if WESTERN.has(b) => (Kind::Nothing, Kind::Western),
        (_, WarichuOpening) if WESTERN.has(a) => (Kind::Western, Kind::Nothing),
        _ if JAPANESE_BEFORE.has(a) && WESTERN.has(b) => (Kind::Western, Kind::Nothing),
        _ if WESTERN.has(a) && JAPANESE_AFTER.has(b) => (Kind::Nothing, Kind::Western),
        (GroupedNumeral, UnitSymbol) => (Kind::Unit, Kind::Nothing),
        (UnitSymbol, GroupedNumeral) | (Western, UnitSymbol) => {
            (Kind::Western, Kind::Nothing)
        }
        _ => (Kind::Nothing, Kind::Nothing),
    }
}

/// Math symbols and operators have no row in the tables: they are as ideographs, but
/// solid against Western characters (JLReq 3.7.4).
fn solid_math(class: CharClass, other: CharClass) -> CharClass {
    match class {
        CharClass::MathSymbol | CharClass::MathOperator if WESTERN.has(other) => {
            CharClass::Hyphen
        }
        CharClass::MathSymbol | CharClass::MathOperator => CharClass::Ideographic,
        class => class,
    }
}

fn amount(kind: Kind, rules: &Rules) -> Em {
    match kind {
        Kind::Nothing => Em::ZERO,
        Kind::MiddleDot => Em::QUARTER,
        Kind::FullStop | Kind::Bracket => rules.punctuation_gap,
        Kind::Western | Kind::Unit => rules.western_gap,
    }
}

fn shrink(kind: Kind, rules: &Rules) -> Option<Shrink> {
    let books = rules.reduction == ReductionTable::Books;
    let (stage, floor) = match kind {
        Kind::Nothing | Kind::FullStop | Kind::Unit => return None,
        Kind::MiddleDot | Kind::Western if books => return None,
        Kind::MiddleDot => (ReductionStage::MiddleDot, Em::ZERO),
        Kind::Bracket if books => (ReductionStage::Bracket, Em::QUARTER),
        Kind::Bracket => (ReductionStage::Bracket, Em::ZERO),
        Kind::Western => (ReductionStage::Western, rules.western_gap_min),
    };
    Some(Shrink { stage, floor: floor.min(amount(kind, rules)) })
}

/// The gap after a character of this class at the end of a line, and whether it is
/// dropped where the line lacks room (JLReq 3.1.9, Table 3 column *line end*).
pub fn end_gap(class: CharClass, rules: &Rules) -> EndGap {
    let half = rules.punctuation_gap;
    match (rules.line_end, class) {
        (LineEnd::Keep, CharClass::MiddleDot) => EndGap {
            natural: Em::QUARTER,
            drop: (rules.reduction == ReductionTable::Jlreq)
                .then_some(ReductionStage::LineEndMiddleDot),
        },
        (LineEnd::Keep, _) if CLOSING.has(class) => {
            EndGap { natural: half, drop: Some(ReductionStage::LineEnd) }
        }
        (LineEnd::FullStop, CharClass::FullStop) => EndGap { natural: half, drop: None },
        _ => EndGap::default(),
    }
}

/// Nothing is widened before these.
const FIXED_BEFORE: ClassSet = ClassSet::of(&[2, 3, 4, 5, 6, 7, 20, 29]);
/// Punctuation: what follows is widened only at the last stage.
const PUNCTUATION: ClassSet = ClassSet::of(&[2, 3, 4, 5, 6, 7, 14]);
/// Iteration marks, the prolonged sound mark and small kana.
const DEPENDENT: ClassSet = ClassSet::of(&[9, 10, 11]);
/// Spaces and opening brackets: what stands before is widened only at the last stage.
const LAST_BEFORE: ClassSet = ClassSet::of(&[1, 14, 26]);

/// How the gap between two characters of these classes is widened; `None` for never
/// (JLReq Table 6).
pub fn expansion(a: CharClass, b: CharClass, rules: &Rules) -> Option<Expansion> {
    use CharClass::*;
    let last = Some(Expansion { stage: ExpansionStage::All, ceiling: Em::ONE });
    let solid = Some(Expansion { stage: ExpansionStage::Solid, ceiling: Em::QUARTER });
    let western = Some(Expansion {
        stage: ExpansionStage::Western,
        ceiling: rules.western_gap_max.max(rules.western_gap),
    });
    let a = solid_math(a, b);
    let b = solid_math(b, a);
    match (a, b) {
        (OpeningBracket | WarichuOpening, _) => None,
        (WesternSpace, ClosingBracket | WarichuClosing) => None,
        (WesternSpace, _) => last,
        _ if FIXED_BEFORE.has(b) => None,
        (PrefixedAbbreviation, OpeningBracket | IdeographicSpace | GroupedNumeral) => {
            None
        }
        _ if LAST_BEFORE.has(b) => last,
        _ if JAPANESE_BEFORE.has(a) && WESTERN.has(b) => western,
        (OrnamentedComplex, WarichuOpening) => solid,
        _ if WESTERN.has(a) && JAPANESE_AFTER.has(b) => western,
        _ if PUNCTUATION.has(a) && DEPENDENT.has(b) => None,
        _ if PUNCTUATION.has(a) => last,
        _ if DEPENDENT.has(a) && b == Inseparable => last,
        (Inseparable, GroupedNumeral | UnitSymbol)
        | (GroupedNumeral, UnitSymbol)
        | (UnitSymbol, GroupedNumeral) => last,
        (GroupedNumeral, Western) if rules.break_numeral_western => solid,
        (GroupedNumeral, PostfixedAbbreviation) if rules.break_numeral_postfix => solid,
        (GroupedNumeral, GroupedNumeral | Western | PostfixedAbbreviation)
        | (UnitSymbol, UnitSymbol | Western)
        | (Western, GroupedNumeral | UnitSymbol | Western) => None,
        _ => solid,
    }
}
