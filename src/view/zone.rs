//! The clock of a place, as its offsets from UTC: a plain value, so that whoever draws with it
//! needs no browser.

use serde::{Deserialize, Serialize};

use crate::base::UnixSeconds;
use crate::base::calendar::DAY;

/// From which moment on the clock is how many seconds ahead of UTC, in order of time. Without
/// any, it is UTC.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone(Vec<(UnixSeconds, i64)>);

/// No clock was changed because of mail reports before (1990) or will be known after (2040).
const KNOWN: std::ops::Range<i64> = 631_152_000..2_208_988_800;
/// Seconds in which no clock is changed twice.
const STEP: i64 = 7 * DAY;

impl Zone {
    pub const UTC: Self = Self(Vec::new());

    /// What a clock says that is asked at some moments.
    pub fn of(ahead: impl Fn(UnixSeconds) -> i64) -> Self {
        let ahead = |at: i64| ahead(UnixSeconds(at));
        let mut changes = vec![(UnixSeconds(i64::MIN), ahead(KNOWN.start))];
        for week in KNOWN.step_by(STEP as usize) {
            let (mut before, mut after) = (week, week + STEP);
            let to = ahead(after);
            if ahead(before) == to {
                continue;
            }
            while after - before > 1 {
                let between = before + (after - before) / 2;
                if ahead(between) == to {
                    after = between;
                } else {
                    before = between;
                }
            }
            changes.push((UnixSeconds(after), to));
        }
        Self(changes)
    }

    pub fn is_utc(&self) -> bool {
        self.0.is_empty()
    }

    /// Seconds ahead of UTC.
    pub fn ahead(&self, at: UnixSeconds) -> i64 {
        let since = self.0.partition_point(|(from, _)| *from <= at);
        since.checked_sub(1).and_then(|place| self.0.get(place)).map_or(0, |(_, ahead)| *ahead)
    }

    /// The moment at which a clock of UTC says what this one says then.
    pub fn shown(&self, at: UnixSeconds) -> UnixSeconds {
        UnixSeconds(at.0.saturating_add(self.ahead(at)))
    }

    /// `UTC`, `UTC+02:00`, `UTC−03:30`.
    pub fn name(&self, at: UnixSeconds) -> String {
        if self.is_utc() {
            return "UTC".to_owned();
        }
        let ahead = self.ahead(at);
        let minutes = ahead.unsigned_abs() / 60;
        let sign = if ahead < 0 { '−' } else { '+' };
        format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPRING: i64 = 1_774_746_000; // 2026-03-29T01:00:00Z
    const AUTUMN: i64 = 1_792_890_000; // 2026-10-25T01:00:00Z

    fn paris(at: UnixSeconds) -> i64 {
        if (SPRING..AUTUMN).contains(&at.0) { 7_200 } else { 3_600 }
    }

    #[test]
    fn changes_are_found_to_the_second() {
        let zone = Zone::of(paris);
        assert_eq!(zone.0.len(), 3);
        for at in [0, SPRING - 1, SPRING, AUTUMN - 1, AUTUMN, 4_000_000_000] {
            assert_eq!(zone.ahead(UnixSeconds(at)), paris(UnixSeconds(at)), "{at}");
        }
        assert_eq!(zone.shown(UnixSeconds(SPRING)).rfc3339(), "2026-03-29T03:00:00Z");
        assert_eq!(zone.shown(UnixSeconds(i64::MAX)), UnixSeconds(i64::MAX));
    }

    #[test]
    fn it_is_named_by_its_offset() {
        assert_eq!(Zone::UTC.name(UnixSeconds(0)), "UTC");
        assert_eq!(Zone::of(paris).name(UnixSeconds(SPRING)), "UTC+02:00");
        assert_eq!(Zone::of(|_| -12_600).name(UnixSeconds(0)), "UTC−03:30");
        assert_eq!(Zone::of(|_| 0).name(UnixSeconds(0)), "UTC+00:00", "by the clock of the place");
    }
}
