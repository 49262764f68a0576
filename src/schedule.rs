//! The pool's policy as a pure state machine: which parser gets which files,
//! what happens when one crashes, stalls or is cancelled. No worker type in it.
//!
//! Events go in by the methods; what to do comes out of [`Pool::next`].
//!
//! Small files travel in jobs of many, since a message and a read for each
//! would cost more than its parse; big files alone, and first. When a job of
//! many is lost, nobody knows which file was at fault: each of them is tried
//! again alone, and the one that is lost alone is refused.
//!
//! A file that is more than a worker's share of what waits is cut: one parser looks for pieces of it,
//! which all read as soon as they are found. If the pieces together may pass a limit, or one has
//! something to tell of the file itself, what came of them is taken back and the file is read as a
//! whole: the answer is the same with any number of workers.

mod command;
mod split;
mod waiting;

use std::collections::VecDeque;

use crate::base::{JobId, Piece};
use crate::wire::{FileRef, Refusal};
pub use command::{Command, Slot};
use split::Splits;
use waiting::Waiting;

/// A file on which nothing moved for so long is given up.
pub const STALL_MILLIS: f64 = 20_000.0;
/// A worker that dies so often before it is ready will not do better.
const MOST_STARTS: u32 = 3;
/// Parsed jobs that wait for the engine, per worker: beyond it parsers pause,
/// or batches would pile up in memory.
const BACKLOG_PER_WORKER: usize = 2;

#[derive(Debug)]
enum State {
    Starting {
        attempt: u32,
    },
    Idle,
    Busy(Work),
    /// No worker could be started.
    Gone,
}

/// Sent to a parser, not yet finished.
#[derive(Debug)]
struct Work {
    job: JobId,
    files: Vec<FileRef>,
    /// Pieces of its one file are looked for.
    is_cutting: bool,
    /// Bytes read, as last told.
    bytes: u64,
    last_move: f64,
    /// The engine has it already: its word and the parser's come over
    /// different channels, in either order.
    confirmed: bool,
}

/// See the module's text.
#[derive(Debug)]
pub struct Pool {
    slots: Vec<State>,
    waiting: Waiting,
    splits: Splits,
    /// The engine is to take something back with this job: until then no file is dealt.
    taking_back: Option<JobId>,
    /// Finished or given up, not yet confirmed by the engine.
    appending: Vec<JobId>,
    next_job: u32,
    commands: VecDeque<Command>,
}

impl Pool {
    /// A pool of `workers` parsers, at least one.
    pub fn new(workers: u32) -> Self {
        let slots = workers.max(1);
        Self {
            slots: (0..slots).map(|_| State::Starting { attempt: 1 }).collect(),
            waiting: Waiting::default(),
            splits: Splits::default(),
            taking_back: None,
            appending: Vec::new(),
            next_job: 0,
            commands: (0..slots).map(|slot| Command::Spawn(Slot(slot))).collect(),
        }
    }

    /// The next thing to do, until there is none.
    pub fn next_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    pub fn workers(&self) -> usize {
        self.slots.len()
    }

    /// A parser that can be asked for something else: an idle one, or else one that comes to
    /// it after its job.
    pub fn reader(&self) -> Option<Slot> {
        let at = |is: fn(&State) -> bool| self.slots.iter().position(is);
        let idle = at(|state| matches!(state, State::Idle));
        let any = idle.or_else(|| at(|state| matches!(state, State::Busy(_))))?;
        Some(Slot(any as u32))
    }

    /// Files and bytes that wait or are being parsed, less what of them is read.
    pub fn left(&self) -> (u32, u64) {
        let (mut count, mut bytes) = self.waiting.left();
        for file in self.parsing().flat_map(|work| &work.files) {
            count += u32::from(file.piece.is_none());
            bytes += file.bytes();
        }
        let read = self.parsing().map(|work| work.bytes).sum();
        (count + self.splits.left(), bytes.saturating_sub(read))
    }

    fn parsing(&self) -> impl Iterator<Item = &Work> {
        self.slots.iter().filter_map(|state| match state {
            State::Busy(work) => Some(work),
            _ => None,
        })
    }

    /// Nothing waits, nothing is parsed, nothing is on its way to the engine.
    pub fn is_done(&self) -> bool {
        self.waiting.is_empty() && self.parsing().next().is_none() && self.appending.is_empty()
    }

