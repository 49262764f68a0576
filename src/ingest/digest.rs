//! What makes two copies of a report the same: a digest of its decoded bytes.

use std::io::{self, BufRead, Read};

use memchr::memchr;
use xxhash_rust::xxh3::Xxh3;

use crate::base::Feedback;

/// XXH3-128 of bytes, but for carriage returns: on its way a mail may change
/// from one line end to the other, and no format gives them a meaning.
#[derive(Default)]
pub struct Digest(Xxh3);

impl Digest {
    pub fn update(&mut self, mut bytes: &[u8]) {
        while let Some(at) = memchr(b'\r', bytes) {
            let (line, rest) = bytes.split_at(at);
            self.0.update(line);
            bytes = rest.get(1..).unwrap_or_default();
        }
        self.0.update(bytes);
    }

    /// Of a failure report's parts, one after the other.
    pub fn of_feedback(feedback: &Feedback<'_>) -> u128 {
        let text = feedback.report.is_none().then_some(feedback.text).flatten();
        let sample = feedback.sample.map(|sample| sample.bytes);
        let mut digest = Self::default();
        for part in [feedback.report, text.map(str::as_bytes), sample] {
            digest.update(part.unwrap_or_default());
            digest.update(b"\0"); // what ends here does not go on there
        }
        digest.finish()
    }

    pub fn finish(&self) -> u128 {
        self.0.digest128()
    }
}

/// A reader that keeps the digest of all that passes through it.
pub struct Digested<'a> {
    bytes: &'a mut dyn BufRead,
    digest: Digest,
}

impl<'a> Digested<'a> {
    pub fn new(bytes: &'a mut dyn BufRead) -> Self {
        Self { bytes, digest: Digest::default() }
    }

    /// Reads what is left, for readers stop where they like, and gives the
    /// digest of everything.
    pub fn finish(&mut self) -> u128 {
        while let Ok(rest) = self.bytes.fill_buf() {
            let len = rest.len();
            if len == 0 {
                break;
            }
            self.digest.update(rest);
            self.bytes.consume(len);
        }
        self.digest.finish()
    }
}

impl Read for Digested<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(to)?;
        self.digest.update(to.get(..read).unwrap_or_default());
        Ok(read)
    }
}

impl BufRead for Digested<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.bytes.fill_buf()
    }

    fn consume(&mut self, len: usize) {
        // What was handed out and not yet consumed is still there, without reading.
        if let Ok(handed_out) = self.bytes.fill_buf() {
            self.digest.update(handed_out.get(..len).unwrap_or(handed_out));
        }
        self.bytes.consume(len);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xxhash_rust::xxh3::xxh3_128;

    #[test]
    fn the_digest_is_that_of_the_whole_however_it_is_read() {
        let unix = b"<feedback>\n\n</feedback>\n".repeat(50);
        let dos = b"<feedback>\r\n\r\n</feedback>\r\n".repeat(50);
        for text in [&unix, &dos] {
            for piece in [1, 7, 4096] {
                let mut bytes = io::BufReader::with_capacity(piece, text.as_slice());
                let mut digested = Digested::new(&mut bytes);
                let mut line = Vec::new();
                digested.read_until(b'\n', &mut line).unwrap();
                digested.read_exact(&mut [0; 5]).unwrap();
                assert_eq!(digested.finish(), xxh3_128(&unix));
            }
        }
    }

    #[test]
    fn parts_of_a_mail_do_not_run_into_one_another() {
        let digest = |report: &'static str, text| {
            let report = (!report.is_empty()).then_some(report.as_bytes());
            Digest::of_feedback(&Feedback { text: Some(text), report, sample: None })
        };
        assert_eq!(digest("Version: 1\r\n", "a"), digest("Version: 1\n", "b"));
        assert_ne!(digest("Version: 1", ""), digest("", "Version: 1"));
    }
}
