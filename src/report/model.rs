//! The facts of a report as plain values, borrowed from the reader's buffers.
//!
//! `None` is "not stated", `Some("")` is "stated and empty": both happen, and
//! they are not the same. The facts are the reporter's, in the reporter's
//! spelling; only tokens are normalised (see [`Token`]).

use std::borrow::Cow;

use bounded_static::ToStatic;
use serde::{Deserialize, Serialize};

pub use vitrail_kernels::record::{Address, AggregateRecord, Auth, Dkim, Extra, Reason, Spf, Text};

use super::token::{
    AlignmentMode, AuthFailureType, DeliveryResult, DiscoveryMethod, FeedbackType, PolicyAction,
    Testing, TlsPolicyType, TlsResult, Token,
};
use crate::base::{ReportKind, UnixSeconds};

/// A text with the language it is in (RFC 9990 §3.1.1.4).
#[derive(Clone, Debug, Default, PartialEq, Eq, ToStatic, Serialize, Deserialize)]
pub struct LangText<'a> {
    pub text: Cow<'a, str>,
    pub lang: Text<'a>,
}

/// What a report says of itself. The fields above the line exist in all kinds.
#[derive(Clone, Debug, PartialEq, Eq, ToStatic, Serialize, Deserialize)]
pub struct Header<'a> {
    pub kind: ReportKind,
    /// `org_name`, `organization-name`; for failure reports `Reporting-MTA`'s
    /// host or the sender of the mail.
    pub reporter: Text<'a>,
    /// `email`, `contact-info`, the sender of the mail.
    pub contact: Text<'a>,
    /// `report_id`, `report-id`, the Message-ID of the mail.
    pub report_id: Text<'a>,
    /// The policy domain; for failure reports `Reported-Domain`.
    pub domain: Text<'a>,
    /// For failure reports both are the arrival of the message.
    pub begin: Option<UnixSeconds>,
    pub end: Option<UnixSeconds>,
    pub extras: Vec<Extra<'a>>,
    // ── aggregate only ──
    pub extra_contact_info: Option<LangText<'a>>,
    pub errors: Vec<LangText<'a>>,
    pub generator: Text<'a>,
    pub version: Text<'a>,
    /// The namespace of the root element.
    pub namespace: Text<'a>,
    pub policy: Option<PolicyPublished<'a>>,
}

impl Header<'_> {
    /// A header that states nothing.
    pub fn new(kind: ReportKind) -> Self {
        Self {
            kind,
            reporter: None,
            contact: None,
            report_id: None,
            domain: None,
            begin: None,
            end: None,
            extras: Vec::new(),
            extra_contact_info: None,
            errors: Vec::new(),
            generator: None,
            version: None,
            namespace: None,
            policy: None,
        }
    }
}

/// The policy as the reporter saw it (RFC 7489 App. C, RFC 9990 §3.1.1.5).
/// Its domain is the header's.
#[derive(Clone, Debug, Default, PartialEq, Eq, ToStatic, Serialize, Deserialize)]
pub struct PolicyPublished<'a> {
    pub p: Option<Token<'a, PolicyAction>>,
    pub sp: Option<Token<'a, PolicyAction>>,
    /// Since RFC 9091 / RFC 9990.
    pub np: Option<Token<'a, PolicyAction>>,
    pub adkim: Option<Token<'a, AlignmentMode>>,
    pub aspf: Option<Token<'a, AlignmentMode>>,
    /// Percent as stated; RFC 7489 only.
    pub pct: Text<'a>,
    pub fo: Text<'a>,
    /// RFC 9990 only.
    pub testing: Option<Token<'a, Testing>>,
    /// RFC 9990 only.
    pub discovery_method: Option<Token<'a, DiscoveryMethod>>,
}

/// One element of `policies` (RFC 8460 §4.4).
#[derive(Clone, Debug, Default, PartialEq, Eq, ToStatic, Serialize, Deserialize)]
pub struct TlsPolicy<'a> {
    pub policy_type: Option<Token<'a, TlsPolicyType>>,
    /// The lines of the policy, or the TLSA records.
    pub policy_string: Vec<Cow<'a, str>>,
    pub policy_domain: Text<'a>,
    pub mx_host: Vec<Cow<'a, str>>,
    /// Sessions.
    pub successful: Option<u64>,
    /// Sessions. The details may add up to more (RFC 8460 §4.4).
    pub failed: Option<u64>,
    pub failures: Vec<TlsFailure<'a>>,
    pub extras: Vec<Extra<'a>>,
}

/// One element of `failure-details`.
#[derive(Clone, Debug, Default, PartialEq, Eq, ToStatic, Serialize, Deserialize)]
pub struct TlsFailure<'a> {
    pub result_type: Option<Token<'a, TlsResult>>,
    pub sending_mta_ip: Option<Address<'a>>,
    pub receiving_mx_hostname: Text<'a>,
    pub receiving_mx_helo: Text<'a>,
    pub receiving_ip: Option<Address<'a>>,
    /// Sessions.
    pub failed_sessions: Option<u64>,
    pub additional_information: Text<'a>,
    pub failure_reason_code: Text<'a>,
    pub extras: Vec<Extra<'a>>,
}

/// What a failure report says of one message (RFC 5965 §3, RFC 6591 §3).
#[derive(Clone, Debug, Default, PartialEq, Eq, ToStatic, Serialize, Deserialize)]
pub struct Failure<'a> {
    pub feedback_type: Option<Token<'a, FeedbackType>>,
    pub auth_failure: Vec<Token<'a, AuthFailureType>>,
    pub delivery_result: Option<Token<'a, DeliveryResult>>,
    pub user_agent: Text<'a>,
    pub version: Text<'a>,
    pub source_ip: Option<Address<'a>>,
    pub source_port: Option<u64>,
    pub arrival: Option<UnixSeconds>,
    pub reporting_mta: Text<'a>,
    pub reported_domains: Vec<Cow<'a, str>>,
    pub reported_uris: Vec<Cow<'a, str>>,
    pub original_mail_from: Text<'a>,
    pub original_rcpt_to: Vec<Cow<'a, str>>,
    pub original_envelope_id: Text<'a>,
    pub authentication_results: Vec<Cow<'a, str>>,
    /// As it came: RFC 7489 and RFC 9991 give it opposite meanings.
    pub identity_alignment: Text<'a>,
    pub dkim_domain: Text<'a>,
    pub dkim_identity: Text<'a>,
    pub dkim_selector: Text<'a>,
    pub dkim_canonicalized_header: Text<'a>,
    pub dkim_canonicalized_body: Text<'a>,
    pub dkim_adsp_dns: Text<'a>,
    pub spf_dns: Vec<Cow<'a, str>>,
    pub incidents: Option<u64>,
    /// Of the sample's header: who the message claims to be from, and its subject.
    pub header_from: Text<'a>,
    pub subject: Text<'a>,
    pub message_id: Text<'a>,
    /// The sample's header, as text; its body stays in the file.
    pub sample_header: Text<'a>,
    pub extras: Vec<Extra<'a>>,
}
