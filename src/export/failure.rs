//! Failure reports as a flat table, one row a message.
//!
//! Names and order are those of parsedmarc's CSV of failure reports (version 11.1), so that
//! what was built on it goes on working; columns that it does not have come last. Its
//! `source_*` columns other than the address hold what DNS and address databases say:
//! they are there and empty, since Vitrail asks nobody. So are `authentication_mechanisms`,
//! its reading of `Identity-Alignment`, to which RFC 7489 and RFC 9991 give opposite meanings
//! (what is stated stands in `identity_alignment`), and `sample_headers_only`: the message
//! itself is not kept.

use super::Cell;
use super::cells::{date, joined, text, word};
use crate::report::model::{Failure, Header};

/// The columns; [`cells`] gives a row in this order.
pub const COLUMNS: &[&str] = &[
    "feedback_type",
    "user_agent",
    "version",
    "original_envelope_id",
    "original_mail_from",
    "original_rcpt_to",
    "arrival_date",
    "arrival_date_utc",
    "subject",
    "message_id",
    "authentication_results",
    "dkim_domain",
    "source_ip_address",
    "source_country",
    "source_reverse_dns",
    "source_base_domain",
    "source_name",
    "source_type",
    "source_asn",
    "source_as_name",
    "source_as_domain",
    "delivery_result",
    "auth_failure",
    "reported_domain",
    "authentication_mechanisms",
    "sample_headers_only",
    // ── ours ──
    "domain",
    "org_name",
    "org_email",
    "report_id",
    "header_from",
    "identity_alignment",
    "dkim_identity",
    "dkim_selector",
    "spf_dns",
    "reported_uri",
    "incidents",
    "extras",
    "path",
];

/// One row, of a report in the file at `path`.
///
/// Lists are joined with commas, and texts that may hold some with `|`. Both dates are
/// the same moment in UTC.
pub fn cells<'a>(header: &'a Header<'a>, failure: &'a Failure<'a>, path: &'a str) -> Vec<Cell<'a>> {
    let texts = |texts: &'a [std::borrow::Cow<'a, str>], separator| {
        joined(texts.iter().map(AsRef::as_ref), separator)
    };
    let extras = header.extras.iter().chain(&failure.extras);
    let unasked = Cell::Absent;
    vec![
        word(&failure.feedback_type),
        text(&failure.user_agent),
        text(&failure.version),
        text(&failure.original_envelope_id),
        text(&failure.original_mail_from),
        texts(&failure.original_rcpt_to, ","),
        date(header.begin),
        date(header.begin),
        text(&failure.subject),
        text(&failure.message_id),
        texts(&failure.authentication_results, "|"),
        text(&failure.dkim_domain),
        Cell::stated(failure.source_ip.as_ref().map(ToString::to_string)),
        unasked.clone(),
        unasked.clone(),
        unasked.clone(),
        unasked.clone(),
        unasked.clone(),
        unasked.clone(),
        unasked.clone(),
        unasked.clone(),
        word(&failure.delivery_result),
        joined(failure.auth_failure.iter().map(|token| token.as_str()), ","),
        texts(&failure.reported_domains, ","),
        unasked.clone(),
        unasked,
        text(&header.domain),
        text(&header.reporter),
        text(&header.contact),
        text(&header.report_id),
        text(&failure.header_from),
        text(&failure.identity_alignment),
        text(&failure.dkim_identity),
        text(&failure.dkim_selector),
        texts(&failure.spf_dns, "|"),
        texts(&failure.reported_uris, "|"),
        failure.incidents.map_or(Cell::Absent, Cell::Number),
        joined(extras.map(|extra| format!("{}={}", extra.path, extra.text)), "|"),
        Cell::Text(path.into()),
    ]
}
