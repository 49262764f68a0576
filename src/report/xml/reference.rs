//! References: the five predefined entities and numbers. No other entity is
//! ever expanded, whatever a document declares.

use std::borrow::Cow;

use crate::base::reference::character;

/// Longer ones are none: no character has a longer name or number.
const REFERENCE_BYTES: usize = 64;

/// What stands at an ampersand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// A character, and the bytes of its reference.
    Character(char, usize),
    /// Looks like a reference, but to nothing that is known; its bytes.
    Unknown(usize),
    /// A bare ampersand.
    None,
    /// The text ends before it can be told.
    Incomplete,
}

/// Judges a text that starts with `&`.
pub(super) fn reference(text: &str) -> Reference {
    let window = text.as_bytes().get(1..).unwrap_or_default();
    let window = &window[..window.len().min(REFERENCE_BYTES)];
    let stop = window
        .iter()
        .position(|byte| matches!(byte, b';' | b'&' | b'<') || byte.is_ascii_whitespace());
    let Some(length) = stop else {
        return if window.len() < REFERENCE_BYTES {
            Reference::Incomplete
        } else {
            Reference::None
        };
    };
    if length == 0 || window[length] != b';' {
        return Reference::None;
    }
    let bytes = length + 2;
    match text.get(1..=length).and_then(character) {
        Some(character) => Reference::Character(character, bytes),
        None => Reference::Unknown(bytes),
    }
}

/// A text with its references resolved, and unknown ones as they came.
pub(super) fn resolve(text: &str) -> Cow<'_, str> {
    let Some(mut at) = text.find('&') else { return Cow::Borrowed(text) };
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let (before, after) = rest.split_at(at);
        resolved.push_str(before);
        rest = match reference(after) {
            Reference::Character(character, bytes) => {
                resolved.push(character);
                &after[bytes..]
            }
            _ => {
                resolved.push('&');
                &after[1..]
            }
        };
        match rest.find('&') {
            Some(next) => at = next,
            None => break,
        }
    }
    resolved.push_str(rest);
    Cow::Owned(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        for (text, expected) in [
            ("&amp;x", Reference::Character('&', 5)),
            ("&#65;", Reference::Character('A', 5)),
            ("&#x1F980;", Reference::Character('🦀', 9)),
            ("&nbsp;", Reference::Unknown(6)),
            ("&#0;", Reference::Unknown(4)),
            ("&#xD800;", Reference::Unknown(8)),
            ("&#+65;", Reference::Unknown(6)),
            ("&;", Reference::None),
            ("& b", Reference::None),
            ("&a&b;", Reference::None),
            ("&lt", Reference::Incomplete),
            ("&", Reference::Incomplete),
        ] {
            assert_eq!(reference(text), expected, "{text}");
        }
        assert_eq!(reference(&format!("&{};", "a".repeat(90))), Reference::None);
    }

    #[test]
    fn resolved_texts() {
        assert_eq!(resolve("a &lt; b &amp;& &é; &gt"), "a < b && &é; &gt");
    }
}
