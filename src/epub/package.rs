//! The package document: what the publication is, what it holds, in which order.

use super::access;
use super::book::{Book, COVER, NAV};
use super::nav::NCX;
use super::xhtml::Seen;
use super::xml::Xml;
use crate::geom::WritingMode;
use crate::model::{Contributor, Metadata};

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
    if fonts {
        xml.attr("prefix", IBOOKS);
    }
    xml.indent()
        .open("metadata")
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/");
    metadata(&mut xml, meta);
    if let Some(pages) = book.edition {
        edition(&mut xml, book, pages);
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
    xml.indent_close();
    manifest(&mut xml, items);
    let progression = match book.document.writing {
        WritingMode::Horizontal => "ltr",
        WritingMode::Vertical => "rtl",
    };
    let ncx = NCX.replace('.', "-");
    xml.indent()
        .open("spine")
        .attr("page-progression-direction", progression);
    xml.attr("toc", &ncx);
    for item in items.iter().filter(|item| item.spine) {
        xml.leaf("itemref", &[("idref", &item.id())], "");
    }
    xml.indent_close();
    guide(&mut xml, book, items);
    xml.indent_close().line();
    xml.finish()
}

const IBOOKS: &str =
    "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/";

fn metadata(xml: &mut Xml, meta: &Metadata) {
    identifier(xml, &meta.identifier);
    title(xml, "title", "main", &meta.title, meta.title_reading.as_deref());
    if let Some(subtitle) = &meta.subtitle {
        title(xml, "subtitle", "subtitle", subtitle, None);
        refine(xml, "title", "display-seq", None, "1");
        refine(xml, "subtitle", "display-seq", None, "2");
    }
    for (number, contributor) in meta.contributors.iter().enumerate() {
        self::contributor(xml, number + 1, contributor);
    }
    if let Some(publisher) = &meta.publisher {
        xml.leaf("dc:publisher", &[("id", "publisher")], publisher);
        if let Some(reading) = &meta.publisher_reading {
            refine(xml, "publisher", "file-as", None, reading);
        }
    }
    xml.leaf("dc:language", &[], &meta.language);
    if let Some(day) = &meta.published {
        xml.leaf("dc:date", &[], day);
    }
    xml.leaf("meta", &[("property", "dcterms:modified")], &meta.modified);
    if let Some(edition) = &meta.edition {
        xml.leaf("meta", &[("property", "schema:bookEdition")], edition);
    }
    if let Some(description) = &meta.description {
        xml.leaf("dc:description", &[], description.trim());
    }
    for subject in &meta.subjects {
        xml.leaf("dc:subject", &[], subject);
    }
    if let Some(rights) = &meta.rights {
        xml.leaf("dc:rights", &[], rights);
    }
}

/// The edition whose page breaks are marked.
fn edition(xml: &mut Xml, book: &Book<'_>, pages: usize) {
    let name = book.labels.edition;
    let name = name.replace("{title}", &book.document.meta.title);
    let name = name.replace("{pages}", &pages.to_string());
    xml.leaf("dc:source", &[("id", "page-source")], &name);
    refine(xml, "page-source", "source-of", None, "pagination");
    xml.leaf("meta", &[("property", "pageBreakSource")], &name);
}

/// The identifier, with its kind by the code list 5 of ONIX where it is in that.
fn identifier(xml: &mut Xml, identifier: &str) {
    xml.leaf("dc:identifier", &[("id", "identifier")], identifier);
    let kind = match identifier.split_once(':') {
        Some(("urn", rest)) if rest.starts_with("isbn:") => Some("15"),
        Some(("doi" | "https", rest)) if rest.contains("10.") => Some("06"),
        _ => None,
    };
    if let Some(kind) = kind {
        refine(xml, "identifier", "identifier-type", Some("onix:codelist5"), kind);
    }
}

fn title(xml: &mut Xml, id: &str, kind: &str, title: &str, reading: Option<&str>) {
    xml.leaf("dc:title", &[("id", id)], title);
    refine(xml, id, "title-type", None, kind);
    if let Some(reading) = reading {
        refine(xml, id, "file-as", None, reading);
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
    if let Some(reading) = &contributor.reading {
        refine(xml, &id, "file-as", None, reading);
    }
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
    if items.iter().any(|item| item.path == COVER) {
        xml.leaf(
            "reference",
            &[("type", "cover"), ("title", labels.cover), ("href", COVER)],
            "",
        );
    }
    xml.leaf(
        "reference",
        &[("type", "toc"), ("title", labels.contents), ("href", NAV)],
        "",
    );
    xml.indent_close();
}
