//! Attributes: `{#id .class key=value}`.

use crate::model::Attributes;

/// Reads attributes that stand at the start of a text; gives them and their length.
///
/// `None` where the braces hold anything else, so that ruby and plain braces stay text.
pub(super) fn parse(text: &str) -> Option<(Attributes, usize)> {
    let mut rest = text.strip_prefix('{')?;
    let mut attributes = Attributes::default();
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        if let Some(after) = rest.strip_prefix('}') {
            let length = text.len() - after.len();
            return (!attributes.is_empty()).then_some((attributes, length));
        }
        rest = one(rest, &mut attributes)?;
    }
}

/// Reads one attribute; gives the text after it.
fn one<'a>(text: &'a str, attributes: &mut Attributes) -> Option<&'a str> {
    if let Some(text) = text.strip_prefix('#') {
        let (id, rest) = word(text)?;
        attributes.id = Some(id.to_owned());
        return Some(rest);
    }
    if let Some(text) = text.strip_prefix('.') {
        let (class, rest) = word(text)?;
        attributes.classes.push(class.to_owned());
        return Some(rest);
    }
    let length = text.find(|c: char| !(c.is_alphanumeric() || "-_:".contains(c)))?;
    let (key, rest) = text.split_at(length);
    let (value, rest) = value(rest.strip_prefix('=')?)?;
    if key.is_empty() {
        return None;
    }
    match key {
        "id" => attributes.id = Some(value),
        "class" => {
            attributes.classes.extend(value.split_whitespace().map(str::to_owned));
        }
        _ => attributes.pairs.push((key.to_owned(), value)),
    }
    Some(rest)
}

/// Characters up to a space or a brace.
fn word(text: &str) -> Option<(&str, &str)> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '{' | '}' | '|' | '"' | '=');
    let length = text.find(ends)?;
    (length > 0).then(|| text.split_at(length))
}

/// The value of a key, plain or in quotes.
fn value(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(quote) = quote else {
        let ends = |c: char| c.is_whitespace() || matches!(c, '{' | '}');
        let length = text.find(ends)?;
        let (value, rest) = text.split_at(length);
        return Some((value.to_owned(), rest));
    };
    let mut value = String::new();
    let mut characters = text[1..].char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '\n' => return None,
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            _ if character == quote => return Some((value, &text[index + 2..])),
            _ => value.push(character),
        }
    }
    None
}

/// Reads attributes that stand at the end of a text after a space, or alone; gives them
/// and where they begin.
pub(super) fn trailing(text: &str) -> Option<(Attributes, usize)> {
    let text = text.trim_end();
    if !text.ends_with('}') {
        return None;
    }
    let open = text.rfind('{')?;
    let (attributes, length) = parse(&text[open..])?;
    let after_bracket = text[..open].ends_with([']', ')', '`', '>', '$', '\\']);
    (open + length == text.len() && !after_bracket).then_some((attributes, open))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match parse(text) {
            Some((Attributes { id, classes, pairs }, length)) => {
                format!("{id:?} {classes:?} {pairs:?} {length}")
            }
            None => "none".into(),
        }
    }

    #[test]
    fn braces_hold_attributes_or_stay_text() {
        assert_eq!(shown("{#図-1}"), "Some(\"図-1\") [] [] 8");
        assert_eq!(
            shown("{ .a .b k=v w=50% s=\"x \\\" }\" } rest"),
            "None [\"a\", \"b\"] [(\"k\", \"v\"), (\"w\", \"50%\"), (\"s\", \"x \\\" }\")] 30"
        );
        assert_eq!(shown("{id=x class=\"a b\"}"), "Some(\"x\") [\"a\", \"b\"] [] 18");
        for text in ["{}", "{漢字|かんじ}", "{word}", "{.a", "{.a|b}", "{=x}", "{k=\"v}"]
        {
            assert_eq!(shown(text), "none", "{text}");
        }
        assert_eq!(trailing("題 {#a}").map(|(_, at)| at), Some(4));
        assert_eq!(trailing("[語]{.index}"), None);
    }
}
