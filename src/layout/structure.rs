//! The structure of the book, as it is built while blocks are laid out.
//!
//! Blocks open elements around what they set; whatever is set takes the element that is
//! open. A block may be set more than once, as where widths are tried: elements of which
//! nothing comes onto a page are left out at the end. Outside of any element everything is
//! an artifact.

use std::collections::BTreeMap;

use super::Context;
use crate::display::{Child, ContentId, Element, Role, Tag};
use crate::geom::WritingMode;
use crate::model::{Document, SectionKind};

/// The number of an element in [`Structure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ElementId(usize);

/// The structure that is being built.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    nodes: Vec<Node>,
    /// The elements of the sections that stand in no part, and the parts.
    roots: Vec<ElementId>,
    /// The elements of the sections, and how far their headings are below those of others.
    sections: Vec<(ElementId, u8)>,
    /// How far the headings of the open section are below those of others.
    depth: u8,
    /// The element that is open.
    open: Option<ElementId>,
    /// The number of the next leaf.
    next: u32,
    /// The elements of the footnotes that have been referred to, by their numbers in the
    /// section.
    notes: BTreeMap<usize, ElementId>,
}

/// An element that is being built; its children are in `children` here.
#[derive(Debug)]
struct Node {
    element: Element,
    parent: Option<ElementId>,
    children: Vec<Link>,
}

/// A part of an element that is being built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Element(ElementId),
    Content(ContentId),
}

impl Structure {
    /// An element for each section of a book, those of a part inside the part's.
    pub(super) fn of(document: &Document) -> Self {
        let mut structure = Self::default();
        let mut part = None;
        for (index, section) in document.sections.iter().enumerate() {
            match section.kind {
                SectionKind::Part => {
                    part = Some(structure.root(Element::new(Role::Part)));
                }
                SectionKind::Chapter => {}
                SectionKind::Notes if document.are_notes_of_part(index) => {}
                SectionKind::HalfTitle
                | SectionKind::TitlePage
                | SectionKind::Contents
                | SectionKind::Preface
                | SectionKind::Appendix
                | SectionKind::Afterword
                | SectionKind::Notes
                | SectionKind::References
                | SectionKind::Index
                | SectionKind::Profile
                | SectionKind::Colophon => part = None,
            }
            let writing = Some(section.writing);
            let element = Element { writing, ..Element::new(Role::Section) };
            let id = match part {
                Some(part) => structure.add_to(part, element),
                None => structure.root(element),
            };
            let depth = u8::from(part.is_some() && section.kind == SectionKind::Chapter);
            structure.sections.push((id, depth));
        }
        structure
    }

    /// Opens the element of a section, empty.
    pub(super) fn open_section(&mut self, number: usize) {
        let section = self.sections.get(number).copied();
        if let Some((id, depth)) = section {
            self.nodes[id.0].children.clear();
            self.depth = depth;
        }
        self.notes.clear();
        self.open = section.map(|(id, _)| id);
    }

    /// What a heading is: in a part of the book those of chapters are below the part's.
    pub(crate) fn heading(&self, level: u8) -> Role {
        Role::Heading(level.saturating_add(self.depth))
    }

    /// Adds an element that no other contains.
    fn root(&mut self, element: Element) -> ElementId {
        let id = self.push(element, None);
        self.roots.push(id);
        id
    }

    /// Adds an element at the end of another.
    pub(crate) fn add_to(&mut self, parent: ElementId, element: Element) -> ElementId {
        let id = self.push(element, Some(parent));
        self.nodes[parent.0].children.push(Link::Element(id));
        id
    }

    fn push(&mut self, element: Element, parent: Option<ElementId>) -> ElementId {
        self.nodes.push(Node { element, parent, children: Vec::new() });
        ElementId(self.nodes.len() - 1)
    }

    /// Adds an element at the end of the open one; `None` where none is open.
    pub(crate) fn add(&mut self, element: Element) -> Option<ElementId> {
        self.open.map(|parent| self.add_to(parent, element))
    }

    /// The tag of what comes next in the open element: the same as long as no element
    /// comes between.
    pub(crate) fn tag(&mut self) -> Tag {
        let Some(open) = self.open else { return Tag::default() };
        if let Some(Link::Content(last)) = self.nodes[open.0].children.last() {
            return Tag::Content(*last);
        }
        self.new_tag()
    }

    /// A tag of its own in the open element.
    pub(crate) fn new_tag(&mut self) -> Tag {
        let Some(open) = self.open else { return Tag::default() };
        let id = ContentId(self.next);
        self.next += 1;
        self.nodes[open.0].children.push(Link::Content(id));
        Tag::Content(id)
    }

    /// Says that the open element is horizontal, whatever is around it.
    pub(crate) fn set_horizontal(&mut self) {
        if let Some(open) = self.open {
            self.nodes[open.0].element.writing = Some(WritingMode::Horizontal);
        }
    }

    /// Opens an element inside the open one; gives what [`Structure::close`] takes.
    pub(crate) fn open(&mut self, element: Element) -> Option<ElementId> {
        let id = self.add(element);
        self.enter(id)
    }

