//! The rows of TLS reports: written from the facts of a policy, and read back.

use std::borrow::Cow;

use super::tables::{ReportRow, Tables};
use super::{AddressId, Dictionaries, ListId, ReportId, RowId, TermId, TlsRow};
use crate::report::token::TlsPolicyType;
use crate::report::{TlsFailure, TlsPolicy, Vocabulary};

/// What a session was held against, as ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyTerms<'a> {
    pub kind: TermId,
    /// As stated: of DANE policies often an MX host.
    pub domain: TermId,
    /// The mode that an MTA-STS policy states (RFC 8461 §3.2).
    pub mode: TermId,
    /// All lines or records in one text.
    pub text: TermId,
    pub strings: &'a [TermId],
    pub mx_hosts: &'a [TermId],
}

/// What failed, as ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FailureTerms {
    pub result: TermId,
    pub mx: TermId,
    pub helo: TermId,
    pub information: TermId,
    pub reason: TermId,
}

impl Dictionaries {
    fn write_tls_policy(&mut self, policy: &TlsPolicy<'_>) -> ListId {
        let text = (!policy.policy_string.is_empty()).then(|| policy.policy_string.join("\n"));
        let mode = text.as_deref().and_then(mode).map(|mode| self.terms.intern(mode));
        let head = [
            self.token(&policy.policy_type),
            self.terms.intern_text(&policy.policy_domain),
            mode.unwrap_or_default(),
            self.terms.intern_text(&text.map(Cow::Owned)),
        ];
        // A text is never the absent term, which so stands between the two lists.
        let strings = policy.policy_string.iter().map(Some);
        let all = strings.chain([None]).chain(policy.mx_host.iter().map(Some));
        let mut list = head.to_vec();
        list.extend(all.map(|text| text.map_or(TermId::ABSENT, |text| self.terms.intern(text))));
        self.lists.intern(&list)
    }

    pub fn tls_policy(&self, id: ListId) -> PolicyTerms<'_> {
        let list = self.lists.get(id);
        let (head, rest) = list.split_first_chunk::<4>().unwrap_or((&[TermId::ABSENT; 4], &[]));
        let [kind, domain, mode, text] = *head;
        let end = rest.iter().position(|term| *term == TermId::ABSENT).unwrap_or(rest.len());
        let (strings, mx_hosts) = rest.split_at(end);
        let mx_hosts = mx_hosts.get(1..).unwrap_or_default();
        PolicyTerms { kind, domain, mode, text, strings, mx_hosts }
    }

    fn write_tls_failure(&mut self, failure: &TlsFailure<'_>) -> ListId {
        let list = [
            self.token(&failure.result_type),
            self.terms.intern_text(&failure.receiving_mx_hostname),
            self.terms.intern_text(&failure.receiving_mx_helo),
            self.terms.intern_text(&failure.additional_information),
            self.terms.intern_text(&failure.failure_reason_code),
        ];
        self.lists.intern(&list)
    }

    /// All absent where the list is that of a summary.
    pub fn tls_failure(&self, id: ListId) -> FailureTerms {
        match *self.lists.get(id) {
            [result, mx, helo, information, reason] => {
                FailureTerms { result, mx, helo, information, reason }
            }
            _ => FailureTerms::default(),
        }
    }
}

/// The value of the first `mode` in the lines of a policy, which some reporters
/// hand over as one string.
fn mode(text: &str) -> Option<&str> {
    text.split(['\n', '\r', ';', ',']).find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("mode").then(|| value.trim())
    })
}

impl Tables {
    /// Adds the summary of a policy of the report in hand, which is the next one.
    pub(super) fn push_tls_policy(&mut self, policy: &TlsPolicy<'_>) -> TlsRow {
        let to = &mut self.dictionaries;
        let stated = |count: Option<u64>, bit| if count.is_some() { bit } else { 0 };
        let row = TlsRow {
            report: ReportId(self.reports.len() as u32),
            domain: to.terms.intern_text(&policy.policy_domain),
            policy: to.write_tls_policy(policy),
            failure: ListId::default(),
            source: AddressId::ABSENT,
            receiver: AddressId::ABSENT,
            successful: policy.successful.unwrap_or_default(),
            failed: policy.failed.unwrap_or_default(),
            detailed: 0,
            stated: stated(policy.successful, TlsRow::SUCCESSFUL)
                | stated(policy.failed, TlsRow::FAILED),
        };
        let extras = to.write_extras(&policy.extras);
        self.tls.extras.push(RowId(self.tls.len() as u32), extras);
        self.tls.push(row);
        row
    }

