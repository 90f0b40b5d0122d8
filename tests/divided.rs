//! Books of which each chapter is one block that is far too long for a file of the EPUB:
//! every page is below 256 kB, no word is lost or doubled, and all links lead somewhere.
#![cfg(all(feature = "embedded-fonts", feature = "bibliography"))]

mod tools;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use seihon::book::Memory;
use seihon::diag::Sink;
use seihon::epub::{self, EpubOptions, Profile};
use seihon::pipeline;

/// The most bytes of a page.
const MOST: usize = 256 * 1024;

/// What each chapter has at the least, in bytes of XHTML.
const LONG: usize = 600 * 1024;

/// Chapters that are there for what others make of them.
const SOURCES: [&str; 3] = ["引用する", "索引に集める語の章", "一覧のもと"];

/// Chapters in which pages end between sentences and blocks that are short.
const EVEN: [&str; 15] = [
    "箇条書き",
    "番号",
    "一つの項目",
    "入れ子",
    "用語",
    "一つの用語",
    "引用",
    "囲み",
    "入れ子の囲み",
    "詩",
    "段組",
    "節の列",
    "表",
    "行にわたる欄",
    "注の列",
];

/// A chapter that is one block.
#[derive(Default)]
struct Chapter {
    title: &'static str,
    source: String,
    /// What its pages say.
    text: String,
    /// What its notes say.
    notes: String,
    /// Words that its pages say one after the other, where that is all that is known.
    words: Vec<String>,
}

/// A chapter of `count` things, each with its source and its text, between sources with
/// texts.
fn many(
    title: &'static str,
    count: usize,
    before: (&str, &str),
    after: (&str, &str),
    thing: impl Fn(usize) -> (String, String),
) -> Chapter {
    let (mut source, mut text) = (before.0.to_owned(), before.1.to_owned());
    for number in 1..=count {
        let (from, to) = thing(number);
        source += &from;
        text += &to;
    }
    source += after.0;
    text += after.1;
    Chapter { title, source, text, ..Chapter::default() }
}

/// A sentence that no other place of its chapter has.
fn sentence(number: usize) -> String {
    format!("その{number}つめの文は、ほかの文とはちがう「長い文」である。")
}

/// A sentence as it is, or between other characters.
fn plain(number: usize) -> (String, String) {
    (sentence(number), sentence(number))
}

fn between(before: &str, number: usize, after: &str) -> (String, String) {
    (format!("{before}{}{after}", sentence(number)), sentence(number))
}

const NONE: (&str, &str) = ("", "");

/// Text, and what stands in a line.
fn lines() -> Vec<Chapter> {
    let around =
        |title, before, after| many(title, 7600, (before, ""), (after, ""), plain);
    let long = |title, count, word: &'static str| {
        many(title, count, NONE, NONE, |n| {
            (word.replace('#', &n.to_string()), word.replace('#', &n.to_string()))
        })
    };
    vec![
        around("段落", "", ""),
        long("句点のない段落", 79_000, "水#"),
        long("空白のない語", 620_000, "a"),
        around("強調", "*", "*"),
        around("太字", "**", "**"),
        around("範囲", "[", "]{#range .x}"),
        around("外へのリンク", "[", "](https://example.com/)"),
        many("内へのリンク", 7600, ("[初め]{#first}[", "初め"), ("](#first)", ""), plain),
        // The links of all files but the first are twice as long as in one file.
        many("リンクの列", 20_000, ("[初め]{#x}", "初め"), NONE, |n| {
            (format!("[{n}](#x)、"), format!("{n}、"))
        }),
        around("圏点", "《《", "》》"),
        many("割注", 7600, ("[（", "（"), ("）]{.warichu}", "）"), plain),
        many("ルビ", 7000, NONE, NONE, |n| {
            (format!("{{水火|すい|か}}と{{漢字{n}|かんじ}}"), format!("水火と漢字{n}"))
        }),
        many("語の列", 7600, NONE, NONE, |n| {
            (format!("{{漢字|かん|じ}}*強い{n}*`code`"), format!("漢字強い{n}code"))
        }),
    ]
}

