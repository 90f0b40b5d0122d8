//! Where serde_yaml and serde-saphyr say that a mistake in a book's settings is, and how long they take
//! over a text made to keep them busy.

use std::time::Instant;

use serde::Deserialize;

/// A few keys of `book.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only whether it can be read is of interest")]
struct Book {
    title: String,
    #[serde(default)]
    authors: Vec<Author>,
    contents_depth: Option<u8>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only whether it can be read is of interest")]
struct Author {
    name: String,
}

/// What is wrong, the text, and the line and column at which an author would look.
const CASES: [(&str, &str, (u64, u64)); 6] = [
    ("unknown key", "title: 本\ntitel: 本\n", (2, 1)),
    (
        "unknown key, nested",
        "title: 本\nauthors:\n  - name: 海野\n    nmae: 海\n",
        (4, 5),
    ),
    ("duplicate key", "title: 本\ncontents_depth: 1\ntitle: 書\n", (3, 1)),
    (
        "duplicate key, nested",
        "title: 本\nauthors:\n  - name: 海\n    name: 空\n",
        (4, 5),
    ),
    ("wrong type", "title: 本\ncontents_depth: 二\n", (2, 17)),
    ("nothing for a text", "title: ~\n", (1, 8)),
];

fn main() {
    for (what, text, (line, column)) in CASES {
        println!("{what}: fault at {line}:{column}");
        let old = serde_yaml::from_str::<Book>(text);
        let place = old.as_ref().err().and_then(serde_yaml::Error::location);
        let place = place.map(|place| (place.line() as u64, place.column() as u64));
        report("serde_yaml", place, &old.map_err(|error| error.to_string()));
        let new = serde_saphyr::from_str::<Book>(text);
        let place = new.as_ref().err().and_then(serde_saphyr::Error::location);
        let place = place.map(|place| (place.line(), place.column()));
        let message = |error: serde_saphyr::Error| error.without_snippet().to_string();
        report("serde-saphyr", place, &new.map_err(message));
    }
    let brackets = "[".repeat(200_000);
    println!("200,000 times `[`");
    let start = Instant::now();
    let refused = serde_yaml::from_str::<Book>(&brackets).is_err();
    println!("  serde_yaml   refused: {refused}, {:?}", start.elapsed());
    let start = Instant::now();
    let refused = serde_saphyr::from_str::<Book>(&brackets).is_err();
    println!("  serde-saphyr refused: {refused}, {:?}", start.elapsed());
}

fn report(library: &str, place: Option<(u64, u64)>, result: &Result<Book, String>) {
    let place =
        place.map_or("no place".to_owned(), |(line, column)| format!("{line}:{column}"));
    match result {
        Ok(book) => println!("  {library:12} accepted as {:?}", book.title),
        Err(message) => println!("  {library:12} {place:8} {message}"),
    }
}
