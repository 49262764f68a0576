//! What rows add up to, as the naive engine sees it.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use vitrail::base::UnixSeconds;
use vitrail::query::{Dimension, Key, Measure, Rank};
use vitrail::report::Header;

use super::sieve::{Row, Tls, keys};
use crate::random::Random;

pub fn measure(measure: Measure, rows: &[(usize, Row<'_>)]) -> u64 {
    let sessions = |of: fn(&Tls<'_>) -> Option<u64>| {
        let counts = rows.iter().filter_map(|(_, row)| of(&row.tls?));
        counts.fold(0, |sum: u64, count| sum.saturating_add(count))
    };
    let lines = |of: fn(&Tls<'_>) -> bool| {
        rows.iter().filter(|(_, row)| row.tls.as_ref().is_some_and(of)).count() as u64
    };
    let moments = |of: fn(&Header<'_>) -> Option<UnixSeconds>| {
        let moments = rows.iter().filter_map(move |(_, row)| of(row.header));
        moments.filter(|at| at.0 > 0).map(|at| at.0 as u64)
    };
    let messages = |of: &dyn Fn(Row<'_>) -> bool| {
        let rows = rows.iter().filter(|(_, row)| of(*row));
        rows.fold(0, |sum: u64, (_, row)| sum.saturating_add(row.record.count.unwrap_or(0)))
    };
    let is = |dimension, word: &'static str| {
        messages(&move |row| keys(row, dimension)[0].as_deref() == Some(word))
    };
    let distinct = |of: &dyn Fn(&(usize, Row<'_>)) -> Key| {
        rows.iter().map(of).collect::<BTreeSet<_>>().len() as u64
    };
    match measure {
        Measure::Messages => messages(&|_| true),
        Measure::Records => {
            let is_record = |row: &Row<'_>| row.tls.is_none() && row.message.is_none();
            rows.iter().filter(|(_, row)| is_record(row)).count() as u64
        }
        Measure::Passed => is(Dimension::Verdict, "pass"),
        Measure::Judged => messages(&|row| keys(row, Dimension::Verdict)[0].is_some()),
        Measure::SpfAligned => is(Dimension::SpfAligned, "pass"),
        Measure::DkimAligned => is(Dimension::DkimAligned, "pass"),
        Measure::Quarantined => is(Dimension::Disposition, "quarantine"),
        Measure::Rejected => is(Dimension::Disposition, "reject"),
        Measure::SourceIps => distinct(&|(_, row)| keys(*row, Dimension::SourceIp)[0].clone()),
        Measure::Reporters => distinct(&|(_, row)| keys(*row, Dimension::Reporter)[0].clone()),
        Measure::Reports => distinct(&|(report, _)| Some(report.to_string())),
        Measure::Successful => {
            sessions(|tls| tls.policy.successful.filter(|_| tls.failure.is_none()))
        }
        Measure::Failed => sessions(|tls| tls.policy.failed.filter(|_| tls.failure.is_none())),
        Measure::Detailed => sessions(|tls| tls.failure?.failed_sessions),
        Measure::Policies => lines(|tls| tls.failure.is_none()),
        Measure::Details => lines(|tls| tls.failure.is_some()),
        Measure::Incidents => {
            let counts = rows.iter().filter_map(|(_, row)| row.message?.incidents);
            counts.fold(0, |sum: u64, count| sum.saturating_add(count))
        }
        Measure::First => moments(|header| header.begin).min().unwrap_or(0),
        Measure::Last => moments(|header| header.end).max().unwrap_or(0),
    }
}

/// A part of nothing comes last in either direction.
pub fn by_rank(
    by: Rank,
    a: &[(usize, Row<'_>)],
    b: &[(usize, Row<'_>)],
    descending: bool,
) -> Ordering {
    let order = match by {
        Rank::Amount(of) => measure(of, a).cmp(&measure(of, b)),
        Rank::Share(part, whole) => {
            let [one, other] =
                [a, b].map(|rows| measure(part, rows) as f64 / measure(whole, rows) as f64);
            match one.partial_cmp(&other) {
                Some(order) => order,
                None => return one.is_nan().cmp(&other.is_nan()),
            }
        }
    };
    if descending { order.reverse() } else { order }
}

pub fn random_rank(random: &mut Random) -> Rank {
    if random.percent(50) {
        return Rank::Amount(*random.pick(&Measure::ALL));
    }
    let verdicts = [Measure::Passed, Measure::SpfAligned, Measure::DkimAligned];
    Rank::Share(*random.pick(&verdicts), Measure::Judged)
}
