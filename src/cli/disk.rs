//! Everything that the commands do to the disk and learn from the environment.
#![expect(
    clippy::disallowed_methods,
    reason = "this is the edge of the program, where files and the environment are"
)]

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Failure;

/// The variable that fixes the time of making.
const SOURCE_DATE: &str = "SOURCE_DATE_EPOCH";

/// The time that outputs name as that of their making, in seconds since 1970, if the
/// environment gives it.
pub(super) fn source_date() -> Result<Option<i64>, Failure> {
    let Some(value) = std::env::var_os(SOURCE_DATE) else { return Ok(None) };
    let seconds = value.to_str().and_then(|text| text.trim().parse::<i64>().ok());
    match seconds {
        Some(seconds) if seconds >= 0 => Ok(Some(seconds)),
        _ => {
            let message = format!("{SOURCE_DATE} is not a number of seconds");
            Err(Failure::new(message).hint("give the seconds since 1970, or unset it"))
        }
    }
}

/// Whether the environment lets a terminal have colours.
pub(super) fn wants_color() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Whether a path is a folder.
pub(super) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Whether a path is a file.
pub(super) fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// The bytes of a file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::io("cannot read", path, &error))
}

/// The name of the last folder of a path, `.` and `..` resolved.
pub(super) fn folder_name(path: &Path) -> Option<String> {
    let named = path.file_name().map(OsString::from);
    let resolved = || path.canonicalize().ok()?.file_name().map(OsString::from);
    named
        .or_else(resolved)
        .map(|name| name.to_string_lossy().into_owned())
}

/// The names of the files in a folder, sorted; empty where there is no such folder.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Writes files, each first under another name beside its own. Only when all are written
/// they take their names, so that a fault leaves what was there before.
pub(super) fn write_files(files: &[(PathBuf, &[u8])]) -> Result<(), Failure> {
    let mut written = Written { temporary: Vec::new() };
    for (path, bytes) in files {
        let folder = path.parent().unwrap_or(Path::new(""));
        make_folder(folder)?;
        if path.is_dir() {
            let message = format!("cannot write `{}`: it is a folder", path.display());
            return Err(Failure::new(message).hint("move it out of the way"));
        }
        remove_leftovers(path);
        let temporary = temporary_name(path);
        written.temporary.push(temporary.clone());
        write_whole(&temporary, bytes)
            .map_err(|error| Failure::io("cannot write", path, &error))?;
    }
    for ((path, _), temporary) in files.iter().zip(&written.temporary) {
        std::fs::rename(temporary, path)
            .map_err(|error| Failure::io("cannot write", path, &error))?;
    }
    written.temporary.clear();
    Ok(())
}

/// Makes the folder that an output goes to.
fn make_folder(folder: &Path) -> Result<(), Failure> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(file) = folder.ancestors().find(|path| path.is_file()) {
        let message = format!("`{}` is a file, not a folder", file.display());
        let hint = "move it out of the way, or name a folder with `--output-dir`";
        return Err(Failure::new(message).hint(hint));
    }
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::io("cannot make the folder", folder, &error))
}

/// Files under their temporary names, which are taken away when this is dropped.
struct Written {
    temporary: Vec<PathBuf>,
}

impl Drop for Written {
    fn drop(&mut self) {
        for path in &self.temporary {
            // What was never made, or has its name by now, is not there to take away.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// How long writing an output may take.
const LONGEST_WRITING: Duration = Duration::from_secs(600);

/// Takes away what runs that were killed in the midst of writing have left.
fn remove_leftovers(path: &Path) {
    let Some(name) = path.file_name() else { return };
    let beginning = format!(".{}.tmp-", name.to_string_lossy());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new(".")));
    for entry in entries.into_iter().flatten().flatten() {
        let modified = entry.metadata().and_then(|about| about.modified());
        let age = modified.ok().and_then(|modified| modified.elapsed().ok());
        let is_left = age.is_some_and(|age| age > LONGEST_WRITING);
        if is_left && entry.file_name().to_string_lossy().starts_with(&beginning) {
            // What cannot be taken away does no harm.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// A hidden name in the same folder, so that renaming never crosses file systems.
fn temporary_name(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".tmp-{}", std::process::id()));
    path.with_file_name(name)
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
