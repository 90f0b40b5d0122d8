//! The OCF container: a ZIP file with the same bytes in every build.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::EpubError;
use super::profile::Conventions;
use super::xml::Xml;

/// A file of the publication.
#[derive(Debug)]
pub(super) struct Resource {
    /// Its path below the package document's folder, of ASCII characters.
    pub(super) path: String,
    /// What it holds.
    pub(super) data: Vec<u8>,
    /// Whether it is worth packing; pictures are packed already.
    pub(super) packed: bool,
}

impl Resource {
    /// A file of text.
    pub(super) fn text(path: &str, text: String) -> Self {
        Self {
            path: path.to_owned(),
            data: text.into_bytes(),
            packed: true,
        }
    }
}

/// Binds the files in their order.
pub(super) fn write(
    resources: &[Resource],
    conventions: &Conventions,
) -> Result<Vec<u8>, EpubError> {
    let size = resources.iter().map(|resource| resource.data.len()).sum::<usize>();
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(size / 2)));
    let options = |method| {
        SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
    };
    let stored = options(CompressionMethod::Stored);
    let packed = options(CompressionMethod::Deflated).compression_level(Some(LEVEL));
    zip.start_file("mimetype", stored)?;
    zip.write_all(b"application/epub+zip")?;
    zip.start_file("META-INF/container.xml", packed)?;
    zip.write_all(container(conventions).as_bytes())?;
    for resource in resources {
        let options = if resource.packed { packed } else { stored };
        zip.start_file(format!("{}{}", conventions.root, resource.path), options)?;
        zip.write_all(&resource.data)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The level of Deflate: past it the text of a novel shrinks by a percent for a quarter more
/// time.
const LEVEL: i64 = 5;

fn container(conventions: &Conventions) -> String {
    let mut xml = Xml::document();
    xml.open("container")
        .attr("version", "1.0")
        .attr("xmlns", "urn:oasis:names:tc:opendocument:xmlns:container");
    xml.indent().open("rootfiles");
    let path = format!("{}{}", conventions.root, conventions.package);
    let kind = "application/oebps-package+xml";
    xml.leaf("rootfile", &[("full-path", &path), ("media-type", kind)], "");
    xml.indent_close().indent_close().line();
    xml.finish()
}
