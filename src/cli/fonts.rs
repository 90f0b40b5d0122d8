//! `seihon fonts`: faces, the characters that they have, and what a book lacks.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};

use super::args::FontsArgs;
use super::target::Target;
use super::{Failure, disk};
use crate::book::Folder;
use crate::font::{Face, Family, FontBook, Weight, coverage};
use crate::pipeline::{self, Compiled};
use crate::source::Sources;

/// How many places of a character are named.
const PLACES: usize = 3;

/// Lists what is asked for on stdout.
pub(super) fn run(args: &FontsArgs) -> Result<(), Failure> {
    let mut text = String::new();
    match &args.book {
        None if args.files.is_empty() => list(&FontBook::embedded(), &mut text),
        None => list(&read_fonts(FontBook::empty(), args)?, &mut text),
        Some(path) => {
            let target = Target::find(path)?;
            let options = pipeline::Options {
                article: target.article.as_deref(),
                source_date: None,
            };
            let folder = Folder::new(&target.root);
            let Compiled { sources, volume, .. } = pipeline::compile(&folder, options);
            let Some(volume) = volume else {
                let failure = Failure::new("the book cannot be read");
                return Err(failure.hint("`seihon check` says why"));
            };
            let fonts = read_fonts(volume.fonts, args)?;
            list(&fonts, &mut text);
            list_missing(&target, &sources, &fonts, &mut text);
        }
    }
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// The faces of the files that the command line names, after those of a book.
fn read_fonts(mut fonts: FontBook, args: &FontsArgs) -> Result<FontBook, Failure> {
    for path in &args.files {
        let data = disk::read(path)?;
        let shown = path.display().to_string();
        fonts
            .add(Family::Mincho, Weight::Regular, data.into(), 0, &shown)
            .map_err(|error| {
                Failure::new(format!("`{shown}` cannot be used: {error}"))
            })?;
    }
    Ok(fonts)
}

fn list(fonts: &FontBook, text: &mut String) {
    for (_, face) in fonts.faces() {
        list_face(face, text);
    }
}

fn list_face(face: &Face, text: &mut String) {
    let Face {
        family_name,
        style_name,
        version,
        glyph_count,
        origin,
        ..
    } = face;
    let outlines = if face.is_cff { "CFF" } else { "TrueType" };
    line(text, format_args!("{family_name} {style_name}"));
    line(text, format_args!("  from      {origin}"));
    line(text, format_args!("  version   {version}"));
    line(text, format_args!("  glyphs    {glyph_count}, {outlines} outlines"));
    let sets = coverage(face);
    let whole = sets.iter().filter(|set| set.is_full()).map(|set| set.name);
    let whole: Vec<&str> = whole.collect();
    if !whole.is_empty() {
        line(text, format_args!("  all of    {}", whole.join(", ")));
    }
    let parts = sets.iter().filter(|set| !set.is_full() && set.covered > 0);
    let parts: Vec<String> = parts
        .map(|set| format!("{} ({} of {})", set.name, set.covered, set.total))
        .collect();
    if !parts.is_empty() {
        line(text, format_args!("  part of   {}", parts.join(", ")));
    }
    text.push('\n');
}

/// The characters of a book that no face has, with their first places.
fn list_missing(target: &Target, sources: &Sources, fonts: &FontBook, text: &mut String) {
    let mut places: BTreeMap<char, Vec<String>> = BTreeMap::new();
    for source in sources.iter() {
        let missing = fonts.missing(&source.text);
        if missing.is_empty() {
            continue;
        }
        let found = source.text.char_indices().filter(|(_, ch)| missing.contains(ch));
        for (byte, ch) in found {
            let (row, column) = source.line_column(byte);
            let place = format!("{}:{row}:{column}", target.shown(&source.path));
            places.entry(ch).or_default().push(place);
        }
    }
    if places.is_empty() {
        return line(text, format_args!("The fonts have every character of the book."));
    }
    line(text, format_args!("The book has characters that are in none of these fonts:"));
    for (ch, places) in places {
        let first = places.iter().take(PLACES).cloned().collect::<Vec<_>>().join(", ");
        let more = match places.len().saturating_sub(PLACES) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        line(text, format_args!("  U+{:04X} {ch}  {first}{more}", u32::from(ch)));
    }
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    writeln!(text, "{arguments}").expect("writing to a string does not fail");
}
