//! `vitrail convert`: the records of aggregate reports, the sessions of TLS reports,
//! or the messages of failure reports, as one flat table.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::iter;
use std::path::PathBuf;

use clap::ValueEnum;
use vitrail::derive::Judge;
use vitrail::export::{Form, Table, aggregate, failure, tls};
use vitrail::knowledge::Suffixes;
use vitrail::report::Header;
use vitrail::store::{ReportRow, RowId, Tables};

use crate::files::{Opened, each};
use crate::seen::{Seen, Sight};
use crate::{Done, Paths};

#[derive(clap::Args)]
pub struct Options {
    #[command(flatten)]
    paths: Paths,
    /// Reports of the other kinds are passed over
    #[arg(long, value_name = "KIND", default_value = "aggregate")]
    what: What,
    #[arg(long, value_name = "FORM")]
    to: To,
    /// The file to write; `-` is standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// A row for each record of an aggregate report
    Aggregate,
    /// A row for each policy of a TLS report, and one for each of its failure details
    Tls,
    /// A row for each message that a failure report is about
    Failure,
}

impl What {
    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Aggregate => aggregate::COLUMNS,
            Self::Tls => tls::COLUMNS,
            Self::Failure => failure::COLUMNS,
        }
    }
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
    let mut table = Table::new(BufWriter::new(out), form, options.what.columns())?;
    let mut seen = Seen::default();
    let mut all_reports = true;
    let all_read = each(&options.paths, |Opened { path, batch }| {
        seen.open_file(&path);
        all_reports &= !batch.tables().reports.is_empty();
        write(&mut table, options.what, &path, batch.tables(), &mut seen)
    })?;
    table.finish()?;
    Ok(match (all_read, all_reports) {
        (false, _) => Done::Failure,
        (true, false) => Done::Complaint,
        (true, true) => Done::Well,
    })
}

/// Writes the rows of those reports of a file that were not there before.
fn write(
    table: &mut Table<impl Write>,
    what: What,
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
        match what {
            What::Aggregate => {
                for row in (report.rows.start..report.rows.end).map(RowId) {
                    if let Some(record) = tables.record(row) {
                        let ours = judge.judge(tables, row);
                        table.row(&aggregate::cells(&header, &record, path, ours))?;
                    }
                }
            }
            What::Tls => sessions(table, &header, path, tables, report)?,
            What::Failure => {
                for row in (report.failures.start..report.failures.end).map(RowId) {
                    if let Some(message) = tables.failure(row) {
                        table.row(&failure::cells(&header, &message, path))?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// Writes the rows of a TLS report.
fn sessions(
    table: &mut Table<impl Write>,
    header: &Header<'_>,
    path: &str,
    tables: &Tables,
    report: &ReportRow,
) -> io::Result<()> {
    let terms = &tables.dictionaries.terms;
    // A summary has a row of its own in the store, too, and comes before its details.
    let mut rows = (report.tls.start..report.tls.end).map(RowId);
    for policy in tables.tls_policies(report) {
        for failure in iter::once(None).chain(policy.failures.iter().map(Some)) {
            let Some(row) = rows.next().and_then(|row| tables.tls.get(row)) else { continue };
            let mode = tables.dictionaries.tls_policy(row.policy).mode;
            table.row(&tls::cells(tls::Line {
                header,
                domain: terms.get(row.domain),
                policy: &policy,
                mode: terms.get(mode),
                failure,
                path,
            }))?;
        }
    }
    Ok(())
}
