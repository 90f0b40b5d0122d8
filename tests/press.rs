//! Press editions and handouts as authors ask for them, read back by lopdf and by the
//! programs of printers.
#![cfg(all(feature = "embedded-fonts", feature = "svg", feature = "bibliography"))]

#[allow(dead_code, reason = "not every test asks for all of it")]
mod common;
mod tools;

use std::collections::BTreeSet;
use std::io::Cursor;

use common::Project;
use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// A book of one chapter for each number, each a page and its number in words.
fn book(writing: &str, chapters: usize, outputs: &str) -> Project {
    let names: Vec<String> = (1..=chapters).map(|at| format!("{at}.md")).collect();
    let config = format!(
        "title: 刷る本\nauthors: [印刷 太郎]\nwriting: {writing}\nchapters: [{}]\n\
         outputs:\n{outputs}",
        names.join(", ")
    );
    let mut project = Project::new().write("book.yaml", config);
    for name in names {
        let text = format!("# 章{name}\n\n{{漢字|かんじ}}の本文である。\n");
        project = project.write(&name, text);
    }
    project
}

fn read(project: &Project, name: &str) -> Document {
    Document::load_mem(&project.read(name)).expect("a PDF was written")
}

/// Fails where a program of a printer says anything about a file.
fn opens_silently(project: &Project, name: &str) {
    let path = project.path(name);
    for (program, options) in
        [("qpdf", &["--check"][..]), ("pdfinfo", &["-box"]), ("mutool", &["info"])]
    {
        if let Some(said) = tools::run(program, options, &path, &[]) {
            let said = said.to_lowercase();
            assert!(!said.contains("warning") && !said.contains("error:"), "{said}");
        }
    }
    let pixels = project.path("pixels");
    let pixels = pixels.to_str().expect("temporary folders have plain names");
    if let Some(said) = tools::run("pdftoppm", &["-r", "10", "-png"], &path, &[pixels]) {
        assert_eq!(said, "");
    }
}

/// A box of a page in hundredths of a millimetre: left, bottom, right, top.
fn area(page: &Dictionary, name: &str) -> [i64; 4] {
    let numbers = page.get(name.as_bytes()).and_then(Object::as_array);
    let numbers = numbers.unwrap_or_else(|_| panic!("the page has a {name}"));
    let hundredths = |at: usize| {
        let points = numbers[at].as_float().expect("a box is of numbers");
        (f64::from(points) * 2540.0 / 72.0).round() as i64
    };
    [0, 1, 2, 3].map(hundredths)
}

fn boxes(document: &Document, index: usize) -> [[i64; 4]; 4] {
    let page = document.page_iter().nth(index).expect("the page is there");
    let page = document.get_dictionary(page).expect("a page is a dictionary");
    assert!(!page.has(b"ArtBox"), "a page has a TrimBox or an ArtBox, not both");
    ["MediaBox", "CropBox", "BleedBox", "TrimBox"].map(|name| area(page, name))
}

#[test]
fn a_printed_book_has_an_isbn_of_its_own() {
    let outputs = "  pdf: {}\n  press: { preset: bunko, isbn: 978-4-87311-903-8 }\n";
    let project = book("vertical", 1, outputs).edit(
        "book.yaml",
        "authors:",
        "identifier: 9784101010014\nauthors:",
    );
    project.run(["build"]).code(0);
    let press = file(&project, "press");
    let screen = press.replace("-press", "");
    for (name, isbn, other) in [
        (press, "978-4-87311-903-8", "9784101010014"),
        (screen, "9784101010014", "978-4-"),
    ] {
        let path = project.path(&name);
        let Some(text) = tools::run("pdftotext", &["-raw"], &path, &["-"]) else {
            return;
        };
        let text = text.replace('\n', "");
        assert!(text.contains(isbn) && !text.contains(other), "{name}: {text}");
    }
    let wrong = project.edit("book.yaml", "978-4-87311-903-8", "978-4-87311-903-9");
    wrong
        .run(["build"])
        .code(1)
        .tells("is not an ISBN: its check digit is wrong");
    let other = wrong.edit("book.yaml", "978-4-87311-903-9", "'doi:10.1234/x'");
    other.run(["build"]).code(1).tells("`doi:10.1234/x` is not an ISBN");
}

