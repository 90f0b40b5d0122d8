//! What a book may say of its lines, and the rules that follow.

use super::layer::settings;
use crate::line::{
    BracketAtHead, Breaking, Continuation, Em, Hanging, IterationMark, JukugoRuby,
    LineEnd, NoteMark, Parentheses, Preset, ReductionTable, RubyAlignment, RubyEdge,
    RubyOverhang, Rules, ScriptPairs, Strictness, Unlisted, VerticalSigns,
};

settings! {
    /// The settings under `line` in a book's style: a preset, and what differs from it.
    pub struct LineConfig {
        /// The set of rules to begin with.
        pub preset: Option<Preset>,
        /// How the lines of a paragraph are chosen.
        pub breaking: Option<Breaking>,
        /// Characters kept from the start and the end of a line (禁則).
        pub kinsoku: Option<Strictness>,
        /// What becomes of 々 that would start a line.
        pub iteration_mark: Option<IterationMark>,
        /// Whether a line may break between a grouped numeral and ％ or the like.
        pub break_numeral_postfix: Option<bool>,
        /// Whether a line may break between a grouped numeral and a Western letter.
        pub break_numeral_western: Option<bool>,
        /// Whether a line may break between a Western word and ％ or the like.
        pub break_western_postfix: Option<bool>,
        /// The order in which gaps give way (追い込み).
        pub reduction: Option<ReductionTable>,
        /// What is left after 」 、 。 at the end of a line.
        pub line_end: Option<LineEnd>,
        /// Where a line begins that starts with an opening bracket.
        pub bracket_at_head: Option<BracketAtHead>,
        /// Whether 、 and 。 hang where the line needs it (ぶら下げ).
        pub hanging: Option<bool>,
        /// The gap beside brackets, commas and full stops.
        pub punctuation_gap: Option<Em>,
        /// The brackets around a note in the text, （ ）〔 〕〈 〉.
        pub parentheses: Option<Parentheses>,
        /// The gap around ！ and ？ in the middle of a sentence.
        pub dividing_gap: Option<Em>,
        /// The gap after ！ and ？ at the end of a sentence where no space is typed.
        pub sentence_gap: Option<Em>,
        /// The gap between Japanese and Western characters (四分アキ).
        pub western_gap: Option<Em>,
        /// How narrow that gap becomes.
        pub western_gap_min: Option<Em>,
        /// How wide that gap becomes before all gaps widen.
        pub western_gap_max: Option<Em>,
        /// The natural word space (欧文間隔).
        pub word_space: Option<Em>,
        /// How narrow a word space becomes.
        pub word_space_min: Option<Em>,
        /// How wide a word space becomes before all gaps widen.
        pub word_space_max: Option<Em>,
        /// Whether 、 counts as a closing bracket, as in JIS X 4051.
        pub comma_is_closing: Option<bool>,
        /// What long ruby may stand over besides the blanks of punctuation.
        pub ruby_overhang: Option<RubyOverhang>,
        /// Where a reading stands that is shorter than its one character.
        pub ruby_alignment: Option<RubyAlignment>,
        /// The size of ruby, in parts of the base.
        pub ruby_size: Option<Em>,
        /// What stays free between a base and its reading, in parts of the base's em.
        pub ruby_gap: Option<Em>,
        /// The most that stays free before and after a reading that is spread, in parts of the
        /// reading's em.
        pub ruby_ends: Option<Em>,
        /// What stands at the edge of a line where ruby is longer than its base.
        pub ruby_edge: Option<RubyEdge>,
        /// Words whose characters have a reading each, one of them long (熟語ルビ).
        pub jukugo_ruby: Option<JukugoRuby>,
        /// Where the mark of a footnote stands (合印).
        pub note_mark: Option<NoteMark>,
        /// Paragraphs that begin with と after one that ends with 」.
        pub after_speech: Option<Continuation>,
        /// The first paragraph after a formula on lines of its own.
        pub after_formula: Option<Continuation>,
        /// The first paragraph after a heading.
        pub after_heading: Option<Continuation>,
        /// A subscript and a superscript that follow each other.
        pub script_pairs: Option<ScriptPairs>,
        /// Characters that JLReq does not list.
        pub unlisted: Option<Unlisted>,
        /// ° ′ ″ and arrows in vertical lines.
        pub vertical_signs: Option<VerticalSigns>,
        /// The longest number set side by side in vertical lines (縦中横).
        pub upright_digits: Option<u8>,
        /// The longest row of capitals that stands upright in vertical lines.
        pub upright_capitals: Option<u8>,
        /// The fewest characters on the last line of a paragraph.
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
