//! What `vitrail convert` writes adds up to what the pivots say, by every
//! dimension that its tables have.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use serde_json::Value;
use vitrail::engine::Engine;
use vitrail::query::{
    Answer, Dimension, Filter, GroupBy, Key, Kind, Measure, Question, Sort, Table, Window, answer,
};
use vitrail::screens::Program;
use vitrail::screens::markup::Act;
use vitrail::view::Route;
use vitrail::view::pivot::{Cell, columns};

use super::vitrail;
use crate::{screens, shared_corpus};

/// The column that holds a dimension's values; `None` of those that have none.
fn column(table: Table, dimension: Dimension) -> Option<&'static str> {
    Some(match (table, dimension) {
        (_, Dimension::Domain) => "domain",
        (_, Dimension::ReportId) => "report_id",
        (Table::Failure, Dimension::Day | Dimension::Month) => "arrival_date",
        (_, Dimension::Day | Dimension::Month) => "begin_date",
        (Table::Aggregate, dimension) => match dimension {
            Dimension::Published => "p",
            Dimension::Reporter => "org_name",
            Dimension::SourceIp => "source_ip_address",
            Dimension::HeaderFrom => "header_from",
            Dimension::EnvelopeFrom => "envelope_from",
            Dimension::Verdict => "dmarc_aligned",
            Dimension::SpfAligned => "spf_aligned",
            Dimension::DkimAligned => "dkim_aligned",
            Dimension::Disposition => "disposition",
            Dimension::Reason => "policy_override_reasons",
            Dimension::SpfDomain => "spf_domains",
            Dimension::SpfResult => "spf_results",
            Dimension::DkimDomain => "dkim_domains",
            Dimension::Selector => "dkim_selectors",
            Dimension::DkimResult => "dkim_results",
            _ => return None,
        },
        (Table::Failure, dimension) => match dimension {
            Dimension::Reporter => "org_name",
            Dimension::SourceIp => "source_ip_address",
            Dimension::DkimDomain => "dkim_domain",
            Dimension::Selector => "dkim_selector",
            Dimension::AuthFailure => "auth_failure",
            Dimension::DeliveryResult => "delivery_result",
            Dimension::Subject => "subject",
            _ => return None,
        },
        (Table::Tls, dimension) => match dimension {
            Dimension::Reporter => "organization_name",
            Dimension::SourceIp => "sending_mta_ip",
            Dimension::PolicyType => "policy_type",
            Dimension::PolicyDomain => "policy_domain",
            Dimension::Mode => "policy_mode",
            Dimension::PolicyText => "policy_strings",
            Dimension::MxPattern => "mx_host_patterns",
            Dimension::ResultType => "result_type",
            Dimension::Mx => "receiving_mx_hostname",
            Dimension::ReasonCode => "failure_reason_code",
            Dimension::ReceivingIp => "receiving_ip",
            _ => return None,
        },
    })
}

/// The measures that columns of a table add up to; `None` for its rows.
fn measures(table: Table) -> &'static [(Measure, Option<&'static str>)] {
    match table {
        Table::Aggregate => &[(Measure::Messages, Some("count")), (Measure::Records, None)],
        Table::Failure => &[(Measure::Incidents, Some("incidents")), (Measure::Reports, None)],
        Table::Tls => &[
            (Measure::Successful, Some("successful_session_count")),
            (Measure::Failed, Some("total_failure_session_count")),
            (Measure::Detailed, Some("failed_session_count")),
        ],
    }
}

