//! The command line as typed values; the comments here are its help.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

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
