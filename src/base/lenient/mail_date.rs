//! Dates of mails: `Tue, 24 Nov 2026 09:00:00 +0100 (CET)`, but also with the
//! month first, a zone by name, no zone, or as C prints them.

use super::Form;
use super::timestamp::{timestamp, zone_offset};
use crate::base::UnixSeconds;
use crate::base::calendar::Civil;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The zones that RFC 5322 §4.3 names, in hours east of UTC.
const ZONES: [(&str, i64); 10] = [
    ("UT", 0),
    ("GMT", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
];

/// An RFC 5322 §3.3 date-time, or its relatives. A zone that is missing or
/// unknown is taken as UTC (RFC 5322 §4.3). The day of the week is not read:
/// where it disagrees, the date rules.
pub fn mail_date(text: &str) -> Option<(UnixSeconds, Form)> {
    let mut form = Form::Plain;
    let (mut day, mut month, mut year, mut clock, mut offset) = (None, None, None, None, None);
    let plain = without_comments(text);
    for token in plain.split(|c: char| c.is_whitespace() || c == ',').filter(|t| !t.is_empty()) {
        if let Some(time) = clock_time(token) {
            clock = clock.or(Some(time));
        } else if let (Some(_), None, Some((seconds, _))) = (clock, offset, signed_offset(token)) {
            offset = Some(seconds);
        } else if let Some(number) = token.parse::<u16>().ok().filter(|_| token.len() <= 4) {
            match (day, year) {
                (None, _) if token.len() <= 2 => day = Some(number),
                (_, None) => year = Some(full_year(number, token.len())),
                _ => form = Form::Odd,
            }
        } else if let Some(number) = month_number(token) {
            if day.is_none() {
                form = Form::Odd;
            }
            month = month.or(Some(number));
        } else if clock.is_some() && offset.is_none() {
            let zone = ZONES.iter().find(|(name, _)| name.eq_ignore_ascii_case(token));
            offset = zone.map(|(_, hours)| hours * 3600);
            form = if zone.is_some() { form } else { Form::Odd };
        }
    }
    let (Some(day), Some(month), Some(year), Some((hour, minute, second))) =
        (day, month, year, clock)
    else {
        return timestamp(text).map(|(at, _)| (at, Form::Odd));
    };
    if offset.is_none() {
        form = Form::Odd;
    }
    let civil = Civil {
        year: year.into(),
        month,
        day: u8::try_from(day).ok()?,
        hour,
        minute,
        second: second.min(59),
    };
    let at = UnixSeconds::from_civil(civil)?;
    Some((UnixSeconds(at.0 - offset.unwrap_or(0)), form))
}

/// The text with its comments, which nest, taken out (RFC 5322 §3.2.2).
pub fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' if depth > 0 => {
                    depth -= 1;
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// `9:05` or `09:05:00`.
fn clock_time(token: &str) -> Option<(u8, u8, u8)> {
    let mut parts = token.split(':').map(|part| part.parse::<u8>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    parts.next().is_none().then_some((hour, minute, second))
}

fn signed_offset(token: &str) -> Option<(i64, bool)> {
    token.starts_with(['+', '-']).then(|| zone_offset(token)).flatten()
}

/// Years of two and three digits as RFC 5322 §4.3 reads them.
fn full_year(number: u16, digits: usize) -> u16 {
    match digits {
        1 | 2 if number < 50 => number + 2000,
        1..=3 => number + 1900,
        _ => number,
    }
}

/// 1 to 12, of a name of which the first three letters count.
fn month_number(token: &str) -> Option<u8> {
    let start = token.get(..3)?;
    let index = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(start))?;
    u8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2019-04-30T02:09:16Z.
    const AT: i64 = 1_556_590_156;

    #[test]
    fn as_rfc_5322_has_it() {
        for text in [
            "Tue, 30 Apr 2019 02:09:16 +0000",
            "30 Apr 2019 02:09:16 +0000",
            "Tue, 30 Apr 2019 04:09:16 +0200 (CEST)",
            "Mon, 29 Apr 2019 22:09:16 EDT",
            "Tue, 30 Apr 19 02:09:16 GMT",
            " Thu ,30  Apr\r\n 2019 (a (nested) one) 02:09:16 +0000",
        ] {
            assert_eq!(mail_date(text), Some((UnixSeconds(AT), Form::Plain)), "{text}");
        }
    }

    #[test]
    fn near_misses() {
        for text in [
            "Tue Apr 30 02:09:16 2019",
            "Tue, Apr 30 2019 02:09:16 +0000",
            "Tue, 30 Apr 2019 02:09:16",
            "Tue, 30 April 2019 02:09:16 XYZ",
            "2019-04-30T02:09:16Z",
            "1556590156",
        ] {
            assert_eq!(mail_date(text), Some((UnixSeconds(AT), Form::Odd)), "{text}");
        }
    }

    #[test]
    fn no_date_is_made_up() {
        for text in [
            "",
            "(30 Apr 2019 02:09:16 +0000)",
            "Tue, 31 Apr 2019 02:09:16 +0000",
            "30 Apr 2019",
            "now",
        ] {
            assert_eq!(mail_date(text), None, "{text}");
        }
    }
}
