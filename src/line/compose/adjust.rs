//! Reduces or expands the gaps of a line, stage by stage, and places its boxes.

use super::fit::Fit;
use super::prepare::{Break, Row, Site, word_space_shrink, word_space_stretch};
use super::{Adjustment, Alignment, Line, LineEnding, Measure};
use crate::geom::Length;
use crate::line::class::CharClass;
use crate::line::rules::Rules;
use crate::line::spacing::{ExpansionStage, ReductionStage};

/// Places the boxes of a line and says what was done to it.
pub(super) fn place(
    row: &Row,
    fit: &Fit,
    measure: &Measure,
    rules: &Rules,
    positions: &mut [Length],
) -> Line {
    let mut line = Adjusting::new(row, fit, rules);
    let missing = measure.length - fit.solid - line.end;
    let is_last = matches!(fit.ending, LineEnding::Last | LineEnding::Forced);
    match measure.alignment {
        Alignment::Justify if missing < Length::ZERO => line.reduce(-missing),
        Alignment::Justify if !is_last || fit.hangs => line.expand(missing),
        Alignment::Even if missing > Length::ZERO => line.spread(missing),
        _ => {}
    }
    let shift = match measure.alignment {
        Alignment::Center => missing.max(Length::ZERO) / 2,
        Alignment::End => missing.max(Length::ZERO),
        Alignment::Justify | Alignment::Start | Alignment::Even => Length::ZERO,
    };
    line.finish(shift, measure, positions)
}

/// A gap or a word space that a stage moves.
struct Share {
    /// The box before which the room changes.
    at: usize,
    limit: Length,
    weight: Length,
}

/// A line while its gaps move.
struct Adjusting<'a> {
    row: &'a Row,
    fit: &'a Fit,
    rules: &'a Rules,
    /// For each box, how far the room before it was changed.
    moved: Vec<Length>,
    /// The gap at the end of the line.
    end: Length,
    /// Whether the gap before a middle dot at the end has gone with the one after it.
    dot_dropped: bool,
    adjustment: Adjustment,
}

impl<'a> Adjusting<'a> {
    fn new(row: &'a Row, fit: &'a Fit, rules: &'a Rules) -> Self {
        Self {
            row,
            fit,
            rules,
            moved: vec![Length::ZERO; fit.items.len()],
            end: fit.end_length(row),
            dot_dropped: false,
            adjustment: Adjustment::default(),
        }
    }

    /// The boxes whose gaps move: all but a mark that hangs.
    fn inside(&self) -> usize {
        self.fit.items.len() - usize::from(self.fit.hangs)
    }

    /// Takes `need` away, in the order of JLReq Appendix D.
    fn reduce(&mut self, need: Length) {
        let mut rest = need;
        let spaces = self.shrinks(ReductionStage::WordSpace);
        let mut from_spaces = rest.min(total(&spaces));
        rest -= from_spaces;
        if rest > Length::ZERO
            && let Some(stage) = self.fit.end.drop
        {
            rest -= self.drop_end(stage);
        }
        if rest < Length::ZERO {
            // The gap at the end goes as a whole: what it gives too much goes back.
            let back = from_spaces.min(-rest);
            from_spaces -= back;
            rest += back;
        }
        self.take(ReductionStage::WordSpace, &spaces, from_spaces);
        for stage in
            [ReductionStage::MiddleDot, ReductionStage::Bracket, ReductionStage::Western]
        {
            let sites = self.shrinks(stage);
            let amount = rest.min(total(&sites)).max(Length::ZERO);
            self.take(stage, &sites, amount);
            rest -= amount;
        }
        if rest < Length::ZERO {
            self.expand(-rest);
        }
    }

    /// Drops the gap at the end, for a middle dot the one before it too.
    fn drop_end(&mut self, stage: ReductionStage) -> Length {
        let mut dropped = self.end;
        self.end = Length::ZERO;
        let last = self.fit.items.len() - 1;
        if stage == ReductionStage::LineEndMiddleDot && last > 0 {
            let [_, own] = self.row.boxes[self.fit.items.start + last].shrinks;
            self.moved[last] -= own.limit;
            self.dot_dropped = true;
            dropped += own.limit;
        }
        self.adjustment.reduced[stage as usize] = dropped;
        dropped
    }

    fn take(&mut self, stage: ReductionStage, sites: &[Share], amount: Length) {
        self.adjustment.reduced[stage as usize] += amount;
        for (at, share) in shared(amount, sites, true) {
            self.moved[at] -= share;
        }
    }

    /// Adds `need`, in the order of JLReq Appendix E.
    fn expand(&mut self, need: Length) {
        let mut rest = need;
        for stage in
            [ExpansionStage::WordSpace, ExpansionStage::Western, ExpansionStage::Solid]
        {
            let sites = self.stretches(|site| site == stage);
            let amount = rest.min(total(&sites));
            self.give(stage, &sites, amount, true);
            rest -= amount;
            if rest == Length::ZERO {
                return;
            }
        }
        self.spread(rest);
    }

    /// Adds `need` to all gaps alike; where there are none, between the parts of an address
    /// or of code, as a last resort (JLReq Table 6, cl-27 after cl-27).
    fn spread(&mut self, need: Length) {
        let mut sites = self.stretches(|_| true);
        if sites.is_empty() {
            sites = self.western_parts();
            let most: Length = sites.iter().map(|site| site.weight / 2).sum();
            sites.retain(|_| need <= most);
        }
        if !sites.is_empty() {
            self.give(ExpansionStage::All, &sites, need, false);
        }
    }