/// The values in a cell, each once.
fn keys(dimension: Dimension, cell: &Value) -> Vec<Key> {
    let text = match cell {
        Value::Bool(passed) => if *passed { "pass" } else { "fail" }.to_owned(),
        Value::String(text) => text.clone(),
        _ => return vec![None],
    };
    let separator = match dimension {
        Dimension::Reason
        | Dimension::SpfDomain
        | Dimension::SpfResult
        | Dimension::DkimDomain
        | Dimension::Selector
        | Dimension::DkimResult
        | Dimension::AuthFailure => ",",
        Dimension::MxPattern => "|",
        _ => "\0",
    };
    let key = |text: &str| match dimension.kind() {
        _ if text.is_empty() && separator != "\0" => None,
        Kind::Name => Some(text.strip_suffix('.').unwrap_or(text).to_lowercase()),
        Kind::Day => Some(text[..10].to_owned()),
        Kind::Month => Some(text[..7].to_owned()),
        _ if dimension == Dimension::PolicyText => Some(text.replace('|', "\n")),
        _ => Some(text.to_owned()),
    };
    let mut keys: Vec<_> = text.split(separator).map(key).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// Compares all sums of a table of these files.
fn compare(table: Table, what: &str, files: &[PathBuf]) {
    let mut arguments: Vec<&OsStr> =
        ["convert", "--to=ndjson", "--what", what].map(OsStr::new).to_vec();
    arguments.extend(files.iter().map(|file| file.as_os_str()));
    let rows = vitrail(arguments).lines();
    assert!(!rows.is_empty());
    let count = |row: &Value, column: Option<&str>| match column {
        Some(column) => row[column].as_u64().unwrap_or(0),
        None => 1,
    };
    let sums = |rows: &mut dyn Iterator<Item = &Value>| {
        let mut sums = vec![0; measures(table).len()];
        for row in rows {
            for (sum, (_, column)) in sums.iter_mut().zip(measures(table)) {
                *sum += count(row, *column);
            }
        }
        sums
    };

    let read = |path: &PathBuf| (path.to_string_lossy().into_owned(), std::fs::read(path));
    let files: Vec<_> =
        files.iter().map(read).map(|(name, it)| (name, it.expect("a file"))).collect();
    let store = crate::ingest::store(files.iter().map(|(name, it)| (name.as_str(), it.as_slice())));
    let mut engine = screens::engine(files.iter().map(|(name, it)| (name.as_str(), it.as_slice())));
    for dimension in Dimension::ALL {
        let Some(column) = column(table, dimension) else { continue };
        let mut expected: BTreeMap<Key, Vec<&Value>> = BTreeMap::new();
        for row in &rows {
            for key in keys(dimension, &row[column]) {
                expected.entry(key).or_default().push(row);
            }
        }
        let expected: BTreeMap<_, _> =
            expected.into_iter().map(|(key, rows)| (key, sums(&mut rows.into_iter()))).collect();
        let question = GroupBy {
            table,
            filter: Filter::default(),
            by: (dimension, None),
            measures: measures(table).iter().map(|(measure, _)| *measure).collect(),
            sort: Sort { by: None, descending: false },
            window: Window { offset: 0, limit: u32::MAX },
        };
        let Answer::Group(groups) = answer(&store, &Question::Group(question)) else {
            panic!("groups");
        };
        assert_eq!(groups.totals, sums(&mut rows.iter()));
        let lines = groups.lines.into_iter();
        let found: BTreeMap<_, _> = lines.map(|line| (line.keys.0, line.values)).collect();
        assert_eq!(found, expected, "{dimension:?}");
        for (at, (measure, _)) in measures(table).iter().enumerate() {
            if let Some(explored) = explored(&mut engine, table, dimension, *measure) {
                assert_eq!(explored, found.values().map(|it| it[at]).sum::<u64>(), "{dimension:?}");
            }
        }
    }
}

/// A measure of all lines of Explore, as it lets them be saved; `None` where it shows none such.
fn explored(
    engine: &mut Engine,
    table: Table,
    dimension: Dimension,
    measure: Measure,
) -> Option<u64> {
    let columns = columns(table, &Filter::default());
    let at = columns.iter().rev().position(|column| column.measure == measure)?;
    assert_ne!(columns[columns.len() - 1 - at].cell, Cell::Day, "a number");
    let mut route = Route { lines: Some(2_000), ..Route::explore(table) };
    route = route.by(&[dimension]);
    let asked = screens::ask(&route.to_string());
    let drawn = screens::draw(&mut Program::default(), Some(engine), &asked);
    let [Act::Save { text, .. }] = drawn.acts.as_slice() else { panic!("one CSV") };
    // A key may have commas and line ends in it; the measures have none.
    let numbers = |line: &str| line.rsplit(',').nth(at)?.parse::<u64>().ok();
    Some(text.split("\r\n").skip(1).filter_map(numbers).sum())
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).expect("a folder");
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    files
}

#[test]
fn the_tables_of_the_sample_data_add_up_to_the_pivots() {
    let files = files_in(Path::new("static/sample"));
    compare(Table::Aggregate, "aggregate", &files);
    compare(Table::Tls, "tls", &files);
    compare(Table::Failure, "failure", &files);
}

#[test]
fn the_tables_of_the_shared_corpus_add_up_to_the_pivots() {
    let test = "the_tables_of_the_shared_corpus_add_up_to_the_pivots";
    for (kind, table, what) in
        [("tlsrpt", Table::Tls, "tls"), ("failure", Table::Failure, "failure")]
    {
        let Some(rows) = shared_corpus::rows(&[kind], test) else { return };
        let root = shared_corpus::root().expect("the corpus that was just read");
        let files: Vec<_> = rows.iter().map(|row| root.join(&row.path)).collect();
        compare(table, what, &files);
    }
}
