//! What the last two weeks say of the policies of one type.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Sketch;
use super::data::{Row, rows, sum, with};
use super::failures::servers;
use super::gate::{self, Evidence};
use super::policies::{Seen, are_same};
use super::reasons::is_of_policy_host;
use crate::base::UnixSeconds;
use crate::base::calendar::DAY;
use crate::query::{Dimension, Filter, Key, Measure};

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

/// The filter without what no report can be of: days after tomorrow, and how many reports say
/// that they are. One wrong date would else decide on which days all is judged.
/// As long as it is not known, nothing is left out, so that all else is asked for already.
pub fn until_now(sketch: Sketch<'_>, filter: &Filter) -> (Filter, u64) {
    let days = rows(sketch.desk, filter, (Dimension::Day, None), Measure::Reports);
    let days = days.unwrap_or_default();
    let end = tomorrow(sketch);
    let later = days.iter().filter(|row| row.first >= Some(end));
    let later = sum(later.map(|row| row.reports));
    let mut filter = filter.clone();
    if later > 0 {
        filter.until = Some(filter.until.map_or(end, |until| until.min(end)));
    }
    (filter, later)
}

/// The end of tomorrow: clocks differ, and so do zones.
fn tomorrow(sketch: Sketch<'_>) -> UnixSeconds {
    UnixSeconds((sketch.desk.ask.now.day() + 2) * DAY)
}

/// The end of the last report; of one that ends after tomorrow, or before it begins, its begin is
/// what counts.
fn last_of(sketch: Sketch<'_>, days: &[Row]) -> Option<UnixSeconds> {
    let end = |row: &Row| {
        let begin = row.first.map(|first| UnixSeconds(first.0.saturating_add(1)));
        row.last.filter(|last| *last <= tomorrow(sketch)).max(begin)
    };
    days.iter().filter_map(end).max()
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
    // In the order that the other sections ask for, so that this is asked once.
    let kinds = rows(sketch.desk, filter, (Dimension::PolicyType, None), Measure::Successful);
    let days = rows(sketch.desk, filter, (Dimension::Day, None), Measure::Reports);
    let (kinds, days) = (kinds?, days?);
    let of_kind = kinds.iter().find(|row| row.key.as_deref() == Some(kind));
    let last = last_of(sketch, &days);
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
    let undated = filter.only(Dimension::Day, &None);
    let undated = rows(sketch.desk, &undated, (Dimension::Reporter, None), Measure::Failed);
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
    let cells = lines((Dimension::Reporter, Some(Dimension::Day)), Measure::Detailed);
    let texts = lines((Dimension::PolicyText, None), Measure::Failed);
    let (days, hosts, modes, by) = (days?, hosts?, modes?, by?);
    let (codes, cells, texts, undated) = (codes?, cells?, texts?, undated?);
    let undated = if window.is_some() { sum(undated.iter().map(Row::lost)) } else { 0 };
    let failed = sum(cells.iter().map(Row::lost)).saturating_add(undated);
    let is_named = |row: &&Row| is_of_policy_host(row.key.as_deref().unwrap_or_default());
    let unfetched = sum(hosts.iter().filter(is_named).map(|row| row.detailed));
    let detailed = sum(hosts.iter().map(|row| row.detailed));
    let is_unfetched = unfetched >= failed && unfetched == detailed;
    let evidence = Evidence {
        window,
        covered: match window {
            Some(_) => gate::covered(window, days.iter().filter_map(|row| row.first.zip(row.last))),
            None => days.len(),
        },
        successful: sum(days.iter().map(|row| row.successful)),
        failed,
        undated,
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
        reporters: reporters(cells),
        is_old,
        filter,
    })
}

/// The reporters of a pivot by reporter and day, those with most failures first. On a day when a
/// reporter gives no sum, its details count; sums of other days do not take their place.
fn reporters(cells: Vec<Row>) -> Vec<Row> {
    let mut all: BTreeMap<Key, Row> = BTreeMap::new();
    for cell in cells {
        let row = all
            .entry(cell.key.clone())
            .or_insert_with(|| Row { key: cell.key.clone(), ..Row::default() });
        row.failed = row.failed.saturating_add(cell.lost());
        row.details = row.details.saturating_add(cell.details);
        row.successful = row.successful.saturating_add(cell.successful);
    }
    let mut all: Vec<_> = all.into_values().collect();
    all.sort_by_key(|row| Reverse(row.failed));
    all
}
