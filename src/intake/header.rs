//! The header of a mail or of one of its parts (RFC 5322 §2.2, RFC 2045), as
//! it really comes: odd lines before, between and instead of fields.
//!
//! Which lines are fields is decided here; what a field's value says is read by
//! [`field`].

use std::borrow::Cow;

use super::lines::lines;
use crate::base::field::{self, Content};
use crate::base::lenient::mail_date;
use crate::base::{Decode, MailHeader};

/// Field values are cut here before they are read.
const VALUE_BYTES: usize = 64 << 10;

/// A header longer than this is no header any more.
const HEADER_BYTES: usize = 1 << 20;

/// Lines that are no fields, before the first field of a mail.
const ODD_LINES: usize = 6;

/// Fields that hardly any text but a mail begins with.
const MAIL_FIELDS: &[&str] = &[
    "arc-authentication-results",
    "arc-message-signature",
    "arc-seal",
    "authentication-results",
    "content-disposition",
    "content-transfer-encoding",
    "content-type",
    "contenttype",
    "date",
    "delivered-to",
    "dkim-signature",
    "feedback-type",
    "from",
    "message-id",
    "mime-version",
    "received",
    "received-spf",
    "reply-to",
    "return-path",
    "sender",
    "subject",
    "tls-report-domain",
    "tls-report-submitter",
    "to",
    "x-received",
];

/// One field: its name as it stands, and its value with all folds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    pub(super) name: &'a [u8],
    value: &'a [u8],
}

/// A header and where the body begins.
#[derive(Debug, Default)]
pub(super) struct Header<'a> {
    pub(super) fields: Vec<Field<'a>>,
    /// Offset of the body.
    pub(super) body: usize,
    /// A line among the fields was none.
    pub(super) has_odd_line: bool,
}

impl<'a> Header<'a> {
    /// Reads the header of a mail: blank lines, a `From ` line and a few odd
    /// lines may stand before it.
    pub(super) fn of_mail(text: &'a [u8]) -> Self {
        let start = mail_start(text).unwrap_or(0);
        let mut header = Self::of_part(&text[start..]);
        header.body += start;
        header
    }

    /// Reads the header of a part, which may have none.
    pub(super) fn of_part(text: &'a [u8]) -> Self {
        let mut header = Self::default();
        // The field in hand: its name, and where its value begins and ends.
        let mut open: Option<(&[u8], usize, usize)> = None;
        let text = &text[..text.len().min(HEADER_BYTES)];
        header.body = text.len();
        let mut all = lines(text);
        while let Some((start, line)) = all.next() {
            let end = start + line.len();
            if let (Some(b' ' | b'\t'), Some(field)) = (line.first(), &mut open) {
                field.2 = end;
                continue;
            }
            if line.is_empty() {
                header.body = all.offset();
                break;
            }
            if let Some((name, colon)) = field_name(line) {
                header.close(text, open.replace((name, start + colon + 1, end)));
            } else if has_field_ahead(&text[all.offset()..], open.is_some()) {
                header.has_odd_line = true;
            } else {
                // The body, without the blank line before it or without a header.
                header.body = start;
                break;
            }
        }
        header.close(text, open);
        if header.fields.is_empty() && header.body == text.len() {
            header.body = 0;
        }
        header
    }

