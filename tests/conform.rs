//! PDFs against the standards that they claim: the rules of PDF/UA-1 and PDF/A as
//! `page_validation` knows them.
#![cfg(all(feature = "embedded-fonts", feature = "svg", feature = "bibliography"))]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use common::{Project, Run};
use lopdf::{Dictionary, Document, Object};
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use skrifa::GlyphId;
use skrifa::raw::ps::cff::CffFontRef;

/// The rule about widths of glyphs, which `page_validation` 0.12 fails for every CFF font
/// whose top dictionary has a matrix: it does not read real numbers there, and takes 0.001
/// for 0. [`widths_are_right`] holds the widths to the rule in its place, for every glyph.
const WIDTHS: [&str; 3] = [
    "ISO 14289-1:2014:7.21.5:1",
    "ISO 19005-2:2011:6.2.11.5:1",
    "ISO 19005-3:2012:6.2.11.5:1",
];

/// What is against a profile, but for what is wrong with the check.
fn failures(pdf: &[u8], profile: ValidationProfile) -> Vec<String> {
    let options = ValidationOptions::default().profile(profile);
    let report = validate_pdf_bytes(pdf, &options).expect("the file can be read");
    let failures = report.failures.iter().filter(|failure| {
        let is_blind = WIDTHS.contains(&failure.rule_id.as_str())
            && failure.message.contains("width 0.000 in its embedded CIDFontType0C");
        !is_blind
    });
    failures.map(ToString::to_string).collect()
}

#[track_caller]
fn conforms(pdf: &[u8], profiles: &[ValidationProfile]) {
    for &profile in profiles {
        let failures = failures(pdf, profile);
        assert!(failures.is_empty(), "{profile}: {failures:#?}");
    }
    widths_are_right(pdf);
}

const SCREEN: [ValidationProfile; 2] =
    [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a];

#[test]
fn the_book_conforms() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("book");
    let folder = Project::new();
    let file = folder.path("book.pdf");
    let mut command = Command::new(env!("CARGO_BIN_EXE_seihon"));
    command.arg("build").arg(book).arg("-o").arg(&file);
    let run = Run::of(&mut command);
    run.code(0);
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    conforms(&folder.read("book.pdf"), &SCREEN);
}

#[test]
fn every_construct_conforms() {
    for writing in ["horizontal", "vertical"] {
        let project = Project::everything(writing);
        let run = project.run(["build", "-o", "book.pdf"]);
        run.code(0);
        assert!(!run.stderr.contains("not-conforming"), "{}", run.stderr);
        conforms(&project.read("book.pdf"), &SCREEN);
    }
}

/// What a file says that it keeps, in the order of its metadata.
fn claims(pdf: &[u8]) -> Vec<String> {
    let pdf = Document::load_mem(pdf).expect("the file can be read");
    let catalog = pdf.catalog().expect("there is a catalog");
    let metadata = resolved(&pdf, catalog, b"Metadata").and_then(|m| m.as_stream().ok());
    let metadata = metadata.expect("there are metadata").content.clone();
    let metadata = String::from_utf8(metadata).expect("metadata are UTF-8");
    let value = |key: &str| {
        let (_, rest) = metadata.split_once(&format!("<{key}>"))?;
        Some(format!("{key} {}", rest.split('<').next()?))
    };
    let keys = ["pdfaid:part", "pdfaid:conformance", "pdfuaid:part"];
    keys.into_iter().filter_map(value).collect()
}

/// A book of one chapter with something in its configuration.
fn book(config: &str, text: &str) -> Project {
    let config = format!("title: 本\nchapters: [a.md]\n{config}");
    Project::new().write("book.yaml", config).write("a.md", text)
}

/// What a book's PDF claims, and what is told about it.
fn claimed(config: &str, text: &str) -> (Vec<String>, String) {
    let project = book(config, text);
    let run = project.run(["build", "-o", "book.pdf", "--message-format", "short"]);
    run.code(0);
    (claims(&project.read("book.pdf")), run.stderr)
}

