//! `vitrail convert`: records as a flat table.

use serde_json::Value;

use super::{folder, report, vitrail};

#[test]
fn counts_add_up_to_what_inspect_says() {
    let reports = vitrail(["inspect", "--json", "static/sample"]).lines();
    let opened = || reports.iter().filter(|line| line["outcome"] == "opened");
    let messages: u64 = opened().filter_map(|line| line["messages"].as_u64()).sum();
    let aggregate = opened().filter(|line| line["kind"] == "aggregate");
    let records: u64 = aggregate.filter_map(|line| line["records"].as_u64()).sum();
    assert!(messages > 100_000, "{messages}");

    let rows = vitrail(["convert", "--to", "ndjson", "static/sample"]).lines();
    assert_eq!(rows.len() as u64, records);
    assert_eq!(counts(&rows), messages);
}

#[test]
fn the_three_forms_say_the_same() {
    let sample = "static/sample/gmx-rfc9990.zip";
    let ndjson = vitrail(["convert", "--to", "ndjson", sample]).lines();
    let json = vitrail(["convert", "--to", "json", sample]);
    let json: Vec<Value> = serde_json::from_str(&json.stdout).expect("an array");
    assert_eq!(json, ndjson);

    let csv = vitrail(["convert", "--to", "csv", sample]);
    let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
    let names = reader.headers().expect("a head").clone();
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), ndjson.len());
    for (row, object) in rows.iter().zip(&ndjson) {
        for (name, cell) in names.iter().zip(row) {
            let stated = match &object[name] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                Value::Bool(true) => "True".to_owned(),
                Value::Bool(false) => "False".to_owned(),
                other => other.to_string(),
            };
            assert_eq!(cell, stated, "{name}");
        }
    }
}

#[test]
fn duplicates_count_once() {
    let report = report("1", "Example Mail", 3);
    let folder = folder("twice", &[("1.xml", report.as_bytes()), ("2.xml", report.as_bytes())]);
    let rows = vitrail(["convert".as_ref(), "--to=ndjson".as_ref(), folder.as_os_str()]).lines();
    assert_eq!((rows.len(), counts(&rows)), (1, 3));
}

#[test]
fn a_spreadsheet_runs_no_cell_of_a_report() {
    let report = report("-7", "=HYPERLINK(\"http://203.0.113.1\")", 12);
    let folder = folder("formula", &[("a.xml", report.as_bytes())]);
    let convert = |form: &str| {
        vitrail(["convert".as_ref(), "--to".as_ref(), form.as_ref(), folder.as_os_str()])
    };
    let csv = convert("csv").stdout;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let names = reader.headers().expect("a head").clone();
    let row = reader.records().next().expect("a row").expect("a row");
    let cell = |name| &row[names.iter().position(|column| column == name).expect(name)];
    assert_eq!(cell("org_name"), "'=HYPERLINK(\"http://203.0.113.1\")");
    assert_eq!(cell("report_id"), "'-7");
    assert_eq!(cell("count"), "12");
    assert_eq!(convert("ndjson").lines()[0]["report_id"], "-7");
}

#[test]
fn a_file_is_written_where_one_is_named() {
    let report = report("1", "Example Mail", 3);
    let folder = folder("output", &[("in/a.xml", report.as_bytes())]);
    let (from, to) = (folder.join("in"), folder.join("records.csv"));
    let arguments =
        ["convert".as_ref(), "--to=csv".as_ref(), "-o".as_ref(), to.as_os_str(), from.as_os_str()];
    let run = vitrail(arguments);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    let written = std::fs::read_to_string(&to).expect("the file");
    assert_eq!(written.lines().count(), 2);
    let nowhere = folder.join("none/records.csv");
    let arguments = [
        "convert".as_ref(),
        "--to=csv".as_ref(),
        "-o".as_ref(),
        nowhere.as_os_str(),
        from.as_os_str(),
    ];
    assert_eq!(vitrail(arguments).code, Some(2));
}

fn counts(rows: &[Value]) -> u64 {
    rows.iter().map(|row| row["count"].as_u64().expect("a count")).sum()
}
