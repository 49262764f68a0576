//! The terms of a record, as data and as text (RFC 7208 §4.6.1).

use std::fmt;
use std::net::IpAddr;

use crate::base::Network;

/// What a match says of the sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// `+`, or nothing: allowed.
    Pass,
    /// `-`: forbidden.
    Fail,
    /// `~`: probably forbidden.
    SoftFail,
    /// `?`: nothing is said.
    Neutral,
}

impl Qualifier {
    pub const fn from_sign(sign: char) -> Option<Self> {
        match sign {
            '+' => Some(Self::Pass),
            '-' => Some(Self::Fail),
            '~' => Some(Self::SoftFail),
            '?' => Some(Self::Neutral),
            _ => None,
        }
    }

    const fn sign(self) -> &'static str {
        match self {
            Self::Pass => "",
            Self::Fail => "-",
            Self::SoftFail => "~",
            Self::Neutral => "?",
        }
    }
}

/// The hosts of `a` and `mx`, and how many bits of their addresses count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts {
    /// The record's own domain where there is none.
    pub domain: Option<String>,
    pub v4: Option<u8>,
    pub v6: Option<u8>,
}

/// Which senders a directive is about. Domains may have macros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mechanism {
    All,
    Include(String),
    A(Hosts),
    Mx(Hosts),
    Ptr(Option<String>),
    /// `ip4` and `ip6`.
    Ip(Network),
    Exists(String),
}

impl Mechanism {
    /// Whether it costs one of the look-ups (RFC 7208 §4.6.4).
    pub const fn looks_up(&self) -> bool {
        !matches!(self, Self::All | Self::Ip(_))
    }
}

/// A mechanism and what its match says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    pub qualifier: Qualifier,
    pub mechanism: Mechanism,
}

/// One word of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    Directive(Directive),
    /// `redirect`, `exp`, and others that nobody knows.
    Modifier {
        name: String,
        value: String,
    },
}

impl Term {
    pub const fn directive(&self) -> Option<&Directive> {
        match self {
            Self::Directive(directive) => Some(directive),
            Self::Modifier { .. } => None,
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directive(directive) => directive.fmt(f),
            Self::Modifier { name, value } => write!(f, "{name}={value}"),
        }
    }
}

impl fmt::Display for Directive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self {
            // Left out, it would look like an oversight.
            Self { qualifier: Qualifier::Pass, mechanism: Mechanism::All } => "+",
            Self { qualifier, .. } => qualifier.sign(),
        };
        write!(f, "{sign}{}", self.mechanism)
    }
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Include(domain) => write!(f, "include:{domain}"),
            Self::A(hosts) => write!(f, "a{hosts}"),
            Self::Mx(hosts) => write!(f, "mx{hosts}"),
            Self::Ptr(None) => f.write_str("ptr"),
            Self::Ptr(Some(domain)) => write!(f, "ptr:{domain}"),
            Self::Ip(network) => match network.address {
                IpAddr::V4(_) => write!(f, "ip4:{network}"),
                IpAddr::V6(_) => write!(f, "ip6:{network}"),
            },
            Self::Exists(domain) => write!(f, "exists:{domain}"),
        }
    }
}

impl fmt::Display for Hosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(domain) = &self.domain {
            write!(f, ":{domain}")?;
        }
        if let Some(prefix) = self.v4 {
            write!(f, "/{prefix}")?;
        }
        if let Some(prefix) = self.v6 {
            write!(f, "//{prefix}")?;
        }
        Ok(())
    }
}
