//! From what was stated to what is pushed: gaps filled from the sample's header
//! and the mail, and told.

use std::borrow::Cow;

use super::feedback::FeedbackPart;
use super::sample::SampleHeader;
use crate::base::field::domain_of;
use crate::base::{Kind, Limits, ReportKind, Whereabouts};
use crate::report::model::Text;
use crate::report::token::{FeedbackType, Token};
use crate::report::{Failure, Header, Hints, Sink, fact};

const AT: Whereabouts = Whereabouts::Whole;

/// Pushes the row, completed, and then the header.
pub fn push(
    mut part: FeedbackPart,
    sample: SampleHeader,
    hints: &Hints<'_>,
    limits: &Limits,
    sink: &mut dyn Sink,
) {
    settle_type(&mut part.failure, sink);
    from_sample(&mut part.failure, &sample, sink);
    let failure = &mut part.failure;
    let mut text = |value: Option<String>, name: &str| -> Text<'static> {
        let value = fact::printable(Cow::Owned(value?), name, AT, sink);
        Some(fact::clip(value, limits.text_bytes, name, AT, sink))
    };
    failure.header_from = text(sample.from.clone(), "From");
    failure.subject = text(sample.subject.clone(), "Subject");
    failure.message_id = text(sample.message_id.clone().or(part.message_id.take()), "Message-ID");
    failure.sample_header = text(sample.text.clone(), "header");
    if let Some(alignment) = failure.identity_alignment.as_deref() {
        sink.finding(Kind::AmbiguousAlignment, AT, alignment);
    }
    if !part.is_text_only {
        missing(failure, sink);
    }
    sink.failure(failure);
    push_header(&part, &sample, hints, sink);
}

/// Says what kind of report it is, where the report does not or where it is no
/// authentication failure.
fn settle_type(failure: &mut Failure<'_>, sink: &mut dyn Sink) {
    match &failure.feedback_type {
        Some(Token::Known(FeedbackType::AuthFailure)) => {}
        Some(other) => sink.finding(Kind::OtherFeedback, AT, other.as_str()),
        None => {
            sink.finding(Kind::MissingValue, AT, "Feedback-Type");
            let is_auth_failure = !failure.auth_failure.is_empty()
                || !failure.authentication_results.is_empty()
                || failure.identity_alignment.is_some()
                || failure.delivery_result.is_some();
            if is_auth_failure {
                failure.feedback_type = Some(Token::Known(FeedbackType::AuthFailure));
            }
        }
    }
}

/// Fills what the report does not state from the sample's header.
fn from_sample(failure: &mut Failure<'static>, sample: &SampleHeader, sink: &mut dyn Sink) {
    let mut told = |name: &str| sink.finding(Kind::FieldFromSample, AT, name);
    if let (None, Some(address)) = (&failure.source_ip, &sample.received_from) {
        failure.source_ip = Some(address.clone());
        told("Source-IP");
    }
    if let (None, Some(at)) = (failure.arrival, sample.received.or(sample.date)) {
        failure.arrival = Some(at);
        told("Arrival-Date");
    }
    if let (None, Some(path)) = (&failure.original_mail_from, &sample.return_path) {
        failure.original_mail_from = Some(Cow::Owned(path.clone()));
        told("Original-Mail-From");
    }
    if let (true, Some(results)) =
        (failure.authentication_results.is_empty(), &sample.authentication_results)
    {
        failure.authentication_results.push(Cow::Owned(results.clone()));
        told("Authentication-Results");
    }
}

/// Tells which required fields are stated nowhere (RFC 5965 §3.1, RFC 6591
/// §3.1, RFC 9991 §4).
fn missing(failure: &Failure<'_>, sink: &mut dyn Sink) {
    let is_auth_failure =
        matches!(failure.feedback_type, Some(Token::Known(FeedbackType::AuthFailure)));
    for (name, is_required, is_stated) in [
        ("User-Agent", true, failure.user_agent.is_some()),
        ("Version", true, failure.version.is_some()),
        ("Auth-Failure", is_auth_failure, !failure.auth_failure.is_empty()),
        ("Authentication-Results", is_auth_failure, !failure.authentication_results.is_empty()),
        ("Identity-Alignment", is_auth_failure, failure.identity_alignment.is_some()),
    ] {
        if is_required && !is_stated {
            sink.finding(Kind::MissingValue, AT, name);
        }
    }
}

/// Pushes what the report says of itself.
pub fn push_header(
    part: &FeedbackPart,
    sample: &SampleHeader,
    hints: &Hints<'_>,
    sink: &mut dyn Sink,
) {
    let failure = &part.failure;
    let mail = hints.mail;
    let mail_from = mail.and_then(|mail| mail.from.as_deref());
    let mut header = Header::new(ReportKind::Failure);
    let mta = failure.reporting_mta.as_deref().and_then(mta_host);
    header.reporter = mta.or_else(|| domain_of(mail_from?)).map(Cow::Borrowed);
    header.contact = mail_from.map(Cow::Borrowed);
    header.report_id = mail.and_then(|mail| mail.message_id.as_deref()).map(Cow::Borrowed);
    header.domain = domain(failure, sample, sink).map(Cow::Borrowed);
    let at = failure.arrival.or_else(|| {
        let date = mail?.date?;
        sink.finding(Kind::DateFromName, AT, &date.rfc3339());
        Some(date)
    });
    (header.begin, header.end) = (at, at);
    sink.header(&header);
}

/// The domain that the report is about. More than one may be stated; the first
/// rules.
fn domain<'f>(
    failure: &'f Failure<'_>,
    sample: &'f SampleHeader,
    sink: &mut dyn Sink,
) -> Option<&'f str> {
    let stated = failure.reported_domains.first().or(failure.dkim_domain.as_ref());
    if let Some(domain) = stated {
        return Some(domain);
    }
    let from_sample = sample.from_domain.as_deref();
    let from_envelope = || domain_of(failure.original_mail_from.as_deref()?);
    let derived = from_sample.or_else(from_envelope);
    let kind = if derived.is_some() { Kind::FieldFromSample } else { Kind::MissingValue };
    sink.finding(kind, AT, "Reported-Domain");
    derived
}

/// The host in `dns; mail.example.net` (RFC 3464 §2.2.2).
fn mta_host(text: &str) -> Option<&str> {
    let host = text.rsplit(';').next()?.trim();
    (!host.is_empty()).then_some(host)
}
