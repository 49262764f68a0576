//! `vitrail inspect`: what is in files.

use std::path::Path;

use super::{folder, report, vitrail};
use crate::expected::is_as_expected;

/// What is said of these files of the sample data, for people and for programs,
/// is in `tests/it/cli/sample.*`.
#[test]
fn the_sample_files_are_told_as_expected() {
    let files =
        ["careless-reporter.xml", "gmx-rfc9990.zip", "mailbox.mbox", "microsoft-one-line.eml"];
    let paths = files.map(|name| format!("static/sample/{name}"));
    let told = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/cli");
    let text = vitrail([&["inspect".to_owned()][..], &paths].concat());
    let json = vitrail([&["inspect".to_owned(), "--json".to_owned()][..], &paths].concat());
    assert_eq!((text.code, json.code), (Some(0), Some(0)));
    let same = [
        is_as_expected(&told.join("sample.txt"), &text.stdout),
        is_as_expected(&told.join("sample.jsonl"), &json.stdout),
    ];
    assert_eq!(same, [true, true], "see the .actual files in {}", told.display());
}

#[test]
fn the_same_report_again_is_a_duplicate() {
    let (one, other) = (report("1", "Example Mail", 3), report("1", "Example Mail", 4));
    let files = [("1.xml", one.as_bytes()), ("2.xml", one.as_bytes()), ("3.xml", other.as_bytes())];
    let folder = folder("again", &files);
    let run = vitrail(["inspect".as_ref(), "--json".as_ref(), folder.as_os_str()]);
    let lines = run.lines();
    let outcomes: Vec<_> = lines.iter().map(|line| &line["outcome"]).collect();
    assert_eq!(outcomes, ["opened", "duplicate", "opened"]);
    let finding = |line: usize| {
        let findings = lines[line]["findings"].as_array().expect("findings");
        let finding = findings.last().expect("a finding");
        (finding["kind"].clone(), finding["detail"].as_str().expect("a text").ends_with("1.xml"))
    };
    assert_eq!(finding(1), ("duplicate-report".into(), true));
    assert_eq!(finding(2), ("reused-report-id".into(), true));
}

#[test]
fn texts_of_strangers_move_no_cursor() {
    let report = report("1", "Example &#x202e;liaM\u{9b}2J", 3);
    let folder = folder("commands", &[("a.xml", report.as_bytes())]);
    let run = vitrail(["inspect".as_ref(), folder.as_os_str()]);
    assert_eq!(run.code, Some(0));
    assert!(run.stdout.contains("Example"), "{}", run.stdout);
    assert!(!run.stdout.contains(['\u{202e}', '\u{9b}']), "{:?}", run.stdout);
}
