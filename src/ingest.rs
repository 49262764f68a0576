//! A file into a batch: intake hands over what looks like a report, its reader
//! fills the batch, and what became of each part is noted beside it.

mod again;
mod digest;

use std::cell::RefCell;
use std::io::BufRead;

use crate::base::{Context, Feedback, Findings, Format, Kind, Outcome, Whereabouts};
use crate::intake::{self, Leaf, Source, Visitor};
use crate::report::{self, Hints, Sink};
use crate::store::{self, Batch, Filled, Part};
use crate::wire::{FileRef, Refusal};
pub use again::{Again, again};
use digest::{Digest, Digested};

/// Reads one file, or a piece of it, and all reports in it into `batch`. Never fails: what could
/// not be read is told in the batch. `progress` is told the bytes read so far.
///
/// Says which share this took of what the limits allow one file. Where the pieces of a file come to
/// 1 or more together, they may be more than it would be as a whole, and it is to be read as that:
/// so, too, where there is something to tell of the file itself, which is infinitely much.
pub fn file(
    source: &mut dyn Source,
    file: &FileRef,
    cx: &Context<'_>,
    batch: &mut Batch,
    progress: &mut dyn FnMut(u64),
) -> f64 {
    batch.open_file(file.id, &file.name, file.size);
    let progress = RefCell::new(progress);
    let progress = |bytes| (progress.borrow_mut())(bytes);
    let mut visitor = Ingest {
        cx,
        batch,
        filled: Filled::default(),
        plain: 0,
        left_out: None,
        tells_of_file: false,
    };
    let FileRef { name, size, piece, .. } = file;
    let share = intake::open(source, name, *size, *piece, cx, &progress, &mut visitor);
    share.max(visitor.close())
}

/// Lists a file that no parser could finish.
pub fn refused(file: &FileRef, refusal: &Refusal, batch: &mut Batch) {
    let (kind, outcome, detail) = match refusal {
        Refusal::Crashed(message) => (Kind::ReaderCrashed, Outcome::Damaged, message.as_str()),
        Refusal::Stalled => (Kind::ReaderStalled, Outcome::OverLimit, ""),
        Refusal::Unreadable => (Kind::FileUnreadable, Outcome::Unread, ""),
        Refusal::Cancelled => (Kind::Cancelled, Outcome::Unread, ""),
    };
    let refusal = store::Refusal { outcome, kind, detail };
    batch.refuse_file(file.id, &file.name, file.size, refusal);
}

/// One file on its way into a batch.
struct Ingest<'a> {
    cx: &'a Context<'a>,
    batch: &'a mut Batch,
    /// What the reader of the part in hand left in the batch.
    filled: Filled,
    /// Parts listed so far that hold no report.
    plain: u32,
    /// How many such parts are not listed, and the file's own format.
    left_out: Option<(u32, Format)>,
    /// A part is the file itself.
    tells_of_file: bool,
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

    /// A part without a report and, but for the sheer number of its like, without
    /// anything to tell.
    fn pass_over(&mut self, leaf: &Leaf<'_>, outcome: Option<Outcome>, findings: &Findings) {
        self.batch.pass_over(outcome);
        if !findings.is_empty() {
            let format = leaf.steps.first().map_or(leaf.format, |step| step.format);
            self.left_out.get_or_insert((0, format)).0 += 1;
        }
    }

    /// The file is done: says how many parts are not listed, and the share of the limits.
    fn close(self) -> f64 {
        let share = f64::from(self.plain) / f64::from(self.cx.limits.plain_parts);
        let share = if self.tells_of_file { f64::INFINITY } else { share };
        let Some((left_out, format)) = self.left_out else { return share };
        let mut findings = Findings::default();
        findings.add(Kind::UnlistedParts, Whereabouts::Whole, &left_out.to_string(), 1);
        let filled = Filled::default();
        self.batch.part(Part { steps: &[], format, outcome: None, filled, findings: &findings });
        share
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
        let bytes = RefCell::new(Digested::new(bytes));
        let read = |cx: &Context<'_>, sink: &mut dyn Sink| {
            let bytes = &mut *bytes.borrow_mut();
            match leaf.format {
                Format::Xml => report::aggregate::read(bytes, &hints, cx, sink),
                Format::Json => report::tls::read(bytes, &hints, cx, sink),
                _ => Outcome::NotAReport,
            }
        };
        self.fill(findings, read, || bytes.borrow_mut().finish())
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
        self.fill(findings, read, || Digest::of_feedback(feedback))
    }

    fn part(&mut self, leaf: &Leaf<'_>, outcome: Option<Outcome>, findings: Findings) {
        if matches!(outcome, None | Some(Outcome::NotAReport | Outcome::Empty)) {
            if findings.is_empty() || self.plain >= self.cx.limits.plain_parts {
                return self.pass_over(leaf, outcome, &findings);
            }
            self.plain += 1;
        }
        self.tells_of_file |= leaf.steps.is_empty();
        self.batch.part(Part {
            steps: leaf.steps,
            format: leaf.format,
            outcome,
            filled: std::mem::take(&mut self.filled),
            findings: &findings,
        });
    }
}