#[test]
fn boxes_are_those_of_the_printer() {
    let marks = "  press: { preset: bunko, marks: true }\n";
    let project = book("vertical", 2, marks);
    project.run(["build"]).code(0);
    opens_silently(&project, &file(&project, "press"));
    let document = read(&project, &file(&project, "press"));
    let sheet = [0, 0, 13_500, 17_800];
    let expected =
        [sheet, sheet, [1200, 1200, 12_300, 16_600], [1500, 1500, 12_000, 16_300]];
    assert_eq!(boxes(&document, 0), expected);

    let project = book("horizontal", 2, "  press: {}\n");
    project.run(["build"]).code(0);
    let document = read(&project, &file(&project, "press"));
    let sheet = [0, 0, 15_400, 21_600];
    assert_eq!(boxes(&document, 1), [sheet, sheet, sheet, [300, 300, 15_100, 21_300]]);

    // No bleed at the binding, which is on the left of odd pages.
    let project = book("horizontal", 2, "  press: { printer: kdp }\n");
    project.run(["build"]).code(0);
    let document = read(&project, &file(&project, "press"));
    let sheet = [0, 0, 15_120, 21_640];
    assert_eq!(boxes(&document, 0), [sheet, sheet, sheet, [0, 320, 14_800, 21_320]]);
    assert_eq!(boxes(&document, 1), [sheet, sheet, sheet, [320, 320, 15_120, 21_320]]);
}

/// The file of an output, whatever the folder is called.
fn file(project: &Project, output: &str) -> String {
    let ending = format!("-{output}.pdf");
    let files = project.files();
    let found = files.iter().find(|path| path.ends_with(&ending));
    found.unwrap_or_else(|| panic!("no {ending} in {files:?}")).clone()
}

/// Images of each kind that a book may have, all in colour.
fn colourful(project: Project) -> Project {
    let pixel = |x: u32, y: u32| [(x * 3) as u8, (y * 5) as u8, 200];
    let rgb = RgbImage::from_fn(64, 48, |x, y| image::Rgb(pixel(x, y)));
    let rgba = RgbaImage::from_fn(64, 48, |x, y| {
        let [r, g, b] = pixel(x, y);
        image::Rgba([r, g, b, (x * 4) as u8])
    });
    let encode = |image: DynamicImage, format| {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).expect("the image can be written");
        bytes.into_inner()
    };
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60">
        <defs>
        <linearGradient id="a"><stop offset="0" stop-color="#f00"/>
        <stop offset=".4" stop-color="#0f0"/><stop offset="1" stop-color="#00f"/></linearGradient>
        <linearGradient id="b" x2=".2" spreadMethod="reflect"><stop offset="0" stop-color="#f80"/>
        <stop offset="1" stop-color="#08f" stop-opacity=".3"/></linearGradient>
        <radialGradient id="c"><stop offset="0" stop-color="#ff0"/>
        <stop offset="1" stop-color="#f0f"/></radialGradient>
        <pattern id="d" width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="4" height="4" fill="#2a6"/></pattern>
        <mask id="e"><rect width="40" height="60" fill="#fff"/></mask></defs>
        <rect width="30" height="20" fill="url(#a)"/>
        <rect x="30" width="30" height="20" fill="url(#b)"/>
        <circle cx="75" cy="10" r="10" fill="url(#c)" stroke="#c00"/>
        <rect y="20" width="30" height="20" fill="url(#d)"/>
        <g opacity=".5"><rect y="20" x="30" width="30" height="20" fill="#a00"/></g>
        <g mask="url(#e)"><rect y="40" width="60" height="20" fill="#06c"/></g>
        <text x="60" y="50" fill="#c06">字</text></svg>"##;
    project
        .write("rgb.png", encode(rgb.clone().into(), ImageFormat::Png))
        .write("rgba.png", encode(rgba.into(), ImageFormat::Png))
        .write("photo.jpg", encode(rgb.into(), ImageFormat::Jpeg))
        .write("art.svg", svg)
        .write(
            "1.md",
            "# 色\n\n![一](rgb.png)\n\n![二](rgba.png)\n\n![三](photo.jpg)\n\n![四](art.svg)\n",
        )
}

