//! Aggregate records as a flat table, one row a `<record>`.
//!
//! Names and order are those of parsedmarc's CSV (version 11), so that what was
//! built on it goes on working; columns that it does not have come last. Its
//! `source_*` columns other than the address hold what DNS and address
//! databases say: they are there and empty, since Vitrail asks nobody.
//!
//! Where parsedmarc fills in a default (`pct`, `sp`, …), this table says what
//! the report says: a cell is empty where nothing is stated. And where it
//! splits a report of several days and prorates its counts, here totals never
//! change: `normalized_timespan` is always false.
//!
//! `spf_aligned`, `dkim_aligned` and `dmarc_aligned` are the reporter's verdicts;
//! ours, from what the report lists, stand in the columns `recomputed_…`.

use std::borrow::Cow;

use super::Cell;
use super::cells::{date, joined, text, word};
use crate::report::model::{AggregateRecord, Dkim, Header, PolicyPublished, Spf, Text};
use crate::report::token::Verdict;
use crate::report::{Token, Vocabulary};
use crate::store::Judgement;

/// The columns; [`cells`] gives a row in this order.
pub const COLUMNS: &[&str] = &[
    "xml_schema",
    "org_name",
    "org_email",
    "org_extra_contact_info",
    "report_id",
    "begin_date",
    "end_date",
    "normalized_timespan",
    "errors",
    "domain",
    "adkim",
    "aspf",
    "p",
    "sp",
    "np",
    "pct",
    "fo",
    "testing",
    "discovery_method",
    "source_ip_address",
    "source_country",
    "source_reverse_dns",
    "source_base_domain",
    "source_name",
    "source_type",
    "source_asn",
    "source_as_name",
    "source_as_domain",
    "count",
    "spf_aligned",
    "dkim_aligned",
    "dmarc_aligned",
    "disposition",
    "policy_override_reasons",
    "policy_override_comments",
    "envelope_from",
    "header_from",
    "envelope_to",
    "dkim_domains",
    "dkim_selectors",
    "dkim_results",
    "spf_domains",
    "spf_scopes",
    "spf_results",
    // ── ours ──
    "dkim_human_results",
    "spf_human_results",
    "generator",
    "xml_namespace",
    "extras",
    "path",
    "recomputed_spf_aligned",
    "recomputed_dkim_aligned",
    "recomputed_dmarc_aligned",
    "recomputed_agreement",
];

/// One record under its report's header, read from the file at `path`; `ours` is what
/// we make of it.
///
/// Lists are joined with commas, and texts that may hold some with `|`; the
/// n-th entries of the `dkim_*` columns belong together, so do those of `spf_*`
/// and `policy_override_*`. Dates are UTC.
pub fn cells<'a>(
    header: &'a Header<'a>,
    record: &'a AggregateRecord<'a>,
    path: &'a str,
    ours: Judgement,
) -> Vec<Cell<'a>> {
    let stated = header.policy.as_ref();
    let policy =
        |field: fn(&'a PolicyPublished<'a>) -> Cell<'a>| stated.map_or(Cell::Absent, field);
    let dkim = |field: fn(&'a Dkim<'a>) -> &'a str, separator| {
        joined(record.auth.dkim.iter().map(field), separator)
    };
    let spf = |field: fn(&'a Spf<'a>) -> &'a str, separator| {
        joined(record.auth.spf.iter().map(field), separator)
    };
    let spf_aligned = aligned(&record.spf);
    let dkim_aligned = aligned(&record.dkim);
    let dmarc_aligned = match (spf_aligned, dkim_aligned) {
        (None, None) => None,
        (spf, dkim) => Some(spf == Some(true) || dkim == Some(true)),
    };
    let extras = header.extras.iter().chain(&record.extras);
    vec![
        // parsedmarc's word for a report that states no version.
        Cell::Text(header.version.as_deref().unwrap_or("draft").into()),
        text(&header.reporter),
        text(&header.contact),
        Cell::stated(header.extra_contact_info.as_ref().map(|info| info.text.as_ref())),
        text(&header.report_id),
        date(header.begin),
        date(header.end),
        Cell::Flag(false),
        joined(header.errors.iter().map(|error| error.text.as_ref()), "|"),
        text(&header.domain),
        policy(|policy| word(&policy.adkim)),
        policy(|policy| word(&policy.aspf)),
        policy(|policy| word(&policy.p)),
        policy(|policy| word(&policy.sp)),
        policy(|policy| word(&policy.np)),
        policy(|policy| text(&policy.pct)),
        policy(|policy| text(&policy.fo)),
        policy(|policy| word(&policy.testing)),
        policy(|policy| word(&policy.discovery_method)),
        Cell::stated(record.source_ip.as_ref().map(ToString::to_string)),
        // source_country to source_as_domain
        Cell::Absent,
        Cell::Absent,
        Cell::Absent,
        Cell::Absent,
        Cell::Absent,
        Cell::Absent,
        Cell::Absent,
        Cell::Absent,
        record.count.map_or(Cell::Absent, Cell::Number),
        Cell::flag(spf_aligned),
        Cell::flag(dkim_aligned),
        Cell::flag(dmarc_aligned),
        word(&record.disposition),
        joined(record.reasons.iter().map(|reason| token(&reason.kind)), ","),
        joined(record.reasons.iter().map(|reason| plain(&reason.comment)), "|"),
        text(&record.envelope_from),
        text(&record.header_from),
        text(&record.envelope_to),
        dkim(|dkim| plain(&dkim.domain), ","),
        dkim(|dkim| plain(&dkim.selector), ","),
        dkim(|dkim| token(&dkim.result), ","),
        spf(|spf| plain(&spf.domain), ","),
        spf(|spf| token(&spf.scope), ","),
        spf(|spf| token(&spf.result), ","),
        dkim(|dkim| plain(&dkim.human_result), "|"),
        spf(|spf| plain(&spf.human_result), "|"),
        text(&header.generator),
        text(&header.namespace),
        joined(extras.map(|extra| format!("{}={}", extra.path, extra.text)), "|"),
        Cell::Text(Cow::Borrowed(path)),
        Cell::flag(ours.spf),
        Cell::flag(ours.dkim),
        Cell::flag(ours.passed()),
        Cell::stated(ours.agreement.word()),
    ]
}

