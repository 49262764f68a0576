//! What was found, in one part and in all of them. Two kinds are known only to
//! the store as a whole: duplicates, and ids used twice.

use std::collections::BTreeMap;

use vitrail_kernels::interner::Interner;

use super::FindingLine;
use super::files::place;
use super::index::Index;
use super::order::sort_by;
use crate::base::lower_case;
use crate::base::{Findings, Format, Kind, Outcome, ReportKind, Severity, Sighting, Whereabouts};
use crate::store::{HeaderId, PartId, PartRow, Store, Tables, TermId};

/// Examples given of one kind from one reporter.
const EXAMPLES: usize = 3;

/// Whether a report was counted from another part.
fn is_copy(store: &Store, id: PartId, part: &PartRow) -> bool {
    let report = part.report.and_then(|id| store.tables().reports.get(id.index()));
    report.is_some_and(|report| report.part != id)
}

/// The kinds found in a part, with how often.
pub fn kinds(store: &Store, id: PartId, part: &PartRow) -> impl Iterator<Item = (Kind, u64)> {
    let tallies = store.tables().tallies.get(part.tallies.range()).unwrap_or_default();
    tallies
        .iter()
        .map(|tally| (tally.kind, tally.count))
        .chain(derived(store, id, part).map(|kind| (kind, 1)))
}

/// What the store as a whole has to say of a part: at most one thing.
fn derived(store: &Store, id: PartId, part: &PartRow) -> Option<Kind> {
    if is_copy(store, id, part) {
        return Some(Kind::DuplicateReport);
    }
    let report = part.report?;
    store.is_id_reused(report).then_some(Kind::ReusedReportId)
}

/// All findings of a part.
pub fn of(store: &Store, id: PartId, part: &PartRow) -> Findings {
    let tables = store.tables();
    let mut findings = tables.findings(part);
    if let Some(kind) = derived(store, id, part) {
        findings.add(kind, Whereabouts::Whole, &detail(store, part, kind), 1);
    }
    findings
}

/// Of a duplicate, where the copy that counts is.
fn detail(store: &Store, part: &PartRow, kind: Kind) -> String {
    let tables = store.tables();
    let report = part.report.and_then(|id| tables.reports.get(id.index()));
    let counted = report
        .filter(|_| kind == Kind::DuplicateReport)
        .and_then(|report| tables.part(report.part));
    counted.map_or_else(String::new, |counted| {
        let place = place(tables, counted);
        std::iter::once(place.file_name).chain(place.path).collect::<Vec<_>>().join(" › ")
    })
}

/// Findings of all parts, added up by kind and reporter.
pub fn by_kind(store: &Store, index: &Index) -> Vec<FindingLine> {
    let tables = store.tables();
    let mut lines: Vec<FindingLine> = Vec::new();
    // Of each line its kind and reporter.
    let mut places = Interner::<u32>::default();
    for (at, id) in index.parts().iter().enumerate() {
        let Some(part) = tables.part(*id) else { continue };
        let mut kinds = kinds(store, *id, part).peekable();
        if kinds.peek().is_none() {
            continue;
        }
        let header = author(store, index, at);
        let row = header.and_then(|id| tables.headers.get(id.index()));
        let reporter = row.map_or(TermId::ABSENT, |row| row.reporter);
        let mut findings = None;
        for (kind, count) in kinds {
            let at = places.intern(&[kind as u32, reporter.0]) as usize;
            if at == lines.len() {
                lines.push(line(tables, kind, header));
            }
            let Some(line) = lines.get_mut(at) else { continue };
            line.reports += 1;
            line.sightings = line.sightings.saturating_add(count);
            if line.examples.len() < EXAMPLES {
                let findings = findings.get_or_insert_with(|| of(store, *id, part));
                let first = first(findings, kind);
                line.examples.extend(first.map(|sighting| (place(tables, part), sighting)));
            }
        }
    }
    let key = |line: &FindingLine| {
        let reporter = line.reporter.as_deref();
        (line.kind, reporter.is_none(), reporter.map(lower_case))
    };
    let keys: Vec<_> = lines.iter().map(key).collect();
    let mut order: Vec<u32> = (0..lines.len() as u32).collect();
    sort_by(&mut order, &|a, b| keys.get(a as usize).cmp(&keys.get(b as usize)));
    let mut lines: Vec<_> = lines.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| lines.get_mut(at as usize)?.take()).collect()
}

/// See [`Question::Losses`](super::Question::Losses).
pub fn losses(store: &Store) -> Vec<(Kind, u32)> {
    let mut losses: BTreeMap<Kind, u32> = BTreeMap::new();
    for (id, part) in (0..).map(PartId).zip(&store.tables().parts) {
        if is_copy(store, id, part) || !may_be_aggregate(store, part) {
            continue;
        }
        let kinds = kinds(store, id, part).map(|(kind, _)| kind);
        for kind in kinds.filter(|kind| kind.severity() >= Severity::Lost) {
            *losses.entry(kind).or_default() += 1;
        }
    }
    losses.into_iter().collect()
}

/// Whether an aggregate report is in a part, or may have been in what was lost of it.
fn may_be_aggregate(store: &Store, part: &PartRow) -> bool {
    match part.header.and_then(|id| store.tables().headers.get(id.index())) {
        Some(header) => header.kind == ReportKind::Aggregate,
        // Those are XML.
        None => part.format != Format::Json && part.outcome != Some(Outcome::NotAReport),
    }
}

/// A line that counts nothing yet.
fn line(tables: &Tables, kind: Kind, header: Option<HeaderId>) -> FindingLine {
    let row = header.and_then(|id| tables.headers.get(id.index()));
    let text = |id: TermId| tables.dictionaries.terms.get(id).map(str::to_owned);
    let contact = header.and_then(|id| tables.header(id)?.extra_contact_info);
    FindingLine {
        kind,
        reporter: row.and_then(|row| text(row.reporter)),
        contact: row.and_then(|row| text(row.contact)),
        extra_contact_info: contact.map(|info| info.text.into_owned()),
        reports: 0,
        sightings: 0,
        examples: Vec::new(),
    }
}

fn first(findings: &Findings, kind: Kind) -> Option<Sighting> {
    findings.tallies().iter().find(|tally| tally.kind == kind)?.first.first().cloned()
}

/// Who wrote a part: of a container, who wrote all that is in it, if that is one.
fn author(store: &Store, index: &Index, at: usize) -> Option<HeaderId> {
    let tables = store.tables();
    let part = |at: usize| index.parts().get(at).and_then(|id| tables.part(*id));
    let container = part(at)?;
    if container.header.is_some() || container.outcome.is_some() {
        return container.header;
    }
    let reporter = |id: HeaderId| tables.headers.get(id.index()).map(|header| header.reporter);
    let members = (at + 1..).map_while(part).take_while(|part| tables.contains(container, part));
    let mut headers = members.filter_map(|part| part.header);
    let first = headers.next()?;
    headers.all(|id| reporter(id) == reporter(first)).then_some(first)
}
