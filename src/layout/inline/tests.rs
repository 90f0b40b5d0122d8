use std::collections::BTreeSet;
use std::fmt::Write;

use super::{Alignment, Line, ParagraphStyle, layout_inline};
use crate::diag::{Diagnostic, Sink};
use crate::display::{Color, Direction};
use crate::font::{FontBook, FontStyle, Shaper};
use crate::geom::{Length, WritingMode};
use crate::layout::{
    Context, NoteLabel, Piece, Placed, RunGlyph, Starts, Structure, Styles,
};
use crate::line;
use crate::model::{
    AnchorId, Attributes, Document, Image, ImageFile, Inline, InlineStyle, KentenMark,
    NoteReference, Ruby, RubyUnit, Target, TextOrientation,
};
use crate::source::{FileId, Span};
use crate::style::Style;

const EM: Length = Length(1_000 * 48);

fn set(
    content: &[Inline],
    writing: WritingMode,
    ems: i64,
) -> (Vec<Line>, Vec<Diagnostic>) {
    set_in(&Document::default(), content, writing, ems)
}

fn set_in(
    document: &Document,
    content: &[Inline],
    writing: WritingMode,
    ems: i64,
) -> (Vec<Line>, Vec<Diagnostic>) {
    let style = Style::preset("a5", writing).expect("a preset");
    set_with(document, &style, content, writing, ems)
}

fn set_with(
    document: &Document,
    style: &Style,
    content: &[Inline],
    writing: WritingMode,
    ems: i64,
) -> (Vec<Line>, Vec<Diagnostic>) {
    let fonts = FontBook::embedded();
    let styles = Styles::new(style);
    let mut sink = Sink::default();
    let mut cx = Context {
        document,
        style,
        styles: &styles,
        fonts: &fonts,
        shaper: Shaper::new(&fonts),
        sink: &mut sink,
        writing,
        notes: (1..=12)
            .map(|number| {
                let text = match writing {
                    WritingMode::Horizontal => format!("{number})"),
                    WritingMode::Vertical => format!("（{number}）"),
                };
                NoteLabel { text, anchor: None }
            })
            .collect(),
        digits: 0,
        missing: BTreeSet::new(),
        language: super::western_language(&document.meta.language),
        structure: Structure::default(),
        starts: Starts::beside(),
    };
    let paragraph = ParagraphStyle {
        font: FontStyle::default(),
        size: EM,
        color: Color::BLACK,
        measure: EM * ems,
        first_indent: Length::ZERO,
        indent: Length::ZERO,
        beside: crate::layout::Beside::default(),
        alignment: Alignment::Justify,
    };
    let lines = layout_inline(&mut cx, content, &paragraph);
    (lines, sink.finish())
}

/// The lines with their pieces, lengths in thousandths of the em: of glyphs the origins,
/// along the line, and across the lines where it changes.
fn dump(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        for piece in &line.pieces {
            let _ = writeln!(out, "{}", describe(piece));
        }
        let _ = write!(out, "= {}", mill(line.width));
        let half = EM / 2;
        if (line.before, line.after) != (half, half) {
            let _ = write!(out, " -{} +{}", mill(line.before), mill(line.after));
        }
        if !line.notes.is_empty() {
            let _ = write!(out, " notes {:?}", line.notes);
        }
        out.push('\n');
    }
    out
}

fn mill(length: Length) -> i64 {
    length.ratio(1000, EM.0).0
}

fn describe(placed: &Placed) -> String {
    let (at, block) = (mill(placed.at.inline), mill(placed.at.block));
    match &placed.piece {
        Piece::Glyphs(run) | Piece::Reading(run) => {
            let mut out = String::new();
            if run.size != EM {
                let _ = write!(out, "({}) ", mill(run.size));
            }
            let orientation = match run.direction {
                Direction::Across => "",
                Direction::Down => "↓",
                Direction::Turned => "→",
                Direction::TurnedBack => "←",
            };
            out.push_str(orientation);
            let mut last = None;
            for glyph in &run.glyphs {
                let text = &run.text[glyph.start as usize..glyph.end as usize];
                let inline = at + mill(glyph.origin.inline);
                let across = block + mill(glyph.origin.block);
                let _ = write!(out, "{text}{inline}");
                if last.replace(across) != Some(across) {
                    let _ = write!(out, "/{across}");
                }
                out.push(' ');
            }
            out.trim_end().to_owned()
        }
        Piece::Fill { size, .. } => {
            format!("fill {at}/{block} {}x{}", mill(size.inline), mill(size.block))
        }
        Piece::Frame { size, .. } => {
            format!("frame {at}/{block} {}x{}", mill(size.inline), mill(size.block))
        }
        Piece::Path { steps, .. } => format!("path {at}/{block} {}", steps.len()),
        Piece::Link { size, target, .. } => {
            format!("link {at}/{block} {} {target:?}", mill(size.inline))
        }
        Piece::Box { pieces, .. } => pieces.iter().map(describe).collect(),
        Piece::Start(_) => "start".to_owned(),
        Piece::ParagraphEnd => "end".to_owned(),
        Piece::Anchor(anchor) => format!("anchor {at}/{block} {}", anchor.0),
        Piece::Image { size, .. } => {
            format!("image {at}/{block} {}x{}", mill(size.inline), mill(size.block))
        }
    }
}

