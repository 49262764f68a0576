//! A file into a batch: intake hands over what looks like a report, its reader
//! fills the batch, and what became of each part is noted beside it.

mod hashed;

use std::cell::RefCell;
use std::io::BufRead;

use xxhash_rust::xxh3::Xxh3;

use crate::base::{Context, Feedback, Findings, Format, Kind, Outcome, Whereabouts};
use crate::intake::{self, Leaf, Source, Visitor};
use crate::report::{self, Hints, Sink};
use crate::store::{Batch, Filled, Part};
use crate::wire::{FileRef, Refusal};
use hashed::Hashed;

/// Reads one file and all reports in it into `batch`. Never fails: what could
/// not be read is told in the batch. `progress` is told the bytes read so far.
pub fn file(
    source: &mut dyn Source,
    file: &FileRef,
    cx: &Context<'_>,
    batch: &mut Batch,
    progress: &mut dyn FnMut(u64),
) {
    batch.open_file(file.id, &file.name, file.size);
    let progress = RefCell::new(progress);
    let progress = |bytes| (progress.borrow_mut())(bytes);
    let mut visitor = Ingest { cx, batch, filled: Filled::default() };
    intake::open(source, &file.name, file.size, cx, &progress, &mut visitor);
}

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

/// One file on its way into a batch.
struct Ingest<'a> {
    cx: &'a Context<'a>,
    batch: &'a mut Batch,
    /// What the reader of the part in hand left in the batch.
    filled: Filled,
}

impl Ingest<'_> {
    /// Lets a reader fill the batch; what it says of a part that is no report is
    /// forgotten.
    fn fill(
        &mut self,
        findings: &mut Findings,
        read: impl FnOnce(&Context<'_>, &mut dyn Sink) -> Outcome,
        digest: impl FnOnce() -> u128,
    ) -> Outcome {
        let mut filler = self.batch.filler(self.cx.limits);
        let outcome = read(self.cx, &mut filler);
        if outcome != Outcome::NotAReport {
            let found;
            (self.filled, found) = filler.keep(outcome, digest());
            findings.absorb(found, self.cx.limits.sightings_per_kind);
        }
        outcome
    }
}

impl Visitor for Ingest<'_> {
    fn leaf(
        &mut self,
        leaf: &Leaf<'_>,
        bytes: &mut dyn BufRead,
        findings: &mut Findings,
    ) -> Outcome {
        let hints = Hints { name: leaf.name, mail: leaf.mail };
        let hashed = RefCell::new(Hashed::new(bytes));
        let read = |cx: &Context<'_>, sink: &mut dyn Sink| {
            let bytes = &mut *hashed.borrow_mut();
            match leaf.format {
                Format::Xml => report::aggregate::read(bytes, &hints, cx, sink),
                Format::Json => report::tls::read(bytes, &hints, cx, sink),
                _ => Outcome::NotAReport,
            }
        };
        self.fill(findings, read, || hashed.borrow_mut().finish())
    }

    fn feedback(
        &mut self,
        leaf: &Leaf<'_>,
        feedback: &Feedback<'_>,
        findings: &mut Findings,
    ) -> Outcome {
        let hints = Hints { name: leaf.name, mail: leaf.mail };
        let read = |cx: &Context<'_>, sink: &mut dyn Sink| {
            report::failure::read(feedback, &hints, cx, sink)
        };
        self.fill(findings, read, || digest(feedback))
    }

    fn part(&mut self, leaf: &Leaf<'_>, outcome: Option<Outcome>, findings: Findings) {
        self.batch.part(Part {
            steps: leaf.steps,
            format: leaf.format,
            outcome,
            filled: std::mem::take(&mut self.filled),
            findings: &findings,
        });
    }
}

/// XXH3-128 of a failure report's parts, each after its length.
fn digest(feedback: &Feedback<'_>) -> u128 {
    let mut digest = Xxh3::new();
    let text = feedback.report.is_none().then_some(feedback.text).flatten();
    let sample = feedback.sample.map(|sample| sample.bytes);
    for part in [feedback.report, text.map(str::as_bytes), sample] {
        let part = part.unwrap_or_default();
        digest.update(&(part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.digest128()
}
