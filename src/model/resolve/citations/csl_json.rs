//! CSL-JSON, the format in which Zotero and Pandoc write works: each field is checked, and
//! becomes a value that hayagriva takes without a fault.

use std::collections::{BTreeMap, BTreeSet};

use hayagriva::citationberg::json::{
    DateValue, Item, LiteralName, NameItem, NameValue, Value, VecDate, VecDateRange,
};
use hayagriva::citationberg::taxonomy::{Kind, Variable};
use serde_json::Value as Json;
use serde_json::value::RawValue;

use crate::diag::{Code, Diagnostic, Sink};
use crate::model::{Inline, InlineStyle};
use crate::source::{Source, Span};

/// Keys of older versions of the format, with those of today.
const OLD_KEYS: [(&str, &str); 2] =
    [("shortTitle", "title-short"), ("journalAbbreviation", "container-title-short")];

/// Keys that hold nothing to be set.
const OTHER_KEYS: [&str; 5] = ["id", "type", "citation-key", "categories", "custom"];

/// The type of a work that names none, or one that is not there.
const DEFAULT_TYPE: &str = "document";

/// The works of a file.
#[derive(Debug, Default)]
pub(super) struct Items {
    /// The ids of all of them, by the keys that they can be cited by: the id itself, and
    /// `citation-key`.
    pub(super) ids: BTreeMap<String, String>,
    /// Those that are cited, by their ids.
    pub(super) cited: BTreeMap<String, Item>,
}

impl Items {
    /// The work that is cited by a key.
    pub(super) fn get(&self, key: &str) -> Option<&Item> {
        self.cited.get(self.ids.get(key)?)
    }
}

/// Reads a list of works, and of them the fields of those that some keys cite.
pub(super) fn read(
    source: &Source,
    cited: &BTreeSet<String>,
    sink: &mut Sink,
) -> Option<Items> {
    let works: Vec<&RawValue> = match serde_json::from_str(&source.text) {
        Ok(works) => works,
        Err(error) => {
            sink.push(unreadable(source, &error));
            return None;
        }
    };
    let mut items = Items::default();
    let mut reader = Reader { source, sink, told: BTreeSet::new() };
    let mut places: BTreeMap<String, Span> = BTreeMap::new();
    for work in works {
        let Some((id, key, fields)) = reader.identify(work) else { continue };
        let span = reader.span(fields["id"]);
        if let Some(first) = places.get(&id) {
            let message = format!("the work `{id}` stands twice");
            let finding = Diagnostic::new(Code::DuplicateKey, span, message);
            let finding = finding.related(*first, "it stands here first");
            reader.sink.push(finding.hint("give each work an `id` of its own"));
            continue;
        }
        let keys = [Some(id.clone()), key].into_iter().flatten();
        let keys: Vec<String> = keys.filter(|key| !items.ids.contains_key(key)).collect();
        if keys.iter().any(|key| cited.contains(key)) {
            items.cited.insert(id.clone(), reader.item(&id, &fields));
        }
        items.ids.extend(keys.into_iter().map(|key| (key, id.clone())));
        places.insert(id, span);
    }
    Some(items)
}

/// A text that is not a list in JSON.
fn unreadable(source: &Source, error: &serde_json::Error) -> Diagnostic {
    let at = source.byte_at(error.line(), error.column());
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    let message = format!("cannot read the list of references: {words}");
    let span = source.span(at..at + 1);
    Diagnostic::new(Code::UnreadableFile, span, message)
        .hint("CSL-JSON is a list of works: `[{ \"id\": \"key\", … }]`")
}

/// The fields of a work as they are written.
type Fields<'a> = BTreeMap<String, &'a RawValue>;

