//! What a character reference of XML or HTML stands for.

/// The character with this name or number, as it stands between `&` and `;`:
/// of names, the five that XML has (XML 1.0 §4.6). NUL is none (§2.2).
pub fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "apos" => Some('\''),
            "quot" => Some('"'),
            _ => None,
        };
    };
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    // `from_str_radix` alone would take a sign.
    let code =
        digits.chars().all(|c| c.is_digit(radix)).then(|| u32::from_str_radix(digits, radix));
    char::from_u32(code?.ok()?).filter(|character| *character != '\0')
}
