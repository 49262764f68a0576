//! `vitrail check`: what is wrong with what a domain publishes.

use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use vitrail::base::domain::comparable;
use vitrail::dns::name::is_domain;
use vitrail::dns::{Diagnostic, Words, check};
use vitrail::knowledge::Suffixes;

use crate::Done;
use crate::printable::printable;

#[derive(clap::Subcommand)]
pub enum Subject {
    /// An MTA-STS policy file (RFC 8461 §3.2)
    MtaSts {
        /// The file, or `-` for standard input
        file: PathBuf,
        /// Mail servers of the domain: does the policy cover them?
        #[arg(long, value_name = "HOST", num_args = 1.., value_parser = host)]
        mx: Vec<String>,
    },
    /// TXT records as they stand in DNS: DMARC, SPF, MTA-STS, TLS-RPT
    Record {
        /// One record each, or several as DNS tools print them
        #[arg(required = true, value_name = "TXT")]
        texts: Vec<String>,
    },
}

/// Complains where there is a fault; warnings and hints are none.
pub fn run(subject: &Subject) -> io::Result<Done> {
    let diagnostics = match subject {
        Subject::MtaSts { file, mx } => check::mta_sts(&read(file)?, mx).diagnostics,
        Subject::Record { texts } => {
            let list = Suffixes::shipped();
            let organization = |name: &str| list.organization(name);
            check::records(texts.iter().map(String::as_str), &organization).diagnostics
        }
    };
    write(&diagnostics)?;
    Ok(match check::exit_status(&diagnostics) {
        0 => Done::Well,
        _ => Done::Complaint,
    })
}

/// The name of a mail server, in the form in which it is compared.
fn host(text: &str) -> Result<String, &'static str> {
    comparable(text).filter(|name| is_domain(name)).ok_or("no name of a mail server")
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    if file.to_str() == Some("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    fs::read(file).map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", file.display())))
}

/// One line each: `LINE:COLUMN severity rule — text`.
fn write(diagnostics: &[Diagnostic]) -> io::Result<()> {
    let words = Words::default();
    let mut out = BufWriter::new(io::stdout().lock());
    for diagnostic in diagnostics {
        writeln!(out, "{}", printable(&check::line(diagnostic, words)))?;
    }
    out.flush()
}
