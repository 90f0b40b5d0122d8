//! The EPUB as readers and stores see it.

mod tools;

use std::io::{Cursor, Read};
use std::sync::Arc;

use seihon::book::Memory;
use seihon::diag::Sink;
use seihon::epub::{self, EpubOptions, Profile};
use seihon::font::FontBook;
use seihon::geom::WritingMode;
use seihon::model::resolve::{Entry, Manuscript, resolve};
use seihon::model::*;
use seihon::pipeline;
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
    block(BlockKind::Heading { level, number: None, content: words(title) })
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
        under: String::new(),
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
            Inline::TateChuYoko { children: words("10"), span },
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
            tag("<b>"),
            text("閉じない"),
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
        block(BlockKind::Code(Listing {
            language: Some("rust".into()),
            text: "fn main() {\n    let x = 1 < 2; // 注釈\n}\n".into(),
            caption: words("コード"),
            ..Listing::default()
        })),
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
                Cell::of(words("左"), span),
                Cell::of(words("中"), span),
                Cell::of(Vec::new(), span),
            ]],
            body: vec![vec![Cell::of(words("1"), span); 3]],
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
        ..Contributor::default()
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
        subjects: ["水", "火"]
            .map(|name| Subject { name: name.into(), code: None })
            .into(),
        ..Metadata::default()
    }
}

fn images() -> Vec<ImageFile> {
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
        <path d=\"M0 0L9 9\"/></svg>";
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
        note_place: Default::default(),
        notes_before_stops: false,
        notes_through: false,
        contents_depth: 3,
        ..Manuscript::default()
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
    let options = EpubOptions { embed_fonts, ..EpubOptions::default() };
    let sink = &mut Sink::default();
    let style = style(document.writing);
    epub::export(document, &style, &FontBook::embedded(), &options, sink)
        .expect("an EPUB")
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

#[test]
fn horizontal_passes_epubcheck() {
    let document = document(WritingMode::Horizontal, vec![everything()]);
    tools::epubcheck("horizontal", &export(&document, true));
}

#[test]
fn vertical_passes_epubcheck() {
    let document = document(WritingMode::Vertical, vec![everything()]);
    tools::epubcheck("vertical", &export(&document, true));
}

/// The EPUB of a book of Markdown chapters, with the fonts of the reader.
fn bind(config: &str, chapters: &[(&str, &str)]) -> Vec<u8> {
    bind_at(None, false, &folder(config, chapters))
}

/// A book of Markdown chapters with a picture, `a.png`.
fn folder(config: &str, chapters: &[(&str, &str)]) -> Memory {
    let names: String =
        chapters.iter().map(|(name, _)| format!("  - {name}\n")).collect();
    let config = format!("title: 題\nauthors: [著者]\n{config}\nchapters:\n{names}");
    let mut files = Memory::default();
    files.files.insert("book.yaml".into(), config.into_bytes());
    for (name, text) in chapters {
        files.files.insert((*name).into(), text.as_bytes().to_vec());
    }
    files.files.insert("a.png".into(), PIXEL.to_vec());
    files
}

/// The EPUB of a book, made at a time in seconds since 1970, with its fonts or without.
fn bind_at(source_date: Option<i64>, embed_fonts: bool, files: &Memory) -> Vec<u8> {
    let options = pipeline::Options { source_date, ..pipeline::Options::default() };
    let compiled = pipeline::compile(files, options);
    let findings = compiled.sink.finish();
    let volume = compiled.volume.unwrap_or_else(|| panic!("{findings:?}"));
    let options = EpubOptions { embed_fonts, ..EpubOptions::default() };
    let pipeline::Volume { document, style, fonts, .. } = &volume;
    let sink = &mut Sink::default();
    let bytes = epub::export(document, style, fonts, &options, sink);
    bytes.expect("an EPUB")
}

/// The first chapter of a book of one, between its start and its end tag.
fn chapter(markdown: &str) -> String {
    let epub = bind("", &[("a.md", markdown)]);
    file(&epub, "EPUB/text/chapter-01.xhtml")
}

fn count(text: &str, part: &str) -> usize {
    text.matches(part).count()
}

#[test]
fn the_container_is_as_readers_ask() {
    let epub = bind("", &[("a.md", "# 一\n\n本文\n")]);
    let names: Vec<String> = unpack(&epub).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names[..3], ["mimetype", "META-INF/container.xml", "EPUB/package.opf"]);
    assert!(names.iter().all(|name| name.is_ascii()), "{names:?}");
    // The local header: stored, no extra field, and the type at its place.
    assert_eq!(epub[8..10], [0, 0]);
    assert_eq!(epub[28..30], [0, 0]);
    assert_eq!(&epub[30..58], b"mimetypeapplication/epub+zip");
    let mut zip = zip::ZipArchive::new(Cursor::new(&epub)).expect("a ZIP file");
    for index in 0..zip.len() {
        let file = zip.by_index(index).expect("a file");
        let time = file.last_modified().expect("a time");
        assert_eq!((time.year(), time.month(), time.day(), time.hour()), (1980, 1, 1, 0));
    }
}