#[test]
fn a_gray_job_is_gray_to_the_last_form() {
    let project = colourful(book(
        "horizontal",
        1,
        "  press: { cover-sheet: {}, paper: { thickness: 1mm } }\n",
    ));
    project.run(["build"]).code(0);
    for output in ["press", "cover"] {
        opens_silently(&project, &file(&project, output));
        let document = read(&project, &file(&project, output));
        let found = colours(&document);
        let gray = ["g", "G", "DeviceGray", "Pattern"].map(str::to_owned);
        let others: Vec<&String> =
            found.iter().filter(|name| !gray.contains(name)).collect();
        assert!(others.is_empty(), "{output}: {others:?}");
    }
    let document = read(&project, &file(&project, "press"));
    let images = document.objects.values().filter_map(|object| object.as_stream().ok());
    let images: Vec<_> =
        images.filter(|image| is(&image.dict, "Subtype", "Image")).collect();
    assert_eq!(images.len(), 4, "three images and a soft mask");
    let jpegs = images.iter().filter(|image| is(&image.dict, "Filter", "DCTDecode"));
    assert_eq!(jpegs.count(), 1, "a photograph stays one");
}

#[test]
fn four_inks_are_four_inks() {
    let project =
        colourful(book("horizontal", 1, "  press: { color: cmyk, marks: true }\n"));
    project.run(["build"]).code(0).tells("no-profile");
    opens_silently(&project, &file(&project, "press"));
    let document = read(&project, &file(&project, "press"));
    let found = colours(&document);
    let inks =
        ["g", "G", "k", "K", "DeviceGray", "DeviceCMYK", "Pattern"].map(str::to_owned);
    let others: Vec<&String> = found.iter().filter(|name| !inks.contains(name)).collect();
    assert!(others.is_empty() && found.contains("DeviceCMYK"), "{found:?}");
    let catalog = document.catalog().expect("there is a catalog");
    let metadata = catalog.get_deref(b"Metadata", &document).and_then(Object::as_stream);
    let metadata = String::from_utf8_lossy(&metadata.expect("there is XMP").content);
    assert!(!metadata.contains("PDF/X"), "without a profile it is not PDF/X");
}

#[test]
fn older_printers_get_pdf_x_1a() {
    let outputs = "  press: { printer: pubfun, color: cmyk }\n";
    let project = colourful(book("horizontal", 1, outputs));
    let chapter = "# 色\n\n![一](rgb.png)\n\n![二](rgba.png)\n\n![三](photo.jpg)\n";
    let project = project.write("1.md", chapter);
    let run = project.run(["build"]);
    run.code(0);
    assert!(!run.stderr.contains("not-conforming"), "{}", run.stderr);
    let name = file(&project, "press");
    opens_silently(&project, &name);
    let bytes = project.read(&name);
    assert!(bytes.starts_with(b"%PDF-1.3"));
    let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    assert!(!has(b"/ObjStm") && !has(b"/XRef") && !has(b"/SMask"));
    let document = read(&project, &name);
    let info = document.trailer.get(b"Info").and_then(Object::as_reference);
    let info = document
        .get_dictionary(info.expect("there is Info"))
        .expect("a dictionary");
    let said = |key: &[u8]| info.get(key).and_then(Object::as_str).expect("it is said");
    assert_eq!(said(b"GTS_PDFXVersion"), b"PDF/X-1:2001");
    assert_eq!(said(b"GTS_PDFXConformance"), b"PDF/X-1a:2001");
    let found = colours(&document);
    assert!(found.iter().all(|name| !name.contains("RGB") && name != "rg"), "{found:?}");

    // A drawing with opacity and masks: the file is made, and says nothing of itself.
    let project = colourful(project);
    project.run(["build"]).code(0).tells("not-conforming");
    let document = read(&project, &name);
    let info = document.trailer.get(b"Info").and_then(Object::as_reference);
    let info = document
        .get_dictionary(info.expect("there is Info"))
        .expect("a dictionary");
    assert!(!info.has(b"GTS_PDFXVersion"));
}

