//! Lines that JLReq works out, and others that can be worked out by hand.

use seihon::geom::Length;
use seihon::line::{
    Alignment, BracketAtHead, CharClass, Clearance, Composed, Em, Hanging, Item, Joint,
    LineEnd, LineEnding, Measure, Preset, ReductionTable, Rules, Strictness, class_of,
    compose, joint, setting,
};

/// The size of the characters: 240 units, so that an [`Em`] is its own length.
const EM: Length = Length(240);

/// The items of a text; Western characters are half an em wide.
fn items(text: &str, rules: &Rules) -> Vec<Item> {
    let mut before = None;
    let mut items = Vec::new();
    for ch in text.chars() {
        let class = rules.class_of(ch, setting(ch));
        let advance = match class {
            CharClass::Western => Em::HALF,
            CharClass::WesternSpace => rules.word_space,
            class => class.solid_advance(),
        };
        let mut item = Item::new(class, EM, advance.of(EM));
        if let Some(before) = before {
            item.joint = joint(before, ch, rules);
        }
        items.push(item);
        before = Some(ch);
    }
    items
}

fn set(text: &str, measure: i64, rules: &Rules) -> Composed {
    compose(&items(text, rules), &Measure::new(EM * measure), rules)
}

/// The lines of a text as text.
fn lines(text: &str, measure: i64, rules: &Rules) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let set = set(text, measure, rules);
    set.lines
        .iter()
        .map(|line| chars[line.items.clone()].iter().collect())
        .collect()
}

/// The gaps after each item of the first line, in 1/240 em; the last is up to the measure.
fn gaps(text: &str, measure: i64, rules: &Rules) -> Vec<i64> {
    let items = items(text, rules);
    let set = set(text, measure, rules);
    let line = &set.lines[0];
    let ends = line.items.clone().map(|at| set.positions[at] + items[at].advance);
    let mut starts: Vec<Length> = set.positions[line.items.clone()].to_vec();
    starts.push(EM * measure);
    ends.zip(starts.into_iter().skip(1))
        .map(|(end, start)| (start - end).0)
        .collect()
}

/// The natural width of a text in 1/240 em, without a gap at the end.
fn natural(text: &str) -> i64 {
    let rules = Rules { line_end: LineEnd::Solid, ..Rules::default() };
    set(text, 1000, &rules).lines[0].width.0
}

fn hanging() -> Rules {
    Rules { hanging: Hanging::WhenNeeded, ..Rules::default() }
}

#[test]
fn consecutive_punctuation_is_two_halves_and_a_gap() {
    let em = |ems: f64| (ems * 240.0) as i64;
    for (text, width) in [
        ("漢」「漢", 3.5),
        ("（（漢））", 3.0),
        ("漢。」漢", 3.5),
        ("漢」。漢", 3.5),
        ("漢、「漢", 3.5),
        ("漢）（漢", 3.5),
        ("漢」・漢", 3.5),
        ("漢・「漢", 3.5),
        ("漢。「漢", 3.5),
        ("漢」、「漢", 4.0),
        ("漢）」。漢", 4.0),
        ("漢・漢", 3.0),
        ("漢A漢", 3.0),
        ("A。漢", 2.5),
        ("A！A", 2.25),
        ("第12漢", 3.5),
    ] {
        assert_eq!(natural(text), em(width), "{text}");
    }
}

#[test]
fn a_comma_keeps_half_an_em_at_the_end() {
    let rules = Rules::default();
    assert_eq!(lines("漢漢漢漢、漢", 5, &rules), ["漢漢漢漢、", "漢"]);
    assert_eq!(gaps("漢漢漢漢、漢", 5, &rules), [0, 0, 0, 0, 120]);
}

#[test]
fn a_comma_beyond_the_measure_hangs_or_takes_a_character_along() {
    let text = "漢漢漢漢漢、漢";
    let set = set(text, 5, &hanging());
    assert_eq!((set.lines[0].items.clone(), set.lines[0].hang), (0..6, Length(120)));
    assert_eq!((set.positions[5], set.lines[0].width), (EM * 5, EM * 5));
    assert_eq!(lines(text, 5, &Rules::default()), ["漢漢漢漢", "漢、漢"]);
    assert_eq!(gaps(text, 5, &Rules::default()), [80, 80, 80, 0]);
}

