//! Input made to exhaust: it ends at a named limit, and keeps what was read.

use vitrail::base::{Kind, Limits, Outcome};

use super::make::{XML, attachment, base64, base64_lines, gzip, long_xml, mail, zip};
use super::see::{see, see_within};

/// A gzip of `megabytes` of zeros: as many members.
fn zeros(megabytes: usize) -> Vec<u8> {
    gzip(vec![0; 1 << 20]).repeat(megabytes)
}

/// XML of blanks, to about as many megabytes.
fn blank_xml(megabytes: usize) -> Vec<u8> {
    let mut xml = b"<feedback>".to_vec();
    xml.resize(megabytes << 20, b' ');
    xml
}

fn small() -> Limits {
    Limits { output_bytes_per_file: 3 << 20, ratio_floor_bytes: 1 << 20, ..Limits::default() }
}

#[test]
fn a_megabyte_that_becomes_a_gigabyte() {
    let bomb = zeros(1024);
    assert!(bomb.len() < 2 << 20);
    let sight = see(&bomb);
    assert_eq!(sight.count(Outcome::OverLimit), 1, "{:?}", sight.lines());
    let within = see_within(
        &bomb,
        &Limits { ratio: 100_000, output_bytes_per_file: 10 << 20, ..Limits::default() },
    );
    assert_eq!(within.count(Outcome::OverLimit) + within.count(Outcome::NotAReport), 1);
}

#[test]
fn a_bomb_in_the_shape_of_a_report_ends_at_the_ratio() {
    let bomb = gzip(blank_xml(70));
    let sight = see(&bomb);
    assert_eq!(sight.lines(), ["gzip.0: xml opened [ratio-limit]"]);
    assert!(sight.bytes < 65 << 20);
    assert_eq!(see_within(&bomb, &small()).bytes, 1 << 20 | 1 << 16);
}

#[test]
fn output_ends_exactly_at_the_limit() {
    let limits = Limits { output_bytes_per_file: 5000, ..Limits::default() };
    let sight = see_within(&gzip(long_xml(1000)), &limits);
    assert_eq!(sight.lines(), ["gzip.0: xml opened [output-limit]"]);
    assert_eq!(sight.bytes, 5000);
    let archive = zip(&[("a.xml", long_xml(1000).as_bytes()), ("b.xml", XML.as_bytes())]);
    let sight = see_within(&archive, &limits);
    assert_eq!(sight.lines(), ["zip.0: xml opened [output-limit]", "zip - [output-limit]"]);
}

#[test]
fn ordinary_large_reports_pass() {
    let sight = see(&gzip(long_xml(300_000)));
    assert_eq!(sight.lines(), ["gzip.0: xml opened []"]);
}

#[test]
fn archives_within_archives_end_at_the_depth() {
    let mut nested = zip(&[("a.xml", XML.as_bytes())]);
    for _ in 0..30 {
        nested = zip(&[("a.zip", &nested)]);
    }
    let sight = see(&nested);
    assert_eq!(sight.count(Outcome::OverLimit), 1);
    assert!(sight.has(Kind::DepthLimit));
    let mut nested = gzip(XML);
    for _ in 0..30 {
        nested = gzip(nested);
    }
    assert!(see(&nested).has(Kind::DepthLimit));
    let mut nested = mail(&attachment("application/gzip", "a.gz", gzip(XML)));
    for n in 0..20 {
        nested =
            mail(&attachment("message/rfc822", "a.eml", &nested)).replace("=_b", &format!("=_{n}"));
    }
    assert!(see(nested.as_bytes()).has(Kind::DepthLimit));
}

#[test]
fn a_bomb_in_nested_archives_is_stopped_and_its_neighbours_read() {
    let bomb = gzip(blank_xml(70));
    let inner = zip(&[("bomb.gz", &bomb), ("a.xml", XML.as_bytes())]);
    let outer = zip(&[("inner.zip", &inner), ("b.xml", XML.as_bytes())]);
    let sight = see(&outer);
    assert!(sight.has(Kind::RatioLimit));
    assert!(sight.lines().contains(&"zip.1: xml opened []".to_owned()), "{:?}", sight.lines());
}

#[test]
fn an_inner_archive_too_large_to_hold_is_read_as_far_as_held() {
    let members: Vec<(String, String)> =
        (0..50).map(|n| (format!("{n}.xml"), long_xml(1000 + n))).collect();
    let members: Vec<(&str, &[u8])> =
        members.iter().map(|(name, xml)| (name.as_str(), xml.as_bytes())).collect();
    let inner = zip(&members);
    let limits = Limits { buffered_bytes: inner.len() as u64 / 2, ..Limits::default() };
    let sight = see_within(&zip(&[("inner.zip", &inner)]), &limits);
    assert!(sight.has(Kind::BufferLimit));
    assert!(sight.count(Outcome::Opened) > 20, "{:?}", sight.lines());
}

#[test]
fn members_end_at_their_limit() {
    let members: Vec<String> = (0..20).map(|n| format!("{n}.xml")).collect();
    let members: Vec<(&str, &[u8])> =
        members.iter().map(|name| (name.as_str(), XML.as_bytes())).collect();
    let limits = Limits { members: 5, ..Limits::default() };
    let sight = see_within(&zip(&members), &limits);
    assert_eq!(sight.count(Outcome::Opened), 5);
    assert!(sight.has(Kind::MemberLimit));
}

