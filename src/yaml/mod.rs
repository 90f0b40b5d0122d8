//! YAML into typed values, with findings in place of errors.

mod value;

pub use value::{
    Spanned, or_default, or_text, spanned_or_default, text_or_list, text_or_map,
};

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_saphyr::{Error, Location};

use crate::diag::{Code, Diagnostic, Sink};
use crate::source::{Source, Span};

/// How many findings one text may give before reading stops.
const MOST_FINDINGS: usize = 32;

/// What unknown keys are where no known key is near; a key that is near a known one is
/// mistyped and always an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherKeys {
    /// Errors: the text is for this program alone.
    Refuse,
    /// Warnings: other programs read the text too.
    LeaveAside,
}

/// Reads the YAML in a range of a source as a `T`.
///
/// Every fault is a finding at its place. An entry at fault is left out and the reading
/// goes on, so that one run tells about all of them; `None` means that what is left is not
/// a `T`. Types say `#[serde(deny_unknown_fields, rename_all = "kebab-case")]`, so that a
/// mistyped key is found, and take [`Spanned`] (see [`span_of`]) where a
/// later stage has something to say about a value.
pub fn read<T: DeserializeOwned>(
    source: &Source,
    range: Range<usize>,
    others: OtherKeys,
    sink: &mut Sink,
) -> Option<T> {
    let start = range.start;
    let mut text = source.text.get(range)?.to_owned();
    let mut left_out = Vec::new();
    for _ in 0..MOST_FINDINGS {
        let error = match serde_saphyr::from_str_with_options(&text, options()) {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        let error = error.without_snippet();
        if follows_from(error, &left_out, &text) {
            return None;
        }
        let place = place_of(error, &text);
        let entry = place.start..entry_end(&text, place.start);
        let span = source.span(start + place.start..start + place.end);
        sink.push(explain(error, span, others));
        let faulty = match error {
            Error::SerdeUnknownField { .. } | Error::DuplicateMappingKey { .. } => entry,
            _ if is_about_a_value(error) => {
                let first = entry_start(&text, place.start);
                first..entry_end(&text, first)
            }
            _ => return None,
        };
        let around = entry_start(&text, faulty.start);
        let around = around..entry_end(&text, around);
        let faulty = if is_alone(&text, &faulty) { faulty } else { around };
        let key = text[faulty.clone()].split([':', '\n']).next().unwrap_or("");
        left_out.push(key.trim().to_owned());
        if !blank(&mut text, faulty) {
            return None;
        }
    }
    None
}

/// The bytes of the YAML between the lines `---` that a text begins with, without them.
pub fn front_matter(text: &str) -> Option<Range<usize>> {
    let start = text.find('\n')? + 1;
    if text[..start].trim_end() != "---" {
        return None;
    }
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some(start..end);
        }
        end += line.len();
    }
    None
}

/// The span of a value that was read as [`Spanned`] from YAML that starts at
/// a byte of a source.
pub fn span_of(source: &Source, start: usize, location: Location) -> Span {
    let text = source.text.get(start..).unwrap_or("");
    let place = place_at(location, text);
    source.span(start + place.start..start + place.end)
}

/// The known word that a mistyped one is nearest to, if any is near.
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let distance = |other: &str| strsim::damerau_levenshtein(word, other);
    let limit = 1 + word.chars().count() / 4;
    let near = known.iter().copied().filter(|other| distance(other) <= limit);
    near.min_by_key(|other| distance(other))
}

/// The hint for a word that is not among the known ones.
pub fn hint_for(word: &str, known: &[&str]) -> String {
    match nearest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known are: {}", known.join(", ")),
    }
}

fn options() -> serde_saphyr::Options {
    serde_saphyr::options! { strict_booleans: true, with_snippet: false }
}

/// Whether an error is only there because an entry at fault was left out before.
fn follows_from(error: &Error, left_out: &[String], text: &str) -> bool {
    match error {
        Error::SerdeMissingField { field, .. } => left_out.iter().any(|key| key == field),
        _ => !left_out.is_empty() && text.trim().is_empty(),
    }
}

/// Whether the fault lies in a value, so that the rest can be read without its entry.
fn is_about_a_value(error: &Error) -> bool {
    !matches!(code_of(error), Code::YamlSyntax | Code::MissingKey)
}

fn code_of(error: &Error) -> Code {
    match error {
        Error::SerdeUnknownField { .. } => Code::UnknownKey,
        Error::SerdeMissingField { .. } => Code::MissingKey,
        Error::DuplicateMappingKey { .. } => Code::DuplicateKey,
        Error::SerdeInvalidType { .. }
        | Error::InvalidScalar { .. }
        | Error::InvalidBooleanStrict { .. }
        | Error::InvalidCharNull { .. }
        | Error::InvalidCharNotSingleScalar { .. }
        | Error::NullIntoString { .. }
        | Error::TaggedScalarCannotDeserializeIntoString { .. }
        | Error::Unexpected { .. }
        | Error::UnexpectedValueForUnit { .. }
        | Error::UnexpectedValueForUnitEnumVariant { .. }
        | Error::ExpectedStringKeyForExternallyTaggedEnum { .. }
        | Error::ExternallyTaggedEnumExpectedScalarOrMapping { .. } => Code::WrongType,
        Error::SerdeInvalidValue { .. }
        | Error::SerdeInvalidLength { .. }
        | Error::SerdeUnknownVariant { .. }
        | Error::NonFiniteFloat { .. }
        | Error::Message { .. } => Code::BadValue,
        _ => Code::YamlSyntax,
    }
}

