//! The package document: what the publication is, what it holds, in which order.

use super::access;
use super::book::Book;
use super::page_list::PageList;
use super::profile::Declared;
use super::xhtml::Seen;
use super::xml::Xml;
use crate::geom::WritingMode;
use crate::model::{Alternate, Contributor, Metadata, SectionKind, Series};

/// A file in the manifest.
#[derive(Debug)]
pub(super) struct Item {
    /// Its path.
    pub(super) path: String,
    /// Its media type.
    pub(super) media_type: &'static str,
    /// Its properties: `nav`, `cover-image`, `mathml` ….
    pub(super) properties: Vec<&'static str>,
    /// Whether it is read in its order.
    pub(super) spine: bool,
    /// Whether it starts on the page that books open with: a right-hand page where they are
    /// bound on the left.
    pub(super) opens: bool,
}

impl Item {
    /// The id of a file: its path with what an id cannot hold replaced.
    fn id(&self) -> String {
        self.path.replace(['/', '.'], "-")
    }
}

/// Writes the package document. The items of the spine come in the order of reading.
pub(super) fn write(book: &Book<'_>, items: &[Item], seen: &Seen, fonts: bool) -> String {
    let meta = &book.document.meta;
    let mut xml = Xml::document();
    xml.open("package")
        .attr("xmlns", "http://www.idpf.org/2007/opf")
        .attr("version", "3.0")
        .attr("unique-identifier", "identifier")
        .attr("xml:lang", &meta.language);
    let declared = book.conventions.declared;
    let prefixes = declared.map(|Declared { prefix, .. }| prefix).into_iter();
    let prefixes: Vec<&str> = prefixes.chain(fonts.then_some(IBOOKS)).collect();
    if !prefixes.is_empty() {
        xml.attr("prefix", &prefixes.join(" "));
    }
    xml.indent()
        .open("metadata")
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/");
    metadata(&mut xml, meta);
    let pages = book.edition.and_then(|list| list.identifier.as_ref());
    if let Some(source) = meta.source.as_ref().filter(|source| Some(*source) != pages) {
        xml.leaf("dc:source", &[], source);
    }
    if let Some(list) = book.edition {
        edition(&mut xml, book, list);
    }
    access::write(&mut xml, book, seen);
    let mode = match book.document.writing {
        WritingMode::Horizontal => "horizontal-lr",
        WritingMode::Vertical => "vertical-rl",
    };
    xml.leaf("meta", &[("name", "primary-writing-mode"), ("content", mode)], "");
    if let Some(cover) =
        items.iter().find(|item| item.properties.contains(&"cover-image"))
    {
        xml.leaf("meta", &[("name", "cover"), ("content", &cover.id())], "");
    }
    if fonts {
        xml.leaf("meta", &[("property", "ibooks:specified-fonts")], "true");
    }
    if let Some(Declared { property, value, .. }) = declared {
        xml.leaf("meta", &[("property", property)], value);
    }
    xml.indent_close();
    manifest(&mut xml, items);
    let progression = match book.document.writing {
        WritingMode::Horizontal => "ltr",
        WritingMode::Vertical => "rtl",
    };
    let ncx = book.ncx.map(|ncx| ncx.replace('.', "-"));
    xml.indent()
        .open("spine")
        .attr("page-progression-direction", progression);
    xml.attr_some("toc", ncx.as_deref());
    let side = match book.document.writing {
        WritingMode::Horizontal => "page-spread-right",
        WritingMode::Vertical => "page-spread-left",
    };
    for item in items.iter().filter(|item| item.spine) {
        let id = item.id();
        let mut attributes = vec![("idref", id.as_str())];
        attributes.extend(item.opens.then_some(("properties", side)));
        xml.leaf("itemref", &attributes, "");
    }
    xml.indent_close();
    if ncx.is_some() {
        guide(&mut xml, book, items);
    }
    xml.indent_close().line();
    xml.finish()
}

const IBOOKS: &str =
    "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/";

