//! How renderers set an operator that says nothing of itself: the operator dictionary of
//! MathML Core (appendix B).

/// Where an operator stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Prefix,
    Infix,
    Postfix,
}

impl Form {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Prefix => "prefix",
            Self::Infix => "infix",
            Self::Postfix => "postfix",
        }
    }
}

/// What the dictionary says of an operator in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The space before and after it, in eighteenths of the em (mu).
    pub(super) space: (u8, u8),
    /// Whether it grows with what stands beside it.
    pub(super) stretchy: bool,
    /// Whether it grows on both sides of the axis alike.
    pub(super) symmetric: bool,
    /// Whether it is a bracket.
    pub(super) fence: bool,
    /// Whether it is larger in displays.
    pub(super) large: bool,
    /// Whether its limits stand beside it outside of displays.
    pub(super) movable: bool,
}

const PLAIN: Entry = Entry {
    space: (0, 0),
    stretchy: false,
    symmetric: false,
    fence: false,
    large: false,
    movable: false,
};
const ARROW: Entry = Entry { space: (5, 5), stretchy: true, ..PLAIN };
const OPERATION: Entry = Entry { space: (4, 4), ..PLAIN };
const PRODUCT: Entry = Entry { space: (3, 3), ..PLAIN };
const SEPARATOR: Entry = Entry { space: (0, 3), ..PLAIN };
const SIGN: Entry = Entry { space: (3, 0), ..PLAIN };
const FENCE: Entry = Entry {
    stretchy: true,
    symmetric: true,
    fence: true,
    ..PLAIN
};
const ACCENT: Entry = Entry { stretchy: true, ..PLAIN };
const INTEGRAL: Entry = Entry {
    space: (3, 3),
    symmetric: true,
    large: true,
    ..PLAIN
};
const SUM: Entry = Entry { movable: true, ..INTEGRAL };
/// What is not in the dictionary, relations among it.
const DEFAULT: Entry = Entry { space: (5, 5), ..PLAIN };

/// What the dictionary says of an operator, in another form where it is not in this one.
pub(super) fn entry(text: &str, form: Form) -> Entry {
    let Some(ch) = key(text) else { return DEFAULT };
    // These two are relations between what they stand between.
    if form == Form::Infix && matches!(ch, '|' | '\u{223C}') {
        return DEFAULT;
    }
    let forms = [form, Form::Infix, Form::Postfix, Form::Prefix];
    forms.into_iter().find_map(|form| find(ch, form)).unwrap_or(DEFAULT)
}

/// Whether the dictionary has a character in any form.
pub(super) fn is_known(ch: char) -> bool {
    let forms = [Form::Infix, Form::Postfix, Form::Prefix];
    forms.into_iter().any(|form| find(ch, form).is_some())
}

/// Whether the dictionary has an operator in this form.
pub(super) fn has_form(text: &str, form: Form) -> bool {
    key(text).is_some_and(|ch| find(ch, form).is_some())
}

/// Whether an operator grows along the line rather than across it.
pub(super) fn grows_along(text: &str) -> bool {
    let is_fence = |ch| find(ch, Form::Prefix).or(find(ch, Form::Postfix)) == Some(FENCE);
    key(text).is_some_and(|ch| !UPRIGHT.contains(&ch) && !is_fence(ch))
}

/// Arrows that point up and down.
const UPRIGHT: &[char] = &[
    '↑', '↓', '↕', '↟', '↡', '↥', '↧', '↨', '↾', '↿', '⇂', '⇃', '⇅', '⇈', '⇊', '⇑', '⇓',
    '⇕', '⇞', '⇟', '⇡', '⇣', '⇧', '⇩', '⇳', '⇵', '⟰', '⟱',
];

/// The character that an operator is looked up by: a sign that is struck out is set as the
/// sign.
fn key(text: &str) -> Option<char> {
    let mut chars = text.chars();
    let first = chars.next()?;
    matches!(chars.as_str(), "" | "\u{338}").then_some(first)
}

fn find(ch: char, form: Form) -> Option<Entry> {
    let code = u32::from(ch);
    let has = |ranges: &[(u32, u32)]| {
        let after = ranges.partition_point(|&(first, _)| first <= code);
        after.checked_sub(1).is_some_and(|at| code <= ranges[at].1)
    };
    let kinds = match form {
        Form::Infix => INFIX,
        Form::Prefix => PREFIX,
        Form::Postfix => POSTFIX,
    };
    kinds.iter().find(|(_, ranges)| has(ranges)).map(|&(entry, _)| entry)
}