#[test]
fn members_that_share_their_data_end_at_the_output() {
    let stored = ::zip::write::SimpleFileOptions::default()
        .compression_method(::zip::CompressionMethod::Stored);
    let data = blank_xml(1);
    let sound = super::make::zip_with(&[("a.xml", &data)], stored);
    let directory = sound.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    let end = sound.windows(4).position(|bytes| bytes == b"PK\x05\x06").unwrap();
    let entry = &sound[directory..end];
    let mut bytes = sound[..directory].to_vec();
    for _ in 0..200 {
        bytes.extend(entry);
    }
    let mut tail = sound[end..].to_vec();
    tail[8..10].copy_from_slice(&200u16.to_le_bytes());
    tail[10..12].copy_from_slice(&200u16.to_le_bytes());
    tail[12..16].copy_from_slice(&(200 * entry.len() as u32).to_le_bytes());
    bytes.extend(tail);
    let sight = see_within(&bytes, &small());
    assert_eq!(sight.bytes, 3 << 20);
    assert!(sight.has(Kind::OutputLimit));
}

#[test]
fn a_million_parts_end_at_their_limit() {
    let mut text = String::from(
        "From: a@example.net\nTo: b@example.com\nContent-Type: multipart/mixed; boundary=b\n\n",
    );
    text.push_str(&"--b\n\nx\n".repeat(1_000_000));
    let sight = see(text.as_bytes());
    assert_eq!(sight.lines(), ["mail over_limit [member-limit no-report]"]);
    // Multiparts whose boundary never comes, one in the other and side by side.
    let mut text = String::from("From: a@example.net\nTo: b@example.com\n");
    for n in 0..50_000 {
        text.push_str(&format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"));
    }
    assert_eq!(see(text.as_bytes()).parts.len(), 1);
}

#[test]
fn a_report_among_a_million_parts_is_read_if_it_comes_early() {
    let text = mail(&attachment("application/gzip", "a.gz", gzip(XML)));
    let text = text.replace("--=_b--", &"--=_b\r\n\r\nx\r\n".repeat(20_000));
    let sight = see(text.as_bytes());
    assert_eq!(sight.lines(), ["mail.1 gzip.0: xml opened []", "mail - [member-limit]"]);
}

#[test]
fn a_million_tiny_mails() {
    let mailbox = "From - Thu Jul 02 00:10:00 2026\nTo: a\n\nx\n\n".repeat(1_000_000);
    struct Count(u32);
    impl vitrail::intake::Visitor for Count {
        fn leaf(
            &mut self,
            _: &vitrail::intake::Leaf<'_>,
            _: &mut dyn std::io::BufRead,
            _: &mut vitrail::base::Findings,
        ) -> Outcome {
            Outcome::NotAReport
        }
        fn feedback(
            &mut self,
            _: &vitrail::intake::Leaf<'_>,
            _: &vitrail::base::Feedback<'_>,
            _: &mut vitrail::base::Findings,
        ) -> Outcome {
            Outcome::NotAReport
        }
        fn part(
            &mut self,
            _: &vitrail::intake::Leaf<'_>,
            outcome: Option<Outcome>,
            _: vitrail::base::Findings,
        ) {
            self.0 += u32::from(outcome == Some(Outcome::NotAReport));
        }
    }
    let limits = Limits::default();
    let cx =
        vitrail::base::Context { limits: &limits, decode: vitrail::base::context::decode_natively };
    let mut count = Count(0);
    let size = mailbox.len() as u64;
    vitrail::intake::open(
        &mut std::io::Cursor::new(mailbox),
        "m",
        size,
        None,
        &cx,
        &|_| (),
        &mut count,
    );
    assert_eq!(count.0, 1_000_000);
}

#[test]
fn content_lengths_that_lie_cost_one_look() {
    let mail = "From - Thu Jul 02 00:10:00 2026\nTo: a\nContent-Length: 99999\n\nx\n\n";
    let sight = see(mail.repeat(10_000).as_bytes());
    assert_eq!(sight.count(Outcome::NotAReport), 10_000);
}

#[test]
fn endless_lines_and_headers() {
    let long = "x".repeat(20 << 20);
    assert_eq!(see(format!("From: {long}\nTo: b@example.com\n\n").as_bytes()).parts.len(), 1);
    assert_eq!(
        see(format!("From: a\nTo: b\n{}\n\n", "X-Y: z\n".repeat(1 << 20)).as_bytes()).parts.len(),
        1
    );
    assert_eq!(see(long.as_bytes()).parts.len(), 1);
    let words = "=?utf-8?q?a".repeat(1 << 18);
    assert_eq!(see(format!("Subject: {words}\nTo: b\n\n").as_bytes()).parts.len(), 1);
    let gz = [&b"\x1f\x8b\x08\x18\0\0\0\0\0\0"[..], &vec![b'n'; 5 << 20]].concat();
    assert_eq!(see(&gz).count(Outcome::Damaged), 1);
    assert_eq!(see(base64(vec![0; 9 << 20]).as_bytes()).parts.len(), 1);
}

#[test]
fn base64_within_base64_ends_soon() {
    for (levels, outcome) in [(14, Outcome::OverLimit), (40, Outcome::NotAReport)] {
        let text = (0..levels).fold(base64(gzip(XML)), |text, _| base64_lines(text, 76));
        assert_eq!(see(text.as_bytes()).count(outcome), 1, "{levels}");
    }
}

#[test]
fn multiparts_within_multiparts() {
    let mut text = "From: a@example.net\nSubject: s\n".to_owned();
    for level in 0..100_000 {
        text += &format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
    }
    let sight = see(text.as_bytes());
    assert_eq!(sight.lines(), ["mail over_limit [depth-limit no-report]"]);
}