fn text(text: &str) -> Inline {
    let span = Span {
        file: FileId(0),
        start: 10,
        end: 10 + text.len() as u32,
    };
    Inline::Text { text: text.to_owned(), span }
}

fn ruby(units: &[(&str, &str)]) -> Inline {
    let unit = |&(base, reading): &(&str, &str)| RubyUnit {
        base: base.to_owned(),
        reading: reading.to_owned(),
    };
    let units = units.iter().map(unit).collect();
    Inline::Ruby(Ruby { units, under: String::new(), span: Span::default() })
}

use WritingMode::{Horizontal as H, Vertical as V};

#[track_caller]
fn check(content: &[Inline], writing: WritingMode, ems: i64, expected: &str) {
    let (lines, found) = set(content, writing, ems);
    assert_eq!(dump(&lines).trim(), expected.trim());
    assert_eq!(found, []);
}

fn note(index: usize) -> Inline {
    Inline::Note(NoteReference { note: Some(index), ..NoteReference::default() })
}

fn styled(style: InlineStyle, words: &str) -> Inline {
    Inline::Styled { style, children: vec![text(words)] }
}

#[test]
fn punctuation_is_half_an_em_and_gaps_are_kept() {
    let expected = "\
漢0/380 （1000 漢2000 ）3000 、3500 「4000 漢5000 」6000 。6500 ・7500 漢8500
= 9500";
    check(&[text("漢（漢）、「漢」。・漢")], H, 20, expected);
}

#[test]
fn western_brackets_are_solid_inside() {
    let expected = "\
あ0/380 A1250  1968 b2301 あ3189 (4439 あ4803 )5803 あ6417
= 7417";
    check(&[text("あA bあ(あ)あ")], H, 20, expected);
}

#[test]
fn readings_follow_the_line() {
    let expected = "\
こ0/380 の1000 漢2000 字3000 は4000
(500) か2000/-560 ん2500
(500) じ3250/-560
= 5000";
    let word = ruby(&[("漢", "かん"), ("字", "じ")]);
    check(&[text("この"), word, text("は")], H, 20, expected);
}

#[test]
fn short_readings_are_spread_and_long_ones_spread_the_base() {
    let expected = "\
百0/380 舌1000 鳥2000 漢3000 東4125 京5375 漢6500
(500) も500/-560 ず2000
(500) と4000/-560 う4500 き5000 ょ5500 う6000
= 7500";
    let content = [
        ruby(&[("百舌鳥", "もず")]),
        text("漢"),
        ruby(&[("東京", "とうきょう")]),
        text("漢"),
    ];
    check(&content, H, 20, expected);
}

#[test]
fn long_readings_overhang_kana_and_not_kanji() {
    let expected = "\
の0/380 志1250 を2500 漢3500 志5250 漢7000
(500) こ500/-560 こ1000 ろ1500 ざ2000 し2500
(500) こ4500/-560 こ5000 ろ5500 ざ6000 し6500
= 8000";
    let word = || ruby(&[("志", "こころざし")]);
    check(&[text("の"), word(), text("を漢"), word(), text("漢")], H, 20, expected);
}

#[test]
fn long_readings_overhang_the_gaps_of_punctuation() {
    let expected = "\
、0/380 志1000 （2000 志3000 ）4000
(500) こ750/-560 こ1250 ろ1750
(500) こ2750/-560 こ3250 ろ3750
= 5000";
    let word = || ruby(&[("志", "こころ")]);
    check(&[text("、"), word(), text("（"), word(), text("）")], H, 20, expected);
}

#[test]
fn two_readings_keep_apart_over_one_character() {
    let expected = "\
志250/380 の1250 志2250
(500) こ0/-560 こ500 ろ1000
(500) こ2000/-560 こ2500 ろ3000
= 3500";
    let word = || ruby(&[("志", "こころ")]);
    check(&[word(), text("の"), word()], H, 20, expected);
}

#[test]
fn readings_align_with_the_edges_of_lines() {
    let expected = "\
あ0/380 い1000 の2000 志3000 の4000
(500) こ2750/-560 こ3250 ろ3750
= 5000
志250/380 あ1500 い2750 う4000
(500) こ0/-560 こ500 ろ1000
= 5000
志250/380 の1250
(500) こ0/-560 こ500 ろ1000
= 2250";
    let word = || ruby(&[("志", "こころ")]);
    let content =
        [text("あいの"), word(), text("の"), word(), text("あいう"), word(), text("の")];
    check(&content, H, 5, expected);
}