fn is(dict: &Dictionary, key: &str, name: &str) -> bool {
    dict.get(key.as_bytes())
        .and_then(Object::as_name)
        .is_ok_and(|is| is == name.as_bytes())
}

/// The operators that set colours and the names of colour spaces, wherever they are in a
/// file: contents of pages, forms, patterns, glyphs, images, shadings, groups, resources.
fn colours(document: &Document) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for id in drawings(document) {
        let stream = document.get_object(id).and_then(Object::as_stream);
        let content = stream.and_then(|stream| stream.get_plain_content());
        let content = Content::decode(&content.expect("content can be unpacked"));
        for operation in content.expect("content can be read").operations {
            let name = operation.operator.as_str();
            if ["g", "G", "rg", "RG", "k", "K"].contains(&name) {
                found.insert(name.to_owned());
            }
            if ["cs", "CS"].contains(&name) {
                let space = operation.operands[0].as_name().expect("a space has a name");
                found.insert(String::from_utf8_lossy(space).into_owned());
            }
        }
    }
    for object in document.objects.values() {
        spaces(object, &mut found);
    }
    found
}

/// The streams that draw.
fn drawings(document: &Document) -> BTreeSet<ObjectId> {
    let pages = document.page_iter().flat_map(|page| document.get_page_contents(page));
    let mut found: BTreeSet<ObjectId> = pages.collect();
    for (id, object) in &document.objects {
        if let Object::Stream(stream) = object
            && (is(&stream.dict, "Subtype", "Form") || stream.dict.has(b"PatternType"))
        {
            found.insert(*id);
        }
        if let Object::Dictionary(dict) = object
            && let Ok(Object::Dictionary(glyphs)) = dict.get(b"CharProcs")
        {
            found
                .extend(glyphs.iter().filter_map(|(_, glyph)| glyph.as_reference().ok()));
        }
    }
    found
}

/// The names of colour spaces in an object.
fn spaces(object: &Object, found: &mut BTreeSet<String>) {
    let known =
        ["DeviceRGB", "DeviceCMYK", "DeviceGray", "CalRGB", "CalGray", "Lab", "ICCBased"];
    match object {
        Object::Name(name) => {
            let name = String::from_utf8_lossy(name);
            if known.contains(&name.as_ref()) {
                found.insert(name.into_owned());
            }
        }
        Object::Array(parts) => parts.iter().for_each(|part| spaces(part, found)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, part)| spaces(part, found)),
        Object::Stream(stream) => {
            stream.dict.iter().for_each(|(_, part)| spaces(part, found));
        }
        _ => {}
    }
}

