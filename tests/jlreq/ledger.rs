//! `docs/jlreq.md` against the program: no clause left out, no test that is not there.
#![expect(clippy::disallowed_methods, reason = "it reads the sources")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The page.
const LEDGER: &str = include_str!("../../docs/jlreq.md");

/// How many clauses each section of JLReq has.
const CLAUSES: [(&str, usize); 26] = [
    ("2.1", 3),
    ("2.2", 5),
    ("2.3", 2),
    ("2.4", 2),
    ("2.5", 3),
    ("2.6", 3),
    ("3.1", 12),
    ("3.2", 6),
    ("3.3", 9),
    ("3.4", 3),
    ("3.5", 4),
    ("3.6", 3),
    ("3.7", 4),
    ("3.8", 4),
    ("3.9", 3),
    ("4.1", 10),
    ("4.2", 7),
    ("4.3", 5),
    ("4.4", 6),
    ("4.5", 3),
    ("A", 30),
    ("B", 2),
    ("C", 3),
    ("D", 2),
    ("E", 2),
    ("F", 0),
];

/// A line of the page.
struct Entry {
    clause: &'static str,
    mark: &'static str,
    files: Vec<&'static str>,
    tests: Vec<&'static str>,
    word: &'static str,
}

fn entries() -> Vec<Entry> {
    let rows = LEDGER.lines().filter_map(|line| line.strip_prefix("| "));
    let cells = rows.map(|row| row.split('|').map(str::trim).collect::<Vec<_>>());
    let entries = cells.filter(|cells| cells[0] != "clause").map(|cells| {
        assert!(cells.len() >= 6, "{}: a cell is missing", cells[0]);
        Entry {
            clause: cells[0],
            mark: cells[2],
            files: cells[3].split_whitespace().collect(),
            tests: cells[4].split('`').skip(1).step_by(2).collect(),
            word: cells[5],
        }
    });
    entries.collect()
}

#[test]
fn no_clause_is_left_out() {
    let expected: Vec<String> = CLAUSES
        .iter()
        .flat_map(|&(section, count)| match count {
            0 => vec![section.to_owned()],
            count => (1..=count).map(|at| format!("{section}.{at}")).collect(),
        })
        .collect();
    let given: Vec<&str> = entries().iter().map(|entry| entry.clause).collect();
    assert_eq!(given, expected);
}

#[test]
fn what_is_not_whole_says_what_is_missing() {
    for Entry { clause, mark, files, tests, word } in entries() {
        match mark {
            "✔" => assert!(!files.is_empty() && !tests.is_empty(), "{clause}"),
            "◐" => assert!(
                !files.is_empty() && !tests.is_empty() && !word.is_empty(),
                "{clause}"
            ),
            "–" => assert!(files.is_empty() && !word.is_empty(), "{clause}"),
            other => panic!("{clause}: unknown mark {other:?}"),
        }
    }
}

#[test]
fn every_file_and_every_test_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut known = BTreeSet::new();
    for folder in ["src", "tests"] {
        gather(&root.join(folder), &mut known);
    }
    let mut missing = Vec::new();
    for entry in entries() {
        let files = entry
            .files
            .iter()
            .filter(|file| !root.join("src").join(file).exists());
        let tests = entry.tests.iter().filter(|test| !known.contains(**test));
        let lacks = files.chain(tests).map(|what| format!("{}: {what}", entry.clause));
        missing.extend(lacks);
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Gathers the names of tests: functions below `#[test]`, headings of specifications, and
/// folders of reference pages.
fn gather(folder: &Path, known: &mut BTreeSet<String>) {
    let entries = fs::read_dir(folder).expect("the folder is a part of the sources");
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy().into_owned();
        if path.is_dir() {
            if folder.ends_with("ref") {
                known.insert(name);
            }
            gather(&path, known);
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if name.ends_with(".rs") {
            let mut lines = text.lines().map(str::trim);
            while lines.any(|line| line == "#[test]") {
                let function = lines.find_map(|line| line.strip_prefix("fn "));
                known.extend(
                    function.and_then(|line| line.split('(').next()).map(str::to_owned),
                );
            }
        } else if name.ends_with(".md") {
            let headings = text.lines().filter_map(|line| line.strip_prefix("## "));
            known.extend(headings.map(str::to_owned));
        }
    }
}
