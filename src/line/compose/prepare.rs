//! What every pair of neighbours of a paragraph allows, looked up once.

use super::{Item, Joint};
use crate::geom::Length;
use crate::line::class::{CharClass, ClassSet};
use crate::line::kinsoku::break_between;
use crate::line::rules::{Em, Rules, Strictness};
use crate::line::spacing::{
    self, Expansion, ExpansionStage, Gap, Reduction, ReductionStage, Shrink,
};

/// Lengths above this, some 6 km, are cut down to it, so that no sum runs over.
const HUGE: Length = Length(1 << 40);

/// The boxes of a paragraph with what stands between them.
pub(super) struct Row {
    /// The boxes in order.
    pub(super) boxes: Vec<Cell>,
}

/// A box and its joint with the box before.
pub(super) struct Cell {
    pub(super) class: CharClass,
    pub(super) em: Length,
    pub(super) advance: Length,
    /// What must stay free at the start of a line.
    pub(super) head: Length,
    /// What must stay free at the end of a line.
    pub(super) tail: Length,
    /// Whether it vanishes at the ends of a line.
    pub(super) vanishes: bool,
    /// The natural gap before it.
    pub(super) gap: Length,
    /// Whether a line may break before it.
    pub(super) breaks: Break,
    /// The hyphen that a break before it leaves on the line above.
    pub(super) hyphen: Length,
    /// What may be taken from the gap before it: up to two parts.
    pub(super) shrinks: [Site<ReductionStage>; 2],
    /// What may be added to the gap before it.
    pub(super) stretch: Option<Site<ExpansionStage>>,
    /// Where it would stand on one endless line.
    pub(super) position: Length,
    /// What may be taken away on an endless line up to the start of the box.
    pub(super) slack: Length,
}

/// A gap that takes part in a stage.
#[derive(Clone, Copy)]
pub(super) struct Site<Stage> {
    /// The first stage that moves it.
    pub(super) stage: Stage,
    /// The most that the stage moves it.
    pub(super) limit: Length,
    /// Its weight: the size of its characters.
    pub(super) weight: Length,
}

/// Whether a line may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// Not even in need.
    Never,
    /// In need, where nothing else fits.
    Need,
    /// In need, and under the loosest rules at any time.
    Lax,
    /// As the next, but inside a pair, where nothing on the line can be widened.
    Half,
    /// Where the line would else be too loose: between the pairs of a long row of dashes or
    /// leaders, of which two make a mark.
    Pair,
    /// Yes.
    Allowed,
    /// It must.
    Forced,
}

/// Looks up the joints of a paragraph and sums up its natural length.
pub(super) fn prepare(items: &[Item], rules: &Rules) -> Row {
    let mut boxes: Vec<Cell> = Vec::with_capacity(items.len());
    let mut pairs = Pairs::new(rules);
    for (at, item) in items.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|i| items.get(i));
        let mut cell = cell(item, before, &mut pairs);
        if rules.dividing_gap > Em::ZERO && parts_sentence(items, at) {
            cell.gap = cell.gap.max(rules.dividing_gap.of(cell.em));
        }
        if rules.sentence_gap > Em::ZERO && ends_sentence(items, at) {
            cell.gap = cell.gap.max(rules.sentence_gap.of(items[at - 1].em));
        }
        if let Some(before) = boxes.last() {
            cell.position = before.position + before.advance + cell.gap;
            cell.slack = before.slack + before_slack(before, rules);
            cell.slack += cell.shrinks[0].limit + cell.shrinks[1].limit;
        }
        boxes.push(cell);
    }
    across_spaces(&mut boxes, items, rules);
    between_pairs(&mut boxes, items);
    Row { boxes }
}

/// What the classes of two neighbours say (JLReq Tables 1 to 6).
#[derive(Clone, Copy)]
struct Pair {
    gap: Gap,
    reduction: Reduction,
    expansion: Option<Expansion>,
    breaks: Break,
}

impl Pair {
    fn of(before: CharClass, after: CharClass, rules: &Rules) -> Self {
        let lax = || {
            let loosest = Rules { strictness: Strictness::VeryLoose, ..rules.clone() };
            break_between(before, after, &loosest)
        };
        Self {
            gap: spacing::gap(before, after, rules),
            reduction: spacing::reduction(before, after, rules),
            expansion: spacing::expansion(before, after, rules),
            breaks: match break_between(before, after, rules) {
                true => Break::Allowed,
                false if lax() => Break::Lax,
                false => Break::Need,
            },
        }
    }
}

