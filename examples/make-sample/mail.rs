//! Report mails, each in the shape of its reporter.

use std::io;

use base64::{Engine, prelude::BASE64_STANDARD};
use vitrail::base::UnixSeconds;

use crate::aggregate::Report;
use crate::pack::{gzip, zip};
use crate::random::Random;
use crate::story::Reporter;
use crate::tls;

/// Longer than any attachment: what makes Microsoft's mails hard to open.
const ONE_LINE: usize = usize::MAX;

/// Base64 in lines of `width` characters.
fn base64_lines(bytes: &[u8], width: usize) -> String {
    let text: Vec<char> = BASE64_STANDARD.encode(bytes).chars().collect();
    let lines: Vec<String> = text.chunks(width).map(|line| line.iter().collect()).collect();
    lines.join("\n")
}

/// An RFC 2047 subject in UTF-8, in words of at most 75 characters.
fn encoded_words(text: &str) -> String {
    let words: Vec<String> = text
        .as_bytes()
        .chunks(42)
        .map(|chunk| format!("=?utf-8?B?{}?=", BASE64_STANDARD.encode(chunk)))
        .collect();
    words.join("\n ")
}

/// An RFC 5322 date.
pub fn date(seconds: i64) -> String {
    const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let at = UnixSeconds(seconds);
    let civil = at.civil().expect("a date of the story");
    format!(
        "{}, {:02} {} {} {:02}:{:02}:{:02} +0000",
        WEEKDAYS[at.day().rem_euclid(7) as usize],
        civil.day,
        MONTHS[usize::from(civil.month) - 1],
        civil.year,
        civil.hour,
        civil.minute,
        civil.second
    )
}

/// The mail that a reporter sends with this report. Lines end with LF.
pub fn aggregate(report: &Report) -> io::Result<String> {
    let (domain, id) = (report.domain.name, &report.id);
    let submitter = report.reporter.submitter();
    match report.reporter {
        Reporter::Google => google(report),
        Reporter::Outlook | Reporter::EnterpriseOutlook => microsoft(report),
        Reporter::MailRu => {
            let subject = format!("Report Domain: {domain}; Submitter: Mail.Ru; Report-ID: {id}");
            mixed(report, &subject, "application/gzip", 76)
        }
        Reporter::AmazonSes => {
            let begin = UnixSeconds(report.begin()).rfc3339();
            let day = begin.split('T').next().unwrap_or_default();
            let subject = format!(
                "Dmarc Aggregate Report Domain: {{{domain}}}  Submitter: {{Amazon SES}}\n  Date: {{{day}}}  Report-ID: {{{id}}}"
            );
            mixed(report, &subject, "application/octet-stream", 76)
        }
        _ => {
            let subject =
                format!("Report Domain: {domain} Submitter: {submitter} Report-ID: <{id}>");
            mixed(report, &subject, "application/gzip", 78)
        }
    }
}

/// The headers that all of them have.
fn head(report: &Report, from: &str, subject: &str) -> String {
    let id = match report.id.contains('@') {
        true => report.id.clone(),
        false => format!("{}@{}", report.id, report.reporter.submitter()),
    };
    format!(
        "From: {from}
To: dmarc@{domain}
Subject: {subject}
Date: {sent}
Message-ID: <{id}>
MIME-Version: 1.0
",
        domain = report.domain.name,
        sent = date(report.sent()),
    )
}

/// The whole mail is the zip.
fn google(report: &Report) -> io::Result<String> {
    let (domain, id) = (report.domain.name, &report.id);
    let subject = format!("Report domain: {domain} Submitter: google.com Report-ID: {id}");
    let archive = zip(&[(report.file_name("xml"), report.xml().into_bytes())])?;
    Ok(format!(
        "{head}Content-Type: application/zip;
\tname=\"{name}\"
Content-Disposition: attachment;
\tfilename=\"{name}\"
Content-Transfer-Encoding: base64

{body}
",
        head = head(report, report.reporter.contact(), &subject),
        name = report.file_name("zip"),
        body = base64_lines(&archive, 76)
    ))
}

/// A text and a gzip file, in base64 lines of `width`.
fn mixed(report: &Report, subject: &str, kind: &str, width: usize) -> io::Result<String> {
    let from = format!("{} <{}>", report.reporter.name(), report.reporter.contact());
    let name = report.file_name("xml.gz");
    let file_name = match report.reporter {
        // RFC 2231 §3: the name goes on in a second parameter.
        Reporter::AmazonSes => {
            let (first, second) = name.split_at(name.len() / 2);
            format!("filename*0={first};\n filename*1={second}")
        }
        _ => format!("filename=\"{name}\""),
    };
    Ok(format!(
        "{head}Content-Type: multipart/mixed; boundary=\"{boundary}\"

--{boundary}
Content-Type: text/plain; charset=us-ascii

The messages that {reporter} received in the name of {domain}
on one day are summed up in the attached report.

--{boundary}
Content-Type: {kind}
Content-Disposition: attachment; {file_name}
Content-Transfer-Encoding: base64

{body}
--{boundary}--
",
        head = head(report, &from, subject),
        boundary = format_args!("=_{}", Random::of(&[&report.id], 1).hex(24)),
        reporter = report.reporter.name(),
        domain = report.domain.name,
        body = base64_lines(&gzip(report.xml().as_bytes())?, width)
    ))
}

