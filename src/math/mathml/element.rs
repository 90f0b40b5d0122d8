//! The elements of a formula, and what their operators say of themselves in the end.

use super::operators::{self, Form};

/// The attribute of the colour of an element.
pub(super) const COLOR: &str = "mathcolor";

/// An element of MathML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub name: &'static str,
    /// Its attributes with their values, which are not escaped.
    pub attributes: Vec<(&'static str, String)>,
    /// What it holds.
    pub content: Content,
    /// How it is set where it is an operator.
    operator: Option<Box<Operator>>,
}

/// What an element of MathML holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Characters.
    Text(String),
    /// Elements.
    Elements(Vec<Element>),
}

/// How an operator is set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Operator {
    /// The space before and after it, in eighteenths of the em (mu).
    pub(super) space: (u8, u8),
    /// Whether it grows with what stands beside it, or above and below it.
    pub(super) stretchy: bool,
    /// Whether it is a bracket.
    pub(super) fence: bool,
    /// How high it is at least and at most.
    pub(super) size: Option<&'static str>,
    /// Whether it is one of the signs that are larger in displays.
    pub(super) large: bool,
    /// Whether its limits stand above and below it everywhere.
    pub(super) fixed_limits: bool,
}

/// The place of an element, as far as an operator is set by it.
#[derive(Clone, Copy)]
struct Place {
    /// Where it stands among its neighbours that are more than space.
    form: Form,
    /// Where it stands among all of them, by which some renderers go.
    plain_form: Form,
    /// Whether it stands in a row, which has space between its operators.
    in_row: bool,
    /// Whether it stands above or below something, or has something there.
    has_limits: bool,
    /// Whether what stands before it, and after it, is an operand; `None` for nothing.
    beside: (Option<bool>, Option<bool>),
}

impl Place {
    /// Alone, with nothing beside it.
    const ALONE: Self = Self {
        form: Form::Infix,
        plain_form: Form::Infix,
        in_row: false,
        has_limits: false,
        beside: (None, None),
    };
    /// Beside, above or below something, or in a place of its own.
    const SCRIPT: Self = Self {
        form: Form::Postfix,
        plain_form: Form::Postfix,
        ..Self::ALONE
    };
}

impl Element {
    /// An element that holds characters.
    pub(super) fn token(name: &'static str, text: impl Into<String>) -> Self {
        let content = Content::Text(text.into());
        Self {
            name,
            attributes: Vec::new(),
            content,
            operator: None,
        }
    }

    /// An element that holds elements.
    pub(super) fn group(name: &'static str, children: Vec<Self>) -> Self {
        let content = Content::Elements(children);
        Self {
            name,
            attributes: Vec::new(),
            content,
            operator: None,
        }
    }

    /// Elements side by side; one alone is itself.
    pub(super) fn row(mut children: Vec<Self>) -> Self {
        if children.len() == 1 {
            return children.remove(0);
        }
        Self::group("mrow", children)
    }

    /// An operator with nothing beside it.
    pub(super) fn operator(text: impl Into<String>) -> Self {
        Self::set_operator(text, Operator::default())
    }

    /// An operator that is set in its own way.
    pub(super) fn set_operator(text: impl Into<String>, operator: Operator) -> Self {
        Self {
            operator: Some(Box::new(operator)),
            ..Self::token("mo", text)
        }
    }

    /// A space along the line.
    pub(super) fn space(ems: f64) -> Self {
        if ems < 0.0 {
            // MathML Core takes a negative width for none.
            let margin = format!("margin-inline-start: {}", length(ems));
            return Self::group("mspace", Vec::new()).with("style", margin);
        }
        Self::group("mspace", Vec::new()).with("width", length(ems))
    }

