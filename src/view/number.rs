//! Numbers as people of a language write them.

use super::Language;

/// The narrow space that French puts between groups of digits and before `%`.
const NARROW: char = '\u{202f}';

impl Language {
    /// `1,234,567`, `1 234 567`. The greatest number there is stands for all that are greater,
    /// as sums that have reached it stay at it: `≥ 18,446,744,073,709,551,615`.
    pub fn integer(self, number: u64) -> String {
        let digits = number.to_string();
        let separator = match self {
            Self::English => ',',
            Self::French => NARROW,
        };
        let mut text = String::with_capacity(digits.len() * 4 / 3);
        if number == u64::MAX {
            text.push_str("≥\u{a0}");
        }
        for (index, digit) in digits.char_indices() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    /// `part` of `whole` to a tenth of a percent, or `None` of nothing. Only
    /// all is 100 % and only none is 0 %: one failure in a million shows, as less than a tenth.
    pub fn percent(self, part: u64, whole: impl Into<u128>) -> Option<String> {
        let whole = whole.into();
        let (tenths, space) = (thousandths(part, whole)?, self == Self::French);
        let mut text = self.decimal(tenths, tenths.is_multiple_of(1000));
        // Rounded, it would be nothing.
        if part > 0 && u128::from(part) * 2000 < whole {
            text.insert_str(0, "<\u{a0}");
        }
        if space {
            text.push(NARROW);
        }
        text.push('%');
        Some(text)
    }

    /// `873 B`, `1.2 MB`: decimal units, two significant digits below ten.
    pub fn bytes(self, bytes: u64) -> String {
        const UNITS: [&str; 5] = ["unit.b", "unit.kb", "unit.mb", "unit.gb", "unit.tb"];
        let (mut tenths, mut unit) = (bytes.saturating_mul(10), 0);
        // 999.95 and above would be written as 1,000.
        while tenths >= 9_995 && unit + 1 < UNITS.len() {
            tenths = tenths.div_ceil(100) / 10;
            unit += 1;
        }
        let number = self.decimal(tenths, unit == 0 || tenths >= 100);
        format!("{number}\u{a0}{}", self.text(UNITS[unit]))
    }

    /// A number of tenths, with or without the tenth.
    fn decimal(self, tenths: u64, whole: bool) -> String {
        let (number, rest) = (self.integer(tenths / 10), tenths % 10);
        match self {
            _ if whole => number,
            Self::English => format!("{number}.{rest}"),
            Self::French => format!("{number},{rest}"),
        }
    }
}

/// `part` of `whole` in thousandths, rounded, save that it is 1000 only for
/// all and 0 only for none. A whole of two sums may be greater than either can be.
pub fn thousandths(part: u64, whole: impl Into<u128>) -> Option<u64> {
    let whole = whole.into();
    let part = u128::from(part).min(whole);
    let rounded = (part * 1000 + whole / 2).checked_div(whole)?;
    let (least, most) = (u128::from(part > 0), 1000 - u128::from(part < whole));
    u64::try_from(rounded.clamp(least, most)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_three() {
        let written = [0, 7, 999, 1_000, 1_234_567, u64::MAX].map(|n| Language::English.integer(n));
        assert_eq!(written[..5], ["0", "7", "999", "1,000", "1,234,567"]);
        assert_eq!(written[5], "≥\u{a0}18,446,744,073,709,551,615");
        assert_eq!(Language::French.integer(1_234_567), "1\u{202f}234\u{202f}567");
    }

    #[test]
    fn only_all_is_a_hundred_percent() {
        let percent = |part, whole: u64| Language::English.percent(part, whole);
        assert_eq!(percent(0, 0), None);
        assert_eq!(percent(3, 3).as_deref(), Some("100%"));
        assert_eq!(percent(999_999, 1_000_000).as_deref(), Some("99.9%"));
        assert_eq!(percent(1, 1_000_000).as_deref(), Some("<\u{a0}0.1%"));
        assert_eq!(percent(1, 2_000).as_deref(), Some("0.1%"));
        assert_eq!(percent(0, 9).as_deref(), Some("0%"));
        assert_eq!(percent(1, 3).as_deref(), Some("33.3%"));
        assert_eq!(percent(1, 2).as_deref(), Some("50.0%"));
        assert_eq!(Language::French.percent(2, 3_u64).as_deref(), Some("66,7\u{202f}%"));
        let both = u128::from(u64::MAX) + 1;
        assert_eq!(Language::English.percent(u64::MAX, both).as_deref(), Some("99.9%"));
        assert_eq!(Language::English.percent(1, both).as_deref(), Some("<\u{a0}0.1%"));
        assert_eq!(percent(u64::MAX - 1, u64::MAX).as_deref(), Some("99.9%"));
    }

    #[test]
    fn sizes_in_decimal_units() {
        let size = |bytes| Language::English.bytes(bytes).replace('\u{a0}', " ");
        assert_eq!(size(0), "0 B");
        assert_eq!(size(999), "999 B");
        assert_eq!(size(1_000), "1.0 kB");
        assert_eq!(size(1_240), "1.2 kB");
        assert_eq!(size(12_300), "12 kB");
        assert_eq!(size(999_960), "1.0 MB");
        assert_eq!(size(u64::MAX), "1,844,674 TB");
        assert_eq!(Language::French.bytes(1_500_000), "1,5\u{a0}Mo");
    }
}
