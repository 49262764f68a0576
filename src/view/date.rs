//! Days and periods as people of a language write them. All of them are UTC.

use super::Language;
use crate::base::UnixSeconds;
use crate::base::calendar::{Civil, DAY};

impl Language {
    /// `24 Nov 2026`, or the bare number where no calendar reaches.
    pub fn day(self, at: UnixSeconds) -> String {
        match at.civil() {
            Some(civil) => self.civil_day(civil),
            None => at.0.to_string(),
        }
    }

    /// `24 Nov 2026, 09:30:00`.
    pub fn moment(self, at: UnixSeconds) -> String {
        match at.civil() {
            Some(civil) => format!("{}, {}", self.civil_day(civil), clock(civil)),
            None => at.0.to_string(),
        }
    }

    /// The days of a period, as short as they can be told: `24 Nov 2026`,
    /// `24–26 Nov 2026`, `30 Nov – 2 Dec 2026`. A period that ends at midnight
    /// does not reach into the day that begins then. `None` where neither end
    /// is stated.
    pub fn days(self, begin: Option<UnixSeconds>, end: Option<UnixSeconds>) -> Option<String> {
        let Some((begin, end)) = begin.zip(end) else {
            return begin.or(end).map(|at| self.day(at));
        };
        let midnight = end.0.rem_euclid(DAY) == 0 && end > begin;
        let last = UnixSeconds(end.0 - i64::from(midnight));
        Some(match begin.civil().zip(last.civil()) {
            Some((from, to)) if begin.day() <= end.day() => self.between(from, to),
            // A mistake, which is not to look like a short way of writing.
            Some((from, to)) => format!("{} – {}", self.civil_day(from), self.civil_day(to)),
            None => format!("{} – {}", self.day(begin), self.day(end)),
        })
    }

    fn between(self, from: Civil, to: Civil) -> String {
        let until = self.civil_day(to);
        if (from.year, from.month, from.day) == (to.year, to.month, to.day) {
            until
        } else if (from.year, from.month) == (to.year, to.month) {
            format!("{}–{until}", from.day)
        } else if from.year == to.year {
            format!("{} {} – {until}", from.day, self.month(from.month))
        } else {
            format!("{} – {until}", self.civil_day(from))
        }
    }

    fn civil_day(self, civil: Civil) -> String {
        format!("{} {} {}", civil.day, self.month(civil.month), civil.year)
    }

    /// The short name of a month, from 1.
    fn month(self, month: u8) -> &'static str {
        self.text(&format!("month.m{month}"))
    }
}

fn clock(civil: Civil) -> String {
    format!("{:02}:{:02}:{:02}", civil.hour, civil.minute, civil.second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(year: i32, month: u8, day: u8, hour: u8) -> Option<UnixSeconds> {
        UnixSeconds::from_civil(Civil { year, month, day, hour, minute: 0, second: 0 })
    }

    #[test]
    fn periods_as_short_as_they_can_be() {
        let days = |begin, end| Language::English.days(begin, end).unwrap_or_default();
        let start = at(2026, 11, 24, 0);
        assert_eq!(days(start, at(2026, 11, 24, 23)), "24 Nov 2026");
        assert_eq!(days(start, at(2026, 11, 25, 0)), "24 Nov 2026");
        assert_eq!(days(start, at(2026, 11, 26, 1)), "24–26 Nov 2026");
        assert_eq!(days(start, at(2026, 12, 2, 1)), "24 Nov – 2 Dec 2026");
        assert_eq!(days(start, at(2027, 1, 2, 1)), "24 Nov 2026 – 2 Jan 2027");
        assert_eq!(days(start, start), "24 Nov 2026");
        assert_eq!(days(start, None), "24 Nov 2026");
        assert_eq!(days(at(2026, 11, 25, 1), start), "25 Nov 2026 – 24 Nov 2026");
        assert_eq!(Language::English.days(None, None), None);
        assert_eq!(Language::French.day(start.unwrap_or_default()), "24 nov. 2026");
    }

    #[test]
    fn what_no_calendar_reaches_stays_a_number() {
        let far = UnixSeconds(i64::MAX);
        assert_eq!(Language::English.moment(far), i64::MAX.to_string());
        let period = Language::English.days(Some(UnixSeconds(i64::MIN)), Some(far));
        assert_eq!(period, Some(format!("{} – {}", i64::MIN, i64::MAX)));
    }
}