/// The pairs of classes that a paragraph has, each looked up once: it has few.
struct Pairs<'a> {
    rules: &'a Rules,
    /// For each two classes the place of the pair in `known`, from 1; 0 where it is not
    /// there yet.
    places: [u16; CLASSES * CLASSES],
    known: Vec<Pair>,
}

/// More than any class has for a number.
const CLASSES: usize = 32;

impl<'a> Pairs<'a> {
    fn new(rules: &'a Rules) -> Self {
        Self {
            rules,
            places: [0; CLASSES * CLASSES],
            known: Vec::new(),
        }
    }

    fn get(&mut self, before: CharClass, after: CharClass) -> Pair {
        let number = |class: CharClass| usize::from(class.number());
        let place = &mut self.places[number(before) * CLASSES + number(after)];
        if *place == 0 {
            self.known.push(Pair::of(before, after, self.rules));
            *place = self.known.len() as u16;
        }
        self.known[usize::from(*place) - 1]
    }
}

/// What ends a sentence after ！ and ？, and what stands solid against them.
const AFTER_SENTENCE: ClassSet = ClassSet::of(&[1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 26, 29]);

/// Whether the joint before a box is one of the two around ！ or ？, or a row of them, in
/// the middle of a sentence (JLReq 3.1.6).
fn parts_sentence(items: &[Item], at: usize) -> bool {
    let divides = |item: &&Item| item.class == CharClass::DividingPunctuation;
    let (before, from) = items.split_at(at);
    let Some(last) = before.last() else { return false };
    if matches!(from[0].joint, Joint::Solid | Joint::Splittable | Joint::Forced)
        || divides(&last) == divides(&&from[0])
        || AFTER_SENTENCE.has(last.class) && !divides(&last)
    {
        return false;
    }
    let next = from.iter().find(|item| !divides(item));
    next.is_some_and(|next| {
        next.joint != Joint::Forced && !AFTER_SENTENCE.has(next.class)
    })
}

/// Whether the joint before a box is the one after ！ or ？ that ends a sentence (JLReq 3.1.6).
fn ends_sentence(items: &[Item], at: usize) -> bool {
    let (before, from) = items.split_at(at);
    let opens = from[0].class == CharClass::OpeningBracket;
    before
        .last()
        .is_some_and(|last| last.class == CharClass::DividingPunctuation)
        && from[0].class != CharClass::DividingPunctuation
        && (opens || !AFTER_SENTENCE.has(from[0].class))
        && !matches!(from[0].joint, Joint::Solid | Joint::Splittable | Joint::Forced)
}

/// What may be taken from a box itself: from a word space.
fn before_slack(cell: &Cell, rules: &Rules) -> Length {
    word_space_shrink(cell, rules).map_or(Length::ZERO, |site| site.limit)
}

/// How far a word space is reduced.
pub(super) fn word_space_shrink(
    cell: &Cell,
    rules: &Rules,
) -> Option<Site<ReductionStage>> {
    (cell.class == CharClass::WesternSpace).then(|| Site {
        stage: ReductionStage::WordSpace,
        limit: (cell.advance - rules.word_space_min.of(cell.em)).max(Length::ZERO),
        weight: cell.em,
    })
}

/// How far a word space is expanded.
pub(super) fn word_space_stretch(
    cell: &Cell,
    rules: &Rules,
) -> Option<Site<ExpansionStage>> {
    (cell.class == CharClass::WesternSpace).then(|| Site {
        stage: ExpansionStage::WordSpace,
        limit: (rules.word_space_max.of(cell.em) - cell.advance).max(Length::ZERO),
        weight: cell.em,
    })
}

