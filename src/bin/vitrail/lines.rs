//! Entries as lines of JSON. The names of the members are a promise to whoever
//! reads them (README).

use std::io::{self, Write};

use serde::Serialize;
use vitrail::base::{Outcome, ReportKind, Severity, Tally, UnixSeconds, Whereabouts};

use crate::entries::{Entry, Found, part};

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    /// Empty for the file itself.
    part: String,
    outcome: Outcome,
    kind: Option<ReportKind>,
    reporter: Option<&'a str>,
    domain: Option<&'a str>,
    report_id: Option<&'a str>,
    /// Unix seconds.
    begin: Option<UnixSeconds>,
    /// Unix seconds.
    end: Option<UnixSeconds>,
    /// Aggregate rows; TLS policies; 1 for a failure report.
    records: u32,
    /// Aggregate reports only.
    messages: Option<u64>,
    findings: Vec<Finding>,
}

/// All that was found of one kind in one part.
#[derive(Serialize)]
struct Finding {
    kind: &'static str,
    severity: Severity,
    /// Empty where no document rules.
    rule: &'static str,
    count: u64,
    /// Where it was found: the report's own part, or a container around it.
    part: String,
    #[serde(flatten)]
    first: Sighting,
    /// Some of the others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    more: Vec<Sighting>,
}

/// Offset and line are those of the decoded part.
#[derive(Default, Serialize)]
struct Sighting {
    at: Option<At>,
    detail: Box<str>,
}

#[derive(Serialize)]
struct At {
    /// Bytes, from 0.
    offset: u64,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
}

/// Writes the entries of one file.
pub fn write(out: &mut impl Write, path: &str, entries: &[Entry<'_>]) -> io::Result<()> {
    for entry in entries {
        serde_json::to_writer(&mut *out, &line(path, entry))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn line<'a>(path: &'a str, entry: &'a Entry<'_>) -> Line<'a> {
    let header = entry.header.as_ref();
    let kind = header.map(|header| header.kind);
    Line {
        path,
        part: part(&entry.steps),
        outcome: entry.outcome,
        kind,
        reporter: header.and_then(|header| header.reporter.as_deref()),
        domain: header.and_then(|header| header.domain.as_deref()),
        report_id: header.and_then(|header| header.report_id.as_deref()),
        begin: header.and_then(|header| header.begin),
        end: header.and_then(|header| header.end),
        records: entry.report.map_or(0, |report| report.records),
        messages: (kind == Some(ReportKind::Aggregate))
            .then(|| entry.report.map_or(0, |report| report.messages)),
        findings: entry.findings.iter().flat_map(findings).collect(),
    }
}

fn findings(found: &Found) -> impl Iterator<Item = Finding> {
    let finding = |tally: &Tally| {
        let mut sightings = tally
            .first
            .iter()
            .map(|sighting| Sighting { at: at(sighting.at), detail: sighting.detail.clone() });
        Finding {
            kind: tally.kind.code(),
            severity: tally.kind.severity(),
            rule: tally.kind.rule(),
            count: tally.count,
            part: part(&found.steps),
            first: sightings.next().unwrap_or_default(),
            more: sightings.collect(),
        }
    };
    found.findings.tallies().iter().map(finding)
}

fn at(at: Whereabouts) -> Option<At> {
    match at {
        Whereabouts::Whole => None,
        Whereabouts::Offset(offset) => Some(At { offset, line: None }),
        Whereabouts::Line { offset, line } => Some(At { offset, line: Some(line) }),
    }
}
