//! Lines that JLReq works out, and others that can be worked out by hand.

use seihon::geom::Length;
use seihon::line::{
    Alignment, BracketAtHead, Breaking, CharClass, Clearance, Composed, Em, Hanging,
    Item, IterationMark, Joint, LineEnd, LineEnding, Measure, Parentheses, Preset,
    ReductionTable, Rules, Strictness, break_between, class_of, compose, gap,
    joins_number, joint, setting,
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
        item.iterates = ch == '々';
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
        iteration_mark: IterationMark::Replace,
        ..Preset::Books.rules()
    };
    assert_eq!(rules.class_of('々', setting('々')), CharClass::Ideographic);
    assert_eq!(class_of('々', setting('々')), CharClass::IterationMark);
}

#[test]
fn a_repeated_kanji_is_told_of_at_the_head_only() {
    let rules = Rules {
        iteration_mark: IterationMark::Replace,
        ..Preset::Books.rules()
    };
    let repeats = |text: &str| -> Vec<bool> {
        let lines = set(text, 3, &rules).lines;
        lines.iter().map(|line| line.repeats).collect()
    };
    assert_eq!(repeats("漢漢国々漢"), [false, true]);
    assert_eq!(repeats("漢国々漢"), [false, false]);
    let kept = set("漢漢国々漢", 3, &Preset::Books.rules());
    assert!(kept.lines.iter().all(|line| !line.repeats));
}

#[test]
fn marks_of_a_sentence_and_in_it() {
    let rules = Rules { dividing_gap: Em::QUARTER, ..Rules::default() };
    let gaps = |text| gaps(text, 20, &rules);
    assert_eq!(gaps("漢？漢")[..2], [60, 60]);
    assert_eq!(gaps("漢？！漢")[..3], [60, 0, 60]);
    assert_eq!(gaps("漢？A")[..2], [60, 60]);
    // The sentence ends.
    assert_eq!(gaps("漢？　漢")[..3], [0, 0, 0]);
    assert_eq!(gaps("漢？」漢")[..3], [0, 0, 120]);
    assert_eq!(gaps("漢？")[..1], [0]);
    assert_eq!(self::gaps("漢？漢", 20, &Rules::default())[..2], [0, 0]);
}

#[test]
fn a_sentence_may_end_with_an_em_of_its_own() {
    let rules = Rules { sentence_gap: Em::ONE, ..Rules::default() };
    let with = |text: &str| gaps(text, 20, &rules);
    assert_eq!(with("漢！漢漢")[..3], [0, 240, 0]);
    assert_eq!(with("漢！？漢漢")[..4], [0, 0, 240, 0]);
    assert_eq!(with("漢！「漢」")[1], 240);
    assert_eq!(with("漢！」漢漢")[..3], [0, 0, 120]);
    // The author has typed it.
    assert_eq!(with("漢！　漢漢")[..3], [0, 0, 0]);
    // At the end of a line there is none.
    assert_eq!(lines("漢漢！漢漢", 3, &rules), ["漢漢！", "漢漢"]);
}

#[test]
fn marks_in_numbers_are_solid() {
    let solid = |text: &str| -> String {
        let joined = text.char_indices().filter(|&(at, _)| joins_number(text, at));
        joined.map(|(_, ch)| ch).collect()
    };
    assert_eq!(solid("二、三人"), "、三");
    assert_eq!(solid("三・一四"), "・一");
    assert_eq!(solid("一、二三四、五〇〇円"), "、二、五");
    assert_eq!(solid("十二、三日"), "、三");
    assert_eq!(solid("３．１４と１，０００"), "．１，０");
    // ・ between the units of a number, and not between initials.
    assert_eq!(solid("五〇N・mと10kW・h・dの"), "・m・h・d");
    assert_eq!(solid("E・M・フォスターとA・C"), "");
    for plain in ["一、二、三、四", "一、漢字", "漢、二", "ア・イ", "１、２", "、", ""]
    {
        assert_eq!(solid(plain), "", "{plain}");
    }
}

#[test]
fn parentheses_may_be_solid_outside() {
    let rules = Rules {
        parentheses: Parentheses::Solid,
        ..Rules::default()
    };
    assert_eq!(gaps("漢（漢）漢", 20, &rules)[..4], [0; 4]);
    assert_eq!(gaps("漢「漢」漢", 20, &rules)[..4], [120, 0, 0, 120]);
    // The line breaks where it may, and nowhere else.
    assert_eq!(lines("漢漢（漢）漢", 2, &rules), ["漢漢", "（漢）", "漢"]);
    assert_eq!(lines("漢漢）漢漢漢", 2, &rules)[0], "漢");
}

