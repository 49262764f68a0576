//! How the naive engine sorts: by comparing rows as they are shown.

use std::cmp::Ordering;

use super::sieve::spelt;
use vitrail::query::{
    FailureColumn, FailureLine, FileColumn, FileLine, Page, RecordColumn, RecordLine, ReportColumn,
    ReportLine,
};

/// How two rows stand to one another: what is absent comes last in both directions.
pub enum Ranked {
    Same,
    By(Ordering),
    Absent(Ordering),
}

fn rank<T: Ord>(a: Option<T>, b: Option<T>) -> Ranked {
    match (a, b) {
        (Some(a), Some(b)) => Ranked::By(a.cmp(&b)),
        (a, b) => Ranked::Absent(a.is_none().cmp(&b.is_none())),
    }
}

fn rank_text(a: &Option<String>, b: &Option<String>) -> Ranked {
    let key = |text: &Option<String>| text.clone().map(|text| (text.to_lowercase(), text));
    rank(key(a), key(b))
}

fn name(text: &Option<String>) -> Option<String> {
    text.as_deref().map(spelt)
}

/// IPv4, IPv6, other texts.
fn rank_address(a: &Option<String>, b: &Option<String>) -> Ranked {
    let key = |text: &Option<String>| {
        let text = text.clone()?;
        let ip = text.parse::<std::net::IpAddr>().ok();
        Some((ip.is_none(), ip, text.to_lowercase(), text))
    };
    rank(key(a), key(b))
}

pub fn page<Line>(
    mut lines: Vec<Line>,
    descending: bool,
    by: impl Fn(&Line, &Line) -> Ranked,
) -> Page<Line> {
    lines.sort_by(|a, b| match by(a, b) {
        Ranked::Same => Ordering::Equal,
        Ranked::By(order) if descending => order.reverse(),
        Ranked::By(order) | Ranked::Absent(order) => order,
    });
    Page { total: lines.len() as u32, offset: 0, lines }
}

pub fn by_record(by: RecordColumn, a: &RecordLine, b: &RecordLine) -> Ranked {
    match by {
        RecordColumn::Begin => rank(a.begin, b.begin),
        RecordColumn::Reporter => rank_text(&a.reporter, &b.reporter),
        RecordColumn::SourceIp => rank_address(&a.source_ip, &b.source_ip),
        RecordColumn::Messages => rank(Some(a.messages), Some(b.messages)),
        RecordColumn::Verdict => rank(a.passed, b.passed),
        RecordColumn::Disposition => rank_text(&a.disposition, &b.disposition),
        RecordColumn::Dkim => rank_text(&a.dkim, &b.dkim),
        RecordColumn::Spf => rank_text(&a.spf, &b.spf),
        RecordColumn::HeaderFrom => rank_text(&a.header_from, &b.header_from),
        RecordColumn::EnvelopeFrom => rank_text(&a.envelope_from, &b.envelope_from),
        RecordColumn::EnvelopeTo => rank_text(&a.envelope_to, &b.envelope_to),
        RecordColumn::Domain => rank(name(&a.domain), name(&b.domain)),
        RecordColumn::ReportId => rank_text(&a.report_id, &b.report_id),
        RecordColumn::Contact => rank_text(&a.contact, &b.contact),
        RecordColumn::OurVerdict => rank(a.ours.passed(), b.ours.passed()),
        RecordColumn::OurDkim => rank(a.ours.dkim, b.ours.dkim),
        RecordColumn::OurSpf => rank(a.ours.spf, b.ours.spf),
        RecordColumn::Agreement => rank(a.ours.agreement.word(), b.ours.agreement.word()),
        RecordColumn::DkimDomain => {
            let first = |it: &RecordLine| it.dkim_results.iter().find_map(|it| name(&it.domain));
            rank(first(a), first(b))
        }
        RecordColumn::Selector => {
            let first = |it: &RecordLine| it.dkim_results.iter().find_map(|it| name(&it.selector));
            rank(first(a), first(b))
        }
        RecordColumn::SpfDomain => {
            let first = |it: &RecordLine| it.spf_results.iter().find_map(|it| name(&it.domain));
            rank(first(a), first(b))
        }
        RecordColumn::Reason => {
            let first = |it: &RecordLine| it.reasons.iter().find_map(|it| it.kind.clone());
            rank_text(&first(a), &first(b))
        }
        RecordColumn::Comment => {
            let first = |it: &RecordLine| it.reasons.iter().find_map(|it| it.comment.clone());
            rank_text(&first(a), &first(b))
        }
    }
}

pub fn by_report(by: ReportColumn, a: &ReportLine, b: &ReportLine) -> Ranked {
    match by {
        ReportColumn::Begin => rank(a.begin, b.begin),
        ReportColumn::End => rank(a.end, b.end),
        ReportColumn::Kind => rank(Some(a.kind), Some(b.kind)),
        ReportColumn::Reporter => rank_text(&a.reporter, &b.reporter),
        ReportColumn::Domain => rank_text(&a.domain, &b.domain),
        ReportColumn::Records => rank(Some(a.records), Some(b.records)),
        ReportColumn::Messages => rank(a.messages, b.messages),
        ReportColumn::Passed => {
            // None of messages that nobody judged.
            let share = |it: &ReportLine| {
                let (passed, judged) = (it.passed?, it.judged.filter(|judged| *judged > 0)?);
                Some((passed as f64 / judged as f64).to_bits())
            };
            rank(share(a), share(b))
        }
        ReportColumn::Policy => rank_text(&a.policy.p, &b.policy.p),
        ReportColumn::ReportId => rank_text(&a.report_id, &b.report_id),
    }
}

pub fn by_failure(by: FailureColumn, a: &FailureLine, b: &FailureLine) -> Ranked {
    match by {
        FailureColumn::Arrival => rank(a.arrival, b.arrival),
        FailureColumn::Reporter => rank_text(&a.reporter, &b.reporter),
        FailureColumn::Domain => rank_text(&a.domain, &b.domain),
        FailureColumn::SourceIp => rank_address(&a.source_ip, &b.source_ip),
        FailureColumn::AuthFailure => {
            rank_text(&a.auth_failure.first().cloned(), &b.auth_failure.first().cloned())
        }
        FailureColumn::DeliveryResult => rank_text(&a.delivery_result, &b.delivery_result),
        FailureColumn::HeaderFrom => rank_text(&a.header_from, &b.header_from),
        FailureColumn::Subject => rank_text(&a.subject, &b.subject),
        FailureColumn::Incidents => rank(Some(a.incidents), Some(b.incidents)),
    }
}

pub fn by_file(by: FileColumn, a: &FileLine, b: &FileLine) -> Ranked {
    match by {
        FileColumn::Name => rank_text(&Some(a.name.clone()), &Some(b.name.clone())),
        FileColumn::Size => rank(Some(a.size), Some(b.size)),
        FileColumn::Outcome => rank(Some(a.outcome), Some(b.outcome)),
        FileColumn::Reports => rank(Some(a.reports), Some(b.reports)),
        FileColumn::Records => rank(Some(a.records), Some(b.records)),
        FileColumn::Findings => rank(Some(a.findings), Some(b.findings)),
    }
}
