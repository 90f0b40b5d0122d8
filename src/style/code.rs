//! How the words of code look: on a light ground in print and on screens, on a dark one in
//! reading systems that have it.

use crate::highlight::TokenClass;

/// How a class of words looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenLook {
    /// Red, green and blue on a light ground: at least 4.5 : 1 against the ground of code,
    /// and told apart in gray by level or weight.
    pub light: [u8; 3],
    /// Red, green and blue on a dark ground.
    pub dark: [u8; 3],
    /// Whether it is bold.
    pub bold: bool,
}

/// The look of a class of words.
#[rustfmt::skip]
pub const fn token_look(class: TokenClass) -> TokenLook {
    let (light, dark, bold) = match class {
        TokenClass::Keyword => ([0x1B, 0x3C, 0x86], [0x9D, 0xB8, 0xF5], true),
        TokenClass::Type => ([0x0B, 0x5C, 0x6B], [0x6F, 0xD0, 0xDF], false),
        TokenClass::Function => ([0x63, 0x34, 0x94], [0xCB, 0xA6, 0xF7], false),
        TokenClass::Constant => ([0x98, 0x46, 0x00], [0xF0, 0xA8, 0x68], false),
        TokenClass::Text => ([0x2B, 0x68, 0x28], [0xA5, 0xD8, 0x8F], false),
        TokenClass::Escape => ([0x7D, 0x5E, 0x00], [0xE3, 0xC5, 0x67], false),
        TokenClass::Comment => ([0x60, 0x64, 0x6A], [0x9A, 0xA0, 0xA8], false),
        TokenClass::Annotation => ([0x7A, 0x52, 0x08], [0xE0, 0xB4, 0x5C], false),
        TokenClass::Tag => ([0x1B, 0x3C, 0x86], [0x9D, 0xB8, 0xF5], false),
        TokenClass::Attribute => ([0x0B, 0x5C, 0x6B], [0x6F, 0xD0, 0xDF], false),
        TokenClass::Heading => ([0x1B, 0x3C, 0x86], [0x9D, 0xB8, 0xF5], true),
        TokenClass::Inserted => ([0x1A, 0x67, 0x28], [0x8F, 0xDB, 0x9A], false),
        TokenClass::Deleted => ([0xA0, 0x20, 0x2A], [0xFF, 0x9A, 0x9A], false),
    };
    TokenLook { light, dark, bold }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of a colour in thousandths, by a square in place of the curve
    /// of sRGB, which is near enough.
    fn luminance(color: [u8; 3]) -> u32 {
        let linear = |level: u8| u32::from(level).pow(2) * 1000 / 65_025;
        let [red, green, blue] = color.map(linear);
        (red * 213 + green * 715 + blue * 72) / 1000
    }

    #[test]
    fn words_are_readable_on_both_grounds() {
        let ground = luminance([243; 3]) + 50;
        for class in TokenClass::ALL {
            let TokenLook { light, dark, .. } = token_look(class);
            assert!(ground * 10 >= (luminance(light) + 50) * 45, "{class:?} on light");
            assert!((luminance(dark) + 50) * 10 >= 60 * 70, "{class:?} on dark");
        }
    }

    #[test]
    fn remarks_are_the_lightest_and_keywords_the_heaviest() {
        let comment = luminance(token_look(TokenClass::Comment).light);
        let others = TokenClass::ALL.into_iter().filter(|&c| c != TokenClass::Comment);
        for class in others {
            assert!(luminance(token_look(class).light) <= comment, "{class:?}");
        }
        assert!(token_look(TokenClass::Keyword).bold);
    }
}