#[test]
fn the_standard_is_chosen() {
    for (standard, expected) in [
        ("", "pdfaid:part 2, pdfaid:conformance A, pdfuaid:part 1"),
        ("ua-1", "pdfuaid:part 1"),
        ("a-2u", "pdfaid:part 2, pdfaid:conformance U"),
        ("[a-3b, ua-1]", "pdfaid:part 3, pdfaid:conformance B, pdfuaid:part 1"),
        ("a-4", "pdfaid:part 4"),
        ("none", ""),
    ] {
        let config = match standard {
            "" => "outputs: { pdf: {} }".to_owned(),
            _ => format!("outputs: {{ pdf: {{ standard: {standard} }} }}"),
        };
        let (claims, told) = claimed(&config, "# 章\n\n{漢字|かんじ}の文。\n");
        assert_eq!(claims.join(", "), expected, "`standard: {standard}`: {told}");
        assert!(!told.contains("warning"), "{told}");
    }
}

#[test]
fn standards_that_do_not_go_together_are_told() {
    for (options, told) in [
        (
            "standard: pdf/a",
            "3:29: error[bad-value]: there is no standard `pdf/a` for PDF",
        ),
        ("standard: [a-2a, a-3a]", "a PDF keeps either PDF/A-2a or PDF/A-3a"),
        (
            "standard: [ua-1, a-4]",
            "a PDF keeps either PDF/A-4, which is PDF 2.0, or PDF/UA-1",
        ),
        (
            "standard: a-2b, attach-source: true",
            "3:50: error[bad-value]: PDF/A-2b does not let files be attached",
        ),
    ] {
        let project = book(&format!("outputs: {{ pdf: {{ {options} }} }}"), "文。\n");
        project
            .run(["build", "--message-format", "short"])
            .code(1)
            .tells(told);
    }
}

#[test]
fn what_is_against_a_standard_is_told_and_not_claimed() {
    let gray = include_bytes!("books/everything/images/gray.png");
    let text = "# 章\n\n段落。\n\n![](a.png)\n\n文\u{E000}字。\n";
    let font = "fonts: {}\n";
    let project = book(font, text).write("a.png", gray);
    let run = project.run(["build", "-o", "book.pdf", "--message-format", "short"]);
    run.code(0).tells(
        "a.md:5:1: warning[not-conforming]: the PDF does not claim PDF/UA-1 and PDF/A-2a: \
         this has no words for those who do not see it",
    );
    run.tells(
        "a.md:7:1: warning[not-conforming]: the PDF does not claim PDF/A-2a: U+E000",
    );
    assert_eq!(claims(&project.read("book.pdf")), Vec::<String>::new());
    // Without the picture both can be kept.
    let (claims, told) = claimed("", "# 章\n\n段落。\n");
    assert_eq!(claims.len(), 3, "{told}");
}

#[test]
fn ornaments_need_no_words() {
    let gray = include_bytes!("books/everything/images/gray.png");
    let ornament = "<img src=\"a.png\" alt=\"\">";
    let text = format!(
        "# 章\n\n文{ornament}字。\n\n{ornament}\n\n| {ornament} |\n|---|\n| 升 |\n\n\
         ::: figures\n{ornament}\n\n![絵](a.png)\n:::\n"
    );
    let project = book("", &text).write("a.png", gray);
    let run = project.run(["build", "--quiet", "-o", "book.pdf"]);
    run.code(0).stderr("");
    let pdf = project.read("book.pdf");
    assert_eq!(claims(&pdf).len(), 3);
    conforms(&pdf, &SCREEN);
    let parsed = Document::load_mem(&pdf).expect("the file can be read");
    let figure = |object: &&Object| {
        let dict = object.as_dict();
        dict.is_ok_and(|dict| {
            dict.get(b"S").is_ok_and(|it| *it == Object::Name(b"Figure".to_vec()))
        })
    };
    assert_eq!(parsed.objects.values().filter(figure).count(), 1);
}

#[test]
fn a_heading_without_words_is_against_one_standard_alone() {
    let gray = include_bytes!("books/everything/images/gray.png");
    let project = book("", "# 章\n\n## ![](a.png)\n\n段落。\n").write("a.png", gray);
    let run = project.run(["build", "-o", "book.pdf", "--message-format", "short"]);
    run.code(0)
        .tells("a.md:3:1: warning[not-conforming]: the PDF does not claim PDF/UA-1");
}

