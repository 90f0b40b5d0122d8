//! `seihon impose`.

use super::args::ImposeArgs;
use super::{Failure, disk};
use crate::impose::{self, ImposeError, Imposition, Scheme};

/// Puts the pages of a PDF on sheets and writes them.
pub(super) fn run(args: &ImposeArgs) -> Result<(), Failure> {
    let pdf = disk::read(&args.input)?;
    let scheme = match args.booklet {
        false => Scheme::Up(args.up),
        true => Scheme::Booklet {
            signature: args.signature.map(usize::from),
            creep: args.creep,
        },
    };
    let imposition = Imposition {
        scheme,
        binding: args.binding.into(),
        sheet: args.sheet,
        marks: args.marks,
    };
    let imposed = impose::impose(&pdf, &imposition).map_err(|error| {
        let failure = Failure::new(format!("`{}`: {error}", args.input.display()));
        failure.hint(match error {
            ImposeError::Encrypted => "take the password away first: `qpdf --decrypt`",
            ImposeError::Broken(_) => "try to mend it first: `qpdf IN.pdf MENDED.pdf`",
            ImposeError::NoPages => "give a PDF that has pages",
        })
    })?;
    disk::write_files(&[(args.file.clone(), imposed.bytes.as_slice())])
}
