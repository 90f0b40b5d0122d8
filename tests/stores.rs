//! What stores refuse: the program finds it without them, takes it out, tells of it at its
//! place, and loses no word of the text by it.

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;
mod tools;

use std::io::{Cursor, Read};
use std::path::Path;

use common::Project;
use seihon::diag::Code;

/// A book of one chapter, `a.md`, with the fonts of the reader, and what `book.yaml` says
/// beside.
fn book(config: &str, chapter: &str) -> Project {
    let config = match config.contains("outputs:") {
        true => config.to_owned(),
        false => format!("{config}outputs: {{ epub: {{ fonts: none }} }}\n"),
    };
    let config = format!("title: 題\nauthors: [著者]\nchapters: [a.md]\n{config}");
    Project::new().write("book.yaml", config).write("a.md", chapter)
}

/// What the program tells of a book, one line for each finding; it builds it too.
#[track_caller]
fn told(book: &Project) -> Vec<String> {
    let run =
        book.run(["build", "--message-format", "short", "--quiet", "-o", "book.epub"]);
    run.code(0);
    let lines = run.stderr.lines().chain(run.stdout.lines());
    lines.filter(|line| line.contains('[')).map(str::to_owned).collect()
}

/// A file of the book that was built.
fn file(book: &Project, path: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(book.read("book.epub"))).expect("ZIP");
    let mut text = String::new();
    let mut file = zip.by_name(path).unwrap_or_else(|_| panic!("{path} is in the book"));
    file.read_to_string(&mut text).expect("UTF-8");
    text
}

/// The first chapter of the book that was built.
fn chapter(book: &Project) -> String {
    file(book, "EPUB/text/chapter-01.xhtml")
}