/// Lists of all kinds.
fn lists() -> Vec<Chapter> {
    let one = ("1. 一\n2. 二\n\n", "1.一2.二");
    vec![
        many("箇条書き", 6700, NONE, NONE, |n| between("- ", n, "\n")),
        many("番号", 6200, NONE, NONE, |n| {
            let (source, text) = between(&format!("{}. ", n + 6), n, "\n\n");
            (source, format!("{}.{text}", n + 6))
        }),
        many("一つの項目", 7000, one, NONE, |n| between("   ", n, "\n\n")),
        many("入れ子", 7000, ("1. 一\n   - 二\n", "1.一二"), NONE, |n| {
            let (source, text) = between(&format!("     {n}. "), n, "\n");
            (source, format!("{n}.{text}"))
        }),
        many("用語", 5800, NONE, NONE, |n| {
            let (source, text) = between(&format!("語{n}\n\n: "), n, "\n\n");
            (source, format!("語{n}{text}"))
        }),
        many(
            "一つの用語",
            6800,
            ("<dl>\n<dt>語</dt>\n", "語"),
            ("</dl>\n", ""),
            |n| between("<dd>", n, "</dd>\n"),
        ),
        many("長い用語", 7600, NONE, ("\n\n: 意味\n", "意味"), plain),
    ]
}

/// Blocks that hold others, and code.
fn blocks() -> Vec<Chapter> {
    let paragraph = |n| between("", n, "\n\n");
    let code = "```rust {.numbers start=8 lines=\"3-5\"}\n";
    let line = "```rust {#lst:a caption=\"一行\"}\n";
    vec![
        many("引用", 7000, NONE, NONE, |n| between("> > ", n, "\n> >\n")),
        many("コード", 5700, (code, ""), ("```\n", ""), |n| {
            (format!("let x{n} = \"水\";\n"), format!("letx{n}=\"水\";"))
        }),
        many("一行のコード", 80_000, (line, "一行"), ("\n```\n", ""), |n| {
            (format!("x{n}+ "), format!("x{n}+"))
        }),
        many("囲み", 7000, ("::: note {#box} 題\n", "題"), (":::\n", ""), paragraph),
        many(
            "入れ子の囲み",
            7000,
            (":::: column 題\n::: tip 中\n", "題中"),
            (":::\n::::\n", ""),
            |n| between("- ", n, "\n"),
        ),
        many("詩", 7600, ("::: verse\n", ""), (":::\n", ""), |n| between("", n, "\n")),
        many("段組", 7000, ("::: columns\n", ""), (":::\n", ""), paragraph),
        many("節の列", 5000, NONE, NONE, |n| {
            let (source, text) = between(&format!("## 節{n}\n\n"), n, "\n\n");
            (source, format!("節{n}{text}"))
        }),
        many("HTML", 7000, ("<div class=\"x\">\n", ""), ("</div>\n", ""), |n| {
            between("<p>", n, "</p>\n")
        }),
        many("長い見出し", 7600, ("## ", ""), ("\n", ""), plain),
        many("長い題", 8500, ("![図](a.png \"", ""), ("\")\n", ""), |n| {
            let text = sentence(n).replace(['「', '」'], "");
            (text.clone(), text)
        }),
    ]
}

