//! A `Blob` as `Read + Seek`, for workers: slices are read synchronously, so
//! that a file of gigabytes is never whole in memory.

use std::io::{self, Read, Seek, SeekFrom};

use js_sys::Uint8Array;
use web_sys::{Blob, FileReaderSync};

/// Bytes read at once. A read costs about a millisecond, whatever its size.
const WINDOW: u64 = 2 << 20;

/// Bytes behind a piece that are looked at to tell where its last mail ends.
const LOOK_AHEAD: u64 = 4 << 10;

/// See the module's text.
pub struct BlobSource<'a> {
    blob: &'a Blob,
    size: u64,
    position: u64,
    /// See [`stop_at`](Self::stop_at).
    stop: u64,
    /// The bytes from `window_start` on.
    window: Vec<u8>,
    window_start: u64,
}

impl<'a> BlobSource<'a> {
    pub fn new(blob: &'a Blob) -> Self {
        let size = blob.size() as u64;
        Self { blob, size, position: 0, stop: u64::MAX, window: Vec::new(), window_start: 0 }
    }

    /// Hardly anything behind this is wanted: what is read before it does not go much further.
    pub fn stop_at(&mut self, position: u64) {
        self.stop = position.saturating_add(LOOK_AHEAD);
    }

    /// The bytes in hand from the position on; reads the next slice if there are none.
    fn available(&mut self) -> io::Result<&[u8]> {
        let end = self.window_start + self.window.len() as u64;
        if !(self.window_start..end).contains(&self.position) {
            let mut stop = self.size.min(self.position.saturating_add(WINDOW));
            if self.position < self.stop {
                stop = stop.min(self.stop);
            }
            self.window = read(self.blob, self.position.min(stop), stop)?;
            self.window_start = self.position;
        }
        let skip = (self.position - self.window_start) as usize;
        Ok(self.window.get(skip..).unwrap_or_default())
    }
}

impl Read for BlobSource<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.available()?.read(into)?;
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for BlobSource<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(offset) => self.size.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

/// Bytes `start .. end` of a blob. An error where the file behind it has
/// changed or gone since it was chosen.
pub fn read(blob: &Blob, start: u64, end: u64) -> io::Result<Vec<u8>> {
    if start >= end {
        return Ok(Vec::new());
    }
    let unreadable = |_| io::Error::other("the file has changed or gone");
    let slice = blob.slice_with_f64_and_f64(start as f64, end as f64).map_err(unreadable)?;
    let reader = FileReaderSync::new().map_err(unreadable)?;
    let buffer = reader.read_as_array_buffer(&slice).map_err(unreadable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
