//! The shared corpus of real reports, file by file, against what is known of it.

use std::collections::HashMap;

use serde_json::Value;

use super::vitrail;
use crate::shared_corpus::{Row, root, rows};

/// Files that are read otherwise than `SOURCES.tsv` has it: records, and why.
const OTHERWISE: &[(&str, u64, &str)] = &[
    (
        "stuartmaxwell__dmarc-report/tests/reports/dmarc-invalid-2.xml",
        0,
        "its one record is empty: counted in a finding, not kept",
    ),
    ("stuartmaxwell__dmarc-report/tests/reports/dmarc-invalid-2.xml.gz", 0, "the same"),
    ("stuartmaxwell__dmarc-report/tests/reports/dmarc-invalid-2.xml.zip", 0, "the same"),
    ("stuartmaxwell__dmarc-report/tests/reports/multiple-invalid.zip", 1, "has the same inside"),
];

/// Mails that people forwarded as complaints: they have no feedback part, and so
/// nothing that a report could be read from.
const LETTERS: [&str; 2] = [
    "sisimai__set-of-emails/maildir/bsd/arf-23.eml",
    "sisimai__set-of-emails/maildir/bsd/arf-24.eml",
];

/// What `vitrail inspect` says, by path below the corpus's root.
struct Told(HashMap<String, Vec<Value>>);

impl Told {
    fn of(&self, row: &Row) -> &[Value] {
        self.0.get(&row.path).map(Vec::as_slice).unwrap_or_default()
    }

    /// Reports that were opened, copies of others included.
    fn opened(&self, row: &Row) -> impl Iterator<Item = &Value> {
        let is = |line: &&Value| line["outcome"] == "opened" || line["outcome"] == "duplicate";
        self.of(row).iter().filter(is)
    }
}

/// The records that are known to be in a file.
fn records(row: &Row) -> u64 {
    row.note("records").and_then(|records| records.parse().ok()).unwrap_or_default()
}

fn is_aggregate(row: &Row) -> bool {
    row.kind == "aggregate"
}

/// The reporters of a file, as `SOURCES.tsv` lists them.
fn reporters(row: &Row) -> &str {
    let after = row.notes.split_once("reporter=").map_or("", |(_, after)| after);
    after.split_once("; records=").map_or("", |(reporters, _)| reporters.trim_matches('?'))
}

fn told(test: &str) -> Option<(Told, Vec<Row>)> {
    let rows = rows(&["aggregate", "failure", "tlsrpt", "other"], test)?;
    let root = root()?;
    let run = vitrail(["inspect".as_ref(), "--json".as_ref(), root.as_os_str()]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    let mut told: HashMap<String, Vec<Value>> = HashMap::new();
    for line in run.lines() {
        let path = line["path"].as_str().expect("a path");
        let path = path.strip_prefix(&*root.to_string_lossy()).expect("below the root");
        told.entry(path.trim_start_matches('/').to_owned()).or_default().push(line);
    }
    Some((Told(told), rows))
}

#[test]
fn files_with_reports_open_with_the_known_counts() {
    let Some((told, rows)) = told("files_with_reports_open_with_the_known_counts") else { return };
    let mut checked = 0;
    for row in rows.iter().filter(|row| records(row) > 0) {
        let path = row.path.as_str();
        let otherwise = OTHERWISE.iter().find(|(file, ..)| *file == path);
        let known = otherwise.map_or(records(row), |(_, records, _)| *records);
        let read: u64 = told.opened(row).filter_map(|line| line["records"].as_u64()).sum();
        assert_eq!(read, known, "{path}");
        let kind = if row.kind == "tlsrpt" { "tls" } else { &row.kind };
        assert!(told.opened(row).all(|line| line["kind"] == kind), "{path}");
        checked += 1;
    }
    assert!(checked > 200, "{checked} files");
}

#[test]
fn reporters_are_named_as_known_even_of_damaged_reports() {
    let test = "reporters_are_named_as_known_even_of_damaged_reports";
    let Some((told, rows)) = told(test) else { return };
    for row in rows.iter().filter(|row| is_aggregate(row) || row.kind == "tlsrpt") {
        let mut names: Vec<_> =
            told.of(row).iter().filter_map(|line| line["reporter"].as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.join("; "), reporters(row), "{}", row.path);
    }
}

#[test]
fn files_without_records_say_why() {
    let Some((told, rows)) = told("files_without_records_say_why") else { return };
    let mut checked = 0;
    for row in rows.iter().filter(|row| records(row) == 0) {
        let path = row.path.as_str();
        let [line, rest @ ..] = told.of(row) else { panic!("nothing of {path}") };
        let findings = line["findings"].as_array().expect("findings");
        let found = |kind: &str| findings.iter().any(|finding| finding["kind"] == kind);
        let known = match line["outcome"].as_str().expect("an outcome") {
            "damaged" => found("no-records") && is_aggregate(row),
            "opened" | "duplicate" => found("zero-records") && is_aggregate(row),
            "empty" => found("empty-part") && row.notes.contains("empty"),
            "not_a_report" => {
                found("no-report") && (row.notes.contains("text:") || LETTERS.contains(&path))
            }
            _ => false,
        };
        assert!(known && rest.is_empty(), "{path}: {line}");
        checked += 1;
    }
    assert!(checked > 15, "{checked} files");
}

#[test]
fn converted_counts_add_up_to_what_inspect_says() {
    let test = "converted_counts_add_up_to_what_inspect_says";
    let Some((told, _)) = told(test) else { return };
    let opened = told.0.values().flatten().filter(|line| line["outcome"] == "opened");
    let messages: u64 = opened.filter_map(|line| line["messages"].as_u64()).sum();
    let root = root().expect("the corpus that was just read");
    let run = vitrail(["convert".as_ref(), "--to=ndjson".as_ref(), root.as_os_str()]);
    let converted: u64 = run.lines().iter().filter_map(|row| row["count"].as_u64()).sum();
    assert_eq!(converted, messages);
}