#[test]
fn two_builds_give_the_same_bytes() {
    let document = document(WritingMode::Vertical, vec![everything()]);
    assert!(export(&document, true) == export(&document, true));
}

#[test]
fn the_package_says_all_that_is_known() {
    let epub = export(&document(WritingMode::Vertical, vec![everything()]), false);
    let package = file(&epub, "EPUB/package.opf");
    for part in [
        "version=\"3.0\" unique-identifier=\"identifier\" xml:lang=\"ja\"",
        "<dc:identifier id=\"identifier\">urn:isbn:9784000000000</dc:identifier>",
        "property=\"identifier-type\" scheme=\"onix:codelist5\">15<",
        "<dc:title id=\"title\">水と火の「本」 &amp; その他</dc:title>",
        "refines=\"#title\" property=\"title-type\">main<",
        "refines=\"#title\" property=\"file-as\">ミズトヒノホン<",
        "refines=\"#subtitle\" property=\"title-type\">subtitle<",
        "refines=\"#creator-1\" property=\"role\" scheme=\"marc:relators\">aut<",
        "refines=\"#creator-2\" property=\"role\" scheme=\"marc:relators\">trl<",
        "refines=\"#creator-2\" property=\"display-seq\">2<",
        "refines=\"#creator-1\" property=\"file-as\">ヤマダ タロウ<",
        "refines=\"#publisher\" property=\"file-as\">セイホンシャ<",
        "<dc:language>ja</dc:language>",
        "<dc:date>2026-11-22</dc:date>",
        "property=\"dcterms:modified\">2026-11-22T00:00:00Z<",
        "<dc:rights>© 2026 山田太郎</dc:rights>",
        "href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"",
        "href=\"text/chapter-01.xhtml\" media-type=\"application/xhtml+xml\" properties=\"mathml\"",
        "media-type=\"image/png\" properties=\"cover-image\"",
        "<spine page-progression-direction=\"rtl\" toc=\"toc-ncx\">",
        "<meta name=\"cover\" content=",
        "schema:accessMode\">visual<",
        "schema:accessModeSufficient\">textual<",
        "schema:accessibilityFeature\">alternativeText<",
        "schema:accessibilityFeature\">rubyAnnotations<",
        "schema:accessibilityFeature\">MathML<",
        "schema:accessibilityHazard\">none<",
        "schema:accessibilitySummary\">",
    ] {
        assert!(package.contains(part), "no {part} in {package}");
    }
    assert_eq!(count(&package, "dcterms:modified"), 1);
}

