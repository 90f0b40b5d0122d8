//! What must hold for every line, on random paragraphs.

use seihon::geom::Length;
use seihon::line::{
    Alignment, BracketAtHead, Breaking, CharClass, Clearance, Composed, Em,
    ExpansionStage, Hanging, Item, Joint, Line, LineEnd, LineEnding, Measure, Preset,
    ReductionStage, ReductionTable, Rules, Strictness, break_between, compose, end_gap,
    expansion, gap, reduction,
};

/// A row of random numbers, the same every time (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 33) % end
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}

/// Classes as often as in a book, and some that are rare.
fn random_class(random: &mut Random) -> CharClass {
    use CharClass::*;
    match random.below(20) {
        0..=5 => Ideographic,
        6..=9 => Hiragana,
        10 | 11 => random.pick(&[FullStop, Comma]),
        12 => OpeningBracket,
        13 => ClosingBracket,
        14 => random.pick(&[SmallKana, ProlongedSoundMark, MiddleDot, IterationMark]),
        15 | 16 => Western,
        17 => WesternSpace,
        _ => random.pick(&CharClass::ALL),
    }
}

fn random_items(random: &mut Random, rules: &Rules) -> Vec<Item> {
    let body = Length(random.pick(&[240, 2_160_000, 597, 46_080 * 13]));
    let count = random.below(120) + 1;
    let item = |_| {
        let class = random_class(random);
        let em = if random.below(15) == 0 { body.ratio(3, 4) } else { body };
        let advance = match class {
            CharClass::Western => em.ratio(random.below(40) as i64 + 3, 10),
            CharClass::WesternSpace => rules.word_space.of(em),
            class => class.solid_advance().of(em),
        };
        let mut item = Item::new(class, em, advance);
        match random.below(60) {
            0 => item.joint = Joint::Solid,
            1 => item.joint = Joint::Keep,
            2 => item.joint = Joint::Splittable,
            3 => item.joint = Joint::Break { hyphen: em.ratio(1, 3) },
            4 => item.before = Clearance { inner: em.ratio(1, 3), edge: em.ratio(1, 4) },
            5 => item.after = Clearance { inner: em.ratio(1, 8), edge: em.ratio(1, 4) },
            _ => {}
        }
        item
    };
    (0..count).map(item).collect()
}

fn random_rules(random: &mut Random) -> Rules {
    use Strictness::*;
    let presets =
        [Preset::Jlreq, Preset::Jis, Preset::Books, Preset::Novel, Preset::Magazine];
    if random.below(2) == 0 {
        return random.pick(&presets).rules();
    }
    Rules {
        strictness: random.pick(&[VeryStrict, Strict, Loose, VeryLoose]),
        reduction: random.pick(&[
            ReductionTable::Jlreq,
            ReductionTable::Jis,
            ReductionTable::Books,
        ]),
        line_end: random.pick(&[LineEnd::Keep, LineEnd::FullStop, LineEnd::Solid]),
        bracket_at_head: random.pick(&[
            BracketAtHead::Flush,
            BracketAtHead::HalfKept,
            BracketAtHead::HalfIndent,
        ]),
        hanging: random.pick(&[Hanging::Never, Hanging::WhenNeeded]),
        last_line_min: random.below(3) as usize,
        dividing_gap: random.pick(&[Em::ZERO, Em::QUARTER]),
        western_gap_min: random.pick(&[Em::EIGHTH, Em::QUARTER]),
        word_space_min: random.pick(&[Em::FIFTH, Em::QUARTER]),
        ..Rules::default()
    }
}

/// A paragraph set, with all that went into it.
struct Case {
    items: Vec<Item>,
    measure: Measure,
    rules: Rules,
    set: Composed,
}

impl Case {
    fn random(random: &mut Random, breaking: Breaking) -> Self {
        let rules = Rules { breaking, ..random_rules(random) };
        let items = random_items(random, &rules);
        let em = items[0].em;
        let measure = Measure {
            first_indent: em * random.below(2) as i64,
            ..Measure::new(em * (random.below(30) as i64 + 8))
        };
        let set = compose(&items, &measure, &rules);
        Self { items, measure, rules, set }
    }

