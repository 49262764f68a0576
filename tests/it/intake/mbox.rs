//! Mailboxes, all four variants, and mails that only look like several.

use vitrail::base::{Format, Kind, Limits, Outcome};

use super::make::{XML, attachment, gzip, long_xml, mail};
use super::see::{check, see, see_within};

const FROM: &str = "From reports@example.net Thu Jul  2 00:10:00 2026\n";

fn report() -> String {
    mail(&attachment("application/gzip", "a.gz", gzip(XML))).replace('\r', "")
}

fn letter(body: &str) -> String {
    format!("From: a@example.net\nTo: b@example.com\nSubject: s\n\n{body}\n")
}

/// The text bodies of all mails of a mailbox, which are letters.
#[track_caller]
fn bodies(mailbox: &str) -> Vec<String> {
    let sight = see(mailbox.as_bytes());
    assert!(
        sight.lines().iter().all(|line| line.contains("mail not_a_report")),
        "{:?}",
        sight.lines()
    );
    sight
        .feedback
        .into_iter()
        .map(|feedback| feedback.text.unwrap_or_default().trim_end().to_owned())
        .collect()
}

#[test]
fn each_mail_is_walked_with_its_place() {
    let mailbox = format!("{FROM}{}\n{FROM}{}\n{FROM}{}", report(), letter("hello"), report());
    let sight = check(
        mailbox.as_bytes(),
        &[
            "mbox.0 mail.1 gzip.0: xml opened []",
            "mbox.1: mail not_a_report [no-report]",
            "mbox.2 mail.1 gzip.0: xml opened []",
        ],
    );
    let (start, end) = sight.parts[1].steps[0].range.unwrap();
    assert_eq!(mailbox[start as usize..end as usize].trim_end(), letter("hello").trim_end());
    assert_eq!(see(&gzip(&mailbox)).count(Outcome::Opened), 2);
}

/// What a mail unpacks to is held against the mail, which is read before it is walked.
#[test]
fn a_large_report_in_a_mail_is_no_bomb() {
    let xml = long_xml(5_000);
    let mail = mail(&attachment("application/gzip", "a.gz", gzip(&xml))).replace('\r', "");
    let mailbox = format!("{FROM}{}\n{FROM}{mail}", letter("hello"));
    let limits = Limits { ratio: 50, ratio_floor_bytes: 10_000, ..Limits::default() };
    assert!(xml.len() > 100_000);
    let sight = see_within(mailbox.as_bytes(), &limits);
    assert_eq!(sight.count(Outcome::Opened), 1, "{:?}", sight.lines());
    assert!(!sight.has(Kind::RatioLimit), "{:?}", sight.lines());
}

#[test]
fn any_line_end() {
    let mailbox = format!("{FROM}{}\n{FROM}{}", report(), report());
    for end in ["\n", "\r\n", "\r"] {
        let sight = see(mailbox.replace('\n', end).as_bytes());
        assert_eq!(sight.count(Outcome::Opened), 2, "{end:?}: {:?}", sight.lines());
    }
}

#[test]
fn a_byte_order_mark_costs_no_mail() {
    let mailbox = format!("\u{feff}{FROM}{}\n{FROM}{}", report(), report());
    let sight = see(mailbox.as_bytes());
    assert_eq!(sight.count(Outcome::Opened), 2, "{:?}", sight.lines());
    let (start, _) = sight.parts[0].steps[0].range.unwrap();
    assert!(mailbox[start as usize..].starts_with("Received: "));
}

#[test]
fn quoted_lines_are_unquoted_one_mark_each() {
    let mailbox =
        format!("{FROM}{}\n{FROM}{}", letter(">From here\n>>From there"), letter("x > From y"));
    assert_eq!(bodies(&mailbox), ["From here\n>From there", "x > From y"]);
}

#[test]
fn bare_lines_in_bodies_do_not_cut() {
    for body in [
        "From the team\nhello",
        "\nFrom the team\nhello",
        "\nFrom Mon to Fri at 10:00\nwe meet",
        "\nFrom a@example.net Thu Jul  2 00:10:00 2026\nand so on, without a field below",
    ] {
        let mailbox = format!("{FROM}{}\n{FROM}{}", letter(body), letter("last"));
        assert_eq!(bodies(&mailbox), [body, "last"], "{body}");
    }
}

#[test]
fn a_true_content_length_is_believed_and_a_wrong_one_not() {
    // A whole mailbox inside a body, not quoted (mboxcl2).
    let body = format!("first\n\n{FROM}{}", letter("quoted"));
    let sized = |length: usize| {
        let letter = letter(&body).replacen("\n\n", &format!("\nContent-Length: {length}\n\n"), 1);
        format!("{FROM}{letter}\n{FROM}{}", letter_last())
    };
    fn letter_last() -> String {
        letter("last")
    }
    assert_eq!(bodies(&sized(body.len() + 1)).len(), 2);
    for wrong in [0, 3, body.len() - 20, 1 << 40] {
        assert_eq!(bodies(&sized(wrong)).len(), 3, "{wrong}");
    }
}

#[test]
fn from_lines_of_all_writers() {
    for line in [
        "From - Thu Jul 02 00:10:00 2026",
        "From MAILER-DAEMON Thu Jul  2 00:10:00 2026",
        "From ???@??? Thu Jul 02 00:10:00 2026",
        "From 1843@xxx Thu Jul 02 00:10:00 +0000 2026",
        "From reports@example.net",
    ] {
        let mailbox = format!("{line}\n{}\n{line}\n{}", report(), report());
        assert_eq!(see(mailbox.as_bytes()).count(Outcome::Opened), 2, "{line}");
    }
    // A mailbox of one; and a text that only begins like one.
    assert_eq!(see(format!("{FROM}{}", report()).as_bytes()).count(Outcome::Opened), 1);
    check(b"From the desk of\nnobody\n", &["text not_a_report [no-report]"]);
}

#[test]
fn a_mail_over_the_limit_costs_only_itself() {
    let long = letter(&"0123456789\n".repeat(20_000));
    let mailbox = format!("{FROM}{}\n{FROM}{long}\n{FROM}{}", report(), report());
    let limits = Limits { buffered_bytes: 50_000, ..Limits::default() };
    let sight = see_within(mailbox.as_bytes(), &limits);
    assert_eq!(
        sight.lines(),
        [
            "mbox.0 mail.1 gzip.0: xml opened []",
            "mbox.1: mail over_limit [buffer-limit no-report]",
            "mbox.2 mail.1 gzip.0: xml opened []",
        ]
    );
}

#[test]
fn more_mails_than_the_limit_allows() {
    let mailbox = format!("{FROM}{}\n", letter("x")).repeat(5);
    let limits = Limits { parts_per_file: 3, ..Limits::default() };
    let sight = see_within(mailbox.as_bytes(), &limits);
    assert_eq!(sight.count(Outcome::NotAReport), 3);
    let container = sight.parts.last().unwrap();
    assert_eq!((container.format, container.outcome), (Format::Mbox, None));
    assert!(container.findings.has(Kind::MemberLimit));
}
