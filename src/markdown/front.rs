//! Front matter: the YAML at the head of a chapter.

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
    let range = yaml::front_matter(&source.text);
    let Some(range) = range.filter(|range| !is_empty(&source.text[range.clone()])) else {
        return FrontMatter::default();
    };
    let keys: Keys =
        yaml::read(source, range, OtherKeys::LeaveAside, sink).unwrap_or_default();
    let person = |Author(Person { name, reading, role })| Contributor {
        name,
        reading,
        role,
        ..Contributor::default()
    };
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

/// The first byte after the front matter.
pub(super) fn body_start(text: &str) -> usize {
    let Some(range) = yaml::front_matter(text) else { return 0 };
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
