//! The columns that dimensions are read from.

use super::index::Data;
use super::table::Table;

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
}

impl Column {
    pub(super) const ALL: [Self; 12] = [
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
    ];

    /// The only table that has it, if not all have.
    pub(super) fn table(self) -> Option<Table> {
        match self {
            Self::Report | Self::Source => None,
            Self::Domain | Self::Policy | Self::Failure | Self::Receiver => Some(Table::Tls),
            _ => Some(Table::Aggregate),
        }
    }

    /// The ids of all rows of the table in hand, which has this column.
    pub(super) fn ids(self, data: Data<'_>) -> &[u32] {
        let (rows, tls) = (&data.tables().rows, &data.tables().tls);
        match self {
            Self::Report if data.table == Table::Tls => bytemuck::cast_slice(&tls.report),
            Self::Source if data.table == Table::Tls => bytemuck::cast_slice(&tls.source),
            Self::Domain => bytemuck::cast_slice(&tls.domain),
            Self::Policy => bytemuck::cast_slice(&tls.policy),
            Self::Failure => bytemuck::cast_slice(&tls.failure),
            Self::Receiver => bytemuck::cast_slice(&tls.receiver),
            Self::Report => bytemuck::cast_slice(&rows.report),
            Self::Source => bytemuck::cast_slice(&rows.source),
            Self::HeaderFrom => bytemuck::cast_slice(&rows.header_from),
            Self::EnvelopeFrom => bytemuck::cast_slice(&rows.envelope_from),
            Self::Evaluated => bytemuck::cast_slice(&rows.evaluated),
            Self::Dkim => bytemuck::cast_slice(&rows.dkim),
            Self::Spf => bytemuck::cast_slice(&rows.spf),
            Self::Judgement => data.judgements(),
        }
    }

    /// Ids are less than this.
    pub(super) fn bound(self, data: Data<'_>) -> usize {
        let facts = &data.tables().dictionaries;
        match self {
            Self::Report => data.tables().reports.len(),
            Self::Source | Self::Receiver => facts.addresses.bound(),
            Self::HeaderFrom | Self::EnvelopeFrom | Self::Domain => facts.terms.bound(),
            Self::Evaluated | Self::Dkim | Self::Spf | Self::Policy | Self::Failure => {
                facts.lists.bound()
            }
            // At least the one that stands for none.
            Self::Judgement => data.store.derived().bound().max(1),
        }
    }
}
