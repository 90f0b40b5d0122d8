//! What is made of a book, by name, with every default filled in.

use std::collections::BTreeMap;

use super::Loader;
use super::config::{EpubConfig, OutputsConfig, PdfConfig};
use super::edition::{HandoutOutput, PressOutput};
use crate::diag::{Code, Diagnostic, Sink};
use crate::geom::WritingMode;
use crate::source::{FileId, Source, Span};
use crate::standard::Standard;
use crate::{style, yaml};

/// One thing that is made.
#[derive(Clone, Debug, PartialEq)]
pub enum Output {
    /// An e-book.
    Epub(EpubConfig),
    /// A PDF to read on a screen.
    Pdf(PdfOutput),
    /// A PDF for a printer, and the sheet of its cover.
    Press(Box<PressOutput>),
    /// A PDF to hand out on paper.
    Handout(Box<HandoutOutput>),
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

impl Loader<'_> {
    /// The outputs that `book.yaml`, or what stands for it from a byte of a source on, asks
    /// for: EPUB and PDF where it asks for none. `said` is what the book says of its look.
    pub(super) fn outputs(
        &mut self,
        (file, start): (FileId, usize),
        config: Option<&OutputsConfig>,
        said: &style::Config,
        writing: WritingMode,
    ) -> BTreeMap<&'static str, Output> {
        let all = OutputsConfig {
            epub: Some(EpubConfig::default()),
            pdf: Some(PdfConfig::default()),
            ..OutputsConfig::default()
        };
        let OutputsConfig { epub, pdf, press, handout } = config.unwrap_or(&all);
        let mut outputs = BTreeMap::new();
        if let Some(epub) = epub {
            outputs.insert("epub", Output::Epub(epub.clone()));
        }
        if let Some(pdf) = pdf {
            let source = self.sources.get(file);
            let pdf = pdf_output(pdf, source, start, self.sink);
            outputs.insert("pdf", Output::Pdf(pdf));
        }
        if let Some(press) = press
            && let Some(press) = self.press((file, start), press, said, writing)
        {
            outputs.insert("press", Output::Press(Box::new(press)));
        }
        if let Some(handout) = handout
            && let Some(handout) = self.handout((file, start), handout, said, writing)
        {
            outputs.insert("handout", Output::Handout(Box::new(handout)));
        }
        outputs
    }
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
