//! The ids of a drawing: XML takes names alone, each once.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{Element, Node};

/// How each id is written.
#[derive(Debug, Default)]
pub(super) struct Ids {
    names: BTreeMap<String, String>,
    placed: BTreeSet<String>,
}

impl Ids {
    /// The ids of a drawing.
    pub(super) fn of(root: &Node) -> Self {
        let mut given = Vec::new();
        collect(root, &mut given);
        // Those that are names already come first, so that no other takes theirs.
        let (names, others): (Vec<&str>, Vec<&str>) =
            given.into_iter().partition(|id| is_name(id));
        let mut ids = Self::default();
        let mut taken = BTreeSet::new();
        for id in names.into_iter().chain(others) {
            if id.is_empty() || ids.names.contains_key(id) {
                continue;
            }
            let mut name = as_name(id);
            while !taken.insert(name.clone()) {
                name.push('_');
            }
            ids.names.insert(id.to_owned(), name);
        }
        ids
    }

    /// How an id is written.
    pub(super) fn name(&self, id: &str) -> Option<&str> {
        self.names.get(id).map(String::as_str)
    }

    /// How an id is written where it stands first; `None` where it stands again.
    pub(super) fn place(&mut self, id: &str) -> Option<String> {
        let name = self.names.get(id)?;
        self.placed.insert(name.clone()).then(|| name.clone())
    }

    /// A value with its references `url(#id)` as ids are written.
    pub(super) fn refer(&self, value: &str) -> String {
        let mut parts = value.split("url(");
        let mut out = parts.next().unwrap_or("").to_owned();
        for part in parts {
            out.push_str("url(");
            let (target, rest) = part.split_at(part.find(')').unwrap_or(part.len()));
            let id = target.trim().trim_matches(['"', '\'']).strip_prefix('#');
            match id.and_then(|id| self.name(id)) {
                Some(name) => out.push_str(&format!("#{name}")),
                None => out.push_str(target),
            }
            out.push_str(rest);
        }
        out
    }
}

fn collect<'a>(node: &'a Node, found: &mut Vec<&'a str>) {
    let Node::Element(Element { attributes, children, .. }) = node else { return };
    let ids = attributes.iter().filter(|it| it.prefix.is_empty() && it.key == "id");
    found.extend(ids.map(|it| it.value.trim()));
    children.iter().for_each(|child| collect(child, found));
}

/// Whether a text is a name of XML without colons.
fn is_name(id: &str) -> bool {
    id.starts_with(is_letter) && id.chars().all(is_part)
}

fn is_letter(ch: char) -> bool {
    let other = matches!(ch, '\u{c0}'..='\u{2ff}' | '\u{370}'..='\u{1fff}' | '\u{3001}'..='\u{d7ff}');
    ch.is_ascii_alphabetic() || ch == '_' || other && ch.is_alphabetic()
}

fn is_part(ch: char) -> bool {
    is_letter(ch) || ch.is_ascii_digit() || matches!(ch, '-' | '.')
}

/// A name as near to an id as can be.
fn as_name(id: &str) -> String {
    let name: String = id.chars().map(|ch| if is_part(ch) { ch } else { '-' }).collect();
    if is_name(&name) { name } else { format!("id-{name}") }
}