#[test]
fn the_file_says_that_it_is_pdf_x_4() {
    let project = book("vertical", 3, "  press: {}\n");
    project.run(["build"]).code(0);
    let name = file(&project, "press");
    let bytes = project.read(&name);
    assert!(bytes.starts_with(b"%PDF-1.6"));
    project.run(["build"]).code(0);
    assert!(project.read(&name) == bytes, "two builds differ");
    let document = read(&project, &name);
    let catalog = document.catalog().expect("there is a catalog");
    for absent in ["Outlines", "Names", "StructTreeRoot", "AcroForm", "OpenAction", "AA"]
    {
        assert!(!catalog.has(absent.as_bytes()), "{absent}");
    }
    let direction = catalog.get(b"ViewerPreferences").and_then(Object::as_dict);
    assert!(is(direction.expect("there are preferences"), "Direction", "R2L"));
    let intent = catalog.get(b"OutputIntents").and_then(Object::as_array);
    let intent = intent.expect("there is an intent")[0]
        .as_reference()
        .expect("by number");
    let intent = document.get_dictionary(intent).expect("it is a dictionary");
    assert!(is(intent, "S", "GTS_PDFX") && intent.has(b"OutputConditionIdentifier"));
    let profile = intent.get_deref(b"DestOutputProfile", &document);
    let profile = profile.and_then(Object::as_stream).expect("there is a profile");
    let data = profile.get_plain_content().expect("it can be unpacked");
    assert_eq!((&data[12..20], &data[36..40]), (&b"prtrGRAY"[..], &b"acsp"[..]));
    let metadata = catalog.get_deref(b"Metadata", &document).and_then(Object::as_stream);
    let metadata = metadata.expect("there is XMP");
    assert!(!metadata.dict.has(b"Filter"), "metadata is to be read without unpacking");
    let metadata = String::from_utf8_lossy(&metadata.content);
    for part in [
        "<pdfxid:GTS_PDFXVersion>PDF/X-4<",
        "<pdf:Trapped>False<",
        "<xmpMM:DocumentID>",
        "<xmpMM:VersionID>",
        "<xmpMM:RenditionClass>default<",
        "<xmp:CreateDate>",
        "<xmp:ModifyDate>",
        "<xmp:MetadataDate>",
        "<dc:title>",
    ] {
        assert!(metadata.contains(part), "{part} is not in {metadata}");
    }
    let info = document.trailer.get(b"Info").and_then(Object::as_reference);
    let info = document
        .get_dictionary(info.expect("there is Info"))
        .expect("a dictionary");
    assert!(
        is(info, "Trapped", "False") && info.has(b"CreationDate") && info.has(b"Title")
    );
    assert!(document.trailer.has(b"ID"));
    for page in document.page_iter() {
        assert!(!document.get_dictionary(page).expect("a page").has(b"Annots"));
    }
}

#[test]
fn fonts_are_embedded() {
    let project = book("vertical", 2, "  press: {}\n");
    project.run(["build"]).code(0);
    let document = read(&project, &file(&project, "press"));
    let all = document.objects.values().filter_map(|object| object.as_dict().ok());
    let fonts: Vec<&Dictionary> =
        all.filter(|dict| is(dict, "Type", "FontDescriptor")).collect();
    assert!(!fonts.is_empty());
    for font in fonts {
        let files = ["FontFile", "FontFile2", "FontFile3"];
        assert!(files.iter().any(|key| font.has(key.as_bytes())), "{font:?}");
    }
}

#[test]
fn every_page_bears_a_number_for_the_printer() {
    for (writing, left_first) in [("horizontal", true), ("vertical", false)] {
        let outputs = "  press: { folio-start: 3, page-multiple: 16 }\n";
        let project = book(writing, 3, outputs);
        project.run(["build"]).code(0);
        let name = file(&project, "press");
        let document = read(&project, &name);
        let pages = document.get_pages().len();
        assert_eq!(pages, 16);
        let [.., right, _] = boxes(&document, 0)[3].map(|side| side * 72 / 2540);
        for page in 0..pages {
            // A strip of 25 points at the binding, at half the height.
            let bound_left = (page % 2 == 0) == left_first;
            let x = if bound_left { 8 } else { right - 25 };
            let (x, page_number) = (x.to_string(), (page + 1).to_string());
            let options = [
                "-raw",
                "-f",
                &page_number,
                "-l",
                &page_number,
                "-x",
                &x,
                "-y",
                "200",
                "-W",
                "25",
                "-H",
                "220",
            ];
            let said = tools::run("pdftotext", &options, &project.path(&name), &["-"]);
            let Some(said) = said else { return };
            let said: String = said.chars().filter(char::is_ascii_digit).collect();
            assert_eq!(said, (page + 3).to_string(), "{writing}, page {page_number}");
        }
    }
}

#[test]
fn a_printer_may_want_no_numbers() {
    let texts = |outputs: &str| {
        let project = book("horizontal", 1, outputs);
        project.run(["build"]).code(0);
        let path = project.path(&file(&project, "press"));
        tools::run("pdftotext", &["-raw"], &path, &["-"])
            .map(|text| text.matches(|ch: char| ch.is_ascii_digit()).count())
    };
    let Some(all) = texts("  press: {}\n") else { return };
    let rest = texts("  press: { hidden-folios: rest }\n");
    let none = texts("  press: { hidden-folios: none }\n");
    let least = texts("  press: { printer: pubfun }\n");
    assert_eq!(none, least);
    assert!(Some(all) > rest && rest > none, "{all} {rest:?} {none:?}");
}