    /// The room before an item on its line, as set.
    fn room(&self, at: usize) -> Length {
        self.set.positions[at] - self.set.positions[at - 1] - self.items[at - 1].advance
    }

    fn is_solid(&self, at: usize) -> bool {
        matches!(self.items[at].joint, Joint::Solid | Joint::Splittable)
    }

    /// The clearance that two items keep.
    fn clear(&self, at: usize) -> Length {
        self.items[at - 1].after.inner + self.items[at].before.inner
    }

    /// The items of a line after the first, without a mark that hangs.
    fn joints(&self, line: &Line) -> std::ops::Range<usize> {
        let end = line.items.end - usize::from(line.hang > Length::ZERO);
        line.items.start + 1..end.max(line.items.start + 1)
    }
}

/// Sets random paragraphs until so many lines of either breaking have passed the test.
fn for_lines(count: usize, mut test: impl FnMut(&Case, &Line)) {
    for breaking in [Breaking::FirstFit, Breaking::Optimum] {
        let mut random = Random(0x5EED_0001);
        let mut done = 0;
        while done < count {
            let case = Case::random(&mut random, breaking);
            for line in &case.set.lines {
                test(&case, line);
                done += 1;
            }
        }
    }
}

const LINES: usize = 100_000;

#[test]
fn lines_hold_all_items_in_order() {
    let mut end = 0;
    for_lines(LINES, |case, line| {
        if line.items.start == 0 || end > line.items.start {
            end = line.items.start;
        }
        let between = &case.items[end..line.items.start];
        let spaces = [CharClass::WesternSpace, CharClass::IdeographicSpace];
        assert!(between.iter().all(|item| spaces.contains(&item.class)));
        end = line.items.end;
    });
}

#[test]
fn no_line_breaks_where_it_may_not() {
    for_lines(LINES, |case, line| {
        if line.ending != LineEnding::Wrapped {
            return;
        }
        let (last, next) = (line.items.end - 1, line.items.end);
        let joint = case.items[next].joint;
        let (a, b) = (case.items[last].class, case.items[next].class);
        let told = matches!(joint, Joint::Break { .. } | Joint::Splittable);
        let is_space = |class| {
            class == CharClass::WesternSpace || class == CharClass::IdeographicSpace
        };
        if told || is_space(b) {
            return;
        }
        assert!(break_between(a, b, &case.rules), "{a:?}→{b:?}");
        assert_eq!(joint, Joint::Class);
    });
}

#[test]
fn full_lines_are_as_long_as_the_measure() {
    let mut full = 0;
    for_lines(LINES, |case, line| {
        if line.ending != LineEnding::Wrapped {
            return;
        }
        let moves = case.joints(line).any(|at| {
            let (a, b) = (case.items[at - 1].class, case.items[at].class);
            a == CharClass::WesternSpace
                || !case.is_solid(at) && expansion(a, b, &case.rules).is_some()
        });
        if moves || line.width > case.measure.length {
            assert_eq!(line.width, case.measure.length);
            full += 1;
        }
        let last = line.items.end - 1;
        let end = case.set.positions[last] + case.items[last].advance;
        assert!(end + line.hyphen <= case.measure.length + line.hang);
    });
    assert!(full > LINES / 2);
}