/// The text of XHTML without its tags.
fn words(xhtml: &str) -> String {
    let mut out = String::new();
    for part in xhtml.split('<').skip(1) {
        out.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    out
}

/// Raw HTML of all times, each piece with a letter of its own.
const TORTURE: &str = include_str!("stores/torture.md");

/// The letters that [`TORTURE`] marks its words with.
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZαβγδεζηθικλμνξοπρστυφχψω";

#[test]
fn raw_html_of_any_kind_makes_a_sound_epub_and_loses_no_word() {
    let book = book("", TORTURE).write("a.svg", "<svg width='9' height='9'/>");
    let told = told(&book);
    let page = chapter(&book);
    let text = words(&page);
    let lost: String = LETTERS.chars().filter(|letter| !text.contains(*letter)).collect();
    assert_eq!(lost, "", "{page}");
    for gone in [
        "<script",
        "<iframe",
        "<form",
        "<input",
        "<video",
        "<audio",
        "<object",
        "<font",
        "<center",
        "<svg",
        "<math",
        "onclick",
        "javascript",
        "example.com",
        "bgcolor",
        "align=\"",
        "hidden=",
        "position",
        "direction",
        "&lt;",
    ] {
        assert!(!page.contains(gone), "{gone} in {page}");
    }
    // Each line that has something no book takes, and no other, has a finding.
    let place = |line: &String| line.split(':').nth(1).and_then(|it| it.parse().ok());
    let found: std::collections::BTreeSet<usize> =
        told.iter().filter_map(place).collect();
    let lines = TORTURE.lines().enumerate().map(|(number, line)| (number + 1, line));
    for (number, line) in lines {
        let is_sound = line.is_empty() || line.contains("<!-- sound -->");
        assert_eq!(
            found.contains(&number),
            !is_sound,
            "line {number}: {line}\n{told:#?}"
        );
    }
    tools::epubcheck("torture", &book.read("book.epub"));

    book.run(["build", "--quiet", "-o", "book.pdf"]).code(0);
    let pdf = book.path("book.pdf");
    let Some(text) = tools::run("pdftotext", &[], &pdf, &["-"]) else { return };
    let lost: String = LETTERS.chars().filter(|letter| !text.contains(*letter)).collect();
    assert_eq!(lost, "", "{text}");
}

#[test]
fn css_of_the_author_is_sifted() {
    let book = book(
        "",
        "# 一 {style=\"direction: rtl\"}\n\n\
         <p style=\"text-indent:0; color:red\">甲</p>\n\n\
         <span style=\"color: red; position: fixed\">乙</span>と\
         [丙]{style=\"margin-left: -1em; font-size: 12px; font-size: 80%\"}と\
         ![絵](a.svg){style=\"width: 50%; background: url(b.png)\"}\n\n\
         <div style=\"text-align: right; writing-mode: vertical-rl\">\n\n丁\n\n</div>\n\n\
         <span style=\"color red\">戊</span>\n\n<style>p { color: red }</style>\n",
    )
    .write("a.svg", "<svg width='9' height='9'/>");
    assert_eq!(
        told(&book),
        [
            "a.md:1:13: warning[unsupported-css]: `direction: rtl` is left out: no EPUB may \
             have it in CSS (CSS-001)",
            "a.md:3:26: warning[unsupported-css]: `color:red` is left out: readers choose \
             face, line height and colours of running text",
            "a.md:5:26: warning[unsupported-css]: `position: fixed` is left out: Kindle \
             refuses what leaves the flow of the text",
            "a.md:5:63: warning[unsupported-css]: `margin-left: -1em` is left out: Kindle \
             refuses values below zero, which cut text off at the edge",
            "a.md:5:82: warning[unsupported-css]: `font-size: 12px` is left out: readers \
             choose the size of the text",
            "a.md:5:147: warning[unsupported-css]: `background: url(b.png)` is left out: an \
             EPUB fetches nothing from outside its file (RSC-006)",
            "a.md:7:32: warning[unsupported-css]: `writing-mode: vertical-rl` is left out: \
             Apple Books asks for one direction of writing on a page",
            "a.md:13:14: warning[unsupported-css]: `color red` is left out: it is no CSS that \
             can be read (CSS-008)",
            "a.md:15:1: warning[unsupported-css]: the CSS of `<style>` is left out",
        ]
    );
    let page = chapter(&book);
    for kept in [
        "<h1 id=\"一\">一</h1>",
        "<p style=\"text-indent: 0\">甲</p>",
        "<span style=\"color: red\">乙</span>",
        "<span style=\"font-size: 80%\">丙</span>",
        "style=\"width: 50%\"",
        "style=\"text-align: right\">\n<p>丁</p>",
        "<span>戊</span>",
    ] {
        assert!(page.contains(kept), "no {kept} in {page}");
    }
    tools::epubcheck("css", &book.read("book.epub"));
}

/// Drawings with all that EPUBCheck and stores refuse, and what is told of them.
const DRAWINGS: &[(&str, &[&str])] = &[
    (
        "<script>x()</script><rect width='3' height='3' onclick='x()'/>",
        &["`<script>` (line 1): no EPUB", "`onclick=\"x()\"` (line 1): no EPUB"],
    ),
    (
        "<style>.a { direction: rtl; fill: red }\n@import url(http://a.b/c.css);\n\
         @font-face { font-family: x; src: url(http://a.b/c.woff) } .b { fill: }</style>",
        &[
            "`direction: rtl` (line 1): no EPUB",
            "`@import url(http://a.b/c.css);` (line 2): an EPUB fetches",
            "`@font-face { font-family: x; src: url(http://a.b…` (line 3): an EPUB fetches",
            "`fill:` (line 3): it is no CSS",
        ],
    ),
    (
        "<style>.a { fill: red</style><g id='a'/><g id='a'/><g id='1'/><g id='a b'/>",
        &["`.a { fill: red` (line 1): it is no CSS"],
    ),
    (
        "<image width='1' height='1' href='http://a.b/c.png'/>\n\
         <image width='1' height='1' xlink:href='c.png'/><use xlink:href='#nothing'/>",
        &[
            "`href=\"http://a.b/c.png\"` (line 1): an EPUB fetches",
            "`xlink:href=\"c.png\"` (line 2): an EPUB fetches",
        ],
    ),
    (
        "<switch><foreignObject width='9' height='9'><p \
         xmlns='http://www.w3.org/1999/xhtml'>箱の言葉</p></foreignObject></switch>\
         <title>題<desc>名</desc></title>",
        &["`<foreignObject>` and its words 「箱の言葉」 (line 1): few readers"],
    ),
    (
        "<a href='javascript:x()'><text>水</text></a>\
         <path d='M0 0' fill='url(http://a.b/c#d)' style='position:absolute;fill:red'/>",
        &[
            "`href=\"javascript:x()\"` (line 1): no reader",
            "`fill=\"url(http://a.b/c#d)\"` (line 1): an EPUB fetches",
            "`position:absolute` (line 1): Kindle",
        ],
    ),
    ("<metadata><x/></metadata><text style='direction:ltr'>水</text>", &[]),
];

#[test]
fn drawings_of_any_kind_make_a_sound_epub() {
    let names = (1..=DRAWINGS.len()).map(|number| format!("{number}.svg"));
    let text: String = names.clone().map(|name| format!("![絵]({name})\n\n")).collect();
    let mut book = book("", &format!("# 一\n\n{text}![壊れた絵](broken.svg)\n"));
    book = book.write("broken.svg", "<svg width='9' height='9'><g></svg>");
    let mut expected = Vec::new();
    for ((inside, told), name) in DRAWINGS.iter().zip(names) {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' \
             xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'>{inside}</svg>"
        );
        book = book.write(&name, svg);
        expected.extend(told.iter().map(|it| format!("`{name}` is bound without {it}")));
    }
    let mut told = told(&book);
    let broken = told.pop().expect("a finding");
    assert!(
        broken.contains("[unsupported-image]: image `broken.svg` is no SVG"),
        "{broken}"
    );
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for words in &expected {
        assert!(told.iter().any(|it| it.contains(words)), "no {words} in {told:#?}");
    }
    let own = ["[unsupported-svg]", "[unsupported-css]"];
    assert!(told.iter().all(|it| own.iter().any(|code| it.contains(code))), "{told:#?}");
    assert!(told.iter().all(|it| it.starts_with("a.md:")), "{told:#?}");
    assert!(words(&chapter(&book)).contains("［壊れた絵］"));
    tools::epubcheck("drawings", &book.read("book.epub"));
}

