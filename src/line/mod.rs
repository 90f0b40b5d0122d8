//! The Japanese line: JLReq's rules over boxes, without fonts, in integers.
//!
//! A paragraph is a row of [`Item`]s: boxes with a class, a size and an advance. The
//! classes say what stands between two boxes ([`gap`]), whether a line may break there
//! ([`break_between`]) and how far the gap gives way ([`reduction`], [`expansion`]);
//! [`compose()`] sets the row into lines of a [`Measure`]. Every choice that JLReq leaves
//! open is a field of [`Rules`].
//!
//! ```
//! use seihon::geom::Length;
//! use seihon::line::{Item, Measure, Rules, Setting, class_of, compose};
//!
//! let em = Length::Q * 12;
//! let items: Vec<Item> =
//!     "漢漢漢漢、漢".chars().map(|ch| Item::japanese(ch, em)).collect();
//! let set = compose(&items, &Measure::new(em * 5), &Rules::default());
//! assert_eq!(set.lines[0].items, 0..5);
//! assert_eq!(set.positions[4], em * 4);
//! ```
//!
//! Each [`Line`] tells what was done to it, stage by stage, and what hangs:
//!
//! ```
//! # use seihon::geom::Length;
//! # use seihon::line::*;
//! let em = Length::Q * 12;
//! let set = |text: &str, rules: &Rules| {
//!     let items: Vec<Item> = text.chars().map(|ch| Item::japanese(ch, em)).collect();
//!     compose(&items, &Measure::new(em * 5), rules).lines.swap_remove(0)
//! };
//! // Half an em before 「 and half an em after 」 (JLReq Table 1) are taken away at the stage
//! // of brackets (Table 3), so that six ems stand in five.
//! let rules = Rules { line_end: LineEnd::Solid, ..Rules::default() };
//! let line = set("漢「漢」漢漢", &rules);
//! assert_eq!(line.adjustment.reduced[ReductionStage::Bracket as usize], em);
//! // Four kanji are spread over five (Table 6): a third of an em between each.
//! let line = set("漢漢漢漢「漢漢」", &rules);
//! assert_eq!(line.adjustment.expanded.iter().copied().sum::<Length>(), em);
//! // A comma hangs rather than begin the next line (3.8.2).
//! let line = set("漢漢漢漢漢、漢", &Preset::Novel.rules());
//! assert_eq!(line.hang, em / 2);
//! ```

mod choices;
mod class;
mod compose;
mod kinsoku;
mod orientation;
mod rules;
mod spacing;
mod western;

pub use choices::{
    Continuation, JukugoRuby, NoteMark, RubyAlignment, RubyEdge, ScriptPairs, Unlisted,
    VerticalSigns,
};
pub use class::{
    CharClass, Setting, Trim, class_of, full_width, setting, setting_at, trim,
};
pub use compose::{
    Adjustment, Alignment, Beside, Clearance, Composed, Item, Joint, Line, LineEnding,
    Measure, compose,
};
pub use kinsoku::{break_between, joins_number, joint};
pub use orientation::{
    Orientation, UprightRun, UprightWay, VerticalOptions, orientation, upright_runs,
};
pub use rules::{
    BracketAtHead, Breaking, Em, Hanging, IterationMark, LineEnd, Parentheses, Preset,
    ReductionTable, RubyOverhang, Rules, Strictness,
};
pub use spacing::{
    EndGap, Expansion, ExpansionStage, Gap, Reduction, ReductionStage, Shrink, end_gap,
    expansion, gap, reduction,
};
pub use western::{address_breaks, hyphen_breaks, latin_breaks};