fn cell(item: &Item, before: Option<&Item>, pairs: &mut Pairs<'_>) -> Cell {
    let fixed = Site {
        stage: ReductionStage::WordSpace,
        limit: Length::ZERO,
        weight: Length::ZERO,
    };
    let mut cell = Cell {
        class: item.class,
        em: within(item.em),
        advance: within(item.advance),
        head: within(item.before.edge),
        tail: within(item.after.edge),
        vanishes: vanishes(item.class, before),
        gap: Length::ZERO,
        breaks: Break::Never,
        hyphen: Length::ZERO,
        shrinks: [fixed; 2],
        stretch: None,
        position: Length::ZERO,
        slack: Length::ZERO,
    };
    let Some(before) = before else { return cell };
    let pair = pairs.get(before.class, item.class);
    cell.breaks = breaks(item, &pair);
    if let Joint::Break { hyphen } = item.joint {
        cell.hyphen = within(hyphen);
    }
    let clear = within(before.after.inner) + within(item.before.inner);
    if matches!(item.joint, Joint::Solid | Joint::Splittable) {
        cell.gap = clear;
        return cell;
    }
    gaps(&mut cell, before, clear, &pair);
    cell
}

fn within(length: Length) -> Length {
    length.clamp(Length::ZERO, HUGE)
}

/// A word space vanishes at the ends of a line, and the space after ！ and ？ (JLReq 3.1.6).
fn vanishes(class: CharClass, before: Option<&Item>) -> bool {
    class == CharClass::WesternSpace
        || class == CharClass::IdeographicSpace
            && before.is_some_and(|before| before.class == CharClass::DividingPunctuation)
}

fn breaks(item: &Item, pair: &Pair) -> Break {
    match item.joint {
        Joint::Forced => Break::Forced,
        Joint::Break { .. } | Joint::Splittable => Break::Allowed,
        Joint::Solid => Break::Never,
        Joint::Class => pair.breaks,
        Joint::Keep => Break::Need,
    }
}

/// The gap before a box, what may be taken from it and what may be added.
fn gaps(cell: &mut Cell, before: &Item, clear: Length, pair: &Pair) {
    let Pair { gap, reduction, expansion, .. } = *pair;
    let em = within(before.em);
    let parts = [gap.first.of(em), gap.second.of(cell.em)];
    let natural = parts[0] + parts[1];
    cell.gap = natural.max(clear);
    let mut room = cell.gap - clear;
    let sizes = [(reduction.first, em), (reduction.second, cell.em)];
    for (at, (shrink, em)) in sizes.into_iter().enumerate() {
        let Some(Shrink { stage, floor }) = shrink else { continue };
        let limit = (parts[at] - floor.of(em)).min(room).max(Length::ZERO);
        cell.shrinks[at] = Site { stage, limit, weight: em };
        room -= limit;
    }
    cell.stretch = expansion.map(|expansion| {
        let weight = if gap.first > gap.second { em } else { cell.em };
        let limit = (expansion.ceiling.of(weight) - cell.gap).max(Length::ZERO);
        Site { stage: expansion.stage, limit, weight }
    });
}

/// Parts long rows of dashes or leaders into pairs.
fn between_pairs(boxes: &mut [Cell], items: &[Item]) {
    let mut length = 0;
    for (cell, item) in boxes.iter_mut().zip(items) {
        let goes_on = item.class == CharClass::Inseparable && item.joint == Joint::Solid;
        length = if goes_on { length + 1 } else { 0 };
        if length > 1 {
            cell.breaks = if length % 2 == 0 { Break::Pair } else { Break::Half };
        }
    }
}

/// Lets a line break only after a row of vanishing spaces, and only where what stands
/// around them may stand at the ends of a line.
fn across_spaces(boxes: &mut [Cell], items: &[Item], rules: &Rules) {
    let mut last_box: Option<usize> = None;
    let mut kept = false;
    for at in 0..boxes.len() {
        let forced = boxes[at].breaks == Break::Forced;
        kept |= matches!(items[at].joint, Joint::Keep | Joint::Solid);
        if boxes[at].vanishes {
            if !forced {
                boxes[at].breaks = Break::Never;
            }
            continue;
        }
        let spaced = last_box.is_some_and(|last| last + 1 < at);
        if let (true, Some(last)) = (spaced && !forced, last_box) {
            boxes[at].breaks = over_space(&boxes[last], &boxes[at], kept, rules);
        }
        last_box = Some(at);
        kept = false;
    }
}

fn over_space(before: &Cell, after: &Cell, kept: bool, rules: &Rules) -> Break {
    use CharClass::WesternSpace;
    let may = break_between(before.class, WesternSpace, rules)
        && break_between(WesternSpace, after.class, rules);
    if may && !kept { Break::Allowed } else { Break::Need }
}