#[test]
fn a_cover_is_back_spine_and_front() {
    let paper = "  press: { preset: bunko, marks: true, page-multiple: 32, \
                 paper: { thickness: 0.75mm }, cover-sheet: {} }\n";
    let project = book("vertical", 3, paper);
    project.run(["build"]).code(0);
    let name = file(&project, "cover");
    opens_silently(&project, &name);
    let document = read(&project, &name);
    // 32 pages are 16 leaves of 0.75 mm: a spine of 12 mm.
    let [media, crop, bleed, trim] = boxes(&document, 0);
    assert_eq!(trim, [1500, 1500, 1500 + 21_000 + 1200, 16_300]);
    assert_eq!(bleed, [1200, 1200, 24_000, 16_600]);
    assert_eq!((media, crop), ([0, 0, 25_200, 17_800], media));
    let bytes = project.read(&name);
    project.run(["build", "--output", "press"]).code(0);
    assert!(bytes == project.read(&name), "two builds differ");
}

#[test]
fn what_a_printer_would_refuse_is_told_at_its_place() {
    let outputs = "  press: { printer: kdp, preset: bunko, style: { rules: { thin: 0.05mm }, \
                   margins: { gutter: 4mm } }, paper: { thickness: 0.1mm }, cover-sheet: { spine: 背 } }\n";
    let project = colourful(book("vertical", 1, outputs));
    let project = project.write(
        "1.md",
        "# 図\n\n![一](rgb.png){width=80mm}\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n\n[注]{.small}。\n",
    );
    let run = project.run(["check", "--output", "press", "--message-format", "short"]);
    run.code(0);
    for told in [
        "1.md:3:1: warning[low-resolution]: image `rgb.png` has",
        "book.yaml:6:10: warning[thin-rule]: a line of 0.05mm stands on 2 pages",
        "book.yaml:6:10: warning[page-count]: the book has",
        "book.yaml:6:10: warning[page-size]: the printer has no page of 105mm × 148mm",
        "book.yaml:6:10: warning[narrow-spine]: a spine of",
        "book.yaml:6:10: warning[small-text]: text of",
    ] {
        assert!(run.stderr.contains(told), "{told} is not told in\n{}", run.stderr);
    }
    assert!(!project.files().iter().any(|path| path.starts_with("dist/")));
    let sound = book("horizontal", 2, "  press: {}\n");
    sound.run(["check", "--output", "press"]).code(0).stderr("");
}

#[test]
fn what_cannot_be_asked_of_a_printer_is_an_error_at_its_key() {
    for (outputs, told) in [
        (
            "press: { printer: none }",
            "6:12: error[bad-value]: there is no printer `none`",
        ),
        (
            "press: { paper: vellum }",
            "6:12: error[bad-value]: there is no paper `vellum`",
        ),
        (
            "press: { cover-sheet: {} }",
            "6:12: error[missing-key]: the width of the spine",
        ),
        (
            "press: { folio-start: 4 }",
            "6:12: error[bad-value]: the first page has an odd",
        ),
        ("press: { preset: none }", "6:12: error[bad-value]: there is no page preset"),
        (
            "press: { profile: book.yaml }",
            "6:21: error[bad-value]: `book.yaml` is not the",
        ),
        ("press: { bled: 3mm }", "6:12: error[unknown-key]: unknown key `bled`"),
        ("handout: { up: 3 }", "6:18: error[bad-value]: 3 pages do not stand on a side"),
        ("handout: { page: a0 }", "6:20: error[bad-value]: there is no paper `a0`"),
        (
            "handout: { chapters: 9 }",
            "6:24: error[bad-value]: the handout holds no chapter",
        ),
        (
            "handout: { chapters: x.md }",
            "6:24: error[bad-value]: the book has no chapter",
        ),
    ] {
        let project = book("horizontal", 1, &format!("  {outputs}\n"));
        let run = project.run(["build", "--message-format", "short"]);
        run.code(1);
        assert!(run.stderr.contains(told), "{told} is not told in\n{}", run.stderr);
        assert!(!project.files().iter().any(|path| path.starts_with("dist/")));
    }
}

