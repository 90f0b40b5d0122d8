//! Front matter: the YAML at the head of a chapter.

use std::ops::Range;

use serde::Deserialize;

use crate::diag::Sink;
use crate::geom::WritingMode;
use crate::model::{Contributor, FrontMatter};
use crate::source::Source;
use crate::yaml::{self, OtherKeys};

/// The keys of a chapter's front matter.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct Keys {
    title: Option<String>,
    short_title: Option<String>,
    authors: Vec<Author>,
    author: Option<Author>,
    date: Option<String>,
    tags: Vec<String>,
    #[serde(alias = "description")]
    summary: Option<String>,
    writing: Option<Writing>,
}

#[derive(Deserialize)]
struct Author(#[serde(deserialize_with = "yaml::text_or_map")] Person);

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Person {
    name: String,
    reading: Option<String>,
    #[serde(default = "author_role")]
    role: String,
}

fn author_role() -> String {
    "aut".into()
}

impl From<String> for Person {
    fn from(name: String) -> Self {
        Self { name, reading: None, role: author_role() }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Writing {
    Horizontal,
    Vertical,
}

/// Reads the front matter of a chapter; without one, everything in it is empty.
pub fn front_matter(source: &Source, sink: &mut Sink) -> FrontMatter {
    let Some(range) = front_matter_span(&source.text) else {
        return FrontMatter::default();
    };
    if is_empty(&source.text[range.clone()]) {
        return FrontMatter::default();
    }
    let keys: Keys =
        yaml::read(source, range, OtherKeys::LeaveAside, sink).unwrap_or_default();
    let person =
        |Author(Person { name, reading, role })| Contributor { name, reading, role };
    FrontMatter {
        title: keys.title,
        short_title: keys.short_title,
        authors: keys.author.into_iter().chain(keys.authors).map(person).collect(),
        date: keys.date,
        tags: keys.tags,
        summary: keys.summary,
        writing: keys.writing.map(|writing| match writing {
            Writing::Horizontal => WritingMode::Horizontal,
            Writing::Vertical => WritingMode::Vertical,
        }),
    }
}

/// The bytes of the YAML of a front matter, without the lines of dashes around it.
///
/// A front matter begins with `---` at the first byte of the text (after a byte order
/// mark) and ends with a line of `---` or `...`.
pub fn front_matter_span(text: &str) -> Option<Range<usize>> {
    let mark = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let mut lines = text[mark..].split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let start = mark + first.len();
    let mut end = start;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return Some(start..end);
        }
        end += line.len();
    }
    None
}

/// The first byte after the front matter.
pub(super) fn body_start(text: &str) -> usize {
    let Some(range) = front_matter_span(text) else {
        return text.len() - text.trim_start_matches('\u{FEFF}').len();
    };
    let closing = text[range.end..]
        .find('\n')
        .map_or(text.len(), |at| range.end + at + 1);
    closing.min(text.len())
}

/// Whether a text of YAML says nothing: blank lines and comments.
fn is_empty(yaml: &str) -> bool {
    yaml.lines()
        .map(str::trim)
        .all(|line| line.is_empty() || line.starts_with('#'))
}
