//! Percent-encoding of values in the URL fragment (RFC 3986 §2.1).

use std::fmt::Write;

use super::field::unescaped;

/// A value as it stands in a fragment; what may stand there and is easy to read stays.
pub fn encode(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@,:;/*=".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // A string takes all that is written to it.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// Reads what [`encode`] writes. A `%` without two digits is one, octets that are no
/// UTF-8 are replaced: a link may be from anywhere.
pub fn decode(text: &str) -> String {
    String::from_utf8_lossy(&unescaped(text.as_bytes(), b'%')).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for text in ["", "é, &=%+\n\u{a0}#?", "100%", "%4", "ip:192.0.2.0/24"] {
            let encoded = encode(text);
            assert!(encoded.is_ascii() && !encoded.contains([' ', '#', '&', '\n']), "{encoded}");
            assert_eq!(decode(&encoded), text);
        }
    }

    #[test]
    fn strange_texts_are_forgiven() {
        assert_eq!(decode("%ff%zz%"), "\u{fffd}%zz%");
        assert_eq!(decode("%+1"), "%+1");
    }
}
