//! TLS reports as a flat table: of each policy one row for its summary, and one
//! for each of its failure details.
//!
//! Names and order are those of parsedmarc's `smtp_tls` CSV (version 11), so that what
//! was built on it goes on working; columns that it does not have come last. It
//! leaves the policy out of the rows of failure details; here they have it.
//!
//! A count stands where the report has it, in one row only, so that each column can be
//! added up: `successful_session_count` and `total_failure_session_count` in
//! summaries, `failed_session_count` in details. Details may add up to more
//! sessions than the summary says (RFC 8460 §4.4).

use std::borrow::Cow;

use super::Cell;
use super::cells::{date, joined, text, word};
use crate::report::model::Header;
use crate::report::{TlsFailure, TlsPolicy};

/// The columns; [`cells`] gives a row in this order.
pub const COLUMNS: &[&str] = &[
    "organization_name",
    "begin_date",
    "end_date",
    "report_id",
    "result_type",
    "successful_session_count",
    "failed_session_count",
    "policy_domain",
    "policy_type",
    "policy_strings",
    "mx_host_patterns",
    "sending_mta_ip",
    "receiving_ip",
    "receiving_mx_hostname",
    "receiving_mx_helo",
    "additional_info_uri",
    "failure_reason_code",
    // ── ours ──
    "total_failure_session_count",
    "domain",
    "policy_mode",
    "contact_info",
    "extras",
    "path",
];

/// What a row is of.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    pub header: &'a Header<'a>,
    /// The domain whose mail it is: a DANE policy may be named after an MX host.
    pub domain: Option<&'a str>,
    pub policy: &'a TlsPolicy<'a>,
    /// The mode that the policy states.
    pub mode: Option<&'a str>,
    /// `None` for the summary.
    pub failure: Option<&'a TlsFailure<'a>>,
    /// Of the file that it was read from.
    pub path: &'a str,
}

/// One row. Lists are joined with `|`; dates are UTC.
pub fn cells<'a>(line: Line<'a>) -> Vec<Cell<'a>> {
    let Line { header, domain, policy, mode, failure, path } = line;
    let of = |field: fn(&'a TlsFailure<'a>) -> Cell<'a>| failure.map_or(Cell::Absent, field);
    let count = |count: Option<u64>| count.map_or(Cell::Absent, Cell::Number);
    let summary = |sessions: Option<u64>| count(sessions.filter(|_| failure.is_none()));
    let address = |address: Option<String>| Cell::stated(address);
    let own = failure.map_or(&policy.extras, |failure| &failure.extras);
    let extras = header.extras.iter().chain(own);
    vec![
        text(&header.reporter),
        date(header.begin),
        date(header.end),
        text(&header.report_id),
        of(|failure| word(&failure.result_type)),
        summary(policy.successful),
        count(failure.and_then(|failure| failure.failed_sessions)),
        text(&policy.policy_domain),
        word(&policy.policy_type),
        joined(policy.policy_string.iter().map(AsRef::as_ref), "|"),
        joined(policy.mx_host.iter().map(AsRef::as_ref), "|"),
        address(failure.and_then(|of| Some(of.sending_mta_ip.as_ref()?.to_string()))),
        address(failure.and_then(|of| Some(of.receiving_ip.as_ref()?.to_string()))),
        of(|failure| text(&failure.receiving_mx_hostname)),
        of(|failure| text(&failure.receiving_mx_helo)),
        of(|failure| text(&failure.additional_information)),
        of(|failure| text(&failure.failure_reason_code)),
        summary(policy.failed),
        Cell::stated(domain),
        Cell::stated(mode),
        text(&header.contact),
        joined(extras.map(|extra| format!("{}={}", extra.path, extra.text)), "|"),
        Cell::Text(Cow::Borrowed(path)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ReportKind;
    use crate::report::Token;
    use crate::report::model::Address;
    use crate::report::token::{TlsPolicyType, TlsResult};

    #[test]
    fn counts_stand_in_one_row_each() {
        let header =
            Header { reporter: Some("Example Mail".into()), ..Header::new(ReportKind::Tls) };
        let policy = TlsPolicy {
            policy_type: Some(Token::Known(TlsPolicyType::Sts)),
            policy_string: vec!["version: STSv1".into(), "mode: testing".into()],
            policy_domain: Some("example.com".into()),
            successful: Some(40),
            failed: Some(2),
            ..TlsPolicy::default()
        };
        let failure = TlsFailure {
            result_type: Some(Token::Known(TlsResult::CertificateExpired)),
            sending_mta_ip: Some(Address::Ip([192, 0, 2, 1].into())),
            failed_sessions: Some(3),
            ..TlsFailure::default()
        };
        let line = Line {
            header: &header,
            domain: Some("example.com"),
            policy: &policy,
            mode: Some("testing"),
            failure: None,
            path: "a.json",
        };
        let rows = [cells(line), cells(Line { failure: Some(&failure), ..line })];
        let cell = |name: &str| {
            let index = COLUMNS.iter().position(|column| *column == name).unwrap();
            rows.each_ref().map(|row| row[index].clone())
        };
        let text = |text: &'static str| Cell::Text(text.into());
        assert_eq!(rows.each_ref().map(Vec::len), [COLUMNS.len(); 2]);
        assert_eq!(cell("successful_session_count"), [Cell::Number(40), Cell::Absent]);
        assert_eq!(cell("total_failure_session_count"), [Cell::Number(2), Cell::Absent]);
        assert_eq!(cell("failed_session_count"), [Cell::Absent, Cell::Number(3)]);
        assert_eq!(cell("result_type"), [Cell::Absent, text("certificate-expired")]);
        assert_eq!(cell("sending_mta_ip"), [Cell::Absent, text("192.0.2.1")]);
        assert_eq!(cell("policy_strings"), ["version: STSv1|mode: testing"; 2].map(text));
        assert_eq!(cell("policy_type"), ["sts"; 2].map(text));
    }
}
