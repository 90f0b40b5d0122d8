//! Pages on sheets, as users put them there, read back.
#![cfg(feature = "embedded-fonts")]

#[allow(dead_code, reason = "not every test asks for all of it")]
mod common;
mod tools;

use common::Project;
use lopdf::{Document, Object};

/// A small book whose pages say their numbers, with images and ruby left out.
fn book(pages: usize, writing: &str) -> Project {
    let project = Project::new();
    let text: Vec<String> = (1..=pages).map(|page| format!("第{page}頁")).collect();
    let text = format!("---\nwriting: {writing}\n---\n\n{}\n", text.join("\n\n===\n\n"));
    let project = project.write("pages.md", text);
    project.run(["build", "pages.md", "-o", "in.pdf"]).code(0);
    project
}

/// The pages that each sheet draws, in the order of its content, by their numbers from 1.
fn drawn(project: &Project) -> Vec<Vec<usize>> {
    let document =
        Document::load_mem(&project.read("out.pdf")).expect("a PDF was written");
    let page = |id| {
        let content = document.get_and_decode_page_content(id).expect("content is whole");
        let names = content.operations.iter().filter(|one| one.operator == "Do");
        let number = |name: &[u8]| {
            let name = std::str::from_utf8(name).expect("names are ASCII");
            name.trim_start_matches('P').parse::<usize>().expect("a number") + 1
        };
        names
            .map(|one| number(one.operands[0].as_name().expect("it has a name")))
            .collect()
    };
    document.page_iter().map(page).collect()
}

fn impose(project: &Project, options: &[&str]) {
    let arguments = ["impose", "in.pdf", "-o", "out.pdf"].iter().chain(options).copied();
    project.run(arguments).code(0).stderr("");
    for (program, options) in [("qpdf", &["--check"][..]), ("pdfinfo", &[])] {
        if let Some(said) = tools::run(program, options, &project.path("out.pdf"), &[]) {
            assert!(!said.to_lowercase().contains("warning"), "{said}");
        }
    }
}

#[test]
fn sixteen_pages_bound_on_the_right_fold_into_a_booklet() {
    let project = book(16, "vertical");
    impose(&project, &["--booklet", "--binding", "right", "--marks"]);
    let sheets = [[1, 16], [15, 2], [3, 14], [13, 4], [5, 12], [11, 6], [7, 10], [9, 8]];
    assert_eq!(drawn(&project), sheets);
    // The text is still text, in the order of the sheets.
    if let Some(text) =
        tools::run("pdftotext", &["-raw"], &project.path("out.pdf"), &["-"])
    {
        let text: String = text.split_whitespace().collect();
        let at =
            |page: usize| text.find(&format!("第{page}頁")).expect("the page is there");
        assert!(at(1) < at(16) && at(16) < at(15) && at(9) < at(8));
    }
}

#[test]
fn pages_come_several_on_a_side() {
    let project = book(5, "horizontal");
    impose(&project, &["--up", "4"]);
    assert_eq!(drawn(&project), [vec![1, 2, 3, 4], vec![5]]);
    let document =
        Document::load_mem(&project.read("out.pdf")).expect("a PDF was written");
    let page = document.page_iter().next().expect("there is a page");
    let area = document.get_dictionary(page).and_then(|page| page.get(b"MediaBox"));
    let area = area.and_then(Object::as_array).expect("it has a size");
    let number = |at: usize| area[at].as_float().expect("a number");
    assert!((number(2) - 595.276).abs() < 0.01 && (number(3) - 841.89).abs() < 0.01);
    assert!(document.catalog().is_ok_and(|catalog| !catalog.has(b"Outlines")));
    for id in document.page_iter() {
        assert!(document.get_dictionary(id).is_ok_and(|page| !page.has(b"Annots")));
    }
}

#[test]
fn the_same_pages_give_the_same_sheets() {
    let project = book(6, "vertical");
    let options = ["--booklet", "--signature", "1", "--creep", "0.1", "--sheet", "a3"];
    impose(&project, &options);
    let first = project.read("out.pdf");
    impose(&project, &options);
    assert!(first == project.read("out.pdf"), "two runs differ");
    assert_eq!(drawn(&project), [vec![4, 1], vec![2, 3], vec![5], vec![6]]);
}

#[test]
fn what_is_no_sound_pdf_is_told() {
    let project = book(1, "horizontal")
        .write("text.pdf", "no PDF")
        .write("empty.pdf", "")
        .write("short.pdf", "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
    for name in ["text.pdf", "empty.pdf", "short.pdf"] {
        let run = project.run(["impose", name, "-o", "out.pdf"]);
        run.code(2).tells("the PDF");
    }
    let half = project.read("in.pdf");
    let project = project.write("half.pdf", &half[..half.len() / 2]);
    project.run(["impose", "half.pdf", "-o", "out.pdf"]).code(2);
    project
        .run(["impose", "none.pdf", "-o", "out.pdf"])
        .code(2)
        .tells("none.pdf");
    project
        .run(["impose", "in.pdf", "-o", "out.pdf", "--up", "3"])
        .code(2);
    let arguments = ["--encrypt", "secret", "secret", "256", "--"];
    let locked = project.path("locked.pdf");
    let locked = locked.to_str().expect("temporary folders have plain names");
    if tools::run(
        "qpdf",
        &[],
        &project.path("in.pdf"),
        &[&arguments[..], &[locked]].concat(),
    )
    .is_some()
    {
        let run = project.run(["impose", "locked.pdf", "-o", "out.pdf"]);
        run.code(2).tells("password");
    }
    assert!(!project.files().contains(&"out.pdf".to_owned()));
}
