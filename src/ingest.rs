//! A file into a batch: intake hands over what looks like a report, its reader
//! fills the batch, and what became of each part is noted beside it.

use crate::base::{Findings, Format, Kind, Outcome, Whereabouts};
use crate::store::{Batch, Filled, Part};
use crate::wire::{FileRef, Refusal};

/// Lists a file that no parser could finish.
pub fn refused(file: &FileRef, refusal: &Refusal, batch: &mut Batch) {
    let (kind, outcome, detail) = match refusal {
        Refusal::Crashed(message) => (Kind::ReaderCrashed, Outcome::Damaged, message.as_str()),
        Refusal::Stalled => (Kind::ReaderStalled, Outcome::OverLimit, ""),
        Refusal::Unreadable => (Kind::FileUnreadable, Outcome::Unread, ""),
        Refusal::Cancelled => (Kind::Cancelled, Outcome::Unread, ""),
    };
    let mut findings = Findings::default();
    findings.add(kind, Whereabouts::Whole, detail, 1);
    batch.open_file(file.id, &file.name, file.size);
    batch.part(Part {
        steps: &[],
        format: Format::Binary,
        outcome: Some(outcome),
        filled: Filled::default(),
        findings: &findings,
    });
}
