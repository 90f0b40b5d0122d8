//! Chooses where a line ends: push-in first, then push-out.

use std::ops::Range;

use super::prepare::{Break, Row, word_space_stretch};
use super::{Alignment, LineEnding, Measure};
use crate::geom::Length;
use crate::line::class::{CharClass, ClassSet};
use crate::line::rules::{BracketAtHead, Em, Hanging, Rules};
use crate::line::spacing::{EndGap, ExpansionStage, end_gap};

/// A line that was chosen.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    /// The boxes on the line.
    pub(super) items: Range<usize>,
    /// The first box of the next line.
    pub(super) next: usize,
    /// Why the line ends.
    pub(super) ending: LineEnding,
    /// Whether the last box hangs.
    pub(super) hangs: bool,
    /// Where the first box starts.
    pub(super) head: Length,
    /// The hyphen at the end.
    pub(super) hyphen: Length,
    /// The gap at the end.
    pub(super) end: EndGap,
    /// From the start of the measure to the end of the last box that does not hang, with
    /// its clearance and the hyphen, without the gap at the end.
    pub(super) solid: Length,
    /// What the gaps within the line can give.
    slack: Length,
}

impl Fit {
    /// The size of the box whose gap ends the line.
    fn last_em(&self, row: &Row) -> Length {
        self.items
            .clone()
            .last()
            .map_or(Length::ZERO, |last| row.boxes[last].em)
    }

    /// The gap at the end as a length.
    pub(super) fn end_length(&self, row: &Row) -> Length {
        self.end.natural.of(self.last_em(row))
    }

    pub(super) fn natural(&self, row: &Row) -> Length {
        self.solid + self.end_length(row)
    }

    /// The length with the end gap dropped where it may be.
    fn trimmed(&self, row: &Row) -> Length {
        if self.end.drop.is_some() { self.solid } else { self.natural(row) }
    }

    fn shortest(&self, row: &Row) -> Length {
        self.trimmed(row) - self.slack
    }

    /// Whether the box before the line stood right before it and was broken off.
    pub(super) fn broke_before(&self, row: &Row) -> bool {
        let start = self.items.start;
        start > 0
            && row.boxes[start].breaks != Break::Forced
            && !row.boxes[start - 1].vanishes
    }

    pub(super) fn is_last(&self) -> bool {
        matches!(self.ending, LineEnding::Last | LineEnding::Forced)
    }
}

/// Chooses line after line.
pub(super) fn first_fit(row: &Row, measure: &Measure, rules: &Rules) -> Vec<Fit> {
    let mut fits = Vec::new();
    let mut start = 0;
    while start < row.boxes.len() {
        let fit = next_line(row, start, fits.len(), measure, rules);
        start = fit.next;
        fits.push(fit);
    }
    fits
}

/// Chooses the line that starts at box `start`.
fn next_line(
    row: &Row,
    start: usize,
    line: usize,
    measure: &Measure,
    rules: &Rules,
) -> Fit {
    let chooser = Chooser::new(row, start, line, measure, rules);
    let fit = chooser.choose();
    chooser.spare_widow(fit)
}

/// What chooses a line that starts at a box.
pub(super) struct Chooser<'a> {
    row: &'a Row,
    measure: &'a Measure,
    rules: &'a Rules,
    /// The first box that does not vanish.
    pub(super) start: usize,
    head: Length,
}

/// The last lines that fit as they are.
#[derive(Default)]
struct Found {
    /// By the rules.
    best: Option<Fit>,
    /// By the rules, without a hyphen.
    unhyphened: Option<Fit>,
    /// Between pairs of a row of dashes or leaders.
    paired: Option<Fit>,
    /// Anywhere in such a row.
    halved: Option<Fit>,
}

/// Marks that may hang.
const HANGING: ClassSet = ClassSet::of(&[6, 7]);
/// What does not count as a character of a last line.
const MARKS: ClassSet = ClassSet::of(&[2, 6, 7, 26]);

impl<'a> Chooser<'a> {
    pub(super) fn new(
        row: &'a Row,
        start: usize,
        line: usize,
        measure: &'a Measure,
        rules: &'a Rules,
    ) -> Self {
        let spaces = row.boxes[start..].iter().take_while(|cell| cell.vanishes).count();
        let start = start + spaces;
        let head = row.boxes.get(start).map_or(Length::ZERO, |cell| {
            let bracket = cell.class == CharClass::OpeningBracket;
            head(bracket.then_some(cell.em), line, measure, rules) + cell.head
        });
        Self { row, measure, rules, start, head }
    }