struct Reader<'a> {
    source: &'a Source,
    sink: &'a mut Sink,
    /// The unknown keys that are told already.
    told: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    /// The place of a value, which is a part of the text of the source.
    fn span(&self, value: &RawValue) -> Span {
        let text = value.get();
        let start = text.as_ptr() as usize - self.source.text.as_ptr() as usize;
        self.source.span(start..start + text.len())
    }

    fn tell(&mut self, value: &RawValue, message: String, hint: &str) {
        let span = self.span(value);
        let finding = Diagnostic::new(Code::UnsupportedWork, span, message);
        self.sink.push(finding.hint(hint));
    }

    /// The id of a work, its other key, and all of its fields.
    fn identify(
        &mut self,
        work: &'a RawValue,
    ) -> Option<(String, Option<String>, Fields<'a>)> {
        let fields: Fields<'a> = serde_json::from_str(work.get()).unwrap_or_default();
        let text = |key| fields.get(key).copied().and_then(text_of);
        match text("id") {
            Some(id) => Some((id, text("citation-key"), fields)),
            None => {
                let message = "a work has no `id` to be cited by".to_owned();
                self.tell(work, message, "give it one: `\"id\": \"tanaka2024\"`");
                None
            }
        }
    }

    /// A work with the fields that can be set.
    fn item(&mut self, id: &str, fields: &Fields<'a>) -> Item {
        let mut values = BTreeMap::new();
        let mut put = |key: &str, value: Value| values.insert(key.to_owned(), value);
        put("id", Value::String(id.to_owned()));
        put("type", Value::String(self.kind(id, fields)));
        for (key, value) in fields {
            let old = OLD_KEYS.iter().find(|(old, _)| old == key);
            let key = old.map_or(key.as_str(), |(_, new)| *new);
            if OTHER_KEYS.contains(&key) || value.get() == "null" {
                continue;
            }
            let read = match variable(key) {
                Some(Variable::Name(_)) => self.names(id, key, value),
                Some(Variable::Date(_)) => self.date(id, key, value),
                Some(Variable::Standard(_) | Variable::Page(_) | Variable::Number(_)) => {
                    self.text(id, key, value)
                }
                None => {
                    self.unknown(key, value);
                    None
                }
            };
            if let Some(read) = read {
                put(key, read);
            }
        }
        Item(values)
    }

    /// Tells of a key that CSL does not know, once in a file.
    fn unknown(&mut self, key: &str, value: &RawValue) {
        if self.told.insert(key.to_owned()) {
            let message = format!("the key `{key}` of works is left aside");
            self.tell(value, message, "CSL has no such key");
        }
    }

    fn kind(&mut self, id: &str, fields: &Fields<'a>) -> String {
        let Some(value) = fields.get("type") else { return DEFAULT_TYPE.to_owned() };
        let name = text_of(value).unwrap_or_default();
        if name.parse::<Kind>().is_ok() {
            return name;
        }
        let message =
            format!("`{name}` is no type of works; `{id}` is set as a document");
        self.tell(value, message, "common ones: `book`, `chapter`, `article-journal`");
        DEFAULT_TYPE.to_owned()
    }

    fn text(&mut self, id: &str, key: &str, value: &RawValue) -> Option<Value> {
        match text_of(value) {
            Some(text) => Some(Value::String(without_spans(&text))),
            None => {
                let message = format!("`{key}` of `{id}` is neither a text nor a number");
                self.tell(value, message, "write it between quotes");
                None
            }
        }
    }

    fn names(&mut self, id: &str, key: &str, value: &RawValue) -> Option<Value> {
        let read = match serde_json::from_str(value.get()) {
            Ok(Json::Array(names)) => names,
            Ok(name) => vec![name],
            Err(_) => Vec::new(),
        };
        let names: Option<Vec<NameValue>> = read.iter().map(name).collect();
        if names.is_none() {
            let message = format!("`{key}` of `{id}` is not a list of names");
            let hint =
                "write `[{ \"family\": \"田中\", \"given\": \"花\" }]`, or `literal`";
            self.tell(value, message, hint);
        }
        names.map(Value::Names)
    }

    fn date(&mut self, id: &str, key: &str, value: &RawValue) -> Option<Value> {
        let read: Json = serde_json::from_str(value.get()).unwrap_or_default();
        let Some((date, is_range)) = date(&read) else {
            let message = format!("`{key}` of `{id}` is a date that cannot be set");
            let hint = "write `{ \"date-parts\": [[2026, 11, 22]] }`";
            self.tell(value, message, hint);
            return None;
        };
        if is_range {
            let message =
                format!("of the days in `{key}` of `{id}` only the first is set");
            self.tell(value, message, "give one day, or the first one");
        }
        Some(Value::Date(date))
    }
}

/// The variable of CSL that a key means.
fn variable(key: &str) -> Option<Variable> {
    serde_json::from_value(Json::from(key)).ok()
}

/// A text or a number, or a list of them, as text.
fn text_of(value: &RawValue) -> Option<String> {
    text_in(&serde_json::from_str(value.get()).ok()?)
}

fn text_in(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Array(list) if !list.is_empty() => {
            let texts: Option<Vec<String>> = list.iter().map(text_in).collect();
            texts.map(|texts| texts.join(", "))
        }
        Json::Array(_) | Json::Null | Json::Bool(_) | Json::Object(_) => None,
    }
}

/// A name in its parts; one that has no parts is `literal`, or a text.
fn name(name: &Json) -> Option<NameValue> {
    let part = |key: &str| {
        let part = name.get(key).and_then(text_in)?;
        Some(part.trim().to_owned()).filter(|part| !part.is_empty())
    };
    let literal = |literal| Some(NameValue::Literal(LiteralName { literal }));
    let whole = part("literal").or_else(|| text_in(name));
    if let Some(whole) = whole {
        return literal(whole);
    }
    let (non_dropping, dropping) =
        (part("non-dropping-particle"), part("dropping-particle"));
    match (part("family"), part("given")) {
        (None, None) => None,
        (Some(one), None) | (None, Some(one)) => {
            literal(non_dropping.map_or(one.clone(), |before| format!("{before} {one}")))
        }
        (Some(family), given) => Some(NameValue::Item(NameItem {
            family,
            given,
            non_dropping_particle: non_dropping,
            dropping_particle: dropping,
            suffix: part("suffix"),
            comma_suffix: name.get("comma-suffix").map(is_true),
        })),
    }
}

