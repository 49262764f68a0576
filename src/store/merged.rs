//! Everything that was opened, and what keeps it free of duplicates.

use serde::{Deserialize, Serialize};
use vitrail_kernels::hash::Map;

use super::append::append;
use super::batch::{Batch, Refusal};
use super::contents::Contents;
use super::derived::Derived;
use super::tables::{CAPACITY, Tables};
use super::{FileIndex, ReportId};
use crate::base::{FileId, Kind, Limits, Outcome};

/// Counts of the whole store, duplicates once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Sum of the counts of all aggregate rows.
    pub messages: u64,
    /// Opened reports of every kind.
    pub reports: u32,
    /// Aggregate rows.
    pub records: u32,
    pub files: u32,
    /// Files that gave no report.
    pub files_without_report: u32,
    /// Parts that are copies of a report that is counted elsewhere.
    pub duplicates: u32,
    /// Sightings of all findings, duplicates and reused ids included.
    pub findings: u64,
}

impl Totals {
    pub(super) fn add_findings(&mut self, sightings: u64) {
        self.findings = self.findings.saturating_add(sightings);
    }
}

/// See the module's text.
#[derive(Debug)]
pub struct Store {
    pub(super) tables: Tables,
    limits: Limits,
    pub(super) files: Map<FileId, FileIndex>,
    pub(super) contents: Contents,
    pub(super) totals: Totals,
    derived: Derived,
    generation: u64,
}

impl Store {
    pub fn new(limits: Limits) -> Self {
        Self {
            tables: Tables::default(),
            limits,
            files: Map::default(),
            contents: Contents::default(),
            totals: Totals::default(),
            derived: Derived::default(),
            generation: 0,
        }
    }

    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    pub fn derived(&self) -> &Derived {
        &self.derived
    }

    /// What to derive from, and where to put it: done after each change, before
    /// the store is asked.
    pub fn deriving(&mut self) -> (&Tables, &mut Derived) {
        (&self.tables, &mut self.derived)
    }

    /// Forgets what was derived, which is to be derived anew.
    pub fn forget_derived(&mut self) {
        self.derived = Derived::default();
        self.generation += 1;
    }

    /// Of the file with this id, its place in the table of files.
    pub fn file(&self, id: FileId) -> Option<FileIndex> {
        self.files.get(&id).copied()
    }

    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// Another number after each change; the same number, the same answers.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Memory held.
    pub fn bytes(&self) -> u64 {
        self.tables.bytes()
            + self.files.allocation_size() as u64
            + self.contents.bytes()
            + self.derived.bytes()
    }

    /// Appends a batch; the order of batches makes no difference to any answer.
    /// One that would pass [`Limits::store_bytes`] is refused by name: each of
    /// its files stays, with that as its only finding.
    pub fn append(&mut self, batch: &Batch) {
        let limit = self.limits.store_bytes.min(CAPACITY);
        if self.bytes().saturating_add(batch.bytes()) > limit {
            append(self, refused(batch, limit).tables(), None);
        } else {
            append(self, batch.tables(), None);
        }
        self.generation += 1;
    }

    /// Forgets a file, as if it had never been given: reports that stand in other
    /// files too stay, and another copy counts.
    pub fn remove(&mut self, file: FileId) {
        if !self.files.contains_key(&file) {
            return;
        }
        // Before there is a second one of the tables, all else goes.
        let tables = std::mem::take(&mut self.tables);
        self.clear();
        append(self, &tables, Some(file));
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        let generation = self.generation + 1;
        *self = Self::new(self.limits.clone());
        self.generation = generation;
    }

    /// Whether the reporter used this report's id for another report, with other
    /// content.
    pub fn is_id_reused(&self, id: ReportId) -> bool {
        self.tables.header_of(id).is_some_and(|header| {
            let identity = header.identity();
            identity.has_id() && self.contents.of_identity(&self.tables, &identity) > 1
        })
    }
}

/// The files of a batch without anything in them.
fn refused(batch: &Batch, limit: u64) -> Batch {
    let detail = limit.to_string();
    let refusal = Refusal { outcome: Outcome::OverLimit, kind: Kind::StoreLimit, detail: &detail };
    let tables = batch.tables();
    let mut named = Batch::default();
    for file in &tables.files {
        let name = tables.dictionaries.terms.get(file.name).unwrap_or_default();
        named.refuse_file(file.id, name, file.size, refusal);
    }
    named
}
