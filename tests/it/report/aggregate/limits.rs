//! Where reading stops, and what is kept.

use std::io::{BufReader, Read};

use vitrail::base::context::decode_natively;
use vitrail::base::{Context, Kind, Limits, Outcome, Whereabouts};
use vitrail::report::{AggregateRecord, Failure, Header, Hints, Sink, TlsPolicy, aggregate};

use super::make::{record, report};
use crate::report::reading::{Reading, read_aggregate, read_aggregate_within};

fn within(limits: Limits, text: &str) -> Reading {
    read_aggregate_within(text.as_bytes(), &Hints::default(), &limits)
}

#[test]
fn empty_records_are_counted_and_not_stored() {
    let text = report(&"<record/>".repeat(500_000));
    let reading = read_aggregate(text.as_bytes(), &Hints::default());
    assert_eq!(reading.outcome, Outcome::Opened);
    assert_eq!(reading.only().records.len(), 0);
    assert_eq!(reading.details(Kind::EmptyRecords), ["500000"]);
    assert_eq!(reading.kinds(), ["empty-records"]);
    let first = &reading.findings.tallies()[0].first[0];
    assert!(matches!(first.at, Whereabouts::Line { .. }), "{first:?}");
}

#[test]
fn records() {
    let limits = Limits { records_per_report: 3, ..Limits::default() };
    let reading = within(limits, &report(&record("").repeat(5)));
    assert_eq!(reading.only().records.len(), 3);
    assert_eq!(reading.details(Kind::RecordLimit), ["3"]);
}

#[test]
fn lists() {
    let limits = Limits { list_entries: 2, ..Limits::default() };
    let many = "<dkim><domain>d.example</domain><result>pass</result></dkim>".repeat(4)
        + &"<spf><domain>s.example</domain><result>pass</result></spf>".repeat(4)
        + &"<arc>x</arc>".repeat(4);
    let text = report(&record(&many)).replace("<error/>", &"<error>e</error>".repeat(4));
    let text = text.replace(
        "<spf>pass</spf>",
        &format!("<spf>pass</spf>{}", "<reason><type>other</type></reason>".repeat(4)),
    );
    let reading = within(limits, &text);
    let read = &reading.only().records[0];
    assert_eq!((read.auth.dkim.len(), read.auth.spf.len()), (2, 2));
    assert_eq!((read.reasons.len(), read.extras.len()), (2, 2));
    assert_eq!(reading.only().header.as_ref().expect("a header").errors.len(), 2);
    assert_eq!(
        reading.details(Kind::ListLimit),
        [
            "report_metadata/error",
            "record/row/policy_evaluated/reason",
            "record/auth_results/dkim",
            "record/auth_results/spf",
            "record",
        ]
    );
}

#[test]
fn texts() {
    let limits = Limits { text_bytes: 40, ..Limits::default() };
    let long = "é".repeat(100);
    let cut = &*"é".repeat(20);
    let text = report(&record(&format!("<note>{long}</note>"))).replace("Reporter", &long);
    let reading = within(limits, &text);
    let report = reading.only();
    let header = report.header.as_ref().expect("a header");
    assert_eq!(header.reporter.as_deref(), Some(cut));
    assert_eq!(report.records[0].extras[0].text, cut);
    assert_eq!(
        reading.details(Kind::TextLimit),
        ["report_metadata/org_name", "record/auth_results/note"]
    );
    // Lists of long texts do not fill the memory.
    let texts = format!("<note>{}</note>", "x".repeat(1 << 14)).repeat(1_000);
    let reading = read_aggregate(self::report(&record(&texts)).as_bytes(), &Hints::default());
    let kept: usize = reading.only().records[0].extras.iter().map(|extra| extra.text.len()).sum();
    assert!((4 << 20) - (1 << 15) < kept && kept <= 4 << 20, "{kept}");
    assert!(reading.findings.has(Kind::TextLimit));
}

