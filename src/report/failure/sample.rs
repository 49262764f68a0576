//! The header of the message that a failure report is about.

use std::net::IpAddr;

use super::fields::{Field, Fields};
use crate::base::field::{self, Mailbox, domain_of};
use crate::base::lenient;
use crate::base::{Decode, UnixSeconds};
use crate::report::model::Address;

/// A header longer than this is none.
const HEADER_BYTES: usize = 1 << 20;

/// What the header says, decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SampleHeader {
    /// The header as it stands.
    pub text: Option<String>,
    /// `Name <address>`.
    pub from: Option<String>,
    /// The domain of the address in `from`.
    pub from_domain: Option<String>,
    pub subject: Option<String>,
    /// Without the angle brackets.
    pub message_id: Option<String>,
    pub return_path: Option<String>,
    /// The topmost one: those below may be anybody's.
    pub authentication_results: Option<String>,
    /// Who handed the message to the reporter: by the topmost `Received` that is
    /// no hop within one machine.
    pub received_from: Option<Address<'static>>,
    /// The time of the topmost `Received`.
    pub received: Option<UnixSeconds>,
    pub date: Option<UnixSeconds>,
}

impl SampleHeader {
    /// Whether it tells neither who sent the message nor from where.
    pub fn says_nothing(&self) -> bool {
        self.from.is_none() && self.received_from.is_none()
    }
}

/// Reads the header at the start of a message.
pub fn read(message: &[u8], decode: Decode) -> SampleHeader {
    let text = field::characters(header_part(message), decode);
    let mut header = SampleHeader::default();
    for field in Fields::new(&text, HEADER_BYTES) {
        take(&mut header, field, decode);
    }
    header.text = Some(text.into_owned());
    header
}

/// The bytes up to the first blank line, blank lines before them left out.
fn header_part(message: &[u8]) -> &[u8] {
    let start = message.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(message.len());
    let rest = &message[start..];
    let rest = &rest[..rest.len().min(HEADER_BYTES)];
    let mut line_start = 0;
    while let Some(length) = memchr::memchr2(b'\n', b'\r', &rest[line_start..]) {
        if length == 0 {
            return &rest[..line_start];
        }
        let end = line_start + length;
        line_start = end + if rest[end..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    rest
}

fn take(header: &mut SampleHeader, field: Field<'_>, decode: Decode) {
    let value = field.value;
    match field.name.to_ascii_lowercase().as_str() {
        "from" if header.from.is_none() => {
            let Mailbox { name, address } = field::mailbox(&value, decode);
            header.from_domain = address.as_deref().and_then(domain_of).map(str::to_owned);
            header.from = match (name, address) {
                (Some(name), Some(address)) => Some(format!("{name} <{address}>")),
                (None, Some(address)) => Some(address),
                (_, None) => Some(value),
            };
        }
        "subject" if header.subject.is_none() => {
            header.subject = Some(field::text(&value, decode)).filter(|text| !text.is_empty());
        }
        "message-id" if header.message_id.is_none() => {
            header.message_id = field::message_id(&value).map(str::to_owned);
        }
        "return-path" => header.return_path = header.return_path.take().or(Some(value)),
        "authentication-results" => {
            header.authentication_results = header.authentication_results.take().or(Some(value));
        }
        "received" => {
            let (hop, date) = value.rsplit_once(';').unwrap_or((&value, ""));
            header.received = header.received.or_else(|| Some(lenient::mail_date(date)?.0));
            if header.received_from.is_none() {
                header.received_from = sender_of(hop).map(Address::Ip);
            }
        }
        "date" if header.date.is_none() => {
            header.date = lenient::mail_date(&value).map(|(at, _)| at);
        }
        _ => {}
    }
}

/// The address in the `from` clause of a `Received` field (RFC 5321 §4.4). What
/// the peer said of itself comes first, what the server saw last.
fn sender_of(hop: &str) -> Option<IpAddr> {
    let clause = hop.strip_prefix("from ")?.split(" by ").next()?;
    let seen = clause.split([' ', '(', ')']).filter(|word| !word.starts_with("helo="));
    let address = seen.rev().find_map(|word| Some(lenient::address(word)?.0))?;
    (!address.is_loopback()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::context::decode_natively;

    #[test]
    fn what_a_header_says() {
        let message = "\r\nReturn-Path: <bounce@other.example>\r\n\
            Authentication-Results: mx.example.net;\r\n\tdkim=fail header.d=example.com\r\n\
            Authentication-Results: forged.example; dkim=pass\r\n\
            Received: from out.other.example (out.other.example [192.0.2.7])\r\n \
            by mx.example.net (Postfix) with ESMTP id 1; Tue, 24 Nov 2026 09:00:00 +0100\r\n\
            Received: from [10.0.0.1] by out.other.example; Tue, 24 Nov 2026 08:59:00 +0100\r\n\
            from: =?utf-8?B?UmVjaG51bmfDvA==?= <billing@example.com>\r\n\
            Subject: =?utf-8?Q?D=C3=A9j=C3=A0?=\r\n vu\r\n\
            Message-ID: <1@other.example>\r\n\
            Date: Tue, 24 Nov 2026 08:58:00 +0100\r\n\r\n\
            Subject: of the body\r\n";
        let header = read(message.as_bytes(), decode_natively);
        assert!(header.text.as_deref().is_some_and(|text| text.ends_with("+0100\r\n")));
        let expected = SampleHeader {
            text: header.text.clone(),
            from: Some("Rechnungü <billing@example.com>".to_owned()),
            from_domain: Some("example.com".to_owned()),
            subject: Some("Déjà vu".to_owned()),
            message_id: Some("1@other.example".to_owned()),
            return_path: Some("<bounce@other.example>".to_owned()),
            authentication_results: Some(
                "mx.example.net; dkim=fail header.d=example.com".to_owned(),
            ),
            received_from: Some(Address::Ip([192, 0, 2, 7].into())),
            received: Some(UnixSeconds(1_795_507_200)),
            date: Some(UnixSeconds(1_795_507_080)),
        };
        assert_eq!(header, expected);
    }

    #[test]
    fn the_sender_of_a_hop() {
        for (hop, address) in [
            ("from a.test (b.test [192.0.2.7]) by c.test", Some("192.0.2.7")),
            ("from 127.0.0.1  (EHLO a.test) (192.0.2.7) by c.test", Some("192.0.2.7")),
            ("from a.test ([192.0.2.7]:4227 helo=[198.51.100.1]) by c.test", Some("192.0.2.7")),
            ("from a.test (localhost [IPv6:::1]) by c.test", None),
            ("by 192.0.2.7 with SMTP", None),
        ] {
            assert_eq!(
                sender_of(hop),
                address.map(|text| text.parse().expect("an address")),
                "{hop}"
            );
        }
    }

    #[test]
    fn a_message_without_a_header_says_nothing() {
        for message in ["", "\n\n", "REDACTED\n"] {
            let header = read(message.as_bytes(), decode_natively);
            assert_eq!(
                header,
                SampleHeader { text: header.text.clone(), ..SampleHeader::default() }
            );
        }
    }
}
