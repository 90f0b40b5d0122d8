//! `seihon new`: a book to begin with.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::NewArgs;
use super::{Failure, disk};
use crate::book::BOOK_FILE;

/// The files of a new book by their paths.
const FILES: [(&str, &str); 5] = [
    (BOOK_FILE, include_str!("scaffold/book.yaml")),
    ("01-first.md", include_str!("scaffold/01-first.md")),
    ("02-second.md", include_str!("scaffold/02-second.md")),
    ("references.yaml", include_str!("scaffold/references.yaml")),
    (".gitignore", include_str!("scaffold/gitignore")),
];

/// The title in the scaffold, which the name of the folder replaces.
const TITLE: &str = "本の題名";

/// Writes a book that can be built at once into a folder that holds nothing yet.
pub(super) fn run(args: &NewArgs) -> Result<(), Failure> {
    let dir = &args.dir;
    if disk::is_file(dir) {
        return Err(Failure::new(format!("`{}` is a file", dir.display())));
    }
    if !disk::names(dir).is_empty() {
        let failure = Failure::new(format!("`{}` is not empty", dir.display()));
        return Err(failure.hint("give the name of a new folder"));
    }
    let title = disk::folder_name(dir).unwrap_or_else(|| TITLE.to_owned());
    let files: Vec<(PathBuf, String)> = FILES
        .iter()
        .map(|(path, text)| (dir.join(path), fill(text, &title)))
        .collect();
    let bytes: Vec<(PathBuf, &[u8])> = files
        .iter()
        .map(|(path, text)| (path.clone(), text.as_bytes()))
        .collect();
    disk::write_files(&bytes)?;
    Ok(greet(dir)?)
}

/// The text of a file with the title of the book, quoted as YAML and JSON both do.
fn fill(text: &str, title: &str) -> String {
    let quoted = serde_json::Value::from(title).to_string();
    text.replacen(&format!("title: {TITLE}"), &format!("title: {quoted}"), 1)
}

fn greet(dir: &Path) -> io::Result<()> {
    let mut out = io::stderr().lock();
    let dir = dir.display();
    writeln!(out, "{dir}/{BOOK_FILE} describes the book; the chapters lie beside it")?;
    writeln!(out, "to bind it: seihon build {dir}")
}
