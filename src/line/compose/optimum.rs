//! Chooses all lines of a paragraph together: the least badness of their adjustments.
//!
//! Every break that a line may reach is a node; from node to node there is one best way.
//! A way that is already worse than the lines of [`first_fit`] goes no further, so that
//! few nodes are left and the time grows with the length of the paragraph.

use super::fit::{Chooser, Fit, first_fit};
use super::prepare::{Break, Cell, Row, word_space_shrink, word_space_stretch};
use super::{LineEnding, Measure};
use crate::geom::Length;
use crate::line::rules::Rules;
use crate::line::spacing::ExpansionStage;

/// A line that is stretched up to [`ExpansionStage::Solid`], a quarter of an em between all
/// its characters.
const LOOSE: u64 = 100_000;

/// What is added for each line, so that one more of them needs a reason.
const LINE: u64 = 10;
/// A hyphen at the end, and one more right after a line with one.
const HYPHEN: u64 = 300;
const HYPHENS: u64 = 3_000;
/// A break between pairs of a long row of dashes or leaders, and inside a pair.
const PAIR: u64 = LOOSE;
const HALF: u64 = LOOSE * 2;
/// A last line that is too short.
const WIDOW: u64 = LOOSE * 4 / 5;
/// A line that breaks where the rules forbid it, or runs over.
const EMERGENCY: u64 = LOOSE * 100_000;

/// What a stage of reduction costs when it gives all that it has, stage by stage. Together they cost less than one character pushed out of a line of
/// forty does twice: pushing in comes first (JLReq 3.8.2).
const REDUCED: [u64; 6] = [20, 5, 10, 30, 100, 100];
/// What the first two stages of expansion cost when they take all that they can.
const EXPANDED: [u64; 2] = [30, 60];

/// The best way to a break.
struct Way {
    cost: u64,
    /// The last line of the way.
    fit: Fit,
    /// The box at which that line starts to count.
    from: usize,
}

/// Chooses the lines with the least badness in sum.
pub(super) fn lines(row: &Row, measure: &Measure, rules: &Rules) -> Vec<Fit> {
    let usual = first_fit(row, measure, rules);
    if usual.len() < 2 {
        return usual;
    }
    let scale = Scale::new(row, measure, rules);
    let mut most = 0;
    let mut start = 0;
    for fit in &usual {
        let chooser = Chooser::new(row, start, usize::from(start > 0), measure, rules);
        most += scale.cost(&chooser, fit, start);
        start = fit.next;
    }
    let end = row.boxes.len();
    let mut ways: Vec<Option<Way>> = (0..=end).map(|_| None).collect();
    for from in 0..end {
        let so_far = match &ways[from] {
            Some(way) => way.cost,
            None if from == 0 => 0,
            None => continue,
        };
        let chooser = Chooser::new(row, from, usize::from(from > 0), measure, rules);
        for fit in candidates(&chooser, row, measure) {
            let cost = so_far + scale.cost(&chooser, &fit, from);
            let way = &mut ways[fit.next];
            if cost <= most && way.as_ref().is_none_or(|way| cost < way.cost) {
                *way = Some(Way { cost, fit, from });
            }
        }
    }
    let mut fits = Vec::with_capacity(usual.len() + 1);
    let mut at = end;
    while at > 0 {
        // The usual lines may be out of reach where they break by other rules.
        let Some(way) = ways[at].take() else { return usual };
        at = way.from;
        fits.push(way.fit);
    }
    fits.reverse();
    fits
}

/// The lines that may start at a box: those of every break that fills at least half the
/// measure, or that of first fit where there are none.
fn candidates(chooser: &Chooser<'_>, row: &Row, measure: &Measure) -> Vec<Fit> {
    let boxes = &row.boxes;
    let Some(first) = boxes.get(chooser.start) else { return vec![chooser.choose()] };
    let half = first.position + measure.length / 2;
    let second = chooser.start + 1;
    let near = boxes.partition_point(|cell| cell.position < half).max(second);
    let is_forced = |cell: &Cell| cell.breaks == Break::Forced;
    let mut fits = Vec::new();
    if !boxes[second..near].iter().any(is_forced) {
        for next in near..=boxes.len() {
            let passes = next > near && is_forced(&boxes[next - 1]);
            if passes || chooser.is_hopeless(next) {
                break;
            }
            fits.extend(candidate(chooser, row, next));
        }
    }
    if fits.is_empty() {
        fits.push(chooser.choose());
    }
    fits
}

/// The line up to a box, if it may end there.
fn candidate(chooser: &Chooser<'_>, row: &Row, next: usize) -> Option<Fit> {
    let breaks = row.boxes.get(next).map_or(Break::Forced, |cell| cell.breaks);
    if breaks < Break::Half {
        return None;
    }
    let fit = chooser.fit(next);
    match (breaks, chooser.missing(&fit) < Length::ZERO) {
        (Break::Half | Break::Pair, true) => None,
        (_, true) => chooser.beyond(fit),
        (_, false) => Some(fit),
    }
}