#[test]
fn gaps_are_those_of_the_rules() {
    let with = |rules: Rules, text, measure| gaps(text, measure, &rules);
    let heading = Rules { punctuation_gap: Em::QUARTER, ..Rules::default() };
    assert_eq!(with(heading, "漢「漢」漢", 20)[..4], [60, 0, 0, 60]);
    let narrow = Rules { western_gap: Em::EIGHTH, ..Rules::default() };
    assert_eq!(with(narrow, "漢A漢", 20)[..2], [30, 30]);
    // 4.75 + 6 × ¼ em for 6: reduced by an eighth each, or not at all.
    let text = "漢AA漢A漢漢A漢";
    let reduced = |western_gap_min| {
        let rules = Rules { western_gap_min, ..Rules::default() };
        set(text, 8, &rules).lines[0].adjustment.reduced[5]
    };
    assert_eq!(reduced(Em::QUARTER), Length::ZERO);
    assert!(natural(text) == 8 * 240 + 120);
    assert_eq!(reduced(Em::EIGHTH), Length(120));
}

#[test]
fn word_spaces_give_way_as_far_as_the_rules_say() {
    let narrowed = |word_space_min| {
        let rules = Rules { word_space_min, ..Rules::default() };
        // 4 × 1 + 3 × ⅓: 5 em. The measure is a fifth of an em less with ⅕.
        let items = items("aa aa aa aa", &rules);
        let measure = Measure::new(EM * 5 - Length(90));
        compose(&items, &measure, &rules).lines.len()
    };
    assert_eq!((narrowed(Em::QUARTER), narrowed(Em::FIFTH)), (2, 1));
    let widened = |word_space_max| {
        let rules = Rules { word_space_max, ..Rules::default() };
        set("aa漢aa aa aaaaaaaa", 5, &rules).lines[0].adjustment.expanded[0]
    };
    assert_eq!((widened(Em::HALF), widened(Em::THIRD)), (Length(40), Length::ZERO));
}

#[test]
fn numerals_part_from_what_follows_as_the_rules_say() {
    use CharClass::{GroupedNumeral as N, PostfixedAbbreviation as P, Western as W};
    let rules = Rules::default();
    let breaks =
        |rules: &Rules| [(N, P), (N, W), (W, P)].map(|(a, b)| break_between(a, b, rules));
    assert_eq!(breaks(&rules), [false, false, true]);
    assert!(breaks(&Rules { break_numeral_postfix: true, ..rules.clone() })[0]);
    assert!(breaks(&Rules { break_numeral_western: true, ..rules.clone() })[1]);
    assert!(!breaks(&Rules { break_western_postfix: false, ..rules })[2]);
}

#[test]
fn a_comma_may_count_as_a_closing_bracket() {
    let rules = Rules { comma_is_closing: true, ..Rules::default() };
    assert_eq!(gaps("漢、・漢", 20, &rules)[..3], [0, 60, 60]);
    assert_eq!(gaps("漢、・漢", 20, &Rules::default())[..3], [0, 180, 60]);
    assert_eq!(gaps("漢、　漢", 20, &rules)[..2], [0, 0]);
}

#[test]
fn line_ends_keep_what_the_rules_say() {
    let width = |text, line_end| {
        let rules = Rules { line_end, ..Rules::default() };
        let set = set(text, 4, &rules);
        assert_eq!(set.lines[0].items, 0..4);
        (set.positions[3].0, set.lines[0].adjustment.expanded[2].0)
    };
    assert_eq!(width("漢漢漢。漢漢漢", LineEnd::Keep), (720, 0));
    assert_eq!(width("漢漢漢。漢漢漢", LineEnd::FullStop), (720, 0));
    assert_eq!(width("漢漢漢、漢漢漢", LineEnd::FullStop).0, 840);
    assert_eq!(width("漢漢漢。漢漢漢", LineEnd::Solid).0, 840);
}

/// The lines of a paragraph chosen together, and how loose the loosest is.
fn loosest(text: &str, measure: i64, breaking: Breaking) -> (Vec<String>, Length) {
    let rules = Rules { breaking, ..Rules::default() };
    let set = set(text, measure, &rules);
    let added = set.lines.iter().map(|line| {
        let added = line.adjustment.expanded;
        added[2] + added[3]
    });
    (lines(text, measure, &rules), added.max().unwrap_or_default())
}

