//! The elements of `policies` (RFC 8460 §4.4): each becomes one row.

use std::borrow::Cow;

use super::cursor::{Cursor, Extras};
use super::json::{Event, Scalar};
use super::member::{Member, Stated};
use crate::base::{Kind, Whereabouts};
use crate::report::token::{TlsPolicyType, Token};
use crate::report::{TlsFailure, TlsPolicy};

/// What is known of a report before its policies are read.
pub struct Policies<'d> {
    /// The domain of a policy that names none.
    pub domain: Option<&'d str>,
    pub rows: u64,
    /// The first mail domain that a policy names.
    pub first_domain: Option<String>,
    /// The first MX host: DANE policies are named after those.
    pub first_host: Option<String>,
}

impl<'d> Policies<'d> {
    /// Reads the value of `policies` and pushes a row for each of its elements.
    pub fn read(&mut self, cursor: &mut Cursor<'_, '_>) {
        let event = cursor.next();
        cursor.objects(event, Member::Policies.path(), true, &mut |cursor| self.element(cursor));
    }

    fn element(&mut self, cursor: &mut Cursor<'_, '_>) {
        let at = cursor.here();
        let mut row = Row::new(cursor);
        row.object(cursor, Member::Policies.path());
        let stated = row.stated;
        let mut policy = row.finish();
        if policy == TlsPolicy::default() {
            return cursor.sink.finding(Kind::EmptyRecords, at, Member::Policies.path());
        }
        if self.rows >= cursor.limits.records_per_report {
            let limit = cursor.limits.records_per_report.to_string();
            return cursor.sink.finding(Kind::RecordLimit, at, &limit);
        }
        check(&policy, stated, at, cursor);
        match policy.policy_domain.as_deref().filter(|domain| !domain.trim().is_empty()) {
            None => policy.policy_domain = self.domain_for(at, cursor),
            Some(domain) => {
                let is_dane = policy.policy_type == Some(Token::Known(TlsPolicyType::Tlsa));
                let first = if is_dane { &mut self.first_host } else { &mut self.first_domain };
                first.get_or_insert_with(|| domain.to_owned());
            }
        }
        self.rows += 1;
        cursor.sink.tls_policy(&policy);
    }

    /// The domain of a policy that names none: the one that the report is for.
    fn domain_for(&self, at: Whereabouts, cursor: &mut Cursor<'_, '_>) -> Option<Cow<'d, str>> {
        match self.domain {
            Some(domain) => cursor.sink.finding(Kind::DomainFromName, at, domain),
            None => cursor.sink.finding(Kind::MissingValue, at, Member::PolicyDomain.path()),
        }
        self.domain.map(Cow::Borrowed)
    }
}

/// What is missing from a policy, and whether its sums agree.
fn check(policy: &TlsPolicy<'_>, stated: Stated, at: Whereabouts, cursor: &mut Cursor<'_, '_>) {
    for member in [Member::PolicyType, Member::Successful, Member::Failed] {
        if !stated.has(member) {
            cursor.sink.finding(Kind::MissingValue, at, member.path());
        }
    }
    let Some(failed) = policy.failed else { return };
    let sessions = policy.failures.iter().filter_map(|failure| failure.failed_sessions);
    let sum = sessions.fold(0_u64, u64::saturating_add);
    if sum != failed {
        let detail = format!("failure-details: {sum}, total-failure-session-count: {failed}");
        cursor.sink.finding(Kind::SumMismatch, at, &detail);
    }
}

/// One element of `policies` being read.
struct Row<'a> {
    policy: TlsPolicy<'a>,
    policy_string: Option<Vec<Cow<'a, str>>>,
    mx_host: Option<Vec<Cow<'a, str>>>,
    failures: Option<Vec<TlsFailure<'a>>>,
    stated: Stated,
    extras: Extras<'a>,
}

impl<'a> Row<'a> {
    fn new(cursor: &Cursor<'a, '_>) -> Self {
        Self {
            policy: TlsPolicy::default(),
            policy_string: None,
            mx_host: None,
            failures: None,
            stated: Stated::default(),
            extras: Extras::new(cursor.limits),
        }
    }

