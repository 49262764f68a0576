//! Ids back to facts, borrowed from the dictionaries.

use std::cmp::Ordering;

use super::tables::{HeaderRow, PartRow, SightingRow, StepRow, Tables, TallyRow};
use super::{HeaderId, PartId, ReportId, RowId};
use crate::base::{FileId, Findings, Locus, Sighting, Step, Tally};
use crate::report::{AggregateRecord, Auth, Header};

impl Tables {
    /// One record as its reporter stated it, but for a missing count, which is 0.
    pub fn record(&self, id: RowId) -> Option<AggregateRecord<'_>> {
        let row = self.rows.get(id)?;
        let facts = &self.dictionaries;
        let evaluated = facts.evaluated(row.evaluated);
        Some(AggregateRecord {
            source_ip: facts.addresses.get(row.source, &facts.terms),
            count: Some(row.count),
            disposition: facts.read_token(evaluated.disposition),
            dkim: facts.read_token(evaluated.dkim),
            spf: facts.read_token(evaluated.spf),
            reasons: facts.reasons(row.evaluated),
            header_from: facts.read(row.header_from),
            envelope_from: facts.read(row.envelope_from),
            envelope_to: facts.read(row.envelope_to),
            auth: Auth { dkim: facts.dkim(row.dkim), spf: facts.spf(row.spf) },
            extras: facts.extras(self.rows.extras.of(id)),
        })
    }

    /// What one copy of a report says of itself.
    pub fn header(&self, id: HeaderId) -> Option<Header<'_>> {
        let row = self.headers.get(id.index())?;
        let facts = &self.dictionaries;
        Some(Header {
            kind: row.kind,
            reporter: facts.read(row.reporter),
            contact: facts.read(row.contact),
            report_id: facts.read(row.report_id),
            domain: facts.read(row.domain),
            begin: row.begin,
            end: row.end,
            extras: facts.extras(row.extras),
            extra_contact_info: facts.lang_texts(row.extra_contact_info).pop(),
            errors: facts.lang_texts(row.errors),
            generator: facts.read(row.generator),
            version: facts.read(row.version),
            namespace: facts.read(row.namespace),
            policy: facts.policy(row.policy),
        })
    }

    pub fn part(&self, id: PartId) -> Option<&PartRow> {
        self.parts.get(id.index())
    }

    /// The header of the copy that counts.
    pub fn header_of(&self, id: ReportId) -> Option<&HeaderRow> {
        let part = self.part(self.reports.get(id.index())?.part)?;
        self.headers.get(part.header?.index())
    }

    /// The file that a part stands in.
    pub fn file_of(&self, part: &PartRow) -> FileId {
        self.files.get(part.file.index()).map_or(FileId::default(), |file| file.id)
    }

    /// From the file inwards.
    pub fn steps(&self, part: &PartRow) -> Vec<Step> {
        let step = |row: &StepRow| Step {
            format: row.format,
            index: row.index,
            range: row.range,
            name: self.dictionaries.terms.get(row.name).map(Into::into),
        };
        self.steps_of(part).iter().map(step).collect()
    }

    /// Where the counted copy of a report can be read again.
    pub fn locus(&self, report: ReportId) -> Option<Locus> {
        let report = self.reports.get(report.index())?;
        let part = self.part(report.part)?;
        let (file, steps) = (self.file_of(part), self.steps(part));
        Some(Locus { file, steps, format: part.format, digest: report.digest })
    }

    /// What was found in a part.
    pub fn findings(&self, part: &PartRow) -> Findings {
        let tallies = self.tallies.get(part.tallies.range()).unwrap_or_default();
        let of = |tally: &TallyRow| {
            let rows = self.sightings.get(tally.sightings.range()).unwrap_or_default();
            let sighting = |row: &SightingRow| Sighting {
                at: row.at,
                detail: self.dictionaries.terms.get(row.detail).unwrap_or_default().into(),
            };
            Tally {
                kind: tally.kind,
                count: tally.count,
                first: rows.iter().map(sighting).collect(),
            }
        };
        tallies.iter().map(of).collect()
    }

    /// Sightings of all kinds in a part.
    pub fn sightings_in(&self, part: &PartRow) -> u64 {
        let tallies = self.tallies.get(part.tallies.range()).unwrap_or_default();
        tallies.iter().fold(0, |sum, tally| sum.saturating_add(tally.count))
    }

    /// Parts in the order of files and, inside a file, of the places where they
    /// stand: the same whatever the order in which they were read.
    pub fn place_order(&self, a: PartId, b: PartId) -> Ordering {
        match (self.part(a), self.part(b)) {
            (Some(one), Some(two)) => {
                let files = self.file_of(one).cmp(&self.file_of(two));
                files.then_with(|| self.path(one).cmp(self.path(two)))
            }
            _ => a.cmp(&b),
        }
    }

    /// Whether a part stands inside another, a container.
    pub fn contains(&self, container: &PartRow, part: &PartRow) -> bool {
        let (outer, inner) = (self.steps_of(container), self.steps_of(part));
        container.file == part.file
            && inner.len() >= outer.len()
            && self.path(container).zip(self.path(part)).all(|(a, b)| a == b)
    }

    /// Where a part stands in its file. A container comes before its members,
    /// and before a part that is the same container read as a whole. The reports of
    /// a part follow one another.
    pub(super) fn path<'a>(&'a self, part: &'a PartRow) -> impl Iterator<Item = u64> + 'a {
        let place = |step: &StepRow| match step.range {
            Some((start, _)) => start.saturating_add(1),
            None => u64::from(step.index) + 1,
        };
        let whole = part.outcome.is_some().then_some(0);
        let nth = (part.nth > 0).then_some(part.nth.into());
        self.steps_of(part).iter().map(place).chain(whole).chain(nth)
    }

    fn steps_of(&self, part: &PartRow) -> &[StepRow] {
        self.steps.get(part.steps.range()).unwrap_or_default()
    }
}
