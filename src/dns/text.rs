//! From bytes to lines: encodings and line ends, and what is wrong with them.

use super::diagnostic::{Diagnostic, Log, Position};
use super::kind::Kind;

/// One line of a text, without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub text: &'a str,
    /// From 1.
    pub number: u32,
    pub end: LineEnd,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnd {
    Lf,
    CrLf,
    /// A carriage return alone, which ends no line of a policy; taken as an end
    /// here so that what follows can be read.
    Cr,
    /// The end of the text.
    Text,
}

impl Line<'_> {
    /// The place of a byte offset in the line.
    pub fn at(&self, offset: usize) -> Position {
        let characters = self.text.char_indices().take_while(|(at, _)| *at < offset).count();
        Position { line: self.number, column: 1 }.right(characters)
    }
}

/// The text in the bytes, and what had to be forgiven. A byte order mark is taken
/// off, UTF-16 with such a mark is read, what is no UTF-8 becomes U+FFFD.
pub(super) fn decode(bytes: &[u8], log: &mut Log) -> String {
    if let Some(text) = utf_16(bytes) {
        log.add(Diagnostic::new(Kind::Utf16, Position::START));
        return text;
    }
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => {
            log.add(Diagnostic::new(Kind::ByteOrderMark, Position::START));
            rest
        }
        None => bytes,
    };
    let text = String::from_utf8_lossy(bytes).into_owned();
    if let Err(error) = std::str::from_utf8(bytes) {
        let place = lines(&text).scan(0, |start, line| {
            let at = *start;
            *start += line.text.len() + end_bytes(line.end);
            Some((at, line))
        });
        // The text up to the first bad byte is the same, so its offset holds.
        if let Some((start, line)) = place.take_while(|(at, _)| *at <= error.valid_up_to()).last() {
            log.add(Diagnostic::new(Kind::InvalidUtf8, line.at(error.valid_up_to() - start)));
        }
    }
    text
}

fn utf_16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs.iter().skip(1).map(|pair| unit(*pair));
    Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

const fn end_bytes(end: LineEnd) -> usize {
    match end {
        LineEnd::Lf | LineEnd::Cr => 1,
        LineEnd::CrLf => 2,
        LineEnd::Text => 0,
    }
}

/// The lines of a text. A text that ends with a line end has no empty line after it.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut rest = text;
    let mut number = 0;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        number += 1;
        let stop = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let (text, tail) = rest.split_at(stop);
        let end = match tail.as_bytes() {
            [] => LineEnd::Text,
            [b'\r', b'\n', ..] => LineEnd::CrLf,
            [b'\r', ..] => LineEnd::Cr,
            [..] => LineEnd::Lf,
        };
        rest = &tail[end_bytes(end)..];
        Some(Line { text, number, end })
    })
}

/// The lines of a file as people see them, whatever its encoding; places in diagnostics
/// count these.
pub fn shown_lines(file: &[u8]) -> Vec<String> {
    let text = decode(file, &mut Log::default());
    lines(&text).map(|line| line.text.to_owned()).collect()
}

/// The words of a text with their byte offsets.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let pieces = text.split_inclusive(char::is_whitespace).map(move |piece| {
        let start = at;
        at += piece.len();
        (start, piece.trim_end())
    });
    pieces.filter(|(_, word)| !word.is_empty())
}

/// Spaces of typesetting and characters that cannot be seen: they come with text
/// copied from web pages, and are neither space nor tab to a parser.
pub(super) fn is_odd_space(c: char) -> bool {
    (c.is_whitespace() && !c.is_ascii())
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// A control character that no text here may have.
pub(super) fn is_control(c: char) -> bool {
    c.is_control() && c != '\t' && !is_odd_space(c)
}

/// How a character that cannot be shown is named: `U+00A0`.
pub(super) fn named(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::{LineEnd, decode, lines};
    use crate::dns::diagnostic::{Log, Position};

    #[test]
    fn every_line_end() {
        let all: Vec<_> = lines("a\nb\r\nc\rd").map(|line| (line.text, line.end)).collect();
        let ends = [LineEnd::Lf, LineEnd::CrLf, LineEnd::Cr, LineEnd::Text];
        assert_eq!(all, ["a", "b", "c", "d"].into_iter().zip(ends).collect::<Vec<_>>());
        assert_eq!(lines("a\n\n").count(), 2);
        assert_eq!(lines("").count(), 0);
    }

    #[test]
    fn places_are_those_of_characters() {
        let mut log = Log::default();
        assert_eq!(decode(b"a\r\n\xc3\xa9\xff", &mut log), "a\r\n\u{e9}\u{fffd}");
        let all = log.finish();
        assert_eq!(all[0].at, Position { line: 2, column: 2 });
    }

    #[test]
    fn utf_16_is_read() {
        let mut log = Log::default();
        assert_eq!(decode(b"\xff\xfem\x00x\x00", &mut log), "mx");
        assert_eq!(log.finish().len(), 1);
    }
}
