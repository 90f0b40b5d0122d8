//! Input that no author means: the program tells of it, loses nothing, and ends soon.
#![cfg(feature = "embedded-fonts")]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;
mod tools;

use std::io::{Cursor, Read};

use common::{Project, Run};

/// An article, built.
fn build(text: &str) -> (Project, Run) {
    let project = Project::new().write("a.md", text);
    let run = project.run(["build", "a.md"]);
    (project, run)
}

/// The pages of the EPUB of an article.
fn pages(project: &Project) -> String {
    let bytes = project.read("dist/a.epub");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("the EPUB is a ZIP");
    let mut pages = String::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("each file can be opened");
        if file.name().is_ok_and(|name| name.ends_with(".xhtml")) {
            file.read_to_string(&mut pages).expect("pages are text");
        }
    }
    pages
}

#[test]
fn long_words_of_any_letters_are_hyphenated() {
    let word = "ηλεκτρο".repeat(9);
    let (_, run) = build(&format!("[{word}]{{lang=el}}{word}、[x]{{lang=el}}\n"));
    run.code(0);
}

#[test]
fn notes_to_notes_lead_back() {
    let text = "本文^[注一^[注二]]と[リンク^[注三]](https://example.org)。\n";
    let style = "style: { notes: { kind: endnote, at: book } }\n";
    let project = Project::new()
        .write("book.yaml", format!("title: 題\nchapters: [a.md, b.md]\n{style}"))
        .write("a.md", text)
        .write("b.md", text);
    project.run(["build", "--deny-warnings"]).code(0);
}

#[test]
fn formulas_with_controls_are_well_formed() {
    let (project, run) = build("あ $a\u{1}b$\n\n$$\n\\text{\u{1}}\n$$\n");
    run.code(0);
    assert!(!pages(&project).contains('\u{1}'));
}

#[test]
fn a_book_without_text_is_told() {
    let project = Project::new()
        .write("book.yaml", "title: 題\nchapters: [a.md, b.md]\n")
        .write("a.md", "---\ndate: 2026-11-22\n---\n<!-- 後で -->\n")
        .write("b.md", "# 題\n");
    let run = project.run(["build", "--message-format", "short"]);
    run.code(0)
        .tells("a.md:4:1: warning[empty-chapter]: the chapter has no text");
    assert!(!run.stderr.contains("b.md"), "{}", run.stderr);
    let (_, run) = build("");
    run.code(0).tells("PDF/A-2a: the book has no text");
}

#[test]
fn a_heading_may_have_any_character() {
    let (_, run) =
        build("# 題\u{100001}と\u{10FFFF}の長い見出しは句の切れ目で行を分ける\n");
    run.code(0);
}

#[test]
fn what_stands_in_too_many_others_is_kept() {
    let deep = |open: &str, close: &str| {
        format!("{}字{}", open.repeat(1000), close.repeat(1000))
    };
    let texts = [
        deep("> ", ""),
        (0..300)
            .map(|depth| format!("{}- 字\n", "  ".repeat(depth)))
            .collect(),
        deep("<div class=note>\n\n", "\n\n</div>"),
        deep("<ul><li>", ""),
        deep("<table><tr><td>", ""),
        deep("<span class=a>", "</span>"),
        deep("[", "]{.small}"),
        deep("[", "](x)"),
        deep("![", "](x)"),
        deep("^[", "]"),
        deep("《《", "》》"),
        deep("<details><summary>", "</summary></details>"),
    ];
    for text in texts {
        let (project, run) = build(&text);
        run.code(0);
        assert!(pages(&project).contains('字'), "{}", &text[..60]);
    }
}

/// What poppler reads on the pages of the PDF of an article; `None` where it is not there.
fn words(text: &str) -> Option<String> {
    let (project, run) = build(text);
    run.code(0);
    tools::run("pdftotext", &[], &project.path("dist/a.pdf"), &["-"])
}

