//! The header of a mail or of one of its parts (RFC 5322 §2.2, RFC 2045), as
//! it really comes: odd lines before, between and instead of fields.
//!
//! Which lines are fields is decided here; what a field's value says is read
//! by mail-parser (encoded words, RFC 2231 continuations, addresses, dates).

use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};

use super::lines::lines;
use crate::base::{MailHeader, UnixSeconds};

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
    pub(super) fn mail(&self) -> MailHeader {
        MailHeader {
            from: self.get("from").and_then(address),
            to: self.get("to").and_then(address),
            subject: self.get("subject").and_then(text),
            message_id: self.get("message-id").and_then(message_id),
            date: self.get("date").and_then(date),
            tls_report_domain: self.get("tls-report-domain").and_then(text),
            tls_report_submitter: self.get("tls-report-submitter").and_then(text),
        }
    }
}

/// Runs one of mail-parser's readers over a field's value. They want the line's end.
fn parsed(
    value: &[u8],
    read: impl for<'v> FnOnce(&mut MessageStream<'v>) -> HeaderValue<'v>,
) -> HeaderValue<'static> {
    let mut line = value[..value.len().min(VALUE_BYTES)].to_vec();
    line.push(b'\n');
    read(&mut MessageStream::new(&line)).into_owned()
}

/// `Content-Type` or `Content-Disposition` (RFC 2045 §5.1, RFC 2183, RFC 2231).
pub(super) fn content_type(value: &[u8]) -> Option<ContentType<'static>> {
    parsed(value, |stream| stream.parse_content_type()).into_content_type()
}

/// Unstructured text, encoded words decoded (RFC 2047).
fn text(value: &[u8]) -> Option<String> {
    let text = parsed(value, |stream| stream.parse_unstructured()).into_text()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The first address, without the name before it.
fn address(value: &[u8]) -> Option<String> {
    let addresses = parsed(value, |stream| stream.parse_address()).into_address()?;
    let first = addresses.first()?;
    // A bare word in place of an address is read as a name.
    first.address().or(first.name()).map(str::to_owned)
}

fn message_id(value: &[u8]) -> Option<String> {
    match parsed(value, |stream| stream.parse_id()) {
        HeaderValue::Text(id) => Some(id.into_owned()),
        HeaderValue::TextList(ids) => ids.first().map(|id| id.clone().into_owned()),
        _ => None,
    }
}

fn date(value: &[u8]) -> Option<UnixSeconds> {
    let date = parsed(value, |stream| stream.parse_date()).into_datetime()?;
    date.is_valid().then(|| UnixSeconds(date.to_timestamp()))
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
