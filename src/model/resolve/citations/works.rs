//! The works of the list of references, in whichever format they are written.

use std::collections::BTreeSet;

use hayagriva::archive::locales;
use hayagriva::citationberg::json::{NameItem, NameValue, Value};
use hayagriva::citationberg::{IndependentStyle, LocaleCode};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, Library,
    LocatorPayload, Rendered, SpecificLocator,
};

use super::csl_json::{self, Items};
use super::style;
use crate::diag::{Code, Diagnostic, Sink};
use crate::model::Citation;
use crate::source::Source;

/// The works that a book can cite.
pub(super) enum Works {
    /// Those of a file in BibTeX or in the YAML of hayagriva.
    Entries(Library),
    /// Those of a file in CSL-JSON.
    Items(Items),
}

/// Sets citations of works that a function finds. A macro, since hayagriva has no public name
/// for what its types of works have in common.
macro_rules! set {
    ($citations:expr, $style:expr, $find:expr) => {{
        let locales = locales();
        let mut driver = BibliographyDriver::new();
        for citation in $citations {
            let items = citation.items.iter().filter_map(|item| {
                let work = $find(&item.key)?;
                let locator = item.locator.as_deref().map(|words| {
                    let (kind, place) = style::locator(words);
                    SpecificLocator(kind, LocatorPayload::Str(place))
                });
                Some(CitationItem::with_locator(work, locator))
            });
            let items: Vec<_> = items.collect();
            if !items.is_empty() {
                let english = Some(LocaleCode::en_us());
                let request =
                    CitationRequest::new(items, $style, english, &locales, None);
                driver.citation(request);
            }
        }
        let english = Some(LocaleCode::en_us());
        driver.finish(BibliographyRequest::new($style, english, &locales))
    }};
}

impl Works {
    /// No works.
    pub(super) fn none() -> Self {
        Self::Entries(Library::default())
    }

    /// Reads the list of references, of which some keys are cited: BibTeX where the name of
    /// the file ends in `.bib`, CSL-JSON where it ends in `.json`, else the YAML of hayagriva.
    pub(super) fn read(
        source: &Source,
        cited: &BTreeSet<String>,
        sink: &mut Sink,
    ) -> Option<Self> {
        if source.path.ends_with(".json") {
            return csl_json::read(source, cited, sink).map(Self::Items);
        }
        let text = &source.text;
        let result = if source.path.ends_with(".bib") {
            hayagriva::io::from_biblatex_str(text)
                .map_err(|errors| errors.first().map(|e| (None, e.to_string())))
        } else {
            hayagriva::io::from_yaml_str(text).map_err(|error| {
                let place = error.location().map(|place| place.index());
                Some((place, error.to_string()))
            })
        };
        match result {
            Ok(library) => Some(Self::Entries(library)),
            Err(found) => {
                let (place, words) = found.unwrap_or((None, "no entry".to_string()));
                let at = place.unwrap_or(0);
                let message = format!("cannot read the list of references: {words}");
                let hint = "see the format of hayagriva (YAML), or use BibTeX (.bib) or \
                            CSL-JSON (.json)";
                let span = source.span(at..at + 1);
                let finding = Diagnostic::new(Code::UnreadableFile, span, message);
                sink.push(finding.hint(hint));
                None
            }
        }
    }

    /// Whether there is a work of a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.id(key).is_some()
    }

    /// The id of the work that is cited by a key.
    pub(super) fn id(&self, key: &str) -> Option<&str> {
        match self {
            Self::Entries(library) => library.get(key).map(hayagriva::Entry::key),
            Self::Items(items) => items.ids.get(key).map(String::as_str),
        }
    }

    /// The keys of all works.
    pub(super) fn keys(&self) -> Vec<&str> {
        match self {
            Self::Entries(library) => library.keys().collect(),
            Self::Items(items) => items.ids.keys().map(String::as_str).collect(),
        }
    }

    /// The title of a work that is cited by a key.
    pub(super) fn title(&self, key: &str) -> Option<String> {
        match self {
            Self::Entries(library) => library.get(key)?.title().map(ToString::to_string),
            Self::Items(items) => Some(items.get(key)?.0.get("title")?.to_str()?.into()),
        }
    }

    /// The family names of the authors of a work that is cited by a key.
    pub(super) fn authors(&self, key: &str) -> Vec<String> {
        match self {
            Self::Entries(library) => {
                let authors = library.get(key).and_then(|entry| entry.authors());
                let authors = authors.into_iter().flatten();
                authors.map(|author| author.name.clone()).collect()
            }
            Self::Items(items) => {
                match items.get(key).and_then(|item| item.0.get("author")) {
                    Some(Value::Names(names)) => names.iter().map(family_name).collect(),
                    _ => Vec::new(),
                }
            }
        }
    }

    /// Whether words in italics and their like are marked with tags in its fields.
    pub(super) fn has_marks(&self) -> bool {
        matches!(self, Self::Items(_))
    }

    /// Sets citations, those of works that are not there left out, and the list of works.
    pub(super) fn set(
        &self,
        citations: &[&Citation],
        style: &IndependentStyle,
    ) -> Rendered {
        match self {
            Self::Entries(library) => set!(citations, style, |key| library.get(key)),
            Self::Items(items) => set!(citations, style, |key| items.get(key)),
        }
    }
}

fn family_name(name: &NameValue) -> String {
    match name {
        NameValue::Literal(name) => name.literal.clone(),
        NameValue::Item(NameItem { family, non_dropping_particle, .. }) => {
            match non_dropping_particle {
                Some(particle) => format!("{particle} {family}"),
                None => family.clone(),
            }
        }
    }
}
