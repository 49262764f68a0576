//! What reports count, one column a fact: the records of aggregate reports, what
//! TLS reports say of sessions, and failure reports of a message each.

use bytemuck::Pod;
use serde::{Deserialize, Serialize};
use vitrail_kernels::packed;

use super::{AddressId, Extras, ListId, ReportId, RowId, TermId};

macro_rules! columns {
    ($(
        $(#[$row_doc:meta])* $row:ident,
        $(#[$rows_doc:meta])* $rows:ident { $($(#[$doc:meta])* $column:ident: $type:ty,)+ }
    )+) => {$(
        $(#[$row_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $row {
            pub report: ReportId,
            $($(#[$doc])* pub $column: $type,)+
        }

        $(#[$rows_doc])*
        ///
        /// Columns are of equal length. The rows of one report stand together, in
        /// their own order.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $rows {
            #[serde(with = "packed")]
            pub report: Vec<ReportId>,
            $(
                $(#[$doc])*
                #[serde(with = "packed")]
                pub $column: Vec<$type>,
            )+
            /// What rows state beyond all schemas, for the few that do.
            pub extras: Extras,
        }

        impl $rows {
            pub fn push(&mut self, row: $row) {
                self.report.push(row.report);
                $(self.$column.push(row.$column);)+
            }

            /// Many at once, column by column.
            pub fn extend(&mut self, rows: &[$row]) {
                self.report.extend(rows.iter().map(|row| row.report));
                $(self.$column.extend(rows.iter().map(|row| row.$column));)+
            }

            pub fn get(&self, id: RowId) -> Option<$row> {
                let at = id.index();
                Some($row { report: *self.report.get(at)?, $($column: *self.$column.get(at)?,)+ })
            }

            pub fn truncate(&mut self, len: usize) {
                self.report.truncate(len);
                $(self.$column.truncate(len);)+
                self.extras.truncate(len);
            }

            /// Room for `more` rows, and a little ahead: columns are large, and
            /// doubling them would waste as much again.
            pub fn reserve(&mut self, more: usize) {
                reserve(&mut self.report, more);
                $(reserve(&mut self.$column, more);)+
            }

            pub fn len(&self) -> usize {
                self.report.len()
            }

            pub fn is_empty(&self) -> bool {
                self.report.is_empty()
            }

            /// Memory held.
            pub fn bytes(&self) -> u64 {
                let mut bytes = self.report.capacity() * size_of::<ReportId>();
                $(bytes += self.$column.capacity() * size_of::<$type>();)+
                bytes as u64 + self.extras.bytes()
            }

            /// Whether all columns are as long as the first.
            pub(super) fn is_even(&self) -> bool {
                true $(&& self.$column.len() == self.len())+
            }
        }
    )+};
}

columns! {
    /// One aggregate `<record>`, as ids.
    Row,
    /// The records of all aggregate reports.
    Rows {
        source: AddressId,
        /// Messages; 0 where it is missing.
        count: u64,
        /// Disposition, aligned verdicts and reasons (`Dictionaries::evaluated`).
        evaluated: ListId,
        header_from: TermId,
        envelope_from: TermId,
        envelope_to: TermId,
        /// Raw results (`Dictionaries::dkim`).
        dkim: ListId,
        /// Raw results (`Dictionaries::spf`).
        spf: ListId,
    }

    /// The summary of a policy, or one of its failure details (RFC 8460 §4.4), as ids.
    TlsRow,
    /// The sessions of all TLS reports: of each policy its summary, and after it
    /// its failure details. The two are counted apart, since details may add up to
    /// more than the summary has.
    TlsRows {
        /// The mail domain: the policy's, but for a DANE policy that is named after
        /// an MX host.
        domain: TermId,
        /// What the session was held against (`Dictionaries::tls_policy`).
        policy: ListId,
        /// What failed (`Dictionaries::tls_failure`); the empty list in a summary.
        failure: ListId,
        /// `sending-mta-ip`
        source: AddressId,
        /// `receiving-ip`
        receiver: AddressId,
        /// Sessions; 0 in details.
        successful: u64,
        /// Sessions; 0 in details.
        failed: u64,
        /// Sessions; 0 in summaries.
        detailed: u64,
        /// Which of the counts are stated ([`TlsRow::SUCCESSFUL`] and its like).
        stated: u8,
    }

    /// What a failure report says of a message (RFC 5965 §3, RFC 6591 §3), as ids.
    FailureRow,
    /// The messages of all failure reports.
    FailureRows {
        /// `Source-IP`
        source: AddressId,
        /// All that is stated in words (`Dictionaries::message`).
        message: ListId,
        /// How often it was seen: 1 where it is not stated (RFC 5965 §3.2).
        incidents: u64,
    }
}

impl TlsRow {
    pub const SUCCESSFUL: u8 = 1;
    pub const FAILED: u8 = 2;
    pub const DETAILED: u8 = 4;

    /// Whether it is the summary of a policy, and not one of its details.
    pub fn is_summary(&self) -> bool {
        self.failure == ListId::default()
    }
}

fn reserve<T: Pod>(column: &mut Vec<T>, more: usize) {
    if column.capacity() - column.len() < more {
        column.reserve_exact(more.max(column.len() / 2));
    }
}
