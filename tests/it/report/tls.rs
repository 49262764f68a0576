//! TLS reports: what no golden fixture can say.

use std::io::Read;
use std::time::{Duration, Instant};

use mail_parser::{MessageParser, MimeHeaders};
use serde_json::{Value, json};
use vitrail::base::{Kind, Limits, MailHeader, Outcome, UnixSeconds};
use vitrail::report::Hints;

use super::reading::{read_tls, read_tls_within};
use crate::random::{Random, for_seeds};
use crate::shared_corpus;

/// A report as RFC 8460 has it, for tests to change.
pub fn sound() -> Value {
    json!({
        "organization-name": "Example Corp",
        "date-range": {
            "start-datetime": "2026-11-23T00:00:00Z",
            "end-datetime": "2026-11-23T23:59:59Z"
        },
        "contact-info": "tls@reporter.example.net",
        "report-id": "7f2c@reporter.example.net",
        "policies": [{
            "policy": {
                "policy-type": "sts",
                "policy-string": ["version: STSv1", "mode: testing", "mx: mx.example.com", "max_age: 86400"],
                "policy-domain": "example.com",
                "mx-host": ["mx.example.com"]
            },
            "summary": { "total-successful-session-count": 40, "total-failure-session-count": 2 },
            "failure-details": [{
                "result-type": "certificate-expired",
                "sending-mta-ip": "192.0.2.7",
                "receiving-mx-hostname": "mx.example.com",
                "receiving-mx-helo": "mx",
                "receiving-ip": "198.51.100.9",
                "failed-session-count": 2,
                "additional-information": "https://reporter.example.net/why",
                "failure-reason-code": "X509_V_ERR_CERT_HAS_EXPIRED"
            }]
        }]
    })
}

pub fn read_value(value: &Value) -> super::reading::Reading {
    read_tls(value.to_string().as_bytes(), &Hints::default())
}

#[test]
fn a_sound_report_gives_no_finding() {
    let reading = read_value(&sound());
    assert_eq!((reading.outcome, reading.kinds()), (Outcome::Opened, vec![]));
    let report = reading.only();
    let header = report.header.as_ref().expect("a header");
    assert_eq!(header.domain.as_deref(), Some("example.com"));
    assert_eq!(header.begin, Some(UnixSeconds(1_795_392_000)));
    assert_eq!(header.end, Some(UnixSeconds(1_795_478_399)));
    assert_eq!(report.tls_policies[0].failures[0].failed_sessions, Some(2));
}

#[test]
fn the_shared_corpus_opens() {
    let Some(rows) = shared_corpus::rows(&["tlsrpt"], "the_shared_corpus_opens") else { return };
    for row in rows {
        let (name, json) = unwrap(&row);
        let reading = read_tls(&json, &Hints { name: name.as_deref(), mail: None });
        assert_eq!(reading.outcome, Outcome::Opened, "{}", row.path);
        let report = reading.only();
        let records = row.note("records").and_then(|n| n.parse().ok());
        assert_eq!(Some(report.tls_policies.len()), records, "{}", row.path);
        let header = report.header.as_ref().expect("a header");
        assert_eq!(header.reporter.as_deref(), row.note("reporter"), "{}", row.path);
        assert!(header.begin < header.end, "{}", row.path);
        assert!(!reading.findings.has(Kind::JsonMalformed), "{}", row.path);
    }
}

/// The JSON in a file of the corpus, with the name of its attachment.
fn unwrap(row: &shared_corpus::Row) -> (Option<String>, Vec<u8>) {
    let (name, bytes) = if row.container.starts_with("eml") {
        let mail = MessageParser::new().parse(&row.bytes).expect("a mail");
        let part = mail
            .parts
            .iter()
            .find(|part| part.content_type().is_some_and(|t| t.ctype() == "application"))
            .expect("an attachment");
        (part.attachment_name().map(str::to_owned), part.contents().to_vec())
    } else {
        (None, row.bytes.clone())
    };
    if !row.container.contains("gz") {
        return (name, bytes);
    }
    let mut json = Vec::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut json).expect("gzip");
    (name, json)
}