#[test]
fn what_is_longer_than_a_page_goes_on_on_the_next() {
    let terms: Vec<String> = (0..2000).map(|term| format!("x_{{{term}}}")).collect();
    let texts = [
        format!("## {}\n\n終\n", "長い見出し。".repeat(400)),
        format!("$$\n{}\n$$\n", terms.join("+")),
        format!("[{}]{{.warichu}}\n", "長い割注。".repeat(400)),
    ];
    for (text, last) in texts.iter().zip(["終", "1999", "割注。"]) {
        let Some(words) = words(text) else { return };
        assert!(words.contains(last), "no {last} in {words}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is tested")]
fn no_paragraph_takes_long() {
    let parts =
        ["あいうえお、かきくけこ。", "―", "*a", "a", "あ\u{3099}", "[あ／い]{.furiwake}"];
    for part in parts {
        let start = std::time::Instant::now();
        let (_, run) = build(&part.repeat(120_000 / part.len()));
        run.code(0);
        let seconds = start.elapsed().as_secs_f32();
        assert!(seconds < 20.0, "{part}: {seconds} s");
    }
    let (_, run) =
        build(&format!("{}字{}\n", "[".repeat(40), "／い]{.furiwake}".repeat(40)));
    run.code(0);
}

#[test]
fn a_title_that_fills_the_page_leaves_the_text_to_the_next() {
    let style = "style: { trim: { width: 60mm, height: 60mm }, font-size: 13Q, line-feed: 20H, \
                 characters: 8, lines: 4, columns: 2, column-gap: 2mm, \
                 margins: { head: 5mm, gutter: 5mm } }";
    let project = Project::new()
        .write("book.yaml", format!("title: 題\nchapters: [a.md]\n{style}\n"))
        .write("a.md", format!("# {}\n\n文。\n", "長い題".repeat(20)));
    project.run(["build", "-o", "b.pdf"]).code(0);
    let Some(text) = tools::run("pdftotext", &[], &project.path("b.pdf"), &["-"]) else {
        return;
    };
    assert!(text.contains('文'), "{text}");
}

/// A book of one chapter, with a line in its `book.yaml` and another file.
fn book(line: &str, path: &str, bytes: &str) -> Project {
    Project::new()
        .write("book.yaml", format!("title: 題\nchapters: [a.md]\n{line}\n"))
        .write("a.md", "本文[@a]。\n")
        .write("works.yaml", "a: { type: book, title: 本 }\n")
        .write(path, bytes)
}

#[test]
#[cfg(feature = "bibliography")]
fn citation_styles_without_end_are_refused() {
    let style = |inside: &str| {
        format!(
            "<style xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" class=\"in-text\">\
             <info><title>t</title><id>i</id><updated>2020-01-01T00:00:00Z</updated></info>\
             {inside}</style>"
        )
    };
    let double: String = (0..60)
        .map(|n| {
            let call = format!("<text macro=\"m{}\"/>", n + 1);
            format!("<macro name=\"m{n}\">{call}{call}</macro>")
        })
        .collect();
    let layout = |inside: &str| format!("<citation><layout>{inside}</layout></citation>");
    let call = "<text macro=\"m0\"/>";
    let styles = [
        format!("<macro name=\"m0\">{call}</macro>{}", layout(call)),
        layout(&("<group>".repeat(9000) + call + &"</group>".repeat(9000))),
        format!("{double}<macro name=\"m60\"/>{}", layout(call)),
    ];
    for inside in styles {
        let lines = "references: works.yaml\ncitation-style: a.csl";
        let run = book(lines, "a.csl", &style(&inside)).run(["check"]);
        run.code(1)
            .tells("error[unreadable-file]: the file is not a citation style");
    }
}

#[test]
fn files_are_found_by_any_form_of_their_names() {
    let project = Project::new()
        .write(
            "book.yaml",
            "title: 題\nchapters: [か\u{3099}/は\u{309A}.md, \"50%20.md\"]\n",
        )
        .write("が/ぱ.md", "文\n")
        .write("50%20.md", "文\n");
    project.run(["check", "--deny-warnings"]).code(0);
}

#[test]
fn what_is_no_text_is_told() {
    let latin = Project::new()
        .write("book.yaml", "title: 題\nchapters: [a.md, b]\n")
        .write("a.md", b"a\nb\ncaf\xe9\n")
        .write("b/c.md", "");
    let run = latin.run(["check"]);
    run.code(1).tells("line 3 of `a.md` is not text in UTF-8");
    run.tells("cannot read `b`").tells("help: it is a folder");
    for (text, words) in [
        ("", "the YAML ends before it says anything"),
        ("title: a: b\n", "help: a text with `: ` in it wants quotes"),
        ("title: a\nchapters: []\n---\ntitle: b\n", "another YAML begins here"),
        ("title: a\nchapters: []\n", "there is no chapter"),
    ] {
        let run = Project::new().write("book.yaml", text).run(["check"]);
        run.tells(words);
    }
}

#[test]
fn outputs_go_where_they_can() {
    let project = book("", "dist", "");
    project
        .run(["build"])
        .code(2)
        .tells("`dist` is a file, not a folder")
        .tells("name a folder with `--output-dir`");
    let project = book("", "out/b.pdf/c", "");
    project
        .run(["build", "-o", "out/b.pdf"])
        .code(2)
        .tells("cannot write `out/b.pdf`: it is a folder");
    assert_eq!(project.files().len(), 4);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the images are files")]
fn broken_images_are_told_and_left_out() {
    for name in ["palette.png", "turned.jpg", "palette.gif", "web.webp"] {
        let from = format!(
            "{}/tests/books/everything/images/{name}",
            env!("CARGO_MANIFEST_DIR")
        );
        let bytes = std::fs::read(from).expect("the image is there");
        let text = format!("![絵]({name})\n\n文\n");
        let whole = Project::new().write("a.md", &text).write(name, &bytes);
        let run = whole.run(["build", "a.md"]);
        run.code(0);
        assert!(!run.stderr.contains("missing"), "{}", run.stderr);
        let cut = Project::new()
            .write("a.md", &text)
            .write(name, &bytes[..bytes.len() / 2]);
        let run = cut.run(["build", "a.md"]);
        run.code(0).tells(&format!("the end of image `{name}` is missing"));
    }
}

#[test]
#[cfg(feature = "svg")]
fn filters_without_measure_are_refused() {
    let filters = [
        "<feGaussianBlur stdDeviation=\"1e9\"/>",
        "<feMorphology radius=\"1e9\"/>",
        "<feTurbulence baseFrequency=\"1\" numOctaves=\"99999\"/>",
        "<feTurbulence baseFrequency=\"1e30\"/>",
        "<feOffset dx=\"1e38\"/>",
        "<feDiffuseLighting surfaceScale=\"1e38\"><feDistantLight/></feDiffuseLighting>",
    ];
    for filter in filters {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
             <filter id=\"f\">{filter}</filter><rect filter=\"url(#f)\" width=\"9\" height=\"9\"/></svg>"
        );
        let text = "![絵](a.svg)\n\n文\n";
        let project = Project::new().write("a.md", text).write("a.svg", svg);
        let run = project.run(["build", "a.md"]);
        run.code(0).tells("its filters ask for too much");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the font is a file")]
fn broken_fonts_are_told() {
    let path = "fonts/noto-emoji/NotoEmoji_400Regular.ttf";
    let from = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let font = std::fs::read(from).expect("the font is there");
    let line = "fonts: { mincho: { regular: [a.ttf] } }";
    let with =
        |bytes: &[u8]| book(line, "a.ttf", "").write("a.ttf", bytes).run(["check"]);
    with(&font).code(0);
    let tag =
        |name: &[u8]| font.windows(4).position(|four| four == name).expect("a table");
    for name in [b"maxp", b"hhea", b"hmtx", b"loca"] {
        let mut without = font.clone();
        without[tag(name)] = b'x';
        with(&without).code(1).tells("the font is not whole");
    }
}

#[test]
fn numbers_without_measure_are_refused_at_their_place() {
    for (line, key) in [
        ("style: { quotes: { indent: 4000000000 } }", "4000000000"),
        ("style: { verse: { hanging: 4000000000 } }", "4000000000"),
        ("style: { lists: { space: 4000000000 } }", "4000000000"),
        ("style: { folios: { start: 4000000001 } }", "4000000001"),
        ("outputs: { press: { folio-start: 4000000001 } }", "odd number"),
    ] {
        let run = book(line, "b.md", "").run(["check", "--message-format", "short"]);
        run.code(1).tells(key);
        assert!(run.stderr.starts_with("book.yaml:"), "{line}: {}", run.stderr);
    }
}
