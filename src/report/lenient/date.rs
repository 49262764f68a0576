//! Dates: seconds since 1970, but also milli-, micro- and nanoseconds and
//! fractions.

use super::Form;
use crate::base::UnixSeconds;

/// From here on a number is milliseconds: as seconds it would be the year 5138,
/// and as milliseconds it is 1973, long before any report.
const MILLISECONDS_FROM: i64 = 100_000_000_000;

/// A date as a count since 1970 (RFC 7489 App. C, RFC 9990 §3.1.1.4), in the
/// unit that its magnitude tells. Fractions of a second are cut off.
pub fn epoch(text: &str) -> Option<(UnixSeconds, Form)> {
    let text = text.trim();
    let (whole, form) = match text.split_once(['.', ',']) {
        Some((whole, fraction)) if fraction.bytes().all(|b| b.is_ascii_digit()) => {
            (whole, Form::Odd)
        }
        Some(_) => return scientific(text),
        None => (text, Form::Plain),
    };
    match whole.parse::<i64>() {
        Ok(count) => {
            let seconds = to_seconds(count);
            let digits_only = whole.bytes().all(|b| b.is_ascii_digit());
            let plain = seconds == count && digits_only && form == Form::Plain;
            Some((UnixSeconds(seconds), if plain { Form::Plain } else { Form::Odd }))
        }
        Err(_) => scientific(text),
    }
}

/// `1.7E9`: what some languages make of a large number.
fn scientific(text: &str) -> Option<(UnixSeconds, Form)> {
    let looks_right = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    let value: f64 = text.parse().ok().filter(|_| looks_right)?;
    (value.abs() < 9e18).then(|| (UnixSeconds(to_seconds(value as i64)), Form::Odd))
}

fn to_seconds(count: i64) -> i64 {
    let mut seconds = count;
    while seconds.unsigned_abs() >= MILLISECONDS_FROM.unsigned_abs() {
        seconds /= 1000;
    }
    seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_in_any_unit() {
        assert_eq!(epoch(" 1627776308\n"), Some((UnixSeconds(1_627_776_308), Form::Plain)));
        for text in [
            "1627776308.0",
            "1627776308616",
            "1627776308616000",
            "1627776308616000000",
            "1627776308,25",
            "+1627776308",
            "1.627776308e9",
        ] {
            assert_eq!(epoch(text), Some((UnixSeconds(1_627_776_308), Form::Odd)), "{text}");
        }
    }

    #[test]
    fn no_date_is_made_up() {
        for text in ["", "not-a-number", "nan", "inf", "1e40", "12:30", "."] {
            assert_eq!(epoch(text), None, "{text}");
        }
    }
}