/// Every leaf of a report stands in what was read or in a finding, whatever
/// stands where something else should.
#[test]
fn no_stated_value_is_lost() {
    for_seeds(0..400, |random| {
        let mut report = sound();
        for n in 0..=random.below(4) {
            let odd = odd_value(random, n * 100);
            disturb(&mut report, random, &format!("name-{n}"), odd);
        }
        let reading = read_value(&report);
        let said = serde_json::to_string(&reading).expect("a reading as JSON");
        let mut leaves = Vec::new();
        collect_leaves(&report, &mut leaves);
        for leaf in leaves {
            // Dates stand as seconds.
            let leaf = leaf.replace("2026-11-23T00:00:00Z", "1795392000");
            let leaf = leaf.replace("2026-11-23T23:59:59Z", "1795478399");
            assert!(said.contains(&leaf), "{leaf} is lost of {report}");
        }
    });
}

/// A value that is like no other, of any type.
fn odd_value(random: &mut Random, n: usize) -> Value {
    match random.below(6) {
        0 => json!(format!("text-{n}")),
        1 => json!(770_000 + n),
        2 => json!(-1 - n as i64),
        3 => json!([format!("first-{n}"), format!("second-{n}"), [n + 880_000]]),
        4 => json!({ "a": { "b": format!("deep-{n}") }, "c": format!("flat-{n}") }),
        _ => json!([{ "a": format!("listed-{n}") }, null, true]),
    }
}

/// Puts `odd` somewhere: under a new name, or in the place of what stood there.
fn disturb(value: &mut Value, random: &mut Random, name: &str, odd: Value) {
    match value {
        Value::Object(members) => {
            let names: Vec<String> = members.keys().cloned().collect();
            if names.is_empty() || random.percent(20) {
                members.insert(name.to_owned(), odd);
            } else if let Some(member) = members.get_mut(random.pick(&names)) {
                disturb(member, random, name, odd);
            }
        }
        Value::Array(values) if !values.is_empty() && random.percent(80) => {
            let index = random.below(values.len());
            disturb(&mut values[index], random, name, odd);
        }
        _ => *value = odd,
    }
}

fn collect_leaves(value: &Value, leaves: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.values().for_each(|value| collect_leaves(value, leaves)),
        Value::Array(values) => values.iter().for_each(|value| collect_leaves(value, leaves)),
        Value::Null => {}
        Value::String(text) => leaves.push(text.clone()),
        other => leaves.push(other.to_string()),
    }
}

/// The members of a report may stand in any order: the policies first, too.
#[test]
fn order_is_free() {
    let text = r#"{"policies":[{"policy":{"policy-type":"no-policy-found"},
        "summary":{"total-successful-session-count":1,"total-failure-session-count":0}}],
        "date-range":{"end-datetime":"2026-11-23T23:59:59Z","start-datetime":"2026-11-23T00:00:00Z"},
        "report-id":"2026-11-23T00:00:00Z_example.org","contact-info":"a@b.example","organization-name":"O"}"#;
    let reading = read_tls(text.as_bytes(), &Hints::default());
    let policy = &reading.only().tls_policies[0];
    assert_eq!(policy.policy_domain.as_deref(), Some("example.org"));
    assert_eq!(reading.details(Kind::DomainFromName), ["example.org"]);
}

/// A policy's domain comes from the file name, else the mail, else the subject, else the id.
#[test]
fn a_missing_domain_is_found_elsewhere() {
    let mut report = sound();
    report["policies"][0]["policy"]["policy-domain"] = json!(null);
    report["report-id"] = json!("133925885310113267+four.example");
    let text = report.to_string();
    let mut mail = MailHeader::default();
    let domain = |name: Option<&str>, mail: &MailHeader| {
        let reading = read_tls(text.as_bytes(), &Hints { name, mail: Some(mail) });
        let header = reading.only().header.clone().expect("a header");
        header.domain.map(|domain| domain.into_owned())
    };
    assert_eq!(domain(None, &mail).as_deref(), Some("four.example"));
    mail.subject = Some("Report Domain: three.example Submitter: s.example".to_owned());
    assert_eq!(domain(None, &mail).as_deref(), Some("three.example"));
    mail.tls_report_domain = Some("two.example".to_owned());
    assert_eq!(domain(None, &mail).as_deref(), Some("two.example"));
    let name = "reporter.example!one.example!1795392000!1795478399.json.gz";
    assert_eq!(domain(Some(name), &mail).as_deref(), Some("one.example"));
}