/// What stands in infix form.
#[rustfmt::skip]
const INFIX: &[(Entry, &[(u32, u32)])] = &[
    (PRODUCT, &[
        (0x25, 0x25), (0x2A, 0x2A), (0x2E, 0x2E), (0x3F, 0x40), (0x5E, 0x5E),
        (0xB7, 0xB7), (0xD7, 0xD7), (0x2022, 0x2022), (0x2043, 0x2043),
        (0x2217, 0x2219), (0x2240, 0x2240), (0x2297, 0x2297), (0x2299, 0x229B),
        (0x22A0, 0x22A1), (0x22BA, 0x22BA), (0x22C4, 0x22C7), (0x22C9, 0x22CC),
        (0x2305, 0x2306), (0x27CB, 0x27CB), (0x27CD, 0x27CD), (0x29C6, 0x29C8),
        (0x29D4, 0x29D7), (0x29E2, 0x29E2), (0x2A1D, 0x2A1E), (0x2A2F, 0x2A37),
        (0x2A3B, 0x2A3D), (0x2A3F, 0x2A3F), (0x2A50, 0x2A50), (0x2A64, 0x2A65),
        (0x2ADC, 0x2ADD), (0x2AFE, 0x2AFE),
    ]),
    (OPERATION, &[
        (0x2B, 0x2B), (0x2D, 0x2D), (0x2F, 0x2F), (0xB1, 0xB1), (0xF7, 0xF7),
        (0x2044, 0x2044), (0x2212, 0x2216), (0x2227, 0x222A), (0x2236, 0x2236),
        (0x2238, 0x2238), (0x228C, 0x228E), (0x2293, 0x2296), (0x2298, 0x2298),
        (0x229D, 0x229F), (0x22BB, 0x22BD), (0x22CE, 0x22CF), (0x22D2, 0x22D3),
        (0x2795, 0x2797), (0x29B8, 0x29B8), (0x29BC, 0x29BC), (0x29C4, 0x29C5),
        (0x29F5, 0x29FB), (0x2A1F, 0x2A2E), (0x2A38, 0x2A3A), (0x2A3E, 0x2A3E),
        (0x2A40, 0x2A4F), (0x2A51, 0x2A63), (0x2ADB, 0x2ADB), (0x2AF6, 0x2AF6),
        (0x2AFB, 0x2AFB), (0x2AFD, 0x2AFD),
    ]),
    (PLAIN, &[
        (0x5C, 0x5C), (0x5F, 0x5F), (0x2061, 0x2064), (0x2206, 0x2206),
    ]),
    (ARROW, &[
        (0x2190, 0x2195), (0x219A, 0x21AE), (0x21B0, 0x21B5), (0x21B9, 0x21B9),
        (0x21BC, 0x21D5), (0x21DA, 0x21F0), (0x21F3, 0x21FF), (0x2794, 0x2794),
        (0x2799, 0x2799), (0x279B, 0x27A1), (0x27A5, 0x27A6), (0x27A8, 0x27AF),
        (0x27B1, 0x27B1), (0x27B3, 0x27B3), (0x27B5, 0x27B5), (0x27B8, 0x27B8),
        (0x27BA, 0x27BE), (0x27F0, 0x27F1), (0x27F4, 0x27FF), (0x2900, 0x2920),
        (0x2934, 0x2937), (0x2942, 0x2975), (0x297C, 0x297F), (0x2B04, 0x2B07),
        (0x2B0C, 0x2B11), (0x2B30, 0x2B3E), (0x2B40, 0x2B4C), (0x2B60, 0x2B65),
        (0x2B6A, 0x2B6D), (0x2B70, 0x2B73), (0x2B7A, 0x2B7D), (0x2B80, 0x2B87),
        (0x2B95, 0x2B95), (0x2BA0, 0x2BAF), (0x2BB8, 0x2BB8),
    ]),
    (SEPARATOR, &[
        (0x2C, 0x2C), (0x3A, 0x3B),
    ]),
];

