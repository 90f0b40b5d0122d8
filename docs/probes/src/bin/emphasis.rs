//! Emphasis beside Japanese punctuation, and the speed of reading, of three parsers.
//!
//! The text is generated, 1.06 MB; of 25 runs of each parser the best counts.

use std::time::Instant;

/// A line, and what it has to become.
const CASES: [(&str, &str); 6] = [
    ("**「重要」**である", "<strong>「重要」</strong>である"),
    ("これは**強調。**次の文", "これは<strong>強調。</strong>次の文"),
    ("彼は**「はい」**と言う", "彼は<strong>「はい」</strong>と言う"),
    ("語**（注）**が続く", "語<strong>（注）</strong>が続く"),
    ("~~取消し。~~次の文", "<del>取消し。</del>次の文"),
    ("語*斜体、*の後", "語<em>斜体、</em>の後"),
];

fn main() {
    type Html = fn(&str) -> String;
    let parsers: [(&str, Html); 3] =
        [("comrak", comrak), ("pulldown-cmark", pulldown), ("markdown", markdown_rs)];
    let book = book();
    for (name, html) in parsers {
        println!("{name}");
        for (line, expected) in CASES {
            let got = html(line);
            let right = got.trim() == format!("<p>{expected}</p>");
            println!("  {} {}", if right { "right" } else { "wrong" }, got.trim());
        }
        let run = |_| {
            let start = Instant::now();
            std::hint::black_box(html(&book));
            start.elapsed().as_secs_f64()
        };
        let best = (0..25).map(run).fold(f64::INFINITY, f64::min);
        let speed = book.len() as f64 / 1e6 / best;
        println!(
            "  {:.1} ms for {:.2} MB: {speed:.0} MB/s",
            best * 1e3,
            book.len() as f64 / 1e6
        );
    }
}

/// 200 sections with a heading, paragraphs with emphasis, a list and a table.
fn book() -> String {
    let section = |number: usize| {
        let words = probes::text(1_600 + number, |_| true);
        let body: String =
            words.split_inclusive('。').map(|s| format!("{s}\n")).collect();
        format!(
            "## 第{number}節\n\n{body}\n- 項目の**強調**と`code`\n- [項目](https://example.com/)\n\n\
             | 列 | 列 |\n|---|---|\n| 値 | 値 |\n\n"
        )
    };
    (0..200).map(section).collect()
}

fn comrak(text: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.cjk_friendly_emphasis = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    comrak::markdown_to_html(text, &options)
}

fn pulldown(text: &str) -> String {
    use pulldown_cmark::{Options, Parser, html};
    let mut output = String::new();
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    html::push_html(&mut output, Parser::new_ext(text, options));
    output
}

fn markdown_rs(text: &str) -> String {
    markdown::to_html_with_options(text, &markdown::Options::gfm()).unwrap_or_default()
}
