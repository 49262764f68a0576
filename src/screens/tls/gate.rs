//! "May I go from testing to enforce?": what the reports say about it, and on what
//! evidence.
//!
//! The answer is yes if the policy that senders have now is in mode `testing`, has been seen
//! for two weeks, on nearly all of their days, with some sessions, and nothing failed in them
//! (RFC 8461 §8.1 asks for reports without failures, and names no numbers). Reports without any
//! session are a sign of life, and say nothing of TLS (RFC 8460 §4.2.1).
//!
//! DANE has no such step: where there are TLSA records, senders that know DANE deliver to no
//! server that does not fit them (RFC 7672 §2.2), and MTA-STS cannot make up for it (RFC 8461
//! §2). So it is judged by itself, and with it alone, MTA-STS is a choice.

use std::collections::BTreeSet;

use crate::base::UnixSeconds;
use crate::base::calendar::DAY;

/// Days without a failure that are asked for.
pub const QUIET: i64 = 14;

/// Of those, the days that must have reports: some senders do not write every day.
pub const COVERED: usize = 10;

/// Sessions that are asked for in these days.
pub const ENOUGH: u64 = 10;

/// Of MTA-STS; see the module's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// No sender has seen a policy.
    NoPolicy,
    /// Senders have seen one, but none lately.
    Gone,
    /// The policy asks for nothing.
    Off,
    /// No report says which mode the policy has.
    Unknown,
    /// It has a mode that there is not (RFC 8461 §3.2).
    Invalid,
    /// Enforced, and nothing fails.
    Enforced,
    /// Enforced, and sessions fail: that mail is late or lost.
    Failing,
    /// All that failed is to get the policy: no mail is lost by that.
    Unfetched,
    /// Sessions failed lately.
    NotYet,
    /// The policy is there, and no session is.
    Idle,
    /// Nothing fails, but there are too few sessions to say so.
    Few,
    /// Nothing fails, but this has not been seen for long enough.
    Wait,
    Ready,
}

/// What speaks for it and against it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Whether any report is about a policy of this type.
    pub is_seen: bool,
    /// When the newest policy was first seen; `None` where no report tells its text.
    pub first: Option<UnixSeconds>,
    /// When a policy of this type was last seen.
    pub last: Option<UnixSeconds>,
    pub mode: Option<String>,
    /// The days looked at, as their first moment and the first one after: the last two weeks of
    /// which there are reports. `None` where none states a time: all are looked at.
    pub window: Option<(UnixSeconds, UnixSeconds)>,
    /// Days among them with reports on policies of this type.
    pub covered: usize,
    pub successful: u64,
    /// Those of reports without a time among them.
    pub failed: u64,
    /// Sessions that failed, by reports without a time, where others have one: they may be of
    /// these days.
    pub undated: u64,
    /// Whether each of them is one to get the policy.
    pub is_unfetched: bool,
}

impl Evidence {
    pub fn gate(&self) -> Gate {
        match (self.mode.as_deref(), self.failed) {
            _ if !self.is_seen => Gate::NoPolicy,
            _ if self.covered == 0 => Gate::Gone,
            (_, 1..) if self.is_unfetched => Gate::Unfetched,
            (Some("enforce" | "testing"), 0) if self.successful == 0 => Gate::Idle,
            (Some("enforce"), 0) => Gate::Enforced,
            (Some("enforce"), _) => Gate::Failing,
            (Some("testing"), 1..) => Gate::NotYet,
            (Some("testing"), 0) => {
                let times = self.first.zip(self.window);
                let is_old = times.is_some_and(|(first, (since, _))| first <= since);
                match is_old && self.covered >= COVERED {
                    true if self.successful < ENOUGH => Gate::Few,
                    true => Gate::Ready,
                    false => Gate::Wait,
                }
            }
            (Some("none"), _) => Gate::Off,
            (Some(_), _) => Gate::Invalid,
            (None, _) => Gate::Unknown,
        }
    }
}

/// The last two weeks up to the last report: their first moment, and the first one after.
pub fn window(last: UnixSeconds) -> (UnixSeconds, UnixSeconds) {
    // A report that ends at midnight is not of the day that begins then.
    let end = UnixSeconds(last.0 - 1).day() + 1;
    (UnixSeconds((end - QUIET) * DAY), UnixSeconds(end * DAY))
}