/// What the boxes up to one can give and take, summed up so that the cost of a line is a
/// difference of two.
#[derive(Clone, Copy, Default)]
struct Sums {
    /// By stage of reduction.
    gives: [Length; 6],
    /// By stage of expansion.
    takes: [Length; 4],
    /// The em of all gaps that the last stage of expansion widens.
    open: Length,
}

/// Weighs lines.
struct Scale<'a> {
    row: &'a Row,
    measure: &'a Measure,
    rules: &'a Rules,
    /// For each box, the sums up to the gap before it.
    sums: Vec<Sums>,
}

impl<'a> Scale<'a> {
    fn new(row: &'a Row, measure: &'a Measure, rules: &'a Rules) -> Self {
        let mut sums = Vec::with_capacity(row.boxes.len());
        let mut sum = Sums::default();
        for (at, cell) in row.boxes.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| &row.boxes[before]);
            let narrows = before.and_then(|before| word_space_shrink(before, rules));
            for site in cell.shrinks.into_iter().chain(narrows) {
                sum.gives[site.stage as usize] += site.limit;
            }
            let widens = before.and_then(|before| word_space_stretch(before, rules));
            for site in cell.stretch.into_iter().chain(widens) {
                sum.takes[site.stage as usize] += site.limit;
                sum.open += site.weight;
            }
            sums.push(sum);
        }
        Self { row, measure, rules, sums }
    }

    /// What a line that starts at a box costs.
    fn cost(&self, chooser: &Chooser<'_>, fit: &Fit, from: usize) -> u64 {
        let mut cost = LINE;
        if fit.hyphen > Length::ZERO {
            let again = from > 0 && self.row.boxes[from].hyphen > Length::ZERO;
            cost += HYPHEN + if again { HYPHENS } else { 0 };
        }
        let breaks = self.row.boxes.get(fit.next).map(|cell| cell.breaks);
        cost += match (fit.ending, breaks) {
            (LineEnding::Emergency, _) => EMERGENCY,
            (_, Some(Break::Pair)) => PAIR,
            (_, Some(Break::Half)) => HALF,
            _ => 0,
        };
        if fit.ending == LineEnding::Wrapped
            && !chooser.has_characters(fit.next, self.rules.last_line_min)
        {
            cost += WIDOW;
        }
        cost + self.adjustment(fit)
    }

    /// What the adjustment of a line costs.
    fn adjustment(&self, fit: &Fit) -> u64 {
        let inside = fit.items.end.saturating_sub(usize::from(fit.hangs) + 1);
        let (Some(first), Some(last)) =
            (self.sums.get(fit.items.start), self.sums.get(inside))
        else {
            return 0;
        };
        let missing = self.measure.length - fit.natural(self.row);
        if missing < Length::ZERO {
            self.reduction(fit, first, last, -missing)
        } else if fit.is_last() && !fit.hangs {
            0
        } else {
            self.expansion(first, last, missing)
        }
    }

    fn reduction(&self, fit: &Fit, first: &Sums, last: &Sums, need: Length) -> u64 {
        let mut cost = 0;
        let mut rest = need;
        for (stage, most) in REDUCED.into_iter().enumerate() {
            let mut limit = last.gives[stage] - first.gives[stage];
            if fit.end.drop.is_some_and(|drop| drop as usize == stage) {
                limit += fit.end_length(self.row);
            }
            let used = rest.min(limit);
            cost += share(used, limit, 2, most);
            rest -= used;
            if rest <= Length::ZERO {
                break;
            }
        }
        cost
    }

    fn expansion(&self, first: &Sums, last: &Sums, need: Length) -> u64 {
        let mut cost = 0;
        let mut rest = need;
        let limit = |stage: ExpansionStage| {
            last.takes[stage as usize] - first.takes[stage as usize]
        };
        for (stage, most) in [ExpansionStage::WordSpace, ExpansionStage::Western]
            .into_iter()
            .zip(EXPANDED)
        {
            let used = rest.min(limit(stage));
            cost += share(used, limit(stage), 2, most);
            rest -= used;
        }
        let solid = limit(ExpansionStage::Solid);
        let used = rest.min(solid);
        cost += share(used, solid, 3, LOOSE);
        rest -= used;
        if rest > Length::ZERO {
            // Beyond a quarter of an em everything opens up.
            let open = (last.open - first.open).max(Length(1));
            cost += LOOSE + share(rest, open / 4 + Length(1), 3, LOOSE);
        }
        cost
    }
}

/// The part that is used of a limit, to a power, of an amount; no more than a thousand
/// times the limit.
fn share(used: Length, limit: Length, power: u32, amount: u64) -> u64 {
    if used <= Length::ZERO {
        return 0;
    }
    let part = (i128::from(used.0) << 10) / i128::from(limit.0.max(1));
    let part = u128::try_from(part.min(1000 << 10)).unwrap_or(0);
    ((part.pow(power) * u128::from(amount)) >> (10 * power)) as u64
}