#[test]
fn no_room_is_less_than_its_floor() {
    for_lines(LINES, |case, line| {
        for at in case.joints(line) {
            let (a, b) = (&case.items[at - 1], &case.items[at]);
            let clear = case.clear(at);
            let mut floor = clear;
            if !case.is_solid(at) {
                let natural = gap(a.class, b.class, &case.rules);
                let shrink = reduction(a.class, b.class, &case.rules);
                let part = |natural: Em, shrink: Option<seihon::line::Shrink>, em| {
                    shrink.map_or(natural, |shrink| shrink.floor).of(em)
                };
                floor = clear.max(
                    part(natural.first, shrink.first, a.em)
                        + part(natural.second, shrink.second, b.em),
                );
            }
            let space = (a.class == CharClass::WesternSpace)
                .then(|| case.rules.word_space_min.of(a.em) - a.advance)
                .map_or(Length::ZERO, |room| room.min(Length::ZERO));
            // A middle dot at the end of a line gives both its gaps away.
            let dropped =
                line.adjustment.reduced[ReductionStage::LineEndMiddleDot as usize];
            let ends = at + 1 == line.items.end && dropped > Length::ZERO;
            let floor = if ends { clear } else { floor };
            assert!(case.room(at) >= floor + space, "{:?}→{:?}", a.class, b.class);
        }
    });
}

#[test]
fn the_gap_at_the_end_is_whole_or_nothing() {
    for_lines(LINES, |case, line| {
        if line.ending != LineEnding::Wrapped || line.hang > Length::ZERO {
            return;
        }
        let last = line.items.end - 1;
        let item = &case.items[last];
        let end = case.set.positions[last] + item.advance + item.after.edge + line.hyphen;
        let natural = end_gap(item.class, &case.rules).natural.of(item.em);
        assert!([Length::ZERO, natural].contains(&(line.width - end)));
    });
}

/// What a stage of reduction can give on a line.
fn giving(case: &Case, line: &Line, stage: ReductionStage) -> Length {
    let mut sum = Length::ZERO;
    for at in case.joints(line) {
        let (a, b) = (&case.items[at - 1], &case.items[at]);
        if stage == ReductionStage::WordSpace && a.class == CharClass::WesternSpace {
            sum += (a.advance - case.rules.word_space_min.of(a.em)).max(Length::ZERO);
        }
        if case.is_solid(at) {
            continue;
        }
        let natural = gap(a.class, b.class, &case.rules);
        let shrink = reduction(a.class, b.class, &case.rules);
        let parts = [natural.first.of(a.em), natural.second.of(b.em)];
        let mut room = (parts[0] + parts[1]).max(case.clear(at)) - case.clear(at);
        for (part, shrink, em) in
            [(parts[0], shrink.first, a.em), (parts[1], shrink.second, b.em)]
        {
            let Some(shrink) = shrink else { continue };
            let given = (part - shrink.floor.of(em)).min(room);
            room -= given;
            if shrink.stage == stage {
                sum += given;
            }
        }
    }
    sum
}

/// What a stage of expansion can take on a line.
fn taking(case: &Case, line: &Line, stage: ExpansionStage) -> Length {
    let mut sum = Length::ZERO;
    for at in case.joints(line) {
        let (a, b) = (&case.items[at - 1], &case.items[at]);
        if stage == ExpansionStage::WordSpace && a.class == CharClass::WesternSpace {
            sum += (case.rules.word_space_max.of(a.em) - a.advance).max(Length::ZERO);
        }
        let expansion = expansion(a.class, b.class, &case.rules);
        if let Some(expansion) = expansion.filter(|_| !case.is_solid(at))
            && expansion.stage == stage
        {
            let natural = gap(a.class, b.class, &case.rules);
            let em = if natural.first > natural.second { a.em } else { b.em };
            let natural = natural.first.of(a.em) + natural.second.of(b.em);
            let room = expansion.ceiling.of(em) - natural.max(case.clear(at));
            sum += room.max(Length::ZERO);
        }
    }
    sum
}

