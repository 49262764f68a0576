//! What a mail says of itself, as far as report readers need it. Decoded text,
//! lossily where a mail is broken.

use super::UnixSeconds;

/// The header fields of a mail that help where a report is silent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailHeader {
    /// The address of `From`, without the display name.
    pub from: Option<String>,
    pub to: Option<String>,
    pub subject: Option<String>,
    /// Without the angle brackets.
    pub message_id: Option<String>,
    pub date: Option<UnixSeconds>,
    /// `TLS-Report-Domain` (RFC 8460 §5.3).
    pub tls_report_domain: Option<String>,
    /// `TLS-Report-Submitter` (RFC 8460 §5.3).
    pub tls_report_submitter: Option<String>,
}

/// The parts of a mail that may be a failure report (RFC 5965 §2), or its
/// text-only form, where only `text` is there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Feedback<'a> {
    /// The text for people.
    pub text: Option<&'a str>,
    /// `message/feedback-report`, transfer encoding undone.
    pub report: Option<&'a [u8]>,
    pub sample: Option<Sample<'a>>,
}

/// The message that a failure report is about, transfer encoding undone.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    pub bytes: &'a [u8],
    /// `text/rfc822-headers`: there is no body.
    pub headers_only: bool,
}
