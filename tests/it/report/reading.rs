//! One call for each reader, with everything it says collected.

use serde::Serialize;
use vitrail::base::context::decode_natively;
use vitrail::base::{Context, Feedback, Findings, Format, Kind, Limits, Outcome, Whereabouts};
use vitrail::intake::read_feedback;
use vitrail::report::{
    AggregateRecord, Failure, Header, Hints, Report, Sink, TlsPolicy, aggregate, failure, tls,
};

/// Everything that was said of one part.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    pub outcome: Outcome,
    pub findings: Findings,
    pub reports: Vec<Report>,
}

impl Reading {
    /// The one report that is expected.
    pub fn only(&self) -> &Report {
        match &self.reports[..] {
            [report] => report,
            reports => panic!("{} reports", reports.len()),
        }
    }

    pub fn details(&self, kind: Kind) -> Vec<&str> {
        let tallies = self.findings.tallies().iter().filter(|tally| tally.kind == kind);
        tallies.flat_map(|tally| &tally.first).map(|sighting| &*sighting.detail).collect()
    }

    pub fn kinds(&self) -> Vec<&'static str> {
        self.findings.tallies().iter().map(|tally| tally.kind.code()).collect()
    }
}

/// Reads one TLS report or several.
pub fn read_tls(bytes: &[u8], hints: &Hints<'_>) -> Reading {
    read_tls_within(bytes, hints, &Limits::default())
}

pub fn read_tls_within(bytes: &[u8], hints: &Hints<'_>, limits: &Limits) -> Reading {
    collect(limits, |cx, sink| tls::read(&mut &bytes[..], hints, cx, sink))
}

/// Reads one aggregate report or several.
pub fn read_aggregate(bytes: &[u8], hints: &Hints<'_>) -> Reading {
    read_aggregate_within(bytes, hints, &Limits::default())
}

pub fn read_aggregate_within(bytes: &[u8], hints: &Hints<'_>, limits: &Limits) -> Reading {
    collect(limits, |cx, sink| aggregate::read(&mut &bytes[..], hints, cx, sink))
}

/// Reads the parts of a mail that is, or may be, a failure report.
pub fn read_failure(mail: &Feedback<'_>, hints: &Hints<'_>) -> Reading {
    collect(&Limits::default(), |cx, sink| failure::read(mail, hints, cx, sink))
}

/// Reads a mail that is, or may be, a failure report.
pub fn read_failure_mail(bytes: &[u8]) -> Reading {
    let limits = Limits::default();
    let cx = Context { limits: &limits, decode: decode_natively };
    let mut reading = None;
    read_feedback(bytes, Format::Mail, &cx, &mut |mail, feedback| {
        reading = Some(read_failure(feedback, &Hints { name: None, mail: Some(mail) }));
    });
    reading.expect("a mail")
}

fn collect(limits: &Limits, read: impl FnOnce(&Context<'_>, &mut dyn Sink) -> Outcome) -> Reading {
    let mut collector = Collector::default();
    let cx = Context { limits, decode: decode_natively };
    let outcome = read(&cx, &mut collector);
    let Collector { findings, reports, open } = collector;
    assert_eq!(open, Report::default(), "rows without a header");
    Reading { outcome, findings, reports }
}

/// Sightings kept of a kind: more than any document here has.
const SIGHTINGS: usize = 5_000;

/// A sink for parts with any number of reports.
#[derive(Default)]
struct Collector {
    findings: Findings,
    reports: Vec<Report>,
    open: Report,
}

impl Sink for Collector {
    fn record(&mut self, record: &AggregateRecord<'_>) {
        self.open.record(record);
    }

    fn tls_policy(&mut self, policy: &TlsPolicy<'_>) {
        self.open.tls_policy(policy);
    }

    fn failure(&mut self, failure: &Failure<'_>) {
        self.open.failure(failure);
    }

    fn header(&mut self, header: &Header<'_>) {
        self.open.header(header);
        self.reports.push(std::mem::take(&mut self.open));
    }

    fn finding(&mut self, kind: Kind, at: Whereabouts, detail: &str) {
        self.findings.add(kind, at, detail, SIGHTINGS);
    }
}