#[test]
fn lines_do_not_break_between_ruby_and_punctuation() {
    let expected = "\
あ0/380 い1333 う2667 え4000
= 5000
漢0/380 。1000 か2000
(500) か0/-560 ん500
= 3000";
    let word = || ruby(&[("漢", "かん")]);
    check(&[text("あいうえ"), word(), text("。か")], H, 5, expected);
    let expected = "\
あ0/380 い1500 う3000
= 4000
「-500/380 漢500
(500) か500/-560 ん1000
= 1500";
    check(&[text("あいう「"), word()], H, 4, expected);
}

#[test]
fn words_may_break_inside_jukugo_ruby() {
    let expected = "\
あ0/380 い1000 う2000 漢3000
(500) か3000/-560 ん3500
= 4000
字0/380 は1000
(500) じ250/-560
= 2000";
    let word = ruby(&[("漢", "かん"), ("字", "じ")]);
    check(&[text("あいう"), word, text("は")], H, 4, expected);
}

/// Where the readings of a word with jukugo ruby start, in its surroundings.
#[track_caller]
fn jukugo(before: &str, units: &[(&str, &str)], after: &str, expected: &str) {
    let (lines, _) = set(&[text(before), ruby(units), text(after)], H, 20);
    let out = dump(&lines).replace("/380", "").replace("/-560", "");
    let words: Vec<&str> = out.trim().lines().collect();
    assert_eq!(words.join(" | ").replace("(500) ", ""), expected);
}

#[test]
fn readings_in_a_word_overhang_its_other_characters_first() {
    // The character that follows, though kana stand on both sides.
    let word = [("鬼", "おに"), ("怒", "どうど"), ("川", "は")];
    let expected = "の0 鬼1000 怒2000 川3000 の4000 | お1000 に1500 | ど2000 う2500 ど3000 | \
                    は3500 | = 5000";
    jukugo("の", &word, "の", expected);
    // The one before.
    let word = [("日", "ひ"), ("京", "きょう")];
    let expected = "の0 日1000 京2000 の3000 | ひ1000 | き1500 ょ2000 う2500 | = 4000";
    jukugo("の", &word, "の", expected);
}

#[test]
fn readings_in_a_word_overhang_kana_after_it_and_then_before_it() {
    let word = [("東", "とう"), ("京", "きょう")];
    let after =
        "の0 東1000 京2000 の3000 | と1000 う1500 | き2000 ょ2500 う3000 | = 4000";
    jukugo("の", &word, "の", after);
    let before =
        "の0 東1000 京2000 都3000 | と500 う1000 | き1500 ょ2000 う2500 | = 4000";
    jukugo("の", &word, "都", before);
    let both = [("上", "じょう"), ("京", "きょう")];
    let expected = "の0 上1000 京2000 の3000 | じ500 ょ1000 う1500 | \
                    き2000 ょ2500 う3000 | = 4000";
    jukugo("の", &both, "の", expected);
}

#[test]
fn words_are_widened_where_their_readings_are_too_long() {
    let word = [("東", "とう"), ("京", "きょう")];
    let expected =
        "市0 東1000 京2250 都3500 | と1000 う1500 | き2000 ょ2500 う3000 | = 4500";
    jukugo("市", &word, "都", expected);
    let word = [("章", "しょう"), ("京", "きょうきょ")];
    let expected = "市0 章1375 京3375 都5000 | し1000 ょ1500 う2000 | \
                    き2500 ょ3000 う3500 き4000 ょ4500 | = 6000";
    jukugo("市", &word, "都", expected);
}

#[test]
fn each_part_of_a_broken_word_is_laid_out_anew() {
    // In one line きょう would overhang 都; at its end it overhangs い.
    let word = || ruby(&[("京", "きょう"), ("都", "と")]);
    let expected = "\
あ0/380 い1000 京2000
(500) き1500/-560 ょ2000 う2500
= 3000
都0/380 は1000
(500) と250/-560
= 2000";
    check(&[text("あい"), word(), text("は")], H, 3, expected);
}

#[test]
fn bases_of_several_characters_have_readings_of_their_own() {
    let expected = "\
護0/380 謨1000 毬2000
(500) ゴ250/-560 ム1250
(500) ま2000/-560 り2500
= 3000";
    check(&[ruby(&[("護謨", "ゴム"), ("毬", "まり")])], H, 5, expected);
}

