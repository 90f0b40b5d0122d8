//! Links, the outline and named destinations.

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::{NamedDestination, XyzDestination};
use krilla::outline::{Outline, OutlineNode};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{point, rect};
use crate::display::{Destination, Item, Link, LinkTarget, OutlineEntry, Page, Pages};

/// The links of a page.
pub(super) fn annotations<'a>(
    page: &'a Page,
    pages: &'a Pages,
) -> impl Iterator<Item = Annotation> {
    page.items.iter().filter_map(|item| match item {
        Item::Link(link) => annotation(link, pages),
        Item::Glyphs(_) | Item::Shape(_) | Item::Image(_) => None,
    })
}

fn annotation(link: &Link, pages: &Pages) -> Option<Annotation> {
    let target = match &link.target {
        LinkTarget::Url(url) => Target::Action(Action::Link(LinkAction::new(ascii(url)))),
        LinkTarget::Page(place) => {
            Target::Destination(destination(*place, pages)?.into())
        }
    };
    Some(LinkAnnotation::new(rect(link.area)?, target).into())
}

/// A URL in ASCII, as PDF asks for it (ISO 32000-1, 12.6.4.7); what is encoded stays so.
fn ascii(url: &str) -> String {
    const OUTSIDE: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'<')
        .add(b'>')
        .add(b'`')
        .add(b'{')
        .add(b'}');
    utf8_percent_encode(url, OUTSIDE).to_string()
}

/// The outline with the pages that it leads to.
pub(super) fn outline(pages: &Pages) -> Outline {
    let mut outline = Outline::new();
    for entry in &pages.outline {
        nodes(entry, pages, &mut |node| outline.push_child(node));
    }
    outline
}

/// Hands a line of the outline with all below it to its parent; where it leads nowhere,
/// those below it instead.
fn nodes(entry: &OutlineEntry, pages: &Pages, parent: &mut dyn FnMut(OutlineNode)) {
    match destination(entry.destination, pages) {
        Some(place) => {
            let mut node = OutlineNode::new(entry.title.clone(), place);
            for child in &entry.children {
                nodes(child, pages, &mut |child| node.push_child(child));
            }
            parent(node);
        }
        None => {
            for child in &entry.children {
                nodes(child, pages, parent);
            }
        }
    }
}

/// The places that have a name.
pub(super) fn destinations(pages: &Pages) -> impl Iterator<Item = NamedDestination> {
    pages.destinations.iter().filter_map(|(name, place)| {
        Some(NamedDestination::new(name.clone(), destination(*place, pages)?))
    })
}

/// A place on a page that is there; krilla panics on others.
fn destination(place: Destination, pages: &Pages) -> Option<XyzDestination> {
    let there = place.page < pages.pages.len();
    there.then(|| XyzDestination::new(place.page, point(place.point)))
}
