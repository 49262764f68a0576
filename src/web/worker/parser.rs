//! A parser's worker: reads the files of a job one after the other, and sends
//! what they hold to the engine as one batch.

use std::cell::RefCell;
use std::io::Cursor;

use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, File, MessagePort, TextDecoder};

use super::{say, say_beside};
use crate::base::{Context, JobId, Limits, Locus};
use crate::ingest;
use crate::intake;
use crate::store::Batch;
use crate::web::blob_source::{self, BlobSource};
use crate::web::envelope::{self, Beside, set};
use crate::web::timing::{now, wasm_bytes};
use crate::wire::{self, Delivery, FileRef, FromParser, FromWorker, Refusal, ToParser};

/// Milliseconds between two signs of life.
const PROGRESS_MILLIS: f64 = 200.0;
/// Files up to this size are read together: one read for hundreds of mails.
const SMALL_BYTES: u64 = 1 << 20;

pub struct ParserWorker {
    limits: Limits,
    engine: MessagePort,
}

impl ParserWorker {
    /// `None` where the message is no `Start` with a port.
    pub fn start(message: ToParser, beside: Beside) -> Option<Self> {
        match message {
            ToParser::Start => Some(Self { limits: Limits::default(), engine: beside.port? }),
            _ => None,
        }
    }

    pub fn take(&mut self, message: ToParser, beside: Beside) {
        match message {
            ToParser::Start => {}
            ToParser::Parse { job, files } => {
                let (batch, share) = self.parse(job, &files, beside.files.first());
                // Encoded it is less than half of that, unless most of it is text.
                let room = Vec::with_capacity(batch.bytes() as usize / 2);
                let delivery = wire::encode_into(&Delivery { job, batch }, room);
                envelope::post(&self.engine, &delivery, Beside::default());
                finish(job, share);
            }
            ToParser::Cut { job } => {
                if let Some(file) = beside.files.first() {
                    self.cut(job, file);
                }
                finish(job, 0.0);
            }
            ToParser::Again { id, locus } => {
                let files = self.again(&locus, beside.files.first()).unwrap_or_default();
                let beside = Beside { files, ..Beside::default() };
                say_beside(&FromWorker::Parser(FromParser::Again { id }), beside);
            }
        }
    }

    /// The report that stands there, and the message that it is about.
    fn again(&self, locus: &[u8], file: Option<&File>) -> Option<Vec<File>> {
        let (locus, file) = (wire::decode::<Locus>(locus)?, file?);
        let cx = Context { limits: &self.limits, decode };
        let pieces = Array::new();
        let mut take = |piece: &[u8]| {
            pieces.push(&Uint8Array::from(piece));
        };
        let mut source = BlobSource::new(file);
        let again = ingest::again(&mut source, &locus, file.size() as u64, &cx, &mut take)?;
        let sample = again.sample.map(|sample| Array::of1(&Uint8Array::from(sample.as_slice())));
        let file = |pieces: &Array| File::new_with_u8_array_sequence(pieces, "").ok();
        [Some(pieces), sample].into_iter().flatten().map(|pieces| file(&pieces)).collect()
    }

    /// Tells the pieces of a file.
    fn cut(&self, job: JobId, file: &File) {
        let cx = Context { limits: &self.limits, decode };
        let pulse = RefCell::new(Pulse { job, done: 0, last: now() });
        let progress = |bytes| pulse.borrow_mut().beat(bytes);
        let mut tell = |piece| say(&FromWorker::Parser(FromParser::Piece { job, piece }));
        let size = file.size() as u64;
        let least = intake::worth_a_piece(size);
        intake::cut(&mut BlobSource::new(file), size, least, &cx, &progress, &mut tell);
    }

    /// `joined` is all files of the job, end to end.
    fn parse(&self, job: JobId, files: &[FileRef], joined: Option<&File>) -> (Batch, f64) {
        let cx = Context { limits: &self.limits, decode };
        let (mut batch, mut share) = (Batch::default(), 0.0);
        let mut pulse = Pulse { job, done: 0, last: now() };
        let together = joined.and_then(|joined| read_together(files, joined));
        for file in files {
            let (start, end) = (pulse.done, pulse.done + file.size);
            let mut progress = |bytes| pulse.beat(bytes);
            let piece = || joined?.slice_with_f64_and_f64(start as f64, end as f64).ok();
            match &together {
                Some(bytes) => {
                    let bytes = bytes.get(start as usize..end as usize).unwrap_or_default();
                    ingest::file(&mut Cursor::new(bytes), file, &cx, &mut batch, &mut progress);
                }
                None => match piece().filter(can_be_read) {
                    Some(piece) => {
                        let source = &mut BlobSource::new(&piece);
                        source.stop_at(file.piece.map_or(u64::MAX, |piece| piece.range.1));
                        share = ingest::file(source, file, &cx, &mut batch, &mut progress);
                    }
                    None => ingest::refused(file, &Refusal::Unreadable, &mut batch),
                },
            }
            pulse.done = end;
        }
        (batch, share)
    }
}

fn finish(job: JobId, share: f64) {
    let finished = FromParser::Finished { job, wasm_bytes: wasm_bytes(), share };
    say(&FromWorker::Parser(finished));
}

/// Whether the file behind a piece is there still.
fn can_be_read(piece: &Blob) -> bool {
    blob_source::read(piece, 0, (piece.size() as u64).min(1)).is_ok()
}

/// The bytes of many small files in one read, one after the other; `None`
/// where there is a big one, or where one cannot be read.
fn read_together(files: &[FileRef], joined: &File) -> Option<Vec<u8>> {
    if files.len() < 2 || files.iter().any(|file| file.size > SMALL_BYTES) {
        return None;
    }
    let size = files.iter().map(|file| file.size).sum();
    let bytes = blob_source::read(joined, 0, size).ok()?;
    (bytes.len() as u64 == size).then_some(bytes)
}

/// Signs of life, not too many.
struct Pulse {
    job: JobId,
    /// Bytes of the job's files that are done with.
    done: u64,
    last: f64,
}

impl Pulse {
    fn beat(&mut self, bytes: u64) {
        let now = now();
        if now - self.last >= PROGRESS_MILLIS {
            self.last = now;
            say(&FromWorker::Parser(FromParser::Progress {
                job: self.job,
                bytes: self.done + bytes,
            }));
        }
    }
}

/// `base::Decode` by the browser's own tables.
pub fn decode(label: &str, bytes: &[u8]) -> Option<String> {
    let options = Object::new();
    set(&options, "ignoreBOM", &true.into());
    let options = options.unchecked_ref();
    let decoder = TextDecoder::new_with_label_and_options(label, options).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}
