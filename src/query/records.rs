//! Records of aggregate reports.

use bytemuck::cast_slice;
use serde::{Deserialize, Serialize};

use super::collate::Ranks;
use super::index::Data;
use super::order::{sort_by_counts, sort_by_ids};
use super::reports::{moment, policy};
use super::selection::Selection;
use super::values::Values;
use super::{Dimension, Filter, PolicyLine, Sort};
use crate::base::{Locus, UnixSeconds};
use crate::store::{
    Alignment, Evaluated, HeaderRow, Judgement, ListId, ReportId, RowId, Store, TermId,
};

/// Sortable columns of the Records screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordColumn {
    Begin,
    Reporter,
    SourceIp,
    Messages,
    /// The reporter's verdict: fail before pass.
    Verdict,
    Disposition,
    /// Aligned, by the reporter.
    Dkim,
    /// Aligned, by the reporter.
    Spf,
    HeaderFrom,
    EnvelopeFrom,
    EnvelopeTo,
    Domain,
    ReportId,
    Contact,
    OurVerdict,
    OurDkim,
    OurSpf,
    Agreement,
    /// Of several signatures, checks or reasons, the first that states it.
    DkimDomain,
    Selector,
    SpfDomain,
    Reason,
    Comment,
}

/// One record as the Records screen shows it. Absent texts are `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordLine {
    /// Names the row until the store changes.
    pub row: u32,
    pub report: u32,
    pub begin: Option<UnixSeconds>,
    pub end: Option<UnixSeconds>,
    pub reporter: Option<String>,
    pub contact: Option<String>,
    pub report_id: Option<String>,
    pub domain: Option<String>,
    /// That the report states, for all records of it.
    pub policy: PolicyLine,
    pub source_ip: Option<String>,
    pub messages: u64,
    /// The reporter's: DKIM or SPF passes aligned. `None` where neither is stated.
    pub passed: Option<bool>,
    /// Ours, from what the report lists.
    pub ours: Judgement,
    pub disposition: Option<String>,
    pub dkim: Option<String>,
    pub spf: Option<String>,
    pub header_from: Option<String>,
    pub envelope_from: Option<String>,
    pub envelope_to: Option<String>,
    pub reasons: Vec<ReasonLine>,
    /// Raw results, never to be shown as if they were DMARC's.
    pub dkim_results: Vec<DkimLine>,
    /// Raw results, never to be shown as if they were DMARC's.
    pub spf_results: Vec<SpfLine>,
    pub extras: Vec<(String, String)>,
    /// Of the report: the record is in it.
    pub locus: Locus,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonLine {
    pub kind: Option<String>,
    pub comment: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DkimLine {
    pub domain: Option<String>,
    pub selector: Option<String>,
    pub result: Option<String>,
    pub human_result: Option<String>,
    /// Ours.
    pub alignment: Alignment,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpfLine {
    pub domain: Option<String>,
    pub scope: Option<String>,
    pub result: Option<String>,
    pub human_result: Option<String>,
    /// Ours.
    pub alignment: Alignment,
}

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
    let evaluated = |row: u32| rows.evaluated.get(row as usize).map(|list| facts.evaluated(*list));
    let by_ids =
        |ids: &[u32], keys: &[Option<u64>]| sort_by_ids(chosen(), by.descending, ids, keys);
    let texts = |column: &[TermId]| {
        let ranks = Ranks::of_terms(&facts.terms, column.iter().copied());
        by_ids(cast_slice(column), &ranks.keys())
    };
    let of_report = |key: &dyn Fn(ReportId) -> Option<u64>| {
        let keys: Vec<_> = (0..tables.reports.len() as u32).map(|id| key(ReportId(id))).collect();
        by_ids(cast_slice(&rows.report), &keys)
    };
    let lists = || (0..facts.lists.bound() as u32).map(ListId);
    let by_list = |key: &dyn Fn(ListId) -> Option<u64>| {
        let keys: Vec<_> = lists().map(key).collect();
        by_ids(cast_slice(&rows.evaluated), &keys)
    };
    let of_list = |key: &dyn Fn(Evaluated) -> Option<u64>| by_list(&|id| key(facts.evaluated(id)));
    let of_token = |token: &dyn Fn(Evaluated) -> TermId| {
        let ids = (0..rows.len() as u32).filter_map(evaluated).map(token);
        let ranks = Ranks::of_terms(&facts.terms, ids);
        of_list(&|evaluated| ranks.term(token(evaluated)))
    };
    let of_header = |text: fn(&HeaderRow) -> TermId| {
        let ids = (0..tables.reports.len() as u32).map(ReportId);
        let ids = ids.filter_map(|id| tables.header_of(id)).map(text);
        let ranks = Ranks::of_terms(&facts.terms, ids);
        of_report(&|id| ranks.term(text(tables.header_of(id)?)))
    };
    let of_values = |on: Dimension| {
        let (values, ids) = (Values::of(data, on), on.column(data.table).ids(data));
        let ranks = values.ranks(data, &mut (0..values.len() as u32));
        let rank = |code: &u32| ranks.get(*code as usize).copied().flatten();
        let key = |id| values.of_id(id).iter().find_map(rank).map(u64::from);
        let keys: Vec<_> = (0..on.column(data.table).bound(data) as u32).map(key).collect();
        by_ids(ids, &keys)
    };
    match by.by {
        RecordColumn::Begin => of_report(&|id| moment(tables.header_of(id)?.begin)),
        RecordColumn::Reporter => of_header(|header| header.reporter),
        RecordColumn::Contact => of_header(|header| header.contact),
        RecordColumn::SourceIp => {
            let ranks = Ranks::of_addresses(facts, rows.source.iter().copied());
            by_ids(cast_slice(&rows.source), &ranks.keys())
        }
        RecordColumn::Messages => sort_by_counts(chosen(), by.descending, &rows.count),
        RecordColumn::Verdict => of_list(&|evaluated| evaluated.passed().map(u64::from)),
        RecordColumn::Disposition => of_token(&|evaluated| evaluated.disposition),
        RecordColumn::Dkim => of_token(&|evaluated| evaluated.dkim),
        RecordColumn::Spf => of_token(&|evaluated| evaluated.spf),
        RecordColumn::HeaderFrom => texts(&rows.header_from),
        RecordColumn::EnvelopeFrom => texts(&rows.envelope_from),
        RecordColumn::EnvelopeTo => texts(&rows.envelope_to),
        RecordColumn::Comment => {
            let comments = |list| facts.reason_terms(list).map(|[_, comment]| comment);
            let ranks = Ranks::of_terms(&facts.terms, lists().flat_map(comments));
            by_list(&|list| comments(list).find_map(|it| ranks.term(it)))
        }
        RecordColumn::Domain => of_values(Dimension::Domain),
        RecordColumn::ReportId => of_values(Dimension::ReportId),
        RecordColumn::OurVerdict => of_values(Dimension::OurVerdict),
        RecordColumn::OurDkim => of_values(Dimension::OurDkim),
        RecordColumn::OurSpf => of_values(Dimension::OurSpf),
        RecordColumn::Agreement => of_values(Dimension::Agreement),
        RecordColumn::DkimDomain => of_values(Dimension::DkimDomain),
        RecordColumn::Selector => of_values(Dimension::Selector),
        RecordColumn::SpfDomain => of_values(Dimension::SpfDomain),
        RecordColumn::Reason => of_values(Dimension::Reason),
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
        policy: policy(tables, header),
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
        locus: tables.locus(ids.report)?,
    })
}