fn plain<'a>(text: &'a Text<'_>) -> &'a str {
    text.as_deref().unwrap_or_default()
}

fn token<'a, V: Vocabulary>(token: &'a Option<Token<'_, V>>) -> &'a str {
    token.as_ref().map(Token::as_str).unwrap_or_default()
}

fn aligned(verdict: &Option<Token<'_, Verdict>>) -> Option<bool> {
    verdict.as_ref().map(|verdict| verdict.known() == Some(Verdict::Pass))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{ReportKind, UnixSeconds};
    use crate::report::model::{Address, Auth, Reason};
    use crate::report::token::{Disposition, DkimResult, PolicyAction, ReasonType};
    use crate::store::Agreement;

    #[test]
    fn a_record_is_one_row_under_its_names() {
        let header = Header {
            reporter: Some("Example Mail".into()),
            begin: Some(UnixSeconds(1_788_739_200)),
            policy: Some(PolicyPublished {
                p: Some(Token::Known(PolicyAction::Reject)),
                ..Default::default()
            }),
            ..Header::new(ReportKind::Aggregate)
        };
        let signature = |domain: &'static str, selector: Option<&'static str>| Dkim {
            domain: Some(domain.into()),
            selector: selector.map(Into::into),
            result: Some(Token::Known(DkimResult::Pass)),
            human_result: None,
        };
        let record = AggregateRecord {
            source_ip: Some(Address::Ip([192, 0, 2, 1].into())),
            count: Some(12),
            disposition: Some(Token::Known(Disposition::None)),
            dkim: Some(Token::Known(Verdict::Pass)),
            reasons: vec![Reason {
                kind: Some(Token::Known(ReasonType::LocalPolicy)),
                comment: Some("arc=pass".into()),
            }],
            auth: Auth {
                dkim: vec![signature("example.com", None), signature("b.test", Some("s1"))],
                spf: Vec::new(),
            },
            ..Default::default()
        };
        let agreement = Agreement::ReporterPasses;
        let ours = Judgement { dkim: Some(false), agreement, ..Judgement::default() };
        let cells = cells(&header, &record, "a.xml", ours);
        assert_eq!(cells.len(), COLUMNS.len());
        let cell = |name: &str| {
            let index = COLUMNS.iter().position(|column| *column == name).unwrap();
            cells[index].clone()
        };
        let text = |text: &'static str| Cell::Text(text.into());
        assert_eq!(cell("xml_schema"), text("draft"));
        assert_eq!(cell("begin_date"), text("2026-09-07 00:00:00"));
        assert_eq!(cell("end_date"), Cell::Absent);
        assert_eq!(cell("p"), text("reject"));
        assert_eq!(cell("source_ip_address"), text("192.0.2.1"));
        assert_eq!(cell("count"), Cell::Number(12));
        assert_eq!(cell("spf_aligned"), Cell::Absent);
        assert_eq!(cell("dmarc_aligned"), Cell::Flag(true));
        assert_eq!(cell("policy_override_comments"), text("arc=pass"));
        assert_eq!(cell("dkim_domains"), text("example.com,b.test"));
        assert_eq!(cell("dkim_selectors"), text(",s1"));
        assert_eq!(cell("spf_results"), Cell::Absent);
        assert_eq!(cell("path"), text("a.xml"));
        assert_eq!(cell("recomputed_dkim_aligned"), Cell::Flag(false));
        assert_eq!(cell("recomputed_dmarc_aligned"), Cell::Absent);
        assert_eq!(cell("recomputed_agreement"), text("reporter-passes"));
    }
}