#[test]
fn links_that_no_reader_follows_are_told() {
    let book = book(
        "",
        "# 一\n\n[甲](javascript:x())と[乙](https://)と[丙](data:text/html,x)と\
         [丁](https://example.com/)\n",
    );
    let told = told(&book);
    let links: Vec<&str> = told.iter().filter_map(|it| it.split('`').nth(1)).collect();
    assert_eq!(links, ["javascript:x()", "https://", "data:text/html,x"]);
    assert!(told.iter().all(|it| it.contains("[broken-link]: no reader follows")));
    let page = chapter(&book);
    assert!(
        page.contains("甲と乙と丙と<a href=\"https://example.com/\">丁</a>"),
        "{page}"
    );
}

#[test]
fn an_ncx_is_a_choice_in_both_profiles() {
    for (profile, said, has) in [
        ("general", None, true),
        ("general", Some(false), false),
        ("ebpaj", None, false),
        ("ebpaj", Some(true), true),
    ] {
        let ncx = said.map_or(String::new(), |said| format!(", ncx: {said}"));
        let config =
            format!("outputs:\n  epub: {{ profile: {profile}, fonts: none{ncx} }}\n");
        let book = book(&config, "# 一\n\n## 二\n\n本文\n");
        let told = told(&book);
        match (profile, said) {
            ("general", Some(false)) => assert_eq!(
                told,
                [
                    "book.yaml:5:42: note[no-ncx]: an EPUB without an NCX lacks the contents \
                  that Kindle asks for"
                ]
            ),
            _ => assert_eq!(told, [""; 0]),
        }
        let root = if profile == "general" { "EPUB" } else { "item" };
        let opf = if profile == "general" { "package" } else { "standard" };
        let package = file(&book, &format!("{root}/{opf}.opf"));
        for part in [
            "<spine page-progression-direction=\"ltr\" toc=\"toc-ncx\">",
            "<item id=\"toc-ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>",
            "<guide>",
            "<reference type=\"toc\"",
        ] {
            assert_eq!(
                package.contains(part),
                has,
                "{profile} {said:?}: {part} {package}"
            );
        }
        assert!(package.contains("<meta name=\"cover\""), "{package}");
        if has {
            assert_eq!(
                file(&book, &format!("{root}/toc.ncx")).matches("<navPoint").count(),
                2
            );
        }
        let name = format!(
            "ncx-{profile}-{}",
            said.map_or("unsaid".into(), |it| it.to_string())
        );
        tools::epubcheck(&name, &book.read("book.epub"));
    }
}

