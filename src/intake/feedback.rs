//! A mail as a failure report: its text, its feedback part, its sample (RFC
//! 5965 §2), told by what they hold as much as by what they are declared.

use std::borrow::Cow;

use super::compound::Compound;
use super::header::Header;
use super::html;
use super::lines;
use super::mail::Mail;
use super::mime::{self, Part};
use super::msg::Message;
use crate::base::field;
use crate::base::{Context, Decode, Feedback, Format, MailHeader, Sample};

/// Text for people is cut here: the fields that reports have in it stand at its beginning.
const TEXT_BYTES: usize = 1 << 20;

/// Encoded bytes of a part that are decoded to see whether it has the fields.
const HEAD_BYTES: usize = 8 << 10;

/// Reads one mail as a failure report: for a view of one that was opened
/// before, from the bytes that [`super::reopen`] gives, which are a mail or an Outlook message.
pub fn read(
    mail: &[u8],
    format: Format,
    cx: &Context<'_>,
    take: &mut dyn FnMut(&MailHeader, &Feedback<'_>),
) {
    if format == Format::Msg {
        let compound = Compound::of(mail.to_vec());
        let message = compound.and_then(|it| Message::of(&it, cx.limits.buffered_bytes, cx));
        if let Some(Message { header, mail, .. }) = message {
            with(&mail, cx.decode, |feedback| take(&header, feedback));
        }
        return;
    }
    let mut bytes = Cow::Borrowed(mail);
    lines::normalise(&mut bytes);
    let header = Header::of_mail(&bytes);
    let parts = mime::parts(&bytes, &header, cx.limits.parts_per_mail, cx.decode);
    let mail = Mail {
        format: Format::Mail,
        parts: parts.leaves,
        media: parts.media,
        bare: header.get("feedback-type").map(|_| &bytes[..]),
    };
    with(&mail, cx.decode, |feedback| take(&header.mail(cx.decode), feedback));
}

/// Whether a mail has a feedback part, or is one.
pub(super) fn has_report(mail: &Mail<'_>) -> bool {
    mail.bare.is_some() || mail.parts.iter().any(is_report)
}

/// Lends the parts of a failure report: all, or those there are.
pub(super) fn with<T>(mail: &Mail<'_>, decode: Decode, take: impl FnOnce(&Feedback<'_>) -> T) -> T {
    let report_at = mail.parts.iter().position(is_report);
    let report = report_at.map(|at| mail.parts[at].decoded());
    let others = || mail.parts.iter().enumerate().filter(|(at, _)| Some(*at) != report_at);
    let text = text(others().map(|(_, part)| part), decode);
    let sample = others().map(|(_, part)| part).find(|part| is_sample(&part.media));
    let sample = sample.map(|part| (part.decoded(), part.media.contains("-header")));
    take(&Feedback {
        text: text.as_deref(),
        report: report.as_deref().or(mail.bare),
        sample: sample
            .as_ref()
            .map(|(bytes, headers_only)| Sample { bytes, headers_only: *headers_only }),
    })
}

/// Declared a feedback report, or with the fields of one (RFC 5965 §3).
fn is_report(part: &Part<'_>) -> bool {
    if part.media == "message/feedback-report" {
        return true;
    }
    if is_sample(&part.media) {
        return false;
    }
    let head = Part {
        encoding: part.encoding,
        body: Cow::Borrowed(&part.body[..part.body.len().min(HEAD_BYTES)]),
        ..Part::default()
    };
    Header::of_part(&head.decoded()).get("feedback-type").is_some()
}

fn is_sample(media: &str) -> bool {
    matches!(
        media,
        "message/rfc822"
            | "message/global"
            | "text/rfc822-headers"
            // A slip of some feedback loops.
            | "text/rfc822-header"
            | "message/rfc822-headers"
            | "message/global-headers"
    )
}

/// The first text for people: plain, or else HTML made plain.
fn text<'p>(
    parts: impl Iterator<Item = &'p Part<'p>> + Clone,
    decode: Decode,
) -> Option<Cow<'p, str>> {
    let first = |media: &[&str]| {
        parts
            .clone()
            .filter(|part| media.contains(&part.media.as_str()))
            .find(|part| !part.body.trim_ascii().is_empty())
    };
    if let Some(plain) = first(&["text/plain", ""]) {
        return Some(characters(plain, decode));
    }
    let page = first(&["text/html"])?;
    Some(html::plain(&characters(page, decode)).into())
}

/// A text part's characters: as declared, or UTF-8, or windows-1252.
fn characters<'p>(part: &'p Part<'p>, decode: Decode) -> Cow<'p, str> {
    let mut bytes = part.decoded();
    match &mut bytes {
        Cow::Borrowed(bytes) => *bytes = &bytes[..bytes.len().min(TEXT_BYTES)],
        Cow::Owned(bytes) => bytes.truncate(TEXT_BYTES),
    }
    let declared = part.charset.as_deref().and_then(|charset| decode(charset.trim(), &bytes));
    if let Some(text) = declared {
        return text.into();
    }
    match bytes {
        Cow::Borrowed(bytes) => field::characters(bytes, decode),
        Cow::Owned(bytes) => field::characters(&bytes, decode).into_owned().into(),
    }
}