/// Tables: of many rows, with cells over many of them, with one long cell, of many columns.
fn tables() -> Vec<Chapter> {
    let head = ("表: 多い行 {#tbl:rows}\n\n| 番 | 値 |\n|---|---|\n", "多い行番値");
    let row = |n| {
        let (source, text) = between(&format!("| {n} | "), n, " |\n");
        (source, format!("{n}{text}"))
    };
    let long = ("| 甲 | 乙 |\n|---|---|\n| 一 | ", "甲乙一");
    // No row is without a cell from above: cells over 64 rows begin 32 rows apart.
    let spans =
        many("行にわたる欄", 7680, ("<table>\n", ""), ("</table>\n", ""), |n| {
            let cells = [
                (n % 64 == 1, "th", 64, format!("束{n}")),
                (true, "td", 1, format!("{n}")),
                (n % 7 == 1, "td", 7, format!("七つ{n}")),
                (n == 1, "td", 32, "半分".to_owned()),
                (n % 64 == 33, "td", 64, format!("半ば{n}")),
                (n % 2 == 1, "td", 2, sentence(n)),
            ];
            let mut row = ("<tr>".to_owned(), String::new());
            for (_, element, rows, words) in cells.into_iter().filter(|cell| cell.0) {
                let _ =
                    write!(row.0, "<{element} rowspan=\"{rows}\">{words}</{element}>");
                row.1 += &words;
            }
            (row.0 + "</tr>\n", row.1)
        });
    let cells = |row: usize| (1..=4000).map(move |n| format!("欄{row}の{n}、"));
    let wide = (0..6).fold(String::new(), |mut rows, row| {
        let _ = writeln!(rows, "| {} |", cells(row).collect::<Vec<_>>().join(" | "));
        if row == 0 {
            let _ = writeln!(rows, "|{}", "---|".repeat(4000));
        }
        rows
    });
    vec![
        many("表", 5800, head, NONE, row),
        spans,
        long_rows(),
        many("一つの欄", 7600, long, (" |\n| 二 | 三 |\n", "二三"), plain),
        Chapter {
            title: "多い列",
            source: wide,
            // In the order of the columns.
            words: cells(3).collect(),
            ..Chapter::default()
        },
    ]
}

/// Rows of which each is longer than a page, with cells that are short.
fn long_rows() -> Chapter {
    let text = |n: usize| (44 * n..44 * n + 44).map(sentence).collect::<String>();
    many("長い行", 3, ("<table>\n", ""), ("</table>\n", ""), |row| {
        let first = if row == 1 { "<td rowspan=\"3\">共に</td>" } else { "" };
        let mut made = (format!("<tr>{first}"), String::new());
        made.1 += if row == 1 { "共に" } else { "" };
        for n in 60 * row..60 * row + 60 {
            let _ = write!(made.0, "<td>{}</td>", text(n));
            made.1 += &text(n);
        }
        (made.0 + "</tr>\n", made.1)
    })
}

/// What the program puts together, and notes.
fn apparatus() -> Vec<Chapter> {
    let mut notes = many("注の列", 1500, NONE, NONE, |n| {
        (format!("文{n}[^{n}]。\n\n[^{n}]: {}\n\n", sentence(n)), format!("文{n}。"))
    });
    notes.notes = (1..=1500).map(sentence).collect();
    let mut note = many("長い注", 0, ("文[^a]。続き。\n\n", "文。続き。"), NONE, plain);
    for n in 1..=7000 {
        note.source += if n == 1 { "[^a]: " } else { "    " };
        note.source += &format!("{}\n\n", sentence(n));
        note.notes += &sentence(n);
    }
    let entries = 4000;
    let cited: String = (1..=entries).map(|n| format!("[@k{n}]\n\n")).collect();
    let terms = 7700;
    let indexed: String = (1..=terms)
        .map(|n| format!("[w{n:04}]{{.index reading=\"w{n:04}\"}}\n\n"))
        .collect();
    let listings = 3200;
    let listed: String = (1..=listings)
        .map(|n| {
            format!(
                "```rust {{#lst:l{n} caption=\"一覧の{n}、{}\"}}\nx\n```\n\n",
                sentence(n)
            )
        })
        .collect();
    let words =
        |count: usize, word: &dyn Fn(usize) -> String| (1..=count).map(word).collect();
    let made = |title, source: String, words| Chapter {
        title,
        source,
        words,
        ..Chapter::default()
    };
    vec![
        notes,
        note,
        made("引用する", cited, words(entries, &|n| format!("［{n}］"))),
        made(
            "文献",
            "::: references\n:::\n".into(),
            words(entries, &|n| format!("書名{n}、")),
        ),
        made("索引に集める語の章", indexed, words(terms, &|n| format!("w{n:04}"))),
        made("索引に", "::: index\n:::\n".into(), words(terms, &|n| format!("w{n:04}"))),
        made("一覧のもと", listed, words(listings, &|n| format!("一覧の{n}、"))),
        made(
            "一覧",
            "::: list-of-listings\n:::\n".into(),
            words(listings, &|n| format!("一覧の{n}、")),
        ),
    ]
}

