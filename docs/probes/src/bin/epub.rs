//! A book of one chapter with a title, an author and a language through epub-builder.
//!
//! `epub OUTPUT`: the identifier and the date are fixed, so that two runs could be equal.

use chrono::{TimeZone, Utc};
use epub_builder::{EpubBuilder, EpubContent, EpubVersion, ReferenceType, ZipLibrary};

const CHAPTER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="ja" xml:lang="ja">
<head><title>第一章</title></head>
<body><h1>第一章</h1><p>本文です。</p></body>
</html>"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let output = std::env::args().nth(1).ok_or("epub OUTPUT")?;
    let mut builder = EpubBuilder::new(ZipLibrary::new()?)?;
    builder.epub_version(EpubVersion::V33);
    builder
        .metadata("title", "本")?
        .metadata("author", "海野 空")?
        .metadata("lang", "ja")?;
    builder.set_uuid(uuid::Uuid::from_u128(1));
    let date = Utc.timestamp_opt(0, 0).single().ok_or("1970 is a date")?;
    builder.set_publication_date(date);
    builder.set_modified_date(date);
    let chapter = EpubContent::new("c1.xhtml", CHAPTER.as_bytes());
    builder.add_content(chapter.title("第一章").reftype(ReferenceType::Text))?;
    builder.generate(std::fs::File::create(output)?)?;
    Ok(())
}
