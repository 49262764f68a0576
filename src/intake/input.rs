//! Readers that can look ahead and skip: over bytes in memory, over a decoder,
//! over the file. None of them fails: a fault is noted in the [`Meter`] and the
//! bytes end.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use super::Source;
use super::meter::Meter;
use crate::base::{Kind, Whereabouts};

/// Bytes taken from a decoder at a time.
const WINDOW: usize = 64 << 10;

/// Bytes taken from a file at a time: in a browser each read is a call.
const FILE_WINDOW: usize = 256 << 10;

/// A run of bytes to be told apart and read.
pub(super) trait Input: BufRead {
    /// The next bytes without taking them: `n`, or fewer where the run ends.
    fn peek(&mut self, n: usize) -> &[u8];

    /// Passes over `n` bytes; says how many there were.
    fn skip(&mut self, n: u64) -> u64;

    /// Whether what came so far is a bomb by its ratio (see [`Meter::is_expanded`]).
    fn is_expanded(&self) -> bool {
        false
    }
}

/// What a [`Window`] may ask of the reader beneath it. Not a `Read`: each of these would bring all that
/// comes with one, of which nothing is used but `read`.
pub(super) trait Raw {
    /// Puts bytes into `to`; says how many. None are put only where `to` is empty or the bytes end.
    fn read(&mut self, to: &mut [u8]) -> usize;

    /// Passes over up to `n` bytes without reading them; says how many.
    fn pass_over(&mut self, _n: u64) -> u64 {
        0
    }

    fn is_expanded(&self) -> bool {
        false
    }
}

/// Reads all that is left, so that checks at the end of a stream take place.
pub(super) fn drain(input: &mut dyn Input) {
    while let Some(n) = input.fill_buf().ok().map(<[u8]>::len).filter(|n| *n > 0) {
        input.consume(n);
    }
}

/// Up to `most` bytes, held whole.
pub(super) fn take(input: &mut dyn Input, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    // invariant: readers of this module never fail.
    let _ = input.take(most).read_to_end(&mut bytes);
    bytes
}

/// Bytes in memory.
pub(super) struct Slice<'a>(pub(super) &'a [u8]);

impl Read for Slice<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.read(buf)
    }
}

impl BufRead for Slice<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Ok(self.0)
    }

    fn consume(&mut self, n: usize) {
        self.0.consume(n);
    }
}

impl Input for Slice<'_> {
    fn peek(&mut self, n: usize) -> &[u8] {
        self.0.get(..n).unwrap_or(self.0)
    }

    fn skip(&mut self, n: u64) -> u64 {
        let n = usize::try_from(n).unwrap_or(usize::MAX).min(self.0.len());
        self.0.consume(n);
        n as u64
    }
}

/// A buffer over any reader.
pub(super) struct Window<'r> {
    inner: &'r mut dyn Raw,
    buf: Box<[u8]>,
    start: usize,
    end: usize,
}

impl<'r> Window<'r> {
    pub(super) fn new(inner: &'r mut dyn Raw) -> Self {
        Self::with_capacity(inner, WINDOW)
    }

    /// A smaller buffer where no more than `bytes` are expected.
    pub(super) fn for_bytes(inner: &'r mut dyn Raw, bytes: u64) -> Self {
        Self::with_capacity(inner, usize::try_from(bytes).unwrap_or(WINDOW).clamp(1024, WINDOW))
    }

    fn with_capacity(inner: &'r mut dyn Raw, capacity: usize) -> Self {
        Self { inner, buf: vec![0; capacity].into(), start: 0, end: 0 }
    }

    /// Reads once into the room behind `end`; `false` at the end of the bytes.
    fn fill(&mut self) -> bool {
        let n = self.inner.read(&mut self.buf[self.end..]);
        self.end += n;
        n > 0
    }
}