/// Wherever the text breaks off, what stood before is read and nothing is made up.
#[test]
fn broken_off_anywhere() {
    let text = format!("{:#}", sound());
    let whole = read_tls(text.as_bytes(), &Hints::default());
    let whole_policy = &whole.only().tls_policies[0];
    for end in 0..text.len() - 1 {
        let reading = read_tls(&text.as_bytes()[..end], &Hints::default());
        if !matches!(reading.outcome, Outcome::Empty | Outcome::NotAReport) {
            assert!(reading.findings.has(Kind::JsonMalformed), "{end}");
        }
        for policy in reading.reports.iter().flat_map(|report| &report.tls_policies) {
            for (part, all) in
                [(policy.successful, whole_policy.successful), (policy.failed, whole_policy.failed)]
            {
                assert!(part.is_none() || part == all, "{end}");
            }
            assert!(
                policy.policy_string.iter().all(|s| whole_policy.policy_string.contains(s)),
                "{end}"
            );
        }
    }
    let end = text.find("failure-details").expect("details");
    let reading = read_tls(&text.as_bytes()[..end], &Hints::default());
    assert_eq!((reading.outcome, reading.only().tls_policies.len()), (Outcome::Opened, 1));
    let end = text.find("policies").expect("policies");
    let reading = read_tls(&text.as_bytes()[..end], &Hints::default());
    assert_eq!((reading.outcome, reading.only().tls_policies.len()), (Outcome::Damaged, 0));
}

#[test]
fn several_reports_in_one_part() {
    let (one, mut two) = (sound(), sound());
    two["report-id"] = json!("second");
    for text in [format!("{one}\n{two}\n"), json!([one, two]).to_string(), format!("[{one},{two}")]
    {
        let reading = read_tls(text.as_bytes(), &Hints::default());
        let ids: Vec<_> = reading
            .reports
            .iter()
            .map(|report| report.header.as_ref().and_then(|h| h.report_id.as_deref()))
            .collect();
        assert_eq!(ids, [Some("7f2c@reporter.example.net"), Some("second")], "{text}");
        assert!(reading.reports.iter().all(|report| report.tls_policies.len() == 1));
    }
}

#[test]
fn other_json_is_no_report() {
    for text in [
        "{}",
        "[]",
        "{\"name\":\"vitrail\",\"version\":\"1\"}",
        "[1,2,3]",
        "{ font: bold; }",
        "true",
    ] {
        let reading = read_tls(text.as_bytes(), &Hints::default());
        assert_eq!(
            (reading.outcome, reading.kinds()),
            (Outcome::NotAReport, vec!["no-report"]),
            "{text}"
        );
    }
    let reading = read_tls(b" \n", &Hints::default());
    assert_eq!((reading.outcome, reading.kinds()), (Outcome::Empty, vec!["empty-part"]));
}

/// A report of which next to nothing is left is still known by its name.
#[test]
fn a_destroyed_report_is_known_by_its_name() {
    let name = "reporter.example!example.com!1795392000!1795478399.json";
    let reading = read_tls(b"{\"organ", &Hints { name: Some(name), mail: None });
    assert_eq!(reading.outcome, Outcome::Damaged);
    let header = reading.only().header.as_ref().expect("a header");
    assert_eq!(header.reporter.as_deref(), Some("reporter.example"));
    assert_eq!(header.domain.as_deref(), Some("example.com"));
    assert_eq!(header.begin, Some(UnixSeconds(1_795_392_000)));
}

