//! The part of a document that is being looked at: a bounded buffer of UTF-8
//! over a stream of bytes, which knows offsets and lines.

use std::io::{BufRead, ErrorKind};

use memchr::memchr_iter;

use crate::base::{Context, Whereabouts};
use crate::report::text::{EncodingFault, HEAD_BYTES, Transcoder};

/// Read from the source at once at most: a slice of a gigabyte is a source too.
const CHUNK_BYTES: usize = 64 << 10;

/// Read at once at least, where there is so much: a source that gives byte
/// after byte must not make every search start anew for each.
const STEP_BYTES: usize = 4 << 10;

pub(super) struct Window<'b> {
    source: &'b mut dyn BufRead,
    /// Made once the first bytes are there.
    transcoder: Option<Transcoder>,
    context: Context<'b>,
    buffer: String,
    /// Where the rest begins in the buffer; always between characters.
    start: usize,
    /// The offset in the document of the buffer's first byte.
    base: u64,
    /// Lines are counted when somebody asks, from the last place counted: an
    /// offset in the document, and its line.
    counted: (u64, u64),
    ended: bool,
}

impl<'b> Window<'b> {
    pub fn new(source: &'b mut dyn BufRead, context: Context<'b>) -> Self {
        Self {
            source,
            transcoder: None,
            context,
            buffer: String::new(),
            start: 0,
            base: 0,
            counted: (0, 1),
            ended: false,
        }
    }

    /// What is in view and not yet consumed.
    pub fn rest(&self) -> &str {
        // invariant: `start` only moves by lengths of prefixes of the rest.
        &self.buffer[self.start..]
    }

    /// Moves past the first bytes of the rest, which must end between characters.
    pub fn consume(&mut self, bytes: usize) {
        self.start += bytes;
    }

    /// The document's offset where the rest begins.
    pub fn offset(&self) -> u64 {
        self.base + self.start as u64
    }

    /// Brings more of the document into view; `false` at its end. What is
    /// consumed goes, what is not keeps its place in the rest.
    pub fn more(&mut self) -> bool {
        if self.ended {
            return false;
        }
        if self.start > 0 {
            self.count_to(self.offset());
            self.buffer.drain(..self.start);
            self.base += self.start as u64;
            self.start = 0;
        }
        let wanted = self.buffer.len() + STEP_BYTES;
        while self.buffer.len() < wanted && !self.ended {
            self.read();
        }
        self.buffer.len() + STEP_BYTES > wanted
    }

    /// Reads one chunk. An error is the end: whoever gave the source tells it.
    fn read(&mut self) {
        if self.transcoder.is_none() {
            self.read_head();
            return;
        }
        let Some(transcoder) = &mut self.transcoder else { return };
        match self.source.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Ok(bytes) if !bytes.is_empty() => {
                let chunk = &bytes[..bytes.len().min(CHUNK_BYTES)];
                transcoder.push(chunk, false, &mut self.buffer);
                let read = chunk.len();
                self.source.consume(read);
            }
            Ok(_) | Err(_) => {
                transcoder.push(&[], true, &mut self.buffer);
                self.ended = true;
            }
        }
    }

    /// Reads enough to know the encoding.
    fn read_head(&mut self) {
        let mut head = Vec::new();
        while head.len() < HEAD_BYTES {
            match self.source.fill_buf() {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Ok(bytes) if !bytes.is_empty() => {
                    let chunk = &bytes[..bytes.len().min(HEAD_BYTES - head.len())];
                    head.extend_from_slice(chunk);
                    let read = chunk.len();
                    self.source.consume(read);
                }
                Ok(_) | Err(_) => break,
            }
        }
        let held = self.context.limits.buffered_bytes;
        let (mut transcoder, mark) = Transcoder::new(&head, self.context.decode, held);
        transcoder.push(head.get(mark..).unwrap_or_default(), false, &mut self.buffer);
        self.transcoder = Some(transcoder);
    }

    /// The next fault of the encoding that is not told yet.
    pub fn encoding_fault(&mut self) -> Option<EncodingFault> {
        self.transcoder.as_mut()?.next_fault()
    }

    /// Whether there is such a fault.
    pub fn has_encoding_fault(&self) -> bool {
        self.transcoder.as_ref().is_some_and(Transcoder::has_fault)
    }

    /// Offset and line of a place in view.
    pub fn whereabouts(&mut self, offset: u64) -> Whereabouts {
        if offset < self.counted.0 || offset < self.base {
            return Whereabouts::Offset(offset);
        }
        self.count_to(offset);
        Whereabouts::Line { offset, line: self.counted.1 }
    }

    /// Counts lines up to an offset in view.
    fn count_to(&mut self, offset: u64) {
        let (from, line) = self.counted;
        let index = |offset: u64| usize::try_from(offset.saturating_sub(self.base)).ok();
        let passed =
            index(from).zip(index(offset)).and_then(|(a, b)| self.buffer.as_bytes().get(a..b));
        if let Some(passed) = passed {
            self.counted = (offset, line + memchr_iter(b'\n', passed).count() as u64);
        }
    }
}
