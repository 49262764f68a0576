//! What the page knows of an import at one moment: all that the frame around
//! the screens shows. Plain values; equal snapshots look the same.

use crate::query::Totals;

pub use super::requests::Requests;

/// One moment of a session.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    pub import: ImportState,
    /// Imports that are done, of this visit: one may be over before any moment of it was shown.
    pub imports_done: u32,
    pub progress: Progress,
    /// Of the whole store, whatever a screen filters.
    pub totals: Totals,
    /// Changes whenever the store has: what was asked before is stale.
    pub generation: u64,
    pub notices: Vec<Notice>,
    pub requests: Requests,
    /// No further request can be made.
    pub locked: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ImportState {
    #[default]
    Idle,
    Working,
    /// Everything that was given can be asked about.
    Done,
    Cancelled,
}

/// Of the import that runs, or ran last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub files_done: u32,
    pub files_total: u32,
    pub bytes_done: u64,
    pub bytes_total: u64,
    pub records: u64,
}

/// Something the user should know that is no finding on a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The engine was lost; the files were read again.
    EngineRestarted,
    /// The engine was lost again and again; importing stopped.
    EngineFailed,
    /// The page and its worker are of different builds, and a reload did not help.
    BuildMismatch,
    /// Scripts could not be loaded: the page cannot work.
    WorkersUnavailable,
    /// The page could not lock itself; files were not read.
    LockFailed,
    /// The list of public suffixes did not come: relaxed alignment is not known.
    NoSuffixes,
}