#[test]
fn catalogues_are_told_names_in_all_scripts_series_and_codes() {
    let config = "title-alternate-script: { en: Title, ja-Latn: Dai }\n\
        subtitle: 副\nsubtitle-reading: フク\nshort-title: 短\nedition: 初版\n\
        series: { name: 叢書, reading: ソウショ, position: 3 }\n\
        identifier: 978-4-87311-903-8\n\
        other-identifiers: [\"https://doi.org/10.1234/a.b\", \"https://example.com/a\"]\n\
        publisher: 社\npublisher-alternate-script: { en: House }\n\
        subjects: [水, { name: 火, code: { authority: NDC, term: \"576\" } }]\n\
        source: urn:isbn:9784873119038\n";
    let epub = bind(config, &[("a.md", "# 一\n\n本文\n")]);
    let package = file(&epub, "EPUB/package.opf");
    for part in [
        "<dc:identifier id=\"identifier\">urn:isbn:9784873119038<",
        "<dc:identifier id=\"identifier-2\">doi:10.1234/a.b<",
        "\"#identifier-2\" property=\"identifier-type\" scheme=\"onix:codelist5\">06<",
        "<dc:identifier id=\"identifier-3\">https://example.com/a<",
        "\"#title\" property=\"alternate-script\" xml:lang=\"en\">Title<",
        "\"#title\" property=\"alternate-script\" xml:lang=\"ja-Latn\">Dai<",
        "\"#title\" property=\"display-seq\">1<",
        "\"#subtitle\" property=\"file-as\">フク<",
        "\"#short-title\" property=\"title-type\">short<",
        "\"#collection-title\" property=\"title-type\">collection<",
        "\"#edition-title\" property=\"title-type\">edition<",
        "\"#edition-title\" property=\"display-seq\">5<",
        "<meta property=\"belongs-to-collection\" id=\"series\">叢書<",
        "\"#series\" property=\"collection-type\">series<",
        "\"#series\" property=\"group-position\">3<",
        "\"#series\" property=\"file-as\">ソウショ<",
        "\"#publisher\" property=\"alternate-script\" xml:lang=\"en\">House<",
        "<dc:subject>水<",
        "<dc:subject id=\"subject-2\">火<",
        "\"#subject-2\" property=\"authority\">NDC<",
        "\"#subject-2\" property=\"term\">576<",
        "<dc:source>urn:isbn:9784873119038<",
        "<itemref idref=\"cover-xhtml\" properties=\"page-spread-right\"/>",
        "<reference type=\"text\" title=\"本文\" href=\"text/chapter-01.xhtml\"/>",
    ] {
        assert!(package.contains(part), "no {part} in {package}");
    }
    tools::epubcheck("catalogue", &epub);
}

#[test]
fn conformance_is_claimed_only_where_somebody_does() {
    let claim = "accessibility:\n  conforms-to: wcag-2.1-aa\n  certified-by: 社\n  \
        certifier-credential: 資格\n  certifier-report: https://example.com/r\n  \
        summary: 読めます。\n";
    let epub = bind(claim, &[("a.md", "# 一\n\n本文\n")]);
    let package = file(&epub, "EPUB/package.opf");
    for part in [
        "id=\"conformance\">EPUB Accessibility 1.1 - WCAG 2.1 Level AA<",
        "<meta property=\"a11y:certifiedBy\" refines=\"#conformance\" id=\"certifier\">社<",
        "\"a11y:certifierCredential\" refines=\"#certifier\">資格<",
        "<link rel=\"a11y:certifierReport\" refines=\"#certifier\" href=\"https://example.com/r\"/>",
        "schema:accessibilitySummary\">読めます。<",
    ] {
        assert!(package.contains(part), "no {part} in {package}");
    }
    tools::epubcheck("conformance", &epub);
}

#[test]
fn summaries_in_other_languages_say_which_they_are_in() {
    let package = |language: &str| {
        let config = format!("language: {language}");
        file(&bind(&config, &[("a.md", "# One\n\nText\n")]), "EPUB/package.opf")
    };
    let summary = "property=\"schema:accessibilitySummary\"";
    assert!(package("ja").contains(&format!("{summary}>本文はすべて")));
    assert!(package("en").contains(&format!("{summary}>The whole")));
    assert!(package("fr").contains(&format!("{summary} xml:lang=\"en\">The whole")));
}

