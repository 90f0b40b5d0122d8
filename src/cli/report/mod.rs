//! What a run of the program has to tell, as people and programs read it.

mod draw;
mod github;
mod sarif;

use std::fmt;
use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::Failure;
use super::args::MessageFormat;
use super::target::Target;
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{Source, Sources, Span};

/// How findings are printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// The format.
    pub(super) format: MessageFormat,
    /// Whether to use colours.
    pub(super) color: bool,
}

/// What a run has to tell: what people read goes to stderr, what programs read to stdout.
#[derive(Debug)]
pub(super) struct Report {
    style: Style,
    /// The findings so far, of a format that is one document.
    results: Vec<Value>,
    /// Why the command could not run, of a format that is one document.
    notifications: Vec<Value>,
}

impl Report {
    /// A report that has told nothing yet.
    pub(super) fn new(style: Style) -> Self {
        Self {
            style,
            results: Vec::new(),
            notifications: Vec::new(),
        }
    }

    /// Tells findings of a book in their order.
    pub(super) fn findings(
        &mut self,
        target: &Target,
        sources: &Sources,
        diagnostics: &[Diagnostic],
    ) -> io::Result<()> {
        let color = self.style.color;
        for diagnostic in diagnostics {
            let draw = || draw::finding(color, target, sources, diagnostic);
            self.tell(&Finding::of(target, sources, diagnostic), draw)?;
        }
        match summary(diagnostics) {
            Some(summary) if self.style.format == MessageFormat::Human => {
                writeln!(io::stderr(), "{summary}")
            }
            _ => Ok(()),
        }
    }

    /// Tells why a command could not run.
    pub(super) fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        let Some(message) = &failure.message else { return Ok(()) };
        let finding = Finding {
            place: None,
            code: None,
            severity: Severity::Error.name(),
            message,
            hints: &failure.hints,
            related: Vec::new(),
        };
        let color = self.style.color;
        self.tell(&finding, || draw::failure(color, message, &failure.hints))
    }

    /// Prints what is printed when all is told.
    pub(super) fn finish(self) -> io::Result<()> {
        if self.style.format != MessageFormat::Sarif {
            return Ok(());
        }
        let document = sarif::document(self.results, self.notifications);
        writeln!(io::stdout(), "{document:#}")
    }

    fn tell(&mut self, finding: &Finding, draw: impl Fn() -> String) -> io::Result<()> {
        match self.style.format {
            MessageFormat::Human => writeln!(io::stderr(), "{}", draw()),
            MessageFormat::Short => writeln!(io::stderr(), "{finding}"),
            MessageFormat::Json => {
                let mut out = io::stdout().lock();
                serde_json::to_writer(&mut out, finding)?;
                writeln!(out)
            }
            MessageFormat::Github => {
                writeln!(io::stdout(), "{}", github::command(finding))
            }
            MessageFormat::Sarif => {
                match finding.code {
                    Some(code) => self.results.push(sarif::result(code, finding)),
                    None => self.notifications.push(sarif::notification(finding)),
                }
                Ok(())
            }
        }
    }
}

/// How many errors and warnings there are, and what becomes of the outputs, in words; `None`
/// where there is nothing.
fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity| {
        let number =
            diagnostics.iter().filter(|found| found.severity == severity).count();
        let plural = if number == 1 { "" } else { "s" };
        (number > 0).then(|| format!("{number} {}{plural}", severity.name()))
    };
    let errors = count(Severity::Error);
    let end = errors.as_ref().map_or("", |_| "; nothing is written");
    let counts = [errors, count(Severity::Warning), count(Severity::Note)];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    (!counts.is_empty()).then(|| counts.join(", ") + end)
}

/// The source of a span; none where not even the first file of the book could be read.
fn source_of(sources: &Sources, span: Span) -> Option<&Source> {
    sources.iter().nth(span.file.0 as usize)
}

/// What there is to tell, as JSON has it.
#[derive(Serialize)]
struct Finding<'a> {
    #[serde(flatten)]
    place: Option<Place>,
    /// `None` where the command could not run.
    #[serde(serialize_with = "name")]
    code: Option<Code>,
    severity: &'static str,
    message: &'a str,
    hints: &'a [String],
    related: Vec<Related<'a>>,
}

/// Another place that explains a finding.
#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Option<Place>,
    message: &'a str,
}

/// A place; lines and columns count from 1, columns in characters.
#[derive(Serialize)]
struct Place {
    path: String,
    line: usize,
    column: usize,
    end: End,
}

/// One past the last character of a place.
#[derive(Serialize)]
struct End {
    line: usize,
    column: usize,
}

fn name<S: Serializer>(code: &Option<Code>, serializer: S) -> Result<S::Ok, S::Error> {
    code.map(Code::name).serialize(serializer)
}

impl<'a> Finding<'a> {
    fn of(target: &Target, sources: &Sources, diagnostic: &'a Diagnostic) -> Self {
        let related = diagnostic.related.iter().map(|(span, message)| Related {
            place: Place::of(target, sources, *span),
            message,
        });
        Self {
            place: Place::of(target, sources, diagnostic.span),
            code: Some(diagnostic.code),
            severity: diagnostic.severity.name(),
            message: &diagnostic.message,
            hints: &diagnostic.hints,
            related: related.collect(),
        }
    }
}

impl Place {
    fn of(target: &Target, sources: &Sources, span: Span) -> Option<Self> {
        let source = source_of(sources, span)?;
        let (line, column) = source.line_column(span.range().start);
        let (end_line, end_column) = source.line_column(span.range().end);
        Some(Self {
            path: target.shown(&source.path),
            line,
            column,
            end: End { line: end_line, column: end_column },
        })
    }
}

/// One line, as compilers print them.
impl fmt::Display for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}", self.severity)?;
        if let Some(code) = self.code {
            write!(f, "[{}]", code.name())?;
        }
        write!(f, ": {}", self.message)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn the_summary_counts_in_words() {
        let finding = || {
            let span = Span::new(FileId(0), 0..0);
            Diagnostic::new(Code::BadValue, span, "wrong")
        };
        let mut found = vec![finding(), finding()];
        let summary_of = |found: &[Diagnostic]| summary(found).unwrap_or_default();
        assert_eq!(summary_of(&found), "2 errors; nothing is written");
        found[1].severity = Severity::Warning;
        assert_eq!(summary_of(&found), "1 error, 1 warning; nothing is written");
        assert_eq!(summary_of(&found[1..]), "1 warning");
        assert_eq!(summary(&[]), None);
    }
}
