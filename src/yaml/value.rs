//! The forms of values, and what a schema says of them.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use serde_saphyr::Location;

/// A value and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands in the text that it was read from; see [`span_of`](super::span_of).
    pub referenced: Location,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let serde_saphyr::Spanned { value, referenced, .. } =
            Deserialize::deserialize(deserializer)?;
        Ok(Self { value, referenced })
    }
}

/// The place is nothing that an author writes.
impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// Reads a value that has all its defaults where its key stands alone; for
/// `#[serde(deserialize_with)]`.
pub fn or_default<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Some(Option::deserialize(deserializer)?.unwrap_or_default()))
}

/// The same for a value with its place.
pub fn spanned_or_default<'de, D, T>(
    deserializer: D,
) -> Result<Option<Spanned<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    let Spanned { value, referenced } = Spanned::<Option<T>>::deserialize(deserializer)?;
    let value = value.unwrap_or_default();
    Ok(Some(Spanned { value, referenced }))
}

/// Lets the schema of a mapping take text too, as [`text_or_map`] does; for
/// `#[schemars(transform)]`.
pub fn or_text(schema: &mut Schema) {
    let description = schema.remove("description");
    let map = std::mem::take(schema);
    *schema = json_schema!({ "anyOf": [{ "type": ["string", "integer"] }, map] });
    if let Some(description) = description {
        schema.insert("description".to_owned(), description);
    }
}

/// Reads a value that is either a plain scalar, taken as text, or a mapping; for
/// `#[serde(deserialize_with)]` and own `Deserialize` implementations.
pub fn text_or_map<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + From<String>,
{
    struct TextOrMap<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de> + From<String>> Visitor<'de> for TextOrMap<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("text or a mapping")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            Ok(T::from(text.to_owned()))
        }

        fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
            Ok(T::from(number.to_string()))
        }

        fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
            Ok(T::from(number.to_string()))
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map))
        }
    }

    deserializer.deserialize_any(TextOrMap(PhantomData))
}

/// Reads a value that is either a plain scalar, taken as text, or a list of such; for
/// `#[serde(deserialize_with)]` and own `Deserialize` implementations.
pub fn text_or_list<'de, D>(deserializer: D) -> Result<Vec<String>, D::Error>
where
    D: Deserializer<'de>,
{
    struct TextOrList;

    impl<'de> Visitor<'de> for TextOrList {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("text or a list")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<String>, E> {
            Ok(vec![text.to_owned()])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Vec<String>, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(seq))
        }
    }

    deserializer.deserialize_any(TextOrList)
}
