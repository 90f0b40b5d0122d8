//! Where a line may break (禁則処理), JLReq Table 2 and Appendix C.

use super::class::{CharClass, ClassSet, Setting, class_of};
use super::compose::Joint;
use super::rules::{Parentheses, Rules, Strictness};

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
    if rules.parentheses == Parentheses::Solid
        && (NOTE_OPENING.contains(&b) || NOTE_CLOSING.contains(&a))
    {
        let breaks = break_between(japanese(a), japanese(b), rules);
        return if breaks { Joint::Splittable } else { Joint::Solid };
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

/// Brackets that open and close a note in the text.
const NOTE_OPENING: &[char] = &['（', '〔', '〈'];
const NOTE_CLOSING: &[char] = &['）', '〕', '〉'];

/// Whether the character at a byte of a vertical text is solid with the one before as a part of a
/// number: ・ or ． as a decimal point and 、 or ， as a separator or in *two or three*,
/// with the digits on either side (JLReq 3.1.3, 3.1.10, 3.2.4).
///
/// Digits are kanji (二、三人, 三・一四), full-width or Western (３．１４), which stand upright one
/// by one. Kanji that are counted off (一、二、三、四) are not one number. ・ is solid too between
/// the units of a number (五〇Ｎ・ｍ, note 55), and not between initials.
pub fn joins_number(text: &str, at: usize) -> bool {
    let Some(ch) = text[at..].chars().next() else { return false };
    if MARKS_IN_NUMBERS.contains(&ch) {
        return is_in_number(text, at, ch);
    }
    let Some(mark) = text[..at].chars().next_back() else { return false };
    MARKS_IN_NUMBERS.contains(&mark) && is_in_number(text, at - mark.len_utf8(), mark)
}

/// Marks that may stand between the digits of a number.
const MARKS_IN_NUMBERS: &[char] = &['、', '・', '，', '．'];

/// Whether the mark at a byte of a text stands within a number.
fn is_in_number(text: &str, at: usize, mark: char) -> bool {
    let (before, after) = (&text[..at], &text[at + mark.len_utf8()..]);
    let (last, first) = (before.chars().next_back(), after.chars().next());
    let both = |is: fn(char) -> bool| last.is_some_and(is) && first.is_some_and(is);
    let digit = |ch| matches!(ch, '０'..='９' | '0'..='9');
    if mark != '、' && both(digit) || mark == '・' && is_between_units(before, after) {
        return true;
    }
    if !both(is_kanji_digit) {
        return false;
    }
    // One digit on each side of every mark: they are counted off.
    mark != '、'
        || !counted_off(before.chars().rev(), mark) && !counted_off(after.chars(), mark)
}

/// Whether units of at most three letters stand on both sides, the first of them after a
/// number.
fn is_between_units(before: &str, after: &str) -> bool {
    let letter = |ch: char| matches!(ch, 'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | 'Ω' | 'μ' | 'µ');
    let number = |ch: char| {
        matches!(ch, '0'..='9' | '０'..='９' | '十' | '百' | '千' | '万')
            || is_kanji_digit(ch)
    };
    let is_unit = |letters: &str| (1..=3).contains(&letters.chars().count());
    let rest = after.trim_start_matches(letter);
    let mut first = before;
    // Units before the mark, back to the number.
    loop {
        let without = first.trim_end_matches(letter);
        if !is_unit(&first[without.len()..]) {
            return false;
        }
        let Some(more) = without.strip_suffix('・') else {
            return without.ends_with(number)
                && is_unit(&after[..after.len() - rest.len()]);
        };
        first = more;
    }
}

/// Whether one digit and then another mark and digit follow.
fn counted_off(mut digits: impl Iterator<Item = char>, mark: char) -> bool {
    digits.next();
    digits.next() == Some(mark) && digits.next().is_some_and(is_kanji_digit)
}

fn is_kanji_digit(ch: char) -> bool {
    matches!(ch, '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九')
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