#[test]
fn any_encoding() {
    let mut report = sound();
    report["organization-name"] = json!("Société Générale");
    let text = report.to_string();
    let utf16 =
        |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let with_mark = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(c).expect("Latin-1")).collect();
    for (bytes, detail) in [
        (text.clone().into_bytes(), None),
        (with_mark(&[0xEF, 0xBB, 0xBF], text.as_bytes()), None),
        (utf16(u16::to_le_bytes), Some("utf-8, utf-16le")),
        (utf16(u16::to_be_bytes), Some("utf-8, utf-16be")),
        (with_mark(&[0xFF, 0xFE], &utf16(u16::to_le_bytes)), Some("utf-8, utf-16le")),
        (with_mark(&[0xFE, 0xFF], &utf16(u16::to_be_bytes)), Some("utf-8, utf-16be")),
        (latin, Some("utf-8, windows-1252")),
    ] {
        let reading = read_tls(&bytes, &Hints::default());
        let header = reading.only().header.as_ref().expect("a header");
        assert_eq!(header.reporter.as_deref(), Some("Société Générale"), "{detail:?}");
        assert_eq!(reading.details(Kind::EncodingMismatch), Vec::from_iter(detail));
    }
}

#[test]
fn limits_keep_what_was_read() {
    let text = sound().to_string();
    let half = text.find("failure-details").expect("details") as u64;
    let limits = Limits { json_bytes: half, ..Limits::default() };
    let reading = read_tls_within(text.as_bytes(), &Hints::default(), &limits);
    assert_eq!((reading.outcome, reading.only().tls_policies.len()), (Outcome::Opened, 1));
    assert_eq!(reading.details(Kind::BufferLimit), [half.to_string()]);
    let limits = Limits { json_bytes: 100, ..Limits::default() };
    let reading = read_tls_within(text.as_bytes(), &Hints::default(), &limits);
    assert_eq!(reading.outcome, Outcome::OverLimit);

    let mut report = sound();
    let policy = report["policies"][0].clone();
    report["policies"] = json!(vec![policy; 5]);
    let limits =
        Limits { records_per_report: 3, list_entries: 2, text_bytes: 8, ..Limits::default() };
    let reading = read_tls_within(report.to_string().as_bytes(), &Hints::default(), &limits);
    assert_eq!(reading.only().tls_policies.len(), 3);
    assert_eq!(reading.only().tls_policies[0].policy_string, ["version:", "mode: te"]);
    for kind in [Kind::RecordLimit, Kind::ListLimit, Kind::TextLimit] {
        assert!(reading.findings.has(kind), "{kind:?}");
    }

    let mut report = sound();
    let detail = report["policies"][0]["failure-details"][0].clone();
    report["policies"][0]["failure-details"] = json!(vec![detail; 5]);
    let limits = Limits { tls_failures_per_policy: 3, ..Limits::default() };
    let reading = read_tls_within(report.to_string().as_bytes(), &Hints::default(), &limits);
    assert_eq!(reading.only().tls_policies[0].failures.len(), 3);
    assert_eq!(
        reading.details(Kind::SumMismatch),
        ["failure-details: 6, total-failure-session-count: 2"]
    );
}

/// Nesting costs neither stack nor what stands after it.
#[test]
fn a_depth_bomb_is_passed_over() {
    let bomb = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    let text = sound().to_string().replacen('{', &format!("{{\"x\":{bomb},"), 1);
    let reading = read_tls(text.as_bytes(), &Hints::default());
    assert_eq!(reading.outcome, Outcome::Opened);
    assert!(reading.findings.has(Kind::NestingLimit));
    assert_eq!(reading.only().tls_policies.len(), 1);
}

/// Long texts that could cost the square of their length: they would take minutes then.
#[test]
fn no_text_is_slow() {
    let n = 300_000;
    for text in [
        "[".repeat(n),
        "{\"a\":".repeat(n),
        format!("{{\"policies\":[{}", "{},".repeat(n)),
        format!("{{\"policies\":[{}", "{\"a\":1},".repeat(n)),
        format!("{{\"report-id\":\"{}", "\n".repeat(n)),
        format!("{{\"report-id\":\"{}\"", "\n\"".repeat(n)),
        format!("{{\"policies\":0,{}", "\"policies\":[],".repeat(n)),
        "]".repeat(n),
        "{\"report-id\":1,\"policies\":[]}\n".repeat(n / 20),
        "\\".repeat(n),
    ] {
        let start = Instant::now();
        let reading = read_tls(text.as_bytes(), &Hints::default());
        assert!(start.elapsed() < Duration::from_secs(30), "{}", &text[..20]);
        assert!(!reading.findings.is_empty(), "{}", &text[..20]);
    }
}
