//! Every report is read again from where it stands, byte for byte; what is another one is not.

use std::io::Cursor;

use vitrail::base::context::decode_natively;
use vitrail::base::{Context, Limits, Locus};
use vitrail::ingest::{Again, again};
use vitrail::intake::readable_message;
use vitrail::store::{Batch, ReportId};

use crate::intake::make::{XML, attachment, base64, gzip, mail, zip};
use crate::intake::outlook::Message;
use crate::mutate::{Mutator, rounds};
use crate::shared_corpus;

use super::read;

/// The reports of a file, by where they are.
fn loci(file: &[u8]) -> Vec<Locus> {
    let mut batch = Batch::default();
    read(&mut batch, 0, "a file", file, &Limits::default());
    let reports = 0..batch.tables().reports.len() as u32;
    reports.map(|id| batch.tables().locus(ReportId(id)).expect("a place")).collect()
}

fn bytes(file: &[u8], locus: &Locus) -> Option<(Vec<u8>, Again)> {
    let limits = Limits::default();
    let cx = Context { limits: &limits, decode: decode_natively };
    let mut bytes = Vec::new();
    let mut take = |piece: &[u8]| bytes.extend_from_slice(piece);
    let again = again(&mut Cursor::new(file), locus, file.len() as u64, &cx, &mut take)?;
    Some((bytes, again))
}

/// A report in a zip in a mail in a mailbox.
fn mailbox(report: &str) -> String {
    let zip = zip(&[("readme.txt", b"hello"), ("report.xml", report.as_bytes())]);
    let mail = mail(&attachment("application/zip", "a.zip", &zip));
    ["From - Thu Jul 02 00:10:00 2026\n", &mail, "\n"].concat().repeat(2)
}

#[test]
fn a_report_in_a_zip_in_a_mail_in_a_mailbox_comes_back() {
    let file = mailbox(XML);
    let [locus] = &loci(file.as_bytes())[..1] else { panic!("a report") };
    let (found, again) = bytes(file.as_bytes(), locus).expect("the report");
    assert_eq!((found.as_slice(), again.sample), (XML.as_bytes(), None));
}

#[test]
fn another_report_in_its_place_is_not_taken_for_it() {
    let locus = &loci(mailbox(XML).as_bytes())[0];
    let other = mailbox(&XML.replace("org_name>", "org_name> "));
    assert_eq!(bytes(other.as_bytes(), locus), None);
    assert_eq!(bytes(b"", locus), None);
    assert_eq!(bytes(b"another file", locus), None);
}

#[test]
fn the_message_of_a_failure_report_comes_with_it() {
    let file = include_bytes!("../../corpus/rfc/failure-dkim-bodyhash.eml");
    let (found, again) = bytes(file, &loci(file)[0]).expect("the report");
    assert_eq!(found, file);
    let sample = again.sample.expect("the message");
    assert!(file.windows(sample.len()).any(|window| window == sample));
}

const FAILURE: &str = include_str!("../../corpus/rfc/failure-dkim-bodyhash.eml");
const TLS: &str = include_str!("../../corpus/rfc/tls-three-failures.json");

/// A failure report as Outlook keeps one: its parts are attachments, the message is embedded.
fn outlook() -> Vec<u8> {
    let mut message = Message::new();
    message.text("", "007D", "From: reports@example.net\r\nMessage-ID: <1@example.net>\r\n\r\n");
    message.text("", "1000", "A message failed.");
    let report = b"Feedback-Type: auth-failure\nVersion: 1\nUser-Agent: T/1\nAuth-Failure: dmarc\n\
        Source-IP: 192.0.2.7\nReported-Domain: example.com\n";
    message.attachment("", 0, "feedback.txt", report);
    let embedded = "/__attach_version1.0_#00000001/__substg1.0_3701000D";
    message.storage(embedded);
    message.text(embedded, "007D", "From: Zoe <zoe@example.com>\r\nSubject: Parcel\r\n\r\n");
    message.text(embedded, "1000", "the body");
    message.finish()
}

fn tar(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    let mut header = ::tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    builder.append_data(&mut header, name, bytes).unwrap();
    builder.into_inner().unwrap()
}

