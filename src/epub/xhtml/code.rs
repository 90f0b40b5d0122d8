//! Listings as XHTML: words with the classes of what they are, lines with their numbers.

use std::ops::Range;

use super::Writer;
use crate::font::{FontStyle, Weight};
use crate::highlight::Token;
use crate::model::{Block, Listing, TextSource};
use crate::style::token_look;

impl Writer<'_> {
    /// A listing, in a figure with its caption where it has one.
    pub(super) fn listing(&mut self, block: &Block, listing: &Listing) {
        let captioned = !listing.caption.is_empty() || listing.number.is_some();
        if captioned {
            self.element("figure", block, "listing");
            self.xml.line();
            self.caption("figcaption", &listing.caption, listing.number.as_deref());
            self.xml.open("pre");
        } else {
            self.element("pre", block, "");
        }
        let language = listing.language.as_deref();
        let language = language.filter(|name| super::html::is_name(name));
        let mut class = language.map_or(String::new(), |name| format!("language-{name}"));
        if listing.first_line.is_some() {
            class = format!("{class} numbered").trim_start().to_owned();
            self.seen.used.add(self.book.faces.code, "0123456789");
        }
        self.xml.open("code").class(&class);
        if let Some(first) = listing.first_line.filter(|&first| first != 1) {
            let before = i64::from(first) - 1;
            self.xml.attr("style", &format!("counter-reset: line {before}"));
        }
        let before = self.awaited.len();
        self.mark_pages(TextSource::Span(block.span));
        self.set_in(self.book.faces.code, |writer| writer.code_lines(listing));
        self.mark_rest(before);
        self.xml.close().close();
        if captioned {
            self.xml.line().close();
        }
    }

    /// The lines of a listing: each in an element of its own where lines have numbers or
    /// some of them stand out.
    fn code_lines(&mut self, listing: &Listing) {
        let text = &listing.text;
        if listing.first_line.is_none() && listing.marked.is_empty() {
            return self.code_words(listing, 0..text.len());
        }
        let mut start = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let end = start + line.trim_end_matches('\n').len();
            let ordinal = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let mut marked = listing.marked.iter();
            let is_marked = marked.any(|&(a, b)| (a..=b).contains(&ordinal));
            self.xml.item(if is_marked { "mark" } else { "span" }).class("line");
            self.code_words(listing, start..end);
            self.xml.close();
            self.code_text(listing, end..start + line.len());
            start += line.len();
        }
    }

    /// A stretch of a listing with the classes of its words.
    fn code_words(&mut self, listing: &Listing, range: Range<usize>) {
        let Listing { tokens, .. } = listing;
        let mut at = range.start;
        let first = tokens.partition_point(|token| token.range.end <= range.start);
        for token in tokens[first..].iter().take_while(|t| t.range.start < range.end) {
            let start = token.range.start.max(range.start);
            let end = token.range.end.min(range.end);
            self.code_text(listing, at..start);
            self.token(token, listing, start..end);
            at = end;
        }
        self.code_text(listing, at..range.end);
    }

    /// A stretch of a listing as it is. A file may end after each of its lines, best after an
    /// empty one.
    fn code_text(&mut self, listing: &Listing, range: Range<usize>) {
        let mut start = range.start;
        for line in listing.text[range].split_inclusive('\n') {
            self.text(line);
            start += line.len();
            if line.ends_with('\n') && start < listing.text.len() {
                self.may_end_before(listing.text[..start].ends_with("\n\n"));
            }
        }
    }

    fn token(&mut self, token: &Token, listing: &Listing, words: Range<usize>) {
        let class = token.class.name();
        self.xml.open("span").class(&format!("{PREFIX}{class}"));
        let weight =
            if token_look(token.class).bold { Weight::Bold } else { Weight::Regular };
        let face = FontStyle { weight, ..self.face };
        self.set_in(face, |writer| writer.code_text(listing, words));
        self.xml.close();
    }
}

/// What the classes of words begin with.
pub(in crate::epub) const PREFIX: &str = "code-";
