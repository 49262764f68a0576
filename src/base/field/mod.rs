//! What the values of a mail's header fields say (RFC 5322, RFC 2045): texts,
//! mailboxes, parameters, as mail software really writes them.
//!
//! Why no library: those that read mails bring tables of characters for dozens
//! of encodings. A browser has more, and the worker is lighter by their weight.

mod encoded_word;
mod escape;
mod mailbox;
mod parameters;

pub use encoded_word::text;
pub use escape::unescaped;
pub use mailbox::{Mailbox, domain_of, mailbox};
pub use parameters::Content;

use std::borrow::Cow;

use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::Decode;

/// Base64 as it comes: padded or not, and a last group of odd bits is as good
/// as any other.
pub const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The id of a message (RFC 5322 §3.6.4), without its angle brackets.
pub fn message_id(value: &str) -> Option<&str> {
    let id = value.split_once('<').map_or(value, |(_, id)| id);
    let id = id.split_once('>').map_or(id, |(id, _)| id).trim_matches(['<', ' ', '\r', '\n']);
    (!id.is_empty()).then_some(id)
}

/// The characters of a text in a mail: UTF-8 (RFC 6532), or what mailers put there
/// before.
pub fn characters(bytes: &[u8], decode: Decode) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            decode("windows-1252", bytes).map_or_else(|| String::from_utf8_lossy(bytes), Cow::Owned)
        }
    }
}

/// A value with its folds undone (RFC 5322 §2.2.3).
fn unfolded(value: &str) -> String {
    let lines = value.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_ids() {
        for (value, id) in [
            (" <1@example.com>\r\n", Some("1@example.com")),
            ("1@example.com ", Some("1@example.com")),
            ("<1@example.com", Some("1@example.com")),
            ("(a) <1@example.com> <2@example.com>", Some("1@example.com")),
            ("<<<>", None),
            ("", None),
        ] {
            assert_eq!(message_id(value), id, "{value}");
        }
    }

    #[test]
    fn characters_of_two_ages() {
        use crate::base::context::decode_natively;
        assert_eq!(characters("é".as_bytes(), decode_natively), "é");
        assert_eq!(characters(b"caf\xe9", decode_natively), "café");
        assert_eq!(characters(b"caf\xe9", |_, _| None), "caf\u{fffd}");
    }

    #[test]
    fn folds() {
        assert_eq!(unfolded(" a  b\r\n\t c\n d\r\n"), "a  b c d");
        assert_eq!(unfolded("\r\n"), "");
    }
}
