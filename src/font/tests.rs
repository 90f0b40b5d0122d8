//! Tests of choice, measures and shaping against the fonts of the binary.

use super::*;

const SIZE: Length = Length(Length::Q.0 * 13);
const MINCHO: FontStyle = FontStyle { family: Family::Mincho, weight: Weight::Regular };
const MONO: FontStyle = FontStyle { family: Family::Mono, weight: Weight::Regular };

fn name(book: &FontBook, id: Option<FontId>) -> &str {
    id.map_or("", |id| {
        let origin = &book.face(id).origin;
        origin.rsplit_once('/').map_or(origin.as_str(), |(_, file)| file)
    })
}

#[test]
fn embedded_faces_are_read() {
    let book = FontBook::embedded();
    assert_eq!(book.faces().count(), 7);
    for (_, face) in book.faces() {
        assert_eq!(face.embedding, Embedding::Installable);
        assert!(face.may_subset && !face.is_variable);
    }
    let mincho = book.face(FontId(0));
    assert_eq!(mincho.family_name, "Harano Aji Mincho");
    assert_eq!(mincho.style_name, "Regular");
    assert_eq!((mincho.units_per_em, mincho.glyph_count), (1000, 23060));
    assert!(mincho.is_cff && !book.face(FontId(6)).is_cff);
    let thousand = Length(1000);
    assert_eq!(mincho.ascent(thousand), Length(880));
    assert_eq!(mincho.descent(thousand), Length(120));
    assert_eq!(mincho.cap_height(thousand), Length(729));
    assert_eq!(mincho.x_height(thousand), Length(514));
}

#[test]
fn the_readme_of_the_fonts_names_their_versions() {
    let readme = include_str!("../../fonts/README.md");
    for (_, face) in FontBook::embedded().faces() {
        let row = readme.lines().find(|line| line.contains(&face.origin));
        let row = row.unwrap_or_else(|| panic!("no row for {}", face.origin));
        assert!(row.contains(&face.version), "{}: {}", face.origin, face.version);
        let bytes = face.data.as_ref().len().to_string();
        assert!(readme.contains(&format!("`{}` | {bytes} |", face.origin)));
    }
}

#[test]
fn each_style_has_its_face() {
    let book = FontBook::embedded();
    let expected = [
        ("HaranoAjiMincho-Regular.otf", 'あ'),
        ("HaranoAjiMincho-Bold.otf", '漢'),
        ("HaranoAjiGothic-Regular.otf", 'A'),
        ("HaranoAjiGothic-Bold.otf", '。'),
        ("Mplus1Code-Regular.otf", 'A'),
        ("Mplus1Code-Bold.otf", '{'),
    ];
    for (style, (file, ch)) in FontStyle::ALL.into_iter().zip(expected) {
        assert_eq!(FontStyle::ALL[style.index()], style);
        assert_eq!(name(&book, book.select(style, ch)), file);
    }
    assert_eq!(name(&book, book.select(MINCHO, '≒')), "HaranoAjiMincho-Regular.otf");
    assert_eq!(name(&book, book.select(MINCHO, '😀')), "NotoEmoji_400Regular.ttf");
    assert_eq!(book.select(MINCHO, '\u{10FFFF}'), None);
    assert_eq!(book.select(MINCHO, '\u{E000}'), None);
    assert_eq!(FontBook::empty().select(MINCHO, 'あ'), None);
}

#[test]
fn kana_in_code_come_from_the_gothic() {
    let book = FontBook::embedded();
    for ch in ['あ', '漢', '、', '（', '─'] {
        assert_eq!(name(&book, book.select(MONO, ch)), "HaranoAjiGothic-Regular.otf");
    }
}

#[test]
fn a_books_own_faces_come_first_in_their_role() {
    let mut book = FontBook::embedded();
    let data = book.face(FontId(2)).data.clone();
    let own = book.add(Family::Mincho, Weight::Regular, data, 0, "fonts/own.otf");
    let own = own.expect("the gothic is a font");
    let bold = FontStyle { weight: Weight::Bold, ..MINCHO };
    let gothic = FontStyle { family: Family::Gothic, ..MINCHO };
    assert_eq!(book.select(MINCHO, 'あ'), Some(own));
    assert_eq!(book.select(bold, 'あ'), Some(FontId(1)));
    assert_eq!(book.select(gothic, 'あ'), Some(FontId(2)));
    assert_eq!(book.order(MINCHO), [own.0, 0, 1, 2, 3, 4, 5, 6].map(FontId));
}

#[test]
fn what_is_no_font_is_told() {
    let mut book = FontBook::empty();
    let mut add = |bytes: &[u8], index| {
        let data = FontData::from(bytes.to_vec());
        book.add(Family::Mincho, Weight::Regular, data, index, "x").err()
    };
    assert_eq!(add(b"wOF2....", 0), Some(FontError::Packed));
    assert_eq!(add(b"plain text", 0), Some(FontError::NotAFont));
    assert_eq!(add(b"", 0), Some(FontError::NotAFont));
    let emoji = FontBook::embedded().face(FontId(6)).data.clone();
    assert_eq!(add(emoji.as_ref(), 3), Some(FontError::NoFace(3)));
    assert_eq!(add(&emoji.as_ref()[..2000], 0), Some(FontError::NoCharacters));
}