#[test]
fn ruby_is_called_full_only_where_it_is() {
    let package = |text: &str| file(&bind("", &[("a.md", text)]), "EPUB/package.opf");
    let some = package("# {一|いち}\n\n{水|みず}と火\n");
    assert!(some.contains("Feature\">rubyAnnotations<"), "{some}");
    assert!(!some.contains("fullRubyAnnotations"), "{some}");
    let all = package("# {一|いち}\n\n{水|みず}と{火|ひ}とひらがな\n");
    assert!(all.contains("Feature\">fullRubyAnnotations<"), "{all}");
    assert!(!all.contains("Feature\">rubyAnnotations<"), "{all}");
}

#[test]
fn semantics_come_with_their_roles() {
    let text =
        "# 一\n\n::: tip\n甲\n:::\n\n::: warning\n乙\n:::\n\n::: epigraph\n丙\n:::\n";
    let page = chapter(text);
    for part in [
        "epub:type=\"chapter\" role=\"doc-chapter\"",
        "epub:type=\"tip\" role=\"doc-tip\"",
        "epub:type=\"notice\" role=\"doc-notice\"",
        "epub:type=\"epigraph\" role=\"doc-epigraph\"",
    ] {
        assert!(page.contains(part), "no {part} in {page}");
    }
}

/// The files that two EPUBs do not share to the byte.
fn different(one: &[u8], other: &[u8]) -> Vec<String> {
    let (one, other) = (unpack(one), unpack(other));
    assert_eq!(one.len(), other.len());
    let pairs = one.into_iter().zip(other);
    pairs.filter(|(a, b)| a != b).map(|((name, _), _)| name).collect()
}

#[test]
fn a_changed_comma_changes_one_page() {
    let bind = |text: &str| bind("", &[("a.md", text), ("b.md", "# 二\n\n本文、です\n")]);
    let book = bind("# 一\n\n水と、火[^a]。\n\n[^a]: 注。\n");
    let other = bind("# 一\n\n水と火、[^a]。\n\n[^a]: 注。\n");
    assert_eq!(different(&book, &other), ["EPUB/text/chapter-01.xhtml"]);
    assert!(different(&book, &book).is_empty());
}

#[test]
fn what_changes_in_a_book_with_fonts_changes_what_shows_it_alone() {
    let bind = |date, text: &str| {
        let chapters = [("a.md", text), ("b.md", "# 二\n\n本文、です\n")];
        bind_at(date, true, &folder("published: 2026-11-22", &chapters))
    };
    let book = bind(None, "# 一\n\n水と、火です\n");
    let comma = bind(None, "# 一\n\n水と火、です\n");
    assert_eq!(different(&book, &comma), ["EPUB/text/chapter-01.xhtml"]);

    let character = bind(None, "# 一\n\n水と、龍です\n");
    let mut changed = different(&book, &character);
    let is_font = |name: &String| name.starts_with("EPUB/fonts/");
    assert!(changed.iter().any(is_font), "no font in {changed:?}");
    changed.retain(|name| !is_font(name));
    assert_eq!(changed, ["EPUB/text/chapter-01.xhtml"]);

    let later = bind(Some(1_800_000_000), "# 一\n\n水と、火です\n");
    assert_eq!(different(&book, &later), ["EPUB/package.opf"]);
}

#[test]
fn a_book_keeps_its_identifier_when_its_text_changes() {
    let identifier = |config: &str, text: &str| {
        let package = file(&bind(config, &[("a.md", text)]), "EPUB/package.opf");
        let start = package.find("urn:uuid:").expect("a UUID");
        package[start..start + "urn:uuid:".len() + 36].to_owned()
    };
    let first = identifier("", "# 一\n\n本文\n");
    assert_eq!(identifier("", "# 一\n\n本文\n"), first);
    let config = "published: 2026-11-22\npublisher: 社";
    assert_eq!(identifier(config, "# 二\n\n別の文\n"), first);
}

