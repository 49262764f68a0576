//! What the pool wants done.

use crate::base::{FileId, JobId};
use crate::wire::{FileRef, Refusal};

/// A parser's place in the pool; the worker in it may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot(pub u32);

/// What the page must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Start a worker in this slot.
    Spawn(Slot),
    /// Stop the worker in this slot. Its job's result, if it still comes, does not count.
    Kill(Slot),
    Send {
        slot: Slot,
        job: JobId,
        files: Vec<FileRef>,
    },
    /// Have pieces of this file looked for.
    Cut {
        slot: Slot,
        job: JobId,
        file: FileId,
    },
    /// Tell the engine that what came of this file does not count, if its job has a lower number.
    TakeBack {
        job: JobId,
        file: FileId,
    },
    /// Tell the engine that this job's result does not count, and which files are refused.
    GiveUp {
        job: JobId,
        refused: Vec<(FileRef, Refusal)>,
    },
}
