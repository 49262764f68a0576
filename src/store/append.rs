//! One set of tables into another: ids anew, duplicates found on the way.

use vitrail_kernels::interner::Interner;

use super::batch::more_telling;
use super::merged::Store;
use super::remap::Remap;
use super::tables::{
    FileRow, HeaderRow, PartRow, ReportRow, SightingRow, Span, StepRow, Tables, TallyRow,
};
use super::{FailureRow, FileIndex, HeaderId, PartId, ReportId, RowId, TlsRow};
use crate::base::FileId;

/// Copies all parts of `from` that are not parts of the file `but` into the
/// store, and the reports that they are copies of. A part that is there already
/// is passed over, so that a file may come in pieces, or twice.
pub fn append(to: &mut Store, from: &Tables, but: Option<FileId>) {
    let mut merge = Merge {
        to,
        from,
        remap: Remap::new(&from.dictionaries),
        reports: vec![None; from.reports.len()],
        known: Vec::new(),
        parts: Interner::default(),
        part: Vec::new(),
    };
    let kept = |file: &FileRow| Some(file.id) != but;
    let files: Vec<_> = (0..)
        .map(FileIndex)
        .zip(&from.files)
        .map(|(there, file)| kept(file).then(|| merge.file(there, file)))
        .collect();
    for part in &from.parts {
        if let Some(&Some(file)) = files.get(part.file.index())
            && merge.is_new(part, file)
        {
            merge.part(part, file);
        }
    }
}

/// An append under way.
struct Merge<'a> {
    to: &'a mut Store,
    from: &'a Tables,
    remap: Remap<'a>,
    /// Where the reports met so far are in the store.
    reports: Vec<Option<ReportId>>,
    /// Files that were in the store before.
    known: Vec<FileIndex>,
    /// Parts of those that are there: the file, and the part's path in halves.
    parts: Interner<u32>,
    /// The one in hand; kept for its memory.
    part: Vec<u32>,
}

