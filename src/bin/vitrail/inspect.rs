//! `vitrail inspect`: what is in files, to be read by people or by programs.

use std::io::{self, BufWriter, Write};

use vitrail::base::{Kind, Outcome};

use crate::entries::{Entry, entries};
use crate::files::{Opened, each};
use crate::lines;
use crate::seen::{Seen, Sight};
use crate::text;
use crate::totals::Totals;
use crate::{Done, Paths};

#[derive(clap::Args)]
pub struct Options {
    #[command(flatten)]
    paths: Paths,
    /// Write one JSON object a line: one for each report, and one for each file without any
    #[arg(long)]
    json: bool,
}

/// Complains where a file gave no report.
pub fn run(options: &Options) -> io::Result<Done> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut seen = Seen::default();
    let mut totals = Totals::default();
    let all_read = each(&options.paths, |Opened { path, batch }| {
        let mut entries = entries(batch.tables());
        seen.open_file(&path);
        for entry in &mut entries {
            judge(entry, &mut seen);
        }
        totals.add(&entries);
        match options.json {
            true => lines::write(&mut out, &path, &entries),
            false => text::write(&mut out, &path, &entries),
        }
    })?;
    if !options.json {
        text::write_totals(&mut out, &totals)?;
    }
    out.flush()?;
    Ok(match totals.files_without_report {
        _ if !all_read => Done::Failure,
        0 => Done::Well,
        _ => Done::Complaint,
    })
}

/// Notes the report of an entry, and what that says of it.
fn judge(entry: &mut Entry<'_>, seen: &mut Seen) {
    let (Some(header), Some(report)) = (&entry.header, entry.report) else { return };
    let (kind, file) = match seen.note(header, report.digest) {
        Sight::First => return,
        Sight::Again(file) => {
            entry.outcome = Outcome::Duplicate;
            (Kind::DuplicateReport, file.to_owned())
        }
        Sight::Reused(file) => (Kind::ReusedReportId, file.to_owned()),
    };
    entry.find(kind, &file);
}
