//! The records of all aggregate reports, one column a fact.

use bytemuck::Pod;
use serde::{Deserialize, Serialize};

use super::{AddressId, ListId, ReportId, RowId, TermId, raw};

macro_rules! columns {
    ($($(#[$doc:meta])* $column:ident: $type:ty,)+) => {
        /// One aggregate `<record>`, as ids.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Row {$(
            $(#[$doc])*
            pub $column: $type,
        )+}

        /// All records as columns of equal length. The records of one report
        /// stand together, in their own order.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub struct Rows {$(
            $(#[$doc])*
            #[serde(with = "raw")]
            pub $column: Vec<$type>,
        )+}

        impl Rows {
            pub fn push(&mut self, row: Row) {
                $(self.$column.push(row.$column);)+
            }

            pub fn get(&self, id: RowId) -> Option<Row> {
                let at = id.index();
                Some(Row {$($column: *self.$column.get(at)?,)+})
            }

            pub fn truncate(&mut self, len: usize) {
                $(self.$column.truncate(len);)+
            }

            /// Room for `more` rows, and a little ahead: columns are large, and
            /// doubling them would waste as much again.
            pub fn reserve(&mut self, more: usize) {
                $(reserve(&mut self.$column, more);)+
            }

            /// Memory held.
            pub fn bytes(&self) -> u64 {
                let mut bytes = 0;
                $(bytes += self.$column.capacity() * size_of::<$type>();)+
                bytes as u64
            }

            /// Whether all columns are as long as the first.
            pub(super) fn is_even(&self) -> bool {
                true $(&& self.$column.len() == self.len())+
            }
        }
    };
}

columns! {
    report: ReportId,
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

impl Rows {
    pub fn len(&self) -> usize {
        self.report.len()
    }

    pub fn is_empty(&self) -> bool {
        self.report.is_empty()
    }
}

fn reserve<T: Pod>(column: &mut Vec<T>, more: usize) {
    if column.capacity() - column.len() < more {
        column.reserve_exact(more.max(column.len() / 4));
    }
}
