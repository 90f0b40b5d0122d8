//! Letters, digits and signs, and the alphabets of mathematics.

use ratex_font::symbols::{self, get_symbol};
use ratex_parser::parse_node::Mode;
use unicode_normalization::char::compose;

use super::element::{Element, Operator};
use super::operators;

/// An alphabet of mathematics, as a command asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alphabet {
    Upright,
    Italic,
    Bold,
    BoldItalic,
    DoubleStruck,
    Script,
    Fraktur,
    SansSerif,
    SansSerifItalic,
    Monospace,
}

impl Alphabet {
    /// The alphabet of a command without its backslash; `None` for the usual letters.
    pub(super) fn of(command: &str) -> Option<Self> {
        Some(match command {
            "mathrm" => Self::Upright,
            "mathit" => Self::Italic,
            "mathbf" => Self::Bold,
            "boldsymbol" => Self::BoldItalic,
            "mathbb" => Self::DoubleStruck,
            "mathcal" | "mathscr" => Self::Script,
            "mathfrak" => Self::Fraktur,
            "mathsf" => Self::SansSerif,
            "mathsfit" => Self::SansSerifItalic,
            "mathtt" => Self::Monospace,
            _ => return None,
        })
    }

    /// Whether letters side by side are a word in it.
    pub(super) fn has_words(self) -> bool {
        matches!(
            self,
            Self::Upright
                | Self::Italic
                | Self::SansSerif
                | Self::SansSerifItalic
                | Self::Monospace
        )
    }

    fn is_bold(self) -> bool {
        matches!(self, Self::Bold | Self::BoldItalic)
    }

    /// Where the letters from A and from a, the digits and the Greek letters from Α start
    /// in it.
    fn starts(self) -> (Option<u32>, Option<u32>, Option<u32>) {
        match self {
            Self::Upright => (None, None, None),
            Self::Italic => (Some(0x1D434), None, Some(0x1D6E2)),
            Self::Bold => (Some(0x1D400), Some(0x1D7CE), Some(0x1D6A8)),
            Self::BoldItalic => (Some(0x1D468), Some(0x1D7CE), Some(0x1D71C)),
            Self::DoubleStruck => (Some(0x1D538), Some(0x1D7D8), None),
            Self::Script => (Some(0x1D49C), None, None),
            Self::Fraktur => (Some(0x1D504), None, None),
            Self::SansSerif => (Some(0x1D5A0), Some(0x1D7E2), None),
            Self::SansSerifItalic => (Some(0x1D608), Some(0x1D7E2), None),
            Self::Monospace => (Some(0x1D670), Some(0x1D7F6), None),
        }
    }

    /// The letter or digit of this alphabet; `None` where it has none.
    fn letter(self, ch: char) -> Option<char> {
        let (latin, digits, greek) = self.starts();
        let code = u32::from(ch);
        let styled = match ch {
            'A'..='Z' => latin? + code - u32::from('A'),
            'a'..='z' => latin? + 26 + code - u32::from('a'),
            '0'..='9' => digits? + code - u32::from('0'),
            // TeX has the small letters in no upright face.
            _ if self == Self::Bold && !ch.is_uppercase() => return None,
            _ => greek? + greek_index(ch)?,
        };
        let styled = char::from_u32(styled)?;
        let elsewhere = LETTERLIKE.iter().find(|(gap, _)| *gap == styled);
        Some(elsewhere.map_or(styled, |&(_, letter)| letter))
    }
}

/// Letters that were in Unicode before the alphabets, which have gaps for them.
const LETTERLIKE: &[(char, char)] = &[
    ('\u{1D455}', 'ℎ'),
    ('\u{1D49D}', 'ℬ'),
    ('\u{1D4A0}', 'ℰ'),
    ('\u{1D4A1}', 'ℱ'),
    ('\u{1D4A3}', 'ℋ'),
    ('\u{1D4A4}', 'ℐ'),
    ('\u{1D4A7}', 'ℒ'),
    ('\u{1D4A8}', 'ℳ'),
    ('\u{1D4AD}', 'ℛ'),
    ('\u{1D4BA}', 'ℯ'),
    ('\u{1D4BC}', 'ℊ'),
    ('\u{1D4C4}', 'ℴ'),
    ('\u{1D506}', 'ℭ'),
    ('\u{1D50B}', 'ℌ'),
    ('\u{1D50C}', 'ℑ'),
    ('\u{1D515}', 'ℜ'),
    ('\u{1D51D}', 'ℨ'),
    ('\u{1D53A}', 'ℂ'),
    ('\u{1D53F}', 'ℍ'),
    ('\u{1D545}', 'ℕ'),
    ('\u{1D547}', 'ℙ'),
    ('\u{1D548}', 'ℚ'),
    ('\u{1D549}', 'ℝ'),
    ('\u{1D551}', 'ℤ'),
];

/// The place of a Greek letter after Α in an alphabet.
fn greek_index(ch: char) -> Option<u32> {
    let code = u32::from(ch);
    Some(match ch {
        'Α'..='Ρ' | 'Σ'..='Ω' => code - 0x391,
        '∇' => 25,
        'α'..='ω' => code - 0x3B1 + 26,
        '∂' => 51,
        'ϵ' => 52,
        'ϑ' => 53,
        'ϰ' => 54,
        'ϕ' => 55,
        'ϱ' => 56,
        'ϖ' => 57,
        _ => return None,
    })
}

