//! The files of a publication against each other: whether what they link to is there.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::diag::{Code, Diagnostic, Sink};
use crate::epub::Files;
use crate::source::Span;

/// Tells of links to nothing, of what would be fetched from outside, and of names that no
/// container may hold: by those, EPUBCheck and with it every store refuses a book.
pub(in crate::epub) fn check(files: &Files, span: Span, sink: &mut Sink) {
    let mut tell = |message: String| {
        let finding = Diagnostic::new(Code::BrokenPublication, span, message);
        sink.push(finding.hint("this is a fault of the program; please tell of it"));
    };
    let mut names = BTreeSet::new();
    let mut pages: BTreeMap<&str, Page<'_>> = BTreeMap::new();
    for resource in &files.resources {
        let path = resource.path.as_str();
        if !is_plain(path) || !names.insert(path.to_lowercase()) {
            tell(format!("no EPUB may hold a file of the name `{path}`"));
        }
        let text = match path.rsplit_once('.') {
            Some((_, "xhtml" | "ncx")) => std::str::from_utf8(&resource.data).ok(),
            _ => None,
        };
        pages.insert(path, text.map(Page::read).unwrap_or_default());
    }
    for (path, page) in &pages {
        for link in &page.links {
            let (file, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() {
                Some((*path).to_owned())
            } else {
                beside(path, file)
            };
            let target = target.and_then(|target| pages.get(target.as_str()));
            let fragment = percent_decode_str(fragment).decode_utf8_lossy();
            let there = target
                .is_some_and(|page| fragment.is_empty() || page.ids.contains(&fragment));
            if !there {
                tell(format!("`{path}` links to `{link}`, which is not there"));
            }
        }
        for source in &page.fetched {
            tell(format!("`{path}` would fetch `{source}`"));
        }
    }
}

/// Whether a path is one that every container and system takes.
fn is_plain(path: &str) -> bool {
    let plain = |ch: char| ch.is_ascii_alphanumeric() || "-_./".contains(ch);
    path.chars().all(plain) && !path.ends_with('.') && path.len() <= 255
}

/// The path of a file that another names; `None` where it is outside of the publication.
fn beside(from: &str, link: &str) -> Option<String> {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    let link = percent_decode_str(link).decode_utf8_lossy();
    let mut names: Vec<&str> = link.split('/').collect();
    let name = names.pop()?;
    for folder in names {
        match folder {
            ".." => {
                folders.pop()?;
            }
            "." | "" => {}
            folder => folders.push(folder),
        }
    }
    folders.push(name);
    Some(folders.join("/"))
}

/// What a page names.
#[derive(Debug, Default)]
struct Page<'a> {
    ids: BTreeSet<Cow<'a, str>>,
    /// Links within the publication.
    links: BTreeSet<Cow<'a, str>>,
    /// What is outside of it and would be fetched.
    fetched: BTreeSet<Cow<'a, str>>,
}

impl<'a> Page<'a> {
    /// Reads the attributes of a page as this program writes it.
    fn read(text: &'a str) -> Self {
        let mut page = Self::default();
        for tag in text.split('<').skip(1) {
            let end = tag.find('>').unwrap_or(tag.len());
            let mut rest = &tag[..end];
            while let Some((before, after)) = rest.split_once("=\"") {
                let (value, next) = after.split_once('"').unwrap_or((after, ""));
                rest = next;
                page.attribute(before.rsplit(' ').next().unwrap_or(""), value);
            }
        }
        page
    }

    fn attribute(&mut self, name: &str, value: &'a str) {
        let plain = || match value.contains('&') {
            true => Cow::Owned(value.replace("&quot;", "\"").replace("&amp;", "&")),
            false => Cow::Borrowed(value),
        };
        match name {
            "id" => {
                self.ids.insert(plain());
            }
            "href" if has_scheme(value) => {}
            "src" if has_scheme(value) => {
                self.fetched.insert(plain());
            }
            "href" | "src" => {
                self.links.insert(plain());
            }
            _ => {}
        }
    }
}

/// Whether a URL leads out of the publication.
fn has_scheme(url: &str) -> bool {
    let (scheme, rest) = url.split_once(':').unwrap_or(("", ""));
    let letters = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
    url.starts_with("//") || (!rest.is_empty() && !scheme.is_empty() && letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::epub::Resource;

    fn told(pages: &[(&str, &str)]) -> Vec<String> {
        let mut files = Files::default();
        let page = |&(path, text): &(&str, &str)| Resource::text(path, text.to_owned());
        files.resources = pages.iter().map(page).collect();
        let mut sink = Sink::default();
        check(&files, Span::default(), &mut sink);
        sink.finish().into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn links_lead_somewhere() {
        let good = "<a href=\"b.xhtml#x\">b</a><img src=\"../images/a.png\"/>\
                    <a href=\"#%E6%B0%B4\" id=\"水\">a</a><a href=\"https://a.b/c#d\">e</a>";
        let rest = [("text/b.xhtml", "<p id=\"x\">"), ("images/a.png", "")];
        let with = |page: &'static str| told(&[("text/a.xhtml", page), rest[0], rest[1]]);
        assert!(with(good).is_empty(), "{:?}", with(good));
        for bad in [
            "<a href=\"b.xhtml#y\">",
            "<a href=\"c.xhtml\">",
            "<a href=\"#y\">",
            "<img src=\"a.png\"/>",
            "<img src=\"https://a.b/c.png\"/>",
            "<a href=\"../../a.xhtml\">",
        ] {
            assert_eq!(with(bad).len(), 1, "{bad}");
        }
    }

    #[test]
    fn names_are_plain_and_parted() {
        assert_eq!(told(&[("text/本.xhtml", "")]).len(), 1);
        assert_eq!(told(&[("a b.xhtml", "")]).len(), 1);
        assert_eq!(told(&[("A.xhtml", ""), ("a.xhtml", "")]).len(), 1);
    }
}