#[test]
fn the_contents_page_of_ebpaj_has_the_lists_and_the_numbers() {
    let config = "lists: [figures, tables, listings]\nnumbering: { h1: \"第{一}章\" }\n\
        outputs:\n  epub: { profile: ebpaj }\n";
    let chapter = "# 水\n\n![水の図](a.png){#fig:a}\n\n表: 水の表 {#tbl:a}\n\n| a |\n|---|\n\
        | b |\n\n## ![絵の題](a.png)\n\n![火の図](a.png){#fig:b}\n";
    let book = book(config, chapter).write("a.png", PIXELS);
    assert_eq!(told(&book), [""; 0]);
    let page = file(&book, "item/xhtml/p-toc.xhtml");
    let lines: Vec<&str> = page
        .lines()
        .filter(|line| line.contains("midashi") || line.starts_with("<p"))
        .collect();
    assert_eq!(
        lines,
        [
            "<h1 class=\"mokuji-midashi\">目次</h1>",
            "<p class=\"noindent\"><a href=\"p-001.xhtml\"><span class=\"heading-number\">第一章\
             </span>　水</a></p>",
            "<p class=\"noindent start-1em\"><a href=\"p-001.xhtml#%E7%B5%B5%E3%81%AE%E9%A1%8C\">絵の題</a></p>",
            "<h2 class=\"mokuji-midashi\">図目次</h2>",
            "<p class=\"noindent\"><a href=\"p-001.xhtml#fig-a\"><span \
             class=\"heading-number\">図1</span>　水の図</a></p>",
            "<p class=\"noindent\"><a href=\"p-001.xhtml#fig-b\"><span \
             class=\"heading-number\">図2</span>　火の図</a></p>",
            "<h2 class=\"mokuji-midashi\">表目次</h2>",
            "<p class=\"noindent\"><a href=\"p-001.xhtml#tbl-a\"><span \
             class=\"heading-number\">表1</span>　水の表</a></p>",
        ]
    );
    tools::epubcheck("ebpaj-lists", &book.read("book.epub"));
}

/// A picture of a few pixels.
const PIXELS: &[u8] = include_bytes!("books/everything/images/gray.png");

/// A PNG of one colour with its alpha.
fn png(width: u32, height: u32, pixel: [u8; 4]) -> Vec<u8> {
    let mut data = Vec::new();
    let mut encoder = png::Encoder::new(&mut data, width, height);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header().expect("a head");
    let pixels = pixel.repeat((width * height) as usize);
    writer.write_image_data(&pixels).expect("its pixels");
    writer.finish().expect("an end");
    data
}

