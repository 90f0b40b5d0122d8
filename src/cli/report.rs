//! Findings as people and programs read them.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::Failure;
use super::args::MessageFormat;
use super::target::Target;
use crate::diag::{Diagnostic, Severity};
use crate::source::{Source, Sources, Span};

/// How wide drawn findings may become, in columns of a terminal.
const WIDTH: usize = 100;

/// How findings are printed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// The format.
    pub(super) format: MessageFormat,
    /// Whether to use colours.
    pub(super) color: bool,
}

impl Style {
    fn renderer(self) -> Renderer {
        let renderer = if self.color { Renderer::styled() } else { Renderer::plain() };
        renderer.term_width(WIDTH)
    }
}

/// Prints findings of a book in their order.
pub(super) fn findings(
    style: Style,
    target: &Target,
    sources: &Sources,
    diagnostics: &[Diagnostic],
) -> io::Result<()> {
    match style.format {
        MessageFormat::Human => {
            let renderer = style.renderer();
            let mut out = io::stderr().lock();
            for diagnostic in diagnostics {
                let report = draw(target, sources, diagnostic);
                writeln!(out, "{}\n", renderer.render(&report))?;
            }
            out.flush()
        }
        MessageFormat::Short => {
            let mut out = io::stderr().lock();
            for diagnostic in diagnostics {
                writeln!(out, "{}", short(target, sources, diagnostic))?;
            }
            out.flush()
        }
        MessageFormat::Json => {
            let mut out = io::stdout().lock();
            for diagnostic in diagnostics {
                serde_json::to_writer(
                    &mut out,
                    &Finding::of(target, sources, diagnostic),
                )?;
                writeln!(out)?;
            }
            out.flush()
        }
    }
}

/// Prints why a command could not run.
pub(super) fn failure(style: Style, failure: &Failure) -> io::Result<()> {
    let Some(message) = &failure.message else { return Ok(()) };
    match style.format {
        MessageFormat::Human => {
            let hints = failure.hints.iter().map(|hint| Level::HELP.message(hint));
            let title = Level::ERROR.primary_title(message);
            let report = style.renderer().render(&[title.elements(hints)]);
            writeln!(io::stderr().lock(), "{report}")
        }
        MessageFormat::Short => writeln!(io::stderr().lock(), "error: {message}"),
        MessageFormat::Json => {
            let finding = Finding {
                place: None,
                code: None,
                severity: Severity::Error.name(),
                message,
                hints: &failure.hints,
                related: Vec::new(),
            };
            let mut out = io::stdout().lock();
            serde_json::to_writer(&mut out, &finding)?;
            writeln!(out)
        }
    }
}

/// How many errors and warnings there are, in words; `None` where there is nothing.
pub(super) fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity| {
        let number =
            diagnostics.iter().filter(|found| found.severity == severity).count();
        let plural = if number == 1 { "" } else { "s" };
        (number > 0).then(|| format!("{number} {}{plural}", severity.name()))
    };
    let counts = [Severity::Error, Severity::Warning, Severity::Note].map(count);
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

/// The source of a span; none where not even the first file of the book could be read.
fn source_of(sources: &Sources, span: Span) -> Option<&Source> {
    sources.iter().nth(span.file.0 as usize)
}

fn short(target: &Target, sources: &Sources, diagnostic: &Diagnostic) -> String {
    let Diagnostic { code, severity, span, message, .. } = diagnostic;
    let place = source_of(sources, *span).map(|source| {
        let (line, column) = source.line_column(span.range().start);
        format!("{}:{line}:{column}: ", target.shown(&source.path))
    });
    let place = place.unwrap_or_default();
    format!("{place}{}[{}]: {message}", severity.name(), code.name())
}

/// A finding with the lines that it is about.
fn draw<'a>(
    target: &Target,
    sources: &'a Sources,
    diagnostic: &'a Diagnostic,
) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(&*diagnostic.message).id(diagnostic.code.name());
    let mut group = Group::with_title(title);
    if let Some(source) = source_of(sources, diagnostic.span) {
        let same = |span: &&(Span, String)| span.0.file == diagnostic.span.file;
        let related: Vec<&(Span, String)> =
            diagnostic.related.iter().filter(same).collect();
        let primary = Some(diagnostic.span);
        group = group.element(snippet(target, source, primary, &related));
    }
    for related in &diagnostic.related {
        if let Some(source) = source_of(sources, related.0)
            && related.0.file != diagnostic.span.file
        {
            group = group.element(snippet(target, source, None, &[related]));
        }
    }
    let hints = diagnostic.hints.iter().map(|hint| Level::HELP.message(hint));
    vec![group.elements(hints)]
}