fn metadata(xml: &mut Xml, meta: &Metadata) {
    identifier(xml, "identifier", &meta.identifier);
    for (number, other) in meta.other_identifiers.iter().enumerate() {
        identifier(xml, &format!("identifier-{}", number + 2), other);
    }
    titles(xml, meta);
    for (number, contributor) in meta.contributors.iter().enumerate() {
        self::contributor(xml, number + 1, contributor);
    }
    if let Some(publisher) = &meta.publisher {
        xml.leaf("dc:publisher", &[("id", "publisher")], publisher);
        let reading = meta.publisher_reading.as_deref();
        names(xml, "publisher", reading, &meta.publisher_alternates);
    }
    xml.leaf("dc:language", &[], &meta.language);
    if let Some(day) = &meta.published {
        xml.leaf("dc:date", &[], day);
    }
    xml.leaf("meta", &[("property", "dcterms:modified")], &meta.modified);
    if let Some(edition) = &meta.edition {
        xml.leaf("meta", &[("property", "schema:bookEdition")], edition);
    }
    if let Some(series) = &meta.series {
        self::series(xml, series);
    }
    if let Some(description) = &meta.description {
        xml.leaf("dc:description", &[], description.trim());
    }
    for (number, subject) in meta.subjects.iter().enumerate() {
        let id = format!("subject-{}", number + 1);
        let Some((authority, term)) = &subject.code else {
            xml.leaf("dc:subject", &[], &subject.name);
            continue;
        };
        xml.leaf("dc:subject", &[("id", &id)], &subject.name);
        refine(xml, &id, "authority", None, authority);
        refine(xml, &id, "term", None, term);
    }
    if let Some(rights) = &meta.rights {
        xml.leaf("dc:rights", &[], rights);
    }
}

/// The titles of all kinds, the main one first.
fn titles(xml: &mut Xml, meta: &Metadata) {
    let main = Some(meta.title.as_str());
    let series = meta.series.as_ref();
    let titles = [
        ("title", "main", main, &meta.title_reading),
        ("subtitle", "subtitle", meta.subtitle.as_deref(), &meta.subtitle_reading),
        ("short-title", "short", meta.short_title.as_deref(), &None),
        (
            "collection-title",
            "collection",
            series.map(|series| series.name.as_str()),
            series.map_or(&None, |series| &series.reading),
        ),
        ("edition-title", "edition", meta.edition.as_deref(), &None),
    ];
    let given = titles.iter().filter_map(|(id, kind, title, reading)| {
        title.map(|title| (*id, *kind, title, reading.as_deref()))
    });
    let given: Vec<_> = given.collect();
    for (number, (id, kind, title, reading)) in given.iter().enumerate() {
        xml.leaf("dc:title", &[("id", id)], title);
        refine(xml, id, "title-type", None, kind);
        if given.len() > 1 {
            refine(xml, id, "display-seq", None, &(number + 1).to_string());
        }
        let alternates =
            if *kind == "main" { meta.title_alternates.as_slice() } else { &[] };
        names(xml, id, *reading, alternates);
    }
}

/// The series that the book belongs to.
fn series(xml: &mut Xml, series: &Series) {
    let belongs = [("property", "belongs-to-collection"), ("id", "series")];
    xml.leaf("meta", &belongs, &series.name);
    refine(xml, "series", "collection-type", None, "series");
    if let Some(position) = series.position {
        refine(xml, "series", "group-position", None, &position.to_string());
    }
    names(xml, "series", series.reading.as_deref(), &[]);
}

/// How a name is read, and how it is written in other scripts.
fn names(xml: &mut Xml, id: &str, reading: Option<&str>, alternates: &[Alternate]) {
    if let Some(reading) = reading {
        refine(xml, id, "file-as", None, reading);
    }
    let target = format!("#{id}");
    for Alternate { language, text } in alternates {
        let attributes = [
            ("refines", target.as_str()),
            ("property", "alternate-script"),
            ("xml:lang", language),
        ];
        xml.leaf("meta", &attributes, text);
    }
}

