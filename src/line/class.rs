//! Character classes (文字クラス), JLReq Appendix A.

use icu_properties::props::{EastAsianWidth, GeneralCategory, Script};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};

use super::rules::Em;

/// A character class (文字クラス) of JLReq Appendix A, with the number it has there.
///
/// A class belongs to a character in its place, not to a code point: the same `(` is an
/// opening bracket, a part of a unit or a warichu bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum CharClass {
    /// cl-01: opening brackets (始め括弧類), half an em.
    OpeningBracket = 1,
    /// cl-02: closing brackets (終わり括弧類), half an em.
    ClosingBracket = 2,
    /// cl-03: hyphens (ハイフン類).
    Hyphen = 3,
    /// cl-04: dividing punctuation marks (区切り約物): ！ and ？.
    DividingPunctuation = 4,
    /// cl-05: middle dots (中点類), half an em.
    MiddleDot = 5,
    /// cl-06: full stops (句点類), half an em.
    FullStop = 6,
    /// cl-07: commas (読点類), half an em.
    Comma = 7,
    /// cl-08: inseparable characters (分離禁止文字): dashes and leaders.
    Inseparable = 8,
    /// cl-09: iteration marks (繰返し記号).
    IterationMark = 9,
    /// cl-10: the prolonged sound mark (長音記号).
    ProlongedSoundMark = 10,
    /// cl-11: small kana (小書きの仮名).
    SmallKana = 11,
    /// cl-12: prefixed abbreviations (前置省略記号).
    PrefixedAbbreviation = 12,
    /// cl-13: postfixed abbreviations (後置省略記号).
    PostfixedAbbreviation = 13,
    /// cl-14: the full-width ideographic space (和字間隔).
    IdeographicSpace = 14,
    /// cl-15: hiragana (平仮名).
    Hiragana = 15,
    /// cl-16: katakana (片仮名).
    Katakana = 16,
    /// cl-17: math symbols (等号類).
    MathSymbol = 17,
    /// cl-18: math operators (演算記号).
    MathOperator = 18,
    /// cl-19: ideographic characters (漢字等).
    Ideographic = 19,
    /// cl-20: characters as reference marks (合印中の文字).
    ReferenceMark = 20,
    /// cl-21: ornamented character complexes (親文字群中の文字, 添え字付き).
    OrnamentedComplex = 21,
    /// cl-22: simple-ruby character complexes (親文字群中の文字, 熟語ルビ以外).
    SimpleRubyComplex = 22,
    /// cl-23: jukugo-ruby character complexes (親文字群中の文字, 熟語ルビ付き).
    JukugoRubyComplex = 23,
    /// cl-24: grouped numerals (連数字中の文字).
    GroupedNumeral = 24,
    /// cl-25: unit symbols (単位記号中の文字).
    UnitSymbol = 25,
    /// cl-26: the Western word space (欧文間隔).
    WesternSpace = 26,
    /// cl-27: Western characters (欧文用文字).
    Western = 27,
    /// cl-28: warichu opening brackets (割注始め括弧類), half an em.
    WarichuOpening = 28,
    /// cl-29: warichu closing brackets (割注終わり括弧類), half an em.
    WarichuClosing = 29,
    /// cl-30: characters in tate-chu-yoko (縦中横中の文字).
    TateChuYoko = 30,
}

impl CharClass {
    /// All classes, in order.
    pub const ALL: [Self; 30] = [
        Self::OpeningBracket,
        Self::ClosingBracket,
        Self::Hyphen,
        Self::DividingPunctuation,
        Self::MiddleDot,
        Self::FullStop,
        Self::Comma,
        Self::Inseparable,
        Self::IterationMark,
        Self::ProlongedSoundMark,
        Self::SmallKana,
        Self::PrefixedAbbreviation,
        Self::PostfixedAbbreviation,
        Self::IdeographicSpace,
        Self::Hiragana,
        Self::Katakana,
        Self::MathSymbol,
        Self::MathOperator,
        Self::Ideographic,
        Self::ReferenceMark,
        Self::OrnamentedComplex,
        Self::SimpleRubyComplex,
        Self::JukugoRubyComplex,
        Self::GroupedNumeral,
        Self::UnitSymbol,
        Self::WesternSpace,
        Self::Western,
        Self::WarichuOpening,
        Self::WarichuClosing,
        Self::TateChuYoko,
    ];