#[test]
fn clusters_stay_in_one_face() {
    let book = FontBook::embedded();
    let runs = |text| -> Vec<(String, &str)> {
        let runs = book.runs(MINCHO, text);
        runs.map(|(range, id)| (text[range].to_owned(), name(&book, id)))
            .collect()
    };
    let (mincho, emoji) = ("HaranoAjiMincho-Regular.otf", "NotoEmoji_400Regular.ttf");
    let own = |text: &str, file| (text.to_owned(), file);
    assert_eq!(runs("葛\u{E0100}城と辻"), [own("葛\u{E0100}城と辻", mincho)]);
    assert_eq!(runs("か\u{309A}行"), [own("か\u{309A}行", mincho)]);
    assert_eq!(
        runs("家族👨\u{200D}👩\u{200D}👧と🇯🇵🇫🇷だ👍🏽。"),
        [
            own("家族", mincho),
            own("👨\u{200D}👩\u{200D}👧", emoji),
            own("と", mincho),
            own("🇯🇵🇫🇷", emoji),
            own("だ", mincho),
            own("👍🏽", emoji),
            own("。", mincho),
        ]
    );
    assert_eq!(runs("☀と☀\u{FE0F}"), [own("☀と", mincho), own("☀\u{FE0F}", emoji)]);
    assert_eq!(runs("あ\u{10FFFF}い")[1], own("\u{10FFFF}", ""));
    assert_eq!(runs(""), []);
}

#[test]
fn kana_advance_by_an_em_in_both_orientations() {
    let book = FontBook::embedded();
    let mut shaper = Shaper::new(&book);
    for (id, _) in book.faces().take(4) {
        for orientation in [Orientation::Sideways, Orientation::Upright] {
            for ch in
                ['あ', 'ア', '漢', '。', '「', '\u{3000}', 'ー', '々', '—', '“', '’']
            {
                let glyph = shaper.glyph(id, ch, SIZE, orientation);
                let glyph = glyph.expect("the face has the character");
                assert_eq!((ch, glyph.advance), (ch, SIZE));
            }
        }
    }
}

#[test]
fn em_boxes_stand_on_the_axis() {
    let book = FontBook::embedded();
    let mut shaper = Shaper::new(&book);
    for (id, _) in book.faces().take(4) {
        for ch in ['あ', '漢', '。', 'っ', '「', 'ー', '…', '—'] {
            let upright = shaper.glyph(id, ch, SIZE, Orientation::Upright);
            let upright = upright.expect("the face has the character");
            // The top of the em box, 0.88 em above the baseline, is at the start.
            assert_eq!((ch, upright.inline), (ch, SIZE.ratio(88, 100)));
            assert_eq!((ch, upright.block), (ch, SIZE / 2));
        }
        let sideways = shaper.glyph(id, 'あ', SIZE, Orientation::Sideways);
        let sideways = sideways.expect("the face has the character");
        assert_eq!(sideways.inline, Length::ZERO);
        assert_eq!(sideways.block, SIZE.ratio(38, 100));
    }
}

#[test]
fn all_faces_share_the_baseline() {
    let book = FontBook::embedded();
    let mut shaper = Shaper::new(&book);
    for (id, ch) in [(0, 'A'), (3, 'A'), (4, 'A')] {
        let glyphs = shaper.shape(
            FontId(id),
            &ch.to_string(),
            SIZE,
            Orientation::Sideways,
            Features::LATIN,
        );
        assert_eq!(glyphs.len(), 1);
        assert_eq!(glyphs[0].block, SIZE.ratio(38, 100));
    }
}

#[test]
fn code_is_set_in_half_ems() {
    let book = FontBook::embedded();
    let mut shaper = Shaper::new(&book);
    let id = book.select(MONO, 'a').expect("there is a mono face");
    let glyphs = shaper.shape(
        id,
        "fn main() { a => 0 }",
        SIZE,
        Orientation::Sideways,
        Features::NONE,
    );
    assert_eq!(glyphs.len(), 20);
    for glyph in glyphs {
        assert_eq!(glyph.advance, SIZE / 2);
    }
}

#[test]
fn punctuation_has_vertical_forms() {
    let book = FontBook::embedded();
    let mut shaper = Shaper::new(&book);
    for (id, _) in book.faces().take(4) {
        for ch in "、。，．「」『』（）〔〕［］｛｝〈〉《》【】ーっゃァ〜：…‥—“”‘’―‐＝㌔"
            .chars()
        {
            assert!(shaper.has_vertical_form(id, ch), "{ch} in face {}", id.0);
        }
        for ch in "あ漢々・！？A1①".chars() {
            assert!(!shaper.has_vertical_form(id, ch), "{ch} in face {}", id.0);
        }
    }
}

