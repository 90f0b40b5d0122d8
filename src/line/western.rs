//! Breaks inside Western text, where JLReq is silent: UAX #14, and addresses.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

/// The byte offsets inside a run of Western text before which a line may break by UAX #14,
/// the start and the end left out.
///
/// An offset after spaces stands after all of them; at the space itself there is none.
pub fn latin_breaks(text: &str) -> Vec<usize> {
    let mut options = LineBreakOptions::default();
    options.strictness = Some(icu_segmenter::options::LineBreakStrictness::Strict);
    LineSegmenter::new_for_non_complex_scripts(options)
        .segment_str(text)
        .filter(|&at| at > 0 && at < text.len())
        .collect()
}

/// The byte offsets inside a web address, a path or a long name in code before which a
/// line may break: after a separator, before `.` `?` `&` `#` `=` and the like, and between
/// a small and a capital letter. No hyphen is shown there.
pub fn address_breaks(text: &str) -> Vec<usize> {
    let mut breaks = Vec::new();
    let mut before: Option<char> = None;
    for (at, ch) in text.char_indices() {
        if before.is_some_and(|before| parts(before, ch)) {
            breaks.push(at);
        }
        before = Some(ch);
    }
    breaks
}

/// Whether an address may part between two characters.
fn parts(before: char, after: char) -> bool {
    let separates =
        |ch| matches!(ch, '/' | '\\' | ':' | ',' | ';' | '-' | '_' | '|' | '@');
    let leads = |ch| matches!(ch, '.' | '?' | '&' | '#' | '=' | '%' | '+' | '~');
    let camel = before.is_lowercase() && after.is_uppercase();
    let closes = matches!(after, ')' | ']' | '}' | '>');
    !closes
        && !separates(after)
        && (separates(before) || leads(after) && !leads(before) || camel)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, breaks: Vec<usize>) -> Vec<&str> {
        let ends = breaks.iter().copied().chain([text.len()]);
        let starts = [0].into_iter().chain(breaks.iter().copied());
        starts.zip(ends).map(|(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn words_part_after_spaces_and_hyphens() {
        let words = |text| split(text, latin_breaks(text));
        assert_eq!(
            words("a well-known (old) word."),
            ["a ", "well-", "known ", "(old) ", "word."]
        );
        assert_eq!(words("don’t 1,000.5 x"), ["don’t ", "1,000.5 ", "x"]);
        assert_eq!(words("слово λόγος"), ["слово ", "λόγος"]);
        assert_eq!(words(""), [""]);
    }

    #[test]
    fn addresses_part_at_their_separators() {
        let parts = |text| split(text, address_breaks(text));
        assert_eq!(
            parts("https://example.com/a-b?c=d#e"),
            ["https://", "example", ".com/", "a-", "b", "?c", "=d", "#e"]
        );
        assert_eq!(parts("getElementById()"), ["get", "Element", "By", "Id()"]);
    }
}
