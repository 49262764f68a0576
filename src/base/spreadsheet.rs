//! Cells for spreadsheets, which run what looks like a formula.

use std::borrow::Cow;

/// A text that spreadsheets show and do not run: reports are written by
/// strangers, and a cell that begins like a formula is one to Excel and others.
/// An apostrophe makes it text.
pub fn disarmed(text: &str) -> Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// A field of a line of CSV (RFC 4180).
pub fn field(text: &str) -> String {
    let text = disarmed(text);
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_spreadsheet_would_run_is_text() {
        for text in ["=A1", "+1", "-1", "@SUM(A1)", "\t=A1", "\r=A1"] {
            assert_eq!(disarmed(text), format!("'{text}"));
        }
        assert_eq!(disarmed("a=b"), "a=b");
    }

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        assert_eq!(field("plain"), "plain");
        assert_eq!(field("a,\"b\"\nc"), "\"a,\"\"b\"\"\nc\"");
        assert_eq!(field("=1,2"), "\"'=1,2\"");
    }
}
