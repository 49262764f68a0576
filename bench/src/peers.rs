//! What others make of a report, each into its own structs.

use std::io::Read as _;

use flate2::read::GzDecoder;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::Outcome;
use crate::rounds::Found;

pub fn unpacked(gzipped: &[u8]) -> Outcome<Vec<u8>> {
    let mut xml = Vec::new();
    GzDecoder::new(gzipped).read_to_end(&mut xml)?;
    Ok(xml)
}

/// The events of quick-xml, and nothing made of them.
pub fn quick_xml(xml: &str) -> Outcome<Found> {
    let mut reader = Reader::from_str(xml);
    let mut records = 0;
    loop {
        match reader.read_event()? {
            Event::Start(tag) => records += usize::from(tag.name().as_ref() == "record"),
            Event::Eof => return Ok(Found { records, messages: 0 }),
            _ => {}
        }
    }
}

pub fn mail_auth(gzipped: &[u8]) -> Outcome<(mail_auth::report::Report, Found)> {
    let report = mail_auth::report::Report::parse_xml(&unpacked(gzipped)?)?;
    let messages = report.records().iter().map(|record| u64::from(record.count())).sum();
    let found = Found { records: report.records().len(), messages };
    Ok((report, found))
}

pub fn dmarc_report_parser(gzipped: &[u8]) -> Outcome<(dmarc_report_parser::Report, Found)> {
    let report = dmarc_report_parser::parse_bytes(&unpacked(gzipped)?)?;
    let messages = report.records.iter().map(|record| record.row.count).sum();
    let found = Found { records: report.records.len(), messages };
    Ok((report, found))
}