#[test]
fn a_cover_that_is_transparent_is_told() {
    for (alpha, expected) in [
        (
            254,
            vec![
                "book.yaml:4:8: warning[store-cover]: cover `a.png` is transparent, which Kobo \
                 does not take",
            ],
        ),
        (255, vec![]),
    ] {
        let book = book("cover: a.png\n", "# 一\n\n本文\n");
        let book = book.write("a.png", png(1600, 2560, [9, 9, 9, alpha]));
        assert_eq!(told(&book), expected);
    }
}

#[test]
fn pictures_in_the_colours_of_print_become_those_of_screens() {
    let cmyk = include_bytes!("books/everything/images/cmyk.jpg");
    let book = book("", "# 一\n\n![絵](a.jpg)\n").write("a.jpg", cmyk);
    assert_eq!(
        told(&book),
        [
            "a.md:3:1: warning[store-image]: image `a.jpg` has the colours of print (CMYK), which \
          Apple Books does not take"
        ]
    );
    let mut zip = zip::ZipArchive::new(Cursor::new(book.read("book.epub"))).expect("ZIP");
    let mut data = Vec::new();
    let mut image = zip.by_name("EPUB/images/a.jpg").expect("the picture");
    image.read_to_end(&mut data).expect("its bytes");
    assert!(!seihon::image::is_cmyk(seihon::image::ImageFormat::Jpeg, &data));
    assert!(seihon::image::is_cmyk(seihon::image::ImageFormat::Jpeg, cmyk));
}

#[test]
fn metadata_that_stores_refuse_are_errors() {
    for (line, expected) in [
        ("identifier: 978-4-00-000000-1", "is not an ISBN: its check digit is wrong"),
        ("identifier: urn:uuid:12", "`12` is not a UUID"),
        ("identifier: 本", "is not an identifier"),
        ("language: ja_JP", "is not a language tag"),
        ("language: ja-a", "is not a language tag"),
        ("language: japanese", "is not a language tag"),
        ("language: ''", "is not a language tag"),
        ("published: 2026-02-30", "is not a day of the calendar"),
        ("published: '2026'", "is not a day of the calendar"),
    ] {
        let run = book(&format!("{line}\n"), "# 一\n\n本文\n").run([
            "check",
            "--message-format",
            "short",
        ]);
        run.code(1)
            .tells("book.yaml:4:")
            .tells("error[bad-value]")
            .tells(expected);
    }
    let book = Project::new().write("a.md", "# 一\n");
    let run = book.write("book.yaml", "title: ' '\nchapters: [a.md]\n").run([
        "check",
        "--message-format",
        "short",
    ]);
    run.code(1).tells("error[bad-value]: the title is empty");
}

#[test]
fn blank_metadata_are_as_if_they_were_not_there() {
    let keys = [
        "title-reading",
        "short-title",
        "subtitle",
        "subtitle-reading",
        "publisher",
        "publisher-reading",
        "edition",
        "printer",
        "binder",
        "price",
        "c-code",
        "notice",
        "rights",
        "contact",
        "description",
        "source",
    ];
    let mut config: String = keys.map(|key| format!("{key}: \" \"\n")).concat();
    config.push_str("series: { name: '' }\nsubjects: ['', 水]\nhistory: ['']\n");
    config.push_str("title-alternate-script: { en: '' }\n");
    let text = "# 一\n\n本文<span lang=\"ja-a\">甲</span>\n";
    let folder = book(&config, text).edit("book.yaml", "[著者]", "['', 著者]");
    assert_eq!(
        told(&folder),
        ["a.md:3:3: warning[bad-notation]: `ja-a` is not a language tag"]
    );
    let package = file(&folder, "EPUB/package.opf");
    assert_eq!(package.matches("<dc:title").count(), 1, "{package}");
    assert_eq!(package.matches("<dc:creator").count(), 1, "{package}");
    assert_eq!(package.matches("<dc:subject").count(), 1, "{package}");
    for gone in ["dc:publisher", "dc:description", "dc:rights", "dc:source", "> <", "><"]
    {
        assert!(!package.contains(gone), "{gone} in {package}");
    }
    tools::epubcheck("blank", &folder.read("book.epub"));
}