/// The days of a window that reports cover, by when they begin and when the last of them ends.
/// A day counts where half of it is covered, so that the days of other time zones are no more
/// than there are; a report of hours counts for the day that it begins on.
pub fn covered(
    window: Option<(UnixSeconds, UnixSeconds)>,
    periods: impl Iterator<Item = (UnixSeconds, UnixSeconds)>,
) -> usize {
    let mut all = BTreeSet::new();
    for (first, last) in periods {
        let (since, until) = window.map_or((first.day(), last.day() + 1), |(since, until)| {
            (since.day(), UnixSeconds(until.0 - 1).day() + 1)
        });
        // Half a day is over.
        let half = |at: UnixSeconds| UnixSeconds(at.0.saturating_add(DAY / 2)).day();
        let days = half(UnixSeconds(first.0.saturating_sub(1)))..half(last);
        let days = if days.is_empty() { first.day()..first.day() + 1 } else { days };
        all.extend(days.start.max(since)..days.end.min(until));
    }
    all.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_by_the_time_that_reports_cover() {
        let days =
            |since: i64, until: i64| Some((UnixSeconds(since * DAY), UnixSeconds(until * DAY)));
        let of = |window, periods: &[(i64, i64)]| {
            covered(window, periods.iter().map(|(a, b)| (UnixSeconds(*a), UnixSeconds(*b))))
        };
        let window = days(100, 114);
        assert_eq!(of(window, &[(93 * DAY, 100 * DAY), (100 * DAY, 107 * DAY - 1)]), 7, "a week");
        assert_eq!(of(window, &[(90 * DAY, 120 * DAY)]), 14, "a month");
        let ahead: Vec<_> =
            (99..113).map(|day| (day * DAY + 15 * 3_600, day * DAY + 39 * 3_600)).collect();
        assert_eq!(of(window, &ahead), 14, "days nine hours ahead");
        assert_eq!(of(window, &[(100 * DAY, 100 * DAY + 3_600)]), 1, "an hour");
        assert_eq!(of(window, &[(101 * DAY, 100 * DAY), (i64::MIN, i64::MAX)]), 14, "odd times");
        assert_eq!(of(window, &[(101 * DAY, 100 * DAY)]), 1, "the end before the begin");
    }

    fn evidence(mode: &str, first_day: i64, covered: usize, failed: u64) -> Evidence {
        let at = |day: i64| UnixSeconds(day * DAY);
        Evidence {
            is_seen: true,
            first: Some(at(first_day)),
            mode: Some(mode.to_owned()),
            window: Some((at(100), at(114))),
            covered,
            successful: 10,
            failed,
            ..Evidence::default()
        }
    }

    #[test]
    fn two_quiet_weeks_with_the_same_policy_are_enough() {
        assert_eq!(evidence("testing", 100, 10, 0).gate(), Gate::Ready);
        let idle = |mode| Evidence { successful: 0, ..evidence(mode, 90, 14, 0) }.gate();
        assert_eq!((idle("testing"), idle("enforce")), (Gate::Idle, Gate::Idle));
        let few = Evidence { successful: ENOUGH - 1, ..evidence("testing", 90, 14, 0) };
        assert_eq!(few.gate(), Gate::Few);
        assert_eq!(evidence("testing", 101, 14, 0).gate(), Gate::Wait);
        assert_eq!(evidence("testing", 90, 9, 0).gate(), Gate::Wait);
        assert_eq!(evidence("testing", 90, 14, 1).gate(), Gate::NotYet);
        assert_eq!(evidence("enforce", 113, 1, 0).gate(), Gate::Enforced);
        assert_eq!(evidence("enforce", 90, 14, 1).gate(), Gate::Failing);
        assert_eq!(evidence("none", 90, 14, 0).gate(), Gate::Off);
        assert_eq!(evidence("odd", 90, 14, 0).gate(), Gate::Invalid);
        assert_eq!(Evidence { mode: None, ..evidence("", 90, 14, 3) }.gate(), Gate::Unknown);
        assert_eq!(evidence("enforce", 50, 0, 0).gate(), Gate::Gone);
        let unfetched = Evidence { is_unfetched: true, ..evidence("enforce", 90, 14, 3) };
        assert_eq!(unfetched.gate(), Gate::Unfetched);
        let none = Evidence { is_seen: false, ..evidence("testing", 90, 0, 0) };
        assert_eq!(none.gate(), Gate::NoPolicy);
    }

    #[test]
    fn the_window_ends_with_the_day_of_the_last_report() {
        for last in [20 * DAY, 20 * DAY - 1] {
            assert_eq!(window(UnixSeconds(last)), (UnixSeconds(6 * DAY), UnixSeconds(20 * DAY)));
        }
    }
}
