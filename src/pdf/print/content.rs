//! The colours of content streams: the operators that set them, each in its place.

use super::inks::{Rgb, ink_numbers, write_numbers};
use crate::display::Inks;

/// A stream with its colours in other inks; `None` where it has none to change.
pub(super) fn recolored(content: &[u8], inks: Inks) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut copied = 0;
    let mut operands: Vec<(usize, f64)> = Vec::new();
    let mut tokens = Tokens { content, at: 0 };
    while let Some(token) = tokens.next() {
        match token {
            Token::Number(start, value) => operands.push((start, value)),
            Token::Other => operands.clear(),
            Token::Operator(operator) => {
                if let Some(text) = replacement(operator, &operands, inks) {
                    let count = if operator.eq_ignore_ascii_case(b"k") { 4 } else { 3 };
                    let (start, _) = operands[operands.len() - count];
                    out.extend_from_slice(&content[copied..start]);
                    out.extend_from_slice(text.as_bytes());
                    copied = tokens.at;
                }
                operands.clear();
            }
        }
    }
    if copied == 0 {
        return None;
    }
    out.extend_from_slice(&content[copied..]);
    Some(out)
}

/// What stands for an operator with its colour.
fn replacement(operator: &[u8], operands: &[(usize, f64)], inks: Inks) -> Option<String> {
    let stroke = operator.first()?.is_ascii_uppercase();
    let last = |count: usize| operands.len().checked_sub(count).map(|at| &operands[at..]);
    let color = match operator {
        b"rg" | b"RG" => {
            let [(_, r), (_, g), (_, b)] = last(3)? else { return None };
            Rgb([*r, *g, *b])
        }
        b"k" | b"K" if inks == Inks::Gray => {
            let [(_, c), (_, m), (_, y), (_, k)] = last(4)? else { return None };
            Rgb::of_cmyk([*c, *m, *y, *k])
        }
        _ => return None,
    };
    let mut text = write_numbers(&ink_numbers(color, inks));
    text.push(' ');
    text.push_str(match (inks, stroke) {
        (Inks::Gray, false) => "g",
        (Inks::Gray, true) => "G",
        (Inks::Cmyk, false) => "k",
        (Inks::Cmyk, true) => "K",
    });
    Some(text)
}

/// A word of a content stream.
enum Token<'a> {
    /// A number, with the byte at which it begins.
    Number(usize, f64),
    /// Any other operand, or a part of one.
    Other,
    /// An operator.
    Operator(&'a [u8]),
}

/// The words of a content stream (ISO 32000-1, 7.2).
struct Tokens<'a> {
    content: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        let rest = self.content.get(self.at..)?;
        let space = rest.iter().position(|byte| !is_space(*byte))?;
        let start = self.at + space;
        let first = self.content[start];
        match first {
            b'%' => {
                let rest = &self.content[start..];
                let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                self.at = end.map_or(self.content.len(), |end| start + end);
                return self.next();
            }
            b'(' => {
                self.at = self.end_of_string(start);
                return Some(Token::Other);
            }
            b'<' if self.content.get(start + 1) != Some(&b'<') => {
                let rest = &self.content[start..];
                let end = rest.iter().position(|byte| *byte == b'>');
                self.at = end.map_or(self.content.len(), |end| start + end + 1);
                return Some(Token::Other);
            }
            byte if is_delimiter(byte) => {
                let name = byte == b'/';
                let rest = &self.content[start + 1..];
                let length = rest.iter().take_while(|byte| is_regular(**byte)).count();
                self.at = start + 1 + if name { length } else { 0 };
                return Some(Token::Other);
            }
            _ => {}
        }
        let rest = &self.content[start..];
        let length = rest.iter().take_while(|byte| is_regular(**byte)).count();
        self.at = start + length;
        let word = &rest[..length];
        let number = std::str::from_utf8(word)
            .ok()
            .filter(|_| first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.'));
        if let Some(value) = number.and_then(|word| word.parse().ok()) {
            return Some(Token::Number(start, value));
        }
        if word == b"ID" {
            self.skip_image();
        }
        Some(Token::Operator(word))
    }

    /// One past the end of a string in parentheses.
    fn end_of_string(&self, start: usize) -> usize {
        let mut depth = 0_usize;
        let mut at = start;
        while let Some(byte) = self.content.get(at) {
            match byte {
                b'\\' => at += 1,
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        at.min(self.content.len())
    }

    /// Goes to the end of an image that stands in the stream.
    fn skip_image(&mut self) {
        let rest = &self.content[self.at..];
        let end = rest.windows(4).position(|bytes| {
            is_space(bytes[0]) && &bytes[1..3] == b"EI" && !is_regular(bytes[3])
        });
        self.at = end.map_or(self.content.len(), |end| self.at + end);
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gray(content: &str) -> String {
        let out = recolored(content.as_bytes(), Inks::Gray);
        out.map_or_else(
            || content.to_owned(),
            |out| String::from_utf8(out).expect("the test's content is text"),
        )
    }

    #[test]
    fn colours_change_and_nothing_else() {
        assert_eq!(gray("q\n1 0 0 rg\n0 0 5 5 re f Q"), "q\n0.299 g\n0 0 5 5 re f Q");
        assert_eq!(gray("0 0 0 RG 1 w"), "0 G 1 w");
        assert_eq!(gray("0 0 0 1 k f"), "0 g f");
        let text = "BT (1 0 0 rg \\) ( 1 0 0 rg)) Tj <31> Tj [(a) -20 (b)] TJ ET";
        assert_eq!(gray(text), text);
        let other = "/a1 gs 0.5 g % 1 0 0 rg\nBI /W 1 ID 1 0 0 rg EI Q";
        assert_eq!(gray(other), other);
        assert_eq!(gray("1 1 1 rg"), "1 g");
    }

    #[test]
    fn four_inks_keep_black_to_one() {
        let cmyk = |content: &str| {
            let out = recolored(content.as_bytes(), Inks::Cmyk);
            out.map(|out| String::from_utf8(out).expect("the test's content is text"))
        };
        assert_eq!(cmyk("0 0 0 rg").as_deref(), Some("0 0 0 1 k"));
        assert_eq!(cmyk("1 0 0 RG").as_deref(), Some("0 1 1 0 K"));
        assert_eq!(cmyk("0.5 0.25 1 rg").as_deref(), Some("0.5 0.75 0 0 k"));
        assert_eq!(cmyk("0.1 0.2 0.3 0 k"), None);
    }
}