    fn close(&mut self, text: &'a [u8], field: Option<(&'a [u8], usize, usize)>) {
        if let Some((name, start, end)) = field {
            self.fields.push(Field { name, value: &text[start..end] });
        }
    }

    /// The value of the first field of this name.
    pub(super) fn get(&self, name: &str) -> Option<&'a [u8]> {
        self.fields
            .iter()
            .find(|field| field.name.eq_ignore_ascii_case(name.as_bytes()))
            .map(|field| field.value)
    }

    /// The value of a MIME field, also where its name is mistyped (`ContentType`):
    /// `true` then.
    pub(super) fn get_mime(&self, name: &str) -> Option<(&'a [u8], bool)> {
        let letters = |name: &'a [u8]| name.iter().filter(|byte| byte.is_ascii_alphanumeric());
        self.get(name).map(|value| (value, false)).or_else(|| {
            let wanted = || name.bytes().filter(u8::is_ascii_alphanumeric);
            let field = self.fields.iter().find(|field| {
                letters(field.name)
                    .map(u8::to_ascii_lowercase)
                    .eq(wanted().map(|b| b.to_ascii_lowercase()))
            })?;
            Some((field.value, true))
        })
    }

    /// What the mail says of itself.
    pub(super) fn mail(&self, decode: Decode) -> MailHeader {
        let value = |name| self.get(name).map(|value| characters(value, decode));
        let text = |name| {
            let text = field::text(&value(name)?, decode);
            Some(text).filter(|text| !text.is_empty())
        };
        // A bare word in place of an address is read as a name.
        let address = |name| {
            let mailbox = field::mailbox(&value(name)?, decode);
            mailbox.address.or(mailbox.name)
        };
        MailHeader {
            from: address("from"),
            to: address("to"),
            subject: text("subject"),
            message_id: value("message-id")
                .and_then(|value| field::message_id(&value).map(str::to_owned)),
            date: value("date").and_then(|value| Some(mail_date(&value)?.0)),
            tls_report_domain: text("tls-report-domain"),
            tls_report_submitter: text("tls-report-submitter"),
        }
    }
}

/// `Content-Type` or `Content-Disposition`.
pub(super) fn content(value: &[u8], decode: Decode) -> Content {
    Content::of(&characters(value, decode))
}

/// A value's characters, as far as it is read.
fn characters(value: &[u8], decode: Decode) -> Cow<'_, str> {
    field::characters(&value[..value.len().min(VALUE_BYTES)], decode)
}

/// The name of a field and where its colon stands, if the line is a field.
pub(super) fn field_name(line: &[u8]) -> Option<(&[u8], usize)> {
    let colon = memchr::memchr(b':', &line[..line.len().min(100)])?;
    let name = line[..colon].trim_ascii_end();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (!name.is_empty() && name.iter().all(is_name)).then_some((name, colon))
}

fn is_mail_field(name: &[u8]) -> bool {
    MAIL_FIELDS.iter().any(|field| field.as_bytes().eq_ignore_ascii_case(name))
}

/// Whether fields go on behind an odd line. Before the first field only MIME
/// fields tell: any text may have a colon in it.
fn has_field_ahead(rest: &[u8], among_fields: bool) -> bool {
    const AHEAD: usize = 3;
    lines(rest).take(AHEAD).take_while(|(_, line)| !line.is_empty()).any(|(_, line)| {
        field_name(line).is_some_and(|(name, _)| {
            among_fields
                || name.get(..7).is_some_and(|start| start.eq_ignore_ascii_case(b"content"))
        })
    })
}

/// Where the first field of a mail stands, if `text` is a mail: two fields
/// that mails have, or one at the very beginning of a header.
fn mail_start(text: &[u8]) -> Option<usize> {
    const LOOK_AT: usize = 80;
    let text = &text[..text.len().min(HEADER_BYTES)];
    let mut first = None;
    let mut odd = 0;
    let mut known = 0;
    for (at, line) in lines(text).take(LOOK_AT) {
        if line.is_empty() {
            match (first, known) {
                (None, _) => {}
                // A lone line with a colon, and the mail behind it.
                (Some(_), 0) => (first, odd) = (None, odd + 1),
                (Some(_), _) => break,
            }
            continue;
        }
        match field_name(line) {
            Some((name, _)) => {
                first.get_or_insert(at);
                known += u32::from(is_mail_field(name));
            }
            None if first.is_some() && matches!(line[0], b' ' | b'\t') => {}
            None => odd += 1,
        }
        if known >= 2 {
            return first;
        }
        if odd > ODD_LINES {
            return None;
        }
    }
    first.filter(|_| known > 0 && odd == 0)
}

/// Whether a text is a mail, or a part of one saved with its header.
pub(super) fn begins_mail(text: &[u8]) -> bool {
    mail_start(text).is_some()
}

/// Whether a text begins with a field.
pub(super) fn begins_field(text: &[u8]) -> bool {
    lines(text).map(|(_, line)| line).find(|line| !line.is_empty()).and_then(field_name).is_some()
}

/// Whether a line is a field that hardly anything but a mail has.
pub(super) fn is_mail_line(line: &[u8]) -> bool {
    field_name(line).is_some_and(|(name, _)| is_mail_field(name))
}
