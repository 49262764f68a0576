//! How long senders may keep a policy, in seconds and as people say it.

use super::MAX_AGE_LIMIT;

/// Seconds of a day.
pub(super) const DAY: u32 = 86_400;
/// A week, the least that RFC 8461 §3.2 expects, in seconds.
pub(super) const WEEK: u32 = 7 * DAY;

/// Seconds in what people write for a duration, in the languages of Vitrail: `604800`, `7d`,
/// `1 week`, `6 mois`, `604,800`, `+604800`. A month has 30 days, a year 365. `None` for
/// what is no duration, and for more than [`MAX_AGE_LIMIT`].
pub fn duration(text: &str) -> Option<u32> {
    // `604.800` is a number with a separator, `604800.0` one with a fraction.
    let text = match text.rsplit_once('.') {
        Some((whole, fraction)) if fraction.len() != 3 => whole,
        _ => text,
    };
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | ',' | '.' | '+' | '\''))
        .collect();
    let text = text.to_lowercase();
    let stop = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(stop);
    let unit = match unit {
        "" | "s" | "sec" | "secs" | "second" | "seconds" | "seconde" | "secondes" => 1,
        "m" | "min" | "minute" | "minutes" => 60,
        "h" | "hour" | "hours" | "heure" | "heures" => 3600,
        "d" | "day" | "days" | "j" | "jour" | "jours" => DAY,
        "w" | "week" | "weeks" | "sem" | "semaine" | "semaines" => WEEK,
        "mo" | "month" | "months" | "mois" => 30 * DAY,
        "y" | "year" | "years" | "a" | "an" | "ans" | "année" | "années" => 365 * DAY,
        _ => return None,
    };
    let seconds = digits.parse::<u32>().ok()?.checked_mul(unit)?;
    (seconds <= MAX_AGE_LIMIT).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_in_words() {
        for (text, seconds) in [
            ("7d", Some(604_800)),
            ("1 week", Some(604_800)),
            ("604,800", Some(604_800)),
            ("604.800", Some(604_800)),
            ("604800.0", Some(604_800)),
            ("604 800 s", Some(604_800)),
            ("6 months", Some(15_552_000)),
            ("6 mois", Some(15_552_000)),
            ("2\u{a0}SEMAINES", Some(1_209_600)),
            ("1 Année", Some(31_536_000)),
            ("30 jours", Some(2_592_000)),
            ("0", Some(0)),
            ("31557600", Some(31_557_600)),
            ("31557601", None),
            ("2 years", None),
            ("99999999w", None),
            ("99999999999999999999", None),
            ("soon", None),
            ("day", None),
            ("-1", None),
            ("", None),
        ] {
            assert_eq!(duration(text), seconds, "{text}");
        }
    }
}