#[test]
fn the_source_goes_into_the_file() {
    let text = "# 章\n\n段落。\n";
    let project = book("outputs: { pdf: { attach-source: true } }\n", text);
    project.run(["build", "-o", "book.pdf"]).code(0);
    let pdf = project.read("book.pdf");
    let expected = ["pdfaid:part 3", "pdfaid:conformance A", "pdfuaid:part 1"];
    assert_eq!(claims(&pdf), expected);
    conforms(&pdf, &[ValidationProfile::PdfUa1, ValidationProfile::PdfA3a]);
    let pdf = Document::load_mem(&pdf).expect("the file can be read");
    let catalog = pdf.catalog().expect("there is a catalog");
    let files = resolved(&pdf, catalog, b"AF").and_then(|files| files.as_array().ok());
    let files = files.expect("there are files").iter().map(|file| {
        let file = pdf.dereference(file).expect("the file is there").1;
        let file = file.as_dict().expect("it is described");
        let relation = file.get(b"AFRelationship").and_then(Object::as_name).ok();
        assert_eq!(relation, Some(&b"Source"[..]));
        let held = resolved(&pdf, file, b"EF").and_then(|held| held.as_dict().ok());
        let held = held.and_then(|held| resolved(&pdf, held, b"F")).expect("it is held");
        let held = held.as_stream().and_then(|held| held.decompressed_content());
        String::from_utf8(held.expect("it can be unpacked")).expect("it is text")
    });
    let files: Vec<String> = files.collect();
    assert_eq!(files.len(), 2, "book.yaml and a chapter");
    assert!(files.iter().any(|file| file == text));
}

/// Fails where the width of a glyph in a font of the file and in its dictionary differ by
/// more than a thousandth of an em (ISO 14289-1, 7.21.5).
#[track_caller]
fn widths_are_right(pdf: &[u8]) {
    let pdf = Document::load_mem(pdf).expect("the file can be read");
    let mut checked = 0;
    for font in pdf.objects.values().filter_map(|object| object.as_dict().ok()) {
        let get = |key: &[u8]| resolved(&pdf, font, key);
        if get(b"Subtype").and_then(|kind| kind.as_name().ok()) != Some(b"CIDFontType0") {
            continue;
        }
        let descriptor = get(b"FontDescriptor").and_then(|d| d.as_dict().ok());
        let file = descriptor.and_then(|d| resolved(&pdf, d, b"FontFile3"));
        let file = file.and_then(|file| file.as_stream().ok()).expect("it is embedded");
        let file = file.decompressed_content().expect("it can be unpacked");
        let cff = CffFontRef::new_cff(&file, 0, None).expect("it is a CFF font");
        let widths = widths(get(b"W").and_then(|w| w.as_array().ok()).expect("widths"));
        for glyph in 1..cff.num_glyphs() {
            let id = GlyphId::new(glyph);
            let index = cff.subfont_index(id).expect("each glyph has a dictionary");
            let subfont = cff.subfont(index, &[]).expect("the dictionary can be read");
            let width = cff.advance(&subfont, id, &[], Some(1000.0)).expect("a width");
            let width = f64::from(width.unwrap_or_default());
            let said = widths.get(&i64::from(glyph)).copied().unwrap_or_default();
            assert!((width - said).abs() <= 1.0, "glyph {glyph}: {width} and {said}");
            checked += 1;
        }
    }
    assert!(checked > 0, "the file has no glyph of a CFF font");
}

fn resolved<'a>(
    pdf: &'a Document,
    from: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Object> {
    let (_, object) = pdf.dereference(from.get(key).ok()?).ok()?;
    Some(object)
}

/// The widths of the glyphs of a CID font (ISO 32000-1, 9.7.4.3).
fn widths(array: &[Object]) -> BTreeMap<i64, f64> {
    let number = |object: &Object| f64::from(object.as_float().expect("a number"));
    let mut widths = BTreeMap::new();
    let mut rest = array;
    while let [first, second, more @ ..] = rest {
        let first = first.as_i64().expect("a glyph");
        if let Ok(list) = second.as_array() {
            widths.extend((first..).zip(list.iter().map(number)));
            rest = more;
        } else {
            let [width, more @ ..] = more else { panic!("a range has a width") };
            let last = second.as_i64().expect("a glyph");
            widths.extend((first..=last).map(|glyph| (glyph, number(width))));
            rest = more;
        }
    }
    widths
}
