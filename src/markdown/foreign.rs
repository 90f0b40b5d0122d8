//! Notation of other tools: blocks of MkDocs, templates and includes.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, Sink};
use crate::source::Source;

/// The deepest nesting of blocks that is read.
const DEEPEST: usize = 8;

/// A text in which blocks of MkDocs are fenced containers.
pub(super) struct Fenced {
    /// The text.
    pub text: String,
    /// Where runs of its bytes start, there and in the source.
    pub segments: Vec<(usize, usize)>,
    /// Where the blocks start in the source.
    pub places: Vec<usize>,
}

/// Turns `!!! type "title"`, `??? type "title"` and `=== "title"`, whose bodies are
/// indented by four columns, into fenced containers; `None` where there are none.
pub(super) fn fence_blocks(
    text: &str,
    start: usize,
    source: &Source,
    sink: &mut Sink,
) -> Option<Fenced> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    if !lines
        .iter()
        .any(|line| Marker::read(line.trim_start_matches(' ')).is_some())
    {
        return None;
    }
    let fenced = Fenced {
        text: String::new(),
        segments: Vec::new(),
        places: Vec::new(),
    };
    let mut fencer = Fencer {
        fenced,
        open: Vec::new(),
        code: None,
        may_begin: true,
    };
    let mut at = start;
    for (index, line) in lines.iter().enumerate() {
        let following = lines[index + 1..].iter().find(|line| !line.trim().is_empty());
        if let Some(marker) = fencer.line(line, following.copied(), at) {
            let place = source.span(marker.clone());
            let words = "a block of MkDocs is read as a container";
            let hint = "write `::: name title` before and `:::` after its text";
            sink.push(Diagnostic::new(Code::UnknownDirective, place, words).hint(hint));
            fencer.fenced.places.push(marker.start);
        }
        at += line.len();
    }
    fencer.close_to(0, at);
    Some(fencer.fenced)
}

/// The first line of a block of MkDocs.
struct Marker<'a> {
    name: &'a str,
    title: &'a str,
}

impl<'a> Marker<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let line = line.trim_end();
        let signs = ["!!!", "???+", "???", "==="];
        let (sign, rest) = signs
            .into_iter()
            .find_map(|sign| Some((sign, line.strip_prefix(sign)?.strip_prefix(' ')?)))?;
        let rest = rest.trim_start();
        let length = rest.find([' ', '"']).unwrap_or(rest.len());
        let (name, title) = rest.split_at(length);
        let title = title.trim();
        let title = match title.strip_prefix('"') {
            Some(title) => title.strip_suffix('"')?,
            None if title.is_empty() => title,
            None => return None,
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        match sign {
            "===" => (name.is_empty() && !title.is_empty())
                .then_some(Self { name: "tab", title }),
            _ => (!name.is_empty() && name.chars().all(is_name))
                .then_some(Self { name, title }),
        }
    }
}

/// Goes through the lines with the blocks that are open.
struct Fencer {
    fenced: Fenced,
    /// The indent of the marker of each open block.
    open: Vec<usize>,
    /// The fence of code that is open, and in how many blocks it stands.
    code: Option<(String, usize)>,
    /// Whether a block may begin here: behind a blank line or another marker.
    may_begin: bool,
}

impl Fencer {
    /// Takes a line that starts at a byte of the source; gives the range of a marker.
    fn line(
        &mut self,
        line: &str,
        following: Option<&str>,
        at: usize,
    ) -> Option<Range<usize>> {
        let is_blank = line.trim().is_empty();
        let indent = indent_of(line);
        if !is_blank {
            let inside = self.open.iter().take_while(|&&marker| indent >= marker + 4);
            self.close_to(inside.count(), at);
        }
        let taken = taken_off(line, 4 * self.open.len());
        let content = line[taken..].trim_start_matches(' ');
        let from = at + line.len() - content.len();
        let is_code = self.code.is_some();
        self.watch_code(content);
        let may_begin = std::mem::replace(&mut self.may_begin, is_blank);
        if is_code || is_blank || !may_begin || self.open.len() == DEEPEST {
            self.push(&line[taken..], at + taken);
            return None;
        }
        let marker = Marker::read(content);
        let has_body = following.is_some_and(|next| indent_of(next) >= indent + 4);
        let (Some(marker), true) = (marker, has_body) else {
            self.push(&line[taken..], at + taken);
            return None;
        };
        let lead = &line[taken..line.len() - content.len()];
        let fence = ":".repeat(self.colons());
        let title = if marker.title.is_empty() && !super::container::is_known(marker.name)
        {
            marker.name
        } else {
            marker.title
        };
        self.push(lead, at + taken);
        self.push(&format!("{fence} {} {title}\n", marker.name), from);
        self.open.push(indent);
        self.may_begin = true;
        Some(from..from + content.trim_end().len())
    }