    pub(super) fn choose(&self) -> Fit {
        let end = self.row.boxes.len();
        let mut found = Found::default();
        for next in self.start + 1..=end {
            if self.is_hopeless(next) {
                break;
            }
            let breaks =
                self.row.boxes.get(next).map_or(Break::Forced, |cell| cell.breaks);
            if breaks < Break::Half {
                continue;
            }
            let fit = self.fit(next);
            let is_long = fit.natural(self.row) > self.measure.length;
            match breaks {
                Break::Half | Break::Pair if is_long => continue,
                Break::Half => found.halved = Some(fit),
                Break::Pair => {
                    found.halved = Some(fit.clone());
                    found.paired = Some(fit);
                }
                _ if is_long => match self.beyond(fit) {
                    Some(fit) => return self.without_hyphen(fit, found.unhyphened),
                    None => break,
                },
                _ if fit.is_last() => return fit,
                _ => {
                    if fit.hyphen == Length::ZERO {
                        found.unhyphened = Some(fit.clone());
                    }
                    found.best = Some(fit);
                }
            }
        }
        self.decide(found)
    }

    /// Chooses among the lines that fit as they are; each is to be expanded.
    fn decide(&self, found: Found) -> Fit {
        let Found { best, unhyphened, paired, halved } = found;
        let after = best.as_ref().map_or(self.start, |best| best.next);
        let loose =
            |fit: &Fit| self.missing(fit) > self.stretch(fit, ExpansionStage::Solid);
        if best.as_ref().is_none_or(loose)
            && let Some(paired) = paired.filter(|paired| paired.next > after)
        {
            return if self.can_stretch(&paired) {
                paired
            } else {
                halved.unwrap_or(paired)
            };
        }
        match best {
            Some(best) => self.without_hyphen(best, unhyphened),
            None if self.start >= self.row.boxes.len() => self.fit(self.start),
            None => self.emergency(),
        }
    }

    /// Whether even the shortest line up to the box before the last does not fit.
    pub(super) fn is_hopeless(&self, next: usize) -> bool {
        let (from, last) = (&self.row.boxes[self.start], &self.row.boxes[next - 1]);
        let shortest = last.position - from.position - (last.slack - from.slack);
        self.head + shortest > self.measure.length && next > self.start + 1
    }

    /// The line of all boxes before `next`.
    pub(super) fn fit(&self, next: usize) -> Fit {
        let row = self.row;
        let boxes = row.boxes.get(self.start..next).unwrap_or(&[]);
        let spaces = boxes.iter().rev().take_while(|cell| cell.vanishes).count();
        let items = self.start.min(next)..(next - spaces).max(self.start.min(next));
        let following = row.boxes.get(next);
        let hyphen = following.map_or(Length::ZERO, |cell| cell.hyphen);
        let ending = match following {
            None => LineEnding::Last,
            Some(cell) if cell.breaks == Break::Forced => LineEnding::Forced,
            Some(_) => LineEnding::Wrapped,
        };
        let mut fit = Fit {
            next,
            ending,
            hangs: false,
            head: self.head,
            hyphen,
            end: EndGap::default(),
            solid: self.head,
            slack: Length::ZERO,
            items,
        };
        if let Some(last) = fit.items.clone().last() {
            fit.solid = self.solid(last) + hyphen;
            fit.slack = self.slack(last);
            fit.end = self.end(last, &fit);
        }
        fit
    }

    fn solid(&self, last: usize) -> Length {
        let (from, last) = (&self.row.boxes[self.start], &self.row.boxes[last]);
        self.head + last.position - from.position + last.advance + last.tail
    }

    fn slack(&self, last: usize) -> Length {
        match self.measure.alignment {
            Alignment::Justify => {
                self.row.boxes[last].slack - self.row.boxes[self.start].slack
            }
            _ => Length::ZERO,
        }
    }

    fn end(&self, last: usize, fit: &Fit) -> EndGap {
        let cell = &self.row.boxes[last];
        let end = end_gap(cell.class, self.rules);
        let shown = match self.measure.alignment {
            Alignment::Justify => {
                // A last line is not justified: without room for the gap it goes without it.
                !fit.is_last()
                    || end.drop.is_none()
                    || fit.solid + end.natural.of(cell.em) <= self.measure.length
            }
            Alignment::Start => true,
            Alignment::Center | Alignment::End | Alignment::Even => false,
        };
        if shown && fit.hyphen == Length::ZERO { end } else { EndGap::default() }
    }

    /// A line that does not fit as it is: with its last mark hanging, or reduced.
    pub(super) fn beyond(&self, fit: Fit) -> Option<Fit> {
        let length = self.measure.length;
        if fit.trimmed(self.row) <= length && self.measure.alignment != Alignment::Justify
        {
            return Some(Fit { end: EndGap::default(), ..fit });
        }
        let hanging = self.hanging(&fit);
        if let Some(hanging) = hanging.as_ref().filter(|hanging| hanging.solid <= length)
            && fit.trimmed(self.row) > length
        {
            return Some(hanging.clone());
        }
        if fit.shortest(self.row) <= length {
            return Some(fit);
        }
        hanging.filter(|hanging| hanging.solid - hanging.slack <= length)
    }