/// The text of a file without white space.
fn text(project: &Project, name: &str) -> Option<String> {
    let text = tools::run("pdftotext", &["-raw"], &project.path(name), &["-"])?;
    Some(text.split_whitespace().collect())
}

#[test]
fn a_handout_holds_the_chapters_that_it_is_asked_for() {
    let project = book("horizontal", 4, "  handout: { chapters: [2, 4.md] }\n");
    project.run(["build"]).code(0);
    let name = file(&project, "handout");
    opens_silently(&project, &name);
    let document = read(&project, &name);
    assert_eq!(document.get_pages().len(), 2);
    let page = document.page_iter().next().expect("there is a page");
    let page = document.get_dictionary(page).expect("a page is a dictionary");
    assert_eq!(area(page, "MediaBox"), [0, 0, 21_000, 29_700]);
    let Some(text) = text(&project, &name) else { return };
    assert!(text.contains("章2.md") && text.contains("章4.md"), "{text}");
    assert!(!text.contains("章1.md") && !text.contains("章3.md"), "{text}");
    assert!(!text.contains("目次") && !text.contains("印刷太郎"), "{text}");
}

#[test]
fn a_handout_may_be_a_booklet_of_sixteen_pages() {
    let chapters = "  handout: { chapters: 1-16, booklet: true, marks: true }\n";
    let project = book("vertical", 18, chapters);
    project.run(["build"]).code(0);
    let name = file(&project, "handout");
    opens_silently(&project, &name);
    let document = read(&project, &name);
    let order: Vec<Vec<usize>> = document
        .page_iter()
        .map(|page| {
            let content = document.get_and_decode_page_content(page);
            let operations = content.expect("content can be read").operations;
            let drawn = operations.iter().filter(|one| one.operator == "Do");
            let number = |name: &[u8]| {
                let name = String::from_utf8_lossy(name);
                name.trim_start_matches('P').parse::<usize>().expect("a number") + 1
            };
            drawn
                .map(|one| number(one.operands[0].as_name().expect("a name")))
                .collect()
        })
        .collect();
    // Bound on the right: the first page is on the left of the outermost sheet.
    let expected =
        [[1, 16], [15, 2], [3, 14], [13, 4], [5, 12], [11, 6], [7, 10], [9, 8]];
    assert_eq!(order, expected);
}

#[test]
fn an_article_is_a_handout_with_pages_side_by_side() {
    let text = "---\noutputs: { handout: { up: 2 } }\n---\n# 記事\n\n一。\n\n===\n\n二。\n\n===\n\n三。\n";
    let project = Project::new().write("kiji.md", text);
    project.run(["build", "kiji.md"]).code(0).tells("kiji-handout.pdf");
    let document = read(&project, "dist/kiji-handout.pdf");
    assert_eq!(document.get_pages().len(), 2);
    let page = document.page_iter().next().expect("there is a page");
    let page = document.get_dictionary(page).expect("a page is a dictionary");
    assert_eq!(area(page, "MediaBox"), [0, 0, 29_700, 21_000]);
}

#[test]
fn every_construct_can_be_printed() {
    for writing in ["horizontal", "vertical"] {
        let project = Project::everything(writing);
        let config = String::from_utf8(project.read("book.yaml")).expect("it is UTF-8");
        let outputs = "\noutputs:\n  press: { paper: shoseki-72, cover-sheet: {} }\n  \
                       handout: { chapters: 2-4, up: 4 }\n";
        assert!(config.contains("\noutputs:\n"), "the book says what is made of it");
        let config = config.replace("\noutputs:\n", outputs);
        let project = project.write("book.yaml", config);
        project.run(["build"]).code(0);
        for output in ["press", "cover", "handout"] {
            opens_silently(&project, &file(&project, output));
        }
        let document = read(&project, &file(&project, "press"));
        let found = colours(&document);
        assert!(
            found.iter().all(|name| !name.contains("RGB") && name != "rg"),
            "{found:?}"
        );
    }
}
