//! Numbers of parts, chapters and the headings below them.

use crate::model::{Block, BlockKind, Document, Section, SectionKind};
use crate::numeral::Pattern;
use crate::words::{self, Words};

/// The class of a heading that is not numbered.
const UNNUMBERED: &str = "unnumbered";

/// How parts and headings are numbered: a level without a pattern has no numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbering {
    /// Parts: 第{一}部.
    pub parts: Option<Pattern>,
    /// The headings of chapters, from level 1: 第{一}章, {1}.{1}.
    pub chapters: [Option<Pattern>; 6],
    /// The headings of appendices, from level 1: 付録{A}.
    pub appendices: [Option<Pattern>; 6],
    /// Whether chapters are counted anew in each part.
    pub restart: bool,
}

/// Gives parts, chapters and appendices their numbers, and the headings in them theirs.
/// What is not numbered is not counted, and nothing below it is numbered.
pub(super) fn number(document: &mut Document, numbering: &Numbering) {
    let (mut parts, mut chapters, mut appendices) = (0, 0, 0);
    for section in &mut document.sections {
        let is_out = section.blocks.first().is_some_and(is_unnumbered);
        let counted = !is_out && !section.title.is_empty();
        let (count, patterns) = match section.kind {
            SectionKind::Part => {
                if counted {
                    parts += 1;
                    let write = |pattern: &Pattern| pattern.write(&[parts]);
                    give(section, numbering.parts.as_ref().map(write));
                }
                if numbering.restart {
                    chapters = 0;
                }
                continue;
            }
            SectionKind::Chapter => (&mut chapters, &numbering.chapters),
            SectionKind::Appendix => (&mut appendices, &numbering.appendices),
            SectionKind::HalfTitle
            | SectionKind::TitlePage
            | SectionKind::Contents
            | SectionKind::Preface
            | SectionKind::Afterword
            | SectionKind::Notes
            | SectionKind::References
            | SectionKind::Index
            | SectionKind::Profile
            | SectionKind::Colophon => continue,
        };
        if !counted {
            continue;
        }
        *count += 1;
        let write = |pattern: &Pattern| pattern.write(&[*count]);
        give(section, patterns[0].as_ref().map(write));
        number_below(section, *count, patterns);
    }
}

/// Gives a section and its title a number.
fn give(section: &mut Section, number: Option<String>) {
    let title = section.blocks.first_mut().map(|block| &mut block.kind);
    if let Some(BlockKind::Heading { level: 1, number: own, .. }) = title {
        own.clone_from(&number);
    }
    section.number = number;
}

/// Numbers the headings below the title of a section.
fn number_below(section: &mut Section, count: u32, patterns: &[Option<Pattern>; 6]) {
    let mut counts = [count, 0, 0, 0, 0, 0];
    // The level of the heading without a number that stands over what follows.
    let mut unnumbered: Option<usize> = None;
    let title = usize::from(!section.title.is_empty());
    for block in section.blocks.iter_mut().skip(title) {
        let is_out = is_unnumbered(block);
        let BlockKind::Heading { level, number, .. } = &mut block.kind else { continue };
        let depth = usize::from(*level).clamp(1, patterns.len());
        unnumbered = unnumbered.filter(|above| *above < depth);
        if unnumbered.is_none() && is_out {
            unnumbered = Some(depth);
        }
        // A further heading of level 1 is no chapter.
        if unnumbered.is_some() || depth == 1 {
            continue;
        }
        counts[depth - 1] += 1;
        counts[depth..].fill(0);
        let write = |pattern: &Pattern| pattern.write(&counts[..depth]);
        *number = patterns[depth - 1].as_ref().map(write);
    }
}

fn is_unnumbered(block: &Block) -> bool {
    let is_heading = matches!(block.kind, BlockKind::Heading { .. });
    is_heading && block.attributes.has_class(UNNUMBERED)
}

