//! The files of the sample: which report comes in which container.

use std::io::{self, Cursor, Write};

use flate2::{Compression, GzBuilder};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::aggregate::{self, Report};
use crate::story::{DAYS, FIRST_DAY, Reporter};
use crate::{failure, mail, tls};

/// Gzip as reporters make it: without a time and a name.
pub fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// A zip of these members, without times.
pub fn zip(members: &[(String, Vec<u8>)]) -> io::Result<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer
            .start_file(name.as_str(), SimpleFileOptions::default().compression_level(Some(9)))?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

/// A tar of these members, compressed as a whole. In the order of names, like stands beside like.
fn tar_gz(mut members: Vec<(String, Vec<u8>)>) -> io::Result<Vec<u8>> {
    members.sort();
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in &members {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, bytes.as_slice())?;
    }
    gzip(&builder.into_inner()?)
}

/// Names and contents, in the order in which the page loads them.
pub fn files() -> io::Result<Vec<(&'static str, Vec<u8>)>> {
    let mut rest = aggregate::reports();
    let mut tls_rest = tls::reports();
    let last = DAYS - 1;

    let one_line = take(&mut rest, |r| is(r, Reporter::Outlook, "example.com", last));
    let careless = take(&mut rest, |r| r.reporter == Reporter::KappaMail);
    let gmx = take(&mut rest, |r| r.reporter == Reporter::Gmx && r.day >= last - 1);
    let mailed = take(&mut rest, is_mailed);
    let tls_mailed = take(&mut tls_rest, |r| r.day == last);

    Ok(vec![
        ("microsoft-one-line.eml", crlf(&mail::aggregate(first(&one_line)?)?)),
        ("mailbox.mbox", mbox(&mailed, &tls_mailed)?),
        ("gmx-rfc9990.zip", zip(&members(&gmx))?),
        ("careless-reporter.xml", first(&careless)?.xml().into_bytes()),
        ("saved-attachments.tar.gz", tar_gz(members(&rest))?),
        ("tls-reports.tar.gz", tar_gz(tls_members(&tls_rest)?)?),
    ])
}

fn is(report: &Report, reporter: Reporter, domain: &str, day: i64) -> bool {
    report.reporter == reporter && report.domain.name == domain && report.day == day
}

/// One of each shape of mail, and one day of the great ones.
fn is_mailed(report: &Report) -> bool {
    match report.reporter {
        Reporter::AmazonSes | Reporter::MailRu => {
            report.day / 7 == 5 && report.domain.name == "example.com"
        }
        _ => report.day == DAYS - 1,
    }
}

fn take<T>(all: &mut Vec<T>, wanted: impl Fn(&T) -> bool) -> Vec<T> {
    all.extract_if(.., |item| wanted(item)).collect()
}

fn first(reports: &[Report]) -> io::Result<&Report> {
    reports.first().ok_or_else(|| io::Error::other("the story lacks a report"))
}

fn members(reports: &[Report]) -> Vec<(String, Vec<u8>)> {
    reports.iter().map(|report| (report.file_name("xml"), report.xml().into_bytes())).collect()
}

fn tls_members(reports: &[tls::Report]) -> io::Result<Vec<(String, Vec<u8>)>> {
    reports
        .iter()
        .map(|report| {
            let json = report.json().map_err(io::Error::other)?;
            Ok((report.file_name("json"), json.into_bytes()))
        })
        .collect()
}

fn crlf(text: &str) -> Vec<u8> {
    text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes()
}

/// A mailbox in the mboxrd form: report mails, one of them forwarded again
/// (its report is a duplicate), and a letter that is no report.
fn mbox(reports: &[Report], tls_reports: &[tls::Report]) -> io::Result<Vec<u8>> {
    let mut mails: Vec<(i64, String)> = failure::mails();
    for report in reports {
        mails.push((report.sent(), mail::aggregate(report)?));
    }
    for report in tls_reports {
        mails.push((report.sent(), mail::tls(report)?));
    }
    let again = reports.iter().find(|report| report.reporter == Reporter::MailRu);
    if let Some(report) = again {
        let sent = report.sent() + 36_000;
        mails.push((sent, mail::forwarded(&mail::aggregate(report)?, sent)));
    }
    mails.push((FIRST_DAY + 400_000, LETTER.replace("{date}", &mail::date(FIRST_DAY + 400_000))));
    mails.sort();
    let mut out = String::new();
    for (sent, mail) in mails {
        let date = mail::date(sent);
        let (weekday, rest) = date.split_at(3);
        let [day, month, year, time] = fields(rest);
        out.push_str(&format!("From - {weekday} {month} {day} {time} {year}\n"));
        for line in mail.lines() {
            if line.trim_start_matches('>').starts_with("From ") {
                out.push('>');
            }
            out.push_str(line);
            out.push('\n');
        }
        out.push('\n');
    }
    Ok(out.into_bytes())
}

/// Day, month, year and time of an RFC 5322 date without its weekday.
fn fields(date: &str) -> [&str; 4] {
    let mut words = date.trim_start_matches(',').split_whitespace();
    std::array::from_fn(|_| words.next().unwrap_or_default())
}

const LETTER: &str = "From: Bo Lind <bo@example.com>
To: postmaster@example.com
Subject: Sendwell and our newsletter
Date: {date}
Message-ID: <letter-1@example.com>
MIME-Version: 1.0
Content-Type: text/plain; charset=us-ascii

Sendwell asks us for two DNS entries before the next newsletter. Could you
have a look? I put the reports in this folder.

Bo
";
