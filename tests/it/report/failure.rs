//! Failure reports: what no golden fixture can say.

use std::time::{Duration, Instant};

use vitrail::base::{Feedback, Kind, Outcome, Sample};
use vitrail::report::Hints;

use super::reading::{read_failure, read_failure_mail};
use crate::shared_corpus;

#[test]
fn the_shared_corpus_opens() {
    let Some(rows) = shared_corpus::rows(&["failure"], "the_shared_corpus_opens") else { return };
    for row in rows {
        let reading = read_failure_mail(&row.bytes);
        if row.note("records") == Some("0") {
            assert_eq!(reading.outcome, Outcome::NotAReport, "{}", row.path);
            continue;
        }
        assert_eq!(reading.outcome, Outcome::Opened, "{}", row.path);
        let report = reading.only();
        let [failure] = &report.failures[..] else { panic!("{}", row.path) };
        let quirks = row.note("quirks").unwrap_or_default();
        for (quirk, is_read) in [
            (
                "ft=auth-failure",
                failure.feedback_type.as_ref().map(|t| t.as_str()) == Some("auth-failure"),
            ),
            ("ft=abuse", failure.feedback_type.as_ref().map(|t| t.as_str()) == Some("abuse")),
            ("af=dmarc", failure.auth_failure.iter().map(|t| t.as_str()).eq(["dmarc"])),
            ("af=bodyhash", failure.auth_failure.iter().map(|t| t.as_str()).eq(["bodyhash"])),
            ("source-ip", failure.source_ip.is_some()),
            ("arrival-date", failure.arrival.is_some()),
            ("received-date", failure.arrival.is_some()),
            ("reported-domain", !failure.reported_domains.is_empty()),
            ("reported-uri", !failure.reported_uris.is_empty()),
            ("dkim-domain", failure.dkim_domain.is_some()),
            ("3rd=message/rfc822", failure.sample_header.is_some()),
        ] {
            assert!(is_read || !quirks.split(',').any(|q| q == quirk), "{}: {quirk}", row.path);
        }
        let header = report.header.as_ref().expect("a header");
        assert!(header.domain.is_some() && header.begin.is_some(), "{}", row.path);
    }
}

/// Every value of a feedback part stands in what was read, or in a finding.
#[test]
fn no_stated_value_is_lost() {
    let mut text = String::new();
    for (n, name) in [
        "Feedback-Type",
        "User-Agent",
        "Version",
        "Original-Envelope-Id",
        "Original-Mail-From",
        "Arrival-Date",
        "Received-Date",
        "Reporting-MTA",
        "Source-IP",
        "Source-Port",
        "Incidents",
        "Authentication-Results",
        "Original-Rcpt-To",
        "Reported-Domain",
        "Reported-URI",
        "Delivery-Result",
        "Auth-Failure",
        "Identity-Alignment",
        "DKIM-Domain",
        "DKIM-Identity",
        "DKIM-Selector",
        "DKIM-Canonicalized-Header",
        "DKIM-Canonicalized-Body",
        "DKIM-ADSP-DNS",
        "SPF-DNS",
        "X-Unknown",
    ]
    .iter()
    .enumerate()
    {
        text.push_str(&format!("{name}: once-{n}\n{}: twice-{n}\n", name.to_uppercase()));
    }
    let mail = Feedback { text: Some(""), report: Some(text.as_bytes()), sample: None };
    let reading = read_failure(&mail, &Hints::default());
    let said = format!("{reading:?}");
    for n in 0..26 {
        for value in [format!("once-{n}"), format!("twice-{n}")] {
            assert!(said.contains(&value), "{value} is lost");
        }
    }
}

/// A feedback part of which the transfer encoding was not undone.
#[test]
fn base64_that_nobody_declared() {
    let packed =
        b"RmVlZGJhY2stVHlwZTogYXV0aC1mYWlsdXJlDQpSZXBvcnRl\r\nZC1Eb21haW46IGV4YW1wbGUuY29tDQo";
    let mail = Feedback { text: None, report: Some(packed), sample: None };
    let reading = read_failure(&mail, &Hints::default());
    let header = reading.only().header.as_ref().expect("a header");
    assert_eq!(header.domain.as_deref(), Some("example.com"));
    assert_eq!(reading.details(Kind::MimeMalformed), ["Content-Transfer-Encoding"]);
}

/// A sample alone is a forwarded mail; beside an unreadable feedback part it is evidence.
#[test]
fn a_sample_without_a_feedback_part() {
    let sample = Some(Sample { bytes: b"From: a@example.com\n\nHi", headers_only: false });
    let mail = Feedback { text: Some("See below"), report: None, sample };
    assert_eq!(read_failure(&mail, &Hints::default()).outcome, Outcome::NotAReport);
    let reading = read_failure(&Feedback { report: Some(b"?"), ..mail }, &Hints::default());
    assert_eq!(reading.outcome, Outcome::Opened);
    assert_eq!(reading.only().failures[0].header_from.as_deref(), Some("a@example.com"));
}

/// Long texts that could cost the square of their length, or much memory.
#[test]
fn no_text_is_slow() {
    let n = 50_000;
    for text in [
        "a:b\n".repeat(n),
        format!("Feedback-Type: abuse\n{}", "X: y\n".repeat(n)),
        format!("Feedback-Type: abuse\n{}", " folded\n".repeat(n)),
        format!("Feedback-Type: abuse\n{}", "Original-Rcpt-To: a\n".repeat(n)),
        "A message claiming to be from you has ".repeat(n / 10),
        format!(
            "A message claiming to be from you has failed\n{}",
            "Sender Domain: x ".repeat(n / 10)
        ),
        "report for an email message received from x on ".repeat(n / 10),
        "(".repeat(n),
        format!("Received-Date: {}", "(".repeat(n)),
    ] {
        let sample = Some(Sample { bytes: text.as_bytes(), headers_only: false });
        let mail = Feedback { text: Some(&text), report: Some(text.as_bytes()), sample };
        let start = Instant::now();
        let reading = read_failure(&mail, &Hints::default());
        assert!(start.elapsed() < Duration::from_secs(30), "{}", &text[..20]);
        assert!(!reading.findings.is_empty(), "{}", &text[..20]);
    }
}