    /// Adds a failure detail of the policy of this row.
    pub(super) fn push_tls_failure(&mut self, of: TlsRow, failure: &TlsFailure<'_>) {
        let to = &mut self.dictionaries;
        let row = TlsRow {
            failure: to.write_tls_failure(failure),
            source: to.addresses.intern(failure.sending_mta_ip.as_ref(), &mut to.terms),
            receiver: to.addresses.intern(failure.receiving_ip.as_ref(), &mut to.terms),
            successful: 0,
            failed: 0,
            detailed: failure.failed_sessions.unwrap_or_default(),
            stated: if failure.failed_sessions.is_some() { TlsRow::DETAILED } else { 0 },
            ..of
        };
        let extras = to.write_extras(&failure.extras);
        self.tls.extras.push(RowId(self.tls.len() as u32), extras);
        self.tls.push(row);
    }

    /// Once the domain of a report is known: DANE policies that are named after an
    /// MX host are of that domain, unless it was taken from such a host itself.
    pub(super) fn settle_tls_domains(&mut self, from: usize, domain: TermId) {
        let Self { dictionaries, tls, .. } = self;
        let is_dane = |policy: ListId| {
            let kind = dictionaries.terms.get(dictionaries.tls_policy(policy).kind);
            kind == Some(TlsPolicyType::Tlsa.as_str())
        };
        let rows = || tls.domain.iter().zip(&tls.policy).skip(from);
        let is_host = rows().any(|(of, policy)| *of == domain && is_dane(*policy));
        if domain == TermId::ABSENT || is_host {
            return;
        }
        for (of, policy) in tls.domain.iter_mut().zip(&tls.policy).skip(from) {
            if is_dane(*policy) {
                *of = domain;
            }
        }
    }

    /// The policies of a TLS report as its reporter stated them.
    pub fn tls_policies(&self, report: &ReportRow) -> Vec<TlsPolicy<'_>> {
        let mut policies: Vec<TlsPolicy<'_>> = Vec::new();
        let rows = (report.tls.start..report.tls.end).map(RowId);
        for (id, row) in rows.filter_map(|id| Some((id, self.tls.get(id)?))) {
            match policies.last_mut() {
                Some(policy) if !row.is_summary() => {
                    policy.failures.push(self.tls_failure(id, row))
                }
                _ => policies.push(self.policy(id, row)),
            }
        }
        policies
    }

    fn policy(&self, id: RowId, row: TlsRow) -> TlsPolicy<'_> {
        let facts = &self.dictionaries;
        let policy = facts.tls_policy(row.policy);
        let texts = |ids: &[TermId]| ids.iter().filter_map(|id| facts.read(*id)).collect();
        TlsPolicy {
            policy_type: facts.read_token(policy.kind),
            policy_string: texts(policy.strings),
            policy_domain: facts.read(policy.domain),
            mx_host: texts(policy.mx_hosts),
            successful: (row.stated & TlsRow::SUCCESSFUL != 0).then_some(row.successful),
            failed: (row.stated & TlsRow::FAILED != 0).then_some(row.failed),
            failures: Vec::new(),
            extras: facts.extras(self.tls.extras.of(id)),
        }
    }

    fn tls_failure(&self, id: RowId, row: TlsRow) -> TlsFailure<'_> {
        let facts = &self.dictionaries;
        let failure = facts.tls_failure(row.failure);
        TlsFailure {
            result_type: facts.read_token(failure.result),
            sending_mta_ip: facts.addresses.get(row.source, &facts.terms),
            receiving_mx_hostname: facts.read(failure.mx),
            receiving_mx_helo: facts.read(failure.helo),
            receiving_ip: facts.addresses.get(row.receiver, &facts.terms),
            failed_sessions: (row.stated & TlsRow::DETAILED != 0).then_some(row.detailed),
            additional_information: facts.read(failure.information),
            failure_reason_code: facts.read(failure.reason),
            extras: facts.extras(self.tls.extras.of(id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_found_however_the_lines_come() {
        for (text, found) in [
            ("version: STSv1\nmode: enforce\nmx: a.test", Some("enforce")),
            ("version: STSv1\r\nMode:testing\r\nmode: none", Some("testing")),
            ("version: STSv1; mode: testing; max_age: 1", Some("testing")),
            ("3 1 1 abcd", None),
            ("", None),
        ] {
            assert_eq!(mode(text), found, "{text}");
        }
    }
}
