//! The mail that a report comes in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::random::Random;
use crate::report::Report;
use crate::world::Style;

/// A mail with the gzipped report as its attachment: on one line, as one great reporter has it, or
/// folded.
pub fn of(report: &Report, gzipped: &[u8], random: &mut Random) -> String {
    let Report { reporter, domain, name, id, .. } = report;
    let (host, email) = (reporter.host, reporter.email);
    let line = STANDARD.encode(gzipped);
    let body = match reporter.style {
        Style::Schema => line,
        _ => folded(&line),
    };
    let mut mail = String::new();
    for hop in 0..3 {
        mail.push_str(&format!(
            "Received: from mail-{hop}.{host} (mail-{hop}.{host} [192.0.2.{hop}]) by mx{hop}.{domain} with ESMTPS id {}; Sun, 01 Nov 2026 00:0{hop}:00 +0000\r\n",
            random.hex(16)
        ));
    }
    mail.push_str(&format!(
        "From: {email}\r\nTo: dmarc-rua@{domain}\r\nSubject: Report Domain: {domain} Submitter: {host} Report-ID: <{id}>\r\nDate: Sun, 01 Nov 2026 01:00:00 +0000\r\nMessage-ID: <{}@{host}>\r\nMIME-Version: 1.0\r\n",
        random.hex(24)
    ));
    let part = format!(
        "Content-Type: application/gzip; name=\"{name}.xml.gz\"\r\nContent-Disposition: attachment; filename=\"{name}.xml.gz\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n"
    );
    if reporter.style == Style::Long {
        return mail + &part;
    }
    let boundary = format!("=_{}", random.hex(32));
    mail + &format!(
        "Content-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nThis is an aggregate report from {host}.\r\n\r\n--{boundary}\r\n{part}--{boundary}--\r\n"
    )
}

/// In lines of 76 characters (RFC 2045 §6.8).
fn folded(line: &str) -> String {
    let lines: Vec<_> = line.as_bytes().chunks(76).map(String::from_utf8_lossy).collect();
    lines.join("\r\n")
}
