//! When each policy came, and came back: a policy that was rolled back is in force again, though
//! it was first seen long ago.

use std::collections::{BTreeMap, BTreeSet};

use super::data::{Row, sum};
use super::policies::Seen;
use crate::base::UnixSeconds;
use crate::base::calendar::DAY;

/// Days that a policy must be seen on before it counts as come back: a sender that kept it may
/// report on one.
const BACK: usize = 2;

/// A day of a policy: when its reports begin, when they end, and how many they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub first: UnixSeconds,
    pub last: UnixSeconds,
    pub reports: u64,
}

/// The days of each policy, of the rows of a pivot by text and day.
pub fn held(rows: &[Row], at: impl Fn(&str) -> Option<usize>) -> BTreeMap<usize, Vec<Held>> {
    let mut all: BTreeMap<usize, Vec<Held>> = BTreeMap::new();
    for row in rows {
        let (Some(first), Some(last)) = (row.first, row.last) else { continue };
        let Some(at) = row.key.as_deref().and_then(&at) else { continue };
        all.entry(at).or_default().push(Held { first, last, reports: row.reports });
    }
    all.values_mut().for_each(|held| held.sort_by_key(|held| held.first));
    all
}

/// Of days in the order of time: when a policy was first seen, and each time that it came back
/// after days of other policies alone: on two days or more, and in more than half of the reports
/// of these.
pub fn came(own: &[Held], others: &[Held]) -> Vec<UnixSeconds> {
    let mut runs: Vec<Vec<Held>> = Vec::new();
    let mut until: Option<UnixSeconds> = None;
    for held in own {
        let is_away = |since: UnixSeconds| {
            let next = others.get(others.partition_point(|it| it.first < since));
            next.is_some_and(|it| it.first.day() < held.first.day())
        };
        match runs.last_mut() {
            Some(run) if !until.is_some_and(is_away) => run.push(*held),
            _ => runs.push(vec![*held]),
        }
        until = until.max(Some(held.last));
    }
    let first = own.first().map(|held| held.first);
    let back = runs.iter().skip(1).filter(|run| is_back(run, others));
    first.into_iter().chain(back.filter_map(|run| Some(run.first()?.first))).collect()
}

fn is_back(run: &[Held], others: &[Held]) -> bool {
    let Some((first, last)) = run.first().zip(run.last()) else { return false };
    let days = first.first.day()..=last.first.day();
    let beside = others.iter().filter(|it| days.contains(&it.first.day()));
    let beside = sum(beside.map(|held| held.reports));
    let all: BTreeSet<_> = run.iter().map(|held| held.first.day()).collect();
    all.len() >= BACK && sum(run.iter().map(|held| held.reports)) > beside
}

/// The policy that senders have now: of those seen in the last week, the one that came last.
/// (One who holds an old policy may be the last to report.)
pub fn newest(policies: &[Seen]) -> Option<usize> {
    let last = policies.iter().filter_map(|seen| seen.last).max();
    let lately = last.map(|last| UnixSeconds(last.0 - 7 * DAY));
    let lately = policies.iter().enumerate().filter(|(_, seen)| seen.last >= lately);
    lately.max_by_key(|(_, seen)| (seen.began(), seen.first)).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(days: impl IntoIterator<Item = i64>, reports: u64) -> Vec<Held> {
        let at = |day: i64| UnixSeconds(day * DAY);
        let held = |day| Held { first: at(day), last: at(day + 1), reports };
        days.into_iter().map(held).collect()
    }

    fn came_on(own: &[Held], others: &[Held]) -> Vec<i64> {
        came(own, others).iter().map(|at| at.0 / DAY).collect()
    }

    #[test]
    fn a_policy_that_was_rolled_back_comes_twice() {
        let testing = days((1..15).chain(37..40), 1);
        let enforce = days(15..37, 1);
        assert_eq!(came_on(&testing, &enforce), [1, 37]);
        assert_eq!(came_on(&enforce, &testing), [15]);
        assert_eq!(came_on(&days([1, 2, 9, 10], 1), &[]), [1], "nobody reported");
    }

    #[test]
    fn a_sender_that_kept_an_old_policy_does_not_bring_it_back() {
        let old = days((1..15).chain([21, 28, 35, 36]), 1);
        assert_eq!(came_on(&old, &days(15..40, 2)), [1]);
        assert_eq!(came_on(&days([1, 3, 5], 1), &days([2, 4, 6], 1)), [1], "single days");
        assert_eq!(came_on(&days([1, 3, 4], 1), &days(1..5, 1)), [1], "as many as of the other");
    }
}
