//! The EPUBs in a browser: headless Chromium opens every page, as a reading system does, and
//! says what is wrong with it (`tests/browser/open.cjs`).
#![cfg(all(feature = "embedded-fonts", feature = "svg", feature = "bibliography"))]
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "it runs programs on files, and tells of those that are missing"
)]

#[allow(dead_code, reason = "other tests use the rest of it")]
mod common;
mod tools;

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use common::Project;

/// The folder of the packages of npm beside which `playwright-core` is installed: found by
/// the program that the package brings.
fn node_modules() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let bin = std::env::split_paths(&path)
        .find(|folder| folder.join("playwright-core").exists());
    let found = bin.and_then(|bin| Some(bin.parent()?.to_path_buf()));
    if found.is_none() {
        assert!(
            std::env::var_os("SEIHON_REQUIRE_TOOLS").is_none(),
            "playwright-core is not installed, and SEIHON_REQUIRE_TOOLS asks for it"
        );
        eprintln!(
            "SKIPPED: playwright-core is not installed (npm install playwright-core)"
        );
    }
    found
}

/// Writes the files of an EPUB to a folder.
fn unpack(epub: &[u8], folder: &Path) {
    let mut zip = zip::ZipArchive::new(Cursor::new(epub)).expect("a ZIP file");
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("a file");
        let path = folder.join(file.name().expect("UTF-8").as_ref());
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let mut data = Vec::new();
        file.read_to_end(&mut data).expect("its bytes");
        std::fs::write(path, data).expect("it is written");
    }
}

/// What the browser says of the pages of an EPUB.
fn faults(name: &str, epub: &[u8]) -> Vec<String> {
    let (Some(modules), Some(mut node)) = (node_modules(), tools::tool("node")) else {
        return Vec::new();
    };
    if tools::tool("chromium").is_none() {
        return Vec::new();
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    unpack(epub, &folder);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/open.cjs");
    let command: &mut Command = node.arg(script).arg(&folder).env("NODE_PATH", modules);
    // To look at the pages: SEIHON_SHOTS=folder cargo test --test browser
    if let Some(shots) = std::env::var_os("SEIHON_SHOTS") {
        let shots = Path::new(&shots).join(name);
        std::fs::create_dir_all(&shots).expect("a folder");
        command.arg(shots);
    }
    let output = command.output().expect("node starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {said}{errors}");
    let mut lines: Vec<String> = said.lines().map(str::to_owned).collect();
    let last = lines.pop().unwrap_or_default();
    assert!(last.ends_with("pages opened") && !last.starts_with('0'), "{said}");
    lines
}

/// Builds the EPUB of a project and opens its pages.
fn opens(name: &str, project: &Project) {
    project.run(["build", "-o", "book.epub"]).code(0);
    let epub = std::fs::read(project.path("book.epub")).expect("an EPUB");
    let faults = faults(name, &epub);
    assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
}

#[test]
fn every_construct_across() {
    opens("everything-horizontal", &Project::everything("horizontal"));
}

#[test]
fn every_construct_down() {
    opens("everything-vertical", &Project::everything("vertical"));
}

/// What does not fit into a line of a small screen.
const WIDE: &str = "# 広いもの

とても長い語 Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft と\
URL https://example.org/a/very/long/path/that/has/no/end/and/goes/on/and/on/index.html を含む。

| 一列め | 二列め | 三列め | 四列め | 五列め | 六列め | 七列め | 八列め | 九列め | 十列め |
|---|---|---|---|---|---|---|---|---|---|
| 長い内容の欄 | supercalifragilistic | `identifier_of_some_length` | 1,234,567 | 二つ | 三つ | 四つ | 五つ | 六つ | 七つ |

```rust
let a_very_long_line_of_code_without_any_space_in_it = \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\";
```

文の終わりに付いた注の合印は、画面の幅がどうであっても行の頭に来ないで前の字に付いている[^1]。字[^1]。字の[^1]。字の数[^1]。\
字の数を[^1]。字の数を変[^1]。字の数を変え[^1]。字の数を変えて[^1]。字の数を変えてみ[^1]。字の数を変えてみる[^1]。

[^1]: 注。

行内の`a_very_long_identifier_that_cannot_be_divided_anywhere_but_must_be::somewhere`もある。

$$ a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + a_9 = \\sum_{i=1}^{9} a_i $$

第{12}[じゅうに]{.kenten}回、2026年12月31日、100％。
";

fn wide(writing: &str) -> Project {
    let config =
        format!("title: 広い本\nauthors: [著者]\nwriting: {writing}\nchapters: [a.md]\n");
    Project::new().write("book.yaml", &config).write("a.md", WIDE)
}

#[test]
fn nothing_is_longer_than_the_line_across() {
    opens("wide-horizontal", &wide("horizontal"));
}

#[test]
fn nothing_is_longer_than_the_line_down() {
    opens("wide-vertical", &wide("vertical"));
}

#[test]
fn formulas_are_drawn() {
    let text = r"# 数式

$$ \boxed{a} + \cancel{b} + \bcancel{b} + \xcancel{b} + \sout{c} + \overline{d} + \underline{e} $$

$$ \phase{30^\circ} + a_{\angl n} $$

$$ \begin{cases} x & \text{もし} \\ y & z \end{cases} \begin{pmatrix*}[r] -1 \\ 2 \end{pmatrix*} $$

$$ \begin{aligned} a &= b \\ c + d &= e \end{aligned} $$
";
    for writing in ["horizontal", "vertical"] {
        let config =
            format!("title: 本\nauthors: [著者]\nwriting: {writing}\nchapters: [a.md]\n");
        let project = Project::new().write("book.yaml", &config).write("a.md", text);
        opens(&format!("formulas-{writing}"), &project);
    }
}

#[test]
fn themes_are_readable_by_day_and_by_night() {
    let text = "# 章\n\n## 節\n\n### 項\n\n#### 目\n\n本文と`code`。\n\n> [!NOTE]\n> 囲み。\n\n\
                ```rust\n// 注釈\nfn main() {}\n```\n";
    for theme in ["bungei", "gijutsu", "kiji"] {
        for writing in ["horizontal", "vertical"] {
            let config = format!(
                "title: 本\nauthors: [著者]\nwriting: {writing}\nchapters: \
                 [{{ part: 部, chapters: [a.md] }}]\nstyle: {{ theme: {theme} }}\n"
            );
            let project = Project::new().write("book.yaml", &config).write("a.md", text);
            opens(&format!("{theme}-{writing}"), &project);
        }
    }
}

#[test]
fn the_guide_of_ebpaj() {
    for writing in ["horizontal", "vertical"] {
        let outputs = "\noutputs: { epub: { profile: ebpaj, fonts: embed } }\n";
        let project = Project::everything(writing);
        let config = String::from_utf8(project.read("book.yaml")).expect("UTF-8");
        let config = config.split("\noutputs:").next().unwrap_or(&config).to_owned();
        let project = project.write("book.yaml", config + outputs);
        opens(&format!("ebpaj-{writing}"), &project);
    }
}

#[test]
fn the_book_of_the_program() {
    opens("book", &Project::of("book", "horizontal"));
}