    /// Files to read: the biggest of those that wait first.
    pub fn add(&mut self, files: Vec<FileRef>, now: f64) {
        // Whoever adds files after all workers were lost tries anew.
        if self.slots.iter().all(|state| matches!(state, State::Gone)) {
            self.restart();
        }
        self.waiting.add(files);
        self.deal(now);
    }

    pub fn ready(&mut self, slot: Slot, now: f64) {
        self.slots[slot.0 as usize] = State::Idle;
        self.deal(now);
    }

    /// Something moved in this job, of which so many bytes are read.
    pub fn progressed(&mut self, job: JobId, bytes: u64, now: f64) {
        if let Some(work) = self.work(job) {
            if !work.is_cutting {
                work.bytes = bytes;
            }
            work.last_move = now;
        }
    }

    /// A piece of the file was found that this job is to cut.
    pub fn cut(&mut self, job: JobId, piece: Piece, now: f64) {
        let Some(work) = self.work(job) else { return };
        work.last_move = now;
        work.bytes += piece.bytes();
        if let Some(file) = work.files.first().cloned() {
            self.splits.found(file.id);
            self.waiting.add_alone(FileRef { piece: Some(piece), ..file });
            self.deal(now);
        }
    }

    fn work(&mut self, job: JobId) -> Option<&mut Work> {
        self.slots.iter_mut().find_map(|state| match state {
            State::Busy(work) if work.job == job => Some(work),
            _ => None,
        })
    }

    /// The parser is done; its batch is on its way to the engine. It took this share of what one
    /// file may cost.
    pub fn finished(&mut self, slot: Slot, job: JobId, share: f64, now: f64) {
        let state = &mut self.slots[slot.0 as usize];
        if !matches!(state, State::Busy(work) if work.job == job) {
            return;
        }
        if let State::Busy(work) = std::mem::replace(state, State::Idle) {
            if !work.is_cutting && !work.confirmed {
                self.appending.push(job);
            }
            self.done(work, share);
        }
        self.deal(now);
    }

    /// If this is of a file in pieces: it is done, and took this share of the limits.
    fn done(&mut self, mut work: Work, share: f64) {
        let Some(file) = work.files.pop() else { return };
        if work.is_cutting {
            if !self.splits.end(file.id) {
                self.waiting.add_alone(file);
            }
        } else if file.piece.is_some() && !self.splits.done(file.id, share) {
            self.take_back(file);
        }
    }

    /// Has a file that was cut read as a whole, as if it never had been.
    fn take_back(&mut self, file: FileRef) {
        self.splits.forget(file.id);
        self.waiting.remove_pieces(file.id);
        for index in 0..self.slots.len() {
            if let State::Busy(work) = &self.slots[index]
                && work.files.iter().any(|other| other.id == file.id)
            {
                self.replace(Slot(index as u32));
            }
        }
        let job = self.number();
        self.appending.push(job);
        self.taking_back = Some(job);
        self.commands.push_back(Command::TakeBack { job, file: file.id });
        self.waiting.add_alone(FileRef { piece: None, ..file });
    }

    /// The engine has this job's files, or has taken note that they are refused.
    pub fn appended(&mut self, job: JobId, now: f64) {
        self.appending.retain(|other| *other != job);
        if let Some(work) = self.work(job) {
            work.confirmed = true;
        }
        self.taking_back = self.taking_back.filter(|awaited| *awaited != job);
        self.deal(now);
    }

    /// The worker in this slot is no more.
    pub fn crashed(&mut self, slot: Slot, message: &str, now: f64) {
        self.lose(slot, &Refusal::Crashed(message.to_owned()), now);
    }

    /// Looks for jobs in which nothing moved for [`STALL_MILLIS`].
    pub fn tick(&mut self, now: f64) {
        for index in 0..self.slots.len() {
            if let State::Busy(work) = &self.slots[index]
                && now - work.last_move > STALL_MILLIS
            {
                self.lose(Slot(index as u32), &Refusal::Stalled, now);
            }
        }
    }

    /// Lists files as not read.
    pub fn refuse(&mut self, files: Vec<FileRef>, why: &Refusal) {
        let job = self.number();
        self.give_up(job, refuse(files, why));
    }

    /// Nothing that was added counts, not even what is on its way to the engine.
    pub fn abandon(&mut self, now: f64) {
        for job in &self.appending {
            self.commands.push_back(Command::GiveUp { job: *job, refused: Vec::new() });
        }
        self.cancel(now);
    }

