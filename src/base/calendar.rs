//! Days and clock times of [`UnixSeconds`], in UTC, and the dates people write.

use super::UnixSeconds;

/// Seconds of a day without leap seconds, as POSIX counts.
pub const DAY: i64 = 86_400;

/// A civil date and time in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
}

impl UnixSeconds {
    /// `None` outside the years -9999 to 9999.
    pub fn civil(self) -> Option<Civil> {
        let time = time::OffsetDateTime::from_unix_timestamp(self.0).ok()?;
        Some(Civil {
            year: time.year(),
            month: time.month().into(),
            day: time.day(),
            hour: time.hour(),
            minute: time.minute(),
            second: time.second(),
        })
    }

    /// The civil date and time given, if there is such a one.
    pub fn from_civil(civil: Civil) -> Option<Self> {
        let month = time::Month::try_from(civil.month).ok()?;
        let date = time::Date::from_calendar_date(civil.year, month, civil.day).ok()?;
        let time = time::Time::from_hms(civil.hour, civil.minute, civil.second).ok()?;
        Some(Self(time::UtcDateTime::new(date, time).unix_timestamp()))
    }

    /// `2026-11-24T00:00:00Z`, or the bare number where no calendar reaches.
    pub fn rfc3339(self) -> String {
        match self.civil() {
            Some(c) => format!(
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
                c.year, c.month, c.day, c.hour, c.minute, c.second
            ),
            None => self.0.to_string(),
        }
    }

    /// The day it lies in, as days since 1970-01-01.
    pub fn day(self) -> i64 {
        self.0.div_euclid(DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_and_back() {
        for seconds in [0, 951_782_400, 1_795_500_000, -1, 253_402_300_799] {
            let at = UnixSeconds(seconds);
            assert_eq!(at.civil().and_then(UnixSeconds::from_civil), Some(at));
        }
        assert_eq!(UnixSeconds(951_782_400).rfc3339(), "2000-02-29T00:00:00Z");
        assert_eq!(UnixSeconds(i64::MAX).civil(), None);
    }
}
