//! No paragraph is lost: what the sources of the project's own book say is found again in
//! the text of the EPUB and of the PDF, as other programs read it.
#![cfg(feature = "embedded-fonts")]
#![expect(clippy::disallowed_methods, reason = "the book and what came of it are files")]

mod tools;

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use seihon::book::Folder;
use seihon::{Artifact, Options, compile, export};

/// Characters of a run that is looked for.
const RUN: usize = 10;

/// The book that the project ships with.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("book")
}

/// The outputs of the book, EPUB and PDF.
fn bound() -> Vec<Artifact> {
    let mut compiled = compile(&Folder::new(folder()), Options::default());
    let volume = compiled.volume.expect("the book can be read");
    let artifacts = export(&volume, &volume.outputs, &mut compiled.sink);
    assert_eq!(compiled.sink.finish(), [], "the book has findings");
    artifacts
}

/// The runs of Japanese characters of all sources of the book, with the names of the
/// files.
fn runs() -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder()).expect("the book is there");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    let mut runs = Vec::new();
    for path in paths.filter(|path| path.extension().is_some_and(|ending| ending == "md"))
    {
        let text = std::fs::read_to_string(&path).expect("sources are text");
        let text = match text
            .strip_prefix("---\n")
            .and_then(|rest| rest.split_once("\n---\n"))
        {
            Some((_, body)) => body.to_owned(),
            None => text,
        };
        for line in text.lines().filter(|line| !line.starts_with(":::")) {
            // Cells of tables and what references say come between.
            for piece in without_markup(line).split('|') {
                let words: Vec<char> = japanese(piece).chars().collect();
                for run in words.chunks_exact(RUN) {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    runs.push((name.into_owned(), run.iter().collect()));
                }
            }
        }
    }
    assert!(runs.len() > 500, "the book has only {} runs", runs.len());
    runs
}

/// A line of Markdown without what is not set: readings, attributes, targets of links,
/// images, tags; `|` in place of references.
fn without_markup(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(found) = rest.find(['{', '<', '(', '!', '[']) {
        out.push_str(&rest[..found]);
        let (open, after) = (&rest[found..=found], &rest[found + 1..]);
        let image = open == "!" && after.starts_with('[');
        let target = open == "(" && out.ends_with(']');
        let close = match open {
            "{" => after.find('}'),
            "<" => after.find('>'),
            "!" if image => after.find(')'),
            "(" if target => after.find(')'),
            "[" if after.starts_with(['@', '^']) => after.find(']'),
            _ => None,
        };
        match close {
            Some(close) => {
                if open == "[" {
                    out.push('|');
                } else if open == "{"
                    && let Some((base, _)) = after[..close].split_once('|')
                {
                    out.push_str(base);
                }
                rest = &after[close + 1..];
            }
            None => {
                out.push_str(open);
                rest = after;
            }
        }
    }
    out + rest
}

/// The kana and kanji of a text.
fn japanese(text: &str) -> String {
    let is_japanese = |c: &char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '々' | '〆');
    text.chars()
        .filter(is_japanese)
        .filter(|c| !matches!(c, '・'))
        .collect()
}

/// The text of all pages of an EPUB, without readings and tags.
fn text_of_epub(bytes: &[u8]) -> String {
    let mut zip =
        zip::ZipArchive::new(Cursor::new(bytes)).expect("the EPUB is a ZIP file");
    let mut text = String::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("each file can be opened");
        if !file.name().is_ok_and(|name| name.ends_with(".xhtml")) {
            continue;
        }
        let mut page = String::new();
        file.read_to_string(&mut page).expect("pages are text");
        let mut pieces = page.split("<rt>");
        text.push_str(&without_tags(pieces.next().unwrap_or("")));
        for piece in pieces {
            let after = piece.split_once("</rt>").map_or(piece, |(_, after)| after);
            text.push_str(&without_tags(after));
        }
    }
    text
}

fn without_tags(page: &str) -> String {
    page.split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
        .collect()
}

#[test]
fn no_text_is_lost_in_the_epub() {
    let artifacts = bound();
    let epub = artifacts
        .iter()
        .find(|made| made.ending == "epub")
        .expect("an EPUB is made");
    let text = japanese(&text_of_epub(&epub.bytes));
    let lost: Vec<_> =
        runs().into_iter().filter(|(_, run)| !text.contains(run)).collect();
    assert_eq!(lost, [], "lost in the EPUB");
}

#[test]
fn no_text_is_lost_in_the_pdf() {
    let artifacts = bound();
    let pdf = artifacts
        .iter()
        .find(|made| made.ending == "pdf")
        .expect("a PDF is made");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lost.pdf");
    std::fs::write(&path, &pdf.bytes).expect("the folder for tests can be written");
    let Some(text) = tools::run("pdftotext", &["-raw"], &path, &["-"]) else { return };
    let pages: Vec<String> = text.split('\u{c}').map(japanese).collect();
    // Between two pages stand readings, running heads and folios.
    let on_two_pages = |run: &str| {
        let mut borders =
            run.char_indices().skip(1).map(|(border, _)| run.split_at(border));
        borders.any(|(a, b)| {
            pages
                .windows(2)
                .any(|pair| pair[0].contains(a) && pair[1].contains(b))
        })
    };
    let arrives =
        |run: &str| pages.iter().any(|page| page.contains(run)) || on_two_pages(run);
    let lost: Vec<_> = runs().into_iter().filter(|(_, run)| !arrives(run)).collect();
    assert_eq!(lost, [], "lost in the PDF");
}
