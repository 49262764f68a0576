//! Gzip, zlib and bare deflate, sound and damaged.

use vitrail::base::{Kind, Outcome};

use super::make::{JSON, XML, deflate, gzip, long_xml, zlib};
use super::see::{check, see};

#[test]
fn any_wrapper_is_told_by_content() {
    check(&gzip(XML), &["gzip.0: xml opened []"]);
    check(&gzip(JSON), &["gzip.0: json opened []"]);
    check(&zlib(XML), &["zlib.0: xml opened []"]);
    check(&deflate(long_xml(50)), &["deflate.0: xml opened []"]);
    check(&gzip(gzip(XML)), &["gzip.0 gzip.0: xml opened []"]);
    check(&gzip(zlib(XML)), &["gzip.0 zlib.0: xml opened []"]);
}

#[test]
fn members_are_one_stream() {
    let (head, tail) = XML.split_at(40);
    let sight = check(&[gzip(head), gzip(tail)].concat(), &["gzip.0: xml opened []"]);
    assert_eq!(sight.leaves[0].1, XML.as_bytes());
}

#[test]
fn all_header_fields_are_passed_over_and_the_name_is_kept() {
    let mut encoder = flate2::GzBuilder::new()
        .filename("example.net!example.com!1!2.xml")
        .comment("a comment")
        .extra(vec![7; 300])
        .write(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, XML.as_bytes()).unwrap();
    let mut bytes = encoder.finish().unwrap();
    let sight = check(&bytes, &["gzip.0: xml opened []"]);
    assert_eq!(sight.parts[0].name.as_deref(), Some("example.net!example.com!1!2.xml"));

    // FHCRC: two more bytes behind the header, whatever they say.
    let header = 10 + 2 + 300 + 32 + 10;
    bytes[3] |= 2;
    bytes.splice(header..header, [0xab, 0xcd]);
    check(&bytes, &["gzip.0: xml opened []"]);
}

#[test]
fn bytes_behind_the_end_are_counted() {
    let sight =
        check(&[gzip(XML), b"\r\n".to_vec()].concat(), &["gzip.0: xml opened [trailing-bytes]"]);
    assert_eq!(sight.details(Kind::TrailingBytes), ["2"]);
    check(&[zlib(XML), vec![0; 500]].concat(), &["zlib.0: xml opened [trailing-bytes]"]);
}

#[test]
fn a_wrong_checksum_costs_nothing() {
    let mut bytes = gzip(XML);
    let crc = bytes.len() - 8;
    bytes[crc] ^= 1;
    check(&bytes, &["gzip.0: xml opened [checksum-mismatch]"]);
    let mut bytes = gzip(XML);
    let size = bytes.len() - 1;
    bytes[size] ^= 1;
    check(&bytes, &["gzip.0: xml opened [checksum-mismatch]"]);
    let mut bytes = zlib(XML);
    let adler = bytes.len() - 1;
    bytes[adler] ^= 1;
    check(&bytes, &["zlib.0: xml opened [checksum-mismatch]"]);
    let bytes = gzip(XML);
    let sight = check(&bytes[..bytes.len() - 3], &["gzip.0: xml opened [checksum-mismatch]"]);
    assert_eq!(sight.details(Kind::ChecksumMismatch), ["missing"]);
}

#[test]
fn all_bytes_before_a_break_are_delivered() {
    let xml = long_xml(20_000);
    let bytes = gzip(&xml);
    let cut = see(&bytes[..bytes.len() / 2]);
    assert_eq!(cut.lines(), ["gzip.0: xml opened [stream-damaged]"]);
    assert!(cut.bytes > xml.len() as u64 / 3, "{} of {}", cut.bytes, xml.len());
    assert!(xml.as_bytes().starts_with(&cut.leaves[0].1));

    // An impossible block type in the middle.
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, xml.as_bytes()).unwrap();
    std::io::Write::flush(&mut encoder).unwrap();
    let mut bytes = encoder.get_ref().clone();
    bytes.extend([0xff; 64]);
    let corrupt = see(&bytes);
    assert_eq!(corrupt.lines(), ["gzip.0: xml opened [stream-damaged]"]);
    assert_eq!(corrupt.bytes, xml.len() as u64);
}

#[test]
fn damage_without_a_report_is_no_empty_file() {
    let bytes = gzip(XML);
    assert_eq!(see(&bytes[..12]).lines(), ["gzip.0: empty damaged [stream-damaged]"]);
    assert_eq!(see(&bytes[..5]).lines(), ["gzip.0: empty damaged [stream-damaged]"]);
    assert_eq!(see(b"\x1f\x8b\x07rest").count(Outcome::Damaged), 1);
}

#[test]
fn nothing_text_and_placeholders_are_told_apart() {
    check(b"", &["empty empty [empty-part]"]);
    check(b" \r\n", &["text empty [empty-part]"]);
    check(b"unused", &["text empty [empty-placeholder]"]);
    check(&gzip("Unused\n"), &["gzip.0: text empty [empty-placeholder]"]);
    let sight = check(b"this is a file\n", &["text not_a_report [no-report]"]);
    assert_eq!(sight.details(Kind::NoReport), ["text"]);
    let sight = check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &["binary not_a_report [no-report]"]);
    assert_eq!(sight.details(Kind::NoReport), ["PNG"]);
}
