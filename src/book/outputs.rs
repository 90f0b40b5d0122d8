//! What is made of a book, by name, with every default filled in.

use std::collections::BTreeMap;

use super::config::{EpubConfig, OutputsConfig, PdfConfig};
use crate::diag::{Code, Diagnostic, Sink};
use crate::source::{Source, Span};
use crate::standard::Standard;
use crate::yaml;

/// One thing that is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// An e-book.
    Epub(EpubConfig),
    /// A PDF to read on a screen.
    Pdf(PdfOutput),
}

/// A PDF to read on a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfOutput {
    /// The standards that the file keeps.
    pub standards: Vec<Standard>,
    /// Where the book names them; `None` where it does not.
    pub named: Option<Span>,
    /// Whether the texts that the book is made of go into the file.
    pub attach_source: bool,
}

impl Default for PdfOutput {
    fn default() -> Self {
        Self {
            standards: Standard::SCREEN.to_vec(),
            named: None,
            attach_source: false,
        }
    }
}

/// The outputs that `book.yaml`, or what stands for it from a byte of a source on, asks for.
pub(super) fn outputs(
    config: Option<&OutputsConfig>,
    source: &Source,
    start: usize,
    sink: &mut Sink,
) -> BTreeMap<&'static str, Output> {
    let mut outputs = BTreeMap::new();
    let all = OutputsConfig {
        epub: Some(EpubConfig::default()),
        pdf: Some(PdfConfig::default()),
    };
    let config = config.unwrap_or(&all);
    if let Some(epub) = &config.epub {
        outputs.insert("epub", Output::Epub(epub.clone()));
    }
    if let Some(pdf) = &config.pdf {
        outputs.insert("pdf", Output::Pdf(pdf_output(pdf, source, start, sink)));
    }
    outputs
}

fn pdf_output(
    config: &PdfConfig,
    source: &Source,
    start: usize,
    sink: &mut Sink,
) -> PdfOutput {
    let attach = config.attach_source.as_ref().filter(|attach| attach.value);
    let Some(names) = &config.standard else {
        let archive = if attach.is_some() { Standard::A3a } else { Standard::A2a };
        return PdfOutput {
            standards: vec![Standard::Ua1, archive],
            named: None,
            attach_source: attach.is_some(),
        };
    };
    let span = yaml::span_of(source, start, names.referenced);
    let standards = match standards(&names.value.0) {
        Ok(standards) => standards,
        Err((message, hint)) => {
            sink.push(Diagnostic::new(Code::BadValue, span, message).hint(hint));
            Vec::new()
        }
    };
    let refuses = standards.iter().find(|standard| !standard.takes_attachments());
    if let (Some(attach), Some(refuses)) = (attach, refuses) {
        let at = yaml::span_of(source, start, attach.referenced);
        let message = format!("{refuses} does not let files be attached");
        let hint = "name `a-3a`, or `a-4f` for PDF 2.0, as the `standard`";
        let found = Diagnostic::new(Code::BadValue, at, message);
        sink.push(found.related(span, "it is named here").hint(hint));
    }
    PdfOutput {
        attach_source: attach.is_some() && refuses.is_none(),
        standards,
        named: Some(span),
    }
}

/// The standards of some names; else what is wrong with them, and what to do.
fn standards(names: &[String]) -> Result<Vec<Standard>, (String, String)> {
    /// What stands for no standard at all.
    const NONE: &str = "none";
    if names == [NONE] {
        return Ok(Vec::new());
    }
    let known = Standard::NAMES.map(|(name, _)| name);
    let mut standards = Vec::new();
    for name in names {
        let Some(standard) = Standard::from_name(name) else {
            let known: Vec<&str> = known.iter().copied().chain([NONE]).collect();
            let message = format!("there is no standard `{name}` for PDF");
            return Err((message, yaml::hint_for(name, &known)));
        };
        standards.push(standard);
    }
    let mut archival = standards.iter().filter(|standard| standard.is_archival());
    let (first, second) = (archival.next(), archival.next());
    if let (Some(first), Some(second)) = (first, second) {
        let message = format!("a PDF keeps either {first} or {second}");
        return Err((message, "name one standard that begins with `a-`".to_owned()));
    }
    if let Some(first) = first.filter(|first| first.is_pdf_2() && standards.len() > 1) {
        let message =
            format!("a PDF keeps either {first}, which is PDF 2.0, or PDF/UA-1");
        return Err((message, "PDF/UA-1 goes together with `a-2a` or `a-3a`".to_owned()));
    }
    Ok(standards)
}
