//! Passes over a document type declaration. Nothing in it is read: what it
//! declares is never used (RFC 9990 §8.1).

use memchr::{memchr, memchr2, memchr3, memmem};

/// Where in a declaration a scan stands; it can go on with more text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before an internal subset.
    Outside,
    /// In a quoted literal outside the internal subset.
    Literal(u8),
    Subset,
    Comment,
    Instruction,
    /// In a declaration; quotes count where they can hold a `>`.
    Declaration {
        quotes: bool,
    },
    DeclarationLiteral(u8),
    /// Between `]` and `>`.
    End,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct DoctypeScan {
    state: State,
    /// Bytes passed so far.
    at: usize,
}

/// The longest thing that must be seen whole: `<!NOTATION`.
const LOOKAHEAD: usize = 10;

impl DoctypeScan {
    /// Starts after `<!DOCTYPE`, `at` bytes into the text.
    pub fn new(at: usize) -> Self {
        Self { state: State::Outside, at }
    }

    /// Bytes passed for good.
    pub fn passed(&self) -> usize {
        self.at
    }

    /// The text has lost its first bytes, which were passed.
    pub fn shift(&mut self, bytes: usize) {
        self.at -= bytes;
    }

    /// Goes on in a text that has grown at its end. Gives the length of all,
    /// `>` included, when the end is found.
    pub fn feed(&mut self, text: &[u8], ended: bool) -> Option<usize> {
        loop {
            let rest = text.get(self.at..)?;
            let (step, state) = match self.state {
                State::Outside => match first(rest, b"\"'[>") {
                    Some((at, b'>')) => return Some(self.at + at + 1),
                    Some((at, b'[')) => (at + 1, State::Subset),
                    Some((at, quote)) => (at + 1, State::Literal(quote)),
                    None => return self.wait(rest.len()),
                },
                State::Literal(quote) => match memchr(quote, rest) {
                    Some(at) => (at + 1, State::Outside),
                    None => return self.wait(rest.len()),
                },
                State::Subset => match memchr2(b']', b'<', rest) {
                    Some(at) if rest[at] == b']' => (at + 1, State::End),
                    Some(at) if rest.len() - at < LOOKAHEAD && !ended => return self.wait(at),
                    Some(at) => (at + 1, opened(&rest[at..])),
                    None => return self.wait(rest.len()),
                },
                State::Comment => match memmem::find(rest, b"-->") {
                    Some(at) => (at + 3, State::Subset),
                    None => return self.wait(rest.len().saturating_sub(2)),
                },
                State::Instruction => match memmem::find(rest, b"?>") {
                    Some(at) => (at + 2, State::Subset),
                    None => return self.wait(rest.len().saturating_sub(1)),
                },
                State::Declaration { quotes: false } => match memchr(b'>', rest) {
                    Some(at) => (at + 1, State::Subset),
                    None => return self.wait(rest.len()),
                },
                State::Declaration { quotes: true } => match memchr3(b'"', b'\'', b'>', rest) {
                    Some(at) if rest[at] == b'>' => (at + 1, State::Subset),
                    Some(at) => (at + 1, State::DeclarationLiteral(rest[at])),
                    None => return self.wait(rest.len()),
                },
                State::DeclarationLiteral(quote) => match memchr(quote, rest) {
                    Some(at) => (at + 1, State::Declaration { quotes: true }),
                    None => return self.wait(rest.len()),
                },
                State::End => match memchr(b'>', rest) {
                    Some(at) => return Some(self.at + at + 1),
                    None => return self.wait(rest.len()),
                },
            };
            self.at += step;
            self.state = state;
        }
    }

    fn wait(&mut self, passed: usize) -> Option<usize> {
        self.at += passed;
        None
    }
}

/// What begins at this `<` of the internal subset.
fn opened(text: &[u8]) -> State {
    if text.starts_with(b"<!--") {
        State::Comment
    } else if text.starts_with(b"<?") {
        State::Instruction
    } else {
        let quoted: [&[u8]; 3] = [b"<!ENTITY", b"<!ATTLIST", b"<!NOTATION"];
        State::Declaration { quotes: quoted.iter().any(|start| text.starts_with(start)) }
    }
}

/// The first of some bytes, and which one it is.
fn first(text: &[u8], wanted: &[u8]) -> Option<(usize, u8)> {
    let at = text.iter().position(|byte| wanted.contains(byte))?;
    Some((at, *text.get(at)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, rest: &str) {
        let length = source.len() - rest.len();
        assert_eq!(DoctypeScan::new(9).feed(source.as_bytes(), true), Some(length), "{source}");
        // Byte by byte.
        let mut scan = DoctypeScan::new(9);
        let found = (9..=source.len()).find_map(|end| scan.feed(&source.as_bytes()[..end], false));
        assert_eq!(found, Some(length), "{source}");
    }

    #[test]
    fn declarations_are_passed_over() {
        check("<!DOCTYPE feedback><feedback/>", "<feedback/>");
        check("<!DOCTYPE a SYSTEM \"b>]'\"><a/>________", "<a/>________");
        check(
            "<!DOCTYPE a [ <!ENTITY b \"]>\"> <!-- ]> --> <?c ]> ?> <!ELEMENT d (e)> ] ><a/>",
            "<a/>",
        );
        check("<!doctype a [<!ENTITY lol '&lol;&lol;'>]><a/>", "<a/>");
    }

    #[test]
    fn an_end_that_never_comes() {
        for source in ["<!DOCTYPE a", "<!DOCTYPE a [<!-- ]>", "<!DOCTYPE a \">", "<!DOCTYPE a [<"] {
            assert_eq!(DoctypeScan::new(9).feed(source.as_bytes(), true), None, "{source}");
        }
    }
}
