//! What is counted of records, and what each row adds.

use serde::{Deserialize, Serialize};

use crate::store::{Evaluated, TermId};

/// See the module's text. All but the distinct counts are sums over rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    Messages,
    /// Aggregate `<record>`s.
    Records,
    /// Messages that pass DMARC, by the reporter.
    Passed,
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
}

impl Measure {
    pub const ALL: [Self; 10] = [
        Self::Messages,
        Self::Records,
        Self::Passed,
        Self::SpfAligned,
        Self::DkimAligned,
        Self::Quarantined,
        Self::Rejected,
        Self::SourceIps,
        Self::Reporters,
        Self::Reports,
    ];

    /// Whether it adds up over rows, unlike a count of what is distinct.
    pub(super) fn is_sum(self) -> bool {
        !matches!(self, Self::SourceIps | Self::Reporters | Self::Reports)
    }

    /// Whether the messages of a row with this verdict count.
    pub(super) fn counts(self, evaluated: Evaluated) -> bool {
        match self {
            Self::Passed => evaluated.passed() == Some(true),
            Self::SpfAligned => evaluated.spf == TermId::PASS,
            Self::DkimAligned => evaluated.dkim == TermId::PASS,
            Self::Quarantined => evaluated.disposition == TermId::QUARANTINE,
            Self::Rejected => evaluated.disposition == TermId::REJECT,
            Self::Messages | Self::Records | Self::SourceIps | Self::Reporters | Self::Reports => {
                true
            }
        }
    }
}
