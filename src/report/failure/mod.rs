//! Failure reports: ARF mails (RFC 5965, 6591, 9991; RFC 7489 §7.3.1) and what
//! some send in their place. Abuse reports of feedback loops are read as well,
//! as what they are.
//!
//! The feedback part rules; what it does not state is taken from the sample's
//! header, which is the primary evidence, and then from the mail around it.

mod complete;
mod feedback;
mod fields;
mod sample;
mod text_only;

use base64::Engine;

use feedback::FeedbackPart;
use fields::{Field, Fields};
use text_only::TextReport;

use crate::base::field::{BASE64, characters};
use crate::base::{Context, Feedback, Kind, Outcome, Whereabouts};
use crate::report::{Hints, Sink};

/// Reads the parts of one mail: a failure report, a text that is one, or neither.
pub fn read(
    mail: &Feedback<'_>,
    hints: &Hints<'_>,
    cx: &Context<'_>,
    sink: &mut dyn Sink,
) -> Outcome {
    let report = mail.report.and_then(|bytes| report_text(bytes, cx, sink));
    let text_report = match report {
        Some(_) => None,
        None => mail.text.and_then(text_only::read),
    };
    if mail.report.is_none() && text_report.is_none() {
        return Outcome::NotAReport;
    }
    let sample = match (mail.sample, &text_report) {
        (Some(sample), _) => Some(sample.bytes),
        (None, Some(text)) => text.sample.as_deref().map(str::as_bytes),
        (None, None) => None,
    };
    for (part, is_there) in [
        ("text/plain", mail.text.is_some()),
        ("message/feedback-report", mail.report.is_some()),
        ("message/rfc822", sample.is_some()),
    ] {
        if !is_there {
            sink.finding(Kind::MissingPart, Whereabouts::Whole, part);
        }
    }
    let sample = sample.map(|bytes| sample::read(bytes, cx.decode));
    let sample = sample.unwrap_or_default();
    let part = match (&report, &text_report) {
        (Some(text), _) => feedback::read(Fields::new(text, cx.limits.text_bytes), cx.limits, sink),
        (None, Some(text)) => text_part(text, cx, sink),
        (None, None) if sample.says_nothing() => {
            sink.finding(Kind::NoRecords, Whereabouts::Whole, "");
            complete::push_header(&FeedbackPart::default(), &sample, hints, sink);
            return Outcome::Damaged;
        }
        (None, None) => FeedbackPart::default(),
    };
    complete::push(part, sample, hints, cx.limits, sink);
    Outcome::Opened
}

/// The fields of a text-only report, as facts.
fn text_part(text: &TextReport, cx: &Context<'_>, sink: &mut dyn Sink) -> FeedbackPart {
    sink.finding(Kind::TextOnlyFailure, Whereabouts::Whole, "");
    let fields = text.fields.iter().map(|(name, value)| Field {
        name,
        value: value.clone(),
        at: Whereabouts::Whole,
        is_wrapped: false,
    });
    FeedbackPart { is_text_only: true, ..feedback::read(fields, cx.limits, sink) }
}

/// The text of a feedback part, or `None` where it has none of its fields. A
/// part whose header has lost its transfer encoding is base64 still.
fn report_text(bytes: &[u8], cx: &Context<'_>, sink: &mut dyn Sink) -> Option<String> {
    let text = characters(bytes, cx.decode).into_owned();
    if feedback::is_feedback(&text) {
        return Some(text);
    }
    let packed: Vec<u8> = bytes.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
    let unpacked = BASE64.decode(packed).ok()?;
    let text = Some(characters(&unpacked, cx.decode).into_owned())
        .filter(|text| feedback::is_feedback(text))?;
    sink.finding(Kind::MimeMalformed, Whereabouts::Whole, "Content-Transfer-Encoding");
    Some(text)
}