/// What stands in prefix form.
#[rustfmt::skip]
const PREFIX: &[(Entry, &[(u32, u32)])] = &[
    (PLAIN, &[
        (0x21, 0x21), (0x2B, 0x2B), (0x2D, 0x2D), (0xAC, 0xAC), (0xB1, 0xB1),
        (0x2018, 0x2018), (0x201C, 0x201C), (0x2200, 0x2201), (0x2203, 0x2204),
        (0x2207, 0x2207), (0x2212, 0x2213), (0x221F, 0x2222), (0x2234, 0x2235),
        (0x223C, 0x223C), (0x22BE, 0x22BF), (0x2310, 0x2310), (0x2319, 0x2319),
        (0x2795, 0x2796), (0x27C0, 0x27C0), (0x299B, 0x29AF), (0x2AEC, 0x2AED),
    ]),
    (FENCE, &[
        (0x28, 0x28), (0x5B, 0x5B), (0x7B, 0x7C), (0x2016, 0x2016), (0x2308, 0x2308),
        (0x230A, 0x230A), (0x2329, 0x2329), (0x2772, 0x2772), (0x27E6, 0x27E6),
        (0x27E8, 0x27E8), (0x27EA, 0x27EA), (0x27EC, 0x27EC), (0x27EE, 0x27EE),
        (0x2980, 0x2980), (0x2983, 0x2983), (0x2985, 0x2985), (0x2987, 0x2987),
        (0x2989, 0x2989), (0x298B, 0x298B), (0x298D, 0x298D), (0x298F, 0x298F),
        (0x2991, 0x2991), (0x2993, 0x2993), (0x2995, 0x2995), (0x2997, 0x2997),
        (0x2999, 0x2999), (0x29D8, 0x29D8), (0x29DA, 0x29DA), (0x29FC, 0x29FC),
    ]),
    (SUM, &[
        (0x220F, 0x2211), (0x22C0, 0x22C3), (0x2A00, 0x2A0A), (0x2A1D, 0x2A1E),
        (0x2AFC, 0x2AFC), (0x2AFF, 0x2AFF),
    ]),
    (INTEGRAL, &[
        (0x222B, 0x2233), (0x2A0B, 0x2A1C),
    ]),
    (SIGN, &[
        (0x2145, 0x2146), (0x2202, 0x2202), (0x221A, 0x221C),
    ]),
];

/// What stands in postfix form.
#[rustfmt::skip]
const POSTFIX: &[(Entry, &[(u32, u32)])] = &[
    (PLAIN, &[
        (0x21, 0x22), (0x25, 0x27), (0x60, 0x60), (0xA8, 0xA8), (0xB0, 0xB0),
        (0xB2, 0xB4), (0xB8, 0xB9), (0x2CA, 0x2CB), (0x2D8, 0x2DA), (0x2DD, 0x2DD),
        (0x311, 0x311), (0x2019, 0x201B), (0x201D, 0x201F), (0x2032, 0x2037),
        (0x2057, 0x2057), (0x20DB, 0x20DC), (0x23CD, 0x23CD),
    ]),
    (FENCE, &[
        (0x29, 0x29), (0x5D, 0x5D), (0x7C, 0x7D), (0x2016, 0x2016), (0x2309, 0x2309),
        (0x230B, 0x230B), (0x232A, 0x232A), (0x2773, 0x2773), (0x27E7, 0x27E7),
        (0x27E9, 0x27E9), (0x27EB, 0x27EB), (0x27ED, 0x27ED), (0x27EF, 0x27EF),
        (0x2980, 0x2980), (0x2984, 0x2984), (0x2986, 0x2986), (0x2988, 0x2988),
        (0x298A, 0x298A), (0x298C, 0x298C), (0x298E, 0x298E), (0x2990, 0x2990),
        (0x2992, 0x2992), (0x2994, 0x2994), (0x2996, 0x2996), (0x2998, 0x2999),
        (0x29D9, 0x29D9), (0x29DB, 0x29DB), (0x29FD, 0x29FD),
    ]),
    (ACCENT, &[
        (0x5E, 0x5F), (0x7E, 0x7E), (0xAF, 0xAF), (0x2C6, 0x2C7), (0x2C9, 0x2C9),
        (0x2CD, 0x2CD), (0x2DC, 0x2DC), (0x2F7, 0x2F7), (0x302, 0x302),
        (0x203E, 0x203E), (0x2322, 0x2323), (0x23B4, 0x23B5), (0x23DC, 0x23E1),
    ]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_knows_the_forms_of_an_operator() {
        let space = |text: &str, form| entry(text, form).space;
        assert_eq!(space("+", Form::Infix), (4, 4));
        assert_eq!(space("\u{2212}", Form::Prefix), (0, 0));
        assert_eq!(space("=", Form::Infix), (5, 5), "it is not in the dictionary");
        assert_eq!(space("=\u{338}", Form::Infix), (5, 5));
        assert_eq!(space(",", Form::Postfix), (0, 3), "it has no such form");
        assert_eq!(space("∑", Form::Infix), (3, 3));
        assert!(entry("(", Form::Infix).stretchy && !grows_along("("));
        assert!(entry("→", Form::Infix).stretchy && grows_along("→"));
        assert!(!entry("|", Form::Infix).stretchy && entry("|", Form::Prefix).stretchy);
    }

    #[test]
    fn ranges_are_in_order() {
        for (_, ranges) in [INFIX, PREFIX, POSTFIX].into_iter().flatten() {
            assert!(ranges.iter().all(|(first, last)| first <= last));
            assert!(ranges.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
    }
}
