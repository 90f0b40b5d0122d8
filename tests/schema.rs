//! The schemas that `seihon schema` prints, against the program: they know the same words and
//! take and refuse the same books.
#![expect(clippy::disallowed_methods, reason = "it reads the books of the repository")]

#[expect(dead_code, reason = "other tests use the rest of it")]
mod common;
mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use common::Project;
use places::{PLACES, UNKNOWN, book, known_to_article, known_to_book, known_to_chapter};
use regex::Regex;
use seihon::book::Memory;
use seihon::{Options, compile};
use serde_json::Value;

/// The schema that the program prints.
fn schema(of: &str) -> Value {
    let project = Project::new();
    let run = project.run(["schema", of]);
    run.code(0).stderr("");
    serde_json::from_str(&run.stdout).expect("it is JSON")
}

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

/// A place at which a value does not keep a schema.
#[derive(Debug)]
struct Fault {
    /// The place in the value.
    place: String,
    /// The words that would have been right there.
    words: Vec<String>,
}

/// Checks values against a schema, by the keywords that the program's schemas have.
struct Checker<'a> {
    root: &'a Value,
    faults: Vec<Fault>,
}

/// Where a value does not keep a schema.
fn faults(schema: &Value, value: &Value) -> Vec<Fault> {
    let mut checker = Checker { root: schema, faults: Vec::new() };
    checker.check(schema, value, "");
    checker.faults
}

