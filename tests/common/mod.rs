//! Books in folders of their own, and the program run on them.
#![expect(clippy::disallowed_methods, reason = "the books are files")]

pub(crate) mod epub;

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder that goes when the test ends.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("seihon-test-{}-{number}", std::process::id());
        let root = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&root).expect("a temporary folder can be made");
        Self { root }
    }

    /// A copy of a book of this repository, below its root, with the given direction of
    /// writing: `horizontal` or `vertical`.
    pub(crate) fn of(book: &str, writing: &str) -> Self {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(book);
        let mut paths = Vec::new();
        list(&from, &from, &mut paths);
        paths.retain(|path| !path.starts_with("dist/"));
        let mut project = Self::new();
        for path in &paths {
            let bytes = std::fs::read(from.join(path)).expect("a listed file is there");
            project = project.write(path, bytes);
        }
        let line = "\nwriting: horizontal\n";
        project.edit("book.yaml", line, &format!("\nwriting: {writing}\n"))
    }

    /// A copy of the book of every construct, `tests/books/everything`, with the given
    /// direction of writing: `horizontal` or `vertical`.
    pub(crate) fn everything(writing: &str) -> Self {
        Self::of("tests/books/everything", writing)
    }

    /// The same with words of a file, which stand in it, replaced.
    #[must_use]
    pub(crate) fn edit(self, path: &str, words: &str, by: &str) -> Self {
        let text = String::from_utf8(self.read(path)).expect("it is UTF-8");
        assert!(text.contains(words), "{path} has {words}");
        self.write(path, text.replacen(words, by, 1))
    }

    /// The same with a file in it.
    #[must_use]
    pub(crate) fn write(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let full = self.root.join(path);
        let folder = full.parent().expect("a file is in a folder");
        std::fs::create_dir_all(folder).expect("a folder can be made");
        std::fs::write(full, bytes).expect("a file can be written");
        self
    }

    /// The path of a file in it.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// What a file in it holds.
    pub(crate) fn read(&self, path: &str) -> Vec<u8> {
        let full = self.root.join(path);
        std::fs::read(&full).unwrap_or_else(|error| panic!("{}: {error}", full.display()))
    }

    /// The paths of all files in it, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        list(&self.root, &self.root, &mut found);
        found.sort();
        found
    }

    /// The program, with this folder as the current one and nothing in the environment
    /// that changes what it does.
    pub(crate) fn command<'a>(
        &self,
        arguments: impl IntoIterator<Item = &'a str>,
    ) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seihon"));
        command.args(arguments).current_dir(&self.root);
        for name in ["SOURCE_DATE_EPOCH", "NO_COLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command
    }

    /// Runs the program in this folder.
    pub(crate) fn run<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Run {
        Run::of(&mut self.command(arguments))
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

fn list(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            list(root, &path, found);
        } else if let Ok(path) = path.strip_prefix(root) {
            found.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
}

/// What a run of the program has given.
#[derive(Debug)]
pub(crate) struct Run {
    /// What it left with.
    pub(crate) code: Option<i32>,
    /// What it printed.
    pub(crate) stdout: String,
    /// What it told about.
    pub(crate) stderr: String,
}

impl Run {
    /// Runs a command to its end.
    pub(crate) fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } =
            command.output().expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
        Self {
            code: status.code(),
            stdout: text(stdout),
            stderr: text(stderr),
        }
    }

    /// Expects the code that it left with.
    #[track_caller]
    pub(crate) fn code(&self, code: i32) -> &Self {
        same(&self.code, &Some(code), self);
        self
    }

    /// Expects what it told about, to the letter.
    #[track_caller]
    pub(crate) fn stderr(&self, expected: &str) -> &Self {
        assert!(
            self.stderr == expected,
            "stderr is\n{}\nand not\n{expected}",
            self.stderr
        );
        self
    }

    /// Expects words in what it told about.
    #[track_caller]
    pub(crate) fn tells(&self, words: &str) -> &Self {
        assert!(self.stderr.contains(words), "no `{words}` in\n{}", self.stderr);
        self
    }

    /// Expects words in what it printed.
    #[track_caller]
    pub(crate) fn prints(&self, words: &str) -> &Self {
        assert!(self.stdout.contains(words), "no `{words}` in\n{}", self.stdout);
        self
    }
}

#[track_caller]
fn same<T: PartialEq + Debug>(given: &T, expected: &T, run: &Run) {
    assert!(given == expected, "{given:?} and not {expected:?}:\n{}", run.stderr);
}
