//! The texts of a book, and places in them.

use std::ops::Range;

/// The number of a file in a [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of a range of bytes in a file.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self {
            file,
            start: range.start as u32,
            end: range.end as u32,
        }
    }

    /// The bytes of the file that the span covers.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of this span that a range of its bytes covers, cut at its end.
    #[expect(clippy::should_implement_trait, reason = "nothing is subtracted")]
    pub fn sub(self, range: Range<usize>) -> Self {
        let at = |offset: usize| self.start.saturating_add(offset as u32).min(self.end);
        Self {
            file: self.file,
            start: at(range.start),
            end: at(range.end),
        }
    }
}

/// One text of the book: a chapter, `book.yaml`, the list of references.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its number.
    pub id: FileId,
    /// Its path below the book's folder with `/` between names, as messages print it.
    pub path: String,
    /// Its text, without a byte order mark.
    pub text: String,
    line_starts: Vec<usize>,
}

impl Source {
    /// A text with its number and path.
    pub fn new(id: FileId, path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let line_starts =
            std::iter::once(0).chain(breaks.map(|(index, _)| index + 1)).collect();
        Self { id, path: path.into(), text, line_starts }
    }

    /// The line and column of a byte, both from 1, the column in characters.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let byte = byte.min(self.text.len());
        let line = self.line_starts.partition_point(|&start| start <= byte) - 1;
        let before = self.text.get(self.line_starts[line]..byte).unwrap_or("");
        (line + 1, before.chars().count() + 1)
    }

    /// The byte at which a line starts; lines count from 1.
    pub fn line_start(&self, line: usize) -> usize {
        let index = line.saturating_sub(1);
        self.line_starts.get(index).copied().unwrap_or(self.text.len())
    }

    /// The byte at a line and a column in bytes, both from 1, inside the text and on the
    /// border of a character.
    pub fn byte_at(&self, line: usize, column: usize) -> usize {
        let byte = self.line_start(line).saturating_add(column.saturating_sub(1));
        self.floor_boundary(byte)
    }

    /// The span of a range of bytes of this text.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.floor_boundary(range.start);
        let end = self.floor_boundary(range.end).max(start);
        Span::new(self.id, start..end)
    }

    /// The text that a span of this file covers.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    fn floor_boundary(&self, byte: usize) -> usize {
        self.text.floor_char_boundary(byte.min(self.text.len()))
    }
}

/// All texts of a book, by number.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Takes a text in and gives its number.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(self.files.len() as u32);
        self.files.push(Source::new(id, path, text));
        id
    }

    /// The text with a number.
    ///
    /// # Panics
    /// Where the number is not from this collection.
    pub fn get(&self, id: FileId) -> &Source {
        &self.files[id.0 as usize]
    }

    /// All texts in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.files.iter()
    }
}

/// The path below the book's folder that a path written in a file means: percent signs
/// decoded, taken from the folder of the file (from the book's where it begins with `/`),
/// without `.` and `..`. `None` where it leads out of the book's folder.
pub fn resolve_path(file: &str, written: &str) -> Option<String> {
    join_path(file, &percent_encoding::percent_decode_str(written).decode_utf8_lossy())
}

/// The same where `%` begins no escape.
pub fn join_path(file: &str, written: &str) -> Option<String> {
    let written = written.replace('\\', "/");
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = if written.starts_with('/') { "" } else { folder };
    let mut names: Vec<&str> = Vec::new();
    for name in folder.split('/').chain(written.split('/')) {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            name => names.push(name),
        }
    }
    Some(names.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_from_the_folder_of_the_file() {
        let path = |file, written| resolve_path(file, written);
        assert_eq!(path("a/b.md", "../c.md").as_deref(), Some("c.md"));
        assert_eq!(path("a/b.md", "./%E5%9B%B3.png").as_deref(), Some("a/図.png"));
        assert_eq!(path("a/b.md", "/d.md").as_deref(), Some("d.md"));
        assert_eq!(path("b.md", "../c.md"), None);
        assert_eq!(join_path("a/b.md", "50%20.md").as_deref(), Some("a/50%20.md"));
    }

    #[test]
    fn columns_count_characters() {
        let source = Source::new(FileId(0), "a.md", "一行目\n二「行」目\n");
        assert_eq!(source.line_column(16), (2, 3));
        assert_eq!(source.line_column(usize::MAX), (3, 1));
        assert_eq!(source.byte_at(2, 4), 13);
        assert_eq!(source.byte_at(2, 5), 13);
    }
}
