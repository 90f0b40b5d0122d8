//! Books that are made up, the same each time.

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

/// A text that grows.
struct Text {
    dice: Dice,
    text: String,
    /// Its characters without notation.
    characters: usize,
    rubies: usize,
    /// One ruby stands in so many characters, if any.
    ruby_each: Option<usize>,
}

impl Text {
    fn new(seed: u64, ruby_each: Option<usize>) -> Self {
        let text = String::new();
        Self {
            dice: Dice(seed),
            text,
            characters: 0,
            rubies: 0,
            ruby_each,
        }
    }

    fn push(&mut self, words: &str) {
        self.text.push_str(words);
        self.characters += words.chars().count();
    }

    fn sentence(&mut self) {
        for _ in 0..2 + self.dice.below(4) {
            let (word, reading) = self.dice.one(&WORDS);
            let is_due = |each| self.rubies * each < self.characters;
            if self.ruby_each.is_some_and(is_due) {
                self.text.push_str(&format!("{{{word}|{reading}}}"));
                self.characters += word.chars().count();
                self.rubies += 1;
            } else {
                self.push(word);
            }
            let joint = self.dice.one(&JOINTS);
            self.push(joint);
            if self.dice.below(3) == 0 {
                self.push("、");
            }
        }
        let end = self.dice.one(&ENDS);
        self.push(end);
        self.push("。");
    }
}

/// A novel in vertical writing: 350,000 characters and 9,200 rubies.
pub(crate) fn novel() -> Memory {
    let mut text = Text::new(1, Some(38));
    let (mut book, mut list) = (Memory::default(), String::new());
    for chapter in 1..=35 {
        text.text = format!("# 第{chapter}章　{}\n\n", text.dice.one(&WORDS).0);
        while text.characters < chapter * 10_000 {
            let spoken = text.dice.below(3) == 0;
            let (start, end, most) =
                if spoken { ("「", "」\n\n", 2) } else { ("　", "\n\n", 6) };
            text.push(start);
            for _ in 0..1 + text.dice.below(most) {
                text.sentence();
            }
            text.push(end);
        }
        add(&mut book, &mut list, chapter, &text.text);
    }
    finish(book, &list, "長い物語", "vertical")
}

/// A technical book in horizontal writing: code, tables, footnotes, images, lists.
pub(crate) fn technical() -> Memory {
    let mut text = Text::new(2, None);
    let (mut book, mut list) = (Memory::default(), String::new());
    book.files.insert("図.png".to_owned(), picture());
    for chapter in 1..=20 {
        text.text = format!("# 第{chapter}章 `module{chapter}`のしくみ\n\n");
        for section in 1..=8 {
            write_section(&mut text, section);
        }
        add(&mut book, &mut list, chapter, &text.text);
    }
    finish(book, &list, "技術の本", "horizontal")
}

fn write_section(text: &mut Text, section: usize) {
    let subject = text.dice.one(&WORDS).0;
    text.push(&format!("## Rustで{subject}を書く {section}\n\n"));
    for paragraph in 1..=4 {
        for _ in 0..5 {
            text.sentence();
        }
        let version = text.dice.below(90);
        text.push(&format!("version 1.{version}の`Vec<u8>`とHashMapを使い、"));
        text.push(&format!("[公式](https://example.com/{version})を見る"));
        text.push(&format!("[^{section}-{paragraph}]。\n\n"));
        text.push(&format!(
            "[^{section}-{paragraph}]: 注の文。`cargo build`のこと。\n\n"
        ));
    }
    write_code(text);
    write_table(text);
    if section.is_multiple_of(4) {
        text.push("![構成の図](図.png)\n\n");
    }
    for item in 1..=4 {
        text.push(&format!("{item}. "));
        text.sentence();
        text.push("\n");
    }
    text.push("\n");
}

fn write_code(text: &mut Text) {
    text.push("```rust\n");
    for line in 0..10 + text.dice.below(10) {
        let (number, word) = (text.dice.below(1000), text.dice.one(&WORDS).0);
        text.push(&format!(
            "    let value{line} = source.get({number})?; // {word}を読む\n"
        ));
    }
    text.push("```\n\n");
}

fn write_table(text: &mut Text) {
    text.push("| 名前 | 型 | 意味 |\n|---|---:|---|\n");
    for row in 0..5 {
        let ((word, reading), number) = (text.dice.one(&WORDS), text.dice.below(10_000));
        text.push(&format!("| `{row}` | {number} | {word}（{reading}） |\n"));
    }
    text.push("\n");
}

fn add(book: &mut Memory, list: &mut String, number: usize, text: &str) {
    let path = format!("{number:02}.md");
    list.push_str(&format!("  - {path}\n"));
    book.files.insert(path, text.as_bytes().to_vec());
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
