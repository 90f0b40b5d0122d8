//! Works in CSL-JSON, as Zotero and Pandoc write them: how they are set, and what is told.
#![cfg(feature = "bibliography")]

use std::collections::BTreeMap;

use seihon::book::Memory;
use seihon::model::{Block, BlockKind, SectionKind, walk};
use seihon::{Options, compile};
use serde_json::{Value, json};

/// What is made of a chapter and of a list of works in a style.
struct Made {
    /// The paragraphs of the chapter.
    text: Vec<String>,
    /// The list of references.
    list: Vec<String>,
    /// The findings, each with its place in the list of works.
    found: Vec<String>,
}

fn paragraphs(blocks: &[Block]) -> Vec<String> {
    let mut texts = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(content) => {
                texts.push(walk::plain_text(content).replace('\u{a0}', " "));
            }
            BlockKind::References(blocks) => texts.extend(paragraphs(blocks)),
            _ => {}
        }
    }
    texts
}

fn make(style: &str, works: &str, text: &str) -> Made {
    let book = format!(
        "title: 本\nchapters: [a.md]\nreferences: refs.json\ncitation-style: {style}\n"
    );
    let text = format!("# 章\n\n{text}\n");
    let files = [("book.yaml", book.as_str()), ("refs.json", works), ("a.md", &text)];
    let files = files.map(|(path, text)| (path.to_owned(), text.into()));
    let compiled = compile(&Memory { files: BTreeMap::from(files) }, Options::default());
    let document = compiled.volume.expect("the book can be read").document;
    let of = |kind: SectionKind| {
        let sections = document.sections.iter().filter(move |it| it.kind == kind);
        sections.flat_map(|section| paragraphs(&section.blocks)).collect()
    };
    let found = compiled.sink.finish().into_iter().map(|found| {
        let source = compiled.sources.get(found.span.file);
        let (line, column) = source.line_column(found.span.range().start);
        let code = found.code.name();
        format!("{line}:{column} {code}: {}", found.message)
    });
    Made {
        text: of(SectionKind::Chapter),
        list: of(SectionKind::References),
        found: found.collect(),
    }
}

/// Works of common types, as an export of Zotero has them.
const WORKS: &str = r#"[
  {
    "id": "http://zotero.org/users/1/items/AAAA", "citation-key": "raposo1996",
    "type": "article-journal", "title": "<i>B lymphocytes</i> secrete vesicles",
    "container-title": "Journal of Experimental Medicine", "journalAbbreviation": "J. Exp. Med.",
    "volume": "183", "issue": "3", "page": "1161-1172", "language": "en",
    "DOI": "10.1084/jem.183.3.1161", "ISSN": "0022-1007", "abstract": "…",
    "author": [
      { "family": "Raposo", "given": "Graça" },
      { "family": "Geuze", "given": "Hans J.", "non-dropping-particle": "van" }
    ],
    "issued": { "date-parts": [["1996", 3, 1]] }
  },
  {
    "id": "yamada2021", "type": "book", "title": "細胞の手紙", "language": "ja",
    "author": [{ "family": "山田", "given": "太郎" }, { "family": "鈴木", "given": "花" }],
    "publisher": "製本社", "publisher-place": "東京", "edition": 2, "number-of-pages": "320",
    "collection-title": "製本新書", "collection-number": "7", "ISBN": "978-4-87311-903-8",
    "issued": { "date-parts": [[2021]] }
  },
  {
    "id": "tanaka", "type": "chapter", "title": "小胞", "container-title": "細胞の事典",
    "author": [{ "literal": "日本細胞学会" }], "editor": [{ "family": "田中", "given": "実" }],
    "publisher": "学会出版", "publisher-place": "京都", "page": "12-34",
    "issued": { "raw": "2019-04" }
  },
  {
    "id": "who", "type": "webpage", "title": "Vesicles", "container-title": "WHO",
    "author": [{ "family": "World Health Organization" }], "URL": "https://example.com/v",
    "issued": "2020-05-03", "accessed": { "date-parts": [[2024, "1", "2"]] }
  }
]"#;