#[test]
fn labels_of_the_contents_say_something() {
    let text = "# ![第一話](a.png)\n\n## \n\n## {水|みず}[^a]と[火](b.md)\n\n## <br>\n\n\
        ## $x^2$\n\n[^a]: 注\n";
    let book = book("contents-depth: 3\n", text).write("a.png", PIXELS);
    told(&book);
    let nav = file(&book, "EPUB/nav.xhtml");
    let contents = nav.split("landmarks").next().unwrap_or("");
    let labels: Vec<String> = contents
        .split("<a ")
        .skip(1)
        .map(|link| words(&format!("<a {}", link.split("</a>").next().unwrap_or(""))))
        .collect();
    assert_eq!(labels, ["第一話", "＊", "水みずと火", "＊", "x^2"]);
    tools::epubcheck("labels", &book.read("book.epub"));
}

#[test]
fn apple_books_is_told_of_fonts() {
    let specified = "<meta property=\"ibooks:specified-fonts\">true</meta>";
    let prefix = "prefix=\"ibooks: http://vocabulary.itunes.apple.com/";
    for (fonts, has) in [("embed", true), ("none", false)] {
        let config = format!("outputs: {{ epub: {{ fonts: {fonts} }} }}\n");
        let book = book(&config, "# 一\n\n本文\n");
        told(&book);
        let package = file(&book, "EPUB/package.opf");
        assert_eq!(package.contains(specified), has, "{package}");
        assert_eq!(package.contains(prefix), has, "{package}");
    }
}

#[test]
fn style_sheets_of_all_themes_are_as_stores_ask() {
    for (theme, _) in seihon::style::themes() {
        for writing in ["horizontal", "vertical"] {
            let config = format!("writing: {writing}\nstyle: {{ theme: {theme} }}\n");
            let book = book(&config, "# 一\n\n本文\n");
            told(&book);
            let css = file(&book, "EPUB/style/book.css");
            // Marks of lists are what drawings have none of.
            let mut refused = seihon::css::sheet(&css).refused;
            refused.retain(|it| !it.css.starts_with("@counter-style"));
            assert_eq!(refused, [], "{theme} {writing}");
            for line in css.split([';', '{', '}']).map(str::trim) {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                let below = ["margin", "padding"].iter().any(|it| name.starts_with(it))
                    && value.split([' ', '(']).any(|word| word.starts_with('-'));
                assert!(!below && name != "position", "{theme} {writing}: {line}");
            }
        }
    }
}

/// The page that says what stores refuse.
const PAGE: &str = include_str!("../docs/stores.md");

#[test]
fn every_test_and_finding_that_the_page_names_exists() {
    let mut sources = String::new();
    for folder in ["src", "tests"] {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut sources);
    }
    let table = PAGE.split("\n## ").find(|part| part.starts_with("Rule by rule"));
    let rows = table
        .expect("the table")
        .lines()
        .filter(|line| line.starts_with("| "));
    let mut count = 0;
    for row in rows.skip(1) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        let [_, _, here, tests] = cells[..] else { panic!("{row} has four cells") };
        for test in tests.split('`').skip(1).step_by(2) {
            count += 1;
            assert!(
                sources.contains(&format!("fn {test}(")),
                "there is no test `{test}`"
            );
        }
        for code in here.split('`').skip(1).step_by(2).filter(|it| it.contains('-')) {
            let known = Code::ALL.iter().any(|known| known.name() == code);
            assert!(known || code == "contents-depth", "there is no finding `{code}`");
        }
    }
    assert!(count > 20, "the page names only {count} tests");
}

#[expect(clippy::disallowed_methods, reason = "it reads the tests")]
fn collect(folder: &Path, sources: &mut String) {
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            sources.push_str(&std::fs::read_to_string(path).expect("sources are text"));
        }
    }
}
