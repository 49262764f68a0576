//! Outlook's `.msg`.

use std::io::{Cursor, Write};

use cfb::{CompoundFile, Version};
use vitrail::base::Outcome;

use super::make::{XML, attachment, gzip, mail, zip};
use super::outlook::Message;
use super::see::{check, see};

#[test]
fn attachments_are_the_parts_of_a_mail() {
    let mut message = Message::new();
    message.text("", "1000", "This is a report.");
    message.text("", "0037", "Report Domain: example.com");
    message.attachment("", 0, "example.net!example.com!1!2.xml.gz", &gzip(XML));
    message.attachment("", 1, "picture.png", b"\x89PNG\r\n\x1a\n\0\0");
    message.attachment("", 2, "a.zip", &zip(&[("a.xml", XML.as_bytes())]));
    let sight = check(
        &message.finish(),
        &["msg.1 gzip.0: xml opened []", "msg.3 zip.0: xml opened [zip-instead-of-gzip]"],
    );
    assert_eq!(sight.parts[0].name.as_deref(), Some("example.net!example.com!1!2.xml.gz"));
    assert_eq!(sight.subjects[0], "Report Domain: example.com");
}

#[test]
fn the_transport_header_rules() {
    let mut message = Message::new();
    message.text("", "007D", "From: reports@example.net\r\nSubject: the real one\r\n\r\n");
    message.text("", "0037", "another");
    message.attachment("", 0, "a.xml", XML.as_bytes());
    assert_eq!(see(&message.finish()).subjects, ["the real one"]);
}

#[test]
fn embedded_messages_and_attached_mails_are_entered() {
    let mut message = Message::new();
    let attached = mail(&attachment("application/gzip", "a.gz", gzip(XML)));
    message.attachment("", 0, "a.eml", attached.as_bytes());
    let embedded = "/__attach_version1.0_#00000001/__substg1.0_3701000D";
    message.storage(embedded);
    message.attachment(embedded, 0, "b.gz", &gzip(XML));
    check(
        &message.finish(),
        &["msg.0 mail.1 gzip.0: xml opened []", "msg.1 gzip.0: xml opened []"],
    );
}

#[test]
fn failure_reports_come_in_it_too() {
    let mut message = Message::new();
    message.text("", "1000", "A message claiming to be from you has failed");
    check(&message.finish(), &["msg opened []"]);
}

#[test]
fn other_compound_files_and_broken_ones() {
    let mut other = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    other.create_stream("/WordDocument").unwrap().write_all(b"text").unwrap();
    other.flush().unwrap();
    check(&other.into_inner().into_inner(), &["binary not_a_report [no-report]"]);
    let mut message = Message::new();
    message.attachment("", 0, "a.xml.gz", &gzip(XML));
    let bytes = message.finish();
    assert_eq!(see(&bytes[..600]).count(Outcome::Damaged), 1);
    let mut letter = Message::new();
    letter.text("", "1000", "hello");
    check(&letter.finish(), &["msg not_a_report [no-report]"]);
}

/// XML of this many bytes.
fn xml_of(bytes: usize) -> Vec<u8> {
    let mut xml = XML.trim_end().as_bytes().to_vec();
    xml.resize(bytes, b'\n');
    xml
}

#[test]
fn attachments_come_in_the_order_of_their_numbers() {
    let mut message = Message::new();
    for number in [7, 3, 11, 0, 5, 9, 1, 30, 2, 200] {
        message.attachment("", number, &format!("{number}.xml"), XML.as_bytes());
    }
    let sight = see(&message.finish());
    let names: Vec<_> = sight.parts.iter().map(|part| part.name.clone().unwrap()).collect();
    assert_eq!(
        names,
        ["0", "1", "2", "3", "5", "7", "9", "11", "30", "200"].map(|n| format!("{n}.xml"))
    );
}

#[test]
fn any_damage_ends_in_some_outcome() {
    let mut message = Message::of_version(Version::V3);
    message.attachment("", 0, "a.xml", XML.as_bytes());
    message.attachment("", 1, "b.xml", &xml_of(5000));
    let sound = message.finish();
    for length in (8..sound.len()).step_by(97) {
        assert!(!see(&sound[..length]).parts.is_empty(), "{length}");
    }
    // Header and directory, word by word: chains that bite their tails, trees that are none.
    for word in (24..sound.len()).step_by(4) {
        for value in [0u32, 1, 2, u32::MAX, 1 << 20] {
            let mut bytes = sound.clone();
            bytes[word..word + 4].copy_from_slice(&value.to_le_bytes());
            assert!(!see(&bytes).parts.is_empty(), "{word}: {value}");
        }
    }
}
