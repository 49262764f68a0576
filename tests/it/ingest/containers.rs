//! One report in all its wrappings is one report.

use std::io::{Cursor, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use vitrail::base::{FileId, Kind, Limits, Outcome, ReportKind};
use vitrail::query::{Answer, FileLine, PartLine, Question, Totals, Window, answer};
use vitrail::store::{Batch, Store};

use super::store;

const REPORT: &str = r#"<?xml version="1.0"?>
<feedback>
 <report_metadata><org_name>reporter.example</org_name><email>dmarc@reporter.example</email>
  <report_id>r-1</report_id><date_range><begin>1795392000</begin><end>1795478399</end></date_range>
 </report_metadata>
 <policy_published><domain>example.com</domain><p>none</p></policy_published>
 <record><row><source_ip>192.0.2.1</source_ip><count>5</count>
   <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
  <identifiers><header_from>example.com</header_from></identifiers>
  <auth_results><dkim><domain>example.com</domain><result>pass</result></dkim></auth_results></record>
 <record><row><source_ip>2001:db8::1</source_ip><count>2</count>
   <policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row>
  <identifiers><header_from>example.com</header_from></identifiers>
  <auth_results><spf><domain>example.net</domain><result>softfail</result></spf></auth_results></record>
</feedback>
"#;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(bytes).expect("memory takes bytes");
    gzip.finish().expect("memory takes bytes")
}

fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a new member");
    zip.write_all(bytes).expect("memory takes bytes");
    zip.finish().expect("memory takes bytes").into_inner()
}

fn mail(name: &str, attachment: &[u8]) -> Vec<u8> {
    let lines = STANDARD.encode(attachment);
    let lines: Vec<_> = lines.as_bytes().chunks(76).map(String::from_utf8_lossy).collect();
    format!(
        "From: dmarc@reporter.example\r\nTo: reports@example.com\r\nMIME-Version: 1.0\r\n\
         Subject: Report Domain: example.com Submitter: reporter.example Report-ID: r-1\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nHere is a report.\r\n\
         --b\r\nContent-Type: application/octet-stream\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
        lines.join("\r\n")
    )
    .into_bytes()
}

fn parts(store: &Store, file: u32) -> Vec<PartLine> {
    let window = Window { offset: 0, limit: 100 };
    match answer(store, &Question::Parts { file: FileId(file), window }) {
        Answer::Parts(page) => page.lines,
        other => panic!("parts, not {other:?}"),
    }
}

fn files(store: &Store) -> Vec<FileLine> {
    let sort = vitrail::query::Sort { by: vitrail::query::FileColumn::Name, descending: false };
    let window = Window { offset: 0, limit: 100 };
    match answer(store, &Question::Files { sort, window }) {
        Answer::Files(page) => page.lines,
        other => panic!("files, not {other:?}"),
    }
}

#[test]
fn one_report_in_all_its_wrappings() {
    let xml = REPORT.as_bytes();
    let dos = REPORT.replace('\n', "\r\n");
    let wrapped = [
        ("a.xml", xml.to_vec()),
        ("b.xml.gz", gzip(xml)),
        ("c.zip", zip("r.xml", xml)),
        ("d.eml", mail("r.xml.gz", &gzip(xml))),
        ("e.eml", mail("r.zip", &zip("r.xml", dos.as_bytes()))),
    ];
    let store = store(wrapped.iter().map(|(name, bytes)| (*name, bytes.as_slice())));
    let Totals { messages, reports, records, files, files_without_report, duplicates, .. } =
        store.totals();
    assert_eq!((messages, reports, records), (7, 1, 2));
    assert_eq!((files, files_without_report, duplicates), (5, 0, 4));
    let lines = self::files(&store);
    assert_eq!(lines[0].outcome, Outcome::Opened);
    assert!(lines[1..].iter().all(|line| line.outcome == Outcome::Duplicate));
    let places: Vec<_> = (0..5).flat_map(|file| parts(&store, file)).collect();
    let reports: Vec<_> = places.iter().filter(|part| part.kind.is_some()).collect();
    assert_eq!(reports.len(), 5);
    assert_eq!(reports[4].path, ["r.zip", "r.xml"]);
    assert!(reports[4].findings.has(Kind::DuplicateReport));
    assert_eq!(reports[4].duplicate_of.as_ref().map(|place| &*place.file_name), Some("a.xml"));
}

#[test]
fn the_same_id_with_other_content_is_another_report() {
    let other = REPORT.replace("<count>5</count>", "<count>6</count>");
    let store = store([("a.xml", REPORT.as_bytes()), ("b.xml", other.as_bytes())]);
    assert_eq!((store.totals().reports, store.totals().messages), (2, 15));
    for file in 0..2 {
        assert!(parts(&store, file)[0].findings.has(Kind::ReusedReportId));
    }
}

