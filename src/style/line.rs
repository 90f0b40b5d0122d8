//! What a book may say of its lines, and the rules that follow.

use super::layer::settings;
use crate::line::{
    BracketAtHead, Breaking, Continuation, Em, Hanging, IterationMark, JukugoRuby,
    LineEnd, NoteMark, Parentheses, Preset, ReductionTable, RubyAlignment, RubyEdge,
    RubyOverhang, Rules, ScriptPairs, Strictness, Unlisted, VerticalSigns,
};

settings! {
    /// The settings under `line` in a book's style: a preset, and what differs from it. Each
    /// key but the first is a field of [`Rules`].
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
        /// [`Rules::sentence_gap`].
        pub sentence_gap: Option<Em>,
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
        /// [`Rules::ruby_alignment`].
        pub ruby_alignment: Option<RubyAlignment>,
        /// [`Rules::ruby_size`].
        pub ruby_size: Option<Em>,
        /// [`Rules::ruby_gap`].
        pub ruby_gap: Option<Em>,
        /// [`Rules::ruby_ends`].
        pub ruby_ends: Option<Em>,
        /// [`Rules::ruby_edge`].
        pub ruby_edge: Option<RubyEdge>,
        /// [`Rules::jukugo_ruby`].
        pub jukugo_ruby: Option<JukugoRuby>,
        /// [`Rules::note_mark`].
        pub note_mark: Option<NoteMark>,
        /// [`Rules::after_speech`].
        pub after_speech: Option<Continuation>,
        /// [`Rules::after_formula`].
        pub after_formula: Option<Continuation>,
        /// [`Rules::after_heading`].
        pub after_heading: Option<Continuation>,
        /// [`Rules::script_pairs`].
        pub script_pairs: Option<ScriptPairs>,
        /// [`Rules::unlisted`].
        pub unlisted: Option<Unlisted>,
        /// [`Rules::vertical_signs`].
        pub vertical_signs: Option<VerticalSigns>,
        /// [`Rules::upright_digits`].
        pub upright_digits: Option<u8>,
        /// [`Rules::upright_capitals`].
        pub upright_capitals: Option<u8>,
        /// [`Rules::last_line_min`].
        pub last_line_min: Option<u8>,
    }
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
            sentence_gap: self.sentence_gap.unwrap_or(rules.sentence_gap),
            western_gap: self.western_gap.unwrap_or(rules.western_gap),
            western_gap_min: self.western_gap_min.unwrap_or(rules.western_gap_min),
            western_gap_max: self.western_gap_max.unwrap_or(rules.western_gap_max),
            word_space: self.word_space.unwrap_or(rules.word_space),
            word_space_min: self.word_space_min.unwrap_or(rules.word_space_min),
            word_space_max: self.word_space_max.unwrap_or(rules.word_space_max),
            comma_is_closing: self.comma_is_closing.unwrap_or(rules.comma_is_closing),
            ruby_overhang: self.ruby_overhang.unwrap_or(rules.ruby_overhang),
            ruby_alignment: self.ruby_alignment.unwrap_or(rules.ruby_alignment),
            ruby_size: self.ruby_size.unwrap_or(rules.ruby_size),
            ruby_gap: self.ruby_gap.unwrap_or(rules.ruby_gap),
            ruby_ends: self.ruby_ends.unwrap_or(rules.ruby_ends),
            ruby_edge: self.ruby_edge.unwrap_or(rules.ruby_edge),
            jukugo_ruby: self.jukugo_ruby.unwrap_or(rules.jukugo_ruby),
            note_mark: self.note_mark.unwrap_or(rules.note_mark),
            after_speech: self.after_speech.unwrap_or(rules.after_speech),
            after_formula: self.after_formula.unwrap_or(rules.after_formula),
            after_heading: self.after_heading.unwrap_or(rules.after_heading),
            script_pairs: self.script_pairs.unwrap_or(rules.script_pairs),
            unlisted: self.unlisted.unwrap_or(rules.unlisted),
            vertical_signs: self.vertical_signs.unwrap_or(rules.vertical_signs),
            upright_digits: self.upright_digits.map_or(rules.upright_digits, usize::from),
            upright_capitals: self
                .upright_capitals
                .map_or(rules.upright_capitals, usize::from),
            last_line_min: self.last_line_min.map_or(rules.last_line_min, usize::from),
        }
    }
}
