//! What makes a file one for a press: PDF/X-4 (ISO 15930-7) or PDF/X-1a (ISO 15930-1).
//!
//! krilla: it knows no printing. The finished file is read back with lopdf; its colours become
//! those of the inks ([`inks`]), and it is told what it is meant for: an output intent with a
//! profile, the version of PDF/X, whether it is trapped. docs/printing.md names what
//! PDF/X asks for and what holds it.

mod content;
mod image;
mod inks;
mod profile;
mod transparency;

pub use profile::{Profile, ProfileError};

use krilla::configure::{Configuration, ConfigurationBuilder, PdfVersion};
use lopdf::xref::XrefType;
use lopdf::{Document, Object, Stream, StringFormat, dictionary};

use crate::display::{Info, Inks};
use crate::standard::PressStandard;

/// How a file for a press is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Print {
    /// The standard that it keeps.
    pub standard: PressStandard,
    /// The inks of all that is drawn.
    pub inks: Inks,
    /// The printing condition. Without one, a file of PDF/X-4 in gray is made for a press of
    /// which only the gain of its dots is known; all others for Japan Color 2001 Coated by
    /// its name, which is enough for PDF/X-1a. PDF/X-4 asks for the profile itself, so that
    /// in four colours the file does not call itself that.
    pub profile: Option<Profile>,
}

/// A finished file for a press.
pub(super) struct Finished {
    /// The bytes of the file.
    pub(super) bytes: Vec<u8>,
    /// Whether something shines through, where the standard has no room for it.
    pub(super) is_transparent: bool,
}

/// The version of the format that PDF/X-4 is of, and PDF/X-1a begins with.
pub(super) fn configuration() -> Configuration {
    let version = ConfigurationBuilder::new().with_version(PdfVersion::Pdf16);
    version.finish().unwrap_or_default()
}

/// Finishes a file as krilla writes it.
///
/// # Errors
/// Fails where the file cannot be read back, or an image in it cannot.
pub(super) fn finish(
    file: &[u8],
    print: &Print,
    info: &Info,
) -> Result<Finished, String> {
    let told = |error: lopdf::Error| error.to_string();
    let mut document = Document::load_mem(file).map_err(told)?;
    inks::convert(&mut document, print)?;
    document.prune_objects();
    let (own, is_transparent) = match (print.standard, print.inks) {
        (PressStandard::X4, Inks::Gray) => (Some(Profile::gray()), false),
        (PressStandard::X4, Inks::Cmyk) => (None, false),
        (PressStandard::X1a, _) => (None, transparency::shines_through(&document)),
    };
    let profile = print.profile.clone().or(own);
    let claim = match print.standard {
        PressStandard::X4 => profile.is_some().then_some(PressStandard::X4),
        PressStandard::X1a => (!is_transparent).then_some(PressStandard::X1a),
    };
    add_intent(&mut document, profile.as_ref()).map_err(told)?;
    complete_info(&mut document, claim).map_err(told)?;
    let version = match (print.standard, is_transparent) {
        (PressStandard::X4, _) => "1.6",
        (PressStandard::X1a, true) => "1.4",
        (PressStandard::X1a, false) => "1.3",
    };
    document.version = version.to_owned();
    add_metadata(&mut document, info, claim).map_err(told)?;
    document.renumber_objects();
    let mut bytes = Vec::new();
    let saved = match print.standard {
        PressStandard::X4 => document.save_modern(&mut bytes),
        // Packed objects are younger than the format of this standard.
        PressStandard::X1a => {
            document.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
            document.save_to(&mut bytes)
        }
    };
    saved.map_err(|error| error.to_string())?;
    Ok(Finished { bytes, is_transparent })
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

/// Says that no colours have been spread into each other, and which PDF/X-1a it is; PDF/X-4
/// stands in the metadata alone.
fn complete_info(
    document: &mut Document,
    claim: Option<PressStandard>,
) -> lopdf::Result<()> {
    let info = document.trailer.get(b"Info").and_then(Object::as_reference)?;
    let info = document.get_dictionary_mut(info)?;
    info.set("Trapped", "False");
    if claim == Some(PressStandard::X1a) {
        info.set("GTS_PDFXVersion", Object::string_literal("PDF/X-1:2001"));
        info.set("GTS_PDFXConformance", Object::string_literal("PDF/X-1a:2001"));
    }
    Ok(())
}

/// Adds what PDF/X asks of the metadata.
fn add_metadata(
    document: &mut Document,
    info: &Info,
    claim: Option<PressStandard>,
) -> lopdf::Result<()> {
    let version = match claim {
        Some(PressStandard::X4) => {
            "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
        }
        Some(PressStandard::X1a) | None => "",
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
    let format_version = document.version.clone();
    let id = document.catalog()?.get(b"Metadata").and_then(Object::as_reference)?;
    let stream = document.get_object_mut(id)?.as_stream_mut()?;
    let xmp = String::from_utf8_lossy(&stream.content).replace("</rdf:RDF>", &more);
    let proof = "<xmpMM:RenditionClass>proof<";
    let xmp = xmp.replace(proof, "<xmpMM:RenditionClass>default<");
    let of_version = |version: &str| format!("<pdf:PDFVersion>{version}<");
    let xmp = xmp.replace(&of_version("1.6"), &of_version(&format_version));
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