/// Paragraphs of kana, kanji, punctuation and words with readings of all lengths.
fn mixed_with_ruby(seed: u64) -> Vec<Inline> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % below
    };
    let plain = [
        "の",
        "漢",
        "という",
        "国家",
        "、",
        "。",
        "「",
        "」",
        "カー",
        "・",
        "、「",
        "extraordinary words ",
    ];
    let notes = ["（二行に割った小さな注、である。）", "短い注", "A note in two lines."];
    let readings = ["は", "かん", "きょう", "こころ", "うけたまわ", "じゅん", "い"];
    (0..60)
        .map(|_| match next(3) {
            0 | 1 => text(plain[next(plain.len())]),
            2 if next(4) == 0 => warichu(notes[next(notes.len())]),
            _ => {
                let unit = |number| (["志", "京", "東京"][number % 3], readings[number]);
                let units: Vec<_> =
                    (0..=next(3)).map(|_| unit(next(readings.len()))).collect();
                ruby(&units)
            }
        })
        .collect()
}

#[test]
fn readings_keep_within_the_measure_and_apart() {
    for seed in 0..150 {
        let (writing, ems) = ([H, V][seed as usize % 2], 12 + seed as i64 % 20);
        let (lines, _) = set(&mixed_with_ruby(seed), writing, ems);
        let (measure, full) = (EM * ems, lines.len() - 1);
        for (number, line) in lines.iter().enumerate() {
            let words = dump(std::slice::from_ref(line));
            let readings = readings(line);
            for &(start, end) in &readings {
                assert!(
                    start >= Length::ZERO && end <= measure,
                    "{seed} {ems}:\n{words}"
                );
            }
            for pair in readings.windows(2) {
                assert!(pair[0].1 <= pair[1].0, "{seed} {ems}:\n{words}");
            }
            if number < full {
                assert_eq!(line.width, measure, "{seed} {ems}:\n{words}");
            }
            if let (true, H, Some(end)) = (number < full, writing, last_em_box(line)) {
                let reading = readings.last().map_or(Length::ZERO, |&(_, end)| end);
                assert_eq!(end.max(reading), measure, "{seed} {ems}:\n{words}");
            }
        }
    }
}

/// Where the readings of a line start and end.
fn readings(line: &Line) -> Vec<(Length, Length)> {
    let readings = line.pieces.iter().filter_map(|placed| match &placed.piece {
        Piece::Reading(run) => {
            let first = run.glyphs.first()?.origin.inline;
            let last = run.glyphs.last()?.origin.inline;
            let lead = match run.direction {
                Direction::Across => Length::ZERO,
                Direction::Down | Direction::Turned | Direction::TurnedBack => {
                    run.size.ratio(880, 1000)
                }
            };
            let at = placed.at.inline - lead;
            Some((at + first, at + last + run.size))
        }
        _ => None,
    });
    readings.collect()
}

#[test]
fn numbers_and_letters_stand_upright_in_vertical_lines() {
    let expected = "\
↓第880/500
11880/500 21880/0
↓章2880/500 は3880 34873 月5880
!6880/500 ?6880/0
= 7000";
    check(&[text("第12章は3月!?")], V, 12, expected);
    let expected = "\
↓A874/500 社1880 の2880
→A3250/380 B3958 C4621
↓、6192/500 27192 08185 29192 610185 年11192 ―12268 ―13116 。14192
= 14312";
    check(&[text("A社のABC、2026年――。")], V, 20, expected);
}

#[test]
fn sizes_share_a_baseline_or_an_axis() {
    let content = [
        text("あ"),
        styled(InlineStyle::Small, "い"),
        styled(InlineStyle::Superscript, "う"),
    ];
    let expected = "\
あ0/380
(850) い1000/380
(620) う1850/20
= 2470";
    check(&content, H, 20, expected);
    let expected = "\
↓あ880/500
(850) ↓い1748/425
(620) ↓う2396/120
= 2470";
    check(&content, V, 20, expected);
}

#[test]
fn scripts_are_solid_with_what_they_follow() {
    let content = [
        text("あH"),
        styled(InlineStyle::Subscript, "2"),
        text("O注"),
        styled(InlineStyle::Superscript, "1"),
    ];
    let expected = "\
あ0/380 H1250
(620) 22103/520
O2449/380 注3466
(620) 14466/20
= 4758";
    check(&content, H, 20, expected);
}

#[test]
fn words_break_between_straight_quotation_marks() {
    let (lines, _) = set(&[text("commas and \"quotes\" (paren)")], H, 7);
    assert_eq!(lines.len(), 3, "{}", dump(&lines));
}

#[test]
fn note_marks_stay_with_their_word() {
    let expected = "\
あ0/380 い1500 う3000
= 4000
本0/380
(620) 11000/20 )1292
。1518/380
= 2518 notes [0]";
    check(&[text("あいう本"), note(0), text("。")], H, 4, expected);
    let expected = "\
↓本880/500
(620) ↓（1236/120
(620) 11856/120 21856/-190
(620) ↓）2476/120
↓。3120/500
= 3240 notes [11]";
    check(&[text("本"), note(11), text("。")], V, 5, expected);
}