#[test]
fn style_sheets_beside_a_book_stay_out_of_it() {
    let chapters = [("a.md", "# 一\n\n<link rel=\"stylesheet\" href=\"own.css\"/>文\n")];
    let mut book = folder("", &chapters);
    let without = bind_at(None, false, &book);
    for path in ["own.css", "book.css", "style/book.css"] {
        book.files.insert(path.to_owned(), b"p { color: red }".to_vec());
    }
    assert!(different(&without, &bind_at(None, false, &book)).is_empty());
    let names = unpack(&without).into_iter().map(|(name, _)| name);
    let sheets: Vec<String> = names.filter(|name| name.ends_with(".css")).collect();
    assert_eq!(sheets, ["EPUB/style/book.css"]);
}

#[test]
fn accessibility_is_computed_not_claimed() {
    let package = |text| file(&bind("", &[("a.md", text)]), "EPUB/package.opf");
    let plain = package("# 一\n\n本文\n");
    for part in ["visual", "alternativeText", "rubyAnnotations", "MathML", "conformsTo"] {
        assert!(!plain.contains(part), "{part}");
    }
    let undescribed = package("# 一\n\n本文![](a.png)\n");
    assert!(undescribed.contains("accessMode\">visual<"));
    assert!(!undescribed.contains("accessModeSufficient\">textual<"));
    assert!(!undescribed.contains("alternativeText"));
    let ornament = package("# 一\n\n本文<img src=\"a.png\" alt=\"\">\n");
    assert!(ornament.contains("accessModeSufficient\">textual<"));
    assert!(ornament.contains("alternativeText"));
}

#[test]
fn a_horizontal_book_runs_from_left_to_right() {
    let epub = bind("language: en", &[("a.md", "# One\n\nText\n")]);
    assert!(
        file(&epub, "EPUB/package.opf").contains("page-progression-direction=\"ltr\"")
    );
    let page = file(&epub, "EPUB/text/chapter-01.xhtml");
    assert!(page.contains("lang=\"en\" xml:lang=\"en\" class=\"hltr\""), "{page}");
}

#[test]
fn what_the_program_says_is_in_the_language_of_the_book() {
    let text = "# T {#sec:t}\n\n[@sec:t]、[@fig:f]\n\n![F](a.png){#fig:f}\n\n\
                ::: warning\nW\n:::\n\n[語]{.index}\n";
    let texts = |config: &str| {
        let epub = bind(config, &[("a.md", text)]);
        let page = file(&epub, "EPUB/text/chapter-01.xhtml");
        let nav = file(&epub, "EPUB/nav.xhtml");
        [page, nav, file(&epub, "EPUB/text/index.xhtml")].concat()
    };
    let japanese = texts("lists: [figures]");
    for words in ["「T」", "図1", ">警告<", ">目次<", ">図目次<", ">索引<", ">その他<"]
    {
        assert!(japanese.contains(words), "{words}: {japanese}");
    }
    let english = texts("language: en\nlists: [figures]");
    for words in
        ["“T”", "Figure 1", ">Warning<", ">Contents<", ">Figures<", ">Index<", ">Others<"]
    {
        assert!(english.contains(words), "{words}: {english}");
    }
}

#[test]
fn emphasis_beside_ruby_is_well_formed() {
    let page = chapter("# 一\n\n*傍点*{連中|れんじゅう}と[点]{.kenten}\n");
    assert!(page.contains("<em>傍点</em><ruby>連中<rt>れんじゅう</rt></ruby>"), "{page}");
    assert!(page.contains("<em class=\"kenten em-dot\">点</em>"), "{page}");
}

#[test]
fn tables_have_heads_with_scope_and_no_align() {
    let page = chapter("# 一\n\n| 左 | 右 |\n|:--|--:|\n| 1 | 2 |\n");
    assert!(page.contains("<th scope=\"col\" class=\"align-start\">左</th>"), "{page}");
    assert!(page.contains("<td class=\"align-end\">2</td>"), "{page}");
    assert!(!page.contains(" align="), "{page}");
}

