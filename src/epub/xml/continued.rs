//! Elements that go on in another file: ended in one, and opened again in the next.

use std::ops::Range;

use super::{Open, Xml};

/// An element that goes on in another file.
#[derive(Debug)]
pub(in crate::epub) struct Continued {
    name: &'static str,
    tag: String,
    is_item: bool,
    lead: String,
    trail: &'static str,
}

impl Xml {
    /// Says what stands at the beginning of the innermost element where it goes on in another
    /// file, and at its end where it does not end.
    pub(in crate::epub) fn bounds(&mut self, lead: &str, trail: &'static str) {
        if let Some(open) = self.open.last_mut() {
            lead.clone_into(&mut open.lead);
            open.trail = trail;
        }
    }

    /// Says what else stands at its beginning.
    pub(in crate::epub) fn lead_on(&mut self, lead: &str) {
        if let Some(open) = self.open.last_mut() {
            open.lead.push_str(lead);
        }
    }

    /// What is open below `depth` elements, as it goes on in another file than the one of
    /// this name. Parts of what is written are replaced by others, and what goes on says so
    /// here and there in its class.
    pub(in crate::epub) fn part(
        &mut self,
        depth: usize,
        file: &str,
        mut replaced: Vec<(Range<usize>, String)>,
    ) -> Vec<Continued> {
        self.end_tag();
        let mut continued = Vec::new();
        for (place, open) in self.open.iter().enumerate().skip(depth) {
            let end = self.out[open.start..].find('>').map_or(0, |end| end + 1);
            let range = open.start..open.start + end;
            let tag = Tag::read(&self.out[range.clone()]);
            // The outermost is that of the page.
            let is_marked = place > depth;
            let inside = self.open.get(place + 1).is_some_and(|inside| inside.is_item);
            let next = open.items + u32::from(!inside);
            let counts = open.items > 0 && open.name != "ul";
            let mut again = tag.again(counts.then_some(next), file);
            if is_marked {
                again = Tag::read(&again).with_class("continued");
                replaced.push((range, tag.with_class("continues")));
            } else {
                again.push('\n');
            }
            continued.push(Continued {
                name: open.name,
                tag: again,
                is_item: open.is_item,
                lead: open.lead.clone(),
                trail: open.trail,
            });
        }
        replaced.sort_by_key(|(range, _)| range.start);
        for (range, by) in replaced.into_iter().rev() {
            self.out.replace_range(range, &by);
        }
        continued
    }

    /// Ends all but so many elements, which go on in another file.
    pub(in crate::epub) fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let trail = self.open.last().map_or("", |open| open.trail);
            if !trail.is_empty() {
                self.fragment(trail);
            }
            self.close();
        }
        if !self.out.ends_with('\n') {
            self.line();
        }
    }

    /// Opens what goes on from another file.
    pub(in crate::epub) fn resume(&mut self, continued: Vec<Continued>) {
        self.end_tag();
        for Continued { name, tag, is_item, lead, trail } in continued {
            if let Some(around) = self.open.last_mut() {
                around.items += u32::from(is_item);
            }
            let start = self.out.len();
            self.out.push_str(&tag);
            self.out.push_str(&lead);
            self.open.push(Open { name, start, is_item, items: 0, lead, trail });
        }
    }
}

