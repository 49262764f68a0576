//! Counts: `17`, but also `1 000`, `1,000`, `+17` and `17.0`.

use super::Form;

/// A whole number of at least 0. Grouping is understood where every group
/// after the first has three digits; a fraction only where it is zero.
pub fn number(text: &str) -> Option<(u64, Form)> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some((text.parse().ok()?, Form::Plain));
    }
    let unsigned = text.strip_prefix('+').unwrap_or(text).trim_start();
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    if fraction.is_empty() || fraction.bytes().any(|b| b != b'0') {
        return None;
    }
    let mut groups = whole.split([' ', ',', '\'', '_', '\u{a0}', '\u{2009}', '\u{202f}']);
    let mut digits = String::from(groups.next()?);
    for group in groups {
        if group.len() != 3 || digits.is_empty() {
            return None;
        }
        digits.push_str(group);
    }
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((digits.parse().ok()?, Form::Odd))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_and_odd_numbers() {
        assert_eq!(number(" 17\n"), Some((17, Form::Plain)));
        assert_eq!(number("0007"), Some((7, Form::Plain)));
        assert_eq!(number("18446744073709551615"), Some((u64::MAX, Form::Plain)));
        for (text, value) in [
            ("1 000", 1000),
            ("1,234,567", 1_234_567),
            ("1\u{202f}000", 1000),
            ("+3", 3),
            ("5.0", 5),
        ] {
            assert_eq!(number(text), Some((value, Form::Odd)), "{text}");
        }
    }

    #[test]
    fn no_number_is_made_up() {
        for text in [
            "",
            " ",
            "-1",
            "1.5",
            "1,5",
            "12,34",
            ",123",
            "18446744073709551616",
            "many",
            "1e3",
            "5.",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