/// How the text names a heading by its number: 第一章 as it is; 1.2, which does not say what
/// it counts, as 1.2節.
pub(super) fn reference(
    number: &str,
    level: u8,
    kind: SectionKind,
    words: &Words,
) -> String {
    let says_nothing = |ch: char| {
        ch.is_ascii_alphanumeric() || ".-・〇一二三四五六七八九十百".contains(ch)
    };
    if !number.chars().all(says_nothing) {
        return number.to_owned();
    }
    let word = match (kind, level) {
        (SectionKind::Appendix, 1) => words.appendix,
        (_, 1) => words.chapter,
        (..) => words.section,
    };
    words::fill(word, number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attributes, Inline};

    fn heading(level: u8, class: Option<&str>) -> Block {
        let content =
            vec![Inline::Text { text: "題".to_owned(), span: Default::default() }];
        let classes = class.map(str::to_owned).into_iter().collect();
        Block {
            kind: BlockKind::Heading { level, number: None, content },
            attributes: Attributes { classes, ..Attributes::default() },
            ..Block::default()
        }
    }

    fn section(kind: SectionKind, blocks: Vec<Block>) -> Section {
        let title = vec![Inline::WordBreak];
        Section { kind, title, blocks, ..Section::default() }
    }

    fn numbers(document: &Document) -> Vec<Option<&str>> {
        let blocks = document.sections.iter().flat_map(|section| &section.blocks);
        blocks
            .filter_map(|block| match &block.kind {
                BlockKind::Heading { number, .. } => Some(number.as_deref()),
                _ => None,
            })
            .collect()
    }

    fn pattern(text: &str) -> Option<Pattern> {
        Pattern::try_from(text.to_owned()).ok()
    }

    fn numbering(restart: bool) -> Numbering {
        let levels = |texts: [&str; 3]| {
            let [first, second, third] = texts.map(pattern);
            [first, second, third, None, None, None]
        };
        Numbering {
            parts: pattern("第{一}部"),
            chapters: levels(["第{一}章", "{1}.{1}", "({1})"]),
            appendices: levels(["付録{A}", "{A}.{1}", ""]),
            restart,
        }
    }

    #[test]
    fn headings_are_numbered_by_their_levels_and_sections() {
        use SectionKind::{Afterword, Appendix, Chapter, Part, Preface};
        let mut document = Document::default();
        let plain = || heading(1, None);
        document.sections = vec![
            section(Preface, vec![plain(), heading(2, None)]),
            section(Part, vec![plain()]),
            section(Chapter, vec![plain(), heading(2, None), heading(3, None)]),
            section(Chapter, vec![heading(1, Some("unnumbered")), heading(2, None)]),
            section(Part, vec![plain()]),
            section(
                Chapter,
                vec![
                    plain(),
                    heading(2, Some("unnumbered")),
                    heading(3, None),
                    heading(2, None),
                    heading(4, None),
                ],
            ),
            section(Appendix, vec![plain(), heading(2, None)]),
            section(Afterword, vec![plain()]),
        ];
        let mut again = document.clone();
        number(&mut document, &numbering(false));
        let expected = [
            None,
            None,
            Some("第一部"),
            Some("第一章"),
            Some("1.1"),
            Some("(1)"),
            None,
            None,
            Some("第二部"),
            Some("第二章"),
            None,
            None,
            Some("2.1"),
            None,
            Some("付録A"),
            Some("A.1"),
            None,
        ];
        assert_eq!(numbers(&document), expected);
        number(&mut again, &numbering(true));
        assert_eq!(numbers(&again)[9], Some("第一章"));
    }

    #[test]
    fn references_say_what_a_bare_number_counts() {
        let chapter = |number, level| {
            reference(number, level, SectionKind::Chapter, words::of("ja"))
        };
        assert_eq!(chapter("第一章", 1), "第一章");
        assert_eq!(chapter("1.2", 2), "1.2節");
        assert_eq!(chapter("一", 1), "一章");
        assert_eq!(reference("A", 1, SectionKind::Appendix, words::of("ja")), "付録A");
        assert_eq!(
            reference("1.2", 2, SectionKind::Chapter, words::of("en")),
            "Section 1.2"
        );
    }
}