    /// The number of the class in JLReq, 1 to 30.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The solid advance of a full-width character of this class: half an em for
    /// brackets, middle dots, full stops and commas, one em for the others (JLReq 3.1.2).
    pub fn solid_advance(self) -> Em {
        if HALF_WIDTH.has(self) { Em::HALF } else { Em::ONE }
    }
}

/// Classes whose characters are half an em wide though fonts draw them on a full em.
const HALF_WIDTH: ClassSet = ClassSet::of(&[1, 2, 5, 6, 7, 28, 29]);

/// A set of character classes.
#[derive(Clone, Copy)]
pub(super) struct ClassSet(u32);

impl ClassSet {
    /// The set of the classes with these numbers.
    pub(super) const fn of(numbers: &[u8]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < numbers.len() {
            bits |= 1 << numbers[i];
            i += 1;
        }
        Self(bits)
    }

    /// Whether a class is in the set.
    pub(super) const fn has(self, class: CharClass) -> bool {
        self.0 >> (class as u8) & 1 == 1
    }
}

/// Whether a character is set on a full em as Japanese or proportionally as Western.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Setting {
    /// On the em square, with the Japanese font (和文).
    Japanese,
    /// Proportional, with the Western font (欧文).
    Western,
}

/// The side on which the full-width glyph of a class is blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trim {
    /// Half an em before the ink: draw half an em earlier.
    Before,
    /// Half an em after the ink: draw in place.
    After,
    /// A quarter of an em on either side: draw a quarter of an em earlier.
    Both,
    /// Nothing: the glyph fills its advance.
    None,
}

impl Trim {
    /// How far before the solid box the full-width glyph begins.
    pub fn lead(self) -> Em {
        match self {
            Self::Before => Em::HALF,
            Self::Both => Em::QUARTER,
            Self::After | Self::None => Em::ZERO,
        }
    }
}

/// The blank side of the full-width glyphs of a class (JLReq 3.1.2).
pub fn trim(class: CharClass) -> Trim {
    match class {
        CharClass::OpeningBracket | CharClass::WarichuOpening => Trim::Before,
        CharClass::ClosingBracket
        | CharClass::FullStop
        | CharClass::Comma
        | CharClass::WarichuClosing => Trim::After,
        CharClass::MiddleDot => Trim::Both,
        _ => Trim::None,
    }
}

/// The class of a character set the one way or the other (JLReq Appendix A).
///
/// In Japanese setting ASCII stands for its full-width form. A code point that JLReq does
/// not list falls back to its general category: brackets to cl-01 and cl-02, spaces to
/// cl-26, anything else to cl-19, or to cl-27 in Western setting. Grouped numerals, units,
/// reference marks, complexes and warichu brackets are for the caller to tell.
pub fn class_of(ch: char, setting: Setting) -> CharClass {
    if ch == '\u{3000}' {
        return CharClass::IdeographicSpace;
    }
    match setting {
        Setting::Western if is_space(ch) => CharClass::WesternSpace,
        Setting::Western => CharClass::Western,
        Setting::Japanese => japanese_class(fold(ch)),
    }
}

/// Whether JLReq's Appendix A lists a character, or its half-width form.
pub(super) fn is_listed(ch: char) -> bool {
    ch == '\u{3000}' || listed(fold(ch)).is_some()
}

fn japanese_class(ch: char) -> CharClass {
    listed(ch).unwrap_or_else(|| match CATEGORY.get(ch) {
        GeneralCategory::OpenPunctuation | GeneralCategory::InitialPunctuation => {
            CharClass::OpeningBracket
        }
        GeneralCategory::ClosePunctuation | GeneralCategory::FinalPunctuation => {
            CharClass::ClosingBracket
        }
        GeneralCategory::SpaceSeparator => CharClass::WesternSpace,
        _ => CharClass::Ideographic,
    })
}

/// Spaces that part words: U+0020, U+00A0 and the fixed spaces, not U+3000.
fn is_space(ch: char) -> bool {
    ch == ' '
        || ch == '\t'
        || !ch.is_ascii() && CATEGORY.get(ch) == GeneralCategory::SpaceSeparator
}

