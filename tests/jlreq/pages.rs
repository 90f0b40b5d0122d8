//! What of the line shows only on a page, with fonts and glyphs.

use std::collections::BTreeMap;

use seihon::book::Memory;
use seihon::diag::Sink;
use seihon::display::{Direction, GlyphRun, Item};
use seihon::geom::{Length, Point};
use seihon::layout;
use seihon::line::{CharClass, Rules, Setting, Unlisted};
use seihon::pipeline::{self, Options};

/// The lines of an article, each as a run of glyphs, with `style` in its front matter.
fn runs(style: &str, text: &str) -> Vec<GlyphRun> {
    set("horizontal", style, text)
}

/// The same of a vertical article with rules of its lines.
fn down(line: &str, text: &str) -> Vec<GlyphRun> {
    set("vertical", &format!("line: {{ {line} }}"), text)
}

/// The glyph of a character and the run that it stands in.
fn find(runs: &[GlyphRun], ch: char) -> (&GlyphRun, Point) {
    let run = runs.iter().find(|run| run.text.contains(ch));
    let run = run.unwrap_or_else(|| panic!("{ch} is not on the page"));
    let at = run.text.find(ch).expect("it was just found") as u32;
    let glyph = run.glyphs.iter().find(|glyph| glyph.start == at);
    (run, glyph.expect("a glyph for each character").origin)
}

/// From the place of the first character to that of the second, along a vertical line.
fn step(runs: &[GlyphRun], from: char, to: char) -> Length {
    find(runs, to).1.y - find(runs, from).1.y
}

fn set(writing: &str, style: &str, text: &str) -> Vec<GlyphRun> {
    let text = format!(
        "---\ntitle: 題\nwriting: {writing}\nstyle: {{ {style} }}\n---\n{text}\n"
    );
    let files = Memory {
        files: BTreeMap::from([("a.md".to_owned(), text.into_bytes())]),
    };
    let options = Options { article: Some("a.md"), ..Options::default() };
    let compiled = pipeline::compile(&files, options);
    assert_eq!(compiled.sink.finish(), []);
    let volume = compiled.volume.expect("the article can be read");
    let (document, style, fonts) = (&volume.document, &volume.style, &volume.fonts);
    let pages = layout::layout(document, style, fonts, &mut Sink::default());
    let items = pages.pages.into_iter().flat_map(|page| page.items);
    let runs = items.filter_map(|item| match item {
        Item::Glyphs(run) => Some(run),
        _ => None,
    });
    runs.collect()
}

#[test]
fn a_repeated_kanji_is_drawn_and_the_mark_copied() {
    let text = "漢字漢字漢字漢字漢国々漢字";
    let lines = |mark: &str| {
        let style = format!("characters: 11, line: {{ iteration-mark: {mark} }}");
        runs(&style, text)
    };
    let kept = lines("by-strictness");
    let line = kept.iter().find(|run| run.text.contains('々')).expect("a line");
    assert!(line.text.starts_with("国々"), "{}", line.text);
    let replaced = lines("replace");
    let at = replaced.iter().position(|run| run.text.starts_with('々'));
    let at = at.expect("a line begins with the mark");
    let kanji = replaced[at - 1].glyphs.last().expect("the kanji before it");
    let mark = replaced[at].glyphs[0];
    assert!(replaced[at - 1].text.ends_with('国'));
    assert_eq!((mark.id, mark.start, mark.end), (kanji.id, 0, 3));
}

#[test]
fn long_readings_overhang_what_the_rules_say() {
    let width = |text: &str, over: &str| {
        let style = format!("line: {{ ruby-overhang: {over} }}");
        let runs = runs(&style, &format!("甲{text}乙"));
        find(&runs, '乙').1.x - find(&runs, '甲').1.x
    };
    let hiragana = |over| width("の{承|うけたまわ}る", over);
    let katakana = |over| width("ノ{承|うけたまわ}ル", over);
    assert!(hiragana("kana") < hiragana("marks"));
    assert_eq!(hiragana("kana"), hiragana("hiragana"));
    assert_eq!(hiragana("kana"), katakana("kana"));
    assert_eq!(katakana("hiragana"), katakana("marks"));
    assert_eq!(katakana("marks"), hiragana("marks"));
}

#[test]
fn short_readings_stand_in_the_middle_or_at_the_head() {
    let text = "甲{乙|か}丙";
    let at = |line| step(&down(line, text), '乙', 'か');
    let em = find(&down("", text), '乙').0.size;
    let (middle, head) = (at(""), at("ruby-alignment: head"));
    assert_eq!(middle - head, em / 4);
    let word = |line| step(&down(line, "甲{乙丁|か|と}丙"), '丁', 'と');
    assert_eq!(word("") - word("ruby-alignment: head"), em / 4);
    // A long reading overhangs what follows.
    let long = |line| step(&down(line, "のの{志|こころ}のの"), '志', 'こ');
    assert!(long("ruby-alignment: head") > long(""));
    // Only vertical lines have it.
    let across = |style| {
        let runs = runs(style, text);
        find(&runs, 'か').1.x - find(&runs, '乙').1.x
    };
    assert_eq!(across(""), across("line: { ruby-alignment: head }"));
}

