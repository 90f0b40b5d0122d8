//! Language tags.

/// Whether a text has the form of a language tag (BCP 47, RFC 5646 2.1): a language of two
/// or three letters, with extended language, script, region, variants, extensions and
/// private use in this order.
pub fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-').peekable();
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let signs = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let language = parts.next().unwrap_or("");
    if !matches!(language.len(), 2 | 3) || !letters(language) {
        return false;
    }
    let extended = |part: &&str| part.len() == 3 && letters(part);
    for _ in 0..3 {
        parts.next_if(extended);
    }
    parts.next_if(|part| part.len() == 4 && letters(part));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    parts.next_if(|part| match part.len() {
        2 => letters(part),
        3 => digits(part),
        _ => false,
    });
    let variant = |part: &&str| match part.len() {
        5..=8 => signs(part),
        4 => signs(part) && part.starts_with(|ch: char| ch.is_ascii_digit()),
        _ => false,
    };
    let mut seen: Vec<String> = Vec::new();
    while let Some(part) = parts.next_if(variant) {
        seen.push(part.to_ascii_lowercase());
    }
    // Extensions: a sign, and one or more parts of two to eight.
    while let Some(sign) = parts.next_if(|part| part.len() == 1 && signs(part)) {
        let private = sign.eq_ignore_ascii_case("x");
        let least = if private { 1 } else { 2 };
        let part = |part: &&str| (least..=8).contains(&part.len()) && signs(part);
        if parts.next_if(part).is_none() {
            return false;
        }
        while parts.next_if(part).is_some() {}
        if private {
            break;
        }
        seen.push(sign.to_ascii_lowercase());
    }
    let once = seen.iter().enumerate().all(|(at, part)| !seen[..at].contains(part));
    once && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::is_language_tag;

    #[test]
    fn tags_have_their_parts_in_order() {
        for tag in [
            "ja",
            "en-US",
            "zh-Hant-TW",
            "zh-yue-HK",
            "de-1996",
            "sl-rozaj-biske",
            "es-419",
            "ja-u-ca-japanese",
            "en-a-bbb-x-a-ccc",
            "ain",
            "JA",
        ] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for text in [
            "",
            "j",
            "japanese",
            "ja-",
            "ja-a",
            "ja-JP-JP",
            "ja_JP",
            "en-x",
            "x-foo",
            "de-1996-1996",
            "en-a-bb-a-cc",
            "ja-日本",
            "ja-123456789",
            "en--US",
        ] {
            assert!(!is_language_tag(text), "{text}");
        }
    }
}
