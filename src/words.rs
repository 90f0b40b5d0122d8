//! The words that the program itself puts into a book, in its language: Japanese ones in a
//! Japanese book, else English ones.

/// The words of one language. In those of numbers `{}` stands for the number.
#[derive(Debug)]
pub struct Words {
    /// The language of the words (BCP 47).
    pub language: &'static str,
    /// The title of the contents (目次).
    pub contents: &'static str,
    /// The title of the list of figures (図目次).
    pub figures: &'static str,
    /// The title of the list of tables (表目次).
    pub tables: &'static str,
    /// The title of the list of listings.
    pub listings: &'static str,
    /// The title of notes (後注).
    pub notes: &'static str,
    /// The title of the list of references (参考文献).
    pub references: &'static str,
    /// The title of the index (索引).
    pub index: &'static str,
    /// The title of the colophon (奥付).
    pub colophon: &'static str,
    /// The title of what is said of an author.
    pub profile: &'static str,
    /// A figure by its number.
    pub figure: &'static str,
    /// A table by its number.
    pub table: &'static str,
    /// A listing by its number.
    pub listing: &'static str,
    /// A formula by its number, which is in brackets.
    pub equation: &'static str,
    /// A chapter by its number.
    pub chapter: &'static str,
    /// An appendix by its number.
    pub appendix: &'static str,
    /// A heading within a chapter by its number.
    pub section: &'static str,
    /// A heading without a number by its words.
    pub quoted: &'static str,
    /// The heading of a box with a note that has none of its own.
    pub note: &'static str,
    /// The heading of a box with a tip.
    pub tip: &'static str,
    /// The heading of a box with what is important.
    pub important: &'static str,
    /// The heading of a box that warns.
    pub warning: &'static str,
    /// The heading of a box that tells to be careful.
    pub caution: &'static str,
    /// What stands in the index over words that nothing says how to read.
    pub others: &'static str,
    /// What stands in the index over signs and digits.
    pub signs: &'static str,
    /// More authors than are named.
    pub and_others: &'static str,
    /// The rows of the colophon: editions and printings.
    pub history: &'static str,
    /// The day of publication.
    pub published: &'static str,
    /// The edition (版).
    pub edition: &'static str,
    /// The publisher (発行所).
    pub publisher: &'static str,
    /// The printer (印刷所).
    pub printer: &'static str,
    /// The binder (製本所).
    pub binder: &'static str,
    /// Where to write to.
    pub contact: &'static str,
    /// The price (定価).
    pub price: &'static str,
}

impl Words {
    /// Whether they are the Japanese ones.
    pub fn are_japanese(&self) -> bool {
        self.language == JAPANESE.language
    }
}

/// The words for a language as a BCP 47 tag; no tag is Japanese.
pub fn of(language: &str) -> &'static Words {
    let primary = language.split('-').next().unwrap_or("");
    let japanese = primary.is_empty() || primary.eq_ignore_ascii_case("ja");
    if japanese { &JAPANESE } else { &ENGLISH }
}

/// Puts a number, or what else stands for `{}`, into a word of [`Words`].
pub fn fill(word: &str, number: impl std::fmt::Display) -> String {
    word.replace("{}", &number.to_string())
}

const JAPANESE: Words = Words {
    language: "ja",
    contents: "目次",
    figures: "図目次",
    tables: "表目次",
    listings: "リスト目次",
    notes: "注",
    references: "参考文献",
    index: "索引",
    colophon: "奥付",
    profile: "著者紹介",
    figure: "図{}",
    table: "表{}",
    listing: "リスト{}",
    equation: "式{}",
    chapter: "{}章",
    appendix: "付録{}",
    section: "{}節",
    quoted: "「{}」",
    note: "メモ",
    tip: "ヒント",
    important: "重要",
    warning: "警告",
    caution: "注意",
    others: "その他",
    signs: "記号・数字",
    and_others: "ほか",
    history: "発行履歴",
    published: "発行日",
    edition: "版",
    publisher: "発行所",
    printer: "印刷所",
    binder: "製本所",
    contact: "連絡先",
    price: "定価",
};

const ENGLISH: Words = Words {
    language: "en",
    contents: "Contents",
    figures: "Figures",
    tables: "Tables",
    listings: "Listings",
    notes: "Notes",
    references: "References",
    index: "Index",
    colophon: "Colophon",
    profile: "About the author",
    figure: "Figure {}",
    table: "Table {}",
    listing: "Listing {}",
    equation: "Equation {}",
    chapter: "Chapter {}",
    appendix: "Appendix {}",
    section: "Section {}",
    quoted: "“{}”",
    note: "Note",
    tip: "Tip",
    important: "Important",
    warning: "Warning",
    caution: "Caution",
    others: "Others",
    signs: "Symbols and digits",
    and_others: "and others",
    history: "History",
    published: "Published",
    edition: "Edition",
    publisher: "Publisher",
    printer: "Printer",
    binder: "Binder",
    contact: "Contact",
    price: "Price",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_its_words() {
        for tag in ["", "ja", "ja-JP", "JA"] {
            assert!(of(tag).are_japanese(), "{tag}");
        }
        for tag in ["en", "jam", "de-CH"] {
            assert!(!of(tag).are_japanese(), "{tag}");
        }
        assert_eq!(fill(of("ja").chapter, "1"), "1章");
        assert_eq!(fill(of("en").equation, "(1)"), "Equation (1)");
    }
}
