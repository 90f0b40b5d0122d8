use std::collections::BTreeSet;
use std::fmt::Write;

use super::{Alignment, Line, ParagraphStyle, layout_inline};
use crate::diag::{Diagnostic, Sink};
use crate::display::{Color, Direction};
use crate::font::{FontBook, FontStyle, Shaper};
use crate::geom::{Length, WritingMode};
use crate::layout::{Context, Piece, Placed};
use crate::model::{
    AnchorId, Document, Inline, InlineStyle, KentenMark, NoteReference, Ruby, RubyUnit,
    Target,
};
use crate::source::{FileId, Span};
use crate::style::Style;

const EM: Length = Length(1_000 * 48);

fn set(
    content: &[Inline],
    writing: WritingMode,
    ems: i64,
) -> (Vec<Line>, Vec<Diagnostic>) {
    let fonts = FontBook::embedded();
    let document = Document::default();
    let style = Style::preset("a5", writing).expect("a preset");
    let mut sink = Sink::default();
    let mut cx = Context {
        document: &document,
        style: &style,
        fonts: &fonts,
        shaper: Shaper::new(&fonts),
        sink: &mut sink,
        writing,
        missing: BTreeSet::new(),
    };
    let paragraph = ParagraphStyle {
        font: FontStyle::default(),
        size: EM,
        color: Color::BLACK,
        measure: EM * ems,
        first_indent: Length::ZERO,
        indent: Length::ZERO,
        alignment: Alignment::Justify,
    };
    let lines = layout_inline(&mut cx, content, &paragraph);
    (lines, sink.finish())
}

/// The lines with their pieces, lengths in thousandths of the em: of glyphs the origins,
/// along the line, and across the lines where it changes.
fn dump(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        for piece in &line.pieces {
            let _ = writeln!(out, "{}", describe(piece));
        }
        let _ = write!(out, "= {}", mill(line.width));
        let half = EM / 2;
        if (line.before, line.after) != (half, half) {
            let _ = write!(out, " -{} +{}", mill(line.before), mill(line.after));
        }
        if !line.notes.is_empty() {
            let _ = write!(out, " notes {:?}", line.notes);
        }
        out.push('\n');
    }
    out
}

fn mill(length: Length) -> i64 {
    length.ratio(1000, EM.0).0
}

fn describe(placed: &Placed) -> String {
    let (at, block) = (mill(placed.at.inline), mill(placed.at.block));
    match &placed.piece {
        Piece::Glyphs(run) => {
            let mut out = String::new();
            if run.size != EM {
                let _ = write!(out, "({}) ", mill(run.size));
            }
            let orientation = match run.direction {
                Direction::Across => "",
                Direction::Down => "↓",
                Direction::Turned => "→",
            };
            out.push_str(orientation);
            let mut last = None;
            for glyph in &run.glyphs {
                let text = &run.text[glyph.start as usize..glyph.end as usize];
                let inline = at + mill(glyph.origin.inline);
                let across = block + mill(glyph.origin.block);
                let _ = write!(out, "{text}{inline}");
                if last.replace(across) != Some(across) {
                    let _ = write!(out, "/{across}");
                }
                out.push(' ');
            }
            out.trim_end().to_owned()
        }
        Piece::Fill { size, .. } => {
            format!("fill {at}/{block} {}x{}", mill(size.inline), mill(size.block))
        }
        Piece::Frame { size, .. } => {
            format!("frame {at}/{block} {}x{}", mill(size.inline), mill(size.block))
        }
        Piece::Link { size, target } => {
            format!("link {at}/{block} {} {target:?}", mill(size.inline))
        }
        Piece::Anchor(anchor) => format!("anchor {at}/{block} {}", anchor.0),
        Piece::Image { size, .. } => {
            format!("image {at}/{block} {}x{}", mill(size.inline), mill(size.block))
        }
    }
}

fn text(text: &str) -> Inline {
    let span = Span {
        file: FileId(0),
        start: 10,
        end: 10 + text.len() as u32,
    };
    Inline::Text { text: text.to_owned(), span }
}

fn ruby(units: &[(&str, &str)]) -> Inline {
    let unit = |&(base, reading): &(&str, &str)| RubyUnit {
        base: base.to_owned(),
        reading: reading.to_owned(),
    };
    let units = units.iter().map(unit).collect();
    Inline::Ruby(Ruby { units, span: Span::default() })
}

use WritingMode::{Horizontal as H, Vertical as V};

#[test]
fn explore() {
    let show = |name: &str, content: &[Inline], writing, ems| {
        let (lines, found) = set(content, writing, ems);
        println!("--- {name}\n{}{:?}", dump(&lines), found);
    };
    show("plain", &[text("漢字、「かな」。と ABC def をconst（括弧）")], H, 10);
    show("plain v", &[text("漢字、「かな」ー…――“引用”ABC第12章3月2026年!?")], V, 12);
    show(
        "ruby",
        &[
            text("この"),
            ruby(&[("漢", "かん"), ("字", "じ")]),
            text("は、"),
            ruby(&[("志", "こころざし")]),
            text("を"),
        ],
        H,
        20,
    );
    show(
        "ruby2",
        &[
            text("の"),
            ruby(&[("東京", "とう")]),
            text("、「"),
            ruby(&[("百舌鳥", "もず")]),
            text("」漢"),
            ruby(&[("志", "こころざし")]),
            text("漢"),
            ruby(&[("東西", "あいうえおか")]),
        ],
        H,
        30,
    );
    show("kinsoku", &[text("あいうえ"), ruby(&[("漢", "かん")]), text("。かき")], H, 5);
    show("missing", &[text("あ\u{12000}x\u{12000}")], H, 5);
    show(
        "notes",
        &[
            text("本文"),
            Inline::Note(NoteReference { note: Some(0), ..Default::default() }),
            text("。"),
        ],
        H,
        5,
    );
    show(
        "notes v",
        &[
            text("本文"),
            Inline::Note(NoteReference { note: Some(11), ..Default::default() }),
            text("。"),
        ],
        V,
        5,
    );
    show(
        "link",
        &[
            text("あ"),
            Inline::Link {
                target: Target::Url("x".into()),
                title: None,
                children: vec![text("リンクの字")],
                span: Span::default(),
            },
            text("え"),
        ],
        H,
        4,
    );
    show(
        "kenten",
        &[
            Inline::Kenten {
                mark: KentenMark::Auto,
                children: vec![text("強い、")],
            },
            Inline::Anchor {
                id: "a".into(),
                anchor: Some(AnchorId(3)),
                span: Span::default(),
            },
            Inline::Styled {
                style: InlineStyle::Underline,
                children: vec![text("下")],
            },
        ],
        V,
        4,
    );
    show(
        "code",
        &[
            text("ここで"),
            Inline::Code {
                text: "let x = std::collections::BTreeMap::new();".into(),
                span: Span::default(),
            },
            text("を呼ぶ"),
        ],
        H,
        12,
    );
    show(
        "warichu",
        &[
            text("これは"),
            Inline::Warichu {
                children: vec![text("割注である。短い")],
                span: Span::default(),
            },
            text("だ"),
        ],
        V,
        12,
    );
    show(
        "styles",
        &[
            text("水H"),
            Inline::Styled {
                style: InlineStyle::Subscript,
                children: vec![text("2")],
            },
            text("O"),
            Inline::Styled {
                style: InlineStyle::Strong,
                children: vec![text("太字")],
            },
        ],
        H,
        12,
    );
}
