//! The walls between the modules, and how large files and functions have grown.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "it reads the sources and prints a report"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each module may use of the others; the leaves come first.
const EDGES: [(&str, &[&str]); 27] = [
    ("geom", &[]),
    ("color", &[]),
    ("css", &[]),
    ("numeral", &[]),
    ("highlight", &[]),
    ("image", &[]),
    ("source", &[]),
    ("standard", &[]),
    ("words", &[]),
    ("diag", &["source"]),
    ("yaml", &["diag", "source"]),
    ("line", &["geom"]),
    ("math", &["color", "diag", "geom", "source"]),
    ("font", &["geom"]),
    ("style", &["color", "font", "geom", "highlight", "line", "numeral"]),
    ("model", &["diag", "geom", "highlight", "image", "numeral", "source", "words"]),
    ("cover", &["color", "font", "geom", "line", "model", "words"]),
    (
        "press",
        &["color", "cover", "display", "font", "geom", "standard", "style", "yaml"],
    ),
    ("matter", &["model", "style", "words"]),
    (
        "book",
        &[
            "color", "diag", "font", "geom", "impose", "model", "numeral", "press",
            "source", "standard", "style", "yaml",
        ],
    ),
    ("markdown", &["book", "css", "diag", "geom", "model", "source", "yaml"]),
    (
        "epub",
        &[
            "color",
            "cover",
            "css",
            "diag",
            "font",
            "geom",
            "highlight",
            "image",
            "line",
            "math",
            "matter",
            "model",
            "numeral",
            "source",
            "style",
            "words",
        ],
    ),
    (
        "layout",
        &[
            "diag",
            "display",
            "font",
            "geom",
            "highlight",
            "line",
            "math",
            "matter",
            "model",
            "numeral",
            "source",
            "style",
        ],
    ),
    ("display", &["color", "font", "geom", "image", "source"]),
    ("pdf", &["display", "font", "geom", "image", "source", "standard"]),
    ("impose", &["geom"]),
    ("pipeline", &PIPELINE),
];

/// What the pipeline puts together, and the command line may use.
const PIPELINE: [&str; 19] = [
    "book",
    "cover",
    "diag",
    "display",
    "epub",
    "font",
    "geom",
    "highlight",
    "impose",
    "layout",
    "line",
    "markdown",
    "model",
    "pdf",
    "press",
    "source",
    "standard",
    "style",
    "yaml",
];

/// The edge of the program, which may use everything.
const EDGE: [&str; 3] = ["cli", "lib", "main"];

/// Where alone a name may stand.
const NAMES: [(&str, &[&str]); 26] = [
    ("comrak", &["markdown"]),
    ("krilla", &["pdf"]),
    ("lopdf", &["impose", "pdf"]),
    ("krilla_svg", &["pdf"]),
    ("usvg", &["pdf"]),
    ("zip", &["epub"]),
    ("harfrust", &["font"]),
    ("skera", &["font"]),
    ("serde_saphyr", &["yaml", "press", "style"]),
    (
        "schemars",
        &[
            "book", "cli", "color", "line", "markdown", "numeral", "press", "standard",
            "style", "yaml",
        ],
    ),
    ("hayagriva", &["model"]),
    ("syntect", &["highlight"]),
    ("two_face", &["highlight"]),
    ("ratex_font", &["math"]),
    ("ratex_parser", &["math"]),
    ("ratex_layout", &["math"]),
    ("ratex_types", &["math"]),
    ("ratex_katex_fonts", &["font"]),
    ("clap", &["cli", "main"]),
    ("indicatif", &["cli"]),
    ("annotate_snippets", &["cli"]),
    ("std::fs", &["book", "cli"]),
    ("std::env", &["cli", "main"]),
    ("std::time", &["cli"]),
    ("std::process", &["cli", "main"]),
    ("std::net", &[]),
];

/// Words that would bring physical axes into layout.
const PHYSICAL: [&str; 4] = [".x", ".y", "Point", "Rect"];

/// The one file of layout that knows them.
const PAGE: &str = "layout/page.rs";

/// Files longer than this, in lines, are told about.
const LONG_FILE: usize = 600;
/// Functions longer than this, in lines, are told about.
const LONG_FUNCTION: usize = 45;