    /// Everything not yet parsed is refused.
    pub fn cancel(&mut self, now: f64) {
        for index in 0..self.slots.len() {
            if matches!(self.slots[index], State::Busy(_))
                && let Some(Work { job, files, confirmed: false, .. }) =
                    self.replace(Slot(index as u32))
            {
                self.give_up(job, refuse(files, &Refusal::Cancelled));
            }
        }
        self.refuse_waiting(&Refusal::Cancelled);
        self.deal(now);
    }

    /// The engine is lost and with it the store: forgets all jobs. Parsers hold
    /// ports to the old engine, so they are replaced too. The caller adds all
    /// files again.
    pub fn restart(&mut self) {
        self.waiting.take();
        self.splits.clear();
        self.taking_back = None;
        self.appending.clear();
        for index in 0..self.slots.len() {
            self.replace(Slot(index as u32));
        }
    }

    fn lose(&mut self, slot: Slot, why: &Refusal, now: f64) {
        if let State::Starting { attempt } = self.slots[slot.0 as usize] {
            if attempt >= MOST_STARTS {
                return self.leave(slot, why);
            }
            self.replace(slot);
            self.slots[slot.0 as usize] = State::Starting { attempt: attempt + 1 };
            return;
        }
        if let Some(mut work) = self.replace(slot) {
            if work.confirmed {
                // What it cost will not be told.
                self.done(work, f64::INFINITY);
            } else if work.is_cutting {
                work.files.pop().into_iter().for_each(|file| self.take_back(file));
            } else if work.files.len() == 1 {
                self.give_up(work.job, refuse(work.files.clone(), why));
                self.done(work, 0.0);
            } else {
                self.give_up(work.job, Vec::new());
                work.files.into_iter().for_each(|file| self.waiting.add_alone(file));
            }
        }
        self.deal(now);
    }

    /// Gives a slot up; with the last one, everything that waits.
    fn leave(&mut self, slot: Slot, why: &Refusal) {
        self.slots[slot.0 as usize] = State::Gone;
        self.commands.push_back(Command::Kill(slot));
        if self.slots.iter().all(|state| matches!(state, State::Gone)) {
            self.refuse_waiting(why);
        }
    }

    fn refuse_waiting(&mut self, why: &Refusal) {
        let files = self.waiting.take();
        self.splits.clear();
        if !files.is_empty() {
            self.refuse(files, why);
        }
    }

    /// Another worker for this slot; what the last one was at comes back.
    fn replace(&mut self, slot: Slot) -> Option<Work> {
        self.commands.push_back(Command::Kill(slot));
        self.commands.push_back(Command::Spawn(slot));
        let state = &mut self.slots[slot.0 as usize];
        match std::mem::replace(state, State::Starting { attempt: 1 }) {
            State::Busy(work) => Some(work),
            _ => None,
        }
    }

    fn give_up(&mut self, job: JobId, refused: Vec<(FileRef, Refusal)>) {
        self.appending.push(job);
        self.commands.push_back(Command::GiveUp { job, refused });
    }

    fn number(&mut self) -> JobId {
        self.next_job += 1;
        JobId(self.next_job)
    }

    fn deal(&mut self, now: f64) {
        for index in 0..self.slots.len() {
            let room = self.appending.len() < self.slots.len() * BACKLOG_PER_WORKER;
            if !room || self.taking_back.is_some() || !matches!(self.slots[index], State::Idle) {
                continue;
            }
            let slot = Slot(index as u32);
            let to_cut = self.waiting.next_to_cut(self.slots.len());
            let is_cutting = to_cut.is_some();
            let job = to_cut.map(|file| vec![file]);
            let Some(files) = job.or_else(|| self.waiting.next_job(self.slots.len())) else {
                return;
            };
            let job = self.number();
            self.commands.push_back(match &files[..] {
                [file] if is_cutting => {
                    self.splits.begin(file.id);
                    Command::Cut { slot, job, file: file.id }
                }
                _ => Command::Send { slot, job, files: files.clone() },
            });
            let work = Work { job, files, is_cutting, bytes: 0, last_move: now, confirmed: false };
            self.slots[index] = State::Busy(work);
        }
    }
}

fn refuse(files: Vec<FileRef>, why: &Refusal) -> Vec<(FileRef, Refusal)> {
    files.into_iter().map(|file| (file, why.clone())).collect()
}

#[cfg(test)]
mod tests;