    /// How long the fence of the innermost block but one more is.
    fn colons(&self) -> usize {
        3 + DEEPEST - self.open.len()
    }

    fn close_to(&mut self, depth: usize, at: usize) {
        while self.open.len() > depth {
            let indent = self.open.pop().unwrap_or(0);
            let lead = " ".repeat(indent.saturating_sub(4 * self.open.len()));
            let fence = ":".repeat(self.colons());
            if !self.fenced.text.ends_with('\n') {
                self.push("\n", at);
            }
            self.push(&format!("{lead}{fence}\n"), at);
        }
        if self.code.as_ref().is_some_and(|&(_, inside)| inside > depth) {
            self.code = None;
        }
    }

    /// Follows the fences of code, in which nothing is a marker.
    fn watch_code(&mut self, content: &str) {
        let content = content.trim_end();
        match &self.code {
            Some((fence, _)) => {
                let sign = fence.chars().next().unwrap_or('`');
                if content.starts_with(fence.as_str())
                    && content.chars().all(|c| c == sign)
                {
                    self.code = None;
                }
            }
            None => {
                let sign = content.chars().next().filter(|c| matches!(c, '`' | '~'));
                let Some(sign) = sign else { return };
                let fence: String = content.chars().take_while(|&c| c == sign).collect();
                let inline = sign == '`' && content[fence.len()..].contains('`');
                if fence.len() >= 3 && !inline {
                    self.code = Some((fence, self.open.len()));
                }
            }
        }
    }

    fn push(&mut self, text: &str, from: usize) {
        self.fenced.segments.push((self.fenced.text.len(), from));
        self.fenced.text.push_str(text);
    }
}

/// The columns of space at the start of a line.
fn indent_of(line: &str) -> usize {
    line.bytes()
        .map_while(|byte| match byte {
            b' ' => Some(1),
            b'\t' => Some(4),
            _ => None,
        })
        .sum()
}

/// The bytes at the start of a line that hold some columns of space.
fn taken_off(line: &str, columns: usize) -> usize {
    let mut left = columns;
    let mut bytes = 0;
    for byte in line.bytes() {
        let width = match byte {
            b' ' => 1,
            b'\t' => 4,
            _ => break,
        };
        if width > left {
            break;
        }
        left -= width;
        bytes += 1;
    }
    bytes
}

/// The length of a template or an include at the start of a text, and whether the program
/// has something to say about it: `{% … %}` and `{{#… }}`, but not `{{ … }}`.
pub(super) fn template(text: &str) -> Option<(usize, bool)> {
    let (closing, is_told) = match text.as_bytes() {
        [b'{', b'%', ..] => ("%}", true),
        [b'{', b'{', b'#', ..] => ("}}", true),
        [b'{', b'{', ..] => ("}}", false),
        _ => return None,
    };
    let near = &text[..text.floor_char_boundary(400.min(text.len()))];
    let length = near.find(closing)? + closing.len();
    Some((length, is_told))
}

/// The places of includes of mdBook in the lines of code.
pub(super) fn includes(code: &str) -> Vec<Range<usize>> {
    let starts = code.match_indices("{{#");
    let named = starts.filter(|(at, _)| {
        let rest = &code[at + 3..];
        ["include", "rustdoc_include", "playground"]
            .iter()
            .any(|name| rest.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')))
    });
    named
        .filter_map(|(at, _)| Some(at..at + template(&code[at..])?.0))
        .collect()
}

/// Whether the words of a link are an include of honkit: `[import, …](path)`.
pub(super) fn is_import(words: &str) -> bool {
    let Some(rest) = words.strip_prefix("import") else { return false };
    let is_option = |rest: &str| {
        let name = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len());
        name > 0 && rest[name..].starts_with(':')
    };
    match rest.chars().next() {
        None | Some(',' | ':') => true,
        Some(' ') => is_option(rest.trim_start()),
        Some(_) => false,
    }
}
