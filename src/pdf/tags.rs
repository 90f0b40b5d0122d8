//! The structure of the text as the file has it: marked content on the pages, and the tree
//! of elements over it.

use std::collections::BTreeMap;
use std::num::{NonZeroU16, NonZeroU32};

use krilla::surface::Surface;
use krilla::tagging::{
    self, ArtifactType, BBox, ContentTag, Identifier, ListNumbering, Node,
    TableHeaderScope, TagGroup, TagKind, TagTree,
};

use super::{conform, rect, roles};
use crate::display::{
    Artifact, Child, ContentId, Element, Item, Marks, Pages, Role, Tag,
};
use crate::geom::{Rect, WritingMode};

/// Where the leaves of the structure are in the file.
pub(super) struct Tags<'a> {
    structure: &'a [Element],
    /// The leaves, by their numbers.
    leaves: Vec<ContentId>,
    /// The places that belong to leaves, in the order of drawing.
    places: Vec<(ContentId, Identifier)>,
    /// What links lead to, by the leaves of their places.
    links: BTreeMap<ContentId, &'a str>,
    /// The pages and boxes of images, by their leaves.
    figures: BTreeMap<ContentId, (usize, Rect)>,
    /// What is being drawn.
    open: Option<Tag>,
}

impl<'a> Tags<'a> {
    /// The leaves of the structure, which have no places yet.
    pub(super) fn of(pages: &'a Pages) -> Self {
        let mut tags = Self {
            structure: &pages.structure,
            leaves: Vec::new(),
            places: Vec::new(),
            links: BTreeMap::new(),
            figures: BTreeMap::new(),
            open: None,
        };
        pages.structure.iter().for_each(|element| tags.collect(element));
        tags.leaves.sort_unstable();
        tags
    }

    /// Notes the leaves of an element.
    fn collect(&mut self, element: &'a Element) {
        for child in &element.children {
            match child {
                Child::Element(element) => self.collect(element),
                Child::Content(id) => {
                    self.leaves.push(*id);
                    if element.role == Role::Link {
                        let words = element.alt.as_deref().unwrap_or_default();
                        self.links.insert(*id, words);
                    }
                }
            }
        }
    }

    /// Whether the text has a structure.
    pub(super) fn is_tagged(&self) -> bool {
        !self.structure.is_empty()
    }

    /// Begins what an item belongs to, where that is not what is being drawn.
    pub(super) fn begin(&mut self, item: &Item, page: usize, surface: &mut Surface<'_>) {
        let tag = match item {
            Item::Glyphs(run) => run.tag,
            Item::Image(image) => {
                if let Tag::Content(id) = image.tag {
                    self.figures.entry(id).or_insert((page, image.area));
                }
                image.tag
            }
            Item::Shape(_) => Tag::default(),
            Item::Link(_) => return,
        };
        if !self.is_tagged() || self.open == Some(tag) {
            return;
        }
        self.end(surface);
        self.open = Some(tag);
        match self.leaf(tag) {
            Some(id) => self.places.push((id, surface.start_tagged(ContentTag::Other))),
            None => {
                let kind = artifact(tag);
                let artifact = tagging::Artifact::with_kind(kind);
                surface.start_tagged(ContentTag::Artifact(artifact));
            }
        }
    }

    /// Ends what is being drawn.
    pub(super) fn end(&mut self, surface: &mut Surface<'_>) {
        if self.open.take().is_some() {
            surface.end_tagged();
        }
    }

    /// The leaf of a link, and what it leads to in words.
    pub(super) fn link(&self, tag: Tag) -> Option<(ContentId, String)> {
        let id = self.leaf(tag)?;
        let words = self.links.get(&id).copied().unwrap_or_default();
        Some((id, words.to_owned()))
    }

    /// Gives a place to a leaf.
    pub(super) fn place(&mut self, leaf: ContentId, place: Identifier) {
        self.places.push((leaf, place));
    }

    /// The number of a leaf of the structure.
    fn leaf(&self, tag: Tag) -> Option<ContentId> {
        match tag {
            Tag::Artifact(_) => None,
            Tag::Content(id) => self.leaves.binary_search(&id).is_ok().then_some(id),
        }
    }

    /// The tree of the file.
    pub(super) fn tree(&mut self) -> TagTree {
        // Places of a leaf stay in the order of drawing.
        self.places.sort_by_key(|(leaf, _)| *leaf);
        let horizontal = WritingMode::Horizontal;
        let groups = self.structure.iter().map(|element| self.group(element, horizontal));
        TagTree::from(groups.map(Node::Group).collect::<Vec<Node>>())
    }

