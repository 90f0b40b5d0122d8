//! `docs/pdf-ua.md` against the Matterhorn Protocol: no checkpoint and no condition is left
//! out, and every test that the page names exists.
#![expect(clippy::disallowed_methods, reason = "it reads the tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The page.
const PAGE: &str = include_str!("../docs/pdf-ua.md");

/// How many conditions each checkpoint has, from the first.
const CONDITIONS: [usize; 31] = [
    7, 4, 3, 1, 3, 4, 2, 2, 8, 1, 7, 1, 8, 7, 5, 3, 3, 2, 4, 3, 1, 1, 0, 1, 1, 2, 0, 18,
    1, 2, 30,
];

/// The ways of checking that the page may name.
const WAYS: [&str; 6] = ["krilla", "rule", "test", "finding", "eye", "none"];

/// The conditions of the page: number, what fails, how it is checked.
fn conditions() -> Vec<[&'static str; 3]> {
    let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| "));
    let rows = rows.filter(|row| row.starts_with(|ch: char| ch.is_ascii_digit()));
    let cells = rows.map(|row| {
        let mut cells = row.trim_end_matches('|').split(" | ").map(str::trim);
        [(); 3].map(|()| cells.next().unwrap_or_default())
    });
    cells.collect()
}

#[test]
fn every_checkpoint_and_condition_is_there() {
    let mut expected = Vec::new();
    for (checkpoint, conditions) in (1..).zip(CONDITIONS) {
        let heading = format!("\n## {checkpoint:02} ");
        assert!(PAGE.contains(&heading), "no checkpoint {checkpoint}");
        expected.extend((1..=conditions).map(|at| format!("{checkpoint:02}-{at:03}")));
    }
    let numbers: Vec<&str> = conditions().iter().map(|[number, ..]| *number).collect();
    assert_eq!(numbers, expected);
}

#[test]
fn every_condition_says_how_it_is_checked() {
    for [number, fails, checked] in conditions() {
        assert!(!fails.is_empty(), "{number} does not say what fails");
        let first = checked.split([' ', ',', ';', ':']).next().unwrap_or_default();
        let known = WAYS.contains(&first) || checked.starts_with("the ");
        assert!(known, "{number} is checked by {checked:?}");
        let alone = checked.trim_end_matches(" of the author");
        assert!(alone != "test" && alone != "finding", "{number} does not say which");
    }
}

#[test]
fn every_test_that_is_named_exists() {
    let mut sources = String::new();
    let mut folders: Vec<PathBuf> = ["src", "tests"]
        .map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                sources.push_str(&fs::read_to_string(path).expect("sources are text"));
            }
        }
    }
    let rows = conditions().into_iter().map(|[.., checked]| checked);
    let names = rows.flat_map(|checked| checked.split('`').skip(1).step_by(2));
    let names: BTreeSet<&str> = names
        .filter(|name| name.contains('_') && !name.contains(['/', '.']))
        .collect();
    assert!(names.len() > 5, "the page names only {names:?}");
    for name in names {
        let function = format!("fn {name}(");
        assert!(sources.contains(&function), "there is no test `{name}`");
    }
}
