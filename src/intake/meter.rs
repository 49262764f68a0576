//! What one file may cost: read and decoded bytes are counted here, and the
//! faults of streams are kept until the part they belong to is told.

use std::cell::{Cell, RefCell};

use super::Progress;
use crate::base::{Findings, Kind, Limits, Outcome, Whereabouts};

/// Progress is told at least this often, in bytes of the file.
const PROGRESS_STEP: u64 = 1 << 20;

/// Whole mails and archives held at the same time (one inside the other), in
/// units of what one may have: the inner one is smaller than the outer.
const HELD_AT_ONCE: u64 = 2;

/// The counters of one file. Shared by all readers stacked upon it, hence the cells.
pub(super) struct Meter<'a> {
    limits: &'a Limits,
    progress: Progress<'a>,
    size: u64,
    /// Bytes of the file read or passed over, and how many of them were told.
    passed: Cell<u64>,
    told: Cell<u64>,
    /// Bytes read from the file.
    read: Cell<u64>,
    /// Bytes that came out of decoders, at all levels together.
    decoded: Cell<u64>,
    /// `read` and `decoded` where the current unit began.
    unit: Cell<(u64, u64)>,
    /// Bytes held whole right now.
    held: Cell<u64>,
    faults: RefCell<Vec<(Kind, Whereabouts, String)>>,
}

impl<'a> Meter<'a> {
    /// For a file of `size` bytes.
    pub(super) fn new(limits: &'a Limits, size: u64, progress: Progress<'a>) -> Self {
        Self {
            limits,
            progress,
            size,
            passed: Cell::new(0),
            told: Cell::new(0),
            read: Cell::new(0),
            decoded: Cell::new(0),
            unit: Cell::new((0, 0)),
            held: Cell::new(0),
            faults: RefCell::default(),
        }
    }

    pub(super) fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// So many bytes were read from the file.
    pub(super) fn read(&self, bytes: u64) {
        self.read.set(self.read.get() + bytes);
        self.pass(bytes);
    }

    /// So many bytes of the file are dealt with, read or not. Those that are
    /// read twice (a zip's directory) count twice, up to the file's size.
    pub(super) fn pass(&self, bytes: u64) {
        self.passed.set(self.passed.get().saturating_add(bytes));
        if self.passed.get() - self.told.get() >= PROGRESS_STEP {
            self.told.set(self.passed.get());
            (self.progress)(self.passed.get().min(self.size));
        }
    }

    /// The whole file is dealt with.
    pub(super) fn finish(&self) {
        (self.progress)(self.size);
    }

    /// A member of the outermost container begins: ratios are judged from here on. So many bytes of it
    /// were read before.
    pub(super) fn begin_unit(&self, read_before: u64) {
        self.unit.set((self.read.get().saturating_sub(read_before), self.decoded.get()));
    }

    /// Bytes that may still come out of decoders.
    pub(super) fn allowance(&self) -> u64 {
        self.limits.output_bytes_per_file.saturating_sub(self.decoded.get())
    }

    /// Bytes that came out of decoders.
    pub(super) fn all_decoded(&self) -> u64 {
        self.decoded.get()
    }

    /// Counts `bytes` that came out of a decoder, which has made `output` of
    /// `input` in all. `false` (and a fault) where that is a bomb: the decoder
    /// alone, or all decoders since the unit began, pass the ratio.
    pub(super) fn decoded(&self, bytes: u64, input: u64, output: u64) -> bool {
        self.decoded.set(self.decoded.get() + bytes);
        let (read, decoded) = self.unit.get();
        let in_unit = (self.read.get() - read, self.decoded.get() - decoded);
        let bomb = [(input, output), in_unit].into_iter().any(|(input, output)| {
            output > self.limits.ratio_floor_bytes && self.is_expanded(input, output)
        });
        if bomb {
            self.fault(Kind::RatioLimit, Whereabouts::Offset(output), self.limits.ratio);
        }
        !bomb
    }

