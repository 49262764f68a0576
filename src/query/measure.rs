//! What is counted of rows, and what each row adds.

use serde::{Deserialize, Serialize};

use super::Table;
use crate::store::{Evaluated, TermId};

/// See the module's text. All but the distinct counts and the moments are sums over
/// rows; those of another table than the one asked are 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    Messages,
    /// Aggregate `<record>`s.
    Records,
    /// Messages that pass DMARC, by the reporter.
    Passed,
    /// Messages of which the reporter states a verdict: what passes is a part of these.
    Judged,
    /// Messages whose SPF passes aligned, by the reporter.
    SpfAligned,
    /// Messages whose DKIM passes aligned, by the reporter.
    DkimAligned,
    /// Messages of disposition `quarantine`.
    Quarantined,
    /// Messages of disposition `reject`.
    Rejected,
    /// Distinct source addresses, the one not stated included.
    SourceIps,
    /// Distinct reporters, the one not stated included.
    Reporters,
    /// Distinct reports.
    Reports,
    /// Sessions that a TLS report says went well.
    Successful,
    /// Sessions that failed, by the summary of their policy (RFC 8460 §4.4).
    Failed,
    /// Sessions that failed, by the failure details: one session may be in several.
    Detailed,
    /// Policies that TLS reports give a summary of.
    Policies,
    /// Failure details of TLS reports.
    Details,
    /// Messages of failure reports, each as often as its report says that it was seen.
    Incidents,
    /// When the first report begins: Unix seconds, 0 where no time is known.
    First,
    /// When the last report ends: Unix seconds, 0 where no time is known.
    Last,
}

impl Measure {
    pub const ALL: [Self; 19] = [
        Self::Messages,
        Self::Records,
        Self::Passed,
        Self::Judged,
        Self::SpfAligned,
        Self::DkimAligned,
        Self::Quarantined,
        Self::Rejected,
        Self::SourceIps,
        Self::Reporters,
        Self::Reports,
        Self::Successful,
        Self::Failed,
        Self::Detailed,
        Self::Policies,
        Self::Details,
        Self::Incidents,
        Self::First,
        Self::Last,
    ];

    /// Whether it adds up over rows, unlike a count of what is distinct.
    pub(super) fn is_sum(self) -> bool {
        !matches!(
            self,
            Self::SourceIps | Self::Reporters | Self::Reports | Self::First | Self::Last
        )
    }

    /// Whether a table knows nothing of it.
    pub(super) fn is_foreign(self, table: Table) -> bool {
        let of = match self {
            Self::SourceIps | Self::Reporters | Self::Reports | Self::First | Self::Last => {
                return false;
            }
            Self::Successful | Self::Failed | Self::Detailed | Self::Policies | Self::Details => {
                Table::Tls
            }
            Self::Incidents => Table::Failure,
            _ => Table::Aggregate,
        };
        of != table
    }

    /// Whether the messages of a row with this verdict count.
    pub(super) fn counts(self, evaluated: Evaluated) -> bool {
        match self {
            Self::Passed => evaluated.passed() == Some(true),
            Self::Judged => evaluated.passed().is_some(),
            Self::SpfAligned => evaluated.spf == TermId::PASS,
            Self::DkimAligned => evaluated.dkim == TermId::PASS,
            Self::Quarantined => evaluated.disposition == TermId::QUARANTINE,
            Self::Rejected => evaluated.disposition == TermId::REJECT,
            _ => true,
        }
    }
}
