//! The DMARC record `_dmarc.<domain>` (RFC 9989 §4.7, RFC 7489 §6.3).

mod external;
mod meaning;
mod read;

use std::fmt;
use std::str::FromStr;

pub use super::uri::ReportUri;
pub use external::{Permission, permissions};
pub use meaning::{Fact, meaning};
pub use read::{Place, read};

/// What receivers are asked to do with mail that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Policy {
    None,
    Quarantine,
    Reject,
}

/// How close a domain must be to that of the author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// The same Organizational Domain.
    Relaxed,
    /// The same domain.
    Strict,
}

/// Whether the domain is a public suffix (RFC 9989 §4.7 `psd`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Suffix {
    Yes,
    /// It is an Organizational Domain.
    No,
    /// The tree walk finds out.
    Unknown,
}

/// When failure reports are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureOption {
    /// `0`: nothing produced an aligned pass.
    All,
    /// `1`: something did not.
    Any,
    /// `d`: a DKIM signature failed, aligned or not.
    Dkim,
    /// `s`: SPF failed, aligned or not.
    Spf,
}

macro_rules! tokens {
    ($($name:ident { $($variant:ident = $token:literal),+ })+) => {$(
        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As it stands in a record.
            pub const fn token(self) -> &'static str {
                match self {$(Self::$variant => $token),+}
            }
        }

        /// The token in any letter case, as the ABNF has it.
        impl FromStr for $name {
            type Err = ();

            fn from_str(text: &str) -> Result<Self, ()> {
                let is = |value: &&Self| value.token().eq_ignore_ascii_case(text);
                Self::ALL.iter().find(is).copied().ok_or(())
            }
        }
    )+};
}

tokens! {
    Policy { None = "none", Quarantine = "quarantine", Reject = "reject" }
    Alignment { Relaxed = "r", Strict = "s" }
    Suffix { Yes = "y", No = "n", Unknown = "u" }
    FailureOption { All = "0", Any = "1", Dkim = "d", Spf = "s" }
}

/// A record: what its tags say. `None` and empty lists are tags that are not there;
/// their defaults are in [`Record::effective`]. Its `Display` is the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// `p`.
    pub policy: Option<Policy>,
    /// `sp`: subdomains.
    pub subdomains: Option<Policy>,
    /// `np`: subdomains that do not exist.
    pub nonexistent: Option<Policy>,
    /// `t`: whether the policy is only tried out.
    pub testing: Option<bool>,
    /// `psd`.
    pub suffix: Option<Suffix>,
    /// `adkim`.
    pub dkim: Option<Alignment>,
    /// `aspf`.
    pub spf: Option<Alignment>,
    /// `rua`: where aggregate reports go.
    pub aggregate: Vec<ReportUri>,
    /// `ruf`: where failure reports go.
    pub failure: Vec<ReportUri>,
    /// `fo`.
    pub failure_options: Vec<FailureOption>,
    /// `pct`, 0 to 100; historic.
    pub percent: Option<u8>,
    /// `ri`, in seconds; historic.
    pub interval: Option<u32>,
    /// `rf`; historic.
    pub format: Option<String>,
    /// Tags that no document defines.
    pub unknown: Vec<(String, String)>,
}

/// What a record comes to, defaults filled in (RFC 9989 §4.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effective {
    pub policy: Policy,
    pub subdomains: Policy,
    pub nonexistent: Policy,
    pub testing: bool,
    pub suffix: Suffix,
    pub dkim: Alignment,
    pub spf: Alignment,
}

impl Record {
    pub fn effective(&self) -> Effective {
        let policy = self.policy.unwrap_or(Policy::None);
        let subdomains = self.subdomains.unwrap_or(policy);
        Effective {
            policy,
            subdomains,
            nonexistent: self.nonexistent.unwrap_or(subdomains),
            testing: self.testing.unwrap_or(false),
            suffix: self.suffix.unwrap_or(Suffix::Unknown),
            dkim: self.dkim.unwrap_or(Alignment::Relaxed),
            spf: self.spf.unwrap_or(Alignment::Relaxed),
        }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |uris: &[ReportUri]| {
            let uris: Vec<_> = uris.iter().map(ToString::to_string).collect();
            (!uris.is_empty()).then(|| uris.join(","))
        };
        let options: Vec<_> = self.failure_options.iter().map(|option| option.token()).collect();
        let tags = [
            ("p", self.policy.map(|value| value.token().to_owned())),
            ("sp", self.subdomains.map(|value| value.token().to_owned())),
            ("np", self.nonexistent.map(|value| value.token().to_owned())),
            ("t", self.testing.map(|value| if value { "y" } else { "n" }.to_owned())),
            ("psd", self.suffix.map(|value| value.token().to_owned())),
            ("adkim", self.dkim.map(|value| value.token().to_owned())),
            ("aspf", self.spf.map(|value| value.token().to_owned())),
            ("rua", list(&self.aggregate)),
            ("ruf", list(&self.failure)),
            ("fo", (!options.is_empty()).then(|| options.join(":"))),
            ("pct", self.percent.map(|value| value.to_string())),
            ("ri", self.interval.map(|value| value.to_string())),
            ("rf", self.format.clone()),
        ];
        f.write_str("v=DMARC1")?;
        for (name, value) in tags {
            if let Some(value) = value {
                write!(f, "; {name}={value}")?;
            }
        }
        for (name, value) in &self.unknown {
            write!(f, "; {name}={value}")?;
        }
        Ok(())
    }
}
