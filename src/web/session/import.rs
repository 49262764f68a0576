//! One import, from the first file given to the moment when everything can be
//! asked about: its progress and its measure.

use super::Inner;
use crate::web::snapshot::{ImportState, Progress};
use crate::web::timing;
use crate::wire::FileRef;

/// Of the import that runs, or ran last.
#[derive(Default)]
pub struct Import {
    /// Counts imports, so that files that come late are not taken for the next one's.
    epoch: u32,
    /// The number of the batch that was given last, over all imports.
    batch: u32,
    /// The first batch that is wanted: those before it were cancelled. 0: none was.
    first_wanted: u32,
    /// Batches of files that were given and are not yet all taken in.
    arriving: u32,
    started: f64,
    files: u32,
    bytes: u64,
    /// Records in the store before it.
    records_before: u32,
    /// Bytes of the engine's memory, as last told.
    pub engine_bytes: u64,
}

/// What files were given with: the import and the batch.
#[derive(Clone, Copy)]
pub struct Given {
    pub epoch: u32,
    pub batch: u32,
}

impl Import {
    /// The batch that was given last.
    pub fn last_given(&self) -> Given {
        Given { epoch: self.epoch, batch: self.batch }
    }

    /// What was given so far is not to be read; what comes later is.
    pub fn cancel(&mut self) {
        self.first_wanted = self.batch + 1;
    }

    pub fn is_cancelled(&self) -> bool {
        self.first_wanted > 0
    }

    /// Files of this batch are not to be read.
    pub fn has_cancelled(&self, batch: u32) -> bool {
        batch < self.first_wanted
    }

    /// The import after this one.
    pub fn next(&self) -> Self {
        Self {
            epoch: self.epoch + 1,
            batch: self.batch,
            started: timing::now(),
            engine_bytes: self.engine_bytes,
            ..Self::default()
        }
    }

    pub fn widen(&mut self, files: &[FileRef]) {
        self.files += files.len() as u32;
        self.bytes += files.iter().map(|file| file.size).sum::<u64>();
    }
}

impl Inner {
    /// Starts an import, unless one runs that can be widened.
    pub(super) fn begin_import(&mut self) {
        if self.snapshot.import != ImportState::Working {
            self.import = self.import.next();
            self.import.records_before = self.snapshot.totals.records;
            self.snapshot.import = ImportState::Working;
        }
        self.import.arriving += 1;
        self.import.batch += 1;
        self.show_progress();
    }

    /// The files of one batch are all taken in.
    pub(super) fn all_in(&mut self, given: Given) {
        if self.import.epoch == given.epoch {
            self.import.arriving -= 1;
            self.look_for_end();
        }
    }

    /// All files again that are not cancelled, into an empty store; those still arriving come with them.
    pub(super) fn restart_import(&mut self, files: &[FileRef]) {
        let before = std::mem::take(&mut self.import);
        self.import = Import {
            arriving: before.arriving,
            epoch: before.epoch,
            first_wanted: before.first_wanted,
            ..before.next()
        };
        self.import.widen(files);
        self.snapshot.import = ImportState::Working;
        self.show_progress();
    }

    /// Ends the import that runs, if one does, as it is.
    pub(super) fn import_failed(&mut self) {
        if self.snapshot.import == ImportState::Working {
            self.snapshot.import = ImportState::Cancelled;
        }
    }

    pub(super) fn show_progress(&mut self) {
        let (files_left, bytes_left) = self.pool.left();
        self.snapshot.progress = Progress {
            files_done: self.import.files.saturating_sub(files_left),
            files_total: self.import.files,
            bytes_done: self.import.bytes.saturating_sub(bytes_left),
            bytes_total: self.import.bytes,
            records: self.snapshot.totals.records.saturating_sub(self.import.records_before).into(),
        };
        self.changed();
    }

    /// Ends the import if nothing is left to do.
    pub(super) fn look_for_end(&mut self) {
        if self.snapshot.import != ImportState::Working {
            return;
        }
        self.show_progress();
        if !self.engine.is_ready() || !self.pool.is_done() || self.import.arriving > 0 {
            return;
        }
        self.engine.proved();
        if self.import.is_cancelled() {
            self.snapshot.import = ImportState::Cancelled;
        } else {
            self.snapshot.import = ImportState::Done;
            self.snapshot.imports_done += 1;
        }
        self.measure_import();
        // At once, not when progress would be shown again.
        self.flush = None;
        self.changed();
    }

    fn measure_import(&self) {
        let parsers: u64 = self.parsers.iter().map(|seat| seat.wasm_bytes).sum();
        let detail = [
            ("files", f64::from(self.import.files)),
            ("bytes", self.import.bytes as f64),
            ("rows", self.snapshot.progress.records as f64),
            ("workers", self.parsers.len() as f64),
            ("wasm_bytes", (parsers + self.import.engine_bytes + timing::wasm_bytes()) as f64),
        ];
        timing::measure("vitrail:import", self.import.started, &detail);
    }
}
