//! All facts as flat tables that point into one another: what a [`Batch`]
//! carries and what the [`Store`] holds.
//!
//! ```text
//! files ◄── parts ──► headers        one part is one copy of a report
//!             │  └──► reports ◄── rows, tls, failures
//!             └──► steps, tallies ──► sightings
//!                        all ──► dictionaries
//! ```
//!
//! [`Batch`]: super::Batch
//! [`Store`]: super::Store

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{
    Dictionaries, FailureRows, FileIndex, HeaderId, ListId, PartId, ReportId, Rows, TermId, TlsRows,
};
use crate::base::{FileId, Format, Kind, Outcome, ReportKind, UnixSeconds, Whereabouts};

/// Bytes that no set of tables passes, whatever the limit set: ids have 32 bits.
pub const CAPACITY: u64 = 7 << 29;

/// A run of entries in another table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The entries of `table` from `start` to its end.
    pub(super) fn since<T>(start: usize, table: &[T]) -> Self {
        Self { start: start as u32, end: table.len() as u32 }
    }
}

/// See the module's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    pub dictionaries: Dictionaries,
    pub rows: Rows,
    pub tls: TlsRows,
    pub failures: FailureRows,
    pub reports: Vec<ReportRow>,
    pub headers: Vec<HeaderRow>,
    pub files: Vec<FileRow>,
    pub parts: Vec<PartRow>,
    pub steps: Vec<StepRow>,
    pub tallies: Vec<TallyRow>,
    pub sightings: Vec<SightingRow>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRow {
    pub id: FileId,
    pub name: TermId,
    /// Bytes.
    pub size: u64,
    /// The most telling outcome of all its parts, those not kept included.
    pub outcome: Outcome,
    /// Parts that are reports, duplicates included.
    pub reports: u32,
}

/// A part of a file that is worth telling: a report, a refusal, or one with findings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartRow {
    pub file: FileIndex,
    pub steps: Span,
    pub format: Format,
    /// `None` for a container, kept for its findings.
    pub outcome: Option<Outcome>,
    /// What it says of itself, as far as it could be read.
    pub header: Option<HeaderId>,
    /// The report that it is a copy of. Such a part has a header.
    pub report: Option<ReportId>,
    /// A part that holds several reports is listed once for each: its number
    /// among those, from 0. The findings are with the first.
    pub nth: u32,
    pub tallies: Span,
}

/// [`Step`](crate::base::Step) as ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRow {
    pub format: Format,
    pub index: u32,
    pub range: Option<(u64, u64)>,
    pub name: TermId,
}

/// [`Tally`](crate::base::Tally) as ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TallyRow {
    pub kind: Kind,
    pub count: u64,
    pub sightings: Span,
}

/// [`Sighting`](crate::base::Sighting) as ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SightingRow {
    pub at: Whereabouts,
    pub detail: TermId,
}

/// One report, however often it was read: what is common to all its copies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    /// The copy that counts: the first in the order of files and parts.
    pub part: PartId,
    /// Digest of the report's decoded bytes.
    pub digest: u128,
    pub rows: Span,
    /// In `Tables::tls`.
    pub tls: Span,
    /// In `Tables::failures`.
    pub failures: Span,
    /// Aggregate rows; TLS policies; 1 for a failure report.
    pub records: u32,
    /// Messages of all rows.
    pub messages: u64,
    /// Messages of those rows that the reporter says pass.
    pub passed: u64,
    /// Messages of those rows that the reporter states a verdict of: what passes is a part of these.
    pub judged: u64,
}

/// [`Header`](crate::report::Header) as ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeaderRow {
    pub kind: ReportKind,
    pub reporter: TermId,
    pub contact: TermId,
    pub report_id: TermId,
    pub domain: TermId,
    pub begin: Option<UnixSeconds>,
    pub end: Option<UnixSeconds>,
    pub extras: ListId,
    pub extra_contact_info: ListId,
    pub errors: ListId,
    pub generator: TermId,
    pub version: TermId,
    pub namespace: TermId,
    pub policy: ListId,
}

/// What tells one report from another (DESIGN: report identity).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Identity {
    kind: ReportKind,
    reporter: TermId,
    report_id: TermId,
    domain: TermId,
    begin: Option<UnixSeconds>,
    end: Option<UnixSeconds>,
}

impl Identity {
    /// Whether the reporter gave an id at all: what has none cannot be one used twice.
    pub fn has_id(&self) -> bool {
        self.report_id > TermId::EMPTY
    }
}

impl HeaderRow {
    /// The header of a report that states nothing of itself.
    pub fn silent(kind: ReportKind) -> Self {
        Self {
            kind,
            reporter: TermId::ABSENT,
            contact: TermId::ABSENT,
            report_id: TermId::ABSENT,
            domain: TermId::ABSENT,
            begin: None,
            end: None,
            extras: ListId::default(),
            extra_contact_info: ListId::default(),
            errors: ListId::default(),
            generator: TermId::ABSENT,
            version: TermId::ABSENT,
            namespace: TermId::ABSENT,
            policy: ListId::default(),
        }
    }

    pub fn identity(&self) -> Identity {
        Identity {
            kind: self.kind,
            reporter: self.reporter,
            report_id: self.report_id,
            domain: self.domain,
            begin: self.begin,
            end: self.end,
        }
    }
}

impl Tables {
    /// Memory held.
    pub fn bytes(&self) -> u64 {
        fn of<T>(table: &Vec<T>) -> u64 {
            (table.capacity() * size_of::<T>()) as u64
        }
        self.dictionaries.bytes()
            + self.rows.bytes()
            + self.tls.bytes()
            + self.failures.bytes()
            + of(&self.reports)
            + of(&self.headers)
            + of(&self.files)
            + of(&self.parts)
            + of(&self.steps)
            + of(&self.tallies)
            + of(&self.sightings)
    }
}