#[test]
fn brackets_give_way_in_the_order_of_the_table() {
    let text = "漢「漢」漢漢漢漢。";
    let rules = |reduction, line_end| Rules { reduction, line_end, ..Rules::default() };
    let jlreq = gaps(text, 8, &rules(ReductionTable::Jlreq, LineEnd::Keep));
    assert_eq!(jlreq, [60, 0, 0, 60, 0, 0, 0, 0, 0]);
    let books = gaps(text, 8, &rules(ReductionTable::Books, LineEnd::Keep));
    assert_eq!(books, jlreq);
    let jis = gaps(text, 8, &rules(ReductionTable::Jis, LineEnd::FullStop));
    assert_eq!(jis, [0, 0, 0, 0, 0, 0, 0, 0, 120]);
    let hung = set(text, 8, &hanging());
    assert_eq!((hung.lines[0].hang, hung.positions[8]), (Length(120), EM * 8));
    assert_eq!(hung.lines[0].adjustment.reduced, [Length::ZERO; 6]);
}

#[test]
fn the_gap_after_a_full_stop_is_never_reduced() {
    let text = "漢。漢「漢」漢漢漢漢漢";
    assert_eq!(gaps(text, 9, &Rules::default()), [0, 120, 0, 0, 0, 0, 0, 0, 0, 0]);
    for preset in [Preset::Jlreq, Preset::Jis, Preset::Books, Preset::Magazine] {
        let gaps = gaps("漢。漢「漢」漢漢漢漢", 8, &preset.rules());
        assert!(gaps[1] >= 120, "{preset:?}");
    }
}

#[test]
fn a_middle_dot_at_the_end_loses_both_its_gaps_together() {
    // Natural 4.5 + ¼ + ½ + ¼; the ½ em too much goes at once.
    let set = set("漢漢漢漢・漢", 5, &Rules::default());
    assert_eq!(set.lines[0].items, 0..5);
    assert_eq!(set.positions[4], EM * 4 + Length(60));
    let text = "漢漢A漢漢・漢漢";
    // Natural 1+1+¼+½+¼+1+1+¼+½+¼ = 6: dropped where the line is one half shorter.
    assert_eq!(gaps(text, 6, &Rules::default()), [0, 60, 60, 0, 60, 60]);
}

#[test]
fn the_gap_at_the_end_goes_whole_and_the_rest_is_given_back() {
    // 4 × 1 + 1.2 + ½ + ½: 0.2 em too long for 6; without the half 0.3 em too short.
    let rules = Rules::default();
    let mut items = items("漢漢漢漢漢、漢", &rules);
    items[2].advance = Length(288);
    let set = compose(&items, &Measure::new(EM * 6), &rules);
    let line = &set.lines[0];
    assert_eq!((line.items.clone(), line.width), (0..6, EM * 6));
    assert_eq!(set.positions[5] + Length(120), EM * 6);
    assert_eq!(line.adjustment.reduced[1], Length(120));
    assert_eq!(line.adjustment.expanded[2], Length(72));
}

#[test]
fn brackets_at_the_head_follow_the_pattern() {
    let text = "「漢漢漢「漢漢漢";
    for (pattern, first, later) in [
        (BracketAtHead::Flush, 240, 0),
        (BracketAtHead::HalfKept, 360, 120),
        (BracketAtHead::HalfIndent, 120, 0),
    ] {
        let rules = Rules { bracket_at_head: pattern, ..Rules::default() };
        let measure = Measure { first_indent: EM, ..Measure::new(EM * 5) };
        let set = compose(&items(text, &rules), &measure, &rules);
        assert_eq!(set.positions[0], Length(first), "{pattern:?}");
        assert_eq!(set.positions[4], Length(later), "{pattern:?}");
    }
}

#[test]
fn the_space_after_an_exclamation_mark_vanishes_at_the_end() {
    let rules = Rules::default();
    assert_eq!(lines("漢漢漢！　漢漢", 4, &rules), ["漢漢漢！", "漢漢"]);
    assert_eq!(lines("漢漢！　漢漢", 4, &rules), ["漢漢！　", "漢漢"].map(str::trim));
    assert_eq!(lines("漢！　漢漢", 4, &rules), ["漢！　漢", "漢"]);
}

