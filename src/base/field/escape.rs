//! Bytes written as a mark and two hexadecimal digits: `=C3`, `%C3`.

/// Bytes with what is escaped by `mark` put in its place; a mark without two
/// digits behind it stays.
pub fn unescaped(text: &[u8], mark: u8) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        rest = after;
        let escaped = match after {
            [high, low, after @ ..] if *first == mark => byte(*high, *low).zip(Some(after)),
            _ => None,
        };
        match escaped {
            Some((byte, after)) => {
                bytes.push(byte);
                rest = after;
            }
            None => bytes.push(*first),
        }
    }
    bytes
}

fn byte(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_or_nothing() {
        for (text, bytes) in
            [("=C3=a9", "é"), ("a=", "a="), ("==41", "=A"), ("=4", "=4"), ("=4G=", "=4G=")]
        {
            assert_eq!(unescaped(text.as_bytes(), b'='), bytes.as_bytes(), "{text}");
        }
    }
}
