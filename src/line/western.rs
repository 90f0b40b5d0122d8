//! Breaks inside Western text, where JLReq is silent: UAX #14, hyphens, and addresses.

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

/// The byte offsets inside a word at which it may be divided with a hyphen, by the
/// patterns of a language (ISO 639-1); none for a language without patterns.
///
/// Names in capitals and short words stay whole. What is not a letter parts words.
pub fn hyphen_breaks(text: &str, language: [u8; 2]) -> Vec<usize> {
    let Some(language) = hypher::Lang::from_iso(language) else { return Vec::new() };
    let mut breaks = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(|ch: char| !ch.is_alphabetic()) {
        let letters = word.trim_end_matches(|ch: char| !ch.is_alphabetic());
        let capitals = letters.chars().skip(1).any(char::is_uppercase);
        if !capitals && letters.chars().count() >= SHORTEST_HYPHENATED {
            let mut at = 0;
            for syllable in hypher::hyphenate(letters, language) {
                at += syllable.len();
                let (before, after) = letters.split_at(at);
                if is_part(before) && is_part(after) {
                    breaks.push(start + at);
                }
            }
        }
        start += word.len();
    }
    breaks
}

/// Whether letters may stand alone at the end or the start of a line, as one letter may not.
fn is_part(letters: &str) -> bool {
    letters.chars().nth(1).is_some()
}

/// Words of fewer letters are not divided.
const SHORTEST_HYPHENATED: usize = 6;

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
    fn words_are_divided_by_the_patterns_of_their_language() {
        let parts = |text| split(text, hyphen_breaks(text, *b"en"));
        assert_eq!(parts("typographical"), ["ty", "po", "graph", "i", "cal"]);
        assert_eq!(parts("“hyphenation,”"), ["“hy", "phen", "ation,”"]);
        assert_eq!(parts("under-standing"), ["under-stand", "ing"]);
        assert_eq!(parts("UNESCO JavaScript early"), ["UNESCO JavaScript early"]);
        assert!(hyphen_breaks("typographical", *b"xx").is_empty());
        for (language, word, expected) in [
            (b"cs", "nakladatelství", "na-kla-da-tel-ství"),
            (b"da", "bogtrykkerkunsten", "bog-tryk-ker-kun-sten"),
            (b"de", "Buchdruckerkunst", "Buch-dru-cker-kunst"),
            (b"el", "τυπογραφία", "τυ-πο-γρα-φία"),
            (b"es", "encuadernación", "en-cua-der-na-ción"),
            (b"fi", "kirjapainotaito", "kir-ja-pai-no-tai-to"),
            (b"fr", "imprimerie", "im-pri-me-rie"),
            (b"it", "tipografia", "ti-po-gra-fia"),
            (b"la", "typographia", "ty-po-gra-phia"),
            (b"nl", "boekdrukkunst", "boek-druk-kunst"),
            (b"pl", "drukarstwo", "dru-kar-stwo"),
            (b"pt", "encadernação", "en-ca-der-na-ção"),
            (b"ru", "книгопечатание", "кни-го-пе-ча-та-ние"),
            (b"sv", "boktryckarkonsten", "boktryckar-kons-ten"),
        ] {
            let found = split(word, hyphen_breaks(word, *language)).join("-");
            assert_eq!(found, expected);
        }
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
