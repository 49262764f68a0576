//! Bytes as text, and text as it is shown.

use std::borrow::Cow;

use crate::screens::isolated::spelt;

/// The text of a source: by its byte order mark, as UTF-8, or else a character a byte, as
/// ISO 8859-1 has it.
pub fn text(bytes: Vec<u8>) -> String {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
        char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [b'<' | b'{', 0, ..] => wide(&bytes, u16::from_le_bytes),
        _ => String::from_utf8(bytes).unwrap_or_else(|error| {
            let bytes = error.as_bytes();
            // What was cut off in the middle of a character is UTF-8 all the same.
            match error.utf8_error().error_len() {
                None => String::from_utf8_lossy(bytes).into_owned(),
                Some(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
            }
        }),
    }
}

/// With characters that would not be seen, or would turn what follows, by their names.
pub fn shown(text: &str) -> Cow<'_, str> {
    let is_hidden = |letter: char| {
        letter != '\t' && letter.is_control()
            || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
    };
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(spelt(text, is_hidden))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_text_whatever_they_are() {
        for (bytes, expected) in [
            (&b"<a>\xc3\xa9</a>"[..], "<a>é</a>"),
            (b"<a>\xe9</a>", "<a>é</a>"),
            (b"<a>\xc3", "<a>\u{fffd}"),
            (b"\xff\xfe<\0a\0>\0", "<a>"),
            (b"\xfe\xff\0<\0a\0>", "<a>"),
            (b"<\0a\0>\0x", "<a>"),
            (b"", ""),
        ] {
            assert_eq!(text(bytes.to_vec()), expected);
        }
    }

    #[test]
    fn nothing_hides_or_turns_the_text() {
        assert_eq!(shown("plain\ttext"), "plain\ttext");
        assert_eq!(shown("a\u{202e}b\0\u{1b}"), "a⟨U+202E⟩b⟨U+0000⟩⟨U+001B⟩");
        assert!(matches!(shown("é"), Cow::Borrowed(_)));
    }
}
