//! Records of aggregate reports.

use super::collate::Ranks;
use super::index::Data;
use super::order::sort;
use super::reports::moment;
use super::selection::Selection;
use super::{DkimLine, Filter, ReasonLine, RecordColumn, RecordLine, Sort, SpfLine};
use crate::store::{Evaluated, ListId, ReportId, RowId, Store, TermId};

/// The records that a filter lets through, sorted.
pub fn order(data: Data<'_>, filter: &Filter, by: Sort<RecordColumn>) -> Vec<u32> {
    let (tables, index) = (data.tables(), data.index);
    let facts = &tables.dictionaries;
    let rows = &tables.rows;
    let chosen = || match filter.is_empty() {
        true => index.rows(tables),
        false => {
            let selection = Selection::of(filter, data);
            index.reports().iter().flat_map(|id| selection.rows_of(*id, data)).collect()
        }
    };
    let at = |column: &[TermId], row: u32| column.get(row as usize).copied();
    let evaluated = |row: u32| rows.evaluated.get(row as usize).map(|list| facts.evaluated(*list));
    let sorted = |key: &dyn Fn(u32) -> Option<u64>| sort(chosen(), by.descending, key);
    let texts = |column: &[TermId]| {
        let ranks = Ranks::of_terms(&facts.terms, column.iter().copied());
        sorted(&|row| ranks.term(at(column, row)?))
    };
    let of_report = |keys: &dyn Fn(ReportId) -> Option<u64>| {
        let keys: Vec<_> = (0..tables.reports.len() as u32).map(|id| keys(ReportId(id))).collect();
        sorted(&|row| *keys.get(rows.report.get(row as usize)?.index())?)
    };
    let of_list = |key: &dyn Fn(Evaluated) -> Option<u64>| {
        let lists = (0..facts.lists.bound() as u32).map(ListId);
        let keys: Vec<_> = lists.map(|list| key(facts.evaluated(list))).collect();
        sorted(&|row| *keys.get(rows.evaluated.get(row as usize)?.index())?)
    };
    let of_token = |token: &dyn Fn(Evaluated) -> TermId| {
        let ids = (0..rows.len() as u32).filter_map(evaluated).map(token);
        let ranks = Ranks::of_terms(&facts.terms, ids);
        of_list(&|evaluated| ranks.term(token(evaluated)))
    };
    match by.by {
        RecordColumn::Begin => of_report(&|id| moment(tables.header_of(id)?.begin)),
        RecordColumn::Reporter => {
            let ids = (0..tables.reports.len() as u32).map(ReportId);
            let ids = ids.filter_map(|id| tables.header_of(id)).map(|header| header.reporter);
            let ranks = Ranks::of_terms(&facts.terms, ids);
            of_report(&|id| ranks.term(tables.header_of(id)?.reporter))
        }
        RecordColumn::SourceIp => {
            let ranks = Ranks::of_addresses(facts, rows.source.iter().copied());
            sorted(&|row| ranks.address(*rows.source.get(row as usize)?))
        }
        RecordColumn::Messages => sorted(&|row| rows.count.get(row as usize).copied()),
        RecordColumn::Verdict => of_list(&|evaluated| evaluated.passed().map(u64::from)),
        RecordColumn::Disposition => of_token(&|evaluated| evaluated.disposition),
        RecordColumn::Dkim => of_token(&|evaluated| evaluated.dkim),
        RecordColumn::Spf => of_token(&|evaluated| evaluated.spf),
        RecordColumn::HeaderFrom => texts(&rows.header_from),
        RecordColumn::EnvelopeFrom => texts(&rows.envelope_from),
        RecordColumn::EnvelopeTo => texts(&rows.envelope_to),
    }
}

pub fn line(store: &Store, row: u32) -> Option<RecordLine> {
    let tables = store.tables();
    let ids = tables.rows.get(RowId(row))?;
    let record = tables.record(RowId(row))?;
    let header = tables.header_of(ids.report)?;
    let derived = store.derived().of_row(RowId(row));
    let (ours, mut alignments) =
        derived.map_or_else(Default::default, |(ours, alignments)| (ours, Some(alignments)));
    let mut alignment = || alignments.as_mut().and_then(Iterator::next).unwrap_or_default();
    let text = |text: Option<std::borrow::Cow<'_, str>>| text.map(|text| text.into_owned());
    let term = |id| tables.dictionaries.terms.get(id).map(str::to_owned);
    Some(RecordLine {
        row,
        report: ids.report.0,
        begin: header.begin,
        end: header.end,
        reporter: term(header.reporter),
        contact: term(header.contact),
        report_id: term(header.report_id),
        domain: term(header.domain),
        source_ip: record.source_ip.map(|address| address.to_string()),
        messages: ids.count,
        passed: tables.dictionaries.evaluated(ids.evaluated).passed(),
        ours,
        disposition: record.disposition.map(|token| token.as_str().to_owned()),
        dkim: record.dkim.map(|token| token.as_str().to_owned()),
        spf: record.spf.map(|token| token.as_str().to_owned()),
        header_from: text(record.header_from),
        envelope_from: text(record.envelope_from),
        envelope_to: text(record.envelope_to),
        reasons: record
            .reasons
            .into_iter()
            .map(|reason| ReasonLine {
                kind: reason.kind.map(|token| token.as_str().to_owned()),
                comment: text(reason.comment),
            })
            .collect(),
        dkim_results: record
            .auth
            .dkim
            .into_iter()
            .map(|dkim| DkimLine {
                domain: text(dkim.domain),
                selector: text(dkim.selector),
                result: dkim.result.map(|token| token.as_str().to_owned()),
                human_result: text(dkim.human_result),
                alignment: alignment(),
            })
            .collect(),
        spf_results: record
            .auth
            .spf
            .into_iter()
            .map(|spf| SpfLine {
                domain: text(spf.domain),
                scope: spf.scope.map(|token| token.as_str().to_owned()),
                result: spf.result.map(|token| token.as_str().to_owned()),
                human_result: text(spf.human_result),
                alignment: alignment(),
            })
            .collect(),
        extras: record
            .extras
            .into_iter()
            .map(|extra| (extra.path.into_owned(), extra.text.into_owned()))
            .collect(),
    })
}
