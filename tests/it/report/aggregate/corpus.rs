//! The shared corpus of real reports.

use std::io::Read;

use vitrail::base::Outcome;
use vitrail::report::Hints;

use crate::report::reading::{Reading, read_aggregate};
use crate::shared_corpus::{Row, rows};

/// Every document that is not inside a mail or a zip (those are intake's), read.
pub fn documents(test: &str) -> Vec<(Row, Vec<u8>)> {
    let rows = rows(&["aggregate"], test).unwrap_or_default();
    let documents = rows.into_iter().filter_map(|row| {
        let bytes = match row.container.as_str() {
            "xml" => row.bytes.clone(),
            "gz>xml" => {
                let mut xml = Vec::new();
                let mut unzip = flate2::read::MultiGzDecoder::new(&row.bytes[..]);
                unzip.read_to_end(&mut xml).expect("gzip");
                xml
            }
            _ => return None,
        };
        Some((row, bytes))
    });
    documents.collect()
}

pub fn read(row: &Row, bytes: &[u8]) -> Reading {
    let name = row.path.rsplit('/').next();
    read_aggregate(bytes, &Hints { name, mail: None })
}

/// Where the corpus's note on the number of records is not followed, and why.
const EXCEPTIONS: &[(&str, usize)] = &[
    // Its one record holds nothing but a comment: counted in a finding, not stored.
    ("dmarc-invalid-2.xml", 0),
];

#[test]
fn record_counts_are_those_of_the_corpus() {
    for (row, bytes) in documents("record_counts_are_those_of_the_corpus") {
        let reading = read(&row, &bytes);
        let exception = EXCEPTIONS.iter().find(|(name, _)| row.path.contains(name));
        let noted = row.note("records").and_then(|records| records.parse().ok());
        let expected = exception.map(|(_, records)| *records).or(noted);
        assert_eq!(Some(reading.only().records.len()), expected, "{}", row.path);
        let header = reading.only().header.as_ref().expect("a header");
        let reporter = header.reporter.as_deref().filter(|name| !name.is_empty());
        assert_eq!(reporter.unwrap_or("?"), row.note("reporter").unwrap_or("?"), "{}", row.path);
        assert!(header.domain.is_some(), "{}", row.path);
        let is_damaged = row.notes.contains("malformed-xml") && expected == Some(0);
        let outcome = if is_damaged { Outcome::Damaged } else { Outcome::Opened };
        assert_eq!(reading.outcome, outcome, "{}", row.path);
    }
}