fn all() -> Vec<Chapter> {
    [lines(), lists(), blocks(), tables(), apparatus()]
        .into_iter()
        .flatten()
        .collect()
}

/// The EPUB of chapters, without fonts.
fn bind(chapters: &[Chapter], config: &str, profile: Profile) -> Vec<u8> {
    let mut files = Memory::default();
    let mut list = String::new();
    for (number, chapter) in chapters.iter().enumerate() {
        let name = format!("{number:02}.md");
        let _ = writeln!(list, "  - {name}");
        let text = format!("# {}\n\n{}", chapter.title, chapter.source);
        files.files.insert(name, text.into_bytes());
    }
    let works: String = (1..=4000)
        .map(|n| {
            let title = format!("書名{n}、{}", sentence(n));
            format!(
                "k{n}:\n  type: Book\n  title: {title}\n  author: 著者{n}\n  date: 2001\n"
            )
        })
        .collect();
    files.files.insert("works.yaml".into(), works.into_bytes());
    files.files.insert("a.png".into(), PIXEL.to_vec());
    let config = format!(
        "title: 題\nauthors: [著者]\nreferences: works.yaml\n{config}\nchapters:\n{list}"
    );
    files.files.insert("book.yaml".into(), config.into_bytes());
    let compiled = pipeline::compile(&files, pipeline::Options::default());
    let findings = compiled.sink.finish();
    let volume = compiled.volume.unwrap_or_else(|| panic!("{findings:?}"));
    let options = EpubOptions {
        embed_fonts: false,
        profile,
        ..EpubOptions::default()
    };
    let sink = &mut Sink::default();
    let pipeline::Volume { document, style, fonts, .. } = &volume;
    let bytes = epub::export(document, style, fonts, &options, sink).expect("an EPUB");
    let told = std::mem::take(sink).finish();
    let told: Vec<_> = told.iter().map(|it| &it.message).collect();
    assert!(told.iter().all(|it| it.contains("navigation")), "{told:?}");
    bytes
}

/// A PNG of one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\rIDATx\x9cc\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xaeB`\x82";

/// What a page says, and what it names.
#[derive(Debug, Default)]
struct Page {
    path: String,
    title: String,
    bytes: usize,
    text: String,
    notes: String,
    ids: Vec<String>,
    links: Vec<String>,
    /// The elements that hold words and go on from another page.
    torn: Vec<String>,
}

/// The elements that are open: whether they are notes, and whether what they say does not
/// count: readings, marks of notes, numbers of captions, what stands in another file too.
#[derive(Clone, Copy, Default)]
struct Open {
    note: bool,
    silent: bool,
    title: bool,
}

impl Page {
    fn read(path: String, xhtml: &str) -> Self {
        let mut page = Self { path, bytes: xhtml.len(), ..Self::default() };
        let mut open = vec![Open::default()];
        let mut lists = Vec::new();
        let mut reader = Reader::from_str(xhtml);
        loop {
            let event = reader.read_event().expect("well-formed");
            match &event {
                Event::Start(tag) => {
                    let inside = page.start(tag, open[open.len() - 1], &mut lists);
                    open.push(inside);
                }
                Event::Empty(tag) => {
                    page.start(tag, open[open.len() - 1], &mut lists);
                }
                Event::End(tag) => {
                    if ["ul", "ol"].contains(&tag.name().as_ref()) {
                        lists.pop();
                    }
                    open.pop();
                }
                Event::Text(text) => page.say(text, open[open.len() - 1]),
                Event::GeneralRef(name) => {
                    let ch = match &**name {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        other => panic!("{other}"),
                    };
                    page.say(ch, open[open.len() - 1]);
                }
                Event::Eof => return page,
                _ => {}
            }
        }
    }

