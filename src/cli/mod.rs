//! The command line: arguments in, files and findings out, and a code to leave with.

mod args;
mod build;
mod disk;
mod failure;
mod fonts;
mod impose;
mod new;
mod report;
mod schema;
mod target;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Args, Command, MessageFormat};
use failure::Failure;
use report::{Report, Style};

/// How a command that could run has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All is done.
    Done,
    /// The book has errors, or warnings that were to be taken for errors.
    Faulty,
}

/// The code of a command that could not run.
const COULD_NOT_RUN: u8 = 2;

/// Runs a command line, the name of the program first, and gives the code to leave with:
/// 0 where it is done, 1 where the book has errors, 2 where the command could not run.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // Printing fails where nobody listens any more.
            let _ = error.print();
            return if error.use_stderr() {
                COULD_NOT_RUN.into()
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    let style = Style {
        format: args.message_format(),
        color: io::stderr().is_terminal() && disk::wants_color(),
    };
    let mut report = Report::new(style);
    let mut ended = execute(&args.command, &mut report);
    if let Err(failure) = &ended {
        // Telling fails where nobody listens any more.
        let _ = report.failure(failure);
    }
    if let Err(error) = report.finish()
        && ended.is_ok()
    {
        ended = Err(error.into());
    }
    match ended {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Faulty) => ExitCode::FAILURE,
        Err(Failure { message: None, .. }) => ExitCode::SUCCESS,
        Err(_) => COULD_NOT_RUN.into(),
    }
}

fn execute(command: &Command, report: &mut Report) -> Result<Outcome, Failure> {
    match command {
        Command::Build(args) => return build::build(args, report),
        Command::Check(args) => return build::check(args, report),
        Command::New(args) => new::run(args)?,
        Command::Fonts(args) => fonts::run(args)?,
        Command::Impose(args) => impose::run(args)?,
        Command::Schema { of } => print(schema::text(*of).as_bytes())?,
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Args::command(), "seihon", &mut script);
            print(&script)?;
        }
        Command::Man => print(&manual()?)?,
    }
    Ok(Outcome::Done)
}

/// The manual page, with a section for each command.
fn manual() -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let command = Args::command().disable_help_subcommand(true);
    let man = clap_mangen::Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    for subcommand in command.get_subcommands() {
        let mut section = Vec::new();
        clap_mangen::Man::new(subcommand.clone()).render_options_section(&mut section)?;
        let options = String::from_utf8_lossy(&section);
        let options = options.replace(".SH OPTIONS\n", "");
        let about = subcommand.get_about().map(ToString::to_string).unwrap_or_default();
        writeln!(page, ".SH \"SEIHON {}\"", subcommand.get_name().to_uppercase())?;
        write!(page, "{about}.\n{options}")?;
    }
    man.render_version_section(&mut page)?;
    Ok(page)
}

fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

impl Args {
    /// How findings and failures are printed.
    fn message_format(&self) -> MessageFormat {
        match &self.command {
            Command::Build(args) => args.book.message_format,
            Command::Check(args) => args.book.message_format,
            Command::New(_)
            | Command::Fonts(_)
            | Command::Impose(_)
            | Command::Schema { .. }
            | Command::Completions { .. }
            | Command::Man => MessageFormat::Human,
        }
    }
}
