//! What of the line shows only on a page, with fonts and glyphs.

use std::collections::BTreeMap;

use seihon::book::Memory;
use seihon::diag::Sink;
use seihon::display::{GlyphRun, Item};
use seihon::layout;
use seihon::pipeline::{self, Options};

/// The lines of an article, each as a run of glyphs, with `style` in its front matter.
fn runs(style: &str, text: &str) -> Vec<GlyphRun> {
    let text = format!("---\ntitle: 題\nstyle: {{ {style} }}\n---\n{text}\n");
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
        let place = |ch: char| {
            let run = runs.iter().find(|run| run.text.contains(ch));
            let run = run.expect("the character is on the page");
            let at = run.text.find(ch).expect("it was just found") as u32;
            let glyph = run.glyphs.iter().find(|glyph| glyph.start == at);
            glyph.expect("a glyph for each character").origin.x
        };
        place('乙') - place('甲')
    };
    let hiragana = |over| width("の{承|うけたまわ}る", over);
    let katakana = |over| width("ノ{承|うけたまわ}ル", over);
    assert!(hiragana("kana") < hiragana("marks"));
    assert_eq!(hiragana("kana"), hiragana("hiragana"));
    assert_eq!(hiragana("kana"), katakana("kana"));
    assert_eq!(katakana("hiragana"), katakana("marks"));
    assert_eq!(katakana("marks"), hiragana("marks"));
}
