//! Where the files of a book are read from.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

/// Something that files are read from by their paths below the book's folder, with `/`
/// between names: a folder on the disk, or a map in the memory for tests.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// Where there is no such file or it cannot be read.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// Whether there is such a file, its name written as here to the letter.
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
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is where the files of a book are read"
)]
impl Files for Folder {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.root.join(path))
    }

    fn exists(&self, path: &str) -> bool {
        self.root.join(path).is_file()
    }

    fn neighbours(&self, path: &str) -> Vec<String> {
        let full = self.root.join(path);
        let Some(folder) = full.parent() else { return Vec::new() };
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        names
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
