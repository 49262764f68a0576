//! Files → batches, several at once, in the order of the arguments.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use vitrail::base::{Context, FileId, Limits, context::decode_natively};
use vitrail::ingest;
use vitrail::intake::Source;
use vitrail::store::Batch;
use vitrail::wire::{FileRef, Refusal};

use crate::Paths;
use crate::parallel::in_order;
use crate::paths::{Input, inputs};

/// One file, read: its parts and reports, with dictionaries of their own.
pub struct Opened {
    pub path: String,
    pub batch: Batch,
}

/// Reads all files and gives each to `take`. Says whether all that was named
/// could be read; what could not is told on standard error.
pub fn each(paths: &Paths, mut take: impl FnMut(Opened) -> io::Result<()>) -> io::Result<bool> {
    let limits = Limits::default();
    let mut all_read = true;
    let work = |(number, input)| match input {
        Ok(input) => open(&input, FileId(number), &limits).map_err(|e| format!("{input}: {e}")),
        Err(error) => Err(not_walked(&error)),
    };
    in_order((0..).zip(inputs(&paths.paths)), work, |opened| match opened {
        Ok(opened) => take(opened),
        Err(problem) => {
            eprintln!("vitrail: {problem}");
            all_read = false;
            Ok(())
        }
    })?;
    Ok(all_read)
}

fn not_walked(error: &walkdir::Error) -> String {
    match (error.path(), error.io_error()) {
        (Some(path), Some(reason)) => format!("{}: {reason}", path.display()),
        _ => error.to_string(),
    }
}

fn open(input: &Input, id: FileId, limits: &Limits) -> io::Result<Opened> {
    let path = input.to_string();
    let mut source = source(input)?;
    let size = source.seek(SeekFrom::End(0))?;
    source.rewind()?;
    let file = FileRef::new(id, path.clone(), size);
    let context = Context { limits, decode: decode_natively };
    let batch = guarded(&file, |batch| {
        ingest::file(&mut source, &file, &context, batch, &mut |_| {});
    });
    Ok(Opened { path, batch })
}

/// What `read` fills. Readers do not panic; should one do so, it costs its file
/// and not the run, as on the page.
fn guarded(file: &FileRef, read: impl FnOnce(&mut Batch)) -> Batch {
    let mut batch = Batch::default();
    let Err(panic) = catch_unwind(AssertUnwindSafe(|| read(&mut batch))) else { return batch };
    let message = match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
        (Some(message), _) => message.clone(),
        (None, Some(message)) => (*message).to_owned(),
        (None, None) => String::new(),
    };
    let mut batch = Batch::default();
    ingest::refused(file, &Refusal::Crashed(message), &mut batch);
    batch
}

/// What can seek as it is; what cannot (a pipe, standard input) whole in memory.
fn source(input: &Input) -> io::Result<Box<dyn Source>> {
    let mut piped: Box<dyn Read> = match input {
        Input::Stdin => Box::new(io::stdin().lock()),
        Input::File(path) => {
            let file = File::open(path)?;
            if file.metadata()?.is_file() {
                return Ok(Box::new(file));
            }
            Box::new(file)
        }
    };
    let mut bytes = Vec::new();
    piped.read_to_end(&mut bytes)?;
    Ok(Box::new(Cursor::new(bytes)))
}

#[cfg(test)]
mod tests {
    use vitrail::base::{Kind, Outcome};

    use super::*;

    #[test]
    fn a_panic_costs_its_file_only() {
        let file = FileRef::new(FileId(3), "a.xml".to_owned(), 12);
        let batch = guarded(&file, |_| panic!("of {}", "all things"));
        let tables = batch.tables();
        assert_eq!(tables.files[0].outcome, Outcome::Damaged);
        let findings = tables.findings(&tables.parts[0]);
        let tally = &findings.tallies()[0];
        assert_eq!((tally.kind, &*tally.first[0].detail), (Kind::ReaderCrashed, "of all things"));
    }
}
