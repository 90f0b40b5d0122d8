//! Front matter: the YAML at the head of a chapter.

use schemars::{JsonSchema, Schema};
use serde::Deserialize;

use crate::diag::Sink;
use crate::geom::WritingMode;
use crate::model::{Contributor, FrontMatter};
use crate::source::Source;
use crate::yaml::{self, OtherKeys};

/// The front matter of a chapter.
#[derive(Debug, Deserialize, Default, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Chapter", transform = with_description)]
pub struct FrontMatterKeys {
    /// The title of the chapter, where it is not its first heading.
    title: Option<String>,
    /// The title in running heads.
    short_title: Option<String>,
    /// Who wrote the chapter.
    authors: Vec<Author>,
    /// One author, in place of `authors`.
    author: Option<Author>,
    /// When it was written.
    date: Option<String>,
    /// Words to find it by.
    tags: Vec<String>,
    /// What it says, in short.
    #[serde(alias = "description")]
    summary: Option<String>,
    /// The direction of writing, where it is not the book's.
    writing: Option<Writing>,
}

/// Lets a schema have `description` too, the other name of `summary`.
fn with_description(schema: &mut Schema) {
    if let Some(properties) = schema.get_mut("properties") {
        properties["description"] = properties["summary"].clone();
    }
}

/// Somebody who wrote the chapter: a name, or a mapping.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(transform = yaml::or_text)]
struct Author(#[serde(deserialize_with = "yaml::text_or_map")] Person);

/// Somebody who wrote the chapter.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(inline)]
struct Person {
    /// The name.
    name: String,
    /// How the name is read, in katakana.
    reading: Option<String>,
    /// The role as a MARC relator code; `aut` where nothing is said.
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

/// The direction of writing.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Writing {
    /// 横組
    Horizontal,
    /// 縦組
    Vertical,
}

/// Reads the front matter of a chapter; without one, everything in it is empty.
pub fn front_matter(source: &Source, sink: &mut Sink) -> FrontMatter {
    let range = yaml::front_matter(&source.text);
    let Some(range) = range.filter(|range| !is_empty(&source.text[range.clone()])) else {
        return FrontMatter::default();
    };
    let keys: FrontMatterKeys =
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
