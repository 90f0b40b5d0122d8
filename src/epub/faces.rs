//! Which face each kind of text is set in: the style sheet and the subsets both read it
//! here.

use crate::font::{Family, FontStyle, Weight};
use crate::style::Style;

/// The faces of the elements of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Faces {
    /// Running text.
    pub(super) body: FontStyle,
    /// Headings, from level 1.
    pub(super) headings: [FontStyle; 6],
    /// The title on the title page and in the colophon.
    pub(super) title: FontStyle,
    /// The title of a part on its page.
    pub(super) part: FontStyle,
    /// Emphasis.
    pub(super) emphasis: FontStyle,
    /// Strong emphasis, terms, heads of tables, titles of containers.
    pub(super) strong: FontStyle,
    /// Captions.
    pub(super) caption: FontStyle,
    /// Code.
    pub(super) code: FontStyle,
}

impl Faces {
    /// The faces of a style.
    pub(super) fn of(style: &Style) -> Self {
        let gothic = |weight| FontStyle { family: Family::Gothic, weight };
        Self {
            body: style.body,
            headings: style.headings.map(|heading| heading.font),
            title: style.title_page.font,
            part: style.part_page.font,
            emphasis: gothic(style.body.weight),
            strong: gothic(Weight::Bold),
            caption: style.caption.font,
            code: FontStyle { family: Family::Mono, weight: Weight::Regular },
        }
    }
}

/// The characters that a publication shows in each face.
#[derive(Debug, Default)]
pub(super) struct Used {
    sets: [CharSet; STYLES.len()],
}

/// Every family and weight, in the order of the sets of [`Used`].
const STYLES: [FontStyle; 6] = {
    use Family::{Gothic, Mincho, Mono};
    use Weight::{Bold, Regular};
    [
        FontStyle { family: Mincho, weight: Regular },
        FontStyle { family: Mincho, weight: Bold },
        FontStyle { family: Gothic, weight: Regular },
        FontStyle { family: Gothic, weight: Bold },
        FontStyle { family: Mono, weight: Regular },
        FontStyle { family: Mono, weight: Bold },
    ]
};

impl Used {
    /// Takes the characters of a text in.
    pub(super) fn add(&mut self, style: FontStyle, text: &str) {
        let set = &mut self.sets[style.family as usize * 2 + style.weight as usize];
        text.chars().for_each(|ch| set.insert(ch));
    }

    /// Takes in what another has.
    pub(super) fn merge(&mut self, other: &Self) {
        for (set, more) in self.sets.iter_mut().zip(&other.sets) {
            set.merge(more);
        }
    }

    /// Each style with its characters in order; styles without any are left out.
    pub(super) fn iter(&self) -> impl Iterator<Item = (FontStyle, Vec<char>)> {
        let sets = STYLES.iter().zip(&self.sets);
        sets.map(|(style, set)| (*style, set.chars().collect::<Vec<char>>()))
            .filter(|(_, chars)| !chars.is_empty())
    }
}

/// A set of characters, one bit each.
#[derive(Debug, Default)]
struct CharSet {
    words: Vec<u64>,
}

impl CharSet {
    fn insert(&mut self, ch: char) {
        let (word, bit) = (ch as usize / 64, ch as usize % 64);
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= 1 << bit;
    }

    fn merge(&mut self, other: &Self) {
        let length = self.words.len().max(other.words.len());
        self.words.resize(length, 0);
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }

    fn chars(&self) -> impl Iterator<Item = char> {
        let words = self.words.iter().enumerate().filter(|&(_, &word)| word != 0);
        words.flat_map(|(index, &word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .filter_map(move |bit| char::from_u32(index as u32 * 64 + bit))
        })
    }
}
