//! The command line: `vitrail inspect`, `convert`, `source` and `check`, on the same
//! readers as the page.
//!
//! Exit codes: 0 all is well, 1 something is not (a file gave no report, a
//! record has a fault), 2 the command could not be carried out (usage, a path
//! that cannot be read, an output that cannot be written).

mod check;
mod convert;
mod entries;
mod files;
mod inspect;
mod lines;
mod parallel;
mod paths;
mod printable;
mod seen;
mod source;
mod text;
mod totals;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Opens DMARC aggregate, DMARC failure and SMTP TLS reports
///
/// However they are wrapped: mails, mailboxes, archives, folders of them.
#[derive(Parser)]
#[command(name = "vitrail", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say what is in files: one entry for each report, with what was tolerated in it
    Inspect(inspect::Options),
    /// Write the rows of all reports of one kind as one flat table
    Convert(convert::Options),
    /// Write one report as it came, out of whatever it is wrapped in
    Source(source::Options),
    /// Check what a domain publishes: an MTA-STS policy file, a DNS record
    #[command(subcommand)]
    Check(check::Subject),
}

#[derive(clap::Args)]
struct Paths {
    /// Files, folders with everything in them, or `-` for standard input
    #[arg(required = true, value_name = "FILE|DIR")]
    paths: Vec<PathBuf>,
}

/// How a command ended, but for what kept it from working at all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Done {
    Well,
    /// It found something to complain about.
    Complaint,
    /// Something that was named could not be read; the rest was.
    Failure,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Inspect(options) => inspect::run(&options),
        Command::Convert(options) => convert::run(&options),
        Command::Source(options) => source::run(&options),
        Command::Check(subject) => check::run(&subject),
    };
    match done {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::Complaint) => ExitCode::from(1),
        Ok(Done::Failure) => ExitCode::from(2),
        // Whoever reads the output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("vitrail: {error}");
            ExitCode::from(2)
        }
    }
}
