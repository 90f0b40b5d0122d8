//! Findings drawn with the lines that they are about.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::source_of;
use crate::cli::target::Target;
use crate::diag::{Diagnostic, Severity};
use crate::source::{Source, Sources, Span};

/// How wide drawn findings may become, in columns of a terminal.
const WIDTH: usize = 100;

/// How many bytes of a line before and after what is marked are looked at.
const AROUND: usize = 8000;

/// A finding of a book, with the lines that it is about and a blank one after it.
pub(super) fn finding(
    color: bool,
    target: &Target,
    sources: &Sources,
    diagnostic: &Diagnostic,
) -> String {
    renderer(color).render(&report(target, sources, diagnostic)) + "\n"
}

/// Why a command could not run.
pub(super) fn failure(color: bool, message: &str, hints: &[String]) -> String {
    let hints = hints.iter().map(|hint| Level::HELP.message(hint));
    let title = Level::ERROR.primary_title(message);
    renderer(color).render(&[title.elements(hints)])
}

fn renderer(color: bool) -> Renderer {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(WIDTH)
}

fn report<'a>(
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
        group = place(group, target, source, primary, &related);
    }
    for related in &diagnostic.related {
        if let Some(source) = source_of(sources, related.0)
            && related.0.file != diagnostic.span.file
        {
            group = place(group, target, source, None, &[related]);
        }
    }
    let hints = diagnostic.hints.iter().map(|hint| Level::HELP.message(hint));
    vec![group.elements(hints)]
}

/// Adds the lines of a source from the first to the last that is marked; of very long ones
/// what is around the marks.
fn place<'a>(
    group: Group<'a>,
    target: &Target,
    source: &'a Source,
    primary: Option<Span>,
    related: &[&'a (Span, String)],
) -> Group<'a> {
    let marked = |span: Span| first_line_of(source, span.range());
    let ranges = primary
        .into_iter()
        .chain(related.iter().map(|(span, _)| *span))
        .map(marked);
    let (first, last) = ranges.fold((usize::MAX, 0), |(first, last), range| {
        (first.min(range.start), last.max(range.end))
    });
    let (line, column) = source.line_column(first);
    let (text, path) = (&source.text, target.shown(&source.path));
    let line_start = source.line_start(line);
    let start = text.ceil_char_boundary(line_start.max(first.saturating_sub(AROUND)));
    let rest = &text[last..text.floor_char_boundary(last + AROUND)];
    let end = last + rest.find('\n').unwrap_or(rest.len());
    let inside = |range: Range<usize>| range.start - start..range.end - start;
    let primary = primary.map(|span| AnnotationKind::Primary.span(inside(marked(span))));
    let others = related.iter().map(|(span, words)| {
        AnnotationKind::Context.span(inside(marked(*span))).label(words)
    });
    let lines = Snippet::source(&text[start..end])
        .line_start(line)
        .annotations(primary.into_iter().chain(others));
    if start == line_start {
        return group.element(lines.path(path));
    }
    group
        .element(Origin::path(path).line(line).char_column(column))
        .element(lines)
}

/// What lies in the first line of a range, inside the text and on borders of characters.
fn first_line_of(source: &Source, range: Range<usize>) -> Range<usize> {
    let span = source.span(range).range();
    let line = source.text[span.clone()].find('\n');
    span.start..line.map_or(span.end, |length| span.start + length)
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
        finding(false, &target, sources, diagnostic)
    }

    fn wrong(file: u32, range: Range<usize>) -> Diagnostic {
        Diagnostic::new(Code::BadValue, Span::new(FileId(file), range), "wrong")
    }

    #[test]
    fn a_finding_without_any_source_has_no_place() {
        let diagnostic = wrong(0, 0..0).hint("mend it");
        let given = drawn(&Sources::default(), &diagnostic);
        assert_eq!(given, "error[bad-value]: wrong\n |\n = help: mend it\n");
    }

    #[test]
    fn places_outside_of_the_text_are_drawn_at_its_end() {
        let mut sources = Sources::default();
        sources.add("a.md", "");
        sources.add("b.md", "一\n二");
        assert!(drawn(&sources, &wrong(0, 0..0)).contains("b/a.md:1:1"));
        assert!(drawn(&sources, &wrong(0, 7..9)).contains("b/a.md:1:1"));
        assert!(drawn(&sources, &wrong(1, 7..7)).contains("b/b.md:2:2"));
        assert!(drawn(&sources, &wrong(1, 50..60)).contains("b/b.md:2:2"));
        assert!(drawn(&sources, &wrong(1, 1..2)).contains("b/b.md:1:1"));
    }

    #[test]
    fn a_place_of_many_lines_is_drawn_by_its_first() {
        let mut sources = Sources::default();
        sources.add("a.md", "一二\n三四\n五六\n");
        let given = drawn(&sources, &wrong(0, 3..17));
        assert!(given.contains("1 | 一二\n  |   ^^"), "{given}");
        assert!(!given.contains("三"), "{given}");
    }

    #[test]
    fn of_a_very_long_line_a_part_is_drawn() {
        let mut sources = Sources::default();
        sources.add("a.md", "あ".repeat(100_000));
        let given = drawn(&sources, &wrong(0, 150_000..150_003));
        assert!(given.contains(" --> b/a.md:1:50001\n"), "{given}");
        assert!(given.contains('^') && given.len() < 1000, "{given}");
    }

    #[test]
    fn related_places_in_other_files_are_drawn() {
        let mut sources = Sources::default();
        sources.add("a.md", "一\n");
        sources.add("b.md", "二\n");
        let related = Span::new(FileId(1), 0..3);
        let given = drawn(&sources, &wrong(0, 0..3).related(related, "here"));
        assert!(given.contains("b/b.md:1:1"), "{given}");
        assert!(given.contains("-- here"), "{given}");
    }
}
