//! What records are filtered and grouped by, each dimension in one place: its
//! name, the column that it is read from, how its values are shown, and how
//! they are read.
//!
//! A dimension has values of one id: a report, an address, a text, or a list of
//! results. So it is worked out once for each distinct id, and a pass over the
//! rows only looks ids up. A row has a value for each entry of its list (a DKIM
//! signature, an SPF check, an override reason), and always at least one: where
//! nothing is stated, the absent one.

use serde::{Deserialize, Serialize};

use super::collate::lower_case;

/// See the module's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Dimension {
    /// The policy domain.
    Domain,
    /// `org_name` (RFC 7489 App. C, RFC 9990 §3.1.1.3).
    Reporter,
    ReportId,
    SourceIp,
    HeaderFrom,
    EnvelopeFrom,
    /// The reporter's verdict: `pass` where DKIM or SPF passes aligned, else `fail`.
    Verdict,
    /// Aligned, by the reporter.
    SpfAligned,
    /// Aligned, by the reporter.
    DkimAligned,
    Disposition,
    /// The type of each override reason.
    Reason,
    /// Of each SPF check.
    SpfDomain,
    /// Raw, of each SPF check.
    SpfResult,
    /// Of each signature.
    DkimDomain,
    /// Of each signature.
    Selector,
    /// Raw, of each signature.
    DkimResult,
    /// The UTC day in which the report's period begins: `2026-11-24`.
    Day,
    /// The Monday before it or on it: `2026-11-23`.
    Week,
    /// `2026-11`.
    Month,
}

/// A value as text, as filters name it; `None` where nothing is stated.
pub type Key = Option<String>;

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
}

/// What the values are, which decides how they are shown, sorted and searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of a small vocabulary: typed whole.
    Word,
    Text,
    /// Texts of DNS: in small letters, without the dot of the root.
    Name,
    Address,
    Day,
    Month,
}

impl Dimension {
    pub const ALL: [Self; 19] = [
        Self::Domain,
        Self::Reporter,
        Self::ReportId,
        Self::SourceIp,
        Self::HeaderFrom,
        Self::EnvelopeFrom,
        Self::Verdict,
        Self::SpfAligned,
        Self::DkimAligned,
        Self::Disposition,
        Self::Reason,
        Self::SpfDomain,
        Self::SpfResult,
        Self::DkimDomain,
        Self::Selector,
        Self::DkimResult,
        Self::Day,
        Self::Week,
        Self::Month,
    ];

    const fn spec(self) -> (&'static str, Column, Kind) {
        match self {
            Self::Domain => ("domain", Column::Report, Kind::Name),
            Self::Reporter => ("org", Column::Report, Kind::Text),
            Self::ReportId => ("report", Column::Report, Kind::Text),
            Self::SourceIp => ("ip", Column::Source, Kind::Address),
            Self::HeaderFrom => ("from", Column::HeaderFrom, Kind::Name),
            Self::EnvelopeFrom => ("envelope-from", Column::EnvelopeFrom, Kind::Name),
            Self::Verdict => ("result", Column::Evaluated, Kind::Word),
            Self::SpfAligned => ("spf-aligned", Column::Evaluated, Kind::Word),
            Self::DkimAligned => ("dkim-aligned", Column::Evaluated, Kind::Word),
            Self::Disposition => ("disposition", Column::Evaluated, Kind::Word),
            Self::Reason => ("reason", Column::Evaluated, Kind::Word),
            Self::SpfDomain => ("spf-domain", Column::Spf, Kind::Name),
            Self::SpfResult => ("spf", Column::Spf, Kind::Word),
            Self::DkimDomain => ("dkim-domain", Column::Dkim, Kind::Name),
            Self::Selector => ("selector", Column::Dkim, Kind::Name),
            Self::DkimResult => ("dkim", Column::Dkim, Kind::Word),
            Self::Day => ("day", Column::Report, Kind::Day),
            Self::Week => ("week", Column::Report, Kind::Day),
            Self::Month => ("month", Column::Report, Kind::Month),
        }
    }

    /// The name in the search box and in links: `ip` in `ip:192.0.2.0/24`.
    pub const fn code(self) -> &'static str {
        self.spec().0
    }

    /// The dimension of this name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| dimension.code() == code)
    }

    pub const fn kind(self) -> Kind {
        self.spec().2
    }

    /// Whether words without a field's name are looked for in it.
    pub fn is_searched(self) -> bool {
        matches!(self.kind(), Kind::Text | Kind::Name | Kind::Address)
    }
}

/// A text of DNS in the one spelling of all that are equal (RFC 4343).
pub(super) fn name(text: &str) -> String {
    lower_case(text.strip_suffix('.').unwrap_or(text))
}