fn explain(error: &Error, span: Span, others: OtherKeys) -> Diagnostic {
    let finding = |message: String| Diagnostic::new(code_of(error), span, message);
    match error {
        Error::SerdeUnknownField { field, expected, .. }
            if others == OtherKeys::LeaveAside && nearest(field, expected).is_none() =>
        {
            let message = format!("the key `{field}` is left aside");
            Diagnostic::new(Code::ForeignKey, span, message)
                .hint(hint_for(field, expected))
        }
        Error::SerdeUnknownField { field, expected, .. } => {
            finding(format!("unknown key `{field}`")).hint(hint_for(field, expected))
        }
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            finding(format!("unknown value `{variant}`"))
                .hint(hint_for(variant, expected))
        }
        Error::SerdeMissingField { field, .. } => finding(format!("no key `{field}`")),
        Error::DuplicateMappingKey { key: Some(key), .. } => {
            finding(format!("the key `{key}` stands twice"))
        }
        Error::DuplicateMappingKey { key: None, .. } => {
            finding("a key stands twice".into())
        }
        Error::SerdeInvalidType { unexpected, expected, .. }
        | Error::SerdeInvalidValue { unexpected, expected, .. } => {
            let expected = expected.replace("a nonzero u32", "a whole number from 1");
            finding(format!("expected {expected}, found {unexpected}"))
        }
        Error::InvalidBooleanStrict { .. } => {
            finding("expected `true` or `false`".into())
        }
        Error::InvalidScalar { ty, .. } => finding(format!("expected {}", words_for(ty))),
        Error::Unexpected { expected, .. } => {
            finding(format!("expected {}", words_for(expected)))
        }
        Error::NullIntoString { .. } => finding("expected text, found nothing".into())
            .hint("write \"\" for an empty text"),
        Error::Message { msg, .. } => finding(msg.clone()),
        Error::Eof { .. } => finding("the YAML ends before it says anything".into())
            .hint("write `key: value`, one on each line"),
        Error::MultipleDocuments { .. } => finding("another YAML begins here".into())
            .hint("take the line `---` before it away"),
        Error::Budget { .. } => finding("no book needs so much, or so deep, YAML".into()),
        other => {
            let message = first_line(&other.to_string());
            let hint = HINTS.iter().find(|(words, _)| message.contains(words));
            let finding = finding(message);
            hint.map_or_else(|| finding.clone(), |(_, hint)| finding.clone().hint(*hint))
        }
    }
}

/// What to do where the parser says some words.
const HINTS: &[(&str, &str)] = &[
    ("mapping values", "a text with `: ` in it wants quotes: `\"甲: 乙\"`"),
    ("unexpected character", "a text that begins with such a sign wants quotes"),
    ("tabs disallowed", "indent with spaces"),
];

/// What an author calls a type of Rust or an event of the parser.
fn words_for(name: &str) -> &str {
    match name {
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number from 0",
        "f32" | "f64" => "a number",
        "bool" => "`true` or `false`",
        "string scalar" => "text",
        "scalar" => "a text or a number",
        "mapping start" => "a mapping of keys to values",
        "sequence start" => "a list",
        other => other,
    }
}

/// The first line of a message of the parser, without the place, which the finding has.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or("this is not YAML");
    line.split(" at line ").next().unwrap_or(line).to_owned()
}

fn place_of(error: &Error, text: &str) -> Range<usize> {
    match error.location() {
        Some(location) => place_at(location, text),
        None => 0..first_word(text, 0),
    }
}

fn place_at(location: Location, text: &str) -> Range<usize> {
    let span = location.span();
    let start = match span.byte_offset() {
        Some(offset) => text.floor_char_boundary((offset as usize).min(text.len())),
        None => byte_at(text, location.line() as usize, location.column() as usize),
    };
    let length = span.byte_len().unwrap_or(0) as usize;
    let end = text.floor_char_boundary((start + length).min(text.len()));
    start..if end > start { end } else { first_word(text, start) }
}

/// The byte at a line and a column in characters, both from 1.
fn byte_at(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = text[before..].char_indices();
    rest.map(|(index, _)| before + index)
        .nth(column.saturating_sub(1))
        .unwrap_or(text.len())
}

