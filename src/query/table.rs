//! The tables that questions are put to: records of aggregate reports, the
//! sessions of TLS reports, and the messages of failure reports.

use serde::{Deserialize, Serialize};

use super::Measure;
use crate::store::{ReportRow, Span, Tables};

/// Which rows a question adds up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Table {
    /// A row for each `<record>` of an aggregate report.
    #[default]
    Aggregate,
    /// Of each policy of a TLS report a row for its summary, and one for each of its
    /// failure details.
    Tls,
    /// A row for the message that a failure report is about.
    Failure,
}

impl Table {
    pub const ALL: [Self; 3] = [Self::Aggregate, Self::Tls, Self::Failure];

    /// Its name in links.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Aggregate => "aggregate",
            Self::Tls => "tls",
            Self::Failure => "failure",
        }
    }

    /// The table that has the rows of a report. Of one without any, the one that
    /// asks a report's header for its domain.
    pub(super) fn of(report: &ReportRow) -> Self {
        let has_rows = |table: &Self| !table.rows_of(report).range().is_empty();
        Self::ALL.into_iter().find(has_rows).unwrap_or_default()
    }

    /// What makes one value weigh more than another.
    pub(super) fn measure(self) -> Measure {
        match self {
            Self::Aggregate => Measure::Messages,
            Self::Tls | Self::Failure => Measure::Reports,
        }
    }

    /// Rows there are.
    pub(super) fn rows(self, tables: &Tables) -> usize {
        match self {
            Self::Aggregate => tables.rows.len(),
            Self::Tls => tables.tls.len(),
            Self::Failure => tables.failures.len(),
        }
    }

    /// The rows of a report.
    pub(super) fn rows_of(self, report: &ReportRow) -> Span {
        match self {
            Self::Aggregate => report.rows,
            Self::Tls => report.tls,
            Self::Failure => report.failures,
        }
    }

    /// What each row adds to a measure, before any condition; `None` for those
    /// that count rows or what is distinct, and for those of another table.
    pub(super) fn counts(self, tables: &Tables, measure: Measure) -> Option<&[u64]> {
        Some(match measure {
            Measure::Messages
            | Measure::Passed
            | Measure::Judged
            | Measure::SpfAligned
            | Measure::DkimAligned
            | Measure::Quarantined
            | Measure::Rejected => &tables.rows.count,
            Measure::Successful => &tables.tls.successful,
            Measure::Failed => &tables.tls.failed,
            Measure::Detailed => &tables.tls.detailed,
            Measure::Incidents => &tables.failures.incidents,
            _ => return None,
        })
    }
}
