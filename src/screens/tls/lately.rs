//! What the last two weeks say of the policies of one type.

use super::Sketch;
use super::data::{Row, rows, with};
use super::failures::servers;
use super::gate::{self, Evidence};
use super::policies::{Seen, are_same};
use super::reasons::is_of_policy_host;
use crate::base::UnixSeconds;
use crate::query::{Dimension, Filter, Measure};

/// Rows of these weeks, those with most failures first.
#[derive(Default)]
pub struct Lately {
    pub evidence: Evidence,
    /// What let them through.
    pub filter: Filter,
    /// Result types by mail server, by mode, by reporter, and by reason code.
    pub hosts: Vec<Row>,
    pub modes: Vec<Row>,
    pub by: Vec<Row>,
    pub codes: Vec<Row>,
    /// Who reports, by the summaries too.
    pub reporters: Vec<Row>,
    /// Whether all failures were held against an older policy, by senders that had it when
    /// there was a newer one.
    pub is_old: bool,
}

/// The weeks before the last report of the domain, as to policies of this type. `current` is
/// the newest of them, as far as reports tell its text.
pub fn lately(
    sketch: Sketch<'_>,
    domain: &str,
    filter: &Filter,
    kind: &str,
    current: Option<&Seen>,
) -> Option<Lately> {
    let kinds = rows(sketch.desk, filter, (Dimension::PolicyType, None), Measure::Last)?;
    let of_kind = kinds.iter().find(|row| row.key.as_deref() == Some(kind));
    let last = kinds.iter().filter_map(|row| row.last).max();
    let evidence = Evidence {
        is_seen: of_kind.is_some(),
        last: of_kind.and_then(|row| row.last),
        first: current.and_then(Seen::began),
        mode: current.and_then(Seen::mode).map(str::to_owned),
        ..Evidence::default()
    };
    let filter = with(filter, Dimension::PolicyType, kind);
    match of_kind {
        Some(_) => gather(sketch, domain, filter, evidence, last, current),
        None => Some(Lately { evidence, ..Lately::default() }),
    }
}

fn gather(
    sketch: Sketch<'_>,
    domain: &str,
    mut filter: Filter,
    evidence: Evidence,
    last: Option<UnixSeconds>,
    current: Option<&Seen>,
) -> Option<Lately> {
    let window = last.map(gate::window);
    if let Some((since, until)) = window {
        // What is looked at is no longer than what is asked for.
        (filter.since, filter.until) = (filter.since.max(Some(since)), Some(until));
    }
    let lines = |by, sort| rows(sketch.desk, &filter, by, sort);
    let failures = |other| lines((Dimension::ResultType, Some(other)), Measure::Detailed);
    let days = lines((Dimension::Day, None), Measure::Reports);
    let hosts = servers(sketch, domain, &filter);
    let modes = failures(Dimension::Mode);
    let by = failures(Dimension::Reporter);
    let codes = failures(Dimension::ReasonCode);
    let reporters = lines((Dimension::Reporter, None), Measure::Detailed);
    let texts = lines((Dimension::PolicyText, None), Measure::Failed);
    let (days, hosts, modes, by) = (days?, hosts?, modes?, by?);
    let (codes, reporters, texts) = (codes?, reporters?, texts?);
    let sum = |of: fn(&Row) -> u64| days.iter().map(of).fold(0, u64::saturating_add);
    let failed = sum(Row::lost);
    let is_named = |row: &&Row| is_of_policy_host(row.key.as_deref().unwrap_or_default());
    let details = |rows: &mut dyn Iterator<Item = &Row>| {
        rows.map(|row| row.detailed).fold(0, u64::saturating_add)
    };
    let unfetched = details(&mut hosts.iter().filter(is_named));
    let is_unfetched = unfetched >= failed && unfetched == details(&mut hosts.iter());
    let evidence = Evidence {
        window,
        covered: days.len(),
        successful: sum(|row| row.successful),
        failed,
        is_unfetched,
        ..evidence
    };
    // The rows of summaries have no result type, and no details.
    let detailed = |rows: Vec<Row>| rows.into_iter().filter(|row| row.details > 0).collect();
    let failing = || texts.iter().filter(|row| row.lost() > 0);
    // A failure that states no text may be of any.
    let is_older = |row: &Row| {
        let texts = row.key.as_deref().zip(current);
        texts.is_some_and(|(text, newest)| !are_same(text, &newest.text))
    };
    let is_late = |row: &Row| row.last > current.and_then(Seen::began);
    let is_old = failing().all(is_older) && failing().any(is_late);
    Some(Lately {
        evidence,
        hosts: detailed(hosts),
        modes: detailed(modes),
        by: detailed(by),
        codes: detailed(codes),
        reporters,
        is_old,
        filter,
    })
}
