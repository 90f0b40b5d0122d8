//! `seihon schema`: JSON Schemas of what authors write, from the types that it is read as.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use super::args::SchemaOf;
use crate::book::{ArticleConfig, Config};
use crate::markdown::FrontMatterKeys;

/// The schema as text.
pub(super) fn text(of: SchemaOf) -> String {
    let schema = match of {
        SchemaOf::Book => schema::<Config>("book.yaml"),
        SchemaOf::Chapter => schema::<FrontMatterKeys>("The front matter of a chapter"),
        SchemaOf::Article => {
            let mut article = schema::<ArticleConfig>("The front matter of an article");
            describe(&mut article, &schema::<Config>("book.yaml"));
            article
        }
    };
    format!("{:#}\n", schema.to_value())
}

/// The schema of a type. Editors know draft 7 best.
fn schema<T: JsonSchema>(title: &str) -> Schema {
    let settings = SchemaSettings::draft07();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    RecursiveTransform(complete).transform(&mut schema);
    schema
}

/// Makes the schema of a type one for authors: text may look like a number, as it may for the
/// program, descriptions are paragraphs, and there is no word about Rust.
fn complete(schema: &mut Schema) {
    let closed = ["enum", "const", "pattern"]
        .iter()
        .any(|key| schema.get(*key).is_some());
    let scalars = ["string", "number", "boolean"];
    let kind = match schema.get("type") {
        Some(kind) if !closed && *kind == json!("string") => Some(json!(scalars)),
        Some(kind) if !closed && *kind == json!(["string", "null"]) => {
            Some(json!([&scalars[..], &["null"]].concat()))
        }
        _ => None,
    };
    if let Some(kind) = kind {
        schema.insert("type".to_owned(), kind);
    }
    if let Some(Value::String(text)) = schema.get_mut("description") {
        *text = text.replace('\n', " ");
    }
    schema.remove("default");
    schema.remove("format");
}

/// Describes the keys of an article that a book has too as they are described there.
fn describe(article: &mut Schema, book: &Schema) {
    let Some(Value::Object(properties)) = article.get_mut("properties") else { return };
    for (key, property) in properties {
        let words = book.pointer(&format!("/properties/{key}/description"));
        if let Some(words) = words {
            property["description"] = words.clone();
        }
    }
}
