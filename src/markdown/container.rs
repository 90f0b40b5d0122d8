//! Containers: `::: name {attributes} title`.

use super::attributes;
use crate::model::{Attributes, BlockKind, Container, ReferenceKind};

/// The names of containers, in the words of authors and of other tools.
const NAMES: &[(&str, Container)] = &[
    ("note", Container::Note),
    ("info", Container::Note),
    ("tip", Container::Tip),
    ("hint", Container::Tip),
    ("important", Container::Important),
    ("warning", Container::Warning),
    ("attention", Container::Warning),
    ("caution", Container::Caution),
    ("danger", Container::Caution),
    ("column", Container::Column),
    ("epigraph", Container::Epigraph),
    ("verse", Container::Verse),
    ("right", Container::Right),
    ("center", Container::Center),
    ("indent", Container::Indent),
    ("columns", Container::Columns),
    ("figures", Container::Figures),
];

/// The names that an author is told about.
pub(super) const TOLD: &[&str] = &[
    "note",
    "tip",
    "important",
    "warning",
    "caution",
    "column",
    "epigraph",
    "verse",
    "right",
    "center",
    "indent",
    "columns",
    "figures",
    "references",
    "index",
    "list-of-figures",
    "list-of-tables",
    "list-of-listings",
];

/// The list of this name, which the program fills.
pub(super) fn list(name: &str) -> Option<BlockKind> {
    let of = |kind| BlockKind::ListOf { kind, entries: Vec::new() };
    match name {
        "references" => Some(BlockKind::References(Vec::new())),
        "index" => Some(BlockKind::Index(Vec::new())),
        "list-of-figures" => Some(of(ReferenceKind::Figure)),
        "list-of-tables" => Some(of(ReferenceKind::Table)),
        "list-of-listings" => Some(of(ReferenceKind::Listing)),
        _ => None,
    }
}

/// The container of a name.
pub(super) fn find(name: &str) -> Option<Container> {
    let name = name.to_ascii_lowercase();
    NAMES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, kind)| kind.clone())
}

/// Whether a name is known.
pub(super) fn is_known(name: &str) -> bool {
    find(name).is_some()
}

/// What stands after the colons of a container's first line.
pub(super) struct Info<'a> {
    /// The name.
    pub name: &'a str,
    /// The attributes.
    pub attributes: Attributes,
    /// The title.
    pub title: &'a str,
}

/// Reads what stands after the colons; attributes may stand before or after the title.
pub(super) fn info(line: &str) -> Info<'_> {
    let line = line.trim();
    let length = line.find([' ', '\t', '{']).unwrap_or(line.len());
    let (name, rest) = line.split_at(length);
    let rest = rest.trim();
    if let Some((attributes, length)) = attributes::parse(rest) {
        return Info { name, attributes, title: rest[length..].trim() };
    }
    match attributes::trailing(rest) {
        Some((attributes, at)) => Info { name, attributes, title: rest[..at].trim() },
        None => Info {
            name,
            attributes: Attributes::default(),
            title: rest,
        },
    }
}
