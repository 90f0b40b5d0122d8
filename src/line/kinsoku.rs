//! Where a line may break (禁則処理), JLReq Table 2 and Appendix C.

use super::class::{CharClass, ClassSet, Setting, class_of};
use super::compose::Joint;
use super::rules::{Rules, Strictness};

/// Never at the start of a line, at any strictness.
const NEVER_BEFORE: ClassSet = ClassSet::of(&[2, 6, 7, 20, 29]);
/// Never at the end of a line, at any strictness.
const NEVER_AFTER: ClassSet = ClassSet::of(&[1, 28]);

/// Whether a line may break between two characters of these classes (JLReq Table 2).
///
/// Where the table asks what the two characters are, this takes them for different ones:
/// two complexes, two kinds of dash. [`joint`] knows the characters.
pub fn break_between(a: CharClass, b: CharClass, rules: &Rules) -> bool {
    use CharClass::*;
    let level = rules.strictness;
    let loose = matches!(level, Strictness::Loose | Strictness::VeryLoose);
    let very_loose = level == Strictness::VeryLoose;
    if NEVER_AFTER.has(a) || NEVER_BEFORE.has(b) {
        return false;
    }
    if a == PrefixedAbbreviation && !very_loose {
        return false;
    }
    match (a, b) {
        (_, Hyphen | MiddleDot) => loose,
        (_, DividingPunctuation | IterationMark) => very_loose,
        (_, ProlongedSoundMark | SmallKana) => level != Strictness::VeryStrict,
        (GroupedNumeral, PostfixedAbbreviation) => rules.break_numeral_postfix || loose,
        (Western, PostfixedAbbreviation) => rules.break_western_postfix || loose,
        (GroupedNumeral, Western) => rules.break_numeral_western,
        (GroupedNumeral, GroupedNumeral)
        | (UnitSymbol, UnitSymbol | Western)
        | (Western, GroupedNumeral | UnitSymbol | Western) => false,
        _ => true,
    }
}

/// How two characters meet where Table 2 asks for more than their classes (JLReq
/// Appendix C, notes 5 and 11).
///
/// The two halves of a dash or a leader are solid; a digit keeps its sign; and a Western
/// bracket or mark keeps, against Japanese text, from the wrong end of a line.
pub fn joint(a: char, b: char, rules: &Rules) -> Joint {
    let loose = matches!(rules.strictness, Strictness::Loose | Strictness::VeryLoose);
    let japanese = |ch| class_of(ch, Setting::Japanese);
    if japanese(a) == CharClass::Inseparable && same_kind(a, b) {
        let leaders = loose && matches!(a, '…' | '‥');
        let splits = leaders || rules.strictness == Strictness::VeryLoose;
        return if splits { Joint::Splittable } else { Joint::Solid };
    }
    let keeps =
        (a.is_ascii_digit() && japanese(b) == CharClass::PostfixedAbbreviation && !loose)
            || (rules.strictness == Strictness::Loose && matches!(b, '：' | '；'))
            || OPENING.contains(&a)
            || CLOSING.contains(&b)
            || matches!(a, '\u{A0}' | '\u{202F}')
            || matches!(b, '\u{A0}' | '\u{202F}');
    if keeps { Joint::Keep } else { Joint::Class }
}

/// Western marks that do not end a line against Japanese text.
const OPENING: &[char] =
    &['(', '[', '{', '“', '‘', '«', '¿', '¡', '$', '£', '€', '¥', '"', '\''];
/// Western marks that do not start a line against Japanese text.
const CLOSING: &[char] =
    &[')', ']', '}', '”', '’', '»', ',', '.', ';', ':', '!', '?', '%', '/', '"', '\''];

fn same_kind(a: char, b: char) -> bool {
    a == b
        || matches!((a, b), ('—', '―') | ('―', '—'))
        || matches!((a, b), ('\u{3033}' | '\u{3034}', '\u{3035}'))
}