/// Every way to wrap something up, by name.
fn wrapped(name: &str, bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let attached = |bytes: &[u8]| mail(&attachment("application/octet-stream", name, bytes));
    let mut outer = Message::new();
    outer.attachment("", 0, name, bytes);
    let zipped = zip(&[("readme.txt", b"hello"), (name, bytes)]);
    let mut all = vec![
        ("as it is", bytes.to_vec()),
        ("gz", gzip(bytes)),
        ("zip", zipped.clone()),
        ("tar", tar(name, bytes)),
        ("tar.gz", gzip(tar(name, bytes))),
        ("zip in zip", zip(&[("a.zip", &zipped)])),
        ("eml", attached(bytes).into_bytes()),
        ("zip in eml", attached(&zipped).into_bytes()),
        ("gz in eml", attached(&gzip(bytes)).into_bytes()),
        ("eml in zip", zip(&[("a.eml", attached(bytes).as_bytes())])),
        ("msg", outer.finish()),
        ("base64", base64(bytes).into_bytes()),
    ];
    let mbox = ["From - Thu Jul 02 00:10:00 2026\n", &attached(&zipped), "\n"].concat();
    all.push(("mbox", mbox.repeat(2).into_bytes()));
    all.push(("mbox.gz in zip", zip(&[("a.mbox.gz", &gzip(mbox.repeat(2)))])));
    all
}

#[test]
fn out_of_every_container_each_report_comes_back() {
    let outlook = outlook();
    for (name, report) in [
        ("r.xml", XML.as_bytes()),
        ("r.json", TLS.as_bytes()),
        ("r.eml", FAILURE.as_bytes()),
        ("r.msg", &outlook),
    ] {
        for (way, file) in wrapped(name, report) {
            let loci = loci(&file);
            assert_eq!(loci.len(), 1 + usize::from(way.starts_with("mbox")), "{name}, {way}");
            for locus in &loci {
                let (found, again) = bytes(&file, locus).unwrap_or_else(|| panic!("{name}, {way}"));
                // A mail's lines are ended by its mailbox or its part.
                assert_eq!(found.trim_ascii_end(), report.trim_ascii_end(), "{name}, {way}");
                let is_failure = matches!(name, "r.eml" | "r.msg");
                assert_eq!(again.sample.is_some(), is_failure, "{name}, {way}");
            }
        }
    }
}

#[test]
fn the_message_comes_out_of_an_outlook_file() {
    let file = outlook();
    let (_, again) = bytes(&file, &loci(&file)[0]).expect("the report");
    let sample = String::from_utf8(again.sample.expect("the message")).unwrap();
    assert!(sample.starts_with("From: Zoe") && sample.ends_with("\n\nthe body"), "{sample}");
    let limits = Limits::default();
    let text = readable_message(file, &limits).expect("text");
    for part in
        ["Message-ID: <1@example.net>", "feedback.txt", "Source-IP: 192.0.2.7", "Subject: Parcel"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(readable_message(b"no such file".to_vec(), &limits), None);
}

#[test]
fn broken_files_never_panic() {
    let mailbox = mailbox(XML).into_bytes();
    let failure = include_bytes!("../../corpus/rfc/failure-dkim-bodyhash.eml").to_vec();
    for file in [mailbox, failure, outlook()] {
        let locus = &loci(&file)[0];
        Mutator::new(&[file], &[b"\nFrom a", b"PK\x03\x04", b"--b\r\n"]).run(
            rounds(300, 1),
            |file| {
                if let Some((found, _)) = bytes(file, locus) {
                    assert!(!found.is_empty());
                }
            },
        );
    }
}

#[test]
fn all_of_the_shared_corpus_is_read_again() {
    let test = "all_of_the_shared_corpus_is_read_again";
    let kinds = ["aggregate", "failure", "tlsrpt"];
    let Some(rows) = shared_corpus::rows(&kinds, test) else { return };
    let mut reports = 0;
    for row in rows {
        for locus in loci(&row.bytes) {
            reports += 1;
            assert!(bytes(&row.bytes, &locus).is_some(), "{}: {locus:?}", row.path);
        }
    }
    assert!(reports > 100, "{reports}");
}
