//! `vitrail convert`: the records of aggregate reports as one flat table.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use vitrail::derive::Judge;
use vitrail::export::{Form, Table, aggregate};
use vitrail::knowledge::Suffixes;
use vitrail::store::{RowId, Tables};

use crate::files::{Opened, each};
use crate::seen::{Seen, Sight};
use crate::{Done, Paths};

#[derive(clap::Args)]
pub struct Options {
    #[command(flatten)]
    paths: Paths,
    #[arg(long, value_name = "FORM")]
    to: To,
    /// The file to write; `-` is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum To {
    /// Comma-separated, with a line of column names
    Csv,
    /// One JSON object a line
    Ndjson,
    /// One JSON array
    Json,
}

/// Complains where a file gave no report of any kind.
pub fn run(options: &Options) -> io::Result<Done> {
    let form = match options.to {
        To::Csv => Form::Csv,
        To::Ndjson => Form::Ndjson,
        To::Json => Form::Json,
    };
    let out: Box<dyn Write> = match options.output.to_str() {
        Some("-") => Box::new(io::stdout().lock()),
        _ => Box::new(File::create(&options.output).map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", options.output.display()))
        })?),
    };
    let mut table = Table::new(BufWriter::new(out), form, aggregate::COLUMNS)?;
    let mut seen = Seen::default();
    let mut all_reports = true;
    let all_read = each(&options.paths, |Opened { path, batch }| {
        seen.open_file(&path);
        all_reports &= !batch.tables().reports.is_empty();
        write(&mut table, &path, batch.tables(), &mut seen)
    })?;
    table.finish()?;
    Ok(match (all_read, all_reports) {
        (false, _) => Done::Failure,
        (true, false) => Done::Complaint,
        (true, true) => Done::Well,
    })
}

/// Writes the records of those reports of a file that were not there before.
fn write(
    table: &mut Table<impl Write>,
    path: &str,
    tables: &Tables,
    seen: &mut Seen,
) -> io::Result<()> {
    let mut judge = Judge::new(Some(Suffixes::shipped()));
    for report in &tables.reports {
        let header = tables.part(report.part).and_then(|part| part.header);
        let Some(header) = header.and_then(|id| tables.header(id)) else { continue };
        if matches!(seen.note(&header, report.digest), Sight::Again(_)) {
            continue;
        }
        for row in report.rows.start..report.rows.end {
            if let Some(record) = tables.record(RowId(row)) {
                let ours = judge.judge(tables, RowId(row));
                table.row(&aggregate::cells(&header, &record, path, ours))?;
            }
        }
    }
    Ok(())
}