#[test]
fn a_run_is_the_same_as_its_characters() {
    let book = FontBook::embedded();
    let mut shaper = Shaper::new(&book);
    let text = "吾輩は「猫」である。名前は、まだ無い。";
    for orientation in [Orientation::Sideways, Orientation::Upright] {
        let run = shaper
            .shape(FontId(0), text, SIZE, orientation, Features::NONE)
            .to_vec();
        // A letter sends the run through the layout engine.
        let mixed = format!("{text}a");
        let slow = shaper.shape(FontId(0), &mixed, SIZE, orientation, Features::NONE);
        assert_eq!(run, slow[..slow.len() - 1]);
        for (glyph, (at, _)) in run.iter().zip(text.char_indices()) {
            assert_eq!(glyph.cluster as usize, at);
        }
    }
}

#[test]
fn features_change_what_they_name() {
    let book = FontBook::embedded();
    let mut shaper = Shaper::new(&book);
    let mut widths = |text: &str, orientation, features| -> Vec<Length> {
        let glyphs = shaper.shape(FontId(0), text, Length(1000), orientation, features);
        glyphs.iter().map(|glyph| glyph.advance).collect()
    };
    let (sideways, upright) = (Orientation::Sideways, Orientation::Upright);
    let half = Length(500);
    assert_eq!(widths("「」。、", sideways, Features::HALT), [half; 4]);
    assert_eq!(widths("「」。、", upright, Features::HALT), [half; 4]);
    assert_eq!(widths("12", sideways, Features::HWID), [half; 2]);
    assert!(widths("ト", sideways, Features::PALT)[0] < Length(1000));
    assert!(widths("Ａ", upright, Features::PALT)[0] < Length(1000));
    let kerned: Length = widths("AVAVAV", sideways, Features::LATIN).into_iter().sum();
    let plain: Length = widths("AVAVAV", sideways, Features::NONE).into_iter().sum();
    assert!(kerned < plain);
}

#[test]
fn variants_of_kanji_are_chosen_by_their_selector() {
    let book = FontBook::embedded();
    let mut shaper = Shaper::new(&book);
    for orientation in [Orientation::Sideways, Orientation::Upright] {
        let mut ids = |text: &str| -> Vec<u16> {
            let glyphs = shaper.shape(FontId(0), text, SIZE, orientation, Features::NONE);
            glyphs.iter().map(|glyph| glyph.id).collect()
        };
        let (plain, variant) = (ids("葛"), ids("葛\u{E0100}"));
        assert_eq!((plain.len(), variant.len()), (1, 1));
        assert_ne!(plain, variant);
        // A selector that the face does not know leaves the character as it is.
        assert_eq!(ids("葛\u{E01EF}"), plain);
    }
}

#[test]
fn missing_characters_show_as_a_box() {
    let book = FontBook::embedded();
    let mut shaper = Shaper::new(&book);
    for text in ["\u{E000}", "𰻞"] {
        let glyphs =
            shaper.shape(FontId(4), text, SIZE, Orientation::Upright, Features::NONE);
        assert_eq!(glyphs.len(), 1);
        assert_eq!(glyphs[0].id, 0);
    }
}

#[test]
fn emoji_fill_an_em_box_on_the_axis() {
    let book = FontBook::embedded();
    let mut shaper = Shaper::new(&book);
    let fitting = book.face(FontId(6)).fitting_size(SIZE);
    assert_eq!(book.face(FontId(0)).fitting_size(SIZE), SIZE);
    let near = |a: Length, b: Length| (a - b).abs() < Length::MM / 1000;
    for text in ["😀", "👨\u{200D}👩\u{200D}👧", "🇯🇵", "☀\u{FE0F}"] {
        let mut shape = |orientation| {
            let glyphs =
                shaper.shape(FontId(6), text, fitting, orientation, Features::NONE);
            assert_eq!(glyphs.len(), 1, "{text}");
            glyphs[0]
        };
        let sideways = shape(Orientation::Sideways);
        let upright = shape(Orientation::Upright);
        assert!(near(sideways.advance, SIZE) && near(upright.advance, SIZE));
        assert!(near(upright.block, SIZE / 2));
        // The middle of the square is on the axis in both.
        assert!(near(upright.inline, SIZE / 2 + sideways.block), "{text}");
    }
}

#[test]
fn quotation_marks_are_full_width_in_upright_runs() {
    let book = FontBook::embedded();
    let mut shaper = Shaper::new(&book);
    for font in [FontId(0), FontId(2)] {
        let upright = (Orientation::Upright, Features::NONE);
        let quoted = shaper
            .shape(font, "“引用”——‘中’", SIZE, upright.0, upright.1)
            .to_vec();
        assert_eq!(quoted.len(), 9);
        for (glyph, ch) in quoted.iter().zip("“引用”——‘中’".chars()) {
            let lone = shaper.glyph(font, ch, SIZE, Orientation::Upright);
            assert_eq!(lone.map(|lone| lone.id), Some(glyph.id));
        }
        let latin =
            shaper.shape(font, "“a”", SIZE, Orientation::Sideways, Features::LATIN);
        assert!(latin[0].advance < SIZE);
    }
}
