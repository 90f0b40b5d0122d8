//! Books that are made up, the same each time.

use std::fmt::Write;

use seihon::book::Memory;

/// Numbers in no order, the same in every run (a linear congruence).
struct Dice(u64);

impl Dice {
    /// A number below a limit.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    /// One of some.
    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// Kanji with their readings.
const WORDS: [(&str, &str); 24] = [
    ("山", "やま"),
    ("川", "かわ"),
    ("夜明", "よあけ"),
    ("灯火", "ともしび"),
    ("旅人", "たびびと"),
    ("約束", "やくそく"),
    ("手紙", "てがみ"),
    ("海辺", "うみべ"),
    ("記憶", "きおく"),
    ("街角", "まちかど"),
    ("静寂", "せいじゃく"),
    ("硝子", "がらす"),
    ("老人", "ろうじん"),
    ("少年", "しょうねん"),
    ("時計", "とけい"),
    ("坂道", "さかみち"),
    ("夕暮", "ゆうぐれ"),
    ("屋根", "やね"),
    ("庭", "にわ"),
    ("窓", "まど"),
    ("影", "かげ"),
    ("声", "こえ"),
    ("空", "そら"),
    ("雨音", "あまおと"),
];
const JOINTS: [&str; 10] =
    ["の", "は", "が", "を", "に", "へと", "からの", "までも", "こそ", "と"];
const ENDS: [&str; 8] = [
    "見ていた",
    "思い出した",
    "通り過ぎていった",
    "どこかで知っていたのだ",
    "もう誰もいない",
    "ふたたび歩きだした",
    "黙ってうなずいた",
    "消えていった",
];

/// Writes a sentence; a word in `rubies` has its reading set beside it.
fn sentence(dice: &mut Dice, rubies: usize, text: &mut String) -> usize {
    let start = text.chars().count();
    let words = 2 + dice.below(4);
    for _ in 0..words {
        let (word, reading) = dice.one(&WORDS);
        match rubies > 0 && dice.below(rubies) == 0 {
            true => write!(text, "{{{word}|{reading}}}").expect("a string takes it"),
            false => text.push_str(word),
        }
        text.push_str(dice.one(&JOINTS));
        if dice.below(3) == 0 {
            text.push('、');
        }
    }
    text.push_str(dice.one(&ENDS));
    text.push('。');
    text.chars().count() - start
}

/// A novel in vertical writing: 350,000 characters and 9,200 rubies.
pub(crate) fn novel() -> Memory {
    let mut dice = Dice(1);
    let mut book = Memory::default();
    let mut list = String::new();
    for chapter in 1..=35 {
        let mut text = format!("# 第{chapter}章　{}\n\n", dice.one(&WORDS).0);
        let mut characters = 0;
        while characters < 10_000 {
            let spoken = dice.below(3) == 0;
            text.push_str(if spoken { "「" } else { "　" });
            for _ in 0..1 + dice.below(if spoken { 2 } else { 6 }) {
                characters += sentence(&mut dice, 8, &mut text);
            }
            text.push_str(if spoken { "」\n\n" } else { "\n\n" });
        }
        add(&mut book, &mut list, chapter, text);
    }
    finish(book, &list, "長い物語", "vertical")
}

/// A technical book in horizontal writing: code, tables, footnotes, images, lists.
pub(crate) fn technical() -> Memory {
    let mut dice = Dice(2);
    let mut book = Memory::default();
    let mut list = String::new();
    book.files.insert("図.png".to_owned(), picture());
    for chapter in 1..=20 {
        let mut text = format!("# 第{chapter}章 `module{chapter}`のしくみ\n\n");
        for section in 1..=8 {
            writeln!(text, "## Rustで{}を書く {section}\n", dice.one(&WORDS).0)
                .expect("a string takes it");
            for _ in 0..4 {
                for _ in 0..5 {
                    sentence(&mut dice, 0, &mut text);
                }
                let version = dice.below(90);
                write!(text, "version 1.{version}の`Vec<u8>`とHashMapを使う。[公式](https://example.com/{version})を見る")
                    .expect("a string takes it");
                text.push_str(if section % 2 == 0 { "[^n]。\n\n" } else { "。\n\n" });
                if section % 2 == 0 {
                    text = text.replace("[^n]。", &format!("[^{section}-{version}]。"));
                    write!(
                        text,
                        "[^{section}-{version}]: 注の文。`cargo build`のこと。\n\n"
                    )
                    .expect("a string takes it");
                }
            }
            code(&mut dice, &mut text);
            table(&mut dice, &mut text);
            if section % 4 == 0 {
                writeln!(text, "![構成の図](図.png)\n").expect("a string takes it");
            }
            for item in 1..=4 {
                write!(text, "{item}. ").expect("a string takes it");
                sentence(&mut dice, 0, &mut text);
                text.push('\n');
            }
            text.push('\n');
        }
        add(&mut book, &mut list, chapter, text);
    }
    finish(book, &list, "技術の本", "horizontal")
}

fn code(dice: &mut Dice, text: &mut String) {
    text.push_str("```rust\n");
    for line in 0..10 + dice.below(10) {
        let number = dice.below(1000);
        writeln!(
            text,
            "    let value{line} = source.get({number})?; // {}を読む",
            dice.one(&WORDS).0
        )
        .expect("a string takes it");
    }
    text.push_str("```\n\n");
}

fn table(dice: &mut Dice, text: &mut String) {
    text.push_str("| 名前 | 型 | 意味 |\n|---|---:|---|\n");
    for row in 0..5 {
        let (word, reading) = dice.one(&WORDS);
        writeln!(text, "| `{row}` | {} | {word}（{reading}） |", dice.below(10_000))
            .expect("a string takes it");
    }
    text.push('\n');
}

fn add(book: &mut Memory, list: &mut String, number: usize, text: String) {
    let path = format!("{number:02}.md");
    writeln!(list, "  - {path}").expect("a string takes it");
    book.files.insert(path, text.into_bytes());
}

fn finish(mut book: Memory, list: &str, title: &str, writing: &str) -> Memory {
    let config =
        format!("title: {title}\nauthors: [著者]\nwriting: {writing}\nchapters:\n{list}");
    book.files.insert("book.yaml".to_owned(), config.into_bytes());
    book
}

/// A picture of 800 by 600 pixels.
fn picture() -> Vec<u8> {
    let (width, height) = (800_u32, 600_u32);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let pixels: Vec<u8> = (0..width * height)
        .flat_map(|at| {
            [(at % 251) as u8, (at / width % 256) as u8, (at / 97 % 256) as u8]
        })
        .collect();
    let mut writer = encoder.write_header().expect("a vector takes it");
    writer
        .write_image_data(&pixels)
        .expect("the pixels are as many as the size says");
    writer.finish().expect("a vector takes it");
    bytes
}