/// A start tag as it is written.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    fn read(tag: &'a str) -> Self {
        let inside = tag.trim_start_matches('<').trim_end_matches('>');
        let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
        let mut attributes = Vec::new();
        while let Some((key, after)) = rest.split_once("=\"") {
            let (value, next) = after.split_once('"').unwrap_or((after, ""));
            attributes.push((key.trim_start(), value));
            rest = next;
        }
        Self { name, attributes }
    }

    fn get(&self, key: &str) -> Option<&'a str> {
        let found = self.attributes.iter().find(|(name, _)| *name == key);
        found.map(|(_, value)| *value)
    }

    /// The same tag with one more class.
    fn with_class(&self, class: &str) -> String {
        let mut attributes: Vec<_> = self
            .attributes
            .iter()
            .map(|&(key, value)| (key, value.to_owned()))
            .collect();
        match attributes.iter_mut().find(|(key, _)| *key == "class") {
            Some((_, classes)) => {
                *classes = format!("{classes} {class}").trim().to_owned();
            }
            None => attributes.push(("class", class.to_owned())),
        }
        self.written(&attributes)
    }

    /// The tag where the element goes on: without what names it, as its first part has
    /// that; links into the file of that part lead there; lists go on counting at their
    /// item `next`, counted from 1 in this part.
    fn again(&self, next: Option<u32>, file: &str) -> String {
        let mut again: Vec<(&str, String)> = Vec::new();
        for &(key, value) in &self.attributes {
            let value = match (key, value) {
                ("id" | "rowspan", _) => continue,
                // What readers show by itself where it is referred to is the first part.
                ("epub:type", "footnote" | "endnote") | ("role", "doc-footnote") => {
                    continue;
                }
                ("start", _) if next.is_some() => continue,
                ("style", _) if next.is_some() && self.name == "code" => continue,
                ("scope", "rowgroup") => "row".to_owned(),
                ("href", _) if value.starts_with('#') => format!("{file}{value}"),
                ("class", _) => {
                    let first = ["opening", "continued"];
                    let classes = value.split(' ').filter(|class| !first.contains(class));
                    classes.collect::<Vec<_>>().join(" ")
                }
                _ => value.to_owned(),
            };
            again.push((key, value));
        }
        again.extend(next.and_then(|next| self.counted(next)));
        self.written(&again)
    }

    /// What makes a list or code with numbers count on.
    fn counted(&self, next: u32) -> Option<(&'static str, String)> {
        let number = |text: Option<&str>| text.and_then(|text| text.parse::<u64>().ok());
        if self.name == "code" {
            let before = self.get("style").and_then(|css| css.rsplit(' ').next());
            let before = number(before).unwrap_or(0) + u64::from(next) - 1;
            return Some(("style", format!("counter-reset: line {before}")));
        }
        let first = number(self.get("start")).unwrap_or(1) + u64::from(next) - 1;
        (first != 1).then(|| ("start", first.to_string()))
    }

    fn written(&self, attributes: &[(&str, String)]) -> String {
        let mut tag = format!("<{}", self.name);
        for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            for part in [" ", key, "=\"", value, "\""] {
                tag.push_str(part);
            }
        }
        tag + ">"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written in two files, of which the first ends where `write` does.
    fn parted(write: impl FnOnce(&mut Xml)) -> (String, String) {
        let mut xml = Xml::default();
        xml.open("section").attr("id", "s");
        write(&mut xml);
        let continued = xml.part(0, "a.xhtml", Vec::new());
        xml.close_to(0);
        let mut next = Xml::default();
        next.resume(continued);
        (xml.finish().trim_end().to_owned(), next.finish())
    }

    #[test]
    fn what_goes_on_is_named_once() {
        let (first, next) = parted(|xml| {
            xml.open("p").attr("id", "a").class("opening");
            xml.open("a").attr("href", "#b").attr("title", " id=").text("水");
        });
        assert_eq!(
            first,
            "<section id=\"s\"><p id=\"a\" class=\"opening continues\">\
             <a href=\"#b\" title=\" id=\" class=\"continues\">水</a></p></section>"
        );
        assert_eq!(
            next,
            "<section>\n<p class=\"continued\">\
             <a href=\"a.xhtml#b\" title=\" id=\" class=\"continued\"></a></p></section>"
        );
    }

    #[test]
    fn lists_go_on_counting() {
        let (_, next) = parted(|xml| {
            xml.open("ol").attr("start", "5");
            xml.item("li").close().item("li").text("六");
        });
        let expected = "<section>\n<ol start=\"6\" class=\"continued\">\
                        <li class=\"continued\"></li></ol></section>";
        assert_eq!(next, expected);
        let (_, next) = parted(|xml| {
            xml.open("ol").item("li").close();
        });
        assert!(next.contains("<ol start=\"2\" class=\"continued\"></ol>"), "{next}");
        let (_, next) = parted(|xml| {
            xml.open("code")
                .class("numbered")
                .attr("style", "counter-reset: line 9");
            xml.item("span").close().item("span").close();
        });
        assert!(next.contains("style=\"counter-reset: line 11\""), "{next}");
    }

    #[test]
    fn a_term_has_a_meaning_and_a_meaning_a_term() {
        let (first, _) = parted(|xml| {
            xml.open("dl").bounds("", "<dd></dd>");
            xml.open("dt").text("語");
        });
        assert!(first.contains("語</dt><dd></dd></dl>"), "{first}");
        let (_, next) = parted(|xml| {
            xml.open("dl").bounds("<dt></dt>", "");
            xml.open("dd").text("意味");
        });
        assert!(next.contains("<dl class=\"continued\"><dt></dt><dd"), "{next}");
    }
}
