//! Files, and the parts of one of them.

use std::borrow::Cow;

use super::collate::Ranks;
use super::index::{FileSums, Index};
use super::order::{sort, sort_by};
use super::{FileColumn, FileLine, PartLine, PlaceLine, Sort, findings};
use crate::base::Outcome;
use crate::base::locus::labels;
use crate::store::{FileIndex, FileRow, PartId, PartRow, Store, Tables};

/// All files, sorted.
pub fn order(store: &Store, index: &Index, by: Sort<FileColumn>) -> Vec<u32> {
    let tables = store.tables();
    let mut files: Vec<u32> = (0..tables.files.len() as u32).collect();
    let row = |file: u32| tables.files.get(file as usize);
    let id = |file: u32| row(file).map(|file| file.id);
    sort_by(&mut files, &|a, b| id(a).cmp(&id(b)));
    let sums = |file: u32| index.file(FileIndex(file));
    let sorted = |key: &dyn Fn(u32) -> Option<u64>| sort(files, by.descending, key);
    match by.by {
        FileColumn::Name => {
            let names = tables.files.iter().map(|file| file.name);
            let ranks = Ranks::of_terms(&tables.dictionaries.terms, names);
            sorted(&|file| ranks.term(row(file)?.name))
        }
        FileColumn::Size => sorted(&|file| Some(row(file)?.size)),
        FileColumn::Outcome => sorted(&|file| Some(sums(file)?.outcome as u64)),
        FileColumn::Reports => sorted(&|file| Some(sums(file)?.reports.into())),
        FileColumn::Records => sorted(&|file| Some(sums(file)?.records.into())),
        FileColumn::Findings => sorted(&|file| Some(sums(file)?.findings)),
    }
}

pub fn line(store: &Store, index: &Index, file: u32) -> Option<FileLine> {
    let tables = store.tables();
    let FileRow { id, name, size, .. } = tables.files.get(file as usize)?;
    let FileSums { outcome, reports, duplicates, records, parts, findings, worst } =
        index.file(FileIndex(file))?.clone();
    Some(FileLine {
        file: *id,
        name: tables.dictionaries.terms.get(*name).unwrap_or_default().to_owned(),
        size: *size,
        outcome,
        reports,
        duplicates,
        records,
        parts,
        findings,
        worst,
    })
}

pub fn part(store: &Store, id: PartId) -> Option<PartLine> {
    let tables = store.tables();
    let part = tables.part(id)?;
    let header = part.header.and_then(|id| tables.header(id));
    let report = part.report.and_then(|id| tables.reports.get(id.index()));
    let counted = report.filter(|report| report.part != id);
    let counted = counted.and_then(|report| tables.part(report.part));
    let text = |text: Option<&str>| text.map(str::to_owned);
    Some(PartLine {
        path: place(tables, part).path,
        format: part.format,
        outcome: if counted.is_some() { Some(Outcome::Duplicate) } else { part.outcome },
        kind: header.as_ref().map(|header| header.kind),
        reporter: header.as_ref().and_then(|header| text(header.reporter.as_deref())),
        domain: header.as_ref().and_then(|header| text(header.domain.as_deref())),
        report_id: header.as_ref().and_then(|header| text(header.report_id.as_deref())),
        records: report.map_or(0, |report| report.records),
        duplicate_of: counted.map(|counted| place(tables, counted)),
        findings: findings::of(store, id, part),
    })
}

/// Where a part is, as people read it: a member without a name is its number.
pub fn place(tables: &Tables, part: &PartRow) -> PlaceLine {
    let file = tables.files.get(part.file.index());
    let name = file.and_then(|file| tables.dictionaries.terms.get(file.name));
    PlaceLine {
        file: tables.file_of(part),
        file_name: name.unwrap_or_default().to_owned(),
        path: labels(&tables.steps(part)).map(Cow::into_owned).collect(),
    }
}
