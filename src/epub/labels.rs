//! The words of an EPUB for those who find their way by them, by language; what a reader
//! of the text sees is in [`crate::words`].

use crate::words::Words;

use super::page_list::Edition;

/// The words of one language.
#[derive(Debug)]
pub(super) struct Labels {
    pub(super) cover: &'static str,
    pub(super) title_page: &'static str,
    /// The name of an edition: the title stands for `{title}`, what it is for `{edition}`,
    /// the number of its pages for `{pages}`.
    pub(super) edition: &'static str,
    /// What the PDF, the press edition and the handout are.
    pub(super) editions: [&'static str; 3],
    pub(super) landmarks: &'static str,
    pub(super) pages: &'static str,
    pub(super) body: &'static str,
    pub(super) note: &'static str,
    pub(super) back: &'static str,
    pub(super) checked: &'static str,
    pub(super) unchecked: &'static str,
    /// Between the words of the accessibility summary.
    pub(super) summary: Summary,
}

impl Labels {
    /// What an edition is.
    pub(super) fn of_edition(&self, edition: Edition) -> &'static str {
        let [pdf, press, handout] = self.editions;
        match edition {
            Edition::Pdf => pdf,
            Edition::Press => press,
            Edition::Handout => handout,
        }
    }
}

/// The sentences of the accessibility summary.
#[derive(Debug)]
pub(super) struct Summary {
    pub(super) text: &'static str,
    pub(super) described: &'static str,
    pub(super) undescribed: &'static str,
    pub(super) ruby: &'static str,
    pub(super) all_ruby: &'static str,
    pub(super) index: &'static str,
    /// What the edition is whose pages are listed stands for `{edition}`.
    pub(super) pages: &'static str,
    pub(super) math: &'static str,
    pub(super) space: &'static str,
}

/// Those that go with the other words of a book.
pub(super) fn of(words: &Words) -> &'static Labels {
    if words.are_japanese() { &JAPANESE } else { &ENGLISH }
}

const JAPANESE: Labels = Labels {
    cover: "表紙",
    title_page: "本扉",
    edition: "{title}（{edition}、全{pages}ページ）",
    editions: ["PDF版", "印刷版", "配布版"],
    landmarks: "主な場所",
    pages: "ページ一覧",
    body: "本文",
    note: "注",
    back: "本文へ戻る",
    checked: "済",
    unchecked: "未",
    summary: Summary {
        text: "本文はすべて文字で、見出しと目次から各所へ移動できます。",
        described: "画像にはすべて代替テキストがあります。",
        undescribed: "代替テキストのない画像があります。",
        ruby: "ルビは読みを示します。",
        all_ruby: "漢字にはすべて読みのルビがあります。",
        index: "索引から本文へ移動できます。",
        pages: "{edition}のページの位置とページ一覧があります。",
        math: "数式は MathML で、代替テキストに TeX の表記があります。",
        space: "",
    },
};

const ENGLISH: Labels = Labels {
    cover: "Cover",
    title_page: "Title page",
    edition: "{title} ({edition}, {pages} pages)",
    editions: ["PDF", "printed book", "handout"],
    landmarks: "Landmarks",
    pages: "Pages",
    body: "Text",
    note: "Note",
    back: "Back to the text",
    checked: "done",
    unchecked: "open",
    summary: Summary {
        text: "The whole text is real text, with headings and a table of contents.",
        described: "All images have alternative text.",
        undescribed: "Some images have no alternative text.",
        ruby: "Ruby gives readings.",
        all_ruby: "Ruby gives the readings of all kanji.",
        index: "The index leads into the text.",
        pages: "The pages of the {edition} are marked and listed.",
        math: "Formulas are MathML with their TeX as alternative text.",
        space: " ",
    },
};