/// The end of the word that starts at a byte, or of one character.
fn first_word(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let word = rest.find([' ', '\n', ':', ',', ']', '}']).unwrap_or(rest.len());
    let one = rest.chars().next().map_or(0, char::len_utf8);
    start + word.max(one)
}

/// The start of the entry of a block mapping or sequence that a byte stands in.
fn entry_start(text: &str, at: usize) -> usize {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let lead = text[line..at].bytes().take_while(|byte| matches!(byte, b' ' | b'-'));
    line + lead.count()
}

/// The end of the entry that starts at a byte: all following lines that are indented more.
fn entry_end(text: &str, start: usize) -> usize {
    let line = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let column = start - line;
    let mut end = start;
    for (index, piece) in text[start..].split_inclusive('\n').enumerate() {
        let indent = piece.len() - piece.trim_start_matches(' ').len();
        if index > 0 && indent <= column && !piece.trim().is_empty() {
            break;
        }
        end += piece.len();
    }
    end
}

/// Whether an entry stands on lines of its own.
fn is_alone(text: &str, entry: &Range<usize>) -> bool {
    let line = text[..entry.start].rfind('\n').map_or(0, |newline| newline + 1);
    text[line..entry.start]
        .bytes()
        .all(|byte| matches!(byte, b' ' | b'-'))
}

/// Overwrites an entry with spaces; says whether that is safe and changed anything.
fn blank(text: &mut String, entry: Range<usize>) -> bool {
    let written = &text[entry.clone()];
    let is_flow = written.starts_with(['{', '[']);
    if !is_alone(text, &entry) || is_flow || written.trim().is_empty() {
        return false;
    }
    let spaces: String = text[entry.clone()]
        .bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect();
    text.replace_range(entry, &spaces);
    true
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::source::FileId;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct Person {
        name: String,
        role: Option<String>,
    }

    impl From<String> for Person {
        fn from(name: String) -> Self {
            Self { name, role: None }
        }
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Either(#[serde(deserialize_with = "text_or_map")] Person);

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields, rename_all = "kebab-case")]
    struct Config {
        title: String,
        #[serde(default)]
        authors: Vec<Either>,
        pages: Option<u32>,
        draft: Option<bool>,
    }

    /// Reads after a line that is not YAML, and gives the value and the findings.
    fn check(yaml: &str) -> (Option<Config>, Vec<String>) {
        let source = Source::new(FileId(0), "book.yaml", format!("---\n{yaml}"));
        let mut sink = Sink::default();
        let value = read(&source, 4..source.text.len(), OtherKeys::Refuse, &mut sink);
        let found = sink.finish().into_iter().map(|found| {
            let (line, column) = source.line_column(found.span.start as usize);
            let hints = found.hints.join("; ");
            let at = source.slice(found.span);
            format!("{line}:{column} `{at}` {} / {hints}", found.message)
        });
        (value, found.collect())
    }

    #[test]
    fn names_are_text_or_mappings() {
        let (value, found) = check("title: 本\nauthors: [甲, { name: 乙, role: trl }]\n");
        assert_eq!(found, Vec::<String>::new());
        let authors = value.expect("the text is right").authors;
        assert_eq!(authors[0].0.name, "甲");
        assert_eq!(authors[1].0.role.as_deref(), Some("trl"));
    }

    #[test]
    fn all_faults_are_told_at_their_place() {
        let (value, found) = check(
            "titel: 本\ntitle: 本\npages: many\nauthors:\n  - name: 甲\n    rol: x\n  \
             - 乙\ndraft: yes\ntitle: 二\n",
        );
        assert_eq!(
            found,
            [
                "2:1 `titel` unknown key `titel` / did you mean `title`?",
                "4:8 `many` expected a whole number from 0 / ",
                "7:5 `rol` unknown key `rol` / did you mean `role`?",
                "9:8 `yes` expected `true` or `false` / ",
                "10:1 `title` the key `title` stands twice / ",
            ]
        );
        assert_eq!(value.map(|value| value.authors.len()), Some(2));
    }

    #[test]
    fn what_cannot_be_left_out_ends_the_reading() {
        assert_eq!(check("pages: 3\n").1, ["2:1 `pages` no key `title` / "]);
        assert_eq!(check("title: ~\n").1.len(), 1);
        assert!(check("title: [\n").0.is_none());
        assert!(check("{ titel: 本 }\n").0.is_none());
        assert!(check("").0.is_none());
    }

    #[test]
    fn keys_of_other_programs_are_left_aside() {
        let source = Source::new(FileId(0), "a.md", "name: a\nrolle: b\nicon: c\n");
        let mut sink = Sink::default();
        let range = 0..source.text.len();
        let read: Option<Person> = read(&source, range, OtherKeys::LeaveAside, &mut sink);
        assert_eq!(read.map(|person| person.name).as_deref(), Some("a"));
        let found: Vec<Code> = sink.finish().iter().map(|found| found.code).collect();
        assert_eq!(found, [Code::UnknownKey, Code::ForeignKey]);
    }
}
