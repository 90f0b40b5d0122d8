//! Links, the outline and named destinations.

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::{NamedDestination, XyzDestination};
use krilla::geom::Quadrilateral;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::Page as Sheet;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::tags::Tags;
use super::{conform, point, rect};
use crate::display::{
    Destination, Item, Link, LinkTarget, OutlineEntry, Page, Pages, Tag,
};

/// Adds the links of a page: one for each link, whose words may stand on several lines.
pub(super) fn add(
    page: &Page,
    pages: &Pages,
    sheet: &mut Sheet<'_>,
    tags: &mut Tags<'_>,
) {
    let links: Vec<&Link> = page
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Link(link) => Some(link),
            Item::Glyphs(_) | Item::Shape(_) | Item::Image(_) => None,
        })
        .collect();
    let is_one = |a: &&Link, b: &&Link| a.tag == b.tag && a.tag != Tag::default();
    for parts in links.chunk_by(is_one) {
        let Some(first) = parts.first() else { continue };
        let Some(link) = annotation(parts, pages) else { continue };
        if !tags.is_tagged() {
            sheet.add_annotation(link.into());
        } else if let Some((leaf, words)) = tags.link(first.tag) {
            let link = Annotation::new_link(link, Some(words))
                .with_location(conform::location(first.tag));
            tags.place(leaf, sheet.add_tagged_annotation(link));
        }
    }
}

/// The places of a link on a page.
fn annotation(parts: &[&Link], pages: &Pages) -> Option<LinkAnnotation> {
    let first = parts.first()?;
    let target = match &first.target {
        LinkTarget::Url(url) => Target::Action(Action::Link(LinkAction::new(ascii(url)))),
        LinkTarget::Page(place) => {
            Target::Destination(destination(*place, pages)?.into())
        }
    };
    if let [only] = parts {
        return Some(LinkAnnotation::new(rect(only.area)?, target));
    }
    let areas = parts.iter().filter_map(|part| rect(part.area));
    let areas: Vec<Quadrilateral> = areas.map(Quadrilateral::from).collect();
    (!areas.is_empty()).then(|| LinkAnnotation::new_with_quad_points(areas, target))
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
