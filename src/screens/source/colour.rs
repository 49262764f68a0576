//! What the pieces of a line are, by their class.

use std::ops::Range;

use crate::base::Format;

/// A class, and a piece of a line.
pub type Piece = (&'static str, Range<usize>);

const TAG: &str = "source__tag";
const NAME: &str = "source__name";
const VALUE: &str = "source__value";
const ASIDE: &str = "source__aside";
const PLAIN: &str = "";

/// The pieces of a line, from its beginning to its end.
pub fn pieces(line: &str, format: Format) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let (class, length) = match format {
            Format::Xml => xml(rest),
            Format::Json => json(rest),
            _ if at == 0 => header(rest),
            _ => (PLAIN, rest.len()),
        };
        pieces.push((class, at..at + length));
        at += length;
    }
    pieces
}

fn xml(rest: &str) -> (&'static str, usize) {
    let up_to = |end: &str| rest.find(end).map_or(rest.len(), |found| found + end.len());
    if rest.starts_with("<!--") {
        (ASIDE, up_to("-->"))
    } else if rest.starts_with('<') {
        (TAG, up_to(">"))
    } else {
        (PLAIN, rest.find('<').unwrap_or(rest.len()))
    }
}

fn json(rest: &str) -> (&'static str, usize) {
    let bytes = rest.as_bytes();
    match bytes.first() {
        Some(b'"') => {
            let mut end = 1;
            while let Some(byte) = bytes.get(end) {
                end += if *byte == b'\\' { 2 } else { 1 };
                if *byte == b'"' {
                    break;
                }
            }
            let end = rest.ceil_char_boundary(end.min(rest.len()));
            let after = rest.get(end..).unwrap_or_default().trim_ascii_start();
            (if after.starts_with(':') { NAME } else { VALUE }, end)
        }
        Some(b'a'..=b'z' | b'0'..=b'9' | b'-') => {
            let is_other =
                |letter: char| !letter.is_ascii_alphanumeric() && !"+-.".contains(letter);
            (VALUE, rest.find(is_other).unwrap_or(rest.len()))
        }
        _ => {
            let is_next = |letter: char| {
                letter == '"'
                    || letter == '-'
                    || letter.is_ascii_lowercase()
                    || letter.is_ascii_digit()
            };
            (PLAIN, rest.find(is_next).unwrap_or(rest.len()))
        }
    }
}

/// The name of a header field, to its colon.
fn header(rest: &str) -> (&'static str, usize) {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    match rest.split_once(':') {
        Some((name, _)) if is_name(name) => (NAME, name.len() + 1),
        _ => (PLAIN, rest.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_whole_line() {
        for (line, format, expected) in [
            ("<a>1</a>", Format::Xml, vec![(TAG, "<a>"), (PLAIN, "1"), (TAG, "</a>")]),
            ("<!-- x -->", Format::Xml, vec![(ASIDE, "<!-- x -->")]),
            (
                "\"a\": \"é\",",
                Format::Json,
                vec![(NAME, "\"a\""), (PLAIN, ": "), (VALUE, "\"é\""), (PLAIN, ",")],
            ),
            ("\"a\\\"é", Format::Json, vec![(VALUE, "\"a\\\"é")]),
            ("\"\\é", Format::Json, vec![(VALUE, "\"\\é")]),
            (
                "n: -1.5é",
                Format::Json,
                vec![(VALUE, "n"), (PLAIN, ": "), (VALUE, "-1.5"), (PLAIN, "é")],
            ),
            ("From: a", Format::Mail, vec![(NAME, "From:"), (PLAIN, " a")]),
            (" b: c", Format::Mail, vec![(PLAIN, " b: c")]),
        ] {
            let found = pieces(line, format).into_iter();
            let found: Vec<_> =
                found.map(|(class, range)| (class, line.get(range).unwrap())).collect();
            assert_eq!(found, expected, "{line}");
        }
    }
}
