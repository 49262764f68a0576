//! What to tell of a file: its reports, or why there is none.

use std::collections::{HashMap, HashSet};

use vitrail::base::locus::labels;
use vitrail::base::{Findings, Format, Kind, Outcome, Step, Whereabouts};
use vitrail::report::Header;
use vitrail::store::{PartId, PartRow, ReportRow, Tables};

/// One report, or one file in which there is none.
pub struct Entry<'a> {
    /// From the file inwards.
    pub steps: Vec<Step>,
    pub outcome: Outcome,
    /// What it says of itself, as far as it could be read.
    pub header: Option<Header<'a>>,
    /// Its rows, where it was opened.
    pub report: Option<&'a ReportRow>,
    /// Found in the part itself and, before that, in the containers around it.
    pub findings: Vec<Found>,
}

impl Entry<'_> {
    /// Adds a finding on the part as a whole.
    pub fn find(&mut self, kind: Kind, detail: &str) {
        if self.findings.last().is_none_or(|found| found.steps.len() < self.steps.len()) {
            self.findings.push(Found { steps: self.steps.clone(), findings: Findings::default() });
        }
        if let Some(found) = self.findings.last_mut() {
            found.findings.add(kind, Whereabouts::Whole, detail, 1);
        }
    }
}

/// What was found in one part, which is at the end of these steps.
pub struct Found {
    pub steps: Vec<Step>,
    pub findings: Findings,
}

/// The entries of a batch of one file: one for each report that was opened, and
/// for each part that was meant as one but is damaged or over a limit; where
/// there is no such thing, one for the file, with all that was found in it.
/// Parts of a mail that has a report are no entries of their own.
pub fn entries(tables: &Tables) -> Vec<Entry<'_>> {
    let parts = || {
        let ids = (0..tables.parts.len() as u32).map(PartId);
        ids.filter_map(|id| tables.part(id)).map(|part| (part, tables.steps(part)))
    };
    let mut containers = HashMap::new();
    let mut answered = HashSet::new();
    for (part, steps) in parts() {
        match (part.outcome, mail(&steps)) {
            (None, _) => _ = containers.insert(place(&steps), part),
            (Some(Outcome::Opened), Some(mail)) => _ = answered.insert(place(mail)),
            _ => {}
        }
    }
    let is_entry = |(part, steps): &(&PartRow, Vec<Step>)| match part.outcome {
        Some(Outcome::Opened) => true,
        Some(Outcome::Damaged | Outcome::OverLimit) => {
            mail(steps).is_none_or(|mail| !answered.contains(&place(mail)))
        }
        _ => false,
    };
    let mut entries: Vec<_> = parts()
        .filter(is_entry)
        .map(|(part, steps)| Entry {
            outcome: part.outcome.unwrap_or(Outcome::NotAReport),
            header: part.header.and_then(|id| tables.header(id)),
            report: part.report.and_then(|id| tables.reports.get(id.index())),
            findings: around(tables, &containers, part, &steps),
            steps,
        })
        .collect();
    if entries.is_empty() {
        entries.extend(nothing(tables));
    }
    entries
}

/// The entry of a file in which no report was found.
fn nothing(tables: &Tables) -> Option<Entry<'_>> {
    let headers = tables.parts.iter().filter_map(|part| part.header);
    let found =
        |part: &PartRow| Found { steps: tables.steps(part), findings: tables.findings(part) };
    Some(Entry {
        steps: Vec::new(),
        outcome: tables.files.first()?.outcome,
        header: headers.into_iter().find_map(|id| tables.header(id)),
        report: None,
        findings: tables.parts.iter().map(found).filter(|f| !f.findings.is_empty()).collect(),
    })
}

/// Findings in the containers around a part, outermost first, and in the part.
fn around(
    tables: &Tables,
    containers: &HashMap<Place, &PartRow>,
    part: &PartRow,
    steps: &[Step],
) -> Vec<Found> {
    let at = place(steps);
    let outer = (0..=at.len()).filter_map(|depth| Some((depth, *containers.get(&at[..depth])?)));
    outer
        .chain([(at.len(), part)])
        .map(|(depth, part)| Found {
            steps: steps[..depth].to_vec(),
            findings: tables.findings(part),
        })
        .filter(|found| !found.findings.is_empty())
        .collect()
}

/// Steps without their names: what tells one place from another.
type Place = Vec<(u32, Option<(u64, u64)>)>;

fn place(steps: &[Step]) -> Place {
    steps.iter().map(|step| (step.index, step.range)).collect()
}

/// The steps to the innermost mail that these lead into.
fn mail(steps: &[Step]) -> Option<&[Step]> {
    let depth = steps.iter().rposition(|step| step.format == Format::Mail)?;
    Some(&steps[..depth])
}

/// The members from the file inwards, as people read them; empty for the file itself.
pub fn part(steps: &[Step]) -> String {
    labels(steps).collect::<Vec<_>>().join(" › ")
}