impl Read for Window<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buf)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Window<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
            self.fill();
        }
        Ok(&self.buf[self.start..self.end])
    }

    fn consume(&mut self, n: usize) {
        self.start = (self.start + n).min(self.end);
    }
}

impl Input for Window<'_> {
    fn peek(&mut self, n: usize) -> &[u8] {
        let n = n.min(self.buf.len());
        if self.start > 0 && self.end - self.start < n {
            self.buf.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        while self.end - self.start < n && self.fill() {}
        &self.buf[self.start..self.end.min(self.start + n)]
    }

    fn skip(&mut self, n: u64) -> u64 {
        let mut left = n;
        let buffered = left.min((self.end - self.start) as u64);
        self.start += buffered as usize;
        left -= buffered;
        left -= self.inner.pass_over(left);
        while left > 0 {
            let step = self
                .fill_buf()
                .map_or(0, <[u8]>::len)
                .min(usize::try_from(left).unwrap_or(usize::MAX));
            if step == 0 {
                break;
            }
            self.consume(step);
            left -= step as u64;
        }
        n - left
    }

    fn is_expanded(&self) -> bool {
        self.inner.is_expanded()
    }
}

/// No more than `left` bytes of another run.
pub(super) struct Limited<'a> {
    input: &'a mut dyn Input,
    left: u64,
    /// Told where the run ends before `left` bytes, if that is a damage.
    meter: Option<&'a Meter<'a>>,
}

impl<'a> Limited<'a> {
    /// At most so many bytes.
    pub(super) fn new(input: &'a mut dyn Input, most: u64) -> Self {
        Self { input, left: most, meter: None }
    }

    /// Exactly so many bytes: fewer are a damage.
    pub(super) fn exactly(input: &'a mut dyn Input, bytes: u64, meter: &'a Meter<'a>) -> Self {
        Self { input, left: bytes, meter: Some(meter) }
    }

    /// Passes over the rest; says how many bytes there were.
    pub(super) fn finish(mut self) -> u64 {
        let left = self.left;
        let passed = self.pass_over(left);
        self.note_end(passed == 0);
        passed
    }

    fn note_end(&mut self, ended: bool) {
        if ended && self.left > 0 {
            self.left = 0;
            if let Some(meter) = self.meter {
                meter.fault(Kind::StreamDamaged, Whereabouts::Whole, "breaks off");
            }
        }
    }
}

impl Raw for Limited<'_> {
    fn read(&mut self, to: &mut [u8]) -> usize {
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(to.len());
        let n = self.input.read(&mut to[..room]).unwrap_or(0);
        self.left -= n as u64;
        self.note_end(n == 0 && room > 0);
        n
    }

    fn pass_over(&mut self, n: u64) -> u64 {
        let n = self.input.skip(n.min(self.left));
        self.left -= n;
        n
    }
}

/// The file: buffered, counted, seekable. A read error ends the bytes and is a fault.
pub(super) struct File<'a> {
    source: &'a mut dyn Source,
    meter: &'a Meter<'a>,
    size: u64,
    buf: Box<[u8]>,
    /// Where in the file the filled part of `buf` stands.
    filled: (u64, usize),
    position: u64,
}

impl<'a> File<'a> {
    pub(super) fn new(source: &'a mut dyn Source, size: u64, meter: &'a Meter<'a>) -> Self {
        let capacity = usize::try_from(size).unwrap_or(FILE_WINDOW).clamp(1024, FILE_WINDOW);
        Self { source, meter, size, buf: vec![0; capacity].into(), filled: (0, 0), position: 0 }
    }

    /// The buffered bytes from the position on.
    fn buffered(&self) -> &[u8] {
        let (start, len) = self.filled;
        match self.position.checked_sub(start).and_then(|skip| usize::try_from(skip).ok()) {
            Some(skip) if skip < len => &self.buf[skip..len],
            _ => &[],
        }
    }