#[test]
fn works_are_set_in_sist_02() {
    let text = "[@raposo1996]、[@yamada2021, p. 3; @tanaka]。@yamada2021は述べる。[@who]";
    let made = make("sist02", WORKS, text);
    assert_eq!(made.found, Vec::<String>::new());
    assert_eq!(made.text, ["［1］、［2, p. 3, 3］。山田ら［2］は述べる。［4］"]);
    assert_eq!(
        made.list,
        [
            "［1］ Raposo, Graça; Geuze, Hans J. van. B lymphocytes secrete vesicles. \
             Journal of Experimental Medicine. 1996, vol. 183, no. 3, p. 1161-1172. \
             https://doi.org/10.1084/jem.183.3.1161",
            "［2］ 山田太郎; 鈴木花. 細胞の手紙. 2, 東京, 製本社, 2021, 320p. (製本新書, 7).",
            "［3］ 日本細胞学会. “小胞”. 細胞の事典. 田中実, ed. 京都, 学会出版, 2019, p. 12-34.",
            "［4］ World Health Organization. “Vesicles”. WHO. 2020-05-03. \
             https://example.com/v, (参照 2024-01-02)",
        ]
    );
}

#[test]
fn works_are_set_in_apa() {
    let made = make("apa", WORKS, "[@raposo1996]、[@yamada2021; @tanaka]。[@who]");
    assert_eq!(made.found, Vec::<String>::new());
    assert_eq!(
        made.text,
        ["(Raposo & van Geuze, 1996)、(山田 & 鈴木, 2021; 日本細胞学会, 2019)。\
          (World Health Organization, 2020)"]
    );
    assert_eq!(made.list.len(), 4, "{:#?}", made.list);
    let first = &made.list[0];
    assert!(first.starts_with("Raposo, G., & van Geuze, H. J. (1996)."), "{first}");
}

/// The types of CSL 1.0.2.
const TYPES: [&str; 45] = [
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
];

#[test]
fn every_type_of_work_is_known_to_the_styles() {
    let work = |kind: &&str| {
        json!({
            "id": kind, "type": kind, "title": format!("題 {kind}"),
            "author": [{ "family": "山田", "given": "太郎" }, { "family": "Gogh",
                "given": "Vincent", "non-dropping-particle": "van" }],
            "container-title": "入れ物", "volume": 12, "page": "10-20",
            "publisher": "製本社", "issued": { "date-parts": [[2020, 5, 3]] },
        })
    };
    let works = Value::from_iter(TYPES.iter().map(work)).to_string();
    let text = TYPES.map(|kind| format!("[@{kind}]")).join("、");
    let made = make("sist02", &works, &text);
    assert_eq!(made.found, Vec::<String>::new());
    assert_eq!(made.list.len(), TYPES.len());
    for ((index, kind), line) in TYPES.iter().enumerate().zip(&made.list) {
        let names = format!("［{}］ 山田太郎; Gogh, Vincent van. ", index + 1);
        let rest = match *kind {
            "article-journal" | "article-magazine" | "article-newspaper" => {
                format!("題 {kind}. 入れ物. 2020, vol. 12, p. 10-20.")
            }
            "chapter" | "entry" | "entry-dictionary" | "entry-encyclopedia"
            | "paper-conference" => {
                format!("“題 {kind}”. 入れ物. 製本社, 2020, p. 10-20.")
            }
            "post" | "post-weblog" | "webpage" => {
                format!("“題 {kind}”. 入れ物. 製本社. 2020-05-03.")
            }
            _ => format!("題 {kind}. 製本社, 2020."),
        };
        assert_eq!(*line, names + &rest);
    }
    let made = make("chicago-author-date", &works, &text);
    assert_eq!(made.found, Vec::<String>::new());
    for kind in TYPES {
        // The style begins the words of most titles with capitals.
        let title = format!("題 {kind}");
        let has =
            |line: &String| line.to_lowercase().contains(&title) && line.contains("2020");
        assert!(made.list.iter().any(has), "{kind}: {:#?}", made.list);
    }
}

