//! Broken reports: nothing panics, and no record is lost that a strict reader
//! saw whole.

use quick_xml::Reader;
use quick_xml::events::Event;
use vitrail::base::Outcome;
use vitrail::report::Hints;

use super::{documents, lossless};
use crate::mutate::{Mutator, rounds};
use crate::report::reading::{Reading, read_aggregate};

/// What means something in a report.
pub const TOKENS: &[&[u8]] = &[
    b"<",
    b">",
    b"</",
    b"/>",
    b"&",
    b"&amp;",
    b"\"",
    b"'",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<?",
    b"?>",
    b"<!DOCTYPE a [",
    b"\0",
    b"\r\n",
    b"\xff\xfe",
    b"\xe9",
    b" ",
    b"<feedback>",
    b"</feedback>",
    b"<record>",
    b"</record>",
    b"<record/>",
    b"<row>",
    b"</row>",
    b"<count>",
    b"</count>",
    b"<policy_evaluated>",
    b"</policy_evaluated>",
    b"<dkim>",
    b"</dkim>",
    b"<spf>",
    b"</spf>",
    b"<domain>",
    b"</domain>",
    b"<auth_results>",
    b"</auth_results>",
    b"<identifiers>",
    b"<report_metadata>",
    b"</report_metadata>",
    b"<policy_published>",
    b"<extension>",
    b"<x:y z=\"1\">",
    b"</x:y>",
    b"<reason>",
    b"<type>",
    b"<comment>",
    b"192.0.2.1",
    b"99999999999999999999",
    b"Pass",
    b"1.5",
];

/// Counts the records of which quick-xml reads beginning, something, and end
/// before its first error.
fn complete_records(text: &str) -> usize {
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let (mut complete, mut has_text) = (0, false);
    while let Ok(event) = reader.read_event() {
        let in_record = path.len() >= 2 && path[0] == "feedback" && path[1] == "record";
        match event {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                if tag.contains('<') {
                    break;
                }
                has_text &= in_record;
                path.push(name);
            }
            Event::End(_) => {
                if in_record && path.len() == 2 && has_text {
                    complete += 1;
                }
                path.pop();
            }
            Event::Text(text) if in_record => has_text |= text.contains(|c: char| c > ' '),
            Event::Decl(declaration) if declaration.contains(['<', '>']) => break,
            Event::Eof => break,
            _ => {}
        }
    }
    complete
}

fn records(reading: &Reading) -> usize {
    reading.reports.iter().map(|report| report.records.len()).sum()
}

fn check(bytes: &[u8]) {
    let reading = read_aggregate(bytes, &Hints::default());
    match reading.outcome {
        Outcome::Opened | Outcome::Damaged => assert!(!reading.reports.is_empty()),
        _ => assert!(reading.reports.is_empty()),
    }
    assert!(reading.outcome != Outcome::Damaged || records(&reading) == 0);
    if let Ok(text) = str::from_utf8(bytes)
        && !text.contains("encoding")
    {
        let (complete, read) = (complete_records(text), records(&reading));
        assert!(read >= complete, "{read} of {complete} records");
        if !reading.reports.is_empty() {
            let lost = lossless::lost(text, &reading).unwrap_or_default();
            assert_eq!(lost, Vec::<String>::new());
        }
    }
}

#[test]
fn broken_reports_keep_what_is_whole() {
    let documents: Vec<_> = documents().into_iter().filter(|bytes| bytes.len() < 2500).collect();
    Mutator::new(&documents, TOKENS).run(rounds(4_000, 4), check);
}