/// Three multiparts around an empty part, a page in HTML and the gzip file;
/// both base64 bodies in one line, however long.
fn microsoft(report: &Report) -> io::Result<String> {
    let (domain, id) = (report.domain.name, &report.id);
    let submitter = report.reporter.submitter();
    let subject = format!("Report Domain: {domain} Submitter: {submitter} Report-ID: {id}");
    let page = format!(
        "<div style =\"font-family:Segoe UI; font-size:14px;\">Mail in the name of {domain} was received between {} and {}. The attached file says from where, how much of it, and whether it passed DMARC. It was written by a program that reads no answers; see the page of your domain for what to do next.</div>",
        date(report.begin()),
        date(report.end())
    );
    Ok(format!(
        "{head}Content-Type: multipart/mixed;
\tboundary=\"_mpm_{boundary}_\"

This is a multi-part message in MIME format.

--_mpm_{boundary}_
Content-Type: multipart/related;
\tboundary=\"_rv_{boundary}_\"

--_rv_{boundary}_
Content-Type: multipart/alternative;
\tboundary=\"_av_{boundary}_\"

--_av_{boundary}_


--_av_{boundary}_
Content-Type: text/html; charset=us-ascii
Content-Transfer-Encoding: base64

{page}

--_av_{boundary}_--

--_rv_{boundary}_--

--_mpm_{boundary}_
Content-Type: application/gzip
Content-Transfer-Encoding: base64
Content-ID: <{content_id}>
Content-Description: {name}
Content-Disposition: attachment; filename=\"{name}\";

{body}

--_mpm_{boundary}_--
",
        head = head(
            report,
            "\"DMARC Aggregate Report\" <dmarcreport@microsoft.com>",
            &encoded_words(&subject)
        ),
        boundary = format_args!("{}sample", Random::of(&[&report.id], 1).hex(32)),
        page = base64_lines(page.as_bytes(), ONE_LINE),
        content_id = Random::of(&[&report.id], 2).uuid(),
        name = report.file_name("xml.gz"),
        body = base64_lines(&gzip(report.xml().as_bytes())?, ONE_LINE)
    ))
}

/// The mail of a TLS report (RFC 8460 §5.3).
pub fn tls(report: &tls::Report) -> io::Result<String> {
    let json = report.json().map_err(io::Error::other)?;
    let (from, id) = match report.sender {
        tls::Sender::Google => (
            "noreply-smtp-tls-reporting@google.com",
            format!("<{}@google.com>", report.id.replace(['-', ':'], ".")),
        ),
        tls::Sender::Microsoft => ("tlsrpt-noreply@microsoft.com", report.id.clone()),
    };
    Ok(format!(
        "From: {from}
To: tls@{domain}
Subject: Report Domain: {domain} Submitter: {sender}
 Report-ID: {id}
Date: {sent}
Message-ID: <{message_id}@{sender}>
MIME-Version: 1.0
TLS-Report-Domain: {domain}
TLS-Report-Submitter: {sender}
Content-Type: multipart/report; report-type=tlsrpt;
\tboundary=\"{boundary}\"

--{boundary}
Content-Type: text/plain; charset=us-ascii

The attached file sums up the TLS sessions with the mail servers of
{domain} on one day.

--{boundary}
Content-Type: application/tlsrpt+gzip
Content-Description:
 {name}
Content-Disposition: attachment;
 filename=\"{name}\"
Content-Transfer-Encoding: base64

{body}
--{boundary}--
",
        domain = report.domain,
        sender = report.sender.domain(),
        sent = date(report.sent()),
        message_id = Random::of(&[&report.id], 2).hex(32),
        boundary = format_args!("_{}_", Random::of(&[&report.id], 1).uuid()),
        name = report.file_name("json.gz"),
        body = base64_lines(&gzip(json.as_bytes())?, 76)
    ))
}

/// A mail that forwards another one whole.
pub fn forwarded(mail: &str, sent: i64) -> String {
    format!(
        "From: Ada Meyer <ada@example.net>
To: postmaster@example.com
Subject: Fwd: is this ours?
Date: {sent}
Message-ID: <fwd-1@example.net>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=\"--=fwd\"

----=fwd
Content-Type: text/plain; charset=us-ascii

This came to my mailbox. Do you collect these?

----=fwd
Content-Type: message/rfc822
Content-Disposition: attachment

{mail}
----=fwd--
",
        sent = date(sent)
    )
}