/// A field of a work, and what SIST 02 makes of it.
const FIELDS: [(&str, &str); 18] = [
    (r#""issued": { "date-parts": [["2020", "", ""]] }"#, "題. 2020."),
    (r#""issued": { "date-parts": [[-44, 3, 15]] }"#, "題. 44 BC."),
    (r#""issued": { "raw": "2020-05-03~" }"#, "題. 2020."),
    (r#""issued": { "raw": "2020/5/3" }"#, "題. 2020."),
    (r#""issued": "2020/..""#, "題. 2020."),
    (r#""publisher": null"#, "題."),
    (r#""publisher": "<span class=\"nocase\">NASA</span>""#, "題. NASA."),
    (r#""publisher": "a < b""#, "題. a < b."),
    (r#""publisher": ["甲", "乙"]"#, "題. 甲, 乙."),
    (r#""edition": 3"#, "題. 3."),
    (r#""edition": "改訂版""#, "題. 改訂版."),
    (r#""author": "田中花""#, "田中花. 題."),
    (r#""author": [{ "given": "ソクラテス" }]"#, "ソクラテス. 題."),
    (
        r#""author": [{ "family": "Vega", "given": "Garcilaso", "dropping-particle": "de la" }]"#,
        "Vega, Garcilaso de la. 題.",
    ),
    (
        r#""author": [{ "family": "King", "given": "Martin", "suffix": "Jr.", "comma-suffix": 1 }]"#,
        "King, Martin, Jr. 題.",
    ),
    (r#""editor": [{ "family": "編", "given": "者" }]"#, "編者. 題."),
    (r#""DOI": "10.1/a", "URL": "https://a.example""#, "題. https://doi.org/10.1/a"),
    (r#""shortTitle": "短", "custom": { "a": 1 }, "categories": ["b"]"#, "題."),
];

#[test]
fn fields_are_read_in_all_their_forms() {
    for (field, expected) in FIELDS {
        let works =
            format!(r#"[{{ "id": "a", "type": "book", "title": "題", {field} }}]"#);
        let made = make("sist02", &works, "[@a]");
        assert_eq!(made.found, Vec::<String>::new(), "{field}");
        assert_eq!(made.list, [format!("［1］ {expected}")], "{field}");
    }
}

#[test]
fn marks_of_a_title_are_what_they_mean() {
    let works = r#"[{ "id": "a", "title": "<i>H<sub>2</sub>O</i> <b>b</b> <sup>c" }]"#;
    let book =
        "title: 本\nchapters: [a.md]\nreferences: r.json\ncitation-style: sist02\n";
    let files = [("book.yaml", book), ("r.json", works), ("a.md", "# 章\n\n[@a]\n")];
    let files = files.map(|(path, text)| (path.to_owned(), text.into()));
    let compiled = compile(&Memory { files: BTreeMap::from(files) }, Options::default());
    let document = compiled.volume.expect("the book can be read").document;
    let is_list = |block: &&Block| matches!(block.kind, BlockKind::References(_));
    let mut blocks = document.sections.iter().flat_map(|section| &section.blocks);
    let list = blocks.find(is_list).expect("there is a list");
    let dump = seihon::model::dump::dump(std::slice::from_ref(list));
    assert!(
        dump.contains("［1］ <emphasis H<subscript 2>O> <strong b> ‹sup›c."),
        "{dump}"
    );
}

#[test]
fn what_cannot_be_set_is_told_at_its_place() {
    let works = r#"[
{ "id": "a", "type": "blog", "title": "甲" },
{ "id": "b", "title": { "text": "乙" }, "issued": { "literal": "印刷中" } },
{ "id": "c", "title": "丙", "issued": { "date-parts": [[2020, 21]] }, "colour": 1 },
{ "id": "d", "title": "丁", "issued": { "date-parts": [[2020, 2, 30], [2021]] } },
{ "id": "e", "title": "戊", "author": [{}], "editor": 5, "colour": 2 },
{ "id": "a", "title": "甲" },
{ "title": "己" },
{ "id": "uncited", "type": "blog", "issued": "?" }
]"#;
    let made = make("sist02", works, "[@a; @b; @c; @d; @e]");
    assert_eq!(
        made.found,
        [
            "2:22 unsupported-work: `blog` is no type of works; `a` is set as a document",
            "3:23 unsupported-work: `title` of `b` is neither a text nor a number",
            "3:50 unsupported-work: `issued` of `b` is a date that cannot be set",
            "4:80 unsupported-work: the key `colour` of works is left aside",
            "5:38 unsupported-work: of the days in `issued` of `d` only the first is set",
            "6:38 unsupported-work: `author` of `e` is not a list of names",
            "7:9 duplicate-key: the work `a` stands twice",
            "8:1 unsupported-work: a work has no `id` to be cited by",
        ]
    );
    assert_eq!(made.list.len(), 5);
}

#[test]
fn a_file_that_is_no_list_is_an_error_at_its_line() {
    for (works, place, words) in [
        ("[\n {\"id\": \"あ\", \"title\" \"b\"}\n]", "2:22", "expected `:`"),
        ("[\n {\"id\": \"a\"},\n]", "3:1", "trailing comma"),
        ("[", "1:1", "EOF while parsing a list"),
        ("", "1:1", "EOF while parsing a value"),
        ("{ \"id\": \"a\" }", "1:1", "invalid type: map, expected a sequence"),
    ] {
        let made = make("sist02", works, "[@a]");
        let expected = format!(
            "{place} unreadable-file: cannot read the list of references: {words}"
        );
        assert!(made.found.contains(&expected), "{works}: {:?}", made.found);
    }
}