    fn finish(self) -> TlsPolicy<'a> {
        TlsPolicy {
            policy_string: self.policy_string.unwrap_or_default(),
            mx_host: self.mx_host.unwrap_or_default(),
            failures: self.failures.unwrap_or_default(),
            extras: self.extras.list,
            ..self.policy
        }
    }

    /// Reads the element itself, its `policy` or its `summary`: `home` says
    /// which. Members are taken wherever they stand.
    fn object(&mut self, cursor: &mut Cursor<'a, '_>, home: &str) {
        while let Event::Name(name) = cursor.next() {
            let member = cursor.member(&name);
            let event = cursor.next();
            match member {
                Some(member) if member.home().starts_with(Member::Policies.path()) => {
                    if member.home() != home {
                        cursor.find(Kind::JsonRepaired, &format!("{home}/{name}"));
                    }
                    if event != Event::Scalar(Scalar::Null) {
                        self.stated.add(member);
                    }
                    self.take(cursor, member, event, home);
                }
                _ => cursor.extra(event, &format!("{home}/{name}"), &mut self.extras),
            }
        }
    }

    fn take(&mut self, cursor: &mut Cursor<'a, '_>, member: Member, event: Event<'a>, home: &str) {
        let path = member.path();
        let Self { policy, extras, .. } = self;
        match member {
            Member::Policy | Member::Summary if home == member.home() => {
                cursor.objects(event, path, false, &mut |cursor| self.object(cursor, path));
            }
            Member::FailureDetails => {
                let failures = &mut self.failures;
                cursor.first(failures, event, path, |c, e, p| read_failures(c, e, p, extras));
            }
            Member::PolicyType => {
                cursor.first(&mut policy.policy_type, event, path, |c, e, p| c.token(e, p, extras));
            }
            Member::PolicyDomain => {
                cursor
                    .first(&mut policy.policy_domain, event, path, |c, e, p| c.text(e, p, extras));
            }
            Member::PolicyString => {
                let slot = &mut self.policy_string;
                cursor.first(slot, event, path, |c, e, p| Some(c.texts(e, p, extras)));
            }
            Member::MxHost => {
                let slot = &mut self.mx_host;
                cursor.first(slot, event, path, |c, e, p| Some(c.texts(e, p, extras)));
            }
            Member::Successful => {
                cursor.first(&mut policy.successful, event, path, |c, e, p| c.count(e, p, extras));
            }
            Member::Failed => {
                cursor.first(&mut policy.failed, event, path, |c, e, p| c.count(e, p, extras));
            }
            _ => cursor.extra(event, path, extras),
        }
    }
}

/// Reads the value of `failure-details`.
fn read_failures<'a>(
    cursor: &mut Cursor<'a, '_>,
    event: Event<'a>,
    path: &str,
    extras: &mut Extras<'a>,
) -> Option<Vec<TlsFailure<'a>>> {
    let mut failures = Vec::new();
    let limit = cursor.limits.tls_failures_per_policy as usize;
    cursor.objects(event, path, true, &mut |cursor| {
        let at = cursor.here();
        let failure = read_failure(cursor, extras);
        if failure == TlsFailure::default() {
            cursor.sink.finding(Kind::EmptyRecords, at, path);
        } else if failures.len() >= limit {
            cursor.sink.finding(Kind::ListLimit, at, path);
        } else {
            failures.push(failure);
        }
    });
    Some(failures)
}

/// Reads one failure detail, of which the object was just opened.
fn read_failure<'a>(cursor: &mut Cursor<'a, '_>, row_extras: &mut Extras<'a>) -> TlsFailure<'a> {
    let at = cursor.here();
    let mut failure = TlsFailure::default();
    let mut stated = Stated::default();
    let mut extras = Extras::within(row_extras);
    while let Event::Name(name) = cursor.next() {
        let member = cursor.member(&name);
        let event = cursor.next();
        let path = member.map_or("", Member::path);
        if let (Some(member), false) = (member, event == Event::Scalar(Scalar::Null)) {
            stated.add(member);
        }
        let extras = &mut extras;
        match member {
            Some(Member::ResultType) => {
                cursor
                    .first(&mut failure.result_type, event, path, |c, e, p| c.token(e, p, extras));
            }
            Some(Member::SendingMtaIp) => {
                let slot = &mut failure.sending_mta_ip;
                cursor.first(slot, event, path, |c, e, p| c.address(e, p, extras));
            }
            Some(Member::ReceivingMxHostname) => {
                let slot = &mut failure.receiving_mx_hostname;
                cursor.first(slot, event, path, |c, e, p| c.optional(e, p, extras));
            }
            Some(Member::ReceivingMxHelo) => {
                let slot = &mut failure.receiving_mx_helo;
                cursor.first(slot, event, path, |c, e, p| c.optional(e, p, extras));
            }
            Some(Member::ReceivingIp) => {
                cursor.first(&mut failure.receiving_ip, event, path, |c, e, p| {
                    c.address(e, p, extras)
                });
            }
            Some(Member::FailedSessions) => {
                let slot = &mut failure.failed_sessions;
                cursor.first(slot, event, path, |c, e, p| c.count(e, p, extras));
            }
            Some(Member::AdditionalInformation) => {
                let slot = &mut failure.additional_information;
                cursor.first(slot, event, path, |c, e, p| c.optional(e, p, extras));
            }
            Some(Member::FailureReasonCode) => {
                let slot = &mut failure.failure_reason_code;
                cursor.first(slot, event, path, |c, e, p| c.optional(e, p, extras));
            }
            _ => {
                let path = format!("{}/{name}", Member::FailureDetails.path());
                cursor.extra(event, &path, extras);
            }
        }
    }
    row_extras.settle(&extras);
    failure.extras = extras.list;
    for member in [Member::ResultType, Member::FailedSessions] {
        if failure != TlsFailure::default() && !stated.has(member) {
            cursor.sink.finding(Kind::MissingValue, at, member.path());
        }
    }
    failure
}