impl Checker<'_> {
    fn check(&mut self, schema: &Value, value: &Value, place: &str) {
        for (keyword, argument) in schema.as_object().expect("a schema is a mapping") {
            match keyword.as_str() {
                "$schema" | "definitions" | "description" | "title" => {}
                "$ref" => {
                    let name = argument.as_str().and_then(|it| it.strip_prefix('#'));
                    let root = self.root;
                    let target = name.and_then(|name| root.pointer(name));
                    self.check(
                        target.expect("the reference leads somewhere"),
                        value,
                        place,
                    );
                }
                "allOf" => {
                    list(argument).iter().for_each(|it| self.check(it, value, place));
                }
                "anyOf" | "oneOf" => self.check_choice(list(argument), value, place),
                "items" => {
                    for (index, item) in
                        value.as_array().into_iter().flatten().enumerate()
                    {
                        self.check(argument, item, &format!("{place}/{index}"));
                    }
                }
                "properties" => {
                    for (key, schema) in argument.as_object().expect("a mapping") {
                        if let Some(value) = value.get(key) {
                            self.check(schema, value, &format!("{place}/{key}"));
                        }
                    }
                }
                "additionalProperties" => {
                    self.check_others(schema, argument, value, place);
                }
                "enum" => {
                    self.expect(place, list(argument).contains(value), list(argument));
                }
                "const" => {
                    let words = std::slice::from_ref(argument);
                    self.expect(place, argument == value, words);
                }
                "required" => {
                    let has =
                        |key: &Value| value.get(key.as_str().unwrap_or("")).is_some();
                    let whole = !value.is_object() || list(argument).iter().all(has);
                    self.expect(place, whole, &[]);
                }
                "type" => self.expect(place, is_of_type(value, argument), &[]),
                "pattern" => {
                    let pattern = argument.as_str().expect("a pattern is text");
                    let pattern = Regex::new(pattern).expect("the pattern is right");
                    let right = value.as_str().is_none_or(|text| pattern.is_match(text));
                    self.expect(place, right, &[]);
                }
                "minimum" | "maximum" => {
                    let limit = argument.as_f64().expect("a number");
                    let keeps = |number| match keyword.as_str() {
                        "minimum" => number >= limit,
                        _ => number <= limit,
                    };
                    self.expect(place, value.as_f64().is_none_or(keeps), &[]);
                }
                other => panic!("this test does not know the keyword {other}"),
            }
        }
    }

    fn expect(&mut self, place: &str, keeps: bool, words: &[Value]) {
        if !keeps {
            let words = words.iter().filter_map(Value::as_str).map(str::to_owned);
            self.faults
                .push(Fault { place: place.to_owned(), words: words.collect() });
        }
    }

    /// One of several schemas has to be kept.
    fn check_choice(&mut self, choice: &[Value], value: &Value, place: &str) {
        let before = self.faults.len();
        for schema in choice {
            let so_far = self.faults.len();
            self.check(schema, value, place);
            if self.faults.len() == so_far {
                self.faults.truncate(before);
                return;
            }
        }
    }

    /// Keys that are not among the properties: none, or values of some schema.
    fn check_others(
        &mut self,
        parent: &Value,
        others: &Value,
        value: &Value,
        place: &str,
    ) {
        let known = parent.get("properties").and_then(Value::as_object);
        let known: Vec<&String> =
            known.into_iter().flatten().map(|(key, _)| key).collect();
        for (key, value) in value.as_object().into_iter().flatten() {
            if known.contains(&key) {
                continue;
            }
            let place = format!("{place}/{key}");
            match others {
                Value::Bool(false) => {
                    let words = known.iter().map(|key| Value::from(key.as_str()));
                    self.expect(&place, false, &words.collect::<Vec<_>>());
                }
                schema => self.check(schema, value, &place),
            }
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn is_of_type(value: &Value, types: &Value) -> bool {
    let one = |name: &Value| match name.as_str().expect("a type is a word") {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("there is no type {other}"),
    };
    types
        .as_array()
        .map_or_else(|| one(types), |types| types.iter().any(one))
}

/// Fails where the schema has other words for the unknown one than the program.
#[track_caller]
fn same_words(schema: &Value, text: &str, program: Vec<String>) {
    let mut faults = faults(schema, &yaml(text));
    if faults.iter().any(|fault| fault.place.contains(UNKNOWN)) {
        // It is a key, and not a mapping in the place of a text.
        faults.retain(|fault| fault.place.contains(UNKNOWN));
    }
    let words: BTreeSet<String> =
        faults.into_iter().flat_map(|fault| fault.words).collect();
    assert_eq!(words, BTreeSet::from_iter(program), "{text}");
}

#[test]
fn the_schemas_know_the_words_that_the_program_knows() {
    let schema_of_book = schema("book");
    for place in PLACES {
        same_words(&schema_of_book, &book(place), known_to_book(place));
    }
    let front = format!("{UNKNOWN}: 0\n");
    same_words(&schema("article"), &front, known_to_article("?: 0\n"));
    same_words(&schema("chapter"), &front, known_to_chapter("---\n?: 0\n---\n"));
}

/// The files below a folder of this repository that end so, built ones aside.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found
}

#[track_caller]
fn keeps(schema: &Value, text: &str, of: &Path) {
    let faults = faults(schema, &yaml(text));
    assert!(faults.is_empty(), "{}: {faults:#?}\n{text}", of.display());
}

#[test]
fn the_books_of_this_repository_keep_the_schemas() {
    let of_book = schema("book");
    let (of_chapter, of_article) = (schema("chapter"), schema("article"));
    let (mut chapters, mut articles) = (0, 0);
    for folder in ["book", "src/cli/scaffold", "tests/books", "tests/ref"] {
        let books = files(folder, "book.yaml");
        assert!(!books.is_empty(), "{folder} has a book");
        for path in books {
            let text = std::fs::read_to_string(&path).expect("it can be read");
            keeps(&of_book, &text, &path);
        }
        for path in files(folder, ".md") {
            let text = std::fs::read_to_string(&path).expect("it can be read");
            if let Some(range) = seihon::yaml::front_matter(&text) {
                let in_book = |folder: &Path| folder.join("book.yaml").is_file();
                let (schema, count) = match path.ancestors().any(in_book) {
                    true => (&of_chapter, &mut chapters),
                    false => (&of_article, &mut articles),
                };
                keeps(schema, &text[range], &path);
                *count += 1;
            }
        }
    }
    assert!(chapters > 0 && articles > 0, "there is front matter of both kinds");
}

#[test]
fn the_examples_of_the_documentation_keep_the_schema() {
    let schema = schema("book");
    let mut examples = 0;
    for path in files("docs", ".md") {
        let page = std::fs::read_to_string(&path).expect("it can be read");
        for fence in page.split("\n```yaml\n").skip(1) {
            let text = fence.split("\n```").next().expect("a fence is closed");
            let text = match text.starts_with("- ") {
                true => format!("chapters:\n{text}"),
                false => text.to_owned(),
            };
            let has =
                |key: &str| text.starts_with(key) || text.contains(&format!("\n{key}"));
            let title = if has("title:") { "" } else { "title: 本\n" };
            let chapters = if has("chapters:") { "" } else { "chapters: []\n" };
            keeps(&schema, &format!("{title}{chapters}{text}\n"), &path);
            examples += 1;
        }
    }
    assert!(examples > 5, "{examples} examples");
}

/// Entries that are right.
const RIGHT: [&str; 30] = [
    "edition: 2",
    "edition: true",
    "subtitle:",
    "authors: [甲, 1984, { name: 乙, role: trl, alternate-script: { en: B } }]",
    "identifier: 978-4-87311-903-8",
    "published: 2026-11-22",
    "subjects: [水, { name: 生物学, code: { authority: NDC, term: 460 } }]",
    "subjects: [{ name: 水, code: { authority: https://example.com/a, term: \"1\" } }]",
    "accessibility: { conforms-to: wcag-2.2-aa, certified-by: 社 }",
    "contents-depth: 6",
    "numbering: { parts: \"第{一}部\", h2: \"{1}.{1}\", appendices: { h1: \"}{*}\" } }",
    "style: { theme: bungei, preset: a5 }",
    "style: { font-size: 13 Q, line-feed: 22.5H, columns: 2, column-gap: \" 8.mm\" }",
    "style: { trim: { width: 150mm, height: 210mm }, font-size: .9em }",
    "style: { colors: { accent: \"#1D5b8a\" }, captions: { number-color: \"#000000\" } }",
    "style: { captions: { number-color: muted } }",
    "style: { folios: { front: continuous, form: \"— {i} —\", start: 3 } }",
    "style: { folios: { front: \"{i}\" } }",
    "style: { line: { western-gap: 1/4, dividing-gap: 0, sentence-gap: 1 } }",
    "style: { lists: { bullets: [•, 2], numbers: [\"{1}.\"] } }",
    "style: { title-page: { fields: [title, isbn] } }",
    "outputs: { epub:, pdf: { standard: [ua-1, a-3a], attach-source: true } }",
    "outputs: { pdf: { standard: none } }",
    "outputs: { press:, handout: }",
    "outputs: { press: { paper: coat-90, page-multiple: 8, cover-sheet: { spine: 5 } } }",
    "outputs: { press: { paper: { thickness: 0.1mm }, printer: nikko, bleed: 5mm } }",
    "outputs: { handout: { chapters: 1, up: 4, page: b5 } }",
    "outputs: { handout: { chapters: [1, 1-1, [a.md]], preset: a4 } }",
    "outputs: { epub: { max-image: { pixels: 2000 } } }",
    "fonts: { mincho: {} }",
];

/// Entries that are wrong.
const WRONG: [&str; 43] = [
    "subtitle: [一]",
    "edition: { number: 1 }",
    "authors: 甲",
    "authors: [true]",
    "authors: [{ reading: コウ }]",
    "authors: [{ name: 甲, role: autor }]",
    "series: 叢書",
    "series: { name: 叢書, position: 0 }",
    "subjects: [{ name: 水, code: { authority: NDK, term: \"1\" } }]",
    "accessibility: { conforms-to: wcag-2.2 }",
    "writing: sideways",
    "writing:",
    "contents-depth: 7",
    "contents-depth: 1.5",
    "half-title: 1",
    "lists: [notes]",
    "numbering: { h1: 第一章 }",
    "numbering: { h1: \"{2}\" }",
    "numbering: { h1: \"{1\" }",
    "style: []",
    "style: { theme: bunge }",
    "style: { preset: b4 }",
    "style: { lines: -1 }",
    "style: { lines: many }",
    "style: { font-size: 13 }",
    "style: { font-size: 13cm }",
    "style: { font-size: Q }",
    "style: { trim: { width: 150mm } }",
    "style: { colors: { accent: blue } }",
    "style: { colors: { accent: \"#fff\" } }",
    "style: { captions: { number-color: blue } }",
    "style: { folios: { front: front } }",
    "style: { line: { western-gap: 2 } }",
    "style: { line: { western-gap: 0.25 } }",
    "style: { lists: { numbers: \"{1}\" } }",
    "outputs: [epub]",
    "outputs: { pdf: { standard: a-1b } }",
    "outputs: { press: { paper: vellum } }",
    "outputs: { press: { paper: {} } }",
    "outputs: { press: { page-multiple: 6 } }",
    "outputs: { handout: { up: 3 } }",
    "outputs: { handout: { signature: 0, booklet: true } }",
    "outputs: { epub: { max-image: { pixels: 0 } } }",
];

/// Whether the program binds a book with an entry, and what it says.
fn program_takes(entry: &str) -> (bool, String) {
    let text = format!("title: 本\nchapters: [a.md]\n{entry}\n");
    let files = [("book.yaml", text.as_str()), ("a.md", "# 章\n\n文。\n")];
    let files = files.map(|(path, text)| (path.to_owned(), text.into()));
    let compiled = compile(&Memory { files: BTreeMap::from(files) }, Options::default());
    let sound = !compiled.sink.has_errors();
    (sound, format!("{entry}: {:?}", compiled.sink.finish()))
}

#[test]
fn program_and_schema_take_and_refuse_the_same() {
    let schema = schema("book");
    for (entries, right) in [(&RIGHT[..], true), (&WRONG[..], false)] {
        for entry in entries {
            let (takes, said) = program_takes(entry);
            assert_eq!(takes, right, "{said}");
            let faults = faults(&schema, &yaml(&book(entry)));
            assert_eq!(faults.is_empty(), right, "{entry}: {faults:#?}");
        }
    }
}

#[test]
fn every_key_is_described_for_authors() {
    fn look(schema: &Value, place: &str) {
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            let words = property["description"].as_str();
            let words = words.unwrap_or_else(|| panic!("{place}/{key} is not described"));
            let code =
                words.contains("[`") || words.contains("::") || words.contains('\n');
            assert!(!code && !words.contains("As in"), "{place}/{key}: {words}");
        }
        let inner: Vec<(String, &Value)> = match schema {
            Value::Object(map) => map.iter().map(|(key, it)| (key.clone(), it)).collect(),
            Value::Array(list) => list.iter().map(|it| (String::new(), it)).collect(),
            _ => return,
        };
        inner.iter().for_each(|(key, it)| look(it, &format!("{place}/{key}")));
    }
    for of in ["book", "chapter", "article"] {
        let schema = schema(of);
        assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
        look(&schema, of);
    }
}
