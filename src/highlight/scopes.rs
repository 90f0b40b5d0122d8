//! The names that grammars give to stretches of code (scopes), and our classes for them.

use std::sync::LazyLock;

use syntect::parsing::Scope;

use super::TokenClass;
use TokenClass::{
    Annotation, Attribute, Comment, Constant, Deleted, Escape, Function, Heading,
    Inserted, Keyword, Tag, Text, Type,
};

/// A scope with all below it, and the class of what stands in it. Of a stretch the
/// innermost scope counts that is in the table; one without a class makes it plain. Of two
/// entries for a scope the longer counts.
const TABLE: &[(&str, Option<TokenClass>)] = &[
    ("comment", Some(Comment)),
    ("string", Some(Text)),
    ("string.unquoted", None),
    ("constant", Some(Constant)),
    ("constant.character.escape", Some(Escape)),
    ("constant.other.placeholder", Some(Escape)),
    ("keyword", Some(Keyword)),
    ("keyword.operator", None),
    ("keyword.operator.word", Some(Keyword)),
    ("keyword.operator.logical.python", Some(Keyword)),
    ("keyword.operator.new", Some(Keyword)),
    ("keyword.other.unit", Some(Constant)),
    ("storage", Some(Keyword)),
    ("storage.modifier.lifetime", Some(Annotation)),
    ("variable.language", Some(Keyword)),
    ("variable.function", Some(Function)),
    ("variable.annotation", Some(Annotation)),
    ("variable", None),
    ("entity.name.function", Some(Function)),
    ("entity.name.type", Some(Type)),
    ("entity.name.class", Some(Type)),
    ("entity.name.struct", Some(Type)),
    ("entity.name.enum", Some(Type)),
    ("entity.name.trait", Some(Type)),
    ("entity.name.interface", Some(Type)),
    ("entity.name.impl", Some(Type)),
    ("entity.name.tag", Some(Tag)),
    ("entity.name.section", Some(Heading)),
    ("entity.name.macro", Some(Annotation)),
    ("entity.name.label", None),
    ("entity.other.inherited-class", Some(Type)),
    ("entity.other.attribute-name", Some(Attribute)),
    ("support.function", Some(Function)),
    ("support.macro", Some(Annotation)),
    ("support.type", Some(Type)),
    ("support.type.property-name", Some(Attribute)),
    ("support.class", Some(Type)),
    ("support.constant", Some(Constant)),
    ("meta.annotation", Some(Annotation)),
    ("meta.preprocessor", Some(Annotation)),
    ("meta.decorator", Some(Annotation)),
    ("meta.interpolation", None),
    ("meta.template.expression", None),
    ("meta.block", None),
    ("meta.mapping.key", Some(Attribute)),
    ("source", None),
    ("markup.heading", Some(Heading)),
    ("markup.inserted", Some(Inserted)),
    ("markup.deleted", Some(Deleted)),
    ("markup.raw", Some(Text)),
];

/// The table as the grammars' library compares scopes.
pub(super) struct Scopes(Vec<(Scope, Option<TokenClass>)>);

impl Scopes {
    /// The table, built once.
    pub(super) fn get() -> &'static Self {
        static SCOPES: LazyLock<Scopes> = LazyLock::new(|| {
            let mut scopes: Vec<_> = TABLE
                .iter()
                .filter_map(|(name, class)| Some((Scope::new(name).ok()?, *class)))
                .collect();
            // The longest name first, so that the first that fits is the closest.
            scopes.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
            Scopes(scopes)
        });
        &SCOPES
    }

    /// The class of what stands in some scopes, the innermost last.
    pub(super) fn class(&self, stack: &[Scope]) -> Option<TokenClass> {
        let known =
            |scope: &Scope| self.0.iter().find(|(known, _)| known.is_prefix_of(*scope));
        stack.iter().rev().find_map(known).and_then(|(_, class)| *class)
    }
}
