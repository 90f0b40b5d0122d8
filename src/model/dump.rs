//! The model as text, for tests: one line for each block and each inline that holds more
//! than words, indented by what holds it.

use std::fmt::Write;

use super::{
    Alignment, Attributes, Block, BlockKind, Cell, Chapter, Container, Image, Inline,
    KentenMark, Listing, Ruby, Table, Target, walk,
};
use crate::source::{Source, Span};

/// Writes a chapter: its front matter, its blocks, its notes.
pub fn chapter(chapter: &Chapter) -> String {
    let mut dump = Dump { out: String::new(), depth: 0 };
    let front = &chapter.front;
    let texts = [
        ("title", &front.title),
        ("short title", &front.short_title),
        ("date", &front.date),
        ("summary", &front.summary),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            dump.line(&format!("{name}: {text}"));
        }
    }
    for author in &front.authors {
        let reading = author.reading.as_deref().unwrap_or("-");
        dump.line(&format!("author: {} ({reading}) {}", author.name, author.role));
    }
    if !front.tags.is_empty() {
        dump.line(&format!("tags: {}", front.tags.join(" ")));
    }
    if let Some(writing) = front.writing {
        dump.line(&format!("writing: {writing:?}"));
    }
    dump.blocks(&chapter.blocks);
    for note in &chapter.notes {
        dump.group(&format!("note {}", note.label), |dump| dump.blocks(&note.blocks));
    }
    dump.out
}

/// Writes blocks.
pub fn dump(blocks: &[Block]) -> String {
    let mut dump = Dump { out: String::new(), depth: 0 };
    dump.blocks(blocks);
    dump.out
}

/// Writes inlines in one line: words as they are, other things in angle brackets.
pub fn inlines(content: &[Inline]) -> String {
    content.iter().map(inline).collect()
}

#[derive(Default)]
struct Dump {
    out: String,
    depth: usize,
}

impl Dump {
    fn line(&mut self, text: &str) {
        self.out.push_str(&"  ".repeat(self.depth));
        self.out.push_str(text.trim_end_matches(' '));
        self.out.push('\n');
    }

