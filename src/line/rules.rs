//! Every choice that JLReq leaves open, named, with presets.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use super::choices::{
    Continuation, JukugoRuby, NoteMark, RubyAlignment, RubyEdge, ScriptPairs, Unlisted,
    VerticalSigns,
};
use super::class::{CharClass, Setting, class_of, is_listed};
use super::orientation::VerticalOptions;
use crate::geom::Length;

/// A part of an em in units of 1/240 em, so that halves, thirds, quarters, fifths and
/// eighths are whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Em(pub u16);

impl Em {
    /// Nothing (ベタ).
    pub const ZERO: Self = Self(0);
    /// An eighth of an em (八分).
    pub const EIGHTH: Self = Self(30);
    /// A fifth of an em.
    pub const FIFTH: Self = Self(48);
    /// A quarter of an em (四分).
    pub const QUARTER: Self = Self(60);
    /// A third of an em (三分).
    pub const THIRD: Self = Self(80);
    /// Half an em (二分).
    pub const HALF: Self = Self(120);
    /// An em (全角).
    pub const ONE: Self = Self(240);

    /// This part of an em of a given size, rounded down to a unit.
    pub fn of(self, em: Length) -> Length {
        Length(em.0 * i64::from(self.0) / 240)
    }
}

/// The parts of an em that an author may write.
const EMS: [(&str, Em); 9] = [
    ("0", Em::ZERO),
    ("1/8", Em::EIGHTH),
    ("1/6", Em(40)),
    ("1/5", Em::FIFTH),
    ("1/4", Em::QUARTER),
    ("1/3", Em::THIRD),
    ("1/2", Em::HALF),
    ("1", Em::ONE),
    ("3/2", Em(360)),
];

impl<'de> Deserialize<'de> for Em {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EmVisitor)
    }
}

/// Reads a part of an em: a text like `1/4`, or 0 or 1.
struct EmVisitor;

impl Visitor<'_> for EmVisitor {
    type Value = Em;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a part of an em: one of")?;
        EMS.iter().try_for_each(|(name, _)| write!(f, " `{name}`"))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Em, E> {
        let found = EMS.iter().find(|(name, _)| *name == text.trim());
        let wrong = || de::Error::invalid_value(Unexpected::Str(text), &self);
        found.map(|&(_, em)| em).ok_or_else(wrong)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Em, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Em, E> {
        self.visit_str(&number.to_string())
    }
}

impl JsonSchema for Em {
    fn schema_name() -> Cow<'static, str> {
        "Em".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words = json_schema!({ "enum": EMS.map(|(name, _)| name) });
        let whole = json_schema!({ "enum": [0, 1] });
        let description = "A part of an em.";
        json_schema!({ "description": description, "anyOf": [words, whole] })
    }
}

/// How strictly lines keep from breaking before certain characters (JLReq C.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Strictness {
    /// As in careful books: no line starts with 々, ー or a small kana either. CSS calls
    /// this `strict`.
    VeryStrict,
    /// JLReq's default: 々, ー and small kana may start a line.
    #[default]
    Strict,
    /// As in magazines: also hyphens, 〜, ・ and ％, and the second … of ……, may start a
    /// line.
    Loose,
    /// As in newspapers: only brackets, 、 and 。 are kept from the wrong end of a line.
    VeryLoose,
}

/// The order in which the gaps of a line give way, and how far (JLReq Appendix D).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReductionTable {
    /// Table 3, JLReq's default: punctuation may go down to solid.
    #[default]
    Jlreq,
    /// Table 4, the order of JIS X 4051.
    Jis,
    /// Table 5, as many books have it: brackets and commas keep a quarter of an em, and
    /// middle dots and the gap between Japanese and Western do not move.
    Books,
}

/// What is left after 」 、 。 ・ at the end of a line (JLReq 3.1.9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LineEnd {
    /// Half an em (a quarter after a middle dot) where the line has room, else nothing:
    /// JLReq's default.
    #[default]
    Keep,
    /// Half an em after 。, nothing after the others: JIS X 4051.
    FullStop,
    /// Nothing.
    Solid,
}

/// Where a line that starts with an opening bracket begins (JLReq 3.1.5), told for a
/// paragraph indent of one em.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BracketAtHead {
    /// First line one em, other lines flush (天付き).
    #[default]
    Flush,
    /// First line one em and a half, other lines half an em.
    HalfKept,
    /// First line half an em, other lines flush, as novels full of dialogue have it.
    HalfIndent,
}

/// Whether 。 and 、 may hang outside the line (ぶら下げ, JLReq 3.8.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Hanging {
    /// Never.
    #[default]
    Never,
    /// Where the mark would otherwise not stand on the line.
    WhenNeeded,
}

/// How the lines of a paragraph are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Breaking {
    /// Line by line: as much as fits, pushed in where it can be, else pushed out (JLReq
    /// 3.8.2).
    #[default]
    FirstFit,
    /// All lines of the paragraph together, so that the adjustments of the same stages are
    /// least in sum: a line that would be loose takes room from the lines before it.
    Optimum,
}

