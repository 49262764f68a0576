//! The facts of one `<record>` of an aggregate report.
//!
//! `None` is "not stated", `Some("")` is "stated and empty": both happen, and
//! they are not the same. The facts are the reporter's, in the reporter's
//! spelling; only tokens are normalised (see [`Token`]).

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;

use bounded_static::{IntoBoundedStatic, ToBoundedStatic, ToStatic};
use serde::{Deserialize, Serialize};

use crate::token::{Disposition, DkimResult, ReasonType, SpfResult, SpfScope, Token, Verdict};

/// A text as stated, or `None` where it is not.
pub type Text<'a> = Option<Cow<'a, str>>;

/// An address as stated: read, or verbatim where it is none.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Address<'a> {
    /// IPv4-mapped IPv6 addresses are given as IPv4.
    Ip(IpAddr),
    Other(Cow<'a, str>),
}

impl fmt::Display for Address<'_> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Ip(ip) => ip.fmt(to),
            Address::Other(text) => text.fmt(to),
        }
    }
}

impl ToBoundedStatic for Address<'_> {
    type Static = Address<'static>;

    fn to_static(&self) -> Self::Static {
        match self {
            Address::Ip(ip) => Address::Ip(*ip),
            Address::Other(text) => Address::Other(text.to_static()),
        }
    }
}

impl IntoBoundedStatic for Address<'_> {
    type Static = Address<'static>;

    fn into_static(self) -> Self::Static {
        self.to_static()
    }
}

/// Something stated that no schema knows (RFC 9990 §5 calls for ignoring it; a
/// reader of reports wants to see it).
#[derive(Clone, Debug, PartialEq, Eq, ToStatic, Serialize, Deserialize)]
pub struct Extra<'a> {
    /// Local names from below the root (`policy_published/psd`) or JSON keys.
    pub path: Cow<'a, str>,
    pub text: Cow<'a, str>,
}

/// One `<record>`: messages from one address that were treated alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, ToStatic, Serialize, Deserialize)]
pub struct AggregateRecord<'a> {
    pub source_ip: Option<Address<'a>>,
    /// Messages. `None` where it is missing or cannot be read.
    pub count: Option<u64>,
    pub disposition: Option<Token<'a, Disposition>>,
    /// Aligned verdict of the reporter, not the raw result.
    pub dkim: Option<Token<'a, Verdict>>,
    /// Aligned verdict of the reporter, not the raw result.
    pub spf: Option<Token<'a, Verdict>>,
    pub reasons: Vec<Reason<'a>>,
    pub header_from: Text<'a>,
    pub envelope_from: Text<'a>,
    pub envelope_to: Text<'a>,
    pub auth: Auth<'a>,
    pub extras: Vec<Extra<'a>>,
}

/// Why the receiver did other than the policy asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, ToStatic, Serialize, Deserialize)]
pub struct Reason<'a> {
    pub kind: Option<Token<'a, ReasonType>>,
    pub comment: Text<'a>,
}

/// Raw results, which know nothing of DMARC.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, ToStatic, Serialize, Deserialize)]
pub struct Auth<'a> {
    pub dkim: Vec<Dkim<'a>>,
    pub spf: Vec<Spf<'a>>,
}

/// One DKIM signature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, ToStatic, Serialize, Deserialize)]
pub struct Dkim<'a> {
    pub domain: Text<'a>,
    pub selector: Text<'a>,
    pub result: Option<Token<'a, DkimResult>>,
    pub human_result: Text<'a>,
}

/// One SPF check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, ToStatic, Serialize, Deserialize)]
pub struct Spf<'a> {
    pub domain: Text<'a>,
    pub scope: Option<Token<'a, SpfScope>>,
    pub result: Option<Token<'a, SpfResult>>,
    pub human_result: Text<'a>,
}
