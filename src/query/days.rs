//! Days, weeks and months as the days that they begin with, counted from 1970 on.

use crate::base::UnixSeconds;
use crate::base::calendar::DAY;

/// The day itself, where a calendar reaches.
pub fn civil_day(day: i64) -> Option<i64> {
    UnixSeconds(day.checked_mul(DAY)?).civil().map(|_| day)
}

pub fn monday(day: i64) -> Option<i64> {
    // 1970-01-01 was a Thursday.
    civil_day(day).and_then(|day| civil_day(day - (day + 3).rem_euclid(7)))
}

pub fn first_of_month(day: i64) -> Option<i64> {
    let civil = UnixSeconds(day.checked_mul(DAY)?).civil()?;
    Some(day + 1 - i64::from(civil.day))
}
