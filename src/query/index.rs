//! What every answer needs of the store as a whole, found out once for each of
//! its generations: parts and reports in the order of their places, copies,
//! sums of files.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use vitrail_kernels::rows::extend;

use super::column::Column;
use super::findings;
use super::order::sort_by;
use super::table::Table;
use crate::base::{FileId, Outcome, Severity};
use crate::store::{FileIndex, PartId, ReportId, Store, Tables};

/// See the module's text.
pub struct Index {
    /// All parts in the order of their places: those of one file together.
    parts: Vec<PartId>,
    /// Reports in the order of the copies that count.
    reports: Vec<ReportId>,
    /// All copies, those of one report together, in the order of their places.
    copies: Vec<PartId>,
    /// Where the copies of each report begin, and one more.
    starts: Vec<u32>,
    /// By place in the table of files.
    files: Vec<FileSums>,
    /// Of each column of each table, made when first asked for.
    used: [[OnceCell<Vec<bool>>; Column::ALL.len()]; Table::ALL.len()],
    /// In place of judgements that are not there.
    unjudged: OnceCell<Vec<u32>>,
}

/// A store, what was found out about it, and which of its tables is asked.
#[derive(Clone, Copy)]
pub struct Data<'a> {
    pub store: &'a Store,
    pub index: &'a Index,
    pub table: Table,
}

/// What the Files screen shows of a file besides its name.
#[derive(Clone, Debug)]
pub struct FileSums {
    pub outcome: Outcome,
    /// Reports whose counted copy is in it.
    pub reports: u32,
    pub duplicates: u32,
    /// Records of those reports.
    pub records: u32,
    pub parts: u32,
    pub findings: u64,
    pub worst: Option<Severity>,
}

impl Index {
    pub fn of(store: &Store) -> Self {
        let tables = store.tables();
        let mut parts: Vec<u32> = (0..tables.parts.len() as u32).collect();
        sort_by(&mut parts, &|a, b| tables.place_order(PartId(a), PartId(b)));
        let parts: Vec<_> = parts.into_iter().map(PartId).collect();
        let (starts, copies) = copies(tables, &parts);
        let counted = |id: &PartId| {
            let report = tables.part(*id)?.report?;
            (tables.reports.get(report.index())?.part == *id).then_some(report)
        };
        let reports = parts.iter().filter_map(counted).collect();
        let files = sums(store);
        Self {
            parts,
            reports,
            copies,
            starts,
            files,
            used: Default::default(),
            unjudged: OnceCell::new(),
        }
    }

    /// All parts, in the order of their places.
    pub fn parts(&self) -> &[PartId] {
        &self.parts
    }

    /// The parts of one file, in order.
    pub fn parts_of(&self, tables: &Tables, file: FileId) -> &[PartId] {
        let of = |id: &PartId| tables.part(*id).map(|part| tables.file_of(part));
        let start = self.parts.partition_point(|id| of(id) < Some(file));
        let end = self.parts.partition_point(|id| of(id) <= Some(file));
        self.parts.get(start..end).unwrap_or_default()
    }

    pub fn reports(&self) -> &[ReportId] {
        &self.reports
    }

    /// The rows of all reports, in the order of the reports.
    pub fn rows(&self, tables: &Tables) -> Vec<u32> {
        let mut rows = Vec::with_capacity(tables.rows.len());
        for report in self.reports.iter().filter_map(|id| tables.reports.get(id.index())) {
            extend(&mut rows, report.rows.start..report.rows.end);
        }
        rows
    }

    /// The parts that are copies of a report, the one that counts first.
    pub fn copies(&self, report: ReportId) -> &[PartId] {
        let at = |index: usize| self.starts.get(index).map(|start| *start as usize);
        let range = || Some(Range { start: at(report.index())?, end: at(report.index() + 1)? });
        range().and_then(|range| self.copies.get(range)).unwrap_or_default()
    }

    pub fn file(&self, file: FileIndex) -> Option<&FileSums> {
        self.files.get(file.index())
    }
}

impl<'a> Data<'a> {
    pub fn tables(self) -> &'a Tables {
        self.store.tables()
    }

    /// The same, for questions to another table.
    pub fn of(self, table: Table) -> Self {
        Self { table, ..self }
    }

    /// Rows of the table.
    pub fn rows(self) -> u32 {
        self.table.rows(self.tables()) as u32
    }

    /// Of the ids of a column of the table, those that some row has; all reports.
    pub fn used(self, column: Column) -> &'a [bool] {
        let used = self.index.used.get(self.table as usize);
        let Some(used) = used.and_then(|used| used.get(column as usize)) else { return &[] };
        used.get_or_init(|| {
            let mut used = vec![column == Column::Report; column.bound(self)];
            for id in column.ids(self) {
                // invariant: a store's rows hold ids of its own tables.
                used[*id as usize] = true;
            }
            used
        })
    }

    /// The same, but of reports only those that have rows.
    pub fn met(self, column: Column) -> Cow<'a, [bool]> {
        let has_rows = |report| !self.table.rows_of(report).range().is_empty();
        match column {
            Column::Report => self.tables().reports.iter().map(has_rows).collect(),
            _ => self.used(column).into(),
        }
    }

    /// The judgement of each row: where they are not made yet, none of any row.
    pub fn judgements(self) -> &'a [u32] {
        let rows = self.tables().rows.len();
        let judgements = self.store.derived().judgements();
        match judgements.len() == rows {
            true => bytemuck::cast_slice(judgements),
            false => self.index.unjudged.get_or_init(|| vec![0; rows]),
        }
    }
}

/// Parts in order by report: a counting sort.
fn copies(tables: &Tables, parts: &[PartId]) -> (Vec<u32>, Vec<PartId>) {
    let report = |id: &PartId| tables.part(*id).and_then(|part| part.report);
    let mut starts = vec![0; tables.reports.len() + 1];
    for id in parts.iter().filter_map(report) {
        starts[id.index() + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let mut copies = vec![PartId::default(); starts.last().copied().unwrap_or_default() as usize];
    for part in parts {
        if let Some(report) = report(part) {
            let place = &mut next[report.index()];
            copies[*place as usize] = *part;
            *place += 1;
        }
    }
    (starts, copies)
}

fn sums(store: &Store) -> Vec<FileSums> {
    let tables = store.tables();
    let none = |outcome| FileSums {
        outcome,
        reports: 0,
        duplicates: 0,
        records: 0,
        parts: 0,
        findings: 0,
        worst: None,
    };
    let mut files: Vec<_> = tables.files.iter().map(|file| none(file.outcome)).collect();
    for (id, part) in (0..).map(PartId).zip(&tables.parts) {
        let Some(file) = files.get_mut(part.file.index()) else { continue };
        file.parts += 1;
        let report = part.report.and_then(|id| tables.reports.get(id.index()));
        if let Some(report) = report {
            if report.part == id {
                file.reports += 1;
                file.records = file.records.saturating_add(report.records);
            } else {
                file.duplicates += 1;
            }
        }
        for (kind, count) in findings::kinds(store, id, part) {
            file.findings = file.findings.saturating_add(count);
            file.worst = file.worst.max(Some(kind.severity()));
        }
    }
    for file in &mut files {
        match (file.reports, file.duplicates) {
            (0, 0) => {}
            (0, _) => file.outcome = Outcome::Duplicate,
            (_, _) => file.outcome = Outcome::Opened,
        }
    }
    files
}
