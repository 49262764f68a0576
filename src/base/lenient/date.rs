//! Dates: seconds since 1970, but also milli-, micro- and nanoseconds and
//! fractions.

use super::Form;
use crate::base::UnixSeconds;

/// From here on a number is milliseconds: as seconds it would be the year 33,658,
/// and as milliseconds it is 2001, before any report. (Those who mean never write the year 9999.)
const MILLISECONDS_FROM: i64 = 1_000_000_000_000;

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
    /// More would be fractions of a second.
    const FRACTION_DIGITS: usize = 9;
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let fraction = &fraction[..fraction.len().min(FRACTION_DIGITS)];
    let digits: i64 = format!("{whole}{fraction}").parse().ok()?;
    let shift = exponent.parse::<i32>().ok()?.checked_sub(fraction.len() as i32)?;
    let power = 10_i64.checked_pow(shift.unsigned_abs());
    let count = if shift < 0 { digits / power? } else { digits.checked_mul(power?)? };
    Some((UnixSeconds(to_seconds(count)), Form::Odd))
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
            "1627776308616E-3",
            "1.62777630861612345678E+12",
        ] {
            assert_eq!(epoch(text), Some((UnixSeconds(1_627_776_308), Form::Odd)), "{text}");
        }
    }

    #[test]
    fn the_year_9999_is_written_in_seconds() {
        assert_eq!(epoch("253402214400"), Some((UnixSeconds(253_402_214_400), Form::Plain)));
    }

    #[test]
    fn no_date_is_made_up() {
        for text in [
            "",
            "not-a-number",
            "nan",
            "inf",
            "1e40",
            "1e",
            "e9",
            "1.-5e9",
            "1e-99999999999",
            "12:30",
            ".",
        ] {
            assert_eq!(epoch(text), None, "{text}");
        }
    }
}
