//! What the probes share: generated Japanese text, the same on every machine.

/// The number of kanji that the text uses, as many as a novel does.
const KANJI: u64 = 2_000;

/// Japanese sentences of made-up words, `count` characters in all: four kana to a kanji or
/// so, punctuation as in prose. No font is asked; `has` says which kanji may be used.
pub fn text(count: usize, has: impl Fn(char) -> bool) -> String {
    let kanji: Vec<char> =
        ('\u{4e00}'..='\u{9fa0}').step_by(7).filter(|&c| has(c)).collect();
    let mut state: u64 = 1;
    let mut next = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % below
    };
    let character = |index: usize| match index % 24 {
        0 => '「',
        7 => '、',
        15 => '」',
        23 => '。',
        place if place % 3 == 1 => kanji[next(KANJI.min(kanji.len() as u64)) as usize],
        _ => char::from_u32(0x3042 + next(80) as u32).unwrap_or('の'),
    };
    (0..count).map(character).collect()
}
