//! Editions for paper: the press edition with the sheet of its cover, and the handout.

use super::editions::{self, Editions, LaidOut};
use super::{Artifact, Volume, preflight, report_pdf};
use crate::book::{CoverParts, HandoutOutput, PressOutput};
use crate::diag::{Code, Diagnostic, Sink};
use crate::display::{Image, Inks};
use crate::model::ImageFile;
use crate::pdf::{PdfOptions, Print, Profile};
use crate::style::Style;
use crate::{cover, impose, layout, press};

/// Makes the press edition.
pub(super) fn make_press(
    editions: &Editions<'_>,
    name: &str,
    output: &PressOutput,
    sink: &mut Sink,
) -> Vec<Artifact> {
    let volume = editions.volume;
    let LaidOut { pages, refusals, .. } = editions.press(output, sink);
    refusals.iter().cloned().for_each(|refusal| sink.push(refusal));
    let profile = profile(output, sink);
    let options = for_print(output, output.job.inks, profile.clone());
    let interior = report_pdf(volume, name, pages, (&options, output.span), sink);
    let cover = output.cover.as_ref().and_then(|parts| {
        let inks = parts.inks.unwrap_or(output.job.inks);
        let sheet = cover_sheet(volume, output, parts, pages.pages.len(), sink);
        let options =
            for_print(output, inks, profile.filter(|profile| fits(profile, inks)));
        report_pdf(volume, COVER, &sheet.pages, (&options, output.span), sink)
    });
    interior.into_iter().chain(cover).collect()
}

/// The name of the sheet of the cover among the outputs.
const COVER: &str = "cover";

/// The cover in one sheet.
fn cover_sheet(
    volume: &Volume,
    output: &PressOutput,
    parts: &CoverParts,
    pages: usize,
    sink: &mut Sink,
) -> press::CoverSheet {
    let fonts = &volume.fonts;
    let document = &*editions::printed(volume, output);
    let Style { rules, page, .. } = &output.style;
    let picture = |file: &ImageFile| press::Picture {
        image: Image {
            data: file.data.clone(),
            format: file.format,
            orientation: file.orientation,
        },
        pixels: (file.width, file.height),
    };
    let given = parts.front.as_ref();
    let given = given.or_else(|| document.images.get(document.cover?));
    let front = match given {
        Some(file) => press::Front::Picture(picture(file)),
        None => {
            let share = page.trim.height.0 as f64 / page.trim.width.0.max(1) as f64;
            let height = (f64::from(cover::WIDTH) * share).round() as f32;
            press::Front::Drawn(cover::front(document, rules, fonts, height))
        }
    };
    let meta = &document.meta;
    let names: Vec<&str> = meta
        .contributors
        .iter()
        .take(2)
        .map(|one| one.name.as_str())
        .collect();
    let (title, names) = match &parts.spine {
        Some(words) => (words.clone(), String::new()),
        None => (meta.title.clone(), names.join("\u{3000}")),
    };
    let mut info = layout::info(document);
    info.identifier.push_str("#cover");
    let cover = press::Cover {
        front,
        back: parts.back.as_ref().map(picture),
        title,
        names,
        info,
    };
    let mut setter = cover::Typesetter::new(fonts, rules);
    let sheet = press::cover_sheet(&cover, page.trim, pages, &output.job, &mut setter);
    preflight::cover(&sheet, output, parts, (given, pages), sink);
    sheet
}

/// Whether a profile is for the inks of a file.
fn fits(profile: &Profile, inks: Inks) -> bool {
    match inks {
        Inks::Gray => true,
        Inks::Cmyk => profile.inks == 4,
    }
}

fn for_print(output: &PressOutput, inks: Inks, profile: Option<Profile>) -> PdfOptions {
    PdfOptions {
        print: Some(Print { standard: output.job.standard, inks, profile }),
        ..PdfOptions::default()
    }
}

/// The profile of the printing condition, where the book names one that can be.
fn profile(output: &PressOutput, sink: &mut Sink) -> Option<Profile> {
    let (path, data, span) = output.profile.as_ref()?;
    let name = path.rsplit('/').next().unwrap_or(path);
    let message = match Profile::read(name, data) {
        Ok(profile) if !fits(&profile, output.job.inks) => {
            format!("`{path}` is not for four inks")
        }
        Ok(profile) => return Some(profile),
        Err(error) => format!("`{path}` is not the profile of a press: {error}"),
    };
    let hint = "give the ICC profile that the printer names, as JapanColor2001Coated.icc";
    sink.push(Diagnostic::new(Code::BadValue, *span, message).hint(hint));
    None
}

/// Makes the handout.
pub(super) fn make_handout(
    editions: &Editions<'_>,
    name: &str,
    output: &HandoutOutput,
    sink: &mut Sink,
) -> Option<Artifact> {
    let volume = editions.volume;
    let LaidOut { pages, .. } = editions.handout(output, sink);
    if pages.pages.is_empty() {
        let message = "the handout holds no chapter of the book";
        let chapters = editions::numbered(&volume.document).count();
        let hint = format!("the text has {chapters} chapters, counted from 1");
        sink.push(Diagnostic::new(Code::BadValue, output.span, message).hint(hint));
        return None;
    }
    let made =
        report_pdf(volume, name, pages, (&PdfOptions::default(), output.span), sink)?;
    let Some(imposition) = &output.imposition else { return Some(made) };
    match impose::impose(&made.bytes, imposition) {
        Ok(imposed) => Some(Artifact {
            bytes: imposed.bytes,
            pages: Some(imposed.sides),
            ..made
        }),
        Err(error) => {
            let message = error.to_string();
            sink.push(Diagnostic::new(Code::NotWritable, output.span, message));
            None
        }
    }
}
