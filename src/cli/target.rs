//! Which book is meant, and where its outputs go.

use std::path::{Path, PathBuf};

use super::{Failure, disk};
use crate::book::BOOK_FILE;

/// A book on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// The folder that paths in the book are taken from, as the user wrote it.
    pub(super) root: PathBuf,
    /// The name of the file in it, where the book is a single article.
    pub(super) article: Option<String>,
    /// The name of the outputs without their endings.
    pub(super) stem: String,
}

impl Target {
    /// The book that a path means: a folder with `book.yaml`, or a Markdown file.
    pub(super) fn find(path: &Path) -> Result<Self, Failure> {
        if disk::is_folder(path) {
            return Self::of_folder(path);
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let root = path.parent().unwrap_or(Path::new("")).to_path_buf();
        if !disk::is_file(path) {
            let failure = Failure::new(format!("cannot find `{}`", path.display()));
            return Err(failure.hint("give the folder of a book or a Markdown file"));
        }
        if name == BOOK_FILE {
            let root =
                if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
            return Self::of_folder(&root);
        }
        if !is_markdown(&name) {
            let failure =
                Failure::new(format!("`{}` is not a Markdown file", path.display()));
            return Err(
                failure.hint("give a file that ends in .md, or the folder of a book")
            );
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { root, article: Some(name), stem })
    }

    fn of_folder(root: &Path) -> Result<Self, Failure> {
        if !disk::is_file(&root.join(BOOK_FILE)) {
            return Err(no_book(root));
        }
        let stem = disk::folder_name(root).unwrap_or_else(|| "book".to_owned());
        Ok(Self { root: root.to_path_buf(), article: None, stem })
    }

    /// The path that a user reads for a path below the book's folder.
    pub(super) fn shown(&self, path: &str) -> String {
        let root = self.root.to_string_lossy().replace('\\', "/");
        let root = root.strip_prefix("./").unwrap_or(&root).trim_end_matches('/');
        match root {
            "" if self.root.has_root() => format!("/{path}"),
            "" | "." => path.to_owned(),
            root => format!("{root}/{path}"),
        }
    }

    /// The path of something beside the file that describes the book.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        match self.root == Path::new(".") {
            true => PathBuf::from(name),
            false => self.root.join(name),
        }
    }

    /// The file of an output: `NAME.ending`, or `NAME-output.ending` for an output that is
    /// not called like its ending.
    pub(super) fn output_file(
        &self,
        folder: &Path,
        output: &str,
        ending: &str,
    ) -> PathBuf {
        let stem = &self.stem;
        if output == ending {
            return folder.join(format!("{stem}.{ending}"));
        }
        folder.join(format!("{stem}-{output}.{ending}"))
    }
}

fn is_markdown(name: &str) -> bool {
    let ending = Path::new(name).extension().unwrap_or_default();
    ["md", "markdown"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

fn no_book(root: &Path) -> Failure {
    let shown = root.display();
    let failure = Failure::new(format!("there is no {BOOK_FILE} in `{shown}`"));
    let names = disk::names(root);
    let texts: Vec<&String> = names.iter().filter(|name| is_markdown(name)).collect();
    match texts.as_slice() {
        [] => failure.hint("start a book with `seihon new DIR`"),
        [one] => {
            let file = if root == Path::new(".") { one.into() } else { root.join(one) };
            failure.hint(format!(
                "to bind this article alone: `seihon build {}`",
                file.display()
            ))
        }
        _ => failure
            .hint(format!("write {BOOK_FILE} with `title` and the list of `chapters`"))
            .hint("or give one Markdown file to bind it alone"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(root: &str) -> Target {
        Target {
            root: PathBuf::from(root),
            article: None,
            stem: "本".to_owned(),
        }
    }

    #[test]
    fn paths_are_shown_as_the_user_would_write_them() {
        let shown = |root| target(root).shown("a/b.md");
        assert_eq!(shown("."), "a/b.md");
        assert_eq!(shown(""), "a/b.md");
        assert_eq!(shown("./book/"), "book/a/b.md");
        assert_eq!(shown("../book"), "../book/a/b.md");
        assert_eq!(shown("/"), "/a/b.md");
    }

    #[test]
    fn outputs_are_named_after_the_book() {
        let file =
            |output, ending| target(".").output_file(Path::new("dist"), output, ending);
        assert_eq!(file("pdf", "pdf"), Path::new("dist/本.pdf"));
        assert_eq!(file("press", "pdf"), Path::new("dist/本-press.pdf"));
    }
}