/// Nothing between or in records takes room from what they state.
#[test]
fn a_long_text_costs_no_other_value() {
    let junk = "x".repeat(300_000);
    let sound = record("<dkim><domain>d.example</domain><result>pass</result></dkim>");
    let in_record = sound.replace("<row>", &format!("{junk}<row>"));
    let unclosed = sound.replace("<row>", &format!("<note>{junk}<row>"));
    for text in [format!("{junk}{sound}{sound}"), format!("{in_record}{unclosed}")] {
        let reading = read_aggregate(report(&text).as_bytes(), &Hints::default());
        let read = &reading.only().records;
        assert_eq!(read.len(), 2);
        for record in read {
            assert_eq!(record.count, Some(1));
            assert_eq!(record.header_from.as_deref(), Some("example.com"));
            assert_eq!(record.auth.dkim[0].domain.as_deref(), Some("d.example"));
        }
        assert!(reading.findings.has(Kind::TextLimit));
        assert!(!reading.findings.has(Kind::EmptyValue), "{:?}", reading.kinds());
    }
}

#[test]
fn roots_without_anything_are_one_damaged_report() {
    let reading = read_aggregate("<feedback>".repeat(10_000).as_bytes(), &Hints::default());
    assert_eq!((reading.outcome, reading.reports.len()), (Outcome::Damaged, 1));
    let text = format!("<feedback><feedback>{}", report(&record("")));
    let reading = read_aggregate(text.as_bytes(), &Hints::default());
    assert_eq!(reading.outcome, Outcome::Opened);
    assert_eq!(reading.reports.iter().map(|report| report.records.len()).sum::<usize>(), 1);
}

#[test]
fn depth() {
    let text =
        report(&format!("{}{}{}", "<x>".repeat(100_000), record(""), "</x>".repeat(100_000)));
    let reading = read_aggregate(text.as_bytes(), &Hints::default());
    assert_eq!(reading.only().records.len(), 1);
    assert_eq!(reading.details(Kind::NestingLimit), ["200"]);
}

/// A document that never exists as a whole.
#[test]
fn a_large_report_streams_through() {
    const RECORDS: usize = 20_000;
    let whole = report("|");
    let (head, tail) = whole.split_once('|').expect("a place for records");
    let one = record("");
    let records = std::iter::repeat_n(one.as_bytes(), RECORDS);
    let pieces = std::iter::once(head.as_bytes()).chain(records).chain([tail.as_bytes()]);
    let mut source = BufReader::new(Pieces { pieces, rest: b"" });
    let mut count = Count::default();
    let limits = Limits::default();
    let context = Context { limits: &limits, decode: decode_natively };
    let outcome = aggregate::read(&mut source, &Hints::default(), &context, &mut count);
    assert_eq!((outcome, count.records, count.headers), (Outcome::Opened, RECORDS, 1));
}

/// Reads pieces one after the other.
struct Pieces<'p, I> {
    pieces: I,
    rest: &'p [u8],
}

impl<'p, I: Iterator<Item = &'p [u8]>> Read for Pieces<'p, I> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.rest.is_empty() {
            match self.pieces.next() {
                Some(piece) => self.rest = piece,
                None => return Ok(0),
            }
        }
        self.rest.read(buffer)
    }
}

/// A sink that keeps nothing.
#[derive(Default)]
struct Count {
    records: usize,
    headers: usize,
}

impl Sink for Count {
    fn record(&mut self, _: &AggregateRecord<'_>) {
        self.records += 1;
    }

    fn tls_policy(&mut self, _: &TlsPolicy<'_>) {}

    fn failure(&mut self, _: &Failure<'_>) {}

    fn header(&mut self, _: &Header<'_>) {
        self.headers += 1;
    }

    fn finding(&mut self, kind: Kind, at: Whereabouts, detail: &str) {
        panic!("{kind:?} at {at:?}: {detail}");
    }
}
