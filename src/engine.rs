//! The engine: takes what parsers deliver, answers what the page asks. Pure:
//! the engine's worker, tests and benchmarks drive it the same way.

mod agenda;

pub use agenda::Agenda;

use vitrail_kernels::hash::Set;
use vitrail_kernels::interner::Interner;

use crate::base::{FileId, JobId, Limits};
use crate::derive::Judge;
use crate::ingest;
use crate::knowledge::Suffixes;
use crate::query::{Answer, Orders, Question, Task, Totals};
use crate::store::{Batch, Store};
use crate::wire::{Delivery, FileRef, Refusal};

/// The store, what derives from it, what was given up or taken out of it, and the orders last asked for.
pub struct Engine {
    store: Store,
    orders: Orders,
    judge: Judge,
    /// Jobs that came or were given up: whichever was first counts.
    settled: Interner<u32>,
    removed: Set<FileId>,
    /// Files that were taken back: what jobs before this one made of them does not count.
    taken_back: Vec<(JobId, FileId)>,
}

impl Engine {
    pub fn new(limits: Limits) -> Self {
        Self {
            store: Store::new(limits),
            orders: Orders::default(),
            judge: Judge::new(None),
            settled: Interner::default(),
            removed: Set::default(),
            taken_back: Vec::new(),
        }
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Takes what a job yields, unless it was given up. Files that were removed
    /// meanwhile stay out.
    pub fn append(&mut self, delivery: &Delivery) {
        // Taking out what should not be there takes as long as all of the store.
        let is_removed = delivery.batch.files().all(|file| self.removed.contains(&file));
        if !self.settled.insert(&[delivery.job.0]) || is_removed || self.is_taken_back(delivery) {
            return;
        }
        self.store.append(&delivery.batch);
        for file in delivery.batch.files() {
            if self.removed.contains(&file) {
                self.store.remove(file);
            }
        }
        self.judge.extend(&mut self.store);
    }

    /// Does without a job's delivery, and lists these of its files with the
    /// reason, but for those that came with it before. Gives those of which nothing
    /// is here since they were cancelled.
    pub fn give_up(&mut self, job: JobId, refused: &[(FileRef, Refusal)]) -> Vec<FileId> {
        let has_come = !self.settled.insert(&[job.0]);
        let (mut batch, mut cancelled) = (Batch::default(), Vec::new());
        for (file, refusal) in refused {
            let is_here = self.store.file(file.id).is_some();
            let is_told = self.removed.contains(&file.id) || (has_come && is_here);
            if !is_told {
                ingest::refused(file, refusal, &mut batch);
                let is_unread = !is_here && *refusal == Refusal::Cancelled;
                cancelled.extend(is_unread.then_some(file.id));
            }
        }
        self.store.append(&batch);
        cancelled
    }

    /// Takes the list of public suffixes, and judges all records anew by it. A text
    /// that is no such list changes nothing.
    pub fn learn_suffixes(&mut self, list: String) {
        if let Some(suffixes) = Suffixes::new(list) {
            self.judge = Judge::new(Some(suffixes));
            self.store.forget_derived();
            self.judge.extend(&mut self.store);
        }
    }

    pub fn ask(&mut self, question: &Question) -> Answer {
        self.orders.answer(&self.store, question)
    }

    /// Goes on with a question for about so many rows; its answer, if that was all. One
    /// whose store has changed meanwhile begins anew.
    pub fn step(&mut self, task: &mut Task, rows: u32) -> Option<Answer> {
        self.orders.step(&self.store, task, rows)
    }

    /// Leaves a question, but keeps what the next one may need of it.
    pub fn leave(&mut self, task: Task) {
        self.orders.leave(task);
    }

    /// Forgets a file, now and if it is still to come.
    pub fn remove(&mut self, file: FileId) {
        self.removed.insert(file);
        self.forget(file);
    }

    /// Forgets what jobs before this one made of a file, which comes anew.
    pub fn take_back(&mut self, job: JobId, file: FileId) {
        self.taken_back.push((job, file));
        self.forget(file);
    }

    /// A piece that is late.
    fn is_taken_back(&self, delivery: &Delivery) -> bool {
        let mut back = self.taken_back.iter().filter(|(job, _)| delivery.job < *job);
        back.any(|(_, file)| delivery.batch.files().any(|of| of == *file))
    }

    fn forget(&mut self, file: FileId) {
        self.store.remove(file);
        self.judge.extend(&mut self.store);
    }

    /// Forgets everything that came so far.
    pub fn clear(&mut self) {
        self.store.clear();
    }

    pub fn totals(&self) -> Totals {
        self.store.totals()
    }
}
