//! Back to one part, by the steps that led to it.

use std::io::{Cursor, Read, Seek};

use vitrail::base::context::decode_natively;
use vitrail::base::{Context, Format, Limits};
use vitrail::intake::{Step, read_feedback, reopen};

use super::make::{JSON, XML, attachment, base64, gzip, long_xml, mail, zip};
use super::see::{Counted, see};

/// The bytes at the end of the steps, or `None` where they lead nowhere.
fn bytes_at(source: &mut (impl Read + Seek), steps: &[Step], size: usize) -> Option<Vec<u8>> {
    let limits = Limits::default();
    let cx = Context { limits: &limits, decode: decode_natively };
    let mut bytes = Vec::new();
    let found = reopen(source, steps, size as u64, &cx, &mut |part| {
        part.read_to_end(&mut bytes).unwrap();
    });
    found.then_some(bytes)
}

/// Every leaf of a file is reached again, with the same bytes.
#[track_caller]
fn all_again(file: &[u8], leaves: usize) {
    let sight = see(file);
    let opened: Vec<_> = sight.parts.iter().filter(|part| part.outcome.is_some()).collect();
    assert_eq!(sight.leaves.len(), leaves, "{:?}", sight.lines());
    assert_eq!(opened.len(), leaves, "{:?}", sight.lines());
    for (part, (_, content)) in opened.iter().zip(&sight.leaves) {
        let again = bytes_at(&mut Cursor::new(file), &part.steps, file.len());
        assert_eq!(again.as_ref(), Some(content), "{:?}", part.steps);
    }
}

fn report(bytes: &[u8]) -> String {
    mail(&attachment("application/gzip", "a.gz", bytes))
}

#[test]
fn every_container_leads_back() {
    all_again(XML.as_bytes(), 1);
    all_again(&gzip(gzip(XML)), 1);
    all_again(base64(gzip(XML)).as_bytes(), 1);
    let message = report(&gzip(XML));
    all_again(message.as_bytes(), 1);
    let gz = gzip(message.as_bytes());
    let inner = zip(&[("x", b"hello"), ("a.eml", message.as_bytes()), ("b.json", JSON.as_bytes())]);
    let archive =
        zip(&[("a.xml", XML.as_bytes()), ("b.gz", &gz), ("__MACOSX/x", b""), ("c.zip", &inner)]);
    let sight = see(&archive);
    assert_eq!(sight.leaves.len(), 4);
    for part in sight.parts.iter().filter(|part| part.steps.len() > 1) {
        assert!(bytes_at(&mut Cursor::new(&archive), &part.steps, archive.len()).is_some());
    }
    let mailbox = ["From - Thu Jul 02 00:10:00 2026\n", &message, "\n"].concat().repeat(3);
    all_again(mailbox.as_bytes(), 3);
    all_again(&gzip(mailbox), 3);
    let mut builder = ::tar::Builder::new(Vec::new());
    for name in ["a", "b"] {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(XML.len() as u64);
        builder.append_data(&mut header, name, XML.as_bytes()).unwrap();
    }
    let archive = builder.into_inner().unwrap();
    all_again(&archive, 2);
    all_again(&gzip(archive), 2);
}

#[test]
fn the_steps_to_a_mail_give_its_source() {
    let message = report(&gzip(XML));
    let mailbox = ["From - Thu Jul 02 00:10:00 2026\n", &message, "\n"].concat().repeat(2);
    let steps = see(mailbox.as_bytes()).parts[1].steps.clone();
    let source = bytes_at(&mut Cursor::new(&mailbox), &steps[..1], mailbox.len()).unwrap();
    assert!(source.starts_with(b"Received: from mx.example.net"));
    assert_eq!(source.trim_ascii_end(), message.as_bytes().trim_ascii_end());
}

#[test]
fn a_mail_at_the_end_of_a_mailbox_is_reached_without_reading_it_all() {
    let long = format!("From - Thu Jul 02 00:10:00 2026\n{}\n", report(&gzip(long_xml(60_000))));
    let mailbox =
        [long.repeat(20), format!("From - Thu Jul 02 00:10:00 2026\n{}", report(&gzip(XML)))]
            .concat();
    let steps = see(mailbox.as_bytes()).parts.last().unwrap().steps.clone();
    let mut counted = Counted::new(mailbox.as_bytes());
    let bytes = bytes_at(&mut counted, &steps, mailbox.len());
    assert_eq!(bytes.unwrap(), XML.as_bytes());
    assert!(counted.read < 600 << 10, "{} of {}", counted.read, mailbox.len());
}

#[test]
fn steps_that_lead_nowhere_say_so() {
    let steps = see(report(&gzip(XML)).as_bytes()).parts[0].steps.clone();
    for file in [&b""[..], b"another file", XML.as_bytes()] {
        assert_eq!(bytes_at(&mut Cursor::new(file), &steps, file.len()), None);
    }
}

#[test]
fn a_failure_report_is_read_again_from_its_source() {
    let text = "From: a@example.net\nTo: b@example.com\nContent-Type: multipart/report; boundary=r\n\n\
        --r\n\nhello\n--r\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n\
        --r\nContent-Type: message/rfc822\n\nSubject: x\n\nbody\n--r--\n";
    let limits = Limits::default();
    let cx = Context { limits: &limits, decode: decode_natively };
    let mut seen = 0;
    read_feedback(text.as_bytes(), Format::Mail, &cx, &mut |header, feedback| {
        seen += 1;
        assert_eq!(header.from.as_deref(), Some("a@example.net"));
        assert_eq!(feedback.text, Some("hello"));
        assert_eq!(feedback.report, Some(&b"Feedback-Type: abuse"[..]));
        assert_eq!(feedback.sample.unwrap().bytes, b"Subject: x\n\nbody");
    });
    assert_eq!(seen, 1);
}