#[test]
fn strictness_keeps_characters_from_the_head() {
    let first = |text, strictness| {
        let rules = Rules { strictness, ..Rules::default() };
        lines(text, 3, &rules)[0].chars().count()
    };
    use Strictness::*;
    for (text, allowed) in [
        ("漢漢漢っ漢", vec![Strict, Loose, VeryLoose]),
        ("漢漢漢ー漢", vec![Strict, Loose, VeryLoose]),
        ("漢漢漢々漢", vec![Strict, Loose, VeryLoose]),
        ("漢漢漢ゝ漢", vec![VeryLoose]),
        ("漢漢漢〜漢", vec![Loose, VeryLoose]),
        ("漢漢漢・漢", vec![Loose, VeryLoose]),
        ("漢漢漢！漢", vec![VeryLoose]),
        ("漢漢……漢", vec![Loose, VeryLoose]),
        ("漢漢――漢", vec![VeryLoose]),
        ("漢漢漢。漢", vec![]),
        ("漢漢漢」漢", vec![]),
    ] {
        for strictness in [VeryStrict, Strict, Loose, VeryLoose] {
            let is_allowed = allowed.contains(&strictness);
            let expected = if is_allowed { 3 } else { 2 };
            assert_eq!(first(text, strictness), expected, "{text} {strictness:?}");
        }
    }
}

#[test]
fn an_opening_bracket_does_not_end_a_line() {
    assert_eq!(lines("漢漢「漢漢」", 3, &Rules::default())[0], "漢漢");
}

#[test]
fn latin_words_part_at_spaces_and_spaces_stretch() {
    let rules = Rules::default();
    let text = "ab cd ef";
    assert_eq!(lines(text, 3, &rules), ["ab cd", "ef"]);
    assert_eq!(gaps(text, 3, &rules)[1..3].iter().sum::<i64>(), 160);
    assert_eq!(lines(text, 1, &rules), ["ab", "cd", "ef"]);
    assert_eq!(lines("  ab  ", 9, &rules), ["ab"]);
}

#[test]
fn a_hyphen_is_used_only_where_the_line_would_be_loose() {
    let rules = Rules::default();
    let split = |text: &str, at: usize, measure: i64| {
        let mut items = items(text, &rules);
        items[at].joint = Joint::Break { hyphen: Length(40) };
        compose(&items, &Measure::new(EM * measure), &rules).lines.remove(0)
    };
    let line = split("aa abcdefgh", 7, 5);
    assert_eq!((line.items, line.hyphen), (0..7, Length(40)));
    // Six and a third em without the part of the word; the spaces stretch to seven.
    let line = split("aa aa aa aa aa abcd", 16, 7);
    assert_eq!((line.items, line.hyphen), (0..14, Length::ZERO));
}

#[test]
fn alignments_place_a_line() {
    let rules = Rules::default();
    let at = |alignment, text: &str| {
        let measure = Measure { alignment, ..Measure::new(EM * 7) };
        compose(&items(text, &rules), &measure, &rules).positions
    };
    assert_eq!(at(Alignment::Start, "漢漢漢"), [0, 240, 480].map(Length));
    assert_eq!(at(Alignment::Center, "漢漢漢"), [480, 720, 960].map(Length));
    assert_eq!(at(Alignment::End, "漢漢漢"), [960, 1200, 1440].map(Length));
    assert_eq!(at(Alignment::Even, "漢漢漢"), [0, 720, 1440].map(Length));
    assert_eq!(at(Alignment::Even, "漢"), [Length::ZERO]);
    assert_eq!(at(Alignment::Justify, "漢漢漢"), [0, 240, 480].map(Length));
}

