//! The words of code by what they are: a text in a language becomes tokens of a few classes.

mod scopes;

use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};

use scopes::Scopes;

/// A stretch of code that is more than plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes of the text.
    pub range: Range<usize>,
    /// What it is.
    pub class: TokenClass,
}

/// What a stretch of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenClass {
    /// A word of the language: `if`, `fn`, `return`.
    Keyword,
    /// The name of a type.
    Type,
    /// The name of a function.
    Function,
    /// A number, and what else stands for itself: `true`, `null`.
    Constant,
    /// A text in quotation marks; a regular expression.
    Text,
    /// A sign inside a text that stands for another: `\n`.
    Escape,
    /// A remark.
    Comment,
    /// An annotation, an instruction to a preprocessor, a macro.
    Annotation,
    /// The name of an element: `body`.
    Tag,
    /// The name of an attribute or of a key.
    Attribute,
    /// A heading in marked-up text; the name of a section.
    Heading,
    /// A line that a change brings in.
    Inserted,
    /// A line that a change takes out.
    Deleted,
}

impl TokenClass {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Keyword,
        Self::Type,
        Self::Function,
        Self::Constant,
        Self::Text,
        Self::Escape,
        Self::Comment,
        Self::Annotation,
        Self::Tag,
        Self::Attribute,
        Self::Heading,
        Self::Inserted,
        Self::Deleted,
    ];

    /// A short name in lower case, fit for a class of CSS.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Keyword => "keyword",
            Self::Type => "type",
            Self::Function => "function",
            Self::Constant => "constant",
            Self::Text => "text",
            Self::Escape => "escape",
            Self::Comment => "comment",
            Self::Annotation => "annotation",
            Self::Tag => "tag",
            Self::Attribute => "attribute",
            Self::Heading => "heading",
            Self::Inserted => "inserted",
            Self::Deleted => "deleted",
        }
    }
}

/// A text and the language that it is in, by the name after the fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source<'a> {
    /// The language.
    pub language: &'a str,
    /// The text.
    pub text: &'a str,
}

/// The longest line that is read: longer ones are data, not code to be looked at.
const LONGEST_LINE: usize = 2000;

/// Reads texts, each once, several at a time. The result has one list of tokens for each,
/// in the order of the bytes; it is empty where the language is not known.
pub fn highlight(sources: &[Source<'_>]) -> Vec<Vec<Token>> {
    // The same listing often stands in a book several times.
    let mut first: BTreeMap<Source<'_>, usize> = BTreeMap::new();
    let mut languages: BTreeMap<&str, Vec<Job<'_>>> = BTreeMap::new();
    for (index, source) in sources.iter().enumerate() {
        if is_plain(source.language) || first.contains_key(source) {
            continue;
        }
        first.insert(*source, index);
        let text = source.text;
        languages
            .entry(source.language)
            .or_default()
            .push(Job { index, text });
    }
    let mut found = vec![Vec::new(); sources.len()];
    // One language after the other: what a grammar grows to while it is in use is large,
    // and it is given back when the grammars are dropped.
    for (language, jobs) in languages {
        let grammars = two_face::syntax::extra_newlines();
        let Some(grammar) = find(&grammars, language) else { continue };
        for (index, tokens) in side_by_side(&grammars, grammar, &jobs) {
            found[index] = tokens;
        }
    }
    for (index, source) in sources.iter().enumerate() {
        match first.get(source) {
            Some(&read) if read != index => found[index] = found[read].clone(),
            _ => {}
        }
    }
    found
}

/// A text to read, and its number.
#[derive(Clone, Copy, Debug)]
struct Job<'a> {
    index: usize,
    text: &'a str,
}

/// Reads texts of a language on as many threads as the machine has room for.
fn side_by_side(
    grammars: &SyntaxSet,
    grammar: &SyntaxReference,
    jobs: &[Job<'_>],
) -> Vec<(usize, Vec<Token>)> {
    let room = thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((job.index, tokens(grammars, grammar, job.text)));
        }
        done
    };
    if room.min(jobs.len()) < 2 {
        return work();
    }
    thread::scope(|scope| {
        let threads: Vec<_> =
            (0..room.min(jobs.len())).map(|_| scope.spawn(work)).collect();
        let join = |thread: thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().flat_map(join).collect()
    })
}

/// Names of languages that the grammars do not go by.
const ALIASES: [(&str, &str); 11] = [
    ("console", "bash"),
    ("shell-session", "bash"),
    ("shellsession", "bash"),
    ("shell", "bash"),
    ("cmd", "bat"),
    ("csharp", "cs"),
    ("jsonc", "json"),
    ("jsx", "tsx"),
    ("node", "js"),
    ("mjs", "js"),
    ("rustdoc", "rs"),
];

