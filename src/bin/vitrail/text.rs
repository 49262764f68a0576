//! Entries as text for people, in English.

use std::io::{self, Write};

use vitrail::base::{Outcome, ReportKind, Severity, Sighting, UnixSeconds, Whereabouts};
use vitrail::report::Header;

use crate::entries::{Entry, Found, part};
use crate::printable::printable;
use crate::totals::Totals;

/// Writes the entries of one file: its path, and below it each report with what
/// was found in it.
pub fn write(out: &mut impl Write, path: &str, entries: &[Entry<'_>]) -> io::Result<()> {
    writeln!(out, "{}", printable(path))?;
    for entry in entries {
        write_entry(out, entry)?;
    }
    Ok(())
}

fn write_entry(out: &mut impl Write, entry: &Entry<'_>) -> io::Result<()> {
    let mut line = format!("  {:<12}", outcome(entry.outcome));
    if let Some(header) = &entry.header {
        line += &format!(
            "  {:<9}  {:<22}  {:<20}  {:<24}  {}",
            kind(header.kind),
            header.reporter.as_deref().map_or("-".into(), printable),
            header.domain.as_deref().map_or("-".into(), printable),
            period(header),
            amount(entry, header.kind),
        );
    }
    writeln!(out, "{}", line.trim_end())?;
    if !entry.steps.is_empty() {
        writeln!(out, "      in {}", printable(&part(&entry.steps)))?;
    }
    entry.findings.iter().try_for_each(|found| write_findings(out, found, entry))
}

/// One line a kind: how grave, what, how often, where first, the value seen, the rule.
fn write_findings(out: &mut impl Write, found: &Found, entry: &Entry<'_>) -> io::Result<()> {
    for tally in found.findings.tallies() {
        let kind = tally.kind;
        write!(out, "      {:<9} {}", severity(kind.severity()), kind.code())?;
        if tally.count > 1 {
            write!(out, " ({} times)", tally.count)?;
        }
        if let Some(sighting) = tally.first.first() {
            write_sighting(out, sighting)?;
        }
        if !kind.rule().is_empty() {
            write!(out, " [{}]", kind.rule())?;
        }
        if found.steps.len() < entry.steps.len() {
            let outer = part(&found.steps);
            write!(
                out,
                " in {}",
                if outer.is_empty() { "the file".into() } else { printable(&outer) }
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn write_sighting(out: &mut impl Write, sighting: &Sighting) -> io::Result<()> {
    match sighting.at {
        Whereabouts::Whole => {}
        Whereabouts::Offset(offset) => write!(out, " at byte {offset}")?,
        Whereabouts::Line { line, .. } => write!(out, " at line {line}")?,
    }
    if !sighting.detail.is_empty() {
        write!(out, ": {}", printable(&sighting.detail))?;
    }
    Ok(())
}

/// Writes the last line.
pub fn write_totals(out: &mut impl Write, totals: &Totals) -> io::Result<()> {
    writeln!(
        out,
        "\n{} files, {} without a report; {} reports and {} duplicates; {} records, {} messages",
        totals.files,
        totals.files_without_report,
        totals.reports,
        totals.duplicates,
        totals.records,
        totals.messages
    )
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Opened => "opened",
        Outcome::Duplicate => "duplicate",
        Outcome::NotAReport => "not a report",
        Outcome::Empty => "empty",
        Outcome::Damaged => "damaged",
        Outcome::OverLimit => "over a limit",
        Outcome::Unread => "not read",
    }
}

fn kind(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Aggregate => "aggregate",
        ReportKind::Failure => "failure",
        ReportKind::Tls => "TLS",
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note:",
        Severity::Repaired => "repaired:",
        Severity::Lost => "lost:",
        Severity::Refused => "refused:",
    }
}

fn amount(entry: &Entry<'_>, kind: ReportKind) -> String {
    let Some(report) = entry.report else { return String::new() };
    match kind {
        ReportKind::Aggregate => {
            format!("{} records, {} messages", report.records, report.messages)
        }
        ReportKind::Failure => "1 message".to_owned(),
        ReportKind::Tls => format!("{} policies", report.records),
    }
}

/// Days in UTC. An end at midnight is the end of the day before.
fn period(header: &Header<'_>) -> String {
    let day = |at: UnixSeconds| at.rfc3339().split('T').next().unwrap_or_default().to_owned();
    match (header.begin, header.end) {
        (Some(begin), Some(UnixSeconds(end))) if end > begin.0 => {
            let (first, last) = (day(begin), day(UnixSeconds(end - 1)));
            if first == last { first } else { format!("{first} to {last}") }
        }
        (Some(at), _) | (None, Some(at)) => day(at),
        (None, None) => "-".to_owned(),
    }
}