    fn refill(&mut self) {
        let read = self
            .source
            .seek(SeekFrom::Start(self.position))
            .and_then(|_| read_some(self.source, &mut self.buf));
        match read {
            Ok(n) => {
                self.filled = (self.position, n);
                self.meter.read(n as u64);
            }
            Err(error) => {
                self.filled = (self.position, 0);
                self.meter.fault(Kind::FileUnreadable, Whereabouts::Offset(self.position), error);
            }
        }
    }
}

fn read_some(source: &mut dyn Source, buf: &mut [u8]) -> io::Result<usize> {
    loop {
        match source.read(buf) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

impl Read for File<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.buffered().is_empty() {
            self.refill();
        }
        let n = self.buffered().read(buf)?;
        self.position += n as u64;
        Ok(n)
    }
}

impl Seek for File<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.size.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

impl Raw for File<'_> {
    fn read(&mut self, to: &mut [u8]) -> usize {
        Read::read(self, to).unwrap_or(0)
    }

    fn pass_over(&mut self, n: u64) -> u64 {
        let n = n.min(self.size.saturating_sub(self.position));
        self.position += n;
        self.meter.pass(n);
        n
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Findings, Limits};
    use std::io::Cursor;

    /// Gives one byte at a time.
    struct Trickle(Cursor<Vec<u8>>);

    impl Raw for Trickle {
        fn read(&mut self, to: &mut [u8]) -> usize {
            let one = to.len().min(1);
            self.0.read(&mut to[..one]).unwrap()
        }
    }

    #[test]
    fn a_window_looks_ahead_over_short_reads() {
        let bytes: Vec<u8> = (0..=255).collect();
        let mut trickle = Trickle(Cursor::new(bytes.clone()));
        let mut window = Window::with_capacity(&mut trickle, 16);
        assert_eq!(window.peek(3), &bytes[..3]);
        window.consume(2);
        assert_eq!(window.peek(16), &bytes[2..18]);
        assert_eq!(window.skip(100), 100);
        assert_eq!(window.peek(1), &[102]);
        assert_eq!(window.skip(1000), 154, "as many as there are");
        assert!(window.peek(1).is_empty());
    }

    #[test]
    fn a_file_reads_and_seeks_through_one_buffer_and_tells_how_far() {
        let bytes: Vec<u8> = (0..3u32 << 20).map(|n| n as u8).collect();
        let told = std::cell::RefCell::new(Vec::new());
        let progress = |position| told.borrow_mut().push(position);
        let limits = Limits::default();
        let meter = Meter::new(&limits, bytes.len() as u64, &progress);
        let mut source = Cursor::new(&bytes);
        let mut file = File::new(&mut source, bytes.len() as u64, &meter);
        file.seek(SeekFrom::End(-4)).unwrap();
        let mut tail = Vec::new();
        file.read_to_end(&mut tail).unwrap();
        assert_eq!(tail, bytes[bytes.len() - 4..]);
        file.seek(SeekFrom::Start(7)).unwrap();
        let mut all = Vec::new();
        file.read_to_end(&mut all).unwrap();
        assert_eq!(all, bytes[7..]);
        meter.finish();
        assert!(told.borrow().len() >= 3, "{told:?}");
        assert!(told.borrow().is_sorted());
        assert_eq!(told.borrow().last(), Some(&(bytes.len() as u64)));
    }

    /// Fails on every read.
    struct Gone;

    impl Read for Gone {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }

    impl Seek for Gone {
        fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
            Ok(0)
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_ends_and_says_so() {
        let limits = Limits::default();
        let meter = Meter::new(&limits, 100, &|_| ());
        let mut source = Gone;
        let mut file = File::new(&mut source, 100, &meter);
        assert_eq!(Raw::read(&mut file, &mut [0; 8]), 0);
        let mut findings = Findings::default();
        meter.settle(&mut findings);
        assert!(findings.has(Kind::FileUnreadable));
    }
}
