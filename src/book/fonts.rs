//! The fonts of a book: its own before those of the program.

use super::config::WeightsConfig;
use super::{Book, Files, missing};
use crate::diag::{Code, Diagnostic, Sink};
use crate::font::{Family, FontBook, Weight};
use crate::source::{Sources, resolve_path};
use crate::yaml::{self, Spanned};

/// Loads the font files that a book names, before the fonts that the program carries.
pub fn load_fonts(
    files: &dyn Files,
    book: &Book,
    sources: &Sources,
    sink: &mut Sink,
) -> FontBook {
    let mut fonts = FontBook::embedded();
    let families = [
        (Family::Mincho, &book.fonts.mincho),
        (Family::Gothic, &book.fonts.gothic),
        (Family::Mono, &book.fonts.mono),
    ];
    for (family, WeightsConfig { regular, bold }) in families {
        for (weight, paths) in [(Weight::Regular, regular), (Weight::Bold, bold)] {
            for path in paths {
                let mut loader = Loader { files, book, sources, sink };
                if let Some((name, data)) = loader.read(path) {
                    let added = fonts.add(family, weight, data.into(), 0, &name);
                    if let Err(error) = added {
                        loader.reject(path, &error.to_string());
                    }
                }
            }
        }
    }
    fonts
}

struct Loader<'a> {
    files: &'a dyn Files,
    book: &'a Book,
    sources: &'a Sources,
    sink: &'a mut Sink,
}

impl Loader<'_> {
    fn span(&self, path: &Spanned<String>) -> crate::source::Span {
        let (file, start) = self.book.config;
        yaml::span_of(self.sources.get(file), start, path.referenced)
    }

    fn read(&mut self, path: &Spanned<String>) -> Option<(String, Vec<u8>)> {
        let span = self.span(path);
        let base = &self.sources.get(self.book.config.0).path;
        let full = resolve_path(base, &path.value).unwrap_or_else(|| path.value.clone());
        match self.files.read(&full) {
            Ok(data) => Some((full, data)),
            Err(error) => {
                self.sink.push(missing(self.files, &full, span, &error));
                None
            }
        }
    }

    fn reject(&mut self, path: &Spanned<String>, why: &str) {
        let message = format!("`{}` is not a font that can be used: {why}", path.value);
        let finding = Diagnostic::new(Code::BadFont, self.span(path), message);
        self.sink
            .push(finding.hint("TrueType and OpenType fonts can be used"));
    }
}
