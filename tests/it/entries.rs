//! The ways in for hostile bytes, one for each reader: what the seeded mutator
//! of these tests and the fuzz targets (`fuzz/`) both call. Each returns, or
//! the input is a find.

use std::io::{BufReader, Cursor};

use vitrail::base::context::decode_natively;
use vitrail::base::{Context, Feedback, FileId, Limits, MailHeader, Outcome, Sample, UnixSeconds};
use vitrail::dns::mta_sts::resolver;
use vitrail::dns::name::is_domain;
use vitrail::dns::{Say as _, check, explain, lookup};
use vitrail::ingest;
use vitrail::report::{Hints, Report, aggregate, failure, tls};
use vitrail::store::Batch;
use vitrail::wire::FileRef;

/// The reader of XML reports, fed in pieces of every size.
pub fn aggregate(bytes: &[u8]) {
    for_limits(|cx| {
        let mut pieces = pieces(bytes);
        let mut report = Report::default();
        let outcome = aggregate::read(&mut pieces, &hints(&mail()), cx, &mut report);
        hold(outcome, &report);
    });
}

/// The reader of JSON reports.
pub fn tls(bytes: &[u8]) {
    for_limits(|cx| {
        let mut pieces = pieces(bytes);
        let mut report = Report::default();
        let outcome = tls::read(&mut pieces, &hints(&mail()), cx, &mut report);
        hold(outcome, &report);
    });
}

/// The reader of failure reports: the bytes as every part of a mail, and as its
/// text alone.
pub fn failure(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let sample = Some(Sample { bytes, headers_only: false });
    let whole = Feedback { text: Some(&text), report: Some(bytes), sample };
    let text_only = Feedback { report: None, sample: None, ..whole };
    for_limits(|cx| {
        for feedback in [whole, text_only] {
            let mut report = Report::default();
            let outcome = failure::read(&feedback, &hints(&mail()), cx, &mut report);
            hold(outcome, &report);
        }
    });
}

/// A whole file, of any kind: containers, the readers behind them, and a batch of
/// what they read.
pub fn intake(bytes: &[u8]) {
    for_limits(|cx| {
        let size = bytes.len() as u64;
        let file = FileRef::new(FileId(0), "input".to_owned(), size);
        let mut batch = Batch::default();
        ingest::file(&mut Cursor::new(bytes), &file, cx, &mut batch, &mut |_| ());
        assert_eq!(batch.tables().check(), Ok(()), "the batch is whole");
    });
}

/// The readers of DNS records, as they are typed and as DNS tools print them.
pub fn dns_records(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let checked = check::records([&*text], &|_| None);
    assert!(checked.value.len() <= text.len() + 1, "records out of nothing");
    let records: Vec<String> = text.lines().map(str::to_owned).collect();
    let _ = resolver::record_id(&records);
}

/// The readers of MTA-STS policy files.
pub fn dns_policy(bytes: &[u8]) {
    let hosts = ["mail.example.com".to_owned()];
    let checked = check::mta_sts(bytes, &hosts);
    assert!(checked.value.is_some() || checked.has_faults(), "no policy, and nothing wrong");
    let _ = resolver::policy_mode(&String::from_utf8_lossy(bytes));
}

/// The reader of error messages.
pub fn dns_explain(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let found = explain::recognise(&text);
    assert!(found.len() <= explain::Topic::ALL.len(), "a topic twice");
    assert!(explain::domains(&text).iter().all(|domain| is_domain(domain)), "no domain");
}

/// The reader of what DNS tools and `curl` print.
pub fn dns_lookup(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let pasted = lookup::read(&text);
    assert!(pasted.answers.keys().all(|asked| is_domain(&asked.name)), "no name: {pasted:?}");
    let check = lookup::check("example.com", &pasted, UnixSeconds(1_795_500_000), &|_| None);
    assert!(check.next.iter().all(|asked| is_domain(&asked.name)), "no name: {:?}", check.next);
}

/// What must hold of any reading: rows come with a header, and what was not
/// opened says why.
fn hold(outcome: Outcome, report: &Report) {
    let rows = report.records.len() + report.tls_policies.len() + report.failures.len();
    assert!(rows == 0 || report.header.is_some(), "rows without a header");
    match outcome {
        Outcome::Opened => assert!(report.header.is_some(), "opened without a header"),
        // The text of a mail that is no report is no fault of the mail.
        Outcome::NotAReport => assert!(rows == 0, "rows of no report"),
        _ => assert!(!report.findings.is_empty(), "{outcome:?} without a finding"),
    }
}

/// Runs with the limits of the product, and with such as any input reaches.
fn for_limits(run: impl Fn(&Context<'_>)) {
    let tight = Limits {
        output_bytes_per_file: 1 << 20,
        ratio: 2,
        ratio_floor_bytes: 1 << 10,
        buffered_bytes: 4 << 10,
        depth: 2,
        members: 3,
        parts_per_mail: 4,
        parts_per_file: 8,
        records_per_report: 2,
        list_entries: 2,
        tls_failures_per_policy: 2,
        text_bytes: 9,
        xml_depth: 5,
        json_depth: 4,
        json_bytes: 700,
        sightings_per_kind: 1,
        ..Limits::default()
    };
    for limits in [Limits::default(), tight] {
        run(&Context { limits: &limits, decode: decode_natively });
    }
}

/// The bytes in pieces, of a size that the bytes themselves choose.
fn pieces(bytes: &[u8]) -> BufReader<&[u8]> {
    let size = bytes.iter().fold(0_usize, |sum, byte| sum.wrapping_mul(31) + usize::from(*byte));
    BufReader::with_capacity(1 + size % 97, bytes)
}

fn hints(mail: &MailHeader) -> Hints<'_> {
    Hints { name: Some("receiver.example!example.com!1795392000!1795478399.xml"), mail: Some(mail) }
}

fn mail() -> MailHeader {
    MailHeader {
        from: Some("reports@receiver.example".to_owned()),
        subject: Some("Report Domain: example.com Submitter: receiver.example".to_owned()),
        message_id: Some("1@receiver.example".to_owned()),
        date: Some(UnixSeconds(1_795_500_000)),
        ..MailHeader::default()
    }
}
