//! The text as comrak is given it, and the way back to the source.

use std::borrow::Cow;
use std::ops::Range;

use comrak::nodes::Sourcepos;

use super::foreign;
use crate::diag::Sink;
use crate::source::Source;

/// Stands for the bar of ruby in a row of a table, so that it does not part cells.
pub(super) const BAR: char = '\u{1F}';
/// Stands for the backslash before an escaped bar in a row of a table, so that comrak
/// leaves it in and the positions behind it stay right.
pub(super) const BACKSLASH: char = '\u{1E}';

/// A text for comrak, made from a source.
pub(super) struct View<'s> {
    /// The text.
    pub text: Cow<'s, str>,
    line_starts: Vec<usize>,
    /// Where runs of bytes of the text start, there and in the source.
    segments: Vec<(usize, usize)>,
    /// Where fences were put in for other tools' blocks, in the source.
    foreign: Vec<usize>,
}

impl<'s> View<'s> {
    fn new(
        text: Cow<'s, str>,
        segments: Vec<(usize, usize)>,
        foreign: Vec<usize>,
    ) -> Self {
        let bytes = text.as_bytes();
        let mut line_starts = vec![0];
        for (index, byte) in bytes.iter().enumerate() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.get(index + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends {
                line_starts.push(index + 1);
            }
        }
        Self { text, line_starts, segments, foreign }
    }

    /// One line of a source, behind characters that are not there.
    pub(super) fn of_line(
        prefix: &str,
        line: &str,
        start: usize,
        in_table: bool,
    ) -> Self {
        let line = if in_table { shield(line, true) } else { Cow::Borrowed(line) };
        let segments = vec![(0, start), (prefix.len(), start)];
        Self::new(Cow::Owned(format!("{prefix}{line}")), segments, Vec::new())
    }

    /// The bytes of the source that a position of comrak covers.
    pub(super) fn range(&self, position: Sourcepos) -> Range<usize> {
        let (start, end) = (position.start, position.end);
        let start = self.byte(start.line, start.column.saturating_sub(1));
        let end = self.byte(end.line, end.column);
        start..end.max(start)
    }

    /// The byte of the source at a line from 1 and a column from 0.
    fn byte(&self, line: usize, column: usize) -> usize {
        let line = line.saturating_sub(1);
        let start = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        let at = (start + column).min(self.text.len());
        let index = self.segments.partition_point(|&(view, _)| view <= at);
        let (view, source) = self.segments[index.saturating_sub(1)];
        let next = self.segments.get(index).map_or(usize::MAX, |&(_, source)| source);
        (source + (at - view)).min(next)
    }

    /// Whether a block at a byte of the source came from another tool's notation.
    pub(super) fn is_foreign(&self, byte: usize) -> bool {
        self.foreign.binary_search(&byte).is_ok()
    }
}

/// Makes the text that comrak reads from what follows the front matter: bars of ruby in
/// rows of tables are shielded, and blocks of MkDocs become fenced containers.
pub(super) fn build<'s>(source: &'s Source, start: usize, sink: &mut Sink) -> View<'s> {
    let body = &source.text[start..];
    let shielded = shield_rows(body);
    match foreign::fence_blocks(&shielded, start, source, sink) {
        Some(foreign::Fenced { text, segments, places }) => {
            View::new(Cow::Owned(text), segments, places)
        }
        None => View::new(shielded, vec![(0, start)], Vec::new()),
    }
}

/// Shields bars in all lines that may be rows of a table.
fn shield_rows(text: &str) -> Cow<'_, str> {
    let shields = text.contains([BAR, BACKSLASH]);
    if shields || !(text.contains('|') && text.contains(['{', '\\'])) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut done = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.contains('|')
            && let Cow::Owned(shielded) = shield(line, false)
        {
            out.push_str(&text[done..at]);
            out.push_str(&shielded);
            done = at + line.len();
        }
        at += line.len();
    }
    match done {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(out + &text[done..]),
    }
}

/// Shields the bars of ruby and escaped bars of a line, in as many bytes, where the line
/// has a bar of its own or is known to be a row.
fn shield(line: &str, is_row: bool) -> Cow<'_, str> {
    let bytes = line.as_bytes();
    let mut bars = Vec::new();
    let mut is_row = is_row;
    let mut at = 0;
    while let Some(found) = line[at..].find(['{', '|', '\\']) {
        at += found;
        let rest = &line[at..];
        if bytes[at] == b'{'
            && let Some(braces) = super::notation::braces(rest)
        {
            let inside = at..at + braces.length;
            bars.extend(inside.clone().filter(|&index| bytes[index] == b'|'));
            at = inside.end;
            continue;
        }
        if rest.starts_with("\\|") {
            bars.push(at + 1);
            at += 2;
        } else {
            is_row |= bytes[at] == b'|';
            at += if rest.starts_with("\\\\") { 2 } else { 1 };
        }
    }
    if !is_row || bars.is_empty() {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut done = 0;
    for bar in bars {
        let escaped = bytes[bar - 1] == b'\\';
        out.push_str(&line[done..bar - usize::from(escaped)]);
        if escaped {
            out.push(BACKSLASH);
        }
        out.push(BAR);
        done = bar + 1;
    }
    out.push_str(&line[done..]);
    Cow::Owned(out)
}

/// Takes shields out of a text of comrak's; in a table, an escaped bar is a bar.
pub(super) fn unshield(text: &str, in_table: bool) -> String {
    if !text.contains([BAR, BACKSLASH]) {
        return text.to_owned();
    }
    let backslash = if in_table { "" } else { "\\" };
    text.replace(BACKSLASH, backslash).replace(BAR, "|")
}

/// Whether a text of comrak's is what stands in the source, but for shields.
pub(super) fn is_same(text: &str, source: &str) -> bool {
    if text == source {
        return true;
    }
    let same = |(given, there): (u8, u8)| {
        given == there
            || (given == BAR as u8 && there == b'|')
            || (given == BACKSLASH as u8 && there == b'\\')
    };
    text.len() == source.len() && text.bytes().zip(source.bytes()).all(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_are_shielded() {
        let shown = |line| shield(line, false).replace([BAR, BACKSLASH], "#");
        assert_eq!(shown("| {漢字|かんじ} | a\\|b |"), "| {漢字#かんじ} | a##b |");
        assert_eq!(shown("| {漢\\|かん} |"), "| {漢##かん} |");
        assert_eq!(shown("文の{漢字|かんじ}と\\|"), "文の{漢字|かんじ}と\\|");
        assert_eq!(shown("| {a|b} |"), "| {a|b} |");
        assert_eq!(shown("| a \\\\| b\\|"), "| a \\\\| b##");
    }
}
