//! Findings as workflow commands, which GitHub shows at their lines of a change.

use super::Finding;

/// A finding as a workflow command: a line of the log.
pub(super) fn command(finding: &Finding<'_>) -> String {
    let name = match finding.severity {
        "note" => "notice",
        name => name,
    };
    let properties = properties(finding);
    let space = if properties.is_empty() { "" } else { " " };
    let mut text = finding.message.to_owned();
    for hint in finding.hints {
        text.push('\n');
        text.push_str(hint);
    }
    for related in &finding.related {
        let place = related.place.as_ref().map(|place| format!("{place}: "));
        text.push('\n');
        text.push_str(&place.unwrap_or_default());
        text.push_str(related.message);
    }
    format!("::{name}{space}{}::{}", properties.join(","), escape(&text))
}

/// The place and the code. Columns are taken where a finding is in one line only.
fn properties(finding: &Finding<'_>) -> Vec<String> {
    let mut properties = Vec::new();
    if let Some(place) = &finding.place {
        properties.push(format!("file={}", escape_property(&place.path)));
        properties.push(format!("line={}", place.line));
        if place.line == place.end.line {
            properties.push(format!("col={}", place.column));
        }
        properties.push(format!("endLine={}", place.end.line));
        if place.line == place.end.line {
            properties.push(format!("endColumn={}", place.end.column));
        }
    }
    let title = finding.code.map(|code| format!("title={}", code.name()));
    properties.extend(title);
    properties
}

/// Text after the two colons.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value between commas.
fn escape_property(text: &str) -> String {
    escape(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::{End, Place, Related};
    use super::*;
    use crate::diag::Code;

    fn place(path: &str, end: End) -> Option<Place> {
        Some(Place { path: path.to_owned(), line: 2, column: 3, end })
    }

    #[test]
    fn signs_that_mean_something_to_the_runner_are_escaped() {
        let hints = ["a: 100%,\r\nb".to_owned()];
        let end = End { line: 2, column: 5 };
        let finding = Finding {
            place: place("a,b:50%.md", end),
            code: Some(Code::StoreCover),
            severity: "note",
            message: "x::y, z",
            hints: &hints,
            related: vec![Related {
                place: place("c.md", End { line: 2, column: 5 }),
                message: "here",
            }],
        };
        assert_eq!(
            command(&finding),
            "::notice file=a%2Cb%3A50%25.md,line=2,col=3,endLine=2,endColumn=5,\
             title=store-cover::x::y, z%0Aa: 100%25,%0D%0Ab%0Ac.md:2:3: here"
        );
    }

    #[test]
    fn columns_are_left_out_where_there_are_several_lines() {
        let mut finding = Finding {
            place: place("a.md", End { line: 3, column: 1 }),
            code: None,
            severity: "error",
            message: "x",
            hints: &[],
            related: Vec::new(),
        };
        assert_eq!(command(&finding), "::error file=a.md,line=2,endLine=3::x");
        finding.place = None;
        assert_eq!(command(&finding), "::error::x");
    }
}