#[test]
fn a_note_referred_to_twice_has_one_id_and_two_ways_back() {
    let page = chapter("# 一\n\n甲[^a]と乙[^a]。\n\n[^a]: 注。\n");
    assert_eq!(count(&page, "id=\"note.1\""), 1, "{page}");
    assert_eq!(count(&page, "id=\"noteref.1\""), 1, "{page}");
    assert_eq!(count(&page, "id=\"noteref.1.2\""), 1, "{page}");
    assert_eq!(count(&page, "epub:type=\"noteref\" role=\"doc-noteref\""), 2, "{page}");
    assert_eq!(count(&page, "role=\"doc-backlink\""), 2, "{page}");
    assert!(page.contains("epub:type=\"footnote\" role=\"doc-footnote\""), "{page}");
    assert!(!page.contains("doc-endnote"), "{page}");
}

#[test]
fn alternatives_are_plain_text() {
    let page = chapter("# 一\n\n本文![前`コード`**後** <b>](a.png)\n");
    assert!(page.contains("alt=\"前コード後"), "{page}");
    assert!(!page.contains("alt=\"前<"), "{page}");
}

#[test]
fn html_is_kept_where_it_is_sound_and_safe() {
    let page = chapter(
        "# 一\n\n<div class=\"k\" onclick=\"evil()\" style=\"x\"><p>残る<br>行</p></div>\n\n\
         <script>evil()</script>\n\n<div><p>閉じない</div>\n\n\
         <img src=\"https://example.com/x.png\" alt=\"遠く\">\n\n\
         Vec<String>と<a href=\"javascript:evil()\">悪い</a>リンク\n",
    );
    assert!(page.contains("<p>残る<br/>行</p>"), "{page}");
    for gone in ["evil", "<script", "onclick", "style=", "https://example.com"] {
        assert!(!page.contains(gone), "{gone} in {page}");
    }
    for kept in ["閉じない", "遠く", "Vec&lt;String&gt;", "悪い"] {
        assert!(page.contains(kept), "no {kept} in {page}");
    }
}

#[test]
fn long_chapters_are_divided_and_links_follow() {
    let mut text = String::from("# 一\n\n[末尾へ](#end)と注[^a]。\n\n");
    for number in 0..900 {
        text += &format!("## 節{number}\n\n{}。\n\n", "長い文".repeat(60));
    }
    text += "## 末尾 {#end}\n\n終わり[^a]。\n\n[^a]: 注。\n";
    let epub = bind("", &[("a.md", &text), ("b.md", "# 二\n\n[戻る](a.md#end)\n")]);
    let pages: Vec<(String, Vec<u8>)> = unpack(&epub)
        .into_iter()
        .filter(|(name, _)| name.contains("chapter-01"))
        .collect();
    assert!(pages.len() > 2, "{}", pages.len());
    assert!(pages.iter().all(|(_, data)| data.len() < 256 * 1024));
    let (last, data) = pages.last().expect("a page");
    let name = last.rsplit('/').next().expect("a name");
    let tail = String::from_utf8_lossy(data);
    assert!(tail.contains("id=\"end\""), "{last}");
    assert!(tail.contains("href=\"chapter-01.xhtml#note.1\""), "{tail}");
    let link = format!("href=\"{name}#end\"");
    assert!(file(&epub, "EPUB/text/chapter-01.xhtml").contains(&link), "{link}");
    assert!(file(&epub, "EPUB/text/chapter-02.xhtml").contains(&link), "{link}");
    assert!(file(&epub, "EPUB/nav.xhtml").contains(&format!("href=\"text/{name}#end\"")));
    tools::epubcheck("divided", &epub);
}