#[test]
fn links_have_a_box_on_each_line() {
    let expected = "\
あ0/380 リ1000 ン2000 ク3000
link 1000/-500 3000 Url(\"x\")
= 4000
の0/380 字1000 え2000
link 0/-500 2000 Url(\"x\")
= 3000";
    let link = Inline::Link {
        target: Target::Url("x".to_owned()),
        title: None,
        children: vec![text("リンクの字")],
        span: Span::default(),
    };
    check(&[text("あ"), link, text("え")], H, 4, expected);
}

#[test]
fn kenten_and_sidelines_stand_beside_the_text() {
    let expected = "\
↓強880/500 い1880 、2880 下3880
(500) ↓690/-500 1690
anchor 3000/-500 3
fill 3000/-550 1000x50
= 4000";
    let kenten = Inline::Kenten {
        mark: KentenMark::Auto,
        children: vec![text("強い、")],
    };
    let content = [kenten, anchor(3), styled(InlineStyle::Underline, "下")];
    check(&content, V, 4, expected);
}

fn anchor(number: u32) -> Inline {
    let anchor = Some(AnchorId(number));
    Inline::Anchor { id: String::new(), anchor, span: Span::default() }
}

#[test]
fn places_are_kept_where_nothing_else_stands() {
    check(&[anchor(3)], H, 4, "anchor 0/-500 3\n= 0 -0 +0");
    check(&[text("あ"), anchor(3)], H, 4, "あ0/380\nanchor 1000/-500 3\n= 1000");
}

#[test]
fn line_breaks_end_lines() {
    let content = [text("あ"), Inline::LineBreak, Inline::LineBreak, text("い")];
    check(&content, H, 4, "あ0/380\n= 1000\n= 0\nい0/380\n= 1000");
}

#[test]
fn soft_hyphens_show_where_a_line_ends() {
    let (lines, _) = set(&[text("あいうinter\u{AD}national")], H, 7);
    let expected = "\
あ0/380 い1430 う2860 i4290 n4622 t5279 e5646 r\u{AD}6192
6654/380
= 7000
n0/380 a661 t1218 i1585 o1917 n2513 a3174 l3731
= 4065";
    assert_eq!(dump(&lines).trim(), expected);
}

#[test]
fn words_are_hyphenated_where_gaps_cannot_carry_the_line() {
    let words = |language: &str| Inline::Span {
        attributes: Attributes {
            pairs: vec![("lang".to_owned(), language.to_owned())],
            ..Attributes::default()
        },
        anchor: None,
        children: vec![text("a typographical")],
    };
    let first = |content: &[Inline], ems| {
        let (lines, _) = set(content, H, ems);
        dump(&lines[..1])
    };
    let hyphened = first(&[text("あいうえ"), words("en")], 9);
    assert!(hyphened.contains("p7420 o"), "{hyphened}");
    let whole = first(&[text("あいうえ"), words("xx")], 9);
    assert!(!whole.contains('p'), "{whole}");
}

fn warichu(words: &str) -> Inline {
    Inline::Warichu { children: vec![text(words)], span: Span::default() }
}

#[test]
fn small_notes_stand_in_two_lines() {
    let expected = "\
↓は880/500
(500) ↓割1440/0 注1940 で2440 あ2940
(500) ↓る1440/500 。1940 短2440 い2940
↓だ3880/500
= 4000";
    check(&[text("は"), warichu("割注である。短い"), text("だ")], V, 12, expected);
}

#[test]
fn small_notes_go_on_in_the_next_line() {
    let expected = "\
か0/380 な1000 （1500
(500) 割2500/-60 注3000 は3500
(500) 行2500/440 を3000 ま3500
= 4000
(500) た0/-60 い500 で1000 、1500
(500) 次0/440 へ500 続1000 く1500
）2000/380 で3000
= 4000
す0/380
= 1000";
    let content =
        [text("かな"), warichu("（割注は行をまたいで、次へ続く）"), text("です")];
    check(&content, H, 4, expected);
}

#[test]
fn small_notes_find_room_where_lines_must_not_break() {
    // A full stop cannot begin a line, so that less fits on the first.
    let expected = "\
か0/380 な1250
(500) 二2500/-60 行3500
(500) の2500/440 。3000 注3500
= 4000
(500) が0/-60 あ500
(500) る0/440 。500
= 1000";
    check(&[text("かな"), warichu("二行の。注がある。")], H, 4, expected);
}

#[test]
fn small_notes_keep_the_styles_of_their_words() {
    let note = Inline::Warichu {
        children: vec![
            text("（"),
            styled(InlineStyle::Strong, "太"),
            Inline::Link {
                target: Target::Url("https://example.org/".to_owned()),
                title: None,
                children: vec![text("字")],
                span: Span::default(),
            },
            note(0),
            ruby(&[("読", "よ")]),
            text("注）"),
        ],
        span: Span::default(),
    };
    let (lines, found) = set(&[text("は"), note, text("だ")], V, 12);
    let shown = dump(&lines);
    assert_eq!(found, []);
    assert_eq!(lines[0].notes, [0]);
    for part in ["(500) ↓太", "(500) ↓字", "link ", "（", "よ", "）"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    // No reading finds room between the two lines: it stands in brackets.
    let piece = |placed: &Placed| matches!(placed.piece, Piece::Reading(_));
    assert!(!lines[0].pieces.iter().any(piece), "{shown}");
}

#[test]
fn small_notes_tighten_their_punctuation() {
    // Four commas of a half give an eighth of an em each, so that の finds room in four ems.
    let words = warichu("二、三、四、五、の注が次の行へ続いて、その先へ行く長い注である");
    let (lines, _) = set(&[text("あい"), words], H, 6);
    let first = lines[0].pieces.iter().find_map(|placed| match &placed.piece {
        Piece::Glyphs(run) if run.size != EM => Some(run),
        _ => None,
    });
    assert_eq!(first.expect("the note").text, "二、三、四、五、の", "{}", dump(&lines));
}

fn under(units: &[(&str, &str)], under: &str) -> Inline {
    let Inline::Ruby(ruby) = ruby(units) else { panic!("not ruby") };
    Inline::Ruby(Ruby { under: under.to_owned(), ..ruby })
}

#[test]
fn readings_stand_on_both_sides() {
    let expected = "\
の0/380 東1000 南2000 の3000
(500) た1083/940 つ1750 み2417
(500) と1000/-560 う1500
(500) な2000/-560 ん2500
= 4000";
    let word = under(&[("東", "とう"), ("南", "なん")], "たつみ");
    check(&[text("の"), word, text("の")], H, 20, expected);
    let expected = "\
↓の880/500 一2630 の4380
(500) ↓い2190/-500 ち2690
(500) ↓ひ940/1000 と1440 つ1940 め2440 の2940 こ3440 と3940";
    let word = under(&[("一", "いち")], "ひとつめのこと");
    let (lines, _) = set(&[text("の"), word, text("の")], V, 20);
    assert!(dump(&lines).starts_with(expected), "{}", dump(&lines));
}

#[test]
fn words_with_readings_on_both_sides_stay_together() {
    let word = under(&[("東", "とう"), ("南", "なん")], "たつみ");
    let (lines, _) = set(&[text("漢漢漢漢"), word], H, 5);
    assert_eq!(lines.len(), 2, "{}", dump(&lines));
    assert!(dump(&lines[1..]).starts_with("東0"), "{}", dump(&lines));
}

#[test]
fn words_are_spread_over_a_length() {
    let jidori = |characters, words| Inline::Jidori {
        characters,
        children: vec![text(words)],
        span: Span::default(),
    };
    let expected = "\
は0/380
山1000/380 田5000
と6000/380
五7000/380 十8000 嵐9000
森10000/380
だ13000/380
= 14000";
    let content = [
        text("は"),
        jidori(5, "山田"),
        text("と"),
        jidori(2, "五十嵐"),
        jidori(3, "森"),
        text("だ"),
    ];
    check(&content, H, 20, expected);
}

#[test]
fn branches_stand_about_the_axis() {
    let furiwake = Inline::Furiwake {
        children: vec![text("｛出席"), Inline::LineBreak, text("欠｝")],
        span: Span::default(),
    };
    let (lines, found) = set(&[text("は"), furiwake, text("だ")], H, 20);
    let shown = dump(&lines);
    assert_eq!(found, []);
    assert!(shown.contains("(1625) ｛"), "{shown}");
    assert!(shown.contains("(750) 出1813/-153 席2563"), "{shown}");
    assert!(shown.contains("(750) 欠1813/723"), "{shown}");
    assert!(shown.contains("だ4125/380"), "{shown}");
    assert!(shown.contains("= 5125 -813 +813"), "{shown}");
}

#[test]
fn scripts_may_stand_one_above_the_other() {
    let content = [
        text("SO"),
        styled(InlineStyle::Subscript, "4"),
        styled(InlineStyle::Superscript, "2"),
        text("の"),
    ];
    let starts = |pairs| {
        let mut style = Style::preset("a5", H).expect("a preset");
        style.rules.script_pairs = pairs;
        let lines = set_with(&Document::default(), &style, &content, H, 20).0;
        let small = lines[0].pieces.iter().flat_map(|placed| match &placed.piece {
            Piece::Glyphs(run) if run.size != EM => {
                let at = |glyph: &RunGlyph| placed.at.inline + glyph.origin.inline;
                run.glyphs.iter().map(at).collect()
            }
            _ => Vec::new(),
        });
        (small.collect::<Vec<_>>(), lines[0].width)
    };
    let (in_order, long) = starts(line::ScriptPairs::InOrder);
    let (stacked, short) = starts(line::ScriptPairs::Stacked);
    assert!(in_order[0] < in_order[1], "{in_order:?}");
    assert_eq!(stacked[0], stacked[1]);
    assert!(short < long);
}

#[test]
fn full_width_forms_fill_the_em_square_in_both_directions() {
    let wide = |words| Inline::Oriented {
        orientation: TextOrientation::FullWidth,
        children: vec![text(words)],
    };
    check(&[wide("A1")], H, 20, "A0/380 11000\n= 2000");
    check(&[wide("A1")], V, 20, "↓A874/500 11880\n= 2000");
}

#[test]
fn characters_without_a_glyph_are_told_of_once() {
    let (lines, found) = set(&[text("あ\u{12000}、\u{12000}")], H, 5);
    assert_eq!(lines.len(), 1);
    let Piece::Glyphs(run) = &lines[0].pieces[0].piece else { panic!("no glyphs") };
    assert_eq!(run.text, "あ\u{12000}、\u{12000}");
    assert_eq!(run.glyphs.len(), 4);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "no font of the book has the character `𒀀` (U+12000)");
    assert_eq!((found[0].span.start, found[0].span.end), (13, 17));
}

#[test]
fn full_lines_end_at_the_measure_to_the_unit() {
    let content = [
        text(
            "日本語の組版では、行頭や行末に置けない文字がある。「括弧」や、句読点などで、",
        ),
        ruby(&[("禁", "きん"), ("則", "そく")]),
        text("という。English words や 2026年、"),
        Inline::Code { text: "f(cx)".to_owned(), span: Span::default() },
        text("も"),
        ruby(&[("承", "うけたまわ")]),
        text("る。"),
        styled(InlineStyle::Strong, "ただし、最後の行は別である。"),
        note(0),
    ];
    for writing in [H, V] {
        for ems in 8..40 {
            let (lines, _) = set(&content, writing, ems);
            let full = lines.split_last().map_or(&[][..], |(_, full)| full);
            for line in full {
                assert_eq!(line.width, EM * ems, "{writing:?} {ems}: {}", dump(&lines));
                if let (H, Some(end)) = (writing, last_em_box(line)) {
                    assert_eq!(end, EM * ems, "{writing:?} {ems}: {}", dump(&lines));
                }
            }
        }
    }
}

/// Where the em box of the last character ends, where that is a kana or a kanji of the
/// text's size in a horizontal line.
fn last_em_box(line: &Line) -> Option<Length> {
    let placed = line.pieces.last()?;
    let Piece::Glyphs(run) = &placed.piece else { return None };
    let is_plain = run.text.chars().next_back()? >= 'ぁ';
    let across = run.direction == Direction::Across && run.size == EM;
    let last = run.glyphs.last()?;
    (is_plain && across).then_some(placed.at.inline + last.origin.inline + EM)
}

#[test]
fn short_code_stays_whole() {
    let code =
        |words: &str| Inline::Code { text: words.to_owned(), span: Span::default() };
    let (lines, _) = set(&[text("あいう"), code("x**=")], H, 5);
    assert_eq!(lines.len(), 2);
    let (lines, _) = set(&[text("あいう"), code("fetch_user_info")], H, 9);
    assert_eq!(lines.len(), 2);
    assert!(lines[0].pieces.len() == 2, "{}", dump(&lines));
}

#[test]
fn signs_after_numbers_are_narrow_or_upright() {
    check(&[text("気温25°C")], H, 20, "気0/380 温1000 22250 52808 °3366 C3866\n= 4557");
    let expected = "\
↓温880/500
21880/500 51880/0
↓°C2873/500 。3880
= 4000";
    check(&[text("温25°C。")], V, 20, expected);
    let expected = "\
↓割880/500
51880/500 01880/0
↓%2857/500 と3880
→14250/380 .4721 55048 %5606
= 6529";
    check(&[text("割50%と1.5%")], V, 20, expected);
}

#[test]
fn words_wider_than_the_line_are_told_of() {
    let (lines, found) = set(&[text("あ「LLANFAIRPWLLGWYNGYLL」")], H, 4);
    assert!(lines.len() > 3);
    let messages: Vec<&str> = found.iter().map(|found| &*found.message).collect();
    let expected =
        "`LLANFAIRPWLLGWYNGYLL` is wider than the line and is broken between letters";
    assert_eq!(messages, [expected]);
    assert_eq!((found[0].span.start, found[0].span.end), (16, 36));
    let (_, found) = set(&[ruby(&[("志", "じゅうにおよぶよみがなです")])], H, 4);
    assert_eq!(found[0].message, "`志` is wider than the line and runs over it");
}

#[test]
fn images_are_as_large_as_they_ask_for() {
    let image = |pairs: &[(&str, &str)]| {
        let pair = |&(key, value): &(&str, &str)| (key.to_owned(), value.to_owned());
        Inline::Image(Image {
            file: Some(0),
            attributes: Attributes {
                pairs: pairs.iter().map(pair).collect(),
                ..Attributes::default()
            },
            ..Image::default()
        })
    };
    let document = Document {
        images: vec![ImageFile { width: 8, height: 4, ..ImageFile::default() }],
        ..Document::default()
    };
    let size = |pairs| {
        let (lines, _) = set_in(&document, &[image(pairs)], H, 20);
        let Piece::Image { size, .. } = lines[0].pieces[0].piece else {
            panic!("no image");
        };
        (size.inline, size.block)
    };
    assert_eq!(size(&[]), (Length::PT * 6, Length::PT * 3));
    assert_eq!(size(&[("width", "4pt")]), (Length::PT * 4, Length::PT * 2));
    let both = [("width", "4pt"), ("height", "3pt")];
    assert_eq!(size(&both), (Length::PT * 4, Length::PT * 3));
}

fn math(tex: &str) -> Inline {
    Inline::Math {
        tex: tex.to_owned(),
        display: false,
        span: Span::default(),
    }
}

#[test]
fn formulas_stand_a_quarter_em_from_japanese() {
    let content = [text("和"), math("x"), text("は"), math("="), text("と")];
    let (lines, found) = set(&content, WritingMode::Horizontal, 20);
    assert!(found.is_empty(), "{found:?}");
    // The letter stands apart, the sign is solid; the gap beside the letter is 250.
    let starts: Vec<i64> = lines[0].pieces.iter().map(|p| mill(p.at.inline)).collect();
    let (letter, sign) = (572, 777);
    let after = 1000 + 250 + letter + 250;
    assert_eq!(starts, [0, 1250, after, after + 1000, after + 1000 + sign]);
}

#[test]
fn formulas_break_after_a_sign() {
    let content = [text("和和和和"), math("a = b"), text("和")];
    let (lines, _) = set(&content, WritingMode::Horizontal, 6);
    let words = |line: &Line| -> String {
        let text = line.pieces.iter().filter_map(|placed| match &placed.piece {
            Piece::Glyphs(run) => Some(run.text.as_str()),
            _ => None,
        });
        text.collect()
    };
    let words: Vec<String> = lines.iter().map(words).collect();
    assert_eq!(words, ["和和和和a=", "b和"]);
    // The space after the sign has vanished.
    assert_eq!(lines[0].width, EM * 6);
}

#[test]
fn formulas_share_the_baseline_and_are_turned_in_vertical_lines() {
    let (across, _) = set(&[math("x")], WritingMode::Horizontal, 6);
    let (latin, _) = set(&[text("x")], WritingMode::Horizontal, 6);
    let baseline = |line: &Line| match &line.pieces[0] {
        Placed { at, piece: Piece::Glyphs(run) } => at.block + run.glyphs[0].origin.block,
        _ => panic!("it is no glyph"),
    };
    assert_eq!(baseline(&across[0]), baseline(&latin[0]));
    let (down, _) = set(&[math("x")], WritingMode::Vertical, 6);
    assert!(matches!(down[0].pieces[0].piece, Piece::Box { .. }));
}

#[test]
fn formulas_that_cannot_be_set_are_set_as_their_source() {
    let (lines, found) = set(&[math(r"\nosuch")], WritingMode::Horizontal, 20);
    let codes: Vec<&str> = found.iter().map(|found| found.code.name()).collect();
    assert_eq!(codes, ["unsupported-math"]);
    let Piece::Glyphs(run) = &lines[0].pieces[0].piece else { panic!("no glyphs") };
    assert_eq!(run.text, r"\nosuch");
}

#[test]
fn numbers_of_as_many_digits_are_of_one_size_side_by_side() {
    let across = |text: &str| Inline::TateChuYoko {
        children: vec![Inline::Text { text: text.to_owned(), span: Span::default() }],
        span: Span::default(),
    };
    let size = |text: &str| {
        let content = [across(text)];
        let (lines, _) =
            set_in(&Document::default(), &content, WritingMode::Vertical, 20);
        match &lines[0].pieces[0].piece {
            Piece::Glyphs(run) => run.size,
            other => panic!("{other:?}"),
        }
    };
    // The figure 1 is narrower than the others.
    assert_eq!(size("111"), size("108"));
    assert_eq!(size("11"), EM);
    assert!(size("108") < EM);
}