    fn start(
        &mut self,
        tag: &BytesStart<'_>,
        around: Open,
        lists: &mut Vec<Option<u64>>,
    ) -> Open {
        let name: String = tag.name().as_ref().to_owned();
        let attributes = tag.attributes().map(|it| it.expect("an attribute"));
        let attributes: BTreeMap<String, String> = attributes
            .map(|it| (AsRef::<str>::as_ref(&it.key).to_owned(), it.value.to_string()))
            .collect();
        let classes: Vec<&str> = attributes
            .get("class")
            .map_or(Vec::new(), |classes| classes.split(' ').collect());
        let any = |of: &[&str]| classes.iter().any(|class| of.contains(class));
        self.ids.extend(attributes.get("id").cloned());
        let link = attributes.get("href").filter(|_| name == "a");
        self.links.extend(link.filter(|link| !link.contains("://")).cloned());
        let silent = any(&["repeated", "noteref", "backlink", "number"]);
        let inside = Open {
            note: around.note || any(&["footnote"]),
            silent: around.silent || silent || name == "rt" || name == "head",
            title: name == "title",
        };
        if any(&["continued"]) && ["p", "td", "dd", "dt", "em", "span"].contains(&&*name)
        {
            self.torn.push(name.clone());
        }
        let first = attributes.get("start").map_or(Ok(1), |start| start.parse());
        match name.as_str() {
            "ul" => lists.push(None),
            "ol" => lists.push(Some(first.expect("a number"))),
            "li" => {
                if let Some(Some(next)) = lists.last_mut() {
                    *next += 1;
                    // The item has its number where it begins.
                    let number = format!("{}.", *next - 1);
                    let number = if any(&["continued"]) { "" } else { &number };
                    self.say(number, inside);
                }
            }
            _ => {}
        }
        inside
    }

    fn say(&mut self, text: &str, open: Open) {
        let text = text.chars().filter(|ch| !ch.is_whitespace());
        match open {
            Open { title: true, .. } => self.title.extend(text),
            Open { silent: true, .. } => {}
            Open { note: true, .. } => self.notes.extend(text),
            Open { .. } => self.text.extend(text),
        }
    }
}

/// The pages of an EPUB in the order of reading, and the other pages.
fn pages(epub: &[u8]) -> (Vec<Page>, Vec<Page>) {
    let mut zip = zip::ZipArchive::new(Cursor::new(epub)).expect("a ZIP file");
    let mut files = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("a file");
        let name = file.name().expect("UTF-8").into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        files.extend(String::from_utf8(bytes).ok().map(|text| (name, text)));
    }
    let package = files.iter().find(|(name, _)| name.ends_with(".opf"));
    let (name, package) = package.expect("a package");
    let root = name.rsplit_once('/').map_or("", |(root, _)| root);
    let mut spine = Vec::new();
    for item in package.split("<itemref idref=\"").skip(1) {
        let id = item.split('"').next().expect("an id");
        let at = package.find(&format!("<item id=\"{id}\"")).expect("an item");
        let href = package[at..].split("href=\"").nth(1).expect("a path");
        let path = format!("{root}/{}", href.split('"').next().expect("a path"));
        spine.push(Page::read(path.clone(), &files[&path]));
    }
    let is_other = |path: &&String| {
        path.ends_with(".xhtml") && !spine.iter().any(|page| page.path == **path)
    };
    let others = files.keys().filter(is_other);
    let others = others.map(|path| Page::read(path.clone(), &files[path])).collect();
    (spine, others)
}

/// Fails where a page is too long, an id stands twice in a chapter, or a link leads nowhere.
fn check(spine: &[Page], others: &[Page]) {
    // A book has one navigation document.
    for page in spine.iter().filter(|page| !page.path.ends_with("nav.xhtml")) {
        assert!(page.bytes <= MOST, "{} has {} bytes", page.path, page.bytes);
    }
    let mut ids = BTreeSet::new();
    let mut places = BTreeSet::new();
    for page in spine.iter().chain(others) {
        places.insert(page.path.clone());
        for id in &page.ids {
            assert!(ids.insert((&page.title, id)), "{id} is twice in {}", page.title);
            places.insert(format!("{}#{id}", page.path));
        }
    }
    for page in spine.iter().chain(others) {
        let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in &page.links {
            let target = match link.strip_prefix('#') {
                Some(_) => format!("{}{link}", page.path),
                None => format!("{folder}/{link}"),
            };
            let target =
                percent_encoding::percent_decode_str(&target).decode_utf8_lossy();
            assert!(places.contains(&*target), "{} links to {link}", page.path);
        }
    }
}