/// The characters that ruby longer than its base may overhang (JLReq 3.3.8), by one em of
/// the ruby. It may always overhang the blanks of punctuation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RubyOverhang {
    /// Kana, small kana and ー.
    #[default]
    Kana,
    /// Hiragana, small kana and ー, not katakana: JIS X 4051, in which katakana are in one
    /// class with kanji.
    Hiragana,
    /// No kana.
    Marks,
}

/// The brackets around a note in the text, （ ）〔 〕〈 〉 (JLReq 3.1.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Parentheses {
    /// As all brackets: half an em outside.
    #[default]
    Spaced,
    /// Solid outside too.
    Solid,
}

/// What becomes of 々 that would start a line (JLReq C.2, note 14).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IterationMark {
    /// The strictness decides whether it may stand there.
    #[default]
    ByStrictness,
    /// It may, and is drawn as the kanji before it: 国／々 becomes 国／国.
    Replace,
}

/// The choices of line composition that JLReq leaves open.
///
/// The default is JLReq's own default for each; [`Preset`] names sets of choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How lines are chosen.
    pub breaking: Breaking,
    /// Characters kept from the start and the end of a line.
    pub strictness: Strictness,
    /// 々 at the head of a line.
    pub iteration_mark: IterationMark,
    /// Whether a line may break between a grouped numeral and ％ or the like (cl-24 →
    /// cl-13, JLReq C.2 note 9).
    pub break_numeral_postfix: bool,
    /// Whether a line may break between a grouped numeral and a Western letter (cl-24 →
    /// cl-27, note 10); otherwise they are solid.
    pub break_numeral_western: bool,
    /// Whether a line may break between a Western word and ％ or the like (cl-27 → cl-13,
    /// note 11). After a digit it never may.
    pub break_western_postfix: bool,
    /// The order of reduction.
    pub reduction: ReductionTable,
    /// The gap at the end of a line.
    pub line_end: LineEnd,
    /// Opening brackets at the head of a line.
    pub bracket_at_head: BracketAtHead,
    /// Hanging punctuation.
    pub hanging: Hanging,
    /// The gap that goes with brackets, commas and full stops: half an em in text, less
    /// in large headings (JLReq 4.1.1).
    pub punctuation_gap: Em,
    /// The brackets around a note in the text.
    pub parentheses: Parentheses,
    /// The gap on both sides of ！ and ？ in the middle of a sentence: nothing or a quarter
    /// of an em (JLReq 3.1.6). Before U+3000, brackets, other marks and the end of the line
    /// a sentence ends, and there is none.
    pub dividing_gap: Em,
    /// The gap after ！ and ？ at the end of a sentence where the author has typed none:
    /// nothing, for who types U+3000, or an em (JLReq 3.1.6). Every ！ and ？ that no mark,
    /// closing bracket or space follows is taken for such an end.
    pub sentence_gap: Em,
    /// The gap between Japanese and Western characters (和欧文間の四分アキ).
    pub western_gap: Em,
    /// How far reduction narrows that gap; Table 5 ([`ReductionTable::Books`]) does not.
    pub western_gap_min: Em,
    /// How far expansion widens that gap before all gaps widen: half or a third of an em;
    /// [`Rules::western_gap`] itself keeps it fixed.
    pub western_gap_max: Em,
    /// The natural word space.
    pub word_space: Em,
    /// How far reduction narrows a word space: a quarter or a fifth of an em.
    pub word_space_min: Em,
    /// How far expansion widens a word space before all gaps widen.
    pub word_space_max: Em,
    /// Whether a comma counts among the closing brackets, as in JIS X 4051 (、→・ is then
    /// a quarter, and 、→U+3000 nothing).
    pub comma_is_closing: bool,
    /// What ruby may overhang.
    pub ruby_overhang: RubyOverhang,
    /// Where a short reading of one character stands.
    pub ruby_alignment: RubyAlignment,
    /// The size of ruby, in parts of the base: a half, or a third (JLReq 3.3.3).
    pub ruby_size: Em,
    /// What stays free between a base and its reading, in parts of the base's em.
    pub ruby_gap: Em,
    /// The most that stays free before and after a group reading that is spread, in parts
    /// of the reading's em: one, or one and a half (JLReq 3.3.6).
    pub ruby_ends: Em,
    /// Ruby at the edges of a line.
    pub ruby_edge: RubyEdge,
    /// Words whose characters have a reading each.
    pub jukugo_ruby: JukugoRuby,
    /// Marks of notes.
    pub note_mark: NoteMark,
    /// Paragraphs that go on after speech.
    pub after_speech: Continuation,
    /// Paragraphs after a formula on lines of its own.
    pub after_formula: Continuation,
    /// Paragraphs after a heading.
    pub after_heading: Continuation,
    /// A subscript and a superscript that follow each other.
    pub script_pairs: ScriptPairs,
    /// Characters that no class lists.
    pub unlisted: Unlisted,
    /// ° ′ ″ and arrows in vertical lines.
    pub vertical_signs: VerticalSigns,
    /// The longest number set side by side in vertical lines (縦中横, JLReq 3.2.5); longer
    /// ones stand one digit below the other.
    pub upright_digits: usize,
    /// The longest row of capitals that stands upright in vertical lines, one below the
    /// other; longer ones lie on their side.
    pub upright_capitals: usize,
    /// The fewest characters, punctuation apart, on the last line of a paragraph (JLReq
    /// 3.5.4); 0 or 1 for no such care.
    pub last_line_min: usize,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            breaking: Breaking::FirstFit,
            strictness: Strictness::Strict,
            iteration_mark: IterationMark::ByStrictness,
            break_numeral_postfix: false,
            break_numeral_western: false,
            break_western_postfix: true,
            reduction: ReductionTable::Jlreq,
            line_end: LineEnd::Keep,
            bracket_at_head: BracketAtHead::Flush,
            hanging: Hanging::Never,
            punctuation_gap: Em::HALF,
            parentheses: Parentheses::Spaced,
            dividing_gap: Em::ZERO,
            sentence_gap: Em::ZERO,
            western_gap: Em::QUARTER,
            western_gap_min: Em::EIGHTH,
            western_gap_max: Em::HALF,
            word_space: Em::THIRD,
            word_space_min: Em::QUARTER,
            word_space_max: Em::HALF,
            comma_is_closing: false,
            ruby_overhang: RubyOverhang::Kana,
            ruby_alignment: RubyAlignment::Center,
            ruby_size: Em::HALF,
            ruby_gap: Em::ZERO,
            ruby_ends: Em::ONE,
            ruby_edge: RubyEdge::Ruby,
            jukugo_ruby: JukugoRuby::Overhang,
            note_mark: NoteMark::Inline,
            after_speech: Continuation::Indent,
            after_formula: Continuation::Indent,
            after_heading: Continuation::Indent,
            script_pairs: ScriptPairs::InOrder,
            unlisted: Unlisted::Category,
            vertical_signs: VerticalSigns::Sideways,
            upright_digits: 2,
            upright_capitals: 1,
            last_line_min: 0,
        }
    }
}