    fn group(&mut self, head: &str, body: impl FnOnce(&mut Self)) {
        self.line(head);
        self.depth += 1;
        body(self);
        self.depth -= 1;
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn words(&mut self, name: &str, content: &[Inline]) {
        if !content.is_empty() {
            self.line(&format!("{name}: {}", inlines(content)));
        }
    }

    fn block(&mut self, block: &Block) {
        let given = attributes(&block.attributes);
        match &block.kind {
            BlockKind::Paragraph(content) => {
                self.line(&format!("paragraph{given}: {}", inlines(content)));
            }
            BlockKind::Heading { level, content, .. } => {
                self.line(&format!("heading {level}{given}: {}", inlines(content)));
            }
            BlockKind::List { start, tight, items } => {
                let start =
                    start.map_or("bullets".into(), |start| format!("from {start}"));
                let tight = if *tight { "tight" } else { "loose" };
                self.group(&format!("list {start} {tight}{given}"), |dump| {
                    for item in items {
                        let head = match item.checked {
                            None => "item",
                            Some(true) => "item [x]",
                            Some(false) => "item [ ]",
                        };
                        dump.group(head, |dump| dump.blocks(&item.blocks));
                    }
                });
            }
            BlockKind::Definitions(items) => {
                self.group(&format!("definitions{given}"), |dump| {
                    for item in items {
                        dump.words("term", &item.term);
                        for detail in &item.details {
                            dump.group("detail", |dump| dump.blocks(detail));
                        }
                    }
                });
            }
            BlockKind::Quote(blocks) => {
                self.group(&format!("quote{given}"), |dump| dump.blocks(blocks));
            }
            BlockKind::Code(listing) => self.listing(listing, &given),
            BlockKind::Figure { image, caption, number } => {
                let number = in_brackets(number.as_deref());
                let head = format!("figure{given}{number} {}", self::image(image));
                self.group(&head, |dump| dump.words("caption", caption));
            }
            BlockKind::Table(table) => self.table(table, &given),
            BlockKind::Container { container, title, blocks } => {
                let head = format!("container {}{given}", container_name(container));
                self.group(&head, |dump| {
                    dump.words("title", title);
                    dump.blocks(blocks);
                });
            }
            BlockKind::Math { tex, number } => {
                let number = in_brackets(number.as_deref());
                self.line(&format!("math{given}{number}: {tex}"));
            }
            BlockKind::ThematicBreak => self.line("thematic break"),
            BlockKind::PageBreak => self.line("page break"),
            BlockKind::References(blocks) => {
                self.group("references", |dump| dump.blocks(blocks));
            }
            BlockKind::ListOf { kind, .. } => self.line(&format!("list of {kind:?}")),
            BlockKind::Index(groups) => self.line(&format!("index {}", groups.len())),
            BlockKind::Notes(section) => self.line(&format!("notes of {section}")),
        }
    }

    fn listing(&mut self, listing: &Listing, given: &str) {
        let language = listing.language.as_deref().unwrap_or("-");
        let number = in_brackets(listing.number.as_deref());
        let first = listing.first_line.map_or(String::new(), |at| format!(" from {at}"));
        let marked = match listing.marked.is_empty() {
            true => String::new(),
            false => format!(" marked {:?}", listing.marked),
        };
        let head = format!("code {language}{given}{number}{first}{marked}");
        self.group(&head, |dump| {
            dump.words("caption", &listing.caption);
            listing.text.lines().for_each(|line| dump.line(&format!("| {line}")));
        });
    }

    fn table(&mut self, table: &Table, given: &str) {
        let number = in_brackets(table.number.as_deref());
        let columns: Vec<&str> = table
            .columns
            .iter()
            .map(|column| match column {
                Alignment::None => "-",
                Alignment::Start => "start",
                Alignment::Center => "center",
                Alignment::End => "end",
            })
            .collect();
        self.group(&format!("table {}{given}{number}", columns.join(" ")), |dump| {
            dump.words("caption", &table.caption);
            for (name, rows) in [("head", &table.head), ("row", &table.body)] {
                for row in rows {
                    let cells: Vec<String> = row.iter().map(cell).collect();
                    dump.line(&format!("{name}: {}", cells.join(" | ")));
                }
            }
        });
    }
}

/// A cell in one line: its words, and how many columns and rows it takes if more than one.
fn cell(cell: &Cell) -> String {
    let words = match cell.words() {
        Some(words) => inlines(words),
        None => {
            let mut dump = Dump::default();
            dump.blocks(&cell.blocks);
            let lines = dump.out.lines().map(str::trim);
            lines.collect::<Vec<_>>().join(" ; ")
        }
    };
    match (cell.columns, cell.rows) {
        (1, 1) => words,
        (columns, rows) => format!("{columns}x{rows} {words}"),
    }
}

fn in_brackets(text: Option<&str>) -> String {
    text.map_or(String::new(), |text| format!(" [{text}]"))
}

fn attributes(attributes: &Attributes) -> String {
    let mut out = String::new();
    if let Some(id) = &attributes.id {
        write!(out, " #{id}").expect("a string takes all text");
    }
    for class in &attributes.classes {
        write!(out, " .{class}").expect("a string takes all text");
    }
    for (key, value) in &attributes.pairs {
        write!(out, " {key}={value}").expect("a string takes all text");
    }
    out
}

fn container_name(container: &Container) -> String {
    match container {
        Container::Other(name) => format!("?{name}"),
        known => format!("{known:?}").to_lowercase(),
    }
}

fn image(image: &Image) -> String {
    let title = image
        .title
        .as_ref()
        .map_or(String::new(), |title| format!(" \"{title}\""));
    let alt = match image.alt.as_str() {
        "" if image.decorative => "decorative",
        "" => "-",
        alt => alt,
    };
    format!("{} ({alt}){title}{}", image.path, attributes(&image.attributes))
}

fn ruby(ruby: &Ruby) -> String {
    let units: Vec<String> = ruby
        .units
        .iter()
        .map(|unit| format!("{}|{}", unit.base, unit.reading))
        .collect();
    let under = match ruby.under.as_str() {
        "" => String::new(),
        under => format!(" under {under}"),
    };
    format!("{{{}{under}}}", units.join(" "))
}

fn target(target: &Target) -> String {
    match target {
        Target::Url(url) => url.clone(),
        Target::File { path, fragment: None } => format!("file {path}"),
        Target::File { path, fragment: Some(fragment) } => {
            format!("file {path}#{fragment}")
        }
        Target::Anchor(anchor) => format!("anchor {}", anchor.0),
        Target::Nowhere => "nowhere".into(),
    }
}

fn inline(inline: &Inline) -> String {
    let held =
        |name: &str, children: &[Inline]| format!("<{name} {}>", inlines(children));
    match inline {
        Inline::Text { text, .. } => text.replace('<', "‹").replace('>', "›"),
        Inline::Code { text, .. } => format!("`{text}`"),
        Inline::Math { tex, display: false, .. } => format!("${tex}$"),
        Inline::Math { tex, display: true, .. } => format!("$${tex}$$"),
        Inline::Styled { style, children } => {
            held(&format!("{style:?}").to_lowercase(), children)
        }
        Inline::Span { attributes: given, children, .. } => {
            format!("<span{}: {}>", attributes(given), inlines(children))
        }
        Inline::Ruby(given) => ruby(given),
        Inline::Kenten { mark: KentenMark::Auto, children } => held("kenten", children),
        Inline::Kenten { mark, children } => held(&format!("kenten {mark:?}:"), children),
        Inline::TateChuYoko { children, .. } => held("tcy", children),
        Inline::Oriented { orientation, children } => {
            held(&format!("{orientation:?}").to_lowercase(), children)
        }
        Inline::Warichu { children, .. } => held("warichu", children),
        Inline::Jidori { characters, children, .. } => {
            held(&format!("jidori {characters}:"), children)
        }
        Inline::Furiwake { children, .. } => held("furiwake", children),
        Inline::Link { target: to, title, children, .. } => {
            let title =
                title.as_ref().map_or(String::new(), |title| format!(" \"{title}\""));
            format!("<link {}{title}: {}>", target(to), inlines(children))
        }
        Inline::Image(given) => format!("<image {}>", image(given)),
        Inline::Note(note) => format!("<note {}>", note.label),
        Inline::Citation(citation) => {
            let items: Vec<String> = citation
                .items
                .iter()
                .map(|item| match &item.locator {
                    Some(locator) => format!("{}, {locator}", item.key),
                    None => item.key.clone(),
                })
                .collect();
            let narrative = if citation.narrative { "narrative " } else { "" };
            let rendered = match citation.rendered.as_slice() {
                [] => String::new(),
                rendered => format!(": {}", inlines(rendered)),
            };
            format!("<cite {narrative}{}{rendered}>", items.join("; "))
        }
        Inline::CrossReference(reference) => {
            let kind = format!("{:?}", reference.kind).to_lowercase();
            format!("<ref {kind} {} {}>", reference.id, reference.rendered)
                .replace(" >", ">")
        }
        Inline::Index { term, reading, children, .. } => {
            let reading = reading.as_deref().unwrap_or("-");
            format!("<index {term} ({reading}): {}>", inlines(children))
        }
        Inline::Anchor { id, .. } => format!("<anchor {id}>"),
        Inline::LineBreak => "<br>".into(),
        Inline::WordBreak => "<wbr>".into(),
        Inline::Html { source, .. } => format!("<html {source}>"),
    }
}

/// Writes where the inlines of a chapter stand: the words of the source under each span,
/// one line for each.
pub fn spans(chapter: &Chapter, source: &Source) -> String {
    let mut out = String::new();
    let mut write = |content: &[Inline]| {
        walk::inlines(content, &mut |inline| {
            let Some((name, span)) = place(inline) else { return };
            let (line, column) = source.line_column(span.start as usize);
            let words = source.slice(span).replace('\n', "⏎");
            out += &format!("{line}:{column} {name} {words}\n");
        });
    };
    walk::texts(&chapter.blocks, &mut write);
    chapter
        .notes
        .iter()
        .for_each(|note| walk::texts(&note.blocks, &mut write));
    out
}

/// The name and the span of an inline that has one.
fn place(inline: &Inline) -> Option<(&'static str, Span)> {
    Some(match inline {
        Inline::Text { text, span } => {
            let exact = text.len() == span.range().len();
            (if exact { "text" } else { "text≈" }, *span)
        }
        Inline::Code { span, .. } => ("code", *span),
        Inline::Math { span, .. } => ("math", *span),
        Inline::Ruby(ruby) => ("ruby", ruby.span),
        Inline::TateChuYoko { span, .. } => ("tcy", *span),
        Inline::Warichu { span, .. } => ("warichu", *span),
        Inline::Jidori { span, .. } => ("jidori", *span),
        Inline::Furiwake { span, .. } => ("furiwake", *span),
        Inline::Link { span, .. } => ("link", *span),
        Inline::Image(image) => ("image", image.span),
        Inline::Note(note) => ("note", note.span),
        Inline::Citation(citation) => ("cite", citation.span),
        Inline::CrossReference(reference) => ("ref", reference.span),
        Inline::Index { span, .. } => ("index", *span),
        Inline::Anchor { span, .. } => ("anchor", *span),
        Inline::Html { span, .. } => ("html", *span),
        Inline::Styled { .. }
        | Inline::Span { .. }
        | Inline::Kenten { .. }
        | Inline::Oriented { .. }
        | Inline::LineBreak
        | Inline::WordBreak => return None,
    })
}