    /// The same element with an attribute.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// Its characters where it holds no elements.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Elements(_) => None,
        }
    }

    /// Adds the characters of another.
    pub(super) fn append(&mut self, other: &Self) {
        if let (Content::Text(text), Some(more)) = (&mut self.content, other.text()) {
            text.push_str(more);
        }
    }

    /// The colour that is given to it.
    pub(super) fn color(&self) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let (_, color) = attributes.find(|(name, _)| *name == COLOR)?;
        Some(color)
    }

    /// Whether it is a letter, a number, a word or a sign that keeps its size.
    pub(super) fn is_plain(&self) -> bool {
        let grows = |it: &Operator| it.large || it.stretchy;
        matches!(self.content, Content::Text(_))
            && !self.operator.as_deref().is_some_and(grows)
            || self.name == "mspace"
    }

    /// What it holds.
    pub(super) fn children(&self) -> &[Self] {
        match &self.content {
            Content::Text(_) => &[],
            Content::Elements(children) => children,
        }
    }

    /// What it holds, to change it.
    pub(super) fn children_mut(&mut self) -> &mut [Self] {
        match &mut self.content {
            Content::Text(_) => &mut [],
            Content::Elements(children) => children,
        }
    }

    /// The characters of it and of all that it holds.
    pub fn characters(&self) -> String {
        match &self.content {
            Content::Text(text) => text.clone(),
            Content::Elements(children) => {
                children.iter().map(Self::characters).collect()
            }
        }
    }

    /// The operator that this is set by where it is one with scripts or in rows of its own
    /// (an embellished operator).
    pub(super) fn core(&mut self) -> Option<&mut Operator> {
        match self.core_index() {
            Some(Core::Own) => self.operator.as_deref_mut(),
            Some(Core::Child(index)) => self.children_mut()[index].core(),
            None => None,
        }
    }

    /// The operator at an end of it, into which one that is no operator itself is looked.
    pub(super) fn core_at(&mut self, end: End) -> Option<&mut Operator> {
        if self.core_index().is_some() {
            return self.core();
        }
        if !matches!(self.name, "mrow" | "mstyle") {
            return None;
        }
        let children = self.children_mut();
        let child = match end {
            End::Start => children.first_mut(),
            End::End => children.last_mut(),
        };
        child?.core_at(end)
    }

    fn core_index(&self) -> Option<Core> {
        let own = |index: usize| {
            let child = self.children().get(index)?;
            child.core_index().map(|_| Core::Child(index))
        };
        match self.name {
            "mo" => Some(Core::Own),
            "msub" | "msup" | "msubsup" | "munder" | "mover" | "munderover" => own(0),
            "mrow" | "mstyle" | "mphantom" | "mpadded" => {
                let children = self.children().iter().enumerate();
                let mut seen = children.filter(|(_, child)| !child.is_space());
                let (index, _) = seen.next()?;
                seen.next().is_none().then(|| own(index))?
            }
            _ => None,
        }
    }

    /// Whether it is nothing but space (space-like).
    fn is_space(&self) -> bool {
        match self.name {
            "mspace" | "mtext" => true,
            "mrow" | "mstyle" | "mphantom" | "mpadded" => {
                self.children().iter().all(Self::is_space)
            }
            _ => false,
        }
    }

    /// Whether something can be done to it by an operator.
    fn is_operand(&self) -> bool {
        self.core_index().is_none()
    }

    /// Writes into the attributes of the operators how they are set, where that is not what
    /// a renderer does of itself.
    pub(super) fn settle(&mut self) {
        self.settle_at(Place::ALONE);
    }

    fn settle_at(&mut self, place: Place) {
        if let Some(operator) = self.operator.take() {
            let text = self.text().unwrap_or_default().to_owned();
            let attributes = attributes(&text, &operator, place);
            self.attributes.splice(0..0, attributes);
            return;
        }
        let mut places = if is_row(self.name) {
            row_places(self.children())
        } else {
            vec![Place::SCRIPT; self.children().len()]
        };
        // What is set by its operator stands where this stands.
        if let Some(Core::Child(index)) = self.core_index() {
            let plain_form =
                if is_row(self.name) { places[index].plain_form } else { Form::Prefix };
            places[index] = Place { plain_form, ..place };
        }
        let has_limits = matches!(self.name, "munder" | "mover" | "munderover");
        for (child, at) in self.children_mut().iter_mut().zip(places) {
            child.settle_at(Place { has_limits: has_limits || at.has_limits, ..at });
        }
    }
}

/// An end of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Start,
    End,
}

/// Where the operator is that an element is set by.
enum Core {
    Own,
    Child(usize),
}

