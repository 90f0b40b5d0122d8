//! What a book may say of its lines, and the rules that follow.

use serde::Deserialize;

use crate::line::{
    BracketAtHead, Breaking, Em, Hanging, IterationMark, LineEnd, Parentheses, Preset,
    ReductionTable, RubyOverhang, Rules, Strictness,
};

/// The settings under `line` in a book's style: a preset, and what differs from it. Each
/// key but the first is a field of [`Rules`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct LineConfig {
    /// The set of rules to begin with.
    pub preset: Option<Preset>,
    /// [`Rules::breaking`].
    pub breaking: Option<Breaking>,
    /// [`Rules::strictness`].
    pub kinsoku: Option<Strictness>,
    /// [`Rules::iteration_mark`].
    pub iteration_mark: Option<IterationMark>,
    /// [`Rules::break_numeral_postfix`].
    pub break_numeral_postfix: Option<bool>,
    /// [`Rules::break_numeral_western`].
    pub break_numeral_western: Option<bool>,
    /// [`Rules::break_western_postfix`].
    pub break_western_postfix: Option<bool>,
    /// [`Rules::reduction`].
    pub reduction: Option<ReductionTable>,
    /// [`Rules::line_end`].
    pub line_end: Option<LineEnd>,
    /// [`Rules::bracket_at_head`].
    pub bracket_at_head: Option<BracketAtHead>,
    /// [`Rules::hanging`]: whether marks hang where a line needs it.
    pub hanging: Option<bool>,
    /// [`Rules::punctuation_gap`].
    pub punctuation_gap: Option<Em>,
    /// [`Rules::parentheses`].
    pub parentheses: Option<Parentheses>,
    /// [`Rules::dividing_gap`].
    pub dividing_gap: Option<Em>,
    /// [`Rules::western_gap`].
    pub western_gap: Option<Em>,
    /// [`Rules::western_gap_min`].
    pub western_gap_min: Option<Em>,
    /// [`Rules::western_gap_max`].
    pub western_gap_max: Option<Em>,
    /// [`Rules::word_space`].
    pub word_space: Option<Em>,
    /// [`Rules::word_space_min`].
    pub word_space_min: Option<Em>,
    /// [`Rules::word_space_max`].
    pub word_space_max: Option<Em>,
    /// [`Rules::comma_is_closing`].
    pub comma_is_closing: Option<bool>,
    /// [`Rules::ruby_overhang`].
    pub ruby_overhang: Option<RubyOverhang>,
    /// [`Rules::last_line_min`].
    pub last_line_min: Option<u8>,
}

impl LineConfig {
    /// The rules of the preset with what is given in place of its own.
    pub fn rules(&self) -> Rules {
        let rules = self.preset.unwrap_or_default().rules();
        Rules {
            breaking: self.breaking.unwrap_or(rules.breaking),
            strictness: self.kinsoku.unwrap_or(rules.strictness),
            iteration_mark: self.iteration_mark.unwrap_or(rules.iteration_mark),
            break_numeral_postfix: self
                .break_numeral_postfix
                .unwrap_or(rules.break_numeral_postfix),
            break_numeral_western: self
                .break_numeral_western
                .unwrap_or(rules.break_numeral_western),
            break_western_postfix: self
                .break_western_postfix
                .unwrap_or(rules.break_western_postfix),
            reduction: self.reduction.unwrap_or(rules.reduction),
            line_end: self.line_end.unwrap_or(rules.line_end),
            bracket_at_head: self.bracket_at_head.unwrap_or(rules.bracket_at_head),
            hanging: match self.hanging {
                Some(true) => Hanging::WhenNeeded,
                Some(false) => Hanging::Never,
                None => rules.hanging,
            },
            punctuation_gap: self.punctuation_gap.unwrap_or(rules.punctuation_gap),
            parentheses: self.parentheses.unwrap_or(rules.parentheses),
            dividing_gap: self.dividing_gap.unwrap_or(rules.dividing_gap),
            western_gap: self.western_gap.unwrap_or(rules.western_gap),
            western_gap_min: self.western_gap_min.unwrap_or(rules.western_gap_min),
            western_gap_max: self.western_gap_max.unwrap_or(rules.western_gap_max),
            word_space: self.word_space.unwrap_or(rules.word_space),
            word_space_min: self.word_space_min.unwrap_or(rules.word_space_min),
            word_space_max: self.word_space_max.unwrap_or(rules.word_space_max),
            comma_is_closing: self.comma_is_closing.unwrap_or(rules.comma_is_closing),
            ruby_overhang: self.ruby_overhang.unwrap_or(rules.ruby_overhang),
            last_line_min: self.last_line_min.map_or(rules.last_line_min, usize::from),
        }
    }
}
