//! Where the files of a book are read from.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use icu_normalizer::ComposingNormalizerBorrowed;

/// Something that files are read from by their paths below the book's folder, with `/`
/// between names: a folder on the disk, or a map in the memory for tests.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// Where there is no such file or it cannot be read.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// Whether there is such a file, its name written as here, in any form of Unicode.
    fn exists(&self, path: &str) -> bool;

    /// The names of the files in the folder of a path; empty where that cannot be known.
    fn neighbours(&self, path: &str) -> Vec<String>;
}

/// A folder on the disk.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The files below a folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The path of a file on the disk, where it may be named in another form of Unicode:
    /// が in one code point, or in two.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the files of a book are read"
    )]
    fn find(&self, path: &str) -> PathBuf {
        let full = self.root.join(path);
        if path.is_ascii() || full.exists() {
            return full;
        }
        let nfc = ComposingNormalizerBorrowed::new_nfc();
        let mut found = self.root.clone();
        for name in path.split('/') {
            let is_named = |other: &String| nfc.normalize(other) == nfc.normalize(name);
            let other = match found.join(name).exists() {
                true => None,
                false => names(&found).into_iter().find(is_named),
            };
            found.push(other.as_deref().unwrap_or(name));
        }
        found
    }
}

/// The names of what is in a folder, sorted; empty where that cannot be known.
#[expect(
    clippy::disallowed_methods,
    reason = "this is where the files of a book are read"
)]
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is where the files of a book are read"
)]
impl Files for Folder {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let full = self.find(path);
        let kind = std::fs::metadata(&full)?;
        // What is no file may have no end.
        let other = match kind.is_dir() {
            _ if kind.is_file() => return std::fs::read(full),
            true => "it is a folder",
            false => "it is no file",
        };
        Err(io::Error::new(io::ErrorKind::InvalidInput, other))
    }

    fn exists(&self, path: &str) -> bool {
        self.find(path).is_file()
    }

    fn neighbours(&self, path: &str) -> Vec<String> {
        let full = self.root.join(path);
        full.parent().map(names).unwrap_or_default()
    }
}

/// Files in the memory, by path.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The bytes by path.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Files for Memory {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.files
            .get(path)
            .cloned()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn exists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    fn neighbours(&self, path: &str) -> Vec<String> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let inside = |name: &String| {
            let (other, name) = name.rsplit_once('/').unwrap_or(("", name));
            (other == folder).then(|| name.to_string())
        };
        self.files.keys().filter_map(inside).collect()
    }
}