/// Whether an element sets what it holds side by side.
fn is_row(name: &str) -> bool {
    matches!(
        name,
        "math"
            | "mrow"
            | "mstyle"
            | "mphantom"
            | "mpadded"
            | "menclose"
            | "msqrt"
            | "mtd"
    )
}

/// The places of elements side by side.
fn row_places(children: &[Element]) -> Vec<Place> {
    let solid = |child: &&Element| !child.is_space();
    let place = |index: usize| {
        let before = children[..index].iter().rev().find(solid);
        let after = children[index + 1..].iter().find(solid);
        let form = |before: bool, after: bool| match (before, after) {
            (false, true) => Form::Prefix,
            (true, false) => Form::Postfix,
            (false, false) | (true, true) => Form::Infix,
        };
        Place {
            form: form(before.is_some(), after.is_some()),
            plain_form: form(index > 0, index + 1 < children.len()),
            in_row: true,
            has_limits: false,
            beside: (before.map(Element::is_operand), after.map(Element::is_operand)),
        }
    };
    (0..children.len()).map(place).collect()
}

/// What an operator at a place says of itself.
fn attributes(
    text: &str,
    operator: &Operator,
    place: Place,
) -> Vec<(&'static str, String)> {
    let form = form(text, operator, place);
    let entry = operators::entry(text, form.unwrap_or(place.form));
    let mut attributes = Vec::new();
    attributes.extend(form.map(|form| ("form", form.name().to_owned())));
    let mut tell = |name, value: bool| attributes.push((name, value.to_string()));
    let Operator { stretchy, fence, large, .. } = *operator;
    if fence && !entry.fence {
        tell("fence", true);
    }
    if stretchy != entry.stretchy && (stretchy || grows(text, place)) {
        tell("stretchy", stretchy);
    }
    if stretchy && !entry.symmetric && !operators::grows_along(text) {
        tell("symmetric", true);
    }
    if entry.large && !large {
        tell("largeop", false);
    }
    if entry.movable && operator.fixed_limits {
        tell("movablelimits", false);
    }
    if let Some(size) = operator.size {
        attributes.push(("minsize", size.to_owned()));
        attributes.push(("maxsize", size.to_owned()));
    }
    if place.in_row {
        let (before, after) = operator.space;
        for (name, mu, known) in
            [("lspace", before, entry.space.0), ("rspace", after, entry.space.1)]
        {
            if mu != known {
                attributes.push((name, length(f64::from(mu) / 18.0)));
            }
        }
    }
    attributes
}

/// Whether an operator that is stretchy would grow at a place.
fn grows(text: &str, place: Place) -> bool {
    if operators::grows_along(text) { place.has_limits } else { place.in_row }
}

/// The form of an operator, where it has to say it: its place gives it another space, or
/// renderers take its place in different ways.
fn form(text: &str, operator: &Operator, place: Place) -> Option<Form> {
    if !place.in_row {
        return None;
    }
    let by_place = operators::entry(text, place.form);
    let other = (by_place.space != operator.space)
        .then(|| other_form(text, operator, place))
        .flatten();
    let form = other.unwrap_or(place.form);
    let entry = operators::entry(text, form);
    let is_plain = [by_place, operators::entry(text, place.plain_form)] == [entry; 2];
    (!is_plain).then_some(form)
}

/// The form that gives an operator its space, where its place does not: a sign before its
/// operand, as the minus of a number after another sign, or behind it.
fn other_form(text: &str, operator: &Operator, place: Place) -> Option<Form> {
    let beside = match place.beside {
        (Some(true), _) => Some(Form::Postfix),
        (Some(false) | None, Some(_)) => Some(Form::Prefix),
        (Some(false) | None, None) => None,
    };
    let fits = |&form: &Form| {
        operators::has_form(text, form)
            && operators::entry(text, form).space == operator.space
    };
    beside.into_iter().chain([Form::Infix]).find(fits)
}

/// A length in ems.
pub(super) fn length(ems: f64) -> String {
    let digits = format!("{ems:.4}");
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    match digits {
        "0" | "-0" | "" => "0".to_owned(),
        _ => format!("{digits}em"),
    }
}