/// Fails where the pages of a chapter do not say all that it does, and nothing twice.
fn compare(chapter: &Chapter, spine: &[Page]) {
    let title = chapter.title;
    let own: Vec<&Page> = spine.iter().filter(|page| page.title == title).collect();
    let text: String = own.iter().map(|page| page.text.as_str()).collect();
    let notes: String = own.iter().map(|page| page.notes.as_str()).collect();
    if chapter.words.is_empty() {
        same(title, &text, &(title.to_owned() + &chapter.text));
    }
    same(title, &notes, &chapter.notes);
    let mut rest = text.as_str();
    for word in &chapter.words {
        let (_, after) = rest.split_once(word.as_str()).unwrap_or_else(|| {
            panic!(
                "{title} has no {word} in {}",
                rest.chars().take(80).collect::<String>()
            )
        });
        assert!(!after.contains(word.as_str()), "{title} has {word} twice");
        rest = after;
    }
}

/// Fails where two texts differ, with what comes before and after.
fn same(title: &str, found: &str, expected: &str) {
    if found != expected {
        let pairs = found.chars().zip(expected.chars());
        let at = pairs.take_while(|(a, b)| a == b).count();
        let near = |text: &str| -> String {
            text.chars().skip(at.saturating_sub(20)).take(60).collect()
        };
        panic!("{title}: {} and not {}", near(found), near(expected));
    }
}

/// Fails where the pages of the contents do not name all chapters and their sections.
fn compare_contents(chapters: &[Chapter], spine: &[Page]) {
    let mut expected = "目次".to_owned();
    for chapter in chapters {
        expected += chapter.title;
        match chapter.title {
            "節の列" => (1..=5000).for_each(|n| expected += &format!("節{n}")),
            "長い見出し" => expected += &chapter.text,
            _ => {}
        }
    }
    let own = spine.iter().filter(|page| page.title == "目次");
    let found: String = own.map(|page| page.text.as_str()).collect();
    same("目次", &found, &expected);
}

/// Divides a book of all kinds, and gives its EPUB.
fn divided(config: &str, profile: Profile) -> Vec<u8> {
    let chapters = all();
    let epub = bind(&chapters, config, profile);
    let (spine, others) = pages(&epub);
    check(&spine, &others);
    if profile == Profile::Ebpaj {
        compare_contents(&chapters, &spine);
        assert!(spine.iter().any(|page| page.path.ends_with("p-toc-002.xhtml")));
    }
    let mut short = Vec::new();
    for chapter in &chapters {
        compare(chapter, &spine);
        let own = spine.iter().filter(|page| page.title == chapter.title);
        let bytes: usize = own.clone().map(|page| page.bytes).sum();
        let torn: Vec<_> = own.clone().flat_map(|page| &page.torn).collect();
        assert!(torn.is_empty() || !EVEN.contains(&chapter.title), "{}", chapter.title);
        short.extend((bytes < LONG).then_some((chapter.title, bytes)));
    }
    short.retain(|(title, _)| !SOURCES.contains(title));
    assert!(short.is_empty(), "{short:?}");
    epub
}

#[test]
fn all_is_divided_across() {
    tools::epubcheck("divided-across", &divided("", Profile::General));
}

#[test]
fn all_is_divided_down_by_the_guide() {
    let epub = divided("writing: vertical", Profile::Ebpaj);
    tools::epubcheck("divided-down-ebpaj", &epub);
}

#[test]
fn all_is_divided_the_other_way() {
    divided("writing: vertical", Profile::General);
    divided("", Profile::Ebpaj);
}