    fn give(
        &mut self,
        stage: ExpansionStage,
        sites: &[Share],
        amount: Length,
        limited: bool,
    ) {
        self.adjustment.expanded[stage as usize] += amount;
        for (at, share) in shared(amount, sites, limited) {
            self.moved[at] += share;
        }
    }

    /// The gaps that a stage of reduction moves and that have not gone already.
    fn shrinks(&self, stage: ReductionStage) -> Vec<Share> {
        let boxes = &self.row.boxes[self.fit.items.clone()];
        let mut sites = Vec::new();
        for at in 1..self.inside() {
            let space = word_space_shrink(&boxes[at - 1], self.rules);
            sites.extend(
                space.filter(|site| site.stage == stage).map(|site| share(at, site)),
            );
            let gone = self.dot_dropped && at + 1 == boxes.len();
            let parts = &boxes[at].shrinks[..if gone { 1 } else { 2 }];
            let moving = parts.iter().filter(|site| site.stage == stage);
            sites.extend(moving.map(|&site| share(at, site)));
        }
        sites
    }

    fn stretches(&self, wanted: impl Fn(ExpansionStage) -> bool) -> Vec<Share> {
        let boxes = &self.row.boxes[self.fit.items.clone()];
        let mut sites = Vec::new();
        for at in 1..self.inside() {
            let space = word_space_stretch(&boxes[at - 1], self.rules);
            let both = [space, boxes[at].stretch];
            let wanted = both.into_iter().flatten().filter(|site| wanted(site.stage));
            sites.extend(wanted.map(|site| share(at, site)));
        }
        sites
    }

    /// The joints between Western parts at which a line may end without a hyphen: a word
    /// that stands alone is not torn apart between its syllables.
    fn western_parts(&self) -> Vec<Share> {
        let boxes = &self.row.boxes[self.fit.items.clone()];
        let is_western = |at: usize| boxes[at].class == CharClass::Western;
        let is_part = |at: usize| {
            boxes[at].breaks == Break::Allowed && boxes[at].hyphen == Length::ZERO
        };
        let joints = (1..self.inside())
            .filter(|&at| is_western(at - 1) && is_western(at) && is_part(at));
        joints
            .map(|at| Share { at, limit: Length::MAX, weight: boxes[at].em })
            .collect()
    }

    /// Writes down where the boxes stand.
    fn finish(self, shift: Length, measure: &Measure, positions: &mut [Length]) -> Line {
        let Self { row, fit, moved, end, adjustment, .. } = self;
        let mut cursor = fit.head + shift;
        let mut hang = Length::ZERO;
        for (at, item) in fit.items.clone().enumerate() {
            let cell = &row.boxes[item];
            if fit.hangs && at + 1 == fit.items.len() {
                cursor = cursor.max(measure.length);
                hang = cell.advance;
            } else if at > 0 {
                cursor += cell.gap + moved[at];
            }
            positions[item] = cursor;
            cursor += cell.advance;
        }
        let last = fit.items.clone().last().filter(|_| !fit.hangs);
        let tail = last.map_or(Length::ZERO, |last| row.boxes[last].tail);
        let width = cursor - hang + tail + fit.hyphen + end;
        positions[fit.items.end..fit.next].fill(width);
        Line {
            items: fit.items.clone(),
            width,
            hang,
            hyphen: fit.hyphen,
            repeats: false,
            ending: fit.ending,
            adjustment,
        }
    }
}

fn share<Stage>(at: usize, site: Site<Stage>) -> Share {
    Share { at, limit: site.limit, weight: site.weight }
}

fn total(sites: &[Share]) -> Length {
    sites.iter().map(|site| site.limit).sum()
}

/// Shares an amount out in proportion to the weights, to no site more than its limit, and
/// to the unit (JLReq 3.8.3, step 1).
fn shared(amount: Length, sites: &[Share], limited: bool) -> Vec<(usize, Length)> {
    if amount <= Length::ZERO {
        return Vec::new();
    }
    let mut full = vec![false; sites.len()];
    let mut rest = i128::from(amount.0);
    let weights = |full: &[bool]| -> i128 {
        let open = sites.iter().zip(full).filter(|(_, full)| !**full);
        open.map(|(site, _)| weight(site)).sum()
    };
    let mut sum = weights(&full);
    loop {
        let mut changed = false;
        let mut taken = 0;
        for (site, full) in sites.iter().zip(&mut full) {
            if limited && !*full && i128::from(site.limit.0) * sum < rest * weight(site) {
                *full = true;
                changed = true;
                taken += i128::from(site.limit.0);
            }
        }
        if !changed {
            break;
        }
        rest -= taken;
        sum = weights(&full);
    }
    let mut before = 0;
    let open = sites.iter().zip(full).map(|(site, full)| {
        if full {
            return (site.at, site.limit);
        }
        let after = before + weight(site);
        let share = rest * after / sum - rest * before / sum;
        before = after;
        (site.at, Length(share as i64))
    });
    open.collect()
}

/// A box without a size weighs as little as can be.
fn weight(site: &Share) -> i128 {
    i128::from(site.weight.0.max(1))
}
