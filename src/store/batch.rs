//! What one job of a parser yields: tables of its own, with dictionaries of
//! their own, that the store can append in any order.

use serde::{Deserialize, Serialize, Serializer};

use super::filler::{Filled, Filler};
use super::tables::{FileRow, PartRow, SightingRow, Span, StepRow, Tables, TallyRow};
use super::{FileIndex, HeaderId, ReportId, check::Astray};
use crate::base::{FileId, Findings, Format, Kind, Limits, Outcome, Step, Whereabouts};

/// Reports, parts and findings of some files, not yet merged with anything.
///
/// Filled file by file: [`open_file`](Self::open_file), then for each part
/// [`filler`](Self::filler) where it may be a report, and then [`part`](Self::part)
/// or [`pass_over`](Self::pass_over).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Tables")]
pub struct Batch(Tables);

/// Without the copy that serde's `into` would make.
impl Serialize for Batch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl TryFrom<Tables> for Batch {
    type Error = Astray;

    fn try_from(tables: Tables) -> Result<Self, Astray> {
        tables.check()?;
        Ok(Self(tables))
    }
}

/// A part of the file that was opened last, once all is known of it.
#[derive(Debug)]
pub struct Part<'a> {
    pub steps: &'a [Step],
    pub format: Format,
    /// `None` for a container.
    pub outcome: Option<Outcome>,
    /// What a [`Filler`] kept of it.
    pub filled: Filled,
    pub findings: &'a Findings,
}

impl Batch {
    pub fn tables(&self) -> &Tables {
        &self.0
    }

    pub fn files(&self) -> impl Iterator<Item = FileId> {
        self.0.files.iter().map(|file| file.id)
    }

    /// Memory held.
    pub fn bytes(&self) -> u64 {
        self.0.bytes()
    }

    /// The parts given from now on are parts of this file, of `size` bytes.
    pub fn open_file(&mut self, id: FileId, name: &str, size: u64) {
        let name = self.0.dictionaries.terms.intern(name);
        let outcome = Outcome::NotAReport;
        self.0.files.push(FileRow { id, name, size, outcome, reports: 0 });
    }

    /// Lists a file of which nothing was, or could be, kept.
    pub fn refuse_file(&mut self, id: FileId, name: &str, size: u64, refusal: Refusal<'_>) {
        let mut findings = Findings::default();
        findings.add(refusal.kind, Whereabouts::Whole, refusal.detail, 1);
        self.open_file(id, name, size);
        self.part(Part {
            steps: &[],
            format: Format::Binary,
            outcome: Some(refusal.outcome),
            filled: Filled::default(),
            findings: &findings,
        });
    }

    /// A sink for one part that may be a report.
    pub fn filler<'a>(&'a mut self, limits: &'a Limits) -> Filler<'a> {
        Filler::new(&mut self.0, limits)
    }

    /// A part is done of which nothing is kept but what it says of its file.
    pub fn pass_over(&mut self, outcome: Option<Outcome>) {
        if let (Some(file), Some(outcome)) = (self.0.files.last_mut(), outcome) {
            file.outcome = more_telling(file.outcome, outcome);
        }
    }

    /// A part is done.
    pub fn part(&mut self, part: Part<'_>) {
        let tables = &mut self.0;
        let Some(file) = tables.files.last_mut() else { return };
        if let Some(outcome) = part.outcome {
            file.outcome = more_telling(file.outcome, outcome);
        }
        let Filled { header, report, others } = part.filled;
        if report.is_some() {
            file.reports += 1 + others;
        }
        let file = FileIndex(tables.files.len() as u32 - 1);
        let mut tallies = tables.push_findings(part.findings);
        for nth in 0..=others {
            let steps = tables.push_steps(part.steps);
            tables.parts.push(PartRow {
                file,
                steps,
                format: part.format,
                outcome: part.outcome,
                header: header.map(|HeaderId(first)| HeaderId(first + nth)),
                report: report.map(|ReportId(first)| ReportId(first + nth)),
                nth,
                tallies,
            });
            tallies = Span { start: tallies.end, end: tallies.end };
        }
    }
}

/// Why nothing of a file is there but its name.
#[derive(Clone, Copy, Debug)]
pub struct Refusal<'a> {
    pub outcome: Outcome,
    pub kind: Kind,
    pub detail: &'a str,
}

impl Tables {
    fn push_steps(&mut self, steps: &[Step]) -> Span {
        let start = self.steps.len();
        for step in steps {
            let name = step.name.as_deref().map(|name| self.dictionaries.terms.intern(name));
            self.steps.push(StepRow {
                format: step.format,
                index: step.index,
                range: step.range,
                name: name.unwrap_or_default(),
            });
        }
        Span::since(start, &self.steps)
    }

    fn push_findings(&mut self, findings: &Findings) -> Span {
        let start = self.tallies.len();
        for tally in findings.tallies() {
            let first = self.sightings.len();
            for sighting in &tally.first {
                let detail = self.dictionaries.terms.intern(&sighting.detail);
                self.sightings.push(SightingRow { at: sighting.at, detail });
            }
            self.tallies.push(TallyRow {
                kind: tally.kind,
                count: tally.count,
                sightings: Span::since(first, &self.sightings),
            });
        }
        Span::since(start, &self.tallies)
    }
}

/// Which of two outcomes says more of the file they are parts of.
pub(super) fn more_telling(a: Outcome, b: Outcome) -> Outcome {
    let weight = |outcome: Outcome| match outcome {
        Outcome::Opened => 6,
        Outcome::Duplicate => 5,
        Outcome::OverLimit => 4,
        Outcome::Damaged => 3,
        Outcome::Unread => 2,
        Outcome::Empty => 1,
        Outcome::NotAReport => 0,
    };
    if weight(b) > weight(a) { b } else { a }
}
