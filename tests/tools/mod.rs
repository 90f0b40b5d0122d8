//! Programs that tests ask for a second opinion.
#![allow(dead_code, reason = "not every test asks every program")]
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "it looks for programs and tells of those that are missing"
)]

use std::path::Path;
use std::process::Command;

/// A program by its name, or `None` with a word about it where it is not installed. With
/// `SEIHON_REQUIRE_TOOLS` set, as in CI, a missing program fails the test.
pub(crate) fn tool(name: &str) -> Option<Command> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    if std::env::split_paths(&path).any(|folder| folder.join(name).is_file()) {
        return Some(Command::new(name));
    }
    assert!(
        std::env::var_os("SEIHON_REQUIRE_TOOLS").is_none(),
        "{name} is not installed, and SEIHON_REQUIRE_TOOLS asks for it"
    );
    eprintln!("SKIPPED: {name} is not installed");
    None
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
