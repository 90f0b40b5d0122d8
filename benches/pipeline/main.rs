//! How long a book takes: the whole pipeline and each of its stages.
//!
//! `cargo bench` prints the median of some runs, in milliseconds of the clock. `cpu` counts
//! all threads, and `peak` is the most memory that the process has had; both are read from
//! Linux's `/proc` and left out elsewhere.
#![allow(clippy::disallowed_methods, reason = "it measures time and its own process")]
#![allow(clippy::print_stdout, reason = "it prints what it has measured")]

mod books;

use std::time::Instant;

use seihon::book::Memory;
use seihon::diag::Sink;
use seihon::epub::{self, EpubOptions};
use seihon::geom::WritingMode;
use seihon::layout;
use seihon::markdown;
use seihon::model::resolve::{self, Entry, Manuscript};
use seihon::model::{Chapter, SectionKind};
use seihon::pdf::{self, PdfOptions};
use seihon::source::Sources;
use seihon::{Compiled, Options, Volume};

/// Runs of each stage; the median counts.
const RUNS: usize = 7;

fn main() {
    // `cargo test --benches` asks for a quick look at whether it works.
    let quick = std::env::args().any(|argument| argument == "--test");
    let runs = if quick { 1 } else { RUNS };
    for (name, book) in [("novel", books::novel()), ("technical", books::technical())] {
        measure(name, &book, runs);
    }
    if let Some(peak) = peak_memory() {
        println!("peak {:.0} MiB", peak as f64 / 1024.0);
    }
}

fn measure(name: &str, book: &Memory, runs: usize) {
    let Compiled { sources, volume, sink } = seihon::compile(book, Options::default());
    let volume = volume.expect("the book of the benchmark can be read");
    for found in sink.finish() {
        println!("{}: {}", found.code.name(), found.message);
    }
    let Volume { document, style, fonts, outputs, .. } = &volume;
    let pages = layout::layout(document, style, fonts, &mut Sink::default());
    let characters: usize =
        sources.iter().map(|source| source.text.chars().count()).sum();
    println!("{name}: {characters} characters, {} pages", pages.pages.len());

    stage("parse", runs, || parse(&sources));
    let chapters = parse(&sources);
    stage("resolve", runs, || join(chapters.clone(), document.writing));
    stage("epub", runs, || {
        let options = EpubOptions::default();
        epub::export(document, style, fonts, &options, &mut Sink::default()).is_ok()
    });
    stage("layout", runs, || {
        layout::layout(document, style, fonts, &mut Sink::default())
    });
    stage("pdf", runs, || pdf::export(&pages, fonts, &PdfOptions::default()).is_ok());
    stage("whole", runs, || {
        let compiled = seihon::compile(book, Options::default());
        let volume = compiled.volume.expect("it could be read before");
        seihon::export(&volume, outputs, &mut Sink::default())
    });
}

/// Parses every text but the first, which is `book.yaml`.
fn parse(sources: &Sources) -> Vec<Chapter> {
    let mut sink = Sink::default();
    let options = markdown::Options::default();
    let texts = sources.iter().skip(1);
    texts
        .map(|source| markdown::parse(source, options, &mut sink))
        .collect()
}

fn join(chapters: Vec<Chapter>, writing: WritingMode) -> usize {
    let entry = |chapter| Entry::Chapter { kind: SectionKind::Chapter, chapter };
    let entries = chapters.into_iter().map(entry).collect();
    let manuscript = Manuscript {
        entries,
        writing,
        contents_depth: 2,
        ..Manuscript::default()
    };
    resolve::resolve(manuscript, &mut Sink::default()).sections.len()
}

/// Runs a stage some times and prints the medians of clock and processor.
fn stage<T>(name: &str, runs: usize, mut run: impl FnMut() -> T) {
    let mut clock = Vec::new();
    let before = processor_time();
    for _ in 0..runs {
        let start = Instant::now();
        std::hint::black_box(run());
        clock.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let used = before
        .zip(processor_time())
        .map(|(from, to)| (to - from) / runs as f64);
    clock.sort_by(f64::total_cmp);
    let median = clock[clock.len() / 2];
    let used = used.map_or(String::new(), |used| format!("   cpu {used:>6.0} ms"));
    println!("  {name:<10}{median:>9.1} ms{used}");
}

/// The time that this process has kept processors busy, in milliseconds.
fn processor_time() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in parentheses, may hold blanks. User and system time are
    // the twelfth and thirteenth fields after it, in hundredths of a second.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) * 10.0)
}

/// The most memory that this process has had, in KiB.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
