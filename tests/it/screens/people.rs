//! Nobody is named in a failure before somebody asks, wherever and however an address is written.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use vitrail::screens::Program;
use vitrail::screens::markup::{Act, Drawn};

use super::filter::typing;
use super::{draw, engine, failures, values, words, words_of};
use crate::random::Random;

/// Fields of a feedback part.
const FEEDBACK: [&str; 15] = [
    "User-Agent",
    "Original-Mail-From",
    "Original-Rcpt-To",
    "Original-Envelope-Id",
    "Authentication-Results",
    "DKIM-Identity",
    "DKIM-Selector",
    "DKIM-Domain",
    "SPF-DNS",
    "Reported-URI",
    "Identity-Alignment",
    "Delivery-Result",
    "Source-IP",
    "X-Weird",
    "X-Original-To",
];

/// Fields of a message.
const HEADER: [&str; 17] = [
    "From",
    "To",
    "Cc",
    "Sender",
    "Reply-To",
    "Subject",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Return-Path",
    "Received",
    "List-Unsubscribe",
    "Authentication-Results",
    "X-Envelope",
    "X-Envelope-From",
    "X-JSON",
    "Author",
];

/// An address whose local part, and whose name, is a secret; some way of writing it.
fn address(random: &mut Random) -> String {
    let local =
        *random.pick(&["secret", "Secret.Person+x", "secr\u{e9}t", "it=secret", "a/secret"]);
    let domain = *random.pick(&["client.test", "sub.client.test", "b\u{fc}cher.test"]);
    let plain = format!("{local}@{domain}");
    let word = |text: &str| format!("=?utf-8?B?{}?=", STANDARD.encode(text));
    match random.below(18) {
        0 => plain,
        1 => format!("<{plain}>"),
        2 => format!("\"Secret Person\" <{plain}>"),
        3 => format!("Secret Person <{plain}>"),
        4 => format!("{plain} (Secret (Secret) Person)"),
        5 => format!("bounce+{local}={domain}@example.com"),
        6 => format!("{local}%40{domain}"),
        7 => format!("<https://list.test/u?e={local}%40{domain}>"),
        8 => format!("mailto:{plain}"),
        9 => format!("{local}(secret)@{domain}"),
        10 => format!("{local} (secret)\r\n @{domain}"),
        11 => format!("\"secret quoted\"@{domain}"),
        12 => format!("\"secret \\\" quoted\".{local}@{domain}"),
        13 => format!("{} <{plain}>", word("Secret Person")),
        14 => word(&format!("of {plain} to you")),
        15 => format!("=?utf-8?Q?of_{}=40{domain}?=", local.replace('=', "=3D")),
        16 => format!("smtp.mailfrom={plain}"),
        _ => format!("{{\"mail\":\"{plain}\"}}"),
    }
}

fn report(random: &mut Random) -> String {
    let mut fields = |names: &[&str]| {
        let field = |name: &&str| format!("{name}: {}\r\n", address(random));
        names.iter().map(field).collect::<String>()
    };
    let (outer, feedback, header) = (fields(&["From"]), fields(&FEEDBACK), fields(&HEADER));
    let again = fields(&["Original-Mail-From", "Original-Envelope-Id"]);
    let body = fields(&["Hello"]);
    format!(
        "{outer}To: d@example.com\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=r\r\n\r\n\
         --r\r\nContent-Type: message/feedback-report\r\n\r\n\
         Feedback-Type: auth-failure\r\nVersion: 1\r\nAuth-Failure: dmarc\r\nReported-Domain: example.com\r\n\
         {feedback}{again}\
         --r\r\nContent-Type: message/rfc822\r\n\r\n{header}\r\n{body}\r\n--r--\r\n"
    )
}

/// All that is to be read of it, on hover, too, and all that it saves and leads to.
fn said(drawn: &Drawn) -> String {
    let rows = drawn.table.iter().flat_map(|table| &table.rows);
    let rows: String = rows.map(|cells| words_of(cells)).collect();
    let saved = drawn.acts.iter().filter_map(|act| match act {
        Act::Save { text, .. } => Some(text.as_str()),
        _ => None,
    });
    let said = [words(drawn), rows, values(drawn, "title").join(" "), saved.collect()];
    format!("{} {}", said.join(" "), values(drawn, "href").join(" "))
}

#[test]
fn no_local_part_is_shown_before_somebody_asks() {
    let encoded = STANDARD.encode("Secret Person");
    for number in 0..150 {
        let file = report(&mut Random::new(number));
        for (route, buttons) in [
            ("#/failures", &["Show the header", "Show the body as text"][..]),
            ("#/reports", &[]),
            ("#/files", &[]),
            ("#/files/findings", &[]),
            ("#/overview", &[]),
            ("#/explore?of=failure&by=subject", &[]),
            ("#/explore?of=failure&by=from", &[]),
            ("#/explore?of=failure&by=delivery", &[]),
            ("#/explore?of=failure&by=dkim-domain", &[]),
            ("#/explore?of=failure&by=selector", &[]),
        ] {
            let said = said(&failures::pressed(route, &file, buttons));
            let small = said.to_lowercase();
            for secret in ["secr", "person", "quoted", &encoded.to_lowercase()] {
                assert!(
                    !small.contains(secret),
                    "{number}: {secret} in {route}: {}\n{file}",
                    near(&small, secret)
                );
            }
        }
        let shown = said(&failures::pressed("#/failures", &file, &["Show the header"]));
        assert!(shown.contains("@") && shown.contains(".test"), "domains: {shown}");
        let named = ["Show the header", "Show names and addresses"];
        let named = said(&failures::pressed("#/failures", &file, &named));
        assert!(named.to_lowercase().contains("secr"), "{named}");
    }
}

#[test]
fn an_address_in_the_place_of_a_domain_is_masked_and_no_domain() {
    let file = report(&mut Random::new(1));
    let file = file.replace("Reported-Domain: ", "Reported-Domain: secret@");
    for route in ["#/failures", "#/reports", "#/explore?of=failure&by=domain"] {
        let said = said(&failures::pressed(route, &file, &[]));
        assert!(said.contains("•••@example.com"), "{route}: {said}");
        assert!(!said.contains("secret@") && !said.contains("xn--@"), "{route}: {said}");
    }
}

#[test]
fn completions_name_reports_and_nobody_else() {
    let file = report(&mut Random::new(1));
    let file = file.replace("Reported-Domain: ", "Reported-Domain: secret@");
    let file =
        file.replace("MIME-Version: 1.0\r\n", "MIME-Version: 1.0\r\nMessage-ID: <r1@rep.test>\r\n");
    let mut engine = engine([("a.eml", file.as_bytes())]);
    let mut completed = |typed: &str| {
        let typing = typing("#/failures", "search", typed);
        words(&draw(&mut Program::default(), Some(&mut engine), &typing))
    };
    assert!(completed("report:r1").contains("r1@rep.test"));
    assert!(completed("ip:192.0.2.1 report:r1").contains("r1@rep.test"));
    assert!(!completed("domain:").contains("secret"));
    assert!(!completed("example").contains("secret@"));
    assert!(completed("domain:secret@").contains("secret@example.com"), "it was typed");
}

/// What stands around it.
fn near<'a>(said: &'a str, secret: &str) -> &'a str {
    let at = said.find(secret).unwrap_or_default();
    &said[said.floor_char_boundary(at.saturating_sub(80))..said.ceil_char_boundary(at + 80)]
}