#[test]
fn a_last_line_is_not_left_with_one_character() {
    let rules = Rules { last_line_min: 2, ..Rules::default() };
    assert_eq!(lines("漢漢漢漢漢漢漢漢漢", 8, &rules), ["漢漢漢漢漢漢漢", "漢漢"]);
    assert_eq!(lines("漢漢漢漢漢漢漢漢漢。", 8, &rules), ["漢漢漢漢漢漢漢", "漢漢。"]);
    assert_eq!(lines("漢漢漢漢漢", 2, &rules)[2], "漢");
}

#[test]
fn ruby_keeps_its_room_beside_neighbours_and_at_the_edges() {
    let rules = Rules::default();
    let mut items = items("漢漢、漢漢漢漢", &rules);
    let clearance = |inner, edge| Clearance { inner: Length(inner), edge: Length(edge) };
    items[0].before = clearance(60, 120);
    items[1].after = clearance(90, 120);
    items[3].before = clearance(180, 120);
    let set = compose(&items, &Measure::new(EM * 20), &rules);
    assert_eq!(set.positions[0], Length(120), "room at the head");
    assert_eq!(set.positions[2], Length(120 + 480 + 90), "room before a mark");
    assert_eq!(
        set.positions[3],
        set.positions[2] + Length(120 + 180),
        "more than the gap"
    );
}

#[test]
fn complexes_and_forced_breaks_do_as_they_are_told() {
    let rules = Rules::default();
    let set_with = |joint| {
        let mut items = items("漢漢漢漢", &rules);
        items[2].joint = joint;
        compose(&items, &Measure::new(EM * 2), &rules).lines
    };
    assert_eq!(set_with(Joint::Solid)[0].items, 0..1);
    assert_eq!(set_with(Joint::Keep)[0].items, 0..1);
    assert_eq!(set_with(Joint::Splittable)[0].items, 0..2);
    let lines = compose_forced(&rules);
    assert_eq!((lines[0].items.clone(), lines[0].ending), (0..2, LineEnding::Forced));
    assert_eq!((lines[0].width, lines.len()), (EM * 2, 2));
}

fn compose_forced(rules: &Rules) -> Vec<seihon::line::Line> {
    let mut items = items("漢漢漢漢", rules);
    items[2].joint = Joint::Forced;
    compose(&items, &Measure::new(EM * 9), rules).lines
}

#[test]
fn what_does_not_fit_is_told() {
    let rules = Rules::default();
    let measure = Measure::new(EM * 2);
    let wide = [Item::new(CharClass::Western, EM, EM * 5), Item::japanese('漢', EM)];
    let set = compose(&wide, &measure, &rules);
    assert_eq!(set.lines[0].items, 0..1);
    assert_eq!(set.lines[0].ending, LineEnding::Emergency);
    assert_eq!(set.lines[0].overfull(&measure), EM * 3);
    let unbroken = compose(&items("「「「「「「", &rules), &measure, &rules);
    assert_eq!(unbroken.lines[0].items, 0..4);
    assert_eq!(unbroken.lines[0].ending, LineEnding::Emergency);
    assert_eq!(compose(&[], &measure, &rules), Composed::default());
}

#[test]
fn a_long_row_of_leaders_parts_between_its_pairs() {
    let rules = Preset::Books.rules();
    assert_eq!(lines("漢漢………………漢", 5, &rules), ["漢漢……", "…………漢"]);
    assert_eq!(lines("……………………漢", 5, &rules), ["……………", "………漢"]);
    assert_eq!(lines("漢漢漢漢漢漢――漢", 7, &rules)[0], "漢漢漢漢漢漢");
}

#[test]
fn western_marks_keep_to_their_text() {
    let rules = Rules::default();
    assert_eq!(lines("漢漢漢(漢", 3, &rules), ["漢漢漢", "(漢"]);
    assert_eq!(lines("漢漢漢)漢", 3, &rules)[0], "漢漢");
    assert_eq!(lines("漢漢30℃漢", 3, &rules)[0], "漢漢");
}

#[test]
fn an_iteration_mark_to_be_replaced_may_start_a_line() {
    let rules = Rules {
        iteration_mark: seihon::line::IterationMark::Replace,
        ..Preset::Books.rules()
    };
    assert_eq!(rules.class_of('々', setting('々')), CharClass::Ideographic);
    assert_eq!(class_of('々', setting('々')), CharClass::IterationMark);
}
