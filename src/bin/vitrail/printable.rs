//! Texts of strangers on a terminal.

use std::borrow::Cow;

/// The text without what would move the cursor, change colours or turn the
/// line around: reports are written by strangers.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.contains(is_command) {
        text.replace(is_command, "\u{fffd}").into()
    } else {
        Cow::Borrowed(text)
    }
}

/// Control characters, line and paragraph separators, and the marks that change
/// the direction of writing.
fn is_command(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_taken_out_and_letters_stay() {
        assert_eq!(printable("a\u{1b}[31mb\nc\u{202e}d"), "a\u{fffd}[31mb\u{fffd}c\u{fffd}d");
        assert_eq!(printable("Señal GmbH › ☃"), "Señal GmbH › ☃");
    }
}
