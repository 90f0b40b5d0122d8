//! What makes a file one for a press: PDF/X-4 (ISO 15930-7).
//!
//! krilla: it knows no printing. The finished file is read back with lopdf; its colours become
//! those of the inks ([`inks`]), and it is told what it is meant for: an output intent with a
//! profile, the version of PDF/X, whether it is trapped. docs/printing.md names what
//! PDF/X asks for and what holds it.

mod content;
mod image;
mod inks;
mod profile;

pub use profile::{Profile, ProfileError};

use krilla::configure::{Configuration, ConfigurationBuilder, PdfVersion};
use lopdf::{Document, Object, Stream, StringFormat, dictionary};

use crate::display::{Info, Inks};

/// How a file for a press is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Print {
    /// The inks of all that is drawn.
    pub inks: Inks,
    /// The printing condition. A file in gray without one is made for a press of which only
    /// the gain of its dots is known; one in four colours for Japan Color 2001 Coated, of
    /// which no profile goes with it: such a file does not call itself PDF/X.
    pub profile: Option<Profile>,
}

/// The version of the format that PDF/X-4 is of.
pub(super) fn configuration() -> Configuration {
    let version = ConfigurationBuilder::new().with_version(PdfVersion::Pdf16);
    version.finish().unwrap_or_default()
}

/// Finishes a file as krilla writes it.
///
/// # Errors
/// Fails where the file cannot be read back, or an image in it cannot.
pub(super) fn finish(file: &[u8], print: &Print, info: &Info) -> Result<Vec<u8>, String> {
    let mut document = Document::load_mem(file).map_err(|error| error.to_string())?;
    inks::convert(&mut document, print.inks)?;
    let own = match print.inks {
        Inks::Gray => Some(Profile::gray()),
        Inks::Cmyk => None,
    };
    let profile = print.profile.clone().or(own);
    add_intent(&mut document, profile.as_ref()).map_err(|error| error.to_string())?;
    set_trapped(&mut document).map_err(|error| error.to_string())?;
    let is_x4 = profile.is_some();
    add_metadata(&mut document, info, is_x4).map_err(|error| error.to_string())?;
    document.prune_objects();
    document.renumber_objects();
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// Says which printing condition the colours are for.
fn add_intent(document: &mut Document, profile: Option<&Profile>) -> lopdf::Result<()> {
    let text = |text: &str| Object::string_literal(text);
    let mut intent = dictionary! { "Type" => "OutputIntent", "S" => "GTS_PDFX" };
    match profile {
        Some(profile) => {
            intent.set("OutputConditionIdentifier", text("Custom"));
            intent.set("OutputCondition", text(&profile.name));
            intent.set("Info", text(&profile.name));
            let dict = dictionary! { "N" => i64::from(profile.inks) };
            let mut stream = Stream::new(dict, profile.data.clone());
            stream.compress()?;
            let stream = document.add_object(stream);
            intent.set("DestOutputProfile", stream);
        }
        None => {
            intent.set("OutputConditionIdentifier", text("JC200103"));
            intent.set("OutputCondition", text("Japan Color 2001 Coated"));
            intent.set("RegistryName", text("http://www.color.org"));
        }
    }
    let intent = document.add_object(intent);
    document.catalog_mut()?.set("OutputIntents", vec![intent.into()]);
    Ok(())
}

/// Says that no colours have been spread into each other.
fn set_trapped(document: &mut Document) -> lopdf::Result<()> {
    let info = document.trailer.get(b"Info").and_then(Object::as_reference)?;
    document.get_dictionary_mut(info)?.set("Trapped", "False");
    Ok(())
}

/// Adds what PDF/X asks of the metadata.
fn add_metadata(document: &mut Document, info: &Info, is_x4: bool) -> lopdf::Result<()> {
    let version = match is_x4 {
        true => "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>",
        false => "",
    };
    let modified = &info.modified;
    let more = format!(
        "<rdf:Description rdf:about=\"\" \
         xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
         xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\">\
         {version}<pdf:Trapped>False</pdf:Trapped>\
         <xmp:MetadataDate>{modified}</xmp:MetadataDate>\
         <xmpMM:VersionID>1</xmpMM:VersionID></rdf:Description></rdf:RDF>"
    );
    let id = document.catalog()?.get(b"Metadata").and_then(Object::as_reference)?;
    let stream = document.get_object_mut(id)?.as_stream_mut()?;
    let xmp = String::from_utf8_lossy(&stream.content).replace("</rdf:RDF>", &more);
    let proof = "<xmpMM:RenditionClass>proof<";
    let xmp = xmp.replace(proof, "<xmpMM:RenditionClass>default<");
    // Metadata stays readable for programs that know nothing of PDF.
    stream.set_plain_content(xmp.into_bytes());
    stream.allows_compression = false;
    for key in [&b"Filter"[..], b"DecodeParms"] {
        stream.dict.remove(key);
    }
    if let Ok(Object::Array(ids)) = document.trailer.get_mut(b"ID") {
        for id in ids {
            if let Object::String(_, format) = id {
                *format = StringFormat::Hexadecimal;
            }
        }
    }
    Ok(())
}