#[test]
fn vertical_text_sets_numbers_upright() {
    let epub = bind("writing: vertical", &[("a.md", "# 一\n\n12月の2026年!?とABC\n")]);
    let page = file(&epub, "EPUB/text/chapter-01.xhtml");
    assert!(page.contains("class=\"vrtl\""), "{page}");
    assert!(page.contains("<span class=\"tcy\">12</span>月の"), "{page}");
    assert!(page.contains("<span class=\"upright\">2026</span>年"), "{page}");
    let css = file(&epub, "EPUB/style/book.css");
    for part in [
        "-epub-writing-mode: vertical-rl",
        "-epub-text-combine-horizontal: all",
        "-epub-text-emphasis-style: filled sesame",
        "text-combine-upright: all",
    ] {
        assert!(css.contains(part), "{part}");
    }
}

#[test]
fn the_style_sheet_leaves_the_text_to_its_readers() {
    let css = file(&bind("", &[("a.md", "# 一\n")]), "EPUB/style/book.css");
    for foreign in ["@page", "px", "direction:", "unicode-bidi", " position:", "@import"]
    {
        assert!(!css.contains(foreign), "{foreign}");
    }
    let body = css
        .split("body {")
        .skip(1)
        .map(|rest| rest.split('}').next().unwrap_or(""));
    assert!(
        body.clone()
            .all(|rule| !rule.contains("font-size") && !rule.contains("color"))
    );
}

#[test]
fn fonts_hold_the_characters_of_their_text() {
    let epub = export(&document(WritingMode::Horizontal, vec![everything()]), true);
    let names: Vec<String> = unpack(&epub).into_iter().map(|(name, _)| name).collect();
    for font in ["harano-aji-mincho-regular.otf", "m-plus-1-code-regular.otf"] {
        assert!(names.contains(&format!("EPUB/fonts/{font}")), "{names:?}");
    }
    let css = file(&epub, "EPUB/style/book.css");
    assert!(
        css.contains("src: url(\"../fonts/harano-aji-mincho-regular.otf\")"),
        "{css}"
    );
    assert!(css.contains("html { font-family: \"Harano Aji Mincho\""), "{css}");
}

#[test]
fn a_cover_of_the_book_is_the_cover_image() {
    let epub = bind("cover: a.png", &[("a.md", "# 一\n")]);
    let package = file(&epub, "EPUB/package.opf");
    let item =
        "href=\"images/a.png\" media-type=\"image/png\" properties=\"cover-image\"";
    assert!(package.contains(item), "{package}");
    assert!(file(&epub, "EPUB/cover.xhtml").contains("src=\"images/a.png\" alt=\"題\""));
    tools::epubcheck("cover", &epub);
}

#[test]
fn an_article_needs_no_contents_page() {
    let mut document = document(WritingMode::Horizontal, vec![everything()]);
    document
        .sections
        .retain(|section| section.kind == SectionKind::Chapter);
    document.contents.clear();
    document.anchors.iter_mut().for_each(|anchor| anchor.section = 0);
    let epub = export(&document, false);
    let package = file(&epub, "EPUB/package.opf");
    assert!(!package.contains("idref=\"nav-xhtml\""), "{package}");
    tools::epubcheck("article", &epub);
}

/// What is told of the chapter of everything, which has a formula that is no TeX.
const UNREAD: &str = r"a formula cannot be set: Undefined control sequence: \unknowncmd";

/// The publication by the guide of EBPAJ, and the files that it has.
fn ebpaj(writing: WritingMode) -> Vec<u8> {
    let options = EpubOptions {
        embed_fonts: false,
        profile: Profile::Ebpaj,
        ..EpubOptions::default()
    };
    let document = document(writing, vec![everything()]);
    let (style, fonts, sink) =
        (style(writing), FontBook::embedded(), &mut Sink::default());
    let bytes = epub::export(&document, &style, &fonts, &options, sink);
    let told = std::mem::take(sink).finish().into_iter().map(|it| it.message);
    assert_eq!(told.collect::<Vec<String>>(), [UNREAD]);
    bytes.expect("an EPUB")
}