#[test]
fn a_mailbox_of_letters_lists_only_the_first() {
    let letter = "From a@example.com Mon Nov 23 00:00:00 2026\nFrom: a@example.com\n\
                  Subject: Hello\n\nHow are you?\n\n";
    let mut mailbox = letter.repeat(20).into_bytes();
    mailbox.extend(b"From b@example.com Mon Nov 23 00:00:00 2026\n");
    mailbox.extend(mail("r.xml", REPORT.as_bytes()));
    let limits = Limits { plain_parts: 5, ..Limits::default() };
    let mut batch = Batch::default();
    super::read(&mut batch, 0, "all.mbox", &mailbox, &limits);
    let mut store = Store::new(limits);
    store.append(&batch);
    assert_eq!((store.totals().reports, store.totals().messages), (1, 7));
    let parts = parts(&store, 0);
    assert_eq!(parts.iter().filter(|part| part.outcome == Some(Outcome::NotAReport)).count(), 5);
    let [tally] = parts[0].findings.tallies() else { panic!("one finding on the file itself") };
    assert_eq!((tally.kind, &*tally.first[0].detail), (Kind::UnlistedParts, "15"));
}

#[test]
fn the_three_kinds() {
    let tls = br#"{"organization-name":"reporter.example","date-range":{"start-datetime":
        "2026-11-23T00:00:00Z","end-datetime":"2026-11-23T23:59:59Z"},"contact-info":"tls@reporter.example",
        "report-id":"t-1","policies":[{"policy":{"policy-type":"sts","policy-domain":"example.com"},
        "summary":{"total-successful-session-count":4,"total-failure-session-count":0}}]}"#;
    let failure = include_bytes!("../../corpus/rfc/failure-dkim-bodyhash.eml");
    let store = store([
        ("a.xml", REPORT.as_bytes()),
        ("t.json", tls.as_slice()),
        ("f.eml", failure.as_slice()),
    ]);
    let kinds: Vec<_> = (0..3).filter_map(|file| parts(&store, file)[0].kind).collect();
    assert_eq!(kinds, [ReportKind::Aggregate, ReportKind::Tls, ReportKind::Failure]);
    assert_eq!((store.totals().reports, store.totals().records), (3, 2));
}

#[test]
fn what_is_no_report_says_so() {
    let letter =
        b"From: a@example.com\r\nTo: b@example.com\r\nSubject: Hello\r\n\r\nHow are you?\r\n";
    let store = store([
        ("letter.eml", letter.as_slice()),
        ("empty.xml", b"".as_slice()),
        ("page.xml", b"<?xml version='1.0'?><html><body/></html>".as_slice()),
        ("data.json", b"{\"a\": [1, 2]}".as_slice()),
        ("broken.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xff\xff".as_slice()),
    ]);
    assert_eq!(store.totals().files_without_report, 5);
    let outcomes: Vec<_> =
        files(&store).into_iter().map(|line| (line.name, line.outcome)).collect();
    let expected = [
        ("broken.gz", Outcome::Damaged),
        ("data.json", Outcome::NotAReport),
        ("empty.xml", Outcome::Empty),
        ("letter.eml", Outcome::NotAReport),
        ("page.xml", Outcome::NotAReport),
    ];
    assert_eq!(outcomes, expected.map(|(name, outcome)| (name.to_owned(), outcome)));
}

#[test]
fn of_a_damaged_report_the_header_is_shown() {
    let end = REPORT.find("<record>").expect("a record");
    let cut = &REPORT[..end];
    let store = store([("cut.xml", cut.as_bytes())]);
    assert_eq!(store.totals().reports, 0);
    let part = parts(&store, 0).remove(0);
    assert_eq!(part.outcome, Some(Outcome::Damaged));
    assert_eq!(part.reporter.as_deref(), Some("reporter.example"));
    assert_eq!(part.report_id.as_deref(), Some("r-1"));
}

/// Each report of a part is a report of its own, with its own rows, also when
/// the file comes a second time.
#[test]
fn several_reports_in_one_part() {
    let aggregate = |id: &str, messages: u64| {
        format!(
            "<feedback><report_metadata><org_name>a</org_name><report_id>{id}</report_id>\
             <date_range><begin>1795392000</begin><end>1795478399</end></date_range></report_metadata>\
             <policy_published><domain>example.com</domain></policy_published>\
             <record><row><source_ip>192.0.2.1</source_ip><count>{messages}</count></row></record>\
             </feedback>"
        )
    };
    let tls = |id: &str| {
        format!(
            r#"{{"organization-name":"a","contact-info":"a@b.example","report-id":"{id}","date-range":
            {{"start-datetime":"2026-11-23T00:00:00Z","end-datetime":"2026-11-23T23:59:59Z"}},"policies":
            [{{"policy":{{"policy-type":"sts","policy-domain":"example.com"}},"summary":
            {{"total-successful-session-count":1,"total-failure-session-count":0}}}}]}}"#
        )
    };
    let xml = [aggregate("1", 2), aggregate("2", 40)].concat();
    let json = [tls("3"), tls("4"), tls("3")].join("\n");
    let store = super::store([("two.xml", xml.as_bytes()), ("three.json", json.as_bytes())]);
    let tables = store.tables();
    let reports = tables.reports.iter().map(|report| {
        let header = tables.part(report.part).and_then(|part| part.header);
        let header = header.and_then(|id| tables.header(id)).expect("a header");
        (header.report_id.expect("an id").into_owned(), report.records, report.messages)
    });
    let expected = [("1", 1, 2), ("2", 1, 40), ("3", 1, 0), ("4", 1, 0)];
    assert!(reports.eq(expected.map(|(id, records, messages)| (id.to_owned(), records, messages))));
    assert_eq!(store.totals().duplicates, 1);
}
