//! What `vitrail convert` writes adds up to what the pivots say, by every
//! dimension that its table has.

use std::collections::BTreeMap;

use vitrail::query::{
    Answer, Dimension, Filter, GroupBy, Key, Measure, Question, Sort, Table, Window, answer,
};

use super::vitrail;

/// The column that holds a dimension's values; `None` of those that are ours.
fn column(dimension: Dimension) -> Option<&'static str> {
    Some(match dimension {
        Dimension::Domain => "domain",
        Dimension::Reporter => "org_name",
        Dimension::ReportId => "report_id",
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
        Dimension::Day | Dimension::Month => "begin_date",
        _ => return None,
    })
}

/// The values in a cell, each once.
fn keys(dimension: Dimension, cell: &str) -> Vec<Key> {
    let key = |text: &str| match dimension {
        _ if text.is_empty() => None,
        Dimension::Verdict | Dimension::SpfAligned | Dimension::DkimAligned => {
            Some(if text == "True" { "pass" } else { "fail" }.to_owned())
        }
        Dimension::Day => Some(text[..10].to_owned()),
        Dimension::Month => Some(text[..7].to_owned()),
        Dimension::Reporter | Dimension::ReportId => Some(text.to_owned()),
        _ => Some(text.to_lowercase()),
    };
    let is_list = matches!(
        dimension,
        Dimension::Reason
            | Dimension::SpfDomain
            | Dimension::SpfResult
            | Dimension::DkimDomain
            | Dimension::Selector
            | Dimension::DkimResult
    );
    let mut keys: Vec<_> = match is_list {
        true => cell.split(',').map(key).collect(),
        false => vec![key(cell)],
    };
    keys.sort();
    keys.dedup();
    keys
}

#[test]
fn the_table_adds_up_to_the_pivots() {
    let csv = vitrail(["convert", "--to", "csv", "static/sample"]);
    let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
    let names = reader.headers().expect("a head").clone();
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    let at = |name: &str| names.iter().position(|other| other == name).expect("a column");
    let count = |row: &csv::StringRecord| row[at("count")].parse::<u64>().expect("a count");
    let total: u64 = rows.iter().map(count).sum();

    let files = std::fs::read_dir("static/sample").expect("the sample data");
    let files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    let files: Vec<_> = files
        .iter()
        .map(|path| (path.to_str().expect("a name"), std::fs::read(path).expect("a file")))
        .collect();
    let store = crate::ingest::store(files.iter().map(|(name, bytes)| (*name, bytes.as_slice())));

    for dimension in Dimension::ALL {
        let Some(column) = column(dimension) else { continue };
        let mut sums: BTreeMap<Key, (u64, u64)> = BTreeMap::new();
        for row in &rows {
            for key in keys(dimension, &row[at(column)]) {
                let sum = sums.entry(key).or_default();
                *sum = (sum.0 + count(row), sum.1 + 1);
            }
        }
        let question = GroupBy {
            table: Table::Aggregate,
            filter: Filter::default(),
            by: (dimension, None),
            measures: vec![Measure::Messages, Measure::Records],
            sort: Sort { by: None, descending: false },
            window: Window { offset: 0, limit: u32::MAX },
        };
        let Answer::Group(groups) = answer(&store, &Question::Group(question)) else {
            panic!("groups");
        };
        assert_eq!(groups.totals, [total, rows.len() as u64]);
        let lines = groups.lines.into_iter();
        let found: BTreeMap<_, _> =
            lines.map(|line| (line.keys.0, (line.values[0], line.values[1]))).collect();
        assert_eq!(found, sums, "{dimension:?}");
    }
}
