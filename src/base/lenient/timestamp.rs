//! Timestamps: `2026-11-24T00:00:00Z`, but also without zone, with an offset,
//! without seconds, or only the day.

use super::{Form, epoch};
use crate::base::UnixSeconds;
use crate::base::calendar::{Civil, DAY};

/// An RFC 3339 timestamp, its relatives in ISO 8601, or a count since 1970.
/// Without a zone it is taken as UTC; a day alone is its midnight; fractions of
/// a second are cut off.
pub fn timestamp(text: &str) -> Option<(UnixSeconds, Form)> {
    let text = text.trim();
    let (date, rest) = match text.find(['T', 't', ' ', '_']) {
        Some(at) => (&text[..at], Some(&text[at..])),
        None => (text, None),
    };
    let Some((year, month, day)) = calendar_date(date) else { return epoch(text) };
    let mut form = Form::Odd;
    let (mut clock, mut offset) = ((0, 0, 0), 0);
    if let Some(rest) = rest {
        // invariant: `rest` starts with one of the ASCII separators above.
        let (separator, time) = rest.split_at(1);
        let time = time.trim();
        let zone_at =
            time.find(|c: char| !matches!(c, '0'..='9' | ':' | '.' | ',')).unwrap_or(time.len());
        let (time, zone) = time.split_at(zone_at);
        let (read, complete) = clock_time(time)?;
        let (seconds, strict) = zone_offset(zone.trim())?;
        (clock, offset) = (read, seconds);
        if complete
            && strict
            && separator.eq_ignore_ascii_case("t")
            && date.as_bytes().get(4) == Some(&b'-')
        {
            form = Form::Plain;
        }
    }
    let (hour, minute, second) = clock;
    // 24:00:00 and leap seconds are the first moment of what follows.
    let (next_day, hour) = if (hour, minute, second) == (24, 0, 0) { (DAY, 0) } else { (0, hour) };
    let (leap, second) = if second == 60 { (1, 59) } else { (0, second) };
    if next_day + leap > 0 {
        form = Form::Odd;
    }
    let at = UnixSeconds::from_civil(Civil { year, month, day, hour, minute, second })?;
    Some((UnixSeconds(at.0 + next_day + leap - offset), form))
}

/// `2026-11-24`, `2026/11/24` or `20261124`.
fn calendar_date(text: &str) -> Option<(i32, u8, u8)> {
    let bytes = text.as_bytes();
    let (month_at, day_at) = match (bytes.len(), bytes.get(4), bytes.get(7)) {
        (10, Some(b'-'), Some(b'-')) | (10, Some(b'/'), Some(b'/')) => (5, 8),
        (8, Some(b'0'..=b'9'), Some(b'0'..=b'9')) => (4, 6),
        _ => return None,
    };
    let part = |from: usize, to: usize| digits(text.get(from..to)?);
    let (year, month, day) =
        (part(0, 4)?, part(month_at, month_at + 2)?, part(day_at, day_at + 2)?);
    // A bare count of eight digits is 1970 or 1971: no day of those is meant.
    let known = (1..=12).contains(&month) && (1..=31).contains(&day);
    known.then_some((i32::from(year), month as u8, day as u8))
}

/// `23:59:59.999`: its parts, and whether seconds were given.
fn clock_time(text: &str) -> Option<((u8, u8, u8), bool)> {
    let whole = text.split(['.', ',']).next()?;
    let mut parts = whole.split(':');
    let (hour, minute) = (digits(parts.next()?)?, digits(parts.next()?)?);
    let second = parts.next();
    if parts.next().is_some() {
        return None;
    }
    let read = (hour, minute, second.map_or(Some(0), digits)?);
    let small = |value: u16| u8::try_from(value).ok();
    Some(((small(read.0)?, small(read.1)?, small(read.2)?), second.is_some()))
}

/// Seconds east of UTC, and whether RFC 3339 allows the notation.
pub(super) fn zone_offset(text: &str) -> Option<(i64, bool)> {
    if text.eq_ignore_ascii_case("z") {
        return Some((0, true));
    }
    if text.is_empty() || text.eq_ignore_ascii_case("utc") || text.eq_ignore_ascii_case("gmt") {
        return Some((0, false));
    }
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes, strict) = match rest.split_once(':') {
        Some((hours, minutes)) => (hours, minutes, true),
        None if rest.len() == 4 => (rest.get(..2)?, rest.get(2..)?, false),
        None => (rest, "00", false),
    };
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    (hours < 24 && minutes < 60)
        .then(|| (sign * (i64::from(hours) * 3600 + i64::from(minutes) * 60), strict))
}

/// One to four digits and nothing else.
fn digits(text: &str) -> Option<u16> {
    let fits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2024-01-09T12:30:00Z.
    const NOON: i64 = 1_704_803_400;

    fn check(text: &str, seconds: i64, form: Form) {
        assert_eq!(timestamp(text), Some((UnixSeconds(seconds), form)), "{text}");
    }

    #[test]
    fn as_rfc_3339_has_it() {
        for text in [
            "2024-01-09T12:30:00Z",
            " 2024-01-09t12:30:00z\n",
            "2024-01-09T12:30:00.000Z",
            "2024-01-09T12:30:00+00:00",
            "2024-01-09T14:00:00+01:30",
            "2024-01-08T23:30:00-13:00",
        ] {
            check(text, NOON, Form::Plain);
        }
    }

    #[test]
    fn near_misses() {
        for text in [
            "2024-01-09T12:30:00",
            "2024-01-09 12:30:00",
            "2024-01-09 12:30:00 UTC",
            "2024-01-09T12:30Z",
            "2024-01-09T13:30:00+0100",
            "2024-01-09T13:30:00 +01",
            "2024/01/09 12:30:00",
            "20240109T12:30:00Z",
            "1704803400",
            "1704803400000",
        ] {
            let expected = if text == "1704803400" { Form::Plain } else { Form::Odd };
            check(text, NOON, expected);
        }
        check("2024-01-09", NOON - 45_000, Form::Odd);
        check("2024-01-08T24:00:00Z", NOON - 45_000, Form::Odd);
        check("2016-12-31T23:59:60Z", 1_483_228_800, Form::Odd);
    }

    #[test]
    fn no_timestamp_is_made_up() {
        for text in [
            "",
            "yesterday",
            "2024-13-01T00:00:00Z",
            "2024-02-30",
            "2024-01-09T25:00:00Z",
            "2024-01-09T12:30:00 EST",
            "2024-01-09T12:30:00+99:00",
            "2024-01-09T",
            "09/01/2024",
            "é024-01-09",
        ] {
            assert_eq!(timestamp(text), None, "{text}");
        }
    }
}
