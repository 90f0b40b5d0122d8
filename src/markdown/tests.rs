//! No text stops the reading: mutations of small samples, and texts made to be slow.

use super::{Options, parse};
use crate::diag::Sink;
use crate::model::{Chapter, Inline, walk};
use crate::source::{FileId, Source};

const SAMPLES: &[&str] = &[
    "---\ntitle: 題\nauthors: [甲, { name: 乙 }]\n---\n# 題 {#a .b k=v}\n本文[^1]\n\n[^1]: 注",
    "{漢字|かん|じ}《《圏点》》[語]{.index reading=ご}[@fig:a][@k, p. 3; @l]@m^[注[x](y)]",
    "| a | {漢|かん} |\n|:--|--:|\n| `x\\|y` | \\| |\n表: 題 {#t}\n",
    "::: note {.x} **題**\n> - [ ] a\n>   ![絵](p.png \"t\"){width=5}\n:::\n===\n",
    "!!! tip \"x\"\n    ```js {caption=\"c\"}\n    {{#include a}}\n    ```\n=== \"y\"\n\tz\n",
    "<div class=\"right\"><p>a<br>&amp;<ruby>漢<rt>かん</ruby>\n\n**b**\n\n</div><table><tr><td>c",
    "https://a.jp/あ。**b**と$x$と$100と$200が。<b>*a*</i>~x~\\{漢|字}&#x3042;\r\n次\n",
    "用語\n\n: 意味\n\n<figure><img src=a><figcaption>b</figure>\n\n    code\n<!-- c -->",
];

/// A generator of numbers, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

fn read(text: &str) -> (Source, Chapter) {
    let source = Source::new(FileId(0), "a.md", text);
    let mut sink = Sink::default();
    let chapter = parse(&source, Options::default(), &mut sink);
    for found in sink.finish() {
        assert!(source.text.get(found.span.range()).is_some(), "{found:?} in {text:?}");
    }
    (source, chapter)
}

/// Changes a text: a part of it taken out, doubled, or put in from another sample.
fn mutate(text: &mut Vec<char>, random: &mut Random) {
    let start = random.below(text.len());
    let end = (start + 1 + random.below(12)).min(text.len());
    match random.below(4) {
        0 => drop(text.drain(start..end)),
        1 => {
            let part = text[start..end].to_vec();
            let at = random.below(text.len());
            text.splice(at..at, part);
        }
        2 => {
            let other: Vec<char> = SAMPLES[random.below(SAMPLES.len())].chars().collect();
            let from = random.below(other.len());
            let part = &other[from..(from + 1 + random.below(20)).min(other.len())];
            text.splice(start..start, part.iter().copied());
        }
        _ => {
            let signs: Vec<char> =
                "{}[]()<>|`*_~:=!@^\\$#\"'&\n\t 》《\u{0}あ".chars().collect();
            text.insert(start, signs[random.below(signs.len())]);
        }
    }
}

#[test]
fn mutations_are_read_with_spans_inside_the_text() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for round in 0..6000 {
        let sample = SAMPLES[round % SAMPLES.len()];
        let mut text: Vec<char> = sample.chars().collect();
        for _ in 0..1 + random.below(8) {
            if !text.is_empty() {
                mutate(&mut text, &mut random);
            }
        }
        let text: String = text.into_iter().collect();
        let (source, chapter) = read(&text);
        walk::texts(&chapter.blocks, &mut |content| {
            walk::inlines(content, &mut |inline| {
                let Inline::Text { text: words, span } = inline else { return };
                let there = source.slice(*span).replace(['\n', '\r'], " ");
                let exact = words.len() != span.range().len()
                    || words.replace('\r', " ") == there;
                assert!(exact, "{words:?} is not {there:?} in {text:?}");
            });
        });
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
fn no_text_takes_long() {
    let parts = [
        "[",
        "]",
        "[a",
        "^[",
        "{",
        "{a|",
        "《《",
        "》》",
        "<b>",
        "</b>",
        "<div>",
        "@",
        "[@",
        "{{",
        "$あ",
        "https://a.jp/あ",
        "<ruby><rt>",
        "![",
        "**あ",
        "{.a",
        "[x]{.a",
        "<!--",
        "\\|",
        "|あ{漢|",
        "`",
        "[^a]",
        "~a~",
    ];
    for part in parts {
        let start = std::time::Instant::now();
        read(&part.repeat(5000));
        read(&format!("{part}\n").repeat(3000));
        let seconds = start.elapsed().as_secs_f32();
        assert!(seconds < 20.0, "{part}: {seconds} s");
    }
}
