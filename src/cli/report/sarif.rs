//! Findings as SARIF 2.1.0, the format in which static analysis tells its results.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Finding, Place};
use crate::diag::{Code, Severity};

/// The address of the schema that the document keeps.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What is escaped in the path of a URI.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The document of a run: what it has found, and why it could not go on.
pub(super) fn document(results: Vec<Value>, notifications: Vec<Value>) -> Value {
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "columnKind": "unicodeCodePoints",
            "tool": { "driver": {
                "name": "Seihon",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            "invocations": [{
                "executionSuccessful": notifications.is_empty(),
                "toolExecutionNotifications": notifications,
            }],
            "results": results,
        }],
    })
}

/// A kind of findings.
fn rule(code: Code) -> Value {
    let consequence = match code.severity() {
        Severity::Error => "An error: nothing is written until it is mended.",
        Severity::Warning => "A warning: readers would notice, but the book is written.",
        Severity::Note => "A note: nothing has to be mended.",
    };
    let description = escape(code.description());
    json!({
        "id": code.name(),
        "shortDescription": { "text": description },
        "fullDescription": { "text": description },
        "help": { "text": format!("{description} {consequence}") },
        "defaultConfiguration": { "level": code.severity().name() },
    })
}

/// A finding of a kind.
pub(super) fn result(code: Code, finding: &Finding<'_>) -> Value {
    let locations = finding.place.iter().map(location);
    let related = finding.related.iter().filter_map(|related| {
        let mut location = location(related.place.as_ref()?);
        location["message"] = json!({ "text": escape(related.message) });
        Some(location)
    });
    json!({
        "ruleId": code.name(),
        "ruleIndex": code as usize,
        "level": finding.severity,
        "message": { "text": text(finding) },
        "locations": locations.collect::<Vec<_>>(),
        "relatedLocations": related.collect::<Vec<_>>(),
    })
}

/// Why the command could not go on.
pub(super) fn notification(finding: &Finding<'_>) -> Value {
    json!({ "level": finding.severity, "message": { "text": text(finding) } })
}

fn location(place: &Place) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&place.path) },
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end.line,
            "endColumn": place.end.column,
        },
    } })
}

/// The sentence of a finding, and its hints on lines of their own.
fn text(finding: &Finding<'_>) -> String {
    let mut lines = vec![finding.message];
    lines.extend(finding.hints.iter().map(String::as_str));
    escape(&lines.join("\n"))
}

/// The text of a message, in which single braces would stand around the number of an
/// argument (SARIF 2.1.0, 3.11.5).
fn escape(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// The address of a file: relative where its path is.
fn uri(path: &str) -> String {
    let encoded = utf8_percent_encode(path, PATH);
    match Path::new(path).is_absolute() {
        true => format!("file:///{}", encoded.to_string().trim_start_matches('/')),
        false => encoded.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_addresses() {
        assert_eq!(uri("本/a b:1#%.md"), "%E6%9C%AC/a%20b%3A1%23%25.md");
        assert_eq!(uri("../a~b-c_d.md"), "../a~b-c_d.md");
        let absolute = if cfg!(windows) { "C:/a b.md" } else { "/C:/a b.md" };
        assert_eq!(uri(absolute), "file:///C%3A/a%20b.md");
    }

    #[test]
    fn every_kind_of_finding_stands_at_its_number() {
        for (index, code) in Code::ALL.iter().enumerate() {
            assert_eq!(*code as usize, index);
            assert!(code.description().ends_with('.'), "{}", code.name());
        }
    }

    #[test]
    fn braces_are_no_arguments() {
        assert_eq!(escape("{漢字|かん}"), "{{漢字|かん}}");
    }
}