/// Endnotes, whose chapters are short, and a table with a head that names and refers.
fn few() -> Vec<Chapter> {
    let mut notes = many("後注", 3000, NONE, NONE, |n| {
        (format!("文{n}[^{n}]。\n\n[^{n}]: {}\n\n", sentence(n)), format!("文{n}。"))
    });
    notes.notes = (1..=3000).map(sentence).collect();
    let mut head = many(
        "表の頭",
        7000,
        ("| [番]{#number} | [値](#number)[^a] |\n|---|---|\n", "番値"),
        ("\n[^a]: 注。\n", ""),
        |n| (format!("| {n} | [{n}](#number) |\n"), format!("{n}{n}")),
    );
    head.notes = "注。".to_owned();
    vec![notes, head]
}

#[test]
fn endnotes_and_heads_are_divided() {
    let chapters = few();
    let style = |at| format!("style:\n  notes: {{ kind: endnote, at: {at} }}");
    let epub = bind(&chapters, &style("chapter"), Profile::General);
    let (spine, others) = pages(&epub);
    check(&spine, &others);
    chapters.iter().for_each(|chapter| compare(chapter, &spine));
    // They follow the text of all files of their chapter.
    let own = spine.iter().filter(|page| page.title == "後注");
    let own: Vec<_> = own.map(|page| (&page.text, &page.notes)).collect();
    let follow = own
        .windows(2)
        .all(|pair| pair[0].1.is_empty() || pair[1].0.is_empty());
    assert!(own.len() > 3 && follow);
    tools::epubcheck("divided-endnotes", &epub);

    let epub = bind(&chapters, &style("book"), Profile::General);
    let (spine, others) = pages(&epub);
    check(&spine, &others);
    let notes: String = spine.iter().map(|page| page.notes.as_str()).collect();
    let expected: String =
        chapters.iter().map(|chapter| chapter.notes.as_str()).collect();
    same("notes", &notes, &expected);
    tools::epubcheck("divided-notes-of-the-book", &epub);
}

#[test]
fn what_cannot_be_parted_is_told() {
    let formula = format!("$$\n{}\n$$\n", "x_{水}+".repeat(12_000) + "y");
    let source = many("式", 5000, (&formula, ""), NONE, |n| between("", n, "\n\n"));
    let mut files = Memory::default();
    let text = format!("# 式\n\n{}", source.source);
    files.files.insert("a.md".into(), text.into_bytes());
    let config = "title: 題\nauthors: [著者]\nchapters: [a.md]\n";
    files.files.insert("book.yaml".into(), config.into());
    let compiled = pipeline::compile(&files, pipeline::Options::default());
    let volume = compiled.volume.expect("a book");
    let options = EpubOptions { embed_fonts: false, ..EpubOptions::default() };
    let sink = &mut Sink::default();
    let pipeline::Volume { document, style, fonts, .. } = &volume;
    let epub = epub::export(document, style, fonts, &options, sink).expect("an EPUB");
    let told = std::mem::take(sink).finish();
    let told: Vec<_> = told.iter().map(|it| (it.code.name(), &*it.message)).collect();
    let [("store-file", message)] = told[..] else { panic!("{told:?}") };
    assert!(message.starts_with("the page `text/chapter-01.xhtml` has "), "{message}");
    // The text around it is in no more files than without it.
    let (spine, _) = pages(&epub);
    let own = spine.iter().filter(|page| page.title == "式").skip(1);
    let long = own.clone().filter(|page| page.bytes > 190 * 1024).count();
    assert_eq!(long + 1, own.count());
}

#[test]
fn a_book_that_fits_holds_nothing_of_it() {
    let source = many("短い", 900, NONE, NONE, |n| between("- ", n, "\n"));
    let epub = bind(&[source], "", Profile::General);
    let mut zip = zip::ZipArchive::new(Cursor::new(epub)).expect("a ZIP file");
    for index in 0..zip.len() {
        let mut bytes = Vec::new();
        let mut file = zip.by_index(index).expect("a file");
        file.read_to_end(&mut bytes).expect("its bytes");
        let text = String::from_utf8_lossy(&bytes);
        for word in ["continue", "repeated", "chapter-01_2"] {
            assert!(!text.contains(word), "{word} in {}", file.name().expect("UTF-8"));
        }
    }
}
