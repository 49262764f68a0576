//! The columns that dimensions are read from.

use super::index::Data;
use super::table::Table;
use crate::store::Tables;

/// The column of the store whose ids decide a dimension's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    Report,
    Source,
    HeaderFrom,
    EnvelopeFrom,
    Evaluated,
    Dkim,
    Spf,
    /// Derived: see [`Judgement`](crate::store::Judgement).
    Judgement,
    Domain,
    Policy,
    Failure,
    Receiver,
    /// See [`MessageTerms`](crate::store::MessageTerms).
    Message,
}

impl Column {
    pub(super) const ALL: [Self; 13] = [
        Self::Report,
        Self::Source,
        Self::HeaderFrom,
        Self::EnvelopeFrom,
        Self::Evaluated,
        Self::Dkim,
        Self::Spf,
        Self::Judgement,
        Self::Domain,
        Self::Policy,
        Self::Failure,
        Self::Receiver,
        Self::Message,
    ];

    /// The only table that has it, if not all have.
    pub(super) fn table(self) -> Option<Table> {
        match self {
            Self::Report | Self::Source => None,
            Self::Domain | Self::Policy | Self::Failure | Self::Receiver => Some(Table::Tls),
            Self::Message => Some(Table::Failure),
            _ => Some(Table::Aggregate),
        }
    }

    /// The ids of all rows of the table in hand, which has this column.
    pub(super) fn ids(self, data: Data<'_>) -> &[u32] {
        let Tables { rows, tls, failures, .. } = data.tables();
        match (self, data.table) {
            (Self::Report, Table::Tls) => bytemuck::cast_slice(&tls.report),
            (Self::Source, Table::Tls) => bytemuck::cast_slice(&tls.source),
            (Self::Report, Table::Failure) => bytemuck::cast_slice(&failures.report),
            (Self::Source, Table::Failure) => bytemuck::cast_slice(&failures.source),
            (Self::Domain, _) => bytemuck::cast_slice(&tls.domain),
            (Self::Policy, _) => bytemuck::cast_slice(&tls.policy),
            (Self::Failure, _) => bytemuck::cast_slice(&tls.failure),
            (Self::Receiver, _) => bytemuck::cast_slice(&tls.receiver),
            (Self::Report, _) => bytemuck::cast_slice(&rows.report),
            (Self::Source, _) => bytemuck::cast_slice(&rows.source),
            (Self::HeaderFrom, _) => bytemuck::cast_slice(&rows.header_from),
            (Self::EnvelopeFrom, _) => bytemuck::cast_slice(&rows.envelope_from),
            (Self::Evaluated, _) => bytemuck::cast_slice(&rows.evaluated),
            (Self::Dkim, _) => bytemuck::cast_slice(&rows.dkim),
            (Self::Spf, _) => bytemuck::cast_slice(&rows.spf),
            (Self::Message, _) => bytemuck::cast_slice(&failures.message),
            (Self::Judgement, _) => data.judgements(),
        }
    }

    /// Ids are less than this.
    pub(super) fn bound(self, data: Data<'_>) -> usize {
        let facts = &data.tables().dictionaries;
        match self {
            Self::Report => data.tables().reports.len(),
            Self::Source | Self::Receiver => facts.addresses.bound(),
            Self::HeaderFrom | Self::EnvelopeFrom | Self::Domain => facts.terms.bound(),
            Self::Evaluated
            | Self::Dkim
            | Self::Spf
            | Self::Policy
            | Self::Failure
            | Self::Message => facts.lists.bound(),
            // At least the one that stands for none.
            Self::Judgement => data.store.derived().bound().max(1),
        }
    }
}
