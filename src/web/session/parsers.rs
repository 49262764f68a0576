//! The parsers: workers put in their seats and replaced as the pool says.

use js_sys::Array;
use web_sys::{File, MessageChannel};

use super::{Inner, with};
use crate::schedule::{Command, Slot};
use crate::web::crew::{Hand, Sign};
use crate::web::envelope::Beside;
use crate::web::timing;
use crate::wire::{FileRef, FromParser, FromWorker, ToEngine, ToParser, ToWorker, decode, encode};

/// A place for one parser.
#[derive(Default)]
pub struct Seat {
    hand: Option<Hand>,
    /// It has said `Ready`, and waits for the engine.
    waiting: bool,
    /// Counts the workers in this seat, so that a lost one is not heard.
    incarnation: u32,
    /// Bytes of its memory, as last told.
    pub wasm_bytes: u64,
}

/// Files end to end, as one: to hand over each would cost the browser more than to read it.
fn joined(files: Vec<File>) -> Option<File> {
    match files.len() {
        0 | 1 => files.into_iter().next(),
        _ => File::new_with_blob_sequence(&files.into_iter().collect::<Array>(), "").ok(),
    }
}

/// So many empty seats.
pub fn seats(count: usize) -> Vec<Seat> {
    (0..count).map(|_| Seat::default()).collect()
}

impl Inner {
    /// Does what the pool wants, until it wants nothing more.
    pub(super) fn obey(&mut self) {
        if self.crew.is_none() || !self.snapshot.locked {
            return;
        }
        while let Some(command) = self.pool.next_command() {
            match command {
                Command::Spawn(slot) => self.spawn_parser(slot),
                Command::Kill(slot) => {
                    self.seat(slot).hand = None;
                    self.lose_again(slot);
                }
                Command::Send { slot, job, files } => {
                    // A file that was taken back while it waited is not read.
                    let held = |file: FileRef| Some((self.files.get(file.id)?.clone(), file));
                    let (handles, files) = files.into_iter().filter_map(held).unzip();
                    let message = ToParser::Parse { job, files };
                    let beside =
                        Beside { files: joined(handles).into_iter().collect(), port: None };
                    self.send_parser(slot, message, beside);
                }
                Command::Cut { slot, job, file } => {
                    // Of a file that was taken back there is no piece.
                    let files = self.files.get(file).cloned().into_iter().collect();
                    let beside = Beside { files, port: None };
                    self.send_parser(slot, ToParser::Cut { job }, beside);
                }
                Command::TakeBack { job, file } => {
                    self.engine.send(ToEngine::TakeBack { job, file });
                }
                Command::GiveUp { job, refused } => {
                    let held = |file: &FileRef| self.files.get(file.id).is_some();
                    let refused = refused.into_iter().filter(|(file, _)| held(file)).collect();
                    self.engine.send(ToEngine::GiveUp { job, refused });
                }
            }
        }
        self.look_for_end();
    }

    fn spawn_parser(&mut self, slot: Slot) {
        self.lose_again(slot);
        let seat = self.seat(slot);
        seat.incarnation += 1;
        seat.waiting = false;
        let incarnation = seat.incarnation;
        let this = self.this.clone();
        let Some(crew) = &self.crew else { return };
        let hand = crew.start(move |sign| {
            with(&this, |inner| {
                if inner.seat(slot).incarnation == incarnation {
                    inner.heard_from_parser(slot, sign);
                }
            });
        });
        self.seat(slot).hand = hand.ok();
    }

    /// Gives a parser that is ready its line to the engine, once there is one.
    pub(super) fn seat_parser(&mut self, slot: Slot) {
        if !self.seat(slot).waiting || !self.engine.is_ready() {
            return;
        }
        let Ok(channel) = MessageChannel::new() else { return };
        self.seat(slot).waiting = false;
        let to_parser = Beside { port: Some(channel.port1()), ..Beside::default() };
        let to_engine = Beside { port: Some(channel.port2()), ..Beside::default() };
        self.engine.send_beside(ToEngine::Parser, to_engine);
        self.send_parser(slot, ToParser::Start, to_parser);
        self.pool.ready(slot, timing::now());
        self.obey();
    }

    fn heard_from_parser(&mut self, slot: Slot, sign: Sign) {
        match sign {
            Sign::Requests(names) => names.iter().for_each(|name| self.requested(name, f64::MAX)),
            Sign::Fault(message) => self.parser_lost(slot, &message),
            Sign::Message(message, files) => match decode(&message) {
                Some(FromWorker::Ready { build }) if !self.other_build(&build) => {
                    self.seat(slot).waiting = true;
                    self.seat_parser(slot);
                }
                Some(FromWorker::Parser(FromParser::Progress { job, bytes })) => {
                    self.pool.progressed(job, bytes, timing::now());
                    self.show_progress();
                }
                Some(FromWorker::Parser(FromParser::Piece { job, piece })) => {
                    self.pool.cut(job, piece, timing::now());
                    self.obey();
                }
                Some(FromWorker::Parser(FromParser::Finished { job, wasm_bytes, share })) => {
                    self.seat(slot).wasm_bytes = wasm_bytes;
                    self.pool.finished(slot, job, share, timing::now());
                    self.obey();
                }
                Some(FromWorker::Parser(FromParser::Again { id })) => {
                    self.have_read_again(id, files)
                }
                Some(FromWorker::Panicked { message }) => self.parser_lost(slot, &message),
                Some(FromWorker::Ready { .. } | FromWorker::Engine(_) | FromWorker::Rehearsed)
                | None => {}
            },
        }
    }

    fn parser_lost(&mut self, slot: Slot, message: &str) {
        self.pool.crashed(slot, message, timing::now());
        self.obey();
    }

    pub(super) fn send_parser(&mut self, slot: Slot, message: ToParser, beside: Beside) {
        if let Some(hand) = &self.seat(slot).hand {
            hand.send(&encode(&ToWorker::Parser(message)), beside);
        }
    }

    fn seat(&mut self, slot: Slot) -> &mut Seat {
        // invariant: the pool has as many slots as there are seats.
        &mut self.parsers[slot.0 as usize]
    }
}