/// Signs that stand elsewhere in the faces of KaTeX than in Unicode.
const PRIVATE: &[(char, &str)] = &[
    ('\u{E006}', "∤"),
    ('\u{E007}', "∦"),
    ('\u{E00C}', "≨"),
    ('\u{E00D}', "≩"),
    ('\u{E00E}', "≱"),
    ('\u{E00F}', "≱"),
    ('\u{E010}', "≰"),
    ('\u{E011}', "≰"),
    ('\u{E016}', "⊈"),
    ('\u{E017}', "⫋"),
    ('\u{E018}', "⊉"),
    ('\u{E019}', "⫌"),
    ('\u{E01A}', "⊊"),
    ('\u{E01B}', "⊋"),
    ('\u{E020}', "\u{338}"),
    ('\u{E131}', "ı"),
    ('\u{E237}', "ȷ"),
    ('\u{250C}', "⌜"),
    ('\u{2510}', "⌝"),
    ('\u{2514}', "⌞"),
    ('\u{2518}', "⌟"),
    ('\u{E258}', "≘"),
    ('\u{E25E}', "≞"),
];

/// The character of a symbol.
pub(super) fn character(name: &str, mode: Mode) -> String {
    match name {
        // KaTeX has the signs of relations for these.
        "|" | "\\vert" | "\\lvert" | "\\rvert" => return "|".to_owned(),
        "\\|" | "\\Vert" | "\\lVert" | "\\rVert" => return "‖".to_owned(),
        _ => {}
    }
    let mode = match mode {
        Mode::Math => symbols::Mode::Math,
        Mode::Text => symbols::Mode::Text,
    };
    let known = get_symbol(name, mode).and_then(|symbol| symbol.codepoint);
    // A letter of an alphabet that was typed as such is its plain letter to the library.
    let mut chars = name.chars();
    let typed = chars.next().filter(|ch| !ch.is_ascii() && chars.as_str().is_empty());
    let Some(ch) = known.filter(|ch| typed.is_none() || !ch.is_ascii()).or(typed) else {
        return name.to_owned();
    };
    let public = PRIVATE.iter().find(|(private, _)| *private == ch);
    public.map_or_else(|| ch.to_string(), |(_, public)| (*public).to_owned())
}

/// A letter, a digit or another sign that is no operator by itself.
pub(super) fn ordinary(text: &str, alphabet: Option<Alphabet>) -> Element {
    let mut chars = text.chars();
    let (Some(ch), "") = (chars.next(), chars.as_str()) else {
        return Element::token("mi", text);
    };
    let styled = alphabet.and_then(|alphabet| alphabet.letter(ch));
    if ch.is_ascii_digit() {
        return Element::token("mn", styled.unwrap_or(ch));
    }
    if styled.is_none() && ch != '∂' && !ch.is_alphabetic() && operators::is_known(ch) {
        return bold(Element::operator(ch), alphabet);
    }
    let letter = Element::token("mi", styled.unwrap_or(ch));
    let is_upright = match alphabet {
        Some(Alphabet::Upright) => !is_small_greek(ch),
        _ => styled.is_none() && matches!(ch, 'Α'..='Ω' | '∇'),
    };
    match styled {
        None if is_upright && is_slanted_alone(ch) => {
            letter.with("mathvariant", "normal")
        }
        None if !ch.is_alphabetic() => bold(letter, alphabet),
        None | Some(_) => letter,
    }
}

/// An operator of an atom.
pub(super) fn operator(text: String, alphabet: Option<Alphabet>) -> Element {
    bold(Element::operator(text), alphabet)
}

/// One of the large signs.
pub(super) fn large_operator(
    text: &str,
    alphabet: Option<Alphabet>,
    is_small: bool,
) -> Element {
    let operator = Operator { large: !is_small, ..Operator::default() };
    bold(Element::set_operator(text, operator), alphabet)
}

/// Makes a sign bold that has no bold one in Unicode.
fn bold(element: Element, alphabet: Option<Alphabet>) -> Element {
    match alphabet {
        Some(alphabet) if alphabet.is_bold() => {
            element.with("style", "font-weight: bold")
        }
        _ => element,
    }
}

/// The small letters of Greek, which TeX has in no upright face.
fn is_small_greek(ch: char) -> bool {
    matches!(ch, 'α'..='ω' | 'ϵ' | 'ϑ' | 'ϰ' | 'ϕ' | 'ϱ' | 'ϖ')
}

/// Whether renderers slant a letter that is a whole identifier.
fn is_slanted_alone(ch: char) -> bool {
    ch.is_ascii_alphabetic() || greek_index(ch).is_some() || matches!(ch, 'ı' | 'ȷ' | 'ϴ')
}

/// A character with a mark over, under or through it; one character where Unicode has it.
pub(super) fn marked(text: &str, mark: char) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return text.to_owned() };
    // Letters that have lost their dot for the mark.
    let letter = match first {
        'ı' => 'i',
        'ȷ' => 'j',
        _ => first,
    };
    match compose(letter, mark) {
        Some(whole) => format!("{whole}{}", chars.as_str()),
        None => format!("{first}{mark}{}", chars.as_str()),
    }
}