impl Merge<'_> {
    fn file(&mut self, there: FileIndex, file: &FileRow) -> FileIndex {
        let Store { tables, files, totals, .. } = &mut *self.to;
        if let Some(&index) = files.get(&file.id) {
            // Pieces of a file have no part in common, and of those before there may be many.
            let place = |tables: &Tables, part: &PartRow| tables.path(part).next().unwrap_or(0);
            let new = self.from.parts.iter().filter(|part| part.file == there);
            let new = new.map(|part| place(self.from, part));
            let (least, most) =
                new.fold((u64::MAX, 0), |(least, most), at| (least.min(at), most.max(at)));
            if let Some(here) = tables.files.get_mut(index.index()) {
                here.outcome = more_telling(here.outcome, file.outcome);
            }
            if !self.known.contains(&index) {
                self.known.push(index);
                let parts = tables.parts.iter().filter(|part| part.file == index);
                let parts = parts.filter(|part| (least..=most).contains(&place(tables, part)));
                parts.for_each(|part| {
                    is_new(&mut self.parts, &mut self.part, index, tables.path(part));
                });
            }
            return index;
        }
        let index = FileIndex(tables.files.len() as u32);
        let name = self.remap.term(&mut tables.dictionaries, file.name);
        tables.files.push(FileRow { name, reports: 0, ..file.clone() });
        files.insert(file.id, index);
        totals.files += 1;
        totals.files_without_report += 1;
        index
    }

    fn is_new(&mut self, part: &PartRow, file: FileIndex) -> bool {
        let Self { from, known, parts, part: words, .. } = self;
        !known.contains(&file) || is_new(parts, words, file, from.path(part))
    }

    fn part(&mut self, part: &PartRow, file: FileIndex) {
        let id = PartId(self.to.tables.parts.len() as u32);
        let steps = self.steps(part);
        let tallies = self.findings(part);
        let header = part.header.and_then(|id| self.from.headers.get(id.index()));
        let header = header.map(|header| self.header(header));
        let row = PartRow { file, steps, tallies, header, report: None, ..part.clone() };
        self.to.tables.parts.push(row);
        if let Some(there) = part.report
            && let Some(report) = self.from.reports.get(there.index())
            && let Some(header) = header
        {
            self.copy_of(there, report, id, header);
            if let Some(file) = self.to.tables.files.get_mut(file.index()) {
                self.to.totals.files_without_report -= u32::from(file.reports == 0);
                file.reports += 1;
            }
        }
    }

    fn header(&mut self, header: &HeaderRow) -> HeaderId {
        let tables = &mut self.to.tables;
        let header = self.remap.header(&mut tables.dictionaries, header);
        tables.headers.push(header);
        HeaderId(tables.headers.len() as u32 - 1)
    }

    fn steps(&mut self, part: &PartRow) -> Span {
        let tables = &mut self.to.tables;
        let start = tables.steps.len();
        for step in self.from.steps.get(part.steps.range()).unwrap_or_default() {
            let name = self.remap.term(&mut tables.dictionaries, step.name);
            tables.steps.push(StepRow { name, ..step.clone() });
        }
        Span::since(start, &tables.steps)
    }

    fn findings(&mut self, part: &PartRow) -> Span {
        let tables = &mut self.to.tables;
        let start = tables.tallies.len();
        for tally in self.from.tallies.get(part.tallies.range()).unwrap_or_default() {
            let first = tables.sightings.len();
            for sighting in self.from.sightings.get(tally.sightings.range()).unwrap_or_default() {
                let detail = self.remap.term(&mut tables.dictionaries, sighting.detail);
                tables.sightings.push(SightingRow { detail, ..sighting.clone() });
            }
            let sightings = Span::since(first, &tables.sightings);
            tables.tallies.push(TallyRow { sightings, ..tally.clone() });
            self.to.totals.add_findings(tally.count);
        }
        Span::since(start, &tables.tallies)
    }

    /// Makes a part, which is in the store, a copy of the report `there`.
    fn copy_of(&mut self, there: ReportId, report: &ReportRow, part: PartId, header: HeaderId) {
        let met = self.reports.get(there.index()).copied().flatten();
        let Store { tables, contents, totals, .. } = &mut *self.to;
        let Some(identity) = tables.headers.get(header.index()).map(HeaderRow::identity) else {
            return;
        };
        let here = match met.or_else(|| contents.find(tables, &identity, report.digest)) {
            Some(here) => {
                totals.duplicates += 1;
                totals.add_findings(1); // `Kind::DuplicateReport`
                let counted = tables.reports.get(here.index()).map(|report| report.part);
                if counted.is_some_and(|counted| tables.place_order(part, counted).is_lt())
                    && let Some(report) = tables.reports.get_mut(here.index())
                {
                    report.part = part;
                }
                here
            }
            None => self.report(report, part),
        };
        if let Some(slot) = self.reports.get_mut(there.index()) {
            *slot = Some(here);
        }
        if let Some(part) = self.to.tables.parts.get_mut(part.index()) {
            part.report = Some(here);
        }
    }

    fn report(&mut self, report: &ReportRow, part: PartId) -> ReportId {
        let id = ReportId(self.to.tables.reports.len() as u32);
        let (rows, tls) = (self.rows(report, id), self.tls(report, id));
        let failures = self.failures(report, id);
        let Store { tables, contents, totals, .. } = &mut *self.to;
        tables.reports.push(ReportRow { part, rows, tls, failures, ..report.clone() });
        totals.reports += 1;
        totals.records += rows.end - rows.start;
        totals.messages = totals.messages.saturating_add(report.messages);
        let same = contents.insert(tables, id);
        if same > 1 && tables.header_of(id).is_some_and(|header| header.identity().has_id()) {
            // `Kind::ReusedReportId`, of the first of them only now.
            totals.add_findings(if same == 2 { 2 } else { 1 });
        }
        id
    }

    // Browsers compile a function anew, all of it, once it runs for long: so this is one of its own.
    #[inline(never)]
    fn rows(&mut self, report: &ReportRow, id: ReportId) -> Span {
        let Self { to, from, remap, .. } = self;
        let tables = &mut to.tables;
        let range = report.rows.range();
        let start = tables.rows.len();
        tables.rows.reserve(range.len());
        // invariant: the rows of a report are rows of its tables.
        let ids = &mut tables.dictionaries;
        let (of, to) = (&from.rows, &mut tables.rows);
        to.report.resize(start + range.len(), id);
        to.count.extend_from_slice(&of.count[range.clone()]);
        remap.addresses(ids, &of.source[range.clone()], &mut to.source);
        remap.lists(ids, &of.evaluated[range.clone()], &mut to.evaluated);
        remap.terms(ids, &of.header_from[range.clone()], &mut to.header_from);
        remap.terms(ids, &of.envelope_from[range.clone()], &mut to.envelope_from);
        remap.terms(ids, &of.envelope_to[range.clone()], &mut to.envelope_to);
        remap.lists(ids, &of.dkim[range.clone()], &mut to.dkim);
        remap.lists(ids, &of.spf[range.clone()], &mut to.spf);
        let lists = from.rows.extras.within(range);
        tables.rows.extras.append(start, lists, |list| remap.list(ids, list));
        Span::since(start, &tables.rows.report)
    }

    fn tls(&mut self, report: &ReportRow, id: ReportId) -> Span {
        let Self { to, from, remap, .. } = self;
        let tables = &mut to.tables;
        let range = report.tls.range();
        let start = tables.tls.len();
        tables.tls.reserve(range.len());
        let ids = &mut tables.dictionaries;
        for row in range.clone().filter_map(|row| from.tls.get(RowId(row as u32))) {
            tables.tls.push(TlsRow {
                report: id,
                domain: remap.term(ids, row.domain),
                policy: remap.list(ids, row.policy),
                failure: remap.list(ids, row.failure),
                source: remap.address(ids, row.source),
                receiver: remap.address(ids, row.receiver),
                ..row
            });
        }
        let lists = from.tls.extras.within(range);
        tables.tls.extras.append(start, lists, |list| remap.list(ids, list));
        Span::since(start, &tables.tls.report)
    }

    fn failures(&mut self, report: &ReportRow, id: ReportId) -> Span {
        let Self { to, from, remap, .. } = self;
        let tables = &mut to.tables;
        let range = report.failures.range();
        let start = tables.failures.len();
        let ids = &mut tables.dictionaries;
        for row in range.clone().filter_map(|row| from.failures.get(RowId(row as u32))) {
            tables.failures.push(FailureRow {
                report: id,
                source: remap.address(ids, row.source),
                message: remap.list(ids, row.message),
                ..row
            });
        }
        let lists = from.failures.extras.within(range);
        tables.failures.extras.append(start, lists, |list| remap.list(ids, list));
        Span::since(start, &tables.failures.report)
    }
}

/// Whether a part is none of these yet; then it is.
fn is_new(
    parts: &mut Interner<u32>,
    words: &mut Vec<u32>,
    file: FileIndex,
    path: impl Iterator<Item = u64>,
) -> bool {
    words.clear();
    words.push(file.0);
    words.extend(path.flat_map(|step| [(step >> 32) as u32, step as u32]));
    parts.insert(words)
}
