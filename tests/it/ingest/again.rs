//! Every report is read again from where it stands, byte for byte; what is another one is not.

use std::io::Cursor;

use vitrail::base::context::decode_natively;
use vitrail::base::{Context, Limits, Locus};
use vitrail::ingest::{Again, again};
use vitrail::store::{Batch, ReportId};

use crate::intake::make::{XML, attachment, mail, zip};
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

#[test]
fn broken_files_never_panic() {
    let mailbox = mailbox(XML).into_bytes();
    let failure = include_bytes!("../../corpus/rfc/failure-dkim-bodyhash.eml").to_vec();
    for file in [mailbox, failure] {
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