    /// An element with all inside it, among lines of a direction of writing.
    fn group(&self, element: &Element, around: WritingMode) -> TagGroup {
        let writing = element.writing.unwrap_or(around);
        let mut kind = self.kind(element);
        if element.language.is_some() {
            kind.set_lang(element.language.clone());
        }
        if element.actual.is_some() {
            kind.set_actual_text(element.actual.clone());
        }
        if writing != around {
            kind.set_writing_mode(Some(writing_mode(writing)));
        }
        kind.set_location(Self::first_leaf(element).and_then(conform::location));
        // Most elements have one child; a vector that grows makes room for four.
        let children = Vec::with_capacity(element.children.len());
        let mut group = TagGroup::with_children(kind, children);
        for child in &element.children {
            match child {
                Child::Element(element) => group.push(self.group(element, writing)),
                Child::Content(id) => {
                    let first = self.places.partition_point(|(leaf, _)| leaf < id);
                    let places = self.places[first..].iter();
                    let places = places.take_while(|(leaf, _)| leaf == id);
                    places.for_each(|&(_, place)| group.push(place));
                }
            }
        }
        group
    }

    fn kind(&self, element: &Element) -> TagKind {
        use tagging::Tag;
        let alt = || element.alt.clone();
        let (columns, rows) = element.reach.unwrap_or((1, 1));
        let [columns, rows] = [columns, rows]
            .map(|count| NonZeroU32::new(count).filter(|count| count.get() > 1));
        match element.role {
            Role::Part => Tag::Part.into(),
            Role::Section => Tag::Section.into(),
            Role::Division => Tag::Div.into(),
            Role::Title => Tag::Title.into(),
            Role::Heading(level) => {
                let level = NonZeroU16::new(level.into()).unwrap_or(NonZeroU16::MIN);
                Tag::Hn(level, element.title.clone()).into()
            }
            Role::Paragraph => Tag::P.into(),
            Role::BlockQuote => Tag::BlockQuote.into(),
            Role::List(marks) => Tag::L(numbering(marks)).into(),
            Role::Item => Tag::LI.into(),
            Role::Label => Tag::Lbl.into(),
            Role::Body => Tag::LBody.into(),
            Role::Table => Tag::Table.into(),
            Role::TableHead => Tag::THead.into(),
            Role::TableBody => Tag::TBody.into(),
            Role::Row => Tag::TR.into(),
            Role::HeadCell => Tag::TH(TableHeaderScope::Column)
                .with_col_span(columns)
                .with_row_span(rows)
                .into(),
            Role::RowHeadCell => Tag::TH(TableHeaderScope::Row)
                .with_col_span(columns)
                .with_row_span(rows)
                .into(),
            Role::Cell => Tag::TD.with_col_span(columns).with_row_span(rows).into(),
            Role::Figure => Tag::Figure(alt()).with_bbox(self.area(element)).into(),
            Role::Caption => Tag::Caption.into(),
            Role::Note => Tag::Note.into(),
            Role::Reference => Tag::Reference.into(),
            Role::Link => Tag::Link.into(),
            Role::Contents => Tag::TOC.into(),
            Role::ContentsItem => Tag::TOCI.into(),
            Role::Index => Tag::Index.into(),
            Role::BibEntry => Tag::BibEntry.into(),
            Role::Code => Tag::Code.into(),
            Role::Formula => Tag::Formula(alt()).into(),
            Role::Span => Tag::Span.into(),
            Role::Ruby => roles::tag("Ruby"),
            Role::RubyBase => roles::tag("RB"),
            Role::RubyText => roles::tag("RT"),
            Role::Warichu => roles::tag("Warichu"),
            Role::WarichuText => roles::tag("WT"),
            Role::Emphasis => Tag::Em.into(),
            Role::Strong => Tag::Strong.into(),
        }
    }

    /// The first leaf of an element that is not in another.
    fn first_leaf(element: &Element) -> Option<Tag> {
        element.children.iter().find_map(|child| match child {
            Child::Content(id) => Some(Tag::Content(*id)),
            Child::Element(_) => None,
        })
    }

    /// The box of a figure.
    fn area(&self, element: &Element) -> Option<BBox> {
        let place = element.children.iter().find_map(|child| match child {
            Child::Content(id) => self.figures.get(id),
            Child::Element(_) => None,
        });
        let &(page, area) = place?;
        Some(BBox::new(page, rect(area)?))
    }
}

fn artifact(tag: Tag) -> ArtifactType {
    match tag {
        Tag::Artifact(Artifact::Header) => ArtifactType::Header,
        Tag::Artifact(Artifact::Footer) => ArtifactType::Footer,
        Tag::Artifact(Artifact::Layout) | Tag::Content(_) => ArtifactType::Layout,
    }
}

fn numbering(marks: Marks) -> ListNumbering {
    match marks {
        Marks::None => ListNumbering::None,
        Marks::Bullets => ListNumbering::Disc,
        Marks::Numbers => ListNumbering::Decimal,
    }
}

fn writing_mode(writing: WritingMode) -> tagging::WritingMode {
    match writing {
        WritingMode::Horizontal => tagging::WritingMode::LrTb,
        WritingMode::Vertical => tagging::WritingMode::TbRl,
    }
}