#[test]
fn a_stage_is_used_only_when_those_before_are_exhausted() {
    use ReductionStage::*;
    for_lines(LINES, |case, line| {
        let reduced = line.adjustment.reduced;
        let dropped = reduced[LineEnd as usize] + reduced[LineEndMiddleDot as usize];
        let stages = [WordSpace, MiddleDot, Bracket, Western];
        for (at, stage) in stages.into_iter().enumerate() {
            let later =
                stages[at + 1..].iter().any(|&s| reduced[s as usize] > Length::ZERO);
            let last = line.items.end - 1;
            let gone =
                stage == MiddleDot && reduced[LineEndMiddleDot as usize] > Length::ZERO;
            if later && !gone {
                assert_eq!(
                    reduced[stage as usize],
                    giving(case, line, stage),
                    "{stage:?}"
                );
            }
            if later && at > 0 && dropped == Length::ZERO && line.hang == Length::ZERO {
                let end = end_gap(case.items[last].class, &case.rules);
                let fixed = end.drop.is_none()
                    || end.natural == Em::ZERO
                    || line.hyphen > Length::ZERO
                    || line.ending == LineEnding::Last;
                assert!(fixed, "the gap at the end goes first");
            }
        }
        let expanded = line.adjustment.expanded;
        let any_reduced = reduced.iter().map(|length| length.0).sum::<i64>() > 0;
        let any_expanded = expanded.iter().map(|length| length.0).sum::<i64>() > 0;
        assert!(!(any_reduced && any_expanded) || dropped > Length::ZERO);
        use ExpansionStage as E;
        let stages = [E::WordSpace, E::Western, E::Solid, E::All];
        for (at, stage) in stages.into_iter().enumerate().take(3) {
            let later =
                stages[at + 1..].iter().any(|&s| expanded[s as usize] > Length::ZERO);
            if later {
                assert_eq!(
                    expanded[stage as usize],
                    taking(case, line, stage),
                    "{stage:?}"
                );
            }
        }
    });
}

#[test]
fn the_gap_after_a_full_stop_stays() {
    for_lines(LINES, |case, line| {
        for at in case.joints(line) {
            let (a, b) = (&case.items[at - 1], &case.items[at]);
            let natural = gap(a.class, b.class, &case.rules).first;
            if a.class == CharClass::FullStop && natural == Em::HALF && !case.is_solid(at)
            {
                assert!(case.room(at) >= Em::HALF.of(a.em));
            }
        }
    });
}

/// Any lengths at all, also below zero and beyond reason: composing ends, in order.
#[test]
fn nothing_is_too_strange() {
    let mut random = Random(0xBAD);
    for _ in 0..5_000 {
        let rules = random_rules(&mut random);
        let strange = [
            0,
            1,
            -1,
            7,
            240,
            46_080,
            -46_080,
            1 << 40,
            i64::MAX / 4,
            i64::MIN / 4,
            1 << 50,
        ];
        let mut length = || Length(random.pick(&strange));
        let (first_indent, indent, long) = (length(), length(), length());
        let count = random.below(40);
        let items: Vec<Item> = (0..count)
            .map(|_| {
                let mut length = || Length(random.pick(&strange));
                let (em, advance, inner, edge, hyphen) =
                    (length(), length(), length(), length(), length());
                let mut item = Item::new(random_class(&mut random), em, advance);
                if random.below(3) == 0 {
                    item.before = Clearance { inner, edge };
                    item.after = Clearance { inner: edge, edge: inner };
                }
                item.joint = random.pick(&[
                    Joint::Class,
                    Joint::Class,
                    Joint::Solid,
                    Joint::Forced,
                    Joint::Break { hyphen },
                ]);
                item
            })
            .collect();
        let alignment = random.pick(&[
            Alignment::Justify,
            Alignment::Start,
            Alignment::Center,
            Alignment::End,
            Alignment::Even,
        ]);
        let measure = Measure {
            length: long,
            first_indent,
            indent,
            alignment,
            ..Measure::new(long)
        };
        let breaking = random.pick(&[Breaking::FirstFit, Breaking::Optimum]);
        let rules = Rules { breaking, ..rules };
        let set = compose(&items, &measure, &rules);
        assert_eq!(set.positions.len(), items.len());
        let mut end = 0;
        for line in &set.lines {
            assert!(line.items.start >= end && line.items.end >= line.items.start);
            end = line.items.end;
        }
    }
}
