//! Structure elements that krilla has no name for.
//!
//! krilla: its list of tags ends before ruby and warichu (ISO 32000-1, 14.8.4.4.3). They are
//! written as spans whose expanded form, which no other element of the file has, begins with
//! a word of ours; in the finished file that becomes the type.

use std::borrow::Cow;

use krilla::tagging::{Tag, TagKind};

/// How an element begins that may be another.
const SPAN: &[u8] = b"<</Type/StructElem/S/Span/";
/// What comes before the type that is meant.
const MARK: &[u8] = b"/E(seihon:";

/// An element of a type that krilla does not know.
pub(super) fn tag(name: &str) -> TagKind {
    let mut kind = TagKind::from(Tag::Span);
    kind.set_expanded(Some(format!("seihon:{name}")));
    kind
}

/// The element as it is meant.
pub(super) fn mend(body: &[u8]) -> Cow<'_, [u8]> {
    let Some(rest) = body.strip_prefix(SPAN) else { return Cow::Borrowed(body) };
    let find = |bytes: &[u8], wanted: &[u8]| {
        bytes.windows(wanted.len()).position(|window| window == wanted)
    };
    let Some(at) = find(rest, MARK) else { return Cow::Borrowed(body) };
    let name = &rest[at + MARK.len()..];
    let Some(end) = find(name, b")") else { return Cow::Borrowed(body) };
    let (before, name, after) = (&rest[..at], &name[..end], &name[end + 1..]);
    let open: &[u8] = b"<</Type/StructElem/S/";
    Cow::Owned([open, name, b"/", before, after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_that_is_meant_takes_the_place_of_the_span() {
        let written = b"<</Type/StructElem/S/Span/P 5 0 R/E(seihon:RB)/K[7]/Pg 9 0 R>>";
        let meant = b"<</Type/StructElem/S/RB/P 5 0 R/K[7]/Pg 9 0 R>>";
        assert_eq!(*mend(written), *meant);
        let span = b"<</Type/StructElem/S/Span/P 5 0 R/Lang(en)/K[7]/Pg 9 0 R>>";
        assert_eq!(*mend(span), *span);
    }
}
