//! The names of members (RFC 8460 §4.4), and what reporters make of them.

use crate::report::token::Match;

/// A member that the specification knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    OrganizationName,
    DateRange,
    StartDatetime,
    EndDatetime,
    ContactInfo,
    ReportId,
    Policies,
    Policy,
    PolicyType,
    PolicyString,
    PolicyDomain,
    MxHost,
    Summary,
    Successful,
    Failed,
    FailureDetails,
    ResultType,
    SendingMtaIp,
    ReceivingMxHostname,
    ReceivingMxHelo,
    ReceivingIp,
    FailedSessions,
    AdditionalInformation,
    FailureReasonCode,
}

/// Each member with its path from the root; its name is the last step.
const PATHS: [(Member, &str); 24] = [
    (Member::OrganizationName, "organization-name"),
    (Member::DateRange, "date-range"),
    (Member::StartDatetime, "date-range/start-datetime"),
    (Member::EndDatetime, "date-range/end-datetime"),
    (Member::ContactInfo, "contact-info"),
    (Member::ReportId, "report-id"),
    (Member::Policies, "policies"),
    (Member::Policy, "policies/policy"),
    (Member::PolicyType, "policies/policy/policy-type"),
    (Member::PolicyString, "policies/policy/policy-string"),
    (Member::PolicyDomain, "policies/policy/policy-domain"),
    (Member::MxHost, "policies/policy/mx-host"),
    (Member::Summary, "policies/summary"),
    (Member::Successful, "policies/summary/total-successful-session-count"),
    (Member::Failed, "policies/summary/total-failure-session-count"),
    (Member::FailureDetails, "policies/failure-details"),
    (Member::ResultType, "policies/failure-details/result-type"),
    (Member::SendingMtaIp, "policies/failure-details/sending-mta-ip"),
    (Member::ReceivingMxHostname, "policies/failure-details/receiving-mx-hostname"),
    (Member::ReceivingMxHelo, "policies/failure-details/receiving-mx-helo"),
    (Member::ReceivingIp, "policies/failure-details/receiving-ip"),
    (Member::FailedSessions, "policies/failure-details/failed-session-count"),
    (Member::AdditionalInformation, "policies/failure-details/additional-information"),
    (Member::FailureReasonCode, "policies/failure-details/failure-reason-code"),
];

/// Names that only the grammar of RFC 8460 or British spelling has.
const ALIASES: [(&str, Member); 5] = [
    ("additional-info-uri", Member::AdditionalInformation),
    ("additional-info", Member::AdditionalInformation),
    ("mx-host-pattern", Member::MxHost),
    ("organisation-name", Member::OrganizationName),
    ("failed-sessions-count", Member::FailedSessions),
];

impl Member {
    /// Recognises a name: exactly, then without regard to case, hyphens and
    /// underscores, then by alias.
    pub fn recognise(name: &str) -> Option<(Self, Match)> {
        if let Some((member, _)) = PATHS.iter().find(|(_, path)| last_step(path) == name) {
            return Some((*member, Match::Exact));
        }
        if let Some((member, _)) = PATHS.iter().find(|(_, path)| alike(last_step(path), name)) {
            return Some((*member, Match::Case));
        }
        let alias = ALIASES.iter().find(|(alias, _)| alike(alias, name))?;
        Some((alias.1, Match::Alias))
    }

    pub fn path(self) -> &'static str {
        PATHS.iter().find(|(member, _)| *member == self).map_or("", |(_, path)| path)
    }

    /// The path of the object that it belongs into.
    pub fn home(self) -> &'static str {
        self.path().rsplit_once('/').map_or("", |(home, _)| home)
    }
}

/// The members that had a value, read or not.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stated(u32);

impl Stated {
    pub fn add(&mut self, member: Member) {
        self.0 |= 1 << member as u32;
    }

    pub fn has(self, member: Member) -> bool {
        self.0 & (1 << member as u32) != 0
    }
}

fn last_step(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn alike(a: &str, b: &str) -> bool {
    fn letters(name: &str) -> impl Iterator<Item = u8> {
        let kept = name.bytes().filter(|b| !matches!(b, b'-' | b'_' | b' '));
        kept.map(|b| b.to_ascii_lowercase())
    }
    letters(a).eq(letters(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_by_spelling_and_alias() {
        for (name, member, how) in [
            ("policy-type", Member::PolicyType, Match::Exact),
            ("Policy_Type", Member::PolicyType, Match::Case),
            ("policyType", Member::PolicyType, Match::Case),
            ("additional_info_uri", Member::AdditionalInformation, Match::Alias),
        ] {
            assert_eq!(Member::recognise(name), Some((member, how)), "{name}");
        }
        assert_eq!(Member::recognise("policies/policy"), None);
        assert_eq!(Member::recognise(""), None);
    }

    #[test]
    fn homes() {
        assert_eq!(Member::ReportId.home(), "");
        assert_eq!(Member::Failed.home(), "policies/summary");
    }
}