#[test]
fn lines_chosen_together_share_what_one_lacks() {
    // The long word does not fit the second line.
    let text = "漢字かな漢字かなを漢字かな漢字かabcdefghijklm漢字";
    let (usual, loose) = loosest(text, 9, Breaking::FirstFit);
    assert_eq!(usual, ["漢字かな漢字かなを", "漢字かな漢字か", "abcdefghijklm漢字"]);
    let (together, even) = loosest(text, 9, Breaking::Optimum);
    assert_eq!(together, ["漢字かな漢字かな", "を漢字かな漢字か", "abcdefghijklm漢字"]);
    assert_eq!((loose, even), (EM * 2, EM));
}

#[test]
fn lines_that_fit_are_the_same_either_way() {
    for text in ["漢字かな", "漢漢漢漢、漢漢漢漢漢漢", "", "漢漢漢漢漢漢漢漢漢漢漢漢"]
    {
        let usual = loosest(text, 5, Breaking::FirstFit);
        assert_eq!(usual, loosest(text, 5, Breaking::Optimum), "{text}");
    }
}

#[test]
fn lines_chosen_together_break_where_lines_must() {
    let rules = Rules { breaking: Breaking::Optimum, ..Rules::default() };
    let mut items = items("漢漢漢漢漢漢漢漢漢", &rules);
    items[2].joint = Joint::Forced;
    items[3].joint = Joint::Forced;
    let set = compose(&items, &Measure::new(EM * 4), &rules);
    let ranges: Vec<_> = set.lines.iter().map(|line| line.items.clone()).collect();
    assert_eq!(ranges, [0..2, 2..3, 3..7, 7..9]);
}

#[test]
fn signs_are_solid_in_formulas_and_as_kanji_in_text() {
    use CharClass::{Ideographic, MathOperator, MathSymbol, Western};
    let rules = Rules::default();
    let between = |a, b| {
        let gap = gap(a, b, &rules);
        gap.first.0 + gap.second.0
    };
    for sign in [MathOperator, MathSymbol] {
        assert_eq!((between(Western, sign), between(sign, Western)), (0, 0));
        assert_eq!((between(Ideographic, sign), between(sign, Ideographic)), (0, 0));
        assert!(break_between(Ideographic, sign, &rules));
    }
}

#[test]
fn parts_of_an_address_are_spread_as_a_last_resort() {
    let rules = Rules::default();
    let part = |joint| {
        let mut item = Item::new(CharClass::Western, EM, EM * 3);
        item.joint = joint;
        item
    };
    let next = Joint::Break { hyphen: Length::ZERO };
    let items = [part(Joint::Class), part(next), part(next), part(next)];
    // One em is missing at two joints, half an em each.
    let set = compose(&items, &Measure::new(EM * 10), &rules);
    assert_eq!(set.lines[0].items, 0..3);
    assert_eq!(set.positions[..3], [Length::ZERO, EM * 7 / 2, EM * 7]);
    // More than half an em a joint would tear the address apart: the line stays short.
    let set = compose(&items, &Measure::new(EM * 11), &rules);
    assert_eq!(set.positions[..3], [Length::ZERO, EM * 3, EM * 6]);
}

#[test]
fn a_western_word_alone_is_not_spread_between_its_syllables() {
    let rules = Rules::default();
    let part = |joint| {
        let mut item = Item::new(CharClass::Western, EM, EM * 2);
        item.joint = joint;
        item
    };
    let syllable = Joint::Break { hyphen: EM / 4 };
    let items = [part(Joint::Class), part(syllable), part(syllable), part(syllable)];
    let set = compose(&items, &Measure::new(EM * 9 / 2), &rules);
    assert_eq!(set.lines[0].items, 0..2);
    assert_eq!(set.positions[..2], [Length::ZERO, EM * 2]);
    assert_eq!(set.lines[0].width, EM * 17 / 4);
    // Nor is it between letters of two looks, where no line may end.
    let items = [part(Joint::Class), part(Joint::Class), part(syllable)];
    let set = compose(&items, &Measure::new(EM * 9 / 2), &rules);
    assert_eq!(set.positions[..2], [Length::ZERO, EM * 2]);
}
