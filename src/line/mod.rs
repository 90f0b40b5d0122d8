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

mod choices;
mod class;
mod compose;
mod kinsoku;
mod orientation;
mod rules;
mod spacing;
mod western;

pub use choices::{
    AfterSpeech, JukugoRuby, NoteMark, RubyAlignment, RubyEdge, Unlisted, VerticalSigns,
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
