//! Why a command could not run.

use std::io;
use std::path::Path;

/// A reason that lies outside of the book: the arguments, the disk.
#[derive(Debug)]
pub(super) struct Failure {
    /// What is wrong; `None` where nobody listens any more, which is no fault.
    pub(super) message: Option<String>,
    /// What to do about it.
    pub(super) hints: Vec<String>,
}

impl Failure {
    /// A reason: a sentence in lower case, without a final dot.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), hints: Vec::new() }
    }

    /// The same with what to do about it.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// What could not be done with a path, and what the system says.
    pub(super) fn io(what: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!("{what} `{}`: {error}", path.display()))
    }
}

impl From<io::Error> for Failure {
    /// A fault in printing: a reader that has gone is no reason to complain.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self { message: None, hints: Vec::new() },
            _ => Self::new(format!("cannot print: {error}")),
        }
    }
}