    /// Whether `output` made of `input` passes the ratio, however little it is.
    pub(super) fn is_expanded(&self, input: u64, output: u64) -> bool {
        output / self.limits.ratio.max(1) > input
    }

    /// How many bytes may be held whole now.
    pub(super) fn holdable(&self) -> u64 {
        let most = self.limits.buffered_bytes;
        most.min(most.saturating_mul(HELD_AT_ONCE).saturating_sub(self.held.get()))
    }

    pub(super) fn hold(&self, bytes: usize) {
        self.held.set(self.held.get() + bytes as u64);
    }

    pub(super) fn release(&self, bytes: usize) {
        self.held.set(self.held.get().saturating_sub(bytes as u64));
    }

    /// Keeps a fault until the part in hand is told. Damage that follows from
    /// a limit (a stream cut there looks broken from above) is not kept.
    pub(super) fn fault(&self, kind: Kind, at: Whereabouts, detail: impl ToString) {
        let mut faults = self.faults.borrow_mut();
        let follows = is_damage(kind) && faults.iter().any(|(earlier, ..)| is_limit(*earlier));
        if !follows {
            faults.push((kind, at, detail.to_string()));
        }
    }

    /// Moves the faults so far into the findings of the part they belong to.
    pub(super) fn settle(&self, findings: &mut Findings) {
        for (kind, at, detail) in self.faults.borrow_mut().drain(..) {
            findings.add(kind, at, &detail, self.limits.sightings_per_kind);
        }
    }
}

/// What became of a part in the light of its findings: no report behind a
/// limit or a damage is not the same as no report.
pub(super) fn judge(outcome: Outcome, findings: &Findings) -> Outcome {
    let has = |test: fn(Kind) -> bool| findings.tallies().iter().any(|tally| test(tally.kind));
    match outcome {
        Outcome::NotAReport | Outcome::Empty | Outcome::Damaged if has(is_limit) => {
            Outcome::OverLimit
        }
        Outcome::NotAReport | Outcome::Empty if has(is_damage) => Outcome::Damaged,
        other => other,
    }
}

fn is_limit(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::OutputLimit
            | Kind::RatioLimit
            | Kind::BufferLimit
            | Kind::DepthLimit
            | Kind::MemberLimit
    )
}

fn is_damage(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::StreamDamaged
            | Kind::ArchiveDamaged
            | Kind::Encrypted
            | Kind::UnknownCompression
            | Kind::FileUnreadable
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(kind: Kind) -> Findings {
        let mut findings = Findings::default();
        findings.add(kind, Whereabouts::Whole, "", 1);
        findings
    }

    #[test]
    fn no_report_behind_a_limit_or_a_damage_is_another_outcome() {
        let judged = |outcome, kind| judge(outcome, &findings(kind));
        assert_eq!(judged(Outcome::NotAReport, Kind::RatioLimit), Outcome::OverLimit);
        assert_eq!(judged(Outcome::Empty, Kind::StreamDamaged), Outcome::Damaged);
        assert_eq!(judged(Outcome::Opened, Kind::StreamDamaged), Outcome::Opened);
        assert_eq!(judged(Outcome::NotAReport, Kind::LineTooLong), Outcome::NotAReport);
    }

    #[test]
    fn damage_after_a_limit_is_its_consequence() {
        let limits = Limits::default();
        let meter = Meter::new(&limits, 0, &|_| ());
        meter.fault(Kind::OutputLimit, Whereabouts::Whole, 1);
        meter.fault(Kind::StreamDamaged, Whereabouts::Whole, "");
        let mut findings = Findings::default();
        meter.settle(&mut findings);
        assert!(findings.has(Kind::OutputLimit) && !findings.has(Kind::StreamDamaged));
    }

    #[test]
    fn a_ratio_counts_only_past_the_floor() {
        let limits = Limits { ratio: 10, ratio_floor_bytes: 1000, ..Limits::default() };
        let meter = Meter::new(&limits, 0, &|_| ());
        meter.read(200);
        assert!(meter.decoded(900, 1, 900), "below the floor");
        assert!(!meter.decoded(200, 1, 1100), "past it");
    }
}