/// The lines of a source from the first to the last that is marked.
fn snippet<'a>(
    target: &Target,
    source: &'a Source,
    primary: Option<Span>,
    related: &[&'a (Span, String)],
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let marked = |span: Span| first_line_of(source, span.range());
    let ranges = primary
        .into_iter()
        .chain(related.iter().map(|(span, _)| *span))
        .map(marked);
    let (first, last) = ranges.fold((usize::MAX, 0), |(first, last), range| {
        (first.min(range.start), last.max(range.end))
    });
    let (line, _) = source.line_column(first);
    let start = source.line_start(line);
    let rest = &source.text[last..];
    let end = last + rest.find('\n').unwrap_or(rest.len());
    let inside = |range: Range<usize>| range.start - start..range.end - start;
    let primary = primary.map(|span| AnnotationKind::Primary.span(inside(marked(span))));
    let others = related.iter().map(|(span, words)| {
        AnnotationKind::Context.span(inside(marked(*span))).label(words)
    });
    Snippet::source(&source.text[start..end])
        .line_start(line)
        .path(target.shown(&source.path))
        .annotations(primary.into_iter().chain(others))
}

/// What lies in the first line of a range, inside the text and on borders of characters.
fn first_line_of(source: &Source, range: Range<usize>) -> Range<usize> {
    let span = source.span(range).range();
    let line = source.text[span.clone()].find('\n');
    span.start..line.map_or(span.end, |length| span.start + length)
}

/// A finding as JSON.
#[derive(Serialize)]
struct Finding<'a> {
    #[serde(flatten)]
    place: Option<Place>,
    code: Option<&'static str>,
    severity: &'static str,
    message: &'a str,
    hints: &'a [String],
    related: Vec<Related<'a>>,
}

/// Another place that explains a finding, as JSON.
#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Option<Place>,
    message: &'a str,
}

/// A place as JSON; lines and columns count from 1, columns in characters.
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

impl<'a> Finding<'a> {
    fn of(target: &Target, sources: &Sources, diagnostic: &'a Diagnostic) -> Self {
        let related = diagnostic.related.iter().map(|(span, message)| Related {
            place: Place::of(target, sources, *span),
            message,
        });
        Self {
            place: Place::of(target, sources, diagnostic.span),
            code: Some(diagnostic.code.name()),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::source::FileId;

    fn drawn(sources: &Sources, diagnostic: &Diagnostic) -> String {
        let target = Target {
            root: "b".into(),
            article: None,
            stem: String::new(),
        };
        let style = Style { format: MessageFormat::Human, color: false };
        style.renderer().render(&draw(&target, sources, diagnostic))
    }

    fn finding(file: u32, range: Range<usize>) -> Diagnostic {
        Diagnostic::new(Code::BadValue, Span::new(FileId(file), range), "wrong")
    }

    #[test]
    fn a_finding_without_any_source_has_no_place() {
        let diagnostic = finding(0, 0..0).hint("mend it");
        let given = drawn(&Sources::default(), &diagnostic);
        assert_eq!(given, "error[bad-value]: wrong\n |\n = help: mend it");
    }

    #[test]
    fn places_outside_of_the_text_are_drawn_at_its_end() {
        let mut sources = Sources::default();
        sources.add("a.md", "");
        sources.add("b.md", "一\n二");
        assert!(drawn(&sources, &finding(0, 0..0)).contains("b/a.md:1:1"));
        assert!(drawn(&sources, &finding(0, 7..9)).contains("b/a.md:1:1"));
        assert!(drawn(&sources, &finding(1, 7..7)).contains("b/b.md:2:2"));
        assert!(drawn(&sources, &finding(1, 50..60)).contains("b/b.md:2:2"));
        assert!(drawn(&sources, &finding(1, 1..2)).contains("b/b.md:1:1"));
    }

    #[test]
    fn a_place_of_many_lines_is_drawn_by_its_first() {
        let mut sources = Sources::default();
        sources.add("a.md", "一二\n三四\n五六\n");
        let given = drawn(&sources, &finding(0, 3..17));
        assert!(given.contains("1 | 一二\n  |   ^^"), "{given}");
        assert!(!given.contains("三"), "{given}");
    }

    #[test]
    fn related_places_in_other_files_are_drawn() {
        let mut sources = Sources::default();
        sources.add("a.md", "一\n");
        sources.add("b.md", "二\n");
        let related = Span::new(FileId(1), 0..3);
        let given = drawn(&sources, &finding(0, 0..3).related(related, "here"));
        assert!(given.contains("b/b.md:1:1"), "{given}");
        assert!(given.contains("-- here"), "{given}");
    }

    #[test]
    fn the_summary_counts_in_words() {
        let mut found = vec![finding(0, 0..0), finding(0, 1..1)];
        assert_eq!(summary(&found).as_deref(), Some("2 errors"));
        found[1].severity = Severity::Warning;
        assert_eq!(summary(&found).as_deref(), Some("1 error, 1 warning"));
        assert_eq!(summary(&[]), None);
    }
}