/// A file of the program.
struct Source {
    /// Its path below `src`, with slashes.
    path: String,
    /// The module at the top that it belongs to.
    module: String,
    /// Its text.
    text: String,
    /// Its code without comments and without tests.
    code: String,
}

#[test]
fn modules_use_only_what_they_may() {
    let mut faults = Vec::new();
    for source in sources() {
        if EDGE.contains(&source.module.as_str()) {
            continue;
        }
        let edges = EDGES.iter().find(|(module, _)| *module == source.module);
        let Some((_, allowed)) = edges else {
            faults.push(format!("{}: a module without a line in EDGES", source.path));
            continue;
        };
        for used in modules_used(&source.code) {
            if used != source.module && !allowed.contains(&used.as_str()) {
                faults.push(format!("{}: may not use `crate::{used}`", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn names_stay_in_their_modules() {
    let mut faults = Vec::new();
    for source in sources() {
        for (name, allowed) in NAMES {
            let path = format!("{name}::");
            if has_word(&source.code, &path) && !allowed.contains(&source.module.as_str())
            {
                faults.push(format!("{}: `{name}` belongs to {allowed:?}", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn layout_thinks_in_logical_axes() {
    let mut faults = Vec::new();
    for source in sources() {
        if source.module != "layout" || source.path == PAGE {
            continue;
        }
        for (number, line) in source.code.lines().enumerate() {
            for word in PHYSICAL.iter().filter(|word| has_word(line, word)) {
                let place = format!("{}:{}", source.path, number + 1);
                faults.push(format!("{place}: `{word}` belongs to {PAGE}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_file_says_what_it_is_and_leaves_nothing_to_do() {
    let mut faults = Vec::new();
    for source in sources() {
        if !source.code.is_empty() && !source.text.starts_with("//! ") {
            faults.push(format!("{}: begins without a word about itself", source.path));
        }
        for word in ["TODO", "FIXME", "XXX", "todo!", "unimplemented!"] {
            if has_word(&source.text, word) {
                faults.push(format!("{}: {word}", source.path));
            }
        }
        if source.code.contains(".unwrap()") {
            faults.push(format!("{}: unwrap, where expect could say why", source.path));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The names at the heads of the rows of a part of `docs/architecture.md`, sorted.
fn rows(map: &str, heading: &str) -> Vec<String> {
    let (_, part) = map.split_once(heading).expect("the map has this part");
    let part = part.split("\n## ").next().unwrap_or_default();
    let heads = part.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut names: Vec<String> = heads
        .filter_map(|row| Some(row.split_once("` |")?.0.to_owned()))
        .collect();
    names.sort();
    names
}

#[test]
fn the_map_names_every_module_and_every_test_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = fs::read_to_string(root.join("docs/architecture.md")).expect("the map");
    // The edge has no row: it is described in words.
    let edge = ["cli", "lib", "main"];
    let modules: BTreeSet<String> = sources().into_iter().map(|it| it.module).collect();
    let modules: Vec<String> = modules
        .into_iter()
        .filter(|it| !edge.contains(&it.as_str()))
        .collect();
    assert_eq!(rows(&map, "\n## Code map\n"), modules);

    let entries = fs::read_dir(root.join("tests"))
        .expect("the folder of tests")
        .flatten();
    let mut tests: Vec<String> = entries
        .filter_map(|entry| {
            let name = format!("tests/{}", entry.file_name().to_string_lossy());
            let is_folder = entry.path().join("main.rs").is_file();
            if is_folder {
                Some(name + "/")
            } else {
                Some(name).filter(|it| it.ends_with(".rs"))
            }
        })
        .collect();
    tests.push("benches/pipeline/".to_owned());
    tests.sort();
    assert_eq!(rows(&map, "\n## Tests\n"), tests);
}

/// Shown by `cargo test --test tidy -- --nocapture`; a large file may have its reason.
#[test]
fn sizes_are_reported() {
    let mut files = Vec::new();
    let mut functions = Vec::new();
    for source in sources() {
        files.push((source.code.lines().count(), source.path.clone()));
        for (name, lines) in function_sizes(&source.code) {
            functions.push((lines, format!("{}: {name}", source.path)));
        }
    }
    report("lines of a file", files, LONG_FILE);
    report("lines of a function", functions, LONG_FUNCTION);
}

/// Prints the median and what is longer than a limit.
fn report(what: &str, mut sizes: Vec<(usize, String)>, limit: usize) {
    sizes.sort();
    let Some((median, _)) = sizes.get(sizes.len() / 2) else { return };
    let total: usize = sizes.iter().map(|(size, _)| size).sum();
    println!("{what}: {} in all, {total} lines, median {median}", sizes.len());
    for (size, name) in sizes.iter().rev().take_while(|(size, _)| *size > limit) {
        println!("  {size:5} {name}");
    }
}

/// The files below `src`, sorted.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source file can be read");
        let path = path.strip_prefix(&root).expect("it is below src");
        let path = path.to_string_lossy().replace('\\', "/");
        let module = path.split('/').next().unwrap_or_default();
        let module = module.trim_end_matches(".rs").to_owned();
        let is_test = path.ends_with("tests.rs") || path.contains("/tests/");
        let code = if is_test { String::new() } else { code_of(&text) };
        Source { path, module, text, code }
    };
    paths.into_iter().map(read).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            paths.push(path);
        }
    }
}

/// A text without the comments on lines of their own and the tests at its end.
fn code_of(text: &str) -> String {
    let code = text.split("\nmod tests {").next().unwrap_or_default();
    let lines = code.lines().map(|line| match line.trim_start().starts_with("//") {
        true => "",
        false => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The modules named after `crate::`, alone or in braces.
fn modules_used(code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            used.insert(first_name(rest));
            continue;
        };
        let mut depth = 0;
        let mut names = true;
        for (place, ch) in group.char_indices() {
            if depth == 0 && names && (ch.is_alphabetic() || ch == '_') {
                used.insert(first_name(&group[place..]));
                names = false;
            }
            match ch {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => names = true,
                _ => {}
            }
        }
    }
    // Names of macros and types at the top of the crate would begin otherwise.
    used.retain(|name| name.starts_with(|ch: char| ch.is_ascii_lowercase()));
    used
}

fn first_name(text: &str) -> String {
    text.chars()
        .take_while(|ch| ch.is_alphanumeric() || *ch == '_')
        .collect()
}

/// Whether a word stands in a text, and not as part of a longer one.
fn has_word(text: &str, word: &str) -> bool {
    let joins = |ch: Option<char>| ch.is_some_and(|ch| ch.is_alphanumeric() || ch == '_');
    text.match_indices(word).any(|(at, _)| {
        let starts = word.starts_with('.') || !joins(text[..at].chars().next_back());
        let after = text[at + word.len()..].chars().next();
        let ends = word.ends_with(':') || !joins(after);
        starts && ends
    })
}

/// The functions of formatted code with the number of their lines.
fn function_sizes(code: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut sizes = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let head = line.trim_start();
        let Some(at) = head.find("fn ") else { continue };
        let plain = head[..at].split_whitespace().all(|word| {
            word.starts_with("pub") || ["const", "async", "unsafe"].contains(&word)
        });
        let indent = line.len() - head.len();
        if !plain {
            continue;
        }
        let close = format!("{}}}", " ".repeat(indent));
        let end = lines[start..].iter().position(|line| *line == close);
        let one_line = line.trim_end().ends_with(['}', ';']);
        let size = if one_line { 1 } else { end.map_or(1, |end| end + 1) };
        sizes.push((first_name(&head[at + 3..]), size));
    }
    sizes
}

#[test]
fn the_rules_find_what_they_look_for() {
    let code = "use crate::{font::{FontBook, FontId}, geom::Length as L};\ncrate::pdf::export();";
    let used: Vec<String> = modules_used(code).into_iter().collect();
    assert_eq!(used, ["font", "geom", "pdf"]);
    assert!(has_word("at.x + 1", ".x") && !has_word("a.xyz", ".x"));
    assert!(
        has_word("use krilla::geom", "krilla::") && !has_word("mykrilla::a", "krilla::")
    );
    assert!(has_word("Point { a }", "Point") && !has_word("LogicalPoint", "Point"));
    assert_eq!(function_sizes("fn a() {\n    b\n}"), [("a".to_owned(), 3)]);
}
