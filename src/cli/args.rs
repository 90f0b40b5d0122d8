//! The command line as typed values; the comments here are its help.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum, value_parser};
use clap_complete::Shell;

use crate::geom::{Binding, Length, Size};
use crate::impose::{self, Up};

/// Binds a folder of Markdown into a Japanese book: EPUB and PDF.
///
/// A book is a folder with `book.yaml`; an article is a Markdown file alone. Exit codes: 0,
/// it is done; 1, the book has errors; 2, the command could not run.
#[derive(Debug, Parser)]
#[command(name = "seihon", version, arg_required_else_help = true, max_term_width = 90)]
pub(super) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Start a book in a new folder
    New(NewArgs),
    /// Make the e-book and the PDF of a book
    ///
    /// What is made is what `outputs` in book.yaml names, EPUB and PDF where it names
    /// nothing. Where the book has errors nothing is written.
    Build(BuildArgs),
    /// Find what is wrong with a book; write nothing
    Check(CheckArgs),
    /// List fonts with the characters that they have, and what a book lacks
    Fonts(FontsArgs),
    /// Put the pages of a PDF on sheets: several on a side, or as a booklet
    ///
    /// Pages are scaled to fit the sheet with --up; those of a booklet are made smaller where
    /// they have to be, and never larger. Links and the outline are left behind.
    Impose(ImposeArgs),
    /// Print a JSON Schema of what an author writes, for editors that complete and check it
    Schema {
        /// Of what
        #[arg(value_enum, default_value_t)]
        of: SchemaOf,
    },
    /// Print the completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// What `new` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct NewArgs {
    /// The folder to make; it must not hold anything yet
    pub(super) dir: PathBuf,
}

/// What `build` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct BuildArgs {
    /// The book and what is wanted of it.
    #[command(flatten)]
    pub(super) book: BookArgs,
    /// Write one file of this name; its ending, .epub or .pdf, says what is made
    #[arg(short = 'o', value_name = "FILE", conflicts_with_all = ["output", "output_dir"])]
    pub(super) file: Option<PathBuf>,
    /// Write into this folder in place of dist/ beside book.yaml
    #[arg(long, value_name = "DIR")]
    pub(super) output_dir: Option<PathBuf>,
    /// Print what is between two steps in place of building.
    #[arg(long, hide = true, value_enum, conflicts_with_all = ["file", "output_dir"])]
    pub(super) dump: Option<Dump>,
}

/// What `check` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct CheckArgs {
    /// The book and what is wanted of it.
    #[command(flatten)]
    pub(super) book: BookArgs,
}

/// What everything that reads a book takes.
#[derive(Debug, ClapArgs)]
pub(super) struct BookArgs {
    /// The folder of the book, or a Markdown file
    #[arg(value_name = "DIR|FILE.md", default_value = ".")]
    pub(super) path: PathBuf,
    /// Make only this one of the outputs in book.yaml; may be given again
    #[arg(long, value_name = "NAME")]
    pub(super) output: Vec<String>,
    /// How findings are printed
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(super) message_format: MessageFormat,
    /// Take warnings for errors
    #[arg(long)]
    pub(super) deny_warnings: bool,
    /// Print findings and nothing else
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// What `fonts` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct FontsArgs {
    /// Font files to list; the fonts of the program where none is given
    pub(super) files: Vec<PathBuf>,
    /// A book, to list its fonts and the characters that none of them has
    #[arg(long, value_name = "DIR|FILE.md")]
    pub(super) book: Option<PathBuf>,
}

/// What `impose` takes.
#[derive(Debug, ClapArgs)]
pub(super) struct ImposeArgs {
    /// The PDF to take pages from
    #[arg(value_name = "IN.pdf")]
    pub(super) input: PathBuf,
    /// The PDF to write
    #[arg(short = 'o', value_name = "OUT.pdf")]
    pub(super) file: PathBuf,
    /// How many pages stand on a side of a sheet: 1, 2, 4, 6 or 8
    #[arg(long, value_name = "N", value_parser = up, default_value = "2")]
    pub(super) up: Up,
    /// Order the pages so that the sheets, printed on both sides, fold into a booklet
    #[arg(long, conflicts_with = "up")]
    pub(super) booklet: bool,
    /// The side on which the pages are bound, and from which those of n-up begin
    #[arg(long, value_enum, value_name = "SIDE", default_value_t)]
    pub(super) binding: BindingSide,
    /// The paper: a3, a4, a5, a6, b4, b5, b6 (JIS), letter, or as `210x297` in millimetres
    #[arg(long, value_name = "SIZE", value_parser = sheet, default_value = "a4")]
    pub(super) sheet: Size,
    /// How many sheets of a booklet lie inside each other; all where nothing is said
    #[arg(long, value_name = "K", requires = "booklet", value_parser = value_parser!(u16).range(1..))]
    pub(super) signature: Option<u16>,
    /// How thick a sheet of a booklet is at its fold, in millimetres: 0.1
    #[arg(long, value_name = "MM", requires = "booklet", value_parser = creep, default_value = "0")]
    pub(super) creep: Length,
    /// Draw cut marks and fold marks where the sheet has room for them
    #[arg(long)]
    pub(super) marks: bool,
}

/// Reads the number of pages on a side.
fn up(text: &str) -> Result<Up, String> {
    let number = text.parse().ok().and_then(Up::of);
    number.ok_or_else(|| "give 1, 2, 4, 6 or 8".to_owned())
}

/// Reads a size of paper: a name, or width and height in millimetres.
fn sheet(text: &str) -> Result<Size, String> {
    let side = |text: &str| {
        let side: f64 = text.trim().parse().ok()?;
        (20.0..=5000.0).contains(&side).then(|| Length::mm(side))
    };
    let given = || {
        let (width, height) = text.split_once('x')?;
        Some(Size { width: side(width)?, height: side(height)? })
    };
    let names: Vec<&str> = impose::SHEETS.iter().map(|(name, ..)| *name).collect();
    impose::sheet(text)
        .or_else(given)
        .ok_or_else(|| format!("give {}, or millimetres as 210x297", names.join(", ")))
}

/// Reads the thickness of a folded sheet.
fn creep(text: &str) -> Result<Length, String> {
    let value = text.parse().ok().filter(|value| (0.0..=2.0).contains(value));
    value
        .map(Length::mm)
        .ok_or_else(|| "give millimetres from 0 to 2".to_owned())
}

/// The side on which pages are bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum BindingSide {
    /// As horizontal books are
    #[default]
    Left,
    /// As vertical books are
    Right,
}

impl From<BindingSide> for Binding {
    fn from(side: BindingSide) -> Self {
        match side {
            BindingSide::Left => Self::Left,
            BindingSide::Right => Self::Right,
        }
    }
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// With the text that they are about, to stderr
    #[default]
    Human,
    /// One line each, as compilers do, to stderr
    Short,
    /// One JSON object a line, to stdout
    Json,
    /// Workflow commands of GitHub, to stdout
    Github,
    /// A SARIF 2.1.0 document, to stdout
    Sarif,
}

/// What a schema is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// The file book.yaml
    #[default]
    Book,
    /// The front matter of a chapter
    Chapter,
    /// The front matter of an article that is bound alone
    Article,
}

/// What is between two steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Dump {
    /// The document.
    Model,
    /// The display list.
    Display,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Args::command().debug_assert();
    }
}