    /// Opens an element that is there already, or none.
    pub(crate) fn enter(&mut self, id: Option<ElementId>) -> Option<ElementId> {
        std::mem::replace(&mut self.open, id)
    }

    /// Closes the open element: the one around it is open again.
    pub(crate) fn close(&mut self, around: Option<ElementId>) {
        self.open = around;
    }

    /// Makes room for a footnote after the paragraph in which it is referred to, or at the
    /// end of what else is open.
    pub(crate) fn refer_to_note(&mut self, number: usize) {
        let Some(mut at) = self.open else { return };
        let is_note = |id: &ElementId| self.nodes[id.0].element.role == Role::Note;
        let around = std::iter::successors(Some(at), |id| self.nodes[id.0].parent);
        let mut notes = around.filter(is_note);
        // Notes to notes stand in each other, but not without end.
        if let (Some(innermost), Some(_)) = (notes.next(), notes.nth(MOST_NOTES))
            && let Some(parent) = self.nodes[innermost.0].parent
        {
            at = parent;
        }
        while let Some(parent) = self.nodes[at.0].parent {
            match self.nodes[at.0].element.role {
                Role::Paragraph | Role::Heading(_) => {
                    at = parent;
                    break;
                }
                role if is_in_line(role) => at = parent,
                _ => break,
            }
        }
        let id = self.add_to(at, Element::new(Role::Note));
        self.notes.insert(number, id);
    }

    /// The element of a footnote; one at the end of the open element where nothing refers
    /// to it.
    pub(crate) fn note(&mut self, number: usize) -> Option<ElementId> {
        let known = self.notes.get(&number).copied();
        known.or_else(|| self.add(Element::new(Role::Note)))
    }

    /// The tree, without what is on no page. `used` says of each leaf whether it is.
    pub(super) fn finish(mut self, used: &[bool]) -> Vec<Element> {
        let mut level = 0;
        let roots = std::mem::take(&mut self.roots);
        let elements = roots.into_iter().filter_map(|id| self.take(id, used, &mut level));
        elements.collect()
    }

    /// How many leaves there are.
    pub(super) fn len(&self) -> usize {
        self.next as usize
    }

    /// An element with all inside it. `level` is that of the last heading.
    fn take(&mut self, id: ElementId, used: &[bool], level: &mut u8) -> Option<Element> {
        let node = &mut self.nodes[id.0];
        let mut element = std::mem::take(&mut node.element);
        let links = std::mem::take(&mut node.children);
        let around = *level;
        if let Role::Heading(own) = &mut element.role {
            // No level is left out (ISO 14289-1, 7.4.2).
            *own = (*own).clamp(1, (*level + 1).min(6));
            *level = *own;
        }
        element.children.reserve_exact(links.len());
        for link in links {
            element.children.extend(match link {
                Link::Element(id) => self.take(id, used, level).map(Child::Element),
                Link::Content(id) => {
                    let is_used = used.get(id.0 as usize).copied().unwrap_or_default();
                    is_used.then_some(Child::Content(id))
                }
            });
        }
        // A table has as many cells in each row, also empty ones.
        let is_cell =
            matches!(element.role, Role::Cell | Role::HeadCell | Role::RowHeadCell);
        if is_cell || element.children.iter().any(says_something) {
            return Some(element);
        }
        *level = around;
        None
    }
}

/// How many notes may stand in each other.
const MOST_NOTES: usize = 8;

/// Whether there is anything in a part of an element.
fn says_something(child: &Child) -> bool {
    match child {
        Child::Content(_) => true,
        Child::Element(element) => !element.children.is_empty(),
    }
}

/// Whether an element stands within lines.
fn is_in_line(role: Role) -> bool {
    match role {
        Role::Reference
        | Role::Link
        | Role::BibEntry
        | Role::Code
        | Role::Formula
        | Role::Span
        | Role::Emphasis
        | Role::Strong
        | Role::Ruby
        | Role::RubyBase
        | Role::RubyText
        | Role::Warichu
        | Role::WarichuText => true,
        Role::Part
        | Role::Section
        | Role::Division
        | Role::Title
        | Role::Heading(_)
        | Role::Paragraph
        | Role::BlockQuote
        | Role::List(_)
        | Role::Item
        | Role::Label
        | Role::Body
        | Role::Table
        | Role::TableHead
        | Role::TableBody
        | Role::Row
        | Role::HeadCell
        | Role::RowHeadCell
        | Role::Cell
        | Role::Figure
        | Role::Caption
        | Role::Note
        | Role::Contents
        | Role::ContentsItem
        | Role::Index => false,
    }
}

impl Context<'_> {
    /// Sets something as an element of its own.
    pub(crate) fn tagged<T>(
        &mut self,
        element: Element,
        set: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let around = self.structure.open(element);
        let done = set(self);
        self.structure.close(around);
        done
    }

    /// Sets something as part of an element that is there, or as an artifact.
    pub(crate) fn inside<T>(
        &mut self,
        element: Option<ElementId>,
        set: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let around = self.structure.enter(element);
        let done = set(self);
        self.structure.close(around);
        done
    }
}