/// Names for text that is not code.
const PLAIN: [&str; 6] = ["text", "txt", "plain", "plaintext", "none", "output"];

/// Whether a text of a language is no code.
fn is_plain(language: &str) -> bool {
    language.is_empty() || PLAIN.iter().any(|name| name.eq_ignore_ascii_case(language))
}

/// The grammar of a language.
fn find<'a>(grammars: &'a SyntaxSet, language: &str) -> Option<&'a SyntaxReference> {
    let name = language.to_ascii_lowercase();
    let alias = ALIASES.iter().find(|(alias, _)| *alias == name);
    grammars.find_syntax_by_token(alias.map_or(&name, |(_, token)| token))
}

/// The tokens of a text.
fn tokens(grammars: &SyntaxSet, grammar: &SyntaxReference, text: &str) -> Vec<Token> {
    if text.lines().any(|line| line.len() > LONGEST_LINE) {
        return Vec::new();
    }
    let mut state = ParseState::new(grammar);
    let mut reader = Reader {
        stack: ScopeStack::new(),
        scopes: Scopes::get(),
        tokens: Vec::new(),
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let Ok(changes) = state.parse_line(line, grammars) else { break };
        // The end of a line belongs to nothing in it.
        let end = line.trim_end_matches(['\r', '\n']).len();
        let mut at = 0;
        for (place, change) in changes {
            let place = place.clamp(at, end.max(at));
            reader.add(start + at..start + place);
            at = place;
            if reader.stack.apply(&change).is_err() {
                return reader.tokens;
            }
        }
        reader.add(start + at..start + end.max(at));
        start += line.len();
    }
    reader.tokens
}

/// A text while it is read.
struct Reader {
    stack: ScopeStack,
    scopes: &'static Scopes,
    tokens: Vec<Token>,
}

impl Reader {
    /// Adds a stretch of the text that stands in the scopes of now.
    fn add(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let Some(class) = self.scopes.class(self.stack.as_slice()) else { return };
        match self.tokens.last_mut() {
            Some(last) if last.class == class && last.range.end == range.start => {
                last.range.end = range.end;
            }
            _ => self.tokens.push(Token { range, class }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with its tokens in brackets.
    fn shown(language: &str, text: &str) -> String {
        let mut shown = String::new();
        let mut at = 0;
        for token in &highlight(&[Source { language, text }])[0] {
            let Range { start, end } = token.range;
            shown += &text[at..start];
            shown += &format!("[{}:{}]", token.class.name(), &text[start..end]);
            at = end;
        }
        shown + &text[at..]
    }

    #[test]
    fn words_have_classes() {
        assert_eq!(
            shown("rust", "fn main() {\n    let x = \"a\\n\"; // 注\n}\n"),
            "[keyword:fn] [function:main]() {\n    [keyword:let] x = \
             [text:\"a][escape:\\n][text:\"]; [comment:// 注]\n}\n"
        );
        assert_eq!(shown("JS", "const n = 42;"), "[keyword:const] n = [constant:42];");
        assert_eq!(
            shown("html", "<p class=\"a\">b</p>"),
            "<[tag:p] [attribute:class]=[text:\"a\"]>b</[tag:p]>"
        );
    }

    #[test]
    fn code_inside_a_text_is_code() {
        assert_eq!(shown("js", "`a${1}b`"), "[text:`a]${[constant:1]}[text:b`]");
    }

    #[test]
    fn changes_show() {
        assert_eq!(shown("diff", "-a\n+b\n c\n"), "[deleted:-a]\n[inserted:+b]\n c\n");
    }

    #[test]
    fn what_is_no_language_is_plain() {
        for language in ["", "text", "no-such-language", "日本語"] {
            assert_eq!(shown(language, "if x"), "if x");
        }
        let long = "x".repeat(LONGEST_LINE + 1);
        assert_eq!(shown("js", &long), long);
    }

    #[test]
    fn many_texts_keep_their_order() {
        let texts: Vec<String> = (0..20).map(|n| "1 ".repeat(n % 7)).collect();
        let sources: Vec<Source<'_>> =
            texts.iter().map(|text| Source { language: "py", text }).collect();
        let counts: Vec<usize> = highlight(&sources).iter().map(Vec::len).collect();
        assert_eq!(counts, (0..20).map(|n| n % 7).collect::<Vec<_>>());
    }
}
