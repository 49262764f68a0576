//! What the file name and the mail add, and what is no report at all.

use vitrail::base::{Kind, MailHeader, Outcome, UnixSeconds};
use vitrail::report::{Header, Hints};

use super::make::{record, report};
use crate::report::reading::{Reading, read_aggregate};

const NAME: &str = "reporter.example!named.example!1795392000!1795478399!1.xml.gz";
const SENT: UnixSeconds = UnixSeconds(1_795_500_000);

fn header(reading: &Reading) -> &Header<'static> {
    reading.only().header.as_ref().expect("a header")
}

fn mail(subject: &str) -> MailHeader {
    MailHeader { subject: Some(subject.to_owned()), date: Some(SENT), ..MailHeader::default() }
}

#[test]
fn the_report_rules_over_its_surroundings() {
    let mail = mail("Report Domain: subject.example Submitter: reporter.example");
    let hints = Hints { name: Some("a!b.example!1!2.xml"), mail: Some(&mail) };
    let reading = read_aggregate(report(&record("")).as_bytes(), &hints);
    assert_eq!(header(&reading).domain.as_deref(), Some("example.com"));
    assert_eq!(header(&reading).begin, Some(UnixSeconds(1_795_392_000)));
    assert_eq!(reading.kinds(), Vec::<&str>::new());
}

#[test]
fn missing_dates_come_from_the_name_and_then_from_the_mail() {
    let mail = mail("");
    let text = report(&record("")).replace("<begin>1795392000</begin><end>1795478399</end>", "");
    let dates = |name| {
        let reading = read_aggregate(text.as_bytes(), &Hints { name, mail: Some(&mail) });
        let header = header(&reading);
        let missing = reading.details(Kind::MissingValue);
        assert_eq!(missing, ["report_metadata/date_range/begin", "report_metadata/date_range/end"]);
        let from = reading.details(Kind::DateFromName).join(" ");
        (header.begin.map(|at| at.0), header.end.map(|at| at.0), from)
    };
    assert_eq!(dates(Some(NAME)), (Some(1_795_392_000), Some(1_795_478_399), NAME.to_owned()));
    let sent = (Some(SENT.0), Some(SENT.0), "2026-11-24T06:00:00Z".to_owned());
    assert_eq!(dates(Some("report.xml")), sent);
}

#[test]
fn a_missing_domain_comes_from_the_name_and_then_from_the_subject() {
    let mail = mail("Report Domain: subject.example Submitter: reporter.example");
    let text = report(&record("")).replace("<domain>example.com</domain>", "");
    let domain = |name| {
        let reading = read_aggregate(text.as_bytes(), &Hints { name, mail: Some(&mail) });
        assert_eq!(reading.details(Kind::MissingValue), ["policy_published/domain"]);
        let domain = header(&reading).domain.clone().expect("a domain").into_owned();
        assert_eq!(reading.details(Kind::DomainFromName), [domain.as_str()]);
        domain
    };
    assert_eq!(domain(Some(NAME)), "named.example");
    assert_eq!(domain(None), "subject.example");
}

#[test]
fn a_report_of_what_happens_after_it_was_sent_is_odd() {
    let mail = MailHeader { date: Some(UnixSeconds(1_795_000_000)), ..MailHeader::default() };
    let hints = Hints { name: None, mail: Some(&mail) };
    let reading = read_aggregate(report(&record("")).as_bytes(), &hints);
    assert_eq!(reading.kinds(), ["odd-period"]);
}

#[test]
fn other_documents_are_no_reports() {
    for (text, root) in [
        ("", ""),
        ("unused", ""),
        ("<svg xmlns='http://www.w3.org/2000/svg'><rect/></svg>", "svg"),
        ("<!DOCTYPE html><html><body>Report Domain: example.com<br></body></html>", "html"),
        ("<collection><record><leader>x</leader></record></collection>", "collection"),
        ("<table><record><count>1</count></record></table>", "table"),
        ("<feedback><customer>happy</customer></feedback>", "feedback"),
        ("<feedback/>", "feedback"),
        ("<rss><version>2</version><email>a@b.example</email></rss>", "rss"),
    ] {
        let reading = read_aggregate(text.as_bytes(), &Hints { name: Some(NAME), mail: None });
        assert_eq!((reading.outcome, reading.reports.len()), (Outcome::NotAReport, 0), "{text}");
        assert_eq!(reading.kinds(), ["no-report"], "{text}");
        assert_eq!(reading.details(Kind::NoReport), [root]);
    }
}

/// Of a report that breaks off early, what stood before is told, and its period
/// and domain by its name.
#[test]
fn broken_off_anywhere() {
    let text = report(&record(""));
    let whole = read_aggregate(text.as_bytes(), &Hints::default());
    for end in 0..text.len() - 2 {
        let reading =
            read_aggregate(&text.as_bytes()[..end], &Hints { name: Some(NAME), mail: None });
        if reading.outcome == Outcome::NotAReport {
            assert!(end <= "<feedback>\n<".len(), "{end}");
            continue;
        }
        assert!(reading.findings.has(Kind::XmlTruncated), "{end}");
        let header = header(&reading);
        assert_eq!(header.begin, Some(UnixSeconds(1_795_392_000)), "{end}");
        assert!(header.domain.is_some(), "{end}");
        // Nothing is cut short: a value is whole or not there.
        for read in &reading.only().records {
            let original = &whole.only().records[0];
            assert!(read.source_ip.is_none() || read.source_ip == original.source_ip, "{end}");
            assert!(
                read.header_from.is_none() || read.header_from == original.header_from,
                "{end}"
            );
        }
        let expected =
            if reading.only().records.is_empty() { Outcome::Damaged } else { Outcome::Opened };
        assert_eq!(reading.outcome, expected, "{end}");
    }
}
