//! Lines that end in LF, CRLF or a lone CR.

use std::borrow::Cow;

/// The lines of a text, each with the offset at which it stands and its end cut off.
pub(super) struct Lines<'a> {
    text: &'a [u8],
    at: usize,
}

pub(super) fn lines(text: &[u8]) -> Lines<'_> {
    Lines { text, at: 0 }
}

impl Lines<'_> {
    /// Where the next line begins.
    pub(super) fn offset(&self) -> usize {
        self.at
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let end = match rest[length..] {
            [] => 0,
            [b'\r', b'\n', ..] => 2,
            _ => 1,
        };
        self.at += length + end;
        Some((start, &rest[..length]))
    }
}

/// The octets of the longest line.
pub(super) fn longest(text: &[u8]) -> usize {
    let mut longest = 0;
    let mut start = 0;
    for end in memchr::memchr2_iter(b'\n', b'\r', text) {
        longest = longest.max(end - start);
        start = end + 1;
    }
    longest.max(text.len() - start)
}

/// Whether lines end in a lone CR, as Mac OS 9 wrote them: told by the first.
pub(super) fn end_in_cr(text: &[u8]) -> bool {
    match memchr::memchr2(b'\n', b'\r', text) {
        Some(end) => text[end] == b'\r' && text.get(end + 1) != Some(&b'\n'),
        None => false,
    }
}

/// Lone CRs become LFs: all offsets stay.
pub(super) fn to_lf(text: &mut [u8]) {
    for byte in text.iter_mut().filter(|byte| **byte == b'\r') {
        *byte = b'\n';
    }
}

/// Gives a mail line ends that all parsers know, where its first is another:
/// a lone CR, or the CR CR LF of a mail that was converted twice.
pub(super) fn normalise(mail: &mut Cow<'_, [u8]>) {
    const TWICE: &[u8] = b"\r\r\n";
    let first = memchr::memchr2(b'\n', b'\r', mail).unwrap_or(mail.len());
    if mail[first..].starts_with(TWICE) {
        let mut pieces = Vec::with_capacity(mail.len());
        let mut done = 0;
        for at in memchr::memmem::find_iter(mail, TWICE) {
            pieces.extend_from_slice(&mail[done..at]);
            done = at + 1;
        }
        pieces.extend_from_slice(&mail[done..]);
        *mail = Cow::Owned(pieces);
    } else if end_in_cr(mail) {
        to_lf(mail.to_mut());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_line_end() {
        let all: Vec<_> = lines(b"a\nb\r\n\rc").collect();
        assert_eq!(all, [(0, &b"a"[..]), (2, b"b"), (5, b""), (6, b"c")]);
        assert_eq!(longest(b"abc\r\nabcd\nab"), 4);
        assert_eq!(longest(b"abcde"), 5);
        assert!(end_in_cr(b"a\rb") && !end_in_cr(b"a\r\nb") && !end_in_cr(b"a\nb\r"));
    }
}
