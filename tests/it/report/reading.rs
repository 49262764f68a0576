//! One call for each reader, with everything it says collected.

use mail_parser::{MessageParser, MimeHeaders};
use serde::Serialize;
use vitrail::base::context::decode_natively;
use vitrail::base::{
    Context, Feedback, Findings, Kind, Limits, MailHeader, Outcome, Sample, UnixSeconds,
    Whereabouts,
};
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

/// Takes a mail apart as intake does, only with less care, and reads it.
pub fn read_failure_mail(bytes: &[u8]) -> Reading {
    // Lines that end as on old Macs.
    let mut bytes = bytes.to_vec();
    if !bytes.contains(&b'\n') {
        bytes.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
    }
    let mail = MessageParser::new().with_mime_headers().with_address_headers();
    let mail = mail.with_message_ids().with_date_headers().default_header_text();
    let mail = mail.parse(&bytes).expect("a mail");
    let of_type = |wanted: &[&str]| {
        mail.parts.iter().find(|part| {
            let declared = part.content_type().map(|t| {
                format!("{}/{}", t.ctype(), t.subtype().unwrap_or_default()).to_ascii_lowercase()
            });
            declared.is_some_and(|declared| wanted.contains(&declared.as_str()))
        })
    };
    let text = mail.body_text(0);
    let sample = of_type(&["message/rfc822", "text/rfc822-headers", "text/rfc822-header"]);
    let feedback = Feedback {
        text: text.as_deref(),
        report: of_type(&["message/feedback-report"]).map(|part| part.contents()),
        sample: sample.map(|part| Sample { bytes: part.contents(), headers_only: part.is_text() }),
    };
    let from = mail.from().and_then(|from| from.first()).and_then(|from| from.address());
    let header = MailHeader {
        from: from.map(str::to_owned),
        subject: mail.subject().map(str::to_owned),
        message_id: mail.message_id().map(str::to_owned),
        date: mail.date().map(|date| UnixSeconds(date.to_timestamp())),
        ..MailHeader::default()
    };
    read_failure(&feedback, &Hints { name: None, mail: Some(&header) })
}

fn collect(limits: &Limits, read: impl FnOnce(&Context<'_>, &mut dyn Sink) -> Outcome) -> Reading {
    let mut collector = Collector::default();
    let cx = Context { limits, decode: decode_natively };
    let outcome = read(&cx, &mut collector);
    let Collector { findings, reports, open } = collector;
    assert_eq!(open, Report::default(), "rows without a header");
    Reading { outcome, findings, reports }
}

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
        self.findings.add(kind, at, detail, 20);
    }
}