/// A named set of choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(rename = "LinePreset")]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// JLReq's defaults.
    Jlreq,
    /// JIS X 4051: no 々 ー or small kana at the line head, its own order of reduction, half
    /// an em only after 。 at the line end.
    Jis,
    /// Careful books: as strict as can be, and punctuation that keeps its rhythm. The
    /// program's default.
    #[default]
    Books,
    /// As books, with hanging punctuation and dialogue indented by half an em.
    Novel,
    /// Short lines: loose breaking and all that Table 3 gives.
    Magazine,
}

impl Preset {
    /// The rules of the preset.
    pub fn rules(self) -> Rules {
        let default = Rules::default();
        let books = Rules {
            strictness: Strictness::VeryStrict,
            reduction: ReductionTable::Books,
            western_gap_max: Em::QUARTER,
            last_line_min: 2,
            ..default.clone()
        };
        match self {
            Self::Jlreq => default,
            Self::Jis => Rules {
                strictness: Strictness::VeryStrict,
                reduction: ReductionTable::Jis,
                line_end: LineEnd::FullStop,
                comma_is_closing: true,
                ruby_overhang: RubyOverhang::Hiragana,
                jukugo_ruby: JukugoRuby::Group,
                ..default
            },
            Self::Books => books,
            Self::Novel => Rules {
                hanging: Hanging::WhenNeeded,
                bracket_at_head: BracketAtHead::HalfIndent,
                ..books
            },
            Self::Magazine => Rules { strictness: Strictness::Loose, ..default },
        }
    }
}

impl Rules {
    /// The class of a character under these rules: as [`class_of`], but a character that
    /// may start a line belongs to the class of the full characters of its kind in every
    /// table (JLReq C.3): 々 to cl-19, ー to cl-16, small kana to cl-15 and cl-16.
    pub fn class_of(&self, ch: char, setting: Setting) -> CharClass {
        let class = class_of(ch, setting);
        if self.unlisted == Unlisted::Ideographic
            && setting == Setting::Japanese
            && !is_listed(ch)
        {
            return CharClass::Ideographic;
        }
        match class {
            CharClass::IterationMark if self.may_start_with_iteration(ch) => {
                CharClass::Ideographic
            }
            CharClass::ProlongedSoundMark
                if self.strictness != Strictness::VeryStrict =>
            {
                CharClass::Katakana
            }
            CharClass::SmallKana if self.strictness != Strictness::VeryStrict => {
                if ch < '\u{30A0}' { CharClass::Hiragana } else { CharClass::Katakana }
            }
            class => class,
        }
    }

    /// What stands upright of itself in vertical lines.
    pub fn vertical(&self) -> VerticalOptions {
        VerticalOptions {
            digits: self.upright_digits,
            capitals: self.upright_capitals,
        }
    }

    fn may_start_with_iteration(&self, ch: char) -> bool {
        let any = self.strictness == Strictness::VeryLoose;
        let kanji = self.strictness != Strictness::VeryStrict
            || self.iteration_mark == IterationMark::Replace;
        any || kanji && ch == '々'
    }
}
