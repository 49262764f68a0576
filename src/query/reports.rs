//! Reports, each once however often it was read.

use super::collate::Ranks;
use super::files::place;
use super::index::{Data, Index};
use super::order::{share, sort};
use super::selection::Selection;
use super::{Filter, PolicyLine, ReportColumn, ReportLine, Sort, Table, findings};
use crate::base::{ReportKind, UnixSeconds};
use crate::store::{HeaderRow, ReportId, ReportRow, Store, Tables, TermId};

/// A moment as a key, in order from the earliest on.
pub fn moment(at: Option<UnixSeconds>) -> Option<u64> {
    at.map(|at| at.0.cast_unsigned() ^ (1 << 63))
}

/// The reports of which a filter lets some record through, or that have none and
/// are let through by what they say of themselves; sorted.
pub fn order(data: Data<'_>, filter: &Filter, by: Sort<ReportColumn>) -> Vec<u32> {
    let (tables, index) = (data.tables(), data.index);
    let row = |id: u32| tables.reports.get(id as usize);
    let header = |id: u32| tables.header_of(ReportId(id));
    let reports = || -> Vec<u32> {
        let all = index.reports().iter();
        if filter.is_empty() {
            return all.map(|id| id.0).collect();
        }
        let tables = Table::ALL.map(|table| data.of(table));
        let selections = tables.map(|data| (Selection::strict(filter, data), data));
        let passes = |id: &&ReportId| {
            let table = row(id.0).map_or(Table::default(), Table::of);
            let of = selections.iter().find(|(_, data)| data.table == table);
            of.is_some_and(|(selection, data)| selection.passes(**id, *data))
        };
        all.filter(passes).map(|id| id.0).collect()
    };
    let aggregate = |id: u32| row(id).filter(|_| is_aggregate(header(id)));
    let sorted = |key: &dyn Fn(u32) -> Option<u64>| sort(reports(), by.descending, key);
    let texts = |column: &dyn Fn(&HeaderRow) -> TermId| {
        let ids = (0..tables.reports.len() as u32).filter_map(header).map(column);
        let ranks = Ranks::of_terms(&tables.dictionaries.terms, ids);
        sorted(&|id| ranks.term(column(header(id)?)))
    };
    match by.by {
        ReportColumn::Begin => sorted(&|id| moment(header(id)?.begin)),
        ReportColumn::End => sorted(&|id| moment(header(id)?.end)),
        ReportColumn::Kind => sorted(&|id| Some(header(id)?.kind as u64)),
        ReportColumn::Reporter => texts(&|header| header.reporter),
        ReportColumn::Domain => texts(&|header| header.domain),
        ReportColumn::Records => sorted(&|id| Some(row(id)?.records.into())),
        ReportColumn::Messages => sorted(&|id| Some(aggregate(id)?.messages)),
        ReportColumn::Passed => sorted(&|id| share(aggregate(id)?.passed, aggregate(id)?.judged)),
        ReportColumn::Policy => texts(&|header| tables.dictionaries.policy_action(header.policy)),
        ReportColumn::ReportId => texts(&|header| header.report_id),
    }
}

fn is_aggregate(header: Option<&HeaderRow>) -> bool {
    header.is_some_and(|header| header.kind == ReportKind::Aggregate)
}

pub fn line(store: &Store, index: &Index, report: u32) -> Option<ReportLine> {
    let tables = store.tables();
    let id = ReportId(report);
    let row = tables.reports.get(id.index())?;
    let &ReportRow { part, records, messages, passed, judged, .. } = row;
    let counted = tables.part(part)?;
    let header = tables.header(counted.header?)?;
    let aggregate = header.kind == ReportKind::Aggregate;
    let text = |text: Option<std::borrow::Cow<'_, str>>| text.map(|text| text.into_owned());
    let copies = index.copies(id).iter().filter_map(|id| tables.part(*id));
    Some(ReportLine {
        report,
        kind: header.kind,
        reporter: text(header.reporter),
        contact: text(header.contact),
        extra_contact_info: header.extra_contact_info.map(|info| info.text.into_owned()),
        report_id: text(header.report_id),
        domain: text(header.domain),
        begin: header.begin,
        end: header.end,
        records,
        messages: aggregate.then_some(messages),
        passed: aggregate.then_some(passed),
        judged: aggregate.then_some(judged),
        policy: policy(tables, counted.header.and_then(|id| tables.headers.get(id.index()))?),
        errors: header.errors.into_iter().map(|error| error.text.into_owned()).collect(),
        generator: text(header.generator),
        version: text(header.version),
        namespace: text(header.namespace),
        extras: header
            .extras
            .into_iter()
            .map(|extra| (extra.path.into_owned(), extra.text.into_owned()))
            .collect(),
        places: copies.map(|part| place(tables, part)).collect(),
        locus: tables.locus(id)?,
        id_reused: store.is_id_reused(id),
        findings: findings::of(store, part, counted),
    })
}

/// The policy that a report states.
pub fn policy(tables: &Tables, header: &HeaderRow) -> PolicyLine {
    let Some(policy) = tables.dictionaries.policy(header.policy) else {
        return PolicyLine::default();
    };
    PolicyLine {
        p: policy.p.map(|token| token.as_str().to_owned()),
        sp: policy.sp.map(|token| token.as_str().to_owned()),
        np: policy.np.map(|token| token.as_str().to_owned()),
        adkim: policy.adkim.map(|token| token.as_str().to_owned()),
        aspf: policy.aspf.map(|token| token.as_str().to_owned()),
        pct: policy.pct.map(|text| text.into_owned()),
        fo: policy.fo.map(|text| text.into_owned()),
        testing: policy.testing.map(|token| token.as_str().to_owned()),
        discovery_method: policy.discovery_method.map(|token| token.as_str().to_owned()),
    }
}