/// The full-width form of an ASCII character, else the character itself.
pub fn full_width(ch: char) -> char {
    match ch {
        '!'..='~' => char::from_u32(u32::from(ch) + 0xFEE0).unwrap_or(ch),
        _ => ch,
    }
}

/// The ASCII character for its full-width form.
fn fold(ch: char) -> char {
    match ch {
        '\u{FF01}'..='\u{FF5D}' => {
            char::from_u32(u32::from(ch) - 0xFEE0).expect("an ASCII character")
        }
        _ => ch,
    }
}

fn listed(ch: char) -> Option<CharClass> {
    let at = CLASSES.partition_point(|&(_, last, _)| last < ch);
    let &(first, _, class) = CLASSES.get(at)?;
    (first <= ch).then_some(class)
}

/// How a character is set where nothing else is said: by its East Asian width, and the
/// letters of the Western scripts proportionally. Of two minds are the quotation marks,
/// dashes and signs that both scripts use: [`setting_at`] looks at their neighbours.
pub fn setting(ch: char) -> Setting {
    if ch.is_ascii() {
        return Setting::Western;
    }
    match WIDTH.get(ch) {
        EastAsianWidth::Wide | EastAsianWidth::Fullwidth | EastAsianWidth::Halfwidth => {
            Setting::Japanese
        }
        EastAsianWidth::Ambiguous if is_western_letter(ch) => Setting::Western,
        EastAsianWidth::Ambiguous => Setting::Japanese,
        _ if listed(ch).is_some() => Setting::Japanese,
        _ => Setting::Western,
    }
}

/// How a character is set between two neighbours.
///
/// A quotation mark goes with the text that it encloses; a dash, a leader, a degree sign
/// or an operator is Western only where Western characters stand on both sides.
pub fn setting_at(before: Option<char>, ch: char, after: Option<char>) -> Setting {
    let alone = setting(ch);
    if alone == Setting::Western || WIDTH.get(ch) != EastAsianWidth::Ambiguous {
        return alone;
    }
    let western = |side: Option<char>| {
        side.is_some_and(|ch| setting(ch) == Setting::Western && !ch.is_whitespace())
    };
    let is_western = match CATEGORY.get(ch) {
        GeneralCategory::InitialPunctuation => western(after),
        GeneralCategory::FinalPunctuation => western(before),
        GeneralCategory::DashPunctuation
        | GeneralCategory::OtherPunctuation
        | GeneralCategory::MathSymbol => western(before) && western(after),
        _ if ch < '\u{100}' => western(before) && western(after),
        _ => false,
    };
    if is_western { Setting::Western } else { Setting::Japanese }
}

fn is_western_letter(ch: char) -> bool {
    let script = SCRIPT.get(ch);
    ch.is_alphabetic()
        && (script == Script::Latin
            || script == Script::Greek
            || script == Script::Cyrillic)
        && !('\u{2160}'..='\u{217F}').contains(&ch)
}

const CATEGORY: CodePointMapDataBorrowed<'static, GeneralCategory> =
    CodePointMapData::<GeneralCategory>::new();
const WIDTH: CodePointMapDataBorrowed<'static, EastAsianWidth> =
    CodePointMapData::<EastAsianWidth>::new();
const SCRIPT: CodePointMapDataBorrowed<'static, Script> =
    CodePointMapData::<Script>::new();