#[test]
fn readings_have_the_size_and_the_gap_of_the_rules() {
    let text = "甲{乙丙|かきく}丁";
    let (half, third) = (down("", text), down("ruby-size: 1/3", text));
    let em = find(&half, '乙').0.size;
    assert_eq!(find(&half, 'か').0.size, em / 2);
    assert_eq!(find(&third, 'か').0.size, em / 3);
    let apart = down("ruby-gap: 1/8", text);
    let away = |runs: &[GlyphRun]| find(runs, 'か').1.x - find(runs, '乙').1.x;
    assert_eq!(away(&apart) - away(&half), em / 8);
}

#[test]
fn spread_readings_keep_to_the_ends_that_the_rules_give() {
    let text = "甲{乙丙丁戊|かき}己";
    let at = |line| step(&down(line, text), '乙', 'か');
    let em = find(&down("", text), '乙').0.size;
    assert_eq!(at("ruby-ends: 3/2") - at(""), em / 4);
    assert_eq!(at("") - at("ruby-ends: 0"), em / 2);
}

#[test]
fn a_base_or_its_reading_stands_at_the_edge_of_a_line() {
    let text = "　{承|うけたまわ}って候";
    let style = |edge| format!("line: {{ ruby-edge: {edge}, ruby-overhang: marks }}");
    let text = text.trim_start();
    let lines = |edge| runs(&style(edge), &format!("- {text}"));
    let place = |runs: &[GlyphRun], ch| find(runs, ch).1.x;
    let (ruby, base) = (lines("ruby"), lines("base"));
    assert_eq!(place(&ruby, 'う'), place(&base, 'う'));
    assert_eq!(place(&ruby, '候'), place(&base, '候'));
    assert_eq!(place(&base, '承'), place(&base, 'う'));
    assert!(place(&base, '承') < place(&ruby, '承'));
}

#[test]
fn words_with_long_readings_may_be_set_as_one_group() {
    let text = "甲{承知|うけたまわ|ち}乙";
    let ends = |line| step(&down(line, text), 'う', 'ち');
    let one = down("jukugo-ruby: group", text);
    let em = find(&one, '承').0.size;
    // Six of half an em, solid, over two characters that are spread.
    assert_eq!(ends("jukugo-ruby: group"), em.ratio(5, 2));
    assert_eq!(step(&one, '承', '知'), em.ratio(3, 2));
    let short = "甲{漢字|かん|じ}乙";
    let at = |line| step(&down(line, short), 'か', 'じ');
    assert_eq!(at(""), at("jukugo-ruby: group"));
}

#[test]
fn note_marks_stand_in_the_line_or_beside_it() {
    let text = "甲^[注の文]乙";
    let (within, beside) = (down("", text), down("note-mark: beside", text));
    let em = find(&within, '甲').0.size;
    assert!(step(&within, '甲', '乙') > em);
    assert_eq!(step(&beside, '甲', '乙'), em);
    let mark = find(&beside, '（').1;
    assert!(mark.x > find(&beside, '甲').1.x);
    assert!(mark.y < find(&beside, '甲').1.y + em);
}

#[test]
fn paragraphs_that_go_on_may_be_flush() {
    let text = "「甲」\n\nと乙が言った。\n\nと丙も";
    let flush = down("after-speech: flush", text);
    let indented = down("", text);
    let em = find(&flush, '乙').0.size;
    let at = |runs: &[GlyphRun], ch| find(runs, ch).1.y;
    assert_eq!(at(&indented, '乙') - at(&flush, '乙'), em);
    assert_eq!(at(&indented, '丙'), at(&flush, '丙'));
    for (key, text) in
        [("after-formula", "丁\n\n$$x$$\n\n乙"), ("after-heading", "# 甲\n\n乙")]
    {
        let flush = down(&format!("{key}: flush"), text);
        let indented = down("", text);
        assert_eq!(at(&indented, '乙') - at(&flush, '乙'), em, "{key}");
    }
}

#[test]
fn the_rules_say_what_stands_upright_in_vertical_lines() {
    let way = |line, text, ch| find(&down(line, text), ch).0.direction;
    assert_eq!(way("", "第365回", '3'), Direction::Down);
    assert_eq!(way("upright-digits: 3", "第365回", '3'), Direction::Across);
    assert_eq!(way("", "甲GNP乙", 'G'), Direction::Turned);
    assert_eq!(way("upright-capitals: 3", "甲GNP乙", 'G'), Direction::Down);
    assert_eq!(way("", "甲→乙", '→'), Direction::Turned);
    assert_eq!(way("vertical-signs: upright", "甲→乙", '→'), Direction::Down);
}

#[test]
fn characters_that_no_class_lists_are_classed_as_the_rules_say() {
    let class = |rules: &Rules, ch| rules.class_of(ch, Setting::Japanese);
    let by_category = Rules::default();
    let rules = Rules {
        unlisted: Unlisted::Ideographic,
        ..Rules::default()
    };
    assert_eq!(class(&by_category, '⸨'), CharClass::OpeningBracket);
    assert_eq!(class(&rules, '⸨'), CharClass::Ideographic);
    assert_eq!(class(&rules, '（'), CharClass::OpeningBracket);
    assert_eq!(class(&rules, '漢'), CharClass::Ideographic);
}
