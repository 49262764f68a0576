//! What bytes are taken for.

use vitrail::base::Format;
use vitrail::intake::sniff;

/// Text in UTF-16 with a byte order mark.
fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
    let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
    units
        .flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() })
        .collect()
}

#[track_caller]
fn all(format: Format, texts: &[&str]) {
    for text in texts {
        assert_eq!(sniff(text.as_bytes()), format, "{text}");
    }
}

#[test]
fn xml_with_anything_before_its_root() {
    all(
        Format::Xml,
        &[
            "<feedback>",
            "<?xml version=\"1.0\"?><feedback>",
            "\u{feff}<?xml version=\"1.0\"?>",
            "  \r\n\t<d:feedback xmlns:d=\"urn:ietf:params:xml:ns:dmarc-2.0\">",
            "<!-- a comment --><feedback>",
            "<!DOCTYPE feedback [<!ENTITY a \"b\">]><feedback>",
            "<?xml version=\"1.0\"?>\"\n<feedback>",
            "Report follows:\n<?xml version=\"1.0\"?><feedback>",
            "junk junk <feedback><report_metadata>",
            "metadata>\n<policy_published><domain>example.com",
            "<someone@example.com> wrote:\n<feedback>",
            "<rss version=\"2.0\">",
            "<feedback>\0\x07\x01",
        ],
    );
}

#[test]
fn html_is_text_even_as_xml() {
    all(
        Format::Text,
        &[
            "<html><body>hello",
            "<!DOCTYPE html><p>",
            "<!doctype HTML PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\">",
            "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">",
            "<div style =\"font-family:Segoe UI\">This is a DMARC aggregate report",
            "<TABLE><tr>",
            "<p>o<?xml:namespace prefix = o />",
            "<3 you",
        ],
    );
}

#[test]
fn json_and_what_only_begins_like_it() {
    all(
        Format::Json,
        &[
            "{\"organization-name\":",
            " \n{ }",
            "[{\"a\":1}]",
            "[]",
            "\u{feff}{\n\t\"date-range\"",
            "TLS report: {\"organization-name\": \"x\"}",
        ],
    );
    all(Format::Text, &["{\\rtf1\\ansi", "[EXTERNAL] hello", "{braces} are text", "[1] a note"]);
}

#[test]
fn utf_16_is_seen_through() {
    for big_endian in [false, true] {
        assert_eq!(sniff(&utf16("<?xml version=\"1.0\"?><feedback>", big_endian)), Format::Xml);
        assert_eq!(sniff(&utf16("{\"policies\":[]}", big_endian)), Format::Json);
        assert_eq!(sniff(&utf16("<html>", big_endian)), Format::Text);
        assert_eq!(sniff(&utf16("hello", big_endian)), Format::Text);
        assert_eq!(sniff(&utf16("<feedback>", big_endian)[2..]), Format::Xml, "no mark");
    }
}

#[test]
fn mails_and_mailboxes() {
    all(
        Format::Mail,
        &[
            "Received: by x\nFrom: a@example.net\n\nhello",
            "Subject: s\nX-Any: y\n\nhello",
            "Content-Type: application/gzip\nContent-Transfer-Encoding: base64\n\nH4sI",
            "X-Odd: 1\r\nX-Odder: 2\r\nTo: a@example.com\r\nDate: Thu, 2 Jul 2026\r\n\r\n",
            "Return-Path: <a@example.net>\rReceived: by x\r\rhello",
            "* 1 FETCH (BODY[] {99}\r\nReturn-Path: <>\r\nFrom: a@example.net\r\n\r\n",
            "Received: by x\n with a\n folded line\nSubject: <?xml version?>\n\n<feedback>",
        ],
    );
    all(
        Format::Mbox,
        &[
            "From a@example.net Thu Jul  2 00:10:00 2026\nReceived: by x\n",
            "\n\nFrom - Thu Jul 02 00:10:00 2026\n\n",
            "From a\nReturn-Path: <a@example.net>\n",
        ],
    );
    all(
        Format::Text,
        &[
            "Hello,\nplease note: nothing.\n",
            "http://www.example.com/\nis a page",
            "From now on: nothing\n",
            "Subject to change",
        ],
    );
}

#[test]
fn binary_formats() {
    assert_eq!(sniff(b""), Format::Empty);
    assert_eq!(sniff(b"\x1f\x8b\x08\0"), Format::Gzip);
    assert_eq!(sniff(b"PK\x03\x04"), Format::Zip);
    assert_eq!(sniff(b"PK\x05\x06\0\0"), Format::Zip);
    assert_eq!(sniff(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Format::Msg);
    assert_eq!(sniff(&[0; 1024]), Format::Binary);
    assert_eq!(sniff(b"x^2 + y^2 = z^2"), Format::Text, "looks like zlib");
    assert_eq!(sniff(b"\xe9t\xe9"), Format::Text, "Latin-1");
}