/// The edition whose page breaks are marked: what it is known by, else its name.
fn edition(xml: &mut Xml, book: &Book<'_>, list: &PageList) {
    let name = || {
        let kind = book.labels.of_edition(list.edition);
        let name = book.labels.edition.replace("{edition}", kind);
        let name = name.replace("{pages}", &list.pages.to_string());
        name.replace("{title}", &book.document.meta.title)
    };
    let name = list.identifier.clone().unwrap_or_else(name);
    xml.leaf("dc:source", &[("id", "page-source")], &name);
    refine(xml, "page-source", "source-of", None, "pagination");
    xml.leaf("meta", &[("property", "pageBreakSource")], &name);
}

/// An identifier, with its kind by the code list 5 of ONIX where it is in that.
fn identifier(xml: &mut Xml, id: &str, identifier: &str) {
    xml.leaf("dc:identifier", &[("id", id)], identifier);
    let kinds = [("urn:isbn:", "15"), ("doi:", "06"), ("urn:", "22")];
    let kind = kinds.iter().find(|(start, _)| identifier.starts_with(start));
    if let Some((_, code)) = kind {
        refine(xml, id, "identifier-type", Some("onix:codelist5"), code);
    }
}

/// Roles of those who helped to make the book but did not create what it says.
const HELPERS: &[&str] = &["ctb", "dsr", "bkd", "bkp", "cov", "pfr", "prt", "pbl"];

fn contributor(xml: &mut Xml, number: usize, contributor: &Contributor) {
    let id = format!("creator-{number}");
    let code = contributor.role.as_str();
    let known = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    let role = if known { code } else { "aut" };
    let element = if HELPERS.contains(&role) { "dc:contributor" } else { "dc:creator" };
    xml.leaf(element, &[("id", &id)], &contributor.name);
    refine(xml, &id, "role", Some("marc:relators"), role);
    refine(xml, &id, "display-seq", None, &number.to_string());
    names(xml, &id, contributor.reading.as_deref(), &contributor.alternates);
}

fn refine(xml: &mut Xml, id: &str, property: &str, scheme: Option<&str>, value: &str) {
    let target = format!("#{id}");
    let mut attributes = vec![("refines", target.as_str()), ("property", property)];
    attributes.extend(scheme.map(|scheme| ("scheme", scheme)));
    xml.leaf("meta", &attributes, value);
}

fn manifest(xml: &mut Xml, items: &[Item]) {
    xml.indent().open("manifest");
    for item in items {
        let (id, properties) = (item.id(), item.properties.join(" "));
        let mut attributes = vec![
            ("id", id.as_str()),
            ("href", &item.path),
            ("media-type", item.media_type),
        ];
        if !properties.is_empty() {
            attributes.push(("properties", &properties));
        }
        xml.leaf("item", &attributes, "");
    }
    xml.indent_close();
}

/// The guide of older readers.
fn guide(xml: &mut Xml, book: &Book<'_>, items: &[Item]) {
    let labels = book.labels;
    xml.indent().open("guide");
    if items.iter().any(|item| item.path == book.conventions.cover) {
        xml.leaf(
            "reference",
            &[
                ("type", "cover"),
                ("title", labels.cover),
                ("href", book.conventions.cover),
            ],
            "",
        );
    }
    let sections = &book.document.sections;
    let contents = sections.iter().position(|it| it.kind == SectionKind::Contents);
    let contents = contents.map(|at| book.path(at, 0));
    let contents = contents.as_deref().unwrap_or(book.conventions.nav);
    let title = book.document.words().contents;
    xml.leaf("reference", &[("type", "toc"), ("title", title), ("href", contents)], "");
    if let Some(path) = book.text() {
        xml.leaf(
            "reference",
            &[("type", "text"), ("title", labels.body), ("href", &path)],
            "",
        );
    }
    xml.indent_close();
}
