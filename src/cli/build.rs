//! `seihon build` and `seihon check`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::mem::discriminant;
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::{BookArgs, BuildArgs, CheckArgs, Dump};
use super::report::Report;
use super::target::Target;
use super::{Failure, Outcome, disk};
use crate::book::{EpubConfig, Folder, Output, PdfOutput};
use crate::diag::{Severity, Sink};
use crate::display;
use crate::pipeline::{self, Artifact, Compiled, Volume};

/// The folder of the outputs beside `book.yaml`.
const OUTPUT_FOLDER: &str = "dist";

/// Makes the outputs of a book and writes them.
pub(super) fn build(args: &BuildArgs, report: &mut Report) -> Result<Outcome, Failure> {
    let target = Target::find(&args.book.path)?;
    if let Some(dump) = args.dump {
        return print_dump(dump, &target);
    }
    let wanted = match &args.file {
        Some(file) => Wanted::Like(kind_of(file)?),
        None => Wanted::Named(&args.book.output),
    };
    let (outcome, artifacts) = make(&args.book, report, &target, &wanted)?;
    if outcome == Outcome::Done {
        let folder = args.output_dir.clone();
        let folder = folder.unwrap_or_else(|| target.beside(OUTPUT_FOLDER));
        let path = |artifact: &Artifact| match &args.file {
            Some(file) => file.clone(),
            None => target.output_file(&folder, &artifact.name, artifact.ending),
        };
        let files: Vec<(PathBuf, &[u8])> = artifacts
            .iter()
            .map(|made| (path(made), made.bytes.as_slice()))
            .collect();
        disk::write_files(&files)?;
        if !args.book.quiet {
            for ((path, _), artifact) in files.iter().zip(&artifacts) {
                writeln!(io::stderr(), "{}", describe(path, artifact))?;
            }
        }
    }
    Ok(outcome)
}

/// Does all that [`build`] does but writing.
pub(super) fn check(args: &CheckArgs, report: &mut Report) -> Result<Outcome, Failure> {
    let target = Target::find(&args.book.path)?;
    let wanted = Wanted::Named(&args.book.output);
    let (outcome, _) = make(&args.book, report, &target, &wanted)?;
    Ok(outcome)
}

fn compile(target: &Target) -> Result<Compiled, Failure> {
    let options = pipeline::Options {
        article: target.article.as_deref(),
        source_date: disk::source_date()?,
    };
    Ok(pipeline::compile(&Folder::new(&target.root), options))
}

/// What the command line asks for.
enum Wanted<'a> {
    /// The outputs of these names; all of the book where there is none.
    Named(&'a [String]),
    /// An output of the kind of this one, as the book has it or else so.
    Like(Output),
}

impl Wanted<'_> {
    /// The outputs of a book that are asked for, by name.
    fn choose<'b>(&'b self, volume: &Volume) -> Result<BTreeMap<&'b str, Output>, Failure>
    where
        'static: 'b,
    {
        let known = &volume.outputs;
        match self {
            Self::Named([]) => Ok(known.clone()),
            Self::Named(names) => names
                .iter()
                .map(|name| match known.get(name.as_str()) {
                    Some(output) => Ok((name.as_str(), output.clone())),
                    None => Err(no_output(name, known)),
                })
                .collect(),
            Self::Like(model) => {
                let alike =
                    |output: &&Output| discriminant(*output) == discriminant(model);
                let output = known.values().find(alike).unwrap_or(model).clone();
                Ok(BTreeMap::from([("", output)]))
            }
        }
    }
}

fn no_output(name: &str, known: &BTreeMap<&'static str, Output>) -> Failure {
    let known: Vec<&str> = known.keys().copied().collect();
    let failure = Failure::new(format!("the book has no output `{name}`"));
    failure.hint(format!("it has: {}", known.join(", ")))
}

/// The output that the ending of a file stands for.
fn kind_of(file: &Path) -> Result<Output, Failure> {
    let ending = file.extension().unwrap_or_default();
    if ending.eq_ignore_ascii_case("epub") {
        return Ok(Output::Epub(EpubConfig::default()));
    }
    if ending.eq_ignore_ascii_case("pdf") {
        return Ok(Output::Pdf(PdfOutput::default()));
    }
    let failure = Failure::new(format!("`{}` has an unknown ending", file.display()));
    Err(failure.hint("end the name in .epub or .pdf"))
}

/// Makes what is wanted of a book and prints the findings.
fn make(
    args: &BookArgs,
    report: &mut Report,
    target: &Target,
    wanted: &Wanted<'_>,
) -> Result<(Outcome, Vec<Artifact>), Failure> {
    let progress = progress(args.quiet);
    progress.set_message("reading");
    let Compiled { sources, mut sink, volume } = compile(target)?;
    let mut artifacts = Vec::new();
    if let Some(volume) = volume {
        progress.set_message("binding");
        let outputs = wanted.choose(&volume)?;
        artifacts = pipeline::export(&volume, &outputs, &mut sink);
    }
    progress.finish_and_clear();

    let mut diagnostics = sink.finish();
    if args.deny_warnings {
        let warnings = diagnostics
            .iter_mut()
            .filter(|found| found.severity == Severity::Warning);
        warnings.for_each(|found| found.severity = Severity::Error);
    }
    report.findings(target, &sources, &diagnostics)?;
    let faulty = diagnostics.iter().any(|found| found.severity == Severity::Error);
    let outcome = if faulty { Outcome::Faulty } else { Outcome::Done };
    Ok((outcome, artifacts))
}

/// A display of what is going on; indicatif draws it on terminals only.
fn progress(quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let spinner = ProgressBar::new_spinner().with_style(ProgressStyle::default_spinner());
    spinner.enable_steady_tick(Duration::from_millis(100));
    spinner
}

/// A line about a file that is written: its path, its size, its pages.
fn describe(path: &Path, artifact: &Artifact) -> String {
    let path = path.display();
    let size = indicatif::HumanBytes(artifact.bytes.len() as u64);
    match artifact.pages {
        None => format!("{path}  {size}"),
        Some(1) => format!("{path}  {size}, 1 page"),
        Some(pages) => format!("{path}  {size}, {pages} pages"),
    }
}

/// Prints what is between two steps on stdout.
fn print_dump(dump: Dump, target: &Target) -> Result<Outcome, Failure> {
    let Compiled { volume, .. } = compile(target)?;
    let Some(volume) = volume else { return Ok(Outcome::Faulty) };
    let text = match dump {
        Dump::Model => format!("{:#?}\n", volume.document),
        Dump::Display => display::dump(&pipeline::pages(&volume, &mut Sink::default())),
    };
    super::print(text.as_bytes())?;
    Ok(Outcome::Done)
}
