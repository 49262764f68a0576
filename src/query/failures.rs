//! Messages of failure reports.

use serde::{Deserialize, Serialize};

use super::collate::Ranks;
use super::index::Data;
use super::order::sort;
use super::reports::moment;
use super::selection::Selection;
use super::{Filter, Sort};
use crate::base::{Locus, UnixSeconds};
use crate::store::{RowId, Store, TermId};

/// Sortable columns of the Failures screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureColumn {
    Arrival,
    Reporter,
    Domain,
    SourceIp,
    /// The first of what failed.
    AuthFailure,
    DeliveryResult,
    HeaderFrom,
    Subject,
    Incidents,
}

/// One message of a failure report as the Failures screen shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureLine {
    /// Names the row until the store changes.
    pub row: u32,
    pub report: u32,
    /// When the message arrived; else, when it was reported.
    pub arrival: Option<UnixSeconds>,
    pub reporter: Option<String>,
    pub contact: Option<String>,
    pub report_id: Option<String>,
    /// That the report is about.
    pub domain: Option<String>,
    pub source_ip: Option<String>,
    pub incidents: u64,
    pub feedback_type: Option<String>,
    pub auth_failure: Vec<String>,
    pub delivery_result: Option<String>,
    pub user_agent: Option<String>,
    pub original_mail_from: Option<String>,
    pub original_rcpt_to: Vec<String>,
    pub original_envelope_id: Option<String>,
    pub authentication_results: Vec<String>,
    pub identity_alignment: Option<String>,
    pub dkim_domain: Option<String>,
    pub dkim_identity: Option<String>,
    pub dkim_selector: Option<String>,
    pub spf_dns: Vec<String>,
    pub reported_uris: Vec<String>,
    pub header_from: Option<String>,
    pub subject: Option<String>,
    pub message_id: Option<String>,
    pub extras: Vec<(String, String)>,
    /// Of the report: the message is in it.
    pub locus: Locus,
}

/// The messages that a filter lets through, sorted.
pub fn order(data: Data<'_>, filter: &Filter, by: Sort<FailureColumn>) -> Vec<u32> {
    let tables = data.tables();
    let facts = &tables.dictionaries;
    let selection = Selection::of(filter, data);
    let reports = data.index.reports().iter();
    let chosen: Vec<u32> = reports.flat_map(|id| selection.rows_of(*id, data)).collect();
    let row = |id: u32| tables.failures.get(RowId(id));
    let header = |id: u32| tables.header_of(row(id)?.report);
    let message = |id: u32| Some(facts.message(row(id)?.message));
    let term = |id: u32| -> Option<TermId> {
        match by.by {
            FailureColumn::Reporter => Some(header(id)?.reporter),
            FailureColumn::Domain => Some(header(id)?.domain),
            FailureColumn::AuthFailure => message(id)?.auth_failure.first().copied(),
            FailureColumn::DeliveryResult => Some(message(id)?.delivery_result),
            FailureColumn::HeaderFrom => Some(message(id)?.header_from),
            _ => Some(message(id)?.subject),
        }
    };
    let used: Vec<_> = chosen.iter().filter_map(|id| term(*id)).collect();
    let sorted = |key: &dyn Fn(u32) -> Option<u64>| sort(chosen, by.descending, key);
    match by.by {
        FailureColumn::Arrival => sorted(&|id| moment(header(id)?.begin)),
        FailureColumn::Incidents => sorted(&|id| Some(row(id)?.incidents)),
        FailureColumn::SourceIp => {
            let ranks = Ranks::of_addresses(facts, tables.failures.source.iter().copied());
            sorted(&|id| ranks.address(row(id)?.source))
        }
        _ => {
            let ranks = Ranks::of_terms(&facts.terms, used.into_iter());
            sorted(&|id| ranks.term(term(id)?))
        }
    }
}

pub fn line(store: &Store, row: u32) -> Option<FailureLine> {
    let tables = store.tables();
    let ids = tables.failures.get(RowId(row))?;
    let header = tables.header_of(ids.report)?;
    let facts = &tables.dictionaries;
    let message = facts.message(ids.message);
    let text = |id| facts.terms.get(id).map(str::to_owned);
    let texts = |ids: &[TermId]| ids.iter().filter_map(|id| text(*id)).collect();
    let extras = facts.extras(tables.failures.extras.of(RowId(row))).into_iter();
    Some(FailureLine {
        row,
        report: ids.report.0,
        arrival: header.begin,
        reporter: text(header.reporter),
        contact: text(header.contact),
        report_id: text(header.report_id),
        domain: text(header.domain),
        source_ip: facts.addresses.get(ids.source, &facts.terms).map(|ip| ip.to_string()),
        incidents: ids.incidents,
        feedback_type: text(message.feedback_type),
        auth_failure: texts(message.auth_failure),
        delivery_result: text(message.delivery_result),
        user_agent: text(message.user_agent),
        original_mail_from: text(message.original_mail_from),
        original_rcpt_to: texts(message.original_rcpt_to),
        original_envelope_id: text(message.original_envelope_id),
        authentication_results: texts(message.authentication_results),
        identity_alignment: text(message.identity_alignment),
        dkim_domain: text(message.dkim_domain),
        dkim_identity: text(message.dkim_identity),
        dkim_selector: text(message.dkim_selector),
        spf_dns: texts(message.spf_dns),
        reported_uris: texts(message.reported_uris),
        header_from: text(message.header_from),
        subject: text(message.subject),
        message_id: text(message.message_id),
        locus: tables.locus(ids.report)?,
        extras: extras.map(|extra| (extra.path.into_owned(), extra.text.into_owned())).collect(),
    })
}
