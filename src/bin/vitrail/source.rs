//! `vitrail source`: the bytes of one report as they came, out of whatever they are wrapped in.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use vitrail::base::{Context, FileId, Limits, context::decode_natively};
use vitrail::ingest;
use vitrail::store::{Batch, ReportId};
use vitrail::wire::FileRef;

use crate::Done;

#[derive(clap::Args)]
pub struct Options {
    /// The file in which the report is
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Which of its reports, in the order of `inspect`
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    part: u32,
}

/// Writes the report to standard output.
pub fn run(options: &Options) -> io::Result<Done> {
    let name = options.file.display().to_string();
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{name}: {error}"));
    let mut file = File::open(&options.file).map_err(named)?;
    let size = file.metadata().map_err(named)?.len();
    let limits = Limits::default();
    let cx = Context { limits: &limits, decode: decode_natively };
    let mut batch = Batch::default();
    let file_ref = FileRef::new(FileId(0), name.clone(), size);
    ingest::file(&mut file, &file_ref, &cx, &mut batch, &mut |_| {});
    let Some(locus) = batch.tables().locus(ReportId(options.part - 1)) else {
        let reports = batch.tables().reports.len();
        eprintln!("vitrail: {name}: no report {}: there are {reports}", options.part);
        return Ok(Done::Failure);
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut written = Ok(());
    let again = ingest::again(&mut file, &locus, size, &cx, &mut |bytes| {
        if written.is_ok() {
            written = out.write_all(bytes);
        }
    });
    written?;
    out.flush()?;
    if again.is_none() {
        eprintln!("vitrail: {name}: changed while it was read");
        return Ok(Done::Failure);
    }
    Ok(Done::Well)
}