    /// The same line with its last mark outside the measure.
    fn hanging(&self, fit: &Fit) -> Option<Fit> {
        let last = fit.items.clone().last()?;
        let may = self.rules.hanging == Hanging::WhenNeeded
            && self.measure.alignment == Alignment::Justify
            && HANGING.has(self.row.boxes[last].class)
            && fit.hyphen == Length::ZERO
            && last > self.start;
        may.then(|| Fit {
            hangs: true,
            end: EndGap::default(),
            solid: self.solid(last - 1),
            slack: self.slack(last - 1),
            ..fit.clone()
        })
    }

    /// Spares a hyphen where the line without it is not looser than its word spaces and
    /// the gaps around Western words bear.
    fn without_hyphen(&self, fit: Fit, unhyphened: Option<Fit>) -> Fit {
        if fit.hyphen == Length::ZERO {
            return fit;
        }
        let stages = ExpansionStage::Western;
        unhyphened
            .filter(|line| self.missing(line) <= self.stretch(line, stages))
            .unwrap_or(fit)
    }

    pub(super) fn missing(&self, fit: &Fit) -> Length {
        self.measure.length - fit.natural(self.row)
    }

    /// How far a line can be widened up to a stage.
    fn stretch(&self, fit: &Fit, stage: ExpansionStage) -> Length {
        let boxes = &self.row.boxes[fit.items.clone()];
        let gaps = boxes.iter().skip(1).filter_map(|cell| cell.stretch);
        let spaces = boxes.iter().filter_map(|cell| word_space_stretch(cell, self.rules));
        gaps.chain(spaces)
            .filter(|site| site.stage <= stage)
            .map(|site| site.limit)
            .sum()
    }

    /// Whether anything on a line can be widened at all.
    fn can_stretch(&self, fit: &Fit) -> bool {
        let boxes = &self.row.boxes[fit.items.clone()];
        boxes.iter().skip(1).any(|cell| cell.stretch.is_some())
    }

    /// Breaks where the rules forbid it, or lets the line run over.
    fn emergency(&self) -> Fit {
        let end = self.row.boxes.len();
        let breaks = |next: usize| {
            self.row.boxes.get(next).map_or(Break::Forced, |cell| cell.breaks)
        };
        let mut lax = None;
        let mut need = None;
        for next in self.start + 1..=end {
            if self.solid(next - 1) > self.measure.length {
                break;
            }
            match breaks(next) {
                Break::Never => {}
                Break::Need => need = Some(next),
                Break::Lax
                | Break::Half
                | Break::Pair
                | Break::Allowed
                | Break::Forced => lax = Some(next),
            }
        }
        let overfull = || (self.start + 1..end).find(|&next| breaks(next) >= Break::Lax);
        let next = lax.or(need).or_else(overfull).unwrap_or(end);
        let mut fit = self.fit(next);
        fit.hyphen = Length::ZERO;
        fit.end = EndGap::default();
        if let Some(last) = fit.items.clone().last() {
            fit.solid = self.solid(last);
        }
        if fit.ending == LineEnding::Wrapped || fit.solid > self.measure.length {
            fit.ending = LineEnding::Emergency;
        }
        fit
    }

    /// Carries characters over to a last line that would be too short (JLReq 3.5.4), where
    /// this line then needs no last resort.
    fn spare_widow(&self, fit: Fit) -> Fit {
        let least = self.rules.last_line_min;
        if fit.ending != LineEnding::Wrapped || self.has_characters(fit.next, least) {
            return fit;
        }
        for next in (self.start + 1..fit.next).rev() {
            if self.row.boxes[next].breaks < Break::Allowed {
                continue;
            }
            let shorter = self.fit(next);
            if self.missing(&shorter) > self.stretch(&shorter, ExpansionStage::Solid) {
                return fit;
            }
            if self.missing(&shorter) >= Length::ZERO && self.has_characters(next, least)
            {
                return shorter;
            }
        }
        fit
    }

    /// Whether at least so many characters stand before the next forced break.
    pub(super) fn has_characters(&self, from: usize, least: usize) -> bool {
        let rest = self.row.boxes[from..].iter().enumerate();
        let line = rest.take_while(|(at, cell)| *at == 0 || cell.breaks != Break::Forced);
        let characters = line.filter(|(_, cell)| !MARKS.has(cell.class));
        characters.take(least).count() >= least
    }
}

/// Where the first box of a line starts (JLReq 3.1.5).
fn head(
    bracket: Option<Length>,
    line: usize,
    measure: &Measure,
    rules: &Rules,
) -> Length {
    let first = line == 0;
    let own = if first { measure.first_indent } else { measure.indent };
    let beside = measure.beside;
    let taken = if line < beside.lines { beside.indent } else { Length::ZERO };
    let indent = own + taken;
    let Some(em) = bracket else { return indent };
    let half = Em::HALF.of(em);
    match (rules.bracket_at_head, first, measure.alignment) {
        (BracketAtHead::HalfKept, _, Alignment::Justify | Alignment::Start) => {
            indent + half
        }
        (BracketAtHead::HalfIndent, true, Alignment::Justify | Alignment::Start) => {
            let further = (measure.first_indent - measure.indent).max(Length::ZERO);
            indent - half.min(further)
        }
        _ => indent,
    }
}