/// True as CSL-JSON writes it: `true`, `1`, or a text.
fn is_true(value: &Json) -> bool {
    match value {
        Json::Bool(value) => *value,
        Json::Number(number) => number.as_i64() != Some(0),
        Json::String(text) => !text.is_empty() && text != "false",
        Json::Null | Json::Array(_) | Json::Object(_) => false,
    }
}

/// A day, a month, a season or a year, and whether more days follow that are left out: from
/// `date-parts`, from `raw`, or from a text.
fn date(value: &Json) -> Option<(DateValue, bool)> {
    let parts = value.get("date-parts").and_then(Json::as_array);
    let (first, is_range) = match parts {
        Some(days) => (parts_of(days.first()?)?, days.len() > 1),
        None => {
            let raw = value.get("raw").unwrap_or(value).as_str()?;
            match raw.split_once('/') {
                Some((first, "..")) => (raw_parts(first)?, false),
                Some((first, last)) if raw_parts(last).is_some_and(|it| it[0] > 31) => {
                    (raw_parts(first)?, true)
                }
                _ => (raw_parts(&raw.replace('/', "-"))?, false),
            }
        }
    };
    let circa = value.get("circa").is_some_and(is_true);
    let season = value.get("season").and_then(text_in);
    Some((checked(first, season, circa)?, is_range))
}

/// Year, month and day, as many as there are.
fn parts_of(day: &Json) -> Option<Vec<i16>> {
    let written = day.as_array()?.iter().filter_map(text_in);
    let written = written.filter(|part| !part.is_empty());
    written.map(|part| part.trim().parse().ok()).collect()
}

/// Year, month and day of `2026-11-22`; signs of doubt at the end say nothing that is set.
fn raw_parts(text: &str) -> Option<Vec<i16>> {
    let text = text.trim().trim_end_matches(['~', '?', '%']);
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let parts: Option<Vec<i16>> =
        digits.split('-').map(|part| part.parse().ok()).collect();
    let mut parts = parts?;
    parts[0] *= sign;
    Some(parts)
}

/// A date of which every part is one of the calendar. A month from 13 on is a season: 13 to
/// 16, or 21 to 24.
fn checked(parts: Vec<i16>, season: Option<String>, circa: bool) -> Option<DateValue> {
    let (year, month, day) = match parts.as_slice() {
        [year] => (*year, None, None),
        [year, month] => (*year, Some(*month), None),
        [year, month, day] => (*year, Some(*month), Some(*day)),
        _ => return None,
    };
    // The year 1 BC is written -1, and counted as 0.
    let year = if year < 0 { year + 1 } else { year };
    let (month, season) = match month {
        Some(month @ 13..=16) => (None, Some(month - 12)),
        Some(month @ 21..=24) => (None, Some(month - 20)),
        month => (month, season.and_then(|season| season.parse().ok())),
    };
    let months = month.is_none_or(|month| (1..=12).contains(&month));
    let days = day.is_none_or(|day| (1..=31).contains(&day));
    if !months || !days {
        return None;
    }
    let day = month.and(day);
    Some(DateValue::DateParts {
        date_parts: VecDateRange(vec![VecDate(
            [Some(year), month, day].into_iter().flatten().collect(),
        )]),
        literal: None,
        season: season.map(|season: i16| season.to_string()),
        circa,
    })
}

/// A text without the marks that keep capitals as they are, which no style here changes, and
/// of small capitals.
fn without_spans(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        kept.push_str(before);
        let end = ["<span", "</span", "<sc>", "</sc>"]
            .iter()
            .find_map(|name| tag.starts_with(name).then(|| tag.find('>')).flatten());
        match end {
            Some(end) => rest = &tag[end + 1..],
            None => {
                kept.push('<');
                rest = &tag[1..];
            }
        }
    }
    kept + rest
}

/// The marks of a text, with what they mean.
const MARKS: [(&str, &str, InlineStyle); 4] = [
    ("<i>", "</i>", InlineStyle::Emphasis),
    ("<b>", "</b>", InlineStyle::Strong),
    ("<sup>", "</sup>", InlineStyle::Superscript),
    ("<sub>", "</sub>", InlineStyle::Subscript),
];

/// The words of a text with what its marks mean; a mark without its end is text. A style may
/// have changed the case of the letters of a mark.
pub(super) fn marked(words: &str) -> Vec<Inline> {
    let text =
        |words: &str| Inline::Text { text: words.to_owned(), span: Span::default() };
    let lower = words.to_ascii_lowercase();
    let marks = MARKS.iter().filter_map(|(open, close, style)| {
        let start = lower.find(open)?;
        let inside = start + open.len();
        let end = inside + lower[inside..].find(close)?;
        Some((start, inside..end, end + close.len(), *style))
    });
    let Some((start, inside, after, style)) = marks.min_by_key(|(start, ..)| *start)
    else {
        return vec![text(words)];
    };
    let mut inlines = vec![text(&words[..start])];
    inlines.push(Inline::Styled { style, children: marked(&words[inside]) });
    inlines.extend(marked(&words[after..]));
    inlines.retain(|it| !matches!(it, Inline::Text { text, .. } if text.is_empty()));
    inlines
}
