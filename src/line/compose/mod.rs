//! Sets the boxes of a paragraph into lines (JLReq 3.8).

mod adjust;
mod fit;
mod optimum;
mod prepare;

use std::ops::Range;

use super::class::{CharClass, class_of, setting};
use super::rules::{Breaking, IterationMark, Rules};
use crate::geom::Length;

/// A box of a paragraph: a character, a part of a Western word or a complex.
///
/// Parts of a word are items of their own where the word may be divided: at
/// [`Joint::Break`], and in need, where the word alone is wider than the measure, between
/// any two. One box is never divided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is; see [`Rules::class_of`].
    pub class: CharClass,
    /// The size of its characters.
    pub em: Length,
    /// Its own length along the line; half an em for brackets, middle dots, full stops and
    /// commas ([`CharClass::solid_advance`]), the natural width for a word space.
    pub advance: Length,
    /// How it meets the item before it.
    pub joint: Joint,
    /// What must stay free before it.
    pub before: Clearance,
    /// What must stay free after it.
    pub after: Clearance,
    /// Whether it is 々, which may be drawn as the kanji before it at the head of a line
    /// ([`super::IterationMark::Replace`]).
    pub iterates: bool,
}

impl Item {
    /// An item of a class, a size and an advance, with nothing else about it.
    pub fn new(class: CharClass, em: Length, advance: Length) -> Self {
        let clear = Clearance::default();
        Self {
            class,
            em,
            advance,
            joint: Joint::Class,
            before: clear,
            after: clear,
            iterates: false,
        }
    }

    /// A character on the em square, with the advance of its class.
    pub fn japanese(ch: char, em: Length) -> Self {
        let class = class_of(ch, setting(ch));
        let iterates = ch == '々';
        Self {
            iterates,
            ..Self::new(class, em, class.solid_advance().of(em))
        }
    }
}

/// How an item meets the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Joint {
    /// As the two classes say.
    #[default]
    Class,
    /// As the two classes say, but the line does not break here.
    Keep,
    /// As the two classes say, but the line may break here, and then ends with a hyphen of
    /// this length, or with nothing where it is 0.
    Break {
        /// The length of the hyphen.
        hyphen: Length,
    },
    /// One piece with the one before: no gap, no break, no adjustment.
    Solid,
    /// No gap and no adjustment, but the line may break here, as between the characters of
    /// a jukugo-ruby complex (cl-23).
    Splittable,
    /// The line breaks here.
    Forced,
}

/// What must stay free beside an item, as for ruby longer than its base.
///
/// Beside a neighbour, the two items' clearances and the gap of their classes share the
/// same room: the larger of the two counts, also after reduction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clearance {
    /// Beside a neighbour.
    pub inner: Length,
    /// At the start or the end of a line.
    pub edge: Length,
}

/// The room that a paragraph is set in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The length of a line, indents included (字詰め方向の行長).
    pub length: Length,
    /// What stays free before the first line (段落字下げ).
    pub first_indent: Length,
    /// What stays free before every other line.
    pub indent: Length,
    /// What stays free before the first lines besides, as beside a cut-in heading.
    pub beside: Beside,
    /// Where the boxes of a line stand.
    pub alignment: Alignment,
}

/// Room at the start of the first lines of a paragraph that something else takes, as a
/// cut-in heading (窓見出し).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// How many lines.
    pub lines: usize,
    /// How much of each.
    pub indent: Length,
}

impl Measure {
    /// Justified lines of a length, without indent.
    pub fn new(length: Length) -> Self {
        let zero = Length::ZERO;
        Self {
            length,
            first_indent: zero,
            indent: zero,
            beside: Beside::default(),
            alignment: Alignment::Justify,
        }
    }
}

/// Where the boxes of a line stand (JLReq 3.5.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// From the start to the end of the measure; the last line from the start.
    #[default]
    Justify,
    /// At the start, without adjustment (行頭そろえ).
    Start,
    /// In the middle (中央そろえ).
    Center,
    /// At the end (行末そろえ).
    End,
    /// Spread evenly from the start to the end, the last line too (均等割り, 字取り).
    Even,
}

/// A paragraph set into lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Composed {
    /// The lines in order.
    pub lines: Vec<Line>,
    /// For each item, the start of its solid box, from the start of the measure along its
    /// line. A space that vanished at a line's edge has the position of that edge.
    pub positions: Vec<Length>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The items on the line; spaces that vanished at its ends belong to no line.
    pub items: Range<usize>,
    /// From the start of the measure to the end of the last box and what must stay free
    /// after it: the measure's length for a full line. A mark that hangs is left out.
    pub width: Length,
    /// How far the last mark hangs outside the measure, 0 if it does not.
    pub hang: Length,
    /// The hyphen at the end, which stands right after the last item; 0 if there is none.
    pub hyphen: Length,
    /// Whether it begins with 々 that is to be drawn as the kanji before it (JLReq C.2,
    /// note 14).
    pub repeats: bool,
    /// Why the line ends.
    pub ending: LineEnding,
    /// What was reduced and expanded.
    pub adjustment: Adjustment,
}

impl Line {
    /// How far the line runs over the measure; 0 for a line that fits.
    pub fn overfull(&self, measure: &Measure) -> Length {
        (self.width - measure.length).max(Length::ZERO)
    }
}

/// Why a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineEnding {
    /// The measure is full.
    Wrapped,
    /// The measure is full, and the rules allow no break that would fit: the line breaks
    /// where they forbid it, or runs over the measure.
    Emergency,
    /// The next item forces it.
    Forced,
    /// The paragraph ends.
    Last,
}

/// How far the gaps of a line were reduced and expanded, by stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Adjustment {
    /// What each [`super::ReductionStage`] took away, in order.
    pub reduced: [Length; 6],
    /// What each [`super::ExpansionStage`] added, in order.
    pub expanded: [Length; 4],
}

/// Sets items into lines, each pushed in by reducing what can be reduced, or else pushed
/// out by expanding (JLReq 3.8.2). [`Rules::breaking`] chooses the lines.
///
/// Full lines of a justified paragraph are exactly as long as the measure, to the unit.
/// Where a stage shares an amount among gaps that do not divide it, the earlier gaps
/// are rounded down and the later ones make up for it. No input fails: a box wider than
/// the measure has a line of its own.
pub fn compose(items: &[Item], measure: &Measure, rules: &Rules) -> Composed {
    let row = prepare::prepare(items, rules);
    let fits = match (rules.breaking, measure.alignment) {
        (Breaking::Optimum, Alignment::Justify) if measure.beside.lines == 0 => {
            optimum::lines(&row, measure, rules)
        }
        (Breaking::Optimum | Breaking::FirstFit, _) => {
            fit::first_fit(&row, measure, rules)
        }
    };
    let mut positions = vec![Length::ZERO; row.boxes.len()];
    let mut lines = Vec::with_capacity(fits.len());
    for fit in &fits {
        let mut line = adjust::place(&row, fit, measure, rules, &mut positions);
        line.repeats = rules.iteration_mark == IterationMark::Replace
            && fit.broke_before(&row)
            && items.get(line.items.start).is_some_and(|item| item.iterates);
        lines.push(line);
    }
    Composed { lines, positions }
}