#[test]
fn files_stand_where_the_guide_of_ebpaj_has_them() {
    let epub = ebpaj(WritingMode::Vertical);
    let names: Vec<String> = unpack(&epub).into_iter().map(|(name, _)| name).collect();
    for name in [
        "META-INF/container.xml",
        "item/standard.opf",
        "item/navigation-documents.xhtml",
        "item/style/book-style.css",
        "item/style/style-reset.css",
        "item/style/style-standard.css",
        "item/style/style-advance.css",
        "item/image/cover.png",
        "item/xhtml/p-cover.xhtml",
        "item/xhtml/p-titlepage.xhtml",
        "item/xhtml/p-toc.xhtml",
        "item/xhtml/p-001.xhtml",
        "item/xhtml/p-colophon.xhtml",
    ] {
        assert!(names.iter().any(|it| it == name), "no {name} in {names:?}");
    }
    assert!(!names.iter().any(|name| name.ends_with("toc.ncx")), "{names:?}");
    let package = file(&epub, "item/standard.opf");
    for part in [
        "prefix=\"ebpaj: http://www.ebpaj.jp/\"",
        "<meta property=\"ebpaj:guide-version\">1.1.3</meta>",
        "<spine page-progression-direction=\"rtl\">",
    ] {
        assert!(package.contains(part), "no {part} in {package}");
    }
    assert!(!package.contains("<guide>"), "{package}");
    let sheet = file(&epub, "item/style/book-style.css");
    assert!(sheet.contains("@import \"style-reset.css\";"), "{sheet}");
    let page = file(&epub, "item/xhtml/p-001.xhtml");
    assert!(page.contains("href=\"../style/book-style.css\""), "{page}");
    assert!(page.contains("<div class=\"main\""), "{page}");
    let contents = file(&epub, "item/xhtml/p-toc.xhtml");
    assert!(contents.contains("<a href=\"p-001.xhtml"), "{contents}");
    tools::epubcheck("ebpaj-vertical", &epub);
    tools::epubcheck("ebpaj-horizontal", &ebpaj(WritingMode::Horizontal));
}

/// A font that says of itself that it must not be embedded (OS/2 `fsType` 2).
#[expect(clippy::disallowed_methods, reason = "it reads a font of the program")]
fn restricted_font() -> Vec<u8> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fonts/harano-aji/HaranoAjiGothic-Regular.otf"
    );
    let mut data = std::fs::read(path).expect("a font of the program");
    let count = usize::from(u16::from_be_bytes([data[4], data[5]]));
    let mut records = (0..count).map(|index| 12 + 16 * index);
    let record = records.find(|&at| &data[at..at + 4] == b"OS/2").expect("a table");
    let offset = data[record + 8..record + 12].try_into().expect("four bytes");
    let table = u32::from_be_bytes(offset) as usize;
    data[table + 8..table + 10].copy_from_slice(&[0, 2]);
    data
}

#[test]
fn a_font_that_must_not_be_embedded_is_left_to_the_reader() {
    use seihon::font::{Family, Weight};
    let mut fonts = FontBook::embedded();
    let (data, name) = (restricted_font().into(), "fonts/own.otf");
    let added = fonts.add(Family::Mincho, Weight::Regular, data, 0, name);
    added.expect("the font can be read");
    let document = document(WritingMode::Vertical, vec![everything()]);
    let (style, options) = (style(WritingMode::Vertical), EpubOptions::default());
    let mut sink = Sink::default();
    let epub = epub::export(&document, &style, &fonts, &options, &mut sink);
    let epub = epub.expect("an EPUB");
    let told: Vec<String> = sink.finish().into_iter().map(|it| it.message).collect();
    assert_eq!(told, [UNREAD, "the font `fonts/own.otf` does not allow to be embedded"]);
    let names: Vec<String> = unpack(&epub).into_iter().map(|(name, _)| name).collect();
    assert!(!names.iter().any(|name| name.contains("mincho-regular")), "{names:?}");
    let css = file(&epub, "EPUB/style/book.css");
    assert!(css.contains("html { font-family: serif;"), "{css}");
}