/// The code points that JLReq Appendix A lists in cl-01 to cl-18, as sorted ranges. What
/// it lists in cl-19 is what is left over.
#[rustfmt::skip]
const CLASSES: &[(char, char, CharClass)] = {
    use CharClass::*;
    &[
        ('!', '!', DividingPunctuation), ('#', '$', PrefixedAbbreviation),
        ('%', '%', PostfixedAbbreviation), ('(', '(', OpeningBracket),
        (')', ')', ClosingBracket), ('+', '+', MathOperator), (',', ',', Comma),
        ('.', '.', FullStop), (':', ';', MiddleDot), ('<', '>', MathSymbol),
        ('?', '?', DividingPunctuation), ('[', '[', OpeningBracket),
        (']', ']', ClosingBracket), ('{', '{', OpeningBracket),
        ('}', '}', ClosingBracket), ('\u{A2}', '\u{A2}', PostfixedAbbreviation), // ¢
        ('\u{A3}', '\u{A3}', PrefixedAbbreviation), // £
        ('\u{A5}', '\u{A5}', PrefixedAbbreviation), // ¥
        ('\u{AB}', '\u{AB}', OpeningBracket), // «
        ('\u{B0}', '\u{B0}', PostfixedAbbreviation), // °
        ('\u{B1}', '\u{B1}', MathOperator), // ±
        ('\u{BB}', '\u{BB}', ClosingBracket), // »
        ('\u{D7}', '\u{D7}', MathOperator), // ×
        ('\u{F7}', '\u{F7}', MathOperator), // ÷
        ('\u{2010}', '\u{2010}', Hyphen), ('\u{2013}', '\u{2013}', Hyphen),
        ('\u{2014}', '\u{2015}', Inseparable), // — ―
        ('\u{2018}', '\u{2018}', OpeningBracket), ('\u{2019}', '\u{2019}', ClosingBracket),
        ('\u{201C}', '\u{201C}', OpeningBracket), ('\u{201D}', '\u{201D}', ClosingBracket),
        ('\u{2025}', '\u{2026}', Inseparable), // ‥ …
        ('\u{2030}', '\u{2030}', PostfixedAbbreviation), // ‰
        ('\u{2032}', '\u{2033}', PostfixedAbbreviation), // ′ ″
        ('\u{203C}', '\u{203C}', DividingPunctuation), // ‼
        ('\u{2047}', '\u{2049}', DividingPunctuation), // ⁇ ⁈ ⁉
        ('\u{20AC}', '\u{20AC}', PrefixedAbbreviation), // €
        ('\u{2103}', '\u{2103}', PostfixedAbbreviation), // ℃
        ('\u{2113}', '\u{2113}', PostfixedAbbreviation), // ℓ
        ('\u{2116}', '\u{2116}', PrefixedAbbreviation), // №
        ('\u{2194}', '\u{2194}', MathSymbol), ('\u{21D2}', '\u{21D2}', MathSymbol),
        ('\u{21D4}', '\u{21D4}', MathSymbol), ('\u{2208}', '\u{2209}', MathSymbol),
        ('\u{220B}', '\u{220B}', MathSymbol),
        ('\u{2212}', '\u{2213}', MathOperator), // − ∓
        ('\u{221D}', '\u{221D}', MathSymbol), ('\u{2225}', '\u{222A}', MathSymbol),
        ('\u{223D}', '\u{223D}', MathSymbol), ('\u{2243}', '\u{2243}', MathSymbol),
        ('\u{2245}', '\u{2245}', MathSymbol), ('\u{2248}', '\u{2248}', MathSymbol),
        ('\u{2252}', '\u{2252}', MathSymbol), ('\u{2260}', '\u{2262}', MathSymbol),
        ('\u{2266}', '\u{2267}', MathSymbol), ('\u{226A}', '\u{226B}', MathSymbol),
        ('\u{2276}', '\u{2277}', MathSymbol), ('\u{2282}', '\u{2287}', MathSymbol),
        ('\u{228A}', '\u{228B}', MathSymbol), ('\u{2295}', '\u{2295}', MathSymbol),
        ('\u{2297}', '\u{2297}', MathSymbol), ('\u{22A5}', '\u{22A5}', MathSymbol),
        ('\u{22DA}', '\u{22DB}', MathSymbol), ('\u{2305}', '\u{2306}', MathSymbol),
        ('\u{2985}', '\u{2985}', OpeningBracket), // ⦅
        ('\u{2986}', '\u{2986}', ClosingBracket), // ⦆
        ('\u{3000}', '\u{3000}', IdeographicSpace),
        ('、', '、', Comma), ('。', '。', FullStop), ('々', '々', IterationMark),
        ('〈', '〈', OpeningBracket), ('〉', '〉', ClosingBracket),
        ('《', '《', OpeningBracket), ('》', '》', ClosingBracket),
        ('「', '「', OpeningBracket), ('」', '」', ClosingBracket),
        ('『', '『', OpeningBracket), ('』', '』', ClosingBracket),
        ('【', '【', OpeningBracket), ('】', '】', ClosingBracket),
        ('〔', '〔', OpeningBracket), ('〕', '〕', ClosingBracket),
        ('〖', '〖', OpeningBracket), ('〗', '〗', ClosingBracket),
        ('〘', '〘', OpeningBracket), ('〙', '〙', ClosingBracket),
        ('〜', '〜', Hyphen), ('〝', '〝', OpeningBracket), ('〞', '〟', ClosingBracket),
        ('\u{3033}', '\u{3035}', Inseparable), // 〳 〴 〵
        ('〻', '〻', IterationMark),
        ('ぁ', 'ぁ', SmallKana), ('あ', 'あ', Hiragana), ('ぃ', 'ぃ', SmallKana),
        ('い', 'い', Hiragana), ('ぅ', 'ぅ', SmallKana), ('う', 'う', Hiragana),
        ('ぇ', 'ぇ', SmallKana), ('え', 'え', Hiragana), ('ぉ', 'ぉ', SmallKana),
        ('お', 'ぢ', Hiragana), ('っ', 'っ', SmallKana), ('つ', 'も', Hiragana),
        ('ゃ', 'ゃ', SmallKana), ('や', 'や', Hiragana), ('ゅ', 'ゅ', SmallKana),
        ('ゆ', 'ゆ', Hiragana), ('ょ', 'ょ', SmallKana), ('よ', 'ろ', Hiragana),
        ('ゎ', 'ゎ', SmallKana), ('わ', 'ゔ', Hiragana),
        ('\u{3095}', '\u{3096}', SmallKana), // ゕ ゖ
        ('ゝ', 'ゞ', IterationMark), ('ゟ', 'ゟ', Hiragana),
        ('゠', '゠', Hyphen),
        ('ァ', 'ァ', SmallKana), ('ア', 'ア', Katakana), ('ィ', 'ィ', SmallKana),
        ('イ', 'イ', Katakana), ('ゥ', 'ゥ', SmallKana), ('ウ', 'ウ', Katakana),
        ('ェ', 'ェ', SmallKana), ('エ', 'エ', Katakana), ('ォ', 'ォ', SmallKana),
        ('オ', 'ヂ', Katakana), ('ッ', 'ッ', SmallKana), ('ツ', 'モ', Katakana),
        ('ャ', 'ャ', SmallKana), ('ヤ', 'ヤ', Katakana), ('ュ', 'ュ', SmallKana),
        ('ユ', 'ユ', Katakana), ('ョ', 'ョ', SmallKana), ('ヨ', 'ロ', Katakana),
        ('ヮ', 'ヮ', SmallKana), ('ワ', 'ヴ', Katakana),
        ('ヵ', 'ヶ', SmallKana), ('ヷ', 'ヺ', Katakana),
        ('・', '・', MiddleDot), ('ー', 'ー', ProlongedSoundMark),
        ('ヽ', 'ヾ', IterationMark), ('ヿ', 'ヿ', Katakana),
        ('\u{31F0}', '\u{31FF}', SmallKana), // ㇰ…ㇿ
        ('\u{3303}', '\u{3303}', PostfixedAbbreviation),
        ('\u{330D}', '\u{330D}', PostfixedAbbreviation),
        ('\u{3314}', '\u{3314}', PostfixedAbbreviation),
        ('\u{3318}', '\u{3318}', PostfixedAbbreviation),
        ('\u{3322}', '\u{3323}', PostfixedAbbreviation),
        ('\u{3326}', '\u{3327}', PostfixedAbbreviation),
        ('\u{332B}', '\u{332B}', PostfixedAbbreviation),
        ('\u{3336}', '\u{3336}', PostfixedAbbreviation),
        ('\u{333B}', '\u{333B}', PostfixedAbbreviation),
        ('\u{3349}', '\u{334A}', PostfixedAbbreviation),
        ('\u{334D}', '\u{334D}', PostfixedAbbreviation),
        ('\u{3351}', '\u{3351}', PostfixedAbbreviation),
        ('\u{3357}', '\u{3357}', PostfixedAbbreviation),
        ('\u{338E}', '\u{338F}', PostfixedAbbreviation),
        ('\u{339C}', '\u{339E}', PostfixedAbbreviation),
        ('\u{33A1}', '\u{33A1}', PostfixedAbbreviation),
        ('\u{33C4}', '\u{33C4}', PostfixedAbbreviation),
        ('\u{33CB}', '\u{33CB}', PostfixedAbbreviation),
        ('～', '～', Hyphen),
        ('｡', '｡', FullStop), ('｢', '｢', OpeningBracket), ('｣', '｣', ClosingBracket),
        ('､', '､', Comma), ('･', '･', MiddleDot),
        ('ｧ', 'ｯ', SmallKana), ('ｰ', 'ｰ', ProlongedSoundMark), ('ｱ', 'ﾝ', Katakana),
        ('￠', '￠', PostfixedAbbreviation), ('￡', '￡', PrefixedAbbreviation),
        ('￥', '￥', PrefixedAbbreviation),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(CLASSES.iter().all(|(first, last, _)| first <= last));
        assert!(CLASSES.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }

    #[test]
    fn classes_are_those_of_appendix_a() {
        let japanese = [
            (1, "（〔［｛〈《「『【〖〘⦅«‘“〝｢(["),
            (2, "）〕］｝〉》」』】〗〙⦆»’”〟｣)]"),
            (3, "‐–゠〜～"),
            (4, "！？‼⁇⁈⁉!?"),
            (5, "・：；･:;"),
            (6, "。．｡."),
            (7, "、，､,"),
            (8, "—―…‥〳〴〵"),
            (9, "々〻ゝゞヽヾ"),
            (10, "ー"),
            (11, "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇿ"),
            (12, "￥＄￡＃€№¥$£#"),
            (13, "°′″℃￠％‰㏋ℓ㌃㌍㌔㌘㌢㌣㌦㌧㌫㌶㌻㍉㍊㍍㍑㍗㎎㎏㎜㎝㎞㎡㏄%¢"),
            (14, "\u{3000}"),
            (15, "あいうえおかがはばぱよらろわをんゔゟ"),
            (16, "アイウエオカガハバパヨラロワヲンヴヷヺ"),
            (17, "＝≠＜＞≦≧∈∋⇒⇔≡∝"),
            (18, "＋−±×÷"),
            (19, "漢字〇〆〃〒①⑳㈱ⅣＡａ９αЖ□●☆♪→√∞§†※〓𠮷😀"),
        ];
        for (number, text) in japanese {
            for ch in text.chars() {
                let class = class_of(ch, Setting::Japanese);
                assert_eq!(class.number(), number, "{ch} is {class:?}");
            }
        }
        for (number, text) in
            [(26, " \u{A0}\u{2009}"), (27, "Aa0(!-αЖé%"), (14, "\u{3000}")]
        {
            for ch in text.chars() {
                assert_eq!(class_of(ch, Setting::Western).number(), number, "{ch}");
            }
        }
    }

    #[test]
    fn numbers_are_in_order() {
        for (at, class) in CharClass::ALL.iter().enumerate() {
            assert_eq!(usize::from(class.number()), at + 1);
        }
    }

    #[test]
    fn characters_of_both_scripts_go_with_their_neighbours() {
        let settings = |text: &str| -> String {
            let chars: Vec<char> = text.chars().collect();
            let at = |i: usize| chars.get(i).copied();
            let setting =
                |i: usize| setting_at(i.checked_sub(1).and_then(at), chars[i], at(i + 1));
            let mark = |i| if setting(i) == Setting::Japanese { 'J' } else { 'w' };
            (0..chars.len()).map(mark).collect()
        };
        assert_eq!(settings("漢Aé1αЖあ"), "JwwwwwJ");
        assert_eq!(settings("don’t“A”「“漢”」"), "wwwwwwwwJJJJJ");
        assert_eq!(settings("漢…漢—漢a—b3×4"), "JJJJJwwwwww");
        assert_eq!(settings("25°C30℃Ⅳ①°"), "wwwwwwJJJJ");
        assert_eq!(settings("ＡＢ１！：ｱ😀"), "JJJJJJJ");
    }
}
