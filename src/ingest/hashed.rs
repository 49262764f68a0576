//! A reader that keeps a digest of all that passes through it.

use std::io::{self, BufRead, Read};

use xxhash_rust::xxh3::Xxh3;

/// See the module's text.
pub struct Hashed<'a> {
    bytes: &'a mut dyn BufRead,
    digest: Xxh3,
}

impl<'a> Hashed<'a> {
    pub fn new(bytes: &'a mut dyn BufRead) -> Self {
        Self { bytes, digest: Xxh3::new() }
    }

    /// Reads what is left, for readers stop where they like, and gives the
    /// XXH3-128 of everything.
    pub fn finish(&mut self) -> u128 {
        while let Ok(rest) = self.bytes.fill_buf() {
            let len = rest.len();
            if len == 0 {
                break;
            }
            self.digest.update(rest);
            self.bytes.consume(len);
        }
        self.digest.digest128()
    }
}

impl Read for Hashed<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(to)?;
        self.digest.update(to.get(..read).unwrap_or_default());
        Ok(read)
    }
}

impl BufRead for Hashed<'_> {
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
        let text = b"<feedback>\n</feedback>\n".repeat(50);
        for piece in [1, 7, 4096] {
            let mut bytes = io::BufReader::with_capacity(piece, text.as_slice());
            let mut hashed = Hashed::new(&mut bytes);
            let mut line = Vec::new();
            hashed.read_until(b'\n', &mut line).unwrap();
            hashed.read_exact(&mut [0; 5]).unwrap();
            assert_eq!(hashed.finish(), xxh3_128(&text));
        }
    }
}
